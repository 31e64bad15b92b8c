//! `--set`: values for the parameters of a query.

use std::collections::BTreeMap;

use anyhow::anyhow;
use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, Term};

use super::args::{Global, Setting};
use super::documents::Named;
use super::knowledge;
use super::nearest::nearest;
use super::problem::{Hint as _, Problem, Stop};
use crate::knowledge::Knowledge;
use crate::knowledge::gazetteer::{Entry, EntryKind};
use crate::knowledge::vocabulary::Range;
use crate::store::{Kind, Parameter, Store};
use crate::text::Date;

/// The terms that the settings give to the parameters of a query, by name; none where a setting names a document that the store does
/// not have, which has been said.
pub(super) fn values(
    settings: &[Setting],
    parameters: &[Parameter],
    store: &Store,
    global: &Global,
) -> Result<Option<BTreeMap<String, Term>>, Stop> {
    let mut values = BTreeMap::new();
    // Reading all knowledge takes longer than most queries, so it waits for a value that needs it.
    let mut known = None;
    for Setting { name, value } in settings {
        let Some(parameter) = parameters.iter().find(|known| known.name == *name) else {
            return Err(unknown(name, parameters).into());
        };
        let term = match &parameter.kind {
            Kind::Country | Kind::Concept(_) => {
                let knowledge = match &mut known {
                    Some(knowledge) => knowledge,
                    None => known.insert(knowledge::load(global)?.0),
                };
                let read = match &parameter.kind {
                    Kind::Concept(property) => notation(value, property, knowledge),
                    _ => country(value, knowledge),
                };
                Literal::new_simple_literal(read.map_err(|problem| problem.context(wrong(name)))?)
                    .into()
            }
            Kind::Document => match Named::new(store, global).find(value)? {
                Some(document) => document.into(),
                None => return Ok(None),
            },
            Kind::Date => {
                let Some(date) = Date::parse(value.trim()) else {
                    let error = anyhow!("`{value}` is no date").context(wrong(name));
                    return Err(error.hint("write `2014-09-30`, `2014-09` or `2014`").into());
                };
                Literal::new_simple_literal(date.to_string()).into()
            }
            Kind::Number => match value.trim().parse::<f64>() {
                Ok(number) if number.is_finite() => {
                    Literal::new_typed_literal(number.to_string(), xsd::DECIMAL).into()
                }
                _ => {
                    let error = anyhow!("`{value}` is no number").context(wrong(name));
                    return Err(error.hint("write it as `0.75`").into());
                }
            },
            Kind::Words if value.trim().is_empty() => {
                let error = anyhow!("it is empty").context(wrong(name));
                return Err(error.hint("name some letters of what to look for").into());
            }
            Kind::Words => Literal::new_simple_literal(value.trim()).into(),
        };
        if values.insert(name.clone(), term).is_some() {
            return Err(anyhow!("the parameter `{name}` is set twice").into());
        }
    }
    Ok(Some(values))
}

/// What stands above the cause where a value does not fit.
fn wrong(name: &str) -> String {
    format!("the parameter `{name}` cannot have that value")
}

/// That the query has no parameter of that name, and which it has.
fn unknown(name: &str, parameters: &[Parameter]) -> Problem {
    let names = || parameters.iter().map(|known| known.name.as_str());
    let hint = match nearest(name, names()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if parameters.is_empty() => "it has none".to_owned(),
        None => format!("it has {}", names().collect::<Vec<_>>().join(", ")),
    };
    anyhow!("the query has no parameter `{name}`").hint(hint)
}

/// The ISO 3166-1 alpha-2 code of the country, given by that, by its alpha-3 code or by a name of it.
fn country(value: &str, knowledge: &Knowledge) -> Result<String, Problem> {
    let gazetteer = &knowledge.gazetteer;
    let value = value.trim();
    if let Some(code) = (gazetteer.country(&value.to_uppercase())).and_then(|it| it.country.clone())
    {
        return Ok(code);
    }
    let countries = || {
        let entries = gazetteer.entries().iter();
        entries.filter(|entry| entry.kind == EntryKind::Country && entry.country.is_some())
    };
    let by_code = countries().find(|entry| {
        entry.label.eq_ignore_ascii_case(value)
            || (entry.alpha3.as_deref()).is_some_and(|code| code.eq_ignore_ascii_case(value))
    });
    let words: Vec<&str> = value.split_whitespace().collect();
    let by_name = || {
        let mut found = gazetteer.find(&words).into_iter();
        let found = found
            .find(|found| found.words == words.len() && found.entry.kind == EntryKind::Country);
        found.map(|found| found.entry)
    };
    if let Some(code) = by_code.or_else(by_name).and_then(|it| it.country.clone()) {
        return Ok(code);
    }
    let labels = countries().map(|entry| entry.label.as_str());
    let near = nearest(value, labels).and_then(|near| countries().find(|it| it.label == near));
    let hint = match near {
        Some(Entry { label, country, .. }) => {
            let code = country.as_deref().unwrap_or_default();
            format!("did you mean `{code}`, {label}?")
        }
        None => "a country is given by its ISO 3166-1 code (`KE`) or its English name".to_owned(),
    };
    Err(anyhow!("there is no country `{value}`").hint(hint))
}

/// The notation in the scheme of the property.
fn notation(value: &str, property: &str, knowledge: &Knowledge) -> Result<String, Problem> {
    let known = notations(property, knowledge);
    if known.is_empty() {
        let error = anyhow!("`ch:{property}` has no scheme of concepts to choose from");
        return Err(error.hint("name the file that describes it with `--ontology`"));
    }
    let value = value.trim().to_lowercase();
    if known.contains(&value.as_str()) {
        return Ok(value);
    }
    let hint = match nearest(&value, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("choose one of {}", known.join(", ")),
    };
    Err(anyhow!("`{value}` is no notation of `ch:{property}`").hint(hint))
}

/// The notations that a property may have, sorted.
pub(super) fn notations<'a>(property: &str, knowledge: &'a Knowledge) -> Vec<&'a str> {
    let vocabulary = &knowledge.vocabulary;
    let Some(Range::Concept(scheme)) = vocabulary.properties.get(property).map(|it| &it.range)
    else {
        return Vec::new();
    };
    let concepts = vocabulary.concepts.values();
    let mut notations: Vec<&str> = concepts
        .filter(|concept| concept.scheme == *scheme)
        .map(|concept| concept.notation.as_str())
        .collect();
    notations.sort_unstable();
    notations
}
