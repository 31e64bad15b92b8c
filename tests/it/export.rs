use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use chancery::graph::Graph;
use chancery::store::{Error, Format, Selection, Store, write_triples};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{Literal, NamedNode, Quad, Triple};
use proptest::prelude::{ProptestConfig, Strategy as _, any, prop_assert_eq, proptest};
use proptest::sample::select;
use sophia::api::source::TripleSource as _;
use sophia::api::term::SimpleTerm;

use crate::support::{FORMATS, Folder, graph, names, root};

type Triples = Vec<[SimpleTerm<'static>; 3]>;

fn store() -> Store {
    holding(&graph())
}

fn holding(graph: &Graph) -> Store {
    let store = Store::in_memory().expect("memory is there");
    store.replace(graph).expect("it can be kept");
    store
}

fn export(store: &Store, format: Format) -> String {
    let mut bytes = Vec::new();
    store
        .export(format, &Selection::default(), &mut bytes)
        .expect("memory takes all");
    String::from_utf8(bytes).expect("it is UTF-8")
}

/// The triples of an RDF file as sorted N-Triples.
fn lines(syntax: RdfFormat, text: &str) -> Vec<String> {
    let quads = RdfParser::from_format(syntax).for_slice(text.as_bytes());
    let triples = quads.map(|quad| Triple::from(quad.expect("it can be read")).to_string());
    let mut lines: Vec<String> = triples.collect();
    lines.sort();
    lines
}

#[test]
fn turtle_is_isomorphic_to_the_store() {
    let turtle = export(&store(), Format::Turtle);
    let mut lines = Vec::new();
    write_triples(Format::NTriples, graph().triples, &mut lines).expect("memory takes all");
    // sophia's parsers share no code with the writer of the lines, nor with the store.
    let written: Triples = sophia::turtle::parser::turtle::parse_str(&turtle)
        .collect_triples()
        .expect("it is Turtle");
    let lines = String::from_utf8(lines).expect("it is UTF-8");
    let kept: Triples = sophia::turtle::parser::nt::parse_str(&lines)
        .collect_triples()
        .expect("it is N-Triples");
    assert!(kept.len() > 100);
    assert!(sophia::isomorphism::isomorphic_graphs(&written, &kept).expect("memory does not fail"));
}

#[test]
fn every_format_says_the_same() {
    let store = store();
    let mut expected: Vec<String> = graph().triples.iter().map(ToString::to_string).collect();
    expected.sort();
    for (format, syntax) in FORMATS {
        let written = export(&store, format);
        assert_eq!(written, export(&store, format), "{format:?}");
        let quads = RdfParser::from_format(syntax).for_slice(written.as_bytes());
        let quads: Vec<Quad> = quads
            .map(|quad| quad.unwrap_or_else(|error| panic!("{format:?}: {error}")))
            .collect();
        let own = matches!(format, Format::NQuads | Format::TriG);
        assert!(
            quads
                .iter()
                .all(|quad| quad.graph_name.is_default_graph() != own),
            "{format:?}"
        );
        assert_eq!(lines(syntax, &written), expected, "{format:?}");
    }
}

#[test]
fn turtle_is_made_to_be_read() {
    let turtle = export(&store(), Format::Turtle);
    let declared: Vec<&str> = turtle
        .lines()
        .take_while(|line| line.starts_with("PREFIX"))
        .collect();
    assert!(declared.is_sorted() && declared.len() > 10, "{declared:?}");
    let subjects: Vec<&str> = turtle
        .lines()
        .filter(|line| line.starts_with('<'))
        .collect();
    assert!(
        subjects[0].starts_with("<https://chancery.invalid/document/sample> a "),
        "{}",
        subjects[0]
    );
    let starts: Vec<usize> = subjects
        .iter()
        .filter_map(|line| line.split_once("#char=")?.1.split_once(',')?.0.parse().ok())
        .collect();
    assert!(starts.is_sorted(), "{starts:?}");
    assert!(!turtle.contains("_:"));
}

/// A record with one document and one charge, whose words are `words`.
fn charging(words: &str) -> Graph {
    let document = NamedNode::new_unchecked("https://chancery.invalid/document/d");
    let part = |name: &str| NamedNode::new_unchecked(format!("{}{name}", document.as_str()));
    let term = |iri: &str| NamedNode::new_unchecked(iri);
    let ch = |name: &str| term(&format!("https://w3id.org/chancery#{name}"));
    let class = term("http://www.w3.org/1999/02/22-rdf-syntax-ns#type");
    let nif = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#";
    let anchor = term(&format!("{nif}anchorOf"));
    let title = term("http://purl.org/dc/terms/title");
    let source = term("http://www.w3.org/ns/prov#hadPrimarySource");
    let (charge, span) = (part("/claim/accusation-1"), part("#char=0,1"));
    let words = || Literal::new_simple_literal(words);
    Graph {
        triples: vec![
            Triple::new(document.clone(), class.clone(), ch("Document")),
            Triple::new(document.clone(), title, words()),
            Triple::new(charge.clone(), class.clone(), ch("Accusation")),
            Triple::new(charge.clone(), ch("charge"), words()),
            Triple::new(charge.clone(), ch("evidence"), span.clone()),
            Triple::new(charge, source, document.clone()),
            Triple::new(
                span.clone(),
                class,
                term(&format!("{nif}OffsetBasedString")),
            ),
            Triple::new(span, anchor, words()),
        ],
        document,
    }
}

/// Texts of all that some format must escape.
fn nasty() -> impl proptest::strategy::Strategy<Value = String> {
    let parts = [
        "\"",
        "'",
        "\\",
        "\\n",
        "\n",
        "\r",
        "\r\n",
        "\t",
        "<",
        ">",
        "&",
        "&amp;",
        "]]>",
        "<!--",
        "{",
        "}",
        ",",
        ";",
        "|",
        " | ",
        "=",
        "+1",
        "-1",
        "@x",
        "=cmd|'/c calc'!A1",
        "\"\"\"",
        "'''",
        "\\u0041",
        "%0A",
        "\u{1}",
        "\u{b}",
        "\u{1f}",
        "\u{7f}",
        "\u{85}",
        "\u{2028}",
        "\u{feff}",
        "\u{fffe}",
        "\u{ffff}",
        "\u{301}",
        "\u{1f4f0}",
        "\u{202e}",
        "é",
        " ",
        "word",
    ];
    let part = proptest::prop_oneof![
        4 => select(parts.to_vec()).prop_map(str::to_owned),
        1 => any::<char>().prop_filter("no text holds it", |c| *c != '\0').prop_map(String::from),
    ];
    proptest::collection::vec(part, 0..12).prop_map(|parts| parts.concat())
}

/// Characters that XML 1.0 does not have, by its production `Char`.
fn is_foreign_to_xml(character: char) -> bool {
    let allowed = [
        '\u{9}'..='\u{9}',
        '\u{A}'..='\u{A}',
        '\u{D}'..='\u{D}',
        '\u{20}'..='\u{D7FF}',
        '\u{E000}'..='\u{FFFD}',
        '\u{10000}'..='\u{10FFFF}',
    ];
    !allowed.iter().any(|range| range.contains(&character))
}

/// What a reader of XML makes of character data.
fn unescaped(xml: &str) -> String {
    assert!(
        !xml.contains('\r'),
        "a reader would take it for a line feed"
    );
    let named = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&apos;", "'"),
        ("&#13;", "\r"),
    ];
    let text = named
        .iter()
        .fold(xml.to_owned(), |text, (name, character)| {
            text.replace(name, character)
        });
    text.replace("&amp;", "&")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_comes_out_of_rdf_as_it_went_in(words in nasty()) {
        let graph = charging(&words);
        let store = holding(&graph);
        let mut expected: Vec<String> = graph.triples.iter().map(ToString::to_string).collect();
        expected.sort();
        for (format, syntax) in FORMATS {
            let mut bytes = Vec::new();
            let done = store.export(format, &Selection::default(), &mut bytes);
            if format == Format::RdfXml && words.contains(is_foreign_to_xml) {
                assert!(matches!(done, Err(Error::Misfit(_))), "{words:?}");
                continue;
            }
            done.expect("memory takes all");
            let written = String::from_utf8(bytes).expect("it is UTF-8");
            // Readers of XML take a carriage return for a line feed; oxigraph's, which does not, would hide that.
            assert!(format != Format::RdfXml || !written.contains('\r'), "{words:?}");
            prop_assert_eq!(&lines(syntax, &written), &expected, "{:?}", format);
        }
    }

    #[test]
    fn any_text_comes_out_of_a_property_graph_as_it_went_in(words in nasty()) {
        let store = holding(&charging(&words));
        let (mut graph, _) = store.property_graph(&Selection::default()).expect("it can be read");

        let mut xml = Vec::new();
        let replaced = graph.write_graphml(&mut xml).expect("memory takes all");
        let xml = String::from_utf8(xml).expect("it is UTF-8");
        let (_, value) = xml.split_once("<data key=\"node-charge\">").expect("the charge is there");
        let (value, _) = value.split_once("</data>").expect("it ends");
        prop_assert_eq!(unescaped(value), words.replace(is_foreign_to_xml, "\u{FFFD}"));
        prop_assert_eq!(replaced > 0, words.contains(is_foreign_to_xml));

        let mut dot = Vec::new();
        graph.write_dot(&mut dot).expect("memory takes all");
        let dot = String::from_utf8(dot).expect("it is UTF-8");
        let (_, value) = dot.split_once("record_charge=\"").expect("the charge is there");
        let (value, _) = value.split_once("\", record_document=").expect("it ends");
        let escapes = [("\\\\", "\u{E000}"), ("\\\"", "\""), ("\\n", "\n"), ("\\r", "\r"), ("\u{E000}", "\\")];
        if !words.contains('\u{E000}') {
            let read = escapes.iter().fold(value.to_owned(), |text, (one, other)| text.replace(one, other));
            prop_assert_eq!(read, words.clone());
        }

        let mut list = Vec::new();
        let guarded = graph.write_node_list(&mut list).expect("memory takes all");
        let mut list = csv::Reader::from_reader(list.as_slice());
        let column = list.headers().expect("it has a head").iter().position(|name| name == "charge").expect("it is there");
        let rows: Result<Vec<_>, _> = list.records().collect();
        let rows = rows.expect("it is CSV");
        let cell = rows.iter().map(|row| row[column].to_owned()).find(|cell| !cell.is_empty()).unwrap_or_default();
        let is_formula = words.starts_with(['=', '+', '-', '@', '\t', '\r']);
        prop_assert_eq!(cell, if is_formula { format!("'{words}") } else { words.clone() });
        prop_assert_eq!(guarded > 0, is_formula);
    }
}

