//! Recognises the place and date that open a report.
//!
//! Shapes: `COLOMBO, January 28 -`, `KINSHASA/KIGALI, October 30 -`, `HAVANA, 6 April 2025 -`, `MOMBASA, Kenya, Jan 6 -`,
//! `Pyongyang, October 4 (KCNA) --`, `MOSCOW (Reuters) -`, `MOSCOW, October 28. /TASS/.`, with any dash.

use super::characters::{is_blank, trim};
use super::{Date, Dateline, Span, date};

/// The longest dateline looked for, in characters.
const LONGEST: usize = 120;

/// The dateline that opens `paragraph`, if one does. `published` gives a date without a year its year.
pub(super) fn find(
    characters: &[char],
    paragraph: Span,
    published: Option<Date>,
) -> Option<Dateline> {
    let horizon = paragraph.end.min(paragraph.start + LONGEST);
    let (head_end, end) = mark(
        characters,
        Span {
            start: paragraph.start,
            end: horizon,
        },
    )?;
    if end >= paragraph.end {
        return None;
    }
    let (head, signed) = without_agency(
        characters,
        trim(
            characters,
            Span {
                start: paragraph.start,
                end: head_end,
            },
        ),
    );
    let parts = comma_parts(characters, head);
    let first = *parts.first()?;
    let text = |span: Span| -> String { characters[span.start..span.end].iter().collect() };
    let written = (0..parts.len().min(4)).find_map(|number| {
        let tail = Span {
            start: parts[number].start,
            end: head.end,
        };
        date::written(&text(tail)).map(|written| (number, written))
    });
    let place_parts = written.map_or(parts.len(), |(number, _)| number);
    let place = if place_parts == 0 {
        None
    } else {
        Some(Span {
            start: first.start,
            end: parts[place_parts - 1].end,
        })
    };
    match place {
        Some(_) if place_parts > 3 => return None,
        Some(_) if is_capitals(&text(first)) => {}
        Some(place) if (written.is_some() || signed) && is_name(&text(place)) => {}
        None if written.is_some_and(|(_, (day, _, _))| day.is_some()) => {}
        _ => return None,
    }
    let date = written.and_then(|(_, (day, month, year))| match year {
        Some(year) => date::checked(year, Some(month), day),
        None => year_before(published?, month, day),
    });
    Some(Dateline {
        span: Span {
            start: paragraph.start,
            end,
        },
        place,
        date,
    })
}

/// Where the head of a dateline ends and where its dash, or its agency between slashes, ends.
fn mark(characters: &[char], span: Span) -> Option<(usize, usize)> {
    let text = &characters[span.start..span.end];
    let at = |offset: usize| text.get(offset).copied().unwrap_or(' ');
    let is_dash = |character: char| matches!(character, '-' | '\u{2010}'..='\u{2015}' | '−');
    let mut offset = 1;
    while offset < text.len() {
        let character = text[offset];
        let spaced = is_blank(at(offset - 1));
        if is_dash(character) {
            let length = text[offset..]
                .iter()
                .take_while(|other| is_dash(**other))
                .count();
            let long = length > 1 || matches!(character, '–' | '—' | '―');
            if (spaced && is_blank(at(offset + length))) || (long && (spaced || character != '–'))
            {
                return Some((span.start + offset, span.start + offset + length));
            }
            offset += length;
            continue;
        }
        if character == '/' && (spaced || at(offset - 1) == '.') {
            let close = text[offset + 1..]
                .iter()
                .take(30)
                .position(|other| *other == '/')?
                + offset
                + 1;
            let stop = usize::from(at(close + 1) == '.');
            return Some((span.start + offset, span.start + close + 1 + stop));
        }
        offset += 1;
    }
    None
}

/// The head without the agency or author in brackets at its end, and whether there was one.
fn without_agency(characters: &[char], head: Span) -> (Span, bool) {
    let text = &characters[head.start..head.end];
    let open = text
        .iter()
        .position(|character| *character == '(')
        .filter(|_| text.last() == Some(&')'));
    let signed = open.is_some() || text.last() == Some(&'.');
    let mut end = head.start + open.unwrap_or(text.len());
    while end > head.start
        && (is_blank(characters[end - 1]) || (signed && matches!(characters[end - 1], '.' | ',')))
    {
        end -= 1;
    }
    (
        Span {
            start: head.start,
            end,
        },
        signed,
    )
}

/// The parts of `span` between its commas, trimmed.
fn comma_parts(characters: &[char], span: Span) -> Vec<Span> {
    let mut start = span.start;
    let mut parts = Vec::new();
    for part in characters[span.start..span.end].split(|character| *character == ',') {
        let trimmed = trim(
            characters,
            Span {
                start,
                end: start + part.len(),
            },
        );
        if trimmed.start < trimmed.end {
            parts.push(trimmed);
        }
        start += part.len() + 1;
    }
    parts
}

/// A place in capitals: `ADDIS ABABA`, `GENEVA/NEW YORK`, `WASHINGTON D.C.`
fn is_capitals(text: &str) -> bool {
    let letters = text
        .chars()
        .filter(|character| character.is_alphabetic())
        .count();
    let lowers = text
        .chars()
        .filter(|character| character.is_lowercase())
        .count();
    letters >= 3
        && lowers == 0
        && text.split_whitespace().count() <= 5
        && !text.contains([':', ';', '!', '?', '"'])
}

/// A place in title case; particles such as `de` may be small.
fn is_name(text: &str) -> bool {
    let capital = |word: &str| word.starts_with(char::is_uppercase) || word.chars().count() <= 3;
    text.starts_with(char::is_uppercase)
        && text.split_whitespace().count() <= 6
        && text.split_whitespace().all(capital)
}

/// The date in the year that puts it last at or shortly after `published`: a report of December may come out in January.
fn year_before(published: Date, month: u8, day: Option<u8>) -> Option<Date> {
    let late = published
        .month
        .is_some_and(|published| month > published + 6);
    date::checked(published.year - i32::from(late), Some(month), day)
}
