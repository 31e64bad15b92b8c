//! Bytes are an input of any kind, compressed or not: JSON Lines by their name, else what they look like.
#![no_main]

use chancery::source::{self, Options};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((first, bytes)) = bytes.split_first() else {
        return;
    };
    let name = if first % 2 == 0 { "a.jsonl" } else { "" };
    let options = Options::default();
    for item in source::items(bytes, name, &options).flatten() {
        let _ = source::read(&item, &options);
    }
});
