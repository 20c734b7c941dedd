//! Visits in lists and tables → claims.

use super::companions::listed_companions;
use super::context::{context, role};
use super::lines::{below_date, presence, remark, same_as};
use super::places::place;
use super::series::series;
use super::visitors::named_in_full;
use super::{Goal, claim, further_dates, goals, kind_told, visit_kind};
use crate::document::BlockKind;
use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::{Dated, Reader, Sentence, Who};
use crate::extract::told::Told;
use crate::fact::{Claim, Evidence, EvidenceRole, Kind, Slot};
use crate::language::{Class, Rule};

/// Lines of a list or table under a heading of visits: "President Ana Soto (1999, 2001)", "Ana Soto, President: 3–5 May 1999 (state visit)",
/// "3 May 1999 | President Ana Soto | Lima".
pub(in crate::extract) fn listed(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    rule: &Rule,
    earlier: &Told,
) -> Vec<Claim> {
    let along = listed_companions(reader, index, sentence, earlier);
    if !along.is_empty() {
        return along;
    }
    let dated = |i: &Item| matches!(i.kind, ItemKind::Date(_));
    if !sentence.items.iter().any(dated) && below_date(reader, sentence).is_none() {
        return Vec::new();
    }
    let of_series = series(reader, sentence, rule);
    if !of_series.is_empty() {
        return of_series;
    }
    let context = context(reader, index, sentence);
    let bare = context.is_none();
    if bare && !presence(reader, sentence) {
        return Vec::new();
    }
    let mut context = context.unwrap_or_default();
    if bare {
        context.role = role(reader, reader.above(sentence).into_iter());
    }
    let mut claims = Vec::new();
    for entry in entries(reader, index, sentence) {
        let mut who = entry.who;
        let segment = sentence
            .items
            .get(entry.segment.0..entry.segment.1)
            .unwrap_or(&[]);
        if segment.iter().any(unreal) {
            continue;
        }
        let whole: Vec<usize> = (0..sentence.items.len())
            .filter(|&i| {
                sentence
                    .items
                    .get(i)
                    .is_some_and(|x| !x.has_prep(Class::From) && !x.has_prep(Class::For))
            })
            .collect();
        let inside: Vec<usize> = (entry.segment.0..entry.segment.1)
            .filter(|i| whole.contains(i))
            .collect();
        let named: Vec<Goal> = {
            let mut own = goals(reader, &sentence.items, &inside);
            own.retain(|g| !reader.is_organisation(g.to));
            if own.is_empty() {
                goals(reader, &sentence.items, &whole)
            } else {
                own
            }
        };
        let apart = destination(reader, &sentence.items, entry.segment.1);
        let own = named.iter().copied().find(|g| {
            reader.is_side(g.to)
                && (g.city.is_some() || who.of.is_some() || apart == Some(g.to))
                && who.of.is_none_or(|of| !reader.same_state(of, g.to))
        });
        who.role = who.role.or_else(|| context.role.clone());
        let own = own.or_else(|| {
            let away = |g: &Goal| who.of.is_some_and(|of| !reader.same_state(of, g.to));
            stop(reader, sentence, entry.segment).filter(|g| !context.directed && away(g))
        });
        if bare && (own.is_none() || who.role.is_none() || !named_in_full(reader, &who)) {
            continue;
        }
        // "Guests of Peru", "Visits, Peru": who is of a third state comes to the one that the lines above name.
        let guest = |home: &usize| {
            let third = |of: usize| !reader.same_state(of, *home);
            !context.directed && who.of.is_some_and(|of| third(of) && !reader.is_side(of))
        };
        let host = own.map(|g| g.to).filter(|_| !context.directed);
        let host = host.or_else(|| context.from.filter(guest));
        // Who is of the state that the heading leads to goes the other way.
        let led =
            host.or(context.to)
                .map(|to| match who.of.filter(|of| reader.same_state(*of, to)) {
                    Some(of) => reader.other_side(of),
                    None => Some(to),
                });
        let to = led.flatten().or_else(|| own.map(|g| g.to)).or_else(|| {
            let of = who.of.or(context.from)?;
            reader.other_side(of)
        });
        let to = to.or_else(|| reader.own_mission.as_ref().and_then(|m| m.receiving));
        let to = to.or_else(|| same_way(reader, index, sentence, who.of, earlier));
        let Some(to) = to else { continue };
        let city = named
            .iter()
            .find(|g| g.to == to)
            .and_then(|g| g.city)
            .or(context
                .city
                .filter(|c| reader.state_of_city(*c) == Some(to)));
        let from = who
            .of
            .filter(|of| !reader.same_state(*of, to))
            .or_else(|| cell_state(reader, sentence).filter(|of| !reader.same_state(*of, to)))
            .or(context.from)
            .or_else(|| reader.whence(index, who.person, to));
        let mut evidence = context.evidence.clone();
        evidence.extend(who.evidence.iter().copied());
        let kind = visit_kind(segment, 0, (0, segment.len()));
        let kind = if kind == "other" && !entry.several {
            (0..sentence.items.len())
                .step_by(4)
                .map(|at| visit_kind(&sentence.items, at, (0, sentence.items.len())))
                .find(|k| *k != "other")
                .unwrap_or_else(|| kind_behind(reader, sentence))
        } else {
            kind
        };
        claims.extend(claim(
            reader,
            sentence,
            rule,
            None,
            &who,
            from,
            Goal { to, city },
            finer(reader, sentence, &entry.dated)
                .as_ref()
                .unwrap_or(&entry.dated),
            kind,
            evidence,
        ));
    }
    claims
}

