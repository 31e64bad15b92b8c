//! What stands behind the preposition of a title: countries, bodies, fields of government.

use crate::knowledge::gazetteer::EntryKind;
use crate::language::Upos;

use super::office::head_at;
use super::{Kind, Page};

/// What stands behind a preposition.
pub(super) struct Complement {
    pub(super) end: usize,
    /// Heads of the gazetteer names in it.
    pub(super) names: Vec<usize>,
    /// Whether it is nothing but names of countries (with articles and conjunctions).
    pub(super) only_countries: bool,
    /// The noun of a country without a name (`my country`).
    pub(super) country_noun: Option<usize>,
    /// The possessive that begins it (`its`).
    pub(super) possessive: Option<usize>,
}

impl Complement {
    /// Reads the noun phrase that begins at `start`; none where no name of a country, body or field begins there.
    pub(super) fn read(page: &Page, start: usize, last: usize) -> Option<Self> {
        let mut token = start;
        let possessive = (page.analysis.words.get(start))
            .filter(|word| word.xpos == "PRP$")
            .map(|_| start);
        while token < last
            && (page.upos(token) == Upos::Det || page.analysis.words[token].xpos == "PRP$")
        {
            if page.is("indefinite", token) {
                return None;
            }
            token += 1;
        }
        let first = token;
        let mut complement = Self {
            end: token,
            names: Vec::new(),
            only_countries: true,
            country_noun: None,
            possessive,
        };
        while token < last {
            if let Some(mention) = page.named(token) {
                let country = is_country(page, mention.head);
                let demonym = matches!(mention.kind, Kind::Named { demonym: true, .. });
                complement.only_countries &= country && !demonym;
                // The `Czech-Indian` committee is neither side's.
                let joint = token > first && page.is_joint(token - 1)
                    || page.is_joint(mention.tokens.end)
                        && page.named(mention.tokens.end + 1).is_some();
                if !(demonym && joint) {
                    complement.names.push(mention.head);
                }
                token = mention.tokens.end;
                complement.end = token;
            } else if page.covering(token).is_some() || token > first && page.is("honorific", token)
            {
                break;
            } else if page.form(token) == "("
                && token > first
                && page.is_abbreviation(token + 1)
                && page.form(token + 2) == ")"
            {
                token += 3;
                complement.end = token;
            } else if page.is_genitive(token) || page.is_joint(token) {
                token += 1;
            } else if matches!(page.lower(token), "and" | "&" | ",") && token > first {
                match complement.next_item(page, token, last) {
                    Some(next) => token = next,
                    None => break,
                }
            } else if matches!(
                page.upos(token),
                Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num
            ) || (page.is_capital(token) && page.is("portfolio", token))
            {
                if head_at(page, token).is_some_and(|head| !head.plural) {
                    break;
                }
                complement.only_countries = false;
                let names_body = page.is_capital(token) && page.is_capital(token + 1);
                if page.is("country-noun", token)
                    && !names_body
                    && token == complement.end.max(first)
                    && complement.names.is_empty()
                {
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
        // `of Togo and Chad's wishes`: a genitive belongs to what follows.
        let country = page.named(next).is_some_and(|mention| {
            is_country(page, mention.head)
                && !page.is_genitive(mention.tokens.end)
                && matches!(mention.kind, Kind::Named { demonym: false, .. })
        });
        if self.only_countries && !self.names.is_empty() {
            // A list of countries goes on only to a country, and a comma only where an `and` follows.
            return (country && (!comma || has_conjunction(page, next, last))).then_some(next);
        }
        let field = page.is("portfolio", next) && page.covering(next).is_none()
            || page
                .named(next)
                .is_some_and(|mention| is_world_region(page, mention.head));
        (field && !country && (!comma || has_conjunction(page, next, last))).then_some(next)
    }

    /// Gives back a person's name that follows without a comma (`of Foreign Affairs` | `Ri Su Yong`).
    fn leave_name(&mut self, page: &Page, first: usize) {
        let Some(solid) = (first..self.end).rev().find(|&token| {
            is_solid(page, token) && !page.is_joint(token) && !page.is("name-particle", token)
        }) else {
            return;
        };
        let tail = solid + 1..self.end;
        if !tail.is_empty()
            && tail.clone().all(|token| {
                page.is_joint(token)
                    || page.is("name-particle", token)
                    || page.upos(token) == Upos::Propn
            })
        {
            self.end = tail.start;
        }
    }
}

/// Whether a word of a complement is known to be no part of a person's name.
fn is_solid(page: &Page, token: usize) -> bool {
    page.named(token).is_some()
        || page.is("portfolio", token)
        || page.is("body-noun", token)
        || !page.is_capital(token)
}

/// Whether an `and` stands within a few words before the next comma but one.
fn has_conjunction(page: &Page, start: usize, last: usize) -> bool {
    (start..last.min(start + 8)).any(|token| matches!(page.lower(token), "and" | "&"))
}

pub(super) fn kind_of(page: &Page, token: usize) -> Option<EntryKind> {
    match &page.named(token)?.kind {
        Kind::Named { entries, .. } => page
            .knowledge
            .gazetteer
            .entry(entries.first()?)
            .map(|entry| entry.kind),
        _ => None,
    }
}

fn is_country(page: &Page, token: usize) -> bool {
    kind_of(page, token) == Some(EntryKind::Country)
}

pub(super) fn is_world_region(page: &Page, token: usize) -> bool {
    kind_of(page, token) == Some(EntryKind::WorldRegion)
}
