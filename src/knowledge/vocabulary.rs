//! Classes, properties and concepts: what kinds of claims there are and what may fill their slots.

use std::collections::{BTreeMap, BTreeSet};

use super::turtle::{CH, File, Node, SKOS, local_name};

const RDFS: &str = "http://www.w3.org/2000/01/rdf-schema#";
const XSD: &str = "http://www.w3.org/2001/XMLSchema#";
const RDF_TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const OWL: &str = "http://www.w3.org/2002/07/owl#";
/// Simple Event Model, <https://semanticweb.cs.vu.nl/2009/11/sem/>.
const SEM: &str = "http://semanticweb.cs.vu.nl/2009/11/sem/";

/// The ontology as the steps ask it.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    /// Classes of claims by local name.
    pub classes: BTreeMap<String, Class>,
    /// Properties by local name.
    pub properties: BTreeMap<String, Property>,
    /// SKOS concepts by IRI.
    pub concepts: BTreeMap<String, Concept>,
    /// IRIs of the schemes that concepts are in.
    pub schemes: BTreeSet<String>,
}

/// A class of claims.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Class {
    /// English label; empty where it has none.
    pub label: String,
    /// Other labels.
    pub also: Vec<String>,
    /// Properties (local names) whose values tell one claim of the class from another: a match with several values makes a
    /// claim of each combination, and claims that agree in all of them are candidates for being one.
    pub identified_by: Vec<String>,
    /// Properties (local names) that every claim of the class must have.
    pub requires: Vec<String>,
    /// The property (local name) that says how far its events have come.
    pub status_property: Option<String>,
    /// The property (local name) of the first day of its events.
    pub start_property: Option<String>,
    /// The property (local name) of their last day.
    pub end_property: Option<String>,
    /// Notation of the status for each modality (`past`, `future`, `negated` …); none for classes that are no events.
    pub status: BTreeMap<String, String>,
    /// Notations of the status in their order: where two claims are one, the later of two counts.
    pub status_order: Vec<String>,
    /// Whether what a party does by itself and for itself is no claim of the class.
    pub joint: bool,
    /// Whether it goes on, so that what is told of different days may be one claim.
    pub lasting: bool,
    /// Properties (local names) that are filled from what stands near by where no argument fills them.
    pub context: Vec<String>,
    /// Properties (local names) of other classes: what stands inside their words is no claim of this class.
    pub not_within: Vec<String>,
}

/// A property of claims.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Property {
    /// What may fill it.
    pub range: Range,
    /// The class of claims (local name) that it belongs to; none where several have it.
    pub domain: Option<String>,
    /// Whether a claim has at most one value of it.
    pub functional: bool,
    /// How many values of it a claim has at most, where that is said.
    pub at_most: Option<usize>,
    /// For words: whether claims of the same parties are different ones where their words differ.
    pub tells_apart: bool,
    /// For concepts: where they are read from.
    pub read_from: Option<ReadFrom>,
    /// The word class (local name) of those who never fill it.
    pub excludes: Option<String>,
    /// The property (local name) whose claims its parties share: who is in company with a party of that property is one, too.
    pub shares_in: Option<String>,
    /// The property (local name) whose party is in this place, and nowhere else at the time.
    pub locates: Option<String>,
    /// The property (local name) whose party comes to the party of this one.
    pub receives: Option<String>,
    /// For dates: which end of the event they are.
    pub bound: Option<Bound>,
    /// For concepts: notation where no trigger is found.
    pub default: Option<String>,
}

/// What the concept of a property is read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadFrom {
    /// Triggers in the evoking word and its modifiers.
    Predicate,
    /// Triggers in the words of that property (local name) of the same claim.
    Words(String),
    /// How the text presents the event, see [`Class::status`].
    Modality,
}

/// An end of an event in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// Its first day.
    Start,
    /// Its last day.
    End,
}

/// What may fill a slot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Range {
    /// A party; the words say of which kinds (`person`, `group`, `organisation`, `country`, `place`).
    Entity(Vec<String>),
    /// A concept of the scheme with this IRI.
    Concept(String),
    /// Words of the text.
    Text,
    /// A date.
    Date,
    /// Another claim: the two are linked where the party of the first property (of this claim) is that of the second (of the other).
    Claim {
        /// Class (local name) of the other claim.
        class: String,
        /// Property of this claim.
        own: String,
        /// Property of the other claim.
        other: String,
    },
}

