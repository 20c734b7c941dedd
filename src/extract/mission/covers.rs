//! Accreditation from a third country: a mission that is responsible for other states than the one it stands in.

mod named;

use super::places::{Placed, base, places};
use super::seat::{self, of_office};
use super::spoken::Spoken;
use crate::extract::appointment::headed_kind;
use crate::extract::frame::Frame;
use crate::extract::items::{Item, ItemKind, MissionNp, OfficeNp};
use crate::extract::lasting::until_before;
use crate::extract::offices::as_told;
use crate::extract::reader::{Reader, Sentence};
use crate::fact::{Claim, Slot};
use crate::language::{Class, Meaning, Rule};
use named::{before_bracket, of_clause, opening, possessive};

/// The sending state, the kind and the seat of the mission that covers.
struct Seat {
    sending: usize,
    kind: usize,
    city: usize,
    /// A phrase of its own names it as the seat from which a state is covered.
    named: bool,
}

/// Claims of a rule that tells which states a mission covers.
pub(super) fn claims(
    reader: &Reader<'_>,
    sentence: &Sentence,
    rule: &Rule,
    frame: &Frame,
    spoken: &Spoken<'_>,
) -> Vec<Claim> {
    let items = &sentence.items;
    if rule.set.get("covered").is_some_and(|c| c == "head") {
        return resides(reader, sentence, rule, frame);
    }
    // "De Samoa se encarga la embajada en Wellington": what is covered may stand first.
    let inverted = frame.role(items, rule, "covered").into_iter().filter(|&i| {
        let item = items.get(i);
        i < frame.at && item.is_some_and(|x| x.has_prep(Class::Of) && x.body().is_some())
    });
    let mut at: Vec<usize> = frame.role(items, rule, "covered");
    at.retain(|&i| i > frame.at);
    // "took charge of American interests": a protecting power's.
    let interests = |i: &usize| {
        let adjective = items.get(*i).is_some_and(|x| x.adjective().is_some());
        adjective && items.get(i + 1).is_some_and(|x| x.is(Class::Interests))
    };
    if at.iter().any(interests) {
        return Vec::new();
    }
    let mut covered = reader.bodies(items, &at);
    // "accréditée à Andorre et à Monaco": a state that its city is named like.
    let alike = at.iter().filter_map(|&i| items.get(i)).filter_map(|i| {
        let there = reader.state_of_city(i.city()?)?;
        let means = |m: &Meaning| matches!(m, Meaning::Body(body, _) if *body == there);
        i.meanings.iter().any(means).then_some(there)
    });
    for state in alike {
        if !covered.contains(&state) {
            covered.push(state);
        }
    }
    if covered.is_empty() {
        covered = reader.bodies(items, &inverted.collect::<Vec<_>>());
    }
    // "De los asuntos chilenos se ocupaba la embajada en A": by an adjective.
    let affairs = adjective_before(items, frame).filter(|_| covered.is_empty());
    covered.extend(affairs);
    covered.retain(|b| !reader.is_organisation(*b));
    let agent = agent_seat(reader, items, frame);
    if let Some((_, state)) = &agent {
        covered = vec![*state];
    }
    // "los asuntos coreanos se atendieron desde Tokio": what is covered is the subject, not who covers.
    if agent.is_none() && super::belongs::served(reader, items, frame.at) {
        return Vec::new();
    }
    let Some(seat) = agent
        .map(|(seat, _)| seat)
        .or_else(|| subject_seat(reader, items, rule, frame, spoken))
        .or_else(|| seat_elsewhere(reader, items, rule, frame))
        .or_else(|| head_elsewhere(reader, items, frame))
        .or_else(|| nameless_seat(reader, items, frame, &covered))
        .or_else(|| seat_of_head(reader, items, frame, spoken))
    else {
        return resident(reader, sentence, rule, frame);
    };
    // The state whose affairs are looked after sends nobody to itself.
    let other = affairs.filter(|a| *a == seat.sending);
    let other = other.and_then(|a| reader.other_side(a));
    let seat = Seat {
        sending: other.unwrap_or(seat.sending),
        ..seat
    };
    let of_city = reader.state_of_city(seat.city);
    // "entrusted the drawings to its embassy in Oslo": nothing is covered.
    let said = rule.set.get("covered").is_some_and(|c| c == "said");
    if covered.is_empty() && !said {
        // "Chile is accredited from Oslo": to the document's other side.
        let home = || reader.home().filter(|h| *h != seat.sending);
        covered.extend(reader.other_side(seat.sending).or_else(home));
    }
    let among: Vec<usize> = at
        .iter()
        .copied()
        .filter(|&i| items.get(i).is_some_and(|x| x.named_body().is_some()))
        .collect();
    covered
        .into_iter()
        // "represented in Japan by its embassy in Tokyo": a mission that stands there; one that covers its own state says nothing.
        .filter(|&receiving| {
            receiving != seat.sending && (Some(receiving) != of_city || seat.named)
        })
        .map(|receiving| {
            let placed = Placed {
                kind: seat.kind,
                sending: seat.sending,
                receiving: Some(receiving),
                city: Some(seat.city),
                formerly: false,
                assumed: false,
                dated: None,
            };
            let mut fact = base(reader, &placed);
            // "A, which covered B from C, opened an embassy in 1971": the date of another clause is not its own.
            let own = frame.date.filter(|&d| !of_main_clause(items, frame.at, d));
            // "by its embassy in A and, since 1994, by a consulate in B": the latter's.
            let own = own.filter(|&d| !of_next(items, frame.at, d));
            // "opened in 1967 and is accredited to A": the day of the verb before.
            let own = own.filter(|&d| {
                let between = items.get(d + 1..frame.at).unwrap_or(&[]);
                !between.iter().any(|i| i.is(Class::And))
            });
            // "accredited to A and, since 2012, B": of those behind it.
            let place = among
                .iter()
                .copied()
                .find(|&i| items.get(i).and_then(Item::named_body) == Some(receiving));
            let own = own.filter(|&d| place.is_none_or(|p| !of_later(d, p, &among)));
            let own = place.map_or(own, |p| bracketed(items, p, own));
            let dated = reader.date(sentence, own);
            let until = |d: usize| {
                let between = items.get(frame.at + 1..d).unwrap_or(&[]);
                between.iter().any(|i| i.is(Class::Until))
            };
            let ends = own.is_some_and(|d| until_before(items, d) || until(d));
            let first = if ends { Slot::Closed } else { Slot::Opened };
            dated.put_range(&mut fact, first, Slot::Closed);
            reader.claim(
                fact,
                rule,
                sentence,
                Some(frame),
                reader.side_evidence(),
                Vec::new(),
            )
        })
        .collect()
}

