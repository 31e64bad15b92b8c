//! Who speaks, and for which country?

use crate::knowledge::Knowledge;
use crate::knowledge::office::Trait;
use crate::language::{Analysis, Upos};
use crate::mention;
use crate::text::{Document, Genre, Voice};

use super::Kind;
use super::name::words;
use super::resolver::Resolver;
use super::service;
use super::utterance::{self, Mode, Source};

/// For each token, who utters it.
pub(super) struct Speech {
    /// In whatever words, the innermost utterance.
    any: Vec<Option<Source>>,
    /// In their own words.
    direct: Vec<Option<Source>>,
}

impl Speech {
    pub(super) fn of(document: &Document, analysis: &Analysis, knowledge: &Knowledge) -> Self {
        let mut speech = Self {
            any: vec![None; document.tokens.len()],
            direct: vec![None; document.tokens.len()],
        };
        for utterance in utterance::find(document, analysis, knowledge) {
            speech.any[utterance.tokens.clone()].fill(Some(utterance.source));
            if utterance.mode == Mode::Direct {
                speech.direct[utterance.tokens].fill(Some(utterance.source));
            }
        }
        speech
    }

    /// Who utters each token in their own words.
    pub(super) fn direct(&self) -> &[Option<Source>] {
        &self.direct
    }
}

/// Who utters `token`, in whatever words, as far as is known yet.
pub(super) fn speaker(resolver: &Resolver, token: usize) -> Option<usize> {
    party(
        resolver,
        resolver.speech.any.get(token).copied().flatten()?,
        token,
    )
}

/// Whom `I` means at `token`.
pub(super) fn first_person(resolver: &Resolver, token: usize) -> Option<usize> {
    party(
        resolver,
        resolver.speech.direct.get(token).copied().flatten()?,
        token,
    )
}

/// The country that `our` means at `token`; the speaker where no country is known; in the narrator's words, where the text was written.
pub(super) fn own_country(resolver: &mut Resolver, token: usize) -> Option<usize> {
    match resolver.speech.direct.get(token).copied().flatten() {
        None => service::home(resolver),
        Some(Source::Interviewer) => interviewer_country(resolver, token),
        Some(source) => {
            let speaker = party(resolver, source, token)?;
            service::country_of(resolver, speaker).or(Some(speaker))
        }
    }
}

/// The country that `your` means at `token`.
pub(super) fn other_country(resolver: &mut Resolver, token: usize) -> Option<usize> {
    match resolver.speech.direct.get(token).copied().flatten()? {
        Source::Interviewer => {
            let speaker = interviewee(resolver, token)?;
            service::country_of(resolver, speaker).or(Some(speaker))
        }
        Source::Interviewee => interviewer_country(resolver, token),
        Source::Phrase(_) => None,
    }
}

/// The country that `here` means at `token`: where the text was written; where that is not said, the speaker's post or own country.
pub(super) fn here(resolver: &mut Resolver, token: usize) -> Option<usize> {
    let home = service::home(resolver);
    let source = resolver.speech.direct.get(token).copied().flatten();
    home.or_else(|| {
        let speaker = match source? {
            Source::Interviewer => interviewee(resolver, token)?,
            source => party(resolver, source, token)?,
        };
        posted_to(resolver, speaker).or_else(|| service::country_of(resolver, speaker))
    })
}

/// The country to which `speaker` is sent; of one whom only the title of the document names, the other country there.
fn posted_to(resolver: &mut Resolver, speaker: usize) -> Option<usize> {
    let own = service::country_of(resolver, speaker);
    let titled = resolver.introduced == Some(speaker);
    let posted = resolver.posts.of(speaker).find_map(|post| post.to);
    match posted {
        Some(posted) => service::country_of(resolver, posted),
        None if titled => service::in_headline(resolver)
            .into_iter()
            .find(|&country| Some(country) != own),
        None => None,
    }
}

/// Whether `token` is said in an interview, where two sides speak of `our countries`.
pub(super) fn is_interview(resolver: &Resolver, token: usize) -> bool {
    matches!(
        resolver.speech.direct.get(token).copied().flatten(),
        Some(Source::Interviewee | Source::Interviewer)
    )
}

