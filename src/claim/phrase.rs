//! The words of a slot that is filled with text.

use std::ops::Range;

use super::syntax::Syntax;
use crate::language::Upos;

/// What only comments on a noun or shares its place: it is no part of what the noun names.
const BESIDE: [&str; 14] = [
    "case",
    "mark",
    "cc",
    "conj",
    "appos",
    "acl:relcl",
    "parataxis",
    "punct",
    "cop",
    "nsubj",
    "expl",
    "aux",
    "advcl",
    "discourse",
];

/// Of those, what is left out inside the phrases that depend on the noun, too.
const COMMENT: [&str; 4] = ["appos", "acl:relcl", "parataxis", "advcl"];

impl Syntax<'_> {
    /// The tokens of the phrase that names something by the noun `token`: without its article, its preposition, what only comments on it
    /// (relative clauses, participles, appositions, parentheses, times) and what is coordinated with it. None where what is left names
    /// nothing and points to nothing (`projects`); what only points (`the bridge`) keeps its article.
    pub(super) fn name(self, token: usize) -> Option<Range<usize>> {
        let mut short = self.without_article(token, self.stretch(token, &BESIDE, &COMMENT, true));
        if let Some(noun) = self.measured(token) {
            short.end = short
                .end
                .max(self.stretch(noun, &BESIDE, &COMMENT, true).end);
        }
        let located = self.located(token, short.clone());
        if self.tells(token, &short) {
            return Some(located);
        }
        // `a road linking Chad and Libya`: the participle says which.
        let long = self.without_article(token, self.stretch(token, &BESIDE, &COMMENT, false));
        let general = self
            .words
            .has("undertaking-noun", &self.analysis.words[token].lemma);
        if self.tells(token, &long) && !general {
            return Some(long);
        }
        if self.tells(token, &located) || self.indefinite(token) {
            return Some(located);
        }
        if !general && let Some(clause) = self.told_by_clause(token) {
            return Some(short.start.min(token)..clause.end);
        }
        self.pointing(token)
    }

    /// The relative clause without a comma before it that says which thing is meant by who does something with it (`the clinic that Cuba set up`).
    fn told_by_clause(self, token: usize) -> Option<Range<usize>> {
        let words = &self.analysis.words;
        let verb = (self.analysis.dependents(token, "acl"))
            .find(|&verb| words[verb].deprel == "acl:relcl" && verb > token)?;
        let clause = self.stretch(verb, &["parataxis", "advcl", "conj"], &COMMENT, false);
        let comma = words[token + 1].relation() == "punct";
        let adjoins = !comma && (token + 1..token + 3).contains(&clause.start);
        let done = (self.analysis.dependents(verb, "nsubj"))
            .any(|subject| !matches!(words[subject].xpos, "WDT" | "WP"));
        // `the pipe that is to carry the oil of Chad`
        let meant = (self.analysis.dependents(verb, "aux"))
            .any(|auxiliary| words[auxiliary].xpos == "MD")
            && clause.clone().any(|token| words[token].upos == Upos::Propn);
        (adjoins && (done || meant)).then_some(clause)
    }

    /// The noun that stands right before `, a …`, whatever the tree makes of it: something certain, which an indefinite phrase explains.
    fn explained_before(self, token: usize) -> Option<usize> {
        let words = &self.analysis.words;
        let article = self
            .analysis
            .dependents(token, "det")
            .find(|&det| det < token && matches!(words[det].lemma.as_str(), "a" | "an"))?;
        let last = article.checked_sub(2)?;
        if words[article - 1].lemma != "," || self.analysis.dependents(token, "cc").next().is_some()
        {
            return None;
        }
        let facility = |token: usize| {
            let definite = self
                .analysis
                .dependents(token, "det")
                .any(|det| words[det].lemma == "the");
            (definite || words[token].upos == Upos::Propn)
                && self.words.has("facility-noun", &words[token].lemma)
        };
        std::iter::once(last)
            .chain(self.analysis.ancestors(last))
            .take_while(|&noun| noun <= last)
            .find(|&noun| facility(noun))
    }

    /// The noun behind `of` or `in` that the measure or part `token` is of, wherever the tree hangs it.
    pub(super) fn measured(self, token: usize) -> Option<usize> {
        let words = &self.analysis.words;
        let number = matches!(words[token].upos, Upos::Sym | Upos::Num);
        if !number && !self.words.has("measure-noun", &words[token].lemma) {
            return None;
        }
        let behind = (token + 1..words.len())
            .find(|&next| words[next].upos != Upos::Num)
            .filter(|&next| words[next].relation() == "case")?;
        let fits = matches!(words[behind].lemma.as_str(), "in" | "of");
        words[behind].head.filter(|&noun| fits && noun > behind)
    }

    /// The words of a phrase that only points to something said before, its article included (`the bridge`).
    fn pointing(self, token: usize) -> Option<Range<usize>> {
        let first = self
            .analysis
            .children(token)
            .iter()
            .copied()
            .find(|&child| {
                let word = &self.analysis.words[child];
                child < token && self.words.has("pointing-word", &word.lemma)
            })?;
        Some(first..token + 1)
    }

    /// The noun that `token` only explains or is said of: the terminal in `the Ruse terminal, a depot that …` and in `the Ruse terminal is a
    /// depot that …`; `token` itself where there is none.
    pub(super) fn explained(self, token: usize) -> usize {
        let words = &self.analysis.words;
        let is_noun = |token: usize| matches!(words[token].upos, Upos::Noun | Upos::Propn);
        // `the answer is the Tanzam railway`: what has a name is not told by what has none.
        let has_name = |token: usize| {
            let mut phrase = self.stretch(token, &BESIDE, &COMMENT, true);
            phrase.any(|token| words[token].upos == Upos::Propn)
        };
        let subject = || {
            self.analysis.dependents(token, "cop").next()?;
            self.analysis
                .dependents(token, "nsubj")
                .find(|&subject| is_noun(subject) && (has_name(subject) || !has_name(token)))
        };
        let head = words[token]
            .head
            .filter(|&head| words[token].relation() == "appos" && is_noun(head));
        head.or_else(|| self.explained_before(token))
            .or_else(subject)
            .filter(|&noun| {
                self.tells(noun, &self.stretch(noun, &BESIDE, &COMMENT, true))
                    || self.pointing(noun).is_some()
            })
            .unwrap_or(token)
    }

    /// The tokens of the clause headed by `token` with all that belongs to it, without its marker.
    pub(super) fn clause_text(self, token: usize) -> Range<usize> {
        self.stretch(token, &["case", "cc", "mark", "parataxis"], &[], false)
    }

    /// What the clause headed by `token` says of its subject, or of who makes others do it.
    pub(super) fn predicate_text(self, token: usize) -> Range<usize> {
        self.stretch(
            self.instigation(token).unwrap_or(token),
            &["case", "cc", "mark", "parataxis", "nsubj", "aux", "expl"],
            &[],
            false,
        )
    }

    fn without_article(self, token: usize, mut phrase: Range<usize>) -> Range<usize> {
        let article = (phrase.start..token).rev().find(|&child| {
            let word = &self.analysis.words[child];
            word.head == Some(token) && matches!(word.xpos, "DT" | "WDT")
        });
        if let Some(article) = article {
            phrase.start = article + 1;
        }
        phrase
    }

    /// Whether a phrase says more than the noun that heads it.
    fn tells(self, token: usize, phrase: &Range<usize>) -> bool {
        let telling = phrase
            .clone()
            .filter(|&token| {
                let word = &self.analysis.words[token];
                !matches!(
                    word.upos,
                    Upos::Det | Upos::Pron | Upos::Punct | Upos::Part | Upos::Adp
                ) && !self.words.has("untelling-modifier", &word.lemma)
            })
            .count();
        telling > 1 || self.analysis.words[token].upos == Upos::Propn
    }

    /// Whether something new and of its own kind is named by the bare noun: `a refinery`, but not `a project`.
    fn indefinite(self, token: usize) -> bool {
        let word = &self.analysis.words[token];
        let article = self
            .analysis
            .dependents(token, "det")
            .any(|det| matches!(self.analysis.words[det].lemma.as_str(), "a" | "an"));
        article && !self.words.has("undertaking-noun", &word.lemma)
    }

    /// The phrase with the places that stand right behind it, for a document with what it is about, whatever above it the tree hangs them on:
    /// `build a refinery at Agadez`, `open a road from Gao to Kidal`, `discuss the idea of a railway to Benin`.
    fn located(self, token: usize, mut phrase: Range<usize>) -> Range<usize> {
        let words = &self.analysis.words;
        let is = |class| self.words.has(class, &words[token].lemma);
        // `ratified the treaty on tariffs`: what a document is about stands right behind it, and it lies nowhere.
        let document = is("agreement-noun");
        // `extended the programme for nurses in Gabon`: an undertaking may have both.
        let topical = document || is("undertaking-noun");
        let leads = |lemma: &str| {
            topical && self.words.has("topic-preposition", lemma)
                || !document && self.words.has("locative-preposition", lemma)
        };
        let place = |phrase: &Range<usize>| {
            let case = words
                .get(phrase.end)
                .filter(|word| word.relation() == "case" && leads(&word.lemma))?;
            case.head.filter(|&place| {
                matches!(words[place].upos, Upos::Noun | Upos::Propn)
                    && words[place].head.is_some_and(|head| {
                        let mut above = self.analysis.ancestors(token);
                        phrase.contains(&head) || above.any(|word| word == head)
                    })
                    && !self.comments(place)
            })
        };
        while let Some(place) = place(&phrase) {
            let end = self.stretch(place, &BESIDE, &COMMENT, true).end;
            if end <= phrase.end {
                break;
            }
            phrase.end = end;
        }
        phrase
    }

    /// Whether `child` only comments: a participle without a preposition of its own (`agreed last year`), a clause with a subject, a time.
    fn comments(self, child: usize) -> bool {
        let word = &self.analysis.words[child];
        let has = |relation: &str| self.analysis.dependents(child, relation).next().is_some();
        match word.relation() {
            "acl" => {
                has("nsubj")
                    || has("aux")
                    || matches!(word.xpos, "VBN" | "VBG") && !has("mark") && !has("case")
            }
            "nummod" => word.head.is_some_and(|head| head < child),
            "advmod" | "amod" => self.set_off(child),
            "nmod" | "obl" => {
                self.adverb_before(child)
                    || self.words.has("time-noun", &word.lemma)
                    || self.words.has("weekday", &word.lemma)
                    || word.upos == Upos::Num && self.preposition(child).as_deref() == Some("in")
            }
            _ => false,
        }
    }

    /// Whether a comma stands right before a word that follows its head: `the line, now complete`.
    fn set_off(self, child: usize) -> bool {
        let words = &self.analysis.words;
        let behind = words[child].head.is_some_and(|head| head < child);
        behind && words[child - 1].lemma == ","
    }

    /// Whether the phrase of `child` opens with a comma and an adverb: `the line, now in use`.
    fn adverb_before(self, child: usize) -> bool {
        (self.analysis.dependents(child, "advmod"))
            .any(|adverb| adverb < child && self.analysis.words[adverb - 1].lemma == ",")
    }

    /// The unbroken run of tokens around `token` that belong to its subtree, leaving out its children by the relations `without`, further
    /// down those by the relations `below`, and, where asked, whatever only comments; a punctuation mark at either end is dropped.
    fn stretch(self, token: usize, without: &[&str], below: &[&str], terse: bool) -> Range<usize> {
        let mut kept = vec![token];
        let mut next = 0;
        while next < kept.len() {
            let above = kept[next];
            let left_out = if above == token { without } else { below };
            for &child in self.analysis.children(above) {
                let word = &self.analysis.words[child];
                let named = left_out.contains(&word.deprel)
                    || left_out.contains(&word.relation()) && word.deprel != "acl"
                    // `the repair of the road and the delivery of fuel`
                    || terse
                        && word.relation() == "conj"
                        && self.analysis.dependents(child, "det").next().is_some();
                // `train nurses in Chad under a contract`: where and how is not what.
                let how = word.relation() == "obl"
                    && above == token
                    && self.analysis.words[token].upos == Upos::Verb;
                if !named && !(terse && (how || self.comments(child))) {
                    kept.push(child);
                }
            }
            next += 1;
        }
        kept.sort_unstable();
        let position = kept.iter().position(|&kept| kept == token).unwrap_or(0);
        let gap = |a: usize, b: usize| {
            let xpos = |token: usize| self.analysis.words[token].xpos;
            (a + 1..b).all(|between| self.analysis.words[between].relation() == "punct")
                || b > a + 2 && xpos(a + 1) == "-LRB-" && xpos(b - 1) == "-RRB-"
        };
        let mut first = position;
        while first > 0 && gap(kept[first - 1], kept[first]) {
            first -= 1;
        }
        let mut last = position;
        while last + 1 < kept.len() && gap(kept[last], kept[last + 1]) {
            last += 1;
        }
        let (mut start, mut end) = (kept[first], kept[last] + 1);
        let punctuation = |token: usize| self.analysis.words[token].relation() == "punct";
        // A clause is quoted without the word that joins it to its sentence (`and`, `which`, `when`).
        let joint =
            |token: usize| matches!(self.analysis.words[token].xpos, "CC" | "WP" | "WDT" | "WRB");
        while start < token && (punctuation(start) || joint(start)) {
            start += 1;
        }
        while end > token + 1 && punctuation(end - 1) {
            end -= 1;
        }
        start..end
    }
}
