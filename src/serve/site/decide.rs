//! The form of `/review` → rows of the tables of decisions, which the next `chancery link` or `chancery build` follows.
//!
//! Nothing else is kept: the tables are files that people edit too. A row is written behind the others and made durable before the answer; what
//! the server shows of it is read from the file again.

use super::frame::day;
use crate::link::{Qid, decisions as links};
use crate::resolve;
use crate::serve::Shared;
use crate::serve::guard::may_write_with;
use crate::serve::parameters::{Parameters, encode};
use crate::serve::problem::{Kind, Problem};
use crate::serve::protocol::{body, media_type};
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

/// Largest form, in bytes.
const LARGEST: usize = 256 * 1024;
/// Longest name or reason, in characters.
const LONGEST: usize = 500;
/// One row is written at a time.
static WRITING: Mutex<()> = Mutex::new(());

/// Where the decisions of a list stand; none where this server takes none.
pub(super) fn table(shared: &Shared, list: &str) -> Option<PathBuf> {
    shared.config.write.as_ref()?;
    match list {
        "links" => Some(Path::new(&shared.config.store).join("link-decisions.csv")),
        "apart" => shared.config.decisions.clone(),
        _ => None,
    }
}

/// Pairs that a table decides already, by the paths or items that stand in it.
pub(super) fn decided(table: &Path) -> BTreeSet<(String, String)> {
    let Ok(file) = File::open(table) else {
        return BTreeSet::new();
    };
    let mut reader = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .flexible(true)
        .from_reader(file);
    reader
        .records()
        .flatten()
        .filter_map(|row| Some((row.get(1)?.to_owned(), row.get(3)?.to_owned())))
        .collect()
}

/// POST `/review`: `who`, `why`, `token`, `list`, and for each decision `v` with verdict, this, claim of this, that, claim of that, with spaces between
/// (`-` for nothing).
pub(in crate::serve) async fn answer(
    State(shared): State<Arc<Shared>>,
    request: Request,
) -> Result<Response, Problem> {
    let headers = request.headers().clone();
    if media_type(&headers)? != "application/x-www-form-urlencoded" {
        return Err(Problem::new(
            Kind::UnsupportedMediaType,
            "Decisions are sent as a form.",
        ));
    }
    let bytes = body(request, LARGEST, shared.config.clients.body_time).await?;
    let form = Parameters::parse(&bytes)?;
    let field = |name: &str| -> Result<String, Problem> {
        let text = form.one(name)?.unwrap_or_default().trim();
        if text.chars().count() > LONGEST {
            return Err(Problem::new(
                Kind::TooLarge,
                format!("“{name}” has more than {LONGEST} characters."),
            ));
        }
        Ok(text.to_owned())
    };
    may_write_with(&shared, &headers, &field("token")?)?;
    let list = field("list")?;
    let Some(table) = table(&shared, &list) else {
        return Err(Problem::new(
            Kind::Forbidden,
            "This server takes no decisions of that list; for those about identity it is started with --decisions FILE.",
        ));
    };
    let who = field("who")?;
    if who.is_empty() {
        return Err(Problem::new(Kind::BadRequest, "Say who decides."));
    }
    let why = field("why")?;
    let when = day(SystemTime::now());
    let mut rows = Vec::new();
    for chosen in form.all("v").filter(|chosen| !chosen.is_empty()) {
        rows.push(row(&shared.base, &list, chosen, [&who, &when, &why])?);
    }
    let written = rows.len();
    let columns: Vec<&str> = if list == "links" {
        links::COLUMNS.to_vec()
    } else {
        resolve::COLUMNS.to_vec()
    };
    let done = tokio::task::spawn_blocking(move || append(&table, &columns, &rows)).await;
    done.map_err(|error| Problem::new(Kind::Internal, error.to_string()))?
        .map_err(|error| {
            Problem::new(
                Kind::Store,
                format!("The table of decisions could not be written: {error}"),
            )
        })?;
    let language = form
        .all("lang")
        .next()
        .map(|code| format!("&lang={}", encode(code)));
    let address = format!(
        "/review?list={list}&written={written}{}",
        language.unwrap_or_default()
    );
    Ok(Redirect::to(&address).into_response())
}

