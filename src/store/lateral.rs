//! How the optional parts of a query are looked up.
//!
//! oxigraph looks up an `OPTIONAL` row by row, or it reads all that fits it into a table first. It guesses which is cheaper from the shape
//! of the query alone, and its guess overflows from about ten `OPTIONAL`s on: a query for one country would then read the whole store.
//! Here an `OPTIONAL` that goes on from what stands before it is looked up row by row, wherever both ways give the same answer.

use std::collections::BTreeSet;

use oxigraph::sparql::Variable;
use spargebra::algebra::{Expression, GraphPattern};

/// `left` with what `right` adds to it where there is something.
pub(super) fn left_join(
    left: GraphPattern,
    right: GraphPattern,
    expression: Option<Expression>,
) -> GraphPattern {
    let before = in_scope(&left);
    let goes_on = !before.is_disjoint(&in_scope(&right));
    // A condition on the rows is left to oxigraph, as is what this module does not see through.
    let is_lateral = goes_on && expression.is_none() && gives_the_same(&right, &before);
    let [left, right] = [left, right].map(Box::new);
    if is_lateral {
        GraphPattern::Lateral {
            left,
            right: Box::new(GraphPattern::LeftJoin {
                left: Box::default(),
                right,
                expression,
            }),
        }
    } else {
        GraphPattern::LeftJoin {
            left,
            right,
            expression,
        }
    }
}

/// Whether `pattern` finds the same where the variables of `before` are bound already as where they are joined later. That is so of
/// triples and paths, and of an `OPTIONAL` in it that shares with `before` only what its own left side has, too.
fn gives_the_same(pattern: &GraphPattern, before: &BTreeSet<&Variable>) -> bool {
    match pattern {
        GraphPattern::Bgp { .. } | GraphPattern::Path { .. } | GraphPattern::Values { .. } => true,
        GraphPattern::Join { left, right } => {
            gives_the_same(left, before) && gives_the_same(right, before)
        }
        GraphPattern::Lateral { left, right } => match &**right {
            GraphPattern::LeftJoin {
                right,
                expression: None,
                ..
            } => {
                let own = in_scope(left);
                let mut shared = in_scope(right).into_iter().filter(|it| before.contains(it));
                shared.all(|variable| own.contains(variable))
                    && gives_the_same(left, before)
                    && gives_the_same(right, before)
            }
            _ => false,
        },
        _ => false,
    }
}

fn in_scope(pattern: &GraphPattern) -> BTreeSet<&Variable> {
    let mut variables = BTreeSet::new();
    pattern.on_in_scope_variable(|variable| _ = variables.insert(variable));
    variables
}
