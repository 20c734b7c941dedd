//! Observations: numbers with a measure, about the two sides, with their time.

mod about;
mod before;
mod counted;
mod dates;
mod fits;
mod likely;
mod measure;
mod respective;
mod stretch;
mod table;

use super::items::{Item, ItemKind};
use super::quantity::{Quantity, Unit};
use super::reader::{Reader, Sentence};
use super::told::Told;
use crate::document::BlockKind;
use crate::fact::{Claim, Evidence, EvidenceRole, Fact, Kind, Slot, Value};
use crate::language::{Class, NameForm, Rule};
use crate::text::Span;
use about::about;
use before::{Subject, of_which, subject, told_before};
use counted::{counted, goes_on};
pub(super) use dates::compared;
use dates::{at_end, date_near, headed, year_before};
use fits::{elsewhere, of_sides, unreal};
pub(super) use likely::may_tell;
use measure::{measure, measure_of};
use respective::places;
use stretch::{of_next, stretch};
use table::{Line, cells, items_measure, unit_above};

/// Claims of the numbers of a sentence; `earlier` are those of the document before it.
pub(super) fn claims<'a>(
    reader: &Reader<'a>,
    sentence: &Sentence<'a>,
    rule: &Rule,
    earlier: &Told,
) -> Vec<Claim> {
    let mut claims: Vec<Claim> = Vec::new();
    for cell in cells(reader, sentence) {
        claims.extend(line_claims(reader, &cell, rule, None));
    }
    if !claims.is_empty() {
        return claims;
    }
    // A bare number counts only behind a key, a community or another number.
    let counts = sentence.items.iter().any(|i| {
        matches!(i.kind, ItemKind::Quantity(_))
            || i.sign(':')
            || i.sign('|')
            || i.is(Class::Count)
            || i.is(Class::Numbered)
            || measure_of(reader, i).is_some_and(|m| m == "community")
    });
    let before = told_before(reader, sentence, earlier);
    let keyed = reader.block(sentence).is_some_and(|b| b.key.is_some());
    if !counts && before.is_none() && !keyed {
        return claims;
    }
    let mut above: Option<Subject> = None;
    for line in lines(reader, sentence) {
        // "Trade (2021): 118 million", and on the next line "of which exports: 84 million"
        let part = above.take().filter(|_| of_which(reader, &line.sentence));
        let found = line_claims(reader, &line, rule, part.as_ref().or(before.as_ref()));
        above = found.last().and_then(subject).or(part);
        claims.extend(found);
    }
    claims
}

