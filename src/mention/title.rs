//! How far a title reaches around its head: its modifiers, its country, its complements.

use std::ops::Range;

use crate::knowledge::gazetteer::EntryKind;
use crate::knowledge::office::Trait;
use crate::language::Upos;

use super::office::{Head, head_at};
use super::page::singular;
use super::{Determiner, Kind, Page, Tenure};

/// A title with its surroundings.
pub(super) struct Title {
    /// First token of the phrase with determiner, country and `former`.
    pub(super) start: usize,
    /// First token of the title itself.
    pub(super) title_start: usize,
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

/// What stands behind a preposition.
struct Complement {
    end: usize,
    /// Heads of the gazetteer names in it.
    names: Vec<usize>,
    /// Whether it is nothing but names of countries (with articles and conjunctions).
    only_countries: bool,
    /// The noun of a country without a name (`my country`).
    country_noun: Option<usize>,
    /// The possessive that begins it (`its`).
    possessive: Option<usize>,
}

impl Title {
    /// Reads the phrase around `head`.
    pub(super) fn around(page: &Page, head: &Head) -> Self {
        let mut title = Self {
            start: head.start,
            title_start: head.start,
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
        title.parts.push(title.title_start..head.end);
        title.read_right(page, head);
        title.read_times(page);
        title
    }

    /// The tokens from the first modifier of the title to the end of its complements.
    pub(super) fn tokens(&self) -> Range<usize> {
        self.title_start..self.parts.last().map_or(self.end, |part| part.end)
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
        self.of.iter().any(|&token| {
            page.named(token).is_none_or(|mention| match &mention.kind {
                Kind::Named { entries, .. } => {
                    (entries.first().and_then(|iri| page.knowledge.gazetteer.entry(iri))).is_some_and(|entry| entry.kind != EntryKind::City)
                }
                _ => true,
            })
        })
    }

    /// Reads modifiers, country and determiner, from right to left.
    fn read_left(&mut self, page: &Page, head: &Head) {
        let first = page.sentence(head.start).start;
        let capital = page.is_capital(head.noun_end - 1);
        while self.start > first {
            let token = self.start - 1;
            if let Some(mention) = page.named(token) {
                let name = mention.tokens.clone();
                let (head, demonym) = (mention.head, matches!(mention.kind, Kind::Named { demonym: true, .. }));
                if !self.of.is_empty() || (!demonym && !self.is_modifier(page, head, name.start)) {
                    break;
                }
                self.of.push(head);
                self.start = name.start;
            } else if page.covering(token).is_some() {
                break;
            } else if page.is_genitive(token) && token > first && self.of.is_empty() {
                self.read_possessor(page, token, first);
                break;
            } else if page.analysis.words[token].xpos == "PRP$" {
                self.of.push(token);
                self.start = token;
                self.determiner = Determiner::Definite;
                break;
            } else if page.upos(token) == Upos::Det || page.is("indefinite", token) {
                self.determiner = if page.is("indefinite", token) { Determiner::Indefinite } else { Determiner::Definite };
                self.start = token;
                break;
            } else if page.is_joint(token) && token > first && self.joins_prefix(page, token - 1) {
                self.start = token;
            } else if page.is("former-word", token) || self.is_first_holder(page, token) {
                self.tenure = Tenure::Former;
                self.start = token;
            } else if page.is("incoming-word", token) {
                self.tenure = Tenure::Incoming;
                self.start = token;
            } else if page.is("title-rank", token) && page.upos(token) != Upos::Verb {
                self.extend_left(token);
            } else if page.is("title-aside", token) || page.upos(token) == Upos::Num {
                self.start = token;
            } else if self.is_portfolio(page, token, capital) {
                self.extend_left(token);
            } else if matches!(page.lower(token), "and" | "&") && token > first && self.title_start == self.start && self.joins_portfolio(page, token) {
                self.extend_left(token - 1);
            } else {
                break;
            }
        }
        self.drop_article_before(page, first);
    }

    /// Takes `token` into the title, with all that stands between.
    fn extend_left(&mut self, token: usize) {
        self.start = token;
        self.title_start = token;
    }

    /// Whether a name before the title modifies it, rather than being a place that happens to stand before it.
    fn is_modifier(&self, page: &Page, head: usize, name_start: usize) -> bool {
        let governor = page.analysis.words[head].head;
        if governor.is_some_and(|governor| (self.start..self.end).contains(&governor)) {
            return true;
        }
        let before = name_start.checked_sub(1);
        before.is_none_or(|before| page.upos(before) != Upos::Adp && page.form(before) != ",") && page.analysis.words[head].relation() != "obl"
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
        while self.start > first && matches!(page.upos(self.start - 1), Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num) {
            self.start -= 1;
            if let Some(mention) = page.named(self.start) {
                self.of.insert(0, mention.head);
                self.start = mention.tokens.start;
            }
        }
        if self.start > first && (page.upos(self.start - 1) == Upos::Det || page.analysis.words[self.start - 1].xpos == "PRP$") {
            self.start -= 1;
        }
    }

    /// `ex` of `ex-president`, `vice` of `vice-president`.
    fn joins_prefix(&self, page: &Page, token: usize) -> bool {
        page.is("former-word", token) || page.is("title-rank", token) || page.is("incoming-word", token) || page.is_joint(token + 1) && page.is_capital(token)
    }

    /// `the country's first President`: an ordinal right before the title of someone who alone holds it.
    fn is_first_holder(&self, page: &Page, token: usize) -> bool {
        page.lower(token) == "first" && token + 1 == self.title_start && self.title_start + 1 == self.end
            && page.knowledge.offices.named(page.lower(self.title_start)).is_some_and(|office| office.has(Trait::OnePerBody))
    }

    /// Whether `token` names the field of the office (`foreign`, `transport`, `State Department`).
    fn is_portfolio(&self, page: &Page, token: usize, capital: bool) -> bool {
        if page.is("weekday", token) || page.is("honorific", token) {
            return false;
        }
        let known = page.is("portfolio", token) || page.is("body-noun", token);
        match page.upos(token) {
            Upos::Noun => known || (!capital && !page.is_capital(token)),
            Upos::Propn => known || (page.is_capital(token) && (capital || !page.opens_sentence(token))),
            Upos::Adj => known || (page.is_capital(token) && !page.opens_sentence(token)) || page.lower(token).ends_with("al"),
            _ => known && page.is_capital(token),
        }
    }

    /// `Transport and Communications Minister`: two fields, joined by the conjunction `token`.
    fn joins_portfolio(&self, page: &Page, token: usize) -> bool {
        page.is("portfolio", token - 1) && page.is("portfolio", token + 1) && page.is_capital(token - 1) && page.is_capital(token + 1)
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
                    self.determiner = if page.is("indefinite", token) { Determiner::Indefinite } else { Determiner::Definite };
                }
            } else if page.analysis.words[token].xpos == "PRP$" && self.determiner == Determiner::Bare {
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
        let sent = head.office.has(Trait::SentAbroad);
        while self.end < last {
            let token = self.end;
            if page.is_joint(token) && page.is("incoming-word", token + 1) {
                self.tenure = Tenure::Incoming;
                self.end = token + 2;
                continue;
            }
            if page.form(token) == "(" && page.is_abbreviation(token + 1) && page.form(token + 2) == ")" {
                self.end = token + 3;
                continue;
            }
            if former_phrase_at(page, token).is_some() {
                break;
            }
            let preposition = page.lower(token);
            let continues_field = preposition == "and" && self.parts.len() + usize::from(head.end > head.noun_end) > 1;
            if !matches!(preposition, "of" | "for" | "to" | "in" | "at" | "on") && !continues_field {
                break;
            }
            if continues_field && !(page.is("portfolio", token + 1) && page.covering(token + 1).is_none() && head_at(page, token + 1).is_none() && page.is_capital(token + 1) == page.is_capital(head.start)) {
                break;
            }
            let Some(complement) = Complement::read(page, token + 1, last) else {
                break;
            };
            let includes = match preposition {
                "of" | "for" if complement.only_countries => {
                    if sent && preposition == "for" {
                        self.to = complement.names.first().copied();
                        true
                    } else {
                        self.listed.clone_from(&complement.names);
                        self.of.extend(complement.names.first());
                        false
                    }
                }
                "of" | "for" if complement.country_noun.is_some() => {
                    self.of.extend(complement.country_noun);
                    false
                }
                "of" | "for" => {
                    let body = complement.names.iter().any(|&name| kind_of(page, name) == Some(EntryKind::Organisation));
                    let sent_for = sent && preposition == "for" && complement.names.len() == 1 && !body;
                    if sent_for {
                        self.to = complement.names.first().copied();
                    } else {
                        self.of.extend(complement.names.iter().filter(|&&name| !is_world_region(page, name)));
                        self.of.extend(complement.possessive.filter(|_| complement.names.is_empty()));
                    }
                    true
                }
                "to" | "in" | "at" | "on" if sent && (!complement.names.is_empty() || complement.country_noun.is_some()) => {
                    if self.to.is_some() || (preposition == "on" && complement.names.is_empty()) {
                        break;
                    }
                    self.to = complement.names.first().copied().or(complement.country_noun);
                    true
                }
                "at" if complement.names.is_empty() => {
                    // `at the Ministry of Transport in Juba`: the place of the body tells its country.
                    let mut end = complement.end;
                    while matches!(page.lower(end), "of" | "in") {
                        let Some(further) = Complement::read(page, end + 1, last) else { break };
                        self.of.extend(&further.names);
                        end = further.end;
                    }
                    self.end = end;
                    break;
                }
                "in" | "at" if !complement.names.is_empty() => {
                    self.of.extend(&complement.names);
                    self.end = complement.end;
                    break;
                }
                "and" => true,
                _ => break,
            };
            if includes {
                self.parts.push(token..complement.end);
            }
            self.end = complement.end;
        }
        while head.plural && self.parts.len() == 2 && page.lower(self.end) == "and" && matches!(page.lower(self.end + 1), "of" | "for") {
            let Some(complement) = Complement::read(page, self.end + 2, last) else { break };
            self.further.push(self.end + 1..complement.end);
            self.end = complement.end;
        }
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
            let before = (sentence.start..self.start).find(|&token| former_phrase_at(page, token).is_some_and(|words| token + words == self.start));
            if let Some(start) = before {
                self.tenure = Tenure::Former;
                self.start = start;
            }
        }
    }
}

