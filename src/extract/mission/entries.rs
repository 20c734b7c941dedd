//! Entries of infoboxes and lists that tell of missions → claims.

use super::life::{Period, periods};
use super::mentioned::subject;
use super::places::{Placed, base};
use crate::document::BlockKind;
use crate::extract::items::{Item, ItemKind, MissionNp};
use crate::extract::reader::{Reader, Sentence};
use crate::fact::{Claim, Edtf, Evidence, EvidenceRole, Fact, Modality, Slot, Value};
use crate::language::{Class, Meaning, Rule};
use crate::text::Span;

/// An item of a list under a line that names a kind of mission: its city first, then the dates of opening and closing ("- Oran (1864–1937)",
/// "- Bejaïa: earliest date: 1852; latest date: 1854").
pub(in crate::extract) fn listed(
    reader: &Reader<'_>,
    sentence: &Sentence,
    rule: &Rule,
) -> Option<Vec<Claim>> {
    let items = &sentence.items;
    // "Sfax (Safaqis, Taparura)": other names of the place in brackets are no persons.
    let bracket = items.iter().position(|i| i.sign('('));
    let aside = bracket
        .filter(|at| *at == 1)
        .and_then(|_| items.iter().position(|i| i.sign(')')));
    let named = |(at, i): (usize, &Item)| {
        matches!(i.kind, ItemKind::Mission(_))
            || matches!(i.kind, ItemKind::Actor(_)) && aside.is_none_or(|end| at > end)
    };
    if items.iter().enumerate().any(named) {
        return None;
    }
    let ItemKind::City(city) = items.first()?.kind else {
        return None;
    };
    let above = reader.above(sentence);
    let label = above.first()?;
    let (at, np) = label.items.iter().enumerate().find_map(|(at, i)| {
        if let ItemKind::Mission(np) = &i.kind {
            Some((at, np))
        } else {
            None
        }
    })?;
    let owner = subject(reader, label, at).or_else(|| reader.heading_side(sentence));
    let receiving = reader.state_of_city(city)?;
    let sending = np
        .sending
        .or(owner)
        .or_else(|| reader.other_side(receiving))
        .filter(|s| *s != receiving)?;
    let placed = Placed {
        kind: np.kind,
        sending,
        receiving: Some(receiving),
        city: Some(city),
        formerly: false,
        assumed: false,
        dated: None,
    };
    let found = periods(reader, sentence, (1, items.len()));
    let evidence = reader.heading_evidence(sentence);
    let told = lives(reader, &placed, found).into_iter().map(|fact| Claim {
        // "(1871-?)" asks nothing.
        modality: Modality::Asserted,
        ..reader.claim(fact, rule, sentence, None, evidence.clone(), Vec::new())
    });
    Some(told.collect())
}

/// A row or item that gives a mission's kind and city apart, and then its days: "Toronto – consulate general (since 1995)".
pub(in crate::extract) fn line(
    reader: &Reader<'_>,
    sentence: &Sentence,
    rule: &Rule,
) -> Option<Vec<Claim>> {
    let items = &sentence.items;
    let row = reader.block(sentence)?.kind == BlockKind::Row;
    let mut missions = items.iter().filter_map(Item::mission);
    let np = missions.next().filter(|np| np.cities.is_empty())?;
    let city = items.iter().find_map(Item::city)?;
    let headed = items.first().is_some_and(|i| i.city().is_some());
    let plain = |i: &Item| !(i.actor().is_some() || i.is(Class::Be) || i.is(Class::Have));
    if missions.next().is_some() || !(row || headed) || !items.iter().all(plain) {
        return None;
    }
    let receiving = reader.state_of_city(city)?;
    let own = reader.own_mission.as_ref().map(|own| own.sending);
    let sending = np
        .sending
        .or_else(|| {
            items
                .iter()
                .filter_map(Item::body)
                .find(|b| *b != receiving)
        })
        .or_else(|| reader.heading_side(sentence))
        .or(own)
        .or_else(|| reader.other_side(receiving))
        .or_else(|| reader.home())
        .filter(|s| *s != receiving)?;
    let placed = Placed {
        kind: np.kind,
        sending,
        receiving: Some(receiving),
        city: Some(city),
        ..Placed::default()
    };
    Some(told(reader, sentence, rule, &placed, 0))
}

