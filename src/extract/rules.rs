//! The rules of a language over the sentences of a document → claims: what the layout states, then the frames of triggers, then what is mentioned.

use super::items::{Item, ItemKind};
use super::reader::{Reader, Sentence};
use super::told::Told;
use super::{
    appointment, frame, meeting, membership, mission, observation, relations, settle, treaty, visit,
};
use crate::document::BlockKind;
use crate::fact::{Claim, Kind, Modality, Slot, Value};
use crate::language::{Class, Head, Rule, TriggerForm};

/// The claims that rules find in a document, in order of the text.
pub(super) fn by_rules(reader: &Reader<'_>) -> Vec<Claim> {
    let mut claims = Told::default();
    // Whether the sentences of the block are passed over.
    let mut passed = (usize::MAX, false);
    for (index, sentence) in reader.sentences.iter().enumerate() {
        let Some(block) = reader.block(sentence) else {
            continue;
        };
        if passed.0 != sentence.block {
            passed = (sentence.block, skipped(reader, sentence));
        }
        if passed.1 {
            continue;
        }
        reader.read_at(Some(index));
        let from = claims.len();
        if matches!(
            block.kind,
            BlockKind::Item | BlockKind::Row | BlockKind::Entry
        ) {
            structured(reader, index, sentence, &mut claims);
        }
        // Lists are also written as plain lines.
        if block.kind == BlockKind::Paragraph
            && let Some(rule) = rule(reader, "visit.list")
        {
            let mut found = visit::itinerary(reader, index, sentence, rule);
            if found.is_empty() {
                found = visit::listed(reader, index, sentence, rule, &claims);
            }
            claims.extend(found);
        }
        // The entry of a chronology is often a paragraph that begins with its date.
        if block.kind == BlockKind::Paragraph
            && let Some(rule) = rule(reader, "visit.chronicle")
            && (sentence.items.first().is_some_and(Item::is_date)
                || visit::opened_by_date(reader, index))
        {
            claims.extend(visit::chronicle(reader, index, sentence, rule));
        }
        // A heading that gives a date of its own tells of an event ("Establishment of Relations, 1921").
        let dated = matches!(block.kind, BlockKind::Heading(_))
            && sentence
                .items
                .iter()
                .any(|i| matches!(&i.kind, ItemKind::Date(d) if d.from.is_none()));
        // "Trade (2020): 12 million", above lines on its parts.
        let counted = block.kind == BlockKind::Label
            && sentence.items.iter().any(|i| i.sign(':'))
            && sentence
                .items
                .iter()
                .any(|i| matches!(&i.kind, ItemKind::Quantity(_)));
        if dated
            || counted
            || !matches!(
                block.kind,
                BlockKind::Title | BlockKind::Heading(_) | BlockKind::Label | BlockKind::HeaderRow
            )
        {
            prose(reader, index, sentence, &mut claims, from);
        }
    }
    reader.read_at(None);
    let mut claims = claims.into_claims();
    appointment::settle(reader, &mut claims);
    settle::settle(reader, &mut claims);
    mission::meanwhile(reader, &mut claims);
    visit::deduced(reader, &mut claims);
    visit::settle(reader, &mut claims);
    appointment::first_heads(reader, &mut claims);
    appointment::former_seats(reader, &mut claims);
    claims
}

/// Whether the sentence stands in a section without facts ("See also", "Bibliography", "Sport"), or names what was read ("Source: …").
pub(super) fn skipped(reader: &Reader<'_>, sentence: &Sentence) -> bool {
    cites(reader, sentence)
        || reader.under(sentence, Class::SkipHeading)
            && reader
                .above(sentence)
                .iter()
                .any(|heading| reader.lexicon.skips(heading.span.of(&reader.doc.text)))
}

/// Whether a sentence stands in a line that names what was read ("Source: …").
pub(super) fn cites(reader: &Reader<'_>, sentence: &Sentence) -> bool {
    let line = reader.block(sentence).map(|b| b.span.of(&reader.doc.text));
    line.is_some_and(|line| reader.lexicon.cites(line))
}

