//! The gold records of a document, as `tests/corpus/GUIDELINES.md` lays them down. A party is given by every string that a correct answer may
//! have for it: names, office, country as ISO 3166-1 alpha-2 code and by name.

use serde::Deserialize;

/// What a careful reader takes from a document.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gold {
    /// People in public office.
    #[serde(default)]
    pub officials: Vec<Official>,
    /// Official travel.
    #[serde(default)]
    pub visits: Vec<Visit>,
    /// Joint undertakings.
    #[serde(default)]
    pub projects: Vec<Project>,
    /// Charges.
    #[serde(default)]
    pub accusations: Vec<Accusation>,
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
