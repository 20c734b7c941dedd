//! Visits: frames of going, coming and receiving; lists under headings of visits; items of chronicles.

mod again;
mod agents;
mod another;
mod being;
mod chronicle;
mod claimed;
mod columns;
mod companions;
mod context;
mod dates;
mod deduced;
mod earlier;
mod gapped;
mod guards;
mod implied;
mod instead;
mod itinerary;
mod led;
mod lines;
mod listed;
mod origin;
mod others;
mod party;
mod places;
mod private;
mod second;
mod series;
mod settle;
mod stages;
mod stations;
mod subjects;
mod tours;
mod visitors;

use super::frame::{Frame, of_what_was_before};
use super::items::{Item, ItemKind};
use super::offices::is_head_of_mission;
use super::reader::{Dated, Reader, Sentence, Who};
use super::told::Told;
use crate::fact::{Claim, Slot};
use crate::language::{Class, Head, Rule, TriggerForm};
pub(super) use again::again;
pub(super) use being::being;
pub(super) use chronicle::{chronicle, opened_by_date};
pub(super) use claimed::kind_told;
use claimed::{claim, visit_kind};
pub(super) use columns::columns;
use companions::companions;
pub(super) use companions::of_companions;
use dates::{earlier_dates, enumerated, further_dates, own_dates, place_dates, respective};
pub(super) use deduced::deduced;
use gapped::{behind_colon, gapped};
use implied::{continued, entry_home, implies, returned, under_partner};
pub(super) use instead::did;
pub(super) use itinerary::itinerary;
pub(super) use listed::listed;
use origin::{direction, invited, office_as, on_side, own_state, travelled_from, whence};
pub(super) use others::others;
use places::{Goal, after, awaited, goals, listed_behind, pointed, told_goal};
pub(super) use private::private;
pub(super) use settle::settle;
use visitors::{Visitors, visitors};

