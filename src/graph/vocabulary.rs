//! The terms that the record is written with.
//!
//! Each is taken from the vocabulary that defines it; only what none of them says is in chancery's own namespace.

/// Prefixes of the record, in alphabetical order: written into exports and known to every query.
pub const PREFIXES: [(&str, &str); 13] = [
    ("ch", ch::NAMESPACE),
    ("dcterms", dcterms::NAMESPACE),
    ("foaf", foaf::NAMESPACE),
    ("itsrdf", itsrdf::NAMESPACE),
    ("nif", nif::NAMESPACE),
    ("org", org::NAMESPACE),
    ("prov", prov::NAMESPACE),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", rdfs::NAMESPACE),
    ("schema", schema::NAMESPACE),
    ("sem", "http://semanticweb.cs.vu.nl/2009/11/sem/"),
    ("skos", skos::NAMESPACE),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// Declares the terms of one vocabulary as constants.
macro_rules! terms {
    ($(#[$about:meta])* $prefix:ident $namespace:literal { $($name:ident = $local:literal),+ $(,)? }) => {
        $(#[$about])*
        #[expect(missing_docs, reason = "the vocabulary itself defines its terms")]
        pub mod $prefix {
            use oxigraph::model::NamedNodeRef;
            /// What its terms begin with.
            pub const NAMESPACE: &str = $namespace;
            $(pub const $name: NamedNodeRef<'_> = NamedNodeRef::new_unchecked(concat!($namespace, $local));)+
        }
    };
}

/// chancery's own terms, defined in `ontology/`.
#[expect(missing_docs, reason = "the ontology itself defines its terms")]
pub mod ch {
    use std::fmt::Write as _;

    use oxigraph::model::{NamedNode, NamedNodeRef};

    /// The namespace of the ontology.
    pub const NAMESPACE: &str = "https://w3id.org/chancery#";

    pub const DOCUMENT: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/chancery#Document");
    pub const OFFICE_HOLDING: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/chancery#OfficeHolding");
    pub const ACCREDITED_TO: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/chancery#accreditedTo");
    pub const COUNTRY_CODE: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/chancery#countryCode");
    pub const DEFINED_IN: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/chancery#definedIn");
    pub const ENTRY: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/chancery#entry");
    pub const EVIDENCE: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/chancery#evidence");
    pub const FRAME: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/chancery#frame");
    pub const MODEL: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/chancery#model");
    pub const OF: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/chancery#of");
    pub const POLARITY: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/chancery#polarity");
    pub const TENURE: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/chancery#tenure");
    pub const TITLE: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/chancery#title");

    /// The class or property of that local name; characters that no local name has are percent-encoded.
    pub fn term(local: &str) -> NamedNode {
        let mut iri = NAMESPACE.to_owned();
        for byte in local.bytes() {
            if byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_' {
                iri.push(char::from(byte));
            } else {
                let _ = write!(iri, "%{byte:02X}");
            }
        }
        NamedNode::new_unchecked(iri)
    }
}

terms!(
    /// Dublin Core terms, <https://www.dublincore.org/specifications/dublin-core/dcmi-terms/>.
    dcterms "http://purl.org/dc/terms/" {
        ISSUED = "issued", PUBLISHER = "publisher", SOURCE = "source", TITLE = "title",
    }
);

terms!(
    /// Friend of a Friend, <http://xmlns.com/foaf/spec/>.
    foaf "http://xmlns.com/foaf/0.1/" { GROUP = "Group", PERSON = "Person" }
);

terms!(
    /// Internationalization Tag Set 2.0, <https://www.w3.org/TR/its20/>.
    itsrdf "http://www.w3.org/2005/11/its/rdf#" { TA_CONFIDENCE = "taConfidence", TA_IDENT_REF = "taIdentRef" }
);

terms!(
    /// NLP Interchange Format 2.0, <https://persistence.uni-leipzig.org/nlp2rdf/>.
    nif "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#" {
        CONTEXT = "Context", OFFSET_BASED_STRING = "OffsetBasedString", SENTENCE_CLASS = "Sentence",
        ANCHOR_OF = "anchorOf", BEGIN_INDEX = "beginIndex", END_INDEX = "endIndex", IS_STRING = "isString",
        REFERENCE_CONTEXT = "referenceContext", SENTENCE = "sentence", SOURCE_URL = "sourceUrl",
    }
);

terms!(
    /// The Organization Ontology, <https://www.w3.org/TR/vocab-org/>.
    org "http://www.w3.org/ns/org#" { FORMAL_ORGANIZATION = "FormalOrganization", MEMBER = "member", ROLE = "role" }
);

terms!(
    /// The PROV Ontology, <https://www.w3.org/TR/prov-o/>.
    prov "http://www.w3.org/ns/prov#" {
        ACTIVITY = "Activity", ENTITY = "Entity", SOFTWARE_AGENT = "SoftwareAgent", HAD_PRIMARY_SOURCE = "hadPrimarySource",
        USED = "used", WAS_ASSOCIATED_WITH = "wasAssociatedWith", WAS_ATTRIBUTED_TO = "wasAttributedTo", WAS_GENERATED_BY = "wasGeneratedBy",
    }
);

terms!(
    /// RDF Schema, <https://www.w3.org/TR/rdf-schema/>.
    rdfs "http://www.w3.org/2000/01/rdf-schema#" { LABEL = "label" }
);

terms!(
    /// schema.org, <http://schema.org/>.
    schema "http://schema.org/" {
        ARTICLE = "Article", COUNTRY = "Country", NEWS_ARTICLE = "NewsArticle", OPINION_NEWS_ARTICLE = "OpinionNewsArticle",
        PLACE = "Place", GENRE = "genre", LATITUDE = "latitude", LONGITUDE = "longitude", SHA256 = "sha256",
        SOFTWARE_VERSION = "softwareVersion",
    }
);

terms!(
    /// SKOS, <https://www.w3.org/TR/skos-reference/>.
    skos "http://www.w3.org/2004/02/skos/core#" {
        ALT_LABEL = "altLabel", EXACT_MATCH = "exactMatch", NOTATION = "notation", PREF_LABEL = "prefLabel",
    }
);
