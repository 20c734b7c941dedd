//! Hand-made claims of several documents → what the world makes of them. The persons are invented, the states are real.

use super::*;
use crate::fact::{
    Body, BodyClass, Claim, Edtf, Fact, Kind, Modality, Office, Person, Place, Polarity, Slot,
    Value,
};

fn topics() -> Topics {
    Topics::parse(include_str!("../../data/languages/topics.tsv")).unwrap()
}

fn body(name: &str) -> Value {
    let class = match name {
        "Vichy France" => BodyClass::Government,
        "European Union" | "United Nations" => BodyClass::Organisation,
        _ => BodyClass::State,
    };
    Value::Body(Body {
        class,
        key: slug(name),
        name: name.to_owned(),
    })
}

fn person(name: &str) -> Value {
    Value::Person(Person {
        name: name.to_owned(),
    })
}

fn city(name: &str) -> Value {
    Value::Place(Place {
        key: slug(name),
        name: name.to_owned(),
        state: None,
    })
}

fn date(text: &str) -> Value {
    Value::Date(Edtf::parse(text).unwrap())
}

fn term(text: &str) -> Value {
    Value::Term(text.to_owned())
}

fn office(role: &str) -> Value {
    Value::Office(Office {
        role: role.to_owned(),
        of: None,
    })
}

fn said(fact: Fact) -> Claim {
    Claim {
        fact,
        modality: Modality::Asserted,
        polarity: Polarity::Affirmed,
        speaker: None,
        rule: "test".into(),
        trigger: None,
        confidence: 90,
        evidence: vec![],
        flags: vec![],
    }
}

fn source(document: &str, facts: Vec<Fact>) -> Source {
    Source {
        document: document.into(),
        claims: facts.into_iter().map(said).collect(),
    }
}

fn visit(who: &str, from: &str, to: &str, start: &str) -> Fact {
    let fact = Fact::new(Kind::Visit)
        .with(Slot::Visitor, person(who))
        .with(Slot::Role, office("President"))
        .with(Slot::From, body(from))
        .with(Slot::To, body(to));
    if start.is_empty() {
        fact
    } else {
        fact.with(Slot::Start, date(start))
    }
}

fn severed(event: &str, a: &str, b: &str, when: &str) -> Fact {
    let fact = Fact::new(Kind::Relations)
        .with(Slot::Event, term(event))
        .with(Slot::Parties, body(a))
        .with(Slot::Parties, body(b));
    if when.is_empty() {
        fact
    } else {
        fact.with(Slot::Date, date(when))
    }
}

fn treaty(title: &str, parties: &[&str], slot: Slot, when: &str) -> Fact {
    let mut fact = Fact::new(Kind::Treaty)
        .with(Slot::Title, Value::Text(title.into()))
        .with(Slot::Kind, term("agreement"));
    for party in parties {
        fact.add(Slot::Parties, body(party));
    }
    if when.is_empty() {
        fact
    } else {
        fact.with(slot, date(when))
    }
}

fn mission(kind: &str, town: &str, opened: &str, closed: &str) -> Fact {
    let mut fact = Fact::new(Kind::Mission)
        .with(Slot::Kind, term(kind))
        .with(Slot::Sending, body("Peru"))
        .with(Slot::Receiving, body("France"))
        .with(Slot::City, city(town));
    if !opened.is_empty() {
        fact.set(Slot::Opened, date(opened));
    }
    if !closed.is_empty() {
        fact.set(Slot::Closed, date(closed));
    }
    fact
}

fn ids(world: &World) -> Vec<&str> {
    world.events.iter().map(|event| event.id.as_str()).collect()
}

