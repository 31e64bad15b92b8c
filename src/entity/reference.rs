//! Whom do titles, pronouns and phrases without a name refer to?
//!
//! One pass in text order: each looks for its party among those before it.

use std::ops::Range;

use crate::knowledge::gazetteer::EntryKind;
use crate::knowledge::office::Trait;
use crate::mention::{self, Determiner, OfficeTitle, Tenure};

use super::identity::is_same_rank;
use super::resolver::{Holder, Post, Resolver};
use super::{Kind, service, speaker};

/// Gives every title, pronoun and group its referents.
pub(super) fn refer(resolver: &mut Resolver) {
    // A phrase waits for the possessive that opens it.
    let mut order: Vec<usize> = (0..resolver.mentions.len()).collect();
    order.sort_by_key(|&number| (resolver.mentions[number].tokens.start, resolver.mentions[number].kind != mention::Kind::Pronoun, number));
    for number in order {
        match &resolver.mentions[number].kind {
            mention::Kind::Office(title) => refer_title(resolver, number, title),
            mention::Kind::Pronoun => refer_pronoun(resolver, number),
            mention::Kind::Group => refer_group(resolver, number),
            _ => {}
        }
    }
}

/// Gives a title its holder: one of the same sentence, or the last who holds such an office, or a person without a name.
fn refer_title(resolver: &mut Resolver, number: usize, title: &OfficeTitle) {
    let to = title.to.and_then(|token| resolver.at(token).first().copied());
    let (mut of, mut explicit) = served(resolver, number, title);
    // An envoy to a part of a country is that country's own.
    if let Some(own) = to.filter(|&to| !explicit && resolver.all[to].kind == Kind::Place).and_then(|to| service::country_of(resolver, to)) {
        let capital = to.and_then(|to| resolver.all[to].gazetteer.as_deref()).and_then(|iri| resolver.page.knowledge.gazetteer.entry(iri)).is_some_and(|entry| entry.kind == EntryKind::City);
        if !capital {
            (of, explicit) = (Some(own), true);
        }
    }
    let mut post = Post { mention: number, person: 0, title: title.title.clone(), role: title.role.clone(), tenure: title.tenure, of, to, explicit };
    let like_another = role_has(resolver, title, Trait::LikeAnother);
    if like_another && !take_from_another(resolver, number, title, &mut post) {
        return;
    }
    let holder = resolver.holders[number].and_then(|holder| person_of(resolver, holder));
    if let Some(person) = holder {
        hold(resolver, number, person, post);
        let shared: Vec<usize> = resolver.shared.iter().filter(|(title, _)| *title == number).map(|(_, name)| *name).collect();
        for name in shared {
            if let Some(person) = resolver.entity_of[name] {
                let (title, role, tenure) = (title.title.clone(), title.role.clone(), title.tenure);
                let post = Post { mention: number, person, title, role, tenure, of: None, to: None, explicit: false };
                hold(resolver, number, person, post);
            }
        }
        return;
    }
    if title.plural && !is_listed(resolver, number) {
        refer_plural(resolver, number, title);
        return;
    }
    if is_address(resolver, number, title) || like_another {
        return;
    }
    let definite = title.determiner == Determiner::Definite || is_listed(resolver, number) || is_bare_name(resolver, title);
    if !definite {
        if title.determiner == Determiner::Indefinite {
            describe(resolver, number, title.phrase.clone(), of);
        }
        return;
    }
    let known = introduced_as(resolver, title).or_else(|| last_holder(resolver, title, of, explicit));
    if let Some(known) = known {
        let person = resolver.current(resolver.posts[known].person);
        refer_words(resolver, number, person);
        resolver.note(person, resolver.mentions[number].span);
        if explicit && !resolver.posts[known].explicit {
            resolver.posts[known].of = of;
            resolver.posts[known].explicit = true;
        }
        return;
    }
    if is_vague(resolver, number, title, of) {
        describe(resolver, number, title.phrase.clone(), of);
        return;
    }
    let person = resolver.add(Kind::Person, String::new(), None, None);
    hold(resolver, number, person, post);
}

