//! Recognises the place and date that open a report.
//!
//! Shapes: `COLOMBO, January 28 -`, `KINSHASA/KIGALI, October 30 -`, `HAVANA, 6 April 2025 -`, `MOMBASA, Kenya, Jan 6 -`,
//! `Pyongyang, October 4 (KCNA) --`, `MOSCOW (Reuters) -`, `MOSCOW, October 28. /TASS/.`, with any dash.

use super::characters::{is_blank, trim};
use super::date::{self, Written};
use super::{Date, Dateline, Span};

/// The longest dateline looked for, in characters.
const LONGEST: usize = 120;

/// The dateline that opens `paragraph`, if one does. `published` gives a date without a year its year.
pub(super) fn find(
    characters: &[char],
    paragraph: Span,
    published: Option<Date>,
) -> Option<Dateline> {
    let horizon = paragraph.end.min(paragraph.start + LONGEST);
    let (head_end, end) = mark(characters, Span::new(paragraph.start, horizon))?;
    if end >= paragraph.end {
        return None;
    }
    let head = trim(characters, Span::new(paragraph.start, head_end));
    let (head, signed) = without_agency(characters, head);
    let (place, written) = place_and_date(characters, head)?;
    let text = |span: Span| -> String { characters[span.start..span.end].iter().collect() };
    // Without a date or an agency, `NATO - the alliance` must not pass for a place.
    let dated = written.is_some() || signed;
    let follows = characters[end..paragraph.end]
        .iter()
        .find(|character| !is_blank(**character));
    let begins = dated || follows.is_some_and(|follows| !follows.is_lowercase());
    let accepted = match place {
        Some(place) => {
            (begins && is_capitals(&text(place.first))) || (dated && is_name(&text(place.whole)))
        }
        None => written.is_some_and(|written| written.day.is_some()),
    };
    let date = written.and_then(|written| match written.year {
        Some(year) => date::checked(year, Some(written.month), written.day),
        None => year_before(published?, written.month, written.day),
    });
    let span = Span::new(paragraph.start, end);
    accepted.then_some(Dateline {
        span,
        place: place.map(|place| place.whole),
        date,
    })
}

/// A line of its own that gives a place and a full date (`New York, 25 September 2023`), as speeches and statements have it.
pub(super) fn line(characters: &[char], line: Span) -> Option<Dateline> {
    if line.end - line.start > LONGEST {
        return None;
    }
    let (place, written) = place_and_date(characters, line)?;
    let written = written?;
    let date = date::checked(written.year?, Some(written.month), Some(written.day?))?;
    let place = place.map(|place| place.whole);
    let named = place.is_none_or(|place| {
        is_name(
            &characters[place.start..place.end]
                .iter()
                .collect::<String>(),
        )
    });
    named.then_some(Dateline {
        span: line,
        place,
        date: Some(date),
    })
}

/// A place with what it lies in (`MOMBASA, Kenya`).
#[derive(Clone, Copy)]
struct Place {
    first: Span,
    whole: Span,
}

/// The place and the date between the commas of a dateline's head; at least one of the two.
fn place_and_date(characters: &[char], head: Span) -> Option<(Option<Place>, Option<Written>)> {
    let parts = comma_parts(characters, head);
    let first = *parts.first()?;
    let written = parts.iter().take(4).enumerate().find_map(|(number, part)| {
        let tail: String = characters[part.start..head.end].iter().collect();
        date::written(&tail).map(|written| (number, written))
    });
    let place_parts = written.map_or(parts.len(), |(number, _)| number);
    if place_parts > 3 {
        return None;
    }
    let place = (place_parts > 0).then(|| Place {
        first,
        whole: Span::new(first.start, parts[place_parts - 1].end),
    });
    Some((place, written.map(|(_, written)| written)))
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
            let mut end = close + 1 + usize::from(at(close + 1) == '.');
            let dash = text
                .get(end..)
                .unwrap_or_default()
                .iter()
                .position(|next| !is_blank(*next) && !is_dash(*next));
            if let Some(length) =
                dash.filter(|length| text[end..end + length].iter().any(|next| is_dash(*next)))
            {
                end += text[end..end + length]
                    .iter()
                    .rposition(|next| is_dash(*next))
                    .map_or(0, |last| last + 1);
            }
            return Some((span.start + offset, span.start + end));
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
        let trimmed = trim(characters, Span::new(start, start + part.len()));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_shapes_are_datelines_and_sentences_are_not() {
        let published = Date::parse("2025-01-10");
        let shapes = [
            ("COLOMBO, January 28 - The", "COLOMBO", "2025-01-28"),
            (
                "KINSHASA/KIGALI, October 30 – The",
                "KINSHASA/KIGALI",
                "2024-10-30",
            ),
            ("HAVANA, 6 April 2023—The", "HAVANA", "2023-04-06"),
            (
                "MOMBASA, Kenya, Jan. 6 - The",
                "MOMBASA, Kenya",
                "2025-01-06",
            ),
            (
                "Pyongyang, October 4 (KCNA) -- The",
                "Pyongyang",
                "2024-10-04",
            ),
            (
                "LISBON, March 4, 2019 (By our Correspondent) - It",
                "LISBON",
                "2019-03-04",
            ),
            ("MOSCOW, October 28. /TASS/. The", "MOSCOW", "2024-10-28"),
            ("OSLO, 3 May 2024 /Wire/ -- The", "OSLO", "2024-05-03"),
            ("ADDIS ABABA - The", "ADDIS ABABA", ""),
            ("MOSCOW (Reuters) - The", "MOSCOW", ""),
        ];
        for (text, place, day) in shapes {
            let characters: Vec<char> = text.chars().collect();
            let found = find(&characters, Span::new(0, characters.len()), published).expect(text);
            let place_found: String = found
                .place
                .map(|place| characters[place.start..place.end].iter().collect())
                .unwrap_or_default();
            assert_eq!(
                (place_found.as_str(), found.date),
                (place, Date::parse(day)),
                "{text}"
            );
        }
        for text in [
            "The EU - a union - met.",
            "NATO - the alliance - met.",
            "Peace, he said - and left.",
            "On May 5 - a Monday - he came.",
            "A - B",
        ] {
            let characters: Vec<char> = text.chars().collect();
            assert_eq!(
                find(&characters, Span::new(0, characters.len()), published),
                None,
                "{text}"
            );
        }
    }
}
