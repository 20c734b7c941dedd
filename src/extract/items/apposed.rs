//! "his colleague, X", "X, minister of trade": names and offices that stand behind a comma and say who somebody is.

use super::{Actor, Grouper, Item, OfficeNp, Stand};
use crate::extract::pieces::{Piece, PieceKind};
use crate::language::{Class, Classes, Lang, Meaning};

/// How many words with capitals may stand before the office that they qualify.
const QUALIFIED: usize = 4;

/// The one without a name right before the comma before one who is named.
pub(in crate::extract) fn named_behind(items: &[Item<'_>], at: usize) -> Option<usize> {
    items.get(at)?.actor()?.name.as_ref()?;
    let small = |i: &Item<'_>| i.is(Class::Article) || i.is(Class::Honorific);
    let comma = items.get(..at)?.iter().rposition(|i| !small(i))?;
    items.get(comma).filter(|i| i.sign(','))?;
    let who = comma.checked_sub(1)?;
    let actor = items.get(who)?.actor()?;
    actor.name.is_none().then_some(who)
}

/// "a visit by President X's predecessor, Y": gives the one who is named by another's the preposition that stands before that other.
pub(super) fn owned(items: &mut [Item<'_>]) {
    for at in 1..items.len() {
        let relation = |s: Stand| s == Stand::Predecessor || s == Stand::Successor;
        let related = |a: &Actor| a.name.is_some() && a.stand.is_some_and(relation);
        let own = items.get(at).filter(|i| i.prep.is_empty());
        if !own.and_then(Item::actor).is_some_and(related) {
            continue;
        }
        let genitive = |i: &Item<'_>| i.is(Class::Genitive);
        let Some(owner) = (0..at).rev().find(|&i| !items.get(i).is_some_and(genitive)) else {
            continue;
        };
        let person = items
            .get(owner)
            .filter(|i| i.genitive && i.actor().is_some());
        let Some(prep) = person.map(|i| i.prep) else {
            continue;
        };
        if let Some(item) = items.get_mut(at) {
            item.prep = prep;
        }
        if let Some(item) = items.get_mut(owner).filter(|_| !prep.is_empty()) {
            item.prep = Classes::default();
        }
    }
}

impl Grouper<'_, '_> {
    /// "At the invitation of X, the president of Peru, Mr Y, paid a visit": whether the office that ends at a piece is that of the name behind its
    /// comma, which a verb follows, and not of who invites.
    pub(super) fn of_who_is_invited(&self, end: usize) -> bool {
        let mut before = self.items.iter().rev().take(6);
        let invited = |i: &Item<'_>| i.is(Class::Invited) || i.folded.contains("invit");
        let mut name = self.skip(end + 1, &[Class::Honorific]);
        while self.sign(name, '.') {
            name = self.skip(name + 1, &[Class::Honorific]);
        }
        let behind = name + 1 + usize::from(self.sign(name + 1, ','));
        let acts = self.verb_ahead(behind) || self.is(behind, Class::Light);
        self.sign(end, ',')
            && self.get(name).is_some_and(|p| p.kind == PieceKind::Name)
            && acts
            && before.any(invited)
    }

    /// "the successor of President X, Y,": the comma behind whose successor he is, where a name follows that another sign or a verb closes; else
    /// the same place.
    pub(super) fn whose(&self, i: usize) -> usize {
        if !self.is(i, Class::Of) {
            return i;
        }
        let part = |at: &usize| {
            self.get(*at).is_some_and(|p| {
                let small = p.is(Class::Article) || p.is(Class::Honorific);
                small || p.kind == PieceKind::Name || p.office().is_some()
            })
        };
        let comma = i + 1 + (i + 1..i + 6).take_while(part).count();
        let name = |at: usize| self.get(at).is_some_and(|p| p.kind == PieceKind::Name);
        let next = self.skip(comma + 1, &[Class::Honorific]);
        let closed = self.get(next + 1).is_none_or(|p| p.sign().is_some());
        let told = comma > i + 1 && name(comma - 1) && self.sign(comma, ',');
        if told && name(next) && closed {
            comma
        } else {
            i
        }
    }

    /// ", Name" after an office or counterpart.
    pub(super) fn apposed_name(&self, i: usize, actor: &mut Actor) -> usize {
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
    pub(super) fn apposed_office(&self, i: usize, actor: &mut Actor) -> usize {
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
                Class::Formerly,
                Class::Earlier,
                Class::Later,
                Class::Honorific,
            ],
        );
        let possessive = (i + 1..j).any(|k| self.is(k, Class::Possessive));
        let before = [Class::Former, Class::Formerly, Class::Earlier, Class::Later];
        let former = (i + 1..j).any(|k| before.iter().any(|c| self.is(k, *c)));
        // "X, the founding president": between the article and the office an adjective that no list knows.
        let article = (i + 1..j).any(|k| self.is(k, Class::Article));
        if article && self.lexicon.lang == Lang::En && self.adjective_of_office(j) {
            j += 1;
        }
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
        // "X, the Mongolian leader", "X, le dirigeant mongol": of what state X is.
        if self.is(j, Class::PersonNoun) && actor.office.is_none() && actor.body.is_none() {
            let behind = self.get(j + 1).and_then(Piece::adjective);
            let next = j + 1 + usize::from(of.is_none() && behind.is_some());
            let closed = self
                .get(next)
                .is_none_or(|p| p.kind != PieceKind::Name && !p.is(Class::Honorific));
            if let Some(body) = of.or(behind).filter(|_| closed) {
                actor.body = Some(body);
                return next;
            }
        }
        let qualified = self.qualified(j);
        let whole = self.get(j).filter(|_| qualified > j).map(|p| p.span);
        j = qualified;
        let Some(role) = self.get(j).and_then(Piece::office) else {
            return i;
        };
        let mut k = j;
        let mut office = self.office(&mut k, role);
        office.of = office.of.or(of);
        office.span = whole.map_or(office.span, |first| first.to(office.span));
        office.possessive = possessive;
        office.former = former;
        // "President X, Prime Minister Y": a name after the office makes it another person's.
        if self
            .get(k)
            .is_some_and(|p| p.kind == PieceKind::Name || p.is(Class::Honorific))
        {
            return i;
        }
        if article && self.of_who_is_invited(k) {
            return i;
        }
        k = self.further_office(k, &mut office);
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
            crate::extract::offices::is_head_of_mission(
                self.lexicon.offices.get(role).map_or("", String::as_str),
            )
        };
        // "Ambassador X, director general for Africa": the rank of who serves at home.
        let rank = |first: &OfficeNp| {
            let placed = first.of.or(first.to).or(first.city).is_some();
            !placed && post(first.role) && !post(office.role) && !office.former
        };
        // "Minister X, minister of trade": the second says of what.
        let bare = |first: &OfficeNp| {
            let name = |role: usize| self.lexicon.offices.get(role).map_or("", String::as_str);
            name(first.role) == "Minister" && name(office.role).starts_with("Minister ")
        };
        if actor.office.as_ref().is_none_or(|first| {
            post(office.role) && !post(first.role) || rank(first) || bare(first)
        }) {
            actor.office = Some(office);
        }
        k
    }

    /// "Political and Diplomatic Secretary in the Ministry", of nobody who is named behind: where, behind English words with capitals that
    /// look like names, the office stands that they qualify; else the same place.
    fn qualified(&self, at: usize) -> usize {
        let word = |i: usize| {
            self.get(i)
                .is_some_and(|p| p.kind == PieceKind::Name && p.words == 1)
        };
        let mut i = at;
        while i < at + QUALIFIED && (word(i) || i > at && self.is(i, Class::And)) {
            i += 1;
        }
        let office = self.get(i).is_some_and(|p| p.office().is_some());
        let led = [Class::In, Class::For, Class::Of, Class::About];
        let goes_on = led.iter().any(|c| self.is(i + 1, *c)) || self.sign(i + 1, ',');
        let found = self.lexicon.lang == Lang::En && word(at) && office && goes_on;
        if found { i } else { at }
    }

    /// Whether a word that is no name and of no class of words stands before an office, or before the adjective of its state.
    fn adjective_of_office(&self, at: usize) -> bool {
        let plain = self.get(at).is_some_and(|p| {
            p.kind == PieceKind::Word
                && !p.capital
                && p.meanings
                    .iter()
                    .all(|m| matches!(m, Meaning::Verb(_) | Meaning::Trigger(..)))
        });
        let state = self.get(at + 1).is_some_and(|p| p.adjective().is_some());
        plain
            && self
                .get(at + 1 + usize::from(state))
                .is_some_and(|p| p.office().is_some())
    }
}
