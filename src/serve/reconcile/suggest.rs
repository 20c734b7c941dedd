//! The beginning of a name → entities, classes and properties that it may become (sections "Suggest Services" and "Data Extension Property Proposals").

use super::types::{PROPERTIES, Property, TYPES, local, named_type};
use super::{Sent, kept, names};
use crate::serve::Shared;
use crate::serve::parameters::Parameters;
use crate::serve::problem::{Kind, Problem};
use crate::serve::reconcile::task::What;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use serde_json::{Value, json};
use std::sync::Arc;

/// How many are suggested at a time.
const SUGGESTED: usize = 20;
/// Longest beginning of a name, in bytes.
const LONGEST: usize = 1000;

/// What a suggest service is asked.
struct Asked {
    prefix: String,
    skip: usize,
    class: Option<String>,
}

impl Asked {
    fn read(uri: &Uri) -> Result<Self, Problem> {
        let parameters = Parameters::parse(uri.query().unwrap_or_default().as_bytes())?;
        let prefix = parameters
            .one("prefix")?
            .ok_or_else(|| Problem::new(Kind::BadRequest, "The parameter “prefix” is missing."))?;
        if prefix.len() > LONGEST {
            let problem = format!("“prefix” is longer than {LONGEST} bytes.");
            return Err(Problem::new(Kind::TooLarge, problem).with("limit", LONGEST));
        }
        let class = parameters.one("type")?.filter(|class| !class.is_empty());
        Ok(Self {
            prefix: prefix.to_owned(),
            skip: number(&parameters, "cursor")?.unwrap_or(0),
            class: class.map(|class| local(class).to_owned()),
        })
    }

    /// Whether a class or property of this id and name is meant.
    fn means(&self, id: &str, name: &str) -> bool {
        let wanted = self.prefix.trim().to_lowercase();
        let words = || name.split(' ').map(|word| word.trim_start_matches('('));
        local(self.prefix.trim()).eq_ignore_ascii_case(id)
            || name.starts_with(&wanted)
            || id.to_lowercase().starts_with(&wanted)
            || words().any(|word| word.starts_with(&wanted))
    }
}

fn number(parameters: &Parameters, name: &str) -> Result<Option<usize>, Problem> {
    let Some(text) = parameters.one(name)?.filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let number = text.parse().map_err(|_| {
        let problem = format!("The parameter “{name}” must be a number from 0 on.");
        Problem::new(Kind::BadRequest, problem)
    })?;
    Ok(Some(number))
}

fn sent(value: &Value) -> Sent {
    Sent::json(value.to_string().into_bytes())
}

/// `/reconcile/suggest/entity`
pub(super) async fn entities(
    State(shared): State<Arc<Shared>>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let made = async {
        let asked = Asked::read(&uri)?;
        let what = What::Suggest {
            prefix: asked.prefix,
            classes: asked.class.into_iter().collect(),
            skip: asked.skip,
            most: SUGGESTED,
        };
        let given = names::ask(&shared, what).await?;
        Ok(Sent::json(given.body.to_vec()))
    };
    kept(&shared, &uri, &headers, made).await
}

/// `/reconcile/suggest/type`
pub(super) async fn types(
    State(shared): State<Arc<Shared>>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let terms = |_: &Asked| {
        let all = TYPES.iter();
        all.map(|one| (one.id, one.name, one.about.to_owned()))
            .collect()
    };
    suggested(&shared, &uri, &headers, terms).await
}

/// `/reconcile/suggest/property`: those that tell candidates apart first.
pub(super) async fn properties(
    State(shared): State<Arc<Shared>>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let terms = |asked: &Asked| {
        let of = |one: &&Property| asked.class.as_deref().is_none_or(|class| one.is_of(class));
        let all = PROPERTIES.iter().filter(of);
        all.map(|one| (one.id, one.name, about(one))).collect()
    };
    suggested(&shared, &uri, &headers, terms).await
}

/// Id, name and description of a class or property.
type Term = (&'static str, &'static str, String);

/// Those of some classes or properties that are meant by what was typed.
async fn suggested(
    shared: &Arc<Shared>,
    uri: &Uri,
    headers: &HeaderMap,
    terms: fn(&Asked) -> Vec<Term>,
) -> Response {
    let made = async {
        let asked = Asked::read(uri)?;
        let found: Vec<Value> = terms(&asked)
            .into_iter()
            .filter(|(id, name, _)| asked.means(id, name))
            .skip(asked.skip)
            .take(SUGGESTED)
            .map(|(id, name, about)| json!({ "id": id, "name": name, "description": about }))
            .collect();
        Ok(sent(&json!({ "result": found })))
    };
    kept(shared, uri, headers, made).await
}

/// What a property is, and whether it tells candidates apart.
pub(super) fn about(property: &Property) -> String {
    let end = if property.matches {
        "; tells candidates apart"
    } else {
        ""
    };
    format!("{}{end}", property.about)
}

/// `/reconcile/properties`: what can be asked of entities of a class.
pub(super) async fn proposed(
    State(shared): State<Arc<Shared>>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let made = async {
        let parameters = Parameters::parse(uri.query().unwrap_or_default().as_bytes())?;
        // without a type, what all have
        let class = parameters.one("type")?.unwrap_or_default();
        let limit = number(&parameters, "limit")?;
        let known = named_type(class).map(|one| one.id);
        let properties: Vec<Value> = PROPERTIES
            .iter()
            .filter(|one| known.map_or(one.of.is_empty(), |class| one.is_of(class)))
            .take(limit.unwrap_or(usize::MAX))
            .map(|one| json!({ "id": one.id, "name": one.name }))
            .collect();
        let mut answer = json!({ "properties": properties, "type": class });
        if let (Some(limit), Some(object)) = (limit, answer.as_object_mut()) {
            object.insert("limit".to_owned(), limit.into());
        }
        Ok(sent(&answer))
    };
    kept(&shared, &uri, &headers, made).await
}
