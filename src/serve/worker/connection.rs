//! A connection that the server lent → answers to the queries that come on it; given back when anything else comes, when the server wants it, or
//! when nothing came for some time.

use super::passing::Orders;
use super::process::{Outcome, answer};
use super::{Job, Reply, frame};
use crate::query::Outside;
use crate::serve::answers::{key_of, tell};
use crate::serve::cache::{Cache, Key};
use crate::serve::compress::Coding;
use crate::serve::pool::Given;
use crate::serve::problem::Problem;
use crate::serve::quick::{Keep, Quick, Seen, Served, Terms, head, see};
use crate::serve::tags::{conditional, tag};
use crate::store::Store;
use axum::http::{HeaderMap, StatusCode};
use bytes::Bytes;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::{Errno, pread, pwrite};
use rustix::net::{RecvFlags, SendFlags, recv, send};
use std::io::{self, BufReader, Write};
use std::os::fd::OwnedFd;
use std::time::{Duration, Instant};

/// A connection on which nothing comes for so long is given back.
const IDLE: Duration = Duration::from_secs(1);
/// So is one on which the rest of a request does not come in this time.
const REST: Duration = Duration::from_millis(50);
/// So is one whose client lets an answer wait for so long in all.
const STALLED: Duration = Duration::from_millis(300);
/// Answers are told of so long after they were given.
const TELL: Duration = Duration::from_millis(50);
/// Answers up to this size are sent in one call.
const SHORT: usize = 64 << 10;
/// Larger answers are not told of for the server to keep.
const KEPT: usize = 1 << 20;

/// What is done with a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::serve) enum Phase {
    /// Nothing: it waits for a request.
    Waits,
    /// A query is evaluated; nothing of its answer was sent.
    Works,
    /// An answer is sent.
    Sends,
}

/// What is done with a connection, in a file that both sides see: the server learns of it without being woken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::serve) struct State {
    /// What is done.
    pub(in crate::serve) phase: Phase,
    /// Which request it is.
    pub(in crate::serve) count: u32,
    /// Method and id of the request.
    pub(in crate::serve) request: String,
}

/// Bytes of a state, at most.
const STATE: usize = 128;

impl State {
    /// As it stands in the file.
    pub(in crate::serve) fn read(file: &OwnedFd) -> io::Result<Self> {
        let mut bytes = [0; STATE];
        let length = pread(file, &mut bytes, 0)?;
        let [phase, a, b, c, d, size, rest @ ..] = bytes;
        let request = rest.get(..usize::from(size)).unwrap_or_default();
        Ok(Self {
            phase: match phase {
                1 if length > 0 => Phase::Works,
                2 => Phase::Sends,
                _ => Phase::Waits,
            },
            count: u32::from_be_bytes([a, b, c, d]),
            request: String::from_utf8_lossy(request).into_owned(),
        })
    }

    fn write(&self, file: &OwnedFd) -> io::Result<()> {
        let mut bytes = Vec::with_capacity(STATE);
        bytes.push(match self.phase {
            Phase::Waits => 0,
            Phase::Works => 1,
            Phase::Sends => 2,
        });
        bytes.extend_from_slice(&self.count.to_be_bytes());
        let request = self.request.as_bytes();
        let request = request.get(..request.len().min(100)).unwrap_or_default();
        bytes.push(u8::try_from(request.len()).unwrap_or(0));
        bytes.extend_from_slice(request);
        pwrite(file, &bytes, 0)?;
        Ok(())
    }

    fn turn(&mut self, phase: Phase, file: &OwnedFd) -> io::Result<()> {
        self.phase = phase;
        self.write(file)
    }
}

/// What a worker has for all its connections.
pub(super) struct Desk<'a, W> {
    pub(super) orders: &'a mut BufReader<Orders>,
    pub(super) out: &'a mut W,
    pub(super) store: &'a Store,
    pub(super) outside: &'a Outside,
    pub(super) cache: &'a Cache,
}

