//! The grammar of time expressions: which tokens make one, and what it says before anything is resolved.

use std::collections::BTreeMap;
use std::ops::Range;

use super::calendar::Unit;
use crate::knowledge::Words;
use crate::text::Document;

/// A time as the text gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Point {
    /// A date of which parts may be left to the context.
    Calendar {
        year: Year,
        month: Option<u8>,
        day: Option<u8>,
    },
    /// A day of the week, 1 for Monday.
    Weekday { weekday: u8, side: Side },
    /// The last two days of a week.
    Weekend { side: Side },
    /// A season by its middle month, as on the northern half of the globe.
    Season { month: u8, side: Side },
    /// So many units before (negative) or after some other time.
    Shifted {
        origin: Origin,
        unit: Unit,
        amount: i32,
        /// `a few days ago` is known less exactly than `three days ago`.
        rough: bool,
    },
}

/// What a date says of its year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Year {
    Stated(i32),
    /// `November last year`, `March of that year`.
    Shifted(Origin, i32),
    /// Nothing, or only on which side of the document's date it lies (`last October`).
    Nearest(Side),
}

/// What a time is counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// The document's date.
    Document,
    /// The time spoken of last.
    Narrative,
}

/// On which side of the document's date a recurring day or month lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// The tense tells.
    Either,
    Before,
    After,
}

/// What a stretch of tokens says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Expression {
    pub(super) tokens: Range<usize>,
    pub(super) start: Point,
    pub(super) end: Option<End>,
}

/// The second time of an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct End {
    pub(super) point: Point,
    /// Its first token.
    pub(super) from: usize,
    /// Whether the two are only joined by `and`, so that they make one stretch of time only if they are successive days.
    pub(super) listed: bool,
}

/// Reads expressions off the tokens of a document.
pub(super) struct Grammar<'a> {
    words: &'a Words,
    document: &'a Document,
    months: BTreeMap<String, u8>,
    weekdays: BTreeMap<String, u8>,
    seasons: BTreeMap<String, u8>,
    numbers: BTreeMap<String, u8>,
    /// How many of what a word for a length of time counts.
    units: BTreeMap<String, (Unit, i32)>,
}

/// Something found, and the token after it.
type Found<T> = Option<(T, usize)>;

impl<'a> Grammar<'a> {
    pub(super) fn new(words: &'a Words, document: &'a Document) -> Self {
        // The classes `month-1` to `month-12` and so on say what each word counts.
        let numbered = |class: &str, last: u8| {
            let mut table = BTreeMap::new();
            for number in 1..=last {
                table.extend(
                    words
                        .of(&format!("{class}-{number}"))
                        .map(|lemma| (lemma.to_owned(), number)),
                );
            }
            table
        };
        let units = [
            ("time-day", Unit::Day, 1),
            ("time-week", Unit::Week, 1),
            ("time-fortnight", Unit::Week, 2),
            ("time-month", Unit::Month, 1),
            ("time-year", Unit::Year, 1),
        ];
        Self {
            words,
            document,
            months: numbered("month", 12),
            weekdays: numbered("weekday", 7),
            seasons: numbered("season", 12),
            numbers: numbered("number", 100),
            units: units
                .into_iter()
                .flat_map(|(class, unit, many)| {
                    (words.of(class)).map(move |lemma| (lemma.to_owned(), (unit, many)))
                })
                .collect(),
        }
    }

