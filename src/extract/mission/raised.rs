//! "A raised its legation in B to an embassy", "both legations became embassies": a mission of a new rank opens where the old one stood.

use super::moved;
use super::places::{Placed, base, places, plural};
use super::spoken::{REACH, Spoken};
use super::unnamed::pronoun;
use crate::extract::frame::Frame;
use crate::extract::items::{Item, ItemKind, MissionNp, Stand};
use crate::extract::reader::{Dated, Reader, Sentence};
use crate::extract::told::Told;
use crate::fact::{Claim, Evidence, Fact, Kind, Slot, Value};
use crate::language::{Class, Head, Rule, TriggerForm};

/// What was raised: the mission of the old rank, with its sides and seat.
struct Raised {
    old: Placed,
    evidence: Vec<Evidence>,
}

/// Sender, receiver, old kind and seat of what is raised.
type Side = (usize, usize, usize, Option<usize>);

/// Claims of a rule that tells of a mission's new rank: the relations are upgraded by the sending state, by both where both sides'
/// missions are raised; a consulate that becomes an embassy is an opening alone.
pub(in crate::extract) fn claims(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    rule: &Rule,
    frame: &Frame,
    earlier: &Told,
) -> Vec<Claim> {
    let items = &sentence.items;
    let spoken = Spoken::new(reader, index, earlier);
    let mission = |i: usize| items.get(i).and_then(Item::mission);
    // The old rank stands first, the new one behind the verb.
    let become_ = rule.set.get("raised").is_some_and(|s| s == "predicate");
    let active = rule.id.ends_with(".replaced") && !frame.passive;
    let new_at = if active && items.get(frame.at).is_some_and(Item::is_finite) {
        // "replaced its consulate by an honorary consulate"
        (frame.at + 1..frame.clause.1).find(|&i| {
            mission(i).is_some()
                && items
                    .get(i)
                    .is_some_and(|x| x.has_prep(Class::By) || x.has_prep(Class::With))
        })
    } else if become_ {
        (frame.at + 1..items.len().min(frame.at + 8))
            .take_while(|&i| items.get(i).is_some_and(|x| !x.sign(';') && !x.is_finite()))
            .find(|&i| mission(i).is_some())
            .filter(|&i| !turned_into(items, i))
    } else {
        let may = |i: &usize| {
            let led = led_by_rank(items, *i);
            mission(*i).is_some() && items.get(*i).is_some_and(|x| led || !x.prep.is_empty())
        };
        let mut behind = frame.at + 1..frame.clause.1;
        let first = behind.find(may);
        let first = first.filter(|&i| {
            first_of_noun(items, rule, i) || !become_ && then(items, frame, i, true).is_some()
        });
        first.or_else(|| (frame.at + 1..frame.clause.1).rev().find(may))
    };
    let Some((new_at, new)) = new_at.and_then(|i| Some((i, mission(i)?))) else {
        return Vec::new();
    };
    if rule.head == Head::Noun && unsettled(items, frame) {
        return Vec::new();
    }
    let dated = reader.date(sentence, frame.date);
    let both = both_sides(reader, items, frame, new_at, &spoken);
    let raised = if both.is_empty() {
        olds(reader, items, rule, frame, (new_at, new), &spoken)
    } else {
        both.into_iter()
            .map(|(sending, receiving, kind, city)| Raised {
                old: Placed {
                    sending,
                    receiving: Some(receiving),
                    kind,
                    city,
                    ..Placed::default()
                },
                evidence: reader.side_evidence(),
            })
            .collect()
    };
    let mut claims = Vec::new();
    let mut upgrades: Vec<[usize; 2]> = Vec::new();
    let told = |fact: Fact, dated: &Dated, mut evidence: Vec<Evidence>| {
        evidence.extend(dated.evidence.iter().copied());
        reader.claim(
            fact,
            rule,
            sentence,
            Some(frame),
            evidence,
            dated.flags.clone(),
        )
    };
    let event = rule.set.get("event").map_or("", String::as_str);
    let later = then(items, frame, new_at, !become_);
    let later =
        later.and_then(|(at, date)| Some((mission(at)?, reader.date(sentence, Some(date)))));
    for raised in raised {
        if raised.old.kind == new.kind {
            continue;
        }
        let what = (raised.old.kind, Some(raised.old.sending));
        let seat = moved::new_seat(reader, sentence, earlier, what).or(raised.old.city);
        let raised = Raised {
            old: Placed {
                city: seat,
                ..raised.old
            },
            ..raised
        };
        let fact = opened(reader, &raised.old, new, &dated);
        claims.push(told(fact, &dated, raised.evidence.clone()));
        if let Some((last, date)) = &later {
            let fact = opened(reader, &raised.old, last, date);
            claims.push(told(fact, date, raised.evidence.clone()));
        }
        let Some(receiving) = raised.old.receiving else {
            continue;
        };
        let pair = [raised.old.sending, receiving];
        if diplomatic(reader, raised.old.kind) && diplomatic(reader, new.kind) {
            upgrades.push(pair);
        }
        if let Some((last, date)) = &later
            && diplomatic(reader, new.kind)
            && diplomatic(reader, last.kind)
        {
            let mut fact = upgraded(reader, pair, event);
            date.put(&mut fact, Slot::Date);
            claims.push(told(fact, date, reader.side_evidence()));
        }
    }
    let mutual = matches!(upgrades.as_slice(), [[a, b], [c, d]] if a == d && b == c);
    if mutual {
        upgrades.truncate(1);
    }
    for pair in upgrades {
        let mut fact = upgraded(reader, pair, event);
        if mutual {
            fact.slots.remove(&Slot::Actor);
        }
        dated.put(&mut fact, Slot::Date);
        claims.push(told(fact, &dated, reader.side_evidence()));
    }
    claims
}

