//! Which post the holder of a frame takes up, has or leaves: that of his own words, the one named behind the verb, the one spoken of.

use super::Framed;
use crate::extract::appointment::beside::{date_behind, later_offices};
use crate::extract::appointment::{Post, held, spoken};
use crate::extract::frame::{apart, of_the_last};
use crate::extract::items::{Item, ItemKind, OfficeNp, Stand, bracketed};
use crate::extract::offices::{is_consular, is_head_of_mission};
use crate::extract::reader::{Reader, Sentence, Who};
use crate::fact::{Evidence, Kind};
use crate::language::Class;

impl Framed<'_, '_> {
    /// Whether who opens a mission may do so as its head: not a leader, nor who is on a visit ("visited Lima and opened the embassy"), nor who did
    /// something else to what was opened ("the building, designed by X, was opened").
    fn opens_as_head(&self, at: usize, person: usize) -> bool {
        let items = self.items();
        let by_other = at < self.frame.at && items.get(at).is_some_and(|i| i.has_prep(Class::By));
        let leads = self
            .reader
            .people
            .known
            .get(person)
            .is_some_and(|k| k.leads.is_some());
        let between = items
            .get(at.min(self.frame.at)..self.frame.at)
            .unwrap_or(&[]);
        let visits =
            |i: &Item<'_>| i.is_finite() && i.rules(self.reader.lexicon).any(|r| r.fact == "visit");
        let named = items.get(at).is_some_and(|i| i.actor().is_some());
        named && !by_other && !leads && !between.iter().any(visits)
    }

    /// The post that a holder takes up, has or leaves, with the passages beside the sentence that tell it.
    pub(super) fn post(
        &self,
        at: usize,
        person: usize,
        who: &Who,
    ) -> Option<(Post, Vec<Evidence>)> {
        let reader = self.reader;
        if self.set("represents").is_some() {
            return Some((self.represented(who)?, Vec::new()));
        }
        if self.rule.args.values().any(|v| v == "post") {
            // Who has another office ("the President opened the embassy") heads no mission.
            let other = who.role.as_ref().is_some_and(|r| !is_head_of_mission(r))
                || self.set("opens").is_some() && !self.opens_as_head(at, person);
            // "The counterpart, opened in A in 1961 by X, first ambassador of B": what was opened only his own office tells.
            let own_post = || {
                let post = self
                    .own_post(at, who)
                    .filter(|_| self.set("opens").is_some() && self.frame.passive)?;
                let city = self.frame.phrases.iter().find_map(|&i| {
                    let item = self.items().get(i)?;
                    item.city().filter(|_| item.has_prep(Class::In))
                });
                let city = post.city.or(city);
                Some((Post { city, ..post }, Vec::new()))
            };
            let said = (!other).then(|| self.said_post(at).or_else(own_post));
            let (post, from) = said.flatten()?;
            // "The legation was led by the chargé d'affaires X": the holder's own office says more.
            let own = self.items().get(at).and_then(Item::actor);
            let now = |o: &&OfficeNp| !o.former;
            let own = own
                .and_then(|a| self.post_of(a.office.as_ref().filter(now)?))
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
            let mut post = self.named_post(at)?;
            self.sent(&mut post);
            if post.bare() && self.rule.args.get("subject").is_some_and(|r| r == "holder") {
                self.seated(&mut post);
            }
            // "X was promoted to consul general": where he was before.
            if post.bare()
                && let Some(held) = spoken::held(reader, self.earlier, Some(person))
            {
                post = post.or(&held);
            }
            return Some((post, Vec::new()));
        }
        let own = self.own_post(at, who).map(|own| match &here {
            // "X became ambassador of A in B": the post said here tells the rest.
            Some(here) if here.role == own.role => own.or(here),
            _ => own,
        });
        let named = self
            .named_post(at)
            .or_else(|| self.named_before(at))
            .or_else(|| self.mission_taken());
        let inherited = || {
            let may = !self.credentials() && self.set("slot") != Some("end");
            may.then(|| inherited_post(reader, self.index, self.sentence, person))
                .flatten()
        };
        let post = named
            .or(own)
            .or_else(|| here.filter(|_| !self.credentials() && self.set("post") != Some("held")))
            .or_else(inherited)
            .or_else(|| self.succeeded())
            .or_else(|| self.vacated())
            .or_else(|| held::post_in(reader, self.sentence, person))
            .or_else(|| spoken::held(reader, self.earlier, Some(person)))
            .or_else(|| {
                let heads = spoken::heads(reader, self.index, self.sentence, at, self.earlier);
                heads.map(|(_, post, _)| post)
            });
        let spoken = |role: Option<&str>| spoken::post(reader, self.index, self.earlier, role);
        let post = post.map(|mut post| {
            self.sent(&mut post);
            // Before he has a seat, which may be that of the state where he is received, and behind it, where it is elsewhere.
            self.accredited_there(&mut post, person);
            self.seated(&mut post);
            self.accredited_there(&mut post, person);
            self.as_before(post, person)
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
                let spoken_of = self.set("post") == Some("spoken");
                let inherits = (spoken_of || self.of_own_post() || self.fills_vacancy())
                    && who.role.as_ref().is_none_or(|r| is_head_of_mission(r));
                let Some((mut post, from)) = inherits.then(|| spoken(None)).flatten() else {
                    return Some((self.presented(who)?, Vec::new()));
                };
                self.seated(&mut post);
                Some((post, vec![from]))
            }
        }
    }

