//! Whose title is it?
//!
//! Titles stand before a name, after it between commas, beside another title, behind `who is`, or as what someone is, becomes or serves as.

use crate::knowledge::office::Trait;
use crate::language::Upos;
use crate::mention::{Determiner, Kind, OfficeTitle};

use super::resolver::{Holder, Resolver};

/// Finds the holder of each title whose holder the same sentence names.
pub(super) fn attach(resolver: &mut Resolver) {
    let titles: Vec<usize> = (0..resolver.mentions.len())
        .filter(|&number| resolver.title(number).is_some())
        .collect();
    for &number in &titles {
        resolver.holders[number] = directly_before(resolver, number);
    }
    share_list(resolver, &titles);
    // Each way is tried for all titles before the next, the surest first; those that look at the next title go backwards.
    for &number in titles.iter().rev() {
        try_way(resolver, number, |resolver, number| {
            beside_next(resolver, number)
        });
    }
    for &number in &titles {
        try_way(resolver, number, between_commas);
    }
    for &number in titles.iter().rev() {
        try_way(resolver, number, |resolver, number| {
            before_comma(resolver, number).or_else(|| beside_next(resolver, number))
        });
    }
    for &number in &titles {
        try_way(resolver, number, |resolver, number| {
            beside_previous(resolver, number)
                .or_else(|| relative(resolver, number))
                .or_else(|| predicate(resolver, number))
                .or_else(|| named_behind(resolver, number))
                .or_else(|| stated_of(resolver, number))
        });
    }
}

/// Looks for the holder of a title that has none yet.
fn try_way(
    resolver: &mut Resolver,
    number: usize,
    way: impl Fn(&Resolver, usize) -> Option<Holder>,
) {
    if resolver.holders[number].is_none() {
        resolver.holders[number] = way(resolver, number);
    }
}

/// The number of the person's name that begins at `token`, behind honorifics.
fn person_at(resolver: &Resolver, token: usize) -> Option<usize> {
    let mut token = token;
    let abbreviated = |stop: usize| {
        resolver.page.form(stop) == "." && stop > 0 && resolver.page.is("honorific", stop - 1)
    };
    // `the minister, Chief A B`: before a name and behind a title it is an honorific.
    let chief = |token: usize| {
        resolver.page.is("late-honorific", token)
            && resolver.page.is_capital(token)
            && token > 0
            && resolver.page.form(token - 1) == ","
    };
    while resolver.page.is("honorific", token)
        || abbreviated(token)
        || chief(token)
        || resolver.page.lower(token) == "his" && resolver.page.is("honorific", token + 1)
    {
        token += 1;
    }
    let mut starting = resolver.places.starting_at(token);
    starting.find(|&number| resolver.mentions[number].kind == Kind::Person)
}

/// The number of the person's name that ends right before `end`.
fn person_until(resolver: &Resolver, end: usize) -> Option<usize> {
    let mut ending = resolver.places.ending_at(end);
    ending.find(|&number| resolver.mentions[number].kind == Kind::Person)
}

/// `Foreign Minister Wang Yi`; the name must follow at once.
fn directly_before(resolver: &Resolver, number: usize) -> Option<Holder> {
    let title = resolver.title(number)?;
    // `Defence Minister General A`: a rank may stand between.
    let rank = resolver
        .places
        .titles_starting_at(title.phrase.end)
        .find(|&next| is_rank(resolver, next));
    let end = rank
        .and_then(|rank| resolver.title(rank))
        .map_or(title.phrase.end, |rank| rank.phrase.end);
    person_at(resolver, end).map(Holder::Person)
}

