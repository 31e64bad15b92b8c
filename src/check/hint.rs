//! Did you mean?

use std::collections::BTreeSet;

use super::column;
use super::finding::{Finding, Place, SHAPES};
use crate::graph::vocabulary::PREFIXES;
use crate::knowledge::Knowledge;
use crate::store::{self, Store};

/// How like two words must be for the one to be meant by the other, by Jaro and Winkler, where 1 is the same.
const LIKE: f64 = 0.8;
/// How like a term of a vocabulary that is not ours must be to one that is known for it to be a slip.
const SLIP: f64 = 0.92;

/// Which of `candidates` is most likely meant by `written`, as a note; IRIs are compared by what follows their namespace.
pub(super) fn nearest(written: &str, candidates: &[String], least: f64) -> Option<String> {
    let name = local(written).to_lowercase();
    let likeness =
        |candidate: &String| strsim::jaro_winkler(&local(candidate).to_lowercase(), &name);
    let best = candidates
        .iter()
        .max_by(|one, other| likeness(one).total_cmp(&likeness(other)))
        .filter(|best| likeness(best) > least)?;
    // Under a wrong namespace the name alone would not tell the one from the other.
    let meant = if best.contains("://") && written.contains("://") && local(best) == local(written)
    {
        format!("<{best}>")
    } else {
        short(best)
    };
    Some(format!("did you mean `{meant}`?"))
}

/// [`nearest`] for a value that a constraint does not know.
pub(super) fn instead(written: &str, candidates: &[String]) -> Option<String> {
    nearest(written, candidates, LIKE)
}

/// An IRI as people write it, with its prefix where it has a usual one; words as they are.
pub(super) fn short(term: &str) -> String {
    for (prefix, namespace) in PREFIXES.into_iter().chain(LEXICAL) {
        if let Some(name) = term.strip_prefix(namespace) {
            return format!("{prefix}:{name}");
        }
    }
    match term
        .strip_prefix(OURS)
        .and_then(|rest| rest.rsplit_once('/'))
    {
        Some((folders, name)) => {
            let kind = folders.rsplit('/').next().unwrap_or(folders);
            format!("{kind}:{name}")
        }
        None => term.to_owned(),
    }
}

/// The usual prefixes of the vocabularies that only knowledge is written with.
const LEXICAL: [(&str, &str); 3] = [
    ("lexinfo", "http://www.lexinfo.net/ontology/3.0/lexinfo#"),
    ("ontolex", "http://www.w3.org/ns/lemon/ontolex#"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
];

/// What our namespaces begin with; the last folder is the usual prefix.
const OURS: &str = "https://w3id.org/chancery/";

/// What follows the namespace of an IRI; words as they are.
fn local(term: &str) -> &str {
    if term.contains("://") {
        term.rsplit(['#', '/']).next().unwrap_or(term)
    } else {
        term
    }
}

/// Properties and classes of other vocabularies (`skos:prefLable`) that no built-in file uses and that are nearly spelt like one that
/// some do. They would be passed over in silence.
pub(super) fn misspelt(store: &Store, knowledge: &Knowledge) -> Result<Vec<Finding>, store::Error> {
    let terms = |graphs: &str| {
        let query = format!(
            "SELECT DISTINCT ?term WHERE {{ GRAPH ?file {{ ?any ?term ?value }} FILTER ({graphs}STRSTARTS(STR(?file), \"urn:user:\")) }}"
        );
        let classes = query.replace("?any ?term ?value", "?any a ?term");
        Ok::<_, store::Error>((column(store, &query)?, column(store, &classes)?))
    };
    let (properties, classes) = terms("!")?;
    let known = [&properties[..], &classes[..]].concat();
    let (used, kinds) = terms("")?;
    let mut findings = Vec::new();
    for term in used.into_iter().chain(kinds).collect::<BTreeSet<_>>() {
        let Some(end) = term.rfind(['#', '/']).filter(|_| !known.contains(&term)) else {
            continue;
        };
        let namespace = &term[..=end];
        let mut beside: Vec<String> = (known.iter())
            .filter(|known| known.starts_with(namespace))
            .cloned()
            .collect();
        // The namespace itself may be the slip (`https:` for `http:`); of classes that nothing reads a constraint tells.
        if beside.is_empty() {
            let like = |known: &&String| {
                let name = local(known);
                let other = &known[..known.len() - name.len()];
                name == local(&term) && strsim::jaro_winkler(other, namespace) > SLIP
            };
            beside.extend(properties.iter().filter(like).cloned());
        }
        if namespace.starts_with("https://w3id.org/chancery") {
            continue;
        }
        if let Some(note) = nearest(&term, &beside, SLIP) {
            findings.push(Finding {
                place: Place::of_definition(knowledge.definitions.find("", Some(&term))),
                shape: format!("{SHAPES}term-spelt"),
                message: format!("`{}` is no term that is known", short(&term)),
                notes: vec![note],
                value: Some(term.clone()),
                focus: term,
            });
        }
    }
    Ok(findings)
}
