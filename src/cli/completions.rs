use super::{Arguments, CliError, output};
use clap::{Args, CommandFactory};
use clap_complete::Shell;

/// Write completions for a shell
#[derive(Debug, Args)]
pub(super) struct Completions {
    /// Which shell
    shell: Shell,
}

impl Completions {
    pub(super) fn run(self) -> Result<(), CliError> {
        let mut script = Vec::new();
        clap_complete::generate(
            self.shell,
            &mut Arguments::command(),
            "chancery",
            &mut script,
        );
        output::data(|out| -> Result<(), CliError> { Ok(out.write_all(&script)?) })
    }
}