/// `Wang Yi, the foreign minister`; a title between commas behind a name.
fn between_commas(resolver: &Resolver, number: usize) -> Option<Holder> {
    let title = resolver.title(number)?;
    let comma = title.phrase.start.checked_sub(1)?;
    if title.plural || !matches!(resolver.page.form(comma), "," | "(" | "-" | "–" | "—") {
        return None;
    }
    let mut end = comma;
    if end > 2 && resolver.page.form(end - 1) == ")" {
        end -= 3;
    }
    let person = person_until(resolver, end)?;
    let first = resolver.mentions[person].tokens.start;
    // In `President Putin, the foreign minister and the governor` each title is someone else's.
    let sentence = resolver.page.sentence(first);
    let titled = resolver.places.within(sentence.start..first).any(|other| {
        other != number
            && !is_rank(resolver, other)
            && resolver.holders[other] == Some(Holder::Person(person))
            && resolver.mentions[other].tokens.end <= first
    });
    // `the finance minister, A, the trade minister, B, …`: each title stands before its name.
    let has_own = first > 0
        && resolver.page.form(first - 1) == ","
        && resolver.places.titles_ending_at(first - 1).any(|other| {
            resolver
                .title(other)
                .is_some_and(|other| other.determiner == Determiner::Definite && !other.plural)
        });
    let has_next = resolver.page.form(title.phrase.end) == ","
        && title.determiner == Determiner::Definite
        && person_at(resolver, title.phrase.end + 1).is_some();
    if has_own && has_next {
        return None;
    }
    let following = resolver.page.lower(title.phrase.end);
    let listed = titled
        && title.determiner == Determiner::Definite
        && (following == "and"
            || following == "," && resolver.page.lower(title.phrase.end + 1) == "and");
    (!listed && !names_next(resolver, title)).then_some(Holder::Person(person))
}

/// Whether a title between two names is rather that of the second (`At the invitation of A, the foreign minister of B, C, arrived`), which has no
/// title of its own, before or after.
fn names_next(resolver: &Resolver, title: &OfficeTitle) -> bool {
    if title.determiner != Determiner::Definite || resolver.page.form(title.phrase.end) != "," {
        return false;
    }
    let Some(next) = person_at(resolver, title.phrase.end + 1) else {
        return false;
    };
    let end = resolver.mentions[next].tokens.end;
    let titled = resolver.page.form(end) == ","
        && resolver.places.titles_starting_at(end + 1).next().is_some();
    resolver.page.form(end) == "," && !titled
}

/// `the Prime Ministers of Georgia and Kazakhstan, A and B`; `Presidents A and B`: the names of a list share the titles in order.
fn share_list(resolver: &mut Resolver, titles: &[usize]) {
    let mut place = 0;
    while place < titles.len() {
        let number = titles[place];
        let tokens = resolver.mentions[number].tokens.clone();
        let count = titles[place..]
            .iter()
            .take_while(|&&other| resolver.mentions[other].tokens == tokens)
            .count();
        if let Some(title) = resolver.title(number).filter(|title| title.plural) {
            let end = title.phrase.end;
            let start = if resolver.page.form(end) == "," {
                end + 1
            } else {
                end
            };
            let behind = list_of_names(resolver, start);
            let apposed = behind.is_empty();
            let names = if apposed {
                names_until(resolver, title.phrase.start)
            } else {
                behind
            };
            for (offset, &name) in names.iter().enumerate().take(count) {
                resolver.holders[titles[place + offset]] = Some(Holder::Person(name));
            }
            // One title before several names is the title of each.
            if count == 1 && names.len() > 1 && (start == end || apposed) {
                resolver.shared.insert(number, names[1..].to_vec());
            }
        }
        place += count.max(1);
    }
}

/// The names of a list that a title in the plural follows between commas: `A, B and C, all of them former ministers,`.
fn names_until(resolver: &Resolver, end: usize) -> Vec<usize> {
    let page = &resolver.page;
    let first = page.sentence(end).start;
    let pronoun = |token: usize| {
        matches!(
            page.lower(token),
            "all" | "both" | "each" | "of" | "them" | "whom"
        )
    };
    let Some(comma) = (first..end).rev().find(|&token| !pronoun(token)) else {
        return Vec::new();
    };
    if !matches!(page.form(comma), "," | "(" | "-" | "–" | "—") {
        return Vec::new();
    }
    let mut names = Vec::new();
    let mut end = comma;
    while let Some(name) = person_until(resolver, end) {
        names.insert(0, name);
        end = resolver.mentions[name].tokens.start;
        while end > first && (page.is("honorific", end - 1) || page.form(end - 1) == ".") {
            end -= 1;
        }
        let joint = end;
        while end > first && matches!(page.lower(end - 1), "and" | "&" | ",") {
            end -= 1;
        }
        if end == joint {
            break;
        }
    }
    if names.len() > 1 { names } else { Vec::new() }
}

