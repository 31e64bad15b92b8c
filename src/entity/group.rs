//! Whom do phrases without a name refer to?

use std::ops::Range;

use crate::knowledge::office::Trait;
use crate::language::Upos;
use crate::mention;

use super::reference::{before, is_subject};
use super::resolver::{Holder, Resolver};
use super::title::has_words_of;
use super::{Kind, service, speaker};

/// How many sentences back the delegation is looked for that `the delegation` means.
const DELEGATION_REACH: usize = 6;

/// Word classes whose nouns, where there are two, stand for two countries.
const PAIRED: [&str; 4] = [
    "country-noun",
    "government-noun",
    "seat-noun",
    "side-plural",
];

pub(super) fn refer_group(resolver: &mut Resolver, number: usize) {
    let mention = &resolver.mentions[number];
    let (tokens, head) = (mention.tokens.clone(), mention.head);
    if !resolver.at(head).is_empty() {
        return;
    }
    let page = &resolver.page;
    let country_noun = page.is("country-noun", head);
    let pair = tokens
        .clone()
        .any(|token| matches!(page.lower(token), "both" | "each" | "two"))
        && PAIRED.iter().any(|class| page.is(class, head));
    // `their government`, `Mr Lima's government`
    let possessor = tokens
        .clone()
        .find(|&token| page.analysis.words[token].xpos == "PRP$")
        .or_else(|| page.analysis.dependents(head, "nmod:poss").next());
    let plural = matches!(page.analysis.words[head].xpos, "NNS" | "NNPS");
    let ours = possessor.is_some_and(|token| matches!(page.lower(token), "our" | "your"));
    let both = pair || plural && ours && (country_noun || page.is("government-noun", head));
    if both && speaker::is_interview(resolver, head) {
        let sides = [
            speaker::own_country(resolver, head),
            speaker::other_country(resolver, head),
        ];
        for side in sides.into_iter().flatten() {
            resolver.refer(head, side);
        }
        if !resolver.at(head).is_empty() {
            return;
        }
    }
    if let Some(known) = known_before(resolver, number, head, possessor) {
        resolver.refer(head, known);
        resolver.note(known, mention.span);
        return;
    }
    let page = &resolver.page;
    let place = tokens
        .clone()
        .filter(|&token| token != head)
        .flat_map(|token| resolver.at(token))
        .find(|&entity| {
            resolver.all[entity].country.is_some()
                || service::country_of_person(resolver, entity).is_some()
        });
    let owner = possessor
        .map(|token| resolver.at(token))
        .unwrap_or_default();
    let singular = matches!(page.analysis.words[head].xpos, "NN" | "NNP");
    let definite = tokens
        .clone()
        .any(|token| matches!(page.lower(token), "the" | "this" | "that"))
        || possessor.is_some();
    let government = page.is("government-noun", head);
    let beside = neighbour(resolver, number, head);
    if let Some(country) = beside {
        resolver.refer(head, country);
    } else if pair {
        for country in two_countries(resolver, number) {
            resolver.refer(head, country);
        }
    } else if place.is_none() && government && names_officer(resolver, &tokens, head) {
        describe(resolver, number, tokens, None);
    } else if (country_noun || government)
        && (place.is_some() || possessor.is_some() || singular && definite)
    {
        let owner_country = owner
            .first()
            .and_then(|&owner| service::country_of(resolver, owner));
        let place_country = place.and_then(|place| service::country_of(resolver, place));
        let pointed = tokens
            .clone()
            .any(|token| matches!(resolver.page.lower(token), "this" | "that"));
        let goal = if possessor.is_none() && !pointed {
            goal_at_home(resolver, head)
        } else {
            None
        };
        let country = place_country.or(owner_country).or(goal).or_else(|| {
            if pointed {
                nearest_country(resolver, number)
            } else if possessor.is_none() {
                last_country(resolver, number)
            } else {
                None
            }
        });
        match country {
            Some(country) => {
                resolver.refer(head, country);
                resolver.note(country, resolver.mentions[number].span);
            }
            None => describe(resolver, number, tokens, None),
        }
    } else {
        let organ = singular && definite && resolver.page.is("state-organ", head);
        let of = place
            .or_else(|| owner.first().copied())
            .or_else(|| last_country(resolver, number).filter(|_| organ));
        describe(resolver, number, tokens, of);
    }
}

