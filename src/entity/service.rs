//! Which country does an office serve that is written without one?

use std::collections::BTreeMap;

use crate::knowledge::office::Trait;
use crate::mention::{self, Tenure};

use super::Kind;
use super::identity::is_same_rank;
use super::reference::served;
use super::resolver::{Holder, Post, Resolver};

/// Notes the offices whose holder and country stand with the title, so that guesses for the others can take them into account.
pub(super) fn prepare(resolver: &mut Resolver) {
    for number in 0..resolver.mentions.len() {
        let (Some(title), Some(Holder::Person(name))) =
            (resolver.title(number), resolver.holders[number])
        else {
            continue;
        };
        let (of, explicit) = served(resolver, number, title);
        let Some(person) = resolver.entity_of[name].filter(|_| explicit) else {
            continue;
        };
        let (title, role, tenure) = (title.title.clone(), title.role.clone(), title.tenure);
        resolver.stated.push(Post {
            mention: number,
            person,
            title,
            role,
            tenure,
            of,
            to: None,
            explicit,
        });
    }
}

/// The country or body that a title without one serves: what the person serves elsewhere in the document, or else the likeliest of those around it.
pub(super) fn guess(resolver: &mut Resolver, post: &Post) -> Option<usize> {
    let body = post
        .role
        .as_deref()
        .is_some_and(|role| resolver.page.knowledge.offices.has(role, Trait::ServesBody));
    let person = resolver.current(post.person);
    let known = resolver
        .stated
        .iter()
        .chain(&resolver.posts)
        .filter(|other| resolver.current(other.person) == person && other.of.is_some());
    let stated = known
        .max_by_key(|other| other.explicit)
        .and_then(|other| other.of);
    stated
        .or_else(|| {
            if body {
                nearest_body(resolver, post)
            } else {
                None
            }
        })
        .or_else(|| likeliest(resolver, post))
}

/// Gives each person the country that the offices serve, the stated ones first.
pub(super) fn complete(resolver: &mut Resolver) {
    let mut posts = resolver.posts.clone();
    posts.sort_by_key(|post| !post.explicit);
    for post in posts {
        let person = resolver.current(post.person);
        let code = post.of.and_then(|of| resolver.all[of].country.clone());
        if resolver.all[person].country.is_none() {
            resolver.all[person].country = code;
        }
    }
}

/// The country that some post of the person serves.
fn known_country(resolver: &Resolver, person: usize) -> Option<usize> {
    let mut posts = resolver
        .posts
        .iter()
        .chain(&resolver.stated)
        .filter(|post| resolver.current(post.person) == person);
    posts.find_map(|post| post.of.filter(|&of| resolver.all[of].kind == Kind::Country))
}

/// The international body spoken of last before a title, or else first after it.
fn nearest_body(resolver: &Resolver, post: &Post) -> Option<usize> {
    let body = |number: usize| {
        let mention = &resolver.mentions[number];
        let named = matches!(mention.kind, mention::Kind::Named { .. });
        resolver.at(mention.head).into_iter().find(|&entity| {
            named
                && resolver.all[entity].kind == Kind::Organisation
                && resolver.all[entity].country.is_none()
        })
    };
    (0..post.mention)
        .rev()
        .find_map(body)
        .or_else(|| (post.mention..resolver.mentions.len()).find_map(body))
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
    let code = found
        .iter()
        .find(|found| found.words == words.len())
        .and_then(|found| found.entry.country.clone())?;
    resolver.country(&code)
}

/// The country that the words around a title speak for most.
fn likeliest(resolver: &mut Resolver, post: &Post) -> Option<usize> {
    let title = resolver.title(post.mention)?;
    let (start, sentence) = (
        title.phrase.start,
        resolver.page.document.sentence_of(title.phrase.start),
    );
    let mut scores: BTreeMap<usize, f64> = BTreeMap::new();
    let speaker = resolver.speakers.get(&start).copied();
    if let Some(country) = speaker.and_then(|speaker| country_of_person(resolver, speaker)) {
        *scores.entry(country).or_default() += 2.0;
    }
    for other in 0..resolver.mentions.len() {
        let mention = &resolver.mentions[other];
        let distance = sentence.abs_diff(resolver.page.document.sentence_of(mention.tokens.start));
        let before = mention.tokens.start < start;
        if !matches!(
            mention.kind,
            mention::Kind::Named { .. }
                | mention::Kind::Group
                | mention::Kind::Pronoun
                | mention::Kind::Person
        ) {
            continue;
        }
        let countries: Vec<usize> = resolver
            .at(mention.head)
            .into_iter()
            .filter_map(|entity| place_country(resolver, entity))
            .collect();
        let near = 1.0 / (1.0 + (mention.tokens.start.abs_diff(start) as f64) / 12.0);
        // Where someone goes is seldom whom they serve.
        let destination = !before
            && mention.tokens.start > 0
            && resolver.page.lower(mention.tokens.start - 1) == "to";
        let weight = match (distance, before) {
            (0, false) if destination => -0.8,
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
        if is_taken(resolver, post, *country) {
            *score -= 10.0;
        }
    }
    let best = scores
        .into_iter()
        .filter(|(_, score)| *score > 0.0)
        .max_by(|one, other| one.1.total_cmp(&other.1).then(other.0.cmp(&one.0)));
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
fn is_taken(resolver: &Resolver, post: &Post, country: usize) -> bool {
    let Some(role) = post.role.as_deref() else {
        return false;
    };
    let offices = &resolver.page.knowledge.offices;
    let person = resolver.current(post.person);
    offices
        .get(role)
        .is_some_and(|office| office.has(Trait::OnePerBody))
        && post.tenure == Tenure::Current
        && resolver.stated.iter().chain(&resolver.posts).any(|other| {
            let holder = resolver.current(other.person);
            holder != person
                && !resolver.all[holder].name.is_empty()
                && other.of.is_some_and(|of| resolver.current(of) == country)
                && other.role.as_deref() == Some(role)
                && other.tenure == Tenure::Current
                && is_same_rank(resolver, &other.title, &post.title)
        })
}
