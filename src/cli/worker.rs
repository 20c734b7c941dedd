use super::CliError;
use clap::Args;

/// Runs queries for a server, which starts it and speaks to it over its standard input and output
#[derive(Debug, Args)]
pub(super) struct Worker {
    /// The store: a folder, or the URL of a SPARQL 1.1 endpoint
    #[arg(long)]
    store: String,
    /// Most memory in bytes
    #[arg(long)]
    memory: u64,
    /// A host that queries may reach
    #[arg(long)]
    reach: Vec<String>,
    /// Tell what it does from this level on
    #[arg(long)]
    log: Option<tracing::Level>,
    /// Be the one that writes
    #[arg(long)]
    writes: bool,
}

impl Worker {
    pub(super) fn run(self) -> Result<(), CliError> {
        if let Some(level) = self.log {
            crate::serve::listen(level);
        }
        let outside = crate::query::Outside::new(self.reach);
        if self.writes {
            Ok(crate::serve::work_writing(
                &self.store,
                self.memory,
                &outside,
            )?)
        } else {
            Ok(crate::serve::work(&self.store, self.memory, &outside)?)
        }
    }
}
