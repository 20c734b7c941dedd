//! The shapes of the action API's answers, and what an answer amounts to.

use super::OnlineError;
use super::polite::Verdict;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What an answer of the API amounts to, where it must have one of its parts.
pub(super) fn judge(text: &str, needs: &str) -> Verdict {
    let answer: Answer<'_> = match serde_json::from_str(text) {
        Ok(answer) => answer,
        Err(error) => return Verdict::Again(format!("broken JSON ({error})")),
    };
    let Some(error) = answer.error else {
        let there = match needs {
            "entities" => answer.entities.is_some_and(|raw| raw_map(raw).is_ok()),
            "query" => answer.query.is_some(),
            _ => answer.search.is_some(),
        };
        if there {
            return Verdict::Whole;
        }
        return Verdict::Again(format!("no {needs:?} in it"));
    };
    let why = format!("{}: {}", error.code, error.info);
    match error.code.as_ref() {
        // https://www.mediawiki.org/wiki/Manual:Maxlag_parameter: at least five seconds.
        "maxlag" => Verdict::Wait {
            seconds: Some(error.lag.unwrap_or_default().max(5.0)),
            why,
        },
        "ratelimited" | "readonly" => Verdict::Wait { seconds: None, why },
        code if code.starts_with("internal_api_error") => Verdict::Again(why),
        code => Verdict::Refused {
            code: code.to_owned(),
            message: why,
        },
    }
}

pub(super) fn read<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, OnlineError> {
    serde_json::from_str(text).map_err(|error| OnlineError::Failed {
        url: "an answer".to_owned(),
        status: None,
        code: None,
        message: error.to_string(),
        tries: 1,
    })
}

fn raw_map(raw: &RawValue) -> serde_json::Result<BTreeMap<String, &RawValue>> {
    serde_json::from_str(raw.get())
}

pub(super) fn raw_entities(text: &str) -> Result<BTreeMap<String, &RawValue>, OnlineError> {
    let answer: Answer<'_> = read(text)?;
    match answer.entities {
        Some(raw) => read(raw.get()),
        None => Ok(BTreeMap::new()),
    }
}

#[derive(Deserialize)]
pub(super) struct Answer<'a> {
    #[serde(borrow)]
    pub(super) error: Option<ApiError<'a>>,
    #[serde(borrow)]
    pub(super) entities: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) search: Option<Vec<Hit<'a>>>,
    #[serde(rename = "search-continue")]
    pub(super) next: Option<u64>,
    #[serde(borrow)]
    pub(super) query: Option<Search<'a>>,
    #[serde(rename = "continue")]
    pub(super) proceed: Option<Proceed>,
}

#[derive(Deserialize)]
pub(super) struct ApiError<'a> {
    #[serde(borrow, default)]
    pub(super) code: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(super) info: Cow<'a, str>,
    pub(super) lag: Option<f64>,
}

#[derive(Deserialize)]
pub(super) struct Hit<'a> {
    #[serde(borrow)]
    pub(super) id: Cow<'a, str>,
}

#[derive(Deserialize)]
pub(super) struct Search<'a> {
    #[serde(borrow, default)]
    pub(super) search: Vec<Found<'a>>,
}

#[derive(Deserialize)]
pub(super) struct Found<'a> {
    #[serde(borrow)]
    pub(super) title: Cow<'a, str>,
}

#[derive(Deserialize)]
pub(super) struct Proceed {
    #[serde(default)]
    pub(super) sroffset: u64,
}

/// What tells which entity an answer is.
#[derive(Deserialize)]
pub(super) struct Head<'a> {
    #[serde(borrow)]
    pub(super) id: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) missing: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) redirects: Option<Redirect<'a>>,
    #[serde(borrow, default)]
    pub(super) sitelinks: Sitelinks<'a>,
}

#[derive(Deserialize)]
pub(super) struct Redirect<'a> {
    #[serde(borrow)]
    pub(super) from: Cow<'a, str>,
}

/// Pages by site; PHP writes none as `[]`.
#[derive(Default)]
pub(super) struct Sitelinks<'a>(pub(super) BTreeMap<String, Page<'a>>);

impl<'de: 'a, 'a> Deserialize<'de> for Sitelinks<'a> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?;
        if raw.get().starts_with('[') {
            return Ok(Self::default());
        }
        serde_json::from_str(raw.get())
            .map(Self)
            .map_err(serde::de::Error::custom)
    }
}

#[derive(Deserialize)]
pub(super) struct Page<'a> {
    #[serde(borrow)]
    pub(super) title: Cow<'a, str>,
}
