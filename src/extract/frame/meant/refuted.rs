//! What a sentence takes back: rumours that it goes on to deny, plans that something replaced.

use super::cue;
use crate::extract::frame::{breaks, is_finite_trigger};
use crate::extract::items::Item;
use crate::fact::Modality;
use crate::language::{Class, TriggerForm};

/// How many items behind a rumour the word stands that leads to what it says.
const RUMOUR: usize = 8;

/// The rumour or announcement on whose content a trigger stands: "reports in the press in June 1967 that relations were broken off".
pub(super) fn rumour(items: &[Item], at: usize) -> Option<usize> {
    let that = (0..at).rev().find(|&i| {
        items
            .get(i)
            .is_some_and(|x| x.is(Class::Relative) || x.sign(';') || x.folded.ends_with("quelles"))
    })?;
    // "que", "los cuales", "laquelle"
    let leads = [
        "that", "que", "qu'", "quels", "quelles", "quelle", "cual", "cuales",
    ];
    let word = items.get(that)?.folded.as_ref();
    leads.iter().any(|end| word.ends_with(end)).then_some(())?;
    let near = that.saturating_sub(RUMOUR)..that;
    let noun = near.rev().find(|&i| {
        items
            .get(i)
            .is_some_and(|x| x.is(Class::Rumour) || x.is(Class::Announcement))
    })?;
    let phrase = items.get(noun + 1..that)?;
    // "reports of a minister who visited": a relative right behind somebody is about him.
    let about = phrase.last().is_some_and(|x| x.actor().is_some());
    (!about && !phrase.iter().any(Item::is_finite)).then_some(noun)
}

/// "An announcement that recognition had been granted was denied": whether what a trigger tells is the content of a rumour or announcement
/// that the sentence goes on to deny.
pub(super) fn refuted(items: &[Item], at: usize) -> bool {
    let behind = items.get(at + 1..).unwrap_or(&[]).iter();
    let mut behind = behind.take_while(|i| !i.sign(';'));
    // "the rumour of the closing of"
    let small = [Class::Of, Class::Article, Class::From];
    let before = items.get(..at).unwrap_or(&[]).iter().rev();
    let mut before = before.skip_while(|i| small.iter().any(|c| i.is(*c)));
    let noun = before.next().is_some_and(|i| i.is(Class::Rumour));
    (noun || rumour(items, at).is_some())
        && behind.any(|i| i.is(Class::Unfounded) || i.is(Class::Denied))
}

/// Within how many items of a participle it is said that it was so at first.
const AT_FIRST: usize = 4;

/// "The visit of X to Lima, planned for 2005, was replaced by …": how a participle behind a comma says that a noun is meant.
pub(super) fn aside(right: &[Item]) -> Option<Modality> {
    let comma = right.iter().position(|i| i.sign(','))?;
    let told = right
        .get(..comma)?
        .iter()
        .any(|i| is_finite_trigger(i) || i.is(Class::Be));
    let next = right.get(comma + 1)?;
    let meant = cue(next).filter(|m| [Modality::Planned, Modality::Expected].contains(m));
    // "planned at first for March": it was otherwise.
    let after = right.get(comma + 1..).unwrap_or(&[]).iter();
    if after.take(AT_FIRST).any(|i| i.is(Class::AtFirst)) {
        return None;
    }
    meant.filter(|_| !told && !next.is(Class::Future))
}

/// "The signature of a treaty, announced by X, was not on the agenda": whether the verb behind what stands between commas is denied.
pub(super) fn denied_behind_aside(behind: &[Item]) -> bool {
    let mut commas = behind
        .iter()
        .enumerate()
        .take(24)
        .take_while(|(_, i)| !breaks(i));
    let mut commas = commas
        .by_ref()
        .filter(|(_, i)| i.sign(','))
        .map(|(at, _)| at);
    let (Some(open), Some(close)) = (commas.next(), commas.next()) else {
        return false;
    };
    let verb = |i: &Item| is_finite_trigger(i) || i.is(Class::Be) || i.is(Class::Have);
    let before = behind.get(..open).unwrap_or(&[]);
    // "the visit, of which newspapers wrote, is not on the agenda"
    let participle = behind.get(open + 1).is_some_and(|i| {
        let said = i.is(Class::Mooted) || i.is(Class::Approved);
        let next = behind.get(open + 2);
        let of_which = i.is(Class::Of) && next.is_some_and(|n| n.is(Class::Relative));
        let relative = i.is(Class::Relative) || of_which || i.folded == "dont";
        i.verb == Some(TriggerForm::Participle) || said || relative
    });
    let after = behind.get(close + 1..).unwrap_or(&[]);
    let near = after.iter().take(3);
    let denied = near.clone().any(|i| i.is(Class::Not)) && near.clone().any(verb);
    participle && denied && !before.iter().any(verb)
}

/// How many items behind a noun the verb may stand that says that what it tells is not true, and how far before that its auxiliary.
const UNTRUE: usize = 18;
const AUXILIARY: usize = 3;

/// "A trip to Lima in 1992 was denied by the palace": whether the passive behind a noun says that what it tells is not true.
pub(super) fn said_untrue(behind: &[Item]) -> bool {
    let clause = behind
        .iter()
        .take(UNTRUE)
        .take_while(|i| !breaks(i))
        .count();
    let clause = behind.get(..clause).unwrap_or(&[]);
    let untrue = |i: &Item| i.is(Class::Denied) || i.is(Class::Unfounded);
    clause.iter().position(untrue).is_some_and(|at| {
        let near = clause.get(at.saturating_sub(AUXILIARY)..at).unwrap_or(&[]);
        let passive = |i: &Item| i.is(Class::Be) && i.verb != Some(TriggerForm::Planned);
        near.iter().any(passive) && !near.iter().any(|i| i.is(Class::Not))
    })
}

/// How many items of a clause may stand before the word that takes back what was told.
const TAKES_BACK: usize = 3;

/// "A meeting in Lima was announced; it did not take place": whether the next clause, of a pronoun, says that nothing came of what a noun tells.
pub(super) fn taken_back(behind: &[Item]) -> bool {
    let Some(next) = behind.iter().position(|i| i.sign(';')) else {
        return false;
    };
    let clause = behind.get(next + 1..).unwrap_or(&[]);
    let mut clause = clause.iter().take(TAKES_BACK).take_while(|i| !breaks(i));
    let other = |i: &Item| {
        let named = i
            .actor()
            .is_some_and(|a| a.name.is_some() || a.office.is_some());
        named || i.is_date()
    };
    let mut found = clause.by_ref().take_while(|i| !other(i));
    found.any(|i| i.is(Class::Cancelled))
}
