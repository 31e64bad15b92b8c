//! Office titles: where they stand and which of them are public offices.

use crate::knowledge::office::{Office, Trait};
use crate::language::Upos;

use super::page::singular;
use super::title::Title;
use super::{Determiner, Kind, OfficeTitle, Page};

/// Finds office titles.
pub(super) fn find(page: &mut Page) {
    let mut token = 0;
    while token < page.document.tokens.len() {
        let Some(head) = head_at(page, token) else {
            token += 1;
            continue;
        };
        let title = Title::around(page, &head);
        token = title.end.max(head.end);
        if is_public(page, &head, &title) {
            add(page, &head, &title);
        }
    }
}

/// The head of a title: a name of an office in the knowledge.
pub(super) struct Head<'k> {
    pub(super) office: &'k Office,
    pub(super) start: usize,
    /// One past its last token, before any complement that belongs to the name of the office (`of state`).
    pub(super) noun_end: usize,
    /// One past its last token.
    pub(super) end: usize,
    pub(super) plural: bool,
}

/// The longest name of an office that begins at `token`, unless it only modifies what follows.
pub(super) fn head_at<'k>(page: &Page<'k>, token: usize) -> Option<Head<'k>> {
    if page.covering(token).is_some()
        || !matches!(
            page.upos(token),
            Upos::Noun | Upos::Propn | Upos::Adj | Upos::X | Upos::Verb
        )
    {
        return None;
    }
    let sentence = page.sentence(token);
    let forms: Vec<String> = (token..sentence.end.min(token + 7))
        .take_while(|&other| page.covering(other).is_none())
        .map(|other| page.lower(other).to_owned())
        .collect();
    let mut best: Option<(usize, &Office, bool)> = page
        .knowledge
        .offices
        .find(&forms)
        .map(|(words, office)| (words, office, false));
    for place in 0..forms.len().min(4) {
        let mut variant = forms.clone();
        variant[place] = singular(&forms[place]);
        if variant[place] != forms[place]
            && let Some((words, office)) = page.knowledge.offices.find(&variant)
            && words > place
            && best.is_none_or(|(most, ..)| words > most)
        {
            best = Some((words, office, true));
        }
    }
    let (words, office, plural) = best?;
    let end = token + words;
    let noun_end = (token + 1..end)
        .find(|&other| matches!(page.lower(other), "of" | "for" | "to" | "in"))
        .unwrap_or(end);
    if noun_end == token + 1 && (!is_nominal(page, token) || modifies_title(page, token)) {
        return None;
    }
    // `7 pm`: an abbreviation of a title has a capital.
    if noun_end == token + 1 && page.form(token).len() < 4 && !page.is_capital(token) {
        return None;
    }
    // The first part of a compound name (`Amir-Abdollahian`).
    if page.is_joint(end) && page.is_capital(end + 1) && !page.is("incoming-word", end + 1) {
        return None;
    }
    Some(Head {
        office,
        start: token,
        noun_end,
        end,
        plural,
    })
}

/// Whether a word is a noun, or stands before a name as its title does (`Premier` in `Premier Li`, which looks like an adjective).
fn is_nominal(page: &Page, token: usize) -> bool {
    matches!(page.upos(token), Upos::Noun | Upos::Propn)
        || page.analysis.words[token].deprel == "nmod:desc" && page.is_capital(token)
}

/// Whether a word that may be a title of its own only ranks the title that follows (`deputy` in `deputy foreign minister`).
fn modifies_title(page: &Page, token: usize) -> bool {
    if !page.is("title-rank", token) {
        return false;
    }
    for next in token + 1..page.sentence(token).end.min(token + 5) {
        if page.named(next).is_some() || page.is_joint(next) {
            continue;
        }
        if !matches!(page.upos(next), Upos::Noun | Upos::Propn | Upos::Adj) {
            return false;
        }
        let word = page.lower(next).to_owned();
        let office = page.knowledge.offices.find(std::slice::from_ref(&word));
        // `army chief General A`: a rank is held beside an office.
        if office.is_some_and(|(_, office)| office.has(Trait::Rank)) && next == token + 1 {
            return false;
        }
        if office.is_some() || page.knowledge.offices.find(&[singular(&word)]).is_some() {
            return true;
        }
        if !page.is("portfolio", next) && !page.is("title-rank", next) {
            return false;
        }
    }
    false
}

