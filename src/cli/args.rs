//! What can be asked on the command line; the comments are the help.

use std::path::PathBuf;
use std::time::Duration;

use clap::builder::PossibleValue;
use clap::{ArgAction, Args as Arguments, Parser, Subcommand, ValueEnum};
use clap_complete::ArgValueCompleter;

use super::completion;
use crate::graph::{Base, DEFAULT_BASE};
use crate::source;
use crate::store::{self, Period};
use crate::text::Date;

/// Reads English diplomatic text and keeps the record as a knowledge graph: which officials, which visits, which projects, which
/// accusations, who says so, and where it is written.
///
/// Data goes to standard output, words to standard error. Exit status: 0 done, 1 the answer is no, 2 could not run.
///
/// `source <(COMPLETE=bash chancery)` makes the shell complete commands, names of queries and what can be set in them; likewise zsh,
/// fish, elvish and powershell.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100)]
pub(super) struct Args {
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) command: Command,
}

const EXPORT_EXAMPLES: &str = "\
Examples:
  chancery export > record.ttl
  chancery export --kind visits --since 2021 --output visits.graphml
  chancery export --document 05-charges --format dot | dot -Tsvg > charges.svg
  chancery export -e 'CONSTRUCT { ?x a ch:Visit } WHERE { ?x ch:destination/ch:countryCode \"RW\" }' -o to-rwanda.nq.gz
  chancery export --format csv --output lists
  neo4j-admin database import full --nodes=lists/nodes.csv --relationships=lists/edges.csv --multiline-fields=true

In CSV a text that begins with `=`, `+`, `-` or `@` stands behind an apostrophe, so that no spreadsheet takes it for a formula.";

/// Where the store is if nobody says so.
pub(super) const DEFAULT_STORE: &str = "chancery.db";

