//! Decides who speaks each paragraph of an interview, a briefing or a speech.

use std::collections::BTreeMap;

use super::characters::is_word;
use super::labels::{self, Label};
use super::layout::{Block, ends_sentence, last_sign};
use super::{Genre, Span, Voice, words};

/// Who speaks a paragraph, under which label, and where what is spoken starts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Turn {
    pub voice: Voice,
    /// The label of the turn, which may stand in an earlier paragraph.
    pub label: Option<Span>,
    /// The first character after the label of this very paragraph; without one, the paragraph's first.
    pub start: usize,
}

/// One turn for each block. `opening` is the number of the block with the dateline, which the author of the text writes.
pub(super) fn find(
    characters: &[char],
    blocks: &[Block],
    opening: Option<usize>,
    genre: Option<Genre>,
) -> Vec<Turn> {
    let mut turns: Vec<Turn> = blocks
        .iter()
        .map(|block| Turn {
            voice: Voice::Narrator,
            label: None,
            start: block.span.start,
        })
        .collect();
    let labels = labels::find(characters, blocks, opening, genre);
    let spoken = matches!(
        genre,
        Some(Genre::Interview | Genre::Briefing | Genre::Speech)
    );
    if !spoken && labels.iter().all(Option::is_none) {
        return turns;
    }
    let texts: Vec<Text> = blocks
        .iter()
        .map(|block| Text::new(characters, *block))
        .collect();
    if labels.iter().any(Option::is_some) {
        labelled(&mut turns, &labels, &texts);
        return turns;
    }
    match genre {
        Some(Genre::Interview) => alternating(&mut turns, &texts),
        Some(Genre::Briefing) => {
            alternating(&mut turns, &texts);
            before_questions(&mut turns, &texts, opening);
        }
        Some(Genre::Speech) => speech(&mut turns, &texts, opening),
        _ => {}
    }
    turns
}

/// The words of a paragraph as far as turns depend on them.
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent observations of one paragraph"
)]
struct Text {
    heading: bool,
    /// Whether it is a question as a whole.
    question: bool,
    /// Whether it has a question in it.
    asks: bool,
    first_person: bool,
    second_person: bool,
    salutation: bool,
    occasion: bool,
    /// Characters.
    length: usize,
}

impl Text {
    fn new(characters: &[char], block: Block) -> Self {
        let Span { start, end } = block.span;
        let words: Vec<String> = characters[start..end]
            .split(|character| !is_word(*character))
            .filter(|word| !word.is_empty())
            .map(|word| word.iter().take(40).collect())
            .collect();
        let any = |list: &[&str]| words.iter().any(|word| words::contains(list, word));
        // `US` is a country, `I` is never small.
        let first_person = words
            .iter()
            .any(|word| word != "US" && words::contains(words::FIRST_PERSON, word));
        // `Tell us` is what an interviewer says.
        let subject = words.iter().any(|word| {
            !matches!(word.as_str(), "US" | "us" | "me")
                && words::contains(words::FIRST_PERSON, word)
        });
        let second_person = any(words::SECOND_PERSON);
        let last = last_sign(characters, block.span);
        let length = end - start;
        let asked = last == Some('?') && length <= 700;
        let opens = |list: &[&str]| {
            words
                .first()
                .is_some_and(|word| words::contains(list, word))
        };
        let requested = length <= 250
            && (opens(words::REQUESTS) || (second_person && any(words::REQUESTS)))
            && ends_sentence(characters, block.span);
        let question = (asked && (second_person || length <= 160 || opens(words::QUESTION_WORDS)))
            || (requested && !subject);
        Self {
            heading: block.heading,
            question,
            asks: length <= 700 && characters[start..end].contains(&'?'),
            first_person,
            second_person,
            salutation: length <= 160 && matches!(last, Some(',' | '!' | ':')),
            occasion: any(words::OCCASIONS),
            length,
        }
    }
}

