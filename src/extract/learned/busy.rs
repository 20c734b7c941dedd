//! What rules have told in a sentence, beside which weights tell nothing more of it: heads of mission who only act on a day ("the ambassador, X, signed the
//! agreement on 4 May" does not tell that he came that day), those who travel together.

use crate::fact::{Claim, Edtf, Kind, Slot};

/// Takes from what weights tell of posts the day of the meeting, signature or visit that rules have told in the same sentence; what is then
/// without a date tells nothing more than the words of the office, which rules read.
pub(super) fn undated(told: &[Claim], likely: &mut Vec<Claim>) {
    likely.retain(|claim| !(ended(told, claim) || of_another(told, claim) || of_move(told, claim)));
    likely.retain(|claim| !(on_one_journey(told, claim) || one_term(told, claim)));
    likely.retain_mut(|claim| {
        let start = claim.fact.date(Slot::Start).copied();
        let Some(day) = start.filter(|d| d.precision() == 3) else {
            return true;
        };
        if claim.fact.kind != Kind::Appointment || !acts(told, claim, day) {
            return true;
        }
        claim.fact.slots.remove(&Slot::Start);
        claim.fact.has(Slot::End)
    });
}

/// "X, whom Y succeeded in 2003": whether rules have told in the same sentence that the post of X ended when weights let it begin.
fn ended(told: &[Claim], claim: &Claim) -> bool {
    let start = claim.fact.date(Slot::Start).copied();
    let mut here = told.iter().filter(|c| c.statement() == claim.statement());
    claim.fact.kind == Kind::Appointment
        && start.is_some()
        && here.any(|c| {
            c.fact.kind == Kind::Appointment
                && c.fact.get(Slot::Person) == claim.fact.get(Slot::Person)
                && c.fact.date(Slot::End).copied() == start
                && !c.fact.has(Slot::Start)
        })
}

/// "He succeeded Y, who had served since 2018": whether rules have told in the same sentence that another's post began then, and of this one something
/// else.
fn of_another(told: &[Claim], claim: &Claim) -> bool {
    let start = claim.fact.date(Slot::Start).copied();
    let person = claim.fact.get(Slot::Person);
    let here = || {
        let here = told.iter().filter(|c| c.statement() == claim.statement());
        here.filter(|c| c.holds() && c.fact.kind == Kind::Appointment)
    };
    let own = |c: &&Claim| c.fact.get(Slot::Person) == person;
    let begun = |c: &Claim| c.fact.date(Slot::Start).copied() == start;
    claim.fact.kind == Kind::Appointment
        && start.is_some()
        && here().any(|c| !own(&c) && begun(c))
        && here().any(|c| own(&c))
}

/// "Confirmed in 2022 by Y, X had been ambassador to Italy (1999–2010)": whether rules have told in the same sentence that another held the post for just
/// this term.
fn one_term(told: &[Claim], claim: &Claim) -> bool {
    let slots = [Slot::Role, Slot::Receiving, Slot::Start, Slot::End];
    let term = claim.fact.has(Slot::Start) && claim.fact.has(Slot::End);
    let same = |c: &Claim| {
        let own = slots.iter().all(|s| c.fact.get(*s) == claim.fact.get(*s));
        own && c.fact.get(Slot::Person) != claim.fact.get(Slot::Person)
    };
    let mut here = told.iter().filter(|c| c.statement() == claim.statement());
    claim.fact.kind == Kind::Appointment && term && here.any(|c| c.holds() && same(c))
}

/// "The minister arrived in Tunis together with a former president": whether rules have told in the same sentence of two who travelled together, of whom
/// weights make a meeting.
fn on_one_journey(told: &[Claim], claim: &Claim) -> bool {
    if claim.fact.kind != Kind::Meeting || claim.fact.has(Slot::Roles) {
        return false;
    }
    let journeys = claim.fact.all(Slot::Participants).iter().map(|who| {
        let own = |c: &&Claim| {
            let visit = c.holds() && c.fact.kind == Kind::Visit;
            visit && c.statement() == claim.statement() && c.fact.get(Slot::Visitor) == Some(who)
        };
        let journey = told.iter().find(own)?;
        let slots = [Slot::From, Slot::To, Slot::Start];
        Some(slots.map(|slot| journey.fact.get(slot)))
    });
    let journeys: Option<Vec<_>> = journeys.collect();
    journeys.is_some_and(|all| all.len() > 1 && all.iter().all(|one| Some(one) == all.first()))
}

/// "In 1972 it moved to Main Street": whether rules have told in the same sentence that a mission moved when weights let a post begin.
fn of_move(told: &[Claim], claim: &Claim) -> bool {
    let start = claim.fact.date(Slot::Start).copied();
    let mut here = told.iter().filter(|c| c.statement() == claim.statement());
    claim.fact.kind == Kind::Appointment
        && start.is_some()
        && here
            .any(|c| c.fact.kind == Kind::MissionEvent && c.fact.date(Slot::Date).copied() == start)
}

/// Whether a sentence tells of something that happens on a day, and by no rule of a post that begins.
fn acts(told: &[Claim], claim: &Claim, day: Edtf) -> bool {
    let here = || {
        let here = told.iter().filter(|c| c.statement() == claim.statement());
        here.filter(|c| c.holds())
    };
    let on = |c: &Claim| {
        let slot = match c.fact.kind {
            Kind::Meeting => Slot::Date,
            Kind::Treaty => Slot::Signed,
            Kind::Visit => Slot::Start,
            Kind::Appointment
            | Kind::Mission
            | Kind::MissionEvent
            | Kind::Relations
            | Kind::Membership
            | Kind::Observation => return false,
        };
        c.fact.date(slot) == Some(&day)
    };
    let begins = |c: &Claim| c.fact.kind == Kind::Appointment && c.fact.has(Slot::Start);
    // "the ambassador, X, announced on 4 May that …"
    let person = claim.fact.person(Slot::Person);
    let says = |c: &Claim| person.is_some_and(|p| c.speaker.as_deref() == Some(p.name.as_str()));
    here().any(|c| on(c) || says(c)) && !here().any(begins)
}
