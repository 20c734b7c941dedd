//! Who may have held which post.

use super::Draft;
use super::scene::Scene;
use crate::extract::appointment::{Post, headed, likely, post_in, role_of};
use crate::extract::offices::{is_consular, is_head_of_mission};
use crate::fact::{Fact, Kind, Slot, Value};

pub(super) fn candidates<'s>(scene: &Scene<'s, '_>, found: &mut Vec<Draft<'s>>) {
    let reader = scene.reader;
    let p = "appointment";
    let shared = scene.shared(p);
    if scene.hopeless(&shared) {
        return;
    }
    // The posts that the sentence names: role, item, office.
    let mut posts: Vec<(Post, Option<usize>, &'static str)> = Vec::new();
    let named = |role: &str| Post {
        role: role.to_owned(),
        ..Post::default()
    };
    for (at, item) in scene.sentence.items.iter().enumerate() {
        if let Some(actor) = item.actor()
            && let Some(office) = &actor.office
        {
            let role = reader.role_name(office.role);
            let how = if actor.name.is_some() {
                "own"
            } else {
                "office"
            };
            if is_head_of_mission(&role) {
                posts.push((Post::of(office, role), Some(at), how));
            }
        }
        if let Some(post) = item.mission().and_then(|np| headed(reader, np)) {
            posts.push((post, Some(at), "mission"));
        }
    }
    let own = reader.own_mission.as_ref();
    let mut carried: Vec<(Post, Option<usize>, &'static str)> = Vec::new();
    for (back, claim) in scene.last(Kind::Appointment, 10) {
        let post = post_in(reader, &claim.fact, role(&claim.fact));
        if carried.len() < 2 && carried.iter().all(|c| c.0 != post) {
            let how = if back == 0 {
                "told-here"
            } else if back < 3 {
                "told"
            } else {
                "told-far"
            };
            carried.push((post, None, how));
        }
    }
    if let Some((_, claim)) = scene.last(Kind::Mission, 4).first()
        && let Some(Value::Term(kind)) = claim.fact.get(Slot::Kind)
        && let Some(role) = role_of(kind)
    {
        let post = post_in(reader, &claim.fact, role);
        carried.push((post, None, "mission-told"));
    }
    if let Some(mission) = own
        && let Some(role) = reader
            .lexicon
            .missions
            .get(mission.kind)
            .and_then(|k| role_of(k))
    {
        carried.push((named(&role), None, "document"));
    }
    for (at, who) in &scene.actors {
        let Some(person) = who.person else { continue };
        let mut mine = posts.clone();
        mine.retain(|(_, i, how)| *how != "own" || i == at || at.is_none());
        if let Some(role) = who.role.as_deref().filter(|r| is_head_of_mission(r))
            && mine.iter().all(|(r, _, _)| r.role != role)
        {
            mine.push((named(role), None, "known"));
        }
        for more in &carried {
            if mine.iter().all(|(r, _, _)| r.role != more.0.role) {
                mine.push(more.clone());
            }
        }
        for (held, post, how) in mine {
            let role = held.role.clone();
            let mut f = shared.clone();
            scene.who(&mut f, p, "a", who);
            scene.around(&mut f, p, "a", *at);
            if how != "own" {
                scene.around(&mut f, p, "b", post);
                scene.between(&mut f, p, "ab", *at, post);
            }
            f.add(&[p, "|how:", how]);
            f.add(&[
                p,
                "|how:",
                how,
                if at.is_some() { "/here" } else { "/spoken" },
            ]);
            f.add(&[
                p,
                if is_consular(&role) {
                    "|consul"
                } else {
                    "|diplomat"
                },
            ]);
            f.add(&[
                p,
                if own.is_some() {
                    "|own-mission"
                } else {
                    "|no-mission"
                },
            ]);
            scene.rules(&mut f, p);
            if scene.unlikely(&f) {
                continue;
            }
            let Some(fact) = likely(reader, person, held) else {
                continue;
            };
            let ask = [(Slot::Start, [*at, post]), (Slot::End, [*at, post])];
            found.extend(scene.candidate(p, fact, f, &ask, who.evidence.clone()));
        }
    }
}

/// The role that a fact tells; empty where it tells none.
pub(super) fn role(fact: &Fact) -> String {
    if let Some(Value::Office(office)) = fact.get(Slot::Role) {
        office.role.clone()
    } else {
        String::new()
    }
}
