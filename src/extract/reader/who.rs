//! Who is meant: persons by name, office, pronoun or what the text has been speaking of → persons with the passages that tell it.

use super::{Reader, Who};
use crate::document::Lang;
use crate::extract::items::{Actor, Item, OfficeNp, Stand};
use crate::extract::offices::{is_head_of_mission, is_royal};
use crate::extract::people::Held;
use crate::fact::{Evidence, EvidenceRole};
use crate::language::Class;
use crate::text::Span;

/// How many sentences behind its first holder of an office a statement may name him.
const AHEAD: usize = 4;

impl<'a> Reader<'a> {
    /// Whom a pronoun means that cannot mean one of the state `not`: the person named last who is known to be of another.
    pub(in crate::extract) fn other_than(
        &self,
        sentence: usize,
        item: &Item,
        not: usize,
    ) -> Option<Who> {
        item.actor()
            .filter(|a| matches!(a.stand, Some(Stand::He)) && a.body.is_none())?;
        let of = |person: usize| {
            let offices = &self.people.known.get(person)?.offices;
            offices.iter().find_map(|h| h.of)
        };
        let (person, span) = self.named_last(sentence, item.span, |person| {
            of(person).is_none_or(|of| !self.same_state(of, not))
        })?;
        let evidence = vec![Evidence {
            span,
            role: EvidenceRole::Antecedent,
        }];
        Some(self.described(person, &Actor::default(), item.span, evidence))
    }

    /// Who was spoken of last, in this block, and is none of these.
    pub(in crate::extract) fn spoken_of(&self, index: usize, others: &[Who]) -> Option<Who> {
        let block = self.sentences.get(index)?.block;
        let before = self.salient.partition_point(|(s, _, _)| *s <= index);
        let other = |person: usize| !others.iter().any(|w| w.person == Some(person));
        let last = self
            .salient
            .get(..before)?
            .iter()
            .rev()
            .take_while(|(s, _, _)| {
                index - *s <= 2 && self.sentences.get(*s).is_some_and(|x| x.block == block)
            })
            .find(|(_, person, _)| other(*person))
            .map(|(_, person, span)| (*person, *span));
        let headed = || self.headed(index).filter(|(person, _)| other(*person));
        let (person, span) = last.or_else(headed)?;
        let evidence = vec![Evidence {
            span,
            role: EvidenceRole::Antecedent,
        }];
        Some(self.described(person, &Actor::default(), span, evidence))
    }

    /// Whether an indefinite article stands before an item, adjectives between passed over.
    fn indefinite(&self, sentence: usize, item: &Item) -> bool {
        let items = self.sentences.get(sentence).map_or(&[][..], |s| &s.items);
        let at = items.partition_point(|i| i.span.start < item.span.start);
        items
            .get(..at)
            .unwrap_or(&[])
            .iter()
            .rev()
            .find(|i| (i.is(Class::Article) || !i.is(Class::Temporal)) && i.adjective().is_none())
            .is_some_and(|i| i.is(Class::Indefinite))
    }

    /// "X was thus, in May 1983, the first Peruvian leader to …": whom the sentence says to be what an item says.
    fn said_to_be(&self, sentence: usize, item: &Item) -> Option<usize> {
        let items = &self.sentences.get(sentence)?.items;
        let at = items.partition_point(|i| i.span.start < item.span.start);
        let before = items.get(..at)?;
        let be = before.iter().rposition(|i| i.is(Class::Be))?;
        let between = before.get(be + 1..)?;
        let (last, lead) = before.get(..be)?.split_last()?;
        let told = |i: &Item<'_>| i.is_finite() || i.is_np() && !i.is_date();
        let person = last.actor()?.name.as_ref()?;
        let acts = last.prep.is_empty() && !lead.iter().any(Item::is_finite);
        (acts && !between.iter().any(told)).then(|| self.surely(person))?
    }

    /// The role of one who is spoken of: that said with the name, else the one held there.
    pub(super) fn role_spoken<'w>(&'w self, who: &'w Who, at: usize) -> Option<&'w str> {
        let held = || {
            self.people
                .office_at(who.person?, at)
                .map(|h| h.role.as_str())
        };
        who.role.as_deref().or_else(held)
    }

