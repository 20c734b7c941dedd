//! A problem → a page in the layout, for a client that likes HTML best.

use super::frame::Frame;
use super::html;
use super::sparql;
use crate::serve::Shared;
use crate::serve::negotiate::prefers;
use crate::serve::parameters::{Parameters, percent_decoded};
use crate::serve::problem::{Kind, Problem};
use crate::serve::protocol::text_header;
use askama::Template;
use axum::http::{HeaderMap, Method, Uri, header};
use axum::response::Response;

#[derive(Template)]
#[template(path = "problem.html")]
struct Told<'p> {
    frame: &'p Frame,
    title: String,
    /// What it means, in the reader's language.
    meaning: String,
    detail: &'p str,
    place: Option<(usize, usize)>,
    /// The query that was asked; empty for what is none.
    text: String,
    rows: usize,
    /// The line of the query at fault: before the place, at it, behind it.
    line: (String, String, String),
    /// What may have been meant.
    guess: String,
}

/// Who asks, and for what.
#[derive(Clone, Debug)]
pub(in crate::serve) struct Asker {
    uri: Uri,
    headers: HeaderMap,
}

impl Asker {
    /// Somebody who looks at pages: reads, and likes HTML best.
    pub(in crate::serve) fn of(method: &Method, uri: &Uri, headers: &HeaderMap) -> Option<Self> {
        let accept = text_header(headers, &header::ACCEPT);
        let reads = *method == Method::GET || *method == Method::HEAD || uri.path() == "/review";
        (reads && prefers(accept.as_deref(), "text/html")).then(|| Self {
            uri: uri.clone(),
            headers: headers.clone(),
        })
    }

    /// The page that tells of a problem; the answer itself where it is none.
    pub(in crate::serve) fn told(self, shared: &Shared, response: Response) -> Response {
        let Some(problem) = response.extensions().get::<Problem>() else {
            return response;
        };
        let query = self.uri.query().unwrap_or_default();
        let parameters = Parameters::parse(query.as_bytes()).unwrap_or_default();
        let frame = shared.frame(self.uri.path(), &parameters, &self.headers);
        let missing = problem.kind() == Kind::NotFound;
        let title = frame.say(if missing {
            "problem.not_found"
        } else {
            "problem.other"
        });
        let text = parameters
            .all("query")
            .next()
            .filter(|_| self.uri.path() == "/sparql")
            .unwrap_or_default()
            .to_owned();
        let page = Told {
            title,
            meaning: frame.say_of("problem_kind", problem.name()),
            detail: problem.detail(),
            rows: sparql::rows(&text),
            line: problem
                .place()
                .map_or_else(Default::default, |place| around(&text, place)),
            text,
            place: problem.place(),
            guess: if missing {
                guess(self.uri.path())
            } else {
                String::new()
            },
            frame: &frame,
        };
        let Ok(text) = page.render() else {
            return response;
        };
        let mut told = html(response.status(), text.into_bytes(), frame.code());
        for (name, value) in response.headers() {
            if *name != header::CONTENT_TYPE
                && *name != header::CONTENT_LENGTH
                && *name != header::VARY
            {
                told.headers_mut().insert(name.clone(), value.clone());
            }
        }
        told
    }
}

/// The line of a text at a place, in three parts: before it, the character there, behind it.
fn around(text: &str, (line, column): (usize, usize)) -> (String, String, String) {
    let line = text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
    let before: String = line.chars().take(column.saturating_sub(1)).collect();
    let mut behind = line.chars().skip(column.saturating_sub(1));
    let at: String = behind.next().into_iter().collect();
    (before, at, behind.collect())
}

/// The words of the last part of a path.
fn guess(path: &str) -> String {
    let last = path.rsplit('/').next().unwrap_or_default();
    let text = percent_decoded(last).unwrap_or_default();
    let words: String = text
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .take(80)
        .collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
