//! Reported speech: clauses that a verb of saying governs or stands beside, and what is so `according to` someone.

use std::ops::Range;

use super::Source;
use super::attribution::Attribution;
use crate::language::Upos;

/// Words that are reported to be someone's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Report {
    pub(super) tokens: Range<usize>,
    pub(super) source: Source,
    /// The verb of saying, where there is one.
    pub(super) verb: Option<usize>,
}

/// The reported clauses of a document by their verbs of saying; a clause that its attribution interrupts gives several reports.
pub(super) fn find(attribution: &Attribution) -> Vec<Report> {
    let mut reports = Vec::new();
    for token in 0..attribution.analysis.words.len() {
        let introduces = attribution.introduces(token);
        if introduces && !attribution.is_negated(token) {
            let Some(source) = attribution.source(token) else {
                continue;
            };
            let content = complement(attribution, token)
                .or_else(|| beside(attribution, token))
                .or_else(|| between_commas(attribution, token));
            for tokens in content.unwrap_or_default() {
                reports.push(Report {
                    tokens,
                    source,
                    verb: Some(token),
                });
            }
        } else if attribution
            .words
            .has("speech-noun", &attribution.analysis.words[token].lemma)
        {
            reports.extend(of_noun(attribution, token));
        } else if attribution
            .words
            .has("viewpoint-noun", &attribution.analysis.words[token].lemma)
        {
            reports.extend(in_view(attribution, token));
        } else {
            reports.extend(according_to(attribution, token));
        }
    }
    reports
}

/// `said that …`, also `…, said the minister` where the tree makes the quoted clause the verb's complement.
fn complement(attribution: &Attribution, verb: usize) -> Option<Vec<Range<usize>>> {
    if !attribution.reports(verb) {
        return None;
    }
    let analysis = attribution.analysis;
    let is_question = |clause: usize| {
        analysis.dependents(clause, "mark").any(|mark| {
            attribution
                .words
                .has("question-mark-word", &analysis.words[mark].lemma)
        })
    };
    let mut clauses: Vec<usize> = analysis
        .dependents(verb, "ccomp")
        .filter(|&clause| !is_question(clause))
        .collect();
    if clauses.is_empty() {
        clauses.extend(misplaced_complement(attribution, verb));
    }
    // `are said by the experts to have recruited`
    if clauses.is_empty() && analysis.dependents(verb, "obl:agent").next().is_some() {
        clauses.extend(analysis.dependents(verb, "xcomp"));
    }
    let mut tokens: Vec<usize> = clauses
        .iter()
        .flat_map(|&clause| analysis.subtree(clause))
        .collect();
    if analysis.words[verb].relation() == "parataxis" && !clauses.is_empty() {
        tokens.extend(around(attribution, verb, analysis.words[verb].head?));
    }
    tokens.sort_unstable();
    tokens.dedup();
    tokens.retain(|token| *token != verb);
    (!tokens.is_empty()).then(|| pieces(attribution, verb, &tokens))
}

/// A clause with `that` right after the verb and its addressee which the parser hung elsewhere.
fn misplaced_complement(attribution: &Attribution, verb: usize) -> Option<usize> {
    let analysis = attribution.analysis;
    let sentence = attribution.sentence(verb);
    let opening = (verb + 1..sentence.end.min(verb + 12)).find(|&token| {
        attribution
            .words
            .has("that-word", &analysis.words[token].lemma)
            && analysis.words[token].relation() == "mark"
    })?;
    let clause = analysis.words[opening].head?;
    let between_is_plain = (verb + 1..opening).all(|token| !attribution.is_predicate(token));
    let inside = !analysis.ancestors(verb).any(|above| above == clause) && clause > opening;
    (between_is_plain && inside && clause != verb).then_some(clause)
}

