//! A measure and the states around it → about whom the number is, in the order that the measure asks for.

use super::fits::is_side;
use super::measure::measure_of;
use crate::document::Lang;
use crate::extract::items::Item;
use crate::extract::reader::Reader;
use crate::language::{Class, TriggerForm};

/// How a state is named beside a measure, with the index of its item.
#[derive(Clone, Debug, Default)]
struct Named {
    /// "Peru's", "of Peru"
    owner: Vec<(usize, usize)>,
    /// "of Peruvian coffee"
    goods: Vec<(usize, usize)>,
    /// "Peruvian", "the Peruvians"
    adjective: Vec<(usize, usize)>,
    /// Without a preposition.
    bare: Vec<(usize, usize)>,
    /// "in Peru", "to Peru", "with Peru"
    placed: Vec<(usize, usize)>,
    /// "from Peru"
    from: Vec<(usize, usize)>,
    /// "by Peru"
    by: Vec<(usize, usize)>,
}

impl Named {
    /// Whether all states are named without a preposition.
    fn only_bare(&self) -> bool {
        let others = [
            &self.owner,
            &self.goods,
            &self.adjective,
            &self.placed,
            &self.from,
            &self.by,
        ];
        others.iter().all(|list| list.is_empty())
    }

    /// The one state that is named, where no other is.
    fn one(&self) -> Option<usize> {
        let lists = [
            &self.owner,
            &self.goods,
            &self.adjective,
            &self.bare,
            &self.placed,
            &self.from,
            &self.by,
        ];
        let mut all = lists.into_iter().flatten().map(|(_, body)| *body);
        let first = all.next()?;
        all.all(|body| body == first).then_some(first)
    }

    fn is_empty(&self) -> bool {
        [
            &self.owner,
            &self.goods,
            &self.adjective,
            &self.bare,
            &self.placed,
            &self.from,
            &self.by,
        ]
        .iter()
        .all(|list| list.is_empty())
    }
}

/// The two states of a pair, that whose paper it is first.
fn both(reader: &Reader<'_>, bare: &[(usize, usize)]) -> Option<Vec<usize>> {
    match *bare {
        [(i, a), (j, b)] if j <= i + 2 && a != b => {
            let own = reader.home().is_some_and(|home| reader.same_state(home, b));
            Some(if own { vec![b, a] } else { vec![a, b] })
        }
        _ => None,
    }
}

fn named(reader: &Reader<'_>, items: &[Item], (start, end): (usize, usize)) -> Named {
    let mut named = Named::default();
    let mut descent = None;
    for (index, item) in items.iter().enumerate().take(end).skip(start) {
        let placed = item.city().and_then(|c| reader.state_of_city(c));
        let placed = placed.filter(|b| !reader.paired || is_side(reader, *b));
        let state = item.body().filter(|b| !reader.is_organisation(*b));
        let Some(body) = state.or(placed) else {
            continue;
        };
        let adjective = item.adjective().is_some();
        let city = item.city().is_some();
        // "with Canada exporting 53 million": who does it.
        let doing = items.get(index + 1).is_some_and(|x| {
            x.verb == Some(TriggerForm::Gerund)
                || x.folded.ends_with("ing") && measure_of(reader, x).is_some()
        });
        let to = item.has_prep(Class::In)
            || item.has_prep(Class::To)
            || item.has_prep(Class::With) && !(doing && reader.doc.lang == Lang::En);
        let from = item.has_prep(Class::From);
        let of = item.has_prep(Class::Of);
        // "persons born in Ghana": Ghanaians.
        let born = (index.saturating_sub(2)..index)
            .any(|i| items.get(i).is_some_and(|x| x.is(Class::Born)));
        // "Peruvians of Ghanaian descent", "residents claimed Ghanaian ancestry": Ghanaians, and where they live.
        let descends = |i: usize| {
            let word = items.get(i).filter(|_| i < end);
            word.is_some_and(|x| reader.lexicon.lists(Class::Descent, &x.folded))
        };
        let from_there = adjective && (descends(index + 1) || descends(index.wrapping_sub(1)));
        let descent = descent.get_or_insert_with(|| (start..end).any(descends));
        let list = if born || from_there {
            &mut named.adjective
        } else if *descent && adjective {
            &mut named.bare
        } else if item.genitive {
            &mut named.owner
        } else if adjective && of && !from {
            &mut named.goods
        } else if adjective {
            &mut named.adjective
        } else if to || city {
            &mut named.placed
        } else if from && !of {
            &mut named.from
        } else if item.has_prep(Class::By) {
            &mut named.by
        } else if of {
            &mut named.owner
        } else {
            &mut named.bare
        };
        list.push((index, body));
    }
    named
}

