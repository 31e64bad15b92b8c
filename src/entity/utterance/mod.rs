//! Who utters which words: turns of an interview, quotations, and reported speech.
//!
//! A [turn](crate::text::Voice) is the base; on it lie the clauses that a verb of saying [reports](reported) and the words between
//! [quotation marks](quotation); a report may go [on](continued) over the sentences behind. Every layer finds its source by the same questions to the [verb of saying](attribution).
//! What nobody is said to utter is the narrator's.

mod attribution;
mod continued;
mod quotation;
mod reported;

use std::cmp::Reverse;
use std::ops::Range;

use attribution::Attribution;

use crate::knowledge::Knowledge;
use crate::language::Analysis;
use crate::text::{Document, Paragraph, Voice};

/// Words that someone other than the narrator utters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Utterance {
    /// Its tokens, as indices into the document's tokens; of words that an attribution interrupts (`this, he said, is …`) each part is
    /// an utterance of its own.
    pub tokens: Range<usize>,
    /// Who utters it.
    pub source: Source,
    /// In whose words.
    pub mode: Mode,
}

/// Who utters something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// The party that the phrase headed by this token names.
    Phrase(usize),
    /// Whoever answers the questions, or gives the speech.
    Interviewee,
    /// Whoever asks them.
    Interviewer,
}

/// In whose words something is uttered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// The speaker's.
    Direct,
    /// The reporter's.
    Indirect,
}

/// The utterances of a document by their first token, an outer one before those inside it.
pub fn find(document: &Document, analysis: &Analysis, knowledge: &Knowledge) -> Vec<Utterance> {
    let attribution = Attribution {
        document,
        analysis,
        words: &knowledge.words,
        quotations: quotation::find(document, analysis),
    };
    let mut reports = reported::find(&attribution);
    reports.extend(continued::find(&attribution, &reports));
    let quoted = quotation::attribute(&attribution, &reports);
    let mut utterances = turns(document);
    let repeats = |report: &reported::Report| {
        quoted.iter().any(|quote| {
            quote.source == report.source
                && quote.tokens.start <= report.tokens.start
                && report.tokens.end <= quote.tokens.end
                && !report.verb.is_some_and(|verb| quote.tokens.contains(&verb))
        })
    };
    utterances.extend(
        reports
            .iter()
            .filter(|report| !repeats(report))
            .map(|report| Utterance {
                tokens: report.tokens.clone(),
                source: report.source,
                mode: Mode::Indirect,
            }),
    );
    utterances.extend(quoted);
    utterances.sort_by_key(|utterance| (utterance.tokens.start, Reverse(utterance.tokens.end)));
    utterances
}

/// The innermost of `utterances`, as [`find`] gives them, that covers `token`.
pub fn innermost(utterances: &[Utterance], token: usize) -> Option<&Utterance> {
    let begun = utterances.partition_point(|utterance| utterance.tokens.start <= token);
    utterances[..begun]
        .iter()
        .rfind(|utterance| utterance.tokens.contains(&token))
}

