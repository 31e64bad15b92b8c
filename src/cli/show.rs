//! `show`: what one step makes of a text.

use std::io::{self, BufWriter, Write as _};

use anstream::AutoStream;
use anyhow::anyhow;

use super::args::{Global, Show, ShowFormat, Stage};
use super::found::Found;
use super::input::Input;
use super::problem::{Hint as _, Stop};
use super::reading::{self, Read};
use super::rows::terminal_width;
use super::table::Table;
use super::{Answer, json, knowledge};
use crate::entity::{Entities, EntityId};
use crate::language;
use crate::mention;
use crate::pipeline::Reading;
use crate::store;
use crate::text::{Date, Span};

pub(super) fn run(global: &Global, show: &Show) -> Result<Answer, Stop> {
    let stage = show.stage.unwrap_or(Stage::Claims);
    if stage != Stage::Claims && (show.why || show.near) {
        return Err(anyhow!("only claims have reasons")
            .hint("leave `--stage` out, or say `--stage claims`")
            .into());
    }
    let (knowledge, sound) = knowledge::load(global)?;
    let input = Input::new(&show.file);
    let Read {
        reading,
        graph,
        notes,
    } = reading::read_only(&input, &show.source.options(), &knowledge, global)?;
    if !global.quiet {
        reading::tell(&notes, &input.name());
    }
    let mut out = BufWriter::new(io::stdout().lock());
    match stage {
        stage if show.format == ShowFormat::Json => {
            let product = json::product(&reading, &knowledge, show, stage)?;
            serde_json::to_writer(&mut out, &product).map_err(io::Error::from)?;
            writeln!(out)?;
        }
        Stage::Tokens => tokens(&reading).write(terminal_width(), &mut out)?,
        Stage::Tree => {
            out.write_all(language::to_conllu(&reading.document, &reading.analysis).as_bytes())?;
        }
        Stage::Mentions => mentions(&reading).write(terminal_width(), &mut out)?,
        Stage::Entities => entities(&reading).write(terminal_width(), &mut out)?,
        Stage::Claims => {
            let found = Found::new(&reading, &knowledge, show);
            // Colours are left out where nobody sees them.
            write!(AutoStream::auto(io::stdout().lock()), "{found}")?;
        }
        Stage::Triples => store::write_triples(store::Format::NTriples, graph.triples, &mut out)?,
    }
    out.flush()?;
    Ok(if sound { Answer::Done } else { Answer::No })
}

/// Each word with its characters, sentence and normal form.
fn tokens(reading: &Reading) -> Table {
    let document = &reading.document;
    let mut table = new_table(&[
        "sentence",
        "token",
        "characters",
        "written",
        "form",
        "voice",
    ]);
    for (number, sentence) in document.sentences.iter().enumerate() {
        let paragraph = &document.paragraphs[sentence.paragraph];
        for index in sentence.tokens.clone() {
            let token = &document.tokens[index];
            table.push(&[
                number.to_string(),
                index.to_string(),
                characters(token.span),
                document.text(token.span).to_owned(),
                token.form.clone(),
                format!("{:?}", paragraph.voice).to_lowercase(),
            ]);
        }
    }
    table
}

/// Each mention with its characters, kind and what is known of it.
fn mentions(reading: &Reading) -> Table {
    let mut table = new_table(&["characters", "written", "kind", "reading"]);
    for mention in &reading.mentions {
        let (kind, reading_of_it) = match &mention.kind {
            mention::Kind::Person => ("person", String::new()),
            mention::Kind::OtherName => ("other name", String::new()),
            mention::Kind::Pronoun => ("pronoun", String::new()),
            mention::Kind::Group => ("group", String::new()),
            mention::Kind::Office(office) => {
                let mut parts = vec![
                    office.title.clone(),
                    format!("{:?}", office.tenure).to_lowercase(),
                ];
                parts.extend(office.role.clone());
                let place = |&token: &usize| {
                    reading
                        .document
                        .tokens
                        .get(token)
                        .map(|token| token.form.clone())
                };
                parts.extend(
                    office
                        .of
                        .iter()
                        .filter_map(place)
                        .map(|of| format!("of {of}")),
                );
                parts.extend(
                    office
                        .to
                        .iter()
                        .filter_map(place)
                        .map(|to| format!("to {to}")),
                );
                ("office", parts.join("; "))
            }
            mention::Kind::Named { entries, demonym } => (
                if *demonym { "demonym" } else { "named" },
                entries.join("; "),
            ),
            mention::Kind::Time(time) => {
                let end = time
                    .end
                    .map_or_else(String::new, |end| format!(" to {}", day(end)));
                ("time", format!("{}{end}", day(time.start)))
            }
        };
        table.push(&[
            characters(mention.span),
            reading.document.text(mention.span).to_owned(),
            kind.to_owned(),
            reading_of_it,
        ]);
    }
    table
}

/// Each entity with its names, country, offices and number of mentions.
fn entities(reading: &Reading) -> Table {
    let mut table = new_table(&[
        "entity",
        "kind",
        "name",
        "aliases",
        "country",
        "gazetteer",
        "offices",
        "mentions",
    ]);
    for (number, entity) in reading.entities.all.iter().enumerate() {
        let offices = entity.offices.iter().map(|office| {
            let party = |id: Option<EntityId>, word: &str| {
                id.map_or_else(String::new, |id| {
                    format!(" {word} {}", called(&reading.entities, id))
                })
            };
            let tenure = format!("{:?}", office.tenure).to_lowercase();
            format!(
                "{}{}{} ({tenure})",
                office.title,
                party(office.of, "of"),
                party(office.to, "to")
            )
        });
        table.push(&[
            number.to_string(),
            format!("{:?}", entity.kind).to_lowercase(),
            entity.name.clone(),
            entity.aliases.join("; "),
            entity.country.clone().unwrap_or_default(),
            entity.gazetteer.clone().unwrap_or_default(),
            offices.collect::<Vec<_>>().join("; "),
            entity.mentions.len().to_string(),
        ]);
    }
    table
}

/// What to call an entity in a line of its own: its number and name, else its first office.
pub(super) fn called(entities: &Entities, id: EntityId) -> String {
    let entity = entities.get(id);
    let name = match entity.offices.first() {
        Some(office) if entity.name.is_empty() => &office.title,
        _ => &entity.name,
    };
    format!("{} {name}", id.0)
}

pub(super) fn characters(span: Span) -> String {
    format!("{}-{}", span.start, span.end)
}

pub(super) fn day(date: Date) -> String {
    match (date.month, date.day) {
        (Some(month), Some(day)) => format!("{:04}-{month:02}-{day:02}", date.year),
        (Some(month), None) => format!("{:04}-{month:02}", date.year),
        (None, _) => format!("{:04}", date.year),
    }
}

fn new_table(columns: &[&str]) -> Table {
    Table::new(columns.iter().map(|&column| column.to_owned()).collect())
}
