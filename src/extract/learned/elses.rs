//! Dates that the words of a sentence give to something else than what a candidate tells: "since the opening of the embassy in 1965, agreements …",
//! "after the earthquake of 28 June 2009 the ambassador …", "the ambassador, who was elected to parliament in 1928".

use super::scene::Scene;
use crate::extract::dates::Bound;
use crate::extract::frame::of_what_was_before;
use crate::extract::items::{Item, ItemKind};
use crate::extract::offices::is_head_of_mission;
use crate::extract::reader::Reader;
use crate::fact::{Fact, Kind, Slot};
use crate::language::{Class, Head, Rule};

/// What else the date at an item is of.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Else {
    /// Of what was before: "since the opening of the embassy in 1965".
    before: bool,
    /// Of a noun that says when something was: "after the earthquake of 2009".
    noun: bool,
    /// Of what somebody did who is told of for something else: "who was elected to parliament in 1928".
    act: bool,
    /// Of what a head of mission did in office: "On 3 May the ambassador opened a school".
    deed: bool,
    /// Of since when a mission is there: "has had a consulate in Lima since 1998, headed by X".
    stands: bool,
    /// Of when something ended: "until 1980".
    until: bool,
    /// Of when somebody left: "left Lima on 12 April 1994".
    leaves: bool,
    /// Of the day on which an anniversary is kept.
    kept: bool,
    /// Of when somebody came back from a visit: "returned yesterday after a visit".
    returns: bool,
    /// The treaty right before the bracket in which it stands.
    treaty: Option<usize>,
}

impl Else {
    /// What the date at an item of a sentence is of.
    pub(super) fn new(reader: &Reader<'_>, items: &[Item<'_>], at: usize) -> Self {
        let leading = items.get(..at).unwrap_or(&[]);
        Self {
            before: of_what_was_before(leading),
            noun: of_noun(leading),
            act: of_act(reader, leading),
            deed: of_deed(reader, items, at),
            stands: of_standing(reader, items, at),
            until: items.get(at).is_some_and(ends),
            leaves: of_leaving(reader, items, at),
            returns: of_return(reader, items, at),
            kept: kept(items, at),
            treaty: bracketed(items, at),
        }
    }

    /// Whether it can be no date of a slot of a fact.
    pub(super) fn excludes(self, scene: &Scene<'_, '_>, fact: &Fact, slot: Slot) -> bool {
        if self.until && [Slot::Start, Slot::Opened].contains(&slot) {
            return true;
        }
        match fact.kind {
            Kind::Visit => self.before || slot == Slot::Start && self.returns,
            Kind::Meeting => self.before,
            Kind::Treaty => {
                let text = &scene.reader.doc.text;
                let named = |at: usize| {
                    let item = scene.item(at)?;
                    let ItemKind::Treaty(np) = &item.kind else {
                        return None;
                    };
                    Some(np.name(text))
                };
                let other = self.treaty.and_then(named);
                self.before || other.is_some_and(|title| title != fact.text(Slot::Title))
            }
            Kind::Appointment => {
                let other = self.noun || self.act || self.deed || self.stands || self.leaves;
                slot == Slot::Start && other
            }
            Kind::Mission => self.noun,
            Kind::Relations => self.kept,
            Kind::MissionEvent | Kind::Membership | Kind::Observation => false,
        }
    }
}

/// "until 1980": whether a date says no more than when something ended.
fn ends(item: &Item<'_>) -> bool {
    let ItemKind::Date(found) = &item.kind else {
        return false;
    };
    found.bound == Bound::Until && !found.date.is_some_and(|d| d.interval)
}

