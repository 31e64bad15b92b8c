//! What must hold of every text, tried on made-up ones: arbitrary characters, and words of diplomacy put together in odd ways. The
//! cases are the same on every machine.

use std::sync::LazyLock;

use chancery::claim::Value;
use chancery::graph::{Base, Graph, Identity};
use chancery::knowledge::Knowledge;
use chancery::pipeline::{self, Reading};
use chancery::source::{self, Item, Options};
use chancery::store::{Error, Format, Selection, Store, write_triples};
use chancery::text::{Document, Span};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{Literal, NamedNode, NamedOrBlankNode, Quad, Term, Triple};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::support::{FORMATS, knowledge};

static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(knowledge);

/// Tries `cases` values; what fails is made as small as possible and shown.
fn try_all<S: Strategy>(
    cases: u32,
    values: S,
    holds: impl Fn(S::Value) -> Result<(), TestCaseError>,
) {
    let config = Config {
        cases,
        failure_persistence: None,
        max_shrink_iters: 400,
        ..Config::default()
    };
    let random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(config, random);
    if let Err(error) = runner.run(&values, holds) {
        panic!("{error}");
    }
}

/// Characters that something may take for its own: they end lines, strings, elements and IRIs, turn or join their neighbours, or are
/// none at all.
const ODD: [&str; 36] = [
    "\"",
    "'",
    "\\",
    "<",
    ">",
    "&",
    "{",
    "}",
    "|",
    "^",
    "`",
    "#",
    "%",
    "]]>",
    "\u{0}",
    "\u{1}",
    "\u{8}",
    "\t",
    "\r",
    "\r\n",
    "\u{b}",
    "\u{c}",
    "\u{1b}[31m",
    "\u{7f}",
    "\u{85}",
    "\u{ad}",
    "\u{301}",
    "\u{200b}",
    "\u{200d}",
    "\u{202e}",
    "\u{2028}",
    "\u{feff}",
    "\u{fffd}",
    "\u{fffe}",
    "\u{1f1fa}",
    "\u{10ffff}",
];

/// A string of any characters, of odd ones more than of others.
fn any_string(longest: usize) -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        2 => any::<char>().prop_map(String::from),
        2 => select(&ODD).prop_map(String::from),
        1 => "[ -~]{1,6}",
    ];
    prop::collection::vec(piece, 0..longest).prop_map(|pieces| pieces.concat())
}

/// Words that rules look for, and what stands between them.
const WORDS: [&str; 104] = [
    "Kenya",
    "the United States",
    "U.S.",
    "North Korea",
    "Chinese",
    "Moscow",
    "the European Union",
    "UN",
    "NATO",
    "Wang Yi",
    "Lavrov",
    "Ri Su Yong",
    "J. K. Roe",
    "Mr.",
    "H.E.",
    "Dr",
    "President",
    "foreign minister",
    "deputy prime minister",
    "the minister of",
    "ambassador to",
    "former",
    "acting",
    "-designate",
    "envoy",
    "delegation",
    "the two sides",
    "he",
    "She",
    "they",
    "we",
    "our country",
    "who",
    "whose",
    "which",
    "visited",
    "arrived in",
    "will pay a visit to",
    "was to have visited",
    "called off",
    "accused",
    "of violating human rights",
    "denied",
    "rejected the charge",
    "blamed",
    "said",
    "told",
    "according to",
    "is reported to have",
    "that",
    "signed an agreement on",
    "will build",
    "railway",
    "the bridge",
    "project",
    "from",
    "to",
    "in",
    "at the invitation of",
    "with",
    "and",
    "or",
    ",",
    ";",
    ":",
    ".",
    "?",
    "!",
    "...",
    "--",
    "-",
    "(",
    ")",
    "[1]",
    "\"",
    "\u{201c}",
    "\u{201d}",
    "'",
    "'s",
    "n't",
    "on Monday",
    "May 5",
    "8-10 September 2014",
    "earlier this year",
    "the 65th anniversary",
    "31 February 2023",
    "2014-02-31",
    "99999999999",
    "10:30 a.m.",
    "QUESTION:",
    "Q.",
    "A:",
    "Lavrov:",
    "KYIV, May 5 (KCNA) --",
    "http://x.org/a",
    "\u{301}",
    "the delegation",
    "led by",
    "included:",
    "accompanied by",
    "the charge",
    "so-called",
    "our guest",
    "I",
];

