//! Noun phrases without a name that refer to a party.

use crate::language::Upos;

use super::{Kind, Mention, Page};

/// Finds phrases whose head is a noun for groups, countries or persons in a function: `a Russian parliamentary delegation`, `the two sides`.
pub(super) fn find(page: &mut Page) {
    for token in 0..page.document.tokens.len() {
        let noun = matches!(page.upos(token), Upos::Noun | Upos::Propn);
        let party = page.is("group-noun", token)
            || page.is("country-noun", token)
            || page.is("person-noun", token);
        if !noun
            || !party
            || page.covering(token).is_some()
            || matches!(
                page.analysis.words[token].relation(),
                "compound" | "flat" | "fixed"
            )
        {
            continue;
        }
        let first = page.sentence(token).start;
        let mut start = token;
        while start > first && belongs_before(page, start - 1) {
            start -= 1;
        }
        let end = end_of_phrase(page, token);
        page.add_with_head(start..end, token, Kind::Group);
    }
}

/// Where the phrase ends whose head is `noun`: behind the country, body or officer that says whose it is, if there is one.
fn end_of_phrase(page: &Page, noun: usize) -> usize {
    let end = noun + 1;
    let government = page.is("government-noun", noun);
    // `the government in Paris`, `the parliament in Tirana`: what belongs to a state sits in its capital.
    let seat = page.lower(end) == "in" && (government || page.is("state-organ", noun));
    if !seat && !matches!(page.lower(end), "of" | "from") {
        return end;
    }
    // `the government of Peru`, `the government of President Ana Lima`
    let behind = page.past_article(end + 1);
    let officer = |it: &&Mention| government && matches!(it.kind, Kind::Office(_) | Kind::Person);
    let named = page.named(behind);
    let Some(mention) = named.or_else(|| page.covering(behind).filter(officer)) else {
        return body_of_country(page, behind).unwrap_or(end);
    };
    let mut end = mention.tokens.end;
    // `of the Maldivian Democratic Party`.
    while let Some(further) = page.covering(end).filter(|further| {
        further.tokens.start == end && (further.kind == Kind::OtherName || officer(further))
    }) {
        end = further.tokens.end;
    }
    end
}

/// Where the name of a body ends that begins at `token` and is told by its country: `the Trade Committee of the Parliament of Peru`.
fn body_of_country(page: &Page, token: usize) -> Option<usize> {
    let last = page.sentence(token).end;
    let mut behind = token;
    while behind < last {
        if let Some(country) = page.named(behind) {
            return Some(country.tokens.end);
        }
        let body = page.covering(behind);
        let body = body.filter(|it| it.kind == Kind::OtherName && it.tokens.start == behind)?;
        let end = body.tokens.end;
        if page.lower(end) != "of" {
            return None;
        }
        behind = page.past_article(end + 1);
    }
    None
}

/// Whether a token before the noun belongs to its phrase.
fn belongs_before(page: &Page, token: usize) -> bool {
    if page
        .covering(token)
        .is_some_and(|mention| matches!(mention.kind, Kind::Time(_)))
    {
        return false;
    }
    // `during the trial prosecutors accused him`: a noun with a place of its own in the clause is of another phrase.
    let apart = page.upos(token) == Upos::Noun
        && matches!(
            page.analysis.words[token].relation(),
            "obl" | "obj" | "nsubj"
        );
    if apart {
        return false;
    }
    page.is_joint(token)
        || page.is_genitive(token)
        || page.named(token).is_some_and(|mention| {
            let word = &page.analysis.words[mention.head];
            matches!(mention.kind, Kind::Named { demonym: true, .. })
                || matches!(word.relation(), "compound" | "amod" | "nmod")
                    && word.head.is_some_and(|head| head > token)
        })
        || (page.named(token).is_none()
            && matches!(
                page.upos(token),
                Upos::Det | Upos::Adj | Upos::Num | Upos::Noun
            ))
        || page.analysis.words[token].xpos == "PRP$"
        // `both capitals`, whatever the tagger takes `both` for.
        || page.analysis.words[token].relation() == "det"
        || (matches!(page.upos(token), Upos::Propn) && page.covering(token).is_none())
        || (page.upos(token) == Upos::Verb && page.analysis.words[token].relation() == "amod")
}
