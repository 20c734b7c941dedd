//! Names, ids and pages → items of Wikidata or candidates of a reconciliation service, by HTTP, asked with manners and remembered on disk.
//!
//! - [`Online`] speaks to the action API of Wikidata (or of another Wikibase),
//! - [`Reconciler`] to any W3C Reconciliation Service.
//!
//! Both ask one thing at a time, say who asks, wait when they are told to, and keep each whole answer in [`Settings::cache`] as soon as it is
//! there, so that nothing is asked twice and nothing that was answered is lost.

mod answer;
mod ask;
mod cache;
mod error;
mod polite;
mod reconcile;
mod wait;
mod wikidata;
mod written;

pub use error::OnlineError;
pub use polite::{Note, Progress, Tally};
pub use reconcile::{Candidate, Manifest, Query, Reconciled, Reconciler, Value, Version};
pub use wikidata::{Fetched, Online, Paged};

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

/// The action API of Wikidata.
pub const WIKIDATA: &str = "https://www.wikidata.org/w/api.php";

/// Who asks whom, in which languages, and what is kept.
#[derive(Clone)]
pub struct Settings {
    /// URL of the action API; [`WIKIDATA`].
    pub api: String,
    /// E-mail address or URL under which the operator of this program can be reached; goes into the User-Agent. Needed unless `offline`.
    pub contact: String,
    /// Languages of labels, aliases and descriptions, the first wanted most; `mul` is always asked for.
    pub languages: Vec<String>,
    /// Folder of answers; made when the first is kept. Without one nothing is kept.
    pub cache: Option<PathBuf>,
    /// Answers as old as this are asked for again, unless `offline`.
    pub max_age: Duration,
    /// Asks nothing at all: what the folder has, however old, is all there is.
    pub offline: bool,
    /// Where patience ends.
    pub limits: Limits,
    /// Set from outside (Ctrl-C): the request that is under way is given up, no further one is made.
    pub cancel: Arc<AtomicBool>,
    /// Called after each answer, each one from the folder, and before each wait.
    pub progress: Option<Progress>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            api: WIKIDATA.to_owned(),
            contact: String::new(),
            languages: vec!["en".to_owned(), "fr".to_owned(), "es".to_owned()],
            cache: None,
            max_age: Duration::from_secs(30 * 24 * 60 * 60),
            offline: false,
            limits: Limits::default(),
            cancel: Arc::new(AtomicBool::new(false)),
            progress: None,
        }
    }
}

impl std::fmt::Debug for Settings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Settings")
            .field("api", &self.api)
            .field("contact", &self.contact)
            .field("languages", &self.languages)
            .field("cache", &self.cache)
            .field("offline", &self.offline)
            .finish_non_exhaustive()
    }
}

/// Where patience ends.
#[derive(Clone, Debug)]
pub struct Limits {
    /// How often a request that fails is made in all.
    pub tries: u32,
    /// How often in a row a service may tell us to wait.
    pub waits: u32,
    /// The longest wait that is obeyed, in seconds; a service that asks for more is left alone, with an error.
    pub longest_wait: f64,
    /// How long connecting may take.
    pub connect: Duration,
    /// How long a service may be silent.
    pub read: Duration,
    /// How long an answer may take from asking to its last byte.
    pub total: Duration,
    /// Most bytes of an answer, unpacked.
    pub bytes: u64,
    /// Results that a page of a search is asked for (at most 50).
    pub per_page: u32,
    /// Pages of a search that are asked for.
    pub pages: u32,
    /// How long a second of waiting lasts; shorter in tests.
    pub second: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            tries: 5,
            waits: 20,
            longest_wait: 900.0,
            connect: Duration::from_secs(10),
            read: Duration::from_secs(30),
            total: Duration::from_secs(120),
            bytes: 64 * 1024 * 1024,
            per_page: 20,
            pages: 2,
            second: Duration::from_secs(1),
        }
    }
}
