//! Bytes are a plain text or an error; every token lies in the body, in order.
#![no_main]

use chancery::source::{self, Item, Options};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok((document, _)) = source::read(&Item::text(bytes), &Options::default()) else {
        return;
    };
    let mut end = 0;
    for token in &document.tokens {
        assert!(end <= token.span.start && token.span.start < token.span.end);
        assert!(!document.text(token.span).is_empty());
        end = token.span.end;
    }
    let tokens = document.sentences.iter().map(|sentence| sentence.tokens.len());
    assert_eq!(tokens.sum::<usize>(), document.tokens.len());
});
