//! Turns bytes into characters, or says why they are none.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    DecoderResult, Encoding, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1250, WINDOWS_1252,
    WINDOWS_1254,
};

use crate::text::{Error, Note};

/// The text of `bytes` without a byte order mark, and a note where it was not in UTF-8.
///
/// The encoding is that of the byte order mark; else UTF-8 where the bytes are that; else the one that the document itself declares; else
/// what a detector says, unless another one that is as likely gives other letters. Fails where none of these gives characters throughout:
/// wrong letters in names are worse than none.
pub(super) fn decode<'a>(
    bytes: &'a [u8],
    declared: Option<&'static Encoding>,
) -> Result<(Cow<'a, str>, Option<Note>), Error> {
    if bytes.starts_with(&[0xFF, 0xFE, 0, 0]) || bytes.starts_with(&[0, 0, 0xFE, 0xFF]) {
        return Err(Error {
            hint: Some(convert("UTF-32")),
            ..Error::of("the file is UTF-32, which is not read")
        });
    }
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        let text = exact(&bytes[length..], encoding)?;
        let note = (encoding != UTF_8).then(|| taken(encoding, "by its byte order mark"));
        return Ok((text, note));
    }
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        return Err(nul(bytes, at));
    }
    let Err(broken) = std::str::from_utf8(bytes) else {
        return Ok((String::from_utf8_lossy(bytes), None));
    };
    // A declaration of UTF-8 is wrong here, and so is one of UTF-16, which could not have been read in these bytes.
    let declared = declared.filter(|encoding| ![UTF_8, UTF_16LE, UTF_16BE].contains(encoding));
    if let Some(encoding) = declared {
        let text = exact(bytes, encoding)?;
        return Ok((text, Some(taken(encoding, "as it declares itself"))));
    }
    if is_mostly_utf8(bytes) {
        return Err(Error {
            hint: Some("mend the file there: the rest of it is UTF-8, so that it may have been cut or joined from two".into()),
            ..at_byte(bytes, broken.valid_up_to(), "is not UTF-8")
        });
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    match doubt(bytes, encoding) {
        Some(error) => Err(error),
        None => Ok((
            exact(bytes, encoding)?,
            Some(taken(encoding, "as its letters suggest")),
        )),
    }
}

/// Says which encoding was taken, and why.
fn taken(encoding: &'static Encoding, why: &str) -> Note {
    Note {
        span: None,
        message: format!("the file was read as {}, {why}", encoding.name()),
    }
}

/// How to make UTF-8 of a file.
fn convert(from: &str) -> String {
    format!("convert it to UTF-8, for example with `iconv -f {from} -t UTF-8`")
}

/// How to make UTF-8 of a file whose encoding is not known.
fn convert_from_own() -> String {
    let hint = convert("WINDOWS-1252");
    format!("{hint}, where the first is the encoding it is really in")
}

/// An error at a byte of a file that is ASCII or UTF-8 before it.
fn at_byte(bytes: &[u8], at: usize, what: &str) -> Error {
    let before = String::from_utf8_lossy(&bytes[..at]);
    Error::at(&before, &format!("byte 0x{:02X} {what}", bytes[at]))
}

/// All of `bytes` in `encoding`; an error names the first place where they are not.
fn exact<'a>(bytes: &'a [u8], encoding: &'static Encoding) -> Result<Cow<'a, str>, Error> {
    let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes) else {
        return Err(Error {
            hint: Some(convert_from_own()),
            ..Error::at(
                &until_broken(bytes, encoding),
                &format!("what follows here is not {}", encoding.name()),
            )
        });
    };
    match text.chars().position(is_no_text) {
        None => Ok(text),
        Some(at) => {
            let before: String = text.chars().take(at).collect();
            let what = format!(
                "read as {} it has a control character here",
                encoding.name()
            );
            Err(Error {
                hint: Some(convert_from_own()),
                ..Error::at(&before, &what)
            })
        }
    }
}

/// The text before the first bytes that are not in `encoding`.
fn until_broken(bytes: &[u8], encoding: &'static Encoding) -> String {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let most = decoder.max_utf8_buffer_length_without_replacement(bytes.len());
    let mut text = String::with_capacity(most.unwrap_or_default());
    let (result, _) = decoder.decode_to_string_without_replacement(bytes, &mut text, true);
    debug_assert!(matches!(result, DecoderResult::Malformed(..)));
    text
}

/// NUL, and the controls that no text has: an encoding that gives them is the wrong one.
fn is_no_text(character: char) -> bool {
    matches!(character, '\0' | '\u{80}'..='\u{84}' | '\u{86}'..='\u{9F}')
}