/// What stands between two words: most often a space.
const GLUE: [&str; 12] = [
    " ", " ", " ", " ", " ", "", "\n", "\n\n", ", ", ". ", "\u{a0}", "\u{200b}",
];

/// Text that is near to diplomatic prose.
fn near_prose(longest: usize) -> impl Strategy<Value = String> {
    let word = prop_oneof![12 => select(&WORDS).prop_map(String::from), 1 => any_string(4)];
    prop::collection::vec((word, select(&GLUE)), 1..longest).prop_map(|words| {
        words
            .into_iter()
            .flat_map(|(word, glue)| [word, glue.to_owned()])
            .collect()
    })
}

/// Front matter that can be read, with odd values.
fn front_matter() -> impl Strategy<Value = String> {
    const GENRES: [&str; 5] = [
        "",
        "genre: interview\n",
        "genre: briefing\n",
        "genre: speech\n",
        "date: 2014-10-27\n",
    ];
    let value = any_string(8).prop_map(|value| value.replace(['\r', '\n', '\0'], " "));
    (prop::collection::vec(value, 4), select(&GENRES)).prop_map(|(values, genre)| {
        let [id, title, source, other] = [0, 1, 2, 3].map(|at: usize| values[at].as_str());
        format!(
            "---\nid: {id}\ntitle: {title}\n{genre}source: {source}\nodd key.2_-: {other}\n---\n\n"
        )
    })
}

/// A text of any kind, without the NUL byte that makes a file no text.
fn text() -> impl Strategy<Value = String> {
    let body = prop_oneof![4 => near_prose(60), 1 => any_string(60)];
    let head = prop_oneof![1 => Just(String::new()), 1 => front_matter()];
    (head, body).prop_map(|(head, body)| (head + &body).replace('\0', ""))
}

/// The graph of a text by that name; none where the bytes are no text.
fn read(text: &str, stem: &str) -> Option<(Reading, Graph)> {
    let reading = pipeline::read(text.as_bytes(), &KNOWLEDGE).ok()?;
    let base = Base::default();
    let iri = base.identify(&reading.document.metadata, stem);
    let identity = Identity::new(iri, text.as_bytes());
    let (graph, _) = reading.graph(&KNOWLEDGE, &base, &identity);
    Some((reading, graph))
}

/// Whether a character is part of some word: neither white space nor invisible.
fn is_seen(character: char) -> bool {
    let invisible = matches!(character,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}');
    !(invisible || character.is_whitespace() || character.is_control())
}

/// Tokens, sentences, paragraphs and labels lie in the body, in order and within one another, and leave no character out.
fn spans_rebuild(document: &Document, source: &str) -> Result<(), TestCaseError> {
    prop_assert!(source.ends_with(&document.body));
    let characters: Vec<char> = document.body.chars().collect();
    let inside = |span: Span| span.start < span.end && span.end <= characters.len();
    let mut owners = vec![0; characters.len()];
    let mut own = |span: Span| {
        owners[span.start..span.end]
            .iter_mut()
            .for_each(|owner| *owner += 1);
    };
    for paragraph in &document.paragraphs {
        prop_assert!(inside(paragraph.span));
        if let Some(label) = paragraph.label {
            prop_assert!(inside(label));
            if paragraph.span.contains(label) {
                // The colon or full stop after a label goes with it.
                own(Span::new(label.start, label.end + 1));
            }
        }
    }
    if let Some(line) = &document.dateline {
        prop_assert!(inside(line.span));
        own(line.span);
    }
    let mut next = 0;
    for (number, sentence) in document.sentences.iter().enumerate() {
        prop_assert!(inside(sentence.span));
        prop_assert!(
            document.paragraphs[sentence.paragraph]
                .span
                .contains(sentence.span)
        );
        prop_assert!(
            document.paragraphs[sentence.paragraph]
                .sentences
                .contains(&number)
        );
        prop_assert_eq!(sentence.tokens.start, next);
        prop_assert!((1..=300).contains(&sentence.tokens.len()));
        prop_assert_eq!(sentence.span, document.span_of(sentence.tokens.clone()));
        next = sentence.tokens.end;
    }
    prop_assert_eq!(next, document.tokens.len());
    let mut end = 0;
    for token in &document.tokens {
        prop_assert!(inside(token.span) && token.span.start >= end && !token.form.is_empty());
        let written: String = characters[token.span.start..token.span.end]
            .iter()
            .collect();
        prop_assert_eq!(document.text(token.span), written);
        end = token.span.end;
        own(token.span);
    }
    for (character, owners) in characters.iter().zip(owners) {
        prop_assert!(
            owners == 1 || owners == 0 && !is_seen(*character),
            "{:?} has {} owners",
            character,
            owners
        );
    }
    Ok(())
}

