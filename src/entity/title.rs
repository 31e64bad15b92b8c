//! Who holds the offices that titles name?

use crate::knowledge::gazetteer::EntryKind;
use crate::knowledge::office::Trait;
use crate::mention::{self, Determiner, OfficeTitle, Tenure};

use super::group::{describe, main_person, refer_group};
use super::identity::is_same_rank;
use super::posts::Post;
use super::reference::{before, is_subject};
use super::resolver::{Holder, Resolver};
use super::{Kind, holder, service, speaker};

/// Gives a title its holder: one of the same sentence, or the last who holds such an office, or a person without a name.
pub(super) fn refer_title(resolver: &mut Resolver, number: usize, title: &OfficeTitle) {
    // `the president of that country` waits for the country.
    for token in title.of.iter().copied().chain(title.to) {
        let group = resolver
            .places
            .headed_by(token)
            .find(|&other| resolver.mentions[other].kind == mention::Kind::Group);
        if let Some(group) = group {
            refer_group(resolver, group);
        }
    }
    let to = title
        .to
        .and_then(|token| resolver.at(token).first().copied());
    let (mut of, mut explicit) = served(resolver, number, title);
    if let Some(own) = to
        .filter(|_| !explicit)
        .and_then(|to| own_part(resolver, to))
    {
        (of, explicit) = (Some(own), true);
    }
    let tenure = if holder::is_over(resolver, title) {
        Tenure::Former
    } else {
        title.tenure
    };
    let mut post = Post {
        mention: number,
        person: 0,
        title: title.title.clone(),
        role: title.role.clone(),
        tenure,
        of,
        to,
        explicit,
    };
    let like_another = role_has(resolver, title, Trait::LikeAnother);
    if like_another && !take_from_another(resolver, number, title, &mut post) {
        return;
    }
    if let Some(person) = resolver.holders[number].and_then(|holder| person_of(resolver, holder)) {
        hold(resolver, number, person, post);
        hold_shared(resolver, number, title);
        return;
    }
    if title.plural && !is_listed(resolver, number) {
        refer_plural(resolver, number, title);
        return;
    }
    if is_address(resolver, number, title) || like_another {
        return;
    }
    let definite = title.determiner == Determiner::Definite
        || is_listed(resolver, number)
        || is_bare_name(resolver, title);
    if !definite {
        if title.determiner == Determiner::Indefinite {
            describe(resolver, number, title.phrase.clone(), of);
        }
        return;
    }
    let start = title.phrase.start;
    let spoken = resolver.speech.direct().get(start).copied().flatten();
    let own = spoken.and_then(|_| speaker::own_country(resolver, start));
    let known =
        introduced_as(resolver, title).or_else(|| last_holder(resolver, title, of, explicit, own));
    if let Some(known) = known {
        let post = resolver.posts.get(known);
        let (person, guessed) = (resolver.current(post.person), !post.explicit);
        refer_words(resolver, number, person);
        resolver.note(person, resolver.mentions[number].span);
        if explicit && guessed {
            resolver.posts.state(known, of);
        }
        return;
    }
    if let Some(person) = named_before(resolver, number, title) {
        hold(resolver, number, person, post);
        return;
    }
    if is_vague(resolver, number, title, of) {
        // `the visiting diplomat` is whom the text is about.
        let known = if of.is_none() {
            main_person(resolver, &[])
        } else {
            None
        };
        match known {
            Some(person) => refer_words(resolver, number, person),
            None => describe(resolver, number, title.phrase.clone(), of),
        }
        return;
    }
    let person = resolver.add(Kind::Person, String::new(), None, None);
    hold(resolver, number, person, post);
}

/// How many sentences back a title finds its holder among those who have only been named.
const SPOKEN_OF: usize = 2;