fn rule<'a>(reader: &Reader<'a>, id: &str) -> Option<&'a Rule> {
    reader.lexicon.rule(id)
}

/// Whether a line says that nothing came of what it names: "named in 1905; declined the post".
fn undone(sentence: &Sentence) -> bool {
    sentence.items.iter().any(|i| i.is(Class::Cancelled))
}

/// What the layout states: lists of visits, heads and treaties, infobox entries.
fn structured(reader: &Reader<'_>, index: usize, sentence: &Sentence, claims: &mut Told) {
    if let Some(rule) = rule(reader, "mission.list")
        && let Some(found) = mission::compared(reader, sentence, rule)
    {
        claims.extend(found);
        return;
    }
    if let Some(rule) = rule(reader, "mission.list")
        && let Some(found) = mission::columns(reader, sentence, rule)
            .or_else(|| mission::hosted_of(reader, sentence, rule))
    {
        claims.extend(found);
        let named = |i: &Item<'_>| i.actor().is_some();
        if !sentence.items.iter().any(named) {
            return;
        }
    }
    let key = reader.block(sentence).and_then(|b| b.key);
    if let Some(key) = key {
        if let Some(rule) = rule(reader, "appointment.entry").filter(|_| !undone(sentence))
            && let Some((whole, _)) = reader.keyed(sentence)
        {
            let found = appointment::entry(reader, index, &whole, rule, claims);
            claims.extend(found);
        }
        if let Some(rule) = rule(reader, "relations.entry") {
            claims.extend(relations::entry(reader, sentence, key, rule));
        }
        if let Some(rule) = rule(reader, "mission.mention") {
            claims.extend(mission::entry(reader, sentence, rule));
        }
        if let Some(rule) = rule(reader, "mission.address") {
            claims.extend(mission::address(reader, sentence, key, rule));
        }
        if let Some(rule) = rule(reader, "mission.third") {
            let found = mission::cover_entry(reader, index, sentence, rule, claims);
            claims.extend(found);
        }
        if let Some(rule) = rule(reader, "mission.entry") {
            claims.extend(mission::own(reader, sentence, key, rule));
        }
        if let Some(rule) = rule(reader, "relations.list")
            && let Some((whole, _)) = reader.keyed(sentence)
        {
            let found = relations::listed(reader, &whole, rule);
            if !found.is_empty() {
                claims.extend(found);
                return;
            }
        }
        // "Lima: 3–5 May 2001", "President X: 2001": a line of a list of visits.
        if let Some(rule) = rule(reader, "visit.list")
            && let Some((whole, _)) = reader.keyed(sentence)
        {
            let mut found = visit::itinerary(reader, index, &whole, rule);
            if found.is_empty() {
                found = visit::listed(reader, index, &whole, rule, claims);
            }
            claims.extend(found);
        }
        return;
    }
    if let Some(rule) = rule(reader, "relations.list") {
        let found = relations::listed(reader, sentence, rule);
        if !found.is_empty() {
            claims.extend(found);
            return;
        }
    }
    if let Some(rule) = rule(reader, "visit.list") {
        let mut found = visit::again(reader, sentence, rule, claims);
        if found.is_empty() {
            found = visit::columns(reader, index, sentence, rule);
        }
        if found.is_empty() {
            found = visit::itinerary(reader, index, sentence, rule);
        }
        if !found.is_empty() {
            claims.extend(found);
            return;
        }
    }
    if let Some(rule) = rule(reader, "mission.list")
        && let Some(found) = mission::listed(reader, sentence, rule)
            .or_else(|| mission::line(reader, sentence, rule))
            .or_else(|| mission::hosted(reader, sentence, rule))
    {
        claims.extend(found);
        return;
    }
    if let Some(rule) = rule(reader, "appointment.list")
        && appointment::is_row(reader, sentence)
        && !undone(sentence)
    {
        let found = appointment::listed(reader, sentence, rule);
        if !found.is_empty() {
            claims.extend(found);
            return;
        }
    }
    if let Some(rule) = rule(reader, "meeting.list") {
        claims.extend(meeting::listed(reader, index, sentence, rule));
    }
    let mut visits = rule(reader, "visit.list")
        .map(|rule| visit::listed(reader, index, sentence, rule, claims))
        .unwrap_or_default();
    // An entry of a chronicle that says where somebody was says more than a line of a list.
    if !visits.is_empty()
        && !reader.under(sentence, Class::VisitHeading)
        && let Some(rule) = rule(reader, "visit.chronicle")
        && let found = visit::chronicle(reader, index, sentence, rule)
        && !found.is_empty()
    {
        visits = found;
    }
    if !visits.is_empty() || reader.under(sentence, Class::VisitHeading) {
        claims.extend(visits);
    } else if let Some(rule) = rule(reader, "treaty.list")
        && let Some(found) = treaty::row(&treaty::Scene {
            reader,
            index,
            sentence,
            rule,
            frame: None,
            earlier: claims,
        })
    {
        claims.push(found);
    } else if let Some(rule) = rule(reader, "visit.chronicle")
        && let found = visit::chronicle(reader, index, sentence, rule)
        && !found.is_empty()
    {
        claims.extend(found);
    } else if let Some(rule) = rule(reader, "appointment.list").filter(|_| !undone(sentence)) {
        // Under the words for their credentials it is told beside their states.
        if !appointment::presents(reader, index, sentence) {
            claims.extend(appointment::listed(reader, sentence, rule));
        }
    }
}

