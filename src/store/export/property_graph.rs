//! The record as a property graph: nodes and edges with attributes, which tools without RDF read.
//!
//! - **A node** is whatever has a class, save the text layer (NIF) and how a text was read (PROV): facts, parties, places, documents.
//! - **An edge** is a property that leads from node to node; the property is its type.
//! - **An attribute** is any other property. A concept is given by its notation, a span of text by its sentence.
//!
//! Which classes and properties there are is nowhere written here: it is read off the record, so those of a user's own appear, too.
//!
//! Every node has a `label`; one without a name is labelled by its class and parties. A fact keeps its `document`, its `evidence` (the
//! sentence; `evidenceAt` is the IRI of the exact characters) and its `speaker` (none where the document itself says so), and so does
//! each edge of it, with the fact's class as `fact` and all concepts it is filed under (`status`, `polarity`, …): an edge of an
//! accusation or of a planned visit can be told from one of a fact without a look at the node.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::io::{self, Write};
use std::mem::take;

use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Term, Triple};
use serde::{Deserialize, Serialize};

use super::spool::Spool;
use super::{Error, Sink, belongs_to, dot, graphml, lists};
use crate::graph::vocabulary::{PREFIXES, dcterms, nif, prov, rdfs, skos};

/// Attributes by name; of several values each stands once, sorted.
pub(super) type Attributes = BTreeMap<String, BTreeSet<String>>;

/// The names of attributes, each with whether all its values are numbers.
pub(super) type Names = BTreeMap<String, bool>;

/// A thing or fact.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Node {
    /// Its IRI.
    pub(super) id: String,
    /// Local names of its classes.
    pub(super) classes: Vec<String>,
    pub(super) attributes: Attributes,
}

/// What one node has to do with another.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Edge {
    pub(super) source: String,
    pub(super) target: String,
    /// The name of the property.
    pub(super) role: String,
    pub(super) attributes: Attributes,
}

/// Nodes and edges, kept outside memory where they are many.
pub struct PropertyGraph {
    pub(super) nodes: Spool<Node>,
    pub(super) edges: Spool<Edge>,
    pub(super) node_names: Names,
    pub(super) edge_names: Names,
    /// Nodes that what documents share may lead to: the documents themselves, and what they share.
    common: HashSet<String>,
    /// How many nodes there are.
    pub node_count: usize,
    /// How many edges there are.
    pub edge_count: usize,
    /// How many spans of text are left out.
    pub spans: usize,
}

/// Between several values of one attribute.
const BETWEEN_VALUES: &str = " | ";

/// All values of an attribute in one text.
pub(super) fn joined(values: &BTreeSet<String>) -> String {
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    values.join(BETWEEN_VALUES)
}

impl PropertyGraph {
    pub(super) fn new() -> Self {
        Self {
            nodes: Spool::new(),
            edges: Spool::new(),
            node_names: Names::new(),
            edge_names: Names::new(),
            common: HashSet::new(),
            node_count: 0,
            edge_count: 0,
            spans: 0,
        }
    }

    /// Writes it as `GraphML`, <http://graphml.graphdrawing.org/specification.html>. Gives how many values hold characters that XML cannot
    /// hold; they are written as U+FFFD.
    pub fn write_graphml(&mut self, out: &mut dyn Write) -> io::Result<usize> {
        graphml::write(self, out)
    }

    /// Writes it in the language of Graphviz, <https://graphviz.org/doc/info/lang.html>.
    pub fn write_dot(&mut self, out: &mut dyn Write) -> io::Result<()> {
        dot::write(self, out)
    }

    /// Writes the nodes as CSV with the header that `neo4j-admin database import` wants. Gives how many values begin like a formula of a
    /// spreadsheet; they are written behind an apostrophe.
    pub fn write_node_list(&mut self, out: &mut dyn Write) -> io::Result<usize> {
        lists::nodes(self, out)
    }

    /// Writes the edges likewise.
    pub fn write_edge_list(&mut self, out: &mut dyn Write) -> io::Result<usize> {
        lists::edges(self, out)
    }

    /// Adds a subject, if it is a node, with its edges.
    fn add(&mut self, subject: &[Triple], around: &Surroundings<'_>) -> io::Result<()> {
        let NamedOrBlankNode::NamedNode(id) = &subject[0].subject else {
            return Ok(());
        };
        if !is_node(subject) {
            return Ok(());
        }
        let mut drawn = Drawn::default();
        for triple in subject {
            drawn.take(triple, around);
        }
        drawn.label(subject);
        for edge in drawn.edges(id) {
            note(&mut self.edge_names, &edge.attributes, &drawn.texts);
            self.edge_count += 1;
            self.edges.push(&edge)?;
        }
        note(&mut self.node_names, &drawn.attributes, &drawn.texts);
        self.node_count += 1;
        self.nodes.push(&Node {
            id: id.as_str().to_owned(),
            classes: drawn.classes,
            attributes: drawn.attributes,
        })
    }
}

