//! Claims in words: what is said, and where it is asked for, why they are there and what almost was one.

use std::fmt;

use anstyle::{AnsiColor, Style};

use super::args::Show;
use super::show::{called, characters, day};
use super::terminal::calm_line;
use crate::claim::{Claim, Missing, Near, Origin, PLAIN, Polarity, Slot, Value};
use crate::knowledge::Knowledge;
use crate::knowledge::definition::Definition;
use crate::pipeline::Reading;
use crate::text::Span;

const HEADING: Style = Style::new().bold();
const NAME: Style = AnsiColor::Cyan.on_default();
const REASON: Style = Style::new().dimmed();
const LACK: Style = AnsiColor::Yellow.on_default();

/// What was found in a text, as it is asked for; each claim is a paragraph with a line for each slot and each place that says so.
pub(super) struct Found<'a> {
    reading: &'a Reading,
    knowledge: &'a Knowledge,
    claims: &'a [Claim],
    near: Vec<Near>,
    why: bool,
}

impl<'a> Found<'a> {
    pub(super) fn new(reading: &'a Reading, knowledge: &'a Knowledge, show: &Show) -> Self {
        let claims = show.why || !show.near;
        Self {
            reading,
            knowledge,
            claims: if claims { &reading.claims } else { &[] },
            near: if show.near {
                reading.near(knowledge)
            } else {
                Vec::new()
            },
            why: show.why,
        }
    }

    fn claim(&self, number: usize, claim: &Claim) -> Vec<String> {
        let negated = if claim.polarity == Polarity::Denied {
            ", negated"
        } else {
            ""
        };
        let mut lines = vec![format!(
            "{HEADING}{number} {}{HEADING:#}{negated}, confidence {:.2}, by <{}>",
            claim.class, claim.confidence, claim.frame
        )];
        if self.why {
            lines.extend(self.entries(&claim.frame, claim.entry.as_deref(), claim.word));
        }
        if !claim.mechanisms.is_empty() {
            let named: Vec<String> = (claim.mechanisms.iter())
                .map(|mechanism| {
                    let name = mechanism.as_str().to_owned();
                    if self.why {
                        format!("{name} {:.2}", mechanism.reliability())
                    } else {
                        name
                    }
                })
                .collect();
            let from = if self.why {
                format!(", of {PLAIN:.2} without")
            } else {
                String::new()
            };
            lines.push(format!(
                "  {NAME}rests on:{NAME:#} {}{from}",
                named.join(", ")
            ));
        }
        if let Some(speaker) = claim.speaker {
            let speaker = called(&self.reading.entities, speaker);
            let speaker = calm_line(&speaker);
            lines.push(format!("  {NAME}speaker:{NAME:#} {speaker}"));
        }
        lines.extend(claim.slots.iter().map(|slot| self.slot(slot, self.why)));
        for evidence in &claim.evidence {
            lines.push(format!(
                "  {NAME}evidence{NAME:#} {}: {}",
                characters(evidence.span),
                self.written(evidence.span)
            ));
        }
        lines
    }

    fn near(&self, near: &Near) -> Vec<String> {
        let mut lines = vec![format!(
            "{HEADING}near {}{HEADING:#}, by <{}>",
            near.class, near.frame
        )];
        lines.extend(self.entries(&near.frame, near.entry.as_deref(), near.word));
        lines.extend(near.found.iter().map(|slot| self.slot(slot, true)));
        for missing in &near.missing {
            let (property, why) = self.lack(missing, &near.class);
            lines.push(format!("  {LACK}missing {property}{LACK:#}: {why}"));
        }
        let sentence = self.reading.document.sentences[near.sentence].span;
        lines.push(format!(
            "  {NAME}sentence{NAME:#} {}: {}",
            characters(sentence),
            self.written(sentence)
        ));
        lines
    }

    /// Where the frame and the lexical entry stand, and the word that evoked them.
    fn entries(&self, frame: &str, entry: Option<&str>, word: Span) -> Vec<String> {
        let place = |iri: &str| {
            let definition = self.knowledge.definitions.of(iri);
            definition.map_or_else(String::new, |definition| {
                format!(" {REASON}at {definition}{REASON:#}")
            })
        };
        let mut lines = vec![format!(
            "  {NAME}frame:{NAME:#} {}{}",
            local_name(frame),
            place(frame)
        )];
        lines.extend(entry.map(|entry| {
            format!(
                "  {NAME}entry:{NAME:#} {}{}",
                local_name(entry),
                place(entry)
            )
        }));
        let (written, place) = (self.written(word), characters(word));
        lines.push(format!(
            "  {NAME}word:{NAME:#} \"{written}\" {REASON}{place}{REASON:#}"
        ));
        lines
    }

