//! When did it happen?

use super::syntax::Syntax;
use crate::language::Upos;
use crate::mention::{Kind, Mention, TimeSpan};

/// The time that the clause of `predicate` gives, of the `mentions` of its sentence: the first time expression in it that no other clause or event claims.
pub(super) fn time(syntax: Syntax, mentions: &[Mention], predicate: usize) -> Option<TimeSpan> {
    let clause = clause_of(syntax, predicate);
    let mut times: Vec<(usize, TimeSpan)> = mentions
        .iter()
        .filter_map(|mention| match mention.kind {
            Kind::Time(time) => Some((mention.head, time)),
            _ => None,
        })
        .filter(|&(head, _)| within(syntax, head, predicate, clause))
        .collect();
    times.sort_by_key(|&(head, _)| {
        let own = syntax
            .analysis
            .ancestors(head)
            .any(|above| above == predicate);
        (!own, head.abs_diff(predicate))
    });
    times
        .first()
        .map(|&(_, time)| time)
        .or_else(|| opening(syntax, mentions, predicate))
}

/// The time that opens the sentence, for a relative clause without one of its own: `In June the minister, who was on a visit to Rome,
/// met …`. When something was said is no time of what was said.
fn opening(syntax: Syntax, mentions: &[Mention], predicate: usize) -> Option<TimeSpan> {
    let words = &syntax.analysis.words;
    let clause = std::iter::once(predicate)
        .chain(syntax.analysis.ancestors(predicate))
        .find(|&token| words[token].deprel == "acl:relcl")?;
    let root = syntax.analysis.ancestors(clause).last()?;
    if words[root].relation() != "root" || syntax.words.has("speech-verb", &words[root].lemma) {
        return None;
    }
    mentions.iter().find_map(|mention| match mention.kind {
        Kind::Time(time)
            if words[mention.head].head == Some(root)
                && mention.head < clause
                && mention.head < root =>
        {
            Some(time)
        }
        _ => None,
    })
}

/// The verb of the clause that `predicate` stands in.
fn clause_of(syntax: Syntax, predicate: usize) -> usize {
    let verbal = |token: usize| {
        let word = &syntax.analysis.words[token];
        matches!(word.upos, Upos::Verb) || syntax.analysis.dependents(token, "cop").next().is_some()
    };
    let bound = |token: usize| {
        matches!(syntax.analysis.words[token].deprel, "xcomp" | "cop") || !verbal(token)
    };
    let mut token = predicate;
    while bound(token) {
        match syntax.analysis.words[token].head {
            Some(head) => token = head,
            None => break,
        }
    }
    token
}

/// Whether the time expression `head` hangs on `predicate`, or on its clause with no other clause between.
fn within(syntax: Syntax, head: usize, predicate: usize, clause: usize) -> bool {
    let mut token = head;
    loop {
        if token == predicate || token == clause {
            return true;
        }
        let word = &syntax.analysis.words[token];
        // `the visit she paid in May`
        if word.deprel == "acl:relcl"
            && word.head == Some(predicate)
            && syntax.words.has("support-verb", &word.lemma)
        {
            return true;
        }
        if token != head
            && (matches!(word.deprel, "acl:relcl" | "ccomp" | "advcl" | "parataxis")
                || word.relation() == "conj" && word.upos == Upos::Verb)
        {
            return false;
        }
        match word.head {
            Some(above) => token = above,
            None => return false,
        }
    }
}