#[test]
fn a_visit_in_prose_and_in_a_list_is_one() {
    let world = resolve(
        &[source(
            "a",
            vec![
                visit("Anselmo Brant", "Peru", "France", "1960-02")
                    .with(Slot::Kind, term("official")),
                visit("Anselmo Brant", "Peru", "France", "1960").with(Slot::Kind, term("other")),
                visit("Anselmo Brant", "Peru", "France", "1962"),
                visit("Anselmo Brant", "Peru", "Chile", "1960"),
                visit("Otto Lind", "Peru", "France", ""),
                visit("Otto Lind", "Peru", "France", "1970"),
            ],
        )],
        &topics(),
    );
    assert_eq!(
        ids(&world),
        [
            "visit/peru-chile-1960-anselmo-brant",
            "visit/peru-france-1960-anselmo-brant",
            "visit/peru-france-1962-anselmo-brant",
            "visit/peru-france-1970-otto-lind"
        ]
    );
    let one = &world.events[1];
    assert_eq!(
        (
            one.claims.len(),
            one.fact.text(Slot::Start),
            one.fact.text(Slot::Kind)
        ),
        (2, "1960-02".to_owned(), "official".to_owned())
    );
    assert_eq!(one.values[&Slot::Start].len(), 2, "both dates are kept");
    assert_eq!(
        one.standing(Slot::Start).len(),
        1,
        "the vaguer one does not stand"
    );
    assert!(
        world.conflicts.is_empty(),
        "a list that gives the year alone does not contradict"
    );
}

#[test]
fn an_undated_visit_stays_apart_where_it_could_be_either() {
    let facts = vec![
        visit("Otto Lind", "Peru", "France", "1970"),
        visit("Otto Lind", "Peru", "France", "1972"),
        visit("Otto Lind", "Peru", "France", ""),
    ];
    assert_eq!(resolve(&[source("a", facts)], &topics()).events.len(), 3);
}

#[test]
fn relations_cannot_be_severed_twice_without_having_been_resumed() {
    let world = resolve(
        &[
            source(
                "a",
                vec![
                    severed("severed", "Peru", "Vichy France", "1943-01"),
                    severed("established", "France", "Peru", "1826"),
                    severed("severed", "Peru", "France", "1973"),
                ],
            ),
            source(
                "b",
                vec![
                    severed("severed", "Vichy France", "Peru", "1944"),
                    severed("established", "Peru", "France", "1826"),
                    severed("resumed", "Peru", "France", "1975"),
                    severed("severed", "Peru", "France", "1980"),
                ],
            ),
        ],
        &topics(),
    );
    assert_eq!(
        ids(&world),
        [
            "relations/france-peru-established",
            "relations/france-peru-resumed",
            "relations/france-peru-severed-1973",
            "relations/france-peru-severed-1980",
            "relations/peru-vichy-france-severed"
        ]
    );
    let [conflict] = world.conflicts.as_slice() else {
        panic!("{:?}", world.conflicts)
    };
    assert_eq!(
        (conflict.about.as_str(), conflict.slot, conflict.grade),
        (
            "relations/peru-vichy-france-severed",
            Some(Slot::Date),
            Grade::Contradiction
        )
    );
    let sides: Vec<String> = conflict
        .sides
        .iter()
        .map(|side| side.said.value.text())
        .collect();
    assert_eq!(sides, ["1943-01", "1944"]);
    assert_eq!(world.events[0].accounts.len(), 2);
}

#[test]
fn a_resumption_told_before_the_next_rupture_is_an_earlier_one() {
    let world = resolve(
        &[source(
            "a",
            vec![
                severed("resumed", "Peru", "France", ""),
                severed("severed", "Peru", "France", "1973"),
                severed("resumed", "Peru", "France", "1975"),
                severed("resumed", "France", "Peru", ""),
            ],
        )],
        &topics(),
    );
    assert_eq!(
        ids(&world),
        [
            "relations/france-peru-resumed",
            "relations/france-peru-resumed-1975",
            "relations/france-peru-severed"
        ]
    );
    assert_eq!(world.events[1].claims.len(), 2);
}

#[test]
fn a_treaty_told_in_two_languages_by_two_kinds_of_date() {
    let world = resolve(
        &[
            source(
                "fr",
                vec![treaty(
                    "accord de libre échange",
                    &["European Union", "Peru"],
                    Slot::Adopted,
                    "2010",
                )],
            ),
            source(
                "en",
                vec![
                    treaty(
                        "free trade agreement",
                        &["Peru", "Colombia", "European Union"],
                        Slot::Signed,
                        "2012",
                    ),
                    treaty(
                        "Extradition Treaty",
                        &["Peru", "France"],
                        Slot::Dated,
                        "2013",
                    ),
                    treaty(
                        "Agreement in Defense Cooperation",
                        &["Peru", "France"],
                        Slot::Dated,
                        "2013",
                    ),
                ],
            ),
        ],
        &topics(),
    );
    assert_eq!(world.events.len(), 3, "{:?}", ids(&world));
    let [conflict] = world.conflicts.as_slice() else {
        panic!("{:?}", world.conflicts)
    };
    assert_eq!(conflict.grade, Grade::DifferentKindOfDate);
    assert_eq!(
        conflict.about,
        "treaty/colombia-european-union-peru-2012-free-trade-agreement"
    );
    assert_eq!(
        conflict.sides.iter().map(|s| s.slot).collect::<Vec<_>>(),
        [Slot::Signed, Slot::Adopted]
    );
}

