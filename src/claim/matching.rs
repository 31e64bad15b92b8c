//! Frames of the lexicon matched on trees.

use std::collections::BTreeSet;
use std::ops::Range;

use super::label::stem;
use super::list::Lists;
use super::place;
use super::syntax::{Filler, Syntax};
use super::{collective, company};
use crate::entity::{self, Entities, EntityId};
use crate::knowledge::Knowledge;
use crate::knowledge::gazetteer::EntryKind;
use crate::knowledge::lexicon::{Argument, Entry, Frame, PartOfSpeech, Surroundings};
use crate::knowledge::vocabulary::{self, ReadFrom};
use crate::language::{Analysis, Upos};
use crate::mention::{self, Mention};
use crate::text::Document;

/// A frame found in the text with what fills its roles.
#[derive(Clone, Debug)]
pub(super) struct Match<'a> {
    /// IRI of the frame.
    pub(super) iri: &'a str,
    pub(super) frame: &'a Frame,
    /// The entry of the lexicon that evokes it; none where a word class does.
    pub(super) entry: Option<&'a Entry>,
    /// The evoking word.
    pub(super) predicate: usize,
    /// Parties by role (local name of a property).
    pub(super) parties: Vec<(&'a str, Vec<Party>)>,
    /// Words by role.
    pub(super) texts: Vec<(&'a str, Vec<Range<usize>>)>,
    /// The arguments that these words are, by role.
    pub(super) text_arguments: Vec<(&'a str, &'a Argument)>,
    /// Whether an argument was taken over from a governing word.
    pub(super) inherited: bool,
    /// Whether a role was filled from the sentences around.
    pub(super) from_context: bool,
}

impl<'a> Match<'a> {
    /// A frame, with its IRI, that `predicate` evokes; nothing fills its roles yet.
    fn new((iri, frame): (&'a str, &'a Frame), entry: Option<&'a Entry>, predicate: usize) -> Self {
        Self {
            iri,
            frame,
            entry,
            predicate,
            parties: Vec::new(),
            texts: Vec::new(),
            text_arguments: Vec::new(),
            inherited: false,
            from_context: false,
        }
    }

    /// Whether something fills `role`.
    pub(super) fn is_bound(&self, role: &str) -> bool {
        self.parties.iter().any(|(bound, _)| *bound == role)
            || self.texts.iter().any(|(bound, _)| *bound == role)
    }

    /// Whether whoever utters it answers for it (`Washington lies`), not someone of whom it is told (`Washington accuses …`).
    fn is_asserted(&self) -> bool {
        let mut parties = self.parties.iter().flat_map(|(_, parties)| parties);
        parties.any(|party| party.token == self.predicate)
    }
}

/// A party in a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Party {
    pub(super) entity: EntityId,
    /// The token that refers to it; the evoking word for a speaker.
    pub(super) token: usize,
    /// The argument that leads to it, an index into those of the frame; none where the sentences around do.
    pub(super) argument: Option<usize>,
}

impl Party {
    pub(super) fn new(entity: EntityId, token: usize) -> Self {
        Self {
            entity,
            token,
            argument: None,
        }
    }
}

/// What the matcher looks at.
#[derive(Clone, Copy)]
pub(super) struct Matcher<'a> {
    pub(super) document: &'a Document,
    pub(super) syntax: Syntax<'a>,
    pub(super) mentions: &'a [Mention],
    pub(super) entities: &'a Entities,
    pub(super) lists: &'a Lists,
    pub(super) knowledge: &'a Knowledge,
}

impl<'a> Matcher<'a> {
    pub(super) fn new(
        document: &'a Document,
        analysis: &'a Analysis,
        mentions: &'a [Mention],
        entities: &'a Entities,
        lists: &'a Lists,
        knowledge: &'a Knowledge,
    ) -> Self {
        let words = &knowledge.words;
        Self {
            document,
            syntax: Syntax {
                document,
                analysis,
                words,
            },
            mentions,
            entities,
            lists,
            knowledge,
        }
    }

