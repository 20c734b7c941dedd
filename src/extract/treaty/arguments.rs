//! Which treaties a frame speaks of.

use super::{bracketed, gapped, np};
use crate::extract::frame::Frame;
use crate::extract::items::{Item, ItemKind};
use crate::language::{Class, Head, Rule, TriggerForm};

/// The treaties that a frame speaks of: its arguments, else the nearest of the clause.
pub(super) fn arguments(items: &[Item<'_>], rule: &Rule, frame: &Frame) -> Vec<usize> {
    let treaty = |i: &usize| items.get(*i).is_some_and(|x| np(x).is_some());
    if let Some((at, _)) = bracketed(items, frame) {
        return vec![at];
    }
    if let Some(own) = reduced_behind(items, frame).or_else(|| before_relative(items, frame)) {
        return vec![own];
    }
    let mut treaties: Vec<usize> = frame
        .role(items, rule, "treaty")
        .into_iter()
        .filter(treaty)
        .collect();
    // "They signed the following agreements: A; B (2004)": what the noun before the colon announces.
    let announces = |t: &usize| items.get(t + 1).is_some_and(|x| x.sign(':'));
    if treaties.iter().all(announces) {
        let named = behind_colon(items, rule, frame);
        if !named.is_empty() {
            treaties = named;
        }
    }
    if treaties.is_empty() && !rule.set.contains_key("named") {
        // Who signs signs what stands behind the verb, where something does.
        let right_before = (frame.at.saturating_sub(3)..frame.at).any(|i| treaty(&i));
        let behind = (frame.at..frame.clause.1)
            .find(treaty)
            .filter(|_| rule.head == Head::Verb && !frame.passive && !right_before);
        let nearest = behind.or_else(|| {
            (frame.clause.0..frame.clause.1)
                .filter(treaty)
                .min_by_key(|i| i.abs_diff(frame.at))
        });
        treaties.extend(nearest);
    }
    // "the entry into force, on 1 January 2016, of the agreement on visas"
    if treaties.is_empty() && rule.head == Head::Noun {
        let aside =
            |i: &Item<'_>| i.is_date() || i.sign(',') || i.kind == ItemKind::Word && !i.is_finite();
        let behind = (frame.at + 1..items.len()).find(|&i| !items.get(i).is_some_and(aside));
        treaties.extend(behind.filter(treaty));
    }
    // "A protocol that amends the agreement of 1982": what another treaty's relative clause speaks of is not signed.
    let within = |t: usize| {
        let first = treaties.iter().copied().find(|f| *f < t && *f > frame.at);
        first.is_some_and(|f| {
            let between = items.get(f + 1..t).unwrap_or(&[]);
            between.iter().any(|i| i.is(Class::Relative))
                && !between.iter().any(|i| i.is(Class::And) || i.sign(','))
        })
    };
    let kept: Vec<usize> = treaties.iter().copied().filter(|t| !within(*t)).collect();
    treaties = kept;
    // "A, B and an agreement on visas, which was signed in 2010": said of the last alone.
    let of_last = treaties
        .iter()
        .copied()
        .filter(|t| *t < frame.at)
        .max()
        .filter(|last| {
            let between = items.get(last + 1..frame.at).unwrap_or(&[]);
            let one = [Class::Be, Class::Have];
            let many = |i: &Item<'_>| one.iter().any(|c| i.is(*c)) && plural(i);
            between.iter().take(2).any(|i| i.is(Class::Relative)) && !between.iter().any(many)
        });
    if let Some(last) = of_last {
        treaties.retain(|t| *t >= last);
    }
    if let Some(last) = of_several(items, frame, &treaties) {
        treaties.extend(gapped::joined_before(items, last));
    }
    if let [first, second] = *treaties.as_slice()
        && gapped::apposed(items, first, second)
    {
        treaties.retain(|t| *t == second);
    }
    if rule.head == Head::Verb && !treaties.is_empty() {
        let more = gapped::resumed(items, &treaties).filter(|t| !treaties.contains(t));
        treaties.extend(more);
        treaties.extend(gapped::gapped(items, frame, &treaties));
    }
    treaties
}

/// "They signed two documents: an agreement on A and a memorandum on B": the treaties behind the colon that ends a clause without one.
fn behind_colon(items: &[Item<'_>], rule: &Rule, frame: &Frame) -> Vec<usize> {
    let colon = items.get(frame.clause.1).is_some_and(|x| x.sign(':'));
    if !colon || rule.head != Head::Verb {
        return Vec::new();
    }
    let tells = |x: &Item<'_>| x.is_finite() || x.sign(';') && x.is(Class::But);
    let rest =
        (frame.clause.1 + 1..items.len()).take_while(|&i| items.get(i).is_some_and(|x| !tells(x)));
    rest.filter(|&i| items.get(i).is_some_and(|x| np(x).is_some()))
        .collect()
}

/// "un accord … et par une convention signée en 1972": the one treaty right before a French or Spanish participle that is said of one.
fn reduced_behind(items: &[Item<'_>], frame: &Frame) -> Option<usize> {
    let said = items.get(frame.at)?;
    let one = ["e", "o", "a", "u"]
        .iter()
        .any(|end| said.folded.ends_with(end));
    let own = frame.at.checked_sub(1)?;
    let before = items.get(..own)?;
    let earlier = before.iter().rposition(|i| np(i).is_some())?;
    let between = before.get(earlier + 1..)?;
    let joined = between.iter().any(|i| i.is(Class::And));
    let ItemKind::Trigger(forms) = &said.kind else {
        return None;
    };
    let participle = forms.iter().any(|(_, f)| *f == TriggerForm::Participle);
    (participle && one && joined && np(items.get(own)?).is_some()).then_some(own)
}

/// "un accord de pêche et une convention fiscale, signés en 1972": the last treaty right before a French or Spanish participle that is said of several.
fn of_several(items: &[Item<'_>], frame: &Frame, treaties: &[usize]) -> Option<usize> {
    let said = items.get(frame.at)?;
    let [last] = *treaties else {
        return None;
    };
    let participle = said.verb == Some(TriggerForm::Participle) && said.folded.ends_with('s');
    let near = items.get(last + 1..frame.at)?;
    let plain = near
        .iter()
        .all(|i| i.sign(',') || i.kind == ItemKind::Word && !i.is_finite());
    (participle && near.len() < 3 && plain).then_some(last)
}

/// "the pact, which A and B signed in 1934": the treaty before the relative clause whose verb says who signed it.
fn before_relative(items: &[Item<'_>], frame: &Frame) -> Option<usize> {
    let before = items.get(..frame.at).filter(|_| !frame.passive)?;
    let relative = before.iter().rposition(|i| i.is(Class::Relative))?;
    let clause = before.get(relative + 1..)?;
    let named = |i: &Item<'_>| i.named_body().is_some() || i.is(Class::BothStates);
    let plain = |i: &Item<'_>| np(i).is_none() && !i.is_finite() && !i.is(Class::Be);
    (clause.iter().any(named) && clause.iter().all(plain)).then_some(())?;
    let last = relative.checked_sub(1)?;
    let comma = items.get(last).is_some_and(|i| i.sign(','));
    let at = if comma { last.checked_sub(1)? } else { last };
    items.get(at).and_then(np).map(|_| at)
}

/// Whether an auxiliary is a plural.
fn plural(item: &Item<'_>) -> bool {
    [
        "were", "are", "have", "ont", "sont", "furent", "fueron", "han", "son",
    ]
    .contains(&item.folded.as_ref())
}
