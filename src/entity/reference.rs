//! Whom do titles, pronouns and phrases without a name refer to?
//!
//! One pass in text order: each looks for its party among those before it.

use std::collections::BTreeMap;

use crate::knowledge::office::Trait;
use crate::language::Upos;
use crate::mention;

use super::group::{last_country, refer_group};
use super::resolver::{Holder, Resolver};
use super::title::refer_title;
use super::utterance::Source;
use super::{Kind, speaker};

/// Gives every title, pronoun and group its referents.
pub(super) fn refer(resolver: &mut Resolver) {
    let named = resolver.holders.iter().filter_map(|holder| match holder {
        Some(Holder::Person(name)) => resolver.entity_of[*name],
        _ => None,
    });
    resolver.titled = named.collect();
    // A phrase waits for the possessive that opens it, the words between quotation marks for whoever is said to utter them behind.
    let openings = openings(resolver);
    let turn = |number: usize| {
        let mention = &resolver.mentions[number];
        let opening = (mention.tokens.clone()).find_map(|token| openings.get(&token).copied());
        opening.map_or(mention.tokens.start, |opening| {
            opening.min(mention.tokens.start)
        })
    };
    let mut order: Vec<(usize, usize)> = (0..resolver.mentions.len())
        .map(|number| (turn(number), number))
        .collect();
    order.sort_by_key(|&(turn, number)| {
        let mention = &resolver.mentions[number];
        (
            turn,
            mention.tokens.start == turn,
            mention.kind != mention::Kind::Pronoun,
            number,
        )
    });
    let mut heard = 0;
    for (turn, number) in order {
        // Persons spoken of before this mention.
        while resolver.mentions[heard].tokens.start < turn {
            for entity in resolver.at(resolver.mentions[heard].head) {
                if resolver.all[entity].kind == Kind::Person {
                    *resolver.spoken_of.entry(entity).or_default() += 1;
                }
            }
            heard += 1;
        }
        match &resolver.mentions[number].kind {
            mention::Kind::Office(title) => refer_title(resolver, number, title),
            mention::Kind::Pronoun => refer_pronoun(resolver, number),
            mention::Kind::Group => refer_group(resolver, number),
            _ => {}
        }
    }
}

/// For each word that heads the phrase of a speaker, the first of the words that stand before it and that it is said to utter.
fn openings(resolver: &Resolver) -> BTreeMap<usize, usize> {
    let mut openings = BTreeMap::new();
    for (token, source) in resolver.speech.direct().iter().enumerate() {
        if let Some(Source::Phrase(speaker)) = *source
            && token < speaker
        {
            openings.entry(speaker).or_insert(token);
        }
    }
    openings
}

fn refer_pronoun(resolver: &mut Resolver, number: usize) {
    let token = resolver.mentions[number].tokens.start;
    let found: Vec<usize> = match resolver.page.lower(token) {
        "who" | "whom" | "whose" | "which" | "that" => relative_antecedent(resolver, token),
        "he" | "him" | "his" | "himself" => last_person(resolver, number, Some(false))
            .into_iter()
            .collect(),
        "she" | "her" | "hers" | "herself" => last_person(resolver, number, Some(true))
            .into_iter()
            .collect(),
        "its" | "their" if resolver.at_before_and(token).is_some() => {
            resolver.at_before_and(token).unwrap_or_default()
        }
        "its" if opens_national_office(resolver, token) => {
            last_country(resolver, number).into_iter().collect()
        }
        "it" | "its" | "itself" => last_party(resolver, number).into_iter().collect(),
        "they" | "them" | "their" | "theirs" | "themselves" => last_several(resolver, number),
        "i" | "me" | "my" | "mine" | "myself" => {
            speaker::first_person(resolver, token).into_iter().collect()
        }
        "here" => speaker::here(resolver, token).into_iter().collect(),
        "we" | "us" | "our" | "ours" | "ourselves" => {
            speaker::own_country(resolver, token).into_iter().collect()
        }
        "you" | "your" | "yours" => speaker::other_country(resolver, token)
            .into_iter()
            .collect(),
        _ => Vec::new(),
    };
    for entity in found {
        resolver.refer(token, entity);
    }
}

