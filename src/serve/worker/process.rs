//! The process of a worker: jobs from standard input, one after the other → what comes of each, to standard output.

use super::{Ask, Job, Order, Reply, frame};
use crate::query::Outside;
use crate::serve::compress::{Coding, compress};
use crate::serve::evaluate::{Bounds, Ready, ask, description, evaluate, timeline};
use crate::serve::home;
use crate::serve::problem::{Kind, Problem};
use crate::serve::reconcile::{self, Task};
use crate::store::Store;
use serde::de::DeserializeOwned;
use std::io::{self, Write};
use std::process;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Instant;
use tracing::{debug, info};

/// Works until standard input ends: that is when the server is gone, and nothing that still runs is of use.
///
/// # Errors
/// When the pipes fail.
pub fn work(store: &str, memory: u64, outside: &Outside) -> io::Result<()> {
    limit(memory);
    let jobs = jobs::<Job>()?;
    let mut out = io::stdout().lock();
    let mut open = Store::open_read_only(store);
    loop {
        let reply = match &open {
            Ok(store) => Reply::Open {
                version: store.version().map(str::to_owned),
            },
            Err(error) => Reply::Failed(Problem::new(Kind::Store, error.to_string())),
        };
        frame::write(&mut out, &reply, &[])?;
        loop {
            let Ok((Order { id, job }, _)) = jobs.recv() else {
                return Ok(());
            };
            let (what, start) = (job.name(), Instant::now());
            if let Job::Ask(asked) = &job {
                debug!(id, query = asked.query.text, "asked");
            }
            let outcome = match (job, &open) {
                (Job::Open, _) => break,
                (_, Err(error)) => Err(Problem::new(Kind::Store, error.to_string())),
                (Job::Ask(asked), Ok(store)) => answer(store, asked, outside),
                (Job::Names(task), Ok(store)) => named(store, &task),
                (Job::Describe(asked), Ok(store)) => {
                    description(store, &asked).map(|ready| done(ready, asked.coding))
                }
                (Job::Timeline(asked), Ok(store)) => {
                    timeline(store, &asked).map(|ready| done(ready, Coding::Identity))
                }
            };
            let ms = start.elapsed().as_secs_f64() * 1000.0;
            match &outcome {
                Ok((_, body)) => info!(id, what, ms, bytes = body.len(), "worked"),
                Err(problem) => info!(id, what, ms, problem = problem.name(), "worked"),
            }
            tell(&mut out, outcome)?;
        }
        // the old one is closed before the new one takes memory
        drop(open);
        open = Store::open_read_only(store);
    }
}

/// Jobs as they come, each with its body. At their end the process ends, whatever it does: the server is gone.
pub(super) fn jobs<T: DeserializeOwned + Send + 'static>()
-> io::Result<Receiver<(Order<T>, Vec<u8>)>> {
    let (sender, jobs) = channel();
    thread::Builder::new()
        .name("jobs".to_owned())
        .spawn(move || {
            let mut from = io::stdin().lock();
            while let Ok(Some(job)) = frame::read(&mut from) {
                if sender.send(job).is_err() {
                    break;
                }
            }
            process::abort();
        })?;
    Ok(jobs)
}

type Outcome = Result<(Reply, Vec<u8>), Problem>;

fn tell(out: &mut impl Write, outcome: Outcome) -> io::Result<()> {
    match outcome {
        Ok((reply, body)) => frame::write(out, &reply, &body),
        Err(problem) => frame::write(out, &Reply::Failed(problem), &[]),
    }
}

fn named(store: &Store, task: &Task) -> Outcome {
    let body = reconcile::perform(store, task)?;
    let reply = Reply::Done {
        media: "application/json".to_owned(),
        rows: 0,
        coding: Coding::Identity,
    };
    Ok((reply, body))
}

fn answer(store: &Store, asked: Ask, outside: &Outside) -> Outcome {
    let bounds = Bounds {
        rows: asked.rows,
        bytes: asked.bytes,
        nesting: asked.nesting,
    };
    let ready = match asked.page {
        Some(base) => {
            let answer = ask(store, &asked.query, outside, bounds)?;
            let page = home::result(&asked.query.text, &answer, &base, bounds)?;
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

/// Bounds what this process may take: memory beyond the limit is refused, and it goes behind the server when both want to run.
#[cfg(unix)]
pub(super) fn limit(memory: u64) {
    use rustix::process::{Resource, Rlimit, nice, setrlimit};
    let at_most = |bytes| Rlimit {
        current: Some(bytes),
        maximum: Some(bytes),
    };
    // where the system has no such limits, the time limit still holds
    let _ = setrlimit(Resource::As, at_most(memory));
    let _ = setrlimit(Resource::Core, at_most(0));
    let _ = nice(5);
}

#[cfg(not(unix))]
pub(super) fn limit(_memory: u64) {}
