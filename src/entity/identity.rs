//! Which names are names of one party?

use std::collections::BTreeMap;

use crate::knowledge::gazetteer::{Entry, EntryKind};
use crate::knowledge::office::Trait;
use crate::mention::{self, Tenure};

use super::Kind;
use super::name::{Agreement, agreement, may_romanise_one, words};
use super::resolver::{Post, Resolver};
use super::service;
use super::title::{has_words_of, is_same_service};

/// Gives each gazetteer name and each other name its entity.
pub(super) fn name_places(resolver: &mut Resolver) {
    let weights = country_weights(resolver);
    for (number, mention) in resolver.mentions.iter().enumerate() {
        let text = resolver.page.text(mention.tokens.clone());
        let entity = match &mention.kind {
            mention::Kind::Named { entries, demonym } => {
                let gazetteer = &resolver.page.knowledge.gazetteer;
                let candidates: Vec<&Entry> = entries
                    .iter()
                    .filter_map(|iri| gazetteer.entry(iri))
                    .collect();
                let Some(entry) = choose(&candidates, &weights) else {
                    continue;
                };
                let capital = (entry.kind == EntryKind::City)
                    .then(|| gazetteer.capital_of(&entry.iri))
                    .flatten();
                let entry = match capital {
                    Some(country) if acts_as_government(resolver, mention.head) => country,
                    _ => entry,
                };
                let entity = entry_entity(resolver, entry);
                if !demonym {
                    resolver.call(entity, text);
                }
                entity
            }
            mention::Kind::OtherName => other_name(resolver, number, text),
            _ => continue,
        };
        if let Some(country) = service::country_of(resolver, entity) {
            *resolver.named_countries.entry(country).or_default() += 1;
        }
        resolver.entity_of[number] = Some(entity);
        resolver.note(entity, mention.span);
        for token in mention.tokens.clone() {
            resolver.refer(token, entity);
        }
        name_abbreviation(resolver, mention.tokens.end, entity);
    }
}

/// How often each country is named by names that mean nothing else.
fn country_weights(resolver: &Resolver) -> BTreeMap<String, usize> {
    let mut weights = BTreeMap::new();
    for mention in resolver.mentions {
        if let mention::Kind::Named { entries, .. } = &mention.kind {
            let mut countries: Vec<&String> = entries
                .iter()
                .filter_map(|iri| resolver.page.knowledge.gazetteer.entry(iri))
                .filter_map(|entry| entry.country.as_ref())
                .collect();
            countries.dedup();
            if let [country] = countries.as_slice() {
                *weights.entry((*country).clone()).or_insert(0) += 1;
            }
        }
    }
    weights
}

/// The likeliest of several entries of one name: of countries that share a demonym, and of places, the one whose country the document speaks of most.
fn choose<'e>(candidates: &[&'e Entry], weights: &BTreeMap<String, usize>) -> Option<&'e Entry> {
    let first = candidates.first()?;
    let weight = |entry: &Entry| {
        entry
            .country
            .as_ref()
            .and_then(|country| weights.get(country))
            .copied()
            .unwrap_or(0)
    };
    let rivals = candidates.iter().filter(|entry| entry.kind == first.kind);
    rivals.fold(None, |best: Option<&'e Entry>, entry| match best {
        Some(best) if weight(best) >= weight(entry) => Some(best),
        _ => Some(entry),
    })
}

fn entry_entity(resolver: &mut Resolver, entry: &Entry) -> usize {
    if let Some(&entity) = resolver.by_iri.get(&entry.iri) {
        return entity;
    }
    let kind = match entry.kind {
        EntryKind::Country => Kind::Country,
        EntryKind::Organisation => Kind::Organisation,
        EntryKind::WorldRegion | EntryKind::Region | EntryKind::City => Kind::Place,
    };
    let entity = resolver.add(
        kind,
        entry.label.clone(),
        entry.country.clone(),
        Some(entry.iri.clone()),
    );
    resolver.by_iri.insert(entry.iri.clone(), entity);
    entity
}

