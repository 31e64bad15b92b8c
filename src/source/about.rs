//! Finds what a page says of itself.

use dom_query::{Document as Tree, NodeRef};
use serde_json::Value;

use super::page::spaced;
use crate::text::{Date, Metadata, Note};

/// Title, date, source and publisher of a page, from what is written for machines: its JSON-LD in terms of schema.org, its `<meta>` elements
/// (Open Graph, Highwire Press, Dublin Core and common names), its canonical link and its times. What is odd is noted.
pub(super) fn read(page: &Tree) -> (Metadata, Vec<Note>) {
    let mut notes = Vec::new();
    let linked = Linked::read(page, &mut notes);
    let said = |key: &str| linked.text(key);
    let title = said("headline")
        .or_else(|| {
            meta(
                page,
                &[
                    "og:title",
                    "citation_title",
                    "dc.title",
                    "dcterms.title",
                    "twitter:title",
                ],
            )
            .next()
        })
        .or_else(|| said("name"));
    let dates = (said("datePublished").into_iter())
        .chain(meta(page, &DATES))
        .chain(said("dateCreated"))
        .chain(times(page));
    let mut date = None;
    for written in dates {
        date = day(&written);
        if date.is_some() {
            break;
        }
        notes.push(note(format!(
            "the page gives `{}` as its date, which is no date",
            shortened(&written)
        )));
    }
    let canonical = attribute(page, "link[rel=canonical]", "href");
    let source = (canonical.into_iter())
        .chain(meta(page, &["og:url"]))
        .chain(said("url"))
        .chain(said("mainEntityOfPage"))
        .chain(meta(
            page,
            &[
                "citation_public_url",
                "citation_abstract_html_url",
                "dc.identifier",
                "dcterms.identifier",
            ],
        ))
        .find(|address| address.starts_with("http://") || address.starts_with("https://"));
    let publisher = said("publisher")
        .or_else(|| {
            meta(
                page,
                &[
                    "og:site_name",
                    "citation_publisher",
                    "dc.publisher",
                    "dcterms.publisher",
                    "publisher",
                ],
            )
            .next()
        })
        .or_else(|| said("author"))
        .or_else(|| {
            meta(
                page,
                &[
                    "author",
                    "citation_author",
                    "dc.creator",
                    "dcterms.creator",
                    "article:author",
                ],
            )
            .next()
        })
        .filter(|name| !name.contains("://"));
    let metadata = Metadata {
        title,
        date,
        source,
        publisher,
        ..Metadata::default()
    };
    (metadata, notes)
}

/// Names of `<meta>` elements that give the day when a page was published, the surest first.
const DATES: [&str; 16] = [
    "article:published_time",
    "og:article:published_time",
    "citation_publication_date",
    "citation_online_date",
    "citation_date",
    "dcterms.issued",
    "dc.date.issued",
    "dc.date",
    "dcterms.date",
    "dcterms.created",
    "dc.date.created",
    "datepublished",
    "pubdate",
    "publishdate",
    "publication_date",
    "date",
];

