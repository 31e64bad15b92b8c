//! Words between quotation marks, and who utters them.

use std::ops::Range;

use super::attribution::Attribution;
use super::reported::Report;
use super::{Mode, Source, Utterance};
use crate::language::{Analysis, Upos};
use crate::text::{Document, Voice};

/// A stretch between quotation marks inside one paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Quotation {
    /// What stands between the marks; never empty.
    pub(super) tokens: Range<usize>,
    /// Whether it goes on the quotation before it, which the paragraph before leaves open.
    pub(super) continues: bool,
}

/// The two widths of quotation marks, each of which may stand inside the other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Width {
    Single,
    Double,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Opening,
    Closing,
    /// A straight mark.
    Either,
}

fn mark(text: &str) -> Option<(Width, Side)> {
    Some(match text {
        "“" | "„" | "«" | "``" => (Width::Double, Side::Opening),
        "”" | "»" | "''" => (Width::Double, Side::Closing),
        "\"" => (Width::Double, Side::Either),
        "‘" | "‚" | "‹" => (Width::Single, Side::Opening),
        "’" | "›" => (Width::Single, Side::Closing),
        "'" => (Width::Single, Side::Either),
        _ => return None,
    })
}

/// The quotations of a document in the order of their ends. Every paragraph stands for itself, but one that leaves its quotation open
/// hands it to the next if that begins with an opening mark; a mark without its partner counts as far as its sentence.
pub(super) fn find(document: &Document, analysis: &Analysis) -> Vec<Quotation> {
    let mut quotations = Vec::new();
    let mut carried = None;
    for (number, paragraph) in document.paragraphs.iter().enumerate() {
        let Some(sentences) = document
            .sentences
            .get(paragraph.sentences.clone())
            .filter(|sentences| !sentences.is_empty())
        else {
            continue;
        };
        let tokens = sentences[0].tokens.start..sentences[sentences.len() - 1].tokens.end;
        let marks = Marks {
            document,
            analysis,
            paragraph: tokens.clone(),
        };
        let mut open: Vec<(Width, usize)> = Vec::new();
        let mut push = |inside: Range<usize>| {
            let continues = carried.is_some() && inside.start == tokens.start + 1;
            if !inside.is_empty() {
                quotations.push(Quotation {
                    tokens: inside,
                    continues,
                });
            }
        };
        for token in tokens.clone() {
            let Some((width, side)) = marks.at(token, &open) else {
                continue;
            };
            let partner = open.iter().rposition(|&(other, _)| other == width);
            match (side, partner) {
                (Side::Closing, Some(partner)) => {
                    let (_, opening) = open[partner];
                    open.truncate(partner);
                    push(opening + 1..token);
                }
                (Side::Opening, _) => open.push((width, token)),
                _ => {}
            }
        }
        let unclosed = open
            .iter()
            .find(|(width, _)| *width == Width::Double)
            .copied();
        let next = document
            .paragraphs
            .get(number + 1)
            .filter(|next| next.voice == paragraph.voice);
        let goes_on = next
            .and_then(|next| document.sentences.get(next.sentences.start))
            .and_then(|sentence| mark(document.text(document.tokens[sentence.tokens.start].span)))
            .is_some_and(|(width, side)| width == Width::Double && side != Side::Closing);
        match unclosed {
            Some((_, opening)) if goes_on => push(opening + 1..tokens.end),
            Some((_, opening)) => {
                push(opening + 1..document.sentences[document.sentence_of(opening)].tokens.end);
            }
            None => {}
        }
        carried = unclosed.filter(|_| goes_on);
    }
    quotations
}

/// The quotation marks of a paragraph.
struct Marks<'a> {
    document: &'a Document,
    analysis: &'a Analysis,
    paragraph: Range<usize>,
}

