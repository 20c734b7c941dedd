//! Whose a document is: the state in whose capital it is dated, whose ministry stands above it, whose ministry speaks in it.

use super::dated::{dateline, namesake};
use super::{LETTERHEAD, Reader, Sentence};
use crate::document::BlockKind;
use crate::extract::items::{Item, ItemKind};
use crate::language::{Class, NameForm, fold};

/// How many bytes a line above the text has at most.
pub(super) const LINE: usize = 120;

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
                        let state = s.items.first().filter(|i| namesake(i))?.named_body();
                        state.filter(|_| dateline(&s.items))
                    })
            })
    }

    /// The one state that the lines above the text of a bulletin name, "Monthly letter of the Peruvian Foreign Ministry", or those of a ministry:
    /// "Ministry of Foreign Affairs / Lima, Peru".
    pub(super) fn in_letterhead(&self) -> Option<usize> {
        let issue = self.day.filter(|(own, _)| own.day.is_none());
        let head = |s: &&Sentence<'_>| {
            let short = s.span.len() < LINE && s.block < LETTERHEAD;
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
        // "Ministry of Foreign Affairs, Lima"
        if states.is_empty() {
            let ministries = lines().filter(|s| self.of_ministry(s));
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

    /// The day (or month, year) that the document says it is of.
    pub(in crate::extract) fn written_on(&self) -> Option<crate::fact::Day> {
        self.day.map(|(day, _)| day)
    }

    /// Whether the text speaks of "us" more than once.
    pub(super) fn says_we(&self) -> bool {
        let us = |i: &&Item<'_>| i.is(Class::We) || i.is(Class::Our);
        let items = self.sentences.iter().flat_map(|s| &s.items);
        items.filter(us).nth(1).is_some()
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
    fn names_state_alone(&self, line: &Sentence<'_>) -> bool {
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
