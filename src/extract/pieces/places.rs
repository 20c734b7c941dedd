//! Nouns before the names of places, "the Sultanate of Oman", "in the port of Mombasa" → the names alone.

use super::{Piece, PieceKind, article_in};
use crate::extract::offices::{is_consular, is_head_of_mission};
use crate::language::{Class, Lang, Lexicon, Meaning};

/// "in the port of Mombasa", "dans la ville de Lyon", "en la ciudad de Salto": behind a preposition of place, or at the head of a
/// clause, the city's name alone stands.
pub(super) fn city_nouns(pieces: &mut Vec<Piece<'_>>, lexicon: &Lexicon) {
    cities_of_states(pieces, lexicon);
    let mut at = 1;
    while at + 2 < pieces.len() {
        let is = |i: usize, class: Class| pieces.get(i).is_some_and(|p| p.is(class));
        let named = is(at, Class::CityNoun) && is(at + 1, Class::Of);
        let city = pieces.get(at + 2).is_some_and(|p| p.city().is_some());
        let article = usize::from(is(at - 1, Class::Article));
        let first = at - article;
        let before = first.checked_sub(1);
        let led = [Class::In, Class::To, Class::From];
        // "The city of Fez hosts a consulate"
        let opens = before.is_none_or(|i| pieces.get(i).is_some_and(|p| p.sign().is_some()));
        let led = before.is_some_and(|i| led.iter().any(|c| is(i, *c)));
        if named && city && (opens && article == 1 || led) {
            pieces.drain(first..at + 2);
            at = first;
        }
        at += 1;
    }
}

