//! `did you mean`: which known name is meant.

/// The one of `known` that `name` is most likely a slip of; none where all are too far from it.
pub(super) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name = name.to_lowercase();
    let near = known
        .into_iter()
        .min_by_key(|known| strsim::damerau_levenshtein(&known.to_lowercase(), &name));
    near.filter(|known| strsim::jaro_winkler(&known.to_lowercase(), &name) > 0.8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_told_from_another_word() {
        let known = ["visits", "officials"];
        assert_eq!(nearest("Vists", known), Some("visits"));
        assert_eq!(nearest("projects", known), None);
        assert_eq!(nearest("x", []), None);
    }
}
