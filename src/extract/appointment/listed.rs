//! Heads of mission in lists, rows and infoboxes → claims of appointments.

use super::entry::seated;
use super::remarks::{accredited, elsewhere};
use super::run::{takes_up, told_of};
use super::term::Term;
use super::{Post, claim, complete, rows, spoken};
use crate::document::BlockKind;
use crate::extract::items::{Item, ItemKind, OfficeNp, Stand};
use crate::extract::lasting::lasts;
use crate::extract::offices::{HEAD_OF_LEGATION, is_head_of_mission, is_of_government};
use crate::extract::reader::{Reader, Sentence};
use crate::fact::Claim;
use crate::language::{Class, Meaning, Rule, TriggerForm};
use crate::text::Span;

/// How many items a line has at most that is a name with its term and little else.
const LINE: usize = 12;

/// Items of a list of heads of mission: "Name (2013–2018)", "Name, 1974-1977", "Name (since 3 May 2021)".
pub(in crate::extract) fn listed(
    reader: &Reader<'_>,
    sentence: &Sentence,
    rule: &Rule,
) -> Vec<Claim> {
    let Some(first) = sentence
        .items
        .iter()
        .position(|i| i.actor().is_some_and(|a| a.name.is_some()))
    else {
        return Vec::new();
    };
    // "Ana Soto (1983), proposed; agrément refused"
    if sentence.items.iter().any(|i| i.is(Class::NotTaken)) {
        return Vec::new();
    }
    let mut above = reader.above(sentence);
    // The title of a list of heads speaks for every dated item of it.
    let dates: Vec<usize> = (0..sentence.items.len())
        .filter(|&i| {
            sentence
                .items
                .get(i)
                .is_some_and(|x| matches!(x.kind, ItemKind::Date(_)))
        })
        .collect();
    // "On 4 January 2019 the minister came to A" under "Some dates": an item that tells what somebody did lists no head of mission.
    let told = || {
        let heading = reader.heading(sentence);
        let listing = |s: &Sentence<'_>| is_open(s) || s.items.iter().any(|i| of_heads(reader, i));
        let acts = |i: &Item<'_>| {
            let mut rules = i.rules(reader.lexicon);
            i.verb == Some(TriggerForm::Finite) && !rules.any(|r| r.fact == "appointment")
        };
        sentence.items.iter().any(acts) && !heading.is_none_or(listing)
    };
    if !dates.is_empty() && !told() {
        above.extend(reader.titles());
        // "Ambassador | Appointed | Left post" over rows that name no place.
        let placed = |i: &Item<'_>| i.named_body().is_some() || i.city().is_some();
        let header = reader.block(sentence).and_then(|b| b.header);
        let header = header.filter(|_| !sentence.items.iter().any(placed));
        let header = header.and_then(|h| reader.sentences_of(h).first());
        above.splice(0..0, header);
    }
    // A line that tells of something ("… consulates at the following posts:") heads no list of persons.
    let tells = |s: &Sentence| {
        // "Its ambassadors to A reside in B:" does: the office is what it speaks of, right before the list.
        let introduces = reader.leads(s)
            && s.items.iter().find_map(Item::actor).is_some_and(|a| {
                a.name.is_none()
                    && a.office.as_ref().is_some_and(|o| {
                        let role = reader.role_name(o.role);
                        is_head_of_mission(&role) || role == "Minister" && reader.legations
                    })
            });
        !introduces
            && reader
                .block(s)
                .is_some_and(|b| !matches!(b.kind, BlockKind::Heading(_)) && b.sentences.len() > 1)
    };
    let heading = above
        .iter()
        .filter(|s| !tells(s))
        .find_map(|s| heading_role(reader, s).map(|role| (s, role)));
    // "Consuls" under "List of heads of mission of A to B": the heading farther off tells the sides.
    let farther = above.iter().filter_map(|s| heading_role(reader, s));
    let sides = farther
        .map(|(_, sending, receiving)| (sending, receiving))
        .find(|(sending, receiving)| sending.is_some() && receiving.is_some());
    // "El 49 % de las acciones, en manos de X, fue retomado en 2019": prose under the heading of a list.
    let ahead = sentence.items.get(..first).unwrap_or(&[]);
    let Some(actor) = sentence.items.get(first).and_then(Item::actor) else {
        return Vec::new();
    };
    if told_of(reader, sentence, first) {
        return Vec::new();
    }
    // "vacant | 1991 | 1994 | Ana Soto never arrived": nobody held the post; "vacant | 1991 | 1994 | Ana Soto, chargé d'affaires" did in his place.
    let vacant = ahead.iter().any(|i| i.is(Class::Vacant));
    let instead = || {
        let near = sentence
            .items
            .get(first..sentence.items.len().min(first + 3));
        let mut offices = near.unwrap_or(&[]).iter();
        let charge = |o: &OfficeNp| reader.role_name(o.role).starts_with("Chargé");
        offices.any(|i| {
            i.actor()
                .is_some_and(|a| a.office.as_ref().is_some_and(charge))
        })
    };
    let none = |i: &Item<'_>| i.is_finite() || i.is(Class::Relative);
    if ahead.iter().any(none) || vacant && !instead() {
        return Vec::new();
    }
    let Some(person) = actor.name.as_ref().and_then(|n| reader.people.find(n)) else {
        return Vec::new();
    };
    // In a list of heads of mission a bare "Minister" is a head of legation.
    let head = |office: &OfficeNp| rows::head(reader, office);
    // "Name | chargé d'affaires | 1979 | 1980", "Name, resident, 1745": the office behind the name is his.
    let row = reader.block(sentence).map(|b| b.kind) == Some(BlockKind::Row);
    let cell = || {
        let unnamed = |at: usize| {
            let item = sentence.items.get(at).filter(|_| row)?;
            let office = item.actor().filter(|a| a.name.is_none())?.office.as_ref()?;
            head(office).filter(|_| !rows::remarked(&sentence.items, at, office))
        };
        // "Chargé d'affaires | Name | 1889 | 1892": a cell of its own before the name.
        let whole = |at: &usize| {
            let opens = at.checked_sub(1).and_then(|i| sentence.items.get(i));
            opens.is_none_or(|i| i.sign('|')) && at + 2 == first
        };
        let before = (0..first).rev().filter(whole);
        let mut cells = (first + 1..sentence.items.len()).chain(before);
        cells.find_map(unnamed)
    };
    let behind = || {
        let items = &sentence.items;
        let parted = items.get(first + 1)?;
        let acts = |i: &usize| items.get(*i).is_some_and(|x| x.actor().is_some());
        let at = (first + 2..first + 4).find(acts)?;
        let office = items.get(at)?.actor().filter(|a| a.name.is_none())?;
        (parted.sign('|') || parted.sign(',')).then_some(())?;
        let office = office.office.as_ref()?;
        // "1962–1966: Ana Soto, previously consul in Arica": another post.
        head(office).filter(|_| !rows::remarked(items, at, office))
    };
    // "2–4 June 1955 – Ana Soto, President of Peru": who is listed by another office heads no mission.
    let at = first + 2;
    let apposed = sentence.items.get(at).and_then(Item::actor);
    let apposed = apposed
        .filter(|a| a.name.is_none() && sentence.items.get(at - 1).is_some_and(|x| x.sign(',')));
    let offices = [Some(actor), apposed].into_iter().flatten();
    let mut roles = offices.filter_map(|a| Some(reader.role_name(a.office.as_ref()?.role)));
    if roles.any(|role| is_of_government(&role)) {
        return Vec::new();
    }
    let now = |office: &&OfficeNp| !office.former;
    let own = actor
        .office
        .as_ref()
        .filter(now)
        .and_then(head)
        .or_else(behind)
        .or_else(cell);
    // Without a heading that lists an office, the item says the office and a mission above it the sides.
    let mut post = match (heading, &own) {
        (Some((above, (role, sending, receiving))), _) => {
            let receiving = receiving.or_else(|| accredited_to(above));
            let (sending, receiving) = match (sending, receiving, sides) {
                (None, None, Some(sides)) => sides,
                _ => (sending, receiving),
            };
            Post {
                role,
                sending,
                receiving,
                city: None,
            }
        }
        (None, Some(role)) => {
            let mission = above
                .iter()
                .flat_map(|s| &s.items)
                .filter_map(Item::mission)
                .find(|np| np.sending.is_some());
            let own = || reader.own_mission.as_ref().filter(|_| !dates.is_empty());
            let role = role.clone();
            if let Some(mission) = mission {
                let city = mission.cities.first().map(|c| c.0);
                Post {
                    role,
                    sending: mission.sending,
                    receiving: mission
                        .receiving
                        .or_else(|| city.and_then(|c| reader.state_of_city(c))),
                    city,
                }
            } else if let Some(own) = own() {
                // "1961 | Ana Soto | nuncio | 1966" in a document about the mission.
                Post {
                    role,
                    sending: Some(own.sending),
                    receiving: own.receiving,
                    city: own.city,
                }
            } else {
                return Vec::new();
            }
        }
        (None, None) => match own_head(reader, sentence) {
            Some(post) => post,
            None => return Vec::new(),
        },
    };
    let named = own.is_some();
    post.role = own.unwrap_or(post.role);
    let lead = above.iter().find(|s| takes_up(reader, &s.items));
    if let Some((lead, state)) = lead.zip(key_state(reader, sentence, first)) {
        post = sent_by(reader, lead, state, post);
    }
    seated(reader, &sentence.items, first, &mut post);
    let assumed = complete(reader, &mut post);
    if let Some(city) = above.first().and_then(|s| city_alone(s)) {
        let there = reader.state_of_city(city);
        post.city = Some(city).filter(|_| there == post.receiving).or(post.city);
    }
    post.city = residence(reader, sentence).or(post.city);
    let mut evidence = reader.heading_evidence(sentence);
    if assumed {
        evidence.extend(reader.side_evidence());
    }
    let mut turns = rows::turns(reader, sentence, first, named, &post.role);
    // "On 4 May the President received the credentials of:": from that day.
    if let ([turn], Some(lead)) = (turns.as_mut_slice(), lead)
        && turn.term.start.is_none()
        && turn.term.end.is_none()
    {
        let date = lead.items.iter().position(Item::is_date);
        turn.term = Term::read(reader, lead, date, Some("start"));
    }
    if let [turn] = turns.as_mut_slice()
        && turn.term.end.is_none()
    {
        turn.term.end =
            rows::left(reader, sentence, first).filter(|end| turn.term.start != Some(*end));
    }
    let (role, term) = turns.last().map_or_else(
        || (post.role.clone(), Term::default()),
        |turn| (turn.role.clone(), turn.term.clone()),
    );
    let last = Post {
        role,
        ..post.clone()
    };
    let mut also = accredited(reader, sentence, rule, person, (&last, &term), &evidence);
    let mention = reader.lexicon.rule("appointment.mention").unwrap_or(rule);
    also.extend(elsewhere(
        reader,
        sentence,
        mention,
        (person, first),
        &last,
        &evidence,
    ));
    let claims = turns.into_iter().filter_map(|turn| {
        let post = Post {
            role: turn.role,
            ..post.clone()
        };
        claim(
            reader,
            sentence,
            rule,
            None,
            person,
            &post,
            &turn.term,
            evidence.clone(),
        )
    });
    claims.chain(also).collect()
}

