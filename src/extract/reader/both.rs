//! Whom "the two ministers", "the two leaders" and "they" mean: two of those last spoken of, of two states and of one rank.

use super::{Reader, Sentence, Who};
use crate::document::BlockKind;
use crate::extract::items::{Item, Stand};
use crate::extract::offices::{is_head_of_mission, is_of_government, is_royal};
use crate::fact::{Evidence, EvidenceRole};
use crate::language::Class;

/// How many sentences back two may be spoken of that a noun means together.
const REACH: usize = 6;

/// How many sentences back any two are meant who are of two states, and those whom a pronoun means.
const NEAR: usize = 3;

/// How two who are meant together are alike.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Alike {
    /// They hold one office, each of another state.
    Office,
    /// Both lead their states, or neither does.
    Rank,
    /// They are of two states.
    Apart,
    /// They are not known to be of one state.
    Either,
}

/// Who leads a state, or its government.
fn leads(role: &str) -> bool {
    is_royal(role) || ["President", "Prime Minister", "Chancellor", "Premier"].contains(&role)
}

impl Reader<'_> {
    /// Both who are meant by an item.
    pub(super) fn both(&self, sentence: usize, item: &Item) -> Vec<Who> {
        let shared = self.lexicon.both_role(&item.folded);
        // "both", "them" alone may be two of one state, who come together.
        let named = item.is(Class::BothPersons) && !item.is(Class::TheTwo);
        let noun = shared.is_some() || named;
        // "The two ministers met in Lima. They discussed …"
        if !noun && let Some(meant) = self.both_before(sentence) {
            return meant;
        }
        let reach = if noun { REACH } else { NEAR };
        let mut found: Vec<Who> = Vec::new();
        let mut ends: Vec<usize> = Vec::new();
        // The entries of a chronicle tell of one day each.
        let own = |index: usize| self.sentences.get(index).map(|s| s.block);
        let here = self.sentences.get(sentence);
        let entry = here.is_some_and(|s| self.opens_with_day(s));
        for earlier in (sentence.saturating_sub(reach)..=sentence).rev() {
            if noun && entry && own(earlier) != own(sentence) {
                break;
            }
            self.spoken_of_in(earlier, item, shared, &mut found);
            // "The Peruvian president invited X when they met": one of the two by his office alone.
            if !noun && earlier == sentence && found.len() == 1 {
                self.by_office_in(earlier, item, &mut found);
            }
            ends.push(found.len());
            if !noun && found.len() >= 2 {
                break;
            }
        }
        if noun {
            let near = ends.get(..=NEAR).unwrap_or(&ends);
            let here = ends.get(..1).unwrap_or(&[]);
            let tries = [
                (here, Alike::Office),
                (here, Alike::Rank),
                (here, Alike::Either),
                (near, Alike::Office),
                (near, Alike::Rank),
                (ends.as_slice(), Alike::Office),
                (near, Alike::Apart),
            ];
            let mut meant = tries.into_iter();
            let meant = meant.find_map(|(ends, how)| self.alike(&found, ends, how, item));
            if let Some(meant) = meant {
                return meant;
            }
        }
        let two = ends.iter().take(NEAR + 1).find(|&&end| end >= 2);
        let end = two.or(ends.get(NEAR)).or(ends.last());
        found.truncate(end.copied().unwrap_or(0));
        // "The two ministers": of those spoken of last, one of each side rather than two of one.
        let side = |who: &Who| who.of.filter(|of| self.is_side(*of));
        if let Some(first) = found.first().and_then(side)
            && let Some(other) = found
                .iter()
                .position(|w| side(w).is_some_and(|of| of != first))
        {
            found.swap(1, other);
        }
        let held = |who: &Who| {
            let office = || self.people.office_at(who.person?, item.span.start)?.of;
            who.of.or_else(office)
        };
        // "The two foreign ministers", of whom nobody has spoken yet: those of the two sides.
        if let (true, Some(role), [a, b]) = (found.len() < 2, shared, self.sides.as_slice()) {
            let of = |side: usize| Who {
                role: Some(role.to_owned()),
                of: Some(side),
                evidence: self.side_evidence(),
                ..Who::default()
            };
            let holder = found
                .pop()
                .filter(|w| self.role_spoken(w, item.span.start) == shared);
            if let Some(holder) = holder
                && let Some(own) = held(&holder).filter(|own| self.is_side(*own))
            {
                let other = if self.same_state(own, *a) { *b } else { *a };
                return vec![holder, of(other)];
            }
            return vec![of(*a), of(*b)];
        }
        found.truncate(2);
        // "The foreign ministers of the two countries", of whom one alone was named: nobody else of his state.
        if let (true, [a, b]) = (shared.is_some(), found.as_slice())
            && let (Some(one), Some(other)) = (held(a), held(b))
            && self.same_state(one, other)
        {
            let holds = |w: &&Who| self.role_spoken(w, item.span.start) == shared;
            let holder = found.iter().find(holds).cloned();
            let other = self.other_side(one).filter(|_| holder.is_some());
            let of_other = other.map(|of| Who {
                role: shared.map(str::to_owned),
                of: Some(of),
                evidence: self.side_evidence(),
                ..Who::default()
            });
            return holder.into_iter().chain(of_other).collect();
        }
        found
    }

    /// Whether somebody may be one of the two whom an item means: no president is one of "the two foreign ministers".
    pub(in crate::extract) fn may_be_of_both(&self, person: usize, item: &Item) -> bool {
        let shared = self.lexicon.both_role(&item.folded);
        let held = self.people.office_at(person, item.span.start);
        let role = held.map(|held| held.role.as_str());
        !shared.is_some_and(|s| role.is_some_and(|r| excludes(s, r)))
    }

    /// Both of whom a noun has spoken in the sentence before, in the same block.
    fn both_before(&self, sentence: usize) -> Option<Vec<Who>> {
        let before = sentence.checked_sub(1)?;
        let told = self.sentences.get(before)?;
        (told.block == self.sentences.get(sentence)?.block).then_some(())?;
        let two = told.items.iter().find(|i| {
            let both = i.actor().is_some_and(|a| a.stand == Some(Stand::Both));
            both && (self.lexicon.both_role(&i.folded).is_some() || i.is(Class::BothPersons))
        })?;
        Some(self.both(before, two)).filter(|meant| meant.len() == 2)
    }

    /// Whether a sentence stands in an item of a list that begins with a date.
    fn opens_with_day(&self, sentence: &Sentence<'_>) -> bool {
        let listed = self.block(sentence);
        let first = self.sentences_of(sentence.block).first();
        let dated = first
            .and_then(|s| s.items.first())
            .is_some_and(Item::is_date);
        dated && listed.is_some_and(|b| b.kind == BlockKind::Item)
    }

    /// Adds those of whom a sentence speaks before an item and who may be one of those that it means.
    fn spoken_of_in(
        &self,
        sentence: usize,
        item: &Item,
        shared: Option<&str>,
        found: &mut Vec<Who>,
    ) {
        let items = self.sentences.get(sentence).map_or(&[][..], |s| &s.items);
        for other in items.iter().filter(|i| i.span.end <= item.span.start) {
            let named = other.actor().is_some_and(|a| {
                let pronoun = matches!(a.stand, Some(Stand::Both | Stand::He | Stand::Him));
                !pronoun && (a.name.is_some() || a.stand.is_some())
            });
            if !named {
                continue;
            }
            for mut who in self.who(sentence, other) {
                who.evidence.push(Evidence {
                    span: other.span,
                    role: EvidenceRole::Antecedent,
                });
                let role = self.role_spoken(&who, item.span.start);
                if shared.is_some_and(|s| role.is_some_and(|r| excludes(s, r))) {
                    continue;
                }
                let told = |w: &Who| w.person == who.person && w.role == who.role;
                if !found.iter().any(told) {
                    found.push(who);
                }
            }
        }
    }

    /// Adds him of whom a sentence speaks before an item by an office of another state alone.
    fn by_office_in(&self, sentence: usize, item: &Item, found: &mut Vec<Who>) {
        let items = self.sentences.get(sentence).map_or(&[][..], |s| &s.items);
        let before = items.iter().filter(|i| i.span.end <= item.span.start);
        let office = before.filter(|i| {
            let office = i.actor().filter(|a| a.name.is_none() && a.stand.is_none());
            office.is_some_and(|a| a.office.as_ref().is_some_and(|o| o.of.is_some()))
        });
        let Some(first) = found.first().cloned() else {
            return;
        };
        let state = |who: &Who| {
            let held = || self.people.office_at(who.person?, item.span.start)?.of;
            who.of.or_else(held)
        };
        let other = |who: &Who| match (state(who), state(&first)) {
            (Some(one), Some(other)) => !self.same_state(one, other),
            _ => false,
        };
        for other_item in office {
            let mut whos = self.who(sentence, other_item).into_iter();
            if let Some(mut who) = whos.find(|w| w.person != first.person && other(w)) {
                who.evidence.push(Evidence {
                    span: other_item.span,
                    role: EvidenceRole::Antecedent,
                });
                found.push(who);
                return;
            }
        }
    }

    /// The first two of those found who are alike, the nearest sentences (where each ends among those found) first.
    fn alike(&self, found: &[Who], ends: &[usize], alike: Alike, item: &Item) -> Option<Vec<Who>> {
        let at = item.span.start;
        let state = |who: &Who| {
            let held = || self.people.office_at(who.person?, at)?.of;
            who.of.or_else(held)
        };
        let pair = |a: &Who, b: &Who| {
            let apart = match (state(a), state(b)) {
                (Some(one), Some(other)) => !self.same_state(one, other),
                // Two who hold one office are of two states.
                _ => matches!(alike, Alike::Office | Alike::Either),
            };
            let apart = apart && a.person != b.person;
            let roles = (self.role_spoken(a, at), self.role_spoken(b, at));
            let fit = match (alike, roles) {
                (Alike::Apart | Alike::Either, _) => true,
                (Alike::Office, (Some(a), Some(b))) => a == b,
                (Alike::Rank, (Some(a), Some(b))) => {
                    leads(a) == leads(b) && (is_of_government(a) == is_of_government(b))
                }
                (Alike::Office | Alike::Rank, _) => false,
            };
            (apart && fit).then(|| vec![a.clone(), b.clone()])
        };
        ends.iter().find_map(|&end| {
            let among = found.get(..end)?;
            let pairs = among.iter().enumerate().flat_map(|(n, b)| {
                let before = among.get(..n).unwrap_or(&[]);
                before.iter().map(move |a| (a, b))
            });
            pairs.into_iter().find_map(|(a, b)| pair(a, b))
        })
    }
}

/// Whether one who holds a role cannot be one of the two of another: no president is one of "the two foreign ministers".
fn excludes(shared: &str, role: &str) -> bool {
    let minister = role.contains("Minister") && role != "Prime Minister";
    let head_of_state = is_royal(role) || role == "President";
    if is_head_of_mission(role)
        || role.starts_with("Deputy ") && role != "Deputy Prime Minister" && shared != role
    {
        return true;
    }
    match shared {
        "President" => minister || role == "Prime Minister",
        "Prime Minister" => minister || head_of_state,
        // Of several ministers of one delegation the foreign minister is meant.
        "Foreign Minister" => {
            let bare = ["Foreign Minister", "Minister", "Deputy Prime Minister"];
            let foreign = role.contains("Foreign") || bare.contains(&role);
            head_of_state || role == "Prime Minister" || role.contains("Minister") && !foreign
        }
        _ => head_of_state || role == "Prime Minister",
    }
}
