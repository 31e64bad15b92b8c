//! A property graph as `GraphML`, <http://graphml.graphdrawing.org/specification.html>.

use std::io::{self, Write};

use super::property_graph::{Attributes, PropertyGraph, joined};
use super::xml::{escaped, foreign};

/// Writes all nodes and then all edges. The type of an edge is its attribute `type`, as are the classes of a node. Gives how many values
/// hold characters that XML cannot.
pub(super) fn write(graph: &mut PropertyGraph, out: &mut dyn Write) -> io::Result<usize> {
    let mut replaced = 0;
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(
        out,
        r#"<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">"#
    )?;
    for (domain, names) in [("node", &graph.node_names), ("edge", &graph.edge_names)] {
        key(domain, "type", false, out)?;
        for (name, is_number) in names {
            key(domain, name, *is_number, out)?;
        }
    }
    writeln!(out, r#"  <graph id="record" edgedefault="directed">"#)?;
    for node in graph.nodes.items()? {
        let node = node?;
        writeln!(out, r#"    <node id="{}">"#, escaped(&node.id))?;
        let classes = node.classes.into_iter().collect();
        let with_type = [("type".to_owned(), classes)]
            .into_iter()
            .chain(node.attributes);
        replaced += data("node", with_type.collect(), out)?;
        writeln!(out, "    </node>")?;
    }
    for edge in graph.edges.items()? {
        let edge = edge?;
        let [source, target] = [&edge.source, &edge.target].map(|end| escaped(end));
        writeln!(out, r#"    <edge source="{source}" target="{target}">"#)?;
        let with_type = [("type".to_owned(), [edge.role].into())].into_iter();
        replaced += data("edge", with_type.chain(edge.attributes).collect(), out)?;
        writeln!(out, "    </edge>")?;
    }
    writeln!(out, "  </graph>\n</graphml>")?;
    out.flush()?;
    Ok(replaced)
}

fn key(domain: &str, name: &str, is_number: bool, out: &mut dyn Write) -> io::Result<()> {
    let kind = if is_number { "double" } else { "string" };
    writeln!(
        out,
        r#"  <key id="{domain}-{name}" for="{domain}" attr.name="{name}" attr.type="{kind}"/>"#
    )
}

/// Writes attributes; gives how many hold characters that XML cannot.
fn data(domain: &str, attributes: Attributes, out: &mut dyn Write) -> io::Result<usize> {
    let mut replaced = 0;
    for (name, values) in attributes {
        let value = joined(&values);
        replaced += usize::from(foreign(&value).is_some());
        let value = escaped(&value);
        writeln!(out, r#"      <data key="{domain}-{name}">{value}</data>"#)?;
    }
    Ok(replaced)
}