    /// The longest expression that begins at token `at` and ends before `limit`.
    pub(super) fn read(&self, at: usize, limit: usize) -> Option<Expression> {
        let reader = Reader {
            grammar: self,
            limit,
        };
        let opened_between = at
            .checked_sub(1)
            .is_some_and(|before| self.has(before, "range-opening"));
        let bare = reader.day_number(at);
        let (start, next) = reader.point(at).or_else(|| {
            // `8 to 10 September`: a number is a day only because a date follows.
            let (day, next) = bare?;
            reader
                .range_end(next, true)
                .is_some()
                .then_some((day_alone(day), next))
        })?;
        let end = reader.range_end(next, is_day_alone(start)).or_else(|| {
            let has_day = matches!(
                start,
                Point::Calendar {
                    month: Some(_),
                    day: Some(_),
                    ..
                }
            );
            let join = reader.join(next).filter(|_| has_day)?;
            let (day, after) = reader.day_number(join.0)?;
            let tail = reader.year(after);
            let end = Point::Calendar {
                year: tail.map_or(Year::Nearest(Side::Either), |(year, _)| year),
                month: None,
                day: Some(day),
            };
            Some((
                End {
                    point: end,
                    from: join.0,
                    listed: join.1,
                },
                tail.map_or(after, |(_, after)| after),
            ))
        });
        Some(match end {
            Some((mut end, after)) => {
                end.listed &= !opened_between;
                Expression {
                    tokens: at..after,
                    start,
                    end: Some(end),
                }
            }
            None => Expression {
                tokens: at..next,
                start,
                end: None,
            },
        })
    }

    /// Whether the form of `token` belongs to a word class.
    pub(super) fn has(&self, token: usize, class: &str) -> bool {
        self.document
            .tokens
            .get(token)
            .is_some_and(|token| self.words.has(class, &token.form))
    }
}

fn day_alone(day: u8) -> Point {
    Point::Calendar {
        year: Year::Nearest(Side::Either),
        month: None,
        day: Some(day),
    }
}

fn is_day_alone(point: Point) -> bool {
    matches!(
        point,
        Point::Calendar {
            month: None,
            day: Some(_),
            ..
        }
    )
}

/// Reads inside one sentence.
struct Reader<'a> {
    grammar: &'a Grammar<'a>,
    limit: usize,
}

