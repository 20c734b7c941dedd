//! Two facts of one kind → what speaks for their being one event or relator, and what forbids it.

use super::evidence::{Evidence, Reason};
use super::same::{
    agree, dates_agree, denotations, equal, own_act, role, time, title, treaty_dates,
};
use super::topics::Topics;
use crate::fact::{Edtf, Fact, Kind, Slot, Value};

/// How facts are compared: what titles mean, and when two names of persons are one person.
#[derive(Clone, Copy)]
pub(crate) struct Comparison<'a> {
    /// Meanings of treaty titles.
    pub(crate) topics: &'a Topics,
    /// Whether two names are one person's.
    pub(crate) person: fn(&str, &str) -> bool,
}

/// Whether nothing forbids that the two are one. Within a document that is enough; a date that one of them lacks is no hindrance.
pub(crate) fn can_be_one(a: &Fact, b: &Fact, how: Comparison<'_>) -> bool {
    !weigh(a, b, how).is_vetoed()
}

/// What speaks for and against the two being one.
pub(crate) fn weigh(a: &Fact, b: &Fact, how: Comparison<'_>) -> Evidence {
    let mut pair = Pair {
        a,
        b,
        how,
        evidence: Evidence::default(),
    };
    if a.kind != b.kind {
        pair.evidence.add(Reason::OtherEvent);
        return pair.evidence;
    }
    match a.kind {
        Kind::Visit => pair.visit(),
        Kind::Treaty => pair.treaty(),
        Kind::Mission => pair.mission(),
        Kind::MissionEvent => pair.mission_event(),
        Kind::Appointment => pair.appointment(),
        Kind::Relations => pair.relations(),
        Kind::Membership => pair.membership(),
        Kind::Meeting => pair.meeting(),
        Kind::Observation => pair.observation(),
    }
    pair.evidence
}

struct Pair<'a> {
    a: &'a Fact,
    b: &'a Fact,
    how: Comparison<'a>,
    evidence: Evidence,
}

