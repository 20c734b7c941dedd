//! A number and the words around it → what it measures.

use crate::extract::items::{Item, ItemKind};
use crate::extract::quantity::Unit;
use crate::extract::reader::Reader;
use crate::language::{Class, Meaning};

/// How far behind a number of people the verb may stand that says what they did.
const CAME: usize = 6;

/// The measure that a word names.
pub(super) fn measure_of(reader: &Reader<'_>, item: &Item) -> Option<String> {
    item.meanings.iter().find_map(|m| {
        if let Meaning::Measure(i) = m {
            reader.lexicon.measures.get(*i).cloned()
        } else {
            None
        }
    })
}

/// The measure that the number belongs to, with the item that names it: "of purchases" behind it, else the nearest before it in its own
/// stretch, else after it, else before it up to a semicolon.
pub(super) fn measure(
    reader: &Reader<'_>,
    items: &[Item],
    at: usize,
    (start, end): (usize, usize),
    unit: Unit,
) -> Option<(String, usize)> {
    match unit {
        Unit::People => {
            if let Some(index) = (start..end).find(|&i| said_of(reader, items, at, i)) {
                return Some(("other".to_owned(), index));
            }
            let measure = if came(reader, items, at, end) {
                "other"
            } else {
                "community"
            };
            return community(items, at).then(|| (measure.to_owned(), at));
        }
        Unit::Rank => return Some(("rank".to_owned(), at)),
        Unit::Percent => {
            // "The number of Polish tourists fell by 11 per cent": of whom the share is told.
            let said = |i: &usize| items.get(*i).and_then(|x| measure_of(reader, x)).is_some();
            let near = (start..at).rev().find(said);
            let people = |m: &String| m == "other";
            let near = near.and_then(|i| Some((measure_of(reader, items.get(i)?)?, i)));
            if let Some((other, index)) = near.filter(|(m, _)| people(m)) {
                return Some((other, index));
            }
        }
        Unit::Currency(_) => {}
    }
    let found = |i: usize| {
        items
            .get(i)
            .and_then(|x| measure_of(reader, x))
            .filter(|m| m != "community" && m != "other")
            .or_else(|| {
                let sum = items.get(i).is_some_and(|x| x.is(Class::Sum));
                sum.then(|| "other".to_owned())
            })
            .map(|m| (m, i))
    };
    // "3 per cent of its imports", "3 per cent of Peru's imports"
    let behind = (at + 1..end.min(at + 5))
        .take_while(|&i| {
            items.get(i).is_some_and(|x| {
                x.is(Class::Of)
                    || x.is(Class::Article)
                    || x.is(Class::Possessive)
                    || x.genitive
                    || measure_of(reader, x).is_some()
            })
        })
        .find_map(found);
    // "88 millones correspondieron a exportaciones", "3 million in exports": what the sum before is made of.
    let small = |x: &Item| {
        [Class::Of, Class::Article, Class::In, Class::To, Class::For]
            .iter()
            .any(|c| x.is(*c))
    };
    let told = |i: usize| {
        items
            .get(i)
            .is_some_and(|x| x.is_finite() && measure_of(reader, x).is_none())
    };
    let from = at + 1 + usize::from(told(at + 1));
    // "a loan of 50 million for the purchase of machines": what the sum is for.
    let given = (start..at).any(|i| {
        let is = |x: &Item| x.is(Class::Sum) || measure_of(reader, x).as_deref() == Some("aid");
        items.get(i).is_some_and(is)
    });
    let part = (from..end.min(at + 5))
        .filter(|_| !given)
        .find(|&i| items.get(i).is_some_and(|x| !small(x)))
        .filter(|&i| items.get(i).is_some_and(|x| x.verb.is_none()))
        .and_then(found)
        .filter(|(m, _)| m == "exports" || m == "imports");
    behind
        .or(part)
        .or_else(|| (start..at).rev().find_map(found))
        .or_else(|| (at + 1..end.min(at + 8)).find_map(found))
        .or_else(|| {
            (0..start)
                .rev()
                .take_while(|&i| items.get(i).is_some_and(|x| !x.sign(';')))
                .find_map(found)
        })
}