/// Whom the text has told of before, whom the phrase means.
fn known_before(
    resolver: &Resolver,
    number: usize,
    head: usize,
    possessor: Option<usize>,
) -> Option<usize> {
    body_before(resolver, number, head)
        .or_else(|| visitor(resolver, number, head, possessor))
        .or_else(|| delegation_before(resolver, number, head))
        .or_else(|| apposed(resolver, number, head))
        .or_else(|| group_before(resolver, number, head))
        .or_else(|| holder_before(resolver, number, head))
}

/// `the agency`, `the party`: the body spoken of last whose name has that noun.
fn body_before(resolver: &Resolver, number: usize, head: usize) -> Option<usize> {
    let page = &resolver.page;
    if !page.is("body-noun", head) || head == 0 || page.lower(head - 1) != "the" {
        return None;
    }
    let noun = page.lower(head);
    let named = |name: &str| name.to_lowercase().split(' ').any(|word| word == noun);
    before(resolver, number, 40).find_map(|(other, _)| {
        let organisation = |&entity: &usize| {
            let entity = &resolver.all[entity];
            entity.kind == Kind::Organisation
                && (named(&entity.name) || entity.aliases.iter().any(|alias| named(alias)))
        };
        resolver
            .at(resolver.mentions[other].head)
            .into_iter()
            .find(organisation)
    })
}

/// `the delegation`, `the experts`: the group before whose description has that noun and says whose it is.
fn group_before(resolver: &Resolver, number: usize, head: usize) -> Option<usize> {
    let page = &resolver.page;
    let tokens = &resolver.mentions[number].tokens;
    if page.lower(tokens.start) != "the" || page.is("country-noun", head) {
        return None;
    }
    let noun = page.lower(head);
    if page.is("inquiry-body", head) {
        // `a panel of experts`: the panel and the experts are one.
        let heads = before(resolver, number, GROUP_REACH)
            .filter(|&(other, _)| resolver.mentions[other].kind == mention::Kind::Group)
            .map(|(other, _)| resolver.mentions[other].head);
        let known = heads
            .filter(|&other| page.lower(other) == noun)
            .find_map(|other| {
                let word = &page.analysis.words[other];
                let whole = (word.head)
                    .filter(|&whole| word.relation() == "nmod" && page.is("inquiry-body", whole));
                (resolver.at(whole.unwrap_or(other)).into_iter())
                    .find(|&entity| resolver.all[entity].kind == Kind::Group)
            });
        if known.is_some() {
            return known;
        }
    }
    if tokens.len() != 2 {
        return None;
    }
    before(resolver, number, GROUP_REACH)
        .filter(|&(other, _)| resolver.mentions[other].kind == mention::Kind::Group)
        .flat_map(|(other, _)| resolver.at(resolver.mentions[other].head))
        .find(|&group| {
            let group = &resolver.all[group];
            let words: Vec<&str> = group.name.split(' ').collect();
            group.kind == Kind::Group
                && words.len() > 2
                && words.iter().any(|word| word.eq_ignore_ascii_case(noun))
                && (group.country.is_some()
                    || words[1..]
                        .iter()
                        .any(|word| word.starts_with(char::is_uppercase)))
        })
}

/// How many sentences back a group is looked for.
const GROUP_REACH: usize = 8;

