//! JSON of a client → the queries that it asks (section "Structure of a Reconciliation Query" of the specification).

use super::types::local;
use crate::link::online::{Query, Value};
use crate::serve::problem::{Kind, Problem};
use serde_json::{Map, Value as Json};

/// Longest name or value that is looked at, in bytes.
const LONGEST: usize = 1000;

/// A batch of queries by their keys, in the client's order.
///
/// # Errors
/// `Syntax` for what is no JSON, `BadRequest` for what is no batch, `TooLarge` for more than `most` queries.
pub(super) fn batch(text: &str, most: usize) -> Result<Vec<(String, Query)>, Problem> {
    let queries = object(text, "queries")?;
    if queries.len() > most {
        return Err(too_many("queries in a batch", most));
    }
    queries
        .iter()
        .map(|(key, json)| Ok((key.clone(), query(key, json)?)))
        .collect()
}

/// A single query, as 0.1 has it: a name, or an object.
///
/// # Errors
/// As [`batch`].
pub(super) fn single(text: &str) -> Result<Query, Problem> {
    if text.trim_start().starts_with('{') {
        query("query", &Json::Object(object(text, "query")?))
    } else {
        query("query", &serde_json::json!({ "query": text }))
    }
}

/// A text that holds an object.
pub(super) fn object(text: &str, name: &str) -> Result<Map<String, Json>, Problem> {
    match serde_json::from_str(text) {
        Ok(Json::Object(object)) => Ok(object),
        Ok(_) => Err(refused(name, "it must be an object")),
        Err(error) => Err(
            Problem::new(Kind::Syntax, format!("“{name}” is no JSON: {error}."))
                .at(error.line().max(1), error.column().max(1)),
        ),
    }
}

/// What a limit of this service does not allow.
pub(super) fn too_many(what: &str, most: usize) -> Problem {
    Problem::new(Kind::TooLarge, format!("At most {most} {what} are taken.")).with("limit", most)
}

/// What is not as the protocol has it.
pub(super) fn refused(name: &str, why: &str) -> Problem {
    Problem::new(Kind::BadRequest, format!("In “{name}”: {why}."))
}

fn query(key: &str, json: &Json) -> Result<Query, Problem> {
    let Json::Object(json) = json else {
        return Err(refused(key, "a query must be an object"));
    };
    let mut query = Query::default();
    match json.get("query") {
        None | Some(Json::Null) => {}
        // cells of a spreadsheet hold numbers too
        Some(name @ (Json::String(_) | Json::Number(_))) => {
            query.name = text(key, "query", name)?;
        }
        Some(_) => return Err(refused(key, "“query” must be a text")),
    }
    query.types = types(key, json.get("type"))?;
    if let Some(limit) = json.get("limit").filter(|limit| !limit.is_null()) {
        let number = limit.as_f64().filter(|limit| *limit >= 1.0);
        let number = number.ok_or_else(|| refused(key, "“limit” must be a positive number"))?;
        query.limit = Some(number.min(f64::from(u32::MAX)) as u32);
    }
    match json.get("properties") {
        None | Some(Json::Null) => {}
        Some(Json::Array(properties)) => {
            for property in properties {
                query.properties.push(one_property(key, property)?);
            }
        }
        Some(_) => return Err(refused(key, "“properties” must be a list")),
    }
    if query.name.trim().is_empty() && query.properties.is_empty() {
        return Err(refused(key, "there must be a “query” or “properties”"));
    }
    Ok(query)
}

fn text(key: &str, name: &str, json: &Json) -> Result<String, Problem> {
    let text = json
        .as_str()
        .map_or_else(|| json.to_string(), str::to_owned);
    if text.len() > LONGEST {
        let problem = format!("In “{key}”: “{name}” is longer than {LONGEST} bytes.");
        return Err(Problem::new(Kind::TooLarge, problem).with("limit", LONGEST));
    }
    Ok(text)
}

/// A type, a list of them, or objects with their ids.
fn types(key: &str, json: Option<&Json>) -> Result<Vec<String>, Problem> {
    let one = |json: &Json| {
        let id = json.get("id").unwrap_or(json).as_str();
        id.map(|id| local(id).to_owned())
            .ok_or_else(|| refused(key, "“type” must be an id, or a list of them"))
    };
    match json {
        None | Some(Json::Null) => Ok(Vec::new()),
        Some(Json::Array(list)) => list.iter().map(one).collect(),
        Some(json) => Ok(vec![one(json)?]),
    }
}