impl Complement {
    /// Reads the noun phrase that begins at `start`; none where no name of a country, body or field begins there.
    fn read(page: &Page, start: usize, last: usize) -> Option<Self> {
        let mut token = start;
        let possessive = (page.analysis.words.get(start)).filter(|word| word.xpos == "PRP$").map(|_| start);
        while token < last && (page.upos(token) == Upos::Det || page.analysis.words[token].xpos == "PRP$") {
            if page.is("indefinite", token) {
                return None;
            }
            token += 1;
        }
        let first = token;
        let mut complement = Self { end: token, names: Vec::new(), only_countries: true, country_noun: None, possessive };
        while token < last {
            if let Some(mention) = page.named(token) {
                let country = is_country(page, mention.head);
                let demonym = matches!(mention.kind, Kind::Named { demonym: true, .. });
                complement.only_countries &= country && !demonym;
                complement.names.push(mention.head);
                token = mention.tokens.end;
                complement.end = token;
            } else if page.covering(token).is_some() {
                break;
            } else if page.form(token) == "(" && token > first && page.is_abbreviation(token + 1) && page.form(token + 2) == ")" {
                token += 3;
                complement.end = token;
            } else if page.is_genitive(token) || page.is_joint(token) {
                token += 1;
            } else if matches!(page.lower(token), "and" | "&" | ",") && token > first {
                match complement.next_item(page, token, last) {
                    Some(next) => token = next,
                    None => break,
                }
            } else if matches!(page.upos(token), Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num) || (page.is_capital(token) && page.is("portfolio", token)) {
                if head_at(page, token).is_some_and(|head| !head.plural) {
                    break;
                }
                complement.only_countries = false;
                if page.is("country-noun", token) && token == complement.end.max(first) && complement.names.is_empty() {
                    complement.country_noun = Some(token);
                }
                token += 1;
                complement.end = token;
            } else {
                break;
            }
        }
        complement.leave_name(page, first);
        complement.only_countries &= !complement.names.is_empty();
        (complement.end > first).then_some(complement)
    }

