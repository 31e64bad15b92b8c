//! CoNLL-U, the exchange format of Universal Dependencies, <https://universaldependencies.org/format.html>.

use std::fmt::Write as _;
use std::ops::Range;

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

/// A word with its annotation, of a treebank or of our own making.
pub(super) struct AnnotatedWord {
    pub(super) form: String,
    pub(super) lemma: String,
    pub(super) upos: String,
    pub(super) xpos: String,
    /// Counts from 1 in the sentence; 0 is the root.
    pub(super) head: usize,
    pub(super) deprel: String,
    pub(super) space_after: bool,
    /// Where it stands among the characters of the whole text, white space left out.
    pub(super) place: Range<usize>,
}

/// A sentence of a treebank.
#[derive(Default)]
pub(super) struct AnnotatedSentence {
    pub(super) words: Vec<AnnotatedWord>,
    /// Whether a paragraph or a document begins with it, where the treebank says so.
    pub(super) opens_paragraph: bool,
}

/// Reads the sentences of a treebank. Empty nodes are left out, and multiword tokens but for the white space after them.
/// The error names the line.
pub(super) fn read(treebank: &str) -> Result<Vec<AnnotatedSentence>, Error> {
    let mut sentences = Vec::new();
    let mut sentence = AnnotatedSentence::default();
    // The multiword token that is being read: its last word and whether white space follows it.
    let mut multiword = (0, true);
    let mut document = "";
    let mut place = 0;
    for (number, line) in (1..).zip(treebank.lines().chain([""])) {
        if line.is_empty() {
            if !sentence.words.is_empty() {
                sentences.push(std::mem::take(&mut sentence));
            }
            multiword = (0, true);
        } else if let Some(comment) = line.strip_prefix('#') {
            // Some treebanks name the document before each sentence.
            let comment = comment.trim();
            sentence.opens_paragraph |= comment.starts_with("newpar")
                || (comment.starts_with("newdoc") && comment != document);
            if comment.starts_with("newdoc") {
                document = comment;
            }
        } else {
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
            let space_after = !misc.split('|').any(|item| item == "SpaceAfter=No");
            if let Some((_, last)) = id.split_once('-') {
                let last = last
                    .parse()
                    .map_err(|_| error("the last word of a multiword token is a number"))?;
                multiword = (last, space_after);
            } else if let Ok(id) = id.parse::<usize>() {
                let start = place;
                place += visible(form);
                sentence.words.push(AnnotatedWord {
                    form: form.to_owned(),
                    lemma: straight_quotes(lemma),
                    upos: upos.to_owned(),
                    xpos: xpos.to_owned(),
                    head: head
                        .parse()
                        .map_err(|_| error("the head of a word is a number"))?,
                    deprel: deprel.to_owned(),
                    space_after: match multiword {
                        (last, _) if id < last => false,
                        (last, after) if id == last => after,
                        _ => space_after,
                    },
                    place: start..place,
                });
            }
        }
    }
    Ok(sentences)
}

/// The sentences of `document` as its analysis has them.
pub(super) fn annotated(document: &Document, analysis: &Analysis) -> Vec<AnnotatedSentence> {
    // How many characters that are no white space stand before each character of the body.
    let before: Vec<usize> = document
        .body
        .chars()
        .scan(0, |count, character| {
            let before = *count;
            *count += usize::from(!character.is_whitespace());
            Some(before)
        })
        .collect();
    let annotated = |sentence: &Sentence, token: usize| {
        let Token {
            span,
            form,
            space_after,
        } = &document.tokens[token];
        let word = &analysis.words[token];
        AnnotatedWord {
            form: form.clone(),
            lemma: word.lemma.clone(),
            upos: word.upos.as_str().to_owned(),
            xpos: word.xpos.to_owned(),
            head: word.head.map_or(0, |head| head - sentence.tokens.start + 1),
            deprel: word.deprel.to_owned(),
            space_after: *space_after,
            place: before[span.start]..before[span.start] + visible(document.text(*span)),
        }
    };
    document
        .sentences
        .iter()
        .map(|sentence| AnnotatedSentence {
            words: sentence
                .tokens
                .clone()
                .map(|token| annotated(sentence, token))
                .collect(),
            opens_paragraph: false,
        })
        .collect()
}

/// Characters that are no white space.
fn visible(text: &str) -> usize {
    text.chars()
        .filter(|character| !character.is_whitespace())
        .count()
}

/// The running text of the sentences, with a blank line before each paragraph.
pub(super) fn running_text(sentences: &[AnnotatedSentence]) -> String {
    let mut text = String::new();
    for sentence in sentences {
        if sentence.opens_paragraph && !text.is_empty() {
            text.push_str("\n\n");
        }
        for word in &sentence.words {
            text.push_str(&word.form);
            if word.space_after {
                text.push(' ');
            }
        }
    }
    text
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
    use super::{document_of, read, running_text, to_conllu};
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
            .words
            .iter()
            .map(|word| (word.form.as_str(), word.space_after))
            .collect();
        assert_eq!(forms[2], ("n’t", true));
        assert_eq!(
            read[0].words.iter().filter(|word| word.head == 0).count(),
            1
        );
    }

    #[test]
    fn running_text_has_the_spaces_of_multiword_tokens_and_paragraphs() {
        let words = [
            "# newpar",
            "1-2\tcannot",
            "1\tcan",
            "2\tnot",
            "3\tgo",
            "",
            "# newpar",
            "1\tNo",
        ];
        let treebank = words.map(|line| match line.split('\t').count() {
            2 => format!("{line}\t_\t_\t_\t_\t0\t_\t_\t_\n"),
            _ => format!("{line}\n"),
        });
        let read = read(&treebank.concat()).expect("it is well-formed");
        assert_eq!(running_text(&read), "cannot go \n\nNo ");
        assert_eq!(read[0].words[2].place, 6..8);
    }

    #[test]
    fn a_line_with_missing_columns_is_named() {
        let error = read("# a comment\n1\tWord\tword\n")
            .map(|_| ())
            .expect_err("three columns are too few");
        assert_eq!(error.line, Some(2));
    }
}
