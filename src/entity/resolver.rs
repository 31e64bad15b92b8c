//! The parties of a document while they are being told apart.

use std::collections::{BTreeMap, BTreeSet};

use crate::knowledge::Knowledge;
use crate::language::{Analysis, Upos};
use crate::mention::{self, Mention, OfficeTitle, Page, Tenure};
use crate::text::{Document, Span};

use super::places::Places;
use super::posts::Posts;
use super::speaker::Speech;
use super::{Entities, Entity, EntityId, Kind, Office};

/// Whose office a title is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holder {
    /// That of the person whose name is mention number so.
    Person(usize),
    /// That of whoever the word at this token refers to.
    Token(usize),
    /// The same as that of another title, mention number so.
    Title(usize),
}

/// The parties found so far.
pub(super) struct Resolver<'a> {
    pub(super) page: Page<'a>,
    pub(super) mentions: &'a [Mention],
    pub(super) places: Places,
    pub(super) all: Vec<Entity>,
    /// For entities that turned out to be another: which.
    joined: Vec<usize>,
    at: Vec<Vec<usize>>,
    /// The entity of each mention.
    pub(super) entity_of: Vec<Option<usize>>,
    pub(super) holders: Vec<Option<Holder>>,
    /// Further holders of a title: by its mention, the mentions of the persons' names.
    pub(super) shared: BTreeMap<usize, Vec<usize>>,
    pub(super) posts: Posts,
    /// Posts whose country is written with the title, known before the others.
    pub(super) stated: Posts,
    pub(super) by_iri: BTreeMap<String, usize>,
    /// The first entity that has a name.
    by_name: BTreeMap<String, usize>,
    /// The groups without a name by what the text calls them, in lower case, and their country.
    pub(super) groups: BTreeMap<(String, Option<String>), usize>,
    /// The mentions of international bodies, in text order.
    pub(super) bodies: Vec<usize>,
    /// How often each person has been spoken of so far.
    pub(super) spoken_of: BTreeMap<usize, usize>,
    /// The country where the text was written, if any is known, once it has been asked for.
    pub(super) home: Option<Vec<usize>>,
    /// Who answers, where only the label of the turns and the document's title say so.
    pub(super) introduced: Option<usize>,
    /// The countries that the document's title names, once they have been asked for.
    pub(super) headline: Option<Vec<usize>>,
    /// Persons with a title beside their name somewhere.
    pub(super) titled: BTreeSet<usize>,
    /// How often each country, or a place in it, is named.
    pub(super) named_countries: BTreeMap<usize, usize>,
    /// Whether a person is a woman, where an honorific says so.
    pub(super) women: BTreeMap<usize, bool>,
    pub(super) speech: Speech,
    pub(super) speakers: BTreeMap<usize, usize>,
    pub(super) tellers: BTreeMap<usize, usize>,
}

impl<'a> Resolver<'a> {
    pub(super) fn new(
        document: &'a Document,
        analysis: &'a Analysis,
        mentions: &'a [Mention],
        knowledge: &'a Knowledge,
    ) -> Self {
        Self {
            page: Page::new(document, analysis, knowledge),
            mentions,
            places: Places::of(mentions),
            all: Vec::new(),
            joined: Vec::new(),
            at: vec![Vec::new(); document.tokens.len()],
            entity_of: vec![None; mentions.len()],
            holders: vec![None; mentions.len()],
            shared: BTreeMap::new(),
            posts: Posts::default(),
            stated: Posts::default(),
            by_iri: BTreeMap::new(),
            by_name: BTreeMap::new(),
            groups: BTreeMap::new(),
            bodies: Vec::new(),
            spoken_of: BTreeMap::new(),
            home: None,
            introduced: None,
            headline: None,
            titled: BTreeSet::new(),
            named_countries: BTreeMap::new(),
            women: BTreeMap::new(),
            speech: Speech::of(document, analysis, knowledge),
            speakers: BTreeMap::new(),
            tellers: BTreeMap::new(),
        }
    }

