//! What a query may do, and how long.

use crate::support::{Folder, graph};

use chancery::store::Store;

/// A folder with a store that holds a record.
fn kept() -> Folder {
    let folder = Folder::new();
    let store = Store::open(&folder.path("chancery.db")).expect("it can be made");
    store.replace(&graph()).expect("it can be kept");
    store.flush().expect("the disk takes it");
    folder
}

#[test]
fn queries_cannot_write() {
    let folder = kept();
    let before = folder.done(&["export", "--format", "nq"]);
    for update in [
        "INSERT DATA { <http://e.org/a> <http://e.org/b> <http://e.org/c> }",
        "DELETE WHERE { ?s ?p ?o }",
        "DELETE { ?s ?p ?o } INSERT { ?o ?p ?s } WHERE { ?s ?p ?o }",
        "LOAD <http://e.org/data.ttl>",
        "CLEAR ALL",
        "CREATE GRAPH <http://e.org/g>",
        "PREFIX e: <http://e.org/> COPY DEFAULT TO e:g",
        "ASK {} ; DROP ALL",
    ] {
        let answer = folder.run(&["query", "-e", update]);
        assert_eq!(answer.code, Some(2), "{update}: {}", answer.stderr);
        assert_eq!(answer.stdout, "", "{update}");
        assert!(
            answer.stderr.starts_with("error: the query is no SPARQL\n"),
            "{update}: {}",
            answer.stderr
        );
        let word =
            "hint: queries only ask; `chancery load` and `chancery forget` change the store\n";
        let is_update = !update.starts_with("ASK");
        assert_eq!(
            answer.stderr.ends_with(word),
            is_update,
            "{update}: {}",
            answer.stderr
        );
    }
    assert_eq!(folder.done(&["export", "--format", "nq"]), before);
}

#[test]
fn queries_ask_nobody_else() {
    let folder = kept();
    let service = "SELECT * { SERVICE <http://127.0.0.1:9/sparql> { ?s ?p ?o } }";
    let answer = folder.run(&["query", "-e", service]);
    assert_eq!(answer.code, Some(2), "{}", answer.stderr);
    let expected = "error: the query could not be answered: it asks the service <http://127.0.0.1:9/sparql>\n\
        hint: a query asks this store alone, nothing leaves the machine\n";
    assert_eq!(answer.stderr, expected);
    // SILENT means that whoever asks does not want to know.
    let silent = "SELECT * { SERVICE SILENT <http://127.0.0.1:9/sparql> { ?s ?p ?o } }";
    assert_eq!(folder.run(&["query", "-e", silent]).code, Some(0));
    for from in ["FROM", "FROM NAMED"] {
        let query = format!(
            "SELECT * {from} <http://127.0.0.1:9/data.ttl> {{ {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} }} }}"
        );
        let answer = folder.run(&["query", "--format", "csv", "-e", &query]);
        assert_eq!(answer.code, Some(0), "{}", answer.stderr);
        assert_eq!(answer.stdout.lines().count(), 1, "{}", answer.stdout);
    }
}

#[test]
fn what_breaks_the_database_is_told_as_an_error() {
    let folder = kept();
    // oxigraph 0.5 orders numbers, texts and texts of a language in a circle, and a sort that notices panics.
    let value = |number: usize| match number % 3 {
        0 => (number * 37 % 90).to_string(),
        1 => format!("\"t{number}\""),
        _ => format!("\"{}\"@en", number * 53 % 90),
    };
    let values: Vec<String> = (0..100).map(value).collect();
    let query = format!(
        "SELECT ?x {{ VALUES ?x {{ {} }} }} ORDER BY ?x",
        values.join(" ")
    );
    let answer = folder.run(&["query", "-e", &query]);
    assert_eq!(answer.code, Some(2), "{}", answer.stderr);
    assert_eq!(answer.stdout, "");
    let said = answer.stderr.as_str();
    assert!(
        said.starts_with("error: the query could not be answered: "),
        "{said}"
    );
    assert!(!said.contains("panicked"), "{said}");
}

#[test]
fn a_query_without_end_ends_at_the_time_limit() {
    let folder = kept();
    let six = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?p ?q ?r";
    let numbers = (1..60)
        .map(|number| number.to_string())
        .collect::<Vec<_>>()
        .join(" ");
    let values = |name: &str| format!("VALUES ?{name} {{ {numbers} }}");
    let calculated: String = ["a", "b", "c", "d", "e", "f"].map(values).join(" ");
    for query in [
        format!("SELECT * {{ {six} }}"),
        format!("SELECT DISTINCT ?a ?d ?g {{ {six} }}"),
        format!("SELECT (COUNT(*) AS ?count) {{ {six} }}"),
        format!("SELECT * {{ {six} }} ORDER BY ?r ?a"),
        format!("SELECT * {{ {six} FILTER(STRLEN(CONCAT(STR(?a), STR(?r))) < 0) }}"),
        format!("SELECT ?a (COUNT(*) AS ?count) {{ {six} }} GROUP BY ?a ?d ?g HAVING(?count > 5)"),
        format!("ASK {{ {six} FILTER(STRLEN(CONCAT(STR(?a), STR(?r))) < 0) }}"),
        format!("CONSTRUCT {{ ?a ?b ?r }} {{ {six} }}"),
        format!("SELECT * {{ ?x (!ch:a)* ?y . ?y (!ch:a|^(!ch:a))* ?z . ?z (!ch:b)* ?w . {six} }}"),
        format!("SELECT * {{ ?a ?b ?c MINUS {{ {six} }} }}"),
        format!("SELECT * {{ ?a ?b ?c OPTIONAL {{ {six} }} }}"),
        format!(
            "SELECT * {{ ?a ?b ?c FILTER NOT EXISTS {{ {six} FILTER(STRLEN(CONCAT(STR(?a), STR(?r))) < 0) }} }}"
        ),
        // These never look into the store.
        format!("SELECT (COUNT(*) AS ?count) {{ {calculated} }}"),
        format!("SELECT * {{ {calculated} }} ORDER BY ?a"),
        format!("SELECT * {{ {calculated} FILTER(?a + ?b + ?c + ?d + ?e + ?f < 0) }}"),
    ] {
        let format = if query.starts_with("CONSTRUCT") {
            "nt"
        } else {
            "csv"
        };
        let answer = folder.run(&[
            "query",
            "--timeout",
            "0.2",
            "--format",
            format,
            "-e",
            &query,
        ]);
        assert_eq!(answer.code, Some(2), "{query}: {}", answer.stderr);
        assert!(
            answer
                .stderr
                .starts_with("error: the query took longer than 0.2 seconds\nhint: "),
            "{query}: {}",
            answer.stderr
        );
        assert_eq!(answer.stdout, "", "{query}");
    }
}

#[test]
fn a_query_in_time_knows_nothing_of_the_limit() {
    let folder = kept();
    let rows = folder.done(&["query", "visits", "--format", "csv"]);
    let in_time = folder.done(&["query", "visits", "--format", "csv", "--timeout", "3600"]);
    assert_eq!(rows, in_time);
    for wrong in ["0", "-1", "soon", "inf", "NaN"] {
        let limit = format!("--timeout={wrong}");
        let answer = folder.run(&["query", "visits", &limit]);
        assert_eq!(answer.code, Some(2), "{wrong}");
        assert!(
            answer.stderr.contains("it is no number of seconds"),
            "{}",
            answer.stderr
        );
    }
}