/// `the guest`, `the visitor`: the person spoken of most so far, other than whose guest it is.
fn visitor(
    resolver: &Resolver,
    number: usize,
    head: usize,
    possessor: Option<usize>,
) -> Option<usize> {
    let page = &resolver.page;
    let mention = &resolver.mentions[number];
    let definite = possessor.is_some()
        || mention
            .tokens
            .clone()
            .any(|token| page.lower(token) == "the");
    let visits = mention
        .tokens
        .clone()
        .any(|token| page.is("visiting-word", token));
    if !(page.is("visitor-noun", head) || visits)
        || !definite
        || page.analysis.words[head].xpos != "NN"
    {
        return None;
    }
    let mut others = possessor
        .map(|token| resolver.at(token))
        .unwrap_or_default();
    others.extend(inviters(resolver, number));
    main_person(resolver, &others)
}

/// Those of whom it is said in the sentences before that they invite (`at the invitation of the president`): they are no guests.
fn inviters(resolver: &Resolver, number: usize) -> Vec<usize> {
    let words = &resolver.page.analysis.words;
    before(resolver, number, GROUP_REACH)
        .map(|(other, _)| resolver.mentions[other].head)
        .filter(|&head| {
            words[head].relation() == "nmod"
                && words[head]
                    .head
                    .is_some_and(|noun| resolver.page.is("invitation-noun", noun))
        })
        .flat_map(|head| resolver.at(head))
        .collect()
}

/// `the delegation`, `the group`: the last that was told with its country, or of which it is told for the first time.
fn delegation_before(resolver: &Resolver, number: usize, head: usize) -> Option<usize> {
    let page = &resolver.page;
    let mention = &resolver.mentions[number];
    let bare = mention.tokens.len() == 2 && page.lower(mention.tokens.start) == "the";
    if !bare || !page.is("delegation-noun", head) || page.analysis.words[head].xpos == "NNS" {
        return None;
    }
    before(resolver, number, DELEGATION_REACH)
        .filter(|&(other, _)| page.is("delegation-noun", resolver.mentions[other].head))
        .find_map(|(other, _)| {
            let mut referents = resolver.at(resolver.mentions[other].head).into_iter();
            referents.find(|&entity| {
                let entity = &resolver.all[entity];
                entity.kind == Kind::Group && entity.country.is_some()
            })
        })
}

/// The person spoken of most so far, other than `own`.
pub(super) fn main_person(resolver: &Resolver, own: &[usize]) -> Option<usize> {
    let others = resolver
        .spoken_of
        .iter()
        .filter(|(entity, _)| !own.contains(entity));
    others
        .max_by_key(|&(entity, count)| (count, std::cmp::Reverse(entity)))
        .map(|(&entity, _)| entity)
}

/// `the secretary`: the last holder of a title with that noun.
fn holder_before(resolver: &Resolver, number: usize, head: usize) -> Option<usize> {
    let page = &resolver.page;
    let noun = page.lower(head);
    let definite = resolver.mentions[number]
        .tokens
        .clone()
        .any(|token| page.lower(token) == "the");
    let offices = &page.knowledge.offices;
    let office = offices.named(noun).filter(|_| definite)?;
    let sent = office.has(Trait::SentAbroad);
    let mut latest = resolver
        .posts
        .latest()
        .map(|place| resolver.posts.get(place));
    let found = latest.find(|post| {
        let role = post.role.as_deref();
        has_words_of(&post.title, noun)
            || sent && role.is_some_and(|role| offices.has(role, Trait::SentAbroad))
    })?;
    Some(resolver.current(found.person))
}