    /// Where the next item of a list of countries or fields begins, if one does behind the conjunction or comma at `token`.
    fn next_item(&self, page: &Page, token: usize, last: usize) -> Option<usize> {
        let comma = page.form(token) == ",";
        let mut next = token + 1;
        if comma && matches!(page.lower(next), "and" | "&") {
            next += 1;
        }
        if page.lower(next) == "the" {
            next += 1;
        }
        if next >= last || head_at(page, next).is_some() || !is_solid(page, token - 1) {
            return None;
        }
        let country = page.named(next).is_some_and(|mention| is_country(page, mention.head) && matches!(mention.kind, Kind::Named { demonym: false, .. }));
        if self.only_countries && !self.names.is_empty() {
            // A list of countries goes on only to a country, and a comma only where an `and` follows.
            return (country && (!comma || has_conjunction(page, next, last))).then_some(next);
        }
        let field = page.is("portfolio", next) && page.covering(next).is_none() || page.named(next).is_some_and(|mention| is_world_region(page, mention.head));
        (field && !country && (!comma || has_conjunction(page, next, last))).then_some(next)
    }

    /// Gives back a person's name that follows without a comma (`of Foreign Affairs` | `Ri Su Yong`).
    fn leave_name(&mut self, page: &Page, first: usize) {
        let Some(solid) = (first..self.end).rev().find(|&token| is_solid(page, token) && !page.is_joint(token)) else {
            return;
        };
        let tail = solid + 1..self.end;
        if !tail.is_empty() && tail.clone().all(|token| page.is_joint(token) || page.upos(token) == Upos::Propn) {
            self.end = tail.start;
        }
    }
}

