//! Connections → requests for the router, with limits of their number, of the time of headers, and of how long an answer may lie.

use super::Shared;
use super::config::Clients;
#[cfg(target_os = "linux")]
use super::direct;
use super::rate::counted;
use axum::Router;
use axum::body::Body;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::collections::BTreeMap;
use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::time::{Sleep, sleep};

/// The longest head of a request, in bytes: an address with a query of some length fits.
pub(super) const HEAD: usize = 128 << 10;
/// The most headers of a request.
pub(super) const HEADERS: usize = 64;
/// The least that a client must take of an answer in the time that it may stall, in bytes.
const LEAST: usize = 16 << 10;
/// What is said to a connection too many.
const FULL: &[u8] =
    b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";

/// The address of the client, in the extensions of its requests.
#[derive(Clone, Copy, Debug)]
pub(super) struct Peer(pub(super) SocketAddr);

/// Takes connections until `stop` is there; then those that are open have `grace` to end what they do, or until `stop_now`.
pub(super) async fn listen(
    listener: TcpListener,
    router: Router,
    shared: &Arc<Shared>,
    stop: impl Future<Output = ()>,
    grace: Duration,
    stop_now: impl Future<Output = ()>,
) {
    let clients = &shared.config.clients;
    let (stopping, stopped) = watch::channel(false);
    let all = Arc::new(Semaphore::new(clients.connections.clamp(1, 1 << 20)));
    let every = u32::try_from(clients.connections.clamp(1, 1 << 20)).unwrap_or(u32::MAX);
    let addresses = Addresses::default();
    let accept = async {
        loop {
            let (stream, peer) = match listener.accept().await {
                Ok(accepted) => accepted,
                Err(_) => {
                    // no more files, mostly: others will be closed
                    sleep(Duration::from_millis(50)).await;
                    continue;
                }
            };
            let place = Arc::clone(&all).try_acquire_owned();
            let own = addresses.enter(peer.ip(), clients.per_address);
            let (Ok(place), Some(own)) = (place, own) else {
                let _ = stream.try_write(FULL);
                continue;
            };
            let _ = stream.set_nodelay(true);
            let served = whole(
                stream,
                peer,
                router.clone(),
                Arc::clone(shared),
                stopped.clone(),
            );
            tokio::spawn(async move {
                served.await;
                drop((place, own));
            });
        }
    };
    tokio::select! {
        () = accept => {}
        () = stop => {}
    }
    drop(listener);
    let _ = stopping.send(true);
    tokio::select! {
        _ = all.acquire_many(every) => {}
        () = sleep(grace) => {}
        () = stop_now => {}
    }
}

/// Serves one connection: workers answer on it while it asks nothing but queries, this process from then on.
async fn whole(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    shared: Arc<Shared>,
    #[cfg_attr(not(target_os = "linux"), expect(unused_mut))] mut stopped: watch::Receiver<bool>,
) {
    let clients = &shared.config.clients;
    #[cfg(target_os = "linux")]
    let stream = {
        let Some(left) = direct::serve(&shared, stream, Peer(peer), &mut stopped).await else {
            return;
        };
        let mut stream = Patient::new(left.stream, clients.stalled);
        if stream.write_all(&left.unsent).await.is_err() {
            return;
        }
        if left.ends {
            let _ = stream.shutdown().await;
            return;
        }
        stream
    };
    #[cfg(not(target_os = "linux"))]
    let stream = Patient::new(stream, clients.stalled);
    connection(stream, peer, router, clients, stopped).await;
}

/// Serves one connection to its end.
fn connection(
    stream: Patient,
    peer: SocketAddr,
    router: Router,
    clients: &Clients,
    mut stopped: watch::Receiver<bool>,
) -> impl Future<Output = ()> + Send + use<> {
    let mut server = http1::Builder::new();
    server
        .timer(TokioTimer::new())
        .header_read_timeout(clients.header_time)
        .max_buf_size(HEAD)
        .max_headers(HEADERS)
        .half_close(false);
    async move {
        let service = tower_service(router, peer);
        let connection = server.serve_connection(TokioIo::new(stream), service);
        let mut connection = std::pin::pin!(connection);
        tokio::select! {
            _ = connection.as_mut() => return,
            _ = stopped.wait_for(|stopped| *stopped) => {}
        }
        connection.as_mut().graceful_shutdown();
        let _ = connection.await;
    }
}

/// The router as hyper calls it; each request knows its client.
fn tower_service(
    router: Router,
    peer: SocketAddr,
) -> impl hyper::service::Service<
    hyper::Request<Incoming>,
    Response = hyper::Response<Body>,
    Error = std::convert::Infallible,
    Future: Send,
> {
    let router = TowerToHyperService::new(router);
    hyper::service::service_fn(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(Peer(peer));
        hyper::service::Service::call(&router, request)
    })
}

/// How many connections each address has.
#[derive(Clone, Default)]
struct Addresses(Arc<Mutex<BTreeMap<IpAddr, usize>>>);

/// One connection of an address.
struct Own {
    addresses: Addresses,
    address: IpAddr,
}

impl Addresses {
    fn enter(&self, address: IpAddr, limit: usize) -> Option<Own> {
        let address = counted(address);
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = open.entry(address).or_insert(0);
        if *count >= limit {
            return None;
        }
        *count += 1;
        Some(Own {
            addresses: self.clone(),
            address,
        })
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        let mut open = self
            .addresses
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = open.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.address);
            }
        }
    }
}

/// A stream whose client must take what is sent to it, if slowly.
struct Patient {
    stream: TcpStream,
    patience: Duration,
    /// Ends when the patience does; what was taken since it began.
    waiting: Option<(Pin<Box<Sleep>>, usize)>,
}

impl Patient {
    fn new(stream: TcpStream, patience: Duration) -> Self {
        Self {
            stream,
            patience,
            waiting: None,
        }
    }

    fn judge<T>(
        &mut self,
        context: &mut Context<'_>,
        written: Poll<io::Result<T>>,
        taken: impl Fn(&T) -> usize,
    ) -> Poll<io::Result<T>> {
        match written {
            Poll::Ready(Ok(value)) => {
                if let Some((_, sum)) = &mut self.waiting {
                    *sum += taken(&value);
                    if *sum >= LEAST {
                        self.waiting = None;
                    }
                }
                Poll::Ready(Ok(value))
            }
            Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
            Poll::Pending => {
                let patience = self.patience;
                let (waiting, _) = self
                    .waiting
                    .get_or_insert_with(|| (Box::pin(sleep(patience)), 0));
                match waiting.as_mut().poll(context) {
                    Poll::Ready(()) => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
                    Poll::Pending => Poll::Pending,
                }
            }
        }
    }
}

impl AsyncRead for Patient {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Patient {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, buffer);
        self.judge(context, written, |length| *length)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffers: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, buffers);
        self.judge(context, written, |length| *length)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
