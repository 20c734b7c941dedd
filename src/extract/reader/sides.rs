//! The sides of a document, its own mission and its seat: what title, infobox and the bodies named most tell.

use super::letterhead::{LINE, bodies_in};
use super::{OwnMission, Reader, Sentence};
use crate::document::BlockKind;
use crate::extract::items::{Actor, Item, ItemKind};
use crate::extract::tally::times;
use crate::language::{Class, Lexicon, Meaning};
use crate::text::Span;

/// How many times as often as the next the other side of a bulletin is spoken of.
const FAR_MORE: usize = 3;

/// How many lines below a title that names no state another may name the one that the text is about.
const BELOW: usize = 2;

/// Whether a sentence tells that a mission was made one of a kind: "was raised to a consulate general".
fn raises(sentence: &Sentence<'_>, kind: usize, lexicon: &Lexicon) -> bool {
    let raises = |i: &Item<'_>| i.rules(lexicon).any(|r| r.set.contains_key("raised"));
    let items = sentence.items.iter().enumerate();
    let mut verbs = items.filter(|(_, i)| raises(i)).map(|(at, _)| at);
    verbs.any(|at| {
        let behind = sentence.items.get(at + 1..).unwrap_or(&[]);
        let mut made = behind.iter().take(8).filter_map(Item::mission);
        made.any(|np| np.kind == kind)
    })
}

impl<'a> Reader<'a> {
    /// The city of the document's mission, where its title does not tell it but its infobox or first paragraphs do ("Address: 2 Main Street, Madrid").
    pub(super) fn find_seat(&mut self) {
        let Some(own) = self.own_mission.as_ref().filter(|o| o.city.is_none()) else {
            return;
        };
        let receiving = own.receiving;
        let seat = self.sentences.iter().find_map(|sentence| {
            let key = self.block(sentence)?.key?.of(&self.doc.text);
            let tells = [Class::KeySeat, Class::KeyAddress]
                .iter()
                .any(|class| self.lexicon.has_class(key, *class));
            let mut cities = sentence.items.iter().filter_map(|i| {
                if let ItemKind::City(city) = i.kind {
                    Some(city)
                } else {
                    None
                }
            });
            cities
                .rfind(|city| self.state_of_city(*city) == receiving)
                .filter(|_| tells && receiving.is_some())
        });
        let seat = seat.or_else(|| self.lead_seat(receiving));
        if let Some(own) = &mut self.own_mission {
            own.city = seat;
        }
    }

    /// "… is located in Oslo": the first paragraphs tell the seat that title and infobox leave out.
    fn lead_seat(&self, receiving: Option<usize>) -> Option<usize> {
        let lead = self
            .sentences
            .iter()
            .filter(|s| {
                self.block(s)
                    .is_some_and(|b| b.kind == BlockKind::Paragraph)
            })
            .take(3);
        lead.flat_map(|s| &s.items).find_map(|item| {
            let city = match item.mission() {
                Some(np) => np.cities.first().map(|c| c.0),
                None => item.city().filter(|_| item.has_prep(Class::In)),
            };
            city.filter(|c| self.state_of_city(*c) == receiving)
        })
    }

