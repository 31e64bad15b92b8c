//! Pronouns and possessives that refer to a party.

use super::{Kind, Page};

/// Finds pronouns of all three persons, possessives, and relative pronouns.
pub(super) fn find(page: &mut Page) {
    for token in 0..page.document.tokens.len() {
        let word = &page.analysis.words[token];
        let relative = matches!(word.xpos, "WP" | "WP$" | "WDT")
            && word.head.is_some()
            && page
                .analysis
                .ancestors(token)
                .any(|above| page.analysis.words[above].is_relative())
            && page.lower(token) != "what";
        let personal = matches!(word.xpos, "PRP" | "PRP$") || page.lower(token) == "here";
        if relative || personal {
            page.add(token..token + 1, Kind::Pronoun);
        }
    }
}
