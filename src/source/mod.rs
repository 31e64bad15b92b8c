//! Step 0: which documents does an input hold?
//!
//! [`items`] takes an input apart into its documents, one in memory at a time; [`read`] makes of each, by itself and without any input or
//! output, the [`Document`] that the steps after it read.

mod about;
mod charset;
mod depth;
mod foreign;
mod format;
mod lines;
mod page;
mod record;
mod stream;

use std::io::{Cursor, Read};

pub use crate::text::Error;
use crate::text::{self, Document, Metadata, Note};
pub use format::{ENDINGS, is_taken, stem};
use lines::Lines;
pub use record::{FIELDS, Mapping};
use stream::{Peeked, Stream, peek};

/// Most bytes of one document, decompressed: no text is that long, and a memory is easily filled.
const LARGEST_ITEM: usize = 64 << 20;

/// Most bytes of the text of one document: a long book. Each takes about 500 bytes of memory while it is read.
const LONGEST_TEXT: usize = 2 << 20;

const SPLIT: &str =
    "a document is one article, interview or press release; split what holds several";

/// How documents are written in an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Plain text, with front matter or without: the whole input is one document.
    Text,
    /// A page in HTML or XHTML: the whole input is one document.
    Html,
    /// JSON Lines: each line is a JSON object that is one document.
    JsonLines,
}

/// How to take an input.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The format of all inputs; without it name and content of each say which.
    pub format: Option<Format>,
    /// Which fields of a JSON object mean what.
    pub mapping: Mapping,
}

/// One document of an input, not yet read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Line of the input, from 1; only of JSON Lines, where an input holds several documents.
    pub line: Option<usize>,
    /// The document as it stands in the input, decompressed; in JSON Lines the line without its ending.
    pub bytes: Vec<u8>,
    /// How to read them.
    pub format: Format,
}

impl Item {
    /// A plain text that is a whole input.
    pub fn text(bytes: &[u8]) -> Self {
        Self {
            line: None,
            bytes: bytes.to_owned(),
            format: Format::Text,
        }
    }
}

/// The documents of the input that `reader` gives, in their order. `name` is the name of the file, whose endings say what it is where
/// `options` do not; it is empty for what has no name. Compressed inputs are decompressed.
///
/// An error is about one document, with its line, and the others follow; or it is about the rest of the input, and is the last.
pub fn items<R: Read>(reader: R, name: &str, options: &Options) -> Items<R> {
    Items {
        state: State::Start(reader, name.to_owned(), options.format),
    }
}

/// The documents of an input, see [`items`].
pub struct Items<R> {
    state: State<R>,
}

enum State<R> {
    /// Nothing has been read.
    Start(R, String, Option<Format>),
    /// Further lines may follow.
    Lines(Box<Lines<Opened<R>>>),
    /// Nothing follows.
    End,
}

/// An input whose first bytes were looked at.
type Opened<R> = Peeked<Stream<R>>;

impl<R: Read> Iterator for Items<R> {
    type Item = Result<Item, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        match std::mem::replace(&mut self.state, State::End) {
            State::Start(reader, name, format) => match open(reader, &name, format) {
                Ok((reader, Format::JsonLines)) => {
                    self.state = State::Lines(Box::new(Lines::new(reader)));
                    self.next()
                }
                Ok((reader, format)) => Some(whole(reader, format)),
                Err(error) => Some(Err(error)),
            },
            State::Lines(mut lines) => {
                let (item, more) = lines.next()?;
                if more {
                    self.state = State::Lines(lines);
                }
                Some(item)
            }
            State::End => None,
        }
    }
}

/// Opens an input and says how its documents are written.
fn open<R: Read>(
    reader: R,
    name: &str,
    format: Option<Format>,
) -> Result<(Opened<R>, Format), Error> {
    let mut stream = Stream::new(reader).map_err(|error| stream::failed(&error))?;
    let head = peek(&mut stream, format::HEAD);
    let head = head.map_err(|error| stream.error(&error))?;
    let format = format::of(name, &head, format)?;
    Ok((Cursor::new(head).chain(stream), format))
}

/// An input that is one document.
fn whole<R: Read>(mut reader: Opened<R>, format: Format) -> Result<Item, Error> {
    let mut bytes = Vec::new();
    let read = (&mut reader)
        .take(LARGEST_ITEM as u64 + 1)
        .read_to_end(&mut bytes);
    read.map_err(|error| reader.get_ref().1.error(&error))?;
    if bytes.len() > LARGEST_ITEM {
        return Err(too_large(format));
    }
    Ok(Item {
        line: None,
        bytes,
        format,
    })
}

/// What is wrong with a document that is larger than any text.
fn too_large(format: Format) -> Error {
    let what = match format {
        Format::Text => "the text",
        Format::Html => "the page",
        Format::JsonLines => "the line",
    };
    Error {
        hint: Some(SPLIT.into()),
        ..Error::of(&format!("{what} has more than {} MB", LARGEST_ITEM >> 20))
    }
}

/// Reads one document.
///
/// Fails on bytes that are no text, on front matter, pages and JSON that cannot be read, and where there is no text in it; lines are those
/// of the input. What is odd but readable is noted, a text that is not in English too.
pub fn read(item: &Item, options: &Options) -> Result<(Document, Vec<Note>), Error> {
    let (document, mut notes) = match item.format {
        Format::Text => plain(&item.bytes),
        Format::Html => page::read(&item.bytes),
        Format::JsonLines => record::read(&item.bytes, &options.mapping).map_err(|error| Error {
            line: item.line,
            ..error
        }),
    }?;
    notes.extend(foreign::seems(&document.body));
    Ok((document, notes))
}

/// Reads a plain text.
fn plain(bytes: &[u8]) -> Result<(Document, Vec<Note>), Error> {
    let (text, charset) = charset::decode(bytes, None)?;
    let (document, notes) = text::read(bounded(&text)?)?;
    Ok((document, charset.into_iter().chain(notes).collect()))
}

/// The document of a text whose metadata stand elsewhere; none where it has no word.
fn compose(metadata: Metadata, body: String) -> Result<Option<(Document, Vec<Note>)>, Error> {
    bounded(&body)?;
    Ok(text::compose(metadata, body))
}

/// The text, if it is not longer than what can be read.
fn bounded(text: &str) -> Result<&str, Error> {
    if text.len() <= LONGEST_TEXT {
        return Ok(text);
    }
    Err(Error {
        hint: Some(SPLIT.into()),
        ..Error::of(&format!("the text has more than {} MB", LONGEST_TEXT >> 20))
    })
}
