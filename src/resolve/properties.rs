//! What must hold whatever the documents say: the order of sources never matters, and what a part decides depends on that part alone.

use super::{
    Source, Topics, World, across, keys, names, parts, people, resolve, rulings, weigh, within,
};
use crate::fact::{
    Body, BodyClass, Claim, Edtf, Fact, Kind, Modality, Office, Person, Place, Polarity, Slot,
    Value,
};
use proptest::prelude::*;
use std::collections::BTreeSet;

const NAMES: &[&str] = &[
    "Ana Ruiz",
    "Ana Ruiz Vela",
    "A. Ruiz",
    "Ruiz",
    "Eva Ruiz",
    "Otto Brant",
    "Otto Brant Jr.",
    "Brant",
    "Karl II",
];
const STATES: &[&str] = &["PER", "FRA", "CHL"];
const DATES: &[&str] = &[
    "",
    "1950",
    "1960-02",
    "1960-02-03",
    "1961",
    "1990~",
    "2012-09",
    "2012/2014",
];
const TITLES: &[&str] = &[
    "extradition treaty",
    "traité d'extradition",
    "air services agreement",
    "agreement",
    "additional protocol to the extradition treaty",
];

fn body(key: &str) -> Value {
    Value::Body(Body {
        class: BodyClass::State,
        key: key.to_owned(),
        name: key.to_owned(),
    })
}

fn fact(kind: Kind, picks: &[usize]) -> Fact {
    let pick = |at: usize, list: &[&str]| -> String {
        let nth = picks.get(at).copied().unwrap_or(0) % list.len();
        list.get(nth).copied().unwrap_or("").to_owned()
    };
    let person = |at| {
        Value::Person(Person {
            name: pick(at, NAMES),
        })
    };
    let office = |at| {
        Value::Office(Office {
            role: pick(at, &["President", "Foreign Minister", "Ambassador"]),
            of: None,
        })
    };
    let (from, to) = (pick(1, STATES), pick(2, STATES));
    let town = |at| {
        let key = pick(at, &["", "lima", "paris"]);
        (!key.is_empty()).then(|| {
            Value::Place(Place {
                name: key.clone(),
                key,
                state: None,
            })
        })
    };
    let mut fact = Fact::new(kind);
    let mut date = |slot, at| {
        if let Some(date) = Edtf::parse(&pick(at, DATES)) {
            fact.set(slot, Value::Date(date));
        }
    };
    match kind {
        Kind::Visit | Kind::Membership => date(Slot::Start, 3),
        Kind::Appointment => {
            date(Slot::Start, 3);
            date(Slot::End, 6);
        }
        Kind::Treaty => date(
            if picks.first().is_some_and(|nth| nth % 2 == 0) {
                Slot::Signed
            } else {
                Slot::Dated
            },
            3,
        ),
        Kind::Mission => {
            date(Slot::Opened, 3);
            date(Slot::Closed, 6);
        }
        Kind::MissionEvent | Kind::Relations | Kind::Meeting | Kind::Observation => {
            date(Slot::Date, 3);
        }
    }
    match kind {
        Kind::Visit => fact
            .with(Slot::Visitor, person(0))
            .with(Slot::Role, office(5))
            .with(Slot::From, body(&from))
            .with(Slot::To, body(&to)),
        Kind::Treaty => fact
            .with(Slot::Title, Value::Text(pick(4, TITLES)))
            .with(Slot::Parties, body(&from))
            .with(Slot::Parties, body(&to)),
        Kind::Mission | Kind::MissionEvent => {
            let kind = Value::Term(pick(4, &["embassy", "consulate", "consulate general"]));
            let mut fact = fact
                .with(Slot::Kind, kind)
                .with(Slot::Sending, body(&from))
                .with(Slot::Receiving, body(&to));
            if let Some(town) = town(5) {
                fact.set(Slot::City, town);
            }
            if fact.kind == Kind::MissionEvent {
                fact.set(Slot::Event, Value::Term("credentials presented".into()));
            }
            fact
        }
        Kind::Appointment => fact
            .with(Slot::Person, person(0))
            .with(Slot::Role, office(5))
            .with(Slot::Sending, body(&from)),
        Kind::Relations => fact
            .with(
                Slot::Event,
                Value::Term(pick(4, &["established", "severed", "resumed"])),
            )
            .with(Slot::Parties, body(&from))
            .with(Slot::Parties, body(&to)),
        Kind::Membership => fact
            .with(Slot::State, body(&from))
            .with(Slot::Organisation, body("UNO")),
        Kind::Meeting => fact
            .with(Slot::Participants, person(0))
            .with(Slot::Participants, person(4))
            .with(Slot::Roles, office(5)),
        Kind::Observation => fact
            .with(Slot::Measure, Value::Term("trade".into()))
            .with(Slot::Of, body(&from))
            .with(Slot::Of, body(&to))
            .with(Slot::Unit, Value::Term("EUR".into()))
            .with(Slot::Value, Value::Number(pick(4, &["1", "2", "3"]))),
    }
}

