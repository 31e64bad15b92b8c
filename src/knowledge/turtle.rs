//! Turtle files as graphs of nodes: the only place that knows sophia's way of reading.

use std::borrow::Cow;
use std::collections::HashMap;

use sophia::api::prelude::{Term, Triple, TripleSource};
use sophia::turtle::parser::{self, ErrorKind, turtle};

use super::triples::{Object, Triples};
use super::{Error, plain};

/// Namespace of chancery's own terms.
pub(crate) const CH: &str = "https://w3id.org/chancery#";
/// Simple Knowledge Organization System, <https://www.w3.org/TR/skos-reference/>.
pub(crate) const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";

const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const DEPRECATED: &str = "http://www.w3.org/2002/07/owl#deprecated";

/// A parsed file.
pub(crate) struct File<'t> {
    triples: Triples<'t>,
    /// Files that may add to what this one says.
    additions: &'t [File<'t>],
}

impl<'t> File<'t> {
    /// Parses a Turtle document, called `name` in messages; a syntax error comes with its position.
    pub(crate) fn parse(name: &str, text: &'t str) -> Result<Self, Error> {
        let triples = match plain::read(text) {
            Some(triples) => triples,
            None => read(text).map_err(|error| syntax_error(name, text, &error))?,
        };
        Ok(Self {
            triples,
            additions: &[],
        })
    }

    /// The file with what `additions` say of its nodes without giving them a class anew.
    pub(crate) fn with(self, additions: &'t [File<'t>]) -> Self {
        Self { additions, ..self }
    }

    /// Every node of the class `class` (an IRI), sorted by IRI so that later files and runs agree, without those that are deprecated.
    pub(crate) fn instances(&self, class: &str) -> Vec<Node<'_>> {
        let mut nodes = self.of_class(class);
        nodes.retain(|node| !node.is_deprecated());
        nodes
    }

    /// The nodes of the class `class` that are deprecated, sorted by IRI.
    pub(crate) fn deprecated(&self, class: &str) -> Vec<Node<'_>> {
        let mut nodes = self.of_class(class);
        nodes.retain(Node::is_deprecated);
        nodes
    }

    fn of_class(&self, class: &str) -> Vec<Node<'_>> {
        let instances = self.triples.instances(class).iter();
        let mut nodes: Vec<Node> = instances.map(|&number| self.node(number)).collect();
        nodes.sort_by_key(Node::iri);
        nodes
    }

    /// Every node that something is said of and that has an IRI, in the order of the file.
    pub(crate) fn subjects(&self) -> impl Iterator<Item = Node<'_>> {
        let nodes = (0..self.triples.len()).map(|number| self.node(number));
        nodes.filter(|node| !node.iri().is_empty() && node.statements().next().is_some())
    }

    /// Every property with the IRI that it leads to, of whatever node.
    pub(crate) fn links(&self) -> impl Iterator<Item = (&str, &str)> {
        let nodes = (0..self.triples.len()).map(|number| self.node(number));
        nodes
            .flat_map(|node| node.statements())
            .filter_map(|(property, value)| Some((property, value.iri()?)))
    }

    fn node(&self, number: usize) -> Node<'_> {
        Node {
            triples: &self.triples,
            number,
            additions: self.additions,
        }
    }
}

/// A node of a parsed file.
#[derive(Clone, Copy)]
pub(crate) struct Node<'f> {
    triples: &'f Triples<'f>,
    number: usize,
    additions: &'f [File<'f>],
}

/// What a statement says of a node.
#[derive(Clone, Copy)]
pub(crate) enum Value<'f> {
    /// An IRI.
    Iri(&'f str),
    /// A literal.
    Text {
        /// Its lexical form.
        text: &'f str,
        /// Whether it is English or of no language.
        english: bool,
    },
}

impl<'f> Value<'f> {
    /// The IRI, if it is one.
    pub(crate) fn iri(self) -> Option<&'f str> {
        match self {
            Self::Iri(iri) => Some(iri),
            Self::Text { .. } => None,
        }
    }

    /// The lexical form, if it is a literal.
    pub(crate) fn text(self) -> Option<&'f str> {
        match self {
            Self::Iri(_) => None,
            Self::Text { text, .. } => Some(text),
        }
    }

    /// Whether it is a literal that is English or of no language.
    pub(crate) fn is_english(self) -> bool {
        matches!(self, Self::Text { english: true, .. })
    }
}

