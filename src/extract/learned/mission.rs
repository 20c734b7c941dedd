//! Which missions there may have been.

use super::Draft;
use super::features::{Features, Part, name};
use super::near::{apart, nearest};
use super::scene::{CARRIED, Scene};
use crate::extract::items::{Item, MissionNp};
use crate::extract::told::covers;
use crate::fact::{Claim, Fact, Kind, Slot, Value};
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

/// How the text names a state that sends or receives a mission.
fn named(
    scene: &Scene<'_, '_>,
    f: &mut Features<'_>,
    (p, tag): (Part<'_>, &str),
    body: usize,
    anchor: Option<usize>,
) {
    let items = &scene.sentence.items;
    let is = |i: &Item<'_>| {
        let city = || i.city().and_then(|c| scene.reader.capital_state(c));
        i.body()
            .or_else(city)
            .is_some_and(|b| scene.reader.same_state(b, body))
    };
    let verb = items.iter().position(Item::is_finite);
    let mut found = false;
    for (at, item) in items.iter().enumerate().filter(|(_, i)| is(i)) {
        let how = if item.adjective().is_some() {
            "adjective"
        } else if item.genitive {
            "genitive"
        } else if !item.prep.is_empty() {
            "phrase"
        } else if verb.is_some_and(|v| at < v) {
            "subject"
        } else {
            "free"
        };
        let city = if item.city().is_some() { "city-" } else { "" };
        let side = match anchor {
            Some(a) if at < a => "<",
            Some(a) if at > a => ">",
            _ => "=",
        };
        f.add(&name![p, "|", tag, "is:", city, how, side]);
        found = true;
    }
    if !found {
        f.add(&name![p, "|", tag, "is:none"]);
    }
}

/// What may have happened to a mission, and how near to it the words for that stand, and a date.
fn happened(scene: &Scene<'_, '_>, f: &mut Features<'_>, p: Part<'_>, anchor: usize) {
    let items = &scene.sentence.items;
    for sense in HAPPENED {
        let tells = (0..items.len()).filter(|i| scene.means(*i, sense));
        if let Some(at) = tells.min_by_key(|i| i.abs_diff(anchor)) {
            f.add(&name![p, "|", sense, "/", apart(items, anchor, Some(at))]);
        }
    }
    let date = nearest(items, anchor, Item::is_date);
    f.add(&name![p, "|date/", apart(items, anchor, date)]);
}

