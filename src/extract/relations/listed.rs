//! States with dates in lists and tables under words that tell of relations → an event with each of them.

use super::enumerated::is_unsaid;
use crate::document::BlockKind;
use crate::extract::appointment::is_open;
use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::{Reader, Sentence};
use crate::fact::{Claim, Evidence, EvidenceRole, Fact, Kind, Slot, Value};
use crate::language::{Class, Meaning, Rule};
use crate::text::Span;

/// How many words besides states, dates and signs a line of such a list has at most.
const WORDS: usize = 3;

/// What the words above a list tell of those whom it names.
#[derive(Clone, Debug)]
struct Told {
    event: String,
    /// The state that the list is about.
    own: usize,
    /// "States recognised by Peru": that state acts, not those listed.
    acts: bool,
    evidence: Vec<Evidence>,
}

/// Claims of a line or row that is a state and a date, or several states and one, under words for relations or recognition.
pub(in crate::extract) fn listed(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
    rule: &Rule,
) -> Vec<Claim> {
    let Some(block) = reader.block(sentence) else {
        return Vec::new();
    };
    let items = &sentence.items;
    let (states, dates) = match block.kind {
        BlockKind::Row => row(reader, sentence),
        BlockKind::Item | BlockKind::Entry => line(reader, items),
        BlockKind::Title
        | BlockKind::Heading(_)
        | BlockKind::Label
        | BlockKind::Paragraph
        | BlockKind::HeaderRow
        | BlockKind::Question
        | BlockKind::Answer => return Vec::new(),
    };
    if states.is_empty() || dates.is_empty() {
        return Vec::new();
    }
    let mut claims = Vec::new();
    for (nth, date) in dates.into_iter().enumerate() {
        let Some(mut told) = above(reader, sentence, date, nth > 0) else {
            continue;
        };
        // "8 July 2016 (recognition)"
        if recognition_beside(reader, sentence, date) {
            "recognised".clone_into(&mut told.event);
            told.acts = true;
        }
        let dated = reader.date(sentence, Some(date));
        for state in states.iter().copied().filter(|s| *s != told.own) {
            let parties = if told.event == "recognised" && !told.acts {
                [state, told.own]
            } else {
                [told.own, state]
            };
            let mut fact = Fact::new(Kind::Relations);
            fact.set(Slot::Event, Value::Term(told.event.clone()));
            for party in parties {
                let then = reader.state_then(items, party, dated.date);
                if let Some(value) = reader.body_value(then) {
                    fact.add(Slot::Parties, value);
                }
            }
            if told.event == "recognised"
                && let Some(actor) = reader.body_value(parties[0])
            {
                fact.set(Slot::Actor, actor);
            }
            if dated.date.is_none() || fact.all(Slot::Parties).len() < 2 {
                continue;
            }
            dated.put(&mut fact, Slot::Date);
            let mut evidence = told.evidence.clone();
            evidence.extend(reader.side_evidence());
            evidence.extend(dated.evidence.iter().copied());
            claims.push(reader.claim(fact, rule, sentence, None, evidence, dated.flags.clone()));
        }
    }
    claims
}

/// The states and the date of a line that says nothing else.
fn line(reader: &Reader<'_>, items: &[Item<'_>]) -> (Vec<usize>, Vec<usize>) {
    let mut words = 0;
    let (mut states, mut dates) = (Vec::new(), Vec::new());
    for (at, item) in items.iter().enumerate() {
        match &item.kind {
            ItemKind::Body(..) => match item.named_body() {
                Some(body) if !reader.is_organisation(body) && !item.genitive => states.push(body),
                _ => return (Vec::new(), Vec::new()),
            },
            ItemKind::Date(_) => dates.push(at),
            ItemKind::Sign(_) => {}
            ItemKind::Word if !item.is_finite() && !item.is(Class::Not) => words += 1,
            ItemKind::Word
            | ItemKind::Actor(_)
            | ItemKind::City(_)
            | ItemKind::Quantity(_)
            | ItemKind::Mission(_)
            | ItemKind::Treaty(_)
            | ItemKind::Trigger(_) => return (Vec::new(), Vec::new()),
        }
    }
    if words > WORDS || dates.len() > 1 {
        return (Vec::new(), Vec::new());
    }
    (states, dates)
}