/// Keeps in mind which attributes there are; `texts` are those with a value that is no number.
fn note(names: &mut Names, attributes: &Attributes, texts: &BTreeSet<String>) {
    for name in attributes.keys() {
        let is_number = !texts.contains(name) && attributes[name].len() == 1;
        let numbers_only = names.entry(name.clone()).or_insert(true);
        *numbers_only = *numbers_only && is_number;
    }
}

impl Sink for PropertyGraph {
    fn document(&mut self, document: &NamedNode, subjects: &[Vec<Triple>]) -> Result<(), Error> {
        self.common.insert(document.as_str().to_owned());
        let around = Surroundings::of(subjects);
        for subject in subjects {
            let node = &subject[0].subject;
            if belongs_to(node, document) {
                self.spans += usize::from(is_span(subject));
                self.add(subject, &around)?;
            } else if is_node(subject)
                && let NamedOrBlankNode::NamedNode(node) = node
            {
                self.common.insert(node.as_str().to_owned());
            }
        }
        Ok(())
    }

    fn shared(&mut self, subject: &[Triple]) -> Result<(), Error> {
        let around = Surroundings {
            common: take(&mut self.common),
            ..Surroundings::default()
        };
        self.add(subject, &around)?;
        self.common = around.common;
        Ok(())
    }
}

/// The classes of a subject.
fn classes(subject: &[Triple]) -> impl Iterator<Item = &NamedNode> {
    subject.iter().filter_map(|triple| match &triple.object {
        Term::NamedNode(class) if triple.predicate == rdf::TYPE => Some(class),
        _ => None,
    })
}

/// Whether the subject has a class, and none of the text layer or of how a text was read.
fn is_node(subject: &[Triple]) -> bool {
    let is_aside = |class: &NamedNode| {
        class.as_str().starts_with(nif::NAMESPACE) || class.as_str().starts_with(prov::NAMESPACE)
    };
    classes(subject).next().is_some() && !classes(subject).any(is_aside)
}

fn is_span(subject: &[Triple]) -> bool {
    classes(subject).any(|class| class.as_str().starts_with(nif::NAMESPACE))
}

/// The texts that a property of the subject has.
fn texts<'a>(subject: &'a [Triple], property: NamedNodeRef<'a>) -> impl Iterator<Item = &'a str> {
    subject
        .iter()
        .filter_map(move |triple| match &triple.object {
            Term::Literal(literal) if triple.predicate == property => Some(literal.value()),
            _ => None,
        })
}

/// What is known of the nodes that a node leads to.
#[derive(Default)]
struct Surroundings<'a> {
    /// What its document says of them.
    said: HashMap<&'a NamedNode, &'a [Triple]>,
    /// Nodes of which that is not at hand.
    common: HashSet<String>,
}

impl<'a> Surroundings<'a> {
    fn of(subjects: &'a [Vec<Triple>]) -> Self {
        let named = subjects
            .iter()
            .filter_map(|subject| match &subject[0].subject {
                NamedOrBlankNode::NamedNode(node) => Some((node, subject.as_slice())),
                NamedOrBlankNode::BlankNode(_) => None,
            });
        Self {
            said: named.collect(),
            ..Self::default()
        }
    }

    fn about(&self, node: &NamedNode) -> &'a [Triple] {
        self.said.get(node).copied().unwrap_or_default()
    }

    /// The words of a span's sentence, or of the span where it has none.
    fn sentence(&self, span: &'a [Triple]) -> Option<&'a str> {
        let sentence = span.iter().find_map(|triple| match &triple.object {
            Term::NamedNode(object) if triple.predicate == nif::SENTENCE => Some(object),
            _ => None,
        });
        let whole = sentence.and_then(|node| texts(self.about(node), nif::ANCHOR_OF).next());
        whole.or_else(|| texts(span, nif::ANCHOR_OF).next())
    }
}

/// A node while it is being put together.
#[derive(Default)]
struct Drawn {
    classes: Vec<String>,
    attributes: Attributes,
    /// Names of attributes that have a value which is no number.
    texts: BTreeSet<String>,
    /// Names of attributes that are concepts.
    concepts: BTreeSet<String>,
    /// Role and IRI of each node that it leads to, and the label of those that are parties to it.
    targets: Vec<(String, NamedNode, Option<String>)>,
}

