use super::CliError;
use super::settings::StoreArgument;
use clap::Args;

/// Serve a store over HTTP
#[derive(Debug, Args)]
pub(super) struct Serve {
    #[command(flatten)]
    store: StoreArgument,
    /// Address and port to listen on
    #[arg(
        long,
        value_name = "ADDR:PORT",
        env = "CHANCERY_BIND",
        default_value = "127.0.0.1:7878"
    )]
    bind: String,
    /// Time limit of a query in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    timeout: u64,
    /// Most rows or triples of an answer
    #[arg(long, value_name = "N", default_value_t = 1_000_000)]
    max_rows: usize,
}

impl Serve {
    pub(super) fn run(self) -> Result<(), CliError> {
        Err(CliError::Failed(format!(
            "serving {} at {} within {} s and {} rows is not connected yet",
            self.store.store, self.bind, self.timeout, self.max_rows
        )))
    }
}
