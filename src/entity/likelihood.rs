//! What speaks for a country where a title is written without one?
//!
//! Names around it, the nearer the more; who speaks; where the text was written; the other titles of a list; and what the clause says of the company.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::knowledge::lexicon::PartOfSpeech;
use crate::knowledge::office::Trait;
use crate::language::Upos;
use crate::mention::{self, Tenure};

use super::Kind;
use super::group::main_person;
use super::identity::{is_one_name, is_same_rank};
use super::posts::Post;
use super::reference::is_subject;
use super::resolver::Resolver;
use super::service::{country_of, home, in_headline, known_country};
use super::speaker;
use super::title::served;

/// The most that a country weighs for being named all over the document.
const EVERYWHERE: f64 = 0.3;

/// What a country must weigh: that it is named somewhere far off says nothing.
const LEAST: f64 = 0.1;

/// How many words before a title the word of company may stand.
const LONGEST_LIST: usize = 80;

/// Within how many words a sentence opens with whose company it tells of.
const OPENING: usize = 8;

/// What the country of whoever speaks weighs.
const SPEAKER: f64 = 1.2;

/// The country that the words around a title speak for most.
pub(super) fn likeliest(resolver: &mut Resolver, post: &Post) -> Option<usize> {
    let mut scores: Vec<(usize, f64)> = scores(resolver, post)
        .into_iter()
        .filter(|(_, score)| *score > LEAST)
        .collect();
    scores.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
    // An office that one person holds at a time is not held by a second one; that goes for every office of the person.
    let person = resolver.current(post.person);
    let held = resolver.stated.of(person).chain(resolver.posts.of(person));
    let own: Vec<Post> = held.chain([post]).cloned().collect();
    let free = |country: usize| !own.iter().any(|own| is_taken(resolver, own, country));
    scores
        .into_iter()
        .map(|(country, _)| country)
        .find(|&country| free(country))
}

/// How much speaks for each country that the document names.
pub(super) fn scores(resolver: &mut Resolver, post: &Post) -> BTreeMap<usize, f64> {
    let Some(title) = resolver.title(post.mention) else {
        return BTreeMap::new();
    };
    let phrase = title.phrase.clone();
    let mut scores: BTreeMap<usize, f64> = BTreeMap::new();
    for (&country, &count) in &resolver.named_countries {
        scores.insert(country, (0.03 * count as f64).min(EVERYWHERE));
    }
    for ((country, _), weight) in nearest(resolver, post, phrase.clone()) {
        *scores.entry(country).or_default() += weight;
    }
    weigh_circumstances(resolver, post, phrase.start, &mut scores);
    weigh_company(resolver, post, phrase, &mut scores);
    scores
}

