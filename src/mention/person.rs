//! Names of persons, and other proper names.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::knowledge::gazetteer::EntryKind;
use crate::language::Upos;

use super::{Kind, Page};

/// Finds names of persons and other proper names. A run of capitalised words is a person's name where an honorific or an office stands beside
/// it, where it continues a name known from elsewhere in the document, or where it acts like a person.
pub(super) fn find(page: &mut Page) {
    let mut unsure = Vec::new();
    let mut known: BTreeSet<String> = BTreeSet::new();
    let mut token = 0;
    while token < page.document.tokens.len() {
        let Some(run) = run_at(page, token) else {
            token += 1;
            continue;
        };
        token = run.end;
        if is_surely_person(page, &run) {
            known.extend(
                run.clone()
                    .filter(|&part| is_main_part(page, part))
                    .map(|part| page.lower(part).to_owned()),
            );
            page.add(run, Kind::Person);
        } else {
            unsure.push(run);
        }
    }
    unsure.extend(known_alone(page, &known));
    for run in unsure {
        let parts: Vec<usize> = run
            .clone()
            .filter(|&part| is_main_part(page, part))
            .collect();
        let familiar =
            parts.iter().all(|&part| known.contains(page.lower(part))) && !parts.is_empty();
        let used_as_place = run.start > 0 && page.lower(run.start - 1) == "in";
        let person = (familiar && !used_as_place) || acts_like_person(page, &run);
        if person {
            page.add(run, Kind::Person);
        } else if !is_government(page, &run)
            && run.clone().all(|part| page.covering(part).is_none())
            && run
                .clone()
                .any(|part| page.upos(part) == Upos::Propn || page.is("body-noun", part))
        {
            page.add(with_complement(page, run), Kind::OtherName);
        }
    }
}

/// Whether the run is no name but a noun with a capital: `the Government of Peru` is no other party than the government of Peru.
fn is_government(page: &Page, run: &Range<usize>) -> bool {
    run.len() == 1 && page.is("government-noun", run.start)
}

/// Words that are names of persons known from elsewhere but were not read as names, at the beginning of a sentence.
fn known_alone(page: &Page, known: &BTreeSet<String>) -> Vec<Range<usize>> {
    let tokens = 0..page.document.tokens.len();
    tokens
        .filter(|&token| {
            page.opens_sentence(token)
                && page.upos(token) != Upos::Propn
                && page.covering(token).is_none()
        })
        .filter(|&token| is_main_part(page, token) && known.contains(page.lower(token)))
        .map(|token| token..token + 1)
        .collect()
}

/// The name of a body with what it is for: `Ministry of Foreign Affairs`.
fn with_complement(page: &Page, run: Range<usize>) -> Range<usize> {
    let free = |token: usize| page.covering(token).is_none() && page.is_capital(token);
    if !page.is("body-noun", run.end - 1) || !matches!(page.lower(run.end), "of" | "for") {
        return run;
    }
    let last = page.sentence(run.start).end;
    let mut token = page.past_article(run.end + 1);
    let mut end = run.end;
    while token < last && free(token) {
        end = token + 1;
        token = if page.lower(end) == "and" && free(end + 1) && page.is("portfolio", end + 1) {
            end + 1
        } else {
            end
        };
    }
    run.start..end
}

/// Whether `token` can be a word of a person's name.
fn is_part(page: &Page, token: usize) -> bool {
    if has_article(page, token) && page.covering(token).is_none() {
        return true;
    }
    if !page.is_capital(token) && !has_elision(page, token)
        || page.is("honorific", token) && !ends_name(page, token) && !follows_article(page, token)
        || page.is("weekday", token) && !begins_name(page, token)
        || is_title(page, token) && !page.is_joint(token + 1)
    {
        return false;
    }
    match page.covering(token) {
        Some(mention) => match &mention.kind {
            // A town or region whose name is part of a person's.
            Kind::Named {
                entries,
                demonym: false,
            } => entries
                .first()
                .and_then(|iri| page.knowledge.gazetteer.entry(iri))
                .is_some_and(|entry| {
                    matches!(entry.kind, EntryKind::City | EntryKind::Region)
                        && !page.is_abbreviation(token)
                }),
            _ => false,
        },
        None => match page.upos(token) {
            Upos::Propn => true,
            Upos::Noun | Upos::Adj | Upos::X | Upos::Verb | Upos::Intj => {
                !page.opens_sentence(token) || opens_name(page, token)
            }
            // `President To Lam`.
            _ => {
                is_family_name(page, token)
                    && token > 0
                    && is_title(page, token - 1)
                    && page.is_capital(token + 1)
                    && page.upos(token + 1) == Upos::Propn
            }
        },
    }
}

/// Whether the tree makes one name of `token` and the capitalised word behind it: `Jan` or `May` as a given name.
fn begins_name(page: &Page, token: usize) -> bool {
    let next = token + 1;
    page.is_capital(next)
        && page.upos(next) == Upos::Propn
        && (page.analysis.words.get(next))
            .is_some_and(|word| word.relation() == "flat" && word.head == Some(token))
}

