//! The server's side of a worker: started, asked, and killed when it is dropped.

#[cfg(target_os = "linux")]
use super::Lending;
use super::{Job, Order, Reply, frame};
use crate::serve::trace;
use serde::Serialize;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncReadExt, BufReader};
use tokio::process::{Child, ChildStdout, Command};
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// How long a worker may take to open the store.
const START: Duration = Duration::from_secs(30);
/// Longer lines on its standard error are cut, in bytes; a query is shorter.
const LINE: usize = 1 << 20;
/// How much of what a worker says on standard error is kept.
const SAID: usize = 4096;

/// How workers are started.
#[derive(Clone, Debug)]
pub(in crate::serve) struct Setup {
    /// The program; none for this one.
    pub(in crate::serve) program: Option<PathBuf>,
    /// The store.
    pub(in crate::serve) store: String,
    /// Most memory, in bytes.
    pub(in crate::serve) memory: u64,
    /// Hosts that queries may reach.
    pub(in crate::serve) reach: Vec<String>,
    /// From which level on it tells what it does.
    pub(in crate::serve) log: Option<tracing::Level>,
    /// Whether it is the one that writes.
    pub(in crate::serve) writes: bool,
}

/// How orders go to it: a socket, as connections can be handed over with them.
#[cfg(unix)]
type Jobs = tokio::net::UnixStream;
/// How orders go to it.
#[cfg(not(unix))]
type Jobs = tokio::process::ChildStdin;

/// A worker that waits for jobs. Dropped, it is killed, whatever it does.
#[derive(Debug)]
pub(in crate::serve) struct Worker {
    child: Child,
    jobs: Jobs,
    replies: BufReader<ChildStdout>,
    said: Arc<Mutex<Vec<u8>>>,
    /// Ends when it says nothing more.
    hearing: Option<JoinHandle<()>>,
    version: Option<String>,
    /// The beginning of a reply.
    #[cfg(target_os = "linux")]
    begun: Vec<u8>,
}

/// Why a worker ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::serve) enum Died {
    /// It needed more memory than it may have.
    Memory,
    /// The engine broke off.
    Broken,
}

impl Setup {
    fn command(&self) -> io::Result<Command> {
        let program = match &self.program {
            Some(program) => program.clone(),
            // the file may have been replaced since this process began; this one never is
            None if cfg!(target_os = "linux") => PathBuf::from("/proc/self/exe"),
            None => std::env::current_exe()?,
        };
        let mut command = Command::new(program);
        #[cfg(unix)]
        command.arg0("chancery");
        command
            .arg("worker")
            .args(["--store", &self.store])
            .args(["--memory", &self.memory.to_string()])
            .args(self.reach.iter().flat_map(|host| ["--reach", host]))
            .args(self.log.iter().flat_map(|level| ["--log", level.as_str()]))
            .args(self.writes.then_some("--writes"))
            .env_remove("CHANCERY_TOKEN")
            // reservations of address space would count as memory
            .env("MALLOC_ARENA_MAX", "2")
            .env("MIMALLOC_ARENA_RESERVE", "16384")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        // Ctrl-C at a terminal is for the server, which lets queries end
        #[cfg(unix)]
        command.process_group(0);
        Ok(command)
    }
}

/// What a worker says on standard error: events of the log go on as they are, the rest is kept for when it ends.
fn hear(said: &Mutex<Vec<u8>>, line: &[u8]) {
    if line.starts_with(trace::LINE) {
        let _ = io::stderr().lock().write_all(line);
        return;
    }
    let mut said = said.lock().unwrap_or_else(PoisonError::into_inner);
    said.extend_from_slice(line);
    let more = said.len().saturating_sub(SAID);
    said.drain(..more);
}

impl Worker {
    /// Starts a worker and waits until its store is open.
    ///
    /// # Errors
    /// When the process can't be started, or can't open the store.
    pub(in crate::serve) async fn start(setup: &Setup) -> io::Result<Self> {
        let mut command = setup.command()?;
        let missing = || io::Error::other("a pipe is missing");
        #[cfg(unix)]
        let (mut child, jobs) = {
            let (ours, its) = std::os::unix::net::UnixStream::pair()?;
            ours.set_nonblocking(true)?;
            let child = command.stdin(std::os::fd::OwnedFd::from(its)).spawn()?;
            // the other end is open in the worker alone, so that its end is seen
            drop(command);
            (child, tokio::net::UnixStream::from_std(ours)?)
        };
        #[cfg(not(unix))]
        let (mut child, jobs) = {
            let mut child = command.stdin(Stdio::piped()).spawn()?;
            let jobs = child.stdin.take().ok_or_else(missing)?;
            (child, jobs)
        };
        let replies = BufReader::new(child.stdout.take().ok_or_else(missing)?);
        let said = Arc::new(Mutex::new(Vec::new()));
        let hearing = child.stderr.take().map(|mut from| {
            let said = Arc::clone(&said);
            tokio::spawn(async move {
                let mut line = Vec::new();
                let mut piece = [0; 1024];
                while let Ok(length @ 1..) = from.read(&mut piece).await {
                    for byte in piece.iter().take(length) {
                        line.push(*byte);
                        if *byte == b'\n' || line.len() > LINE {
                            hear(&said, &std::mem::take(&mut line));
                        }
                    }
                }
                hear(&said, &line);
            })
        });
        let mut worker = Self {
            child,
            jobs,
            replies,
            said,
            hearing,
            version: None,
            #[cfg(target_os = "linux")]
            begun: Vec::new(),
        };
        worker.opened().await?;
        Ok(worker)
    }

