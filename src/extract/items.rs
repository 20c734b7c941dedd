//! Pieces of a sentence → items: actors, bodies, cities, dates, quantities, missions, treaties, triggers and the small words between.

use super::dates::{DateContext, DateFound, date};
use super::pieces::{Piece, PieceKind};
use super::quantity::{Quantity, Unit, quantity};
use super::treaty_title::treaty;
use crate::language::{Class, Lexicon, Meaning, NameForm, TriggerForm};
use crate::text::Span;

/// An office as a noun phrase: the role and what stands around it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct OfficeNp {
    /// Index in the lexicon's offices.
    pub(super) role: usize,
    /// Body by index: whose office.
    pub(super) of: Option<usize>,
    /// Receiving body, for heads of mission.
    pub(super) to: Option<usize>,
    /// City of the seat.
    pub(super) city: Option<usize>,
    /// "his", "her", "their": belongs to somebody spoken of.
    pub(super) possessive: bool,
    /// "former".
    pub(super) former: bool,
    /// Where the words stand.
    pub(super) span: Span,
}

/// What stands for a person without naming one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stand {
    /// he, she
    He,
    /// the visitor, the guest
    ThePerson,
    /// the two presidents, they
    Both,
    /// his counterpart
    Counterpart,
    /// his successor
    Successor,
}

/// A person, an office-holder, or a word that stands for one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Actor {
    /// The name as written here.
    pub(super) name: Option<String>,
    pub(super) name_span: Option<Span>,
    pub(super) office: Option<OfficeNp>,
    pub(super) stand: Option<Stand>,
    /// Adjective or genitive of a state before a counterpart ("his Peruvian counterpart").
    pub(super) body: Option<usize>,
    /// Mr, Dr …: surely a person.
    pub(super) titled: bool,
}

/// A mission as a noun phrase.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct MissionNp {
    /// Index in the lexicon's kinds of mission.
    pub(super) kind: usize,
    pub(super) sending: Option<usize>,
    pub(super) receiving: Option<usize>,
    /// Cities with their spans, and whether "formerly" stands before.
    pub(super) cities: Vec<(usize, Span, bool)>,
    /// "its", "their".
    pub(super) possessive: bool,
    /// Written with a capital: a proper name.
    pub(super) proper: bool,
}

/// A treaty as a noun phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TreatyNp {
    /// Index in the lexicon's kinds of treaty.
    pub(super) kind: usize,
    /// Words of the title.
    pub(super) title: Span,
    /// Whether the title says more than the bare noun.
    pub(super) described: bool,
}

/// What an item is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ItemKind {
    Actor(Actor),
    /// A body by index in the gazetteer; `true` when by an adjective or demonym.
    Body(usize, bool),
    City(usize),
    Date(DateFound),
    Quantity(Quantity),
    Mission(MissionNp),
    Treaty(TreatyNp),
    Trigger(Vec<(usize, TriggerForm)>),
    Sign(char),
    Word,
}

/// A noun phrase, a trigger or a small word.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) span: Span,
    pub(super) kind: ItemKind,
    pub(super) meanings: Vec<Meaning>,
    pub(super) folded: String,
    /// Classes of the preposition directly before it (or before the list it belongs to).
    pub(super) prep: Vec<Class>,
    /// Index of the first item of the coordination it belongs to; its own index otherwise.
    pub(super) list: usize,
    /// Whether it is followed by a genitive ("Peru's").
    pub(super) genitive: bool,
}

impl Item {
    pub(super) fn is(&self, class: Class) -> bool {
        self.meanings.contains(&Meaning::Class(class))
    }

    pub(super) fn sign(&self, c: char) -> bool {
        self.kind == ItemKind::Sign(c)
    }

    pub(super) fn has_prep(&self, class: Class) -> bool {
        self.prep.contains(&class)
    }

    pub(super) fn actor(&self) -> Option<&Actor> {
        if let ItemKind::Actor(actor) = &self.kind {
            Some(actor)
        } else {
            None
        }
    }

