//! Says by name and content how documents are written in an input.

use std::path::Path;

use super::{Error, Format};

/// So many bytes of an input are looked at.
pub(super) const HEAD: usize = 4096;

/// Endings of files that are taken from folders, without those of compression.
pub const ENDINGS: [&str; 8] = [
    "txt", "text", "md", "html", "htm", "xhtml", "jsonl", "ndjson",
];

/// Endings of compressed files.
const COMPRESSED: [&str; 2] = ["gz", "zst"];

/// The name of a file without its ending and, where that says that it is compressed, the ending within.
pub fn stem(name: &str) -> &str {
    split(name).0
}

/// The name of a file without its ending, and its ending in lower case, that of a compressed file left out.
fn split(name: &str) -> (&str, String) {
    let of = |name: &'_ str| {
        let ending = Path::new(name).extension().unwrap_or_default();
        ending.to_string_lossy().to_lowercase()
    };
    let without = |name: &'_ str, ending: &str| match ending.len() {
        0 => name.len(),
        length => name.len() - length - 1,
    };
    let mut ending = of(name);
    let mut stem = &name[..without(name, &ending)];
    if COMPRESSED.contains(&ending.as_str()) {
        ending = of(stem);
        stem = &stem[..without(stem, &ending)];
    }
    (stem, ending)
}

/// Whether a file of that name is taken from a folder.
pub fn is_taken(name: &str) -> bool {
    ENDINGS.contains(&split(name).1.as_str())
}

/// The format of an input of that name that begins with `head`, the first bytes of it. A name that says HTML or JSON Lines is believed,
/// else the content is looked at: it is HTML where it opens like a page, JSON Lines where its first line opens an object, else text. Fails on
/// what is no text at all and on JSON that is laid out in another way.
pub(super) fn of(name: &str, head: &[u8], forced: Option<Format>) -> Result<Format, Error> {
    if let Some((what, hint)) = other_kind(head) {
        return Err(Error {
            hint: Some(hint.into()),
            ..Error::of(&format!("the file is {what}, not text"))
        });
    }
    let (_, ending) = split(name);
    let named = match ending.as_str() {
        "html" | "htm" | "xhtml" => Some(Format::Html),
        "jsonl" | "ndjson" => Some(Format::JsonLines),
        _ => None,
    };
    match forced.or(named) {
        Some(Format::JsonLines) if is_utf16(head) => Err(Error {
            hint: Some("convert it, for example with `iconv -f UTF-16 -t UTF-8`".into()),
            ..Error::of("it is UTF-16; JSON Lines are always UTF-8")
        }),
        Some(format) => Ok(format),
        None => match by_content(head) {
            Some(Layout::Known(format)) => Ok(format),
            Some(Layout::OtherJson) => Err(Error {
                hint: Some("write each document as one line, for example with `jq -c '.[]'` from an array or `jq -c .` from objects; `--input-format text` reads it as text".into()),
                ..Error::of("it is JSON, but not JSON Lines")
            }),
            None => Ok(Format::Text),
        },
    }
}

enum Layout {
    Known(Format),
    /// An array, or an object over several lines.
    OtherJson,
}

/// What the first bytes of an input say; nothing where it is text.
fn by_content(head: &[u8]) -> Option<Layout> {
    // Enough for a look at signs that all encodings but UTF-16 write alike.
    let text = String::from_utf8_lossy(head);
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    if text.starts_with(['{', '[']) {
        return json(text);
    }
    is_page(text).then_some(Layout::Known(Format::Html))
}

fn json(text: &str) -> Option<Layout> {
    let opened = text.strip_prefix('[').unwrap_or(text).trim_start();
    let inside = opened.strip_prefix('{')?.trim_start();
    let (key, _) = inside.strip_prefix('"')?.split_once('"')?;
    let after = inside[key.len() + 2..].trim_start();
    if !after.starts_with(':') {
        return None;
    }
    let first = text.lines().next().unwrap_or_default();
    let on_one_line = first.starts_with('{') && first[1..].trim_start().starts_with('"');
    Some(if on_one_line {
        Layout::Known(Format::JsonLines)
    } else {
        Layout::OtherJson
    })
}

