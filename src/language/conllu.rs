//! CoNLL-U, the exchange format of Universal Dependencies, <https://universaldependencies.org/format.html>.

use std::fmt::Write as _;

use super::tree::Analysis;
use crate::text::{Document, Error, Metadata, Paragraph, Sentence, Span, Token, Voice};

/// Writes the analysis of `document` with `# newpar`, `# sent_id` (sentences counted from 1) and `# text`; forms are as
/// in the text.
pub fn to_conllu(document: &Document, analysis: &Analysis) -> String {
    let mut output = String::new();
    if let Some(id) = &document.metadata.id {
        line(&mut output, format_args!("# newdoc id = {}", one_line(id)));
    }
    let mut last_paragraph = None;
    for (number, sentence) in (1..).zip(&document.sentences) {
        if last_paragraph.replace(sentence.paragraph) != Some(sentence.paragraph) {
            line(&mut output, format_args!("# newpar"));
        }
        line(&mut output, format_args!("# sent_id = {number}"));
        line(
            &mut output,
            format_args!("# text = {}", one_line(document.text(sentence.span))),
        );
        for token in sentence.tokens.clone() {
            let word = &analysis.words[token];
            let identifier = token - sentence.tokens.start + 1;
            let form = column(document.text(document.tokens[token].span));
            let lemma = column(&word.lemma);
            let head = word.head.map_or(0, |head| head - sentence.tokens.start + 1);
            let misc = if document.tokens[token].space_after {
                "_"
            } else {
                "SpaceAfter=No"
            };
            let (upos, xpos, deprel) = (word.upos.as_str(), word.xpos, word.deprel);
            line(
                &mut output,
                format_args!(
                    "{identifier}\t{form}\t{lemma}\t{upos}\t{xpos}\t_\t{head}\t{deprel}\t_\t{misc}"
                ),
            );
        }
        output.push('\n');
    }
    output
}

fn line(output: &mut String, content: std::fmt::Arguments) {
    writeln!(output, "{content}").expect("a string can always be written to");
}

/// Text with each run of white space as one blank.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The content of a column, which may not be empty.
fn column(text: &str) -> String {
    let text = one_line(text);
    if text.is_empty() {
        "_".to_owned()
    } else {
        text
    }
}

/// A word as annotated in a treebank; `head` counts from 1 in the sentence, 0 is the root.
pub(super) struct GoldWord {
    pub(super) form: String,
    pub(super) lemma: String,
    pub(super) upos: String,
    pub(super) xpos: String,
    pub(super) head: usize,
    pub(super) deprel: String,
    pub(super) space_after: bool,
}

/// Reads the sentences of a treebank; multiword tokens and empty nodes are left out. The error names the line.
pub(super) fn read(treebank: &str) -> Result<Vec<Vec<GoldWord>>, Error> {
    let mut sentences = Vec::new();
    let mut words = Vec::new();
    for (number, line) in (1..).zip(treebank.lines()) {
        if line.is_empty() {
            if !words.is_empty() {
                sentences.push(std::mem::take(&mut words));
            }
        } else if !line.starts_with('#') {
            let error = |message: &str| Error {
                line: Some(number),
                column: None,
                message: message.to_owned(),
                hint: Some("see https://universaldependencies.org/format.html".to_owned()),
            };
            let columns: Vec<&str> = line.split('\t').collect();
            let &[id, form, lemma, upos, xpos, _, head, deprel, _, misc] = columns.as_slice()
            else {
                return Err(error(
                    "a word line of CoNLL-U has ten columns divided by tabs",
                ));
            };
            if id.bytes().all(|byte| byte.is_ascii_digit()) {
                words.push(GoldWord {
                    form: form.to_owned(),
                    lemma: straight_quotes(lemma),
                    upos: upos.to_owned(),
                    xpos: xpos.to_owned(),
                    head: head
                        .parse()
                        .map_err(|_| error("the head of a word is a number"))?,
                    deprel: deprel.to_owned(),
                    space_after: !misc.split('|').any(|item| item == "SpaceAfter=No"),
                });
            }
        }
    }
    if !words.is_empty() {
        sentences.push(words);
    }
    Ok(sentences)
}

/// Quotation marks and apostrophes as [`Token::form`] has them.
fn straight_quotes(text: &str) -> String {
    let straight = |letter| match letter {
        '‘' | '’' | '‚' | '‛' => '\'',
        '“' | '”' | '„' | '‟' => '"',
        other => other,
    };
    text.chars().map(straight).collect()
}

/// A document of sentences that are cut into tokens already: for each token its form and whether white space follows.
pub(super) fn document_of(sentences: impl Iterator<Item = Vec<(String, bool)>>) -> Document {
    let mut body = String::new();
    let mut characters = 0;
    let mut document = Document {
        metadata: Metadata::default(),
        body: String::new(),
        dateline: None,
        paragraphs: Vec::new(),
        sentences: Vec::new(),
        tokens: Vec::new(),
        byte_of: Vec::new(),
    };
    for words in sentences {
        let first = document.tokens.len();
        for (form, space_after) in words {
            let span = Span {
                start: characters,
                end: characters + form.chars().count(),
            };
            characters = span.end + usize::from(space_after);
            body.push_str(&form);
            if space_after {
                body.push(' ');
            }
            document.tokens.push(Token {
                span,
                form: straight_quotes(&form),
                space_after,
            });
        }
        let tokens = first..document.tokens.len();
        document.sentences.push(Sentence {
            span: document.span_of(tokens.clone()),
            tokens,
            paragraph: 0,
        });
    }
    document.paragraphs.push(Paragraph {
        span: Span {
            start: 0,
            end: characters,
        },
        voice: Voice::Narrator,
        label: None,
        heading: false,
        sentences: 0..document.sentences.len(),
    });
    document.byte_of = body
        .char_indices()
        .map(|(byte, _)| byte)
        .chain([body.len()])
        .collect();
    document.body = body;
    document
}

#[cfg(test)]
mod tests {
    use super::{document_of, read, to_conllu};
    use crate::language::analyse;

    #[test]
    fn what_is_written_can_be_read_again() {
        let words = [
            ("She", true),
            ("did", false),
            ("n’t", true),
            ("visit", true),
            ("Malmö", false),
            (".", true),
        ];
        let sentence: Vec<_> = words
            .iter()
            .map(|&(form, space)| (form.to_owned(), space))
            .collect();
        let document = document_of([sentence.clone(), sentence].into_iter());
        let written = to_conllu(&document, &analyse(&document));
        assert!(written.contains("# sent_id = 2\n# text = She didn’t visit Malmö.\n1\tShe\tshe\tPRON\tPRP\t_\t4\tnsubj\t_\t_\n"), "{written}");
        let read = read(&written).expect("our own CoNLL-U is well-formed");
        assert_eq!(read.len(), 2);
        let forms: Vec<_> = read[0]
            .iter()
            .map(|word| (word.form.as_str(), word.space_after))
            .collect();
        assert_eq!(forms[2], ("n’t", true));
        assert_eq!(read[0].iter().filter(|word| word.head == 0).count(), 1);
    }

    #[test]
    fn a_line_with_missing_columns_is_named() {
        let error = read("# a comment\n1\tWord\tword\n")
            .map(|_| ())
            .expect_err("three columns are too few");
        assert_eq!(error.line, Some(2));
    }
}
