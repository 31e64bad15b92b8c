//! Which country does an office serve that is written without one?

use std::collections::BTreeMap;

use crate::mention::OfficeTitle;

use super::Kind;
use super::identity::state_then;
use super::likelihood::{is_taken, likeliest, scores};
use super::posts::Post;
use super::resolver::{Holder, Resolver};
use super::title::served;
use crate::knowledge::gazetteer::EntryKind;
use crate::knowledge::office::Trait;

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
    let known: Vec<usize> = (resolver.stated.of(person))
        .chain(resolver.posts.of(person))
        .filter_map(|other| other.of)
        .collect();
    let stated = known
        .iter()
        .copied()
        .find(|&of| resolver.all[of].kind == Kind::Country);
    let through_body = known
        .iter()
        .find_map(|&of| resolver.all[of].country.clone())
        .and_then(|code| resolver.country(&code));
    stated
        .or(through_body)
        .or_else(|| {
            if body {
                nearest_body(resolver, post)
            } else {
                None
            }
        })
        .or_else(|| likeliest(resolver, post))
}

/// Gives an organ of a state whose country the text does not say (`the Senate`, `the State Council`) the country that its officer likely serves.
pub(super) fn place_body(resolver: &mut Resolver, post: &Post, body: usize) {
    let found = &resolver.all[body];
    if found.kind != Kind::Organisation || found.country.is_some() || found.gazetteer.is_some() {
        return;
    }
    let words = &resolver.page.knowledge.words;
    let organ = found
        .name
        .split(' ')
        .any(|word| words.has("state-organ", &word.to_lowercase()));
    if !organ {
        return;
    }
    let mut open = post.clone();
    open.of = None;
    if let Some(country) = likeliest(resolver, &open) {
        let code = resolver.all[country].country.clone();
        resolver.all[body].country = code;
    }
}

/// Guesses again, now that all offices are known, the least sure first, so that no office has two holders; then gives each person the country that the
/// offices serve, the stated ones first.
pub(super) fn complete(resolver: &mut Resolver) {
    for place in 0..resolver.posts.len() {
        let post = resolver.posts.get(place);
        if post.explicit {
            continue;
        }
        // `his defence minister`, where only later words said whom `he` serves.
        let (mention, title) = (post.mention, resolver.title(post.mention));
        let own = title.filter(|title| !is_like_another(resolver, title));
        let (of, explicit) = own.map_or((None, false), |title| served(resolver, mention, title));
        if explicit {
            resolver.posts.state(place, of);
            continue;
        }
        let post = resolver.posts.get(place);
        let stated = (resolver.posts.of(resolver.current(post.person)))
            .find(|post| post.explicit)
            .and_then(|post| post.of);
        if let Some(country) = stated.filter(|&of| resolver.all[of].kind == Kind::Country) {
            resolver.posts.serve(place, Some(country));
        }
    }
    let mut order = Vec::new();
    for place in 0..resolver.posts.len() {
        let post = resolver.posts.get(place).clone();
        if post.explicit || resolver.all[resolver.current(post.person)].name.is_empty() {
            continue;
        }
        let score = post
            .of
            .and_then(|of| scores(resolver, &post).get(&of).copied())
            .unwrap_or(0.0);
        order.push((score, place));
    }
    order.sort_by(|one, other| one.0.total_cmp(&other.0).then(other.1.cmp(&one.1)));
    for &(_, place) in &order {
        let post = resolver.posts.get(place).clone();
        if is_open(resolver, &post) || post.of.is_none_or(|of| is_taken(resolver, &post, of)) {
            let of = likeliest(resolver, &post);
            resolver.posts.serve(place, of);
        }
    }
    // Who has several offices serves one country in them, that of the surest.
    let mut serves: BTreeMap<usize, usize> = BTreeMap::new();
    let open: Vec<usize> = (order.into_iter().map(|(_, place)| place))
        .filter(|&place| is_open(resolver, resolver.posts.get(place)))
        .collect();
    for &place in open.iter().rev() {
        let post = resolver.posts.get(place);
        if let Some(of) = post.of {
            serves.entry(post.person).or_insert(of);
        }
    }
    for place in open {
        let of = serves.get(&resolver.posts.get(place).person).copied();
        resolver.posts.serve(place, of);
    }
    let mut posts: Vec<&Post> = resolver.posts.iter().collect();
    posts.sort_by_key(|post| !post.explicit);
    for post in posts {
        let person = resolver.current(post.person);
        let code = post.of.and_then(|of| resolver.all[of].country.clone());
        if resolver.all[person].country.is_none() {
            resolver.all[person].country = code;
        }
    }
}