/// The best evidence for each country that the sentence of a title names, and for each of the two before it, by their distance.
fn nearest(
    resolver: &mut Resolver,
    post: &Post,
    phrase: Range<usize>,
) -> BTreeMap<(usize, usize), f64> {
    let sentence = resolver.page.document.sentence_of(phrase.start);
    let mut nearest: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    let tokens = resolver.page.document.sentences[sentence.saturating_sub(2)]
        .tokens
        .start..resolver.page.sentence(phrase.start).end;
    let is_met = is_met(resolver, post);
    // Where the last name ends that is a goal of travel; those listed behind it are goals, too.
    let mut goal_end = usize::MAX;
    // The same for the last name that is where something happens.
    let mut place_end = usize::MAX;
    for other in resolver.places.within(tokens) {
        let mention = &resolver.mentions[other];
        let named = matches!(
            mention.kind,
            mention::Kind::Named { .. } | mention::Kind::Group
        );
        if !named && mention.kind != mention::Kind::Person {
            continue;
        }
        let countries: Vec<usize> = resolver
            .at(mention.head)
            .into_iter()
            .filter_map(|entity| country_of(resolver, entity))
            .collect();
        let distance = sentence.abs_diff(resolver.page.document.sentence_of(mention.tokens.start));
        let before = mention.tokens.start < phrase.start;
        let preceding = mention.tokens.start.saturating_sub(1);
        let opens = named
            && preceding > 0
            && resolver.page.lower(preceding) == "in"
            && resolver.page.opens_sentence(preceding);
        // `As for Indonesia, President A …`
        let topic = opens_topic(resolver, mention.tokens.start);
        let near = 1.0 / (1.0 + (mention.tokens.start.abs_diff(phrase.start) as f64) / 12.0);
        // Where someone goes is seldom whom they serve.
        let listed = goal_end < mention.tokens.start
            && (goal_end..mention.tokens.start)
                .all(|token| matches!(resolver.page.lower(token), "," | "and"));
        // `to the capital of Chad`: the country stands within the goal.
        let within_goal = goal_end != usize::MAX && mention.tokens.end <= goal_end;
        // `a trip to Rome by the minister`
        let agent = (phrase.start.saturating_sub(2)..phrase.start)
            .any(|token| resolver.page.lower(token) == "by");
        let goal_of_trip = before && agent && is_behind_travel(resolver, mention.tokens.start);
        let destination = distance == 0
            && named
            && (goal_of_trip
                || !before && (listed || within_goal || is_destination(resolver, post, preceding)));
        if destination {
            goal_end = if within_goal {
                goal_end
            } else {
                mention.tokens.end
            };
        }
        let placed = named && resolver.page.is("locative-preposition", preceding);
        let listed_place = place_end < mention.tokens.start
            && (place_end..mention.tokens.start)
                .all(|token| matches!(resolver.page.lower(token), "," | "and"));
        if named && (placed || listed_place) {
            place_end = mention.tokens.end;
        }
        let weight = match (distance, before) {
            (0, _) if destination => -3.0,
            (0, true) if topic => 3.0 + near,
            (0, true) if opens || is_subject(resolver, mention.head) => 1.6 + near,
            (0, true) => 1.0 + near,
            // Where someone is told to be is seldom whom they serve.
            (0, false) if named && (placed || listed_place) => 0.05 * near,
            (0, false) => 0.3 + 0.5 * near,
            // Whoever a traveller meets is mostly at home where the travel goes.
            (1 | 2, true) if named && is_behind_travel(resolver, mention.tokens.start) => {
                if is_met { 0.8 } else { 0.1 }
            }
            (1, true) => 0.5 + 0.2 * near,
            (2, true) => 0.25,
            _ => 0.0,
        };
        // What is said of another's office tells little of this one.
        let weight = if weight > 0.0
            && distance == 0
            && !before
            && is_of_title(resolver, mention.head, post.mention)
        {
            0.2 * weight
        } else {
            weight
        };
        let weight = if named || weight < 0.0 {
            weight
        } else {
            weight * 0.3
        };
        for country in countries {
            let best = nearest.entry((country, distance.min(3))).or_insert(0.0);
            *best = if weight < 0.0 {
                *best + weight
            } else {
                best.max(weight)
            };
        }
    }
    nearest
}

/// Weighs who speaks, where the text was written, what its title names, whose office mostly has that name, and the other titles of a list.
fn weigh_circumstances(
    resolver: &mut Resolver,
    post: &Post,
    start: usize,
    scores: &mut BTreeMap<usize, f64>,
) {
    // An envoy mostly serves another country than the one where the text was written or whose officer speaks.
    let sent = post
        .role
        .as_deref()
        .is_some_and(|role| resolver.page.knowledge.offices.has(role, Trait::SentAbroad));
    let speaker = speaker::speaker(resolver, start)
        .filter(|&speaker| speaker != resolver.current(post.person));
    if let Some(country) = speaker.and_then(|speaker| country_of(resolver, speaker)) {
        *scores.entry(country).or_default() += if sent { 0.5 * SPEAKER } else { SPEAKER };
    }
    if let Some(home) = home(resolver).filter(|_| !sent) {
        *scores.entry(home).or_default() += 1.2;
    }
    for country in in_headline(resolver) {
        *scores.entry(country).or_default() += 0.3;
    }
    let usual = post
        .role
        .as_deref()
        .and_then(|role| resolver.page.knowledge.offices.get(role))
        .and_then(|office| office.usual_country.clone());
    if let Some(country) = usual.and_then(|code| resolver.country(&code)) {
        *scores.entry(country).or_default() += 4.0;
    }
    if let Some((country, weight)) = led_country(resolver, post) {
        *scores.entry(country).or_default() += weight;
    }
    if let Some(country) = side_country(resolver, start) {
        *scores.entry(country).or_default() += 5.0;
    }
    // Nobody is sent as an envoy to their own country.
    if let Some(country) = (post.to).and_then(|to| country_of(resolver, to)) {
        *scores.entry(country).or_default() -= 6.0;
    }
    if let Some(country) = list_country(resolver, post) {
        *scores.entry(country).or_default() += 4.0;
    }
}

