//! People, offices, countries, places and bodies.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::vocab::rdf;
use oxigraph::model::{NamedNode, NamedNodeRef};

use super::draft::{Draft, decimal, label, text};
use super::iri;
use super::vocabulary::{ch, foaf, itsrdf, org, prov, rdfs, schema, skos};
use crate::entity::{Entities, Entity, EntityId, Kind, Office};
use crate::knowledge::gazetteer::{Entry, EntryKind};
use crate::mention::Tenure;

/// The IRI of each entity, by its index.
///
/// An entry of the gazetteer keeps the IRI it has there, so that it is the same in all documents. Anything else is named within
/// its document, since two documents may well name two people alike.
pub(super) fn iris(document: &NamedNode, entities: &Entities) -> Vec<NamedNode> {
    let plain: Vec<NamedNode> = entities
        .all
        .iter()
        .map(|entity| known(entity).unwrap_or_else(|| minted(document, entity)))
        .collect();
    let mut bearers: BTreeMap<&str, usize> = BTreeMap::new();
    for iri in &plain {
        *bearers.entry(iri.as_str()).or_default() += 1;
    }
    (plain.iter().zip(&entities.all))
        .map(|(iri, entity)| {
            if bearers[iri.as_str()] > 1 && known(entity).is_none() {
                NamedNode::new_unchecked(format!(
                    "{}-{}",
                    iri.as_str(),
                    iri::short_hash(&content(entity))
                ))
            } else {
                iri.clone()
            }
        })
        .collect()
}

/// The IRI that the gazetteer gives.
fn known(entity: &Entity) -> Option<NamedNode> {
    NamedNode::new(entity.gazetteer.as_deref()?).ok()
}

/// An IRI from the name, or from the first office of somebody without one.
fn minted(document: &NamedNode, entity: &Entity) -> NamedNode {
    let kind = match entity.kind {
        Kind::Person => "person",
        Kind::Country => "country",
        Kind::Place => "place",
        Kind::Organisation => "organisation",
        Kind::Group => "group",
    };
    let mut name = iri::slug(&entity.name);
    if name.is_empty() {
        let title = entity
            .offices
            .first()
            .map_or("", |office| office.title.as_str());
        let country = entity.country.as_deref().unwrap_or_default();
        name = iri::slug(&format!("{title} {country}"));
    }
    if name.is_empty() {
        name = iri::short_hash(&content(entity));
    }
    NamedNode::new_unchecked(format!("{}/{kind}/{name}", document.as_str()))
}

/// All that tells an entity from others of its document, in one text.
fn content(entity: &Entity) -> String {
    format!(
        "{:?}|{}|{:?}|{:?}|{:?}|{:?}",
        entity.kind,
        entity.name,
        entity.aliases,
        entity.country,
        entity
            .offices
            .iter()
            .map(|office| &office.title)
            .collect::<Vec<_>>(),
        entity.mentions
    )
}

/// Describes every party that is named or takes part in a fact. `used` are those that take part in a claim.
pub(super) fn describe(
    draft: &mut Draft<'_>,
    entities: &Entities,
    iris: &[NamedNode],
    used: &BTreeSet<EntityId>,
) {
    let served: BTreeSet<EntityId> = (entities.all.iter())
        .flat_map(|entity| &entity.offices)
        .flat_map(|office| [office.of, office.to])
        .flatten()
        .collect();
    for (index, entity) in entities.all.iter().enumerate() {
        let id = EntityId(index);
        // A phrase such as `the two sides` is of interest only as somebody who does something.
        if entity.kind == Kind::Group && !used.contains(&id) && !served.contains(&id) {
            continue;
        }
        describe_entity(draft, entity, &iris[index]);
        for office in &entity.offices {
            describe_office(draft, office, entity, &iris[index], entities, iris);
        }
    }
}

/// Says what an entity is and is called, and where it is mentioned.
fn describe_entity(draft: &mut Draft<'_>, entity: &Entity, node: &NamedNode) {
    let knowledge = draft.knowledge;
    let entry = entity
        .gazetteer
        .as_deref()
        .and_then(|iri| knowledge.gazetteer.entry(iri));
    if let Some(entry) = entry {
        describe_entry(draft, entry, node);
    } else {
        draft.add(node, rdf::TYPE, class(entity.kind));
        let display = display_label(draft, entity);
        if !display.is_empty() {
            draft.add(node, rdfs::LABEL, label(&display));
        }
        if !entity.name.is_empty() {
            draft.add(node, skos::PREF_LABEL, label(&entity.name));
        }
        if let Some(code) = &entity.country {
            draft.add(node, ch::COUNTRY_CODE, text(code));
        }
        for alias in &entity.aliases {
            if *alias != entity.name {
                draft.add(node, skos::ALT_LABEL, label(alias));
            }
        }
        let document = draft.iri.clone();
        draft.add(node, prov::HAD_PRIMARY_SOURCE, document);
    }
    for &mention in &entity.mentions {
        if let Some(span) = draft.span(mention, None) {
            draft.add(&span, itsrdf::TA_IDENT_REF, node.clone());
        }
    }
}

