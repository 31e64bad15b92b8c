//! Frames and the words that evoke them.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::Problem;
use super::turtle::{CH, File, Node, local_name};

const ONTOLEX: &str = "http://www.w3.org/ns/lemon/ontolex#";
const LEXINFO: &str = "http://www.lexinfo.net/ontology/3.0/lexinfo#";

/// Words and frames, after `OntoLex` (<https://www.w3.org/2016/05/ontolex/>): a lexical entry evokes a frame, the frame evokes a
/// class of claims and maps arguments in the tree to properties of the class.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    /// Frames by IRI.
    pub frames: BTreeMap<String, Frame>,
    /// Entries by the lemma of their head word.
    entries: BTreeMap<String, Vec<Entry>>,
    /// The lemma of the head word of each entry, by its IRI.
    heads: HashMap<String, String>,
    /// The name of the file that each frame and entry stands in, by its IRI.
    files: HashMap<String, Arc<str>>,
    /// IRIs of frames that users have taken out.
    deprecated: BTreeSet<String>,
    /// IRIs of the frames that word classes evoke.
    by_class: Vec<String>,
    /// IRIs of the frames that any verb evokes.
    by_verb: Vec<String>,
}

/// A frame: one way in which sentences state a claim of a class.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// Local name of the class of claims that it states.
    pub class: String,
    /// Word class (local name) whose nouns evoke it, besides the entries that name it.
    pub evoked_by: Option<String>,
    /// Word class (local name) of the verbs that do not evoke it, where all others do.
    pub evoked_unless: Option<String>,
    /// What tells it where no word evokes it (`reply`, `negation`, `doubt`).
    pub told_by: Option<String>,
    /// Where those nouns or verbs evoke it.
    pub evoked_where: Surroundings,
    /// Whether the tense of the evoking word says nothing of when the event is.
    pub undated: bool,
    /// The modalities in which it states a claim, where it does not so in those that affirm it (`has not kept its word`).
    pub stated_when: Vec<String>,
    /// Whether the past tense of the evoking word does not say that the event is over.
    pub unfinished: bool,
    /// Arguments; of several for one role the first that fits counts.
    pub arguments: Vec<Argument>,
    /// Ways to words of a class of which one must be there, or none is listed; they fill no role.
    pub conditions: Vec<Argument>,
    /// Ways to words of which none may be there.
    pub exclusions: Vec<Argument>,
    /// Whether the time of its word is that of the end of the event.
    pub closes: bool,
    /// Concepts that it states by itself: property (local name) and notation.
    pub sets: Vec<(String, String)>,
    /// Sentences that must yield a claim, each with the slots that must be among those found.
    pub examples: Vec<Example>,
    /// Sentences that must yield no claim of the class.
    pub counter_examples: Vec<String>,
}

/// Where the nouns of a word class, or the verbs outside one, evoke a frame.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Surroundings {
    /// Everywhere.
    #[default]
    Any,
    /// Where a question is about them.
    Question,
    /// Where they are spoken of in a sentence with parties of two countries.
    Parties,
    /// Where the parties of the frame are at odds: elsewhere in the document one side charges the other.
    Adversaries,
}

/// An argument of a frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Argument {
    /// The property (local name) that it fills; empty where it only has to be there.
    pub role: String,
    /// The way to it from the evoking word: grammatical functions of `claim`, in the active voice
    /// (`nsubj`, `obj`, `obl(to)`); `self` is the evoking word, `speaker` who utters the sentence;
    /// `country` at the end goes on to the country of whom the way leads to.
    pub path: Vec<String>,
    /// Whether there is no claim without it.
    pub required: bool,
    /// The word class (local name) that its head must belong to.
    pub head: Option<String>,
    /// Whether its head must be the last word of a proper name.
    pub name: bool,
    /// Whether it must belong to the country of whoever utters the sentence.
    pub own: bool,
    /// From where it must lie abroad.
    pub abroad: Option<Abroad>,
    /// Its place among the arguments for the same role, the smallest first.
    rank: usize,
}

impl Argument {
    /// Whether it must be known to lie abroad.
    pub fn is_surely_abroad(&self) -> bool {
        self.abroad.as_ref().is_some_and(|abroad| abroad.surely)
    }
}

/// That an argument must lie abroad.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Abroad {
    /// The role (local name) from whose country.
    pub from: String,
    /// Whether it must be known to lie abroad, and nobody who lives there counts; else it is enough that nothing says the contrary.
    pub surely: bool,
}

impl Argument {
    /// The same way, with nothing asked of what stands at the end of it.
    #[must_use]
    pub fn unconditional(&self) -> Self {
        Self {
            head: None,
            name: false,
            own: false,
            ..self.clone()
        }
    }
}

/// An example sentence and what it must yield.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The sentence.
    pub text: String,
    /// Slots: property (local name) and label, notation or date.
    pub slots: Vec<(String, String)>,
}

/// A word, or several that stand together, that evokes a frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// IRI of the entry.
    pub iri: String,
    /// Part of speech of its head word.
    pub part_of_speech: PartOfSpeech,
    /// Lemmas, the head word included (first of a verb phrase, last of a noun phrase).
    pub lemmas: Vec<String>,
    /// IRI of the frame.
    pub frame: String,
}

