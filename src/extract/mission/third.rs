//! Accreditation from a third country by what a clause speaks of rather than by its grammar: a seat, a state that is not the seat's, and a
//! word that says that the one looks after the other ("De los asuntos chilenos se ocupaba la embajada en Oslo", "handled from Oslo").

use super::covers::{bracketed, headed_by, of_later};
use super::cues::{UNREAL, cue, non_resident};
use super::places::{Placed, base};
use super::seat;
use super::spoken::Spoken;
use crate::document::Lang;
use crate::extract::items::{Actor, Item, ItemKind, MissionNp, Stand};
use crate::extract::lasting::{lasts, until_before};
use crate::extract::offices::is_head_of_mission;
use crate::extract::reader::{Reader, Sentence};
use crate::extract::told::Told;
use crate::fact::{Claim, Evidence, EvidenceRole, Kind, Slot};
use crate::language::{Class, Rule, TriggerForm};

/// The longest clause, in items, in which a seat and what it covers are looked for.
const LONGEST: usize = 40;

/// How many items may stand between a word for looking after and the city from which it is done.
const FROM: usize = 2;

/// A seat in one state from which others are covered.
#[derive(Clone, Debug)]
pub(in crate::extract) struct Covering {
    pub(in crate::extract) sending: usize,
    /// Index of the kind of mission.
    kind: usize,
    pub(in crate::extract) city: usize,
    pub(in crate::extract) covered: Vec<usize>,
    /// The item that names the seat: a mission, the office of its head, a city, a word for the mission spoken of.
    pub(in crate::extract) seat: usize,
    /// The item of a date of what lasts.
    pub(in crate::extract) date: Option<usize>,
    /// The items that name what is covered.
    among: Vec<(usize, usize)>,
    evidence: Option<Evidence>,
}

/// Claims of the missions that a sentence says cover other states than their own, where no frame has told of them.
pub(in crate::extract) fn third(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    rule: &Rule,
    earlier: &Told,
) -> Vec<Claim> {
    let covered = |c: &Claim| {
        let rules = [".covers", ".accredits", ".entrusts"];
        rules.iter().any(|r| c.rule.ends_with(r))
    };
    let here = || earlier.here(Kind::Mission, sentence.span);
    if here().any(covered) {
        return Vec::new();
    }
    // What belongs to a seat elsewhere is told; the sentence may tell of the mission spoken of, too.
    let belongs = |city: usize| {
        let city = reader.city_value(city);
        let at = |c: &Claim| c.fact.get(Slot::City) == city.as_ref();
        here().any(|c| c.rule.ends_with(".belongs") && at(c))
    };
    // "Peru has a non-resident embassy to Chile in Quito": told with both its sides.
    let had = |found: &Covering| {
        let city = reader.city_value(found.city);
        let told = |c: &Claim| c.rule.ends_with(".have") && c.fact.get(Slot::City) == city.as_ref();
        let other = |c: &Claim| {
            reader.body_in(&c.fact, Slot::Receiving) != reader.state_of_city(found.city)
        };
        here().any(|c| told(c) && other(c))
    };
    let mut claims = Vec::new();
    for found in coverings(reader, index, sentence, earlier) {
        // Of a head who is named the post tells, not a mission.
        let named = sentence.items.get(found.seat).and_then(Item::actor);
        let own = |a: &Actor| a.office.as_ref().is_some_and(|o| o.possessive);
        if named.is_some_and(|a| a.name.is_some() && (!own(a) || found.among.is_empty()))
            || belongs(found.city)
            || had(&found)
        {
            continue;
        }
        let list: Vec<usize> = found.among.iter().map(|(at, _)| *at).collect();
        for receiving in &found.covered {
            let place = found.among.iter().find(|(_, state)| state == receiving);
            let own = |d: &usize| place.is_none_or(|(at, _)| !of_later(*d, *at, &list));
            let date = found.date.filter(own);
            let date = place.map_or(date, |(at, _)| bracketed(&sentence.items, *at, date));
            let dated = reader.date(sentence, date);
            let placed = Placed {
                kind: found.kind,
                sending: found.sending,
                receiving: Some(*receiving),
                city: Some(found.city),
                ..Placed::default()
            };
            let ends = date.is_some_and(|d| until_before(&sentence.items, d));
            let further = found.evidence;
            claims.push(seat::told(
                reader, sentence, rule, &placed, dated, ends, further,
            ));
        }
    }
    claims
}