/// Whether a capital stands for its government: it acts, is acted upon or owns, and is not where something happens.
fn acts_as_government(resolver: &Resolver, head: usize) -> bool {
    let analysis = resolver.page.analysis;
    let mut token = head;
    while analysis.words[token].relation() == "conj" {
        let Some(first) = analysis.words[token].head else {
            break;
        };
        token = first;
    }
    let case = analysis
        .dependents(token, "case")
        .next()
        .map(|case| resolver.page.lower(case));
    match analysis.words[token].relation() {
        "nsubj" | "iobj" => case.is_none(),
        "obj" => {
            case.is_none()
                && analysis.words[token]
                    .head
                    .is_some_and(|verb| !resolver.page.is("visit-verb", verb))
        }
        "obl" | "nmod" => matches!(
            case,
            Some("by" | "with" | "between" | "against" | "'s" | "'")
        ),
        _ => false,
    }
}

/// An unknown name: the same letters name the same thing. Its country is that of the name right before or behind it (`Eritrea's Ministry of Information`).
fn other_name(resolver: &mut Resolver, number: usize, text: &str) -> usize {
    let page = &resolver.page;
    let tokens = &resolver.mentions[number].tokens;
    let before = if tokens.start > 0 && page.is_genitive(tokens.start - 1) {
        tokens.start - 1
    } else {
        tokens.start
    };
    let article = usize::from(page.lower(tokens.end + 1) == "the");
    let neighbour = resolver.mentions.iter().find(|mention| {
        let behind = matches!(page.lower(tokens.end), "of" | "in")
            && mention.tokens.start == tokens.end + 1 + article;
        matches!(mention.kind, mention::Kind::Named { .. })
            && (mention.tokens.end == before || behind)
    });
    let country = neighbour.and_then(|mention| match &mention.kind {
        mention::Kind::Named { entries, .. } => entries
            .first()
            .and_then(|iri| page.knowledge.gazetteer.entry(iri))
            .and_then(|entry| entry.country.clone()),
        _ => None,
    });
    if let Some(known) = resolver
        .all
        .iter()
        .position(|entity| entity.name == text || entity.aliases.iter().any(|alias| alias == text))
    {
        return resolver.current(known);
    }
    resolver.add(Kind::Organisation, text.to_owned(), country, None)
}

/// `the African Union (AU)`: the abbreviation in parentheses names the same.
fn name_abbreviation(resolver: &mut Resolver, token: usize, entity: usize) {
    let page = &resolver.page;
    if page.form(token) == "(" && page.is_abbreviation(token + 1) && page.form(token + 2) == ")" {
        let abbreviation = page.form(token + 1).to_owned();
        resolver.call(entity, &abbreviation);
        resolver.refer(token + 1, entity);
    }
}

/// Gives each person's name its entity: first the fuller names, so that a surname finds whom it is short for.
pub(super) fn name_persons(resolver: &mut Resolver) {
    let persons: Vec<usize> = (0..resolver.mentions.len())
        .filter(|&number| resolver.mentions[number].kind == mention::Kind::Person)
        .collect();
    let names: BTreeMap<usize, Vec<String>> = persons
        .iter()
        .map(|&number| {
            (
                number,
                words(resolver.page.text(resolver.mentions[number].tokens.clone())),
            )
        })
        .collect();
    let mut order = persons.clone();
    order.sort_by_key(|number| std::cmp::Reverse(names[number].len().min(2)));
    let mut known: Vec<(usize, Vec<String>, usize)> = Vec::new();
    for number in order {
        let name = &names[&number];
        let family_first =
            |word: &str| resolver.page.knowledge.words.has("family-name-first", word);
        // The best agreement; of equal ones the person named first, who is spoken of by surname alone most likely.
        let best = known
            .iter()
            .map(|(entity, other, at)| {
                (
                    agreement(name, other, family_first),
                    is_last(name, other),
                    std::cmp::Reverse(*at),
                    *entity,
                )
            })
            .filter(|(agreement, ..)| *agreement > Agreement::None)
            .max();
        let entity = match best {
            Some((.., entity)) => entity,
            None => resolver.add(Kind::Person, String::new(), None, None),
        };
        known.push((entity, name.clone(), number));
        let mention = &resolver.mentions[number];
        let text = resolver.page.text(mention.tokens.clone());
        resolver.call(entity, text);
        resolver.note(entity, mention.span);
        resolver.entity_of[number] = Some(entity);
        for token in mention.tokens.clone() {
            resolver.refer(token, entity);
        }
        if let Some(woman) = honorific_gender(resolver, mention.tokens.start) {
            resolver.women.entry(entity).or_insert(woman);
        }
    }
}

