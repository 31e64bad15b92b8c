//! From what an expression says to dates, given when the text was written, what was spoken of last, and the tense.

use super::calendar::{self, Unit};
use super::expression::{End, Expression, Origin, Point, Side, Year};
use super::tense::Tense;
use crate::mention::TimeSpan;
use crate::text::Date;

/// What expressions are resolved against.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context {
    /// The document's date.
    pub(super) document: Option<Date>,
    /// The time spoken of last.
    pub(super) narrative: Option<TimeSpan>,
    pub(super) tense: Tense,
}

/// The times of an expression; none where the context does not give them. The second value tells where reading goes on: after the
/// expression, or at its second time if the two make no range.
pub(super) fn span(expression: &Expression, context: Context) -> (Option<TimeSpan>, usize) {
    let whole = expression.tokens.end;
    let Some(End {
        point,
        from,
        listed,
    }) = expression.end
    else {
        let start = date(expression.start, context);
        let end = start.filter(|_| matches!(expression.start, Point::Weekend { .. }));
        let end = end.and_then(|saturday| calendar::shift(saturday, Unit::Day, 1));
        return (start.map(|start| TimeSpan { start, end }), whole);
    };
    let (first, last) = share(expression.start, point);
    let Some(start) = date(first, context) else {
        return (None, from);
    };
    let (start, end) = order(start, first, last, context);
    let successive = || {
        let end = end.and_then(calendar::number)?;
        Some(end - calendar::number(start)? == 1)
    };
    match end {
        Some(_) if !listed || successive() == Some(true) => (Some(TimeSpan { start, end }), whole),
        // `8 and 15 September`: the first has no month of its own and is no expression by itself.
        _ if matches!(
            expression.start,
            Point::Calendar {
                month: None,
                day: Some(_),
                ..
            }
        ) =>
        {
            (None, from)
        }
        _ => (Some(TimeSpan { start, end: None }), from),
    }
}

/// Lets the two times of a range lend each other month and year.
fn share(first: Point, last: Point) -> (Point, Point) {
    match (first, last) {
        (
            Point::Calendar {
                year: year_1,
                month: month_1,
                day: day_1,
            },
            Point::Calendar {
                year: year_2,
                month: month_2,
                day: day_2,
            },
        ) => {
            let open = |year| matches!(year, Year::Nearest(_));
            let month = |own: Option<u8>, other, day: Option<u8>| own.or_else(|| day.and(other));
            (
                Point::Calendar {
                    year: if open(year_1) { year_2 } else { year_1 },
                    month: month(month_1, month_2, day_1),
                    day: day_1,
                },
                Point::Calendar {
                    year: if open(year_2) { year_1 } else { year_2 },
                    month: month(month_2, month_1, day_2),
                    day: day_2,
                },
            )
        }
        other => other,
    }
}

/// The end of a range that begins at `start`, with the start moved back where the year stated is that of the end.
fn order(start: Date, first: Point, last: Point, context: Context) -> (Date, Option<Date>) {
    match (first, last) {
        (Point::Weekday { weekday: from, .. }, Point::Weekday { weekday: to, .. }) => {
            let days = (i32::from(to) - i32::from(from)).rem_euclid(7);
            (start, calendar::shift(start, Unit::Day, days))
        }
        (
            Point::Calendar { year, .. },
            Point::Calendar {
                year: last_year,
                month,
                day,
            },
        ) => {
            let in_year = |year| dated(year, month, day);
            if matches!(last_year, Year::Nearest(_)) {
                let end = in_year(start.year).filter(|end| *end >= start);
                return (start, end.or_else(|| in_year(start.year + 1)));
            }
            match date(last, context) {
                Some(end) if end >= start => (start, Some(end)),
                // `from 30 December to 2 January 2015`
                Some(end) if year == last_year => {
                    let earlier = dated(start.year - 1, start.month, start.day);
                    (earlier.unwrap_or(start), Some(end))
                }
                _ => (start, None),
            }
        }
        _ => (start, date(last, context).filter(|end| *end >= start)),
    }
}

fn dated(year: i32, month: Option<u8>, day: Option<u8>) -> Option<Date> {
    match (month, day) {
        (Some(month), Some(day)) => calendar::day(year, month, day),
        (Some(month), None) => Some(calendar::month(year, month)),
        (None, _) => Some(calendar::year(year)),
    }
}

fn date(point: Point, context: Context) -> Option<Date> {
    match point {
        Point::Calendar {
            year: Year::Stated(year),
            month,
            day,
        } => dated(year, month, day),
        Point::Calendar {
            year: Year::Shifted(origin, amount),
            month,
            day,
        } => dated(
            origin_of(origin, amount, context)?.year + amount,
            month,
            day,
        ),
        Point::Calendar {
            year: Year::Nearest(side),
            month: Some(month),
            day,
        } => nearest_month(month, day, side, context),
        Point::Calendar {
            year: Year::Nearest(_),
            month: None,
            day,
        } => nearest_day(day?, context),
        Point::Weekday { weekday, side } => nearest_weekday(weekday, side, context),
        Point::Weekend { side } => nearest_weekday(6, side, context),
        // Which months a season has is told differently; its year is certain.
        Point::Season { month, side } => {
            nearest_month(month, None, side, context).map(|date| calendar::year(date.year))
        }
        Point::Shifted {
            origin,
            unit,
            amount,
            rough,
        } => shifted(origin_of(origin, amount, context)?, unit, amount, rough),
    }
}

