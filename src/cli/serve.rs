use super::settings::StoreArgument;
use super::{CliError, output};
use crate::serve::{Config, Secret, ServeError, listen, run_and_tell};
use clap::Args;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Serve a store over HTTP: SPARQL at /sparql, entities at their IRIs, a page to start from
///
/// Queries run in processes of their own, each within the limits below. A build into the store is picked up while it is served. Reading only,
/// unless it is made writable; Ctrl-C stops it.
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
    /// Take SPARQL Update at /update and graphs at /store from clients with the credential: the variable CHANCERY_TOKEN, or --token-file
    #[arg(long, help_heading = "Writing")]
    writable: bool,
    /// File that holds the credential, a line of 16 characters or more
    #[arg(
        long,
        value_name = "FILE",
        requires = "writable",
        help_heading = "Writing"
    )]
    token_file: Option<PathBuf>,
    /// Be writable at an address that other machines reach, too
    #[arg(long, requires = "writable", help_heading = "Writing")]
    writable_from_anywhere: bool,
    /// A name that this server is known by; may be given more than once. Requests for other names are refused
    #[arg(long = "host", value_name = "NAME", help_heading = "Access")]
    hosts: Vec<String>,
    /// An origin whose pages may read, such as https://example.org; may be given more than once [default: any, none with --writable]
    #[arg(long = "cors", value_name = "ORIGIN", help_heading = "Access")]
    origins: Vec<String>,
    /// A host that SERVICE and LOAD may reach, as NAME or NAME:PORT; may be given more than once. Only its public addresses are [default: none]
    #[arg(long = "reach", value_name = "HOST", help_heading = "Access")]
    reach: Vec<String>,
    /// Tell of every request on standard error, as a line of JSON; queries and credentials are not in it
    #[arg(long)]
    access_log: bool,
    /// Tell what the server and its workers do on standard error, as lines of JSON: error, warn, info or debug. Queries are told by debug alone
    #[arg(long, value_name = "LEVEL", env = "CHANCERY_LOG")]
    log: Option<tracing::Level>,
    /// Time limit of a query in seconds
    #[arg(
        long,
        value_name = "SECONDS",
        default_value_t = 30.0,
        help_heading = "Limits"
    )]
    timeout: f64,
    /// Most memory of a query in MiB
    #[arg(
        long,
        value_name = "MIB",
        default_value_t = 1024,
        help_heading = "Limits"
    )]
    max_memory: u64,
    /// Most rows or triples of an answer
    #[arg(
        long,
        value_name = "N",
        default_value_t = 100_000,
        help_heading = "Limits"
    )]
    max_rows: usize,
    /// Largest answer in MiB
    #[arg(
        long,
        value_name = "MIB",
        default_value_t = 64,
        help_heading = "Limits"
    )]
    max_answer: usize,
    /// Longest query in KiB
    #[arg(long, value_name = "KIB", default_value_t = 256, help_heading = "Limits", value_parser = clap::value_parser!(u64).range(1..=256))]
    max_query: u64,
    /// How deep brackets may nest in a query, and brackets or elements in an update or document
    #[arg(long, value_name = "N", default_value_t = 100, help_heading = "Limits", value_parser = clap::value_parser!(u16).range(1..=1000))]
    max_nesting: u16,
    /// Largest update or document that is sent, in MiB
    #[arg(
        long,
        value_name = "MIB",
        default_value_t = 64,
        help_heading = "Limits"
    )]
    max_upload: usize,
    /// Queries that may run at once
    #[arg(long, value_name = "N", default_value_t = 4, help_heading = "Limits")]
    concurrent: usize,
    /// Connections that may be open
    #[arg(
        long,
        value_name = "N",
        default_value_t = 2048,
        help_heading = "Limits"
    )]
    max_connections: usize,
    /// Connections that one address may have open
    #[arg(long, value_name = "N", default_value_t = 256, help_heading = "Limits")]
    max_connections_per_address: usize,
    /// Requests that one address may send in a minute, 0 for any number [default: 6000, without limit on this machine]
    #[arg(long, value_name = "N", help_heading = "Limits")]
    requests_per_minute: Option<u32>,
    /// Seconds that the headers of a request may take
    #[arg(
        long,
        value_name = "SECONDS",
        default_value_t = 10,
        help_heading = "Limits"
    )]
    header_timeout: u64,
    /// Seconds that the body of a request may take
    #[arg(
        long,
        value_name = "SECONDS",
        default_value_t = 30,
        help_heading = "Limits"
    )]
    body_timeout: u64,
    /// Memory for answers that are kept in MiB, 0 for none
    #[arg(
        long,
        value_name = "MIB",
        default_value_t = 64,
        help_heading = "Limits"
    )]
    cache: usize,
}

