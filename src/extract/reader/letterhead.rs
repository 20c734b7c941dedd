//! Whose a document is: the state in whose capital it is dated, whose ministry stands above it, whose ministry speaks in it.

use super::datelines::dateline;
use super::{LETTERHEAD, Reader, Sentence};
use crate::document::{Block, BlockKind};
use crate::extract::items::{Actor, Item, ItemKind};
use crate::extract::tally::times;
use crate::fact::Day;
use crate::language::{Class, NameForm, fold};
use crate::text::Span;
use std::collections::{BTreeMap, BTreeSet};

/// How many bytes a line above the text has at most.
pub(super) const LINE: usize = 120;

/// What a leader and the places in a capital, of which so many count, weigh where a text does not say whose it is.
const LEADER: usize = 2;
const CAPITAL: usize = 3;

/// The bodies that an item names: by itself, as that of somebody's office, or as a side of a mission.
pub(super) fn bodies_in(item: &Item<'_>) -> impl Iterator<Item = usize> + use<> {
    let own = item.body();
    let office = item.actor().and_then(|a| a.office.as_ref());
    let of = office.and_then(|o| o.of).filter(|of| Some(*of) != own);
    let to = office.and_then(|o| o.to);
    let mission = item.mission();
    let sides = mission.map(|np| [np.sending, np.receiving]);
    let sides = sides.into_iter().flatten().flatten();
    own.into_iter().chain(of).chain(to).chain(sides)
}

