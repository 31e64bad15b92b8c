use std::io::Read as _;
use std::process::Stdio;

use serde_json::Value as Json;

use crate::support::{Folder, root};

const TEXT: &str = "---\ntitle: Visit\ndate: 2022-01-28\n---\n\nForeign Minister Wang Yi visited Kenya on Thursday.\n";

/// A folder with a text and a store that holds it.
fn loaded() -> Folder {
    let folder = Folder::new();
    folder.write("visit.txt", TEXT);
    folder.done(&["load", "visit.txt"]);
    folder
}

/// Arguments, exit status, what standard error must be; standard output must be empty.
type Case<'a> = (&'a [&'a str], i32, &'a str);

fn check(folder: &Folder, cases: &[Case<'_>]) {
    for (arguments, code, stderr) in cases {
        let answer = folder.run(arguments);
        assert_eq!(answer.stderr, *stderr, "{arguments:?}");
        assert_eq!(answer.code, Some(*code), "{arguments:?}");
        assert_eq!(answer.stdout, "", "{arguments:?}");
    }
}

#[test]
fn bad_input_is_named_with_its_place_and_what_to_do() {
    let folder = Folder::new();
    folder.write("empty/.hidden.txt", "text");
    folder.write("binary.txt", b"text\nab\0c");
    folder.write("latin.txt", b"Foreign Minister of C\xf4te d'Ivoire");
    folder.write("empty.txt", "");
    folder.write("front.txt", "---\ntitle: One\ndate of it\n---\n\nText.\n");
    for (file, place) in [
        ("binary.txt", "line 2, column 3: "),
        ("latin.txt", "line 1, column 22: "),
        ("empty.txt", "the file is empty"),
        ("front.txt", "line 3, column 1: "),
        ("missing.txt", "there is no such file or folder"),
    ] {
        for command in [
            &["load", file][..],
            &["extract", file],
            &["show", "--stage", "tokens", file],
        ] {
            let answer = folder.run(command);
            assert!(
                answer
                    .stderr
                    .starts_with(&format!("error: cannot read `{file}`\n  {place}")),
                "{command:?}: {}",
                answer.stderr
            );
            assert_eq!(
                (answer.code, answer.stdout.as_str()),
                (Some(2), ""),
                "{command:?}"
            );
            assert_eq!(
                answer.stderr.contains("hint: "),
                file != "missing.txt",
                "{command:?}: {}",
                answer.stderr
            );
        }
    }
    check(
        &folder,
        &[
            (
                &["load", "empty"],
                2,
                "error: there is no text in the folder `empty`\n\
             hint: texts are files that end in `.txt`, `.text` or `.md`; name a file with another ending itself\n\
             error: nothing was loaded\n",
            ),
            (
                &["extract", "empty"],
                2,
                "error: cannot read `empty`\n  it is a folder\nhint: name a file in it; only `load` takes folders\n",
            ),
        ],
    );
    assert!(
        !folder.path("chancery.db").exists(),
        "no store is made for nothing"
    );
}

#[test]
fn good_texts_are_loaded_beside_bad_ones() {
    let folder = Folder::new();
    folder.write("texts/a.txt", "One.\n");
    folder.write("texts/b.txt", b"\0");
    folder.write("texts/deep/c.md", "Two.\n");
    folder.write("texts/deep/picture.jpg", b"\xff\xd8");
    let answer = folder.run(&["load", "texts", "texts/a.txt"]);
    assert_eq!(answer.code, Some(1));
    assert!(
        answer.stderr.contains("error: cannot read `texts/b.txt`\n"),
        "{}",
        answer.stderr
    );
    assert!(
        answer
            .stderr
            .ends_with("\n3 read = 2 loaded + 0 replaced + 0 unchanged + 1 rejected: 0 facts\n0 facts in 2 of them: `texts/a.txt`, `texts/deep/c.md`\n"),
        "{}",
        answer.stderr
    );
    assert_eq!(
        folder
            .done(&["documents", "--format", "csv"])
            .lines()
            .count(),
        3
    );
}

#[test]
fn two_texts_of_one_name_do_not_replace_each_other_unnoticed() {
    let folder = Folder::new();
    folder.write("a/text.txt", "---\ntitle: A\n---\n\nOne.\n");
    folder.write("b/text.txt", "---\ntitle: B\n---\n\nTwo.\n");
    folder.write("c/text.txt", "---\nid: c\n---\n\nThree.\n");
    let answer = folder.run(&["load", "a", "b", "c"]);
    assert_eq!(answer.code, Some(1));
    let expected = "error: `b/text.txt` was not loaded\n  \
        it has the same IRI as `a/text.txt`: <https://chancery.invalid/document/text>\n\
        hint: give each an `id` of its own\n";
    assert!(answer.stderr.contains(expected), "{}", answer.stderr);
    let answer = folder.run(&["load", "b"]);
    assert_eq!(answer.code, Some(0));
    let expected = "warning: `b/text.txt` replaces <https://chancery.invalid/document/text>, which had the title `A`\n";
    assert!(answer.stderr.starts_with(expected), "{}", answer.stderr);
}

#[test]
fn a_store_that_cannot_be_used_is_named() {
    let folder = loaded();
    folder.write("file", "");
    folder.write("letters/one.txt", "Dear");
    let hint = "hint: name a folder of its own for the store with `--store DIR`; it is created if need be\n";
    for command in [
        &["load", "visit.txt"][..],
        &["query", "visits"],
        &["export"],
        &["documents"],
        &["forget", "visit"],
    ] {
        let at = |store: &'static str| [&["--store", store][..], command].concat();
        check(
            &folder,
            &[
                (
                    &at("file"),
                    2,
                    &format!("error: `file` is a file, a store is a folder\n{hint}"),
                ),
                (
                    &at("letters"),
                    2,
                    &format!(
                        "error: the folder `letters` holds something that is no store\n{hint}"
                    ),
                ),
            ],
        );
        if command[0] != "load" {
            let missing = "error: there is no store at `nowhere`\n\
                hint: load a text first, or name another store with `--store DIR`\n";
            check(&folder, &[(&at("nowhere"), 2, missing)]);
            assert!(!folder.path("nowhere").exists());
        }
    }
    let before = folder.done(&["export"]);
    let open = chancery::store::Store::open(&folder.path("chancery.db")).expect("it is a store");
    let in_use = "error: the store `chancery.db` is in use by another process\n\
        hint: wait until it is done, or work on a copy of the store\n";
    check(
        &folder,
        &[
            (&["load", "visit.txt"], 2, in_use),
            (&["query", "visits"], 2, in_use),
            (&["forget", "visit"], 2, in_use),
        ],
    );
    drop(open);
    assert_eq!(folder.done(&["export"]), before, "nothing is lost");
}

#[test]
fn a_malformed_query_shows_where() {
    let folder = loaded();
    folder.write(
        "mine.rq",
        "SELECT ?person\nWHERE {\n  ?person a «foaf:Person» }\n",
    );
    check(
        &folder,
        &[
            (
                &["query", "mine.rq"],
                2,
                "error: the query `mine.rq` is no SPARQL\n  \
             line 3, column 13: `«foaf:Person»` is not expected here\n      \
               ?person a «foaf:Person» }\n                \
                         ^\n\
             hint: `chancery query` lists the named queries, which are examples to start from\n",
            ),
            (
                &["query", "-e", "SELECT * { ?x bibo:doi ?y }"],
                2,
                "error: the query is no SPARQL\n  \
             line 1, column 23: the prefix `bibo:` is not declared\n    \
             SELECT * { ?x bibo:doi ?y }\n                          \
                                   ^\n\
             hint: declare the prefix with `PREFIX name: <iri>`; known without that are ch, dcterms, foaf, itsrdf, nif, org, prov, \
             rdf, rdfs, schema, sem, skos, xsd\n",
            ),
            (
                &["query", "-e", "SELEC x"],
                2,
                "error: the query is no SPARQL\n  \
             line 1, column 8: something is missing, here or before\n    \
             SELEC x\n           \
                    ^\n\
             hint: a query begins with `SELECT`, `ASK`, `CONSTRUCT` or `DESCRIBE`\n",
            ),
            (
                &["query", "-e", "SELECT ?z { ?x ?p ?y } GROUP BY ?x"],
                2,
                "error: the query is no SPARQL\n  \
             line 1, column 35: the SELECT contains a variable that is unbound\n    \
             SELECT ?z { ?x ?p ?y } GROUP BY ?x\n                                      \
                                               ^\n\
             hint: `chancery query` lists the named queries, which are examples to start from\n",
            ),
            (
                &["query", "vists"],
                2,
                "error: there is no query `vists`\nhint: did you mean `visits`?\n",
            ),
            (
                &["query", "everything"],
                2,
                "error: there is no query `everything`\n\
             hint: `chancery query` lists the named queries; a file with one ends in `.rq`\n",
            ),
            (
                &["query", "no.rq"],
                2,
                "error: cannot read `no.rq`\n  there is no such file or folder\n",
            ),
            (
                &["query", "visits", "--format", "ttl"],
                2,
                "error: `SELECT` gives rows, which the format cannot hold\nhint: choose table, json, csv, tsv or xml\n",
            ),
        ],
    );
    let answer = folder.run(&["query", "-e", "DROP ALL"]);
    assert_eq!(answer.code, Some(2));
    let hint = "hint: queries only ask; `chancery load` and `chancery forget` change the store\n";
    assert!(answer.stderr.ends_with(hint), "{}", answer.stderr);
    let unknown =
        "error: the store has no document `nothing`\nhint: `chancery documents` lists them\n";
    check(
        &folder,
        &[
            (&["forget", "nothing"], 1, unknown),
            (&["export", "--document", "nothing"], 1, unknown),
        ],
    );
}

#[test]
fn queries_answer_in_every_format() {
    let folder = loaded();
    let titles = "SELECT ?title { ?document a ch:Document ; dcterms:title ?title }";
    for (format, expected) in [
        ("table", "title\n-----\nVisit\n"),
        ("csv", "title\r\nVisit\r\n"),
        ("tsv", "?title\n\"Visit\"\n"),
        (
            "json",
            "{\"head\":{\"vars\":[\"title\"]},\"results\":{\"bindings\":[{\"title\":{\"type\":\"literal\",\"value\":\"Visit\"}}]}}\n",
        ),
    ] {
        assert_eq!(
            folder.done(&["query", "-e", titles, "--format", format]),
            expected
        );
    }
    assert!(
        folder
            .done(&["query", "-e", titles, "--format", "xml"])
            .contains("<literal>Visit</literal>")
    );
    let graph =
        "CONSTRUCT { ?d a ch:Document ; ch:about [ dcterms:title ?t ] } { ?d dcterms:title ?t }";
    assert_eq!(
        folder.done(&["query", "-e", graph]),
        "PREFIX ch: <https://w3id.org/chancery#>\nPREFIX dcterms: <http://purl.org/dc/terms/>\n\n\
         <https://chancery.invalid/document/visit> a ch:Document;\n  ch:about [\n      dcterms:title \"Visit\"].\n"
    );
    for (query, truth, code) in [
        ("ASK { ?s a ch:Document }", "true\n", 0),
        ("ASK { ?s a ch:Nothing }", "false\n", 1),
    ] {
        let answer = folder.run(&["query", "-e", query]);
        assert_eq!((answer.stdout.as_str(), answer.code), (truth, Some(code)));
    }
    let answer = folder.run_with(&["query", "-", "--format", "csv"], titles);
    assert_eq!(answer.stdout, "title\r\nVisit\r\n");
}

#[test]
fn named_queries_have_the_columns_that_others_rely_on() {
    let folder = loaded();
    for (name, columns) in [
        (
            "officials",
            "document,person,name,office,of,ofCountry,tenure,evidence",
        ),
        (
            "visits",
            "document,visit,visitor,visitorOffice,visitorCountry,destination,destinationCountry,host,start,end,kind,status,purpose,\
             speaker,evidence",
        ),
        (
            "projects",
            "document,project,label,sector,party,partyCountry,status,speaker,evidence",
        ),
        (
            "accusations",
            "document,accusation,speaker,accuser,accuserCountry,accused,accusedCountry,charge,topic,deniedBy,deniedByCountry,evidence",
        ),
    ] {
        let answer = folder.done(&["query", name, "--format", "csv"]);
        assert_eq!(answer.lines().next(), Some(columns), "{name}");
    }
    let list = folder.done(&["query"]);
    assert!(list.contains("Who visits whom"), "{list}");
}

#[test]
fn standard_input_is_a_text_too() {
    let folder = Folder::new();
    let answer = folder.run_with(&["load", "-"], TEXT);
    assert_eq!(answer.code, Some(0), "{}", answer.stderr);
    assert!(
        answer
            .stderr
            .starts_with("loaded `standard input` as <https://chancery.invalid/document/visit-"),
        "{}",
        answer.stderr
    );
    let answer = folder.run_with(&["extract", "-"], "Nothing here has a name.\n");
    assert_eq!(answer.code, Some(0), "{}", answer.stderr);
}

#[test]
fn a_base_of_ones_own_names_everything() {
    let folder = Folder::new();
    folder.write("visit.txt", TEXT);
    let turtle = folder.done(&[
        "--base",
        "https://example.org/record/",
        "extract",
        "visit.txt",
    ]);
    assert!(
        turtle.contains("<https://example.org/record/document/visit>"),
        "{turtle}"
    );
    assert!(!turtle.contains("chancery.invalid"), "{turtle}");
    assert_eq!(
        folder
            .run(&["--base", "record", "extract", "visit.txt"])
            .code,
        Some(2)
    );
}

#[test]
fn knowledge_that_cannot_be_read_is_named_and_the_rest_counts() {
    let folder = Folder::new();
    folder.write("visit.txt", TEXT);
    folder.write(
        "mine/bad.ttl",
        "@prefix ch: <https://w3id.org/chancery#> .\n# «Besuch»\nch:Visit a ch:«Besuch» .\n",
    );
    let answer = folder.run(&["--ontology", "mine", "extract", "visit.txt"]);
    assert_eq!(answer.code, Some(1));
    assert!(
        answer
            .stderr
            .starts_with("error: mine/bad.ttl:3:15: expected "),
        "{}",
        answer.stderr
    );
    let caret = format!("  ch:Visit a ch:«Besuch» .\n  {}^\n", " ".repeat(14));
    assert!(answer.stderr.contains(&caret), "{}", answer.stderr);
    assert!(answer.stdout.contains("ch:Document"), "{}", answer.stdout);
    let answer = folder.run(&["--ontology", "nowhere", "extract", "visit.txt"]);
    assert_eq!(answer.code, Some(2));
}

#[test]
fn every_stage_can_be_shown() {
    let folder = loaded();
    for (stage, part) in [
        ("tokens", "Minister"),
        ("tree", "\tMinister\t"),
        ("mentions", "Kenya"),
        ("entities", "Wang Yi"),
        ("claims", "evidence "),
        ("triples", "<https://chancery.invalid/document/visit> "),
    ] {
        let shown = folder.done(&["show", "--stage", stage, "visit.txt"]);
        assert!(shown.contains(part), "{stage}: {shown}");
    }
}

/// What `show` writes in JSON of [`TEXT`], and the characters that a span in it stands for.
fn shown(stage: &str) -> (Json, impl Fn(&Json) -> String) {
    let answer = loaded().done(&["show", "--stage", stage, "--format", "json", "visit.txt"]);
    let shown: Json = serde_json::from_str(&answer).expect("it is JSON");
    let text = shown["text"].as_str().expect("it is a text").to_owned();
    let written = move |span: &Json| {
        let at = |end: &str| span[end].as_u64().expect("it is a number") as usize;
        let length = at("end") - at("start");
        text.chars().skip(at("start")).take(length).collect()
    };
    (shown, written)
}

#[test]
fn tokens_are_shown_in_json() {
    let (shown, written) = shown("tokens");
    let token = &shown["tokens"][2];
    assert_eq!(
        (token["form"].as_str(), written(&token["span"]).as_str()),
        (Some("Wang"), "Wang")
    );
    assert_eq!(token["space_after"], true);
    assert_eq!(shown["sentences"][0]["tokens"]["start"], 0);
    assert_eq!(shown["paragraphs"][0]["voice"], "narrator");
}

#[test]
fn mentions_are_shown_in_json() {
    let (shown, written) = shown("mentions");
    let mentions = shown["mentions"].as_array().expect("it is a list");
    let kind = |text: &str| {
        let mention = mentions
            .iter()
            .find(|mention| written(&mention["span"]) == text);
        mention.map(|mention| mention["kind"].clone())
    };
    assert_eq!(kind("Wang Yi"), Some("person".into()));
    let office = kind("Foreign Minister").expect("it is a mention");
    assert_eq!(office["office"]["tenure"], "current");
    let time = kind("Thursday").or_else(|| kind("on Thursday"));
    assert_eq!(
        time.expect("it is a mention")["time"]["start"],
        serde_json::json!({"year": 2022, "month": 1, "day": 27})
    );
}

#[test]
fn entities_are_shown_in_json() {
    let (shown, written) = shown("entities");
    let person = &shown["entities"][0];
    assert_eq!(
        (&person["kind"], &person["name"]),
        (&"person".into(), &"Wang Yi".into())
    );
    assert_eq!(
        written(&person["offices"][0]["span"]),
        person["offices"][0]["title"]
    );
}

#[test]
fn claims_are_shown_in_json() {
    let (shown, written) = shown("claims");
    let claim = &shown["claims"][0];
    assert_eq!(
        (&claim["class"], &claim["polarity"]),
        (&"Visit".into(), &"affirmed".into())
    );
    let slots = claim["slots"].as_array().expect("it is a list");
    let visitor = slots.iter().find(|slot| slot["property"] == "visitor");
    let number = visitor.and_then(|slot| slot["value"]["entity"].as_u64());
    let entity = &shown["entities"][number.expect("it is an entity") as usize];
    assert_eq!(entity["name"], "Wang Yi");
    assert!(written(&claim["evidence"][0]["span"]).contains("visited Kenya"));
}

#[test]
fn what_has_a_standard_of_its_own_is_not_shown_in_json() {
    let folder = loaded();
    check(
        &folder,
        &[
            (
                &["show", "--stage", "tree", "--format", "json", "visit.txt"],
                2,
                "error: trees are shown in CoNLL-U, not in JSON\nhint: leave `--format json` out\n",
            ),
            (
                &["show", "--stage", "triples", "-f", "json", "visit.txt"],
                2,
                "error: triples are shown in N-Triples, not in JSON\n\
                 hint: `chancery extract --format jsonld` writes them as JSON-LD\n",
            ),
        ],
    );
}

#[test]
fn one_text_has_one_line_and_several_have_a_sum() {
    let folder = Folder::new();
    folder.write("one.txt", "---\ndate: 2022-01-28\n---\n\nOne.\n");
    folder.write("two.txt", "---\ndate: 2022-01-28\n---\n\nTwo.\n");
    let line = |done: &str, name: &str| {
        format!("{done} `{name}.txt` as <https://chancery.invalid/document/{name}>: 0 facts\n")
    };
    let one = line("loaded", "one");
    check(&folder, &[(&["load", "one.txt"], 0, &one)]);
    let both = line("unchanged", "one")
        + &line("loaded", "two")
        + "2 read = 1 loaded + 0 replaced + 1 unchanged + 0 rejected: 0 facts\n0 facts in 2 of them: `one.txt`, `two.txt`\n";
    check(&folder, &[(&["load", "one.txt", "two.txt"], 0, &both)]);
}

#[test]
fn whoever_stops_reading_does_no_harm() {
    let folder = Folder::new();
    folder.write("long.txt", "The minister arrived.\n\n".repeat(1000));
    folder.done(&["load", "long.txt"]);
    for command in [
        &["export"][..],
        &["export", "--format", "nt"],
        &["query", "-e", "SELECT * { ?s ?p ?o }"],
    ] {
        let mut child = folder
            .command(command)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut one = [0];
        child
            .stdout
            .take()
            .expect("it was piped")
            .read_exact(&mut one)
            .expect("it writes something");
        let output = child.wait_with_output().expect("the program ends");
        assert_eq!(
            (output.status.code(), output.stderr.as_slice()),
            (Some(0), &b""[..]),
            "{command:?}"
        );
    }
}

#[test]
fn the_help_names_every_command_and_needs_no_store() {
    let folder = Folder::new();
    let help = folder.done(&["--help"]);
    for command in [
        "load",
        "query",
        "export",
        "extract",
        "show",
        "documents",
        "forget",
    ] {
        assert!(help.contains(&format!("\n  {command} ")), "{help}");
        folder.done(&[command, "--help"]);
    }
    assert_eq!(folder.run(&["fetch"]).code, Some(2));
    assert!(root().join("queries").is_dir());
}
