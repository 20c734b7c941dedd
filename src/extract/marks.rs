//! A claim and the document that it is of → the words behind each of its parts: those that triggered its rule, and those that fill its slots.
//!
//! Nothing is kept of this when a document is read; it is found anew for the few claims that somebody asks about.

use super::items::{Item, ItemKind};
use super::pieces::Piece;
use super::quantity::Unit;
use super::reader::{Reader, Sentence, Who};
use super::titles::title;
use crate::fact::{Claim, Edtf, Evidence, EvidenceRole, Slot, Value};
use crate::language::{Class, Meaning};
use crate::text::Span;

/// What words do for a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// They made the rule look at the sentence.
    Trigger,
    /// They fill a slot, or stand for what fills it.
    Slot(Slot),
}

impl Part {
    /// `trigger`, or the name of the slot.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Trigger => "trigger",
            Self::Slot(slot) => slot.name(),
        }
    }
}

/// Words of a document and what they do for a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mark {
    /// Where they stand, in bytes of the document's text.
    pub span: Span,
    /// What they do.
    pub part: Part,
}

/// A sentence to look into, as far as a passage covers it.
struct Place<'r> {
    index: usize,
    sentence: &'r Sentence<'r>,
    limit: Span,
    pieces: Vec<Piece<'r>>,
}

