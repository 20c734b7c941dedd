//! Missions: that they exist, were opened, closed, reopened; and what else happens to them.

mod also;
mod another;
mod belongs;
mod by_state;
mod columns;
mod compared;
mod consuls;
mod covers;
mod cues;
mod dates;
mod elliptic;
mod entries;
mod events;
mod further;
mod gapped;
mod governed;
mod heirs;
mod hosted;
mod joint;
mod life;
mod likewise;
mod listed_heads;
mod meanwhile;
mod mentioned;
mod moved;
mod notes;
mod others;
mod places;
mod raised;
mod replaced;
mod seat;
mod seated;
mod senders;
mod singled;
mod spoken;
mod there;
mod third;
mod turn;
mod unnamed;
mod wanted;

use super::dates::Bound;
use super::frame::{Frame, apart, object_of_other, of_the_last};
use super::items::{Item, ItemKind, MissionNp};
use super::lasting::until_before;
use super::reader::{Reader, Sentence};
use super::relations::goes_on;
use super::told::Told;
use crate::fact::{Claim, Fact, Kind, Modality, Polarity, Slot, Value};
use crate::language::{Class, Head, Rule, TriggerForm};
pub(super) use also::also;
pub(super) use belongs::belongs;
pub(super) use by_state::by_state;
pub(super) use columns::columns;
pub(super) use compared::compared;
pub(super) use consuls::consuls;
pub(super) use dates::late;
use dates::{at_its_end, in_turn, own_date, parted, put, reopened, respectively};
pub(super) use elliptic::elliptic;
pub(super) use entries::{address, entry, line, listed, own};
pub(super) use further::further;
use governed::{before_its_time, governed, parted_by_commas, possessed};
pub(super) use heirs::heirs;
pub(super) use hosted::{hosted, senders as hosted_of};
pub(super) use meanwhile::meanwhile;
pub(super) use mentioned::{asked_for, mentioned};
pub(super) use notes::notes;
pub(super) use others::others;
use places::{base, leads_place, places};
pub(super) use raised::claims as raised;
use raised::{raised_to, rank};
use seated::{city_behind, city_right_before, seated};
pub(super) use singled::city_before;
use singled::{singled_out, standing_in, with_seat};
use spoken::Spoken;
pub(super) use third::{cover_entry, coverings, third};
use wanted::{infinitive_of, only_meant};

