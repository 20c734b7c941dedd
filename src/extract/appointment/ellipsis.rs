//! Holders of a post whose office is not named again: "that of Peru in Lima, X", "the one in Oslo is X", "his colleague Y, in Bergen".

use super::held::date_of;
use super::term::Term;
use super::{Post, claim, complete};
use crate::extract::items::{Item, ItemKind, Stand};
use crate::extract::offices::is_head_of_mission;
use crate::extract::reader::{Reader, Sentence};
use crate::extract::told::Told;
use crate::fact::{Claim, Evidence, EvidenceRole, Kind, Slot, Value};
use crate::language::{Class, Rule};

/// How many items before a name the words that stand for its office begin.
const REACH: usize = 10;

/// Claims of the holders whom a sentence names behind a word that stands for an office spoken of.
pub(in crate::extract) fn elliptic(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    rule: &Rule,
    told: &Told,
) -> Vec<Claim> {
    let items = &sentence.items;
    let mut claims: Vec<Claim> = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let Some(actor) = item.actor().filter(|a| a.office.is_none()) else {
            continue;
        };
        let name = actor.name.as_ref().and_then(|n| reader.people.find(n));
        let Some(person) = name else { continue };
        let Some(value) = reader.person_value(person) else {
            continue;
        };
        let known = reader.people.known.get(person);
        let other = |role: &String| !role.is_empty() && !is_head_of_mission(role);
        if known.is_some_and(|k| k.offices.iter().any(|h| other(&h.role))) {
            continue;
        }
        let colleague = actor.stand == Some(Stand::Counterpart);
        let place = if colleague {
            behind(items, at).map(|city| (at, None, Some(city)))
        } else {
            before(items, at)
        };
        let Some((from, sending, city)) = place else {
            continue;
        };
        let Some((model, evidence)) = antecedent(reader, index, items, from, told) else {
            continue;
        };
        let here = |c: &&Claim| c.statement() == sentence.span;
        let text = value.text();
        let mut said = told.last_about(Kind::Appointment, &text);
        if said.any(|c| here(&c)) {
            continue;
        }
        let state = city.and_then(|c| reader.state_of_city(c));
        let mut post = Post {
            sending: sending
                .or(actor.body)
                .or(model.sending.filter(|s| Some(*s) != state)),
            receiving: state,
            city,
            ..model
        };
        complete(reader, &mut post);
        if post.sending.is_none() || post.sending == post.receiving {
            continue;
        }
        let term = Term::read(reader, sentence, date_of(items, at, at), None);
        claims.extend(claim(
            reader, sentence, rule, None, person, &post, &term, evidence,
        ));
    }
    claims
}

/// "his colleague X, in Bergen", "son confrère X officie à Oulu": the city right behind a colleague's name.
fn behind(items: &[Item<'_>], at: usize) -> Option<usize> {
    let near = items.get(at + 1..)?.iter().take(5);
    let mut near =
        near.take_while(|i| i.actor().is_none() && i.named_body().is_none() && !i.sign(';'));
    near.find(|i| i.has_prep(Class::In)).and_then(Item::city)
}

/// "celui du Pérou à Lima, X, depuis 2019": whether words that stand for an office, with whose it is or where, stand before a name.
pub(super) fn led(items: &[Item<'_>], at: usize) -> bool {
    before(items, at).is_some()
}

/// "that of Peru in Lima, X", "el de Oulu, X", "the one in Oulu is X": where the words begin that stand for an office before a name, the state
/// and the city that they name.
fn before(items: &[Item<'_>], at: usize) -> Option<(usize, Option<usize>, Option<usize>)> {
    let joint = items
        .get(..at)?
        .iter()
        .rposition(|i| !i.is(Class::Honorific) && !i.sign('.'))?;
    let joins = items.get(joint)?;
    (joins.sign(',') || joins.sign(':') || joins.is(Class::Be)).then_some(())?;
    let (mut state, mut city) = (None, None);
    for i in (at.saturating_sub(REACH)..joint).rev() {
        let item = items.get(i)?;
        if let Some(found) = item.city().filter(|_| city.is_none()) {
            (item.has_prep(Class::In) || item.has_prep(Class::Of)).then_some(())?;
            city = Some(found);
        } else if let Some(body) = item.named_body().filter(|_| state.is_none()) {
            item.has_prep(Class::Of).then_some(())?;
            state = Some(body);
        } else if let Some(actor) = item.actor().filter(|a| a.name.is_none())
            && actor.stand == Some(Stand::Counterpart)
        {
            // "her Norwegian counterpart in Lima, X"
            return city.is_some().then_some((i, state.or(actor.body), city));
        } else if item.is(Class::MissionOne) {
            return (city.is_some() || state.is_some()).then_some((i, state, city));
        } else {
            let small = [Class::Of, Class::In, Class::Article];
            let word = matches!(item.kind, ItemKind::Word) && small.iter().any(|c| item.is(*c));
            word.then_some(())?;
        }
    }
    None
}

/// The post that such words stand for: the last office named before them in the sentence, else that of the holder told last, close by.
pub(super) fn antecedent(
    reader: &Reader<'_>,
    index: usize,
    items: &[Item<'_>],
    from: usize,
    told: &Told,
) -> Option<(Post, Vec<Evidence>)> {
    let last = told.last_of(Kind::Appointment).next();
    let last = last.filter(|c| c.holds() && reader.near(index, c, 1));
    let model = last.and_then(|c| {
        let Some(Value::Office(office)) = c.fact.get(Slot::Role) else {
            return None;
        };
        Some(Post {
            role: office.role.clone(),
            sending: reader.body_in(&c.fact, Slot::Sending),
            receiving: reader.body_in(&c.fact, Slot::Receiving),
            city: None,
        })
    });
    // Where the sentence spoke of a mission last, the words stand for one.
    let mut before = items.get(..from)?.iter().rev();
    let named = before.find_map(|i| {
        if i.mission().is_some() {
            return Some(None);
        }
        let office = i.actor()?.office.as_ref()?;
        Some(Some(office))
    });
    let post = match named {
        Some(None) => return None,
        Some(Some(office)) => {
            let role = reader.role_name(office.role);
            is_head_of_mission(&role).then_some(())?;
            let same = model.as_ref().filter(|m| m.role == role);
            Post {
                sending: office.of.or(same.and_then(|m| m.sending)),
                role,
                ..Post::default()
            }
        }
        None => model?,
    };
    let evidence = last.map(|c| Evidence {
        span: c.statement(),
        role: EvidenceRole::Antecedent,
    });
    Some((post, evidence.into_iter().collect()))
}