/// "1983 Prince Paul (March 15–18)": the days in brackets at the end of a line that its year heads.
fn finer(reader: &Reader<'_>, sentence: &Sentence, dated: &Dated) -> Option<Dated> {
    let items = &sentence.items;
    let year = dated.date?.start.filter(|d| d.month.is_none())?.year;
    items.first().filter(|i| i.is_date())?;
    let mut days = (1..items.len()).filter(|&i| {
        let bracket = items.get(i - 1).is_some_and(|x| x.sign('('));
        bracket && items.get(i).is_some_and(Item::is_date)
    });
    let found = reader.date(sentence, days.next());
    let day = found.date?.start.filter(|d| d.month.is_some())?;
    (day.year == year && days.next().is_none()).then_some(found)
}

/// "Ana Soto | Peru | state visit" under "Visits to Hungary": the state in a cell of its own, whence the guest comes.
fn cell_state(reader: &Reader<'_>, sentence: &Sentence) -> Option<usize> {
    let items = &sentence.items;
    reader
        .block(sentence)
        .filter(|b| b.kind == BlockKind::Row)?;
    let border = |i: Option<&Item>| i.is_none_or(|x| x.sign('|') || x.sign('/'));
    (1..items.len()).find_map(|i| {
        let alone = border(items.get(i - 1)) && border(items.get(i + 1));
        items.get(i)?.named_body().filter(|_| alone)
    })
}

/// "President X – Peru, May 2008": the state that stands alone behind the visitor and a dash or in a cell of its own.
fn destination(reader: &Reader<'_>, items: &[Item], end: usize) -> Option<usize> {
    let visitor = items.iter().position(|i| i.actor().is_some())?;
    let parts = ['–', '—', '-', ':', '|', '/'];
    (visitor + 2..end.min(items.len())).find_map(|i| {
        let before = items.get(i - 1)?;
        let item = items.get(i).filter(|x| x.prep.is_empty())?;
        let alone = parts.iter().any(|c| before.sign(*c));
        let body = item.named_body().filter(|b| alone && reader.is_side(*b))?;
        Some(body)
    })
}

/// "Ana Soto: Lima, 3 May 1999; Quito (July 2001)": the city that stands before a date, where a list tells each visit by place and day.
fn stop(reader: &Reader<'_>, sentence: &Sentence, (from, to): (usize, usize)) -> Option<Goal> {
    let items = &sentence.items;
    let date = (from..to).find(|&i| items.get(i).is_some_and(Item::is_date))?;
    let before = (0..date).rev().take(2).filter_map(|i| items.get(i));
    let city = before
        .take_while(|x| x.city().is_some() || x.sign(',') || x.sign('('))
        .find(|x| x.city().is_some() && !x.has_prep(Class::From))?;
    place(reader, city)
}

/// In a list whose heading gives no direction, an entry that says nothing of its own goes where the one before it went.
fn same_way(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    of: Option<usize>,
    earlier: &Told,
) -> Option<usize> {
    let block = reader.block(sentence)?;
    let last = earlier.last_of(Kind::Visit).next()?;
    let at = reader.sentence_index(last.statement().start)?;
    let before = reader.sentences.get(at).and_then(|s| reader.block(s))?;
    let near = at + 3 >= index && last.rule.ends_with("visit.list") && of.is_none();
    let same =
        before.kind == block.kind && before.under == block.under && before.label == block.label;
    reader
        .body_in(&last.fact, Slot::To)
        .filter(|_| near && same)
}