impl Drawn {
    fn take(&mut self, triple: &Triple, around: &Surroundings<'_>) {
        let name = attribute(&triple.predicate);
        let node = match &triple.object {
            Term::NamedNode(node) => node,
            Term::Literal(literal) => {
                self.set_literal(name, literal);
                return;
            }
            Term::BlankNode(_) => return,
        };
        if triple.predicate == rdf::TYPE {
            self.classes.push(local_name(node).to_owned());
            return;
        }
        let about = around.about(node);
        if is_node(about) || around.common.contains(node.as_str()) {
            let mut label = texts(about, rdfs::LABEL).next().map(str::to_owned);
            if triple.predicate == prov::HAD_PRIMARY_SOURCE {
                self.set("document", node.as_str());
                label = None;
            } else if triple.predicate == prov::WAS_ATTRIBUTED_TO {
                let speaker = label.take();
                self.set("speaker", speaker.as_deref().unwrap_or(node.as_str()));
            }
            self.targets.push((name, node.clone(), label));
        } else if let Some(sentence) = around.sentence(about) {
            self.set(&format!("{name}At"), node.as_str());
            self.set(&name, sentence);
        } else if let Some(notation) = texts(about, skos::NOTATION).next() {
            self.set(&name, notation);
            self.concepts.insert(name);
        } else {
            self.set(&name, node.as_str());
        }
    }

    fn set(&mut self, name: &str, value: &str) {
        self.texts.insert(name.to_owned());
        let values = self.attributes.entry(name.to_owned()).or_default();
        values.insert(value.to_owned());
    }

    fn set_literal(&mut self, name: String, literal: &Literal) {
        let numeric = [xsd::DECIMAL, xsd::INTEGER, xsd::DOUBLE];
        if !numeric.contains(&literal.datatype()) {
            self.texts.insert(name.clone());
        }
        let values = self.attributes.entry(name).or_default();
        values.insert(literal.value().to_owned());
    }

    /// Gives it a label: its own, its title, or its class with its parties.
    fn label(&mut self, subject: &[Triple]) {
        let own = texts(subject, rdfs::LABEL).chain(texts(subject, dcterms::TITLE));
        let label = own.map(str::to_owned).next().unwrap_or_else(|| {
            let parties = self.targets.iter().filter_map(|(role, _, label)| {
                let role = role.rsplit('_').next()?;
                Some(format!("{role}: {}", label.as_deref()?))
            });
            let parties: Vec<String> = parties.collect();
            let class = self.classes.join(", ");
            if parties.is_empty() {
                class
            } else {
                format!("{class} ({})", parties.join("; "))
            }
        });
        self.set("label", &label);
    }

    /// Its edges, each with what a reader must know of the fact that it belongs to.
    fn edges(&mut self, id: &NamedNode) -> Vec<Edge> {
        let mut kept: BTreeSet<&str> = ["document"].into();
        let is_fact = self.attributes.contains_key("evidence");
        if is_fact {
            kept.extend(["evidence", "evidenceAt", "speaker"]);
            kept.extend(self.concepts.iter().map(String::as_str));
        }
        let known = self.attributes.iter();
        let mut attributes: Attributes = known
            .filter(|(name, _)| kept.contains(name.as_str()))
            .map(|(name, values)| (name.clone(), values.clone()))
            .collect();
        if is_fact {
            attributes.insert("fact".to_owned(), self.classes.iter().cloned().collect());
            self.texts.insert("fact".to_owned());
        }
        let edge = |(role, target, _): &(String, NamedNode, _)| Edge {
            source: id.as_str().to_owned(),
            target: target.as_str().to_owned(),
            role: role.clone(),
            attributes: attributes.clone(),
        };
        self.targets.iter().map(edge).collect()
    }
}

/// Attributes that are made here.
const OWN: [&str; 7] = [
    "document",
    "evidenceAt",
    "fact",
    "id",
    "label",
    "speaker",
    "type",
];

/// The name of an attribute or edge: of a property of chancery or of a user its local name (`visitor`), of any other also the prefix
/// (`foaf_name`). It consists of letters, digits and `_`, which every tool takes as a name.
fn attribute(property: &NamedNode) -> String {
    let iri = property.as_str();
    let known = PREFIXES.iter().find_map(|(prefix, namespace)| {
        let local = iri.strip_prefix(namespace)?;
        Some((*prefix, local))
    });
    let name = match known {
        Some(("ch", local)) if !OWN.contains(&local) => local.to_owned(),
        Some((prefix, local)) => format!("{prefix}_{local}"),
        None => iri.to_owned(),
    };
    name.replace(|c: char| !c.is_ascii_alphanumeric(), "_")
}

/// What follows the last `#` or `/`.
fn local_name(class: &NamedNode) -> &str {
    let iri = class.as_str();
    iri.rsplit(['#', '/']).next().unwrap_or(iri)
}