/// `…, he said, …`: the clause that the tree hangs the verb on from outside, also by `as` (`as he explained`).
fn beside(attribution: &Attribution, verb: usize) -> Option<Vec<Range<usize>>> {
    let analysis = attribution.analysis;
    let word = &analysis.words[verb];
    let as_clause = word.relation() == "advcl"
        && analysis.children(verb).iter().any(|&child| {
            child < verb
                && attribution
                    .words
                    .has("as-word", &analysis.words[child].lemma)
        })
        && analysis.dependents(verb, "obj").next().is_none();
    if word.relation() != "parataxis" && !as_clause {
        return None;
    }
    let own = analysis.extent(verb);
    let sentence = attribution.sentence(verb);
    let bounded = (own.start == sentence.start
        || attribution.is_punctuation(own.start - 1)
        || attribution.is_punctuation(own.start))
        && (own.end >= sentence.end
            || attribution.is_punctuation(own.end)
            || attribution.is_punctuation(own.end - 1));
    if !bounded {
        return None;
    }
    Some(pieces(
        attribution,
        verb,
        &around(attribution, verb, word.head?),
    ))
}

/// The clause of `head` without what hangs on `verb`, no further than the semicolons around the verb.
fn around(attribution: &Attribution, verb: usize, head: usize) -> Vec<usize> {
    let own = attribution.analysis.subtree(verb);
    let segment = segment(attribution, verb);
    let mut tokens = attribution.analysis.subtree(head);
    tokens.retain(|token| own.binary_search(token).is_err() && segment.contains(token));
    tokens
}

/// `…, the minister said on Tuesday, …` whatever the tree: subject and verb between marks, with a clause around them.
fn between_commas(attribution: &Attribution, verb: usize) -> Option<Vec<Range<usize>>> {
    let analysis = attribution.analysis;
    let word = &analysis.words[verb];
    let subject = analysis.dependents(verb, "nsubj").next()?;
    let addressed = attribution.words.has("addressing-verb", &word.lemma);
    if matches!(word.deprel, "acl:relcl" | "acl" | "ccomp")
        || analysis.dependents(verb, "mark").next().is_some()
        || analysis.dependents(verb, "ccomp").next().is_some()
        || (!addressed && analysis.dependents(verb, "obj").next().is_some())
    {
        return None;
    }
    let segment = segment(attribution, verb);
    let phrase = analysis.extent(subject);
    let start = phrase.start.min(verb);
    if start == segment.start || !attribution.is_punctuation(start - 1) {
        return None;
    }
    let end = (phrase.end.max(verb + 1)..segment.end)
        .find(|&token| attribution.is_punctuation(token))
        .unwrap_or(segment.end);
    let tokens: Vec<usize> = segment
        .filter(|token| !(start..end).contains(token))
        .collect();
    let finite =
        |&token: &usize| matches!(analysis.words[token].xpos, "VBD" | "VBZ" | "VBP" | "MD");
    tokens
        .iter()
        .any(finite)
        .then(|| pieces(attribution, verb, &tokens))
}

/// The part of the sentence between the semicolons around `token`.
fn segment(attribution: &Attribution, token: usize) -> Range<usize> {
    let sentence = attribution.sentence(token);
    let parts = |other: &usize| attribution.document.tokens[*other].form == ";";
    let start = (sentence.start..token)
        .rev()
        .find(parts)
        .map_or(sentence.start, |mark| mark + 1);
    let end = (token..sentence.end).find(parts).unwrap_or(sentence.end);
    start..end
}

/// `Kigali's claim that …`
fn of_noun(attribution: &Attribution, noun: usize) -> Vec<Report> {
    let analysis = attribution.analysis;
    let possessor = analysis.dependents(noun, "nmod:poss").next().or_else(|| {
        analysis.dependents(noun, "nmod").find(|&modifier| {
            analysis.dependents(modifier, "case").any(|case| {
                attribution
                    .words
                    .has("source-preposition", &analysis.words[case].lemma)
            })
        })
    });
    let clause = ["acl", "ccomp"]
        .into_iter()
        .flat_map(|relation| analysis.dependents(noun, relation))
        .find(|&clause| {
            analysis.dependents(clause, "mark").any(|mark| {
                attribution
                    .words
                    .has("that-word", &analysis.words[mark].lemma)
            })
        });
    match (possessor, clause) {
        (Some(possessor), Some(clause)) => {
            reports(attribution, possessor, noun, &analysis.subtree(clause))
        }
        _ => Vec::new(),
    }
}

