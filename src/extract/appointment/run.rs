//! Names with terms in running text → appointments: "Ministers were A (1974–1978) and B (1978–1981)", "Before her: C, 1955–1958".

use super::beside::appointed;
use super::ellipsis::led;
use super::listed::{headed_office, heading_role, is_open, of_heads};
use super::rows::terms_behind;
use super::scattered::scattered_at;
use super::term::Term;
use super::{Post, claim, complete, spoken};
use crate::document::BlockKind;
use crate::extract::items::{Item, ItemKind, Stand};
use crate::extract::lasting::lasts;
use crate::extract::offices::is_head_of_mission;
use crate::extract::reader::{Reader, Sentence};
use crate::extract::told::Told;
use crate::fact::{Claim, Evidence, EvidenceRole, Kind, Slot};
use crate::language::{Class, Rule};

/// The longest term, in years; a longer span in brackets is that of a life.
const LONGEST: i32 = 30;

/// How many items behind a phrase for several holders tell their sides.
const SIDES: usize = 2;

/// How many sentences before those of its holders an office may be named that they share.
const ANNOUNCED: usize = 3;

/// Persons whose names stand with a term beside them, in a sentence that speaks of a post or under a heading that lists its holders.
pub(in crate::extract) fn runs(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    rule: &Rule,
    told: &Told,
) -> Vec<Claim> {
    let items = &sentence.items;
    let place = |i: &Item<'_>| i.city().is_some() || i.named_body().is_some();
    let bracketed = items.iter().any(|i| i.sign('(')) && items.iter().any(place);
    if !bracketed && !items.iter().any(|i| matches!(i.kind, ItemKind::Date(_))) {
        return Vec::new();
    }
    let heading = heading_above(reader, sentence);
    let between = sides_of_key(reader, sentence);
    let listed = heading.is_some() || between.is_some();
    let mut claims: Vec<Claim> = Vec::new();
    let placed = scattered_at(reader, items);
    for at in 0..items.len() {
        if placed.contains(&at) || led(items, at) || told_of(reader, sentence, at) {
            continue;
        }
        if let Some(found) = in_city(reader, sentence, rule, at) {
            claims.push(found);
            continue;
        }
        let given = appointed(reader, items, at);
        let (date, slot) = match (term_at(items, at, listed), given) {
            (Some(date), _) => (date, None),
            (None, Some(date)) => (date, Some("start")),
            (None, None) => continue,
        };
        // "The post of ambassador was held by A (1951–1953), B (1953–1956)": the office reads as the first one's.
        let first = || holder(reader, items, at).filter(|_| heading.is_some());
        let Some(person) = named(reader, items, at).or_else(first) else {
            continue;
        };
        let said = told
            .last_of(Kind::Appointment)
            .take_while(|t| reader.near(index, t, 0))
            .any(|t| t.fact.get(Slot::Person) == reader.person_value(person).as_ref());
        let found = spoken_here(reader, items, at)
            .map(|post| {
                let own = reader.own_mission.is_some() || heading.is_some();
                let told = (post.bare() && !own)
                    .then(|| spoken::post(reader, index, told, Some(&post.role)))
                    .flatten();
                match told {
                    Some((told, from)) => (told, vec![from]),
                    None => (post, Vec::new()),
                }
            })
            .or_else(|| {
                let (role, sending, receiving) = heading.clone()?;
                let post = Post {
                    role,
                    sending,
                    receiving,
                    city: None,
                };
                Some((post, reader.heading_evidence(sentence)))
            })
            .or_else(|| between.map(|_| (Post::ambassador(), Vec::new())))
            .or_else(|| announced(reader, index))
            .or_else(|| before(reader, index, told));
        let Some((mut post, mut evidence)) = found.filter(|_| !said) else {
            continue;
        };
        // "Peru in Chile: A (1999–2003)"
        if let Some((sending, receiving)) = between {
            (post.sending, post.receiving, post.city) = (Some(sending), Some(receiving), None);
        }
        // The title of a list of heads tells the sides of those whom its prose names.
        if let Some((role, sending, receiving)) = &heading
            && post.bare()
            && *role == post.role
        {
            (post.sending, post.receiving) = (*sending, *receiving);
        }
        // "For Peru: A (1999–2003)": whose post it is stands before the names.
        if let Some(side) = side_before(items, at) {
            post.sending = Some(side);
            post.receiving = post.receiving.filter(|r| *r != side);
            post.city = None;
        }
        if complete(reader, &mut post) {
            evidence.extend(reader.side_evidence());
        }
        if post.sending.is_none() && post.receiving.is_none() {
            continue;
        }
        let term = Term::read(reader, sentence, Some(date), slot);
        let years = term
            .start
            .zip(term.end)
            .and_then(|(a, b)| Some(b.year()? - a.year()?));
        if years.is_some_and(|y| y > LONGEST) {
            continue;
        }
        let again = terms_behind(items, date).into_iter();
        let again = again.filter(|d| items.get(d + 1).is_none_or(|i| !i.is_np()));
        let again = again.map(|d| Term::read(reader, sentence, Some(d), None));
        for term in std::iter::once(term).chain(again) {
            let evidence = evidence.clone();
            claims.extend(claim(
                reader, sentence, rule, None, person, &post, &term, evidence,
            ));
        }
    }
    claims
}

