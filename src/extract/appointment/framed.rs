//! Frames of the rules of appointments → claims: named, appointed, presented credentials, heads a mission, took up or left a post.

use super::succession::succession;
use super::term::Term;
use super::{Post, also, claim, complete, further, spoken};
use crate::extract::frame::Frame;
use crate::extract::items::{Item, ItemKind, Stand, date_among};
use crate::extract::offices::is_head_of_mission;
use crate::extract::reader::{Reader, Sentence, Who};
use crate::extract::told::Told;
use crate::fact::{Claim, Evidence};
use crate::language::{Class, Head, Lang, Rule};

/// A sentence with the frame of a rule in it, and what the text told before.
struct Framed<'a, 'd> {
    reader: &'a Reader<'d>,
    index: usize,
    sentence: &'a Sentence<'d>,
    rule: &'a Rule,
    frame: &'a Frame,
    earlier: &'a Told,
}

/// Claims of an appointment rule's frame.
pub(in crate::extract) fn claims(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    rule: &Rule,
    frame: &Frame,
    earlier: &Told,
) -> Vec<Claim> {
    if rule.set.contains_key("succession") || rule.args.values().any(|v| v == "predecessor") {
        return succession(reader, index, sentence, rule, frame, earlier);
    }
    let told = Framed {
        reader,
        index,
        sentence,
        rule,
        frame,
        earlier,
    };
    let holders = told.holders();
    let places: Vec<usize> = holders.iter().map(|(at, _)| *at).collect();
    let slot = rule.set.get("slot").map(String::as_str);
    // Who is called back for consultations is still in post.
    let (start, end) = frame.clause;
    let stays = |i: &Item<'_>| i.is(Class::Consultations);
    if slot == Some("end")
        && sentence
            .items
            .get(start..end)
            .is_some_and(|c| c.iter().any(stays))
    {
        return Vec::new();
    }
    let mut claims = Vec::new();
    for (at, who) in holders {
        let Some(person) = who.person else { continue };
        let Some((mut post, from)) = told.post(at, person, &who) else {
            continue;
        };
        let mut evidence = who.evidence;
        evidence.extend(from);
        if complete(reader, &mut post) {
            evidence.extend(reader.side_evidence());
        }
        let date = date_among(&sentence.items, &places, at, frame.date)
            .filter(|d| !told.of_main_clause(*d));
        let term = Term::read(reader, sentence, date, slot);
        let found = claim(
            reader,
            sentence,
            rule,
            Some(frame),
            person,
            &post,
            &term,
            evidence,
        );
        let further = further(reader, &sentence.items, &post);
        let others = further
            .into_iter()
            .filter_map(|body| also(reader, found.as_ref()?, body));
        let others: Vec<Claim> = others.collect();
        claims.extend(found);
        claims.extend(others);
    }
    claims
}

impl Framed<'_, '_> {
    fn items(&self) -> &[Item<'_>] {
        &self.sentence.items
    }

    /// "Since 2017 the ambassador is X, who before headed …": whether a date belongs to the clause that a relative one hangs on.
    fn of_main_clause(&self, date: usize) -> bool {
        let between = self.items().get(date + 1..self.frame.at).unwrap_or(&[]);
        let relative = between.iter().position(|i| i.is(Class::Relative));
        let before = relative.and_then(|at| between.get(..at)).unwrap_or(&[]);
        let earlier = |i: &Item<'_>| i.is(Class::Earlier);
        before.iter().any(|i| i.is_finite() || i.is(Class::Be))
            && (between.iter().any(earlier) || self.set("slot").is_none())
    }

    fn set(&self, key: &str) -> Option<&str> {
        self.rule.set.get(key).map(String::as_str)
    }

    /// Credentials: whoever in the sentence heads a mission, or is named with a state in brackets.
    fn credentials(&self) -> bool {
        self.set("holder") == Some("mission")
    }

    /// Who holds the post: items with whom they mean.
    fn holders(&self) -> Vec<(usize, Who)> {
        let items = self.items();
        let at: Vec<usize> = if self.credentials() {
            (0..items.len())
                .filter(|&i| items.get(i).is_some_and(|x| x.actor().is_some()))
                .collect()
        } else {
            self.frame.role(items, self.rule, "holder")
        };
        let behind = self.behind();
        if !behind.is_empty() {
            return behind;
        }
        let found: Vec<(usize, Who)> = at
            .into_iter()
            .flat_map(|i| {
                let item = items.get(i);
                let who = item.map_or_else(Vec::new, |x| self.reader.who(self.index, x));
                who.into_iter().map(move |w| (i, w))
            })
            .collect();
        if found.iter().any(|(_, w)| w.person.is_some()) || self.credentials() {
            return found;
        }
        // Whoever was spoken of last heads no mission by that alone.
        let heads = self.rule.args.values().any(|v| v == "post");
        self.whose()
            .or_else(|| {
                (!heads).then_some(())?;
                let who = self
                    .reader
                    .unsaid(self.index, self.sentence, self.rule, self.frame)?;
                Some((self.frame.at, who))
            })
            .into_iter()
            .collect()
    }

