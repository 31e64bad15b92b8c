//! What is each thing called?
//!
//! IRIs come from content, never from counters or clocks: the same text has the same IRIs on every machine and day.

use oxigraph::model::NamedNode;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::text::{Metadata, Span};

/// The IRI that all IRIs of the record begin with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base(String);

/// The base where the user sets none. `.invalid` names nothing and nobody, now and for ever (RFC 6761, section 6.4), so that no IRI
/// of the record can be taken for somebody else's; set a base of your own to publish an export.
pub const DEFAULT_BASE: &str = "https://chancery.invalid/";

impl Default for Base {
    fn default() -> Self {
        Self(DEFAULT_BASE.to_owned())
    }
}

impl Base {
    /// Takes an absolute IRI without query and fragment that ends in `/` or `:`, so that names can be put behind it; says what is
    /// wrong with any other (lower case, no full stop).
    pub fn new(iri: &str) -> Result<Self, String> {
        if let Err(error) = NamedNode::new(iri) {
            return Err(format!(
                "it is no absolute IRI: {}",
                error.to_string().to_lowercase()
            ));
        }
        if iri.contains(['?', '#']) {
            return Err("it has a query or fragment".to_owned());
        }
        if !iri.ends_with(['/', ':']) {
            return Err("it ends neither in `/` nor in `:`".to_owned());
        }
        Ok(Self(iri.to_owned()))
    }

    /// The base itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The IRI of the document with that name: what follows `document/` in it.
    pub fn document(&self, name: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("{}document/{name}", self.0))
    }

    /// The IRI of something that is the same for all documents.
    pub(super) fn shared(&self, kind: &str, name: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("{}{kind}/{}", self.0, slug(name)))
    }

    /// The IRI of a document.
    ///
    /// It is made from the front matter's `id` where there is one. Otherwise it is made from `stem`, the name of the file
    /// without folder and ending, and from the front matter's `source` where there is one: so an edited text of the same name
    /// and source replaces the one before, whatever its words.
    pub fn identify(&self, metadata: &Metadata, stem: &str) -> NamedNode {
        let name = match (&metadata.id, &metadata.source) {
            (Some(id), _) => exact_slug(id),
            (None, Some(source)) => format!("{}-{}", exact_slug(stem), short_hash(source)),
            (None, None) => exact_slug(stem),
        };
        self.document(&name)
    }

    /// The IRI of a document that is one of many in an input of the name `stem`.
    ///
    /// It is made from the document's `id` where there is one. Otherwise the stem and the `source` make it, so that an edited text of the
    /// same source replaces the one before; or the stem, the title and the `body`, so that it does not depend on what else the input holds.
    pub fn identify_among(&self, metadata: &Metadata, stem: &str, body: &str) -> NamedNode {
        let content = match metadata {
            Metadata { id: Some(_), .. } => return self.identify(metadata, stem),
            Metadata {
                source: Some(source),
                ..
            } => hash(source),
            Metadata { title, .. } => {
                hash(&format!("{}\n{body}", title.as_deref().unwrap_or_default()))
            }
        };
        let stem = if stem.is_empty() {
            String::new()
        } else {
            format!("{}-", exact_slug(stem))
        };
        self.document(&format!("{stem}{content}"))
    }
}

/// The characters of `span` as an IRI: `<document>#char=start,end`, RFC 5147.
pub(super) fn span_iri(document: &NamedNode, span: Span) -> NamedNode {
    NamedNode::new_unchecked(format!(
        "{}#char={},{}",
        document.as_str(),
        span.start,
        span.end
    ))
}

/// Longest slug, in characters: enough to recognise a name, short enough to read a table of them.
const LONGEST_SLUG: usize = 60;

/// `text` as one segment of an IRI: lower case, accents dropped (`Çavuşoğlu` gives `cavusoglu`), letters of other scripts kept, a
/// hyphen for all else. Empty where the text has no letter or digit.
pub(super) fn slug(text: &str) -> String {
    let mut slug = String::new();
    let plain: String = text
        .nfkd()
        .filter(|&c| !is_combining_mark(c))
        .nfc()
        .collect();
    for character in plain.to_lowercase().chars().take(LONGEST_SLUG) {
        if character.is_alphanumeric() {
            slug.push(character);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// `text` as one segment of an IRI that no other text shares: its slug, with a hash where the slug does not say all.
fn exact_slug(text: &str) -> String {
    match slug(text) {
        slug if slug == text => slug,
        slug if slug.is_empty() => short_hash(text),
        slug => format!("{slug}-{}", short_hash(text)),
    }
}

/// 32 bits of [`hash`] in hexadecimal digits.
pub(super) fn short_hash(text: &str) -> String {
    hash(text)[..8].to_owned()
}

/// The 64-bit FNV-1a hash of `text` in hexadecimal digits, the same on every machine.
///
/// Source: Fowler, Noll, Vo and Eastlake, "The FNV Non-Cryptographic Hash Algorithm", RFC 9923.
pub(super) fn hash(text: &str) -> String {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_readable_and_safe_in_an_iri() {
        for (text, expected) in [
            ("Mevlüt Çavuşoğlu", "mevlut-cavusoglu"),
            ("  Li Su-han, (former) ", "li-su-han-former"),
            ("Сергей Лавров", "сергеи-лавров"),
            ("김정은", "김정은"),
            ("../../etc/passwd <x>\u{202e}", "etc-passwd-x"),
            ("—", ""),
        ] {
            assert_eq!(slug(text), expected);
            assert!(NamedNode::new(format!("{DEFAULT_BASE}document/{}", exact_slug(text))).is_ok());
        }
    }

    #[test]
    fn two_names_with_one_slug_are_two_documents() {
        let base = Base::default();
        let [a, b] = ["A b", "a-b"].map(|stem| base.identify(&Metadata::default(), stem));
        assert_ne!(a, b);
        assert_eq!(b.as_str(), "https://chancery.invalid/document/a-b");
    }

    #[test]
    fn a_base_takes_names_behind_it() {
        for good in [
            "https://example.org/record/",
            "urn:example:",
            "tag:example.org,2026:",
        ] {
            assert!(Base::new(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "record/",
            "https://example.org",
            "https://example.org/#",
            "https://example.org/a b/",
        ] {
            assert!(Base::new(bad).is_err(), "{bad}");
        }
    }
}
