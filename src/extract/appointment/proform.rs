//! Holders of a post that a pronoun stands for: "Ana Soto lo fue en Oslo entre 2015 y 2017", "X, qui l'était aussi à Berlin", "antes lo había sido de 1986 a
//! 1990".

use super::ellipsis::antecedent;
use super::term::Term;
use super::{Post, claim, complete, spoken};
use crate::extract::items::Item;
use crate::extract::lasting::lasts;
use crate::extract::offices::is_head_of_mission;
use crate::extract::reader::{Reader, Sentence};
use crate::extract::told::Told;
use crate::fact::{Claim, Kind, Slot};
use crate::language::{Class, Rule};

/// How many items stand at most between a holder and the pronoun.
const NEAR: usize = 6;

/// Claims of those of whom a sentence says that they were what it called somebody before.
pub(in crate::extract) fn proform(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    rule: &Rule,
    told: &Told,
) -> Vec<Claim> {
    let items = &sentence.items;
    let it = |at: usize| {
        let word = items.get(at)?.folded.as_ref();
        if reader.lexicon.lists(Class::So, word) {
            return Some((at, at + 1));
        }
        let be = items.get(at + 1).is_some_and(|i| i.is(Class::Be));
        (be && reader.lexicon.lists(Class::ProIt, word)).then_some((at, at + 2))
    };
    let mut claims = Vec::new();
    for (at, next) in (0..items.len()).filter_map(it) {
        let near = items.get(at.saturating_sub(3)..at).unwrap_or(&[]);
        if near.iter().any(|i| i.is(Class::Not)) {
            continue;
        }
        let Some((person, named)) = holder(reader, items, at, next) else {
            continue;
        };
        let from = at.min(named);
        let Some((model, evidence)) = antecedent(reader, index, items, from, told) else {
            continue;
        };
        let Some((post, date)) = post(reader, items, next, model, told) else {
            continue;
        };
        let value = reader.person_value(person);
        let mut said = told.here(Kind::Appointment, sentence.span);
        let known = said.any(|c| {
            c.fact.get(Slot::Person) == value.as_ref()
                && reader.body_in(&c.fact, Slot::Receiving) == post.receiving
                && date.is_none()
        });
        if known {
            continue;
        }
        let term = Term::read(reader, sentence, date, None);
        claims.extend(claim(
            reader, sentence, rule, None, person, &post, &term, evidence,
        ));
    }
    claims
}

/// Who is meant: the one named right before the pronoun, or behind its clause.
fn holder(
    reader: &Reader<'_>,
    items: &[Item<'_>],
    at: usize,
    next: usize,
) -> Option<(usize, usize)> {
    let named = |i: usize| {
        let item = items.get(i).filter(|x| x.prep.is_empty())?;
        let actor = item.actor()?;
        let office = actor.office.as_ref().map(|o| reader.role_name(o.role));
        let other = office.is_some_and(|role| !is_head_of_mission(&role));
        let person = reader.people.find(actor.name.as_ref()?)?;
        (!other).then_some((person, i))
    };
    let stops = |i: usize| {
        items
            .get(i)
            .is_none_or(|x| x.sign(';') || x.sign('.') || x.is(Class::Be) || x.is_finite())
    };
    let before = (at.saturating_sub(NEAR)..at)
        .rev()
        .take_while(|&i| !stops(i))
        .find_map(named);
    let behind = || {
        (next..items.len())
            .take_while(|&i| !stops(i))
            .find_map(named)
    };
    before.or_else(behind)
}

/// The post that the words behind the pronoun give, what they leave open as the post before, and the date of its term.
fn post(
    reader: &Reader<'_>,
    items: &[Item<'_>],
    next: usize,
    model: Post,
    told: &Told,
) -> Option<(Post, Option<usize>)> {
    let (mut sending, mut receiving, mut city, mut date) = (None, None, None, None);
    for (i, item) in items.iter().enumerate().skip(next) {
        if item.sign(';') || item.sign('.') || item.is_finite() || item.is(Class::Be) {
            break;
        }
        let placed = [Class::In, Class::Before, Class::To];
        let there = placed.iter().any(|c| item.has_prep(*c));
        if let Some(found) = item.city().filter(|_| there && city.is_none()) {
            city = Some(found);
        } else if let Some(body) = item.named_body() {
            if item.has_prep(Class::Of) {
                sending = sending.or(Some(body));
            } else if there {
                receiving = receiving.or(Some(body));
            }
        } else if item.is_date() && lasts(items, i) {
            date = date.or(Some(i));
        }
    }
    let here = city.and_then(|c| reader.state_of_city(c));
    let there = receiving.or(here);
    let mut post = Post {
        role: model.role.clone(),
        sending: sending.or(model.sending.filter(|s| Some(*s) != there)),
        receiving: there,
        city,
    };
    if there.is_none() && sending.is_none() {
        // "antes lo había sido de 1986 a 1990": the same post.
        date?;
        let last = told.last_of(Kind::Appointment).next()?;
        let same = spoken::post_in(reader, &last.fact, model.role);
        post = Post {
            sending: same.sending.or(post.sending),
            ..same
        };
    }
    complete(reader, &mut post);
    let whole = post.sending.is_some() && post.sending != post.receiving;
    whole.then_some((post, date))
}
