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
}