/// Claims of a mission whose days an item or row tells from item `first` on.
pub(super) fn told(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
    rule: &Rule,
    placed: &Placed,
    first: usize,
) -> Vec<Claim> {
    let found = periods(reader, sentence, (first, sentence.items.len()));
    let evidence = reader.heading_evidence(sentence);
    lives(reader, placed, found)
        .into_iter()
        .map(|fact| reader.claim(fact, rule, sentence, None, evidence.clone(), Vec::new()))
        .collect()
}

/// The facts of a mission with the periods that are told of it: at least one.
pub(super) fn lives(reader: &Reader<'_>, placed: &Placed, mut found: Vec<Period>) -> Vec<Fact> {
    if found.is_empty() {
        found.push(Period::default());
    }
    let fact = |period: &Period| {
        let mut fact = base(reader, placed);
        period.put(&mut fact);
        fact
    };
    found.iter().map(fact).collect()
}

/// What an entry whose key or value names a mission tells: "Embassy of Peru: Tokyo", "Honorary consulates: Bergen, Stavanger", "Embassy in
/// Taipei: opened in 1999", "Chilean mission in Norway: embassy, Oslo".
pub(in crate::extract) fn entry(
    reader: &Reader<'_>,
    sentence: &Sentence,
    rule: &Rule,
) -> Vec<Claim> {
    let Some((whole, from)) = reader.keyed(sentence) else {
        return Vec::new();
    };
    let items = &whole.items;
    let key = items.get(..from).unwrap_or(&[]);
    let value = items.get(from..).unwrap_or(&[]);
    let named = key.iter().take(3).find_map(Item::mission);
    let told = named.or_else(|| value.first().and_then(Item::mission));
    // "Peru: Bergen, Stavanger" under "Honorary consulates": the heading tells the kind, the key the state.
    let above = || {
        let mut named = key.iter().filter(|i| !i.is(Class::Article) && !i.sign(':'));
        let state = named.next().and_then(Item::named_body)?;
        let heading = reader.heading(sentence)?;
        let np = heading.items.iter().find_map(Item::mission)?;
        let bare = np.sending.is_none() && np.receiving.is_none() && np.cities.is_empty();
        (named.next().is_none() && bare).then(|| MissionNp {
            sending: Some(state),
            ..np.clone()
        })
    };
    let under = if told.is_none() { above() } else { None };
    let Some(np) = told.or(under.as_ref()) else {
        return Vec::new();
    };
    if let Some(placed) = from_third(reader, key, value) {
        let evidence = reader.heading_evidence(sentence);
        let fact = base(reader, &placed);
        let claim = reader.claim(fact, rule, sentence, None, evidence, Vec::new());
        return vec![claim];
    }
    let own = reader.own_mission.as_ref();
    let bodies: Vec<usize> = key.iter().filter_map(Item::body).collect();
    let mut cities: Vec<usize> = np.cities.iter().map(|c| c.0).collect();
    if cities.is_empty() {
        let start = usize::from(named.is_none() && under.is_none());
        cities.extend(leading_cities(value.get(start..).unwrap_or(&[])));
    }
    let evidence = reader.heading_evidence(sentence);
    let mut claims = Vec::new();
    for city in cities {
        let receiving = reader.state_of_city(city);
        let sending = np
            .sending
            .or_else(|| bodies.iter().copied().find(|b| Some(*b) != receiving))
            .or_else(|| reader.heading_side(sentence))
            .or_else(|| own.map(|o| o.sending))
            .or_else(|| reader.other_side(receiving?))
            .filter(|s| Some(*s) != receiving);
        let Some(sending) = sending else { continue };
        let placed = Placed {
            kind: np.kind,
            sending,
            receiving,
            city: Some(city),
            ..Placed::default()
        };
        // "Bergen (since 2006, Ana Soto)": how long somebody has been there is not since when there is a consulate.
        let held = under.is_some() && value.iter().any(|i| i.actor().is_some());
        let life = if held {
            Vec::new()
        } else {
            periods(reader, &whole, (from, items.len()))
        };
        let facts = lives(reader, &placed, life);
        claims.extend(
            facts
                .into_iter()
                .map(|fact| reader.claim(fact, rule, sentence, None, evidence.clone(), Vec::new())),
        );
    }
    claims
}

