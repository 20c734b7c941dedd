//! Missions that a sentence, an infobox or an address only mentions → claims.

use super::life::periods;
use super::places::{Placed, base, places};
use super::spoken::{definite, indefinite};
use super::wanted::{infinitive_of, of_project};
use crate::document::BlockKind;
use crate::extract::dates::Bound;
use crate::extract::items::{Item, ItemKind, MissionNp};
use crate::extract::reader::{Reader, Sentence};
use crate::extract::told::covers;
use crate::fact::{Claim, Kind, Slot, Value};
use crate::language::{Class, Rule, TriggerForm};

/// "Consulate of Peru at Kayes: established 1987, closed 2003", "Legation in Lima, 1863–1940": where the days of a mission end that a line of a
/// list, or one without a verb, tells behind its name.
fn lives_behind(reader: &Reader<'_>, sentence: &Sentence, index: usize) -> Option<usize> {
    let items = &sentence.items;
    let parts = [',', ':', '–', '-', '—'];
    let sign = items.get(index + 1)?;
    parts.iter().any(|c| sign.sign(*c)).then_some(())?;
    let (before, behind) = items.split_at_checked(index)?;
    let listed = matches!(
        reader.block(sentence)?.kind,
        BlockKind::Item | BlockKind::Row | BlockKind::Entry
    );
    let opens = before.iter().all(|i| !i.is_np() || i.adjective().is_some());
    let plain = |i: &Item<'_>| match i.kind {
        ItemKind::Trigger(_) => listed,
        ItemKind::Date(_) | ItemKind::Sign(_) => true,
        ItemKind::Word => i.verb.is_none() && !i.is(Class::Be) && !i.is(Class::Have),
        ItemKind::Actor(_)
        | ItemKind::Body(..)
        | ItemKind::City(_)
        | ItemKind::Quantity(_)
        | ItemKind::Mission(_)
        | ItemKind::Treaty(_) => false,
    };
    let days = behind.get(1..)?;
    (opens && days.iter().any(Item::is_date) && days.iter().all(plain)).then_some(items.len())
}

