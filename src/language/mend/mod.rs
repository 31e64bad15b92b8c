//! Mends what the parser gets wrong against the grammar: it knows only what often stands together.
//!
//! - Who does something together are several. `The minister, who is also the envoy to X, the chairman of Y and the president of Z all paid
//!   visits`: whether the chairman is another person, or another office of the minister, a reader knows when the verb comes: `all`, `both`,
//!   `were` and `have` want several subjects (Quirk et al. 1985, A Comprehensive Grammar of the English Language, 10.34 on concord).
//! - What has an auxiliary is a verb: `is fishing there`.
//! - Who says something and then accuses somebody does both: `said that the talks had failed and accused Chile`; talks accuse nobody.
//! - What somebody is accused of hangs on the verb: `accused the government of fraud`, where fraud has no government.
//! - What somebody is accused of is a deed: `accused Chile of bombing villages`, where `bombing` is no kind of village.
//! - What somebody says amid a clause does not take its subject away: `Lima, he said, bombed the port`, `Lima, says Chad, bombed the port`.
//! - What somebody says amid a sentence does not take a relative clause from its noun, either: `It was Lima, he said, which bombed the port`.
//! - `have` right before a participle is its auxiliary: `alleged that they had used gas` is of one clause, not of two.
//! - An infinitive right behind a verb that takes one belongs to it: `accused Lima of planning to fill the lake`.
//! - A clause behind a noun with `that` for its subject or object is a relative clause: `the visit that he paid`.
//! - A name heads its honorific, as the treebanks have it: `Ms Lima` is Lima.
//! - Names that open a clause and are parted by commas from its subject are subjects, too: `Congo, the United Nations and Chad accused …`.
//! - What something is called is said of it, and is no part of it: `called the vote in Chad a farce`, `called the claim of a breach absurd`,
//!   `denounced the sanctions imposed by Lima as an act of war`.
//! - What stands without a preposition behind a verb and its particle is the object: `saw off the minister`.
//! - A phrase with a preposition follows the noun that it belongs to; before a predicate it belongs to the clause: `In his party were …`.

mod clauses;
mod subjects;
mod verbs;

use std::ops::Range;

use super::lemma::Lemmatiser;
use super::tree::{Upos, Word};
use crate::text::Document;

/// Takes and gives the words of the document's tokens.
pub(super) fn mend(
    document: &Document,
    lemmatiser: &Lemmatiser,
    mut words: Vec<Word>,
) -> Vec<Word> {
    for tokens in document.sentences.iter().map(|sentence| &sentence.tokens) {
        for token in tokens.clone() {
            let tree = Tree {
                document,
                words: &words,
                tokens,
            };
            if tree.is_progressive(token) {
                as_verb(&mut words[token], &document.tokens[token].form, lemmatiser);
            } else if let Some((verb, object)) = tree.deed(token) {
                let follows = tree.directly_behind(object, verb);
                let deed = &mut words[token];
                as_verb(deed, &document.tokens[token].form, lemmatiser);
                (deed.head, deed.deprel) = (Some(verb), "advcl");
                words[object].head = Some(token);
                words[object].deprel = "obj";
                if let Some(follows) = follows {
                    words[follows].head = Some(token);
                }
                let of = &mut words[token - 1];
                (of.upos, of.head, of.deprel) = (Upos::Sconj, Some(token), "mark");
            } else if let Some(said) = tree.said_amid(token) {
                let subject = if tree.has(said.clause, "aux:pass") {
                    "nsubj:pass"
                } else {
                    "nsubj"
                };
                (words[said.speaker].head, words[said.speaker].deprel) = (Some(token), "nsubj");
                (words[said.subject].head, words[said.subject].deprel) =
                    (Some(said.clause), subject);
            } else if let Some(noun) = tree.told_of_beyond_saying(token) {
                (words[token].head, words[token].deprel) = (Some(noun), "acl:relcl");
            } else if tree.heads_its_name(token) {
                place_below(&mut words, tokens, token, token + 1);
                words[token].deprel = "nmod:desc";
            } else if let Some(participle) = tree.is_auxiliary_of(token) {
                place_below(&mut words, tokens, token, participle);
                (words[token].upos, words[token].deprel) = (Upos::Aux, "aux");
            } else if let Some(verb) = tree.completes(token) {
                (words[token].head, words[token].deprel) = (Some(verb), "xcomp");
            } else if let Some(pronoun) = tree.is_relative(token) {
                words[token].deprel = "acl:relcl";
                let that = &mut words[pronoun];
                (that.upos, that.xpos) = (Upos::Pron, "WDT");
                if that.deprel == "mark" {
                    that.deprel = "obj";
                }
            } else if let Some(saying) = tree.says_beside(token) {
                words[token].head = Some(saying);
            } else if let Some(verb) = tree.charge(token) {
                (words[token].head, words[token].deprel) = (Some(verb), "obl");
            } else if let Some((subject, others)) = tree.opens_list(token) {
                (words[token].head, words[token].deprel) =
                    (words[subject].head, words[subject].deprel);
                for other in others {
                    (words[other].head, words[other].deprel) = (Some(token), "conj");
                }
            } else if let Some((object, called)) = tree.calls(token) {
                words[object].deprel = "obj";
                (words[called].head, words[called].deprel) = (Some(token), "xcomp");
            } else if let Some(judged) = tree.judges(token) {
                words[judged].head = Some(token);
            } else if tree.is_object_behind_particle(token) {
                words[token].deprel = "obj";
            } else if let Some((predicate, copula)) = tree.opens_clause(token) {
                words[token].deprel = "obl";
                words[copula].head = Some(predicate);
            } else {
                for joined in tree.joined_to_clause(token) {
                    words[joined].head = Some(token);
                }
            }
        }
    }
    words
}