#[test]
fn rdf_xml_names_what_it_cannot_hold_and_writes_nothing() {
    let folder = Folder::new();
    folder.write(
        "a.txt",
        "Foreign Minister Wang Yi visited Kenya on Thursday.\n",
    );
    folder.write("z.txt", "Kenya accused Uganda of \u{1}arming rebels.\n");
    folder.done(&["load", "a.txt", "z.txt"]);
    let answer = folder.run(&["export", "--format", "rdfxml"]);
    assert_eq!((answer.code, answer.stdout.as_str()), (Some(2), ""));
    assert!(
        answer
            .stderr
            .starts_with("error: RDF/XML cannot hold the character U+0001, which stands in <")
            && answer
                .stderr
                .contains("> of <https://chancery.invalid/document/z")
            && answer
                .stderr
                .contains("\nhint: choose another format, such as `ttl`"),
        "{}",
        answer.stderr
    );
    folder.done(&["export", "--format", "rdfxml", "--document", "a"]);
    let answer = folder.run(&["export", "--format", "graphml"]);
    assert_eq!(answer.code, Some(0));
    assert!(
        answer.stdout.contains("\u{FFFD}arming"),
        "{}",
        answer.stdout
    );
    assert!(
        answer
            .stderr
            .contains("\nwarning: a value holds characters that XML does not have"),
        "{}",
        answer.stderr
    );
    for predicate in ["<https://example.org/123>", "<https://example.org/a%20>"] {
        let query = format!("CONSTRUCT {{ ?d {predicate} 1 }} WHERE {{ ?d a ch:Document }}");
        let answer = folder.run(&["query", "-e", &query, "--format", "rdfxml"]);
        assert_eq!((answer.code, answer.stdout.as_str()), (Some(2), ""));
        let words = format!("error: RDF/XML cannot hold {predicate}, which ends in no name, of <");
        assert!(answer.stderr.starts_with(&words), "{}", answer.stderr);
    }
}

