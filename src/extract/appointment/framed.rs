//! Frames of the rules of appointments → claims: named, appointed, presented credentials, heads a mission, took up or left a post.

mod abroad;
mod dated;
mod leaving;
mod own;
mod post;
mod several;

use super::beside::later_offices;
use super::credentials::beside_at;
use super::scattered::scattered_at;
use super::succession::succession;
use super::term::Term;
use super::{Post, also, also_as, claim, complete, further};
use crate::extract::frame::Frame;
use crate::extract::items::{Item, ItemKind, Stand, date_among};
use crate::extract::lasting::{lasts, until_another, until_bound};
use crate::extract::offices::is_head_of_mission;
use crate::extract::reader::{Reader, Sentence, Who};
use crate::extract::told::Told;
use crate::fact::{Claim, Evidence, EvidenceRole, Kind, Slot};
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
    if told.leaves_something() || slot == Some("end") && told.of_somebody_else() {
        return Vec::new();
    }
    // "has been in charge of the embassy of Peru": what he heads, not where he is accredited too.
    let accredits = rule.id.ends_with(".accredited");
    if accredits && told.of_mission() || told.of_meeting() {
        return Vec::new();
    }
    let mut claims = Vec::new();
    let mut beside = if slot == Some("start") {
        beside_at(reader, index, sentence)
    } else {
        Vec::new()
    };
    beside.extend(scattered_at(reader, &sentence.items));
    for (at, who) in holders {
        let Some(person) = who.person else { continue };
        if beside.contains(&at) {
            continue;
        }
        let Some((mut post, from)) = told.post(at, person, &who) else {
            continue;
        };
        let mut evidence = who.evidence;
        evidence.extend(from);
        if complete(reader, &mut post) {
            evidence.extend(reader.side_evidence());
        }
        if told.ended(person) {
            continue;
        }
        let date = told
            .date_of_first(at)
            .or_else(|| told.date_in_turn(&places, at))
            .or_else(|| date_among(&sentence.items, &places, at, frame.date));
        // "Since 2021 it is headed by X, previously ambassador to Iran (2015–2019)": the date before the verb.
        let before = || {
            (0..frame.at)
                .rev()
                .find(|&i| sentence.items.get(i).is_some_and(Item::is_date))
        };
        let other = |d: usize| told.of_former(d) || told.first_since(d);
        let date = date.and_then(|d| if other(d) { before() } else { Some(d) });
        let date = date.filter(|d| {
            !(told.of_apposition(*d)
                || told.of_aside(at, *d)
                || told.of_departed(*d)
                || told.of_main_clause(*d)
                || told.of_verb_before(*d)
                || told.before_later(*d)
                || told.of_verb_behind(*d)
                || told.of_neighbour(&places, at, *d)
                || told.of_other(&places, at, *d))
        });
        // "Until 1961 X was accredited to …": he was before, and is no longer.
        let slot = slot.filter(|_| !(accredits && date.is_some_and(|d| lasts(&sentence.items, d))));
        // "opened in 1972 by X, ambassador until 1975", "1962: X becomes ambassador (until 1966)": he came when the verb or the entry says.
        let until = |d: usize| d > frame.at && until_bound(&sentence.items, d);
        let left = slot == Some("start") && date.is_some_and(until);
        let mut term = Term::read(reader, sentence, date, slot.filter(|_| !left));
        if left {
            let came = before().filter(|&d| !lasts(&sentence.items, d));
            term.start = Term::read(reader, sentence, came, slot).start;
        }
        if let Some((word, until)) = until_another(&sentence.items, frame.at)
            && at < word
            && slot != Some("end")
        {
            if date == Some(until) {
                term = Term::default();
            }
            let ended = || Term::read(reader, sentence, Some(until), Some("end")).end;
            term.end = term.end.or_else(ended);
        }
        if term.end.is_none() && told.stays() {
            // "After the revolution of 1974 he remained in post": he had come before.
            term.start = None;
        }
        let claim = |post: &Post| {
            let evidence = evidence.clone();
            claim(
                reader,
                sentence,
                rule,
                Some(frame),
                person,
                post,
                &term,
                evidence,
            )
        };
        let accredited = told.accredited(&post);
        if !accredited.is_empty() {
            claims.extend(accredited.iter().filter_map(claim));
            continue;
        }
        let found = claim(&post);
        let further = further(reader, &sentence.items, &post);
        let others = further
            .into_iter()
            .filter_map(|place| also(reader, sentence, found.as_ref()?, &place));
        let mut others: Vec<Claim> = others.collect();
        if let (Some(first), Some(office)) = (&found, told.office_named(at)) {
            let later = later_offices(reader, &sentence.items, office);
            others.extend(
                later
                    .into_iter()
                    .filter_map(|l| also_as(reader, sentence, first, l)),
            );
        }
        for (at, person, own) in told.others(at) {
            if places.contains(&at) {
                continue;
            }
            let mut post = Post {
                sending: own.sending.or(post.sending),
                ..own
            };
            complete(reader, &mut post);
            let evidence = evidence.clone();
            let frame = Some(frame);
            others.extend(super::claim(
                reader, sentence, rule, frame, person, &post, &term, evidence,
            ));
        }
        claims.extend(found);
        claims.extend(others);
    }
    claims
}

