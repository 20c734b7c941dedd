//! What the server did, counted → the text that Prometheus reads.

use super::histogram::Histogram;
use super::problem::{Kind, Problem};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Counts since the start.
#[derive(Debug, Default)]
pub(super) struct Metrics {
    requests: [AtomicU64; 6],
    queries: AtomicU64,
    failed: AtomicU64,
    timeouts: AtomicU64,
    memory: AtomicU64,
    busy: AtomicU64,
    hits: AtomicU64,
    answered: Histogram,
    evaluated: Histogram,
    changed: Histogram,
}

impl Metrics {
    /// A request was answered.
    pub(super) fn request(&self, status: u16, time: Duration) {
        if let Some(count) = self.requests.get(usize::from(status / 100)) {
            add(count, 1);
        }
        self.answered.took(time);
    }

    /// A query was asked of a worker.
    pub(super) fn query(&self, problem: Option<&Problem>, time: Duration) {
        add(&self.queries, 1);
        self.evaluated.took(time);
        let Some(problem) = problem else { return };
        add(&self.failed, 1);
        #[expect(
            clippy::wildcard_enum_match_arm,
            reason = "only limits are counted apart"
        )]
        match problem.kind() {
            Kind::Timeout => add(&self.timeouts, 1),
            Kind::Memory => add(&self.memory, 1),
            Kind::Busy => add(&self.busy, 1),
            _ => {}
        }
    }

    /// A change was asked of the writer.
    pub(super) fn change(&self, time: Duration) {
        self.changed.took(time);
    }

    /// An answer was kept from before.
    pub(super) fn cache_hit(&self) {
        add(&self.hits, 1);
    }

    /// The Prometheus text format, version 0.0.4; `now` holds values that go up and down.
    pub(super) fn text(&self, now: &[(&str, &str, u64)]) -> String {
        let mut out = String::new();
        let head = |out: &mut String, name: &str, help: &str, kind: &str| {
            out.push_str(&format!("# HELP {name} {help}\n# TYPE {name} {kind}\n"));
        };
        let requests = "chancery_http_requests_total";
        head(
            &mut out,
            requests,
            "Requests by the class of their status.",
            "counter",
        );
        for (class, count) in self.requests.iter().enumerate().skip(1) {
            out.push_str(&format!(
                "{requests}{{class=\"{class}xx\"}} {}\n",
                get(count)
            ));
        }
        for (histogram, name, help) in [
            (
                &self.answered,
                "http_request",
                "Time from requests to the beginning of their answers.",
            ),
            (
                &self.evaluated,
                "query",
                "Time of queries that workers got, their wait included.",
            ),
            (
                &self.changed,
                "change",
                "Time of changes until they were durable or refused, their wait included.",
            ),
        ] {
            let name = format!("chancery_{name}_duration_seconds");
            histogram.write(&mut out, &name, help);
        }
        for (name, help, count) in [
            ("queries", "Queries given to workers.", &self.queries),
            ("queries_failed", "Queries without an answer.", &self.failed),
            (
                "queries_timed_out",
                "Queries over the limit of time.",
                &self.timeouts,
            ),
            (
                "queries_out_of_memory",
                "Queries over the limit of memory.",
                &self.memory,
            ),
            (
                "queries_refused_busy",
                "Queries for which there was no turn.",
                &self.busy,
            ),
            ("cache_hits", "Answers kept from before.", &self.hits),
        ] {
            let name = format!("chancery_{name}_total");
            head(&mut out, &name, help, "counter");
            out.push_str(&format!("{name} {}\n", get(count)));
        }
        for (name, help, value) in now {
            let name = format!("chancery_{name}");
            head(&mut out, &name, help, "gauge");
            out.push_str(&format!("{name} {value}\n"));
        }
        out
    }
}

fn add(count: &AtomicU64, more: u64) {
    count.fetch_add(more, Ordering::Relaxed);
}

fn get(count: &AtomicU64) -> u64 {
    count.load(Ordering::Relaxed)
}
