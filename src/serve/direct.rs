//! A connection that asks queries → a worker that answers them on it, while nobody else needs that worker.
//!
//! A small query then takes as many turns as with a server of one process: the client wakes the worker, and the worker the client. The server keeps
//! the connection open too, and looks from time to time whether the query is over its limit or its client has left; if so, it ends the worker, and
//! tells the client where nothing of an answer was sent. Whatever is not a plain query comes back here with its bytes, and is answered as ever.

use super::cache::Cache;
use super::listen::{HEAD, Peer};
use super::pool::{Given, Lent, timed_out};
use super::problem::Problem;
use super::quick::{self, PATH, Seen, Served, Terms};
use super::worker::{Died, Phase, Reply, State};
use super::{Shared, answers, description, guard, layers};
use axum::http::{HeaderMap, HeaderValue, Version, header};
use bytes::Bytes;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use std::net::TcpStream as Socket;
use std::os::fd::OwnedFd;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::{Instant, sleep, timeout};

/// How often it is looked at what a worker does with a connection.
const LOOK: Duration = Duration::from_millis(20);
/// A request whose beginning is longer is not for a worker alone.
const PEEK: usize = 16 << 10;
/// How many answers a worker gives before it tells of them.
const UNTOLD: usize = 64;
/// As many where requests are counted, or each is told of.
const UNTOLD_COUNTED: usize = 8;

/// What is left of a connection: for the server to go on with.
pub(super) struct Left {
    /// The connection.
    pub(super) stream: TcpStream,
    /// What is to be sent first.
    pub(super) unsent: Bytes,
    /// What was read of it already.
    pub(super) read: Bytes,
    /// Whether it ends then.
    pub(super) ends: bool,
}

impl Left {
    /// As it was.
    fn whole(stream: TcpStream) -> Self {
        Self {
            stream,
            unsent: Bytes::new(),
            read: Bytes::new(),
            ends: false,
        }
    }
}

/// Why a worker is ended.
enum Over {
    Time,
    Left,
}

/// Has workers answer on a connection as long as they can; none when it is over.
pub(super) async fn serve(
    shared: &Arc<Shared>,
    mut stream: TcpStream,
    peer: Peer,
    stopped: &mut watch::Receiver<bool>,
) -> Option<Left> {
    loop {
        let mut head = vec![0; PEEK];
        let seen = tokio::select! {
            seen = timeout(shared.config.clients.header_time, stream.peek(&mut head)) => seen,
            _ = stopped.wait_for(|stopped| *stopped) => return None,
        };
        let Ok(Ok(length @ 1..)) = seen else {
            return None;
        };
        head.truncate(length);
        let Some(terms) = terms(shared, &head) else {
            return Some(Left::whole(stream));
        };
        drop(head);
        // the first request is counted before it is answered, those that follow after
        if !may_ask(shared, peer) {
            return Some(Left::whole(stream));
        }
        let socket = stream.into_std().ok()?;
        let Some(lent) = shared.pool.lend(terms.clone(), &socket) else {
            // it is counted where it is answered
            shared.rate.give_back(peer.0.ip());
            return TcpStream::from_std(socket).ok().map(Left::whole);
        };
        let left = lend(shared, lent, &socket, peer, &terms, stopped).await?;
        stream = TcpStream::from_std(socket).ok()?;
        let again = left.unsent.is_empty() && left.read.is_empty() && !left.ends;
        if !again || shared.pool.is_crowded() {
            return Some(Left {
                stream,
                unsent: left.unsent,
                read: left.read,
                ends: left.ends,
            });
        }
    }
}

/// On which terms a worker may answer what begins so; none where it may not.
fn terms(shared: &Shared, head: &[u8]) -> Option<Terms> {
    let host = quick::host_of(head)?;
    let mut headers = HeaderMap::new();
    headers.insert(header::HOST, HeaderValue::from_str(&host).ok()?);
    guard::is_plain(Version::HTTP_11, &headers).ok()?;
    guard::host(&shared.config, &headers).ok()?;
    if description::host(shared, &headers) != host {
        return None;
    }
    let limits = &shared.config.limits;
    let told = shared.config.access_log.is_some() || shared.config.log.is_some();
    let counted = shared.config.clients.requests_per_minute > 0;
    let terms = Terms {
        host,
        open: guard::readable_by(&shared.config, &headers).is_some(),
        by_origin: !shared.config.origins.is_empty(),
        rows: limits.rows,
        bytes: limits.answer_bytes,
        nesting: limits.nesting,
        query_bytes: limits.query_bytes.min(HEAD),
        cache: share(&shared.cache, limits.concurrent),
        untold: match (told, counted) {
            (true, _) => 1,
            (false, true) => UNTOLD_COUNTED,
            (false, false) => UNTOLD,
        },
    };
    match quick::see(head, &terms) {
        Seen::Other => None,
        Seen::Part => Some(terms),
        Seen::Whole(quick, _) => {
            // what is kept here need not be evaluated there
            let key = answers::key_of(&quick.ask.into(), shared.pool.version());
            let kept = key.is_some_and(|key| shared.cache.get(&key).is_some());
            (!kept).then_some(terms)
        }
    }
}

/// The room that a worker has for answers: all workers together half as much as the server.
fn share(cache: &Cache, workers: usize) -> usize {
    cache.limit() / 2 / workers.max(1)
}

/// What came back with a connection.
struct Came {
    unsent: Bytes,
    read: Bytes,
    ends: bool,
}

