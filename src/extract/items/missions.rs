//! Pieces → missions: kind, sender, receiver and cities of a noun phrase.

use super::{Grouper, Item, ItemKind, MissionNp};
use crate::extract::pieces::Piece;
use crate::language::{Class, Lang, Meaning, TriggerForm};
use crate::text::Span;

/// How many pieces behind a word for a mission of any kind what is done with it is looked for.
const DONE: usize = 12;

impl Grouper<'_, '_> {
    pub(super) fn mission(&mut self, at: usize) -> Option<usize> {
        let piece = self.get(at)?;
        let kind = piece.meanings.iter().find_map(|m| {
            if let Meaning::Mission(k) = m {
                Some(*k)
            } else {
                None
            }
        });
        let Some(kind) = kind.filter(|k| self.says_mission(*k, at)) else {
            return self.mission_stand_in(at);
        };
        let proper = piece.capital && !piece.first;
        let mut np = MissionNp {
            kind,
            possessive: self.possessive_before(),
            proper,
            ..MissionNp::default()
        };
        let start_span = piece.span;
        let before = self.items.last().map(|i| i.span);
        np.cities.extend(self.take_seat_before());
        np.sending = self.take_body_before();
        let from = if np.sending.is_some() {
            before.unwrap_or(start_span)
        } else {
            start_span
        };
        // "Embassy Manama": the seat right behind the noun.
        let seat = self
            .get(at + 1)
            .filter(|p| piece.capital && p.capital && p.spaced);
        let start = match seat.and_then(|p| Some((p.city()?, p.span))) {
            Some((city, span)) if seat.is_some_and(|p| p.body().is_none()) => {
                np.cities.push((city, span, false));
                at + 2
            }
            _ => at + 1,
        };
        let next = self.chain(start, &mut np.sending, &mut np.receiving, &mut np.cities);
        let kind = self.lexicon.missions.get(np.kind);
        if kind.is_some_and(|k| k == "apostolic nunciature") {
            np.sending = np.sending.or(self.lexicon.holy_see);
        }
        let next = self.push(at, next, ItemKind::Mission(np));
        if let Some(last) = self.items.last_mut() {
            last.span = last.span.to(from);
        }
        Some(next)
    }

    /// "the Durban consulate": in English the seat may stand right before the noun.
    fn take_seat_before(&mut self) -> Option<(usize, Span, bool)> {
        let before = self.items.last()?;
        let city = before.city().filter(|_| !before.genitive)?;
        let plain = before.body().is_none() && self.lexicon.lang == Lang::En;
        let span = before.span;
        plain.then(|| self.items.pop())?;
        Some((city, span, false))
    }

    /// "la mission péruvienne de Tokyo", "the Peruvian post in Osaka": a word for a mission of any kind means one only with its sender and seat.
    fn says_mission(&self, kind: usize, at: usize) -> bool {
        let general = self
            .lexicon
            .missions
            .get(kind)
            .is_some_and(|k| k == "mission");
        if !general {
            return true;
        }
        let before = self.items.last();
        let owned =
            before.is_some_and(|i| i.adjective().is_some() || i.is(Class::Genitive) || i.genitive);
        let (mut sending, mut receiving, mut cities) = (None, None, Vec::new());
        self.chain(at + 1, &mut sending, &mut receiving, &mut cities);
        // "in Liberia": a state that a city elsewhere is named like.
        let placed = cities.first().is_some_and(|(_, span, _)| {
            let here = (at + 1..at + 8).filter_map(|i| self.get(i));
            !here
                .into_iter()
                .any(|p| p.span == *span && p.body_named().is_some())
        });
        let english = self.lexicon.lang == Lang::En;
        let said = self.is(at, Class::MissionSaid);
        let owned = owned && english || sending.is_some();
        // "The Peruvian mission in Mali was opened", "a resident Peruvian mission was set up in Bamako": what is done with it says it.
        let done = || {
            let behind = (at + 1..at + DONE).filter_map(|i| self.get(i));
            let mut meanings = behind.flat_map(|p| p.meanings.iter());
            meanings.any(|m| {
                let Meaning::Trigger(rule, _) = m else {
                    return false;
                };
                let rule = self
                    .lexicon
                    .rules
                    .get(*rule)
                    .filter(|r| r.fact == "mission");
                let slot = rule.and_then(|r| r.set.get("slot"));
                slot.is_some_and(|s| s == "opened" || s == "closed")
            })
        };
        // "A diplomatic mission was opened in Bamako": whose it is the text says.
        let new = said && self.items.last().is_none_or(|i| i.is(Class::Indefinite));
        (owned || said) && placed
            || owned && (said && receiving.is_some() || done())
            || new && done()
    }

