//! Names with the family name first in lists and tables, "Soto, Ana" and "SOTO (Ana)" → the person "Ana Soto".

use super::Reader;
use crate::document::BlockKind;
use crate::extract::items::{Actor, Item, ItemKind};
use crate::language::Class;
use crate::text::Span;
use std::collections::BTreeMap;

/// How many names of a list are written so, where capitals do not tell.
const SEVERAL: usize = 3;

/// The heading of a list, and the sentence that is one by itself.
type List = (Option<usize>, Option<usize>);

/// How many parts a sentence has at most that is read as a list of them.
const MOST: usize = 200;

/// What stands behind a whole name and is no given name.
const SUFFIXES: &[&str] = &["Jr", "Jr.", "Sr", "Sr.", "Esq.", "Bt", "Acting"];

/// A family name with the given names behind it.
struct Inverted {
    sentence: usize,
    /// Both, with the signs between and behind them.
    span: Span,
    name: String,
    /// Whether the family name is one word.
    single: bool,
    /// Whether only the family name is written in capitals.
    capitals: bool,
    /// Whether the given name is a place's, too.
    placed: bool,
}

impl Reader<'_> {
    /// Makes one person of each family name with given names behind it, where the lines of a list or the cells of a column are written so.
    pub(super) fn turn_names(&mut self) {
        // By heading, column and sentence (where one has several), with the number of lines that may have such a name.
        let mut lists: BTreeMap<(List, usize), (Vec<Inverted>, usize)> = BTreeMap::new();
        for (index, sentence) in self.sentences.iter().enumerate() {
            let Some(block) = self.doc.blocks.get(sentence.block) else {
                continue;
            };
            let parts = parts(sentence.span, &self.doc.text);
            let own = (block.under.last().copied(), None);
            let (list, places) = match block.kind {
                BlockKind::Row => (own, block.cells.clone()),
                BlockKind::Item => (own, vec![sentence.span]),
                _ if (SEVERAL..=MOST).contains(&parts.len()) => ((own.0, Some(index)), parts),
                BlockKind::Entry => (own, vec![sentence.span]),
                BlockKind::Title
                | BlockKind::Heading(_)
                | BlockKind::Label
                | BlockKind::Paragraph
                | BlockKind::HeaderRow
                | BlockKind::Question
                | BlockKind::Answer => continue,
            };
            let several = list.1.is_some();
            for (at, place) in places.into_iter().enumerate() {
                // The parts of a sentence are one list, the cells of a row stand in columns.
                let column = if several { 0 } else { at };
                let key = (list, column);
                let list = lists.entry(key).or_default();
                let mut named = sentence.items.iter().filter(|i| place.contains(i.span));
                let Some(first) = named.find(|i| begins_name(i)) else {
                    continue;
                };
                list.1 += 1;
                let from = Span::new(first.span.start, place.end);
                list.0.extend(self.inverted(index, &sentence.items, from));
            }
        }
        for (found, lines) in lists.into_values() {
            let sure = found.iter().filter(|i| !i.placed).count();
            let all = found.len() >= SEVERAL && found.len() * 4 >= lines * 3;
            // "Ana Soto, Merchant": the first is a whole name.
            let single = found.iter().filter(|i| i.single).count();
            let all = all && sure * 2 >= found.len() && single * 2 >= found.len();
            let sure = |name: &&Inverted| name.capitals && !name.placed;
            for name in found.iter().filter(|name| all || sure(name)) {
                self.turn(name);
            }
        }
    }

    /// The family name that a stretch begins with, and the given names behind its comma or in brackets.
    fn inverted(&self, sentence: usize, items: &[Item<'_>], place: Span) -> Option<Inverted> {
        let words = place.of(&self.doc.text);
        let at = words.find([',', '('])?;
        let (family, rest) = words.split_at_checked(at)?;
        let closed = rest.starts_with('(');
        let behind = rest.get(1..)?;
        let end = if closed {
            behind.find(')')?
        } else {
            let ends = |c: char| ",;:()[]|/–—\t".contains(c) || c.is_ascii_digit();
            behind.find(ends).unwrap_or(behind.len())
        };
        let given = behind.get(..end)?;
        // "Soto, Ana depuis 1951", "Soto, Ana - 1951"
        let given = given.trim().trim_end_matches(['-', '.', '→']).trim_end();
        let given = match given.rsplit_once(' ') {
            Some((given, last)) if is_small(last) && !PARTICLES.contains(&last) => given,
            _ => given,
        };
        let family = family.trim_end();
        let start = place.start + at + 1 + behind.find(given)?;
        let stop = start + given.len();
        let span = Span::new(
            place.start,
            if closed {
                place.start + at + 2 + end
            } else {
                stop
            },
        );
        let is_given = |i: &&Item<'_>| i.span.start >= start && i.span.start < stop;
        let other = |i: &Item<'_>| {
            let office = i
                .actor()
                .is_some_and(|a| a.office.is_some() || a.stand.is_some());
            office || i.body().is_some() || i.mission().is_some() || i.is_date()
        };
        let inside = items
            .iter()
            .filter(|i| i.span.start >= span.start && i.span.start < stop);
        let decorated = in_capitals(given) && given.len() <= 4 && !in_capitals(family);
        let suffix = decorated || SUFFIXES.contains(&given);
        let names = is_family(family) && are_given(given) && !suffix;
        let fits = names && !inside.clone().any(other);
        fits.then(|| Inverted {
            sentence,
            span,
            name: format!("{given} {family}"),
            single: family.split_whitespace().filter(|w| !is_small(w)).count() == 1,
            capitals: in_capitals(family) && !in_capitals(given),
            placed: items.iter().filter(is_given).any(|i| i.city().is_some()),
        })
    }

    /// Puts the person in the place of the words.
    fn turn(&mut self, name: &Inverted) {
        let Some(sentence) = self.sentences.get_mut(name.sentence) else {
            return;
        };
        let items = &mut sentence.items;
        let within = |i: &Item<'_>| i.span.start >= name.span.start && i.span.end <= name.span.end;
        let Some(first) = items.iter().position(within) else {
            return;
        };
        let count = items.iter().skip(first).take_while(|i| within(i)).count();
        let gone = items.drain(first + 1..first + count).count();
        for (at, item) in items.iter_mut().enumerate() {
            if at == first {
                item.kind = ItemKind::Actor(Actor {
                    name: Some(name.name.clone()),
                    name_span: Some(name.span),
                    titled: true,
                    ..Actor::default()
                });
                item.span = name.span;
                item.meanings = crate::language::Meanings::default();
                item.list = first;
            } else if item.list > first {
                item.list = item.list.saturating_sub(gone).max(first);
            }
        }
    }
}