/// Claims of a mission rule's frame: a rule with `slot` sets a date of the mission, a rule with `event` tells of a mission event.
pub(super) fn claims(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    rule: &Rule,
    frame: &Frame,
    earlier: &Told,
) -> Vec<Claim> {
    let items = &sentence.items;
    let own = dates::without_holder(items, frame);
    let frame = own.as_ref().unwrap_or(frame);
    let spoken = Spoken::new(reader, index, earlier);
    if rule.set.get("slot").is_some_and(|s| s == "covers") {
        return covers::claims(reader, sentence, rule, frame, &spoken);
    }
    if rule.set.contains_key("same") {
        return likewise::claims(reader, index, sentence, rule, frame, earlier);
    }
    if rule.set.contains_key("replaces") {
        return replaced::claims(reader, index, sentence, rule, frame, earlier);
    }
    let seats = rule.set.get("slot").is_none_or(|s| s == "period");
    if seats && by_state::groups(reader, items).is_some() {
        return Vec::new();
    }
    if only_meant(items, frame) || covers::represented_elsewhere(reader, items, rule, frame) {
        return Vec::new();
    }
    // "They hope to have an embassy soon"
    let infinitive = |i: &Item| i.verb == Some(TriggerForm::Base);
    if rule.set.contains_key("finite") && items.get(frame.at).is_some_and(infinitive) {
        return Vec::new();
    }
    // "The opening of a consulate was discussed in 2012"
    let told = items.get(frame.at + 1..frame.clause.1).unwrap_or(&[]);
    let auxiliary = |i: &Item| i.is(Class::Be) || i.is(Class::Have);
    let mut told = told
        .iter()
        .filter(|i| i.is_finite() && !auxiliary(i) || i.is(Class::Mooted));
    if rule.head == Head::Noun && told.next().is_some_and(|i| i.is(Class::Mooted)) {
        return Vec::new();
    }
    // "X has run the embassy since 2019": of a person it tells no more than who heads it.
    let person = |i: &usize| {
        let actor = items.get(*i).and_then(Item::actor);
        actor.is_some_and(|a| a.name.is_some() || a.stand == Some(super::items::Stand::He))
    };
    let heads = rule.id.ends_with("mission.have") && frame.subject.iter().all(person);
    if heads && !frame.subject.is_empty() {
        return Vec::new();
    }
    // "The post remained vacant until 1931": its head is spoken of, not the mission.
    let (start, end) = frame.clause;
    let clause = items.get(start..end).unwrap_or(&[]);
    if clause.iter().any(|i| i.is(Class::Vacant)) {
        return Vec::new();
    }
    let mut indexes: Vec<usize> = frame.role(items, rule, "mission");
    indexes.retain(|&i| {
        items
            .get(i)
            .is_some_and(|x| matches!(x.kind, ItemKind::Mission(_)) && !x.is(Class::NoMission))
    });
    indexes.retain(|&i| infinitive_of(items, i).is_none_or(|at| at == frame.at));
    indexes.retain(|&i| !wanted::of_a_plan(items, i, frame.at));
    // "received embassy status in 2006": a rank, and no mission.
    let rank_given = rule.args.contains_key("from");
    let part = |i: usize| {
        let next = items.get(i + 1);
        next.is_some_and(|x| x.is(Class::MissionPart) || rank_given && x.is(Class::MissionRank))
    };
    let parts = indexes.iter().any(|&i| part(i));
    indexes.retain(|&i| !part(i));
    // "The embassy building was inaugurated in 1966": nothing is told of the embassy.
    if parts && indexes.is_empty() {
        return Vec::new();
    }
    // "Peru opened an embassy in A and later set up a consulate in B": the object of the first verb is not the second's subject.
    if !frame.passive && indexes.iter().any(|&i| i > frame.at) {
        // "The embassy in A was accredited to B until Peru opened one there": nor is that of a clause with a subject of its own.
        let subject = frame.at.checked_sub(1).and_then(|i| items.get(i));
        let own = subject.is_some_and(|i| i.named_body().is_some() && i.prep.is_empty());
        let before = |i: usize| items.get(i..frame.at).unwrap_or(&[]).iter();
        let told = |i: usize| before(i).any(|x| x.is_finite() || x.is(Class::Be));
        indexes.retain(|&i| i > frame.at || !(object_of_other(items, i) || own && told(i)));
    }
    if frame.passive {
        // "The library was opened by the embassy": who acts is not what it is done to.
        let agent = |i: usize| i > frame.at && items.get(i).is_some_and(|x| x.has_prep(Class::By));
        indexes.retain(|&i| !apart(items, i, frame.at) && !agent(i));
    }
    // "Fut érigée en ambassade": a new rank of one that stood before, which another rule tells.
    let mut behind = items.iter().skip(frame.at + 1);
    let newly = behind.find(|i| !i.is(Class::In)).filter(|_| frame.passive);
    let newly = newly
        .is_some_and(|i| i.mission().is_some() && !i.prep.is_empty() && !i.has_prep(Class::As));
    if newly && indexes.iter().any(|&i| i < frame.at) {
        return Vec::new();
    }
    before_its_time(reader, items, frame, &mut indexes);
    governed::without_above(items, frame, &mut indexes);
    governed::without_heirs(items, frame, &mut indexes);
    let dates = rule
        .set
        .get("slot")
        .is_some_and(|s| s == "opened" || s == "closed");
    let further = gapped::next(items, frame).filter(|_| dates);
    indexes.retain(|i| further.as_ref().is_none_or(|f| !f.subject.contains(i)));
    // "consulates in A and B, and Peru with one in C, opened in 2009": the participle is said of the mission right before its comma.
    if let Some(last) = governed::right_before_comma(items, frame)
        && indexes.iter().all(|&i| i < last)
    {
        indexes = vec![last];
    }
    // "A closed its embassy in 1990, and B its own in 1992": not what the verb's subject did.
    indexes.retain(|&i| i < frame.at || !gapped::of_another(items, frame, i));
    let mut owners = reader.bodies(items, &senders::owners_of(items, frame, rule));
    if owners.is_empty() && senders::by_us(items, frame) {
        owners.extend(reader.home());
    }
    owners = senders::of_the_states(reader, items, frame).unwrap_or(owners);
    let dated = at_its_end(items, frame, reader.date(sentence, frame.date));
    // "a presence since 1841, opening consulates …": a date that another verb owns is not the opening's; "since at least" is no opening.
    let begins = rule
        .set
        .get("slot")
        .is_some_and(|s| s == "opened" || s == "period");
    let late = begins && late(items, frame, &dated);
    // "The opening of a consulate, recommended in 2014, is still under study."
    let aside = |d: usize| {
        let between = items.get(frame.at + 1..d).unwrap_or(&[]);
        let comma = between.iter().position(|i| i.sign(','));
        rule.head == Head::Noun
            && comma.is_some_and(|at| between.iter().skip(at).any(Item::is_finite))
    };
    // "12 June 2017. The embassy of Peru closes": the date of the entry.
    let of_entry = frame.date.is_none() && dated.date.is_some();
    let own = (of_entry
        || frame
            .date
            .is_some_and(|d| own_date(items, frame, d) && !aside(d)))
        && (late || !matches!(dated.bound, Bound::Before));
    let mut claims = Vec::new();
    let subject = rule
        .args
        .get("subject")
        .is_some_and(|roles| roles.split('|').any(|r| r == "mission"));
    // "opened a consulate in A and established relations with B": what it is done to is told.
    let done_to = !frame.passive
        && frame
            .object
            .iter()
            .any(|&i| items.get(i).is_some_and(|x| x.is(Class::Relations)));
    if indexes.is_empty() && subject && !done_to {
        // "the embassy in Lima, closed in 1931", "It was closed in 1931": the mission that the verb leans on, or the one spoken of.
        indexes.extend(
            governed(items, frame)
                .or_else(|| parted_by_commas(items, frame))
                .or_else(|| governed::under_somebody(items, frame))
                .or_else(|| {
                    let it = unnamed::pronoun(items, frame)?;
                    Some(unnamed::behind_colon(items, it).unwrap_or(it))
                })
                .or_else(|| unnamed::follows(reader.lexicon, items, frame))
                .or_else(|| unnamed::object(items, frame)),
        );
    }
    if frame.passive {
        indexes.retain(|&i| !apart(items, i, frame.at));
    }
    if indexes.is_empty()
        && let Some(event) = rule.set.get("event")
    {
        claims.extend(events::alone(reader, sentence, rule, frame, event));
    }
    let there = there::there(reader, index, sentence, frame.clause, &owners);
    let (shared, shared_own) = (dated, own);
    let receivers = there::receivers(reader, items, rule, frame);
    // "It served until its closure in 2010": of the mission of the sentence, or the one spoken of.
    // "The reopening took place in 2016": of the one that was told to be closed.
    let bare = rule.head == Head::Noun && indexes.is_empty();
    let again = bare && unnamed::again(reader.lexicon, items, frame.at) && spoken.closed();
    let its = bare && possessed(items, frame.at);
    if its {
        indexes.extend(unnamed::before(items, frame.at));
    }
    // "Otro, en Trujillo, fue clausurado en 2009": one more of those told of.
    let one_more = subject.then(|| another::another(reader, items, frame, &spoken));
    let one_more = one_more.flatten().filter(|_| !done_to);
    // "Volvió a cerrar en 2014": the verb alone, of the mission spoken of.
    let alone = one_more.is_none()
        && indexes.is_empty()
        && !goes_on(reader, index, sentence, frame, earlier)
        && (subject
            && (unnamed::dropped(reader, items, frame)
                || unnamed::leading(reader.lexicon, items, frame))
            || again
            || its && (unnamed::unnamed(reader, items, frame) || unnamed::its_own(items, frame))
            || unnamed::clitic(items, rule, frame));
    if one_more.is_some() {
        indexes.clear();
    }
    // "Chile has an embassy in Oslo. Norway has it in Lima ("la tiene en Lima"), besides consulates in A and B."
    let mirror = (!alone && one_more.is_none())
        .then(|| {
            spoken
                .nearest()
                .filter(|_| unnamed::it_in_city(items, frame))
        })
        .flatten()
        .and_then(|(np, from)| {
            Some((unnamed::mirrored(reader, items, frame, &np, &owners)?, from))
        });
    if alone || one_more.is_some() || mirror.is_some() {
        indexes.push(frame.at);
    }
    let set = |key: &str, value: &str| rule.set.get(key).is_some_and(|v| v == value);
    // "The embassy moved to the capital, leaving a consulate behind": what stands before the verb moves.
    if set("event", "moved") && !frame.passive && indexes.iter().any(|&i| i < frame.at) {
        indexes.retain(|&i| i < frame.at);
    }
    let beside = singled_out(items, frame);
    if let Some(city) = beside {
        indexes = standing_in(items, frame, city, indexes);
    }
    let before = indexes.iter().copied().filter(|&i| i < frame.at);
    if let Some(last) = before.max().filter(|_| of_the_last(items, frame.at)) {
        indexes = vec![last];
    }
    let reopens = rule.id == "mission.reopen";
    for &index in &indexes {
        // "Peru, which had opened an embassy in A, closed it in 1971": the one that the sentence told of.
        let told = || {
            let np = items.get(index).and_then(Item::mission)?;
            let one = np.cities.len() < 2;
            let object = one && index < frame.at && object_of_other(items, index);
            object.then(|| spoken.here(np.kind)).flatten()
        };
        let resolved = if one_more.is_some() {
            one_more.clone()
        } else if mirror.is_some() && index == frame.at {
            mirror.clone()
        } else if alone {
            let whose = |np: &MissionNp| owners.is_empty() || np.sending == owners.first().copied();
            let meant = |np: &MissionNp| {
                let kind = reader.lexicon.missions.get(np.kind);
                kind.is_some_and(|kind| unnamed::agrees(items, frame, kind))
            };
            let shut = || spoken.to_reopen().filter(|_| reopens);
            let near = shut().or_else(|| spoken.nearest());
            let near = near.or_else(|| spoken.recent(spoken::REACH).filter(|_| reopens));
            let near = near.filter(|(np, _)| meant(np));
            near.and_then(|(np, from)| {
                let own = whose(&np).then(|| np.clone());
                let found = own.or_else(|| {
                    let him = unnamed::clitic(items, rule, frame);
                    unnamed::mirrored(reader, items, frame, &np, &owners).filter(|_| him)
                });
                Some((found?, from))
            })
        } else if let Some(found) = told() {
            Some(found)
        } else {
            let shut = || {
                let it = items.get(index).filter(|i| unnamed::stands(i))?;
                spoken
                    .to_reopen()
                    .filter(|_| reopens && !it.folded.contains(' '))
            };
            let it = || items.get(index).is_some_and(unnamed::stands);
            shut()
                .or_else(|| spoken.resolve(items, index, &owners))
                .or_else(|| spoken.recent(spoken::REACH).filter(|_| reopens && it()))
        };
        let resolved = resolved.filter(|(np, _)| {
            alone
                || one_more.is_some()
                || index == frame.at
                || !there::placed_elsewhere(reader, items, frame, np)
        });
        let np = match (items.get(index).map(|i| &i.kind), &resolved) {
            (_, Some((np, _))) => np,
            (Some(ItemKind::Mission(np)), None) => np,
            (_, None) => continue,
        };
        let mut np = np.clone();
        np.kind = rank(items, frame)
            .or_else(|| raised_to(reader, items, index, frame))
            .unwrap_or(np.kind);
        // "a consulate, which became an embassy in 1965 and moved four years later": it goes on as what it was made.
        if (set("slot", "closed") || set("event", "moved")) && index < frame.at {
            np.kind = spoken.made_here(&np).unwrap_or(np.kind);
            let seat = moved::new_seat(reader, sentence, earlier, (np.kind, np.sending));
            if let Some(city) = seat.filter(|_| np.cities.len() < 2) {
                np.cities = vec![(city, sentence.span, false)];
            }
        }
        if np.cities.is_empty() {
            np.cities.extend(city_right_before(reader, items, index));
        }
        seated(reader, sentence, rule, frame, &mut np);
        if owners.is_empty() {
            senders::beside(reader, sentence, (index, &mut np), earlier);
        }
        let mut from_there = None;
        if let Some((city, state)) =
            there.filter(|_| np.cities.is_empty() && np.receiving.is_none())
            && state != np.sending
        {
            np.receiving = state;
            from_there = city;
        }
        if let Some((_, state)) = receivers.first() {
            np.receiving = np.receiving.or(*state);
            if np.cities.is_empty() {
                let cities = receivers.iter().filter(|(_, s)| s == state);
                let cities = cities.filter_map(|(city, _)| *city);
                np.cities
                    .extend(cities.map(|(city, span)| (city, span, false)));
            }
        }
        // "Peru has a non-resident embassy in Quito": to the other of the two.
        if np.receiving.is_none()
            && index
                .checked_sub(1)
                .and_then(|i| items.get(i))
                .is_some_and(|i| cues::non_resident(reader, i))
        {
            let sending = np.sending.or_else(|| owners.first().copied());
            np.receiving = sending
                .and_then(|s| reader.other_side(s))
                .filter(|_| reader.paired);
        }
        let np = &np;
        let (dated, own) = match parted(items, frame, &indexes, index) {
            Some(date) => (reader.date(sentence, date), date.is_some()),
            None => (shared.clone(), shared_own),
        };
        let mut senders = senders::senders(reader, items, index, np, &owners, earlier);
        if senders == [None] {
            senders = vec![
                reader
                    .genitive_city(items, index)
                    .or_else(|| spoken.sender(np)),
            ];
        }
        let bracketed = frame.date.is_some_and(|d| city_before(items, d).is_some());
        let of_next = frame.date.is_some_and(|d| leads_place(items, d));
        for (nth, owner) in senders.iter().enumerate() {
            if set("event", "moved") {
                let moving = moved::Moving {
                    index,
                    np,
                    owner: *owner,
                    dated: &dated,
                };
                claims.extend(moved::claims(reader, sentence, rule, frame, &moving));
                // "It left for Lima", "stopped being the only one": of what leaves no city nothing else is told.
                if set("left", "yes") {
                    continue;
                }
            }
            let mut found = places(reader, items, index, np, *owner);
            if let Some(city) = beside {
                if found.iter().all(|p| p.city != Some(city)) {
                    let there = with_seat(items, frame.at, city, np);
                    found = places(reader, items, index, &there, *owner);
                }
                found.retain(|p| p.city == Some(city));
            }
            // "in A (1965), B (1970) and C": a date in brackets is that of the place before it.
            let several = np.cities.len() > 1 || found.len() > 1;
            let own_of_list = (!several || !bracketed || beside.is_some()) && !of_next;
            for mut placed in found {
                // One of which neither state nor city is told is none in particular.
                let nowhere = placed.receiving.is_none() && placed.city.is_none();
                if nowhere && np.cities.is_empty() && from_there.is_none() && rule.fact == "mission"
                {
                    continue;
                }
                // "closed its embassy in A and reinstalled it in B": a pronoun's mission opens where the verb says.
                if set("slot", "opened")
                    && frame.object.iter().any(|&i| unnamed::stands_for(items, i))
                    && let Some(city) = city_behind(reader, items, frame, &placed)
                {
                    placed.city = Some(city);
                }
                if placed.city.is_none() && np.cities.is_empty() {
                    placed.city = from_there
                        .or_else(|| city_behind(reader, items, frame, &placed))
                        .or_else(|| {
                            // "Lima, Monday 12: opening of the embassy …"
                            reader
                                .lead_city(sentence)
                                .filter(|c| reader.state_of_city(*c) == placed.receiving)
                        });
                }
                let mut fact = base(reader, &placed);
                let mut flags = dated.flags.clone();
                let mut evidence = if placed.assumed {
                    reader.side_evidence()
                } else {
                    Vec::new()
                };
                evidence.extend(resolved.as_ref().map(|(_, from)| *from));
                let slot = rule.set.get("slot").and_then(|s| Slot::parse(s));
                let event = events::event(rule, frame, slot);
                if let Some(event) = event {
                    events::fill(reader, sentence, rule, frame, &event, &mut fact, &mut flags);
                } else {
                    let own_of_city = placed.dated.filter(|_| beside.is_none());
                    let own_of_city = own_of_city.map(|d| reader.date(sentence, Some(d)));
                    let of_sender = respectively(items, frame, senders.len(), nth)
                        .map(|d| reader.date(sentence, Some(d)));
                    let alone = own_of_city.or(of_sender);
                    let listed = beside.is_none()
                        && np.cities.len() > 1
                        && dated.bound == Bound::Since
                        && frame.date > Some(index)
                        && (np.cities.len() > 2
                            || frame.date.is_some_and(|d| dates::before_city(items, d, np)));
                    let own = alone.is_some() || own && !listed && own_of_list;
                    let dated = alone.as_ref().unwrap_or(&dated);
                    // "In 2024 A had an embassy in B": it stood then, and no more is told.
                    let lasting = set("slot", "period");
                    let moment = dated.date.is_some_and(|d| !d.interval && d.end.is_none());
                    // "opened at A (1931–1948)": the years behind a place are those in which it stood; "embassies in A (1969)": one when it opened.
                    let index = placed.dated.or(frame.date);
                    let noted = placed
                        .dated
                        .is_some_and(|d| city_before(items, d).is_some());
                    let stood = lasting && moment && !late && !noted && dated.bound == Bound::None;
                    let years = dated.date.is_some_and(|d| d.interval && d.end.is_some())
                        && index.is_some_and(|d| city_before(items, d).is_some())
                        && slot == Some(Slot::Opened);
                    if own && lasting && noted && moment && dated.bound == Bound::None {
                        put(items, frame, dated, &mut fact, Slot::Opened);
                    } else if own && years {
                        dated.put_range(&mut fact, Slot::Opened, Slot::Closed);
                    } else if own && lasting && !stood {
                        let ends = frame.date.is_some_and(|d| until_before(items, d));
                        let (first, last) = match (late, ends) {
                            (true, _) => (Slot::Opened, Slot::Opened),
                            (_, true) => (Slot::Closed, Slot::Closed),
                            _ => (Slot::Opened, Slot::Closed),
                        };
                        dated.put_range(&mut fact, first, last);
                    } else if let Some(slot) = slot.filter(|_| own && !stood) {
                        put(items, frame, dated, &mut fact, slot);
                    }
                    if let Some(status) = rule.set.get("status") {
                        fact.set(Slot::Status, Value::Term(status.clone()));
                    }
                    evidence.extend(dated.evidence.iter().copied());
                }
                if placed.formerly {
                    fact.set(Slot::Status, Value::Term("former".to_owned()));
                }
                let again = (slot == Some(Slot::Closed) && own)
                    .then(|| reopened(&fact, &dated))
                    .flatten();
                // "voted against the closure of the embassy": the noun alone, without a day, tells of none.
                let dateless = !fact.has(Slot::Opened) && !fact.has(Slot::Closed);
                let meant = frame.modality == Modality::Asserted && fact.kind == Kind::Mission;
                if rule.head == Head::Noun && dateless && meant {
                    continue;
                }
                let period = rule.set.get("slot").is_some_and(|s| s == "period");
                let second = frame.date.filter(|_| period && fact.has(Slot::Closed));
                let second = second.and_then(|d| dates::again(items, d)).map(|d| {
                    let mut later = fact.clone();
                    later
                        .slots
                        .retain(|s, _| *s != Slot::Opened && *s != Slot::Closed);
                    reader.date(sentence, Some(d)).put_range(
                        &mut later,
                        Slot::Opened,
                        Slot::Closed,
                    );
                    later
                });
                let mut told = vec![fact];
                told.extend(again);
                told.extend(second);
                for fact in told {
                    let mut claim = reader.claim(
                        fact,
                        rule,
                        sentence,
                        Some(frame),
                        evidence.clone(),
                        flags.clone(),
                    );
                    if late {
                        claim.polarity = Polarity::Affirmed;
                    }
                    claims.push(claim);
                }
            }
        }
    }
    in_turn(reader, sentence, frame, &owners, &mut claims);
    // "a consulate, that of Oslo": two phrases that mean one mission tell it once.
    let mut said: Vec<Fact> = Vec::new();
    claims.retain(|c| {
        let new = !said.contains(&c.fact);
        said.extend(new.then(|| c.fact.clone()));
        new
    });
    if let Some(next) = further {
        claims.extend(self::claims(reader, index, sentence, rule, &next, earlier));
    }
    claims
}
