//! What a user's files add to the built-in knowledge, or say otherwise: one of each kind, through the program.

use crate::support::{Folder, root};

/// The prefixes of the files below.
const PREFIXES: &str = "
@prefix ch: <https://w3id.org/chancery#> .
@prefix concept: <https://w3id.org/chancery/concept/> .
@prefix country: <https://w3id.org/chancery/gazetteer/country/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix frame: <https://w3id.org/chancery/frame/> .
@prefix lex: <https://w3id.org/chancery/lexicon/> .
@prefix lexinfo: <http://www.lexinfo.net/ontology/3.0/lexinfo#> .
@prefix mine: <https://example.org/mine/> .
@prefix ontolex: <http://www.w3.org/ns/lemon/ontolex#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <http://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix words: <https://w3id.org/chancery/words/> .
";

/// A folder with `mine.ttl` and a text.
fn with(turtle: &str, text: &str) -> Folder {
    let folder = Folder::new();
    folder.write("mine.ttl", format!("{PREFIXES}{turtle}"));
    folder.write("text.txt", format!("---\ndate: 2024-05-02\n---\n{text}\n"));
    folder
}

/// The graph of the text, as the user's file has it read.
fn extract(folder: &Folder) -> String {
    folder.done(&["--ontology", "mine.ttl", "extract", "text.txt"])
}

/// Says that the graph holds `expected` with the user's file, and not without.
fn only_with(turtle: &str, text: &str, expected: &str) {
    let folder = with(turtle, text);
    let (mine, plain) = (extract(&folder), folder.done(&["extract", "text.txt"]));
    assert!(mine.contains(expected), "no `{expected}` in:\n{mine}");
    assert!(
        !plain.contains(expected),
        "`{expected}` without the file:\n{plain}"
    );
}

#[test]
fn a_place() {
    only_with(
        "mine:sandwharf a schema:City ; skos:prefLabel \"Sandwharf\"@en ; ch:inCountry country:PE .",
        "The Finnish foreign minister visited Sandwharf on Monday.",
        "ch:destination <https://example.org/mine/sandwharf>",
    );
}

#[test]
fn an_organisation() {
    only_with(
        "mine:hu a org:FormalOrganization ; skos:prefLabel \"Harbour Union\"@en ; skos:altLabel \"HU\"@en .",
        "The Harbour Union accused Chad of arming the rebels. Chad said that the HU was wrong.",
        "ch:accuser <https://example.org/mine/hu>",
    );
}

#[test]
fn the_title_of_an_office() {
    for expected in [
        "org:role <https://example.org/mine/almoner>",
        "ch:definedIn \"mine.ttl\"",
    ] {
        only_with(
            "mine:almoner a org:Role ; skos:prefLabel \"lord almoner\"@en ; ch:officeTrait \"beforeName\" .",
            "The Lord Almoner of Norway, Kari Nes, visited Lima.",
            expected,
        );
    }
}

#[test]
fn a_person_under_two_names() {
    let turtle = "mine:kim a foaf:Person ; skos:prefLabel \"Kim Yong-nam\"@en ; skos:altLabel \"Kim Young Nam\"@en ; \
        ch:inCountry country:KP .";
    let folder = with(
        turtle,
        "Kim Yong-nam visited Cuba in May. Kim Young Nam also went to Peru.",
    );
    folder.write("second.txt", "KIM YONG NAM visited Chad in 2011.\n");
    let load = ["--ontology", "mine.ttl", "load", "text.txt", "second.txt"];
    folder.done(&load);
    let visitors = folder.done(&[
        "query",
        "--format",
        "csv",
        "-e",
        "SELECT DISTINCT ?who ?name ?code { ?visit ch:visitor ?who . ?who skos:prefLabel ?name ; ch:countryCode ?code }",
    ]);
    let rows: Vec<&str> = visitors.lines().skip(1).map(str::trim).collect();
    assert_eq!(rows, ["https://example.org/mine/kim,Kim Yong-nam,KP"]);
    let visits = folder.done(&[
        "query",
        "-e",
        "SELECT ?visit { ?visit a ch:Visit }",
        "--format",
        "csv",
    ]);
    assert_eq!(visits.lines().count(), 4, "{visits}");
}