impl Framed<'_, '_> {
    fn items(&self) -> &[Item<'_>] {
        &self.sentence.items
    }

    /// Whether a verb says that somebody only stayed where he was.
    fn stays(&self) -> bool {
        let verb = self.items().get(self.frame.at).map(|i| i.folded.as_ref());
        let words = self.set("stays").zip(verb);
        words.is_some_and(|(words, verb)| words.split('|').any(|word| verb.contains(word)))
    }

    fn set(&self, key: &str) -> Option<&str> {
        self.rule.set.get(key).map(String::as_str)
    }

    /// "Ambassador X is also accredited to A and B": the post once for each of the states, its seat the one that it has.
    fn accredited(&self, post: &Post) -> Vec<Post> {
        let items = self.items();
        let behind = self.frame.role(items, self.rule, "receiver");
        let behind = behind.into_iter().filter(|&i| i > self.frame.at);
        let bodies = behind.filter_map(|i| {
            let item = items.get(i)?;
            let city = || self.reader.state_of_city(item.city()?);
            item.named_body().or_else(city)
        });
        let to = |body: usize| Post {
            receiving: Some(body),
            ..post.clone()
        };
        bodies
            .filter(|b| Some(*b) != post.sending)
            .map(to)
            .collect()
    }

    /// Whether right behind the verb a mission is named.
    fn of_mission(&self) -> bool {
        let behind = self.items().get(self.frame.at + 1..).unwrap_or(&[]);
        let first = behind.iter().find(|i| !i.is(Class::Article) || i.is_np());
        first.is_some_and(|i| i.mission().is_some())
    }

