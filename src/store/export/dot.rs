//! A property graph in the language of Graphviz, <https://graphviz.org/doc/info/lang.html>.

use std::io::{self, Write};

use super::property_graph::{Attributes, PropertyGraph, joined};

/// Writes all nodes and then all edges. An edge is labelled with its type. Attributes other than the label, which Graphviz passes on as they
/// are, stand behind `record_`, so that none of them is taken for an instruction how to draw.
pub(super) fn write(graph: &mut PropertyGraph, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "digraph record {{")?;
    for node in graph.nodes.items()? {
        let mut node = node?;
        let label = node.attributes.remove("label").unwrap_or_default();
        write!(out, "  {} [", quoted(&node.id))?;
        let classes = node.classes.into_iter().collect();
        node.attributes.insert("type".to_owned(), classes);
        attributes(&joined(&label), &node.attributes, out)?;
    }
    for edge in graph.edges.items()? {
        let mut edge = edge?;
        write!(
            out,
            "  {} -> {} [",
            quoted(&edge.source),
            quoted(&edge.target)
        )?;
        let role = [edge.role.clone()].into();
        edge.attributes.insert("type".to_owned(), role);
        attributes(&edge.role, &edge.attributes, out)?;
    }
    writeln!(out, "}}")?;
    out.flush()
}

fn attributes(label: &str, attributes: &Attributes, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "label={}", quoted(label))?;
    for (name, values) in attributes {
        write!(out, ", record_{name}={}", quoted(&joined(values)))?;
    }
    writeln!(out, "];")
}

/// A string in quotes. A backslash is doubled, as Graphviz does in labels; so is the one of `\n`, which stands for the end of a line, by
/// nobody.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            plain => quoted.push(plain),
        }
    }
    quoted.push('"');
    quoted
}