/// Claims of a visit rule's frame.
pub(super) fn claims(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    rule: &Rule,
    frame: &Frame,
    earlier: &Told,
) -> Vec<Claim> {
    let items = &sentence.items;
    if guards::no_visit(reader, index, sentence, rule, frame, earlier) {
        return Vec::new();
    }
    if of_companions(rule) {
        return companions(reader, index, sentence, rule, frame, earlier);
    }
    let behind = behind_colon(reader, index, sentence, rule, frame);
    if !behind.is_empty() {
        return behind;
    }
    if let Some(next) = second::second(reader, index, sentence, rule, frame, earlier) {
        return vec![next];
    }
    let planned = guards::to_come(reader, sentence, rule, frame).then(|| Frame {
        modality: crate::fact::Modality::Planned,
        ..frame.clone()
    });
    let frame = planned.as_ref().unwrap_or(frame);
    let (party, then) = party::party(reader, index, sentence, frame, earlier);
    let found = if party.is_empty() {
        visitors(reader, index, sentence, rule, frame, earlier)
    } else {
        Some(Visitors {
            all: party,
            members: Vec::new(),
            own: false,
        })
    };
    let Some(Visitors {
        all: mut visitors,
        mut members,
        own,
    }) = found
    else {
        return Vec::new();
    };
    let office = office_as(reader, items, frame).map(|(role, _)| role);
    // "He came to Lima in 1910 as consul": who takes up a post pays no visit.
    if office
        .as_deref()
        .is_some_and(|r| is_head_of_mission(r) && r != "Envoy")
    {
        return Vec::new();
    }
    let hosts: Vec<usize> = reader.bodies(items, &frame.role(items, rule, "host"));
    let mut places = frame.role(items, rule, "place");
    if places.iter().any(|&i| i > frame.at) {
        // "In Lima he announced …, before he visited Quito": what stands behind the verb is where it goes.
        places.retain(|&i| i > frame.at);
    }
    // "came home after a tour of Peru": what stands behind "after" is told of something else.
    if rule.head == Head::Verb {
        let later = |i: usize| {
            let between = items.get(frame.at + 1..i).unwrap_or(&[]);
            between.iter().any(|x| x.is(Class::DateAfter))
        };
        places.retain(|&i| !later(i));
    }
    // "her first tour since she went to Peru": nor what stands behind the verb of an earlier time.
    places.retain(|&i| {
        i < frame.at || !of_what_was_before(items.get(frame.at + 1..i).unwrap_or(&[]))
    });
    // "stopped in Lima on his way to Quito": nor where one was on the way to.
    places.retain(|&i| {
        let led = i.checked_sub(1).and_then(|b| items.get(b));
        i < frame.at || !led.is_some_and(|b| b.is(Class::Planned))
    });
    // "Expected in Lima in May, X had to stay at home": nor is where somebody was expected or invited.
    places.retain(|&i| i > frame.at || !awaited(items, i));
    // "came home to Lima after a tour": what stands before "after" is where another verb leads.
    if rule.head == Head::Noun && after(items, frame.at) {
        places.retain(|&i| i > frame.at);
    }
    let mut goals = goals(reader, items, &places);
    if goals.is_empty() && rule.head == Head::Noun {
        goals = listed_behind(reader, items, frame.clause.1);
    }
    if rule.set.get("place").map(String::as_str) == Some("earlier") {
        // "…, and X did so in 2014": where the visit told before went.
        if rule.head == Head::Verb && told_otherwise(reader, index, items, frame.at)
            || rule.set.contains_key("behind")
                && !guards::follows_visit(reader, index, items, frame.at, earlier)
        {
            return Vec::new();
        }
        goals = told_goal(reader, index, earlier, Slot::To)
            .into_iter()
            .collect();
    }
    if rule.set.get("place").map(String::as_str) == Some("returned") {
        // "X returned the visit": where the visitor told before had come from.
        goals = told_goal(reader, index, earlier, Slot::From)
            .into_iter()
            .collect();
    }
    // "Was to come, but sent Minister X": where another was to go, and when.
    let missed = rule
        .set
        .contains_key("instead")
        .then(|| instead::missed(reader, index, earlier))
        .flatten()
        .filter(|m| goals.iter().all(|g| g.to == m.goal.to));
    if let Some(missed) = missed.as_ref().filter(|_| goals.is_empty()) {
        goals.push(missed.goal);
    }
    if goals.is_empty() && rule.set.get("instead").is_some_and(|i| i == "only") {
        return Vec::new();
    }
    if let Some(noted) = noted(reader, index, items, rule, frame) {
        visitors = noted;
        members.clear();
    }
    if let Some(apposed) = apposed(reader, index, items, rule, frame, &visitors, &goals) {
        visitors = apposed;
        members.clear();
    }
    for who in visitors
        .iter_mut()
        .chain(members.iter_mut().map(|(who, _)| who))
    {
        let away = |home: &usize| goals.iter().all(|g| !reader.same_state(g.to, *home));
        who.of = who
            .of
            .or_else(|| led::home(items, rule, frame))
            .or_else(|| travelled_from(reader, who, earlier))
            .or_else(|| on_side(reader, items, frame.at))
            .or_else(|| invited(reader, items, frame.at))
            .or_else(|| origin::counterpart(reader, items))
            .or_else(|| origin::of_section(reader, index, items, &places))
            .or_else(|| own_state(reader, who, goals.is_empty()).filter(away));
    }
    // "was in Peru on three occasions: in 1987, in 1990 and in 1995": a visit at each of the dates.
    let counted = if frame.date.is_none_or(|d| d >= frame.clause.1) {
        enumerated(items, frame.clause.1)
    } else {
        Vec::new()
    };
    let own_date = dates::own(items, rule, frame);
    let first_date = counted.first().copied().or(own_date);
    let mut dated = reader.date(sentence, first_date);
    if let Some(missed) = missed.filter(|_| dated.date.is_none()) {
        dated.date = missed.date;
        dated.evidence.push(missed.evidence);
    }
    let leg = rule.set.get("visitor").is_some_and(|v| v == "journey");
    // "On Tuesday and Wednesday the minister was in Lima": both days.
    if let Some(first) = dates::day_before(reader, sentence, frame, &dated) {
        dated.date = dated
            .day()
            .map(|last| crate::fact::Edtf::between(first, last));
    }
    // "From there they went on to Chile": in the month of the visit before.
    if dated.date.is_none() && then.is_some() {
        dated.date = then;
        dated.drop_day();
    }
    // "returned yesterday from a journey that took him to Lima": not yesterday.
    let led = rule.set.get("visitor").is_some_and(|v| v == "spoken");
    let back = led && reader.issued && own_date.is_some_and(|d| d < frame.at);
    let over = rule.id.ends_with("visit.back") && over(reader, items, frame);
    if leg
        || back
        || over
        || frame.date.is_some_and(|d| d < frame.at) && onward(reader, items, rule, frame)
    {
        dated.drop_day();
    }
    // "She stayed until 1930": who has come to stay pays no visit.
    if dated.bound == super::dates::Bound::Until && rule.head == Head::Verb {
        return Vec::new();
    }
    let of_its_own = rule.set.get("dated").is_some_and(|d| d == "own");
    if of_its_own && dated.date.is_none() {
        return Vec::new();
    }
    let mut further = further_dates(reader, sentence, first_date.filter(|&d| d > frame.at));
    further.extend(earlier_dates(
        reader,
        sentence,
        frame.date.filter(|&d| d < frame.at),
    ));
    // "on 31 July and 1 August": one stay over both days.
    if let (Some(first), Some(last)) = (dated.day(), further.first().and_then(Dated::day))
        && first.plus_days(1) == Some(last)
    {
        dated.date = Some(crate::fact::Edtf::between(first, last));
        further.remove(0);
    }
    if counted.len() > 1 {
        further = counted
            .iter()
            .skip(1)
            .map(|&d| reader.date(sentence, Some(d)))
            .collect();
    }
    // "officially inaugurated the embassy": said of what was done, not of a visit.
    let clause = items.get(frame.clause.0..frame.clause.1).unwrap_or(&[]);
    let noun = || {
        clause
            .iter()
            .any(|i| i.is_noun_for(reader.lexicon, "visit"))
    };
    let kind = match visit_kind(items, frame.at, frame.clause) {
        "official" if rule.id.contains("visit.attend") && !noun() => "other",
        "other" => claimed::kind_before(reader, items, rule, frame),
        kind => kind,
    };
    let stops = stations::stops(reader, sentence, frame.at);
    let mut claims = Vec::new();
    for who in visitors {
        if who.person.is_none()
            && dated.date.is_none()
            && frame.modality == crate::fact::Modality::Asserted
        {
            continue;
        }
        let from = who.of.or_else(|| {
            goals
                .first()
                .and_then(|g| reader.whence(index, who.person, g.to))
        });
        let who = Who {
            role: office.clone().or(who.role.clone()),
            ..who
        };
        let mut targets = goals.clone();
        for stop in &stops {
            if targets.iter().all(|g| g.to != stop.goal.to) {
                targets.push(stop.goal);
            }
        }
        // "X came in 2007, and Y (of the other state) did so in 2014": each to the other's.
        let told = rule
            .set
            .get("place")
            .is_some_and(|p| p == "earlier" || p == "returned");
        if told
            && let (Some(of), Some(first)) = (who.of, targets.first_mut())
            && reader.same_state(of, first.to)
            && let Some(to) = reader.other_side(of)
        {
            *first = Goal { to, city: None };
        }
        let somewhere = rule.set.get("place").is_some_and(|p| p == "side");
        if targets.is_empty() && !somewhere {
            // "there" is where one goes or stays, not what one visits.
            let by_there = rule.set.get("there").is_none_or(|t| t != "no");
            targets.extend(pointed(
                reader, index, sentence, frame, &places, from, by_there,
            ));
        }
        if targets.is_empty() {
            targets.extend(whence(reader, items, rule, frame, from));
        }
        let way = targets
            .is_empty()
            .then(|| direction(reader, items, frame.at))
            .flatten();
        let from = way.map_or(from, |(from, _)| Some(from));
        targets.extend(way.map(|(_, to)| Goal { to, city: None }));
        let told = || {
            let back = returned(
                reader,
                index,
                sentence,
                rule,
                frame,
                (&who, &dated),
                earlier,
            );
            back.or_else(|| continued(reader, index, sentence, rule, frame, &who, earlier))
        };
        if targets.is_empty()
            && dated.date.is_some()
            && let Some(to) = told()
        {
            targets.push(Goal { to, city: None });
        }
        if targets.is_empty() {
            let to = under_partner(reader, index, sentence, rule, frame, &who, &dated);
            targets.extend(to.map(|to| Goal { to, city: None }));
        }
        if targets.is_empty() && implies(reader, sentence, rule, frame, &who, &dated) {
            let to = from.and_then(|f| reader.other_side(f));
            targets.extend(to.map(|to| Goal { to, city: None }));
        }
        if targets.is_empty() {
            let implied = hosts
                .first()
                .copied()
                .or_else(|| from.and_then(|f| reader.other_side(f)))
                .or_else(|| entry_home(reader, items, rule, &who, from));
            if !rule
                .args
                .values()
                .any(|v| v.split('|').any(|v| v == "host"))
                && (rule.set.get("place").map(String::as_str) != Some("implied")
                    || rule.head == Head::Noun && dated.date.is_none())
                && !(own && dated.date.is_some() && from.is_some_and(|f| reader.is_side(f)))
            {
                let home = entry_home(reader, items, rule, &who, from);
                let Some(home) = home else { continue };
                targets.push(Goal {
                    to: home,
                    city: None,
                });
            }
            if targets.is_empty() {
                targets.extend(implied.map(|to| Goal { to, city: None }));
            }
        }
        for goal in targets {
            // "The two met again when she came to Lima": of those named, she is the one who is not of that state.
            let pronoun = who.of.is_some_and(|f| reader.same_state(f, goal.to));
            let other = members
                .iter()
                .find(|(w, _)| pronoun && *w == who)
                .and_then(|(_, i)| items.get(*i))
                .and_then(|item| reader.other_than(index, item, goal.to));
            let from = other
                .as_ref()
                .map_or(from, |o| o.of)
                .or_else(|| reader.whence(index, who.person, goal.to));
            let who = other.unwrap_or_else(|| who.clone());
            if from.is_some_and(|f| reader.same_state(f, goal.to))
                || reader.is_organisation(goal.to)
            {
                continue;
            }
            if rule.set.get("place").is_some_and(|p| p == "side")
                && !reader.is_side(goal.to)
                && !origin::hosted(reader, items, goal.to)
            {
                continue;
            }
            let mut own = own_dates(reader, sentence, &members, &who, frame.date);
            if let Some(date) = respective(items, &members, &who, &dated, &further) {
                own = vec![date];
            }
            if own.is_empty() {
                own = stations::station_dates(reader, sentence, frame, &stops, goal, &dated);
            }
            if own.is_empty() {
                own = place_dates(reader, sentence, &places, goal);
            }
            // "X (1999), Y (2003) and Z": the date in the brackets of another is not his.
            if own.is_empty() && dates::of_another(reader, sentence, &members, &who, &dated) {
                own = vec![Dated::default()];
            }
            let shared = std::iter::once(&dated).chain(&further);
            let dates: Vec<&Dated> = if own.is_empty() {
                shared.collect()
            } else {
                own.iter().collect()
            };
            for dated in dates {
                claims.extend(claim(
                    reader,
                    sentence,
                    rule,
                    Some(frame),
                    &who,
                    from,
                    goal,
                    dated,
                    kind,
                    who.evidence.clone(),
                ));
            }
        }
    }
    let last = frame.date.max(counted.last().copied());
    claims.extend(gapped(reader, index, sentence, rule, frame, last, &claims));
    claims.extend(another::another(reader, sentence, rule, frame, &claims));
    // The visit itself stays the last one told, which what follows speaks of.
    let stages = earlier::earlier(reader, sentence, frame.at, &claims);
    claims.splice(0..0, stages);
    // Whoever has a date of his own did not come at that of the first.
    let agents = agents::agents(reader, index, sentence, rule, frame, &claims);
    let visitor = |c: &Claim| c.fact.get(Slot::Visitor).cloned();
    claims.retain(|c| agents.iter().all(|a| visitor(a) != visitor(c)));
    claims.extend(agents);
    claims
}