/// A title that describes without naming an office: `the Azeri leader`, `the visiting diplomat`.
fn is_vague(resolver: &Resolver, number: usize, title: &OfficeTitle, of: Option<usize>) -> bool {
    let mention = &resolver.mentions[number];
    let complement = mention.tokens.end > mention.head + 1 || title.of.iter().any(|&token| token > mention.head);
    let country = of.is_none_or(|of| resolver.all[of].kind == Kind::Country);
    let heads_country = role_has(resolver, title, Trait::AnyHead) && country;
    role_has(resolver, title, Trait::OfBodyOnly) && (!complement && country || heads_country)
}

/// The country or body that the title names, and whether it names one.
pub(super) fn served(resolver: &Resolver, number: usize, title: &OfficeTitle) -> (Option<usize>, bool) {
    let mut found: Vec<usize> = title.of.iter().flat_map(|&token| resolver.at(token)).collect();
    if let (Some(Holder::Person(name)), true) = (resolver.holders[number], title.of.is_empty()) {
        found.extend(country_behind(resolver, title, name));
    }
    for entity in &mut found {
        if resolver.all[*entity].kind == Kind::Person {
            if let Some(country) = service::country_of_person(resolver, *entity) {
                *entity = country;
            }
        }
    }
    found.retain(|&entity| match resolver.all[entity].kind {
        Kind::Person => false,
        Kind::Group => resolver.all[entity].country.is_some(),
        _ => true,
    });
    let country = found.iter().copied().find(|&entity| resolver.all[entity].kind == Kind::Country);
    let coded = || found.iter().copied().find(|&entity| resolver.all[entity].country.is_some());
    let body = || found.iter().copied().find(|&entity| resolver.all[entity].gazetteer.is_some());
    let served = country.or_else(coded).or_else(body).or_else(|| found.first().copied());
    (served, served.is_some())
}

/// `President A of Senegal`: the country behind the name that follows the title.
fn country_behind(resolver: &Resolver, title: &OfficeTitle, name: usize) -> Vec<usize> {
    let tokens = &resolver.mentions[name].tokens;
    let page = &resolver.page;
    if tokens.start < title.phrase.end || page.lower(tokens.end) != "of" {
        return Vec::new();
    }
    let article = usize::from(page.lower(tokens.end + 1) == "the");
    resolver.at(tokens.end + 1 + article)
}

fn role_has(resolver: &Resolver, title: &OfficeTitle, wanted: Trait) -> bool {
    (title.role.as_ref()).and_then(|role| resolver.page.knowledge.offices.get(role)).is_some_and(|office| office.has(wanted))
}

/// `his Cuban counterpart` holds the office of whoever `his` is, for another country; a predecessor held it before.
fn take_from_another(resolver: &Resolver, number: usize, title: &OfficeTitle, post: &mut Post) -> bool {
    let possessor = title.of.iter().flat_map(|&token| resolver.at(token)).find(|&entity| resolver.all[entity].kind == Kind::Person);
    let own = resolver.holders[number].and_then(|holder| person_of(resolver, holder));
    let held = |person: usize| resolver.posts.iter().filter(|post| resolver.current(post.person) == person).min_by_key(|post| post.tenure);
    let another = possessor.and_then(held).or_else(|| resolver.posts.iter().rev().find(|post| Some(resolver.current(post.person)) != own));
    let Some(another) = another else {
        return false;
    };
    let word = title.title.to_lowercase();
    let same_country = word.contains("predecessor") || word.contains("successor");
    // Another country may call the office by another name (`External Affairs Minister`), so the usual one is taken where there is one.
    let offices = &resolver.page.knowledge.offices;
    post.title = offices.named(&another.title).map_or_else(|| another.title.clone(), |office| office.label.clone());
    post.role.clone_from(&another.role);
    if same_country {
        post.of = another.of;
        post.explicit = another.explicit;
        post.tenure = if word.contains("predecessor") { Tenure::Former } else { title.tenure };
    } else {
        // The country is that of a demonym, never the one whom the possessive names.
        let own_country = title.of.iter().filter(|&&token| resolver.page.analysis.words[token].xpos != "PRP$").flat_map(|&token| resolver.at(token));
        post.of = own_country.filter(|&entity| resolver.all[entity].kind != Kind::Person).find(|&entity| resolver.all[entity].country.is_some());
        post.explicit = post.of.is_some();
    }
    true
}

