//! Connections → workers that have them for a while, several each; all can be asked back at any time.

use super::{Inner, Lease, Pool, lock};
use crate::serve::listen::Peer;
use crate::serve::problem::{Kind, Problem};
use crate::serve::quick::Terms;
use crate::serve::worker::{Died, Lending, Line, State, Why, Worker};
use bytes::Bytes;
use rustix::fs::{MemfdFlags, memfd_create};
use std::collections::BTreeMap;
use std::io;
use std::net::TcpStream;
use std::os::fd::{AsFd, OwnedFd};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};
use tokio::sync::oneshot;

/// For so long after somebody waited for a turn, no more connections are lent.
const CROWDED: Duration = Duration::from_secs(1);
/// A worker has no more connections.
const MOST: usize = 64;
/// After so many looks (of 20 ms) at a worker that is at nothing heavy, it is like any other, and gives its connections back where fewer will do.
const CALM: u32 = 25;

/// The workers that have connections.
#[derive(Debug, Default)]
pub(super) struct All {
    hosts: BTreeMap<u64, Host>,
    /// How many were lent so far; the last of hosts, too.
    count: u64,
    crowded: Option<Instant>,
}

/// A worker that has connections.
#[derive(Debug)]
struct Host {
    line: Line,
    file: Arc<OwnedFd>,
    guests: BTreeMap<u64, Guest>,
    /// Whether all were asked back: it gets no more.
    closed: bool,
    /// Whether it is at a query that takes long.
    long: bool,
    /// For how many looks more it counts as one whose connections ask what is heavy.
    heavy: u32,
    /// How often it was looked at since it was at one, or had its first connection.
    calm: u32,
}

/// A connection that is lent.
#[derive(Debug)]
pub(in crate::serve) struct Guest {
    /// Its client.
    pub(in crate::serve) peer: Peer,
    /// On which terms it is answered.
    pub(in crate::serve) terms: Terms,
    /// The connection, which stays open here too.
    pub(in crate::serve) socket: Arc<TcpStream>,
    /// Whether the next request was counted already.
    pub(in crate::serve) counted: bool,
    /// Whether it waited behind a query that takes long.
    pub(in crate::serve) waited: bool,
    /// Who waits for it.
    pub(in crate::serve) back: oneshot::Sender<Came>,
}

/// How a connection came back.
#[derive(Debug)]
pub(in crate::serve) enum Came {
    /// Whole, with what is still to be sent.
    Back(Bytes, Why),
    /// Its query could not be answered; this is to be sent, and then it ends.
    Ends(Vec<u8>),
}

impl All {
    /// Asks for all connections.
    pub(super) fn recall(&mut self) {
        for host in self.hosts.values_mut() {
            host.close();
        }
    }

    /// Somebody waits for a turn.
    pub(super) fn crowd(&mut self) {
        self.crowded = Some(Instant::now() + CROWDED);
        self.recall();
    }

    fn is_crowded(&self) -> bool {
        self.crowded.is_some_and(|until| Instant::now() < until)
    }

    /// The host that has the fewest connections, and whether another beside it would be of use: for one that `waited`, any that has none.
    fn best(&self, waited: bool) -> (Option<u64>, bool) {
        let open = || self.hosts.iter().filter(|(_, host)| host.is_open());
        let free = || self.hosts.iter().filter(|(_, host)| host.is_free());
        let fewest = |(_, host): &(&u64, &Host)| host.guests.len();
        let best = open().min_by_key(fewest).or(free().min_by_key(fewest));
        let taken = best.is_none_or(|(_, host)| !host.guests.is_empty());
        let more = taken && (waited || open().count() < cores());
        (best.map(|(number, _)| *number), more)
    }

    /// What a look at a host says: whether it is at a query that takes long. One more than are of use gives its connections back.
    fn seen(&mut self, number: u64, long: bool) {
        let before = self.hosts.range(..number);
        let surplus = before.filter(|(_, host)| host.is_open()).count() >= cores();
        if let Some(host) = self.hosts.get_mut(&number) {
            host.long = long;
            host.heavy = if long {
                CALM
            } else {
                host.heavy.saturating_sub(1)
            };
            host.calm = if long { 0 } else { host.calm + 1 };
            if surplus && host.calm > CALM {
                host.close();
            }
        }
    }
}

impl Host {
    /// Whether it can have one more connection.
    fn is_free(&self) -> bool {
        !self.closed && !self.long && self.guests.len() < MOST
    }

    /// Whether it should: its connections asked nothing heavy lately.
    fn is_open(&self) -> bool {
        self.is_free() && self.heavy == 0
    }

    fn close(&mut self) {
        if !self.closed {
            self.closed = true;
            self.line.recall(None);
        }
    }

    /// Hands it a connection.
    fn enter(&mut self, number: u64, guest: Guest) -> io::Result<()> {
        let lending = Lending {
            connection: number,
            terms: guest.terms.clone(),
        };
        let with = [guest.socket.as_fd(), self.file.as_fd()];
        self.line.lend(lending, with)?;
        self.guests.insert(number, guest);
        Ok(())
    }
}

/// As many workers have connections as can work at once, and others while these are at queries that take long: fewer caches are used than with
/// a worker for each connection.
fn cores() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// The server's hold of a worker that has connections. Dropped while it has some, it is killed and replaced, and they end.
pub(in crate::serve) struct Lent {
    lease: Lease,
    desk: Desk,
}

/// What is known of a worker that has connections.
pub(in crate::serve) struct Desk {
    pool: Arc<Inner>,
    file: Arc<OwnedFd>,
    number: u64,
}

impl Drop for Desk {
    fn drop(&mut self) {
        lock(&self.pool.lent).hosts.remove(&self.number);
    }
}