    /// The text up to here: all persons (or offices) that an actor stands for.
    pub(in crate::extract) fn who(&self, sentence: usize, item: &Item) -> Vec<Who> {
        let Some(actor) = item.actor() else {
            return Vec::new();
        };
        let antecedent = |span: Span| {
            vec![Evidence {
                span,
                role: EvidenceRole::Antecedent,
            }]
        };
        if let Some(name) = &actor.name {
            let Some(person) = self.surely(name) else {
                return Vec::new();
            };
            return vec![self.described(person, actor, item.span, Vec::new())];
        }
        match actor.stand {
            Some(Stand::He | Stand::Him | Stand::ThePerson) => {
                // "the Afghan sovereign": whoever of that state the text spoke of last.
                if let Some(body) = actor.body {
                    if let Some(person) = self.said_to_be(sentence, item) {
                        return vec![self.described(person, actor, item.span, Vec::new())];
                    }
                    let served = |person: usize| {
                        let known = self.people.known.get(person);
                        known.is_some_and(|k| k.served(body))
                    };
                    let earlier = self.salient.partition_point(|(s, _, _)| *s < sentence);
                    let found = self
                        .salient
                        .get(..earlier)
                        .unwrap_or(&[])
                        .iter()
                        .rev()
                        .take_while(|(s, _, _)| sentence - *s <= 6)
                        .find(|(_, person, _)| served(*person));
                    let found = found.map(|(_, person, span)| (*person, *span));
                    return found
                        .or_else(|| self.named_last(sentence, item.span, served))
                        .or_else(|| self.last_visitor(sentence))
                        .map(|(person, span)| {
                            vec![self.described(person, actor, item.span, antecedent(span))]
                        })
                        .unwrap_or_default();
                }
                let guest = (actor.stand == Some(Stand::ThePerson))
                    .then(|| self.last_visitor(sentence))
                    .flatten();
                let Some((person, span)) = guest.or_else(|| self.last_person(sentence, item.span))
                else {
                    return Vec::new();
                };
                return vec![self.described(person, actor, item.span, antecedent(span))];
            }
            Some(Stand::Latter) => {
                let named = self.named_last(sentence, item.span, |_| true);
                return named
                    .map(|(person, span)| {
                        vec![self.described(person, actor, item.span, antecedent(span))]
                    })
                    .unwrap_or_default();
            }
            Some(Stand::Both) => return self.both(sentence, item),
            Some(Stand::Counterpart) => {
                return vec![Who {
                    of: actor.body,
                    counterpart: true,
                    ..Who::default()
                }];
            }
            Some(Stand::Successor | Stand::Predecessor) | None => {}
        }
        let Some(office) = &actor.office else {
            return Vec::new();
        };
        let held = self.held(office);
        if held.role.is_empty() {
            return Vec::new();
        }
        let of = held.of;
        // "The first visit of a head of government": nobody whom the text has named.
        if self.indefinite(sentence, item) {
            return vec![Who {
                role: Some(held.role),
                of,
                ..Who::default()
            }];
        }
        if let Some((person, span)) = self.own_minister(sentence, item, office, &held) {
            return vec![self.described(person, &Actor::default(), item.span, antecedent(span))];
        }
        // "the President", "le ministre": who was given that office last, when the words point back: whom the text has been speaking of
        // before all others.
        let earlier = self.salient.partition_point(|(s, _, _)| *s < sentence);
        let spoken = self
            .salient
            .get(..earlier)
            .unwrap_or(&[])
            .iter()
            .rev()
            .take_while(|(s, _, _)| sentence - *s <= 4)
            .map(|(_, person, _)| *person)
            .find(|&person| {
                self.people.known.get(person).is_some_and(|k| {
                    k.offices.iter().any(|h| {
                        h.at < item.span.start
                            && h.role == held.role
                            && of.is_none_or(|of| match h.of {
                                Some(other) => other == of,
                                // "President X came in 2001. The Kenyan president …"
                                None => self.leads_surely(person, of),
                            })
                    })
                })
            });
        let last = self
            .people
            .holder(&held.role, of, item.span.start)
            .filter(|_| {
                let royal = office.of.is_none() && is_royal(&held.role);
                // In a statement "the Foreign Minister of Latvia" is the one whom it has named.
                of.is_none() || royal || self.issued && !is_head_of_mission(&held.role)
            });
        // In a statement "the Prime Minister" is the one of the state that speaks, whoever else of that office was spoken of.
        let own = |person: usize| {
            let known = self.people.known.get(person);
            known.is_some_and(|k| k.holds_at_home(&held.role, self.home()))
        };
        let spoken = spoken.filter(|&p| !self.issued || own(p) || !last.is_some_and(own));
        // "La presidenta": nobody whom the text calls "el presidente".
        let agrees = |person: &usize| self.agrees(*person, &held.role, item.span.start, office);
        let (spoken, last) = (spoken.filter(agrees), last.filter(agrees));
        // "the minister" alone is the person spoken of, when that can be a minister.
        let minister = |named: Option<usize>| {
            // "the ministers of …": not the one who was spoken of.
            let word = office.span.of(&self.doc.text);
            let several = word.split(' ').next().is_some_and(|w| w.ends_with('s'));
            let bare = named.is_none() && of.is_none() && held.role == "Minister" && !several;
            let known = |person: usize| {
                let office = self.people.office_at(person, item.span.start);
                office.is_some_and(|h| h.role.contains("Minister"))
            };
            let recent = || {
                self.salient
                    .get(..earlier)?
                    .iter()
                    .rev()
                    .take_while(|(s, _, _)| sentence - *s <= 4)
                    .find(|(_, person, _)| known(*person))
                    .map(|(_, person, span)| (*person, *span))
            };
            let (person, span) = bare
                .then(|| recent().or_else(|| self.last_person(sentence, item.span)))
                .flatten()?;
            let mut who = self.described(person, &Actor::default(), item.span, antecedent(span));
            let may = who.role.as_ref().is_none_or(|r| r.contains("Minister"));
            who.role = who.role.or_else(|| Some(held.role.clone()));
            may.then_some(who)
        };
        let named = spoken.or(last);
        if let Some(who) = minister(named) {
            return vec![who];
        }
        let in_short = || {
            of.is_none()
                .then(|| self.holder_in_short(office, item.span.start))
                .flatten()
        };
        let meant = if is_head_of_mission(&held.role) {
            spoken.filter(|p| self.head_spoken_of(sentence, item, office, *p))
        } else {
            let introduced = || {
                let of = of?;
                let holds = |h: &Held| h.role == held.role && h.of == Some(of);
                let holder = |p: usize| {
                    let known = self.people.known.get(p);
                    known.is_some_and(|k| k.offices.iter().any(holds))
                };
                let (person, _) = self.named_last(sentence, item.span, holder)?;
                agrees(&person).then_some(person)
            };
            named
                .or_else(introduced)
                .or_else(in_short)
                .or_else(|| self.named_ahead(sentence, item.span, &held))
                .or_else(|| self.newly(sentence, item))
        };
        if let Some(person) = meant {
            let at = self
                .people
                .office_at(person, item.span.start)
                .map_or(item.span, |h| Span::new(h.at, h.at));
            let evidence = self
                .sentence_at(at.start)
                .map(|s| antecedent(s.span))
                .unwrap_or_default();
            // By the short form of an office the person has the office in full.
            let long = self
                .people
                .office_at(person, item.span.start)
                .is_some_and(|h| h.role != held.role);
            let bare = Actor::default();
            let actor = if long { &bare } else { actor };
            return vec![self.described(person, actor, item.span, evidence)];
        }
        vec![Who {
            person: None,
            role: Some(held.role),
            of,
            ..Who::default()
        }]
    }