/// The person that a holder is.
fn person_of(resolver: &Resolver, holder: Holder) -> Option<usize> {
    match holder {
        Holder::Person(mention) => resolver.entity_of[mention].map(|entity| resolver.current(entity)),
        Holder::Token(token) => resolver.at(token).into_iter().find(|&entity| resolver.all[entity].kind == Kind::Person),
        Holder::Title(mention) => resolver.posts.iter().find(|post| post.mention == mention).map(|post| resolver.current(post.person)),
    }
}

/// Notes that a person holds an office.
fn hold(resolver: &mut Resolver, number: usize, person: usize, post: Post) {
    let mut post = Post { person, ..post };
    if post.of.is_none() {
        post.of = service::guess(resolver, &post);
    }
    refer_words(resolver, number, person);
    resolver.note(person, resolver.mentions[number].span);
    if post.explicit {
        if let Some(country) = post.of.and_then(|of| resolver.all[of].country.clone()) {
            resolver.all[person].country.get_or_insert(country);
        }
    }
    resolver.posts.push(post);
}

/// Lets the nouns of a title refer to its holder.
fn refer_words(resolver: &mut Resolver, number: usize, person: usize) {
    let mention = &resolver.mentions[number];
    resolver.refer(mention.head, person);
    let words = mention.tokens.clone().take_while(|&token| resolver.page.upos(token) != crate::language::Upos::Adp);
    let nouns: Vec<usize> = words.filter(|&token| resolver.at(token).is_empty()).collect();
    if let Some(&last) = nouns.last() {
        resolver.refer(last, person);
    }
}

/// Whether several mentions share the words of the title (one for each country of a list).
fn is_listed(resolver: &Resolver, number: usize) -> bool {
    let tokens = &resolver.mentions[number].tokens;
    let neighbour = |other: Option<&mention::Mention>| other.is_some_and(|other| other.tokens == *tokens && matches!(other.kind, mention::Kind::Office(_)));
    neighbour(number.checked_sub(1).and_then(|before| resolver.mentions.get(before))) || neighbour(resolver.mentions.get(number + 1))
}

/// `Mr. President`, `Minister, …`: words that call someone.
fn is_address(resolver: &Resolver, number: usize, title: &OfficeTitle) -> bool {
    let page = &resolver.page;
    let before = title.phrase.start.checked_sub(1);
    let honorific = before.is_some_and(|before| page.is("honorific", before) || page.form(before) == "." && before > 0 && page.is("honorific", before - 1));
    honorific || page.analysis.words[resolver.mentions[number].head].relation() == "vocative"
}

/// A title that is used like a name: an abbreviation (`EAM`).
fn is_bare_name(resolver: &Resolver, title: &OfficeTitle) -> bool {
    title.determiner == Determiner::Bare && title.phrase.len() == 1 && resolver.page.is_abbreviation(title.phrase.start)
}

/// The post of the title behind which an abbreviation was introduced in parentheses.
fn introduced_as(resolver: &Resolver, title: &OfficeTitle) -> Option<usize> {
    let page = &resolver.page;
    let form = page.form(title.phrase.start);
    let introduces = |post: &Post| {
        let phrase = resolver.title(post.mention).map_or(0..0, |title| title.phrase.clone());
        phrase.len() > 3 && page.form(phrase.end - 2) == form && page.form(phrase.end - 1) == ")"
    };
    is_bare_name(resolver, title).then(|| resolver.posts.iter().position(introduces)).flatten()
}

