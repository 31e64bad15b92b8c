//! Which country does an office serve that is written without one?

use std::collections::BTreeMap;
use std::ops::Range;

use crate::knowledge::office::Trait;
use crate::language::Upos;
use crate::mention::{self, Tenure};

use super::Kind;
use super::identity::{is_one_name, is_same_rank};
use super::reference::{is_subject, served};
use super::resolver::{Holder, Post, Resolver};
use super::speaker;

/// Notes the offices whose holder and country stand with the title, so that guesses for the others can take them into account.
pub(super) fn prepare(resolver: &mut Resolver) {
    for number in 0..resolver.mentions.len() {
        let (Some(title), Some(Holder::Person(name))) = (resolver.title(number), resolver.holders[number]) else { continue };
        let (of, explicit) = served(resolver, number, title);
        let Some(person) = resolver.entity_of[name].filter(|_| explicit) else { continue };
        let (title, role, tenure) = (title.title.clone(), title.role.clone(), title.tenure);
        resolver.stated.push(Post { mention: number, person, title, role, tenure, of, to: None, explicit });
    }
}

/// The country or body that a title without one serves: what the person serves elsewhere in the document, or else the likeliest of those around it.
pub(super) fn guess(resolver: &mut Resolver, post: &Post) -> Option<usize> {
    let body = post.role.as_deref().is_some_and(|role| resolver.page.knowledge.offices.has(role, Trait::ServesBody));
    let person = resolver.current(post.person);
    let known: Vec<usize> = (resolver.stated.iter().chain(&resolver.posts)).filter(|other| resolver.current(other.person) == person).filter_map(|other| other.of).collect();
    let stated = known.iter().copied().find(|&of| resolver.all[of].kind == Kind::Country);
    let through_body = known.iter().find_map(|&of| resolver.all[of].country.clone()).and_then(|code| resolver.country(&code));
    stated.or(through_body).or_else(|| if body { nearest_body(resolver, post) } else { None }).or_else(|| likeliest(resolver, post))
}

/// Guesses again where one office came to have two holders, now that all are known, the least sure first; then gives each person the country that the
/// offices serve, the stated ones first.
pub(super) fn complete(resolver: &mut Resolver) {
    for place in 0..resolver.posts.len() {
        let person = resolver.current(resolver.posts[place].person);
        let stated = resolver.posts.iter().find(|post| post.explicit && resolver.current(post.person) == person);
        if let (false, Some(post)) = (resolver.posts[place].explicit, stated) {
            if let Some(country) = post.of.filter(|&of| resolver.all[of].kind == Kind::Country) {
                resolver.posts[place].of = Some(country);
            }
        }
    }
    let mut order = Vec::new();
    for place in 0..resolver.posts.len() {
        let post = resolver.posts[place].clone();
        if post.explicit || resolver.all[resolver.current(post.person)].name.is_empty() {
            continue;
        }
        let score = post.of.and_then(|of| scores(resolver, &post).get(&of).copied()).unwrap_or(0.0);
        order.push((score, place));
    }
    order.sort_by(|one, other| one.0.total_cmp(&other.0).then(other.1.cmp(&one.1)));
    for (_, place) in order {
        let post = resolver.posts[place].clone();
        if post.of.is_none_or(|of| is_taken(resolver, &post, of)) {
            resolver.posts[place].of = likeliest(resolver, &post);
        }
    }
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
    let mut posts = resolver.posts.iter().chain(&resolver.stated).filter(|post| resolver.current(post.person) == person);
    posts.find_map(|post| post.of.filter(|&of| resolver.all[of].kind == Kind::Country))
}

