//! Days, months and years of the proleptic Gregorian calendar.

use crate::text::Date;

/// A stretch of the calendar that expressions count in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Day,
    Week,
    Month,
    Year,
}

/// A date known to its year.
pub(super) fn year(year: i32) -> Date {
    Date {
        year,
        month: None,
        day: None,
    }
}

/// A date known to its month.
pub(super) fn month(year: i32, month: u8) -> Date {
    Date {
        year,
        month: Some(month),
        day: None,
    }
}

/// The date of that day, if the month has it.
pub(super) fn day(year: i32, month: u8, day: u8) -> Option<Date> {
    (1..=days_in(year, month)).contains(&day).then_some(Date {
        year,
        month: Some(month),
        day: Some(day),
    })
}

/// How many days the month has; none where there is no such month.
fn days_in(year: i32, month: u8) -> u8 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    }
}

/// Days since 1 January 1970; none for a date known less exactly than to its day.
///
/// Years are counted from March, so that the leap day is the last day of a year and the lengths of the months before it follow one
/// linear formula.
pub(crate) fn number(date: Date) -> Option<i32> {
    let month = i32::from(date.month?);
    let day = i32::from(date.day?);
    let year = if month <= 2 { date.year - 1 } else { date.year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    Some(era * 146_097 + day_of_era - 719_468)
}

/// The date of day `number`, the inverse of [`number`].
pub(super) fn of_number(number: i32) -> Date {
    let shifted = number + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    };
    Date {
        year: era * 400 + year_of_era + i32::from(month <= 2),
        month: u8::try_from(month).ok(),
        day: u8::try_from(day).ok(),
    }
}

/// Day of the week, 1 for Monday to 7 for Sunday.
pub(super) fn weekday(date: Date) -> Option<u8> {
    // 1 January 1970 was a Thursday.
    number(date).and_then(|number| u8::try_from((number + 3).rem_euclid(7) + 1).ok())
}

/// `date` moved by `amount` of `unit`, with the precision of `unit` (a week moves a day); none where `date` is not known that exactly.
pub(crate) fn shift(date: Date, unit: Unit, amount: i32) -> Option<Date> {
    match unit {
        Unit::Day => Some(of_number(number(date)? + amount)),
        Unit::Week => Some(of_number(number(date)? + 7 * amount)),
        Unit::Month => {
            let months = date.year * 12 + i32::from(date.month?) - 1 + amount;
            let in_year = u8::try_from(months.rem_euclid(12) + 1).ok()?;
            Some(month(months.div_euclid(12), in_year))
        }
        Unit::Year => Some(year(date.year + amount)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_numbered_and_named() {
        for (year, month, in_month, name) in [
            (1970, 1, 1, 4),
            (2014, 9, 8, 1),
            (2024, 2, 29, 4),
            (1900, 2, 28, 3),
        ] {
            let date = day(year, month, in_month).expect("a day of the calendar");
            assert_eq!(weekday(date), Some(name), "{date:?}");
            assert_eq!(number(date).map(of_number), Some(date));
        }
        assert_eq!(day(2023, 2, 29), None);
        assert_eq!(
            shift(month(2014, 1), Unit::Month, -2),
            Some(month(2013, 11))
        );
    }
}