/// The country that the holder of a title is known to have led, and what that weighs: a surname alone may be somebody else's.
fn led_country(resolver: &mut Resolver, post: &Post) -> Option<(usize, f64)> {
    let person = &resolver.all[resolver.current(post.person)];
    let gazetteer = &resolver.page.knowledge.gazetteer;
    // `Julius K. Nyerere` is known without his initial.
    let plain = |name: &String| {
        let words = name.split_whitespace();
        let whole = words.filter(|word| word.trim_end_matches('.').chars().nth(1).is_some());
        whole.collect::<Vec<_>>().join(" ")
    };
    let names = std::iter::once(&person.name).chain(&person.aliases);
    // `Ali Akbar Hashemi Rafsanjani` is known without his first name; the last of these is the surname.
    let shorter = |name: &String| -> Vec<String> {
        let spaces = name.match_indices(' ');
        spaces.map(|(at, _)| name[at + 1..].to_owned()).collect()
    };
    let mut names = names.flat_map(|name| {
        let full = [name.clone(), plain(name)];
        full.into_iter().chain(shorter(name))
    });
    let (name, code) = names.find_map(|name| {
        let country = gazetteer.led_by(&name)?.country.clone()?;
        Some((name, country))
    })?;
    let weight = if name.contains(' ') { 4.0 } else { 1.5 };
    Some((resolver.country(&code)?, weight))
}

/// `on the Norwegian side, by A, the minister …, and B`: the country of the side told of last before a title.
fn side_country(resolver: &Resolver, start: usize) -> Option<usize> {
    let page = &resolver.page;
    let first = page.sentence(start).start;
    let side = (first..start).rev().find(|&token| {
        page.is("side-noun", token)
            && token > first + 1
            && (first.max(token.saturating_sub(4))..token)
                .any(|before| matches!(page.lower(before), "on" | "for" | "from"))
    })?;
    country_at(resolver, side.checked_sub(1)?)
}

/// The one country that the titles of a list of three or more name (`the speaker of the Knesset, the attorney general and the minister of tourism`).
fn list_country(resolver: &mut Resolver, post: &Post) -> Option<usize> {
    let sentence = resolver.page.sentence(resolver.mentions[post.mention].head);
    let mentions = resolver.places.within(sentence);
    let titles: Vec<usize> = mentions
        .clone()
        .filter(|&number| resolver.title(number).is_some_and(|title| !title.plural))
        .collect();
    let place = titles.iter().position(|&number| number == post.mention)?;
    let joined = |resolver: &Resolver, one: usize, other: usize| {
        let (Some(one), Some(other)) = (resolver.title(one), resolver.title(other)) else {
            return false;
        };
        let name = |token: usize| {
            resolver.mentions[mentions.clone()].iter().any(|mention| {
                mention.kind == mention::Kind::Person && mention.tokens.contains(&token)
            })
        };
        let joint = |token: usize| {
            matches!(
                resolver.page.lower(token),
                "," | "and" | "with" | "to" | "by" | "who" | "is" | "also" | "the"
            ) || name(token)
        };
        one.phrase.end <= other.phrase.start && (one.phrase.end..other.phrase.start).all(joint)
    };
    let mut first = place;
    while first > 0 && joined(resolver, titles[first - 1], titles[first]) {
        first -= 1;
    }
    let mut last = place;
    while last + 1 < titles.len() && joined(resolver, titles[last], titles[last + 1]) {
        last += 1;
    }
    if last - first < 2 {
        return None;
    }
    let mut countries: Vec<usize> = Vec::new();
    for &number in &titles[first..=last] {
        let title = resolver.title(number)?;
        // `by the minister, the mayor and the Chadian ambassador`: the envoy among those at home tells nothing of them.
        let offices = &resolver.page.knowledge.offices;
        let role = title.role.as_deref();
        let envoy = role.is_some_and(|role| offices.has(role, Trait::SentAbroad));
        if envoy && title.to.is_none() {
            continue;
        }
        let (of, _) = served(resolver, number, title);
        let to = title
            .to
            .and_then(|token| resolver.at(token).first().copied())
            .filter(|&to| resolver.all[to].kind == Kind::Place);
        if let Some(country) = of.or(to).and_then(|party| country_of(resolver, party))
            && !countries.contains(&country)
        {
            countries.push(country);
        }
    }
    match countries.as_slice() {
        [country] => Some(*country),
        _ => None,
    }
}