/// Notes the speaker of each token, once all parties are known. What nobody else, known or not, utters in a commentary
/// its author or publisher does.
pub(super) fn note_all(resolver: &mut Resolver) {
    refer_documents(resolver);
    let author = author(resolver);
    // Neighbouring words mostly have the same sources, which in a paragraph means the same speaker and teller.
    let mut last = None;
    for token in 0..resolver.page.document.tokens.len() {
        let sources = (resolver.speech.any[token], resolver.speech.direct[token]);
        let paragraph = resolver.page.document.paragraph_of(token).span;
        let (found, teller) = match last {
            Some((known, place, parties)) if (known, place) == (sources, paragraph) => parties,
            _ => {
                let (source, direct) = sources;
                let found = speaker(resolver, token).or(author.filter(|_| source.is_none()));
                let teller = direct.filter(|_| direct != source);
                let teller = teller.and_then(|direct| party(resolver, direct, token));
                (found, teller)
            }
        };
        last = Some((sources, paragraph, (found, teller)));
        if let Some(found) = found {
            resolver.speakers.insert(token, found);
        }
        if let Some(teller) = teller {
            resolver.tellers.insert(token, teller);
        }
    }
}

/// A document that is spoken of again (`the report`) stands for who issued the one told of last.
fn refer_documents(resolver: &mut Resolver) {
    let mut last = None;
    for token in 0..resolver.page.document.tokens.len() {
        let page = &resolver.page;
        if !page.is("document-noun", token) || page.analysis.words[token].upos != Upos::Noun {
            continue;
        }
        let issued = issuer(resolver, token).or_else(|| presenter(resolver, token));
        let definite = (page.analysis.dependents(token, "det"))
            .any(|determiner| matches!(page.lower(determiner), "the" | "this" | "that"));
        if issued.is_some() {
            last = issued;
        } else if definite
            && resolver.at(token).is_empty()
            && let Some(issued) = last
        {
            resolver.refer(token, issued);
        }
    }
}

/// Who says something in a document: `in a report to the Council the panel said …`.
fn presenter(resolver: &Resolver, document: usize) -> Option<usize> {
    let page = &resolver.page;
    let word = &page.analysis.words[document];
    let verb = word.head.filter(|_| word.relation() == "obl")?;
    let inside = (page.analysis.dependents(document, "case")).any(|case| page.lower(case) == "in");
    let subject = page.analysis.dependents(verb, "nsubj").next()?;
    let says = inside && page.is("speech-verb", verb);
    named_at(resolver, subject).filter(|_| says)
}

/// Who speaks in what nobody in the text utters: the author of a commentary, the state that issues a statement.
fn author(resolver: &mut Resolver) -> Option<usize> {
    match resolver.page.document.metadata.genre? {
        Genre::Commentary => Some(commentator(resolver)),
        Genre::Release => issuing_state(resolver),
        _ => None,
    }
}

/// The author of a commentary: whom the dateline names in parentheses (`(KCNA)`, `(By our correspondent)`) or the first line behind `By`; else its
/// publisher, or, of an unsigned one, somebody of whom no more is known.
fn commentator(resolver: &mut Resolver) -> usize {
    let document = resolver.page.document;
    let dateline = document
        .dateline
        .as_ref()
        .map(|dateline| document.text(dateline.span))
        .unwrap_or_default();
    let in_dateline = dateline
        .split_once('(')
        .and_then(|(_, rest)| rest.split_once(')'))
        .map(|(name, _)| name.trim());
    let first = document.paragraphs.first();
    let by_line = first
        .and_then(|first| document.text(first.span).strip_prefix("By "))
        .and_then(|line| line.split([',', '\n']).next())
        .filter(|name| name.split_whitespace().count() <= LONGEST_NAME);
    let signed = in_dateline
        .or(by_line)
        .or(document.metadata.publisher.as_deref());
    let Some(name) = signed else {
        return resolver.add(Kind::Person, UNSIGNED.to_owned(), None, None);
    };
    let name = name.strip_prefix("By ").unwrap_or(name);
    let known = resolver
        .all
        .iter()
        .position(|entity| entity.name == name || entity.aliases.iter().any(|alias| alias == name));
    let country = service::home(resolver).and_then(|home| resolver.all[home].country.clone());
    match known {
        Some(known) => resolver.current(known),
        None => resolver.add(Kind::Organisation, name.to_owned(), country, None),
    }
}

