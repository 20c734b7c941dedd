//! Whose a date near a verb is: of what it tells, of another clause, of another holder.

use super::Framed;
use crate::extract::appointment::held::held_earlier;
use crate::extract::dates::Bound;
use crate::extract::items::{Item, ItemKind, own_date, word_before};
use crate::language::{Class, Head};

impl Framed<'_, '_> {
    /// "its first ambassador to Iraq since 1990": whether a date says since when there had been none.
    pub(super) fn first_since(&self, date: usize) -> bool {
        let items = self.items();
        let before = items.get(self.frame.at..date).unwrap_or(&[]);
        let office = before
            .iter()
            .rposition(|i| i.actor().is_some_and(|a| a.office.is_some()));
        let words = office
            .and_then(|at| before.get(at.saturating_sub(3)..at))
            .unwrap_or(&[]);
        since(items, date) && words.iter().any(|i| i.is(Class::MissionFirst))
    }

    /// "X, ambassador to Peru since 1983, has been appointed to Egypt": whether a date before the verb says since when an office was held that stands
    /// between commas.
    pub(super) fn of_apposition(&self, date: usize) -> bool {
        let items = self.items();
        let closed = items.get(date + 1).is_some_and(|i| i.sign(','));
        let before = word_before(items, date, &[Class::Since, Class::In, Class::Article]);
        let office = before.is_some_and(|i| {
            i.actor().is_some_and(|a| a.office.is_some())
                || i.city().is_some()
                || i.named_body().is_some()
        });
        date < self.frame.at && since(items, date) && closed && office
    }

    /// "The departure of X, ambassador since 2006": whether a date says since when he who leaves had been there.
    pub(super) fn of_departed(&self, date: usize) -> bool {
        self.rule.head == Head::Noun && self.set("slot") == Some("end") && since(self.items(), date)
    }

    /// "X, who was ambassador to Peru from 1973 to 1978, has been appointed to Egypt": whether a date before the verb stands in a relative clause behind
    /// the holder that a comma closes.
    pub(super) fn of_aside(&self, holder: usize, date: usize) -> bool {
        let items = self.items();
        let before = items.get(holder + 1..date).unwrap_or(&[]);
        let Some(relative) = before.iter().rposition(|i| i.is(Class::Relative)) else {
            return false;
        };
        let told = before
            .iter()
            .skip(relative)
            .any(|i| i.is_finite() || i.is(Class::Be));
        let behind = items.get(date + 1..self.frame.at).unwrap_or(&[]);
        let closed = behind.iter().rposition(|i| i.sign(','));
        let open = closed.and_then(|at| behind.get(at..)).unwrap_or(&[]);
        told && !open.is_empty() && !open.iter().any(|i| i.is(Class::Relative))
    }

    /// "Since 2017 the ambassador is X, who before headed …": whether a date belongs to the clause that a relative one hangs on.
    pub(super) fn of_main_clause(&self, date: usize) -> bool {
        let between = self.items().get(date + 1..self.frame.at).unwrap_or(&[]);
        let relative = between.iter().position(|i| i.is(Class::Relative));
        let before = relative.and_then(|at| between.get(..at)).unwrap_or(&[]);
        let earlier = |i: &Item<'_>| i.is(Class::Earlier);
        before.iter().any(|i| i.is_finite() || i.is(Class::Be))
            && (between.iter().any(earlier) || self.set("slot").is_none())
    }

    /// "It is headed by X, previously ambassador to Iran (2015–2019)": whether a date stands in brackets behind a post held before.
    pub(super) fn of_former(&self, date: usize) -> bool {
        let items = self.items();
        let open = date
            .checked_sub(1)
            .filter(|&i| items.get(i).is_some_and(|x| x.sign('(')));
        let office = open.and_then(|i| i.checked_sub(1));
        let post = |at: usize| items.get(at)?.actor()?.office.as_ref();
        office.is_some_and(|at| {
            post(at).is_some_and(|o| o.former) || post(at).is_some() && held_earlier(items, at)
        })
    }