/// What became of a connection that was to be lent.
pub(in crate::serve) enum Placed {
    /// A worker has it.
    Joined,
    /// A worker has it that had none before: somebody must listen to it.
    First(Box<Lent>),
    /// No worker is free for it.
    Nowhere,
}

impl Pool {
    /// Lends a connection to a worker; not where none is free, or somebody waits for one.
    pub(in crate::serve) fn lend(&self, guest: Guest) -> Placed {
        let inner = &self.0;
        // from here on nobody turns to another generation without asking for this connection
        let mut lent = lock(&inner.lent);
        if lent.is_crowded() {
            return Placed::Nowhere;
        }
        let (best, more) = lent.best(guest.waited);
        lent.count += 1;
        let number = lent.count;
        if more && let Some((lease, mut host)) = inner.host() {
            let file = Arc::clone(&host.file);
            let pool = Arc::clone(inner);
            let entered = host.enter(number, guest);
            lent.hosts.insert(number, host);
            drop(lent);
            let desk = Desk { pool, file, number };
            return match entered {
                Ok(()) => Placed::First(Box::new(Lent { lease, desk })),
                Err(_) => Placed::Nowhere,
            };
        }
        let host = best.and_then(|best| lent.hosts.get_mut(&best));
        match host.map(|host| host.enter(number, guest)) {
            Some(Ok(())) => Placed::Joined,
            Some(Err(_)) | None => Placed::Nowhere,
        }
    }

    /// Whether somebody waited for a turn just now.
    pub(in crate::serve) fn is_crowded(&self) -> bool {
        lock(&self.0.lent).is_crowded()
    }

    /// Asks for all connections.
    pub(in crate::serve) fn recall(&self) {
        lock(&self.0.lent).recall();
    }
}

impl Inner {
    /// A worker that waits, for connections.
    fn host(self: &Arc<Self>) -> Option<(Lease, Host)> {
        let file = memfd_create("connections", MemfdFlags::CLOEXEC).ok()?;
        let turn = Arc::clone(&self.turns).try_acquire_owned().ok()?;
        let worker = self.waiting()?;
        let current = lock(&self.version).as_deref() == worker.version();
        let Some(line) = worker.line().ok().filter(|_| current) else {
            self.give_back(worker);
            return None;
        };
        let lease = Lease {
            pool: Arc::clone(self),
            worker: Some(worker),
            _turn: turn,
        };
        let host = Host {
            line,
            file: Arc::new(file),
            guests: BTreeMap::new(),
            closed: false,
            long: false,
            heavy: 0,
            calm: 0,
        };
        Some((lease, host))
    }
}

impl Desk {
    fn host<T>(&self, what: impl FnOnce(&mut Host) -> T) -> Option<T> {
        lock(&self.pool.lent).hosts.get_mut(&self.number).map(what)
    }

    /// What the worker does, as it says.
    ///
    /// # Errors
    /// When that can't be read.
    pub(in crate::serve) fn state(&self) -> io::Result<State> {
        State::read(&self.file)
    }

    /// Something of one of its connections.
    pub(in crate::serve) fn guest<T>(
        &self,
        connection: u64,
        what: impl FnOnce(&mut Guest) -> T,
    ) -> Option<T> {
        self.host(|host| host.guests.get_mut(&connection).map(what))?
    }

    /// Asks for a connection.
    pub(in crate::serve) fn recall(&self, connection: u64) {
        self.host(|host| host.line.recall(Some(connection)));
    }

    /// Somebody looked: whether it is at a query that takes long.
    pub(in crate::serve) fn seen(&self, long: bool) {
        lock(&self.pool.lent).seen(self.number, long);
    }

    /// A connection came back.
    pub(in crate::serve) fn back(&self, connection: u64) -> Option<Guest> {
        self.host(|host| host.guests.remove(&connection))?
    }

    /// What the client is told of a worker that ended.
    pub(in crate::serve) fn ended(&self, died: Died) -> Problem {
        self.pool.ended(died)
    }
}

impl Lent {
    /// The worker, and what is known of it.
    pub(in crate::serve) fn parts(&mut self) -> (Option<&mut Worker>, &Desk) {
        (self.lease.worker.as_mut(), &self.desk)
    }

    /// The body after a reply.
    ///
    /// # Errors
    /// When there is no room for it, or the worker ended.
    pub(in crate::serve) async fn body(&mut self, length: usize) -> Result<Bytes, Problem> {
        match self.lease.worker.as_mut() {
            Some(worker) => self.desk.pool.receive(worker, length).await,
            None => Err(Problem::new(Kind::Internal, "The worker is gone.")),
        }
    }

    /// Lets the worker do other things, where it has no connections any more; whether that is so.
    pub(in crate::serve) fn end(&mut self) -> bool {
        // nobody lends it another meanwhile
        let mut lent = lock(&self.desk.pool.lent);
        let number = self.desk.number;
        if lent
            .hosts
            .get(&number)
            .is_some_and(|host| !host.guests.is_empty())
        {
            return false;
        }
        lent.hosts.remove(&number);
        drop(lent);
        if let Some(worker) = self.lease.worker.take() {
            self.desk.pool.give_back(worker);
        }
        true
    }

    /// Kills the worker, which gets no more connections.
    pub(in crate::serve) async fn kill(&mut self) {
        self.desk.host(|host| host.closed = true);
        if let Some(worker) = self.lease.worker.as_mut() {
            worker.end().await;
        }
    }

    /// The connections of a worker that was killed.
    pub(in crate::serve) fn left(self) -> BTreeMap<u64, Guest> {
        let mut lent = lock(&self.desk.pool.lent);
        let host = lent.hosts.remove(&self.desk.number);
        drop(lent);
        host.map(|host| host.guests).unwrap_or_default()
    }
}
