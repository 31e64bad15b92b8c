//! Decides who speaks each paragraph of an interview, a briefing or a speech.

use super::characters::{is_blank, is_word};
use super::layout::{Block, ends_sentence};
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
    let labels = labels(characters, blocks, genre);
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

/// A label at the start of a paragraph: its characters without the colon, and the first character after the colon.
#[derive(Clone, Debug)]
struct Label {
    span: Span,
    after: usize,
    text: String,
    voice: Option<Voice>,
}

impl Label {
    /// What may be a label: a few capitalised words before a colon, or a word for a role in capitals before a full stop.
    fn read(characters: &[char], block: Block) -> Option<Self> {
        let text = &characters[block.span.start..block.span.end];
        let stop = text
            .iter()
            .take(70)
            .position(|character| {
                matches!(character, ':' | '：' | '.' | '?' | '!' | ';') && *character != '.'
            })
            .filter(|at| matches!(text[*at], ':' | '：'));
        let point = text
            .iter()
            .take(20)
            .position(|character| *character == '.')
            .filter(|at| {
                text[..*at].iter().all(|character| character.is_uppercase())
                    && text.get(at + 1).is_none_or(|next| is_blank(*next))
            });
        let ends = point.into_iter().chain(stop);
        for end in ends {
            if text.get(end + 1).is_some_and(|next| !is_blank(*next)) {
                continue;
            }
            let mut name_end = end;
            while name_end > 0 && is_blank(text[name_end - 1]) {
                name_end -= 1;
            }
            let name: String = text[..name_end].iter().collect();
            let bare = name.split(['(', ',']).next().unwrap_or_default().trim();
            let bare = bare.strip_prefix("The ").unwrap_or(bare);
            let voice = if words::contains(words::ASKING_LABELS, bare) {
                Some(Voice::Interviewer)
            } else {
                words::contains(words::ANSWERING_LABELS, bare).then_some(Voice::Interviewee)
            };
            let pointed = text[end] == '.';
            // A single letter with a full stop is rather the initial of a name or the number of a list.
            if (pointed && (voice.is_none() || name_end == 1 && text[0] == 'A'))
                || (voice.is_none() && !is_name(&name))
            {
                continue;
            }
            let span = Span {
                start: block.span.start,
                end: block.span.start + name_end,
            };
            return Some(Self {
                span,
                after: block.span.start + end + 1,
                text: name.to_lowercase(),
                voice,
            });
        }
        None
    }

    fn last_word(&self) -> &str {
        self.text.split_whitespace().next_back().unwrap_or_default()
    }
}

/// Whether a label can name a person: up to six capitalised words, initials and titles, perhaps with more in brackets.
fn is_name(text: &str) -> bool {
    let name = text.split(['(', ',']).next().unwrap_or_default().trim();
    let mut count = 0;
    for word in name.split_whitespace() {
        count += 1;
        let particle =
            count > 1 && word.chars().count() <= 3 && word.chars().all(char::is_lowercase);
        let plain = word
            .chars()
            .all(|character| is_word(character) || ".-'’&".contains(character));
        if !plain
            || !(particle || word.starts_with(char::is_uppercase))
            || word.starts_with(|first: char| first.is_numeric())
        {
            return false;
        }
    }
    let first = name.split_whitespace().next().unwrap_or_default();
    (1..=6).contains(&count) && !words::contains(words::NOT_LABELS, first)
}

/// The labels that open turns. A line such as `Note: ...` looks the same, so a label counts only where turns are taken, and
/// there only if it names a role, comes back, carries a title, or shares its last word with one that counts.
fn labels(characters: &[char], blocks: &[Block], genre: Option<Genre>) -> Vec<Option<Label>> {
    let mut labels: Vec<Option<Label>> = blocks
        .iter()
        .map(|block| Label::read(characters, *block))
        .collect();
    let found: Vec<&Label> = labels.iter().flatten().collect();
    let mut counts: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
    for label in &found {
        *counts.entry(label.text.clone()).or_default() += 1;
    }
    let recurs = |label: &Label| counts.get(&label.text).is_some_and(|count| *count > 1);
    let asks = found
        .iter()
        .any(|label| label.voice == Some(Voice::Interviewer));
    let answers = found
        .iter()
        .any(|label| label.voice != Some(Voice::Interviewer));
    let recurring = counts.values().filter(|count| **count > 1).count();
    let spoken = matches!(genre, Some(Genre::Interview | Genre::Briefing));
    if !((asks && answers)
        || recurring > 1
        || (spoken && (recurring > 0 || found.iter().any(|label| label.voice.is_some()))))
    {
        return vec![None; blocks.len()];
    }
    let sure: Vec<String> = found
        .iter()
        .filter(|label| label.voice.is_some() || recurs(label))
        .map(|label| label.last_word().to_owned())
        .collect();
    for slot in &mut labels {
        let Some(label) = slot else { continue };
        let titled = label.text.split_whitespace().next().is_some_and(|first| {
            first.ends_with('.') && words::contains(words::TITLES, first.trim_end_matches('.'))
                || matches!(first, "mr" | "mrs" | "ms" | "dr")
        });
        let known = label.voice.is_some() || recurs(label) || titled;
        let related = label.text.contains(' ') && sure.iter().any(|word| word == label.last_word());
        if !(known || related) {
            *slot = None;
        }
    }
    labels
}

/// The words of a paragraph as far as turns depend on them.
struct Text {
    heading: bool,
    question: bool,
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
        let second_person = any(words::SECOND_PERSON);
        let last = characters[start..end]
            .iter()
            .rev()
            .find(|character| !matches!(character, '"' | '”' | '’' | '\'' | ')' | '»'));
        let length = end - start;
        let asked = last == Some(&'?') && length <= 700;
        let opens = |list: &[&str]| {
            words
                .first()
                .is_some_and(|word| words::contains(list, word))
        };
        let requested = length <= 250
            && (opens(words::REQUESTS) || (second_person && any(words::REQUESTS)))
            && ends_sentence(characters, block.span);
        let question = (asked && (second_person || length <= 160 || opens(words::QUESTION_WORDS)))
            || (requested && !first_person);
        Self {
            heading: block.heading,
            question,
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
    let mut current: Option<(Voice, Span)> = None;
    for (number, label) in labels.iter().enumerate() {
        if let Some(label) = label {
            current = Some((
                label
                    .voice
                    .unwrap_or_else(|| voice_of(&label.text, labels, texts)),
                label.span,
            ));
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
    if let (Some(text), Some(None), Some(turn)) = (texts.last(), labels.last(), turns.last_mut()) {
        if text.occasion && !text.first_person && !text.second_person && text.length <= 200 {
            turn.voice = Voice::Narrator;
            turn.label = None;
        }
    }
}

/// Whoever's turns are mostly questions is the interviewer.
fn voice_of(label: &str, labels: &[Option<Label>], texts: &[Text]) -> Voice {
    let turns = labels
        .iter()
        .zip(texts)
        .filter(|(other, _)| other.as_ref().is_some_and(|other| other.text == label));
    let (mut all, mut questions) = (0, 0);
    for (_, text) in turns {
        all += 1;
        questions += usize::from(text.question);
    }
    if questions * 2 > all {
        Voice::Interviewer
    } else {
        Voice::Interviewee
    }
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
