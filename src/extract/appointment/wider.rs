//! To which further states a head of mission is accredited, where words say it of the post and not of him: "her accreditation extends to A and B", "su
//! acreditación abarca A", "con concurrencia en A".

use super::remarks::seat_named;
use super::{Post, claim, spoken, term::Term};
use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::{Reader, Sentence};
use crate::extract::told::Told;
use crate::fact::{Claim, Evidence, EvidenceRole, Kind, Slot};
use crate::language::{Class, Rule};

/// How many items behind the word for it the verb stands at most that says how far an accreditation reaches.
const VERB: usize = 5;

/// Claims of the posts in the states to which the accreditation of somebody spoken of reaches.
pub(super) fn wider(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    rule: &Rule,
    told: &Told,
) -> Vec<Claim> {
    let items = &sentence.items;
    let mut claims = Vec::new();
    for at in 0..items.len() {
        let Some(from) = reaches(reader, items, at) else {
            continue;
        };
        let Some((person, evidence)) = whose(reader, index, sentence, at, told) else {
            continue;
        };
        let Some(held) = spoken::held(reader, told, Some(person)) else {
            continue;
        };
        let (states, date) = states(reader, items, from);
        let term = Term::read(reader, sentence, date, Some("start"));
        for state in states {
            if [held.sending, held.receiving].contains(&Some(state)) {
                continue;
            }
            let seat = || seat_named(reader, held.receiving?);
            let post = Post {
                receiving: Some(state),
                city: held.city.or_else(seat),
                ..held.clone()
            };
            let evidence = evidence.clone();
            claims.extend(claim(
                reader, sentence, rule, None, person, &post, &term, evidence,
            ));
        }
    }
    claims
}

/// Where the states are told to which the accreditation reaches that the word at an item stands for: "her accreditation extends to", "con concurrencia en".
fn reaches(reader: &Reader<'_>, items: &[Item<'_>], at: usize) -> Option<usize> {
    let word = items.get(at)?.folded.split([' ', '\'']).next_back()?;
    let area = reader.lexicon.lists(Class::PostArea, word);
    area.then_some(())?;
    let near = items.get(at.saturating_sub(4)..items.len().min(at + VERB))?;
    let undone = |i: &Item<'_>| i.is(Class::Not) || i.is(Class::Planned);
    (!near.iter().any(undone)).then_some(())?;
    let before = at.checked_sub(1).and_then(|i| items.get(i))?;
    if before.is(Class::With) || items.get(at)?.has_prep(Class::With) {
        let next = items.get(at + 1..)?.iter().find(|i| i.is_np())?;
        let placed = [Class::In, Class::To, Class::Before, Class::For];
        let led = placed.iter().any(|c| next.has_prep(*c));
        return (led && next.named_body().is_some()).then_some(at + 1);
    }
    let extends = |i: &Item<'_>| {
        let stems = reader.lexicon.listed(Class::Extends);
        stems.iter().any(|stem| i.folded.contains(stem.as_str()))
    };
    let behind = items.get(at + 1..)?.iter().take(VERB);
    let verb = behind
        .take_while(|i| i.actor().is_none() && i.mission().is_none() && !i.sign(';'))
        .position(extends)?;
    before.is(Class::Possessive).then_some(at + 1 + verb)
}

/// The states told from an item on, to the end of the clause, and the item of a date among them.
fn states(reader: &Reader<'_>, items: &[Item<'_>], from: usize) -> (Vec<usize>, Option<usize>) {
    let mut states = Vec::new();
    let mut date = None;
    for (at, item) in items.iter().enumerate().skip(from) {
        let stops = item.is(Class::Relative) || item.actor().is_some() || item.mission().is_some();
        let verb = at > from && (item.is_finite() || item.is(Class::Be));
        if stops || verb || matches!(item.kind, ItemKind::Sign(';' | '.' | ':')) {
            break;
        }
        if item.is_date() {
            date = date.or(Some(at));
        } else if let Some(state) = item.named_body()
            && !reader.is_organisation(state)
            && !states.contains(&state)
        {
            states.push(state);
        }
    }
    (states, date)
}

/// The head of mission whose accreditation is meant: the one named before in the sentence, else the one told last right before it.
fn whose(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    at: usize,
    told: &Told,
) -> Option<(usize, Vec<Evidence>)> {
    let before = sentence.items.get(..at)?;
    let name = |i: &Item<'_>| reader.people.find(i.actor()?.name.as_ref()?);
    if let Some(named) = before.iter().rposition(|i| name(i).is_some()) {
        let person = name(before.get(named)?)?;
        return Some((person, Vec::new()));
    }
    // Where a mission was spoken of last, its area is meant.
    let last = told
        .last_of_any([Kind::Mission, Kind::Appointment])
        .next()
        .filter(|c| c.holds() && c.fact.kind == Kind::Appointment)?;
    let near = reader.near(index, last, 1) && !before.iter().any(|i| i.mission().is_some());
    let person = reader.people.find(&last.fact.text(Slot::Person))?;
    let evidence = Evidence {
        span: last.statement(),
        role: EvidenceRole::Antecedent,
    };
    near.then(|| (person, vec![evidence]))
}
