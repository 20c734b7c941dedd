//! One request → one answer, whole and within its bounds, or why not.

use super::Limits;
use super::wait::retry_after;
use reqwest::blocking::{Client, Response};
use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

/// How long it may take until a stop from outside is noticed.
pub(super) const NOTICE: Duration = Duration::from_millis(25);
/// The longest query that goes into a URL; longer ones are posted.
const LONGEST_QUERY: usize = 6000;

/// What is asked.
#[derive(Clone, Debug)]
pub(super) struct Ask {
    /// Where, without parameters.
    pub(super) url: String,
    /// How.
    pub(super) body: Body,
}

/// How parameters travel.
#[derive(Clone, Debug)]
pub(super) enum Body {
    /// In the URL while they are short, else as a form.
    Query(Vec<(String, String)>),
    /// As a form.
    Form(Vec<(String, String)>),
    /// A text in JSON.
    Json(String),
}

/// What came back.
#[derive(Clone, Debug)]
pub(super) struct Reply {
    pub(super) status: u16,
    /// Media type without parameters, in lower case.
    pub(super) media_type: String,
    /// Seconds that the service asks us to wait.
    pub(super) retry_after: Option<f64>,
    /// The body, unpacked.
    pub(super) body: Vec<u8>,
}

/// Why nothing whole came back.
#[derive(Clone, Debug)]
pub(super) enum Halt {
    /// Stopped from outside.
    Cancelled,
    /// No connection, no answer in time, or not all of it.
    Failed(String),
}

/// Asks once. The work is done on a thread of its own, so that a stop from outside need not wait for a silent service.
pub(super) fn once(
    client: &Client,
    ask: &Ask,
    limits: &Limits,
    cancel: &AtomicBool,
) -> Result<Reply, Halt> {
    let (sender, receiver) = mpsc::channel();
    let given_up = Arc::new(AtomicBool::new(false));
    let work = {
        let (client, ask, bytes) = (client.clone(), ask.clone(), limits.bytes);
        let given_up = Arc::clone(&given_up);
        move || {
            // Nobody listens any more where we were given up.
            let _ = sender.send(exchange(&client, &ask, bytes, &given_up));
        }
    };
    thread::Builder::new()
        .name("request".to_owned())
        .spawn(work)
        .map_err(|error| Halt::Failed(error.to_string()))?;
    let deadline = Instant::now() + limits.total;
    let result = loop {
        match receiver.recv_timeout(NOTICE) {
            Ok(result) => break result.map_err(Halt::Failed),
            Err(RecvTimeoutError::Disconnected) => {
                break Err(Halt::Failed("the request broke off".to_owned()));
            }
            Err(RecvTimeoutError::Timeout) if cancel.load(Ordering::Relaxed) => {
                break Err(Halt::Cancelled);
            }
            Err(RecvTimeoutError::Timeout) if Instant::now() >= deadline => {
                let seconds = limits.total.as_secs_f64();
                break Err(Halt::Failed(format!("no whole answer in {seconds} s")));
            }
            Err(RecvTimeoutError::Timeout) => {}
        }
    };
    given_up.store(true, Ordering::Relaxed);
    result
}

fn exchange(
    client: &Client,
    ask: &Ask,
    bytes: u64,
    given_up: &AtomicBool,
) -> Result<Reply, String> {
    let request = match &ask.body {
        Body::Query(query) => {
            let length: usize = query
                .iter()
                .map(|(key, value)| key.len() + value.len())
                .sum();
            if length <= LONGEST_QUERY {
                client.get(&ask.url).query(query)
            } else {
                // Tells Wikimedia that this writes nothing, so that any of its centres may answer.
                client
                    .post(&ask.url)
                    .header("Promise-Non-Write-API-Action", "true")
                    .form(query)
            }
        }
        Body::Form(form) => client.post(&ask.url).form(form),
        Body::Json(text) => client
            .post(&ask.url)
            .header("content-type", "application/json")
            .body(text.clone()),
    };
    let request = request.header("accept", "application/json");
    let response = request.send().map_err(|error| chain(&error))?;
    let header = |name: &str| {
        let value = response.headers().get(name)?;
        value.to_str().ok()
    };
    let status = response.status().as_u16();
    let media_type = header("content-type")
        .and_then(|value| value.split(';').next())
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    let retry_after = header("retry-after")
        .and_then(|value| retry_after(value, header("date"), SystemTime::now()));
    let body = body(response, bytes, given_up)?;
    Ok(Reply {
        status,
        media_type,
        retry_after,
        body,
    })
}

fn body(mut response: Response, bytes: u64, given_up: &AtomicBool) -> Result<Vec<u8>, String> {
    let mut body = Vec::new();
    let mut piece = vec![0; 64 * 1024];
    loop {
        if given_up.load(Ordering::Relaxed) {
            return Err("given up".to_owned());
        }
        let read = response.read(&mut piece).map_err(|error| chain(&error))?;
        if read == 0 {
            return Ok(body);
        }
        body.extend_from_slice(piece.get(..read).unwrap_or_default());
        if body.len() as u64 > bytes {
            return Err(format!("the answer is larger than {bytes} bytes"));
        }
    }
}

/// An error with what is behind it: reqwest's own words alone say little. Without the URL, which is named beside it.
fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut next = Some(error);
    while let Some(error) = next {
        let text = error.to_string();
        let text = text
            .split(" for url (")
            .next()
            .unwrap_or_default()
            .to_owned();
        if !words.iter().any(|known| known.contains(&text)) {
            words.push(text);
        }
        next = error.source();
    }
    words.join(": ")
}
