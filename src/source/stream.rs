//! Decompresses an input, as much as is asked for.

use std::error::Error as StdError;
use std::io::{self, BufRead, BufReader, Chain, Cursor, ErrorKind, Read};

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use super::{Error, LARGEST_ITEM};

/// How often larger than the input what it holds may be. Text is seldom more than ten times larger; what is hundreds of times larger was
/// made to fill a memory or a disk.
const LARGEST_RATIO: u64 = 200;

/// What is in an input: gzip (RFC 1952, of one member or several) and Zstandard (RFC 8878, of one frame or several) are known by their first
/// bytes and decompressed, anything else is given as it is.
pub(super) struct Stream<R> {
    kind: Kind<R>,
    /// Bytes given out.
    given: u64,
}

enum Kind<R> {
    Plain(Peeked<Counted<R>>),
    Gzip(MultiGzDecoder<BufReader<Peeked<Counted<R>>>>),
    Zstd(Box<Frames<BufReader<Peeked<Counted<R>>>>>),
}

/// A reader whose first bytes were read before.
pub(super) type Peeked<R> = Chain<Cursor<Vec<u8>>, R>;

/// The first bytes of `reader`, `most` at most.
pub(super) fn peek<R: Read>(reader: &mut R, most: usize) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    reader.take(most as u64).read_to_end(&mut head)?;
    Ok(head)
}

/// What the operating system says of an input that cannot be read.
pub(super) fn failed(error: &io::Error) -> Error {
    Error::of(&format!("reading failed: {error}"))
}

impl<R: Read> Stream<R> {
    pub(super) fn new(reader: R) -> io::Result<Self> {
        let mut counted = Counted {
            reader,
            taken: 0,
            failed: false,
        };
        let head = peek(&mut counted, 4)?;
        let magic = head.clone();
        let reader = Cursor::new(head).chain(counted);
        let kind = match magic[..] {
            [0x1F, 0x8B, ..] => Kind::Gzip(MultiGzDecoder::new(BufReader::new(reader))),
            [0x28, 0xB5, 0x2F, 0xFD] | [0x50..=0x5F, 0x2A, 0x4D, 0x18] => {
                Kind::Zstd(Box::new(Frames::new(BufReader::new(reader))))
            }
            _ => Kind::Plain(reader),
        };
        Ok(Self { kind, given: 0 })
    }

    /// The reader at the bottom.
    fn counted(&self) -> &Counted<R> {
        match &self.kind {
            Kind::Plain(reader) => reader.get_ref().1,
            Kind::Gzip(decoder) => decoder.get_ref().get_ref().get_ref().1,
            Kind::Zstd(frames) => frames.source.get_ref().get_ref().1,
        }
    }

    /// What went wrong where reading failed, in our words.
    pub(super) fn error(&self, error: &io::Error) -> Error {
        let compression = match self.kind {
            Kind::Plain(_) => None,
            Kind::Gzip(_) => Some("gzip"),
            Kind::Zstd(_) => Some("zstd"),
        };
        match compression {
            _ if is_bomb(error) => Error {
                hint: Some("decompress it yourself if you trust it".into()),
                ..Error::of(&format!(
                    "what it holds is more than {LARGEST_RATIO} times larger than itself"
                ))
            },
            Some(compression) if !self.counted().failed => {
                let what = if is_cut_off(error) {
                    "cut off"
                } else {
                    "damaged"
                };
                Error {
                    hint: Some("get the file once more".into()),
                    ..Error::of(&format!(
                        "the {compression} data are {what} after {} bytes of content",
                        self.given
                    ))
                }
            }
            _ => failed(error),
        }
    }
}

impl<R: Read> Read for Stream<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = match &mut self.kind {
            Kind::Plain(reader) => return reader.read(buffer),
            Kind::Gzip(decoder) => decoder.read(buffer),
            Kind::Zstd(frames) => frames.read(buffer),
        }?;
        self.given += count as u64;
        let most = LARGEST_RATIO * self.counted().taken;
        if self.given > most.max(LARGEST_ITEM as u64) {
            return Err(io::Error::other(Bomb));
        }
        Ok(count)
    }
}

/// What was made to fill a memory or a disk.
#[derive(Debug)]
struct Bomb;

impl std::fmt::Display for Bomb {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("too much data")
    }
}

impl StdError for Bomb {}

/// Whether reading has stopped because too much came out.
fn is_bomb(error: &io::Error) -> bool {
    let inner = error.get_ref();
    inner.is_some_and(<dyn std::error::Error + Send + Sync>::is::<Bomb>)
}

/// Whether an end that came too early is behind an error.
fn is_cut_off(error: &io::Error) -> bool {
    let mut cause: Option<&(dyn StdError + 'static)> = Some(error);
    while let Some(error) = cause {
        let error_of_reading = error.downcast_ref::<io::Error>();
        if error_of_reading.is_some_and(|error| error.kind() == ErrorKind::UnexpectedEof) {
            return true;
        }
        // An `io::Error` made of another error gives the source of that one, not the error itself.
        cause = match error_of_reading.and_then(io::Error::get_ref) {
            Some(inner) => Some(inner),
            None => error.source(),
        };
    }
    false
}

/// Counts what is read, and knows whether reading itself failed.
struct Counted<R> {
    reader: R,
    taken: u64,
    failed: bool,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer);
        match &read {
            Ok(count) => self.taken += *count as u64,
            Err(error) => self.failed |= error.kind() != ErrorKind::Interrupted,
        }
        read
    }
}

/// The frames of Zstandard data one after the other, each with its checksum checked.
struct Frames<R> {
    source: R,
    decoder: FrameDecoder,
    /// Whether a frame has been begun that is not wholly given out.
    within: bool,
}

impl<R: BufRead> Frames<R> {
    fn new(source: R) -> Self {
        Self {
            source,
            decoder: FrameDecoder::new(),
            within: false,
        }
    }

    /// Begins the next frame that holds data; false where there is none.
    fn begin(&mut self) -> io::Result<bool> {
        while !self.source.fill_buf()?.is_empty() {
            match self.decoder.reset(&mut self.source) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    let length = u64::from(length);
                    let skipped =
                        io::copy(&mut self.source.by_ref().take(length), &mut io::sink())?;
                    if skipped < length {
                        return Err(ErrorKind::UnexpectedEof.into());
                    }
                }
                Err(error) => return Err(io::Error::other(error)),
            }
        }
        Ok(false)
    }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if !self.within && !self.begin()? {
                return Ok(0);
            }
            self.within = true;
            while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                let strategy = BlockDecodingStrategy::UptoBlocks(1);
                let decoded = self.decoder.decode_blocks(&mut self.source, strategy);
                decoded.map_err(io::Error::other)?;
            }
            let count = self.decoder.read(buffer)?;
            if count > 0 {
                return Ok(count);
            }
            let written = self.decoder.get_checksum_from_data();
            if written.is_some() && written != self.decoder.get_calculated_checksum() {
                return Err(io::Error::other("the checksum is wrong"));
            }
            self.within = false;
        }
    }
}
