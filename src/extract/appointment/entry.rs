//! Entries of fact sheets whose key is an office or a word for who heads the mission → appointments: "Consul in Oslo: Ana Soto (since 2019)".

use super::listed::heading_role;
use super::run::takes_up;
use super::term::Term;
use super::{Post, claim, complete, numbered, rows, spoken};
use crate::extract::items::{Item, ItemKind, own_date};
use crate::extract::lasting::lasts;
use crate::extract::offices::{HEAD_OF_LEGATION, is_consular, is_head_of_mission};
use crate::extract::reader::{Reader, Sentence};
use crate::extract::told::Told;
use crate::fact::{Claim, Evidence, EvidenceRole, Kind, Slot, Value};
use crate::language::{Class, Rule};

/// How many blocks above the holder stands at most whose predecessors an entry lists.
const ABOVE: usize = 2;

/// How many items behind the colon of an entry a relative stands at most that tells of who is named there.
const RELATIVE: usize = 4;

/// Claims of the entry whose key and first sentence stand in `whole`, `key` items before the colon's end.
pub(in crate::extract) fn entry(
    reader: &Reader<'_>,
    index: usize,
    whole: &Sentence<'_>,
    rule: &Rule,
    told: &Told,
) -> Vec<Claim> {
    let items = &whole.items;
    let Some(colon) = items.iter().position(|i| i.sign(':')) else {
        return Vec::new();
    };
    let (key, value) = items.split_at(colon);
    // "Ambassador: since 2019 has been …" is prose; "Ambassador: X, who presented his credentials in 2019" tells of X behind the name.
    let relative = value.iter().position(|i| i.is(Class::Relative));
    let first = value
        .get(1)
        .and_then(Item::actor)
        .is_some_and(|a| a.name.is_some());
    if relative.is_some_and(|at| !first || at > RELATIVE) {
        return Vec::new();
    }
    let relative = relative.map(|at| colon + at);
    let named = post(reader, index, whole, key, told).or_else(|| numbered::post(reader, whole));
    // "Honorary consulates: Lima (X), Cusco (Y)": of none but who stands behind his city.
    let of_missions = named.is_none();
    let Some((post, mut evidence)) = named.or_else(|| of_consulates(reader, key)) else {
        return Vec::new();
    };
    if let (Some(first), Some(last)) = (key.first(), key.last()) {
        evidence.push(Evidence {
            span: first.span.to(last.span),
            role: EvidenceRole::Heading,
        });
    }
    let mut claims = Vec::new();
    for at in colon + 1..items.len() {
        let Some(actor) = items.get(at).and_then(Item::actor) else {
            continue;
        };
        let name = actor.name.as_ref().and_then(|n| reader.people.find(n));
        let Some(person) = name else { continue };
        let office = actor.office.as_ref();
        // "Ana Soto, the Foreign Minister's sister": whoever has another office is not meant.
        let own = office.map(|o| rows::head(reader, o));
        if own.as_ref().is_some_and(Option::is_none) {
            break;
        }
        if relative.is_some_and(|from| at > from) {
            break;
        }
        let seat = seat_before(items, at);
        let joined = seat.is_some()
            || !of_missions
                && (at == colon + 1
                    || holder(items, at)
                    || bracketed_state(items, at).is_some()
                    || placed(items, at));
        if !joined {
            continue;
        }
        let mut post = Post {
            role: own
                .flatten()
                .or_else(|| bracketed_role(reader, items, at))
                .unwrap_or_else(|| post.role.clone()),
            ..post.clone()
        };
        if let Some(state) = bracketed_state(items, at) {
            (post.sending, post.receiving, post.city) = (Some(state), None, None);
        }
        post.city = seat.or(post.city);
        seated(reader, items, at, &mut post);
        complete(reader, &mut post);
        if post.sending.is_none() {
            continue;
        }
        let mut term = match relative {
            Some(from) => taken_up(reader, whole, from),
            None => Term::read(reader, whole, date(items, at), None),
        };
        // "(credentials on 10 October 2019; left in July 2023)"
        let named = |i: &Item<'_>| i.actor().is_some_and(|a| a.name.is_some());
        if term.end.is_none() && !items.iter().skip(at + 1).any(named) {
            term.end = rows::left(reader, whole, at).filter(|end| term.start != Some(*end));
        }
        claims.extend(claim(
            reader,
            whole,
            rule,
            None,
            person,
            &post,
            &term,
            evidence.clone(),
        ));
    }
    claims
}