/// "- Ana Soto (1965–1969). The arrest of Luis Vega (April 1967) kept her busy.": whether a word leads to somebody in what is told behind the first
/// sentence of an item that has named its holder.
pub(super) fn told_of(reader: &Reader<'_>, sentence: &Sentence<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1).and_then(|i| sentence.items.get(i)) else {
        return false;
    };
    let parts = matches!(before.kind, ItemKind::Sign(_) | ItemKind::Date(_));
    let small = [Class::And, Class::Article, Class::Honorific, Class::Then];
    if parts || small.iter().any(|c| before.is(*c)) {
        return false;
    }
    let item = reader
        .block(sentence)
        .is_some_and(|b| b.kind == BlockKind::Item);
    let opens = reader.sentences_of(sentence.block).first();
    let name = |i: &Item<'_>| i.actor().is_some_and(|a| a.name.is_some());
    item && opens.is_some_and(|o| o.span != sentence.span && o.items.iter().any(name))
}

/// The office that the heading lists; that of the title, where the heading says no more than that a list follows, or there is none.
fn heading_above(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
) -> Option<(String, Option<usize>, Option<usize>)> {
    let heading = reader.heading(sentence);
    let own = heading.and_then(|s| heading_role(reader, s));
    let title = || {
        let mut titles = reader.titles();
        titles.find_map(|s| heading_role(reader, s))
    };
    match own {
        Some((role, None, None)) => {
            let sides = title().filter(|(of, _, _)| *of == role);
            let (sending, receiving) = sides.map_or((None, None), |(_, s, r)| (s, r));
            Some((role, sending, receiving))
        }
        Some(own) => Some(own),
        // Prose below such a title must itself speak of who held the post.
        None if heading.is_none_or(is_open)
            && sentence.items.iter().any(|i| of_heads(reader, i)) =>
        {
            title()
        }
        None => None,
    }
}

/// "Peru in Chile:", "Pérou au Chili :", "Perú en Chile:": who sends and who receives those whom an entry lists, where its key names nothing else.
fn sides_of_key(reader: &Reader<'_>, sentence: &Sentence<'_>) -> Option<(usize, usize)> {
    let key = reader.items_of(reader.block(sentence)?.key?);
    let mut named = key.iter().filter(|i| i.named_body().is_some());
    let (first, second, None) = (named.next()?, named.next()?, named.next()) else {
        return None;
    };
    let placed = second.has_prep(Class::In) || second.has_prep(Class::To);
    let (sending, receiving) = (first.named_body()?, second.named_body()?);
    let small = |i: &Item<'_>| i.named_body().is_some() || i.is(Class::In) || i.is(Class::Article);
    (placed && first.prep.is_empty() && sending != receiving && key.iter().all(small))
        .then_some((sending, receiving))
}