/// Missions that a sentence names without saying what happened to them: their existence.
pub(in crate::extract) fn mentioned(
    reader: &Reader<'_>,
    sentence: &Sentence,
    rule: &Rule,
    told: &[Claim],
) -> Vec<Claim> {
    let mut claims = Vec::new();
    let left = left_open(reader, &sentence.items);
    let unreal = [Class::Hypothetical, Class::Planned, Class::Not];
    let unreal = |i: &Item<'_>| unreal.iter().any(|c| i.is(*c));
    if !left && sentence.items.iter().any(unreal) {
        return claims;
    }
    for (index, item) in sentence.items.iter().enumerate() {
        let ItemKind::Mission(np) = &item.kind else {
            continue;
        };
        // "A consulate in Lima, announced in 2016, never opened."
        let behind = sentence.items.iter().skip(index + 1);
        let mut behind = behind.take_while(|i| !i.sign(';') && i.mission().is_none());
        let cancelled = !left && behind.any(|i| i.is(Class::Cancelled));
        if cancelled
            || not_to_be(&sentence.items, index)
            || of_project(&sentence.items, index)
            || asked_for(reader, &sentence.items, index)
        {
            continue;
        }
        // "No embassy in A was closed", "a consulate in A will not be closed": of none in particular.
        if left && indefinite(&sentence.items, index) {
            continue;
        }
        if item.is(Class::NoMission)
            || (np.sending.is_none() && np.cities.is_empty() && np.receiving.is_none())
        {
            continue;
        }
        // "one of the two representations of Peru in Paris": of what kind it is another mention says.
        let general = reader.lexicon.missions.get(np.kind);
        if general.is_some_and(|k| k == "mission") || only_wanted(&sentence.items, index) {
            continue;
        }
        let genitive = reader.genitive_city(&sentence.items, index);
        let owner = reader
            .heading_side(sentence)
            .or(genitive)
            .or_else(|| subject(reader, sentence, index))
            .or_else(|| among_missions(reader, &sentence.items, index))
            .or_else(|| {
                reader
                    .home()
                    .filter(|home| left && !lies_in(reader, np, *home))
            })
            .or_else(|| ours(reader, &sentence.items, index));
        // "the honorary consulates in Porto and Funchal": where all lie in one of the two sides, they are the other's.
        let between = !np.cities.is_empty()
            && np.cities.iter().all(|(city, _, _)| {
                let state = reader.state_of_city(*city);
                state.is_some_and(|s| reader.other_side(s).is_some())
            });
        if np.sending.is_none() && !np.proper && owner.is_none() && !between {
            continue;
        }
        for placed in places(reader, &sentence.items, index, np, owner) {
            if placed.city.is_none() && placed.receiving.is_none() {
                continue;
            }
            let mut fact = base(reader, &placed);
            // "one of two representations in Paris, the other being the embassy": the city said in the sentence of a mission article.
            if !fact.has(Slot::City)
                && let Some(city) = other_city(reader, sentence, &placed)
            {
                fact.set(Slot::City, city);
            }
            // "Embassy of Peru in France: 50 avenue …, Paris": the address behind the colon ends with the city.
            if !fact.has(Slot::City)
                && sentence.items.get(index + 1).is_some_and(|i| i.sign(':'))
                && let Some(city) = sentence
                    .items
                    .get(index + 2..)
                    .unwrap_or(&[])
                    .iter()
                    .rev()
                    .find_map(|i| {
                        if let ItemKind::City(city) = i.kind {
                            Some(city)
                        } else {
                            None
                        }
                    })
                    .filter(|c| reader.state_of_city(*c) == placed.receiving)
                    .and_then(|c| reader.city_value(c))
            {
                fact.set(Slot::City, city);
            }
            if !fact.has(Slot::City) {
                continue;
            }
            let evidence = if placed.assumed {
                reader.side_evidence()
            } else {
                Vec::new()
            };
            // "Consulate General in Kobe (1899–1941)", "consulates at A in 1738, at B in 1750".
            let bracket = sentence.items.get(index + 1).is_some_and(|i| i.sign('('));
            let end = sentence.items.iter().skip(index).position(|i| i.sign(')'));
            let end = end.filter(|_| bracket).map(|end| index + end);
            let end = end.or_else(|| lives_behind(reader, sentence, index));
            if let Some(end) = end.filter(|_| placed.dated.is_none()) {
                if let Some(life) = periods(reader, sentence, (index + 2, end)).first() {
                    life.put(&mut fact);
                }
            } else if let Some(date) = placed.dated.or_else(|| since(&sentence.items, index)) {
                let dated = reader.date(sentence, Some(date));
                dated.put_range(&mut fact, Slot::Opened, Slot::Closed);
            }
            let claim = reader.claim(fact, rule, sentence, None, evidence, Vec::new());
            // "The embassy in Oslo moved to new premises": that it is there, too.
            let event = |t: &Claim| t.fact.kind == Kind::MissionEvent && t.holds();
            let said = told.iter().any(|t| {
                t.fact.kind != Kind::Treaty
                    && !event(t)
                    && t.statement() == claim.statement()
                    && (t.holds() || !left)
                    && [Slot::Kind, Slot::Sending, Slot::City]
                        .iter()
                        .all(|s| t.fact.get(*s) == claim.fact.get(*s))
            });
            // "Peru is covered from the embassy in Quito": it is that of the state which covers, whoever the sentence begins with; "Chile has a
            // consulate in Cusco" tells of no other state's.
            let other = told.iter().any(|t| {
                let same = |slot: Slot| t.fact.get(slot) == claim.fact.get(slot);
                t.statement() == claim.statement()
                    && t.fact.kind == Kind::Mission
                    && (covers(t) || t.holds() && same(Slot::Kind) && same(Slot::Receiving))
                    && same(Slot::City)
                    && !same(Slot::Sending)
            });
            let another = other && np.sending.is_none() && genitive.is_none();
            if !said && !another && claim.holds() {
                claims.push(claim);
            }
        }
    }
    claims
}

/// "Plans to close the embassies in A and B were dropped", "the embassy in A is not affected by the cuts", "the consulate in A will be closed next
/// year": whether a sentence says of missions no more than that they are not closed, or not yet; what it says of no other verb is so.
fn left_open(reader: &Reader<'_>, items: &[Item<'_>]) -> bool {
    let closes = |i: &Item<'_>| {
        let mut rules = i.rules(reader.lexicon);
        rules.any(|r| r.id.ends_with("mission.close"))
    };
    let spared =
        items.iter().any(|i| i.is(Class::Spared)) && items.iter().any(|i| i.is(Class::Not));
    let others = items.iter().filter(|i| !closes(i));
    let tells = |r: &Rule| r.fact == "mission" && !r.id.ends_with("mission.have-apart");
    let mut others = others.filter(|i| i.rules(reader.lexicon).any(tells));
    // "It is not true that Peru closed its embassy": whether it had one is not said.
    let closing = items.iter().position(closes);
    let before = closing.and_then(|at| items.get(..at)).unwrap_or(&[]);
    let said = [Class::Relative, Class::AccordingTo, Class::Doubt];
    let said = before.iter().any(|i| said.iter().any(|c| i.is(*c)));
    (spared || closing.is_some() && !said) && others.next().is_none()
}

/// "The embassy in Stockholm changes its address": in a text on one state, a mission abroad that is spoken of as known is its own, where the
/// sentence names no other state.
fn ours(reader: &Reader<'_>, items: &[Item<'_>], index: usize) -> Option<usize> {
    let np = items.get(index)?.mission()?;
    let home = reader.home().filter(|_| !reader.paired)?;
    let there = reader.state_of_city(np.cities.first()?.0);
    let other = |i: &Item<'_>| {
        let body = i.body().or_else(|| i.mission()?.sending);
        body.is_some_and(|b| b != home && Some(b) != there && !reader.is_organisation(b))
    };
    let known = definite(items, index) && !np.possessive && !lies_in(reader, np, home);
    (known && !items.iter().any(other)).then_some(home)
}

