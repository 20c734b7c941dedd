//! Pieces of a sentence → items: actors, bodies, cities, dates, quantities, missions, treaties, triggers and the small words between.

mod actors;
mod apposed;
mod bracketed;
mod in_turn;
mod joined;
mod missions;
mod model;
mod offices;
mod own;
mod posts;
mod several;

use super::dates::{DateContext, date};
use super::pieces::{Piece, PieceKind};
use super::quantity::{Unit, quantity};
use super::treaty::title::{bundle, further, treaty};
use crate::language::{
    Class, Classes, Head, Lang, Lexicon, Meaning, Meanings, NameForm, TriggerForm,
};
pub(super) use apposed::named_behind;
use apposed::owned;
use in_turn::in_turn;
use joined::{coordinate, copula, not_until, predicate, prepositions, share_cities};
pub(super) use joined::{named_beside, possessed};
use missions::last_mission;
pub(super) use model::{Actor, Item, ItemKind, MissionNp, OfficeNp, Stand, TreatyNp};
pub(super) use own::{
    all_of_them, bracketed, date_among, dates_behind, dates_in_a_row, own_date, respective,
};
pub(super) use posts::as_head;
use several::{couple, share_names, share_office};

/// What the sentences before have named last.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Named {
    /// The currency of the section.
    pub(super) currency: Option<usize>,
    /// The kind of mission, in this sentence or the one before.
    pub(super) mission: Option<usize>,
    /// The kind that the sentence before that one named last.
    pub(super) mission_before: Option<usize>,
}

/// Groups pieces into items; `named` is what the sentences before named last, and is set to what these name.
pub(super) fn items<'a>(
    text: &'a str,
    pieces: &[Piece<'a>],
    lexicon: &'a Lexicon,
    dates: &mut DateContext,
    named: &mut Named,
) -> Vec<Item<'a>> {
    let mut grouper = Grouper {
        text,
        pieces,
        lexicon,
        items: Vec::with_capacity(pieces.len()),
        named: *named,
    };
    let mut at = 0;
    while at < pieces.len() {
        at = grouper.step(at, dates).max(at + 1);
    }
    let mut items = grouper.items;
    named.currency = grouper.named.currency;
    // "Peru suspended relations with A. A suspended its own": those.
    let relations = items.iter().any(|i| i.is(Class::Relations));
    named.mission_before = named.mission.filter(|_| !relations);
    named.mission = last_mission(&items);
    in_turn(&mut items, lexicon);
    share_names(&mut items);
    couple(&mut items, text, lexicon);
    prepositions(&mut items);
    owned(&mut items);
    coordinate(&mut items);
    share_cities(&mut items);
    share_office(&mut items, lexicon);
    copula(&mut items);
    predicate(&mut items);
    not_until(&mut items);
    items
}

struct Grouper<'p, 'a> {
    text: &'a str,
    pieces: &'p [Piece<'a>],
    lexicon: &'a Lexicon,
    items: Vec<Item<'a>>,
    named: Named,
}

/// How many items back an instrument is named to which a word for another refers.
const FURTHER: usize = 16;

