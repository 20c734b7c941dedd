//! "received at Osu Castle", "au palais d'Egmont", "en la Casa Rosada": the house in which a meeting was, where no city is told.

use crate::extract::reader::{Reader, Sentence};
use crate::fact::Place;
use crate::language::{Class, ResidenceEntry};
use crate::text::Span;

/// How many words the name of a house has at most.
const WORDS: usize = 6;

/// The house that a clause names behind a preposition of place.
pub(super) fn residence(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
    clause: (usize, usize),
) -> Option<Place> {
    let items = sentence.items.get(clause.0..clause.1)?;
    let end = items.last()?.span.end;
    let mut led = items.iter().filter(|i| i.is(Class::In) && !i.is_np());
    led.find_map(|i| named(reader, Span::new(i.span.end, end)))
}

/// The house whose name words begin with, an article before it passed over; the longest name that there is.
fn named(reader: &Reader<'_>, words: Span) -> Option<Place> {
    let text = words.of(&reader.doc.text).trim_start();
    let apostrophe = |c: char| c == '\'' || c == '’';
    let article = text
        .split_inclusive(|c: char| c.is_whitespace() || apostrophe(c))
        .next()?;
    let leads = reader
        .lexicon
        .has_class(&article.trim_end().to_lowercase(), Class::Article);
    let rests = [Some(text), text.get(article.len()..).filter(|_| leads)];
    let house = rests.into_iter().flatten().find_map(|rest| {
        let ends = rest.char_indices().filter(|(_, c)| !c.is_alphanumeric());
        let ends = ends.map(|(at, _)| at).chain([rest.len()]);
        let mut ends: Vec<usize> = ends.take(2 * WORDS).collect();
        ends.reverse();
        let mut names = ends.into_iter().filter_map(|end| rest.get(..end));
        names.find_map(|name| one_named(reader, name))
    })?;
    Some(Place {
        key: house.key.clone(),
        name: house.name.clone(),
        state: None,
    })
}

/// The house of a name; of several states' the one in the only of them that is a side.
fn one_named<'a>(reader: &Reader<'a>, name: &str) -> Option<&'a ResidenceEntry> {
    let mut houses = reader.gazetteer.residences_named(name);
    let first = houses.next()?;
    if houses.next().is_none() {
        return Some(first);
    }
    let named = reader.gazetteer.residences_named(name);
    let mut sides = named.filter(|house| reader.is_side(house.state));
    sides.next().filter(|_| sides.next().is_none())
}
