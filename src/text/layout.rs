//! Finds the paragraphs and headings of a body, however its lines are laid out.

use super::Span;
use super::characters::{is_blank, is_word, trim};

/// A paragraph before its speaker and its sentences are known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Block {
    /// Its characters without surrounding white space; never empty.
    pub span: Span,
    /// Whether it is a heading: a short line without a full stop.
    pub heading: bool,
}

/// The paragraphs of a body. Blank lines end them; within lines that no blank line divides, it depends on how the text
/// was written: hard-wrapped lines are joined, lines that are whole paragraphs are not.
pub(super) fn blocks(characters: &[char]) -> Vec<Block> {
    let lines = lines(characters);
    let width = wrap_width(&lines, characters);
    let mut spans: Vec<Span> = Vec::new();
    let mut previous: Option<Span> = None;
    for line in &lines {
        let trimmed = trim(characters, *line);
        if trimmed.start == trimmed.end {
            previous = None;
            continue;
        }
        match (previous, spans.last_mut()) {
            (Some(above), Some(last)) if continues(characters, above, trimmed, width) => {
                last.end = trimmed.end;
            }
            _ => spans.push(trimmed),
        }
        previous = Some(trimmed);
    }
    let several = spans.len() > 1;
    let heading = |(number, span): (usize, &Span)| Block {
        span: *span,
        heading: several && is_heading(characters, *span, number == 0),
    };
    spans.iter().enumerate().map(heading).collect()
}

/// The number of lines of `text`, counting the one that its end stands in.
pub(super) fn line_count(text: &str) -> usize {
    let feeds = text.matches('\n').count();
    let returns = text.matches('\r').count();
    feeds + returns - text.matches("\r\n").count() + 1
}

/// The lines, without their endings, as spans.
fn lines(characters: &[char]) -> Vec<Span> {
    let mut lines = Vec::new();
    let mut start = 0;
    for (at, character) in characters.iter().enumerate() {
        let ends = matches!(
            character,
            '\n' | '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}'
        );
        if !ends {
            continue;
        }
        // The line feed of CRLF ends the line that its carriage return ended.
        if !(*character == '\n' && at > 0 && characters[at - 1] == '\r') {
            lines.push(Span::new(start, at));
        }
        start = at + 1;
    }
    lines.push(Span::new(start, characters.len()));
    lines
}

/// The width at which the text is hard-wrapped, if it is: the width of its long lines, where at most line ends inside
/// sentences the next word would not have fitted.
fn wrap_width(lines: &[Span], characters: &[char]) -> Option<usize> {
    let length = |line: &Span| line.end - line.start;
    let trimmed: Vec<Span> = lines.iter().map(|line| trim(characters, *line)).collect();
    let broken: Vec<(Span, Span)> = trimmed
        .windows(2)
        .map(|pair| (pair[0], pair[1]))
        .filter(|(above, below)| length(above) > 0 && length(below) > 0)
        .filter(|(above, below)| {
            !ends_sentence(characters, *above) && !starts_list_item(characters, *below)
        })
        .collect();
    let mut lengths: Vec<usize> = broken.iter().map(|(above, _)| length(above)).collect();
    lengths.sort_unstable();
    // Not the longest line, which may be an address that could not be broken.
    let width = *lengths.get(lengths.len() * 19 / 20)?;
    let longer = trimmed
        .iter()
        .filter(|line| length(line) > width + 8)
        .count();
    let all = trimmed.iter().filter(|line| length(line) > 0).count();
    let full = broken
        .iter()
        .filter(|(above, below)| is_full(characters, *above, *below, width))
        .count();
    ((30..=120).contains(&width) && longer * 20 <= all && full * 10 >= broken.len() * 6)
        .then_some(width)
}

/// Whether the first word of the line below would not have fitted into the line above.
fn is_full(characters: &[char], above: Span, below: Span, width: usize) -> bool {
    let word = characters[below.start..below.end]
        .iter()
        .take(width)
        .take_while(|character| !is_blank(**character))
        .count();
    // A few characters of slack for editors that count differently.
    above.end - above.start + 1 + word + 2 >= width
}

