//! Pieces → actors: names with offices before and behind them.

use super::{Actor, Grouper, ItemKind, Stand};
use crate::extract::pieces::{Piece, PieceKind};
use crate::language::{Class, Head, Lang, Meaning, TriggerForm};

impl Grouper<'_, '_> {
    /// An actor: titles, office, name, apposition, or a word that stands for a person.
    pub(super) fn actor(&mut self, at: usize) -> Option<usize> {
        let piece = self.get(at)?;
        let mut actor = Actor::default();
        let mut i = at;
        if (piece.is(Class::Of) || piece.is(Class::Portfolio))
            && let Some(next) = self.further_minister(at)
        {
            return Some(next);
        }
        if let Some(next) = self.further_holder(at) {
            return Some(next);
        }
        if piece.is(Class::He) {
            actor.stand = Some(Stand::He);
            return Some(self.push(at, at + 1, ItemKind::Actor(actor)));
        }
        // "Este había visitado Lima": a Spanish pronoun before its verb.
        let this = self.lexicon.lang == Lang::Es
            && ["este", "esta"].contains(&piece.folded.as_ref())
            && (self.verb_ahead(at + 1) || self.is(at + 1, Class::Have))
            && (piece.first
                || self
                    .items
                    .last()
                    .is_some_and(|i| i.sign(',') || i.sign(';')));
        if piece.is(Class::Latter) || this {
            actor.stand = Some(Stand::Latter);
            return Some(self.push(at, at + 1, ItemKind::Actor(actor)));
        }
        if piece.is(Class::Him) && self.stressed(at) {
            actor.stand = Some(Stand::He);
            let next = self.push(at, at + 1, ItemKind::Actor(actor));
            if let Some(last) = self.items.last_mut() {
                last.meanings.clear();
            }
            return Some(next);
        }
        // "fue enviado a México": behind an auxiliary the participle is no envoy.
        let sent = || {
            let trigger = |m: &Meaning| matches!(m, Meaning::Trigger(..) | Meaning::Verb(_));
            let before = self.items.last();
            self.lexicon.lang != crate::document::Lang::En
                && before.is_some_and(|i| i.is(Class::Be) || i.is(Class::Have))
                && piece.office().is_some()
                && piece.words == 1
                && piece.meanings.iter().any(trigger)
        };
        if sent() {
            return None;
        }
        // "the two sultans"
        let holders = piece.is(Class::TheTwo)
            && self
                .get(at + 1)
                .is_some_and(|p| p.office().is_some() && p.span.of(self.text).ends_with('s'))
            && self
                .get(at + 2)
                .is_none_or(|p| p.kind != PieceKind::Name && !p.is(Class::Honorific));
        if holders {
            actor.stand = Some(Stand::Both);
            return Some(self.push(at, at + 2, ItemKind::Actor(actor)));
        }
        if piece.is(Class::TheTwo) && self.verb_ahead(at + 1) {
            actor.stand = Some(Stand::Both);
            return Some(self.push(at, at + 1, ItemKind::Actor(actor)));
        }
        if piece.is(Class::PersonNoun) && self.determined() {
            actor.stand = Some(Stand::ThePerson);
            let before = self.items.last().map(|i| i.span);
            actor.body = self.take_body_before();
            let from = actor.body.and(before);
            let mut next = at + 1;
            if actor.body.is_none()
                && let Some(body) = self.get(next).and_then(Piece::adjective)
            {
                actor.body = Some(body);
                next += 1;
            }
            let next = self.apposed_name(next, &mut actor);
            let next = self.push(at, next, ItemKind::Actor(actor));
            if let (Some(last), Some(from)) = (self.items.last_mut(), from) {
                last.span = last.span.to(from);
            }
            return Some(next);
        }
        if piece.is(Class::Him) && self.before_verb(at) {
            actor.stand = Some(Stand::Him);
            let next = self.push(at, at + 1, ItemKind::Actor(actor));
            if let Some(last) = self.items.last_mut() {
                last.meanings.clear();
            }
            return Some(next);
        }
        // "los cancilleres A y B": who they are is said behind.
        let named = self
            .get(at + 1)
            .is_some_and(|p| p.kind == PieceKind::Name || p.is(Class::Honorific));
        let both = self.both_of(i);
        if piece.is(Class::BothPersons) && !named && both.is_none() || piece.is(Class::They) {
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
        let related = [
            (Class::Counterpart, Stand::Counterpart),
            (Class::Successor, Stand::Successor),
            (Class::Predecessor, Stand::Predecessor),
        ];
        let related = related.into_iter().find(|(class, _)| self.is(i, *class));
        if let Some((_, stand)) = related {
            actor.stand = Some(stand);
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
            // "his counterpart from Kenya, X", "su par de Israel, X": the state between.
            if actor.body.is_none() && (self.is(i, Class::Of) || self.is(i, Class::From)) {
                let state = i + 1 + usize::from(self.is(i + 1, Class::Article));
                let closed = self.sign(state + 1, ',');
                if let Some(body) = self
                    .get(state)
                    .and_then(Piece::body_named)
                    .filter(|_| closed)
                {
                    actor.body = Some(body);
                    i = state + 1;
                }
            }
            if stand != Stand::Counterpart && actor.body.is_none() {
                let comma = self.whose(i);
                // Whose he is says nothing of his office: who is named is meant.
                if comma > i {
                    (i, actor.stand) = (comma, None);
                }
            }
            // "Invited by his counterpart, X visited …": a name behind a comma that a verb follows is the subject.
            let alone = actor.clone();
            let mut next = self.apposed_name(i, &mut actor);
            let verb = |p: &Piece<'_>| {
                p.meanings.iter().any(|m| {
                    self.lexicon.verb_form(m) == Some(TriggerForm::Finite)
                        || matches!(m, Meaning::Class(Class::Have | Class::Be | Class::Light))
                })
            };
            // "At the invitation of his counterpart, X, minister of …, paid a visit"
            let invited = self
                .items
                .iter()
                .rev()
                .take(5)
                .any(|i| i.is(Class::Invited));
            let described = (next + 2..next + 9)
                .take_while(|_| invited && self.sign(next, ','))
                .find(|&j| self.sign(j, ','))
                .filter(|_| self.get(next + 1).is_some_and(|p| p.office().is_some()));
            let acts = self.get(next).is_some_and(verb)
                || described.is_some_and(|j| self.get(j + 1).is_some_and(verb));
            if next > i && self.sign(i, ',') && acts {
                (actor, next) = (alone, i);
            }
            let next = self.push(start, next, ItemKind::Actor(actor));
            if let (Some(last), Some(from)) = (self.items.last_mut(), from) {
                last.span = last.span.to(from);
            }
            return Some(next);
        }
        // "llegó en 1911 enviado por el ministerio": a participle.
        let sent = self.lexicon.lang != Lang::En
            && self.is(i + 1, Class::By)
            && self
                .get(i)
                .is_some_and(|p| ["enviado", "enviada", "envoye"].contains(&p.folded.as_ref()));
        let office = || self.get(i).and_then(Piece::office).filter(|_| !sent);
        if let Some(role) = both.or_else(office) {
            let before = self.items.last().map(|i| i.span);
            let former = self.items.iter().rev().take(3).any(|i| i.is(Class::Former));
            let possessive = self.possessive_before();
            let taken = self.take_body_before();
            let mut office = self.office(&mut i, role);
            if let Some((next, second)) = self.second_office(i, &office) {
                (i, office) = (next, second);
            }
            office.former = former;
            office.possessive = possessive;
            office.of = office.of.or(taken);
            let mut from = taken.and(before);
            // "Deputy Foreign Minister Ambassador X", "the Director of Protocol, Ambassador X": a rank before the name.
            if let Some(next) = self.ranked_name(i, &office) {
                actor.titled = true;
                i = next;
            }
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
                // "El embajador actual, don Luis Vega": an adjective stands behind the office.
                let adjective = self.skip(i, &[Class::Temporal]);
                // "la gouverneure générale de l'époque Ana Soto"
                let named = self.lexicon.lang != Lang::En && self.named(adjective);
                let behind = adjective > i && (self.sign(adjective, ',') || named);
                let named = if behind {
                    self.apposed_name(adjective, &mut actor)
                } else {
                    i
                };
                i = if named > adjective {
                    named
                } else {
                    self.apposed_name(i, &mut actor)
                };
            } else {
                i = self.apposed_office(i, &mut actor);
                i = self.bracketed_office(i, &mut actor);
            }
            if from.is_none() && span.start < self.get(start).map_or(span.start, |p| p.span.start) {
                from = Some(span);
            }
            let next = self.push(start, i, ItemKind::Actor(actor));
            if let (Some(last), Some(from)) = (self.items.last_mut(), from) {
                last.span = last.span.to(from);
            }
            self.holders_before();
            return Some(next);
        }
        let name = self.get(i).filter(|p| p.kind == PieceKind::Name)?;
        if !actor.titled && !self.person_like(i) {
            return None;
        }
        actor.name = Some(name.span.of(self.text).to_owned());
        actor.name_span = Some(name.span);
        let next = self.apposed_office(i + 1, &mut actor);
        let next = self.bracketed_office(next, &mut actor);
        Some(self.push(start, next, ItemKind::Actor(actor)))
    }

    /// Whether a pronoun that may be a possessive or an article stands alone behind a preposition or verb: "avec lui", "spoke with her on".
    fn stressed(&self, at: usize) -> bool {
        let Some(before) = self.items.last() else {
            return false;
        };
        let led = [Class::With, Class::By, Class::For, Class::Before, Class::To]
            .iter()
            .any(|c| before.is(*c))
            || self.lexicon.lang == Lang::En
                && (before.verb.is_some() || matches!(before.kind, ItemKind::Trigger(_)));
        let article = self.is(at, Class::Article);
        let alone = self.get(at + 1).is_none_or(|p| {
            p.sign().is_some()
                || [
                    Class::In,
                    Class::And,
                    Class::With,
                    Class::By,
                    Class::For,
                    Class::Article,
                    Class::Today,
                    Class::SameDay,
                    Class::DayAfter,
                    Class::About,
                    Class::Then,
                    Class::There,
                    Class::Again,
                    Class::From,
                    Class::As,
                ]
                .iter()
                .any(|c| p.is(*c))
        });
        led && !article && alone
    }

    /// Whether somebody's name begins at a piece.
    fn named(&self, at: usize) -> bool {
        self.get(at)
            .is_some_and(|p| p.kind == PieceKind::Name || p.is(Class::Honorific))
    }

    /// Whether a verb follows, with at most one other word between.
    pub(super) fn verb_ahead(&self, at: usize) -> bool {
        let verb = |i: usize| {
            self.get(i).is_some_and(|p| {
                p.is(Class::Be)
                    || p.is(Class::Have)
                    || p.meanings.iter().any(|m| {
                        matches!(
                            m,
                            Meaning::Verb(TriggerForm::Finite | TriggerForm::Base)
                                | Meaning::Trigger(_, TriggerForm::Finite)
                        )
                    })
            })
        };
        verb(at) || self.get(at).is_some_and(|p| p.meanings.is_empty()) && verb(at + 1)
    }

    /// Whether what stands before points at somebody: an article, a possessive, or the adjective of a state with one.
    fn determined(&self) -> bool {
        self.items
            .iter()
            .rev()
            .take_while(|i| {
                i.is(Class::Article)
                    || i.is(Class::Possessive)
                    || i.is(Class::Temporal)
                    || matches!(i.kind, ItemKind::Body(_, true))
            })
            .any(|i| i.is(Class::Article) && !i.is(Class::Indefinite) || i.is(Class::Possessive))
            || self.items.last().is_some_and(|i| i.is(Class::Contraction))
    }

    /// Whether a pronoun that may be an article stands before a verb ("le reçut", "la había recibido") and not before a noun.
    fn before_verb(&self, at: usize) -> bool {
        let form = |i: usize, form: TriggerForm| {
            self.get(i).is_some_and(|p| {
                p.meanings.iter().any(|m| {
                    matches!(m, Meaning::Verb(own) if *own == form)
                        || matches!(m, Meaning::Trigger(rule, own) if *own == form && !self.of_noun(*rule))
                })
            })
        };
        let mut i = self.skip(at + 1, &[Class::There]);
        let compound = self.is(i, Class::Have);
        i = self.skip(i, &[Class::Have]);
        if compound {
            return (i..i + 3).any(|j| form(j, TriggerForm::Participle));
        }
        let Some(verb) = self.get(i).filter(|p| !p.capital) else {
            return false;
        };
        let noun = verb.meanings.iter().any(|m| {
            matches!(m, Meaning::Trigger(rule, _) if self.of_noun(*rule))
                || matches!(m, Meaning::Class(class) if !class.of_verbs())
                || matches!(
                    m,
                    Meaning::Office(_) | Meaning::Mission(_) | Meaning::Treaty(_)
                )
        });
        // The endings that nouns made of verbs have: "la firma", "la demande".
        let ending = match self.lexicon.lang {
            Lang::En => "",
            Lang::Fr => "e",
            Lang::Es => "a",
        };
        let either = self.is(at, Class::Article) && verb.span.of(self.text).ends_with(ending);
        form(i, TriggerForm::Finite) && !form(i, TriggerForm::Participle) && !noun && !either
    }

    /// Whether a rule is triggered by a noun.
    fn of_noun(&self, rule: usize) -> bool {
        self.lexicon
            .rules
            .get(rule)
            .is_some_and(|r| r.head == Head::Noun)
    }

    /// Whether a name without title can be a person's: no article before it, no word for a thing beside it.
    pub(super) fn person_like(&self, i: usize) -> bool {
        let before = i.checked_sub(1).and_then(|j| self.get(j));
        let after = self.get(i + 1);
        let article = before.is_some_and(|p| p.is(Class::Article) && !p.is(Class::Particle));
        let thing = before.is_some_and(|p| p.is(Class::Thing))
            || after.is_some_and(|p| p.is(Class::Thing) && p.spaced);
        // "at Cable Beach": in what only a place can be.
        let place = before.is_some_and(|p| p.is(Class::In) && !p.is(Class::To));
        !article && !thing && !place
    }
}
