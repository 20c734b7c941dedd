//! Persons as the text introduces them: names with the offices said beside them.

use super::Reader;
use crate::document::{Block, BlockKind};
use crate::extract::items::{Item, ItemKind, OfficeNp, Stand};
use crate::extract::offices::is_royal;
use crate::extract::people::{Held, Mention, People};
use crate::language::Class;
use crate::text::Span;

impl Reader<'_> {
    pub(super) fn held(&self, office: &OfficeNp) -> Held {
        let role = self.role_name(office.role);
        // There is only one Pope.
        let pope = || {
            let see = self.gazetteer.body_index("VAT");
            see.filter(|_| role == "Pope")
        };
        Held {
            of: office
                .of
                .or_else(pope)
                .or_else(|| self.state_in(office.span))
                .or_else(|| self.side_of_head(&role)),
            role,
            at: office.span.start,
        }
    }

    /// The office of somebody by name, who is no leader of a state that is only the likeliest for such an office: "Queen Ana II" in a text on France
    /// and Ghana.
    pub(super) fn held_by(&self, name: Option<&str>, office: &OfficeNp) -> Held {
        let held = self.held(office);
        let guessed = office.of.is_none() && self.state_in(office.span).is_none();
        let other = |of: usize| name.is_some_and(|n| guessed && self.led_elsewhere(n, of));
        Held {
            of: held.of.filter(|of| !other(*of)),
            ..held
        }
    }

    pub(super) fn find_people(&mut self) {
        let mut mentions: Vec<Mention> = Vec::new();
        let mut lists = Lists::default();
        // The office of the last subject, with the block in which it stands.
        let mut host: (usize, Option<String>) = (0, None);
        // A subject named after it without an office: that which the text gave it before is the one that counts.
        let mut spoken: Option<(usize, &str)> = None;
        for (sentence, at, item) in self
            .sentences
            .iter()
            .flat_map(|s| s.items.iter().enumerate().map(move |(at, i)| (s, at, i)))
        {
            let Some(actor) = item.actor() else { continue };
            let Some(name) = &actor.name else { continue };
            // "Secretary Soto Concludes Visit": in a title a name may run into the next word; it counts if it stands elsewhere too, or if
            // the next word has no capital.
            let title = self
                .block(sentence)
                .is_some_and(|b| b.kind == BlockKind::Title);
            let capitals = !sentence
                .span
                .of(&self.doc.text)
                .chars()
                .any(char::is_lowercase);
            let rest = self.doc.text.get(item.span.end..sentence.span.end);
            let next = rest.and_then(|r| r.trim_start().chars().next());
            let runs_on = next.is_some_and(char::is_uppercase);
            if (title && runs_on || capitals)
                && self.doc.text.matches(name.as_str()).nth(1).is_none()
            {
                continue;
            }
            let mut before = (0..at).rev().filter_map(|i| sentence.items.get(i)).take(3);
            let in_line = matches!(actor.stand, Some(Stand::Successor | Stand::Predecessor));
            if in_line
                && let Some(named) = before
                    .find(|i| i.actor().is_some())
                    .and_then(|i| i.actor()?.name.as_ref())
            {
                // "Soto's successor, X": the office is that of whom it names.
                let held = mentions
                    .iter()
                    .rev()
                    .find(|m: &&Mention| m.office.is_some() && m.name.ends_with(named.as_str()));
                host.1 = held.and_then(|m| Some(m.office.as_ref()?.role.clone()));
            }
            let follows = in_line || actor.stand == Some(Stand::Counterpart);
            if let Some((block, named)) = spoken.filter(|_| follows) {
                let held = mentions
                    .iter()
                    .rev()
                    .find(|m: &&Mention| m.office.is_some() && same_name(&m.name, named));
                let office = held.and_then(|m| m.office.as_ref());
                host = (block, office.map(|office| office.role.clone()));
            }
            if let Some(office) = actor.office.as_ref().filter(|_| item.prep.is_empty()) {
                host = (sentence.block, Some(self.role_name(office.role)));
                spoken = None;
            } else if item.prep.is_empty() && actor.stand.is_none() {
                spoken = Some((sentence.block, name));
            }
            // "his Peruvian counterpart, X", "X, the Peruvian leader": of a state, in an office that is not said.
            let office = actor
                .office
                .as_ref()
                .map(|o| self.held_by(Some(name), o))
                .or_else(|| {
                    let counterpart = actor.stand == Some(Stand::Counterpart);
                    let of = actor.body.filter(|_| counterpart || actor.stand.is_none());
                    if of.is_none() && !counterpart && !in_line {
                        return None;
                    }
                    // In the office of the one whose counterpart or successor it is.
                    let same = host
                        .1
                        .clone()
                        .filter(|_| in_line || counterpart && host.0 == sentence.block);
                    Some(Held {
                        role: same.unwrap_or_default(),
                        of,
                        at: actor.name_span?.start,
                    })
                });
            let royal = office.as_ref().is_some_and(|o| is_royal(&o.role));
            mentions.push(Mention {
                list: lists.heads(sentence.block, self.block(sentence)),
                name: name.clone(),
                sure: actor.titled || office.is_some() || actor.stand.is_some(),
                royal,
                woman: self.called(actor),
                office,
            });
        }
        let headed = self.heads();
        mentions.extend(headed.iter().map(|(_, name, _)| Mention {
            list: None,
            name: name.clone(),
            sure: false,
            royal: false,
            woman: None,
            office: None,
        }));
        self.people = People::new(&mentions);
        self.headed = headed
            .into_iter()
            .filter_map(|(block, name, span)| Some((block, self.people.find(&name)?, span)))
            .collect();
    }

    /// The blocks of whose text or sections one person is spoken of: "Ana Soto (1953–1958)" as a heading, "Ana Soto: Lima, 3 May 1999" as an
    /// entry.
    fn heads(&self) -> Vec<(usize, String, Span)> {
        let bare = |i: &Item<'_>| {
            i.is_date()
                || matches!(i.kind, ItemKind::Sign(_))
                || i.is(Class::DateTo)
                || i.is(Class::DateFrom)
        };
        let named = |items: &[Item<'_>]| {
            let (first, rest) = items.split_first()?;
            let name = first.actor()?.name.clone()?;
            (name.contains(' ') && rest.iter().all(bare)).then_some((name, first.span))
        };
        let blocks = self.doc.blocks.iter().enumerate();
        let found = blocks.filter_map(|(at, block)| {
            let (name, span) = if let Some(key) = block.key {
                named(&self.items_of(key))?
            } else if matches!(block.kind, BlockKind::Heading(_)) {
                named(&self.sentences_of(at).first()?.items)?
            } else {
                return None;
            };
            Some((at, name, span))
        });
        found.collect()
    }
}

/// The lists of a document, as their items come.
#[derive(Debug, Default)]
struct Lists {
    list: usize,
    last: Option<usize>,
}

impl Lists {
    /// The list of which a block is an item, for the first person that the item names.
    fn heads(&mut self, at: usize, block: Option<&Block>) -> Option<usize> {
        let item = block.is_some_and(|b| matches!(b.kind, BlockKind::Item | BlockKind::Row));
        if !item || self.last == Some(at) {
            return None;
        }
        if self.last.is_none_or(|last| last + 1 != at) {
            self.list += 1;
        }
        self.last = Some(at);
        Some(self.list)
    }
}

/// Whether one name is the other or the end of it.
fn same_name(full: &str, short: &str) -> bool {
    full == short || full.ends_with(short) && full.contains(' ')
}