/// Whether a word says that what stands there did not happen, or not yet.
pub(super) fn unreal(item: &Item) -> bool {
    [
        Class::Cancelled,
        Class::Planned,
        Class::Expected,
        Class::Invited,
        Class::Hypothetical,
        Class::Denied,
        Class::Wished,
        Class::Not,
        Class::VisitPrivate,
        Class::Tomorrow,
        Class::ByTelephone,
    ]
    .iter()
    .any(|c| item.is(*c))
}

/// One visit of a line: who, when, and the items that speak of it.
struct Entry {
    who: Who,
    dated: Dated,
    segment: (usize, usize),
    /// Whether the line has several dates.
    several: bool,
}

/// What a line tells that its date stands before: of whom it names first, where it has no verb.
fn below(reader: &Reader<'_>, index: usize, sentence: &Sentence) -> Option<Entry> {
    let dated = below_date(reader, sentence)?;
    let items = &sentence.items;
    if items
        .iter()
        .any(|i| i.is_finite() && !i.is(Class::VisitHeading))
    {
        return None;
    }
    let first = items.iter().take(3).find(|i| i.actor().is_some())?;
    let who = reader.who(index, first).into_iter().next()?;
    Some(Entry {
        who,
        dated,
        segment: (0, items.len()),
        several: false,
    })
}

