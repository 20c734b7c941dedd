//! What may fill a slot of a fact: all that a text names, each with how it does, weighed.

use super::features::{Features, Part, name};
use super::model::Model;
use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::Reader;
use crate::fact::{Claim, Evidence, EvidenceRole, Fact, Slot, Value};
use crate::language::Senses;
use crate::text::Span;
use std::cmp::Reverse;

/// How many are looked at.
const MOST: usize = 12;

/// A fact with a slot or more filled as they may be, with the names of what speaks for and against it.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The fact.
    pub fact: Fact,
    /// The names of its features.
    pub features: Vec<String>,
}

/// Something that may fill a slot, as a text names it.
#[derive(Clone, Debug)]
pub(super) struct Written {
    /// What it is, by index.
    pub(super) at: usize,
    pub(super) how: &'static str,
    /// What more there is to say of how.
    pub(super) more: &'static str,
    /// The passage that does, where it is not the sentence itself or the document as a whole.
    pub(super) from: Option<Span>,
}

impl Written {
    pub(super) fn new(at: usize, how: &'static str) -> Self {
        Self {
            at,
            how,
            more: "",
            from: None,
        }
    }
}

/// Something that may fill a slot, or that nothing does, with what speaks for it.
pub(super) struct Fills<'m> {
    pub(super) at: Option<usize>,
    pub(super) features: Features<'m>,
}

/// Of what fact the slots are asked.
pub(super) struct Asker<'r> {
    pub(super) model: Option<&'r Model>,
    /// The rule that tells it.
    pub(super) rule: &'r str,
    /// What sort of fact it is.
    pub(super) sort: &'static str,
}

impl<'r> Asker<'r> {
    /// What may fill a slot: nothing, and each that is written, with how.
    pub(super) fn options(
        &self,
        p: &str,
        slot: &str,
        own: Option<usize>,
        all: &[Written],
    ) -> Vec<Fills<'r>> {
        let open = if own.is_none() { "open" } else { "told" };
        let mut none = Features::new(self.model);
        let begin = none.joined(&name![p, "|", slot]);
        let begin = begin.part();
        none.add(&name![begin, "none/", open]);
        none.add(&name![begin, "none/", open, "/", self.sort]);
        none.add(&name![begin, "none/", self.rule]);
        let mut found: Vec<Fills<'r>> = vec![Fills {
            at: None,
            features: none,
        }];
        for written in all {
            let known = found.iter().position(|o| o.at == Some(written.at));
            let known = known.or_else(|| {
                (found.len() <= MOST).then(|| {
                    found.push(Fills {
                        at: Some(written.at),
                        features: Features::new(self.model),
                    });
                    found.len() - 1
                })
            });
            let Some(option) = known.and_then(|n| found.get_mut(n)) else {
                continue;
            };
            let f = &mut option.features;
            let how = Part::new(written.how);
            f.add(&name![begin, how, written.more]);
            if !written.more.is_empty() {
                continue;
            }
            let mine = match own {
                Some(own) if own == written.at => "own",
                Some(_) => "other",
                None => "open",
            };
            f.add(&name![begin, how, "/", mine]);
            f.add(&name![begin, how, "/", self.sort]);
        }
        for option in &mut found {
            if own.is_some() && option.at == own {
                option.features.add(&name![begin, "own/", self.rule]);
            }
        }
        found
    }
}

/// What weighs most: of those that weigh as much the first.
pub(super) fn best(options: &[Fills<'_>]) -> Option<usize> {
    let all = options.iter().enumerate();
    let best = all.max_by_key(|(n, o)| (o.features.score(), Reverse(*n)));
    best.and_then(|(_, option)| option.at)
}

/// Fills a slot, or leaves it open.
pub(super) fn put(fact: &mut Fact, slot: Slot, value: Option<Value>) {
    match value {
        Some(value) => fact.set(slot, value),
        None => {
            fact.slots.remove(&slot);
        }
    }
}

/// Tells of a claim another fact, with the passages that tell it.
pub(super) fn refill(claim: &mut Claim, fact: Fact, from: impl IntoIterator<Item = Span>) {
    if fact == claim.fact {
        return;
    }
    claim.fact = fact;
    for span in from {
        if !claim.evidence.iter().any(|e| e.span.contains(span)) {
            claim.evidence.push(Evidence {
                span,
                role: EvidenceRole::Context,
            });
        }
    }
}

/// The name of a claim's rule, without its language.
pub(super) fn rule(claim: &Claim) -> &str {
    claim.rule.split_once('.').map_or("", |(_, id)| id)
}

/// Names of the words before and behind an item: what they mean.
pub(super) fn around(
    reader: &Reader<'_>,
    items: &[Item<'_>],
    at: usize,
    mut add: impl FnMut(&'static str, &'static str),
) {
    let of = Senses::embedded(reader.doc.lang);
    let before = |n: usize| at.checked_sub(n).and_then(|i| items.get(i));
    let words = [
        ("w-", before(1)),
        ("w--", before(2)),
        ("w--", before(3)),
        ("w+", items.get(at + 1)),
    ];
    for (how, item) in words {
        let word = |i: &&Item<'_>| matches!(i.kind, ItemKind::Word | ItemKind::Trigger(_));
        let Some(item) = item.filter(word) else {
            continue;
        };
        for sense in of.of(&item.folded) {
            add(how, sense);
        }
        if let Some(class) = item.meanings.classes().first() {
            add(how, class.name());
        }
    }
}