    fn slot(&self, slot: &Slot, why: bool) -> String {
        let value = match &slot.value {
            Value::Entity(id) => called(&self.reading.entities, *id),
            Value::Concept(notation) => notation.clone(),
            Value::Text(text) => format!("\"{text}\""),
            Value::Date(date) => day(*date),
            Value::Claim(other) => format!("claim {other}"),
        };
        let reason = if why {
            let (origin, entry) = (self.origin(&slot.origin), self.entry(slot));
            format!(" {REASON}[{origin}{entry}]{REASON:#}")
        } else {
            String::new()
        };
        let value = calm_line(&value);
        format!("  {NAME}{}:{NAME:#} {value}{reason}", slot.property)
    }

    fn origin(&self, origin: &Origin) -> String {
        match origin {
            Origin::Argument { path, span } => format!("{path}: \"{}\"", self.written(*span)),
            Origin::Time { span } => format!("time: \"{}\"", self.written(*span)),
            Origin::Modality { modality } => format!("modality: {modality}"),
            Origin::Trigger { span } => format!("trigger: \"{}\"", self.written(*span)),
            Origin::Frame => "set by the frame".to_owned(),
            Origin::Default => "default".to_owned(),
            Origin::Context => "from the sentences around".to_owned(),
            Origin::Company => "in company".to_owned(),
            Origin::Link => "found by its parties and words".to_owned(),
        }
    }

    /// The entry of the knowledge that fills a slot, with the places that say something of it: a concept that words point to, and whatever a
    /// file of the user knows.
    fn entry(&self, slot: &Slot) -> String {
        let Some(iri) = slot.entry(&self.reading.entities, self.knowledge) else {
            return String::new();
        };
        let definitions = &self.knowledge.definitions;
        let mut places: Vec<Definition> = Vec::new();
        if matches!(slot.origin, Origin::Trigger { .. }) {
            places.extend(definitions.of(iri));
        }
        places.extend(definitions.by_user(iri).map(|(_, place)| place));
        places.dedup();
        if places.is_empty() {
            return String::new();
        }
        let places: Vec<String> = places.iter().map(ToString::to_string).collect();
        format!(", entry {} at {}", local_name(iri), places.join(" and "))
    }

    /// The property that is missing, and why.
    fn lack(&self, missing: &Missing, class: &str) -> (String, String) {
        let argument = |property: &str| match property {
            "" => "argument".to_owned(),
            property => property.to_owned(),
        };
        match missing {
            Missing::Nothing { property, paths } => {
                let paths = paths.join(" or ");
                (argument(property), format!("nothing stands at {paths}"))
            }
            Missing::WrongWord {
                property,
                path,
                span,
                class,
            } => {
                let wanted = class.as_ref().map_or_else(
                    || "what is asked for".to_owned(),
                    |class| format!("of words:{class}"),
                );
                let written = self.written(*span);
                let why = format!("\"{written}\" at {path} is not {wanted}");
                (argument(property), why)
            }
            Missing::WrongParty {
                property,
                path,
                span,
                accepts,
            } => {
                let (written, accepts) = (self.written(*span), accepts.join(" or "));
                let why = format!("\"{written}\" at {path} is no known {accepts}");
                (property.clone(), why)
            }
            Missing::Property { property } => (property.clone(), format!("every {class} has one")),
            Missing::Condition => (
                "condition".to_owned(),
                "the words around rule the frame out".to_owned(),
            ),
            Missing::Unsaid => (
                "statement".to_owned(),
                "the text does not affirm it, or its parties do not go together".to_owned(),
            ),
        }
    }

    /// The characters of `span`, line breaks as spaces.
    fn written(&self, span: Span) -> String {
        let words = self.reading.document.text(span).split_whitespace();
        calm_line(&words.collect::<Vec<_>>().join(" ")).into_owned()
    }
}

impl fmt::Display for Found<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let claims = self.claims.iter().enumerate();
        let claims = claims.map(|(number, claim)| self.claim(number, claim));
        let near = self.near.iter().map(|near| self.near(near));
        for (number, lines) in claims.chain(near).enumerate() {
            if number > 0 {
                writeln!(formatter)?;
            }
            for line in lines {
                writeln!(formatter, "{line}")?;
            }
        }
        Ok(())
    }
}

/// What follows the last `/` or `#`.
fn local_name(iri: &str) -> &str {
    iri.rsplit(['/', '#']).next().unwrap_or(iri)
}