/// What all commands have in common.
#[derive(Debug, Default, Arguments)]
#[command(next_help_heading = "Options of all commands")]
pub(super) struct Global {
    /// Folder of the store; without it `chancery.db` in the working directory
    #[arg(
        long,
        value_name = "DIR",
        global = true,
        env = "CHANCERY_STORE",
        default_value = DEFAULT_STORE,
        hide_default_value = true
    )]
    pub(super) store: PathBuf,

    /// Turtle file, or folder of them, that adds to the built-in knowledge or overrides it; can be given several times. Without it those
    /// count that the environment names in `CHANCERY_ONTOLOGY`, separated as in `PATH`
    #[arg(long, value_name = "DIR|FILE", global = true)]
    pub(super) ontology: Vec<PathBuf>,

    /// What the IRIs of documents begin with; without it `https://chancery.invalid/`, which clashes with nobody's
    #[arg(long, value_name = "IRI", global = true, value_parser = base, default_value = DEFAULT_BASE, hide_default_value = true)]
    pub(super) base: Base,

    /// Say nothing but errors and warnings; without it each command sums up what it did
    #[arg(long, short, global = true)]
    pub(super) quiet: bool,

    /// Say on standard error what is being done, and when; `-vv` says more
    #[arg(long, short, global = true, action = ArgAction::Count, conflicts_with = "quiet")]
    pub(super) verbose: u8,

    /// Show no progress; without it progress is shown where standard error is a terminal
    #[arg(long, global = true)]
    pub(super) no_progress: bool,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Read texts and keep their record in the store
    ///
    /// A text that was loaded before is replaced if it has changed, or the program or its knowledge has; else it is not read again. So a
    /// load that was broken off goes on where it was when it is started again. Bad texts are named, and the others are loaded all the same;
    /// exit status 1 says that some were bad, 2 that none could be loaded.
    Load(Load),

    /// Ask the store in SPARQL
    ///
    /// Without NAME the named queries are listed, each with its question and its parameters; `chancery query NAME --text` shows what these
    /// mean. The files `*.rq` of `--ontology` are named queries, too.
    ///
    /// The default graph is all documents together; `GRAPH ?document { … }` asks for each by itself. The prefixes ch, dcterms, foaf,
    /// itsrdf, nif, org, prov, rdf, rdfs, schema, sem, skos and xsd need no declaration.
    Query(Query),

    /// Write the store, or a part of it, as RDF or as a property graph
    ///
    /// RDF is the whole record: Turtle, N-Triples, N-Quads, `TriG`, RDF/XML, JSON-LD. N-Quads and `TriG` keep each document in its own graph,
    /// the others put all together. RDF/XML cannot hold control characters; where a text has one, nothing is written.
    ///
    /// `GraphML` (Gephi, yEd, networkx), CSV (Neo4j, spreadsheets) and DOT (Graphviz) are a property graph. Its nodes are facts, parties,
    /// places and documents, its edges the roles between them, its attributes all else; whatever your own event types add is there, too.
    /// Each fact and each of its edges keeps the document, the sentence, the speaker, the class and the status, so that a charge or a plan
    /// cannot be taken for what happened. Several values of one attribute stand in one, with ` | ` between them.
    ///
    /// A part of the record is a sound record by itself: each fact comes with its parties and their offices, the denials of a charge, the
    /// evidence, its sentence, its text and its document.
    #[command(after_long_help = EXPORT_EXAMPLES)]
    Export(Export),

    /// Read one text and write its graph, without a store
    Extract(Extract),

    /// Show what one step makes of a text
    Show(Show),

    /// List the documents of the store
    Documents(Documents),

    /// Remove documents and all that was taken from them
    ///
    /// Exit status 1 says that some were not there; the others are removed all the same.
    Forget(Forget),

    /// Count what the store holds, and how much room it takes
    ///
    /// It takes about a second for two million triples.
    Stats(Stats),

    /// Copy the store into another folder, where the copy is a store of its own
    ///
    /// The copy appears as a whole or not at all. On one file system it shares with the store the files that neither will ever change, so
    /// that it takes little time and room; against the loss of a disk, name a folder on another one.
    Backup(Backup),

    /// Write the store's files anew, so that what was replaced or forgotten takes no more room
    Compact,

    /// Check that the knowledge hangs together and that the record keeps its promises
    ///
    /// The ontology and the lexicon, built in and of `--ontology`: syntax, terms that nothing defines, labels and definitions, and every
    /// frame on its own examples. The data of the store, or of an RDF file: sources, evidence, offsets, dates, slots. Exit status 1 says
    /// that something is wrong.
    Check(Check),

    /// Measure what is found in texts against gold records
    ///
    /// Each `NAME.txt` is read and what the named queries give of it is compared with `NAME.gold.json`; the store is not touched.
    /// Only kinds that the gold names are compared, among them classes of your own from `--ontology`. `tests/corpus/GUIDELINES.md` of the
    /// sources says what gold looks like and what counts as found, `README.md` beside it how that of classes of your own does.
    Evaluate(Evaluate),

    /// Write the manual pages, for `man`
    ///
    /// `chancery man | man -l -` shows them, `chancery man /usr/local/share/man/man1` installs them.
    Man(Man),
}

#[derive(Debug, Arguments)]
pub(super) struct Load {
    /// Files of text, HTML or JSON Lines, also in gzip or zstd; folders (their `.txt`, `.text`, `.md`, `.html`, `.htm`, `.xhtml`, `.jsonl` and
    /// `.ndjson` files, also compressed, also in folders within); or `-` for standard input
    #[arg(required = true, value_name = "FILE|DIR|-")]
    pub(super) inputs: Vec<PathBuf>,

    #[command(flatten)]
    pub(super) source: Source,

    /// Read also those texts again whose record is up to date
    #[arg(long)]
    pub(super) force: bool,

    /// Read, and say what would be loaded with what facts, but change nothing in the store, nor make one
    #[arg(long)]
    pub(super) dry_run: bool,

    /// File for what became of each document, in JSON
    #[arg(long, value_name = "FILE")]
    pub(super) report: Option<PathBuf>,