/// A folder with a store of the record that named queries are tested with.
fn record() -> Folder {
    let folder = Folder::new();
    let texts = root().join("tests/queries/record");
    folder.done(&["load", "--quiet", &texts.to_string_lossy()]);
    folder
}

#[test]
fn a_part_of_the_record_answers_as_the_whole_does() {
    let folder = record();
    for (kind, query) in [
        ("visits", "visits"),
        ("Accusation", "accusations"),
        ("project", "projects"),
        ("officials", "officials"),
        ("denials", "denials"),
        ("office", "offices-over-time"),
    ] {
        folder.done(&["export", "--kind", kind, "--output", "part.nq"]);
        let part = Store::in_memory().expect("memory is there");
        let quads = fs::read(folder.path("part.nq")).expect("it was written");
        part.import(Format::NQuads, &quads, None)
            .expect("it can be read");
        let (_, text) = chancery::store::QUERIES
            .iter()
            .find(|(name, _)| *name == query)
            .expect("it is there");
        let oxigraph::sparql::QueryResults::Solutions(rows) =
            part.query(text).expect("it is a query")
        else {
            panic!("it gives rows");
        };
        let rows = rows.map(|row| {
            let row = row.expect("it can be read");
            let cells = row.values().iter().map(|cell| {
                cell.as_ref()
                    .map_or_else(String::new, chancery::store::plain)
            });
            cells.collect::<Vec<String>>()
        });
        let rows: Vec<Vec<String>> = rows.collect();
        let whole = folder.done(&["query", query, "--format", "csv"]);
        let mut whole = csv::Reader::from_reader(whole.as_bytes());
        let whole: Vec<Vec<String>> = whole
            .records()
            .map(|row| row.expect("it is CSV").iter().map(str::to_owned).collect())
            .collect();
        assert!(!whole.is_empty(), "{kind}");
        assert_eq!(rows, whole, "{kind}");
        // And it is a record by itself, of which nothing is missing.
        let faults = chancery::check::record(&part).expect("it can be read");
        assert!(faults.is_empty(), "{kind}: {faults:?}");
    }
}