    pub(super) fn find_sides(&mut self) {
        let mut sides: Vec<usize> = Vec::new();
        let title: Vec<&Sentence<'_>> = self.naming_lines().collect();
        let mut own = None;
        let mut named_at = None;
        let mut capitals: Vec<usize> = Vec::new();
        for sentence in title {
            for item in &sentence.items {
                match &item.kind {
                    ItemKind::Body(body, _) => sides.push(*body),
                    ItemKind::City(city) => capitals.push(*city),
                    ItemKind::Mission(np) => {
                        if let Some(sending) = np.sending {
                            let city = np.cities.first().map(|c| c.0);
                            let receiving = np
                                .receiving
                                .or_else(|| city.and_then(|c| self.state_of_city(c)));
                            own = Some(OwnMission {
                                kind: np.kind,
                                sending,
                                receiving,
                                city,
                                span: item.span,
                                raised: false,
                            });
                            sides.push(sending);
                            sides.extend(receiving);
                        }
                    }
                    ItemKind::Actor(actor) => {
                        sides.extend(actor.office.as_ref().and_then(|o| o.of).or(actor.body));
                        sides.extend(actor.office.as_ref().and_then(|o| o.to));
                    }
                    ItemKind::Date(_)
                    | ItemKind::Quantity(_)
                    | ItemKind::Treaty(_)
                    | ItemKind::Trigger(_)
                    | ItemKind::Sign(_)
                    | ItemKind::Word => {}
                }
            }
            named_at = Some(sentence.span);
        }
        // "CONSULATE GENERAL OF PERU" above "Kobe, Hyogo": the seat on the line below.
        if let Some(mission) = own.as_mut().filter(|o| o.city.is_none())
            && let Some(city) = capitals
                .first()
                .copied()
                .or_else(|| self.seat_below_title())
            && let Some(state) = self.state_of_city(city)
            && state != mission.sending
            && mission.receiving.is_none_or(|r| r == state)
        {
            mission.city = Some(city);
            mission.receiving = Some(state);
            sides.push(state);
        }
        let mut unique: Vec<usize> = Vec::new();
        for side in sides {
            if !unique.contains(&side) && !self.is_organisation(side) {
                unique.push(side);
            }
        }
        // "Diplomatic List, Lima": where the title names no state, its one capital is the state's whose document it is.
        if unique.is_empty()
            && let [city] = capitals.as_slice()
        {
            unique.extend(self.capital_state(*city));
        }
        self.titled = match unique.as_slice() {
            [only] => Some(*only),
            // "COUNTRY SHEET" above "PERU"
            [] => {
                let head = self.sentences.iter().skip(1).take(BELOW);
                let mut alone = head.filter(|s| self.names_state_alone(s));
                alone.find_map(|s| s.items.iter().find_map(Item::named_body))
            }
            _ => None,
        };
        let speaker = self.speaks_of_others(&unique);
        let goals = self.heads_for(&unique) || speaker.is_some();
        // Two states that a title names are its sides, but for those whose envoys it says to hand over credentials.
        let envoys = || self.titles().any(|s| self.hands_over(s));
        let ceremony = self.ceremony().filter(|c| {
            let sent = || unique.iter().all(|s| c.senders.contains(s));
            unique.len() < 2 || envoys() && sent()
        });
        if let [only] = unique.as_slice()
            && !goals
        {
            self.home = Some(*only);
        }
        // "Lima, 3 May 2001": a statement dated in a capital speaks for its state.
        let speaks = self.dated_in().or_else(|| self.in_letterhead()).or(speaker);
        self.paired =
            unique.len() == 2 && !goals && speaks.is_none_or(|state| unique.contains(&state));
        if let Some(state) = speaks.filter(|s| !unique.contains(s)) {
            unique.insert(0, state);
            self.home = Some(state);
        }
        if let Some(ceremony) = ceremony {
            // "The ambassadors of A, B and C presented their credentials": none of them is where it was.
            let known = self.home.filter(|home| !ceremony.senders.contains(home));
            self.home = known.or(ceremony.host);
            self.ceremony = Some(ceremony.lead);
            self.paired = false;
            unique = self.home.into_iter().collect();
        } else if unique.len() < 2 {
            // Else the bodies spoken of most, those of the title first; of those spoken of alike the first named.
            let named = self.sentences.iter().flat_map(|s| &s.items);
            let states = named.flat_map(bodies_in);
            let others = states.filter(|b| !self.is_organisation(*b) && !unique.contains(b));
            let mut order = times(others);
            order.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
            // Of many states named once, as those whose envoys a president receives, the first is whose document it is.
            if unique.is_empty()
                && let [(first, 1), _, _, ..] = order.as_slice()
            {
                self.home = Some(*first);
                order.truncate(1);
            }
            // A ministry that says "we" and not whose it is speaks of its own state most.
            let counts = [0, 1].map(|n| order.get(n).map_or(0, |(_, count)| *count));
            if unique.is_empty() && self.issued && self.says_we() && counts[0] > 2 * counts[1] {
                self.home = order.first().map(|(state, _)| *state);
            }
            // A bulletin of a month speaks of many states, none of them the other side unless it is spoken of far more.
            let issued = self.day.is_some_and(|(own, _)| own.day.is_none());
            let most = |n: usize| order.get(n).map_or(0, |(_, count)| *count);
            let issued = issued && most(0) < FAR_MORE * most(1);
            self.by_states = self.tells_by_states();
            if (issued || self.by_states) && !unique.is_empty() {
                order.clear();
            }
            for (body, _) in order {
                if unique.len() < 2 {
                    unique.push(body);
                }
            }
        }
        // "Our embassy" of a briefing on another state is that of whose ministry speaks.
        let us = (self.issued && speaks.is_none() && self.ceremony.is_none() && self.says_we())
            .then(|| self.led_by_us())
            .flatten();
        if let Some(us) = us {
            self.home = Some(us);
            if !unique.contains(&us) {
                unique.insert(usize::from(unique.len() == 1), us);
                self.paired = false;
            }
        }
        // A title that names one state ("Cuba") does not tell that it speaks.
        self.ministry = self.issued && self.of_foreign_ministry();
        let issuer = speaks.or(us);
        let issuer = issuer.or_else(|| self.home.filter(|_| self.ministry));
        self.issuer = issuer.filter(|_| self.issued);
        unique.truncate(2);
        if let Some(own) = &mut own {
            own.receiving = own
                .receiving
                .or_else(|| unique.iter().copied().find(|b| *b != own.sending));
        }
        if let Some(own) = &mut own {
            own.raised = self
                .sentences
                .iter()
                .any(|s| raises(s, own.kind, self.lexicon));
        }
        self.own_mission = own;
        self.sides_span = named_at;
        self.sides = unique;
    }