/// The parts of a sentence between semicolons, without what leads the first with a colon.
fn parts(span: Span, text: &str) -> Vec<Span> {
    let words = span.of(text);
    let mut start = words
        .find([':', ';'])
        .map_or(0, |at| match words.get(at..) {
            Some(rest) if rest.starts_with(':') => at + 1,
            _ => 0,
        });
    let mut found = Vec::new();
    for (at, _) in words.match_indices(';').chain([(words.len(), "")]) {
        found.push(Span::new(span.start + start.min(at), span.start + at).trim(text));
        start = at + 1;
    }
    found
}

/// Whether an item may begin a family name: no date, sign or word of a term.
fn begins_name(item: &Item<'_>) -> bool {
    let small = [Class::From, Class::To, Class::Since, Class::Of, Class::In];
    !matches!(item.kind, ItemKind::Date(_) | ItemKind::Sign(_))
        && !small.iter().any(|c| item.is(*c))
}

fn in_capitals(words: &str) -> bool {
    words.chars().filter(|c| c.is_uppercase()).count() > 1 && !words.chars().any(char::is_lowercase)
}

/// "Soto", "DE LA VEGA", "Ruiz Paz", "von Berg": one word or two, with particles before them.
fn is_family(words: &str) -> bool {
    let parts: Vec<&str> = words.split_whitespace().collect();
    let capital = |w: &&&str| w.starts_with(char::is_uppercase);
    let capitals = parts.iter().filter(capital).count();
    let plain = |w: &str| w.chars().all(|c| c.is_alphabetic() || "'’-".contains(c));
    (1..=4).contains(&parts.len())
        && capitals >= 1
        && parts
            .iter()
            .all(|w| plain(w) && (w.starts_with(char::is_uppercase) || w.len() <= 3))
        && parts.last().is_some_and(|w| w.chars().count() > 1)
}

fn is_small(word: &str) -> bool {
    word.starts_with(char::is_lowercase)
}

/// Small words of a family name that stand behind the given name where the order is turned round ("Berg, Hugo van den").
const PARTICLES: &[&str] = &[
    "de", "del", "la", "las", "los", "du", "des", "van", "von", "der", "den", "da", "dos", "di",
    "af", "av", "zu", "ter",
];

/// "Ana", "Jean-Paul", "Luis M.", "Hugo van": up to three words with a capital, and particles.
fn are_given(words: &str) -> bool {
    let plain = |w: &str| w.chars().all(|c| c.is_alphabetic() || ".'’-".contains(c));
    let parts: Vec<&str> = words.split_whitespace().collect();
    (1..=4).contains(&parts.len())
        && parts
            .iter()
            .all(|w| (w.starts_with(char::is_uppercase) || PARTICLES.contains(w)) && plain(w))
        && parts
            .first()
            .is_some_and(|w| w.starts_with(char::is_uppercase))
}
