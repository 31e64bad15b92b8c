//! What a query says of itself: the comment that it opens with.
//!
//! Its first line is the question. A line `# $country (country) only visits to or from there` declares a parameter, with lines below
//! that are indented further going on with what it means. A line `# Example: …` begins an example of the answer, up to the end.

use super::error::SyntaxError;

/// A variable of a query that its user may set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// The variable's name, without `$` or `?`.
    pub name: String,
    /// What its values are.
    pub kind: Kind,
    /// What setting it does.
    pub meaning: String,
}

/// What the values of a parameter are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A country, by its ISO 3166-1 alpha-2 code.
    Country,
    /// A day, month or year: `2014-09-30`, `2014-09` or `2014`.
    Date,
    /// A document, by its IRI.
    Document,
    /// A number.
    Number,
    /// Words of a name.
    Words,
    /// A concept of the scheme of this property (local name), by its notation.
    Concept(String),
}

/// The words for the kinds in a declaration; a concept's is the property, `ch:sector`.
const KINDS: [(&str, Kind); 5] = [
    ("country", Kind::Country),
    ("date", Kind::Date),
    ("document", Kind::Document),
    ("number", Kind::Number),
    ("words", Kind::Words),
];

impl Kind {
    fn read(word: &str) -> Option<Self> {
        match word.strip_prefix("ch:") {
            Some(property) if !property.is_empty() => Some(Self::Concept(property.to_owned())),
            Some(_) => None,
            None => {
                let known = KINDS.into_iter().find(|(known, _)| *known == word);
                known.map(|(_, kind)| kind)
            }
        }
    }
}

/// The lines of the comment that a query opens with, without their marks.
fn lines(query: &str) -> impl Iterator<Item = &str> {
    query.lines().map_while(|line| line.strip_prefix('#'))
}

/// The question that a query opens with; none where it does not open with a comment.
pub fn question(query: &str) -> Option<&str> {
    lines(query).next().map(str::trim)
}

/// The parameters that a query declares, in their order. Fails where a declaration cannot be read.
pub fn parameters(query: &str) -> Result<Vec<Parameter>, SyntaxError> {
    let mut parameters: Vec<Parameter> = Vec::new();
    let mut goes_on = false;
    for (number, line) in lines(query).enumerate() {
        let error = |message: &str| SyntaxError {
            // The mark and the space before the `$` are two characters.
            position: Some((number + 1, 3)),
            message: message.to_owned(),
        };
        if line.starts_with(" Example") {
            break;
        }
        let Some(declaration) = line.strip_prefix(" $") else {
            match parameters.last_mut() {
                Some(last) if goes_on && line.starts_with("   ") => {
                    last.meaning.push(' ');
                    last.meaning.push_str(line.trim());
                }
                _ => goes_on = false,
            }
            continue;
        };
        let parts = (declaration.split_once('('))
            .and_then(|(name, rest)| Some((name.trim(), rest.split_once(')')?)));
        let Some((name, (kind, meaning))) = parts.filter(|(name, _)| is_name(name)) else {
            return Err(error(
                "a parameter is declared as `$name (kind) what setting it does`",
            ));
        };
        let Some(kind) = Kind::read(kind.trim()) else {
            return Err(error(
                "the kind of a parameter is `country` or `date` or `document` or `number` or `words` or a property like `ch:sector`",
            ));
        };
        if parameters.iter().any(|known| known.name == name) {
            return Err(error("this parameter is declared twice"));
        }
        parameters.push(Parameter {
            name: name.to_owned(),
            kind,
            meaning: meaning.trim().to_owned(),
        });
        goes_on = true;
    }
    Ok(parameters)
}

/// Whether it can be the name of a variable; SPARQL would allow more letters than these.
fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_declares_parameters() {
        let query = "# Who goes where?\n#\n# $country (country)   only from\n#                      there\n# $sector (ch:sector)  only that\n\
                     #\n# ?who  the traveller\n#\n# Example: none\n#   $x (y)\nSELECT ?who {}\n# $late (words) no\n";
        assert_eq!(question(query), Some("Who goes where?"));
        let parameter = |name: &str, kind, meaning: &str| Parameter {
            name: name.to_owned(),
            kind,
            meaning: meaning.to_owned(),
        };
        assert_eq!(
            parameters(query),
            Ok(vec![
                parameter("country", Kind::Country, "only from there"),
                parameter("sector", Kind::Concept("sector".to_owned()), "only that"),
            ])
        );
    }

    #[test]
    fn a_declaration_that_cannot_be_read_is_told_with_its_line() {
        for (head, words) in [
            ("# Q?\n# $x country", "is declared as"),
            ("# Q?\n# $1 (country)", "is declared as"),
            ("# Q?\n# $x (land) where", "the kind of a parameter"),
            ("# $x (date) a\n# $x (date) b", "declared twice"),
        ] {
            let error = parameters(head).expect_err(head);
            assert_eq!(error.position, Some((2, 3)), "{head}");
            assert!(error.message.contains(words), "{head}: {}", error.message);
        }
    }
}
