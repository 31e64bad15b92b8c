//! `forget`: documents and all that was taken from them leave the store.

use super::Answer;
use super::args::{Forget, Global};
use super::documents::named;
use super::problem::{Stop, plain};
use crate::store::{Error, Store};

pub(super) fn run(global: &Global, forget: &Forget) -> Result<Answer, Stop> {
    if !global.store.exists() {
        return Err(Error::Missing(global.store.clone()).into());
    }
    let store = Store::open(&global.store)?;
    let mut answer = Answer::Done;
    for name in &forget.documents {
        match named(&store, name, global)? {
            Some(document) => {
                store.forget(&document)?;
                if !global.quiet {
                    plain(&format!("forgot <{}>", document.as_str()));
                }
            }
            None => answer = Answer::No,
        }
    }
    store.flush()?;
    Ok(answer)
}
