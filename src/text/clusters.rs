//! Which words stand in like places? Brown clusters of words, learnt from much text that nobody annotated (Brown et al. 1992,
//! <https://aclanthology.org/J92-4003/>).
//!
//! The clusters are the leaves of a binary tree. The path of one is a number of the turns from the root, a bit each, the lowest first, so
//! that paths with the same low bits are neighbours. `src/language/model/SOURCE.md` says where they are from.

use std::collections::HashMap;
use std::sync::LazyLock;

/// A line for each cluster: its path and its words, with a space between.
static LINES: &str = include_str!("clusters.txt");

static OF_WORDS: LazyLock<HashMap<&str, u32>> = LazyLock::new(|| {
    let mut paths = HashMap::new();
    for (path, words) in lines() {
        paths.extend(words.split(' ').map(|word| (word, path)));
    }
    paths
});

fn lines() -> impl Iterator<Item = (u32, &'static str)> {
    LINES.lines().map(|line| {
        let (path, words) = line.split_once(' ').expect("a cluster has words");
        (path.parse().expect("a path is a number"), words)
    })
}

/// The paths of all clusters, rising.
pub(crate) fn paths() -> impl Iterator<Item = u32> {
    lines().map(|(path, _)| path)
}

/// The path of the cluster of a word as it is written, else of the word in small letters.
pub(crate) fn path(form: &str) -> Option<u32> {
    let path = OF_WORDS.get(form);
    let path = path.or_else(|| OF_WORDS.get(form.to_lowercase().as_str()));
    path.copied()
}

#[cfg(test)]
mod tests {
    use super::{path, paths};

    #[test]
    fn a_word_has_a_cluster_as_it_is_written_or_in_small_letters() {
        assert!(paths().is_sorted());
        assert_eq!(path("Monday"), path("Tuesday"));
        assert_eq!(path("VISITED"), path("visited"));
        assert_ne!(path("visited"), path("Monday"));
        assert_eq!(path("Xqzv"), None);
    }
}