/// How many words the phrase has that begins at `token` and says that an office is over.
fn former_phrase_at(page: &Page, token: usize) -> Option<usize> {
    let last = page.sentence(token).end;
    page.knowledge.words.of("former-phrase").find_map(|phrase| {
        let words: Vec<&str> = phrase.split(' ').collect();
        let stands = token + words.len() <= last && words.iter().enumerate().all(|(place, word)| page.lower(token + place) == *word);
        stands.then_some(words.len())
    })
}

/// Whether a word of a complement is known to be no part of a person's name.
fn is_solid(page: &Page, token: usize) -> bool {
    page.named(token).is_some() || page.is("portfolio", token) || page.is("body-noun", token) || !page.is_capital(token)
}

/// Whether an `and` stands within a few words before the next comma but one.
fn has_conjunction(page: &Page, start: usize, last: usize) -> bool {
    (start..last.min(start + 8)).any(|token| matches!(page.lower(token), "and" | "&"))
}

fn kind_of(page: &Page, token: usize) -> Option<EntryKind> {
    match &page.named(token)?.kind {
        Kind::Named { entries, .. } => page.knowledge.gazetteer.entry(entries.first()?).map(|entry| entry.kind),
        _ => None,
    }
}

fn is_country(page: &Page, token: usize) -> bool {
    kind_of(page, token) == Some(EntryKind::Country)
}

fn is_world_region(page: &Page, token: usize) -> bool {
    kind_of(page, token) == Some(EntryKind::WorldRegion)
}