/// What a line tells: "X (2001, 2003), Y (2007)", "President: X (2001)", "2001: X", and dates nested below the item that names the visitor.
fn entries(reader: &Reader<'_>, index: usize, sentence: &Sentence) -> Vec<Entry> {
    let items = &sentence.items;
    let is_date = |i: usize| {
        items
            .get(i)
            .is_some_and(|x| matches!(x.kind, ItemKind::Date(_)))
    };
    let mut dates: Vec<usize> = (0..items.len()).filter(|&i| is_date(i)).collect();
    if let [year, day, ..] = *dates.as_slice()
        && headed_by_year(reader, sentence, year, day)
    {
        dates.remove(0);
    }
    let Some(&first) = dates.first() else {
        return below(reader, index, sentence).into_iter().collect();
    };
    // A sentence with a verb before its date is no line of a list.
    let tells = |i: &Item| {
        i.is(Class::Be)
            || i.is(Class::Have)
            || i.is(Class::He)
            || (matches!(i.kind, ItemKind::Trigger(_))
                && i.is_finite()
                && !i.is(Class::VisitHeading))
    };
    let head = items.get(..first).unwrap_or(&[]);
    if head.iter().any(tells) {
        return Vec::new();
    }
    let opens = items
        .iter()
        .position(|i| i.is_np() || matches!(i.kind, ItemKind::Date(_)));
    let paragraph = reader
        .block(sentence)
        .is_some_and(|b| b.kind == BlockKind::Paragraph);
    // "(ii) President X, …": the number of a line stands before all it says.
    let numbered = opens.is_some_and(|at| {
        at < 5
            && items
                .get(..at)
                .is_some_and(|b| b.iter().all(|i| i.span.len() <= 3))
    });
    if paragraph
        && (!numbered && opens.is_none_or(|at| at > 2)
            || items
                .iter()
                .enumerate()
                .take_while(|(at, i)| *at <= first || !(i.sign(';') || i.sign(':')))
                .any(|(_, i)| tells(i) && i.span.start < sentence.span.start + 60))
    {
        return Vec::new();
    }
    let segments = dates.iter().enumerate().map(|(n, &at)| {
        let end = dates.get(n + 1).copied().unwrap_or(items.len());
        let before = n.checked_sub(1).and_then(|n| dates.get(n)).copied();
        (at, bracket(items, before, at, end).unwrap_or((at, end)))
    });
    let leads = opens == Some(first) || opens.is_some_and(|at| is_date(at) && !dates.contains(&at));
    if leads {
        return led(reader, index, sentence, first);
    }
    let mut found: Vec<Entry> = Vec::new();
    let mut whos: Vec<Who> = Vec::new();
    let mut fresh = 0;
    let mut pending: Option<Who> = None;
    let mut last_date: Option<(usize, usize)> = None;
    let mut at = 0;
    while let Some(item) = items.get(at) {
        if is_date(at) {
            let segment = segments
                .clone()
                .find(|(date, _)| *date == at)
                .map_or((at, items.len()), |(_, segment)| segment);
            let start = if found.is_empty() { 0 } else { segment.0 };
            for who in &whos {
                found.push(Entry {
                    who: who.clone(),
                    dated: reader.date(sentence, Some(at)),
                    segment: (start, segment.1),
                    several: dates.len() > 1,
                });
            }
            last_date = Some(segment);
            fresh = 0;
        } else if item.is(Class::TheSame) && whos.is_empty() {
            whos.extend(same_as(reader, index, sentence));
        } else if let Some(actor) = item.actor() {
            let office = actor.office.as_ref().filter(|_| actor.name.is_none());
            if let Some(office) = office {
                let role = reader.role_name(office.role);
                let first_word = last_date.is_none() && whos.is_empty();
                if let Some(named) = whos.last_mut().filter(|w| w.role.is_none() && fresh > 0) {
                    // "Ana Soto | President | Lima": the office of whom the line named.
                    named.role = Some(role);
                    named.of = named.of.or(office.of);
                } else if first_word {
                    let keyed = items
                        .get(at + 1..first)
                        .unwrap_or(&[])
                        .iter()
                        .any(|i| i.actor().is_some());
                    let who = Who {
                        role: Some(role),
                        of: office.of,
                        ..Who::default()
                    };
                    if keyed {
                        pending = Some(who);
                    } else {
                        whos = vec![who];
                        fresh = 1;
                    }
                }
            } else if actor.name.is_some() {
                let companion = item.has_prep(Class::With);
                for mut who in reader.who(index, item).into_iter().take(1) {
                    if let (None, Some(office)) = (&actor.office, &pending) {
                        who.role = who.role.or_else(|| office.role.clone());
                        who.of = who.of.or(office.of);
                    }
                    match last_date {
                        // "2005, with the minister Y": along on the visit named before.
                        Some((date, end)) if companion && who.role.is_some() => {
                            found.push(Entry {
                                who,
                                dated: reader.date(sentence, Some(date)),
                                segment: (date, end),
                                several: dates.len() > 1,
                            });
                        }
                        Some(_) if companion => {}
                        // "X (2001), Y (2007)": another visitor, when a date follows him and he stands free.
                        Some(_) => {
                            let dated = dates.iter().any(|&d| d > at && d <= at + 3);
                            let verb = items.get(at + 1).is_some_and(Item::is_finite);
                            // "X: May 2001; called on Y on the 3rd"
                            let open = (0..at).rev().take_while(|&i| !(is_date(i)));
                            let met = open.filter_map(|i| items.get(i)).any(tells);
                            // "X (2001); Y stayed in 2007": what follows is told of somebody else, by a verb of its own.
                            if item.prep.is_empty() && (verb || met) {
                                whos.clear();
                            } else if item.prep.is_empty() && dated {
                                whos = vec![who];
                                fresh = 1;
                            }
                        }
                        None if item.prep.is_empty()
                            || companion
                            || item.has_prep(Class::Of)
                                && (head.iter().take(3).any(|i| i.is(Class::VisitHeading))
                                    || at < 3 && reader.under(sentence, Class::VisitHeading)) =>
                        {
                            let joined = fresh > 0
                                && items
                                    .get(at.saturating_sub(1))
                                    .is_some_and(|x| x.is(Class::And) || x.sign(',') || companion);
                            if fresh == 0 || joined {
                                whos.push(who);
                                fresh += 1;
                            }
                        }
                        None => {}
                    }
                }
            }
        }
        at += 1;
    }
    found
}

/// "(working visit, 2001)", "(2001, state visit; 2004)": what belongs to a date in brackets, between the date before it and the one that follows.
fn bracket(
    items: &[Item],
    before: Option<usize>,
    at: usize,
    next: usize,
) -> Option<(usize, usize)> {
    let is = |i: usize, c: char| items.get(i).is_some_and(|x| x.sign(c));
    let open = (0..at)
        .rev()
        .take_while(|&i| !is(i, ')'))
        .find(|&i| is(i, '('))?;
    let close = (at..items.len())
        .take_while(|&i| !is(i, '('))
        .find(|&i| is(i, ')'))?;
    let first = (open + 1..at).all(|i| items.get(i).is_some_and(|x| x.span.len() <= 3));
    let led = before.is_some_and(|b| b > open);
    if first || led {
        return Some((at, next.min(close)));
    }
    Some((open + 1, next.min(close)))
}