/// "Embassy of Mali: accredited from Rabat", "Malian representation: Embassy in Rabat (non-resident)": in a text on two states the mission of one of them
/// in a third, from which it covers the other.
fn from_third(reader: &Reader<'_>, key: &[Item<'_>], value: &[Item<'_>]) -> Option<Placed> {
    let named = key.iter().find_map(Item::mission);
    let represents = key.iter().any(|i| i.folded.starts_with("represent"));
    (named.is_some() || represents).then_some(())?;
    let said = named
        .and_then(|np| np.sending)
        .or_else(|| key.iter().find_map(Item::body));
    let sending = said.filter(|s| reader.is_side(*s) && reader.sides.len() == 2)?;
    let receiving = reader.other_side(sending)?;
    let third = |city: &usize| {
        let there = reader.state_of_city(*city);
        there.is_some_and(|s| s != sending && !reader.same_state(s, receiving))
    };
    let bare =
        named.is_none_or(|np| np.cities.is_empty() && np.receiving.is_none_or(|r| r == receiving));
    let led = |i: &Item<'_>| i.has_prep(Class::From) || i.has_prep(Class::Since);
    let from = value.iter().find_map(|i| i.city().filter(|_| led(i)));
    // The kind of the mission there, where the key says no more than that there is one.
    let own = named.map(|np| np.kind);
    let general = own.is_none() || own == reader.lexicon.mission("mission");
    let there = value.iter().find_map(Item::mission).filter(|_| general);
    let seat = there.and_then(|np| Some((np.kind, np.cities.first()?.0)));
    let kind = own.filter(|_| !general);
    let kind = kind.or_else(|| reader.lexicon.mission("embassy"))?;
    let (kind, city) = seat.or(from.map(|city| (kind, city)))?;
    (bare && third(&city)).then(|| Placed {
        kind,
        sending,
        receiving: Some(receiving),
        city: Some(city),
        ..Placed::default()
    })
}

/// The cities at the head of a value: "Bergen, Stavanger and Tromsø"; a name that is city and state alike is the city.
fn leading_cities(value: &[Item]) -> Vec<usize> {
    let city = |item: &Item| {
        item.meanings.iter().find_map(|m| {
            if let Meaning::City(city) = m {
                Some(*city)
            } else {
                None
            }
        })
    };
    let joins = |i: &Item| i.sign(',') || i.sign(';') || i.is(Class::And) || i.is(Class::In);
    let mut found = Vec::new();
    let mut items = value.iter().skip_while(|i| joins(i)).peekable();
    while let Some(item) = items.next() {
        let Some(city) = city(item) else { break };
        found.push(city);
        // "Denpasar (since 2006), Bergen": who or what is told of one in brackets.
        if items.peek().is_some_and(|i| i.sign('(')) {
            while items.next_if(|i| !i.sign(')')).is_some() {}
            items.next();
        }
        if !items.next().is_some_and(joins) {
            break;
        }
        while items.next_if(|i| joins(i)).is_some() {}
    }
    found
}