#[test]
fn two_persons_of_one_name_are_told_apart_by_nothing() {
    let turtle = "mine:one a foaf:Person ; skos:prefLabel \"Kari Nes\"@en . mine:other a foaf:Person ; skos:prefLabel \"Kari Nes\"@en .";
    let folder = with(
        turtle,
        "The Norwegian foreign minister, Kari Nes, visited Cuba.",
    );
    let graph = extract(&folder);
    assert!(
        graph.contains("\"Kari Nes\"") && !graph.contains("example.org"),
        "{graph}"
    );
}

#[test]
fn a_further_trigger_of_a_known_topic() {
    only_with(
        "concept:espionage ch:trigger \"snuffling\" .",
        "Sudan accused Chad of snuffling in its ministries.",
        "ch:topic <https://w3id.org/chancery/concept/espionage>",
    );
    // What was known of it is known still.
    let folder = with(
        "concept:espionage ch:trigger \"snuffling\" .",
        "Sudan accused Chad of spying on its ministries.",
    );
    assert!(extract(&folder).contains("ch:topic <https://w3id.org/chancery/concept/espionage>"));
}

#[test]
fn a_sector_with_its_words() {
    only_with(
        "mine:falconry a skos:Concept ; skos:inScheme ch:SectorScheme ; skos:notation \"falconry\" ; \
         skos:prefLabel \"falconry\"@en ; ch:trigger \"mews\" , \"falconry\" .",
        "Qatar and Kenya are building a falconry centre in Nairobi.",
        "ch:sector <https://example.org/mine/falconry>",
    );
}