/// Whatever is found points to words of the body and to what there is.
fn finds_lie_in_the_body(reading: &Reading) -> Result<(), TestCaseError> {
    let document = &reading.document;
    let characters = document.body.chars().count();
    let inside = |span: Span| span.start < span.end && span.end <= characters;
    prop_assert_eq!(reading.analysis.words.len(), document.tokens.len());
    for mention in &reading.mentions {
        prop_assert!(inside(mention.span));
        prop_assert!(
            mention.tokens.contains(&mention.head) && mention.tokens.end <= document.tokens.len()
        );
    }
    let entities = &reading.entities.all;
    for entity in entities {
        prop_assert!(entity.mentions.iter().all(|span| inside(*span)));
        for office in &entity.offices {
            prop_assert!(inside(office.span));
            prop_assert!(
                office
                    .of
                    .into_iter()
                    .chain(office.to)
                    .all(|id| id.0 < entities.len())
            );
        }
    }
    for claim in &reading.claims {
        prop_assert!(!claim.evidence.is_empty() && inside(claim.word));
        for evidence in &claim.evidence {
            prop_assert!(inside(evidence.span), "{:?}", claim);
            prop_assert!(
                document.sentences[evidence.sentence]
                    .span
                    .contains(evidence.span),
                "{:?}",
                claim
            );
        }
        prop_assert!(claim.speaker.is_none_or(|id| id.0 < entities.len()));
        prop_assert!((0.0..=1.0).contains(&claim.confidence));
        for slot in &claim.slots {
            match &slot.value {
                Value::Entity(id) => prop_assert!(id.0 < entities.len()),
                Value::Claim(index) => prop_assert!(*index < reading.claims.len()),
                Value::Concept(_) | Value::Text(_) | Value::Date(_) => {}
            }
        }
    }
    Ok(())
}

/// Every IRI is one by the grammar, and what is cited says what stands there.
fn terms_are_sound(graph: &Graph) -> Result<(), TestCaseError> {
    let sound = |iri: &NamedNode| NamedNode::new(iri.as_str()).is_ok();
    prop_assert!(sound(&graph.document));
    for triple in &graph.triples {
        let NamedOrBlankNode::NamedNode(subject) = &triple.subject else {
            return Err(TestCaseError::fail(format!(
                "{triple} is about a blank node"
            )));
        };
        prop_assert!(sound(subject) && sound(&triple.predicate), "{}", triple);
        if let Term::NamedNode(object) = &triple.object {
            prop_assert!(sound(object), "{}", triple);
        }
    }
    Ok(())
}

fn lines(triples: impl IntoIterator<Item = Triple>) -> Vec<String> {
    let mut lines: Vec<String> = triples
        .into_iter()
        .map(|triple| triple.to_string())
        .collect();
    lines.sort();
    lines.dedup();
    lines
}

