//! "Both have honorary consulates: Peru in Kayes, Mali in Arequipa and Cusco": missions of a kind that a sentence names once, and behind a colon or in
//! brackets each state with its cities.

use super::places::{Placed, base};
use crate::extract::items::Item;
use crate::extract::reader::{Reader, Sentence};
use crate::fact::Claim;
use crate::language::{Class, Rule};

/// The missions that such a sentence tells; none where it tells them otherwise.
pub(in crate::extract) fn by_state(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
    rule: &Rule,
) -> Vec<Claim> {
    let items = &sentence.items;
    let Some((kind, groups)) = groups(reader, items) else {
        return Vec::new();
    };
    let seats = groups.into_iter().flat_map(|(sending, cities)| {
        cities.into_iter().map(move |city| Placed {
            kind,
            sending,
            receiving: reader.state_of_city(city),
            city: Some(city),
            ..Placed::default()
        })
    });
    let claim = |placed: Placed| {
        let fact = base(reader, &placed);
        reader.claim(fact, rule, sentence, None, Vec::new(), Vec::new())
    };
    seats.map(claim).collect()
}

/// A state, and where the cities in which it has missions are named.
pub(super) type OfState = (usize, Vec<usize>);

/// The kind of the missions, and each state with the cities of another in which it has one.
pub(super) fn groups(reader: &Reader<'_>, items: &[Item<'_>]) -> Option<(usize, Vec<OfState>)> {
    let opens = items.iter().position(|i| i.sign(':') || i.sign('('))?;
    let before = items.get(..opens)?;
    let np = before.last()?.mission()?;
    let plain = np.cities.is_empty() && np.receiving.is_none();
    let unreal = [Class::Not, Class::Planned, Class::Cancelled];
    let told = !before.iter().any(|i| unreal.iter().any(|c| i.is(*c)));
    (plain && told).then_some(())?;
    let mut groups: Vec<(usize, Vec<usize>)> = Vec::new();
    for item in items.get(opens + 1..)? {
        if item.sign(')') || item.sign('.') {
            break;
        }
        if let Some(city) = item.city() {
            let (sending, cities) = groups.last_mut()?;
            let there = reader.state_of_city(city)?;
            (there != *sending).then_some(())?;
            cities.push(city);
        } else if let Some(body) = item.named_body() {
            groups.push((body, Vec::new()));
        } else {
            let small = [Class::And, Class::In, Class::Article, Class::Genitive];
            let joint = item.sign(',') || item.sign(';') || small.iter().any(|c| item.is(*c));
            joint.then_some(())?;
        }
    }
    let whole = groups.len() > 1 && groups.iter().all(|(_, cities)| !cities.is_empty());
    whole.then_some((np.kind, groups))
}