/// What a shift counts from: of a range spoken of last, its end for what comes after it.
fn origin_of(origin: Origin, amount: i32, context: Context) -> Option<Date> {
    match origin {
        Origin::Document => context.document,
        Origin::Narrative => {
            let span = context.narrative?;
            Some(if amount > 0 {
                span.end.unwrap_or(span.start)
            } else {
                span.start
            })
        }
    }
}

/// `amount` units from `origin`, no more exactly than the words are meant: weeks and a few days to the month, a few months to the year,
/// and where that month is uncertain to the year, if that is not.
fn shifted(origin: Date, unit: Unit, amount: i32, rough: bool) -> Option<Date> {
    let certain = |slack: i32, unit: Unit| {
        let near = calendar::shift(origin, unit, amount + slack)?;
        let far = calendar::shift(origin, unit, amount - slack)?;
        Some((near, far))
    };
    let common = |near: Date, far: Date| {
        let month = |date| calendar::shift(date, Unit::Month, 0);
        if month(near) == month(far) {
            month(near)
        } else {
            (near.year == far.year).then(|| calendar::year(near.year))
        }
    };
    match (unit, rough) {
        (Unit::Day, true) => certain(2, unit).and_then(|(near, far)| common(near, far)),
        (Unit::Week, _) => {
            let day = calendar::shift(origin, unit, amount)?;
            let monday = 1 - i32::from(calendar::weekday(day)?);
            let first = calendar::shift(day, Unit::Day, monday)?;
            common(first, calendar::shift(first, Unit::Day, 6)?)
        }
        (Unit::Month, true) => {
            let (near, far) = certain(1, unit)?;
            (near.year == far.year).then(|| calendar::year(near.year))
        }
        (Unit::Year, true) => None,
        (unit, false) => calendar::shift(origin, unit, amount),
    }
}

/// The year of a month, or of a day of it, that has none: the past one in a past context, the coming one in a future one.
///
/// A day that lies at most this many days on the other side is meant all the same: tense is a weak sign, and reports do not speak
/// without a year of a day that is almost a year away.
const DAYS_AGAINST_TENSE: i32 = 21;

fn nearest_month(month: u8, day: Option<u8>, side: Side, context: Context) -> Option<Date> {
    let document = context.document?;
    // Distances are in days where both dates have one, else in months.
    let distance = |date: Date| match (calendar::number(date), calendar::number(document)) {
        (Some(date), Some(document)) => Some(date - document),
        _ => Some(
            (date.year - document.year) * 12 + i32::from(date.month?) - i32::from(document.month?),
        ),
    };
    let slack = if day.is_some() { DAYS_AGAINST_TENSE } else { 0 };
    let candidates: Vec<(i32, Date)> = (document.year - 8..=document.year + 8)
        .filter_map(|year| dated(year, Some(month), day))
        .filter_map(|date| Some((distance(date)?, date)))
        .collect();
    let best = |fits: &dyn Fn(i32) -> bool| {
        candidates
            .iter()
            .filter(|(distance, _)| fits(*distance))
            .min_by_key(|(distance, _)| distance.abs())
    };
    let found = match (side, context.tense) {
        (Side::Before, _) => best(&|distance| distance < 0),
        (Side::After, _) => best(&|distance| distance > 0),
        (Side::Either, Tense::Past) => best(&|distance| distance <= slack),
        (Side::Either, Tense::Future) => best(&|distance| distance >= -slack),
        (Side::Either, Tense::Present) => best(&|_| true),
    };
    found.map(|(_, date)| *date)
}

/// `the 8th`: of this month or one beside it.
fn nearest_day(day: u8, context: Context) -> Option<Date> {
    let document = context.document?;
    let today = calendar::number(document)?;
    let future = context.tense == Tense::Future;
    (-2..=2)
        .filter_map(|months| calendar::shift(document, Unit::Month, months))
        .filter_map(|month| calendar::day(month.year, month.month?, day))
        .filter_map(|date| Some((calendar::number(date)? - today, date)))
        .filter(|(distance, _)| {
            if future {
                *distance >= 0
            } else {
                *distance <= 0
            }
        })
        .min_by_key(|(distance, _)| distance.abs())
        .map(|(_, date)| date)
}

fn nearest_weekday(weekday: u8, side: Side, context: Context) -> Option<Date> {
    let document = context.document?;
    let since = (i32::from(calendar::weekday(document)?) - i32::from(weekday)).rem_euclid(7);
    let days = match (side, context.tense) {
        (Side::Before, _) if since == 0 => -7,
        (Side::After, _) => 7 - since,
        (Side::Either, Tense::Future) if since > 0 => 7 - since,
        (Side::Either, Tense::Present) if since > 3 => 7 - since,
        _ => -since,
    };
    calendar::shift(document, Unit::Day, days)
}
