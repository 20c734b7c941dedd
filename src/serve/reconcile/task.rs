//! In a worker: a task that needs the names of the store → the JSON of its answer.

use super::asked::{batch, single};
use super::types::named_type;
use crate::link::{Found, Ours, OursError, learn};
use crate::serve::evaluate;
use crate::serve::problem::{Kind, Problem};
use crate::store::Store;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::path::PathBuf;

/// What a worker is to do, and with which file of names.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::serve) struct Task {
    /// The file of names.
    pub(in crate::serve) file: PathBuf,
    /// What IRIs of entities begin with.
    pub(in crate::serve) base: String,
    /// What is to be done.
    pub(in crate::serve) what: What,
}

/// What a worker is to do.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::serve) enum What {
    /// Write the file of names.
    Learn,
    /// Match a batch of queries.
    Batch {
        /// The batch as the client sent it.
        queries: String,
        /// Most queries.
        most: usize,
    },
    /// Match one query.
    Single(String),
    /// Complete a text.
    Suggest {
        /// The text.
        prefix: String,
        /// Classes that are wanted; none for all.
        classes: Vec<String>,
        /// How many to leave out.
        skip: usize,
        /// How many to give.
        most: usize,
    },
}

/// Does it.
///
/// # Errors
/// What is wrong with the queries, the store or the file.
pub(in crate::serve) fn perform(store: &Store, task: &Task) -> Result<Vec<u8>, Problem> {
    let ours = || Ours::open(&task.file, &task.base).map_err(problem);
    let answer = match &task.what {
        What::Learn => json!({ "entities": learn(store, &task.file).map_err(problem)? }),
        What::Batch { queries, most } => {
            let queries = batch(queries, *most)?;
            let ours = ours()?;
            let mut results = Map::new();
            for (key, query) in queries {
                let found = ours.find(store, &query).map_err(problem)?;
                results.insert(key, result(&found));
            }
            Value::Object(results)
        }
        What::Single(text) => {
            let query = single(text)?;
            result(&ours()?.find(store, &query).map_err(problem)?)
        }
        What::Suggest {
            prefix,
            classes,
            skip,
            most,
        } => {
            let found = ours()?.beginning(prefix, classes, *skip, *most);
            let found: Vec<Value> = found.iter().map(suggested).collect();
            json!({ "result": found })
        }
    };
    Ok(answer.to_string().into_bytes())
}

fn problem(error: OursError) -> Problem {
    match error {
        OursError::Query(error) => evaluate::problem(error),
        error @ OursError::Names(_) => Problem::new(Kind::Internal, error.to_string()),
    }
}

fn result(found: &[Found]) -> Value {
    let candidates: Vec<Value> = found.iter().map(candidate).collect();
    json!({ "result": candidates })
}

fn candidate(found: &Found) -> Value {
    let mut features = Map::new();
    for reason in &found.reasons {
        features.insert(reason.what.replace(' ', "_"), json!(reason.weight));
    }
    let features: Vec<Value> = features
        .into_iter()
        .map(|(id, value)| json!({ "id": id, "value": value }))
        .collect();
    json!({
        "id": found.id,
        "name": found.name,
        "description": found.description,
        "type": types(&found.class),
        // hundredths: what OpenRefine shows and filters by
        "score": (found.score * 1000.0).round() / 10.0,
        "match": found.certain,
        "features": features,
    })
}

fn suggested(found: &Found) -> Value {
    json!({
        "id": found.id,
        "name": found.name,
        "description": found.description,
        "notable": types(&found.class),
    })
}

fn types(class: &str) -> Vec<Value> {
    let known = named_type(class).into_iter();
    known
        .map(|one| json!({ "id": one.id, "name": one.name }))
        .collect()
}
