//! "Peru covers Iceland from Oslo, and Iceland Peru from Ottawa", "the ambassador of Peru in Oslo is accredited to Iceland, that of Iceland in Ottawa
//! to Peru": what was said of one state's mission in a third, of the other's, without the verb.

use super::covers::headed_by;
use super::places::{Placed, base};
use super::seat::{of_mission, of_office};
use super::turn;
use crate::extract::items::Item;
use crate::extract::offices::is_head_of_mission;
use crate::extract::reader::{Reader, Sentence};
use crate::extract::told::{Told, covers};
use crate::fact::{Claim, Kind, Slot};
use crate::language::{Class, Rule, TriggerForm};

/// How many items the part without a verb may have.
const LONGEST: usize = 14;

/// Claims of the missions that a sentence says cover a state as the one before does.
pub(in crate::extract) fn elliptic(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
    rule: &Rule,
    earlier: &Told,
) -> Vec<Claim> {
    let items = &sentence.items;
    let told: Vec<&Claim> = earlier
        .here(Kind::Mission, sentence.span)
        .filter(|c| c.holds() && (covers(c) || c.rule.ends_with(".represented")))
        .collect();
    if told.is_empty() {
        return turn::claims(reader, sentence, rule, earlier);
    }
    let joint = |i: &Item<'_>| i.sign(',') || i.sign(';') || i.is(Class::And);
    let starts = (1..items.len()).filter(|&at| items.get(at - 1).is_some_and(joint));
    let mut claims: Vec<Claim> = Vec::new();
    for start in starts {
        let end = (start..items.len()).find(|&i| {
            let stop = [';', '.', ':']
                .iter()
                .any(|c| items.get(i).is_some_and(|x| x.sign(*c)));
            stop || items.get(i).is_some_and(joint) && i > start
        });
        let part = items.get(start..end.unwrap_or(items.len())).unwrap_or(&[]);
        let Some(placed) = part_of(reader, part) else {
            continue;
        };
        let fact = base(reader, &placed);
        let slots = [Slot::Sending, Slot::Receiving, Slot::City];
        let same = |c: &Claim, slots: &[Slot]| slots.iter().all(|s| c.fact.get(*s) == fact.get(*s));
        // The verb is said of another sender or of another seat; the mirror of a wrong reading is no claim.
        let known = told.iter().any(|c| same(c, &slots)) || claims.iter().any(|c| same(c, &slots));
        if !known {
            let evidence = reader.side_evidence();
            claims.push(reader.claim(fact, rule, sentence, None, evidence, Vec::new()));
        }
    }
    claims
}

/// "Iceland in Peru by its embassy in Ottawa", "the Icelandic ambassador in Ottawa to Peru": one state, its seat and another state, no verb.
fn part_of(reader: &Reader<'_>, part: &[Item<'_>]) -> Option<Placed> {
    let verb = |i: &Item<'_>| {
        let be = i.is(Class::Be);
        (i.is_finite() || i.verb == Some(TriggerForm::Planned)) && !be
            || i.is(Class::Not)
            || i.is(Class::Planned)
            || i.is(Class::Relative)
            || i.is_date()
    };
    let embassy = || reader.lexicon.mission("embassy");
    (part.len() <= LONGEST && !part.iter().any(verb)).then_some(())?;
    let mut nouns = part.iter().filter(|i| i.is_np());
    let first = nouns.next()?;
    let state = |i: &Item<'_>| {
        let city = i
            .city()
            .filter(|_| !i.has_prep(Class::From) && !i.has_prep(Class::By));
        let body = i.named_body().filter(|b| !reader.is_organisation(*b));
        body.or_else(|| reader.capital_state(city?))
    };
    let plain = first.prep.is_empty() && !first.genitive;
    if let Some(office) = first
        .actor()
        .and_then(|a| a.office.as_ref())
        .filter(|_| plain)
    {
        let role = reader.role_name(office.role);
        is_head_of_mission(&role).then_some(())?;
        let sending = office.of?;
        let city = of_office(reader, office)?;
        let second = nouns.next().and_then(state)?;
        let kind = headed_by(reader, office).or_else(embassy)?;
        return placed(reader, sending, second, city, kind, nouns.next().is_none());
    }
    // "that of Iceland in Ottawa to Peru"
    let pro = part
        .iter()
        .take_while(|i| i.span.start < first.span.start)
        .any(|i| i.is(Class::MissionOne));
    let owner = first
        .named_body()
        .filter(|_| plain || pro || first.genitive)?;
    let second = nouns.next()?;
    let third = nouns.next()?;
    let seat = |i: &Item<'_>| {
        if let Some(np) = i.mission() {
            let city = of_mission(reader, np)?;
            let own = np.sending.is_none_or(|s| s == owner);
            return own.then_some((city, np.kind));
        }
        if let Some(office) = i.actor().and_then(|a| a.office.as_ref()) {
            let city = of_office(reader, office)?;
            return Some((city, headed_by(reader, office)?));
        }
        let led = [Class::From, Class::Since, Class::In, Class::By];
        let led = led.iter().any(|c| i.has_prep(*c));
        Some((i.city().filter(|_| led)?, embassy()?))
    };
    let alone = nouns.next().is_none();
    if pro {
        let (city, kind) = seat(second)?;
        return placed(reader, owner, state(third)?, city, kind, alone);
    }
    let covered = second
        .named_body()
        .filter(|b| !reader.is_organisation(*b))?;
    let (city, kind) = seat(third)?;
    placed(reader, owner, covered, city, kind, alone)
}

fn placed(
    reader: &Reader<'_>,
    sending: usize,
    receiving: usize,
    city: usize,
    kind: usize,
    alone: bool,
) -> Option<Placed> {
    let there = reader.state_of_city(city)?;
    let fits = alone && sending != receiving && there != sending;
    fits.then(|| Placed {
        kind,
        sending,
        receiving: Some(receiving),
        city: Some(city),
        ..Placed::default()
    })
}