/// Copies what the gazetteer says of an entry, so that a document's graph can be read without it. The label is the gazetteer's, the
/// same in every document; how the text writes it is in its mentions.
fn describe_entry(draft: &mut Draft<'_>, entry: &Entry, node: &NamedNode) {
    let class = match entry.kind {
        EntryKind::Country => schema::COUNTRY,
        EntryKind::WorldRegion | EntryKind::Region | EntryKind::City => schema::PLACE,
        EntryKind::Organisation => org::FORMAL_ORGANIZATION,
    };
    draft.add(node, rdf::TYPE, class);
    draft.add(node, rdfs::LABEL, label(&entry.label));
    draft.add(node, skos::PREF_LABEL, label(&entry.label));
    if let Some(code) = &entry.country {
        draft.add(node, ch::COUNTRY_CODE, text(code));
    }
    for code in &entry.codes {
        draft.add(node, skos::NOTATION, text(code));
    }
    for same in &entry.exact_match {
        if let Ok(same) = NamedNode::new(same) {
            draft.add(node, skos::EXACT_MATCH, same);
        }
    }
    if let (Some(latitude), Some(longitude)) = (entry.latitude, entry.longitude) {
        draft.add(node, schema::LATITUDE, decimal(latitude, 5));
        draft.add(node, schema::LONGITUDE, decimal(longitude, 5));
    }
}

/// What to call an entity in a table: its name, else its first office, else the words that first mention it.
fn display_label(draft: &Draft<'_>, entity: &Entity) -> String {
    if !entity.name.is_empty() {
        return entity.name.clone();
    }
    if let Some(office) = entity.offices.first() {
        return office.title.clone();
    }
    (entity.mentions.first()).map_or_else(String::new, |&mention| {
        draft.document.text(mention).to_owned()
    })
}

/// Says who holds an office, which one, of whom and to whom, and where it is written.
fn describe_office(
    draft: &mut Draft<'_>,
    office: &Office,
    holder: &Entity,
    person: &NamedNode,
    entities: &Entities,
    iris: &[NamedNode],
) {
    let tenure = match office.tenure {
        Tenure::Current => "current",
        Tenure::Former => "former",
        Tenure::Incoming => "incoming",
    };
    let [of, to] = [office.of, office.to].map(|party| party.map(|id| iris[id.0].clone()));
    // One office written twice is one holding with two places of evidence.
    let title = office
        .title
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let key = format!("{person}|{}|{of:?}|{to:?}|{tenure}", title.to_lowercase());
    let name = person.as_str().rsplit('/').next().unwrap_or_default();
    let node = NamedNode::new_unchecked(format!(
        "{}/office/{name}-{}",
        draft.iri.as_str(),
        iri::short_hash(&key)
    ));

    draft.add(&node, rdf::TYPE, ch::OFFICE_HOLDING);
    draft.add(&node, org::MEMBER, person.clone());
    draft.add(&node, ch::TITLE, text(&title));
    draft.add_concept(&node, "tenure", tenure);
    if let Some(role) = &office.role {
        if let Ok(role) = NamedNode::new(role) {
            draft.add(&node, org::ROLE, role);
        }
        if let Some(known) = draft.knowledge.offices.get(role) {
            draft.add(&node, ch::DEFINED_IN, text(&known.file));
        }
    }
    // Where the text does not say whom the office serves, the country its holder serves is the best guess.
    let served = office.of.map(|id| entities.get(id));
    let country = served.map_or(holder.country.as_deref(), |served| {
        country_code(draft, served)
    });
    if let Some(code) = country.map(str::to_owned) {
        draft.add(&node, ch::COUNTRY_CODE, text(&code));
    }
    for (party, property) in [(of, ch::OF), (to, ch::ACCREDITED_TO)] {
        if let Some(party) = party {
            draft.add(&node, property, party);
        }
    }
    draft.cite(&node, office.span, None);
}

/// The country that an entity is, belongs to or lies in.
fn country_code<'a>(draft: &Draft<'a>, entity: &'a Entity) -> Option<&'a str> {
    entity.country.as_deref().or_else(|| {
        let knowledge = draft.knowledge;
        let entry = knowledge.gazetteer.entry(entity.gazetteer.as_deref()?)?;
        entry.country.as_deref()
    })
}

/// The class of an entity that the gazetteer does not know.
fn class(kind: Kind) -> NamedNodeRef<'static> {
    match kind {
        Kind::Person => foaf::PERSON,
        Kind::Country => schema::COUNTRY,
        Kind::Place => schema::PLACE,
        Kind::Organisation => org::FORMAL_ORGANIZATION,
        Kind::Group => foaf::GROUP,
    }
}
