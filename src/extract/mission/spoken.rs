//! "The embassy reopened", "it was closed", "the post": which mission the text has been speaking of.

use super::listed_heads;
use super::unnamed::stands;
use crate::extract::appointment::headed_kind;
use crate::extract::items::{Item, MissionNp};
use crate::extract::reader::{Reader, Sentence};
use crate::extract::told::{Told, covers};
use crate::fact::{Claim, Evidence, EvidenceRole, Fact, Kind, Slot};
use crate::language::Class;
use crate::text::Span;

/// How many sentences back a word without a name of its own may point.
pub(super) const REACH: usize = 4;

/// The missions told before a place of the text, the last one last.
pub(super) struct Spoken<'a> {
    reader: &'a Reader<'a>,
    index: usize,
    earlier: &'a Told,
}

impl<'a> Spoken<'a> {
    /// What the claims before a sentence tell of missions.
    pub(super) fn new(reader: &'a Reader<'a>, index: usize, earlier: &'a Told) -> Self {
        Self {
            reader,
            index,
            earlier,
        }
    }

    /// The mission that the item at `at` stands for, where it names none of its own: as a full phrase, with the passage that named it.
    pub(super) fn resolve(
        &self,
        items: &[Item],
        at: usize,
        owners: &[usize],
    ) -> Option<(MissionNp, Evidence)> {
        let item = items.get(at)?;
        let Some(np) = item.mission() else {
            if !stands(item) {
                return None;
            }
            let noun = item.folded.contains(' ');
            let own = self.own().filter(|_| noun);
            // A bare pronoun points no further than the sentence before.
            let reach = if noun { REACH } else { 1 };
            return own
                .or_else(|| self.asked().filter(|_| !noun))
                .or_else(|| self.copular_before().filter(|_| !noun))
                .or_else(|| self.last(None, reach))
                .or_else(|| self.subject_before())
                .or_else(|| self.own_before());
        };
        let nameless = np.receiving.is_none() && np.cities.is_empty();
        if !nameless || np.possessive || !owners.is_empty() || indefinite(items, at) {
            return None;
        }
        // "the Danish embassy": the one of that sender told before, where it was told.
        if let Some(sending) = np.sending {
            let known = self.reader.other_side(sending).is_some();
            return self.told(np, usize::MAX, |_| true).filter(|_| !known);
        }
        (definite(items, at) || at == 0).then_some(())?;
        let between_sides = |found: &MissionNp| {
            let side = |body: Option<usize>| body.is_some_and(|b| self.reader.is_side(b));
            side(found.sending) && side(found.receiving)
        };
        self.headed(np)
            .or_else(|| self.told(np, 0, |_| true))
            .or_else(|| self.own().filter(|(own, _)| self.akin(own.kind, np.kind)))
            .or_else(|| listed_heads::before(self.reader, np))
            .or_else(|| self.told(np, 1, between_sides))
            .or_else(|| {
                self.told(np, REACH, between_sides)
                    .filter(|_| self.just_covered())
            })
            .or_else(|| self.told(np, 1, |_| true))
            .or_else(|| self.told(np, usize::MAX, between_sides))
            .or_else(|| self.told(np, usize::MAX, |_| true))
    }

    /// "Until then the ambassador in A had been accredited to B. The embassy was closed in 1990": whether the mission told last stands elsewhere, for
    /// the one between the two sides.
    fn just_covered(&self) -> bool {
        let last = self.earlier.last_of(Kind::Mission).next();
        let states = |c: &Claim| {
            let sides = [Slot::Sending, Slot::Receiving].map(|s| self.reader.body_in(&c.fact, s));
            let side = |b: &Option<usize>| b.is_some_and(|b| self.reader.is_side(b));
            sides.iter().all(side)
        };
        last.is_some_and(|c| covers(c) && states(c))
    }

    /// The mission of a kind that the sentence itself told last.
    pub(super) fn here(&self, kind: usize) -> Option<(MissionNp, Evidence)> {
        self.find(0, |claim, found| {
            claim.fact.kind == Kind::Mission && found.kind == kind
        })
    }

    /// What the sentence tells that a mission was made: "a consulate, which became an embassy".
    pub(super) fn made_here(&self, np: &MissionNp) -> Option<usize> {
        let same = |a: Option<usize>, b: Option<usize>| a.is_none() || b.is_none() || a == b;
        let city = |np: &MissionNp| np.cities.first().map(|c| c.0);
        let made = self.find(0, |claim, found| {
            claim.fact.kind == Kind::Mission
                && claim.rule.contains(".relations.")
                && same(np.sending, found.sending)
                && same(city(np), city(found))
        });
        made.map(|(found, _)| found.kind)
    }