impl Pair<'_> {
    fn add_if(&mut self, applies: bool, reason: Reason) {
        self.evidence.add_if(applies, reason);
    }

    /// A slot that the two may leave out but not fill differently.
    fn agreeing(&mut self, slot: Slot, same: Reason, other: Reason) {
        let both = self.a.has(slot) && self.b.has(slot);
        let agree = agree(self.a, self.b, slot);
        self.add_if(both && agree, same);
        self.add_if(!agree, other);
    }

    /// A slot that both fill alike, or both leave out.
    fn equal(&mut self, slot: Slot, same: Reason, other: Reason) {
        let equal = equal(self.a, self.b, slot);
        self.add_if(equal && self.a.has(slot), same);
        self.add_if(!equal, other);
    }

    /// The persons in a slot; `None` where one of them or both name nobody.
    fn persons(&self, slot: Slot) -> Option<bool> {
        let (a, b) = (self.a.person(slot)?, self.b.person(slot)?);
        Some((self.how.person)(&a.name, &b.name))
    }

    /// How near two dates are that can be one time.
    fn when(&mut self, a: Option<Edtf>, b: Option<Edtf>) {
        let (Some(a), Some(b)) = (a, b) else {
            return;
        };
        self.add_if(!super::same::can_be_same(&a, &b), Reason::OtherTime);
        let reason = match a.precision().min(b.precision()) {
            3 => Reason::SameDay,
            2 => Reason::SameMonth,
            _ => Reason::SameYear,
        };
        self.add_if(a.compatible(&b), reason);
    }

    fn date(&mut self, slot: Slot) {
        self.when(self.a.date(slot).copied(), self.b.date(slot).copied());
    }

    fn visit(&mut self) {
        let (a, b) = (self.a, self.b);
        self.agreeing(Slot::From, Reason::SameSender, Reason::OtherSender);
        self.when(time(a), time(b));
        let cities = !denotations(a, Slot::City).is_disjoint(&denotations(b, Slot::City));
        self.add_if(cities, Reason::SameCity);
        if a.has(Slot::To) && b.has(Slot::To) {
            self.agreeing(Slot::To, Reason::SameReceiver, Reason::OtherReceiver);
        } else {
            self.add_if(cities, Reason::SameReceiver);
            self.add_if(!cities, Reason::OtherReceiver);
        }
        let (office, other) = (role(a, Slot::Role), role(b, Slot::Role));
        match (
            self.persons(Slot::Visitor),
            a.has(Slot::Visitor),
            b.has(Slot::Visitor),
        ) {
            (Some(same), _, _) => {
                self.add_if(same, Reason::SamePerson);
                self.add_if(!same, Reason::OtherPerson);
            }
            (None, false, false) => {
                let same = office == other && equal(a, b, Slot::From);
                self.add_if(same && office.is_some(), Reason::SamePost);
                self.add_if(!same, Reason::OtherPost);
            }
            // An office alone is a named holder of it only where both give the same time.
            (None, _, _) => {
                let dated = time(a).is_some() && time(b).is_some();
                let same = dated && office.is_some() && office == other && equal(a, b, Slot::From);
                self.add_if(same, Reason::SamePost);
                self.add_if(!same, Reason::OtherPost);
            }
        }
    }

    fn treaty(&mut self) {
        let (a, b) = (self.a, self.b);
        let (p, q) = (denotations(a, Slot::Parties), denotations(b, Slot::Parties));
        let within = p.is_subset(&q) || q.is_subset(&p);
        self.add_if(!within, Reason::OtherParties);
        self.add_if(p == q && !p.is_empty(), Reason::SameParties);
        self.add_if(p != q && within, Reason::PartiesWithin);
        self.add_if(!treaty_dates(a, b), Reason::OtherTime);
        // A date that is written alike counts as the same time, and so does a month within which the other's day lies.
        let (s, t) = (time(a), time(b));
        let same_time = matches!((s, t), (Some(s), Some(t)) if s == t || (s.compatible(&t) && s.precision() >= 2 && t.precision() >= 2));
        if let (Some(s), Some(t)) = (s, t)
            && treaty_dates(a, b)
        {
            let reason = match s.precision().min(t.precision()) {
                3 if s.compatible(&t) => Reason::SameDay,
                2 if s.compatible(&t) => Reason::SameMonth,
                _ => Reason::SameYear,
            };
            self.evidence.add(reason);
        }
        if self.evidence.is_vetoed() {
            return;
        }
        let (x, y) = (title(a, self.how.topics), title(b, self.how.topics));
        let bare = x.is_bare() && y.is_bare();
        let like = !bare && x.like(&y);
        let title_within = !bare && !like && same_time && x.within(&y);
        self.add_if(like, Reason::SameTitle);
        self.add_if(title_within, Reason::TitleWithin);
        let nameless = bare && same_time && p == q && x.like(&y);
        self.add_if(!(like || title_within || nameless), Reason::OtherTitle);
        let told = p == q
            || same_time
            || (p.len() >= 2 && q.len() >= 2 && s.is_some() && t.is_some())
            || p.is_empty()
            || q.is_empty();
        self.add_if(!told, Reason::OtherParties);
    }

    /// The same kind of mission of the same sender in the same place.
    fn mission(&mut self) {
        self.equal(Slot::Kind, Reason::SameKind, Reason::OtherKind);
        self.equal(Slot::Sending, Reason::SameSender, Reason::OtherSender);
        self.equal(Slot::Receiving, Reason::SameReceiver, Reason::OtherReceiver);
        self.equal(Slot::City, Reason::SameCity, Reason::OtherCity);
        self.date(Slot::Opened);
        self.date(Slot::Closed);
    }

    fn mission_event(&mut self) {
        if let Some(same) = self.persons(Slot::Person) {
            self.add_if(same, Reason::SamePerson);
            self.add_if(!same, Reason::OtherPerson);
        }
        self.equal(Slot::Event, Reason::SameEvent, Reason::OtherEvent);
        self.equal(Slot::Sending, Reason::SameSender, Reason::OtherSender);
        self.agreeing(Slot::Receiving, Reason::SameReceiver, Reason::OtherReceiver);
        self.agreeing(Slot::Kind, Reason::SameKind, Reason::OtherKind);
        self.agreeing(Slot::City, Reason::SameCity, Reason::OtherCity);
        self.date(Slot::Date);
        let deadlines = dates_agree(self.a.date(Slot::Deadline), self.b.date(Slot::Deadline));
        self.add_if(!deadlines, Reason::OtherTime);
    }

    fn appointment(&mut self) {
        let (a, b) = (self.a, self.b);
        match (
            self.persons(Slot::Person),
            a.has(Slot::Person),
            b.has(Slot::Person),
        ) {
            (Some(same), _, _) => {
                self.add_if(same, Reason::SamePerson);
                self.add_if(!same, Reason::OtherPerson);
            }
            (None, false, false) => {
                let dated = a.date(Slot::Start).is_some() && b.date(Slot::Start).is_some();
                self.add_if(!dated, Reason::OtherPerson);
            }
            (None, _, _) => self.evidence.add(Reason::OtherPerson),
        }
        let same = role(a, Slot::Role) == role(b, Slot::Role);
        self.add_if(same, Reason::SamePost);
        self.add_if(!same, Reason::OtherPost);
        self.agreeing(Slot::Sending, Reason::SameSender, Reason::OtherSender);
        self.agreeing(Slot::Receiving, Reason::SameReceiver, Reason::OtherReceiver);
        self.agreeing(Slot::City, Reason::SameCity, Reason::OtherCity);
        self.date(Slot::Start);
        let both = |fact: &Fact| {
            fact.date(Slot::Start)
                .and_then(Edtf::year)
                .zip(fact.date(Slot::End).and_then(Edtf::year))
        };
        let ends = dates_agree(a.date(Slot::End), b.date(Slot::End))
            || both(a) == both(b) && both(a).is_some();
        // A term that ends before the other begins is another one, even where each gives only one of its dates.
        let apart = |x: &Fact, y: &Fact| matches!((x.date(Slot::End).and_then(Edtf::year), y.date(Slot::Start).and_then(Edtf::year)), (Some(end), Some(start)) if end < start);
        self.add_if(!ends || apart(a, b) || apart(b, a), Reason::OtherTime);
    }

    /// The same event between the same parties. Each side may raise or lower its own representation.
    fn relations(&mut self) {
        let (a, b) = (self.a, self.b);
        self.equal(Slot::Event, Reason::SameEvent, Reason::OtherEvent);
        let same = denotations(a, Slot::Parties) == denotations(b, Slot::Parties);
        self.add_if(same, Reason::SameParties);
        self.add_if(!same, Reason::OtherParties);
        let acted = !own_act(&a.text(Slot::Event)) || agree(a, b, Slot::Actor);
        self.add_if(!acted, Reason::OtherActor);
        self.date(Slot::Date);
    }

    fn membership(&mut self) {
        self.equal(Slot::State, Reason::SameMember, Reason::OtherMember);
        let (same, other) = (Reason::SameOrganisation, Reason::OtherOrganisation);
        self.equal(Slot::Organisation, same, other);
    }

    fn meeting(&mut self) {
        let (a, b) = (self.a, self.b);
        let names = |fact: &Fact| -> Vec<String> {
            let all = fact.all(Slot::Participants);
            all.iter().map(Value::text).collect()
        };
        let missing = |from: &[String], other: &[String]| {
            from.iter()
                .filter(|x| !other.iter().any(|y| (self.how.person)(x, y)))
                .count()
        };
        let (names_a, names_b) = (names(a), names(b));
        let (roles_a, roles_b) = (denotations(a, Slot::Roles), denotations(b, Slot::Roles));
        let shared = missing(&names_a, &names_b) < names_a.len() || !roles_a.is_disjoint(&roles_b);
        let (only_a, only_b) = (missing(&names_a, &names_b), missing(&names_b, &names_a));
        let (office_a, office_b) = (
            roles_a.difference(&roles_b).count(),
            roles_b.difference(&roles_a).count(),
        );
        // Whom one gives by name the other may give by office, or leave out altogether.
        let people = (only_a <= office_b && only_b <= office_a)
            || only_a + office_a == 0
            || only_b + office_b == 0;
        let all = only_a + only_b + office_a + office_b == 0;
        self.add_if(shared && people && all, Reason::SamePeople);
        self.add_if(shared && people && !all, Reason::SharedPeople);
        self.add_if(!shared || !people, Reason::OtherPeople);
        self.date(Slot::Date);
        self.agreeing(Slot::Place, Reason::SameCity, Reason::OtherCity);
    }

    fn observation(&mut self) {
        let (a, b) = (self.a, self.b);
        let same = super::same::observation(a, b);
        self.add_if(same, Reason::SameMeasure);
        self.add_if(!same, Reason::OtherMeasure);
        self.equal(Slot::Value, Reason::SameNumber, Reason::OtherNumber);
        self.date(Slot::Date);
        let undated = !a.has(Slot::Date) && !b.has(Slot::Date);
        self.add_if(undated, Reason::Undated);
    }
}