/// `A is expected in Oslo, where … the Kenyan president …`: the person named before, in this sentence or as the subject of the ones before, to whom the
/// document gives no office of their own.
fn named_before(resolver: &Resolver, number: usize, title: &OfficeTitle) -> Option<usize> {
    if title.plural || title.determiner != Determiner::Definite || title.tenure != Tenure::Current {
        return None;
    }
    let words = &resolver.page.analysis.words;
    let head = resolver.mentions[number].head;
    // `The Chadian envoy and the mayor were there` tells of people who have not been spoken of.
    if (resolver.page.analysis.dependents(head, "conj"))
        .next()
        .is_some()
    {
        return None;
    }
    // `the envoy of Chad` is whom the text has told of before, or nobody yet; `the Chadian envoy` may be anybody named.
    let introduces = title.of.iter().any(|&token| token > head);
    let owners: Vec<usize> = title
        .of
        .iter()
        .flat_map(|&token| resolver.at(token))
        .collect();
    let country = owners
        .iter()
        .copied()
        .find(|&owner| resolver.all[owner].kind == Kind::Country);
    let candidates: Vec<(usize, usize, usize)> = before(resolver, number, SPOKEN_OF)
        .filter(|&(other, _)| resolver.mentions[other].kind == mention::Kind::Person)
        .filter_map(|(other, distance)| {
            let person = resolver.current(resolver.entity_of[other]?);
            let free = !resolver.titled.contains(&person)
                && resolver.posts.of(person).next().is_none()
                && !owners.contains(&person);
            free.then_some((distance, other, person))
        })
        .collect();
    // `Ethiopia's A met Eritrea's B. The Eritrean president …`
    let compatriot = candidates
        .iter()
        .find(|candidate| country.is_some() && nationality(resolver, candidate.1) == country);
    if let Some(&(.., person)) = compatriot {
        return Some(person);
    }
    let opens = resolver.page.opens_sentence(title.phrase.start);
    let candidates: Vec<(usize, usize, usize)> = candidates
        .into_iter()
        .filter(|&(_, other, _)| {
            nationality(resolver, other)
                .is_none_or(|own| country.is_none_or(|country| own == country))
        })
        .map(|(distance, other, person)| (distance, resolver.mentions[other].head, person))
        .collect();
    // Whoever takes part in the same event, or is listed beside the title, is someone else.
    let apart = |&&(distance, other, _): &&(usize, usize, usize)| {
        distance > 0
            || words[other].head != words[head].head
                && words[other].head != Some(head)
                && words[head].head != Some(other)
    };
    (0..=SPOKEN_OF).find_map(|distance| {
        let mut here = candidates
            .iter()
            .filter(|candidate| candidate.0 == distance)
            .filter(apart)
            .filter(|candidate| {
                let near = distance == 1 && !introduces;
                distance == 0 || opens && (near || is_subject(resolver, candidate.1))
            });
        let first = here.next()?;
        here.all(|other| other.2 == first.2).then_some(first.2)
    })
}

/// The country that stands right before a person's name (`Ethiopia's A`, `the Ethiopian A`).
fn nationality(resolver: &Resolver, name: usize) -> Option<usize> {
    let start = resolver.mentions[name].tokens.start;
    let end = match start.checked_sub(1) {
        Some(mark) if resolver.page.is_genitive(mark) => mark,
        _ => start,
    };
    let mut ending = resolver.places.ending_at(end);
    let named = ending.find(|&number| {
        matches!(&resolver.mentions[number].kind, mention::Kind::Named { demonym, .. } if *demonym || end < start)
    })?;
    let mut found = resolver.at(resolver.mentions[named].head).into_iter();
    found.find(|&entity| resolver.all[entity].kind == Kind::Country)
}

/// The country of a part of a country, to which no other country sends an envoy.
fn own_part(resolver: &mut Resolver, to: usize) -> Option<usize> {
    let gazetteer = &resolver.page.knowledge.gazetteer;
    let entry = resolver.all[to]
        .gazetteer
        .as_deref()
        .and_then(|iri| gazetteer.entry(iri))?;
    if resolver.all[to].kind != Kind::Place || entry.kind == EntryKind::City {
        return None;
    }
    service::country_of(resolver, to)
}

