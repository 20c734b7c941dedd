//! What linking costs: an index of a dump (MB/s, memory, bytes of an item), look-ups in it, and linking the entities of a store.
//!
//! The dump is made of the cities that the program knows, several times over with other ids and names (`ITEMS=1000000` for more), each entity
//! with as many statements of no interest as real ones have.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a benchmark stops at what it does not expect"
)]

#[path = "link/services.rs"]
mod services;
#[path = "../tests/support/wikidata.rs"]
mod wikidata;

use chancery::language::Gazetteer;
use chancery::link::{Index, IndexBuilder, ItemType, Keep, folded};
use std::hint::black_box;
use std::io::{BufReader, BufWriter, Write};
use std::path::Path;
use std::time::Instant;
use wikidata::{entity, item, names, point, text};

/// The allocator of the command.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Statements of no interest that each entity has: a city of Wikidata has some hundred.
const OTHER: usize = 40;

fn dump(path: &Path, items: usize) -> u64 {
    let gazetteer = Gazetteer::embedded().unwrap();
    let cities: Vec<_> = gazetteer
        .cities()
        .iter()
        .filter(|city| city.at.is_some())
        .collect();
    let mut out = BufWriter::new(std::fs::File::create(path).unwrap());
    writeln!(out, "[").unwrap();
    for at in 0..items {
        let city = cities[at % cities.len()];
        let round = at / cities.len();
        let variant = |name: &String| {
            if round == 0 || name.is_empty() {
                name.clone()
            } else {
                format!("{name} {round}")
            }
        };
        let labels = [
            variant(&city.names[0]),
            variant(&city.names[1]),
            variant(&city.names[2]),
        ];
        let (lat, lon) = city
            .at
            .as_ref()
            .map(|(lat, lon)| (lat.parse().unwrap(), lon.parse().unwrap()))
            .unwrap();
        let mut claims = vec![item("P31", "Q515"), item("P17", "Q142"), point(lat, lon)];
        for other in 0..OTHER {
            claims.push(text(
                &format!("P{}", 4000 + other),
                "a statement of no interest to anybody",
            ));
        }
        let aliases: Vec<String> = city.other.iter().map(variant).collect();
        writeln!(
            out,
            "{},",
            entity(&format!("Q{}", at + 1), names(&labels), &aliases, claims)
        )
        .unwrap();
    }
    writeln!(out, "]").unwrap();
    out.flush().unwrap();
    std::fs::metadata(path).unwrap().len()
}

/// Most memory that this process had, in MB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM"))
        .unwrap_or_default();
    line.split_whitespace()
        .nth(1)
        .and_then(|kb| kb.parse::<u64>().ok())
        .unwrap_or_default()
        / 1024
}

fn main() {
    let items: usize = std::env::var("ITEMS")
        .ok()
        .and_then(|items| items.parse().ok())
        .unwrap_or(200_000);
    let folder = tempfile::tempdir().unwrap();
    let (dump_file, index_file) = (folder.path().join("dump.json"), folder.path().join("index"));
    let mut out = std::io::stdout();
    let bytes = dump(&dump_file, items);
    let before = peak();

    let start = Instant::now();
    let mut builder = IndexBuilder::new(Keep {
        types: ItemType::ALL.to_vec(),
        languages: vec!["en".to_owned(), "fr".to_owned(), "es".to_owned()],
        all_persons: false,
    })
    .unwrap();
    builder
        .read(
            BufReader::with_capacity(1 << 20, std::fs::File::open(&dump_file).unwrap()),
            &mut |_| {},
        )
        .unwrap();
    let made = builder.finish(&index_file).unwrap();
    let seconds = start.elapsed().as_secs_f64();
    writeln!(
        out,
        "index: {} items of {:.0} MB in {seconds:.1} s: {:.0} MB/s; {} MB of memory ({before} before); {} keys, {:.0} bytes an item",
        made.items,
        bytes as f64 / 1e6,
        bytes as f64 / 1e6 / seconds,
        peak(),
        made.keys,
        made.size as f64 / made.items as f64,
    )
    .unwrap();

    let index = Index::open(&index_file).unwrap();
    let gazetteer = Gazetteer::embedded().unwrap();
    let known: Vec<String> = gazetteer
        .cities()
        .iter()
        .flat_map(|city| city.names.clone())
        .filter(|name| !name.is_empty())
        .collect();
    let ready: Vec<String> = known.iter().map(|name| folded(name)).collect();
    let mut rate = |what: &str, rounds: usize, names: &[String], look: &dyn Fn(&str) -> usize| {
        let start = Instant::now();
        let mut found = 0;
        for _ in 0..rounds {
            for name in names {
                found += black_box(look(name));
            }
        }
        let asked = (names.len() * rounds) as f64;
        writeln!(
            out,
            "{what}: {:.0} a second ({:.1} found each)",
            asked / start.elapsed().as_secs_f64(),
            found as f64 / asked
        )
        .unwrap();
    };
    rate("look-up of a folded name", 20, &ready, &|name| {
        index.named(name).len()
    });
    rate("folding and look-up in all orders", 20, &known, &|name| {
        index.look_up(name).len()
    });
    let typos: Vec<String> = known
        .iter()
        .filter(|name| name.is_ascii() && name.len() > 6)
        .take(2000)
        .map(|name| format!("{}x{}", &name[..4], &name[4..]))
        .collect();
    rate("look-up with a typo", 1, &typos, &|name| {
        index.look_up(name).len()
    });
    rate("name and items", 5, &known, &|name| {
        index
            .look_up(name)
            .iter()
            .filter_map(|(id, _)| index.item(*id))
            .count()
    });
    services::compare(&mut out);
}
