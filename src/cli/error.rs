//! Errors of commands, sorted by who must act; each is an exit status.

use crate::export::ExportError;
use crate::link::IndexError;
use crate::pipeline::{BuildError, ValidateError};
use crate::query::QueryError;
use crate::store::StoreError;

/// Why a command did not do all it was asked.
#[derive(Debug, thiserror::Error)]
pub(super) enum CliError {
    /// Status 1: some input could not be used; it has been named, the rest was done.
    #[error("{0} could not be used; all the rest was done")]
    Input(String),
    /// Status 1: what was asked was done, and its answer is that something is wrong.
    #[error("{0}")]
    Found(String),
    /// Status 2: the command was asked in a wrong way.
    #[error("{0}")]
    Usage(String),
    /// Status 3: the store or the program failed.
    #[error("{0}")]
    Failed(String),
    /// Output failed; a broken pipe is no error.
    #[error("cannot write: {0}")]
    Output(#[from] std::io::Error),
}

impl CliError {
    pub(super) fn status(&self) -> u8 {
        match self {
            Self::Input(_) | Self::Found(_) => 1,
            Self::Usage(_) => 2,
            Self::Failed(_) | Self::Output(_) => 3,
        }
    }

    pub(super) fn message(&self) -> Option<String> {
        (!self.is_broken_pipe()).then(|| self.to_string())
    }

    pub(super) fn is_broken_pipe(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == std::io::ErrorKind::BrokenPipe)
    }
}

impl From<StoreError> for CliError {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.to_string())
    }
}

impl From<QueryError> for CliError {
    fn from(error: QueryError) -> Self {
        if let QueryError::Output(error) = error {
            Self::Output(error)
        } else if error.is_askers_fault() {
            Self::Usage(error.to_string())
        } else {
            Self::Failed(error.to_string())
        }
    }
}

impl From<ExportError> for CliError {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::Query(error) => error.into(),
            ExportError::Output(error) => Self::Output(error),
            ExportError::Format(message) => Self::Usage(message),
        }
    }
}

impl From<ValidateError> for CliError {
    fn from(error: ValidateError) -> Self {
        match error {
            ValidateError::Shapes(diagnostic) => Self::Failed(diagnostic.to_string()),
            ValidateError::Store(error) => error.into(),
        }
    }
}

impl From<BuildError> for CliError {
    fn from(error: BuildError) -> Self {
        match error {
            BuildError::Nothing(problems) => {
                super::output::problems(&problems);
                Self::Input(super::output::count(problems.len(), "source"))
            }
            BuildError::Store(error) => error.into(),
            BuildError::Links(message) => Self::Usage(message),
            error @ (BuildError::Program(_) | BuildError::Quote(_)) => {
                Self::Failed(error.to_string())
            }
        }
    }
}

impl From<IndexError> for CliError {
    fn from(error: IndexError) -> Self {
        match error {
            IndexError::Format(message) => Self::Usage(message),
            error @ (IndexError::File(_) | IndexError::Names(_) | IndexError::Program(_)) => {
                Self::Failed(error.to_string())
            }
        }
    }
}
