//! Tables of missions: a row for each, with columns for where it is, since when it is open, until when it was, and what it covers besides
//! ("State | Opened | Head of mission", "Seat | Opened | Also covers") → the missions.

use super::cues::cue;
use super::hosted::{host, unreal};
use super::life::periods;
use super::places::{Placed, base};
use crate::document::BlockKind;
use crate::extract::items::{Item, ItemKind, MissionNp};
use crate::extract::reader::{Reader, Sentence};
use crate::fact::{Claim, Edtf, Evidence, EvidenceRole, Fact, Slot, Value};
use crate::language::{Class, Meaning, Rule};
use crate::text::Span;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holds {
    Opened,
    Closed,
    Covered,
    Other,
}

/// A cell of the row: the items within it, and what its column holds.
struct Cell {
    holds: Holds,
    head: Span,
    from: usize,
    to: usize,
}

/// Claims of a row whose column heads say when missions were opened or closed, or what they cover.
pub(in crate::extract) fn columns(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
    rule: &Rule,
) -> Option<Vec<Claim>> {
    let items = &sentence.items;
    let cells = cells(reader, sentence)?;
    let of = |cell: &Cell| items.get(cell.from..cell.to).unwrap_or(&[]);
    let others = || cells.iter().filter(|c| c.holds == Holds::Other);
    let names = || others().filter(|c| plain(of(c)));
    let day = |holds: Holds| {
        let cell = cells.iter().find(|c| c.holds == holds)?;
        periods(reader, sentence, (cell.from, cell.to))
            .first()
            .copied()
    };
    let life = day(Holds::Opened);
    let ended = day(Holds::Closed);
    // "Cusco | consulate | planned"
    let dated = life.or(ended).is_some();
    if !dated && items.iter().any(unreal) {
        return None;
    }
    let (np, noted) = kind(reader, sentence, &cells)?;
    let city = |cell: &Cell| of(cell).iter().find_map(as_city);
    let state = |cell: &Cell| of(cell).iter().find_map(Item::named_body);
    let seat = np.cities.first().map(|c| c.0);
    let seat = seat.or_else(|| {
        let mut pure = names().filter(|c| of(c).first().is_some_and(|i| i.city().is_some()));
        pure.find_map(city)
    });
    let named = names().find_map(state);
    let place = host(reader, sentence);
    let (receiving, seat, sender) = match (seat, named, place) {
        (Some(city), named, _) => {
            let there = np.receiving.or_else(|| reader.state_of_city(city))?;
            let other = named.filter(|s| !reader.same_state(*s, there));
            (there, Some(city), other)
        }
        (None, Some(state), Some((there, city))) if !reader.same_state(state, there) => {
            (there, city, Some(state))
        }
        (None, Some(state), _) => (np.receiving.unwrap_or(state), None, None),
        // "Singapore | 1996" below "Embassies of Peru"
        (None, None, _) => {
            let city = names().find_map(city)?;
            (reader.state_of_city(city)?, Some(city), None)
        }
    };
    let sending = np
        .sending
        .or(sender)
        .or_else(|| reader.heading_side(sentence))
        .or_else(|| reader.own_mission.as_ref().map(|own| own.sending))
        .or_else(|| reader.other_side(receiving))
        .or_else(|| reader.home())
        .filter(|s| !reader.same_state(*s, receiving) && !reader.is_organisation(*s))?;
    let placed = Placed {
        kind: np.kind,
        sending,
        receiving: Some(receiving),
        city: seat,
        ..Placed::default()
    };
    let mut fact = base(reader, &placed);
    let life = life.or_else(|| {
        let cell = noted.and_then(|n| cells.get(n))?;
        periods(reader, sentence, (cell.from, cell.to))
            .first()
            .copied()
    });
    if let Some(life) = life {
        life.put(&mut fact);
    }
    if let Some(day) = ended.and_then(|p| p.closed.or(p.opened)) {
        fact.set(Slot::Closed, Value::Date(day));
    }
    let mut facts = match noted.and_then(|n| cells.get(n)) {
        Some(cell) => raised(reader, sentence, cell, fact),
        None => vec![fact],
    };
    let mut evidence = reader.heading_evidence(sentence);
    evidence.extend(
        cells
            .iter()
            .filter(|c| c.holds != Holds::Other)
            .map(|c| Evidence {
                span: c.head,
                role: EvidenceRole::Heading,
            }),
    );
    for cell in cells.iter().filter(|c| c.holds == Holds::Covered) {
        let covered = of(cell).iter().filter_map(Item::named_body);
        let covered = covered.filter(|b| {
            *b != sending && !reader.same_state(*b, receiving) && !reader.is_organisation(*b)
        });
        facts.extend(covered.filter(|_| seat.is_some()).map(|state| {
            base(
                reader,
                &Placed {
                    receiving: Some(state),
                    ..placed
                },
            )
        }));
    }
    let claims = facts.into_iter();
    let claim = |fact| reader.claim(fact, rule, sentence, None, evidence.clone(), Vec::new());
    Some(claims.map(claim).collect())
}

