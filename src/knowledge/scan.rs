//! Where terms stand in a Turtle text, which a parser that gives triples does not say.
//!
//! Texts are scanned only when somebody asks, so that reading the knowledge does not pay for it. A text that is no Turtle is scanned as
//! well as may be; what is wrong with it the parser says.

use std::collections::BTreeMap;

/// What `a` stands for.
pub(crate) const RDF_TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";

/// A term as it stands in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Occurrence {
    /// The IRI in full, or the words of a literal.
    pub(crate) term: Term,
    /// Its first byte.
    pub(crate) start: usize,
    /// The subject of the statement that it stands in; empty for a blank node.
    pub(crate) subject: String,
    /// Whether it is that subject.
    pub(crate) opens: bool,
}

/// What a text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Term {
    Iri(String),
    Literal(String),
}

/// The IRIs and literals of a Turtle text in their order, without those of `@prefix` and `@base`, datatypes and language tags.
pub(crate) fn occurrences(text: &str) -> Vec<Occurrence> {
    let mut scanner = Scanner {
        text,
        at: 0,
        prefixes: BTreeMap::new(),
        base: String::new(),
    };
    let mut found: Vec<Occurrence> = Vec::new();
    let mut subject: Option<String> = None;
    let mut depth = 0_usize;
    while let Some((start, token)) = scanner.next() {
        let term = match token {
            Token::Mark('.') if depth == 0 => {
                subject = None;
                continue;
            }
            Token::Mark(mark) => {
                match mark {
                    '[' | '(' => depth += 1,
                    ']' | ')' => depth = depth.saturating_sub(1),
                    _ => {}
                }
                // A statement about a blank node.
                subject.get_or_insert_default();
                continue;
            }
            Token::Datatype => {
                scanner.next();
                continue;
            }
            Token::Tag(tag) if subject.is_some() || !is_directive(tag) => continue,
            Token::Tag(tag) => {
                scanner.declare(tag);
                continue;
            }
            Token::Word(word) if subject.is_none() && is_directive(word) => {
                scanner.declare(word);
                continue;
            }
            Token::Word("a") if subject.is_some() => Term::Iri(RDF_TYPE.to_owned()),
            Token::Word(word) => match word.split_once(':') {
                Some(("_", _)) => {
                    subject.get_or_insert_default();
                    continue;
                }
                Some((prefix, local)) => Term::Iri(scanner.expand(prefix, local)),
                None => Term::Literal(word.to_owned()),
            },
            Token::Iri(iri) => Term::Iri(scanner.resolve(iri)),
            Token::Literal(words) => Term::Literal(unescape(words)),
        };
        let opens = subject.is_none();
        let about = subject.get_or_insert_with(|| match &term {
            Term::Iri(iri) => iri.clone(),
            Term::Literal(_) => String::new(),
        });
        found.push(Occurrence {
            subject: about.clone(),
            term,
            start,
            opens,
        });
    }
    found
}

/// Line and column, both from 1, the column in characters, of the byte `at`.
pub(crate) fn position(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.rsplit('\n').next().unwrap_or_default();
    (before.matches('\n').count() + 1, line.chars().count() + 1)
}

