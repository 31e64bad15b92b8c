//! Under which concepts is a claim filed (the kind of a visit, the sector of a project, the topic of a charge)?

use std::ops::Range;

use super::classify::{AT_HEAD, Classifier, Pointed};
use super::matching::{Match, Matcher};
use super::{Origin, Slot, Value};
use crate::knowledge::vocabulary::{self, Property, ReadFrom};
use crate::language::Upos;

/// How many sentences back what a charge only points to is looked for.
const REACH: usize = 4;

/// Concepts that the frame of `found` sets, and those that its words point to; `texts` are its words by role.
pub(super) fn concepts(
    reader: Matcher,
    found: &Match,
    texts: &[(&str, Range<usize>)],
) -> Vec<Slot> {
    let mut slots = Vec::new();
    for (name, property) in &reader.knowledge.vocabulary.properties {
        let (vocabulary::Range::Concept(scheme), Some(source)) =
            (&property.range, &property.read_from)
        else {
            continue;
        };
        // How far an event has come is told with its time.
        let triggers = match source {
            ReadFrom::Modality => continue,
            ReadFrom::Predicate => None,
            ReadFrom::Words(property) => Some(property),
        };
        if (property.domain.as_ref()).is_some_and(|domain| *domain != found.frame.class) {
            continue;
        }
        let set = (found.frame.sets.iter()).filter(|(property, _)| property == name);
        let mut notations: Vec<(String, Origin)> = set
            .map(|(_, notation)| (notation.clone(), Origin::Frame))
            .collect();
        if notations.is_empty() {
            notations = if let Some(source) = triggers {
                let ranges = texts.iter().filter(|(role, _)| role == source);
                let tokens: Vec<usize> = ranges.flat_map(|(_, range)| range.clone()).collect();
                named(reader, found, property, scheme, &tokens)
            } else {
                let tokens = modifiers(reader, found);
                chosen(
                    reader,
                    property,
                    &classifier(reader).concepts(scheme, &tokens),
                )
            };
        }
        if notations.is_empty() {
            notations.extend(by_default(property));
        }
        slots.extend(
            notations
                .into_iter()
                .map(|(notation, origin)| Slot::new(name, Value::Concept(notation), origin)),
        );
    }
    slots
}

/// The notation that `property` takes where nothing points to another.
fn by_default(property: &Property) -> Option<(String, Origin)> {
    Some((property.default.clone()?, Origin::Default))
}