/// Whether a possessive opens the title of a member of a national government (`its foreign minister`).
fn opens_national_office(resolver: &Resolver, token: usize) -> bool {
    let offices = &resolver.page.knowledge.offices;
    resolver.places.titles_starting_at(token).any(|number| {
        let role = resolver
            .title(number)
            .and_then(|title| title.role.as_deref());
        role.is_some_and(|role| offices.has(role, Trait::National))
    })
}

/// What a relative pronoun stands for: the noun that its clause belongs to, or the name or title right before.
fn relative_antecedent(resolver: &Resolver, token: usize) -> Vec<usize> {
    let analysis = resolver.page.analysis;
    let end = if token > 0 && resolver.page.form(token - 1) == "," {
        token - 1
    } else {
        token
    };
    if resolver.page.lower(token).starts_with("who") {
        let person = |number: &usize| resolver.mentions[*number].kind == mention::Kind::Person;
        let named = (resolver.places.ending_at(end).filter(person))
            .chain(resolver.places.titles_ending_at(end))
            .min();
        let found = named
            .map(|number| resolver.at(resolver.mentions[number].head))
            .unwrap_or_default();
        if !found.is_empty() {
            return found;
        }
    }
    let clause = analysis
        .ancestors(token)
        .find(|&above| analysis.words[above].is_relative());
    let noun = clause
        .and_then(|clause| analysis.words[clause].head)
        .filter(|&noun| noun < token);
    // `A B, the attaché of the embassy, who`: behind a comma it is no embassy.
    if let Some(person) = noun.filter(|_| end < token).and_then(|noun| {
        let is_person = |&entity: &usize| resolver.all[entity].kind == Kind::Person;
        resolver
            .page
            .lower(token)
            .starts_with("who")
            .then_some(())?;
        let group = !resolver.at(noun).iter().any(is_person);
        (analysis.ancestors(noun).filter(|_| group))
            .take_while(|&above| {
                matches!(analysis.words[above].upos, Upos::Noun | Upos::Propn)
                    && analysis.words[above].xpos != "NNS"
            })
            .find_map(|above| resolver.at(above).into_iter().find(is_person))
    }) {
        return vec![person];
    }
    // `the Danes and their allies, who …` are all of them.
    let apart = token > 0 && resolver.page.form(token - 1) == ",";
    let several = clause.is_some_and(|clause| {
        std::iter::once(clause)
            .chain(analysis.dependents(clause, "aux"))
            .any(|verb| analysis.words[verb].xpos == "VBP")
    });
    let last = noun.filter(|&noun| apart && several && analysis.words[noun].relation() == "conj");
    let found: Vec<usize> = match last {
        Some(last) => coordinated(resolver, last),
        // A clause behind `A and B` that hangs on A is told of both.
        None => (noun.into_iter())
            .flat_map(|noun| std::iter::once(noun).chain(analysis.dependents(noun, "conj")))
            .filter(|&noun| noun < token)
            .flat_map(|noun| resolver.at(noun))
            .collect(),
    };
    if !found.is_empty() {
        return found;
    }
    let mut before = resolver
        .places
        .ending_at(end)
        .map(|number| &resolver.mentions[number]);
    before
        .find(|mention| !matches!(mention.kind, mention::Kind::Time(_)))
        .map(|mention| resolver.at(mention.head))
        .unwrap_or_default()
}

/// Whether a phrase is the subject of a clause.
pub(super) fn is_subject(resolver: &Resolver, head: usize) -> bool {
    let words = &resolver.page.analysis.words;
    let mut token = head;
    while matches!(words[token].relation(), "flat" | "appos" | "compound")
        || words[token].deprel == "nmod:desc"
    {
        match words[token].head {
            Some(head) => token = head,
            None => break,
        }
    }
    words[token].relation() == "nsubj"
}

