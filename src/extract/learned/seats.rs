//! Between which states somebody holds a post, and in which city: of those that a text names near the statement and far from it, the likeliest.

mod named;
mod posts;
mod residence;

use super::ByRules;
use super::appointment::role;
use super::features::Features;
use super::fills::{Asker, Choice, Fills, Written, best, put, refill, rule};
use super::model::Model;
use crate::extract::appointment::heading_role;
use crate::extract::items::{Item, OfficeNp};
use crate::extract::offices::is_consular;
use crate::extract::reader::Reader;
use crate::extract::settle::consular;
use crate::fact::{Claim, Fact, Kind, Slot, Value};
use crate::language::Class;
use crate::text::Span;
use named::{Named, person_at};
use posts::Posts;
use residence::{apart, residence, resident, tells_next};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// How much more other sides must weigh than those told.
const SURER: i32 = 0;

/// The end of the name of the rule of those who are accredited to the states that a sentence names.
const ACCREDITED: &str = ".accredited";

/// The end of the name of a rule of which only the weights tell.
const BY_WEIGHTS: &str = ".likely";

/// The ends of the names of rules whose words tell of who is sent, and where to.
const WORDED: [&str; 6] = [
    ".named",
    ".headed-by",
    ".headed",
    ".came",
    ".start",
    ".entrusted",
];

/// The end of the name of the rule of lists of heads of mission.
const LISTED: &str = ".list";

/// The end of the name of the rule of the entries of a fact sheet.
const ENTRY: &str = ".entry";

