//! "Eritrea, which comes under the embassy in Addis Ababa", "la Libye est suivie depuis Tunis": what is covered stands before the verb, the seat
//! from which it is covered behind.

use super::covers::headed_by;
use super::places::Placed;
use super::seat;
use super::spoken::Spoken;
use crate::extract::dates::Bound;
use crate::extract::frame::passive_before;
use crate::extract::items::{Item, ItemKind, MissionNp};
use crate::extract::lasting::{lasts, until_before};
use crate::extract::offices::is_head_of_mission;
use crate::extract::reader::{Reader, Sentence};
use crate::extract::told::Told;
use crate::fact::{Claim, Edtf, Evidence, Kind, Slot};
use crate::language::{Class, Rule, TriggerForm};

/// How many items may stand between the verb and the seat.
const REACH: usize = 9;

/// The mission or the city from which a state is covered.
struct Seat {
    at: usize,
    kind: usize,
    city: usize,
    sending: Option<usize>,
    possessive: bool,
}

/// What is covered: states, and whose affairs there are looked after, where it is said.
struct Covered {
    at: usize,
    states: Vec<usize>,
    sending: Option<usize>,
    /// When the mission closed whose work another took over.
    since: Option<Edtf>,
}

/// Claims of the states that a sentence says are covered from a mission elsewhere.
pub(in crate::extract) fn belongs(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    rule: &Rule,
    earlier: &Told,
) -> Vec<Claim> {
    let items = &sentence.items;
    let mut claims = Vec::new();
    for at in 0..items.len() {
        if verb(reader, items, at) {
            let scene = Scene {
                reader,
                index,
                sentence,
                earlier,
            };
            claims.extend(scene.claims(rule, at));
        }
    }
    claims
}

/// "comes under", "is attached to"; "is served" in the passive.
fn verb(reader: &Reader<'_>, items: &[Item<'_>], at: usize) -> bool {
    items.get(at).is_some_and(|i| i.is(Class::Belongs)) || served(reader, items, at)
}

/// "is served", "se atiende": whether a verb of looking after is said in the passive, for which the reflexive may stand.
pub(super) fn served(reader: &Reader<'_>, items: &[Item<'_>], at: usize) -> bool {
    let before = items.get(..at).unwrap_or(&[]);
    let reflexive = || before.last().is_some_and(|i| reader.reflexive(i));
    let verb = items.get(at).is_some_and(|i| i.is(Class::Served));
    // "son atendidos": one phrase with its auxiliary
    let whole = || {
        let first = items.get(at).and_then(|i| i.folded.split(' ').next());
        first.is_some_and(|w| reader.lexicon.has_class(w, Class::Be))
    };
    verb && (passive_before(before) || reflexive() || whole())
}

/// The first of the states that stand joined up to one.
fn first_named(items: &[Item<'_>], at: usize) -> usize {
    let joins = |i: &Item<'_>| i.is(Class::And) || i.sign(',');
    let small = |i: &Item<'_>| {
        joins(i) || matches!(i.kind, ItemKind::Word) && !i.is_finite() && !i.is(Class::Affairs)
    };
    let mut first = at;
    let mut joined = false;
    for i in (0..at).rev() {
        match items.get(i) {
            Some(x) if x.named_body().is_some() && joined => {
                first = i;
                joined = false;
            }
            Some(x) if small(x) => joined |= joins(x),
            _ => break,
        }
    }
    first
}

struct Scene<'a, 't> {
    reader: &'a Reader<'t>,
    index: usize,
    sentence: &'a Sentence<'t>,
    earlier: &'a Told,
}

impl Scene<'_, '_> {
    fn claims(&self, rule: &Rule, verb: usize) -> Vec<Claim> {
        self.found(verb)
            .map(|(covered, seat, sending)| {
                let date = self.date(&covered, verb, &seat);
                self.told(rule, &covered, &seat, sending, date)
            })
            .unwrap_or_default()
    }

