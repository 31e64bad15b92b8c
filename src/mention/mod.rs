//! Step 3: which words name a party, a place, an office or a time?
//!
//! [`find`] gives the mentions of a document; [`crate::entity`] says which of them are the same party.
//!
//! Names come first, from the gazetteer; then office titles, whose modifiers and complements the names of countries mark off; then
//! names of persons, for which titles are the best evidence; then pronouns and phrases without a name. Spans are read off the tokens
//! and their tags, since trees are weak on names and appositions; the tree gives each mention its head.

mod complement;
mod group;
mod named;
mod office;
mod page;
mod person;
mod pronoun;
pub mod time;
mod title;

use std::ops::Range;

use crate::knowledge::Knowledge;
use crate::language::Analysis;
use crate::text::{Date, Document, Span};

pub(crate) use page::Page;

/// Finds the mentions of a document, in text order; the longer of two that start together comes first. Names, offices and times do not
/// overlap each other; a group or pronoun may hold a name (`the Russian delegation`).
pub fn find(document: &Document, analysis: &Analysis, knowledge: &Knowledge) -> Vec<Mention> {
    let mut page = Page::new(document, analysis, knowledge);
    for mention in time::find(document, analysis, knowledge) {
        page.add_with_head(mention.tokens, mention.head, mention.kind);
    }
    named::find(&mut page);
    office::find(&mut page);
    person::find(&mut page);
    pronoun::find(&mut page);
    group::find(&mut page);
    page.into_mentions()
}

/// A stretch of tokens that names something.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Mention {
    /// Its tokens, as indices into the document's tokens.
    pub tokens: Range<usize>,
    /// The token that stands for it in the tree.
    pub head: usize,
    /// Its characters.
    pub span: Span,
    /// What it names.
    pub kind: Kind,
}

/// What a mention names.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A person's name, without title or honorific (`Wang Yi`, `Blinken`).
    Person,
    /// An office by its title (`deputy prime minister`, `ambassador to Moscow`): the phrase from its first modifier that belongs to
    /// the title to the end of its `of`/`for`/`to` complements.
    Office(OfficeTitle),
    /// A country, place or organisation of the gazetteer, by the IRIs of its entries, likeliest first.
    Named {
        /// Candidates.
        entries: Vec<String>,
        /// Whether it stands there as an adjective or the name of its people.
        demonym: bool,
    },
    /// A proper name that is neither a person nor in the gazetteer (an unknown place, body or firm).
    OtherName,
    /// A time, resolved against the document's date.
    Time(TimeSpan),
    /// A pronoun or determiner that refers to a party (`he`, `their`, `we`, `who`).
    Pronoun,
    /// A noun phrase without a name that refers to a party (`the two sides`, `a Russian parliamentary delegation`, `Western countries`).
    Group,
}

/// A title and its parts.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct OfficeTitle {
    /// The title as written, without honorific, `former` and the country that is spoken of apart (`deputy prime minister`).
    pub title: String,
    /// IRI of the office's concept in the ontology, where one matches.
    pub role: Option<String>,
    /// Held, held before, or to be held, as of the document.
    pub tenure: Tenure,
    /// Mention heads (token indices) of the country or body served, from a modifier (`Russian`), genitive (`Russia's`) or `of`/`for` phrase.
    pub of: Vec<usize>,
    /// Token index of the head of what an envoy is sent to, from a `to`/`in` phrase.
    pub to: Option<usize>,
    /// Tokens of the whole phrase, with determiner, country and `former`.
    pub phrase: Range<usize>,
    /// What determines the phrase.
    pub determiner: Determiner,
    /// Whether the title is in the plural (`Presidents`).
    pub plural: bool,
}

/// What determines a noun phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Determiner {
    /// `the`, `this`, a possessive or a genitive.
    Definite,
    /// `a`, `any`, `every`, `no` …
    Indefinite,
    /// Nothing.
    Bare,
}

/// Whether an office is held, as of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Tenure {
    /// Held now.
    Current,
    /// Held before.
    Former,
    /// Not yet taken up.
    Incoming,
}

/// A time expression, resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct TimeSpan {
    /// First day, month or year.
    pub start: Date,
    /// Last one, where the text gives a range.
    pub end: Option<Date>,
}
