//! Whether facts tell of the same, their dates apart, and what they are told of.

use super::appointment::role;
use crate::fact::{Claim, Edtf, Fact, Kind, Slot, Value};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// With how many facts of one key a further one is compared at most: more of them about one person or body stand in no document that people wrote,
/// and comparing each with each would take the square of their number.
pub(super) const MOST_ALIKE: usize = 500;

/// The slot that tells when a fact of a kind began or was, where its beginning tells it from others.
pub(super) fn begins(kind: Kind) -> Option<Slot> {
    match kind {
        Kind::Visit | Kind::Appointment => Some(Slot::Start),
        Kind::Meeting | Kind::Observation | Kind::Relations => Some(Slot::Date),
        Kind::Treaty => Some(Slot::Signed),
        Kind::Mission | Kind::MissionEvent | Kind::Membership => None,
    }
}

/// Whether two facts of one kind tell of the same, their dates apart.
pub(super) fn same(a: &Fact, b: &Fact) -> bool {
    let slot = |slot: Slot| a.get(slot) == b.get(slot);
    a.kind == b.kind
        && match a.kind {
            Kind::Visit => {
                let who = a.has(Slot::Visitor) && slot(Slot::Visitor)
                    || !a.has(Slot::Visitor) && !b.has(Slot::Visitor) && role(a) == role(b);
                who && slot(Slot::To)
            }
            Kind::Appointment => slot(Slot::Person) && role(a) == role(b),
            Kind::Meeting => {
                let shared = |s: Slot| a.all(s).iter().any(|v| b.all(s).contains(v));
                shared(Slot::Participants)
                    || !a.has(Slot::Participants)
                        && !b.has(Slot::Participants)
                        && shared(Slot::Roles)
            }
            Kind::Mission => {
                of_one_rank(a, b)
                    && slot(Slot::Sending)
                    && if a.has(Slot::City) && b.has(Slot::City) {
                        slot(Slot::City)
                    } else {
                        slot(Slot::Receiving)
                    }
            }
            Kind::Treaty => {
                let title = |fact: &Fact| fact.text(Slot::Title).to_lowercase();
                slot(Slot::Title) || title(a) == title(b)
            }
            Kind::Membership => slot(Slot::State) && slot(Slot::Organisation),
            Kind::Observation => slot(Slot::Measure) && slot(Slot::Value),
            Kind::Relations => {
                let all = |x: &Fact, y: &Fact| {
                    let of = y.all(Slot::Parties);
                    x.all(Slot::Parties).iter().all(|v| of.contains(v))
                };
                slot(Slot::Event)
                    && all(a, b)
                    && all(b, a)
                    && (words(a, Slot::Event) != "recognised" || slot(Slot::Actor))
            }
            Kind::MissionEvent => a == b,
        }
}

/// Whether all who take part in one of two meetings take part in the other, where both name two.
pub(super) fn wholly(a: &Fact, b: &Fact) -> bool {
    let (x, y) = (a.all(Slot::Participants), b.all(Slot::Participants));
    a.kind != Kind::Meeting
        || x.len().min(y.len()) < 2
        || x.iter().all(|v| y.contains(v))
        || y.iter().all(|v| x.contains(v))
}

/// Whether two missions can be one told twice: of one kind, both consulates of whatever rank, or one of which no more is said than that it is a mission.
fn of_one_rank(a: &Fact, b: &Fact) -> bool {
    let kind = |fact| words(fact, Slot::Kind);
    let (a, b) = (kind(a), kind(b));
    let consular = |kind: &str| kind.contains("consul");
    let unsaid = |kind: &str| kind == "mission";
    a == b || consular(&a) && consular(&b) || unsaid(&a) || unsaid(&b)
}

/// The words in a slot, by its first value; empty where there is none.
pub(super) fn words(fact: &Fact, slot: Slot) -> Cow<'_, str> {
    fact.get(slot).map(Value::words).unwrap_or_default()
}