    /// Every frame that a word of the document evokes and whose required arguments are there, in text order.
    pub(super) fn matches(self) -> Vec<Match<'a>> {
        (0..self.document.tokens.len())
            .flat_map(|token| self.at(token))
            .collect()
    }

    /// `matches` without those that stand inside what another only charges (`accused them of expanding settlements` states no project)
    /// or denies: what someone quotes as another's charge is no charge of their own.
    pub(super) fn stated<'m>(
        self,
        matches: &'m [Match<'a>],
    ) -> impl Iterator<Item = &'m Match<'a>> {
        let mut within: BTreeSet<(&str, usize)> = BTreeSet::new();
        for (role, texts) in matches.iter().flat_map(|matched| &matched.texts) {
            within.extend(
                texts
                    .iter()
                    .flat_map(|range| range.clone().map(|token| (*role, token))),
            );
        }
        // What is told of another's charge or denial.
        let told: BTreeSet<usize> = matches
            .iter()
            .filter(|matched| !matched.is_asserted())
            .flat_map(|matched| {
                let said = matched.texts.iter().filter(|(role, _)| self.is_said(role));
                said.flat_map(|(_, texts)| texts.iter().flat_map(Clone::clone))
                    .filter(|&token| token != matched.predicate)
            })
            .collect();
        // `help in clearing mines`: what another word makes an undertaking of is told by that word.
        let labelled: BTreeSet<usize> = matches
            .iter()
            .flat_map(|matched| matched.texts.iter().map(move |text| (matched, text)))
            .filter(|(matched, (role, _))| self.is_identified_by(matched, role))
            .flat_map(|(matched, (_, texts))| {
                let starts = texts.iter().map(|range| range.start);
                starts.filter(|&start| start != matched.predicate)
            })
            .filter(|&token| self.syntax.analysis.words[token].upos == Upos::Verb)
            .collect();
        matches.iter().filter(move |matched| {
            let class = self.knowledge.vocabulary.classes.get(&matched.frame.class);
            let charged =
                |property: &String| within.contains(&(property.as_str(), matched.predicate));
            let word = &self.syntax.analysis.words[matched.predicate];
            let noun = word.head.filter(|_| word.relation() == "acl");
            let quoted = matched.is_asserted()
                && (told.contains(&matched.predicate)
                    || noun.is_some_and(|noun| told.contains(&noun)));
            let named =
                labelled.contains(&matched.predicate) && class.is_some_and(|class| class.joint);
            !quoted && !named && !class.is_some_and(|class| class.not_within.iter().any(charged))
        })
    }

    /// Whether the words in `role` tell claims of the class of `matched` apart.
    fn is_identified_by(self, matched: &Match, role: &str) -> bool {
        let class = self.knowledge.vocabulary.classes.get(&matched.frame.class);
        class.is_some_and(|class| class.identified_by.iter().any(|property| property == role))
    }

    /// The frames that the lexicon's words evoke at `token`, longer expressions first; nothing fills their roles yet.
    pub(super) fn evoked(self, token: usize) -> impl Iterator<Item = Match<'a>> {
        let lemma = self.syntax.analysis.words[token].lemma.to_lowercase();
        let lexicon = &self.knowledge.lexicon;
        let entries = lexicon.entries(&lemma).iter();
        entries
            .filter(move |entry| self.evokes(entry, token))
            .filter_map(move |entry| {
                let frame = lexicon.frames.get(&entry.frame)?;
                let fits =
                    frame.evoked_where != Surroundings::Parties || self.has_two_countries(token);
                fits.then(|| Match::new((&entry.frame, frame), Some(entry), token))
            })
    }

    fn at(self, token: usize) -> Vec<Match<'a>> {
        // The works of `the minister of works` are no project.
        if self.is_noun(token) && self.inside_title(token) {
            return Vec::new();
        }
        let mut found: Vec<Match> = Vec::new();
        for evoked in self.evoked(token) {
            // A longer expression says more than its head alone: `lay the foundation stone` is no `lay`.
            let length = |matched: &Match| matched.entry.map_or(0, |entry| entry.lemmas.len());
            if found
                .last()
                .is_none_or(|longest| length(&evoked) >= length(longest))
            {
                found.extend(self.bind(evoked));
            }
        }
        if found.is_empty() && self.is_noun(token) {
            let by_class = self
                .knowledge
                .lexicon
                .evoked_by_class()
                .filter(|(_, frame)| {
                    let class = frame.evoked_by.as_deref();
                    class.is_some_and(|class| self.belongs(token, class))
                        && match frame.evoked_where {
                            Surroundings::Any | Surroundings::Adversaries => true,
                            Surroundings::Question => self.is_asked_about(token),
                            Surroundings::Parties => self.is_among_parties(token),
                        }
                });
            found.extend(
                by_class
                    .filter_map(|frame| self.bind(Match::new(frame, None, token)))
                    .take(1),
            );
        }
        if found.is_empty() && self.syntax.analysis.words[token].upos == Upos::Verb {
            let by_verb = self.knowledge.lexicon.evoked_by_verbs();
            let fits = |frame: &Frame| {
                let class = frame.evoked_unless.as_deref();
                !class.is_some_and(|class| self.syntax.in_class(class, token))
            };
            found.extend(
                by_verb
                    .filter(|(_, frame)| fits(frame))
                    .filter_map(|frame| self.bind(Match::new(frame, None, token)))
                    .take(1),
            );
        }
        // What one frame finds in the sentence need not be guessed from its neighbours for another.
        let open = |matched: &Match| {
            let class = self.knowledge.vocabulary.classes.get(&matched.frame.class);
            let required = class.map_or(&[][..], |class| class.requires.as_slice());
            let open = required.iter().filter(|role| !matched.is_bound(role));
            open.count()
        };
        let whole: Vec<String> = found
            .iter()
            .filter(|matched| open(matched) == 0)
            .map(|matched| matched.frame.class.clone())
            .collect();
        found.retain(|matched| {
            open(matched) == 0
                || company::is_company(self, matched)
                || !whole.contains(&matched.frame.class)
        });
        found
    }

    /// Whether `token` is a noun that heads its phrase.
    pub(super) fn is_noun(self, token: usize) -> bool {
        let word = &self.syntax.analysis.words[token];
        matches!(word.upos, Upos::Noun | Upos::Propn) && word.relation() != "compound"
    }

    /// Whether the words of `entry` stand around `token`, its head word.
    fn evokes(self, entry: &Entry, token: usize) -> bool {
        let words = &self.syntax.analysis.words;
        let word = &words[token];
        let fits = match entry.part_of_speech {
            PartOfSpeech::Verb => {
                word.upos == Upos::Verb
                    || word.deprel == "cop"
                    || word.upos == Upos::Aux && word.relation() != "aux"
            }
            PartOfSpeech::Noun => self.is_noun(token),
            PartOfSpeech::Adjective => {
                // `the visiting minister`: behind a determiner a participle is an adjective, whatever the tree says.
                let determined = token.checked_sub(1).is_some_and(|before| {
                    words[before].upos == Upos::Det || matches!(words[before].xpos, "PRP$" | "POS")
                });
                word.upos == Upos::Adj
                    || word.relation() == "amod"
                    || determined && matches!(word.xpos, "VBG" | "VBN")
            }
        };
        if !fits {
            return false;
        }
        let sentence = &self.document.sentences[self.document.sentence_of(token)].tokens;
        let lemma = |token: usize| words[token].lemma.to_lowercase();
        let others = entry.lemmas.len() - 1;
        match entry.part_of_speech {
            // The words of a verb phrase follow in order, other words may stand between: `lay the blame squarely on`.
            PartOfSpeech::Verb => {
                let mut rest = entry.lemmas[1..].iter().peekable();
                for other in token + 1..sentence.end.min(token + 4 + 4 * others) {
                    if rest.peek().is_some_and(|next| **next == lemma(other))
                        && !self.of_later_verb(other, token)
                    {
                        rest.next();
                    }
                }
                rest.peek().is_none()
            }
            PartOfSpeech::Noun | PartOfSpeech::Adjective => {
                token >= sentence.start + others
                    && entry.lemmas[..others]
                        .iter()
                        .zip(token - others..token)
                        .all(|(expected, token)| *expected == lemma(token))
            }
        }
    }

    /// Whether `token` belongs to a verb behind `verb`: the `up` of `are going to set up` is none of `go up`.
    fn of_later_verb(self, token: usize, verb: usize) -> bool {
        let analysis = self.syntax.analysis;
        analysis
            .ancestors(token)
            .find(|&above| analysis.words[above].upos == Upos::Verb)
            .is_some_and(|above| above > verb && above < token)
    }

    /// Whether the words around `predicate` rule the frame out: none of its conditions holds, an exclusion does, or it tells of travel and
    /// someone speaks by telephone.
    fn is_ruled_out(self, frame: &Frame, functions: &[Filler], predicate: usize) -> bool {
        let holds = |condition: &Argument| {
            let fillers = self.follow(condition, &condition.path, functions, predicate);
            // What a relative clause may hang on is no sure sign of what the verb does.
            fillers
                .iter()
                .any(|filler| !filler.inherited || filler.token > predicate)
        };
        let unmet = !frame.conditions.is_empty() && !frame.conditions.iter().any(holds);
        let surely_abroad = frame
            .arguments
            .iter()
            .any(|argument| argument.is_surely_abroad() && !self.is_said(&argument.role));
        let remote = |filler: &Filler| {
            let lemma = &self.syntax.analysis.words[filler.token].lemma;
            self.syntax.preposition(filler.token).is_some()
                && self.knowledge.words.has("remote-word", lemma)
        };
        unmet || frame.exclusions.iter().any(holds) || surely_abroad && functions.iter().any(remote)
    }

    /// Fills the roles of the frame of `matched`; none where what it requires is not there.
    fn bind(self, mut matched: Match<'a>) -> Option<Match<'a>> {
        let (frame, predicate) = (matched.frame, matched.predicate);
        let functions = self.syntax.functions(predicate);
        if self.is_ruled_out(frame, &functions, predicate) {
            return None;
        }
        self.fill(&mut matched, &functions);
        self.exchange(&mut matched, &functions);
        let complete = frame
            .arguments
            .iter()
            .filter(|argument| argument.required)
            .all(|argument| self.is_filled(&matched, argument, &functions));
        (complete && !self.by_itself(&matched)).then_some(matched)
    }

    /// Whether what `argument` asks for is there. Arguments without a role are alternatives: one of them must be there.
    pub(super) fn is_filled(
        self,
        matched: &Match,
        argument: &Argument,
        functions: &[Filler],
    ) -> bool {
        let is_there = |argument: &Argument| {
            !self
                .follow(argument, &argument.path, functions, matched.predicate)
                .is_empty()
        };
        let mut alternatives = matched.frame.arguments.iter();
        if argument.role.is_empty() {
            alternatives.any(|argument| argument.role.is_empty() && is_there(argument))
        } else {
            matched.is_bound(&argument.role)
        }
    }

    /// Fills the roles of the frame of `matched` with what its arguments lead to.
    pub(super) fn fill(self, matched: &mut Match<'a>, functions: &[Filler]) {
        let (frame, predicate) = (matched.frame, matched.predicate);
        let Some(class) = self.knowledge.vocabulary.classes.get(&frame.class) else {
            return;
        };
        let properties = &self.knowledge.vocabulary.properties;
        // In `the stories that they spread` those who spread them are not those of whom they tell.
        let subjects: Vec<usize> = (functions.iter())
            .filter(|filler| filler.function == "nsubj")
            .flat_map(|filler| self.syntax.conjuncts(filler.token))
            .collect();
        let is_subject = |argument: &Argument, parties: &[Party]| {
            argument.path.len() > 1
                && self.is_said(&argument.role)
                && (frame.arguments.iter())
                    .any(|other| other.role != argument.role && other.path == ["nsubj"])
                && parties.iter().all(|party| subjects.contains(&party.token))
        };
        for (place, argument) in frame.arguments.iter().enumerate() {
            let role = argument.role.as_str();
            let Some(property) = properties.get(role) else {
                continue;
            };
            // Those who take part in an undertaking stand in several places: `India is building it with Japan`.
            let gathers = class.joint && !class.identified_by.contains(&argument.role);
            if !gathers && matched.parties.iter().any(|(bound, _)| *bound == role)
                || matched.texts.iter().any(|(bound, _)| *bound == role)
            {
                continue;
            }
            match &property.range {
                vocabulary::Range::Entity(kinds) => {
                    if let Some((mut parties, inherited)) =
                        self.parties(argument, kinds, functions, predicate)
                        && !is_subject(argument, &parties)
                    {
                        for party in &mut parties {
                            party.argument = Some(place);
                        }
                        matched.inherited |= inherited;
                        match matched.parties.iter_mut().find(|(bound, _)| *bound == role) {
                            Some((_, known)) => {
                                for party in parties {
                                    if !known.iter().any(|other| other.entity == party.entity) {
                                        known.push(party);
                                    }
                                }
                            }
                            None => matched.parties.push((role, parties)),
                        }
                    }
                }
                vocabulary::Range::Text => {
                    let distribute = class.identified_by.iter().any(|property| property == role);
                    let texts =
                        self.texts(argument, &frame.class, functions, predicate, distribute);
                    // `left for Oslo`: where someone goes is not what for.
                    let is_party = |range: &Range<usize>| {
                        let mut parties = matched.parties.iter().flat_map(|(_, bound)| bound);
                        let heads = |token: usize| {
                            let above = self.syntax.analysis.words[token].head;
                            range.contains(&token)
                                && above.is_none_or(|above| !range.contains(&above))
                        };
                        let event = !distribute && !self.is_said(role);
                        event && parties.any(|party| heads(party.token))
                    };
                    if !texts.is_empty() && !texts.iter().any(is_party) {
                        matched.texts.push((role, texts));
                        matched.text_arguments.push((role, argument));
                    }
                }
                _ => {}
            }
        }
    }

    /// Where several parties do it to each other, gives all of them the role that is left open, too.
    fn exchange(self, matched: &mut Match<'a>, functions: &[Filler]) {
        let frame = matched.frame;
        let [(bound, parties)] = matched.parties.as_slice() else {
            return;
        };
        if parties.len() < 2 || !self.reciprocal(frame, functions, matched.predicate) {
            return;
        }
        let open = frame.arguments.iter().find(|argument| {
            let property = self.knowledge.vocabulary.properties.get(&argument.role);
            let range = property.map(|property| &property.range);
            argument.role != *bound && matches!(range, Some(vocabulary::Range::Entity(_)))
        });
        let parties = parties.clone();
        matched
            .parties
            .extend(open.map(|argument| (argument.role.as_str(), parties)));
    }

    /// `accused each other`, `each accused the other`: those who do it are those to whom it is done.
    fn reciprocal(self, frame: &Frame, functions: &[Filler], predicate: usize) -> bool {
        let words = &self.syntax.analysis.words;
        let each = |filler: &Filler| {
            let mut determiners = self.syntax.analysis.dependents(filler.token, "det");
            filler.function == "nsubj"
                && (words[filler.token].lemma == "each"
                    || determiners.any(|determiner| words[determiner].lemma == "each"))
        };
        let severally = || functions.iter().any(each);
        let mutual = |filler: &Filler| {
            // The tree may take either of the two words for the head.
            let starts = |token: usize| {
                let first = words.get(token).map(|word| word.lemma.as_str());
                let second = words.get(token + 1).map(|word| word.lemma.as_str());
                matches!(first, Some("each" | "one")) && matches!(second, Some("other" | "another"))
                    || first == Some("the") && second == Some("other") && severally()
            };
            starts(filler.token) || filler.token.checked_sub(1).is_some_and(starts)
        };
        frame.arguments.iter().any(|argument| {
            argument.required
                && self
                    .follow(argument, &argument.path, functions, predicate)
                    .iter()
                    .any(mutual)
        })
    }

    /// The fillers at the end of `path` whose head is of the argument's word class.
    pub(super) fn follow(
        self,
        argument: &Argument,
        path: &[String],
        functions: &[Filler],
        predicate: usize,
    ) -> Vec<Filler> {
        let mut fillers = vec![Filler {
            function: "self".to_owned(),
            token: predicate,
            inherited: false,
        }];
        for (step, function) in path.iter().enumerate() {
            fillers = fillers
                .iter()
                .flat_map(|from| {
                    let reached = if function == "self" {
                        vec![from.clone()]
                    } else if step == 0 {
                        functions.to_vec()
                    } else {
                        self.syntax.functions(from.token)
                    };
                    let inherited = from.inherited;
                    reached
                        .into_iter()
                        .filter(|filler| fits(function, &filler.function))
                        .map(move |filler| Filler {
                            inherited: filler.inherited || inherited,
                            ..filler
                        })
                })
                .collect();
        }
        fillers.retain(|filler| {
            let noun = self.syntax.relative_noun(filler.token);
            // What is said of a wrong may be said of an act or a policy of it.
            let light = || {
                let said = argument.role.is_empty() || self.is_said(&argument.role);
                let class = argument.head.as_ref().filter(|_| said);
                class.is_some_and(|class| self.syntax.is_of(class, filler.token))
            };
            (self.of_class(argument, filler.token)
                || light()
                || noun.is_some_and(|noun| self.of_class(argument, noun)))
                && (!argument.name || self.named(filler.token))
                && (!argument.own || self.is_own(filler.token, predicate))
        });
        fillers
    }

    /// Whether `token` is of the country of whoever utters `predicate`: by itself or by whom it belongs to (`our waters`).
    fn is_own(self, token: usize, predicate: usize) -> bool {
        let country = |id: EntityId| self.entities.get(id).country.as_deref();
        let Some(home) = self.entities.speaker_of(predicate).and_then(country) else {
            return false;
        };
        let owners = ["nmod:poss", "amod", "compound", "obl(of)"];
        let owner = |filler: &Filler| owners.contains(&filler.function.as_str());
        let own = |token: usize| {
            let mut parties = self.entities.at(token).iter();
            parties.any(|&id| country(id) == Some(home))
        };
        own(token)
            || (self.syntax.functions(token).iter())
                .any(|filler| owner(filler) && own(filler.token))
    }

    /// Whether a conjunction joins `token` to what stands before or behind it; without any, it only explains (`a cable, the Arrow Link`).
    fn is_coordinated(self, token: usize) -> bool {
        let analysis = self.syntax.analysis;
        let Some(head) = analysis.words[token]
            .head
            .filter(|_| analysis.words[token].relation() == "conj")
        else {
            return true;
        };
        std::iter::once(head)
            .chain(analysis.dependents(head, "conj"))
            .any(|part| analysis.dependents(part, "cc").next().is_some())
    }

    /// Whether `token` belongs to the word class that an argument asks for; of `a network of agents` the agents are asked, of `20 tonnes
    /// of rice` the rice.
    fn of_class(self, argument: &Argument, token: usize) -> bool {
        let Some(class) = &argument.head else {
            return true;
        };
        let has = |token: usize| self.belongs(token, class);
        let mut inner = self.measured(token).peekable();
        if inner.peek().is_some() {
            inner.any(has)
        } else {
            has(token)
        }
    }

    /// Whether the noun `token` belongs to a word class; some do only behind another: `a gas field`, `irrigation works`.
    pub(super) fn belongs(self, token: usize, class: &str) -> bool {
        let form = |token: usize| self.document.tokens[token].form.as_str();
        let lemma = self.syntax.analysis.words[token].lemma.as_str();
        let within = |word: &str| self.knowledge.words.has(class, word);
        let pair = |word: &str| {
            let before = token.checked_sub(1).map(form);
            before.is_some_and(|before| within(&format!("{before} {word}")))
        };
        within(lemma) || pair(lemma) || pair(form(token))
    }

    /// What `token` measures or is a part of: the rice of `20 tonnes of rice`, the aid of `a million dollars in aid`.
    fn measured(self, token: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(token), move |&token| self.syntax.measured(token)).skip(1)
    }

    /// Whether `token` is named by a proper name before it: `the Lobito Corridor`, `the Kirkuk-Ceyhan pipeline`.
    fn named(self, token: usize) -> bool {
        let words = &self.syntax.analysis.words;
        let capital = |token: usize| {
            let first = self.document.tokens[token].form.chars().next();
            first.is_some_and(char::is_uppercase)
        };
        let modifiers = self.syntax.analysis.children(token);
        modifiers.iter().any(|&child| {
            let fits = words[child].upos == Upos::Propn
                || capital(token) && words[child].upos != Upos::Det;
            child < token && capital(child) && fits && words[child].deprel != "nmod:poss"
        })
    }

    /// The parties of the first filler that has any of the right kind, and whether it was inherited.
    fn parties(
        self,
        argument: &Argument,
        kinds: &[String],
        functions: &[Filler],
        predicate: usize,
    ) -> Option<(Vec<Party>, bool)> {
        let accepted = |id: EntityId| self.fills(argument, kinds, id);
        let excluded = (self.knowledge.vocabulary.properties.get(&argument.role))
            .and_then(|property| property.excludes.as_deref());
        if argument
            .path
            .first()
            .is_some_and(|function| function == "speaker")
        {
            let speaker = self
                .entities
                .speaker_of(predicate)
                .filter(|&id| accepted(id))?;
            return Some((vec![Party::new(speaker, predicate)], false));
        }
        // In events only who is named takes part; a charge is against whoever owns the ships.
        let stands_for = self.is_said(&argument.role);
        let (path, by_country) = match argument.path.split_last() {
            Some((last, path)) if last == "country" => (path, true),
            _ => (argument.path.as_slice(), false),
        };
        let mut parties: Vec<Party> = Vec::new();
        let mut bound: Option<Filler> = None;
        let host = self.inviter(functions);
        for filler in self.follow(argument, path, functions, predicate) {
            let hosts = || host.is_some_and(|host| self.entities.at(filler.token).contains(&host));
            if path == ["nsubj"] && (hosts() || self.syntax.opens_genitive(filler.token)) {
                continue;
            }
            // `to the minister, to the speaker and to the judge`: phrases behind one preposition go on.
            if let Some(bound) = &bound
                && (bound.function != filler.function
                    || bound.inherited
                    || filler.inherited
                    || !filler.function.starts_with("obl("))
            {
                break;
            }
            for token in self.syntax.conjuncts(filler.token) {
                if self.inside_title(token)
                    || self.inside_name(token, predicate)
                    || excluded.is_some_and(|class| self.made_up_of(token, class))
                {
                    continue;
                }
                let listed = self
                    .lists
                    .with(token)
                    .iter()
                    .map(|item| (item.head, item.entity));
                for (token, referent) in self.referents(token, stands_for).into_iter().chain(listed)
                {
                    let country = || {
                        self.entities
                            .country(self.entities.get(referent).country.as_deref()?)
                    };
                    let Some(entity) = (if by_country {
                        country()
                    } else {
                        Some(referent)
                    }) else {
                        continue;
                    };
                    // Which delegation is meant is left to the frame that asks for one.
                    let described = || {
                        kinds.iter().any(|kind| kind == "group")
                            && self.entities.get(entity).kind == entity::Kind::Group
                            && (argument.head.is_some()
                                || self.public_group(token, entity)
                                || collective::is_collective(
                                    &self.knowledge.words,
                                    self.entities.get(entity),
                                ))
                    };
                    let entity = self.members_named(token, entity);
                    if (accepted(entity) || described())
                        && !self.generic(entity, token, predicate)
                        && !parties.iter().any(|party| party.entity == entity)
                    {
                        parties.push(Party::new(entity, token));
                    }
                }
            }
            if bound.is_none() && !parties.is_empty() {
                bound = Some(filler);
            }
        }
        if bound.is_none()
            && path == ["nsubj"]
            && let Some(subject) = self.adjacent_subject(predicate, functions)
        {
            parties.extend(
                (self.referents(subject, false).into_iter())
                    .filter(|&(_, entity)| accepted(entity))
                    .map(|(token, entity)| Party::new(entity, token)),
            );
            return (!parties.is_empty()).then_some((parties, true));
        }
        bound.map(|bound| (parties, bound.inherited))
    }

    /// Who invites in a phrase before the subject: `at the invitation of President A, the president of B, C, paid a visit`. Where the tree
    /// takes the host's name for the subject, that is whoever follows.
    fn inviter(self, functions: &[Filler]) -> Option<EntityId> {
        let words = &self.syntax.analysis.words;
        let invitation = functions.iter().find(|filler| {
            filler.function.starts_with("obl(")
                && (self.knowledge.words).has("invitation-noun", &words[filler.token].lemma)
        })?;
        let host = (self.members(invitation.token))
            .chain(
                self.syntax
                    .analysis
                    .dependents(invitation.token, "nmod:poss"),
            )
            .find(|&host| !self.entities.at(host).is_empty())?;
        self.entities.at(host).first().copied()
    }

    /// `Visiting Oslo on Monday, the minister said`: who follows the participle that opens the sentence.
    fn opened(self, participle: usize) -> Option<usize> {
        let beside = self.mentions_beside(participle);
        let end = self.document.sentences[self.document.sentence_of(participle)]
            .tokens
            .end;
        let comma = (participle..end).find(|&token| self.document.tokens[token].form == ",")?;
        let mention = beside.iter().find(|mention| {
            let start = match &mention.kind {
                mention::Kind::Office(title) => title.phrase.start,
                mention::Kind::Person | mention::Kind::Pronoun => mention.tokens.start,
                _ => return false,
            };
            start == comma + 1
        })?;
        (!self.entities.at(mention.head).is_empty()).then_some(mention.head)
    }

    /// The party whose name or title ends right before a finite verb, whatever the tree makes of long names and appositions; nobody whose
    /// something the subject is (`the minister's letter`, `the letter of the minister`).
    fn adjacent_subject(self, predicate: usize, functions: &[Filler]) -> Option<usize> {
        let analysis = self.syntax.analysis;
        let words = &analysis.words;
        // `paid a visit`: the verb's subject is the noun's.
        let lends = |verb: &usize| {
            words[*verb].upos == Upos::Verb
                && self
                    .knowledge
                    .words
                    .has("support-verb", &words[*verb].lemma)
        };
        let predicate = (words[predicate].head)
            .filter(|_| words[predicate].relation() == "obj")
            .filter(lends)
            .unwrap_or(predicate);
        let clause = if words[predicate].deprel == "cop" {
            words[predicate].head?
        } else {
            predicate
        };
        let finite = matches!(words[predicate].xpos, "VBD" | "VBZ" | "VBP" | "VBN" | "VBG")
            || analysis.dependents(clause, "aux").next().is_some();
        if !finite || self.syntax.passive(predicate) {
            return None;
        }
        let sentence = &self.document.sentences[self.document.sentence_of(predicate)].tokens;
        if words[predicate].xpos == "VBG" && predicate == sentence.start {
            return self.opened(predicate);
        }
        let mut last = predicate;
        while last > sentence.start
            && (matches!(words[last - 1].upos, Upos::Aux | Upos::Adv | Upos::Part)
                || self.document.tokens[last - 1].form == ",")
        {
            last -= 1;
        }
        let last = last.checked_sub(1).filter(|&last| last >= sentence.start)?;
        let mention = self
            .mentions_beside(predicate)
            .iter()
            .rev()
            .find(|mention| {
                let whole = match &mention.kind {
                    mention::Kind::Office(title) => {
                        title.phrase.start..mention.tokens.end.max(title.phrase.end)
                    }
                    mention::Kind::Person => mention.tokens.clone(),
                    _ => return false,
                };
                whole.contains(&last)
            })?;
        let subject = functions
            .iter()
            .find(|filler| filler.function == "nsubj" && !filler.inherited);
        let belongs = subject.is_none_or(|subject| {
            std::iter::once(mention.head)
                .chain(analysis.ancestors(mention.head))
                .take_while(|&token| token != subject.token && token != clause)
                .all(|token| self.syntax.preposition(token).is_none())
        });
        (belongs && !self.entities.at(mention.head).is_empty()).then_some(mention.head)
    }

    /// Whether a party is of one of `kinds` and someone in particular: whoever has neither a name nor an office nor a country is
    /// nobody (`my colleague`, `governments`).
    pub(super) fn accepts(self, kinds: &[String], id: EntityId) -> bool {
        let entity = self.entities.get(id);
        self.kinds(entity)
            .iter()
            .any(|kind| kinds.iter().any(|accepted| accepted == kind))
            && identifiable(entity)
    }

    /// Whether a party may fill the role of an argument. What is said of a party may be said of a body that has no name; no sea and no treaty
    /// charges anybody.
    fn fills(self, argument: &Argument, kinds: &[String], id: EntityId) -> bool {
        let said = self.is_said(&argument.role);
        self.accepts(kinds, id) && !(said && self.is_thing(id))
            || said && kinds.iter().any(|kind| kind == "group") && self.is_body(id)
    }

    /// Whether a group is a body that finds and says something, though it has no name: `a panel of experts`, `the prosecutors`.
    fn is_body(self, id: EntityId) -> bool {
        let entity = self.entities.get(id);
        let mut words = entity.name.split_whitespace();
        let described = words.next().is_some();
        let noun = words.next_back().map(stem);
        entity.kind == entity::Kind::Group
            && described
            && noun.is_some_and(|noun| self.knowledge.words.has("inquiry-body", &noun))
    }

    /// Whether what is taken for an organisation is none by its last word: `the Barents Sea`, `the Neutrality Act`.
    fn is_thing(self, id: EntityId) -> bool {
        let entity = self.entities.get(id);
        let noun = entity.name.split_whitespace().next_back();
        entity.kind == entity::Kind::Organisation
            && entity.gazetteer.is_none()
            && noun.is_some_and(|noun| {
                (self.knowledge.words).has("no-party-noun", &noun.to_lowercase())
            })
    }

    /// Whether `token` is part of a title without being its head: nobody travels to the Moscow of `the ambassador to Moscow`.
    fn inside_title(self, token: usize) -> bool {
        self.mentions_beside(token).iter().any(|mention| {
            matches!(mention.kind, mention::Kind::Office(_))
                && mention.tokens.contains(&token)
                && mention.head != token
        })
    }

    /// Whether `token` is a part of the name that ends in `predicate`: who is in the `Missile` of the Missile Treaty?
    fn inside_name(self, token: usize, predicate: usize) -> bool {
        self.mentions_beside(token).iter().any(|mention| {
            matches!(mention.kind, mention::Kind::OtherName)
                && mention.tokens.contains(&token)
                && mention.tokens.contains(&predicate)
        })
    }

    /// The mentions whose head `token` is.
    pub(super) fn mentions_of(self, token: usize) -> impl Iterator<Item = &'a Mention> {
        let beside = self.mentions_beside(token).iter();
        beside.filter(move |mention| mention.head == token)
    }

    /// The mentions of the sentence of `token`: they stand in text order and none crosses a sentence.
    pub(super) fn mentions_beside(self, token: usize) -> &'a [Mention] {
        let sentence = &self.document.sentences[self.document.sentence_of(token)].tokens;
        let before = |end: usize| {
            self.mentions
                .partition_point(|mention| mention.tokens.start < end)
        };
        &self.mentions[before(sentence.start)..before(sentence.end)]
    }

    /// The ontology's words for what a party is: a capital may stand for its government, a part of the world (the West) acts, too.
    pub(super) fn kinds(self, entity: &entity::Entity) -> Vec<&'static str> {
        let mut kinds = vec![kind_name(entity.kind)];
        let entry = entity
            .gazetteer
            .as_deref()
            .filter(|_| entity.kind == entity::Kind::Place);
        if let Some(iri) = entry {
            let gazetteer = &self.knowledge.gazetteer;
            if gazetteer.capital_of(iri).is_some() {
                kinds.push("country");
            }
            if gazetteer
                .entry(iri)
                .is_some_and(|entry| entry.kind == EntryKind::WorldRegion)
            {
                kinds.push("region");
            }
        }
        kinds
    }

    /// Whether `role` belongs to claims that someone makes (accusations, denials), not to events.
    fn is_said(self, role: &str) -> bool {
        let vocabulary = &self.knowledge.vocabulary;
        let domain = vocabulary
            .properties
            .get(role)
            .and_then(|role| role.domain.as_ref());
        domain
            .and_then(|class| vocabulary.classes.get(class))
            .is_some_and(|class| class.status.is_empty())
    }

    /// Whom `token` refers to. `The governments of France and Spain` refers to France and to Spain. Where things may stand for whom they
    /// belong to, `Gambia's complaint` refers to Gambia and `Chinese ships` to China.
    fn referents(self, token: usize, stands_for: bool) -> Vec<(usize, EntityId)> {
        // Where no antecedent was found for a relative pronoun, it is the noun right before it.
        let token = match self.syntax.relative_noun(token) {
            Some(noun) if self.entities.at(token).is_empty() => noun,
            _ => token,
        };
        // `its neighbour Chad`: a noun that names nobody is called by what stands beside it.
        let called = (self.syntax.analysis.dependents(token, "appos"))
            .find(|&name| !self.entities.at(name).is_empty())
            .filter(|_| self.entities.at(token).is_empty());
        let token = called.unwrap_or(token);
        let referents = self.entities.at(token);
        let vague = referents
            .iter()
            .all(|&id| self.entities.get(id).country.is_none());
        let words = &self.syntax.analysis.words;
        let has = |class: &str| self.knowledge.words.has(class, &words[token].lemma);
        let thing = referents.is_empty() && stands_for && words[token].upos == Upos::Noun;
        let voice = thing && has("voice-noun");
        let owners: &[&str] = if voice {
            &[
                "nmod:poss",
                "obl(by)",
                "obl(of)",
                "obl(from)",
                "amod",
                "compound",
            ]
        } else if vague && has("government-noun") {
            &["obl(of)"]
        } else if thing {
            &["amod"]
        } else {
            &[]
        };
        let functions = if owners.is_empty() {
            Vec::new()
        } else {
            self.syntax.functions(token)
        };
        let members: Vec<(usize, EntityId)> = owners
            .iter()
            .flat_map(|owner| {
                functions
                    .iter()
                    .filter(move |filler| filler.function == *owner && !filler.inherited)
            })
            .flat_map(|filler| self.syntax.conjuncts(filler.token))
            .flat_map(|token| self.entities.at(token).iter().map(move |&id| (token, id)))
            .collect();
        if !members.is_empty() {
            return members;
        }
        // An airport may be called by a name that nobody knows for a place.
        let airport = vague && has("arrival-noun");
        let nameless = referents
            .iter()
            .all(|&id| airport || self.entities.get(id).kind == entity::Kind::Group);
        let places = if nameless {
            place::at(self, token)
        } else {
            Vec::new()
        };
        if !places.is_empty() {
            return places.into_iter().map(|place| (token, place)).collect();
        }
        referents.iter().map(|&id| (token, id)).collect()
    }

    /// Whether the phrase of `token` is about people of a word class: `tourists`, `a group of tourists`.
    fn made_up_of(self, token: usize, class: &str) -> bool {
        let words = &self.syntax.analysis.words;
        let own = |token: usize| self.knowledge.words.has(class, &words[token].lemma);
        let group = (self.entities.at(token).iter())
            .any(|&id| self.entities.get(id).kind == entity::Kind::Group);
        own(token)
            || self.members(token).any(own)
            || group && self.syntax.analysis.dependents(token, "compound").any(own)
    }

    /// The nouns behind `of` that say whom a group is made up of.
    fn members(self, token: usize) -> impl Iterator<Item = usize> + use<'a> {
        self.syntax
            .analysis
            .dependents(token, "nmod")
            .filter(move |&member| self.syntax.preposition(member).as_deref() == Some("of"))
    }

    /// For `a group` whose members only are told: those.
    fn members_named(self, token: usize, id: EntityId) -> EntityId {
        let entity = self.entities.get(id);
        if entity.kind != entity::Kind::Group || identifiable(entity) {
            return id;
        }
        let mut members = self
            .members(token)
            .flat_map(|member| self.entities.at(member));
        members
            .find(|&&member| self.entities.get(member).kind == entity::Kind::Group)
            .copied()
            .unwrap_or(id)
    }

    /// Whether a nominal names nobody in particular: `the first visit by an Indian minister`, `other leaders`.
    fn generic(self, id: EntityId, token: usize, predicate: usize) -> bool {
        let analysis = self.syntax.analysis;
        let has = |class: &str| {
            (analysis.children(token).iter()).any(|&child| {
                self.knowledge
                    .words
                    .has(class, &analysis.words[child].lemma)
            })
        };
        let entity = self.entities.get(id);
        let nominal = analysis.words[predicate].upos == Upos::Noun;
        match entity.kind {
            entity::Kind::Person => nominal && entity.name.is_empty() && has("indefinite"),
            entity::Kind::Group => {
                let singular = matches!(analysis.words[token].xpos, "NN" | "NNP");
                let several = ["delegation-noun", "public-body"].iter().any(|class| {
                    self.knowledge
                        .words
                        .has(class, &analysis.words[token].lemma)
                });
                has("other-word") || nominal && singular && !several && has("indefinite")
            }
            _ => false,
        }
    }

    /// Whether a group without name or country is told by what its members are: `eleven lawmakers`, `a group of inspectors`. A bare
    /// plural is nobody in particular.
    pub(super) fn public_group(self, token: usize, id: EntityId) -> bool {
        let analysis = self.syntax.analysis;
        let public = |token: usize| {
            self.knowledge
                .words
                .has("public-group", &analysis.words[token].lemma)
        };
        let delegation = self
            .knowledge
            .words
            .has("delegation-noun", &analysis.words[token].lemma);
        let told = analysis.children(token).iter().any(|&child| {
            let word = &analysis.words[child];
            match word.relation() {
                "nummod" | "amod" | "compound" => true,
                // `the delegation` is one that was told of before.
                "det" => !delegation && !self.knowledge.words.has("indefinite", &word.lemma),
                _ => false,
            }
        }) || self.members(token).any(public);
        self.entities.get(id).kind == entity::Kind::Group
            && told
            && (public(token) || self.members(token).any(public))
    }

    /// Whether `token` has the lemma of a noun that evokes `class`.
    pub(super) fn names(self, token: usize, class: &str) -> bool {
        let lemma = self.syntax.analysis.words[token].lemma.to_lowercase();
        let lexicon = &self.knowledge.lexicon;
        lexicon.entries(&lemma).iter().any(|entry| {
            entry.part_of_speech == PartOfSpeech::Noun
                && entry.lemmas.len() == 1
                && (lexicon.frames.get(&entry.frame)).is_some_and(|frame| {
                    // Talks are a visit only where they are abroad.
                    let only_there = frame.arguments.iter().any(|argument| {
                        argument.is_surely_abroad() && !self.is_said(&argument.role)
                    });
                    frame.class == class && !only_there
                })
        })
    }

    fn texts(
        self,
        argument: &Argument,
        class: &str,
        functions: &[Filler],
        predicate: usize,
        distribute: bool,
    ) -> Vec<Range<usize>> {
        // `arrived for a visit` names no purpose; a charge may well name a wrong, and `imposed an embargo` says what was imposed, if the
        // property is what the claim is filed by.
        let vocabulary = &self.knowledge.vocabulary;
        let is_event =
            (vocabulary.classes.get(class)).is_some_and(|class| !class.status.is_empty());
        let files = vocabulary.properties.values().any(|property| {
            property.domain.as_deref() == Some(class)
                && property.read_from == Some(ReadFrom::Words(argument.role.clone()))
        });
        let names_event =
            |token: usize| is_event && !files && token != predicate && self.names(token, class);
        let fillers = self.follow(argument, &argument.path, functions, predicate);
        let Some(filler) = fillers
            .iter()
            .find(|filler| distribute || !names_event(filler.token))
        else {
            return Vec::new();
        };
        if distribute {
            // `for a dam, for a road and for a mine`: each has its preposition.
            let mut conjuncts: Vec<usize> = fillers
                .iter()
                .filter(|other| {
                    other.function == filler.function && other.inherited == filler.inherited
                })
                .flat_map(|filler| {
                    if filler.function == "self" {
                        vec![filler.token]
                    } else {
                        self.syntax.conjuncts(filler.token)
                    }
                })
                .filter(|&token| token == filler.token || self.of_class(argument, token))
                .filter(|&token| token == filler.token || self.is_coordinated(token))
                .collect();
            conjuncts.sort_unstable();
            conjuncts.dedup();
            conjuncts
                .into_iter()
                .filter(|&token| self.is_particular(token, predicate))
                .map(|token| self.explained(token))
                .filter_map(|token| self.syntax.name(token))
                .collect()
        } else {
            vec![if filler.function == "self" {
                self.syntax.predicate_text(filler.token)
            } else {
                self.syntax.clause_text(filler.token)
            }]
        }
    }
}

