//! Which missions there may have been.

use super::Draft;
use super::scene::{CARRIED, Scene};
use crate::extract::items::ItemKind;
use crate::extract::items::MissionNp;
use crate::fact::{Fact, Kind, Slot, Value};
use crate::language::Class;

/// Words of these senses may tell what happened to a mission told of before.
const HAPPENED: &[&str] = &["open", "close", "raise", "lower", "move", "resume"];

/// The city of a mission to a body of which none is said: that of the document's own mission, or the capital where the text names it.
fn seat(scene: &Scene<'_, '_>, kind: &str, receiving: usize) -> Option<usize> {
    let reader = scene.reader;
    if let Some(own) = &reader.own_mission
        && own.receiving == Some(receiving)
    {
        return own.city;
    }
    if kind.contains("consul") {
        return None;
    }
    reader
        .capital_of(receiving)
        .filter(|c| scene.cities.contains(c))
}

/// A mission told of before, of which the sentence may tell something new: by "it", "the former", or with nothing said but the verb.
fn carried<'s>(scene: &Scene<'s, '_>, found: &mut Vec<Draft<'s>>) {
    let reader = scene.reader;
    let p = "mission";
    let items = &scene.sentence.items;
    let anchor = (0..items.len()).find(|&i| {
        scene
            .senses
            .get(i)
            .is_some_and(|s| s.iter().any(|s| HAPPENED.contains(s)))
            || items.get(i).is_some_and(|x| {
                x.is(Class::MissionOne) || x.is(Class::MissionIt) || x.is(Class::MissionOwn)
            })
    });
    let Some(anchor) = anchor else { return };
    let mut missions: Vec<(Fact, &str)> = Vec::new();
    for (back, claim) in scene.last(Kind::Mission, CARRIED) {
        let mut fact = Fact::new(Kind::Mission);
        for slot in [Slot::Kind, Slot::Sending, Slot::Receiving, Slot::City] {
            if let Some(value) = claim.fact.get(slot) {
                fact.set(slot, value.clone());
            }
        }
        if missions.len() < 3 && missions.iter().all(|m| m.0 != fact) {
            missions.push((
                fact,
                if back == 0 {
                    "told-here"
                } else if back == 1 {
                    "told-before"
                } else {
                    "told"
                },
            ));
        }
    }
    if let Some(own) = &reader.own_mission {
        let mut fact = Fact::new(Kind::Mission);
        let kind = reader
            .lexicon
            .missions
            .get(own.kind)
            .cloned()
            .unwrap_or_default();
        fact.set(Slot::Kind, Value::Term(kind));
        for (slot, value) in [
            (Slot::Sending, reader.body_value(own.sending)),
            (
                Slot::Receiving,
                own.receiving.and_then(|b| reader.body_value(b)),
            ),
            (Slot::City, own.city.and_then(|c| reader.city_value(c))),
        ] {
            if let Some(value) = value {
                fact.set(slot, value);
            }
        }
        if missions.iter().all(|m| m.0 != fact) {
            missions.push((fact, "document"));
        }
    }
    for (fact, how) in missions {
        // Where it stands may be said here.
        let mut f = scene.shared(p);
        f.add(&[p, "|carried:", how]);
        f.add(&[p, "|carried"]);
        for other in items {
            if let ItemKind::Mission(MissionNp { .. }) = other.kind {
                f.add(&[p, "|carried/another"]);
            }
        }
        scene.around(&mut f, p, "c", Some(anchor));
        scene.rules(&mut f, p);
        let ask = [
            (Slot::Opened, [Some(anchor), None]),
            (Slot::Closed, [Some(anchor), None]),
        ];
        found.extend(scene.candidate(p, fact, f, &ask, Vec::new()));
    }
}