    /// "The President of Mali paid a visit. Mali's President, X, was welcomed …": the only one of an office in a statement, whom it names soon after.
    fn named_ahead(&self, sentence: usize, at: Span, held: &Held) -> Option<usize> {
        let of = held.of.filter(|_| self.issued)?;
        let holds = |h: &Held| h.role == held.role && h.of == Some(of);
        let known = self.people.known.iter().enumerate();
        let mut holders = known.filter(|(_, k)| k.offices.iter().any(holds));
        let (person, known) = holders.next()?;
        let first = known.offices.iter().find(|h| holds(h))?;
        let told = self.sentence_index(first.at)?;
        let soon = first.at > at.end && told - sentence <= AHEAD;
        (soon && holders.next().is_none()).then_some(person)
    }

    /// "X won the elections. The new prime minister went to Lima": the one without an office of whom the sentence before speaks.
    fn newly(&self, sentence: usize, item: &Item) -> Option<usize> {
        let here = self.sentences.get(sentence)?;
        let at = here
            .items
            .partition_point(|i| i.span.start < item.span.start);
        let before = at.checked_sub(1).and_then(|i| here.items.get(i));
        let first = item.folded.split(' ').next().unwrap_or_default();
        let new = |word: &str| self.lexicon.lists(Class::New, word);
        (new(first) || before.is_some_and(|i| new(&i.folded))).then_some(())?;
        let earlier = self.salient.partition_point(|(s, _, _)| *s < sentence);
        let (told, person, _) = self.salient.get(..earlier)?.last()?;
        let block = self.sentences.get(*told).map(|s| s.block);
        let free = self.people.office_at(*person, item.span.start).is_none();
        (told + 1 == sentence && block == Some(here.block) && free).then_some(*person)
    }

