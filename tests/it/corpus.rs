//! The documents of `tests/corpus`: what must hold whatever is found in them, and a floor under how much is found.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use chancery::claim::{Claim, Value};
use chancery::entity::{Entity, EntityId, Kind};
use chancery::knowledge::gazetteer::EntryKind;
use chancery::knowledge::vocabulary::Range;
use chancery::knowledge::{self, Knowledge, Source};
use chancery::pipeline::{self, Reading};
use chancery::text::Span;
use serde_json::Value as Json;

use crate::support::{Folder, knowledge, root};

/// A document of the corpus with what a careful reader takes from it.
struct Sample {
    name: String,
    bytes: Vec<u8>,
    gold: Json,
}

/// The folders of documents, each with a floor under the mean F1 of what is found there: `chancery evaluate` gives the figures, of
/// which the floors lie clearly below; they catch a step that has stopped working.
const FOLDERS: [(&str, f64); 3] = [("dev", 0.75), ("practice", 0.65), ("validation", 0.6)];

/// A worked addition with gold of its own.
struct Addition {
    name: &'static str,
    class: &'static str,
    /// Its folders of documents, each with a floor under the F1 of what is found there.
    folders: [(&'static str, f64); 2],
}

const ADDITIONS: [Addition; 2] = [
    Addition {
        name: "agreements",
        class: "Agreement",
        folders: [("dev", 0.75), ("validation", 0.75)],
    },
    Addition {
        name: "sanctions",
        class: "Sanction",
        folders: [("dev", 0.65), ("validation", 0.5)],
    },
];

/// All documents, sorted by folder and name.
fn corpus() -> Vec<Sample> {
    let folders = FOLDERS.map(|(folder, _)| root().join("tests/corpus").join(folder));
    let all = folders.iter().map(|folder| samples(folder));
    all.inspect(|samples| assert!(samples.len() >= 10))
        .flatten()
        .collect()
}

fn samples(folder: &Path) -> Vec<Sample> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("the folder is there")
        .filter_map(|entry| {
            let name = entry.expect("it can be read").file_name();
            Some(name.to_str()?.strip_suffix(".txt")?.to_owned())
        })
        .collect();
    names.sort();
    let sample = |name: String| {
        let gold = fs::read_to_string(folder.join(format!("{name}.gold.json")));
        let gold = gold.unwrap_or_else(|error| panic!("{name}.gold.json: {error}"));
        Sample {
            bytes: fs::read(folder.join(format!("{name}.txt"))).expect("it can be read"),
            gold: serde_json::from_str(&gold)
                .unwrap_or_else(|error| panic!("{name}.gold.json: {error}")),
            name,
        }
    };
    names.into_iter().map(sample).collect()
}

fn read(sample: &Sample, knowledge: &Knowledge) -> Reading {
    pipeline::read(&sample.bytes, knowledge)
        .unwrap_or_else(|error| panic!("{}: {error:?}", sample.name))
}

/// The records of one kind.
fn records<'a>(gold: &'a Json, kind: &str) -> &'a [Json] {
    gold[kind]
        .as_array()
        .unwrap_or_else(|| panic!("`{kind}` is a list"))
}

/// A list of strings; empty where there is none.
fn strings(json: &Json) -> Vec<&str> {
    let list = json.as_array().map_or(&[][..], Vec::as_slice);
    list.iter()
        .map(|item| item.as_str().expect("it is a string"))
        .collect()
}

/// `2014-09-30`, `2014-09`, `2014`.
fn is_date(date: &str) -> bool {
    let lengths: Vec<usize> = date.split('-').map(str::len).collect();
    matches!(lengths.as_slice(), [4] | [4, 2] | [4, 2, 2])
        && date.chars().all(|c| c.is_ascii_digit() || c == '-')
}

/// The quotes of a record stand in the text.
fn are_quoted(record: &Json, reading: &Reading, place: &str) {
    let quotes = strings(&record["quotes"]);
    assert!(!quotes.is_empty(), "{place} has no quotes");
    for quote in quotes {
        assert!(
            !quote.contains('\n'),
            "{place}: a quote runs over paragraphs: {quote:?}"
        );
        assert!(
            reading.document.body.contains(quote),
            "{place}: no such words: {quote:?}"
        );
    }
}

/// The built-in knowledge with a worked addition, and the file that has it.
fn with_addition(name: &str) -> (Knowledge, String) {
    let path = root().join(format!("ontology/examples/{name}.ttl"));
    let source = Source {
        name: name.to_owned(),
        recorded: name.to_owned(),
        text: fs::read_to_string(&path).expect("it is text"),
    };
    let path = path.to_str().expect("its name is text").to_owned();
    (knowledge::load(&[source]).0, path)
}