/// Whether the honorifics before a name are a woman's; none where they do not say.
fn honorific_gender(resolver: &Resolver, start: usize) -> Option<bool> {
    let page = &resolver.page;
    let before = (start.saturating_sub(4)..start)
        .rev()
        .take_while(|&token| page.form(token) == "." || page.is("honorific", token));
    before
        .clone()
        .find_map(|token| page.is("feminine-word", token).then_some(true))
        .or_else(|| {
            before
                .clone()
                .find_map(|token| page.is("masculine-word", token).then_some(false))
        })
}

fn is_last(one: &[String], other: &[String]) -> bool {
    one.last() == other.last()
}

/// Joins a holder without a name with the only named one of the same office, and two named holders of an office that one person has at a time where
/// their names may be romanisations of one.
pub(super) fn join_holders(resolver: &mut Resolver) {
    let posts = resolver.posts.clone();
    for (place, first) in posts.iter().enumerate() {
        let nameless = |resolver: &Resolver, post: &Post| {
            resolver.all[resolver.current(post.person)].name.is_empty()
        };
        if nameless(resolver, first) {
            let mut holders: Vec<usize> = Vec::new();
            for other in posts.iter().filter(|other| {
                !nameless(resolver, other) && is_same_office(resolver, first, other)
            }) {
                let person = resolver.current(other.person);
                if !holders.contains(&person) {
                    holders.push(person);
                }
            }
            if let [holder] = holders.as_slice() {
                resolver.join(*holder, first.person);
            }
            continue;
        }
        for second in &posts[place + 1..] {
            if (is_same_office(resolver, first, second) || is_same_office(resolver, second, first))
                && is_one_name(
                    resolver,
                    resolver.current(first.person),
                    resolver.current(second.person),
                )
            {
                resolver.join(first.person, second.person);
            }
        }
    }
    let posts = resolver.posts.clone();
    for (place, first) in posts.iter().enumerate() {
        for second in &posts[place + 1..] {
            let nameless =
                |post: &Post| resolver.all[resolver.current(post.person)].name.is_empty();
            if nameless(first)
                && nameless(second)
                && is_same_office(resolver, first, second)
                && first.title.eq_ignore_ascii_case(&second.title)
            {
                resolver.join(first.person, second.person);
            }
        }
    }
}

/// Whether the names of two persons may be romanisations of one.
pub(super) fn is_one_name(resolver: &Resolver, one: usize, other: usize) -> bool {
    let family_first = |word: &str| resolver.page.knowledge.words.has("family-name-first", word);
    may_romanise_one(
        &words(&resolver.all[one].name),
        &words(&resolver.all[other].name),
        family_first,
    )
}

/// Whether a post without a name may be the other one: the same service, rank and time, and titles of which the other's is as narrow or narrower.
fn is_same_office(resolver: &Resolver, one: &Post, other: &Post) -> bool {
    let offices = &resolver.page.knowledge.offices;
    let (Some(of), Some(other_of), Some(role), Some(other_role)) =
        (one.of, other.of, one.role.as_deref(), other.role.as_deref())
    else {
        return false;
    };
    let title = if offices.named(&one.title).is_some() {
        offices.is_kind_of(other_role, role)
    } else {
        has_words_of(&other.title, &one.title)
    };
    let heads = offices.has(role, Trait::AnyHead) && offices.has(other_role, Trait::Heads);
    // An envoy's country is not guessed well enough to tell two envoys apart.
    let guessed = !other.explicit
        && offices
            .get(other_role)
            .is_some_and(|office| office.has(Trait::SentAbroad));
    (is_same_service(resolver, of, other_of) || guessed)
        && (title || heads)
        && is_same_rank(resolver, &one.title, &other.title)
        && (one.tenure == Tenure::Current) == (other.tenure == Tenure::Current)
}

/// Whether neither or both of two titles are those of a deputy.
pub(super) fn is_same_rank(resolver: &Resolver, one: &str, other: &str) -> bool {
    let deputy = |title: &str| {
        title
            .to_lowercase()
            .split([' ', '-'])
            .any(|word| resolver.page.knowledge.words.has("deputy-word", word))
    };
    deputy(one) == deputy(other)
}
