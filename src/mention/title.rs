//! How far a title reaches around its head: its modifiers, its country, its complements.

use std::ops::Range;

use crate::knowledge::gazetteer::EntryKind;
use crate::knowledge::office::Trait;
use crate::language::Upos;

use super::complement::{Complement, is_world_region, kind_of};
use super::office::{Head, head_at};
use super::page::singular;
use super::{Determiner, Kind, Page, Tenure};

/// A title with its surroundings.
pub(super) struct Title {
    /// First token of the phrase with determiner, country and `former`.
    pub(super) start: usize,
    /// First token of the title itself.
    pub(super) own_start: usize,
    /// One past the last token of the phrase.
    pub(super) end: usize,
    /// The tokens of the title: modifiers and head, then the complements that belong to it.
    parts: Vec<Range<usize>>,
    /// Head tokens of the country or body served.
    pub(super) of: Vec<usize>,
    /// Head tokens of countries in a list.
    pub(super) listed: Vec<usize>,
    /// Further complements of a title in the plural, each of an office of its own (`of Finance` | `and of Trade`).
    pub(super) further: Vec<Range<usize>>,
    pub(super) to: Option<usize>,
    pub(super) tenure: Tenure,
    pub(super) determiner: Determiner,
}

/// What a complement is to its title.
enum Reach {
    /// A part of it.
    Title,
    /// The country served, which is no part of it; more may follow.
    Country,
    /// The body or place of the office, up to that token; nothing follows.
    Seat(usize),
    /// Nothing.
    Nothing,
}

impl Title {
    /// Reads the phrase around `head`.
    pub(super) fn around(page: &Page, head: &Head) -> Self {
        let mut title = Self {
            start: head.start,
            own_start: head.start,
            end: head.end,
            parts: Vec::new(),
            of: Vec::new(),
            listed: Vec::new(),
            further: Vec::new(),
            to: None,
            tenure: Tenure::Current,
            determiner: Determiner::Bare,
        };
        title.read_left(page, head);
        title.parts.push(title.own_start..head.end);
        title.read_right(page, head);
        title.read_times(page);
        title
    }

    /// The tokens from the first modifier of the title to the end of its complements.
    pub(super) fn tokens(&self) -> Range<usize> {
        self.own_start..self.parts.last().map_or(self.end, |part| part.end)
    }