/// What was answered and not told of.
#[derive(Default)]
struct Untold {
    served: Vec<Served>,
    bodies: Vec<u8>,
    since: Option<Instant>,
}

/// How a connection is given back.
struct Back {
    unsent: Vec<u8>,
    gone: bool,
}

impl<W: Write> Desk<'_, W> {
    /// Answers on a connection, and gives it back.
    ///
    /// # Errors
    /// When the server does not listen any more.
    pub(super) fn serve(&mut self, terms: &Terms) -> io::Result<()> {
        let mut passed = self.orders.get_mut().passed().into_iter();
        let (Some(connection), Some(file)) = (passed.next(), passed.next()) else {
            return Err(io::Error::other("no connection came"));
        };
        let mut read = Vec::new();
        let mut untold = Untold::default();
        let back = self.answers(terms, &connection, &file, &mut read, &mut untold)?;
        self.tell(&mut untold)?;
        let reply = Reply::Back {
            unsent: back.unsent.len(),
            gone: back.gone,
        };
        let mut body = back.unsent;
        body.extend_from_slice(&read);
        drop((connection, file));
        frame::write(self.out, &reply, &body)
    }

    fn answers(
        &mut self,
        terms: &Terms,
        connection: &OwnedFd,
        file: &OwnedFd,
        read: &mut Vec<u8>,
        untold: &mut Untold,
    ) -> io::Result<Back> {
        let back = |gone| Back {
            unsent: Vec::new(),
            gone,
        };
        let mut state = State {
            phase: Phase::Waits,
            count: 0,
            request: String::new(),
        };
        // when the rest of a request must have come
        let mut rest: Option<Instant> = None;
        loop {
            match see(read, terms) {
                Seen::Other => return Ok(back(false)),
                Seen::Part if read.is_empty() => rest = None,
                Seen::Part => {
                    rest.get_or_insert_with(|| Instant::now() + REST);
                }
                Seen::Whole(quick, length) => {
                    read.drain(..length);
                    rest = None;
                    if untold.due(terms) {
                        self.tell(untold)?;
                    }
                    let sent = self.answer(*quick, terms, connection, file, &mut state, untold)?;
                    if sent.gone || !sent.unsent.is_empty() {
                        return Ok(sent);
                    }
                    if untold.due(terms) {
                        self.tell(untold)?;
                    }
                }
            }
            let patience = match rest {
                Some(rest) => rest.saturating_duration_since(Instant::now()),
                None if untold.served.is_empty() => IDLE,
                None => TELL,
            };
            let asked_back = !self.orders.buffer().is_empty();
            match wait(connection, self.orders.get_ref(), patience)? {
                _ if asked_back => return self.asked_back(back(false)),
                Woken::Order => return self.asked_back(back(false)),
                Woken::Nobody if read.is_empty() && !untold.served.is_empty() => {
                    self.tell(untold)?;
                }
                Woken::Nobody => return Ok(back(false)),
                Woken::Client => {
                    let start = read.len();
                    read.resize(start + (16 << 10), 0);
                    let space = read.get_mut(start..).unwrap_or_default();
                    let length = match recv(connection, space, RecvFlags::DONTWAIT) {
                        Ok((_, length)) => length,
                        Err(Errno::AGAIN | Errno::INTR) => {
                            read.truncate(start);
                            continue;
                        }
                        Err(_) => 0,
                    };
                    read.truncate(start + length);
                    if length == 0 {
                        return Ok(back(true));
                    }
                }
            }
        }
    }

    /// The only order that comes meanwhile.
    fn asked_back(&mut self, back: Back) -> io::Result<Back> {
        match frame::read::<super::Order<Job>>(self.orders)? {
            Some((super::Order { job: Job::Back, .. }, _)) => Ok(back),
            Some(_) => Err(io::Error::other("an order out of turn")),
            None => Err(io::ErrorKind::UnexpectedEof.into()),
        }
    }

    fn answer(
        &mut self,
        quick: Quick,
        terms: &Terms,
        connection: &OwnedFd,
        file: &OwnedFd,
        state: &mut State,
        untold: &mut Untold,
    ) -> io::Result<Back> {
        let start = Instant::now();
        let id = quick.id.to_str().unwrap_or_default().to_owned();
        state.count = state.count.wrapping_add(1);
        state.request = format!("{} {id}", quick.method);
        state.turn(Phase::Works, file)?;
        let job = Job::from(quick.ask);
        let version = self.store.version().map(str::to_owned);
        let key = key_of(&job, version.clone());
        let mut served = Served {
            id,
            method: quick.method.to_string(),
            status: 200,
            took: Duration::ZERO,
            evaluated: false,
            hit: false,
            problem: None,
            keep: None,
        };
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
                        untold.bodies.extend_from_slice(&given.body);
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
        untold.served.push(served);
        untold.since.get_or_insert_with(Instant::now);
        let mut bytes = head(status, headers, body.len(), terms, quick.id);
        // one call where it is short; whoever ends this process meanwhile sends nothing more
        if body.len() <= SHORT {
            bytes.extend_from_slice(&body);
            state.turn(Phase::Waits, file)?;
            return Ok(sent(connection, &bytes, &[]));
        }
        state.turn(Phase::Sends, file)?;
        let sent = sent(connection, &bytes, &body);
        state.turn(Phase::Waits, file)?;
        Ok(sent)
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

    fn tell(&mut self, untold: &mut Untold) -> io::Result<()> {
        let Untold { served, bodies, .. } = std::mem::take(untold);
        if served.is_empty() {
            return Ok(());
        }
        frame::write(self.out, &Reply::Served(served), &bodies)
    }
}