/// Whether `As for` opens the sentence before the name at `token`.
fn opens_topic(resolver: &Resolver, token: usize) -> bool {
    let page = &resolver.page;
    let article = usize::from(token > 0 && page.lower(token - 1) == "the");
    token > 1 + article
        && page.lower(token - 1 - article) == "for"
        && page.lower(token - 2 - article) == "as"
        && page.opens_sentence(token - 2 - article)
}

/// Whether the name at `token` belongs to another title than mention number `own` (`the French` of `the French ambassador`).
fn is_of_title(resolver: &Resolver, token: usize, own: usize) -> bool {
    let sentence = resolver.page.sentence(token);
    resolver.places.within(sentence).any(|number| {
        number != own
            && resolver
                .title(number)
                .is_some_and(|title| title.of.contains(&token))
    })
}

/// Whether the holder of a title is the object of a verb of meeting.
fn is_met(resolver: &Resolver, post: &Post) -> bool {
    let words = &resolver.page.analysis.words;
    let head = resolver.mentions[post.mention].head;
    let Some(verb) = resolver
        .page
        .analysis
        .ancestors(head)
        .find(|&token| resolver.page.upos(token) == Upos::Verb)
        .filter(|&verb| resolver.page.is("meeting-verb", verb))
    else {
        return false;
    };
    let children = resolver.page.analysis.children(verb);
    children.iter().any(|&child| {
        matches!(words[child].relation(), "obj" | "obl") && is_of_holder(resolver, post, child)
    })
}

/// Whether someone goes to what begins at `token`.
fn is_behind_travel(resolver: &Resolver, token: usize) -> bool {
    let page = &resolver.page;
    let Some(before) = token.checked_sub(1) else {
        return false;
    };
    page.is("visit-verb", before)
        || page.lower(before) == "to"
            && (before.saturating_sub(4)..before).any(|word| page.is("travel-word", word))
}

/// Whether the holder of a title goes to what stands behind `token` (`visit`, or `to` behind a word of travel).
fn is_destination(resolver: &Resolver, post: &Post, token: usize) -> bool {
    let page = &resolver.page;
    let word = if page.is("visit-verb", token) {
        Some(token).filter(|&word| !page.is("homeward-verb", word))
    } else if page.lower(token) == "to" {
        (token.saturating_sub(4)..token)
            .rev()
            .find(|&word| page.is("travel-word", word) && !page.is("homeward-verb", word))
    } else {
        None
    };
    word.is_some_and(|word| travels(resolver, post, word))
}

/// Whether a word of travel has the holder of a title for its subject, or no subject that the tree shows.
fn travels(resolver: &Resolver, post: &Post, word: usize) -> bool {
    let analysis = resolver.page.analysis;
    let mut heads = vec![word];
    if resolver.page.upos(word) == Upos::Noun
        || matches!(analysis.words[word].relation(), "conj" | "xcomp")
    {
        heads.extend(analysis.words[word].head);
    }
    heads.extend(analysis.dependents(word, "acl:relcl"));
    let mut subjects: Vec<usize> = Vec::new();
    for head in heads {
        let by = |child: usize| {
            analysis
                .dependents(child, "case")
                .any(|case| resolver.page.lower(case) == "by")
        };
        subjects.extend(analysis.children(head).iter().copied().filter(|&child| {
            match analysis.words[child].relation() {
                "nsubj" => true,
                "nmod" | "obl" => analysis.words[child].deprel == "nmod:poss" || by(child),
                _ => false,
            }
        }));
    }
    let mut next = 0;
    while next < subjects.len() {
        subjects.extend(analysis.dependents(subjects[next], "conj"));
        next += 1;
    }
    if subjects.is_empty() {
        // The last title before the word is the likeliest traveller.
        let mentions = resolver.places.within(0..word);
        let last = mentions.rev().find(|&number| {
            resolver.mentions[number].head < word && resolver.title(number).is_some()
        });
        return last == Some(post.mention);
    }
    let is_own = |token: usize| is_of_holder(resolver, post, token);
    subjects.iter().any(|&subject| {
        let relative = matches!(resolver.page.lower(subject), "who" | "which" | "that");
        let antecedent = analysis
            .ancestors(subject)
            .find(|&clause| analysis.words[clause].deprel == "acl:relcl")
            .and_then(|clause| analysis.words[clause].head)
            .filter(|_| relative);
        is_own(antecedent.unwrap_or(subject))
    })
}