/// "Ana Soto (1951–1953)" in an article on an embassy, where what leads the list says that it is of its heads, or no more than that it is a list:
/// the post of who heads the mission.
fn own_head(reader: &Reader<'_>, sentence: &Sentence<'_>) -> Option<Post> {
    let own = reader.own_mission.as_ref()?;
    let block = reader.block(sentence)?;
    let listed = matches!(block.kind, BlockKind::Item | BlockKind::Row);
    let open = |at: &usize| reader.sentences_of(*at).iter().all(|s| is_open(s));
    let leads = |at: usize| {
        let mut words = reader.sentences_of(at).iter().flat_map(|s| &s.items);
        open(&at) || words.any(|i| of_heads(reader, i))
    };
    let label = block.label.is_none_or(leads);
    let header = block.header.is_none_or(leads);
    // What is told right before the list says of whom it is.
    let first = (0..sentence.block).rev().find(|&at| {
        let kind = reader.doc.blocks.get(at).map(|b| b.kind);
        kind.is_some_and(|k| k != block.kind && k != BlockKind::HeaderRow)
    });
    let prose = |at: &usize| {
        let kind = reader.doc.blocks.get(*at).map(|b| b.kind);
        kind == Some(BlockKind::Paragraph)
    };
    let introduced = first.filter(prose).is_none_or(leads);
    let placed = |i: &Item<'_>| i.body().is_some() || i.city().is_some() || i.mission().is_some();
    let plain = |i: &Item<'_>| {
        let named = i
            .actor()
            .is_none_or(|a| a.office.is_none() && a.name.is_some());
        named && !i.is_finite() && !placed(i)
    };
    let mut names = sentence.items.iter().filter(|i| i.actor().is_some());
    let one = names.next().is_some() && names.next().is_none();
    // "Great Fire (1953)" in a chronology is no term.
    let items = &sentence.items;
    let dated = (0..items.len()).any(|i| lasts(items, i)) || block.kind == BlockKind::Row;
    let few = sentence.items.len() <= LINE && sentence.items.iter().all(plain);
    let role = spoken::role_of(reader.lexicon.missions.get(own.kind)?)?;
    let headed = block.under.last().is_none_or(open) && label && header && introduced;
    let fits = listed && headed && one && dated && few;
    fits.then_some(Post {
        role,
        sending: Some(own.sending),
        receiving: own.receiving,
        city: own.city,
    })
}