    /// Whether the mission told last, close before, was told to be closed.
    pub(super) fn closed(&self) -> bool {
        let mut told = self.earlier.last_of(Kind::Mission);
        let last = told.find(|c| c.holds() && !covers(c));
        last.is_some_and(|c| c.fact.has(Slot::Closed) && self.reader.near(self.index, c, REACH))
    }

    /// "It reopened its doors in 1992": the mission that was told to be closed, close before; else the document's own.
    pub(super) fn to_reopen(&self) -> Option<(MissionNp, Evidence)> {
        let shut = |claim: &Claim, _: &MissionNp| {
            let mission = claim.fact.kind == Kind::Mission && !covers(claim);
            mission && claim.holds() && claim.fact.has(Slot::Closed)
        };
        let own = || self.own().filter(|_| self.reader.own_mission.is_some());
        self.find(REACH, shut).or_else(own)
    }

    /// The mission told last, close before.
    pub(super) fn nearest(&self) -> Option<(MissionNp, Evidence)> {
        self.asked()
            .or_else(|| self.copular_before())
            .or_else(|| self.last(None, 1))
            .or_else(|| self.subject_before())
            .or_else(|| self.own_before())
    }

    /// "The consulate of Peru in Kobe is one of its two missions, the other being the embassy in Tokyo. It was set up in 1981.": the mission of
    /// which the sentence before says what it is, where this one has told of none yet.
    fn copular_before(&self) -> Option<(MissionNp, Evidence)> {
        let before = self.reader.sentences.get(self.index.checked_sub(1)?)?;
        let is = |i: &Item<'_>| i.is(Class::Be);
        let verb = before.items.iter().position(|i| i.is_finite() || is(i))?;
        before.items.get(verb).filter(|i| is(i))?;
        let told = self.find(0, |_, _| true).is_some();
        self.subject_before().filter(|_| !told)
    }

    /// "And our consulate in Kobe?" – "It was closed in 2013.": the one mission that the question before names, of which this sentence has told nothing yet.
    fn asked(&self) -> Option<(MissionNp, Evidence)> {
        let sentences = &self.reader.sentences;
        let before = sentences.get(self.index.checked_sub(1)?)?;
        let text = before.span.of(&self.reader.doc.text);
        let question = text.trim_end().ends_with('?');
        let told = question && self.find(0, |_, _| true).is_some();
        (question && !told).then_some(())?;
        let items = before.items.iter().filter(|i| !i.is(Class::NoMission));
        let mut named = items.filter_map(Item::mission);
        let mut np = named.next()?.clone();
        let seat = np.cities.first().map(|c| c.0);
        let there = seat.and_then(|c| self.reader.state_of_city(c));
        np.receiving = np.receiving.or(there);
        let home = self.reader.home().filter(|h| Some(*h) != np.receiving);
        np.sending = np.sending.or(home);
        let evidence = Evidence {
            span: before.span,
            role: EvidenceRole::Antecedent,
        };
        let whole = np.sending.is_some() && np.receiving.is_some();
        (whole && named.next().is_none()).then_some((np, evidence))
    }

