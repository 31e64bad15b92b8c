//! The product of a step as one JSON document.

use std::collections::BTreeMap;

use anyhow::anyhow;
use serde::Serialize;

use super::args::{Show, Stage};
use super::problem::{Hint as _, Problem};
use crate::claim::{Claim, Near, Origin};
use crate::entity::Entity;
use crate::knowledge::Knowledge;
use crate::mention::Mention;
use crate::pipeline::Reading;
use crate::text::{Paragraph, Sentence, Token};

/// What one step has made, with all that it points into but the tokens and sentences, which have a document of their own. A `span`
/// counts characters of `text`, the body of the file; `tokens` and `sentences` of anything are indices into the lists of that name.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Product<'a> {
    Tokens {
        text: &'a str,
        paragraphs: &'a [Paragraph],
        sentences: &'a [Sentence],
        tokens: &'a [Token],
    },
    Mentions {
        text: &'a str,
        mentions: &'a [Mention],
    },
    Entities {
        text: &'a str,
        entities: &'a [Entity],
    },
    Claims {
        text: &'a str,
        entities: &'a [Entity],
        #[serde(skip_serializing_if = "Option::is_none")]
        claims: Option<&'a [Claim]>,
        #[serde(skip_serializing_if = "Option::is_none")]
        near: Option<Vec<Near>>,
        /// File and line of each frame and lexical entry, by its IRI.
        #[serde(skip_serializing_if = "BTreeMap::is_empty")]
        definitions: BTreeMap<String, String>,
    },
}

/// The product of `stage`. Trees and triples have standards of their own to be written in.
pub(super) fn product<'a>(
    reading: &'a Reading,
    knowledge: &Knowledge,
    show: &Show,
    stage: Stage,
) -> Result<Product<'a>, Problem> {
    let text = &reading.document.body;
    let entities = &reading.entities.all;
    Ok(match stage {
        Stage::Tokens => Product::Tokens {
            text,
            paragraphs: &reading.document.paragraphs,
            sentences: &reading.document.sentences,
            tokens: &reading.document.tokens,
        },
        Stage::Mentions => Product::Mentions {
            text,
            mentions: &reading.mentions,
        },
        Stage::Entities => Product::Entities { text, entities },
        Stage::Claims => claims(reading, knowledge, show),
        Stage::Tree => {
            return Err(anyhow!("trees are shown in CoNLL-U, not in JSON")
                .hint("leave `--format json` out"));
        }
        Stage::Triples => {
            return Err(anyhow!("triples are shown in N-Triples, not in JSON")
                .hint("`chancery extract --format jsonld` writes them as JSON-LD"));
        }
    })
}

/// Claims, as they are asked for.
fn claims<'a>(reading: &'a Reading, knowledge: &Knowledge, show: &Show) -> Product<'a> {
    let claims = (show.why || !show.near).then_some(reading.claims.as_slice());
    let near = show.near.then(|| reading.near(knowledge));
    let of_claims = claims.into_iter().flatten();
    let of_near = near.iter().flatten();
    let concepts = (of_claims.clone().flat_map(|claim| &claim.slots))
        .filter(|slot| show.why && matches!(slot.origin, Origin::Trigger { .. }))
        .filter_map(|slot| slot.entry(&reading.entities, knowledge));
    let iris = (of_claims.map(|claim| (&claim.frame, &claim.entry)))
        .chain(of_near.map(|near| (&near.frame, &near.entry)))
        .filter(|_| show.why || show.near)
        .flat_map(|(frame, entry)| std::iter::once(frame).chain(entry))
        .map(String::as_str)
        .chain(concepts);
    let definitions = iris
        .filter_map(|iri| Some((iri.to_owned(), knowledge.definitions.of(iri)?.to_string())))
        .collect();
    Product::Claims {
        text: &reading.document.body,
        entities: &reading.entities.all,
        claims,
        near,
        definitions,
    }
}
