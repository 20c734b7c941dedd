//! An item of a sentence → the number that it counts, also where only a key or the number before says what.

use super::measure::{community, measure_of};
use crate::extract::items::{Item, ItemKind};
use crate::extract::quantity::{Quantity, Unit, currency_of, plain, shifted, zeros_of};
use crate::extract::reader::Reader;
use crate::language::Class;

/// The quantity at an item; in a fact sheet also a bare number whose key says what it counts ("Chileans in Peru (2020): 4,300").
pub(super) fn counted(
    reader: &Reader<'_>,
    items: &[Item],
    at: usize,
    from: usize,
) -> Option<Quantity> {
    let item = items.get(at)?;
    if let ItemKind::Quantity(quantity) = &item.kind {
        return Some(quantity.clone());
    }
    if numbered(reader, items, at) {
        let value = plain(item.span.of(&reader.doc.text), reader.doc.lang)?;
        return (!value.contains('.')).then_some(Quantity {
            value,
            unit: Unit::People,
            zeros: 0,
        });
    }
    let key = items
        .get(..from)
        .filter(|key| !key.is_empty() && at >= from)?;
    if !matches!(item.kind, ItemKind::Word) {
        return None;
    }
    let value = plain(item.span.of(&reader.doc.text), reader.doc.lang)?;
    // "1988" is a year.
    let year =
        item.folded.len() == 4 && value.parse().is_ok_and(|n: u32| (1500..=2100).contains(&n));
    if year {
        return None;
    }
    // "Exports (million USD)"
    let money = key.iter().find_map(|i| currency_of(&i.meanings));
    let sums = key
        .iter()
        .any(|i| measure_of(reader, i).is_some_and(|m| m != "community" && m != "other"));
    if let Some(currency) = money.filter(|_| sums) {
        // "Trade, 2016 (US$): 4.0 billion": what stands behind the number goes before what its key says.
        let own = items
            .get(at + 1)
            .map_or(0, |i| zeros_of(|class| i.is(class)));
        let zeros = key.iter().map(|i| zeros_of(|class| i.is(class))).max();
        let zeros = if own > 0 { own } else { zeros.unwrap_or(0) };
        return Some(Quantity {
            value: shifted(&value, zeros),
            unit: Unit::Currency(currency),
            zeros,
        });
    }
    let unit = if key.iter().any(|i| i.is(Class::Rank)) {
        Unit::Rank
    } else if key.iter().any(|i| {
        // "Tourists from Peru: 9,200 (2018)"
        let from = |i: &Item| i.has_prep(Class::From) && !i.has_prep(Class::Of);
        let people = |m: String| (m == "community" || m == "other") && key.iter().any(from);
        i.is(Class::People)
            || i.is(Class::Resided)
            || measure_of(reader, i).is_some_and(people)
            || matches!(i.kind, ItemKind::Body(_, true)) && measure_of(reader, i).is_none()
    }) && key
        .iter()
        .all(|i| measure_of(reader, i).is_none_or(|m| m == "community" || m == "other"))
    {
        Unit::People
    } else {
        return None;
    };
    // "Turistas, 2017 | 23,400": nobody counts parts of people.
    let value = match value.split_once('.') {
        Some((whole, _)) if unit == Unit::People => {
            let (_, rest) = item.folded.split_once(['.', ','])?;
            let digits = rest.len() == 3 && rest.chars().all(|c| c.is_ascii_digit());
            digits.then(|| format!("{whole}{rest}"))?
        }
        Some(_) | None => value,
    };
    let fits = unit != Unit::Rank || value.len() <= 3 && !value.contains('.');
    fits.then_some(Quantity {
        value,
        unit,
        zeros: 0,
    })
}

/// How far behind the number of a part the word for what it measures may stand.
const PART: usize = 5;

