//! "There": the place that a clause means by it, and where a verb says that a mission stands.

use crate::extract::frame::Frame;
use crate::extract::items::{Item, MissionNp};
use crate::extract::reader::{Reader, Sentence};
use crate::language::{Class, Rule};
use crate::text::Span;

/// The place that "there" stands for in a clause: in a text on one state, where others are told to do something, that; else the city or state named
/// last before it.
pub(super) fn there(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    clause: (usize, usize),
    owners: &[usize],
) -> Option<(Option<usize>, Option<usize>)> {
    let named = named_there(reader, index, sentence, clause);
    if let Some((Some(_), _)) = named {
        return named;
    }
    let words = sentence.items.get(clause.0..clause.1)?;
    let says = words.iter().any(|i| i.is(Class::There));
    let home = reader.home().filter(|h| says && !owners.contains(h));
    home.map(|home| (None, Some(home))).or(named)
}

/// The city or state named last before "there".
fn named_there(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    clause: (usize, usize),
) -> Option<(Option<usize>, Option<usize>)> {
    let at = (clause.0..clause.1)
        .find(|&i| sentence.items.get(i).is_some_and(|x| x.is(Class::There)))?;
    let place = |item: &Item| {
        // "sent a minister to Oslo, and a legation was established there"
        let post = || item.actor().and_then(|a| a.office.as_ref()?.city);
        if let Some(city) = item.city().or_else(post) {
            return Some((Some(city), reader.state_of_city(city)));
        }
        let body = item.named_body().filter(|b| !reader.is_organisation(*b))?;
        Some((None, Some(body)))
    };
    // "Peru had opened a consulate there": who does it is not where it is.
    let items = sentence.items.get(..at)?;
    let first = |x: &Item| x.is_np() && x.prep.is_empty();
    let subject = items.iter().skip(clause.0).position(first);
    let before = items.iter().enumerate().rev();
    let here = before
        .filter(|(i, x)| Some(*i) != subject.map(|s| s + clause.0) || x.city().is_some())
        .find_map(|(_, x)| place(x));
    here.or_else(|| {
        let before = index.checked_sub(1).and_then(|s| reader.sentences.get(s));
        let before = before.filter(|s| s.block == sentence.block)?;
        // "Peru closed its embassy in Tarawa": there, rather than in Peru.
        let seat = |item: &Item| {
            let of_mission = || item.mission().and_then(|np| np.cities.first()).map(|c| c.0);
            let city = item.city().or_else(of_mission)?;
            Some((Some(city), reader.state_of_city(city)))
        };
        let mut cities = before.items.iter().rev().filter_map(seat);
        cities
            .next()
            .or_else(|| before.items.iter().rev().find_map(place))
    })
}

/// "the Peruvian embassy started work in Chile": whether a verb says in which state a mission stands, and it is neither of those of the one told.
pub(super) fn placed_elsewhere(
    reader: &Reader<'_>,
    items: &[Item],
    frame: &Frame,
    told: &MissionNp,
) -> bool {
    let mut phrases = frame.phrases.iter().filter(|&&i| i > frame.at);
    let placed = phrases.find_map(|&i| {
        let item = items.get(i)?;
        let state = item.named_body().filter(|b| !reader.is_organisation(*b))?;
        item.has_prep(Class::In).then_some(state)
    });
    let another = |state: usize, side: usize| !reader.same_state(side, state);
    placed.is_some_and(|state| {
        told.receiving.is_some_and(|r| another(state, r))
            && told.sending.is_none_or(|s| another(state, s))
    })
}

/// A city and where it is named, and a state.
pub(super) type Place = (Option<(usize, Span)>, Option<usize>);

/// "Bonn received an Ecuadorian legation", "A and B each have a consulate": the subjects are where it stands, a city with its state or a state.
pub(super) fn receivers(
    reader: &Reader<'_>,
    items: &[Item],
    rule: &Rule,
    frame: &Frame,
) -> Vec<Place> {
    let receivers = frame.role(items, rule, "receiver").into_iter();
    let place = |i: usize| {
        let item = items.get(i).filter(|x| x.prep.is_empty())?;
        let city = item.city().map(|c| (c, item.span));
        let state = city.and_then(|(c, _)| reader.state_of_city(c));
        let state = state.or_else(|| item.named_body());
        (city.is_some() || state.is_some()).then_some((city, state))
    };
    receivers.filter_map(place).collect()
}
