//! How the parameters of a query get their values.
//!
//! A parameter is a variable. Where it is set, the query's own algebra is joined with its value right where the variable stands, as if a
//! `VALUES` stood there: the value stays a term and is never pasted into the text, and what is selective comes first. An `OPTIONAL` that
//! names a parameter which nothing before it binds is a condition: it must hold where the parameter is set, and is left out where it is
//! not, unless the parameter is a column of the answer. A name that must contain the words of a parameter gets values, too: those names
//! of the record that do ([`words`]).
//!
//! Read by any other engine, the same query answers as if nothing were set: its conditions are optional.

use std::collections::{BTreeMap, BTreeSet};
use std::mem::take;

use oxigraph::model::{Literal, NamedNode, Term};
use oxigraph::sparql::Variable;
use spargebra::Query;
use spargebra::algebra::{Expression, GraphPattern};
use spargebra::term::{GroundTerm, NamedNodePattern};

use super::expression::{self, Part};
use super::lateral::{left_join, restricted};
use super::words;

/// The parameters of a query, in one of its scopes.
#[derive(Clone)]
pub(super) struct Binding<'a> {
    /// The value of each that is set; names may have several.
    set: BTreeMap<Variable, Vec<GroundTerm>>,
    /// Those without a value.
    unset: BTreeSet<Variable>,
    /// Which of them are columns here.
    columns: BTreeSet<Variable>,
    names: &'a Names<'a>,
}

/// Looks up which values of some properties contain words; none where they are too many.
pub(super) type Names<'a> = dyn Fn(&BTreeSet<NamedNode>, &Literal) -> Option<Vec<GroundTerm>> + 'a;

/// Which parameters a part of a query names.
#[derive(Default)]
struct Named {
    set: BTreeSet<Variable>,
    /// Whether it names one without a value that is no column.
    unset: bool,
}