/// Lets the other names of a list hold the office that stands before it (`Presidents A and B`).
fn hold_shared(resolver: &mut Resolver, number: usize, title: &OfficeTitle) {
    let shared: Vec<usize> = (resolver.shared.get(&number).into_iter())
        .flatten()
        .filter_map(|&name| resolver.entity_of[name])
        .collect();
    for person in shared {
        let post = Post {
            mention: number,
            person,
            title: title.title.clone(),
            role: title.role.clone(),
            tenure: title.tenure,
            of: None,
            to: None,
            explicit: false,
        };
        hold(resolver, number, person, post);
    }
}

/// A title that describes without naming an office: `the Azeri leader`, `the visiting diplomat`.
fn is_vague(resolver: &Resolver, number: usize, title: &OfficeTitle, of: Option<usize>) -> bool {
    let mention = &resolver.mentions[number];
    let complement =
        mention.tokens.end > mention.head + 1 || title.of.iter().any(|&token| token > mention.head);
    let country = of.is_none_or(|of| resolver.all[of].kind == Kind::Country);
    let heads_country = role_has(resolver, title, Trait::AnyHead) && country;
    role_has(resolver, title, Trait::OfBodyOnly) && (!complement && country || heads_country)
}

/// The country or body that the title names, and whether it names one.
pub(super) fn served(
    resolver: &Resolver,
    number: usize,
    title: &OfficeTitle,
) -> (Option<usize>, bool) {
    let mut found: Vec<usize> = title
        .of
        .iter()
        .flat_map(|&token| resolver.at(token))
        .collect();
    if let (Some(Holder::Person(name)), true) = (resolver.holders[number], title.of.is_empty()) {
        found.extend(country_behind(resolver, title, name));
    }
    for entity in &mut found {
        if resolver.all[*entity].kind == Kind::Person
            && let Some(served) = service::country_of_person(resolver, *entity)
                .or_else(|| resolver.posts.of(*entity).find_map(|post| post.of))
        {
            *entity = served;
        }
    }
    found.retain(|&entity| match resolver.all[entity].kind {
        Kind::Person => false,
        Kind::Group => resolver.all[entity].country.is_some(),
        _ => true,
    });
    let country = found
        .iter()
        .copied()
        .find(|&entity| resolver.all[entity].kind == Kind::Country);
    let coded = || {
        found
            .iter()
            .copied()
            .find(|&entity| resolver.all[entity].country.is_some())
    };
    let body = || {
        found
            .iter()
            .copied()
            .find(|&entity| resolver.all[entity].gazetteer.is_some())
    };
    let served = country
        .or_else(coded)
        .or_else(body)
        .or_else(|| found.first().copied());
    (served, served.is_some())
}

/// `President A of Senegal`: the country behind the name that follows the title.
fn country_behind(resolver: &Resolver, title: &OfficeTitle, name: usize) -> Vec<usize> {
    let tokens = &resolver.mentions[name].tokens;
    let page = &resolver.page;
    if tokens.start < title.phrase.end || page.lower(tokens.end) != "of" {
        return Vec::new();
    }
    resolver.at(page.past_article(tokens.end + 1))
}

fn role_has(resolver: &Resolver, title: &OfficeTitle, wanted: Trait) -> bool {
    (title.role.as_ref())
        .and_then(|role| resolver.page.knowledge.offices.get(role))
        .is_some_and(|office| office.has(wanted))
}