#[test]
fn a_part_holds_what_fits_each_condition_and_nothing_else() {
    let folder = record();
    let facts = |arguments: &[&str]| -> BTreeSet<String> {
        let written =
            folder.done(&[&["export", "--format", "nt", "--quiet"][..], arguments].concat());
        let subjects = written.lines().filter(|line| line.contains("/claim/"));
        let subjects = subjects.filter_map(|line| {
            line.strip_prefix("<https://chancery.invalid/document/")?
                .split_once('>')
        });
        let names = subjects.filter_map(|(name, _)| Some(name.rsplit_once('-')?.0.to_owned()));
        names.filter(|name| name.contains("/claim/")).collect()
    };
    let set = |names: &[&str]| -> BTreeSet<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    };
    let charges = ["05-charges/claim/accusation", "05-charges/claim/denial"];
    assert_eq!(facts(&["--document", "05-charges"]), set(&charges));
    assert_eq!(
        facts(&["-d", "05-charges", "-d", "04-cancelled", "--kind", "visits"]),
        set(&["04-cancelled/claim/visit"])
    );
    assert_eq!(
        facts(&["--since", "2021-04-02", "--until", "2021-04-02"]),
        set(&charges)
    );
    assert_eq!(facts(&["--since", "2021-04", "--kind", "visits"]), set(&[]));
    // The denial and what it denies hang together; two other charges of the same document do not.
    let accused = "CONSTRUCT { ?x a ch:Accusation } WHERE { ?x ch:accused/ch:countryCode \"UG\" }";
    let written = folder.done(&["export", "--format", "nt", "-e", accused]);
    assert_eq!(written.matches("#charge>").count(), 1, "{written}");
    assert_eq!(written.matches("#denies>").count(), 1, "{written}");
    assert!(!written.contains("closing the border\"") || written.contains("isString"));
    folder.write("mine/rwanda.rq", "# Which visits go to a country?\n#\n# $to (country) that country\nCONSTRUCT { ?x a ch:Visit } WHERE { ?x a ch:Visit OPTIONAL { ?x ch:destination/ch:countryCode $to } }\n");
    let to = |country: &str| facts(&["--ontology", "mine", "--query", "rwanda", "--set", country]);
    assert!(to("to=RW").contains("01-plans/claim/visit"));
    assert_eq!(to("to=FR"), set(&[]));
}