/// Whether the tree makes one name of `token` and the word before it, and no name follows: the family name of `Julie Bishop`.
fn ends_name(page: &Page, token: usize) -> bool {
    let word = &page.analysis.words[token];
    word.relation() == "flat"
        && word.upos == Upos::Propn
        && (token.checked_sub(1)).is_some_and(|before| {
            word.head == Some(before) && !page.is("honorific", before) && !is_title(page, before)
        })
        && page.upos(token + 1) != Upos::Propn
}

/// The number of a monarch or a pope: `VI` in `John VI`.
fn is_numeral(form: &str) -> bool {
    !form.is_empty() && form.chars().all(|letter| matches!(letter, 'I' | 'V' | 'X'))
}

/// `al-Sabah`: an article written together with the name by a hyphen.
fn has_article(page: &Page, token: usize) -> bool {
    let parts = page.form(token).split_once('-');
    parts.is_some_and(|(article, rest)| {
        page.knowledge.words.has("name-article", article) && rest.starts_with(char::is_uppercase)
    })
}

/// `al-Sheikh` in three tokens.
fn follows_article(page: &Page, token: usize) -> bool {
    token > 1
        && page.form(token - 1) == "-"
        && (page.knowledge.words).has("name-article", page.form(token - 2))
}

/// `d'Escoto`: a particle written together with the name.
fn has_elision(page: &Page, token: usize) -> bool {
    let rest = page.form(token).split_once('\'').map(|(_, rest)| rest);
    rest.is_some_and(|rest| rest.starts_with(char::is_uppercase)) && page.upos(token) == Upos::Propn
}

/// Whether a word that may be capitalised for opening its sentence is the first of a name all the same.
fn opens_name(page: &Page, token: usize) -> bool {
    let next = token + 1;
    let flat = (page.analysis.words.get(next))
        .is_some_and(|word| word.relation() == "flat" && word.head == Some(token));
    page.is_capital(next)
        && page.upos(next) == Upos::Propn
        && page.covering(next).is_none()
        && (flat || is_family_name(page, token))
}

/// A word of a name that is neither particle nor hyphen.
fn is_main_part(page: &Page, token: usize) -> bool {
    let short = page.form(token).chars().count() < 3;
    page.is_capital(token)
        && (!short || page.upos(token) == Upos::Propn && is_family_name(page, token))
}

/// Whether `token`, a place, says where the person named right behind it does something: `In Paris Macron received her`.
fn is_where(page: &Page, token: usize) -> bool {
    let words = &page.analysis.words;
    let placed = token > 0 && matches!(page.lower(token - 1), "at" | "in");
    placed && (words.get(token + 1)).is_some_and(|word| word.relation() == "nsubj")
}

/// The longest run of words of a name that begins at `token`.
fn run_at(page: &Page, token: usize) -> Option<Range<usize>> {
    let covered = |token: usize| page.covering(token).is_some();
    if !is_part(page, token)
        || (covered(token)
            && page
                .covering(token)
                .is_some_and(|mention| mention.tokens.start != token))
    {
        return None;
    }
    if is_where(page, token) {
        return (!covered(token)).then_some(token..token + 1);
    }
    let last = page.sentence(token).end;
    let mut end = token + 1;
    loop {
        if end >= last {
            break;
        }
        if page.is_joint(end)
            && end + 1 < last
            && page.form(end + 1).chars().all(char::is_alphabetic)
            && !covered(end + 1)
        {
            end += 2;
            // The second part of a hyphenated given name may be in lower case (`Won-sik`, `Anwaar-ul-Haq`).
            continue;
        }
        if page.form(end) == "."
            && page.form(end - 1).chars().count() == 1
            && end + 1 < last
            && is_part(page, end + 1)
        {
            end += 1;
            continue;
        }
        if is_part(page, end) || is_numeral(page.form(end)) {
            end += 1;
            continue;
        }
        // Particles inside a name: up to three before the next part, the last perhaps with a hyphen.
        let mut particles = (end..last.min(end + 3))
            .take_while(|&other| page.is("name-particle", other) && !covered(other))
            .count();
        if particles > 0 && page.is_joint(end + particles) {
            particles += 1;
        }
        if particles > 0 && is_part(page, end + particles) && end + particles < last {
            end += particles + 1;
            continue;
        }
        break;
    }
    // Names that are wholly of the gazetteer are no persons' unless a title says so, which `is_surely_person` asks.
    Some(token..end)
}