    /// "Llegó a Lima el nuevo ministro, X", "la dirigieron X et Y": who does it, named behind a verb that has no subject before it.
    fn behind(&self) -> Vec<(usize, Who)> {
        let does = self.rule.args.get("subject").is_some_and(|r| r == "holder");
        let verb = self.rule.head == Head::Verb && !self.frame.passive && does;
        let items = self.items();
        // "No se nombró sucesor hasta 1984, cuando llegó X": the subject before belongs to another clause.
        let subject = self.frame.subject.last().is_some_and(|&s| {
            let between = items.get(s + 1..self.frame.at).unwrap_or(&[]);
            !between
                .iter()
                .any(|i| i.is(Class::When) || i.is(Class::Relative) || i.is_finite())
        });
        if self.reader.lexicon.lang == Lang::En || !verb || subject {
            return Vec::new();
        }
        let (_, end) = self.frame.clause;
        let free = |i: &usize| {
            items
                .get(*i)
                .is_some_and(|x| x.prep.is_empty() && x.actor().is_some_and(|a| a.name.is_some()))
        };
        let Some(first) = (self.frame.at + 1..end).find(free) else {
            return Vec::new();
        };
        let list = items.get(first).map(|i| i.list);
        (first..end)
            .filter(|i| free(i) && items.get(*i).map(|x| x.list) == list)
            .filter_map(|i| Some((i, items.get(i)?)))
            .flat_map(|(i, item)| {
                let who = self.reader.who(self.index, item);
                who.into_iter().map(move |w| (i, w))
            })
            .collect()
    }

    /// "X, whose credentials the President received": the one named before a relative of possession.
    fn whose(&self) -> Option<(usize, Who)> {
        let items = self.items();
        let at = self.frame.at;
        let whose = (at.saturating_sub(3)..at)
            .rev()
            .find(|&i| items.get(i).is_some_and(|x| x.is(Class::Whose)))?;
        let named = (0..whose).rev().find(|&i| {
            items
                .get(i)
                .and_then(Item::actor)
                .is_some_and(|a| a.name.is_some())
        })?;
        let who = self.reader.who(self.index, items.get(named)?);
        Some((named, who.into_iter().next()?))
    }

    /// The post that a holder takes up, has or leaves, with the passages beside the sentence that tell it.
    fn post(&self, at: usize, person: usize, who: &Who) -> Option<(Post, Vec<Evidence>)> {
        let reader = self.reader;
        if self.rule.args.values().any(|v| v == "post") {
            // Who has another office ("the President opened the embassy") heads no mission.
            let other = who.role.as_ref().is_some_and(|r| !is_head_of_mission(r))
                || self.set("opens").is_some()
                    && self.items().get(at).is_none_or(|i| i.actor().is_none());
            let (post, from) = (!other).then(|| self.said_post()).flatten()?;
            // "The legation was led by the chargé d'affaires X": the holder's own office says more.
            let own = self.items().get(at).and_then(Item::actor);
            let own = own
                .and_then(|a| self.post_of(a.office.as_ref()?))
                .map(|own| own.role);
            let role = own.unwrap_or_else(|| post.role.clone());
            return Some((Post { role, ..post }, from));
        }
        if let Some(sending) = self
            .credentials()
            .then(|| bracketed_state(self.items(), at))
            .flatten()
        {
            let post = Post {
                role: "Ambassador".to_owned(),
                sending: Some(sending),
                ..Post::default()
            };
            return Some((post, Vec::new()));
        }
        let here = self.post_here();
        if self.set("post") == Some("named") {
            return Some((self.named_post(at)?, Vec::new()));
        }
        let own = self.own_post(at, who).map(|own| match &here {
            // "X became ambassador of A in B": the post said here tells the rest.
            Some(here) if here.role == own.role => own.or(here),
            _ => own,
        });
        let named = self.named_post(at).or_else(|| self.named_before(at));
        let inherited = || {
            let may = !self.credentials() && self.set("slot") != Some("end");
            may.then(|| inherited_post(reader, self.index, self.sentence, person))
                .flatten()
        };
        let post = named
            .or(own)
            .or_else(|| here.filter(|_| !self.credentials() && self.set("post") != Some("held")))
            .or_else(inherited)
            .or_else(|| super::mentioned::post_in(reader, self.sentence, person))
            .or_else(|| spoken::held(reader, self.earlier, Some(person)))
            .or_else(|| {
                let heads = spoken::heads(reader, self.index, self.sentence, at, self.earlier);
                heads.map(|(_, post, _)| post)
            });
        let spoken = |role: Option<&str>| spoken::post(reader, self.index, self.earlier, role);
        let post = post.map(|mut post| {
            self.sent(&mut post);
            self.seated(&mut post);
            post
        });
        match post {
            Some(post) if post.bare() && reader.own_mission.is_none() => {
                Some(match spoken(Some(&post.role)) {
                    Some((told, from)) => {
                        let role = post.role;
                        (Post { role, ..told }, vec![from])
                    }
                    None => (post, Vec::new()),
                })
            }
            Some(post) => Some((post, Vec::new())),
            None => {
                let inherits = self.set("post") == Some("spoken")
                    && who.role.as_ref().is_none_or(|r| is_head_of_mission(r));
                let (mut post, from) = inherits.then(|| spoken(None)).flatten()?;
                self.seated(&mut post);
                Some((post, vec![from]))
            }
        }
    }