/// The seats of a sentence from which other states are covered.
pub(in crate::extract) fn coverings(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    earlier: &Told,
) -> Vec<Covering> {
    let items = &sentence.items;
    if !items.iter().any(|i| cue(reader, i)) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut start = 0;
    for end in 0..=items.len() {
        let closed = items
            .get(end)
            .is_none_or(|i| [';', '.', ':'].iter().any(|c| i.sign(*c)));
        if closed {
            let clause = |end| Clause {
                reader,
                index,
                items,
                span: (start, end),
                earlier,
            };
            // "A was in its care until 1999, when it passed to the embassy in B": what stands before the comma tells it.
            let relative = (start + 1..end).find(|&i| {
                let comma = items.get(i - 1).is_some_and(|x| x.sign(','));
                comma
                    && items
                        .get(i)
                        .is_some_and(|x| x.is(Class::Relative) || x.is(Class::When))
            });
            let before = relative.and_then(|at| clause(at - 1).covering());
            found.extend(before.or_else(|| clause(end).covering()));
            start = end + 1;
        }
    }
    found
}

/// A stretch of a sentence between its semicolons.
struct Clause<'a, 't> {
    reader: &'a Reader<'t>,
    index: usize,
    items: &'a [Item<'t>],
    span: (usize, usize),
    earlier: &'a Told,
}

/// What a clause gives as a seat.
struct Seat {
    at: usize,
    kind: usize,
    city: usize,
    sending: Option<usize>,
    evidence: Option<Evidence>,
}

impl Clause<'_, '_> {
    fn covering(&self) -> Option<Covering> {
        let (start, end) = self.span;
        let words = self.items.get(start..end)?;
        let unreal =
            |i: &Item<'_>| UNREAL.iter().any(|c| i.is(*c)) || i.verb == Some(TriggerForm::Planned);
        if words.len() > LONGEST || words.iter().any(unreal) {
            return None;
        }
        words.iter().any(|i| cue(self.reader, i)).then_some(())?;
        let seat = self.seat()?;
        let of_city = self.reader.state_of_city(seat.city)?;
        let named: Vec<(usize, usize)> = (start..end)
            .filter(|&i| i != seat.at)
            .filter_map(|i| Some((i, self.state(i)?)))
            .filter(|(_, state)| *state != of_city)
            .collect();
        let sending = seat.sending.or_else(|| self.sender(&seat, &named))?;
        let mut covered: Vec<usize> = Vec::new();
        for &(_, state) in &named {
            if state != sending && !covered.contains(&state) {
                covered.push(state);
            }
        }
        if covered.is_empty() {
            let third = !self.reader.is_side(of_city) && self.reader.paired;
            covered.extend(self.reader.other_side(sending).filter(|_| third));
        }
        covered.retain(|c| *c != of_city && *c != sending);
        let date = (start..end).find(|&i| lasts(self.items, i));
        // "by its embassy in Oslo, then, since 1981, by that in Bern": the date is of the next seat.
        // "covers A and, since 2002, B": of the state behind it.
        let leads = |d: usize| {
            let mut next = (d + 1..end).filter(|&i| self.items.get(i).is_some_and(Item::is_np));
            let next = next.next();
            next.is_some_and(|i| named.iter().any(|(at, _)| *at == i))
        };
        let apart = |d: &usize| {
            let between = self.items.get(seat.at + 1..*d).unwrap_or(&[]);
            let and = between.iter().any(|i| i.is(Class::And));
            between.iter().any(|i| i.is(Class::Then)) || and && !leads(*d)
        };
        let date = date.filter(|d| !apart(d));
        (!covered.is_empty() && sending != of_city).then_some(Covering {
            sending,
            kind: seat.kind,
            city: seat.city,
            covered,
            seat: seat.at,
            date,
            among: named,
            evidence: seat.evidence,
        })
    }

