//! `ontology/REFERENCE.md`, the page that tells what the ontology holds, is made here from the Turtle. Where it is stale, the test writes
//! it anew and fails, so that the new page is committed with the change.
//!
//! Numbers of frames and words are rounded down: a page that each new word made stale would be in everybody's way.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::Term;

use chancery::graph::vocabulary::PREFIXES;

use crate::support::root;

/// The prefixes that the page uses beside those of the record.
const MORE_PREFIXES: [(&str, &str); 6] = [
    ("cameo", "http://gdelt.org/cameo/"),
    ("concept", "https://w3id.org/chancery/concept/"),
    ("gaf", "http://groundedannotationframework.org/gaf#"),
    ("ontolex", "http://www.w3.org/ns/lemon/ontolex#"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("vann", "http://purl.org/vocab/vann/"),
];

/// What the ontology says: by subject and property the IRIs, with prefixes where there is one, and texts.
#[derive(Default)]
struct Ontology(BTreeMap<String, BTreeMap<String, BTreeSet<String>>>);

impl Ontology {
    /// Adds what a file says.
    fn read(&mut self, path: &Path) {
        let text = fs::read(path).expect("it can be read");
        // The nodes of two files without a name are different ones.
        let parser = RdfParser::from_format(RdfFormat::Turtle).rename_blank_nodes();
        for quad in parser.for_slice(&text) {
            let quad = quad.expect("it is Turtle");
            let object = match quad.object {
                Term::NamedNode(node) => short(node.as_str()),
                Term::BlankNode(node) => node.to_string(),
                Term::Literal(literal) => literal.value().to_owned(),
            };
            let subject = quad.subject.to_string();
            let subject = short(subject.trim_matches(['<', '>']));
            let about = self.0.entry(subject).or_default();
            let objects = about.entry(short(quad.predicate.as_str())).or_default();
            objects.insert(object);
        }
    }

    /// What a property of a term leads to, sorted.
    fn all(&self, term: &str, property: &str) -> impl Iterator<Item = &str> {
        let about = self.0.get(term);
        about
            .and_then(|about| about.get(property))
            .into_iter()
            .flatten()
            .map(String::as_str)
    }

    /// The first of them, or nothing.
    fn one(&self, term: &str, property: &str) -> &str {
        self.all(term, property).next().unwrap_or_default()
    }

    /// The terms whose property leads there, sorted.
    fn with<'o>(&'o self, property: &'o str, value: &'o str) -> impl Iterator<Item = &'o str> {
        let terms = self.0.keys().map(String::as_str);
        terms.filter(move |term| self.all(term, property).any(|other| other == value))
    }

    /// chancery's own terms of a kind.
    fn own<'o>(&'o self, kind: &'o str) -> impl Iterator<Item = &'o str> {
        self.with("rdf:type", kind)
            .filter(|term| term.starts_with("ch:"))
    }
}

/// An IRI with a prefix, where one fits.
fn short(iri: &str) -> String {
    for (prefix, namespace) in PREFIXES.into_iter().chain(MORE_PREFIXES) {
        if let Some(local) = iri.strip_prefix(namespace)
            && !local.contains(['/', '#'])
        {
            return format!("{prefix}:{local}");
        }
    }
    iri.to_owned()
}

/// Terms as code, with commas.
fn codes<'t>(terms: impl Iterator<Item = &'t str>) -> String {
    let terms: Vec<String> = terms.map(|term| format!("`{term}`")).collect();
    terms.join(", ")
}

/// `over 300`, `fewer than 50`.
fn about(number: usize, step: usize) -> String {
    match number / step * step {
        0 => format!("fewer than {step}"),
        floor => format!("over {floor}"),
    }
}

/// A cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// Names of the queries that ask for a term.
fn queries(term: &str) -> Vec<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(root().join("queries")).expect("the folder is there") {
        let path = entry.expect("it can be read").path();
        if path.is_dir() {
            continue;
        }
        let text = fs::read_to_string(&path).expect("it is text");
        let asks = (text.lines().filter(|line| !line.starts_with('#')))
            .flat_map(|line| line.split(|c: char| !c.is_alphanumeric() && !":-_".contains(c)))
            .any(|word| word == term);
        if asks {
            let name = path.file_stem().expect("it has a name").to_string_lossy();
            names.push(name.into_owned());
        }
    }
    names.sort();
    names
}

