//! What tests of the command share.

use std::path::Path;
use std::process::{Command, Output};

/// Runs the command in a folder; no setting of the machine's environment reaches it.
pub(crate) fn chancery(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_chancery"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("CHANCERY_STORE")
        .env_remove("CHANCERY_CONTACT")
        .env_remove("CHANCERY_BASE")
        .env_remove("CHANCERY_DECISIONS")
        .output()
        .unwrap()
}