    /// Adds an entity.
    pub(super) fn add(
        &mut self,
        kind: Kind,
        name: String,
        country: Option<String>,
        gazetteer: Option<String>,
    ) -> usize {
        if !name.is_empty() {
            self.by_name.entry(name.clone()).or_insert(self.all.len());
        }
        self.all.push(Entity {
            kind,
            name,
            aliases: Vec::new(),
            country,
            gazetteer,
            offices: Vec::new(),
            mentions: Vec::new(),
        });
        self.joined.push(self.all.len() - 1);
        self.all.len() - 1
    }

    /// The entity that `entity` has become.
    pub(super) fn current(&self, entity: usize) -> usize {
        let mut entity = entity;
        while self.joined[entity] != entity {
            entity = self.joined[entity];
        }
        entity
    }

    /// Makes `other` the same as `kept`.
    pub(super) fn join(&mut self, kept: usize, other: usize) {
        let (kept, other) = (self.current(kept), self.current(other));
        if kept == other {
            return;
        }
        self.joined[other] = kept;
        self.posts.join(kept, other);
        let taken = self.all[other].clone();
        let entity = &mut self.all[kept];
        entity.mentions.extend(taken.mentions);
        if entity.country.is_none() {
            entity.country = taken.country;
        }
        if entity.kind == Kind::Person && entity.gazetteer.is_none() {
            entity.gazetteer = taken.gazetteer;
        }
        for name in std::iter::once(taken.name).chain(taken.aliases) {
            add_name(entity, name);
        }
    }

    /// Lets `token` refer to `entity`.
    pub(super) fn refer(&mut self, token: usize, entity: usize) {
        if let Some(referents) = self.at.get_mut(token)
            && !referents.contains(&entity)
        {
            referents.push(entity);
        }
    }

    /// Whom `token` refers to.
    pub(super) fn at(&self, token: usize) -> Vec<usize> {
        let mut found: Vec<usize> = self
            .at
            .get(token)
            .into_iter()
            .flatten()
            .map(|&entity| self.current(entity))
            .collect();
        found.dedup();
        found
    }

    /// The party right before an `and` that stands before `token` (`the United States and its allies`).
    pub(super) fn at_before_and(&self, token: usize) -> Option<Vec<usize>> {
        let end = token
            .checked_sub(1)
            .filter(|&and| self.page.lower(and) == "and")?;
        let mut ending = self
            .places
            .ending_at(end)
            .map(|number| &self.mentions[number]);
        let mention = ending.find(|mention| !matches!(mention.kind, mention::Kind::Time(_)))?;
        let demonym = matches!(mention.kind, mention::Kind::Named { demonym: true, .. })
            && self.page.analysis.words[mention.head].upos == Upos::Adj;
        let found = self.at(mention.head);
        (!demonym && !found.is_empty()).then_some(found)
    }

