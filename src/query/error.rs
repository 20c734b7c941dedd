//! Why a query gave no answer, with the place in its text where there is one.

use crate::store::StoreError;

/// A query that gave no answer. Lines and columns count from 1; columns are characters.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum QueryError {
    /// The text is longer than [`super::MAX_BYTES`].
    #[error("the query is {bytes} bytes long; at most {limit} are read")]
    TooLong {
        /// Its length.
        bytes: usize,
        /// The limit.
        limit: usize,
    },
    /// Brackets nest deeper than [`super::MAX_NESTING`], or more operators follow each other than [`super::MAX_CHAIN`].
    #[error("line {line}, column {column}: {message}")]
    TooDeep {
        /// Line of the place.
        line: usize,
        /// Column of the place.
        column: usize,
        /// Which limit.
        message: String,
    },
    /// It is not SPARQL 1.1 Query.
    #[error("line {line}, column {column}: {message}")]
    Syntax {
        /// Line of the place.
        line: usize,
        /// Column of the place.
        column: usize,
        /// What was expected there.
        message: String,
    },
    /// No query of the catalogue has that name.
    #[error("no query is called {name:?}\n  help: {help}")]
    Unknown {
        /// The name asked for.
        name: String,
        /// Names that look like it, or where to find the list.
        help: String,
    },
    /// A parameter that the query does not have, or whose value cannot be used.
    #[error("parameter {name}: {message}")]
    Parameter {
        /// Its name.
        name: String,
        /// What is wrong.
        message: String,
    },
    /// The time limit was reached.
    #[error(
        "the query took longer than {seconds} s\n  help: ask for less, or raise the time limit"
    )]
    Timeout {
        /// The limit in seconds.
        seconds: u64,
    },
    /// The caller stopped it.
    #[error("the query was stopped")]
    Cancelled,
    /// The answer is larger than the limit that the request set.
    #[error("the answer has more than {limit} rows\n  help: add LIMIT, or raise the limit of rows")]
    TooManyRows {
        /// The limit.
        limit: usize,
    },
    /// The engine could not evaluate it.
    #[error("{0}")]
    Evaluation(String),
    /// It would reach another server, which is not allowed here.
    #[error("{0}")]
    Outside(String),
    /// The format cannot hold this answer (rows as Turtle, a graph as CSV …).
    #[error("{0}")]
    Format(String),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The answer could not be written.
    #[error(transparent)]
    Output(#[from] std::io::Error),
}

impl QueryError {
    /// The place in the query's text as (line, column), where the error has one.
    #[must_use]
    pub fn position(&self) -> Option<(usize, usize)> {
        if let Self::TooDeep { line, column, .. } | Self::Syntax { line, column, .. } = self {
            Some((*line, *column))
        } else {
            None
        }
    }

    /// Whether the asker must change the query (HTTP 4xx), in contrast to a limit of time or a failing store.
    #[must_use]
    pub fn is_askers_fault(&self) -> bool {
        match self {
            Self::TooLong { .. }
            | Self::TooDeep { .. }
            | Self::Syntax { .. }
            | Self::Unknown { .. }
            | Self::Parameter { .. }
            | Self::TooManyRows { .. }
            | Self::Evaluation(_)
            | Self::Outside(_)
            | Self::Format(_) => true,
            Self::Timeout { .. } | Self::Cancelled | Self::Store(_) | Self::Output(_) => false,
        }
    }
}