/// `his Cuban counterpart` holds the office of whoever `his` is, for another country; a predecessor held it before.
fn take_from_another(
    resolver: &Resolver,
    number: usize,
    title: &OfficeTitle,
    post: &mut Post,
) -> bool {
    let possessor = title
        .of
        .iter()
        .flat_map(|&token| resolver.at(token))
        .find(|&entity| resolver.all[entity].kind == Kind::Person);
    let own = resolver.holders[number].and_then(|holder| person_of(resolver, holder));
    let held = |person: usize| {
        resolver.posts.of(person).min_by_key(|post| {
            let role = post.role.as_deref();
            let rank =
                role.is_some_and(|role| resolver.page.knowledge.offices.has(role, Trait::Rank));
            (post.tenure, rank, !is_same_rank(resolver, &post.title, ""))
        })
    };
    // Of somebody who is named without an office, nothing says what the other holds.
    let unknown = possessor.is_some_and(|person| {
        let marked = (title.of.iter()).any(|&token| resolver.is_name_of_person(token));
        marked && held(person).is_none()
    });
    if unknown {
        return false;
    }
    let another = possessor.and_then(held).or_else(|| {
        resolver
            .posts
            .latest()
            .map(|place| resolver.posts.get(place))
            .find(|post| Some(resolver.current(post.person)) != own)
    });
    let Some(another) = another else {
        return false;
    };
    let word = title.title.to_lowercase();
    let names = |class: &str| {
        let mut lemmas = resolver.page.knowledge.words.of(class);
        lemmas.any(|lemma| word.contains(lemma))
    };
    let (before, after) = (names("predecessor-noun"), names("successor-noun"));
    let same_country = before || after;
    // Another country may call the office by another name (`External Affairs Minister`), so the usual one is taken where there is one.
    let offices = &resolver.page.knowledge.offices;
    post.title = offices
        .named(&another.title)
        .map_or_else(|| another.title.clone(), |office| office.label.clone());
    post.role.clone_from(&another.role);
    if same_country {
        post.of = another.of;
        post.explicit = another.explicit;
        post.tenure = if before { Tenure::Former } else { title.tenure };
    } else {
        // The country is that of a demonym, never the one whom the possessive names.
        let own_country = title
            .of
            .iter()
            .filter(|&&token| resolver.page.analysis.words[token].xpos != "PRP$")
            .flat_map(|&token| resolver.at(token));
        post.of = own_country
            .filter(|&entity| resolver.all[entity].kind != Kind::Person)
            .find(|&entity| resolver.all[entity].country.is_some());
        post.explicit = post.of.is_some();
    }
    true
}

/// The person that a holder is.
fn person_of(resolver: &Resolver, holder: Holder) -> Option<usize> {
    match holder {
        Holder::Person(mention) => {
            resolver.entity_of[mention].map(|entity| resolver.current(entity))
        }
        Holder::Token(token) => resolver
            .at(token)
            .into_iter()
            .find(|&entity| resolver.all[entity].kind == Kind::Person),
        Holder::Title(mention) => resolver
            .posts
            .of_mention(mention)
            .map(|post| resolver.current(post.person)),
    }
}

/// Notes that a person holds an office.
fn hold(resolver: &mut Resolver, number: usize, person: usize, post: Post) {
    let mut post = Post { person, ..post };
    match post.of {
        None => post.of = service::guess(resolver, &post),
        Some(body) => service::place_body(resolver, &post, body),
    }
    refer_words(resolver, number, person);
    resolver.note(person, resolver.mentions[number].span);
    if post.explicit
        && let Some(country) = post.of.and_then(|of| resolver.all[of].country.clone())
    {
        resolver.all[person].country.get_or_insert(country);
    }
    resolver.posts.push(post);
}

/// Lets the nouns of a title refer to its holder.
fn refer_words(resolver: &mut Resolver, number: usize, person: usize) {
    let mention = &resolver.mentions[number];
    resolver.refer(mention.head, person);
    let words = mention
        .tokens
        .clone()
        .take_while(|&token| resolver.page.upos(token) != crate::language::Upos::Adp);
    let nouns: Vec<usize> = words
        .filter(|&token| resolver.at(token).is_empty())
        .collect();
    if let Some(&last) = nouns.last() {
        resolver.refer(last, person);
    }
}