impl Marks<'_> {
    /// Whether `token` opens or closes a quotation, given the marks that are open.
    fn at(&self, token: usize, open: &[(Width, usize)]) -> Option<(Width, Side)> {
        let (width, side) = mark(self.document.text(self.document.tokens[token].span))?;
        let is_open = open.iter().any(|(other, _)| *other == width);
        let side = match side {
            Side::Either if self.space_before(token) && !self.space_after(token) => Side::Opening,
            Side::Either if is_open || !self.space_before(token) => Side::Closing,
            Side::Either => Side::Opening,
            side => side,
        };
        match (width, side) {
            // An apostrophe is written like a closing mark, and at the start of a word like an opening one.
            (Width::Single, Side::Closing) if !is_open || self.is_genitive(token) => None,
            (Width::Single, Side::Opening) if !self.is_closed(token) => None,
            (Width::Double, Side::Closing) if !is_open => None,
            found => Some(found),
        }
    }

    fn space_before(&self, token: usize) -> bool {
        token == self.paragraph.start || self.document.tokens[token - 1].space_after
    }

    fn space_after(&self, token: usize) -> bool {
        self.document.tokens[token].space_after
    }

    /// Whether the single mark is the genitive of a plural (`the parties' talks`), as it is where another mark closes the quotation later.
    fn is_genitive(&self, token: usize) -> bool {
        self.analysis.words[token].xpos == "POS" && self.is_closed(token)
    }

    /// Whether a single closing mark follows in the paragraph.
    fn is_closed(&self, token: usize) -> bool {
        (token + 2..self.paragraph.end).any(|later| {
            let found = mark(self.document.text(self.document.tokens[later].span));
            matches!(found, Some((Width::Single, side)) if side != Side::Opening)
                && !self.space_before(later)
                && self.analysis.words[later].xpos != "POS"
        })
    }
}

/// The quotations that someone utters. Those of one or two words only mark off a term, unless they are a sentence of their own.
pub(super) fn attribute(attribution: &Attribution, reports: &[Report]) -> Vec<Utterance> {
    let mut order: Vec<&Quotation> = attribution.quotations.iter().collect();
    order.sort_by_key(|quotation| quotation.tokens.start);
    let mut utterances: Vec<Utterance> = Vec::new();
    for (number, quotation) in order.iter().enumerate() {
        let before = utterances.last();
        let Some(source) = source(attribution, reports, quotation, before) else {
            // A quotation of several paragraphs may be attributed at its end.
            continue;
        };
        let mut first = number;
        while order[first].continues && first > 0 {
            first -= 1;
        }
        for part in &order[first..=number] {
            if !utterances
                .iter()
                .any(|utterance| utterance.tokens == part.tokens)
            {
                utterances.push(Utterance {
                    tokens: part.tokens.clone(),
                    source,
                    mode: Mode::Direct,
                });
            }
        }
    }
    utterances
}

fn source(
    attribution: &Attribution,
    reports: &[Report],
    quotation: &Quotation,
    before: Option<&Utterance>,
) -> Option<Source> {
    let tokens = &quotation.tokens;
    let is_word = |token: &usize| !attribution.is_punctuation(*token);
    let ends = attribution.is_punctuation(tokens.end - 1);
    if tokens.clone().filter(is_word).count() <= 2 && !ends {
        return None;
    }
    let carried = before.filter(|before| quotation.continues && before.tokens.end < tokens.start);
    let own = in_tree(attribution, tokens)
        .or_else(|| beside(attribution, tokens))
        .or_else(|| carried.map(|before| before.source));
    own.or_else(|| {
        let around = reports
            .iter()
            .filter(|report| report.tokens.contains(&tokens.start));
        around
            .min_by_key(|report| report.tokens.len())
            .map(|report| report.source)
    })
    .or_else(|| viewpoint(attribution, tokens))
    .or_else(|| {
        // Whole sentences go on the last speaker's words of the same paragraph, or where they open one, of the paragraph before.
        let alone = tokens.start <= attribution.sentence(tokens.start).start + 1
            && tokens.end + 1 >= attribution.sentence(tokens.end - 1).end;
        let paragraph = |token: usize| attribution.document.paragraph_of(token).span;
        let here = paragraph(tokens.start);
        let quoted = before.filter(|before| {
            let there = paragraph(before.tokens.start);
            there == here || follows(attribution, tokens.start, before.tokens.end - 1)
        });
        let reported = reports
            .iter()
            .filter(|report| {
                report.tokens.start < tokens.start && paragraph(report.tokens.start) == here
            })
            .max_by_key(|report| report.tokens.start);
        match (quoted, reported) {
            (Some(quoted), Some(reported)) if quoted.tokens.start < reported.tokens.start => {
                Some(reported.source)
            }
            (Some(quoted), _) => Some(quoted.source),
            (None, reported) => reported.map(|reported| reported.source),
        }
        .filter(|_| alone)
    })
}

