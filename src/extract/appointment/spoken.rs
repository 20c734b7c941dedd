//! Posts that the text has been speaking of: "its head, X", "the first consul was X", "he was followed by Y".

use super::Post;
use crate::extract::items::{Item, ItemKind, MissionNp};
use crate::extract::offices::{HEAD_OF_LEGATION, is_consular, is_head_of_mission};
use crate::extract::reader::{Reader, Sentence};
use crate::extract::told::{Told, covers};
use crate::fact::{Claim, Evidence, EvidenceRole, Fact, Kind, Slot, Value};
use crate::language::{Class, TriggerForm};

/// How many sentences back a post may have been spoken of.
const REACH: usize = 4;

/// The role of who heads a mission of which no kind is told.
pub(super) const HEAD_OF_MISSION: &str = "Head of Mission";

/// The role of who heads a mission of each kind.
const HEADS: &[(&str, &str)] = &[
    ("embassy", "Ambassador"),
    ("legation", HEAD_OF_LEGATION),
    ("consulate general", "Consul General"),
    ("consulate", "Consul"),
    ("honorary consulate", "Honorary Consul"),
    ("vice consulate", "Vice Consul"),
    ("high commission", "High Commissioner"),
    ("apostolic nunciature", "Apostolic Nuncio"),
    ("permanent mission", "Permanent Representative"),
    ("consular agency", "Consular Agent"),
    ("mission", HEAD_OF_MISSION),
    ("legation", "Minister Resident"),
    ("legation", "Minister Plenipotentiary"),
];

/// The post whose sides and seat a claim gives.
pub(in crate::extract) fn post_in(reader: &Reader<'_>, fact: &Fact, role: String) -> Post {
    Post {
        role,
        sending: reader.body_in(fact, Slot::Sending),
        receiving: reader.body_in(fact, Slot::Receiving),
        city: reader.city_in(fact, Slot::City),
    }
}

/// The post of who heads the mission that a claim tells of; one that covers other states too stands where its city is.
fn post_of(reader: &Reader<'_>, claim: &Claim, role: String) -> Option<Post> {
    let post = post_in(reader, &claim.fact, role);
    // Between the sides that the document is about it is that accreditation that it goes on to speak of.
    let between = [post.sending, post.receiving]
        .iter()
        .all(|s| s.is_some_and(|s| reader.is_side(s)));
    if !covers(claim) || between && reader.paired {
        return Some(post);
    }
    let receiving = Some(reader.state_of_city(post.city?)?);
    Some(Post { receiving, ..post })
}

fn antecedent(claim: &Claim) -> Evidence {
    Evidence {
        span: claim.statement(),
        role: EvidenceRole::Antecedent,
    }
}

/// The role of who heads a mission of a kind.
pub(in crate::extract) fn role_of(kind: &str) -> Option<String> {
    HEADS
        .iter()
        .find(|(k, _)| *k == kind)
        .map(|(_, role)| (*role).to_owned())
}

/// The kind of mission that the holder of a role, as facts give it, heads.
pub(in crate::extract) fn headed_kind(role: &str) -> Option<&'static str> {
    let role = inward(role);
    HEADS
        .iter()
        .find(|(_, head)| *head == role)
        .map(|(kind, _)| *kind)
}

/// The post of who heads a mission as a noun phrase.
pub(in crate::extract) fn headed(reader: &Reader<'_>, np: &MissionNp) -> Option<Post> {
    Some(Post {
        role: role_of(reader.lexicon.missions.get(np.kind)?)?,
        sending: np.sending,
        receiving: np.receiving,
        city: np.cities.first().map(|c| c.0),
    })
}

