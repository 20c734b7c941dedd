//! `chancery eval` against the scorer of the folder beside the checkout: the same figures, where both are there.

#![expect(
    clippy::expect_used,
    reason = "a test stops at what it does not expect; clippy sees only the bodies of #[test] as tests"
)]

use serde_json::Value as Json;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn run(command: &mut Command) -> String {
    let output = command.output().expect("the command runs");
    let problem = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {problem}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn chancery() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chancery"));
    command.current_dir(root());
    command
}

fn figures(gold: &Path, documents: &Path) -> Json {
    let shown = run(chancery()
        .arg("eval")
        .arg(gold)
        .arg(documents)
        .arg("--json"));
    serde_json::from_str(&shown).expect("figures are JSON")
}

#[test]
fn the_passages_are_measured() {
    for lang in ["en", "fr", "es"] {
        let folder = root().join("tests/passages").join(lang);
        let report = figures(&folder, &folder);
        let all = &report["languages"][lang]["all"];
        assert_eq!(all, &report["all"]);
        let count = |name: &str| all[name].as_u64().unwrap_or(0);
        assert!(count("gold") > 100, "{report}");
        assert!(
            count("match") <= count("gold") && count("exact") <= count("match"),
            "{report}"
        );
        assert!(all["precision"].as_f64().unwrap_or(0.0) > 0.5, "{report}");
    }
}

#[test]
fn figures_are_those_of_the_scorer() {
    let shared = root().join("../shared");
    let scorer = shared.join("quality/score.py");
    let python = Command::new("python3").arg("--version").output().is_ok();
    if !scorer.exists() || !python {
        // Nothing to compare with; the passages are measured above.
        return;
    }
    let passages = |lang: &str| root().join("tests/passages").join(lang);
    let mut sets: Vec<(PathBuf, PathBuf)> =
        vec![(shared.join("gold/seeds"), root().join("data/documents"))];
    for lang in ["en", "fr", "es"] {
        sets.push((passages(lang), passages(lang)));
        sets.push((
            shared.join("gold").join(lang),
            shared.join("corpus").join(lang),
        ));
    }
    sets.push((shared.join("gold/rdcr"), shared.join("corpus/rdcr")));
    for (gold, documents) in sets {
        let folder = tempfile::tempdir().expect("a folder");
        let (store, tables, file) = (
            folder.path().join("store"),
            folder.path().join("tables"),
            folder.path().join("report.json"),
        );
        run(chancery()
            .arg("build")
            .arg(&documents)
            .arg("--store")
            .arg(&store));
        run(chancery()
            .args(["export", "--format", "csv", "--to"])
            .arg(&tables)
            .arg("--store")
            .arg(&store));
        run(Command::new("python3")
            .arg(&scorer)
            .arg("--gold")
            .arg(&gold)
            .arg("--facts")
            .arg(&tables)
            .arg("--json")
            .arg(&file));
        let text = std::fs::read_to_string(&file).expect("the report is written");
        let theirs: Json = serde_json::from_str(&text).expect("the report is JSON");
        let ours = figures(&gold, &documents);
        for (kind, figures) in theirs.as_object().expect("kinds") {
            for count in ["gold", "pred", "match", "exact", "traps"] {
                assert_eq!(
                    ours[kind][count],
                    figures[count],
                    "{} {kind} {count}",
                    gold.display()
                );
            }
        }
    }
}