/// "Honorary consuls serve in Bergen (A) and Trondheim (B)": the holder of the post in a city, in brackets behind it.
fn in_city(reader: &Reader<'_>, sentence: &Sentence<'_>, rule: &Rule, at: usize) -> Option<Claim> {
    let items = &sentence.items;
    let sign = |i: usize, c: char| items.get(i).is_some_and(|x| x.sign(c));
    // "Bergen (since 2006, A)": the date may stand before the name.
    let led = at.checked_sub(3).filter(|&i| {
        sign(i, '(') && items.get(i + 1).is_some_and(Item::is_date) && sign(i + 2, ',')
    });
    let open = at.checked_sub(1).filter(|&i| sign(i, '(')).or(led)?;
    (sign(at + 1, ')') || sign(at + 1, ',')).then_some(())?;
    let before = items.get(open.checked_sub(1)?)?;
    let office = before.actor().and_then(|a| a.office.as_ref());
    let city = before.city().or_else(|| office?.city)?;
    let person = named(reader, items, at)?;
    let mut post = spoken_here(reader, items, open).or_else(|| of_heading(reader, sentence))?;
    post.city = Some(city);
    post.receiving = reader.state_of_city(city);
    post.sending = post.sending.filter(|s| Some(*s) != post.receiving);
    complete(reader, &mut post);
    post.sending?;
    let date = items.get(at + 1).filter(|x| x.sign(',')).map(|_| at + 2);
    let date = led.map(|open| open + 1).or(date);
    let term = Term::read(reader, sentence, date.filter(|&d| lasts(items, d)), None);
    claim(
        reader,
        sentence,
        rule,
        None,
        person,
        &post,
        &term,
        Vec::new(),
    )
}

/// "Peru: Bergen (A)" under "Honorary consulates": the post of who heads a mission of the heading's kind, sent by the state of the key.
fn of_heading(reader: &Reader<'_>, sentence: &Sentence<'_>) -> Option<Post> {
    let key = reader.block(sentence)?.key?;
    let state = reader.items_of(key).iter().find_map(Item::named_body)?;
    let heading = reader.heading(sentence)?;
    let np = heading.items.iter().find_map(Item::mission)?;
    let bare = np.sending.is_none() && np.receiving.is_none() && np.cities.is_empty();
    let post = spoken::headed(reader, np).filter(|_| bare)?;
    Some(Post {
        sending: Some(state),
        ..post
    })
}

/// Whether words say that somebody takes up a post: credentials that are handed over or received.
pub(super) fn takes_up(reader: &Reader<'_>, items: &[Item<'_>]) -> bool {
    let mut rules = items.iter().flat_map(|i| i.rules(reader.lexicon));
    rules.any(|r| r.fact == "appointment" && r.set.get("slot").is_some_and(|s| s == "start"))
}

/// The person of a name without an office, or of one who is nowhere given another office than that of a head of mission.
pub(super) fn named(reader: &Reader<'_>, items: &[Item<'_>], at: usize) -> Option<usize> {
    let actor = items.get(at)?.actor().filter(|a| a.office.is_none())?;
    let person = reader.people.find(actor.name.as_ref()?)?;
    let known = reader.people.known.get(person)?;
    let other = known
        .offices
        .iter()
        .any(|h| !h.role.is_empty() && !is_head_of_mission(&h.role));
    (!other).then_some(person)
}

/// The person of a name with a head of mission's office of which no more is said.
fn holder(reader: &Reader<'_>, items: &[Item<'_>], at: usize) -> Option<usize> {
    let actor = items.get(at)?.actor()?;
    let office = actor.office.as_ref().filter(|o| !o.former)?;
    let role = reader.role_name(office.role);
    let bare = is_head_of_mission(&role) && Post::of(office, role).bare();
    reader.people.find(actor.name.as_ref()?).filter(|_| bare)
}

