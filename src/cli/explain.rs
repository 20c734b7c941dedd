use super::CliError;
use super::settings::StoreArgument;
use clap::Args;

/// Show why a fact stands: claims, quotes, rules, confidence
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// IRI of an event, an entity or a claim; or its last part (visit/…)
    iri: String,
    #[command(flatten)]
    store: StoreArgument,
    /// Give it as JSON
    #[arg(long)]
    json: bool,
}

impl Explain {
    pub(super) fn run(self) -> Result<(), CliError> {
        let _ = (self.store.open()?, self.json, self.iri);
        Ok(())
    }
}
