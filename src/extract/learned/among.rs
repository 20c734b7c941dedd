//! How each candidate stands among the others of its document: a list whose lines look alike tells of all what it tells of one, and of two candidates
//! that exclude each other the likelier takes from the other.

use super::Draft;
use super::alike::{Known, begins, of_whom, push_lower};
use super::features::GROUPS;
use crate::extract::reader::Reader;
use crate::fact::{Edtf, Fact, Kind, Slot};
use crate::language::hash::Table;
use std::collections::{BTreeMap, BTreeSet};

/// The names of the numbers, in their order. Weights are in hundredths. "Other" is told of somebody else, or of another post (place, office, parties).
pub(super) const NAMES: [&str; NUMBERS] = [
    "sentence",
    "words",
    "first",
    "second",
    "between",
    "who",
    "told",
    "own",
    "all",
    "known",
    "here:other-who",
    "here:other-post",
    "here:other-both",
    "here:likely",
    "here:whos",
    "here:posts",
    "before:other-who",
    "before:same",
    "before:other-post",
    "behind:other-who",
    "behind:same",
    "behind:other-post",
    "three-before:other-who",
    "three-behind:other-who",
    "document:likely",
    "document:same",
    "document:other-post",
    "date",
    "no-date",
    "date:other-who",
    "rules:post",
];

/// How many numbers tell how a candidate stands.
pub(super) const NUMBERS: usize = 31;

/// How a candidate stands among the others, in numbers.
pub(super) type Numbers = [i32; NUMBERS];

/// The number where there is no such candidate or date.
const NONE: i32 = -999;

/// From which weight on (hundredths) one counts as likely in its sentence, and in the whole document.
const LIKELY: [i32; 2] = [0, 50];

/// The greatest of some weights, each of a thing, and the greatest of those of other things.
#[derive(Clone, Copy, Debug, Default)]
struct Top([Option<(usize, i32)>; 2]);

impl Top {
    fn add(&mut self, thing: usize, weight: i32) {
        let [first, second] = &mut self.0;
        match first {
            Some((known, most)) if *known == thing => *most = weight.max(*most),
            Some((_, most)) if weight <= *most => match second {
                Some((known, most)) if *known == thing => *most = weight.max(*most),
                Some((_, most)) if weight <= *most => {}
                Some(_) | None => *second = Some((thing, weight)),
            },
            Some(_) | None => {
                *second = *first;
                *first = Some((thing, weight));
            }
        }
    }

    /// The greatest of all but one thing.
    fn but(&self, thing: usize) -> i32 {
        let others = self.0.into_iter().flatten().filter(|(t, _)| *t != thing);
        others.map(|(_, weight)| weight).max().unwrap_or(NONE)
    }
}

/// Numbers for names.
#[derive(Default)]
struct Numbered(Table<String, usize>);

impl Numbered {
    fn of(&mut self, name: String) -> usize {
        if let Some(known) = self.0.get(&name) {
            return *known;
        }
        let next = self.0.len();
        self.0.insert(name, next);
        next
    }
}

/// The slots that say what of somebody a fact tells: which place, post or parties.
fn of_what(kind: Kind) -> &'static [Slot] {
    match kind {
        Kind::Visit => &[Slot::To],
        Kind::Appointment | Kind::Mission | Kind::MissionEvent => &[Slot::Sending, Slot::Receiving],
        Kind::Meeting => &[],
        Kind::Treaty | Kind::Relations => &[Slot::Parties],
        Kind::Membership => &[Slot::Kind],
        Kind::Observation => &[Slot::Measure, Slot::Of],
    }
}

fn named(fact: &Fact, slots: &[Slot]) -> String {
    let mut name = String::new();
    for (n, slot) in slots.iter().enumerate() {
        name.push_str(if n > 0 { "/" } else { "" });
        for (n, value) in fact.all(*slot).iter().enumerate() {
            name.push_str(if n > 0 { "|" } else { "" });
            push_lower(&mut name, &value.words());
        }
    }
    name
}

