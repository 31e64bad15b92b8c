use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use chancery::store::Store;
use oxigraph::sparql::QueryResults;

use crate::support::root;

/// Which parts of the house a part may use: the table of the design. The first entry that fits a file counts.
const MAY_USE: [(&str, &[&str]); 14] = [
    ("text", &[]),
    ("source", &["text"]),
    ("language", &["text"]),
    ("knowledge", &["text"]),
    ("mention", &["text", "language", "knowledge"]),
    ("entity", &["text", "language", "knowledge", "mention"]),
    (
        "claim",
        &["text", "language", "knowledge", "mention", "entity"],
    ),
    (
        "graph",
        &[
            "text",
            "language",
            "knowledge",
            "mention",
            "entity",
            "claim",
        ],
    ),
    ("store", &["graph"]),
    (
        "check",
        &[
            "text",
            "entity",
            "knowledge",
            "claim",
            "graph",
            "store",
            "pipeline",
        ],
    ),
    ("evaluate", &["knowledge"]),
    (
        "pipeline",
        &[
            "source",
            "text",
            "language",
            "knowledge",
            "mention",
            "entity",
            "claim",
            "graph",
        ],
    ),
    (
        "cli",
        &[
            "source",
            "text",
            "language",
            "knowledge",
            "mention",
            "entity",
            "claim",
            "graph",
            "store",
            "check",
            "evaluate",
            "pipeline",
        ],
    ),
    ("main", &[]),
];

/// All files below `folder` with that ending, sorted.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("it can be read").path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path
            .extension()
            .is_some_and(|extension| extension == ending)
        {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("it is text")
}

