//! Step 1: what is written, and where?
//!
//! [`read`] turns a text into a [`Document`]; [`crate::language`] analyses its tokens.
//!
//! The body stays exactly as it is given; everything else points into it with [`Span`]s of characters. Only a token's
//! [form](Token::form) is normalised, since the language model knows composed letters and straight quotes.

mod characters;
pub(crate) mod clusters;
mod date;
mod dateline;
mod digest;
mod document;
mod front_matter;
mod labels;
mod layout;
mod patterns;
mod sentences;
mod span;
mod tokens;
mod turns;
mod unmarked;
mod words;

use std::fmt;

use layout::Block;

pub use digest::sha256;
pub use document::{Date, Dateline, Document, Genre, Metadata, Paragraph, Sentence, Token, Voice};
pub use span::Span;

/// What is wrong with a file that is no text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// Line of the file, from 1, where one can be named.
    pub line: Option<usize>,
    /// Column in characters, from 1.
    pub column: Option<usize>,
    /// What is wrong, lower case, no full stop.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.line, self.column) {
            (Some(line), Some(column)) => write!(formatter, "line {line}, column {column}: ")?,
            (Some(line), None) => write!(formatter, "line {line}: ")?,
            _ => {}
        }
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

impl Error {
    /// An error without a place and a hint.
    pub(crate) fn of(message: &str) -> Self {
        Self {
            line: None,
            column: None,
            message: message.into(),
            hint: None,
        }
    }

    /// An error at the place that follows `before`, the text of the file up to it.
    pub(crate) fn at(before: &str, message: &str) -> Self {
        let last = before.rsplit(['\n', '\r']).next().unwrap_or_default();
        Self {
            line: Some(layout::line_count(before)),
            column: Some(last.trim_start_matches('\u{FEFF}').chars().count() + 1),
            ..Self::of(message)
        }
    }
}

/// Something a step could not decide or found odd; the text is read all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Where in the body.
    pub span: Option<Span>,
    /// What, lower case, no full stop.
    pub message: String,
}

/// Reads a plain text with optional front matter.
///
/// Fails on front matter that cannot be read, and where there is no text. What is odd but readable is noted.
pub fn read(text: &str) -> Result<(Document, Vec<Note>), Error> {
    if text.chars().all(characters::is_blank) {
        return Err(Error {
            hint: Some("a text needs at least one word".into()),
            ..Error::of("the file is empty")
        });
    }
    let (metadata, body_start) = front_matter::read(text)?;
    compose(metadata, text[body_start..].to_owned()).ok_or_else(|| Error {
        hint: Some("put the text after the front matter".into()),
        ..Error::at(text, "the file has front matter but no text")
    })
}

/// The document of a text whose metadata stand elsewhere; none where the body has no word. What is odd is noted.
pub fn compose(mut metadata: Metadata, body: String) -> Option<(Document, Vec<Note>)> {
    let characters: Vec<char> = body.chars().collect();
    let blocks = layout::blocks(&characters);
    if blocks.is_empty() {
        return None;
    }

    if metadata.title.is_none() && blocks[0].heading {
        metadata.title = Some(
            characters[blocks[0].span.start..blocks[0].span.end]
                .iter()
                .collect(),
        );
    }
    let found = dateline_of(&characters, &blocks, metadata.date);
    let opening = found.as_ref().map(|(number, _)| *number);
    let dateline = found.map(|(_, dateline)| dateline);
    if metadata.date.is_none() {
        metadata.date = dateline
            .as_ref()
            .and_then(|dateline| dateline.date)
            .filter(|date| date.day.is_some());
    }

    let turns = turns::find(&characters, &blocks, opening, metadata.genre);
    let mut document = Document {
        metadata,
        dateline,
        paragraphs: Vec::with_capacity(blocks.len()),
        sentences: Vec::new(),
        tokens: Vec::new(),
        byte_of: body
            .char_indices()
            .map(|(byte, _)| byte)
            .chain([body.len()])
            .collect(),
        body,
    };
    for (number, (block, turn)) in blocks.iter().zip(&turns).enumerate() {
        let start = document
            .dateline
            .as_ref()
            .filter(|_| opening == Some(number))
            .map_or(turn.start, |dateline| dateline.span.end);
        let first_sentence = document.sentences.len();
        let tokens = tokens::split(&characters, Span::new(start, block.span.end));
        let offset = document.tokens.len();
        for range in sentences::split(&tokens) {
            document.sentences.push(Sentence {
                span: tokens[range.start].span.cover(tokens[range.end - 1].span),
                tokens: range.start + offset..range.end + offset,
                paragraph: number,
            });
        }
        document.tokens.extend(tokens);
        document.paragraphs.push(Paragraph {
            span: block.span,
            voice: turn.voice,
            label: turn.label,
            heading: block.heading,
            sentences: first_sentence..document.sentences.len(),
        });
    }
    let notes = notes(&document, &characters);
    Some((document, notes))
}

