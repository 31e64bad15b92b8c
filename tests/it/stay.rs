//! Whether whoever has arrived somewhere is still there.

use chancery::claim::Value;
use chancery::pipeline;

use crate::support::knowledge;

/// The status of the first visit that a text of 14 March 2019 tells of.
fn status(body: &str) -> String {
    let text = format!("---\ndate: 2019-03-14\n---\n\n{body}\n");
    let reading = pipeline::read(text.as_bytes(), &knowledge()).expect("it is a text");
    let slots = reading.claims.iter().flat_map(|claim| &claim.slots);
    slots
        .filter(|slot| slot.property == "status")
        .find_map(|slot| match &slot.value {
            Value::Concept(notation) => Some(notation.clone()),
            _ => None,
        })
        .unwrap_or_else(|| panic!("no visit in: {body}"))
}

#[test]
fn a_visitor_who_has_just_arrived_is_there() {
    let arrived = "The Greek foreign minister arrived in Lima on Wednesday.";
    assert_eq!(status(arrived), "ongoing");
    let long_ago = "The Greek foreign minister arrived in Lima on 3 February 2019.";
    assert_eq!(status(long_ago), "occurred");
    let looked_back = "The Greek foreign minister had arrived in Lima on Wednesday.";
    assert_eq!(status(looked_back), "occurred");
}

#[test]
fn a_visitor_who_has_gone_on_is_no_longer_there() {
    let gone =
        "The Greek foreign minister arrived in Lima on Tuesday. On Wednesday he arrived in Quito.";
    assert_eq!(status(gone), "occurred");
}

#[test]
fn the_president_is_the_one_in_office() {
    let text = "President Ana Ruiz of Chile will visit Oman in May 2019. Former President Luis Mora came to Muscat in 2012. \
                The President will be accompanied by Chilean Trade Minister Eva Soto.";
    let reading = pipeline::read(text.as_bytes(), &knowledge()).expect("it is a text");
    let planned = Value::Concept("planned".to_owned());
    let visits = reading
        .claims
        .iter()
        .filter(|claim| claim.slots.iter().any(|slot| slot.value == planned));
    assert_eq!(visits.count(), 2, "the President and the minister");
}

#[test]
fn a_bare_title_goes_on_about_the_subject_of_the_sentence_before() {
    let text = "---\ndate: 2019-03-14\n---\n\nThe President of Ghana, Kofi Adu, held talks with his counterpart, Rui Paz, on trade.\n\n\
                The President, who arrived in Brasilia on Wednesday, laid a wreath.\n";
    let reading = pipeline::read(text.as_bytes(), &knowledge()).expect("it is a text");
    let visitor = (reading.claims.iter())
        .flat_map(|claim| &claim.slots)
        .find_map(|slot| match slot.value {
            Value::Entity(id) if slot.property == "visitor" => Some(id),
            _ => None,
        });
    let name = visitor.map(|id| reading.entities.get(id).name.as_str());
    assert_eq!(name, Some("Kofi Adu"));
}