#[test]
fn what_cannot_be_selected_is_told_with_what_may_be_meant() {
    let folder = record();
    for (arguments, code, words) in [
        (
            &["--kind", "vists"][..],
            2,
            "error: there is no kind `vists`\nhint: did you mean `visit`?\n",
        ),
        (
            &["--document", "05-charge"],
            1,
            "error: the store has no document `05-charge`\nhint: did you mean <https://chancery.invalid/document/05-charges>?\n",
        ),
        (
            &["-e", "SELECT * { ?s ?p ?o }"],
            2,
            "error: the query is no `CONSTRUCT`\nhint: what is exported are the subjects that `CONSTRUCT` gives, with all that belongs to them; `chancery query` writes rows\n",
        ),
        (
            &["--kind", "visits", "--since", "2030"],
            0,
            "note: nothing in the store is selected\n",
        ),
        (
            &["--format", "csv"],
            2,
            "error: nodes and edges are two files\nhint: name a folder for them with `--output DIR`\n",
        ),
        (
            &["--output", "x.pdf"],
            2,
            "error: the name `x.pdf` does not tell the format\nhint: name the format with `--format`\n",
        ),
    ] {
        let answer = folder.run(
            &[
                &["export", "--format", "nt"][..if arguments[0] == "--format"
                    || arguments[0] == "--output"
                {
                    1
                } else {
                    3
                }],
                arguments,
            ]
            .concat(),
        );
        assert_eq!(
            (answer.code, answer.stderr.as_str()),
            (Some(code), words),
            "{arguments:?}"
        );
        assert_eq!(answer.stdout, "", "{arguments:?}");
    }
    folder.write("undated.txt", "Foreign Minister Wang Yi visited Kenya.\n");
    folder.done(&["load", "undated.txt"]);
    let answer = folder.run(&["export", "--since", "1900", "--output", "x.ttl"]);
    assert_eq!(
        answer.stderr,
        "note: documents without a date, which are left out: 1\n"
    );
}

/// The rows of a list by its header.
fn rows(folder: &Folder, name: &str) -> Vec<BTreeMap<String, String>> {
    let mut list = csv::Reader::from_path(folder.path(name)).expect("it is there");
    let head = list.headers().expect("it has a head").clone();
    let rows = list.records().map(|row| {
        let row = row.expect("it is CSV");
        head.iter()
            .zip(row.iter())
            .map(|(name, cell)| (name.to_owned(), cell.to_owned()))
            .collect()
    });
    rows.collect()
}