/// The last post before that the title may be short for.
fn last_holder(resolver: &Resolver, title: &OfficeTitle, of: Option<usize>, explicit: bool) -> Option<usize> {
    let offices = &resolver.page.knowledge.offices;
    let role = title.role.as_deref()?;
    let fits = |post: &Post| {
        let Some(held) = post.role.as_deref() else { return false };
        let whole = offices.named(&title.title).is_some();
        let words = if whole {
            offices.is_kind_of(held, role) && is_same_rank(resolver, &title.title, &post.title)
        } else {
            has_words_of(&post.title, &title.title)
        };
        let country = match (explicit.then_some(of).flatten(), post.of) {
            (Some(of), Some(held)) => is_same_service(resolver, of, held),
            _ => true,
        };
        let heads = explicit && offices.has(role, Trait::AnyHead) && offices.has(held, Trait::Heads) && is_same_rank(resolver, &title.title, &post.title);
        (words || heads) && country && (title.tenure == post.tenure || title.tenure == Tenure::Current)
    };
    (0..resolver.posts.len()).rev().find(|&place| fits(&resolver.posts[place]))
}

/// Whether two parties are one as far as serving them goes: a country and a body of it are, a country and a part of it are not.
pub(super) fn is_same_service(resolver: &Resolver, one: usize, other: usize) -> bool {
    let (one, other) = (resolver.current(one), resolver.current(other));
    let place = |entity: usize| resolver.all[entity].kind == Kind::Place;
    one == other || (!place(one) && !place(other) && resolver.all[one].country.is_some() && resolver.all[one].country == resolver.all[other].country)
}

/// Whether a title has all the words of a shorter one.
pub(super) fn has_words_of(title: &str, short: &str) -> bool {
    let words = |title: &str| -> Vec<String> { title.to_lowercase().split([' ', '-']).filter(|word| !matches!(*word, "of" | "for" | "the" | "and")).map(str::to_owned).collect() };
    let held = words(title);
    words(short).iter().all(|word| held.contains(word))
}

/// `the two presidents`: the last holders of that office; else a group.
fn refer_plural(resolver: &mut Resolver, number: usize, title: &OfficeTitle) {
    let offices = &resolver.page.knowledge.offices;
    let mut persons: Vec<usize> = Vec::new();
    if let Some(role) = title.role.as_deref().filter(|_| title.determiner == Determiner::Definite && title.of.is_empty()) {
        for post in resolver.posts.iter().rev() {
            let person = resolver.current(post.person);
            if post.role.as_deref().is_some_and(|held| offices.is_kind_of(held, role)) && !persons.contains(&person) && persons.len() < 2 {
                persons.push(person);
            }
        }
    }
    if persons.len() == 2 {
        for person in persons {
            resolver.refer(resolver.mentions[number].head, person);
        }
    } else {
        let (of, _) = served(resolver, number, title);
        describe(resolver, number, title.phrase.clone(), of);
    }
}

/// Makes a phrase without a name a group of its own.
fn describe(resolver: &mut Resolver, number: usize, tokens: Range<usize>, of: Option<usize>) {
    let mention = &resolver.mentions[number];
    let country = of.and_then(|of| resolver.all[of].country.clone());
    let text = resolver.page.text(tokens);
    let known = resolver.all.iter().position(|entity| entity.kind == Kind::Group && entity.name.eq_ignore_ascii_case(text) && entity.country == country);
    let group = known.unwrap_or_else(|| resolver.add(Kind::Group, text.to_owned(), country, None));
    resolver.refer(mention.head, group);
    resolver.note(group, mention.span);
}

fn refer_pronoun(resolver: &mut Resolver, number: usize) {
    let token = resolver.mentions[number].tokens.start;
    let found: Vec<usize> = match resolver.page.lower(token) {
        "who" | "whom" | "whose" | "which" | "that" => relative_antecedent(resolver, token),
        "he" | "him" | "his" | "himself" => last_person(resolver, number, Some(false)).into_iter().collect(),
        "she" | "her" | "hers" | "herself" => last_person(resolver, number, Some(true)).into_iter().collect(),
        "it" | "its" | "itself" => last_party(resolver, number).into_iter().collect(),
        "they" | "them" | "their" | "theirs" | "themselves" => last_several(resolver, number),
        "i" | "me" | "my" | "mine" | "myself" => speaker::first_person(resolver, token).into_iter().collect(),
        "here" => service::home(resolver).into_iter().collect(),
        "we" | "us" | "our" | "ours" | "ourselves" => speaker::own_country(resolver, token).into_iter().collect(),
        "you" | "your" | "yours" => speaker::other_country(resolver, token).into_iter().collect(),
        _ => Vec::new(),
    };
    for entity in found {
        resolver.refer(token, entity);
    }
}