/// The marks of a claim, in order of the text. A slot whose value no words give (a term that the rule sets, a capital that nobody names) has none.
pub(super) fn marks(reader: &Reader<'_>, claim: &Claim) -> Vec<Mark> {
    let cited = |context: bool| {
        let of_role = move |e: &&Evidence| (e.role == EvidenceRole::Context) == context;
        let passages = claim.evidence.iter().filter(of_role).map(|e| e.span);
        passages.flat_map(|span| places(reader, span)).collect()
    };
    let passages: Vec<Place<'_>> = cited(false);
    let trigger = claim
        .trigger
        .or_else(|| triggered(reader, passages.first()?, &claim.rule));
    let near = trigger.unwrap_or(claim.statement()).start;
    let title = claim.fact.text(Slot::Title);
    let titled = passages.iter().find_map(|place| {
        let at = place.limit.of(&reader.doc.text).find(title.as_str());
        at.filter(|_| !title.is_empty())
            .map(|at| place.limit.start + at)
    });
    let mut found: Vec<Mark> = Vec::new();
    found.extend(trigger.map(|span| Mark {
        span,
        part: Part::Trigger,
    }));
    // Where a side, a heading's office or a year can stand that the passages do not show; looked at only for what they leave open.
    let mut beyond: Option<Vec<Place<'_>>> = None;
    for (&slot, values) in &claim.fact.slots {
        let part = Part::Slot(slot);
        // "They signed several agreements, such as an Agreement on Culture": the kind of a treaty is that of its own noun.
        let near = if slot == Slot::Kind {
            titled.unwrap_or(near)
        } else {
            near
        };
        for value in values {
            let words = |place: &Place<'_>| words(reader, place, slot, value, near);
            let before = found.len();
            let here = passages.iter().filter_map(words);
            found.extend(here.map(|span| Mark { span, part }));
            if found.len() == before {
                let beyond = beyond.get_or_insert_with(|| {
                    let mut places: Vec<Place<'_>> = cited(true);
                    places.extend(above(reader, claim.statement()));
                    places
                });
                let span = beyond.iter().find_map(words);
                found.extend(span.map(|span| Mark { span, part }));
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn place<'r>(
    reader: &'r Reader<'_>,
    index: usize,
    sentence: &'r Sentence<'r>,
    limit: Span,
) -> Place<'r> {
    Place {
        index,
        sentence,
        limit,
        pieces: reader.pieces(sentence),
    }
}

/// The sentences that a passage covers.
fn places<'r>(reader: &'r Reader<'_>, passage: Span) -> Vec<Place<'r>> {
    let first = reader
        .sentences
        .partition_point(|s| s.span.end <= passage.start);
    let rest = reader.sentences.get(first..).unwrap_or(&[]);
    (first..)
        .zip(rest)
        .take_while(|(_, s)| s.span.start < passage.end)
        .map(|(index, s)| place(reader, index, s, passage))
        .collect()
}

/// Headings and labels above a statement, the head of its table, the title.
fn above<'r>(reader: &'r Reader<'_>, statement: Span) -> Vec<Place<'r>> {
    let Some(sentence) = reader.sentence_at(statement.start) else {
        return Vec::new();
    };
    let block = |at: usize| reader.doc.blocks.get(at).map(|b| b.span);
    let header = reader
        .block(sentence)
        .and_then(|b| b.header)
        .and_then(block);
    let title = block(0).filter(|_| !reader.doc.title.is_empty());
    let above = reader.above(sentence).into_iter().map(|s| s.span);
    above
        .chain(header)
        .chain(title)
        .chain(reader.sides_span)
        .flat_map(|span| places(reader, span))
        .collect()
}

/// The first word of the statement that triggers the rule; of an entry of a fact sheet, its key.
fn triggered(reader: &Reader<'_>, place: &Place<'_>, rule: &str) -> Option<Span> {
    let id = rule.split_once('.')?.1;
    let same = |at: usize| reader.lexicon.rules.get(at).is_some_and(|r| r.id == id);
    let triggers = |m: &Meaning| matches!(m, Meaning::Trigger(at, _) if same(*at));
    let piece = place
        .pieces
        .iter()
        .find(|p| p.meanings.iter().any(triggers));
    let key = || reader.block(place.sentence)?.key;
    piece.map(|p| p.span).or_else(key)
}

/// The words of a place that give a value: the surest, and of these the nearest to the trigger.
fn words(
    reader: &Reader<'_>,
    place: &Place<'_>,
    slot: Slot,
    value: &Value,
    near: usize,
) -> Option<Span> {
    let mut found = Vec::new();
    for piece in &place.pieces {
        found.extend(by_piece(reader, piece, slot, value).map(|rank| (rank, piece.span)));
    }
    for item in &place.sentence.items {
        found.extend(by_item(reader, place.index, item, value));
    }
    if let Value::Text(words) = value {
        let at = place.limit.of(&reader.doc.text).find(words.as_str());
        found.extend(at.map(|at| {
            let start = place.limit.start + at;
            (0, Span::new(start, start + words.len()))
        }));
    }
    found
        .into_iter()
        .filter(|(_, span)| place.limit.contains(*span))
        .min_by_key(|(rank, span)| (*rank, span.start.abs_diff(near)))
        .map(|(_, span)| span)
}

/// How surely a word gives a value, the surest first; `None` where it does not.
fn by_piece(reader: &Reader<'_>, piece: &Piece, slot: Slot, value: &Value) -> Option<u8> {
    let lexicon = reader.lexicon;
    let means = |telling: &dyn Fn(&Meaning) -> bool| piece.meanings.iter().any(telling);
    let rank = |found: bool, rank: u8| found.then_some(rank);
    match value {
        Value::Body(body) => {
            let wanted = reader.gazetteer.body_index(&body.key)?;
            let city = piece.city().and_then(|c| reader.state_of_city(c)) == Some(wanted);
            rank(
                means(&|m| matches!(m, Meaning::Body(b, _) if *b == wanted)),
                0,
            )
            .or(rank(city, 2))
            .or(rank(
                reader.is_side(wanted) && piece.is(Class::BothStates),
                3,
            ))
            .or(rank(piece.is(Class::TheState), 4))
        }
        Value::Place(place) => {
            let wanted = reader.gazetteer.city_index(&place.key)?;
            rank(means(&|m| matches!(m, Meaning::City(c) if *c == wanted)), 0)
                .or(rank(piece.is(Class::Capital), 2))
        }
        Value::Office(office) if slot == Slot::Role => {
            let role =
                |i: &usize| lexicon.offices.get(*i).map(String::as_str) == Some(&office.role);
            rank(means(&|m| matches!(m, Meaning::Office(i) if role(i))), 0).or(rank(
                piece.is(Class::HeadsHeading) || piece.is(Class::MissionHead),
                4,
            ))
        }
        Value::Term(term) => {
            let is = |list: &[String], i: usize| list.get(i) == Some(term);
            let class = match (slot, term.as_str()) {
                (Slot::Kind, "state") => Some(Class::VisitState),
                (Slot::Kind, "official") => Some(Class::VisitOfficial),
                (Slot::Kind, "working") => Some(Class::VisitWorking),
                (Slot::Measure, "rank") => Some(Class::Rank),
                (Slot::Status, "former") => Some(Class::Former),
                _ => None,
            };
            let telling = |m: &Meaning| match (slot, m) {
                (Slot::Kind, Meaning::Mission(i)) => is(&lexicon.missions, *i),
                (Slot::Kind, Meaning::Treaty(i)) => is(&lexicon.treaties, *i),
                (Slot::Topics, Meaning::Topic(i)) => is(&lexicon.topics, *i),
                (Slot::Measure, Meaning::Measure(i)) => is(&lexicon.measures, *i),
                _ => false,
            };
            rank(means(&telling) || class.is_some_and(|c| piece.is(c)), 0)
        }
        Value::Office(_)
        | Value::Person(_)
        | Value::Date(_)
        | Value::Text(_)
        | Value::Number(_) => None,
    }
}

/// Words of an item that give a value, with how surely they do.
fn by_item(reader: &Reader<'_>, index: usize, item: &Item, value: &Value) -> Option<(u8, Span)> {
    match (value, &item.kind) {
        (Value::Person(person), ItemKind::Actor(actor)) => {
            let who = reader.who(index, item);
            let named = |p: usize| reader.people.known.get(p).map(|k| k.name.as_str());
            let same = who
                .iter()
                .any(|w| w.person.and_then(named) == Some(&person.name));
            let rank = u8::from(actor.name.is_none());
            same.then(|| (rank, actor.name_span.unwrap_or(item.span)))
        }
        (Value::Office(office), ItemKind::Actor(actor)) => {
            let who = reader.who(index, item);
            let of = |w: &Who| w.of.and_then(|b| reader.body(b));
            let said = actor.office.as_ref().and_then(|o| title(reader, o.span));
            let full = said.as_ref() == Some(&office.role);
            let same = |w: &&Who| full || w.role.as_deref() == Some(&office.role);
            let found = who.iter().find(same)?;
            let rank = u8::from(office.of.is_some() && of(found) != office.of) + 1;
            let span = actor.office.as_ref().map_or(item.span, |o| o.span);
            Some((rank, span))
        }
        (Value::Body(body), ItemKind::Actor(actor)) => {
            let of = actor.office.as_ref().and_then(|o| o.of).or(actor.body)?;
            let same = reader.body(of).is_some_and(|found| found.key == body.key);
            let span = actor.office.as_ref().map_or(item.span, |o| o.span);
            same.then_some((3, span))
        }
        (Value::Date(date), ItemKind::Date(found)) => {
            Some((dated(found.date.as_ref()?, date)?, found.span))
        }
        (Value::Number(number), ItemKind::Quantity(quantity)) => {
            (quantity.value == *number).then_some((0, item.span))
        }
        (Value::Term(term), ItemKind::Quantity(quantity)) => {
            let unit = match quantity.unit {
                Unit::Currency(i) => reader
                    .gazetteer
                    .currencies()
                    .get(i)
                    .map_or("", |c| c.code.as_str()),
                Unit::People => "people",
                Unit::Percent => "percent",
                Unit::Rank => "rank",
            };
            (unit == term).then_some((1, item.span))
        }
        (Value::Text(words), ItemKind::Treaty(treaty)) => {
            let title = treaty.title.of(&reader.doc.text).split_whitespace();
            title
                .eq(words.split_whitespace())
                .then_some((1, treaty.title))
        }
        _ => None,
    }
}

/// Whether a date as read gives the date of a claim: the same, an end of an interval, or one that it was completed from.
pub(super) fn dated(found: &Edtf, wanted: &Edtf) -> Option<u8> {
    if found == wanted {
        return Some(0);
    }
    let ends = [found.start, found.end];
    let mut days = [wanted.start, wanted.end].into_iter();
    if days.any(|day| day.is_some() && ends.contains(&day)) {
        return Some(1);
    }
    (wanted.refines(found) || found.refines(wanted)).then_some(2)
}