/// Whether the word at `token` stands for the holder of a post: by name, or in the title itself, which refers to nobody yet.
fn is_of_holder(resolver: &Resolver, post: &Post, token: usize) -> bool {
    let title = resolver.title(post.mention);
    title.is_some_and(|title| title.phrase.contains(&token))
        || resolver.at(token).contains(&resolver.current(post.person))
}

/// Weighs what the title's own clause says: companions mostly serve one country, those who meet serve two, and an errand is done for one's own side.
fn weigh_company(
    resolver: &Resolver,
    post: &Post,
    phrase: Range<usize>,
    scores: &mut BTreeMap<usize, f64>,
) {
    if let Some(country) = companions_country(resolver, post, &phrase) {
        *scores.entry(country).or_default() += 3.0;
    }
    if let Some(country) = errand_country(resolver, post, &phrase) {
        *scores.entry(country).or_default() += 3.0;
    }
    if let Some(country) = where_country(resolver, &phrase) {
        *scores.entry(country).or_default() += 2.5;
    }
    if let Some(country) = home_country(resolver, post) {
        *scores.entry(country).or_default() += 2.5;
    }
    if let Some(country) = sender_country(resolver, post) {
        *scores.entry(country).or_default() += 3.0;
    }
    for country in met_countries(resolver, post) {
        *scores.entry(country).or_default() -= 1.5;
    }
    for country in object_countries(resolver, post) {
        *scores.entry(country).or_default() -= 1.5;
    }
    if let Some(country) = host_country(resolver, post, &phrase) {
        *scores.entry(country).or_default() += 2.5;
    }
}

/// Persons other than the holder of a post whom `tokens` refer to, in text order.
fn others<'r>(
    resolver: &'r Resolver,
    post: &Post,
    tokens: Range<usize>,
) -> impl DoubleEndedIterator<Item = usize> + 'r {
    let own = resolver.current(post.person);
    let mentions = resolver.mentions[resolver.places.within(tokens.clone())]
        .iter()
        .filter(move |mention| tokens.contains(&mention.head));
    mentions
        .flat_map(|mention| resolver.at(mention.head))
        .filter(move |&person| resolver.all[person].kind == Kind::Person && person != own)
}

/// `A, accompanied by the trade minister`; `the Vietnamese delegation will include the trade minister`.
fn companions_country(resolver: &Resolver, post: &Post, phrase: &Range<usize>) -> Option<usize> {
    let page = &resolver.page;
    // A head of state who keeps a foreign guest company is the host.
    let role = post
        .role
        .as_deref()
        .filter(|_| is_same_rank(resolver, &post.title, ""));
    if role.is_some_and(|role| page.knowledge.offices.has(role, Trait::Heads)) {
        return None;
    }
    let first = page.sentence(phrase.start).start;
    // `accompanied by A, the minister of …; B, the minister of …; and C`: semicolons part the members of a list.
    let semicolons = page
        .sentence(phrase.start)
        .filter(|&token| page.form(token) == ";")
        .count();
    let word = (first.max(phrase.start.saturating_sub(LONGEST_LIST))..phrase.start)
        .rev()
        .take_while(|&token| semicolons > 1 || page.form(token) != ";")
        .find(|&token| page.is("companion-word", token))
        .or_else(|| opens_with_leader(resolver, first))?;
    let leader = others(resolver, post, first..word)
        .next_back()
        .and_then(|leader| known_country(resolver, leader));
    let groups = resolver.mentions[resolver.places.within(first..word)]
        .iter()
        .rev()
        .filter(|mention| mention.head < word && mention.kind == mention::Kind::Group);
    let delegation = || {
        let code = groups
            .flat_map(|mention| resolver.at(mention.head))
            .find_map(|group| resolver.all[group].country.clone())?;
        country_with(resolver, &code)
    };
    let before = || {
        leader_before(resolver, first, resolver.current(post.person))
            .and_then(|leader| known_country(resolver, leader))
    };
    // Whoever heads something is no companion of the last person spoken of.
    let heads = page.is("leading-word", word);
    // `in the party` of whom the text is about
    let main = || {
        let party = page.is("delegation-noun", word);
        let leader = main_person(resolver, &[resolver.current(post.person)]);
        leader
            .filter(|_| party)
            .and_then(|leader| known_country(resolver, leader))
    };
    leader
        .or_else(delegation)
        .or_else(main)
        .or_else(|| if heads { None } else { before() })
}