/// "au rang de simple consulat": whether words for a rank, of which the preposition is a part, lead to a mission.
fn led_by_rank(items: &[Item], at: usize) -> bool {
    let before = items.get(at.saturating_sub(2)..at).unwrap_or(&[]).iter();
    let mut before = before.rev().take_while(|x| x.kind == ItemKind::Word);
    before.any(|x| x.is(Class::Rank))
}

/// "Transformation en ambassade de la légation à Lima": whether the new rank, right behind the noun, stands before the mission that is raised.
fn first_of_noun(items: &[Item], rule: &Rule, new_at: usize) -> bool {
    let next = |i: &&Item| i.mission().is_some();
    let old = items.iter().skip(new_at + 1).find(next);
    let becomes = items.get(new_at).is_some_and(|i| {
        let of = i.has_prep(Class::Of) && !led_by_rank(items, new_at);
        i.mission()
            .is_some_and(|np| np.sending.is_none() && np.cities.is_empty())
            && !of
    });
    rule.head == Head::Noun && becomes && old.is_some_and(|i| i.has_prep(Class::Of))
}

/// "became a consulate in 1882 and a consulate general in 1903", "was raised to a consulate in 1882 and to a consulate general in 1903": the
/// mission behind the first rank's date, and its own date.
fn then(items: &[Item], frame: &Frame, new_at: usize, led: bool) -> Option<(usize, usize)> {
    let date = frame.date.filter(|d| *d > new_at)?;
    let joins = |i: &Item| i.is(Class::And) || i.is(Class::Then) || i.sign(',');
    let to = |i: &Item| led && (i.is(Class::To) || i.is(Class::In));
    let small = |i: &Item| joins(i) || to(i) || i.is(Class::Indefinite) || i.is(Class::Temporal);
    let mut behind = (date + 1..items.len()).skip_while(|&i| items.get(i).is_some_and(small));
    let at = behind.next().filter(|&i| i > date + 1)?;
    items.get(date + 1).filter(|i| joins(i))?;
    let item = items.get(at).filter(|i| i.prep.is_empty() != led)?;
    item.mission().filter(|np| np.cities.is_empty())?;
    let told =
        (at + 1..items.len().min(at + 4)).find(|&i| items.get(i).is_some_and(Item::is_date))?;
    let between = items.get(at + 1..told)?;
    (!between
        .iter()
        .any(|i| i.is_np() || i.is_finite() || i.sign(',')))
    .then_some((at, told))
}

/// "turned its consulate into an embassy": whether what stands at a place becomes another mission, and is not what something else becomes.
fn turned_into(items: &[Item], at: usize) -> bool {
    let free = items.get(at).is_some_and(|i| i.prep.is_empty());
    let behind = items.get(at + 1..).unwrap_or(&[]).iter();
    let mut own = behind.take_while(|i| !i.sign(',') && !i.sign(';') && !i.is_finite());
    let other = own.find(|i| i.mission().is_some());
    free && other.is_some_and(|i| i.has_prep(Class::To))
}

