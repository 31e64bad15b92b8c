//! In which order the parts of a query are looked up.
//!
//! oxigraph looks up an `OPTIONAL` row by row, or it reads all that fits it into a table first. It guesses which is cheaper from the shape
//! of the query alone, and its guess overflows from about ten `OPTIONAL`s on: a query for one country would then read the whole store.
//! Here an `OPTIONAL` that goes on from what stands before it is looked up row by row, wherever both ways give the same answer.
//!
//! A condition goes the other way round: what fulfils it is looked up first, and row by row what it is a condition of. Few fulfil most
//! conditions, and a date or a name is found in much less of the store than all that may have one.

use std::collections::BTreeSet;

use oxigraph::sparql::Variable;
use spargebra::algebra::{Expression, GraphPattern};

use super::expression::variables;

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

/// The rows of `rows` that go together with what `condition` finds, and fulfil the expression.
pub(super) fn restricted(
    rows: GraphPattern,
    condition: GraphPattern,
    expression: Option<Expression>,
) -> GraphPattern {
    let found = in_scope(&condition);
    let stands_alone = match &expression {
        Some(expression) => variables(expression).is_some_and(|used| used.is_subset(&found)),
        None => true,
    };
    let goes_on = !found.is_disjoint(&in_scope(&rows));
    let is_lateral = goes_on && stands_alone && gives_the_same(&rows, &found);
    let filter = |inner, expression| match expression {
        Some(expr) => GraphPattern::Filter {
            expr,
            inner: Box::new(inner),
        },
        None => inner,
    };
    if is_lateral {
        GraphPattern::Lateral {
            left: Box::new(filter(condition, expression)),
            right: Box::new(rows),
        }
    } else {
        let both = GraphPattern::Join {
            left: Box::new(rows),
            right: Box::new(condition),
        };
        filter(both, expression)
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
            right => gives_the_same(left, before) && gives_the_same(right, before),
        },
        _ => false,
    }
}

fn in_scope(pattern: &GraphPattern) -> BTreeSet<&Variable> {
    let mut variables = BTreeSet::new();
    pattern.on_in_scope_variable(|variable| _ = variables.insert(variable));
    variables
}

#[cfg(test)]
mod tests {
    use spargebra::{Query, SparqlParser};

    use super::*;

    fn pattern(text: &str) -> GraphPattern {
        let query =
            SparqlParser::new().parse_query(&format!("PREFIX : <http://e/> SELECT * {{ {text} }}"));
        let Query::Select { pattern, .. } = query.expect(text) else {
            panic!("it is a `SELECT`");
        };
        let GraphPattern::Project { inner, .. } = pattern else {
            panic!("it has columns");
        };
        *inner
    }

    /// Whether what fulfils the condition is looked up before the rows.
    fn comes_first(rows: &str, condition: &str) -> bool {
        let (condition, expression) = match pattern(condition) {
            GraphPattern::Filter { expr, inner } => (*inner, Some(expr)),
            condition => (condition, None),
        };
        let joined = restricted(pattern(rows), condition.clone(), expression);
        let GraphPattern::Lateral { left, .. } = joined else {
            return false;
        };
        let left = match *left {
            GraphPattern::Filter { inner, .. } => *inner,
            left => left,
        };
        left == condition
    }

    #[test]
    fn a_condition_comes_first_where_that_gives_the_same() {
        for (rows, condition) in [
            ("?visit :to ?place", "?place :code 'KE'"),
            (
                "?visit :to ?place",
                "?visit :start ?day FILTER(?day > '2021')",
            ),
            ("?visit :to ?place . ?place :in+ ?land", "?land :code 'KE'"),
        ] {
            assert!(comes_first(rows, condition), "{rows}, {condition}");
        }
    }

    #[test]
    fn a_condition_stays_behind_what_it_needs() {
        for (rows, condition) in [
            // It has nothing to go on from.
            ("?visit :to ?place", "?other :code 'KE'"),
            // It looks at what only the rows have.
            (
                "?visit :to ?place",
                "?visit :start ?day FILTER(?day > ?place)",
            ),
            // Rows of another kind would be found.
            (
                "?visit :to ?place OPTIONAL { ?place :code ?code }",
                "?place :code ?code",
            ),
            (
                "?visit :to ?place MINUS { ?visit :code ?code }",
                "?visit :code ?code",
            ),
            (
                "{ SELECT ?visit { ?visit :to ?place } LIMIT 1 }",
                "?visit :start ?day",
            ),
        ] {
            assert!(!comes_first(rows, condition), "{rows}, {condition}");
        }
    }
}