/// Whether a mission stands in a city of a state.
fn lies_in(reader: &Reader<'_>, np: &MissionNp, state: usize) -> bool {
    let mut cities = np.cities.iter().map(|(city, _, _)| *city);
    cities.any(|city| reader.state_of_city(city) == Some(state))
}

/// "Its first missions abroad were the embassies in A and B": whose missions those are that the sentence says a mission to be one of: in a text on one
/// state, its.
fn among_missions(reader: &Reader<'_>, items: &[Item], index: usize) -> Option<usize> {
    let before = items.get(..index)?;
    let general = |i: &Item<'_>| {
        let kind = i
            .mission()
            .and_then(|np| reader.lexicon.missions.get(np.kind));
        kind.is_some_and(|k| k == "mission")
    };
    let missions = before.iter().position(general)?;
    let other = |i: &Item<'_>| i.named_body().is_some() || i.is_finite();
    let be = before.iter().skip(missions).any(|i| i.is(Class::Be));
    let np = before.get(missions)?.mission()?;
    let owner = np
        .sending
        .or_else(|| reader.home().filter(|_| !reader.issued));
    owner.filter(|_| be && !before.iter().any(other))
}

/// "funds for an embassy", "the opening of a consulate", "to open a consulate": something new that an infinitive or a purpose speaks of need not be there.
fn only_wanted(items: &[Item], index: usize) -> bool {
    let before = items.get(..index).unwrap_or(&[]);
    let verb = before.iter().rev().find_map(|i| i.verb);
    let purpose = items
        .get(index)
        .is_some_and(|i| i.has_prep(Class::For) || i.has_prep(Class::Of));
    indefinite(items, index) && (purpose || verb == Some(TriggerForm::Base))
}

/// "through its embassy in A since 1975": the date since when a state has a mission that is called its own.
fn since(items: &[Item], index: usize) -> Option<usize> {
    let own = items.get(index)?.mission()?.possessive;
    let dated = items.get(index + 1).filter(|_| own)?;
    matches!(&dated.kind, ItemKind::Date(d) if d.bound == Bound::Since).then_some(index + 1)
}

/// "Il n'est pas prévu de rouvrir le consulat": whether words that say that something is not to be lead the infinitive whose object a mission is.
fn not_to_be(items: &[Item], index: usize) -> bool {
    infinitive_of(items, index).is_some_and(|verb| {
        let before = items.get(verb.saturating_sub(2)..verb).unwrap_or(&[]);
        before.iter().any(|i| i.is(Class::Undone))
    })
}

/// "A consulate in A has been requested", "Se había anunciado una embajada en A": something new of which the verb says that it is wished for or announced.
pub(in crate::extract) fn asked_for(reader: &Reader<'_>, items: &[Item], index: usize) -> bool {
    let wished = [
        Class::Requested,
        Class::Wished,
        Class::Hypothetical,
        Class::Expected,
    ];
    let announced = |i: &Item| reader.lexicon.lists(Class::OnlyAnnounced, &i.folded);
    let asked = |i: &Item| wished.iter().any(|c| i.is(*c)) || announced(i);
    let behind = items.get(index + 1..).unwrap_or(&[]).iter().take(8);
    let mut behind = behind.take_while(|i| !matches!(i.kind, ItemKind::Sign(_)));
    let be = behind.any(|i| i.is(Class::Be));
    let passive = be && behind.take(2).any(asked);
    let before = items.get(index.saturating_sub(3)..index).unwrap_or(&[]);
    indefinite(items, index) && (passive || before.iter().any(announced))
}

/// "Hungary works in Vietnam through an embassy in Hanoi": the side that is the subject of the sentence.
pub(super) fn subject(reader: &Reader<'_>, sentence: &Sentence, before: usize) -> Option<usize> {
    let items = sentence.items.get(..before)?;
    let (at, body) = items.iter().enumerate().rev().find_map(|(at, i)| {
        if let ItemKind::Body(body, false) = i.kind {
            (i.prep.is_empty() && !i.genitive).then_some((at, body))
        } else {
            None
        }
    })?;
    let verb = items
        .get(at + 1..)?
        .iter()
        .any(|i| i.is_finite() || i.is(Class::Have));
    // "Taiwan … its embassy": what is somebody's own is the subject's, whoever it is.
    let own = sentence
        .items
        .get(before)
        .and_then(Item::mission)
        .is_some_and(|np| np.possessive);
    (verb && (own || reader.is_side(body))).then_some(body)
}

pub(super) fn other_city(
    reader: &Reader<'_>,
    sentence: &Sentence,
    placed: &Placed,
) -> Option<Value> {
    sentence
        .items
        .iter()
        .any(|i| i.is(Class::Other))
        .then_some(())?;
    let mut cities = sentence.items.iter().filter_map(|i| {
        i.city()
            .or_else(|| i.mission()?.cities.first().map(|c| c.0))
    });
    cities
        .rfind(|c| reader.state_of_city(*c) == placed.receiving)
        .and_then(|c| reader.city_value(c))
}