/// What fills a property.
fn values(ontology: &Ontology, property: &str) -> String {
    let scheme = ontology.one(property, "ch:scheme");
    if !scheme.is_empty() {
        return format!("concept of `{scheme}`");
    }
    let kinds: Vec<&str> = ontology.all(property, "ch:accepts").collect();
    match ontology.one(property, "rdfs:range") {
        "" if kinds.is_empty() => "any node".to_owned(),
        "" => kinds.join(", "),
        range => format!("`{range}`"),
    }
}

/// The lines about how a term stands to those of others.
fn alignments(page: &mut String, ontology: &Ontology, term: &str) {
    for (property, words) in [
        ("rdfs:subClassOf", "A kind of"),
        ("skos:closeMatch", "Close to"),
    ] {
        let terms = codes(ontology.all(term, property));
        if !terms.is_empty() {
            let _ = writeln!(page, "- {words} {terms}.");
        }
    }
    for note in ontology.all(term, "skos:note") {
        let _ = writeln!(page, "- {note}");
    }
}

/// A table of properties.
fn properties(page: &mut String, ontology: &Ontology, terms: &[&str]) {
    page.push_str("| property | filled by | at most one | what it says | in others' terms |\n|---|---|---|---|---|\n");
    for term in terms {
        let single = ontology.with("rdf:type", "owl:FunctionalProperty");
        let single = if single.into_iter().any(|other| other == *term) {
            "yes"
        } else {
            ""
        };
        let above = ontology.all(term, "rdfs:subPropertyOf");
        let others = above.chain(ontology.all(term, "skos:closeMatch"));
        let _ = writeln!(
            page,
            "| `{term}` | {} | {single} | {} | {} |",
            cell(&values(ontology, term)),
            cell(ontology.one(term, "skos:definition")),
            codes(others)
        );
    }
    page.push('\n');
}

fn class(page: &mut String, ontology: &Ontology, lexicon: &Ontology, term: &str) {
    let _ = writeln!(
        page,
        "### `{term}`\n\n{}\n",
        ontology.one(term, "skos:definition")
    );
    alignments(page, ontology, term);
    let required = codes(ontology.all(term, "ch:requires"));
    if !required.is_empty() {
        let _ = writeln!(page, "- Each has {required}.");
    }
    let frames: BTreeSet<&str> = lexicon.with("ch:evokes", term).collect();
    if !frames.is_empty() {
        let words = frames
            .iter()
            .map(|frame| lexicon.with("ontolex:evokes", frame).count())
            .sum();
        let _ = writeln!(
            page,
            "- Found by {} frames, evoked by {} words and expressions.",
            about(frames.len(), 5),
            about(words, 50)
        );
    }
    let queries = queries(term);
    if !queries.is_empty() {
        let _ = writeln!(
            page,
            "- Asked for by {}.",
            codes(queries.iter().map(String::as_str))
        );
    }
    page.push('\n');
    let own: Vec<&str> = ontology.with("rdfs:domain", term).collect();
    if !own.is_empty() {
        properties(page, ontology, &own);
    }
}

fn scheme(page: &mut String, ontology: &Ontology, term: &str) {
    let _ = writeln!(
        page,
        "### `{term}`\n\n{} Fills {}.\n",
        ontology.one(term, "skos:definition"),
        codes(ontology.with("ch:scheme", term))
    );
    page.push_str("| notation | concept | what it says | in others' terms |\n|---|---|---|---|\n");
    for concept in ontology.with("skos:inScheme", term) {
        let broader = ontology.one(concept, "skos:broader");
        let kind = if broader.is_empty() {
            String::new()
        } else {
            format!(" A kind of `{broader}`.")
        };
        let _ = writeln!(
            page,
            "| `{}` | `{concept}`, {} | {}{kind} | {} |",
            ontology.one(concept, "skos:notation"),
            cell(ontology.one(concept, "skos:prefLabel")),
            cell(ontology.one(concept, "skos:definition")),
            codes(ontology.all(concept, "skos:closeMatch"))
        );
    }
    page.push('\n');
}