/// Mentions before mention number `number`, the nearest sentence first, with the sentence's distance.
pub(super) fn before<'r>(
    resolver: &'r Resolver,
    number: usize,
    most: usize,
) -> impl Iterator<Item = (usize, usize)> + 'r {
    let document = resolver.page.document;
    let sentence = document.sentence_of(resolver.mentions[number].tokens.start);
    (0..number)
        .rev()
        .map(move |other| {
            (
                other,
                sentence - document.sentence_of(resolver.mentions[other].tokens.start),
            )
        })
        .take_while(move |(_, distance)| *distance <= most)
}

/// The person that a pronoun means: the subject of its own or the sentence before, else the nearest.
fn last_person(resolver: &Resolver, number: usize, feminine: Option<bool>) -> Option<usize> {
    let candidates: Vec<(usize, usize, usize)> = before(resolver, number, 4)
        .filter_map(|(other, distance)| {
            let mention = &resolver.mentions[other];
            let person = resolver
                .at(mention.head)
                .into_iter()
                .find(|&entity| resolver.all[entity].kind == Kind::Person)?;
            let fits = feminine.is_none()
                || gender(resolver, person).is_none_or(|known| Some(known) == feminine);
            fits.then_some((distance, other, person))
        })
        .collect();
    let words = &resolver.page.analysis.words;
    let own = resolver.mentions[number].head;
    // The object of a verb is someone else than its subject.
    let rival = |candidate: &(usize, usize, usize)| {
        words[own].xpos == "PRP"
            && words[own].head.is_some()
            && words[resolver.mentions[candidate.1].head].head == words[own].head
    };
    for distance in 0..=4 {
        let here = || {
            candidates
                .iter()
                .filter(move |candidate| candidate.0 == distance)
                .filter(|candidate| !rival(candidate))
        };
        // The first subject of a sentence leads in it and in the next.
        let subject = here()
            .filter(|candidate| is_subject(resolver, resolver.mentions[candidate.1].head))
            .max_by_key(|candidate| number - candidate.1);
        if let Some(candidate) = subject.or_else(|| here().next()) {
            return Some(candidate.2);
        }
    }
    None
}

/// Whether a person is a woman, where an honorific or a title says so.
fn gender(resolver: &Resolver, person: usize) -> Option<bool> {
    let page = &resolver.page;
    if let Some(&woman) = resolver.women.get(&person) {
        return Some(woman);
    }
    let titles = || {
        let posts = resolver.posts.of(person);
        posts.flat_map(|post| post.title.split(' '))
    };
    if titles().any(|word| page.knowledge.words.has("feminine-word", word)) {
        return Some(true);
    }
    titles()
        .any(|word| page.knowledge.words.has("masculine-word", word))
        .then_some(false)
}

