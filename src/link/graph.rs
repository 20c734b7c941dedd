//! A link → its quads in the default graph: the statement itself, and a node with its evidence.

use super::record::{Link, Relation};
use crate::triples::vocabulary::{
    ABOUT, CERTAINTY, CLOSE_MATCH, DCT_CREATED, EDTF, FOUND_IN, ITEM, LABEL, LINK, LINKED_BY,
    REASON, SAME_AS, SCORE, TYPE,
};
use oxigraph::model::vocab::xsd;
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
    let score = Literal::new_typed_literal(decimal(link.score), xsd::DECIMAL);
    add(&node, SCORE, score.into());
    for source in &link.sources {
        add(&node, FOUND_IN, text(source));
    }
    for reason in &link.reasons {
        let words = format!(
            "{}: {} ({})",
            reason.what,
            reason.found,
            decimal(reason.weight)
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

/// A number with up to three places, as `xsd:decimal` has it.
fn decimal(number: f64) -> String {
    let text = format!("{number:.3}");
    let text = text.trim_end_matches('0');
    if text.ends_with('.') {
        format!("{text}0")
    } else {
        text.to_owned()
    }
}

/// Whether a property is one that links alone give.
#[must_use]
pub fn is_link(predicate: &NamedNode) -> bool {
    *predicate == SAME_AS || *predicate == CLOSE_MATCH
}
