//! "The president of the Republic" without a name, in French and Spanish texts → the state whose text it is.

use super::Reader;
use crate::document::Lang;
use crate::extract::items::{Item, ItemKind};
use crate::text::Span;

/// What the office has in it that names no state.
const REPUBLIC: [&str; 5] = [
    "de la République",
    "de la república",
    "de la República",
    "de la Nación",
    "de la république",
];

impl Reader<'_> {
    /// Gives each of them the state that the text speaks for; in French France, where it is one of the two sides.
    pub(super) fn find_presidents(&mut self) {
        if self.doc.lang == Lang::En {
            return;
        }
        let france = self.gazetteer.body_index("FRA");
        let french = france.filter(|f| self.doc.lang == Lang::Fr && self.sides.contains(f));
        let Some(owner) = french.or(self.home) else {
            return;
        };
        let doc = self.doc;
        let bare = |span: Span| REPUBLIC.iter().any(|end| span.of(&doc.text).ends_with(end));
        let items = self.sentences.iter_mut().flat_map(|s| &mut s.items);
        for item in items.filter(|i| unnamed(i) && bare(i.span)) {
            if let ItemKind::Actor(actor) = &mut item.kind
                && let Some(office) = &mut actor.office
            {
                office.of = office.of.or(Some(owner));
            }
        }
    }
}

fn unnamed(item: &Item<'_>) -> bool {
    let free = |a: &crate::extract::items::Actor| {
        let office = a.office.as_ref();
        a.name.is_none()
            && a.body.is_none()
            && office.is_some_and(|o| o.of.is_none() && o.to.is_none())
    };
    item.actor().is_some_and(free)
}
