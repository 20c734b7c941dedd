//! What can go wrong when a service is asked.

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OnlineError {
    /// Nobody is named whom the service's operators could write to.
    #[error(
        "who asks is not known: {0}\n  help: services want to reach the operator of a program; give an e-mail address or a URL with --contact or CHANCERY_CONTACT, or ask nothing with --offline"
    )]
    Contact(String),
    /// No HTTP client can be made.
    #[error("no HTTP client can be made: {0}")]
    Client(String),
    /// The service did not answer as it should, however often it was asked.
    #[error("{url}: {message}{}", tried(*tries))]
    Failed {
        /// What was asked, without its parameters.
        url: String,
        /// HTTP status, where there was an answer.
        status: Option<u16>,
        /// The service's own code of the error, where it gave one (`no-such-entity`).
        code: Option<String>,
        /// What it said, or what failed.
        message: String,
        /// How often it was asked.
        tries: u32,
    },
    /// It would have to be asked for, and nothing is asked.
    #[error("{what} was not asked before\n  help: ask without --offline")]
    Offline {
        /// What is not in the cache.
        what: String,
    },
    /// The folder of answers cannot be written.
    #[error("{path}: {message}")]
    Cache {
        /// The file or folder.
        path: String,
        /// What the system says.
        message: String,
    },
    /// Stopped from outside.
    #[error("stopped; what was answered is kept")]
    Cancelled,
}

fn tried(tries: u32) -> String {
    match tries {
        0 | 1 => String::new(),
        tries => format!(" (asked {tries} times)"),
    }
}