    /// The lines that say what a document is about: its title, or where that names nothing ("About the post") the letterhead above it.
    fn naming_lines(&self) -> impl Iterator<Item = &Sentence<'a>> {
        let first = self.titles.first().copied().unwrap_or(0);
        let head = self.sentences.get(..first).unwrap_or(&[]);
        let names = |s: &Sentence<'_>| s.items.iter().any(|i| i.is_np() && !i.is_date());
        let titled = self.titles().any(names);
        let head = head.iter().filter(move |s| !titled && s.span.len() < LINE);
        self.titles().chain(head)
    }

    /// The city with which the short line below the title begins, and which is followed by nothing but where it lies.
    fn seat_below_title(&self) -> Option<usize> {
        let last = *self.titles.last()?;
        let line = self.sentences.get(last + 1)?;
        let (city, rest) = line.items.split_first()?;
        let plain = |i: &Item<'_>| !(i.is_finite() || i.is_date() || i.mission().is_some());
        let alone = rest.first().is_none_or(|i| i.sign(',') || i.sign('('));
        city.city()
            .filter(|_| line.span.len() < LINE && alone && rest.iter().all(plain))
    }

    /// "The minister concludes his visit to A and B": whether the title names its states as where somebody goes.
    fn heads_for(&self, states: &[usize]) -> bool {
        let visit = |i: &Item| i.rules(self.lexicon).any(|r| r.fact == "visit");
        let mut bodies = self
            .titles()
            .flat_map(|s| &s.items)
            .filter(|i| i.named_body().is_some_and(|b| states.contains(&b)));
        (1..=2).contains(&states.len())
            && self.titles().flat_map(|s| &s.items).any(visit)
            && bodies.all(|i| i.has_prep(Class::To) || i.has_prep(Class::In))
    }

    /// A government named by the first part of its name is that of one of the sides; else the words name nobody known.
    pub(super) fn choose_governments(&mut self) {
        let keys: Vec<String> = self
            .sides
            .iter()
            .map(|s| self.body_key(*s).to_owned())
            .collect();
        let gazetteer = self.gazetteer;
        let of_side = |index: usize| {
            gazetteer
                .bodies()
                .get(index)
                .and_then(|b| b.of.as_ref())
                .is_some_and(|of| keys.contains(of))
        };
        let government = |index: usize| {
            gazetteer
                .bodies()
                .get(index)
                .is_some_and(|b| b.class == crate::fact::BodyClass::Government)
        };
        for item in self.sentences.iter_mut().flat_map(|s| &mut s.items) {
            if !matches!(item.kind, ItemKind::Body(..)) {
                continue;
            }
            let candidates: Vec<usize> = item
                .meanings
                .iter()
                .filter_map(|m| {
                    if let Meaning::Body(i, _) = m {
                        Some(*i)
                    } else {
                        None
                    }
                })
                .filter(|i| government(*i))
                .collect();
            if candidates.is_empty() {
                continue;
            }
            let [full, ..] = &gazetteer
                .bodies()
                .get(*candidates.first().unwrap_or(&0))
                .map(|b| b.names.clone())
                .unwrap_or_default();
            let partial = crate::language::fold(full).len() > item.folded.len()
                && crate::language::fold(full).starts_with(item.folded.as_ref());
            match candidates.iter().copied().find(|i| of_side(*i)) {
                Some(chosen) => item.kind = ItemKind::Body(chosen, false),
                None if partial => item.kind = ItemKind::Word,
                None => {}
            }
        }
    }

    /// "the president of the Confederation": the side whose full name begins with the last word of an office.
    pub(super) fn state_in(&self, office: Span) -> Option<usize> {
        let word = office.of(&self.doc.text).rsplit([' ', '\'', '’']).next()?;
        let word = crate::language::fold(word);
        let mut fitting = self.state_nouns.iter().filter(|(noun, _)| *noun == word);
        match (fitting.next(), fitting.next()) {
            (Some((_, side)), None) => Some(*side),
            _ => None,
        }
    }

    /// "Castro", "Santos": a town's name that stands where no place does is the surname of a person whom the text names in full.
    pub(super) fn choose_surnames(&mut self) {
        let surname =
            |name: &str| Some(crate::language::fold(name.rsplit_once(' ')?.1).into_owned());
        let surnames: std::collections::BTreeSet<String> = self
            .sentences
            .iter()
            .flat_map(|s| &s.items)
            .filter_map(|i| surname(i.actor()?.name.as_ref()?))
            .collect();
        let cities = self.gazetteer.cities();
        for item in self.sentences.iter_mut().flat_map(|s| &mut s.items) {
            let town = item.city().and_then(|c| cities.get(c));
            let placed = item.has_prep(Class::In)
                || item.has_prep(Class::From) && !item.has_prep(Class::Of)
                || item.has_prep(Class::To) && !item.has_prep(Class::With);
            if town.is_some_and(|c| !c.capital)
                && !placed
                && surnames.contains(item.folded.as_ref())
            {
                item.kind = ItemKind::Actor(Actor {
                    name: Some(item.span.of(&self.doc.text).to_owned()),
                    name_span: Some(item.span),
                    ..Actor::default()
                });
            }
        }
    }

    /// The side whose presence the nearest heading speaks of: "Présence française", "Embassy of Peru".
    pub(in crate::extract) fn heading_side(&self, sentence: &Sentence) -> Option<usize> {
        let nearest = self.above(sentence).into_iter().next()?;
        let mission = nearest.items.iter().find_map(|i| {
            if let ItemKind::Mission(np) = &i.kind {
                np.sending
            } else {
                None
            }
        });
        if mission.is_some() {
            return mission;
        }
        let bodies: Vec<usize> = nearest
            .items
            .iter()
            .filter_map(|i| {
                if let ItemKind::Body(body, true) = i.kind {
                    Some(body)
                } else {
                    None
                }
            })
            .collect();
        match bodies.as_slice() {
            [only] if self.is_side(*only) => Some(*only),
            _ => None,
        }
    }

    /// The one state that the title names, which a fact sheet of another's ministry is about.
    pub(in crate::extract) fn titled(&self) -> Option<usize> {
        self.titled
    }

    /// The one state that the document's title names: the side to which others send when the text does not say.
    pub(in crate::extract) fn home(&self) -> Option<usize> {
        self.home
    }
}
