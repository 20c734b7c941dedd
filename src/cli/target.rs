//! Where a command writes its data: standard output, a file or a folder of files.

use super::{CliError, output};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// Writes data to what it is given.
type Writer<'a> = dyn FnMut(&mut dyn Write) -> Result<(), CliError> + 'a;

/// Where to write.
#[derive(Clone, Debug)]
pub(super) enum Target {
    Output,
    File(PathBuf),
    Folder(PathBuf),
}

impl Target {
    /// What the user means: `-` is standard output; what ends in `/`, is a folder or must be one is a folder.
    pub(super) fn of(path: &Path, folder: bool) -> Self {
        if path.as_os_str() == "-" {
            Self::Output
        } else if folder || path.is_dir() || path.to_string_lossy().ends_with('/') {
            Self::Folder(path.to_owned())
        } else {
            Self::File(path.to_owned())
        }
    }

    /// The file of that name where this is a folder, else this.
    pub(super) fn in_folder(&self, name: &str) -> Self {
        match self {
            Self::Folder(folder) => Self::File(folder.join(name)),
            Self::Output | Self::File(_) => self.clone(),
        }
    }

    pub(super) fn write(&self, write: &mut Writer<'_>) -> Result<(), CliError> {
        match self {
            Self::Output => output::data(|out| write(out)),
            Self::File(path) | Self::Folder(path) => write_file(path, write),
        }
    }

    /// Tells how much a file holds.
    pub(super) fn note(&self, n: usize, noun: &str) {
        if let Self::File(path) = self {
            output::note(&format!("{}: {}", path.display(), output::count(n, noun)));
        }
    }
}

/// Writes a file, in a folder that is made where needed, packed where its name ends in `.gz`. It appears under its name when it is whole.
pub(super) fn write_file(path: &Path, write: &mut Writer<'_>) -> Result<(), CliError> {
    let failed = |error: std::io::Error| {
        CliError::Failed(format!("cannot write {}: {error}", path.display()))
    };
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    // A device or a pipe cannot be replaced.
    let replaceable = std::fs::metadata(path).map_or(true, |old| old.is_file());
    let unfinished = if replaceable {
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(".unfinished");
        path.with_file_name(name)
    } else {
        path.to_owned()
    };
    let file = std::fs::File::create(&unfinished).map_err(failed)?;
    let mut out = BufWriter::with_capacity(64 * 1024, file);
    let written = if path.extension().is_some_and(|end| end == "gz") {
        let mut packed = GzEncoder::new(&mut out, Compression::default());
        write(&mut packed).and_then(|()| packed.finish().map(drop).map_err(failed))
    } else {
        write(&mut out)
    };
    let done = written
        .map_err(|error| match error {
            CliError::Output(error) => failed(error),
            error @ (CliError::Input(_)
            | CliError::Found(_)
            | CliError::Usage(_)
            | CliError::Failed(_)) => error,
        })
        .and_then(|()| out.flush().map_err(failed));
    if replaceable {
        match &done {
            Ok(()) => std::fs::rename(&unfinished, path).map_err(failed)?,
            // What was begun is of no use to anybody.
            Err(_) => drop(std::fs::remove_file(&unfinished)),
        }
    }
    done
}