#[test]
fn a_mission_is_one_house_with_periods() {
    let world = resolve(
        &[
            source(
                "a",
                vec![
                    mission("consulate general", "Paris", "", ""),
                    mission("consulate", "Paris", "", "1942-11"),
                    mission("consulate", "Paris", "1944", "").with(Slot::Status, term("reopened")),
                    mission("embassy", "Paris", "", ""),
                    mission("consulate", "Nice", "", ""),
                ],
            ),
            source(
                "b",
                vec![
                    mission("consulate general", "Paris", "", ""),
                    mission("embassy", "Paris", "", ""),
                ],
            ),
        ],
        &topics(),
    );
    assert_eq!(
        ids(&world),
        [
            "phase/peru-france-embassy-paris",
            "phase/peru-france-nice-consulate",
            "phase/peru-france-paris-consulate-general-1944",
            "phase/peru-france-paris-consulate-general-until-1942"
        ]
    );
    assert_eq!(
        world.events[2].of.as_deref(),
        Some("mission/peru-france-paris-consulate-general")
    );
    assert_eq!(
        world.events[2].accounts.len(),
        2,
        "a consulate that is there is the one that was reopened"
    );
    assert_eq!(
        world
            .accounts
            .iter()
            .filter(|a| a.fact.text(Slot::Kind) == "consulate general" && a.source == 0)
            .count(),
        2
    );
    let missions: Vec<&str> = world
        .entities
        .iter()
        .filter(|e| e.kind == EntityKind::Mission)
        .map(|e| e.id.as_str())
        .collect();
    assert_eq!(
        missions,
        [
            "mission/peru-france-embassy",
            "mission/peru-france-nice-consulate",
            "mission/peru-france-paris-consulate-general"
        ]
    );
}

#[test]
fn a_consulate_raised_to_a_consulate_general_is_another_phase_of_one_house() {
    let world = resolve(
        &[source(
            "a",
            vec![
                mission("consulate", "Nice", "1950", "2007"),
                mission("consulate general", "Nice", "2007", ""),
            ],
        )],
        &topics(),
    );
    assert_eq!(
        ids(&world),
        [
            "phase/peru-france-nice-consulate-general-2007",
            "phase/peru-france-nice-consulate-general-consulate-1950"
        ]
    );
    let missions = world
        .entities
        .iter()
        .filter(|e| e.kind == EntityKind::Mission);
    assert_eq!(missions.count(), 1);
}

#[test]
fn what_does_not_hold_stays_a_claim_but_a_denial_is_a_conflict() {
    let mut planned = said(visit("Otto Lind", "Peru", "France", "2030"));
    planned.modality = Modality::Planned;
    let mut denied = said(visit("Otto Lind", "Peru", "France", "1970-05"));
    denied.polarity = Polarity::Denied;
    let world = resolve(
        &[
            source("a", vec![visit("Otto Lind", "Peru", "France", "1970")]),
            Source {
                document: "b".into(),
                claims: vec![planned, denied],
            },
        ],
        &topics(),
    );
    assert_eq!(ids(&world), ["visit/peru-france-1970-otto-lind"]);
    let [conflict] = world.conflicts.as_slice() else {
        panic!("{:?}", world.conflicts)
    };
    assert_eq!(
        (
            conflict.slot,
            conflict.sides.len(),
            conflict.sides[1].polarity
        ),
        (None, 2, Polarity::Denied)
    );
}

