//! Reads Turtle as people write it, quickly.
//!
//! Every start of the program reads the built-in files, and sophia, which reads all of Turtle and says where a file is wrong, would
//! take most of that time. This reader is quick because it knows less: prefixed names and IRIs of plain letters, strings of one line,
//! whole and decimal numbers, `[ … ]` and `( … )`. Whatever else it meets, right or wrong, it leaves the file to sophia. So it needs no
//! error messages, and what it reads is what sophia would read: a test holds the two against each other.
//!
//! Turtle: <https://www.w3.org/TR/turtle/>.

use std::borrow::Cow;
use std::collections::HashMap;

use super::triples::{Object, Triples};

const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

/// Nesting beyond which a file is left to sophia, which needs no stack for it.
const DEEPEST: usize = 16;

/// How much text there is about for each node that it names; a guess too low or too high costs a little time.
const BYTES_OF_A_NODE: usize = 128;

/// The triples of a Turtle text; none where something in it is beyond this reader.
pub(super) fn read(text: &str) -> Option<Triples<'_>> {
    let mut triples = Triples::with_room(text.len() / BYTES_OF_A_NODE);
    let [kind, first, rest, nil] =
        ["type", "first", "rest", "nil"].map(|name| triples.named(&format!("{RDF}{name}")));
    let mut reader = Reader {
        text,
        place: 0,
        triples,
        prefixes: HashMap::new(),
        names: HashMap::with_capacity(text.len() / BYTES_OF_A_NODE),
        kind,
        first,
        rest,
        nil,
    };
    while reader.next().is_some() {
        reader.statement()?;
    }
    Some(reader.triples.finish())
}

/// Where a text is being read.
struct Reader<'t> {
    text: &'t str,
    /// How many bytes of it have been read.
    place: usize,
    triples: Triples<'t>,
    /// Namespaces by their prefix.
    prefixes: HashMap<&'t str, &'t str>,
    /// Nodes by their prefixed names, which are shorter than their IRIs.
    names: HashMap<&'t str, usize>,
    /// `rdf:type`.
    kind: usize,
    /// `rdf:first`, `rdf:rest` and `rdf:nil`, of which lists are made.
    first: usize,
    rest: usize,
    nil: usize,
}