/// Whether the narrator's paragraph that opens with the mark before `token` comes right after the paragraph of `earlier`.
fn follows(attribution: &Attribution, token: usize, earlier: usize) -> bool {
    let document = attribution.document;
    let sentence = &document.sentences[document.sentence_of(token)];
    let paragraph = &document.paragraphs[sentence.paragraph];
    let opens = token == sentence.tokens.start + 1
        && paragraph.sentences.start == document.sentence_of(token);
    opens
        && paragraph.voice == Voice::Narrator
        && document.sentences[document.sentence_of(earlier)].paragraph + 1 == sentence.paragraph
}

/// The nearest verb outside the marks that governs what stands inside or hangs beside it.
fn in_tree(attribution: &Attribution, tokens: &Range<usize>) -> Option<Source> {
    let analysis = attribution.analysis;
    let outside = |token: &usize| !tokens.contains(token);
    let tops = tokens
        .clone()
        .filter(|&token| !attribution.is_punctuation(token))
        .filter(|&token| analysis.words[token].head.is_none_or(|head| outside(&head)));
    let mut nearest: Option<(usize, Source)> = None;
    for top in tops {
        let beside = analysis
            .dependents(top, "parataxis")
            .filter(|&child| outside(&child) && attribution.introduces(child))
            .find_map(|child| attribution.source(child));
        if beside.is_some() {
            return beside;
        }
        let above = analysis
            .ancestors(top)
            .enumerate()
            .filter(|(_, verb)| outside(verb) && attribution.introduces(*verb))
            .find_map(|(steps, verb)| Some((steps, attribution.source(verb)?)));
        if let Some((steps, source)) = above
            && nearest.is_none_or(|(least, _)| steps < least)
        {
            nearest = Some((steps, source));
        }
    }
    nearest
        .map(|(_, source)| source)
        .filter(|source| !matches!(source, Source::Phrase(token) if tokens.contains(token)))
}

/// The first verb after the marks or the last before them, if it is one of saying.
fn beside(attribution: &Attribution, tokens: &Range<usize>) -> Option<Source> {
    let analysis = attribution.analysis;
    let is_verb = |token: &usize| analysis.words[*token].upos == Upos::Verb;
    let free = |token: &usize| attribution.quotation(*token).is_none();
    let source = |verb: usize| {
        let source = attribution
            .source(verb)
            .filter(|_| attribution.introduces(verb));
        source.filter(|source| !matches!(source, Source::Phrase(token) if tokens.contains(token)))
    };
    let end = attribution.sentence(tokens.end - 1).end;
    let after = (tokens.end + 1..end)
        .take_while(free)
        .find(is_verb)
        .filter(|_| {
            attribution.is_punctuation(tokens.end - 1)
                || (tokens.end + 1 < end && attribution.is_punctuation(tokens.end + 1))
        })
        .and_then(source);
    after.or_else(|| {
        let start = attribution.sentence(tokens.start).start;
        (start..tokens.start.saturating_sub(1))
            .rev()
            .take_while(free)
            .find(is_verb)
            .and_then(source)
    })
}

/// `For the minister, the visit was "…"`
fn viewpoint(attribution: &Attribution, tokens: &Range<usize>) -> Option<Source> {
    let analysis = attribution.analysis;
    let sentence = attribution.sentence(tokens.start);
    let opens = attribution
        .words
        .has("viewpoint-opening", &analysis.words[sentence.start].lemma);
    let noun = analysis.words[sentence.start].head.filter(|_| opens)?;
    let phrase = analysis.extent(noun);
    let predicate = tokens.clone().any(|token| {
        analysis
            .dependents(token, "cop")
            .any(|copula| !tokens.contains(&copula))
    });
    (predicate && phrase.end < tokens.start && attribution.is_punctuation(phrase.end - 1))
        .then_some(Source::Phrase(noun))
}
