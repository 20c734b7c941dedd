//! Whom the text has been speaking of: the subjects of its sentences, and what pronouns and descriptions may stand for.

use super::Reader;
use crate::extract::items::{Item, ItemKind, Stand, named_behind};
use crate::language::{Class, Head};
use crate::text::Span;

/// Whether somebody who is named at the head of a part of a sentence is followed by its verb.
fn tells(items: &[Item<'_>], from: usize) -> bool {
    let part = items.get(from..).unwrap_or(&[]);
    let named = |i: &Item<'_>| i.actor().is_some_and(|a| a.name.is_some());
    let subject = part.iter().position(|i| i.actor().is_some());
    let verb = part.iter().position(Item::is_finite);
    let first = subject.and_then(|at| part.get(at)).is_some_and(named);
    first
        && subject
            .zip(verb)
            .is_some_and(|(subject, verb)| subject < verb)
}

impl<'a> Reader<'a> {
    pub(super) fn find_salient(&mut self) {
        for index in 0..self.sentences.len() {
            let found = self.subject_of(index);
            self.salient.extend(found);
        }
    }

    /// Whom a sentence is about: the subject by name, office or pronoun, else the one whom a noun belongs to ("A state visit of King X
    /// took place").
    pub(super) fn subject_of(&self, index: usize) -> Option<(usize, usize, Span)> {
        let sentence = self.sentences.get(index)?;
        if self.goes_on(&sentence.items) {
            return None;
        }
        let last = sentence.items.iter().rposition(|i| i.sign(';'));
        let first = |from: usize, free: bool, named: bool| {
            let items = sentence.items.iter().enumerate();
            let mut items = items.filter(|(at, _)| *at >= from && !compared(&sentence.items, *at));
            items.find_map(|(_, item)| {
                let actor = item.actor().filter(|_| {
                    if free {
                        item.prep.is_empty() && !item.genitive
                    } else {
                        item.has_prep(Class::Of) || item.genitive
                    }
                })?;
                let person = match &actor.name {
                    Some(name) => self.surely(name)?,
                    None if named || matches!(actor.stand, Some(Stand::Both | Stand::Him)) => {
                        return None;
                    }
                    None => self.who(index, item).first()?.person?,
                };
                Some((index, person, item.span))
            })
        };
        // "The first envoy was A; three years later President B came": of whom the last part is told, by his name.
        last.and_then(|at| first(at + 1, true, true).filter(|_| tells(&sentence.items, at + 1)))
            .or_else(|| first(0, true, false))
            .or_else(|| first(0, true, true))
            .or_else(|| first(0, false, true))
    }

    /// "Lo acompañó la ministra A", "Lo recibió el presidente B": whether a sentence goes on to speak of the one whom it begins with a pronoun for, who
    /// was received, met or accompanied by whom it names behind the verb.
    fn goes_on(&self, items: &[Item<'_>]) -> bool {
        let verb = |i: &Item<'_>| {
            let mut rules = i.rules(self.lexicon);
            rules.any(|r| r.fact == "meeting" || r.id.ends_with("visit.accompanied"))
        };
        // The pronoun by itself, or within the words of the verb.
        let him = |i: &Item<'_>| i.actor().is_some_and(|a| a.stand == Some(Stand::Him));
        let within = |i: &Item<'_>| {
            let first = i.folded.split(' ').next();
            first.is_some_and(|word| self.lexicon.has_class(word, Class::Him)) && verb(i)
        };
        let Some(at) = items.iter().position(|i| i.actor().is_some() || within(i)) else {
            return false;
        };
        let behind = items.get(at..).unwrap_or(&[]);
        let rest = behind.get(1..).unwrap_or(&[]);
        let acts = rest.iter().position(|i| i.actor().is_some());
        let before = acts.and_then(|n| rest.get(..n)).unwrap_or(&[]);
        behind
            .first()
            .is_some_and(|i| within(i) || him(i) && before.iter().any(verb))
    }

    /// Whom alone the key of a sentence's entry or the heading of its section names: he is spoken of in all of it.
    pub(super) fn headed(&self, sentence: usize) -> Option<(usize, Span)> {
        let sentence = self.sentences.get(sentence)?;
        let heading = self.block(sentence)?.under.last();
        [Some(&sentence.block), heading]
            .into_iter()
            .flatten()
            .find_map(|block| {
                let at = self
                    .headed
                    .binary_search_by_key(block, |(b, _, _)| *b)
                    .ok()?;
                self.headed
                    .get(at)
                    .map(|(_, person, span)| (*person, *span))
            })
    }

    /// The person last spoken of before an item of a sentence.
    pub(in crate::extract) fn last_person(
        &self,
        sentence: usize,
        at: Span,
    ) -> Option<(usize, Span)> {
        let here = self.sentences.get(sentence)?;
        // "she": nobody whom the text calls "Mr".
        // In "la délégation est arrivée à Lima, où elle …" the pronoun stands for the delegation.
        let along = |i: &Item<'_>| i.span.end <= at.start && i.is(Class::Delegation);
        let said = self.gender(at.of(&self.doc.text));
        let said = said.filter(|_| !here.items.iter().any(along));
        let may = |person: usize| {
            let known = self.people.known.get(person).and_then(|k| k.woman);
            !matches!((said, known), (Some(a), Some(b)) if a != b)
        };
        // "The minister said that he …": he is the minister, whoever that is.
        let unnamed = here
            .items
            .iter()
            .filter(|i| i.span.end <= at.start && i.prep.is_empty() && !i.genitive)
            .find(|i| i.actor().is_some())
            .filter(|i| {
                i.actor()
                    .is_some_and(|a| a.name.is_none() && a.stand.is_none() && a.office.is_some())
            });
        if let Some(office) = unnamed {
            let person = self.who(sentence, office).first().and_then(|w| w.person);
            return person
                .filter(|person| may(*person))
                .map(|person| (person, office.span));
        }
        let in_sentence = here
            .items
            .iter()
            .enumerate()
            .filter(|(n, i)| i.span.end <= at.start && !beside(&here.items, *n))
            .find_map(|(_, i)| {
                let actor = i.actor().filter(|_| i.prep.is_empty() && !i.genitive)?;
                let person = actor.name.as_ref().and_then(|n| self.surely(n));
                Some((person.filter(|p| may(*p))?, i.span))
            });
        // "The visit of X, put off to 1998 …, his tour": a sentence on somebody's visit is about him.
        let visited = || {
            let mut opening = here.items.iter().take(3);
            let visit = opening.position(|i| i.is_noun_for(self.lexicon, "visit"))?;
            let whose = here.items.iter().skip(visit + 1).take(3);
            let item = whose
                .filter(|i| i.span.end <= at.start)
                .find(|i| i.actor().is_some() && i.has_prep(Class::Of))?;
            Some((self.surely(item.actor()?.name.as_ref()?)?, item.span))
        };
        in_sentence.or_else(visited).or_else(|| {
            let before = self.salient.partition_point(|(s, _, _)| *s < sentence);
            self.salient
                .get(..before)
                .and_then(|spoken| spoken.iter().rfind(|(_, person, _)| may(*person)))
                .filter(|(s, _, _)| {
                    sentence - *s <= 4
                        && self
                            .sentences
                            .get(*s)
                            .and_then(|s| self.block(s))
                            .map(|b| &b.under)
                            == self.block(here).map(|b| &b.under)
                })
                .map(|(_, person, span)| (*person, *span))
                .or_else(|| self.headed(sentence))
        })
    }

    /// Whom "him" means as one who takes part beside others: the person last spoken of in an earlier sentence who is none of them.
    pub(in crate::extract) fn last_other(
        &self,
        sentence: usize,
        others: &[usize],
    ) -> Option<(usize, Span)> {
        let before = self.salient.partition_point(|(s, _, _)| *s < sentence);
        self.salient
            .get(..before)?
            .iter()
            .rev()
            .take_while(|(s, _, _)| sentence - *s <= 3)
            .find(|(_, person, _)| !others.contains(person))
            .map(|(_, person, span)| (*person, *span))
    }

    /// Whom one of the sentences shortly before is about, the last of them of whom something holds.
    pub(in crate::extract) fn spoken_of_last(
        &self,
        sentence: usize,
        holds: impl Fn(usize) -> bool,
    ) -> Option<(usize, Span)> {
        let before = self.salient.partition_point(|(s, _, _)| *s < sentence);
        let near = self.salient.get(..before)?.iter().rev();
        let mut near = near.take_while(|(s, _, _)| sentence - *s <= 4);
        let found = near.find(|(_, person, _)| holds(*person))?;
        Some((found.1, found.2))
    }

    /// The person named last before a place of a sentence, in it or the two before it in the block, of whom something holds.
    pub(super) fn named_last(
        &self,
        sentence: usize,
        at: Span,
        holds: impl Fn(usize) -> bool,
    ) -> Option<(usize, Span)> {
        let block = self.sentences.get(sentence)?.block;
        let said = self.gender(at.of(&self.doc.text));
        (sentence.saturating_sub(2)..=sentence)
            .rev()
            .filter_map(|s| self.sentences.get(s))
            .take_while(|s| s.block == block)
            .flat_map(|s| s.items.iter().rev())
            .filter(|i| i.span.end <= at.start)
            .find_map(|i| {
                let person = self.surely(i.actor()?.name.as_ref()?)?;
                let woman = self.people.known.get(person).and_then(|k| k.woman);
                let other = matches!((said, woman), (Some(a), Some(b)) if a != b);
                (!other && holds(person)).then_some((person, i.span))
            })
    }

    /// The person of a name; of a single word only one whom a title, an office or a longer name makes a person.
    pub(super) fn surely(&self, name: &str) -> Option<usize> {
        let person = self.people.find(name)?;
        let known = self.people.known.get(person)?;
        let single = !name.contains([' ', '\u{a0}']);
        (!single || known.sure || known.name.contains(' ')).then_some(person)
    }

    /// "the guest", "the visitor": the first person named behind the last word for a visit, earlier in the block.
    pub(super) fn last_visitor(&self, sentence: usize) -> Option<(usize, Span)> {
        let here = self.sentences.get(sentence)?;
        let under = self.block(here).map(|b| &b.under);
        // The rule of a visit by a verb or noun, and whether its subject is the one who visits.
        let visits = |item: &Item| {
            let ItemKind::Trigger(forms) = &item.kind else {
                return None;
            };
            forms.iter().find_map(|(rule, _)| {
                let rule = self.lexicon.rules.get(*rule)?;
                let goes = rule.head == Head::Verb
                    && rule.args.get("subject").is_some_and(|r| r == "visitor");
                (rule.fact == "visit").then_some(goes)
            })
        };
        let told = (sentence.saturating_sub(12)..sentence)
            .rev()
            .filter_map(|s| Some((s, self.sentences.get(s)?)))
            .take_while(|(_, x)| self.block(x).map(|b| &b.under) == under);
        for (index, earlier) in told {
            let Some((at, goes)) = earlier
                .items
                .iter()
                .enumerate()
                .find_map(|(at, i)| visits(i).map(|goes| (at, goes)))
            else {
                continue;
            };
            let about = self
                .salient
                .binary_search_by_key(&index, |(s, _, _)| *s)
                .ok()
                .and_then(|i| self.salient.get(i))
                .filter(|_| goes)
                .map(|(_, person, span)| (*person, *span));
            let after = earlier.items.get(at..).unwrap_or(&[]).iter();
            let before = earlier.items.get(..at).unwrap_or(&[]).iter().rev();
            let named = || {
                after.chain(before).find_map(|i| {
                    let name = i.actor()?.name.as_ref()?;
                    Some((self.people.find(name)?, i.span))
                })
            };
            if let Some(found) = about.or_else(named) {
                return Some(found);
            }
        }
        None
    }
}

/// "met with his colleague, X": whether somebody is named to say who one is whom a preposition leads.
fn beside(items: &[Item<'_>], at: usize) -> bool {
    let said = named_behind(items, at).and_then(|who| items.get(who));
    said.is_some_and(|i| i.has_prep(Class::With) || i.has_prep(Class::By))
}

/// "the first visit since that of X", "depuis celle de X": whether somebody is only named to say since when something was.
fn compared(items: &[Item<'_>], at: usize) -> bool {
    let before = items.get(at.saturating_sub(4)..at).unwrap_or(&[]);
    let since = before.iter().position(|i| i.is(Class::Since));
    since.is_some_and(|since| before.iter().skip(since).any(|i| i.is(Class::MissionOne)))
}
