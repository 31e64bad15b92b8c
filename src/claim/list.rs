//! Enumerations of parties, read off the surface.
//!
//! Parsers lose their way in long lists (`the minister, who is also …, the mayor of Y and the envoy to Z`).
//! What a reader holds on to is that parties of one kind follow each other with nothing but commas, articles and a final `and` between.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::entity::{Entities, EntityId, Kind};
use crate::knowledge::Words;
use crate::language::{Analysis, Upos};
use crate::mention::{self, Mention};
use crate::text::Document;

impl Item {
    fn of(mention: &Mention, entity: EntityId) -> Self {
        Self {
            tokens: mention.tokens.clone(),
            head: mention.head,
            entity,
        }
    }
}

/// How many words may stand between two titles of one person: `, who is also the`.
const BETWEEN_TITLES: usize = 6;

/// The enumerations of a document: each with the tokens of its items' heads and whom they refer to, in text order.
#[derive(Clone, Debug, Default)]
pub(super) struct Lists {
    lists: Vec<Vec<Item>>,
    /// The first enumeration of which each token is an item.
    by_token: BTreeMap<usize, usize>,
}

/// An item of an enumeration.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// The tokens of the mention.
    tokens: Range<usize>,
    /// The token that stands for it.
    pub(super) head: usize,
    pub(super) entity: EntityId,
}

/// How many parties make an enumeration that is believed without the tree.
const LEAST: usize = 3;

/// How many mentions a title may have before its own words.
const PARTS_OF_TITLE: usize = 3;

impl Lists {
    pub(super) fn find(
        document: &Document,
        analysis: &Analysis,
        mentions: &[Mention],
        entities: &Entities,
        words: &Words,
    ) -> Self {
        let mut lists = by_semicolons(document, analysis, mentions, entities);
        let mut open: Option<Open> = None;
        // A title that no party is known by is the beginning of the name behind it.
        let mut title: Option<Range<usize>> = None;
        for (number, mention) in mentions.iter().enumerate() {
            // The country in `Chad's then prime minister` is part of the title.
            if matches!(mention.kind, mention::Kind::Named { .. })
                && mentions[number + 1..].iter().take(PARTS_OF_TITLE).any(|next| {
                    matches!(&next.kind, mention::Kind::Office(office)
                        if office.phrase.start <= mention.tokens.start && mention.tokens.end <= next.tokens.start)
                })
            {
                continue;
            }
            let Some(&entity) = item(mention)
                .then(|| entities.at(mention.head).first())
                .flatten()
            else {
                if matches!(mention.kind, mention::Kind::Office(_)) {
                    title = Some(mention.tokens.clone());
                }
                continue;
            };
            let category = Category::of(entities.get(entity).kind);
            let end = mention.tokens.end;
            let start = match title.take() {
                Some(title) if title.end == mention.tokens.start => title.start,
                _ => match &mention.kind {
                    mention::Kind::Office(office) => office.phrase.start.min(mention.tokens.start),
                    _ => mention.tokens.start,
                },
            };
            match &mut open {
                // Part of the item before: the name in `the delegation of Kenya`, `of Kenya` behind a title, another title of
                // the same person.
                Some(list) if end <= list.end => {}
                Some(list) if list.goes_on(document, analysis, entity, category, start) => {
                    list.end = end;
                    if let Some(last) = list.items.last_mut()
                        && last.entity == entity
                    {
                        last.tokens.end = end;
                    }
                }
                Some(list)
                    if list.category == category
                        && separated(document, analysis, words, list.end, start) =>
                {
                    list.coordinated |=
                        (list.end..start).any(|token| analysis.words[token].upos == Upos::Cconj);
                    list.plain |= (list.end..start).len() == 1
                        && analysis.words[list.end].upos == Upos::Cconj;
                    list.end = end;
                    if !list.items.iter().any(|item| item.entity == entity) {
                        list.items.push(Item::of(mention, entity));
                    }
                }
                _ => {
                    lists.extend(open.take().and_then(Open::close));
                    open = Some(Open {
                        category,
                        end,
                        coordinated: false,
                        plain: false,
                        items: vec![Item::of(mention, entity)],
                    });
                }
            }
        }
        lists.extend(open.and_then(Open::close));
        let mut by_token = BTreeMap::new();
        for (number, list) in lists.iter().enumerate() {
            for token in list.iter().flat_map(|item| item.tokens.clone()) {
                by_token.entry(token).or_insert(number);
            }
        }
        Self { lists, by_token }
    }

    /// The enumeration that `token` is an item of; empty where there is none.
    pub(super) fn with(&self, token: usize) -> &[Item] {
        self.by_token
            .get(&token)
            .map_or(&[], |&number| &self.lists[number])
    }
}