/// Whether the title is a public office rather than a post in a firm, a club or an unofficial movement.
fn is_public(page: &Page, head: &Head, title: &Title) -> bool {
    let noun = head.noun_end - 1;
    let following = head.end;
    let words = || title.start..title.end;
    if words().any(|token| page.is("private-body", token))
        || (title.start..head.start).any(|token| page.is("not-public", token))
    {
        return false;
    }
    // A part of a longer name: the `General` of `General Assembly`, the `President` of `President Hotel`.
    if following == title.end
        && page.is_capital(following)
        && page.named(following).is_none()
        && page.is("body-noun", following)
    {
        return false;
    }
    // The title modifies a common noun: `minister posts`.
    if following == title.end
        && page.upos(following) == Upos::Noun
        && !page.is_capital(following)
        && page.analysis.words[noun].relation() == "compound"
    {
        return false;
    }
    // `his Cuban colleague` holds the like office; `his colleague` may be anybody.
    if head.office.has(Trait::LikeAnother) && page.is("colleague-noun", noun) {
        return title.of.iter().any(|&token| page.named(token).is_some());
    }
    if head.office.has(Trait::Rank) {
        let before_name = page.is_capital(noun)
            && page.is_capital(following)
            && page.upos(following) == Upos::Propn;
        return before_name
            || title.tenure != super::Tenure::Current
            || (!title.of.is_empty() && title.determiner != Determiner::Bare);
    }
    if title.has_unknown_body(page) {
        return false;
    }
    if head.office.has(Trait::OfBodyOnly) {
        if head.office.has(Trait::BeforeName)
            && following == title.end
            && page.is_capital(noun)
            && page.is_capital(following)
            && page.upos(following) == Upos::Propn
        {
            return true;
        }
        let body = |token: usize| page.is("body-noun", token) && token != noun;
        // `the Secretary for Health`
        let field = title.end > head.end
            && page.lower(head.end) == "for"
            && page.is("portfolio", title.end - 1);
        return !title.of.is_empty() && title.has_public_body(page)
            || words().any(body)
            || title.to.is_some()
            || field
            || serves_office(page, title.end);
    }
    true
}

/// Whether an office or a government stands behind `to` at `token`: `adviser to the President`.
fn serves_office(page: &Page, token: usize) -> bool {
    let next = page.past_article(token + 1);
    page.lower(token) == "to" && (head_at(page, next).is_some() || page.is("government-noun", next))
}

/// Adds the mention, or one for each country of a list (`the Prime Ministers of Georgia and Kazakhstan`).
fn add(page: &mut Page, head: &Head, title: &Title) {
    let text = title.text(page, head);
    let role = role_of(page, head, title, &text);
    let office = |of: Vec<usize>| {
        Kind::Office(OfficeTitle {
            title: text.clone(),
            role: Some(role.clone()),
            tenure: title.tenure,
            of,
            to: title.to,
            phrase: title.start..title.end,
            determiner: title.determiner,
            plural: head.plural && title.further.is_empty(),
        })
    };
    let noun = page.head_of(head.start..head.noun_end);
    let tokens = title.tokens();
    if head.plural
        && title.listed.len() > 1
        && (!head.office.has(Trait::OfBodyOnly) || head.office.has(Trait::AnyHead))
    {
        for (number, &country) in title.listed.iter().enumerate() {
            let kind = office(vec![country]);
            if number == 0 {
                page.add_with_head(tokens.clone(), noun, kind);
            } else {
                page.add_again(tokens.clone(), noun, kind);
            }
        }
    } else {
        page.add_with_head(tokens, noun, office(title.of.clone()));
    }
    for complement in &title.further {
        let noun = singular(page.form(head.noun_end - 1));
        let mut further = office(title.of.clone());
        if let Kind::Office(office) = &mut further {
            office.title = format!("{noun} {}", page.text(complement.clone()));
            office.role = Some(head.office.iri.clone());
        }
        page.add(complement.clone(), further);
    }
}

/// The concept of the title: the office whose name is the whole title, or the end of its modifiers and head, or else its head.
fn role_of(page: &Page, head: &Head, title: &Title, text: &str) -> String {
    let offices = &page.knowledge.offices;
    if let Some(office) = offices.named(text) {
        return office.iri.clone();
    }
    let starts = title.own_start..head.start;
    let modified = starts
        .map(|start| page.text(start..head.noun_end))
        .find_map(|name| offices.named(&name.to_lowercase()));
    modified.map_or_else(|| head.office.iri.clone(), |office| office.iri.clone())
}