/// The names of a list that begins at `token`: `A, B and C`.
fn list_of_names(resolver: &Resolver, token: usize) -> Vec<usize> {
    let mut names = Vec::new();
    let mut token = token;
    while let Some(name) = person_at(resolver, token) {
        names.push(name);
        token = resolver.mentions[name].tokens.end;
        if resolver.page.form(token) == "," {
            token += 1;
        }
        if matches!(resolver.page.lower(token), "and" | "&") {
            token += 1;
        }
    }
    names
}

/// `Vice President and Minister of Foreign Affairs, A`; `the defence minister, General A`: the holder of the next title.
fn beside_next(resolver: &Resolver, number: usize) -> Option<Holder> {
    let title = resolver.title(number)?;
    let joint = resolver.page.lower(title.phrase.end);
    let next = resolver
        .places
        .titles_starting_at(title.phrase.end + 1)
        .next()?;
    let other = resolver.title(next)?;
    let joined = match joint {
        // `the Emir and President A`: a name at once behind the second title is that of its holder alone.
        "and"
            if title.determiner == Determiner::Definite
                && heads(resolver, other)
                && directly_before(resolver, next).is_some() =>
        {
            false
        }
        // Two presidents are two persons.
        "and" => {
            other.determiner == Determiner::Bare && title.role != other.role
                || title.title != other.title
                    && title.determiner == Determiner::Bare
                    && other.determiner == Determiner::Bare
        }
        "," => {
            title.determiner == Determiner::Definite
                && directly_before(resolver, next).is_some()
                && !title.plural
        }
        _ => return None,
    };
    if !joined || title.plural || other.plural || resolver.holders[next].is_none() {
        return None;
    }
    resolver.holders[next]
}

/// `the Russian president, Vladimir Putin`; `the chairman, Benin's A B`; `the envoy here, A B`.
fn before_comma(resolver: &Resolver, number: usize) -> Option<Holder> {
    let page = &resolver.page;
    let title = resolver.title(number)?;
    let comma = title.phrase.end + usize::from(page.is("here-word", title.phrase.end));
    if page.form(comma) != "," || title.plural {
        return None;
    }
    let behind_country = || {
        let mut starting = resolver.places.starting_at(comma + 1);
        let country = starting
            .find(|&number| matches!(resolver.mentions[number].kind, Kind::Named { .. }))?;
        let end = resolver.mentions[country].tokens.end;
        page.is_genitive(end)
            .then(|| person_at(resolver, end + 1))
            .flatten()
    };
    person_at(resolver, comma + 1)
        .or_else(behind_country)
        .map(Holder::Person)
}

/// Whether the holder of a title leads a state.
fn heads(resolver: &Resolver, title: &OfficeTitle) -> bool {
    let offices = &resolver.page.knowledge.offices;
    let role = title.role.as_deref();
    role.is_some_and(|role| offices.has(role, Trait::Heads))
}

/// Whether a title is a rank, which stands beside an office.
fn is_rank(resolver: &Resolver, number: usize) -> bool {
    let offices = &resolver.page.knowledge.offices;
    let role = resolver
        .title(number)
        .and_then(|title| title.role.as_deref());
    role.is_some_and(|role| offices.has(role, Trait::Rank))
}

/// `the interior minister and acting mayor`: a title without article is held by the holder of the title before.
fn beside_previous(resolver: &Resolver, number: usize) -> Option<Holder> {
    let title = resolver.title(number)?;
    let conjunction = title.phrase.start.checked_sub(1)?;
    if resolver.page.lower(conjunction) != "and"
        || title.determiner != Determiner::Bare
        || title.plural
    {
        return None;
    }
    let previous = title_until(resolver, conjunction)?;
    Some(resolver.holders[previous].unwrap_or(Holder::Title(previous)))
}