impl Reader<'_> {
    fn form(&self, at: usize) -> Option<&str> {
        (at < self.limit).then(|| self.grammar.document.tokens[at].form.as_str())
    }

    fn has(&self, at: usize, class: &str) -> bool {
        at < self.limit && self.grammar.has(at, class)
    }

    /// Looks a form up; names of days and months are proper nouns (`May`, not `may`).
    fn lookup<T: Copy>(&self, at: usize, table: &BTreeMap<String, T>, proper: bool) -> Option<T> {
        let form = self.form(at)?;
        if proper && !form.starts_with(char::is_uppercase) {
            return None;
        }
        table.get(form.to_lowercase().as_str()).copied()
    }

    fn month(&self, at: usize) -> Option<u8> {
        self.lookup(at, &self.grammar.months, true)
    }

    fn weekday(&self, at: usize) -> Option<u8> {
        self.lookup(at, &self.grammar.weekdays, true)
    }

    /// One point in time.
    fn point(&self, at: usize) -> Found<Point> {
        self.iso(at)
            .or_else(|| self.day_first(at))
            .or_else(|| self.month_first(at))
            .or_else(|| self.weekday_first(at))
            .or_else(|| self.qualified(at))
            .or_else(|| self.named_day(at))
            .or_else(|| self.beside_named_day(at))
            .or_else(|| self.counted(at))
            .or_else(|| self.season_first(at))
            .or_else(|| {
                let definite =
                    (at.checked_sub(1)).is_some_and(|before| self.has(before, "definite-article"));
                let side = Side::Either;
                (definite && self.has(at, "time-weekend"))
                    .then_some((Point::Weekend { side }, at + 1))
            })
            .or_else(|| {
                let (year, next) = self.year_number(at)?;
                Some((calendar(Year::Stated(year), None, None), next))
            })
    }

    /// `to 10 September`, `- 2017`, `and Wednesday`, after a first point that ends at `at`.
    fn range_end(&self, at: usize, needs_day: bool) -> Found<End> {
        let (from, listed) = self.join(at)?;
        let (point, next) = self.point(from)?;
        let fits = match point {
            Point::Calendar { month, day, .. } => !needs_day || (month.is_some() && day.is_some()),
            Point::Weekday { .. } => !needs_day,
            Point::Shifted { .. } | Point::Season { .. } | Point::Weekend { .. } => false,
        };
        fits.then_some((
            End {
                point,
                from,
                listed,
            },
            next,
        ))
    }

    /// The word between the two times of a range, and whether it is a mere `and`.
    fn join(&self, at: usize) -> Option<(usize, bool)> {
        if self.has(at, "range-joint") {
            // `from Monday through to Friday`
            return Some((
                if self.has(at + 1, "range-joint") {
                    at + 2
                } else {
                    at + 1
                },
                false,
            ));
        }
        self.has(at, "and-word").then_some((at + 1, true))
    }

    /// `2014-09-08`
    fn iso(&self, at: usize) -> Found<Point> {
        let mut parts = self.form(at)?.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() || [year.len(), month.len(), day.len()] != [4, 2, 2] {
            return None;
        }
        let month: u8 = month.parse().ok()?;
        let day: u8 = day.parse().ok()?;
        Some((
            calendar(Year::Stated(year.parse().ok()?), Some(month), Some(day)),
            at + 1,
        ))
    }

    /// `8 September 2014`, `the 8th of September`, `the 8th`
    fn day_first(&self, at: usize) -> Found<Point> {
        let (day, next) = self.day_number(at)?;
        let month_at = if self.has(next, "of-word") {
            next + 1
        } else {
            next
        };
        if let Some(month) = self.month(month_at) {
            return Some(self.with_year(month, Some(day), month_at + 1));
        }
        let ordinal = self.form(at)?.ends_with(char::is_alphabetic);
        let definite = at
            .checked_sub(1)
            .is_some_and(|before| self.has(before, "definite-article"));
        (ordinal && definite).then_some((day_alone(day), next))
    }

    /// `September 8, 2014`, `September 2014`, `November last year`, `September`
    fn month_first(&self, at: usize) -> Found<Point> {
        let month = self.month(at)?;
        match self.day_number(at + 1) {
            // Of `September 8 to 10 October` the first number is the day, of `July 20 March` neither can be told.
            Some((day, next)) if self.month(next).is_none() => {
                Some(self.with_year(month, Some(day), next))
            }
            _ => Some(self.with_year(month, None, at + 1)),
        }
    }

    /// A date whose year, if it has one, begins at `at`.
    fn with_year(&self, month: u8, day: Option<u8>, at: usize) -> (Point, usize) {
        match self.year(at) {
            Some((year, next)) => (calendar(year, Some(month), day), next),
            None => (calendar(Year::Nearest(Side::Either), Some(month), day), at),
        }
    }

    /// The year after a month or day: `, 2014`, `2014`, `last year`, `of the same year`.
    fn year(&self, at: usize) -> Found<Year> {
        let after_comma = if self.form(at) == Some(",") {
            at + 1
        } else {
            at
        };
        if let Some((year, next)) = self.year_number(after_comma) {
            return Some((Year::Stated(year), next));
        }
        let mut from = if self.has(at, "of-word") { at + 1 } else { at };
        if self.has(from, "definite-article") {
            from += 1;
        }
        match self.qualified(from)? {
            (
                Point::Shifted {
                    origin,
                    unit: Unit::Year,
                    amount,
                    ..
                },
                next,
            ) => Some((Year::Shifted(origin, amount), next)),
            _ => None,
        }
    }

    /// `Tuesday`, `Tuesday evening`, `Tuesday, 8 September`
    fn weekday_first(&self, at: usize) -> Found<Point> {
        let weekday = self.weekday(at)?;
        let after_comma = if self.form(at + 1) == Some(",") {
            at + 2
        } else {
            at + 1
        };
        let date = self
            .day_first(after_comma)
            .or_else(|| self.month_first(after_comma));
        if let Some(
            found @ (
                Point::Calendar {
                    month: Some(_),
                    day: Some(_),
                    ..
                },
                _,
            ),
        ) = date
        {
            return Some(found);
        }
        let next = if self.has(at + 1, "part-of-day") {
            at + 2
        } else {
            at + 1
        };
        Some((
            Point::Weekday {
                weekday,
                side: Side::Either,
            },
            next,
        ))
    }

    /// A unit, month or weekday after a word that says which: `last month`, `next Tuesday`, `this year`, `the following day`, `that year`.
    fn qualified(&self, at: usize) -> Found<Point> {
        let definite = at
            .checked_sub(1)
            .is_some_and(|before| self.has(before, "definite-article"));
        let thing = at + 1;
        let shifted = |origin, unit, amount| {
            Some((
                Point::Shifted {
                    origin,
                    unit,
                    amount,
                    rough: false,
                },
                thing + 1,
            ))
        };
        let unit = (self.lookup(thing, &self.grammar.units, false)).map(|(unit, _)| unit);
        let unit = if self.has(thing, "part-of-day") {
            Some(Unit::Day)
        } else {
            unit
        };
        if self.has(at, "time-same") && !matches!(unit, Some(Unit::Week)) {
            return shifted(Origin::Narrative, unit?, 0);
        }
        let step = if self.has(at, "time-last") {
            (Origin::Document, -1)
        } else if self.has(at, "time-next") {
            (Origin::Document, 1)
        } else if self.has(at, "time-this") {
            (Origin::Document, 0)
        } else if self.has(at, "time-previous") {
            (Origin::Narrative, -1)
        } else if self.has(at, "time-following") {
            (Origin::Narrative, 1)
        } else {
            return None;
        };
        let side = match step.1 {
            -1 => Side::Before,
            1 => Side::After,
            _ => Side::Either,
        };
        if let Some(weekday) = self.weekday(thing) {
            let next = if self.has(thing + 1, "part-of-day") {
                thing + 2
            } else {
                thing + 1
            };
            return Some((Point::Weekday { weekday, side }, next));
        }
        if let Some(month) = self.month(thing) {
            let year = if step.1 == 0 {
                Year::Shifted(Origin::Document, 0)
            } else {
                Year::Nearest(side)
            };
            return Some((calendar(year, Some(month), None), thing + 1));
        }
        if self.has(thing, "time-weekend") {
            return Some((Point::Weekend { side }, thing + 1));
        }
        if let Some(month) = self.lookup(thing, &self.grammar.seasons, false) {
            return Some((Point::Season { month, side }, thing + 1));
        }
        let part_of_day = self.has(thing, "part-of-day");
        match (step, unit?) {
            // `to this day` is no time, and `last night` is, but not `the last day of the talks`.
            ((Origin::Document, 0 | -1), Unit::Day) if !part_of_day => None,
            // `the next week` may be any; `the last year` reaches to today; `the next day` is told from the story.
            (_, Unit::Week) | ((Origin::Document, -1), _) if definite => None,
            ((Origin::Document, 1), unit) if definite || unit == Unit::Day => {
                shifted(Origin::Narrative, unit, 1)
            }
            ((origin, amount), unit) => shifted(origin, unit, amount),
        }
    }

    /// `today`, `yesterday`, `tomorrow`, with a part of the day
    fn named_day(&self, at: usize) -> Found<Point> {
        let amount = [
            ("time-yesterday", -1),
            ("time-today", 0),
            ("time-tomorrow", 1),
        ]
        .into_iter()
        .find_map(|(class, amount)| self.has(at, class).then_some(amount))?;
        let next = if self.has(at + 1, "part-of-day") {
            at + 2
        } else {
            at + 1
        };
        let point = Point::Shifted {
            origin: Origin::Document,
            unit: Unit::Day,
            amount,
            rough: false,
        };
        Some((point, next))
    }

    /// `the spring`, `spring 2014`, `the summer of 2014`; with a year stated, the year alone is told.
    fn season_first(&self, at: usize) -> Found<Point> {
        let month = self.lookup(at, &self.grammar.seasons, false)?;
        let definite = at
            .checked_sub(1)
            .is_some_and(|before| self.has(before, "definite-article"));
        // The year stated is read by itself.
        if self.year(at + 1).is_some() || !definite {
            return None;
        }
        let side = Side::Either;
        Some((Point::Season { month, side }, at + 1))
    }

    /// `the day before yesterday`, `the day after tomorrow`
    fn beside_named_day(&self, at: usize) -> Found<Point> {
        let amount = match () {
            () if self.has(at + 1, "time-before") && self.has(at + 2, "time-yesterday") => -2,
            () if self.has(at + 1, "time-after") && self.has(at + 2, "time-tomorrow") => 2,
            () => return None,
        };
        let day = self.has(at, "time-day");
        let point = Point::Shifted {
            origin: Origin::Document,
            unit: Unit::Day,
            amount,
            rough: false,
        };
        day.then_some((point, at + 3))
    }

    /// `three days ago`, `a few days ago`, `a week ago today`, `two days later`, `a year earlier`
    fn counted(&self, at: usize) -> Found<Point> {
        let (amount, rough, unit_at) = self.amount(at).or_else(|| {
            // `the day before`, `the day after`
            let definite = self.has(at, "definite-article");
            let singular = definite && !self.form(at + 1)?.ends_with('s');
            singular.then_some((1, false, at + 1))
        })?;
        let unit_form = self.form(unit_at)?.to_lowercase();
        let singular = unit_form.strip_suffix('s').unwrap_or(&unit_form);
        let &(unit, many) = self.grammar.units.get(singular)?;
        let amount = amount * many;
        let direction = unit_at + 1;
        let closes = |at: usize| {
            self.form(at).is_none_or(|form| {
                !form.starts_with(char::is_alphanumeric) && !form.starts_with(['"', '\''])
            })
        };
        let before = at
            .checked_sub(1)
            .is_some_and(|before| self.has(before, "time-rough"));
        let point = |origin, amount| Point::Shifted {
            origin,
            unit,
            amount,
            rough: rough || before,
        };
        if self.has(direction, "time-ago") {
            if unit == Unit::Week && !rough && !before && self.has(direction + 1, "time-today") {
                let days = Point::Shifted {
                    origin: Origin::Document,
                    unit: Unit::Day,
                    amount: -7 * amount,
                    rough: false,
                };
                return Some((days, direction + 2));
            }
            return Some((point(Origin::Document, -amount), direction + 1));
        }
        // `two days before the vote` counts from the vote, `two days before.` from the time spoken of.
        if self.has(direction, "time-earlier")
            || (self.has(direction, "time-before") && closes(direction + 1))
        {
            return Some((point(Origin::Narrative, -amount), direction + 1));
        }
        if self.has(direction, "time-later")
            || (self.has(direction, "time-after") && closes(direction + 1))
        {
            return Some((point(Origin::Narrative, amount), direction + 1));
        }
        None
    }

    /// A number, whether it is only a rough one, and the token after it.
    fn amount(&self, at: usize) -> Option<(i32, bool, usize)> {
        if self.has(at, "few-word") {
            return Some((3, true, at + 1));
        }
        if let Some(number) = self.lookup(at, &self.grammar.numbers, false) {
            return if self.has(at + 1, "few-word") {
                let of = usize::from(self.has(at + 2, "of-word"));
                Some((3, true, at + 2 + of))
            } else {
                Some((i32::from(number), false, at + 1))
            };
        }
        let number: u16 = self.form(at)?.parse().ok()?;
        (number < 1000).then_some((i32::from(number), false, at + 1))
    }

    /// `8`, `8th`
    fn day_number(&self, at: usize) -> Found<u8> {
        let form = self.form(at)?;
        let digits = form.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
        let suffix = &form[digits.len()..];
        if digits.len() > 2
            || !(suffix.is_empty() || self.grammar.words.has("ordinal-suffix", suffix))
        {
            return None;
        }
        let day: u8 = digits.parse().ok()?;
        (1..=31).contains(&day).then_some((day, at + 1))
    }

    /// A number of four digits that can be a year.
    fn year_number(&self, at: usize) -> Found<i32> {
        let form = self.form(at)?;
        if form.len() != 4 || !form.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let year: i32 = form.parse().ok()?;
        (1500..=2199).contains(&year).then_some((year, at + 1))
    }
}

fn calendar(year: Year, month: Option<u8>, day: Option<u8>) -> Point {
    Point::Calendar { year, month, day }
}
