//! csv-reconcile, a reconciliation service of somebody else's (PyPI), in an environment of its own.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A server of csv-reconcile on a table of places; stopped when dropped.
pub(crate) struct Theirs {
    child: Child,
    pub(crate) url: String,
}

impl Drop for Theirs {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs the program, whose own command listens on one port only, on any free one.
const RUN: &str = "
import sys
from csv_reconcile import create_app, initdb
from werkzeug.serving import make_server
folder, table, config = sys.argv[1:]
out, sys.stdout = sys.stdout, sys.stderr
app = create_app(config, instance_path=folder, scorerOption='')
with app.app_context(): initdb.init_db_with_context(table, 'id', 'name')
server = make_server('127.0.0.1', 0, app)
print(server.server_port, file=out, flush=True)
server.serve_forever()
";

fn has_it(python: &Path) -> bool {
    Command::new(python)
        .args(["-c", "import csv_reconcile"])
        .output()
        .is_ok_and(|output| output.status.success())
}

/// A Python with csv-reconcile: the one that CHANCERY_PYTHON names, or one that is made beside the compiled tests, where pip can be reached.
pub(crate) fn python() -> Option<PathBuf> {
    let named = std::env::var("CHANCERY_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let named = PathBuf::from(named);
    if has_it(&named) {
        return Some(named);
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("csv-reconcile");
    let own = folder.join("bin/python");
    if has_it(&own) {
        return Some(own);
    }
    let run = |program: &Path, arguments: &[&str]| {
        Command::new(program)
            .args(arguments)
            .output()
            .is_ok_and(|output| output.status.success())
    };
    let path = folder.display().to_string();
    let made = run(&named, &["-m", "venv", "--clear", &path])
        && run(
            &own,
            &[
                "-m",
                "pip",
                "install",
                "--quiet",
                "--retries",
                "1",
                "csv-reconcile==0.3.2",
            ],
        );
    (made && has_it(&own)).then_some(own)
}

pub(crate) fn start(python: &Path, folder: &Path, table: &str) -> Theirs {
    let file = folder.join("places.tsv");
    std::fs::write(&file, table).unwrap();
    let config = folder.join("reconcile.py");
    let text = "MANIFEST = {'name': 'Places', 'identifierSpace': 'http://www.wikidata.org/entity/'}\nTHRESHOLD = 30.0\nLIMIT = 5\nCSVKWARGS = {'delimiter': '\\t'}\n";
    std::fs::write(&config, text).unwrap();
    let mut child = Command::new(python)
        .args(["-c", RUN])
        .args([&folder.join("instance"), &file, &config])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut port = String::new();
    let output = child.stdout.take().unwrap();
    BufReader::new(output).read_line(&mut port).unwrap();
    let url = format!("http://127.0.0.1:{}/reconcile", port.trim());
    Theirs { child, url }
}
