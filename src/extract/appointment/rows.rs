//! A line or row of a list of heads of mission → the offices that it gives a person, one after the other, each with its term.

use super::term::Term;
use crate::document::BlockKind;
use crate::extract::items::{Item, ItemKind, OfficeNp};
use crate::extract::lasting::lasts;
use crate::extract::offices::is_head_of_mission;
use crate::extract::reader::{Reader, Sentence};
use crate::fact::Edtf;
use crate::language::{Class, Rule};

/// How many items stand at most between a relative and the office of its clause.
const CLAUSE: usize = 7;

/// An office with its term.
pub(super) struct Turn {
    pub(super) role: String,
    pub(super) term: Term,
}

/// An office of a line as it is read: whether the line itself names it, and the item of its date.
struct Read {
    role: String,
    said: bool,
    date: Option<usize>,
}

/// The role of an office in a list of heads of mission, where a bare "Minister" is a head of legation.
pub(super) fn head(reader: &Reader<'_>, office: &OfficeNp) -> Option<String> {
    Some(reader.role_name(office.role)).filter(|r| is_head_of_mission(r) || r == "Minister")
}

/// Whether a row of a table has a cell with a head of mission's office: it is one of a list of them, whatever stands above.
pub(in crate::extract) fn is_row(reader: &Reader<'_>, sentence: &Sentence<'_>) -> bool {
    let items = &sentence.items;
    let office = |at: usize| {
        let actor = items.get(at)?.actor().filter(|a| a.name.is_none())?;
        let role = reader.role_name(actor.office.as_ref()?.role);
        let alone = |i: Option<&Item<'_>>| i.is_none_or(|x| x.sign('|') || x.sign(';'));
        let own = at.checked_sub(1).and_then(|i| items.get(i));
        (is_head_of_mission(&role) && alone(own)).then_some(())
    };
    let row = reader.block(sentence).map(|b| b.kind) == Some(BlockKind::Row);
    let named = items
        .iter()
        .any(|i| i.actor().is_some_and(|a| a.name.is_some()));
    row && named && (0..items.len()).any(|at| office(at).is_some())
}

/// The offices of the person named at the item `first`; `named` says that the line gives the office `role` with the name.
pub(super) fn turns(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
    first: usize,
    named: bool,
    role: &str,
) -> Vec<Turn> {
    let items = &sentence.items;
    let row = reader.block(sentence).map(|b| b.kind) == Some(BlockKind::Row);
    let dated = |i: &usize| {
        let item = items.get(*i);
        item.is_some_and(|x| matches!(x.kind, ItemKind::Date(_)))
    };
    // "12 May 1961 | Ana Soto | envoy | 1966": in a row the date before the name is that of the beginning.
    // "1981–1992: Ana Soto, formerly consul in Lima (1976–1981)": in a line a term before it is his.
    let term = |i: &usize| dated(i) && lasts(items, *i);
    let ahead = (0..first).rev().find(|i| row && dated(i) || term(i));
    let ahead = ahead.map(|at| begins_before(reader, sentence, at).unwrap_or(at));
    let mut read = vec![Read {
        role: role.to_owned(),
        said: named,
        date: ahead,
    }];
    // "chargé d'affaires from 1944 to 1969, then ambassador until 1989": each office with its own dates.
    for (at, item) in items.iter().enumerate().skip(first + 1) {
        let unnamed = item.actor().filter(|a| a.name.is_none());
        let office = unnamed.and_then(|a| a.office.as_ref());
        let office = office.filter(|o| !remarked(items, at, o));
        if let Some(later) = office.and_then(|o| head(reader, o)) {
            // "since 1995, nuncio": its date stands before it, in the same cell.
            let before = (at.saturating_sub(3)..at).rev();
            let mut before = before.take_while(|&i| items.get(i).is_some_and(|x| !x.sign('|')));
            let before =
                before.find(|i| dated(i) && row && read.iter().all(|r| r.date != Some(*i)));
            match read.last_mut() {
                // "Ana Soto (minister, 1951–1958)": the line says what the list's heading does not.
                Some(last) if !last.said && (last.date.is_none() || last.date == ahead) => {
                    last.role = later;
                    last.said = true;
                }
                Some(Read { role, date, .. }) if date.is_some() && *role != later => {
                    read.push(Read {
                        role: later,
                        said: true,
                        date: before,
                    });
                }
                _ => {}
            }
        } else if dated(&at)
            && let Some(last) = read.last_mut()
        {
            last.date = last.date.or(Some(at));
        }
    }
    // "Ana Soto (1942–1947), chargé d'affaires"
    if let [one, two] = read.as_mut_slice()
        && !named
        && two.date.is_none()
        && one.date != ahead
    {
        std::mem::swap(&mut one.role, &mut two.role);
    }
    let kept = read.iter().rposition(|r| r.date.is_some());
    read.truncate(kept.map_or(1, |last| last + 1));
    if let [one] = read.as_mut_slice() {
        one.date = one.date.or_else(|| (0..items.len()).find(dated));
    }
    again(items, &mut read);
    let mut turns: Vec<Turn> = Vec::new();
    let mut ended: Option<Edtf> = None;
    for (nth, one) in read.iter().enumerate() {
        let mut term = Term::read(reader, sentence, one.date, None);
        let next = read.get(nth + 1).and_then(|n| n.date);
        // A row of a table: the start in one cell, the end in the next.
        if row && term.end.is_none() && term.start.is_some() {
            let taken = |i: &usize| read.iter().any(|r| r.date == Some(*i));
            let from = one.date.unwrap_or(0) + 1;
            let end = next.or_else(|| {
                (from..items.len()).find(|i| dated(i) && !taken(i) && ends(reader, sentence, *i))
            });
            let end = reader.date(sentence, end).date;
            term.end = end.filter(|d| !d.interval);
        }
        term.start = term.start.or(ended);
        ended = term.end;
        turns.push(Turn {
            role: one.role.clone(),
            term,
        });
    }
    turns
}