/// Whether a heading says no more than that a list follows.
pub(in crate::extract) fn is_open(heading: &Sentence<'_>) -> bool {
    let small = |i: &Item<'_>| i.is(Class::ListHeading) || matches!(i.kind, ItemKind::Sign(_));
    heading.items.iter().all(small)
}

/// What the column of names is headed by.
const NAMES: &[&str] = &[
    "name",
    "nom",
    "nombre",
    "nom et prenom",
    "titulaire",
    "titular",
];

/// Whether a word that leads a list tells of who heads a mission: its office, words for several of them, or a verb of holding a post.
pub(in crate::extract) fn of_heads(reader: &Reader<'_>, item: &Item<'_>) -> bool {
    let mut rules = item.rules(reader.lexicon);
    item.is(Class::HeadsHeading)
        || item.is(Class::PostHead)
        || NAMES.contains(&item.folded.as_ref())
        || headed_office(reader, item).is_some()
        || rules.any(|r| r.fact == "appointment")
}

/// "Name | Residence | From": the city in the column that tells where each head of mission lived.
fn residence(reader: &Reader<'_>, sentence: &Sentence<'_>) -> Option<usize> {
    let row = reader
        .block(sentence)
        .filter(|b| b.kind == BlockKind::Row)?;
    sentence.items.iter().find_map(|item| {
        let city = item.city()?;
        let cell = row.cells.iter().find(|c| c.contains(item.span))?;
        let alone = sentence
            .items
            .iter()
            .filter(|i| cell.contains(i.span))
            .count()
            == 1;
        let head = reader.column_head(sentence, item.span)?;
        let words = reader.items_of(head);
        let told = |i: &Item<'_>| reader.lexicon.lists(Class::ResidenceColumn, &i.folded);
        (alone && words.iter().any(told)).then_some(city)
    })
}

