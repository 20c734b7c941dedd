//! Who may have met whom.

use super::Draft;
use super::scene::Scene;
use crate::extract::reader::Who;
use crate::fact::{Fact, Kind, Slot};

pub(super) fn candidates<'s>(scene: &Scene<'s, '_>, found: &mut Vec<Draft<'s>>) {
    let reader = scene.reader;
    let p = "meeting";
    if scene.actors.len() < 2 {
        return;
    }
    let shared = scene.shared(p);
    if scene.hopeless(&shared) {
        return;
    }
    for (n, (a, one)) in scene.actors.iter().enumerate() {
        for (b, other) in scene.actors.iter().skip(n + 1) {
            if !(surely(scene, one) && surely(scene, other)) {
                continue;
            }
            if one.person.is_none() && other.person.is_none() || one.person == other.person {
                continue;
            }
            let mut f = shared.clone();
            scene.who(&mut f, p, "a", one);
            scene.who(&mut f, p, "b", other);
            scene.around(&mut f, p, "a", *a);
            scene.around(&mut f, p, "b", *b);
            scene.between(&mut f, p, "ab", *a, *b);
            let sides = match (one.of, other.of) {
                (Some(x), Some(y)) if reader.same_state(x, y) => "one",
                (Some(_), Some(_)) => "two",
                _ => "unknown",
            };
            f.add(&[p, "|of:", sides]);
            scene.rules(&mut f, p);
            if scene.unlikely(&f) {
                continue;
            }
            let mut fact = Fact::new(Kind::Meeting);
            let add = |fact: &mut Fact, who: &Who, with: &Who| {
                if let Some(value) = who.person.and_then(|x| reader.person_value(x)) {
                    fact.add(Slot::Participants, value);
                } else if let Some(role) = who
                    .role
                    .as_ref()
                    .or(with.role.as_ref().filter(|_| who.counterpart))
                {
                    let of = who
                        .of
                        .or_else(|| with.of.and_then(|of| reader.other_side(of)));
                    fact.add(Slot::Roles, reader.office_value(role, of));
                }
            };
            add(&mut fact, one, other);
            add(&mut fact, other, one);
            if fact.all(Slot::Participants).len() + fact.all(Slot::Roles).len() < 2 {
                continue;
            }
            let ask = [(Slot::Date, [*a, *b])];
            found.extend(scene.candidate(
                p,
                fact,
                f,
                &ask,
                [one.evidence.clone(), other.evidence.clone()].concat(),
            ));
        }
    }
}

/// Whether somebody is surely a person: by an office, a title, a list of persons.
fn surely(scene: &Scene<'_, '_>, who: &Who) -> bool {
    let known = who.person.and_then(|x| scene.reader.people.known.get(x));
    who.role.is_some() || known.is_none_or(|k| k.sure || !k.offices.is_empty())
}
