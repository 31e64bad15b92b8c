//! Bytes are a page in HTML or an error.
#![no_main]

use chancery::source::{self, Format, Item, Options};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let item = Item {
        line: None,
        bytes: bytes.to_owned(),
        format: Format::Html,
    };
    let _ = source::read(&item, &Options::default());
});