/// "Lagos": the city that a heading is, and nothing else.
fn city_alone(heading: &Sentence<'_>) -> Option<usize> {
    let mut words = heading.items.iter();
    let city = words.next()?.city()?;
    words
        .all(|i| matches!(i.kind, ItemKind::Sign(_)))
        .then_some(city)
}

/// "Peru: Ana Soto", "Ana Soto (Peru)": the state that a line names right before or behind somebody.
fn key_state(reader: &Reader<'_>, sentence: &Sentence<'_>, first: usize) -> Option<usize> {
    let items = &sentence.items;
    let key = reader.block(sentence).and_then(|b| b.key);
    let keyed = key.and_then(|key| reader.items_of(key).iter().find_map(Item::named_body));
    let sign = |i: usize, c: char| items.get(i).is_some_and(|x| x.sign(c));
    let before = first.checked_sub(2).filter(|_| sign(first - 1, ':'));
    let behind = (sign(first + 1, '(') && sign(first + 3, ')')).then_some(first + 2);
    let named = before.or(behind).and_then(|at| items.get(at)?.named_body());
    keyed.or(named)
}

/// The post of somebody whose credentials a sentence says were received: sent by a state to the one whose head receives them.
fn sent_by(reader: &Reader<'_>, lead: &Sentence<'_>, state: usize, post: Post) -> Post {
    let index = reader.sentence_index(lead.span.start);
    let host = index.and_then(|index| {
        let named = lead.items.iter().filter(|i| i.actor().is_some());
        named.flat_map(|i| reader.who(index, i)).find_map(|w| w.of)
    });
    let city = lead.items.iter().find_map(Item::city);
    let host = host
        .or_else(|| city.and_then(|c| reader.state_of_city(c)))
        .or(post.receiving)
        .or_else(|| reader.home())
        .or_else(|| reader.other_side(state));
    Post {
        role: post.role,
        sending: Some(state),
        receiving: host.filter(|h| *h != state),
        city: None,
    }
}