/// The country or body that `it` means.
fn last_party(resolver: &Resolver, number: usize) -> Option<usize> {
    let candidates: Vec<(usize, usize, usize)> = before(resolver, number, 2)
        .filter_map(|(other, distance)| {
            let mention = &resolver.mentions[other];
            let demonym = matches!(mention.kind, mention::Kind::Named { demonym: true, .. });
            let party = resolver.at(mention.head).into_iter().find(|&entity| {
                matches!(
                    resolver.all[entity].kind,
                    Kind::Country | Kind::Organisation | Kind::Group
                )
            })?;
            let relative = mention.kind == mention::Kind::Pronoun
                && matches!(
                    resolver.page.lower(mention.head),
                    "who" | "which" | "that" | "whose"
                );
            let plural = mention.kind == mention::Kind::Group
                && matches!(
                    resolver.page.analysis.words[mention.head].xpos,
                    "NNS" | "NNPS"
                );
            let people = mention.kind == mention::Kind::Group
                && ![
                    "body-noun",
                    "country-noun",
                    "government-noun",
                    "delegation-noun",
                ]
                .iter()
                .any(|class| resolver.page.is(class, mention.head));
            (!demonym && !relative && !plural && !people).then_some((distance, other, party))
        })
        .collect();
    // The subject of a clause before leads; for a possessive whatever is nearest in its own sentence comes before earlier subjects.
    let own = resolver.mentions[number].head;
    let possessive = resolver.page.analysis.words[own].xpos == "PRP$";
    let here = |distance: usize| {
        candidates
            .iter()
            .filter(move |candidate| candidate.0 == distance)
    };
    let subject = |distance: usize| {
        here(distance).find(|candidate| is_subject(resolver, resolver.mentions[candidate.1].head))
    };
    let nearest = |distance: usize| here(distance).next();
    let order = if possessive {
        [
            subject(0),
            nearest(0),
            subject(1),
            nearest(1),
            subject(2),
            nearest(2),
        ]
    } else {
        [
            subject(0),
            subject(1),
            nearest(0),
            subject(2),
            nearest(1),
            nearest(2),
        ]
    };
    order
        .into_iter()
        .flatten()
        .next()
        .map(|candidate| candidate.2)
}

/// Whom the conjuncts of the phrase with this head refer to, its own parties among them: `they` are all of `the union and its allies`,
/// whichever stands nearer.
fn coordinated(resolver: &Resolver, head: usize) -> Vec<usize> {
    let analysis = resolver.page.analysis;
    let word = &analysis.words[head];
    let first = word.head.filter(|_| word.relation() == "conj");
    let first = first
        .filter(|&first| !resolver.at(first).is_empty())
        .unwrap_or(head);
    let mut parties = resolver.at(first);
    for conjunct in analysis.dependents(first, "conj") {
        for party in resolver.at(conjunct) {
            if !parties.contains(&party) {
                parties.push(party);
            }
        }
    }
    parties
}

/// The parties that the last subject before a subject `they` means, where there are several, as long as it is about the same people: a
/// subject goes on with a subject.
fn parallel(resolver: &Resolver, number: usize) -> Option<Vec<usize>> {
    let (last, _) = before(resolver, number, 2).find(|&(other, _)| {
        let head = resolver.mentions[other].head;
        let words = &resolver.page.analysis.words;
        let clause = words[head].head;
        is_subject(resolver, head)
            && clause != words[resolver.mentions[number].head].head
            && words[words[head].head.unwrap_or(head)].deprel != "acl:relcl"
            && !resolver.at(head).is_empty()
    })?;
    let parties = coordinated(resolver, resolver.mentions[last].head);
    (parties.len() > 1).then_some(parties)
}

/// The parties that `they` means: a plural phrase or several conjuncts, else a country or body.
fn last_several(resolver: &Resolver, number: usize) -> Vec<usize> {
    let words = &resolver.page.analysis.words;
    let own = &words[resolver.mentions[number].head];
    if own.xpos == "PRP"
        && own.relation() == "nsubj"
        && let Some(parties) = parallel(resolver, number)
    {
        return parties;
    }
    for (other, _) in before(resolver, number, 2) {
        let mention = &resolver.mentions[other];
        let referents = resolver.at(mention.head);
        // The United States and the Americas are one.
        let single = matches!(mention.kind, mention::Kind::Named { demonym: false, .. });
        let plural =
            matches!(words[mention.head].xpos, "NNS" | "NNPS") && !single || referents.len() > 1;
        if !referents.is_empty()
            && plural
            && matches!(
                mention.kind,
                mention::Kind::Group | mention::Kind::Office(_) | mention::Kind::Named { .. }
            )
        {
            return coordinated(resolver, mention.head);
        }
        let several = coordinated(resolver, mention.head);
        if several.len() > referents.len()
            && !referents.is_empty()
            && is_subject(resolver, mention.head)
        {
            return several;
        }
    }
    last_party(resolver, number).into_iter().collect()
}