/// What the two sides of an interview or briefing say, paragraph by paragraph.
fn turns(document: &Document) -> Vec<Utterance> {
    let turn = |paragraph: &Paragraph| {
        let source = match paragraph.voice {
            Voice::Narrator => return None,
            Voice::Interviewee => Source::Interviewee,
            Voice::Interviewer => Source::Interviewer,
        };
        let sentences = document.sentences.get(paragraph.sentences.clone())?;
        Some(Utterance {
            tokens: sentences.first()?.tokens.start..sentences.last()?.tokens.end,
            source,
            mode: Mode::Direct,
        })
    };
    document.paragraphs.iter().filter_map(turn).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The utterances of a text as `speaker: words`, in their order; quoted words stand in brackets.
    fn utterances(text: &str) -> Vec<String> {
        let (knowledge, errors) = crate::knowledge::load(&[]);
        assert!(errors.is_empty(), "{errors:?}");
        let (document, _) = crate::text::read(text).expect("a text");
        let analysis = crate::language::analyse(&document);
        find(&document, &analysis, &knowledge)
            .iter()
            .map(|utterance| {
                let words = document.text(document.span_of(utterance.tokens.clone()));
                let speaker = match utterance.source {
                    Source::Phrase(token) => document.tokens[token].form.as_str(),
                    Source::Interviewee => "interviewee",
                    Source::Interviewer => "interviewer",
                };
                match utterance.mode {
                    Mode::Direct => format!("{speaker}: [{words}]"),
                    Mode::Indirect => format!("{speaker}: {words}"),
                }
            })
            .collect()
    }

    #[test]
    fn reported_clauses_belong_to_whoever_says_them() {
        for (text, expected) in [
            (
                "The minister said that the talks had failed.",
                &["minister: that the talks had failed"][..],
            ),
            (
                "The talks, the minister said on Tuesday, had failed.",
                &["minister: The talks", "minister: had failed"],
            ),
            (
                "The talks had failed, the statement added; the envoy went home.",
                &["statement: The talks had failed"],
            ),
            (
                "According to the ministry, the troops crossed the border.",
                &["ministry: the troops crossed the border"],
            ),
            (
                "The troops crossed the border, according to the ministry.",
                &["ministry: The troops crossed the border"],
            ),
            (
                "In a communique, the government alleged that the rebels had returned.",
                &["government: that the rebels had returned"],
            ),
            (
                "The guests are said by the envoy to have left the country.",
                &["envoy: to have left the country"],
            ),
            (
                "The line, which the minister has condemned as a tool for Chad to blackmail Mali, was opened.",
                &["minister: as a tool for Chad to blackmail Mali"],
            ),
            (
                "The ministry called the vote in Chad a farce staged by Mali.",
                &["ministry: a farce staged by Mali"],
            ),
            ("The envoy did not say who would come.", &[]),
            (
                "The envoy said that the talks had failed. The rebels had destroyed the bridge. It rained.",
                &[
                    "envoy: that the talks had failed",
                    "envoy: The rebels had destroyed the bridge",
                ],
            ),
            ("The minister condemned the attack and left for Oslo.", &[]),
        ] {
            assert_eq!(utterances(text), expected, "{text}");
        }
    }

    #[test]
    fn quotations_belong_to_whoever_utters_them() {
        for (text, expected) in [
            (
                "“We regret this,” the minister said. “It was wrong.”",
                &["minister: [We regret this,]", "minister: [It was wrong.]"][..],
            ),
            (
                "The minister called the raid \"an act of open provocation\" and went home.",
                &["minister: [an act of open provocation]"],
            ),
            ("They spoke of a so-called \"debt trap\" there.", &[]),
            (
                "\"We saw it all,\" the envoy said.\n\n\"It was wrong.\"\n\nHe went home.",
                &["envoy: [We saw it all,]", "envoy: [It was wrong.]"],
            ),
            (
                "\"We saw it all,\" the envoy said. \"It began at night.\n\n\"It ended at dawn.\"\n\nHe went home.",
                &[
                    "envoy: [We saw it all,]",
                    "envoy: [It began at night.]",
                    "envoy: [It ended at dawn.]",
                ],
            ),
            (
                "‘The parties’ talks have failed again,’ said the envoy.",
                &["envoy: [The parties’ talks have failed again,]"],
            ),
        ] {
            assert_eq!(utterances(text), expected, "{text}");
        }
    }

    #[test]
    fn the_innermost_utterance_is_the_last() {
        let text = "---\ngenre: interview\n---\n\nQuestion: What happened there?\n\nAnswer: It was bad. The minister said that the talks had failed.\n";
        let found = utterances(text);
        assert_eq!(
            found,
            [
                "interviewer: [What happened there?]",
                "interviewee: [It was bad. The minister said that the talks had failed.]",
                "minister: that the talks had failed",
            ]
        );
    }
}
