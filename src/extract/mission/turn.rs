//! "A opened an embassy in Lima in 1970, and B in Oslo in 1971", "la norvégienne à Lima fut élevée en 1970, la péruvienne à Oslo en 1971": what was
//! done with one state's mission, with another's and on another day, without the verb.

use super::places::{Placed, base};
use super::raised::upgraded;
use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::{Reader, Sentence};
use crate::extract::told::{Told, covers};
use crate::fact::{Claim, Fact, Kind, Slot};
use crate::language::{Class, Rule};

/// How many items the part without a verb may have.
const LONGEST: usize = 10;

/// Claims of the parts of a sentence that name a state, its day and perhaps a seat behind what is told of a mission and its day.
pub(super) fn claims(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
    rule: &Rule,
    earlier: &Told,
) -> Vec<Claim> {
    let items = &sentence.items;
    let here: Vec<&Claim> = earlier
        .here(Kind::Mission, sentence.span)
        .filter(|c| c.holds() && !covers(c) && (dated(c).is_some() || had(c)))
        .collect();
    let Some(model) = here.first().copied() else {
        return Vec::new();
    };
    let slot = dated(model);
    // What is told of missions of several kinds, or of one both opened and closed, has no one verb.
    let same =
        |c: &&&Claim| c.fact.get(Slot::Kind) == model.fact.get(Slot::Kind) && dated(c) == slot;
    if here.iter().filter(same).count() != here.len() {
        return Vec::new();
    }
    let raised = [".upgraded", ".became", ".elevation"];
    let raised = raised.iter().any(|rule| model.rule.ends_with(rule));
    // "A has an embassy in Oslo; B, in Lima": neither has a day.
    let leads = |i: &Item<'_>| i.is_date() || slot.is_none() && i.mission().is_some();
    let first = items.iter().position(leads).unwrap_or(items.len());
    let joint = |i: &Item<'_>| i.sign(',') || i.sign(';') || i.is(Class::And);
    let mut claims: Vec<Claim> = Vec::new();
    for start in first + 1..items.len() {
        if !items.get(start - 1).is_some_and(joint) {
            continue;
        }
        // "…, followed by Peru in Oslo in 1971"
        let start = start + usize::from(led_by_follower(items, start));
        let behind = items.get(start..).unwrap_or(&[]);
        let Some((placed, date)) = part(reader, behind, &model.fact) else {
            continue;
        };
        if slot.is_none() && !mirrors(reader, &placed, &model.fact) {
            continue;
        }
        let date = reader.date(sentence, date.map(|d| start + d));
        let mut fact = base(reader, &placed);
        let slots = [Slot::Sending, Slot::Receiving];
        let known = |c: &Claim| slots.iter().all(|s| c.fact.get(*s) == fact.get(*s));
        if here.iter().any(|c| known(c)) || date.date.is_some() != slot.is_some() {
            continue;
        }
        if let Some(slot) = slot {
            date.put(&mut fact, slot);
        }
        let mut facts = vec![fact];
        let diplomatic = !model.fact.text(Slot::Kind).contains("consul");
        if let Some(receiving) = placed.receiving.filter(|_| raised && diplomatic) {
            let mut fact: Fact = upgraded(reader, [placed.sending, receiving], "upgraded");
            date.put(&mut fact, Slot::Date);
            facts.push(fact);
        }
        claims.extend(facts.into_iter().map(|fact| {
            let evidence = reader.side_evidence();
            reader.claim(fact, rule, sentence, None, evidence, date.flags.clone())
        }));
    }
    claims
}

/// Whether a mission was told to be there, without a day.
fn had(claim: &Claim) -> bool {
    let days = [Slot::Opened, Slot::Closed];
    claim.rule.ends_with(".have") && !days.iter().any(|d| claim.fact.has(*d))
}

/// Whether a mission is the one that the receiver of another has in its sender, in a city that is named.
fn mirrors(reader: &Reader<'_>, placed: &Placed, model: &Fact) -> bool {
    let from = reader.body_in(model, Slot::Sending);
    let to = reader.body_in(model, Slot::Receiving);
    Some(placed.sending) == to && placed.receiving == from && placed.city.is_some()
}