impl<'a> Binding<'a> {
    /// The parameters that are called `called`, those in `values` with a value.
    pub(super) fn new<'b>(
        called: impl IntoIterator<Item = &'b str>,
        values: &BTreeMap<String, Term>,
        names: &'a Names<'a>,
    ) -> Self {
        let mut binding = Self {
            set: BTreeMap::new(),
            unset: BTreeSet::new(),
            columns: BTreeSet::new(),
            names,
        };
        for name in called {
            let variable = Variable::new_unchecked(name);
            // A term of RDF 1.1 that is no blank node is ground.
            match values.get(name).cloned().map(GroundTerm::try_from) {
                Some(Ok(term)) => _ = binding.set.insert(variable, vec![term]),
                _ => _ = binding.unset.insert(variable),
            }
        }
        binding
    }

    /// Gives the parameters their values in `query`. Fails with the name of a parameter that has a value but no place in the query.
    pub(super) fn apply(self, mut query: Query) -> Result<Query, String> {
        let mut named = Named::default();
        match &mut query {
            Query::Select { pattern, .. }
            | Query::Construct { pattern, .. }
            | Query::Describe { pattern, .. }
            | Query::Ask { pattern, .. } => self.bind(pattern, &mut named),
        }
        let unused = (self.set.into_keys()).find(|variable| !named.set.contains(variable));
        match unused {
            Some(variable) => Err(variable.into_string()),
            None => Ok(query),
        }
    }

    /// Binds the parameters of the pattern; adds those it names to `named`.
    fn bind(&self, pattern: &mut GraphPattern, named: &mut Named) {
        use GraphPattern as P;
        match pattern {
            P::Bgp { .. } | P::Path { .. } | P::Values { .. } => {
                let mut here = Named::default();
                pattern.on_in_scope_variable(|variable| self.note(variable, &mut here));
                self.add_values(pattern, here, named);
            }
            P::Join { left, right }
            | P::Lateral { left, right }
            | P::Union { left, right }
            | P::Minus { left, right } => {
                self.bind(left, named);
                self.bind(right, named);
            }
            P::LeftJoin {
                left,
                right,
                expression,
            } => {
                let (left, right) = (take(left), take(right));
                *pattern = self.bind_optional(*left, *right, expression.take(), named);
            }
            P::Filter {
                inner,
                expr: expression,
            }
            | P::Extend {
                inner, expression, ..
            } => {
                let mut here = Named::default();
                self.note_all(expression, &mut here);
                self.bind(inner, named);
                self.add_values(inner, here, named);
            }
            P::Graph { name, inner } => {
                let mut here = Named::default();
                if let NamedNodePattern::Variable(variable) = name {
                    self.note(variable, &mut here);
                }
                self.bind(inner, named);
                self.add_values(pattern, here, named);
            }
            P::Project { inner, variables } => {
                let mut inside = self.clone();
                inside.columns = variables.iter().cloned().collect();
                inside.bind(inner, named);
            }
            P::OrderBy { inner, .. }
            | P::Distinct { inner }
            | P::Reduced { inner }
            | P::Slice { inner, .. }
            | P::Group { inner, .. } => self.bind(inner, named),
            // Another server answers it, which knows nothing of our parameters.
            P::Service { .. } => {}
        }
    }

    /// An `OPTIONAL` and what stands before it, with their parameters bound.
    fn bind_optional(
        &self,
        mut left: GraphPattern,
        mut right: GraphPattern,
        expression: Option<Expression>,
        named: &mut Named,
    ) -> GraphPattern {
        // What is bound before does not make a condition of what only goes on from there.
        let mut conditions: BTreeSet<Variable> = self.set.keys().cloned().collect();
        left.on_in_scope_variable(|variable| _ = conditions.remove(variable));
        // The name that a condition is about stands in the `OPTIONAL`, or before one that is nothing but the condition.
        let is_bare = right == GraphPattern::default();
        let place = if is_bare { &left } else { &right };
        let named_ones = expression
            .as_ref()
            .and_then(|it| self.with_names(it, place));
        let named_ones = named_ones.as_ref().unwrap_or(self);
        let mut here = Named::default();
        if is_bare {
            named_ones.bind(&mut left, named);
        } else {
            self.bind(&mut left, named);
            named_ones.bind(&mut right, &mut here);
        }
        if let Some(expression) = &expression {
            let mut condition = Named::default();
            self.note_all(expression, &mut condition);
            self.add_values(&mut right, condition, &mut here);
        }
        let is_condition = !here.set.is_disjoint(&conditions);
        named.set.append(&mut here.set);
        if is_condition {
            restricted(left, right, expression)
        } else if here.unset {
            left
        } else {
            left_join(left, right, expression)
        }
    }

    /// These parameters and, where `condition` is that a name in `place` must contain the words of one, that name with its values.
    fn with_names(&self, condition: &Expression, place: &GraphPattern) -> Option<Self> {
        let (name, parameter) = words::condition(condition)?;
        let [GroundTerm::Literal(words)] = self.set.get(parameter)?.as_slice() else {
            return None;
        };
        let values = (self.names)(&words::properties(place, name)?, words)?;
        let mut with_names = self.clone();
        with_names.set.insert(name.clone(), values);
        Some(with_names)
    }

    /// Joins the pattern with the values of what is named `here`, which is added to `named`.
    fn add_values(&self, pattern: &mut GraphPattern, mut here: Named, named: &mut Named) {
        named.unset |= here.unset;
        for name in &here.set {
            let values = self.set.get(name).into_iter().flatten();
            let values = GraphPattern::Values {
                variables: vec![name.clone()],
                bindings: values.map(|value| vec![Some(value.clone())]).collect(),
            };
            *pattern = GraphPattern::Join {
                left: Box::new(values),
                right: Box::new(take(pattern)),
            };
        }
        named.set.append(&mut here.set);
    }

    fn note(&self, variable: &Variable, named: &mut Named) {
        if self.set.contains_key(variable) {
            named.set.insert(variable.clone());
        }
        named.unset |= self.unset.contains(variable) && !self.columns.contains(variable);
    }

    /// Notes the parameters in an expression.
    fn note_all(&self, expression: &Expression, named: &mut Named) {
        expression::visit(expression, &mut |part| match part {
            Part::Variable(variable) => self.note(variable, named),
            // What is bound outside an `EXISTS` is bound in it, too, so that noting what it names is enough.
            Part::Exists(pattern) => self.bind(&mut pattern.clone(), named),
        });
    }
}
