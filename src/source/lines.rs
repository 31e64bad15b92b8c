//! Takes JSON Lines apart.

use std::io::{BufRead as _, BufReader, Read};

use super::{Error, Format, Item, LARGEST_ITEM, Opened, too_large};

/// The lines of an input, <https://jsonlines.org>.
pub(super) struct Lines<R> {
    reader: BufReader<R>,
    /// Lines read.
    number: usize,
}

impl<R: Read> Lines<Opened<R>> {
    pub(super) fn new(reader: Opened<R>) -> Self {
        Self {
            reader: BufReader::new(reader),
            number: 0,
        }
    }

    /// The next line that holds something, or what is wrong with it, and whether further lines can be read.
    pub(super) fn next(&mut self) -> Option<(Result<Item, Error>, bool)> {
        loop {
            self.number += 1;
            let line = Some(self.number);
            let mut bytes = Vec::new();
            let most = LARGEST_ITEM as u64 + 1;
            let read = (&mut self.reader).take(most).read_until(b'\n', &mut bytes);
            let is_whole = bytes.ends_with(b"\n") || bytes.len() <= LARGEST_ITEM;
            let skipped = match read {
                Ok(_) if !is_whole => self.reader.skip_until(b'\n'),
                read => read,
            };
            if let Err(error) = skipped {
                let error = self.reader.get_ref().get_ref().1.error(&error);
                return Some((Err(Error { line, ..error }), false));
            }
            if !is_whole {
                let error = too_large(Format::JsonLines);
                return Some((Err(Error { line, ..error }), true));
            }
            if bytes.is_empty() {
                return None;
            }
            bytes.truncate(bytes.trim_ascii_end().len());
            if !bytes.is_empty() {
                let item = Item {
                    line,
                    bytes,
                    format: Format::JsonLines,
                };
                return Some((Ok(item), true));
            }
        }
    }
}
