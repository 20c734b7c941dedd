use super::settings::StoreArgument;
use super::{CliError, output};
use crate::serve::{Config, ServeError, run_and_tell};
use clap::Args;
use std::net::SocketAddr;
use std::time::Duration;

/// Serve a store over HTTP: SPARQL at /sparql, entities at their IRIs, a page to start from
///
/// Reading only; Ctrl-C stops it.
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
    bind: SocketAddr,
    /// Time limit of a query in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    timeout: u64,
    /// Most rows or triples of an answer
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    max_rows: usize,
}

impl Serve {
    pub(super) fn run(self) -> Result<(), CliError> {
        let mut config = Config::new(self.store.store);
        config.address = self.bind;
        config.time_limit = Duration::from_secs(self.timeout.max(1));
        config.max_rows = Some(self.max_rows);
        run_and_tell(config, |address| {
            output::note(&format!("serving at http://{address} (Ctrl-C stops)"));
        })
        .map_err(|error| match error {
            ServeError::Store(error) => error.into(),
            error @ (ServeError::Address { .. } | ServeError::System(_)) => {
                CliError::Failed(error.to_string())
            }
        })
    }
}
