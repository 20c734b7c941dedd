//! A folder for files that go with the process: removed when it is dropped, and by the next one when the process was killed.

use std::fs::File;
use std::io;
use std::path::Path;
use tempfile::TempDir;

/// How the names of such folders begin.
const BEGINNING: &str = "chancery-names-";
/// The file whose lock its process holds as long as it lives.
pub(super) const LOCK: &str = "lock";

/// A folder of this process.
#[derive(Debug)]
pub(super) struct Place {
    folder: TempDir,
    _lock: File,
}

impl Place {
    /// A folder below `within`, where those of processes that are no more are removed.
    ///
    /// # Errors
    /// When it can't be made.
    pub(super) fn new(within: &Path) -> io::Result<Self> {
        tidy(within);
        let folder = tempfile::Builder::new()
            .prefix(BEGINNING)
            .tempdir_in(within)?;
        let lock = File::create_new(folder.path().join(LOCK))?;
        // where the system has no locks, nobody removes it either
        let _ = lock.try_lock();
        Ok(Self {
            folder,
            _lock: lock,
        })
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }
}

/// Removes folders of which nobody holds the lock.
fn tidy(within: &Path) {
    for entry in within.read_dir().into_iter().flatten().flatten() {
        let named = entry.file_name().to_string_lossy().starts_with(BEGINNING);
        // a link that somebody put there is not followed
        if !named || !entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            continue;
        }
        // one without a lock is just being made
        let lock = File::open(entry.path().join(LOCK));
        if lock.is_ok_and(|lock| lock.try_lock().is_ok()) {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_killed_process_left_is_removed() {
        let within = tempfile::tempdir().unwrap();
        let one = Place::new(within.path()).unwrap();
        std::fs::write(one.path().join("1.names"), "x").unwrap();
        let left = within.path().join(format!("{BEGINNING}left"));
        std::fs::create_dir(&left).unwrap();
        std::fs::write(left.join(LOCK), "").unwrap();
        std::fs::write(left.join("1.names"), "x").unwrap();
        let other = Place::new(within.path()).unwrap();
        assert!(!left.exists());
        assert!(one.path().join("1.names").exists() && other.path().exists());
        let path = one.path().to_owned();
        drop(one);
        assert!(!path.exists());
    }
}
