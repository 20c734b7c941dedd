//! Posts that the text has been speaking of: "its head, X", "the first consul was X", "he was followed by Y".

use super::Post;
use crate::extract::offices::{is_consular, is_head_of_mission};
use crate::extract::reader::{Reader, Sentence};
use crate::extract::told::Told;
use crate::fact::{Claim, Evidence, EvidenceRole, Fact, Kind, Slot, Value};
use crate::language::Class;

/// How many sentences back a post may have been spoken of.
const REACH: usize = 4;

/// The role of who heads a mission of each kind.
const HEADS: &[(&str, &str)] = &[
    ("embassy", "Ambassador"),
    ("legation", "Minister"),
    ("consulate general", "Consul General"),
    ("consulate", "Consul"),
    ("honorary consulate", "Honorary Consul"),
    ("vice consulate", "Vice Consul"),
    ("high commission", "High Commissioner"),
    ("apostolic nunciature", "Apostolic Nuncio"),
];

/// The post whose sides and seat a claim gives.
fn post_in(reader: &Reader<'_>, fact: &Fact, role: String) -> Post {
    Post {
        role,
        sending: reader.body_in(fact, Slot::Sending),
        receiving: reader.body_in(fact, Slot::Receiving),
        city: reader.city_in(fact, Slot::City),
    }
}

fn antecedent(claim: &Claim) -> Evidence {
    Evidence {
        span: claim.statement(),
        role: EvidenceRole::Antecedent,
    }
}

/// The post of a role that the text last spoke of: that of the mission told last which such a one heads, or of the last holder.
pub(super) fn post(
    reader: &Reader<'_>,
    index: usize,
    earlier: &Told,
    role: &str,
) -> Option<(Post, Evidence)> {
    let fits = |claim: &&Claim| match claim.fact.kind {
        Kind::Mission => {
            let kind = claim.fact.text(Slot::Kind);
            kind.contains("consul") == is_consular(role)
        }
        Kind::Appointment => is_consular(&claim.fact.text(Slot::Role)) == is_consular(role),
        Kind::Visit
        | Kind::Treaty
        | Kind::MissionEvent
        | Kind::Relations
        | Kind::Membership
        | Kind::Meeting
        | Kind::Observation => false,
    };
    let told = earlier
        .iter()
        .rev()
        .take_while(|c| reader.near(index, c, REACH))
        .filter(|c| c.holds())
        .find(fits)?;
    Some((
        post_in(reader, &told.fact, role.to_owned()),
        antecedent(told),
    ))
}

/// The post that a person was told to hold before.
pub(super) fn held(reader: &Reader<'_>, earlier: &Told, person: Option<usize>) -> Option<Post> {
    let person = reader.person_value(person?)?;
    let told = earlier
        .last_about(Kind::Appointment, &person.text())
        .find(|c| c.holds())?;
    let role = match told.fact.get(Slot::Role) {
        Some(Value::Office(office)) => office.role.clone(),
        _ => return None,
    };
    Some(post_in(reader, &told.fact, role))
}

/// "headed by X", "under X", "its head, X" behind a mission: X heads it; with the date on which it was opened, where the same sentence
/// tells that.
pub(super) fn heads(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    at: usize,
    told: &Told,
) -> Option<(usize, Post, Option<Value>)> {
    let items = &sentence.items;
    let actor = items.get(at)?.actor()?;
    let name = actor.name.as_ref()?;
    let lead = (at.saturating_sub(4)..at).rev().find(|&i| {
        items.get(i).is_some_and(|x| {
            !(x.sign(',')
                || x.is(Class::Article)
                || x.is(Class::Be)
                || x.is(Class::Honorific)
                || matches!(x.kind, crate::extract::items::ItemKind::Date(_)))
        })
    })?;
    items.get(lead)?.is(Class::MissionHead).then_some(())?;
    let person = reader.people.find(name)?;
    // Of an office of state ("under President X") nothing heads a mission.
    let office = actor.office.as_ref().map(|o| reader.role_name(o.role));
    office
        .as_ref()
        .is_none_or(|role| is_head_of_mission(role))
        .then_some(())?;
    let mission = told
        .last_of(Kind::Mission)
        .take_while(|c| reader.near(index, c, REACH))
        .find(|c| c.holds())?;
    let kind = mission.fact.text(Slot::Kind);
    let role = office.or_else(|| {
        HEADS
            .iter()
            .find(|(k, _)| *k == kind)
            .map(|(_, role)| (*role).to_owned())
    })?;
    let here = mission.statement() == sentence.span;
    let opened = mission.fact.get(Slot::Opened).filter(|_| here).cloned();
    // "under" says it only right with the mission.
    (here || items.get(lead)?.folded.contains(' ')).then_some(())?;
    Some((person, post_in(reader, &mission.fact, role), opened))
}

/// Whether the same person was told to hold the same role before.
pub(super) fn told_before(told: &Told, claim: &Claim) -> bool {
    told.last_about(Kind::Appointment, &claim.fact.text(Slot::Person))
        .any(|t| t.fact.get(Slot::Role) == claim.fact.get(Slot::Role))
}