/// Enumerations whose items semicolons part, each a person with titles and whatever else is told of them.
fn by_semicolons(
    document: &Document,
    analysis: &Analysis,
    mentions: &[Mention],
    entities: &Entities,
) -> Vec<Vec<Item>> {
    let words = &analysis.words;
    let is = |token: usize, form: &str| document.tokens[token].form == form;
    let mut lists = Vec::new();
    let mut next = 0;
    for sentence in &document.sentences {
        let tokens = sentence.tokens.clone();
        let first =
            next + mentions[next..].partition_point(|mention| mention.tokens.end <= tokens.start);
        next =
            first + mentions[first..].partition_point(|mention| mention.tokens.start < tokens.end);
        let people: Vec<&Mention> = (mentions[first..next].iter())
            .filter(|mention| mention.kind == mention::Kind::Person)
            .collect();
        let ends: Vec<usize> = tokens.clone().filter(|&token| is(token, ";")).collect();
        if ends.is_empty() || people.len() < 2 {
            continue;
        }
        let finite = |token: usize| {
            matches!(words[token].upos, Upos::Verb | Upos::Aux)
                && matches!(words[token].xpos, "VBD" | "VBZ" | "VBP" | "MD")
        };
        let opening = (tokens.start..ends[0])
            .rev()
            .find(|&token| matches!(words[token].upos, Upos::Verb | Upos::Aux) || is(token, ":"))
            .map_or(tokens.start, |verb| verb + 1);
        let starts = std::iter::once(opening).chain(ends.iter().map(|&end| end + 1));
        let stops = ends.iter().copied().chain([tokens.end]);
        let mut items = Vec::new();
        for segment in starts.zip(stops).map(|(start, stop)| start..stop) {
            if segment.clone().any(finite) {
                break;
            }
            let mut inside = (people.iter()).filter(|person| segment.contains(&person.head));
            // `A, the minister of …` opens with the name, `the minister of …, A` ends with it.
            let opens = |person: &Mention| {
                (segment.start..person.tokens.start).all(|token| {
                    !matches!(words[token].upos, Upos::Noun | Upos::Adj) && !is(token, ",")
                })
            };
            let person = match inside.clone().next() {
                Some(person) if opens(person) => Some(person),
                _ => inside.next_back(),
            };
            let entity =
                person.and_then(|person| Some((person, *entities.at(person.head).first()?)));
            items.extend(entity.map(|(person, entity)| Item {
                tokens: segment,
                head: person.head,
                entity,
            }));
        }
        if items.len() >= 2 {
            lists.push(items);
        }
    }
    lists
}

/// An enumeration that may go on.
struct Open {
    category: Category,
    /// One past the last token of the last item.
    end: usize,
    coordinated: bool,
    /// Whether items stand beside a bare `and`, which joins nothing but them; behind a comma it may begin a new clause.
    plain: bool,
    items: Vec<Item>,
}

impl Open {
    /// Whether what starts at `start` belongs to the last item.
    fn goes_on(
        &self,
        document: &Document,
        analysis: &Analysis,
        entity: EntityId,
        category: Category,
        start: usize,
    ) -> bool {
        if start < self.end || document.sentence_of(self.end - 1) != document.sentence_of(start) {
            return false;
        }
        let mut between = self.end..start;
        if category == self.category {
            let same = self.items.last().is_some_and(|last| last.entity == entity);
            same && between.len() <= BETWEEN_TITLES
        } else {
            between.all(|token| matches!(analysis.words[token].upos, Upos::Adp | Upos::Det))
        }
    }

    fn close(self) -> Option<Vec<Item>> {
        let least = if self.plain { 2 } else { LEAST };
        (self.coordinated && self.items.len() >= least).then_some(self.items)
    }
}

/// Parties that may stand in one enumeration.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Category {
    People,
    Places,
    Bodies,
}

impl Category {
    fn of(kind: Kind) -> Self {
        match kind {
            Kind::Person | Kind::Group => Self::People,
            Kind::Country | Kind::Place => Self::Places,
            Kind::Organisation => Self::Bodies,
        }
    }
}

fn item(mention: &Mention) -> bool {
    match &mention.kind {
        mention::Kind::Person | mention::Kind::Office(_) | mention::Kind::Group => true,
        mention::Kind::Named { demonym, .. } => !demonym,
        _ => false,
    }
}

/// Whether nothing but commas, articles, conjunctions and honorifics stands between two items of one sentence.
fn separated(
    document: &Document,
    analysis: &Analysis,
    words: &Words,
    end: usize,
    start: usize,
) -> bool {
    end <= start
        && start > 0
        && document.sentence_of(end - 1) == document.sentence_of(start)
        && (end..start).all(|token| {
            let form = document.tokens[token].form.as_str();
            matches!(analysis.words[token].upos, Upos::Det | Upos::Cconj)
                || matches!(form, "," | ";")
                || words.has("honorific", form)
        })
}
