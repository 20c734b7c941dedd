//! The minister of a ministry's own statement, whom it calls "the Minister" and nobody else.

use super::letterhead::LINE;
use super::{LETTERHEAD, Reader};
use crate::extract::items::{Actor, Item, OfficeNp};
use crate::extract::people::Held;
use crate::language::{Class, Meaning, fold};
use crate::text::Span;

/// The role of the minister of a foreign ministry.
const FOREIGN: &str = "Foreign Minister";

impl Reader<'_> {
    /// Finds the foreign minister of the state that issues the document: the first whom it introduces in that office, and of no other state; in the
    /// statement of a foreign ministry also the first whom it calls minister of nothing else.
    pub(super) fn find_own_minister(&mut self) {
        if self.communique || self.issuer.is_none() {
            return;
        }
        let bare = self.ministry;
        let holds =
            |h: &&Held| h.role == FOREIGN || bare && h.role == "Minister" && self.of_nothing(h.at);
        let known = self.people.known.iter().enumerate();
        let held = known.filter_map(|(person, known)| {
            let first = known.offices.iter().find(holds)?;
            let home = |h: &Held| h.of.is_none() || self.at_home(h.of);
            let foreign = || {
                self.issuer
                    .is_some_and(|home| self.leads_elsewhere(person, home))
            };
            (known.offices.iter().all(home) && !foreign()).then_some((first.at, person))
        });
        self.minister = held.min().map(|(_, person)| person);
    }

    /// The minister whose statement the document is, with the words that introduce him in his office.
    pub(in crate::extract) fn minister_who_speaks(&self) -> Option<(usize, Span)> {
        let person = self.minister?;
        let known = self.people.known.get(person)?;
        let at = known.offices.iter().map(|held| held.at).min()?;
        Some((person, self.sentence_at(at)?.span))
    }

    /// Whether the word for an office at a byte says not of what: "the Minister, Ms Soto", but no "Minister of Ports".
    fn of_nothing(&self, at: usize) -> bool {
        let rest = self.doc.text.get(at..).unwrap_or_default();
        let behind = rest.split_once(' ').map_or("", |(_, behind)| behind);
        let word = behind.split([' ', '\u{a0}']).next().unwrap_or_default();
        // "ministre d'État"
        let word = word.split_inclusive(['\'', '’']).next().unwrap_or_default();
        !self.lexicon.lists(Class::OfWhat, &fold(word))
    }

    /// Whether a state is the one that issues the document.
    pub(super) fn at_home(&self, of: Option<usize>) -> bool {
        matches!((of, self.issuer), (Some(of), Some(home)) if self.same_state(of, home))
    }

    /// The role of a minister or deputy minister said in short, by what the document says of him elsewhere: "Minister Soto" is the foreign minister of
    /// the ministry that speaks, or the trade minister whom it has introduced.
    pub(super) fn in_full(&self, person: usize, held: &Held) -> Option<String> {
        if !self.of_nothing(held.at) {
            return None;
        }
        let deputy = ["Deputy Minister", "Vice Minister"].contains(&held.role.as_str());
        if !deputy && held.role != "Minister" {
            return None;
        }
        let known = self.people.known.get(person)?;
        let full = |h: &&Held| {
            let same = h.role.starts_with("Deputy ") == deputy;
            same && h.role.contains("Minister")
                && h.role != held.role
                && !h.role.ends_with("Prime Minister")
                && !["Deputy Minister", "Vice Minister", "Minister"].contains(&h.role.as_str())
        };
        let own = || {
            let home = known
                .offices
                .iter()
                .all(|h| h.of.is_none() || self.at_home(h.of));
            let named = if deputy {
                self.ministry
            } else {
                self.minister == Some(person)
            };
            let role = if deputy {
                "Deputy Foreign Minister"
            } else {
                FOREIGN
            };
            (named && home).then(|| role.to_owned())
        };
        let said = known.offices.iter().find(full).map(|h| h.role.clone());
        said.or_else(own)
    }

    /// "The Minister", "el canciller" in a ministry's statement: its own, unless the paragraph speaks of another who can be meant.
    pub(super) fn own_minister(
        &self,
        sentence: usize,
        item: &Item,
        office: &OfficeNp,
        held: &Held,
    ) -> Option<(usize, Span)> {
        let own = self.minister?;
        let known = self.people.known.get(own)?;
        let first = known.offices.first()?.at;
        let here = held.of.is_none() || self.at_home(held.of);
        let word = office.span.of(&self.doc.text).split(' ').next()?;
        let single = !word.ends_with('s') && !office.former && !office.possessive;
        let agrees = self.agrees(own, &held.role, item.span.start, office)
            && !matches!((self.gender(word), known.woman), (Some(a), Some(b)) if a != b);
        let plain = office.to.or(office.city).is_none();
        (here && single && agrees && plain && first < item.span.start).then_some(())?;
        let meant = match held.role.as_str() {
            FOREIGN => own,
            "Minister" => self.minister_spoken_of(sentence, own)?,
            _ => return None,
        };
        let told = self.sentence_at(first).map(|s| s.span);
        Some((meant, told.unwrap_or(Span::new(first, first))))
    }

    /// Whom "the Minister" means: another minister who was spoken of last, when the text says that he is of the same state; nobody known, when he is of
    /// another and the ministry's own was not spoken of in the paragraph.
    fn minister_spoken_of(&self, sentence: usize, own: usize) -> Option<usize> {
        let block = |at: usize| self.sentences.get(at).map(|s| s.block);
        let earlier = self.salient.partition_point(|(s, _, _)| *s < sentence);
        let near = self.salient.get(..earlier).unwrap_or(&[]).iter().rev();
        let mut near =
            near.take_while(|(s, _, _)| sentence - *s <= 4 && block(*s) == block(sentence));
        let minister = |person: usize| {
            let offices = self.people.known.get(person).map(|k| &k.offices);
            offices.into_iter().flatten().any(|h| {
                h.role.contains("Minister")
                    && !h.role.ends_with("Prime Minister")
                    && !h.role.starts_with("Deputy ")
                    && !h.role.starts_with("Vice ")
            })
        };
        let last = near
            .find(|(_, person, _)| minister(*person))
            .map(|(_, person, _)| *person);
        let Some(last) = last.filter(|last| *last != own) else {
            return Some(own);
        };
        let offices = self.people.known.get(last).map(|k| &k.offices);
        let home = offices.into_iter().flatten().any(|h| self.at_home(h.of));
        home.then_some(last)
            .or_else(|| near.any(|(_, person, _)| *person == own).then_some(own))
    }

    /// Whether words are those for a woman, or for a man: "she", "Mrs", "queen".
    pub(super) fn gender(&self, words: &str) -> Option<bool> {
        let meanings = self.lexicon.meanings(words);
        let is = |class| meanings.contains(&Meaning::Class(class));
        is(Class::Woman)
            .then_some(true)
            .or_else(|| is(Class::Man).then_some(false))
    }

    /// Whether the words before a name are those for a woman, or for a man: "Mrs. Soto", "Queen Ana", "la ministra Soto".
    pub(super) fn called(&self, actor: &Actor) -> Option<bool> {
        let at = actor.name_span?.start;
        let before = self.doc.text.get(..at)?;
        let title = before.trim_end_matches([' ', '\u{a0}', '.', ',']);
        let title = title.rsplit([' ', '\u{a0}', '\n', ',', '(']).next()?;
        let royal = || match self.role_name(actor.office.as_ref()?.role).as_str() {
            "Queen" | "Princess" | "Empress" | "Crown Princess" | "Grand Duchess" => Some(true),
            "King" | "Prince" | "Emperor" | "Sultan" | "Crown Prince" | "Grand Duke" => Some(false),
            _ => None,
        };
        self.gender(title)
            .or_else(|| self.gender(&format!("{title}.")))
            .or_else(royal)
    }

    /// Whether a line above the text names a foreign ministry.
    pub(super) fn of_foreign_ministry(&self) -> bool {
        let head = self.sentences.iter().take_while(|s| s.block < LETTERHEAD);
        let mut head = head.filter(|s| s.span.len() < LINE);
        head.any(|s| {
            let words = s.span.of(&self.doc.text);
            self.of_ministry(s) && self.lexicon.has_class(words, Class::ForeignAffairs)
        })
    }
}