    /// "X attended to a call from the ambassador of Peru", "has held a meeting with the ambassador": whether what the verb is said of is a meeting.
    fn of_meeting(&self) -> bool {
        let lexicon = self.reader.lexicon;
        let behind = self.items().get(self.frame.at + 1..).unwrap_or(&[]);
        let mut behind = behind
            .iter()
            .take_while(|i| i.actor().is_none() && !i.is_finite() && !i.sign(','));
        self.rule.head == Head::Verb && behind.any(|i| i.is_noun_for(lexicon, "meeting"))
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
            let mut at = self.frame.role(items, self.rule, "holder");
            at.retain(|&i| !self.speaks(i) && !self.led_by_head(i));
            // "the appointment of X as ambassador during the presidency of Y": of a noun only those named together.
            let list = |i: &usize| items.get(*i).map(|x| x.list);
            let behind = |i: &&usize| **i > self.frame.at;
            let first = at.iter().find(behind).and_then(list);
            at.retain(|i| self.rule.head != Head::Noun || !behind(&i) || list(i) == first);
            at
        };
        let behind = self.behind();
        if !behind.is_empty() {
            return behind;
        }
        let found: Vec<(usize, Who)> = at
            .into_iter()
            .flat_map(|i| {
                let item = items.get(i);
                let mut who = item.map_or_else(Vec::new, |x| self.reader.who(self.index, x));
                if who.iter().all(|w| w.person.is_none()) {
                    who.extend(self.apposed(i));
                }
                who.into_iter().map(move |w| (i, w))
            })
            .map(|(i, who)| self.instead(i, &who).unwrap_or((i, who)))
            .collect();
        if found.iter().any(|(_, w)| w.person.is_some()) || self.credentials() {
            let they = |i: usize| items.get(i).is_some_and(|x| x.is(Class::They));
            return found.into_iter().filter(|(i, _)| !they(*i)).collect();
        }
        if let Some(named) = self.behind_noun() {
            return vec![named];
        }
        // Whoever was spoken of last heads no mission by that alone.
        let heads = self.rule.args.values().any(|v| v == "post");
        self.whose()
            .or_else(|| {
                (!heads && !self.of_others()).then_some(())?;
                let who = self
                    .reader
                    .unsaid(self.index, self.sentence, self.rule, self.frame)?;
                // Who was spoken of in another paragraph is not meant.
                let here = |e: &Evidence| {
                    let told = self.reader.sentence_at(e.span.start);
                    told.is_some_and(|s| s.block == self.sentence.block)
                };
                who.evidence.iter().any(here).then_some(())?;
                Some((self.frame.at, who))
            })
            .or_else(|| self.his())
            .into_iter()
            .collect()
    }

    /// "Her term ended in 1993", "Son départ, en 1993, …": the holder of whom the sentence before tells.
    fn his(&self) -> Option<(usize, Who)> {
        let items = self.items();
        let at = self.frame.at;
        let first = items.get(at)?.folded.split(' ').next()?;
        let led = at.checked_sub(1).and_then(|i| items.get(i));
        let noun = self.rule.head == Head::Noun && led.is_some_and(|i| i.is(Class::Possessive));
        let his = noun || self.reader.lexicon.has_class(first, Class::Possessive);
        // "Japan's was Y until his departure": his own.
        let named = |i: &Item<'_>| i.actor().is_some_and(|a| a.name.is_some());
        let other = items.get(..at)?.iter().any(named);
        let last = self.earlier.last_of(Kind::Appointment).next()?;
        let near = last.holds() && self.reader.near(self.index, last, 1);
        let evidence = Evidence {
            span: last.statement(),
            role: EvidenceRole::Antecedent,
        };
        let who = Who {
            person: self.reader.people.find(&last.fact.text(Slot::Person)),
            evidence: vec![evidence],
            ..Who::default()
        };
        let ends = self.set("slot") == Some("end") && !last.fact.has(Slot::End);
        (his && !other && near && ends).then_some((at, who))
    }

    /// "opened under a chargé d'affaires, X, and the first ambassador, Y, took up …": whether somebody before the verb is named behind the office of who
    /// heads what was opened.
    fn led_by_head(&self, at: usize) -> bool {
        let items = self.items();
        let comma = at
            .checked_sub(1)
            .filter(|&i| items.get(i).is_some_and(|x| x.sign(',')));
        let Some(office) = comma.and_then(|i| i.checked_sub(1)) else {
            return false;
        };
        let unnamed = items.get(office).and_then(Item::actor);
        let unnamed = unnamed.is_some_and(|a| a.name.is_none() && a.office.is_some());
        let before = items.get(..office).unwrap_or(&[]).iter().rev();
        let graded = |i: &&Item<'_>| {
            i.is(Class::Indefinite) || i.is(Class::Article) || i.is(Class::Temporal)
        };
        let lead = before.clone().find(|i| !graded(i));
        at < self.frame.at && unnamed && lead.is_some_and(|i| i.is(Class::MissionHead))
    }

    /// "'… the ambassador named by the Government', said X": whether somebody behind the verb is the one who says it.
    fn speaks(&self, at: usize) -> bool {
        let between = self.items().get(self.frame.at + 1..at).unwrap_or(&[]);
        between.iter().any(|i| i.is(Class::Speech))
    }

    /// "The President received the ambassador, X, when he presented his credentials": the only head of mission whom the sentence names, where a
    /// pronoun seems to mean somebody who has another office.
    fn instead(&self, at: usize, who: &Who) -> Option<(usize, Who)> {
        let pronoun = |i: &Item<'_>| i.actor().is_some_and(|a| a.stand == Some(Stand::He));
        let other = who.role.as_deref().is_some_and(|r| !is_head_of_mission(r));
        self.items().get(at).filter(|i| other && pronoun(i))?;
        let heads = |i: &Item<'_>| {
            i.actor().is_some_and(|a| a.name.is_some()) && self.reader.heads_mission(i)
        };
        let mut named = (0..at).filter(|&i| self.items().get(i).is_some_and(heads));
        let (head, None) = (named.next()?, named.next()) else {
            return None;
        };
        let who = self.reader.who(self.index, self.items().get(head)?);
        Some((head, who.into_iter().next()?))
    }

    /// "The office stayed shut", "they served side by side": whether the verb is said of the mission or of several.
    fn of_others(&self) -> bool {
        let (start, _) = self.frame.clause;
        let before = self.items().get(start..self.frame.at).unwrap_or(&[]);
        before.iter().any(|i| {
            let mission = i.mission().is_some() || i.is(Class::MissionIt) && i.actor().is_none();
            i.prep.is_empty() && (mission || i.is(Class::They))
        })
    }

    /// "Llegó a Lima el nuevo ministro, X", "la dirigieron X et Y": who does it, named behind a verb that has no subject before it.
    fn behind(&self) -> Vec<(usize, Who)> {
        let does = self.rule.args.get("subject").is_some_and(|r| r == "holder");
        // "Fueron nombrados X, embajador en …": to whom it is done.
        let done =
            self.frame.passive && self.rule.args.get("object").is_some_and(|r| r == "holder");
        let verb = self.rule.head == Head::Verb && (!self.frame.passive && does || done);
        let items = self.items();
        // "No se nombró sucesor hasta 1984, cuando llegó X": the subject before belongs to another clause.
        let subject = self.frame.subject.last().is_some_and(|&s| {
            if self.relative_post() == Some(s) || self.takes_up(s) {
                return false;
            }
            let between = items.get(s + 1..self.frame.at).unwrap_or(&[]);
            // "lo sustituyó X, y desde 2021 ocupa el cargo Y": another clause begins.
            let joined = between
                .windows(2)
                .any(|two| matches!(two, [comma, and] if comma.sign(',') && and.is(Class::And)));
            !joined
                && !between
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

    /// "La embajada en Lima la abrió X": whether a pronoun of the verb takes up the mission before it.
    pub(super) fn takes_up(&self, subject: usize) -> bool {
        let items = self.items();
        let mission = items.get(subject).is_some_and(|i| i.mission().is_some());
        let pronoun = |word: &str| ["la", "lo", "le", "l'"].contains(&word);
        let verb = items.get(self.frame.at).map(|i| i.folded.as_ref());
        let own = verb
            .and_then(|v| v.split_once(' '))
            .is_some_and(|(first, _)| pronoun(first));
        let before = self.frame.at.checked_sub(1).and_then(|i| items.get(i));
        mission && (own || before.is_some_and(|i| i.is(Class::Article) && pronoun(&i.folded)))
    }

    /// "named a consul in A, X, who …": the one named behind an office without a name.
    fn apposed(&self, at: usize) -> Option<Who> {
        let items = self.items();
        let office = items.get(at)?.actor().filter(|a| a.name.is_none())?;
        office.office.as_ref()?;
        items.get(at + 1).filter(|i| i.sign(','))?;
        let behind = items.iter().skip(at + 2);
        let named = behind
            .take(3)
            .find(|i| !(i.is(Class::Honorific) || i.is(Class::Article)))?;
        let bare = named
            .actor()
            .is_some_and(|a| a.name.is_some() && a.office.is_none());
        let mut who = self
            .reader
            .who(self.index, named)
            .into_iter()
            .next()
            .filter(|_| bare)?;
        let role = self.reader.role_name(office.office.as_ref()?.role);
        who.role = Some(role);
        Some(who)
    }

    /// "la embajada, que dirige X": the mission that a relative right before the verb stands for.
    fn relative_post(&self) -> Option<usize> {
        let items = self.items();
        let heads = self.rule.args.get("object").is_some_and(|r| r == "post");
        let relative = items.get(self.frame.at.checked_sub(1)?)?;
        let subject = *self.frame.subject.last()?;
        let mission = items.get(subject)?.mission().is_some();
        (heads && mission && relative.is(Class::Relative)).then_some(subject)
    }

    /// "entrusted to a merchant of the place, X": who is named between a comma and the end of the phrase of an unknown noun.
    fn behind_noun(&self) -> Option<(usize, Who)> {
        let items = self.items();
        let given = ["to", "by"]
            .iter()
            .any(|f| self.rule.args.get(*f).is_some_and(|r| r == "holder"));
        let behind = items.get(self.frame.at + 1..).filter(|_| given)?;
        let article = behind.iter().position(|i| i.is(Class::Indefinite))?;
        let noun = behind.get(article + 1)?;
        let unknown = |i: &Item<'_>| {
            matches!(i.kind, ItemKind::Word) && i.verb.is_none() && !i.is(Class::Relative)
        };
        let comma = behind.iter().position(|i| i.sign(','))?;
        let led = behind
            .get(..article)?
            .iter()
            .all(|i| unknown(i) || matches!(i.kind, ItemKind::Date(_)));
        let phrase = behind.get(article + 1..comma)?;
        (led && noun.meanings.is_empty() && phrase.len() < 6 && phrase.iter().all(unknown))
            .then_some(())?;
        let at = self.frame.at + 1 + comma + 1;
        let named = items.get(at)?;
        named.actor().filter(|a| a.name.is_some())?;
        let who = self.reader.who(self.index, named).into_iter().next()?;
        Some((at, who))
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
}