    fn found(&self, verb: usize) -> Option<(Covered, Seat, usize)> {
        let items = &self.sentence.items;
        let seat = self.seat(verb)?;
        let covered = self.covered(verb);
        let covered = covered.or_else(|| self.taken_over(verb, &seat))?;
        let unreal = [
            Class::Not,
            Class::Planned,
            Class::Hypothetical,
            Class::Cancelled,
            Class::Refused,
        ];
        let said = items.get(covered.at..seat.at)?;
        let real =
            |i: &Item<'_>| i.verb != Some(TriggerForm::Planned) && !unreal.iter().any(|c| i.is(*c));
        said.iter().all(real).then_some(())?;
        let sending = covered
            .sending
            .or(seat.sending)
            .or_else(|| self.sender(&covered, &seat))?;
        let of_city = self.reader.state_of_city(seat.city)?;
        let third = sending != of_city && !covered.states.contains(&sending);
        third.then_some((covered, seat, sending))
    }

    fn told(
        &self,
        rule: &Rule,
        covered: &Covered,
        seat: &Seat,
        sending: usize,
        date: Option<usize>,
    ) -> Vec<Claim> {
        let reader = self.reader;
        let mut dated = reader.date(self.sentence, date);
        // "until 1996, when that country was attached to": it is since then.
        let starts = date.is_some_and(|d| self.turns(d, seat));
        if starts && let Some(on) = dated.date.and_then(|d| d.start.or(d.end)) {
            dated.date = Some(Edtf::on(on));
            dated.bound = Bound::Since;
        }
        // "closed in 2004, and its work passed to": since then.
        if dated.date.is_none() && covered.since.is_some() {
            dated.date = covered.since;
            dated.bound = Bound::Since;
        }
        let ends = !starts && date.is_some_and(|d| until_before(&self.sentence.items, d));
        let of_city = reader.state_of_city(seat.city);
        let states = covered.states.iter().filter(|s| Some(**s) != of_city);
        states
            .map(|&receiving| {
                let placed = Placed {
                    kind: seat.kind,
                    sending,
                    receiving: Some(receiving),
                    city: Some(seat.city),
                    ..Placed::default()
                };
                let further = reader.side_evidence();
                let dated = dated.clone();
                seat::told(reader, self.sentence, rule, &placed, dated, ends, further)
            })
            .collect()
    }

    /// Whether what lasted until a date ended when the state came to the seat: a joint of the sentence stands between.
    fn turns(&self, date: usize, seat: &Seat) -> bool {
        let joint = [Class::And, Class::Relative, Class::TheState];
        let between = self.sentence.items.get(date + 1..seat.at).unwrap_or(&[]);
        between.iter().any(|i| joint.iter().any(|c| i.is(*c)))
    }

    /// The first mission, head of mission or city behind the verb, with nothing else named between.
    fn seat(&self, verb: usize) -> Option<Seat> {
        let items = &self.sentence.items;
        let name = |kind: usize| self.reader.lexicon.missions.get(kind).map(String::as_str);
        // In an article on a high commission what is done from elsewhere is done by another.
        let own = self.reader.own_mission.as_ref().map(|own| own.kind);
        let own = own.filter(|kind| name(*kind) == Some("high commission"));
        let embassy = || own.or_else(|| self.reader.lexicon.mission("embassy"));
        let behind = items.iter().enumerate().skip(verb + 1).take(REACH);
        for (at, item) in behind {
            let own = |said: bool| {
                said || items
                    .get(at.saturating_sub(2)..at)
                    .is_some_and(|b| b.iter().any(|i| i.is(Class::Possessive)))
            };
            if let Some(np) = item.mission() {
                let spoken = Spoken::new(self.reader, self.index, self.earlier);
                let found = spoken.resolve(items, at, &[]).map(|(found, _)| found);
                let np = found.as_ref().unwrap_or(np);
                let state = np.receiving.filter(|r| Some(*r) != np.sending);
                let city = np.cities.first().map(|c| c.0);
                return Some(Seat {
                    at,
                    kind: np.kind,
                    city: city.or_else(|| self.reader.capital_of(state?))?,
                    sending: np.sending.or_else(|| self.reader.genitive_city(items, at)),
                    possessive: own(np.possessive),
                });
            }
            if let Some(actor) = item.actor() {
                let office = actor.office.as_ref().filter(|o| !o.former)?;
                let role = self.reader.role_name(office.role);
                is_head_of_mission(&role).then_some(())?;
                return Some(Seat {
                    at,
                    kind: headed_by(self.reader, office).or_else(embassy)?,
                    city: seat::of_office(self.reader, office)?,
                    sending: office.of,
                    possessive: own(office.possessive),
                });
            }
            if let Some(city) = item.city() {
                // "la de Roma", "that in Bern", "from Oslo"
                return Some(Seat {
                    at,
                    kind: embassy()?,
                    city,
                    sending: None,
                    possessive: own(false),
                });
            }
            let small = item.is_date() || matches!(item.kind, ItemKind::Word) || item.sign(',');
            if !small || item.is_finite() || item.is(Class::Relative) {
                return None;
            }
        }
        None
    }

