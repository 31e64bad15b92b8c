//! Reads a document that is a page in HTML or XHTML.

use std::mem;

use dom_query::{Document as Tree, NodeRef};
use dom_smoothie::{Config, Readability};
use encoding_rs::Encoding;

use super::{about, charset, compose, depth};
use crate::text::{Document, Error, Note};

/// Most elements open at once. Browsers stop at 512.
const DEEPEST: usize = 1000;

/// Most elements of a page whose article is looked for.
const MOST_ELEMENTS: usize = 200_000;

/// Fewer letters are hardly an article.
const LITTLE: usize = 250;

/// The document that the page in `bytes` holds: its main text without navigation, in paragraphs divided by blank lines, and what its head
/// says of it.
pub(super) fn read(bytes: &[u8]) -> Result<(Document, Vec<Note>), Error> {
    let (html, charset) = charset::decode(bytes, declared(bytes))?;
    if let Some(line) = depth::exceeds(&html, DEEPEST) {
        return Err(Error {
            line: Some(line),
            hint: Some("no browser shows such a page; take its text out of it".into()),
            ..Error::of(&format!(
                "more than {DEEPEST} elements are nested in each other here"
            ))
        });
    }
    let tree = Tree::from(html.as_ref());
    let (mut metadata, mut notes) = about::read(&tree);
    notes.splice(0..0, charset);
    let config = Config {
        disable_json_ld: true,
        max_elements_to_parse: MOST_ELEMENTS,
        ..Config::default()
    };
    let failed = |error: dom_smoothie::ReadabilityError| match error {
        dom_smoothie::ReadabilityError::TooManyElements(found, most) => Error {
            hint: Some("take the article out of it".into()),
            ..Error::of(&format!(
                "the page has {found} elements, more than the {most} that are read"
            ))
        },
        _ => no_text(),
    };
    let mut readability = Readability::with_document(tree, None, Some(config)).map_err(failed)?;
    if metadata.title.is_none() {
        let title = spaced(&readability.get_article_title());
        metadata.title = Some(title).filter(|title| !title.is_empty());
    }
    readability.parse().map_err(failed)?;
    let article = readability.doc.select_single("#readability-page-1");
    let body = article.nodes().first().map(text).unwrap_or_default();
    if body.chars().filter(|letter| letter.is_alphabetic()).count() < LITTLE {
        notes.push(Note {
            span: None,
            message:
                "the page has little text: what a script fetches when it is shown is not in it"
                    .into(),
        });
    }
    let (document, further) = compose(metadata, body)?.ok_or_else(no_text)?;
    notes.extend(further);
    Ok((document, notes))
}

fn no_text() -> Error {
    Error {
        hint: Some("where a script fetches the text, save the page as the browser shows it".into()),
        ..Error::of("the page has no text")
    }
}

/// The encoding that a page declares in its first bytes: in an XML declaration or a `<meta>` (HTML, "Determining the character encoding").
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let value = |text: &str, name: &str| {
        let after = text.split_once(name)?.1.trim_start().strip_prefix('=')?;
        let value = after.trim_start().trim_start_matches(['"', '\'']);
        let end = value.find(|sign: char| !sign.is_ascii_alphanumeric() && !"-_:.".contains(sign));
        Encoding::for_label(&value.as_bytes()[..end.unwrap_or(value.len())])
    };
    let tags = |opening: &'static str| {
        let tags = head.match_indices(opening);
        tags.filter_map(|(at, _)| head[at..].split('>').next())
    };
    tags("<?xml")
        .find_map(|tag| value(tag, "encoding"))
        .or_else(|| tags("<meta").find_map(|tag| value(tag, "charset")))
}

/// `text` with each run of white space as one space.
pub(super) fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text below `root`, laid out as the text step reads it: paragraphs, headings, items of lists and cells of tables each on lines of
/// their own, divided by blank lines.
fn text(root: &NodeRef<'_>) -> String {
    let mut writer = Writer::default();
    // Not recursive, so that no page can exhaust the stack.
    let mut next = root.first_child();
    let mut open: Vec<NodeRef<'_>> = Vec::new();
    loop {
        while let Some(node) = next {
            next = node.next_sibling();
            if let Some(children) = writer.enter(&node) {
                open.push(node);
                next = Some(children);
            }
        }
        let Some(node) = open.pop() else {
            break;
        };
        writer.leave(&node);
        next = node.next_sibling();
    }
    writer.text.truncate(writer.text.trim_end().len());
    writer.text
}

