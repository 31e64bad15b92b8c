//! The queries that come with chancery.

/// Reads the files of that name in `queries/` at compile time.
macro_rules! queries {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../../queries/", $name, ".rq")))),+]
    };
}

/// Name and text of each query of `queries/`, in the order of their names. Their columns are a public interface: they stay, new ones are
/// added at the end.
pub const QUERIES: &[(&str, &str)] = queries![
    "accusations",
    "accusations-by-topic",
    "accusations-denied",
    "accusations-exchanged",
    "accusations-reported",
    "accusations-undenied",
    "ambassadors",
    "countries",
    "denials",
    "documents-empty",
    "facts",
    "facts-by-frame",
    "facts-by-mechanism",
    "facts-uncertain",
    "hosts",
    "mentions",
    "offices-changed",
    "offices-over-time",
    "officials",
    "officials-named",
    "partners",
    "projects",
    "projects-by-sector",
    "projects-stalled",
    "speakers",
    "statements",
    "timeline",
    "visits",
    "visits-between",
    "visits-by-month",
    "visits-called-off",
    "visits-contradicted",
    "visits-dated-differently",
    "visits-fulfilled",
    "visits-together",
];
