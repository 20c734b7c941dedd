//! Remarks of a row that lists a head of mission → the other states to which he was accredited from there: "| X | 1990 | 1995 | Also accredited to A
//! from 1993 |".

use super::term::Term;
use super::{Post, claim};
use crate::document::BlockKind;
use crate::extract::items::Item;
use crate::extract::reader::{Reader, Sentence};
use crate::fact::{Claim, Evidence};
use crate::language::{Class, Rule};

/// The rule whose words say that somebody is accredited to another state, too.
const ACCREDITED: &str = "appointment.accredited";

/// The further posts of a person whom a row gives a post.
pub(super) fn accredited(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
    rule: &Rule,
    person: usize,
    post: &Post,
    evidence: &[Evidence],
) -> Vec<Claim> {
    let items = &sentence.items;
    let row = reader.block(sentence).map(|b| b.kind) == Some(BlockKind::Row);
    let says = |i: &Item<'_>| i.rules(reader.lexicon).any(|r| r.id.ends_with(ACCREDITED));
    let Some(at) = items.iter().position(says).filter(|_| row) else {
        return Vec::new();
    };
    let before = items.get(..at).unwrap_or(&[]).iter().rev();
    let mut before = before.take_while(|i| !i.sign('|'));
    if before.any(|i| i.tells_earlier() || i.is(Class::Not) || i.is(Class::Planned)) {
        return Vec::new();
    }
    let remark = items.get(at..).unwrap_or(&[]).iter().enumerate();
    let remark = remark.take_while(|(_, i)| !(i.sign('|') || i.sign(';')));
    let known = [post.sending, post.receiving];
    let mut states: Vec<usize> = Vec::new();
    let mut date = None;
    for (n, item) in remark {
        if item.is_date() {
            date = date.or(Some(at + n));
        } else if let Some(state) = item.named_body()
            && !reader.is_organisation(state)
            && !known.contains(&Some(state))
            && !states.contains(&state)
        {
            states.push(state);
        }
    }
    let term = Term::read(reader, sentence, date, Some("start"));
    let seat = || reader.capital_of(post.receiving?);
    let there = |state: usize| Post {
        receiving: Some(state),
        city: post.city.or_else(seat),
        ..post.clone()
    };
    let told = states.into_iter().filter_map(|state| {
        let post = there(state);
        claim(
            reader,
            sentence,
            rule,
            None,
            person,
            &post,
            &term,
            evidence.to_vec(),
        )
    });
    told.collect()
}
