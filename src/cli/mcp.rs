use super::settings::StoreArgument;
use super::{CliError, serve};
use crate::serve::{Config, speak};
use clap::Args;

/// Speak the Model Context Protocol on standard input and output, for programs that start this one
///
/// Tools find entities, read what happened between two states, show the sentences behind facts, and ask in SPARQL. Only reading.
/// `chancery serve` speaks it at /mcp.
#[derive(Debug, Args)]
pub(super) struct Mcp {
    #[command(flatten)]
    store: StoreArgument,
    /// Time limit of a query in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 30.0)]
    timeout: f64,
    /// Most memory of a query in MiB
    #[arg(long, value_name = "MIB", default_value_t = 1024)]
    max_memory: u64,
}

impl Mcp {
    pub(super) fn run(self) -> Result<(), CliError> {
        let mut config = Config::new(self.store.store);
        config.limits.time = serve::seconds(self.timeout)?;
        config.limits.memory = self.max_memory << 20;
        // one client, which waits for its answers
        config.limits.concurrent = 2;
        speak(config).map_err(serve::failed)
    }
}
