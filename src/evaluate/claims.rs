//! Claims of any class of the ontology: one pair for each combination of the parties that tell claims of the class apart.

use std::collections::{BTreeMap, BTreeSet};

use super::compare::{PARTY, best_overlap, first, groups, holds, is_party, is_quoted, value};
use super::gold::Record;
use super::pairing::pair;
use super::{Differences, Row, Tally};
use crate::knowledge::Vocabulary;
use crate::knowledge::vocabulary::{Class, Range};

/// The query for all claims of a class (local name): a row for each string by which something that fills a property goes, where `?node` tells the
/// fillers of one property apart.
pub fn query(class: &str) -> String {
    format!(
        "SELECT DISTINCT ?claim ?property ?node ?value WHERE {{
  ?claim a ch:{class} .
  {{ ?claim ch:evidence/nif:sentence ?node . ?node nif:anchorOf ?value . BIND(ch:evidence AS ?predicate) }}
  UNION
  {{ ?claim ?predicate ?node . ?node rdfs:label|skos:altLabel|skos:notation|ch:countryCode|^org:member/ch:title ?value }}
  UNION
  {{ ?claim ?predicate ?node . FILTER(isLiteral(?node)) BIND(STR(?node) AS ?value) }}
  BIND(IF(?predicate = prov:wasAttributedTo, \"speaker\", STRAFTER(STR(?predicate), STR(ch:))) AS ?property)
}}
ORDER BY ?claim ?property ?node ?value"
    )
}

/// What fills each property: each filler by the strings that it goes by.
type Slots<'a> = BTreeMap<&'a str, Vec<BTreeSet<&'a str>>>;

/// A claim found, with one of the parties in each property that tells claims of its class apart.
struct Found<'a> {
    claim: &'a str,
    slots: Slots<'a>,
}

/// A gold record with one of the parties in each of those properties.
struct Sought<'a> {
    record: &'a Record,
    slots: BTreeMap<&'a str, &'a [Vec<String>]>,
}

pub(super) fn score<'a>(
    rows: &'a [Row],
    name: &'a str,
    gold: &'a [Record],
    vocabulary: &'a Vocabulary,
    tally: &mut Tally,
) -> Differences {
    let Some(class) = vocabulary.classes.get(name) else {
        return Differences::default();
    };
    let class = Identity {
        name,
        class,
        vocabulary,
    };
    let found: Vec<Found> = groups(rows, &["claim"])
        .into_iter()
        .flat_map(|rows| class.found(&rows))
        .collect();
    let sought: Vec<Sought> = gold
        .iter()
        .flat_map(|record| class.sought(record))
        .collect();
    let pairs = pair(&found, &sought, |found, sought| {
        class.likeness(found, sought)
    });
    for &(i, j) in &pairs {
        for (property, wanted) in class.others(&sought[j]) {
            tally.slot(property, class.agrees(property, &found[i], wanted));
        }
    }
    // Another name of the same party of one claim is no error.
    let again = |other: &Found| {
        (pairs.iter())
            .any(|&(i, j)| found[i].claim == other.claim && class.likeness(other, &sought[j]) > 0.0)
    };
    let false_one = |found: &Found| {
        let one = |property: &str| {
            let filler = found
                .slots
                .get(property)
                .and_then(|fillers| fillers.first());
            // The longest of its names says most.
            let names = filler.into_iter().flatten();
            names
                .max_by_key(|name| name.len())
                .map(|&name| name.to_owned())
        };
        let evidence = one("evidence").unwrap_or_default();
        (class.in_words(one), evidence)
    };
    let missed = |sought: &Sought| {
        let one = |property: &str| Some(first(sought.slots.get(property)?.first()?));
        (class.in_words(one), first(&sought.record.quotes))
    };
    tally.settle((&found, &sought), &pairs, again, false_one, missed)
}

/// What tells claims of a class apart.
#[derive(Clone, Copy)]
struct Identity<'a> {
    name: &'a str,
    class: &'a Class,
    vocabulary: &'a Vocabulary,
}