/// What `written` says, in order.
fn parsed(written: &[u8], format: RdfFormat) -> Result<Vec<String>, TestCaseError> {
    let quads: Result<Vec<Quad>, _> = RdfParser::from_format(format).for_slice(written).collect();
    let quads = quads.map_err(|error| {
        TestCaseError::fail(format!(
            "{format}: {error}\n{}",
            String::from_utf8_lossy(written)
        ))
    })?;
    Ok(lines(quads.into_iter().map(Triple::from)))
}

/// Whether the triples were refused, which only those may be that RDF/XML cannot hold, and these must.
fn is_refused<T>(
    done: Result<T, Error>,
    format: Format,
    triples: &[Triple],
) -> Result<bool, TestCaseError> {
    let foreign = |character| matches!(character, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    let unfit = format == Format::RdfXml
        && triples.iter().any(|triple| {
            matches!(&triple.object, Term::Literal(literal) if literal.value().contains(foreign))
        });
    match done {
        Ok(_) => prop_assert!(!unfit, "{:?}", triples),
        Err(Error::Misfit(_)) => prop_assert!(unfit, "{:?}", triples),
        Err(error) => return Err(TestCaseError::fail(format!("{format:?}: {error}"))),
    }
    Ok(unfit)
}

/// Each format gives back what was written, and so does a store that it is imported into.
fn leaves_and_comes_back(graph: &Graph) -> Result<(), TestCaseError> {
    let kept = lines(graph.triples.clone());
    let store = Store::in_memory().expect("memory is there");
    store.replace(graph).expect("it can be kept");
    for (format, syntax) in FORMATS {
        let mut written = Vec::new();
        let done = store.export(format, &Selection::default(), &mut written);
        if is_refused(done, format, &graph.triples)? {
            continue;
        }
        prop_assert_eq!(parsed(&written, syntax)?, kept.clone(), "{:?}", format);
        let copy = Store::in_memory().expect("memory is there");
        copy.import(format, &written, Some(&graph.document))
            .expect("it is read back");
        prop_assert_eq!(
            lines(copy.triples(&graph.document).expect("it is there")),
            kept.clone()
        );
    }
    Ok(())
}

#[test]
fn any_text_passes_every_step_and_comes_back_from_every_format() {
    try_all(120, (text(), any_string(6)), |(text, stem)| {
        let Some((reading, graph)) = read(&text, &stem) else {
            return Ok(());
        };
        spans_rebuild(&reading.document, &text)?;
        finds_lie_in_the_body(&reading)?;
        terms_are_sound(&graph)?;
        leaves_and_comes_back(&graph)
    });
}

#[test]
fn the_same_text_gives_the_same_graph() {
    try_all(40, near_prose(40), |text| {
        let graph = |text: &str| read(text, "same").map(|(_, graph)| graph);
        prop_assert_eq!(graph(&text), graph(&text));
        Ok(())
    });
}

/// Any bytes are read as a text or refused with words.
#[test]
fn any_bytes_are_a_text_or_an_error() {
    try_all(400, prop::collection::vec(any::<u8>(), 0..60), |bytes| {
        if let Err(error) = source::read(&Item::text(&bytes), &Options::default()) {
            prop_assert!(!error.message.is_empty() && !error.message.contains('\n'));
        }
        Ok(())
    });
}

/// Strings and IRIs by themselves, without a text around them.
#[test]
fn any_term_comes_back_from_every_format() {
    let iri = any_string(8).prop_filter_map("it is no IRI", |odd| {
        NamedNode::new(format!("http://schema.org/{odd}")).ok()
    });
    try_all(300, (iri, any_string(30)), |(iri, value)| {
        let predicate = NamedNode::new_unchecked("http://schema.org/name");
        let about = |object: Term| Triple::new(iri.clone(), predicate.clone(), object);
        let triples = vec![
            about(Literal::new_simple_literal(&value).into()),
            about(iri.clone().into()),
        ];
        for (format, syntax) in FORMATS {
            let mut written = Vec::new();
            if is_refused(
                write_triples(format, triples.clone(), &mut written),
                format,
                &triples,
            )? {
                continue;
            }
            prop_assert_eq!(
                parsed(&written, syntax)?,
                lines(triples.clone()),
                "{:?}",
                format
            );
        }
        Ok(())
    });
}
