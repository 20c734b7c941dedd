//! Whole answers on disk, each with the day and second it came; what is broken or too old is as if it were not there.
//!
//! `<folder>/ab/abcdef….gz`, named by the SHA-256 of the key: a line with what wrote it, a line with the seconds since 1970, the key on a line,
//! then the answer.

use super::{OnlineError, Settings};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

const FORM: &str = "chancery answer 1";

/// A folder of answers, or none.
#[derive(Clone, Debug)]
pub(super) struct Cache {
    folder: Option<PathBuf>,
    /// Answers as old as this do not count.
    max_age: Option<Duration>,
}

impl Cache {
    pub(super) fn new(settings: &Settings) -> Self {
        Self {
            folder: settings.cache.clone(),
            max_age: (!settings.offline).then_some(settings.max_age),
        }
    }

    /// The answer under a key.
    pub(super) fn get(&self, key: &str) -> Option<String> {
        let path = file(self.folder.as_ref()?, key);
        let mut text = String::new();
        // Each packed file ends with a checksum: what was cut or changed does not unpack.
        GzDecoder::new(File::open(path).ok()?)
            .read_to_string(&mut text)
            .ok()?;
        let mut parts = text.splitn(4, '\n');
        let form = parts.next()?;
        let since: u64 = parts.next()?.parse().ok()?;
        let same = form == FORM && parts.next()? == one_line(key);
        let fresh = self
            .max_age
            .is_none_or(|max_age| now().saturating_sub(since) < max_age.as_secs());
        let answer = parts.next()?;
        (same && fresh).then(|| answer.to_owned())
    }

    /// Keeps an answer, in one step: a reader, or a program that is stopped, finds all of it or none.
    pub(super) fn put(&self, key: &str, answer: &str) -> Result<(), OnlineError> {
        let Some(folder) = &self.folder else {
            return Ok(());
        };
        let path = file(folder, key);
        write(&path, key, answer).map_err(|error| OnlineError::Cache {
            path: path.display().to_string(),
            message: error.to_string(),
        })
    }
}

fn write(path: &Path, key: &str, answer: &str) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    let mut packed = GzEncoder::new(&mut file, Compression::default());
    write!(packed, "{FORM}\n{}\n{}\n{answer}", now(), one_line(key))?;
    packed.finish()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

fn file(folder: &Path, key: &str) -> PathBuf {
    let hash = format!("{:x}", Sha256::digest(key.as_bytes()));
    let (first, _) = hash.split_at_checked(2).unwrap_or_default();
    folder.join(first).join(format!("{hash}.gz"))
}

fn one_line(key: &str) -> String {
    key.replace(['\n', '\r'], " ")
}

fn now() -> u64 {
    SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .map_or(0, |since| since.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cache(folder: &Path, days: u64) -> Cache {
        Cache {
            folder: Some(folder.to_owned()),
            max_age: Some(Duration::from_secs(days * 86_400)),
        }
    }

    fn only_file(folder: &Path) -> PathBuf {
        let inner = fs::read_dir(folder).unwrap().next().unwrap().unwrap();
        let mut files = fs::read_dir(inner.path()).unwrap();
        let found = files.next().unwrap().unwrap().path();
        assert!(files.next().is_none());
        found
    }

    #[test]
    fn an_answer_is_kept_until_it_is_old() {
        let folder = tempfile::tempdir().unwrap();
        let kept = cache(folder.path(), 30);
        assert_eq!(kept.get("a\nkey"), None);
        kept.put("a\nkey", "line\nline").unwrap();
        assert_eq!(kept.get("a\nkey").as_deref(), Some("line\nline"));
        assert_eq!(kept.get("another"), None);
        assert_eq!(cache(folder.path(), 0).get("a\nkey"), None);
        let offline = Cache {
            max_age: None,
            ..kept
        };
        assert!(offline.get("a\nkey").is_some());
    }

    #[test]
    fn what_is_cut_or_changed_does_not_count() {
        let folder = tempfile::tempdir().unwrap();
        let kept = cache(folder.path(), 30);
        kept.put("key", &"an answer ".repeat(100)).unwrap();
        let path = only_file(folder.path());
        let bytes = fs::read(&path).unwrap();
        for length in [0, 1, bytes.len() / 2, bytes.len() - 1] {
            fs::write(&path, &bytes[..length]).unwrap();
            assert_eq!(kept.get("key"), None, "{length}");
        }
        for at in 10..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 0x55;
            fs::write(&path, &changed).unwrap();
            assert_eq!(kept.get("key"), None, "{at}");
        }
        kept.put("key", "again").unwrap();
        assert_eq!(kept.get("key").as_deref(), Some("again"));
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let taken = folder.path().join("file");
        fs::write(&taken, "").unwrap();
        let error = cache(&taken, 1).put("key", "answer").unwrap_err();
        assert!(error.to_string().contains("file"), "{error}");
    }
}
