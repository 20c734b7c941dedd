//! In which city somebody met somebody, or a visitor was: of those that a text names near the statement and far from it, the likeliest.

use super::ByRules;
use super::fills::{Asker, Choice, Fills, Written, around, best, put, refill, rule};
use super::model::Model;
use super::seats::Seat;
use crate::extract::items::{Item, ItemKind, resides};
use crate::extract::reader::{Reader, Sentence};
use crate::extract::settle::together;
use crate::fact::{Claim, Fact, Kind, Slot, Value};
use crate::language::{Class, Senses};
use crate::text::Span;
use std::collections::{BTreeMap, BTreeSet};

/// How many sentences before the statement are looked at.
const NEAR: usize = 4;

/// How many facts of the same people before the statement, and behind it, are looked at.
const FAR: usize = 24;

/// How many sentences of the document are looked at for the city that it comes from.
const HEAD: usize = 3;

/// The sense of words for speaking from afar.
const AFAR: &str = "telephone";

/// The slot of a fact that says where it was; none where a fact of the kind is nowhere or for long.
fn place_of(kind: Kind) -> Option<(Slot, &'static str)> {
    match kind {
        Kind::Meeting => Some((Slot::Place, "meeting.place")),
        Kind::Visit => Some((Slot::City, "visit.city")),
        Kind::Treaty
        | Kind::Mission
        | Kind::MissionEvent
        | Kind::Appointment
        | Kind::Relations
        | Kind::Membership
        | Kind::Observation => None,
    }
}

/// Those of whom a visit or a meeting is told.
fn whose(fact: &Fact) -> impl Iterator<Item = &Value> {
    let slots = [Slot::Visitor, Slot::Participants];
    slots.into_iter().flat_map(|slot| fact.all(slot))
}

/// A visit or a meeting that a document tells with its place.
struct Placed {
    sentence: usize,
    fact: Fact,
    city: usize,
}

/// What a document tells with a place, by sentence and by whom it is told of.
struct Told {
    all: Vec<Placed>,
    whose: BTreeMap<Value, Vec<usize>>,
}

impl Told {
    fn of<'f>(reader: &Reader<'_>, told: impl Iterator<Item = (usize, &'f Fact)>) -> Self {
        let placed = |(sentence, fact): (usize, &Fact)| {
            let (slot, _) = place_of(fact.kind)?;
            Some(Placed {
                sentence,
                city: reader.city_in(fact, slot)?,
                fact: fact.clone(),
            })
        };
        let mut all: Vec<Placed> = told.filter_map(placed).collect();
        all.sort_by_key(|p| p.sentence);
        let mut by_whom: BTreeMap<Value, Vec<usize>> = BTreeMap::new();
        for (at, placed) in all.iter().enumerate() {
            for who in whose(&placed.fact) {
                by_whom.entry(who.clone()).or_default().push(at);
            }
        }
        Self {
            all,
            whose: by_whom,
        }
    }

    /// What is told near a sentence, and of the same people as a fact also far from it; in order of the text.
    fn around(&self, fact: &Fact, index: usize) -> impl Iterator<Item = &Placed> {
        let begins = |sentence: usize| self.all.partition_point(|p| p.sentence < sentence);
        let near = begins(index.saturating_sub(NEAR))..begins(index + NEAR + 1);
        let here = begins(index);
        let mut found: BTreeSet<usize> = near.collect();
        for same in whose(fact).filter_map(|who| self.whose.get(who)) {
            let mid = same.partition_point(|&at| at < here);
            let most = mid.saturating_sub(FAR)..same.len().min(mid + FAR);
            found.extend(same.get(most).unwrap_or(&[]));
        }
        found.into_iter().filter_map(|at| self.all.get(at))
    }
}

/// A visit or a meeting of which the city is asked.
struct Asked<'r, 'a> {
    reader: &'r Reader<'a>,
    asker: Asker<'r>,
    fact: &'r Fact,
    slot: Slot,
    model: &'static str,
    own: Option<usize>,
    written: Vec<Written>,
    /// The states of those who met, or the one visited.
    states: Vec<usize>,
}

impl<'r, 'a> Asked<'r, 'a> {
    fn new(
        reader: &'r Reader<'a>,
        told: &Told,
        weights: Option<&'r Model>,
        (fact, rule): (&'r Fact, &'r str),
        index: usize,
    ) -> Option<Self> {
        let (slot, model) = place_of(fact.kind)?;
        let sentence = reader.sentences.get(index)?;
        let of = Senses::embedded(reader.doc.lang);
        let afar = |item: &Item<'_>| of.of(&item.folded).contains(&AFAR);
        let sort = if sentence.items.iter().any(afar) {
            "afar"
        } else {
            "there"
        };
        let mut asked = Self {
            reader,
            asker: Asker {
                model: weights,
                rule,
                sort,
            },
            fact,
            slot,
            model,
            own: reader.city_in(fact, slot),
            written: Vec::new(),
            states: Vec::new(),
        };
        asked.states();
        if let Some(own) = asked.own {
            asked.add(own, "own", None);
        }
        asked.here(sentence);
        asked.around(sentence, index);
        asked.told(told, index);
        Some(asked)
    }