/// A candidate as others see it.
struct One {
    /// Its place among the drafts.
    draft: usize,
    /// Its sentence, counted among those that have candidates of the kind.
    at: usize,
    who: usize,
    post: usize,
    weight: i32,
    dates: [i32; 2],
    date: Option<Edtf>,
}

/// The candidates of one kind, and what is greatest among them.
#[derive(Default)]
struct Among {
    all: Vec<One>,
    /// Of each sentence and post by whom, of each sentence and person by post.
    by_post: BTreeMap<(usize, usize), Top>,
    by_who: BTreeMap<(usize, usize), Top>,
    /// Of each sentence by whom and what.
    both: BTreeMap<usize, BTreeMap<(usize, usize), i32>>,
    /// Of each sentence and date by whom.
    by_date: BTreeMap<(usize, Edtf), Top>,
    /// In the whole document: of each person and post by sentence, of each person by post, how many of each post are likely.
    same: BTreeMap<(usize, usize), Top>,
    whole: BTreeMap<usize, Top>,
    likely: BTreeMap<usize, i32>,
    /// How many facts rules have told of each post.
    rules: BTreeMap<usize, i32>,
}

impl Among {
    fn new(kind: Kind, drafts: &[Draft<'_>], known: &Known<'_>) -> Self {
        let mut found = Self::default();
        let (mut whos, mut posts) = (Numbered::default(), Numbered::default());
        let mut last = None;
        for (n, draft) in drafts.iter().enumerate() {
            if draft.fact.kind != kind {
                continue;
            }
            let before = found.all.last().map_or(0, |one| one.at);
            let at = before + usize::from(last.is_some_and(|index| index != draft.index));
            last = Some(draft.index);
            let (dates, date) = dated(draft);
            let one = One {
                draft: n,
                at,
                who: whos.of(named(&draft.fact, of_whom(kind))),
                post: posts.of(named(&draft.fact, of_what(kind))),
                weight: draft.features.score(),
                dates,
                date,
            };
            found.push(one);
        }
        for fact in known.facts(kind) {
            *found
                .rules
                .entry(posts.of(named(fact, of_what(kind))))
                .or_default() += 1;
        }
        found
    }

    fn push(&mut self, one: One) {
        let One {
            at,
            who,
            post,
            weight,
            date,
            ..
        } = one;
        self.by_post.entry((at, post)).or_default().add(who, weight);
        self.by_who.entry((at, who)).or_default().add(post, weight);
        let both = self.both.entry(at).or_default();
        let most = both.entry((who, post)).or_insert(weight);
        *most = weight.max(*most);
        if let Some(date) = date {
            self.by_date.entry((at, date)).or_default().add(who, weight);
        }
        self.same.entry((who, post)).or_default().add(at, weight);
        self.whole.entry(who).or_default().add(post, weight);
        *self.likely.entry(post).or_default() += i32::from(weight > LIKELY[1]);
        self.all.push(one);
    }

    /// How a candidate stands among the others, but for what it weighs itself.
    fn around(&self, one: &One) -> [i32; NUMBERS - GROUPS - 2] {
        let One { who, post, .. } = *one;
        let here = self.both.get(&one.at);
        let others = || here.into_iter().flatten();
        let apart = others().filter(|((w, p), _)| *w != who && *p != post);
        let alike = others().filter(|((w, p), m)| *w != who && *p == post && **m > LIKELY[0]);
        let named = |by: &BTreeMap<(usize, usize), Top>| {
            count(by.range((one.at, 0)..=(one.at, usize::MAX)).count())
        };
        let top = |of: Option<&Top>, but: usize| of.map_or(NONE, |top| top.but(but));
        let by_post = |at: Option<usize>| top(at.and_then(|a| self.by_post.get(&(a, post))), who);
        let by_who = |at: Option<usize>| top(at.and_then(|a| self.by_who.get(&(a, who))), post);
        let same = |at: Option<usize>| {
            let both = at.and_then(|a| self.both.get(&a)?.get(&(who, post)));
            both.copied().unwrap_or(NONE)
        };
        let back = |n: usize| one.at.checked_sub(n);
        let on = |n: usize| one.at.checked_add(n);
        let three = |way: &dyn Fn(usize) -> Option<usize>| {
            let near = (1..=3).map(|n| by_post(way(n)));
            near.max().unwrap_or(NONE)
        };
        let own = i32::from(one.weight > LIKELY[1]);
        let of_date = one.date.and_then(|d| self.by_date.get(&(one.at, d)));
        [
            by_post(Some(one.at)),
            by_who(Some(one.at)),
            apart.map(|(_, most)| *most).max().unwrap_or(NONE),
            count(alike.count()),
            named(&self.by_who),
            named(&self.by_post),
            by_post(back(1)),
            same(back(1)),
            by_who(back(1)),
            by_post(on(1)),
            same(on(1)),
            by_who(on(1)),
            three(&back),
            three(&on),
            self.likely.get(&post).copied().unwrap_or(0) - own,
            top(self.same.get(&(who, post)), one.at),
            top(self.whole.get(&who), post),
            one.dates[0],
            one.dates[1],
            top(of_date, who),
            self.rules.get(&post).copied().unwrap_or(0),
        ]
    }
}

fn count(n: usize) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

/// What the likeliest date of a draft weighs, and that it has none; the likelier of the two.
fn dated(draft: &Draft<'_>) -> ([i32; 2], Option<Edtf>) {
    let slot = begins(draft.fact.kind).or(draft.dates.first().map(|(slot, _)| *slot));
    let asked = draft.dates.iter().find(|(s, _)| Some(*s) == slot);
    let (mut most, mut none, mut date) = (NONE, NONE, None);
    for option in asked.into_iter().flat_map(|(_, options)| options) {
        let weight = option.features.score();
        if option.date.is_none() {
            none = weight.max(none);
        } else if weight > most {
            (most, date) = (weight, option.date);
        }
    }
    ([most, none], date.filter(|_| most >= none))
}

/// Whether rules have told the fact of a draft: 0 not, 1 elsewhere, 2 in its sentence, 3 where it is what a rule has told.
fn told(reader: &Reader<'_>, known: &Known<'_>, draft: &Draft<'_>) -> i32 {
    if draft.rule.is_some() {
        return 3;
    }
    let same = known.same(&draft.fact);
    let mut held = same.iter().filter(|c| c.holds()).peekable();
    let told = i32::from(held.peek().is_some());
    told + i32::from(held.any(|c| reader.sentence_index(c.statement().start) == Some(draft.index)))
}

/// How each draft stands among the others, in their order.
pub(super) fn numbers(
    reader: &Reader<'_>,
    drafts: &[Draft<'_>],
    known: &Known<'_>,
) -> Vec<Numbers> {
    let mut found = vec![[0; NUMBERS]; drafts.len()];
    let kinds: BTreeSet<Kind> = drafts.iter().map(|d| d.fact.kind).collect();
    for kind in kinds {
        let among = Among::new(kind, drafts, known);
        for one in &among.all {
            let Some((draft, row)) = drafts.get(one.draft).zip(found.get_mut(one.draft)) else {
                continue;
            };
            let told = told(reader, known, draft);
            let own = draft.features.groups.into_iter();
            let all = own.chain([one.weight, told]).chain(among.around(one));
            for (number, value) in row.iter_mut().zip(all) {
                *number = value;
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_greatest_of_others() {
        let mut top = Top::default();
        for (thing, weight) in [(1, 5), (2, 9), (3, 7), (2, 11), (3, 12), (1, 12)] {
            top.add(thing, weight);
        }
        assert_eq!([top.but(1), top.but(2), top.but(3)], [12, 12, 12]);
        let mut top = Top::default();
        for (thing, weight) in [(1, 5), (1, 9), (2, -3)] {
            top.add(thing, weight);
        }
        assert_eq!([top.but(1), top.but(2), top.but(7)], [-3, 9, 9]);
        assert_eq!(Top::default().but(1), NONE);
    }
}
