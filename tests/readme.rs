//! The README's commands work: each `console` block's commands run in order, in a folder that holds the demo's documents, and print the lines
//! that the README shows.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A command of the README, and the lines of its answer that the README shows (`…` stands for any lines between).
#[derive(Debug, PartialEq, Eq)]
struct Step {
    command: String,
    shown: Vec<String>,
}

/// The commands of all `console` blocks; a line that ends in `\` goes on in the next.
fn steps(text: &str) -> Vec<Step> {
    let mut found: Vec<Step> = Vec::new();
    let (mut inside, mut goes_on) = (false, false);
    for line in text.lines() {
        if line.starts_with("```") {
            inside = line == "```console";
            continue;
        }
        if !inside {
            continue;
        }
        if goes_on || line.starts_with("$ ") {
            let part = line.strip_prefix("$ ").unwrap_or(line);
            let rest = part.strip_suffix('\\');
            match found.last_mut() {
                Some(step) if goes_on => step.command.push_str(rest.unwrap_or(part).trim_start()),
                _ => found.push(Step {
                    command: rest.unwrap_or(part).to_owned(),
                    shown: Vec::new(),
                }),
            }
            goes_on = rest.is_some();
        } else if let Some(step) = found.last_mut() {
            let shown = line.trim();
            if !shown.is_empty() && shown != "…" {
                step.shown.push(shown.to_owned());
            }
        }
    }
    found
}

/// A server that ends with the test.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Server {
    fn wait_for(&mut self, port: u16) {
        let start = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            let ended = self.0.try_wait().ok().flatten();
            assert!(
                ended.is_none() && start.elapsed() < Duration::from_secs(60),
                "the server does not answer (ended: {ended:?})"
            );
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

fn there(program: &str) -> bool {
    Command::new(program)
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok()
}

#[expect(clippy::print_stderr, reason = "the one message of this test")]
fn skip(command: &str) {
    eprintln!("skipped, its program is not here: {command}");
}

#[test]
fn commands_of_the_readme() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let binary = Path::new(env!("CARGO_BIN_EXE_chancery"));
    let folder = tempfile::tempdir().unwrap();
    let documents = folder.path().join("data/documents");
    fs::create_dir_all(&documents).unwrap();
    for entry in fs::read_dir(root.join("data/documents")).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, documents.join(path.file_name().unwrap())).unwrap();
    }
    let search = format!(
        "{}:{}",
        binary.parent().unwrap().display(),
        std::env::var("PATH").unwrap_or_default()
    );
    let port = TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .unwrap()
        .port();
    let makefile = fs::read_to_string(root.join("Makefile")).unwrap();
    let mut server: Option<Server> = None;
    for Step { command, shown } in steps(include_str!("../README.md")) {
        let first = command.split_whitespace().next().unwrap_or("");
        if first == "make" {
            let target = command.split_whitespace().nth(1).unwrap_or("help");
            assert!(
                makefile.contains(&format!("\n{target}:")),
                "`{command}`: no such target"
            );
            continue;
        }
        if ["git", "cd"].contains(&first) {
            continue;
        }
        if first == "curl" && !there("curl") {
            skip(&command);
            continue;
        }
        let command = command.replace("7878", &port.to_string());
        let mut shell = Command::new("sh");
        shell.current_dir(folder.path()).env("PATH", &search);
        if command.starts_with("chancery serve") {
            let address = format!("exec {command} --bind 127.0.0.1:{port}");
            shell.args(["-c", &address]);
            shell.stdout(Stdio::null()).stderr(Stdio::null());
            let started = server.insert(Server(shell.spawn().unwrap()));
            started.wait_for(port);
            continue;
        }
        let output = shell.args(["-c", &command]).output().unwrap();
        let said = format!(
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
        assert!(output.status.success(), "`{command}` failed:\n{said}");
        let mut lines = said.lines().map(str::trim);
        for line in shown {
            assert!(
                lines.any(|said| said == line),
                "`{command}` does not say `{line}` (or not in this order):\n{said}"
            );
        }
    }
    drop(server);
}

#[test]
fn blocks_are_cut_into_commands() {
    let text = "```console\n$ a b \\\n  c\none\n…\ntwo\n$ d\n```\n```sh\n$ no\n```\n";
    let step = |command: &str, shown: &[&str]| Step {
        command: command.to_owned(),
        shown: shown.iter().map(|line| (*line).to_owned()).collect(),
    };
    assert_eq!(
        steps(text),
        [step("a b c", &["one", "two"]), step("d", &[])]
    );
}