#[test]
fn an_event_class_with_frame_and_word() {
    only_with(
        "ch:Recall a owl:Class ; ch:identifiedBy ch:envoy ; ch:requires ch:envoy ; ch:statusWhen [ ch:modality \"past\" ; ch:notation \"occurred\" ] .
         ch:envoy a owl:ObjectProperty ; rdfs:domain ch:Recall ; ch:accepts \"person\" .
         frame:recalling a ch:Frame ; ch:evokes ch:Recall ; ch:argument [ ch:role ch:envoy ; ch:path ( \"obj\" ) ; ch:required true ] .
         lex:recall-verb a ontolex:Word ; ontolex:canonicalForm [ ontolex:writtenRep \"recall\"@en ] ; lexinfo:partOfSpeech lexinfo:verb ;
             ontolex:evokes frame:recalling .",
        "Peru recalled its ambassador to Chile on Monday.",
        "a ch:Recall",
    );
}

#[test]
fn each_fact_names_its_entry_and_the_file_from_the_users_folder_on() {
    let turtle = "lex:perambulation a ontolex:Word ; ontolex:canonicalForm [ ontolex:writtenRep \"perambulation\"@en ] ; \
        lexinfo:partOfSpeech lexinfo:noun ; ontolex:evokes frame:visit .";
    let folder = Folder::new();
    folder.write("deep/mine/words.ttl", format!("{PREFIXES}{turtle}"));
    folder.write(
        "text.txt",
        "The Finnish foreign minister's perambulation in Peru ended on Monday.\n",
    );
    let path = folder.path("deep");
    let path = path.to_str().expect("it is text");
    let graph = folder.done(&["--ontology", path, "extract", "text.txt"]);
    for expected in [
        "ch:entry <https://w3id.org/chancery/lexicon/perambulation>",
        "\"deep/mine/words.ttl\"",
        "\"ontology/lexicon/en/visit.ttl\"",
    ] {
        assert!(graph.contains(expected), "no {expected} in:\n{graph}");
    }
    let machine = folder.path("");
    let machine = machine.to_str().expect("it is text");
    assert!(!graph.contains(machine), "{graph}");
}

#[test]
fn an_entry_given_anew_takes_the_place_of_ours() {
    let text = "The Finnish foreign minister visited Peru.";
    let plain = with("", text);
    assert!(extract(&plain).contains("a ch:Visit"));
    // The frame of visiting now wants an instrument, which this sentence has not.
    let turtle = "frame:visiting a ch:Frame ; ch:evokes ch:Visit ; ch:argument [ ch:role ch:visitor ; ch:path ( \"obl(aboard)\" ) ; ch:required true ] .";
    let mine = extract(&with(turtle, text));
    assert!(
        !mine.contains("ch:frame <https://w3id.org/chancery/frame/visiting>"),
        "{mine}"
    );
}

#[test]
fn an_entry_that_is_deprecated_is_gone() {
    let text = "The Finnish foreign minister visited Peru.";
    let folder = with("frame:visiting owl:deprecated true .", text);
    let graph = extract(&folder);
    assert!(
        !graph.contains("ch:frame <https://w3id.org/chancery/frame/visiting>"),
        "{graph}"
    );
}

#[test]
fn the_environment_names_files_as_the_path_does() {
    let folder = with(
        "mine:sandwharf a schema:City ; skos:prefLabel \"Sandwharf\"@en ; ch:inCountry country:PE .",
        "The Finnish foreign minister visited Sandwharf on Monday.",
    );
    folder.write("other.ttl", "");
    let paths = [folder.path("other.ttl"), folder.path("mine.ttl")];
    let paths = std::env::join_paths(paths).expect("they can stand together");
    let mut command = folder.command(&["extract", "text.txt"]);
    let output = command
        .env("CHANCERY_ONTOLOGY", &paths)
        .output()
        .expect("it runs");
    let graph = String::from_utf8_lossy(&output.stdout);
    assert!(graph.contains("mine/sandwharf"), "{graph}");
    // What is said on the command line goes before.
    let mut command = folder.command(&["--ontology", "other.ttl", "extract", "text.txt"]);
    let output = command
        .env("CHANCERY_ONTOLOGY", &paths)
        .output()
        .expect("it runs");
    let graph = String::from_utf8_lossy(&output.stdout);
    assert!(!graph.contains("mine/sandwharf"), "{graph}");
}

#[test]
fn of_what_there_is_one_of_the_users_counts() {
    // Without a class, the rest of what was known of the property stays.
    only_with(
        "ch:kind ch:default \"working\" .",
        "The Finnish foreign minister visited Peru.",
        "ch:kind <https://w3id.org/chancery/concept/working",
    );
    let folder = with(
        "ch:kind ch:default \"working\" .",
        "The Finnish president paid a state visit to Peru.",
    );
    let graph = extract(&folder);
    assert!(
        graph.contains("ch:kind <https://w3id.org/chancery/concept/state"),
        "{graph}"
    );
}

#[test]
fn a_word_and_a_place_can_be_taken_out() {
    let text = "The Finnish foreign minister toured Lima on Monday.";
    let places = "<https://w3id.org/chancery/gazetteer/city/lima-pe> owl:deprecated true .";
    let (with_lima, without) = (extract(&with("", text)), extract(&with(places, text)));
    assert!(with_lima.contains("city/lima-pe>"), "{with_lima}");
    assert!(!without.contains("city/lima-pe>"), "{without}");
    let entry = with_lima
        .split("ch:entry <")
        .nth(1)
        .and_then(|rest| rest.split('>').next())
        .expect("a word evoked the visit");
    let words = format!("<{entry}> owl:deprecated true .");
    let without = extract(&with(&words, text));
    assert!(!without.contains(entry), "{without}");
}

#[test]
fn what_a_file_points_to_must_exist() {
    let turtle = "frame:arming a ch:Frame ; ch:evokes ch:Arming ; ch:evokedBy words:arming-nuon ;\n\
        ch:argument [ ch:role ch:wepon ; ch:path ( \"obj\" ) ] .\n\
        mine:falconry a skos:Concept ; skos:inScheme ch:SectorSheme ; skos:notation \"falconry\" .";
    let folder = with(turtle, "The Finnish foreign minister visited Peru.");
    let line = |words: &str| {
        let text = format!("{PREFIXES}{turtle}");
        let line = text.lines().position(|line| line.contains(words));
        line.expect("it is there") + 1
    };
    for verb in [&["load"][..], &["extract"], &["show", "--why"]] {
        let answer = folder.run(&[&["--ontology", "mine.ttl"], verb, &["text.txt"]].concat());
        assert_eq!(answer.code, Some(1), "{answer:?}");
        for (term, kind) in [
            ("https://w3id.org/chancery#Arming", "class of claims"),
            ("https://w3id.org/chancery/words/arming-nuon", "word class"),
            ("https://w3id.org/chancery#wepon", "property"),
            ("https://w3id.org/chancery#SectorSheme", "concept scheme"),
        ] {
            let place = line(term.rsplit(['#', '/']).next().unwrap_or_default());
            assert!(
                answer.stderr.contains(&format!("error: mine.ttl:{place}:"))
                    && answer
                        .stderr
                        .contains(&format!(": `{term}` is no {kind}\n")),
                "{answer:?}"
            );
        }
        let hint = "hint: `chancery check` tells all that is wrong with them\n";
        assert_eq!(answer.stderr.matches(hint).count(), 1, "{answer:?}");
    }
    // Who checks is told each once.
    let check = folder.run(&["--ontology", "mine.ttl", "check"]);
    assert_eq!(
        check.stdout.matches("wepon` is no property").count(),
        1,
        "{check:?}"
    );
}

#[test]
fn a_class_of_the_users_is_counted_by_its_label() {
    let turtle = "ch:ArmsDelivery a owl:Class ; skos:prefLabel \"arms delivery\"@en ; ch:identifiedBy ch:receiver ; ch:requires ch:receiver ;
         ch:statusWhen [ ch:modality \"past\" ; ch:notation \"occurred\" ] .
         ch:receiver a owl:ObjectProperty ; rdfs:domain ch:ArmsDelivery ; ch:accepts \"country\" .
         frame:delivering a ch:Frame ; ch:evokes ch:ArmsDelivery ; ch:argument [ ch:role ch:receiver ; ch:path ( \"obl(to)\" ) ; ch:required true ] .
         lex:deliver-verb a ontolex:Word ; ontolex:canonicalForm [ ontolex:writtenRep \"deliver\"@en ] ; lexinfo:partOfSpeech lexinfo:verb ;
             ontolex:evokes frame:delivering .";
    let folder = with(
        turtle,
        "Peru delivered tanks to Chile on Monday. Cuba delivered rifles to Kenya on Friday.",
    );
    let answer = folder.run(&["--ontology", "mine.ttl", "load", "text.txt"]);
    assert_eq!(answer.code, Some(0), "{answer:?}");
    assert!(
        answer.stderr.contains("0 accusations, arms delivery: 2\n"),
        "{answer:?}"
    );
}

#[test]
fn a_claim_names_the_users_files_that_its_slots_rest_on() {
    let folder = Folder::new();
    for (file, turtle) in [
        ("one/x.ttl", "concept:espionage ch:trigger \"snuffling\" ."),
        (
            "other/x.ttl",
            "\nmine:hu a org:FormalOrganization ; skos:prefLabel \"Harbour Union\"@en .",
        ),
    ] {
        folder.write(file, format!("{PREFIXES}{turtle}"));
    }
    folder.write(
        "text.txt",
        "The Harbour Union accused Chad of snuffling in its ministries.\n",
    );
    folder.write("plain.txt", "Sudan accused Chad of arming the rebels.\n");
    let both = ["--ontology", "one", "--ontology", "other"];
    let graph = folder.done(&[&both[..], &["extract", "text.txt"]].concat());
    for file in ["\"one/x.ttl\"", "\"other/x.ttl\""] {
        assert!(graph.contains(file), "no {file} in:\n{graph}");
    }
    // What used nothing of them does not name them.
    let plain = folder.done(&[&both[..], &["extract", "plain.txt"]].concat());
    assert!(
        plain.contains("a ch:Accusation") && !plain.contains("x.ttl"),
        "{plain}"
    );

    let why = folder.done(&[&both[..], &["show", "--why", "text.txt"]].concat());
    let line = PREFIXES.lines().count() + 1;
    let topic = why.lines().find(|line| line.contains("topic:"));
    let topic = topic.expect("it has a topic");
    assert!(
        topic.contains("[trigger: \"snuffling\", entry espionage at ontology/topics.ttl:")
            && topic.ends_with(&format!(" and one/x.ttl:{line}]")),
        "{why}"
    );
    let party = format!("entry hu at other/x.ttl:{}]", line + 1);
    assert!(why.contains(&party), "no {party} in:\n{why}");
}

#[test]
fn the_heart_of_the_guide_can_be_copied_with_its_prefixes() {
    let guide = std::fs::read_to_string(root().join("ontology/README.md")).expect("it is text");
    let blocks: Vec<&str> = (guide.split("```turtle\n").skip(1))
        .filter_map(|rest| rest.split("```").next())
        .collect();
    let find = |begin: &str| {
        let block = blocks.iter().find(|block| block.starts_with(begin));
        block.unwrap_or_else(|| panic!("no block begins with {begin}"))
    };
    let prefixes = find("@prefix");
    for line in PREFIXES.lines() {
        assert!(prefixes.contains(line), "{line}");
    }
    let folder = Folder::new();
    folder.write("mine.ttl", format!("{prefixes}{}", find("ch:Signing")));
    folder.done(&["--ontology", "mine.ttl", "check"]);
}