/// What is to stand before the next words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Space,
    Line,
    Paragraph,
}

#[derive(Default)]
struct Writer {
    text: String,
    gap: Gap,
    /// The next words open an item of a list.
    item: bool,
    /// Within how many elements white space is kept.
    kept: usize,
}

impl Writer {
    /// Writes a node, and gives its first child where its children are to be written too.
    fn enter<'a>(&mut self, node: &NodeRef<'a>) -> Option<NodeRef<'a>> {
        if node.is_text() {
            self.words(&node.text());
            return None;
        }
        let name = node.node_name()?;
        match kind(&name) {
            Kind::Hidden => return None,
            Kind::Break => self.widen(if self.gap >= Gap::Line {
                Gap::Paragraph
            } else {
                Gap::Line
            }),
            Kind::Block => self.widen(Gap::Paragraph),
            Kind::Inline => {}
        }
        match &*name {
            "li" => self.item = true,
            "pre" => self.kept += 1,
            "q" => self.words("“"),
            // The number of a footnote would be a part of the word before it.
            "sup" if is_reference(node) => return None,
            _ => {}
        }
        let first = node.first_child();
        if first.is_none() {
            self.leave(node);
        }
        first
    }

    fn leave(&mut self, node: &NodeRef<'_>) {
        let Some(name) = node.node_name() else {
            return;
        };
        if kind(&name) == Kind::Block {
            self.widen(Gap::Paragraph);
        }
        match &*name {
            "li" => self.item = false,
            "pre" => self.kept -= 1,
            "q" => {
                self.gap = Gap::None;
                self.words("”");
            }
            _ => {}
        }
    }

    fn widen(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
    }

    fn words(&mut self, words: &str) {
        if self.kept > 0 {
            let words = words.replace("\r\n", "\n");
            if !words.trim().is_empty() {
                self.fill();
                self.text.push_str(&words);
            }
            return;
        }
        for (number, word) in words.split(char::is_whitespace).enumerate() {
            if number > 0 {
                self.widen(Gap::Space);
            }
            if !word.is_empty() {
                self.fill();
                self.text.push_str(word);
            }
        }
    }

    /// Writes what is to stand before the words that follow.
    fn fill(&mut self) {
        let gap = mem::take(&mut self.gap);
        if !self.text.is_empty() {
            self.text.push_str(match gap {
                Gap::None => "",
                Gap::Space => " ",
                Gap::Line => "\n",
                Gap::Paragraph => "\n\n",
            });
        }
        if mem::take(&mut self.item) {
            self.text.push_str("- ");
        }
    }
}

/// Whether a raised word leads to a note elsewhere in the page.
fn is_reference(node: &NodeRef<'_>) -> bool {
    let mut links = node.descendants_it().filter(|node| node.has_name("a"));
    links.any(|link| link.attr("href").is_some_and(|to| to.contains('#')))
}

/// What an element is in the run of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A part of a line.
    Inline,
    /// Lines of its own.
    Block,
    /// The end of a line.
    Break,
    /// Not shown, or not to be read.
    Hidden,
}

/// The kind of an element after the rendering that HTML suggests (section 15.3), with cells of tables as lines of their own.
fn kind(name: &str) -> Kind {
    match name {
        "br" => Kind::Break,
        "a" | "abbr" | "acronym" | "b" | "bdi" | "bdo" | "big" | "cite" | "code" | "data"
        | "del" | "dfn" | "em" | "font" | "i" | "ins" | "kbd" | "label" | "mark" | "nobr" | "q"
        | "rb" | "ruby" | "s" | "samp" | "small" | "span" | "strike" | "strong" | "sub" | "sup"
        | "time" | "tt" | "u" | "var" | "wbr" => Kind::Inline,
        "audio" | "button" | "canvas" | "datalist" | "embed" | "head" | "iframe" | "img"
        | "input" | "link" | "map" | "math" | "meta" | "meter" | "noscript" | "object"
        | "option" | "picture" | "progress" | "rp" | "rt" | "script" | "select" | "source"
        | "style" | "svg" | "template" | "textarea" | "title" | "track" | "video" => Kind::Hidden,
        // An element that HTML does not know is shown as a part of a line, too.
        name if name.contains('-') => Kind::Inline,
        _ => Kind::Block,
    }
}
