//! Reads a document that is a JSON object.

use std::str::FromStr;

use serde_json::{Map, Value};

use super::{compose, foreign};
use crate::text::{Document, Error, Metadata, Note};

/// What an object can say of a document. Their meaning is that of the same keys in front matter; `url` is a `source` that is an address.
pub const FIELDS: [&str; 9] = [
    "id",
    "url",
    "title",
    "date",
    "text",
    "genre",
    "source",
    "publisher",
    "language",
];

/// Which fields of an object mean what: `title=headline,text=body.en`. A dot leads into an object within; `genre=` says that no field gives
/// it. Fields that are not named keep their own names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping(Vec<(&'static str, String)>);

impl Mapping {
    /// The name that the field has in objects.
    fn name<'a>(&'a self, field: &'a str) -> &'a str {
        let mapped = self.0.iter().find(|(of, _)| *of == field);
        mapped.map_or(field, |(_, name)| name)
    }
}

impl FromStr for Mapping {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut pairs = Vec::new();
        for pair in text.split(',').filter(|_| !text.is_empty()) {
            let (field, name) = pair
                .split_once('=')
                .ok_or_else(|| format!("`{pair}` has no `=`, as in `title=headline,text=body`"))?;
            let (field, name) = (field.trim(), name.trim());
            let Some(known) = FIELDS.into_iter().find(|known| *known == field) else {
                return Err(format!("`{field}` is none of {}", FIELDS.join(", ")));
            };
            if known == "text" && name.is_empty() {
                return Err("a document needs its `text`".to_owned());
            }
            if pairs.iter().any(|(of, _)| *of == known) {
                return Err(format!("`{field}` is given twice"));
            }
            pairs.push((known, name.to_owned()));
        }
        Ok(Self(pairs))
    }
}

/// The document that the JSON object in `bytes` (RFC 8259) holds. Errors have a column, where one can be named, and no line.
pub(super) fn read(bytes: &[u8], mapping: &Mapping) -> Result<(Document, Vec<Note>), Error> {
    let object = object(bytes)?;
    let mut metadata = Metadata::default();
    let mut notes = Vec::new();
    for field in FIELDS.into_iter().filter(|field| *field != "text") {
        let name = mapping.name(field);
        let Some(value) = words(&object, field, name)? else {
            continue;
        };
        let set = match field {
            // An address says more exactly where a text comes from.
            "source" if metadata.source.is_some() => Ok(()),
            "url" => metadata.set("source", &value),
            "language" => {
                notes.extend(foreign::declared(&value));
                Ok(())
            }
            field => metadata.set(field, &value),
        };
        set.map_err(|(message, hint)| Error {
            hint: Some(match field {
                "genre" => format!("{hint}; `--map genre=` leaves the genre out"),
                _ => hint,
            }),
            ..Error::of(&message)
        })?;
    }
    let name = mapping.name("text");
    let body = words(&object, "text", name)?.ok_or_else(|| no_text(&object, name))?;
    if body.contains('\0') {
        return Err(Error::of(&format!("its `{name}` has a NUL character")));
    }
    let (document, further) = compose(metadata, body)?.ok_or_else(|| Error {
        hint: Some("a text needs at least one word".into()),
        ..Error::of(&format!("its `{name}` is empty"))
    })?;
    // Who says the language need not be told it again.
    notes.extend(further);
    Ok((document, notes))
}

fn object(bytes: &[u8]) -> Result<Map<String, Value>, Error> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let column = |before: &[u8]| Some(String::from_utf8_lossy(before).chars().count() + 1);
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        Error {
            column: column(&bytes[..at]),
            hint: Some("JSON Lines are always UTF-8; convert the file, for example with `iconv -f WINDOWS-1252 -t UTF-8`".into()),
            ..Error::of(&format!("byte 0x{:02X} is not UTF-8", bytes[at]))
        }
    })?;
    let value: Value = serde_json::from_str(text).map_err(|error| {
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default();
        let before = error.column().saturating_sub(1).min(bytes.len());
        Error {
            column: column(&bytes[..before]),
            hint: Some("each line is one JSON object, as in `{\"title\": \"…\", \"date\": \"2024-08-11\", \"text\": \"…\"}`".into()),
            ..Error::of(&format!("it is no JSON: {}", message.to_lowercase()))
        }
    })?;
    match value {
        Value::Object(object) => Ok(object),
        other => Err(Error {
            hint: Some("each line is one JSON object, as in `{\"title\": \"…\", \"date\": \"2024-08-11\", \"text\": \"…\"}`".into()),
            ..Error::of(&format!("it is {}, not an object", kind(&other)))
        }),
    }
}

/// What the field named `name` says, in words; nothing where it is missing or null.
fn words(object: &Map<String, Value>, field: &str, name: &str) -> Result<Option<String>, Error> {
    match value(object, name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(Value::Number(number)) if matches!(field, "id" | "date") => {
            Ok(Some(number.to_string()))
        }
        Some(other) => Err(Error {
            hint: Some(format!(
                "`--map {field}=NAME` names the field that is meant"
            )),
            ..Error::of(&format!("its `{name}` is {}, not a string", kind(other)))
        }),
    }
}

/// The field named `name`: the one of just that name, else the one at the end of the path that its dots make.
fn value<'a>(object: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    object.get(name).or_else(|| {
        let (first, rest) = name.split_once('.')?;
        value(object.get(first)?.as_object()?, rest)
    })
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

fn no_text(object: &Map<String, Value>, name: &str) -> Error {
    let others: Vec<String> = object
        .keys()
        .take(10)
        .map(|key| format!("`{key}`"))
        .collect();
    let hint = match others[..] {
        [] => "each line needs the text of a document".to_owned(),
        _ => format!(
            "`--map text=NAME` names the field of the text; there are {}",
            others.join(", ")
        ),
    };
    Error {
        hint: Some(hint),
        ..Error::of(&format!("it has no `{name}`"))
    }
}