/// The international body spoken of last before a title, or else first after it.
fn nearest_body(resolver: &Resolver, post: &Post) -> Option<usize> {
    let body = |number: usize| {
        let mention = &resolver.mentions[number];
        let named = matches!(mention.kind, mention::Kind::Named { .. });
        resolver.at(mention.head).into_iter().find(|&entity| named && resolver.all[entity].kind == Kind::Organisation && resolver.all[entity].country.is_none())
    };
    (0..post.mention).rev().find_map(body).or_else(|| (post.mention..resolver.mentions.len()).find_map(body))
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
fn likeliest(resolver: &mut Resolver, post: &Post) -> Option<usize> {
    let mut scores = scores(resolver, post);
    // An office that one person holds at a time is not held by a second one.
    let person = resolver.current(post.person);
    let own: Vec<Post> = resolver.stated.iter().chain(&resolver.posts).filter(|other| resolver.current(other.person) == person).chain([post]).cloned().collect();
    scores.retain(|&country, score| *score > 0.0 && !own.iter().any(|own| is_taken(resolver, own, country)));
    scores.into_iter().max_by(|one, other| one.1.total_cmp(&other.1).then(other.0.cmp(&one.0))).map(|(country, _)| country)
}

/// How much speaks for each country that the document names.
fn scores(resolver: &mut Resolver, post: &Post) -> BTreeMap<usize, f64> {
    let Some(title) = resolver.title(post.mention) else {
        return BTreeMap::new();
    };
    let phrase = title.phrase.clone();
    let sentence = resolver.page.document.sentence_of(phrase.start);
    // The best evidence of the sentence and of each of the two before it, and a little for each mention anywhere.
    let mut nearest: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    let mut scores: BTreeMap<usize, f64> = BTreeMap::new();
    for other in 0..resolver.mentions.len() {
        let mention = &resolver.mentions[other];
        let named = matches!(mention.kind, mention::Kind::Named { .. } | mention::Kind::Group);
        if !named && mention.kind != mention::Kind::Person {
            continue;
        }
        let countries: Vec<usize> = resolver.at(mention.head).into_iter().filter_map(|entity| country_of(resolver, entity)).collect();
        let distance = sentence.abs_diff(resolver.page.document.sentence_of(mention.tokens.start));
        let before = mention.tokens.start < phrase.start;
        let near = 1.0 / (1.0 + (mention.tokens.start.abs_diff(phrase.start) as f64) / 12.0);
        // Where someone goes is seldom whom they serve.
        let preceding = mention.tokens.start.saturating_sub(1);
        let page = &resolver.page;
        let travel = || (preceding.saturating_sub(4)..preceding).any(|token| page.is("travel-word", token));
        let destination = !before && distance == 0 && (page.is("visit-verb", preceding) || page.lower(preceding) == "to" && travel());
        let weight = match (distance, before) {
            (0, false) if destination => -3.0,
            (0, true) if is_subject(resolver, mention.head) => 1.6 + near,
            (0, true) => 1.0 + near,
            (0, false) => 0.3 + 0.5 * near,
            (1, true) => 0.5,
            (2, true) => 0.25,
            _ => 0.0,
        };
        let weight = if named || weight < 0.0 { weight } else { weight * 0.3 };
        for country in countries {
            let best = nearest.entry((country, distance.min(3))).or_insert(weight);
            *best = if weight < 0.0 { *best + weight } else { best.max(weight) };
            *scores.entry(country).or_default() += 0.03;
        }
    }
    for ((country, _), weight) in nearest {
        *scores.entry(country).or_default() += weight;
    }
    let speaker = speaker::speaker(resolver, phrase.start).filter(|&speaker| speaker != resolver.current(post.person));
    if let Some(country) = speaker.and_then(|speaker| country_of(resolver, speaker)) {
        *scores.entry(country).or_default() += 2.0;
    }
    if let Some(home) = home(resolver) {
        *scores.entry(home).or_default() += 1.2;
    }
    weigh_company(resolver, post, phrase, &mut scores);
    scores
}

/// Weighs what the title's own clause says: companions mostly serve one country, those who meet serve two, and an errand is done for one's own side.
fn weigh_company(resolver: &Resolver, post: &Post, phrase: Range<usize>, scores: &mut BTreeMap<usize, f64>) {
    let page = &resolver.page;
    let first = page.sentence(phrase.start).start;
    let own = resolver.current(post.person);
    let others = |range: Range<usize>| {
        let persons = resolver.mentions.iter().filter(move |mention| range.contains(&mention.head));
        persons.flat_map(|mention| resolver.at(mention.head)).filter(move |&person| resolver.all[person].kind == Kind::Person && person != own)
    };
    let deputy = !is_same_rank(resolver, &post.title, "");
    let heads = !deputy && post.role.as_deref().is_some_and(|role| page.knowledge.offices.has(role, Trait::Heads));
    let mut before = (first.max(phrase.start.saturating_sub(40))..phrase.start).rev();
    let companion = before.clone().take_while(|&token| page.form(token) != ";").find(|&token| page.is("companion-word", token));
    if let (Some(word), false) = (companion, heads) {
        let leader = others(first..word).last().or_else(|| leader_before(resolver, first, own));
        if let Some(country) = leader.and_then(|leader| known_country(resolver, leader)) {
            *scores.entry(country).or_default() += 2.0;
        }
    }
    if before.next().is_some_and(|token| matches!(page.lower(token), "of" | "from")) && phrase.start >= 2 && page.is("errand-noun", phrase.start - 2) {
        if let Some(country) = others(first..phrase.start - 1).next().and_then(|person| known_country(resolver, person)) {
            *scores.entry(country).or_default() += 3.0;
        }
    }
    // `in Ethiopia, where the foreign minister …`.
    let place = (first.max(phrase.start.saturating_sub(6))..phrase.start).rev().find(|&token| page.lower(token) == "where");
    if let Some(word) = place {
        let end = if word > 0 && page.form(word - 1) == "," { word - 1 } else { word };
        let antecedent = resolver.mentions.iter().find(|mention| mention.tokens.end == end && matches!(mention.kind, mention::Kind::Named { .. }));
        let code = antecedent.and_then(|mention| resolver.at(mention.head).into_iter().find_map(|entity| resolver.all[entity].country.clone()));
        if let Some(country) = code.and_then(|code| country_with(resolver, &code)) {
            *scores.entry(country).or_default() += 1.5;
        }
    }
    let verb = std::iter::once(resolver.mentions[post.mention].head).chain(page.analysis.ancestors(resolver.mentions[post.mention].head)).find(|&token| page.upos(token) == Upos::Verb);
    let children = |verb: usize| page.analysis.children(verb).iter().copied();
    let meets = |verb: usize| page.is("meeting-verb", verb) || children(verb).any(|child| page.is("meeting-noun", child));
    if let Some(verb) = verb.filter(|&verb| meets(verb)) {
        // A verb that is joined to another shares its subject.
        let first = if page.analysis.words[verb].relation() == "conj" { page.analysis.words[verb].head } else { None };
        let subjects = first.into_iter().flat_map(children).filter(|&child| page.analysis.words[child].relation() == "nsubj");
        for argument in children(verb).chain(subjects) {
            for person in resolver.at(argument) {
                if person != own && resolver.all[person].kind == Kind::Person {
                    if let Some(country) = known_country(resolver, person) {
                        *scores.entry(country).or_default() -= 1.5;
                    }
                }
            }
        }
    }
}

/// The entity of the country with that code, where the document names it.
fn country_with(resolver: &Resolver, code: &str) -> Option<usize> {
    resolver.page.knowledge.gazetteer.country(code).and_then(|entry| resolver.by_iri.get(&entry.iri)).copied()
}

/// The person spoken of last before a sentence.
fn leader_before(resolver: &Resolver, first: usize, own: usize) -> Option<usize> {
    let mentions = resolver.mentions.iter().rev().filter(|mention| mention.head < first && mention.kind == mention::Kind::Person);
    mentions.flat_map(|mention| resolver.at(mention.head)).find(|&person| person != own)
}

/// The country that a party is, serves, lies in or comes from.
pub(super) fn country_of(resolver: &mut Resolver, entity: usize) -> Option<usize> {
    match resolver.all[entity].kind {
        Kind::Country => Some(entity),
        Kind::Person => known_country(resolver, resolver.current(entity)),
        _ => {
            let code = resolver.all[entity].country.clone()?;
            resolver.country(&code)
        }
    }
}

/// Whether another person holds the same office of that country, of which there is one.
fn is_taken(resolver: &Resolver, post: &Post, country: usize) -> bool {
    let Some(role) = post.role.as_deref() else { return false };
    let offices = &resolver.page.knowledge.offices;
    let person = resolver.current(post.person);
    offices.get(role).is_some_and(|office| office.has(Trait::OnePerBody))
        && post.tenure == Tenure::Current
        && resolver.stated.iter().chain(&resolver.posts).any(|other| {
            let holder = resolver.current(other.person);
            holder != person
                && !resolver.all[holder].name.is_empty()
                && !is_one_name(resolver, holder, person)
                && other.of.is_some_and(|of| resolver.current(of) == country)
                && other.role.as_deref() == Some(role)
                && other.tenure == Tenure::Current
                && is_same_rank(resolver, &other.title, &post.title)
        })
}
