//! Every dependency says in the line above it why it is there.

#[test]
fn every_dependency_has_a_reason() {
    let manifest = include_str!("../Cargo.toml");
    let mut section = "";
    let mut before = "";
    let mut without = Vec::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            section = line;
        } else if section.ends_with("dependencies]") && line.contains('=') && !line.starts_with('#')
        {
            let name = line.split('=').next().unwrap_or(line).trim();
            let reason = before.strip_prefix("# ").unwrap_or("").trim();
            if reason.split_whitespace().count() < 1 {
                without.push(name);
            }
        }
        before = line;
    }
    assert!(
        without.is_empty(),
        "say in a comment above each of these why Chancery needs it: {without:?}"
    );
}