/// The date of a term that stands in brackets, behind a comma or before a colon right beside a name.
fn term_at(items: &[Item<'_>], at: usize, listed: bool) -> Option<usize> {
    let sign = |i: usize, c: char| items.get(i).is_some_and(|x| x.sign(c));
    let skipped = |i: usize| {
        items.get(i).is_some_and(|x| {
            matches!(x.kind, ItemKind::Word)
                && [Class::From, Class::Of, Class::In].iter().any(|c| x.is(*c))
        })
    };
    items.get(at)?.actor()?.name.as_ref()?;
    let date = if skipped(at + 2) { at + 3 } else { at + 2 };
    let dated = |i: usize| {
        items
            .get(i)
            .is_some_and(|x| matches!(x.kind, ItemKind::Date(_)))
    };
    let last = terms_behind(items, date).last().copied().unwrap_or(date);
    if sign(at + 1, '(') && sign(last + 1, ')') && (lasts(items, date) || listed && dated(date)) {
        return Some(date);
    }
    let parted = [',', ':', '–', '-', '—'].iter().any(|c| sign(at + 1, *c));
    let closed = items
        .get(date + 1)
        .is_none_or(|x| matches!(x.kind, ItemKind::Sign(_)) || x.is(Class::And));
    if parted && closed && lasts(items, date) {
        return Some(date);
    }
    if let Some(date) = term_before(items, at) {
        return Some(date);
    }
    // "Ana Soto 1999–2003; Luis Vega since 2021" under a heading: the years right behind the name.
    let bare = at + 1 + usize::from(items.get(at + 1).is_some_and(|i| i.is(Class::Since)));
    let ends = items
        .get(bare + 1)
        .is_none_or(|x| matches!(x.kind, ItemKind::Sign(';' | ',' | '.')));
    if listed && ends && lasts(items, bare) {
        return Some(bare);
    }
    (listed && at == 2 && lasts(items, 0) && items.len() <= 4).then_some(0)
}

/// "A (1970–1974) and, since 2019, B": the term that stands between the joint of a list and the name.
fn term_before(items: &[Item<'_>], at: usize) -> Option<usize> {
    let comma = at
        .checked_sub(1)
        .filter(|&i| items.get(i).is_some_and(|x| x.sign(',')));
    let date = comma
        .unwrap_or(at)
        .checked_sub(1)
        .filter(|&d| lasts(items, d))?;
    let words = |i: &Item<'_>| {
        matches!(i.kind, ItemKind::Word)
            && !i.is(Class::And)
            && !i.is(Class::Be)
            && !i.is(Class::Then)
    };
    let before = items.get(..date)?;
    let joint = before.iter().rposition(|i| !words(i))?;
    let sign = before.get(joint)?;
    let joined = sign.is(Class::And) || sign.sign(',') || sign.sign(';') || sign.is(Class::Then);
    let last = before.get(..joint)?.iter().rev().find(|i| {
        let passed =
            i.sign(',') || i.sign('(') || i.sign(')') || i.is(Class::And) || i.is(Class::Then);
        !(passed || matches!(i.kind, ItemKind::Date(_)) || words(i))
    })?;
    (joined && last.actor().is_some_and(|a| a.name.is_some())).then_some(date)
}

/// The post that the sentence speaks of before an item: the last office without a holder, or the last mission, or that of the first of those
/// who are named one behind the other with their terms ("the ambassadors A (1951–1953), B (1953–1956)").
fn spoken_here(reader: &Reader<'_>, items: &[Item<'_>], at: usize) -> Option<Post> {
    let before = items.get(..at)?;
    let joined = |i: &&Item<'_>| {
        let joint = matches!(
            i.kind,
            ItemKind::Sign('(' | ')' | ',' | ';') | ItemKind::Date(_)
        );
        joint
            || i.is(Class::And)
            || i.is(Class::Since)
            || i.actor().is_some_and(|a| a.name.is_some())
    };
    let row = before.iter().rev().take_while(joined);
    // "after several chargés d'affaires, A (1951–1953) and B": the office is another's.
    let apart = |i: &&Item<'_>| i.span.of(&reader.doc.text).contains(',');
    let first = row
        .filter(|i| !apart(i))
        .filter_map(Item::actor)
        .find_map(|a| {
            let office = a.office.as_ref().filter(|o| !o.former)?;
            let role = reader.role_name(office.role);
            is_head_of_mission(&role).then(|| Post::of(office, role))
        });
    first.or_else(|| last_post(reader, before))
}