/// About whom, in the order that the measure asks for; `marked` is the item that names the measure.
pub(super) fn about(
    reader: &Reader<'_>,
    index: usize,
    items: &[Item],
    at: usize,
    marked: Option<usize>,
    measure: &str,
    clause: (usize, usize),
) -> Option<Vec<usize>> {
    let named = named(reader, items, clause);
    let centre = marked.unwrap_or(at);
    // "Norway gave Peru a grant": to whom it is given stands without a preposition behind the verb.
    if measure == "aid"
        && let [(i, giver), (j, given)] = named.bare.as_slice()
        && giver != given
        && let Some(between) = items.get(i + 1..*j)
        && between.iter().any(Item::is_finite)
        && between
            .iter()
            .all(|x| !x.is(Class::And) && !x.sign(',') && !x.is(Class::Relative))
    {
        return Some(vec![*giver, *given]);
    }
    let near = |list: &[(usize, usize)], but: Option<usize>| {
        list.iter()
            .filter(|(_, b)| Some(*b) != but)
            .min_by_key(|(i, _)| i.abs_diff(centre))
            .map(|(_, b)| *b)
    };
    let pair = |first: Option<usize>, second: Option<usize>| match (first, second) {
        (Some(a), Some(b)) if a != b => Some(vec![a, b]),
        (Some(a), _) => beside(reader, index, a).map(|b| vec![a, b]),
        (None, Some(b)) => beside(reader, index, b).map(|a| vec![a, b]),
        (None, None) => None,
    };
    // "Peru bought": the one before the verb does it.
    let verb = items.get(centre).is_some_and(|i| i.verb.is_some());
    let subject = || {
        let before = |list: &[(usize, usize)]| list.iter().copied().rfind(|(i, _)| *i < centre);
        let found = before(&named.bare).or_else(|| before(&named.adjective));
        found.filter(|_| verb).map(|(_, b)| b)
    };
    // "imports of Spain", "Spain's imports": right beside the measure.
    let close = || {
        let list = named.owner.iter().filter(|_| !verb);
        let near = |i: usize| {
            if i < centre {
                i + 1 == centre
            } else {
                i <= centre + 2
            }
        };
        list.copied().find(|(i, _)| near(*i)).map(|(_, b)| b)
    };
    // "2 per cent of Peruvian exports": whose they are, not whose goods.
    let measured = || {
        let own = |(i, _): &&(usize, usize)| i + 1 == centre;
        let found = named.goods.iter().find(own).filter(|_| !verb);
        found.map(|(_, b)| *b)
    };
    let owner = || {
        near(&named.by, None)
            .or_else(close)
            .or_else(measured)
            .or_else(subject)
            .or_else(|| near(&named.adjective, None).filter(|_| !verb))
            .or_else(|| near(&named.bare, None).filter(|_| measure == "imports"))
            .or_else(|| near(&named.owner, None))
            .or_else(|| near(&named.bare, None))
            .or_else(|| near(&named.adjective, None))
            .or_else(|| near(&named.goods, None).filter(|_| measure != "imports"))
    };
    match measure {
        // "The balance of trade": that of the two sides.
        "other"
            if named.is_empty()
                && reader.sides.len() == 2
                && items.get(centre).is_some_and(|i| i.is(Class::Sum)) =>
        {
            Some(reader.pair_at(index))
        }
        // "a deficit of 3 million for Peru": that of the one named.
        "other" if items.get(centre).is_some_and(|i| i.is(Class::Sum)) && named.one().is_some() => {
            pair(named.one(), None)
        }
        "community" | "other" => {
            let who = near(&named.adjective, None)
                .or_else(|| near(&named.goods, None))
                // "Tourists from Peru"
                .or_else(|| near(&named.from, None));
            // "Morocco has 36 million inhabitants": nobody from elsewhere.
            if who.is_none() && items.iter().any(|i| i.is(Class::Inhabitants)) {
                return None;
            }
            let place = near(&named.placed, who)
                .or_else(|| near(&named.bare, who))
                .or_else(|| near(&named.owner, who));
            pair(who, place)
        }
        // "Kenya received 3 million in aid from Peru", "le Kenya a reçu du Pérou".
        "aid"
            if named.placed.is_empty()
                && !named.bare.is_empty()
                && (!named.from.is_empty()
                    || !named.by.is_empty()
                    || items.iter().any(|i| received(reader, i))) =>
        {
            let receiver = near(&named.bare, None);
            let giver = near(&named.from, receiver)
                .or_else(|| near(&named.by, receiver))
                .or_else(|| near(&named.owner, receiver));
            match (giver, receiver) {
                (Some(_), _) => pair(giver, receiver),
                // "Kenya received 3 million": from the other side.
                (None, Some(receiver)) => {
                    beside(reader, index, receiver).map(|giver| vec![giver, receiver])
                }
                (None, None) => pair(owner(), None),
            }
        }
        // "Trade between Peru and Chile was 8 million (exports 5, imports 3)": those of the state whose paper it is, or that is named first.
        "exports" | "imports"
            if !verb && named.only_bare() && both(reader, &named.bare).is_some() =>
        {
            both(reader, &named.bare)
        }
        "exports" | "investment" | "aid" => {
            let first = ours(reader, items, clause).or_else(owner);
            // "Export from Peru": whose goods they are.
            let first = first.or_else(|| near(&named.from, None).filter(|_| measure == "exports"));
            let second = near(&named.placed, first)
                .or_else(|| near(&named.owner, first).filter(|_| verb))
                .or_else(|| near(&named.bare, first));
            pair(first, second)
        }
        "imports" => {
            let first = ours(reader, items, clause).or_else(owner);
            let second = near(&named.from, first)
                .or_else(|| near(&named.goods, first))
                .or_else(|| near(&named.placed, first))
                .or_else(|| near(&named.owner, first))
                .or_else(|| near(&named.adjective, first).filter(|_| verb))
                .or_else(|| near(&named.bare, first));
            pair(first, second)
        }
        "rank" => {
            // "Peru is France's 93rd partner": the one ranked, then the one in whose list.
            let ranked = near(&named.bare, None);
            let list = near(&named.owner, ranked)
                .or_else(|| near(&named.placed, ranked))
                .or_else(|| near(&named.adjective, ranked));
            match ranked {
                Some(_) => pair(ranked, list),
                None => {
                    // "Rank of Peru among the customers of France": in the order of the text.
                    let mut all: Vec<(usize, usize)> = named
                        .owner
                        .iter()
                        .chain(&named.adjective)
                        .chain(&named.placed)
                        .copied()
                        .collect();
                    all.sort_unstable();
                    let first = all.first().map(|(_, b)| *b)?;
                    let second = all.iter().map(|(_, b)| *b).find(|b| *b != first);
                    match second {
                        Some(second) => Some(vec![first, second]),
                        // One alone behind "to" or as owner is the one in whose list.
                        None => pair(None, Some(first)),
                    }
                }
            }
        }
        _ => {
            let mut all: Vec<(usize, usize)> = [
                &named.bare,
                &named.adjective,
                &named.placed,
                &named.owner,
                &named.from,
                &named.by,
                &named.goods,
            ]
            .into_iter()
            .flatten()
            .copied()
            .collect();
            let pair = reader.pair_at(index);
            let theirs = |b: usize| reader.is_side(b) || pair.contains(&b);
            all.retain(|(_, b)| reader.sides.len() < 2 || theirs(*b));
            all.sort_by_key(|(i, _)| i.abs_diff(centre));
            let mut both: Vec<usize> = Vec::new();
            for (_, body) in all {
                if !both.contains(&body) {
                    both.push(body);
                }
            }
            match both.as_slice() {
                [a, b, ..] => Some(vec![*a, *b]),
                _ if reader.home().is_some() => {
                    let pair = reader.pair_at(index);
                    let own = both.iter().all(|b| pair.contains(b));
                    (own && pair.len() == 2).then_some(pair)
                }
                _ if reader.sides.len() == 2 => Some(reader.sides.clone()),
                [a] => reader.other_side(*a).map(|b| vec![*a, b]),
                [] => None,
            }
        }
    }
}

/// The other state of what a number tells of one: the text's own, or the one spoken of there.
fn beside(reader: &Reader<'_>, index: usize, state: usize) -> Option<usize> {
    reader
        .partner(index, state)
        .or_else(|| reader.other_side(state))
}

/// The state that speaks, where a clause tells of what it does: "our exports", "les vendimos".
fn ours(reader: &Reader<'_>, items: &[Item], (start, end): (usize, usize)) -> Option<usize> {
    let spanish = reader.doc.lang == Lang::Es;
    let first_person = |i: &Item| {
        i.is(Class::Our)
            || i.is(Class::We)
            || spanish && i.folded.ends_with("mos") && measure_of(reader, i).is_some()
    };
    let clause = items.get(start..end).unwrap_or(&[]);
    reader.home().filter(|_| clause.iter().any(first_person))
}

/// Whether a word says that somebody has what another gives.
fn received(reader: &Reader<'_>, item: &Item) -> bool {
    let rule = reader.lexicon.rule("observation.number");
    let words = rule.and_then(|rule| rule.set.get("received"));
    words.is_some_and(|words| words.split('|').any(|word| word == item.folded))
}