    /// "The embassy stands in the old town. It was closed in 1998.": the document's own mission, where the sentence before begins with its kind or
    /// there is none before.
    fn own_before(&self) -> Option<(MissionNp, Evidence)> {
        let sentences = &self.reader.sentences;
        let own = self.reader.own_mission.as_ref()?;
        let block = sentences.get(self.index)?.block;
        let before = self.index.checked_sub(1).and_then(|at| sentences.get(at));
        let before = before.filter(|s| s.block == block);
        let about = |s: &Sentence<'_>| {
            let first = s.items.iter().find(|i| i.is_np() && !i.is_date());
            let np = first.and_then(Item::mission);
            np.is_some_and(|np| {
                let sender = np.sending.is_none_or(|s| s == own.sending);
                sender && self.akin(own.kind, np.kind) && np.cities.is_empty()
            })
        };
        let means = before.is_none_or(about);
        self.own().filter(|_| means)
    }

    /// "The embassy of Peru in Mali represents Peru. It was set up in 1981.": the one mission that the sentence before is about, of which it tells nothing.
    fn subject_before(&self) -> Option<(MissionNp, Evidence)> {
        let sentences = &self.reader.sentences;
        let before = sentences.get(self.index.checked_sub(1)?)?;
        let same = sentences.get(self.index)?.block == before.block;
        let verb = |i: &Item<'_>| i.is_finite() || i.is(Class::Be);
        let verb = before.items.iter().position(verb)?;
        let subject = before.items.get(..verb).filter(|_| same)?.iter();
        let subject = subject.filter(|i| i.prep.is_empty() && !i.is(Class::NoMission));
        let mut subject = subject.filter_map(Item::mission);
        let np = subject.next().filter(|np| {
            np.sending.is_some() && (np.receiving.is_some() || !np.cities.is_empty())
        })?;
        let evidence = Evidence {
            span: before.span,
            role: EvidenceRole::Antecedent,
        };
        subject.next().is_none().then(|| (np.clone(), evidence))
    }

    /// The mission told last, within so many sentences, with the passage that tells it.
    pub(super) fn recent(&self, reach: usize) -> Option<(MissionNp, Evidence)> {
        self.last(None, reach)
    }

    /// The mission told last, within so many sentences.
    pub(super) fn nearest_of(&self, reach: usize) -> Option<MissionNp> {
        self.last(None, reach).map(|(np, _)| np)
    }

    /// The mission that the text is about: the document's own, or the one told last.
    pub(super) fn subject(&self) -> Option<(MissionNp, Evidence)> {
        self.own().or_else(|| self.last(None, REACH))
    }

    /// The document's own mission; of one that was raised to its rank as the text told of it last.
    fn own(&self) -> Option<(MissionNp, Evidence)> {
        let Some(own) = self.reader.own_mission.as_ref() else {
            return listed_heads::of(self.reader);
        };
        let same = |claim: &Claim, found: &MissionNp| {
            let seat = found.cities.first().map(|c| c.0);
            let told = claim.fact.has(Slot::Opened) || claim.fact.has(Slot::Closed);
            told && found.sending == Some(own.sending) && seat == own.city
        };
        let told = || self.find(usize::MAX, same);
        if let Some(told) = own.raised.then(told).flatten() {
            return Some(told);
        }
        let np = phrase(own.kind, own.sending, own.receiving, own.city);
        let evidence = Evidence {
            span: own.span,
            role: EvidenceRole::Context,
        };
        Some((np, evidence))
    }

    /// The mission of that kind that the nearest heading names ("Legation at Belgrade, 1947").
    fn headed(&self, np: &MissionNp) -> Option<(MissionNp, Evidence)> {
        let sentence = self.reader.sentences.get(self.index)?;
        let above = self.reader.above(sentence);
        let heading = above.first()?;
        let found = heading
            .items
            .iter()
            .filter_map(Item::mission)
            .find(|m| m.kind == np.kind && (!m.cities.is_empty() || m.receiving.is_some()))?;
        let evidence = Evidence {
            span: heading.span,
            role: EvidenceRole::Heading,
        };
        Some((found.clone(), evidence))
    }

    fn akin(&self, full: usize, plain: usize) -> bool {
        full == plain || super::places::akin(self.reader, full, plain)
    }

    /// The mission told last of the kind of a phrase, and of its sender where it has one, within so many sentences.
    fn told(
        &self,
        np: &MissionNp,
        reach: usize,
        fits: impl Fn(&MissionNp) -> bool,
    ) -> Option<(MissionNp, Evidence)> {
        let sender = np.sending;
        self.find(reach, |claim, found| {
            // Who heads a mission tells of one of just that kind.
            let kind = if claim.fact.kind == Kind::Appointment {
                found.kind == np.kind
            } else {
                self.akin(found.kind, np.kind)
            };
            kind && sender.is_none_or(|s| found.sending == Some(s)) && fits(found)
        })
    }

    /// The mission told last, of a kind where one is given, within so many sentences.
    fn last(&self, kind: Option<usize>, reach: usize) -> Option<(MissionNp, Evidence)> {
        let block = self.reader.sentences.get(self.index).map(|s| s.block);
        // Who heads a mission tells of it close by.
        let beside = |claim: &Claim| {
            let told = self.reader.sentence_at(claim.statement().start);
            self.reader.near(self.index, claim, 1) && told.map(|s| s.block) == block
        };
        self.find(reach, |claim, found| {
            kind.is_none_or(|k| k == found.kind)
                && (claim.fact.kind != Kind::Appointment || beside(claim))
        })
    }

    /// The sender of the mission told last, for one in a state that the document is not about.
    pub(super) fn sender(&self, np: &MissionNp) -> Option<usize> {
        let city = np.cities.first().map(|c| c.0);
        let receiving = np
            .receiving
            .or_else(|| city.and_then(|c| self.reader.state_of_city(c)))?;
        let open = np.sending.is_none()
            && self.reader.other_side(receiving).is_none()
            && self.reader.home().is_none();
        open.then_some(())?;
        let (last, _) = self.find(REACH, |_, _| true)?;
        last.sending.filter(|s| *s != receiving)
    }

    fn find(
        &self,
        reach: usize,
        fits: impl Fn(&Claim, &MissionNp) -> bool,
    ) -> Option<(MissionNp, Evidence)> {
        self.earlier
            .last_of_any([Kind::Mission, Kind::MissionEvent, Kind::Appointment])
            .take_while(|claim| self.reader.near(self.index, claim, reach))
            .find_map(|claim| {
                // What has moved goes on at its new seat.
                let left = claim.fact.kind == Kind::MissionEvent || claim.fact.has(Slot::Closed);
                if left && claim.rule.ends_with(".moved") {
                    return None;
                }
                // "The embassy closed and A was put under that in B. It reopened": the seat elsewhere is not what is spoken of.
                let other = |c: &Claim| {
                    let city = c.fact.get(Slot::City) != claim.fact.get(Slot::City);
                    let sides = [Slot::Sending, Slot::Receiving];
                    let same = sides.iter().all(|s| c.fact.get(*s) == claim.fact.get(*s));
                    // "It closed in 2004. The work passed to the embassy in B. It reopened": nor where two sentences tell it.
                    let stood = same && c.fact.has(Slot::Closed);
                    let one = c.statement() == claim.statement() || stood;
                    one && c.holds() && city && !covers(c)
                };
                if covers(claim) && self.earlier.last_of(Kind::Mission).take(8).any(other) {
                    return None;
                }
                let mut np = self.phrase(&claim.fact)?;
                // What covers other states too stands where its city is; who is accredited from elsewhere heads no mission there.
                let covers = covers(claim);
                let state = np
                    .cities
                    .first()
                    .and_then(|c| self.reader.state_of_city(c.0));
                // Nor does who was before or went to a third state: "X, later ambassador to Kenya".
                let third = np
                    .receiving
                    .is_some_and(|r| self.reader.paired && !self.reader.is_side(r));
                let elsewhere = match state {
                    Some(_) => np.receiving.is_some() && state != np.receiving,
                    None => third,
                };
                if elsewhere && claim.fact.kind == Kind::Appointment {
                    return None;
                }
                if covers {
                    np.cities.first()?;
                    np.receiving = state;
                }
                fits(claim, &np).then_some(())?;
                let evidence = Evidence {
                    span: claim.statement(),
                    role: EvidenceRole::Antecedent,
                };
                Some((np, evidence))
            })
    }

    fn phrase(&self, fact: &Fact) -> Option<MissionNp> {
        // Who heads a mission tells of it.
        let kind = if fact.kind == Kind::Appointment {
            headed_kind(&fact.text(Slot::Role))?.to_owned()
        } else {
            fact.text(Slot::Kind)
        };
        let kind = self.reader.lexicon.mission(&kind)?;
        Some(MissionNp {
            kind,
            sending: Some(self.reader.body_in(fact, Slot::Sending)?),
            receiving: self.reader.body_in(fact, Slot::Receiving),
            cities: self
                .reader
                .city_in(fact, Slot::City)
                .map(|c| (c, Span::default(), false))
                .into_iter()
                .collect(),
            ..MissionNp::default()
        })
    }
}

