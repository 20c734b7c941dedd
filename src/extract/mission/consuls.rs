//! "Peru has honorary consuls in Bergen and Trondheim": consuls whom nobody names tell of their consulates → claims of missions.

use super::places::{Placed, base};
use super::spoken::indefinite;
use crate::extract::appointment::headed_kind;
use crate::extract::items::{Item, ItemKind, OfficeNp};
use crate::extract::offices::as_told;
use crate::extract::reader::{Reader, Sentence};
use crate::fact::Claim;
use crate::language::{Class, Rule};

/// Words that say of a consul something other than that he is there.
const NOT_THERE: &[Class] = &[
    Class::Hypothetical,
    Class::Planned,
    Class::Not,
    Class::Wished,
    Class::Requested,
    Class::Cancelled,
    Class::Former,
    Class::Formerly,
];

/// The consulates of the consuls without names that a sentence places in cities.
pub(in crate::extract) fn consuls(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
    rule: &Rule,
) -> Vec<Claim> {
    let items = &sentence.items;
    let named = |i: &Item<'_>| {
        i.actor()
            .is_some_and(|a| a.name.is_some() || a.stand.is_some())
    };
    let unreal = |i: &Item<'_>| NOT_THERE.iter().any(|c| i.is(*c));
    // "has an honorary consul in Bergen but no embassy": what is denied stands behind.
    let but = items.iter().position(|i| i.is(Class::But));
    let said = items.get(..but.unwrap_or(items.len())).unwrap_or(&[]);
    if items.iter().any(named) || said.iter().any(unreal) {
        return Vec::new();
    }
    let mut claims = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let office = item.actor().and_then(|a| a.office.as_ref());
        let Some(office) = office.filter(|o| !o.former && !o.possessive) else {
            continue;
        };
        let role = reader.role_name(office.role);
        let kind = headed_kind(as_told(&role)).filter(|k| k.contains("consul"));
        let kind = kind.and_then(|k| reader.lexicon.mission(k));
        // "had a consul general in A from 1882 to 1900" tells of a holder.
        let dated = items.iter().any(|i| matches!(i.kind, ItemKind::Date(_)));
        let had = items.get(..at).unwrap_or(&[]).iter();
        let had = dated && had.into_iter().any(|i| i.is(Class::Have));
        let one = !had && indefinite(items, at);
        let Some(kind) = kind.filter(|_| one || several(items, at)) else {
            continue;
        };
        if but.is_some_and(|but| at > but) || !of_no_mission(said, at) {
            continue;
        }
        for city in seats(items, at, office) {
            let receiving = reader.state_of_city(city);
            let sending = office
                .of
                .or_else(|| owner(reader, items, at))
                .or_else(|| reader.other_side(receiving?));
            let (Some(sending), Some(to)) = (sending, receiving) else {
                continue;
            };
            if reader.same_state(sending, to) {
                continue;
            }
            let placed = Placed {
                kind,
                sending,
                receiving: Some(to),
                city: Some(city),
                ..Placed::default()
            };
            let fact = base(reader, &placed);
            let evidence = reader.side_evidence();
            claims.push(reader.claim(fact, rule, sentence, None, evidence, Vec::new()));
        }
    }
    claims
}

/// "by an embassy in Oslo and by honorary consuls in Bergen", but not "the embassy, with two consuls": whether the sentence names no mission, or one
/// that a joint alone parts from the consuls.
fn of_no_mission(items: &[Item<'_>], at: usize) -> bool {
    let mission = |i: &Item<'_>| i.mission().is_some();
    let Some(last) = items.iter().rposition(mission) else {
        return true;
    };
    let between = items.get(last + 1..at).unwrap_or(&[]);
    let small = |i: &Item<'_>| {
        let classes = [
            Class::By,
            Class::With,
            Class::Of,
            Class::Article,
            Class::And,
        ];
        i.sign(',') || i.kind == ItemKind::Word && classes.iter().any(|c| i.is(*c))
    };
    let joined = between.iter().any(|i| i.is(Class::And) || i.sign(','));
    last < at && joined && between.iter().all(small)
}

/// Whether an office is that of several.
fn several(items: &[Item<'_>], at: usize) -> bool {
    let noun = items.get(at).map_or("", |i| i.folded.as_ref());
    let mut words = noun.split(' ');
    words.next().is_some_and(|first| first != "consul") && noun.split(' ').any(|w| w.ends_with('s'))
}

/// The state whose consuls they are: the subject of the sentence.
fn owner(reader: &Reader<'_>, items: &[Item<'_>], at: usize) -> Option<usize> {
    let before = items.get(..at)?;
    let free = before
        .iter()
        .find(|i| i.named_body().is_some() && i.prep.is_empty() && !i.genitive)?;
    free.named_body().filter(|b| !reader.is_organisation(*b))
}

/// The cities where they are: those of the office, with the list behind it, or those that stand before it ("In Bergen there are …").
fn seats(items: &[Item<'_>], at: usize, office: &OfficeNp) -> Vec<usize> {
    let list = |from: usize| {
        let small = [Class::And, Class::In, Class::Article];
        let behind = items.get(from..).unwrap_or(&[]).iter();
        let behind = behind.take_while(|i| {
            i.city().is_some()
                || i.sign(',')
                || matches!(i.kind, ItemKind::Word) && small.iter().any(|c| i.is(*c))
        });
        behind.filter_map(Item::city).collect::<Vec<_>>()
    };
    let mut found: Vec<usize> = office.city.into_iter().collect();
    if !found.is_empty() {
        found.extend(&office.further);
        found.extend(list(at + 1));
        return found;
    }
    // "consuls of Peru serve in A and B": what stands behind the verb.
    let behind = items.get(at + 1..).unwrap_or(&[]);
    let placed = |i: &Item<'_>| i.city().is_some() && i.has_prep(Class::In);
    if let Some(first) = behind.iter().take(4).position(placed) {
        return list(at + 1 + first);
    }
    let before = items.get(..at).unwrap_or(&[]);
    before
        .iter()
        .filter(|i| placed(i))
        .filter_map(Item::city)
        .collect()
}