impl<'f> Node<'f> {
    /// Its IRI; empty for a blank node.
    pub(crate) fn iri(&self) -> &'f str {
        self.triples.name(self.number).unwrap_or_default()
    }

    /// What follows the last `#` or `/` of its IRI.
    pub(crate) fn local_name(&self) -> &'f str {
        local_name(self.iri())
    }

    /// The properties that it has, each with the literal or IRI that it leads to; those that lead to blank nodes are left out.
    pub(crate) fn statements(&self) -> impl Iterator<Item = (&'f str, Value<'f>)> + use<'f> {
        let triples = self.triples;
        triples.about(self.number).filter_map(|(property, object)| {
            let value = match object {
                Object::Node(node) => Value::Iri(triples.name(*node)?),
                Object::Literal { text, english } => Value::Text {
                    text,
                    english: *english,
                },
            };
            Some((triples.name(*property)?, value))
        })
    }

    /// The node as its file has it, and then as each addition does.
    fn sources(&self) -> impl Iterator<Item = Self> + use<'f> {
        let iri = self.iri();
        let added = self.additions.iter().filter_map(move |file| {
            let node = Node {
                triples: &file.triples,
                number: file.triples.number(iri)?,
                additions: &[],
            };
            let has_class = node.objects(&format!("{RDF}type")).next().is_some();
            (!has_class).then_some(node)
        });
        let own = Node {
            additions: &[],
            ..*self
        };
        std::iter::once(own).chain(added)
    }

    /// Whether it is said of it that it no longer counts.
    fn is_deprecated(&self) -> bool {
        !self.additions.is_empty() && self.value(DEPRECATED).as_deref() == Some("true")
    }

    /// The lexical forms of the literals, and the IRIs, that `predicate` gives, each once, sorted.
    pub(crate) fn values(&self, predicate: &str) -> Vec<String> {
        let mut values: Vec<String> = Vec::new();
        for source in self.sources() {
            values.extend(source.texts(predicate));
        }
        values.sort();
        values.dedup();
        values
    }

    /// The first of [`Self::values`], of an addition where one gives any.
    pub(crate) fn value(&self, predicate: &str) -> Option<String> {
        self.sources()
            .filter_map(|source| source.texts(predicate).min())
            .last()
    }

    /// The nodes, blank or not, that `predicate` leads to.
    pub(crate) fn nodes(&self, predicate: &str) -> Vec<Self> {
        let mut nodes = Vec::new();
        for source in self.sources() {
            nodes.extend(source.objects(predicate).filter_map(|object| match object {
                Object::Node(number) => Some(Self {
                    triples: source.triples,
                    number: *number,
                    additions: self.additions,
                }),
                Object::Literal { .. } => None,
            }));
        }
        nodes
    }

    /// The elements of the list that `predicate` leads to, of an addition where one gives any, as texts or IRIs, in order.
    pub(crate) fn list(&self, predicate: &str) -> Vec<String> {
        let mut elements = Vec::new();
        let mut rest = self.nodes(predicate).pop();
        // A list that bites its own tail has more elements than the file has nodes.
        while let Some(node) = rest.filter(|node| elements.len() < node.triples.len()) {
            let element = node.objects(&format!("{RDF}first")).next();
            elements.extend(element.and_then(|element| node.text(element)));
            rest = node.nodes(&format!("{RDF}rest")).into_iter().next();
        }
        elements
    }

    fn texts(&self, predicate: &str) -> impl Iterator<Item = String> {
        let objects = self.objects(predicate);
        objects.filter_map(|object| self.text(object))
    }

    fn objects(&self, predicate: &str) -> impl Iterator<Item = &'f Object<'f>> + use<'f> {
        let property = self.triples.number(predicate);
        let about = self.triples.about(self.number);
        about
            .filter(move |(other, _)| Some(*other) == property)
            .map(|(_, object)| object)
    }

    /// A literal's text, or an IRI; none for a blank node.
    fn text(&self, object: &Object) -> Option<String> {
        match object {
            Object::Node(node) => self.triples.name(*node).map(str::to_owned),
            Object::Literal { text, .. } => Some(text.clone().into_owned()),
        }
    }
}

/// What follows the last `#` or `/`.
pub(crate) fn local_name(iri: &str) -> &str {
    iri.rsplit(['#', '/']).next().unwrap_or(iri)
}

/// The triples of a Turtle text, by sophia.
fn read(text: &str) -> Result<Triples<'static>, parser::Error> {
    let mut triples = Triples::default();
    let mut blank = HashMap::new();
    turtle::parse_str(text).for_each_triple(|triple| {
        let [subject, property, object] = triple.spo();
        let ends = [
            term(&subject, &mut triples, &mut blank),
            term(&property, &mut triples, &mut blank),
        ];
        let object = term(&object, &mut triples, &mut blank);
        if let ([Some(Object::Node(subject)), Some(Object::Node(property))], Some(object)) =
            (ends, object)
        {
            triples.state(subject, property, object);
        }
    })?;
    Ok(triples.finish())
}

/// A term of a triple; none for what RDF 1.1 does not know.
fn term<T: Term>(
    term: &T,
    triples: &mut Triples,
    blank: &mut HashMap<String, usize>,
) -> Option<Object<'static>> {
    if let Some(iri) = term.iri() {
        Some(Object::Node(triples.named(iri.as_str())))
    } else if let Some(label) = term.bnode_id() {
        let number = blank.entry(label.as_str().to_owned());
        Some(Object::Node(*number.or_insert_with(|| triples.blank())))
    } else {
        let text = Cow::Owned(term.lexical_form()?.to_string());
        let english = term
            .language_tag()
            .is_none_or(|tag| tag.as_str().to_ascii_lowercase().starts_with("en"));
        Some(Object::Literal { text, english })
    }
}