    /// The title as written, in the singular, without what stands between its parts and without parentheses.
    pub(super) fn text(&self, page: &Page, head: &Head) -> String {
        let mut merged: Vec<Range<usize>> = Vec::new();
        for part in &self.parts {
            match merged.last_mut() {
                Some(last) if last.end == part.start => last.end = part.end,
                _ => merged.push(part.clone()),
            }
        }
        let texts: Vec<&str> = merged.into_iter().map(|part| page.text(part)).collect();
        let mut text = texts.join(" ");
        if head.plural {
            let noun = page.form(head.noun_end - 1);
            text = text.replacen(noun, &singular(noun), 1);
        }
        if is_prefixed_former(page, self.own_start)
            && let Some((_, rest)) = text.split_once('-')
        {
            text = rest.to_owned();
        }
        while let (Some(open), Some(close)) = (text.find(" ("), text.find(')')) {
            if open > close {
                break;
            }
            text.replace_range(open..=close, "");
        }
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Whether what is served is a country, a public body or the office of another person.
    pub(super) fn has_public_body(&self, page: &Page) -> bool {
        self.of.iter().any(|&token| match page.named(token) {
            Some(_) => kind_of(page, token).is_some_and(|kind| kind != EntryKind::City),
            None => {
                page.analysis.words[token].xpos == "PRP$"
                    || ["body-noun", "country-noun", "private-body"]
                        .iter()
                        .any(|class| page.is(class, token))
            }
        })
    }

    /// Whether the title's complement is a name of several words none of which is known as a country, a public body or a field of government
    /// (`president of the Rugby Football Lovers`).
    pub(super) fn has_unknown_body(&self, page: &Page) -> bool {
        let known = |token: usize| {
            page.covering(token).is_some()
                || page.is("body-noun", token)
                || page.is("portfolio", token)
                || page.is("country-noun", token)
                || head_at(page, token).is_some()
        };
        self.parts.iter().skip(1).any(|part| {
            let capitals = part.clone().filter(|&token| page.is_capital(token)).count();
            capitals > 1 && !part.clone().any(known)
        })
    }

    /// Reads modifiers, country and determiner, from right to left.
    fn read_left(&mut self, page: &Page, head: &Head) {
        let first = page.sentence(head.start).start;
        let capital = page.is_capital(head.noun_end - 1);
        let plural = head.plural;
        while self.start > first {
            let token = self.start - 1;
            if let Some(mention) = page.named(token) {
                let name = mention.tokens.clone();
                let (head, demonym) = (
                    mention.head,
                    matches!(mention.kind, Kind::Named { demonym: true, .. }),
                );
                if !self.of.is_empty() || (!demonym && !self.is_modifier(page, head, name.start)) {
                    break;
                }
                self.of.push(head);
                self.start = name.start;
                if demonym && plural {
                    self.list_demonyms(page, head, first);
                }
            } else if page.covering(token).is_some() {
                break;
            } else if page.is_genitive(token)
                && token > first
                && (self.of.is_empty() || head.office.has(Trait::LikeAnother))
            {
                self.read_possessor(page, token, first);
                break;
            } else if page.analysis.words[token].xpos == "PRP$" {
                self.of.push(token);
                self.start = token;
                self.determiner = Determiner::Definite;
                break;
            } else if page.upos(token) == Upos::Det || page.is("indefinite", token) {
                self.determiner = if page.is("indefinite", token) {
                    Determiner::Indefinite
                } else {
                    Determiner::Definite
                };
                self.start = token;
                break;
            } else if page.is_joint(token) && token > first && joins_prefix(page, token - 1) {
                self.start = token;
            } else if is_prefixed_former(page, token) {
                self.tenure = Tenure::Former;
                self.start = token;
                self.own_start = token;
            } else if page.is("former-word", token) || self.is_first_holder(page, token) {
                self.tenure = Tenure::Former;
                self.start = token;
            } else if page.is("incoming-word", token) {
                self.tenure = Tenure::Incoming;
                self.start = token;
            } else if head.office.has(Trait::Rank) && head_at(page, token).is_some() {
                break;
            } else if page.is("title-rank", token) && page.upos(token) != Upos::Verb {
                self.extend_left(token);
            } else if page.is("title-aside", token) || page.upos(token) == Upos::Num {
                self.start = token;
            } else if is_portfolio(page, token, capital) {
                self.extend_left(token);
            } else if matches!(page.lower(token), "and" | "&")
                && token > first
                && self.own_start == self.start
                && joins_portfolio(page, token)
            {
                self.extend_left(token - 1);
            } else {
                break;
            }
        }
        self.drop_article_before(page, first);
    }

    /// `the Russian, Chinese and Indian foreign ministers`: one country for each of several.
    fn list_demonyms(&mut self, page: &Page, last: usize, first: usize) {
        let mut listed = vec![last];
        let mut start = self.start;
        while start > first + 1 && matches!(page.lower(start - 1), "and" | ",") {
            let Some(mention) = page
                .named(start - 2)
                .filter(|mention| matches!(mention.kind, Kind::Named { demonym: true, .. }))
            else {
                break;
            };
            listed.insert(0, mention.head);
            start = mention.tokens.start;
        }
        if listed.len() > 1 {
            self.of = listed[..1].to_vec();
            self.listed = listed;
            self.start = start;
        }
    }

    /// Takes `token` into the title, with all that stands between.
    fn extend_left(&mut self, token: usize) {
        self.start = token;
        self.own_start = token;
    }

    /// Whether a name before the title modifies it, rather than being a place that happens to stand before it.
    fn is_modifier(&self, page: &Page, head: usize, name_start: usize) -> bool {
        let governor = page.analysis.words[head].head;
        if governor.is_some_and(|governor| (self.start..self.end).contains(&governor)) {
            return true;
        }
        let before = name_start.checked_sub(1);
        before.is_none_or(|before| page.upos(before) != Upos::Adp && page.form(before) != ",")
            && page.analysis.words[head].relation() != "obl"
    }

    /// `Kenya's`, `the party's`, `your country's`: the possessor becomes the country or body served.
    fn read_possessor(&mut self, page: &Page, mark: usize, first: usize) {
        let noun = mark - 1;
        self.determiner = Determiner::Definite;
        if let Some(mention) = page.named(noun) {
            self.of.push(mention.head);
            self.start = mention.tokens.start;
            return;
        }
        self.of.push(noun);
        self.start = noun;
        while self.start > first
            && matches!(
                page.upos(self.start - 1),
                Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num
            )
        {
            self.start -= 1;
            if let Some(mention) = page.named(self.start) {
                self.of.insert(0, mention.head);
                self.start = mention.tokens.start;
            }
        }
        if self.start > first
            && (page.upos(self.start - 1) == Upos::Det
                || page.analysis.words[self.start - 1].xpos == "PRP$")
        {
            self.start -= 1;
        }
    }

    /// `the country's first President`: an ordinal right before the title of someone who alone holds it.
    fn is_first_holder(&self, page: &Page, token: usize) -> bool {
        page.lower(token) == "first"
            && token + 1 == self.own_start
            && self.own_start + 1 == self.end
            && page
                .knowledge
                .offices
                .named(page.lower(self.own_start))
                .is_some_and(|office| office.has(Trait::OnePerBody))
    }

    /// An article that stands before the country (`the Russian president`) or before `former`.
    fn drop_article_before(&mut self, page: &Page, first: usize) {
        while self.start > first {
            let token = self.start - 1;
            if page.is("former-word", token) {
                self.tenure = Tenure::Former;
            } else if page.is("incoming-word", token) {
                self.tenure = Tenure::Incoming;
            } else if page.upos(token) == Upos::Det || page.is("indefinite", token) {
                if self.determiner == Determiner::Bare {
                    self.determiner = if page.is("indefinite", token) {
                        Determiner::Indefinite
                    } else {
                        Determiner::Definite
                    };
                }
            } else if page.analysis.words[token].xpos == "PRP$"
                && self.determiner == Determiner::Bare
            {
                self.determiner = Determiner::Definite;
            } else if !page.is("title-aside", token) {
                break;
            }
            self.start = token;
        }
    }

    /// Reads complements, from left to right.
    fn read_right(&mut self, page: &Page, head: &Head) {
        let last = page.sentence(head.start).end;
        while self.end < last && former_phrase_at(page, self.end).is_none() {
            if self.skip_aside(page, last) {
                continue;
            }
            let token = self.end;
            let preposition = page.lower(token);
            let joined = preposition == "and" && self.continues_field(page, head, token + 1);
            if !joined
                && !matches!(
                    preposition,
                    "of" | "for" | "to" | "in" | "at" | "on" | "from"
                )
            {
                break;
            }
            let Some(complement) = Complement::read(page, token + 1, last) else {
                break;
            };
            let sent = head.office.has(Trait::SentAbroad);
            let reach = match preposition {
                "and" => Reach::Title,
                "of" | "for" => self.take_served(page, &complement, sent && preposition == "for"),
                _ if sent
                    && (!complement.names.is_empty() || complement.country_noun.is_some()) =>
                {
                    self.take_destination(&complement, preposition)
                }
                "in" | "at" => self.take_seat(page, &complement, preposition, last),
                "from" if head.office.has(Trait::LikeAnother) => {
                    self.take_seat(page, &complement, preposition, last)
                }
                _ => Reach::Nothing,
            };
            match reach {
                Reach::Title => self.parts.push(token..complement.end),
                Reach::Country => {}
                Reach::Seat(end) => {
                    self.end = end;
                    break;
                }
                Reach::Nothing => break,
            }
            self.end = complement.end;
        }
        self.read_further(page, head, last);
    }

    /// `of Finance and of Trade`: complements that are offices of their own.
    fn read_further(&mut self, page: &Page, head: &Head, last: usize) {
        while head.plural
            && self.parts.len() == 2
            && page.lower(self.end) == "and"
            && matches!(page.lower(self.end + 1), "of" | "for")
        {
            let Some(complement) = Complement::read(page, self.end + 2, last) else {
                break;
            };
            self.further.push(self.end + 1..complement.end);
            self.end = complement.end;
        }
    }

    /// Goes over `-designate` and over a short text in parentheses.
    fn skip_aside(&mut self, page: &Page, last: usize) -> bool {
        let token = self.end;
        if page.is_joint(token) && page.is("incoming-word", token + 1) {
            self.tenure = Tenure::Incoming;
            self.end = token + 2;
            return true;
        }
        if page.is("interim-mark", token) {
            self.end = token + 1;
            return true;
        }
        let close = (token + 1..last.min(token + 7)).find(|&other| page.form(other) == ")");
        match close {
            Some(close) if page.form(token) == "(" => {
                self.end = close + 1;
                true
            }
            _ => false,
        }
    }

    /// Whether an `and` before `token` goes on with the field of the office (`of Foreign Affairs and International Cooperation`).
    fn continues_field(&self, page: &Page, head: &Head, token: usize) -> bool {
        let has_field = self.parts.len() > 1 || head.end > head.noun_end;
        has_field
            && page.is("portfolio", token)
            && page.covering(token).is_none()
            && head_at(page, token).is_none()
            && page.is_capital(token) == page.is_capital(head.start)
    }

    /// What stands behind `of` or `for`: the country served, or a body or field, which belongs to the title; where an envoy is sent.
    fn take_served(&mut self, page: &Page, complement: &Complement, sent_for: bool) -> Reach {
        if complement.only_countries && sent_for {
            self.to = complement.names.first().copied();
            return Reach::Title;
        }
        if complement.only_countries {
            self.listed.clone_from(&complement.names);
            self.of.extend(complement.names.first());
            return Reach::Country;
        }
        if complement.country_noun.is_some() {
            self.of.extend(complement.country_noun);
            return Reach::Country;
        }
        let body = |&name: &usize| kind_of(page, name) == Some(EntryKind::Organisation);
        if sent_for && complement.names.len() == 1 && !complement.names.iter().any(body) {
            self.to = complement.names.first().copied();
        } else {
            self.of.extend(
                complement
                    .names
                    .iter()
                    .filter(|&&name| !is_world_region(page, name)),
            );
            self.of.extend(
                complement
                    .possessive
                    .filter(|_| complement.names.is_empty()),
            );
        }
        Reach::Title
    }

    /// Where an envoy is sent.
    fn take_destination(&mut self, complement: &Complement, preposition: &str) -> Reach {
        if self.to.is_some() || (preposition == "on" && complement.names.is_empty()) {
            return Reach::Nothing;
        }
        self.to = complement
            .names
            .first()
            .copied()
            .or(complement.country_noun);
        Reach::Title
    }

    /// The body or place of the office, which tells the country (`at the Ministry of Transport in Juba`).
    fn take_seat(
        &mut self,
        page: &Page,
        complement: &Complement,
        preposition: &str,
        last: usize,
    ) -> Reach {
        // `coordinator of the United Nations in Chad`: the office serves the body, wherever it sits.
        let international = self.of.iter().any(|&name| {
            let entry = |iri: &String| page.knowledge.gazetteer.entry(iri);
            page.named(name).is_some_and(|mention| match &mention.kind {
                Kind::Named { entries, .. } => {
                    (entries.first().and_then(entry)).is_some_and(|entry| {
                        entry.kind == EntryKind::Organisation && entry.country.is_none()
                    })
                }
                _ => false,
            })
        });
        if !international {
            self.of.extend(&complement.names);
        }
        let mut end = complement.end;
        if complement.names.is_empty() {
            if preposition == "in" {
                return Reach::Nothing;
            }
            while matches!(page.lower(end), "of" | "in") {
                let Some(further) = Complement::read(page, end + 1, last) else {
                    break;
                };
                self.of.extend(&further.names);
                end = further.end;
            }
        }
        Reach::Seat(end)
    }

    /// `at the time`, `of the day`, `then`: beside the title, the office is over.
    fn read_times(&mut self, page: &Page) {
        if self.tenure != Tenure::Current {
            return;
        }
        let sentence = page.sentence(self.start);
        let after = page.form(self.end) == ",";
        if let Some(words) = former_phrase_at(page, self.end) {
            self.tenure = Tenure::Former;
            self.end += words;
        } else if after && former_phrase_at(page, self.end + 1).is_some() {
            self.tenure = Tenure::Former;
        } else {
            let before = (sentence.start..self.start).find(|&token| {
                former_phrase_at(page, token).is_some_and(|words| token + words == self.start)
            });
            if let Some(start) = before {
                self.tenure = Tenure::Former;
                self.start = start;
            }
        }
    }
}

/// How many words the phrase has that begins at `token` and says that an office is over.
fn former_phrase_at(page: &Page, token: usize) -> Option<usize> {
    let last = page.sentence(token).end;
    page.knowledge.words.of("former-phrase").find_map(|phrase| {
        let words: Vec<&str> = phrase.split(' ').collect();
        let stands = token + words.len() <= last
            && words
                .iter()
                .enumerate()
                .all(|(place, word)| page.lower(token + place) == *word);
        stands.then_some(words.len())
    })
}

/// `ex-foreign` of `ex-foreign minister`, written as one word.
fn is_prefixed_former(page: &Page, token: usize) -> bool {
    let prefix = page.lower(token).split_once('-').map(|(prefix, _)| prefix);
    prefix.is_some_and(|prefix| page.knowledge.words.has("former-word", prefix))
}

/// `ex` of `ex-president`, `vice` of `vice-president`.
fn joins_prefix(page: &Page, token: usize) -> bool {
    page.is("former-word", token)
        || page.is("title-rank", token)
        || page.is("incoming-word", token)
        || page.is_joint(token + 1) && page.is_capital(token)
}

/// Whether `token` names the field of the office (`foreign`, `transport`, `State Department`).
fn is_portfolio(page: &Page, token: usize, capital: bool) -> bool {
    if page.is("weekday", token) || page.is("honorific", token) {
        return false;
    }
    let known = page.is("portfolio", token) || page.is("body-noun", token);
    match page.upos(token) {
        Upos::Noun => known || (!capital && !page.is_capital(token)),
        Upos::Propn => {
            known || (page.is_capital(token) && (capital || !page.opens_sentence(token)))
        }
        Upos::Adj => {
            known
                || (page.is_capital(token) && !page.opens_sentence(token))
                || page.lower(token).ends_with("al")
        }
        _ => known && page.is_capital(token),
    }
}

/// `Transport and Communications Minister`: two fields, joined by the conjunction `token`.
fn joins_portfolio(page: &Page, token: usize) -> bool {
    page.is("portfolio", token - 1)
        && page.is("portfolio", token + 1)
        && page.is_capital(token - 1)
        && page.is_capital(token + 1)
}