/// Whether two facts can be of one time: of the year in which each begins, where both tell it.
pub(super) fn one_time(a: &Fact, b: &Fact) -> bool {
    let Some(slot) = begins(a.kind) else {
        return true;
    };
    let year = |fact: &Fact| fact.date(slot).and_then(Edtf::year);
    match (year(a), year(b)) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    }
}

/// The slots that say whom or what a fact is told of.
pub(super) fn of_whom(kind: Kind) -> &'static [Slot] {
    match kind {
        Kind::Visit => &[Slot::Visitor, Slot::Role],
        Kind::Appointment => &[Slot::Person],
        Kind::Meeting => &[Slot::Participants, Slot::Roles],
        Kind::Treaty => &[Slot::Title],
        Kind::Membership => &[Slot::State, Slot::Organisation],
        Kind::Observation => &[Slot::Value],
        Kind::Relations => &[Slot::Event],
        Kind::Mission | Kind::MissionEvent => &[Slot::Kind],
    }
}

/// Whom or what a fact is told of, of which a sentence tells one fact of the kind.
pub(super) fn about(fact: &Fact) -> Vec<Value> {
    let slots = of_whom(fact.kind).iter();
    let mut values: Vec<Value> = slots.flat_map(|s| fact.all(*s)).cloned().collect();
    values.sort();
    // A consulate is told of once, of whatever rank.
    if fact.kind == Kind::Mission && words(fact, Slot::Kind).contains("consul") {
        return vec![Value::Term("consulate".to_owned())];
    }
    values
}

/// What two facts of a kind must share one of to tell of the same.
pub(super) fn keys(fact: &Fact) -> Vec<String> {
    if fact.kind == Kind::Mission {
        return vec![fact.text(Slot::Sending) + " " + &fact.text(Slot::Receiving)];
    }
    let named = fact.kind == Kind::Visit && fact.has(Slot::Visitor);
    let slots: &[Slot] = if named {
        &[Slot::Visitor]
    } else {
        of_whom(fact.kind)
    };
    let values = slots.iter().flat_map(|s| fact.all(*s));
    let lower = |value: &Value| {
        let mut lower = String::new();
        push_lower(&mut lower, &value.words());
        lower
    };
    values.map(lower).collect()
}

/// Adds words in lower case to others.
pub(super) fn push_lower(to: &mut String, words: &str) {
    if !words.is_ascii() {
        to.push_str(&words.to_lowercase());
        return;
    }
    let from = to.len();
    to.push_str(words);
    if let Some(own) = to.get_mut(from..) {
        own.make_ascii_lowercase();
    }
}

/// Facts, found again by what they are told of.
pub(super) struct Known<'f> {
    claims: Vec<&'f Claim>,
    keyed: BTreeMap<Kind, BTreeMap<String, Vec<&'f Claim>>>,
}

impl<'f> Known<'f> {
    pub(super) fn new(claims: Vec<&'f Claim>) -> Self {
        let mut keyed: BTreeMap<Kind, BTreeMap<String, Vec<&Claim>>> = BTreeMap::new();
        for &claim in &claims {
            let of_kind = keyed.entry(claim.fact.kind).or_default();
            for key in keys(&claim.fact) {
                of_kind.entry(key).or_default().push(claim);
            }
        }
        Self { claims, keyed }
    }

    /// The facts of a kind that hold.
    pub(super) fn facts(&self, kind: Kind) -> impl Iterator<Item = &'f Fact> {
        let claims = self.claims.iter().filter(move |c| c.fact.kind == kind);
        claims.filter(|c| c.holds()).map(|c| &c.fact)
    }

    /// The claims that tell the same as a fact, dates apart.
    pub(super) fn same(&self, fact: &Fact) -> Vec<&'f Claim> {
        let Some(of_kind) = self.keyed.get(&fact.kind) else {
            return Vec::new();
        };
        let found = keys(fact).into_iter();
        let found = found.filter_map(|key| of_kind.get(&key));
        found
            .flat_map(|claims| claims.iter().take(MOST_ALIKE))
            .copied()
            .filter(|c| same(&c.fact, fact))
            .collect()
    }
}
