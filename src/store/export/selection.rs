//! Which part of the record leaves the store?
//!
//! A part is a sound record by itself. It begins with the nodes that are asked for, and takes in, in each document by itself,
//!
//! 1. whatever a node of it leads to: a fact's parties, the characters that support it, their sentence and text, its document;
//! 2. the facts that speak of a fact of it: the denials of an accusation;
//! 3. the offices that its people hold.
//!
//! Of each node it has all that the document says. So a question that is answered for a fact by the whole record has the same answer here.

use std::collections::{HashMap, HashSet};

use oxigraph::model::vocab::rdf;
use oxigraph::model::{NamedNode, NamedOrBlankNode, Term, Triple};

use super::super::Period;
use crate::graph::vocabulary::{ch, org};

/// What to export: all that fits each of the conditions. The default is everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Only from these documents; empty: from all.
    pub documents: Vec<NamedNode>,
    /// Only from documents of that time.
    pub period: Period,
    /// Only nodes of these classes, with what makes them a sound record; empty: of all.
    pub classes: Vec<NamedNode>,
    /// Only these nodes, with what makes them a sound record; none: all.
    pub nodes: Option<HashSet<NamedNode>>,
}

impl Selection {
    /// Whether nothing is left out.
    pub(super) fn is_everything(&self) -> bool {
        *self == Self::default()
    }

    /// The documents that are asked for, each once, in the order of their IRIs; none where all are.
    pub(super) fn documents(&self) -> Option<Vec<NamedNode>> {
        let mut documents = self.documents.clone();
        documents.sort_unstable();
        documents.dedup();
        (!documents.is_empty()).then_some(documents)
    }

    /// What is selected of the subjects of one document, in their order.
    pub(super) fn part_of(&self, subjects: Vec<Vec<Triple>>) -> Vec<Vec<Triple>> {
        if self.classes.is_empty() && self.nodes.is_none() {
            return subjects;
        }
        let kept = self.closure(&subjects);
        let marked = subjects.into_iter().zip(kept);
        marked
            .filter_map(|(subject, kept)| kept.then_some(subject))
            .collect()
    }

    /// Of each subject, whether it belongs to the selected part.
    fn closure(&self, subjects: &[Vec<Triple>]) -> Vec<bool> {
        let number: HashMap<&NamedOrBlankNode, usize> = (subjects.iter().enumerate())
            .map(|(number, subject)| (&subject[0].subject, number))
            .collect();
        let led_to = |triple: &Triple| match &triple.object {
            Term::NamedNode(node) => number.get(&NamedOrBlankNode::from(node.clone())).copied(),
            Term::BlankNode(node) => number.get(&NamedOrBlankNode::from(node.clone())).copied(),
            Term::Literal(_) => None,
        };
        // A fact is what has evidence.
        let is_fact: Vec<bool> = (subjects.iter())
            .map(|subject| {
                subject
                    .iter()
                    .any(|triple| triple.predicate == ch::EVIDENCE)
            })
            .collect();
        let mut spoken_of_by = vec![Vec::new(); subjects.len()];
        for (fact, subject) in subjects.iter().enumerate().filter(|(it, _)| is_fact[*it]) {
            for triple in subject {
                if let Some(object) = led_to(triple)
                    && (is_fact[object] || triple.predicate == org::MEMBER)
                {
                    spoken_of_by[object].push(fact);
                }
            }
        }
        let mut kept = vec![false; subjects.len()];
        let mut open: Vec<usize> = (0..subjects.len())
            .filter(|it| self.asks_for(&subjects[*it]))
            .collect();
        while let Some(next) = open.pop() {
            if !kept[next] {
                kept[next] = true;
                open.extend(subjects[next].iter().filter_map(led_to));
                open.extend(&spoken_of_by[next]);
            }
        }
        kept
    }

    /// Whether the subject itself is asked for.
    fn asks_for(&self, subject: &[Triple]) -> bool {
        let is_of_class = |class: &NamedNode| {
            let is_type = |triple: &Triple| {
                triple.predicate == rdf::TYPE
                    && matches!(&triple.object, Term::NamedNode(object) if object == class)
            };
            subject.iter().any(is_type)
        };
        let is_named = |nodes: &HashSet<NamedNode>| match &subject[0].subject {
            NamedOrBlankNode::NamedNode(node) => nodes.contains(node),
            NamedOrBlankNode::BlankNode(_) => false,
        };
        (self.classes.is_empty() || self.classes.iter().any(is_of_class))
            && self.nodes.as_ref().is_none_or(is_named)
    }
}
