//! "was appointed in March and presented his credentials in May": credentials are when a post begins only where nothing else is told to be.

use crate::extract::reader::Reader;
use crate::fact::{Claim, Day, Kind, Slot, Value};
use crate::text::Span;
use std::collections::BTreeMap;

/// What words for letters of credence have in them, in the three languages.
const STEMS: [&str; 4] = ["credential", "credencial", "créance", "credence"];

/// How many months lie at most between the day on which somebody was appointed and that of his credentials.
const MONTHS: i32 = 18;

/// Who holds which post where.
type Post = [Option<Value>; 3];

/// Gives those who presented their credentials the earlier day on which the document says that the same post of theirs began.
pub(super) fn begun(reader: &Reader<'_>, claims: &mut [Claim]) {
    let mut begun: BTreeMap<Post, Vec<(usize, Day)>> = BTreeMap::new();
    let start = |c: &Claim| c.fact.date(Slot::Start).and_then(|d| d.start);
    let mut presented = Vec::new();
    for (at, claim) in claims.iter().enumerate() {
        let told = claim.fact.kind == Kind::Appointment && claim.holds();
        let Some(day) = start(claim).filter(|_| told) else {
            continue;
        };
        if by_credentials(reader, claim) {
            presented.push((at, day));
        } else {
            begun.entry(post(claim)).or_default().push((at, day));
        }
    }
    for (at, day) in presented {
        let Some(claim) = claims.get(at) else {
            continue;
        };
        let earlier = begun.get(&post(claim)).into_iter().flatten();
        let Some((from, _)) = earlier.copied().find(|(_, d)| before(*d, day)) else {
            continue;
        };
        let other = claims.get(from);
        let value = other.and_then(|c| c.fact.get(Slot::Start).cloned());
        if let (Some(claim), Some(value)) = (claims.get_mut(at), value) {
            claim.fact.set(Slot::Start, value);
        }
    }
}

fn post(claim: &Claim) -> Post {
    [Slot::Person, Slot::Role, Slot::Receiving].map(|slot| claim.fact.get(slot).cloned())
}

/// Whether words for letters of credence told a claim.
fn by_credentials(reader: &Reader<'_>, claim: &Claim) -> bool {
    let text = |span: Span| span.of(&reader.doc.text).to_lowercase();
    let trigger = claim.trigger.map(text);
    trigger.is_some_and(|words| STEMS.iter().any(|stem| words.contains(stem)))
}

/// Whether a day lies before another, at most so many months; a year alone is not told to be of the same post.
fn before(earlier: Day, later: Day) -> bool {
    let months = |day: Day| Some(day.year * 12 + i32::from(day.month?));
    let apart = months(later).zip(months(earlier)).map(|(b, a)| b - a);
    let days = earlier.day.zip(later.day);
    apart.is_some_and(|apart| {
        (1..=MONTHS).contains(&apart) || apart == 0 && days.is_some_and(|(a, b)| a < b)
    })
}
