//! The clauses of a sentence: in which one each item stands, who acts in it, and its verb.

use super::items::{Actor, Item, ItemKind, Stand};
use crate::language::{Class, Classes, TriggerForm};

/// Who or what acts in a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Acting {
    /// The item of whoever or whatever it is.
    Item(usize),
    /// A thing that is no item.
    Thing,
    /// Nobody named: whoever the text speaks of.
    Unsaid,
}

/// A clause.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clause {
    pub(super) acting: Acting,
    /// Its verb: the participle or infinitive behind an auxiliary.
    pub(super) verb: Option<usize>,
    /// Whether a form of "be" stands before its verb.
    pub(super) passive: bool,
    /// What its words mean.
    pub(super) said: Classes,
    /// Whether a date stands in it.
    pub(super) dated: bool,
    /// The clause that it hangs on.
    outer: usize,
    /// How deep it hangs.
    depth: usize,
}

/// The clauses of a sentence, and for each item in which of them it stands.
#[derive(Clone, Debug, Default)]
pub(super) struct Clauses {
    all: Vec<Clause>,
    of: Vec<usize>,
}

/// What stands between a joint and the next verb.
struct Ahead {
    acting: Acting,
    verb: Option<usize>,
    /// Somebody with a date and without a verb.
    gapped: Option<usize>,
}

/// How many items are looked at behind a joint.
const REACH: usize = 40;

/// Whether a verb stands here that makes a clause.
fn verbal(item: &Item<'_>) -> bool {
    const VERBS: [Class; 4] = [Class::Have, Class::Be, Class::Light, Class::Speech];
    matches!(item.verb, Some(TriggerForm::Finite | TriggerForm::Planned))
        || VERBS.iter().any(|c| item.is(*c))
}

fn named(item: &Item<'_>) -> bool {
    let him = |a: &Actor| a.stand == Some(Stand::Him);
    item.is_np() && item.adjective().is_none() && !item.actor().is_some_and(him)
}

