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
    let wanted = Wanted::new(documents);
    let mut found = false;
    let mut rows = Rows::named(&columns, documents.format)?;
    for document in &all {
        let title = store.title(document)?;
        let date = store.date(document)?;
        if !wanted.fits(title.as_deref(), date.as_deref()) {
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

/// Which documents are asked for.
struct Wanted {
    since: Option<String>,
    until: Option<String>,
    /// In small letters.
    title: Option<String>,
}

impl Wanted {
    fn new(documents: &Documents) -> Self {
        Self {
            since: documents.since.as_ref().map(ToString::to_string),
            until: documents.until.as_ref().map(ToString::to_string),
            title: documents.title.as_ref().map(|title| title.to_lowercase()),
        }
    }

    /// Whether a document with that title and date is asked for. A date fits where one of the days that it may mean does, as in the named
    /// queries: `~` comes after every digit and hyphen.
    fn fits(&self, title: Option<&str>, date: Option<&str>) -> bool {
        let since = |bound: &String| date.is_some_and(|date| format!("{date}~") >= *bound);
        let until = |bound: &String| date.is_some_and(|date| *date <= *format!("{bound}~"));
        let titled = |words: &String| {
            title.is_some_and(|title| title.to_lowercase().contains(words.as_str()))
        };
        self.since.as_ref().is_none_or(since)
            && self.until.as_ref().is_none_or(until)
            && self.title.as_ref().is_none_or(titled)
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_fits_where_one_of_its_days_does() {
        let wanted = |since: Option<&str>, until: Option<&str>| Wanted {
            since: since.map(str::to_owned),
            until: until.map(str::to_owned),
            title: None,
        };
        for (since, until, date, fits) in [
            (Some("2021-03"), None, Some("2021-03-01"), true),
            (Some("2021-03"), None, Some("2021-02-28"), false),
            (Some("2021-03-15"), None, Some("2021-03"), true),
            (Some("2021-03-15"), None, Some("2021"), true),
            (Some("2021-03-15"), None, Some("2020"), false),
            (None, Some("2021-03"), Some("2021-03-31"), true),
            (None, Some("2021-03"), Some("2021-04-01"), false),
            (None, Some("2021-03"), Some("2021"), true),
            (None, Some("2021"), Some("2021-12-31"), true),
            (Some("2021"), Some("2021"), Some("2021-06"), true),
            (Some("2021"), None, None, false),
            (None, None, None, true),
        ] {
            assert_eq!(
                wanted(since, until).fits(None, date),
                fits,
                "{since:?} {until:?} {date:?}"
            );
        }
    }
}
