//! Stand-in for reading a text.

use super::{Date, Document, Error, Metadata, Note, Paragraph, Sentence, Span, Token, Voice};

/// Stand-in.
pub fn read(bytes: &[u8]) -> Result<(Document, Vec<Note>), Error> {
    let error = |message: &str| Error { line: Some(1), column: None, message: message.to_owned(), hint: None };
    let text = std::str::from_utf8(bytes).map_err(|_| error("it is not UTF-8"))?;
    if text.contains('\0') {
        return Err(error("it is a binary file"));
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut metadata = Metadata::default();
    let mut body = text;
    if let Some(rest) = text.strip_prefix("---\n").or_else(|| text.strip_prefix("---\r\n")) {
        let (head, tail) = rest.split_once("\n---").ok_or_else(|| error("front matter is not closed"))?;
        for line in head.lines() {
            let (key, value) = line.split_once(':').ok_or_else(|| error("this line is no `key: value`"))?;
            let value = value.trim().to_owned();
            match key {
                "id" => metadata.id = Some(value),
                "title" => metadata.title = Some(value),
                "source" => metadata.source = Some(value),
                "date" => {
                    let numbers: Vec<i32> = value.split('-').filter_map(|n| n.parse().ok()).collect();
                    let [year, month, day] = numbers[..] else { return Err(error("this is no date")) };
                    metadata.date = Some(Date { year, month: Some(month as u8), day: Some(day as u8) });
                }
                _ => metadata.other.push((key.to_owned(), value)),
            }
        }
        body = tail.trim_start_matches(['\r', '\n']);
    }
    if body.trim().is_empty() {
        return Err(error("there is no text in it"));
    }
    let mut document = Document {
        metadata,
        body: body.to_owned(),
        dateline: None,
        paragraphs: Vec::new(),
        sentences: Vec::new(),
        tokens: Vec::new(),
        byte_of: body.char_indices().map(|(byte, _)| byte).chain([body.len()]).collect(),
    };
    let characters: Vec<char> = body.chars().collect();
    let mut start = 0;
    let mut first = 0;
    for end in 0..=characters.len() {
        if end == characters.len() || characters[end].is_whitespace() {
            if start < end {
                let form = characters[start..end].iter().collect();
                document.tokens.push(Token { span: Span { start, end }, form, space_after: true });
                let stop = matches!(characters[end - 1], '.' | '?');
                let rest_is_space = characters[end..].iter().all(|c| c.is_whitespace());
                if stop || rest_is_space {
                    let tokens = first..document.tokens.len();
                    let span = document.span_of(tokens.clone());
                    first = tokens.end;
                    let number = document.sentences.len();
                    document.sentences.push(Sentence { span, tokens, paragraph: number });
                    document.paragraphs.push(Paragraph {
                        span,
                        voice: Voice::Narrator,
                        label: None,
                        heading: false,
                        sentences: number..number + 1,
                    });
                }
            }
            start = end + 1;
        }
    }
    Ok((document, Vec::new()))
}