fn note(message: String) -> Note {
    Note {
        span: None,
        message,
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(40).collect()
}

/// The day that a machine or a person has written; a time of day is left out.
fn day(written: &str) -> Option<Date> {
    // Highwire Press writes 2024/08/11.
    Date::parse(written).or_else(|| Date::parse(&written.replace('/', "-")))
}

/// The values of `<meta>` elements with these names, by name first; `name`, `property` and `itemprop` are the same here.
fn meta<'a>(page: &'a Tree, names: &'a [&str]) -> impl Iterator<Item = String> + 'a {
    let all = page.select("meta[content]");
    let all: Vec<(String, String)> = (all.nodes().iter())
        .filter_map(|node| {
            let name = ["name", "property", "itemprop"]
                .into_iter()
                .find_map(|key| node.attr(key))?;
            // Dublin Core is written with either sign.
            let name = name
                .trim()
                .to_lowercase()
                .replace("dc:", "dc.")
                .replace("dcterms:", "dcterms.");
            Some((name, spaced(&node.attr_or("content", ""))))
        })
        .collect();
    names.iter().filter_map(move |name| {
        let values = all
            .iter()
            .filter(|(of, value)| of == name && !value.is_empty());
        values.map(|(_, value)| value.clone()).next()
    })
}

/// The attribute of the first element that has it.
fn attribute(page: &Tree, selector: &str, name: &str) -> Option<String> {
    let found = page.select(selector);
    let values = found.nodes().iter().filter_map(|node| node.attr(name));
    values
        .map(|value| spaced(&value))
        .find(|value| !value.is_empty())
}

/// Days in the running page: of an element that is marked as the day of publication, else of the article's first time. A time elsewhere
/// may be that of another article.
fn times(page: &Tree) -> impl Iterator<Item = String> {
    let found = |selector: &str| {
        let found = page.select(selector);
        found.nodes().first().and_then(when)
    };
    let all = page.select("time[datetime]");
    let only = (all.length() == 1)
        .then(|| all.nodes().first().and_then(when))
        .flatten();
    [
        "[itemprop=datePublished]",
        "time[pubdate]",
        "article time[datetime]",
        "main time[datetime]",
    ]
    .into_iter()
    .find_map(found)
    .or(only)
    .into_iter()
}

fn when(node: &NodeRef<'_>) -> Option<String> {
    let value = node.attr("datetime").or_else(|| node.attr("content"));
    let value = spaced(&value.unwrap_or_else(|| node.text()));
    Some(value).filter(|value| !value.is_empty())
}

/// The objects of JSON-LD in a page.
struct Linked(Vec<Value>);

impl Linked {
    /// Collects them, also out of lists and `@graph`. What is no JSON is noted.
    fn read(page: &Tree, notes: &mut Vec<Note>) -> Self {
        let mut objects = Vec::new();
        for script in page.select("script[type=\"application/ld+json\"]").nodes() {
            let json = script.text();
            // XHTML hides scripts from its own syntax.
            let json = json
                .trim()
                .trim_start_matches("//")
                .trim_start_matches("<![CDATA[");
            let json = json
                .trim_end()
                .trim_end_matches("]]>")
                .trim_end_matches("//");
            match serde_json::from_str(json) {
                Ok(value) => collect(value, &mut objects),
                Err(error) => {
                    notes.push(note(format!("the page's JSON-LD cannot be read: {error}")))
                }
            }
        }
        // What is said of the article counts before what is said of the page around it.
        objects.retain(|object| !object["@id"].is_null() || rank(object) < 2);
        objects.sort_by_key(rank);
        Self(objects)
    }

    /// What the article, or else the page, has as `key`, in words: a string, or the name or address of what it leads to.
    fn text(&self, key: &str) -> Option<String> {
        let about = self.0.iter().take_while(|object| rank(object) < 2);
        about.filter_map(|object| self.words(&object[key])).next()
    }

    fn words(&self, value: &Value) -> Option<String> {
        let first = match value {
            Value::Array(values) => values.first()?,
            value => value,
        };
        let text = match first {
            Value::String(text) => text,
            Value::Object(object) => {
                let id = object.get("@id").and_then(Value::as_str);
                let named = |object: &Value| Some(object["name"].as_str()?.to_owned());
                let elsewhere = || {
                    self.0
                        .iter()
                        .filter(|other| other["@id"].as_str() == id)
                        .find_map(named)
                };
                return named(first)
                    .or_else(|| id.and_then(|_| elsewhere()))
                    .or(id.map(str::to_owned))
                    .map(|text| spaced(&text));
            }
            _ => return None,
        };
        Some(spaced(text)).filter(|text| !text.is_empty())
    }
}

/// The objects within a value of JSON-LD that may describe something by themselves.
fn collect(value: Value, objects: &mut Vec<Value>) {
    match value {
        Value::Array(values) => values.into_iter().for_each(|value| collect(value, objects)),
        Value::Object(mut object) => {
            if let Some(graph) = object.remove("@graph") {
                collect(graph, objects);
            }
            objects.push(Value::Object(object));
        }
        _ => {}
    }
}

/// 0 for an article, 1 for a page, 2 for anything else.
fn rank(object: &Value) -> u8 {
    let types = match &object["@type"] {
        Value::Array(types) => types.as_slice(),
        one => std::slice::from_ref(one),
    };
    let is = |kinds: &[&str]| {
        let mut types = types.iter().filter_map(Value::as_str);
        types.any(|of| kinds.iter().any(|kind| of.ends_with(kind)))
    };
    match () {
        () if is(&["Article", "BlogPosting", "Report", "PressRelease"]) => 0,
        () if is(&["WebPage", "ItemPage"]) => 1,
        () => 2,
    }
}