async fn lend(
    shared: &Arc<Shared>,
    mut lent: Lent,
    socket: &Socket,
    peer: Peer,
    terms: &Terms,
    stopped: &mut watch::Receiver<bool>,
) -> Option<Came> {
    let mut stopping = false;
    let mut first = true;
    loop {
        let outcome = next(
            &mut lent,
            socket,
            shared.pool.time(),
            stopped,
            &mut stopping,
        )
        .await;
        match outcome {
            Ok(Ok((Reply::Served(served), length))) => {
                let mut bodies = lent.body(length).await.ok()?;
                let mut more = false;
                for one in served {
                    note(shared, peer, one, &mut bodies);
                    more |= !std::mem::take(&mut first) && !may_ask(shared, peer);
                }
                if more {
                    lent.parts().2.ask();
                }
            }
            Ok(Ok((Reply::Back { unsent, gone }, length))) => {
                let mut unsent_and_read = lent.body(length).await.ok()?;
                lent.end();
                let read = unsent_and_read.split_off(unsent.min(length));
                let over = gone || (stopping && read.is_empty() && unsent == 0);
                return (!over).then_some(Came {
                    unsent: unsent_and_read,
                    read,
                    ends: false,
                });
            }
            Ok(Ok(_)) => return None,
            Ok(Err(died)) => {
                let problem = lent.ended(died);
                return ended(shared, lent, problem, peer, terms).await;
            }
            Err(Over::Time) => {
                let problem = timed_out(shared.pool.time());
                return ended(shared, lent, problem, peer, terms).await;
            }
            Err(Over::Left) => return None,
        }
    }
}

/// What the worker says next, or why it must be ended.
async fn next(
    lent: &mut Lent,
    socket: &Socket,
    limit: Duration,
    stopped: &mut watch::Receiver<bool>,
    stopping: &mut bool,
) -> Result<Result<(Reply, usize), Died>, Over> {
    let (worker, file, recall) = lent.parts();
    let Some(worker) = worker else {
        return Ok(Err(Died::Broken));
    };
    let mut told = std::pin::pin!(worker.told());
    let mut over = std::pin::pin!(over(file, socket, limit));
    loop {
        tokio::select! {
            told = told.as_mut() => return Ok(told),
            over = over.as_mut() => return Err(over),
            () = stop(stopped), if !*stopping => {
                *stopping = true;
                recall.ask();
            }
        }
    }
}

async fn stop(stopped: &mut watch::Receiver<bool>) {
    if stopped.wait_for(|stopped| *stopped).await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// Ready when the worker must be ended.
async fn over(file: &OwnedFd, socket: &Socket, limit: Duration) -> Over {
    let mut busy: Option<(u32, Instant)> = None;
    loop {
        sleep(LOOK).await;
        let now = Instant::now();
        let Ok(state) = State::read(file) else {
            continue;
        };
        busy = match (state.phase, busy) {
            (Phase::Waits, _) => None,
            (_, Some((count, since))) if count == state.count => {
                // what began since the last look may have begun just after it
                if now - since + LOOK * 2 >= limit {
                    return Over::Time;
                }
                if has_left(socket) {
                    return Over::Left;
                }
                Some((count, since))
            }
            (_, _) => Some((state.count, now)),
        };
    }
}

/// Whether the client has closed the connection.
fn has_left(socket: &Socket) -> bool {
    let over = PollFlags::RDHUP | PollFlags::HUP | PollFlags::ERR;
    let mut watched = [PollFd::new(socket, PollFlags::RDHUP)];
    let at_once = Timespec::default();
    let ready = poll(&mut watched, Some(&at_once));
    let [watched] = &watched;
    ready.is_ok_and(|ready| ready > 0) && watched.revents().intersects(over)
}

/// What the client of a worker that was ended is told, where nothing was sent to it.
async fn ended(
    shared: &Arc<Shared>,
    lent: Lent,
    problem: Problem,
    peer: Peer,
    terms: &Terms,
) -> Option<Came> {
    let state = lent.kill().await.ok()?;
    if state.phase != Phase::Works {
        return None;
    }
    let (method, id) = state.request.split_once(' ')?;
    shared.metrics.query(Some(&problem), shared.pool.time());
    let (status, mut headers, body) = problem.parts();
    headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    let shown = HeaderValue::from_str(id).ok()?;
    let mut answer = quick::head(status, headers, body.len(), terms, shown);
    answer.extend_from_slice(body.as_bytes());
    let took = shared.pool.time();
    layers::note(
        shared,
        id,
        Some(peer),
        (method, PATH),
        status.as_u16(),
        took,
    );
    Some(Came {
        unsent: answer.into(),
        read: Bytes::new(),
        ends: true,
    })
}

/// Counts a request; whether the client may ask it.
fn may_ask(shared: &Shared, peer: Peer) -> bool {
    let now = std::time::Instant::now();
    shared.rate.take(peer.0.ip(), now).is_ok()
}

/// Tells of an answer and keeps it for others.
fn note(shared: &Arc<Shared>, peer: Peer, served: Served, bodies: &mut Bytes) {
    if served.hit {
        shared.metrics.cache_hit();
    }
    if served.evaluated {
        shared.metrics.query(served.problem.as_ref(), served.took);
    }
    let asked = (served.method.as_str(), PATH);
    layers::note(
        shared,
        &served.id,
        Some(peer),
        asked,
        served.status,
        served.took,
    );
    if let Some(keep) = served.keep {
        let body = bodies.split_to(keep.length.min(bodies.len()));
        let given = Given {
            media: keep.media,
            rows: keep.rows,
            coding: keep.coding,
            body,
            version: keep.version,
        };
        shared.cache.put(keep.key, &given);
    }
}
