//! The map in docs/ARCHITECTURE.md is the rule: a module of `src/` uses only the modules that its row there names, and the pure ones touch
//! nothing outside.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot read the sources has failed"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Modules that all others may use.
const OPEN: &[&str] = &["text", "diagnostic"];

/// What a pure module may not name: files, network, clock, environment, randomness, orders that differ from run to run.
const IMPURE: &[&str] = &[
    "std::fs",
    "std::io",
    "std::net",
    "std::env",
    "std::process",
    "SystemTime",
    "Instant",
    "HashMap",
    "HashSet",
    "rand::",
];

struct Row {
    may_use: BTreeSet<String>,
    pure: bool,
}

/// The rows of the map: module → what it may use, and whether it is pure.
fn map() -> BTreeMap<String, Row> {
    let text = include_str!("../docs/ARCHITECTURE.md");
    let mut rows = BTreeMap::new();
    for line in text.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [module, _, may_use, pure] = cells.as_slice() else {
            panic!("a row of the map has four cells: {line}");
        };
        let module = name(module);
        let may_use = may_use
            .split(',')
            .map(name)
            .filter(|used| !used.is_empty() && used != "–")
            .collect();
        let pure = *pure == "pure";
        rows.insert(module, Row { may_use, pure });
    }
    assert!(
        rows.len() > 10,
        "the map in docs/ARCHITECTURE.md was not found"
    );
    rows
}

/// `` `text/` `` → `text`
fn name(cell: &str) -> String {
    cell.trim()
        .trim_matches('`')
        .trim_end_matches('/')
        .trim_end_matches(".rs")
        .to_owned()
}

/// The source files with the top-level module that each belongs to.
fn sources() -> Vec<(String, PathBuf)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut open = vec![root.clone()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let inside = path.strip_prefix(&root).unwrap();
                let first = inside.components().next().unwrap().as_os_str();
                found.push((name(&first.to_string_lossy()), path));
            }
        }
    }
    found.sort();
    found
}

/// The code of a file without comments and without its tests.
fn code(path: &Path) -> String {
    if path.file_name().is_some_and(|name| name == "tests.rs") {
        return String::new();
    }
    let text = fs::read_to_string(path).unwrap();
    let text = text.split("#[cfg(test)]\nmod ").next().unwrap();
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .map(|line| format!("{line}\n"))
        .collect()
}

/// The top-level modules that a file names after `crate::`, also in groups: `crate::{a, b::c}`.
fn used(code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for rest in code.split("crate::").skip(1) {
        let Some(group) = rest.strip_prefix('{') else {
            found.insert(first_word(rest));
            continue;
        };
        let (mut depth, mut item) = (1, String::new());
        for c in group.chars() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            if depth == 0 || (depth == 1 && c == ',') {
                found.insert(first_word(item.trim()));
                item.clear();
            } else {
                item.push(c);
            }
            if depth == 0 {
                break;
            }
        }
    }
    found.remove("");
    found
}

fn first_word(text: &str) -> String {
    text.chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .collect()
}

#[test]
fn a_module_uses_only_what_the_map_allows() {
    let map = map();
    let mut wrong = Vec::new();
    for (module, path) in sources() {
        if module == "lib" || module == "main" {
            continue;
        }
        let Some(row) = map.get(&module) else {
            wrong.push(format!(
                "{module} has no row in the map of docs/ARCHITECTURE.md"
            ));
            continue;
        };
        for other in used(&code(&path)) {
            let allowed = other == module
                || OPEN.contains(&other.as_str())
                || row.may_use.contains(&other)
                || row.may_use.contains("all above");
            if map.contains_key(&other) && !allowed {
                wrong.push(format!("{} uses {other}", path.display()));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "modules use what the map does not allow:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn pure_modules_touch_nothing_outside() {
    let map = map();
    let mut wrong = Vec::new();
    for (module, path) in sources() {
        if map.get(&module).is_none_or(|row| !row.pure) {
            continue;
        }
        let code = code(&path);
        for word in IMPURE.iter().filter(|word| code.contains(**word)) {
            wrong.push(format!("{} names {word}", path.display()));
        }
    }
    assert!(
        wrong.is_empty(),
        "pure modules reach outside:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn groups_of_uses_are_seen() {
    let code = "use crate::{fact::{Claim, Kind}, text};\nuse crate::store::Store;\n";
    let found: Vec<String> = used(code).into_iter().collect();
    assert_eq!(found, ["fact", "store", "text"]);
}
