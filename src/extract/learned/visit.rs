//! Who may have visited where.

use super::Draft;
use super::appointment::role as role_name;
use super::features::{Features, Part, name};
use super::scene::Scene;
use crate::extract::offices::is_head_of_mission;
use crate::extract::reader::{Looks, Who};
use crate::extract::visit::kind_told;
use crate::fact::{Fact, Kind, Slot, Value};
use crate::language::Class;

/// Classes of words that say of what kind a visit was.
const KINDS: [Class; 3] = [Class::VisitState, Class::VisitOfficial, Class::VisitWorking];

/// Where somebody may have been: the item, the state, the city.
struct Goal {
    at: Option<usize>,
    to: usize,
    city: Option<usize>,
    how: &'static str,
}

fn goals(scene: &Scene<'_, '_>, who: &Who) -> Vec<Goal> {
    let reader = scene.reader;
    let mut found = Vec::new();
    for (at, item) in scene.sentence.items.iter().enumerate() {
        let everywhere = (0, scene.sentence.items.len());
        let goal = if let Some(body) = item.body().filter(|b| !reader.is_organisation(*b)) {
            let how = if item.adjective().is_some() {
                "adjective"
            } else {
                "state"
            };
            Some((body, None, how))
        } else if let Some(city) = item.city() {
            let state = reader.state_of_city(city);
            state.map(|s| (s, Some(city), "city"))
        } else if item.is(Class::There) {
            let city = reader.city_there(scene.index, scene.sentence, everywhere);
            city.and_then(|c| Some((reader.state_of_city(c)?, Some(c), "there")))
        } else if item.is(Class::Capital) {
            let state = who.of.and_then(|of| reader.other_side(of));
            state.map(|s| (s, reader.capital_of(s), "capital"))
        } else {
            None
        };
        if let Some((to, city, how)) = goal {
            found.push(Goal {
                at: Some(at),
                to,
                city,
                how,
            });
        }
    }
    for (back, claim) in scene.last(Kind::Visit, 3).into_iter().take(2) {
        if let Some(to) = reader.body_in(&claim.fact, Slot::To)
            && found.iter().all(|g| g.to != to)
        {
            let how = if back == 0 { "told-here" } else { "told" };
            found.push(Goal {
                at: None,
                to,
                city: None,
                how,
            });
        }
    }
    if who.of.is_none() {
        for side in &reader.sides {
            if found.iter().all(|g| g.to != *side) {
                found.push(Goal {
                    at: None,
                    to: *side,
                    city: None,
                    how: "either",
                });
            }
        }
    }
    if let Some(to) = who.of.and_then(|of| reader.other_side(of))
        && found.iter().all(|g| g.to != to)
    {
        found.push(Goal {
            at: None,
            to,
            city: None,
            how: "other-side",
        });
    }
    if let Some(to) = reader.home().filter(|h| who.of.is_some_and(|of| of != *h))
        && found.iter().all(|g| g.to != to)
    {
        found.push(Goal {
            at: None,
            to,
            city: None,
            how: "home",
        });
    }
    found.retain(|g| who.of.is_none_or(|of| !reader.same_state(of, g.to)));
    found
}

/// Whether somebody may be told to have been somewhere.
fn may_visit((at, who): &(Option<usize>, Who)) -> bool {
    let known = who.person.is_some() || at.is_some() && who.role.is_some();
    known && !who.counterpart && !who.role.as_deref().is_some_and(is_head_of_mission)
}

pub(super) fn candidates<'s>(scene: &Scene<'s, '_>, found: &mut Vec<Draft<'s>>) {
    let reader = scene.reader;
    let p = const { Part::new("visit") };
    if !scene.actors.iter().any(may_visit) {
        return;
    }
    let shared = scene.shared(p);
    if scene.hopeless(&shared) {
        return;
    }
    for (at, who) in scene.actors.iter().filter(|actor| may_visit(actor)) {
        let goals = goals(scene, who);
        let explicit = goals.iter().filter(|g| g.at.is_some()).count();
        for goal in goals {
            let mut f = shared.clone();
            features(scene, &mut f, p, *at, who, &goal);
            beside(scene, &mut f, p, *at, who, &goal, explicit);
            if scene.unlikely(&f) {
                continue;
            }
            let from = who
                .of
                .or_else(|| reader.whence(scene.index, who.person, goal.to));
            let mut fact = Fact::new(Kind::Visit);
            if let Some(person) = who.person.and_then(|x| reader.person_value(x)) {
                fact.set(Slot::Visitor, person);
            }
            if let Some(role) = &who.role {
                fact.set(Slot::Role, reader.office_value(role, from));
            }
            if let Some(from) = from.and_then(|b| reader.body_value(b)) {
                fact.set(Slot::From, from);
            }
            let Some(to) = reader.body_value(goal.to) else {
                continue;
            };
            fact.set(Slot::To, to);
            if let Some(city) = goal.city.and_then(|c| reader.city_value(c)) {
                fact.set(Slot::City, city);
            }
            // "X paid a working visit, and Y came in 2003": a kind of visit is that of whoever acts in its clause.
            let items = scene.sentence.items.iter().enumerate();
            let own = items.filter(|(i, item)| {
                KINDS.iter().any(|c| item.is(*c)) && scene.acts(*at, *i) != "somebody"
            });
            let kind = kind_told(own.map(|(_, item)| item));
            fact.set(Slot::Kind, Value::Term(kind.to_owned()));
            let ask = [(Slot::Start, [*at, goal.at])];
            found.extend(scene.candidate(p, fact, f, &ask, who.evidence.clone()));
        }
    }
}

