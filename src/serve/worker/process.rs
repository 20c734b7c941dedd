//! The process of a worker: jobs from standard input, one after the other → what comes of each, to standard output.

#[cfg(target_os = "linux")]
use super::connection::Desk;
#[cfg(target_os = "linux")]
use super::passing::Orders;
#[cfg(target_os = "linux")]
use super::several;
use super::{Ask, Job, Order, Reply, frame};
use crate::query::{Outside, with_large_stack};
#[cfg(target_os = "linux")]
use crate::serve::cache::Cache;
use crate::serve::compress::{Coding, compress};
use crate::serve::evaluate::{Bounds, Ready, ask, description, evaluate, timeline};
use crate::serve::problem::{Kind, Problem};
use crate::serve::reconcile::{self, Open as Names, Task};
use crate::serve::site::sparql;
use crate::store::Store;
#[cfg(target_os = "linux")]
use std::io::BufReader;
use std::io::{self, Write};
use std::process;
use std::thread;
use std::time::Instant;
use tracing::{debug, info};

/// How much of an answer may be on its way to the server, in bytes, where the system allows it.
#[cfg(target_os = "linux")]
const PIPE: usize = 1 << 20;

/// Works until standard input ends: that is when the server is gone, and nothing that still runs is of use.
///
/// # Errors
/// When the pipes fail.
pub fn work(store: &str, memory: u64, outside: &Outside) -> io::Result<()> {
    limit(memory);
    end_with_the_server()?;
    with_large_stack(|| work_here(store, outside))?
}

fn work_here(store: &str, outside: &Outside) -> io::Result<()> {
    let mut orders = orders()?;
    let mut out = output()?;
    let mut open = Store::open_read_only(store);
    let mut names = Names::default();
    #[cfg(target_os = "linux")]
    let mut cache = Cache::new(0);
    loop {
        let reply = match &open {
            Ok(store) => Reply::Open {
                version: store.version().map(str::to_owned),
            },
            Err(error) => Reply::Failed(Problem::new(Kind::Store, error.to_string())),
        };
        frame::write(&mut out, &reply, &[])?;
        let mut next: Option<Order<Job>> = None;
        loop {
            let order = match next.take() {
                Some(order) => Some(order),
                None => frame::read(&mut orders)?.map(|(order, _)| order),
            };
            let Some(Order { id, job }) = order else {
                return Ok(());
            };
            let (what, start) = (Job::name(&job), Instant::now());
            let outcome = match (job, &open) {
                (Job::Open, _) => break,
                // it was given back meanwhile
                (Job::Back(_), _) => continue,
                (_, Err(error)) => Err(Problem::new(Kind::Store, error.to_string())),
                (Job::Ask(asked), Ok(store)) => {
                    let outcome = answer(store, asked, outside, &id);
                    send(&mut out, outcome)?;
                    continue;
                }
                #[cfg(target_os = "linux")]
                (Job::Serve(lending), Ok(store)) => {
                    if cache.limit() != lending.terms.cache {
                        cache = Cache::new(lending.terms.cache);
                    }
                    let desk = Desk {
                        store,
                        outside,
                        cache: &cache,
                    };
                    let Some(order) = several::serve(&desk, &mut orders, &mut out, *lending)?
                    else {
                        return Ok(());
                    };
                    next = Some(order);
                    continue;
                }
                #[cfg(not(target_os = "linux"))]
                (Job::Serve(_), Ok(_)) => Err(out_of_turn()),
                (Job::Names(task), Ok(store)) => named(store, &task, &mut names),
                (Job::Describe(asked), Ok(store)) => {
                    description(store, &asked).map(|ready| done(ready, asked.coding))
                }
                (Job::Timeline(asked), Ok(store)) => {
                    timeline(store, &asked).map(|ready| done(ready, Coding::Identity))
                }
            };
            worked(&id, what, start, &outcome);
            send(&mut out, outcome)?;
        }
        // the old one is closed before the new one takes memory
        drop(open);
        #[cfg(target_os = "linux")]
        cache.clear();
        open = Store::open_read_only(store);
    }
}

fn worked(id: &str, what: &str, start: Instant, outcome: &Outcome) {
    let ms = start.elapsed().as_secs_f64() * 1000.0;
    match outcome {
        Ok((_, body)) => info!(id, what, ms, bytes = body.len(), "worked"),
        Err(problem) => info!(id, what, ms, problem = problem.name(), "worked"),
    }
}

/// What is said of an order that comes at the wrong time.
pub(super) fn out_of_turn() -> Problem {
    Problem::new(Kind::Internal, "That was asked out of turn.")
}