#[test]
fn persons_over_documents_and_equal_keys() {
    let world = resolve(
        &[
            source(
                "a",
                vec![
                    visit("Ana Ruiz Vela", "Peru", "France", "2012-03-01"),
                    visit("Ana Ruiz Vela", "Peru", "France", "2012-09-01"),
                ],
            ),
            source(
                "b",
                vec![
                    visit("Ana Ruiz", "Peru", "France", "2012-03"),
                    visit("Ruiz", "Peru", "Chile", "2013"),
                ],
            ),
            source("c", vec![visit("Ana Ruiz", "Spain", "France", "2012")]),
        ],
        &topics(),
    );
    let persons: Vec<&str> = world
        .entities
        .iter()
        .filter(|e| e.kind == EntityKind::Person)
        .map(|e| e.id.as_str())
        .collect();
    assert_eq!(persons, ["person/ana-ruiz", "person/ana-ruiz-vela"]);
    assert_eq!(
        ids(&world),
        [
            "visit/peru-chile-2013-ruiz",
            "visit/peru-france-2012-03-01-ana-ruiz-vela",
            "visit/peru-france-2012-09-01-ana-ruiz-vela",
            "visit/spain-france-2012-ana-ruiz"
        ]
    );
    let grades: Vec<Grade> = world.conflicts.iter().map(|c| c.grade).collect();
    assert_eq!(grades, [Grade::DifferentPrecision]);
}

#[test]
fn the_order_of_sources_never_matters() {
    let appointment = |who: &str, start: &str| {
        Fact::new(Kind::Appointment)
            .with(Slot::Person, person(who))
            .with(Slot::Role, office("Consul General"))
            .with(Slot::Sending, body("Peru"))
            .with(Slot::Receiving, body("France"))
            .with(Slot::City, city("Paris"))
            .with(Slot::Start, date(start))
    };
    let meeting = Fact::new(Kind::Meeting)
        .with(Slot::Participants, person("Otto Lind"))
        .with(Slot::Roles, office("Foreign Minister"))
        .with(Slot::Date, date("2011-06-02"));
    let member = Fact::new(Kind::Membership)
        .with(Slot::State, body("Peru"))
        .with(Slot::Organisation, body("United Nations"));
    let trade = |n: &str| {
        Fact::new(Kind::Observation)
            .with(Slot::Measure, term("trade"))
            .with(Slot::Of, body("France"))
            .with(Slot::Of, body("Peru"))
            .with(Slot::Unit, term("EUR"))
            .with(Slot::Value, Value::Number(n.into()))
            .with(Slot::Date, date("2017"))
    };
    let sources = [
        source(
            "d",
            vec![
                visit("Ana Ruiz Vela", "Peru", "France", "2012-03-01"),
                appointment("Ana Lopez", "2013"),
                member.clone(),
                trade("699"),
            ],
        ),
        source(
            "b",
            vec![
                visit("Ruiz", "Peru", "France", "2012"),
                severed("severed", "Peru", "Vichy France", "1943-01"),
                meeting.clone(),
                trade("700"),
            ],
        ),
        source(
            "a",
            vec![
                severed("severed", "Peru", "Vichy France", "1944"),
                appointment("Ana Lopez", "2014"),
                mission("consulate", "Paris", "1841", ""),
            ],
        ),
        source(
            "c",
            vec![
                severed("severed", "Peru", "Vichy France", ""),
                member,
                meeting,
                mission("consulate general", "Paris", "1843", ""),
                visit("Ana Ruiz", "Peru", "France", "2012-03"),
            ],
        ),
    ];
    let topics = topics();
    let first = resolve(&sources, &topics);
    for turn in 0..24_usize {
        let mut left: Vec<Source> = sources.to_vec();
        let mut shuffled = Vec::new();
        let mut code = turn;
        while !left.is_empty() {
            shuffled.push(left.remove(code % left.len()));
            code /= left.len() + 1;
        }
        assert_eq!(resolve(&shuffled, &topics), first);
    }
    assert_eq!(first.sources, ["a", "b", "c", "d"]);
    assert_eq!(
        first
            .conflicts
            .iter()
            .filter(|c| c.grade == Grade::Contradiction)
            .count(),
        4,
        "{:#?}",
        first.conflicts
    );
    assert_eq!(first.events.len(), 7, "{:?}", ids(&first));
}

fn minister(who: &str, when: &str) -> Fact {
    let office = Value::Office(Office {
        role: "Foreign Minister".into(),
        of: None,
    });
    let mut fact = visit(who, "Peru", "Chile", when);
    fact.set(Slot::Role, office);
    fact
}

