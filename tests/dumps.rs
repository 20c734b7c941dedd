//! A dump on the command line, plain and packed: the same claims, only of the pages that are sought.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

mod support;

use std::io::Write;
use support::chancery;

fn dump() -> String {
    let page = |title: &str, text: &str| {
        format!(
            "<page><title>{title}</title><ns>0</ns><revision><id>7</id><text>{text}</text></revision></page>\n"
        )
    };
    format!(
        "<mediawiki>\n{}{}<page><title>Broken</title><revision></page>\n{}",
        page(
            "France–Peru relations",
            "In 1826, [[France]] and Peru established diplomatic relations."
        ),
        page(
            "Apple",
            "In 1964, President Anselmo Brant of France paid a state visit to Peru."
        ),
        page(
            "Embassy of Peru, Paris",
            "The '''Embassy of Peru''' opened in Paris in 1951."
        ),
    ) + "</mediawiki>\n"
}

#[test]
fn packed_dumps_are_read_as_plain_ones_and_selected() {
    let dir = tempfile::tempdir().unwrap();
    let xml = dump();
    std::fs::write(dir.path().join("d.xml"), &xml).unwrap();
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(xml.as_bytes()).unwrap();
    std::fs::write(dir.path().join("d.xml.gz"), gz.finish().unwrap()).unwrap();
    // Two streams, one after the other, as in multistream dumps.
    let (one, two) = xml.split_at(60);
    let mut bz2 = Vec::new();
    for part in [one, two] {
        let mut packer = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
        packer.write_all(part.as_bytes()).unwrap();
        bz2.extend(packer.finish().unwrap());
    }
    std::fs::write(dir.path().join("d.xml.bz2"), bz2).unwrap();
    let zst: Vec<u8> = [one, two]
        .iter()
        .flat_map(|part| {
            ruzstd::encoding::compress_to_vec(
                part.as_bytes(),
                ruzstd::encoding::CompressionLevel::Fastest,
            )
        })
        .collect();
    std::fs::write(dir.path().join("d.xml.zst"), zst).unwrap();
    let said = |name: &str, select: &str| {
        let output = chancery(dir.path(), &["convert", name, "--select", select]);
        let errors = String::from_utf8(output.stderr).unwrap();
        // The broken page is named, and all others are read.
        assert_eq!(output.status.code(), Some(1), "{errors}");
        assert!(errors.contains("document.not-well-formed"), "{errors}");
        String::from_utf8(output.stdout)
            .unwrap()
            .replace(name, "d.xml")
    };
    let plain = said("d.xml", "relations");
    assert!(
        plain.contains("established") && !plain.contains("Brant"),
        "{plain}"
    );
    assert!(said("d.xml", "all").contains("Brant"));
    let missions = said("d.xml", "missions");
    assert!(
        missions.contains("Embassy of Peru, Paris") && !missions.contains("1826"),
        "{missions}"
    );
    for name in ["d.xml.gz", "d.xml.bz2", "d.xml.zst"] {
        assert_eq!(said(name, "relations"), plain, "{name}");
    }
}

#[test]
fn an_unchanged_dump_is_not_read_again_and_its_pages_say_where_they_stand() {
    let dir = tempfile::tempdir().unwrap();
    let site = "<siteinfo><sitename>Wikipedia</sitename><base>https://en.wikipedia.org/wiki/Main_Page</base></siteinfo>";
    let xml = dump()
        .replace("<mediawiki>", &format!("<mediawiki>{site}"))
        .replace("<page><title>Broken</title><revision></page>\n", "");
    std::fs::write(dir.path().join("d.xml"), xml).unwrap();
    let build = |text: &str| {
        std::fs::write(dir.path().join("a.txt"), text).unwrap();
        let output = chancery(dir.path(), &["build", "d.xml", "a.txt", "--json"]);
        let errors = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{errors}");
        let summary: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        (summary["read"].as_u64(), summary["reused"].as_u64())
    };
    let text = "France opened an embassy in Lima in 1901.\n";
    assert_eq!(build(text), (Some(2), Some(0)));
    assert_eq!(build(&text.repeat(2)), (Some(1), Some(1)));
    let output = chancery(dir.path(), &["convert", "d.xml", "--to", "nq"]);
    let quads = String::from_utf8(output.stdout).unwrap();
    for told in [
        "https://en.wikipedia.org/wiki/Embassy_of_Peru,_Paris",
        "CC-BY-SA-4.0",
        "Wikipedia",
    ] {
        assert!(quads.contains(told), "{told}");
    }
}
