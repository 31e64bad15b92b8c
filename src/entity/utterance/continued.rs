//! Free indirect speech: sentences behind a report that go on with it in its tense, though no verb of saying stands in them.

use std::ops::Range;

use super::Source;
use super::attribution::Attribution;
use super::reported::Report;

/// The sentences that go on with what the sentence before reports: they stand in its paragraph, name no source of their own, quote
/// nothing, and keep the pluperfect into which a report puts what was done.
pub(super) fn find(attribution: &Attribution, reports: &[Report]) -> Vec<Report> {
    let document = attribution.document;
    let mut own: Vec<&Report> = reports.iter().collect();
    own.sort_by_key(|report| report.tokens.start);
    let mut continued = Vec::new();
    for paragraph in &document.paragraphs {
        let mut source: Option<Source> = None;
        for sentence in &document.sentences[paragraph.sentences.clone()] {
            let tokens = sentence.tokens.clone();
            let from = own.partition_point(|report| report.tokens.start < tokens.start);
            let to = own.partition_point(|report| report.tokens.start < tokens.end);
            if let Some(last) = own[from..to].last() {
                // What the narrator adds behind a report is the narrator's.
                let closes = last.tokens.end + 1 >= tokens.end;
                let opens = own[from].tokens.start == tokens.start;
                source = (closes || opens).then_some(last.source);
            } else if source.is_some() && goes_on(attribution, tokens.clone()) {
                let end = tokens.end - 1;
                let end = if attribution.is_punctuation(end) {
                    end
                } else {
                    end + 1
                };
                continued.extend(source.map(|source| Report {
                    tokens: tokens.start..end,
                    source,
                    verb: None,
                }));
            } else {
                source = None;
            }
        }
    }
    continued
}

/// Whether a sentence without quotation marks and verbs of saying tells in the pluperfect what was done: by its main verb, one
/// coordinated with it, or the clause of a cleft (`It was Oslo that had …`).
fn goes_on(attribution: &Attribution, tokens: Range<usize>) -> bool {
    let analysis = attribution.analysis;
    let words = &analysis.words;
    let plain = (tokens.clone())
        .all(|token| attribution.quotation(token).is_none() && !attribution.introduces(token));
    let Some(root) = tokens.clone().find(|&token| words[token].deprel == "root") else {
        return false;
    };
    let cleft = (analysis.dependents(root, "cop").next())
        .and_then(|_| analysis.dependents(root, "nsubj").next())
        .is_some_and(|subject| words[subject].lemma == "it");
    let pluperfect = |verb: usize| {
        words[verb].xpos == "VBN"
            && analysis
                .dependents(verb, "aux")
                .any(|aux| words[aux].lemma == "have" && words[aux].xpos == "VBD")
    };
    let clauses = (analysis.dependents(root, "conj"))
        .chain(analysis.dependents(root, "acl").filter(|_| cleft));
    plain && (pluperfect(root) || clauses.into_iter().any(pluperfect))
}