/// Whether nothing but what stands around a title says which country it serves.
fn is_open(resolver: &Resolver, post: &Post) -> bool {
    let offices = &resolver.page.knowledge.offices;
    let role = post.role.as_deref();
    !role.is_some_and(|role| offices.has(role, Trait::ServesBody))
        && !resolver.posts.of(post.person).any(|other| other.explicit)
}

fn is_like_another(resolver: &Resolver, title: &OfficeTitle) -> bool {
    let offices = &resolver.page.knowledge.offices;
    let role = title.role.as_deref();
    role.is_some_and(|role| offices.has(role, Trait::LikeAnother))
}

/// The country that some post of the person serves.
pub(super) fn known_country(resolver: &Resolver, person: usize) -> Option<usize> {
    let mut posts = resolver.posts.of(person).chain(resolver.stated.of(person));
    posts.find_map(|post| post.of.filter(|&of| resolver.all[of].kind == Kind::Country))
}

/// The international body spoken of last before a title, or else first after it.
fn nearest_body(resolver: &Resolver, post: &Post) -> Option<usize> {
    let next = resolver.bodies.partition_point(|&body| body < post.mention);
    let last = next.checked_sub(1).map(|last| resolver.bodies[last]);
    let body = last.or_else(|| resolver.bodies.get(next).copied())?;
    resolver.entity_of[body].map(|entity| resolver.current(entity))
}

/// The entity of the country that a person serves, as far as titles have said it so far.
pub(super) fn country_of_person(resolver: &Resolver, person: usize) -> Option<usize> {
    known_country(resolver, resolver.current(person))
}

/// The countries that the title of the document names.
pub(super) fn in_headline(resolver: &mut Resolver) -> Vec<usize> {
    if let Some(known) = &resolver.headline {
        return known.clone();
    }
    let title = resolver
        .page
        .document
        .metadata
        .title
        .clone()
        .unwrap_or_default();
    let words: Vec<&str> = title
        .split(|letter: char| letter.is_whitespace() || letter == '-')
        .map(|word| word.trim_matches(|letter: char| !letter.is_alphanumeric()))
        .map(|word| {
            word.strip_suffix("'s")
                .or(word.strip_suffix("’s"))
                .unwrap_or(word)
        })
        .collect();
    let mut countries = Vec::new();
    for start in 0..words.len() {
        let rest = &words[start..words.len().min(start + 5)];
        let found = resolver.page.knowledge.gazetteer.find(rest);
        // A name of persons, too, is the country where no other name stands before it.
        let alone = start == 0 || !words[start - 1].starts_with(char::is_uppercase);
        let code = found
            .first()
            .filter(|found| !found.ambiguous || alone && found.entry.kind == EntryKind::Country)
            .and_then(|found| found.entry.country.clone());
        if let Some(country) = code.and_then(|code| resolver.country(&code))
            && !countries.contains(&country)
        {
            countries.push(country);
        }
    }
    resolver.headline = Some(countries.clone());
    countries
}

/// The country where the text was written: that of its dateline.
pub(super) fn home(resolver: &mut Resolver) -> Option<usize> {
    if let Some(known) = &resolver.home {
        return known.first().copied();
    }
    let home = dateline_country(resolver);
    resolver.home = Some(home.into_iter().collect());
    home
}

fn dateline_country(resolver: &mut Resolver) -> Option<usize> {
    let document = resolver.page.document;
    let place = document.dateline.as_ref()?.place?;
    let text = document.text(place).to_owned();
    let first = text.split(['/', ',']).next()?.trim();
    let words: Vec<&str> = first.split_whitespace().collect();
    let found = resolver.page.knowledge.gazetteer.find(&words);
    let entry = found.iter().find(|found| found.words == words.len())?.entry;
    let state = state_then(resolver, entry).unwrap_or(entry);
    resolver.country(&state.country.clone()?)
}

/// The country that a party is, serves, lies in or comes from.
pub(super) fn country_of(resolver: &mut Resolver, entity: usize) -> Option<usize> {
    match resolver.all[entity].kind {
        Kind::Country => Some(entity),
        Kind::Person if resolver.introduced != Some(entity) => {
            known_country(resolver, resolver.current(entity))
        }
        _ => {
            let code = resolver.all[entity].country.clone()?;
            resolver.country(&code)
        }
    }
}