/// What the sentence states: frames of its triggers, then what it mentions.
fn prose(reader: &Reader<'_>, index: usize, sentence: &Sentence, claims: &mut Told, from: usize) {
    // Who came along is told of a visit that may stand behind: "Accompanied by X, Y visited …".
    let mut along = Vec::new();
    for (at, item) in sentence.items.iter().enumerate() {
        let ItemKind::Trigger(forms) = &item.kind else {
            if item.is(Class::Be)
                && let Some(rule) = rule(reader, "visit.stay")
            {
                let found = visit::being(reader, index, sentence, at, rule, claims);
                claims.extend(found);
            }
            continue;
        };
        // A word that is both a finite form and a participle is the latter after an auxiliary of the passive.
        let passive = frame::passive_before(sentence.items.get(..at).unwrap_or(&[]))
            || frame::reduced(&sentence.items, at);
        for &(number, form) in forms {
            let twin = match form {
                TriggerForm::Participle => Some((TriggerForm::Finite, !passive)),
                TriggerForm::Finite => Some((TriggerForm::Participle, passive)),
                TriggerForm::Base | TriggerForm::Planned | TriggerForm::Gerund => None,
            };
            if twin.is_some_and(|(other, yields)| yields && forms.contains(&(number, other))) {
                continue;
            }
            let Some(rule) = reader.lexicon.rules.get(number) else {
                continue;
            };
            if visit::of_companions(rule) {
                along.push((at, rule, form));
                continue;
            }
            // "1970 | President X | King Y | state visit": the noun says of what kind the visit of the line is.
            let line = claims.get(from..).unwrap_or(&[]);
            let listed = |list: &str| line.iter().any(|c| c.rule.ends_with(list));
            let block = reader.block(sentence).map(|b| b.kind);
            if rule.fact == "visit"
                && rule.head == Head::Noun
                && block != Some(BlockKind::Paragraph)
                && listed("visit.list")
            {
                continue;
            }
            // "1961 | Ana Soto | nuncio | 1966, moves to Peru": the row has told of the post.
            if rule.fact == "appointment"
                && block == Some(BlockKind::Row)
                && listed("appointment.list")
            {
                continue;
            }
            let found = framed(reader, index, sentence, at, rule, form, claims);
            claims.extend(found);
        }
    }
    let others = visit::others(reader, index, sentence, claims);
    claims.extend(others);
    let did = visit::did(reader, index, sentence, claims);
    claims.extend(did);
    for (at, rule, form) in along {
        let found = framed(reader, index, sentence, at, rule, form, claims);
        claims.extend(found);
    }
    // What the frames of the sentence tell.
    let framed = from..claims.len();
    if let Some(rule) = rule(reader, "treaty.list") {
        let scene = treaty::Scene {
            reader,
            index,
            sentence,
            rule,
            frame: None,
            earlier: claims,
        };
        let mut found = treaty::listed(&scene);
        let told = claims.get(framed.clone()).unwrap_or(&[]);
        let listed: Vec<Claim> = told.iter().chain(&found).cloned().collect();
        found.extend(treaty::mentioned(&scene, &listed));
        found.retain(|f| {
            !told.iter().any(|t| {
                t.fact.kind == Kind::Treaty
                    && t.fact.get(Slot::Title) == f.fact.get(Slot::Title)
                    && (t.fact.has(Slot::Adopted)
                        || [Slot::Signed, Slot::InForce]
                            .iter()
                            .all(|s| t.fact.has(*s) || !f.fact.has(*s)))
            })
        });
        // "It was replaced by that of 10 June 1846": of the same title, of another year.
        found.extend(treaty::others(&scene, told));
        claims.extend(found);
    }
    if let Some(rule) = rule(reader, "relations.entry")
        && claims
            .get(framed.clone())
            .unwrap_or(&[])
            .iter()
            .all(|t| t.fact.kind != Kind::Relations)
    {
        claims.extend(relations::chronicle(reader, index, sentence, rule));
    }
    if let Some(rule) = rule(reader, "relations.entry") {
        let established =
            |c: &Claim| c.fact.kind == Kind::Relations && c.fact.text(Slot::Event) == "established";
        let told = claims.get(framed.start..).unwrap_or(&[]);
        let found = (!told.iter().any(established))
            .then(|| relations::since(reader, index, sentence, rule))
            .flatten();
        claims.extend(found);
    }
    let told = claims.get(framed.start..).unwrap_or(&[]);
    let named = relations::by_title(reader, sentence, told);
    claims.extend(named);
    if let Some(rule) = rule(reader, "relations.recognition-told") {
        let found = relations::conferred(reader, index, sentence, rule, claims);
        claims.extend(found);
    }
    if let Some(rule) = rule(reader, "mission.belongs") {
        let found = mission::belongs(reader, index, sentence, rule, claims);
        claims.extend(found);
    }
    if let Some(rule) = rule(reader, "mission.third") {
        let found = mission::third(reader, index, sentence, rule, claims);
        claims.extend(found);
        let found = mission::also(reader, index, sentence, rule, claims);
        claims.extend(found);
        let found = mission::heirs(reader, index, sentence, rule, claims);
        claims.extend(found);
    }
    if let Some(rule) = rule(reader, "mission.further") {
        let found = mission::further(reader, sentence, rule, claims);
        claims.extend(found);
    }
    if let Some(rule) = rule(reader, "mission.elliptic") {
        let found = mission::elliptic(reader, sentence, rule, claims);
        claims.extend(found);
    }
    if let Some(rule) = rule(reader, "mission.mention") {
        let told = claims.get(framed.start..).unwrap_or(&[]);
        let mut found = mission::mentioned(reader, sentence, rule, told);
        found.extend(mission::consuls(reader, sentence, rule));
        found.extend(mission::by_state(reader, sentence, rule));
        claims.extend(found);
        let found = mission::others(reader, index, sentence, rule, claims);
        claims.extend(found);
        let found = mission::notes(reader, sentence, rule, claims);
        claims.extend(found);
    }
    let not_taken = sentence.items.iter().any(|i| i.is(Class::NotTaken));
    if let Some(rule) = rule(reader, "appointment.mention").filter(|_| !not_taken) {
        let found = appointment::mentioned(reader, sentence, rule, index, claims);
        claims.extend(found);
        let found = appointment::covering(reader, index, sentence, rule, claims);
        claims.extend(found);
    }
    if let Some(rule) = rule(reader, "appointment.list") {
        let found = appointment::runs(reader, index, sentence, rule, claims);
        claims.extend(found);
    }
    if let Some(rule) = rule(reader, "appointment.beside") {
        claims.extend(appointment::holders(reader, index, sentence, rule));
    }
    if let Some(rule) = rule(reader, "appointment.line").filter(|_| !not_taken) {
        // "X had been there from 3 to 5 May": whose days are those of a visit holds no post then.
        let visits = claims.here(Kind::Visit, sentence.span);
        let visits = visits.filter(|c| c.fact.has(Slot::Start));
        let visits: Vec<_> = visits.map(|c| since(c, Slot::Visitor)).collect();
        let posts = |found: Vec<Claim>| {
            let mut found = found;
            found.retain(|post| !visits.contains(&since(post, Slot::Person)));
            found
        };
        claims.extend(posts(appointment::scattered(reader, sentence, rule)));
        let found = appointment::elliptic(reader, index, sentence, rule, claims);
        claims.extend(posts(found));
        let found = appointment::proform(reader, index, sentence, rule, claims);
        claims.extend(posts(found));
        let found = appointment::chained(reader, index, sentence, rule, claims);
        claims.extend(posts(found));
    }
    if let Some(rule) = rule(reader, "membership.member") {
        let mut found = membership::listed(reader, sentence, rule);
        found.extend(membership::named(reader, sentence, rule));
        let told = claims.get(framed).unwrap_or(&[]);
        found.retain(|f| !told.iter().any(|t| t.fact == f.fact));
        claims.extend(found);
    }
    if let Some(rule) = rule(reader, "observation.number") {
        let found = observation::claims(reader, sentence, rule, claims);
        claims.extend(found);
    }
}