    /// "The ambassador" right after "X, the ambassador of Peru": whether an office alone means the head of mission spoken of; one whom an
    /// adjective or a seat tells apart ("the new ambassador", "the ambassador in Lima") may be another.
    fn head_spoken_of(&self, sentence: usize, item: &Item, office: &OfficeNp, who: usize) -> bool {
        let items = self.sentences.get(sentence).map_or(&[][..], |s| &s.items);
        let at = items.partition_point(|i| i.span.start < item.span.start);
        let before = at.checked_sub(1).and_then(|at| items.get(at));
        let definite = before.is_some_and(|i| i.is(Class::Article) && !i.is(Class::Indefinite));
        let earlier = self.salient.partition_point(|(s, _, _)| *s < sentence);
        let near = self.salient.get(..earlier).unwrap_or(&[]).iter().rev();
        let mut near = near.take_while(|(s, _, _)| sentence - *s <= 2);
        definite && office.to.or(office.city).is_none() && near.any(|(_, person, _)| *person == who)
    }

    /// Whether a Spanish word for an office can be said of a person whom the text calls by it: of a man "ministro", of a woman "ministra".
    pub(super) fn agrees(&self, person: usize, role: &str, at: usize, office: &OfficeNp) -> bool {
        let word = |from: usize| self.doc.text.get(from..)?.split([' ', ',']).next();
        let gender = |word: &str| match word.to_lowercase() {
            w if w.ends_with("ta") || w.ends_with("ra") || w.ends_with("ia") || w == "jefa" => {
                Some(true)
            }
            w if w.ends_with("te") || w.ends_with("ro") || w.ends_with("io") || w == "jefe" => {
                Some(false)
            }
            _ => None,
        };
        let known = self.people.known.get(person);
        let mut called = known
            .iter()
            .flat_map(|k| &k.offices)
            .filter(|h| h.role == role && h.at < at)
            .filter_map(|h| gender(word(h.at)?))
            .peekable();
        let own = word(office.span.start).and_then(gender);
        self.lexicon.lang != Lang::Es
            || own.is_none()
            || called.peek().is_none()
            || called.any(|g| Some(g) == own)
    }

    /// A person spoken of at some place of the text, by the antecedent at `span`.
    pub(in crate::extract) fn person_at(&self, person: usize, span: Span, at: Span) -> Option<Who> {
        let evidence = vec![Evidence {
            span,
            role: EvidenceRole::Antecedent,
        }];
        let who = self.described(person, &Actor::default(), at, evidence);
        who.role.is_some().then_some(who)
    }

    /// "the Secretary" after "Secretary for Foreign Affairs Ana Soto": the last person before whose office begins with these words.
    pub(super) fn holder_in_short(&self, office: &OfficeNp, at: usize) -> Option<usize> {
        let words = office.span.of(&self.doc.text).to_lowercase();
        let begins = |start: usize| {
            self.doc
                .text
                .get(start..)
                .and_then(|rest| rest.get(..words.len()))
                .is_some_and(|long| long.to_lowercase() == words)
        };
        let known = self.people.known.iter().enumerate();
        known
            .flat_map(|(index, k)| k.offices.iter().map(move |h| (h.at, index)))
            .filter(|(start, _)| *start < at && begins(*start))
            .max()
            .map(|(_, index)| index)
    }

    pub(in crate::extract) fn described(
        &self,
        person: usize,
        actor: &Actor,
        at: Span,
        evidence: Vec<Evidence>,
    ) -> Who {
        let name = self.people.known.get(person).map(|k| k.name.as_str());
        let here = actor.office.as_ref().map(|o| self.held_by(name, o));
        let known = self
            .people
            .office_at(person, at.start)
            .filter(|h| !h.role.is_empty());
        let role = here
            .as_ref()
            .map(|h| h.role.clone())
            .or_else(|| known.map(|h| h.role.clone()));
        let full = here.as_ref().or(known);
        let full = full.and_then(|held| self.in_full(person, held));
        let of = here.as_ref().and_then(|h| h.of).or_else(|| {
            self.people
                .known
                .get(person)?
                .offices
                .iter()
                .filter(|h| here.is_none() || Some(&h.role) == role.as_ref())
                .find_map(|h| h.of)
        });
        // "Minister X", introduced as somebody's Japanese counterpart.
        let of = of.or_else(|| {
            let offices = &self.people.known.get(person)?.offices;
            offices
                .iter()
                .find_map(|h| h.of.filter(|_| h.at <= at.start))
        });
        let of = of.or_else(|| self.people.known.get(person)?.leads);
        Who {
            person: Some(person),
            role: full.or(role),
            of,
            evidence,
            counterpart: false,
        }
    }
}
