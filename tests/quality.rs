//! Reading the demo's documents against their gold annotation, where the folder with gold and scorer stands beside the checkout.

#![expect(
    clippy::expect_used,
    reason = "a test stops at what it does not expect; clippy sees only the bodies of #[test] as tests"
)]

use std::path::Path;
use std::process::Command;

fn run(command: &mut Command) -> String {
    let output = command.output().expect("the command runs");
    assert!(
        output.status.success(),
        "{command:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn the_documents_of_the_demo_are_read_right() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shared = root.join("../shared");
    let scorer = shared.join("quality/score.py");
    let python = Command::new("python3").arg("--version").output().is_ok();
    if !scorer.exists() || !python {
        // Without gold or Python there is nothing to compare with; `tests/answers.rs` holds the answers themselves.
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let (store, tables, report) = (
        folder.path().join("store"),
        folder.path().join("tables"),
        folder.path().join("report.json"),
    );
    let chancery = env!("CARGO_BIN_EXE_chancery");
    run(Command::new(chancery)
        .arg("build")
        .arg(root.join("data/documents"))
        .arg("--store")
        .arg(&store));
    run(Command::new(chancery)
        .args(["export", "--format", "csv", "--to"])
        .arg(&tables)
        .arg("--store")
        .arg(&store));
    let shown = run(Command::new("python3")
        .arg(&scorer)
        .arg("--gold")
        .arg(shared.join("gold/seeds"))
        .arg("--facts")
        .arg(&tables)
        .args(["--show", "all", "--json"])
        .arg(&report));
    let report: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(&report).expect("the report is written"))
            .expect("the report is JSON");
    let figure = |name: &str| report["all"][name].as_f64().unwrap_or(f64::NAN);
    assert!(figure("f1") >= 0.98, "F1\n{shown}");
    assert!(figure("exact_share") >= 0.95, "exact share\n{shown}");
    assert!(figure("traps") < 1.0, "traps\n{shown}");
}
