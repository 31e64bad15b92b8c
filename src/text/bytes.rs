//! Turns the bytes of a file into text, or says why they are none.

use super::Error;

/// The text of `bytes` without a byte order mark. Fails on what is no UTF-8 text: another encoding, a binary file,
/// nothing but white space.
pub(super) fn decode(bytes: &[u8]) -> Result<&str, Error> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(Error {
            line: None,
            column: None,
            message: "the file is UTF-16, not UTF-8".into(),
            hint: Some("save it as UTF-8, for example with `iconv -f UTF-16 -t UTF-8`".into()),
        });
    }
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        return Err(Error {
            hint: Some("only plain text in UTF-8 can be read".into()),
            ..Error::at(&bytes[..at], "the file is binary: it has a NUL byte here")
        });
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        Error {
            hint: Some("save the file as UTF-8; if it is Latin-1 or Windows-1252, `iconv -f WINDOWS-1252 -t UTF-8` converts it".into()),
            ..Error::at(&bytes[..at], &format!("byte 0x{:02X} is not UTF-8", bytes[at]))
        }
    })?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    if text.chars().all(super::characters::is_blank) {
        return Err(Error {
            line: None,
            column: None,
            message: "the file is empty".into(),
            hint: Some("a text needs at least one word".into()),
        });
    }
    Ok(text)
}

impl Error {
    /// An error at the place that follows `before`, the bytes of the file up to it.
    pub(super) fn at(before: &[u8], message: &str) -> Self {
        let text = String::from_utf8_lossy(before);
        let lines = super::layout::line_count(&text);
        let last = text.rsplit(['\n', '\r']).next().unwrap_or_default();
        Self {
            line: Some(lines),
            column: Some(last.trim_start_matches('\u{FEFF}').chars().count() + 1),
            message: message.into(),
            hint: None,
        }
    }
}
