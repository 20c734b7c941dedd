//! Which minister heads a legation: one who is minister to a state or in a capital, by the words right behind the office.

use super::Grouper;
use crate::extract::offices::HEAD_OF_LEGATION;
use crate::extract::pieces::Piece;
use crate::language::{Class, Lexicon};

/// The index of the role of a head of legation, if `role` is that of a minister of whom nothing more is said.
pub(in crate::extract) fn as_head(lexicon: &Lexicon, role: usize) -> Option<usize> {
    let name = |index: usize| lexicon.offices.get(index).map(String::as_str);
    (name(role) == Some("Minister")).then_some(())?;
    lexicon.offices.iter().position(|o| o == HEAD_OF_LEGATION)
}

impl Grouper<'_, '_> {
    /// "Minister to Peru", "ministre de Suède à Berne", "ministro en Lima": the role of a head of legation for the minister before piece `i`.
    pub(super) fn at_post(&self, i: usize, role: usize) -> Option<usize> {
        let head = as_head(self.lexicon, role)?;
        let placed = |i: usize| {
            let leads = [Class::To, Class::In, Class::Before]
                .iter()
                .any(|c| self.is(i, *c));
            let target = self.get(self.skip(i + 1, &[Class::Article]));
            leads && target.is_some_and(|p| p.city().is_some() || p.body_named().is_some())
        };
        let adjective = self.get(i).is_some_and(|p| p.adjective().is_some());
        let i = if adjective { i + 1 } else { i };
        let owner = self.skip(i + 1, &[Class::Article]);
        let of = self.is(i, Class::Of) && self.get(owner).and_then(Piece::body_named).is_some();
        (placed(i) || of && placed(owner + 1)).then_some(head)
    }

    /// "the Speaker of the Peruvian Parliament", "the President of the Congress": the piece behind the chamber over which an office at piece `i`
    /// presides, the role that it makes of it, and the state whose chamber it is where an adjective before it says so.
    pub(super) fn chamber(&self, i: usize, role: usize) -> Option<(usize, usize, Option<usize>)> {
        let begins = self.skip(i + 1, &[Class::Article]);
        let state = self.get(begins).and_then(Piece::adjective);
        let at = begins + usize::from(state.is_some());
        let noun = self
            .get(at)
            .filter(|_| self.is(i, Class::Of) && self.is(at, Class::Chamber))?;
        let has = |words: &[&str]| words.iter().any(|w| noun.folded.ends_with(w));
        let name = self.lexicon.offices.get(role)?.as_str();
        let presides = match name {
            "President" | "Chairman" | "Speaker of Parliament" => true,
            "Vice President" | "Deputy Speaker" => false,
            _ => return None,
        };
        let senate = has(&["senate", "senat", "senado", "senadores"]);
        let national = has(&[
            "national assembly",
            "assemblee nationale",
            "asamblea nacional",
        ]);
        let congress = has(&["congress", "congres", "congreso", "congreso nacional"]);
        let made = if presides && congress {
            "President of Congress"
        } else if presides && senate {
            "President of the Senate"
        } else if presides && national {
            "Speaker of the National Assembly"
        } else if presides {
            "Speaker of Parliament"
        } else if senate {
            "Vice President of the Senate"
        } else {
            "Deputy Speaker"
        };
        let made = self.lexicon.offices.iter().position(|o| o == made)?;
        Some((at + 1, made, state))
    }
}