#[test]
fn the_gold_of_the_additions_is_about_the_texts_and_in_the_words_of_the_ontology() {
    for Addition {
        name,
        class,
        folders,
    } in ADDITIONS
    {
        let (knowledge, _) = with_addition(name);
        for (folder, _) in folders {
            let samples = samples(&root().join("tests/corpus").join(name).join(folder));
            assert!(samples.len() >= 3, "{name}/{folder}");
            for sample in samples {
                let reading = read(&sample, &knowledge);
                for (index, record) in records(&sample.gold, class).iter().enumerate() {
                    let place = format!("{name}/{folder}, {}: {index}", sample.name);
                    are_quoted(record, &reading, &place);
                    for (property, fillers) in record.as_object().expect("it is a record") {
                        let Some(known) = knowledge.vocabulary.properties.get(property) else {
                            assert_eq!(property, "quotes", "{place}");
                            continue;
                        };
                        let right = match known.range {
                            Range::Concept(_) => strings(fillers).into_iter().all(|notation| {
                                knowledge.vocabulary.concept(property, notation).is_some()
                            }),
                            Range::Date => strings(fillers).into_iter().all(is_date),
                            _ => !fillers.as_array().is_none_or(Vec::is_empty),
                        };
                        assert!(right, "{place}: {property} {fillers}");
                    }
                }
            }
        }
    }
}

#[test]
fn most_of_what_readers_found_of_the_additions_is_found() {
    for Addition {
        name,
        class,
        folders,
    } in ADDITIONS
    {
        let (_, ontology) = with_addition(name);
        for (folder, floor) in folders {
            let path = root().join("tests/corpus").join(name).join(folder);
            let path = path.to_str().expect("its name is text");
            let evaluate = [
                "--ontology",
                &ontology,
                "evaluate",
                path,
                "--format",
                "json",
            ];
            let figures = Folder::new().done(&evaluate);
            let figures: Json = serde_json::from_str(&figures).expect("it is JSON");
            let f1 = figures[class]["f1"].as_f64().expect("it is a number");
            assert!(f1 > floor && f1 < 1.0, "{name}/{folder}: {figures}");
        }
    }
}

#[test]
fn the_gold_is_about_the_texts_and_in_the_words_of_the_ontology() {
    let knowledge = knowledge();
    let has = |property: &str, notation: &Json| {
        let notation = notation.as_str().unwrap_or_default();
        knowledge.vocabulary.concept(property, notation).is_some()
    };
    let dated = |json: &Json| json.as_str().map_or(json.is_null(), is_date);
    for sample in corpus() {
        let reading = read(&sample, &knowledge);
        assert!(reading.document.metadata.title.is_some(), "{}", sample.name);
        assert!(reading.document.metadata.date.is_some(), "{}", sample.name);
        for kind in ["officials", "visits", "projects", "accusations"] {
            for (index, record) in records(&sample.gold, kind).iter().enumerate() {
                let place = format!("{}: {kind}[{index}]", sample.name);
                are_quoted(record, &reading, &place);
                assert!(
                    dated(&record["start"]) && dated(&record["end"]),
                    "{place}: dates"
                );
                let right = match kind {
                    "officials" => {
                        let offices = record["offices"].as_array().expect("it is a list");
                        !offices.is_empty()
                            && offices
                                .iter()
                                .all(|office| has("tenure", &office["tenure"]))
                    }
                    "visits" => has("status", &record["status"]) && has("kind", &record["kind"]),
                    "projects" => {
                        let sectors = record["sectors"].as_array().expect("it is a list");
                        has("status", &record["status"])
                            && sectors.iter().all(|sector| has("sector", sector))
                    }
                    _ => has("topic", &record["topic"]) && record["charge"].is_string(),
                };
                assert!(right, "{place}: a notation is not the ontology's: {record}");
            }
        }
    }
}