/// The post that the text last spoke of, if a role is given one that fits it: that of the mission told last, or of the last holder.
pub(super) fn post(
    reader: &Reader<'_>,
    index: usize,
    earlier: &Told,
    role: Option<&str>,
) -> Option<(Post, Evidence)> {
    let told = || {
        let near = earlier.iter().rev();
        let near = near.take_while(|c| reader.near(index, c, REACH));
        let near =
            near.filter(|c| c.holds() && c.fact.has(Slot::Sending) && c.fact.has(Slot::Receiving));
        // "Peru was covered from A until 1971, when it opened an embassy in B": the text goes on with the latter.
        let resident = |c: &Claim| {
            let mut beside = earlier.here(Kind::Mission, c.statement());
            let ended = role.is_none() || c.fact.has(Slot::Closed);
            covers(c)
                && ended
                && beside.any(|b| b.holds() && b.fact.has(Slot::Opened) && !covers(b))
        };
        near.filter(move |c| !resident(c))
    };
    let named = |claim: &Claim| {
        let own = match claim.fact.kind {
            Kind::Mission => role_of(&claim.fact.text(Slot::Kind))?,
            Kind::Appointment => match claim.fact.get(Slot::Role) {
                Some(Value::Office(office)) => inward(&office.role),
                _ => return None,
            },
            Kind::Visit
            | Kind::Treaty
            | Kind::MissionEvent
            | Kind::Relations
            | Kind::Membership
            | Kind::Meeting
            | Kind::Observation => return None,
        };
        let fits = role.is_none_or(|r| is_consular(r) == is_consular(&own));
        let role = role.map_or(own, str::to_owned);
        let post = fits.then(|| post_of(reader, claim, role)).flatten()?;
        Some((post, antecedent(claim)))
    };
    // An office without any place is one between the sides that the document is about, rather than of whoever was accredited elsewhere.
    let between = |post: &Post| {
        [post.sending, post.receiving]
            .iter()
            .all(|s| s.is_some_and(|s| reader.is_side(s)))
    };
    role.and_then(|_| told().filter_map(named).find(|(post, _)| between(post)))
        .or_else(|| told().find_map(named))
        .or_else(|| own(reader, role))
}

/// The post of who heads the mission that the document is about.
pub(super) fn own(reader: &Reader<'_>, role: Option<&str>) -> Option<(Post, Evidence)> {
    let own = reader.own_mission.as_ref()?;
    let head = role_of(reader.lexicon.missions.get(own.kind)?)?;
    let fits = role.is_none_or(|r| is_consular(r) == is_consular(&head));
    let post = Post {
        role: role.map_or(head, str::to_owned),
        sending: Some(own.sending),
        receiving: own.receiving,
        city: own.city,
    };
    let evidence = Evidence {
        span: own.span,
        role: EvidenceRole::Context,
    };
    fits.then_some((post, evidence))
}

/// A role as facts give it → as the engine knows it.
fn inward(role: &str) -> String {
    let own = if role == "Minister" {
        HEAD_OF_LEGATION
    } else {
        role
    };
    own.to_owned()
}

/// The post that a person was told to hold before.
pub(super) fn held(reader: &Reader<'_>, earlier: &Told, person: Option<usize>) -> Option<Post> {
    let person = reader.person_value(person?)?;
    let name = person.text();
    let mut told = earlier
        .last_about(Kind::Appointment, &name)
        .filter(|c| c.holds());
    let last = told.next()?;
    // "X, hitherto consul in A, took charge of the embassy in B": what the sentence tells of him, not what it only calls him.
    let called = |c: &&Claim| c.rule.ends_with(".mention");
    let beside = || told.find(|c| c.statement() == last.statement() && !called(c));
    let told = Some(last)
        .filter(|c| !called(c))
        .or_else(beside)
        .unwrap_or(last);
    let role = match told.fact.get(Slot::Role) {
        Some(Value::Office(office)) => inward(&office.role),
        _ => return None,
    };
    Some(post_in(reader, &told.fact, role))
}

