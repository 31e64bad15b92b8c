//! How words are looked for in names.
//!
//! A condition like `OPTIONAL { ?visit ch:visitor/rdfs:label ?name FILTER(CONTAINS(LCASE(?name), LCASE($who))) }` would have oxigraph look
//! at the name of each visitor of each visit. The same few names stand in the record again and again, so the distinct ones are looked
//! through first, and those that contain the words then stand in the place of `?name`, as if a `VALUES` named them.

use std::collections::BTreeSet;

use oxigraph::model::{Literal, NamedNode, Term};
use oxigraph::sparql::{CancellationToken, QueryResults, SparqlEvaluator, Variable};
use spargebra::algebra::{Expression, Function, GraphPattern, PropertyPathExpression};
use spargebra::term::{GroundTerm, NamedNodePattern, TermPattern};

use super::Store;

/// Most names that are put into a query. Where more contain the words, the condition selects little, and is checked row by row.
const MOST: usize = 1000;

/// The variable whose value must contain that of a parameter, and the parameter: `CONTAINS(LCASE(?name), LCASE($who))`.
pub(super) fn condition(expression: &Expression) -> Option<(&Variable, &Variable)> {
    let Expression::FunctionCall(Function::Contains, operands) = expression else {
        return None;
    };
    let lower_case = |operand| match operand {
        &Expression::FunctionCall(Function::LCase, ref inner) => match inner.as_slice() {
            [Expression::Variable(variable)] => Some(variable),
            _ => None,
        },
        _ => None,
    };
    let [name, parameter] = operands.as_slice() else {
        return None;
    };
    Some((lower_case(name)?, lower_case(parameter)?))
}

/// The properties that have `name` as their value in the pattern; none where it may also come from elsewhere.
pub(super) fn properties(pattern: &GraphPattern, name: &Variable) -> Option<BTreeSet<NamedNode>> {
    let mut found = BTreeSet::new();
    collect(pattern, name, &mut found)?;
    (!found.is_empty()).then_some(found)
}

fn collect(pattern: &GraphPattern, name: &Variable, found: &mut BTreeSet<NamedNode>) -> Option<()> {
    use GraphPattern as P;
    let is_name = |term: &TermPattern| matches!(term, TermPattern::Variable(it) if it == name);
    match pattern {
        P::Bgp { patterns } => {
            for triple in patterns {
                let predicate = match &triple.predicate {
                    NamedNodePattern::Variable(variable) if variable == name => return None,
                    predicate => predicate,
                };
                if is_name(&triple.subject) {
                    return None;
                }
                match predicate {
                    _ if !is_name(&triple.object) => {}
                    NamedNodePattern::NamedNode(property) => _ = found.insert(property.clone()),
                    NamedNodePattern::Variable(_) => return None,
                }
            }
            Some(())
        }
        P::Path {
            subject,
            path,
            object,
        } => {
            if is_name(subject) {
                return None;
            }
            if is_name(object) {
                return last(path, found);
            }
            Some(())
        }
        P::Join { left, right } | P::Lateral { left, right } | P::LeftJoin { left, right, .. } => {
            collect(left, name, found)?;
            collect(right, name, found)
        }
        P::Filter { inner, .. } => collect(inner, name, found),
        // Another scope, another value or another graph.
        _ => None,
    }
}

/// The properties at the end of a path.
fn last(path: &PropertyPathExpression, found: &mut BTreeSet<NamedNode>) -> Option<()> {
    match path {
        PropertyPathExpression::NamedNode(property) => {
            found.insert(property.clone());
            Some(())
        }
        PropertyPathExpression::Sequence(_, end) => last(end, found),
        PropertyPathExpression::Alternative(one, other) => {
            last(one, found)?;
            last(other, found)
        }
        _ => None,
    }
}

impl Store {
    /// The values of the properties that contain the words, in any case of letters; none where they are too many or cannot be read.
    pub(super) fn names(
        &self,
        properties: &BTreeSet<NamedNode>,
        words: &Literal,
        stop: CancellationToken,
    ) -> Option<Vec<GroundTerm>> {
        let patterns: Vec<String> = (properties.iter())
            .map(|property| format!("{{ ?thing {property} ?name }}"))
            .collect();
        let query = format!("SELECT DISTINCT ?name {{ {} }}", patterns.join(" UNION "));
        let evaluator = SparqlEvaluator::new().with_cancellation_token(stop);
        let query = evaluator.parse_query(&query).ok()?.on_store(&self.rdf);
        let Ok(QueryResults::Solutions(rows)) = query.execute() else {
            return None;
        };
        let words = words.value().to_lowercase();
        let mut names = Vec::new();
        for row in rows {
            // As `CONTAINS(LCASE(?name), LCASE(?words))` has it: only literals contain words.
            if let Some(Term::Literal(name)) = row.ok()?.get(0)
                && name.value().to_lowercase().contains(&words)
            {
                names.push(name.clone().into());
                if names.len() > MOST {
                    return None;
                }
            }
        }
        Some(names)
    }
}