/// The dateline and the number of the block it opens: the first that is no heading, after at most three headings, of
/// which one may be the dateline itself.
fn dateline_of(
    characters: &[char],
    blocks: &[Block],
    published: Option<Date>,
) -> Option<(usize, Dateline)> {
    let opening = blocks.iter().take(4).enumerate();
    for (number, block) in opening {
        let mut found = dateline::find(characters, block.span, published);
        if block.heading && number > 0 {
            found = found.or_else(|| dateline::line(characters, block.span));
        }
        if let Some(dateline) = found {
            return Some((number, dateline));
        }
        if !block.heading {
            break;
        }
    }
    None
}

/// What is odd in a text that could be read.
fn notes(document: &Document, characters: &[char]) -> Vec<Note> {
    let mut notes = Vec::new();
    if let Some(start) = characters
        .iter()
        .position(|character| *character == '\u{FFFD}')
    {
        let span = Some(Span::new(start, start + 1));
        notes.push(Note {
            span,
            message: "the text has replacement characters: an earlier conversion has lost letters"
                .into(),
        });
    }
    let dated = document
        .dateline
        .as_ref()
        .is_some_and(|line| line.date.is_some());
    if document.metadata.date.is_none() && !dated {
        notes.push(Note {
            span: None,
            message: "the text has no date: times such as `on Tuesday` stay open; give its `date`"
                .into(),
        });
    }
    let spoken = matches!(
        document.metadata.genre,
        Some(Genre::Interview | Genre::Briefing)
    );
    if spoken
        && document
            .paragraphs
            .iter()
            .all(|paragraph| paragraph.voice == Voice::Narrator)
    {
        notes.push(Note {
            span: None,
            message: "no questions and answers were found: all is taken as the author's words"
                .into(),
        });
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::Voice::{Interviewee, Interviewer, Narrator};
    use super::*;

    fn document(text: &str) -> Document {
        read(text).expect("a text").0
    }

    fn sentences(document: &Document) -> Vec<&str> {
        document
            .sentences
            .iter()
            .map(|sentence| document.text(sentence.span))
            .collect()
    }

    fn voices(document: &Document) -> Vec<(Voice, Option<&str>)> {
        document
            .paragraphs
            .iter()
            .map(|paragraph| {
                (
                    paragraph.voice,
                    paragraph.label.map(|label| document.text(label)),
                )
            })
            .collect()
    }

    #[test]
    fn a_report_is_read_with_its_metadata_dateline_and_sentences() {
        let text = "---\r\ntitle: Envoy: \"no\" to talks\r\ngenre: wire   # wire | release\r\ndate: 2024-01-10\r\nLang: en\r\n---\r\n\r\n\
            MAPUTO, December 28 (XYZ) -- The U.S. envoy, H.E. Mr. Jose\u{301} Silva, said: \u{201C}No. We can\u{2019}t.\u{201D} He left the U.S. The talks go on.\r\n";
        let document = document(text);
        assert_eq!(
            document.metadata.title.as_deref(),
            Some("Envoy: \"no\" to talks")
        );
        assert_eq!(document.metadata.genre, Some(Genre::Wire));
        assert_eq!(
            document.metadata.other,
            [("lang".to_owned(), "en".to_owned())]
        );
        let dateline = document.dateline.clone().expect("a dateline");
        assert_eq!(document.text(dateline.span), "MAPUTO, December 28 (XYZ) --");
        assert_eq!(
            dateline.date,
            Some(Date {
                year: 2023,
                month: Some(12),
                day: Some(28)
            })
        );
        assert_eq!(
            sentences(&document),
            [
                "The U.S. envoy, H.E. Mr. Jose\u{301} Silva, said: \u{201C}No.",
                "We can\u{2019}t.\u{201D}",
                "He left the U.S.",
                "The talks go on."
            ]
        );
        let forms: Vec<&str> = document
            .tokens
            .iter()
            .map(|token| token.form.as_str())
            .collect();
        assert!(
            forms
                .windows(3)
                .any(|words| words == ["Mr.", "José", "Silva"])
        );
        assert!(forms.windows(3).any(|words| words == ["We", "ca", "n't"]));
    }

    #[test]
    fn labels_belong_to_no_sentence_and_last_until_the_next() {
        let document = document(
            "---\ngenre: interview\n---\n\nWe met the minister.\n\nQUESTION: Why now, Minister?\n\nAnna Roe: Because. Note: it is late.\n\n\
             Washington: there lies the trouble.\n\nQuestion: And then?\n\nRoe: We wait.",
        );
        assert_eq!(
            voices(&document),
            [
                (Narrator, None),
                (Interviewer, Some("QUESTION")),
                (Interviewee, Some("Anna Roe")),
                (Interviewee, Some("Anna Roe")),
                (Interviewer, Some("Question")),
                (Interviewee, Some("Roe"))
            ]
        );
        assert_eq!(
            sentences(&document)[1..4],
            ["Why now, Minister?", "Because.", "Note: it is late."]
        );
        assert_eq!(
            sentences(&document)[4],
            "Washington: there lies the trouble."
        );
    }

    #[test]
    fn who_opens_a_dialogue_of_statements_is_the_interviewer() {
        let document = document(
            "---\ngenre: interview\n---\n\nHerald: You have been away.\n\nRoe: I have.\n\nHerald: Your critics are many.\n\n\
             Roe: They are few.\n\nHerald: What next?\n\nRoe: We wait.",
        );
        let found: Vec<Voice> = (document.paragraphs.iter())
            .map(|paragraph| paragraph.voice)
            .collect();
        assert_eq!(found, [Interviewer, Interviewee].repeat(3));
    }

    #[test]
    fn questions_open_turns_where_nothing_is_labelled() {
        let document = document(
            "---\ngenre: interview\n---\n\nThe envoy received us.\n\nHow do you see it?\n\nWell. Is it good? Yes.\n\nIt is.\n\nTell us more.\n\nNo.",
        );
        let found: Vec<Voice> = document
            .paragraphs
            .iter()
            .map(|paragraph| paragraph.voice)
            .collect();
        assert_eq!(
            found,
            [
                Narrator,
                Interviewer,
                Interviewee,
                Interviewee,
                Interviewer,
                Interviewee
            ]
        );
    }

    #[test]
    fn a_text_without_any_date_is_noted() {
        let noted = |text: &str| {
            let (_, notes) = read(text).expect("a text");
            notes
                .iter()
                .any(|note| note.message.contains("has no date"))
        };
        assert!(noted("The envoy left on Tuesday."));
        assert!(noted(
            "---\ntitle: Envoys\n---\n\nThe envoy left on Tuesday."
        ));
        assert!(!noted(
            "---\ndate: 2024-01\n---\n\nThe envoy left on Tuesday."
        ));
        assert!(!noted("ROME, May 5, 2023 -- The envoy left on Tuesday."));
    }

    #[test]
    fn what_is_no_text_is_refused_with_its_place() {
        let cases: [(&str, _, &str); 7] = [
            ("", None, "the file is empty"),
            ("\u{FEFF} \n\t", None, "the file is empty"),
            (
                "---\ntitle: x\n",
                Some((1, 1)),
                "the front matter is opened with `---` but never closed",
            ),
            (
                "---\ntitle: x\nplain\n---\nx",
                Some((3, 1)),
                "`plain` in the front matter is no `key: value`",
            ),
            (
                "---\ndate: 2023-02-29\n---\nx",
                Some((2, 7)),
                "`2023-02-29` is no date",
            ),
            (
                "---\ngenre: poem\n---\nx",
                Some((2, 8)),
                "genre `poem` is not known",
            ),
            (
                "---\ntitle: x\n---\n\n",
                Some((5, 1)),
                "the file has front matter but no text",
            ),
        ];
        for (text, place, message) in cases {
            let error = read(text).expect_err(message);
            assert_eq!(
                (error.line.zip(error.column), error.message.as_str()),
                (place, message)
            );
            assert!(error.hint.is_some());
        }
    }

    /// Every visible character of the body is in exactly one token, dateline or label.
    #[test]
    fn token_spans_rebuild_the_text() {
        let odd = [
            "a\u{200B}b \u{200B} c\u{AD}d e\u{301}\u{301} \u{301} 👩\u{200D}👩\u{200D}👧 ﬁ ß İ",
            "\u{2028}x\u{85}y\u{0B}z\r\r\n\nΑθήνα. Москва́! 北京。平壤？ العربية؟",
            "'s 's's n't cannot can't've o'clock '90s ' '' `` .5 ... .... ?!?! -- --- - $$ US$5m 5pm 1-2-3 1-2 1,2 1,234.5",
            "KYIV, May 5 - . ) ( [1] [ 2 ] U.S.'s a.b.c. http:// http://x). me@x.org, @ # #x ** __ _ a_b A/B a/bc 1/2",
            "Q: \n\nA:\n\nQ:A:\n\nQ. Q.Q. QUESTION. MR. X. MR. ROE. a?\n\nMR. ROE. ?",
        ];
        for text in odd {
            let document = document(text);
            let mut owners = vec![0; document.body.chars().count()];
            let labels = document.paragraphs.iter().filter_map(|paragraph| {
                paragraph
                    .label
                    .filter(|label| paragraph.span.contains(*label))
            });
            // The colon or full stop after a label goes with it.
            let labels = labels.map(|label| Span::new(label.start, label.end + 1));
            let spans = document
                .tokens
                .iter()
                .map(|token| token.span)
                .chain(labels)
                .chain(document.dateline.as_ref().map(|dateline| dateline.span));
            spans.for_each(|span| {
                owners[span.start..span.end]
                    .iter_mut()
                    .for_each(|owner| *owner += 1);
            });
            for (character, owner) in document.body.chars().zip(owners) {
                assert!(
                    owner == 1 || owner == 0 && characters::is_blank(character),
                    "{character:?} in {text:?}"
                );
            }
            assert!(document.tokens.iter().all(|token| !token.form.is_empty()));
            assert!(
                document
                    .sentences
                    .iter()
                    .all(|sentence| document.span_of(sentence.tokens.clone()) == sentence.span)
            );
        }
    }
}
