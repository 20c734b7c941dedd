//! The states and cities that a text names near the statement of a post and far from it, each with how it names them.

use super::posts::{Post, Posts};
use crate::extract::items::{Item, ItemKind, resides};
use crate::extract::learned::fills::{Written, around};
use crate::extract::reader::{Looks, Reader, Sentence, Then};
use crate::extract::settle::consular;
use crate::fact::{Edtf, Fact, Slot, Value};
use crate::language::Class;
use crate::text::Span;

/// How many posts told before and behind are looked at.
const NEAR: usize = 8;

/// How many items off stands beside.
const BESIDE: usize = 2;

/// The names of how one post stands to another: who sends, who receives, the city.
type Hows = [&'static str; 3];

/// What a text names.
#[derive(Debug, Default)]
pub(super) struct Named {
    pub(super) states: Vec<Written>,
    pub(super) cities: Vec<Written>,
    /// Two states that it names together, as who sends and who receives.
    pub(super) pairs: Vec<([usize; 2], &'static str)>,
}

impl Named {
    pub(super) fn of(reader: &Reader<'_>, posts: &Posts<'_>, fact: &Fact, index: usize) -> Self {
        let mut named = Self::default();
        let own = [Slot::Sending, Slot::Receiving].map(|s| reader.body_in(fact, s));
        let city = reader.city_in(fact, Slot::City);
        named.post(own, city, ["own-s", "own-r", "own"], None);
        named.document(reader);
        named.person(reader, fact);
        named.posts(posts, fact, index);
        for title in reader.titles().take(1) {
            let from = Some(title.span);
            named.apart(reader, &title.items, ["title", "title-adj"], from);
        }
        if let Some(sentence) = reader.sentences.get(index) {
            if let Some(key) = reader.block(sentence).and_then(|b| b.key) {
                let items = reader.items_of(key);
                named.apart(reader, &items, ["key", "key-adj"], Some(key));
            }
            if let Some(above) = reader.above(sentence).first() {
                let from = Some(above.span);
                named.apart(reader, &above.items, ["heading", "heading-adj"], from);
            }
            let at = person_at(reader, sentence, fact, index);
            named.sentence(reader, &sentence.items, at);
            let before = index.checked_sub(1).and_then(|b| reader.sentences.get(b));
            if let Some(before) = before.filter(|b| b.block == sentence.block) {
                let from = Some(before.span);
                named.apart(reader, &before.items, ["before", "before-adj"], from);
            }
        }
        named.kin(reader, fact);
        named
    }

    fn state(&mut self, at: usize, how: &'static str, from: Option<Span>) {
        self.states.push(Written {
            from,
            ..Written::new(at, how)
        });
    }

    fn city(&mut self, at: usize, how: &'static str, from: Option<Span>) {
        self.cities.push(Written {
            from,
            ..Written::new(at, how)
        });
    }

    /// The sides and the city of a post.
    fn post(
        &mut self,
        sides: [Option<usize>; 2],
        city: Option<usize>,
        [sending, receiving, seat]: Hows,
        from: Option<Span>,
    ) {
        let [s, r] = sides;
        if let Some(s) = s {
            self.state(s, sending, from);
        }
        if let Some(r) = r {
            self.state(r, receiving, from);
        }
        if let Some(city) = city {
            self.city(city, seat, from);
        }
        if let (Some(s), Some(r)) = (s, r)
            && from.is_some()
        {
            self.pairs.push(([s, r], sending));
        }
    }

    /// What the sentence names, seen from the item that names the person.
    fn sentence(&mut self, reader: &Reader<'_>, items: &[Item<'_>], at: Option<usize>) {
        let mut nearest: [Option<(usize, usize, bool)>; 2] = [None, None];
        let covers = |i: &Item<'_>| i.is(Class::Covers) || i.is(Class::KeyCovers);
        let covers = items.iter().any(covers);
        for (i, item) in items.iter().enumerate() {
            let side = at.map(|at| i < at);
            let near = at.is_some_and(|at| at.abs_diff(i) <= BESIDE);
            if let Some(body) = item.body() {
                let adjective = item.adjective().is_some();
                let how = match (reader.is_organisation(body), adjective, side) {
                    (true, _, _) => "org",
                    (_, true, Some(true)) => "adj<",
                    (_, true, _) => "adj>",
                    (_, false, Some(true)) => "state<",
                    (_, false, Some(false)) => "state>",
                    (_, false, None) => "state",
                };
                self.state(body, how, None);
                self.preps(item, body);
                if near {
                    let how = if adjective {
                        "adj-beside"
                    } else {
                        "state-beside"
                    };
                    self.state(body, how, None);
                }
                if i == 0 {
                    self.state(body, "first", None);
                    if matches!(items.get(1).map(|x| &x.kind), Some(ItemKind::Sign(_))) {
                        self.state(body, "first-sign", None);
                    }
                }
                around(reader, items, i, |how, more| {
                    self.states.push(Written {
                        more,
                        ..Written::new(body, how)
                    });
                });
                note(&mut nearest, side, (i, body, false));
            }
            if let Some(city) = item.city() {
                let how = match side {
                    Some(true) => "city<",
                    Some(false) => "city>",
                    None => "city",
                };
                let bracket = i
                    .checked_sub(1)
                    .and_then(|b| items.get(b))
                    .is_some_and(|b| b.sign('('));
                self.city(city, how, None);
                for (yes, how) in [
                    (near, "city-beside"),
                    (resides(items, i), "city-placed"),
                    (covers, "city-covers"),
                    (bracket, "city-bracket"),
                    (item.has_prep(Class::In), "city-in"),
                    (item.has_prep(Class::From), "city-from"),
                    (item.has_prep(Class::To), "city-to"),
                    (item.has_prep(Class::Of), "city-of"),
                ] {
                    if yes {
                        self.city(city, how, None);
                    }
                }
                around(reader, items, i, |how, more| {
                    self.cities.push(Written {
                        more,
                        ..Written::new(city, how)
                    });
                });
                if let Some(state) = reader.state_of_city(city) {
                    let how = match (item.has_prep(Class::In), side) {
                        (true, Some(true)) => "in-city<",
                        (true, _) => "in-city>",
                        (false, Some(true)) => "of-city<",
                        (false, _) => "of-city>",
                    };
                    self.state(state, how, None);
                }
                note(&mut nearest, side, (i, city, true));
            }
            if let Some(np) = item.mission() {
                self.post([np.sending, np.receiving], None, ["np-s", "np-r", ""], None);
                for (city, _, _) in &np.cities {
                    self.city(*city, "np", None);
                    if let Some(state) = reader.state_of_city(*city) {
                        self.state(state, "np-city", None);
                    }
                }
            }
            if let Some(actor) = item.actor() {
                let own = at == Some(i);
                if let Some(office) = &actor.office {
                    let hows = if own {
                        ["office-of", "office-to", "office"]
                    } else {
                        ["other-of", "other-to", "other"]
                    };
                    self.post([office.of, office.to], office.city, hows, None);
                    if let Some(state) = office.city.and_then(|c| reader.state_of_city(c)) {
                        self.state(state, if own { "office-city" } else { "other-city" }, None);
                    }
                }
                if let Some(body) = actor.body {
                    self.state(body, if own { "actor" } else { "other-actor" }, None);
                }
            }
        }
        for (near, how) in nearest.into_iter().zip(["nearest<", "nearest>"]) {
            match near {
                Some((_, city, true)) => {
                    self.city(city, how, None);
                    if let Some(state) = reader.state_of_city(city) {
                        self.state(
                            state,
                            if how == "nearest<" {
                                "nearest-city<"
                            } else {
                                "nearest-city>"
                            },
                            None,
                        );
                    }
                }
                Some((_, body, false)) => self.state(body, how, None),
                None => {}
            }
        }
    }

    fn preps(&mut self, item: &Item<'_>, body: usize) {
        for (class, how) in [
            (Class::To, "to"),
            (Class::In, "in"),
            (Class::Of, "of"),
            (Class::From, "from"),
            (Class::By, "by"),
        ] {
            if item.has_prep(class) {
                self.state(body, how, None);
            }
        }
        if item.genitive {
            self.state(body, "genitive", None);
        }
    }

    /// What other words name: a key, a heading, the sentence before.
    fn apart(
        &mut self,
        reader: &Reader<'_>,
        items: &[Item<'_>],
        [how, adjective]: [&'static str; 2],
        from: Option<Span>,
    ) {
        for item in items {
            if let ItemKind::Body(body, adj) = item.kind {
                self.state(body, if adj { adjective } else { how }, from);
            }
            if let Some(city) = item.city() {
                self.city(city, how, from);
                if let Some(state) = reader.state_of_city(city) {
                    self.state(state, how, from);
                }
            }
            if let Some(np) = item.mission() {
                for state in [np.sending, np.receiving].into_iter().flatten() {
                    self.state(state, how, from);
                }
                if let Some(sending) = np.sending {
                    self.state(sending, adjective, from);
                }
                for (city, _, _) in &np.cities {
                    self.city(*city, how, from);
                }
            }
            if let Some(office) = item.actor().and_then(|a| a.office.as_ref()) {
                for state in [office.of, office.to].into_iter().flatten() {
                    self.state(state, how, from);
                }
                if let Some(of) = office.of {
                    self.state(of, adjective, from);
                }
                if let Some(city) = office.city {
                    self.city(city, how, from);
                }
            }
        }
    }

    /// What the document is about.
    fn document(&mut self, reader: &Reader<'_>) {
        // Sides that no title pairs are only those spoken of most.
        let (each, all) = if reader.paired {
            (["side-0", "side-1"], "side")
        } else {
            (["often-0", "often-1"], "often")
        };
        for (side, how) in reader.sides.iter().zip(each) {
            self.state(*side, how, reader.sides_span);
            self.state(*side, all, reader.sides_span);
        }
        if let Some(home) = reader.home() {
            self.state(home, "home", reader.sides_span);
        }
        if let Some(own) = &reader.own_mission {
            let sides = [Some(own.sending), own.receiving];
            self.post(
                sides,
                own.city,
                ["mission-s", "mission-r", "mission"],
                Some(own.span),
            );
        }
    }

    /// The state that the person is known to be of.
    fn person(&mut self, reader: &Reader<'_>, fact: &Fact) {
        let Some(Value::Person(person)) = fact.get(Slot::Person) else {
            return;
        };
        let Some(person) = reader.people.find(&person.name) else {
            return;
        };
        let Some(known) = reader.people.known.get(person) else {
            return;
        };
        if let Some(state) = known.leads {
            self.state(state, "leads", None);
        }
        if let Some((state, how)) = reader.looks_like(person) {
            let how = match how {
                Looks::Hardly => "looks-hardly",
                Looks::Rather => "looks-rather",
                Looks::Surely => "looks-surely",
            };
            self.state(state, how, None);
        }
        for held in known.offices.iter().take(NEAR) {
            if let Some(of) = held.of {
                self.state(of, "served", None);
            }
        }
    }

    /// States that followed one that is named, or that one followed.
    fn kin(&mut self, reader: &Reader<'_>, fact: &Fact) {
        let date = fact.date(Slot::Start).or_else(|| fact.date(Slot::End));
        let year = date.and_then(Edtf::year);
        let mut kin: Vec<usize> = Vec::new();
        for written in &self.states {
            for (body, _) in reader.kin(written.at, year) {
                if !kin.contains(&body) {
                    kin.push(body);
                }
            }
        }
        for body in kin {
            let then = reader.kin(body, year).into_iter().map(|(_, then)| then);
            let how = match then.min() {
                Some(Then::Its) => "its-time",
                Some(Then::Unknown) => "some-time",
                Some(Then::Other) | None => "other-time",
            };
            self.state(body, how, None);
        }
    }

    /// What missions and posts around have.
    fn posts(&mut self, posts: &Posts<'_>, fact: &Fact, index: usize) {
        let consular = consular(fact);
        let person = fact.get(Slot::Person);
        let split = posts.all.partition_point(|p| p.index < index);
        let after = posts.all.partition_point(|p| p.index <= index);
        let (before, here) = (posts.all.get(..split), posts.all.get(split..after));
        let behind = posts.all.get(after..).unwrap_or(&[]);
        let whole = |p: &&Post<'_>| p.sides.iter().all(Option::is_some) && p.person != person;
        let mut add = |post: Option<&Post<'_>>, hows: Hows| {
            if let Some(post) = post {
                self.post(post.sides, post.city, hows, Some(post.from));
            }
        };
        let before = before.unwrap_or(&[]).iter().rev().take(NEAR);
        let here = here.unwrap_or(&[]).iter().take(NEAR);
        let behind = behind.iter().take(NEAR);
        let alike = |p: &&Post<'_>| whole(p) && p.consular == consular;
        add(before.clone().find(alike), ["last-s", "last-r", "last"]);
        add(before.clone().find(whole), ["lastx-s", "lastx-r", "lastx"]);
        add(
            before.clone().find(|p| alike(p) && p.mission),
            ["lastm-s", "lastm-r", "lastm"],
        );
        add(
            here.clone().find(|p| alike(p) && p.mission),
            ["herem-s", "herem-r", "herem"],
        );
        add(
            here.clone().find(|p| whole(p) && !p.mission),
            ["here-s", "here-r", "here"],
        );
        add(behind.clone().find(alike), ["next-s", "next-r", "next"]);
        let of = person.and_then(|p| posts.of.get(p));
        for n in of.into_iter().flatten().take(NEAR) {
            if let Some(post) = posts.all.get(*n).filter(|p| p.index != index) {
                add(Some(post), ["same-s", "same-r", "same"]);
            }
        }
        if let Some(([s, r], nearly_all)) = posts.most {
            let hows = if nearly_all {
                ["all-s", "all-r", "all"]
            } else {
                ["most-s", "most-r", "most"]
            };
            let [sending, receiving, both] = hows;
            self.state(s, sending, None);
            self.state(r, receiving, None);
            self.pairs.push(([s, r], both));
        }
    }
}

/// Keeps what stands nearest to an item on each side of it.
fn note(
    nearest: &mut [Option<(usize, usize, bool)>; 2],
    side: Option<bool>,
    found: (usize, usize, bool),
) {
    match (side, nearest) {
        (Some(true), [before, _]) => *before = Some(found),
        (Some(false), [_, behind]) => {
            behind.get_or_insert(found);
        }
        (None, _) => {}
    }
}

/// The item of a sentence that names the person of a fact.
pub(super) fn person_at(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
    fact: &Fact,
    index: usize,
) -> Option<usize> {
    let Some(Value::Person(person)) = fact.get(Slot::Person) else {
        return None;
    };
    let known = reader.people.find(&person.name)?;
    let actors = || {
        let items = sentence.items.iter().enumerate();
        items.filter_map(|(i, item)| Some((i, item, item.actor()?.name.as_ref()?)))
    };
    let named = actors().find(|(_, _, name)| reader.people.find(name) == Some(known));
    let meant = || {
        actors().find(|(_, item, _)| {
            let who = reader.who(index, item);
            who.iter().any(|w| w.person == Some(known))
        })
    };
    named.or_else(meant).map(|(i, _, _)| i)
}