/// The page.
fn page() -> String {
    let folder = root().join("ontology");
    let (mut ontology, mut lexicon) = (Ontology::default(), Ontology::default());
    for name in ["core", "knowledge", "record", "reused", "schemes", "topics"] {
        ontology.read(&folder.join(name).with_extension("ttl"));
    }
    for entry in fs::read_dir(folder.join("lexicon/en")).expect("the folder is there") {
        lexicon.read(&entry.expect("it can be read").path());
    }
    let header = "https://w3id.org/chancery";
    let mut page = format!(
        "# The terms of chancery {}\n\nMade from the Turtle of this folder by `tests/it/reference.rs`; change that, not this page. `cargo test --release \
         reference` writes it anew.\n\n{}\n\nNamespace `{}`, prefix `{}`. For OWL tools such as Protégé, `tools/ontology/publish.py` writes one \
         document, which keeps to OWL 2 DL.\n\n",
        ontology.one(header, "owl:versionInfo"),
        ontology.one(header, "dcterms:description"),
        ontology.one(header, "vann:preferredNamespaceUri"),
        ontology.one(header, "vann:preferredNamespacePrefix"),
    );
    page.push_str("## Classes\n\n");
    for term in ontology.own("owl:Class") {
        class(&mut page, &ontology, &lexicon, term);
    }
    page.push_str("## Properties of more than one class\n\n");
    let mut shared: Vec<&str> = (ontology.own("owl:ObjectProperty"))
        .chain(ontology.own("owl:DatatypeProperty"))
        .filter(|term| !ontology.one(term, "rdfs:domain").starts_with("ch:"))
        .collect();
    shared.sort_unstable();
    properties(&mut page, &ontology, &shared);
    page.push_str("## Datatypes\n\n| datatype | what it says |\n|---|---|\n");
    for term in ontology.own("rdfs:Datatype") {
        let _ = writeln!(
            page,
            "| `{term}` | {} |",
            ontology.one(term, "skos:definition")
        );
    }
    page.push_str("\n## Concepts\n\n");
    for term in ontology.own("skos:ConceptScheme") {
        scheme(&mut page, &ontology, term);
    }
    page.push_str(
        "## How knowledge is written\n\nAnnotations, which say nothing of the world: the program reads them, OWL tools pass over them. \
         [README.md](README.md) teaches their use.\n\n| annotation | what it says |\n|---|---|\n",
    );
    for term in ontology.own("owl:AnnotationProperty") {
        let _ = writeln!(
            page,
            "| `{term}` | {} |",
            cell(ontology.one(term, "skos:definition"))
        );
    }
    page.push_str("\n## Prefixes\n\n| prefix | namespace |\n|---|---|\n");
    for (prefix, namespace) in PREFIXES.into_iter().chain(MORE_PREFIXES) {
        if page.contains(&format!("`{prefix}:")) {
            let _ = writeln!(page, "| `{prefix}` | `{namespace}` |");
        }
    }
    page
}

#[test]
fn the_reference_page_is_what_the_ontology_says() {
    let path = root().join("ontology/REFERENCE.md");
    let (page, written) = (page(), fs::read_to_string(&path).unwrap_or_default());
    if page != written {
        fs::write(&path, &page).expect("the page can be written");
        panic!(
            "ontology/REFERENCE.md was stale; it is written anew: commit it with the change of the ontology"
        );
    }
}

#[test]
fn the_ontology_has_the_version_of_the_program() {
    let mut ontology = Ontology::default();
    ontology.read(&root().join("ontology/core.ttl"));
    let header = "https://w3id.org/chancery";
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(ontology.one(header, "owl:versionInfo"), version);
    let iri = format!("{header}/{version}");
    assert_eq!(ontology.one(header, "owl:versionIRI"), iri);
}
