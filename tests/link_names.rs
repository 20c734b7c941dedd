//! Every name of a city, state or mission that the program knows leads to its item or to none, in an index made of a dump of them all, with
//! namesakes of every city put in elsewhere.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    reason = "a test that cannot read its data has failed; figures are printed for those who ask"
)]

#[path = "support/wikidata.rs"]
mod wikidata;

use chancery::fact::BodyClass;
use chancery::language::Gazetteer;
use chancery::link::{
    Index, IndexBuilder, ItemType, Keep, Linker, Nouns, Outcome, Qid, Source, Subject,
};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use wikidata::{entity, item, names, point, text};

/// What to ask, and the item that is meant.
struct Case {
    group: &'static str,
    subject: Subject,
    meant: Qid,
}

#[derive(Default)]
struct World {
    lines: Vec<String>,
    states: BTreeMap<String, Subject>,
    /// For each city and state one case for each of its names.
    named: Vec<Vec<Case>>,
    missions: Vec<Case>,
}

fn subject(iri: &str, kind: ItemType, names: &[(&str, &str)]) -> Subject {
    Subject {
        iri: iri.to_owned(),
        kind: Some(kind),
        label: names[0].1.to_owned(),
        names: names
            .iter()
            .map(|(lang, name)| ((*lang).to_owned(), (*name).to_owned()))
            .collect(),
        ..Subject::default()
    }
}

fn world() -> World {
    let gazetteer = Gazetteer::embedded().unwrap();
    let mut world = World::default();
    let mut states = BTreeMap::new();
    for body in gazetteer
        .bodies()
        .iter()
        .filter(|body| body.class == BodyClass::State)
    {
        let Some(qid) = &body.qid else { continue };
        states.insert(body.key.clone(), qid.clone());
        let class = if body.kind == "historical" {
            "Q3024240"
        } else {
            "Q6256"
        };
        let mut claims = vec![item("P31", class)];
        if body.key.len() == 3 {
            claims.push(text("P298", &body.key));
        }
        world
            .lines
            .push(entity(qid, names(&body.names), &[], claims));
        let iri = format!("state/{}", body.key);
        let forms: Vec<(&str, &str)> = ["en", "fr", "es"]
            .iter()
            .copied()
            .zip(body.names.iter().map(String::as_str))
            .filter(|(_, name)| !name.is_empty())
            .collect();
        world
            .states
            .insert(iri.clone(), subject(&iri, ItemType::State, &forms));
        let case = |form: &(&str, &str)| Case {
            group: "state",
            subject: subject(&iri, ItemType::State, &[*form]),
            meant: qid.parse().unwrap(),
        };
        world.named.push(forms.iter().map(case).collect());
    }
    let elsewhere: Vec<&String> = states.values().take(200).collect();
    for (at, city) in gazetteer.cities().iter().enumerate() {
        let (Some(qid), Some(state)) = (&city.qid, states.get(&city.state)) else {
            continue;
        };
        let (lat, lon) = city
            .at
            .as_ref()
            .map(|(lat, lon)| (lat.parse::<f64>().unwrap(), lon.parse::<f64>().unwrap()))
            .unwrap();
        let claims = vec![item("P31", "Q515"), item("P17", state), point(lat, lon)];
        world
            .lines
            .push(entity(qid, names(&city.names), &city.other, claims));
        // A namesake in another state, far away.
        let other = elsewhere[at % elsewhere.len()];
        if other != state {
            let claims = vec![
                item("P31", "Q515"),
                item("P17", other),
                point(-lat / 2.0 + 3.0, -lon + 1.0),
            ];
            world.lines.push(entity(
                &format!("Q{}", 900_000_000 + at),
                names(&city.names),
                &[],
                claims,
            ));
        }
        let forms = ["en", "fr", "es"]
            .iter()
            .copied()
            .zip(city.names.iter().map(String::as_str))
            .chain(city.other.iter().map(|name| ("", name.as_str())));
        let cases = forms.filter(|(_, name)| !name.is_empty()).map(|form| {
            let mut subject = subject(&format!("city/{}", city.key), ItemType::City, &[form]);
            subject.states.insert(format!("state/{}", city.state));
            Case {
                group: "city",
                subject,
                meant: qid.parse().unwrap(),
            }
        });
        world.named.push(cases.collect());
    }
    missions(&mut world, &states, &gazetteer);
    world
}