    /// "She left Santiago in 1981", "he served in Oslo until 1931": the city tells where the post is.
    fn seated(&self, post: &mut Post) {
        let items = self.items();
        let (_, end) = self.frame.clause;
        let leaves = self.set("slot") == Some("end");
        let seat = (self.frame.at + 1..end)
            .take_while(|&i| {
                items
                    .get(i)
                    .is_some_and(|x| i == self.frame.at + 1 || !x.is_finite())
            })
            .filter_map(|i| items.get(i))
            .find(|i| i.actor().is_some() || i.city().is_some() || i.named_body().is_some())
            .filter(|i| {
                let placed = i.has_prep(Class::In) || i.has_prep(Class::To);
                if leaves { i.prep.is_empty() } else { placed }
            });
        let Some(city) = seat.and_then(Item::city) else {
            return;
        };
        let state = self.reader.state_of_city(city);
        if post.city == Some(city) || state.is_none() || post.receiving == state {
            return;
        }
        post.city = Some(city);
        post.receiving = state;
        post.sending = post.sending.filter(|s| Some(*s) != state);
    }

    /// "Peru sent Ana Soto to Tokyo as envoy": who sends, and whither.
    fn sent(&self, post: &mut Post) {
        let names = self.set("slot") == Some("start")
            && self.rule.args.get("object").is_some_and(|r| r == "holder");
        if !names {
            return;
        }
        let items = self.items();
        let sender = self
            .frame
            .subject
            .iter()
            .find_map(|&i| items.get(i)?.named_body());
        post.sending = post.sending.or(sender);
        let city = self.frame.phrases.iter().find_map(|&i| {
            let item = items.get(i)?;
            let there = item.has_prep(Class::To) || item.has_prep(Class::In);
            item.city().filter(|_| there && i > self.frame.at)
        });
        let abroad = |city: &usize| self.reader.state_of_city(*city) != post.sending;
        if post.city.is_none() && post.receiving.is_none() {
            post.city = city.filter(abroad);
        }
    }

    /// The post that the holder's own words or office give.
    fn own_post(&self, at: usize, who: &Who) -> Option<Post> {
        let role = who.role.clone().filter(|r| is_head_of_mission(r))?;
        let office = self
            .items()
            .get(at)
            .and_then(Item::actor)
            .and_then(|a| a.office.as_ref());
        Some(Post {
            role,
            sending: who.of,
            receiving: office.and_then(|o| o.to),
            city: office.and_then(|o| o.city),
        })
    }

    /// "X, consul in A, was appointed ambassador to B": the post named behind the verb is the one that begins.
    fn named_post(&self, holder: usize) -> Option<Post> {
        if self.set("slot") != Some("start") || self.credentials() {
            return None;
        }
        let (_, end) = self.frame.clause;
        let items = self.items();
        let office = (self.frame.at + 1..end)
            .filter(|&i| i != holder)
            .filter_map(|i| items.get(i))
            .filter(|i| i.prep.is_empty() || i.has_prep(Class::As))
            .find_map(|i| i.actor().filter(|a| a.name.is_none())?.office.as_ref())?;
        self.post_of(office)
    }