    /// The generation that it reads.
    pub(in crate::serve) fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }

    /// Whether it is there, as far as is known.
    pub(in crate::serve) fn lives(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Has it open the store again.
    ///
    /// # Errors
    /// When it ended, or can't open the store; it is of no use then.
    pub(in crate::serve) async fn open_again(&mut self) -> io::Result<()> {
        let order = Order::of(&Job::Open);
        frame::send(&mut self.jobs, &order, &[]).await?;
        self.opened().await
    }

    async fn opened(&mut self) -> io::Result<()> {
        let reply = timeout(START, frame::receive(&mut self.replies)).await??;
        match reply {
            (Reply::Open { version }, _) => {
                self.version = version;
                Ok(())
            }
            (Reply::Failed(problem), _) => Err(io::Error::other(problem.detail().to_owned())),
            _ => Err(io::Error::other("the worker answered out of turn")),
        }
    }

    /// Gives it a job; its reply and the length of the body that must be read next.
    ///
    /// # Errors
    /// Why it ended.
    pub(in crate::serve) async fn ask(
        &mut self,
        job: &impl Serialize,
        body: &[u8],
    ) -> Result<(Reply, usize), Died> {
        let sent = frame::send(&mut self.jobs, &Order::of(job), body).await;
        match sent {
            Ok(()) => match frame::receive(&mut self.replies).await {
                Ok(reply) => Ok(reply),
                Err(_) => Err(self.why().await),
            },
            Err(_) => Err(self.why().await),
        }
    }

    /// Its next reply while it has connections, and the length of the body that must be read next. Nothing is lost where nobody waits for it any more.
    ///
    /// # Errors
    /// Why it ended.
    #[cfg(target_os = "linux")]
    pub(in crate::serve) async fn told(&mut self) -> Result<(Reply, usize), Died> {
        match frame::receive_on(&mut self.replies, &mut self.begun).await {
            Ok(reply) => Ok(reply),
            Err(_) => Err(self.why().await),
        }
    }

    /// What orders can be sent through while it is waited for what this worker says.
    ///
    /// # Errors
    /// When the system gives no more files.
    #[cfg(target_os = "linux")]
    pub(in crate::serve) fn line(&self) -> io::Result<Line> {
        use std::os::fd::AsFd;
        Ok(Line(self.jobs.as_fd().try_clone_to_owned()?))
    }

    /// Ends it, and waits until it is gone.
    #[cfg(target_os = "linux")]
    pub(in crate::serve) async fn end(&mut self) {
        let _ = timeout(Duration::from_secs(1), self.child.kill()).await;
    }

    /// The body after a reply.
    ///
    /// # Errors
    /// Why it ended.
    pub(in crate::serve) async fn body(&mut self, length: usize) -> Result<Vec<u8>, Died> {
        let mut body = vec![0; length];
        match self.replies.read_exact(&mut body).await {
            Ok(_) => Ok(body),
            Err(_) => Err(self.why().await),
        }
    }

    /// What a worker that ended said of it.
    async fn why(&mut self) -> Died {
        let _ = timeout(Duration::from_secs(1), self.child.wait()).await;
        // what it said comes through a task of its own
        if let Some(hearing) = self.hearing.take() {
            let _ = timeout(Duration::from_secs(1), hearing).await;
        }
        let said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        let said = String::from_utf8_lossy(&said);
        let memory = [
            "memory allocation of",
            "bad_alloc",
            "allocate memory",
            "out of memory",
            // the engine's store, in C++, throws nothing but that it gets no memory
            "cannot catch foreign exceptions",
        ];
        if memory.iter().any(|words| said.contains(words)) {
            Died::Memory
        } else {
            Died::Broken
        }
    }
}

/// A way to a worker that has connections.
#[cfg(target_os = "linux")]
#[derive(Debug)]
pub(in crate::serve) struct Line(std::os::fd::OwnedFd);

#[cfg(target_os = "linux")]
impl Line {
    /// Hands it a connection, and the file for what it does with those that it has.
    ///
    /// # Errors
    /// When it can't be reached.
    pub(in crate::serve) fn lend(
        &self,
        lending: Lending,
        with: [std::os::fd::BorrowedFd<'_>; 2],
    ) -> io::Result<()> {
        let order = frame::bytes(&Order::of(Job::Serve(Box::new(lending))))?;
        super::passing::send(&self.0, &order, with)
    }

    /// Asks for a connection; without a number, for all. One that can't be asked has ended.
    pub(in crate::serve) fn recall(&self, connection: Option<u64>) {
        use rustix::net::{SendFlags, send};
        let Ok(order) = frame::bytes(&Order::of(Job::Back(connection))) else {
            return;
        };
        let _ = send(&self.0, &order, SendFlags::DONTWAIT | SendFlags::NOSIGNAL);
    }
}