#[test]
fn in_a_property_graph_too_every_fact_shows_its_sentence_and_a_claim_is_no_fact() {
    let folder = record();
    folder.done(&["export", "--format", "csv", "--output", "lists"]);
    let nodes = rows(&folder, "lists/nodes.csv");
    let edges = rows(&folder, "lists/edges.csv");
    let ids: BTreeSet<&str> = nodes.iter().map(|node| node["id:ID"].as_str()).collect();
    assert_eq!(ids.len(), nodes.len());
    assert!(ids.iter().all(|id| !id.contains("#char=")));
    let mut facts = 0;
    for node in &nodes {
        assert!(
            !node["label"].is_empty() && !node[":LABEL"].is_empty(),
            "{node:?}"
        );
        let is_claim = node["id:ID"].contains("/claim/");
        if is_claim || node["id:ID"].contains("/office/") && node["id:ID"].contains("/document/") {
            facts += 1;
            assert!(
                node["evidence"].contains(' ') && node["evidenceAt"].contains("#char="),
                "{node:?}"
            );
            assert!(ids.contains(node["document"].as_str()), "{node:?}");
            assert!(is_claim != node["polarity"].is_empty(), "{node:?}");
            assert!(
                (node[":LABEL"] == "Visit") <= !node["status"].is_empty(),
                "{node:?}"
            );
        }
    }
    assert!(facts > 20);
    for edge in &edges {
        assert!(
            ids.contains(edge[":START_ID"].as_str()) && ids.contains(edge[":END_ID"].as_str()),
            "{edge:?}"
        );
        if edge[":START_ID"].contains("/claim/") {
            assert!(
                edge["evidence"].contains(' ') && ids.contains(edge["document"].as_str()),
                "{edge:?}"
            );
            assert!(
                !edge["fact"].is_empty() && !edge["polarity"].is_empty(),
                "{edge:?}"
            );
        }
    }
    let charge = edges
        .iter()
        .find(|edge| edge[":TYPE"] == "accused" && edge["evidence"].contains("Burundi accuses"))
        .expect("it is there");
    assert_eq!(
        (
            charge["fact"].as_str(),
            charge["speaker"].as_str(),
            charge["topic"].as_str()
        ),
        ("Accusation", "Henry Okello", "war-crimes")
    );
    let planned = edges
        .iter()
        .find(|edge| edge[":TYPE"] == "visitor" && edge["status"] == "planned");
    assert_eq!(planned.expect("it is there")["fact"], "Visit");

    let answer = folder.run(&["export", "--format", "graphml"]);
    assert_eq!(answer.stdout.matches("<node ").count(), nodes.len());
    assert_eq!(answer.stdout.matches("<edge ").count(), edges.len());
    let words = format!(
        "note: nodes: {}, edges: {}; each fact keeps its sentence; left out, as only RDF has a place for them: ",
        nodes.len(),
        edges.len()
    );
    assert!(answer.stderr.starts_with(&words), "{}", answer.stderr);
    let dot = folder.done(&["export", "--format", "dot"]);
    assert_eq!(dot.lines().count(), nodes.len() + edges.len() + 2);
    for format in ["graphml", "dot"] {
        assert_eq!(
            folder.done(&["export", "--format", format]),
            folder.done(&["export", "--format", format])
        );
    }
}

#[test]
fn event_types_of_a_user_are_exported_and_selected_like_any_other() {
    let folder = Folder::new();
    let ontology = root().join("ontology/examples/agreements.ttl");
    let ontology = ontology.to_string_lossy();
    folder.write("treaty.txt", "---\ndate: 2021-03-01\n---\n\nKenya and Uganda signed a trade agreement in Nairobi on 1 March 2021. Rwanda accused Burundi of arming rebels.\n");
    folder.done(&["--ontology", &ontology, "load", "treaty.txt"]);
    // The file that defines them is not needed, since the store has them.
    folder.done(&[
        "export",
        "--kind",
        "agreements",
        "--format",
        "csv",
        "--output",
        "lists",
    ]);
    let classes: BTreeSet<String> = rows(&folder, "lists/nodes.csv")
        .into_iter()
        .map(|row| row[":LABEL"].clone())
        .collect();
    assert!(
        classes.contains("Agreement") && !classes.contains("Accusation"),
        "{classes:?}"
    );
    let edges = rows(&folder, "lists/edges.csv");
    let signed: Vec<_> = edges
        .iter()
        .filter(|row| row[":TYPE"] == "signatory")
        .collect();
    assert_eq!(signed.len(), 2, "{edges:?}");
    assert!(
        signed
            .iter()
            .all(|row| row["status"] == "signed" && row["fact"] == "Agreement"),
        "{signed:?}"
    );
}