fn classifier(reader: Matcher<'_>) -> Classifier<'_> {
    Classifier {
        vocabulary: &reader.knowledge.vocabulary,
        words: &reader.knowledge.words,
        document: reader.document,
        analysis: reader.syntax.analysis,
    }
}

/// The notations that `property` takes of what words point to, the weightiest first. Where it takes a few at most, a further one must be
/// named by words that are nearly as strong as those of the first, or say something else of it (what was done, how it is to be judged), or
/// what kind of the first it is (`fired shells filled with gas`: not only an act of force).
fn chosen(reader: Matcher, property: &Property, found: &[Pointed]) -> Vec<(String, Origin)> {
    let most = if property.functional {
        1
    } else {
        property.at_most.unwrap_or(usize::MAX)
    };
    let limited = property.at_most.is_some();
    let Some(first) = found.first() else {
        return Vec::new();
    };
    let stands = |other: &&Pointed| {
        let beside = first.concept.generic != other.concept.generic;
        let kind = other.concept.broader.as_ref() == Some(&first.concept.notation);
        !limited || other.named && (beside || kind || 5 * other.weight >= 3 * first.weight)
    };
    std::iter::once(first)
        .chain(found[1..].iter().filter(stands))
        .take(most)
        .map(|pointed| {
            let span = reader.document.tokens[pointed.token].span;
            (pointed.concept.notation.clone(), Origin::Trigger { span })
        })
        .collect()
}

/// The concepts that the words `tokens` name, or what stands around them where they do not. What a name does not tell its apposition or relative
/// clause may (`the Ashuganj link, a power line`); what was done where a charge only says that it breaks the law, or says nothing (`such charges`),
/// the sentence tells or the ones before it.
fn named(
    reader: Matcher,
    found: &Match,
    property: &Property,
    scheme: &str,
    tokens: &[usize],
) -> Vec<(String, Origin)> {
    let classifier = classifier(reader);
    let own = classifier.concepts(scheme, tokens);
    let limited = property.at_most.is_some();
    let says_what = |pointed: &Pointed| pointed.named && !pointed.concept.generic;
    if !own.is_empty() && (!limited || own.iter().any(says_what)) {
        return chosen(reader, property, &own);
    }
    let words = &reader.syntax.analysis.words;
    if own.is_empty() {
        let outer = tokens.iter().filter(|&&token| {
            let head = words[token].head;
            head.is_none_or(|head| !tokens.contains(&head))
        });
        let around: Vec<usize> = outer
            .flat_map(|&token| reader.syntax.analysis.subtree(token))
            .collect();
        let found = chosen(reader, property, &classifier.concepts(scheme, &around));
        if !found.is_empty() || !limited {
            return found;
        }
    }
    let empty = is_empty(reader, tokens);
    let judged = own.iter().find(|pointed| pointed.named);
    let Some(reach) = (match judged {
        _ if empty => Some(REACH),
        // `a breach of the charter`: the sentence may say by what.
        Some(judged) if judged.nearness == AT_HEAD => Some(0),
        _ => None,
    }) else {
        let mut notations = chosen(reader, property, &own);
        // `selling them weapons in breach of the rules`: what was done is said, only nothing is known of it.
        notations.extend(by_default(property).filter(|_| judged.is_some()));
        return notations;
    };
    let sentence = reader.document.sentence_of(found.predicate);
    let told = (sentence.saturating_sub(reach)..=sentence)
        .rev()
        .find_map(|sentence| {
            let tokens: Vec<usize> = reader.document.sentences[sentence].tokens.clone().collect();
            let mut found = classifier.concepts(scheme, &tokens);
            found.retain(says_what);
            (!found.is_empty()).then_some(found)
        });
    let mut notations = chosen(reader, property, &own);
    notations.extend(chosen(reader, property, &told.unwrap_or_default()));
    notations.truncate(property.at_most.unwrap_or(usize::MAX));
    notations
}

/// Whether `tokens` say nothing of what was done, only that something was (`such charges`, `this kind of thing`).
fn is_empty(reader: Matcher, tokens: &[usize]) -> bool {
    tokens.iter().all(|&token| {
        let word = &reader.syntax.analysis.words[token];
        let empty = |class: &str| reader.knowledge.words.has(class, &word.lemma);
        let says = matches!(word.upos, Upos::Noun | Upos::Verb | Upos::Adj);
        !says || empty("charge-noun") || empty("empty-word")
    })
}
/// The evoking word with its adjectives and what stands before it in its phrase, and the same of nouns beside it that name the
/// event again (`was in Oslo on an official visit`).
fn modifiers(reader: Matcher, found: &Match) -> Vec<usize> {
    let analysis = reader.syntax.analysis;
    let word = &analysis.words[found.predicate];
    let clause = if word.deprel == "cop" {
        word.head.unwrap_or(found.predicate)
    } else {
        found.predicate
    };
    let beside = analysis.children(clause).iter().copied().filter(|&child| {
        matches!(analysis.words[child].relation(), "obl" | "nmod")
            && reader.names(child, &found.frame.class)
    });
    let mut tokens = Vec::new();
    for head in std::iter::once(found.predicate).chain(beside) {
        tokens.push(head);
        for &child in analysis.children(head) {
            let relation = analysis.words[child].relation();
            if matches!(relation, "amod" | "compound" | "advmod" | "nmod") && child < head {
                tokens.extend(analysis.subtree(child));
            }
        }
    }
    tokens.sort_unstable();
    tokens.dedup();
    tokens
}