/// Whether a text opens like a page: with a document type or the root of HTML, XML declaration and comments aside.
fn is_page(mut text: &str) -> bool {
    loop {
        let lower: String = text.chars().take(15).collect::<String>().to_lowercase();
        let rest = if lower.starts_with("<?xml") {
            text.split_once("?>")
        } else if lower.starts_with("<!--") {
            text.split_once("-->")
        } else {
            let root = lower.strip_prefix("<html");
            return lower.starts_with("<!doctype html")
                || root.is_some_and(|rest| {
                    rest.starts_with(['>', '/']) || rest.starts_with(char::is_whitespace)
                });
        };
        match rest {
            Some((_, rest)) => text = rest.trim_start(),
            None => return false,
        }
    }
}

fn is_utf16(head: &[u8]) -> bool {
    head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF])
}

/// What a file is that begins in this way and is no text, and what to do.
fn other_kind(head: &[u8]) -> Option<(&'static str, &'static str)> {
    const PANDOC: &str = "make a text of it first, for example with `pandoc -t plain`";
    const PLAIN: &str = "only text, HTML and JSON Lines can be read";
    const UNPACK: &str = "unpack it first";
    const KINDS: [(&[u8], &str, &str); 15] = [
        (
            b"%PDF-",
            "PDF",
            "make a text of it first, for example with `pdftotext`",
        ),
        (b"{\\rtf", "RTF", PANDOC),
        (
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
            "an old Office document",
            "save it as text or HTML first",
        ),
        (
            b"\x89PNG\r\n\x1A\n",
            "a PNG image",
            "read its words out first, for example with `tesseract`",
        ),
        (
            b"\xFF\xD8\xFF",
            "a JPEG image",
            "read its words out first, for example with `tesseract`",
        ),
        (
            b"GIF8",
            "a GIF image",
            "read its words out first, for example with `tesseract`",
        ),
        (
            b"II*\0",
            "a TIFF image",
            "read its words out first, for example with `tesseract`",
        ),
        (
            b"MM\0*",
            "a TIFF image",
            "read its words out first, for example with `tesseract`",
        ),
        (b"\x1F\x8B", "gzip within another compression", UNPACK),
        (
            b"\x28\xB5\x2F\xFD",
            "zstd within another compression",
            UNPACK,
        ),
        (
            b"BZh",
            "bzip2",
            "gzip and zstd are decompressed; for this, `bunzip2` is needed",
        ),
        (
            b"\xFD7zXZ\0",
            "xz",
            "gzip and zstd are decompressed; for this, `unxz` is needed",
        ),
        (b"7z\xBC\xAF\x27\x1C", "a 7z archive", UNPACK),
        (b"SQLite format 3\0", "an SQLite database", PLAIN),
        (
            b"PAR1",
            "Parquet",
            "write it as JSON Lines first, for example with `duckdb`",
        ),
    ];
    if head.starts_with(b"PK\x03\x04") {
        let holds = |part: &str| {
            head.windows(part.len())
                .any(|window| window == part.as_bytes())
        };
        return Some(match () {
            () if holds("opendocument") => ("an OpenDocument file", PANDOC),
            () if holds("epub+zip") => ("EPUB", PANDOC),
            () if holds("[Content_Types].xml") || holds("word/") => {
                ("an Office document (DOCX or the like)", PANDOC)
            }
            () => ("a ZIP archive", UNPACK),
        });
    }
    let tar = head.get(257..262).is_some_and(|magic| magic == b"ustar");
    if tar {
        return Some(("a tar archive", UNPACK));
    }
    let found = KINDS
        .into_iter()
        .find(|(magic, ..)| head.starts_with(magic));
    found.map(|(_, what, hint)| (what, hint))
}