/// "30,000 Peruvians went to Chile in 2018": whether those whom a number counts only came for a time.
fn came(reader: &Reader<'_>, items: &[Item], at: usize, end: usize) -> bool {
    // "312 Peruvians graduated there between 1990 and 2018"
    if items.iter().any(|x| x.is(Class::Trained)) {
        return true;
    }
    let lives = |x: &Item| x.is(Class::Resided) || x.is(Class::Born);
    if items.iter().any(lives) {
        return false;
    }
    let behind = items.get(at + 1..end).unwrap_or(&[]).iter();
    let verb = behind.take(CAME).find(|x| x.is_finite());
    verb.is_some_and(|x| x.rules(reader.lexicon).any(|rule| rule.fact == "visit"))
}

/// Whether a word for people who are no community ("students", "tourists") is said of those that a number counts: "40 students", "students: 40",
/// not "40 Peruvians, most of them students".
fn said_of(reader: &Reader<'_>, items: &[Item], at: usize, word: usize) -> bool {
    let other = |x: &Item| measure_of(reader, x).as_deref() == Some("other");
    if !items.get(word).is_some_and(other) {
        return false;
    }
    let ends = |x: &Item| {
        let another = matches!(x.kind, ItemKind::Quantity(_));
        let sign = matches!(x.kind, ItemKind::Sign(c) if c != '-');
        another || sign || x.is_finite() || x.is(Class::Be)
    };
    if word > at {
        let between = items.get(at + 1..word).unwrap_or(&[]);
        return !between.iter().any(ends);
    }
    // "Beside the students there lived 320 Peruvian citizens": those counted have a noun of their own.
    let own = |x: &Item| x.is(Class::People) || matches!(x.kind, ItemKind::Body(_, true));
    let behind = items.get(at + 1..).unwrap_or(&[]).iter().take(2);
    !behind.take_while(|x| !ends(x)).any(own)
}

/// "employed over 10,000 people": whether those counted are who works for somebody.
pub(super) fn work(items: &[Item], at: usize) -> bool {
    let (from, to) = (at.saturating_sub(4), items.len().min(at + 4));
    // "3,500 Peruvians were employed there": who are counted work themselves.
    let passive = |i: usize| {
        let before = items.get(i.saturating_sub(1)..i).unwrap_or(&[]);
        before.iter().any(|x| x.is(Class::Be))
    };
    (from..to).any(|i| items.get(i).is_some_and(|x| x.is(Class::Employs)) && !passive(i))
}

/// Whether people counted live somewhere: "2,658 French nationals resided in Peru", "a community of 300 people".
pub(super) fn community(items: &[Item], at: usize) -> bool {
    let lives = |i: &Item| {
        i.is(Class::Resided)
            || i.is(Class::Trained)
            || i.meanings.iter().any(|m| matches!(m, Meaning::Measure(_)))
    };
    let people = |i: &Item| i.is(Class::People) || matches!(i.kind, ItemKind::Body(_, true));
    let keyed = items
        .get(at)
        .is_some_and(|i| matches!(i.kind, ItemKind::Word))
        && items.get(..at).unwrap_or(&[]).iter().any(people);
    // "300 Chileans in Peru": who are counted in a state live there.
    let placed = items
        .get(at + 1..)
        .unwrap_or(&[])
        .iter()
        .skip_while(|i| !matches!(i.kind, ItemKind::Body(_, true)))
        .skip(1)
        .take(3)
        .any(|i| matches!(i.kind, ItemKind::Body(_, false)) && i.has_prep(Class::In));
    if work(items, at) {
        return false;
    }
    keyed
        || (placed || items.iter().any(lives))
            && items
                .get(at + 1..)
                .unwrap_or(&[])
                .iter()
                .take(4)
                .any(people)
}