/// Whether several mentions share the words of the title (one for each country of a list).
fn is_listed(resolver: &Resolver, number: usize) -> bool {
    let tokens = &resolver.mentions[number].tokens;
    let neighbour = |other: Option<&mention::Mention>| {
        other.is_some_and(|other| {
            other.tokens == *tokens && matches!(other.kind, mention::Kind::Office(_))
        })
    };
    neighbour(
        number
            .checked_sub(1)
            .and_then(|before| resolver.mentions.get(before)),
    ) || neighbour(resolver.mentions.get(number + 1))
}

/// `Mr. President`, `Minister, …`: words that call someone.
fn is_address(resolver: &Resolver, number: usize, title: &OfficeTitle) -> bool {
    let page = &resolver.page;
    let before = title.phrase.start.checked_sub(1);
    let honorific = before.is_some_and(|before| {
        page.is("honorific", before)
            || page.form(before) == "." && before > 0 && page.is("honorific", before - 1)
    });
    honorific || page.analysis.words[resolver.mentions[number].head].relation() == "vocative"
}

/// A title that is used like a name: an abbreviation (`EAM`).
fn is_bare_name(resolver: &Resolver, title: &OfficeTitle) -> bool {
    title.determiner == Determiner::Bare
        && title.phrase.len() == 1
        && resolver.page.is_abbreviation(title.phrase.start)
}

/// The post of the title behind which an abbreviation was introduced in parentheses.
fn introduced_as(resolver: &Resolver, title: &OfficeTitle) -> Option<usize> {
    let page = &resolver.page;
    let form = page.form(title.phrase.start);
    let introduces = |post: &Post| {
        let phrase = resolver
            .title(post.mention)
            .map_or(0..0, |title| title.phrase.clone());
        phrase.len() > 3 && page.form(phrase.end - 3) == "(" && page.form(phrase.end - 2) == form
    };
    let mut latest = resolver.posts.latest();
    is_bare_name(resolver, title)
        .then(|| latest.find(|&place| introduces(resolver.posts.get(place))))
        .flatten()
}

/// The last post before that the title may be short for.
fn last_holder(
    resolver: &Resolver,
    title: &OfficeTitle,
    of: Option<usize>,
    explicit: bool,
    own: Option<usize>,
) -> Option<usize> {
    let offices = &resolver.page.knowledge.offices;
    let role = title.role.as_deref()?;
    let fits = |post: &Post| {
        let Some(held) = post.role.as_deref() else {
            return false;
        };
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
        // `the envoy` is whoever has been sent.
        let sent = title.phrase.len() < 3
            && title.of.is_empty()
            && offices
                .get(role)
                .is_some_and(|office| office.has(Trait::SentAbroad))
            && offices.has(held, Trait::SentAbroad);
        let any = |one, other| offices.has(one, Trait::AnyHead) && offices.has(other, Trait::Heads);
        let heads = explicit
            && (any(role, held) || any(held, role))
            && is_same_rank(resolver, &title.title, &post.title);
        (words || heads || sent)
            && country
            && (title.tenure == post.tenure || title.tenure == Tenure::Current)
    };
    // `the president` is the one in office, though one of the past was named since; who is only known for the past comes last.
    let (in_office, others): (Vec<usize>, Vec<usize>) = (resolver.posts.latest())
        .filter(|&place| fits(resolver.posts.get(place)))
        .partition(|&place| resolver.posts.get(place).tenure == title.tenure);
    let fitting: Vec<usize> = in_office.into_iter().chain(others).collect();
    let last = *fitting.first()?;
    // A paragraph that opens with a bare title goes on about whom the text is about, though another holder was named in passing.
    let document = resolver.page.document;
    let sentence = |place: usize| {
        let mention = resolver.posts.get(place).mention;
        document.sentence_of(resolver.mentions[mention].tokens.start)
    };
    let distance = (document.sentence_of(title.phrase.start)).saturating_sub(sentence(last));
    // In somebody's own words it is the one of their own country, unless another has just been named.
    let ours = |&place: &usize| {
        let served = resolver.posts.get(place).of;
        own.zip(served)
            .is_some_and(|(own, of)| is_same_service(resolver, own, of))
    };
    if let Some(&place) = fitting.iter().find(|&place| ours(place))
        && distance > 1
        && !explicit
    {
        return Some(place);
    }
    let paragraph = document.paragraph_of(title.phrase.start);
    let first = document.sentences.get(paragraph.sentences.start);
    if explicit || first.is_none_or(|first| title.phrase.start > first.tokens.start + 1) {
        return Some(last);
    }
    // Of two whom one sentence told of, its subject is gone on about: `the president, who met his counterpart`.
    let subject = |place: usize| {
        let mention = resolver.posts.get(place).mention;
        is_subject(resolver, resolver.mentions[mention].head)
    };
    let told_of = (fitting.iter().copied())
        .take_while(|&place| sentence(place) == sentence(last))
        .find(|&place| subject(place));
    if distance > 0
        && let Some(place) = told_of.filter(|_| !subject(last))
    {
        return Some(place);
    }
    let spoken = |place: usize| {
        let person = resolver.current(resolver.posts.get(place).person);
        resolver.spoken_of.get(&person).copied().unwrap_or(0)
    };
    (fitting.iter().skip(1).copied())
        .max_by_key(|&place| spoken(place))
        .filter(|&place| spoken(place) > 2 * spoken(last))
        .or(Some(last))
}