/// Parts of speech that evoke frames.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum PartOfSpeech {
    Verb,
    Noun,
    Adjective,
}

impl Lexicon {
    /// Adds what `file`, called `name` in records, says; what it says of a known frame or entry takes the place of what was known. Gives what
    /// is wrong with it.
    pub(crate) fn read(&mut self, file: &File, name: &str) -> Vec<Problem> {
        let mut problems = Vec::new();
        let name: Arc<str> = Arc::from(name);
        let class = format!("{CH}Frame");
        for node in file.instances(&class) {
            self.files.insert(node.iri().to_owned(), Arc::clone(&name));
            self.frames.insert(node.iri().to_owned(), frame(&node));
        }
        let deprecated = file.deprecated(&class);
        self.deprecated
            .extend(deprecated.iter().map(|node| node.iri().to_owned()));
        for class in ["Word", "MultiwordExpression"] {
            for node in file.instances(&format!("{ONTOLEX}{class}")) {
                match entry(&node) {
                    Ok(entry) => {
                        self.files.insert(entry.iri.clone(), Arc::clone(&name));
                        let head = entry.head().to_owned();
                        let known = self.heads.insert(entry.iri.clone(), head.clone());
                        if let Some(entries) = known.and_then(|head| self.entries.get_mut(&head)) {
                            entries.retain(|known| known.iri != entry.iri);
                        }
                        self.entries.entry(head).or_default().push(entry);
                    }
                    Err(message) => problems.push(Problem::new(node.iri(), message)),
                }
            }
        }
        problems
    }

    /// The name of the file in which the frame or entry of that IRI stands, without the folders of the user's machine.
    pub fn file_of(&self, iri: &str) -> Option<&str> {
        self.files.get(iri).map(AsRef::as_ref)
    }

