//! A property graph as two lists in CSV (RFC 4180) with the headers of Neo4j,
//! <https://neo4j.com/docs/operations-manual/current/tools/neo4j-admin/neo4j-admin-import/>.

use std::io::{self, Write};

use super::property_graph::{Attributes, Names, PropertyGraph, joined};

/// Between the labels of a node, as Neo4j has it.
const BETWEEN_LABELS: &str = ";";

/// Writes `id:ID`, `:LABEL` and the attributes of each node; gives how many values are written behind an apostrophe.
pub(super) fn nodes(graph: &mut PropertyGraph, out: &mut dyn Write) -> io::Result<usize> {
    let mut rows = Rows::new(&["id:ID", ":LABEL"], graph.node_names.clone(), out)?;
    for node in graph.nodes.items()? {
        let node = node?;
        rows.push(
            [node.id, node.classes.join(BETWEEN_LABELS)],
            &node.attributes,
        )?;
    }
    rows.finish()
}

/// Writes `:START_ID`, `:END_ID`, `:TYPE` and the attributes of each edge; gives how many values are written behind an apostrophe.
pub(super) fn edges(graph: &mut PropertyGraph, out: &mut dyn Write) -> io::Result<usize> {
    let fixed = [":START_ID", ":END_ID", ":TYPE"];
    let mut rows = Rows::new(&fixed, graph.edge_names.clone(), out)?;
    for edge in graph.edges.items()? {
        let edge = edge?;
        rows.push([edge.source, edge.target, edge.role], &edge.attributes)?;
    }
    rows.finish()
}

struct Rows<W: Write> {
    out: csv::Writer<W>,
    names: Names,
    guarded: usize,
}

impl<W: Write> Rows<W> {
    fn new(fixed: &[&str], names: Names, out: W) -> io::Result<Self> {
        let mut out = csv::Writer::from_writer(out);
        let columns = names.iter().map(|(name, is_number)| {
            if *is_number {
                format!("{name}:double")
            } else {
                name.clone()
            }
        });
        let fixed = fixed.iter().map(|name| (*name).to_owned());
        out.write_record(fixed.chain(columns))?;
        let guarded = 0;
        Ok(Self {
            out,
            names,
            guarded,
        })
    }

    fn push<const N: usize>(
        &mut self,
        fixed: [String; N],
        attributes: &Attributes,
    ) -> io::Result<()> {
        let mut row: Vec<String> = fixed.into();
        for (name, is_number) in &self.names {
            let mut value = attributes.get(name).map(joined).unwrap_or_default();
            // Spreadsheets would work these out; <https://owasp.org/www-community/attacks/CSV_Injection>.
            if !is_number && value.starts_with(['=', '+', '-', '@', '\t', '\r']) {
                value.insert(0, '\'');
                self.guarded += 1;
            }
            row.push(value);
        }
        self.out.write_record(row)?;
        Ok(())
    }

    fn finish(mut self) -> io::Result<usize> {
        self.out.flush()?;
        Ok(self.guarded)
    }
}