/// A bare number that goes on from the one told before it ("650 in 2021", "frente a los 251 del año anterior"), or counts a community ("the
/// Peruvian community numbers 640").
pub(super) fn goes_on(
    reader: &Reader<'_>,
    items: &[Item],
    at: usize,
    told: Option<&Quantity>,
    people: bool,
) -> Option<Quantity> {
    let item = items.get(at).filter(|i| i.kind == ItemKind::Word)?;
    let value = plain(item.span.of(&reader.doc.text), reader.doc.lang)?;
    let grouped = item.folded.len() > value.len() && value.parse().is_ok_and(|n: u32| n >= 1000);
    let year = !grouped && value.parse().is_ok_and(|n: u32| (1200..=2100).contains(&n));
    let prepositions = [Class::In, Class::Of, Class::About, Class::From];
    let dated = |mut rest: std::slice::Iter<'_, Item>| {
        rest.next().is_some_and(|first| {
            let date = |i: &Item| matches!(i.kind, ItemKind::Date(_));
            date(first)
                || (first.sign('(') || prepositions.iter().any(|c| first.is(*c)))
                    && rest
                        .take(3)
                        .take_while(|i| !i.is_np() && i.verb.is_none())
                        .any(date)
        })
    };
    let behind = items.get(at + 1..).unwrap_or(&[]);
    let followed = dated(behind.iter());
    let ends = behind
        .first()
        .is_none_or(|i| matches!(i.kind, ItemKind::Sign(c) if c != '%'));
    let led = items
        .get(at.saturating_sub(3)..at)
        .unwrap_or(&[])
        .iter()
        .any(|i| matches!(i.kind, ItemKind::Date(_)));
    // "643 million dollars, of which 598 were imports": a part of the sum before it.
    let part = || {
        let before = reader.doc.text.get(..item.span.start).unwrap_or_default();
        let before = before.trim_end();
        let listed = reader.lexicon.listed(Class::OfWhich);
        let led = listed.iter().any(|w| before.ends_with(w.as_str()));
        let sums =
            |i: &Item| measure_of(reader, i).is_some_and(|m| m == "exports" || m == "imports");
        led && behind.iter().take(PART).any(sums)
    };
    if let Some((Unit::Currency(unit), zeros)) = told.map(|t| (t.unit, t.zeros))
        && part()
    {
        return Some(Quantity {
            value: shifted(&value, zeros),
            unit: Unit::Currency(unit),
            zeros,
        });
    }
    if year || !followed && !ends {
        return None;
    }
    let counts = community(items, at)
        && items.get(..at)?.iter().any(|i| {
            measure_of(reader, i).is_some_and(|m| m == "community" || m == "other")
                || (i.is(Class::People) || i.is(Class::Resided)) && behind_verb(items, at)
        });
    let (unit, zeros) = match told.map(|t| (t.unit, t.zeros)) {
        Some((Unit::Currency(unit), zeros)) if grouped || followed || led => {
            (Unit::Currency(unit), if grouped { 0 } else { zeros })
        }
        Some((Unit::People, _)) if followed || led && ends => (Unit::People, 0),
        None if people && (followed || led && ends) => (Unit::People, 0),
        Some(_) | None if counts => (Unit::People, 0),
        Some(_) | None => return None,
    };
    (unit != Unit::People || !value.contains('.')).then(|| Quantity {
        value: shifted(&value, zeros),
        unit,
        zeros,
    })
}

/// Whether a bare number is that of the people named before it: "the number of Peruvians in Chile was 3,045".
fn numbered(reader: &Reader<'_>, items: &[Item], at: usize) -> bool {
    let bare = |i: &Item| {
        i.kind == ItemKind::Word
            && i.folded.starts_with(|c: char| c.is_ascii_digit())
            && i.verb.is_none()
    };
    let Some(before) = items.get(..at).filter(|_| items.get(at).is_some_and(bare)) else {
        return false;
    };
    // "Tourist arrivals from Peru reached 45,000"
    let arrivals = |(at, i): (usize, &Item)| {
        let from = |x: &Item| x.has_prep(Class::From) && !x.has_prep(Class::Of);
        let behind = before.get(at + 1..).unwrap_or(&[]).iter().take(2);
        let other = measure_of(reader, i).as_deref() == Some("other");
        (other && behind.into_iter().any(from)).then_some(at)
    };
    let arrivals = || before.iter().enumerate().find_map(arrivals);
    let count = before.iter().rposition(|i| i.is(Class::Count));
    let Some(count) = count.or_else(arrivals) else {
        return false;
    };
    let between = before.get(count + 1..).unwrap_or(&[]);
    let counted = before.get(count..).unwrap_or(&[]).iter().take(4).any(|i| {
        i.is(Class::People)
            || i.adjective().is_some()
            || measure_of(reader, i).as_deref() == Some("other")
    });
    let first = |i: &Item| bare(i) || matches!(i.kind, ItemKind::Quantity(_));
    let told = |i: &Item| i.verb.is_some() || i.is(Class::Be);
    counted && between.iter().any(told) && !between.iter().any(first)
}

/// Whether a number stands right behind a verb of counting ("residents numbered about 210").
fn behind_verb(items: &[Item], at: usize) -> bool {
    let near = items.get(at.saturating_sub(3)..at).unwrap_or(&[]);
    near.iter().any(|i| i.is(Class::Numbered))
}
