//! Which numbers of a sentence may measure what, and when.

use super::Draft;
use super::features::{Part, name};
use super::scene::Scene;
use crate::extract::observation;
use crate::fact::{Kind, Slot};

pub(super) fn candidates<'s>(scene: &Scene<'s, '_>, found: &mut Vec<Draft<'s>>) {
    let reader = scene.reader;
    let p = const { Part::new("observation") };
    let items = &scene.sentence.items;
    let told = scene.told.within(scene.index, scene.index + 1);
    let mut shared = None;
    for at in 0..items.len() {
        for (fact, measure) in observation::may_tell(reader, items, at) {
            let mut f = shared.get_or_insert_with(|| scene.shared(p)).clone();
            let q = f.joined(&name![p, ".", measure]);
            let q = q.part();
            f.add(&name![q, "|intercept"]);
            let unit = fact.text(Slot::Unit);
            let unit = match unit.as_str() {
                "people" | "percent" | "rank" => unit.as_str(),
                _ => "money",
            };
            f.add(&name![q, "|unit:", unit]);
            scene.around(&mut f, q, "a", Some(at));
            scene.told_in_words(&mut f, q);
            scene.rules(&mut f, q);
            for (_, claim) in told {
                if claim.fact.kind == Kind::Observation {
                    f.add(&name![q, "|told:", &claim.fact.text(Slot::Measure)]);
                }
            }
            if scene.unlikely(&f) {
                continue;
            }
            let ask = [(Slot::Date, [Some(at), None])];
            found.extend(scene.candidate(p, fact, f, &ask, Vec::new()));
        }
    }
}