fn diplomatic(reader: &Reader<'_>, kind: usize) -> bool {
    let name = reader.lexicon.missions.get(kind);
    name.is_some_and(|n| !n.contains("consul"))
}

/// The mission of the new rank.
fn opened(reader: &Reader<'_>, old: &Placed, new: &MissionNp, dated: &Dated) -> Fact {
    let placed = Placed {
        kind: new.kind,
        ..*old
    };
    let mut fact = base(reader, &placed);
    dated.put(&mut fact, Slot::Opened);
    fact
}

/// "The relations of a pair were raised": the fact without its actor and day.
pub(super) fn upgraded(reader: &Reader<'_>, pair: [usize; 2], event: &str) -> Fact {
    let mut fact = Fact::new(Kind::Relations);
    fact.set(Slot::Event, Value::Term(event.to_owned()));
    for value in pair.iter().filter_map(|b| reader.body_value(*b)) {
        fact.add(Slot::Parties, value);
    }
    if let Some(value) = reader.body_value(pair[0]) {
        fact.set(Slot::Actor, value);
    }
    fact
}

/// "Both legations became embassies", "the two countries raised their legations", "each government promoted its legation": what was raised
/// is the mission of each side to the other: sender, receiver and old kind.
fn both_sides(
    reader: &Reader<'_>,
    items: &[Item],
    frame: &Frame,
    new_at: usize,
    spoken: &Spoken<'_>,
) -> Vec<Side> {
    if let Some(found) = of_each_other(items, frame, new_at) {
        return found;
    }
    let [a, b] = reader.sides.as_slice() else {
        return Vec::new();
    };
    let before = items.get(frame.clause.0..new_at).unwrap_or(&[]);
    // "transformed into embassies their legations": the object may stand behind.
    let behind = items.get(new_at + 1..frame.clause.1).unwrap_or(&[]);
    let behind = behind.iter().take_while(|i| !i.sign(','));
    let free = |i: &&Item<'_>| i.mission().is_some() && i.prep.is_empty();
    let mut olds = before.iter().filter(|i| i.mission().is_some());
    let (old, None) = (
        olds.next().or_else(|| behind.clone().find(free)),
        olds.next(),
    ) else {
        return Vec::new();
    };
    let named = reader.bodies(items, &frame.subject);
    let pair = |i: &Item| two(i) || i.is(Class::BothStates) || i.is(Class::EachOwn);
    let both = before.iter().any(pair) || named.contains(a) && named.contains(b);
    let kind = match old.and_then(|i| Some((i, i.mission()?))) {
        Some((item, np)) => {
            let open = np.sending.is_none() && np.cities.is_empty() && np.receiving.is_none();
            // "Legations were raised to embassies" between the two of the title.
            let all = || {
                let new = items.get(new_at);
                reader.paired && named.is_empty() && plural(item) && new.is_some_and(plural)
            };
            (open && (both || all())).then_some(np.kind)
        }
        // "In 1964 both received the rank of embassy": the missions spoken of.
        None => both
            .then(|| {
                let spoken = spoken.nearest_of(REACH).map(|np| np.kind);
                spoken.or_else(|| reader.lexicon.mission("legation"))
            })
            .flatten(),
    };
    kind.map_or_else(Vec::new, |kind| {
        vec![(*a, *b, kind, None), (*b, *a, kind, None)]
    })
}

/// "both", "the two": whether a word stands for two that were told of.
pub(super) fn two(item: &Item<'_>) -> bool {
    let both = item.actor().is_some_and(|a| a.stand == Some(Stand::Both));
    both || item.is(Class::TheTwo)
}