    /// "He arrived in May 1826 and left before the year was out": whether a date stands right behind the verb before that of an end.
    pub(super) fn of_verb_before(&self, date: usize) -> bool {
        let items = self.items();
        if self.set("slot") != Some("end") || date > self.frame.at {
            return false;
        }
        let joined = items.get(date + 1..self.frame.at).unwrap_or(&[]);
        let before = items.get(..date).unwrap_or(&[]).iter().rev();
        let mut phrase = before.take_while(|i| !(i.sign(',') || i.sign(';') || i.is(Class::And)));
        joined.iter().any(|i| i.is(Class::And)) && phrase.any(|i| i.is_finite())
    }

    /// "X (2005–2010), who later became ambassador to B": whether what the verb tells came later than a date before it.
    pub(super) fn before_later(&self, date: usize) -> bool {
        let between = self.items().get(date + 1..self.frame.at).unwrap_or(&[]);
        date < self.frame.at && between.iter().any(|i| i.is(Class::Later))
    }

    /// "He served in A before becoming ambassador to B in 1960": whether a date stands behind the verb of a clause that came later.
    pub(super) fn of_verb_behind(&self, date: usize) -> bool {
        let between = self.items().get(self.frame.at + 1..date).unwrap_or(&[]);
        let before = |i: &Item<'_>| i.is(Class::DateBefore) || i.is(Class::Before);
        let Some(at) = between.iter().position(before) else {
            return false;
        };
        let mut clause = between.get(at + 1..).unwrap_or(&[]).iter().take(3);
        clause.any(|i| i.verb.is_some())
    }

    /// "By A from 1900 to 1906 and then by B", "by A and from 1933 by B": whether a date between two holders is the other's.
    pub(super) fn of_neighbour(&self, holders: &[usize], at: usize, date: usize) -> bool {
        let items = self.items();
        let before = holders.iter().copied().filter(|h| *h < date).max();
        let behind = holders.iter().copied().filter(|h| *h > date).min();
        let (Some(before), Some(behind)) = (before, behind) else {
            return false;
        };
        let joins = |from: usize, to: usize| {
            let between = items.get(from + 1..to).unwrap_or(&[]);
            between
                .iter()
                .any(|i| i.is(Class::And) || i.is(Class::Then))
        };
        let own = items.get(date + 1).is_none_or(|i| !i.sign(')'));
        let of_next = joins(before, date);
        let of_last = !of_next && joins(date, behind);
        own && (of_next && at < date || of_last && at > date)
    }

    /// "By A (1963–1967), then by B, and last by C, from 1971 to 1975": whether a date stands beside another holder as his own.
    pub(super) fn of_other(&self, holders: &[usize], at: usize, date: usize) -> bool {
        let items = self.items();
        let bracketed = date
            .checked_sub(1)
            .and_then(|i| items.get(i))
            .is_some_and(|i| i.sign('('));
        let mut others = holders.iter().filter(|h| **h != at);
        bracketed
            && others.any(|&h| own_date(items, h) == Some(date))
            && own_date(items, at) != Some(date)
    }

    /// "A, B and C served in turn from 1977 to 1981, 1981 to 1985 and 1985 to 1990": as many dates behind the verb as holders before it.
    pub(super) fn date_in_turn(&self, holders: &[usize], at: usize) -> Option<usize> {
        let place = holders.iter().position(|&h| h == at)?;
        let behind = self.items().iter().enumerate().skip(self.frame.at + 1);
        let dates = behind.filter(|(_, i)| matches!(i.kind, ItemKind::Date(_)));
        let dates: Vec<usize> = dates.map(|(i, _)| i).collect();
        let turns = holders.len() > 1 && dates.len() == holders.len();
        let ahead = holders.iter().all(|h| *h < self.frame.at);
        dates.get(place).copied().filter(|_| turns && ahead)
    }
}

/// Whether a date says since when something is so.
fn since(items: &[Item<'_>], date: usize) -> bool {
    items
        .get(date)
        .is_some_and(|i| matches!(&i.kind, ItemKind::Date(d) if d.bound == Bound::Since))
}