    /// The title of mention number `mention`.
    pub(super) fn title(&self, mention: usize) -> Option<&'a OfficeTitle> {
        match &self.mentions[mention].kind {
            mention::Kind::Office(title) => Some(title),
            _ => None,
        }
    }

    /// The title whose head is `token`.
    pub(super) fn title_at(&self, token: usize) -> Option<usize> {
        self.places
            .headed_by(token)
            .find(|&number| self.title(number).is_some())
    }

    /// The entity of the country with that ISO 3166-1 alpha-2 code, added if need be.
    pub(super) fn country(&mut self, alpha2: &str) -> Option<usize> {
        let entry = self.page.knowledge.gazetteer.country(alpha2)?;
        if let Some(&entity) = self.by_iri.get(&entry.iri) {
            return Some(entity);
        }
        let entity = self.add(
            Kind::Country,
            entry.label.clone(),
            Some(alpha2.to_owned()),
            Some(entry.iri.clone()),
        );
        self.by_iri.insert(entry.iri.clone(), entity);
        Some(entity)
    }

    /// Gives an entity a further name.
    pub(super) fn call(&mut self, entity: usize, name: &str) {
        let entity = self.current(entity);
        let first = self.by_name.entry(name.to_owned()).or_insert(entity);
        *first = entity.min(*first);
        add_name(&mut self.all[entity], name.to_owned());
    }

    /// The first entity with that name.
    pub(super) fn called(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).map(|&entity| self.current(entity))
    }

    /// Whether `token` is the head of a person's name.
    pub(super) fn is_name_of_person(&self, token: usize) -> bool {
        (self.places.headed_by(token))
            .any(|number| self.mentions[number].kind == mention::Kind::Person)
    }

    /// Notes where an entity is named or described.
    pub(super) fn note(&mut self, entity: usize, span: Span) {
        let entity = self.current(entity);
        self.all[entity].mentions.push(span);
    }

    /// The entities, in order of first mention, without those that turned out to be others and those that nothing refers to.
    pub(super) fn into_entities(mut self) -> Entities {
        let mut posts = std::mem::take(&mut self.posts).into_vec();
        posts.sort_by_key(|post| self.mentions[post.mention].span.start);
        let roots: Vec<usize> = (0..self.all.len())
            .map(|entity| self.current(entity))
            .collect();
        for entity in &mut self.all {
            entity.mentions.sort_unstable();
            entity.mentions.dedup();
        }
        let first = |entity: usize| {
            self.all[entity]
                .mentions
                .first()
                .map_or(usize::MAX, |span| span.start)
        };
        let mut order: Vec<usize> = (0..self.all.len())
            .filter(|&entity| roots[entity] == entity)
            .collect();
        order.sort_by_key(|&entity| (first(entity), entity));
        let place: BTreeMap<usize, EntityId> = order
            .iter()
            .enumerate()
            .map(|(place, &entity)| (entity, EntityId(place)))
            .collect();
        let id = |entity: usize| place[&roots[entity]];
        let mut all: Vec<Entity> = order
            .iter()
            .map(|&entity| self.all[entity].clone())
            .collect();
        for post in posts {
            let office = Office {
                title: post.title,
                role: post.role,
                of: post.of.map(&id),
                to: post.to.map(&id),
                tenure: post.tenure,
                span: self.mentions[post.mention].span,
            };
            add_office(&mut all[id(post.person).0].offices, office);
        }
        let referents = (self.at.iter())
            .map(|entities| {
                let mut found: Vec<EntityId> = entities.iter().map(|&entity| id(entity)).collect();
                found.sort_unstable();
                found.dedup();
                found
            })
            .collect();
        let by_token = |entities: &BTreeMap<usize, usize>| {
            let entities = entities.iter();
            entities
                .map(|(&token, &entity)| (token, id(entity)))
                .collect()
        };
        let (speakers, tellers) = (by_token(&self.speakers), by_token(&self.tellers));
        Entities::new(all, referents, speakers, tellers)
    }
}

/// Adds an office unless it is held already with the same country under a title of the same words.
fn add_office(offices: &mut Vec<Office>, office: Office) {
    let key = |title: &str| title.to_lowercase();
    let same = offices
        .iter_mut()
        .find(|other| other.of == office.of && key(&other.title) == key(&office.title));
    match same {
        Some(other) => {
            if other.to.is_none() {
                other.to = office.to;
            }
            if other.tenure == Tenure::Current {
                other.tenure = office.tenure;
            }
        }
        None => offices.push(office),
    }
}

/// Adds a name: the fullest becomes the name, the others its aliases. Who is known beforehand keeps the name known.
fn add_name(entity: &mut Entity, name: String) {
    if name.is_empty() || entity.name == name || entity.aliases.contains(&name) {
        return;
    }
    let words = |name: &str| name.split([' ', '-']).count();
    if entity.name.is_empty() {
        entity.name = name;
    } else if entity.kind == Kind::Person
        && entity.gazetteer.is_none()
        && words(&name) > words(&entity.name)
    {
        let shorter = std::mem::replace(&mut entity.name, name);
        entity.aliases.push(shorter);
    } else {
        entity.aliases.push(name);
    }
}