/// "headed by X", "under X", "its head, X" behind a mission: X heads it; with the date on which it was opened, where the same sentence
/// tells that.
pub(super) fn heads(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    at: usize,
    told: &Told,
) -> Option<(usize, Post, Option<Value>)> {
    let items = &sentence.items;
    let actor = items.get(at)?.actor()?;
    let name = actor.name.as_ref()?;
    // "with X at its head": the words stand behind.
    let behind = items.get(at + 1).filter(|i| i.is(Class::MissionHead));
    let behind = behind.filter(|_| items.get(at).is_some_and(|i| i.has_prep(Class::With)));
    let trade = profession(items, at);
    let ahead = || {
        (at.saturating_sub(9)..at).rev().find(|&i| {
            items.get(i).is_some_and(|x| {
                !(x.sign(',')
                    || x.mission().is_some()
                    || x.is(Class::Of)
                    || x.is(Class::MissionIt)
                    || x.is(Class::Have)
                    || x.is(Class::Article)
                    || x.is(Class::Be)
                    || x.is(Class::Honorific)
                    || trade.is_some_and(|first| first <= i)
                    || x.is(Class::PostPlaced)
                    || x.is(Class::Temporal)
                    || x.is(Class::Opener)
                    || x.is(Class::In)
                    || x.city().is_some() && x.has_prep(Class::In)
                    || matches!(x.kind, ItemKind::Date(_)))
            })
        })
    };
    // "X, its first head, …": the noun in apposition.
    let apposed = apposed_noun(items, at);
    let lead = behind.map(|_| at + 1).or(apposed).or_else(ahead)?;
    let noun = apposed.is_some() || behind.is_none() && head_noun(items, lead, at);
    (noun || items.get(lead)?.is(Class::MissionHead)).then_some(())?;
    // "The festival was headed by X": only of what is a mission, or of nothing else.
    let be = lead.checked_sub(1).and_then(|i| items.get(i));
    let be = be.filter(|_| apposed.is_none());
    let said = be.is_some_and(|i| i.is(Class::Be) || i.is(Class::Have));
    let spoken = |i: &Item<'_>| i.mission().is_some() || i.is(Class::MissionIt);
    if said && !items.get(..lead)?.iter().any(spoken) {
        return None;
    }
    let person = reader.people.find(name)?;
    // "Under X, the consul until 1970, vice-consulates were opened": not that he headed these.
    let opens = lead == 0 && items.iter().take(at).all(|i| i.mission().is_none());
    let known = || {
        let name = reader.person_value(person).map(|p| p.text());
        let earlier = name.and_then(|n| {
            let mut told = told.last_about(Kind::Appointment, &n);
            told.find(|c| c.statement().end <= sentence.span.start)
        });
        earlier.is_some()
    };
    if opens && known() {
        return None;
    }
    // Of an office of state ("under President X") nothing heads a mission.
    let office = actor.office.as_ref().map(|o| reader.role_name(o.role));
    // "opened in 1979 under X as chargé d'affaires"
    let office = office.or_else(|| {
        let behind = items.get(at + 1..items.len().min(at + 4))?.iter();
        let mut behind = behind.skip_while(|i| i.is(Class::As) && !i.is_np());
        let named = behind.next().filter(|i| i.has_prep(Class::As))?.actor()?;
        let office = named.office.as_ref().filter(|_| named.name.is_none())?;
        Some(reader.role_name(office.role))
    });
    // "A legation was opened under the minister X".
    let minister = |role: &String| role == "Minister" && reader.legations;
    let office = match office {
        Some(role) if minister(&role) => Some(HEAD_OF_LEGATION.to_owned()),
        other => other,
    };
    office
        .as_ref()
        .is_none_or(|role| is_head_of_mission(role))
        .then_some(())?;
    // "Al frente de la embajada está X": the mission stands between.
    let between = items
        .get(lead.min(at)..at)
        .and_then(|x| x.iter().find_map(Item::mission));
    if let Some(np) = between
        && let Some(post) = headed(reader, np)
        && (np.sending.is_some() || np.receiving.is_some() || !np.cities.is_empty())
    {
        let role = office.clone().unwrap_or_else(|| post.role.clone());
        return Some((person, Post { role, ..post }, None));
    }
    // "Its head of mission in A is X": the seat stands between.
    let seat = items.get(lead.min(at)..at).unwrap_or(&[]).iter();
    let seat = seat.filter(|i| i.has_prep(Class::In)).find_map(Item::city);
    if let Some(city) = seat.filter(|_| noun) {
        let post = Post {
            role: office.clone().unwrap_or_else(|| "Ambassador".to_owned()),
            city: Some(city),
            ..Post::default()
        };
        return Some((person, post, None));
    }
    // The mission named last before, where the sentence names one.
    let named = items.get(..at).unwrap_or(&[]).iter().rev();
    let named_here = named.take_while(|i| !i.sign(';')).find_map(Item::mission);
    let one = items.get(..at).unwrap_or(&[]).windows(2).any(
        |pair| matches!(pair, [article, np] if article.is(Class::Indefinite) && np.mission().is_some()),
    );
    let meant = |fact: &Fact| {
        named_here.is_none_or(|np| {
            let city = np.cities.first().map(|c| c.0);
            let agrees = |said: Option<usize>, told: Option<usize>| said.is_none() || said == told;
            let kind = reader.lexicon.missions.get(np.kind);
            let consular = |kind: &str| kind.contains("consul");
            let own = fact.text(Slot::Kind);
            // "An honorary consulate, headed by X, …": no consulate told before.
            let alike = |k: &String| *k == own || !one && consular(k) == consular(&own);
            agrees(city, reader.city_in(fact, Slot::City))
                && agrees(np.sending, reader.body_in(fact, Slot::Sending))
                && kind.is_none_or(alike)
        })
    };
    let near = || {
        told.last_of(Kind::Mission)
            .take_while(|c| reader.near(index, c, REACH))
            .filter(|c| c.holds())
    };
    // "opened in 1948 under X and raised to an embassy in 1957": what it was made later is not what he headed.
    let later = |c: &Claim| {
        let opened = c.fact.date(Slot::Opened);
        let day = opened.or_else(|| c.fact.date(Slot::Closed));
        let dated =
            |i: &usize| day.is_some() && reader.date(sentence, Some(*i)).date.as_ref() == day;
        let mut dates = (0..items.len()).filter(|&i| items.get(i).is_some_and(Item::is_date));
        c.statement() == sentence.span && dates.find(dated).is_some_and(|i| i > at)
    };
    let then = || near().filter(|c| !later(c));
    let named = then().find(|c| meant(&c.fact));
    let named = named.or_else(|| near().find(|c| meant(&c.fact)));
    let any = || near().next().filter(|_| named_here.is_none());
    let Some(mission) = named.or_else(any) else {
        // "Its first head was X": of the mission that the document is about.
        let own = reader.own_mission.as_ref().filter(|_| noun)?;
        let kind = reader.lexicon.missions.get(own.kind)?;
        let post = Post {
            role: office.or_else(|| role_of(kind))?,
            sending: Some(own.sending),
            receiving: own.receiving,
            city: own.city,
        };
        return Some((person, post, None));
    };
    // "Raised to an embassy in 1964. Its first head, X, …": of the mission as it began.
    let graded = items.get(lead.saturating_sub(2)..lead).unwrap_or(&[]);
    let phrase = items.get(lead).is_some_and(|i| {
        let head = i.is(Class::MissionHead);
        head && reader.lexicon.has_class(&i.folded, Class::MissionFirst)
    });
    let first = phrase || noun && graded.iter().any(|i| i.is(Class::MissionFirst));
    let same = |c: &&Claim| {
        let sides = [Slot::Sending, Slot::Receiving, Slot::City];
        sides.iter().all(|s| c.fact.get(*s) == mission.fact.get(*s))
            && c.fact.text(Slot::Kind).contains("consul")
                == mission.fact.text(Slot::Kind).contains("consul")
    };
    let mission = near()
        .filter(|_| first)
        .filter(same)
        .last()
        .unwrap_or(mission);
    let kind = mission.fact.text(Slot::Kind);
    let role = office.or_else(|| role_of(&kind))?;
    let here = mission.statement() == sentence.span;
    let opened = mission.fact.get(Slot::Opened);
    let opened = opened.filter(|_| here || first).cloned();
    // "under" says it only right with the mission.
    (here || noun || items.get(lead)?.folded.contains(' ')).then_some(())?;
    // "X, head of the embassy in A that covers B, …": here he is spoken of as accredited to B; in "the embassy in A, headed by X, covers B" of A.
    let post = if here {
        let post = post_in(reader, &mission.fact, role);
        let before = items.get(..at)?.iter();
        let named = before
            .filter_map(Item::named_body)
            .any(|b| Some(b) == post.receiving);
        let seat = post.city.and_then(|c| reader.state_of_city(c));
        let receiving = seat
            .filter(|_| covers(mission) && !named)
            .or(post.receiving);
        Post { receiving, ..post }
    } else {
        post_of(reader, mission, role)?
    };
    Some((person, post, opened))
}

