//! Whether the one who acts in a frame is a noun that nobody knows: a company, a university, a city.

use super::Frame;
use crate::extract::items::{Item, ItemKind};
use crate::language::Class;

/// Whether a word stands for states or those who act for them, or is no noun.
pub(in crate::extract) fn stands_for_state(item: &Item<'_>) -> bool {
    let classes = [
        Class::Government,
        Class::BothStates,
        Class::BothPersons,
        Class::TheTwo,
        Class::TheState,
        Class::They,
        Class::We,
        Class::He,
        Class::Relative,
        Class::Temporal,
        Class::Delegation,
        Class::Again,
        Class::Counterpart,
    ];
    classes.iter().any(|c| item.is(*c))
}

/// Whether a word has the ending of an adverb.
fn adverb(item: &Item<'_>) -> bool {
    let ends = ["ly", "ment", "mente"];
    matches!(item.kind, ItemKind::Word) && ends.iter().any(|end| item.folded.ends_with(end))
}

/// "The company signed …", "The University of Ghana signed …": a noun that nobody knows stands before the verb as its subject.
pub(in crate::extract) fn noun_before(items: &[Item<'_>], frame: &Frame) -> bool {
    let mut noun = false;
    // "les gouvernements du Mali et du Pérou": the noun stands before both that it belongs to.
    let mut owners = false;
    for item in items
        .get(frame.clause.0..frame.at)
        .unwrap_or(&[])
        .iter()
        .rev()
    {
        let auxiliary = item.is(Class::Have) || item.is(Class::Be) || item.is(Class::Not);
        // "se firmó"
        let reflexive = item.meanings.is_empty() && item.span.len() <= 2;
        if !noun && (auxiliary || reflexive || item.is(Class::Then) || adverb(item)) {
            continue;
        }
        if stands_for_state(item)
            || item.is(Class::Opener)
            || item.is(Class::Relations)
            || item.is_finite()
        {
            return false;
        }
        match &item.kind {
            ItemKind::Word if item.is(Class::And) && owners && !noun => {}
            ItemKind::Word if item.is(Class::And) => return noun,
            ItemKind::Word if item.is(Class::Article) || item.is(Class::Of) => {}
            // What stands behind a preposition is no subject.
            ItemKind::Word if leads(item) => return false,
            ItemKind::Word => noun = true,
            ItemKind::Body(..) | ItemKind::City(_) | ItemKind::Actor(_) | ItemKind::Mission(_) => {
                if item.adjective().is_none() && !item.has_prep(Class::Of) {
                    return false;
                }
                owners |= item.adjective().is_none();
            }
            ItemKind::Sign(_) | ItemKind::Date(_) | ItemKind::Quantity(_) => return noun || owners,
            ItemKind::Treaty(_) | ItemKind::Trigger(_) => return false,
        }
    }
    noun || owners
}

/// Whether a word is a preposition other than one of belonging.
fn leads(item: &Item<'_>) -> bool {
    [
        Class::In,
        Class::To,
        Class::From,
        Class::With,
        Class::Between,
        Class::For,
        Class::By,
        Class::About,
        Class::Before,
        Class::Since,
        Class::Until,
        Class::DateAfter,
        Class::DateBefore,
        Class::As,
        Class::When,
    ]
    .iter()
    .any(|c| item.is(*c))
}

/// "signed by the company and the ministry": a passive whose agent is nobody known.
pub(in crate::extract) fn agent_unknown(items: &[Item<'_>], frame: &Frame) -> bool {
    let by = (frame.at + 1..frame.clause.1.min(frame.at + 6)).find(|&i| {
        items
            .get(i)
            .is_some_and(|x| matches!(x.kind, ItemKind::Word) && x.is(Class::By))
    });
    let Some(by) = by else { return false };
    let agent = items
        .get(by + 1..frame.clause.1)
        .unwrap_or(&[])
        .iter()
        .find(|x| !(x.is(Class::Article) || x.adjective().is_some() || adverb(x)));
    agent.is_some_and(|x| {
        matches!(x.kind, ItemKind::Word)
            && !stands_for_state(x)
            && !x.is(Class::Possessive)
            && !x.is(Class::Indefinite)
    })
}

/// Whether a noun that stands for nobody the engine knows is the subject of a verb: "La selección viajó", "el buque escuela visitó".
pub(in crate::extract) fn noun_subject(items: &[Item<'_>], frame: &Frame) -> bool {
    let before = items.get(frame.clause.0..frame.at).unwrap_or(&[]);
    let noun = |i: &Item<'_>| matches!(i.kind, ItemKind::Word) && i.verb.is_none();
    let joint =
        |i: &Item<'_>| i.sign(',') || i.is(Class::And) || matches!(i.kind, ItemKind::Date(_));
    before.iter().enumerate().any(|(at, article)| {
        article.is(Class::Article)
            && article.prep.is_empty()
            && at
                .checked_sub(1)
                .and_then(|b| before.get(b))
                .is_none_or(joint)
            && before.get(at + 1).is_some_and(noun)
            && !before
                .get(at + 1..)
                .unwrap_or(&[])
                .iter()
                .any(|i| i.is_finite())
    })
}