#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let folder = record();
    folder.done(&["export", "--output", "record.ttl"]);
    let whole = folder.done(&["export"]);
    assert_eq!(
        fs::read_to_string(folder.path("record.ttl")).expect("it is there"),
        whole
    );
    assert_eq!(folder.done(&["export", "--output", "-"]), whole);
    folder.done(&["export", "--output", "record.ttl.gz"]);
    let compressed = fs::read(folder.path("record.ttl.gz")).expect("it is there");
    let mut text = String::new();
    std::io::Read::read_to_string(
        &mut flate2::read::GzDecoder::new(compressed.as_slice()),
        &mut text,
    )
    .expect("it is gzip");
    assert_eq!(text, whole);
    folder.done(&["export", "--output", "record.ttl.gz"]);
    assert_eq!(
        fs::read(folder.path("record.ttl.gz")).expect("it is there"),
        compressed,
        "gzip keeps no time"
    );
    let extracted = folder.run_with(
        &["extract", "-", "--output", "one.graphml"],
        "Foreign Minister Wang Yi visited Kenya.\n",
    );
    assert_eq!((extracted.code, extracted.stdout.as_str()), (Some(0), ""));
    assert!(
        fs::read_to_string(folder.path("one.graphml"))
            .expect("it is there")
            .contains(">visitor<")
    );

    // A format that fails at the end leaves the old file.
    folder.write("z.txt", "Kenya accused Uganda of \u{1}arming rebels.\n");
    folder.done(&["load", "z.txt"]);
    folder.write("old.rdf", "old");
    let before = names(&folder.path("."));
    assert_eq!(folder.run(&["export", "--output", "old.rdf"]).code, Some(2));
    assert_eq!(
        fs::read(folder.path("old.rdf")).expect("it is there"),
        b"old"
    );
    assert_eq!(folder.run(&["export", "--output", "new.rdf"]).code, Some(2));
    assert_eq!(names(&folder.path(".")), before);
    for (output, words) in [
        (
            "nowhere/x.ttl",
            "error: cannot write `nowhere/x.ttl`\n  there is no such file or folder\nhint: make the folder `nowhere` first\n",
        ),
        (
            "chancery.db",
            "error: cannot write `chancery.db`\n  it is a folder\nhint: name a file in it\n",
        ),
    ] {
        let answer = folder.run(&["export", "--format", "ttl", "--output", output]);
        assert_eq!((answer.code, answer.stderr.as_str()), (Some(2), words));
    }
    let answer = folder.run(&["export", "--format", "csv", "--output", "z.txt"]);
    assert_eq!(
        answer.stderr,
        "error: cannot write `z.txt`\n  it is no folder\nhint: name a folder, which is made if need be\n"
    );
    assert_eq!(names(&folder.path(".")), before);
}

#[cfg(unix)]
#[test]
fn a_disk_that_is_full_leaves_the_old_files_and_nothing_new() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = record();
    folder.write("old.nt", "old");
    folder.write("lists/nodes.csv", "old");
    let before = names(&folder.path("."));
    // A limit on the size of files stands in for the end of the disk.
    for (arguments, path) in [
        ("export --output old.nt", "old.nt"),
        ("export --output new.nt", "new.nt"),
        ("export --format csv --output lists", "lists/nodes.csv"),
        ("export --format csv --output new", "new/nodes.csv"),
    ] {
        let script = format!("trap '' XFSZ; ulimit -f 8; exec \"$0\" {arguments}");
        let mut command = std::process::Command::new("bash");
        command
            .args(["-c", &script, env!("CARGO_BIN_EXE_chancery")])
            .current_dir(folder.path("."));
        let output = command.output().expect("bash is there");
        let words = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{words}");
        assert!(
            words.starts_with(&format!("error: cannot write `{path}`\n  ")),
            "{words}"
        );
    }
    assert_eq!(names(&folder.path(".")), before);
    for old in ["old.nt", "lists/nodes.csv"] {
        assert_eq!(fs::read(folder.path(old)).expect("it is there"), b"old");
    }
    assert_eq!(
        fs::read_dir(folder.path("lists"))
            .expect("it is there")
            .count(),
        1
    );
    // A device is written to, not replaced; whom a file belongs to does not change by writing it anew.
    folder.done(&["export", "--format", "ttl", "--output", "/dev/null"]);
    assert!(!fs::metadata("/dev/null").expect("it is there").is_file());
    fs::set_permissions(folder.path("old.nt"), fs::Permissions::from_mode(0o640))
        .expect("it is ours");
    std::os::unix::fs::symlink("old.nt", folder.path("link.nt")).expect("it can be made");
    folder.done(&["export", "--output", "link.nt"]);
    let written = fs::symlink_metadata(folder.path("old.nt")).expect("it is there");
    assert_eq!(written.permissions().mode() & 0o777, 0o640);
    assert!(written.len() > 10_000);
    assert!(
        fs::symlink_metadata(folder.path("link.nt"))
            .expect("it is there")
            .is_symlink()
    );
}