/// Turns with labels: each goes on until the next label.
fn labelled(turns: &mut [Turn], labels: &[Option<Label>], texts: &[Text]) {
    let voices = voices(labels, texts);
    let mut current: Option<(Voice, Span)> = None;
    for (number, label) in labels.iter().enumerate() {
        if let Some(label) = label {
            current = voices.get(&label.key).map(|voice| (*voice, label.span));
            turns[number].start = label.after;
        } else if texts[number].heading {
            continue;
        }
        if let Some((voice, span)) = current {
            turns[number].voice = voice;
            turns[number].label = Some(span);
        }
    }
    // A short last paragraph that speaks of the occasion and to nobody is the record's, not the speaker's.
    if let (Some(text), Some(None), Some(turn)) = (texts.last(), labels.last(), turns.last_mut())
        && text.occasion
        && !text.first_person
        && !text.second_person
        && text.length <= 200
    {
        turn.voice = Voice::Narrator;
        turn.label = None;
    }
}

/// How often the turns under one label ask.
#[derive(Clone, Copy, Default)]
struct Asking {
    turns: usize,
    questions: usize,
    /// What the label itself says of its voice.
    known: Option<Voice>,
}

/// The voice of each label. Where the label does not say it, whoever asks in most turns is the interviewer; where nobody does (an
/// interviewer may put questions as statements), whoever opens the dialogue, if no other asks in as many of their turns.
fn voices(labels: &[Option<Label>], texts: &[Text]) -> BTreeMap<String, Voice> {
    let mut counts: BTreeMap<&str, Asking> = BTreeMap::new();
    for (label, text) in labels.iter().zip(texts) {
        if let Some(label) = label {
            let count = counts.entry(&label.key).or_default();
            count.turns += 1;
            count.questions += usize::from(text.asks);
            count.known = count.known.or(label.voice);
        }
    }
    let voice = |count: &Asking| {
        count.known.unwrap_or(if count.questions * 2 > count.turns {
            Voice::Interviewer
        } else {
            Voice::Interviewee
        })
    };
    let mut voices: BTreeMap<String, Voice> = (counts.iter())
        .map(|(label, count)| ((*label).to_owned(), voice(count)))
        .collect();
    let opens = labels.iter().flatten().next().map(|label| &label.key);
    if let Some(key) = opens
        && voices.values().all(|voice| *voice != Voice::Interviewer)
        && let Some(first) = counts.get(key.as_str())
        && first.known.is_none()
        && (counts.iter().filter(|(other, _)| *other != key))
            .all(|(_, other)| other.questions * first.turns < first.questions * other.turns)
    {
        voices.insert(key.clone(), Voice::Interviewer);
    }
    voices
}

/// An interview without labels: paragraphs that ask are the interviewer's, what follows is the answer.
fn alternating(turns: &mut [Turn], texts: &[Text]) {
    let mut current = Voice::Narrator;
    for (number, text) in texts.iter().enumerate() {
        if text.heading && !text.question {
            continue;
        }
        // Two questions in a row are one turn; a question in the middle of an answer that speaks of `we` is rhetorical.
        let rhetorical = current == Voice::Interviewee
            && text.first_person
            && !text.second_person
            && text.length > 160;
        current = match current {
            _ if text.question && !rhetorical => Voice::Interviewer,
            Voice::Narrator => Voice::Narrator,
            _ => Voice::Interviewee,
        };
        turns[number].voice = current;
    }
}

/// The opening statement of a briefing without labels: what is said in the first person before the first question.
fn before_questions(turns: &mut [Turn], texts: &[Text], opening: Option<usize>) {
    let mut speaking = false;
    for (number, text) in texts.iter().enumerate() {
        if turns[number].voice != Voice::Narrator || text.heading || opening == Some(number) {
            continue;
        }
        speaking |= text.first_person;
        if speaking {
            turns[number].voice = Voice::Interviewee;
        }
    }
}

/// A speech: all is the speaker's but headings and the introduction before the salutation or the first `I` or `we`.
fn speech(turns: &mut [Turn], texts: &[Text], opening: Option<usize>) {
    const LONGEST_INTRODUCTION: usize = 4;
    let speaks = |(number, text): (usize, &Text)| {
        opening != Some(number) && !text.heading && (text.salutation || text.first_person)
    };
    let begin = texts
        .iter()
        .enumerate()
        .position(speaks)
        .filter(|begin| *begin <= LONGEST_INTRODUCTION);
    let begin = begin.unwrap_or_else(|| opening.map_or(0, |opening| opening + 1));
    for (number, text) in texts.iter().enumerate() {
        if number >= begin && !text.heading {
            turns[number].voice = Voice::Interviewee;
        }
    }
}