pub(super) fn candidates<'s>(scene: &Scene<'s, '_>, found: &mut Vec<Draft<'s>>) {
    let reader = scene.reader;
    let p = "mission";
    let mut shared = None;
    carried(scene, found);
    for (at, item) in scene.sentence.items.iter().enumerate() {
        let ItemKind::Mission(np) = &item.kind else {
            continue;
        };
        let kind = reader
            .lexicon
            .missions
            .get(np.kind)
            .cloned()
            .unwrap_or_default();
        if kind.is_empty() {
            continue;
        }
        let shared = shared.get_or_insert_with(|| scene.shared(p));
        // Where it may stand.
        let mut seats: Vec<(Option<usize>, Option<usize>, Option<usize>, &str)> = Vec::new();
        for (city, _, _) in &np.cities {
            seats.push((None, Some(*city), reader.state_of_city(*city), "own"));
        }
        let several = scene
            .sentence
            .items
            .iter()
            .filter(|i| matches!(i.kind, ItemKind::City(_)))
            .count()
            > seats.len();
        if seats.is_empty() || several {
            for (i, other) in scene.sentence.items.iter().enumerate() {
                match other.kind {
                    ItemKind::City(city) if seats.iter().all(|s| s.1 != Some(city)) => {
                        seats.push((Some(i), Some(city), reader.state_of_city(city), "city"))
                    }
                    ItemKind::Body(body, false) if !reader.is_organisation(body) => {
                        seats.push((Some(i), seat(scene, &kind, body), Some(body), "state"));
                    }
                    _ => {}
                }
            }
        }
        if np.cities.is_empty() {
            if let Some(receiving) = np.receiving {
                seats.push((
                    None,
                    seat(scene, &kind, receiving),
                    Some(receiving),
                    "receiving",
                ));
            }
            for side in &reader.sides {
                if seats.iter().all(|s| s.2 != Some(*side)) {
                    seats.push((None, seat(scene, &kind, *side), Some(*side), "side"));
                }
            }
        }
        for (seat, city, receiving, how) in seats {
            let mut senders: Vec<(usize, &str)> = Vec::new();
            if let Some(sending) = np.sending {
                senders.push((sending, "own"));
            } else {
                for side in &reader.sides {
                    if receiving.is_none_or(|r| !reader.same_state(r, *side)) {
                        senders.push((
                            *side,
                            if receiving.is_some_and(|r| reader.other_side(r) == Some(*side)) {
                                "other"
                            } else {
                                "side"
                            },
                        ));
                    }
                }
                for other in &scene.sentence.items {
                    if let ItemKind::Body(body, _) = other.kind
                        && !reader.is_organisation(body)
                        && senders.iter().all(|s| s.0 != body)
                        && receiving.is_none_or(|r| !reader.same_state(r, body))
                    {
                        senders.push((body, "here"));
                    }
                }
            }
            for (sending, whose) in senders {
                if receiving == Some(sending) {
                    continue;
                }
                let mut fact = Fact::new(Kind::Mission);
                fact.set(Slot::Kind, Value::Term(kind.clone()));
                let Some(sender) = reader.body_value(sending) else {
                    continue;
                };
                fact.set(Slot::Sending, sender);
                if let Some(value) = receiving.and_then(|b| reader.body_value(b)) {
                    fact.set(Slot::Receiving, value);
                }
                if let Some(value) = city.and_then(|c| reader.city_value(c)) {
                    fact.set(Slot::City, value);
                }
                let mut f = shared.clone();
                f.add(&[p, "|kind:", &kind]);
                f.add(&[p, "|seat:", how]);
                f.add(&[p, "|whose:", whose]);
                f.add(&[p, "|seat/whose:", how, "/", whose]);
                f.add(&[
                    p,
                    "|sender:",
                    if reader.is_side(sending) {
                        "side"
                    } else {
                        "third"
                    },
                ]);
                f.add(&[
                    p,
                    "|receiver:",
                    match receiving {
                        Some(r) if reader.is_side(r) => "side",
                        Some(_) => "third",
                        None => "none",
                    },
                ]);
                f.add(&[
                    p,
                    if np.possessive {
                        "|its"
                    } else if np.proper {
                        "|proper"
                    } else {
                        "|plain"
                    },
                ]);
                scene.around(&mut f, p, "a", Some(at));
                scene.around(&mut f, p, "b", seat);
                scene.between(&mut f, p, "ab", Some(at), seat);
                scene.rules(&mut f, p);
                let ask = [
                    (Slot::Opened, [Some(at), seat]),
                    (Slot::Closed, [Some(at), seat]),
                ];
                found.extend(scene.candidate(p, fact, f, &ask, Vec::new()));
            }
        }
    }
}
