//! Step 4: who is who in this document?
//!
//! [`resolve`] joins the mentions of one party into an [`Entity`]; [`crate::claim`] asks [`Entities::at`] whom a word refers to.
//!
//! Countries and bodies are told apart by the gazetteer, persons by their names; then each title finds its holder, each pronoun and
//! phrase without a name the party that it stands for; last, offices that are written without their country get it from what stands around.

mod group;
mod holder;
mod identity;
mod introduction;
mod likelihood;
mod name;
mod places;
mod posts;
mod reference;
mod resolver;
mod service;
mod speaker;
mod title;
pub mod utterance;

use std::collections::BTreeMap;

use crate::knowledge::Knowledge;
use crate::language::Analysis;
use crate::mention::{Mention, Tenure};
use crate::text::{Document, Span};

use resolver::Resolver;

/// Joins the mentions of each party.
pub fn resolve(
    document: &Document,
    analysis: &Analysis,
    mentions: &[Mention],
    knowledge: &Knowledge,
) -> Entities {
    let mut resolver = Resolver::new(document, analysis, mentions, knowledge);
    identity::name_places(&mut resolver);
    identity::name_persons(&mut resolver);
    holder::attach(&mut resolver);
    service::prepare(&mut resolver);
    introduction::introduce(&mut resolver);
    reference::refer(&mut resolver);
    service::complete(&mut resolver);
    identity::join_holders(&mut resolver);
    speaker::note_all(&mut resolver);
    resolver.into_entities()
}

/// An entity's index in [`Entities::all`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct EntityId(pub usize);

/// The parties of a document.
#[derive(Clone, Debug, Default)]
pub struct Entities {
    /// Every entity, in order of first mention.
    pub all: Vec<Entity>,
    /// For each token of the document: whom the phrase headed by it refers to (several for `the two presidents`), empty for most.
    pub(crate) referents: Vec<Vec<EntityId>>,
    /// For tokens that someone other than the narrator utters: who.
    pub(crate) speakers: BTreeMap<usize, EntityId>,
    /// For those of these tokens that another tells in their own words: who.
    tellers: BTreeMap<usize, EntityId>,
    /// Countries by their ISO 3166-1 alpha-2 codes.
    by_code: BTreeMap<String, EntityId>,
    /// Countries, the one with the most mentions first.
    in_focus: Vec<EntityId>,
}

/// A person, country, place, organisation or group.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Entity {
    /// What it is.
    pub kind: Kind,
    /// Its fullest name as written, or for one without a name the phrase that describes it best (`the Cuban deputy trade minister`
    /// has no name but an office; `a 13-member delegation` is a label). Empty for a nameless office holder.
    pub name: String,
    /// Other forms of the name as written.
    pub aliases: Vec<String>,
    /// ISO 3166-1 alpha-2 code: of the country served by a person, of the country that a body belongs to, that a place lies in, that a
    /// group comes from, or of the country itself.
    pub country: Option<String>,
    /// Its entry in the gazetteer.
    pub gazetteer: Option<String>,
    /// Offices held, in order of mention (persons only).
    pub offices: Vec<Office>,
    /// Where it is named or described (not pronouns), in text order.
    pub mentions: Vec<Span>,
}

/// What an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A person, with or without a name.
    Person,
    /// A country, or its government.
    Country,
    /// A place that is no country.
    Place,
    /// An organisation.
    Organisation,
    /// A group or delegation.
    Group,
}

/// An office that a person holds, held or will hold.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Office {
    /// Title as written (`deputy prime minister`).
    pub title: String,
    /// IRI of the office's concept in the ontology.
    pub role: Option<String>,
    /// Country or body served.
    pub of: Option<EntityId>,
    /// Country or body an envoy is sent to.
    pub to: Option<EntityId>,
    /// Held now, before or later.
    pub tenure: Tenure,
    /// Where it is written.
    pub span: Span,
}

impl Entities {
    /// The entities with whom each token refers to and who utters it.
    fn new(
        all: Vec<Entity>,
        referents: Vec<Vec<EntityId>>,
        speakers: BTreeMap<usize, EntityId>,
        tellers: BTreeMap<usize, EntityId>,
    ) -> Self {
        let mut in_focus: Vec<EntityId> = (0..all.len())
            .map(EntityId)
            .filter(|id| all[id.0].kind == Kind::Country)
            .collect();
        let mut by_code = BTreeMap::new();
        for &id in &in_focus {
            if let Some(code) = &all[id.0].country {
                by_code.entry(code.clone()).or_insert(id);
            }
        }
        in_focus.sort_by_key(|id| std::cmp::Reverse(all[id.0].mentions.len()));
        Self {
            all,
            referents,
            speakers,
            tellers,
            by_code,
            in_focus,
        }
    }