/// Whether words that say who followed ("followed by", "suivi par") stand at an item, and a state behind them.
fn led_by_follower(items: &[Item<'_>], at: usize) -> bool {
    let follows =
        |i: &Item<'_>| i.kind == ItemKind::Word && i.is(Class::Likewise) && i.is(Class::Then);
    let next = items.get(at + 1);
    items.get(at).is_some_and(follows)
        && next.is_some_and(|i| i.named_body().is_some() && i.prep.is_empty())
}

/// The slot of a claim's day, where a rule that tells of an opening or closing set it.
fn dated(claim: &Claim) -> Option<Slot> {
    let told = [
        ".open",
        ".reopen",
        ".close",
        ".upgraded",
        ".became",
        ".elevation",
        ".received",
        ".have",
    ];
    let told = told.iter().any(|rule| claim.rule.ends_with(rule));
    let (opened, closed) = (claim.fact.has(Slot::Opened), claim.fact.has(Slot::Closed));
    match (told, opened, closed) {
        (true, true, false) => Some(Slot::Opened),
        (true, false, true) => Some(Slot::Closed),
        _ => None,
    }
}

/// "Peru in Oslo in 1971", "la péruvienne à Oslo, en 1971", "Russia one in 1976": whose mission, where, and the place of its day, where it has one.
fn part(reader: &Reader<'_>, behind: &[Item<'_>], model: &Fact) -> Option<(Placed, Option<usize>)> {
    let ends =
        |i: &Item<'_>| [',', ';', '.', ':', '('].iter().any(|c| i.sign(*c)) || i.is(Class::And);
    let (mut sending, mut city) = (None, None);
    let mut day = None;
    let mut last = 0;
    for (at, item) in behind.iter().enumerate().take(LONGEST) {
        if day.is_some() || city.is_some() && ends(item) && !goes_on(behind, at) {
            break;
        }
        last = at;
        match &item.kind {
            ItemKind::Body(body, false) if sending.is_none() && item.prep.is_empty() => {
                sending = Some(*body);
            }
            // "the Peruvian one in Oslo"
            ItemKind::Body(body, true) if sending.is_none() => {
                behind.get(at + 1)?.mission()?;
                sending = Some(*body);
            }
            ItemKind::Mission(np) if item.prep.is_empty() && (np.receiving.is_none()) => {
                let own = np.sending.or(sending)?;
                if sending.is_some_and(|s| s != own) {
                    return None;
                }
                sending = Some(own);
                city = city.or(np.cities.first().map(|c| c.0));
                let kind = reader.lexicon.missions.get(np.kind)?;
                (*kind == model.text(Slot::Kind) && np.cities.len() < 2).then_some(())?;
            }
            ItemKind::City(found) if sending.is_some() && city.is_none() => {
                item.has_prep(Class::In).then_some(())?;
                city = Some(*found);
            }
            ItemKind::Date(_) if sending.is_some() => day = Some(at),
            ItemKind::Sign(_) => {
                let comma = item.sign(',') && sending.is_some();
                (comma && goes_on(behind, at)).then_some(())?;
            }
            ItemKind::Word => {
                let small = [
                    Class::Article,
                    Class::In,
                    Class::About,
                    Class::MissionOne,
                    Class::Indefinite,
                    Class::Since,
                    Class::Temporal,
                ];
                let small = small.iter().any(|c| item.is(*c));
                (small && item.verb.is_none() && !item.is(Class::Be)).then_some(())?;
            }
            ItemKind::Actor(_)
            | ItemKind::Body(..)
            | ItemKind::City(_)
            | ItemKind::Date(_)
            | ItemKind::Quantity(_)
            | ItemKind::Mission(_)
            | ItemKind::Treaty(_)
            | ItemKind::Trigger(_) => return None,
        }
    }
    behind.get(last + 1).is_none_or(ends).then_some(())?;
    let sending = sending.filter(|s| !reader.is_organisation(*s))?;
    let from = reader.body_in(model, Slot::Sending)?;
    let to = reader.body_in(model, Slot::Receiving)?;
    let there = city.and_then(|c| reader.state_of_city(c));
    let receiving = there.unwrap_or(if sending == to { from } else { to });
    (sending != from && receiving != sending).then_some(())?;
    let city = city.or_else(|| {
        let same = receiving == to;
        reader.city_in(model, Slot::City).filter(|_| same)
    });
    let placed = Placed {
        kind: reader.lexicon.mission(&model.text(Slot::Kind))?,
        sending,
        receiving: Some(receiving),
        city,
        ..Placed::default()
    };
    Some((placed, day))
}

/// "y la peruana en Oslo, en 1971", "Peru, en Oslo": whether what stands behind a comma belongs to the part.
fn goes_on(behind: &[Item<'_>], at: usize) -> bool {
    let next = behind.iter().skip(at + 1);
    let mut next = next.skip_while(|i| i.is(Class::In) || i.is(Class::About));
    let means = |i: &Item<'_>| {
        let seat = i.city().is_some() && i.has_prep(Class::In);
        i.is_date() || seat || i.mission().is_some_and(|np| np.possessive)
    };
    behind.get(at).is_some_and(|i| i.sign(',')) && next.next().is_some_and(means)
}
