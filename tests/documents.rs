//! Each document of the demo has its line in `sources.tsv`, and each line its document.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

#[test]
fn every_document_names_its_source() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/documents");
    let table = fs::read_to_string(folder.join("sources.tsv")).unwrap();
    let mut lines = table.lines();
    assert_eq!(lines.next(), Some("file\ttitle\tpublisher\turl\tlicence"));
    let named: BTreeMap<String, String> = lines
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            assert_eq!(cells.len(), 5, "{line}");
            assert!(!cells[2].is_empty() && !cells[4].is_empty(), "{line}");
            (cells[0].to_owned(), cells[1].to_owned())
        })
        .collect();
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let file = path.file_name().unwrap().to_string_lossy().into_owned();
        if !file.ends_with(".txt") {
            continue;
        }
        let documents = chancery::document::read(&file, &fs::read(&path).unwrap()).unwrap();
        found.insert(file, documents[0].title.clone());
    }
    assert_eq!(named, found);
}
