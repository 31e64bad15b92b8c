//! `documents`: what the store holds.

use std::cell::OnceCell;

use anyhow::anyhow;
use oxigraph::model::{Literal, NamedNode, Term};

use super::Answer;
use super::args::{Documents, Global};
use super::problem::{Hint as _, Stop, say};
use super::rows::Rows;
use crate::graph::vocabulary::ch;
use crate::store::Store;

pub(super) fn run(global: &Global, documents: &Documents) -> Result<Answer, Stop> {
    let store = Store::open_read_only(&global.store)?;
    let all = store.documents()?;
    let columns = [
        "document",
        "title",
        "date",
        "officials",
        "visits",
        "projects",
        "accusations",
    ];
    let classes = ["Visit", "Project", "Accusation"].map(ch::term);
    let period = documents.dates.period();
    let words = documents.title.as_ref().map(|title| title.to_lowercase());
    let is_titled = |title: Option<&str>| {
        let has = |words: &String| title.is_some_and(|title| title.to_lowercase().contains(words));
        words.as_ref().is_none_or(has)
    };
    let mut found = false;
    let mut rows = Rows::named(&columns, documents.format)?;
    for document in &all {
        let title = store.title(document)?;
        let date = store.date(document)?;
        if !period.includes(date.as_deref()) || !is_titled(title.as_deref()) {
            continue;
        }
        found = true;
        let text = |text: String| Term::from(Literal::new_simple_literal(text));
        let number = |count: usize| Some(Term::from(Literal::from(count as u64)));
        let mut row = vec![
            Some(document.clone().into()),
            title.map(text),
            date.map(text),
            number(store.officials(document)?),
        ];
        for class in &classes {
            row.push(number(store.count(class, document)?));
        }
        rows.push(&row)?;
    }
    if !found && !global.quiet {
        say(
            "note",
            match all.len() {
                0 => "the store holds no document",
                _ => "no document of the store is like that",
            },
        );
    }
    rows.finish()?;
    Ok(Answer::Done)
}

/// Finds documents of a store by what the user calls them.
pub(super) struct Named<'a> {
    store: &'a Store,
    global: &'a Global,
    /// All documents, which are read only to say which is meant where there is none of a name.
    all: OnceCell<Vec<NamedNode>>,
}

impl<'a> Named<'a> {
    pub(super) fn new(store: &'a Store, global: &'a Global) -> Self {
        Self {
            store,
            global,
            all: OnceCell::new(),
        }
    }

    /// The document that `name` names: by its IRI, or by what follows the base and `document/` in it. Where there is none, says so.
    pub(super) fn find(&self, name: &str) -> Result<Option<NamedNode>, Stop> {
        let bare = name.trim().trim_start_matches('<').trim_end_matches('>');
        let short = self.global.base.document(bare);
        let whole = NamedNode::new(bare).ok();
        for document in whole.into_iter().chain([short.clone()]) {
            if self.store.has(&document)? {
                return Ok(Some(document));
            }
        }
        let alike = |document: &&NamedNode| {
            let [iri, short] = [document.as_str(), short.as_str()];
            iri.starts_with(short)
                || strsim::levenshtein(iri, short).min(strsim::levenshtein(iri, bare)) <= 3
        };
        let hint = match self.all()?.iter().find(alike) {
            Some(document) => format!("did you mean <{}>?", document.as_str()),
            None => "`chancery documents` lists them".to_owned(),
        };
        let error = anyhow!("the store has no document `{bare}`");
        error.hint(hint).tell();
        Ok(None)
    }

    fn all(&self) -> Result<&[NamedNode], Stop> {
        if let Some(all) = self.all.get() {
            return Ok(all);
        }
        let all = self.store.documents()?;
        Ok(self.all.get_or_init(|| all))
    }
}