/// "2013 – 15 to 17 September: …": whether the date that opens an entry is the year of the day that follows it.
fn headed_by_year(reader: &Reader<'_>, sentence: &Sentence, year: usize, day: usize) -> bool {
    let items = &sentence.items;
    let parted = items
        .get(year + 1)
        .is_some_and(|x| x.sign('–') || x.sign('—') || x.sign('-') || x.sign(':'));
    let within = || {
        let (year, day) = (
            reader.date(sentence, Some(year)).date?,
            reader.date(sentence, Some(day)).date?,
        );
        Some(year != day && day.refines(&year))
    };
    parted && day == year + 2 && within().unwrap_or(false)
}

/// How many sentences behind that of a visit may say of what kind it was.
const REMARKS: usize = 3;

/// "3-05-2009. President, Ana Soto. State visit.": the kind that a later sentence of the line gives which says nothing else.
fn kind_behind(reader: &Reader<'_>, sentence: &Sentence<'_>) -> &'static str {
    let here = reader.sentences_of(sentence.block);
    let behind = here.partition_point(|s| s.span.start <= sentence.span.start);
    let mut kinds = here.iter().skip(behind).take(REMARKS).filter_map(|s| {
        let bare = s.items.iter().all(|i| !i.is_np() && !i.is_date());
        let kind = kind_told(&s.items);
        (bare && kind != "other").then_some(kind)
    });
    kinds.next().unwrap_or("other")
}

/// A line that begins with its date: the visitor follows, or stands in the item above it.
fn led(reader: &Reader<'_>, index: usize, sentence: &Sentence, date: usize) -> Vec<Entry> {
    let items = &sentence.items;
    let parent = reader
        .block(sentence)
        .and_then(|b| b.label)
        .filter(|&b| {
            reader
                .doc
                .blocks
                .get(b)
                .is_some_and(|b| b.kind == BlockKind::Item)
        })
        .and_then(|b| reader.first_of(b));
    let source = parent.unwrap_or(index);
    let verbal = |i: &Item| {
        i.is_finite() && !i.is(Class::VisitHeading) || i.is(Class::Be) || i.is(Class::Have)
    };
    // "2001: X, president; the minister Y went along": what a line adds behind its first part may be told by a verb.
    let part = items.iter().position(|i| i.sign(';'));
    let first = items.get(..part.unwrap_or(items.len())).unwrap_or(&[]);
    let first = first
        .get(..remark(first, verbal).unwrap_or(first.len()))
        .unwrap_or(&[]);
    if parent.is_none() && first.iter().any(verbal) {
        return Vec::new();
    }
    let Some(told) = reader.sentences.get(source) else {
        return Vec::new();
    };
    let same = items
        .iter()
        .any(|i| i.is(Class::TheSame))
        .then(|| same_as(reader, index, sentence))
        .flatten();
    let who = same.or_else(|| {
        let named = || {
            let items = told.items.iter();
            items.filter(|i| i.prep.is_empty() || i.has_prep(Class::Of))
        };
        // "12 May 2013 | Trade Minister | Ana Soto": whose cell has the name.
        let row = reader.block(told).is_some_and(|b| b.kind == BlockKind::Row);
        let with_name = |i: &&Item<'_>| row && i.actor().is_some_and(|a| a.name.is_some());
        let first = named()
            .filter(with_name)
            .flat_map(|i| reader.who(source, i));
        let any = named().flat_map(|i| reader.who(source, i));
        first.chain(any).next()
    });
    let Some(mut who) = who else {
        return Vec::new();
    };
    // "12 May 2013 | Ana Soto | Trade Minister | Lima": the office in a cell of its own.
    if who.role.is_none() {
        let office = told
            .items
            .iter()
            .filter_map(|i| i.actor().filter(|a| a.name.is_none() && a.stand.is_none()))
            .find_map(|a| a.office.as_ref());
        who.role = office.map(|o| reader.role_name(o.role));
        who.of = who.of.or_else(|| office.and_then(|o| o.of));
    }
    if parent.is_some() {
        who.evidence.push(Evidence {
            span: told.span,
            role: EvidenceRole::Heading,
        });
    }
    let mut dates = vec![reader.date(sentence, Some(date))];
    dates.extend(further_dates(reader, sentence, Some(date)));
    let several = dates.len() > 1;
    dates
        .into_iter()
        .map(|dated| Entry {
            who: who.clone(),
            dated,
            segment: (0, items.len()),
            several,
        })
        .collect()
}