    /// "Bolivia has one in Copenhagen", "that of Poland in Osaka", "ours in Rabat", "Japan's at Lviv": words that stand for a mission of the
    /// kind named before them, in the sentence or the one before.
    fn mission_stand_in(&mut self, at: usize) -> Option<usize> {
        let stands = [
            Class::MissionOwn,
            Class::MissionOne,
            Class::Genitive,
            Class::Article,
        ];
        let piece = self.get(at)?;
        let piece = stands.iter().any(|c| piece.is(*c)).then_some(piece)?;
        let here = last_mission(&self.items);
        // "A opened its embassy in 1970. The first ambassador was X. B opened its own in 1972."
        let own = piece.is(Class::MissionOwn);
        let farther = self.named.mission_before.filter(|_| own);
        // "A restores its relations with B; C suspends its own": relations.
        let relations = self.items.iter().any(|i| i.is(Class::Relations));
        let before = self.named.mission.or(farther);
        let kind = here.or(before.filter(|_| !(own && relations)))?;
        let leads = |i: usize| self.is(i, Class::In) || self.is(i, Class::Of);
        // "The one in Durban"
        let begins = self.items.iter().all(|i| i.is(Class::Article));
        let done = piece.is(Class::MissionOne) && self.object_alone(at);
        let one = piece.is(Class::MissionOne) && leads(at + 1) && (here.is_some() || begins);
        let said = self.is(at + 1, Class::Be) && self.seat_follows(at + 2) && here.is_some();
        let genitive = piece.is(Class::Genitive) && (said || self.seat_follows(at + 1));
        let adjective = piece.is(Class::Article)
            && !piece.is(Class::Indefinite)
            && (here.is_some() || begins)
            && self.adjective_alone(at + 1);
        // "México instaló un consulado en Valparaíso y Chile otro en Mazatlán": whose it is stands right before.
        // "y Chile con uno en Mazatlán"
        let with = |i: &&super::Item<'_>| {
            i.kind == ItemKind::Word && (i.is(Class::With) || i.is(Class::Of))
        };
        let mut last = self.items.iter().rev().skip_while(with);
        let owner = last.next().and_then(|i| i.named_body());
        let mut np = MissionNp {
            kind,
            sending: owner.filter(|_| one || genitive),
            possessive: own,
            ..MissionNp::default()
        };
        if !(own || one || done || genitive || adjective) {
            return None;
        }
        let mut next = self.chain(at + 1, &mut np.sending, &mut np.receiving, &mut np.cities);
        // "los de Noruega, en Arica"
        if one && np.cities.is_empty() && self.sign(next, ',') && self.seat_follows(next + 1) {
            next = self.cities(next + 2, &mut np.cities);
        }
        let article = piece.is(Class::Article);
        let sides =
            np.sending.is_some() && (owner.is_none() || adjective) || np.receiving.is_some();
        let placed = own
            || done
            || adjective
            || genitive && said
            || !np.cities.is_empty()
            || sides && !article;
        if !placed {
            return None;
        }
        if genitive {
            self.items.pop();
        }
        Some(self.push(at, next, ItemKind::Mission(np)))
    }

    /// "China opened one in 1975", "Cuba en a une": whether a word that stands for a mission is all that is behind a verb which tells of missions.
    fn object_alone(&self, at: usize) -> bool {
        let silent = |i: &&super::Item<'_>| i.kind == ItemKind::Word && i.is(Class::Temporal);
        let verb = self.items.iter().rev().find(|i| !silent(i));
        let tells = verb.is_some_and(|i| {
            let mut rules = i.rules(self.lexicon);
            let told = rules.any(|r| r.fact == "mission" && r.set.contains_key("seat"));
            // "the plan to set one up in Oslo"
            told && i.verb != Some(TriggerForm::Base)
        });
        let ends = [Class::In, Class::Since, Class::From, Class::Until];
        let next = self.get(at + 1);
        let ends = next.is_none_or(|p| p.sign().is_some() || ends.iter().any(|c| p.is(*c)));
        tells && ends
    }

    /// Whether "at Lviv", "in Paris" stands at a piece.
    fn seat_follows(&self, at: usize) -> bool {
        self.is(at, Class::In) && self.get(at + 1).is_some_and(|p| p.city().is_some())
    }

    /// "la costarricense despacha", "la danoise ferma": the adjective of a state without its noun.
    fn adjective_alone(&self, at: usize) -> bool {
        let adjective = self.get(at).and_then(Piece::adjective).is_some();
        let next = self.get(at + 1);
        let verb = |p: &Piece| {
            p.meanings
                .iter()
                .any(|m| matches!(m, Meaning::Trigger(..) | Meaning::Verb(_)))
                || [Class::Be, Class::Have, Class::In, Class::Of]
                    .iter()
                    .any(|c| p.is(*c))
        };
        self.lexicon.lang != Lang::En && adjective && next.is_some_and(verb)
    }

    /// "of A in B", "péruvienne à Paris", "of Peru, Tokyo", "in A, B and formerly C": sending and receiving body and cities.
    pub(super) fn chain(
        &self,
        mut i: usize,
        sending: &mut Option<usize>,
        receiving: &mut Option<usize>,
        cities: &mut Vec<(usize, Span, bool)>,
    ) -> usize {
        loop {
            if let Some(body) = self.get(i).and_then(Piece::adjective)
                && self.lexicon.lang != Lang::En
                && sending.is_none()
            {
                *sending = Some(body);
                i += 1;
                continue;
            }
            // "son ambassade située à Rabat"
            if cities.is_empty() && self.is(i, Class::MissionPlaced) && self.seat_follows(i + 1) {
                i += 1;
                continue;
            }
            let preposition = self.get(i).filter(|p| {
                [Class::Of, Class::In, Class::To, Class::Before]
                    .iter()
                    .any(|c| p.is(*c))
            });
            let Some(preposition) = preposition else {
                break;
            };
            let of = preposition.is(Class::Of);
            let place = preposition.is(Class::In)
                || preposition.is(Class::To)
                || preposition.is(Class::Before);
            let j = self.skip(i + 1, &[Class::Article]);
            let Some(target) = self.get(j) else { break };
            let body = target
                .body_named()
                .filter(|_| !self.is(j + 1, Class::Genitive));
            // "un consulat à Panama": behind "à" it is the city, not the state that is named like it.
            let french = self.lexicon.lang == Lang::Fr;
            let by_city = french && matches!(preposition.folded.as_ref(), "a" | "à");
            if of
                && sending.is_none()
                && let Some(body) = body
            {
                *sending = Some(body);
                i = j + 1;
            } else if of
                && sending.is_none()
                && let Some((body, next)) = self.on_behalf(j)
            {
                *sending = Some(body);
                i = next;
            } else if place
                && cities.is_empty()
                && target.city().is_some()
                && (body.is_none() || sending.is_some() || by_city)
            {
                i = self.cities(j, cities);
            } else if (place || of)
                && receiving.is_none()
                && let Some(body) = body
            {
                *receiving = Some(body);
                i = j + 1;
            } else if of && cities.is_empty() && target.city().is_some() {
                i = self.cities(j, cities);
            } else {
                break;
            }
        }
        // "Embassy of Peru, Tokyo"
        if cities.is_empty()
            && sending.is_some()
            && self.sign(i, ',')
            && self.get(i + 1).is_some_and(|p| p.city().is_some())
            && self.get(i + 2).is_none_or(|p| p.sign().is_some())
        {
            i = self.cities(i + 1, cities);
        }
        i
    }

    /// "(envoy of) the French government", "(enviado del) rey de España": the state that whoever is named at piece `i` stands for, and the index
    /// behind it.
    fn on_behalf(&self, i: usize) -> Option<(usize, usize)> {
        // "the post of consul of Peru": no one whom a head of mission stands for.
        let ruler = |role: usize| {
            let role = self.lexicon.offices.get(role);
            role.is_some_and(|r| !crate::extract::offices::is_head_of_mission(r))
        };
        let stands = |i: usize| {
            let office = self.get(i).and_then(Piece::office);
            self.is(i, Class::Government) || office.is_some_and(ruler)
        };
        if self.lexicon.lang == Lang::En
            && let Some(body) = self.get(i).and_then(Piece::adjective)
        {
            return stands(i + 1).then_some((body, i + 2));
        }
        stands(i).then_some(())?;
        if let Some(body) = self.get(i + 1).and_then(Piece::adjective)
            && self.lexicon.lang != Lang::En
        {
            return Some((body, i + 2));
        }
        let of = self.skip(i + 2, &[Class::Article]);
        let body = self.get(of).and_then(Piece::body_named);
        body.filter(|_| self.is(i + 1, Class::Of))
            .map(|body| (body, of + 1))
    }

    /// A list of cities from piece `i` on.
    pub(super) fn cities(&self, mut i: usize, cities: &mut Vec<(usize, Span, bool)>) -> usize {
        let Some(first) = self.get(i) else { return i };
        let Some(city) = first.city() else { return i };
        cities.push((city, first.span, false));
        i += 1;
        loop {
            let mut j = i;
            let mut joined = false;
            let mut formerly = false;
            while let Some(piece) = self.get(j) {
                let joins = piece.sign() == Some(',') || piece.is(Class::And);
                if joins
                    || (joined
                        && (piece.is(Class::In)
                            || piece.is(Class::Of)
                            || piece.is(Class::Formerly)
                            || piece.is(Class::Article)))
                {
                    joined |= joins;
                    formerly |= piece.is(Class::Formerly);
                    j += 1;
                } else {
                    break;
                }
            }
            let next = self.get(j).filter(|_| joined);
            let Some((piece, city)) = next.and_then(|p| Some((p, p.city()?))) else {
                break;
            };
            // "in Tokyo, Japan": the city's own state after it, and "in Paris, and France …" end the list.
            if piece.body_named().is_some()
                && self
                    .get(j + 1)
                    .is_some_and(|p| !p.is(Class::And) && p.sign().is_none())
            {
                break;
            }
            cities.push((city, piece.span, formerly));
            i = j + 1;
        }
        i
    }
}

/// The kind of the last mission among items.
pub(super) fn last_mission(items: &[Item]) -> Option<usize> {
    items.iter().rev().find_map(|i| Some(i.mission()?.kind))
}