    /// "The embassy in Algeria, at that time headed by X, looked after …": the mission before the comma behind which its participle stands.
    fn parted_mission(&self) -> Option<usize> {
        let items = self.items();
        let before = items.get(..self.frame.at)?;
        let small = |i: &Item<'_>| {
            i.is_date() || matches!(i.kind, ItemKind::Word) && !i.is_finite() && !i.is(Class::And)
        };
        let comma = before.iter().rposition(|i| !small(i))?;
        let mission = comma.checked_sub(1)?;
        let np = items.get(mission)?.mission()?;
        let placed = np.receiving.is_some() || !np.cities.is_empty();
        (items.get(comma)?.sign(',') && placed).then_some(mission)
    }

    /// "X presented his credentials to the president of Peru": the ambassador of the other side, where no other post is told.
    fn presented(&self, who: &Who) -> Option<Post> {
        let told = self.letters() && who.role.is_none() && !self.reader.legations;
        let city = |i: &Item<'_>| self.reader.state_of_city(i.city()?);
        let host = self
            .host(|i| i.body().or_else(|| city(i)))
            .filter(|_| told)?;
        Some(Post {
            role: "Ambassador".to_owned(),
            sending: Some(self.reader.other_side(host)?),
            receiving: Some(host),
            ..Post::default()
        })
    }

    /// Whether the verb speaks of letters of credence.
    pub(super) fn letters(&self) -> bool {
        // The stem of the word for them in the three languages.
        self.items().get(self.frame.at).is_some_and(|i| {
            ["credent", "credenc", "creance"]
                .iter()
                .any(|w| i.folded.contains(w))
        })
    }

    /// The state of the first behind the verb who, or which, is of one: an office, a person, else what `place` takes it from.
    pub(super) fn host(&self, place: impl Fn(&Item<'_>) -> Option<usize>) -> Option<usize> {
        let behind = self.items().get(self.frame.at + 1..)?;
        behind.iter().take_while(|i| !i.is_finite()).find_map(|i| {
            let office = i.actor().and_then(|a| a.office.as_ref()?.of.or(a.body));
            let known = || self.reader.who(self.index, i).iter().find_map(|w| w.of);
            office.or_else(|| place(i)).or_else(known)
        })
    }

    /// "X's successor, Y, arrived in 2014": the post of the holder told last.
    fn succeeded(&self) -> Option<Post> {
        let (start, _) = self.frame.clause;
        let before = self.items().get(start..self.frame.at)?;
        let successor = before
            .iter()
            .filter_map(Item::actor)
            .any(|a| a.stand == Some(Stand::Successor));
        let last = self.earlier.last_of(Kind::Appointment).next();
        let near = last.filter(|c| c.holds() && self.reader.near(self.index, c, 2));
        let starts = successor && near.is_some() && self.set("slot") == Some("start");
        let told = starts.then(|| spoken::post(self.reader, self.index, self.earlier, None));
        told.flatten().map(|(post, _)| post)
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
                // "came to Oslo": the preposition belongs to the verb.
                let next = items.get(self.frame.at + 1);
                let led = next.is_some_and(|n| n.span == i.span && n.prep.is_empty());
                if leaves {
                    i.prep.is_empty()
                } else {
                    placed || led
                }
            });
        let Some(city) = seat.and_then(Item::city) else {
            return;
        };
        let state = self.reader.state_of_city(city);
        // "The minister to Norway resided in Berlin": the words of the office say whither.
        let said = self
            .items()
            .iter()
            .filter_map(|i| i.actor()?.office.as_ref());
        let explicit = said
            .into_iter()
            .any(|o| o.to.is_some() && o.to == post.receiving);
        if post.city == Some(city) || state.is_none() || post.receiving == state || explicit {
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
            // "A (Norway) and B (Chile, resident in Bonn)": a bracket speaks of the one before it alone.
            let own = !bracketed(items, i);
            item.city().filter(|_| there && own && i > self.frame.at)
        });
        // "accredited its minister in A, X, to the government of Chile": to whom is said apart.
        let before = self.frame.phrases.iter().find_map(|&i| {
            let item = items.get(i).filter(|x| x.has_prep(Class::Before))?;
            item.body()
                .filter(|b| i > self.frame.at && Some(*b) != post.sending)
        });
        post.receiving = before.or(post.receiving);
        let abroad = |city: &usize| self.reader.state_of_city(*city) != post.sending;
        if post.city.is_none() && post.receiving.is_none() {
            post.city = city.filter(abroad);
        }
    }

    /// "Minister in Santiago since 1955, he presented new credentials as ambassador": the sides and seat are those of the other post.
    fn as_before(&self, post: Post, person: usize) -> Post {
        let before = post
            .bare()
            .then(|| held::post_in(self.reader, self.sentence, person))
            .flatten()
            .filter(|held| is_consular(&held.role) == is_consular(&post.role));
        match before {
            Some(held) => post.or(&held),
            None => post,
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
        // "X, formerly consul in A, headed the embassy"
        if office.is_some_and(|o| o.former) {
            return None;
        }
        // "Previously consul in A, X presented his credentials": what the sentence calls him he was before.
        let items = self.items();
        let called = |i: &usize| {
            let office = items.get(*i).and_then(|x| x.actor()?.office.as_ref());
            office.is_some_and(|o| self.reader.role_name(o.role) == role)
        };
        let mut called = (0..items.len()).filter(called).peekable();
        if called.peek().is_some() && called.all(|i| held::held_earlier(items, i)) {
            return None;
        }
        Some(Post {
            sending: who.of.or_else(|| self.owned(at, &role)),
            role,
            receiving: office.and_then(|o| o.to),
            city: office.and_then(|o| o.city),
        })
    }

    /// "X, consul in A, was appointed ambassador to B": the post named behind the verb is the one that begins.
    fn named_post(&self, holder: usize) -> Option<Post> {
        if self.set("slot") != Some("start") || self.credentials() {
            return None;
        }
        let at = self.office_named(holder)?;
        let office = self.items().get(at)?.actor()?.office.as_ref()?;
        self.post_of(office).or_else(|| self.minister_sent(office))
    }

    /// The item behind the verb that names the post which begins: "made consul", "received as envoy", "advanced to minister".
    pub(super) fn office_named(&self, holder: usize) -> Option<usize> {
        if self.set("slot") != Some("start") || self.credentials() {
            return None;
        }
        let (_, end) = self.frame.clause;
        let items = self.items();
        let raised = self.set("post") == Some("named");
        // "named A ambassador to B and C ambassador to D": right behind him.
        let beside = |i: &usize| {
            let actor = items.get(*i).and_then(Item::actor);
            actor.is_some_and(|a| a.name.is_none() && a.office.is_some())
        };
        let own = (holder + 1..(holder + 3).min(end)).find(beside);
        if own.is_some() && holder > self.frame.at {
            return own;
        }
        (self.frame.at + 1..end)
            .filter(|&i| i != holder)
            .find(|&i| {
                items.get(i).is_some_and(|x| {
                    let led = x.prep.is_empty() || x.has_prep(Class::As);
                    let led = led || raised && x.has_prep(Class::To);
                    led && x
                        .actor()
                        .is_some_and(|a| a.name.is_none() && a.office.is_some())
                })
            })
    }

    /// "She took over the consulate general in A": the mission that is the object of the verb.
    fn mission_taken(&self) -> Option<Post> {
        let takes = self.set("slot") == Some("start") && !self.credentials();
        let object = self.frame.object.iter().filter(|&&i| i > self.frame.at);
        let np = object
            .filter_map(|&i| self.items().get(i)?.mission())
            .find(|_| takes && !self.frame.passive)?;
        spoken::headed(self.reader, np)
    }

    /// "promoted consul in 1927 and minister in 1930": the date of the first office, where others follow it with theirs.
    pub(super) fn date_of_first(&self, holder: usize) -> Option<usize> {
        let office = self.office_named(holder)?;
        let several = !later_offices(self.reader, self.items(), office).is_empty();
        date_behind(self.items(), office).filter(|_| several)
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
        // "X, who had been ambassador in A before, presented …": another post.
        let first = holder + 1 + verb;
        let mut offices = (first..self.frame.at)
            .rev()
            .filter(|&i| !held::held_earlier(items, i) && !self.in_aside(i));
        offices.find_map(|i| unnamed(items.get(i)?))
    }

    /// "X, who had been ambassador to A from 2005 to 2009, presented …": whether an office before the verb stands in a relative clause that has dates of
    /// its own and that a comma closes.
    fn in_aside(&self, at: usize) -> bool {
        let items = self.items();
        let before = items.get(..at).unwrap_or(&[]);
        let Some(relative) = before.iter().rposition(|i| i.is(Class::Relative)) else {
            return false;
        };
        let inside = |i: &&Item<'_>| !i.sign(',');
        let behind = items.get(at..self.frame.at).unwrap_or(&[]);
        let rest = behind.iter().take_while(inside).count();
        let closed = rest < behind.len();
        let told = before.iter().skip(relative);
        let mut clause = told.chain(behind.iter().take(rest));
        closed && clause.any(Item::is_date)
    }

    pub(super) fn post_of(&self, office: &OfficeNp) -> Option<Post> {
        let role = self.reader.role_name(office.role);
        is_head_of_mission(&role).then(|| Post::of(office, role))
    }

    /// The post named after the verb ("handed over his letters as the first ambassador"), else one named before it.
    pub(super) fn post_here(&self) -> Option<Post> {
        let items = self.items();
        let (before, after) = items.split_at(self.frame.at.min(items.len()));
        // What another clause tells is another post.
        let own = (self.frame.clause.1).saturating_sub(before.len());
        let joint = after.iter().take(own.max(1));
        let behind = joint.filter_map(|i| i.actor()?.office.as_ref());
        let ahead = (0..before.len())
            .rev()
            .filter(|&i| !held::held_earlier(items, i) && !self.in_aside(i))
            .filter_map(|i| items.get(i)?.actor()?.office.as_ref());
        behind.chain(ahead).find_map(|o| self.post_of(o))
    }

    /// The post that the verb's object names: an office, a mission, or "it", the mission spoken of.
    fn said_post(&self, holder: usize) -> Option<(Post, Vec<Evidence>)> {
        let items = self.items();
        let mut object = self.frame.role(items, self.rule, "post");
        object.retain(|&i| !(self.frame.passive && apart(items, i, self.frame.at)));
        object.extend(self.relative_post());
        // "opened an embassy in A and a consulate in B, headed by X": he heads the latter.
        let before = object.iter().copied().filter(|&i| i < self.frame.at);
        if let Some(last) = before.max().filter(|_| of_the_last(items, self.frame.at)) {
            object = vec![last];
        }
        let taken = self.frame.subject.last().copied();
        object.extend(taken.filter(|&s| self.takes_up(s)));
        // "The consulate in A fell to X, that in B to Y": each his own.
        let nearest = (self.frame.at + 1..holder)
            .rev()
            .find(|&i| items.get(i).is_some_and(|x| x.mission().is_some()));
        if nearest.is_some() && !object.iter().any(|&i| i > self.frame.at) {
            object = nearest.into_iter().collect();
        }
        if object.is_empty() {
            object.extend(self.parted_mission());
        }
        let found = object.iter().filter_map(|&i| items.get(i)).find_map(|i| {
            if let Some(np) = i.mission() {
                return spoken::headed(self.reader, np);
            }
            let actor = i.actor().filter(|a| a.name.is_none())?;
            self.post_of(actor.office.as_ref()?)
        });
        if let Some(post) = found {
            // "A consulate headed by X was opened in Lima": where the sentence goes on to say.
            let city = || {
                let one = *object.first()?;
                let article = one.checked_sub(1).and_then(|i| items.get(i))?;
                article.is(Class::Indefinite).then_some(())?;
                let mut behind = items.get(holder.max(self.frame.at) + 1..)?.iter();
                let mut behind = behind.by_ref().take_while(|i| !i.sign(';'));
                behind.find_map(|i| i.city().filter(|_| i.has_prep(Class::In)))
            };
            if post.bare()
                && let Some(city) = city()
            {
                let post = Post {
                    city: Some(city),
                    ..post
                };
                return Some((post, Vec::new()));
            }
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
        // "the embassy, which X has led since 2019", "l'ambassade, dont X a pris la tête".
        let led = self.led_by_relative(holder);
        if let Some(post) = led.and_then(|np| spoken::headed(self.reader, np)) {
            return Some((post, Vec::new()));
        }
        let (start, end) = self.frame.clause;
        let verb = items.get(self.frame.at)?;
        // "La abrió X": the pronoun is part of the verb's words.
        let held = verb.folded.split_once([' ', '\'']);
        let held = held.is_some_and(|(first, _)| ["la", "lo", "l"].contains(&first));
        // "X la dirige": the pronoun stands before the verb.
        let clitic = self.frame.at.checked_sub(1).and_then(|i| items.get(i));
        let clitic = clitic.is_some_and(|i| {
            i.is(Class::Article) && ["la", "le", "lo", "l'"].contains(&i.folded.as_ref())
        });
        let it = held
            || clitic
            || items.get(start..end)?.iter().any(|i| {
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
