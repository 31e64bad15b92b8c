//! The gold records of a document, as `tests/corpus/GUIDELINES.md` lays them down. A party is given by every string that a correct answer may
//! have for it: names, office, country as ISO 3166-1 alpha-2 code and by name.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::knowledge::Vocabulary;

/// What a careful reader takes from a document. A kind that it does not name was not looked for.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Gold {
    /// People in public office.
    pub officials: Option<Vec<Official>>,
    /// Official travel.
    pub visits: Option<Vec<Visit>>,
    /// Joint undertakings.
    pub projects: Option<Vec<Project>>,
    /// Charges.
    pub accusations: Option<Vec<Accusation>>,
    /// Claims of other classes, by the local name of the class.
    #[serde(flatten)]
    pub claims: BTreeMap<String, Vec<Record>>,
}

impl Gold {
    /// The kinds that were looked for: those of [`KINDS`](super::KINDS) first, then classes by name.
    pub fn kinds(&self) -> Vec<&str> {
        let known = [
            ("officials", self.officials.is_some()),
            ("visits", self.visits.is_some()),
            ("projects", self.projects.is_some()),
            ("accusations", self.accusations.is_some()),
        ];
        let known = known.into_iter().filter(|(_, is_there)| *is_there);
        (known.map(|(kind, _)| kind))
            .chain(self.claims.keys().map(String::as_str))
            .collect()
    }

    /// What in it the ontology does not know: a class, or a property that the class does not have. Nothing where all is known.
    pub fn fault(&self, vocabulary: &Vocabulary) -> Option<String> {
        self.claims.iter().find_map(|(class, records)| {
            let of_claims = || {
                let classes = vocabulary.classes.iter();
                classes.filter(|(_, class)| !class.identified_by.is_empty())
            };
            if !of_claims().any(|(name, _)| name == class) {
                let names: Vec<&str> = of_claims().map(|(name, _)| name.as_str()).collect();
                return Some(format!(
                    "`{class}` is neither a kind of record nor a class of the ontology, which has {}",
                    names.join(", ")
                ));
            }
            let has = |name: &str| {
                vocabulary.properties.get(name).is_some_and(|property| {
                    (property.domain.as_ref()).is_none_or(|domain| domain == class)
                })
            };
            let names = records.iter().flat_map(|record| record.slots.keys());
            let stray = names.into_iter().find(|name| !has(name))?;
            Some(format!("`{stray}` is no property of `{class}`"))
        })
    }
}

/// A claim of a class that only its ontology knows.
#[derive(Clone, Debug, Deserialize)]
pub struct Record {
    /// Words of the body.
    pub quotes: Vec<String>,
    /// What fills each property, by its local name.
    #[serde(flatten)]
    pub slots: BTreeMap<String, Fillers>,
}

/// What fills a property: for each filler every string that a correct answer may have for it.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Fillers {
    /// One filler: notations or dates any of which is right, or the ways to name one thing.
    One(Vec<String>),
    /// Several parties.
    Several(Vec<Vec<String>>),
}

impl Fillers {
    /// Each filler by its strings.
    pub fn each(&self) -> &[Vec<String>] {
        match self {
            Self::One(strings) => std::slice::from_ref(strings),
            Self::Several(fillers) => fillers,
        }
    }
}

/// A person in public office.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Official {
    /// Empty where the document gives no name.
    pub names: Vec<String>,
    /// At least one.
    pub offices: Vec<Office>,
    /// Words of the body.
    pub quotes: Vec<String>,
}

/// An office held.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Office {
    /// Ways to write it.
    pub titles: Vec<String>,
    /// Country or organisation served.
    pub of: Vec<String>,
    /// Where an envoy is sent to.
    #[serde(default)]
    pub to: Vec<String>,
    /// A notation of `ch:TenureScheme`.
    pub tenure: String,
}

/// Travel of one or more visitors to one or more destinations.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Visit {
    /// Who travels.
    pub visitors: Vec<Vec<String>>,
    /// Where to.
    pub destinations: Vec<Vec<String>>,
    /// First day, month or year.
    pub start: Option<String>,
    /// Last one.
    pub end: Option<String>,
    /// A notation of `ch:VisitKindScheme`.
    pub kind: String,
    /// A notation of `ch:StatusScheme`.
    pub status: String,
    /// Words of the body.
    pub quotes: Vec<String>,
}

/// An undertaking.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Project {
    /// Ways to call it.
    pub labels: Vec<String>,
    /// Notations of `ch:SectorScheme`, any of which is right.
    pub sectors: Vec<String>,
    /// Who takes part.
    #[serde(default)]
    pub parties: Vec<Vec<String>>,
    /// A notation of `ch:StatusScheme`.
    pub status: String,
    /// Words of the body.
    pub quotes: Vec<String>,
}

/// A charge of one party against another.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accusation {
    /// Who makes it.
    pub accuser: Vec<String>,
    /// Against whom.
    pub accused: Vec<String>,
    /// What of, in words.
    pub charge: String,
    /// A notation of `ch:TopicScheme`.
    pub topic: String,
    /// Who denies it.
    #[serde(default)]
    pub denied_by: Vec<Vec<String>>,
    /// Who utters it in the document, where that is not its narrator.
    #[serde(default)]
    pub speaker: Vec<String>,
    /// Words of the body.
    pub quotes: Vec<String>,
}