/// "The minister met X, the Peruvian president, on a visit to the country": the visit of the one who is named right before, where whoever
/// the sentence is about is at home there.
fn apposed(
    reader: &Reader<'_>,
    index: usize,
    items: &[Item],
    rule: &Rule,
    frame: &Frame,
    visitors: &[Who],
    goals: &[Goal],
) -> Option<Vec<Who>> {
    let goal = goals.first().filter(|_| rule.head == Head::Noun)?;
    let home = |w: &Who| w.of.is_some_and(|of| reader.same_state(of, goal.to));
    let at_home = visitors.iter().all(home);
    let small =
        |x: &Item| matches!(x.kind, ItemKind::Word | ItemKind::Body(_, true)) && !x.is_finite();
    let comma = (frame.clause.0..frame.at)
        .rev()
        .find(|&i| !items.get(i).is_some_and(small))?;
    let item = items.get(comma.checked_sub(1)?)?;
    if !at_home || !items.get(comma)?.sign(',') || item.actor().is_none() {
        return None;
    }
    let named = reader.who(index, item);
    (!named.is_empty() && !named.iter().any(home)).then_some(named)
}

/// "They recognised it in 1991, and Peru did so in 1992": whether the verb told last before one that takes it up is no verb of a visit.
fn told_otherwise(reader: &Reader<'_>, index: usize, items: &[Item], at: usize) -> bool {
    let visit = |i: &Item| i.rules(reader.lexicon).any(|r| r.fact == "visit");
    let before = items.get(..at).unwrap_or(&[]);
    // "X debía viajar a Lima, pero desistió; lo hizo en 2003": what was meant and given up is what is done.
    let tells = |i: &&Item| {
        let given_up = i.is(Class::Cancelled) || i.is(Class::Not) || i.is(Class::Planned);
        (i.is_finite() || i.verb == Some(TriggerForm::Base)) && !given_up
    };
    let last = before.iter().rfind(tells).map(visit);
    // Nor, where the sentence begins with it, does the one before speak of a visit.
    let before = || {
        let before = index.checked_sub(1).and_then(|i| reader.sentences.get(i))?;
        Some(before.items.iter().any(visit))
    };
    last.or_else(before) == Some(false)
}

