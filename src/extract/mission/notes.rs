//! "| Peru || 3 May 1970 || Embassy in Lima since 1984. |": what a survey by states notes of missions beside the name of a state, mostly without a
//! verb → claims. Of the two that the part is about one sends and the other receives; the city tells which.

use super::covers::headed_by;
use super::cues::{UNREAL, cue};
use super::life::periods;
use super::places::{Placed, base};
use super::seat;
use crate::extract::items::{Item, ItemKind};
use crate::extract::offices::is_head_of_mission;
use crate::extract::reader::{Reader, Sentence};
use crate::extract::told::Told;
use crate::fact::{Claim, Kind, Slot};
use crate::language::{Class, Rule, TriggerForm};

/// How many items may stand between the head of a mission and the city where he lives.
const SEAT: usize = 4;

/// What a note names: a mission or its head, whose it is and where.
struct Named {
    at: usize,
    kind: usize,
    sending: Option<usize>,
    city: Option<usize>,
    /// Whether the words say that it looks after another state than the one where it stands.
    covers: bool,
}

/// Claims of the missions that the notes of a sentence name in a part of a survey by states.
pub(in crate::extract) fn notes(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
    rule: &Rule,
    earlier: &Told,
) -> Vec<Claim> {
    let Some((home, part)) = reader.parted() else {
        return Vec::new();
    };
    let items = &sentence.items;
    let cells = reader.block(sentence).map_or(&[][..], |b| &b.cells);
    let cell = |i: &Item<'_>| cells.iter().position(|c| c.contains(i.span));
    let ends = |at: usize| {
        let (Some(i), Some(next)) = (items.get(at), items.get(at + 1)) else {
            return true;
        };
        [';', '.'].iter().any(|c| i.sign(*c)) || cell(i) != cell(next)
    };
    let mut claims: Vec<Claim> = Vec::new();
    let mut from = 0;
    for at in 0..items.len() {
        if !ends(at) {
            continue;
        }
        let note = Note {
            reader,
            sentence,
            sides: [home, part],
            span: (from, at + 1),
        };
        let found = note.claims(rule);
        let told = |c: &Claim| {
            let slots = [Slot::Sending, Slot::Receiving, Slot::City, Slot::Opened];
            let same = |t: &Claim| slots.iter().all(|s| t.fact.get(*s) == c.fact.get(*s));
            earlier.here(Kind::Mission, sentence.span).any(same) || claims.iter().any(same)
        };
        let new: Vec<Claim> = found.into_iter().filter(|c| !told(c)).collect();
        claims.extend(new);
        from = at + 1;
    }
    claims
}

/// A stretch of a sentence, up to its stop or the end of its cell.
struct Note<'a, 't> {
    reader: &'a Reader<'t>,
    sentence: &'a Sentence<'t>,
    sides: [usize; 2],
    span: (usize, usize),
}

