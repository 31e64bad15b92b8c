//! Who answers in an interview, or speaks, where the body never says so: only the label of the turns and the title of the document do
//! (`Interview with the Ambassador of …`).

use crate::text::Voice;

use super::Kind;
use super::resolver::Resolver;
use super::service::in_headline;
use super::speaker;

/// Adds the person who answers, where the body names nobody for that. The name is the label's, where it gives one; the office is named by the
/// label or by the title of the document, which also say the country.
pub(super) fn introduce(resolver: &mut Resolver) {
    let document = resolver.page.document;
    let Some(turn) = document
        .paragraphs
        .iter()
        .find(|paragraph| paragraph.voice == Voice::Interviewee)
    else {
        return;
    };
    let Some(first) = document.sentences.get(turn.sentences.start) else {
        return;
    };
    if speaker::first_person(resolver, first.tokens.start).is_some() {
        return;
    }
    let label = turn.label.map(|span| document.text(span).to_owned());
    let label = label.unwrap_or_default();
    let title = document.metadata.title.clone().unwrap_or_default();
    let Some(called) = [label.as_str(), title.as_str()]
        .into_iter()
        .find_map(|text| officer_in(resolver, text))
    else {
        return;
    };
    let country = in_headline(resolver)
        .first()
        .and_then(|&country| resolver.all[country].country.clone());
    let name = if is_full_name(&label) { label } else { called };
    let person = resolver.add(Kind::Person, name, country, None);
    resolver.introduced = Some(person);
}

/// What to call the officer that `text` speaks of first: the name that follows the office, at once or behind a comma
/// (`the Foreign Minister of …, A B`), else the office with its complement.
fn officer_in(resolver: &Resolver, text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let plain = |word: &str| {
        word.trim_matches(|letter: char| !letter.is_alphanumeric())
            .to_owned()
    };
    let lower: Vec<String> = words
        .iter()
        .map(|word| plain(word).to_lowercase())
        .collect();
    let offices = &resolver.page.knowledge.offices;
    let (start, length) = (0..words.len()).find_map(|start| {
        let (length, _) = offices.find(&lower[start..])?;
        Some((start, length))
    })?;
    let is_end = |word: &&str| word.ends_with([',', ':', ';', '-', '(', ')', '.']);
    let end = words[start..]
        .iter()
        .position(is_end)
        .map_or(words.len(), |last| start + last + 1);
    let name_from = |from: usize| -> Option<String> {
        let capital = |word: &&&str| word.chars().next().is_some_and(char::is_uppercase);
        let name: Vec<String> = words[from..]
            .iter()
            .take_while(capital)
            .map(|word| plain(word))
            .collect();
        (name.len() > 1).then(|| name.join(" "))
    };
    let office: Vec<String> = words[start..end].iter().map(|word| plain(word)).collect();
    Some(
        name_from(start + length)
            .or_else(|| name_from(end))
            .unwrap_or_else(|| office.join(" ")),
    )
}

/// Whether a label is a name of more than one word rather than the name of a role.
fn is_full_name(label: &str) -> bool {
    let words: Vec<&str> = label.split_whitespace().collect();
    words.len() > 1
        && words
            .iter()
            .all(|word| word.chars().next().is_some_and(char::is_uppercase))
}