/// "He was in Lima from 3 to 5 May, before travelling to Quito": what follows another stay is not on its days.
/// "He came home today after a tour of Peru": nor is what one comes back from.
fn onward(reader: &Reader<'_>, items: &[Item], rule: &Rule, frame: &Frame) -> bool {
    let near = |reach: usize| {
        items
            .get(frame.at.saturating_sub(reach).max(frame.clause.0)..frame.at)
            .unwrap_or(&[])
    };
    near(3).iter().any(|i| i.is(Class::DateBefore))
        || rule.head == Head::Noun && back_from(reader, items, frame)
        || rule.head == Head::Noun
            && near(5)
                .iter()
                .rev()
                .take_while(|i| !i.is_np() && !matches!(i.kind, ItemKind::Date(_)))
                .any(|i| i.is(Class::DateAfter))
}

/// How many items before a noun the verb of coming back stands, and how many at most part it from its preposition.
const BACK: usize = 14;
const LED: usize = 4;

/// "He returned yesterday from an official visit to Peru": nor is what one comes back from.
fn back_from(reader: &Reader<'_>, items: &[Item], frame: &Frame) -> bool {
    let before = items.get(frame.clause.0.max(frame.at.saturating_sub(BACK))..frame.at);
    let before = before.unwrap_or(&[]);
    let back = |i: &Item| {
        let mut rules = i.rules(reader.lexicon);
        rules.any(|r| r.id.ends_with("visit.back"))
    };
    let led = before.iter().rev().take(LED);
    let mut led = led.take_while(|i| !i.is_np() && !i.is_date());
    led.any(|i| i.is(Class::From)) && before.iter().any(back)
}