/// `my colleague, Ambassador A`: the person whose name or title stands right behind the phrase.
fn apposed(resolver: &Resolver, number: usize, head: usize) -> Option<usize> {
    let page = &resolver.page;
    let body = [
        "country-noun",
        "government-noun",
        "body-noun",
        "delegation-noun",
    ];
    if !matches!(page.analysis.words[head].xpos, "NN" | "NNP")
        || body.iter().any(|class| page.is(class, head))
    {
        return None;
    }
    let end = resolver.mentions[number].tokens.end;
    let person = |token: usize| {
        resolver
            .at(token)
            .into_iter()
            .find(|&entity| resolver.all[entity].kind == Kind::Person)
    };
    // Behind the next comma, which stands near and before any verb.
    let comma = (end..end + 6)
        .take_while(|&token| page.upos(token) != Upos::Verb && !page.is_genitive(token))
        .find(|&token| page.form(token) == ",");
    let behind = |comma: usize| {
        let next = resolver.places.starting_at(comma + 1).next()?;
        match (&resolver.mentions[next].kind, resolver.holders[next]) {
            (mention::Kind::Person, _) => resolver.entity_of[next],
            (mention::Kind::Office(_), Some(Holder::Person(name))) => resolver.entity_of[name],
            _ => None,
        }
    };
    let sentence = resolver.places.within(page.sentence(head));
    let named = |token: usize| {
        resolver.mentions[sentence.clone()]
            .iter()
            .any(|mention| mention.kind == mention::Kind::Person && mention.tokens.contains(&token))
    };
    let in_tree = || {
        page.analysis
            .dependents(head, "appos")
            .filter(|&token| token > head && named(token))
            .find_map(person)
    };
    comma
        .and_then(behind)
        .map(|entity| resolver.current(entity))
        .or_else(in_tree)
}

/// `its neighbour`, `the neighbouring country`: the country spoken of last that is not the owner, or without one not the subject; none where
/// the phrase names it (`its Chinese neighbour`).
fn neighbour(resolver: &mut Resolver, number: usize, head: usize) -> Option<usize> {
    let page = &resolver.page;
    let tokens = resolver.mentions[number].tokens.clone();
    if !tokens.clone().any(|token| page.is("neighbour-word", token))
        || page.analysis.words[head].xpos == "NNS"
    {
        return None;
    }
    let is_owner = |token: &usize| page.analysis.words[*token].deprel == "nmod:poss";
    let countries = |resolver: &Resolver, owners: bool| -> Vec<usize> {
        tokens
            .clone()
            .filter(|token| *token != head && is_owner(token) == owners)
            .flat_map(|token| resolver.at(token))
            .filter(|&entity| resolver.all[entity].country.is_some())
            .collect()
    };
    if !countries(resolver, false).is_empty() {
        return None;
    }
    let owners = countries(resolver, true);
    let mut not: Vec<usize> = owners
        .into_iter()
        .filter_map(|owner| service::country_of(resolver, owner))
        .collect();
    if not.is_empty() {
        not.extend(last_country(resolver, number));
    }
    let spoken: Vec<(usize, usize)> = before(resolver, number, 3).collect();
    for (other, _) in spoken {
        for entity in resolver.at(resolver.mentions[other].head) {
            if let Some(country) = service::country_of(resolver, entity)
                && !not.contains(&country)
            {
                return Some(country);
            }
        }
    }
    None
}

/// `arrived in the country`: where the text was written, if that is not the traveller's own country.
fn goal_at_home(resolver: &mut Resolver, head: usize) -> Option<usize> {
    let page = &resolver.page;
    let verb = page.analysis.words[head].head?;
    if !page.is("travel-word", verb) {
        return None;
    }
    let travellers: Vec<usize> = page
        .analysis
        .dependents(verb, "nsubj")
        .flat_map(|subject| resolver.at(subject))
        .collect();
    let home = service::home(resolver)?;
    let native = travellers
        .into_iter()
        .any(|traveller| service::country_of(resolver, traveller) == Some(home));
    (!native).then_some(home)
}

/// The country named last.
fn nearest_country(resolver: &Resolver, number: usize) -> Option<usize> {
    before(resolver, number, 1).find_map(|(other, _)| {
        resolver
            .at(resolver.mentions[other].head)
            .into_iter()
            .find(|&entity| resolver.all[entity].kind == Kind::Country)
    })
}