    /// The states before the verb of which it is said.
    fn covered(&self, verb: usize) -> Option<Covered> {
        let items = &self.sentence.items;
        let mut relative = false;
        for at in (0..verb).rev() {
            let item = items.get(at)?;
            if item.is(Class::Relative) {
                relative = true;
                continue;
            }
            if item.is_date() || item.sign(',') {
                continue;
            }
            if item.is(Class::TheState) {
                return self.spoken_state(at);
            }
            if item.is_np() {
                let mut found = self.named(at, relative)?;
                // "A and B, which comes under": of the last one.
                if relative {
                    found.states.truncate(1);
                }
                return Some(found);
            }
            let auxiliary = item.is(Class::Be) || item.is(Class::Have);
            let verb = item.is_finite() && !auxiliary;
            if verb || relative && auxiliary || matches!(item.kind, ItemKind::Sign(_)) {
                return None;
            }
        }
        None
    }

    /// "A closed its embassy in Lima and its files passed to the embassy in Quito": what the mission told last had to do, of which nothing but
    /// affairs or the mission is the subject.
    fn taken_over(&self, verb: usize, seat: &Seat) -> Option<Covered> {
        let items = &self.sentence.items;
        let before = items.get(..verb)?;
        let joint = |i: &Item<'_>| i.is(Class::And) || matches!(i.kind, ItemKind::Sign(_));
        let at = before.iter().rposition(joint).map_or(0, |i| i + 1);
        let subject = before.get(at..)?;
        // "la représentation passa à", and no pronoun
        let task = |i: &Item<'_>| i.is(Class::MissionIt) && i.folded.contains(' ');
        let said = |i: &Item<'_>| i.is(Class::Affairs) || task(i);
        // "les affaires consulaires sont traitées par": a part of it.
        let part = subject.iter().any(|i| i.folded.contains("consul"));
        let plain = !part && !subject.iter().any(Item::is_np) && subject.iter().any(said);
        let spoken = Spoken::new(self.reader, self.index, self.earlier);
        plain.then_some(())?;
        let Some((np, from)) = spoken.recent(1) else {
            // "Relations were established in 1964, and the representation was left to the Peruvian embassy in A": of the other side.
            let sending = seat.sending?;
            let receiving = self.reader.other_side(sending)?;
            return Some(Covered {
                at,
                states: vec![receiving],
                sending: Some(sending),
                since: None,
            });
        };
        let (sending, receiving) = (np.sending?, np.receiving?);
        let mut told = self.earlier.last_of(Kind::Mission);
        let closed = told.find(|c| {
            c.statement() == from.span
                && c.holds()
                && self.reader.body_in(&c.fact, Slot::Receiving) == Some(receiving)
        });
        let closed = closed.and_then(|c| c.fact.date(Slot::Closed).copied());
        Some(Covered {
            at,
            states: vec![receiving],
            sending: Some(sending),
            since: closed.filter(|d| !d.interval),
        })
    }