fn last_post(reader: &Reader<'_>, before: &[Item<'_>]) -> Option<Post> {
    before.iter().enumerate().rev().find_map(|(at, i)| {
        if let Some(np) = i.mission() {
            return spoken::headed(reader, np);
        }
        let actor = i.actor().filter(|a| a.name.is_none())?;
        // "The ambassadors have been A (1951–1953) and B."
        if actor.stand == Some(Stand::Both) {
            let (role, _, _) = headed_office(reader, i)?;
            // "The ambassadors of Peru in Oslo": their sides stand right behind.
            let behind = before.iter().skip(at + 1).take(SIDES);
            let mut behind = behind.take_while(|i| i.named_body().is_some() || i.city().is_some());
            let of = |i: &&Item<'_>| i.has_prep(Class::Of) && !i.has_prep(Class::To);
            let sending = behind.clone().find(of).and_then(Item::named_body);
            let place = behind.find(|i| i.has_prep(Class::In) || i.has_prep(Class::To));
            let city = place.and_then(Item::city);
            let state = || place.and_then(Item::named_body).filter(|_| city.is_none());
            return Some(Post {
                role,
                sending,
                receiving: state().filter(|s| Some(*s) != sending),
                city,
            });
        }
        let office = actor.office.as_ref().filter(|o| !o.former)?;
        let role = reader.role_name(office.role);
        is_head_of_mission(&role).then(|| Post::of(office, role))
    })
}

/// "Who have been the ambassadors?", "The consuls were the following.": the office of several without a holder that one of the sentences
/// right before names, with no person in it.
fn announced(reader: &Reader<'_>, index: usize) -> Option<(Post, Vec<Evidence>)> {
    let here = reader.sentences.get(index)?;
    let under = reader.block(here).map(|b| &b.under);
    let before = (index.saturating_sub(ANNOUNCED)..index).rev();
    let lead = before
        .filter_map(|i| reader.sentences.get(i))
        .take_while(|s| reader.block(s).map(|b| &b.under) == under)
        .find(|s| {
            let named = |i: &Item<'_>| i.actor().is_some_and(|a| a.name.is_some());
            !s.items.iter().any(named) && s.items.iter().any(|i| i.actor().is_some())
        })?;
    let post = lead.items.iter().find_map(|i| {
        let actor = i.actor().filter(|a| a.name.is_none())?;
        let office = actor.office.as_ref().filter(|o| !o.former)?;
        let role = reader.role_name(office.role);
        let several = i
            .folded
            .split(' ')
            .any(|w| w.ends_with('s') || w.ends_with('x'));
        (several && is_head_of_mission(&role)).then(|| Post::of(office, role))
    })?;
    let evidence = Evidence {
        span: lead.span,
        role: EvidenceRole::Heading,
    };
    Some((post, vec![evidence]))
}

/// The post of the holder told last, in the sentence before.
fn before(reader: &Reader<'_>, index: usize, told: &Told) -> Option<(Post, Vec<Evidence>)> {
    let last = told
        .last_of(Kind::Appointment)
        .next()
        .filter(|t| t.holds() && reader.near(index, t, 1))?;
    let same = reader.sentences.get(index).map(|s| s.block)
        == reader.sentence_at(last.statement().start).map(|s| s.block);
    let (post, from) = same
        .then(|| spoken::post(reader, index, told, None))
        .flatten()?;
    Some((post, vec![from]))
}

/// The body behind "for" before an item, or that of the key of its list ("Por Chile: …", "Du Pérou : …").
fn side_before(items: &[Item<'_>], at: usize) -> Option<usize> {
    let before = items.get(..at)?;
    let key = before.iter().rposition(|i| i.sign(':'));
    let keyed = key.and_then(|colon| {
        let key = before.get(..colon)?;
        let from = key
            .iter()
            .rposition(|i| i.sign('.') || i.sign(';'))
            .map_or(0, |i| i + 1);
        let key = key.get(from..)?;
        let led = key
            .first()
            .is_some_and(|i| i.is(Class::By) || i.is(Class::Of));
        let body = key.iter().find_map(Item::named_body)?;
        (led && key.len() < 5).then_some(body)
    });
    let said = before.iter().rev();
    let mut said = said.filter_map(|i| i.named_body().filter(|_| i.has_prep(Class::For)));
    said.next().or(keyed)
}
