//! What speaks for and against a candidate: words of the sentence, around its items and between them, who acts, what rules have told.

use super::features::{Features, Group, Joined, Part, name, number};
use super::scene::Scene;
use crate::extract::offices::{is_head_of_mission, is_royal};
use crate::extract::reader::Who;

/// What features of an item's surroundings begin with.
fn tagged(f: &Features<'_>, p: Part<'_>, tag: &str) -> Joined {
    f.joined(&name![p, "|", tag])
}

impl<'s> Scene<'s, '_> {
    /// Features of the whole sentence, for candidates of one kind.
    pub(super) fn shared(&self, p: Part<'_>) -> Features<'s> {
        let mut f = Features::with_room(self.model);
        let whole = self.whole();
        f.of(Group::Sentence, |f| {
            if self.model.is_some() {
                f.add(&name![p, "|intercept"]);
            }
            f.add_all(p, &whole.before);
        });
        f.of(Group::Words, |f| f.add_all(p, &whole.words));
        f.of(Group::Sentence, |f| f.add_all(p, &whole.behind));
        f
    }

    /// Features of the words of the sentence for what its candidates of one sort share.
    pub(super) fn told_in_words(&self, f: &mut Features<'_>, p: Part<'_>) {
        f.of(Group::Words, |f| {
            self.once(f, (p, "words"), [None; 2], |f| {
                f.add_all(p, &self.whole().words);
            });
        });
    }

    /// Features of the words around an item.
    pub(super) fn around(&self, f: &mut Features<'_>, p: Part<'_>, tag: &str, at: Option<usize>) {
        let first = ["a", "rule-a"].contains(&tag);
        let group = if first { Group::First } else { Group::Second };
        f.of(group, |f| {
            let Some(item) = at else {
                f.add(&name![p, "|", tag, ":none"]);
                return;
            };
            self.once(f, (p, tag), [at, None], |f| {
                if let Some(names) = self.names_around(item) {
                    let tagged = tagged(f, p, tag);
                    f.add_all(tagged.part(), names);
                }
            });
        });
    }

    /// Features of what stands between two items.
    pub(super) fn between(
        &self,
        f: &mut Features<'_>,
        p: Part<'_>,
        tag: &str,
        a: Option<usize>,
        b: Option<usize>,
    ) {
        f.of(Group::Between, |f| {
            let (Some(from), Some(to)) = (a, b) else {
                f.add(&name![p, "|", tag, ":open"]);
                return;
            };
            self.once(f, (p, tag), [a, b], |f| {
                let tagged = tagged(f, p, tag);
                f.add_all(tagged.part(), &self.names_between(from, to));
            });
        });
    }

    /// Adds what candidates of the sentence share, by its name and the items that it is of: weighed once.
    pub(super) fn once(
        &self,
        f: &mut Features<'_>,
        (p, tag): (Part<'_>, &str),
        items: [Option<usize>; 2],
        add: impl FnOnce(&mut Features<'_>),
    ) {
        // Where names are kept, they are given again.
        if f.named() {
            let _ = f.add_weighed(&self.asked, add);
            return;
        }
        // The greatest number stands for no item.
        let item = |at: Option<usize>| at.map_or(u32::MAX, |at| u32::try_from(at).unwrap_or(0));
        let key = (number(&name![p, "|", tag]).alone(), items.map(item));
        let known = self.weighed.borrow().get(&key).copied();
        if let Some(known) = known {
            f.add_again(&self.asked.borrow(), known);
            return;
        }
        let weighed = f.add_weighed(&self.asked, add);
        self.weighed.borrow_mut().insert(key, weighed);
    }

    /// Features of somebody.
    pub(super) fn who(&self, f: &mut Features<'_>, p: Part<'_>, tag: &str, who: &Who) {
        f.of(Group::Who, |f| self.somebody(f, p, tag, who));
    }

    fn somebody(&self, f: &mut Features<'_>, p: Part<'_>, tag: &str, who: &Who) {
        let role = who.role.as_deref();
        let group = match role {
            None => "none",
            Some(r) if is_head_of_mission(r) => "head",
            Some(r) if is_royal(r) => "royal",
            Some("President") => "president",
            Some("Prime Minister") => "pm",
            Some("Foreign Minister") => "fm",
            Some(r) if r.contains("Minister") || r.contains("Secretary") => "minister",
            Some(_) => "other",
        };
        let tagged = tagged(f, p, tag);
        let tagged = tagged.part();
        f.add(&name![tagged, "role:", group]);
        f.add(&name![
            tagged,
            if who.person.is_some() {
                "named"
            } else {
                "unnamed"
            }
        ]);
        let of = match who.of {
            None => "unknown",
            Some(of) if self.reader.is_side(of) => "side",
            Some(_) => "third",
        };
        f.add(&name![tagged, "of:", of]);
        if let Some(known) = who.person.and_then(|x| self.reader.people.known.get(x)) {
            if known.offices.iter().any(|h| is_head_of_mission(&h.role)) {
                f.add(&name![tagged, "posted"]);
            }
            let whole = known.name.contains(' ');
            let office = !known.offices.is_empty();
            f.add(&name![tagged, if known.sure { "sure" } else { "unsure" }]);
            f.add(&name![tagged, if whole { "whole" } else { "single" }]);
            f.add(&name![tagged, if office { "office" } else { "no-office" }]);
        }
    }

    /// Features of what rules have told in this sentence.
    pub(super) fn rules(&self, f: &mut Features<'_>, p: Part<'_>) {
        for (_, claim) in self.told.within(self.index, self.index + 1) {
            f.of(Group::Told, |f| {
                f.add(&name![p, "|told:", claim.fact.kind.name()]);
            });
        }
    }
}