/// "1961 | 1966 | Ana Soto": the date in the cell before that of a date, when the latter is an end.
fn begins_before(reader: &Reader<'_>, sentence: &Sentence<'_>, at: usize) -> Option<usize> {
    let items = &sentence.items;
    let cells = &reader.block(sentence)?.cells;
    let cell = |i: usize| {
        let span = items.get(i)?.span;
        cells.iter().position(|c| c.contains(span))
    };
    let own = cell(at)?;
    let before = (0..at).rev().find(|&i| cell(i).is_some_and(|c| c != own))?;
    let alone = |i: usize| {
        let within = |x: &&Item<'_>| {
            cells
                .get(cell(i).unwrap_or(own))
                .is_some_and(|c| c.contains(x.span))
        };
        items.iter().filter(within).count() == 1
    };
    let year = |i: usize| {
        let item = items.get(i).filter(|x| x.is_date());
        item.and_then(|_| reader.date(sentence, Some(i)).date)?
            .year()
    };
    let (from, to) = (year(before)?, year(at)?);
    let terms = cell(before)? + 1 == own && alone(before) && alone(at);
    (terms && from <= to && ends(reader, sentence, at)).then_some(before)
}

/// "Ana Soto, 1906–1911 and 1914–1916": further terms right behind the only one of a line, in the same office.
fn again(items: &[Item<'_>], read: &mut Vec<Read>) {
    let [one] = read.as_slice() else { return };
    let (Some(last), role, said) = (one.date, one.role.clone(), one.said) else {
        return;
    };
    read.extend(terms_behind(items, last).into_iter().map(|next| Read {
        role: role.clone(),
        said,
        date: Some(next),
    }));
}

/// "from 1906 to 1911 and from 1914 to 1916", "(1906–1911; again 1914–1916)": the dates of further terms right behind that of one.
pub(super) fn terms_behind(items: &[Item<'_>], first: usize) -> Vec<usize> {
    let small = |i: &Item<'_>| {
        let classes = [
            Class::From,
            Class::Of,
            Class::Article,
            Class::Then,
            Class::Again,
        ];
        matches!(i.kind, ItemKind::Word) && classes.iter().any(|c| i.is(*c))
    };
    let joint = |i: &Item<'_>| {
        i.is(Class::And) || i.is(Class::Then) || i.is(Class::Again) || i.sign(',') || i.sign(';')
    };
    let mut found = Vec::new();
    let mut last = first;
    while items.get(last + 1).is_some_and(joint) {
        let behind = items.iter().enumerate().skip(last + 2);
        let next = behind
            .skip_while(|(_, i)| small(i))
            .map(|(at, _)| at)
            .next();
        let Some(next) = next.filter(|&at| lasts(items, at)) else {
            break;
        };
        found.push(next);
        last = next;
    }
    found
}

