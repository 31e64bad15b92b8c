//! Pretty Turtle, written by sophia.
//!
//! Its writer looks through all triples for each subject, so it is given one subject at a time.

use std::io::{self, Write};

use mownstr::MownStr;
use oxigraph::model::{TermRef, Triple};
use sophia::api::prefix::Prefix;
use sophia::api::serializer::TripleSerializer;
use sophia::api::source::IntoSource;
use sophia::api::term::{BnodeId, IriRef, LanguageTag, Term, TermKind};
use sophia::iri::Iri;
use sophia::turtle::serializer::turtle::{TurtleConfig, TurtleSerializer};

use super::long_strings::LongStrings;

/// Writes Turtle subject by subject.
pub(super) struct TurtleWriter<W> {
    out: W,
    config: TurtleConfig,
    /// How many bytes the prefixes take at the head of all that sophia writes.
    header: usize,
}

impl<W: Write> TurtleWriter<W> {
    /// Writes the declarations of `prefixes`.
    pub(super) fn new(mut out: W, prefixes: &[(&str, &str)]) -> io::Result<Self> {
        let prefixes = prefixes.iter().map(|(prefix, namespace)| {
            (
                Prefix::new_unchecked((*prefix).into()),
                Iri::new_unchecked((*namespace).into()),
            )
        });
        let config = TurtleConfig::new()
            .with_pretty(true)
            .with_own_prefix_map(prefixes.collect());
        let header = pretty(&[], &config)?;
        out.write_all(&header)?;
        Ok(Self {
            out,
            config,
            header: header.len(),
        })
    }

    /// Writes the triples of one subject, or of several that share blank nodes.
    pub(super) fn write(&mut self, triples: &[Triple]) -> io::Result<()> {
        let long = LongStrings::set_aside(triples);
        let written = pretty(
            long.as_ref().map_or(triples, |long| &long.triples),
            &self.config,
        )?;
        let written = &written[self.header..];
        match long {
            None => self.out.write_all(written),
            Some(long) => long.put_back(&String::from_utf8_lossy(written), &mut self.out),
        }
    }

    /// Gives back what was written to.
    pub(super) fn finish(self) -> W {
        self.out
    }
}

/// What sophia makes of `triples`, prefixes included.
fn pretty(triples: &[Triple], config: &TurtleConfig) -> io::Result<Vec<u8>> {
    let mut written = Vec::new();
    let triples = triples.iter().map(|triple| {
        [
            Bridge(triple.subject.as_ref().into()),
            Bridge(triple.predicate.as_ref().into()),
            Bridge(triple.object.as_ref()),
        ]
    });
    TurtleSerializer::new_with_config(&mut written, config.clone())
        .serialize_triples(triples.into_source())
        .map_err(io::Error::other)?;
    Ok(written)
}

/// A term of oxigraph seen as one of sophia, without a copy.
#[derive(Clone, Copy, Debug)]
struct Bridge<'a>(TermRef<'a>);

impl Term for Bridge<'_> {
    type BorrowTerm<'x>
        = Bridge<'x>
    where
        Self: 'x;

    fn kind(&self) -> TermKind {
        match self.0 {
            TermRef::NamedNode(_) => TermKind::Iri,
            TermRef::BlankNode(_) => TermKind::BlankNode,
            TermRef::Literal(_) => TermKind::Literal,
        }
    }

    fn borrow_term(&self) -> Self::BorrowTerm<'_> {
        *self
    }

    fn iri(&self) -> Option<IriRef<MownStr<'_>>> {
        match self.0 {
            TermRef::NamedNode(node) => Some(IriRef::new_unchecked(node.as_str().into())),
            _ => None,
        }
    }

    fn bnode_id(&self) -> Option<BnodeId<MownStr<'_>>> {
        match self.0 {
            TermRef::BlankNode(node) => Some(BnodeId::new_unchecked(MownStr::from(node.as_str()))),
            _ => None,
        }
    }

    fn lexical_form(&self) -> Option<MownStr<'_>> {
        match self.0 {
            TermRef::Literal(literal) => Some(literal.value().into()),
            _ => None,
        }
    }

    fn datatype(&self) -> Option<IriRef<MownStr<'_>>> {
        match self.0 {
            TermRef::Literal(literal) => {
                Some(IriRef::new_unchecked(literal.datatype().as_str().into()))
            }
            _ => None,
        }
    }

    fn language_tag(&self) -> Option<LanguageTag<MownStr<'_>>> {
        match self.0 {
            TermRef::Literal(literal) => literal
                .language()
                .map(|tag| LanguageTag::new_unchecked(MownStr::from(tag))),
            _ => None,
        }
    }
}
