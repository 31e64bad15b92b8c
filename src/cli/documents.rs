//! `documents`: what the store holds.

use anyhow::anyhow;
use oxigraph::model::{Literal, NamedNode, Term};

use super::Answer;
use super::args::{Documents, Global};
use super::problem::{Hint as _, Stop, say};
use super::rows::Rows;
use crate::store::{OFFICIALS, Store};

/// Columns of counts, each with the class that it counts.
const COUNTS: [(&str, &str); 4] = [
    ("officials", OFFICIALS),
    ("visits", "Visit"),
    ("projects", "Project"),
    ("accusations", "Accusation"),
];

pub(super) fn run(global: &Global, documents: &Documents) -> Result<Answer, Stop> {
    let store = Store::open_read_only(&global.store)?;
    let mut rows = Rows::new(&[
        "document",
        "title",
        "date",
        "officials",
        "visits",
        "projects",
        "accusations",
    ]);
    for document in store.documents()? {
        let summary = store.summary(&document)?.unwrap_or_default();
        let text =
            |text: Option<String>| text.map(|text| Term::from(Literal::new_simple_literal(text)));
        let mut row = vec![
            Some(document.into()),
            text(summary.title),
            text(summary.date),
        ];
        for (_, class) in COUNTS {
            let count = summary.counts.get(class).copied().unwrap_or_default();
            row.push(Some(Literal::from(count as u64).into()));
        }
        rows.push(row);
    }
    if rows.is_empty() && !global.quiet {
        say("note", "the store holds no document");
    }
    rows.write(documents.format)?;
    Ok(Answer::Done)
}

/// The document of the store that the user calls `name`: by its IRI, or by what follows the base and `document/` in it. Where there is
/// none, says so.
pub(super) fn named(store: &Store, name: &str, global: &Global) -> Result<Option<NamedNode>, Stop> {
    let bare = name.trim().trim_start_matches('<').trim_end_matches('>');
    let known = store.documents()?;
    let short = global.base.document(bare);
    let found = known
        .iter()
        .find(|document| document.as_str() == bare || **document == short);
    if found.is_none() {
        let alike = |document: &&NamedNode| {
            let [iri, short] = [document.as_str(), short.as_str()];
            iri.starts_with(short)
                || strsim::levenshtein(iri, short).min(strsim::levenshtein(iri, bare)) <= 3
        };
        let hint = match known.iter().find(alike) {
            Some(document) => format!("did you mean <{}>?", document.as_str()),
            None => "`chancery documents` lists them".to_owned(),
        };
        let error = anyhow!("the store has no document `{bare}`");
        error.hint(hint).tell();
    }
    Ok(found.cloned())
}
