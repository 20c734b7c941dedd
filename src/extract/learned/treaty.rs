//! Which instruments that a sentence names may have been concluded, and when.

use super::Draft;
use super::features::{Part, name};
use super::scene::Scene;
use crate::extract::items::ItemKind;
use crate::extract::treaty;
use crate::fact::{Claim, Fact, Kind, Slot};

/// Whether a rule has told an instrument of whose title that of another is the beginning: the same, with all its words.
fn within(likely: &Fact, told: &Claim) -> bool {
    let title = |fact: &Fact| fact.text(Slot::Title).to_lowercase();
    let (own, whole) = (title(likely), title(&told.fact));
    let rest = whole.strip_prefix(own.as_str());
    // "agreements on trade and on culture", of which each was told: "agreement on trade".
    let each = own.split_once(' ').zip(whole.split_once(' '));
    let each = each.is_some_and(|((noun, list), (one, subject))| {
        noun != one && noun.starts_with(one) && list.starts_with(subject)
    });
    told.fact.kind == Kind::Treaty && (each || rest.is_some_and(|rest| rest.starts_with(' ')))
}

pub(super) fn candidates<'s>(scene: &Scene<'s, '_>, found: &mut Vec<Draft<'s>>) {
    let reader = scene.reader;
    let p = const { Part::new("treaty") };
    let items = &scene.sentence.items;
    let is_treaty = |i: usize| {
        items
            .get(i)
            .is_some_and(|x| matches!(x.kind, ItemKind::Treaty(_)))
    };
    let treaties: Vec<usize> = (0..items.len()).filter(|i| is_treaty(*i)).collect();
    if treaties.is_empty() {
        return;
    }
    let mut shared = scene.shared(p);
    if scene.hopeless(&shared) {
        return;
    }
    scene.rules(&mut shared, p);
    shared.add(&name![p, "|treaties:", &treaties.len().min(4).to_string()]);
    let told = scene.told.within(scene.index, scene.index + 1);
    for (n, &at) in treaties.iter().enumerate() {
        let Some(likely) = treaty::may_be(reader, scene.index, at) else {
            continue;
        };
        // "Trade and cultural agreements", of which both were told.
        let alike = |(_, c): &&(usize, &Claim)| {
            c.fact.kind == Kind::Treaty && c.fact.get(Slot::Kind) == likely.fact.get(Slot::Kind)
        };
        let many = likely.several && told.iter().filter(alike).count() > 1;
        if many || told.iter().any(|(_, claim)| within(&likely.fact, claim)) {
            continue;
        }
        let mut f = shared.clone();
        f.add(&name![p, "|kind:", &likely.fact.text(Slot::Kind)]);
        f.add(&name![p, "|parties:", likely.parties]);
        for sign in &likely.signs {
            f.add(&name![p, "|", sign]);
        }
        f.add(&name![p, "|rank:", &n.min(3).to_string()]);
        let title = likely.fact.text(Slot::Title);
        for (_, claim) in told {
            if claim.fact.kind == Kind::Treaty {
                let own = claim.fact.text(Slot::Title) == title;
                f.add(&name![p, if own { "|title-told" } else { "|other-told" }]);
            }
        }
        scene.around(&mut f, p, "a", Some(at));
        let verb = (0..items.len())
            .filter(|&i| items.get(i).is_some_and(|x| x.verb.is_some()))
            .min_by_key(|i| i.abs_diff(at));
        scene.between(&mut f, p, "av", Some(at), verb);
        let near = [Some(at), verb];
        let ask = [(Slot::Signed, near), (Slot::InForce, near)];
        found.extend(scene.candidate(p, likely.fact, f, &ask, likely.evidence));
    }
}