    /// The state that an item names as one that can be covered or cover: by its name, by its capital, by an adjective of its affairs.
    fn state(&self, at: usize) -> Option<usize> {
        let item = self.items.get(at)?;
        if let Some(body) = item.named_body() {
            let person = self
                .items
                .get(at + 1)
                .is_some_and(|i| i.actor().is_some() && item.genitive);
            return Some(body).filter(|b| !person && !self.reader.is_organisation(*b));
        }
        if let Some(city) = item.city() {
            let placed = [Class::In, Class::From, Class::Since, Class::Of];
            let free = placed.iter().all(|c| !item.has_prep(*c));
            // A capital stands for its state where it can be one of the document's.
            let meant = |state: &usize| !self.reader.paired || self.reader.is_side(*state);
            return self
                .reader
                .capital_state(city)
                .filter(|_| free)
                .filter(meant);
        }
        let adjective = item.adjective()?;
        let affairs = |i: Option<&Item<'_>>| i.is_some_and(|x| x.is(Class::Affairs));
        let before = at.checked_sub(1).and_then(|i| self.items.get(i));
        (affairs(before) || affairs(self.items.get(at + 1))).then_some(adjective)
    }

    fn seat(&self) -> Option<Seat> {
        let (start, end) = self.span;
        if let Some(seat) = self.by_means().or_else(|| self.behind_cue()) {
            return Some(seat);
        }
        let embassy = || self.reader.lexicon.mission("embassy");
        for at in start..end {
            let item = self.items.get(at)?;
            if let Some(np) = item.mission()
                && let Some(city) = seat::of_mission(self.reader, np)
            {
                return Some(Seat {
                    at,
                    kind: np.kind,
                    city,
                    sending: np
                        .sending
                        .or_else(|| self.reader.genitive_city(self.items, at)),
                    evidence: None,
                });
            }
            let office = item
                .actor()
                .and_then(|a| a.office.as_ref())
                .filter(|o| !o.former && !self.at_another_time(at));
            if let Some(office) = office {
                let role = self.reader.role_name(office.role);
                let city = seat::of_office(self.reader, office);
                if let Some(city) = city.filter(|_| is_head_of_mission(&role)) {
                    let kind = headed_by(self.reader, office);
                    return Some(Seat {
                        at,
                        kind: kind.or_else(embassy)?,
                        city,
                        sending: office.of,
                        evidence: None,
                    });
                }
            }
        }
        // "handled from Oslo": the city alone.
        let from = (start..end).find(|&i| {
            let item = self.items.get(i);
            let led = |x: &Item<'_>| x.has_prep(Class::From) || x.has_prep(Class::Since);
            item.is_some_and(|x| x.city().is_some() && led(x))
        });
        if let Some(at) = from {
            return Some(Seat {
                at,
                kind: embassy()?,
                city: self.items.get(at)?.city()?,
                sending: None,
                evidence: None,
            });
        }
        self.spoken_seat()
    }

    /// "Through it Peru is represented in Chile, too", "A and B are looked after from there": the mission spoken of, by which or from which it is done.
    fn by_means(&self) -> Option<Seat> {
        let (start, end) = self.span;
        let at = (start..end).find(|&i| {
            let item = self.items.get(i);
            item.is_some_and(|x| x.is(Class::MissionThrough))
        })?;
        let spoken = Spoken::new(self.reader, self.index, self.earlier);
        let (np, evidence) = spoken.recent(2).or_else(|| spoken.subject())?;
        Some(Seat {
            at,
            kind: np.kind,
            city: seat::of_mission(self.reader, &np)?,
            sending: np.sending,
            evidence: Some(evidence),
        })
    }