impl<'p, 'a> Grouper<'p, 'a> {
    fn get(&self, i: usize) -> Option<&'p Piece<'a>> {
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
            Meanings::default()
        };
        let index = self.items.len();
        self.items.push(Item {
            span: first.span.to(last.span),
            kind,
            meanings,
            folded: first.folded.clone(),
            prep: Classes::default(),
            list: index,
            genitive: self.is(to, Class::Genitive),
            verb: None,
        });
        to
    }

    fn step(&mut self, at: usize, dates: &mut DateContext) -> usize {
        let Some(piece) = self.get(at) else {
            return at + 1;
        };
        // A word without meanings begins neither a date nor a quantity.
        if !piece.meanings.is_empty() || piece.kind == PieceKind::Number {
            if let Some((next, found)) = date(self.pieces, at, dates) {
                return self.push(at, next, ItemKind::Date(found));
            }
            let found = quantity(
                self.text,
                self.pieces,
                at,
                self.lexicon,
                self.named.currency,
            );
            if let Some((next, found)) = found {
                if let Unit::Currency(currency) = found.unit {
                    self.named.currency = Some(currency);
                }
                return self.push(at, next, ItemKind::Quantity(found));
            }
        }
        if let Some(next) = self.mission(at) {
            return next;
        }
        if let Some((next, np, back)) = treaty(self.pieces, at, self.lexicon) {
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
        if let Some(next) = self.further_treaty(at) {
            return next;
        }
        if let Some(next) = self.actor(at) {
            return next;
        }
        // "à Luxembourg", "à Salvador": a state has its article there.
        let bare = self.lexicon.lang == Lang::Fr
            && at
                .checked_sub(1)
                .and_then(|i| self.get(i))
                .is_some_and(|p| p.folded == "à");
        if let Some(city) = piece.city().filter(|_| bare) {
            return self.push(at, at + 1, ItemKind::City(city));
        }
        if let Some(body) = piece.body_named().filter(|_| !self.meets(at)) {
            // A name that is also the adjective ("the Luxembourg embassy") is the latter before an office or mission.
            let noun = self.get(at + 1).is_some_and(|p| {
                p.office().is_some() || p.meanings.iter().any(|m| matches!(m, Meaning::Mission(_)))
            });
            let adjective = noun && piece.adjective() == Some(body);
            return self.push(at, at + 1, ItemKind::Body(body, adjective));
        }
        if let Some(city) = piece
            .city()
            .filter(|_| !self.goes_on(at) && !self.street(at))
        {
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
        let verb = self.verb(at, piece);
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
            .filter(|(rule, _)| !self.verbal(*rule) || !self.nominal(at))
            .filter(|(_, form)| *form != TriggerForm::Finite || !self.governed(at))
            .collect();
        let next = if !triggers.is_empty() {
            self.push(at, at + 1, ItemKind::Trigger(triggers))
        } else {
            match piece.sign() {
                Some(c) => self.push(at, at + 1, ItemKind::Sign(c)),
                None => self.push(at, at + 1, ItemKind::Word),
            }
        };
        if let Some(last) = self.items.last_mut() {
            last.verb = verb;
        }
        next
    }

    /// "A memorandum on tourism, signed in 2001, and one on education", "two memoranda exist, one on tourism": another instrument of the kind
    /// named before, with no mission, person or other clause between.
    fn further_treaty(&mut self, at: usize) -> Option<usize> {
        let one = |p: &Piece<'_>| p.is(Class::MissionOne);
        self.get(at).is_some_and(one).then_some(())?;
        let between = |i: &&Item<'_>| match i.kind {
            ItemKind::Treaty(_)
            | ItemKind::Mission(_)
            | ItemKind::Actor(_)
            | ItemKind::Quantity(_) => false,
            ItemKind::Sign(sign) => sign != '?' && sign != ':',
            ItemKind::Body(..)
            | ItemKind::City(_)
            | ItemKind::Date(_)
            | ItemKind::Trigger(_)
            | ItemKind::Word => !i.is(Class::Relative) && !i.is(Class::But),
        };
        let near = self.items.iter().rev().take(FURTHER);
        let behind = near.take_while(between).count();
        let before = self.items.len().checked_sub(behind + 1);
        let before = before.and_then(|before| self.items.get(before));
        let known = match before.map(|item| &item.kind) {
            Some(ItemKind::Treaty(known)) => known.clone(),
            None => bundle(self.pieces, at)?,
            // "The ministers signed two agreements: one on tourism"
            Some(kind) => {
                let known = bundle(self.pieces, at)?;
                let stop = before.map(|item| item.span.start)?;
                let colon = *kind == ItemKind::Sign(':') && stop <= known.title.end + 2;
                (stop < known.title.start || colon).then_some(known)?
            }
        };
        let (next, np) = further(self.pieces, at, self.lexicon, &known)?;
        Some(self.push(at, next, ItemKind::Treaty(np)))
    }

    /// "la Cumbre Sur", "Operación Paso": whether what is written like a city goes on with a name whose other words are no places, in a language
    /// that has a preposition before places.
    fn goes_on(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|i| self.get(i));
        let noun = |m: &Meaning| matches!(m, Meaning::Class(_) | Meaning::Trigger(..));
        let unknown = |p: &Piece<'_>| {
            p.kind == PieceKind::Word && p.capital && !p.first && p.meanings.iter().all(noun)
        };
        self.lexicon.lang != Lang::En && before.is_some_and(unknown)
    }

    /// "10, rue d'Ouezzane", "42 Lima Street", "the Mombasa port": whether what is written like a city is the name of a street or of works.
    fn street(&self, at: usize) -> bool {
        let named = |i: usize| {
            let piece = self.get(i);
            piece.is_some_and(|p| self.lexicon.lists(Class::Street, &p.folded))
        };
        if self.lexicon.lang == Lang::En {
            let works = |p: &Piece<'_>| self.lexicon.lists(Class::Works, &p.folded);
            let next = self.get(at + 1);
            return next.is_some_and(|p| p.capital && named(at + 1) || works(p));
        }
        let small = |i: &usize| self.is(*i, Class::Of) || self.is(*i, Class::Article);
        let before = (0..at).rev().take(3).find(|i| !small(i));
        before.is_some_and(named)
    }

    /// "Reunión con el ministro": whether what is written like a place is the noun of a meeting, with whom or between whom it is behind it.
    fn meets(&self, at: usize) -> bool {
        let noun = |m: &Meaning| {
            matches!(m, Meaning::Trigger(rule, _) if self.lexicon.rules.get(*rule).is_some_and(
                |r| r.head == Head::Noun && r.fact == "meeting"
            ))
        };
        let led = [Class::With, Class::Between]
            .iter()
            .any(|c| self.is(at + 1, *c));
        led && self.get(at).is_some_and(|p| p.meanings.iter().any(noun))
    }

    /// Whether a rule is triggered by a verb that `verbs.toml` conjugates.
    fn verbal(&self, rule: usize) -> bool {
        self.lexicon
            .rules
            .get(rule)
            .is_some_and(|r| r.head == Head::Verb && !r.verbs.is_empty())
    }

    /// Whether what stands before a piece makes a noun or adjective of it ("the visits", "his signed copy").
    fn nominal(&self, at: usize) -> bool {
        // "the new signed copy", but "the Pope then met".
        let before = self
            .items
            .iter()
            .rev()
            .find(|i| !i.is(Class::Temporal) || i.is(Class::Article));
        // "llevó al cierre": an article within the preposition.
        let within = |i: &Item<'_>| i.folded == "al" && i.kind == ItemKind::Word;
        before.is_some_and(|i| i.is(Class::Article) || i.is(Class::Possessive) || within(i))
            && !self.is(at + 1, Class::By)
            && !self.last_done(at)
            && !self.behind_clitic(at)
            || self.talks(at)
    }

    /// "in A, B and C, the last opened in 2014": whether a participle behind "the last" has its day behind it.
    fn last_done(&self, at: usize) -> bool {
        let last = self.items.last().is_some_and(|i| i.is(Class::Last));
        let done = |m: &Meaning| matches!(m, Meaning::Trigger(_, TriggerForm::Participle));
        let led = self.is(at + 1, Class::In) || self.is(at + 1, Class::About);
        last && led && self.get(at).is_some_and(|p| p.meanings.iter().any(done))
    }

    /// "Ana Soto la dirige depuis 2021", "desde 2021 la encabeza Ana Soto": whether the article before a French or Spanish verb is a pronoun: no
    /// noun is written like the verb, and what stands around is what stands around a verb.
    fn behind_clitic(&self, at: usize) -> bool {
        let mut before = self.items.iter().rev();
        let article = before.next().filter(|_| self.lexicon.lang != Lang::En);
        let written = ["la", "le", "l'", "lo", "les", "los", "las"];
        if article.is_none_or(|i| !written.contains(&i.folded.as_ref())) {
            return false;
        }
        let finite = |m: &Meaning| {
            if let Meaning::Trigger(rule, form) = m {
                let verbal = self.lexicon.rules.get(*rule);
                // "tiene" is of a rule of nouns, too: "las relaciones que tiene desde 1971".
                let verbal =
                    verbal.is_some_and(|r| r.head != Head::Noun || r.set.contains_key("since"));
                matches!(form, TriggerForm::Finite | TriggerForm::Planned) && verbal
            } else {
                matches!(m, Meaning::Verb(TriggerForm::Finite | TriggerForm::Planned))
                    || matches!(m, Meaning::Class(class) if class.of_verbs()
                        || matches!(class, Class::KeyClosed | Class::KeyOpened | Class::Happens))
            }
        };
        let verb = self
            .get(at)
            .is_some_and(|p| !p.capital && !p.meanings.is_empty() && p.meanings.iter().all(finite));
        if !verb || self.is(at + 1, Class::Of) {
            return false;
        }
        let named = self.get(at + 1).is_some_and(|p| {
            p.kind == PieceKind::Name || p.is(Class::Honorific) || p.office().is_some()
        });
        // "ouvre une ambassade en 1971 et la ferme en 1991": no house, for a day follows.
        let numeral = |i: usize| {
            self.get(i)
                .is_some_and(|p| p.folded.starts_with(|c: char| c.is_ascii_digit()))
        };
        let dated = (at + 1..at + 4).any(numeral);
        before.next().map_or(named, |i| match i.kind {
            ItemKind::Actor(_) | ItemKind::Body(_, false) => true,
            ItemKind::Word => {
                let joint = [Class::And, Class::But, Class::Then];
                [Class::Relative, Class::Not, Class::They]
                    .iter()
                    .any(|c| i.is(*c))
                    || named
                    || dated && joint.iter().any(|c| i.is(*c))
            }
            ItemKind::Date(_)
            | ItemKind::Mission(_)
            | ItemKind::City(_)
            | ItemKind::Sign(_)
            | ItemKind::Body(_, true) => named,
            ItemKind::Trigger(_) | ItemKind::Quantity(_) | ItemKind::Treaty(_) => false,
        })
    }

    /// "à demeure", "por cierre", but "al cierre": whether a French or Spanish preposition stands right before, behind which no finite verb can be.
    fn governed(&self, at: usize) -> bool {
        let single = self.get(at).is_some_and(|p| p.words == 1);
        let led = [Class::To, Class::By, Class::With, Class::For];
        self.lexicon.lang != Lang::En
            && single
            && self.items.last().is_some_and(|i| {
                let pronoun = self.lexicon.lang == Lang::Fr && i.folded == "en" || i.folded == "al";
                let other = [Class::Have, Class::Article, Class::Relative];
                let prep = led.iter().any(|c| i.is(*c)) && !other.iter().any(|c| i.is(*c));
                matches!(i.kind, ItemKind::Word) && prep && !pronoun
            })
    }

    /// Whether a word that is both the noun of a meeting and a verb in English is the noun: "held official talks with", "after meeting with".
    fn talks(&self, at: usize) -> bool {
        let Some(before) = self.items.last() else {
            return false;
        };
        let adverb = matches!(before.kind, ItemKind::Word) && before.meanings.is_empty();
        let led = [
            Class::In,
            Class::For,
            Class::About,
            Class::Of,
            Class::From,
            Class::DateAfter,
            Class::DateBefore,
        ]
        .iter()
        .any(|c| before.is(*c));
        if self.lexicon.lang != Lang::En || !(adverb || led || before.verb.is_some()) {
            return false;
        }
        self.get(at).is_some_and(|p| {
            p.meanings.iter().any(|m| {
                matches!(m, Meaning::Trigger(rule, _) if self.lexicon.rules.get(*rule).is_some_and(
                    |r| r.head == Head::Noun && r.fact == "meeting"
                ))
            })
        })
    }

    /// The form of the verb at a piece, if it is one here: no word of a closed class, and not made a noun by what stands before.
    fn verb(&self, at: usize, piece: &Piece<'_>) -> Option<TriggerForm> {
        let classes = piece.meanings.classes();
        let approves = classes == Classes::of([Class::Approved]);
        let closed = !(classes.is_empty() || approves || piece.is(Class::Granted));
        if piece.meanings.is_empty() || piece.capital && !piece.first || self.nominal(at) {
            return None;
        }
        let mut best = None;
        for meaning in piece.meanings.iter() {
            let listed = matches!(meaning, Meaning::Verb(_));
            let form = self
                .lexicon
                .verb_form(meaning)
                .filter(|_| !(closed && listed));
            best = match (best, form) {
                (Some(TriggerForm::Finite), _) | (_, None) => best,
                (_, form) => form
                    .filter(|f| best.is_none() || *f == TriggerForm::Finite)
                    .or(best),
            };
        }
        best
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
            self.items.truncate(start);
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
}

/// How many items before a city words may say that somebody resides there.
const PLACED: usize = 3;

/// "The ambassador, resident in Lima", "who lives in Lima": whether the words before a city say that somebody lives there.
pub(super) fn resides(items: &[Item<'_>], city: usize) -> bool {
    let before = items.get(city.saturating_sub(PLACED)..city).unwrap_or(&[]);
    before
        .iter()
        .any(|i| i.is(Class::PostPlaced) || i.is(Class::Resided))
}

/// The item that leads to another one, before those of these classes.
pub(super) fn word_before<'i, 'a>(
    items: &'i [Item<'a>],
    at: usize,
    passed: &[Class],
) -> Option<&'i Item<'a>> {
    let mut before = items.get(..at)?.iter().rev();
    before.find(|i| !passed.iter().any(|c| i.is(*c)))
}