/// Whether the words around say that the run names a person.
fn is_surely_person(page: &Page, run: &Range<usize>) -> bool {
    if page
        .knowledge
        .people
        .named(page.text(run.clone()))
        .is_some()
    {
        return true;
    }
    let covered = run
        .clone()
        .filter(|&token| page.covering(token).is_some())
        .count();
    let wholly_covered = covered == run.len();
    let organisation = |token: usize| {
        page.is("body-noun", token) || page.is("private-body", token) || page.is("portfolio", token)
    };
    // `Samantha Power`: a family name may be a word for a field of government.
    let by_title = || {
        let behind = page.form(run.end) == ","
            && page
                .offices_starting_at(run.end + 1)
                .any(|office| !office.plural);
        let before = before_name(page, run.start)
            .is_some_and(|before| !matches!(before, Before::Title { comma: true, .. }));
        behind || before
    };
    let last = run.end - 1;
    let family = run.len() > 1
        && page.is("portfolio", last)
        && !page.is("body-noun", last)
        && !(run.start..last).any(organisation)
        && by_title();
    if !family
        && run
            .clone()
            .any(|token| organisation(token) && !is_family_name(page, token))
    {
        return false;
    }
    if let Some(before) = before_name(page, run.start) {
        return match before {
            Before::Honorific => true,
            Before::Title { comma, definite } => {
                if comma {
                    !wholly_covered && definite && (run.len() > 1) && covered == 0
                } else {
                    !wholly_covered || run.len() == 1 && is_family_name(page, run.start)
                }
            }
        };
    }
    let after = run.end;
    let title_after = |token: usize| page.offices_starting_at(token).any(|office| !office.plural);
    if page.form(after) == ","
        && (run.len() > 1 && (title_after(after + 1) || page.lower(after + 1) == "who")
            || is_explained_by_title(page, run))
    {
        return !wholly_covered;
    }
    covered == 0
        && run.len() > 1
        && run.len() < 4
        && is_family_name(page, run.start)
        && run
            .clone()
            .all(|token| page.upos(token) == Upos::Propn || page.is_joint(token))
}

/// Whether the tree takes the title behind the comma for an apposition to the one word of the run (`Kozlov, the Russian envoy, said`).
fn is_explained_by_title(page: &Page, run: &Range<usize>) -> bool {
    run.len() == 1
        && page.upos(run.start) == Upos::Propn
        && page.form(run.start).chars().any(char::is_lowercase)
        && page.offices_starting_at(run.end + 1).any(|title| {
            let closed = matches!(page.form(title.phrase.end), "," | "." | ";" | "");
            let head = &page.analysis.words[title.phrase.end - 1];
            !title.plural && closed && (head.relation() == "appos") && head.head == Some(run.start)
        })
}

/// Whether `token` by itself is the name of an office.
fn is_title(page: &Page, token: usize) -> bool {
    page.knowledge
        .offices
        .find(&[page.lower(token).to_owned()])
        .is_some()
}

fn is_family_name(page: &Page, token: usize) -> bool {
    page.is_capital(token)
        && page
            .knowledge
            .words
            .has("family-name-first", page.lower(token))
}

/// What stands before a name and says that it is a person's.
enum Before {
    Honorific,
    Title { comma: bool, definite: bool },
}

fn before_name(page: &Page, start: usize) -> Option<Before> {
    let mut token = start.checked_sub(1)?;
    while page.form(token) == "." || page.is("honorific", token) {
        if page.is("honorific", token) {
            return Some(Before::Honorific);
        }
        token = token.checked_sub(1)?;
    }
    let comma = page.form(token) == ",";
    let end = if comma { token } else { start };
    page.offices_ending_at(end)
        .next()
        .map(|office| Before::Title {
            comma,
            definite: office.determiner != super::Determiner::Indefinite,
        })
}

/// Whether two or more capitalised words without article do what persons do.
fn acts_like_person(page: &Page, run: &Range<usize>) -> bool {
    let parts = run.clone().filter(|&part| is_main_part(page, part)).count();
    if !(2..=4).contains(&parts)
        || run.clone().any(|token| {
            page.covering(token).is_some()
                || page.is("body-noun", token)
                || page.is("private-body", token)
                || page.is("portfolio", token)
                || page.is_abbreviation(token)
        })
    {
        return false;
    }
    let before = run.start.checked_sub(1);
    if before.is_some_and(|before| {
        page.upos(before) == Upos::Det
            || page.is("locative-preposition", before) && page.lower(before) != "to"
    }) {
        return false;
    }
    let modifies_noun = page.upos(run.end) == Upos::Noun;
    let head = page.head_of(run.clone());
    let relation = page.analysis.words[head].deprel;
    // `The envoy is Eat Sophea`
    let of_office = |subject: usize| {
        page.covering(subject)
            .is_some_and(|it| matches!(it.kind, Kind::Office(_)))
    };
    let holds = page.analysis.dependents(head, "cop").next().is_some()
        && page.analysis.dependents(head, "nsubj").any(of_office);
    !modifies_noun
        && (matches!(page.upos(run.end), Upos::Verb | Upos::Aux)
            || matches!(
                relation,
                "nsubj" | "nsubj:pass" | "iobj" | "obl:agent" | "nmod:poss" | "conj" | "appos"
            )
            || relation == "obj"
            || holds)
}
