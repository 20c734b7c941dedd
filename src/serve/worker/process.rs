//! The process of a worker: jobs from standard input, one after the other → what comes of each, to standard output.

use super::{Ask, Job, Reply, frame};
use crate::query::Outside;
use crate::serve::compress::{Coding, compress};
use crate::serve::evaluate::{Bounds, ask, evaluate};
use crate::serve::home;
use crate::serve::problem::{Kind, Problem};
use crate::serve::reconcile::{self, Open as Names, Task};
use crate::store::Store;
use serde::de::DeserializeOwned;
use std::io::{self, Write};
use std::process;
use std::sync::mpsc::{Receiver, channel};
use std::thread;

/// Works until standard input ends: that is when the server is gone, and nothing that still runs is of use.
///
/// # Errors
/// When the pipes fail.
pub fn work(store: &str, memory: u64, outside: &Outside) -> io::Result<()> {
    limit(memory);
    let jobs = jobs::<Job>()?;
    let mut out = io::stdout().lock();
    let mut open = Store::open_read_only(store);
    let mut names = Names::default();
    loop {
        let reply = match &open {
            Ok(store) => Reply::Open {
                version: store.version().map(str::to_owned),
            },
            Err(error) => Reply::Failed(Problem::new(Kind::Store, error.to_string())),
        };
        frame::write(&mut out, &reply, &[])?;
        loop {
            let Ok((job, _)) = jobs.recv() else {
                return Ok(());
            };
            match (job, &open) {
                (Job::Open, _) => break,
                (Job::Ask(_) | Job::Names(_), Err(error)) => {
                    let failed = Reply::Failed(Problem::new(Kind::Store, error.to_string()));
                    frame::write(&mut out, &failed, &[])?;
                }
                (Job::Ask(asked), Ok(store)) => {
                    tell(&mut out, answer(store, asked, outside))?;
                }
                (Job::Names(task), Ok(store)) => {
                    tell(&mut out, named(store, &task, &mut names))?;
                }
            }
        }
        // the old one is closed before the new one takes memory
        drop(open);
        open = Store::open_read_only(store);
    }
}

/// Jobs as they come, each with its body. At their end the process ends, whatever it does: the server is gone.
pub(super) fn jobs<T: DeserializeOwned + Send + 'static>() -> io::Result<Receiver<(T, Vec<u8>)>> {
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

fn named(store: &Store, task: &Task, names: &mut Names) -> Outcome {
    let body = reconcile::perform(store, task, names)?;
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
    };
    let (media, rows, body) = match asked.page {
        Some(base) => {
            let answer = ask(store, &asked.query, outside, bounds)?;
            let page = home::result(&asked.query.text, &answer, &base, bounds)?;
            ("text/html", answer.len(), page.into_bytes())
        }
        None => {
            let ready = evaluate(
                store,
                &asked.query,
                asked.accept.as_deref(),
                outside,
                bounds,
            )?;
            (ready.media, ready.rows, ready.body)
        }
    };
    let (body, coding) = compress(body, asked.coding);
    let reply = Reply::Done {
        media: media.to_owned(),
        rows,
        coding,
    };
    Ok((reply, body))
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
