//! The queries that come with chancery.

/// Name and text of each query of `queries/`. Their columns are a public interface: they stay, new ones are added at the end.
pub const QUERIES: [(&str, &str); 4] = [
    ("accusations", include_str!("../../queries/accusations.rq")),
    ("officials", include_str!("../../queries/officials.rq")),
    ("projects", include_str!("../../queries/projects.rq")),
    ("visits", include_str!("../../queries/visits.rq")),
];

/// The question that a query opens with: its first line, a comment, without the mark.
pub fn question(query: &str) -> Option<&str> {
    query.lines().next()?.strip_prefix('#').map(str::trim)
}