#[cfg(test)]
mod tests {
    use oxigraph::model::{NamedNode, Triple};
    use spargebra::SparqlParser;
    use tempfile::TempDir;

    use super::*;
    use crate::graph::Graph;

    /// The properties of `?name` in the pattern, by their local names.
    fn of_name(pattern: &str) -> Option<Vec<String>> {
        let query = format!("PREFIX : <http://e/> SELECT * {{ {pattern} }}");
        let query = SparqlParser::new().parse_query(&query).expect(pattern);
        let spargebra::Query::Select { pattern, .. } = query else {
            panic!("it is a `SELECT`");
        };
        let GraphPattern::Project { inner, .. } = pattern else {
            panic!("it has columns");
        };
        let found = properties(&inner, &Variable::new_unchecked("name"))?;
        let local = |property: &NamedNode| property.as_str()["http://e/".len()..].to_owned();
        Some(found.iter().map(local).collect())
    }

    #[test]
    fn a_name_is_the_value_of_properties() {
        for (pattern, properties) in [
            ("?s :label ?name", vec!["label"]),
            ("?s :of/(:label|:other) ?name", vec!["label", "other"]),
            (
                "?s :label ?name . OPTIONAL { ?s :of ?o . ?o :other ?name }",
                vec!["label", "other"],
            ),
        ] {
            let properties = properties.into_iter().map(str::to_owned).collect();
            assert_eq!(of_name(pattern), Some(properties), "{pattern}");
        }
    }

    #[test]
    fn a_name_that_may_come_from_elsewhere_is_left_as_it_is() {
        for pattern in [
            "?s :label ?other",
            "?s ?p ?name",
            "?s :label ?name . ?name :of ?o",
            "?s ^:label ?name",
            "?s :label ?o BIND(STR(?o) AS ?name)",
            "{ ?s :label ?name } UNION { ?s :of ?name }",
            "VALUES ?name { 'a' } ?s :label ?name",
            "GRAPH ?g { ?s :label ?name }",
            "{ SELECT ?name { ?s :label ?name } }",
            "{ SELECT ?s { ?s :hidden ?name } } ?s :label ?name",
        ] {
            assert_eq!(of_name(pattern), None, "{pattern}");
        }
    }

    #[test]
    fn names_that_contain_the_words_are_found_in_the_store() {
        let node = |name: &str| NamedNode::new_unchecked(format!("http://e/{name}"));
        let [label, other] = ["label", "other"].map(node);
        let labelled = |number: usize, property: &NamedNode, name: &str| {
            let name = Literal::new_simple_literal(name);
            Triple::new(node(&format!("s{number}")), property.clone(), name)
        };
        let mut triples = vec![
            labelled(1, &label, "Grace \"Amazing\" WANJIRU"),
            labelled(2, &label, "Grace \"Amazing\" WANJIRU"),
            labelled(3, &other, "Wanjiru"),
            Triple::new(node("wanjiru"), label.clone(), node("wanjiru")),
            labelled(4, &node("third"), "Wanjiru"),
        ];
        triples.extend((0..=MOST).map(|number| labelled(5, &other, &format!("name {number}"))));
        let folder = TempDir::new().expect("there is a folder for temporary files");
        let store = Store::open(&folder.path().join("store")).expect("it can be made");
        let document = node("document");
        store
            .replace(&Graph { document, triples })
            .expect("it can be kept");

        let names = |words: &str| {
            let properties = [label.clone(), other.clone()].into();
            let words = Literal::new_simple_literal(words);
            let names = store.names(&properties, &words, CancellationToken::new())?;
            let mut names: Vec<String> = names.iter().map(ToString::to_string).collect();
            names.sort();
            Some(names)
        };
        let both = [r#""Grace \"Amazing\" WANJIRU""#, r#""Wanjiru""#].map(str::to_owned);
        assert_eq!(names("wanJIRU"), Some(both.to_vec()));
        assert_eq!(names("\"amazing"), Some(both[..1].to_vec()));
        assert_eq!(names("Kariuki"), Some(Vec::new()));
        // Too many to put into a query.
        assert_eq!(names("name"), None);
    }
}
