//! Does each frame find what its examples promise, and nothing in its counter-examples?

use std::collections::BTreeSet;
use std::thread;

use super::column;
use super::finding::{Finding, Place, SHAPES};
use crate::claim::{Claim, Value};
use crate::entity::{Entities, EntityId};
use crate::knowledge::Knowledge;
use crate::knowledge::lexicon::{Example, Frame};
use crate::pipeline::{self, Reading};
use crate::store::{self, Store};
use crate::text::Date;

/// What all frames get wrong. An example of nothing, or none, is told by the constraints on the knowledge; what a built-in example has lost
/// because the user's files take out or give anew what it rests on is meant, so it is not told.
pub(super) fn all(knowledge: &Knowledge, store: &Store) -> Result<Vec<Finding>, store::Error> {
    let mut findings = judged(knowledge);
    if findings.is_empty() {
        return Ok(findings);
    }
    let built_in: BTreeSet<&str> = (knowledge.definitions.files())
        .filter_map(|(name, _, built_in)| built_in.then_some(name))
        .collect();
    let changed = changed(store)?;
    findings.retain(|finding| {
        let file = finding.place.file.as_deref();
        !(changed.contains(&finding.focus) && file.is_some_and(|file| built_in.contains(file)))
    });
    Ok(findings)
}