/// A piece of Turtle.
enum Token<'a> {
    /// Between `<` and `>`.
    Iri(&'a str),
    /// Between quotes.
    Literal(&'a str),
    /// A name with a prefix, a keyword, a number.
    Word(&'a str),
    /// What follows `@`: a language, `prefix`, `base`.
    Tag(&'a str),
    /// `^^`; a datatype follows.
    Datatype,
    /// A bracket, `.`, `;` or `,`.
    Mark(char),
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    prefixes: BTreeMap<&'a str, String>,
    base: String,
}

impl<'a> Scanner<'a> {
    /// The next piece and its first byte.
    fn next(&mut self) -> Option<(usize, Token<'a>)> {
        self.skip();
        let start = self.at;
        let rest = &self.text[start..];
        let first = rest.chars().next()?;
        let token = match first {
            '<' => {
                let end = rest.find(['>', '\n']).unwrap_or(rest.len());
                self.at += (end + 1).min(rest.len());
                Token::Iri(&rest[1..end.max(1)])
            }
            '"' | '\'' => self.literal(first),
            '^' => {
                self.at += rest.len() - rest.trim_start_matches('^').len();
                Token::Datatype
            }
            '@' => {
                let end = rest[1..].find(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
                let tag = &rest[1..end.map_or(rest.len(), |end| end + 1)];
                self.at += tag.len() + 1;
                Token::Tag(tag)
            }
            mark if "[](){},;.".contains(mark) => {
                self.at += 1;
                Token::Mark(mark)
            }
            _ => {
                let word = word(rest);
                self.at += word.len().max(first.len_utf8());
                Token::Word(word)
            }
        };
        Some((start, token))
    }

    /// Goes past white space and comments.
    fn skip(&mut self) {
        loop {
            let rest = self.text[self.at..].trim_start();
            self.at = self.text.len() - rest.len();
            if !rest.starts_with('#') {
                return;
            }
            self.at += rest.find('\n').unwrap_or(rest.len());
        }
    }

    fn literal(&mut self, quote: char) -> Token<'a> {
        let rest = &self.text[self.at..];
        let long = quote.to_string().repeat(3);
        let mark = if rest.starts_with(&long) {
            long.as_str()
        } else {
            &long[..1]
        };
        let inside = &rest[mark.len()..];
        let mut escaped = false;
        for (place, character) in inside.char_indices() {
            if escaped {
                escaped = false;
            } else if character == '\\' {
                escaped = true;
            } else if inside[place..].starts_with(mark) {
                self.at += mark.len() + place + mark.len();
                return Token::Literal(&inside[..place]);
            }
        }
        self.at = self.text.len();
        Token::Literal(inside)
    }

    /// Reads what follows `@prefix`, `PREFIX`, `@base` or `BASE`.
    fn declare(&mut self, directive: &str) {
        let prefix = match self.next() {
            Some((_, Token::Word(word))) if !is_base(directive) => {
                let (_, Token::Iri(iri)) = self.next().unwrap_or((0, Token::Datatype)) else {
                    return;
                };
                let iri = self.resolve(iri);
                self.prefixes.insert(word.trim_end_matches(':'), iri);
                return;
            }
            Some((_, Token::Iri(iri))) if is_base(directive) => iri,
            _ => return,
        };
        self.base = self.resolve(prefix);
    }

    fn expand(&self, prefix: &str, local: &str) -> String {
        let namespace = self.prefixes.get(prefix).map_or("", String::as_str);
        format!("{namespace}{}", local.replace('\\', ""))
    }

    /// The IRI in full. Of the ways in which one may be relative only the usual is seen to: what follows the base.
    fn resolve(&self, iri: &str) -> String {
        if iri.contains(':') {
            iri.to_owned()
        } else {
            format!("{}{iri}", self.base)
        }
    }
}

fn is_directive(word: &str) -> bool {
    is_base(word) || word.eq_ignore_ascii_case("prefix")
}

fn is_base(word: &str) -> bool {
    word.eq_ignore_ascii_case("base")
}

/// The name, keyword or number that `rest` begins with; a full stop ends a statement unless more of the word follows it.
fn word(rest: &str) -> &str {
    let mut escaped = false;
    let end = rest.find(|character: char| {
        let ends =
            !escaped && (character.is_whitespace() || "<>\"'#()[]{},;^@".contains(character));
        escaped = !escaped && character == '\\';
        ends
    });
    let word = &rest[..end.unwrap_or(rest.len())];
    word.trim_end_matches('.')
}

/// The characters that a literal stands for.
fn unescape(written: &str) -> String {
    let mut characters = written.chars();
    let mut text = String::new();
    while let Some(character) = characters.next() {
        if character != '\\' {
            text.push(character);
            continue;
        }
        text.extend(match characters.next() {
            Some('t') => Some('\t'),
            Some('b') => Some('\u{8}'),
            Some('n') => Some('\n'),
            Some('r') => Some('\r'),
            Some('f') => Some('\u{c}'),
            Some(long @ ('u' | 'U')) => {
                let digits = if long == 'u' { 4 } else { 8 };
                let code: String = characters.by_ref().take(digits).collect();
                u32::from_str_radix(&code, 16).ok().and_then(char::from_u32)
            }
            other => other,
        });
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"@base <https://example.org/> .
PREFIX ch: <https://w3id.org/chancery#>
@prefix : <https://example.org/#> . # :commented .
<a> a ch:Frame ; # <b>
    ch:text "one . <c> # no comment \"quoted\"", '''two
:not-a-subject .'''@en, 1.5, true ;
    ch:path ( "nsubj" [ ch:role :r ] ) .
:b.c
    ch:text "\u00e9\t" ; ch:x "1"^^ch:type .
[] ch:text "none" . :d ch:text 5 ."#;

    /// The terms of a text in short, those that open a statement with a star.
    fn terms(text: &str) -> String {
        let terms: Vec<String> = (occurrences(text).iter())
            .map(|found| match &found.term {
                Term::Iri(iri) if found.opens => format!("*{iri}"),
                Term::Iri(iri) => iri.rsplit(['#', '/']).next().unwrap_or_default().into(),
                Term::Literal(words) => format!("[{words}]"),
            })
            .collect();
        terms.join(" ")
    }

    #[test]
    fn terms_are_found_past_comments_and_strings() {
        assert_eq!(
            terms(TEXT),
            "*https://example.org/a type Frame text [one . <c> # no comment \"quoted\"] [two\n:not-a-subject .] [1.5] [true] \
             path [nsubj] role r *https://example.org/#b.c text [é\t] x [1] text [none] *https://example.org/#d text [5]"
        );
    }

    #[test]
    fn a_term_knows_its_statement_and_its_place() {
        let found = occurrences(TEXT);
        let find = |words: &str| {
            let term = Term::Literal(words.to_owned());
            let found = found.iter().find(|found| found.term == term);
            found.expect("it is there")
        };
        assert_eq!(find("nsubj").subject, "https://example.org/a");
        assert_eq!(position(TEXT, find("nsubj").start), (7, 15));
        assert_eq!(find("none").subject, "");
    }

    #[test]
    fn what_is_no_turtle_is_scanned_to_its_end() {
        for text in [
            "<a",
            "\"b",
            "@",
            "^",
            "@prefix x",
            "@base",
            "a \\",
            "'''c'",
            "é:ü \u{1f4f0} .",
            "\\",
            "..",
        ] {
            occurrences(text);
        }
    }
}
