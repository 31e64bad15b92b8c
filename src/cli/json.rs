//! The product of a step as one JSON document.

use anyhow::anyhow;
use serde::Serialize;

use super::args::Stage;
use super::problem::{Hint as _, Problem};
use crate::claim::Claim;
use crate::entity::Entity;
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
        claims: &'a [Claim],
    },
}

/// The product of `stage`. Trees and triples have standards of their own to be written in.
pub(super) fn product(reading: &Reading, stage: Stage) -> Result<Product<'_>, Problem> {
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
        Stage::Claims => Product::Claims {
            text,
            entities,
            claims: &reading.claims,
        },
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
