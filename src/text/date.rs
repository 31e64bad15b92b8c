//! Calendar dates as front matter and datelines write them.

use std::fmt;

use super::{Date, words};

impl Date {
    /// Reads `2014`, `2014-10`, `2014-10-27` (also with a time after it), `27 October 2014` or `October 27, 2014`; none where it is no
    /// date of the calendar.
    pub fn parse(text: &str) -> Option<Self> {
        iso(text).or_else(|| {
            let written = written(text)?;
            checked(written.year?, Some(written.month), written.day)
        })
    }
}

/// As ISO 8601 writes it: `2014`, `2014-10` or `2014-10-27`.
impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.year < 0 { "-" } else { "" };
        write!(formatter, "{sign}{:04}", self.year.unsigned_abs())?;
        if let Some(month) = self.month {
            write!(formatter, "-{month:02}")?;
            if let Some(day) = self.day {
                write!(formatter, "-{day:02}")?;
            }
        }
        Ok(())
    }
}

fn iso(text: &str) -> Option<Date> {
    let day = match text.split_once(['T', ' ']) {
        Some((day, time))
            if day.len() == 10
                && time.starts_with(|character: char| character.is_ascii_digit()) =>
        {
            day
        }
        Some(_) => return None,
        None => text,
    };
    let parts: Vec<&str> = day.split('-').collect();
    let number = |part: &str, length: usize| -> Option<i32> {
        (part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| part.parse().ok())?
    };
    match parts[..] {
        [year] => checked(number(year, 4)?, None, None),
        [year, month] => checked(number(year, 4)?, Some(number(month, 2)? as u8), None),
        [year, month, day] => checked(
            number(year, 4)?,
            Some(number(month, 2)? as u8),
            Some(number(day, 2)? as u8),
        ),
        _ => None,
    }
}

/// A date in words, of which the day and the year may be missing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Written {
    pub day: Option<u8>,
    pub month: u8,
    pub year: Option<i32>,
}

/// Reads a date in English words. A day of the week is passed over.
pub(super) fn written(text: &str) -> Option<Written> {
    const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let (mut day, mut month, mut year) = (None, None, None);
    for word in text
        .split(|character: char| character.is_whitespace() || character == ',')
        .filter(|word| !word.is_empty())
    {
        let word = word.trim_end_matches('.');
        let digits = word.trim_end_matches(|character: char| character.is_ascii_alphabetic());
        if let Some(found) = words::month(word) {
            month = month.xor(Some(found));
        } else if let Ok(number) = digits.parse::<u16>() {
            let ordinal = matches!(&word[digits.len()..], "st" | "nd" | "rd" | "th");
            match digits.len() {
                1 | 2 if day.is_none() && (ordinal || digits == word) => day = Some(number as u8),
                4 if year.is_none() && digits == word => year = Some(i32::from(number)),
                _ => return None,
            }
        } else {
            let start: String = word.to_lowercase().chars().take(3).collect();
            if !WEEKDAYS.contains(&start.as_str()) || !(word.len() < 6 || word.ends_with("day")) {
                return None;
            }
        }
    }
    checked(year.unwrap_or(2000), month, day)?;
    Some(Written {
        day,
        month: month?,
        year,
    })
}

/// The date, if the calendar has it.
pub(super) fn checked(year: i32, month: Option<u8>, day: Option<u8>) -> Option<Date> {
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let days = match month {
        Some(4 | 6 | 9 | 11) => 30,
        Some(2) if leap => 29,
        Some(2) => 28,
        _ => 31,
    };
    let valid = month.is_none_or(|month| (1..=12).contains(&month))
        && day.is_none_or(|day| month.is_some() && (1..=days).contains(&day));
    (valid && year > 0).then_some(Date { year, month, day })
}