fn one_property(key: &str, json: &Json) -> Result<(String, Vec<Value>), Problem> {
    let pid = json.get("pid").and_then(Json::as_str);
    let pid = pid.ok_or_else(|| refused(key, "a property must have a “pid”"))?;
    let values = match json.get("v") {
        None => return Err(refused(key, "a property must have a value “v”")),
        Some(Json::Array(values)) => values.as_slice(),
        Some(value) => std::slice::from_ref(value),
    };
    let values: Result<Vec<Value>, Problem> = values
        .iter()
        .filter(|value| !value.is_null())
        .map(|json| {
            Ok(match json {
                Json::String(_) => Value::Text(text(key, "v", json)?),
                Json::Number(number) => Value::Number(number.as_f64().unwrap_or_default()),
                Json::Bool(is) => Value::Boolean(*is),
                Json::Object(entity) => match entity.get("id") {
                    Some(id @ Json::String(_)) => Value::Entity(text(key, "v", id)?),
                    _ => return Err(refused(key, "a value that is an object must have an “id”")),
                },
                Json::Null | Json::Array(_) => {
                    return Err(refused(key, "a value is a list in a list"));
                }
            })
        })
        .collect();
    Ok((local(pid).to_owned(), values?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_clients_send_is_read() {
        let found = batch(
            r#"{"q0":{"query":"Lima","type":"City","limit":3,"properties":[{"pid":"state","v":{"id":"state/peru","name":"Peru"}},{"pid":"date","v":[1964,"1965"]}],"type_strict":"should"},
                "q1":{"query":"Peru","type":["https://w3id.org/chancery/ontology#State","Government"]},"q2":{"properties":[{"pid":"role","v":"ambassador"}]}}"#,
            3,
        )
        .unwrap();
        let keys: Vec<&str> = found.iter().map(|(key, _)| key.as_str()).collect();
        assert_eq!(keys, ["q0", "q1", "q2"]);
        let (_, lima) = &found[0];
        assert_eq!((lima.name.as_str(), lima.limit), ("Lima", Some(3)));
        assert_eq!(
            lima.properties[0].1,
            [Value::Entity("state/peru".to_owned())]
        );
        assert_eq!(
            lima.properties[1].1,
            [Value::Number(1964.0), Value::Text("1965".to_owned())]
        );
        assert_eq!(found[1].1.types, ["State", "Government"]);
        assert_eq!(single("Lima").unwrap().name, "Lima");
        assert_eq!(single(r#"{"query":"Lima"}"#).unwrap().name, "Lima");
    }

    #[test]
    fn what_is_no_query_is_refused() {
        let long = format!(r#"{{"q0":{{"query":"{}"}}}}"#, "x".repeat(1001));
        for (text, kind) in [
            ("", Kind::Syntax),
            ("{", Kind::Syntax),
            ("[]", Kind::BadRequest),
            (r#"{"q0":1}"#, Kind::BadRequest),
            (r#"{"q0":{}}"#, Kind::BadRequest),
            (r#"{"q0":{"query":""}}"#, Kind::BadRequest),
            (r#"{"q0":{"query":["a"]}}"#, Kind::BadRequest),
            (r#"{"q0":{"query":"a","limit":0}}"#, Kind::BadRequest),
            (r#"{"q0":{"query":"a","type":7}}"#, Kind::BadRequest),
            (r#"{"q0":{"properties":[{"pid":"a"}]}}"#, Kind::BadRequest),
            (r#"{"q0":{"properties":[{"v":"a"}]}}"#, Kind::BadRequest),
            (
                r#"{"q0":{"properties":[{"pid":"a","v":{}}]}}"#,
                Kind::BadRequest,
            ),
            (
                r#"{"a":{"query":"a"},"b":{"query":"a"},"c":{"query":"a"}}"#,
                Kind::TooLarge,
            ),
            (long.as_str(), Kind::TooLarge),
        ] {
            assert_eq!(batch(text, 2).unwrap_err().kind(), kind, "{text}");
        }
        let deep = "[".repeat(5000);
        assert_eq!(batch(&deep, 2).unwrap_err().kind(), Kind::Syntax);
    }
}