impl Untold {
    fn due(&self, terms: &Terms) -> bool {
        self.served.len() >= terms.untold.max(1)
            || self.since.is_some_and(|since| since.elapsed() > TELL)
            || self.bodies.len() > KEPT
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

/// Who is ready.
enum Woken {
    Order,
    Client,
    Nobody,
}

fn wait(connection: &OwnedFd, orders: &Orders, patience: Duration) -> io::Result<Woken> {
    let end = Instant::now() + patience;
    loop {
        let mut watched = [
            PollFd::new(orders, PollFlags::IN),
            PollFd::new(connection, PollFlags::IN),
        ];
        let left = end.saturating_duration_since(Instant::now());
        let left = Timespec::try_from(left).map_err(io::Error::other)?;
        match poll(&mut watched, Some(&left)) {
            Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
            Ok(0) => return Ok(Woken::Nobody),
            Ok(_) => {
                let [order, _] = &watched;
                return Ok(if order.revents().is_empty() {
                    Woken::Client
                } else {
                    Woken::Order
                });
            }
        }
    }
}

/// Sends what the client takes.
fn sent(connection: &OwnedFd, first: &[u8], then: &[u8]) -> Back {
    let mut left = [first, then];
    let mut gone = false;
    let mut end: Option<Instant> = None;
    'all: for part in &mut left {
        while !part.is_empty() {
            match send(connection, part, SendFlags::DONTWAIT | SendFlags::NOSIGNAL) {
                Ok(length) => *part = part.get(length..).unwrap_or_default(),
                Err(Errno::INTR) => {}
                Err(Errno::AGAIN) => {
                    let mut watched = [PollFd::new(connection, PollFlags::OUT)];
                    let end = *end.get_or_insert_with(|| Instant::now() + STALLED);
                    let wait = end.saturating_duration_since(Instant::now());
                    let wait = Timespec::try_from(wait).ok();
                    if let Ok(0) = poll(&mut watched, wait.as_ref()) {
                        break 'all;
                    }
                }
                Err(_) => {
                    gone = true;
                    break 'all;
                }
            }
        }
    }
    Back {
        unsent: if gone { Vec::new() } else { left.concat() },
        gone,
    }
}