    /// Folder for what could not be loaded, made if need be: each document as it is, the lines of JSON Lines as lines of such a file, to
    /// be mended and loaded again, and `index.csv` with the reasons. Files that are there are left alone
    #[arg(long, value_name = "DIR")]
    pub(super) rejects: Option<PathBuf>,

    /// Threads that read texts; without it as many as there are processors. The store is the same with any number
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(super) threads: Option<u16>,
}

/// How inputs are taken.
#[derive(Debug, Default, Arguments)]
pub(super) struct Source {
    /// Format of the input, also within gzip and zstd; without it name and content say which
    #[arg(long, value_enum)]
    pub(super) input_format: Option<InputFormat>,

    /// Names of the fields in JSON Lines where they are not id, url, title, date, text, genre, source, publisher and language; a dot leads
    /// into an object within
    #[arg(long, value_name = "FIELD=NAME,…", value_parser = str::parse::<source::Mapping>, default_value = "", hide_default_value = true)]
    pub(super) map: source::Mapping,
}

impl Source {
    /// The same for the step that reads inputs.
    pub(super) fn options(&self) -> source::Options {
        source::Options {
            format: self.input_format.map(Into::into),
            mapping: self.map.clone(),
        }
    }
}

/// Formats of inputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum InputFormat {
    /// Plain text, with front matter or without
    Text,
    /// A page in HTML, of which the article is read
    Html,
    /// JSON Lines, a document on each line
    Jsonl,
}

impl From<InputFormat> for source::Format {
    fn from(format: InputFormat) -> Self {
        match format {
            InputFormat::Text => Self::Text,
            InputFormat::Html => Self::Html,
            InputFormat::Jsonl => Self::JsonLines,
        }
    }
}

#[derive(Debug, Arguments)]
pub(super) struct Query {
    /// Name of a query, or file with one (`-` for standard input); without it the named queries are listed
    #[arg(value_name = "NAME|FILE.rq", conflicts_with = "expression", add = ArgValueCompleter::new(completion::names))]
    pub(super) name: Option<String>,

    /// The query itself; without it NAME or FILE.rq says which
    #[arg(long, short, value_name = "SPARQL")]
    pub(super) expression: Option<String>,

    /// Value of a parameter of the query, as in `country=KE`; can be given several times, a parameter without a value asks for
    /// everything
    #[arg(long, value_name = "NAME=VALUE", value_parser = setting, add = ArgValueCompleter::new(completion::settings))]
    pub(super) set: Vec<Setting>,

    /// Show the query itself, with what it says of its parameters and columns, instead of asking it
    #[arg(long, conflicts_with_all = ["set", "format"])]
    pub(super) text: bool,

    /// Format of the answer; without it a table for rows, a word for `ASK`, Turtle for `CONSTRUCT` and `DESCRIBE`
    #[arg(long, short, value_enum)]
    pub(super) format: Option<AnswerFormat>,

    /// Give up after so many seconds, with exit status 2 and without any answer; without it a query may take as long as it needs
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub(super) timeout: Option<Duration>,
}

#[derive(Debug, Arguments)]
pub(super) struct Export {
    #[command(flatten)]
    pub(super) form: Form,

    #[command(flatten)]
    pub(super) part: Part,
}

/// As what a graph leaves, and where to.
#[derive(Debug, Arguments)]
pub(super) struct Form {
    /// Format; without it the ending of `--output` tells it, else it is Turtle
    #[arg(long, short, value_enum)]
    pub(super) format: Option<ExportFormat>,

    /// File to write, whole or not at all, compressed if its name ends in `.gz`; of CSV the folder for its two files. Without it, or
    /// with `-`, standard output
    #[arg(long, short, value_name = "FILE|DIR")]
    pub(super) output: Option<PathBuf>,
}