/// The code of a file without comments and without its unit tests, which stand at its end.
fn code(path: &Path) -> String {
    let text = read(path);
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = code
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// Names of parts that follow `crate::`, also inside braces.
fn used(code: &str) -> BTreeSet<String> {
    let name = |text: &str| {
        text.chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect::<String>()
    };
    let mut names = BTreeSet::new();
    for (place, _) in code.match_indices("crate::") {
        let rest = &code[place + "crate::".len()..];
        match rest.strip_prefix('{') {
            Some(list) => names.extend(
                list.split('}')
                    .next()
                    .unwrap_or_default()
                    .split(',')
                    .map(|part| name(part.trim())),
            ),
            None => _ = names.insert(name(rest)),
        }
    }
    names
}

#[test]
fn steps_use_only_the_steps_before_them() {
    let source = root().join("src");
    for path in files(&source, "rs") {
        let local = path
            .strip_prefix(&source)
            .expect("it is below")
            .to_string_lossy()
            .into_owned();
        let step = local.split(['/', '\\', '.']).next().unwrap_or_default();
        let Some((_, allowed)) = MAY_USE.iter().find(|(name, _)| *name == step) else {
            assert_eq!(step, "lib", "{local} belongs to no step");
            continue;
        };
        for name in used(&code(&path)) {
            assert!(
                name == step || allowed.contains(&name.as_str()),
                "src/{local} uses `{name}`"
            );
        }
    }
}

#[test]
fn steps_without_input_and_output_do_none() {
    for step in ["text", "language", "mention", "entity", "claim", "graph"] {
        for path in files(&root().join("src").join(step), "rs") {
            let code = code(&path);
            for forbidden in [
                "std::fs",
                "std::env",
                "std::net",
                "std::process",
                "std::time",
                "println!",
            ] {
                assert!(
                    !code.contains(forbidden),
                    "{} uses `{forbidden}`",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn every_query_opens_with_its_question_and_explains_its_columns() {
    let store = Store::in_memory().expect("memory is there");
    for path in files(&root().join("queries"), "rq") {
        // The constraints of `check` open with their message.
        if path.starts_with(root().join("queries/check")) {
            continue;
        }
        let text = read(&path);
        let first = text.lines().next().unwrap_or_default();
        assert!(
            first.starts_with("# ") && first.ends_with('?'),
            "{}: {first}",
            path.display()
        );
        let comment: String = text
            .lines()
            .take_while(|line| line.starts_with('#'))
            .collect();
        let QueryResults::Solutions(answer) = store.query(&text).expect("it is SPARQL") else {
            panic!("{} gives no rows", path.display());
        };
        for column in answer.variables() {
            assert!(
                comment.contains(&format!("?{} ", column.as_str())),
                "{} does not explain {column}",
                path.display()
            );
        }
        let name = path
            .file_stem()
            .expect("it has a name")
            .to_string_lossy()
            .into_owned();
        let known = chancery::store::QUERIES
            .iter()
            .any(|(known, query)| *known == name && *query == text);
        assert!(known, "{} is not compiled in", path.display());
    }
    assert!(chancery::store::QUERIES.is_sorted());
}

#[test]
fn every_file_of_the_ontology_is_compiled_in() {
    let ontology = root().join("ontology");
    let list = read(&root().join("src/knowledge/built_in.rs"));
    let mut count = 0;
    for path in files(&ontology, "ttl") {
        let local = path
            .strip_prefix(&ontology)
            .expect("it is below")
            .to_string_lossy()
            .replace('\\', "/");
        // SHACL processors read the shapes; one declares others' terms for those who read the published ontology, the worked additions are
        // what a user would give.
        if ["reused.ttl", "shapes.ttl"].contains(&local.as_str()) || local.starts_with("examples/")
        {
            continue;
        }
        assert!(
            list.contains(&format!("\"{local}\"")),
            "ontology/{local} is not compiled in"
        );
        count += 1;
    }
    assert_eq!(
        list.matches(".ttl\"").count(),
        count,
        "a file is named that is not there"
    );
}

#[test]
fn every_term_that_the_record_uses_is_defined() {
    let definitions: String = files(&root().join("ontology"), "ttl")
        .iter()
        .map(|path| read(path))
        .collect();
    let vocabulary = code(&root().join("src/graph/vocabulary.rs"));
    let mut terms: BTreeSet<String> = BTreeSet::new();
    for text in chancery::store::QUERIES.iter().map(|(_, query)| *query) {
        let code = text.lines().filter(|line| !line.starts_with('#'));
        terms.extend(code.flat_map(|line| words_after(line, "ch:")));
    }
    terms.extend(words_after(&vocabulary, "https://w3id.org/chancery#"));
    assert!(terms.len() > 20, "{terms:?}");
    for term in terms {
        assert!(
            definitions.contains(&format!("\nch:{term}\n")),
            "ch:{term} is not defined in ontology/"
        );
    }
}

#[test]
fn what_kinds_of_claims_there_are_is_no_affair_of_the_code() {
    let claims = read(&root().join("ontology/core.ttl"));
    let mut terms: Vec<String> = claims
        .lines()
        .filter_map(|line| line.strip_prefix("ch:"))
        .map(str::to_owned)
        .collect();
    assert!(terms.len() > 20, "{terms:?}");
    terms.push("https://w3id.org/chancery/".to_owned());
    for step in ["mention", "entity", "claim"] {
        for path in files(&root().join("src").join(step), "rs") {
            let code = code(&path);
            for term in &terms {
                let quoted = if term.ends_with('/') {
                    code.contains(&format!("\"{term}"))
                } else {
                    code.contains(&format!("\"{term}\""))
                };
                assert!(
                    !quoted,
                    "{} names `{term}`, which belongs into `ontology/`",
                    path.display()
                );
            }
        }
    }
}

/// The words that stand right after `prefix`.
fn words_after(text: &str, prefix: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (place, _) in text.match_indices(prefix) {
        let rest = &text[place + prefix.len()..];
        let word: String = rest.chars().take_while(|c| c.is_alphanumeric()).collect();
        if !word.is_empty() {
            words.push(word);
        }
    }
    words
}