impl<'a> Identity<'a> {
    fn range(self, property: &str) -> Option<&'a Range> {
        let property = self.vocabulary.properties.get(property)?;
        Some(&property.range)
    }

    fn identifies(self, property: &str) -> bool {
        self.class.identified_by.iter().any(|name| name == property)
    }

    /// The properties whose parties make combinations.
    fn parties(self) -> impl Iterator<Item = &'a str> {
        (self.class.identified_by.iter().map(String::as_str))
            .filter(move |name| matches!(self.range(name), Some(Range::Entity(_))))
    }

    fn found(self, rows: &[&'a Row]) -> Vec<Found<'a>> {
        let mut nodes: BTreeMap<&str, BTreeMap<&str, BTreeSet<&str>>> = BTreeMap::new();
        for row in rows {
            let [property, node, string] =
                ["property", "node", "value"].map(|name| value(row, name));
            let fillers = nodes.entry(property).or_default();
            fillers.entry(node).or_default().insert(string);
        }
        let slots: Slots = (nodes.into_iter())
            .map(|(property, fillers)| (property, fillers.into_values().collect()))
            .collect();
        let claim = rows.first().map_or("", |row| value(row, "claim"));
        let combined = self.parties().fold(vec![slots], |all, property| {
            combine(all, property, |slots| {
                let fillers = slots.get(property).map_or(&[][..], Vec::as_slice);
                fillers.iter().map(|filler| vec![filler.clone()]).collect()
            })
        });
        (combined.into_iter())
            .map(|slots| Found { claim, slots })
            .collect()
    }

    fn sought(self, record: &'a Record) -> Vec<Sought<'a>> {
        let slots: BTreeMap<&str, &[Vec<String>]> = (record.slots.iter())
            .map(|(property, fillers)| (property.as_str(), fillers.each()))
            .collect();
        let combined = self.parties().fold(vec![slots], |all, property| {
            combine(all, property, |slots| {
                let fillers = slots.get(property).copied().unwrap_or_default();
                fillers.chunks(1).collect()
            })
        });
        (combined.into_iter())
            .map(|slots| Sought { record, slots })
            .collect()
    }

    /// How alike a claim found and one of gold are; 0 where they do not agree in a property that tells claims of the class apart. Words agree as the
    /// labels of projects do; those that only tell apart claims of the same parties as charges do.
    fn likeness(self, found: &Found, sought: &Sought) -> f64 {
        let quoted = is_quoted(&found.strings("evidence"), &sought.record.quotes);
        let mut likeness = 1.0 + 2.0 * f64::from(u8::from(quoted));
        for (&property, &wanted) in &sought.slots {
            let tells_apart = (self.vocabulary.properties.get(property))
                .is_some_and(|property| property.tells_apart);
            if !self.identifies(property) && !tells_apart {
                continue;
            }
            let strings = found.strings(property);
            let words = (wanted.iter())
                .map(|filler| best_overlap(&strings, filler))
                .fold(0.0, f64::max);
            let agrees = match self.range(property) {
                Some(Range::Text) if tells_apart => quoted || words >= 0.4,
                Some(Range::Text) => {
                    words >= 0.5
                        || wanted.iter().any(|filler| holds(&strings, filler))
                        || quoted && words >= 0.3
                }
                _ => self.agrees(property, found, wanted),
            };
            if !agrees {
                return 0.0;
            }
            likeness += words;
        }
        let others = self.others(sought);
        let right = others.filter(|(property, wanted)| self.agrees(property, found, wanted));
        likeness + right.count() as f64
    }

    /// The properties of a gold record that do not tell claims apart: what they hold is scored by itself.
    fn others<'s>(
        self,
        sought: &'s Sought,
    ) -> impl Iterator<Item = (&'s str, &'s [Vec<String>])> + use<'s, 'a> {
        (sought.slots.iter())
            .map(|(&property, &wanted)| (property, wanted))
            .filter(move |(property, _)| !self.identifies(property))
    }

    /// Whether each of the fillers that gold has of a property was found.
    fn agrees(self, property: &str, found: &Found, wanted: &[Vec<String>]) -> bool {
        let strings = found.strings(property);
        wanted.iter().all(|filler| match self.range(property) {
            Some(Range::Entity(_)) => is_party(&strings, filler, PARTY),
            Some(Range::Text) => best_overlap(&strings, filler) >= 0.5 || holds(&strings, filler),
            _ => filler.iter().any(|right| strings.contains(right.as_str())),
        })
    }

    /// `Sanction: imposer Canada, target Belarus`.
    fn in_words(self, one: impl Fn(&str) -> Option<String>) -> String {
        let slots = (self.class.identified_by.iter())
            .filter_map(|property| Some(format!("{property} {}", one(property)?)));
        format!("{}: {}", self.name, slots.collect::<Vec<_>>().join(", "))
    }
}

impl Found<'_> {
    /// All strings by which what fills a property goes.
    fn strings(&self, property: &str) -> BTreeSet<&str> {
        let fillers = self.slots.get(property).into_iter().flatten();
        fillers.flatten().copied().collect()
    }
}

/// For each of `all` one with each of the `choices` in `property`; itself where there is no choice.
fn combine<'a, V: Clone>(
    all: Vec<BTreeMap<&'a str, V>>,
    property: &'a str,
    choices: impl Fn(&BTreeMap<&'a str, V>) -> Vec<V>,
) -> Vec<BTreeMap<&'a str, V>> {
    all.into_iter()
        .flat_map(|slots| {
            let choices = choices(&slots);
            if choices.is_empty() {
                return vec![slots];
            }
            let with = |choice: V| {
                let mut slots = slots.clone();
                slots.insert(property, choice);
                slots
            };
            choices.into_iter().map(with).collect()
        })
        .collect()
}
