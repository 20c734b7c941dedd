//! Services on the network, as the command line asks for them.

use crate::cli::{CliError, output};
use crate::link::online::{Note, Online, OnlineError, Reconciler, Settings, Tally, WIKIDATA};
use crate::link::{Nouns, Reconciliation, Wikidata};
use clap::Args;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Which services to ask.
#[derive(Debug, Args)]
pub(super) struct Far {
    /// Ask Wikidata about what the tables and indexes leave open
    #[arg(long)]
    online: bool,
    /// Ask a W3C Reconciliation Service whose identifiers are items of Wikidata
    #[arg(long, value_name = "URL")]
    reconcile: Option<String>,
    /// E-mail address or URL of whoever runs this: services want to know whom to reach. Needed with --online and --reconcile
    #[arg(
        long,
        value_name = "CONTACT",
        env = "CHANCERY_CONTACT",
        default_value = ""
    )]
    contact: String,
    /// Ask nothing over the network: answers of earlier runs are all there is
    #[arg(long)]
    offline: bool,
    /// The action API of another Wikibase
    #[arg(long, value_name = "URL", env = "CHANCERY_WIKIDATA_API", default_value = WIKIDATA)]
    api: String,
    /// Folder of answers [default: link-answers in the store's folder]
    #[arg(long, value_name = "DIR", env = "CHANCERY_LINK_CACHE")]
    cache: Option<PathBuf>,
    /// Answers as old as this are asked for again, in days
    #[arg(long, value_name = "DAYS", default_value_t = 30)]
    max_age: u64,
}

/// Clients of the services that were named.
#[derive(Default)]
pub(super) struct Services<'a> {
    pub(super) wikidata: Option<Wikidata<'a>>,
    pub(super) reconciliation: Option<Reconciliation<'a>>,
}

impl Far {
    pub(super) fn services<'a>(
        &self,
        beside: PathBuf,
        nouns: &'a Nouns,
    ) -> Result<Services<'a>, CliError> {
        let mut services = Services::default();
        if !self.online && self.reconcile.is_none() {
            return Ok(services);
        }
        let settings = Settings {
            api: self.api.clone(),
            contact: self.contact.clone(),
            cache: Some(self.cache.clone().unwrap_or(beside)),
            max_age: Duration::from_secs(self.max_age.saturating_mul(24 * 60 * 60)),
            offline: self.offline,
            cancel: on_ctrl_c()?,
            progress: Some(Arc::new(tell)),
            ..Settings::default()
        };
        if self.online {
            services.wikidata = Some(Wikidata::new(Online::new(settings.clone())?, nouns));
        }
        if let Some(url) = &self.reconcile {
            services.reconciliation =
                Some(Reconciliation::new(Reconciler::new(&settings, url)?, nouns));
        }
        Ok(services)
    }
}

impl Services<'_> {
    /// What was asked, in words.
    pub(super) fn summary(&self) -> Vec<String> {
        let of = |name: &str, tally: Tally| format!("{name}: {tally}");
        let wikidata = self
            .wikidata
            .as_ref()
            .map(|one| of("Wikidata", one.client().tally()));
        let service = self
            .reconciliation
            .as_ref()
            .map(|one| of("reconciliation service", one.client().tally()));
        wikidata.into_iter().chain(service).collect()
    }
}

/// A flag that Ctrl-C sets; the second time it ends the program.
fn on_ctrl_c() -> Result<Arc<AtomicBool>, CliError> {
    let flag = Arc::new(AtomicBool::new(false));
    let set = Arc::clone(&flag);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    std::thread::spawn(move || {
        runtime.block_on(async {
            if tokio::signal::ctrl_c().await.is_ok() {
                set.store(true, Ordering::Relaxed);
                output::note("stopping; what was answered is kept (Ctrl-C again ends at once)");
            }
            if tokio::signal::ctrl_c().await.is_ok() {
                std::process::exit(130);
            }
        });
    });
    Ok(flag)
}

/// Shows what happens, at a terminal; waits are always told of.
fn tell(note: &Note<'_>, tally: &Tally) {
    match note {
        Note::Waiting { seconds, why } => {
            output::note(&format!("waiting {seconds:.0} s: {why}"));
        }
        Note::Answer | Note::Cached => output::ongoing(&tally.to_string()),
    }
}

impl From<OnlineError> for CliError {
    fn from(error: OnlineError) -> Self {
        match error {
            OnlineError::Contact(_) => Self::Usage(error.to_string()),
            OnlineError::Client(_)
            | OnlineError::Failed { .. }
            | OnlineError::Offline { .. }
            | OnlineError::Cache { .. }
            | OnlineError::Cancelled => Self::Failed(error.to_string()),
        }
    }
}
