//! Which names are names of one party?

use std::collections::{BTreeMap, BTreeSet};

use crate::knowledge::gazetteer::{Entry, EntryKind};
use crate::knowledge::office::Trait;
use crate::knowledge::people::Person;
use crate::language::Upos;
use crate::mention::{self, Tenure};
use crate::text::Span;

use super::Kind;
use super::name::{Agreement, Name, agreement, may_romanise_one, words};
use super::posts::Post;
use super::resolver::Resolver;
use super::service;
use super::speaker;
use super::title::{has_words_of, is_same_service};

/// Gives each gazetteer name and each other name its entity.
pub(super) fn name_places(resolver: &mut Resolver) {
    let weights = country_weights(resolver);
    let goals = unknown_goals(resolver);
    for (number, mention) in resolver.mentions.iter().enumerate() {
        let text = resolver.page.text(mention.tokens.clone());
        let entity = match &mention.kind {
            mention::Kind::Named { .. } if is_money(resolver, mention.tokens.end) => continue,
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
                    .flatten()
                    .map(|country| state_then(resolver, country).unwrap_or(country));
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
            mention::Kind::OtherName => {
                let kind = if goals.contains(text) {
                    Kind::Place
                } else {
                    Kind::Organisation
                };
                other_name(resolver, number, text, kind)
            }
            _ => continue,
        };
        if let Some(country) = service::country_of(resolver, entity) {
            *resolver.named_countries.entry(country).or_default() += 1;
        }
        let named = matches!(mention.kind, mention::Kind::Named { .. });
        let found = &resolver.all[entity];
        if named && found.kind == Kind::Organisation && found.country.is_none() {
            resolver.bodies.push(number);
        }
        resolver.entity_of[number] = Some(entity);
        resolver.note(entity, mention.span);
        for token in mention.tokens.clone() {
            resolver.refer(token, entity);
        }
        name_abbreviation(resolver, mention.tokens.end, entity);
    }
}

/// Whether money stands at `token`, which the country before it only describes (`U.S. dollars`).
fn is_money(resolver: &Resolver, token: usize) -> bool {
    let noun = resolver.page.analysis.words.get(token);
    noun.is_some_and(|noun| matches!(noun.upos, Upos::Noun | Upos::Propn | Upos::Sym))
        && resolver.page.is("currency-noun", token)
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

/// The state that lay where `place` lies when the text was written, if it was another one (`Kiev` in 1977).
pub(super) fn state_then<'e>(resolver: &Resolver<'e>, place: &Entry) -> Option<&'e Entry> {
    let year = resolver.page.document.metadata.date?.year;
    let gazetteer = &resolver.page.knowledge.gazetteer;
    gazetteer.state_before(place.country.as_deref()?, year)
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
    let then = state_then(resolver, entry).filter(|_| kind == Kind::Place);
    let country = then.unwrap_or(entry).country.clone();
    let iri = Some(entry.iri.clone());
    let entity = resolver.add(kind, entry.label.clone(), country, iri);
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
fn other_name(resolver: &mut Resolver, number: usize, text: &str, kind: Kind) -> usize {
    let page = &resolver.page;
    let tokens = &resolver.mentions[number].tokens;
    let before = if tokens.start > 0 && page.is_genitive(tokens.start - 1) {
        tokens.start - 1
    } else {
        tokens.start
    };
    let is_behind = matches!(page.lower(tokens.end), "of" | "in");
    let behind = resolver
        .places
        .starting_at(page.past_article(tokens.end + 1))
        .filter(|_| is_behind);
    let neighbour = resolver
        .places
        .ending_at(before)
        .chain(behind)
        .map(|number| &resolver.mentions[number])
        .find(|mention| matches!(mention.kind, mention::Kind::Named { .. }));
    let country = neighbour.and_then(|mention| match &mention.kind {
        mention::Kind::Named { entries, .. } => entries
            .first()
            .and_then(|iri| page.knowledge.gazetteer.entry(iri))
            .and_then(|entry| entry.country.clone()),
        _ => None,
    });
    if let Some(known) = resolver.called(text) {
        return known;
    }
    resolver.add(kind, text.to_owned(), country, None)
}