    pub(super) fn is_np(&self) -> bool {
        match self.kind {
            ItemKind::Actor(_)
            | ItemKind::Body(..)
            | ItemKind::City(_)
            | ItemKind::Mission(_)
            | ItemKind::Treaty(_) => true,
            ItemKind::Date(_)
            | ItemKind::Quantity(_)
            | ItemKind::Trigger(_)
            | ItemKind::Sign(_)
            | ItemKind::Word => false,
        }
    }
}

/// Groups pieces into items.
pub(super) fn items(
    text: &str,
    pieces: &[Piece],
    lexicon: &Lexicon,
    dates: &mut DateContext,
) -> Vec<Item> {
    let mut grouper = Grouper {
        text,
        pieces,
        lexicon,
        items: Vec::new(),
    };
    let mut at = 0;
    while at < pieces.len() {
        at = grouper.step(at, dates).max(at + 1);
    }
    let mut items = grouper.items;
    prepositions(&mut items);
    coordinate(&mut items);
    share_cities(&mut items);
    copula(&mut items);
    items
}

/// "X was the first president of Peru to …": the office after a copula is X's, so that what is told of it is told of X.
fn copula(items: &mut [Item]) {
    for at in 2..items.len() {
        let Some(office) = items.get(at).filter(|i| i.prep.is_empty()) else {
            continue;
        };
        if !office.actor().is_some_and(|a| {
            a.name.is_none()
                && a.stand.is_none()
                && a.office
                    .as_ref()
                    .is_some_and(|o| !o.possessive && !o.former)
        }) {
            continue;
        }
        let be = (0..at).rev().find(|&i| {
            items.get(i).is_some_and(|x| {
                !(x.is(Class::Article)
                    || x.is(Class::Temporal)
                    || matches!(x.kind, ItemKind::Body(_, true)))
            })
        });
        let Some(be) = be.filter(|&i| items.get(i).is_some_and(|x| x.is(Class::Be))) else {
            continue;
        };
        let name = be
            .checked_sub(1)
            .and_then(|i| items.get(i))
            .filter(|x| x.prep.is_empty())
            .and_then(Item::actor)
            .filter(|a| a.office.is_none())
            .and_then(|a| Some((a.name.clone()?, a.name_span?)));
        if let Some((name, span)) = name
            && let Some(Item {
                kind: ItemKind::Actor(actor),
                ..
            }) = items.get_mut(at)
        {
            actor.name = Some(name);
            actor.name_span = Some(span);
        }
    }
}

struct Grouper<'a> {
    text: &'a str,
    pieces: &'a [Piece],
    lexicon: &'a Lexicon,
    items: Vec<Item>,
}

