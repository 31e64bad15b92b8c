//! The graph while it is being written.

use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{Literal, NamedNode, NamedNodeRef, Term, Triple};

use super::vocabulary::{ch, nif, prov, skos};
use super::{Graph, iri};
use crate::knowledge::Knowledge;
use crate::text::{Date, Document, Note, Span};

/// Collects the triples of one document.
pub(super) struct Draft<'a> {
    pub(super) document: &'a Document,
    pub(super) knowledge: &'a Knowledge,
    /// The document's IRI.
    pub(super) iri: NamedNode,
    /// IRI of the whole text, which spans are parts of.
    context: NamedNode,
    pub(super) triples: Vec<Triple>,
    pub(super) notes: Vec<Note>,
}

impl<'a> Draft<'a> {
    /// A draft that says what the whole text is.
    pub(super) fn new(document: &'a Document, knowledge: &'a Knowledge, iri: &NamedNode) -> Self {
        let whole = Span {
            start: 0,
            end: document.body.chars().count(),
        };
        let context = iri::span_iri(iri, whole);
        let mut draft = Self {
            document,
            knowledge,
            iri: iri.clone(),
            context: context.clone(),
            triples: Vec::new(),
            notes: Vec::new(),
        };
        draft.add(&context, rdf::TYPE, nif::CONTEXT);
        draft.add(&context, rdf::TYPE, nif::OFFSET_BASED_STRING);
        draft.add(&context, nif::BEGIN_INDEX, index(whole.start));
        draft.add(&context, nif::END_INDEX, index(whole.end));
        draft.add(&context, nif::IS_STRING, text(&document.body));
        draft.add(&context, nif::SOURCE_URL, iri.clone());
        draft
    }

    /// The graph of all triples, and what could not be decided.
    pub(super) fn finish(self) -> (Graph, Vec<Note>) {
        let mut triples = self.triples;
        triples.sort_by_cached_key(ToString::to_string);
        triples.dedup();
        let document = self.iri;
        (Graph { document, triples }, self.notes)
    }

    /// Adds a triple; doubles are dropped at the end.
    pub(super) fn add(
        &mut self,
        subject: &NamedNode,
        predicate: NamedNodeRef<'_>,
        object: impl Into<Term>,
    ) {
        self.triples
            .push(Triple::new(subject.clone(), predicate.into_owned(), object));
    }

    /// Says that the fact `subject` comes from this document, and that the characters of `span` support it. `sentence` is the index of
    /// the sentence they stand in; where it is not given, that of their first character.
    pub(super) fn cite(&mut self, subject: &NamedNode, span: Span, sentence: Option<usize>) {
        let document = self.iri.clone();
        self.add(subject, prov::HAD_PRIMARY_SOURCE, document);
        if let Some(evidence) = self.span(span, sentence) {
            self.add(subject, ch::EVIDENCE, evidence);
        }
    }

    /// Describes the characters of `span` and the sentence they stand in, and gives the IRI of the span; none for an empty one or one
    /// outside the body, which would be evidence of nothing.
    pub(super) fn span(&mut self, span: Span, sentence: Option<usize>) -> Option<NamedNode> {
        let node = self.string(span)?;
        let sentences = &self.document.sentences;
        let sentence = sentence.unwrap_or_else(|| {
            sentences.partition_point(|sentence| sentence.span.end <= span.start)
        });
        // Words outside all sentences (in a dateline) are their own sentence.
        let whole = sentences
            .get(sentence)
            .map(|sentence| sentence.span)
            .filter(|sentence| sentence.overlaps(span))
            .unwrap_or(span);
        let whole = self.string(whole)?;
        self.add(&whole, rdf::TYPE, nif::SENTENCE_CLASS);
        self.add(&node, nif::SENTENCE, whole);
        Some(node)
    }

    /// Describes the characters of `span` as they stand there.
    fn string(&mut self, span: Span) -> Option<NamedNode> {
        let written = self.document.text(span);
        if written.is_empty() {
            return None;
        }
        let node = iri::span_iri(&self.iri, span);
        let context = self.context.clone();
        self.add(&node, rdf::TYPE, nif::OFFSET_BASED_STRING);
        self.add(&node, nif::BEGIN_INDEX, index(span.start));
        self.add(&node, nif::END_INDEX, index(span.end));
        self.add(&node, nif::ANCHOR_OF, text(written));
        self.add(&node, nif::REFERENCE_CONTEXT, context);
        Some(node)
    }

    /// Adds a concept by its notation. Where the property's scheme has no such notation, the notation itself is kept and noted.
    pub(super) fn add_concept(&mut self, subject: &NamedNode, property: &str, notation: &str) {
        let predicate = ch::term(property);
        let concept = self.knowledge.vocabulary.concept(property, notation);
        if let Some(concept) = concept.and_then(|concept| NamedNode::new(concept).ok()) {
            self.add(&concept, skos::NOTATION, text(notation));
            self.add(subject, predicate.as_ref(), concept);
        } else {
            self.notes.push(Note {
                span: None,
                message: format!("`{notation}` is no notation of the concepts of `{property}`"),
            });
            self.add(subject, predicate.as_ref(), text(notation));
        }
    }
}

/// A plain string.
pub(super) fn text(text: &str) -> Literal {
    Literal::new_simple_literal(text)
}

/// A label: a plain string on one line.
pub(super) fn label(text: &str) -> Literal {
    Literal::new_simple_literal(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// A date with the precision the text gives: `xsd:date`, `xsd:gYearMonth` or `xsd:gYear`.
pub(super) fn date(date: Date) -> Literal {
    let precision = match (date.month, date.day) {
        (Some(_), Some(_)) => xsd::DATE,
        (Some(_), None) => xsd::G_YEAR_MONTH,
        (None, _) => xsd::G_YEAR,
    };
    Literal::new_typed_literal(date.to_string(), precision)
}

/// A number with at most `decimals` digits behind the point, written as the store gives it back.
pub(super) fn decimal(number: f64, decimals: usize) -> Literal {
    let written = format!("{number:.decimals$}");
    let written = match written.split_once('.') {
        Some(_) => written.trim_end_matches('0').trim_end_matches('.'),
        None => written.as_str(),
    };
    Literal::new_typed_literal(if written == "-0" { "0" } else { written }, xsd::DECIMAL)
}

/// An offset in characters. The store knows one type of whole numbers only, `xsd:integer`, and would turn any other into it.
fn index(offset: usize) -> Literal {
    Literal::new_typed_literal(offset.to_string(), xsd::INTEGER)
}