/// The unknown names that someone goes to somewhere in the text (`flew to Massawa`), which are places then.
fn unknown_goals<'r>(resolver: &Resolver<'r>) -> BTreeSet<&'r str> {
    let page = &resolver.page;
    let goes_to = |start: usize| {
        let Some(before) = start.checked_sub(1) else {
            return false;
        };
        let first = before
            .saturating_sub(GOAL_REACH)
            .max(page.sentence(start).start);
        page.is("visit-verb", before)
            || page.is("goal-preposition", before)
                && (first..before).any(|word| page.is("travel-word", word))
    };
    resolver
        .mentions
        .iter()
        .filter(|mention| mention.kind == mention::Kind::OtherName && goes_to(mention.tokens.start))
        .filter(|mention| {
            let tokens = mention.tokens.clone();
            tokens.clone().all(|token| {
                !page.is("body-noun", token)
                    && !page.is("private-body", token)
                    && !page.is_abbreviation(token)
            })
        })
        .map(|mention| page.text(mention.tokens.clone()))
        .collect()
}

/// How many words back the word of travel stands before the preposition of its goal.
const GOAL_REACH: usize = 4;

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
    let name = |number: usize| {
        let tokens = resolver.mentions[number].tokens.clone();
        (number, Name::read(resolver.page.text(tokens)))
    };
    let mut names: Vec<(usize, Name)> = persons.into_iter().map(name).collect();
    names.sort_by_key(|(_, name)| std::cmp::Reverse(name.words.len().min(2)));
    let mut known = Names::default();
    for (number, name) in names {
        let family_first =
            |word: &str| resolver.page.knowledge.words.has("family-name-first", word);
        // The best agreement; of equal ones the person named first, who is spoken of by surname alone most likely.
        let alike = || {
            known
                .like(&name)
                .map(|other| {
                    (
                        agreement(&name, &other.name, family_first),
                        other.name.words.last() == name.words.last(),
                        std::cmp::Reverse(other.first),
                        other.entity,
                    )
                })
                .filter(|(agreement, ..)| {
                    *agreement > Agreement::First
                        || *agreement == Agreement::First && !is_presented(resolver, number)
                })
                .max()
                .map(|(.., entity)| entity)
        };
        let best = known.same(&name).or_else(alike);
        let mention = &resolver.mentions[number];
        let text = resolver.page.text(mention.tokens.clone());
        let listed = resolver.page.knowledge.people.named(text);
        let entity = match (listed, best) {
            (Some(person), _) => person_entity(resolver, person),
            (None, Some(entity)) => entity,
            (None, None) => resolver.add(Kind::Person, String::new(), None, None),
        };
        known.add(name, entity, number);
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

/// The entity of a person whom the knowledge lists.
fn person_entity(resolver: &mut Resolver, person: &Person) -> usize {
    if let Some(&entity) = resolver.by_iri.get(&person.iri) {
        return entity;
    }
    let gazetteer = &resolver.page.knowledge.gazetteer;
    let country = (person.country.as_deref())
        .and_then(|iri| gazetteer.entry(iri))
        .and_then(|entry| entry.country.clone());
    let iri = person.iri.clone();
    let entity = resolver.add(Kind::Person, person.label.clone(), country, Some(iri));
    resolver.by_iri.insert(person.iri.clone(), entity);
    entity
}

/// Whether a name is presented with country and title (`Sultan Qaboos of Oman`), which no one who is known by a longer name needs.
fn is_presented(resolver: &Resolver, name: usize) -> bool {
    let tokens = &resolver.mentions[name].tokens;
    let page = &resolver.page;
    let mut titles = resolver.places.titles_ending_at(tokens.start);
    titles.next().is_some() && page.lower(tokens.end) == "of" && page.is_capital(tokens.end + 1)
}

/// The different names of persons so far.
#[derive(Default)]
struct Names {
    all: Vec<PersonName>,
    by_words: BTreeMap<Vec<String>, usize>,
    /// By how their words begin and end.
    by_key: BTreeMap<String, Vec<usize>>,
}

struct PersonName {
    name: Name,
    entity: usize,
    /// The mention that has it first.
    first: usize,
}

/// Most names that begin or end alike and are compared with another; only a list of thousands of persons has more.
const MOST_ALIKE: usize = 200;

impl Names {
    fn add(&mut self, name: Name, entity: usize, mention: usize) {
        if name.words.is_empty() || self.by_words.contains_key(&name.words) {
            return;
        }
        let place = self.all.len();
        self.by_words.insert(name.words.clone(), place);
        for key in name.keys() {
            self.by_key.entry(key).or_default().push(place);
        }
        self.all.push(PersonName {
            name,
            entity,
            first: mention,
        });
    }

    /// Whose name has the same words.
    fn same(&self, name: &Name) -> Option<usize> {
        let place = self.by_words.get(&name.words)?;
        Some(self.all[*place].entity)
    }

    /// The names that may agree with this one: where two words are alike, so are their beginnings or their ends.
    fn like(&self, name: &Name) -> impl Iterator<Item = &PersonName> {
        let places: BTreeSet<usize> = (name.keys().iter())
            .filter_map(|key| self.by_key.get(key))
            .flat_map(|alike| alike.iter().take(MOST_ALIKE))
            .copied()
            .collect();
        places.into_iter().map(|place| &self.all[place])
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

/// Joins a holder without a name with the only named one of the same office, and two named holders of an office that one person has at a time where
/// their names may be romanisations of one.
pub(super) fn join_holders(resolver: &mut Resolver) {
    let posts = Candidates::of(resolver);
    let nameless = |resolver: &Resolver, post: &Post| {
        resolver.all[resolver.current(post.person)].name.is_empty()
    };
    for (place, first) in posts.all.iter().enumerate() {
        let others = posts.around(resolver, place);
        if nameless(resolver, first) {
            let mut holders: Vec<usize> = Vec::new();
            for other in others
                .iter()
                .map(|&other| &posts.all[other])
                .filter(|other| {
                    !nameless(resolver, other) && is_same_office(resolver, first, other)
                })
            {
                let person = resolver.current(other.person);
                if !holders.contains(&person) {
                    holders.push(person);
                }
            }
            if let [holder] = holders.as_slice()
                && !is_told_by_nameless(resolver, *holder)
            {
                resolver.join(*holder, first.person);
            }
            continue;
        }
        for second in later(&others, place).map(|other| &posts.all[other]) {
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
    for (place, first) in posts.all.iter().enumerate() {
        let others = posts.around(resolver, place);
        for second in later(&others, place).map(|other| &posts.all[other]) {
            if nameless(resolver, first)
                && nameless(resolver, second)
                && is_same_office(resolver, first, second)
                && first.title.eq_ignore_ascii_case(&second.title)
            {
                resolver.join(first.person, second.person);
            }
        }
    }
}

/// Those of `others`, in order, that come after `place`.
fn later(others: &[usize], place: usize) -> impl Iterator<Item = usize> + '_ {
    let first = others.partition_point(|&other| other <= place);
    others[first..].iter().copied()
}

/// How many posts of one service before and after one are compared with it; only a directory has more.
const MOST_POSTS: usize = 200;

/// Those of `posts`, in order, that stand next to `place`.
fn near(posts: &[usize], place: usize) -> &[usize] {
    let here = posts.partition_point(|&post| post < place);
    &posts[here.saturating_sub(MOST_POSTS)..posts.len().min(here + MOST_POSTS)]
}

/// The different posts of a document by whom they serve, so that only those are compared that may be one.
struct Candidates {
    all: Vec<Post>,
    by_service: BTreeMap<Service, Vec<usize>>,
    /// Posts of envoys, whose country may have been guessed wrong.
    envoys: Vec<usize>,
}

/// Whom a post serves: a country, or something that is no country and no body of one.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Service {
    Country(String),
    Other(usize),
}

impl Candidates {
    fn of(resolver: &Resolver) -> Self {
        let mut found = Self {
            all: Vec::new(),
            by_service: BTreeMap::new(),
            envoys: Vec::new(),
        };
        let mut seen = BTreeSet::new();
        for post in resolver.posts.iter() {
            let Some(service) = service_of(resolver, post) else {
                continue;
            };
            let kept = (
                post.person,
                &post.title,
                &post.role,
                post.tenure,
                post.of,
                post.explicit,
            );
            if !seen.insert(kept) {
                continue;
            }
            let place = found.all.len();
            found.by_service.entry(service).or_default().push(place);
            if is_envoy(resolver, post) {
                found.envoys.push(place);
            }
            found.all.push(post.clone());
        }
        found
    }

    /// The posts that may be the one at `place`, in order, as far as they are told near it.
    fn around(&self, resolver: &Resolver, place: usize) -> Vec<usize> {
        let post = &self.all[place];
        let service = service_of(resolver, post);
        let mut around = service
            .and_then(|service| self.by_service.get(&service))
            .map(|posts| near(posts, place).to_vec())
            .unwrap_or_default();
        let guessed = !post.explicit && is_envoy(resolver, post);
        let envoys = near(&self.envoys, place).iter().copied();
        around.extend(envoys.filter(|&envoy| guessed || !self.all[envoy].explicit));
        around.sort_unstable();
        around.dedup();
        around
    }
}

/// Whether only someone without a name names `person`, in their own words: whoever speaks of `my colleague, Ambassador Rossi` is not she.
fn is_told_by_nameless(resolver: &Resolver, person: usize) -> bool {
    let named = |span: &Span| {
        let mentions = resolver.mentions;
        let place = mentions.partition_point(|mention| mention.span.start < span.start);
        let mut there = mentions[place..]
            .iter()
            .take_while(|mention| mention.span.start == span.start);
        there.find(|mention| mention.kind == mention::Kind::Person && mention.span == *span)
    };
    let mut tellers = (resolver.all[person].mentions.iter())
        .filter_map(named)
        .map(|mention| speaker::first_person(resolver, mention.head))
        .peekable();
    let nameless = |teller: usize| resolver.all[resolver.current(teller)].name.is_empty();
    tellers.peek().is_some() && tellers.all(|teller| teller.is_some_and(nameless))
}

fn service_of(resolver: &Resolver, post: &Post) -> Option<Service> {
    let of = resolver.current(post.of?);
    let served = &resolver.all[of];
    Some(match &served.country {
        Some(code) if served.kind != Kind::Place => Service::Country(code.clone()),
        _ => Service::Other(of),
    })
}

fn is_envoy(resolver: &Resolver, post: &Post) -> bool {
    let offices = &resolver.page.knowledge.offices;
    post.role
        .as_deref()
        .is_some_and(|role| offices.has(role, Trait::SentAbroad))
}

/// Whether the names of two persons may be romanisations of one. Two whom the knowledge lists apart are two.
pub(super) fn is_one_name(resolver: &Resolver, one: usize, other: usize) -> bool {
    let listed = |entity: usize| resolver.all[entity].gazetteer.is_some();
    if listed(one) && listed(other) {
        return false;
    }
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
    // `the leader` may be the president, and the head of state spoken of before `the president`.
    let heads = offices.has(role, Trait::AnyHead) && offices.has(other_role, Trait::Heads)
        || offices.has(role, Trait::Heads) && offices.has(other_role, Trait::AnyHead);
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