/// What is wrong with a file that has a NUL byte.
fn nul(bytes: &[u8], at: usize) -> Error {
    let is_zero_at = |first: usize| {
        let every_other = bytes.iter().skip(first).step_by(2).take(100);
        let zeros = every_other.clone().filter(|byte| **byte == 0).count();
        zeros * 10 > every_other.count() * 7
    };
    let order = match (is_zero_at(0), is_zero_at(1)) {
        (true, false) => Some("UTF-16BE"),
        (false, true) => Some("UTF-16LE"),
        _ => None,
    };
    match order {
        Some(order) => Error {
            hint: Some(convert(order)),
            ..Error::of("the file is UTF-16 without a byte order mark")
        },
        None => Error {
            hint: Some("only text, HTML and JSON Lines can be read".into()),
            ..Error::at(
                &String::from_utf8_lossy(&bytes[..at]),
                "the file is binary: it has a NUL byte here",
            )
        },
    }
}

/// Whether most of what is not ASCII is sound UTF-8, which other encodings are by accident only.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut sound, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        sound += chunk
            .valid()
            .chars()
            .filter(|letter| !letter.is_ascii())
            .count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    sound > broken
}

/// Encodings that differ in a few Latin letters only, so that a few words in them do not tell which one it is.
const ALIKE: [&Encoding; 3] = [WINDOWS_1252, WINDOWS_1250, WINDOWS_1254];

/// So many bytes outside ASCII tell encodings apart.
const ENOUGH: usize = 60;

/// Why `encoding`, which a detector has found, may be the wrong one for `bytes`.
fn doubt(bytes: &[u8], encoding: &'static Encoding) -> Option<Error> {
    let is_usual = ALIKE.contains(&encoding);
    let outside = || {
        bytes
            .iter()
            .enumerate()
            .map(|(at, byte)| (at, *byte))
            .filter(|(_, byte)| !byte.is_ascii())
    };
    // Detectors of the web do not know the quotes and dashes of old Macintosh files, which are letters in usual encodings.
    let all = outside().count();
    let signs = outside().filter(|(_, byte)| {
        "“”‘’–—…•".contains(letter(*byte, MACINTOSH)) && letter(*byte, WINDOWS_1252).is_alphabetic()
    });
    if signs.clone().count() * 4 > all * 3 {
        let (at, byte) = { signs }.next()?;
        return Some(Error {
            hint: Some(convert(MACINTOSH.name())),
            ..at_byte(bytes, at, &choices(byte, &[MACINTOSH, WINDOWS_1252]))
        });
    }
    // A sign within a word is a letter in the encodings of DOS.
    let within_word = |at: usize| {
        let is_letter = |at: Option<usize>| {
            at.and_then(|at| bytes.get(at))
                .is_some_and(u8::is_ascii_alphabetic)
        };
        is_letter(at.checked_sub(1)) && is_letter(at.checked_add(1))
    };
    let odd = outside().find(|(at, byte)| {
        let sign = letter(*byte, encoding);
        is_usual
            && within_word(*at)
            && !sign.is_alphabetic()
            && !"’‘–—…·\u{A0}\u{AD}•".contains(sign)
    });
    if let Some((at, byte)) = odd {
        let what = format!(
            "would be `{}` in {}, which stands within a word here",
            letter(byte, encoding),
            encoding.name()
        );
        return Some(Error {
            hint: Some(convert_from_own()),
            ..at_byte(bytes, at, &what)
        });
    }
    if all >= ENOUGH {
        return None;
    }
    let mut candidates = ALIKE.to_vec();
    if !is_usual && encoding.is_single_byte() {
        candidates.push(encoding);
    }
    let (at, byte) = outside().find(|(_, byte)| {
        let here = letter(*byte, encoding);
        let differs = candidates.iter().any(|&other| letter(*byte, other) != here);
        differs && (!is_usual || here.is_alphabetic())
    })?;
    Some(Error {
        hint: Some(convert_from_own()),
        ..at_byte(bytes, at, &choices(byte, &candidates))
    })
}

/// What a byte alone is in `encoding`.
fn letter(byte: u8, encoding: &'static Encoding) -> char {
    let (text, _) = encoding.decode_without_bom_handling(std::slice::from_ref(&byte));
    text.chars().next().unwrap_or_default()
}

/// What `byte` may be.
fn choices(byte: u8, encodings: &[&'static Encoding]) -> String {
    let choices = encodings.iter().map(|&encoding| {
        let letter = letter(byte, encoding);
        format!("`{letter}` in {}", encoding.name())
    });
    format!("may be {}", choices.collect::<Vec<_>>().join(", "))
}