    /// "A, since the closure of the embassy in B, is covered from C": the city right behind the words for it.
    fn behind_cue(&self) -> Option<Seat> {
        let (start, end) = self.span;
        let at = (start + 1..end).rev().find(|&i| {
            let item = self.items.get(i);
            let from = |x: &Item<'_>| x.has_prep(Class::From) || x.has_prep(Class::Since);
            let Some(near) = self.items.get(i.saturating_sub(FROM).max(start)..i) else {
                return false;
            };
            // "est suivie depuis", "se sigue desde": the preposition may be of the verb.
            let ends = |x: &Item<'_>| {
                let last = x.folded.split(' ').next_back().unwrap_or_default();
                let lexicon = self.reader.lexicon;
                [Class::From, Class::Since]
                    .iter()
                    .any(|c| lexicon.has_class(last, *c))
            };
            let led = near.last().is_some_and(|x| cue(self.reader, x) && ends(x));
            let said = near.iter().any(|x| cue(self.reader, x));
            let city = item.filter(|x| x.city().is_some() && x.mission().is_none());
            said && city.is_some_and(|x| from(x) || led && x.prep.is_empty())
        })?;
        // "A opened its own in 1971, after having been represented from B": who is represented sends.
        let represents = |x: &Item<'_>| {
            let mut words = x.folded.split(' ');
            words.any(|w| self.reader.lexicon.lists(Class::Represented, w))
        };
        let near = self.items.get(at.saturating_sub(FROM)..at)?;
        let before = self.items.get(start..at)?.iter().rev();
        let subject = before
            .filter(|x| x.prep.is_empty())
            .find_map(Item::named_body);
        Some(Seat {
            at,
            kind: self.reader.lexicon.mission("embassy")?,
            city: self.items.get(at)?.city()?,
            sending: subject.filter(|_| near.iter().any(represents)),
            evidence: None,
        })
    }

    /// "was previously ambassador to A", "was consul in A before": whether an office is said to be held at another time.
    fn at_another_time(&self, at: usize) -> bool {
        let words = self.items.get(at.saturating_sub(4)..at + 2).unwrap_or(&[]);
        words.iter().any(|i| i.is(Class::Be)) && words.iter().any(Item::tells_earlier)
    }

    /// "Its jurisdiction takes in A", "it also looks after A": the mission spoken of.
    fn spoken_seat(&self) -> Option<Seat> {
        let (start, end) = self.span;
        let words = self.items.get(start..end)?;
        // "Cubre asimismo A y B": nobody stands before the verb.
        let said = words.iter().position(|i| cue(self.reader, i));
        let before = said.and_then(|at| words.get(..at)).unwrap_or(&[]);
        let lead = (0..before.len()).rev().find(|&at| besides(words, at));
        let before = before.get(lead.map_or(0, |at| at + 1)..).unwrap_or(&[]);
        let small = |i: &Item<'_>| {
            let word = matches!(i.kind, ItemKind::Word) && !i.is(Class::Possessive);
            word && !i.is(Class::MissionIt) || i.is_date() || i.sign(',')
        };
        let dropped =
            self.reader.lexicon.lang == Lang::Es && said.is_some() && before.iter().all(small);
        let first = words
            .iter()
            .enumerate()
            .position(|(at, i)| {
                let means = i.is_np() || i.is(Class::Possessive) || i.is(Class::MissionIt);
                means && !besides(words, at)
            })
            .filter(|_| !dropped)
            .or(dropped.then_some(0))?;
        // "Until 2009 A belonged to the same jurisdiction": what it belongs to is the mission's.
        let area = words.windows(2).position(|w| {
            let [lead, area] = w else { return false };
            let noun = matches!(area.kind, ItemKind::Word) && area.is(Class::Covers);
            noun && (lead.is(Class::Possessive) || lead.is(Class::TheSame))
        });
        let state = words
            .get(first)
            .is_some_and(|i| i.named_body().is_some() && i.prep.is_empty());
        let first = area.filter(|_| state).unwrap_or(first);
        let lead = words.get(first)?;
        let means = area == Some(first)
            || dropped
            || lead.is(Class::Possessive)
            || lead.is(Class::MissionIt)
            || lead.mission().is_some();
        let plain = lead.mission().is_none_or(|np| np.sending.is_none());
        (means && !self.somebody(lead)).then_some(())?;
        let spoken = Spoken::new(self.reader, self.index, self.earlier);
        let near = spoken.recent(2);
        let near = near.filter(|_| lead.mission().is_none() && area != Some(first));
        let (np, evidence) = near
            .or_else(|| {
                spoken
                    .resolve(self.items, start + first, &[])
                    .filter(|_| plain)
            })
            .or_else(|| {
                // "The embassy" is not the consulate that the sentence before is about, nor "the Peruvian embassy" the other side's.
                let alike = |np: &MissionNp| {
                    lead.mission().is_none_or(|l| {
                        l.kind == np.kind && l.sending.is_none_or(|s| np.sending == Some(s))
                    })
                };
                spoken.subject().filter(|(np, _)| alike(np))
            })
            .map(|(np, evidence)| (np, Some(evidence)))
            .or_else(|| Some((self.of_pair(lead.mission()?)?, None)))?;
        Some(Seat {
            at: start + first,
            kind: np.kind,
            city: seat::of_mission(self.reader, &np)?,
            sending: np.sending,
            evidence,
        })
    }

    /// "The Peruvian embassy": in a text on two states it is at the other one's.
    fn of_pair(&self, np: &MissionNp) -> Option<MissionNp> {
        let receiving = self.reader.other_side(np.sending?)?;
        Some(MissionNp {
            receiving: np.receiving.or(Some(receiving)),
            ..np.clone()
        })
    }

    /// "The ambassador is X. She also covers A": whether a pronoun means somebody, since the sentence before names a person and no mission.
    fn somebody(&self, pronoun: &Item<'_>) -> bool {
        let he = pronoun.actor().is_some_and(|a| a.stand == Some(Stand::He));
        let before = self.index.checked_sub(1).filter(|_| he);
        before
            .and_then(|i| self.reader.sentences.get(i))
            .is_some_and(|s| {
                let named = |i: &Item<'_>| i.actor().is_some_and(|a| a.name.is_some());
                s.items.iter().any(named) && s.items.iter().all(|i| i.mission().is_none())
            })
    }

    /// Who sends where the seat does not say it: "our", the state spoken of before a possessive, the other side of a side that is covered.
    fn sender(&self, seat: &Seat, named: &[(usize, usize)]) -> Option<usize> {
        let before = self.items.get(..seat.at)?;
        let word = before
            .iter()
            .rev()
            .find(|i| !i.is(Class::Temporal) && !i.is(Class::Article));
        if word.is_some_and(|i| i.is(Class::Our)) {
            return self.reader.home();
        }
        let free = |at: usize| {
            self.items
                .get(at)
                .is_some_and(|x| x.prep.is_empty() && x.adjective().is_none())
        };
        // "Peru has a non-resident embassy in Oslo", "a non-resident ambassador": who has it sends.
        let own = word.is_some_and(|i| i.is(Class::Possessive) || non_resident(self.reader, i))
            || self
                .items
                .get(seat.at)
                .is_some_and(|i| non_resident(self.reader, i))
            || self.items.get(seat.at).is_some_and(|i| {
                let office = i.actor().and_then(|a| a.office.as_ref());
                i.mission().is_some_and(|np| np.possessive) || office.is_some_and(|o| o.possessive)
            });
        // "Chile had Iceland covered by its embassy in Oslo": of the two the first is who does it.
        let said = before.iter().position(|i| cue(self.reader, i));
        let until = said.unwrap_or(seat.at);
        let subject = named.iter().find(|(at, _)| *at < until && free(*at));
        if own && let Some((_, state)) = subject {
            return Some(*state);
        }
        let side = named
            .iter()
            .find_map(|(_, state)| self.reader.other_side(*state));
        // "Chile handles Iceland from Oslo": who does it stands before what it is done to.
        let several = named.len() > 1;
        let first = named
            .first()
            .filter(|(at, _)| several && free(*at) && *at < until)
            .map(|(_, s)| *s);
        // "The embassy in A handles B's affairs", in a text on one state: its.
        let mission = self
            .items
            .get(seat.at)
            .is_some_and(|i| i.mission().is_some());
        let city = self.items.get(seat.at).is_some_and(|i| i.city().is_some());
        // "X, of Peru, who covers us from A": of a person it tells whom his own state sends.
        let (start, end) = self.span;
        let person = |i: &Item<'_>| {
            i.actor()
                .is_some_and(|a| a.office.is_none() || a.name.is_some())
        };
        let clause = self.items.get(start..end).unwrap_or(&[]);
        let city = city && !clause.iter().any(person);
        let home = self.reader.home().filter(|h| {
            let elsewhere = self.reader.state_of_city(seat.city) != Some(*h);
            (mission || city) && elsewhere && named.len() == 1 && named.iter().all(|(_, s)| s != h)
        });
        // "The embassy in A looks after B's affairs", in an article on that embassy: its sender's.
        let own = self.reader.own_mission.as_ref();
        let own = own.filter(|o| o.city == Some(seat.city)).map(|o| o.sending);
        first.or(side).or(own).or(home)
    }
}

