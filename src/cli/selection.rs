//! Which part of the store is meant.

use std::collections::HashSet;

use anyhow::anyhow;
use oxigraph::model::{NamedNode, NamedOrBlankNode};
use oxigraph::sparql::QueryResults;

use super::args::{Global, Part};
use super::documents::Named;
use super::problem::{Hint as _, Stop};
use super::{kind, parameter, queries, syntax};
use crate::store::{CancellationToken, Error, Selection, Store};

/// What the arguments select; none where they name a document that the store does not have, which has been said.
pub(super) fn of(part: &Part, store: &Store, global: &Global) -> Result<Option<Selection>, Stop> {
    let mut documents = Vec::new();
    let named = Named::new(store, global);
    for name in &part.document {
        match named.find(name)? {
            Some(document) => documents.push(document),
            None => return Ok(None),
        }
    }
    let Some(nodes) = nodes(part, store, global)? else {
        return Ok(None);
    };
    Ok(Some(Selection {
        documents,
        period: part.dates.period(),
        classes: kind::classes(&part.kind, store, global)?,
        nodes,
    }))
}

/// The subjects of what the query constructs, if there is a query.
#[expect(
    clippy::option_option,
    reason = "no query, no value for a parameter, or all well"
)]
fn nodes(
    part: &Part,
    store: &Store,
    global: &Global,
) -> Result<Option<Option<HashSet<NamedNode>>>, Stop> {
    let (name, text) = match (&part.expression, &part.query) {
        (Some(expression), _) => ("the query".to_owned(), expression.clone()),
        (None, Some(name)) => (format!("the query `{name}`"), queries::find(name, global)?),
        (None, None) => return Ok(Some(None)),
    };
    let parameters = queries::declared(&text, &name)?;
    let Some(values) = parameter::values(&part.set, &parameters, store, global)? else {
        return Ok(None);
    };
    let results = store.query_with(&text, &values, CancellationToken::new());
    let results = results.map_err(|error| match error {
        Error::Syntax(error) => syntax::problem(&text, &name, &error).into(),
        error => Stop::from(error),
    })?;
    let QueryResults::Graph(triples) = results else {
        let error = anyhow!("{name} is no `CONSTRUCT`");
        let hint = "what is exported are the subjects that `CONSTRUCT` gives, with all that belongs to them; \
            `chancery query` writes rows";
        return Err(error.hint(hint).into());
    };
    let mut nodes = HashSet::new();
    for triple in triples {
        if let NamedOrBlankNode::NamedNode(node) = triple.map_err(Error::from)?.subject {
            nodes.insert(node);
        }
    }
    Ok(Some(Some(nodes)))
}