/// A SKOS concept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concept {
    /// `skos:notation`.
    pub notation: String,
    /// IRI of its scheme.
    pub scheme: String,
    /// English label.
    pub label: String,
    /// Expressions that point to it, each as its lemmas.
    pub triggers: Vec<Vec<String>>,
    /// Expressions that point to it, but less than a trigger.
    pub hints: Vec<Vec<String>>,
    /// Word classes (local names) that point to it together, where a word of the one hangs on a word of the other.
    pub trigger_pairs: Vec<[String; 2]>,
    /// Whether it only says how something is to be judged (a breach of law), not what was done.
    pub generic: bool,
    /// Notation of the concept of which it is a kind, if it is one of another (a war crime is an act of force).
    pub broader: Option<String>,
}

impl Vocabulary {
    /// Adds what `file` says; what it says of a known term replaces what was known.
    pub(crate) fn read(&mut self, file: &File) {
        for node in file.instances(&format!("{OWL}Class")) {
            self.classes
                .insert(node.local_name().to_owned(), class(&node));
        }
        for kind in ["ObjectProperty", "DatatypeProperty"] {
            for node in file.instances(&format!("{OWL}{kind}")) {
                self.properties
                    .insert(node.local_name().to_owned(), property(&node));
            }
        }
        for node in file.instances(&format!("{SKOS}ConceptScheme")) {
            self.schemes.insert(node.iri().to_owned());
        }
        for node in file.instances(&format!("{SKOS}Concept")) {
            self.concepts.insert(node.iri().to_owned(), concept(&node));
        }
    }

    /// Tells each class which properties say when its events are and how far they have come: its own, else those that all classes have.
    pub(crate) fn finish(&mut self) {
        for (name, class) in &mut self.classes {
            let find = |fits: &dyn Fn(&Property) -> bool| {
                let of = |domain: Option<&str>| {
                    self.properties
                        .iter()
                        .find(|(_, property)| {
                            property.domain.as_deref() == domain && fits(property)
                        })
                        .map(|(name, _)| name.clone())
                };
                of(Some(name)).or_else(|| of(None))
            };
            class.status_property =
                find(&|property| property.read_from == Some(ReadFrom::Modality));
            class.start_property = find(&|property| property.bound == Some(Bound::Start));
            class.end_property = find(&|property| property.bound == Some(Bound::End));
        }
    }

    /// The properties (local names) that say where somebody is: that of the place, and that of who is there.
    pub fn locating(&self) -> impl Iterator<Item = (&str, &str)> {
        self.properties
            .iter()
            .filter_map(|(name, property)| Some((name.as_str(), property.locates.as_deref()?)))
    }

    /// The properties (local names) of those to whom somebody comes, and of who comes.
    pub fn receiving(&self) -> impl Iterator<Item = (&str, &str)> {
        self.properties
            .iter()
            .filter_map(|(name, property)| Some((name.as_str(), property.receives.as_deref()?)))
    }

    /// The IRI of the concept with `notation` in the scheme of `property` (a local name).
    pub fn concept(&self, property: &str, notation: &str) -> Option<&str> {
        let Range::Concept(scheme) = &self.properties.get(property)?.range else {
            return None;
        };
        self.concepts
            .iter()
            .find(|(_, concept)| concept.scheme == *scheme && concept.notation == notation)
            .map(|(iri, _)| iri.as_str())
    }
}

fn local_names(node: &Node, predicate: &str) -> Vec<String> {
    node.values(&format!("{CH}{predicate}"))
        .iter()
        .map(|iri| local_name(iri).to_owned())
        .collect()
}

/// The notation of `status` for each modality for which a class or a frame gives one.
pub(super) fn status_when(node: &Node) -> BTreeMap<String, String> {
    let text = |node: &Node, name: &str| node.value(&format!("{CH}{name}")).unwrap_or_default();
    node.nodes(&format!("{CH}statusWhen"))
        .iter()
        .map(|when| (text(when, "modality"), text(when, "notation")))
        .collect()
}

