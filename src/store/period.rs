//! From when to when?

/// A time from one date to another, both included, each as precise as it is given (`2014-09-30`, `2014-09` or `2014`). The default has no
/// bounds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Period {
    /// The first date; none where it has no beginning.
    pub since: Option<String>,
    /// The last one; none where it has no end.
    pub until: Option<String>,
}

impl Period {
    /// Whether something may lie outside it.
    pub fn is_bounded(&self) -> bool {
        self.since.is_some() || self.until.is_some()
    }

    /// Whether one of the days that `date` may mean lies in it, as in the named queries: `~` comes after every digit and hyphen. What has no
    /// date lies in no period that has a bound.
    pub fn includes(&self, date: Option<&str>) -> bool {
        let after = |since: &String| date.is_some_and(|date| format!("{date}~") >= *since);
        let before = |until: &String| date.is_some_and(|date| *date <= *format!("{until}~"));
        self.since.as_ref().is_none_or(after) && self.until.as_ref().is_none_or(before)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_counts_as_all_of_its_days() {
        for (since, until, date, included) in [
            (Some("2021-03"), None, Some("2021-03-01"), true),
            (Some("2021-03"), None, Some("2021-02-28"), false),
            (Some("2021-03-15"), None, Some("2021-03"), true),
            (Some("2021-03-15"), None, Some("2021"), true),
            (Some("2021-03-15"), None, Some("2020"), false),
            (None, Some("2021-03"), Some("2021-03-31"), true),
            (None, Some("2021-03"), Some("2021-04-01"), false),
            (None, Some("2021-03"), Some("2021"), true),
            (None, Some("2021"), Some("2021-12-31"), true),
            (Some("2021"), Some("2021"), Some("2021-06"), true),
            (
                Some("2021-03-15"),
                Some("2021-03-15"),
                Some("2021-03-15"),
                true,
            ),
            (Some("2021"), Some("2021-03"), Some("2021-03-15"), true),
            (Some("2021-03-16"), Some("2022"), Some("2021-03-15"), false),
            (Some("2020"), Some("2021-02"), Some("2021-03-15"), false),
            (
                Some("2021-03-20"),
                Some("2021-03-31"),
                Some("2021-03"),
                true,
            ),
            (Some("2021-12"), Some("2021-12"), Some("2021"), true),
            (Some("2021"), None, None, false),
            (None, None, None, true),
        ] {
            let period = Period {
                since: since.map(str::to_owned),
                until: until.map(str::to_owned),
            };
            assert_eq!(period.includes(date), included, "{period:?} {date:?}");
        }
    }
}
