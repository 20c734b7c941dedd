//! Two bodies and a time → what happened between them, a page at a time, with the words and sources.

use super::super::Shared;
use super::arguments::{body, number, optional, text};
use super::tools::Failed;
use crate::serve::worker::{Job, Timeline};
use rmcp::model::JsonObject;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What exports write.
#[derive(Deserialize)]
struct Written {
    events: Vec<Value>,
    sources: Vec<Value>,
}

/// The tool `timeline`.
pub(super) async fn timeline(shared: &Shared, arguments: &JsonObject) -> Result<Value, Failed> {
    let offset = number(arguments, "offset", 0, 1_000_000)?;
    let limit = number(arguments, "limit", 40, 200)?.max(1);
    let from = day(arguments, "from")?;
    let to = day(arguments, "to")?;
    let kind = optional(arguments, "kind")?.filter(|kind| !kind.is_empty());
    let a = body(shared, text(arguments, "a")?).await?;
    let b = body(shared, text(arguments, "b")?).await?;
    let job = Timeline {
        a: a.as_str().to_owned(),
        b: b.as_str().to_owned(),
        bytes: shared.config.limits.answer_bytes,
    };
    let (given, _) = shared.given(Job::Timeline(job)).await?;
    let written: Written =
        serde_json::from_slice(&given.body).map_err(|error| Failed::told(error.to_string()))?;
    let chosen: Vec<Value> = written
        .events
        .into_iter()
        .filter(|event| is_in(event, from, to))
        .filter(|event| {
            kind.is_none_or(|kind| event.get("kind").is_some_and(|known| known == kind))
        })
        .collect();
    let total = chosen.len();
    let events: Vec<Value> = chosen.into_iter().skip(offset).take(limit).collect();
    let cited: BTreeSet<&str> = events
        .iter()
        .filter_map(|event| event.get("said")?.as_array())
        .flatten()
        .filter_map(|said| said.get("document")?.as_str())
        .collect();
    let sources: Vec<Value> = written
        .sources
        .iter()
        .filter(|source| {
            let id = source.get("id").and_then(Value::as_str);
            id.is_some_and(|id| cited.contains(id))
        })
        .cloned()
        .collect();
    let next = (offset + events.len() < total).then_some(offset + events.len());
    Ok(json!({
        "between": [a.as_str(), b.as_str()],
        "total": total,
        "next": next,
        "events": events,
        "sources": sources,
    }))
}

/// A day, month or year; ISO 8601 sorts as text.
fn day<'a>(arguments: &'a JsonObject, name: &str) -> Result<Option<&'a str>, Failed> {
    let Some(day) = optional(arguments, name)?.filter(|day| !day.is_empty()) else {
        return Ok(None);
    };
    let plain = matches!(day.len(), 4 | 7 | 10)
        && day.bytes().enumerate().all(|(at, byte)| {
            if matches!(at, 4 | 7) {
                byte == b'-'
            } else {
                byte.is_ascii_digit()
            }
        });
    if plain {
        Ok(Some(day))
    } else {
        Err(Failed::told(format!(
            "{name:?} must be YYYY, YYYY-MM or YYYY-MM-DD"
        )))
    }
}

/// Whether an event may lie in this time; one without a date does where none is asked for.
fn is_in(event: &Value, from: Option<&str>, to: Option<&str>) -> bool {
    let at = |name: &str| event.get(name).and_then(Value::as_str);
    let (start, end) = (at("start"), at("end"));
    let over = |from: &str| end.or(start).is_none_or(|end| end < from);
    // compared as far as it is told: 1964-05-02 is not after 1964
    let late = |to: &str| start.is_none_or(|start| start.get(..to.len()).unwrap_or(start) > to);
    !from.is_some_and(over) && !to.is_some_and(late)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_met_or_not() {
        let event = json!({ "start": "1964-05-02", "end": "1964-05-04" });
        let open = json!({ "start": null, "end": null });
        for (from, to, met) in [
            (None, None, true),
            (Some("1964"), None, true),
            (Some("1964-05-04"), None, true),
            (Some("1965"), None, false),
            (None, Some("1964"), true),
            (None, Some("1964-05-02"), true),
            (None, Some("1964-04"), false),
        ] {
            assert_eq!(is_in(&event, from, to), met, "{from:?} {to:?}");
        }
        assert!(is_in(&open, None, None) && !is_in(&open, Some("1900"), None));
        let arguments = json!({ "from": "1964-5", "to": "1964-05" });
        let arguments = arguments.as_object().unwrap();
        assert!(day(arguments, "from").is_err() && day(arguments, "to").is_ok());
    }
}