/// A mission told of before, of which the sentence may tell something new: by "it", "the former", or with nothing said but the verb.
fn carried<'s>(
    scene: &Scene<'s, '_>,
    shared: &mut Option<Features<'s>>,
    found: &mut Vec<Draft<'s>>,
) {
    let reader = scene.reader;
    let p = const { Part::new("mission") };
    let items = &scene.sentence.items;
    let anchor = (0..items.len()).find(|&i| {
        HAPPENED.iter().any(|sense| scene.means(i, sense))
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
        let mut f = shared.get_or_insert_with(|| scene.shared(p)).clone();
        f.add(&name![p, "|carried:", how]);
        f.add(&name![p, "|carried"]);
        for other in items {
            if other.mission().is_some() {
                f.add(&name![p, "|carried/another"]);
            }
        }
        scene.around(&mut f, p, "c", Some(anchor));
        scene.clause(&mut f, (p, "c-"), None, anchor);
        f.add(&name![p, "|carried/back:", how]);
        for (tag, slot) in [("c-from-", Slot::Sending), ("c-to-", Slot::Receiving)] {
            if let Some(body) = reader.body_in(&fact, slot) {
                named(scene, &mut f, (p, tag), body, Some(anchor));
            }
        }
        let date = nearest(items, anchor, Item::is_date);
        f.add(&name![p, "|carried/date/", apart(items, anchor, date)]);
        for sense in scene.senses_at(anchor) {
            f.add(&name![p, "|carried/n:", sense]);
        }
        scene.rules(&mut f, p);
        let ask = [
            (Slot::Opened, [Some(anchor), None]),
            (Slot::Closed, [Some(anchor), None]),
        ];
        found.extend(scene.candidate(p, fact, f, &ask, Vec::new()));
    }
}

/// Where a mission may stand: the item that says so, the city, the state, how that is told.
struct Seat {
    at: Option<usize>,
    city: Option<usize>,
    receiving: Option<usize>,
    /// Whose it is, if that is known.
    sending: Option<usize>,
    how: &'static str,
}

/// Where a mission that a sentence names may stand: in its own cities, in others of the sentence, in either side.
fn seats(scene: &Scene<'_, '_>, np: &MissionNp, kind: &str) -> Vec<Seat> {
    let reader = scene.reader;
    let own = np.cities.iter().map(|(city, _, _)| Seat {
        at: None,
        city: Some(*city),
        receiving: np.receiving.or_else(|| reader.state_of_city(*city)),
        sending: None,
        how: "own",
    });
    let mut seats: Vec<Seat> = own.collect();
    let items = &scene.sentence.items;
    let others = items.iter().filter(|i| i.city().is_some()).count() > seats.len();
    if seats.is_empty() || others {
        for (at, item) in items.iter().enumerate() {
            if let Some(city) = item
                .city()
                .filter(|c| seats.iter().all(|s| s.city != Some(*c)))
            {
                seats.push(Seat {
                    at: Some(at),
                    city: Some(city),
                    receiving: np.receiving.or_else(|| reader.state_of_city(city)),
                    sending: None,
                    how: "city",
                });
            } else if let Some(body) = item.named_body().filter(|b| !reader.is_organisation(*b)) {
                seats.push(Seat {
                    at: Some(at),
                    city: seat(scene, kind, body),
                    receiving: Some(body),
                    sending: None,
                    how: "state",
                });
            }
        }
    }
    if np.cities.is_empty() {
        let receiving = np.receiving.iter().map(|r| (*r, "receiving"));
        for (state, how) in receiving.chain(reader.sides.iter().map(|s| (*s, "side"))) {
            if how == "receiving" || seats.iter().all(|s| s.receiving != Some(state)) {
                seats.push(Seat {
                    at: None,
                    city: seat(scene, kind, state),
                    receiving: Some(state),
                    sending: None,
                    how,
                });
            }
        }
        // "It was raised to an embassy": where the one told of before stands.
        for (_, claim) in scene.last(Kind::Mission, CARRIED) {
            let sending = reader.body_in(&claim.fact, Slot::Sending);
            let city = reader.city_in(&claim.fact, Slot::City);
            let known = |s: &Seat| s.how == "told" && s.sending == sending && s.city == city;
            if claim.fact.text(Slot::Kind) != kind && sending.is_some() && !seats.iter().any(known)
            {
                seats.push(Seat {
                    at: None,
                    city,
                    receiving: reader.body_in(&claim.fact, Slot::Receiving),
                    sending,
                    how: "told",
                });
            }
        }
    }
    seats
}

/// Whose a mission may be that stands somewhere: the state that its name says, else a side or a state of the sentence, but not the one where it is.
fn senders(scene: &Scene<'_, '_>, np: &MissionNp, seat: &Seat) -> Vec<(usize, &'static str)> {
    let reader = scene.reader;
    if let Some(sending) = seat.sending {
        return vec![(sending, "told")];
    }
    if let Some(sending) = np.sending {
        let own = (seat.receiving != Some(sending)).then_some((sending, "own"));
        return own.into_iter().collect();
    }
    let abroad = |body: usize| seat.receiving.is_none_or(|r| !reader.same_state(r, body));
    let other = seat.receiving.and_then(|r| reader.other_side(r));
    let sides = reader.sides.iter().map(|side| {
        let how = if other == Some(*side) {
            "other"
        } else {
            "side"
        };
        (*side, how)
    });
    let mut senders: Vec<(usize, &str)> = sides.filter(|(side, _)| abroad(*side)).collect();
    for body in scene.sentence.items.iter().filter_map(Item::body) {
        if abroad(body) && !reader.is_organisation(body) && senders.iter().all(|s| s.0 != body) {
            senders.push((body, "here"));
        }
    }
    senders
}

/// Missions that a sentence names, wherever they may stand and whosever they may be, and one told of before.
pub(super) fn candidates<'s>(scene: &Scene<'s, '_>, found: &mut Vec<Draft<'s>>) {
    let reader = scene.reader;
    let p = const { Part::new("mission") };
    let mut shared = None;
    carried(scene, &mut shared, found);
    for (at, item) in scene.sentence.items.iter().enumerate() {
        let Some(np) = item.mission() else { continue };
        let Some(kind) = reader.lexicon.missions.get(np.kind) else {
            continue;
        };
        let shared = shared.get_or_insert_with(|| scene.shared(p));
        if scene.hopeless(shared) {
            return;
        }
        let side = |body: usize| {
            if reader.is_side(body) {
                "side"
            } else {
                "third"
            }
        };
        for seat in seats(scene, np, kind) {
            for (sending, whose) in senders(scene, np, &seat) {
                let mut f = shared.clone();
                f.add(&name![p, "|kind:", kind]);
                f.add(&name![p, "|seat:", seat.how]);
                f.add(&name![p, "|whose:", whose]);
                f.add(&name![p, "|seat/whose:", seat.how, "/", whose]);
                f.add(&name![p, "|sender:", side(sending)]);
                f.add(&name![p, "|receiver:", seat.receiving.map_or("none", side)]);
                let own = if np.possessive {
                    "|its"
                } else if np.proper {
                    "|proper"
                } else {
                    "|plain"
                };
                f.add(&name![p, own]);
                named(scene, &mut f, (p, "from-"), sending, Some(at));
                if let Some(receiving) = seat.receiving {
                    named(scene, &mut f, (p, "to-"), receiving, Some(at));
                }
                happened(scene, &mut f, p, at);
                scene.around(&mut f, p, "a", Some(at));
                scene.clause(&mut f, (p, "a-"), None, at);
                scene.around(&mut f, p, "b", seat.at);
                scene.between(&mut f, p, "ab", Some(at), seat.at);
                scene.rules(&mut f, p);
                if scene.unlikely(&f) {
                    continue;
                }
                let Some(sender) = reader.body_value(sending) else {
                    continue;
                };
                let mut fact = Fact::new(Kind::Mission).with(Slot::Sending, sender);
                fact.set(Slot::Kind, Value::Term(kind.clone()));
                if let Some(value) = seat.receiving.and_then(|b| reader.body_value(b)) {
                    fact.set(Slot::Receiving, value);
                }
                if let Some(value) = seat.city.and_then(|c| reader.city_value(c)) {
                    fact.set(Slot::City, value);
                }
                if ruled_by_another(scene, &fact) {
                    continue;
                }
                let near = [Some(at), seat.at];
                let ask = [(Slot::Opened, near), (Slot::Closed, near)];
                found.extend(scene.candidate(p, fact, f, &ask, Vec::new()));
            }
        }
    }
}

/// "formerly in Algiers, in French Algeria": whether rules have told the same mission in the same city, under another state's rule.
fn ruled_by_another(scene: &Scene<'_, '_>, fact: &Fact) -> bool {
    let same = |told: &Claim, slot: Slot| told.fact.get(slot) == fact.get(slot);
    fact.has(Slot::City)
        && scene.told.numbered(scene.index).any(|(_, told)| {
            told.fact.kind == Kind::Mission
                && [Slot::Kind, Slot::Sending, Slot::City]
                    .iter()
                    .all(|s| same(told, *s))
                && told.fact.has(Slot::Receiving)
                && !same(told, Slot::Receiving)
                && !covers(told)
                && !told.rule.ends_with(".represented")
        })
}