/// The lines of a sentence: an entry with its key, "Chileans in Peru (2020): 4,300".
fn lines<'a>(reader: &Reader<'a>, sentence: &Sentence<'a>) -> Vec<Line<'a>> {
    let (mut whole, mut from) = reader
        .keyed(sentence)
        .unwrap_or_else(|| (sentence.clone(), 0));
    let mut head = None;
    // "2012: 17.0" under "Trade (million US dollars)".
    let listed = reader
        .block(sentence)
        .is_some_and(|b| matches!(b.kind, BlockKind::Item | BlockKind::Entry));
    let quantity = whole
        .items
        .iter()
        .any(|i| matches!(i.kind, ItemKind::Quantity(_)));
    if listed && (!quantity || bare(reader, &whole)) {
        let keyed = items_measure(reader, whole.items.get(..from).unwrap_or(&[]));
        let above = unit_above(reader, sentence, (quantity, keyed));
        head = above
            .first()
            .zip(above.last())
            .map(|(a, b)| a.span.to(b.span));
        from += above.len();
        (whole, _) = whole.behind(above);
    }
    let breaks = |a: &Item<'_>, b: &Item<'_>| {
        a.span.end <= b.span.start
            && Span {
                start: a.span.end,
                end: b.span.start,
            }
            .of(&reader.doc.text)
            .contains('\n')
    };
    let mut lines = Vec::new();
    let mut rest: &[Item<'a>] = &whole.items;
    let mut start = 0;
    while !rest.is_empty() {
        // The key of an entry may stand on a line of its own.
        let least = from.saturating_sub(start);
        let len = rest
            .windows(2)
            .enumerate()
            .position(|(i, pair)| i > least && matches!(pair, [a, b] if breaks(a, b)))
            .map_or(rest.len(), |i| i + 1);
        let (line, next) = rest.split_at(len);
        let colon = colon(line).map_or(0, |i| i + 1);
        let line = Sentence {
            items: line.to_vec(),
            ..whole.clone()
        };
        lines.push(Line {
            sentence: line,
            from: if least > 0 { least } else { colon },
            head,
        });
        start += len;
        rest = next;
    }
    lines
}

/// Where the key of a line ends: "Trade (2021): 118 million", "Trade 2021 | 118 million".
fn colon(line: &[Item<'_>]) -> Option<usize> {
    let border = || {
        let mut borders = line.iter().enumerate().filter(|(_, i)| i.sign('|'));
        let (at, _) = borders.next().filter(|_| borders.next().is_none())?;
        let behind = line.get(at + 1)?;
        let digit = behind.folded.starts_with(|c: char| c.is_ascii_digit());
        (digit || matches!(behind.kind, ItemKind::Quantity(_))).then_some(at)
    };
    // "It was 45 million (exports: 15 million)": a colon in a bracket ends the key of what stands there alone.
    let first = line.iter().position(|i| i.sign(':'));
    let inside = |at: &usize| {
        let before = line.get(..*at).unwrap_or(&[]);
        let counted = before
            .iter()
            .any(|i| matches!(i.kind, ItemKind::Quantity(_)));
        counted && opened(line, *at).is_some()
    };
    first.filter(|at| !inside(at)).or_else(border)
}

/// "2012: 17 million dollars" under "Trade": whether a line is a year and a number with its unit, and says of nothing what it counts.
fn bare(reader: &Reader<'_>, line: &Sentence<'_>) -> bool {
    let says = |i: &Item<'_>| {
        measure_of(reader, i).is_some() || i.is_np() && !i.is_date() || i.is_finite()
    };
    let quantity = |i: &&Item<'_>| matches!(i.kind, ItemKind::Quantity(_));
    let items = &line.items;
    items.iter().any(Item::is_date)
        && items.iter().filter(quantity).count() == 1
        && !items.iter().any(|i| says(i) && !quantity(&i))
}

fn line_claims(
    reader: &Reader<'_>,
    line: &Line<'_>,
    rule: &Rule,
    before: Option<&Subject>,
) -> Vec<Claim> {
    let (sentence, from) = (&line.sentence, line.from);
    let items = &sentence.items;
    let mut claims = Vec::new();
    let mut told: Option<Subject> = None;
    // What was told before a bracket that is still open, with where it opened.
    let mut outer: Option<(usize, Option<Subject>)> = None;
    // The dates of numbers that others are compared with.
    let mut compared = Vec::new();
    let mut last = None;
    let places = places(reader, items);
    for at in 0..items.len() {
        let bare = || {
            let told = told.as_ref().or(before);
            let number = told.and_then(|t| t.number.as_ref());
            goes_on(reader, items, at, number, told.is_some_and(|t| t.people))
        };
        let Some(quantity) = counted(reader, items, at, from).or_else(bare) else {
            continue;
        };
        match opened(items, at) {
            Some(bracket) if outer.as_ref().is_none_or(|(at, _)| *at != bracket) => {
                outer = Some((bracket, told.clone()));
            }
            // "8 million (exports 5, imports 3), 14 per cent more": what stands behind the bracket goes on from before it.
            None => told = outer.take().and_then(|(_, told)| told).or(told),
            Some(_) => {}
        }
        let place = places.iter().find(|(of, _)| *of == at);
        let place = place.map(|(_, place)| *place).unwrap_or_default();
        let (start, end) = stretch(items, at, last);
        let previous = last;
        last = Some(at);
        if unreal(reader, items, (start, end), at) {
            continue;
        }
        let way = (start..end).any(|i| items.get(i).is_some_and(|x| x.is(Class::OtherWay)));
        let named = (start..end).any(|i| items.get(i).is_some_and(|x| is_party(reader, x)));
        let carried = told
            .as_ref()
            .or(before.filter(|_| !items.iter().any(|x| is_party(reader, x))));
        let own = match place.measure {
            Some((index, _)) => items
                .get(index)
                .and_then(|x| measure_of(reader, x))
                .map(|m| (m, index)),
            None => measure(reader, items, at, (start, end), quantity.unit),
        };
        // "8 million in 2018 (+ 6 %), imports 1 million": a share is of the sum before it, unless a measure stands between.
        // "Trade in 2017: 12 million (2016: 11 million), of which exports 3": what stands behind the bracket of a number is not what it measures.
        let own = own.filter(|(_, index)| told.is_none() || !closes(items, at, *index));
        let shut = |index: usize| {
            let bracket = opened(items, index);
            index < at && bracket.is_some() && bracket != opened(items, at)
        };
        let own = own.filter(|(_, index)| told.is_none() || !shut(*index));
        let own = own.filter(|(_, index)| {
            let apart = || {
                items
                    .get(at + 1..*index)
                    .is_some_and(|x| x.iter().any(|i| i.sign(',')))
            };
            quantity.unit == Unit::People || told.is_none() || *index < at || !apart()
        });
        let carried = carried.filter(|t| {
            matches!(quantity.unit, Unit::Currency(_) | Unit::Percent)
                == !matches!(t.measure.as_str(), "community" | "other" | "rank")
        });
        let (measure, marked) = match (own, &quantity.unit) {
            (Some((measure, index)), _) => (measure, Some(index)),
            (None, Unit::Currency(_) | Unit::Percent | Unit::People) => match carried {
                Some(told) if quantity.unit != Unit::People || told.people => {
                    (told.measure.clone(), None)
                }
                Some(_) | None => continue,
            },
            (None, Unit::Rank) => continue,
        };
        let first = marked.map_or(start, |marked| marked.min(start));
        if elsewhere(reader, items, (first, end), at, &measure) {
            continue;
        }
        let carried_on = carried.filter(|t| {
            let goes_on =
                !named || marked.is_some_and(|at| same_doer(reader, items, at, end, &t.of));
            goes_on && place.measure.is_none() && related(&t.measure, &measure)
        });
        let of = match carried_on {
            Some(told) if way => told.of.iter().rev().cloned().collect(),
            Some(told) => told.of.clone(),
            None => {
                let open = previous.is_some() && named;
                let clause = match place.measure {
                    Some((_, clause)) => clause,
                    None => {
                        let next = of_next(reader, items, (start, end), at);
                        (if open { start } else { 0 }, next.unwrap_or(items.len()))
                    }
                };
                let index = reader.sentence_index(sentence.span.start);
                let index = index.unwrap_or_default();
                let named = || about(reader, index, items, at, marked, &measure, clause);
                match named().or_else(|| unsaid(reader, items, line, &measure)) {
                    Some(of) if of_sides(reader, &of) => of
                        .into_iter()
                        .filter_map(|b| reader.body_value(b))
                        .collect(),
                    Some(_) | None => continue,
                }
            }
        };
        let near = place.date.or_else(|| date_near(items, at));
        let near = near.filter(|date| !compared.contains(date));
        // "its most important partner", of no year: what papers say of many.
        if quantity.unit == Unit::Rank && quantity.value == "1" && near.is_none() {
            continue;
        }
        let dated = reader.date(sentence, near);
        let mut evidence = dated.evidence.clone();
        evidence.extend(reader.side_evidence());
        evidence.extend(line.head.map(|span| Evidence {
            span,
            role: EvidenceRole::Heading,
        }));
        // A change is told of the year of what changed ("12 per cent less than the year before"), and the year goes on from the number before.
        let date = told
            .as_ref()
            .filter(|_| quantity.unit == Unit::Percent)
            .and_then(|t| t.date)
            .filter(|told| match dated.date {
                // "12 per cent more than in 2016"
                Some(own) => {
                    let before = own.start < told.start && !dated.evidence.is_empty();
                    let years = own.year().zip(told.year());
                    years.is_some_and(|(own, told)| own + 1 == told || own <= told && before)
                }
                None => !dated.evidence.is_empty(),
            })
            .or(dated.date.filter(|_| near.is_some()))
            .or_else(|| carried.and_then(|t| t.date))
            .or_else(|| {
                let near = before.filter(|t| told.is_none() && akin(t, &measure, quantity.unit));
                near.and_then(|t| t.date)
            })
            // The day of the entry in which it stands, where no number before it has a year.
            .or(dated.date);
        let elsewhere = || year_before(reader, sentence).or_else(|| headed(reader, sentence));
        let headed = if date.is_none() { elsewhere() } else { None };
        evidence.extend(headed.map(|(_, evidence)| evidence));
        let date = date.or(headed.map(|(date, _)| date));
        let date = match quantity.unit {
            Unit::People => dates::in_year_of_own(reader, sentence, date).or_else(|| {
                let people = measure == "community";
                let (year, told) = dates::of_present(reader, sentence).filter(|_| people)?;
                evidence.push(told);
                Some(year)
            }),
            Unit::Currency(_) | Unit::Percent | Unit::Rank => date,
        };
        // What a date that goes on from a number before rests on.
        let goes_on = |t: &&Subject| dated.date.is_none() || date != dated.date && date == t.date;
        let rests_on = before.filter(goes_on).map(|t| t.evidence.as_slice());
        evidence.extend_from_slice(rests_on.unwrap_or_default());
        // "Trade last year", in a text without a date of its own.
        let Some(date) = date.filter(|_| dated.flags.is_empty()) else {
            continue;
        };
        let date = match quantity.unit {
            Unit::Currency(_) | Unit::People => at_end(items, at, date),
            Unit::Percent | Unit::Rank => date,
        };
        let mut fact = Fact::new(Kind::Observation);
        fact.set(Slot::Measure, Value::Term(measure.clone()));
        for value in &of {
            fact.add(Slot::Of, value.clone());
        }
        fact.set(Slot::Value, Value::Number(signed(items, at, &quantity)));
        let Some(unit) = unit_name(reader, quantity.unit, &of) else {
            continue;
        };
        fact.set(Slot::Unit, Value::Term(unit));
        fact.set(Slot::Date, Value::Date(date));
        // "8 million in 2019, against 5 million in 2015, and imports 3": what goes on is of the year of what was compared.
        let main = told.as_ref().filter(|t| t.measure == measure && t.of == of);
        let main = main
            .and_then(|t| t.date)
            .filter(|main| date.start < main.start);
        if main.is_some() {
            compared.extend(near.filter(|near| *near > at));
        }
        told = Some(Subject {
            measure,
            of,
            date: Some(main.unwrap_or(date)),
            evidence: Vec::new(),
            people: quantity.unit == Unit::People,
            number: Some(quantity),
        });
        claims.push(reader.claim(fact, rule, sentence, None, evidence, dated.flags));
    }
    claims
}

/// "Year | Exports | Imports": in a table that names no state they are those of the state whose paper it is, or that its title names first.
fn unsaid(
    reader: &Reader<'_>,
    items: &[Item<'_>],
    line: &Line<'_>,
    measure: &str,
) -> Option<Vec<usize>> {
    let column = line.head.is_some() && (measure == "exports" || measure == "imports");
    let [first, second] = *reader.sides.as_slice() else {
        return None;
    };
    let named = items.iter().any(|i| i.body().is_some());
    // "Exports (2021): 5 million", "Aid: 3 million in 2020": in a paper of one of the two.
    let paper = line.from > 0 && reader.home().is_some();
    let column = column || paper && ["exports", "imports", "aid"].contains(&measure);
    let own = if reader.home() == Some(second) {
        [second, first]
    } else {
        [first, second]
    };
    // "Chile – Fact sheet", below the letterhead of Peru's ministry.
    let sheet = reader
        .home()
        .is_some_and(|home| home == first || home == second);
    (column && !named && (reader.paired || sheet)).then(|| own.to_vec())
}

/// The states whose papers write their own dollars without a word for whose they are.
const DOLLARS: [(&str, &str); 3] = [("CAN", "CAD"), ("AUS", "AUD"), ("NZL", "NZD")];

/// The dollar of the state whose paper it is, where the text names none of the United States; asked of a text once.
fn own_dollar(reader: &Reader<'_>) -> Option<&'static str> {
    *reader.own_dollar.get_or_init(|| find_own_dollar(reader))
}

fn find_own_dollar(reader: &Reader<'_>) -> Option<&'static str> {
    let text = &reader.doc.text;
    let code_of = |body: usize| {
        let body = reader.gazetteer.bodies().get(body)?;
        let own = DOLLARS.iter().find(|(key, _)| *key == body.key)?;
        Some(own.1)
    };
    // "All amounts are in Canadian dollars", in a text on Canada that is nobody's paper.
    let spelled = |code: &&str| {
        let currencies = reader.gazetteer.currencies().iter();
        let mut names = currencies.filter(|c| c.code == *code && c.text.contains(' '));
        names.any(|c| text.contains(c.text.as_str()))
    };
    let side = || {
        let mut sides = reader.sides.iter().filter_map(|side| code_of(*side));
        sides.find(spelled)
    };
    let code = reader.home().map_or_else(side, code_of)?;
    let theirs = ["US$", "U.S.$", "USD", "US dollar", "U.S. dollar", "$US"];
    let theirs = theirs.iter().any(|word| text.contains(word));
    (!theirs).then_some(code)
}

/// The states of the Bank of Central African States, whose CFA franc is not that of West Africa.
const CENTRAL_AFRICA: [&str; 6] = ["CAF", "CMR", "COG", "GAB", "GNQ", "TCD"];

/// The unit's name; `None` for a currency of several states ("crowns") none of which is among the parties.
fn unit_name(reader: &Reader<'_>, unit: Unit, of: &[Value]) -> Option<String> {
    let index = match unit {
        Unit::Currency(index) => index,
        Unit::People => return Some("people".to_owned()),
        Unit::Percent => return Some("percent".to_owned()),
        Unit::Rank => return Some("rank".to_owned()),
    };
    let currencies = reader.gazetteer.currencies();
    let written = currencies.get(index)?;
    let mut codes: Vec<&str> = currencies
        .iter()
        .filter(|c| c.text == written.text && c.lang == written.lang)
        .map(|c| c.code.as_str())
        .collect();
    codes.dedup();
    // One name for the francs of two unions.
    let central = |value: &Value| matches!(value, Value::Body(body) if CENTRAL_AFRICA.contains(&body.key.as_str()));
    if codes == ["XOF"] && of.iter().any(central) {
        return Some("XAF".to_owned());
    }
    let parties = of.iter().filter_map(|value| {
        if let Value::Body(body) = value {
            reader.gazetteer.body_index(&body.key)
        } else {
            None
        }
    });
    let adjectives: Vec<&str> = parties
        .flat_map(|body| reader.gazetteer.names_of(body))
        .filter(|n| n.form == NameForm::Adjective && n.lang == written.lang)
        .map(|n| n.text.as_str())
        .collect();
    let says = |text: &str, word: &str| text.split(' ').any(|own| own == word);
    // "$4 million" in a paper of Canada that speaks of no other dollars.
    let bare = matches!(written.text.as_str(), "$" | "dollar" | "dollars");
    if let Some(own) = bare.then(|| own_dollar(reader)).flatten() {
        return Some(own.to_owned());
    }
    if let [code] = codes.as_slice() {
        // "francs" in a text on Belgium are Belgian ones; "dollars" are those of the United States wherever no word says else.
        let shared = !written.text.contains(' ') && *code != "USD" && *code != "EUR";
        let theirs = adjectives.iter().filter(|_| shared).find_map(|adjective| {
            let own = |text: &str| says(text, adjective) && says(text, &written.text);
            currencies
                .iter()
                .find(|c| c.lang == written.lang && own(&c.text))
        });
        return Some(theirs.map_or(*code, |c| c.code.as_str()).to_owned());
    }
    let theirs = |code: &&str| {
        let mut own = currencies.iter().filter(|c| c.code == *code);
        own.any(|c| adjectives.iter().any(|adjective| says(&c.text, adjective)))
    };
    codes.into_iter().find(theirs).map(str::to_owned)
}

/// The value, negative where a share fell ("a drop of 11 per cent", "12 % menos", "-4 %").
fn signed(items: &[Item], at: usize, quantity: &Quantity) -> String {
    let minus = at
        .checked_sub(1)
        .and_then(|i| items.get(i))
        .is_some_and(|i| ['-', '−', '–'].iter().any(|c| i.sign(*c)));
    let before = items
        .get(at.saturating_sub(6)..at)
        .unwrap_or(&[])
        .iter()
        .rev()
        .take_while(|i| !matches!(i.kind, ItemKind::Quantity(_)) && !i.sign(';'));
    let after = items
        .get(at + 1..)
        .unwrap_or(&[])
        .iter()
        .take(2)
        .take_while(|i| matches!(i.kind, ItemKind::Word) || i.is(Class::Fell));
    let fell =
        quantity.unit == Unit::Percent && (minus || before.chain(after).any(|i| i.is(Class::Fell)));
    if fell {
        format!("-{}", quantity.value)
    } else {
        quantity.value.clone()
    }
}

/// "Norway bought 2 million from Botswana and sold it 3 million": whether a verb that tells a measure shares the subject of the one before, and
/// names nobody else behind it.
fn same_doer(reader: &Reader<'_>, items: &[Item], verb: usize, end: usize, of: &[Value]) -> bool {
    if items.get(verb).is_none_or(|i| i.verb.is_none()) {
        return false;
    }
    let before = items.get(..verb).unwrap_or(&[]).iter().rev();
    let alone = before
        .take_while(|i| !i.sign(',') && !i.is(Class::And))
        .all(|i| !is_party(reader, i));
    let ours = |i: &Item| {
        let state = i.body().or_else(|| reader.state_of_city(i.city()?));
        state
            .and_then(|b| reader.body_value(b))
            .is_some_and(|value| of.contains(&value))
    };
    let behind = items.get(verb..end).unwrap_or(&[]);
    alone && behind.iter().all(|i| !is_party(reader, i) || ours(i))
}

/// Whether an item names a state, or stands for one or both.
fn is_party(reader: &Reader<'_>, item: &Item) -> bool {
    item.body().is_some_and(|b| !reader.is_organisation(b))
        || item.city().is_some()
        || item.kind == ItemKind::Word && item.is(Class::BothStates)
}

/// Whether a number is told of the time of the one before it: the same measure, or sums of money both.
fn akin(before: &Subject, measure: &str, unit: Unit) -> bool {
    before.measure == measure
        || matches!(unit, Unit::Currency(_) | Unit::Percent)
            && !before.people
            && before.measure != "rank"
}

/// Where the bracket opened in which an item stands.
fn opened(items: &[Item], at: usize) -> Option<usize> {
    let mut before = items.get(..at)?.iter().enumerate().rev();
    let (index, item) = before.find(|(_, i)| i.sign('(') || i.sign(')'))?;
    item.sign('(').then_some(index)
}

/// Whether the bracket in which a number stands closes before an item behind it.
fn closes(items: &[Item], at: usize, behind: usize) -> bool {
    let inside = items.get(at + 1..behind).unwrap_or(&[]);
    let first = inside.iter().find(|i| i.sign('(') || i.sign(')'));
    first.is_some_and(|i| i.sign(')'))
}

/// Whether the parties of one measure say those of another.
fn related(before: &str, now: &str) -> bool {
    let trade = |m: &str| m == "exports" || m == "imports";
    before == now || (trade(before) && trade(now)) || (trade(before) && now == "trade")
}