/// Of which dates.
#[derive(Debug, Default, Arguments)]
pub(super) struct Dates {
    /// Only documents of that day, month or year or later, as in `2021-03-15`, `2021-03` or `2021`; those without a date are left out
    #[arg(long, value_name = "DATE", value_parser = date)]
    since: Option<Date>,

    /// Only documents of that day, month or year or earlier; those without a date are left out
    #[arg(long, value_name = "DATE", value_parser = date)]
    until: Option<Date>,
}

impl Dates {
    pub(super) fn period(&self) -> Period {
        Period {
            since: self.since.map(|date| date.to_string()),
            until: self.until.map(|date| date.to_string()),
        }
    }
}

/// Which part of the store.
#[derive(Debug, Default, Arguments)]
#[command(next_help_heading = "Which part (all that fits each of them)")]
pub(super) struct Part {
    /// Only from the document of that IRI (or of what follows the base and `document/` in it); can be given several times
    #[arg(long, short, value_name = "IRI")]
    pub(super) document: Vec<String>,

    /// Only facts of that kind, or things: a class of the ontology or of `--ontology` by name or label, such as `visits`, `officials`
    /// or `countries`; can be given several times
    #[arg(long, short, value_name = "CLASS")]
    pub(super) kind: Vec<String>,

    #[command(flatten)]
    pub(super) dates: Dates,

    /// Only the facts or things that are subjects of what this `CONSTRUCT` gives: name of a query, or file with one
    #[arg(long, value_name = "NAME|FILE.rq", conflicts_with = "expression", add = ArgValueCompleter::new(completion::names))]
    pub(super) query: Option<String>,

    /// The `CONSTRUCT` itself
    #[arg(long, short, value_name = "SPARQL")]
    pub(super) expression: Option<String>,

    /// Value of a parameter of that query, as in `country=KE`; can be given several times
    #[arg(long, value_name = "NAME=VALUE", value_parser = setting)]
    pub(super) set: Vec<Setting>,
}

#[derive(Debug, Arguments)]
pub(super) struct Extract {
    /// File with one document, as `load` takes them, or `-` for standard input
    pub(super) file: PathBuf,

    #[command(flatten)]
    pub(super) form: Form,

    #[command(flatten)]
    pub(super) source: Source,
}

#[derive(Debug, Arguments)]
pub(super) struct Show {
    /// The step whose product to show; `--why` and `--near` show claims
    #[arg(long, value_enum, required_unless_present_any = ["why", "near"])]
    pub(super) stage: Option<Stage>,

    /// Say of each claim why it is there: which entry of which file found it, and how each slot was filled
    #[arg(long)]
    pub(super) why: bool,

    /// Show what almost became a claim, and what was missing, by your own entries first, then what lacks least; with `--why`
    /// behind the claims, else instead of them
    #[arg(long)]
    pub(super) near: bool,

    /// Form of tokens, mentions, entities and claims; trees are CoNLL-U, triples N-Triples
    #[arg(long, short, value_enum, default_value_t = ShowFormat::Table)]
    pub(super) format: ShowFormat,

    /// File with one document, as `load` takes them, or `-` for standard input
    pub(super) file: PathBuf,

    #[command(flatten)]
    pub(super) source: Source,
}

#[derive(Debug, Arguments)]
pub(super) struct Documents {
    #[command(flatten)]
    pub(super) dates: Dates,

    /// Only documents with this in their title, in capitals or not
    #[arg(long, value_name = "WORDS")]
    pub(super) title: Option<String>,

    /// Format of the list
    #[arg(long, short, value_enum, default_value_t = RowFormat::Table)]
    pub(super) format: RowFormat,
}

#[derive(Debug, Arguments)]
pub(super) struct Forget {
    /// IRIs of documents as `documents` lists them (or what follows the base and `document/` in them)
    #[arg(required_unless_present = "from_file", value_name = "IRI")]
    pub(super) documents: Vec<String>,

    /// File with an IRI on each line, or `-` for standard input
    #[arg(long, value_name = "FILE|-")]
    pub(super) from_file: Option<PathBuf>,
}

