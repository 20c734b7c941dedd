//! One head of mission after another: whose post begins and whose ends, and when.

use super::listed::key_role;
use super::term::Term;
use super::{Post, claim, complete, held, spoken};
use crate::extract::dates::Bound;
use crate::extract::frame::Frame;
use crate::extract::items::{Item, ItemKind, Stand, bracketed, date_among, own_date};
use crate::extract::lasting::lasts;
use crate::extract::offices::is_head_of_mission;
use crate::extract::reader::{Dated, Reader, Sentence, Who};
use crate::extract::told::Told;
use crate::fact::{Claim, Edtf, Evidence, Kind, Slot};
use crate::language::{Class, Lang, Rule};

/// How many items behind a verb of succession he stands at most who comes.
const BEHIND: usize = 9;

/// "X, auquel succéda en 1903 Y": the one right before a verb that begins with a relative, and the one named behind it, each with his item.
fn relative(
    reader: &Reader<'_>,
    index: usize,
    items: &[Item<'_>],
    rule: &Rule,
    frame: &Frame,
) -> Option<((Who, usize), (Who, usize))> {
    let words = rule.set.get("relative")?;
    let verb = items.get(frame.at)?;
    words
        .split('|')
        .any(|w| verb.folded.starts_with(w))
        .then_some(())?;
    let who = |i: usize| {
        let item = items.get(i)?;
        item.actor()?.name.as_ref()?;
        let who = reader.who(index, item).into_iter().next()?;
        who.person.is_some().then_some((who, i))
    };
    let before = (0..frame.at).rev().find_map(who)?;
    let after = (frame.at + 1..items.len()).find_map(who)?;
    Some((before, after))
}

/// "gave way to the first ambassador, X": the one named between commas behind an office without a name.
fn apposed(items: &[Item<'_>], at: usize) -> Option<usize> {
    let office = items.get(at)?.actor().filter(|a| a.name.is_none())?;
    office.office.as_ref()?;
    items.get(at + 1).filter(|i| i.sign(','))?;
    let honorific = |i: usize| {
        items
            .get(i)
            .is_some_and(|x| x.is(Class::Honorific) || x.sign('.'))
    };
    let named = (at + 2..at + 5).find(|&i| !honorific(i))?;
    let bare = items.get(named)?.actor()?;
    (bare.name.is_some() && bare.office.is_none()).then_some(named)
}

/// "Lo relevó X", "le succéda, en 1988, X": the one named behind a verb whose pronoun stands for the one before, with his item.
fn behind(
    reader: &Reader<'_>,
    index: usize,
    items: &[Item<'_>],
    rule: &Rule,
    frame: &Frame,
) -> Option<(Who, usize)> {
    let him = rule.set.get("predecessor").is_some_and(|p| p == "spoken");
    let english = reader.lexicon.lang == Lang::En;
    // "X lo relevó": the subject stands before it.
    let led = frame.at.checked_sub(1).and_then(|i| items.get(i));
    let subject = led.is_some_and(|i| i.actor().is_some() || i.is(Class::Relative) || i.sign(','));
    (him && !english && !subject).then_some(())?;
    let small = |i: &Item<'_>| {
        i.is_date()
            || i.sign(',')
            || matches!(i.kind, ItemKind::Word)
                && [Class::In, Class::Honorific, Class::Article, Class::As]
                    .iter()
                    .any(|c| i.is(*c))
    };
    let at = (frame.at + 1..items.len().min(frame.at + BEHIND))
        .find(|&i| items.get(i).is_some_and(|x| !small(x)))?;
    // "Lo relevó como encargado de negocios X"
    let item = items.get(at);
    let item = item.filter(|i| i.prep.is_empty() || i.has_prep(Class::As))?;
    item.actor()?.name.as_ref()?;
    let who = reader.who(index, item).into_iter().next()?;
    who.person.is_some().then_some((who, at))
}

/// "She succeeded Y, in post from 2016 to 2020": the term told of somebody between commas behind his name.
fn in_post(reader: &Reader<'_>, items: &[Item<'_>], at: usize) -> Option<usize> {
    let serves = |i: &Item<'_>| i.rules(reader.lexicon).any(|r| r.id.ends_with(".served"));
    items.get(at + 1).filter(|i| i.sign(','))?;
    let behind = items.get(at + 2..items.len().min(at + 8))?;
    let near = behind
        .iter()
        .take_while(|i| !(i.sign(';') || i.actor().is_some()));
    let date = near.clone().position(Item::is_date)?;
    // "died in office in 2004 and was succeeded by X": when he died, not since when he was there.
    let acts = |i: &Item<'_>| i.is_finite() && !i.is(Class::PostPlaced);
    let placed = near.clone().any(|i| i.is(Class::PostPlaced));
    let placed = placed && !near.clone().take(date).any(acts);
    // "who was in Lima from 2016 to 2020"
    let stayed = || {
        let mut clause = near.clone().take(date);
        let relative = clause.next().is_some_and(|i| i.is(Class::Relative));
        relative && clause.any(|i| i.is(Class::Be) || serves(i)) && lasts(items, at + 2 + date)
    };
    (placed || stayed()).then_some(at + 2 + date)
}

/// "X succeeded Y in 2022": X's post begins and Y's ends that day; the post is what either is said to hold.
pub(super) fn succession(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    rule: &Rule,
    frame: &Frame,
    earlier: &Told,
) -> Vec<Claim> {
    let items = &sentence.items;
    // "S'y sont succédé A et B": one after the other, whoever was first.
    let led = items
        .get(frame.at.saturating_sub(3)..frame.at)
        .unwrap_or(&[]);
    let unless = rule.set.get("unless");
    let each_other = |i: &Item<'_>| unless.is_some_and(|u| u.split('|').any(|w| i.folded == w));
    if led.iter().any(each_other) {
        return Vec::new();
    }
    let people = |role: &str| -> Vec<(Who, usize)> {
        frame
            .role(items, rule, role)
            .into_iter()
            .map(|i| apposed(items, i).unwrap_or(i))
            .filter(|&i| {
                items
                    .get(i)
                    .and_then(Item::actor)
                    .is_some_and(|a| a.name.is_some() || a.stand == Some(Stand::He))
            })
            .filter_map(|i| Some((reader.who(index, items.get(i)?).into_iter().next()?, i)))
            .filter(|(who, _)| who.person.is_some())
            .collect()
    };
    // "X handed over the legation to Y": what is handed over must be a post.
    let (mut holders, mut befores) = (people("holder"), people("predecessor"));
    if let Some((before, after)) = relative(reader, index, items, rule, frame) {
        (holders, befores) = (vec![after], vec![before]);
    }
    if let Some(after) = behind(reader, index, items, rule, frame) {
        holders = vec![after];
    }
    let held = |who: &Who| spoken::held(reader, earlier, who.person).is_some();
    // "She handed over in 2018 to X": nothing is said, but she had the post.
    let unsaid = || frame.object.is_empty() && befores.first().is_some_and(|(who, _)| held(who));
    if rule.args.values().any(|v| v == "post") && !passes(sentence, rule, frame) && !unsaid() {
        return Vec::new();
    }
    let Some((holder, first_at)) = holders.first().cloned() else {
        return Vec::new();
    };
    let before = befores.first().cloned();
    // "X followed in 1990": nobody is said to go, right behind the holder before.
    let follows = || {
        let plain = !frame.passive && frame.object.is_empty() && frame.date.is_some();
        let mut told = earlier.last_of(Kind::Appointment);
        plain
            && told
                .next()
                .is_some_and(|c| c.holds() && reader.near(index, c, 1))
    };
    // "After him came X": whose place it is only the text before tells.
    let spoken = rule.set.get("post").is_some_and(|p| p == "spoken");
    // "Se marchó en 1993 y fue reemplazada por X": the verb has no subject, and the sentence has told of the one before.
    let replaced = || {
        let him = rule.args.get("subject").is_some_and(|s| s == "predecessor");
        let mut here = earlier.here(Kind::Appointment, sentence.span);
        him && frame.subject.is_empty() && here.any(|c| c.holds())
    };
    if before.is_none() && !spoken && !follows() && !replaced() {
        return Vec::new();
    }
    // "whom X followed in 1986", "X succeeded him": the one before is the holder told last.
    let before = before.or_else(|| {
        let him = rule.set.get("predecessor").is_some_and(|p| p == "spoken");
        // "The ambassador was X; Y succeeded him in 2018"
        let other = holder.person.filter(|_| him);
        if let Some(here) =
            other.and_then(|but| holder_before(reader, index, sentence, (frame.at, but), earlier))
        {
            return Some((here, first_at));
        }
        let last = him.then(|| earlier.last_of(Kind::Appointment).next())??;
        let near = last.holds() && reader.near(index, last, 1) && !last.fact.has(Slot::End);
        let person = reader.people.find(&last.fact.text(Slot::Person))?;
        let who = Who {
            person: Some(person),
            ..Who::default()
        };
        (near && holder.person != Some(person)).then_some((who, first_at))
    });
    let places: Vec<usize> = holders.iter().map(|(_, i)| *i).collect();
    // "He succeeded Y (2014–2018)": the years in brackets are those of Y.
    let own = before
        .as_ref()
        .filter(|(_, at)| *at != first_at)
        .and_then(|(_, at)| own_date(items, *at))
        .filter(|&d| d > 0 && items.get(d - 1).is_some_and(|i| i.sign('(')));
    let placed = before
        .as_ref()
        .and_then(|(_, at)| in_post(reader, items, *at));
    let own = own.or(placed);
    let date = date_among(items, &places, first_at, frame.date);
    let own = own.or_else(|| date.filter(|d| beside_other(items, *d, first_at)));
    // "X, ambassador from 2005 to 2010, was replaced by Y": the years between him and the verb are those of X.
    let own = own.or_else(|| {
        let (_, at) = before.as_ref()?;
        let years = date.filter(|d| (*at + 1..frame.at).contains(d))?;
        let term = reader.date(sentence, Some(years)).date?;
        (term.interval && term.end.is_some()).then_some(years)
    });
    // "appointed in 2001, replacing Y, in post since 1997": since then it was Y, who left when the other came.
    let since = before.as_ref().and_then(|(_, at)| {
        let found = date.filter(|d| d > at && *at > frame.at)?;
        (reader.date(sentence, Some(found)).bound == Bound::Since).then_some(found)
    });
    let came = || items.get(..frame.at)?.iter().rposition(Item::is_date);
    let (own, date) = match since {
        Some(since) => (Some(since), came()),
        None => (own, date),
    };
    let dated = if since.is_none() && own.is_some() && (own == frame.date || own == date) {
        Dated::default()
    } else {
        reader.date(sentence, date)
    };
    let dated = at_its_end(items, date, frame.at, dated);
    // "X stayed until April 2023; Y succeeded him": the one comes when the other goes.
    let left = before.as_ref().filter(|_| dated.date.is_none());
    let term = own.map(|d| Term::of(&reader.date(sentence, Some(d)), None));
    let left = left.and_then(|(who, _)| {
        // "She has headed it since 2019. Her predecessor was X, in post from 2014 to 2018": his end is not her beginning.
        let begun = placed.is_some() && has_begun(reader, earlier, holder.person);
        let own = term.as_ref().filter(|_| !begun).and_then(|t| t.end);
        own.or_else(|| end_of(reader, earlier, who.person?))
    });
    // "X stayed until 1989; Y succeeded him": of whom the text has told when he went, nothing more is told than that.
    let left = left.or_else(|| {
        let him = rule.set.get("predecessor").is_some_and(|p| p == "spoken");
        let open = him && before.is_none() && dated.date.is_none();
        let last = earlier.last_of(Kind::Appointment).next().filter(|_| open)?;
        let other = reader.people.find(&last.fact.text(Slot::Person)) != holder.person;
        let gone = last.holds() && other && reader.near(index, last, 1);
        last.fact.date(Slot::End).copied().filter(|_| gone)
    });
    let pair: Vec<&(Who, usize)> = holders.iter().take(1).chain(&before).collect();
    let Some((mut post, from)) = post(reader, index, sentence, rule, frame, earlier, &pair) else {
        return Vec::new();
    };
    let mut evidence: Vec<Evidence> = pair
        .iter()
        .flat_map(|(who, _)| who.evidence.iter().copied())
        .chain(from)
        .collect();
    if complete(reader, &mut post) {
        evidence.extend(reader.side_evidence());
    }
    // "He was followed by A in 1512 and by B in 1516": the others each at a date of their own.
    let others = holders.iter().skip(1).map(|(who, at)| {
        let own = own_date(items, *at).map(|d| reader.date(sentence, Some(d)));
        (who.clone(), Slot::Start, own.unwrap_or_default())
    });
    let ended = before.map(|(who, _)| (who, Slot::End, dated.clone()));
    let mut claims = Vec::new();
    for (who, slot, dated) in std::iter::once((holder, Slot::Start, dated))
        .chain(ended)
        .chain(others)
    {
        let Some(person) = who.person else { continue };
        // "He stayed until 1911. Two years later he was succeeded by X": his post had ended before.
        if slot == Slot::End && term.is_none() && has_ended(reader, sentence, earlier, person) {
            continue;
        }
        let whole = match (&term, slot) {
            (Some(term), Slot::End) => {
                let end = Term::of(&dated, Some("end"))
                    .end
                    .filter(|_| since.is_some());
                Term {
                    end: term.end.or(end),
                    ..term.clone()
                }
            }
            (_, Slot::End) => Term::of(&at_once(&dated), Some("end")),
            // "Le sucedió X, hasta 1799": behind the verb it is the end of who succeeds.
            _ if dated.bound == Bound::Until && frame.date > Some(frame.at) => {
                Term::of(&dated, None)
            }
            _ => Term::of(&dated, Some("start")),
        };
        let mut whole = whole;
        if slot == Slot::Start && whole.start.is_none() {
            whole.start = left;
        }
        // "The chargé d'affaires X was replaced by Ambassador Y": each in his own office.
        let held = spoken::held(reader, earlier, Some(person)).map(|held| held.role);
        let role = who.role.clone().filter(|r| is_head_of_mission(r));
        let role = held.or(role).unwrap_or_else(|| post.role.clone());
        let post = Post {
            role,
            ..post.clone()
        };
        claims.extend(claim(
            reader,
            sentence,
            rule,
            Some(frame),
            person,
            &post,
            &whole,
            evidence.clone(),
        ));
    }
    claims
}

/// "served from 1961 to 1964, when he was replaced by X", "and was succeeded by X": the end of the years that stand before such a word.
fn at_its_end(items: &[Item<'_>], date: Option<usize>, verb: usize, dated: Dated) -> Dated {
    // "X (2013–2016), then Y followed him": the years of X.
    let beside = date.is_some_and(|d| bracketed(items, d));
    let between = date.and_then(|d| items.get(d..verb)).unwrap_or(&[]);
    let joined = between
        .iter()
        .any(|i| i.is(Class::When) || i.is(Class::And));
    let end = dated.date.filter(|d| d.interval).and_then(|d| d.end);
    match end.filter(|_| joined && !beside) {
        Some(end) => Dated {
            date: Some(Edtf::on(end)),
            ..dated
        },
        None => dated,
    }
}

/// "le siguió X (1997-2001)": of years that tell how long somebody stayed who came, the day on which he did.
fn at_once(dated: &Dated) -> Dated {
    let came = dated.date.filter(|d| d.interval).and_then(|d| d.start);
    Dated {
        date: came.map(Edtf::on).or(dated.date),
        ..dated.clone()
    }
}

/// When the post of somebody was told to have ended.
fn end_of(reader: &Reader<'_>, earlier: &Told, person: usize) -> Option<Edtf> {
    let name = reader.person_value(person)?.text();
    let mut told = earlier
        .last_about(Kind::Appointment, &name)
        .filter(|c| c.holds());
    told.find_map(|c| c.fact.date(Slot::End).copied())
}

/// Whether the text has told when somebody's post began.
fn has_begun(reader: &Reader<'_>, earlier: &Told, person: Option<usize>) -> bool {
    let name = person
        .and_then(|p| reader.person_value(p))
        .map(|value| value.text());
    name.is_some_and(|name| {
        let mut told = earlier.last_about(Kind::Appointment, &name);
        told.any(|c| c.holds() && c.fact.has(Slot::Start))
    })
}

/// Whether somebody's post was told to have ended in a sentence before this one.
fn has_ended(reader: &Reader<'_>, sentence: &Sentence<'_>, earlier: &Told, person: usize) -> bool {
    let name = reader.person_value(person).map(|value| value.text());
    name.is_some_and(|name| {
        let mut told = earlier.last_about(Kind::Appointment, &name);
        told.find(|c| c.holds() && c.statement() != sentence.span)
            .is_some_and(|c| c.fact.has(Slot::End))
    })
}

/// Whether what a frame says is handed over is a mission or the post of its head.
fn passes(sentence: &Sentence<'_>, rule: &Rule, frame: &Frame) -> bool {
    let items = &sentence.items;
    let (_, end) = frame.clause;
    let mission = frame
        .role(items, rule, "post")
        .iter()
        .any(|&i| items.get(i).is_some_and(|x| x.mission().is_some()));
    let behind = items.get(frame.at + 1..end).unwrap_or(&[]);
    let post = |i: &Item<'_>| i.is(Class::MissionIt) && i.actor().is_none();
    mission || behind.iter().take_while(|i| i.actor().is_none()).any(post)
}

/// Whom the sentence names last before an item, the person `but` aside, if it tells that he holds a post.
fn holder_before(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    (before, but): (usize, usize),
    earlier: &Told,
) -> Option<Who> {
    let named = |i: &Item<'_>| reader.people.find(i.actor()?.name.as_ref()?);
    let names = sentence.items.get(..before)?.iter().rev();
    let person = names.filter_map(named).find(|person| *person != but)?;
    held::post_in(reader, sentence, person)
        .or_else(|| headed_here(reader, index, sentence, person, before, earlier))?;
    Some(Who {
        person: Some(person),
        ..Who::default()
    })
}

/// The post of somebody of whom the sentence says before an item that he heads a mission.
fn headed_here(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    person: usize,
    before: usize,
    earlier: &Told,
) -> Option<Post> {
    (0..before).find_map(|at| {
        let (found, post, _) = spoken::heads(reader, index, sentence, at, earlier)?;
        (found == person).then_some(post)
    })
}

/// Whether a date stands in brackets behind somebody else than the holder at an item.
fn beside_other(items: &[Item<'_>], date: usize, holder: usize) -> bool {
    let open = date
        .checked_sub(1)
        .filter(|&i| items.get(i).is_some_and(|x| x.sign('(')));
    let before = open.and_then(|i| i.checked_sub(1)).filter(|i| *i != holder);
    let before = before.and_then(|i| items.get(i)?.actor());
    before.is_some_and(|a| a.name.is_some())
}

/// The post that passes from one to the other: said behind "as", said of either, that of a key, held before by either, or the one spoken of.
fn post(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    rule: &Rule,
    frame: &Frame,
    earlier: &Told,
    pair: &[&(Who, usize)],
) -> Option<(Post, Vec<Evidence>)> {
    let items = &sentence.items;
    // "by X, a former consul in Quito": of what he was before, not where he comes.
    let former = items.iter().skip(frame.at).position(|i| {
        let office = i.actor().and_then(|a| a.office.as_ref());
        i.is(Class::Former) || office.is_some_and(|o| o.former)
    });
    let former = former.map_or(items.len(), |n| frame.at + n);
    let place = frame.phrases.iter().find_map(|&i| {
        let item = items.get(i).filter(|_| i < former)?;
        item.city().filter(|_| item.has_prep(Class::In))
    });
    let own = |(who, at): &(Who, usize)| {
        let role = who.role.clone().filter(|r| is_head_of_mission(r))?;
        let office = items.get(*at)?.actor().and_then(|a| a.office.as_ref());
        // "Chargé d'affaires X was made ambassador. He was replaced by Y": what he was told to be last.
        let last = spoken::held(reader, earlier, who.person).filter(|_| office.is_none());
        if let Some(last) = last {
            return Some(last);
        }
        Some(Post {
            role,
            sending: who.of,
            receiving: office.and_then(|o| o.to),
            city: office.and_then(|o| o.city),
        })
    };
    // "succeeded Y as ambassador in Lima", "as Prime Minister", "in the post of ambassador".
    let in_post = |at: usize| {
        let before = items.get(at.saturating_sub(3)..at).unwrap_or(&[]);
        before
            .iter()
            .any(|i| i.is(Class::PostNoun) || i.is(Class::DatePresent))
    };
    let office_as = items
        .iter()
        .enumerate()
        .skip(frame.at)
        .filter(|(at, i)| i.has_prep(Class::As) || i.has_prep(Class::Of) && in_post(*at))
        .find_map(|(_, i)| i.actor().filter(|a| a.name.is_none())?.office.as_ref());
    let said_as = match office_as.map(|o| (o, reader.role_name(o.role))) {
        Some((office, role)) if is_head_of_mission(&role) => Some(Post::of(office, role)),
        Some(_) => return None,
        None => None,
    };
    let said = pair.iter().find_map(|one| own(one));
    let said = match (said_as, said) {
        (Some(here), Some(own)) if here.role == own.role => Some(here.or(&own)),
        (here, own) => here.or(own),
    };
    let keyed = || {
        let key = reader.block(sentence)?.key?;
        Some(Post {
            role: key_role(reader, key)?,
            sending: reader.heading_side(sentence),
            ..Post::default()
        })
    };
    let held = || {
        pair.iter()
            .rev()
            .find_map(|(who, _)| spoken::held(reader, earlier, who.person))
    };
    // "opened under X, who was succeeded by Y": what the sentence itself tells of the one before.
    let here = || {
        let told = |(who, _): &&(Who, usize)| {
            let person = who.person?;
            held::post_in(reader, sentence, person)
                .or_else(|| headed_here(reader, index, sentence, person, frame.at, earlier))
        };
        pair.iter().rev().find_map(told)
    };
    // "X replaced Y at the head of the embassy of Peru"
    let at_head = || {
        let last = pair.iter().map(|(_, at)| *at).max()?.max(frame.at);
        let behind = items.get(last + 1..frame.clause.1)?;
        let mut near = behind
            .iter()
            .take(7)
            .take_while(|i| !(i.is_finite() || i.sign(',')));
        let np = near.find_map(Item::mission)?;
        let post = spoken::headed(reader, np).filter(|post| !post.bare())?;
        Some(post).filter(|_| pair.len() == 2)
    };
    if let Some(mut post) = said
        .or_else(keyed)
        .or_else(held)
        .or_else(here)
        .or_else(at_head)
    {
        post.city = post.city.or(place);
        return Some((post, Vec::new()));
    }
    // "X handed over the legation to Y".
    let passed = frame.role(items, rule, "post");
    if let Some(np) = passed.iter().find_map(|&i| items.get(i)?.mission())
        && let Some(post) = spoken::headed(reader, np)
    {
        if !post.bare() {
            return Some((post, Vec::new()));
        }
        let (told, from) = spoken::post(reader, index, earlier, Some(&post.role))?;
        return Some((
            Post {
                role: post.role,
                ..told
            },
            vec![from],
        ));
    }
    let other = pair
        .iter()
        .any(|(who, _)| who.role.as_ref().is_some_and(|r| !is_head_of_mission(r)));
    let alone = pair.len() == 1;
    let may = !other && (alone || rule.set.get("post").is_some_and(|p| p == "spoken"));
    let (post, from) = may
        .then(|| spoken::post(reader, index, earlier, None))
        .flatten()?;
    Some((post, vec![from]))
}