/// Where the opening of a sentence ends that says whose company its subjects are: `With her is …`, `Travelling with her are …`, `In the
/// party were …`.
fn opens_with_leader(resolver: &Resolver, first: usize) -> Option<usize> {
    let page = &resolver.page;
    let opening: Vec<usize> = page.sentence(first).take(OPENING).collect();
    let with = opening
        .iter()
        .position(|&token| page.lower(token) == "with");
    let leader = with.filter(|&place| {
        let travels = place == 0 || (opening[..place].iter()).any(|&t| page.is("travel-word", t));
        let next = opening.get(place + 1);
        travels && next.is_some_and(|&next| page.upos(next) == Upos::Pron)
    });
    let party = || {
        let noun = (opening.iter()).position(|&token| page.is("delegation-noun", token))?;
        let within =
            (opening[..noun].iter()).any(|&token| matches!(page.lower(token), "in" | "among"));
        let verb = opening
            .get(noun + 1)
            .is_some_and(|&verb| page.upos(verb) == Upos::Aux);
        (within && verb).then_some(opening[noun])
    };
    leader.map(|_| first).or_else(party)
}

/// `A conveyed the greetings of the prime minister`.
fn errand_country(resolver: &Resolver, post: &Post, phrase: &Range<usize>) -> Option<usize> {
    let page = &resolver.page;
    let first = page.sentence(phrase.start).start;
    let noun = phrase
        .start
        .checked_sub(2)
        .filter(|&noun| noun >= first && page.is("errand-noun", noun))?;
    if !matches!(page.lower(noun + 1), "of" | "from") {
        return None;
    }
    others(resolver, post, first..noun)
        .next()
        .and_then(|person| known_country(resolver, person))
}

/// `Chad will send a minister, A B`: the country that sends, appoints or recalls the holder of a title.
fn sender_country(resolver: &Resolver, post: &Post) -> Option<usize> {
    let page = &resolver.page;
    let head = resolver.mentions[post.mention].head;
    let verb = (page.analysis.ancestors(head)).find(|&token| page.upos(token) == Upos::Verb)?;
    let mut objects = page.analysis.dependents(verb, "obj");
    let sends = page.is("sending-verb", verb)
        && objects.any(|object| object == head || is_of_holder(resolver, post, object));
    let subject = page
        .analysis
        .dependents(verb, "nsubj")
        .next()
        .filter(|_| sends)?;
    let person = (resolver.at(subject).into_iter())
        .find_map(|person| known_country(resolver, resolver.current(person)));
    person.or_else(|| country_at(resolver, subject))
}

/// `in Ethiopia, where the foreign minister …`.
fn where_country(resolver: &Resolver, phrase: &Range<usize>) -> Option<usize> {
    let page = &resolver.page;
    let first = page.sentence(phrase.start).start;
    let word = (first.max(phrase.start.saturating_sub(20))..phrase.start)
        .rev()
        .take_while(|&token| page.form(token) != ";")
        .find(|&token| page.lower(token) == "where")?;
    let end = if word > 0 && page.form(word - 1) == "," {
        word - 1
    } else {
        word
    };
    let mut ending = resolver
        .places
        .ending_at(end)
        .map(|number| &resolver.mentions[number]);
    let place = ending.find(|mention| matches!(mention.kind, mention::Kind::Named { .. }))?;
    country_at(resolver, place.head)
}