/// "en la ciudad de Panamá", "à Panama" (the state is "au Panama"): the city that has the name of its state, where the words say that it is one.
fn cities_of_states(pieces: &mut [Piece<'_>], lexicon: &Lexicon) {
    for at in 1..pieces.len() {
        let before = |n: usize| at.checked_sub(n).and_then(|i| pieces.get(i));
        let noun = before(1).is_some_and(|p| p.is(Class::Of))
            && before(2).is_some_and(|p| p.is(Class::CityNoun));
        let bare = lexicon.lang == Lang::Fr && before(1).is_some_and(|p| p.folded == "à");
        let state = pieces
            .get(at)
            .filter(|p| (noun || bare) && p.body_named().is_some());
        let Some(state) = state.filter(|p| p.city().is_none()) else {
            continue;
        };
        let names = [
            format!("{} city", state.folded),
            format!("ciudad de {}", state.folded),
        ];
        let found = names.iter().find_map(|name| {
            let meanings = lexicon.meanings(name);
            meanings
                .iter()
                .find(|m| matches!(m, Meaning::City(_)))
                .copied()
        });
        if let Some(piece) = pieces.get_mut(at)
            && let Some(city) = found
        {
            piece.meanings = std::iter::once(city).collect();
        }
    }
}

/// "Independence Day", "el Palacio de Viana", "Flagstaff House", "London Road": a town in the name of a day, a house or a street is no place that is meant.
pub(super) fn houses(pieces: &mut [Piece<'_>], lexicon: &Lexicon) {
    for at in 0..pieces.len() {
        let is = |i: Option<usize>, class: Class| {
            i.and_then(|i| pieces.get(i))
                .is_some_and(|p| p.is(class) && p.capital)
        };
        let of = at
            .checked_sub(1)
            .filter(|i| pieces.get(*i).is_some_and(|p| p.is(Class::Of)));
        let street = |p: &Piece<'_>| p.capital && lexicon.lists(Class::Street, &p.folded);
        let named = is(Some(at + 1), Class::House)
            || is(of.and_then(|i| i.checked_sub(1)), Class::House)
            || pieces.get(at + 1).is_some_and(street);
        if let Some(piece) = pieces.get_mut(at)
            && named
            && piece.city().is_some()
        {
            piece.meanings.clear();
        }
    }
}

/// "Her Majesty's Ambassador", "HM Consul General": the crown before a head of mission or a consul stands for its state.
pub(super) fn crown(pieces: &mut [Piece<'_>], lexicon: &Lexicon) {
    let state = || {
        let adjective = lexicon.listed(Class::CrownOf).first()?;
        let found = lexicon.matches([adjective.as_str()]);
        let body = |m: &Meaning| matches!(m, Meaning::Body(..));
        found
            .iter()
            .flat_map(|(_, known)| known.iter())
            .copied()
            .find(body)
    };
    let heads = |p: &Piece<'_>| {
        let role = p.office().and_then(|role| lexicon.offices.get(role));
        role.is_some_and(|role| is_head_of_mission(role) || is_consular(role))
    };
    let words = lexicon.listed(Class::Crown);
    let crown = |p: &Piece<'_>| words.iter().any(|w| *w == p.folded);
    for at in 0..pieces.len() {
        let next = at + 1 + usize::from(pieces.get(at + 1).is_some_and(|p| p.is(Class::Genitive)));
        let leads = pieces.get(at).is_some_and(crown) && pieces.get(next).is_some_and(heads);
        if let Some(piece) = pieces.get_mut(at)
            && leads
            && let Some(state) = state()
        {
            piece.kind = PieceKind::Word;
            piece.meanings = std::iter::once(state).collect();
        }
    }
}

/// "the South American country", "un pays sud-américain": the adjective of a part of the world, which is no state's.
pub(super) fn regions(pieces: &mut [Piece<'_>], lexicon: &Lexicon) {
    for at in 1..pieces.len() {
        let hung = pieces.get(at - 1).is_some_and(|p| p.sign() == Some('-'));
        let lead = (at - 1).checked_sub(usize::from(hung));
        let lead = lead.and_then(|i| pieces.get(i));
        let part = lead.is_some_and(|p| lexicon.lists(Class::Region, &p.folded));
        if let Some(piece) = pieces.get_mut(at)
            && part
            && piece.body().is_some()
            && piece.body_named().is_none()
        {
            piece.meanings.clear();
        }
    }
}

/// "the Seychelles' minister", "the United States’ embassy": the apostrophe behind a state's name that ends in "s" is a genitive.
pub(super) fn plural_genitives(pieces: &mut [Piece<'_>]) {
    let apostrophe = |p: &Piece<'_>| matches!(p.sign(), Some('\'' | '’'));
    let mut quoted = false;
    for at in 1..pieces.len() {
        let [before, piece] = pieces.get_mut(at - 1..=at).unwrap_or(&mut []) else {
            continue;
        };
        if !apostrophe(piece) {
            continue;
        }
        let owner = before.body_named().is_some() && before.folded.ends_with('s');
        if owner && !piece.spaced && !quoted {
            piece.kind = PieceKind::Word;
            piece.meanings = std::iter::once(Meaning::Class(Class::Genitive)).collect();
        } else {
            // What a sign before a word opens, one behind a word closes.
            quoted = piece.spaced;
        }
    }
}

/// "the Sultanate of Oman", "le royaume de Suède", "the West African country of Ghana": joins the form of a state or what describes it and its name
/// to that name. Of whom no name follows ("the Greek island of …") nothing is said.
pub(super) fn state_forms(pieces: &mut Vec<Piece<'_>>) {
    let mut at = 0;
    while at + 2 < pieces.len() {
        let is = |i: usize, class: Class| pieces.get(i).is_some_and(|p| p.is(class));
        let name = at + 2 + usize::from(is(at + 2, Class::Article));
        let named = pieces.get(name).and_then(Piece::body_named).is_some();
        let described = is(at, Class::TheState) && pieces.get(at).is_some_and(|p| p.words > 2);
        let of = is(at + 1, Class::Of);
        let joined = (described || is(at, Class::StateForm)) && of && named;
        if described
            && of
            && !named
            && let Some(piece) = pieces.get_mut(at)
        {
            piece.meanings.clear();
        }
        if joined {
            let form = pieces
                .get(at)
                .map(|p| (p.span, p.capital, p.first, p.spaced));
            if let (Some((span, capital, first, spaced)), Some(piece)) =
                (form, pieces.get_mut(name))
            {
                piece.span = span.to(piece.span);
                piece.capital = capital;
                piece.first = first;
                piece.spaced = spaced;
                piece.words += name - at;
            }
            pieces.drain(at..name);
        }
        at += 1;
    }
}

/// "viajó al Sultanato", "le souverain du royaume": the form of a state behind an article in a contraction, with no name behind it, is a state spoken of.
pub(super) fn forms_alone(pieces: &mut [Piece<'_>], lexicon: &Lexicon) {
    for at in 1..pieces.len() {
        let is = |i: usize, class: Class| pieces.get(i).is_some_and(|p| p.is(class));
        let contracted = pieces.get(at - 1).and_then(|p| article_in(p, lexicon));
        let named = is(at + 1, Class::Of) || pieces.get(at + 1).is_some_and(|p| p.body().is_some());
        if contracted.is_some()
            && is(at, Class::StateForm)
            && !named
            && let Some(piece) = pieces.get_mut(at)
        {
            piece.meanings = std::iter::once(Meaning::Class(Class::TheState)).collect();
        }
    }
}
