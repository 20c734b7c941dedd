//! What stands right behind a holder: where he was and since when ("X, in Mombasa since 1913"), when he was appointed ("X, named in 2011").

use crate::extract::frame::passive_before;
use crate::extract::items::{Item, ItemKind, OfficeNp};
use crate::extract::lasting::lasts;
use crate::extract::offices::is_head_of_mission;
use crate::extract::reader::Reader;
use crate::language::{Class, TriggerForm};

/// Where and when somebody is in post by the words right behind him: a city, a date of what lasts, a date of his appointment.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Beside {
    /// The city, with a date of what lasts behind it.
    pub(super) city: Option<usize>,
    /// The item of the date since or until which he is there.
    pub(super) since: Option<usize>,
    /// The item of the date of his appointment.
    pub(super) named: Option<usize>,
}

impl Beside {
    /// Reads the words behind the item `last` of a holder; "based in Lima" needs no date.
    pub(super) fn read(reader: &Reader<'_>, items: &[Item<'_>], last: usize) -> Self {
        let named = appointed(reader, items, last);
        let none = Self {
            named,
            ..Self::default()
        };
        let mut placed = None;
        let mut stands = None;
        for (at, item) in items.iter().enumerate().skip(last + 1).take(12) {
            if matches!(item.kind, ItemKind::Date(_)) {
                let city = placed.filter(|_| lasts(items, at));
                let none = Self {
                    city: stands,
                    ..none
                };
                return city.map_or(none, |city| Self {
                    city: Some(city),
                    since: Some(at),
                    named: None,
                });
            }
            if let Some(city) = item.city() {
                let there = item.has_prep(Class::In) || item.has_prep(Class::To);
                let led = items.get(at - 1).is_some_and(|i| i.is(Class::PostPlaced));
                if placed.is_some() || !(there || led) {
                    return none;
                }
                placed = Some(city);
                stands = placed.filter(|_| led || led_by_post(items, last, at));
            } else if !passes(item) {
                break;
            }
        }
        Self {
            city: stands,
            ..none
        }
    }
}

/// Whether a word that says that he is in post stands between a holder and a city.
fn led_by_post(items: &[Item<'_>], last: usize, city: usize) -> bool {
    let between = items.get(last + 1..city).unwrap_or(&[]);
    between.iter().any(|i| i.is(Class::PostPlaced))
}

/// Whether a word may stand between a holder and where he is.
fn passes(item: &Item<'_>) -> bool {
    item.sign(',')
        || [
            Class::Be,
            Class::Have,
            Class::PostPlaced,
            Class::Temporal,
            Class::Article,
            Class::In,
            Class::To,
            Class::From,
            Class::Since,
            Class::Until,
            Class::DatePart,
            Class::And,
        ]
        .iter()
        .any(|c| item.is(*c))
            && item.actor().is_none()
}

/// ", appointed in 2011": the date of a participle right behind that says he was given a post.
pub(super) fn appointed(reader: &Reader<'_>, items: &[Item<'_>], last: usize) -> Option<usize> {
    let open = items.get(last + 1)?;
    let at = last + 2;
    let verb = items.get(at).filter(|_| open.sign(',') || open.sign('('))?;
    let ItemKind::Trigger(forms) = &verb.kind else {
        return None;
    };
    let gives = |rule: usize| {
        reader.lexicon.rules.get(rule).is_some_and(|r| {
            r.fact == "appointment"
                && r.set.get("slot").is_some_and(|s| s == "start")
                && (r.args.get("object").is_some_and(|a| a == "holder")
                    || r.id.ends_with(".accredited"))
        })
    };
    // "accredited in": the participle with its preposition is one word of the rule.
    let phrase = verb.folded.contains(' ');
    let participle = forms.iter().any(|(rule, form)| {
        (*form == TriggerForm::Participle || phrase && verb.verb == Some(TriggerForm::Finite))
            && gives(*rule)
    });
    if !participle || passive_before(items.get(..at)?) {
        return None;
    }
    let dated = |i: &usize| {
        items
            .get(*i)
            .is_some_and(|x| matches!(x.kind, ItemKind::Date(_)))
    };
    let found = (at + 1..at + 5)
        .take_while(|&i| items.get(i).is_some_and(|x| !x.is_np() && !x.is_finite()))
        .find(dated)?;
    // "appointed in 2011 ambassador to Peru": the date is of another post.
    items
        .get(found + 1)
        .is_none_or(|i| i.actor().is_none())
        .then_some(found)
}

/// An office that follows another in the same breath, with the item of its own date: "consul from 1938 and minister from 1943".
pub(super) fn later_offices<'i>(
    reader: &Reader<'_>,
    items: &'i [Item<'_>],
    first: usize,
) -> Vec<(&'i OfficeNp, usize)> {
    let mut found = Vec::new();
    let mut joined = false;
    for (at, item) in items.iter().enumerate().skip(first + 1) {
        if let Some(actor) = item.actor() {
            let office = actor.office.as_ref().filter(|o| !o.former);
            let Some(office) = office.filter(|o| is_head_of_mission(&reader.role_name(o.role)))
            else {
                break;
            };
            let Some(date) = date_behind(items, at).filter(|_| joined && actor.name.is_none())
            else {
                break;
            };
            found.push((office, date));
            joined = false;
        } else if item.is(Class::And) || item.is(Class::Then) || item.sign(',') {
            joined = true;
        } else if item.is_finite() || item.is(Class::Relative) || item.mission().is_some() {
            break;
        } else if let ItemKind::Sign(sign) = item.kind
            && !matches!(sign, '(' | ')')
        {
            break;
        }
    }
    found
}

/// The date right behind an office, small words and its places between.
pub(super) fn date_behind(items: &[Item<'_>], at: usize) -> Option<usize> {
    (at + 1..at + 6)
        .take_while(|&i| {
            items.get(i).is_some_and(|x| {
                !(x.is_finite()
                    || x.actor().is_some()
                    || x.is(Class::And)
                    || x.sign(',')
                    || x.sign(';')
                    || x.sign('.'))
            })
        })
        .find(|&i| {
            items
                .get(i)
                .is_some_and(|x| matches!(x.kind, ItemKind::Date(_)))
        })
}
