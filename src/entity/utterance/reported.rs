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
            reports.extend(by_verb(attribution, token));
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
            reports.extend(seen_by(attribution, token));
        }
    }
    reports
}

/// What the subject of a verb of saying utters.
fn by_verb(attribution: &Attribution, verb: usize) -> Vec<Report> {
    let report = |source: Source, pieces: Vec<Range<usize>>| {
        pieces
            .into_iter()
            .map(|tokens| Report {
                tokens,
                source,
                verb: Some(verb),
            })
            .collect()
    };
    if let Some((speaker, pieces)) = between_commas(attribution, verb) {
        return report(Source::Phrase(speaker), pieces);
    }
    let content = complement(attribution, verb)
        .or_else(|| beside(attribution, verb))
        .or_else(|| judgement(attribution, verb));
    match (content, attribution.source(verb)) {
        (Some(pieces), Some(source)) => report(source, pieces),
        _ => Vec::new(),
    }
}

/// `said that …`, also `…, said the minister` where the tree makes the quoted clause the verb's complement.
fn complement(attribution: &Attribution, verb: usize) -> Option<Vec<Range<usize>>> {
    let analysis = attribution.analysis;
    // Who asks why something is so says that it is.
    let presupposes = |clause: usize| {
        let opening = analysis.extent(clause).start;
        opening > verb
            && (attribution.words).has("presupposing-word", &analysis.words[opening].lemma)
    };
    let asks = || analysis.dependents(verb, "ccomp").any(presupposes);
    if !(attribution.reports(verb) || attribution.introduces(verb) && asks()) {
        return None;
    }
    let is_question = |clause: usize| {
        let opening = analysis.extent(clause).start;
        opening > verb
            && !presupposes(clause)
            && (matches!(analysis.words[opening].xpos, "WDT" | "WP" | "WP$" | "WRB")
                || attribution
                    .words
                    .has("question-mark-word", &analysis.words[opening].lemma))
    };
    let opens_with_that = |clause: &usize| {
        analysis.dependents(*clause, "mark").any(|mark| {
            mark > verb
                && attribution
                    .words
                    .has("that-word", &analysis.words[mark].lemma)
        })
    };
    let mut clauses: Vec<usize> = analysis
        .dependents(verb, "ccomp")
        .filter(|&clause| !is_question(clause))
        // `said that he came and that he left`
        .chain(analysis.dependents(verb, "conj").filter(opens_with_that))
        .collect();
    // `said that he left because they had lied`: the reason is the speaker's, too.
    if let Some(&last) = clauses.last() {
        let reasons = analysis.dependents(verb, "advcl").filter(|&reason| {
            let mut marks = analysis.dependents(reason, "mark");
            reason > last
                && marks
                    .any(|mark| (attribution.words).has("reason-word", &analysis.words[mark].lemma))
        });
        clauses.extend(reasons);
    }
    if clauses.is_empty() {
        clauses.extend(misplaced_complement(attribution, verb));
    }
    // `are said by the envoy to have agreed, and to have signed`
    if clauses.is_empty() && attribution.is_passive(verb) && attribution.agent(verb).is_some() {
        let infinitives = analysis.children(verb).iter().copied().filter(|&child| {
            matches!(analysis.words[child].relation(), "xcomp" | "advcl" | "conj")
                && analysis.dependents(child, "nsubj").next().is_none()
                && analysis
                    .dependents(child, "mark")
                    .any(|mark| analysis.words[mark].xpos == "TO")
        });
        clauses.extend(infinitives);
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
    // After a clause in quotation marks the narrator goes on.
    let closed = clauses.iter().filter_map(|&clause| {
        let quotation = attribution.quotation(clause)?;
        let closed = attribution.is_punctuation(quotation.tokens.end - 1)
            && !quotation.tokens.contains(&verb);
        closed.then_some(quotation.tokens.end)
    });
    let narrated = closed.min().unwrap_or(usize::MAX);
    tokens.retain(|token| {
        *token != verb && (*token < narrated || attribution.quotation(*token).is_some())
    });
    (!tokens.is_empty()).then(|| pieces(attribution, verb, &tokens))
}

/// `condemned the line as a tool for Moscow to blackmail its neighbours`, `called the vote a farce staged by Moscow`: what somebody judges a thing to be
/// is said by them.
fn judgement(attribution: &Attribution, verb: usize) -> Option<Vec<Range<usize>>> {
    let analysis = attribution.analysis;
    let has = |head: usize, relation: &str, lemma: &str| {
        let mut openings = analysis.dependents(head, relation);
        openings.any(|opening| analysis.words[opening].lemma == lemma)
    };
    let predicative = |&noun: &usize| noun > verb && analysis.words[noun].upos != Upos::Verb;
    let phrase = (analysis
        .dependents(verb, "obl")
        .find(|&noun| has(noun, "case", "as")))
    .or_else(|| analysis.dependents(verb, "xcomp").find(predicative))?;
    let use_of_it = (analysis.dependents(verb, "advcl"))
        .find(|&clause| clause > phrase && has(clause, "mark", "for"));
    let mut tokens = analysis.subtree(phrase);
    tokens.extend(use_of_it.into_iter().flat_map(|it| analysis.subtree(it)));
    tokens.sort_unstable();
    tokens.dedup();
    Some(pieces(attribution, verb, &tokens))
}

/// A clause with `that` after the verb and its addressee which the parser hung elsewhere.
fn misplaced_complement(attribution: &Attribution, verb: usize) -> Option<usize> {
    let analysis = attribution.analysis;
    let sentence = attribution.sentence(verb);
    let opening = (verb + 1..sentence.end)
        .take_while(|&token| {
            !attribution.is_predicate(token) && attribution.document.tokens[token].form != ";"
        })
        .find(|&token| {
            let word = &analysis.words[token];
            attribution.words.has("that-word", &word.lemma) && matches!(word.xpos, "IN" | "DT")
        })?;
    let clause = std::iter::successors(Some(opening), |&token| {
        analysis.words[token].head.filter(|&head| head > opening)
    })
    .last()?;
    attribution.is_predicate(clause).then_some(clause)
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
        && ["ccomp", "xcomp"]
            .iter()
            .all(|relation| analysis.dependents(verb, relation).next().is_none());
    let has_object = analysis.dependents(verb, "obj").next().is_some()
        && !attribution.words.has("addressing-verb", &word.lemma);
    let relative = analysis
        .dependents(verb, "nsubj")
        .any(|subject| matches!(analysis.words[subject].xpos, "WDT" | "WP"));
    if has_object
        || relative
        || attribution.is_passive(verb)
        || (word.relation() != "parataxis" && !as_clause)
    {
        return None;
    }
    let own = analysis.extent(verb);
    let sentence = segment(attribution, verb);
    let opens = own.start <= sentence.start;
    let bounded = (if opens {
        as_clause
    } else {
        attribution.is_punctuation(own.start - 1) || attribution.is_punctuation(own.start)
    }) && (own.end >= sentence.end
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
    let first = own[0];
    // After a quotation in marks the narrator goes on.
    let quoted = attribution
        .quotations
        .iter()
        .any(|quotation| quotation.tokens.end + 1 == first || quotation.tokens.end == first);
    let mut tokens = attribution.analysis.subtree(head);
    tokens.retain(|&token| {
        own.binary_search(&token).is_err()
            && segment.contains(&token)
            && (!quoted || token < first || attribution.quotation(token).is_some())
    });
    tokens
}

/// `…, the minister said on Tuesday, …` whatever the tree: subject and verb between marks, with a clause around them. Gives the
/// head of the subject too.
fn between_commas(attribution: &Attribution, verb: usize) -> Option<(usize, Vec<Range<usize>>)> {
    let analysis = attribution.analysis;
    let lemma = &analysis.words[verb].lemma;
    if attribution.is_passive(verb)
        || !(attribution.reports(verb) || attribution.is_parenthetical(verb))
    {
        return None;
    }
    let segment = segment(attribution, verb);
    let bounds =
        |token: &usize| attribution.is_punctuation(*token) && analysis.words[*token].xpos != "HYPH";
    let start = (segment.start..verb).rev().find(bounds)? + 1;
    let end = (verb + 1..segment.end).find(bounds).unwrap_or(segment.end);
    let inverted = || {
        (start == verb)
            .then(|| local_subject(attribution, verb + 1..end))
            .flatten()
    };
    let speaker = local_subject(attribution, start..verb).or_else(inverted)?;
    let finite = |token: usize| matches!(analysis.words[token].xpos, "VBD" | "VBZ" | "VBP" | "MD");
    let object = analysis
        .dependents(verb, "obj")
        .any(|object| (verb..end).contains(&object) && object != speaker)
        && !attribution.words.has("addressing-verb", lemma);
    let goes_on = (verb + 1..end).any(|token| {
        finite(token)
            || attribution
                .words
                .has("that-word", &analysis.words[token].lemma)
    });
    if start <= segment.start + 1 || goes_on || object {
        return None;
    }
    // `… terms, it complains, they failed to honour`: the relative clause alone is reported.
    let opening = (segment.start..start)
        .rev()
        .take_while(|&token| !finite(token))
        .find(|&token| matches!(analysis.words[token].xpos, "WDT" | "WP" | "WP$" | "WRB"))
        .unwrap_or(segment.start);
    // After a quotation in marks the narrator goes on.
    let after_quotation = attribution
        .quotations
        .iter()
        .any(|quotation| quotation.tokens.end == start - 1);
    let narrated =
        |token: usize| token >= end && (after_quotation || describes(attribution, token, verb));
    let tokens: Vec<usize> = (opening..segment.end)
        .filter(|&token| token < start || (token >= end && !narrated(token)))
        .collect();
    let level = attribution.quotation(verb);
    // A past tense that the tagger takes for a participle has no auxiliary.
    let governed = |token: usize| {
        let word = &analysis.words[token];
        word.xpos == "VBN" && word.head == Some(verb)
    };
    let clause = tokens
        .iter()
        .any(|&token| (finite(token) || governed(token)) && attribution.quotation(token) == level);
    clause.then(|| (speaker, pieces(attribution, verb, &tokens)))
}

/// Whether `token` belongs to what tells when, where and to whom `verb` is said.
fn describes(attribution: &Attribution, token: usize, verb: usize) -> bool {
    let analysis = attribution.analysis;
    std::iter::once(token)
        .chain(analysis.ancestors(token))
        .take_while(|&above| above != verb)
        .last()
        .is_some_and(|below| {
            let word = &analysis.words[below];
            word.head == Some(verb)
                && below > verb
                && matches!(word.relation(), "nsubj" | "obl" | "iobj")
        })
}

/// The head of a noun phrase that fills `tokens`.
fn local_subject(attribution: &Attribution, tokens: Range<usize>) -> Option<usize> {
    let words = &attribution.analysis.words;
    let opens_clause = matches!(
        words.get(tokens.start)?.xpos,
        "IN" | "CC" | "WDT" | "WP" | "WP$" | "WRB" | "TO"
    );
    let verbal = tokens.clone().any(|token| {
        words[token].upos == Upos::Verb || matches!(words[token].xpos, "WDT" | "WP" | "WP$" | "WRB")
    });
    if tokens.is_empty() || opens_clause || verbal {
        return None;
    }
    tokens
        .clone()
        .filter(|&token| matches!(words[token].upos, Upos::Noun | Upos::Propn | Upos::Pron))
        .find(|&token| words[token].head.is_none_or(|head| !tokens.contains(&head)))
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
            let opening = analysis.children(clause).iter().copied().find(|&child| {
                let word = &analysis.words[child];
                child > noun && attribution.words.has("that-word", &word.lemma)
            });
            // The parser often takes the conjunction for a relative pronoun, though the clause lacks nothing.
            let complete = ["nsubj", "obj"].iter().all(|relation| {
                analysis
                    .dependents(clause, relation)
                    .any(|child| Some(child) != opening)
            });
            opening.is_some_and(|opening| analysis.words[opening].relation() == "mark" || complete)
        });
    let utterer = possessor.or_else(|| put_forward(attribution, noun));
    match (utterer, clause) {
        (Some(utterer), Some(clause)) => {
            reports(attribution, utterer, noun, &analysis.subtree(clause))
        }
        _ => Vec::new(),
    }
}