/// Whether a city is named as where something is or goes, or as the seat of a mission.
fn seated(items: &[Item<'_>], city: Option<usize>) -> bool {
    let placed = |i: &Item<'_>| i.has_prep(Class::In) || i.has_prep(Class::To);
    items.iter().any(|i| {
        let seats = i.mission().map_or(&[][..], |np| np.cities.as_slice());
        let seat = seats.iter().any(|(c, _, _)| Some(*c) == city);
        seat || i.city().is_some() && i.city() == city && placed(i)
    })
}

/// Whether the heading or title of a list of heads of mission names the sides that it was read to have, or they are those of the mission that the
/// document is about.
fn headed_sides(
    reader: &Reader<'_>,
    (index, rule): (usize, &str),
    own: [Option<usize>; 3],
) -> [bool; 2] {
    let mission = reader.own_mission.as_ref();
    let here = mission.is_some_and(|m| Some(m.sending) == own[0] && m.receiving == own[1]);
    if rule.ends_with(ENTRY) {
        return [here, here];
    }
    let listed = reader.sentences.get(index);
    let Some(sentence) = listed.filter(|_| rule.ends_with(LISTED)) else {
        return [false, false];
    };
    let above = reader.above(sentence).into_iter().chain(reader.titles());
    let named = above.filter_map(|s| heading_role(reader, s));
    let sides = named.map(|(_, sending, receiving)| (sending, receiving));
    let both = sides.filter(|(sending, receiving)| sending.is_some() && receiving.is_some());
    let said = both.into_iter().next() == Some((own[0], own[1]));
    [said || here, said || here]
}

/// "List of ambassadors of A to B", "Embassy of A in B": who sends to whom in all that the document tells of posts, unless a sentence says otherwise.
fn directed(reader: &Reader<'_>) -> Option<(usize, usize)> {
    let own = reader.own_mission.as_ref();
    let own = own.and_then(|m| Some((m.sending, m.receiving?)));
    own.or_else(|| {
        let mut titles = reader.titles().filter_map(|s| heading_role(reader, s));
        titles.find_map(|(_, sending, receiving)| sending.zip(receiving))
    })
}

/// "Bulgaria, for its part, closed its embassy. Its last ambassador …": whether the state that receives by the title was the subject just before.
fn turned(reader: &Reader<'_>, index: usize, receiving: usize) -> bool {
    let block = |at: usize| reader.sentences.get(at).map(|s| s.block);
    let same = |at: &usize| block(*at) == block(index);
    let mut earlier = (0..index).rev().take(3).take_while(same);
    earlier.any(|at| {
        let items = reader.sentences.get(at).map_or(&[][..], |s| &s.items);
        subject(items, receiving)
    })
}

/// Whether a state stands before the first verb without a preposition, or sends a mission that is named.
fn subject(items: &[Item<'_>], state: usize) -> bool {
    let verb = items.iter().position(Item::is_finite).unwrap_or(0);
    let acts = |i: &Item<'_>| i.prep.is_empty() && i.named_body() == Some(state);
    let sends = |i: &Item<'_>| i.mission().is_some_and(|np| np.sending == Some(state));
    items.iter().take(verb).any(acts) || items.iter().any(sends)
}

/// The sides and the city that a post may have, or the office of a visitor, for the script that fits the weights.
#[derive(Clone, Debug)]
pub struct Seat {
    /// The fact as it is told.
    pub fact: Fact,
    /// The sentence, in bytes of the document's text.
    pub sentence: Span,
    /// The same with other sides.
    pub sides: Vec<Choice>,
    /// For each state that may receive, the same with other cities.
    pub cities: Vec<Vec<Choice>>,
    /// The same with other offices.
    pub roles: Vec<Choice>,
    /// The same in other cities, of a visit or meeting.
    pub places: Vec<Choice>,
}

impl Seat {
    /// A fact as it is told, with nothing beside it.
    pub(super) fn of(fact: &Fact, sentence: Span) -> Self {
        Self {
            fact: fact.clone(),
            sentence,
            sides: Vec::new(),
            cities: Vec::new(),
            roles: Vec::new(),
            places: Vec::new(),
        }
    }
}

/// What a post may be: the states that may send and receive.
struct Sides<'m> {
    sending: Vec<Fills<'m>>,
    receiving: Vec<Fills<'m>>,
}

/// A post of which the sides are asked.
struct Asked<'r, 'a> {
    reader: &'r Reader<'a>,
    asker: Asker<'r>,
    fact: &'r Fact,
    own: [Option<usize>; 3],
    named: Named,
    /// Whether the sentence says of the office itself who sends and who receives: "the Swiss consul".
    said: [bool; 2],
    /// Whether the office itself is said to be in the city: "ambassador in Lima".
    placed: bool,
    /// Whether it says of somebody that he resides in the city: "(resident in Lima)".
    resides: bool,
    /// The city in which it says of the holder himself that he resides: "Ambassador X, who is resident in Lima, …".
    residence: Option<usize>,
    /// The cities of other offices in the sentence: "X, formerly consul in A, …".
    elsewhere: Vec<usize>,
    /// The cities that the document names.
    cities: &'r [usize],
    /// Who sends to whom by the title, where the sentence names neither.
    directed: Option<(usize, usize)>,
}

impl<'r, 'a> Asked<'r, 'a> {
    fn new(
        reader: &'r Reader<'a>,
        (posts, cities): (&Posts<'_>, &'r [usize]),
        model: Option<&'r Model>,
        (fact, rule): (&'r Fact, &'r str),
        index: usize,
    ) -> Self {
        let own = [
            reader.body_in(fact, Slot::Sending),
            reader.body_in(fact, Slot::Receiving),
            reader.city_in(fact, Slot::City),
        ];
        let items = reader.sentences.get(index).map_or(&[][..], |s| &s.items);
        let offices = || items.iter().filter_map(|i| i.actor()?.office.as_ref());
        let office = |o: &&OfficeNp| reader.role_name(o.role) == role(fact);
        let said = |body: Option<usize>, of: fn(&OfficeNp) -> Option<usize>| {
            body.is_some() && offices().filter(office).any(|o| of(o) == body)
        };
        // "the ambassador in Rabat, X": he is to the state where that is, whoever else he is accredited to.
        let there = own[2].and_then(|city| reader.state_of_city(city));
        let placed = there.is_some()
            && there == own[1]
            && offices()
                .filter(office)
                .any(|o| o.city == own[2] && o.to.is_none());
        // "A sent X to Rabat as consul", "the embassy in Rabat, headed by X": the words of the rule itself say who sends and where to.
        let worded = WORDED.iter().any(|end| rule.ends_with(end));
        let there_said = worded && there.is_some() && there == own[1] && seated(items, own[2]);
        let sender_said = worded && own[0].is_some_and(|s| subject(items, s));
        let headed = headed_sides(reader, (index, rule), own);
        let its = posts.heads_here(reader, index, [own[0], own[1]]);
        let headed = headed.map(|said| said || its);
        let other = |o: &&OfficeNp| is_consular(&reader.role_name(o.role)) != consular(fact);
        let other = offices().filter(|o| o.former || other(o));
        let holder = reader
            .sentences
            .get(index)
            .and_then(|sentence| person_at(reader, sentence, fact, index));
        // "A, ambassador of B; C, ambassador of D, resident in E": where C resides, A does not.
        let others = (0..items.len()).filter(|i| holder.is_some_and(|at| apart(items, at, *i)));
        let others = others.filter_map(|i| residence(reader, items, i));
        let elsewhere: Vec<usize> = other.filter_map(|o| o.city).chain(others).collect();
        Self {
            own,
            said: [
                said(own[0], |o| o.of) || sender_said || headed[0],
                said(own[1], |o| o.to)
                    || headed[1]
                    || placed
                    || there_said
                    || (rule.ends_with(ACCREDITED) || worded) && named(items, own[1]),
            ],
            placed,
            resides: own[2]
                .is_some_and(|city| resident(reader, items, city) && !elsewhere.contains(&city)),
            residence: holder
                .and_then(|at| residence(reader, items, at))
                .or_else(|| tells_next(reader, index, fact)),
            asker: Asker {
                model,
                rule,
                sort: if consular(fact) { "consul" } else { "diplomat" },
            },
            named: Named::of(reader, posts, fact, index),
            elsewhere,
            reader,
            fact,
            cities,
            directed: directed(reader).filter(|(a, b)| {
                let states = items
                    .iter()
                    .filter_map(|i| i.body().or_else(|| reader.capital_state(i.city()?)));
                let mut states = states.chain(offices().flat_map(|o| [o.of, o.to]).flatten());
                !states.any(|s| reader.same_state(s, *a) || reader.same_state(s, *b))
                    && !turned(reader, index, *b)
            }),
        }
    }

    fn sides(&self) -> Sides<'r> {
        let p = "appointment.sides";
        let [sending, receiving, _] = self.own;
        Sides {
            sending: self.asker.options(p, "s:", sending, &self.named.states),
            receiving: self.asker.options(p, "r:", receiving, &self.named.states),
        }
    }

    /// What speaks for two sides together.
    fn pair(&self, sending: Option<usize>, receiving: Option<usize>) -> Features<'r> {
        let p = "appointment.sides";
        let mut f = Features::new(self.asker.model);
        let [own_sending, own_receiving, _] = self.own;
        let pair = [sending, receiving];
        if pair == [own_sending, own_receiving] {
            f.add(&[p, "|own"]);
            f.add(&[p, "|own/", self.asker.rule]);
        } else if pair == [own_receiving, own_sending] {
            f.add(&[p, "|swapped"]);
        }
        for (both, how) in &self.named.pairs {
            if both.map(Some) == pair {
                f.add(&[p, "|both:", how]);
            } else if both.map(Some) == [receiving, sending] {
                f.add(&[p, "|across:", how]);
            }
        }
        if let (Some(s), Some(r)) = (sending, receiving) {
            let sides = [s, r].map(|x| self.reader.is_side(x));
            f.add(&[
                p,
                if self.reader.paired {
                    "|sides:"
                } else {
                    "|often:"
                },
                match sides {
                    [true, true] => "both",
                    [true, false] => "sending",
                    [false, true] => "receiving",
                    [false, false] => "none",
                },
            ]);
        }
        f
    }

    /// The pairs of states that may be the sides, told ones first.
    fn pairs<'o>(&self, sides: &'o Sides<'r>) -> Vec<(&'o Fills<'r>, &'o Fills<'r>, Features<'r>)> {
        let mut found = Vec::new();
        for s in &sides.sending {
            for r in &sides.receiving {
                let one = s.at.zip(r.at);
                if one.is_some_and(|(a, b)| self.reader.same_state(a, b)) {
                    continue;
                }
                let told = [s.at, r.at] == [self.own[0], self.own[1]];
                if !told && one.is_some_and(|(s, r)| self.directed == Some((r, s))) {
                    continue;
                }
                found.push((s, r, self.pair(s.at, r.at)));
            }
        }
        let [sending, receiving, _] = self.own;
        found.sort_by_key(|(s, r, _)| (s.at, r.at) != (sending, receiving));
        found
    }

    /// The cities in which the post may be, if a state receives.
    fn cities(&self, receiving: Option<usize>) -> Vec<Fills<'r>> {
        let p = "appointment.city";
        let [_, _, own] = self.own;
        let mut written = self.named.cities.clone();
        written.retain(|w| {
            let there = self.reader.state_of_city(w.at) == receiving;
            own == Some(w.at) || there || !self.elsewhere.contains(&w.at)
        });
        // A capital that the text does not name is not told.
        let capital = receiving.and_then(|r| self.reader.capital_of(r));
        if let Some(capital) = capital.filter(|c| self.cities.binary_search(c).is_ok()) {
            written.push(Written::new(capital, "capital"));
        }
        let mut found = self.asker.options(p, "c:", own, &written);
        for option in &mut found {
            let Some(city) = option.at else { continue };
            let lies = match (self.reader.state_of_city(city), receiving) {
                (Some(state), Some(r)) if self.reader.same_state(state, r) => "in-receiving",
                (Some(state), Some(_)) if self.reader.is_side(state) => "in-other-side",
                (Some(_), Some(_)) => "in-third",
                _ => "in-unknown",
            };
            let f = &mut option.features;
            f.add(&[p, "|", lies]);
            f.add(&[p, "|", lies, "/", self.asker.sort]);
            for w in written.iter().filter(|w| w.at == city) {
                f.add(&[p, "|", lies, "/", w.how, w.more]);
            }
            if own == Some(city) {
                f.add(&[p, "|", lies, "/own"]);
                f.add(&[p, "|", lies, "/own/", self.asker.rule]);
            }
        }
        let [_, _, own] = self.own;
        found.sort_by_key(|o| o.at != own);
        found
    }

    /// The fact with other sides.
    fn between(&self, sending: Option<usize>, receiving: Option<usize>) -> Fact {
        let mut fact = self.fact.clone();
        for (slot, at) in [(Slot::Sending, sending), (Slot::Receiving, receiving)] {
            put(&mut fact, slot, at.and_then(|b| self.reader.body_value(b)));
        }
        fact
    }

    /// The fact with another city.
    fn at(&self, fact: &Fact, city: Option<usize>) -> Fact {
        let mut fact = fact.clone();
        put(
            &mut fact,
            Slot::City,
            city.and_then(|c| self.reader.city_value(c)),
        );
        fact
    }

    fn named(&self, sentence: Span) -> Seat {
        let all = self.sides();
        let joined = |s: &Fills<'_>, r: &Fills<'_>, f: Features<'_>| {
            let names = s.features.names.iter().chain(&r.features.names);
            names.cloned().chain(f.names).collect()
        };
        let sides = self.pairs(&all).into_iter().map(|(s, r, f)| Choice {
            fact: self.between(s.at, r.at),
            features: joined(s, r, f),
        });
        let cities = all.receiving.iter().map(|r| {
            let fact = self.between(self.own[0], r.at);
            let found = self.cities(r.at).into_iter();
            let choice = |o: Fills<'_>| Choice {
                fact: self.at(&fact, o.at),
                features: o.features.names,
            };
            found.map(choice).collect()
        });
        Seat {
            sides: sides.collect(),
            cities: cities.collect(),
            ..Seat::of(self.fact, sentence)
        }
    }

    /// The likeliest city of the post between two states. Where they are other than told, it is not in the one that sends: sides that are turned
    /// take the seat with them.
    fn city(&self, sending: Option<usize>, receiving: Option<usize>) -> Option<usize> {
        if self.residence.is_some() {
            return self.residence;
        }
        if self.resides || self.placed && receiving == self.own[1] {
            return self.own[2];
        }
        let mut cities = self.cities(receiving);
        if sending.is_some() {
            // Nor is it there where the words do not say so.
            let turned = [sending, receiving] != [self.own[0], self.own[1]];
            let state = |o: &Fills<'_>| o.at.and_then(|c| self.reader.state_of_city(c));
            cities.retain(|o| state(o) != sending || !turned && o.at == self.own[2]);
        }
        best(&cities)
    }

    /// The likeliest sides and city, with what tells them.
    fn likeliest(&self) -> (Fact, Vec<Span>) {
        let all = self.sides();
        let pairs = self.pairs(&all);
        let weight = |(s, r, f): &(&Fills<'_>, &Fills<'_>, Features<'_>)| {
            s.features.score() + r.features.score() + f.score()
        };
        let told = pairs.first().map_or(0, weight);
        let stays = |(s, r, _): &(&Fills<'_>, &Fills<'_>, Features<'_>)| {
            (!self.said[0] || s.at == self.own[0]) && (!self.said[1] || r.at == self.own[1])
        };
        let likeliest = pairs
            .iter()
            .enumerate()
            .filter(|(_, pair)| stays(pair))
            .max_by_key(|(n, p)| (weight(p), Reverse(*n)));
        let other = likeliest.filter(|(_, p)| weight(p) > told + SURER);
        let (sending, receiving) =
            other.map_or((self.own[0], self.own[1]), |(_, (s, r, _))| (s.at, r.at));
        let city = self.city(sending, receiving);
        let fact = self.at(&self.between(sending, receiving), city);
        let changed = [
            (self.own[0], sending, &self.named.states),
            (self.own[1], receiving, &self.named.states),
            (self.own[2], city, &self.named.cities),
        ];
        let from = changed.into_iter().filter(|(own, now, _)| own != now);
        let spans = from.filter_map(|(_, now, all)| {
            let mut told = all.iter().filter(|w| Some(w.at) == now).map(|w| w.from);
            let first = told.next()??;
            // What the sentence itself names needs no other passage.
            told.all(|from| from.is_some()).then_some(first)
        });
        (fact, spans.collect())
    }
}

