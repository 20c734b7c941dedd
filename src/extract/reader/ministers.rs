//! Ministers of whom a document about legations speaks: whose role is that of a head of legation, not of a member of a government.

use super::Reader;
use crate::extract::items::{Item, ItemKind, OfficeNp, as_head};
use crate::extract::offices::HEAD_OF_LEGATION;
use crate::language::{Class, Lang, Lexicon, Meaning};

impl Reader<'_> {
    /// Where the document speaks of a legation, a minister of a state, the first or next one, and who is named as minister heads one.
    pub(super) fn find_ministers(&mut self) {
        let lexicon = self.lexicon;
        let mut items = self.sentences.iter().flat_map(|s| &s.items);
        if !items.any(|i| of_legation(lexicon, i)) {
            return;
        }
        self.legations = true;
        let text = &self.doc.text;
        for sentence in &mut self.sentences {
            for at in 0..sentence.items.len() {
                let Some(head) = head_at(lexicon, text, &sentence.items, at) else {
                    continue;
                };
                let place = placed(&sentence.items, at);
                if let Some(ItemKind::Actor(actor)) =
                    sentence.items.get_mut(at).map(|i| &mut i.kind)
                    && let Some(office) = &mut actor.office
                {
                    office.role = head;
                    if let Some((city, to)) = place {
                        office.city = office.city.or(city);
                        office.to = office.to.or(to.filter(|_| city.is_none()));
                    }
                }
            }
        }
    }
}

fn of_legation(lexicon: &Lexicon, item: &Item<'_>) -> bool {
    let heads = |role: usize| {
        lexicon.offices.get(role).is_some_and(|name| {
            [
                HEAD_OF_LEGATION,
                "Minister Plenipotentiary",
                "Minister Resident",
            ]
            .contains(&name.as_str())
        })
    };
    match &item.kind {
        ItemKind::Mission(np) => lexicon
            .missions
            .get(np.kind)
            .is_some_and(|kind| kind == "legation"),
        ItemKind::Actor(actor) => actor.office.as_ref().is_some_and(|o| heads(o.role)),
        ItemKind::Body(..)
        | ItemKind::City(_)
        | ItemKind::Date(_)
        | ItemKind::Quantity(_)
        | ItemKind::Treaty(_)
        | ItemKind::Trigger(_)
        | ItemKind::Sign(_)
        | ItemKind::Word => false,
    }
}

/// The role of a head of legation, if the minister at an item is one by the words around.
fn head_at(lexicon: &Lexicon, text: &str, items: &[Item<'_>], at: usize) -> Option<usize> {
    let item = items.get(at)?;
    let office = item.actor()?.office.as_ref()?;
    let role = first_minister(lexicon, text, office).unwrap_or(office.role);
    let head = as_head(lexicon, role)?;
    // "le premier ministre du Pérou" governs, "le premier ministre du Pérou à Berne" heads a legation.
    if role != office.role {
        let placed = placed(items, at).is_some() || item.has_prep(Class::As);
        return (placed || lexicon.lang == Lang::En).then_some(head);
    }
    // "A legation was opened with the minister X", "a legation under the minister X".
    let legation = items.get(..at).unwrap_or(&[]).iter().rev();
    let legation = legation
        .take_while(|i| !i.sign(';'))
        .any(|i| i.mission().is_some() && of_legation(lexicon, i));
    let heads = item.has_prep(Class::With) || item.has_prep(Class::By);
    let led = legation && heads
        || items
            .get(at.saturating_sub(3)..at)
            .unwrap_or(&[])
            .iter()
            .rev()
            .take_while(|i| !i.is_np() && !matches!(i.kind, ItemKind::Sign(_)))
            .any(|i| {
                i.is(Class::As) || i.is(Class::Temporal) || legation && i.is(Class::MissionHead)
            });
    let named = at
        .checked_sub(1)
        .and_then(|i| items.get(i))
        .is_some_and(|i| i.rules(lexicon).any(|r| r.fact == "appointment"));
    (led || named || office.of.is_some()).then_some(head)
}

/// The role of a minister, where the words are "first minister" written small.
fn first_minister(lexicon: &Lexicon, text: &str, office: &OfficeNp) -> Option<usize> {
    let (first, rest) = office.span.of(text).split_once(' ')?;
    let ranked = lexicon
        .meanings(first)
        .contains(&Meaning::Class(Class::Temporal));
    let noun = rest.split(' ').next()?;
    let small = noun.starts_with(char::is_lowercase) && first.starts_with(char::is_lowercase);
    (ranked && small).then_some(())?;
    lexicon.meanings(noun).into_iter().find_map(|m| {
        let Meaning::Office(role) = m else {
            return None;
        };
        as_head(lexicon, role).map(|_| role)
    })
}

/// The city or state that stands right behind an office as its place.
fn placed(items: &[Item<'_>], at: usize) -> Option<(Option<usize>, Option<usize>)> {
    let target = items
        .get(at + 1..)?
        .iter()
        .find(|i| {
            !(i.is(Class::In) || i.is(Class::To) || i.is(Class::Before) || i.is(Class::Article))
        })
        .filter(|i| i.has_prep(Class::In) || i.has_prep(Class::To) || i.has_prep(Class::Before))?;
    match (target.city(), target.named_body()) {
        (None, None) => None,
        found => Some(found),
    }
}