/// "Its ambassadors to the Principality reside in …": the state that a heading names behind the office.
pub(super) fn accredited_to(heading: &Sentence) -> Option<usize> {
    heading
        .items
        .iter()
        .filter(|i| i.has_prep(Class::Before) || i.has_prep(Class::To))
        .find_map(Item::named_body)
}

/// "Heads of mission of Peru in Mali", "Peruvian ambassadors in Bamako": who sends and who receives those that a heading lists.
fn sides_of(reader: &Reader<'_>, heading: &Sentence<'_>) -> (Option<usize>, Option<usize>) {
    let placed = || heading.items.iter().filter(|i| i.has_prep(Class::In));
    let sending = sent_from(heading);
    let there = || placed().find_map(Item::named_body);
    let city = || reader.state_of_city(placed().find_map(Item::city)?);
    let receiving =
        accredited_to(heading).or_else(|| there().or_else(city).filter(|_| sending.is_some()));
    (sending, receiving.filter(|r| Some(*r) != sending))
}

/// "Ambassadors of Peru to France", "Peruvian ambassadors": the state that a heading names as that of the office.
fn sent_from(heading: &Sentence) -> Option<usize> {
    let of = |i: &Item<'_>| {
        i.named_body()
            .filter(|_| i.has_prep(Class::Of) && !i.has_prep(Class::To))
    };
    let own = heading.items.iter().find_map(of);
    own.or_else(|| heading.items.iter().find_map(Item::adjective))
}

/// Whether an item of a title says that a document lists heads of mission: "ambassadors of A to B".
fn names_heads(reader: &Reader<'_>, item: &Item<'_>) -> bool {
    let office = item.actor().and_then(|a| a.office.as_ref());
    office.is_some_and(|o| is_head_of_mission(&reader.role_name(o.role)))
}

/// The head of mission's office that a phrase without a name stands for, with its sides: "ambassadors of Peru", "the ministers".
pub(super) fn headed_office(
    reader: &Reader<'_>,
    item: &Item<'_>,
) -> Option<(String, Option<usize>, Option<usize>)> {
    let actor = item.actor()?;
    // "The ministers": words for several are read as two who were spoken of.
    let both = || {
        let mut words = item.folded.split(' ');
        let role = words.find_map(|w| reader.lexicon.office(w))?;
        Some(OfficeNp {
            role,
            ..OfficeNp::default()
        })
    };
    let several = (actor.stand == Some(Stand::Both)).then(both).flatten();
    let office = actor.office.as_ref().or(several.as_ref())?;
    let role = reader.role_name(office.role);
    // Where legations are spoken of, a list of ministers is one of their heads.
    let listed = || {
        reader
            .titles()
            .any(|s| s.items.iter().any(|i| names_heads(reader, i)))
    };
    let minister = role == "Minister" && (reader.legations || listed());
    let role = if minister {
        HEAD_OF_LEGATION.to_owned()
    } else {
        role
    };
    let there = office.city.and_then(|c| reader.state_of_city(c));
    is_head_of_mission(&role).then_some((role, office.of, office.to.or(there)))
}

