//! Denials that no verb of denying tells: a reply to a charge, a negation in its words, doubt about what it names.

use std::collections::BTreeMap;
use std::ops::Range;

use super::link::{Link, Linker, Told};
use super::matching::Matcher;
use super::{Claim, Evidence, Mechanism, Origin, Polarity, Slot, Value, build, mechanism};
use crate::entity::EntityId;
use crate::knowledge::vocabulary;
use crate::language::Upos;
use crate::text::Voice;

/// How a denial is told, and by which frame it goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// The accused replies.
    Reply,
    /// The accused answers the question that charges them.
    Answer,
    /// The accused's side negates what the charge says.
    Negation,
    /// The accused's side speaks of a `so-called` wrong.
    Doubt,
}

impl Way {
    /// What the ontology calls it, see [`Frame::told_by`](crate::knowledge::lexicon::Frame::told_by).
    fn as_str(self) -> &'static str {
        match self {
            Self::Reply | Self::Answer => "reply",
            Self::Negation => "negation",
            Self::Doubt => "doubt",
        }
    }
}

/// What may be a denial, before it is known whether there is a charge that it answers.
struct Candidate {
    way: Way,
    denier: EntityId,
    /// The word that tells it.
    token: usize,
    tokens: Range<usize>,
}

/// Puts among `claims` (in text order) the denials that only the charge they answer makes denials.
pub(super) fn add(reader: Matcher, linker: Linker, claims: &mut Vec<Claim>) {
    let links = (reader.knowledge.vocabulary.properties.iter())
        .filter_map(|(name, property)| Link::of(name, property));
    for link in links {
        let told = Told::of(link, claims);
        let mut known: BTreeMap<usize, Vec<EntityId>> = BTreeMap::new();
        for claim in claims.iter().filter(|claim| claim.class == link.answer) {
            let deniers = known.entry(claim.evidence[0].sentence).or_default();
            deniers.extend(super::parties(&claim.slots, link.own));
        }
        let mut found: Vec<Claim> = Vec::new();
        for candidate in candidates(reader).into_iter().chain(replies(reader)) {
            let Some(denial) = denial(reader, link, &candidate) else {
                continue;
            };
            let sentence = denial.evidence[0].sentence;
            let known = known.entry(sentence).or_default();
            if (known.iter()).any(|&denier| linker.allied(denier, candidate.denier)) {
                continue;
            }
            let answers = |claim: &Claim| {
                let shares = linker.common(&denial, claim) > 0;
                let before = claim.evidence[0].sentence < sentence;
                linker.remoteness(link, &denial, claim).is_some()
                    && match candidate.way {
                        Way::Reply => {
                            let end = claim.evidence[0].span.end;
                            before || end <= reader.document.tokens[candidate.token].span.start
                        }
                        Way::Answer => linker.is_asked(claim.evidence[0].sentence, sentence),
                        Way::Negation => {
                            shares
                                || before && (linker.points(&denial) || never(reader, &candidate))
                        }
                        Way::Doubt => shares || before,
                    }
            };
            if (told.around(&denial).into_iter()).any(|index| answers(&claims[index])) {
                known.push(candidate.denier);
                found.push(denial);
            }
        }
        claims.extend(found);
        claims.sort_by_key(|claim| claim.evidence[0].span.start);
    }
}

/// In how many sentences an answer shows that it denies what was asked.
const ANSWER: usize = 3;

/// The answers of an interview: who is asked about a charge against their own side and soon admits nothing denies it. Where something is
/// negated or called untrue, that tells it.
fn replies(reader: Matcher) -> Vec<Candidate> {
    let document = reader.document;
    let lemma = |token: usize| reader.syntax.analysis.words[token].lemma.as_str();
    let is = |class: &str, token: usize| reader.knowledge.words.has(class, lemma(token));
    let mut found = Vec::new();
    for turn in document.paragraphs.windows(2) {
        let [question, answer] = turn else { continue };
        if (question.voice, answer.voice) != (Voice::Interviewer, Voice::Interviewee) {
            continue;
        }
        let first = answer.sentences.clone().take(ANSWER);
        let opening: Vec<Range<usize>> = first
            .map(|sentence| document.sentences[sentence].tokens.clone())
            .collect();
        let Some(speaker) =
            (opening.first()).and_then(|tokens| reader.entities.speaker_of(tokens.start))
        else {
            continue;
        };
        let mut said = opening.iter().flat_map(Clone::clone);
        if said.any(|token| is("conceding", token) && admits(reader, speaker, token)) {
            continue;
        }
        let denies = |token: &usize| is("negating", *token) || is("untrue-word", *token);
        let denying =
            (opening.iter()).find_map(|tokens| Some((tokens.clone().find(denies)?, tokens)));
        let telling = denying
            .map(|(token, tokens)| (Way::Reply, token, tokens))
            .or_else(|| {
                opening
                    .first()
                    .map(|tokens| (Way::Answer, tokens.start, tokens))
            });
        found.extend(telling.and_then(|(way, token, tokens)| {
            Some(Candidate {
                way,
                denier: reader.entities.speaker_of(tokens.start)?,
                token,
                tokens: tokens.clone(),
            })
        }));
    }
    found
}