/// "The legations of A and B were raised to embassies": those of two states to each other, wherever the text is of.
fn of_each_other(items: &[Item], frame: &Frame, new_at: usize) -> Option<Vec<Side>> {
    let at = (frame.clause.0..new_at).find(|&i| {
        let np = items.get(i).and_then(Item::mission);
        np.is_some_and(|np| np.cities.len() < 2 && np.receiving.is_none())
            && items.get(i).is_some_and(plural)
    })?;
    let np = items.get(at)?.mission()?;
    let first = np.sending?;
    items.get(at + 1).filter(|x| x.is(Class::And))?;
    let small = |x: &Item<'_>| x.is(Class::Article) || x.is(Class::Of);
    let mut behind = items
        .iter()
        .enumerate()
        .skip(at + 2)
        .skip_while(|(_, x)| small(x));
    let (named, second) = behind.next()?;
    let second = second.named_body().filter(|b| *b != first)?;
    // "the legations of A in X and of B in Y"
    let there = items
        .get(named + 1..)?
        .iter()
        .find(|x| !small(x) && !x.is(Class::In));
    let there = there.and_then(Item::city);
    let city = np.cities.first().map(|c| c.0);
    (city.is_some() == there.is_some()).then_some(())?;
    Some(vec![
        (first, second, np.kind, city),
        (second, first, np.kind, there),
    ])
}

/// The missions before the new rank, or the one that a word for it stands for.
fn olds(
    reader: &Reader<'_>,
    items: &[Item],
    rule: &Rule,
    frame: &Frame,
    (new_at, new): (usize, &MissionNp),
    spoken: &Spoken<'_>,
) -> Vec<Raised> {
    let owners = reader.bodies(items, &frame.role(items, rule, "actor"));
    let mut at: Vec<usize> = (frame.clause.0..frame.clause.1.max(new_at))
        .filter(|&i| i != new_at)
        .filter(|&i| {
            items
                .get(i)
                .is_some_and(|x| matches!(x.kind, ItemKind::Mission(_)) && !x.has_prep(Class::As))
        })
        .collect();
    // What stands behind the verb is its object ("elevó a consulado general su consulado"); else what stands nearest before it, with what is
    // joined to it.
    if at.iter().any(|&i| i > frame.at && i < new_at) {
        at.retain(|&i| i > frame.at && i < new_at);
    } else if let Some(last) = at.iter().copied().rfind(|&i| i < frame.at) {
        let list = items.get(last).map_or(last, |x| x.list);
        // "The legation in A, opened in 1957, and that in B, opened in 1960, were both raised": two of a kind.
        let both = items
            .get(last + 1..frame.at)
            .is_some_and(|b| b.iter().any(two));
        let mission = |i: usize| items.get(i).filter(|x| x.prep.is_empty())?.mission();
        let other = mission(last).and_then(|np| {
            let mut before = at.iter().copied().rev().skip_while(|i| *i >= last);
            before.find(|i| mission(*i).is_some_and(|m| m.kind == np.kind))
        });
        let other = other.filter(|_| both);
        at.retain(|&i| {
            i < frame.at
                && items
                    .get(i)
                    .is_some_and(|x| x.list == list || i == last || Some(i) == other)
        });
    } else {
        at.truncate(1);
    }
    if at.is_empty() {
        // "Peru raised it to an embassy"
        let object = frame.at + 1;
        let it = items.get(object).filter(|i| i.is(Class::MissionIt));
        let it = it.filter(|_| object < new_at).map(|_| object);
        at.extend(it.or_else(|| pronoun(items, frame)));
    }
    let infinitive = items.get(frame.at).and_then(|i| i.verb) == Some(TriggerForm::Base);
    if at.is_empty() && unnamed(items, frame) {
        // "la elevó al rango de embajada", "Se convirtió en consulado general": the one spoken of.
        return spoken
            .nearest()
            .into_iter()
            .flat_map(|(np, from)| {
                let placed = places(reader, items, frame.at, &np, None);
                placed.into_iter().map(move |old| Raised {
                    old: if infinitive {
                        old
                    } else {
                        lesser(reader, rule, old, new)
                    },
                    evidence: vec![from],
                })
            })
            .collect();
    }
    // "was opened in 1959 as a legation and raised to an embassy": what it was.
    let before = items.get(frame.clause.0..frame.at).unwrap_or(&[]).iter();
    let mut before = before.rev().filter(|i| i.has_prep(Class::As));
    let was = before.find_map(Item::mission).map(|np| np.kind);
    let mut found = Vec::new();
    for index in at {
        let resolved = spoken.resolve(items, index, &owners);
        let np = match (items.get(index).and_then(Item::mission), &resolved) {
            (_, Some((np, _))) => np.clone(),
            (Some(np), None) => np.clone(),
            (None, None) => continue,
        };
        let mut evidence = reader.side_evidence();
        evidence.extend(resolved.iter().map(|(_, from)| *from));
        let placed = places(reader, items, index, &np, owners.first().copied());
        // "the mission", "it": a word that does not say what it was.
        let named = items.get(index).and_then(Item::mission);
        // "la mission commerciale": which another word tells.
        let told = |i: &Item| i.kind == ItemKind::Word && i.meanings.is_empty() && !i.is_finite();
        let unsaid =
            named.is_none_or(|np| np.kind != new.kind) && !items.get(index + 1).is_some_and(told);
        found.extend(placed.into_iter().map(|old| Raised {
            old: match was {
                Some(kind) => Placed { kind, ..old },
                None if unsaid => lesser(reader, rule, old, new),
                None => old,
            },
            evidence: evidence.clone(),
        }));
    }
    found
}