fn meeting_with_minister(when: &str) -> Fact {
    let Value::Body(peru) = body("Peru") else {
        panic!("a state")
    };
    Fact::new(Kind::Meeting)
        .with(Slot::Participants, person("Otto Lind"))
        .with(
            Slot::Roles,
            Value::Office(Office {
                role: "Foreign Minister".into(),
                of: Some(peru),
            }),
        )
        .with(Slot::Date, date(when))
}

#[test]
fn an_office_without_a_name_has_a_holder_only_where_the_graph_says_so() {
    let holders = |facts: Vec<Fact>| -> Vec<String> {
        let world = resolve(&[source("a", facts)], &topics());
        let told = world.holders.iter();
        told.map(|holder| format!("{} {}", holder.person, holder.because.len()))
            .collect()
    };
    let before = || minister("Ana Ruiz", "2004-11-02");
    let after = || minister("Ana Ruiz", "2006-08-20");
    let met = || meeting_with_minister("2005-05-06");
    assert_eq!(
        holders(vec![before(), after(), met()]),
        ["person/ana-ruiz 2"]
    );
    assert!(
        holders(vec![before(), met()]).is_empty(),
        "held before, but then?"
    );
    let other = minister("Eva Mora", "2005-03-01");
    assert!(holders(vec![before(), other, after(), met()]).is_empty());
    let that_day = minister("Eva Mora", "2005-05-05/2005-05-07");
    assert_eq!(
        holders(vec![before(), that_day, after(), met()]),
        ["person/eva-mora 1"],
        "an act on the day itself says it best"
    );
    let term = Fact::new(Kind::Appointment)
        .with(Slot::Person, person("Ana Ruiz"))
        .with(Slot::Role, office("Foreign Minister"))
        .with(Slot::Sending, body("Peru"))
        .with(Slot::Start, date("2003"))
        .with(Slot::End, date("2007"));
    assert_eq!(holders(vec![term, met()]), ["person/ana-ruiz 1"]);
}

#[test]
fn what_cannot_be_is_reported_and_stands() {
    let ambassador = |who: &str, start: &str, end: &str| {
        let mut fact = Fact::new(Kind::Appointment)
            .with(Slot::Person, person(who))
            .with(Slot::Role, office("Ambassador"))
            .with(Slot::Sending, body("Peru"))
            .with(Slot::Receiving, body("France"));
        for (slot, when) in [(Slot::Start, start), (Slot::End, end)] {
            if !when.is_empty() {
                fact.set(slot, date(when));
            }
        }
        fact
    };
    let mut died = said(ambassador("Ana Ruiz", "1960", "1963"));
    died.rule = format!("en{}", impossible::DEATH);
    let mut treaty = treaty(
        "extradition treaty",
        &["Peru", "France"],
        Slot::Signed,
        "1950",
    );
    treaty.set(Slot::InForce, date("1948"));
    let mut at_home = mission("embassy", "Lima", "1950", "1940");
    at_home.set(Slot::Receiving, body("Peru"));
    let facts = vec![
        treaty,
        at_home,
        visit("Otto Lind", "Peru", "Peru", "1970"),
        visit("Ana Ruiz", "Peru", "France", "1965"),
        ambassador("Karl Mora", "1990", "1980"),
    ];
    let deaths = Source {
        document: "b".into(),
        claims: vec![died],
    };
    let world = resolve(&[source("a", facts), deaths], &topics());
    let told: Vec<String> = world
        .impossible
        .iter()
        .map(|one| format!("{} {}", one.about, one.fault.name()))
        .collect();
    assert_eq!(
        told,
        [
            "appointment/karl-mora-ambassador-peru-france-1990 end-before-start",
            "phase/peru-peru-embassy-lima-1950 end-before-start",
            "phase/peru-peru-embassy-lima-1950 mission-at-home",
            "treaty/france-peru-1950-extradition-treaty in-force-before-signature",
            "visit/peru-france-1965-ana-ruiz after-death",
            "visit/peru-peru-1970-otto-lind visit-at-home",
        ]
    );
    assert_eq!(world.events.len(), 6);
}

