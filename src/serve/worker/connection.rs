//! A request that came on a connection that the server lent → its answer, sent there.

use super::process::{Outcome, answer};
use super::state::{Phase, State};
use super::{Job, Reply};
use crate::query::Outside;
use crate::serve::answers::{key_of, tell};
use crate::serve::cache::{Cache, Key};
use crate::serve::compress::Coding;
use crate::serve::pool::Given;
use crate::serve::problem::Problem;
use crate::serve::quick::{Keep, Quick, Served, Terms, head};
use crate::serve::tags::{conditional, tag};
use crate::store::Store;
use axum::http::{HeaderMap, StatusCode};
use bytes::Bytes;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::net::{SendFlags, send};
use std::io;
use std::os::fd::OwnedFd;
use std::time::{Duration, Instant};

/// An answer that its client lets wait for so long in all is left to the server.
const STALLED: Duration = Duration::from_millis(300);
/// Answers up to this size are sent in one call.
const SHORT: usize = 64 << 10;
/// Larger answers are not told of for the server to keep.
pub(super) const KEPT: usize = 1 << 20;

/// A connection.
#[derive(Debug)]
pub(super) struct Connection {
    /// What the server calls it.
    pub(super) number: u64,
    /// The connection itself.
    pub(super) socket: OwnedFd,
    /// Where is told what is done.
    pub(super) file: OwnedFd,
    /// On which terms it is answered.
    pub(super) terms: Terms,
}

/// What a worker answers from.
pub(super) struct Desk<'a> {
    pub(super) store: &'a Store,
    pub(super) outside: &'a Outside,
    pub(super) cache: &'a Cache,
}

/// What came of a request.
#[derive(Debug)]
pub(super) struct Answered {
    /// What the server is told of it.
    pub(super) served: Served,
    /// The body that the server is to keep.
    pub(super) kept: Bytes,
    /// What was not sent yet.
    pub(super) left: Left,
}

/// How much of an answer was sent.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Left {
    /// All.
    Nothing,
    /// All but this, as the client is slow.
    Bytes(Vec<u8>),
    /// The client has left.
    Gone,
}

impl Desk<'_> {
    /// Answers a request that was taken from the connection.
    ///
    /// # Errors
    /// When it can't be told what is done.
    pub(super) fn answer(
        &self,
        quick: Quick,
        connection: &Connection,
        state: &mut State,
    ) -> io::Result<Answered> {
        let Connection {
            number,
            file,
            terms,
            ..
        } = connection;
        let start = Instant::now();
        let id = quick.id.to_str().unwrap_or_default().to_owned();
        let job = Job::from(quick.ask);
        let version = self.store.version().map(str::to_owned);
        let key = key_of(&job, version.clone());
        let mut served = Served {
            connection: *number,
            id,
            method: quick.method.to_string(),
            status: 200,
            took: Duration::ZERO,
            evaluated: false,
            hit: false,
            problem: None,
            keep: None,
        };
        let mut to_keep = Bytes::new();
        let unchanged = key
            .as_ref()
            .and_then(|key| conditional(&quick.headers, &tag(key)));
        let (status, headers, body) = if let Some(unchanged) = unchanged {
            (
                unchanged.status(),
                unchanged.headers().clone(),
                Bytes::new(),
            )
        } else {
            let kept = key.as_ref().and_then(|key| self.cache.get(key));
            served.hit = kept.is_some();
            served.evaluated = kept.is_none();
            let given = match kept {
                Some(given) => Ok(given),
                None => self.evaluate(job, version, key.as_ref(), &served.id),
            };
            match given {
                Ok(given) => {
                    let mut headers = HeaderMap::new();
                    tell(&mut headers, &given, key.as_ref());
                    if served.evaluated && terms.cache > 0 && given.body.len() <= KEPT {
                        served.keep = key.map(|key| keep(key, &given));
                        to_keep = given.body.clone();
                    }
                    (StatusCode::OK, headers, given.body)
                }
                Err(problem) => {
                    served.problem = Some(problem.clone());
                    let (status, headers, body) = problem.parts();
                    (status, headers, Bytes::from(body))
                }
            }
        };
        served.status = status.as_u16();
        served.took = start.elapsed();
        let mut bytes = head(status, headers, body.len(), terms, quick.id);
        // one call where it is short; whoever ends this process meanwhile sends nothing more
        let short = body.len() <= SHORT;
        if short {
            bytes.extend_from_slice(&body);
            state.turn(Phase::Waits, file)?;
        } else {
            state.turn(Phase::Sends, file)?;
        }
        let body: &[u8] = if short { &[] } else { &body };
        let left = sent(&connection.socket, &bytes, body);
        if !short && !matches!(left, Left::Bytes(_)) {
            state.turn(Phase::Waits, file)?;
        }
        Ok(Answered {
            served,
            kept: to_keep,
            left,
        })
    }

    fn evaluate(
        &self,
        job: Job,
        version: Option<String>,
        key: Option<&Key>,
        id: &str,
    ) -> Result<Given, Problem> {
        let Job::Ask(asked) = job else {
            return Err(super::process::out_of_turn());
        };
        let outcome: Outcome = answer(self.store, asked, self.outside, id);
        let (media, rows, coding, body) = match outcome? {
            (
                Reply::Done {
                    media,
                    rows,
                    coding,
                },
                body,
            ) => (media, rows, coding, body),
            _ => (String::new(), 0, Coding::Identity, Vec::new()),
        };
        let given = Given {
            media,
            rows,
            coding,
            body: body.into(),
            version,
        };
        if let Some(key) = key {
            self.cache.put(*key, &given);
        }
        Ok(given)
    }
}

fn keep(key: Key, given: &Given) -> Keep {
    Keep {
        key,
        media: given.media.clone(),
        rows: given.rows,
        coding: given.coding,
        version: given.version.clone(),
        length: given.body.len(),
    }
}

/// Sends what the client takes.
fn sent(socket: &OwnedFd, first: &[u8], then: &[u8]) -> Left {
    let mut left = [first, then];
    let mut end: Option<Instant> = None;
    for part in 0..left.len() {
        while let Some(bytes) = left.get(part).copied().filter(|bytes| !bytes.is_empty()) {
            match send(socket, bytes, SendFlags::DONTWAIT | SendFlags::NOSIGNAL) {
                Ok(length) => {
                    if let Some(place) = left.get_mut(part) {
                        *place = bytes.get(length..).unwrap_or_default();
                    }
                }
                Err(Errno::INTR) => {}
                Err(Errno::AGAIN) => {
                    let mut watched = [PollFd::new(socket, PollFlags::OUT)];
                    let end = *end.get_or_insert_with(|| Instant::now() + STALLED);
                    let wait = end.saturating_duration_since(Instant::now());
                    let wait = Timespec::try_from(wait).ok();
                    if let Ok(0) = poll(&mut watched, wait.as_ref()) {
                        return Left::Bytes(left.concat());
                    }
                }
                Err(_) => return Left::Gone,
            }
        }
    }
    Left::Nothing
}
