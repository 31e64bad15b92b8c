//! Step 1: what is written, and where?
//!
//! [`read`] turns the bytes of a file into a [`Document`]; [`crate::language`] analyses its tokens.
//!
//! The body stays exactly as it is in the file; everything else points into it with [`Span`]s of characters. Only a token's
//! [form](Token::form) is normalised, since the language model knows composed letters and straight quotes.

mod bytes;
mod characters;
mod date;
mod dateline;
mod document;
mod front_matter;
mod layout;
mod sentences;
mod span;
mod tokens;
mod turns;
mod words;

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

/// Something a step could not decide or found odd; the text is read all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Where in the body.
    pub span: Option<Span>,
    /// What, lower case, no full stop.
    pub message: String,
}

/// Reads a text with optional front matter.
///
/// Fails on bytes that are no text: broken UTF-8, UTF-16, binary or empty files, and front matter that cannot be read.
/// What is odd but readable is noted.
pub fn read(bytes: &[u8]) -> Result<(Document, Vec<Note>), Error> {
    let text = bytes::decode(bytes)?;
    let (mut metadata, body_start) = front_matter::read(text)?;
    let body = text[body_start..].to_owned();
    let characters: Vec<char> = body.chars().collect();
    let blocks = layout::blocks(&characters);
    if blocks.is_empty() {
        return Err(Error {
            hint: Some("put the text after the front matter".into()),
            ..Error::at(text.as_bytes(), "the file has front matter but no text")
        });
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
        let tokens = tokens::split(
            &characters,
            Span {
                start,
                end: block.span.end,
            },
        );
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
    Ok((document, notes))
}

/// The dateline and the number of the block it opens: the first that is no heading, after at most three headings.
fn dateline_of(
    characters: &[char],
    blocks: &[layout::Block],
    published: Option<Date>,
) -> Option<(usize, Dateline)> {
    for (number, block) in blocks.iter().enumerate().take(4) {
        if let Some(dateline) = dateline::find(characters, block.span, published) {
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
        let span = Some(Span {
            start,
            end: start + 1,
        });
        notes.push(Note {
            span,
            message: "the text has replacement characters: an earlier conversion has lost letters"
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
