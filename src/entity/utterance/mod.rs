//! Who utters which words: turns of an interview, quotations, and reported speech.
//!
//! A [turn](crate::text::Voice) is the base; on it lie the clauses that a verb of saying [reports](reported) and the words between
//! [quotation marks](quotation). Every layer finds its source by the same questions to the [verb of saying](attribution).
//! What nobody is said to utter is the narrator's.

mod attribution;
mod quotation;
mod reported;

use std::cmp::Reverse;
use std::ops::Range;

use attribution::Attribution;

use crate::knowledge::Knowledge;
use crate::language::Analysis;
use crate::text::{Document, Voice};

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
    let reports = reported::find(&attribution);
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
    utterances
        .iter()
        .rev()
        .find(|utterance| utterance.tokens.contains(&token))
}

/// What the two sides of an interview or briefing say, paragraph by paragraph.
fn turns(document: &Document) -> Vec<Utterance> {
    let turn = |paragraph: &crate::text::Paragraph| {
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
