//! "X held the post until 1901", "X died in office": in an article on a mission, the post of its head, who is told nowhere else.

use super::Framed;
use crate::extract::items::{Item, MissionNp};
use crate::language::Class;

/// Among how many items from the verb on the word for the post stands.
const POST: usize = 5;

impl Framed<'_, '_> {
    /// Whether a verb and the words right behind it speak of a post without saying which, in an article on a mission.
    pub(super) fn of_own_post(&self) -> bool {
        let lexicon = self.reader.lexicon;
        let says = |i: &Item<'_>| {
            let mut words = i.folded.split(' ');
            words.any(|w| lexicon.lists(Class::PostWord, w))
        };
        let (from, end) = (self.frame.at, self.frame.clause.1);
        let near = self.items().get(from..(from + POST).min(end));
        let mut near = near.unwrap_or(&[]).iter().take_while(|i| !i.is_np());
        // "He remained in the post": of him something was told before.
        let mut subject = self.items().get(..from).unwrap_or(&[]).iter();
        let named = subject.any(|i| i.actor().is_some_and(|a| a.name.is_some()));
        self.reader.own_mission.is_some() && named && near.any(says)
    }

    /// The mission that stands right before a relative which leads to the holder or the verb.
    pub(super) fn led_by_relative(&self, holder: usize) -> Option<&MissionNp> {
        let items = self.items();
        let first = holder.min(self.frame.at);
        let small = |i: &Item<'_>| i.is(Class::Honorific) || i.sign('.');
        let relative = items.get(..first)?.iter().rposition(|i| !small(i))?;
        let led = items.get(relative)?;
        (led.is(Class::Relative) || led.is(Class::Whose)).then_some(())?;
        let before = items.get(..relative)?;
        let before = before.iter().rev().find(|i| !i.sign(','))?;
        before.mission()
    }
}
