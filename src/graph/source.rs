//! The document, and the reading that made its record.

use oxigraph::model::NamedNode;
use oxigraph::model::vocab::rdf;

use super::draft::{Draft, date, label, text};
use super::iri::Base;
use super::vocabulary::{ch, dcterms, prov, rdfs, schema};
use crate::language;
use crate::text::Genre;

/// The version of the program with, as its build, a digest of the code that reads texts.
pub const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), "+", env!("CHANCERY_READING"));

/// Says what the document is; `sha256` is the digest of its bytes.
pub(super) fn describe(draft: &mut Draft<'_>, base: &Base, sha256: &str) {
    let document = draft.iri.clone();
    let metadata = &draft.document.metadata;
    draft.add(&document, rdf::TYPE, ch::DOCUMENT);
    // schema.org has no class for interviews, readouts and the like; `schema:genre` keeps the word.
    let class = match metadata.genre {
        Some(Genre::Wire) => schema::NEWS_ARTICLE,
        Some(Genre::Commentary) => schema::OPINION_NEWS_ARTICLE,
        _ => schema::ARTICLE,
    };
    draft.add(&document, rdf::TYPE, class);
    if let Some(genre) = metadata.genre {
        draft.add(&document, schema::GENRE, text(genre_word(genre)));
    }
    if let Some(title) = &metadata.title {
        draft.add(&document, dcterms::TITLE, label(title));
    }
    if let Some(issued) = metadata.date {
        draft.add(&document, dcterms::ISSUED, date(issued));
    }
    if let Some(source) = &metadata.source {
        match NamedNode::new(source.trim()) {
            Ok(iri) => draft.add(&document, dcterms::SOURCE, iri),
            Err(_) => draft.add(&document, dcterms::SOURCE, text(source)),
        }
    }
    if let Some(publisher) = &metadata.publisher {
        draft.add(&document, dcterms::PUBLISHER, label(publisher));
    }
    draft.add(&document, schema::SHA256, text(sha256));
    describe_reading(draft, base);
}

/// Says which software made the record, with what model and what knowledge: the same for every reading with the same, so that reading
/// again changes nothing.
fn describe_reading(draft: &mut Draft<'_>, base: &Base) {
    let program = format!("chancery {VERSION}");
    let known = draft.knowledge.definitions.sha256();
    let reading = base.shared("reading", &format!("{program} {}", language::MODEL));
    // Behind the slug, which is cut where it gets long.
    let reading = NamedNode::new_unchecked(format!("{}-{}", reading.as_str(), &known[..16]));
    let software = base.shared("software", &program);
    let knowledge = base.shared("knowledge", &known[..16]);
    let document = draft.iri.clone();
    draft.add(&document, prov::WAS_GENERATED_BY, reading.clone());
    draft.add(&reading, rdf::TYPE, prov::ACTIVITY);
    draft.add(&reading, ch::MODEL, text(language::MODEL));
    draft.add(&reading, prov::WAS_ASSOCIATED_WITH, software.clone());
    draft.add(&reading, prov::USED, knowledge.clone());
    draft.add(&knowledge, rdf::TYPE, prov::ENTITY);
    draft.add(&knowledge, schema::SHA256, text(known));
    draft.add(&software, rdf::TYPE, prov::SOFTWARE_AGENT);
    draft.add(&software, rdfs::LABEL, text("chancery"));
    draft.add(&software, schema::SOFTWARE_VERSION, text(VERSION));
}

/// The word of the front matter.
fn genre_word(genre: Genre) -> &'static str {
    match genre {
        Genre::Wire => "wire",
        Genre::Release => "release",
        Genre::Interview => "interview",
        Genre::Readout => "readout",
        Genre::Commentary => "commentary",
        Genre::Briefing => "briefing",
        Genre::Speech => "speech",
    }
}