/// Whether the verb `token` in the words of `speaker` is their own admission: what others would not confess is none, nor what they do not.
fn admits(reader: Matcher, speaker: EntityId, token: usize) -> bool {
    let analysis = reader.syntax.analysis;
    let negated = (analysis.children(token).iter()).any(|&child| {
        reader
            .knowledge
            .words
            .has("negating", &analysis.words[child].lemma)
    });
    let mut others = (reader.syntax.functions(token).into_iter())
        .filter(|filler| filler.function == "nsubj")
        .flat_map(|filler| reader.entities.at(filler.token).to_vec());
    !negated && !others.any(|other| !super::link::allied(reader.entities, other, speaker))
}

/// Whether `candidate` says that something never was, or nobody did it: who has just been charged need not say what (`our troops never
/// strike villages`, `not one gun has crossed the border`). What never will be is no such thing.
fn never(reader: Matcher, candidate: &Candidate) -> bool {
    let words = &reader.syntax.analysis.words;
    let word = &words[candidate.token];
    let absolute = (reader.knowledge.words).has("absolute-negation", &word.lemma);
    let of_noun = || {
        let next = words.get(candidate.token + 1).map(|word| word.upos);
        word.lemma == "not" && matches!(next, Some(Upos::Noun | Upos::Num | Upos::Det))
    };
    (absolute || of_noun())
        && !(candidate.tokens.clone()).any(|token| {
            reader
                .knowledge
                .words
                .has("future-auxiliary", &words[token].lemma)
        })
}

/// The clauses that may deny something, in text order.
fn candidates(reader: Matcher) -> Vec<Candidate> {
    let words = &reader.syntax.analysis.words;
    let is = |class: &str, token: usize| reader.syntax.in_class(class, token);
    let mut found = Vec::new();
    for (token, word) in words.iter().enumerate() {
        if is("reply-noun", token) && word.relation() == "nsubj" {
            // `the answer from Oslo was that …`
            let clause = reader.syntax.analysis.extent(word.head.unwrap_or(token));
            let replier = (reader.syntax.analysis.dependents(token, "nmod"))
                .find_map(|child| reader.entities.at(child).first().copied());
            let concedes = clause.clone().any(|token| is("conceding", token));
            found.extend(replier.filter(|_| !concedes).map(|denier| Candidate {
                way: Way::Reply,
                denier,
                token,
                tokens: clause,
            }));
        } else if is("replying", token) && !concedes(reader, token) {
            // Where the tree has no subject for it, whoever utters the words before it: `"Not so," insisted the envoy`.
            let sentence = &reader.document.sentences[reader.document.sentence_of(token)].tokens;
            let subject = (reader.syntax.functions(token).into_iter())
                .find(|filler| filler.function == "nsubj")
                .and_then(|filler| reader.entities.at(filler.token).first().copied())
                .or_else(|| reader.entities.speaker_of(sentence.start));
            found.extend(subject.map(|denier| Candidate {
                way: Way::Reply,
                denier,
                token,
                tokens: reader.syntax.analysis.extent(token),
            }));
        } else if reader.knowledge.words.has("negating", &word.lemma) && word.lemma != "without" {
            let clause = clause(reader, token);
            found.extend(reader.entities.speaker_of(token).map(|denier| Candidate {
                way: Way::Negation,
                denier,
                token,
                tokens: reader.syntax.analysis.extent(clause),
            }));
        } else if is("untrue-word", token) && stands_alone(reader, token) {
            let sentence = &reader.document.sentences[reader.document.sentence_of(token)].tokens;
            found.extend(reader.entities.speaker_of(token).map(|denier| Candidate {
                way: Way::Reply,
                denier,
                token,
                tokens: token..(token + 1).min(sentence.end),
            }));
        } else if is("doubting-adjective", token) {
            let phrase = word.head.unwrap_or(token);
            found.extend(reader.entities.speaker_of(token).map(|denier| Candidate {
                way: Way::Doubt,
                denier,
                token,
                tokens: reader.syntax.analysis.extent(phrase),
            }));
        }
    }
    found
}