/// What a relative pronoun stands for: the noun that its clause belongs to, or the name or title right before.
fn relative_antecedent(resolver: &Resolver, token: usize) -> Vec<usize> {
    let analysis = resolver.page.analysis;
    let end = if token > 0 && resolver.page.form(token - 1) == "," { token - 1 } else { token };
    if resolver.page.lower(token).starts_with("who") {
        let name = resolver.mentions.iter().find(|mention| mention.tokens.end == end && mention.kind == mention::Kind::Person);
        if let Some(mention) = name {
            return resolver.at(mention.head);
        }
    }
    let clause = analysis.ancestors(token).find(|&above| analysis.words[above].deprel == "acl:relcl");
    let noun = clause.and_then(|clause| analysis.words[clause].head).filter(|&noun| noun < token);
    let found = noun.map(|noun| resolver.at(noun)).unwrap_or_default();
    if !found.is_empty() {
        return found;
    }
    let before = resolver.mentions.iter().find(|mention| mention.tokens.end == end && !matches!(mention.kind, mention::Kind::Time(_)));
    before.map(|mention| resolver.at(mention.head)).unwrap_or_default()
}

/// Whether a phrase is the subject of a clause.
pub(super) fn is_subject(resolver: &Resolver, head: usize) -> bool {
    let words = &resolver.page.analysis.words;
    let mut token = head;
    while matches!(words[token].relation(), "flat" | "appos" | "compound") || words[token].deprel == "nmod:desc" {
        match words[token].head {
            Some(head) => token = head,
            None => break,
        }
    }
    words[token].relation() == "nsubj"
}

/// Mentions before mention number `number`, the nearest sentence first, with the sentence's distance.
fn before(resolver: &Resolver, number: usize, most: usize) -> Vec<(usize, usize)> {
    let document = resolver.page.document;
    let sentence = document.sentence_of(resolver.mentions[number].tokens.start);
    (0..number)
        .rev()
        .map(|other| (other, sentence - document.sentence_of(resolver.mentions[other].tokens.start)))
        .take_while(|(_, distance)| *distance <= most)
        .collect()
}

/// The person that a pronoun means: the subject of its own or the sentence before, else the nearest.
fn last_person(resolver: &Resolver, number: usize, feminine: Option<bool>) -> Option<usize> {
    let candidates: Vec<(usize, usize, usize)> = before(resolver, number, 4)
        .into_iter()
        .filter_map(|(other, distance)| {
            let mention = &resolver.mentions[other];
            let person = resolver.at(mention.head).into_iter().find(|&entity| resolver.all[entity].kind == Kind::Person)?;
            let fits = feminine.is_none() || gender(resolver, person).is_none_or(|known| Some(known) == feminine);
            fits.then_some((distance, other, person))
        })
        .collect();
    for distance in 0..=4 {
        let here = || candidates.iter().filter(move |candidate| candidate.0 == distance);
        let subject = here().filter(|candidate| is_subject(resolver, resolver.mentions[candidate.1].head));
        // In an earlier sentence its first subject leads; in the same one the nearest.
        let best = if distance == 0 { subject.min_by_key(|candidate| number - candidate.1) } else { subject.max_by_key(|candidate| number - candidate.1) };
        if let Some(candidate) = best.or_else(|| here().next()) {
            return Some(candidate.2);
        }
    }
    None
}

/// Whether a person is a woman, where an honorific or a title says so.
fn gender(resolver: &Resolver, person: usize) -> Option<bool> {
    let page = &resolver.page;
    for (number, mention) in resolver.mentions.iter().enumerate() {
        if mention.kind != mention::Kind::Person || resolver.entity_of[number].map(|entity| resolver.current(entity)) != Some(person) {
            continue;
        }
        let before = (mention.tokens.start.saturating_sub(4)..mention.tokens.start).rev();
        for token in before.take_while(|&token| page.form(token) == "." || page.is("honorific", token)) {
            if page.is("feminine-word", token) {
                return Some(true);
            }
            if page.is("masculine-word", token) {
                return Some(false);
            }
        }
    }
    let titles = || resolver.posts.iter().filter(|post| resolver.current(post.person) == person).flat_map(|post| post.title.split(' '));
    if titles().any(|word| page.knowledge.words.has("feminine-word", word)) {
        return Some(true);
    }
    titles().any(|word| page.knowledge.words.has("masculine-word", word)).then_some(false)
}