/// `in the minister's view, …`, `in the words of the minister, …`
fn in_view(attribution: &Attribution, noun: usize) -> Vec<Report> {
    let analysis = attribution.analysis;
    let inside = analysis.dependents(noun, "case").any(|case| {
        attribution
            .words
            .has("viewpoint-preposition", &analysis.words[case].lemma)
    });
    let holder = analysis
        .dependents(noun, "nmod:poss")
        .next()
        .or_else(|| analysis.dependents(noun, "nmod").next());
    match holder {
        Some(holder) if inside => aside(attribution, holder, noun, analysis.extent(noun)),
        _ => Vec::new(),
    }
}

/// `according to the minister, …`
fn according_to(attribution: &Attribution, token: usize) -> Vec<Report> {
    let analysis = attribution.analysis;
    let words = &analysis.words;
    let sentence = attribution.sentence(token);
    if token + 1 >= sentence.end
        || !attribution
            .words
            .has("according-word", &attribution.document.tokens[token].form)
        || words[token + 1].xpos != "IN" && words[token + 1].xpos != "TO"
    {
        return Vec::new();
    }
    // The noun governs `according` as its preposition, or depends on it.
    let governed = words[token]
        .head
        .filter(|&head| head > token && words[token].relation() == "case");
    let noun = governed.or_else(|| {
        analysis
            .children(token)
            .iter()
            .copied()
            .find(|&child| child > token && matches!(words[child].relation(), "obl" | "nmod"))
    });
    let Some(noun) = noun else {
        return Vec::new();
    };
    let phrase = token..analysis.extent(noun).end;
    if matches!(words[noun].xpos, "WDT" | "WP") {
        let source = attribution.antecedent(noun, noun);
        let clause = analysis
            .ancestors(noun)
            .find(|&above| words[above].deprel == "acl:relcl");
        return clause.map_or_else(Vec::new, |clause| {
            let mut tokens = analysis.subtree(clause);
            tokens.retain(|token| !phrase.contains(token));
            reports(attribution, source, token, &tokens)
        });
    }
    aside(attribution, noun, token, phrase)
}

/// The clause that a phrase stands beside: the whole sentence where it opens or closes it, else the nearest.
fn aside(
    attribution: &Attribution,
    source: usize,
    token: usize,
    phrase: Range<usize>,
) -> Vec<Report> {
    let analysis = attribution.analysis;
    let segment = segment(attribution, token);
    let blank = |range: Range<usize>| range.clone().all(|token| attribution.is_punctuation(token));
    let opens = phrase.start >= segment.start && blank(segment.start..phrase.start);
    let closes = phrase.end <= segment.end
        && blank(phrase.end..segment.end)
        && phrase.start > segment.start
        && attribution.is_punctuation(phrase.start - 1);
    let mut tokens: Vec<usize> = if opens || closes {
        segment.collect()
    } else {
        match analysis
            .ancestors(source)
            .find(|&above| !phrase.contains(&above) && attribution.is_predicate(above))
        {
            Some(clause) => analysis.subtree(clause),
            None => return Vec::new(),
        }
    };
    tokens.retain(|token| !phrase.contains(token));
    reports(attribution, source, token, &tokens)
}

fn reports(attribution: &Attribution, source: usize, at: usize, tokens: &[usize]) -> Vec<Report> {
    pieces(attribution, at, tokens)
        .into_iter()
        .map(|tokens| Report {
            tokens,
            source: Source::Phrase(source),
            verb: None,
        })
        .collect()
}

/// The unbroken stretches of `tokens` (in order), within the quotation that `at` stands in, without marks at their ends. Marks inside
/// break nothing.
fn pieces(attribution: &Attribution, at: usize, tokens: &[usize]) -> Vec<Range<usize>> {
    let bounds = attribution
        .quotation(at)
        .map(|quotation| quotation.tokens.clone());
    let mut pieces: Vec<Range<usize>> = Vec::new();
    for &token in tokens {
        if attribution.is_punctuation(token)
            || bounds
                .as_ref()
                .is_some_and(|bounds| !bounds.contains(&token))
        {
            continue;
        }
        match pieces.last_mut() {
            Some(last) if (last.end..token).all(|between| attribution.is_punctuation(between)) => {
                last.end = token + 1
            }
            _ => pieces.push(token..token + 1),
        }
    }
    // A stray word that the parser left outside is no clause.
    pieces.retain(|piece| {
        piece.len() > 1 || attribution.analysis.words[piece.start].upos == Upos::Verb
    });
    pieces
}
