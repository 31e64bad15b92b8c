//! The named queries: each on the record of `tests/queries/record`, with every parameter, and those of a user.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::OnceLock;

use chancery::graph::vocabulary::PREFIXES;
use chancery::graph::{Base, Identity};
use chancery::pipeline;
use chancery::store::{CancellationToken, Kind, QUERIES, Store, parameters, plain, question};
use oxigraph::model::vocab::xsd;
use oxigraph::model::{GraphName, Literal, Quad, Term};
use oxigraph::sparql::{QueryResults, SparqlEvaluator};

use crate::support::{Folder, knowledge, root};

/// A row for people: the cell of each column, nothing where it is unbound.
type Row = Vec<String>;

/// The record of the texts in `tests/queries/record`.
fn record() -> &'static Store {
    static RECORD: OnceLock<Store> = OnceLock::new();
    RECORD.get_or_init(|| {
        let store = Store::in_memory().expect("memory is there");
        let knowledge = knowledge();
        let folder = root().join("tests/queries/record");
        for entry in fs::read_dir(folder).expect("the folder is there") {
            let path = entry.expect("it can be read").path();
            let bytes = fs::read(&path).expect("it can be read");
            let reading = pipeline::read(&bytes, &knowledge).expect("it is a text");
            let stem = path.file_stem().expect("it has a name").to_string_lossy();
            let base = Base::default();
            let iri = base.identify(&reading.document.metadata, &stem);
            let identity = Identity::new(iri, &bytes);
            let (graph, notes) = reading.graph(&knowledge, &base, &identity);
            assert_eq!(notes, []);
            store.replace(&graph).expect("it can be kept");
        }
        store
    })
}

fn rows_of(results: QueryResults<'_>) -> (Vec<String>, Vec<Row>) {
    let QueryResults::Solutions(solutions) = results else {
        panic!("it gives rows");
    };
    let columns = solutions.variables().iter();
    let columns = columns.map(|column| column.as_str().to_owned()).collect();
    let rows = solutions.map(|row| {
        let row = row.expect("the store can be read");
        let cells = row.values().iter();
        cells
            .map(|term| term.as_ref().map_or_else(String::new, shown))
            .collect()
    });
    (columns, rows.collect())
}

/// What a query answers with these values for its parameters.
fn ask(text: &str, values: &BTreeMap<String, Term>) -> (Vec<String>, Vec<Row>) {
    rows_of(
        record()
            .query_with(text, values, CancellationToken::new())
            .expect("it can be answered"),
    )
}

/// A term for people. Of IRIs of the record what follows `document/`, without the hash that ends those of claims: it changes with all
/// that a claim says.
fn shown(term: &Term) -> String {
    let text = plain(term);
    let Some((_, local)) = text.split_once("/document/") else {
        return text;
    };
    let end = match local.rsplit_once('-') {
        Some((name, hash)) if hash.len() == 16 => format!("{name}-…"),
        _ => local.to_owned(),
    };
    format!("…/{end}")
}