/// The country or body that `it` means.
fn last_party(resolver: &Resolver, number: usize) -> Option<usize> {
    let candidates: Vec<(usize, usize, usize)> = before(resolver, number, 2)
        .into_iter()
        .filter_map(|(other, distance)| {
            let mention = &resolver.mentions[other];
            let demonym = matches!(mention.kind, mention::Kind::Named { demonym: true, .. });
            let party = resolver.at(mention.head).into_iter().find(|&entity| matches!(resolver.all[entity].kind, Kind::Country | Kind::Organisation | Kind::Group))?;
            let relative = mention.kind == mention::Kind::Pronoun && matches!(resolver.page.lower(mention.head), "who" | "which" | "that" | "whose");
            (!demonym && !relative).then_some((distance, other, party))
        })
        .collect();
    for distance in 0..=2 {
        let here = || candidates.iter().filter(move |candidate| candidate.0 == distance);
        let subject = here().find(|candidate| is_subject(resolver, resolver.mentions[candidate.1].head));
        if let Some(candidate) = subject.or_else(|| here().next()) {
            return Some(candidate.2);
        }
    }
    None
}

/// The parties that `they` means: a plural phrase or several conjuncts, else a country or body.
fn last_several(resolver: &Resolver, number: usize) -> Vec<usize> {
    let words = &resolver.page.analysis.words;
    for (other, _) in before(resolver, number, 2) {
        let mention = &resolver.mentions[other];
        let referents = resolver.at(mention.head);
        let plural = matches!(words[mention.head].xpos, "NNS" | "NNPS") || referents.len() > 1;
        if !referents.is_empty() && plural && matches!(mention.kind, mention::Kind::Group | mention::Kind::Office(_) | mention::Kind::Named { .. }) {
            return referents;
        }
        let conjuncts: Vec<usize> = resolver.page.analysis.dependents(mention.head, "conj").flat_map(|conjunct| resolver.at(conjunct)).collect();
        if !conjuncts.is_empty() && !referents.is_empty() && is_subject(resolver, mention.head) {
            return referents.into_iter().chain(conjuncts).collect();
        }
    }
    last_party(resolver, number).into_iter().collect()
}

fn refer_group(resolver: &mut Resolver, number: usize) {
    let mention = &resolver.mentions[number];
    let (tokens, head) = (mention.tokens.clone(), mention.head);
    if !resolver.at(head).is_empty() {
        return;
    }
    let page = &resolver.page;
    let country_noun = page.is("country-noun", head);
    let pair = tokens.clone().any(|token| matches!(page.lower(token), "both" | "two")) && (country_noun || page.is("government-noun", head) || page.lower(head) == "parties");
    let possessor = tokens.clone().find(|&token| page.analysis.words[token].xpos == "PRP$");
    let plural = matches!(page.analysis.words[head].xpos, "NNS" | "NNPS");
    let ours = possessor.is_some_and(|token| matches!(page.lower(token), "our" | "your"));
    let both = pair || plural && ours && (country_noun || page.is("government-noun", head));
    if both && speaker::is_interview(resolver, head) {
        let sides = [speaker::own_country(resolver, head), speaker::other_country(resolver, head)];
        for side in sides.into_iter().flatten() {
            resolver.refer(head, side);
        }
        if !resolver.at(head).is_empty() {
            return;
        }
    }
    if let Some(known) = body_before(resolver, number, head).or_else(|| main_person(resolver, number, head, possessor)) {
        resolver.refer(head, known);
        resolver.note(known, mention.span);
        return;
    }
    let page = &resolver.page;
    let place = tokens.clone().filter(|&token| token != head).flat_map(|token| resolver.at(token)).find(|&entity| resolver.all[entity].country.is_some());
    let owner = possessor.map(|token| resolver.at(token)).unwrap_or_default();
    let singular = matches!(page.analysis.words[head].xpos, "NN" | "NNP");
    let definite = tokens.clone().any(|token| matches!(page.lower(token), "the" | "this" | "that")) || possessor.is_some();
    let government = page.is("government-noun", head);
    if pair {
        for country in two_countries(resolver, number) {
            resolver.refer(head, country);
        }
    } else if (country_noun || government) && (place.is_some() || possessor.is_some() || singular && definite) {
        let owner_country = owner.first().and_then(|&owner| service::country_of(resolver, owner));
        let place_country = place.and_then(|place| service::country_of(resolver, place));
        let country = place_country.or(owner_country).or_else(|| if possessor.is_none() { last_country(resolver, number) } else { None });
        match country {
            Some(country) => {
                resolver.refer(head, country);
                resolver.note(country, resolver.mentions[number].span);
            }
            None => describe(resolver, number, tokens, None),
        }
    } else {
        let of = place.or_else(|| owner.first().copied());
        describe(resolver, number, tokens, of);
    }
}