/// What the author of an unsigned commentary is called.
const UNSIGNED: &str = "Author";

/// How many words the name behind `By` has at most.
const LONGEST_NAME: usize = 6;

/// The state in whose name a release speaks: the first country of a title that opens with the word for such a text (`Statement by the
/// Foreign Ministry of …`), or whose organ does in the first sentence what is done by saying it (`The Government of Peru condemns …`; Austin 1962,
/// How to Do Things with Words).
fn issuing_state(resolver: &mut Resolver) -> Option<usize> {
    stated_in_title(resolver).or_else(|| performing(resolver))
}

/// Whose organ condemns, welcomes or demands something in the present tense in the first sentence.
fn performing(resolver: &mut Resolver) -> Option<usize> {
    let page = &resolver.page;
    let words = &page.analysis.words;
    let mut first = page.document.sentences.first()?.tokens.clone();
    let verb = first.find(|&token| {
        words[token].relation() == "root"
            && words[token].xpos == "VBZ"
            && page.is("quotation-verb", token)
    })?;
    let subject = page.analysis.dependents(verb, "nsubj").next()?;
    let party = named_at(resolver, subject)?;
    service::country_of(resolver, party)
}

fn stated_in_title(resolver: &mut Resolver) -> Option<usize> {
    let title = resolver.page.document.metadata.title.as_deref()?;
    let opening = title.split_whitespace().next()?.to_lowercase();
    let issues = resolver.page.knowledge.words.has("voice-noun", &opening);
    service::in_headline(resolver)
        .first()
        .copied()
        .filter(|_| issues)
}

fn party(resolver: &Resolver, source: Source, token: usize) -> Option<usize> {
    match source {
        Source::Phrase(head) => named_at(resolver, head).or_else(|| issuer(resolver, head)),
        Source::Interviewee => interviewee(resolver, token),
        Source::Interviewer => None,
    }
}

/// Whom `token` names, a person rather than a body.
fn named_at(resolver: &Resolver, token: usize) -> Option<usize> {
    let found = resolver.at(token);
    found
        .iter()
        .copied()
        .find(|&entity| resolver.all[entity].kind == Kind::Person)
        .or_else(|| found.first().copied())
}

/// Who speaks through a document or by a title of several words: whom the mention around `head` names (`deputy foreign minister`,
/// whatever word the tree takes for its head), or who stands in its genitive, behind `by`, `of` or `from`, or before it
/// (`a Dutch statement`).
fn issuer(resolver: &Resolver, head: usize) -> Option<usize> {
    let page = &resolver.page;
    let around = resolver
        .mentions
        .partition_point(|mention| mention.tokens.start <= head);
    let covering = resolver.mentions[around.saturating_sub(3)..around]
        .iter()
        .filter(|mention| mention.tokens.contains(&head))
        .find_map(|mention| named_at(resolver, mention.head));
    covering.or_else(|| {
        let voice = page.is("voice-noun", head);
        let relations = ["nmod:poss", "nmod", "amod", "compound"];
        relations
            .into_iter()
            .filter(|_| voice)
            .flat_map(|relation| {
                page.analysis
                    .children(head)
                    .iter()
                    .map(move |&child| (relation, child))
            })
            .filter(|&(relation, child)| {
                let word = &page.analysis.words[child];
                let deprel = if relation == "nmod:poss" {
                    word.deprel
                } else {
                    word.relation()
                };
                let about = page.analysis.dependents(child, "case").any(|case| {
                    !page.is("source-preposition", case) && page.analysis.words[case].xpos != "POS"
                });
                deprel == relation && !about
            })
            .find_map(|(_, child)| named_at(resolver, child))
    })
}

/// Who answers at `token`: whom the label of the paragraph names or describes, else the person of whom the words before the first turn speak most.
fn interviewee(resolver: &Resolver, token: usize) -> Option<usize> {
    let document = resolver.page.document;
    let answers = |paragraph: &&crate::text::Paragraph| paragraph.voice == Voice::Interviewee;
    let own = Some(document.paragraph_of(token)).filter(answers);
    let paragraph = own.or_else(|| document.paragraphs.iter().find(answers))?;
    let label = paragraph
        .label
        .map(|span| document.text(span).to_owned())
        .unwrap_or_default();
    named_by(resolver, &label)
        .or_else(|| {
            let offices = &resolver.page.knowledge.offices;
            let role = &offices.named(&label)?.iri;
            holder_of(resolver, |held| offices.is_kind_of(held, role))
        })
        .or_else(|| spokesperson(resolver))
        .or_else(|| introduced(resolver))
        .or(resolver.introduced)
}

