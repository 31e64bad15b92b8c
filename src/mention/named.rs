//! Names of the gazetteer: countries, their peoples, places and organisations.

use std::collections::BTreeSet;

use crate::knowledge::gazetteer::{EntryKind, Found, NameKind};
use crate::language::Upos;

use super::{Kind, Page};

/// Finds gazetteer names. A name that may also be something else (a small town, a name of persons) counts where it is used as a place, here or
/// elsewhere in the document.
pub(super) fn find(page: &mut Page) {
    let mut sure = BTreeSet::new();
    for second in [false, true] {
        let mut token = 0;
        while token < page.document.tokens.len() {
            let Some((words, entries, demonym)) = best(page, token, second.then_some(&sure)) else {
                token += 1;
                continue;
            };
            let tokens = token..token + words;
            sure.insert(page.text(tokens.clone()).to_lowercase());
            page.add(tokens.clone(), Kind::Named { entries, demonym });
            token = tokens.end;
        }
    }
}

/// The longest acceptable name that begins at `token`: how many words it has, its entries, and whether it is a demonym.
fn best(
    page: &Page,
    token: usize,
    sure: Option<&BTreeSet<String>>,
) -> Option<(usize, Vec<String>, bool)> {
    if page.covering(token).is_some() || !page.form(token).chars().any(char::is_alphanumeric) {
        return None;
    }
    let sentence = page.sentence(token);
    let free =
        (token..sentence.end.min(token + 12)).take_while(|&other| page.covering(other).is_none());
    let forms: Vec<&str> = free.map(|other| page.form(other)).collect();
    let found = page.knowledge.gazetteer.find(&forms);
    let mut accepted: Vec<&Found> = Vec::new();
    for candidate in &found {
        if accepted
            .first()
            .is_some_and(|first| first.words != candidate.words)
        {
            break;
        }
        if is_acceptable(page, token, candidate, sure) {
            accepted.push(candidate);
        }
    }
    let first = accepted.first()?;
    // Where one reading of the words is a place, they are a name, and the likeliest reading comes first (a country before a region).
    let entries = found
        .iter()
        .filter(|candidate| candidate.words == first.words)
        .map(|candidate| candidate.entry.iri.clone())
        .collect();
    Some((first.words, entries, first.name == NameKind::Demonym))
}

fn is_acceptable(
    page: &Page,
    token: usize,
    candidate: &Found,
    sure: Option<&BTreeSet<String>>,
) -> bool {
    let end = token + candidate.words;
    if candidate.words == 1
        && page.opens_sentence(token)
        && !matches!(page.upos(token), Upos::Propn | Upos::Adj | Upos::Noun)
    {
        return false;
    }
    // The words of a longer name: `Georgia` in `Georgia Meloni` is the given name of someone.
    let unsure = candidate.ambiguous
        || (candidate.entry.kind == EntryKind::City
            && candidate.words == 1
            && page
                .knowledge
                .gazetteer
                .capital_of(&candidate.entry.iri)
                .is_none());
    if is_flat_part(page, token, end) {
        return false;
    }
    if (unsure || candidate.entry.kind == EntryKind::Region) && continues_name(page, token, end) {
        return false;
    }
    // `Chad` or `Jordan` by itself is the country in this kind of text; as a person's name it stands beside another one.
    if !unsure || candidate.entry.kind == EntryKind::Country {
        return true;
    }
    is_used_as_place(page, token, end)
        || sure.is_some_and(|sure| sure.contains(&page.text(token..end).to_lowercase()))
}

/// Whether the tree makes the words part of a longer name.
fn is_flat_part(page: &Page, start: usize, end: usize) -> bool {
    let words = &page.analysis.words;
    let proper = |other: usize| {
        page.upos(other) == Upos::Propn && page.is_capital(other) && !page.is("body-noun", other)
    };
    let into_following = end < words.len()
        && proper(end)
        && words[end].relation() == "flat"
        && words[end].head == Some(start);
    let from_before = start > 0
        && proper(start - 1)
        && words[start].relation() == "flat"
        && words[start].head.is_some_and(|head| {
            head < start
                && words[head].upos == Upos::Propn
                && page.named(head).is_none()
                && !is_title(page, head)
        });
    into_following || from_before
}

/// Whether a title ends before `end`, with its field of government (`Minister of Foreign Affairs and Expatriates`) or without.
fn ends_title(page: &Page, end: usize) -> bool {
    let first = page.sentence(end).start;
    let field = |token: usize| {
        page.is("portfolio", token)
            || matches!(page.lower(token), "of" | "for" | "and" | "," | "the")
    };
    let head = (first.max(end.saturating_sub(14))..end)
        .rev()
        .find(|&token| is_title(page, token) || !field(token));
    head.is_some_and(|head| is_title(page, head))
}

fn is_title(page: &Page, token: usize) -> bool {
    page.is("honorific", token)
        || page
            .knowledge
            .offices
            .find(&[page.lower(token).to_owned()])
            .is_some()
}

/// Whether capitalised words stand around, so that the words are likely part of a person's name.
fn continues_name(page: &Page, start: usize, end: usize) -> bool {
    let proper = |token: usize| {
        page.upos(token) == Upos::Propn && page.is_capital(token) && page.named(token).is_none()
    };
    let after = end < page.document.tokens.len()
        && proper(end)
        && !page.is("body-noun", end)
        && !is_title(page, end);
    let before = start > 0 && proper(start - 1) && !page.opens_sentence(start - 1);
    after || before || (start > 0 && is_title(page, start - 1))
}

/// Whether a preposition of place or a verb of visiting stands before, or the name of what the place lies in after.
fn is_used_as_place(page: &Page, start: usize, end: usize) -> bool {
    let article = usize::from(start > 0 && page.lower(start - 1) == "the");
    let office_of = start > 1 + article
        && page.lower(start - 1 - article) == "of"
        && ends_title(page, start - 1 - article);
    let before = (start.saturating_sub(4)..start).rev().find(|&token| {
        !matches!(page.lower(token), "the" | "of" | "and" | "," | "-")
            && !page.is("body-noun", token)
            && page.named(token).is_none()
    });
    let listed = start > 1
        && matches!(page.lower(start - 1), "and" | "," | "or")
        && page.named(start - 2).is_some();
    // `left on Monday for Aden`
    let bound_for = |token: usize| {
        page.lower(token) == "for"
            && (token.saturating_sub(5)..token).any(|word| page.is("travel-word", word))
    };
    before.is_some_and(|token| {
        page.is("locative-preposition", token) || page.is("visit-verb", token) || bound_for(token)
    }) || listed
        || office_of
        || (start > 0
            && page.lower(start - 1) == "of"
            && start > 1
            && page.is("body-noun", start - 2))
        || (page.form(end) == ","
            && !page
                .knowledge
                .gazetteer
                .find(&[page.form(end + 1)])
                .is_empty())
}
