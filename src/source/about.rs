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
    let said = |key: &str| linked.text(key).into_iter();
    let meta = Meta::read(page);
    let dates = said("datePublished")
        .chain(meta.of(&DATES))
        .chain(said("dateCreated"))
        .chain(time(page));
    let mut date = None;
    for written in dates {
        date = day(&written);
        if date.is_some() {
            break;
        }
        let excerpt: String = written.chars().take(40).collect();
        notes.push(note(format!(
            "the page says `{excerpt}` where its date should be"
        )));
    }
    let title = said("headline").chain(meta.of(&TITLES)).chain(said("name"));
    let addresses = canonical(page)
        .chain(meta.of(&["og:url"]))
        .chain(linked.address("url"))
        .chain(linked.address("mainEntityOfPage"))
        .chain(meta.of(&ADDRESSES));
    let names = said("publisher")
        .chain(meta.of(&PUBLISHERS))
        .chain(said("author"))
        .chain(meta.of(&AUTHORS));
    let is_address = |text: &String| text.starts_with("http://") || text.starts_with("https://");
    let metadata = Metadata {
        title: { title }.next(),
        date,
        source: { addresses }.find(is_address),
        publisher: { names }.find(|name| !is_address(name)),
        ..Metadata::default()
    };
    (metadata, notes)
}

/// Names of `<meta>` elements, the surest first: of the title;
const TITLES: [&str; 5] = [
    "og:title",
    "citation_title",
    "dc.title",
    "dcterms.title",
    "twitter:title",
];

/// of the day when the page was published;
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

/// of the address;
const ADDRESSES: [&str; 4] = [
    "citation_public_url",
    "citation_abstract_html_url",
    "dc.identifier",
    "dcterms.identifier",
];

/// of who has published it;
const PUBLISHERS: [&str; 5] = [
    "og:site_name",
    "citation_publisher",
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
];

/// of who has written it.
const AUTHORS: [&str; 5] = [
    "author",
    "citation_author",
    "dc.creator",
    "dcterms.creator",
    "article:author",
];

fn note(message: String) -> Note {
    Note {
        span: None,
        message,
    }
}

/// The day that a machine or a person has written; a time of day is left out.
fn day(written: &str) -> Option<Date> {
    // Highwire Press writes 2024/08/11.
    Date::parse(written).or_else(|| Date::parse(&written.replace('/', "-")))
}

/// The `<meta>` elements of a page, each with its name in lower case.
struct Meta(Vec<(String, String)>);

impl Meta {
    fn read(page: &Tree) -> Self {
        let pairs = page.select("meta[content]");
        let pairs = pairs.nodes().iter().filter_map(|node| {
            let keys = ["name", "property", "itemprop"];
            let name = keys.into_iter().find_map(|key| node.attr(key))?;
            // Dublin Core is written with a colon, too.
            let name = name.trim().to_lowercase();
            let name = name.replace("dc:", "dc.").replace("dcterms:", "dcterms.");
            let value = spaced(&node.attr_or("content", ""));
            (!value.is_empty()).then_some((name, value))
        });
        Self(pairs.collect())
    }

    /// The first value of each of these names, in the order of the names.
    fn of<'a>(&'a self, names: &'a [&str]) -> impl Iterator<Item = String> + 'a {
        names.iter().filter_map(|name| {
            let found = self.0.iter().find(|(of, _)| of == name);
            found.map(|(_, value)| value.clone())
        })
    }
}

/// The address that a page gives as its own.
fn canonical(page: &Tree) -> impl Iterator<Item = String> {
    let links = page.select("link[rel=canonical][href]");
    let addresses = links.nodes().iter().filter_map(|link| link.attr("href"));
    addresses
        .map(|address| spaced(&address))
        .collect::<Vec<_>>()
        .into_iter()
}

/// The day in the running page: of an element that is marked as the day of publication, else the first time of the article. A time elsewhere
/// may be that of another article, unless it is the only one.
fn time(page: &Tree) -> Option<String> {
    let first = |selector: &str| page.select(selector).nodes().first().and_then(when);
    let all = page.select("time[datetime]");
    let marked = [
        "[itemprop=datePublished]",
        "time[pubdate]",
        "article time[datetime]",
        "main time[datetime]",
    ];
    let marked = marked.into_iter().find_map(first);
    marked.or_else(|| match all.nodes() {
        [only] => when(only),
        _ => None,
    })
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
                    notes.push(note(format!("the page's JSON-LD cannot be read: {error}")));
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
        let mut about = self.0.iter().take_while(|object| rank(object) < 2);
        about.find_map(|object| self.words(&object[key]))
    }

    /// The address that the article, or else the page, has as `key`: a string, or that of what it leads to.
    fn address(&self, key: &str) -> Option<String> {
        let mut about = self.0.iter().take_while(|object| rank(object) < 2);
        about.find_map(|object| {
            let value = &object[key];
            let address = value.as_str().or_else(|| value["@id"].as_str());
            address.map(spaced)
        })
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