/// Whether a step of a path names this function: `obl(to|in)` names `obl(to)`, `obl(*)` any of its kind.
fn fits(step: &str, function: &str) -> bool {
    if step == function {
        return true;
    }
    let parts = |text: &str| -> Option<(String, String)> {
        let (name, rest) = text.split_once('(')?;
        Some((name.to_owned(), rest.strip_suffix(')')?.to_owned()))
    };
    match (parts(step), parts(function)) {
        (Some((name, prepositions)), Some((other, preposition))) => {
            name == other
                && (prepositions == "*"
                    || prepositions.split('|').any(|option| option == preposition))
        }
        _ => false,
    }
}

/// Whether a party is someone in particular: by a name, an office, or, a group, by its country.
pub(super) fn identifiable(entity: &entity::Entity) -> bool {
    let named = || {
        let last = entity.name.split_whitespace().next_back();
        last.and_then(|word| word.chars().next())
            .is_some_and(char::is_uppercase)
    };
    match entity.kind {
        entity::Kind::Person => !entity.offices.is_empty() || entity.country.is_some() || named(),
        entity::Kind::Group => {
            // `the UN panel`, `UN experts`
            let mut words = entity.name.split_whitespace();
            let first = words.next().unwrap_or_default();
            entity.country.is_some()
                || named()
                || words.any(|word| word.starts_with(char::is_uppercase))
                || first.chars().filter(|letter| letter.is_uppercase()).count() > 1
        }
        _ => true,
    }
}

/// The ontology's word for a kind of party.
pub(super) fn kind_name(kind: entity::Kind) -> &'static str {
    match kind {
        entity::Kind::Person => "person",
        entity::Kind::Country => "country",
        entity::Kind::Place => "place",
        entity::Kind::Organisation => "organisation",
        entity::Kind::Group => "group",
    }
}