impl Grouper<'_> {
    fn get(&self, i: usize) -> Option<&Piece> {
        self.pieces.get(i)
    }

    fn is(&self, i: usize, class: Class) -> bool {
        self.get(i).is_some_and(|p| p.is(class))
    }

    fn sign(&self, i: usize, c: char) -> bool {
        self.get(i).and_then(Piece::sign) == Some(c)
    }

    fn skip(&self, mut i: usize, classes: &[Class]) -> usize {
        while self
            .get(i)
            .is_some_and(|p| classes.iter().any(|c| p.is(*c)))
        {
            i += 1;
        }
        i
    }

    fn push(&mut self, from: usize, to: usize, kind: ItemKind) -> usize {
        let (Some(first), Some(last)) =
            (self.pieces.get(from), self.pieces.get(to.saturating_sub(1)))
        else {
            return to;
        };
        let meanings = if to == from + 1 {
            first.meanings.clone()
        } else {
            Vec::new()
        };
        let index = self.items.len();
        self.items.push(Item {
            span: first.span.to(last.span),
            kind,
            meanings,
            folded: first.folded.clone(),
            prep: Vec::new(),
            list: index,
            genitive: self.is(to, Class::Genitive),
        });
        to
    }

    fn step(&mut self, at: usize, dates: &mut DateContext) -> usize {
        let Some(piece) = self.get(at).cloned() else {
            return at + 1;
        };
        if let Some((next, found)) = date(self.pieces, at, dates) {
            return self.push(at, next, ItemKind::Date(found));
        }
        let currency = self.items.iter().rev().find_map(|i| match &i.kind {
            ItemKind::Quantity(Quantity {
                unit: Unit::Currency(currency),
                ..
            }) => Some(*currency),
            _ => None,
        });
        if let Some((next, found)) =
            quantity(self.text, self.pieces, at, self.lexicon.lang, currency)
        {
            return self.push(at, next, ItemKind::Quantity(found));
        }
        if let Some(next) = self.mission(at) {
            return next;
        }
        if let Some((next, np, back)) = treaty(self.pieces, at) {
            // Words before the noun belong to the title: take back what was pushed for them.
            if let Some(back) = back {
                while self.items.last().is_some_and(|i| i.span.start >= back) {
                    self.items.pop();
                }
            }
            let span = np.title;
            let next = self.push(at, next, ItemKind::Treaty(np));
            if let Some(last) = self.items.last_mut() {
                last.span = last.span.to(span);
                // A heading stays one ("Agreements in force").
                last.meanings.clone_from(&piece.meanings);
            }
            return next;
        }
        if let Some(next) = self.actor(at) {
            return next;
        }
        if let Some(body) = piece.body_named() {
            // A name that is also the adjective ("the Luxembourg embassy") is the latter before an office or mission.
            let noun = self.get(at + 1).is_some_and(|p| {
                p.office().is_some() || p.meanings.iter().any(|m| matches!(m, Meaning::Mission(_)))
            });
            let adjective = noun && piece.adjective() == Some(body);
            return self.push(at, at + 1, ItemKind::Body(body, adjective));
        }
        if let Some(city) = piece.city() {
            return self.push(at, at + 1, ItemKind::City(city));
        }
        if let Some(body) = piece.adjective() {
            if self.is(at + 1, Class::Government) {
                return self.push(at, at + 2, ItemKind::Body(body, false));
            }
            if let Some(last) = self.items.last_mut().filter(|i| i.is(Class::Government)) {
                last.kind = ItemKind::Body(body, false);
                last.span = last.span.to(piece.span);
                return at + 1;
            }
            return self.push(at, at + 1, ItemKind::Body(body, true));
        }
        let triggers: Vec<(usize, TriggerForm)> = piece
            .meanings
            .iter()
            .filter_map(|m| {
                if let Meaning::Trigger(rule, form) = m {
                    Some((*rule, *form))
                } else {
                    None
                }
            })
            .collect();
        if !triggers.is_empty() {
            return self.push(at, at + 1, ItemKind::Trigger(triggers));
        }
        match piece.sign() {
            Some(c) => self.push(at, at + 1, ItemKind::Sign(c)),
            None => self.push(at, at + 1, ItemKind::Word),
        }
    }

    /// Takes the adjective or genitive of a state that stands directly before, with words such as "new" between.
    fn take_body_before(&mut self) -> Option<usize> {
        let mut skip = self.items.len();
        while skip > 0
            && self.items.get(skip - 1).is_some_and(|i| {
                i.is(Class::Temporal) || i.is(Class::Genitive) || i.is(Class::Former)
            })
        {
            skip -= 1;
        }
        let genitive = self.items.get(skip).is_some_and(|i| i.is(Class::Genitive));
        let item = self.items.get(skip.checked_sub(1)?)?;
        let ItemKind::Body(body, adjective) = item.kind else {
            return None;
        };
        if adjective && self.lexicon.lang != crate::document::Lang::En && !genitive {
            return None;
        }
        // "Argentine" names the state and its people: before a noun it is the adjective.
        let either = item
            .meanings
            .contains(&Meaning::Body(body, NameForm::Adjective));
        if adjective || genitive || (either && self.lexicon.lang == crate::language::Lang::En) {
            let start = skip - 1;
            let keep_former = self
                .items
                .get(skip..)
                .is_some_and(|rest| rest.iter().any(|i| i.is(Class::Former)));
            self.items.truncate(start);
            if keep_former {
                // The caller reads "former" from the pieces before.
            }
            return Some(body);
        }
        None
    }

    fn possessive_before(&self) -> bool {
        self.items
            .iter()
            .rev()
            .take_while(|i| i.is(Class::Temporal) || i.is(Class::Possessive))
            .any(|i| i.is(Class::Possessive))
    }

    fn mission(&mut self, at: usize) -> Option<usize> {
        let piece = self.get(at)?;
        let kind = piece.meanings.iter().find_map(|m| {
            if let Meaning::Mission(k) = m {
                Some(*k)
            } else {
                None
            }
        })?;
        let proper = piece.capital && !piece.first;
        let mut np = MissionNp {
            kind,
            possessive: self.possessive_before(),
            proper,
            ..MissionNp::default()
        };
        let start_span = piece.span;
        let before = self.items.last().map(|i| i.span);
        np.sending = self.take_body_before();
        let from = if np.sending.is_some() {
            before.unwrap_or(start_span)
        } else {
            start_span
        };
        let next = self.chain(at + 1, &mut np.sending, &mut np.receiving, &mut np.cities);
        let next = self.push(at, next, ItemKind::Mission(np));
        if let Some(last) = self.items.last_mut() {
            last.span = last.span.to(from);
        }
        Some(next)
    }

    /// "of A in B", "péruvienne à Paris", "of Peru, Tokyo", "in A, B and formerly C": sending and receiving body and cities.
    fn chain(
        &self,
        mut i: usize,
        sending: &mut Option<usize>,
        receiving: &mut Option<usize>,
        cities: &mut Vec<(usize, Span, bool)>,
    ) -> usize {
        loop {
            if let Some(body) = self.get(i).and_then(Piece::adjective)
                && self.lexicon.lang != crate::document::Lang::En
                && sending.is_none()
            {
                *sending = Some(body);
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
            if of
                && sending.is_none()
                && let Some(body) = body
            {
                *sending = Some(body);
                i = j + 1;
            } else if place
                && cities.is_empty()
                && target.city().is_some()
                && (body.is_none() || sending.is_some())
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

    /// A list of cities from piece `i` on.
    fn cities(&self, mut i: usize, cities: &mut Vec<(usize, Span, bool)>) -> usize {
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

    /// An actor: titles, office, name, apposition, or a word that stands for a person.
    fn actor(&mut self, at: usize) -> Option<usize> {
        let piece = self.get(at)?;
        let mut actor = Actor::default();
        let mut i = at;
        if piece.is(Class::He) {
            actor.stand = Some(Stand::He);
            return Some(self.push(at, at + 1, ItemKind::Actor(actor)));
        }
        if piece.is(Class::BothPersons) || piece.is(Class::They) {
            actor.stand = Some(Stand::Both);
            return Some(self.push(at, at + 1, ItemKind::Actor(actor)));
        }
        if piece.is(Class::ThePerson) {
            actor.stand = Some(Stand::ThePerson);
            return Some(self.push(at, at + 1, ItemKind::Actor(actor)));
        }
        while self
            .get(i)
            .is_some_and(|p| p.is(Class::Honorific) && (p.capital || p.office().is_none()))
        {
            actor.titled = true;
            i += 1;
            if self.sign(i, '.') && self.get(i).is_some_and(|p| !p.spaced) {
                i += 1;
            }
        }
        let start = at;
        if self.is(i, Class::Counterpart) || self.is(i, Class::Successor) {
            actor.stand = Some(if self.is(i, Class::Counterpart) {
                Stand::Counterpart
            } else {
                Stand::Successor
            });
            let before = self.items.last().map(|i| i.span);
            actor.body = self.take_body_before();
            let from = actor.body.and(before);
            i += 1;
            if actor.body.is_none()
                && let Some(body) = self.get(i).and_then(Piece::adjective)
            {
                actor.body = Some(body);
                i += 1;
            }
            let next = self.apposed_name(i, &mut actor);
            let next = self.push(start, next, ItemKind::Actor(actor));
            if let (Some(last), Some(from)) = (self.items.last_mut(), from) {
                last.span = last.span.to(from);
            }
            return Some(next);
        }
        if let Some(role) = self.get(i).and_then(Piece::office) {
            let before = self.items.last().map(|i| i.span);
            let former = self.items.iter().rev().take(3).any(|i| i.is(Class::Former));
            let possessive = self.possessive_before();
            let taken = self.take_body_before();
            let mut office = self.office(&mut i, role);
            office.former = former;
            office.possessive = possessive;
            office.of = office.of.or(taken);
            let mut from = taken.and(before);
            // A second office directly after ("Envoy Extraordinary and Minister Plenipotentiary" is one entry of the lexicon).
            while self.is(i, Class::Honorific) {
                actor.titled = true;
                i += 1;
                if self.sign(i, '.') {
                    i += 1;
                }
            }
            if let Some(name) = self.get(i).filter(|p| p.kind == PieceKind::Name) {
                actor.name = Some(name.span.of(self.text).to_owned());
                actor.name_span = Some(name.span);
                i += 1;
            }
            // "Ambassador Ana Soto of Peru"
            let body_at = self.skip(i + 1, &[Class::Article]);
            if actor.name.is_some()
                && office.of.is_none()
                && self.is(i, Class::Of)
                && let Some(body) = self.get(body_at).and_then(Piece::body_named)
            {
                office.of = Some(body);
                i = body_at + 1;
            }
            // "le prince Jean de Luxembourg": a prince's state is part of the name.
            if let Some(name) = actor.name_span
                && ["Prince", "Princess"]
                    .contains(&self.lexicon.offices.get(role).map_or("", String::as_str))
                && self.is(i, Class::Of)
                && self.is(i, Class::Particle)
                && let Some(state) = self.get(i + 1).filter(|p| p.body_named().is_some())
                && self.get(i - 1).is_none_or(|p| p.words == 1)
            {
                let whole = name.to(state.span);
                actor.name = Some(whole.of(self.text).to_owned());
                actor.name_span = Some(whole);
                i += 2;
            }
            let span = office.span;
            actor.office = Some(office);
            if actor.name.is_none() {
                i = self.apposed_name(i, &mut actor);
            } else {
                i = self.apposed_office(i, &mut actor);
            }
            if from.is_none() && span.start < self.get(start).map_or(span.start, |p| p.span.start) {
                from = Some(span);
            }
            let next = self.push(start, i, ItemKind::Actor(actor));
            if let (Some(last), Some(from)) = (self.items.last_mut(), from) {
                last.span = last.span.to(from);
            }
            return Some(next);
        }
        let name = self.get(i).filter(|p| p.kind == PieceKind::Name)?;
        if !actor.titled && !self.person_like(i) {
            return None;
        }
        actor.name = Some(name.span.of(self.text).to_owned());
        actor.name_span = Some(name.span);
        let next = self.apposed_office(i + 1, &mut actor);
        Some(self.push(start, next, ItemKind::Actor(actor)))
    }

    /// Whether a name without title can be a person's: no article before it, no word for a thing beside it.
    fn person_like(&self, i: usize) -> bool {
        let before = i.checked_sub(1).and_then(|j| self.get(j));
        let after = self.get(i + 1);
        let article = before.is_some_and(|p| p.is(Class::Article) && !p.is(Class::Particle));
        let thing = before.is_some_and(|p| p.is(Class::Thing))
            || after.is_some_and(|p| p.is(Class::Thing) && p.spaced);
        !article && !thing
    }

    /// ", Name" after an office or counterpart.
    fn apposed_name(&self, i: usize, actor: &mut Actor) -> usize {
        let mut j = i;
        let comma = self.sign(j, ',');
        if comma {
            j += 1;
        }
        while self.is(j, Class::Honorific) {
            j += 1;
            if self.sign(j, '.') {
                j += 1;
            }
        }
        let Some(name) = self.get(j).filter(|p| p.kind == PieceKind::Name) else {
            return i;
        };
        let closes = self.get(j + 1).is_none_or(|p| {
            p.sign().is_some() || p.is(Class::And) || !comma || p.is(Class::Relative)
        });
        if !closes || !self.person_like(j) {
            return i;
        }
        actor.name = Some(name.span.of(self.text).to_owned());
        actor.name_span = Some(name.span);
        j + 1
    }

    /// ", the Cuban foreign minister," or ", ambassador of A to B" after a name; "(Bahrain)" is left.
    fn apposed_office(&self, i: usize, actor: &mut Actor) -> usize {
        if !self.sign(i, ',') {
            return i;
        }
        let mut j = self.skip(
            i + 1,
            &[
                Class::Article,
                Class::Possessive,
                Class::Temporal,
                Class::Former,
                Class::Honorific,
            ],
        );
        let possessive = (i + 1..j).any(|k| self.is(k, Class::Possessive));
        let former = (i + 1..j).any(|k| self.is(k, Class::Former));
        let mut of = None;
        if let Some(body) = self.get(j).filter(|p| p.office().is_none()).and_then(|p| {
            p.adjective()
                .or_else(|| p.body_named().filter(|_| self.is(j + 1, Class::Genitive)))
        }) {
            of = Some(body);
            j += 1;
            j = self.skip(j, &[Class::Genitive, Class::Temporal]);
        }
        if self.is(j, Class::Counterpart) && actor.office.is_none() {
            actor.stand = Some(Stand::Counterpart);
            actor.body = of;
            return j + 1;
        }
        let Some(role) = self.get(j).and_then(Piece::office) else {
            return i;
        };
        let mut k = j;
        let mut office = self.office(&mut k, role);
        office.of = office.of.or(of);
        office.possessive = possessive;
        office.former = former;
        // "President X, Prime Minister Y": a name after the office makes it another person's.
        if self
            .get(k)
            .is_some_and(|p| p.kind == PieceKind::Name || p.is(Class::Honorific))
        {
            return i;
        }
        // "X, Minister of State, Minister of Foreign Affairs": the second says more than the first.
        if actor.office.is_none()
            && self.lexicon.offices.get(role).map_or("", String::as_str) == "Minister of State"
        {
            let next = self.apposed_office(k, actor);
            if actor.office.is_some() {
                return next;
            }
        }
        // "Prince X, ambassador": the post says more than the title before the name.
        let post = |role: usize| {
            super::offices::is_head_of_mission(
                self.lexicon.offices.get(role).map_or("", String::as_str),
            )
        };
        if actor
            .office
            .as_ref()
            .is_none_or(|first| post(office.role) && !post(first.role))
        {
            actor.office = Some(office);
        }
        k
    }

    /// "Minister for Cooperation", "Minister of Education, Culture and Sport": the index after the portfolio, or `i`.
    fn portfolio(&self, i: usize) -> usize {
        if !(self.is(i, Class::For) || self.is(i, Class::Of)) {
            return i;
        }
        let field = |j: usize| {
            self.get(j).is_some_and(|p| {
                p.capital
                    && p.sign().is_none()
                    && p.words == 1
                    && p.body().is_none()
                    && p.city().is_none()
                    && p.office().is_none()
            })
        };
        let mut j = self.skip(i + 1, &[Class::Article]);
        if !field(j) {
            return i;
        }
        j += 1;
        loop {
            let mut k = j;
            while self.is(k, Class::And) || self.sign(k, ',') {
                k += 1;
            }
            let named = self.get(k).is_some_and(|p| p.kind == PieceKind::Name);
            if k > j && field(k) && !named {
                j = k + 1;
            } else if k == j && field(k) && !named {
                j += 1;
            } else {
                return j;
            }
        }
    }

    /// The office at piece `i` and what belongs to it; `i` moves behind it.
    fn office(&self, i: &mut usize, role: usize) -> OfficeNp {
        let mut office = OfficeNp {
            role,
            ..OfficeNp::default()
        };
        let piece = self.get(*i);
        office.of = piece.and_then(Piece::adjective);
        let start = piece.map(|p| p.span).unwrap_or_default();
        *i += 1;
        let mut cities = Vec::new();
        let (mut of, mut to) = (office.of, None);
        if super::offices::is_head_of_mission(
            self.lexicon.offices.get(role).map_or("", String::as_str),
        ) {
            *i = self.chain(*i, &mut of, &mut to, &mut cities);
        } else {
            if let Some(body) = self.get(*i).and_then(Piece::adjective)
                && self.lexicon.lang != crate::document::Lang::En
            {
                of = of.or(Some(body));
                *i += 1;
            }
            let j = self.skip(*i + 1, &[Class::Article]);
            // "le président de la Confédération, X": the words for the state belong to the office.
            if self.is(*i, Class::Of) && self.is(j, Class::TheState) {
                *i = j + 1;
            } else if self.is(*i, Class::Of)
                && let Some(body) = self.get(j).and_then(Piece::body_named)
            {
                of = of.or(Some(body));
                *i = j + 1;
            } else if ["Minister", "Secretary"].iter().any(|w| {
                self.lexicon
                    .offices
                    .get(role)
                    .is_some_and(|r| r.ends_with(w))
            }) {
                *i = self.portfolio(*i);
            }
        }
        office.of = of;
        office.to = to;
        office.city = cities.first().map(|c| c.0);
        office.span = self
            .get(i.saturating_sub(1))
            .map_or(start, |p| start.to(p.span));
        office
    }
}

/// Gives each noun phrase the classes of the preposition directly before it.
fn prepositions(items: &mut [Item]) {
    const PREPOSITIONS: &[Class] = &[
        Class::To,
        Class::In,
        Class::From,
        Class::Of,
        Class::By,
        Class::With,
        Class::Between,
        Class::For,
        Class::About,
        Class::Before,
        Class::Since,
        Class::Until,
    ];
    let mut pending: Vec<Class> = Vec::new();
    for item in items.iter_mut() {
        let classes: Vec<Class> = PREPOSITIONS
            .iter()
            .copied()
            .filter(|c| item.is(*c))
            .collect();
        if !classes.is_empty() && matches!(item.kind, ItemKind::Word) {
            pending = classes;
        } else if item.is_np() || matches!(item.kind, ItemKind::Date(_) | ItemKind::Quantity(_)) {
            let adjective = matches!(item.kind, ItemKind::Body(_, true));
            item.prep.clone_from(&pending);
            if !adjective {
                pending.clear();
            }
        } else if matches!(item.kind, ItemKind::Word)
            && (item.is(Class::Article)
                || item.is(Class::Possessive)
                || item.is(Class::Temporal)
                || item.is(Class::Former)
                || item.is(Class::TheState)
                || item.is(Class::BothStates)
                || item.is(Class::Honorific)
                || item.is(Class::Formerly)
                || item.is(Class::VisitOfficial))
        {
            item.prep.clone_from(&pending);
        } else if matches!(item.kind, ItemKind::Trigger(_) | ItemKind::Sign(_)) {
            pending.clear();
        } else {
            item.prep.clone_from(&pending);
            pending.clear();
        }
    }
}

fn same_category(a: &ItemKind, b: &ItemKind) -> bool {
    match (a, b) {
        (ItemKind::Actor(_), ItemKind::Actor(_))
        | (ItemKind::Mission(_), ItemKind::Mission(_))
        | (ItemKind::Treaty(_), ItemKind::Treaty(_)) => true,
        (ItemKind::Body(_, x), ItemKind::Body(_, y)) => x == y,
        (ItemKind::City(_), ItemKind::City(_) | ItemKind::Body(_, false))
        | (ItemKind::Body(_, false), ItemKind::City(_)) => true,
        _ => false,
    }
}

/// Joins noun phrases of one kind that stand with commas and "and" between them into lists.
fn coordinate(items: &mut [Item]) {
    for at in 1..items.len() {
        let Some(item) = items.get(at) else { continue };
        if !item.is_np() {
            continue;
        }
        let mut joined = false;
        let mut previous = None;
        for j in (0..at).rev() {
            let Some(between) = items.get(j) else { break };
            if between.is_np() {
                previous = Some(j);
                break;
            }
            let bracket = between.sign('(') && items.get(j + 1).is_some_and(|n| n.is(Class::And));
            let joins = between.sign(',') || between.is(Class::And) || bracket;
            let passes = matches!(between.kind, ItemKind::Word)
                && (between.is(Class::Article)
                    || between.is(Class::Possessive)
                    || between.is(Class::Formerly)
                    || between.is(Class::Temporal)
                    || between.is(Class::Honorific)
                    || between.is(Class::Genitive)
                    || [Class::In, Class::To, Class::With, Class::Of, Class::Between]
                        .iter()
                        .any(|c| between.is(*c)));
            if !joins && !passes {
                break;
            }
            joined |= joins;
        }
        let Some(previous) = previous.filter(|_| joined) else {
            continue;
        };
        let Some((kind, list, prep)) = items
            .get(previous)
            .map(|p| (p.kind.clone(), p.list, p.prep.clone()))
        else {
            continue;
        };
        if !same_category(&kind, &item.kind) {
            continue;
        }
        // "…, and France opened": what a verb follows directly begins a clause, unless the list itself is its subject.
        let verb_after = items.get(at + 1).is_some_and(|n| {
            matches!(n.kind, ItemKind::Trigger(_)) || n.is(Class::Have) || n.is(Class::Be)
        });
        // "At the invitation of A, B, who …, has paid a visit": parted by a comma alone and before a verb, it is the subject.
        let comma_only =
            !(previous + 1..at).any(|j| items.get(j).is_some_and(|x| x.is(Class::And)));
        let apposed = matches!(item.kind, ItemKind::Actor(_))
            && items.get(at + 1).is_some_and(|n| n.sign(','))
            && items.get(at + 2).is_some_and(|n| {
                matches!(n.kind, ItemKind::Trigger(_))
                    || n.is(Class::Have)
                    || n.is(Class::Be)
                    || n.is(Class::Light)
            });
        let verb_after = verb_after || (comma_only && apposed);
        let own_prep = item.prep.clone();
        if verb_after && !prep.is_empty() && !prep.contains(&Class::Between) && own_prep.is_empty()
        {
            continue;
        }
        if !own_prep.is_empty() && !prep.is_empty() && own_prep != prep {
            continue;
        }
        if let Some(item) = items.get_mut(at) {
            item.list = list;
            if item.prep.is_empty() {
                item.prep = prep;
            }
        }
    }
}

/// "an embassy and a consulate general in Paris": the first takes the places and sides of the second.
fn share_cities(items: &mut [Item]) {
    for at in (0..items.len().saturating_sub(1)).rev() {
        let Some(ItemKind::Mission(first)) = items.get(at).map(|i| &i.kind) else {
            continue;
        };
        if !first.cities.is_empty() {
            continue;
        }
        let next = items
            .iter()
            .enumerate()
            .skip(at + 1)
            .find(|(_, i)| matches!(i.kind, ItemKind::Mission(_)));
        let Some((
            index,
            Item {
                kind: ItemKind::Mission(second),
                list,
                ..
            },
        )) = next
        else {
            continue;
        };
        let between_only_joins = items.get(at + 1..index).is_some_and(|b| {
            b.iter().all(|i| {
                i.is(Class::And) || i.is(Class::Article) || i.sign(',') || i.is(Class::Temporal)
            })
        });
        if *list != at && !between_only_joins {
            continue;
        }
        let (cities, sending, receiving) =
            (second.cities.clone(), second.sending, second.receiving);
        if let Some(Item {
            kind: ItemKind::Mission(first),
            ..
        }) = items.get_mut(at)
        {
            first.cities = cities;
            first.sending = first.sending.or(sending);
            first.receiving = first.receiving.or(receiving);
        }
    }
}