/// "is represented in Iceland by its embassy in Oslo": whether the state in which a frame says that another is represented is not that of the seat.
pub(super) fn represented_elsewhere(
    reader: &Reader<'_>,
    items: &[Item],
    rule: &Rule,
    frame: &Frame,
) -> bool {
    if !rule.id.ends_with("mission.represented") {
        return false;
    }
    let phrases = || frame.phrases.iter().filter_map(|&i| items.get(i));
    let state = phrases().find_map(Item::named_body);
    let seat = phrases().find_map(|i| i.mission()?.cities.first().map(|c| c.0));
    let there = seat.and_then(|city| reader.state_of_city(city));
    state.is_some_and(|s| there.is_some_and(|t| !reader.same_state(t, s)))
}

/// "accredited to A (since 2005) and B (until 2011)": the day in brackets behind a member of a list, else one that is not in another's brackets.
pub(super) fn bracketed(items: &[Item], member: usize, date: Option<usize>) -> Option<usize> {
    let opens = |i: usize| items.get(i).is_some_and(|x| x.sign('('));
    let own = || {
        let behind = (member + 2..items.len()).take(6);
        let mut inside = behind.take_while(|&i| items.get(i).is_some_and(|x| !x.sign(')')));
        inside.find(|&i| items.get(i).is_some_and(Item::is_date))
    };
    let in_brackets = |d: &usize| {
        let before = items.get(..*d).unwrap_or(&[]).iter().rev();
        let mut before = before.take(6).take_while(|i| !i.sign(')'));
        before.any(|i| i.sign('('))
    };
    if opens(member + 1) {
        return own();
    }
    date.filter(|d| !in_brackets(d))
}