/// What an entry of the infobox tells of the document's own mission: the days of its life, the other states that it covers.
pub(in crate::extract) fn own(
    reader: &Reader<'_>,
    sentence: &Sentence,
    key: Span,
    rule: &Rule,
) -> Vec<Claim> {
    let Some(own) = reader.own_mission.as_ref() else {
        return Vec::new();
    };
    let words = key.of(&reader.doc.text);
    let items = &sentence.items;
    let mut placed = Placed {
        kind: own.kind,
        sending: own.sending,
        receiving: own.receiving,
        city: own.city,
        assumed: true,
        ..Placed::default()
    };
    let keyed = |class: Class| reader.lexicon.has_class(words, class);
    let facts = if keyed(Class::KeyClosed) && !keyed(Class::KeyOpened) {
        // "Closed: Sundays; 25 December", "Temporarily closed: 2020": hours and holidays.
        let exact = reader.lexicon.meanings(words);
        let [only] = items.as_slice() else {
            return Vec::new();
        };
        let year = only.span.of(&reader.doc.text);
        let dated = year
            .split(|c: char| !c.is_ascii_digit())
            .any(|w| w.len() == 4);
        let day = reader.date(sentence, Some(0)).date.and_then(|d| d.start);
        let closed = exact.contains(&Meaning::Class(Class::KeyClosed)) && dated;
        let Some(day) = day.filter(|_| closed && only.is_date()) else {
            return Vec::new();
        };
        let mut fact = base(reader, &placed);
        fact.set(Slot::Closed, Value::Date(Edtf::on(day)));
        vec![fact]
    } else if keyed(Class::KeyOpened)
        && let Some(openings) = openings(reader, sentence, &placed)
    {
        openings
    } else if keyed(Class::KeyOpened) {
        let life = periods(reader, sentence, (0, items.len()));
        if life.is_empty() {
            return Vec::new();
        }
        // "17 November 1961 (Rio de Janeiro)": where it stood then.
        let mut seat = items.iter().filter_map(Item::city);
        placed.city = seat
            .find(|c| reader.state_of_city(*c) == own.receiving)
            .or(own.city);
        lives(reader, &placed, life)
    } else if keyed(Class::KeyCovers) {
        let covered = items.iter().filter_map(Item::named_body);
        covered
            .filter(|b| {
                *b != own.sending && Some(*b) != own.receiving && !reader.is_organisation(*b)
            })
            .map(|body| {
                let covering = Placed {
                    receiving: Some(body),
                    ..placed
                };
                base(reader, &covering)
            })
            .filter(|fact| fact.has(Slot::City))
            .collect()
    } else {
        return Vec::new();
    };
    let mut evidence = reader.side_evidence();
    evidence.push(Evidence {
        span: key,
        role: EvidenceRole::Heading,
    });
    facts
        .into_iter()
        .map(|fact| reader.claim(fact, rule, sentence, None, evidence.clone(), Vec::new()))
        .collect()
}

/// "1929 (legation), 1954 (embassy)", "1931 (first), 1998 (current)": the openings of a mission, each with words in brackets, which may say of what
/// kind it was then.
fn openings(reader: &Reader<'_>, sentence: &Sentence, own: &Placed) -> Option<Vec<Fact>> {
    let items = &sentence.items;
    let sign = |i: usize, c: char| items.get(i).is_some_and(|x| x.sign(c));
    let dates: Vec<usize> = (0..items.len())
        .filter(|&i| items.get(i).is_some_and(Item::is_date))
        .collect();
    let several = dates.len() > 1 && dates.iter().all(|&i| sign(i + 1, '('));
    let kind_behind = |at: usize| {
        let within = items.iter().skip(at + 2).take_while(|x| !x.sign(')'));
        within.filter_map(Item::mission).map(|np| np.kind).next()
    };
    several.then(|| {
        let kinds = dates.iter().any(|&at| kind_behind(at).is_some());
        let mut openings = Vec::new();
        for at in dates {
            let kind = kind_behind(at);
            // "1929 (legation), 1954 (embassy), 1999 (new building)"
            if kinds && kind.is_none() {
                continue;
            }
            let mut fact = base(
                reader,
                &Placed {
                    kind: kind.unwrap_or(own.kind),
                    ..*own
                },
            );
            let day = reader.date(sentence, Some(at)).date.and_then(|d| d.start);
            if let Some(day) = day {
                fact.set(Slot::Opened, Value::Date(Edtf::on(day)));
                openings.push(fact);
            }
        }
        openings
    })
}

/// The address of the document's own mission, from its infobox.
pub(in crate::extract) fn address(
    reader: &Reader<'_>,
    sentence: &Sentence,
    key: Span,
    rule: &Rule,
) -> Option<Claim> {
    let own = reader.own_mission.as_ref()?;
    let words = key.of(&reader.doc.text);
    reader
        .lexicon
        .has_class(words, Class::KeyAddress)
        .then_some(())?;
    let placed = Placed {
        kind: own.kind,
        sending: own.sending,
        receiving: own.receiving,
        city: own.city,
        formerly: false,
        assumed: true,
        dated: None,
    };
    let mut fact = base(reader, &placed);
    fact.set(
        Slot::Address,
        Value::Text(sentence.span.of(&reader.doc.text).trim().to_owned()),
    );
    Some(reader.claim(
        fact,
        rule,
        sentence,
        None,
        reader.side_evidence(),
        Vec::new(),
    ))
}