/// `the agency`, `the party`: the body spoken of last whose name has that noun.
fn body_before(resolver: &Resolver, number: usize, head: usize) -> Option<usize> {
    let page = &resolver.page;
    if !page.is("body-noun", head) || head == 0 || page.lower(head - 1) != "the" {
        return None;
    }
    let noun = page.lower(head);
    let named = |name: &str| name.to_lowercase().split(' ').any(|word| word == noun);
    before(resolver, number, 40).into_iter().find_map(|(other, _)| {
        let organisation = |&entity: &usize| {
            let entity = &resolver.all[entity];
            entity.kind == Kind::Organisation && (named(&entity.name) || entity.aliases.iter().any(|alias| named(alias)))
        };
        resolver.at(resolver.mentions[other].head).into_iter().find(organisation)
    })
}

/// `the guest`, `the visitor`: the person spoken of most so far, other than whose guest it is.
fn main_person(resolver: &Resolver, number: usize, head: usize, possessor: Option<usize>) -> Option<usize> {
    let page = &resolver.page;
    let mention = &resolver.mentions[number];
    let definite = possessor.is_some() || mention.tokens.clone().any(|token| page.lower(token) == "the");
    if !page.is("visitor-noun", head) || !definite || page.analysis.words[head].xpos != "NN" {
        return None;
    }
    let own = possessor.map(|token| resolver.at(token)).unwrap_or_default();
    let mut counts: std::collections::BTreeMap<usize, usize> = std::collections::BTreeMap::new();
    for (other, _) in before(resolver, number, usize::MAX) {
        for entity in resolver.at(resolver.mentions[other].head) {
            if resolver.all[entity].kind == Kind::Person && !own.contains(&entity) {
                *counts.entry(entity).or_default() += 1;
            }
        }
    }
    counts.into_iter().max_by_key(|&(entity, count)| (count, std::cmp::Reverse(entity))).map(|(entity, _)| entity)
}

/// The country spoken of last, as a subject if there is one.
fn last_country(resolver: &Resolver, number: usize) -> Option<usize> {
    let candidates = before(resolver, number, 2);
    let country = |other: usize| resolver.at(resolver.mentions[other].head).into_iter().find(|&entity| resolver.all[entity].kind == Kind::Country);
    let subject = candidates.iter().find(|(other, _)| is_subject(resolver, resolver.mentions[*other].head) && country(*other).is_some());
    subject.or_else(|| candidates.iter().find(|(other, _)| country(*other).is_some())).and_then(|(other, _)| country(*other))
}

/// The two countries in focus: the last two spoken of, in this sentence and those before.
fn two_countries(resolver: &mut Resolver, number: usize) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    for (other, _) in before(resolver, number, 6) {
        for entity in resolver.at(resolver.mentions[other].head) {
            if let Some(country) = service::country_of(resolver, entity) {
                if !found.contains(&country) && found.len() < 2 {
                    found.push(country);
                }
            }
        }
    }
    found
}