/// Whether `token` is all that someone says, or a sentence without a verb: `"Nonsense," said the envoy`, `A fable.`
fn stands_alone(reader: Matcher, token: usize) -> bool {
    let analysis = reader.syntax.analysis;
    let words = &analysis.words;
    let phrase = analysis.subtree(token);
    let verbless = phrase
        .iter()
        .all(|&word| !matches!(words[word].upos, Upos::Verb | Upos::Aux));
    let (Some(&first), Some(&last)) = (phrase.first(), phrase.last()) else {
        return false;
    };
    let sentence = &reader.document.sentences[reader.document.sentence_of(token)].tokens;
    let edge = |beside: Option<usize>| {
        beside.is_none_or(|beside| {
            !sentence.contains(&beside)
                || matches!(
                    reader.document.tokens[beside].form.as_str(),
                    "\"" | "“" | "”" | "." | ";" | "-" | "–" | "—"
                )
        })
    };
    let spoken = (first..=last).filter(|&word| words[word].upos != Upos::Punct);
    let whole = spoken.clone().all(|word| phrase.contains(&word));
    let opens = edge(first.checked_sub(1)) || words[first].upos == Upos::Punct;
    let closes = edge(Some(last + 1)) || words[last].upos == Upos::Punct;
    verbless && whole && opens && closes
}

/// The head of the clause that `token` negates.
fn clause(reader: Matcher, token: usize) -> usize {
    let analysis = reader.syntax.analysis;
    let ends = |&token: &usize| {
        !matches!(
            analysis.words[token].relation(),
            "det"
                | "amod"
                | "advmod"
                | "nsubj"
                | "obj"
                | "obl"
                | "nmod"
                | "cc"
                | "aux"
                | "cop"
                | "case"
                | "xcomp"
        )
    };
    std::iter::once(token)
        .chain(analysis.ancestors(token))
        .find(ends)
        .unwrap_or(token)
}

/// Whether who replies at `verb` admits what they are charged with.
fn concedes(reader: Matcher, verb: usize) -> bool {
    let analysis = reader.syntax.analysis;
    let said = analysis.children(verb).iter().filter(|&&child| {
        matches!(
            analysis.words[child].relation(),
            "ccomp" | "xcomp" | "parataxis" | "obl"
        )
    });
    let concedes = |token: usize| reader.syntax.in_class("conceding", token);
    let before = analysis.words[verb]
        .head
        .filter(|_| analysis.words[verb].relation() == "parataxis");
    said.copied().chain(before).any(concedes)
}

/// The denial that `candidate` makes, where the lexicon has a frame for it.
fn denial(reader: Matcher, link: Link, candidate: &Candidate) -> Option<Claim> {
    let way = candidate.way.as_str();
    let (frame, _) = reader.knowledge.lexicon.told_by(link.answer, way)?;
    let tokens = candidate.tokens.clone();
    let properties = &reader.knowledge.vocabulary.properties;
    let denied = properties.iter().find(|(_, property)| {
        property.domain.as_deref() == Some(link.answer) && property.range == vocabulary::Range::Text
    });
    let words = denied.map(|(name, _)| {
        let words = build::words(reader, tokens.clone());
        Slot::new(name, Value::Text(words), Origin::Context)
    });
    let party = Value::Entity(candidate.denier);
    let mut slots = vec![Slot::new(link.own, party, Origin::Context)];
    slots.extend(words);
    let mechanisms = vec![Mechanism::Context];
    Some(Claim {
        class: link.answer.to_owned(),
        slots,
        speaker: reader.entities.speaker_of(tokens.start),
        polarity: Polarity::Affirmed,
        evidence: vec![Evidence {
            sentence: reader.document.sentence_of(tokens.start),
            span: reader.document.span_of(tokens),
        }],
        frame: frame.to_owned(),
        entry: None,
        word: reader.document.tokens[candidate.token].span,
        confidence: mechanism::confidence(&mechanisms),
        mechanisms,
    })
}