/// Whether it opens a clause that hangs on what stands before.
fn relative(items: &[Item<'_>], at: usize) -> bool {
    let Some(item) = items.get(at) else {
        return false;
    };
    item.is(Class::Relative) && !named(item) || item.is(Class::Whose)
}

/// Whether clauses may meet here.
fn joint(items: &[Item<'_>], at: usize) -> bool {
    items.get(at).is_some_and(|item| {
        [',', ';', ':', '(', ')', '–', '—', '|']
            .iter()
            .any(|c| item.sign(*c))
            || item.is(Class::And)
            || item.is(Class::But)
            || item.is(Class::When)
    }) || relative(items, at)
}

/// Whether the words before the item at `at` end in a preposition.
fn led(items: &[Item<'_>], at: usize) -> bool {
    const LEADS: [Class; 12] = [
        Class::To,
        Class::In,
        Class::From,
        Class::Of,
        Class::By,
        Class::With,
        Class::For,
        Class::Between,
        Class::About,
        Class::During,
        Class::DateAfter,
        Class::DateBefore,
    ];
    let before = at.checked_sub(1).and_then(|i| items.get(i));
    before.is_some_and(|item| LEADS.iter().any(|c| item.is(*c)))
}

impl Clauses {
    pub(super) fn new(items: &[Item<'_>]) -> Self {
        // Signs and words between the members of a list join no clauses.
        let mut inner = vec![false; items.len()];
        for (at, item) in items.iter().enumerate() {
            if item.list < at
                && let Some(last) = (item.list..at).rev().find(|&i| {
                    items
                        .get(i)
                        .is_some_and(|x| x.list == item.list && x.is_np())
                })
            {
                for flag in inner.iter_mut().take(at).skip(last + 1) {
                    *flag = true;
                }
            }
        }
        let mut clauses = Self {
            all: Vec::new(),
            of: Vec::with_capacity(items.len()),
        };
        let first = ahead(items, &inner, 0);
        clauses.all.push(Clause {
            acting: first.acting,
            verb: None,
            passive: false,
            said: Classes::default(),
            dated: false,
            outer: 0,
            depth: 0,
        });
        let mut own = 0;
        let mut at = 0;
        while at < items.len() {
            if inner.get(at).is_some_and(|x| *x) || !joint(items, at) {
                clauses.of.push(own);
                clauses.note(items, own, at);
                at += 1;
                continue;
            }
            // A run of joints: ", and", ", who".
            let from = at;
            let mut end = at + 1;
            while end < items.len() && joint(items, end) && !inner.get(end).is_some_and(|x| *x) {
                end += 1;
            }
            own = clauses.joined(items, &inner, own, from, end);
            while at < end {
                clauses.of.push(own);
                clauses.note(items, own, at);
                at += 1;
            }
        }
        clauses
    }

    /// The clause that goes on, or begins, behind the joints `from..end`.
    fn joined(
        &mut self,
        items: &[Item<'_>],
        inner: &[bool],
        own: usize,
        from: usize,
        end: usize,
    ) -> usize {
        let any = |c: char| (from..end).any(|i| items.get(i).is_some_and(|x| x.sign(c)));
        let is = |class: Class| (from..end).any(|i| items.get(i).is_some_and(|x| x.is(class)));
        let outer = |clauses: &Self, own: usize| clauses.all.get(own).map_or(0, |c| c.outer);
        let has_verb =
            |clauses: &Self, own: usize| clauses.all.get(own).is_some_and(|c| c.verb.is_some());
        let before = (0..from).rev().find(|&i| items.get(i).is_some_and(named));
        let acting = |of: Option<usize>| of.map_or(Acting::Unsaid, Acting::Item);
        let mut own = own;
        if any(')') {
            own = outer(self, own);
        }
        let next = ahead(items, inner, end);
        if any('(') {
            let acts = match next.acting {
                Acting::Item(at) if next.verb.is_some() => Acting::Item(at),
                Acting::Item(_) | Acting::Thing | Acting::Unsaid => acting(before),
            };
            return self.open(acts, own, true);
        }
        if (from..end).any(|i| relative(items, i)) {
            let acts = match next.acting {
                Acting::Item(at) => Acting::Item(at),
                Acting::Thing => Acting::Thing,
                Acting::Unsaid => acting(before),
            };
            return self.open(acts, own, true);
        }
        if any(';') || any(':') {
            while outer(self, own) != own {
                own = outer(self, own);
            }
        }
        if next.verb.is_some() {
            let main = outer(self, own);
            let closes = any(',') && main != own;
            match next.acting {
                // ", who had visited Lima, came back": the verb of the clause on which it hung.
                Acting::Unsaid if closes => {
                    if !has_verb(self, main) {
                        return main;
                    }
                    let acts = self.all.get(main).map_or(Acting::Unsaid, |c| c.acting);
                    return self.open(acts, main, false);
                }
                Acting::Unsaid if has_verb(self, own) => {
                    let acts = self.all.get(own).map_or(Acting::Unsaid, |c| c.acting);
                    return self.open(acts, own, false);
                }
                Acting::Item(_) | Acting::Thing if has_verb(self, own) || any(';') => {
                    let on = if closes { main } else { own };
                    return self.open(next.acting, on, false);
                }
                Acting::Item(_) | Acting::Thing if is(Class::When) => {
                    return self.open(next.acting, own, true);
                }
                // "During the visit, X met": who acts stands behind the comma.
                Acting::Item(_) => {
                    if let Some(clause) = self.all.get_mut(own) {
                        clause.acting = next.acting;
                    }
                }
                Acting::Thing | Acting::Unsaid => {}
            }
        } else if let Some(who) = next.gapped
            && has_verb(self, own)
        {
            return self.open(Acting::Item(who), own, false);
        } else if any(';') || any('|') {
            return self.open(acting(next.gapped), own, false);
        }
        own
    }

    /// Opens a clause that hangs on another, or stands beside it.
    fn open(&mut self, acting: Acting, beside: usize, inside: bool) -> usize {
        let (outer, depth) = self.all.get(beside).map_or((0, 0), |c| (c.outer, c.depth));
        let own = self.all.len();
        let root = !inside && depth == 0;
        self.all.push(Clause {
            acting,
            verb: None,
            passive: false,
            said: Classes::default(),
            dated: false,
            outer: if inside {
                beside
            } else if root {
                own
            } else {
                outer
            },
            depth: depth + usize::from(inside),
        });
        own
    }

    /// Notes what an item says in a clause, and the verb of that.
    fn note(&mut self, items: &[Item<'_>], own: usize, at: usize) {
        let (Some(item), Some(clause)) = (items.get(at), self.all.get_mut(own)) else {
            return;
        };
        clause.dated |= item.is_date();
        clause.said.extend(item.meanings.classes());
        if clause.verb.is_some() || !verbal(item) {
            return;
        }
        let whole = (at + 1..items.len().min(at + 5))
            .take_while(|&i| items.get(i).is_some_and(|x| !named(x) && !x.sign(',')))
            .filter(|&i| {
                items.get(i).is_some_and(|x| {
                    matches!(x.verb, Some(TriggerForm::Participle | TriggerForm::Base))
                        || matches!(x.kind, ItemKind::Trigger(_)) && x.verb.is_some()
                })
            })
            .last();
        let helps = item.is(Class::Have) || item.is(Class::Be);
        clause.verb = Some(whole.filter(|_| helps).unwrap_or(at));
        clause.passive = item.is(Class::Be) && whole.is_some();
    }

    /// The clause in which an item stands.
    pub(super) fn at(&self, at: usize) -> Option<Clause> {
        self.all.get(*self.of.get(at)?).copied()
    }

    /// Whether two items stand in one clause.
    pub(super) fn together(&self, a: usize, b: usize) -> bool {
        self.of.get(a).is_some() && self.of.get(a) == self.of.get(b)
    }

    /// The item of whoever or whatever acts in the clause of an item.
    pub(super) fn acting(&self, at: usize) -> Option<usize> {
        match self.at(at)?.acting {
            Acting::Item(acting) => Some(acting),
            Acting::Thing | Acting::Unsaid => None,
        }
    }

    /// Whether somebody acts by name in the clause of one item who does not act in that of another.
    pub(super) fn others(&self, items: &[Item<'_>], there: usize, at: usize) -> bool {
        let named = |i: usize| {
            let actor = items.get(i).and_then(Item::actor);
            actor.is_some_and(|a| a.name.is_some())
        };
        !self.together(there, at)
            && self.acting(there).is_some_and(|other| {
                named(other)
                    && !self
                        .acting(at)
                        .is_some_and(|own| one_list(items, own, other))
            })
    }

    /// The clauses in which the item at `at` acts.
    pub(super) fn of_actor<'c>(
        &'c self,
        items: &'c [Item<'_>],
        at: usize,
    ) -> impl Iterator<Item = &'c Clause> {
        self.all
            .iter()
            .filter(move |c| matches!(c.acting, Acting::Item(i) if one_list(items, i, at)))
    }
}

/// Whether two items are one, or of one list.
pub(super) fn one_list(items: &[Item<'_>], a: usize, b: usize) -> bool {
    let list = |at: usize| items.get(at).map(|i| i.list);
    a == b || list(a) == list(b)
}

/// Whether an article or possessive begins a noun that is no item ("the visit"), or relations are named.
fn thing(items: &[Item<'_>], at: usize) -> bool {
    let opens = |i: &Item<'_>| i.is(Class::Article) || i.is(Class::Possessive);
    let noun = |i: &Item<'_>| {
        matches!(i.kind, ItemKind::Word | ItemKind::Trigger(_)) && !verbal(i) && !opens(i)
    };
    items.get(at).is_some_and(|item| {
        item.is(Class::Relations) || opens(item) && items.get(at + 1).is_some_and(noun)
    }) && !led(items, at)
}

/// What stands behind a joint.
fn ahead(items: &[Item<'_>], inner: &[bool], from: usize) -> Ahead {
    let mut found = Ahead {
        acting: Acting::Unsaid,
        verb: None,
        gapped: None,
    };
    let mut dated = false;
    for at in from..items.len().min(from + REACH) {
        let Some(item) = items.get(at) else { break };
        if !inner.get(at).is_some_and(|x| *x) && joint(items, at) {
            // "…, and in May 1990, X came": what stands before the comma is no clause.
            let comma = item.sign(',');
            if !comma || found.acting != Acting::Unsaid {
                break;
            }
        }
        if verbal(item) {
            found.verb = Some(at);
            break;
        }
        dated |= item.is_date();
        let free = item.prep.is_empty() && !item.genitive;
        if named(item) && free {
            found.acting = Acting::Item(at);
        } else if found.acting == Acting::Unsaid && thing(items, at) {
            found.acting = Acting::Thing;
        }
    }
    if found.verb.is_none()
        && dated
        && let Acting::Item(at) = found.acting
        && items.get(at).is_some_and(|i| i.actor().is_some())
    {
        found.gapped = Some(at);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::dates::DateContext;
    use crate::extract::items::{Named, items};
    use crate::extract::pieces::pieces;
    use crate::language::{Gazetteer, Language};
    use crate::text::Span;

    /// For each date of an English sentence the words of whoever acts in its clause; none where nobody does.
    fn acting(text: &str) -> Vec<Option<&str>> {
        let gazetteer = Gazetteer::embedded().unwrap();
        let languages = Language::embedded().unwrap();
        let english = languages.iter().find(|l| l.lang.tag() == "en").unwrap();
        let lexicon = english.lexicon(&gazetteer).unwrap();
        let mut dates = DateContext::new(&lexicon);
        let pieces = pieces(text, Span::new(0, text.len()), &lexicon, false);
        let items = items(text, &pieces, &lexicon, &mut dates, &mut Named::default());
        let clauses = Clauses::new(&items);
        let dated = (0..items.len()).filter(|&i| items.get(i).is_some_and(Item::is_date));
        dated
            .map(|i| Some(items.get(clauses.acting(i)?)?.span.of(text)))
            .collect()
    }

    #[test]
    fn a_date_is_of_whoever_acts_in_its_clause() {
        let hagen = Some("Prime Minister Jens Hagen");
        let soto = Some("President Ana Soto");
        for (text, whose) in [
            (
                "Prime Minister Jens Hagen paid a visit in 2001, and President Ana Soto came to Oslo in 2003 and 2006.",
                vec![hagen, soto, soto],
            ),
            (
                "Prime Minister Jens Hagen visited Lima in 2001 and President Ana Soto in 2003.",
                vec![hagen, soto],
            ),
            (
                "Prime Minister Jens Hagen, whom President Ana Soto had met in 1999, came to Lima in 2001.",
                vec![soto, hagen],
            ),
            (
                "In 1999 Prime Minister Jens Hagen visited Lima and signed a treaty in 2001.",
                vec![hagen, hagen],
            ),
        ] {
            assert_eq!(acting(text), whose, "{text}");
        }
    }
}
