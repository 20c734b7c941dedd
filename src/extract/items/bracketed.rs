//! "Ana Soto (Foreign Minister)", "Ana Soto (Trade)": the office in brackets right behind a name.

use super::{Actor, Grouper, OfficeNp};
use crate::extract::offices::is_head_of_mission;
use crate::extract::pieces::Piece;
use crate::language::Class;

impl Grouper<'_, '_> {
    /// The index behind the bracket whose words are nothing but the office, or the field, of the one named before it, who gets that office;
    /// else the same index. Heads of mission are read from lists, whose brackets hold terms too.
    pub(super) fn bracketed_office(&self, i: usize, actor: &mut Actor) -> usize {
        let bare = |o: &OfficeNp| {
            self.lexicon
                .offices
                .get(o.role)
                .is_some_and(|r| r == "Minister")
        };
        if !self.sign(i, '(') || !actor.office.as_ref().is_none_or(bare) {
            return i;
        }
        let mut at = self.skip(i + 1, &[Class::Article, Class::Temporal]);
        let before = self.get(at).filter(|p| p.office().is_none());
        let of = before.and_then(Piece::adjective);
        at += usize::from(of.is_some());
        let start = self.get(at).map(|p| p.span);
        let found = self.get(at).and_then(Piece::office).map(|role| {
            let mut office = self.office(&mut at, role);
            office.of = office.of.or(of);
            office
        });
        let found = found.or_else(|| {
            let (next, role) = self.field(at).filter(|_| of.is_none())?;
            let end = self.get(next.checked_sub(1)?)?.span;
            at = next;
            Some(OfficeNp {
                role,
                of: actor.office.as_ref().and_then(|o| o.of),
                span: start?.to(end),
                ..OfficeNp::default()
            })
        });
        let role = |o: &OfficeNp| self.lexicon.offices.get(o.role).map_or("", String::as_str);
        match found.filter(|o| self.sign(at, ')') && !is_head_of_mission(role(o))) {
            Some(office) => {
                actor.office = Some(office);
                at + 1
            }
            None => i,
        }
    }
}
