//! Reads a document that is a JSON object.

use std::str::FromStr;

use serde_json::{Map, Value};

use crate::text::{self, Document, Error, Metadata, Note};

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

/// Which fields of an object mean what: `title=headline,text=body.en`. A dot leads into an object within. Fields that are not named keep
/// their own names.
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
        if text.is_empty() {
            return Ok(Self(pairs));
        }
        for pair in text.split(',') {
            let (field, name) = pair
                .split_once('=')
                .ok_or_else(|| format!("`{pair}` has no `=`, as in `title=headline,text=body`"))?;
            let (field, name) = (field.trim(), name.trim());
            let Some(known) = FIELDS.into_iter().find(|known| *known == field) else {
                return Err(format!("`{field}` is none of {}", FIELDS.join(", ")));
            };
            if name.is_empty() {
                return Err(format!("nothing is named for `{field}`"));
            }
            if pairs.iter().any(|(of, _)| *of == known) {
                return Err(format!("`{field}` is given twice"));
            }
            pairs.push((known, name.to_owned()));
        }
        Ok(Self(pairs))
    }
}

/// The document that the JSON object in `bytes` holds. Errors have no line.
pub(super) fn read(bytes: &[u8], mapping: &Mapping) -> Result<(Document, Vec<Note>), Error> {
    let object: Map<String, Value> = serde_json::from_slice(bytes)
        .map_err(|error| Error::of(&format!("it is no JSON object: {error}")))?;
    let mut metadata = Metadata::default();
    let mut body = None;
    for field in FIELDS {
        let name = mapping.name(field);
        let Some(Value::String(value)) = object.get(name) else {
            continue;
        };
        match field {
            "text" => {
                body = Some(value.clone());
                Ok(())
            }
            "url" => metadata.set("source", value),
            field => metadata.set(field, value),
        }
        .map_err(|(message, hint): (String, String)| Error {
            hint: Some(hint),
            ..Error::of(&message)
        })?;
    }
    let body = body.ok_or_else(|| Error::of("it has no `text`"))?;
    text::compose(metadata, body).ok_or_else(|| Error::of("its `text` is empty"))
}