/// `the president returned to Lima from Oslo`: where someone comes home to.
fn home_country(resolver: &Resolver, post: &Post) -> Option<usize> {
    let page = &resolver.page;
    let mut words = page.sentence(resolver.mentions[post.mention].head);
    let verb = words.find(|&word| {
        page.is("homecoming-verb", word)
            && page.upos(word) == Upos::Verb
            && travels(resolver, post, word)
    })?;
    let phrases = |preposition: &'static str| {
        page.analysis
            .children(verb)
            .iter()
            .copied()
            .filter(move |&child| {
                page.analysis
                    .dependents(child, "case")
                    .any(|case| page.lower(case) == preposition)
            })
    };
    let goal = phrases("to").next()?;
    let whence = phrases("from").chain(phrases("after")).next();
    whence.and_then(|_| country_at(resolver, goal))
}

/// The countries of those whom the holder of a title meets.
fn met_countries(resolver: &Resolver, post: &Post) -> Vec<usize> {
    let page = &resolver.page;
    let words = &page.analysis.words;
    let own = resolver.current(post.person);
    let head = resolver.mentions[post.mention].head;
    let children = |verb: usize| page.analysis.children(verb).iter().copied();
    let Some(verb) = std::iter::once(head)
        .chain(page.analysis.ancestors(head))
        .find(|&token| page.upos(token) == Upos::Verb)
    else {
        return Vec::new();
    };
    if !page.is("meeting-verb", verb) && !children(verb).any(|child| page.is("meeting-noun", child))
    {
        return Vec::new();
    }
    // A verb that is joined to another shares its subject.
    let first = words[verb]
        .head
        .filter(|_| words[verb].relation() == "conj");
    let subjects = first
        .into_iter()
        .flat_map(children)
        .filter(|&child| words[child].relation() == "nsubj");
    children(verb)
        .chain(subjects)
        .flat_map(|argument| resolver.at(argument))
        .filter(|&person| person != own && resolver.all[person].kind == Kind::Person)
        .filter_map(|person| known_country(resolver, person))
        .collect()
}

/// The countries that the holder of a title does something to (`A, the minister, accused X`) or says to do wrong (`A, the minister, said that X
/// had bombed a village`): mostly others than their own.
fn object_countries(resolver: &Resolver, post: &Post) -> Vec<usize> {
    let analysis = resolver.page.analysis;
    let own = resolver.current(post.person);
    let head = resolver.mentions[post.mention].head;
    let verb = analysis.ancestors(head).find(|&token| {
        resolver.page.upos(token) == Upos::Verb
            && analysis
                .dependents(token, "nsubj")
                .any(|subject| is_of_holder(resolver, post, subject))
    });
    let Some(verb) = verb.filter(|&verb| !resolver.page.is("companion-word", verb)) else {
        return Vec::new();
    };
    let objects = analysis
        .children(verb)
        .iter()
        .copied()
        .filter(|&child| matches!(analysis.words[child].relation(), "obj" | "iobj"));
    let clauses = analysis.children(verb).iter().copied();
    let blamed = clauses
        .filter(|&child| {
            matches!(analysis.words[child].relation(), "ccomp" | "parataxis")
                && tells_of_wrong(resolver, child)
        })
        .flat_map(|clause| analysis.dependents(clause, "nsubj"));
    objects
        .chain(blamed)
        .flat_map(|object| resolver.at(object))
        .filter(|&entity| entity != own)
        .filter_map(|entity| match resolver.all[entity].kind {
            Kind::Country => Some(entity),
            Kind::Group => country_with(resolver, resolver.all[entity].country.as_deref()?),
            _ => None,
        })
        .collect()
}

/// Whether a verb by itself makes a claim of whoever says it (`X bombed a village`).
fn tells_of_wrong(resolver: &Resolver, verb: usize) -> bool {
    let page = &resolver.page;
    let lexicon = &page.knowledge.lexicon;
    let entries = lexicon.entries(&page.analysis.words[verb].lemma).iter();
    let mut frames = entries.filter_map(|entry| {
        let verb = entry.part_of_speech == PartOfSpeech::Verb && entry.lemmas.len() == 1;
        lexicon.frames.get(&entry.frame).filter(|_| verb)
    });
    frames.any(|frame| {
        let mut arguments = frame.arguments.iter();
        frame.conditions.is_empty() && arguments.any(|argument| argument.path == ["speaker"])
    })
}