    /// The entries whose head word has this lemma (case does not count), longest first.
    pub fn entries(&self, lemma: &str) -> &[Entry] {
        self.entries.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// The frames, with their IRIs, that any noun of a word class evokes; the class is `Frame::evoked_by`.
    pub fn evoked_by_class(&self) -> impl Iterator<Item = (&str, &Frame)> {
        self.by_class
            .iter()
            .filter_map(|iri| Some((iri.as_str(), self.frames.get(iri)?)))
    }

    /// The frames, with their IRIs, that any verb evokes save those of `Frame::evoked_unless`.
    pub fn evoked_by_verbs(&self) -> impl Iterator<Item = (&str, &Frame)> {
        self.by_verb
            .iter()
            .filter_map(|iri| Some((iri.as_str(), self.frames.get(iri)?)))
    }

    /// The frame, with its IRI, by which something else than words of the lexicon tells a claim of `class`; see [`Frame::told_by`].
    pub fn told_by(&self, class: &str, way: &str) -> Option<(&str, &Frame)> {
        self.frames
            .iter()
            .find(|(_, frame)| frame.class == class && frame.told_by.as_deref() == Some(way))
            .map(|(iri, frame)| (iri.as_str(), frame))
    }

    /// Puts longer expressions before shorter ones and says which entries evoke a frame that no file defines.
    pub(crate) fn finish(&mut self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let where_frame = |fits: fn(&Frame) -> bool| -> Vec<String> {
            let frames = self.frames.iter().filter(|(_, frame)| fits(frame));
            frames.map(|(iri, _)| iri.clone()).collect()
        };
        self.by_class = where_frame(|frame| frame.evoked_by.is_some());
        self.by_verb = where_frame(|frame| frame.evoked_unless.is_some());
        // What the verb tells among adversaries only counts where it tells nothing by itself.
        self.by_verb
            .sort_by_key(|iri| self.frames[iri].evoked_where == Surroundings::Adversaries);
        for entries in self.entries.values_mut() {
            entries.sort_by(|a, b| {
                (b.lemmas.len(), &a.iri, &a.frame).cmp(&(a.lemmas.len(), &b.iri, &b.frame))
            });
            for entry in entries.iter() {
                let known = self.frames.contains_key(&entry.frame);
                if !known && !self.deprecated.contains(&entry.frame) {
                    let message = format!("it evokes `{}`, which no file defines", entry.frame);
                    problems.push(Problem::new(&entry.iri, message));
                }
            }
            entries.retain(|entry| self.frames.contains_key(&entry.frame));
        }
        problems
    }
}

impl Frame {
    /// Whether one of its arguments fills `role` (a local name).
    pub fn has_role(&self, role: &str) -> bool {
        self.arguments.iter().any(|argument| argument.role == role)
    }
}

impl Entry {
    /// The lemma of its head word: the first of a verb phrase, the last of any other.
    pub fn head(&self) -> &str {
        let head = match self.part_of_speech {
            PartOfSpeech::Verb => self.lemmas.first(),
            PartOfSpeech::Noun | PartOfSpeech::Adjective => self.lemmas.last(),
        };
        head.map_or("", String::as_str)
    }
}

fn text(node: &Node, name: &str) -> Option<String> {
    node.value(&format!("{CH}{name}"))
}

fn frame(node: &Node) -> Frame {
    let read = |predicate: &str| -> Vec<Argument> {
        let nodes = node.nodes(&format!("{CH}{predicate}"));
        nodes.iter().flat_map(argument).collect()
    };
    let mut arguments = read("argument");
    arguments.sort_by(|a, b| (&a.role, a.rank, &a.path).cmp(&(&b.role, b.rank, &b.path)));
    let read_sorted = |predicate: &str| {
        let mut read = read(predicate);
        read.sort_by(|a, b| (&a.head, a.rank, &a.path).cmp(&(&b.head, b.rank, &b.path)));
        read
    };
    let pairs = |predicate: &str, value: &str| -> Vec<(String, String)> {
        let mut pairs: Vec<_> = node
            .nodes(&format!("{CH}{predicate}"))
            .iter()
            .map(|pair| {
                (
                    local_name(&text(pair, "role").unwrap_or_default()).to_owned(),
                    text(pair, value).unwrap_or_default(),
                )
            })
            .collect();
        pairs.sort();
        pairs
    };
    let mut examples: Vec<Example> = node
        .nodes(&format!("{CH}example"))
        .iter()
        .map(|example| Example {
            text: text(example, "text").unwrap_or_default(),
            slots: example
                .values(&format!("{CH}yields"))
                .iter()
                .filter_map(|slot| slot.split_once(": "))
                .map(|(role, label)| (role.to_owned(), label.to_owned()))
                .collect(),
        })
        .collect();
    examples.sort_by(|a, b| a.text.cmp(&b.text));
    Frame {
        class: local_name(&text(node, "evokes").unwrap_or_default()).to_owned(),
        evoked_by: text(node, "evokedBy").map(|class| local_name(&class).to_owned()),
        evoked_unless: text(node, "evokedUnless").map(|class| local_name(&class).to_owned()),
        told_by: text(node, "toldBy"),
        undated: text(node, "undated").as_deref() == Some("true"),
        stated_when: node.values(&format!("{CH}statedWhen")),
        unfinished: text(node, "unfinished").as_deref() == Some("true"),
        evoked_where: if text(node, "inQuestion").as_deref() == Some("true") {
            Surroundings::Question
        } else if text(node, "amongParties").as_deref() == Some("true") {
            Surroundings::Parties
        } else if text(node, "amongAdversaries").as_deref() == Some("true") {
            Surroundings::Adversaries
        } else {
            Surroundings::Any
        },
        arguments,
        conditions: read_sorted("condition"),
        exclusions: read_sorted("unless"),
        closes: text(node, "closes").as_deref() == Some("true"),
        sets: pairs("sets", "notation"),
        examples,
        counter_examples: node.values(&format!("{CH}counterExample")),
    }
}

/// One node of the Turtle may list several ways to a role: `ch:path ( "nmod:poss" "obl(of)" )`, the likeliest first.
fn argument(node: &Node) -> Vec<Argument> {
    let role = text(node, "role").unwrap_or_default();
    node.list(&format!("{CH}path"))
        .iter()
        .enumerate()
        .map(|(rank, path)| Argument {
            role: local_name(&role).to_owned(),
            path: path.split('/').map(str::to_owned).collect(),
            required: text(node, "required").as_deref() == Some("true"),
            head: text(node, "head").map(|class| local_name(&class).to_owned()),
            abroad: abroad(node),
            name: text(node, "name").as_deref() == Some("true"),
            own: text(node, "ofSpeaker").as_deref() == Some("true"),
            rank,
        })
        .collect()
}

fn abroad(node: &Node) -> Option<Abroad> {
    [("abroadFrom", false), ("surelyAbroadFrom", true)]
        .into_iter()
        .find_map(|(predicate, surely)| {
            let from = local_name(&text(node, predicate)?).to_owned();
            Some(Abroad { from, surely })
        })
}

fn entry(node: &Node) -> Result<Entry, String> {
    let form = node
        .nodes(&format!("{ONTOLEX}canonicalForm"))
        .first()
        .and_then(|form| form.value(&format!("{ONTOLEX}writtenRep")))
        .ok_or("it has no `ontolex:canonicalForm` with an `ontolex:writtenRep`")?;
    let part_of_speech = match node
        .value(&format!("{LEXINFO}partOfSpeech"))
        .as_deref()
        .map(local_name)
    {
        Some("verb") => PartOfSpeech::Verb,
        Some("noun") => PartOfSpeech::Noun,
        Some("adjective") => PartOfSpeech::Adjective,
        other => {
            return Err(format!(
                "its `lexinfo:partOfSpeech` is {}, not `lexinfo:verb`, `lexinfo:noun` or `lexinfo:adjective`",
                other.unwrap_or("missing")
            ));
        }
    };
    Ok(Entry {
        iri: node.iri().to_owned(),
        part_of_speech,
        lemmas: form.split_whitespace().map(str::to_lowercase).collect(),
        frame: node
            .value(&format!("{ONTOLEX}evokes"))
            .ok_or("it has no `ontolex:evokes`")?,
    })
}