/// Who puts forward what a noun of saying holds: `he made the claim that …`, `they left on the ground that …`.
fn put_forward(attribution: &Attribution, noun: usize) -> Option<usize> {
    let analysis = attribution.analysis;
    let word = &analysis.words[noun];
    let verb = word.head?;
    let puts_forward = match word.relation() {
        "obj" => (attribution.words).has("putting-forward-verb", &analysis.words[verb].lemma),
        "obl" => analysis
            .dependents(noun, "case")
            .any(|case| analysis.words[case].lemma == "on"),
        _ => false,
    };
    match attribution.source(verb).filter(|_| puts_forward) {
        Some(Source::Phrase(utterer)) if !attribution.is_negated(verb) => Some(utterer),
        _ => None,
    }
}

/// `For the minister, Ms Rossi, the visit was an insult`: what something is to whoever opens the sentence.
fn seen_by(attribution: &Attribution, token: usize) -> Vec<Report> {
    let analysis = attribution.analysis;
    let words = &analysis.words;
    let sentence = attribution.sentence(token);
    let opens = token == sentence.start
        && words[token].relation() == "case"
        && (attribution.words).has("viewpoint-opening", &words[token].lemma);
    let Some(noun) = words[token].head.filter(|_| opens) else {
        return Vec::new();
    };
    let Some(comma) = (noun..sentence.end).find(|&mark| attribution.is_punctuation(mark)) else {
        return Vec::new();
    };
    let named = |token: usize| {
        words
            .get(token)
            .is_some_and(|word| word.upos == Upos::Propn)
    };
    let party = (named(noun) || named(comma + 1))
        && !attribution.words.has("non-speaker", &words[noun].lemma);
    let judges = (comma..sentence.end).any(|token| words[token].deprel == "cop");
    let close = (token..comma).all(|token| words[token].upos != Upos::Verb);
    if party && judges && close {
        aside(attribution, noun, token, token..comma)
    } else {
        Vec::new()
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
    // What stands before the comma belongs to an opening phrase, though the tree may cut it short.
    let comma = (phrase.end.saturating_sub(1)..segment.end)
        .take_while(|&token| !attribution.is_predicate(token))
        .find(|&token| attribution.is_punctuation(token));
    let phrase = match comma {
        Some(comma) if opens => phrase.start..phrase.end.max(comma),
        _ => phrase,
    };
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
                last.end = token + 1;
            }
            _ => pieces.push(token..token + 1),
        }
    }
    // A stray word that the parser left outside is no clause.
    pieces.retain(|piece| {
        piece.len() > 1
            || matches!(
                attribution.analysis.words[piece.start].upos,
                Upos::Noun | Upos::Propn | Upos::Pron | Upos::Verb
            )
    });
    pieces
}
