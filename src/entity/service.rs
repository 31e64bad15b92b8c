//! Which country does an office serve that is written without one?

use std::collections::BTreeMap;

use crate::knowledge::office::Trait;
use crate::mention::{self, Tenure};

use super::Kind;
use super::identity::is_same_rank;
use super::resolver::Resolver;

/// Gives each office without a country the one that the person serves elsewhere in the document, or else the likeliest of those around it.
pub(super) fn complete(resolver: &mut Resolver) {
    for place in 0..resolver.posts.len() {
        let person = resolver.current(resolver.posts[place].person);
        if resolver.posts[place].of.is_none() {
            resolver.posts[place].of = explicit_country(resolver, person);
        }
    }
    for place in 0..resolver.posts.len() {
        if resolver.posts[place].of.is_some() {
            continue;
        }
        let person = resolver.current(resolver.posts[place].person);
        let country = known_country(resolver, person).or_else(|| likeliest(resolver, place));
        resolver.posts[place].of = country;
    }
    for place in 0..resolver.posts.len() {
        let person = resolver.current(resolver.posts[place].person);
        let code = resolver.posts[place].of.and_then(|of| resolver.all[of].country.clone());
        if resolver.all[person].country.is_none() {
            resolver.all[person].country = code;
        }
    }
}

/// The country that a title of the person names.
fn explicit_country(resolver: &Resolver, person: usize) -> Option<usize> {
    let mut posts = resolver.posts.iter().filter(|post| post.explicit && resolver.current(post.person) == person);
    posts.find_map(|post| post.of.filter(|&of| resolver.all[of].kind == Kind::Country))
}

/// A country that another post of the person got already.
fn known_country(resolver: &Resolver, person: usize) -> Option<usize> {
    let mut posts = resolver.posts.iter().filter(|post| resolver.current(post.person) == person);
    posts.find_map(|post| post.of.filter(|&of| resolver.all[of].kind == Kind::Country))
}

/// The entity of the country that a person serves, as far as titles have said it so far.
pub(super) fn country_of_person(resolver: &Resolver, person: usize) -> Option<usize> {
    known_country(resolver, resolver.current(person))
}

/// The country where the text was written: that of its dateline.
pub(super) fn home(resolver: &mut Resolver) -> Option<usize> {
    let document = resolver.page.document;
    let place = document.dateline.as_ref()?.place?;
    let text = document.text(place).to_owned();
    let first = text.split(['/', ',']).next()?.trim();
    let words: Vec<&str> = first.split_whitespace().collect();
    let found = resolver.page.knowledge.gazetteer.find(&words);
    let code = found.iter().find(|found| found.words == words.len()).and_then(|found| found.entry.country.clone())?;
    resolver.country(&code)
}

/// The country that the words around a title speak for most.
fn likeliest(resolver: &mut Resolver, place: usize) -> Option<usize> {
    let number = resolver.posts[place].mention;
    let title = resolver.title(number)?;
    let (start, sentence) = (title.phrase.start, resolver.page.document.sentence_of(title.phrase.start));
    let mut scores: BTreeMap<usize, f64> = BTreeMap::new();
    let speaker = resolver.speakers.get(&start).copied();
    if let Some(country) = speaker.and_then(|speaker| country_of_person(resolver, speaker)) {
        *scores.entry(country).or_default() += 2.0;
    }
    for other in 0..resolver.mentions.len() {
        let mention = &resolver.mentions[other];
        let distance = sentence.abs_diff(resolver.page.document.sentence_of(mention.tokens.start));
        let before = mention.tokens.start < start;
        if !matches!(mention.kind, mention::Kind::Named { .. } | mention::Kind::Group | mention::Kind::Pronoun | mention::Kind::Person) {
            continue;
        }
        let countries: Vec<usize> = resolver.at(mention.head).into_iter().filter_map(|entity| place_country(resolver, entity)).collect();
        let near = 1.0 / (1.0 + (mention.tokens.start.abs_diff(start) as f64) / 12.0);
        let weight = match (distance, before) {
            (0, true) => 1.0 + near,
            (0, false) => 0.3 + 0.5 * near,
            (1, true) => 0.5,
            (2, true) => 0.25,
            _ => 0.04,
        };
        for country in countries {
            *scores.entry(country).or_default() += weight;
        }
    }
    if let Some(home) = home(resolver) {
        *scores.entry(home).or_default() += 0.4;
    }
    // An office that one person holds at a time is not held by a second one.
    for (country, score) in &mut scores {
        if is_taken(resolver, place, *country) {
            *score -= 10.0;
        }
    }
    let best = scores.into_iter().filter(|(_, score)| *score > 0.0).max_by(|one, other| one.1.total_cmp(&other.1).then(other.0.cmp(&one.0)));
    best.map(|(country, _)| country)
}

/// The country that a party is, lies in or comes from.
fn place_country(resolver: &mut Resolver, entity: usize) -> Option<usize> {
    match resolver.all[entity].kind {
        Kind::Country => Some(entity),
        Kind::Person => known_country(resolver, entity),
        _ => {
            let code = resolver.all[entity].country.clone()?;
            resolver.country(&code)
        }
    }
}

/// Whether another person holds the same office of that country, of which there is one.
fn is_taken(resolver: &Resolver, place: usize, country: usize) -> bool {
    let post = &resolver.posts[place];
    let Some(role) = post.role.as_deref() else { return false };
    let alone = resolver.page.knowledge.offices.get(role).is_some_and(|office| office.has(Trait::OnePerBody));
    let person = resolver.current(post.person);
    let named = |person: usize| !resolver.all[person].name.is_empty();
    alone
        && resolver.posts.iter().any(|other| {
            let holder = resolver.current(other.person);
            holder != person && other.of == Some(country) && other.role.as_deref() == Some(role) && other.tenure == Tenure::Current && post.tenure == Tenure::Current
                && is_same_rank(resolver, &other.title, &post.title) && named(holder) && named(person)
        })
}