impl Reader<'_> {
    /// The state in whose capital the document is dated.
    pub(super) fn dated_in(&self) -> Option<usize> {
        let first = self.sentences.iter().take_while(|s| s.block < 6);
        let written = |day: &Item| {
            matches!(&day.kind, ItemKind::Date(d)
                if d.from.is_none() && d.date.is_some_and(|d| d.precision() > 1))
        };
        first
            .filter(|s| {
                self.block(s)
                    .is_some_and(|b| b.kind != BlockKind::Item && b.kind != BlockKind::Row)
            })
            .find_map(|s| {
                let reach = if s.span.len() < 100 { 8 } else { 3 };
                // "LIMA/QUITO, 3 May 2001 – …": in a sentence nothing but cities stands before; "signed Lima, 3 May 2001" is no dateline.
                let entry = self.block(s).is_some_and(|b| b.key.is_some());
                let opens = |at: usize| {
                    let mut before = s.items.iter().take(at);
                    if s.span.len() < 100 && !entry {
                        return before
                            .all(|i| i.verb.is_none() && i.rules(self.lexicon).next().is_none());
                    }
                    before.all(|i| i.city().is_some() || matches!(i.kind, ItemKind::Sign(_)))
                };
                s.items
                    .windows(3)
                    .take(reach)
                    .enumerate()
                    .find_map(|(at, w)| match w {
                        [city, comma, day] if comma.sign(',') && written(day) && opens(at) => {
                            city.city()
                        }
                        _ => None,
                    })
                    .or_else(|| s.items.first()?.city().filter(|_| dateline(&s.items)))
                    .and_then(|city| self.capital_state(city))
                    .or_else(|| {
                        let state = s.items.first()?.named_body();
                        state.filter(|_| dateline(&s.items))
                    })
            })
    }

    /// The one state that the lines above the text of a bulletin name, "Monthly letter of the Peruvian Foreign Ministry", or those of a ministry:
    /// "Ministry of Foreign Affairs / Lima, Peru".
    pub(super) fn in_letterhead(&self) -> Option<usize> {
        let issue = self.day.filter(|(own, _)| own.day.is_none());
        let head = |s: &&Sentence<'_>| {
            // "Kuwait. — The President took part …": a paragraph is no line of a letterhead, however short its first words.
            let asked = [BlockKind::Question, BlockKind::Answer];
            let line = |b: &Block| b.span.len() < LINE && !asked.contains(&b.kind);
            let line = self.block(s).is_some_and(line);
            let short = line && s.block < LETTERHEAD;
            let tells = issue.is_none() && s.items.iter().any(Item::is_finite);
            short && !tells && issue.is_none_or(|(_, issue)| s.span.start <= issue.start)
        };
        let lines: Vec<&Sentence<'_>> = self.sentences.iter().take_while(head).collect();
        (issue.is_some() || lines.iter().any(|s| self.of_ministry(s))).then_some(())?;
        // A title that is no letterhead tells what the text is about.
        let entitled = |s: &Sentence<'_>| self.titles().any(|title| title.span == s.span);
        let about =
            |s: &Sentence<'_>| !self.of_ministry(s) && (entitled(s) || self.names_state_alone(s));
        let lines = || lines.iter().filter(|s| issue.is_some() || !about(s));
        let named = lines().flat_map(|s| &s.items).flat_map(bodies_in);
        let mut states: Vec<usize> = named.filter(|body| !self.is_organisation(*body)).collect();
        // "Ministry of Foreign Affairs, Lima", "MINISTRY OF FOREIGN AFFAIRS / LIMA"
        if states.is_empty() {
            let seat = |s: &Sentence<'_>| {
                let place =
                    |i: &Item<'_>| i.city().is_some() || matches!(i.kind, ItemKind::Sign(_));
                s.items.iter().any(|i| i.city().is_some()) && s.items.iter().all(place)
            };
            let ministries = lines().filter(|s| self.of_ministry(s) || seat(s));
            let cities = ministries.flat_map(|s| &s.items).filter_map(Item::city);
            let cities: Vec<usize> = cities.collect();
            states.extend(cities.iter().filter_map(|city| self.capital_state(*city)));
            // "Ministry of Foreign Affairs, The Hague": its seat, where that is not the capital.
            if states.is_empty()
                && let [only] = cities.as_slice()
            {
                states.extend(self.state_of_city(*only));
            }
        }
        states.sort_unstable();
        states.dedup();
        match states.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }

    /// The day (or month, year) that the document says it is of, and where.
    pub(in crate::extract) fn written_on(&self) -> Option<(Day, Span)> {
        self.day
    }

    /// Whether the text speaks of "us" more than once.
    pub(super) fn says_we(&self) -> bool {
        let us = |i: &&Item<'_>| i.is(Class::We) || i.is(Class::Our);
        let items = self.sentences.iter().flat_map(|s| &s.items);
        items.filter(us).nth(1).is_some()
    }

    /// The state that says "we" in a dated statement whose title names several others, "Peru / Chile - Press briefing": the one that is spoken of far
    /// more than any other beside those, and more than one of them.
    pub(super) fn speaks_of_others(&self, titled: &[usize]) -> Option<usize> {
        // "Peru – Ministry of Foreign Affairs" is whose it is.
        let communique = self.titles().any(|s| {
            let mut items = s.items.iter();
            items.any(|i| i.is(Class::Communique)) || self.of_ministry(s)
        });
        let told = self.issued && titled.len() > 1 && !communique && self.says_we();
        told.then_some(())?;
        let items = self.sentences.iter().flat_map(|s| &s.items);
        let named = items.flat_map(|item| {
            let capital = item.city().and_then(|city| self.capital_state(city));
            bodies_in(item).chain(capital)
        });
        let counts = times(named.filter(|body| !self.is_organisation(*body)));
        let of = |body: &usize| {
            counts
                .iter()
                .find(|(b, _)| b == body)
                .map_or(0, |(_, n)| *n)
        };
        let least = titled.iter().map(of).min()?;
        let others = || counts.iter().filter(|(b, _)| !titled.contains(b));
        let (most, count) = others().max_by_key(|(_, n)| *n).copied()?;
        let next = others().filter(|(b, _)| *b != most).map(|(_, n)| *n).max();
        let far = count > 2 && count >= 2 * next.unwrap_or(0) && count > least;
        far.then_some(most)
    }

    /// The state for which a text says "we", where no dateline tells it: the one whose leaders and whose capital it names without their state, as
    /// one does at home.
    pub(super) fn led_by_us(&self) -> Option<usize> {
        let items = || self.sentences.iter().flat_map(|s| &s.items);
        let mut signs: BTreeMap<usize, usize> = BTreeMap::new();
        let first = self.first_year();
        for name in self.unsaid_names() {
            if let [only] = self.led_once(name, first).as_slice() {
                *signs.entry(*only).or_default() += LEADER;
            }
        }
        for (state, signs) in &mut signs {
            let capital = |i: &&Item| {
                let city = i
                    .city()
                    .filter(|_| i.has_prep(Class::In) || i.has_prep(Class::To));
                city.and_then(|city| self.capital_state(city)) == Some(*state)
            };
            *signs += items().filter(capital).take(CAPITAL).count();
        }
        let named = |state: usize| items().filter(|i| i.body() == Some(state)).nth(1).is_some();
        let mut order: Vec<(usize, usize)> = signs.into_iter().filter(|(s, _)| named(*s)).collect();
        order.sort_by_key(|(_, signs)| std::cmp::Reverse(*signs));
        match order.as_slice() {
            [(only, _)] => Some(*only),
            [(most, more), (_, less), ..] if more > less => Some(*most),
            _ => None,
        }
    }

    /// The whole names of persons of whom the text nowhere says whose they are.
    fn unsaid_names(&self) -> BTreeSet<&str> {
        let actors = || {
            self.sentences
                .iter()
                .flat_map(|s| &s.items)
                .filter_map(Item::actor)
        };
        let said = |actor: &&Actor| {
            let office = actor.office.as_ref();
            actor.body.is_some() || office.is_some_and(|o| o.of.is_some())
        };
        let others: BTreeSet<&str> = actors()
            .filter(said)
            .filter_map(|a| a.name.as_deref())
            .collect();
        let names = actors().filter_map(|a| a.name.as_deref());
        names
            .filter(|name| name.contains([' ', '\u{a0}']) && !others.contains(name))
            .collect()
    }

    /// Whether a line names a ministry and tells nothing.
    pub(super) fn of_ministry(&self, line: &Sentence<'_>) -> bool {
        let mut words = line
            .span
            .of(&self.doc.text)
            .split(|c: char| !c.is_alphanumeric());
        // "Head of government: Ana Soto, Prime Minister" is what a sheet tells.
        let held = line.items.iter().any(|i| i.sign(':'))
            && line
                .items
                .iter()
                .any(|i| i.actor().is_some_and(|a| a.name.is_some()));
        words.any(|word| self.lexicon.has_class(word, Class::Ministry))
            && !held
            && !line.items.iter().any(Item::is_finite)
    }

    /// "PERU": whether a line is nothing but the name of a state as one speaks of it, and so what the text is about; "REPUBLIC OF PERU" is whose it is.
    pub(super) fn names_state_alone(&self, line: &Sentence<'_>) -> bool {
        let [item] = line.items.as_slice() else {
            return false;
        };
        let formal = |state: usize| {
            let formal = self.gazetteer.names_of(state);
            let mut formal = formal.filter(|n| n.form == NameForm::Formal);
            formal.any(|n| fold(&n.text) == item.folded.as_ref())
        };
        item.named_body().is_some_and(|state| !formal(state))
    }
}