/// What a mission must have been that is known by no more than the rank it was raised to: an embassy a legation, a consulate general a consulate.
fn lesser(reader: &Reader<'_>, rule: &Rule, old: Placed, new: &MissionNp) -> Placed {
    let bare = new.sending.is_none() && new.receiving.is_none() && new.cities.is_empty();
    let name = reader.lexicon.missions.get(new.kind).map(String::as_str);
    let less = match name.filter(|_| bare && old.kind == new.kind) {
        Some("embassy") => Some("legation"),
        Some("consulate general") => Some("consulate"),
        _ => None,
    };
    let upgraded = rule.set.get("event").is_some_and(|e| e == "upgraded");
    let kind = less
        .filter(|_| upgraded)
        .and_then(|less| reader.lexicon.mission(less));
    Placed {
        kind: kind.unwrap_or(old.kind),
        ..old
    }
}

/// Whether what is said of a noun behind it is that it was planned, asked for or given up.
fn unsettled(items: &[Item], frame: &Frame) -> bool {
    const UNSETTLED: &[Class] = &[
        Class::Planned,
        Class::Expected,
        Class::Hypothetical,
        Class::Requested,
        Class::Wished,
        Class::Cancelled,
        Class::Not,
    ];
    let clause = items.get(frame.at + 1..frame.clause.1).unwrap_or(&[]);
    clause
        .iter()
        .any(|i| UNSETTLED.iter().any(|class| i.is(*class)))
}

/// Whether what is raised has no words of its own before the verb: an object pronoun, or nothing at all.
fn unnamed(items: &[Item], frame: &Frame) -> bool {
    let before = items.get(frame.clause.0..frame.at).unwrap_or(&[]);
    let him = before
        .iter()
        .any(|i| i.actor().is_some_and(|a| a.stand == Some(Stand::Him)));
    him || !before.iter().any(|i| i.is_np() && i.prep.is_empty())
}

/// "It reopened in 1980 with the rank of an embassy": the kind that the mission has from then on.
pub(super) fn rank(items: &[Item], frame: &Frame) -> Option<usize> {
    let after = items.get(frame.at + 1..frame.clause.1)?;
    // "was opened in 1959 as a legation"
    let bare = |i: &&Item| {
        i.mission()
            .is_some_and(|np| np.cities.is_empty() && np.sending.is_none())
    };
    if let Some(kind) = after
        .iter()
        .take(8)
        .find(|i| bare(i) && i.has_prep(Class::As))
    {
        return kind.mission().map(|np| np.kind);
    }
    // "The legation opened in 1951 was raised to the rank of an embassy": the rank behind another verb came later.
    let mut own = after
        .iter()
        .take_while(|i| !(i.is_finite() || i.is(Class::Be)));
    let rank = own.position(|i| i.is(Class::MissionRank))?;
    let mission = after.get(rank + 1..)?.iter().find(|i| i.is_np())?;
    mission.mission().map(|np| np.kind)
}

/// "The consulate, raised to a consulate general in 1872, closed in 1919": the kind that the words between a mission and a verb say it had become.
pub(super) fn raised_to(
    reader: &Reader<'_>,
    items: &[Item],
    mission: usize,
    frame: &Frame,
) -> Option<usize> {
    let between = items.get(mission + 1..frame.at)?;
    let rank = |i: &Item| {
        i.rules(reader.lexicon)
            .any(|r| r.set.get("event").is_some_and(|e| e == "upgraded"))
    };
    let verb = between.iter().rposition(rank)?;
    let to = between.get(verb + 1..)?.iter().find(|i| i.is_np())?;
    to.mission()
        .filter(|_| !to.prep.is_empty())
        .map(|np| np.kind)
}