/// "After the earthquake of 28 June 2009", "depuis la guerre de 1973": whether the words that lead to a date say when something was, by a noun that no
/// rule knows and that is nobody's.
fn of_noun(leading: &[Item<'_>]) -> bool {
    let mut noun = false;
    for item in leading.iter().rev() {
        if item.is(Class::DateAfter) || item.is(Class::DateBefore) || item.is(Class::Since) {
            return noun;
        }
        let word = matches!(item.kind, ItemKind::Word | ItemKind::Body(..));
        if !word || item.is_finite() {
            return false;
        }
        noun |= item.kind == ItemKind::Word && item.meanings.classes().is_empty();
    }
    false
}

/// "who was elected to parliament in 1928": whether a date stands in a relative clause whose verbs tell of no post and no arrival, and that names none.
fn of_act(reader: &Reader<'_>, leading: &[Item<'_>]) -> bool {
    let Some(relative) = leading.iter().rposition(|i| i.is(Class::Relative)) else {
        return false;
    };
    let clause = leading.get(relative + 1..).unwrap_or(&[]);
    let head = |i: &Item<'_>| {
        let office = i.actor().and_then(|a| a.office.as_ref());
        office.is_some_and(|o| is_head_of_mission(&reader.role_name(o.role)))
    };
    let comes = |i: &Item<'_>| {
        let mut rules = i.rules(reader.lexicon);
        rules.any(|r| ["appointment", "visit"].contains(&r.fact.as_str()))
    };
    let tells = |i: &Item<'_>| {
        comes(i) || i.mission().is_some() || head(i) || i.sign(',') || i.is(Class::And)
    };
    clause.iter().any(Item::is_finite) && !clause.iter().any(tells)
}

/// "On 3 May 1999 the ambassador, X, opened a school": whether a date is that of what a head of mission does who is the subject of the only verb, in a
/// sentence without a word for posts, for coming to one or for handing it over.
fn of_deed(reader: &Reader<'_>, items: &[Item<'_>], at: usize) -> bool {
    let head = |i: &Item<'_>| {
        let office = i.actor().and_then(|a| a.office.as_ref());
        office.is_some_and(|o| is_head_of_mission(&reader.role_name(o.role)))
    };
    let acts = |i: &Item<'_>| i.is_finite() || i.is(Class::Speech);
    let Some(verb) = items.iter().position(acts) else {
        return false;
    };
    let (subject, clause) = (items.get(..verb), items.get(verb..));
    let (Some(subject), Some(clause)) = (subject, clause) else {
        return false;
    };
    let stems = reader.lexicon.listed(Class::TakesPost);
    let takes = |i: &Item<'_>| {
        let mut words = i.folded.split(' ');
        i.mission().is_some() || words.any(|w| stems.iter().any(|s| w.starts_with(s.as_str())))
    };
    let aside = |i: &Item<'_>| i.is(Class::Relative) || i.sign(';') || i.sign('(') || i.sign(':');
    let another = |i: &Item<'_>| head(i) || i.is(Class::Successor);
    subject.iter().any(head)
        && !subject.iter().any(aside)
        && !clause.iter().any(|i| aside(i) || takes(i) || another(i))
        && (at > verb || opens(subject, at))
}

/// "Peru has had a consulate in Lima since 1998, headed by X": whether a date says since when there is a mission that stands before it, and nobody is
/// named up to there.
fn of_standing(reader: &Reader<'_>, items: &[Item<'_>], at: usize) -> bool {
    let since = matches!(items.get(at).map(|i| &i.kind), Some(ItemKind::Date(d)) if d.bound == Bound::Since);
    let before = items.get(..at).unwrap_or(&[]);
    let start = before
        .iter()
        .rposition(|i| i.sign(';'))
        .map_or(0, |i| i + 1);
    let clause = before.get(start..).unwrap_or(&[]);
    let mission = clause
        .iter()
        .any(|i| i.mission().is_some() || i.is(Class::MissionIt));
    let named = clause
        .iter()
        .any(|i| i.actor().is_some_and(|a| a.name.is_some()));
    let there = |i: &Item<'_>| {
        let mut rules = i.rules(reader.lexicon);
        i.is(Class::Have) || i.is_finite() && rules.any(|r| r.fact == "mission")
    };
    let mut words = clause.iter().rev().skip_while(|i| i.is(Class::Since));
    let open = words
        .next()
        .is_none_or(|i| i.sign(',') || i.is(Class::Be) || i.is(Class::Have));
    let joint = |i: &Item<'_>| i.sign(',') || i.sign(';');
    let told = |i: &Item<'_>| i.is(Class::Relative) || i.is(Class::When);
    let parted = items.get(at + 1).is_some_and(joint) && !items.get(at + 2).is_some_and(told);
    // "A consulate functioned there from 1859, kept by X": of the past he was the first.
    let now = |i: &Item<'_>| {
        let mut words = i.folded.split(' ');
        words.any(|w| reader.lexicon.lists(Class::ThereNow, w))
    };
    let stands = clause.iter().any(there) && clause.iter().any(now);
    since && mission && !named && !open && parted && stands
}