/// "Besides Peru, it covers Chile": whether a state opens a clause before its subject.
fn besides(words: &[Item<'_>], at: usize) -> bool {
    let comma = words.get(at + 1).is_some_and(|i| i.sign(','));
    let before = words.get(..at).unwrap_or(&[]);
    let small = |i: &Item<'_>| matches!(i.kind, ItemKind::Word);
    let state = words.get(at).is_some_and(|i| i.named_body().is_some());
    state && comma && !before.is_empty() && before.iter().all(small)
}

/// Whether an entry's key says that its value lists states which the mission covers ("Also accredited to", "Juridiction").
pub(in crate::extract) fn cover_entry(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    rule: &Rule,
    earlier: &Told,
) -> Vec<Claim> {
    let Some((whole, _)) = reader.keyed(sentence) else {
        return Vec::new();
    };
    let colon = whole.items.iter().position(|i| i.sign(':'));
    let (key, value) = whole.items.split_at(colon.unwrap_or(0));
    let heads = |i: &Item<'_>| i.actor().is_some_and(|a| a.office.is_some());
    if !key.iter().any(|i| cue(reader, i)) || key.iter().any(heads) {
        return Vec::new();
    }
    let spoken = Spoken::new(reader, index, earlier);
    let Some((np, from)) = spoken.subject() else {
        return Vec::new();
    };
    let (Some(sending), city) = (np.sending, np.cities.first().map(|c| c.0)) else {
        return Vec::new();
    };
    let mut evidence = vec![from];
    if let (Some(first), Some(last)) = (key.first(), key.last()) {
        evidence.push(Evidence {
            span: first.span.to(last.span),
            role: EvidenceRole::Heading,
        });
    }
    let bodies = value.iter().filter_map(Item::named_body);
    let covered =
        bodies.filter(|b| *b != sending && Some(*b) != np.receiving && !reader.is_organisation(*b));
    covered
        .map(|receiving| {
            let placed = Placed {
                kind: np.kind,
                sending,
                receiving: Some(receiving),
                city,
                ..Placed::default()
            };
            let fact = base(reader, &placed);
            reader.claim(fact, rule, sentence, None, evidence.clone(), Vec::new())
        })
        .collect()
}