impl<'t> Reader<'t> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.place).copied()
    }

    /// The first byte behind white space and comments, which are read over.
    fn next(&mut self) -> Option<u8> {
        loop {
            match self.peek()? {
                b' ' | b'\t' | b'\r' | b'\n' => self.place += 1,
                b'#' => _ = self.take(|byte| byte != b'\n' && byte != b'\r'),
                byte => return Some(byte),
            }
        }
    }

    /// Reads over `mark` where it comes next; gives whether it did.
    fn eat(&mut self, mark: u8) -> bool {
        let here = self.next() == Some(mark);
        self.place += usize::from(here);
        here
    }

    /// Reads over `mark`, which must come next.
    fn expect(&mut self, mark: u8) -> Option<()> {
        self.eat(mark).then_some(())
    }

    /// What comes next as long as its bytes fit; the first that does not is a whole character, since only ASCII is asked for.
    fn take(&mut self, fits: impl Fn(u8) -> bool) -> &'t str {
        let bytes = &self.text.as_bytes()[self.place..];
        let length = bytes.iter().position(|&byte| !fits(byte));
        let start = self.place;
        self.place += length.unwrap_or(bytes.len());
        &self.text[start..self.place]
    }

    /// Reads over `word` where it comes next and is no part of a name; gives whether it did.
    fn word(&mut self, word: &str) -> bool {
        let Some(rest) = self.text[self.place..].strip_prefix(word) else {
            return false;
        };
        let ends =
            !rest.starts_with(|next: char| next == ':' || u8::try_from(next).is_ok_and(is_of_name));
        self.place += if ends { word.len() } else { 0 };
        ends
    }

    /// Whether a word ends here: what follows cannot belong to it. A full stop could, unless white space follows.
    fn ends(&self) -> Option<()> {
        let ends = |byte: Option<&u8>| {
            byte.is_none_or(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
        };
        let bytes = &self.text.as_bytes()[self.place..];
        let stop = bytes.first() == Some(&b'.') && ends(bytes.get(1));
        let mark = matches!(bytes.first(), Some(b';' | b',' | b')' | b']'));
        (ends(bytes.first()) || stop || mark).then_some(())
    }

    /// A prefix, or what is said of a subject.
    fn statement(&mut self) -> Option<()> {
        if self.eat(b'@') {
            if self.take(|byte| byte.is_ascii_alphabetic()) != "prefix" {
                return None;
            }
            self.next()?;
            let prefix = self.prefix()?;
            self.next()?;
            let namespace = self.iri()?;
            if self.prefixes.insert(prefix, namespace).is_some() {
                return None;
            }
        } else {
            let subject = if self.eat(b'[') {
                self.expect(b']')?;
                self.triples.blank()
            } else {
                self.name()?
            };
            self.properties(subject, 0)?;
        }
        self.expect(b'.')
    }

    /// What is said of `subject`, until something else than a property comes.
    fn properties(&mut self, subject: usize, depth: usize) -> Option<()> {
        loop {
            let property = self.property()?;
            loop {
                let object = self.object(depth)?;
                self.triples.state(subject, property, object);
                if !self.eat(b',') {
                    break;
                }
            }
            if !self.eat(b';') {
                return Some(());
            }
            while self.eat(b';') {}
            if matches!(self.next()?, b'.' | b']') {
                return Some(());
            }
        }
    }

    fn property(&mut self) -> Option<usize> {
        if self.next()? == b'a' && self.word("a") {
            self.ends()?;
            return Some(self.kind);
        }
        self.name()
    }

    fn object(&mut self, depth: usize) -> Option<Object<'t>> {
        if depth > DEEPEST {
            return None;
        }
        match self.next()? {
            b'"' => self.string(),
            b'0'..=b'9' | b'+' | b'-' => self.number(),
            b'[' => {
                self.place += 1;
                let node = self.triples.blank();
                if !self.eat(b']') {
                    self.properties(node, depth + 1)?;
                    self.expect(b']')?;
                }
                Some(Object::Node(node))
            }
            b'(' => {
                self.place += 1;
                self.list(depth)
            }
            b't' if self.word("true") => self.ends().map(|()| plain("true")),
            b'f' if self.word("false") => self.ends().map(|()| plain("false")),
            _ => self.name().map(Object::Node),
        }
    }

    /// The elements of a list, its opening bracket being read, until its end.
    fn list(&mut self, depth: usize) -> Option<Object<'t>> {
        let mut start = self.nil;
        let mut last = None;
        while !self.eat(b')') {
            let element = self.object(depth + 1)?;
            let node = self.triples.blank();
            match last {
                Some(last) => self.triples.state(last, self.rest, Object::Node(node)),
                None => start = node,
            }
            self.triples.state(node, self.first, element);
            last = Some(node);
        }
        if let Some(last) = last {
            let nil = Object::Node(self.nil);
            self.triples.state(last, self.rest, nil);
        }
        Some(Object::Node(start))
    }

    /// An IRI or a prefixed name.
    fn name(&mut self) -> Option<usize> {
        if self.next()? == b'<' {
            let iri = self.iri()?;
            return Some(self.triples.named(iri));
        }
        let start = self.place;
        let prefix = self.prefix()?;
        let local = self.take(is_of_name);
        if local.starts_with('-') {
            return None;
        }
        self.ends()?;
        let name = &self.text[start..self.place];
        if let Some(node) = self.names.get(name) {
            return Some(*node);
        }
        let namespace = self.prefixes.get(prefix)?;
        let node = self.triples.named(&[namespace, local].concat());
        self.names.insert(name, node);
        Some(node)
    }

    /// A prefix with its colon.
    fn prefix(&mut self) -> Option<&'t str> {
        let prefix = self.take(is_of_name);
        let begins_well = prefix.starts_with(|first: char| first.is_ascii_alphabetic());
        if self.peek() != Some(b':') || !begins_well {
            return None;
        }
        self.place += 1;
        Some(prefix)
    }

    /// An absolute IRI in its brackets.
    fn iri(&mut self) -> Option<&'t str> {
        self.expect(b'<')?;
        let iri = self.take(|byte| is_of_name(byte) || matches!(byte, b':' | b'/' | b'#' | b'.'));
        let (scheme, rest) = iri.split_once(':')?;
        let plain = matches!(scheme, "http" | "https")
            && rest.starts_with("//")
            && !rest.contains(':')
            && rest.matches('#').count() < 2;
        if !plain || self.peek() != Some(b'>') {
            return None;
        }
        self.place += 1;
        Some(iri)
    }

    /// A string of one line, without escapes save those of quotation marks and backslashes; with its language or type.
    fn string(&mut self) -> Option<Object<'t>> {
        self.place += 1;
        let start = self.place;
        let mut escapes = false;
        loop {
            self.take(|byte| !matches!(byte, b'"' | b'\\' | b'\n' | b'\r'));
            match self.peek()? {
                b'"' => break,
                b'\\' => {
                    self.place += 1;
                    if !matches!(self.peek()?, b'"' | b'\\') {
                        return None;
                    }
                    escapes = true;
                    self.place += 1;
                }
                _ => return None,
            }
        }
        let text = &self.text[start..self.place];
        let text = if escapes {
            Cow::Owned(unescaped(text))
        } else {
            Cow::Borrowed(text)
        };
        self.place += 1;
        let mut english = true;
        match self.peek() {
            // `"""` opens a long string.
            Some(b'"') => return None,
            Some(b'@') => {
                self.place += 1;
                let language = self.take(|byte| byte.is_ascii_lowercase());
                if language.len() != 2 {
                    return None;
                }
                english = language == "en";
                self.ends()?;
            }
            Some(b'^') => {
                self.place += 1;
                if self.peek() != Some(b'^') {
                    return None;
                }
                self.place += 1;
                self.name()?;
            }
            _ => {}
        }
        Some(Object::Literal { text, english })
    }

    /// A whole or decimal number.
    fn number(&mut self) -> Option<Object<'t>> {
        let start = self.place;
        if matches!(self.peek()?, b'+' | b'-') {
            self.place += 1;
        }
        if self.take(|byte| byte.is_ascii_digit()).is_empty() {
            return None;
        }
        let digit_follows = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
        if self.peek() == Some(b'.') && digit_follows(self.text.as_bytes().get(self.place + 1)) {
            self.place += 1;
            self.take(|byte| byte.is_ascii_digit());
        }
        self.ends()?;
        Some(plain(&self.text[start..self.place]))
    }
}

/// Whether a prefix or a local name may hold the byte.
fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

/// A literal of no language.
fn plain(text: &str) -> Object<'_> {
    Object::Literal {
        text: Cow::Borrowed(text),
        english: true,
    }
}

/// A string without the backslashes before quotation marks and backslashes.
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => plain.extend(characters.next()),
            other => plain.push(other),
        }
    }
    plain
}