    /// Whom the phrase headed by `token` refers to; empty where it refers to no known party.
    pub fn at(&self, token: usize) -> &[EntityId] {
        self.referents.get(token).map_or(&[], Vec::as_slice)
    }

    /// The country with this ISO 3166-1 alpha-2 code, if the document speaks of it.
    pub fn country(&self, alpha2: &str) -> Option<EntityId> {
        self.by_code.get(alpha2).copied()
    }

    /// The countries that the document speaks of, the one with the most mentions first.
    pub fn countries_in_focus(&self) -> &[EntityId] {
        &self.in_focus
    }

    /// The entity of that index.
    pub fn get(&self, id: EntityId) -> &Entity {
        &self.all[id.0]
    }

    /// Who utters the words at `token`, where it stands in a quotation, a reported utterance or an interviewee's turn; none for the
    /// narrator and for speakers who are not known.
    pub fn speaker_of(&self, token: usize) -> Option<EntityId> {
        self.speakers.get(&token).copied()
    }

    /// Who tells the words at `token` in this document: the speaker, unless someone else reports in their own words what the speaker said
    /// (`She replied that Chad had lied`, in an interview, is told by whoever is interviewed).
    pub fn teller_of(&self, token: usize) -> Option<EntityId> {
        let teller = self.tellers.get(&token).copied();
        teller.or_else(|| self.speaker_of(token))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{knowledge, language, mention, text};

    /// A text with its parties.
    fn parties(text: &str) -> (Document, Entities) {
        let (knowledge, _) = knowledge::load(&[]);
        let (document, _) = text::read(text).expect("the text is UTF-8");
        let analysis = language::analyse(&document);
        let mentions = mention::find(&document, &analysis, &knowledge);
        let entities = resolve(&document, &analysis, &mentions, &knowledge);
        (document, entities)
    }

    /// The offices of a text as `name | title | country | tenure`.
    fn offices(text: &str) -> Vec<String> {
        let (_, entities) = parties(text);
        let mut lines = Vec::new();
        for entity in &entities.all {
            for office in &entity.offices {
                let country = office
                    .of
                    .and_then(|of| entities.get(of).country.clone())
                    .unwrap_or_default();
                lines.push(format!(
                    "{} | {} | {country} | {:?}",
                    entity.name, office.title, office.tenure
                ));
            }
        }
        lines
    }

    #[test]
    fn a_title_finds_its_holder_before_behind_and_in_the_predicate() {
        assert_eq!(
            offices("Russian President Vladimir Putin spoke on Monday."),
            ["Vladimir Putin | President | RU | Current"]
        );
        assert_eq!(
            offices("Wang Yi, the Minister of Foreign Affairs of China, spoke on Monday."),
            ["Wang Yi | Minister of Foreign Affairs | CN | Current"]
        );
        assert_eq!(
            offices(
                "Hina Rabbani Khar, who was the foreign minister of Pakistan at the time, visited India."
            ),
            ["Hina Rabbani Khar | foreign minister | PK | Former"]
        );
    }

    #[test]
    fn a_list_of_titles_is_a_list_of_persons() {
        let found = offices(
            "The prime minister of Georgia, who is also the chairman of the Security Council, and the foreign minister of Armenia came to Vienna.",
        );
        assert!(
            found.contains(&" | prime minister | GE | Current".to_owned()),
            "{found:?}"
        );
        assert!(
            found.contains(&" | foreign minister | AM | Current".to_owned()),
            "{found:?}"
        );
    }

    #[test]
    fn a_title_finds_the_person_who_has_only_been_named() {
        assert_eq!(
            offices(
                "Olusegun Obasanjo arrived in Harare on Monday. The Nigerian president met Robert Mugabe. The Zimbabwean leader thanked him."
            ),
            [
                "Olusegun Obasanjo | president | NG | Current",
                "Robert Mugabe | leader | ZW | Current"
            ]
        );
    }

    #[test]
    fn titles_listed_by_nationality_are_held_by_the_names_that_follow() {
        assert_eq!(
            offices(
                "The Bulgarian and Greek prime ministers, Boyko Borissov and Alexis Tsipras, opened the pipeline."
            ),
            [
                "Boyko Borissov | prime minister | BG | Current",
                "Alexis Tsipras | prime minister | GR | Current"
            ]
        );
    }

    #[test]
    fn a_title_in_the_plural_is_held_by_each_name_before_it() {
        assert_eq!(
            offices("Ana Lima, Rui Costa and Eva Reis, all former ministers of Portugal, spoke."),
            [
                "Ana Lima | minister | PT | Former",
                "Rui Costa | minister | PT | Former",
                "Eva Reis | minister | PT | Former"
            ]
        );
    }

    #[test]
    fn a_single_name_is_a_persons_where_a_title_explains_it() {
        assert_eq!(
            offices("Orlov, the Russian trade minister, spoke on Monday."),
            ["Orlov | trade minister | RU | Current"]
        );
        assert_eq!(
            offices("Australian Foreign Minister Julie Bishop spoke on Monday."),
            ["Julie Bishop | Foreign Minister | AU | Current"]
        );
    }

    #[test]
    fn whoever_comes_home_serves_the_country_that_they_come_home_to() {
        assert!(
            offices("President Rosa Quispe returned to Lima from Oslo, Stockholm and Bern.")
                .contains(&"Rosa Quispe | President | PE | Current".to_owned())
        );
    }

    #[test]
    fn both_capitals_are_those_of_the_two_countries_of_the_text() {
        let text = "Chad accuses Mali of an attack. Mali denies it. The Swedish foreign minister will travel to both capitals.";
        assert_eq!(meant_by("capitals", text), ["Chad", "Mali"]);
    }

    #[test]
    fn an_envoy_serves_the_side_that_he_sits_on_and_not_his_host() {
        assert!(
            offices(
                "The talks in Oslo were attended, on the Chilean side, by Ana Lima, Minister of Trade, and Rui Costa, Ambassador in Oslo."
            )
            .contains(&"Rui Costa | Ambassador in Oslo | CL | Current".to_owned())
        );
    }

    #[test]
    fn a_title_without_a_country_serves_the_one_that_its_holder_is_known_for() {
        assert!(
            offices(
                "In Lusaka the Zambian minister recalled how President Julius Nyerere had come."
            )
            .contains(&"Julius Nyerere | President | TZ | Current".to_owned())
        );
    }

    #[test]
    fn whoever_receives_or_meets_a_traveller_is_at_home_there() {
        assert!(
            offices(
                "Ursula von der Leyen, the president of the European Commission, travelled to Ankara. She met President Recep Tayyip Erdogan."
            )
            .contains(&"Recep Tayyip Erdogan | President | TR | Current".to_owned())
        );
    }

    /// The names of whom the first `word` of `text` refers to.
    fn meant_by(word: &str, text: &str) -> Vec<String> {
        let (document, entities) = parties(text);
        let mut tokens = document.tokens.iter();
        let token = tokens.position(|token| token.form == word);
        let found = entities.at(token.expect("the text has the word"));
        let name = |&entity: &EntityId| entities.get(entity).name.clone();
        found.iter().map(name).collect()
    }

    #[test]
    fn a_body_of_a_state_belongs_to_the_country_where_it_sits() {
        let (_, entities) =
            parties("The defence ministry in Lima spoke. The embassy in Oslo was silent.");
        let country = |name: &str| {
            let found = entities.all.iter().find(|entity| entity.name == name);
            found.and_then(|entity| entity.country.clone())
        };
        assert_eq!(
            country("The defence ministry in Lima"),
            Some("PE".to_owned())
        );
        assert_eq!(country("The embassy"), None);
    }

    #[test]
    fn whoever_makes_a_trip_serves_another_country_than_its_goal() {
        let text = "Germany recalled its envoy. A trip to Rome by the trade minister, Ana Lima, was called off.";
        let lima = "Ana Lima | trade minister | DE | Current".to_owned();
        assert!(offices(text).contains(&lima), "{:?}", offices(text));
    }

    #[test]
    fn the_government_of_an_officer_is_that_of_the_country() {
        let text = "The Thai prime minister, Somchai Arun, spoke. Laos was silent. The government of Prime Minister Somchai Arun met.";
        assert_eq!(meant_by("government", text), ["Thailand"]);
    }

    #[test]
    fn who_holds_an_office_is_named_behind_it_too() {
        let envoy = "Eat Sophea | ambassador in Oslo | KH | Current".to_owned();
        assert_eq!(
            offices("The Cambodian ambassador in Oslo is Eat Sophea."),
            [envoy]
        );
    }

    #[test]
    fn the_place_before_a_subject_is_no_part_of_its_name() {
        let text = "The visit of Emmanuel Macron ended. In Lagos Macron received him.";
        assert_eq!(meant_by("Lagos", text), ["Lagos"]);
    }

    #[test]
    fn what_stands_for_several_parties_means_each() {
        let relative = "It is Chad and Niger that closed the border.";
        assert_eq!(meant_by("that", relative), ["Chad", "Niger"]);
        let sides = "Chad and Niger each claim the wells. Mali has called on both sides to wait.";
        assert_eq!(meant_by("sides", sides), ["Chad", "Niger"]);
        let subjects = "Chad and Niger shut the border to the traders. They blame Mali.";
        assert_eq!(meant_by("They", subjects), ["Chad", "Niger"]);
        let presidents = "President Thabo Mbeki of South Africa received President Festus Mogae of Botswana. Mbeki and Mogae spoke of President Sam Nujoma of Namibia. Trade grew. Roads were built. Schools were opened. The presidents will meet again.";
        assert_eq!(
            meant_by("presidents", presidents),
            ["Thabo Mbeki", "Festus Mogae"]
        );
    }

    #[test]
    fn our_waits_for_whoever_is_named_behind_the_quotation() {
        let text = "\"Chad has shut our border,\" the Malian foreign minister said.";
        assert_eq!(meant_by("our", text), ["Mali"]);
    }

    #[test]
    fn here_is_where_the_envoy_is_sent() {
        let text = "---\ntitle: Interview with the Ambassador of Chile to Kenya\ngenre: interview\n---\nQ: Welcome.\n\nA: The president was here in May.";
        assert_eq!(meant_by("here", text), ["Kenya"]);
    }

    #[test]
    fn whoever_arrives_in_the_country_arrives_where_the_text_is_written() {
        let text = "LAMU, Kenya, March 2 - Ethiopia and Kenya opened a port. Salva Kiir of South Sudan arrived in the country on Monday.";
        assert_eq!(meant_by("country", text), ["Kenya"]);
    }

    #[test]
    fn a_statement_is_uttered_by_the_state_that_issues_it() {
        let text = "---\ntitle: Statement by the Foreign Ministry of Georgia\ngenre: release\n---\nThe talks went well.";
        let (_, entities) = parties(text);
        let speaker = entities.speaker_of(0).map(|speaker| entities.get(speaker));
        assert_eq!(
            speaker.and_then(|speaker| speaker.country.as_deref()),
            Some("GE")
        );
    }

    #[test]
    fn a_paragraph_goes_on_about_whom_the_text_is_about() {
        let text = "Foreign Minister Amr Moussa flew home on Monday. Moussa had seen the sultan. Moussa called him a friend. Moussa thanked Foreign Minister Ali Akbar Velayati of Iran.\n\nThe minister was accompanied by his wife.";
        assert_eq!(meant_by("minister", text), ["Amr Moussa"]);
    }

    #[test]
    fn whoever_speaks_of_an_ambassador_is_not_that_ambassador() {
        let text = "---\ntitle: Statement of Chile\ngenre: speech\n---\nGENEVA - Statement by the Permanent Representative of Chile to the United Nations\n\nMr. Chairman, I thank the delegations that joined us.\n\nAmbassador Rosa Vial called it a fraud.";
        let held = offices(text);
        let vial = held.iter().filter(|line| line.starts_with("Rosa Vial | "));
        assert!(vial.clone().count() == 1, "{held:?}");
        let nameless = |line: &String| line.starts_with(" | Permanent Representative");
        assert!(held.iter().any(nameless), "{held:?}");
    }

    #[test]
    fn what_another_is_reported_to_have_said_is_told_by_whoever_reports_it() {
        let text = "---\ntitle: Interview with Ambassador Ana Ruiz of Chile\ngenre: interview\n---\nQuestion: What did Oslo say?\n\nAnswer: Foreign Minister Erik Hansen of Norway replied that Chad had lied.\n\nQuestion: And what do you say?\n\nAnswer: I say nothing.";
        let (document, entities) = parties(text);
        let lied = document
            .tokens
            .iter()
            .position(|token| token.form == "lied");
        let lied = lied.expect("it is there");
        let name = |id: Option<EntityId>| id.map(|id| entities.get(id).name.as_str());
        assert_eq!(name(entities.speaker_of(lied)), Some("Erik Hansen"));
        assert_eq!(name(entities.teller_of(lied)), Some("Ana Ruiz"));
    }

    #[test]
    fn money_names_no_party() {
        let text = "The loan of 20 million U.S. dollars came late.";
        assert!(meant_by("U.S.", text).is_empty());
    }

    #[test]
    fn posts_in_firms_and_clubs_and_titles_of_nobody_are_no_offices() {
        assert!(
            offices("Tim Cook, the chief executive of Apple, spoke at a university.").is_empty()
        );
        assert!(
            offices("Every head of state enjoys immunity, and a minister may resign.").is_empty()
        );
    }
}