/// Whether `below`, which directly follows the line `above`, belongs to the same paragraph.
fn continues(characters: &[char], above: Span, below: Span, width: Option<usize>) -> bool {
    let starts_low = characters[below.start].is_lowercase();
    let ended = ends_sentence(characters, above);
    let full = width.is_some_and(|width| is_full(characters, above, below, width));
    if starts_list_item(characters, below) && (ended || !full || width.is_none()) {
        return false;
    }
    match width {
        Some(_) => full || !ended && starts_low,
        None => !ended && starts_low,
    }
}

/// Bullets, and numbers or letters with a bracket or a full stop.
fn starts_list_item(characters: &[char], span: Span) -> bool {
    let mut start = characters[span.start..span.end].iter().take(5);
    let Some(first) = start.next() else {
        return false;
    };
    match first {
        '•' | '·' | '●' | '▪' | '◦' | '‣' => true,
        '-' | '–' | '—' | '*' => start.next().is_some_and(|next| is_blank(*next)),
        '(' => {
            start.nth(1).is_some_and(|next| *next == ')')
                || start.next().is_some_and(|next| *next == ')')
        }
        digit if digit.is_ascii_digit() => {
            let rest: Vec<&char> = start
                .skip_while(|character| character.is_ascii_digit())
                .take(2)
                .collect();
            matches!(rest[..], ['.' | ')', next] if is_blank(*next))
        }
        _ => false,
    }
}

/// Whether the last sign of `span`, closing quotes and brackets aside, ends a sentence.
pub(super) fn ends_sentence(characters: &[char], span: Span) -> bool {
    matches!(
        last_sign(characters, span),
        Some('.' | '!' | '?' | '…' | '。' | '！' | '？' | '؟')
    )
}

/// The last character of `span` that is no closing quote, bracket or mark of emphasis.
pub(super) fn last_sign(characters: &[char], span: Span) -> Option<char> {
    let ahead = characters[span.start..span.end].iter().rev().take(20);
    ahead
        .copied()
        .find(|character| !is_closing(*character) && !is_blank(*character))
}

fn is_closing(character: char) -> bool {
    matches!(
        character,
        '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '*' | '_'
    )
}

/// Whether a paragraph is a heading: short, opened by a capital or a number, without the signs that end sentences, clauses or
/// salutations. The title of a text may be longer than the headings in it.
fn is_heading(characters: &[char], span: Span, opens_body: bool) -> bool {
    let length = span.end - span.start;
    let (longest, most_words) = if opens_body { (200, 30) } else { (100, 15) };
    if length > longest || starts_list_item(characters, span) {
        return false;
    }
    let text = &characters[span.start..span.end];
    let spoken = matches!(
        last_sign(characters, span),
        None | Some('.' | '!' | '?' | '…' | '。' | '؟' | ':' | ';' | ',' | '-' | '–' | '—')
    );
    let words = text
        .split(|character| is_blank(*character))
        .filter(|word| !word.is_empty())
        .count();
    let first = text.iter().find(|character| is_word(**character));
    !spoken && words <= most_words && first.is_some_and(|first| !first.is_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraphs(text: &str) -> Vec<String> {
        let characters: Vec<char> = text.chars().collect();
        let text = |block: &Block| -> String {
            let mark = if block.heading { "# " } else { "" };
            let words: String = characters[block.span.start..block.span.end]
                .iter()
                .collect();
            format!(
                "{mark}{}",
                words.split_whitespace().collect::<Vec<_>>().join(" ")
            )
        };
        blocks(&characters).iter().map(text).collect()
    }

    #[test]
    fn wrapped_lines_are_joined_and_whole_lines_are_not() {
        let wrapped = "Envoys meet\n\nThe foreign minister received the envoys of\nthe region on Tuesday and told them that a\n\
                       road was under way.\nThey will return in November, when a second\nround is due:\n- trade;\n- water.";
        assert_eq!(
            paragraphs(wrapped),
            [
                "# Envoys meet",
                "The foreign minister received the envoys of the region on Tuesday and told them that a road was under way.",
                "They will return in November, when a second round is due:",
                "- trade;",
                "- water."
            ]
        );
        let whole = "Envoys meet\r\nThe foreign minister received the envoys of the region on Tuesday.\r\nHe told them that a road was under way, and much more.\r\nNo.";
        assert_eq!(paragraphs(whole).len(), 4);
    }
}