/// Where the text of the file `name` stops being Turtle. The parser counts lines and bytes from 0, people lines and characters from 1.
fn syntax_error(name: &str, text: &str, error: &parser::Error) -> Error {
    let (line, column) = error.position();
    let written = text.split('\n').nth(line).unwrap_or_default();
    let before = written.char_indices().filter(|(byte, _)| *byte < column);
    let message = match error.kind() {
        ErrorKind::EOF(_) => "the file ends within a statement".to_owned(),
        kind => match kind.to_string() {
            // The parser knows marks of RDF 1.2, which nobody misses.
            message if message.ends_with("annotation or punctuation") => {
                "expected `.`, `;` or `,` before this".to_owned()
            }
            message => message,
        },
    };
    let mut letters = message.chars();
    let first = letters.next().into_iter().flat_map(char::to_lowercase);
    Error {
        file: name.to_owned(),
        position: Some((line + 1, before.count() + 1)),
        message: first.chain(letters).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::built_in::{FILES, GAZETTEER};

    /// What a file states, in a form that does not depend on how its nodes are numbered: a blank node is what is said of it.
    fn told(triples: &Triples) -> Vec<String> {
        fn object(triples: &Triples, object: &Object) -> String {
            match object {
                Object::Literal { text, english } => format!("{text:?} {english}"),
                Object::Node(node) => match triples.name(*node) {
                    Some(iri) => iri.to_owned(),
                    None => format!("[{}]", about(triples, *node).join(";")),
                },
            }
        }
        fn about(triples: &Triples, node: usize) -> Vec<String> {
            let mut statements: Vec<String> = (triples.about(node))
                .map(|(property, value)| {
                    format!(
                        "{} {}",
                        triples.name(*property).unwrap_or_default(),
                        object(triples, value)
                    )
                })
                .collect();
            statements.sort();
            statements
        }
        let mut told: Vec<String> = (0..triples.len())
            .filter_map(|node| {
                let iri = triples.name(node)?;
                Some(format!("{iri} {}", about(triples, node).join(" ; ")))
            })
            .filter(|line| !line.ends_with(' '))
            .collect();
        told.sort();
        told
    }

    #[test]
    fn the_quick_reader_reads_each_built_in_file_as_sophia_does() {
        for (name, text) in FILES.iter().chain(GAZETTEER) {
            let quick = plain::read(text);
            let quick = quick.unwrap_or_else(|| panic!("{name} has more than plain Turtle"));
            let sophia = read(text).unwrap_or_else(|error| panic!("{name}: {error}"));
            let (quick, sophia) = (told(&quick), told(&sophia));
            assert!(quick.len() > 1, "{name}");
            for (one, other) in quick.iter().zip(&sophia) {
                assert_eq!(one, other, "{name}");
            }
            assert_eq!(quick.len(), sophia.len(), "{name}");
        }
    }

    const SAMPLE: &str = r#"@prefix ch: <https://w3id.org/chancery#> .
@prefix e-x: <http://example.org/a/> . # a comment
e-x:0 a ch:Frame , e-x:b-c ; ; ch:n 5 , -0.50 , true ; ch:l ( "a" [ ch:p ( ) ; ] e-x:_q "b\"\\"@de ) ;
	ch:t ""@en , "x"^^e-x:type , <https://example.org/#f> .
<http://example.org/s> ch:p [ ] .
[] a ch:Frame .
"#;

    #[test]
    fn what_the_quick_reader_accepts_is_turtle_and_says_the_same() {
        let mut accepted = 0;
        let mut same = |text: &str| {
            let Some(quick) = plain::read(text) else {
                return;
            };
            match read(text) {
                Ok(sophia) => assert_eq!(told(&quick), told(&sophia), "{text}"),
                Err(error) => panic!("{error} in\n{text}"),
            }
            accepted += 1;
        };
        same(SAMPLE);
        // Each byte left out, and each replaced or preceded by each mark of the syntax.
        for (place, byte) in SAMPLE.char_indices() {
            let (before, from) = SAMPLE.split_at(place);
            let after = &from[byte.len_utf8()..];
            same(&format!("{before}{after}"));
            for mark in " .,;:<>[]()\"\\@^#a-0_+%é\n".chars() {
                same(&format!("{before}{mark}{after}"));
                same(&format!("{before}{mark}{from}"));
            }
        }
        assert!(accepted > 1000, "{accepted}");
    }

    #[test]
    fn what_is_beyond_the_quick_reader_is_read_all_the_same() {
        let text = "PREFIX e: <http://example.org/> e:é a e:C ; e:p \"\"\"long\nstring\"\"\"@en-GB , _:b .";
        assert!(plain::read(text).is_none());
        let file = File::parse("a.ttl", text).expect("it is Turtle");
        let [node] = file.instances("http://example.org/C")[..] else {
            panic!("one node is of that class");
        };
        assert_eq!(node.local_name(), "é");
        assert_eq!(node.values("http://example.org/p"), ["long\nstring"]);
        let deep = format!(
            "@prefix e: <http://example.org/> .\ne:a e:b {}",
            "[ e:c ".repeat(100_000)
        );
        assert!(File::parse("deep.ttl", &deep).is_err());
    }
}