impl Note<'_, '_> {
    fn claims(&self, rule: &Rule) -> Vec<Claim> {
        let words = self.words();
        let verb = |i: &Item<'_>| i.is_finite() || i.is(Class::Be) || i.is(Class::Have);
        let told = |i: &Item<'_>| {
            !verb(i)
                && i.verb != Some(TriggerForm::Planned)
                && !UNREAL.iter().any(|c| i.is(*c))
                && !i.is(Class::Formerly)
                && !i.is(Class::NoMission)
        };
        if !words.iter().all(told) {
            return Vec::new();
        }
        let named = self.named();
        let mut claims = Vec::new();
        for (n, one) in named.iter().enumerate() {
            let end = named.get(n + 1).map_or(self.span.1, |next| next.at);
            claims.extend(self.claim(rule, one, end));
        }
        claims
    }

    fn words(&self) -> &[Item<'_>] {
        let (from, to) = self.span;
        self.sentence.items.get(from..to).unwrap_or(&[])
    }

    /// The missions, heads of missions and seats that the note names.
    fn named(&self) -> Vec<Named> {
        let (from, to) = self.span;
        let items = &self.sentence.items;
        let covers = self.words().iter().any(|i| cue(self.reader, i));
        let mut found = Vec::new();
        for at in from..to {
            let Some(item) = items.get(at) else { break };
            if let Some(np) = item.mission() {
                let city = np.cities.first().map(|c| c.0);
                let sending = np.sending.or_else(|| self.reader.genitive_city(items, at));
                found.push(Named {
                    at,
                    kind: np.kind,
                    sending,
                    city: city.or_else(|| self.city_behind(at, 2)),
                    covers: covers || np.possessive || np.sending.is_some(),
                });
                continue;
            }
            let Some(actor) = item.actor().filter(|a| a.name.is_none()) else {
                continue;
            };
            let office = actor.office.as_ref().filter(|o| !o.former);
            let Some(office) =
                office.filter(|o| is_head_of_mission(&self.reader.role_name(o.role)))
            else {
                continue;
            };
            let city = seat::of_office(self.reader, office).or_else(|| self.city_behind(at, SEAT));
            let kind = headed_by(self.reader, office);
            if let Some(kind) = kind.filter(|_| city.is_some()) {
                found.push(Named {
                    at,
                    kind,
                    sending: office.of,
                    city,
                    covers: true,
                });
            }
        }
        if found.is_empty() && covers {
            found.extend(self.of_city());
        }
        found
    }

    /// The city in which something named at `at` is, a few items behind.
    fn city_behind(&self, at: usize, reach: usize) -> Option<usize> {
        let behind = self.sentence.items.get(at + 1..self.span.1)?;
        let mut behind = behind.iter().take(reach);
        let near = behind.find(|i| i.is_np() || matches!(i.kind, ItemKind::Sign(_)));
        near.filter(|i| i.has_prep(Class::In) || i.has_prep(Class::To))?
            .city()
    }

    /// "Covered from Lima": the city alone.
    fn of_city(&self) -> Option<Named> {
        let (from, to) = self.span;
        let items = &self.sentence.items;
        let led = |i: &Item<'_>| i.has_prep(Class::From) || i.has_prep(Class::Since);
        let at = (from..to).find(|&at| {
            let item = items.get(at);
            item.is_some_and(|i| i.city().is_some() && led(i))
        })?;
        let before = items.get(from..at)?;
        let owner = before.iter().find_map(Item::named_body);
        Some(Named {
            at,
            kind: self.reader.lexicon.mission("embassy")?,
            sending: owner,
            city: items.get(at)?.city(),
            covers: true,
        })
    }

    /// The claim of a mission named, with the date up to where the next is named.
    fn claim(&self, rule: &Rule, named: &Named, end: usize) -> Option<Claim> {
        let reader = self.reader;
        let [home, part] = self.sides;
        let sides = |state: usize| self.sides.iter().any(|s| reader.same_state(*s, state));
        let life = periods(reader, self.sentence, (named.at + 1, end));
        let life = life.first().copied();
        let (sending, receiving) = match named.city {
            Some(city) => {
                let there = reader.state_of_city(city)?;
                if sides(there) {
                    let other = reader.other_side(there)?;
                    (named.sending.unwrap_or(other), there)
                } else {
                    // "Embassy in Lima" of a third state is of a survey's side only where the words say that it covers the other.
                    let sending = named.sending.or(named.covers.then_some(part))?;
                    let receiving = if reader.same_state(sending, part) {
                        home
                    } else {
                        part
                    };
                    (sending, receiving)
                }
            }
            // "Peruvian embassy since 1977"
            None => {
                let sending = named.sending.filter(|_| life.is_some())?;
                (sending, reader.other_side(sending)?)
            }
        };
        (sides(sending) && !reader.same_state(sending, receiving)).then_some(())?;
        let placed = Placed {
            kind: named.kind,
            sending,
            receiving: Some(receiving),
            city: named.city,
            ..Placed::default()
        };
        let mut fact = base(reader, &placed);
        if let Some(life) = life {
            life.put(&mut fact);
        }
        let evidence = reader.heading_evidence(self.sentence);
        Some(reader.claim(fact, rule, self.sentence, None, evidence, Vec::new()))
    }
}
