//! Candidates that a model finds likely → claims: of those that exclude each other the likeliest, with its likeliest dates, none that is told.

use super::Draft;
use super::dates::DateOption;
use crate::extract::reader::Reader;
use crate::fact::{Claim, Edtf, Evidence, EvidenceRole, Fact, Kind, Slot, Value};
use std::cmp::Reverse;

/// How much surer (hundredths) a candidate must be than a sentence's first about the same person to stand beside it, or than is enough where
/// the same is told of another time.
const SURER: i32 = 60;

/// The surest that a candidate is said to be, in percent.
const SUREST: i32 = 90;

/// Sets the dates of a draft, with the passages that they are taken from.
fn dated(draft: &mut Draft<'_>) {
    let dates = std::mem::take(&mut draft.dates);
    for (slot, options) in dates {
        let best = options.iter().enumerate();
        let best = best.max_by_key(|(n, o)| (o.features.score, Reverse(*n)));
        let Some((
            _,
            DateOption {
                date: Some(date),
                evidence,
                ..
            },
        )) = best
        else {
            continue;
        };
        put(&mut draft.fact, slot, *date);
        draft.evidence.extend(evidence.map(|span| Evidence {
            span,
            role: EvidenceRole::Date,
        }));
    }
}

fn put(fact: &mut Fact, slot: Slot, date: Edtf) {
    let first = || date.start.map(Edtf::on);
    let last = || date.end.map(Edtf::on);
    let ends = match slot {
        Slot::Start if fact.kind == Kind::Visit => Some(Slot::End),
        Slot::Start | Slot::End | Slot::Opened | Slot::Closed => None,
        _ => {
            fact.set(slot, Value::Date(date));
            return;
        }
    };
    let own = match slot {
        Slot::End | Slot::Closed if date.interval => last(),
        _ if date.interval => first(),
        _ => Some(date),
    };
    if let Some(own) = own {
        fact.set(slot, Value::Date(own));
    }
    if let Some(last) = ends
        .and_then(|end| Some((end, last()?)))
        .filter(|_| date.interval)
    {
        fact.set(last.0, Value::Date(last.1));
    }
}

/// Whether two facts of one kind tell of the same, their dates apart.
fn same(a: &Fact, b: &Fact) -> bool {
    let slot = |slot: Slot| a.get(slot) == b.get(slot);
    let role = |fact: &Fact| match fact.get(Slot::Role) {
        Some(Value::Office(office)) => Some(office.role.clone()),
        _ => None,
    };
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
                slot(Slot::Kind)
                    && slot(Slot::Sending)
                    && if a.has(Slot::City) && b.has(Slot::City) {
                        slot(Slot::City)
                    } else {
                        slot(Slot::Receiving)
                    }
            }
            _ => a == b,
        }
}

/// Whether two facts can be of one time: of the year in which each begins, where both tell it.
fn one_time(a: &Fact, b: &Fact) -> bool {
    let slot = match a.kind {
        Kind::Visit | Kind::Appointment => Slot::Start,
        Kind::Meeting => Slot::Date,
        _ => return true,
    };
    let year = |fact: &Fact| fact.date(slot).and_then(Edtf::year);
    match (year(a), year(b)) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    }
}

/// Whom or what a fact is told of, of which a sentence tells one fact of the kind.
fn about(fact: &Fact) -> Vec<Value> {
    let slots: &[Slot] = match fact.kind {
        Kind::Visit if fact.has(Slot::Visitor) => &[Slot::Visitor],
        Kind::Visit => &[Slot::Role],
        Kind::Appointment => &[Slot::Person],
        Kind::Meeting => &[Slot::Participants, Slot::Roles],
        _ => &[Slot::Kind],
    };
    let mut values: Vec<Value> = slots.iter().flat_map(|s| fact.all(*s)).cloned().collect();
    values.sort();
    values
}

/// The claims of a document's drafts, in order of the text.
pub(super) fn choose(
    reader: &Reader<'_>,
    told: &[Claim],
    mut drafts: Vec<Draft<'_>>,
) -> Vec<Claim> {
    drafts.iter_mut().for_each(dated);
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    order.sort_by_key(|&n| (Reverse(drafts.get(n).map(|d| d.features.score)), n));
    let mut chosen: Vec<&Draft<'_>> = Vec::new();
    for draft in order.iter().filter_map(|&n| drafts.get(n)) {
        let Some(sentence) = reader.sentences.get(draft.index) else {
            continue;
        };
        let of_kind = || told.iter().filter(|c| c.fact.kind == draft.fact.kind);
        let known = || {
            of_kind()
                .map(|c| &c.fact)
                .chain(chosen.iter().map(|d| &d.fact))
        };
        let alike = || known().filter(|f| same(f, &draft.fact));
        if alike().any(|f| one_time(f, &draft.fact)) {
            continue;
        }
        // What a rule has read there as planned or denied is no fact.
        let meant = |c: &Claim| !c.holds() && sentence.span.contains(c.statement());
        if of_kind().any(|c| meant(c) && same(&c.fact, &draft.fact)) {
            continue;
        }
        let surer = draft.features.score >= SURER;
        if alike().next().is_some() && !(surer && draft.fact.has(Slot::Start)) {
            continue;
        }
        let mine = about(&draft.fact);
        let taken = chosen.iter().any(|d| {
            d.index == draft.index && d.fact.kind == draft.fact.kind && about(&d.fact) == mine
        });
        let tour = draft.fact.kind == Kind::Visit && draft.features.score >= 2 * SURER;
        if taken && !tour {
            continue;
        }
        chosen.push(draft);
    }
    chosen.sort_by_key(|d| d.index);
    chosen
        .into_iter()
        .filter_map(|d| claim(reader, d))
        .collect()
}

fn claim(reader: &Reader<'_>, draft: &Draft<'_>) -> Option<Claim> {
    let sentence = reader.sentences.get(draft.index)?;
    let rule = reader
        .lexicon
        .rule(&format!("{}.likely", draft.fact.kind.name()))?;
    let mut evidence = draft.evidence.clone();
    evidence.extend(reader.side_evidence());
    let mut claim = reader.claim(
        draft.fact.clone(),
        rule,
        sentence,
        None,
        evidence,
        Vec::new(),
    );
    let percent = (50 + draft.features.score / 8).clamp(40, SUREST);
    claim.confidence = u8::try_from(percent).unwrap_or(claim.confidence);
    Some(claim)
}
