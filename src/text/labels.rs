//! Finds the labels that open the turns of speakers: `Question:`, `Mr. Smith:`, `SPOKESPERSON.`

use std::collections::BTreeMap;

use super::characters::{is_blank, is_word, trim};
use super::layout::Block;
use super::{Genre, Span, Voice, words};

/// A label at the start of a paragraph: its characters without the colon, and the first character after the colon.
#[derive(Clone, Debug)]
pub(super) struct Label {
    pub span: Span,
    pub after: usize,
    /// What tells speakers apart: the role, or the last word of a name, since later labels often give no more of it.
    pub key: String,
    /// Whether it opens with a title (`Mr. Smith`).
    titled: bool,
    /// Whether it has more than one word.
    full: bool,
    /// Whose role it names, if it names one.
    pub voice: Option<Voice>,
}

/// The labels that open turns. A line such as `Note: ...` or `Status: planned` looks the same, so a label counts only where
/// turns are taken, and there only if it names a role, comes back, carries a title, gives a full name after a question, or asks (`Reuters: ...?`)
/// whoever answers next and comes back.
pub(super) fn find(
    characters: &[char],
    blocks: &[Block],
    opening: Option<usize>,
    genre: Option<Genre>,
) -> Vec<Option<Label>> {
    let mut labels: Vec<Option<Label>> = blocks
        .iter()
        .map(|block| Label::read(characters, *block))
        .collect();
    if let Some(slot) = opening.and_then(|opening| labels.get_mut(opening)) {
        *slot = None;
    }
    let found: Vec<&Label> = labels.iter().flatten().collect();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for label in &found {
        *counts.entry(label.key.clone()).or_default() += 1;
    }
    let recurs = |label: &Label| counts.get(&label.key).is_some_and(|count| *count > 1);
    let asks = found
        .iter()
        .any(|label| label.voice == Some(Voice::Interviewer));
    let answers = found.iter().any(|label| {
        label.voice == Some(Voice::Interviewee) || (label.voice.is_none() && recurs(label))
    });
    let recurring = counts.values().filter(|count| **count > 1).count();
    let questioned = labels.iter().zip(blocks).any(|(label, block)| {
        label.is_some() && characters[block.span.start..block.span.end].contains(&'?')
    });
    let dialogue = match genre {
        Some(Genre::Interview | Genre::Briefing) => {
            recurring > 0 || found.iter().any(|label| label.voice.is_some())
        }
        None => (asks && answers) || (recurring > 1 && questioned),
        Some(_) => asks && answers,
    };
    if !dialogue {
        return vec![None; blocks.len()];
    }
    // Whether the next label behind a block comes back.
    let mut answered = vec![false; blocks.len()];
    let mut next = false;
    for (label, answered) in labels.iter().zip(&mut answered).rev() {
        *answered = next;
        next = label.as_ref().map_or(next, recurs);
    }
    let mut after_question = false;
    for ((slot, block), answered) in labels.iter_mut().zip(blocks).zip(answered) {
        let Some(label) = slot else { continue };
        let answers = after_question && label.full;
        let asks = answered && characters[block.span.start..block.span.end].contains(&'?');
        after_question = label.voice == Some(Voice::Interviewer);
        if !(label.voice.is_some() || label.titled || recurs(label) || answers || asks) {
            *slot = None;
        }
    }
    labels
}

impl Label {
    /// What may be a label: a few capitalised words before a colon, or words in capitals before a full stop.
    fn read(characters: &[char], block: Block) -> Option<Self> {
        let text = &characters[block.span.start..block.span.end];
        let end = full_stop_after_capitals(text).or_else(|| {
            let sign = |character: &char| matches!(character, ':' | '：' | '?' | '!' | ';');
            let first = text.iter().take(LONGEST_LABEL).position(sign)?;
            matches!(text[first], ':' | '：').then_some(first)
        })?;
        let name = trim(
            characters,
            Span::new(block.span.start, block.span.start + end),
        );
        let text: String = characters[name.start..name.end].iter().collect();
        let role = text.split(['(', ',']).next().unwrap_or_default().trim();
        let role = role.strip_prefix("The ").unwrap_or(role);
        let voice = if words::contains(words::ASKING_LABELS, role) {
            Some(Voice::Interviewer)
        } else {
            words::contains(words::ANSWERING_LABELS, role).then_some(Voice::Interviewee)
        };
        let after = block.span.start + end + 1;
        let apart = after == block.span.end || is_blank(characters[after]);
        let named = role.split_whitespace().next_back().unwrap_or_default();
        let key = if voice.is_some() { role } else { named }.to_lowercase();
        let titled = role
            .split_whitespace()
            .next()
            .is_some_and(|first| words::contains(words::TITLES, first.trim_end_matches('.')));
        (apart && (voice.is_some() || is_name(&text))).then_some(Self {
            span: name,
            after,
            key,
            titled,
            full: role.contains(' '),
            voice,
        })
    }
}

/// The longest label looked for, in characters.
const LONGEST_LABEL: usize = 70;

/// Where the full stop of a label such as `QUESTION.` or `MR. SMITH.` stands. A single letter before it is rather the
/// initial of a name or the number of a list.
fn full_stop_after_capitals(text: &[char]) -> Option<usize> {
    let shout = |character: &char| character.is_uppercase() || " .-'’".contains(*character);
    let capitals = text
        .iter()
        .take(LONGEST_LABEL)
        .take_while(|character| shout(character))
        .count();
    let mut word = 0;
    for at in 0..capitals {
        match text[at] {
            ' ' => word = at + 1,
            '.' if text.get(at + 1).is_none_or(|next| is_blank(*next)) => {
                let last: String = text[word..at].iter().collect();
                if last.chars().count() > 2 && !words::contains(words::TITLES, &last) {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
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