#[test]
fn two_holders_of_one_office_and_two_lists_of_parties_are_conflicts() {
    let ambassador = |who: &str, start: &str, end: &str| {
        Fact::new(Kind::Appointment)
            .with(Slot::Person, person(who))
            .with(Slot::Role, office("Ambassador"))
            .with(Slot::Sending, body("Peru"))
            .with(Slot::Receiving, body("France"))
            .with(Slot::Start, date(start))
            .with(Slot::End, date(end))
    };
    let met = |town: &str| {
        Fact::new(Kind::Meeting)
            .with(Slot::Participants, person("Ana Ruiz"))
            .with(Slot::Participants, person("Otto Lind"))
            .with(Slot::Date, date("2005-05-06"))
            .with(Slot::Place, city(town))
    };
    let signed =
        |parties: &[&str]| treaty("Treaty of Ancoria", parties, Slot::Signed, "1950-03-02");
    let world = resolve(
        &[
            source(
                "a",
                vec![
                    ambassador("Ana Ruiz", "1960", "1964"),
                    met("Lima"),
                    signed(&["Peru", "France", "Chile"]),
                ],
            ),
            source(
                "b",
                vec![
                    ambassador("Otto Lind", "1962", "1966"),
                    ambassador("Eva Mora", "1966", "1970"),
                    met("Cusco"),
                    signed(&["Peru", "France", "Spain"]),
                ],
            ),
        ],
        &topics(),
    );
    let told: Vec<(&str, Option<Slot>, usize)> = world
        .conflicts
        .iter()
        .map(|one| (one.about.as_str(), one.slot, one.sides.len()))
        .collect();
    assert_eq!(
        told,
        [
            (
                "meeting/2005-05-06-ana-ruiz-otto-lind",
                Some(Slot::Place),
                2
            ),
            ("office/ambassador-of-peru-to-france", Some(Slot::Person), 2),
            (
                "treaty/chile-france-peru-spain-1950-treaty-of-ancoria",
                Some(Slot::Parties),
                2
            ),
        ]
    );
}

#[test]
fn decisions_are_replayed_and_told_of_where_they_rule_nothing() {
    let sources = [
        source("a", vec![visit("Ana Ruiz", "Peru", "France", "1960-02")]),
        source("b", vec![visit("Anna Vela", "Peru", "France", "1960-03")]),
        source(
            "c",
            vec![
                visit("Otto Lind", "Peru", "France", "1970"),
                severed("severed", "Peru", "Chile", "1943"),
            ],
        ),
        source(
            "d",
            vec![
                visit("Otto Lind", "Peru", "France", "1970"),
                severed("severed", "Peru", "Chile", "1944"),
            ],
        ),
    ];
    let table = format!(
        "{}\n\
         same,person/ana-ruiz,,person/anna-vela,,,,Eva,2026-11-01,\n\
         same,visit/peru-france-1960-ana-ruiz,,visit/peru-france-1960-anna-vela,,,,Eva,2026-11-01,\n\
         different,,c0,,d0,,,Eva,2026-11-01,\n\
         prefer,relations/chile-peru-severed,,,,date,1944,Eva,2026-11-01,\n\
         same,person/nobody,,person/ana-ruiz,,,,Eva,2026-11-01,\n\
         prefer,relations/chile-peru-severed,,,,date,1950,Eva,2026-11-01,\n",
        COLUMNS.join(",")
    );
    let (decisions, wrong) = decisions("d.csv", &table, "");
    assert!(wrong.is_empty());
    let claims = [("c0", ("c", 0)), ("d0", ("d", 0))]
        .into_iter()
        .map(|(hash, (document, at))| (hash.to_owned(), (document.to_owned(), at)))
        .collect();
    let (world, idle) = resolve_decided(&sources, &topics(), &decisions, &claims);
    assert_eq!(idle.len(), 2, "{idle:?}");
    assert_eq!(world.decided.len(), 4);
    let persons: Vec<&str> = world.persons.iter().map(|p| p.about.as_str()).collect();
    assert_eq!(persons, ["person/ana-ruiz", "person/otto-lind"]);
    assert_eq!(world.events.len(), 4, "{:?}", ids(&world));
    let preferred = world
        .events
        .iter()
        .find(|event| event.fact.kind == Kind::Relations)
        .unwrap();
    assert_eq!(preferred.fact.text(Slot::Date), "1944");
    assert_eq!(preferred.preferred, [Slot::Date]);
}
