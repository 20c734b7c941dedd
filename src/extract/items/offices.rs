//! Offices as noun phrases: the field of a minister, the state of a head of mission, the second office of one person.

use super::{Actor, Grouper, ItemKind, OfficeNp};
use crate::extract::offices::is_head_of_mission;
use crate::extract::pieces::{Piece, PieceKind};
use crate::language::{Class, Lang};

impl Grouper<'_, '_> {
    /// "Minister for Cooperation", "Minister of Education, Culture and Sport", "ministre de l'Europe et des Affaires étrangères": the index
    /// after the field, or `i`, and the role that the field gives.
    pub(super) fn portfolio(&self, i: usize) -> (usize, Option<usize>) {
        let begins = self.skip(i + 1, &[Class::Article]);
        if !self.leads_field(i) {
            return (i, None);
        }
        if !self.is_field(begins) {
            // "the Minister of Panchayats Raj, Ms Ana Soto": words that nobody knows before who is meant.
            let unknown = self.get(begins).is_some_and(|p| p.kind == PieceKind::Name);
            let end = self
                .field_before_name(begins)
                .filter(|_| unknown && !self.is(i, Class::To));
            return (end.unwrap_or(i), None);
        }
        let first = self.portfolio_role(begins);
        let (next, later) = self.more_fields(begins + 1);
        // "Minister of African Integration and Foreign Affairs"
        let foreign = |role: &usize| {
            let role = self.lexicon.offices.get(*role);
            role.is_some_and(|r| r == "Foreign Minister")
        };
        (next, later.filter(foreign).or(first).or(later))
    }

    /// A field that nothing leads: the index behind it and the role that it gives.
    pub(super) fn field(&self, at: usize) -> Option<(usize, usize)> {
        let role = self.portfolio_role(at)?;
        let (next, later) = self.more_fields(at + 1);
        let foreign = |role: &usize| {
            let role = self.lexicon.offices.get(*role);
            role.is_some_and(|r| r == "Foreign Minister")
        };
        Some((next, later.filter(foreign).unwrap_or(role)))
    }

    fn leads_field(&self, i: usize) -> bool {
        self.is(i, Class::For) || self.is(i, Class::Of) || self.is(i, Class::To)
    }

    fn portfolio_role(&self, i: usize) -> Option<usize> {
        let words = &self.get(i)?.folded;
        // "Asuntos Exteriores": what is one word to the language says it in the last.
        let role = [words.split(' ').next(), words.split(' ').next_back()]
            .into_iter()
            .find_map(|word| self.lexicon.portfolio_role(word?))?;
        // "International", "Public" say nothing by themselves.
        let general = self
            .lexicon
            .offices
            .get(role)
            .is_some_and(|r| r == "Minister");
        (!general).then_some(role)
    }

    /// Whether a piece can be a word of a minister's field.
    fn is_field(&self, i: usize) -> bool {
        // "ministre de la Coopération régionale": its adjectives have no capital.
        let small = self.lexicon.lang != Lang::En;
        self.get(i).is_some_and(|p| {
            (p.capital || small && p.is(Class::Portfolio))
                && p.sign().is_none()
                && !p.is(Class::Honorific)
                && (p.words == 1 || p.kind == PieceKind::Word)
                && p.body().is_none()
                && p.city().is_none()
                && p.office().is_none()
        })
    }

