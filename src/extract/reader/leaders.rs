//! Whose leader somebody is, of whom the text says no state: by the table of leaders, where it leaves no doubt.

use super::Reader;
use crate::extract::offices::is_of_government;
use crate::extract::people::Known;
use crate::language::{Leaders, Led, Origins};
use std::cell::OnceCell;

/// How many years before and after those that the document speaks of a leader may have served.
const AROUND: i32 = 15;

/// How much more a name looks like one of one side than of the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) enum Looks {
    Hardly,
    Rather,
    Surely,
}

/// "The Governor-General, X": whether the text gives somebody an office that only a state has.
fn governs(known: &Known) -> bool {
    let states = |role: &str| {
        let only = is_of_government(role) && role != "President";
        only || role == "Governor-General" || role.contains("Minister")
    };
    known.offices.iter().any(|h| states(&h.role))
}

/// The leaders of a name, where it is more than a family name.
fn of_whole_name(name: &str) -> &'static [Led] {
    let whole = name.contains([' ', '\u{a0}']);
    let named = whole.then(|| Leaders::embedded().named(name));
    named.unwrap_or(&[])
}

impl Reader<'_> {
    /// The states that some leaders led at the time that the document speaks of, whose first year is given.
    fn led(&self, leaders: &[Led], first: Option<i32>) -> Vec<usize> {
        let last = self.year.unwrap_or(i32::MAX - AROUND) + AROUND;
        let first = first.map_or(i32::MIN, |y| y - AROUND);
        let mut states: Vec<usize> = Vec::new();
        for led in leaders.iter().filter(|l| l.within(first, last)) {
            if let Some(state) = self.gazetteer.body_index(led.state)
                && !states.contains(&state)
            {
                states.push(state);
            }
        }
        states
    }

    /// The states that somebody of this whole name led at the time that the document speaks of,
    /// whose first year is given.
    pub(super) fn led_once(&self, name: &str, first: Option<i32>) -> Vec<usize> {
        self.led(Leaders::embedded().named(name), first)
    }

    /// The one state of several that is meant here: the side of the document among them, else the only one.
    fn one_of(&self, states: &[usize]) -> Option<usize> {
        let of_side = |s: &&usize| self.sides.iter().any(|side| self.same_state(*side, **s));
        let mut sides = states.iter().filter(of_side);
        match (sides.next(), sides.next(), states) {
            (Some(side), None, _) => Some(*side),
            (None, None, [only]) => Some(*only),
            _ => None,
        }
    }

    /// The states that somebody may have led, by a whole name; none an organisation where the text gives an office that only a state has.
    fn led_by_table(&self, known: &Known, first: Option<i32>) -> Vec<usize> {
        let mut led = self.led(of_whole_name(&known.name), first);
        led.retain(|l| !self.is_organisation(*l) || !governs(known));
        led
    }

    /// Whether somebody is known to have led another state than this one, and not this.
    pub(in crate::extract) fn leads_elsewhere(&self, person: usize, state: usize) -> bool {
        let known = self.people.known.get(person);
        let led = known.map(|known| self.led_by_table(known, self.first_year()));
        led.is_some_and(|led| self.elsewhere(&led, state))
    }

    /// The one state that somebody of a whole name is known to have led at the time that the document speaks of.
    pub(in crate::extract) fn led_alone(&self, person: usize) -> Option<usize> {
        let name = &self.people.known.get(person)?.name;
        let led = self.led(of_whole_name(name), self.first_year());
        let mut states = led.iter().filter(|s| !self.is_organisation(**s));
        let first = *states.next()?;
        states.all(|s| self.same_state(*s, first)).then_some(first)
    }

    /// As [`Self::leads_elsewhere`], by a whole name alone.
    pub(super) fn led_elsewhere(&self, name: &str, state: usize) -> bool {
        let led = self.led(of_whole_name(name), self.first_year());
        self.elsewhere(&led, state)
    }

    /// Whether states are known, and this is none of them.
    fn elsewhere(&self, led: &[usize], state: usize) -> bool {
        !led.is_empty() && !led.iter().any(|l| self.same_state(*l, state))
    }

    /// Whether somebody of whom the text says no state is known to lead this one, or his name looks like one of it rather than of the other side.
    pub(super) fn leads_surely(&self, person: usize, state: usize) -> bool {
        let leads = self.people.known.get(person).and_then(|k| k.leads);
        let looks = || match self.looks_like(person) {
            Some((side, Looks::Rather | Looks::Surely)) => Some(side),
            Some((_, Looks::Hardly)) | None => None,
        };
        let state_of = leads.or_else(looks);
        state_of.is_some_and(|led| self.same_state(led, state))
    }

    /// The states that the document names, sorted.
    fn states_named(&self) -> Vec<usize> {
        let items = self.sentences.iter().flat_map(|s| &s.items);
        let own = items.filter_map(|item| {
            let office = || item.actor()?.office.as_ref()?.of;
            let city = || self.state_of_city(item.city()?);
            item.body().or_else(office).or_else(city)
        });
        let mut states: Vec<usize> = self.sides.iter().copied().chain(own).collect();
        states.sort_unstable();
        states.dedup();
        states
    }

    /// The key by which names of a state are known: its own, or that of the state after it.
    fn known_by(&self, state: usize) -> Option<&str> {
        let body = self.gazetteer.bodies().get(state)?;
        let after = body.of.as_deref().filter(|_| body.kind == "historical");
        Some(after.unwrap_or(&body.key))
    }

    /// The side that the name of somebody looks like one of, and how much more than of the other; of one of whom no state is known.
    pub(in crate::extract) fn looks_like(&self, person: usize) -> Option<(usize, Looks)> {
        let seen = || {
            let known = self.people.known.get(person)?;
            let said = known.leads.is_some() || known.offices.iter().any(|h| h.of.is_some());
            if said {
                None
            } else {
                self.name_like(&known.name)
            }
        };
        let (side, how) = (*self.looks.get(person)?.get_or_init(seen))?;
        let looks = match how {
            ..30 => Looks::Hardly,
            30..80 => Looks::Rather,
            80.. => Looks::Surely,
        };
        Some((side, looks))
    }

    /// The side that a name looks like one of, and how much more than of the other.
    fn name_like(&self, name: &str) -> Option<(usize, i32)> {
        let [a, b] = self.sides.as_slice() else {
            return None;
        };
        let nearer = Origins::embedded().nearer(name, self.known_by(*a)?, self.known_by(*b)?)?;
        Some((if nearer < 0 { *b } else { *a }, nearer.abs()))
    }

    /// Gives the persons of the document the states that they are known to have led, where the document names these.
    pub(super) fn know_leaders(&mut self) {
        let leaders = Leaders::embedded();
        let named = self.states_named();
        let first = self.first_year();
        let mut found = Vec::new();
        for (person, known) in self.people.known.iter().enumerate() {
            let state = if known.name.contains([' ', '\u{a0}']) {
                self.one_of(&self.led_by_table(known, first))
            } else {
                // A family name alone counts for a side only.
                let known_as = |found| self.one_of(&self.led(found, first));
                let state = known_as(leaders.by_last(&known.name))
                    .or_else(|| known_as(leaders.named(&known.name)));
                state.filter(|s| self.sides.iter().any(|side| self.same_state(*side, *s)))
            };
            let state = state.filter(|s| named.iter().any(|n| self.same_state(*n, *s)));
            found.push((person, state));
        }
        for (person, state) in found {
            if let Some(known) = self.people.known.get_mut(person) {
                known.leads = state;
            }
        }
        self.looks = vec![OnceCell::new(); self.people.known.len()];
    }
}