    fn add(&mut self, city: usize, how: &'static str, from: Option<Span>) {
        self.written.push(Written {
            from,
            ..Written::new(city, how)
        });
    }

    fn states(&mut self) {
        let reader = self.reader;
        self.states.extend(reader.body_in(self.fact, Slot::To));
        if self.fact.kind != Kind::Meeting {
            return;
        }
        for value in self.fact.all(Slot::Roles) {
            if let Value::Office(office) = value {
                let of = office.of.as_ref().map(|b| Value::Body(b.clone()));
                self.states.extend(of.and_then(|b| reader.body_of(&b)));
            }
        }
        for value in self.fact.all(Slot::Participants) {
            let Value::Person(person) = value else {
                continue;
            };
            let known = reader.people.find(&person.name);
            if let Some(known) = known.and_then(|p| reader.people.known.get(p)) {
                self.states.extend(known.leads);
                self.states.extend(known.offices.iter().find_map(|o| o.of));
            }
        }
    }

    /// The cities that the sentence names.
    fn here(&mut self, sentence: &Sentence<'_>) {
        let items = &sentence.items;
        let mut cities = items.iter().filter_map(Item::city);
        let first = cities.next();
        let alone = cities.all(|city| Some(city) == first);
        for (at, item) in items.iter().enumerate() {
            let mission = item.mission().into_iter().flat_map(|np| &np.cities);
            for (city, _, _) in mission {
                self.add(*city, "mission", None);
            }
            let Some(city) = item.city() else { continue };
            if resides(items, at) {
                self.add(city, "resides", None);
                continue;
            }
            self.add(city, "here", None);
            let told = |i: &Item<'_>| matches!(i.kind, ItemKind::Actor(_));
            let behind = items
                .get(..at)
                .is_some_and(|before| before.iter().any(told));
            let beside = at.checked_sub(1).and_then(|b| items.get(b));
            for (yes, how) in [
                (alone, "alone"),
                (item.has_prep(Class::In), "in"),
                (item.has_prep(Class::To), "to"),
                (item.has_prep(Class::From), "from"),
                (item.has_prep(Class::Of), "of"),
                (behind, "behind"),
                (!behind, "before-all"),
                (at == 0, "first"),
                (beside.is_some_and(|b| b.sign('(')), "bracket"),
            ] {
                if yes {
                    self.add(city, how, None);
                }
            }
            around(self.reader, items, at, |how, more| {
                self.written.push(Written {
                    more,
                    ..Written::new(city, how)
                });
            });
        }
    }

    /// The cities that other sentences name: those before it, headings, the title, the head of the document.
    fn around(&mut self, sentence: &Sentence<'_>, index: usize) {
        let reader = self.reader;
        let mut named = |other: &Sentence<'_>, how: &'static str| {
            for city in other.items.iter().filter_map(Item::city) {
                self.add(city, how, Some(other.span));
            }
        };
        for back in 1..=NEAR {
            let before = index
                .checked_sub(back)
                .and_then(|b| reader.sentences.get(b));
            let Some(before) = before else { break };
            let how = match (back, before.block == sentence.block) {
                (1, true) => "last",
                (1, false) => "last-apart",
                (_, true) => "near",
                (_, false) => "near-apart",
            };
            named(before, how);
        }
        if let Some(behind) = reader.sentences.get(index + 1)
            && behind.block == sentence.block
        {
            named(behind, "next");
        }
        for above in reader.above(sentence).into_iter().take(2) {
            named(above, "heading");
        }
        for title in reader.titles().take(1) {
            named(title, "title");
        }
        for head in reader.sentences.iter().take(HEAD) {
            named(head, "head");
        }
    }

