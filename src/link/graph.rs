//! A link → its quads in the default graph: the statement itself, and a node with its evidence.

use super::record::{Link, Relation};
use crate::triples::decimal;
use crate::triples::vocabulary::{
    ABOUT, CERTAINTY, CLOSE_MATCH, DCT_CREATED, EDTF, FOUND_IN, ITEM, LABEL, LINK, LINKED_BY,
    REASON, SAME_AS, SCORE, TYPE,
};
use oxigraph::model::{GraphName, Literal, NamedNode, NamedNodeRef, Quad, Term};

/// The quads of a link of an entity, whose IRI is `base` and this path.
#[must_use]
pub fn quads(link: &Link, base: &str, entity: &str) -> Vec<Quad> {
    let about = NamedNode::new_unchecked(format!("{base}{entity}"));
    let node = NamedNode::new_unchecked(format!("{base}link/{entity}/{}", link.item));
    let item = NamedNode::new_unchecked(link.item.iri());
    let (predicate, certainty) = match link.relation {
        Relation::Same => (SAME_AS, "same"),
        Relation::Close => (CLOSE_MATCH, "close"),
    };
    let text = |words: &str| Term::from(Literal::new_simple_literal(words));
    let mut quads = Vec::new();
    let mut add = |subject: &NamedNode, predicate: NamedNodeRef<'_>, object: Term| {
        quads.push(Quad::new(
            subject.clone(),
            predicate,
            object,
            GraphName::DefaultGraph,
        ));
    };
    add(&about, predicate, item.clone().into());
    add(&node, TYPE, LINK.into_owned().into());
    add(&node, ABOUT, about.clone().into());
    add(&node, ITEM, item.into());
    add(&node, LABEL, text(&link.label));
    add(&node, CERTAINTY, text(certainty));
    add(&node, SCORE, number(link.score).into());
    for source in &link.sources {
        add(&node, FOUND_IN, text(source));
    }
    for reason in &link.reasons {
        let words = format!(
            "{}: {} ({})",
            reason.what,
            reason.found,
            number(reason.weight).value()
        );
        add(&node, REASON, text(&words));
    }
    if !link.who.is_empty() {
        add(&node, LINKED_BY, text(&link.who));
    }
    add(
        &node,
        DCT_CREATED,
        Literal::new_typed_literal(&link.date, EDTF).into(),
    );
    quads
}

/// A number with up to three places.
fn number(number: f64) -> Literal {
    decimal(&format!("{number:.3}"))
}

/// Whether a property is one that links alone give.
#[must_use]
pub fn is_link(predicate: &NamedNode) -> bool {
    *predicate == SAME_AS || *predicate == CLOSE_MATCH
}
