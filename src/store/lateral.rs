//! In which order the parts of a query are looked up.
//!
//! oxigraph looks up an `OPTIONAL` row by row, or it reads all that fits it into a table first. It guesses which is cheaper from the shape
//! of the query alone, and its guess overflows from about ten `OPTIONAL`s on: a query for one country would then read the whole store.
//! Here an `OPTIONAL` that goes on from what stands before it is looked up row by row, wherever both ways give the same answer.
//!
//! A condition goes the other way round: what fulfils it is looked up first, and row by row what it is a condition of. Few fulfil most
//! conditions, and a date or a name is found in much less of the store than all that may have one. Of several conditions, the first leads.

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
    let goes_on = !found.is_disjoint(&in_scope(&rows));
    let is_lateral = goes_on && !has_values(&rows) && gives_the_same(&rows, &found);
    let stands_alone =
        |expression: &Expression| variables(expression).is_some_and(|used| used.is_subset(&found));
    // Of an expression that looks at the rows, too, only the pattern goes first.
    let (first, last) = match expression {
        Some(expression) if is_lateral && stands_alone(&expression) => (Some(expression), None),
        expression => (None, expression),
    };
    let [rows, condition] = [rows, filtered(condition, first)].map(Box::new);
    let both = if is_lateral {
        GraphPattern::Lateral {
            left: condition,
            right: rows,
        }
    } else {
        GraphPattern::Join {
            left: rows,
            right: condition,
        }
    };
    filtered(both, last)
}

/// Whether the pattern starts from values already: those of the query, or of a condition before.
fn has_values(pattern: &GraphPattern) -> bool {
    match pattern {
        GraphPattern::Values { .. } => true,
        GraphPattern::Filter { inner, .. } => has_values(inner),
        GraphPattern::Join { left, right } => has_values(left) || has_values(right),
        GraphPattern::Lateral { left, .. } => has_values(left),
        _ => false,
    }
}

fn filtered(pattern: GraphPattern, expression: Option<Expression>) -> GraphPattern {
    match expression {
        Some(expr) => GraphPattern::Filter {
            expr,
            inner: Box::new(pattern),
        },
        None => pattern,
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
        let without_filter = |pattern| match pattern {
            GraphPattern::Filter { expr, inner } => (*inner, Some(expr)),
            pattern => (pattern, None),
        };
        let (condition, expression) = without_filter(pattern(condition));
        let joined = restricted(pattern(rows), condition.clone(), expression);
        match without_filter(joined).0 {
            GraphPattern::Lateral { left, .. } => without_filter(*left).0 == condition,
            _ => false,
        }
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
            (
                "?visit :to ?place",
                "?visit :from ?other FILTER(?other = ?place)",
            ),
        ] {
            assert!(comes_first(rows, condition), "{rows}, {condition}");
        }
    }

    #[test]
    fn a_condition_stays_behind_what_it_needs() {
        for (rows, condition) in [
            // It has nothing to go on from.
            ("?visit :to ?place", "?other :code 'KE'"),
            // The rows start from values themselves.
            (
                "?visit :to ?place . VALUES ?place { :Nairobi }",
                "?visit :start ?day",
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
