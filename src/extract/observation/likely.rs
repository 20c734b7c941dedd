//! A number of a sentence → what it may measure and of whom, its date apart.

use super::about::about;
use super::fits::{of_all, of_sides, sold_to_third, unreal, with_third};
use super::measure::work;
use super::{signed, stretch, unit_name};
use crate::extract::items::{Item, ItemKind};
use crate::extract::quantity::{Quantity, Unit, plain};
use crate::extract::reader::Reader;
use crate::fact::{Fact, Kind, Slot, Value};
use crate::language::Class;

/// The measures of sums of money.
const SUMS: &[&str] = &["trade", "exports", "imports", "investment", "aid", "other"];

/// The measures that a number with a unit may have.
fn measures(unit: Unit) -> &'static [&'static str] {
    match unit {
        Unit::Currency(_) => SUMS,
        Unit::Percent => &["trade", "exports", "imports", "investment", "aid"],
        Unit::People => &["community", "other"],
        Unit::Rank => &["rank"],
    }
}

/// The number at an item; a bare one may count persons.
fn number(reader: &Reader<'_>, item: &Item<'_>) -> Option<Quantity> {
    if let ItemKind::Quantity(quantity) = &item.kind {
        return Some(quantity.clone());
    }
    let written = item.span.of(&reader.doc.text);
    let value = (item.kind == ItemKind::Word)
        .then(|| plain(written, reader.doc.lang))
        .flatten()?;
    let grouped = written.len() > value.len();
    let many = value.parse::<u64>().ok()?;
    ((30..1000).contains(&many) || grouped && many >= 1000).then_some(Quantity {
        value,
        unit: Unit::People,
        zeros: 0,
    })
}

/// What a number may tell: the facts, each with its measure.
pub(in crate::extract) fn may_tell(
    reader: &Reader<'_>,
    items: &[Item<'_>],
    at: usize,
) -> Vec<(Fact, &'static str)> {
    let Some(quantity) = items.get(at).and_then(|item| number(reader, item)) else {
        return Vec::new();
    };
    let last = (0..at).rev().find(|&i| {
        let item = items.get(i);
        item.is_some_and(|x| matches!(x.kind, ItemKind::Quantity(_)))
    });
    let people = quantity.unit == Unit::People;
    // "its most important partner", of no year
    let dateless = quantity.unit == Unit::Rank && quantity.value == "1";
    if dateless && !items.iter().any(Item::is_date) {
        return Vec::new();
    }
    let to_come = !people && unreal(reader, items, (stretch(items, at, last).0, at), at);
    // "35 Peruvian companies"
    let thing = |i: &Item<'_>| reader.lexicon.lists(Class::ThingsCounted, &i.folded);
    // "A population of 50 million"
    let magnitude = [Class::Thousand, Class::Million, Class::Billion];
    let next = items.get(at + 1).filter(|_| people);
    let more = next.is_some_and(|i| magnitude.iter().any(|c| i.is(*c)));
    let things = people && items.iter().skip(at + 1).take(2).any(thing);
    if to_come || more || things || people && work(items, at) {
        return Vec::new();
    }
    let index = items.get(at).map_or(0, |i| i.span.start);
    let index = reader.sentence_index(index).unwrap_or_default();
    let fact = |measure: &&'static str| {
        let told = about(reader, index, items, at, None, measure, (0, items.len()));
        let from = stretch(items, at, last).0;
        if (0..at).any(|i| items.get(i).is_some_and(|x| with_third(reader, x)))
            || (from..at).any(|i| sold_to_third(reader, items, i))
            || of_all(reader, items, (from, at + 1), at)
        {
            return None;
        }
        let of = told
            .filter(|of| of_sides(reader, of))
            .or_else(|| Some(reader.sides.clone()).filter(|sides| sides.len() == 2))?;
        let of: Vec<Value> = of
            .into_iter()
            .filter_map(|b| reader.body_value(b))
            .collect();
        let unit = unit_name(reader, quantity.unit, &of)?;
        let mut fact = Fact::new(Kind::Observation)
            .with(Slot::Measure, Value::Term((*measure).to_owned()))
            .with(Slot::Value, Value::Number(signed(items, at, &quantity)))
            .with(Slot::Unit, Value::Term(unit));
        for value in of {
            fact.add(Slot::Of, value);
        }
        Some((fact, *measure))
    };
    measures(quantity.unit).iter().filter_map(fact).collect()
}
