//! What reading a text gives.

use std::ops::Range;

use super::Span;

/// A text as the later steps see it. Offsets are characters of `body`.
#[derive(Clone, Debug)]
pub struct Document {
    /// What the front matter says of the text.
    pub metadata: Metadata,
    /// The text after the front matter, exactly as written.
    pub body: String,
    /// Place and date that open a wire report (`COLOMBO, January 28 -`); its characters belong to no sentence.
    pub dateline: Option<Dateline>,
    /// Paragraphs in reading order.
    pub paragraphs: Vec<Paragraph>,
    /// Sentences in reading order.
    pub sentences: Vec<Sentence>,
    /// All tokens in reading order; sentences are ranges of it.
    pub tokens: Vec<Token>,
    /// Byte offset in `body` of each character, and of its end: one more entry than the body has characters.
    pub(crate) byte_of: Vec<usize>,
}

/// What the front matter says; every field as written there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// A stable identifier given by the user.
    pub id: Option<String>,
    /// Title; where the front matter has none, the heading that opens the body.
    pub title: Option<String>,
    /// Publication date; where the front matter has none, the dateline's, if it is complete.
    pub date: Option<Date>,
    /// Where the text comes from: a URL or any other reference.
    pub source: Option<String>,
    /// Kind of text.
    pub genre: Option<Genre>,
    /// Publisher or author as given.
    pub publisher: Option<String>,
    /// Keys that chancery gives no meaning, in their order.
    pub other: Vec<(String, String)>,
}

/// A calendar date with the precision the text gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct Date {
    /// Year of the common era.
    pub year: i32,
    /// 1 to 12.
    pub month: Option<u8>,
    /// 1 to 31; only with a month.
    pub day: Option<u8>,
}

/// Kind of text, the words of the front matter's `genre`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Genre {
    Wire,
    Release,
    Interview,
    Readout,
    Commentary,
    Briefing,
    Speech,
}

/// The place and date that open a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dateline {
    /// The whole dateline with its dash.
    pub span: Span,
    /// The place as written (`KINSHASA/KIGALI`), if any.
    pub place: Option<Span>,
    /// The date, if it gives one; the year may come from the metadata.
    pub date: Option<Date>,
}

/// Who speaks a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Voice {
    /// The author of the text.
    Narrator,
    /// Whoever asks the questions of an interview or briefing.
    Interviewer,
    /// Whoever answers them, or gives the speech.
    Interviewee,
}

/// A paragraph: text between blank lines.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Paragraph {
    /// Its characters, without surrounding white space.
    pub span: Span,
    /// Who speaks it.
    pub voice: Voice,
    /// The speaker label that opens it or the last labelled paragraph of the same turn (`Spokesperson`, `Question`), as written.
    pub label: Option<Span>,
    /// Whether it is a heading: a short line without a full stop.
    pub heading: bool,
    /// Its sentences, as indices into [`Document::sentences`].
    pub sentences: Range<usize>,
}

/// A sentence.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Sentence {
    /// Its characters, from its first to its last token.
    pub span: Span,
    /// Its tokens, as indices into [`Document::tokens`]: at least one, at most 300.
    pub tokens: Range<usize>,
    /// Its paragraph, an index into [`Document::paragraphs`].
    pub paragraph: usize,
}

/// A syntactic word in the sense of Universal Dependencies (clitics and contractions apart: `do` + `n't`).
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Token {
    /// Its characters.
    pub span: Span,
    /// Its form in Unicode normal form C, with straight quotes, as the language model expects it.
    pub form: String,
    /// Whether white space follows.
    pub space_after: bool,
}

impl Document {
    /// The characters of `span`, exactly as written; an empty text where the span lies outside the body.
    pub fn text(&self, span: Span) -> &str {
        let byte = |character: usize| self.byte_of.get(character).copied();
        match (byte(span.start), byte(span.end)) {
            (Some(start), Some(end)) if start <= end => &self.body[start..end],
            _ => "",
        }
    }

    /// The span from the first to the last of `tokens`, which must not be empty.
    pub fn span_of(&self, tokens: Range<usize>) -> Span {
        self.tokens[tokens.start]
            .span
            .cover(self.tokens[tokens.end - 1].span)
    }

    /// The sentence that token number `token` belongs to, as an index into [`Document::sentences`].
    pub fn sentence_of(&self, token: usize) -> usize {
        self.sentences
            .partition_point(|sentence| sentence.tokens.end <= token)
    }

    /// The paragraph that token number `token` belongs to.
    pub fn paragraph_of(&self, token: usize) -> &Paragraph {
        &self.paragraphs[self.sentences[self.sentence_of(token)].paragraph]
    }
}