fn features(
    scene: &Scene<'_, '_>,
    f: &mut Features<'_>,
    p: Part<'_>,
    at: Option<usize>,
    who: &Who,
    goal: &Goal,
) {
    scene.who(f, p, "a", who);
    scene.around(f, p, "a", at);
    scene.around(f, p, "b", goal.at);
    scene.between(f, p, "ab", at, goal.at);
    f.add(&name![p, "|goal:", goal.how]);
    let to = if scene.reader.is_side(goal.to) {
        "side"
    } else {
        "third"
    };
    f.add(&name![p, "|to:", to]);
    let of = who.of.is_some();
    f.add(&name![
        p,
        "|to:",
        to,
        if of { "/of" } else { "/no-of" },
        if who.role.is_some() {
            "/role"
        } else {
            "/no-role"
        },
    ]);
    scene.doings(f, p, at);
    if let Some(there) = goal.at {
        scene.clause(f, (p, "goal-"), at, there);
    }
    scene.rules(f, p);
}

/// How a fact stands to somebody and a state: whether it is told of them.
fn told_of(scene: &Scene<'_, '_>, fact: &Fact, who: &Who, to: usize) -> [&'static str; 2] {
    let reader = scene.reader;
    let person = who.person.and_then(|x| reader.person_value(x));
    let own = match &person {
        Some(person) => [Slot::Visitor, Slot::Participants, Slot::Person]
            .iter()
            .any(|s| fact.all(*s).contains(person)),
        None => who
            .role
            .as_ref()
            .is_some_and(|role| !fact.has(Slot::Visitor) && role_name(fact) == *role),
    };
    let goal = reader
        .body_in(fact, Slot::To)
        .is_some_and(|body| reader.same_state(body, to));
    [
        if own { "own" } else { "other" },
        if goal { "/goal" } else { "/elsewhere" },
    ]
}

/// Features of what stands beside a candidate: what rules told of its person and its goal, other goals, other persons.
fn beside(
    scene: &Scene<'_, '_>,
    f: &mut Features<'_>,
    p: Part<'_>,
    at: Option<usize>,
    who: &Who,
    goal: &Goal,
    explicit: usize,
) {
    let reader = scene.reader;
    for (_, claim) in scene.told.within(scene.index, scene.index + 1) {
        let [own, there] = told_of(scene, &claim.fact, who, goal.to);
        let meant = if claim.holds() { "" } else { "/open" };
        match claim.fact.kind {
            Kind::Visit => f.add(&name![p, "|told-visit:", own, there, meant]),
            Kind::Meeting | Kind::Appointment => {
                f.add(&name![p, "|told-", claim.fact.kind.name(), ":", own, meant]);
            }
            Kind::Mission
            | Kind::MissionEvent
            | Kind::Treaty
            | Kind::Relations
            | Kind::Membership
            | Kind::Observation => {}
        }
    }
    let from = scene.index.saturating_sub(3);
    for (_, claim) in scene.told.within(from, scene.index) {
        if claim.fact.kind == Kind::Visit {
            let [own, there] = told_of(scene, &claim.fact, who, goal.to);
            f.add(&name![p, "|told-before:", own, there]);
        }
    }
    if let Some(known) = who.person.and_then(|x| reader.people.known.get(x)) {
        if known.leads.is_some() {
            f.add(&name![p, "|leader"]);
        }
        if let Some((side, how)) = who.person.and_then(|x| reader.looks_like(x)) {
            let how = match how {
                Looks::Hardly => "hardly:",
                Looks::Rather => "rather:",
                Looks::Surely => "surely:",
            };
            let same = reader.same_state(side, goal.to);
            f.add(&name![
                p,
                "|looks:",
                how,
                if same { "goal" } else { "other" }
            ]);
        }
    }
    let many = explicit.min(3).to_string();
    f.add(&name![p, "|goal:", goal.how, "/of:", &many]);
    let actors = || scene.actors.iter().filter_map(|(at, _)| *at);
    let Some(at) = at else { return };
    let rank = actors().filter(|a| *a < at).count().min(3).to_string();
    f.add(&name![p, "|rank:", &rank]);
    let all = actors().count().min(4).to_string();
    f.add(&name![p, "|rank:", &rank, "/", &all]);
    let host = scene
        .actors
        .iter()
        .any(|(_, other)| other.of.is_some_and(|of| reader.same_state(of, goal.to)));
    if host {
        f.add(&name![p, "|host"]);
    }
    let Some(there) = goal.at else { return };
    let (low, high) = (at.min(there), at.max(there));
    if actors().all(|a| a == at || a <= low || a >= high) {
        f.add(&name![p, "|nearest"]);
    }
    let order = if at < there { "<" } else { ">" };
    f.add(&name![p, "|goal:", goal.how, order, scene.prep_at(there)]);
}