/// A row of a table; what does not name things of this graph is refused.
fn row(base: &str, list: &str, chosen: &str, by: [&str; 3]) -> Result<Vec<String>, Problem> {
    let refused = || Problem::new(Kind::BadRequest, "A decision of the form is damaged.");
    let parts: Vec<&str> = chosen.split(' ').collect();
    let [verdict, this, this_claim, that, that_claim] = parts.as_slice() else {
        return Err(refused());
    };
    let path = |text: &str| -> Result<String, Problem> {
        let plain = text
            .chars()
            .all(|c| !c.is_control() && c != '"' && c != '<');
        let named = text.contains('/') && plain && !text.contains("..");
        let text = text.strip_prefix(base).unwrap_or(text);
        named.then(|| text.to_owned()).ok_or_else(refused)
    };
    let claim = |text: &str| -> Result<String, Problem> {
        match text {
            "-" => Ok(String::new()),
            text if text.bytes().all(|byte| byte.is_ascii_alphanumeric()) => Ok(text.to_owned()),
            _ => Err(refused()),
        }
    };
    if !["same", "different"].contains(verdict) {
        return Err(refused());
    }
    let mut row = vec![(*verdict).to_owned(), path(this)?, claim(this_claim)?];
    if list == "links" {
        let item: Qid = that.parse().map_err(|_| refused())?;
        row.push(item.to_string());
    } else {
        row.extend([
            path(that)?,
            claim(that_claim)?,
            String::new(),
            String::new(),
        ]);
    }
    row.extend(by.map(str::to_owned));
    Ok(row)
}

/// Adds rows behind those of a table, which is made with its columns where there is none.
fn append(table: &Path, columns: &[&str], rows: &[Vec<String>]) -> io::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let _one = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
    let mut file = File::options()
        .read(true)
        .append(true)
        .create(true)
        .open(table)?;
    let mut before = String::new();
    file.read_to_string(&mut before)?;
    let mut writer = csv::Writer::from_writer(Vec::new());
    if before.trim().is_empty() {
        writer.write_record(columns)?;
    }
    for row in rows {
        writer.write_record(row)?;
    }
    let mut bytes = writer.into_inner().map_err(io::Error::other)?;
    if !before.is_empty() && !before.ends_with('\n') {
        bytes.insert(0, b'\n');
    }
    file.write_all(&bytes)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_added_behind_the_others() {
        let folder = tempfile::tempdir().unwrap();
        let table = folder.path().join("decisions.csv");
        let base = "http://e/id/";
        let by = ["Ana, \"A\"", "2026-11-26", ""];
        let apart = row(base, "apart", "same http://e/id/visit/a 1f visit/b -", by).unwrap();
        append(&table, &resolve::COLUMNS, std::slice::from_ref(&apart)).unwrap();
        std::fs::write(&table, std::fs::read_to_string(&table).unwrap().trim_end()).unwrap();
        append(&table, &resolve::COLUMNS, &[apart]).unwrap();
        let text = std::fs::read_to_string(&table).unwrap();
        assert_eq!(text.lines().count(), 3, "{text}");
        let (read, wrong) = resolve::decisions("t", &text, base);
        assert!(!read.is_empty() && wrong.is_empty(), "{wrong:?}");
        let pair = ("visit/a".to_owned(), "visit/b".to_owned());
        assert!(decided(&table).contains(&pair));
        let link = row(base, "links", "different http://e/id/person/a 2e Q12 -", by).unwrap();
        let table = folder.path().join("link-decisions.csv");
        append(&table, &links::COLUMNS, &[link]).unwrap();
        let text = std::fs::read_to_string(&table).unwrap();
        let (read, wrong) = links::decisions("t", &text);
        assert_eq!((read.len(), wrong.len()), (1, 0), "{wrong:?}");
        for damaged in [
            "",
            "same",
            "never a/b - c/d -",
            "same a/b - Q0x -",
            "same \"a/b - Q1 -",
        ] {
            assert!(row(base, "links", damaged, by).is_err(), "{damaged}");
        }
    }
}
