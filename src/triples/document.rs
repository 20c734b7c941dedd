//! One document → the triples of its graph: the document, its passages, claims and accounts.

use super::iri::Names;
use super::vocabulary::*;
use super::world::decimal;
use super::{DocumentInfo, Triples};
use crate::fact::{Claim, Fact, Flag, Slot, Value};
use crate::resolve::ClaimRef;
use crate::text::TextIndex;
use oxigraph::model::{Literal, NamedNode, Term};

pub(super) fn write(out: &mut Triples, info: &DocumentInfo, names: &Names<'_>) {
    let node = names.document(&info.id);
    describe(out, info, &node, names.dataset());
    let index = TextIndex::new(&info.text);
    for (at, claim) in names.claims(&info.id) {
        write_claim(out, at, claim, names, &node);
        write_passages(out, at, claim, info, &index, names, &node);
    }
    write_links(out, &info.id, names);
}

/// What leads from a document's claims to the world: its accounts, and what each claim supports.
pub(super) fn write_links(out: &mut Triples, document: &str, names: &Names<'_>) {
    let node = names.document(document);
    for (at, _) in names.claims(document) {
        if let Some(event) = names.supports(at) {
            out.add(&names.claim(at), SUPPORTS, event);
        }
    }
    for (account, event) in names.accounts(document) {
        let subject = names.account(&account.claims);
        out.add(&subject, TYPE, ACCOUNT.into_owned());
        out.add(&subject, CLAIM_KIND, text(account.fact.kind.name()));
        out.add(&subject, ACCOUNT_OF, names.iri(event));
        out.add(&subject, DERIVED_FROM, node.clone());
        for &at in &account.claims {
            out.add(&subject, HAS_CLAIM, names.claim(at));
        }
        write_said(out, &subject, &account.fact);
    }
}

fn text(words: &str) -> Literal {
    Literal::new_simple_literal(words)
}

/// Words in a language; plain where the tag is none.
pub(super) fn in_language(words: &str, lang: &str) -> Literal {
    Literal::new_language_tagged_literal(words, lang).unwrap_or_else(|_| text(words))
}

/// An IRI where the words are one, else the words.
fn iri_or_text(words: &str) -> Term {
    let web = words.starts_with("http://") || words.starts_with("https://");
    match NamedNode::new(words) {
        Ok(node) if web => node.into(),
        Ok(_) | Err(_) => text(words).into(),
    }
}

fn describe(out: &mut Triples, info: &DocumentInfo, node: &NamedNode, dataset: NamedNode) {
    out.add(node, TYPE, DOCUMENT.into_owned());
    out.add(node, DCT_IDENTIFIER, text(&info.id));
    let title = if info.title.is_empty() {
        &info.id
    } else {
        &info.title
    };
    out.add(node, DCT_TITLE, in_language(title, &info.lang));
    out.add(node, LABEL, in_language(title, &info.lang));
    if !info.lang.is_empty() {
        out.add(node, DCT_LANGUAGE, text(&info.lang));
    }
    out.add(node, IN_DATASET, dataset);
    if let Some(licence) = &info.licence {
        out.add(node, DCT_LICENSE, iri_or_text(licence));
    }
    if let Some(publisher) = &info.publisher {
        out.add(node, DCT_PUBLISHER, text(publisher));
    }
    if let Some(date) = &info.date {
        out.add(node, DCT_DATE, Literal::new_typed_literal(date, EDTF));
    }
    if let Some(url) = &info.url {
        out.add(node, DCT_SOURCE, iri_or_text(url));
    }
    out.add(node, HASH, text(&info.hash));
    out.add(node, TEXT, text(&info.text));
}

fn write_claim(
    out: &mut Triples,
    at: ClaimRef,
    claim: &Claim,
    names: &Names<'_>,
    document: &NamedNode,
) {
    let subject = names.claim(at);
    out.add(&subject, TYPE, CLAIM.into_owned());
    out.add(&subject, CLAIM_KIND, text(claim.fact.kind.name()));
    out.add(&subject, MODALITY, text(claim.modality.name()));
    out.add(&subject, POLARITY, text(claim.polarity.name()));
    out.add(&subject, RULE, text(&claim.rule));
    let confidence = format!("{}.{:02}", claim.confidence / 100, claim.confidence % 100);
    out.add(&subject, CONFIDENCE, decimal(&confidence));
    out.add(&subject, DERIVED_FROM, document.clone());
    if let Some(speaker) = &claim.speaker {
        out.add(&subject, SPEAKER, text(speaker));
    }
    for flag in &claim.flags {
        out.add(&subject, FLAG, text(&flag_text(flag)));
    }
    write_said(out, &subject, &claim.fact);
}

fn flag_text(flag: &Flag) -> String {
    match flag {
        Flag::UnresolvedDate(words) => format!("unresolved-date: {words}"),
        Flag::DeadlineBeforeRequest => "deadline-before-request".to_owned(),
        Flag::EndBeforeStart => "end-before-start".to_owned(),
        Flag::ImpossibleDate(words) => format!("impossible-date: {words}"),
    }
}

fn write_said(out: &mut Triples, subject: &NamedNode, fact: &Fact) {
    for (&slot, values) in &fact.slots {
        for value in values {
            // An office held is told by its role; whose it is stands in another slot. Of one who is given by office alone, all is told.
            let words = if let (Slot::Role, Value::Office(office)) = (slot, value) {
                office.role.clone()
            } else {
                value.text()
            };
            out.add(subject, said(slot).as_ref(), text(&words));
        }
    }
}

fn write_passages(
    out: &mut Triples,
    at: ClaimRef,
    claim: &Claim,
    info: &DocumentInfo,
    index: &TextIndex<'_>,
    names: &Names<'_>,
    document: &NamedNode,
) {
    let subject = names.claim(at);
    out.add(&subject, QUOTE, text(claim.statement().of(&info.text)));
    for (nth, evidence) in (1_u32..).zip(&claim.evidence) {
        let node = names.passage(at, usize::try_from(nth).unwrap_or(usize::MAX));
        out.add(&subject, HAS_PASSAGE, node.clone());
        out.add(&node, TYPE, PASSAGE.into_owned());
        out.add(&node, PASSAGE_ROLE, text(evidence.role.name()));
        out.add(&node, ORDER, Literal::from(i64::from(nth)));
        out.add(&node, HAS_CLAIM, subject.clone());
        out.add(&node, OA_HAS_SOURCE, document.clone());
        let part = |name: &str| NamedNode::new_unchecked(format!("{}/{name}", node.as_str()));
        let (quote, position) = (part("quote"), part("position"));
        out.add(&node, OA_HAS_SELECTOR, quote.clone());
        out.add(&quote, TYPE, OA_QUOTE_SELECTOR.into_owned());
        out.add(&quote, OA_EXACT, text(evidence.span.of(&info.text)));
        out.add(&node, OA_HAS_SELECTOR, position.clone());
        out.add(&position, TYPE, OA_POSITION_SELECTOR.into_owned());
        let offset =
            |byte: usize| Literal::from(i64::try_from(index.code_point(byte)).unwrap_or(i64::MAX));
        out.add(&position, OA_START, offset(evidence.span.start));
        out.add(&position, OA_END, offset(evidence.span.end));
    }
}