fn class(node: &Node) -> Class {
    Class {
        label: node.value(&format!("{SKOS}prefLabel")).unwrap_or_default(),
        also: node.values(&format!("{SKOS}altLabel")),
        status_property: None,
        start_property: None,
        end_property: None,
        identified_by: local_names(node, "identifiedBy"),
        requires: local_names(node, "requires"),
        status: status_when(node),
        status_order: node.list(&format!("{CH}statusOrder")),
        joint: node.value(&format!("{CH}joint")).as_deref() == Some("true"),
        lasting: node.value(&format!("{CH}lasting")).as_deref() == Some("true"),
        context: local_names(node, "filledFromContext"),
        not_within: local_names(node, "notWithin"),
    }
}

fn property(node: &Node) -> Property {
    let range = node.value(&format!("{RDFS}range")).unwrap_or_default();
    let text = |name: &str| node.value(&format!("{CH}{name}"));
    let above = node.values(&format!("{RDFS}subPropertyOf"));
    let kind_of = |term: &str| above.contains(&format!("{SEM}{term}"));
    Property {
        range: if let Some(scheme) = text("scheme") {
            Range::Concept(scheme)
        } else if let (Some(own), Some(other)) = (text("linksBy"), text("linkedBy")) {
            Range::Claim {
                class: local_name(&range).to_owned(),
                own: local_name(&own).to_owned(),
                other: local_name(&other).to_owned(),
            }
        } else if range == format!("{CH}Date") || range == format!("{XSD}date") {
            Range::Date
        } else if range == format!("{XSD}string") {
            Range::Text
        } else {
            Range::Entity(node.values(&format!("{CH}accepts")))
        },
        domain: node
            .value(&format!("{RDFS}domain"))
            .map(|iri| local_name(&iri).to_owned()),
        functional: node
            .values(RDF_TYPE)
            .contains(&format!("{OWL}FunctionalProperty")),
        at_most: text("atMost").and_then(|number| number.parse().ok()),
        tells_apart: text("tellsApart").as_deref() == Some("true"),
        read_from: text("readFrom").map(|iri| match local_name(&iri) {
            "predicate" => ReadFrom::Predicate,
            "modality" => ReadFrom::Modality,
            words => ReadFrom::Words(words.to_owned()),
        }),
        excludes: text("excludes").map(|iri| local_name(&iri).to_owned()),
        shares_in: text("sharesIn").map(|iri| local_name(&iri).to_owned()),
        locates: text("locates").map(|iri| local_name(&iri).to_owned()),
        receives: text("receives").map(|iri| local_name(&iri).to_owned()),
        bound: if kind_of("hasBeginTimeStamp") {
            Some(Bound::Start)
        } else if kind_of("hasEndTimeStamp") {
            Some(Bound::End)
        } else {
            None
        },
        default: text("default"),
    }
}

fn concept(node: &Node) -> Concept {
    Concept {
        notation: node.value(&format!("{SKOS}notation")).unwrap_or_default(),
        scheme: node.value(&format!("{SKOS}inScheme")).unwrap_or_default(),
        label: node.value(&format!("{SKOS}prefLabel")).unwrap_or_default(),
        triggers: expressions(node, "trigger"),
        hints: expressions(node, "hint"),
        trigger_pairs: node
            .nodes(&format!("{CH}triggerPair"))
            .iter()
            .filter_map(|pair| {
                let class = |name: &str| {
                    let iri = pair.value(&format!("{CH}{name}"))?;
                    Some(local_name(&iri).to_owned())
                };
                Some([class("head")?, class("dependent")?])
            })
            .collect(),
        generic: node.value(&format!("{CH}generic")).as_deref() == Some("true"),
        broader: (node.value(&format!("{SKOS}broader")))
            .map(|broader| local_name(&broader).to_owned()),
    }
}

/// The values of `predicate`, each as its words.
fn expressions(node: &Node, predicate: &str) -> Vec<Vec<String>> {
    node.values(&format!("{CH}{predicate}"))
        .iter()
        .map(|expression| {
            let words = expression.split([' ', '-']);
            words.map(str::to_owned).collect()
        })
        .collect()
}
