//! What a file states, subject by subject.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

/// The triples of a file. A node is an IRI or a blank node; it goes by its number, in the order in which the file names it first.
#[derive(Debug, Default)]
pub(super) struct Triples<'t> {
    /// The IRI of each node; none for a blank node.
    names: Vec<Option<Arc<str>>>,
    numbers: HashMap<Arc<str>, usize>,
    /// Subject, property and object, by subject in the order of the nodes, else in the order of the file.
    statements: Vec<(usize, Statement<'t>)>,
    /// Where in `statements` those about each node begin.
    starts: Vec<usize>,
    /// The nodes of each class, in the order of the file.
    instances: HashMap<usize, Vec<usize>>,
}

/// What is said of a node: property and object.
pub(super) type Statement<'t> = (usize, Object<'t>);

/// What stands at the end of a triple.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Object<'t> {
    Node(usize),
    Literal {
        text: Cow<'t, str>,
        /// Whether it is English or of no language.
        english: bool,
    },
}

impl<'t> Triples<'t> {
    /// No triples yet, with room for about so many nodes.
    pub(super) fn with_room(nodes: usize) -> Self {
        Self {
            names: Vec::with_capacity(nodes),
            numbers: HashMap::with_capacity(nodes),
            ..Self::default()
        }
    }

    /// The node of that IRI.
    pub(super) fn named(&mut self, iri: &str) -> usize {
        if let Some(number) = self.numbers.get(iri) {
            return *number;
        }
        let iri: Arc<str> = Arc::from(iri);
        self.numbers.insert(Arc::clone(&iri), self.names.len());
        self.names.push(Some(iri));
        self.names.len() - 1
    }

    /// A new blank node.
    pub(super) fn blank(&mut self) -> usize {
        self.names.push(None);
        self.names.len() - 1
    }

    /// Adds a triple.
    pub(super) fn state(&mut self, subject: usize, property: usize, object: Object<'t>) {
        self.statements.push((subject, (property, object)));
    }

    /// Puts the triples in order, once all are there; what follows asks for it.
    pub(super) fn finish(mut self) -> Self {
        self.statements.sort_by_key(|(subject, _)| *subject);
        let kind = self.number("http://www.w3.org/1999/02/22-rdf-syntax-ns#type");
        for (place, (subject, (property, object))) in self.statements.iter().enumerate() {
            while self.starts.len() <= *subject {
                self.starts.push(place);
            }
            if let Object::Node(class) = object
                && Some(*property) == kind
            {
                self.instances.entry(*class).or_default().push(*subject);
            }
        }
        self.starts.resize(self.len() + 1, self.statements.len());
        self
    }

    /// The node of that IRI, where the file names it.
    pub(super) fn number(&self, iri: &str) -> Option<usize> {
        self.numbers.get(iri).copied()
    }

    /// The IRI of a node; none for a blank node.
    pub(super) fn name(&self, node: usize) -> Option<&str> {
        self.names[node].as_deref()
    }

    /// How many nodes there are.
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// The nodes of the class `class` (an IRI).
    pub(super) fn instances(&self, class: &str) -> &[usize] {
        let class = self.numbers.get(class);
        class
            .and_then(|class| self.instances.get(class))
            .map_or(&[], Vec::as_slice)
    }

    /// What is said of a node.
    pub(super) fn about(&self, node: usize) -> impl Iterator<Item = &Statement<'t>> {
        let range = self.starts[node]..self.starts[node + 1];
        self.statements[range]
            .iter()
            .map(|(_, statement)| statement)
    }
}