/// "Consulate; consulate general from 1925": the mission of a row, and what it later became; the end is that of the last.
fn raised(reader: &Reader<'_>, sentence: &Sentence<'_>, cell: &Cell, fact: Fact) -> Vec<Fact> {
    let within = |i: &usize| (cell.from..cell.to).contains(i);
    let items = &sentence.items;
    let ranks =
        (cell.from + 1..cell.to).filter_map(|at| Some((at, items.get(at)?.mission()?.kind)));
    let mut facts = vec![fact];
    for (at, kind) in ranks {
        let near =
            (at + 1..cell.to).take_while(|&i| items.get(i).is_some_and(|x| x.mission().is_none()));
        let date = near
            .filter(within)
            .find(|&i| items.get(i).is_some_and(Item::is_date));
        let day = reader.date(sentence, date).date.and_then(|d| d.start);
        let (Some(day), Some(last)) = (day.filter(|_| date.is_some()), facts.last_mut()) else {
            continue;
        };
        let mut next = last.clone();
        let name = reader.lexicon.missions.get(kind).cloned();
        next.set(Slot::Kind, Value::Term(name.unwrap_or_default()));
        next.set(Slot::Opened, Value::Date(Edtf::on(day)));
        last.slots.remove(&Slot::Closed);
        facts.push(next);
    }
    facts
}

/// The cells of a row below a header that has a column for a mission's days or for what it covers.
fn cells(reader: &Reader<'_>, sentence: &Sentence<'_>) -> Option<Vec<Cell>> {
    let row = reader.block(sentence)?;
    let header = reader.doc.blocks.get(row.header?)?;
    if row.kind != BlockKind::Row {
        return None;
    }
    let cells = row.cells.iter().zip(&header.cells);
    let cells: Vec<Cell> = cells
        .map(|(cell, head)| {
            let within = |i: &Item<'_>| cell.contains(i.span);
            let from = sentence.items.iter().position(within).unwrap_or(0);
            let count = sentence.items.iter().filter(|i| within(i)).count();
            Cell {
                holds: holds(reader, *head),
                head: *head,
                from,
                to: from + count,
            }
        })
        .collect();
    let said = cells.iter().any(|c| c.holds != Holds::Other);
    said.then_some(cells)
}

/// What a column holds, by its head; a column of relations or treaties holds nothing of a mission.
fn holds(reader: &Reader<'_>, head: Span) -> Holds {
    let words = head.of(&reader.doc.text);
    let items = reader.items_of(head);
    let whole = |class: Class| reader.lexicon.has_class(words, class);
    let says =
        |class: Class| whole(class) || words.split(' ').any(|w| reader.lexicon.has_class(w, class));
    let other = |i: &Item<'_>| {
        i.is(Class::Relations) || i.actor().is_some() || matches!(i.kind, ItemKind::Treaty(_))
    };
    if items.iter().any(other) {
        Holds::Other
    } else if whole(Class::KeyCovers) || items.iter().any(|i| cue(reader, i)) {
        Holds::Covered
    } else if says(Class::KeyOpened) || whole(Class::Since) {
        Holds::Opened
    } else if says(Class::KeyClosed) || whole(Class::Until) {
        Holds::Closed
    } else {
        Holds::Other
    }
}

/// The mission of a row, and in which of its cells it stands: named there, by the head of a column, or by the lines above.
fn kind(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
    cells: &[Cell],
) -> Option<(MissionNp, Option<usize>)> {
    let lead = |cell: &Cell| {
        let items = sentence.items.get(cell.from..cell.to)?;
        let np = items.first()?.mission()?;
        let told = items.iter().any(|i| i.is_finite() || i.actor().is_some());
        (cell.holds == Holds::Other && !told).then(|| np.clone())
    };
    let own = cells
        .iter()
        .enumerate()
        .find_map(|(at, c)| Some((lead(c)?, Some(at))));
    let headed = || {
        let heads = cells.iter().filter(|c| c.holds == Holds::Other);
        heads.map(|c| reader.items_of(c.head)).find_map(|head| {
            // "Head of mission"
            let person = |i: &Item<'_>| i.actor().is_some() || i.is(Class::ColumnName);
            let np = head.iter().find_map(Item::mission)?;
            (!head.iter().any(person)).then_some(())?;
            Some((np.clone(), None))
        })
    };
    let above = || {
        let lines = reader.above(sentence);
        let line = lines
            .iter()
            .find(|l| l.items.iter().any(|i| i.mission().is_some()))?;
        if line.items.iter().any(unreal) {
            return None;
        }
        let np = line.items.iter().find_map(Item::mission)?;
        Some((np.clone(), None))
    };
    let (mut np, cell) = own.or_else(headed).or_else(above)?;
    // "Embassies in Lima": where all of them are is no seat of the row's own.
    if cell.is_none() {
        np.cities.clear();
        np.receiving = None;
    }
    Some((np, cell))
}

/// Whether a cell holds nothing but names of places, a kind of mission and what is noted in brackets.
fn plain(items: &[Item<'_>]) -> bool {
    let name = |i: &Item<'_>| {
        matches!(
            i.kind,
            ItemKind::City(_) | ItemKind::Body(..) | ItemKind::Mission(_)
        ) || i.is_date()
            || matches!(i.kind, ItemKind::Sign(_))
            || i.is(Class::Article)
    };
    let noted = items.iter().position(|i| i.sign('('));
    let told = items.get(..noted.unwrap_or(items.len())).unwrap_or(&[]);
    !told.is_empty() && told.iter().all(name)
}

/// The city that a name can mean, whether it is read as one or as a state.
fn as_city(item: &Item<'_>) -> Option<usize> {
    let named = item.meanings.iter().find_map(|m| {
        if let Meaning::City(city) = m {
            Some(*city)
        } else {
            None
        }
    });
    item.city().or(named)
}