/// Whether one of the items names a state.
fn named(items: &[Item<'_>], state: Option<usize>) -> bool {
    state.is_some() && items.iter().any(|i| i.named_body() == state)
}

/// Whether the sides of a claim may be others than those told: where each holder stands beside his state they are not.
fn asks(claim: &Claim) -> bool {
    claim.fact.kind == Kind::Appointment && claim.holds() && !claim.rule.ends_with(".beside")
}

/// The posts of a document that rules have told, and those that its sentences may state, with the sides that they may have.
pub(super) fn seats<'f>(
    reader: &Reader<'_>,
    told: &ByRules<'_>,
    cities: &[usize],
    drafts: impl Iterator<Item = (usize, &'f Fact)>,
) -> Vec<Seat> {
    let posts = Posts::new(reader, told.all().map(|(at, c)| (*at, *c)));
    let by_rules = told.all().filter(|(_, c)| asks(c));
    let by_rules = by_rules.map(|(at, c)| (*at, &c.fact, rule(c)));
    by_rules
        .chain(drafts.map(|(at, fact)| (at, fact, "appointment.likely")))
        .filter_map(|(index, fact, rule)| {
            let asked = Asked::new(reader, (&posts, cities), None, (fact, rule), index);
            Some(asked.named(reader.sentences.get(index)?.span))
        })
        .collect()
}

/// Who holds a post, and between which states.
fn post_of(fact: &Fact) -> Vec<Value> {
    let slots = [Slot::Person, Slot::Sending, Slot::Receiving];
    slots.iter().flat_map(|s| fact.all(*s)).cloned().collect()
}

/// Gives the posts of a document the sides and the city that are likeliest.
pub(super) fn seat(reader: &Reader<'_>, claims: &mut [Claim], model: &Model) {
    if !claims.iter().any(asks) {
        return;
    }
    let at = |c: &Claim| reader.sentence_index(c.statement().start);
    let by_rules = claims.iter().filter(|c| !c.rule.ends_with(BY_WEIGHTS));
    let cities = super::cities(reader);
    let posts = Posts::new(reader, by_rules.filter_map(|c| Some((at(c)?, c))));
    let mut residences: BTreeMap<Vec<Value>, Value> = BTreeMap::new();
    let found: Vec<Option<(Fact, Vec<Span>)>> = claims
        .iter()
        .map(|claim| {
            let index = at(claim).filter(|_| asks(claim))?;
            let asked = Asked::new(
                reader,
                (&posts, &cities),
                Some(model),
                (&claim.fact, rule(claim)),
                index,
            );
            let found = asked.likeliest();
            if let Some(city) = found
                .0
                .get(Slot::City)
                .filter(|_| asked.residence.is_some())
            {
                residences.insert(post_of(&found.0), city.clone());
            }
            Some(found)
        })
        .collect();
    for (claim, found) in claims.iter_mut().zip(found) {
        if let Some((mut fact, from)) = found {
            // Told once where he resides, he does so wherever the text tells of his post.
            if let Some(city) = residences.get(&post_of(&fact)) {
                fact.set(Slot::City, city.clone());
            }
            refill(claim, fact, from);
        }
    }
}