/// A claim has a class of the ontology, what the class requires, and nothing that its properties do not allow.
fn check(claim: &Claim, reading: &Reading, knowledge: &Knowledge) {
    let vocabulary = &knowledge.vocabulary;
    let class = &vocabulary.classes[&claim.class];
    for required in &class.requires {
        assert!(
            claim.slots.iter().any(|slot| slot.property == *required),
            "{required} of {claim:?}"
        );
    }
    for slot in &claim.slots {
        let property = &vocabulary.properties[&slot.property];
        assert!(
            property
                .domain
                .as_deref()
                .is_none_or(|domain| domain == claim.class),
            "{slot:?} of {claim:?}"
        );
        let times = claim
            .slots
            .iter()
            .filter(|other| other.property == slot.property)
            .count();
        assert!(
            times == 1 || !property.functional,
            "{slot:?} is one of {times} of {claim:?}"
        );
        let right = match (&slot.value, &property.range) {
            (Value::Entity(EntityId(id)), Range::Entity(accepted)) => {
                let entity = reading.entities.all.get(*id);
                entity.is_some_and(|entity| {
                    kinds(entity, knowledge)
                        .iter()
                        .any(|kind| accepted.iter().any(|word| word == kind))
                })
            }
            (Value::Concept(notation), Range::Concept(_)) => {
                vocabulary.concept(&slot.property, notation).is_some()
            }
            (Value::Text(text), Range::Text) => !text.trim().is_empty(),
            (Value::Date(_), Range::Date) => true,
            (Value::Claim(index), Range::Claim { class, .. }) => reading
                .claims
                .get(*index)
                .is_some_and(|other| other.class == *class),
            _ => false,
        };
        assert!(right, "{slot:?} of {claim:?}");
    }
    assert!(
        claim
            .speaker
            .is_none_or(|EntityId(id)| id < reading.entities.all.len()),
        "{claim:?}"
    );
    assert!((0.0..=1.0).contains(&claim.confidence), "{claim:?}");
    assert!(
        knowledge.lexicon.frames.contains_key(&claim.frame),
        "{claim:?}"
    );
    assert!(!claim.evidence.is_empty(), "{claim:?}");
    for evidence in &claim.evidence {
        let sentence = &reading.document.sentences[evidence.sentence];
        let Span { start, end } = evidence.span;
        assert!(
            start < end && sentence.span.contains(evidence.span),
            "{evidence:?} of {claim:?}"
        );
    }
}

/// The ontology's words for what a party is. A capital stands for its government, too, and a part of the world (the West) acts.
fn kinds(entity: &Entity, knowledge: &Knowledge) -> Vec<&'static str> {
    let kind = match entity.kind {
        Kind::Person => "person",
        Kind::Country => "country",
        Kind::Place => "place",
        Kind::Organisation => "organisation",
        Kind::Group => "group",
    };
    let mut kinds = vec![kind];
    let entry = entity.gazetteer.as_deref().filter(|_| kind == "place");
    if let Some(entry) = entry.and_then(|iri| knowledge.gazetteer.entry(iri)) {
        if knowledge.gazetteer.capital_of(&entry.iri).is_some() {
            kinds.push("country");
        }
        if entry.kind == EntryKind::WorldRegion {
            kinds.push("region");
        }
    }
    kinds
}

#[test]
fn claims_are_as_the_ontology_says_and_written_where_they_say() {
    let knowledge = knowledge();
    let mut classes = BTreeSet::new();
    for sample in corpus() {
        let reading = read(&sample, &knowledge);
        let characters = reading.document.body.chars().count();
        for entity in &reading.entities.all {
            let offices = entity.offices.iter().map(|office| office.span);
            for span in entity.mentions.iter().copied().chain(offices) {
                assert!(
                    span.start < span.end && span.end <= characters,
                    "{}: {entity:?}",
                    sample.name
                );
            }
        }
        for claim in &reading.claims {
            check(claim, &reading, &knowledge);
            classes.insert(claim.class.clone());
        }
    }
    assert_eq!(
        classes.into_iter().collect::<Vec<_>>(),
        ["Accusation", "Denial", "Project", "Visit"]
    );
}

#[test]
fn the_same_bytes_give_the_same_claims() {
    let knowledge = knowledge();
    for sample in corpus() {
        let (once, again) = (read(&sample, &knowledge), read(&sample, &knowledge));
        assert_eq!(once.entities.all, again.entities.all, "{}", sample.name);
        assert_eq!(once.claims, again.claims, "{}", sample.name);
    }
}

#[test]
fn most_of_what_readers_found_is_found() {
    for (folder, floor) in FOLDERS {
        let path = root().join("tests/corpus").join(folder);
        let path = path.to_str().expect("its name is text");
        let figures = Folder::new().done(&["evaluate", path, "--format", "json"]);
        let figures: Json = serde_json::from_str(&figures).expect("it is JSON");
        let mean = figures["mean_f1"].as_f64().expect("it is a number");
        assert!(mean > floor && mean < 1.0, "{folder}: {figures}");
    }
}
