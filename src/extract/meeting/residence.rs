//! "received at the Osu Castle", "au palais d'Egmont", "en la Casa Rosada": the house in which a meeting was, by its own name, where no city is told.

use crate::extract::items::Item;
use crate::extract::reader::{Reader, Sentence};
use crate::fact::Place;
use crate::language::{Class, fold};
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
    let led = items.iter().filter(|i| i.is(Class::In) && !i.is_np());
    led.map(|i| i.span.end)
        .filter_map(|from| named(reader, Span::new(from, end)))
        .next()
}

/// The name of a house with which words begin.
fn named(reader: &Reader<'_>, words: Span) -> Option<Place> {
    let text = words.of(&reader.doc.text);
    let lists = |class: Class, word: &str| reader.lexicon.lists(class, &fold(word));
    let (mut first, mut last) = (None, 0);
    let (mut noun, mut own, mut count) = (false, false, 0);
    let mut at = 0;
    for word in text.split_inclusive(|c: char| c.is_whitespace() || c == '\'' || c == '’') {
        let (start, whole) = (at, word.trim_end());
        at += word.len();
        // "at State House, where", "at Rideau Hall."
        let bare = whole.trim_end_matches([',', '.', ';', ':', ')']);
        if bare.is_empty() && whole.is_empty() {
            continue;
        }
        let capital = bare.starts_with(char::is_uppercase);
        let is_noun = lists(Class::ResidenceNoun, bare);
        let small = lists(Class::ResidenceSmall, bare.trim_end_matches(['\'', '’']));
        if first.is_none() && small && !capital {
            continue;
        }
        if !(capital || is_noun || small && first.is_some()) || count == WORDS {
            break;
        }
        count += 1;
        if capital || is_noun {
            first = first.or(Some(start));
            last = start + bare.len();
            noun |= is_noun || lists(Class::Residence, bare);
            own |= capital && !is_noun && !lists(Class::ResidencePlain, bare);
        }
        if bare.len() < whole.len() {
            break;
        }
    }
    let span = Span::new(words.start + first?, words.start + last);
    let name = span.of(&reader.doc.text);
    let place = Place {
        key: key(name),
        name: name.to_owned(),
        state: None,
    };
    (noun && own).then_some(place)
}

/// The words of a name, folded and joined by hyphens.
fn key(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|w| !w.is_empty());
    words
        .map(|w| fold(w).into_owned())
        .collect::<Vec<_>>()
        .join("-")
}
