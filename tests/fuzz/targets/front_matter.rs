//! Lines of front matter are read or refused with a place in them.
#![no_main]

use chancery::text;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|lines: &str| {
    let whole = format!("---\n{lines}\n---\n\nWang Yi visited Kenya on Monday.");
    if let Err(error) = text::read(&whole) {
        assert!(error.line.is_some_and(|line| line >= 1));
    }
});
