//! Work of some length → done on threads of its own, so that those that speak HTTP are free for what is short.
//!
//! Queries are done in workers, and what the server itself does for them takes microseconds. Pages, matches and tools of models read answers and put
//! them together, which may take some milliseconds, and more where they are first asked for.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::runtime::{Builder, Handle, Runtime};
use tokio::task::{JoinError, JoinHandle};

/// What begins a path whose answers are short work, or the work of workers.
const SHORT: [&str; 9] = [
    "/sparql", "/health", "/ready", "/metrics", "/update", "/store", "/id/", "/data/", "/assets/",
];

/// Whether a path is answered by short work.
pub(super) fn is_short(path: &str) -> bool {
    SHORT.iter().any(|beginning| path.starts_with(beginning))
}

/// The threads.
#[derive(Debug)]
pub(super) struct Apart(Option<Runtime>);

impl Apart {
    /// As many threads as there are cores.
    ///
    /// # Errors
    /// When the system gives none.
    pub(super) fn new() -> io::Result<Self> {
        let threads = Builder::new_multi_thread()
            .thread_name("pages")
            .enable_all()
            .build()?;
        Ok(Self(Some(threads)))
    }

    /// Where work is handed to.
    pub(super) fn handle(&self) -> Handle {
        match &self.0 {
            Some(threads) => threads.handle().clone(),
            None => Handle::current(),
        }
    }

    /// Ends them, and what they still do.
    pub(super) fn end(mut self) {
        if let Some(threads) = self.0.take() {
            threads.shutdown_timeout(Duration::from_secs(2));
        }
    }
}

impl Drop for Apart {
    fn drop(&mut self) {
        if let Some(threads) = self.0.take() {
            threads.shutdown_background();
        }
    }
}

/// Work that is done elsewhere. Dropped, the work ends too: its client has left.
pub(super) struct Elsewhere<T>(JoinHandle<T>);

/// Has work done on those threads.
pub(super) fn elsewhere<T: Send + 'static>(
    threads: &Handle,
    work: impl Future<Output = T> + Send + 'static,
) -> Elsewhere<T> {
    Elsewhere(threads.spawn(work))
}

impl<T> Future for Elsewhere<T> {
    type Output = Result<T, JoinError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.0).poll(context)
    }
}

impl<T> Drop for Elsewhere<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}