/// Orders from standard input.
#[cfg(target_os = "linux")]
fn orders() -> io::Result<BufReader<Orders>> {
    Ok(BufReader::new(Orders::new()?))
}

/// Orders from standard input.
#[cfg(not(target_os = "linux"))]
fn orders() -> io::Result<impl io::Read> {
    Ok(io::stdin().lock())
}

/// Ends this process, whatever it does, when nobody can write to its standard input any more: the server is gone.
///
/// # Errors
/// When the system gives no thread.
#[cfg(unix)]
pub(super) fn end_with_the_server() -> io::Result<()> {
    use rustix::event::{PollFd, PollFlags, poll};
    thread::Builder::new()
        .name("end".to_owned())
        .spawn(|| {
            let input = io::stdin();
            loop {
                // wakes for the end alone, and not for what comes to be read
                let mut watched = [PollFd::new(&input, PollFlags::empty())];
                match poll(&mut watched, None) {
                    Ok(0) | Err(rustix::io::Errno::INTR) => {}
                    Ok(_) => process::abort(),
                    Err(_) => return,
                }
            }
        })
        .map(drop)
}

/// Elsewhere it ends with the job that it does.
#[cfg(not(unix))]
pub(super) fn end_with_the_server() -> io::Result<()> {
    Ok(())
}

/// Standard output without the buffer that cuts it into lines.
#[cfg(unix)]
pub(super) fn output() -> io::Result<impl Write + Send> {
    use std::os::fd::AsFd;
    let out = io::stdout().as_fd().try_clone_to_owned()?;
    // a large answer then takes few turns; where the system gives no more room, more
    #[cfg(target_os = "linux")]
    let _ = rustix::pipe::fcntl_setpipe_size(&out, PIPE);
    Ok(std::fs::File::from(out))
}

/// Standard output.
#[cfg(not(unix))]
pub(super) fn output() -> io::Result<impl Write> {
    Ok(io::stdout().lock())
}

/// A reply and its body.
pub(super) type Outcome = Result<(Reply, Vec<u8>), Problem>;

fn named(store: &Store, task: &Task, names: &mut Names) -> Outcome {
    let body = reconcile::perform(store, task, names)?;
    let reply = Reply::Done {
        media: "application/json".to_owned(),
        rows: 0,
        coding: Coding::Identity,
    };
    Ok((reply, body))
}

/// Answers a query.
pub(super) fn answer(store: &Store, asked: Ask, outside: &Outside, id: &str) -> Outcome {
    debug!(id, query = asked.query.text, "asked");
    let start = Instant::now();
    let outcome = evaluated(store, asked, outside);
    worked(id, "query", start, &outcome);
    outcome
}

fn evaluated(store: &Store, asked: Ask, outside: &Outside) -> Outcome {
    let bounds = Bounds {
        rows: asked.rows,
        bytes: asked.bytes,
        nesting: asked.nesting,
    };
    let ready = match asked.page {
        Some(around) => {
            let answer = ask(store, &asked.query, outside, bounds)?;
            let page = sparql::result(&asked.query.text, &answer, &around, bounds)?;
            Ready {
                media: "text/html",
                rows: answer.len(),
                body: page.into_bytes(),
            }
        }
        None => {
            let accept = asked.accept.as_deref();
            evaluate(store, &asked.query, accept, outside, bounds)?
        }
    };
    Ok(done(ready, asked.coding))
}

/// An answer that is whole, compressed as its client wants it.
fn done(ready: Ready, coding: Coding) -> (Reply, Vec<u8>) {
    let (body, coding) = compress(ready.body, coding);
    let reply = Reply::Done {
        media: ready.media.to_owned(),
        rows: ready.rows,
        coding,
    };
    (reply, body)
}

fn send(out: &mut impl Write, outcome: Outcome) -> io::Result<()> {
    match outcome {
        Ok((reply, body)) => frame::write(out, &reply, &body),
        Err(problem) => frame::write(out, &Reply::Failed(problem), &[]),
    }
}

/// Bounds what this process may take: memory beyond the limit is refused.
#[cfg(unix)]
pub(super) fn limit(memory: u64) {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let at_most = |bytes| Rlimit {
        current: Some(bytes),
        maximum: Some(bytes),
    };
    // where the system has no such limits, the time limit still holds
    let _ = setrlimit(Resource::As, at_most(memory));
    let _ = setrlimit(Resource::Core, at_most(0));
}

#[cfg(not(unix))]
pub(super) fn limit(_memory: u64) {}