/// Whether the title is over by the words before it in its clause (`until recently served as`).
pub(super) fn is_over(resolver: &Resolver, title: &OfficeTitle) -> bool {
    let page = &resolver.page;
    let first = page.sentence(title.phrase.start).start;
    let link = (first..title.phrase.start)
        .rev()
        .take_while(|&token| {
            is_link(resolver, token)
                || page.upos(token) == Upos::Adj
                || matches!(page.lower(token), "who" | "used" | "be")
        })
        .last();
    let clause: Vec<&str> = link
        .map(|start| {
            (start..title.phrase.start)
                .map(|token| page.lower(token))
                .collect()
        })
        .unwrap_or_default();
    let clause = clause.join(" ");
    // `who was the envoy until May and now heads the agency`: the relative clause tells of before.
    let mut words = clause.split(' ').rev();
    let copula = words.find(|word| !matches!(*word, "the" | "then" | "once" | "also" | "a" | "an"));
    let who = words.next();
    if copula == Some("was") && who == Some("who") || clause.ends_with("used to be") {
        return true;
    }
    page.knowledge
        .words
        .of("former-phrase")
        .any(|phrase| clause.contains(phrase))
}

/// `A, who is also the envoy`: the antecedent of the relative clause.
fn relative(resolver: &Resolver, number: usize) -> Option<Holder> {
    let page = &resolver.page;
    let title = resolver
        .title(number)
        .filter(|title| !page.is_genitive(title.phrase.end))?;
    let sentence = page.sentence(title.phrase.start);
    let who = (sentence.start..title.phrase.start)
        .rev()
        .take_while(|&token| is_link(resolver, token) || page.lower(token) == "who")
        .find(|&token| page.lower(token) == "who")?;
    let end = if page.form(who.checked_sub(1)?) == "," {
        who - 1
    } else {
        who
    };
    antecedent(resolver, end)
}

/// `A, the former envoy, recently became the ambassador`: the name or title right before the words of becoming, where the tree does not show the subject.
fn stated_of(resolver: &Resolver, number: usize) -> Option<Holder> {
    let page = &resolver.page;
    let title = resolver
        .title(number)
        .filter(|title| !title.plural && !page.is_genitive(title.phrase.end))?;
    let first = page.sentence(title.phrase.start).start;
    let start = (first..title.phrase.start)
        .rev()
        .take_while(|&token| is_link(resolver, token))
        .last()?;
    let begins = (start..title.phrase.start).any(|token| page.is("become-verb", token));
    begins.then(|| antecedent(resolver, start)).flatten()
}

/// The party whose name or title ends at `end`.
fn antecedent(resolver: &Resolver, end: usize) -> Option<Holder> {
    let person = person_until(resolver, end);
    person.map(Holder::Person).or_else(|| {
        let previous = title_until(resolver, end)?;
        Some(resolver.holders[previous].unwrap_or(Holder::Title(previous)))
    })
}

/// The title of one person whose phrase ends right before `end`.
fn title_until(resolver: &Resolver, end: usize) -> Option<usize> {
    let mut ending = resolver.places.titles_ending_at(end);
    ending.find(|&number| resolver.title(number).is_some_and(|title| !title.plural))
}

/// Words that may stand between `who` and the title that it holds.
fn is_link(resolver: &Resolver, token: usize) -> bool {
    let page = &resolver.page;
    matches!(
        page.upos(token),
        Upos::Aux | Upos::Adv | Upos::Part | Upos::Det | Upos::Adp | Upos::Sconj
    ) || page.is("become-verb", token)
        || page.is("post-noun", token)
        || matches!(
            page.lower(token),
            "has" | "had" | "have" | "same" | "time" | "," | "is" | "was"
        )
}