/// The country spoken of last, as a subject if there is one.
pub(super) fn last_country(resolver: &Resolver, number: usize) -> Option<usize> {
    let candidates: Vec<(usize, usize)> = before(resolver, number, 2).collect();
    let country = |other: usize| {
        resolver
            .at(resolver.mentions[other].head)
            .into_iter()
            .find(|&entity| resolver.all[entity].kind == Kind::Country)
    };
    let subject = candidates.iter().find(|(other, _)| {
        let head = resolver.mentions[*other].head;
        is_subject(resolver, head)
            && resolver.page.lower(head) != "that"
            && country(*other).is_some()
    });
    subject
        .or_else(|| {
            candidates
                .iter()
                .find(|(other, _)| country(*other).is_some())
        })
        .and_then(|(other, _)| country(*other))
}

/// The two countries in focus: the last two spoken of, in this sentence and those before; not who does something to them (`Oman called on
/// both sides`).
fn two_countries(resolver: &mut Resolver, number: usize) -> Vec<usize> {
    let mention = &resolver.mentions[number];
    // `both capitals`, `each government`, `the two leaders`
    let each = (mention.tokens.clone()).any(|token| resolver.page.lower(token) == "each");
    let leaders = resolver.page.analysis.words[mention.head].lemma == "leader";
    if each || leaders || resolver.page.is("seat-noun", mention.head) {
        return two_in_focus(resolver);
    }
    let mut found: Vec<usize> = Vec::new();
    let analysis = resolver.page.analysis;
    let word = &analysis.words[resolver.mentions[number].head];
    let verb = word
        .head
        .filter(|_| matches!(word.relation(), "obj" | "obl"));
    let subjects: Vec<usize> = verb
        .into_iter()
        .flat_map(|verb| analysis.dependents(verb, "nsubj"))
        .flat_map(|subject| resolver.at(subject))
        .collect();
    let outside: Vec<usize> = subjects
        .into_iter()
        .filter_map(|subject| service::country_of(resolver, subject))
        .collect();
    let spoken: Vec<(usize, usize)> = before(resolver, number, 6).collect();
    for (other, _) in spoken {
        for entity in resolver.at(resolver.mentions[other].head) {
            if let Some(country) = service::country_of(resolver, entity)
                && !found.contains(&country)
                && !outside.contains(&country)
                && found.len() < 2
            {
                found.push(country);
            }
        }
    }
    found
}

/// Whether the phrase is told by its officer: `the government of Prime Minister Ana Lima`.
fn names_officer(resolver: &Resolver, tokens: &Range<usize>, head: usize) -> bool {
    let mentions = &resolver.mentions[resolver.places.within(head + 1..tokens.end)];
    mentions.iter().any(|mention| {
        matches!(
            mention.kind,
            mention::Kind::Office(_) | mention::Kind::Person
        )
    })
}

/// The two countries that the document names most.
fn two_in_focus(resolver: &Resolver) -> Vec<usize> {
    let mut countries: Vec<(usize, usize)> = (resolver.named_countries.iter())
        .map(|(&country, &count)| (count, country))
        .collect();
    countries.sort_by_key(|&(count, country)| (std::cmp::Reverse(count), country));
    countries
        .into_iter()
        .take(2)
        .map(|(_, country)| country)
        .collect()
}

/// Makes a phrase without a name a group of its own.
pub(super) fn describe(
    resolver: &mut Resolver,
    number: usize,
    tokens: Range<usize>,
    of: Option<usize>,
) {
    let mention = &resolver.mentions[number];
    let country = of.and_then(|of| resolver.all[of].country.clone());
    let text = resolver.page.text(tokens);
    let key = (text.to_ascii_lowercase(), country);
    let group = if let Some(&known) = resolver.groups.get(&key) {
        known
    } else {
        let group = resolver.add(Kind::Group, text.to_owned(), key.1.clone(), None);
        resolver.groups.insert(key, group);
        group
    };
    resolver.refer(mention.head, group);
    resolver.note(group, mention.span);
}