fn claims() -> impl Strategy<Value = Vec<Claim>> {
    let one = (
        0..Kind::ALL.len(),
        prop::collection::vec(0_usize..1000, 7),
        0_usize..12,
    );
    let claim = one.prop_map(|(kind, picks, odd)| Claim {
        fact: fact(Kind::ALL.get(kind).copied().unwrap_or(Kind::Visit), &picks),
        modality: Modality::Asserted,
        polarity: if odd == 0 {
            Polarity::Denied
        } else {
            Polarity::Affirmed
        },
        speaker: None,
        rule: "test".into(),
        trigger: None,
        confidence: 90,
        evidence: vec![],
        flags: vec![],
    });
    prop::collection::vec(claim, 0..6)
}

fn sources() -> impl Strategy<Value = Vec<Source>> {
    prop::collection::vec(claims(), 1..8).prop_map(|all| {
        let named = all.into_iter().enumerate().map(|(at, claims)| Source {
            document: format!("d{at}"),
            claims,
        });
        named.collect()
    })
}

fn topics() -> Topics {
    Topics::parse(include_str!("../../data/languages/topics.tsv")).unwrap()
}

/// A claim that outlives a change of the other documents: its document, and its place there.
type Spot = (String, usize);

/// The events as the claims behind each.
fn events(world: &World) -> BTreeSet<Vec<Spot>> {
    let place = |at: &super::ClaimRef| (world.sources[at.source].clone(), at.claim);
    world
        .events
        .iter()
        .map(|event| event.claims.iter().map(place).collect())
        .collect()
}

/// The events of those parts that a document has nothing to do with, neither by its events nor by its persons.
fn untouched(sources: &[Source], gone: usize, topics: &Topics) -> BTreeSet<Vec<Spot>> {
    let accounts: Vec<_> = sources
        .iter()
        .enumerate()
        .flat_map(|(at, source)| within::accounts(at, &source.claims, topics))
        .collect();
    let none = rulings::Rulings::default();
    let mentions = people::mentions(&accounts);
    let mut moved: BTreeSet<(usize, String)> = BTreeSet::new();
    for part in parts::parts(&people::keys(&mentions, &none)) {
        let part: Vec<(usize, String)> = part.iter().map(|&at| mentions[at].place()).collect();
        if part.iter().any(|(source, _)| *source == gone) {
            moved.extend(part);
        }
    }
    let who = people::people(&accounts, &none);
    let names_moved = |account: &super::Account| {
        account.source == gone
            || account.fact.slots.values().flatten().any(|value| {
                matches!(value, Value::Person(person) if moved.contains(&(account.source, person.name.clone())))
            })
    };
    let keys: Vec<_> = accounts
        .iter()
        .map(|account| keys::keys(&across::numbered(account, &who), topics))
        .collect();
    let mut still = BTreeSet::new();
    let groups = across::events(&accounts, &who, topics, &none).groups;
    for part in parts::parts(&keys) {
        if part.iter().any(|&at| names_moved(&accounts[at])) {
            continue;
        }
        for group in groups.iter().filter(|group| part.contains(&group[0])) {
            let mut claims: Vec<Spot> = group
                .iter()
                .flat_map(|&at| &accounts[at].claims)
                .map(|at| (sources[at.source].document.clone(), at.claim))
                .collect();
            claims.sort();
            still.insert(claims);
        }
    }
    still
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(96) })]

    #[test]
    fn order_of_sources_never_matters(sources in sources(), turns in prop::collection::vec(0_usize..64, 8)) {
        let topics = topics();
        let first = resolve(&sources, &topics);
        let mut left = sources;
        let mut shuffled = Vec::new();
        for turn in turns.iter().cycle() {
            if left.is_empty() {
                break;
            }
            shuffled.push(left.remove(turn % left.len()));
        }
        prop_assert_eq!(resolve(&shuffled, &topics), first);
    }

    #[test]
    fn what_can_be_denied_is_found_by_a_key(sources in sources()) {
        let topics = topics();
        let how = weigh::Comparison {
            topics: &topics,
            person: |a, b| names::compare(a, b).is_some(),
        };
        let facts: Vec<&Fact> = sources.iter().flat_map(|s| &s.claims).map(|claim| &claim.fact).collect();
        for a in &facts {
            for b in facts.iter().filter(|b| weigh::can_be_one(a, b, how)) {
                let (mine, theirs) = (keys::denial_keys(a), keys::denial_keys(b));
                let open = mine.is_empty() || theirs.is_empty();
                prop_assert!(open || mine.iter().any(|key| theirs.contains(key)), "{a:?} {b:?}");
            }
        }
    }

    #[test]
    fn a_document_touches_only_its_own_parts(sources in sources(), gone in 0_usize..8) {
        let topics = topics();
        let gone = gone % sources.len();
        let still = untouched(&sources, gone, &topics);
        let mut rest = sources;
        rest.remove(gone);
        let without = events(&resolve(&rest, &topics));
        for event in still {
            prop_assert!(without.contains(&event), "{event:?}");
        }
    }
}