/// Who is in a slot of a claim, and from when.
fn since(claim: &Claim, slot: Slot) -> [Option<Value>; 2] {
    [slot, Slot::Start].map(|slot| claim.fact.get(slot).cloned())
}

fn framed(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    at: usize,
    rule: &Rule,
    form: TriggerForm,
    earlier: &Told,
) -> Vec<Claim> {
    let Some(mut frame) = frame::frame(&sentence.items, at, rule, form) else {
        return Vec::new();
    };
    // "Considering that relations, which exist since 1992, …": what has stood since a day is no plan.
    let kind = Kind::parse(&rule.fact);
    let stands = kind == Some(Kind::Relations) && rule.set.contains_key("since");
    if stands || reader.tells_past(sentence, &frame) {
        frame.modality = Modality::Asserted;
    }
    if kind == Some(Kind::Appointment) && appointment::consent_refused(&sentence.items, at) {
        frame.modality = Modality::Cancelled;
    }
    // "The embassy will remain open": it is there.
    let lasts = rule.set.contains_key("lasting") && frame.date.is_none();
    if lasts && frame.modality == Modality::Planned {
        frame.modality = Modality::Asserted;
    }
    if rule.head == Head::Structure || rule.args.is_empty() {
        return Vec::new();
    }
    if let Some(needs) = &rule.needs
        && Class::parse(needs).is_none_or(|class| {
            !(relations::needed(sentence, &frame, rule, class)
                || class == Class::Relations
                    && relations::carried(reader, index, sentence, &frame, rule, earlier))
        })
    {
        return Vec::new();
    }
    if rule.set.contains_key("raised") {
        return mission::raised(reader, index, sentence, rule, &frame, earlier);
    }
    match kind {
        Some(Kind::Visit) => visit::claims(reader, index, sentence, rule, &frame, earlier),
        Some(Kind::Treaty) => {
            let scene = treaty::Scene {
                reader,
                index,
                sentence,
                rule,
                frame: Some(&frame),
                earlier,
            };
            treaty::claims(&scene, &frame)
        }
        Some(Kind::Mission | Kind::MissionEvent) => {
            mission::claims(reader, index, sentence, rule, &frame, earlier)
        }
        Some(Kind::Appointment) => {
            appointment::claims(reader, index, sentence, rule, &frame, earlier)
        }
        Some(Kind::Relations) => relations::claims(reader, index, sentence, rule, &frame, earlier),
        Some(Kind::Membership) => membership::claims(reader, index, sentence, rule, &frame),
        Some(Kind::Meeting) => meeting::claims(reader, index, sentence, rule, &frame, earlier),
        Some(Kind::Observation) | None => Vec::new(),
    }
}