#[derive(Debug, Arguments)]
pub(super) struct Stats {
    /// Form of the figures
    #[arg(long, short, value_enum, default_value_t = ShowFormat::Table)]
    pub(super) format: ShowFormat,
}

#[derive(Debug, Arguments)]
pub(super) struct Backup {
    /// Folder of the copy; it must be empty or not be there
    #[arg(value_name = "DIR")]
    pub(super) folder: PathBuf,
}

#[derive(Debug, Arguments)]
pub(super) struct Man {
    /// Folder for the pages, a file for each command; without it all go to standard output
    #[arg(value_name = "DIR")]
    pub(super) folder: Option<PathBuf>,
}

#[derive(Debug, Arguments)]
pub(super) struct Check {
    /// RDF file to check in place of the store: `.ttl`, `.nt`, `.nq`, `.trig`, `.rdf` or `.jsonld`
    #[arg(long, value_name = "FILE")]
    pub(super) data: Option<PathBuf>,

    /// Form of what is found
    #[arg(long, short, value_enum, default_value_t = CheckFormat::Table)]
    pub(super) format: CheckFormat,
}

#[derive(Debug, Arguments)]
pub(super) struct Evaluate {
    /// Folders of texts with their gold
    #[arg(required = true, value_name = "DIR")]
    pub(super) folders: Vec<PathBuf>,

    /// List what was missed and what was false, each with its sentence
    #[arg(long)]
    pub(super) misses: bool,

    /// Form of the figures
    #[arg(long, short, value_enum, default_value_t = ShowFormat::Table)]
    pub(super) format: ShowFormat,
}

/// A step of the way from text to triples.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Stage {
    /// Words with their characters
    Tokens,
    /// Dependency trees in CoNLL-U
    Tree,
    /// What is named
    Mentions,
    /// Who is who
    Entities,
    /// What is said to have happened
    Claims,
    /// The record in N-Triples
    Triples,
}

/// Forms of what is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ShowFormat {
    /// Aligned columns or paragraphs for people
    Table,
    /// One JSON document; its spans are characters of the text after the front matter
    Json,
}

/// Forms of what does not conform.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum CheckFormat {
    /// Paragraphs for people, with the line or sentence
    Table,
    /// One JSON document
    Json,
    /// A `sh:ValidationReport` in Turtle
    Ttl,
}

/// Formats of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum RowFormat {
    /// Aligned columns for people
    Table,
    /// SPARQL 1.1 JSON results
    Json,
    /// SPARQL 1.1 CSV results
    Csv,
    /// SPARQL 1.1 TSV results
    Tsv,
    /// SPARQL XML results
    Xml,
}

/// Formats of graphs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum RdfFormat {
    /// Turtle
    #[value(alias = "turtle")]
    Ttl,
    /// N-Triples
    #[value(alias = "ntriples")]
    Nt,
    /// N-Quads
    #[value(alias = "nquads")]
    Nq,
    /// `TriG`
    Trig,
    /// RDF/XML
    #[value(alias = "rdf")]
    Rdfxml,
    /// JSON-LD
    Jsonld,
}

impl RdfFormat {
    /// The format that files with that ending have.
    pub(super) fn of_ending(ending: &str) -> Option<Self> {
        match ending {
            "ttl" => Some(Self::Ttl),
            "nt" => Some(Self::Nt),
            "nq" => Some(Self::Nq),
            "trig" => Some(Self::Trig),
            "rdf" | "owl" | "xml" => Some(Self::Rdfxml),
            "jsonld" | "json" => Some(Self::Jsonld),
            _ => None,
        }
    }
}

/// Formats of the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ExportFormat {
    Rdf(RdfFormat),
    Graphml,
    Csv,
    Dot,
}

impl ExportFormat {
    /// The format that files with that ending have.
    pub(super) fn of_ending(ending: &str) -> Option<Self> {
        match ending {
            "graphml" => Some(Self::Graphml),
            "dot" | "gv" => Some(Self::Dot),
            _ => RdfFormat::of_ending(ending).map(Self::Rdf),
        }
    }
}