#[test]
fn each_query_gives_the_expected_rows() {
    let mut wrong = Vec::new();
    for (name, text) in QUERIES {
        // All that these two give of the whole record would be too much to judge.
        let values = match *name {
            "facts" | "mentions" => [("document", "05-charges")].as_slice(),
            _ => &[],
        };
        let values = values
            .iter()
            .map(|(name, value)| ((*name).to_owned(), term(value, &Kind::Document)));
        let (columns, rows) = ask(text, &values.collect());
        let lines = [columns].into_iter().chain(rows);
        let found: String = lines.map(|row| row.join("\t") + "\n").collect();
        let path = root().join(format!("tests/queries/{name}.tsv"));
        let expected = fs::read_to_string(&path).unwrap_or_default();
        assert!(found.lines().count() > 1, "`{name}` finds nothing");
        if found != expected {
            wrong.push(format!("tests/queries/{name}.tsv should be:\n{found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The cells that the example in the head of a query shows, by column.
fn example(text: &str) -> BTreeMap<String, String> {
    let head = text.lines().map_while(|line| line.strip_prefix('#'));
    let example = head.skip_while(|line| !line.starts_with(" Example"));
    let mut cells: BTreeMap<String, String> = BTreeMap::new();
    let mut last = String::new();
    for line in example.skip(1).filter(|line| !line.trim().is_empty()) {
        let (column, value) = match line.strip_prefix("   ").expect("it is indented") {
            // The words of a long cell go on below its first ones.
            more if more.starts_with(' ') => (last.clone(), more.trim()),
            cell => {
                let (column, value) = cell.split_once(' ').expect("a column has a cell");
                (column.to_owned(), value.trim())
            }
        };
        let cell = cells.entry(column.clone()).or_default();
        if !cell.is_empty() {
            cell.push(' ');
        }
        cell.push_str(value);
        last = column;
    }
    cells
}

#[test]
fn each_query_shows_an_example_that_is_a_row_of_its_answer() {
    for (name, text) in QUERIES {
        let (columns, rows) = ask(text, &BTreeMap::new());
        let cells = |row: Row| -> BTreeMap<String, String> {
            let cells = columns.iter().cloned().zip(row);
            cells.filter(|(_, cell)| !cell.is_empty()).collect()
        };
        let rows: Vec<_> = rows.into_iter().map(cells).collect();
        let example = example(text);
        assert!(
            rows.contains(&example),
            "queries/{name}.rq shows as its example\n{example:#?}\nwhich is none of\n{rows:#?}"
        );
    }
}

/// For each parameter a value that something of the record has and one that nothing has; of a query with its name before it where the
/// record asks for another.
const VALUES: [(&str, &str, &str); 42] = [
    ("against", "UG", "IS"),
    ("by", "RW", "IS"),
    ("called", "RAILWAY", "canal"),
    ("country", "UG", "IS"),
    ("document", "05-charges", "99-none"),
    ("from", "KE", "IS"),
    ("kind", "official", "state"),
    ("restsOn", "enumeration", "deixis"),
    ("ofCountry", "KE", "IS"),
    ("otherCountry", "UG", "IS"),
    ("saidBy", "okello", "odhiambo"),
    ("sector", "energy", "space"),
    ("since", "2021-01", "2023"),
    ("tenure", "former", "incoming"),
    ("title", "MINISTER", "consul"),
    ("to", "RW", "IS"),
    ("topic", "aggression", "corruption"),
    ("until", "2022", "2020-12-31"),
    ("who", "odhiambo", "nobody"),
    ("accusations.who", "okello", "odhiambo"),
    ("accusations-reported.country", "BI", "UG"),
    ("accusations-undenied.against", "RW", "UG"),
    ("ambassadors.from", "FR", "KE"),
    ("ambassadors.to", "KE", "FR"),
    ("denials.by", "UG", "RW"),
    ("ambassadors.who", "laurent", "odhiambo"),
    ("facts-uncertain.document", "02-kigali", "05-charges"),
    ("hosts.who", "habimana", "odhiambo"),
    ("officials.document", "02-kigali", "08-roses"),
    ("partners.sector", "energy", "finance"),
    ("projects.document", "06-projects", "05-charges"),
    ("projects.saidBy", "uwera", "okello"),
    ("projects.status", "suspended", "cancelled"),
    ("projects-stalled.country", "ET", "UG"),
    ("projects-stalled.sector", "energy", "transport"),
    ("visits.document", "02-kigali", "05-charges"),
    ("visits.status", "planned", "ongoing"),
    ("visits-dated-differently.country", "KE", "UG"),
    ("visits-fulfilled.country", "KE", "UG"),
    ("visits-called-off.country", "UG", "KE"),
    ("visits-contradicted.country", "UG", "KE"),
    ("visits-together.who", "kariuki", "odhiambo"),
];

fn term(value: &str, kind: &Kind) -> Term {
    match kind {
        Kind::Document => Base::default().document(value).into(),
        Kind::Number => Literal::new_typed_literal(value, xsd::DECIMAL).into(),
        Kind::Country | Kind::Date | Kind::Words | Kind::Concept(_) => {
            Literal::new_simple_literal(value).into()
        }
    }
}

#[test]
fn each_parameter_keeps_what_has_its_value_and_nothing_else() {
    let mut used = BTreeSet::new();
    for (name, text) in QUERIES {
        let (_, all) = ask(text, &BTreeMap::new());
        for parameter in parameters(text).expect("its head can be read") {
            let own = format!("{name}.{}", parameter.name);
            let find = |name: &str| VALUES.iter().find(|(known, ..)| *known == name);
            let (known, some, none) = find(&own)
                .or_else(|| find(&parameter.name))
                .unwrap_or_else(|| panic!("there is a value for `{own}`"));
            used.insert(*known);
            let rows = |value: &str| {
                let term = term(value, &parameter.kind);
                ask(text, &BTreeMap::from([(parameter.name.clone(), term)])).1
            };
            assert_ne!(rows(some), Vec::<Row>::new(), "{own}={some}");
            assert_eq!(rows(none), Vec::<Row>::new(), "{own}={none}");
            // A query that counts may count less; the others give some of the rows that they give without.
            if !text.contains("COUNT(") {
                let rows = rows(some);
                assert!(rows.iter().all(|row| all.contains(row)), "{own}={some}");
            }
        }
    }
    assert_eq!(used.len(), VALUES.len(), "a value belongs to no parameter");
}

/// What the four queries keep of the record, by the cells of one column.
#[test]
fn parameters_narrow_an_answer() {
    for (query, settings, column, expected) in [
        (
            "visits",
            &["country=UG"][..],
            "visitor",
            &["Paul Mugisha", "Paul Mugisha"][..],
        ),
        ("visits", &["from=RW"], "status", &["planned", "cancelled"]),
        (
            "visits",
            &["to=RW", "status=planned"],
            "visitor",
            &["Amina Odhiambo"],
        ),
        (
            "visits",
            &["since=2021-03-12", "until=2021-03-14"],
            "visitor",
            &["Grace Wanjiru", "Peter Kariuki"],
        ),
        (
            "visits",
            &["since=2021-03-15"],
            "visitor",
            &["Paul Mugisha", "Paul Mugisha"],
        ),
        ("visits", &["kind=official"], "start", &["2021-03-11"]),
        ("visits", &["who=kariuki"], "visitor", &["Peter Kariuki"]),
        ("officials", &["tenure=former"], "name", &["Amina Odhiambo"]),
        (
            "officials",
            &["title=ambassador"],
            "name",
            &["Marie Laurent"],
        ),
        (
            "projects",
            &["sector=energy"],
            "party",
            &["Ethiopia", "Kenya"],
        ),
        ("projects", &["country=UG"], "party", &["Kenya", "Uganda"]),
        (
            "accusations",
            &["against=RW", "topic=aggression"],
            "charge",
            &["closing the border"],
        ),
        ("accusations", &["saidBy=Okello"], "accuser", &["Burundi"]),
    ] {
        let (_, text) = QUERIES
            .iter()
            .find(|(name, _)| *name == query)
            .expect("it is known");
        let declared = parameters(text).expect("its head can be read");
        let values = settings.iter().map(|setting| {
            let (name, value) = setting.split_once('=').expect("it has both");
            let parameter = declared.iter().find(|known| known.name == name);
            let kind = &parameter.expect("it is declared").kind;
            (name.to_owned(), term(value, kind))
        });
        let (columns, rows) = ask(text, &values.collect());
        let column = columns
            .iter()
            .position(|known| known == column)
            .expect("it is there");
        let cells: Vec<&str> = rows.iter().map(|row| row[column].as_str()).collect();
        assert_eq!(cells, expected, "{query} {settings:?}");
    }
}

/// The promise of the conditions: where nothing is set, any engine gives the same answer to the text as it stands.
#[test]
fn other_engines_answer_each_query_as_if_nothing_were_set() {
    let plain_store = oxigraph::store::Store::new().expect("memory is there");
    for document in record().documents().expect("it can be read") {
        for triple in record().triples(&document).expect("it can be read") {
            let quad = Quad::new(
                triple.subject,
                triple.predicate,
                triple.object,
                GraphName::DefaultGraph,
            );
            plain_store.insert(&quad).expect("it can be kept");
        }
    }
    for (name, text) in QUERIES {
        let mut evaluator = SparqlEvaluator::new();
        for (prefix, namespace) in PREFIXES {
            evaluator = evaluator
                .with_prefix(prefix, namespace)
                .expect("it is an IRI");
        }
        let results = evaluator
            .parse_query(*text)
            .expect("it is SPARQL")
            .on_store(&plain_store)
            .execute()
            .expect("it can be answered");
        assert_eq!(rows_of(results), ask(text, &BTreeMap::new()), "{name}");
    }
}

#[test]
fn a_value_is_never_read_as_sparql() {
    let (_, text) = QUERIES
        .iter()
        .find(|(name, _)| *name == "visits")
        .expect("it is known");
    for value in [
        "\") . ?s ?p ?o . FILTER(\"\" = \"",
        "} UNION { ?visit ?p ?o }",
        "\\",
        "$who",
        "<http://example.org/>",
    ] {
        let values =
            BTreeMap::from([("who".to_owned(), Literal::new_simple_literal(value).into())]);
        assert_eq!(ask(text, &values).1, Vec::<Row>::new(), "{value}");
    }
}

/// A folder with a store of two of the texts.
fn loaded() -> Folder {
    let folder = Folder::new();
    for name in ["01-plans.txt", "05-charges.txt"] {
        let path = root().join("tests/queries/record").join(name);
        folder.write(name, fs::read(path).expect("it can be read"));
    }
    folder.done(&["load", "-q", "01-plans.txt", "05-charges.txt"]);
    folder
}

#[test]
fn values_are_read_as_people_write_them() {
    let folder = loaded();
    let count = |arguments: &[&str]| {
        let mut all = vec!["query"];
        all.extend(arguments);
        all.extend(["--format", "csv"]);
        folder.done(&all).lines().count() - 1
    };
    for country in ["UG", "ug", "UGA", "uganda", "Uganda"] {
        assert_eq!(
            count(&["visits", "--set", &format!("country={country}")]),
            1
        );
    }
    for document in ["05-charges", "https://chancery.invalid/document/05-charges"] {
        assert_eq!(
            count(&["denials", "--set", &format!("document={document}")]),
            1
        );
    }
    assert_eq!(count(&["accusations", "--set", "topic=Aggression"]), 2);
    assert_eq!(count(&["visits", "--set", "since=15 March 2021"]), 1);
    assert_eq!(
        count(&["visits", "--set", "$status=planned", "--set", "country=KE"]),
        1
    );
}

#[test]
fn a_bad_setting_is_told_with_what_would_be_good() {
    let folder = loaded();
    for (arguments, code, message) in [
        (
            &["visits", "--set", "contry=KE"][..],
            2,
            "error: the query has no parameter `contry`\nhint: did you mean `country`?\n",
        ),
        (
            &["ambassadors", "--set", "year=2021"],
            2,
            "error: the query has no parameter `year`\nhint: it has from, to, who\n",
        ),
        (
            &["documents-empty", "--set", "year=2021"],
            2,
            "error: the query has no parameter `year`\nhint: it has none\n",
        ),
        (
            &["visits", "--set", "country=Ugenda"],
            2,
            "error: the parameter `country` cannot have that value\n  there is no country `Ugenda`\n\
             hint: did you mean `UG`, Uganda?\n",
        ),
        (
            &["visits", "--set", "country=XX"],
            2,
            "error: the parameter `country` cannot have that value\n  there is no country `XX`\n\
             hint: a country is given by its ISO 3166-1 code (`KE`) or its English name\n",
        ),
        (
            &["visits", "--set", "status=planed"],
            2,
            "error: the parameter `status` cannot have that value\n  `planed` is no notation of `ch:status`\n\
             hint: did you mean `planned`?\n",
        ),
        (
            &["visits", "--set", "kind=x"],
            2,
            "error: the parameter `kind` cannot have that value\n  `x` is no notation of `ch:kind`\n\
             hint: choose one of official, other, state, transit, working\n",
        ),
        (
            &["visits", "--set", "since=2021-02-30"],
            2,
            "error: the parameter `since` cannot have that value\n  `2021-02-30` is no date\n\
             hint: write `2014-09-30`, `2014-09` or `2014`\n",
        ),
        (
            &["visits", "--set", "who="],
            2,
            "error: the parameter `who` cannot have that value\n  it is empty\n\
             hint: name some letters of what to look for\n",
        ),
        (
            &["visits", "--set", "who=a", "--set", "who=b"],
            2,
            "error: the parameter `who` is set twice\n",
        ),
        (
            &["denials", "--set", "document=05-charge"],
            1,
            "error: the store has no document `05-charge`\n\
             hint: did you mean <https://chancery.invalid/document/05-charges>?\n",
        ),
    ] {
        let mut all = vec!["query"];
        all.extend(arguments);
        let answer = folder.run(&all);
        assert_eq!(
            (answer.code, answer.stderr.as_str()),
            (Some(code), message),
            "{arguments:?}"
        );
        assert_eq!(answer.stdout, "");
    }
    let answer = folder.run(&["query", "visits", "--set", "who"]);
    assert_eq!(answer.code, Some(2));
    assert!(
        answer.stderr.contains("it has no `=`, as in `country=KE`"),
        "{}",
        answer.stderr
    );
}

#[test]
fn the_list_names_each_query_with_its_question_and_parameters() {
    let folder = Folder::new();
    let list = folder.done(&["query"]);
    for (name, text) in QUERIES {
        let line = list
            .lines()
            .find(|line| line.split_whitespace().next() == Some(name));
        let line = line.unwrap_or_else(|| panic!("`{name}` is listed"));
        assert!(line.contains(question(text).expect("it has one")), "{line}");
        let names = parameters(text).expect("its head can be read");
        let names: Vec<&str> = names.iter().map(|known| known.name.as_str()).collect();
        assert!(line.ends_with(&names.join(", ")), "{line}");
    }
    let head: Vec<&str> = list
        .lines()
        .take(1)
        .flat_map(str::split_whitespace)
        .collect();
    assert_eq!(head, ["query", "question", "parameters"]);
    let (_, text) = QUERIES[0];
    assert_eq!(folder.done(&["query", QUERIES[0].0, "--text"]), text);
}

#[test]
fn the_files_of_a_user_are_named_queries_too() {
    let folder = loaded();
    folder.write(
        "mine/travellers.rq",
        "# Who travels?\n#\n# $country (country) only to there\n\nSELECT ?who {\n  ?visit ch:visitor/rdfs:label ?who .\n  \
         OPTIONAL { ?visit ch:destination/ch:countryCode $country }\n} ORDER BY ?who\n",
    );
    folder.write(
        "mine/visits.rq",
        "# How many visits?\nSELECT (COUNT(*) AS ?visits) { ?visit a ch:Visit }\n",
    );
    let list = folder.done(&["--ontology", "mine", "query"]);
    for (name, end) in [
        ("travellers", "country     mine/travellers.rq"),
        ("visits", "mine/visits.rq, in place of chancery's"),
        ("officials", "chancery"),
    ] {
        let line = list
            .lines()
            .find(|line| line.split_whitespace().next() == Some(name));
        let line = line.unwrap_or_else(|| panic!("`{name}` is listed"));
        let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(squeezed(line).ends_with(&squeezed(end)), "{line}");
    }
    let ask = |arguments: &[&str]| {
        let mut all = vec!["query", "--format", "csv"];
        all.extend(arguments);
        folder.done(&all)
    };
    assert_eq!(
        ask(&["visits", "--ontology", "mine/visits.rq"]),
        "visits\r\n2\r\n"
    );
    assert_eq!(
        ask(&["travellers", "--ontology", "mine"]),
        "who\r\nAmina Odhiambo\r\nPaul Mugisha\r\n"
    );
    assert_eq!(
        ask(&[
            "travellers",
            "--ontology",
            "mine",
            "--set",
            "country=Uganda"
        ]),
        "who\r\nPaul Mugisha\r\n"
    );
    let answer = folder
        .command(&["query", "visits", "--format", "csv"])
        .env("CHANCERY_ONTOLOGY", folder.path("mine"))
        .output()
        .expect("the program starts");
    assert_eq!(answer.stdout, b"visits\r\n2\r\n");
    // A query is no knowledge, so that the same folder may hold both.
    folder.done(&["--ontology", "mine", "extract", "01-plans.txt"]);
}

#[test]
fn a_query_that_declares_badly_is_told_where() {
    let folder = loaded();
    for (text, message) in [
        (
            "# Who?\n# $country (land) only there\nSELECT * {}",
            "line 2, column 3: the kind of a parameter is `country` or `date`",
        ),
        (
            "# Who?\n# $country\nSELECT * {}",
            "line 2, column 3: a parameter is declared as `$name (kind)",
        ),
        (
            "# Who?\n# $country (country) only there\nSELECT * { ?s ?p ?o }",
            "its head declares the parameter `country` but nothing in it uses that",
        ),
    ] {
        folder.write("bad.rq", text);
        let answer = folder.run(&["query", "bad.rq", "--set", "country=KE"]);
        assert_eq!(answer.code, Some(2));
        assert!(answer.stderr.contains(message), "{}", answer.stderr);
        assert!(
            answer
                .stderr
                .starts_with("error: the query `bad.rq` is no SPARQL"),
            "{}",
            answer.stderr
        );
    }
}

#[test]
fn the_shell_completes_queries_parameters_and_values() {
    let folder = Folder::new();
    for (words, candidates) in [
        (
            &["query", "visits-c"][..],
            &["visits-called-off", "visits-contradicted"][..],
        ),
        (&["query", "visits", "--set", "st"], &["status="]),
        (
            &["query", "visits", "--set", "kind=o"],
            &["kind=official", "kind=other"],
        ),
        (&["query", "visits", "--set", "country=ug"], &["country=UG"]),
        (
            &["query", "visits", "--set", "status=o"],
            &["status=occurred", "status=ongoing"],
        ),
        // What only a project may be is no candidate for a visit.
        (&["query", "visits", "--set", "status=u"], &[]),
        (
            &["query", "projects", "--set", "status=u"],
            &["status=under-way"],
        ),
    ] {
        let found = folder.completed(words);
        let found: Vec<&str> = found
            .lines()
            .map(|line| line.split('\t').next().unwrap_or_default())
            .collect();
        assert_eq!(found, candidates, "{words:?}");
    }
}

/// Bash breaks words at `=`, so that only Bash itself shows what becomes of a value there. It edits what it reads line by line also where
/// that is no terminal; `ESC *` inserts all that fits.
#[cfg(target_os = "linux")]
#[test]
fn bash_completes_what_stands_behind_an_equals_sign() {
    let folder = Folder::new();
    let program = env!("CARGO_BIN_EXE_chancery");
    for (typed, arguments) in [
        ("query visits-cal\t", "query visits-called-off"),
        (
            "query visits --set stat\tplan\t",
            "query visits --set status=planned",
        ),
        (
            "query visits --set country=ug\t",
            "query visits --set country=UG",
        ),
        (
            "query visits --set kind=o\u{1b}*",
            "query visits --set kind=official other",
        ),
        (
            "query visits --set 'kind=st\t",
            "query visits --set kind=state",
        ),
        (
            "query visits --set country=KE --for\tcsv",
            "query visits --set country=KE --format csv",
        ),
        (
            "query visits --set=kin\tof\t",
            "query visits --set=kind=official",
        ),
    ] {
        let script = format!(
            "source <(COMPLETE=bash '{program}')\nchancery() {{ echo \"[$*]\"; }}\nchancery {typed}\nexit\n"
        );
        folder.write("typed", script);
        let typed_file = fs::File::open(folder.path("typed")).expect("it is there");
        let output = std::process::Command::new("bash")
            .args(["--norc", "--noprofile", "-i"])
            .env("TERM", "dumb")
            .env("INPUTRC", "/dev/null")
            .stdin(typed_file)
            .output()
            .expect("Bash starts");
        let found = String::from_utf8_lossy(&output.stdout).into_owned();
        let expected = format!("[{arguments}]");
        assert!(
            found.lines().any(|line| line == expected),
            "{typed:?} gives {found} {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
}