    /// Where others facts of the same people were.
    fn told(&mut self, told: &Told, index: usize) {
        let fact = self.fact;
        for placed in told.around(fact, index) {
            let (at, other, city) = (placed.sentence, &placed.fact, placed.city);
            if at == index && other == fact {
                continue;
            }
            let from = self.reader.sentences.get(at).map(|s| s.span);
            let same = whose(fact).any(|who| whose(other).any(|w| w == who));
            let far = at.abs_diff(index);
            let visit = other.kind == Kind::Visit;
            let how = match (same, visit, far) {
                (true, true, 0) => "trip",
                (true, true, 1..=NEAR) if at < index => "trip-near",
                (true, true, _) if at < index => "trip-far",
                (true, true, _) => "trip-later",
                (true, false, 0) => "met",
                (true, false, 1..=NEAR) => "met-near",
                (true, false, _) => "met-far",
                (false, true, 0) => "other-trip",
                (false, true, 1..=NEAR) => "other-trip-near",
                (false, false, 0..=NEAR) => "other-met",
                (false, _, _) => continue,
            };
            self.add(city, how, from);
            let dated = match (fact.kind, other.kind) {
                (Kind::Meeting, Kind::Visit) => together(other, fact),
                (Kind::Visit, Kind::Meeting) => together(fact, other),
                (Kind::Visit, Kind::Visit) => {
                    fact.has(Slot::Start) && fact.get(Slot::Start) == other.get(Slot::Start)
                }
                _ => fact.has(Slot::Date) && fact.get(Slot::Date) == other.get(Slot::Date),
            };
            if dated {
                self.add(city, if same { "day" } else { "other-day" }, from);
            }
        }
    }

    fn options(&self) -> Vec<Fills<'r>> {
        let p = self.model;
        let mut found = self.asker.options(p, "", self.own, &self.written);
        for option in &mut found {
            let Some(city) = option.at else { continue };
            let state = self.reader.state_of_city(city);
            let of = |state: usize| {
                let mut states = self.states.iter();
                states.any(|s| self.reader.same_state(*s, state))
            };
            let lies = match state {
                Some(state) if of(state) => "lies:own",
                Some(state) if self.reader.is_side(state) => "lies:side",
                Some(_) => "lies:third",
                None => "lies:unknown",
            };
            let f = &mut option.features;
            f.add(&[p, "|", lies]);
            f.add(&[p, "|", lies, "/", self.asker.rule]);
            for w in self.written.iter().filter(|w| w.at == city) {
                if w.more.is_empty() {
                    f.add(&[p, "|", lies, "/", w.how]);
                }
            }
            if state.and_then(|s| self.reader.capital_of(s)) == Some(city) {
                f.add(&[p, "|capital"]);
                f.add(&[p, "|capital/", lies]);
            }
        }
        found.sort_by_key(|o| o.at != self.own);
        found
    }

    fn at(&self, city: Option<usize>) -> Fact {
        let mut fact = self.fact.clone();
        if city != self.own {
            let value = city.and_then(|c| self.reader.city_value(c));
            put(&mut fact, self.slot, value);
        }
        fact
    }

    fn likeliest(&self) -> (Fact, Option<Span>) {
        let city = best(&self.options());
        let mut told = self.written.iter().filter(|w| Some(w.at) == city);
        // What the sentence itself names needs no other passage.
        let from = told.clone().all(|w| w.from.is_some());
        let from = told.find_map(|w| w.from).filter(|_| from);
        (self.at(city), from)
    }
}

fn asks(claim: &Claim) -> bool {
    place_of(claim.fact.kind).is_some() && claim.holds()
}

/// The visits and meetings of a document with the cities in which they may have been.
pub(super) fn venues<'f>(
    reader: &Reader<'_>,
    by_rules: &ByRules<'_>,
    drafts: impl Iterator<Item = (usize, &'f Fact)>,
) -> Vec<Seat> {
    let asked = || by_rules.all().filter(|(_, c)| asks(c));
    let told = Told::of(reader, asked().map(|(at, c)| (*at, &c.fact)));
    let likely = |fact: &Fact| {
        if fact.kind == Kind::Visit {
            "visit.likely"
        } else {
            "meeting.likely"
        }
    };
    asked()
        .map(|(at, c)| (*at, &c.fact, rule(c)))
        .chain(drafts.map(|(at, fact)| (at, fact, likely(fact))))
        .filter_map(|(index, fact, rule)| {
            let asked = Asked::new(reader, &told, None, (fact, rule), index)?;
            let choices = asked.options().into_iter().map(|o| Choice {
                fact: asked.at(o.at),
                features: o.features.names,
            });
            Some(Seat {
                places: choices.collect(),
                ..Seat::of(fact, reader.sentences.get(index)?.span)
            })
        })
        .collect()
}

/// Gives the visits and meetings of a document the cities in which they most likely were.
pub(super) fn place(reader: &Reader<'_>, claims: &mut [Claim], model: &Model) {
    let at = |c: &Claim| reader.sentence_index(c.statement().start);
    let held = claims.iter().filter(|c| asks(c));
    let told = Told::of(reader, held.filter_map(|c| Some((at(c)?, &c.fact))));
    for claim in claims.iter_mut().filter(|c| asks(c)) {
        let Some(index) = at(claim) else { continue };
        let of = (&claim.fact, rule(claim));
        let found = Asked::new(reader, &told, Some(model), of, index).map(|a| a.likeliest());
        if let Some((fact, from)) = found {
            refill(claim, fact, from);
        }
    }
}