/// "Ana Soto, credentials 4 May 1968, recalled in 1972", "; fin de misión el 3 de mayo": when a line says that the term of who is named at an item ended.
pub(super) fn left(reader: &Reader<'_>, sentence: &Sentence<'_>, first: usize) -> Option<Edtf> {
    let items = &sentence.items;
    let goes = |i: &Item<'_>| {
        let mut rules = i.rules(reader.lexicon);
        let end = |r: &Rule| r.set.get("slot").is_some_and(|s| s == "end");
        let dies = |r: &Rule| r.id.ends_with(".died");
        i.is(Class::ColumnEnd) || rules.any(|r| r.fact == "appointment" && end(r) && !dies(r))
    };
    let dated = |i: &usize| items.get(*i).is_some_and(Item::is_date);
    let date = (first + 1..items.len()).filter(dated).find(|&date| {
        let before = items.get(first + 1..date).unwrap_or(&[]).iter().rev();
        let mut words = before.take_while(|i| !(i.is_date() || i.actor().is_some()));
        words.any(goes)
    });
    Term::read(reader, sentence, Some(date?), Some("end")).end
}

/// Whether a date of a row can be an end: its column is not that of the credentials or of a beginning.
fn ends(reader: &Reader<'_>, sentence: &Sentence<'_>, at: usize) -> bool {
    let span = sentence.items.get(at).map(|i| i.span);
    let head = span.and_then(|s| reader.column_head(sentence, s));
    // "Appointed | Presented credentials | Terminated mission"
    let credentials = |i: &Item<'_>| {
        let mut rules = i.rules(reader.lexicon);
        i.is(Class::ColumnStart)
            || i.is(Class::Credentials)
            || rules.any(|r| r.id.ends_with("appointment.credentials"))
    };
    head.is_none_or(|head| !reader.items_of(head).iter().any(credentials))
}

/// "Formerly consul", "Later high commissioner to Fiji", "consul until then": whether an office in a remark is another than that of the list.
pub(super) fn remarked(items: &[Item<'_>], at: usize, office: &OfficeNp) -> bool {
    // "2016–2018; transferred to Accra as ambassador": where he went.
    let before = items.get(..at).unwrap_or(&[]);
    let aside = before.iter().rposition(|i| i.sign(';'));
    let went = aside
        .and_then(|from| before.get(from..))
        .is_some_and(|b| b.iter().any(Item::is_finite));
    if went && !items.iter().skip(at).any(Item::is_date) {
        return true;
    }
    let cell = before.iter().rev();
    let cell = cell.take_while(|i| !(matches!(i.kind, ItemKind::Sign(_) | ItemKind::Date(_))));
    let other = [Class::Formerly, Class::Earlier, Class::Former, Class::Later];
    let row = items.iter().any(|i| i.sign('|'));
    // "Already minister; letters handed in …": a word that the lexicon does not know before it.
    let unknown = |i: &Item<'_>| matches!(i.kind, ItemKind::Word) && i.meanings.is_empty();
    if row
        && at
            .checked_sub(1)
            .and_then(|i| items.get(i))
            .is_some_and(unknown)
    {
        return true;
    }
    let mut words = cell.filter(|i| other.iter().any(|c| i.is(*c)) || row && i.is(Class::Then));
    let behind = items.get(at + 1);
    let until_then = row && behind.is_some_and(|i| i.is(Class::Formerly) || i.is(Class::Earlier));
    // "Ana Soto, who had been consul in Arica": what a relative clause tells of another place or time.
    let relative = before.iter().rposition(|i| i.is(Class::Relative));
    let clause = relative.and_then(|from| before.get(from..));
    let aside = clause.is_some_and(|clause| {
        let seated = office.city.or(office.to).is_some();
        clause.len() < CLAUSE && (seated || clause.iter().any(Item::tells_earlier))
    });
    office.former || until_then || aside || words.next().is_some()
}