/// Whether nothing but small words stands before an item.
fn opens(items: &[Item<'_>], at: usize) -> bool {
    let before = items.get(..at).unwrap_or(&[]);
    before
        .iter()
        .all(|i| i.kind == ItemKind::Word && i.verb.is_none())
}

/// "A and B celebrate today the 36th anniversary of …": whether a date stands before an anniversary, whose day it is.
fn kept(items: &[Item<'_>], at: usize) -> bool {
    let anniversary = items.iter().position(|i| i.is(Class::Anniversary));
    anniversary.is_some_and(|found| at < found)
}

/// How many items before a date the verb of coming back stands.
const BACK: usize = 8;

/// How many items before the noun the preposition stands that says that somebody came back from it.
const LED: usize = 3;

/// "He returned yesterday after a working visit to A", "a regagné Dakar hier au terme d'une visite": whether a visit stands behind a date and a word that
/// says that it was over by then.
fn of_return(reader: &Reader<'_>, items: &[Item<'_>], at: usize) -> bool {
    let behind = items.get(at + 1..).unwrap_or(&[]);
    let clause = behind
        .iter()
        .take_while(|i| !(i.sign(';') || i.is_finite()));
    // "returned yesterday from an official visit to A"
    let leading = items.get(..at).unwrap_or(&[]).iter().rev().take(BACK);
    let mut leading = leading.flat_map(|i| i.rules(reader.lexicon));
    let noun = |i: &Item<'_>| i.is_noun_for(reader.lexicon, "visit");
    let words: Vec<&Item<'_>> = clause.clone().collect();
    let led = words.iter().position(|i| noun(i)).and_then(|n| {
        let before = words.get(..n)?.iter().rev().take(LED);
        Some(
            before
                .take_while(|i| !i.is_date())
                .any(|i| i.is(Class::From)),
        )
    });
    if led == Some(true) && leading.any(|r| r.id.ends_with("visit.back")) {
        return true;
    }
    let over = |i: &Item<'_>| i.is(Class::DateAfter) || i.is(Class::VisitEnded);
    let mut clause = clause.skip_while(|i| !over(i)).take(6);
    clause.any(noun)
}

/// "He left Lima on 12 April 1994": whether the verb that leads to a date ends a post.
fn of_leaving(reader: &Reader<'_>, items: &[Item<'_>], at: usize) -> bool {
    let leading = items.get(..at).unwrap_or(&[]);
    let since = matches!(items.get(at).map(|i| &i.kind), Some(ItemKind::Date(d)) if d.bound == Bound::Since);
    let ends = |r: &Rule| r.fact == "appointment" && r.set.get("slot").is_some_and(|s| s == "end");
    let begins = |r: &Rule| r.fact == "appointment" && !ends(r);
    let mut clause = leading
        .iter()
        .rev()
        .take_while(|i| !(i.sign(',') || i.sign(';')));
    let noun = |i: &Item<'_>| {
        let mut rules = i.rules(reader.lexicon);
        // "the departure of X, ambassador since 2006"
        !since && rules.any(|r| r.head == Head::Noun && ends(r))
    };
    let verb = clause.find(|i| i.is_finite() || noun(i));
    verb.is_some_and(|i| {
        let mut rules = i.rules(reader.lexicon);
        rules.any(ends) && !i.rules(reader.lexicon).any(begins)
    })
}

/// "an agreement on tourism (2004)": the treaty right before the bracket that opens before a date.
fn bracketed(items: &[Item<'_>], at: usize) -> Option<usize> {
    let open = at.checked_sub(1)?;
    items.get(open).filter(|i| i.sign('('))?;
    let named = open.checked_sub(1)?;
    let treaty = matches!(items.get(named)?.kind, ItemKind::Treaty(_));
    treaty.then_some(named)
}
