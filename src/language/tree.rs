//! Dependency trees and the ways to walk them.

use std::ops::Range;

/// The analysis of a document: one [`Word`] for each of its tokens, at the same index.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// Words by token index.
    pub words: Vec<Word>,
    /// Dependents of each word in text order, by token index.
    children: Vec<Vec<usize>>,
}

/// What the model says of a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Dictionary form; lower case except for proper nouns.
    pub lemma: String,
    /// Universal part of speech.
    pub upos: Upos,
    /// Penn Treebank tag, as English UD uses it (`VBD`, `NNP` …).
    pub xpos: &'static str,
    /// Token index of the head (an index into the whole document); none for the root of a sentence.
    pub head: Option<usize>,
    /// Universal dependency relation with its subtype (`nsubj:pass`).
    pub deprel: &'static str,
}

/// Universal part-of-speech tags, <https://universaldependencies.org/u/pos/>.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "defined by Universal Dependencies")]
pub enum Upos {
    Adj,
    Adp,
    Adv,
    Aux,
    Cconj,
    Det,
    Intj,
    Noun,
    Num,
    Part,
    Pron,
    Propn,
    Punct,
    Sconj,
    Sym,
    Verb,
    X,
}

impl Upos {
    /// All tags.
    pub const ALL: [Self; 17] = [
        Self::Adj,
        Self::Adp,
        Self::Adv,
        Self::Aux,
        Self::Cconj,
        Self::Det,
        Self::Intj,
        Self::Noun,
        Self::Num,
        Self::Part,
        Self::Pron,
        Self::Propn,
        Self::Punct,
        Self::Sconj,
        Self::Sym,
        Self::Verb,
        Self::X,
    ];

    /// The tag that CoNLL-U writes as `tag`.
    pub fn parse(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|upos| upos.as_str() == tag)
    }

    /// The tag as written in CoNLL-U.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Adj => "ADJ",
            Self::Adp => "ADP",
            Self::Adv => "ADV",
            Self::Aux => "AUX",
            Self::Cconj => "CCONJ",
            Self::Det => "DET",
            Self::Intj => "INTJ",
            Self::Noun => "NOUN",
            Self::Num => "NUM",
            Self::Part => "PART",
            Self::Pron => "PRON",
            Self::Propn => "PROPN",
            Self::Punct => "PUNCT",
            Self::Sconj => "SCONJ",
            Self::Sym => "SYM",
            Self::Verb => "VERB",
            Self::X => "X",
        }
    }
}

/// A relation without its subtype: `nsubj` of `nsubj:pass`.
pub(super) fn universal(relation: &str) -> &str {
    relation.split(':').next().unwrap_or(relation)
}

impl Word {
    /// The relation without its subtype: `nsubj` of `nsubj:pass`.
    pub fn relation(&self) -> &'static str {
        universal(self.deprel)
    }

    /// Whether it heads a relative clause: of a noun (`acl:relcl`), or of a cleft (`advcl:relcl`: `it was Chad that signed`).
    pub fn is_relative(&self) -> bool {
        self.deprel.ends_with(":relcl")
    }
}

impl Analysis {
    /// Keeps `words`, whose heads must lie inside their own sentence and form trees.
    pub fn new(words: Vec<Word>) -> Self {
        let mut children = vec![Vec::new(); words.len()];
        for (token, word) in words.iter().enumerate() {
            if let Some(head) = word.head {
                children[head].push(token);
            }
        }
        Self { words, children }
    }

    /// Dependents of `token` in text order.
    pub fn children(&self, token: usize) -> &[usize] {
        &self.children[token]
    }

    /// Dependents of `token` whose relation is `relation`, with (`nsubj:pass`) or without (`nsubj`) its subtype.
    pub fn dependents<'a>(
        &'a self,
        token: usize,
        relation: &'a str,
    ) -> impl Iterator<Item = usize> + 'a {
        self.children[token].iter().copied().filter(move |&child| {
            let word = &self.words[child];
            word.deprel == relation || word.relation() == relation
        })
    }

    /// `token` and everything below it, in text order.
    pub fn subtree(&self, token: usize) -> Vec<usize> {
        let mut tokens = vec![token];
        let mut next = 0;
        while next < tokens.len() {
            tokens.extend(&self.children[tokens[next]]);
            next += 1;
        }
        tokens.sort_unstable();
        tokens
    }

    /// The range of tokens from the first to the last of the subtree of `token`.
    pub fn extent(&self, token: usize) -> Range<usize> {
        let tokens = self.subtree(token);
        tokens[0]..tokens[tokens.len() - 1] + 1
    }

    /// The heads of `token`, from its own to the root of its sentence.
    pub fn ancestors(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.words[token].head, |&head| self.words[head].head)
    }
}