/// What someone is, becomes, serves as or has the post of: the subject of the verb.
fn predicate(resolver: &Resolver, number: usize) -> Option<Holder> {
    let analysis = resolver.page.analysis;
    let title = resolver.title(number)?;
    let mut head = resolver.mentions[number].head;
    if title.plural || resolver.page.is_genitive(title.phrase.end) {
        return None;
    }
    while analysis.words[head].relation() == "conj"
        && analysis.words[head]
            .head
            .is_some_and(|first| resolver.title_at(first).is_some())
    {
        head = analysis.words[head].head?;
    }
    if analysis.dependents(head, "cop").next().is_some() {
        return subject(resolver, head);
    }
    let relation = analysis.words[head].relation();
    let case = analysis
        .dependents(head, "case")
        .next()
        .map(|case| resolver.page.lower(case));
    let verb = analysis.words[head].head?;
    let rank = (resolver.title(number)?.role.as_ref())
        .and_then(|role| resolver.page.knowledge.offices.get(role))
        .is_some_and(|office| office.has(Trait::LikeAnother));
    if rank {
        return None;
    }
    match relation {
        "obl" | "nmod" | "advcl" if case == Some("as") => {
            // `recognises A as president`, but `heads the assembly as chairman`.
            // An `as` that was hung on a noun still belongs to its verb.
            let verb = std::iter::once(verb)
                .chain(analysis.ancestors(verb))
                .find(|&token| matches!(resolver.page.upos(token), Upos::Verb))
                .unwrap_or(verb);
            let object = analysis
                .dependents(verb, "obj")
                .next()
                .filter(|&object| refers_to_person(resolver, object));
            object
                .map(Holder::Token)
                .or_else(|| governed(resolver, verb))
        }
        "obj" | "xcomp" | "ccomp" if resolver.page.is("become-verb", verb) => {
            governed(resolver, verb)
        }
        "nmod" if resolver.page.is("post-noun", verb) => {
            let governor = analysis.words[verb].head?;
            subject(resolver, governor)
        }
        _ => None,
    }
}

/// `The foreign minister is Ana Lima`: the name that says who holds the office.
fn named_behind(resolver: &Resolver, number: usize) -> Option<Holder> {
    let analysis = resolver.page.analysis;
    let title = &analysis.words[resolver.mentions[number].head];
    let name = title.head.filter(|&name| {
        title.relation() == "nsubj" && analysis.dependents(name, "cop").next().is_some()
    })?;
    refers_to_person(resolver, name).then_some(Holder::Token(name))
}

fn refers_to_person(resolver: &Resolver, token: usize) -> bool {
    resolver
        .at(token)
        .iter()
        .any(|&entity| resolver.all[entity].kind == super::Kind::Person)
}

/// Who holds the office that a verb governs: its object where someone else gives it, else its subject.
fn governed(resolver: &Resolver, verb: usize) -> Option<Holder> {
    let analysis = resolver.page.analysis;
    let passive = analysis.dependents(verb, "nsubj:pass").next().is_some()
        || analysis.dependents(verb, "aux:pass").next().is_some();
    if !passive
        && resolver.page.is("appoint-verb", verb)
        && let Some(object) = analysis
            .dependents(verb, "obj")
            .next()
            .filter(|&object| resolver.title_at(object).is_none())
    {
        return Some(Holder::Token(object));
    }
    if analysis.words[verb].relation() == "acl" && analysis.words[verb].deprel != "acl:relcl" {
        return analysis.words[verb].head.map(Holder::Token);
    }
    subject(resolver, verb)
}

/// The subject of a verb or predicate; that of the verb it is joined to where it has none; the antecedent of a relative pronoun.
fn subject(resolver: &Resolver, verb: usize) -> Option<Holder> {
    let analysis = resolver.page.analysis;
    let mut verb = verb;
    for _ in 0..4 {
        if let Some(subject) = analysis.dependents(verb, "nsubj").next() {
            let relative = matches!(resolver.page.lower(subject), "who" | "that" | "which");
            if relative && analysis.words[verb].deprel == "acl:relcl" {
                return analysis.words[verb].head.map(Holder::Token);
            }
            // `his sister Ana Lima became minister`
            let apposed = analysis.dependents(subject, "appos");
            let named = |&name: &usize| refers_to_person(resolver, name);
            let unnamed = !refers_to_person(resolver, subject);
            let name = apposed.filter(|_| unnamed).find(named);
            return Some(Holder::Token(name.unwrap_or(subject)));
        }
        match analysis.words[verb].relation() {
            "conj" | "xcomp" | "advcl" => verb = analysis.words[verb].head?,
            _ => return None,
        }
    }
    None
}