/// "X, who presented his credentials on 3 May 2019": when a relative clause says that somebody took up his post.
fn taken_up(reader: &Reader<'_>, whole: &Sentence<'_>, from: usize) -> Term {
    let items = &whole.items;
    let date = (from..items.len()).find(|&i| items.get(i).is_some_and(Item::is_date));
    // "who has been in post since 2019"
    if date.is_some_and(|date| lasts(items, date)) {
        return Term::read(reader, whole, date, None);
    }
    let clause = date.and_then(|date| items.get(from..date));
    let date = date.filter(|_| clause.is_some_and(|clause| takes_up(reader, clause)));
    Term::read(reader, whole, date, Some("start"))
}

/// The post that a key names: an office, or a word for who heads the mission that the sheet, its section or the text before is about.
fn post(
    reader: &Reader<'_>,
    index: usize,
    whole: &Sentence<'_>,
    key: &[Item<'_>],
    told: &Told,
) -> Option<(Post, Vec<Evidence>)> {
    if let Some(held) = predecessors(reader, index, key, told) {
        return Some(held);
    }
    let offices = key
        .iter()
        .filter_map(Item::actor)
        .filter(|a| a.name.is_none());
    let mut offices = offices
        .filter_map(|a| a.office.as_ref())
        .filter(|o| !o.former);
    let side = || reader.heading_side(whole);
    if let Some(office) = offices.next() {
        let role = reader.role_name(office.role);
        let minister = role == "Minister" && reader.legations;
        let role = if minister {
            HEAD_OF_LEGATION.to_owned()
        } else {
            role
        };
        is_head_of_mission(&role).then_some(())?;
        let mut post = Post::of(office, role);
        let place = key.iter().find_map(Item::city);
        post.city = post.city.or(place);
        if post.bare()
            && reader.own_mission.is_none()
            && let Some((above, from)) = mission_above(reader, index, told, &post.role)
        {
            return Some((above, vec![from]));
        }
        if post.bare()
            && let Some(side) = side()
        {
            post.sending = Some(side);
            return Some((post, reader.heading_evidence(whole)));
        }
        if post.sending.is_none() {
            post.sending = key
                .iter()
                .find_map(Item::adjective)
                .filter(|s| Some(*s) != post.receiving);
        }
        return Some((post, reader.side_evidence()));
    }
    let head = |i: &Item<'_>| i.is(Class::PostHead) || i.is(Class::HeadsHeading);
    if !key.iter().any(head) {
        return between(reader, whole, key);
    }
    if let Some((role, sending, receiving)) = reader
        .above(whole)
        .iter()
        .find_map(|s| heading_role(reader, s))
    {
        let post = Post {
            role,
            sending,
            receiving,
            city: None,
        };
        return Some((post, reader.heading_evidence(whole)));
    }
    // Of the document's mission: whoever was told last may have been its chargé.
    let (post, from) =
        spoken::own(reader, None).or_else(|| spoken::post(reader, index, told, None))?;
    Some((post, vec![from]))
}

/// "Predecessors: A (1991–1995), B (1995–1999)" below "Ambassador of Peru: C": the post of the holder whom an entry right above tells.
fn predecessors(
    reader: &Reader<'_>,
    index: usize,
    key: &[Item<'_>],
    told: &Told,
) -> Option<(Post, Vec<Evidence>)> {
    let words: Vec<&str> = key.iter().map(|i| i.folded.as_ref()).collect();
    let words = words.join(" ").replace("' ", "'");
    let mut known = reader.lexicon.listed(Class::KeyPredecessors).iter();
    let said = known.any(|k| {
        words
            .strip_prefix(k.as_str())
            .is_some_and(|r| !r.starts_with(char::is_alphabetic))
    });
    let block = reader.sentences.get(index).filter(|_| said)?.block;
    let last = told
        .last_of(Kind::Appointment)
        .next()
        .filter(|c| c.holds())?;
    let at = reader.sentence_index(last.statement().start)?;
    let near = reader.sentences.get(at)?.block;
    let Some(Value::Office(office)) = last.fact.get(Slot::Role) else {
        return None;
    };
    let role = if office.role == "Minister" {
        HEAD_OF_LEGATION.to_owned()
    } else {
        office.role.clone()
    };
    let evidence = Evidence {
        span: last.statement(),
        role: EvidenceRole::Context,
    };
    (near < block && block <= near + ABOVE)
        .then(|| (spoken::post_in(reader, &last.fact, role), vec![evidence]))
}

/// "Mission: Embassy of Peru, Oslo (accredited to Iceland)" on the line right above "Ambassador: …": that of which the office of a key is the
/// head's; of a mission that covers another state it is that accreditation which the sheet goes on to speak of.
fn mission_above(
    reader: &Reader<'_>,
    index: usize,
    told: &Told,
    role: &str,
) -> Option<(Post, Evidence)> {
    let block = reader.sentences.get(index)?.block;
    let above = |claim: &Claim| {
        let at = reader.sentence_index(claim.statement().start);
        let of = at.and_then(|i| reader.sentences.get(i));
        of.is_some_and(|s| s.block + 1 == block && reader.block(s).is_some_and(|b| b.key.is_some()))
    };
    let own = |claim: &Claim| {
        let kind = claim.fact.text(Slot::Kind);
        spoken::role_of(&kind).is_some_and(|head| is_consular(&head) == is_consular(role))
    };
    let missions = told.last_of(Kind::Mission).take_while(|c| above(c));
    let mission = missions.filter(|c| c.holds() && own(c)).max_by_key(|c| {
        let seat = reader.city_in(&c.fact, Slot::City);
        let state = seat.and_then(|s| reader.state_of_city(s));
        let receiving = reader.body_in(&c.fact, Slot::Receiving);
        let spoken = receiving.is_some_and(|r| reader.is_side(r) || reader.titled() == Some(r));
        (state != receiving, spoken)
    })?;
    let from = Evidence {
        span: mission.statement(),
        role: EvidenceRole::Context,
    };
    Some((
        spoken::post_in(reader, &mission.fact, role.to_owned()),
        from,
    ))
}

/// "Of Peru in Oslo: …" under a heading that lists an office: the sides that a key names.
fn between(
    reader: &Reader<'_>,
    whole: &Sentence<'_>,
    key: &[Item<'_>],
) -> Option<(Post, Vec<Evidence>)> {
    let of = |i: &Item<'_>| {
        i.named_body()
            .filter(|_| i.has_prep(Class::Of) || i.genitive)
    };
    let sending = key.iter().find_map(of)?;
    let place = key
        .iter()
        .find(|i| i.has_prep(Class::In) && !i.has_prep(Class::Of));
    let city = place.and_then(Item::city);
    let state = city.and_then(|c| reader.state_of_city(c));
    let receiving = state.or_else(|| place?.named_body());
    let above = reader.above(whole);
    let (role, ..) = above.iter().find_map(|s| heading_role(reader, s))?;
    let post = Post {
        role,
        sending: Some(sending),
        receiving: receiving.filter(|r| *r != sending),
        city,
    };
    Some((post, reader.heading_evidence(whole)))
}

/// "before him Y, 2016–2021", "; predecessor: Y", "A (1990–1995), B": whether the person named at an item is one more holder of the post.
fn holder(items: &[Item<'_>], at: usize) -> bool {
    let actor = items.get(at).and_then(Item::actor);
    if actor.is_some_and(|a| a.stand.is_some()) {
        return true;
    }
    let before = items.get(..at).unwrap_or(&[]).iter().rev();
    let mut before = before.skip_while(|i| {
        i.sign(':')
            || i.is(Class::Honorific)
            || matches!(i.kind, ItemKind::Word)
                && !i.is(Class::Earlier)
                && !i.is(Class::Predecessor)
    });
    let lead = before.next();
    let parted = lead.is_some_and(|i| i.sign(';') || i.sign(',') || i.sign(':'));
    let said = lead.is_some_and(|i| i.is(Class::Earlier) || i.is(Class::Predecessor));
    said || parted && date(items, at).is_some()
}

/// "A (Bergen), B (Oslo) and C (Narvik)", "A, in Bergen; B, in Oslo": whether somebody further in a list is named with a city of his own.
fn placed(items: &[Item<'_>], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|i| items.get(i));
    let joined = before.is_some_and(|i| i.sign(',') || i.sign(';') || i.is(Class::And));
    let parted = items
        .get(at + 1)
        .is_some_and(|i| i.sign('(') || i.sign(','));
    let seat = items.get(at + 1 + usize::from(parted));
    joined && seat.is_some_and(|i| i.city().is_some())
}

/// "Lima (Ana Soto), Cusco (Luis Vega)": the city before the bracket that names somebody.
fn seat_before(items: &[Item<'_>], at: usize) -> Option<usize> {
    let before = items.get(..at)?;
    let title = before.iter().rev().take_while(|i| i.is(Class::Honorific));
    let open = at.checked_sub(title.count() + 1)?;
    before.get(open).filter(|i| i.sign('('))?;
    before.get(open.checked_sub(1)?)?.city()
}

/// The consuls of whose consulates a key speaks.
fn of_consulates(reader: &Reader<'_>, key: &[Item<'_>]) -> Option<(Post, Vec<Evidence>)> {
    let post = spoken::headed(reader, key.iter().find_map(Item::mission)?)?;
    is_consular(&post.role).then(|| (post, reader.side_evidence()))
}

/// The date of the one named at an item: the first behind, before the next person.
fn date(items: &[Item<'_>], at: usize) -> Option<usize> {
    let dated = |i: &usize| {
        items
            .get(*i)
            .is_some_and(|x| matches!(x.kind, ItemKind::Date(_)))
    };
    let next = |i: &usize| {
        items
            .get(*i)
            .is_none_or(|x| x.actor().is_none_or(|a| a.name.is_none()))
    };
    own_date(items, at).or_else(|| (at + 1..items.len()).take_while(next).find(dated))
}

/// "Ambassadors: Ana Soto (Peru), Lars Berg (Norway)": the state in brackets behind a name.
fn bracketed_state(items: &[Item<'_>], at: usize) -> Option<usize> {
    let sign = |i: usize, c: char| items.get(i).is_some_and(|x| x.sign(c));
    let state = items.get(at + 2)?.named_body();
    state.filter(|_| sign(at + 1, '(') && sign(at + 3, ')'))
}

/// "Ana Soto (chargé d'affaires)": the office in brackets behind a name.
fn bracketed_role(reader: &Reader<'_>, items: &[Item<'_>], at: usize) -> Option<String> {
    items.get(at + 1).filter(|i| i.sign('(') || i.sign(','))?;
    let office = items.get(at + 2)?.actor().filter(|a| a.name.is_none())?;
    rows::head(reader, office.office.as_ref()?)
}

/// "Ana Soto, Varna (for Peru)": the seat right behind a name, and who sends in brackets.
pub(super) fn seated(reader: &Reader<'_>, items: &[Item<'_>], at: usize, post: &mut Post) {
    // "1949 | 1952 | until then consul in Lima": where he was before.
    let remark = (at + 1..items.len()).find(|&i| {
        let office = items.get(i).and_then(Item::actor);
        let office = office.and_then(|a| a.office.as_ref());
        office.is_some_and(|o| rows::remarked(items, i, o))
    });
    let behind = items
        .get(at + 1..remark.unwrap_or(items.len()))
        .unwrap_or(&[]);
    let near = || {
        behind
            .iter()
            .take(6)
            .take_while(|i| i.actor().is_none_or(|a| a.name.is_none()) && !i.sign(';'))
    };
    let city = near().find_map(Item::city).filter(|_| post.city.is_none());
    let state = city.and_then(|c| reader.state_of_city(c));
    if let (Some(city), Some(state)) = (city, state)
        && Some(state) != post.sending
        && post.receiving.is_none_or(|r| r == state)
    {
        post.city = Some(city);
        post.receiving = Some(state);
    }
    let sender = near()
        .find(|i| i.has_prep(Class::For) || i.has_prep(Class::Of))
        .and_then(Item::named_body);
    if let Some(sender) = sender.filter(|s| Some(*s) != post.receiving && post.sending.is_none()) {
        post.sending = Some(sender);
    }
}
