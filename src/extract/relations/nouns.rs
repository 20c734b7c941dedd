//! "The rupture of 1973", "Chile's break with Norway": whether a noun for an event speaks of one between states.

use crate::extract::frame::Frame;
use crate::extract::items::Item;
use crate::extract::reader::{Reader, Sentence};
use crate::extract::told::Told;
use crate::fact::Kind;
use crate::language::Class;

/// How many items behind the noun the word for relations may stand.
const REACH: usize = 5;

/// How many sentences back relations must have been told of.
const SENTENCES: usize = 3;

/// Possessives that can stand for "of the relations".
const THEIRS: &[&str] = &["their", "leur", "su"];

/// Whether the noun is one of relations, stands with a state that it names, or speaks of what was told right before.
pub(super) fn of_states(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    frame: &Frame,
    earlier: &Told,
) -> bool {
    let items = &sentence.items;
    // "did not break with Peru": the verb, which is read as one.
    let led = [Class::Article, Class::Possessive, Class::Genitive];
    let bare = items.get(frame.at).is_some_and(|i| i.verb.is_some())
        && !frame
            .at
            .checked_sub(1)
            .and_then(|i| items.get(i))
            .is_some_and(|i| led.iter().any(|c| i.is(*c)) || i.genitive || i.adjective().is_some());
    if bare {
        return false;
    }
    let behind = items
        .get(frame.at + 1..items.len().min(frame.at + REACH))
        .unwrap_or(&[]);
    let phrase = || behind.iter().take_while(|i| !i.is_finite());
    // "Rupture of trade relations", "break in the talks": of something else.
    if phrase().any(|i| i.is(Class::OtherRelations) || i.is(Class::Talks)) {
        return false;
    }
    if phrase().any(|i| i.is(Class::Relations)) {
        return true;
    }
    // "break with" is one word to the language.
    let own = items.get(frame.at).is_some_and(|i| i.folded.contains(' '));
    let with = |i: &Item<'_>| own || i.has_prep(Class::With) || i.has_prep(Class::Between);
    if phrase().any(|i| with(i) && (i.body().is_some() || i.city().is_some())) {
        return true;
    }
    // "Permit leur reprise", "led to their restoration".
    let theirs = |i: &Item<'_>| i.is(Class::Possessive) && THEIRS.contains(&i.folded.as_ref());
    let definite = items
        .get(frame.at.saturating_sub(2)..frame.at)
        .is_some_and(|b| {
            b.iter()
                .any(|i| i.is(Class::Article) || i.is(Class::This) || theirs(i))
        });
    // "the rupture of the dam", "la rupture du barrage": of something that it names.
    let of_else = behind.first().is_some_and(|i| i.is(Class::Of))
        && behind
            .get(1)
            .is_some_and(|i| !matches!(i.kind, crate::extract::items::ItemKind::Date(_)));
    definite
        && !of_else
        && earlier
            .last_of(Kind::Relations)
            .next()
            .is_some_and(|c| reader.near(index, c, SENTENCES))
}

/// "The rupture of diplomatic relations dates from 1973": whether the subject before a verb is the noun of another event of relations than their
/// beginning.
pub(super) fn of_their_end(reader: &Reader<'_>, items: &[Item<'_>], frame: &Frame) -> bool {
    let before = items.get(frame.clause.0..frame.at).unwrap_or(&[]);
    let Some(at) = before.iter().rposition(|i| i.is(Class::Relations)) else {
        return false;
    };
    let ends = |i: &Item<'_>| {
        let mut rules = i.rules(reader.lexicon);
        i.prep.is_empty()
            && i.verb.is_none()
            && rules.any(|r| {
                let event = r.set.get("event").map(String::as_str);
                r.set.contains_key("noun") && event != Some("established")
            })
    };
    let led = |i: &Item<'_>| i.is(Class::Of) || i.is(Class::In) || i.is(Class::Article);
    let mut nouns = before
        .get(..at)
        .unwrap_or(&[])
        .iter()
        .rev()
        .skip_while(|i| led(i));
    nouns.next().is_some_and(ends)
}