/// "la empresaria X", "the shipping agent X": where the unknown words between an article and a name begin.
fn profession(items: &[Item<'_>], at: usize) -> Option<usize> {
    let noun = |i: &Item<'_>| {
        matches!(i.kind, ItemKind::Word)
            && (i.meanings.is_empty() || i.verb == Some(TriggerForm::Gerund))
            && !i.is(Class::Article)
    };
    let before = items.get(at.saturating_sub(4)..at)?;
    let words = before.iter().rev().take_while(|i| noun(i)).count();
    let article = at.checked_sub(words + 1).and_then(|i| items.get(i))?;
    ((1..=3).contains(&words) && article.is(Class::Article)).then_some(at - words)
}

/// "X, its first head, …", "X, the first incumbent, …": the noun for who heads a mission between commas behind a name.
fn apposed_noun(items: &[Item<'_>], at: usize) -> Option<usize> {
    items.get(at + 1).filter(|i| i.sign(','))?;
    let small = [
        Class::Article,
        Class::Possessive,
        Class::Temporal,
        Class::MissionFirst,
        Class::Ordinal,
    ];
    let noun = (at + 2..at + 6).find(|&i| {
        let item = items.get(i);
        item.is_some_and(|x| x.is(Class::PostHead) || small.iter().all(|c| !x.is(*c)))
    })?;
    let led = items.get(at + 2..noun)?;
    let known = led
        .iter()
        .any(|i| i.is(Class::Article) || i.is(Class::Possessive));
    let graded = led
        .iter()
        .any(|i| i.is(Class::Possessive) || small.iter().skip(2).any(|c| i.is(*c)));
    items
        .get(noun)
        .filter(|i| i.is(Class::PostHead) && known && graded)?;
    let closed = items
        .get(noun + 1)
        .is_none_or(|i| matches!(i.kind, ItemKind::Sign(_)));
    closed.then_some(noun)
}

/// "its first head", "dont le premier titulaire est", "la actual titular": whether the item `lead` is a noun for who heads a mission,
/// by a possessive, a relative of possession or, with a word of time or rank, an article before it; nothing of its own behind it.
fn head_noun(items: &[Item<'_>], lead: usize, named: usize) -> bool {
    // "the third head of the mission": of nothing but the mission.
    let behind = items.get(lead + 1..named).unwrap_or(&[]);
    let of = behind.iter().any(|i| i.is(Class::Of))
        && !behind
            .iter()
            .any(|i| i.is(Class::MissionIt) || i.mission().is_some());
    if of || !items.get(lead).is_some_and(|i| i.is(Class::PostHead)) {
        return false;
    }
    let before = items.get(lead.saturating_sub(4)..lead).unwrap_or(&[]);
    let graded =
        |i: &Item<'_>| i.is(Class::Temporal) || i.is(Class::MissionFirst) || i.is(Class::Ordinal);
    let mut words = before.iter().rev().skip_while(|i| graded(i));
    let led = before.last().is_some_and(graded);
    // "the head of mission in A": the seat tells of what.
    let seated = behind
        .iter()
        .any(|i| i.city().is_some() && i.has_prep(Class::In));
    words.next().is_some_and(|i| {
        i.is(Class::Possessive)
            || i.is(Class::Article) && seated
            || i.is(Class::Whose)
            || i.is(Class::Genitive)
            || i.is(Class::Article) && (led || words.next().is_some_and(|i| i.is(Class::Whose)))
    })
}

/// Whether the same person was told to hold the same role before.
pub(super) fn told_before(told: &Told, claim: &Claim) -> bool {
    told.last_about(Kind::Appointment, &claim.fact.text(Slot::Person))
        .any(|t| t.fact.get(Slot::Role) == claim.fact.get(Slot::Role))
}