    /// "… and Economic Empowerment, Luis Vega": the index behind words with a capital behind "and", which would be a name, were not who is meant named behind a
    /// comma.
    fn field_before_name(&self, at: usize) -> Option<usize> {
        let part = |p: &Piece<'_>| {
            let small = !p.capital && self.lexicon.lang == Lang::En;
            p.sign().is_none() && p.office().is_none() && !(small && p.meanings.is_empty())
        };
        let first = self.get(at)?;
        let begins =
            first.capital && part(first) && first.body().is_none() && first.city().is_none();
        let comma = (at + 1..at + 7).find(|&i| !self.get(i).is_some_and(part))?;
        let who = self.skip(comma + 1, &[Class::Honorific]);
        let named = self.get(who);
        let named = named.is_some_and(|p| p.kind == PieceKind::Name && p.words > 1);
        // "y Asuntos Sociales peruana, X": whose minister he is stands behind the field.
        let state = self
            .get(comma - 1)
            .is_some_and(|p| p.adjective().is_some() && !p.capital);
        let end = comma - usize::from(state);
        (begins && named && self.sign(comma, ',') && end > at).then_some(end)
    }

    /// "Economía Social, Luis Vega,": a word with a capital that would be a name, were not who is meant named behind a comma.
    fn ends_field(&self, i: usize) -> bool {
        let name = |i: usize| self.get(i).filter(|p| p.kind == PieceKind::Name);
        let who = self.skip(i + 2, &[Class::Honorific]);
        self.lexicon.lang != Lang::En
            && name(i).is_some_and(|p| p.words == 1)
            && self.sign(i + 1, ',')
            && name(who).is_some_and(|p| p.words > 1)
            && self.sign(who + 1, ',')
    }

    /// "Sénégalais de l'extérieur", "Marocains résidant à l'étranger": the index behind the nationals abroad whom a minister looks after.
    fn nationals_abroad(&self, i: usize) -> Option<usize> {
        let demonym = |p: &Piece<'_>| p.body().is_some() && p.body_named().is_none();
        self.get(i).filter(|p| demonym(p))?;
        let abroad = |p: &Piece<'_>| {
            let mut parts = p.folded.split([' ', '\'']);
            parts.any(|part| self.lexicon.lists(Class::Abroad, part))
        };
        let word = |i: &usize| self.get(*i).is_some_and(|p| p.sign().is_none());
        let mut behind = (i + 1..i + 6).take_while(word);
        behind
            .find(|i| self.get(*i).is_some_and(abroad))
            .map(|i| i + 1)
    }

    /// What follows the first words of a minister's field; the index behind it, and the role that it gives.
    fn more_fields(&self, i: usize) -> (usize, Option<usize>) {
        let mut role = None;
        let mut j = i;
        loop {
            let mut k = j;
            while self.is(k, Class::And) || self.sign(k, ',') {
                k += 1;
            }
            let joined = k > j;
            if self.leads_field(k) && (joined || !self.is(k, Class::To)) {
                k = self.skip(k + 1, &[Class::Article]);
            } else if joined {
                k = self.skip(k, &[Class::Article]);
            }
            // "… et des Sénégalais de l'extérieur"
            if let Some(end) = self.nationals_abroad(k).filter(|_| joined) {
                j = end;
                continue;
            }
            // "Planning, Industrial Development and …": a word that nobody knows before one of a field.
            let field = |i: usize| self.get(i).is_some_and(|p| p.is(Class::Portfolio));
            let known = field(k) || joined && field(k + 1);
            let named = self.get(k).is_some_and(|p| p.kind == PieceKind::Name);
            // "Affaires étrangères et …", "Partenariats internationaux, Mme X": an adjective of the field.
            let adjective = k == j
                && self.lexicon.lang != Lang::En
                && self.get(k).is_some_and(|p| {
                    !p.capital && p.sign().is_none() && p.meanings.is_empty() && p.words == 1
                })
                && self.get(k + 1).is_some_and(|p| {
                    p.sign() == Some(',')
                        || p.is(Class::And)
                        || p.is(Class::Honorific)
                        || p.kind == PieceKind::Name
                });
            let last = k == j && self.ends_field(k);
            // Only the last of a field's parts stands behind "and".
            let and = joined && (j..k).any(|i| self.is(i, Class::And));
            if and
                && !known
                && named
                && let Some(end) = self.field_before_name(k)
            {
                return (end, role);
            }
            if self.is_field(k) && (known || !named) || adjective || last {
                role = role.or(self.portfolio_role(k));
                j = k + 1;
            } else {
                return (j, role);
            }
        }
    }

    /// "los ministros de Hacienda, X; de Agricultura y Pesca, Y, y de Turismo, Z": the one of several ministers whose field alone is named, and
    /// his name; pushed as an actor.
    pub(super) fn further_minister(&mut self, at: usize) -> Option<usize> {
        let joint = self.items.last()?;
        (joint.sign(',') || joint.sign(';') || joint.is(Class::And)).then_some(())?;
        let ministers = |i: &super::Item<'_>| {
            let office = i.actor().and_then(|a| a.office.as_ref());
            let minister = office.and_then(|o| self.lexicon.offices.get(o.role));
            let plural = i.folded.split(' ').next().is_some_and(|w| w.ends_with('s'));
            let role = minister.filter(|r| r.contains("Minister") || r.contains("Secretary"));
            role.filter(|_| plural).and(office).map(|o| (o.role, o.of))
        };
        let (first, of) = self.items.iter().rev().take(14).find_map(ministers)?;
        // "and health, Z": in English the next may stand without "of".
        let (mut next, field) = if self.leads_field(at) {
            self.portfolio(at)
        } else {
            let (next, role) = self.field(at)?;
            (next, Some(role))
        };
        (next > at && self.sign(next, ',')).then_some(())?;
        let role = field.unwrap_or(first);
        let start = self.get(at)?.span;
        let end = self.get(next.checked_sub(1)?)?.span;
        let mut actor = Actor {
            office: Some(OfficeNp {
                role,
                of,
                span: start.to(end),
                ..OfficeNp::default()
            }),
            ..Actor::default()
        };
        next += 1;
        while self.is(next, Class::Honorific) {
            next += 1 + usize::from(self.sign(next + 1, '.'));
        }
        let name = self.get(next).filter(|p| p.kind == PieceKind::Name)?;
        actor.name = Some(name.span.of(self.text).to_owned());
        actor.name_span = Some(name.span);
        Some(self.push(at, next + 1, ItemKind::Actor(actor)))
    }

    /// "the presidents of Mali, Peru and Chile": the one of several who hold an office whose state alone is named; pushed as an actor.
    pub(super) fn further_holder(&mut self, at: usize) -> Option<usize> {
        let state = |i: usize| {
            let from = self.skip(i, &[Class::Of, Class::Article]);
            let body = self.get(from).and_then(Piece::body_named)?;
            let owner = self.is(from + 1, Class::Genitive);
            (from < i + 3 && !owner).then_some((from + 1, body))
        };
        let mut before = self.items.iter().rev();
        let joint = before.next()?;
        let (next, of) = state(at)?;
        // A comma joins where an enumeration goes on to its "and".
        let goes_on = || {
            let comma = self.sign(next, ',') && state(next + 1).is_some();
            comma || self.is(next, Class::And) && state(next + 1).is_some()
        };
        let mut first = before.next();
        let comma = |i: &super::Item<'_>| i.sign(',') || i.sign(';');
        if joint.is(Class::And) && first.is_some_and(comma) {
            first = before.next();
        }
        // "los presidentes de Noruega, Lars Berg, y de Uruguay, Luis Vega": each is named behind his state.
        let named = first.is_some_and(|i| i.actor().is_some_and(|a| a.name.is_some()));
        let led = self.is(at, Class::Of) || self.is(at + 1, Class::Of);
        // "the foreign ministers of Peru Juan Soto, Chile Ana Vega and Mali Awa Diop"
        let beside = named && self.get(next).is_some_and(|p| p.kind == PieceKind::Name);
        let joins = joint.is(Class::And) || joint.sign(',') && goes_on() || named && comma(joint);
        let first = first.filter(|_| joins && (led || !named || beside))?;
        // "El presidente de Noruega, Lars Berg, y el de Uruguay"
        let alone = named && self.is(at, Class::Article) && self.is(at + 1, Class::Of);
        let role = self.held_by_several(first, named, alone)?;
        // The next of them is told by the same noun.
        let noun = first.folded.clone();
        let start = self.get(at)?.span;
        let office = OfficeNp {
            role,
            of: Some(of),
            span: start.to(self.get(next - 1)?.span),
            ..OfficeNp::default()
        };
        let mut actor = Actor {
            office: Some(office),
            ..Actor::default()
        };
        let next = if beside && !led {
            let name = self.get(next)?;
            actor.name = Some(name.span.of(self.text).to_owned());
            actor.name_span = Some(name.span);
            next + 1
        } else if named {
            let behind = self.apposed_name(next, &mut actor);
            actor.name.as_ref()?;
            behind
        } else {
            next
        };
        let next = self.push(at, next, ItemKind::Actor(actor));
        self.items.last_mut()?.folded = noun;
        Some(next)
    }

    /// "the foreign ministers of Mali and Peru": the office that a word for both sides' holders names, where their states are told.
    pub(super) fn both_of(&self, at: usize) -> Option<usize> {
        let piece = self.get(at).filter(|p| p.is(Class::BothPersons))?;
        let state = self.skip(at + 2, &[Class::Article]);
        let told =
            self.is(at + 1, Class::Of) && self.get(state).and_then(Piece::body_named).is_some();
        let role = self.lexicon.both_role(&piece.folded).filter(|_| told)?;
        self.lexicon
            .offices
            .iter()
            .position(|office| office == role)
    }

    /// The office, of no mission, that several hold of whom an item names one by his state alone, or where `named` by his name, too; `alone` where
    /// the noun need not be one for several.
    fn held_by_several(&self, item: &super::Item<'_>, named: bool, alone: bool) -> Option<usize> {
        let actor = item
            .actor()
            .filter(|a| a.name.is_some() == named && a.stand.is_none())?;
        let office = actor.office.as_ref().filter(|o| o.of.is_some())?;
        let role = self.lexicon.offices.get(office.role)?;
        let noun = item.folded.split([' ', '-']);
        let noun = noun.take_while(|w| !["of", "for", "des", "de"].contains(w));
        let several = alone || noun.last().is_some_and(|w| w.ends_with('s'));
        (several && !is_head_of_mission(role)).then_some(office.role)
    }

    /// "the Peruvian and Malian presidents": makes the adjectives before the office pushed last the first of several who hold it.
    pub(super) fn holders_before(&mut self) {
        if self.lexicon.lang != Lang::En {
            return;
        }
        let found = self.items.last();
        let found = found.and_then(|i| self.held_by_several(i, false, false));
        let Some(role) = found else { return };
        let mut at = self.items.len().saturating_sub(1);
        let joins = |i: &super::Item<'_>| i.is(Class::And) || i.sign(',');
        while at >= 2
            && let [adjective, joint] = self.items.get_mut(at - 2..at).unwrap_or(&mut [])
            && joins(joint)
            && let Some(of) = adjective.adjective()
        {
            adjective.kind = ItemKind::Actor(Actor {
                office: Some(OfficeNp {
                    role,
                    of: Some(of),
                    span: adjective.span,
                    ..OfficeNp::default()
                }),
                ..Actor::default()
            });
            at -= 2;
        }
    }

    /// "the Director of Protocol, Ambassador X": the index of a name behind a rank of ambassador, where the office before is none of a head of mission but one
    /// at an organisation.
    pub(super) fn ranked_name(&self, i: usize, office: &OfficeNp) -> Option<usize> {
        let heads = |role: usize| {
            let role = self.lexicon.offices.get(role);
            role.is_some_and(|r| is_head_of_mission(r))
        };
        let rank = i + usize::from(self.sign(i, ','));
        let word = self.get(rank).filter(|p| p.capital)?;
        let ambassador = word.office().is_some_and(heads);
        let named = self
            .get(rank + 1)
            .is_some_and(|p| p.kind == PieceKind::Name);
        let first = self.lexicon.offices.get(office.role);
        let representative = first.is_some_and(|r| r.contains("Permanent Representative"));
        let other = !heads(office.role) || representative;
        (other && ambassador && named).then_some(rank + 1)
    }

    /// "Minister of State, Minister of Trade X", "Deputy Prime Minister and Foreign Minister X": one person's second office; the index
    /// behind it, and what is told of the person by it.
    pub(super) fn second_office(&self, i: usize, first: &OfficeNp) -> Option<(usize, OfficeNp)> {
        let role = |index: usize| self.lexicon.offices.get(index).map_or("", String::as_str);
        let held = role(first.role);
        let joins = [
            "Deputy",
            "Vice",
            "Prime Cabinet",
            "Minister of State",
            "Secretary of State",
        ]
        .iter()
        .any(|lead| held.starts_with(lead));
        let at = i + 1;
        if !joins || !(self.is(i, Class::And) || self.sign(i, ',')) {
            return None;
        }
        let second = self.get(at).and_then(Piece::office)?;
        let mut next = at;
        let mut office = self.office(&mut next, second);
        let name = if self.sign(next, ',') { next + 1 } else { next };
        let name = self.skip(name, &[Class::Honorific, Class::Article]);
        let name = if self.sign(name, '.') { name + 1 } else { name };
        let named = self.get(name).is_some_and(|p| p.kind == PieceKind::Name);
        let minister = |role: &str| role.contains("Minister") || role.contains("Secretary");
        if !named || !minister(role(second)) {
            return None;
        }
        office.of = office.of.or(first.of);
        if held != "Minister of State" && role(office.role) != "Foreign Minister" {
            office.role = first.role;
        }
        office.span = first.span.to(office.span);
        Some((next, office))
    }

    /// "X, Deputy Prime Minister and Foreign Minister of Peru": one person's second office behind an apposed one, whose state is that of both;
    /// the index behind it.
    pub(super) fn further_office(&self, i: usize, first: &mut OfficeNp) -> usize {
        let Some(second) = self
            .get(i + 1)
            .and_then(Piece::office)
            .filter(|_| self.is(i, Class::And))
        else {
            return i;
        };
        let role = |index: usize| self.lexicon.offices.get(index).map_or("", String::as_str);
        let mut next = i + 1;
        let more = self.office(&mut next, second);
        let name = |j: usize| {
            self.get(j)
                .is_some_and(|p| p.kind == PieceKind::Name || p.is(Class::Honorific))
        };
        // "X, the president, and foreign minister Y": another person's.
        let other = name(next)
            || self.sign(next, ',') && (name(next + 1) || self.is(next + 1, Class::Article));
        if other || is_head_of_mission(role(more.role)) {
            return i;
        }
        first.of = first.of.or(more.of);
        let lesser = ["Deputy", "Vice", "Minister of State"];
        let second = role(more.role) == "Foreign Minister";
        if second && lesser.iter().any(|w| role(first.role).starts_with(w)) {
            first.role = more.role;
        }
        first.span = first.span.to(more.span);
        next
    }

    /// The office at piece `i` and what belongs to it; `i` moves behind it.
    pub(super) fn office(&self, i: &mut usize, role: usize) -> OfficeNp {
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
        let role = self.at_post(*i, role).unwrap_or(role);
        office.role = role;
        if is_head_of_mission(self.lexicon.offices.get(role).map_or("", String::as_str)) {
            // "el embajador saliente de Noruega": the adjective stands behind the noun.
            let place = |i: usize| {
                self.is(i, Class::Of) || self.get(i).is_some_and(|p| p.adjective().is_some())
            };
            if self.lexicon.lang != Lang::En && self.is(*i, Class::Temporal) && place(*i + 1) {
                *i += 1;
            }
            *i = self.chain(*i, &mut of, &mut to, &mut cities);
            let role = self.lexicon.offices.get(role).map_or("", String::as_str);
            if crate::extract::offices::is_papal(role) {
                of = of.or(self.lexicon.holy_see);
            }
        } else {
            let mut role = role;
            if let Some((next, made, state)) = self.chamber(*i, role) {
                (*i, role, of) = (next, made, of.or(state));
                office.role = made;
            }
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
            } else if self.is(*i, Class::Of)
                && ["Mayor", "Governor"]
                    .contains(&self.lexicon.offices.get(role).map_or("", String::as_str))
                && self
                    .get(j)
                    .is_some_and(|p| p.city().is_some() || p.kind == PieceKind::Name)
            {
                // "the mayor of Lima, X"
                *i = j + 1;
            } else if [
                "Minister",
                "Secretary",
                "Undersecretary",
                "Director General",
                "Commissioner",
                "Representative",
            ]
            .iter()
            .any(|w| {
                self.lexicon
                    .offices
                    .get(role)
                    .is_some_and(|r| r.contains(w) && r != "Prime Minister")
            }) {
                let (mut next, field) = self.portfolio(*i);
                // "Minister for Foreign Affairs and International Development Cooperation", "ministro de Economía Azul"
                let known = |i: usize| self.get(i).is_some_and(|p| p.is(Class::Portfolio));
                let joint = self.is(next, Class::And) || self.sign(next, ',');
                if next == *i && (joint || known(next)) {
                    let (end, more) = self.more_fields(next);
                    let goes_on = more.is_some() || (next..end).any(known);
                    next = if goes_on { end } else { next };
                }
                next += usize::from(next == *i && self.ends_field(next));
                *i = next;
                let generic = self
                    .lexicon
                    .offices
                    .get(role)
                    .is_some_and(|r| r == "Minister" || r == "Secretary");
                if let Some(field) = field.filter(|_| generic) {
                    office.role = field;
                }
                // "ministra de Agricultura y Pesca estonia, X", "ministro de Agricultura y Pesca de Estonia, X": whose minister he is, said behind his
                // field.
                if of.is_none()
                    && self.lexicon.lang != Lang::En
                    && self.sign(*i + 1, ',')
                    && let Some(body) = self
                        .get(*i)
                        .filter(|p| !p.capital)
                        .and_then(Piece::adjective)
                {
                    of = Some(body);
                    *i += 1;
                }
                let state = self.skip(*i + 1, &[Class::Article]);
                let behind = self.get(state).and_then(Piece::body_named);
                if of.is_none() && self.is(*i, Class::Of) && behind.is_some() {
                    of = behind;
                    *i = state + 1;
                }
            } else if self.is(*i, Class::Of)
                && self
                    .get(j)
                    .is_some_and(|p| p.kind == PieceKind::Name && p.words == 1)
                && self.sign(j + 1, ',')
                && self
                    .get(self.skip(j + 2, &[Class::Honorific]))
                    .is_some_and(|p| p.kind == PieceKind::Name)
            {
                // "the president of the Sejm, X"
                *i = j + 1;
            }
        }
        // "Duke of Sussex": what a royal title is of belongs to it.
        let royal = crate::extract::offices::is_royal(
            self.lexicon.offices.get(role).map_or("", String::as_str),
        );
        if royal
            && of.is_none()
            && self.is(*i, Class::Of)
            && self
                .get(*i + 1)
                .is_some_and(|p| p.kind == PieceKind::Name && p.words == 1)
        {
            *i += 2;
        }
        office.of = of;
        office.to = to;
        office.city = cities.first().map(|c| c.0);
        office.further = cities.iter().skip(1).map(|c| c.0).collect();
        office.span = self
            .get(i.saturating_sub(1))
            .map_or(start, |p| start.to(p.span));
        office
    }
}