    /// What an item names as covered; of what a relative clause is about the preposition before it says nothing.
    fn named(&self, at: usize, relative: bool) -> Option<Covered> {
        let items = &self.sentence.items;
        let item = items.get(at)?;
        let before = items.get(..at)?;
        let affairs = |x: Option<&Item<'_>>| x.is_some_and(|i| i.is(Class::Affairs));
        // "the affairs of A, B and C": a list begins with its first member.
        let first = item.named_body().map_or(at, |_| first_named(items, at));
        let of_whom = |at: usize| {
            // "Thai interests in Kenya", "los intereses kenianos en la Argentina"
            let near = items.get(at.saturating_sub(4)..at)?;
            let word = near.iter().rposition(|i| i.is(Class::Affairs))?;
            let near: Vec<&Item<'_>> = near.iter().skip(word.saturating_sub(1)).collect();
            near.iter().find_map(|i| i.adjective())
        };
        let plain = |states: Vec<usize>, sending: Option<usize>| Covered {
            at,
            states,
            sending,
            since: None,
        };
        if let Some(city) = item.city() {
            let state = self.reader.capital_state(city)?;
            let placed = item.has_prep(Class::In) || item.has_prep(Class::Of);
            let sending = of_whom(at).filter(|s| *s != state);
            let said = sending.is_some() || self.reader.is_side(state) && !placed;
            return said.then(|| plain(vec![state], sending));
        }
        if let Some(adjective) = item.adjective() {
            let said = affairs(before.last()) || affairs(items.get(at + 1));
            return said.then(|| plain(vec![adjective], None));
        }
        let state = item.named_body()?;
        if self.reader.is_organisation(state) {
            return None;
        }
        let sending = of_whom(first).filter(|s| *s != state);
        // "the ambassador to Mali, …", "trade with Peru was covered from": a phrase that belongs to another noun.
        let lead = items.get(first).unwrap_or(item);
        let led = !(relative || item.prep.is_empty() && lead.prep.is_empty());
        let before_list = before.get(..first).unwrap_or(before);
        let near = before_list.iter().rev().take(4);
        let of_affairs = near.clone().any(|i| i.is(Class::Affairs));
        if led && !of_affairs {
            return None;
        }
        let mut states = vec![state];
        let list = item.list;
        let within = |i: usize| of_affairs && i >= first;
        let listed = before.iter().enumerate();
        let listed = listed.filter(|(i, x)| x.list == list || within(*i));
        let listed = listed.map(|(_, x)| x);
        states.extend(listed.filter_map(Item::named_body));
        states.retain(|s| !self.reader.is_organisation(*s));
        Some(plain(states, sending))
    }

    /// "that country", "it": the state named last.
    fn spoken_state(&self, at: usize) -> Option<Covered> {
        let items = self.sentence.items.get(..at)?;
        let state = items.iter().rev().find_map(Item::named_body)?;
        Some(Covered {
            at,
            states: vec![state],
            sending: None,
            since: None,
        })
    }

    /// Who covers, where neither the seat nor what is covered says it.
    fn sender(&self, covered: &Covered, seat: &Seat) -> Option<usize> {
        let first = *covered.states.first()?;
        let other = self.reader.other_side(first);
        let items = self.sentence.items.get(..covered.at)?;
        // "Chile closed its embassy; Peru has since been covered from its embassy in Quito": whose it is was said.
        let owner = items.iter().rev().find_map(Item::named_body);
        let owner = owner.filter(|o| seat.possessive && !covered.states.contains(o));
        other.or_else(|| self.spoken()).or(owner)
    }

    /// Who sends the mission that the text is on, or of which it told last.
    fn spoken(&self) -> Option<usize> {
        let spoken = Spoken::new(self.reader, self.index, self.earlier);
        let (np, _): (MissionNp, Evidence) = spoken.subject()?;
        np.sending
    }

    /// The date of the clause: behind what is covered, behind the seat, or at the beginning.
    fn date(&self, covered: &Covered, verb: usize, seat: &Seat) -> Option<usize> {
        let items = &self.sentence.items;
        let changes = items.get(verb).is_some_and(|i| i.is(Class::Belongs));
        let told =
            |&i: &usize| items.get(i).is_some_and(Item::is_date) && (changes || lasts(items, i));
        let small = |i: &usize| {
            items.get(*i).is_some_and(|x| {
                x.is_date()
                    || matches!(x.kind, ItemKind::Word)
                        && !x.is_finite()
                        && !x.is(Class::And)
                        && !x.is(Class::Then)
            })
        };
        let within = (covered.at + 1..seat.at).find(told);
        let behind = || (seat.at + 1..items.len()).take_while(small).find(told);
        let before = || {
            let lead = |i: &usize| small(i) || items.get(*i).is_some_and(|x| x.sign(','));
            (0..covered.at).rev().take_while(lead).find(told)
        };
        let relative = items.get(covered.at..verb);
        let relative = relative.is_some_and(|i| i.iter().any(|x| x.is(Class::Relative)));
        let before = || before().filter(|_| !relative);
        within.or_else(behind).or_else(before)
    }
}
