//! `export`: the store, or a part of it, as files for other programs.

use std::io::Write;
use std::path::Path;

use anyhow::anyhow;

use super::args::{Export, ExportFormat, Form, Global, RdfFormat};
use super::problem::{Hint as _, Stop, say};
use super::{Answer, output, selection};
use crate::store::{Exported, Format, Selection, Store};

/// The files of the lists of nodes and edges.
const LISTS: [&str; 2] = ["nodes.csv", "edges.csv"];

pub(super) fn run(global: &Global, export: &Export) -> Result<Answer, Stop> {
    let format = format(&export.form)?;
    let store = Store::open_read_only(&global.store)?;
    let Some(selection) = selection::of(&export.part, &store, global)? else {
        return Ok(Answer::No);
    };
    let output = export.form.output.as_deref();
    let exported = write(&store, &selection, format, output, global)?;
    if !global.quiet {
        if exported.undated > 0 {
            let words = "documents without a date, which are left out";
            say("note", &format!("{words}: {}", exported.undated));
        }
        if exported.documents == 0 {
            let nothing = if store.documents()?.is_empty() {
                "the store holds no document"
            } else {
                "nothing in the store is selected"
            };
            say("note", nothing);
        }
    }
    Ok(Answer::Done)
}

/// The format that is asked for, else the one that the file's ending tells, else Turtle.
pub(super) fn format(form: &Form) -> Result<ExportFormat, Stop> {
    let (asked, output) = (form.format, file(form.output.as_deref()));
    if asked == Some(ExportFormat::Csv) && output.is_none() {
        let error = anyhow!("nodes and edges are two files");
        return Err(error
            .hint("name a folder for them with `--output DIR`")
            .into());
    }
    let Some(path) = output else {
        return Ok(asked.unwrap_or(ExportFormat::Rdf(RdfFormat::Ttl)));
    };
    if let Some(asked) = asked {
        return Ok(asked);
    }
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    ExportFormat::of_ending(ending).ok_or_else(|| {
        let error = anyhow!("the name `{}` does not tell the format", path.display());
        error.hint("name the format with `--format`").into()
    })
}

/// Writes what is selected, and says what the format cannot carry.
pub(super) fn write(
    store: &Store,
    selection: &Selection,
    format: ExportFormat,
    output: Option<&Path>,
    global: &Global,
) -> Result<Exported, Stop> {
    let output = file(output);
    if let ExportFormat::Rdf(format) = format {
        let format = Format::from(format);
        let mut write = |out: &mut dyn Write| store.export(format, selection, out);
        return match output {
            // A character that it cannot hold may stand at the very end.
            None if format == Format::RdfXml => output::to_stdout_whole(&mut write),
            _ => output::to(output, &mut write),
        };
    }
    let (mut graph, exported) = store.property_graph(selection)?;
    let (changed, how) = match (format, output) {
        (ExportFormat::Csv, Some(folder)) => {
            let changed = output::to_folder(folder, &LISTS, |name, out| {
                Ok(if name == LISTS[0] {
                    graph.write_node_list(out)?
                } else {
                    graph.write_edge_list(out)?
                })
            })?;
            let how = "begins like a formula and stands behind an apostrophe";
            (changed.iter().sum(), how)
        }
        (ExportFormat::Dot, _) => {
            output::to(output, &mut |out| Ok(graph.write_dot(out)?))?;
            (0, "")
        }
        _ => {
            let changed = output::to(output, &mut |out| Ok(graph.write_graphml(out)?))?;
            let how = "holds characters that XML does not have, written as U+FFFD";
            (changed, how)
        }
    };
    if !global.quiet {
        let [nodes, edges] = [graph.node_count, graph.edge_count];
        let words = format!(
            "nodes: {nodes}, edges: {edges}; each fact keeps its sentence; left out, as only RDF has a place for them: \
             {} spans of text, and how texts were read",
            graph.spans
        );
        say("note", &words);
    }
    if changed > 0 {
        say(
            "warning",
            &format!("a value {how}; there are {changed} of that kind"),
        );
    }
    Ok(exported)
}

/// The file or folder of `--output`; none for standard output.
fn file(output: Option<&Path>) -> Option<&Path> {
    output.filter(|path| *path != Path::new("-"))
}