impl ValueEnum for ExportFormat {
    fn value_variants<'a>() -> &'a [Self] {
        const ALL: [ExportFormat; 9] = [
            ExportFormat::Rdf(RdfFormat::Ttl),
            ExportFormat::Rdf(RdfFormat::Nt),
            ExportFormat::Rdf(RdfFormat::Nq),
            ExportFormat::Rdf(RdfFormat::Trig),
            ExportFormat::Rdf(RdfFormat::Rdfxml),
            ExportFormat::Rdf(RdfFormat::Jsonld),
            ExportFormat::Graphml,
            ExportFormat::Csv,
            ExportFormat::Dot,
        ];
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        match self {
            Self::Rdf(format) => format.to_possible_value(),
            Self::Graphml => Some(PossibleValue::new("graphml").help("GraphML: nodes and edges")),
            Self::Csv => Some(
                PossibleValue::new("csv")
                    .help("Lists of nodes and edges, in the folder of `--output`"),
            ),
            Self::Dot => Some(PossibleValue::new("dot").help("The language of Graphviz")),
        }
    }
}

/// Formats of whatever a query answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AnswerFormat {
    Rows(RowFormat),
    Graph(RdfFormat),
}

impl ValueEnum for AnswerFormat {
    fn value_variants<'a>() -> &'a [Self] {
        const ALL: [AnswerFormat; 11] = [
            AnswerFormat::Rows(RowFormat::Table),
            AnswerFormat::Rows(RowFormat::Json),
            AnswerFormat::Rows(RowFormat::Csv),
            AnswerFormat::Rows(RowFormat::Tsv),
            AnswerFormat::Rows(RowFormat::Xml),
            AnswerFormat::Graph(RdfFormat::Ttl),
            AnswerFormat::Graph(RdfFormat::Nt),
            AnswerFormat::Graph(RdfFormat::Nq),
            AnswerFormat::Graph(RdfFormat::Trig),
            AnswerFormat::Graph(RdfFormat::Rdfxml),
            AnswerFormat::Graph(RdfFormat::Jsonld),
        ];
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        match self {
            Self::Rows(format) => format.to_possible_value(),
            Self::Graph(format) => format.to_possible_value(),
        }
    }
}

impl From<RdfFormat> for store::Format {
    fn from(format: RdfFormat) -> Self {
        match format {
            RdfFormat::Ttl => Self::Turtle,
            RdfFormat::Nt => Self::NTriples,
            RdfFormat::Nq => Self::NQuads,
            RdfFormat::Trig => Self::TriG,
            RdfFormat::Rdfxml => Self::RdfXml,
            RdfFormat::Jsonld => Self::JsonLd,
        }
    }
}

/// A value for a parameter.
#[derive(Clone, Debug)]
pub(super) struct Setting {
    pub(super) name: String,
    pub(super) value: String,
}

fn setting(setting: &str) -> Result<Setting, String> {
    let (name, value) = setting
        .split_once('=')
        .ok_or_else(|| "it has no `=`, as in `country=KE`".to_owned())?;
    Ok(Setting {
        // Somebody used to SPARQL may write `$country`.
        name: name.trim().trim_start_matches(['$', '?']).to_owned(),
        value: value.to_owned(),
    })
}

fn seconds(number: &str) -> Result<Duration, String> {
    let seconds = number.parse().ok().filter(|seconds| *seconds > 0.0);
    let duration = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    duration.ok_or_else(|| "it is no number of seconds, as in `30`".to_owned())
}

fn date(date: &str) -> Result<Date, String> {
    Date::parse(date.trim())
        .ok_or_else(|| "it is no date, as in `2014-09-30`, `2014-09` or `2014`".to_owned())
}

fn base(iri: &str) -> Result<Base, String> {
    Base::new(iri)
}