/// The person whose name ends a label.
fn named_by(resolver: &Resolver, label: &str) -> Option<usize> {
    let label = words(label);
    let last = label.last()?;
    let has = |name: &str| words(name).contains(last);
    let person = |entity: usize| resolver.all[entity].kind == Kind::Person;
    let named = |entity: usize| {
        has(&resolver.all[entity].name)
            || resolver.all[entity].aliases.iter().any(|alias| has(alias))
    };
    (0..resolver.all.len())
        .find(|&entity| resolver.current(entity) == entity && person(entity) && named(entity))
}

/// The first holder of an office that `fits`, by its IRI.
fn holder_of(resolver: &Resolver, fits: impl Fn(&str) -> bool) -> Option<usize> {
    (0..resolver.mentions.len()).find_map(|number| {
        let title = resolver.title(number)?;
        title.role.as_deref().filter(|role| fits(role))?;
        resolver
            .at(resolver.mentions[number].head)
            .into_iter()
            .find(|&entity| resolver.all[entity].kind == Kind::Person)
            .filter(|_| !title.plural)
    })
}

/// Who meets the press in a briefing that does not say so beside the answers.
fn spokesperson(resolver: &Resolver) -> Option<usize> {
    let genre = resolver.page.document.metadata.genre;
    let offices = &resolver.page.knowledge.offices;
    holder_of(resolver, |held| offices.has(held, Trait::MeetsPress))
        .filter(|_| genre == Some(Genre::Briefing))
}

/// The person whom the words before the first turn introduce: whom the title of the document names or whose office it does, else of whom the
/// narrator speaks most; of several the last.
fn introduced(resolver: &Resolver) -> Option<usize> {
    let document = resolver.page.document;
    let first = document
        .paragraphs
        .iter()
        .find(|paragraph| paragraph.voice != Voice::Narrator)?;
    let end = document.sentences.get(first.sentences.start)?.tokens.start;
    let mut found: Vec<(usize, usize)> = Vec::new();
    let parties = resolver
        .mentions
        .iter()
        .take_while(|mention| mention.tokens.start < end);
    for mention in parties.filter(|mention| {
        matches!(
            mention.kind,
            mention::Kind::Person | mention::Kind::Office(_)
        )
    }) {
        for entity in resolver.at(mention.head) {
            if resolver.all[entity].kind == Kind::Person {
                match found.iter_mut().find(|(known, _)| *known == entity) {
                    Some((_, count)) => *count += 1,
                    None => found.push((entity, 1)),
                }
            }
        }
    }
    let title = words(document.metadata.title.as_deref().unwrap_or_default());
    found
        .into_iter()
        .max_by_key(|&(entity, count)| (is_titled(resolver, &title, entity), count))
        .map(|(entity, _)| entity)
}

/// Whether the words of a document's title name a person or an office that the person holds.
fn is_titled(resolver: &Resolver, title: &[String], person: usize) -> bool {
    let offices = &resolver.page.knowledge.offices;
    let named = words(&resolver.all[person].name)
        .last()
        .is_some_and(|last| title.contains(last));
    let holds = |role: &str| {
        let held = resolver.posts.of(person);
        (held.filter_map(|post| post.role.as_deref())).any(|held| offices.is_kind_of(held, role))
    };
    named
        || (0..title.len()).any(|start| {
            let office = offices.find(&title[start..]);
            office.is_some_and(|(_, office)| holds(&office.iri))
        })
}

/// The country of whoever asks: where the text was written, unless that is the interviewee's own; else where the interviewee is posted.
fn interviewer_country(resolver: &mut Resolver, token: usize) -> Option<usize> {
    let speaker = interviewee(resolver, token);
    let own = speaker.and_then(|speaker| service::country_of(resolver, speaker));
    let home = service::home(resolver).filter(|home| Some(*home) != own);
    home.or_else(|| posted_to(resolver, speaker?))
}
