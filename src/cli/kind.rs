//! `--kind`: which class is meant.

use std::collections::BTreeMap;

use anyhow::anyhow;
use oxigraph::model::NamedNode;

use super::args::Global;
use super::knowledge;
use super::nearest::nearest;
use super::problem::{Hint as _, Stop};
use crate::graph::vocabulary::ch;
use crate::store::Store;

/// The classes that the user calls `names`, in the singular or plural: by their local name or by a label of the ontology, among them
/// those of a user's own; or by the local name of a class that something in the store has.
pub(super) fn classes(
    names: &[String],
    store: &Store,
    global: &Global,
) -> Result<Vec<NamedNode>, Stop> {
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let (knowledge, _) = knowledge::load(global)?;
    let mut known = Known::new();
    for (local, class) in &knowledge.vocabulary.classes {
        for name in [local, &class.label].into_iter().chain(&class.also) {
            known.insert(plain(name), (name.clone(), ch::term(local)));
        }
    }
    // What is in the store need not be known: the file that defines it may not be at hand. To look takes longer.
    if names.iter().any(|name| find(name, &known).is_none()) {
        for class in store.classes()? {
            let local = class.as_str().rsplit(['#', '/']).next();
            let local = local.unwrap_or_default().to_owned();
            known.entry(plain(&local)).or_insert((local, class));
        }
    }
    let found = names.iter().map(|name| {
        find(name, &known).cloned().ok_or_else(|| {
            let keys = || known.keys().map(String::as_str);
            let near = (singulars(name).iter()).find_map(|name| nearest(name, keys()));
            let hint = match near.and_then(|near| known.get(near)) {
                Some((near, _)) => format!("did you mean `{near}`?"),
                None => {
                    "a kind is a class of the ontology, such as `visits`; `--ontology` adds yours"
                        .to_owned()
                }
            };
            anyhow!("there is no kind `{name}`").hint(hint).into()
        })
    });
    found.collect()
}

/// Classes by their names in the form of [`plain`], each with the name as it is written.
type Known = BTreeMap<String, (String, NamedNode)>;

fn find<'a>(name: &str, known: &'a Known) -> Option<&'a NamedNode> {
    let forms = singulars(name);
    let found = forms.iter().find_map(|name| known.get(name));
    found.map(|(_, class)| class)
}

/// Letters and digits only, in lower case: `OfficeHolding`, `office-holding` and `office holding` are one.
fn plain(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// The word itself, and what it may be the plural of.
fn singulars(name: &str) -> Vec<String> {
    let name = plain(name);
    let mut forms = vec![name.clone()];
    let endings = [("people", "person"), ("ies", "y"), ("es", ""), ("s", "")];
    for (plural, singular) in endings {
        if let Some(stem) = name.strip_suffix(plural) {
            forms.push(format!("{stem}{singular}"));
        }
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_may_stand_in_the_plural() {
        for (name, singular) in [
            ("Visits", "visit"),
            ("agreements", "agreement"),
            ("countries", "country"),
            ("people", "person"),
            ("Office-Holdings", "officeholding"),
            ("addresses", "address"),
        ] {
            assert!(singulars(name).contains(&singular.to_owned()), "{name}");
        }
    }
}
