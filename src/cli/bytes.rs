//! Numbers of bytes for people.

/// As in `812 B`, `4.7 kB` or `1.2 GB`, by powers of 1,000.
pub(super) fn in_words(bytes: u64) -> String {
    let mut amount = bytes as f64;
    for unit in ["B", "kB", "MB", "GB"] {
        // What would be rounded up to 1000.0 is one of the next unit.
        if amount < 999.95 {
            let decimals = usize::from(unit != "B");
            return format!("{amount:.decimals$} {unit}");
        }
        amount /= 1000.0;
    }
    format!("{amount:.1} TB")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_told_in_the_unit_that_fits() {
        for (bytes, words) in [
            (0, "0 B"),
            (999, "999 B"),
            (1000, "1.0 kB"),
            (999_949, "999.9 kB"),
            (999_950, "1.0 MB"),
            (12_300_000_000, "12.3 GB"),
            (4_000_000_000_000, "4.0 TB"),
        ] {
            assert_eq!(in_words(bytes), words);
        }
    }
}