/// Whether two parties are one as far as serving them goes: a country and a body of it are, a country and a part of it are not.
pub(super) fn is_same_service(resolver: &Resolver, one: usize, other: usize) -> bool {
    let (one, other) = (resolver.current(one), resolver.current(other));
    let place = |entity: usize| resolver.all[entity].kind == Kind::Place;
    one == other
        || (!place(one)
            && !place(other)
            && resolver.all[one].country.is_some()
            && resolver.all[one].country == resolver.all[other].country)
}

/// Whether a title has all the words of a shorter one.
pub(super) fn has_words_of(title: &str, short: &str) -> bool {
    let words = |title: &str| -> Vec<String> {
        title
            .to_lowercase()
            .split([' ', '-'])
            .filter(|word| !matches!(*word, "of" | "for" | "the" | "and"))
            .map(str::to_owned)
            .collect()
    };
    let held = words(title);
    words(short).iter().all(|word| held.contains(word))
}

/// `the two presidents`: the holders of that office named last, if both were just named; else the two most spoken of; else a group.
fn refer_plural(resolver: &mut Resolver, number: usize, title: &OfficeTitle) {
    let offices = &resolver.page.knowledge.offices;
    let document = resolver.page.document;
    let sentence = |mention: usize| document.sentence_of(resolver.mentions[mention].tokens.start);
    let mut persons: Vec<usize> = Vec::new();
    let mut just_named = 0;
    if let Some(role) = title
        .role
        .as_deref()
        .filter(|_| title.determiner == Determiner::Definite && title.of.is_empty())
    {
        for post in resolver
            .posts
            .latest()
            .map(|place| resolver.posts.get(place))
        {
            let person = resolver.current(post.person);
            if post
                .role
                .as_deref()
                .is_some_and(|held| offices.is_kind_of(held, role))
                && !persons.contains(&person)
            {
                persons.push(person);
                just_named += usize::from(sentence(post.mention) + JUST_NAMED >= sentence(number));
            }
        }
    }
    if just_named < 2 {
        let spoken = |person: &usize| resolver.spoken_of.get(person).copied().unwrap_or(0);
        persons.sort_by_key(|person| std::cmp::Reverse(spoken(person)));
    }
    if persons.len() < 2 {
        let (of, _) = served(resolver, number, title);
        describe(resolver, number, title.phrase.clone(), of);
        return;
    }
    for person in persons.into_iter().take(2) {
        resolver.refer(resolver.mentions[number].head, person);
    }
}

/// How many sentences back a holder of an office counts as just named.
const JUST_NAMED: usize = 2;