fn missions(world: &mut World, states: &BTreeMap<String, String>, gazetteer: &Gazetteer) {
    let keys: BTreeMap<&str, &str> = states
        .iter()
        .map(|(key, id)| (id.as_str(), key.as_str()))
        .collect();
    let cities: BTreeMap<&str, &str> = gazetteer
        .cities()
        .iter()
        .filter_map(|city| Some((city.qid.as_deref()?, city.key.as_str())))
        .collect();
    let table = std::fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("data/links/missions.tsv"),
    )
    .unwrap();
    let nouns = Nouns::embedded().unwrap();
    let mut seen = BTreeSet::new();
    for line in table.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [id, kind, from_id, from, to_id, to, city_id, city, ..] = cells.as_slice() else {
            continue;
        };
        let Some(noun) = nouns.mission(&chancery::link::folded(kind)) else {
            continue;
        };
        let place = if city.is_empty() { to } else { city };
        let label = format!("{} of {from}, {place}", capital(kind));
        let mut claims = vec![item("P137", from_id), item("P17", to_id)];
        let class = match noun {
            "embassy" => "Q3917681",
            "consulate general" => "Q372690",
            "consulate" => "Q7843791",
            _ => "Q213283",
        };
        claims.push(item("P31", class));
        if !city_id.is_empty() {
            claims.push(item("P131", city_id));
        }
        let labels = names(&[label, String::new(), String::new()]);
        world.lines.push(entity(id, labels, &[], claims));
        let (Some(sending), Some(receiving), Some(key)) =
            (keys.get(from_id), keys.get(to_id), cities.get(city_id))
        else {
            continue;
        };
        // Of two of one kind in one city nobody can tell which is meant.
        if !seen.insert((noun.to_owned(), *from_id, *to_id, *city_id)) {
            continue;
        }
        let iri = format!(
            "mission/{}-{}-{}-{}",
            sending,
            receiving,
            key,
            noun.replace(' ', "-")
        );
        let name = format!("{} of {from} in {place}", capital(noun));
        let mut subject = subject(&iri, ItemType::Mission, &[("en", &name)]);
        subject.sending.insert(format!("state/{sending}"));
        subject.receiving.insert(format!("state/{receiving}"));
        subject.cities.insert(format!("city/{key}"));
        world.missions.push(Case {
            group: "mission",
            subject,
            meant: id.parse().unwrap(),
        });
    }
}

fn capital(kind: &str) -> String {
    let mut letters = kind.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// Right, wrong and unlinked, by group.
type Tally = BTreeMap<&'static str, [usize; 3]>;

fn run(
    index: &Index,
    subjects: &BTreeMap<String, Subject>,
    meant: &BTreeMap<String, (&'static str, Qid)>,
    tally: &mut Tally,
) {
    let nouns = Nouns::embedded().unwrap();
    let languages = ["en".to_owned(), "fr".to_owned(), "es".to_owned()];
    let sources: [&dyn Source; 1] = [index];
    let linker = Linker {
        subjects,
        sources: &sources,
        nouns: &nouns,
        decisions: &[],
        languages: &languages,
    };
    let outcomes = linker.link(&|_, _| {}).unwrap();
    for (iri, (group, id)) in meant {
        let outcome = &outcomes[iri];
        let [right, wrong, left] = tally.entry(group).or_default();
        match outcome.linked() {
            Some(found) if found.id == *id => *right += 1,
            Some(found) => {
                *wrong += 1;
                println!(
                    "wrong: {iri} {:?} → {} {} for {id}",
                    subjects[iri].label, found.id, found.label
                );
            }
            None => {
                *left += 1;
                if std::env::var("SHOW_LEFT").is_ok() {
                    let why = match outcome {
                        Outcome::Candidates(list, why) => format!(
                            "{why}: {:?}",
                            list.iter()
                                .map(|one| (one.id, one.score))
                                .collect::<Vec<_>>()
                        ),
                        Outcome::Unlinked(why) => why.clone(),
                        Outcome::Linked(_) | Outcome::Decided(_) => String::new(),
                    };
                    println!("left: {iri} {:?}: {why}", subjects[iri].label);
                }
            }
        }
    }
}

#[test]
fn every_name_leads_to_its_item_or_to_none() {
    let world = world();
    // All of them where there is time: in debug builds every seventh.
    let step = if cfg!(debug_assertions) && std::env::var("ALL_NAMES").is_err() {
        7
    } else {
        1
    };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("index");
    let mut builder = IndexBuilder::new(Keep {
        types: ItemType::ALL.to_vec(),
        languages: vec!["en".to_owned(), "fr".to_owned(), "es".to_owned()],
        all_persons: false,
    })
    .unwrap();
    let dump = format!("[\n{}\n]\n", world.lines.join(",\n"));
    builder.read(dump.as_bytes(), &mut |_| {}).unwrap();
    let made = builder.finish(&path).unwrap();
    assert_eq!(made.broken, 0);
    assert_eq!(made.items, world.lines.len() as u64);
    let index = Index::open(&path).unwrap();

    let mut tally = Tally::new();
    let most = world.named.iter().map(Vec::len).max().unwrap();
    for form in 0..most {
        let mut subjects = world.states.clone();
        let mut meant = BTreeMap::new();
        for cases in world.named.iter().step_by(step) {
            if let Some(case) = cases.get(form) {
                subjects.insert(case.subject.iri.clone(), case.subject.clone());
                meant.insert(case.subject.iri.clone(), (case.group, case.meant));
            }
        }
        run(&index, &subjects, &meant, &mut tally);
    }
    let mut subjects = world.states.clone();
    let mut meant = BTreeMap::new();
    for cases in &world.named {
        if let Some(case) = cases.first().filter(|case| case.group == "city") {
            subjects.insert(case.subject.iri.clone(), case.subject.clone());
        }
    }
    for case in world.missions.iter().step_by(step) {
        subjects.insert(case.subject.iri.clone(), case.subject.clone());
        meant.insert(case.subject.iri.clone(), (case.group, case.meant));
    }
    run(&index, &subjects, &meant, &mut tally);

    for (group, [right, wrong, left]) in &tally {
        let (right, wrong, left) = (*right as f64, *wrong as f64, *left as f64);
        let precision = right / (right + wrong);
        let coverage = right / (right + wrong + left);
        println!(
            "{group}: {right} right, {wrong} wrong, {left} left: precision {precision:.4}, coverage {coverage:.4}"
        );
        assert!(precision >= 0.99, "{group}");
        assert!(coverage >= 0.95, "{group}");
    }
}