/// Whether a date stands behind a member of a list and before another: it is of that alone.
pub(super) fn of_later(date: usize, member: usize, list: &[usize]) -> bool {
    member < date && list.iter().any(|other| *other > date)
}

/// Whether a date behind a verb stands between the joint of a list and the mission that it ends with.
fn of_next(items: &[Item<'_>], verb: usize, date: usize) -> bool {
    let before = items.get(verb + 1..date).unwrap_or(&[]);
    let small = |i: &Item<'_>| matches!(i.kind, ItemKind::Word | ItemKind::Sign(','));
    let joint = before.iter().rev().take_while(|i| small(i));
    let first = before
        .iter()
        .any(|i| i.mission().is_some() || i.city().is_some());
    let behind = items.get(date + 1..).unwrap_or(&[]).iter();
    let mut behind = behind.skip_while(|i| small(i));
    let next = behind.next();
    // "covers A and, until 1992, covered B": that of the next verb.
    let verb = next.is_some_and(Item::is_finite);
    (first || verb)
        && joint.clone().any(|i| i.is(Class::And))
        && (verb || next.is_some_and(|i| i.mission().is_some()))
}

/// Whether a date stands behind a comma and another verb than that of the relative clause or of the apposition at `at`.
fn of_main_clause(items: &[Item], at: usize, date: usize) -> bool {
    let before = items.get(at.saturating_sub(3)..at).unwrap_or(&[]);
    // "the embassy in A, also accredited to B, closed in 2009"
    let apposed = before.last().is_some_and(|i| i.sign(','));
    let relative = apposed || before.iter().any(|i| i.is(Class::Relative));
    let between = items.get(at + 1..date).unwrap_or(&[]);
    let comma = between.iter().position(|i| i.sign(','));
    let told = |i: &Item<'_>| i.is_finite() || i.is(Class::Have);
    let verb = comma.is_some_and(|c| between.iter().skip(c).any(told));
    relative && verb
}

/// "Canada is represented in Nairobi by a high commission": the mission stands in the city itself.
fn resident(reader: &Reader<'_>, sentence: &Sentence, rule: &Rule, frame: &Frame) -> Vec<Claim> {
    let items = &sentence.items;
    let owners = reader.bodies(items, &frame.role(items, rule, "sender"));
    let phrases = || {
        frame
            .phrases
            .iter()
            .filter_map(|&i| Some((i, items.get(i)?)))
    };
    // The preposition may be part of the verb ("represented in").
    let object = frame.object.iter().filter_map(|&i| items.get(i)?.city());
    let city = phrases()
        .find_map(|(_, x)| x.city().filter(|_| x.has_prep(Class::In)))
        .or_else(|| object.into_iter().next());
    let mission = phrases()
        .filter(|(_, x)| x.has_prep(Class::By))
        .find_map(|(i, x)| Some((i, x.mission().filter(|np| np.cities.is_empty())?)));
    let (Some(sending), Some((at, np))) = (owners.first(), mission) else {
        return Vec::new();
    };
    // "in Peru by an embassy"
    let object = frame
        .object
        .iter()
        .filter_map(|&i| items.get(i)?.named_body());
    let state = phrases()
        .find_map(|(_, x)| x.named_body().filter(|_| x.has_prep(Class::In)))
        .or_else(|| object.into_iter().next());
    let one = at
        .checked_sub(1)
        .and_then(|i| items.get(i))
        .is_some_and(|x| x.is(Class::Indefinite));
    let of_city = city.map(|c| reader.state_of_city(c));
    let receiving = of_city.unwrap_or(state.filter(|s| one && !reader.is_organisation(*s)));
    let receiving = receiving.filter(|r| r != sending);
    let placed = Placed {
        kind: np.kind,
        sending: *sending,
        receiving,
        city,
        ..Placed::default()
    };
    if receiving.is_none() {
        return Vec::new();
    }
    let mut fact = base(reader, &placed);
    let dated = reader.date(sentence, frame.date);
    dated.put_range(&mut fact, Slot::Opened, Slot::Closed);
    vec![reader.claim(
        fact,
        rule,
        sentence,
        Some(frame),
        dated.evidence,
        dated.flags,
    )]
}

/// "The ambassador of Peru to Mali resides in Dakar": the mission that stands there covers the state that he is accredited to.
fn resides(reader: &Reader<'_>, sentence: &Sentence, rule: &Rule, frame: &Frame) -> Vec<Claim> {
    let items = &sentence.items;
    let told = || {
        let (&at, _) = frame.subject.split_first()?;
        let office = items.get(at)?.actor()?.office.as_ref()?;
        let kind = headed_by(reader, office)?;
        let behind = items.get(at + 1..frame.at)?;
        // "Peru has no embassy there; its ambassador resides in Quito": whose he is was said.
        let owner = || {
            let before = items.get(..at)?.iter().rev();
            let mut named = before
                .filter(|i| i.prep.is_empty())
                .filter_map(Item::named_body);
            let owner = named.find(|b| reader.is_side(*b));
            owner.filter(|_| office.possessive && office.of.is_none())
        };
        let receiving = office
            .to
            .or_else(|| behind.iter().find_map(Item::named_body))
            .or_else(|| reader.other_side(office.of.or_else(owner)?))?;
        let sending = office.of.or_else(|| reader.other_side(receiving))?;
        let city = frame.phrases.iter().filter_map(|&i| items.get(i));
        let city = city
            .filter(|x| x.has_prep(Class::In))
            .find_map(Item::city)?;
        let third = reader.state_of_city(city)? != receiving && sending != receiving;
        third.then(|| Placed {
            kind,
            sending,
            receiving: Some(receiving),
            city: Some(city),
            ..Placed::default()
        })
    };
    let Some(placed) = told() else {
        return Vec::new();
    };
    let fact = base(reader, &placed);
    let evidence = reader.side_evidence();
    vec![reader.claim(fact, rule, sentence, Some(frame), evidence, Vec::new())]
}

/// The kind of mission whose head holds an office.
pub(super) fn headed_by(reader: &Reader<'_>, office: &OfficeNp) -> Option<usize> {
    let role = reader.role_name(office.role);
    let kind = headed_kind(as_told(&role))?;
    reader.lexicon.mission(kind)
}

/// The kind of mission, its seat and who sends it, by a phrase that names the mission or its head.
fn named_seat(
    reader: &Reader<'_>,
    item: &Item,
) -> Option<(usize, usize, Option<usize>, Option<usize>)> {
    if let Some(np) = item.mission() {
        return Some((np.kind, np.cities.first()?.0, np.sending, np.receiving));
    }
    let office = item.actor().filter(|a| a.name.is_none())?.office.as_ref()?;
    let kind = headed_by(reader, office)?;
    let city = of_office(reader, office)?;
    Some((kind, city, office.of, office.to))
}

/// "Peru was covered until 1964 by the Norwegian ambassador in Quito": the state is the subject of a passive, and whose mission it is
/// another's.
fn agent_seat(reader: &Reader<'_>, items: &[Item], frame: &Frame) -> Option<(Seat, usize)> {
    let covered = frame.subject.iter().filter_map(|&i| items.get(i));
    let covered = covered.into_iter().find_map(Item::named_body)?;
    let by = frame.phrases.iter().filter_map(|&i| items.get(i));
    let by = by.into_iter().find(|i| i.has_prep(Class::By))?;
    let (kind, city, sending, _) = named_seat(reader, by)?;
    // "Kenya was covered by the embassy in Dar es Salaam": of the other side; not "A is represented in B by its embassy in C".
    let until = items.iter().position(|i| i.span == by.span)?;
    let between = items.get(frame.at + 1..until).unwrap_or(&[]);
    let plain = between
        .iter()
        .all(|i| !(i.is(Class::Possessive) || i.body().is_some() || i.city().is_some()));
    let office = by.actor().and_then(|a| a.office.as_ref());
    let own = by.mission().is_some_and(|np| np.possessive) || office.is_some_and(|o| o.possessive);
    let other = || reader.other_side(covered).filter(|_| plain && !own);
    let sending = sending.or_else(other).filter(|s| *s != covered)?;
    // "Peru is also represented by an honorary consulate in Oslo": one that stands at the other side is the subject's own.
    let there = reader.state_of_city(city);
    if other().is_some() && there == Some(sending) {
        return None;
    }
    let seat = Seat {
        sending,
        kind,
        city,
        named: false,
    };
    Some((seat, covered))
}

/// "The embassy in Quito is in charge of relations with Peru": a mission in a third state, of the document's side that is not covered.
fn nameless_seat(
    reader: &Reader<'_>,
    items: &[Item],
    frame: &Frame,
    covered: &[usize],
) -> Option<Seat> {
    let subject = frame.subject.iter().filter_map(|&i| items.get(i));
    let subject = subject.into_iter().find(|i| i.prep.is_empty())?;
    let (kind, city, sending, receiving) = named_seat(reader, subject)?;
    let state = receiving.or_else(|| reader.state_of_city(city))?;
    let third = sending.is_none() && !reader.is_side(state);
    let sending = third
        .then(|| reader.other_side(*covered.first()?))
        .flatten()?;
    Some(Seat {
        sending,
        kind,
        city,
        named: false,
    })
}

/// "The embassy in Lima is accredited to …": the mission is the subject.
fn subject_seat(
    reader: &Reader<'_>,
    items: &[Item],
    rule: &Rule,
    frame: &Frame,
    spoken: &Spoken<'_>,
) -> Option<Seat> {
    let subject = frame.role(items, rule, "mission");
    let noted = before_bracket(items, frame.at);
    let of_subject = subject
        .iter()
        .copied()
        .filter(|&i| i < frame.at)
        .find(|&i| {
            items
                .get(i)
                .is_some_and(|x| matches!(x.kind, ItemKind::Mission(_)))
        })
        .map(|first| of_clause(items, frame, first));
    let at = noted
        .or(of_subject)
        .or_else(|| super::unnamed::pronoun(items, frame).filter(|_| subject.is_empty()))
        .or_else(|| {
            // Behind the verb, where a language puts its subject there.
            let behind = frame
                .role(items, rule, "covered")
                .into_iter()
                .chain(frame.object.iter().copied());
            behind.filter(|&i| i > frame.at).find(|&i| {
                items
                    .get(i)
                    .is_some_and(|x| x.mission().is_some() && x.prep.is_empty())
            })
        })
        .or_else(|| possessive(items, frame))
        .or_else(|| opening(items, frame))?;
    let resolved = if items.get(at).is_some_and(|i| i.is(Class::Possessive)) {
        spoken.subject()
    } else {
        spoken.resolve(items, at, &[])
    };
    let np: &MissionNp = match (items.get(at).map(|i| &i.kind), &resolved) {
        (_, Some((np, _))) => np,
        (Some(ItemKind::Mission(np)), None) => np,
        (_, None) => return None,
    };
    let mut owner = reader.bodies(items, &(frame.clause.0..at).collect::<Vec<_>>());
    if owner.is_empty() && np.possessive {
        // "A has no embassy there; its embassy in Oslo is responsible".
        owner = reader.bodies(items, &(0..at).collect::<Vec<_>>());
    }
    let placed = places(reader, items, at, np, owner.first().copied());
    let first = placed.into_iter().next()?;
    Some(Seat {
        sending: first.sending,
        kind: first.kind,
        city: first.city.or_else(|| capital_seat(reader, &first))?,
        named: false,
    })
}

/// The capital where a mission stands of which nothing but its state is said: no consulate need be there.
fn capital_seat(reader: &Reader<'_>, placed: &Placed) -> Option<usize> {
    let kind = reader.lexicon.missions.get(placed.kind)?;
    let receiving = placed.receiving.filter(|_| !kind.contains("consul"))?;
    reader.capital_of(receiving)
}

/// "Chile covers Iceland from its embassy in Oslo", "… from Oslo": the state is the subject, the seat a phrase.
fn seat_elsewhere(reader: &Reader<'_>, items: &[Item], rule: &Rule, frame: &Frame) -> Option<Seat> {
    let sending = *reader
        .bodies(items, &frame.role(items, rule, "sender"))
        .first()?;
    let embassy = reader.lexicon.mission("embassy")?;
    let phrases = frame.role(items, rule, "seat");
    phrases
        .iter()
        .filter_map(|&i| items.get(i))
        .find_map(|item| {
            let (kind, city) = if let Some(np) = item.mission() {
                (np.kind, np.cities.first()?.0)
            } else {
                let office = item.actor().and_then(|a| a.office.as_ref());
                let kind = office.and_then(|o| headed_by(reader, o));
                let kind = kind.unwrap_or(embassy);
                (kind, item.city().or(office.and_then(|o| o.city))?)
            };
            Some(Seat {
                sending,
                kind,
                city,
                named: item.mission().is_some(),
            })
        })
}

/// "its ambassador in Oslo is also accredited to Iceland": the office of a head of mission is the subject, with its seat.
fn head_elsewhere(reader: &Reader<'_>, items: &[Item], frame: &Frame) -> Option<Seat> {
    let head = frame
        .subject
        .iter()
        .filter_map(|&i| items.get(i))
        .find(|i| {
            i.actor()
                .is_some_and(|a| a.name.is_none() && a.office.is_some())
        })?;
    let office = head.actor()?.office.as_ref()?;
    let kind = headed_by(reader, office)?;
    // "An ambassador resident in Oslo": the city stands apart.
    let resident = || {
        let at = *frame.subject.first()?;
        let behind = items.get(at + 1..frame.at)?;
        behind.iter().find(|i| i.has_prep(Class::In))?.city()
    };
    let city = of_office(reader, office).or_else(resident)?;
    let sending = office
        .of
        .or_else(|| {
            // "its ambassador": of the state that the sentence speaks of.
            let before = items.get(..frame.at)?;
            before.iter().find_map(Item::named_body)
        })
        // "The ambassador in Lima": of the side that Lima is not in.
        .or_else(|| reader.other_side(reader.state_of_city(city)?))?;
    Some(Seat {
        sending,
        kind,
        city,
        named: false,
    })
}

/// "The ambassador is also accredited to Peru": the mission that the text is about, by the office of its head without a seat.
fn seat_of_head(
    reader: &Reader<'_>,
    items: &[Item],
    frame: &Frame,
    spoken: &Spoken<'_>,
) -> Option<Seat> {
    let [at] = frame.subject.as_slice() else {
        return None;
    };
    let head = items.get(*at)?.actor().filter(|a| a.name.is_none())?;
    let office = head.office.as_ref().filter(|o| !o.possessive)?;
    let kind = headed_by(reader, office)?;
    let (np, _) = spoken.subject()?;
    let fits = np.kind == kind;
    let alone = office.of.is_none_or(|of| np.sending == Some(of));
    let bare = office.to.is_none() && office.city.is_none() && alone && fits;
    bare.then_some(Seat {
        sending: np.sending?,
        kind: np.kind,
        city: seat::of_mission(reader, &np)?,
        named: false,
    })
}

/// The adjective of a state in the phrase that "of" opens before a verb: "de los asuntos chilenos".
fn adjective_before(items: &[Item], frame: &Frame) -> Option<usize> {
    let before = items.get(frame.clause.0..frame.at)?;
    let of = before.iter().position(|i| i.is(Class::Of))?;
    let phrase = before.get(of + 1..)?;
    (phrase.len() < 6).then_some(())?;
    phrase.iter().find_map(Item::adjective)
}