impl Serve {
    pub(super) fn run(self) -> Result<(), CliError> {
        let time = seconds(self.timeout)?;
        let mut config = Config::new(self.store.store);
        config.address = self.bind;
        if self.writable {
            config.write = Some(secret(self.token_file.as_deref())?);
        }
        config.write_from_anywhere = self.writable_from_anywhere;
        config.hosts = self.hosts;
        config.origins = self.origins;
        config.reach = self.reach;
        config.access_log = self.access_log.then_some(output::note as fn(&str));
        config.log = self.log;
        if let Some(level) = self.log {
            listen(level);
        }
        config.cache_bytes = self.cache << 20;
        let limits = &mut config.limits;
        limits.time = time;
        limits.memory = self.max_memory << 20;
        limits.rows = Some(self.max_rows);
        limits.answer_bytes = self.max_answer << 20;
        limits.query_bytes = usize::try_from(self.max_query << 10).unwrap_or(usize::MAX);
        limits.nesting = self.max_nesting.into();
        limits.upload_bytes = self.max_upload << 20;
        limits.concurrent = self.concurrent;
        let clients = &mut config.clients;
        clients.connections = self.max_connections;
        clients.per_address = self.max_connections_per_address;
        clients.header_time = Duration::from_secs(self.header_timeout.max(1));
        clients.body_time = Duration::from_secs(self.body_timeout.max(1));
        if let Some(requests) = self.requests_per_minute {
            clients.requests_per_minute = requests;
            clients.limit_loopback = true;
        }
        run_and_tell(config, |address| {
            output::note(&format!("serving at http://{address} (Ctrl-C stops)"));
        })
        .map_err(failed)
    }
}

/// A time limit.
pub(super) fn seconds(seconds: f64) -> Result<Duration, CliError> {
    Duration::try_from_secs_f64(seconds)
        .ok()
        .filter(|time| !time.is_zero())
        .ok_or_else(|| CliError::Usage("--timeout must be more than 0 seconds".to_owned()))
}

/// Who must act when a server fails.
pub(super) fn failed(error: ServeError) -> CliError {
    match error {
        ServeError::Store(error) => error.into(),
        error @ (ServeError::Exposed { .. } | ServeError::NotAFolder) => {
            CliError::Usage(error.to_string())
        }
        error @ (ServeError::Address { .. } | ServeError::System(_) | ServeError::Worker(_)) => {
            CliError::Failed(error.to_string())
        }
    }
}

/// The credential of those who may write; it never stands on the command line, where other users of the machine see it.
fn secret(file: Option<&Path>) -> Result<Secret, CliError> {
    let text = match file {
        Some(file) => std::fs::read_to_string(file)
            .map_err(|error| CliError::Usage(format!("{}: {error}", file.display())))?,
        None => std::env::var("CHANCERY_TOKEN").map_err(|_| {
            CliError::Usage(
                "--writable needs a credential: set CHANCERY_TOKEN, or name a file with --token-file".to_owned(),
            )
        })?,
    };
    let text = text.trim();
    if text.len() < 16 {
        return Err(CliError::Usage(
            "the credential must have 16 characters or more".to_owned(),
        ));
    }
    Ok(Secret::new(text))
}