    /// "X, consul in A, was named ambassador in B and held the position until 1990": the post named last before a verb that says none.
    fn named_before(&self, holder: usize) -> Option<Post> {
        let items = self.items();
        let says = items.get(self.frame.at)?.folded.contains(' ');
        let between = items.get(holder + 1..self.frame.at).filter(|_| says)?;
        let verb = between
            .iter()
            .position(|i| i.is_finite() || i.is(Class::Be))?;
        let unnamed =
            |i: &Item<'_>| self.post_of(i.actor().filter(|a| a.name.is_none())?.office.as_ref()?);
        between.get(verb..)?.iter().rev().find_map(unnamed)
    }

    fn post_of(&self, office: &crate::extract::items::OfficeNp) -> Option<Post> {
        let role = self.reader.role_name(office.role);
        is_head_of_mission(&role).then(|| Post::of(office, role))
    }

    /// The post named after the verb ("handed over his letters as the first ambassador"), else one named before it.
    fn post_here(&self) -> Option<Post> {
        let items = self.items();
        let (before, after) = items.split_at(self.frame.at.min(items.len()));
        after
            .iter()
            .chain(before.iter().rev())
            .filter_map(|i| i.actor()?.office.as_ref())
            .find_map(|o| self.post_of(o))
    }

    /// The post that the verb's object names: an office, a mission, or "it", the mission spoken of.
    fn said_post(&self) -> Option<(Post, Vec<Evidence>)> {
        let items = self.items();
        let object = self.frame.role(items, self.rule, "post");
        let found = object.iter().filter_map(|&i| items.get(i)).find_map(|i| {
            if let Some(np) = i.mission() {
                return spoken::headed(self.reader, np);
            }
            let actor = i.actor().filter(|a| a.name.is_none())?;
            self.post_of(actor.office.as_ref()?)
        });
        if let Some(post) = found {
            let told = post
                .bare()
                .then(|| spoken::post(self.reader, self.index, self.earlier, Some(&post.role)))
                .flatten();
            return Some(match told {
                Some((told, from)) => (
                    Post {
                        role: post.role,
                        ..told
                    },
                    vec![from],
                ),
                None => (post, Vec::new()),
            });
        }
        let (start, end) = self.frame.clause;
        let it = items.get(start..end)?.iter().any(|i| {
            i.is(Class::MissionIt) || i.actor().is_some_and(|a| a.stand == Some(Stand::Him))
        });
        let of = |i: &&Item<'_>| i.has_prep(Class::Of);
        let named =
            items.get(start..end)?.iter().filter(of).find_map(|i| {
                self.post_of(i.actor().filter(|a| a.name.is_none())?.office.as_ref()?)
            });
        if let Some(post) = named.filter(|_| it) {
            return Some((post, Vec::new()));
        }
        let (post, from) = it
            .then(|| spoken::post(self.reader, self.index, self.earlier, None))
            .flatten()?;
        // "He then headed the mission in Helsinki": another than the one spoken of.
        let elsewhere = items.get(self.frame.at + 1..end)?.iter().any(|i| {
            i.has_prep(Class::In) && i.city().is_some_and(|c| post.city.is_some_and(|p| p != c))
        });
        (!elsewhere).then(|| (post, vec![from]))
    }
}

/// "Name (State)": the state in brackets behind a name.
fn bracketed_state(items: &[Item<'_>], at: usize) -> Option<usize> {
    let open = items.get(at + 1).is_some_and(|i| i.sign('('));
    let close = items.get(at + 3).is_some_and(|i| i.sign(')'));
    let named = items
        .get(at)
        .and_then(Item::actor)
        .is_some_and(|a| a.name.is_some());
    if let Some(ItemKind::Body(body, false)) = items.get(at + 2).map(|i| &i.kind) {
        (named && open && close).then_some(*body)
    } else {
        None
    }
}

/// "Her successor, Y, presented her credentials": Y has the post of the head of mission spoken of before.
fn inherited_post(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    person: usize,
) -> Option<Post> {
    let successor = sentence
        .items
        .iter()
        .filter_map(Item::actor)
        .any(|a| a.stand == Some(Stand::Successor));
    let (other, _) = successor
        .then(|| reader.last_other(index, &[person]))
        .flatten()?;
    let held = reader.people.office_at(other, sentence.span.start)?;
    is_head_of_mission(&held.role).then(|| Post {
        role: held.role.clone(),
        sending: held.of,
        ..Post::default()
    })
}
