//! What the expressions of a query look at.

use std::collections::BTreeSet;

use oxigraph::sparql::Variable;
use spargebra::algebra::{Expression, GraphPattern};

/// What an expression looks at.
pub(super) enum Part<'a> {
    Variable(&'a Variable),
    /// The pattern of an `EXISTS`.
    Exists(&'a GraphPattern),
}

/// Calls `found` for all that `expression` looks at, in their order.
pub(super) fn visit<'a>(expression: &'a Expression, found: &mut impl FnMut(Part<'a>)) {
    use Expression as E;
    match expression {
        E::NamedNode(_) | E::Literal(_) => {}
        E::Variable(variable) | E::Bound(variable) => found(Part::Variable(variable)),
        E::Or(one, other)
        | E::And(one, other)
        | E::Equal(one, other)
        | E::SameTerm(one, other)
        | E::Greater(one, other)
        | E::GreaterOrEqual(one, other)
        | E::Less(one, other)
        | E::LessOrEqual(one, other)
        | E::Add(one, other)
        | E::Subtract(one, other)
        | E::Multiply(one, other)
        | E::Divide(one, other) => {
            visit(one, found);
            visit(other, found);
        }
        E::UnaryPlus(inner) | E::UnaryMinus(inner) | E::Not(inner) => visit(inner, found),
        E::If(one, two, three) => {
            for part in [one, two, three] {
                visit(part, found);
            }
        }
        E::In(one, others) => {
            visit(one, found);
            for part in others {
                visit(part, found);
            }
        }
        E::Coalesce(parts) | E::FunctionCall(_, parts) => {
            for part in parts {
                visit(part, found);
            }
        }
        E::Exists(pattern) => found(Part::Exists(pattern)),
    }
}

/// The variables that an expression looks at; none where it looks at a pattern.
pub(super) fn variables(expression: &Expression) -> Option<BTreeSet<&Variable>> {
    let mut variables = Some(BTreeSet::new());
    visit(expression, &mut |part| match part {
        Part::Variable(variable) => {
            if let Some(variables) = &mut variables {
                variables.insert(variable);
            }
        }
        Part::Exists(_) => variables = None,
    });
    variables
}