/// The office that a heading or label lists, with its sides: "List of ambassadors of Peru to France", "Consuls general", "Heads of mission".
pub(in crate::extract) fn heading_role(
    reader: &Reader<'_>,
    heading: &Sentence<'_>,
) -> Option<(String, Option<usize>, Option<usize>)> {
    let offices = heading.items.iter();
    let offices = offices.filter_map(|item| headed_office(reader, item));
    // "Chargés d'affaires and envoys": who is not called the former in the list is the latter.
    let mut listed: Vec<_> = offices.collect();
    if listed.len() > 1 {
        listed.retain(|(role, _, _)| !role.starts_with("Chargé"));
        // "Consuls and consuls general" of a consulate general: who is not called a consul is what its heads are.
        let own = reader.own_mission.as_ref();
        let own = own.and_then(|own| reader.lexicon.missions.get(own.kind));
        let own = own.and_then(|kind| spoken::role_of(kind));
        if let Some(at) = listed
            .iter()
            .position(|(role, _, _)| own.as_ref() == Some(role))
        {
            listed.swap(0, at);
        }
    }
    // "The ambassadors of A in Lima": a phrase for several has no sides of its own.
    let sided = |(role, sending, receiving): (String, Option<usize>, Option<usize>)| {
        let (sending, receiving) = match (sending, receiving) {
            (None, None) => sides_of(reader, heading),
            sides => sides,
        };
        (role, sending, receiving)
    };
    let ranked = || rank_heading(reader, heading).map(|role| (role, None, None));
    listed
        .into_iter()
        .next()
        .map(sided)
        .or_else(ranked)
        .or_else(|| {
            let heads = |i: &Item<'_>| i.is(Class::HeadsHeading);
            heading.items.iter().any(heads).then_some(())?;
            let above = reader.above(heading);
            let mission = std::iter::once(&heading)
                .chain(&above)
                .flat_map(|s| &s.items)
                .find_map(Item::mission);
            let own = reader.own_mission.as_ref().map(|own| own.kind);
            let kind = mission.map(|np| np.kind).or(own);
            let role = kind
                .and_then(|kind| reader.lexicon.missions.get(kind))
                .and_then(|kind| spoken::role_of(kind));
            let (sending, receiving) = mission.map_or_else(
                // "List of ambassadors of A to B"
                || sides_of(reader, heading),
                |np| (np.sending, np.receiving),
            );
            Some((
                role.unwrap_or_else(|| "Ambassador".to_owned()),
                sending,
                receiving,
            ))
        })
}

/// "Ministers", "Legation" under "Heads of mission": the role that a heading of nothing else gives those whom it lists.
fn rank_heading(reader: &Reader<'_>, heading: &Sentence<'_>) -> Option<String> {
    let mut named = heading
        .items
        .iter()
        .filter(|i| !matches!(i.kind, ItemKind::Sign(_)));
    let (word, None) = (named.next()?, named.next()) else {
        return None;
    };
    let above = reader.above(heading);
    let of_heads = |i: &Item<'_>| i.is(Class::HeadsHeading) || headed_office(reader, i).is_some();
    above
        .iter()
        .flat_map(|s| &s.items)
        .any(of_heads)
        .then_some(())?;
    if let Some(np) = word.mission() {
        let bare = np.sending.is_none() && np.receiving.is_none() && np.cities.is_empty();
        return spoken::role_of(reader.lexicon.missions.get(np.kind)?).filter(|_| bare);
    }
    let mut words = word.folded.split(' ');
    let office = words.find_map(|w| reader.lexicon.office(w))?;
    (reader.role_name(office) == "Minister").then(|| HEAD_OF_LEGATION.to_owned())
}

/// The head of mission's office that the key of an entry names.
pub(super) fn key_role(reader: &Reader<'_>, key: Span) -> Option<String> {
    reader
        .lexicon
        .meanings(key.of(&reader.doc.text))
        .into_iter()
        .find_map(|m| {
            if let Meaning::Office(i) = m {
                Some(reader.role_name(i))
            } else {
                None
            }
        })
        .filter(|role| is_head_of_mission(role))
}