/// A mission by its kind, its sides and its seat, as a full phrase would name it.
pub(super) fn phrase(
    kind: usize,
    sending: usize,
    receiving: Option<usize>,
    city: Option<usize>,
) -> MissionNp {
    let seat = city.map(|c| (c, Span::default(), false));
    MissionNp {
        kind,
        sending: Some(sending),
        receiving,
        cities: seat.into_iter().collect(),
        ..MissionNp::default()
    }
}

/// The word before a phrase that tells whether it is known, adjectives passed over.
fn determiner<'i, 't>(items: &'i [Item<'t>], at: usize) -> Option<&'i Item<'t>> {
    items
        .get(..at)?
        .iter()
        .rev()
        .find(|i| !i.is(Class::Temporal) || i.is(Class::Article))
}

/// Whether a phrase speaks of something not spoken of before ("an embassy").
pub(super) fn indefinite(items: &[Item], at: usize) -> bool {
    determiner(items, at).is_some_and(|i| {
        i.is(Class::Indefinite) || i.is(Class::MissionOne) && !i.is(Class::Article)
    })
}

/// Whether a phrase speaks of something known ("the embassy").
pub(super) fn definite(items: &[Item], at: usize) -> bool {
    !indefinite(items, at)
        && determiner(items, at).is_some_and(|i| i.is(Class::Article) || i.is(Class::TheState))
}