/// The built-in entries that a user's file takes out or gives anew.
const TAKEN: &str = "PREFIX owl: <http://www.w3.org/2002/07/owl#>
SELECT DISTINCT ?entry WHERE {
  GRAPH ?user { ?entry ?how ?said }
  FILTER (STRSTARTS(STR(?user), \"urn:user:\"))
  FILTER (isIRI(?entry) && ?how IN (rdf:type, owl:deprecated))
  GRAPH ?ours { ?entry a ?class }
  FILTER (STRSTARTS(STR(?ours), \"urn:built-in:\"))
}";

/// The frames that rest on an entry: made of it, or with its name in an example.
const RESTING: &str = "PREFIX ontolex: <http://www.w3.org/ns/lemon/ontolex#>
SELECT DISTINCT ?frame WHERE {
  {
    ?frame (ch:argument|ch:condition|ch:dependent|ch:evokedBy|ch:evokedUnless|ch:evokes|ch:head|ch:role|ch:scheme|ch:triggerPair|ch:unless|^ontolex:evokes|^rdfs:domain|^skos:inScheme)* $entry .
  } UNION {
    $entry skos:prefLabel|skos:altLabel|ch:demonym ?name .
    ?frame (ch:example/ch:text)|ch:counterExample ?text .
    FILTER (CONTAINS(LCASE(STR(?text)), LCASE(STR(?name))))
  }
  ?frame a ch:Frame .
}";

/// The frames that rest on what a user's file takes out or gives anew.
fn changed(store: &Store) -> Result<BTreeSet<String>, store::Error> {
    let mut frames = BTreeSet::new();
    for entry in column(store, TAKEN)? {
        let query = RESTING.replace("$entry", &format!("<{entry}>"));
        frames.extend(column(store, &query)?);
    }
    Ok(frames)
}

/// What the frames get wrong, whoever is to blame for it.
fn judged(knowledge: &Knowledge) -> Vec<Finding> {
    let frames: Vec<(&String, &Frame)> = knowledge.lexicon.frames.iter().collect();
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let share = frames.len().div_ceil(workers).max(1);
    thread::scope(|scope| {
        let parts: Vec<_> = frames
            .chunks(share)
            .map(|part| {
                scope.spawn(move || {
                    let frames = part.iter();
                    frames
                        .flat_map(|(iri, frame)| faults(iri, frame, knowledge))
                        .collect()
                })
            })
            .collect();
        let found = parts.into_iter().map(thread::ScopedJoinHandle::join);
        found
            .flat_map(|faults: thread::Result<Vec<Finding>>| {
                faults.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            })
            .collect()
    })
}

/// What one frame gets wrong.
fn faults(iri: &str, frame: &Frame, knowledge: &Knowledge) -> Vec<Finding> {
    let finding = |shape: &str, text: &str, message: String, reading: &Reading| Finding {
        place: Place::of_definition(knowledge.definitions.find(iri, Some(text))),
        focus: iri.to_owned(),
        shape: format!("{SHAPES}{shape}"),
        value: Some(text.to_owned()),
        message,
        notes: told(reading, knowledge),
    };
    let mut faults = Vec::new();
    for example in &frame.examples {
        let Some(reading) = read(&example.text, knowledge) else {
            continue;
        };
        if let Some(message) = fault(frame, example, &reading, knowledge) {
            faults.push(finding("example-holds", &example.text, message, &reading));
        }
    }
    for text in &frame.counter_examples {
        let Some(reading) = read(text, knowledge) else {
            continue;
        };
        // By whichever frame: what is no visit is none under another name either.
        if (reading.claims.iter()).any(|claim| claim.class == frame.class) {
            let message = format!("the counter-example yields a claim of `{}`", frame.class);
            faults.push(finding("counter-example-holds", text, message, &reading));
        }
    }
    faults
}

fn read(text: &str, knowledge: &Knowledge) -> Option<Reading> {
    pipeline::read(text.as_bytes(), knowledge).ok()
}

/// What one example lacks; nothing where one claim of the class of its frame has all that it promises.
fn fault(
    frame: &Frame,
    example: &Example,
    reading: &Reading,
    knowledge: &Knowledge,
) -> Option<String> {
    let class = &frame.class;
    let lacking = |claim: &Claim| -> Vec<&(String, String)> {
        let slots = example.slots.iter();
        slots
            .filter(|slot| !has(claim, slot, reading, knowledge))
            .collect()
    };
    let nearest = (reading.claims.iter())
        .filter(|claim| claim.class == *class)
        .map(lacking)
        .min_by_key(Vec::len);
    let Some(lacking) = nearest else {
        return Some(format!("the example yields no claim of `{class}`"));
    };
    let lacking: Vec<String> = lacking
        .iter()
        .map(|(role, label)| format!("`{role}: {label}`"))
        .collect();
    (!lacking.is_empty()).then(|| {
        let lacking = lacking.join(" and ");
        format!("the example yields a claim of `{class}` without {lacking}")
    })
}

/// Whether a claim has a slot: a party by any of its names, words that contain those asked for, anything else exactly.
fn has(
    claim: &Claim,
    (role, label): &(String, String),
    reading: &Reading,
    knowledge: &Knowledge,
) -> bool {
    let label = label.to_lowercase();
    let of_role = claim.slots.iter().filter(|slot| slot.property == *role);
    of_role.into_iter().any(|slot| {
        let contain = matches!(slot.value, Value::Text(_));
        words(&slot.value, reading, knowledge).iter().any(|word| {
            let word = word.to_lowercase();
            word == label || contain && word.contains(&label)
        })
    })
}

/// What fills a slot, in all the words that it goes by.
fn words(value: &Value, reading: &Reading, knowledge: &Knowledge) -> Vec<String> {
    match value {
        Value::Entity(id) => names(*id, &reading.entities, knowledge),
        Value::Concept(notation) => vec![notation.clone()],
        Value::Text(text) => vec![text.clone()],
        Value::Date(date) => vec![iso(*date)],
        Value::Claim(index) => vec![reading.claims[*index].class.clone()],
    }
}

/// Names and titles of a party, as written and as the gazetteer has them.
fn names(id: EntityId, entities: &Entities, knowledge: &Knowledge) -> Vec<String> {
    let entity = entities.get(id);
    let mut names = vec![entity.name.clone()];
    names.extend(entity.aliases.iter().cloned());
    names.extend(entity.offices.iter().map(|office| office.title.clone()));
    let entry = entity.gazetteer.as_deref();
    names.extend(
        entry
            .and_then(|iri| knowledge.gazetteer.entry(iri))
            .map(|entry| entry.label.clone()),
    );
    names.retain(|name| !name.is_empty());
    names.dedup();
    names
}

fn iso(date: Date) -> String {
    let part = |part: Option<u8>| part.map_or(String::new(), |number| format!("-{number:02}"));
    format!("{:04}{}{}", date.year, part(date.month), part(date.day))
}

/// What was found, in the form of the examples.
fn told(reading: &Reading, knowledge: &Knowledge) -> Vec<String> {
    if reading.claims.is_empty() {
        return vec!["found no claim at all".to_owned()];
    }
    let claim = |claim: &Claim| {
        let slots: Vec<String> = claim
            .slots
            .iter()
            .map(|slot| {
                let words = words(&slot.value, reading, knowledge).join(" = ");
                format!("{}: {words}", slot.property)
            })
            .collect();
        let frame = super::hint::short(&claim.frame);
        format!("found {} by `{frame}`: {}", claim.class, slots.join("; "))
    };
    reading.claims.iter().map(claim).collect()
}
