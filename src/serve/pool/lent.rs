//! A connection → a worker that has it for a while; each can be asked back at any time.

use super::{Inner, Lease, Pool, lock};
use crate::serve::problem::{Kind, Problem};
use crate::serve::quick::Terms;
use crate::serve::worker::{Died, Recall, State, Worker};
use bytes::Bytes;
use rustix::fs::{MemfdFlags, memfd_create};
use std::collections::BTreeMap;
use std::io;
use std::net::TcpStream;
use std::os::fd::{AsFd, OwnedFd};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// For so long after somebody waited for a turn, no more connections are lent.
const CROWDED: Duration = Duration::from_secs(1);

/// The workers that have connections.
#[derive(Debug, Default)]
pub(super) struct All {
    next: u64,
    recalls: BTreeMap<u64, Arc<Recall>>,
    crowded: Option<Instant>,
}

impl All {
    /// Asks for all connections.
    pub(super) fn recall(&self) {
        for recall in self.recalls.values() {
            recall.ask();
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
}

/// A worker that has a connection. Dropped before it gave it back, it is killed and replaced.
pub(in crate::serve) struct Lent {
    pool: Arc<Inner>,
    lease: Lease,
    file: OwnedFd,
    recall: Arc<Recall>,
    number: u64,
}

impl Drop for Lent {
    fn drop(&mut self) {
        lock(&self.pool.lent).recalls.remove(&self.number);
    }
}

impl Pool {
    /// Lends a connection to a worker that waits; none where none does, or somebody waits for one.
    pub(in crate::serve) fn lend(&self, terms: Terms, connection: &TcpStream) -> Option<Lent> {
        let inner = &self.0;
        let file = memfd_create("connection", MemfdFlags::CLOEXEC).ok()?;
        let turn = Arc::clone(&inner.turns).try_acquire_owned().ok()?;
        // from here on nobody turns to another generation without asking for this connection
        let mut lent = lock(&inner.lent);
        if lent.is_crowded() {
            return None;
        }
        let worker = lock(&inner.idle).pop()?;
        let current = lock(&inner.version).as_deref() == worker.version();
        let recall = worker.recall().ok().filter(|_| current).map(Arc::new);
        let Some(recall) = recall else {
            inner.give_back(worker);
            return None;
        };
        let number = lent.next;
        let sent = worker.lend(terms, [connection.as_fd(), file.as_fd()]);
        if sent.is_ok() {
            lent.next += 1;
            lent.recalls.insert(number, Arc::clone(&recall));
        }
        drop(lent);
        let lease = Lease {
            pool: Arc::clone(inner),
            worker: Some(worker),
            _turn: turn,
        };
        sent.ok()?;
        Some(Lent {
            pool: Arc::clone(inner),
            lease,
            file,
            recall,
            number,
        })
    }

    /// Whether somebody waited for a turn just now.
    pub(in crate::serve) fn is_crowded(&self) -> bool {
        lock(&self.0.lent).is_crowded()
    }
}

impl Lent {
    /// The worker, where stands what it does with the connection, and what asks for that.
    pub(in crate::serve) fn parts(&mut self) -> (Option<&mut Worker>, &OwnedFd, &Recall) {
        (self.lease.worker.as_mut(), &self.file, &self.recall)
    }

    /// The body after a reply.
    ///
    /// # Errors
    /// When there is no room for it, or the worker ended.
    pub(in crate::serve) async fn body(&mut self, length: usize) -> Result<Bytes, Problem> {
        let pool = Arc::clone(&self.pool);
        match self.lease.worker.as_mut() {
            Some(worker) => pool.receive(worker, length).await,
            None => Err(Problem::new(Kind::Internal, "The worker is gone.")),
        }
    }

    /// The worker gave the connection back.
    pub(in crate::serve) fn end(mut self) {
        if let Some(worker) = self.lease.worker.take() {
            self.pool.give_back(worker);
        }
    }

    /// Kills the worker; what it did with the connection last.
    ///
    /// # Errors
    /// When that can't be read.
    pub(in crate::serve) async fn kill(mut self) -> io::Result<State> {
        if let Some(worker) = self.lease.worker.as_mut() {
            worker.end().await;
        }
        State::read(&self.file)
    }

    /// What the client is told of a worker that ended.
    pub(in crate::serve) fn ended(&self, died: Died) -> Problem {
        self.pool.ended(died)
    }
}