/// Whether `lemma` is one of `words`, which spaces part.
fn lists(words: &str, lemma: &str) -> bool {
    words.split(' ').any(|word| word == lemma)
}

/// Hangs `token`, of the sentence of `tokens`, on `head`, which takes its place in the tree and all that hung on it.
fn place_below(words: &mut [Word], tokens: &Range<usize>, token: usize, head: usize) {
    (words[head].head, words[head].deprel) = (words[token].head, words[token].deprel);
    for other in tokens.clone() {
        if other != head && words[other].head == Some(token) {
            words[other].head = Some(head);
        }
    }
    words[token].head = Some(head);
}

/// Makes a verb of a word in -ing.
fn as_verb(word: &mut Word, form: &str, lemmatiser: &Lemmatiser) {
    (word.lemma, word.upos, word.xpos) = (lemmatiser.lemma(form, "VBG"), Upos::Verb, "VBG");
}

/// The tree of a sentence. It is searched word by word, as the index of [`super::Analysis`] does not follow what is mended.
struct Tree<'a> {
    document: &'a Document,
    words: &'a [Word],
    tokens: &'a Range<usize>,
}

impl Tree<'_> {
    fn has(&self, head: usize, deprel: &str) -> bool {
        self.dependents(head, deprel).next().is_some()
    }

    /// Whether a dependent by one of the relations has that lemma.
    fn has_lemma<const COUNT: usize>(
        &self,
        head: usize,
        relations: [&'static str; COUNT],
        lemma: &str,
    ) -> bool {
        self.dependents_by(head, relations)
            .any(|token| self.words[token].lemma == lemma)
    }

    /// The dependents by one relation after the other.
    fn dependents_by<const COUNT: usize>(
        &self,
        head: usize,
        relations: [&'static str; COUNT],
    ) -> impl Iterator<Item = usize> {
        let by = move |relation| self.dependents(head, relation);
        relations.into_iter().flat_map(by)
    }

    fn dependents(&self, head: usize, deprel: &str) -> impl Iterator<Item = usize> {
        (self.tokens.clone()).filter(move |&token| {
            let word = &self.words[token];
            word.head == Some(head) && word.deprel == deprel
        })
    }
}

#[cfg(test)]
mod tests {
    use super::mend;
    use crate::language::conllu;
    use crate::language::model::ENGLISH;
    use crate::language::tree::{Upos, Word};

    /// The words after mending. Each is given in a line, with tag, head (from 1, and 0 for the root) and relation.
    fn mended(sentence: &str) -> Vec<Word> {
        let rows: Vec<Vec<&'static str>> = (sentence.to_owned().leak().lines())
            .map(|line| line.split_whitespace().collect())
            .filter(|row: &Vec<_>| !row.is_empty())
            .collect();
        let forms = rows.iter().map(|row| (row[0].to_owned(), true));
        let document = conllu::document_of([forms.collect()].into_iter());
        let words = rows.iter().map(|row| Word {
            lemma: ENGLISH.lemmatiser.lemma(row[0], row[1]),
            upos: match row[1] {
                "NN" => Upos::Noun,
                "NNP" => Upos::Propn,
                "JJ" => Upos::Adj,
                "DT" => Upos::Det,
                _ if matches!(row[3], "aux" | "cop") => Upos::Aux,
                _ => Upos::X,
            },
            xpos: row[1],
            head: row[2].parse::<usize>().expect("a number").checked_sub(1),
            deprel: row[3],
        });
        mend(&document, &ENGLISH.lemmatiser, words.collect())
    }

    fn heads(sentence: &str) -> Vec<usize> {
        (mended(sentence).iter())
            .map(|word| word.head.map_or(0, |head| head + 1))
            .collect()
    }

    const OFFICES: &str = "
            Minister NN 10 nsubj
            who WP 4 nsubj
            is VBZ 4 cop
            envoy NN 1 acl:relcl
            chairman NN 4 conj
            and CC 8 cc
            the DT 8 det
            president NN 4 conj
            all DT 8 det
            paid VBD 0 root";

    #[test]
    fn what_something_is_called_is_no_part_of_it() {
        let called = "
            He PRP 2 nsubj
            called VBD 0 root
            the DT 4 det
            vote NN 2 obj
            in IN 6 case
            Chad NNP 4 nmod
            a DT 8 det
            farce NN 6 appos";
        assert_eq!(heads(called)[7], 2);
        // `called his minister in Chad, a friend`
        let beside = called.replace("a DT 8 det", ", , 9 punct\n            a DT 9 det");
        assert_eq!(heads(&beside)[8], 6);
        let adjective = "
            Lima NNP 2 nsubj
            called VBD 0 root
            claims NNS 2 obj
            of IN 5 case
            breaches NNS 3 nmod
            absurd JJ 5 amod";
        assert_eq!(heads(adjective)[5], 2);
        assert_eq!(heads(&adjective.replace("called", "heard"))[5], 5);
    }

    #[test]
    fn what_something_is_to_somebody_is_no_part_of_it() {
        let denounced = "
            Chad NNP 2 nsubj
            denounced VBD 0 root
            sanctions NNS 2 obj
            imposed VBN 3 acl
            by IN 6 case
            Lima NNP 4 obl:agent
            as IN 8 case
            war NN 4 obl";
        assert_eq!(heads(denounced)[7], 2);
        // `denounced sanctions used by Lima as a weapon`
        assert_eq!(heads(&denounced.replace("imposed", "used"))[7], 4);
    }

    #[test]
    fn a_name_before_the_subjects_is_one_of_them() {
        let list = "
            Congo NNP 7 parataxis
            , , 1 punct
            the DT 4 det
            union NN 7 nsubj
            and CC 6 cc
            Chad NNP 4 conj
            accused VBD 0 root
            Mali NNP 7 obj";
        let mended = mended(list);
        assert_eq!(mended[0].deprel, "nsubj");
        let heads: Vec<_> = [3, 5].iter().map(|&it| mended[it].head).collect();
        assert_eq!(heads, [Some(0), Some(0)]);
    }

    #[test]
    fn who_says_something_and_accuses_somebody_does_both() {
        let said = "
            He PRP 2 nsubj
            said VBD 0 root
            talks NNS 5 nsubj
            had VBD 5 aux
            failed VBN 2 ccomp
            and CC 7 cc
            accused VBD 5 conj
            ministers NNS 7 obj
            of IN 10 case
            fraud NN 8 nmod";
        let mended = mended(said);
        assert_eq!((mended[6].head, mended[9].head), (Some(1), Some(6)));
        // Troops that have come may do more.
        assert_eq!(heads(&said.replace("accused", "burnt"))[6], 5);
    }

    #[test]
    fn a_name_heads_its_honorific() {
        let title = "
            Ms NNP 4 nsubj
            Lima NNP 1 flat
            Rojas NNP 1 flat
            spoke VBD 0 root";
        let mended = mended(title);
        assert_eq!((mended[1].head, mended[1].deprel), (Some(3), "nsubj"));
        assert_eq!((mended[0].head, mended[2].head), (Some(1), Some(1)));
    }

    #[test]
    fn a_clause_with_that_for_its_object_is_relative() {
        let visit = "
            visit NN 0 root
            that IN 4 obj
            ministers NNS 4 nsubj
            paid VBD 1 acl";
        let words = mended(visit);
        assert_eq!((words[3].deprel, words[1].xpos), ("acl:relcl", "WDT"));
        // Who pays pays something.
        let mark = visit.replace("obj", "mark");
        assert_eq!(mended(&mark)[1].deprel, "obj");
        assert_eq!(mended(&mark.replace("paid", "came"))[3].deprel, "acl");
    }

    #[test]
    fn have_before_a_participle_is_its_auxiliary() {
        let alleged = "
            alleged VBD 0 root
            that IN 4 mark
            troops NNS 4 nsubj
            had VBD 1 ccomp
            used VBN 1 ccomp
            gas NN 5 obj";
        let words = mended(alleged);
        let heads: Vec<_> = words.iter().map(|word| word.head).collect();
        assert_eq!(heads, [None, Some(4), Some(4), Some(4), Some(0), Some(4)]);
        assert_eq!(words[3].deprel, "aux");
    }

    #[test]
    fn an_infinitive_completes_the_verb_before_it() {
        let accused = "
            accused VBD 0 root
            Lima NNP 1 obj
            of IN 4 mark
            planning VBG 1 advcl
            to TO 6 mark
            fill VB 1 advcl";
        assert_eq!(heads(accused)[5], 4);
        // `blamed Lima for going to help`
        assert_eq!(heads(&accused.replace("planning", "going"))[5], 1);
    }

    #[test]
    fn a_relative_clause_tells_of_its_noun_beyond_what_somebody_says_amid() {
        let before = "
            It PRP 3 nsubj
            was VBD 3 cop
            port NN 0 root
            , , 6 punct
            he PRP 6 nsubj
            said VBD 3 parataxis
            , , 9 punct
            which WDT 9 nsubj
            burnt VBD 6 ccomp";
        assert_eq!(heads(before)[8], 3);
        // What is asked is what somebody says.
        let asked = before.replace("\n            , , 9 punct", "");
        let asked = asked.replace("which WDT 9", "which WDT 8");
        assert_eq!(heads(&asked)[7], 6);
    }

    #[test]
    fn all_who_do_something_together_are_its_subjects() {
        let before = &format!("{OFFICES}\nvisits NN 10 obj");
        let mended = [10, 4, 4, 1, 1, 8, 8, 1, 8, 0, 10];
        assert_eq!(heads(before), mended);
        let plural = before.replace("all DT 8 det", "were VBD 10 cop");
        let mended = [1, 8, 8, 1];
        assert_eq!(heads(&plural)[4..8], mended);
        // The first `and` ends what the minister is.
        let closed = before.replace("who WP 4 nsubj", "and CC 5 cc");
        assert_eq!(heads(&closed)[4..8], [4, 8, 8, 1]);
    }

    #[test]
    fn one_may_hold_many_offices() {
        let before = &OFFICES.replace("all DT 8 det", "once RB 10 dep");
        assert_eq!(heads(before), [10, 4, 4, 1, 4, 8, 8, 4, 10, 0]);
    }

    #[test]
    fn what_has_an_auxiliary_is_a_verb() {
        let fishing = |relation: &str| {
            let words = mended(&format!(
                "Ghana NNP 3 nsubj
                is VBZ 3 {relation}
                fishing NN 0 root"
            ));
            (words[2].lemma.clone(), words[2].upos, words[2].xpos)
        };
        assert_eq!(fishing("aux"), ("fish".to_owned(), Upos::Verb, "VBG"));
        assert_eq!(fishing("cop"), ("fishing".to_owned(), Upos::Noun, "NN"));
    }

    #[test]
    fn what_stands_without_a_preposition_behind_a_particle_is_the_object() {
        let before = "
            He PRP 2 nsubj
            saw VBD 0 root
            off RP 2 compound:prt
            ministers NNS 2 obl";
        assert_eq!(mended(before)[3].deprel, "obj");
        for other in [
            before.replace("2 compound:prt", "4 case"),
            before.replace("2 compound:prt", "2 advmod"),
            before.replace("He PRP 2 nsubj", "Them PRP 2 obj"),
        ] {
            assert_eq!(mended(&other)[3].deprel, "obl", "{other}");
        }
    }

    #[test]
    fn what_is_said_amid_a_clause_leaves_it_its_subject() {
        let before = "
            Lima NNP 4 vocative
            , , 1 punct
            he PRP 4 nsubj
            said VBD 0 root
            , , 6 punct
            bombed VBD 4 ccomp
            ports NNS 6 obj";
        let words = mended(before);
        assert_eq!((words[0].head, words[0].deprel), (Some(5), "nsubj"));
        let speaker_behind = "
            Lima NNP 3 nsubj
            , , 1 punct
            says VBZ 0 root
            Chad NNP 3 obj
            , , 7 punct
            was VBD 7 aux:pass
            bombed VBN 3 parataxis";
        let words = mended(speaker_behind);
        assert_eq!((words[0].head, words[0].deprel), (Some(6), "nsubj:pass"));
        assert_eq!((words[3].head, words[3].deprel), (Some(2), "nsubj"));
        for own in ["it PRP 7 nsubj", "that IN 7 mark"] {
            let before = format!(
                "Lima NNP 3 nsubj
                , , 1 punct
                says VBZ 0 root
                Chad NNP 3 obj
                , , 7 punct
                {own}
                bombed VBD 3 ccomp"
            );
            assert_eq!(heads(&before)[0], 3);
        }
    }

    #[test]
    fn what_opens_a_clause_belongs_to_it() {
        let before = "
            In IN 2 case
            it PRP 4 nmod
            were VBD 4 cop
            ministers NNS 0 root";
        for before in [before, &before.replace("4 cop", "2 cop")] {
            assert_eq!(mended(before)[1].deprel, "obl");
            assert_eq!(heads(before), [2, 4, 4, 0]);
        }
        let no_predicate = before.replace("cop", "punct");
        assert_eq!(mended(&no_predicate)[1].deprel, "nmod");
    }

    #[test]
    fn what_somebody_is_accused_of_is_a_deed() {
        let before = "
            Peru NNP 2 nsubj
            accused VBD 0 root
            Chile NNP 2 obj
            of IN 6 case
            bombing NN 6 compound
            villages NNS 2 obl
            in IN 8 case
            June NNP 2 obl";
        let words = mended(before);
        assert_eq!((words[4].lemma.as_str(), words[4].xpos), ("bomb", "VBG"));
        assert_eq!(heads(before), [2, 0, 2, 5, 2, 5, 8, 5]);
        let of_the_accused = before.replace("villages NNS 2 obl", "villages NNS 3 nmod");
        assert_eq!(heads(&of_the_accused), heads(before));
        // The object was hung on the accuser's verb.
        let beside = before
            .replace("of IN 6 case", "of IN 5 mark")
            .replace("bombing NN 6 compound", "bombing VBG 2 advcl");
        assert_eq!(heads(&beside), heads(before));
        // What is done meanwhile is not what somebody is accused of.
        let meanwhile = beside.replace("of IN 5 mark", ", , 5 punct");
        assert_eq!(heads(&meanwhile)[4..], [2, 2, 8, 2]);
        let at_the_start = "
            bombing VBG 3 advcl
            villages NNS 3 obl
            accused VBD 0 root";
        assert_eq!(heads(at_the_start), [3, 3, 0]);
        // There is another verb, and something between the preposition and the word.
        for other in [
            before.replace("accused VBD", "informed VBD"),
            before.replace("of IN 6 case", "of IN 3 case"),
        ] {
            assert_eq!(heads(&other)[4..], [6, 2, 8, 2], "{other}");
        }
    }
}
