//! What the user names on the command line → the files to read, in a fixed order, each with its id.

use super::Problem;
use super::about::{self, About};
use super::packed;
use crate::diagnostic::Diagnostic;
use crate::store::Folder;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::{BufRead, Read};
use std::path::{Path, PathBuf};

/// Largest file that is read, in bytes.
const MAX_BYTES: u64 = 1 << 30;

/// A file to read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Input {
    /// Its path relative to the source given, with `/`; a file given by itself is its name; standard input is `-`.
    pub id: String,
    /// Where it is; `None` for standard input.
    pub path: Option<PathBuf>,
    /// What the `sources.tsv` beside it tells of it.
    pub about: Option<About>,
}

impl Input {
    /// Where it is, for messages.
    #[must_use]
    pub fn place(&self) -> String {
        self.path.as_ref().map_or_else(
            || "standard input".to_owned(),
            |path| path.display().to_string(),
        )
    }

    /// Its bytes as a stream, unpacked where they are packed.
    ///
    /// # Errors
    /// `source.unreadable`
    pub(super) fn open(&self) -> Result<Box<dyn BufRead>, Box<Problem>> {
        match &self.path {
            None => packed::unpacked(std::io::stdin()),
            Some(path) => std::fs::File::open(path).and_then(packed::unpacked),
        }
        .map_err(|error| self.unreadable(&error))
    }

    /// The hash of its bytes as they are, packed or not; `None` for standard input, which can be read only once.
    ///
    /// # Errors
    /// `source.unreadable`
    pub(super) fn hash(&self) -> Result<Option<Sha256>, Box<Problem>> {
        let Some(path) = &self.path else {
            return Ok(None);
        };
        let mut hash = Sha256::new();
        std::fs::File::open(path)
            .and_then(|mut file| std::io::copy(&mut file, &mut hash))
            .map_err(|error| self.unreadable(&error))?;
        Ok(Some(hash))
    }

    /// All bytes of a stream.
    ///
    /// # Errors
    /// `source.unreadable` or `source.too-large`.
    pub(super) fn read(&self, stream: Box<dyn BufRead>) -> Result<Vec<u8>, Box<Problem>> {
        let mut bytes = Vec::new();
        stream
            .take(MAX_BYTES + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| self.unreadable(&error))?;
        if bytes.len() as u64 > MAX_BYTES {
            return Err(self.problem("source.too-large", "the file is larger than 1 GiB"));
        }
        Ok(bytes)
    }

    pub(super) fn unreadable(&self, error: &std::io::Error) -> Box<Problem> {
        self.problem("source.unreadable", &error.to_string())
    }

    fn problem(&self, code: &'static str, message: &str) -> Box<Problem> {
        Box::new(Problem {
            id: Some(self.id.clone()),
            diagnostic: Diagnostic::error(code, message).in_source(self.place()),
            text: None,
        })
    }
}

/// Ends of names of files that stand beside documents and tell about them; a folder's are not read as documents.
const ABOUT: &[&str] = &[".tsv", ".csv", ".json", ".toml", ".license"];

/// The files that sources name, sorted by id. A folder gives all files below it but hidden ones, `README`s, licences,
/// tables and stores; a file given by its name is always read. A `sources.tsv` tells of the documents beside it.
#[must_use]
pub fn collect(sources: &[String]) -> (Vec<Input>, Vec<Problem>) {
    let mut inputs = Vec::new();
    let mut problems = Vec::new();
    for source in sources {
        if source == "-" {
            inputs.push(Input {
                id: "-".to_owned(),
                path: None,
                about: None,
            });
            continue;
        }
        let path = Path::new(source);
        if path.is_dir() {
            walk(path, &mut inputs, &mut problems);
        } else {
            // A missing file is named when it is read.
            let id = path.file_name().map_or_else(
                || source.clone(),
                |name| name.to_string_lossy().into_owned(),
            );
            inputs.push(Input {
                id,
                path: Some(path.to_owned()),
                about: None,
            });
        }
    }
    inputs.sort();
    inputs.dedup();
    problems.extend(tell(&mut inputs));
    (inputs, problems)
}

/// Gives every file what the table of its folder tells of it.
fn tell(inputs: &mut [Input]) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut tables: BTreeMap<PathBuf, BTreeMap<String, About>> = BTreeMap::new();
    for input in inputs {
        let Some(path) = &input.path else { continue };
        let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
            continue;
        };
        let rows = tables.entry(folder.to_owned()).or_insert_with(|| {
            let (rows, wrong) = about::table(folder);
            problems.extend(wrong);
            rows
        });
        input.about = rows.get(&*name.to_string_lossy()).cloned();
    }
    problems
}

fn walk(folder: &Path, inputs: &mut Vec<Input>, problems: &mut Vec<Problem>) {
    let entries = walkdir::WalkDir::new(folder)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| {
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            // The store that is built may stand beside the documents.
            let store = entry.file_type().is_dir() && Folder::is_at(entry.path());
            entry.depth() == 0 || !(hidden || store)
        });
    for entry in entries {
        match entry {
            Ok(entry) if is_about(&entry) => {}
            Ok(entry) if entry.file_type().is_file() => {
                let relative = entry.path().strip_prefix(folder).unwrap_or(entry.path());
                let id = relative
                    .components()
                    .map(|part| part.as_os_str().to_string_lossy())
                    .collect::<Vec<_>>()
                    .join("/");
                inputs.push(Input {
                    id,
                    path: Some(entry.path().to_owned()),
                    about: None,
                });
            }
            Ok(_) => {}
            Err(error) => problems.push(Problem {
                id: None,
                diagnostic: Diagnostic::error("source.unreadable", error.to_string()),
                text: None,
            }),
        }
    }
}

fn is_about(entry: &walkdir::DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy().to_ascii_lowercase();
    name.starts_with("readme")
        || name.starts_with("license")
        || ABOUT.iter().any(|end| name.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_gives_its_files_in_order_with_relative_ids() {
        let dir = tempfile::tempdir().unwrap();
        for name in [
            "b.txt",
            "a/c.txt",
            ".hidden/x.txt",
            "a/.y",
            "README",
            "a/sources.tsv",
            "store/lock",
            "store/readings",
        ] {
            let path = dir.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "x").unwrap();
        }
        std::fs::write(dir.path().join("a/sources.tsv"), "file\ttitle\nc.txt\tC\n").unwrap();
        let source = dir.path().display().to_string();
        let (inputs, problems) = collect(&[source.clone(), format!("{source}/b.txt"), "-".into()]);
        let ids: Vec<&str> = inputs.iter().map(|input| input.id.as_str()).collect();
        assert_eq!(ids, ["-", "a/c.txt", "b.txt"]);
        assert!(problems.is_empty());
        let told: Vec<bool> = inputs.iter().map(|input| input.about.is_some()).collect();
        assert_eq!(told, [false, true, false]);
    }
}
