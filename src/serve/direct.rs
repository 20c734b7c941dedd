//! A connection that asks queries → a worker that answers them on it, beside others, while nobody else needs that worker.
//!
//! A small query then takes as many turns as with a server of one process: the client wakes the worker, and the worker the client. The server keeps
//! the connection open too, and looks from time to time whether a query is over its limit or its client has left; if so, it ends the worker, tells
//! the client where nothing of an answer was sent, and has others go on with the connections that the worker had beside. Whatever is not a plain
//! query comes back here unread, and is answered as ever.

use super::cache::Cache;
use super::listen::{HEAD, Peer};
use super::pool::{Came, Desk, Given, Guest, Lent, Placed, timed_out};
use super::problem::Problem;
use super::quick::{self, PATH, Seen, Served, Terms};
use super::worker::{Died, Phase, Reply, State, Why};
use super::{Shared, answers, description, guard, layers};
use axum::http::{HeaderMap, HeaderValue, Version, header};
use bytes::Bytes;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::net::{RecvFlags, recv};
use std::net::TcpStream as Socket;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::sync::{oneshot, watch};
use tokio::time::{Instant, Interval, MissedTickBehavior, interval, timeout};

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
    /// Whether it ends then.
    pub(super) ends: bool,
}

impl Left {
    /// As it was.
    fn whole(stream: TcpStream) -> Self {
        Self {
            stream,
            unsent: Bytes::new(),
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
        // who connects asks at once, mostly
        let length = match recv(
            &stream,
            head.as_mut_slice(),
            RecvFlags::PEEK | RecvFlags::DONTWAIT,
        ) {
            Ok((_, length @ 1..)) => length,
            _ => {
                let seen = tokio::select! {
                    seen = timeout(shared.config.clients.header_time, stream.peek(&mut head)) => seen,
                    () = stop(stopped) => return None,
                };
                let Ok(Ok(length @ 1..)) = seen else {
                    return None;
                };
                length
            }
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
        let socket = Arc::new(stream.into_std().ok()?);
        let came = lent(shared, &socket, peer, terms, stopped).await;
        stream = TcpStream::from_std(Arc::into_inner(socket)?).ok()?;
        let (unsent, why) = match came {
            Some(Came::Back(unsent, why)) => (unsent, why),
            Some(Came::Ends(answer)) => {
                return Some(Left {
                    stream,
                    unsent: answer.into(),
                    ends: true,
                });
            }
            None => return None,
        };
        if why == Why::Gone || (*stopped.borrow() && unsent.is_empty()) {
            return None;
        }
        if why != Why::Rests || !unsent.is_empty() || shared.pool.is_crowded() {
            return Some(Left {
                stream,
                unsent,
                ends: false,
            });
        }
    }
}

/// Lends a connection, to one worker after the other while it would wait for a query that takes long; none where it broke off.
async fn lent(
    shared: &Arc<Shared>,
    socket: &Arc<Socket>,
    peer: Peer,
    terms: Terms,
    stopped: &mut watch::Receiver<bool>,
) -> Option<Came> {
    let (mut counted, mut waited) = (true, false);
    loop {
        let (back, mut came) = oneshot::channel();
        let guest = Guest {
            peer,
            terms: terms.clone(),
            socket: Arc::clone(socket),
            counted,
            waited,
            back,
        };
        match shared.pool.lend(guest) {
            Placed::Joined => {}
            Placed::First(lent) => {
                tokio::spawn(tend(Arc::clone(shared), *lent));
            }
            Placed::Nowhere => {
                if counted {
                    // it is counted where it is answered
                    shared.rate.give_back(peer.0.ip());
                }
                return Some(Came::Back(Bytes::new(), Why::Other));
            }
        }
        let came = tokio::select! {
            came = &mut came => came,
            () = stop(stopped) => {
                shared.pool.recall();
                came.await
            }
        };
        match came.ok()? {
            Came::Back(_, Why::Waits) if !*stopped.borrow() => (counted, waited) = (false, true),
            came @ (Came::Back(..) | Came::Ends(_)) => return Some(came),
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

/// Listens to a worker as long as it has connections.
async fn tend(shared: Arc<Shared>, mut lent: Lent) {
    let limit = shared.pool.time();
    let mut looks = Looks::new(limit);
    let problem = loop {
        let (Some(worker), desk) = lent.parts() else {
            return;
        };
        let told = tokio::select! {
            told = worker.told() => told,
            over = looks.over(desk) => match over {
                Over::Time => break Some(timed_out(limit)),
                Over::Left => break None,
            },
        };
        let heard = match told {
            Ok((reply, length)) => heard(&shared, &mut lent, reply, length).await,
            Err(died) => break Some(desk.ended(died)),
        };
        match heard {
            Ok(()) if lent.end() => return,
            Ok(()) => {}
            Err(problem) => break Some(problem),
        }
    };
    lent.kill().await;
    // what it said last may be of connections that it gave back
    while let (Some(worker), _) = lent.parts()
        && let Ok((reply, length)) = worker.told().await
        && heard(&shared, &mut lent, reply, length).await.is_ok()
    {}
    let Ok(state) = lent.parts().1.state() else {
        return;
    };
    for (connection, guest) in lent.left() {
        let came = if connection == state.connection {
            // that which it was at: where a part of an answer may have been sent, it breaks off
            let problem = problem.as_ref().filter(|_| state.phase == Phase::Works);
            match problem.and_then(|problem| ended(&shared, &state, &guest, problem)) {
                Some(answer) => Came::Ends(answer),
                None => continue,
            }
        } else {
            Came::Back(Bytes::new(), Why::Waits)
        };
        give(guest, came);
    }
}

/// Gives a connection to who waits for it.
fn give(guest: Guest, came: Came) {
    let Guest { socket, back, .. } = guest;
    // whoever gets it has it alone
    drop(socket);
    // nobody waits where the server is stopping
    let _ = back.send(came);
}

/// What a worker says.
///
/// # Errors
/// When it must be ended.
async fn heard(
    shared: &Arc<Shared>,
    lent: &mut Lent,
    reply: Reply,
    length: usize,
) -> Result<(), Problem> {
    let mut body = lent.body(length).await?;
    let desk = lent.parts().1;
    match reply {
        Reply::Served(served) => {
            for one in served {
                let connection = one.connection;
                let known = desk.guest(connection, |guest| {
                    (guest.peer, std::mem::take(&mut guest.counted))
                });
                note(shared, known.map(|(peer, _)| peer), one, &mut body);
                if let Some((peer, false)) = known
                    && !may_ask(shared, peer)
                {
                    desk.recall(connection);
                }
            }
            Ok(())
        }
        Reply::Back { connection, why } => {
            if why == Why::Waits {
                desk.seen(true);
            }
            if let Some(guest) = desk.back(connection) {
                give(guest, Came::Back(body, why));
            }
            Ok(())
        }
        Reply::Open { .. } | Reply::Done { .. } | Reply::Changed { .. } | Reply::Failed(_) => {
            Err(desk.ended(Died::Broken))
        }
    }
}

/// Looks at what a worker does.
struct Looks {
    every: Interval,
    limit: Duration,
    /// Which request it was at at the last look, and since when.
    busy: Option<(u32, Instant)>,
}

impl Looks {
    fn new(limit: Duration) -> Self {
        let mut every = interval(LOOK);
        every.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self {
            every,
            limit,
            busy: None,
        }
    }

    /// Ready when the worker must be ended.
    async fn over(&mut self, desk: &Desk) -> Over {
        loop {
            self.every.tick().await;
            let now = Instant::now();
            let Ok(state) = desk.state() else {
                continue;
            };
            let before = self.busy.filter(|(count, _)| *count == state.count);
            self.busy = match (state.phase, before) {
                (Phase::Waits, _) => None,
                (_, Some(before)) => Some(before),
                (_, None) => Some((state.count, now)),
            };
            desk.seen(before.is_some() && self.busy.is_some());
            let Some((_, since)) = self.busy.filter(|_| before.is_some()) else {
                continue;
            };
            // what began since the last look may have begun just after it
            if now - since + LOOK * 2 >= self.limit {
                return Over::Time;
            }
            let left = desk.guest(state.connection, |guest| has_left(&guest.socket));
            if left == Some(true) {
                return Over::Left;
            }
        }
    }
}

async fn stop(stopped: &mut watch::Receiver<bool>) {
    if stopped.wait_for(|stopped| *stopped).await.is_err() {
        std::future::pending::<()>().await;
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

/// What the client is told whose query a worker was at that was ended, where nothing was sent to it.
fn ended(shared: &Shared, state: &State, guest: &Guest, problem: &Problem) -> Option<Vec<u8>> {
    let (method, id) = state.request.split_once(' ')?;
    let took = shared.pool.time();
    shared.metrics.query(Some(problem), took);
    let (status, mut headers, body) = problem.clone().parts();
    headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    let shown = HeaderValue::from_str(id).ok()?;
    let mut answer = quick::head(status, headers, body.len(), &guest.terms, shown);
    answer.extend_from_slice(body.as_bytes());
    let asked = (method, PATH);
    layers::note(shared, id, Some(guest.peer), asked, status.as_u16(), took);
    Some(answer)
}

/// Counts a request; whether the client may ask it.
fn may_ask(shared: &Shared, peer: Peer) -> bool {
    let now = std::time::Instant::now();
    shared.rate.take(peer.0.ip(), now).is_ok()
}

/// Tells of an answer and keeps it for others.
fn note(shared: &Shared, peer: Option<Peer>, served: Served, bodies: &mut Bytes) {
    if served.hit {
        shared.metrics.cache_hit();
    }
    if served.evaluated {
        shared.metrics.query(served.problem.as_ref(), served.took);
    }
    let asked = (served.method.as_str(), PATH);
    layers::note(shared, &served.id, peer, asked, served.status, served.took);
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