/// `went to Tbilisi and was received by the prime minister`: the country of the place before where someone is received by the holder of a title.
fn host_country(resolver: &Resolver, post: &Post, phrase: &Range<usize>) -> Option<usize> {
    let page = &resolver.page;
    let analysis = page.analysis;
    let head = resolver.mentions[post.mention].head;
    let verb = analysis
        .ancestors(head)
        .find(|&token| page.upos(token) == Upos::Verb)
        .filter(|&verb| page.is("host-verb", verb))?;
    let by = |token: usize| {
        is_of_holder(resolver, post, token)
            && analysis
                .dependents(token, "case")
                .any(|case| page.lower(case) == "by")
    };
    analysis
        .children(verb)
        .iter()
        .copied()
        .find(|&child| by(child))?;
    let first = page.sentence(phrase.start).start;
    let mentions = &resolver.mentions[resolver.places.within(first..phrase.start)];
    let place = mentions.iter().rev().find(|mention| {
        matches!(mention.kind, mention::Kind::Named { demonym: false, .. })
            && mention.tokens.start > first
            && page.is("locative-preposition", mention.tokens.start - 1)
    })?;
    country_at(resolver, place.head)
}

/// The country of what is named at `token`, where the document names it, too.
fn country_at(resolver: &Resolver, token: usize) -> Option<usize> {
    let code = resolver
        .at(token)
        .into_iter()
        .find_map(|entity| resolver.all[entity].country.clone())?;
    country_with(resolver, &code)
}

/// The entity of the country with that code, where the document names it.
fn country_with(resolver: &Resolver, code: &str) -> Option<usize> {
    resolver
        .page
        .knowledge
        .gazetteer
        .country(code)
        .and_then(|entry| resolver.by_iri.get(&entry.iri))
        .copied()
}

/// Whose company a sentence tells of: the traveller, who is the subject of the sentence before unless that tells of a host; else the person spoken
/// of last.
fn leader_before(resolver: &Resolver, first: usize, own: usize) -> Option<usize> {
    let page = &resolver.page;
    let words = &page.analysis.words;
    let subjects = first
        .checked_sub(1)
        .map(|last| page.sentence(last))
        .into_iter();
    let traveller = subjects.flatten().find_map(|token| {
        let verb = words[token].head?;
        let passive = words[token].deprel == "nsubj:pass";
        let travels = words[token].relation() == "nsubj"
            && words[verb].relation() == "root"
            && (passive || !page.is("host-verb", verb) && !page.is("meeting-verb", verb));
        let person = resolver
            .at(token)
            .into_iter()
            .find(|&person| resolver.all[person].kind == Kind::Person && person != own);
        person.filter(|_| travels)
    });
    if traveller.is_some() {
        return traveller;
    }
    let mentions = resolver.mentions[resolver.places.within(0..first)]
        .iter()
        .rev()
        .filter(|mention| mention.kind == mention::Kind::Person);
    mentions
        .flat_map(|mention| resolver.at(mention.head))
        .find(|&person| person != own)
}

/// Whether another person holds the same office of that country, of which there is one.
pub(super) fn is_taken(resolver: &Resolver, post: &Post, country: usize) -> bool {
    let Some(role) = post.role.as_deref() else {
        return false;
    };
    let offices = &resolver.page.knowledge.offices;
    let person = resolver.current(post.person);
    offices
        .get(role)
        .is_some_and(|office| office.has(Trait::OnePerBody))
        && post.tenure == Tenure::Current
        && (resolver.stated.holders(role, country))
            .chain(resolver.posts.holders(role, country))
            .any(|other| {
                let holder = resolver.current(other.person);
                holder != person
                    && !resolver.all[holder].name.is_empty()
                    && !is_one_name(resolver, holder, person)
                    && other.tenure == Tenure::Current
                    && is_same_rank(resolver, &other.title, &post.title)
            })
}