/// The states of the first cell that names one and nothing else, and the items that are the only ones of their cells and dates.
fn row(reader: &Reader<'_>, sentence: &Sentence<'_>) -> (Vec<usize>, Vec<usize>) {
    let cells = reader.block(sentence).map_or(&[][..], |b| &b.cells);
    let (mut states, mut dates) = (Vec::new(), Vec::new());
    for cell in cells {
        let within = |(_, i): &(usize, &Item<'_>)| {
            cell.contains(i.span) && !matches!(i.kind, ItemKind::Sign(_))
        };
        let inside: Vec<(usize, &Item<'_>)> =
            sentence.items.iter().enumerate().filter(within).collect();
        let plain = |(_, i): &&(usize, &Item<'_>)| !i.is(Class::Article);
        let body = |(_, i): &(usize, &Item<'_>)| i.named_body();
        let own: Option<Vec<usize>> = inside.iter().filter(plain).map(body).collect();
        match own {
            Some(own) if states.is_empty() && !own.is_empty() => states = own,
            _ => {}
        }
        let beside = |at: usize| inside.len() == 2 && recognition_beside(reader, sentence, at);
        if let [(at, item), ..] = inside.as_slice()
            && item.is_date()
            && (inside.len() == 1 || beside(*at))
        {
            dates.push(*at);
        }
    }
    states.retain(|s| !reader.is_organisation(*s));
    (states, dates)
}

/// "8 July 2016 (recognition)": whether brackets right behind a date say that it is that of recognition.
fn recognition_beside(reader: &Reader<'_>, sentence: &Sentence<'_>, date: usize) -> bool {
    let behind = sentence.items.get(date + 1..date + 3);
    let Some([open, noun]) = behind else {
        return false;
    };
    let mut rules = noun.rules(reader.lexicon);
    open.sign('(') && rules.any(|r| r.set.get("event").is_some_and(|e| e == "recognised"))
}

/// What stands above a line, nearest first: the head of the date's column, labels, headings, and the title where they say nothing. A second date
/// of a row tells only what the head of its own column says.
fn above(reader: &Reader<'_>, sentence: &Sentence<'_>, date: usize, second: bool) -> Option<Told> {
    let head = head_of(reader, sentence, date);
    let column = head.as_ref().and_then(|(items, span)| {
        let event = event_of(reader, items)?;
        let evidence = Evidence {
            span: *span,
            role: EvidenceRole::Heading,
        };
        Some((event, items.as_slice(), evidence))
    });
    let lines = reader.above(sentence);
    // What the head of the column says of its dates, the headings need not.
    let else_headed = column.is_none() && lines.iter().any(|s| tells_else(&s.items));
    if else_headed || head.as_ref().is_some_and(|(items, _)| tells_else(items)) {
        return None;
    }
    // The nearest line that says of what the list is must tell the event: "Wars" below "Diplomatic relations" is of something else.
    // "List of states with which Peru has diplomatic relations"
    let title = || {
        let says = |i: &Item<'_>| i.is(Class::Relations) && i.folded.contains("diplom");
        let mut titles = reader.titles().filter(|_| lines.is_empty());
        titles.find(|s| s.items.iter().any(says))
    };
    let nearest = || {
        let line = lines.iter().copied().find(|s| !is_open(s)).or_else(title)?;
        let evidence = Evidence {
            span: line.span,
            role: EvidenceRole::Heading,
        };
        Some((
            event_of(reader, &line.items)?,
            line.items.as_slice(),
            evidence,
        ))
    };
    let (event, words, evidence) = match column {
        Some(told) => told,
        None if second
            || !head
                .as_ref()
                .is_none_or(|(_, span)| is_date_head(reader, *span)) =>
        {
            return None;
        }
        None => nearest()?,
    };
    let named = |items: &[Item<'_>]| items.iter().find_map(Item::named_body);
    let said = lines.iter().find_map(|s| named(&s.items));
    let own = said.or_else(|| reader.home());
    let own = own.filter(|o| !reader.is_organisation(*o))?;
    let by = |i: &Item<'_>| i.has_prep(Class::By) && i.named_body() == Some(own);
    Some(Told {
        event,
        own,
        acts: words.iter().any(by),
        evidence: vec![evidence],
    })
}

/// Whether the head of a column says no more than that its dates are dates: "Date", "Since", "Established", or nothing.
fn is_date_head(reader: &Reader<'_>, head: Span) -> bool {
    let words = head.of(&reader.doc.text);
    let known = |m: &Meaning| {
        let classes = [Class::KeyDate, Class::KeyEstablished, Class::Since];
        classes.iter().any(|c| *m == Meaning::Class(*c))
    };
    words.trim().is_empty() || reader.lexicon.meanings(words).iter().any(known)
}

/// The words that head the column of an item, and where they stand.
fn head_of<'a>(
    reader: &Reader<'a>,
    sentence: &Sentence<'_>,
    at: usize,
) -> Option<(Vec<Item<'a>>, Span)> {
    let head = reader.column_head(sentence, sentence.items.get(at)?.span)?;
    Some((reader.items_of(head), head))
}

/// The one event that words tell: "Recognition", "Diplomatic relations since"; nothing where they tell of two, deny or plan it.
fn event_of(reader: &Reader<'_>, items: &[Item<'_>]) -> Option<String> {
    // "States that have withdrawn recognition": a verb of another kind. The first word is a noun: "Dates of", "Estados que".
    let other = |(at, i): (usize, &Item<'_>)| {
        let of_relations = i.rules(reader.lexicon).any(|r| r.fact == "relations");
        let verb = at > 0 && i.verb.is_some() && !i.is(Class::Have) && !i.is(Class::Be);
        i.is(Class::NoMember) || i.is(Class::Refused) || verb && !of_relations
    };
    if items.iter().any(is_unsaid) || items.iter().enumerate().any(other) {
        return None;
    }
    let mut events: Vec<&String> = items
        .iter()
        .flat_map(|i| i.rules(reader.lexicon))
        .filter(|r| r.fact == "relations")
        .filter_map(|r| r.set.get("event"))
        .collect();
    events.sort();
    events.dedup();
    // "établissement des relations" is one phrase.
    let within = |i: &Item<'_>| {
        let mut words = i.folded.split(' ');
        words.any(|w| reader.lexicon.has_class(w, Class::Relations))
    };
    let relations = items.iter().any(|i| i.is(Class::Relations) || within(i));
    // "États ayant reconnu le Pérou": to have is no having of relations.
    events.retain(|event| relations || *event == "recognised");
    match events.as_slice() {
        [one] => Some((*one).clone()),
        [] if relations => Some("established".to_owned()),
        _ => None,
    }
}

/// Whether words above a list say that it is of visits, agreements, missions or their heads.
fn tells_else(items: &[Item<'_>]) -> bool {
    let headings = [
        Class::VisitHeading,
        Class::TreatyHeading,
        Class::MissionHeading,
        Class::HeadsHeading,
        Class::SkipHeading,
    ];
    // "Bilateral relations" may head agreements as well.
    let heads = |i: &Item<'_>| !i.is(Class::Relations) && headings.iter().any(|c| i.is(*c));
    items.iter().any(|i| i.mission().is_some() || heads(i))
}