/// "Presidents X (1995) and Y (state visit, 3 May 2004)": of a note in brackets, whoever is named right before these.
fn noted(
    reader: &Reader<'_>,
    index: usize,
    items: &[Item],
    rule: &Rule,
    frame: &Frame,
) -> Option<Vec<Who>> {
    let open = frame
        .at
        .checked_sub(1)
        .filter(|_| rule.head == Head::Noun)?;
    let named = items.get(open.checked_sub(1)?)?;
    let bracket = items.get(open)?.sign('(') && named.actor().is_some_and(|a| a.name.is_some());
    let who = bracket.then(|| reader.who(index, named))?;
    (!who.is_empty()).then_some(who)
}

/// "He returned yesterday from an official visit to Peru": whether a verb of coming back says from what visit.
fn over(reader: &Reader<'_>, items: &[Item], frame: &Frame) -> bool {
    let behind = items.get(frame.at + 1..frame.clause.1).unwrap_or(&[]);
    let noun = behind
        .iter()
        .position(|i| i.is_noun_for(reader.lexicon, "visit"));
    let led = noun.and_then(|n| behind.get(n.saturating_sub(LED)..n));
    let led = led.unwrap_or(&[]).iter().rev().take_while(|i| !i.is_date());
    led.into_iter().any(|i| i.is(Class::From))
}
