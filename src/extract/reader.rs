//! A document, analysed: sentences as items, its persons, its two sides, and the helpers that every kind of fact uses.

use super::dates::DateContext;
use super::frame::Frame;
use super::items::{Actor, Item, ItemKind, OfficeNp, Stand, items};
use super::offices::{is_head_of_mission, is_royal};
use super::people::{Held, Mention, People};
use super::pieces::pieces;
use crate::document::{Block, BlockKind, Document, Lang};
use crate::fact::{
    Body, Claim, Edtf, Evidence, EvidenceRole, Fact, Flag, Modality, Office, Person, Polarity,
    Slot, Value,
};
use crate::language::{Class, Gazetteer, Head, Lexicon, Meaning, Rule};
use crate::text::Span;

/// A sentence (or list item, entry, heading) with its items.
#[derive(Clone, Debug)]
pub(super) struct Sentence {
    pub(super) block: usize,
    pub(super) span: Span,
    pub(super) items: Vec<Item>,
}

/// Who takes part in something: a person, an office, or both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Who {
    /// Index in [`Reader::people`].
    pub(super) person: Option<usize>,
    /// English role.
    pub(super) role: Option<String>,
    /// Body by index.
    pub(super) of: Option<usize>,
    /// Passages that tell who it is, beside the statement.
    pub(super) evidence: Vec<Evidence>,
    /// "his counterpart": takes the role of the one it is the counterpart of.
    pub(super) counterpart: bool,
}

/// The mission that a document is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct OwnMission {
    pub(super) kind: usize,
    pub(super) sending: usize,
    pub(super) receiving: Option<usize>,
    pub(super) city: Option<usize>,
    pub(super) span: Span,
}

/// A document, analysed.
pub(super) struct Reader<'a> {
    pub(super) doc: &'a Document,
    pub(super) lexicon: &'a Lexicon,
    pub(super) gazetteer: &'a Gazetteer,
    pub(super) sentences: Vec<Sentence>,
    pub(super) people: People,
    /// The two states (or bodies) that the document is about, in the order of its title.
    pub(super) sides: Vec<usize>,
    /// Where the sides are named.
    pub(super) sides_span: Option<Span>,
    pub(super) own_mission: Option<OwnMission>,
    /// The only state of the title.
    home: Option<usize>,
    /// Person last spoken of as a subject, per sentence: (sentence index, person).
    salient: Vec<(usize, usize, Span)>,
}

impl<'a> Reader<'a> {
    /// Analyses a document.
    pub(super) fn new(doc: &'a Document, lexicon: &'a Lexicon, gazetteer: &'a Gazetteer) -> Self {
        let mut dates = DateContext {
            day_first: doc.lang != Lang::En,
            ..DateContext::default()
        };
        let mut sentences = Vec::new();
        for (index, block) in doc.blocks.iter().enumerate() {
            if matches!(block.kind, BlockKind::Heading(_) | BlockKind::Label) {
                dates.heading = None;
            }
            dates.row = block.kind == BlockKind::Row;
            if dates.document.is_some() && block.kind == BlockKind::Paragraph {
                // A new paragraph of a dated statement counts from the statement's own year again.
                dates.last = None;
            }
            for &span in &block.sentences {
                let pieces = pieces(&doc.text, span, lexicon);
                let items = items(&doc.text, &pieces, lexicon, &mut dates);
                if dates.document.is_none() && index < 6 && doc.title.len() < doc.text.len() {
                    dates.document = date_line(&items, block, span);
                }
                sentences.push(Sentence {
                    block: index,
                    span,
                    items,
                });
            }
        }
        let mut reader = Self {
            doc,
            lexicon,
            gazetteer,
            sentences,
            people: People::default(),
            sides: Vec::new(),
            sides_span: None,
            own_mission: None,
            home: None,
            salient: Vec::new(),
        };
        reader.find_sides();
        reader.find_seat();
        reader.choose_governments();
        reader.choose_states();
        reader.find_people();
        reader.find_salient();
        reader
    }

    pub(super) fn block(&self, sentence: &Sentence) -> Option<&'a Block> {
        self.doc.blocks.get(sentence.block)
    }

    /// Sentences of the headings and labels that a sentence stands under, nearest first.
    pub(super) fn above(&self, sentence: &Sentence) -> Vec<&Sentence> {
        let Some(block) = self.block(sentence) else {
            return Vec::new();
        };
        // An item of a nested list stands under the item above it, and that under its own label.
        let mut labels = Vec::new();
        let mut label = block.label;
        while let Some(at) = label.filter(|at| !labels.contains(at)) {
            labels.push(at);
            label = self.doc.blocks.get(at).and_then(|b| b.label);
        }
        let blocks = labels.into_iter().chain(block.under.iter().rev().copied());
        blocks
            .flat_map(|b| {
                let first = self.sentences.partition_point(|s| s.block < b);
                let rest = self.sentences.get(first..).unwrap_or(&[]);
                rest.iter().take_while(move |s| s.block == b)
            })
            .collect()
    }

    /// Whether a heading above (or a label) has a word of this class.
    pub(super) fn under(&self, sentence: &Sentence, class: Class) -> bool {
        self.above(sentence)
            .iter()
            .any(|s| s.items.iter().any(|i| i.is(class)))
    }

    fn body_key(&self, index: usize) -> &str {
        self.gazetteer
            .bodies()
            .get(index)
            .map_or("", |b| b.key.as_str())
    }

    pub(super) fn is_organisation(&self, index: usize) -> bool {
        self.gazetteer
            .bodies()
            .get(index)
            .is_some_and(|b| b.class == crate::fact::BodyClass::Organisation)
    }

    /// The state that a city lies in.
    pub(super) fn state_of_city(&self, city: usize) -> Option<usize> {
        let city = self.gazetteer.cities().get(city)?;
        self.gazetteer.body_index(&city.state)
    }

    /// The state of which a city is the capital, for a city's name that stands for its government.
    pub(super) fn capital_state(&self, city: usize) -> Option<usize> {
        self.gazetteer
            .cities()
            .get(city)
            .filter(|c| c.capital)
            .and_then(|c| self.gazetteer.body_index(&c.state))
    }

    /// The other of the document's two sides.
    pub(super) fn other_side(&self, side: usize) -> Option<usize> {
        match self.sides.as_slice() {
            [a, b] if self.same_state(*a, side) => Some(*b),
            [a, b] if self.same_state(*b, side) => Some(*a),
            _ => None,
        }
    }

    /// Whether two bodies are one state, a government counting as its state's.
    pub(super) fn same_state(&self, a: usize, b: usize) -> bool {
        a == b
    }

    pub(super) fn body(&self, index: usize) -> Option<Body> {
        self.gazetteer.bodies().get(index).map(|b| b.body())
    }

    pub(super) fn body_value(&self, index: usize) -> Option<Value> {
        self.body(index).map(Value::Body)
    }

    pub(super) fn city_value(&self, index: usize) -> Option<Value> {
        self.gazetteer
            .cities()
            .get(index)
            .map(|c| Value::Place(c.place()))
    }

    pub(super) fn role_name(&self, role: usize) -> String {
        self.lexicon.offices.get(role).cloned().unwrap_or_default()
    }

    pub(super) fn person_value(&self, person: usize) -> Option<Value> {
        self.people.known.get(person).map(|k| {
            Value::Person(Person {
                name: k.name.clone(),
            })
        })
    }

    pub(super) fn office_value(&self, role: &str, of: Option<usize>) -> Value {
        Value::Office(Office {
            role: role.to_owned(),
            of: of.and_then(|b| self.body(b)),
        })
    }

    /// The city of the document's mission, where only its infobox tells it ("Address: 2 Main Street, Madrid").
    fn find_seat(&mut self) {
        let Some(own) = self.own_mission.as_ref().filter(|o| o.city.is_none()) else {
            return;
        };
        let receiving = own.receiving;
        let seat = self.sentences.iter().find_map(|sentence| {
            let key = self.block(sentence)?.key?.of(&self.doc.text);
            let tells = [Class::KeySeat, Class::KeyAddress]
                .iter()
                .any(|class| self.lexicon.has_class(key, *class));
            let mut cities = sentence.items.iter().filter_map(|i| {
                if let ItemKind::City(city) = i.kind {
                    Some(city)
                } else {
                    None
                }
            });
            cities
                .rfind(|city| self.state_of_city(*city) == receiving)
                .filter(|_| tells && receiving.is_some())
        });
        if let Some(own) = &mut self.own_mission {
            own.city = seat;
        }
    }

    fn find_sides(&mut self) {
        let mut sides: Vec<usize> = Vec::new();
        let title = self
            .sentences
            .iter()
            .filter(|s| self.block(s).is_some_and(|b| b.kind == BlockKind::Title))
            .cloned()
            .collect::<Vec<_>>();
        let mut own = None;
        for sentence in &title {
            for item in &sentence.items {
                match &item.kind {
                    ItemKind::Body(body, _) => sides.push(*body),
                    ItemKind::City(city) => {
                        sides.extend(self.capital_state(*city).filter(|_| false))
                    }
                    ItemKind::Mission(np) => {
                        if let Some(sending) = np.sending {
                            let city = np.cities.first().map(|c| c.0);
                            let receiving = np
                                .receiving
                                .or_else(|| city.and_then(|c| self.state_of_city(c)));
                            own = Some(OwnMission {
                                kind: np.kind,
                                sending,
                                receiving,
                                city,
                                span: item.span,
                            });
                            sides.push(sending);
                            sides.extend(receiving);
                        }
                    }
                    ItemKind::Actor(actor) => {
                        sides.extend(actor.office.as_ref().and_then(|o| o.of))
                    }
                    ItemKind::Date(_)
                    | ItemKind::Quantity(_)
                    | ItemKind::Treaty(_)
                    | ItemKind::Trigger(_)
                    | ItemKind::Sign(_)
                    | ItemKind::Word => {}
                }
            }
            self.sides_span = Some(sentence.span);
        }
        let mut unique: Vec<usize> = Vec::new();
        for side in sides {
            if !unique.contains(&side) && !self.is_organisation(side) {
                unique.push(side);
            }
        }
        if let [only] = unique.as_slice() {
            self.home = Some(*only);
        }
        if unique.len() < 2 {
            // Else the bodies spoken of most, those of the title first.
            let mut counts: std::collections::BTreeMap<usize, usize> =
                std::collections::BTreeMap::new();
            for item in self.sentences.iter().flat_map(|s| &s.items) {
                if let ItemKind::Body(body, _) = &item.kind
                    && !self.is_organisation(*body)
                    && !unique.contains(body)
                {
                    *counts.entry(*body).or_default() += 1;
                }
            }
            let mut order: Vec<(usize, usize)> = counts
                .into_iter()
                .map(|(body, count)| (count, body))
                .collect();
            order.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
            for (_, body) in order {
                if unique.len() < 2 {
                    unique.push(body);
                }
            }
        }
        unique.truncate(2);
        if let Some(own) = &mut own {
            own.receiving = own
                .receiving
                .or_else(|| unique.iter().copied().find(|b| *b != own.sending));
        }
        // "… is located in Oslo": the first paragraph tells the seat that the title leaves out.
        if let Some(own) = own.as_mut().filter(|o| o.city.is_none()) {
            let lead = self
                .sentences
                .iter()
                .filter(|s| {
                    self.block(s)
                        .is_some_and(|b| b.kind == BlockKind::Paragraph)
                })
                .take(3);
            own.city = lead
                .flat_map(|s| &s.items)
                .find_map(|item| match &item.kind {
                    ItemKind::City(city)
                        if item.has_prep(Class::In)
                            && self.state_of_city(*city) == own.receiving =>
                    {
                        Some(*city)
                    }
                    ItemKind::Mission(np) => np
                        .cities
                        .first()
                        .map(|c| c.0)
                        .filter(|c| self.state_of_city(*c) == own.receiving),
                    ItemKind::City(_)
                    | ItemKind::Body(..)
                    | ItemKind::Actor(_)
                    | ItemKind::Date(_)
                    | ItemKind::Quantity(_)
                    | ItemKind::Treaty(_)
                    | ItemKind::Trigger(_)
                    | ItemKind::Sign(_)
                    | ItemKind::Word => None,
                });
        }
        self.own_mission = own;
        self.sides = unique;
    }

    /// A government named by the first part of its name is that of one of the sides; else the words name nobody known.
    fn choose_governments(&mut self) {
        let keys: Vec<String> = self
            .sides
            .iter()
            .map(|s| self.body_key(*s).to_owned())
            .collect();
        let gazetteer = self.gazetteer;
        let of_side = |index: usize| {
            gazetteer
                .bodies()
                .get(index)
                .and_then(|b| b.of.as_ref())
                .is_some_and(|of| keys.contains(of))
        };
        let government = |index: usize| {
            gazetteer
                .bodies()
                .get(index)
                .is_some_and(|b| b.class == crate::fact::BodyClass::Government)
        };
        for item in self.sentences.iter_mut().flat_map(|s| &mut s.items) {
            let candidates: Vec<usize> = item
                .meanings
                .iter()
                .filter_map(|m| {
                    if let Meaning::Body(i, _) = m {
                        Some(*i)
                    } else {
                        None
                    }
                })
                .filter(|i| government(*i))
                .collect();
            if candidates.is_empty() || !matches!(item.kind, ItemKind::Body(..)) {
                continue;
            }
            let [full, ..] = &gazetteer
                .bodies()
                .get(*candidates.first().unwrap_or(&0))
                .map(|b| b.names.clone())
                .unwrap_or_default();
            let partial = crate::language::fold(full).len() > item.folded.len()
                && crate::language::fold(full).starts_with(&item.folded);
            match candidates.iter().copied().find(|i| of_side(*i)) {
                Some(chosen) => item.kind = ItemKind::Body(chosen, false),
                None if partial => item.kind = ItemKind::Word,
                None => {}
            }
        }
    }

    /// "The Principality", "la Confédération": the side whose full name begins with that word, when only one does.
    fn choose_states(&mut self) {
        let gazetteer = self.gazetteer;
        let nouns: Vec<(String, usize)> = self
            .sides
            .iter()
            .flat_map(|&side| {
                gazetteer
                    .names()
                    .iter()
                    .filter(move |n| n.body == side && n.form == crate::language::NameForm::Formal)
                    .filter_map(move |n| {
                        let first = n.text.split(' ').next()?;
                        Some((crate::language::fold(first), side))
                    })
            })
            .collect();
        for item in self.sentences.iter_mut().flat_map(|s| &mut s.items) {
            if !matches!(item.kind, ItemKind::Word) || !item.is(Class::TheState) {
                continue;
            }
            let word = item.folded.rsplit([' ', '\'']).next().unwrap_or_default();
            let mut fitting: Vec<usize> = nouns
                .iter()
                .filter(|(noun, _)| noun == word)
                .map(|(_, side)| *side)
                .collect();
            fitting.dedup();
            if let [only] = fitting.as_slice() {
                item.kind = ItemKind::Body(*only, false);
            }
        }
    }

    /// The side whose presence the nearest heading speaks of: "Présence française", "Embassy of Peru".
    pub(super) fn heading_side(&self, sentence: &Sentence) -> Option<usize> {
        let nearest = self.above(sentence).into_iter().next()?;
        let mission = nearest.items.iter().find_map(|i| {
            if let ItemKind::Mission(np) = &i.kind {
                np.sending
            } else {
                None
            }
        });
        if mission.is_some() {
            return mission;
        }
        let bodies: Vec<usize> = nearest
            .items
            .iter()
            .filter_map(|i| {
                if let ItemKind::Body(body, true) = i.kind {
                    Some(body)
                } else {
                    None
                }
            })
            .collect();
        match bodies.as_slice() {
            [only] if self.is_side(*only) => Some(*only),
            _ => None,
        }
    }

    /// The one state that the document's title names: the side to which others send when the text does not say.
    pub(super) fn home(&self) -> Option<usize> {
        self.home
    }

    fn held(&self, office: &OfficeNp) -> Held {
        Held {
            role: self.role_name(office.role),
            of: office.of,
            at: office.span.start,
        }
    }

    fn find_people(&mut self) {
        let mut mentions = Vec::new();
        for (sentence, item) in self
            .sentences
            .iter()
            .flat_map(|s| s.items.iter().map(move |i| (s, i)))
        {
            let Some(actor) = item.actor() else { continue };
            let Some(name) = &actor.name else { continue };
            // "Secretary Soto Concludes Visit": in a title a name may run into the next word; it counts if it stands elsewhere too.
            let title = self
                .block(sentence)
                .is_some_and(|b| b.kind == BlockKind::Title);
            if title && self.doc.text.matches(name.as_str()).count() < 2 {
                continue;
            }
            // "his Peruvian counterpart, X": of a state, in an office that is not said.
            let office = actor.office.as_ref().map(|o| self.held(o)).or_else(|| {
                let of = actor
                    .body
                    .filter(|_| actor.stand == Some(Stand::Counterpart))?;
                Some(Held {
                    role: String::new(),
                    of: Some(of),
                    at: actor.name_span?.start,
                })
            });
            let royal = office.as_ref().is_some_and(|o| is_royal(&o.role));
            mentions.push(Mention {
                name: name.clone(),
                sure: actor.titled || office.is_some() || actor.stand.is_some(),
                royal,
                office,
            });
        }
        self.people = People::new(&mentions);
    }

    fn find_salient(&mut self) {
        let mut salient = Vec::new();
        for (index, sentence) in self.sentences.iter().enumerate() {
            let first = |free: bool| {
                sentence.items.iter().find_map(|item| {
                    let actor = item.actor().filter(|_| {
                        if free {
                            item.prep.is_empty() && !item.genitive
                        } else {
                            item.has_prep(Class::Of)
                        }
                    })?;
                    let person = actor.name.as_ref().and_then(|n| self.people.find(n))?;
                    Some((index, person, item.span))
                })
            };
            // The subject, else the one whom a noun belongs to: "A state visit of King X took place".
            salient.extend(first(true).or_else(|| first(false)));
        }
        self.salient = salient;
    }

    /// The person last spoken of before an item of a sentence.
    pub(super) fn last_person(&self, sentence: usize, at: Span) -> Option<(usize, Span)> {
        let here = self.sentences.get(sentence)?;
        // "The minister said that he …": he is the minister, whoever that is.
        let unnamed = here
            .items
            .iter()
            .filter(|i| i.span.end <= at.start && i.prep.is_empty())
            .find_map(Item::actor)
            .filter(|a| a.name.is_none() && a.stand.is_none())
            .and_then(|a| a.office.as_ref());
        if let Some(office) = unnamed {
            let held = self.held(office);
            return self
                .people
                .holder(&held.role, held.of, at.start)
                .map(|person| (person, office.span));
        }
        let in_sentence = here
            .items
            .iter()
            .filter(|i| i.span.end <= at.start)
            .find_map(|i| {
                let actor = i.actor().filter(|_| i.prep.is_empty() && !i.genitive)?;
                Some((
                    actor.name.as_ref().and_then(|n| self.people.find(n))?,
                    i.span,
                ))
            });
        in_sentence.or_else(|| {
            let before = self.salient.partition_point(|(s, _, _)| *s < sentence);
            self.salient
                .get(..before)
                .and_then(<[_]>::last)
                .filter(|(s, _, _)| {
                    sentence - *s <= 4
                        && self
                            .sentences
                            .get(*s)
                            .and_then(|s| self.block(s))
                            .map(|b| &b.under)
                            == self.block(here).map(|b| &b.under)
                })
                .map(|(_, person, span)| (*person, *span))
        })
    }

    /// Whom "him" means as one who takes part beside others: the person last spoken of in an earlier sentence who is none of them.
    pub(super) fn last_other(&self, sentence: usize, others: &[usize]) -> Option<(usize, Span)> {
        let before = self.salient.partition_point(|(s, _, _)| *s < sentence);
        self.salient
            .get(..before)?
            .iter()
            .rev()
            .take_while(|(s, _, _)| sentence - *s <= 3)
            .find(|(_, person, _)| !others.contains(person))
            .map(|(_, person, span)| (*person, *span))
    }

    /// "the guest", "the visitor": the first person named behind the last word for a visit, earlier in the block.
    fn last_visitor(&self, sentence: usize) -> Option<(usize, Span)> {
        let block = self.sentences.get(sentence)?.block;
        let visits = |item: &Item| {
            matches!(&item.kind, ItemKind::Trigger(forms) if forms.iter().any(|(rule, _)| {
                self.lexicon.rules.get(*rule).is_some_and(|r| r.fact == "visit")
            }))
        };
        (0..sentence)
            .rev()
            .take_while(|&s| self.sentences.get(s).is_some_and(|x| x.block == block))
            .filter_map(|s| self.sentences.get(s))
            .find_map(|earlier| {
                let at = earlier.items.iter().position(visits)?;
                let after = earlier.items.get(at..)?.iter();
                let before = earlier.items.get(..at)?.iter().rev();
                after.chain(before).find_map(|i| {
                    let name = i.actor()?.name.as_ref()?;
                    Some((self.people.find(name)?, i.span))
                })
            })
    }

    /// Index of the sentence that holds a byte of the text.
    pub(super) fn sentence_index(&self, byte: usize) -> Option<usize> {
        let after = self.sentences.partition_point(|s| s.span.start <= byte);
        let index = after.checked_sub(1)?;
        self.sentences
            .get(index)
            .filter(|s| byte < s.span.end)
            .map(|_| index)
    }

    /// Who acts where a verb has no subject said, as Spanish allows: the person last spoken of.
    pub(super) fn unsaid(
        &self,
        index: usize,
        sentence: &Sentence,
        rule: &Rule,
        frame: &Frame,
    ) -> Option<Who> {
        let verb = sentence.items.get(frame.at)?;
        let plural = verb.folded.ends_with('n')
            || verb.folded.starts_with("se ") && verb.folded.contains("n ");
        let free = self.lexicon.lang == Lang::Es
            && rule.head == Head::Verb
            && !frame.passive
            && frame.subject.is_empty();
        let (person, span) = self
            .last_person(index, verb.span)
            .filter(|_| free && !plural)?;
        let evidence = vec![Evidence {
            span,
            role: EvidenceRole::Antecedent,
        }];
        Some(self.described(person, &Actor::default(), verb.span, evidence))
    }

    /// The text up to here: all persons (or offices) that an actor stands for.
    pub(super) fn who(&self, sentence: usize, item: &Item) -> Vec<Who> {
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
            let Some(person) = self.people.find(name) else {
                return Vec::new();
            };
            let known = self.people.known.get(person);
            let single = !name.contains([' ', '\u{a0}']);
            if single && !known.is_some_and(|k| k.sure || k.name.contains(' ')) {
                return Vec::new();
            }
            return vec![self.described(person, actor, item.span, Vec::new())];
        }
        match actor.stand {
            Some(Stand::He | Stand::ThePerson) => {
                let guest = (actor.stand == Some(Stand::ThePerson))
                    .then(|| self.last_visitor(sentence))
                    .flatten();
                let Some((person, span)) = guest.or_else(|| self.last_person(sentence, item.span))
                else {
                    return Vec::new();
                };
                return vec![self.described(person, actor, item.span, antecedent(span))];
            }
            Some(Stand::Both) => {
                let mut found: Vec<Who> = Vec::new();
                for earlier in (sentence.saturating_sub(3)..=sentence)
                    .rev()
                    .filter_map(|s| self.sentences.get(s).map(|x| (s, x)))
                {
                    for other in earlier
                        .1
                        .items
                        .iter()
                        .filter(|i| i.span.end <= item.span.start)
                    {
                        let Some(other_actor) = other
                            .actor()
                            .filter(|a| a.stand != Some(Stand::Both) && a.stand != Some(Stand::He))
                        else {
                            continue;
                        };
                        if other_actor.name.is_none() && other_actor.stand.is_none() {
                            continue;
                        }
                        for mut who in self.who(earlier.0, other) {
                            who.evidence.push(Evidence {
                                span: other.span,
                                role: EvidenceRole::Antecedent,
                            });
                            if !found
                                .iter()
                                .any(|w| w.person == who.person && w.role == who.role)
                            {
                                found.push(who);
                            }
                        }
                    }
                    if found.len() >= 2 {
                        break;
                    }
                }
                found.truncate(2);
                return found;
            }
            Some(Stand::Counterpart) => {
                return vec![Who {
                    of: actor.body,
                    counterpart: true,
                    ..Who::default()
                }];
            }
            Some(Stand::Successor) | None => {}
        }
        let Some(office) = &actor.office else {
            return Vec::new();
        };
        let held = self.held(office);
        if held.role.is_empty() {
            return Vec::new();
        }
        let of = held.of;
        // "the President", "le ministre": who was given that office last, when the words point back: whom the text has been speaking of
        // before all others.
        let spoken = self
            .salient
            .iter()
            .rev()
            .filter(|(s, _, _)| *s < sentence && sentence - *s <= 4)
            .map(|(_, person, _)| *person)
            .find(|&person| {
                self.people.known.get(person).is_some_and(|k| {
                    k.offices.iter().any(|h| {
                        h.at < item.span.start
                            && h.role == held.role
                            && (of.is_none() || h.of == of)
                    })
                })
            });
        let last = self
            .people
            .holder(&held.role, of, item.span.start)
            .or_else(|| self.holder_in_short(office, item.span.start))
            .filter(|_| of.is_none());
        if !is_head_of_mission(&held.role)
            && let Some(person) = spoken.or(last)
        {
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
        // "the minister" alone is the person spoken of, when that can be a minister.
        if held.role == "Minister"
            && of.is_none()
            && let Some((person, span)) = self.last_person(sentence, item.span)
        {
            let mut who = self.described(person, &Actor::default(), item.span, antecedent(span));
            if who.role.as_ref().is_none_or(|r| r.contains("Minister")) {
                who.role = who.role.or(Some(held.role));
                return vec![who];
            }
        }
        vec![Who {
            person: None,
            role: Some(held.role),
            of,
            ..Who::default()
        }]
    }

    /// A person spoken of at some place of the text, by the antecedent at `span`.
    pub(super) fn person_at(&self, person: usize, span: Span, at: Span) -> Option<Who> {
        let evidence = vec![Evidence {
            span,
            role: EvidenceRole::Antecedent,
        }];
        let who = self.described(person, &Actor::default(), at, evidence);
        who.role.is_some().then_some(who)
    }

    /// "the Secretary" after "Secretary for Foreign Affairs Ana Soto": the last person before whose office begins with these words.
    fn holder_in_short(&self, office: &OfficeNp, at: usize) -> Option<usize> {
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

    fn described(&self, person: usize, actor: &Actor, at: Span, evidence: Vec<Evidence>) -> Who {
        let here = actor.office.as_ref().map(|o| self.held(o));
        let known = self
            .people
            .office_at(person, at.start)
            .filter(|h| !h.role.is_empty());
        let role = here
            .as_ref()
            .map(|h| h.role.clone())
            .or_else(|| known.map(|h| h.role.clone()));
        let of = here.as_ref().and_then(|h| h.of).or_else(|| {
            self.people
                .known
                .get(person)?
                .offices
                .iter()
                .filter(|h| here.is_none() || Some(&h.role) == role.as_ref())
                .find_map(|h| h.of)
        });
        Who {
            person: Some(person),
            role,
            of,
            evidence,
            counterpart: false,
        }
    }

    pub(super) fn sentence_at(&self, byte: usize) -> Option<&Sentence> {
        let after = self.sentences.partition_point(|s| s.span.start <= byte);
        self.sentences
            .get(after.checked_sub(1)?)
            .filter(|s| byte < s.span.end)
    }

    /// The city at the head of an item with its day ("Lima, Monday 12: …").
    pub(super) fn lead_city(&self, sentence: &Sentence) -> Option<usize> {
        let first = self.sentences.iter().find(|s| s.block == sentence.block)?;
        let [place, comma, day, colon, ..] = first.items.as_slice() else {
            return None;
        };
        let headed = comma.sign(',') && colon.sign(':') && matches!(day.kind, ItemKind::Date(_));
        if let ItemKind::City(city) = place.kind {
            headed.then_some(city)
        } else {
            None
        }
    }

    /// The date that the entry of a chronicle stands under, for its later sentences that give none ("5 June 2003 — …", "Lima, Monday 12:
    /// …"); in an item of a list the last date told before ("- 2018 – 8 September: … They also …").
    fn entry_date(&self, sentence: &Sentence) -> Dated {
        let earlier: Vec<&Sentence> = self
            .sentences
            .iter()
            .filter(|s| s.block == sentence.block && s.span.start < sentence.span.start)
            .collect();
        let items = earlier.first().map_or(&[][..], |s| s.items.as_slice());
        let lead = match items {
            [city, comma, rest @ ..]
                if matches!(city.kind, ItemKind::City(_)) && comma.sign(',') =>
            {
                rest
            }
            all => all,
        };
        let [day, next, ..] = lead else {
            return Dated::default();
        };
        let ItemKind::Date(head) = &day.kind else {
            return Dated::default();
        };
        let listed = self
            .block(sentence)
            .is_some_and(|b| b.kind == BlockKind::Item);
        let (date, span) = if listed && items.len() == lead.len() {
            let told = earlier.iter().rev().find_map(|s| {
                s.items.iter().rev().find_map(|i| {
                    if let ItemKind::Date(found) = &i.kind {
                        found.date.map(|date| (Some(date), s.span))
                    } else {
                        None
                    }
                })
            });
            told.unwrap_or((head.date, day.span))
        } else if ['—', '–', '-', ':'].into_iter().any(|c| next.sign(c)) {
            (head.date, day.span)
        } else {
            return Dated::default();
        };
        Dated {
            date,
            evidence: vec![Evidence {
                span,
                role: EvidenceRole::Date,
            }],
            ..Dated::default()
        }
    }

    /// Date of a frame.
    pub(super) fn date(&self, sentence: &Sentence, index: Option<usize>) -> Dated {
        let Some(ItemKind::Date(found)) =
            index.and_then(|i| sentence.items.get(i)).map(|i| &i.kind)
        else {
            return self.entry_date(sentence);
        };
        let mut dated = Dated {
            date: found.date,
            ..Dated::default()
        };
        if let Some(from) = found.from {
            dated.evidence.push(Evidence {
                span: from,
                role: EvidenceRole::Date,
            });
        }
        if found.date.is_none() {
            dated.flags.push(Flag::UnresolvedDate(
                found.span.of(&self.doc.text).to_owned(),
            ));
        }
        dated.bound = found.bound;
        dated
    }

    /// All bodies among items: states, governments, organisations, capitals that stand for their states, "both nations".
    pub(super) fn bodies(&self, items: &[Item], indexes: &[usize]) -> Vec<usize> {
        let mut found = Vec::new();
        let mut add = |body: usize| {
            if !found.contains(&body) {
                found.push(body);
            }
        };
        for item in indexes.iter().filter_map(|&i| items.get(i)) {
            match &item.kind {
                ItemKind::Body(body, _) => add(*body),
                ItemKind::City(city) => {
                    if let Some(state) = self.capital_state(*city)
                        && !item.has_prep(Class::In)
                    {
                        add(state);
                    }
                }
                ItemKind::Actor(actor) => {
                    if let Some(of) = actor.office.as_ref().and_then(|o| o.of).or(actor.body) {
                        add(of);
                    }
                }
                ItemKind::Word if item.is(Class::BothStates) => {
                    self.sides.iter().for_each(|s| add(*s))
                }
                ItemKind::Word
                | ItemKind::Date(_)
                | ItemKind::Quantity(_)
                | ItemKind::Mission(_)
                | ItemKind::Treaty(_)
                | ItemKind::Trigger(_)
                | ItemKind::Sign(_) => {}
            }
        }
        found
    }

    /// Makes a claim of a fact found by a rule's frame.
    pub(super) fn claim(
        &self,
        fact: Fact,
        rule: &Rule,
        sentence: &Sentence,
        frame: Option<&Frame>,
        extra: Vec<Evidence>,
        flags: Vec<Flag>,
    ) -> Claim {
        let (mut modality, polarity) = frame
            .map_or((Modality::Asserted, Polarity::Affirmed), |f| {
                (f.modality, f.polarity)
            });
        let mut speaker = None;
        if let Some(block) = self.block(sentence) {
            if block.kind == BlockKind::Question {
                modality = if modality == Modality::Asserted {
                    Modality::Hypothetical
                } else {
                    modality
                };
                speaker = Some("question".to_owned());
            } else if block.kind == BlockKind::Answer {
                speaker = Some("answer".to_owned());
            }
        }
        if sentence.span.of(&self.doc.text).trim_end().ends_with('?')
            && modality == Modality::Asserted
        {
            modality = Modality::Hypothetical;
        }
        let mut evidence = vec![Evidence {
            span: sentence.span,
            role: EvidenceRole::Statement,
        }];
        for piece in extra {
            if !evidence.contains(&piece) && !(sentence.span.contains(piece.span)) {
                evidence.push(piece);
            }
        }
        Claim {
            fact,
            modality,
            polarity,
            speaker,
            rule: format!("{}.{}", self.doc.lang.tag(), rule.id),
            confidence: rule.confidence,
            evidence,
            flags,
        }
    }

    /// Headings and labels above a sentence as evidence.
    pub(super) fn heading_evidence(&self, sentence: &Sentence) -> Vec<Evidence> {
        let block = self.block(sentence);
        let labels = block.and_then(|b| b.label.or_else(|| b.under.last().copied()));
        labels
            .and_then(|b| self.doc.blocks.get(b))
            .map(|b| {
                vec![Evidence {
                    span: b.span,
                    role: EvidenceRole::Heading,
                }]
            })
            .unwrap_or_default()
    }

    /// Title or infobox as evidence for a side taken from there.
    pub(super) fn side_evidence(&self) -> Vec<Evidence> {
        self.sides_span
            .map(|span| {
                vec![Evidence {
                    span,
                    role: EvidenceRole::Context,
                }]
            })
            .unwrap_or_default()
    }

    /// Whether a body is one of the document's sides.
    pub(super) fn is_side(&self, body: usize) -> bool {
        self.sides.contains(&body)
    }

    /// Key of a body, for messages and tests.
    #[cfg(test)]
    pub(super) fn key(&self, body: usize) -> String {
        self.body_key(body).to_owned()
    }
}

/// A date with what it was taken from and what is odd about it.
#[derive(Clone, Debug, Default)]
pub(super) struct Dated {
    pub(super) date: Option<Edtf>,
    pub(super) evidence: Vec<Evidence>,
    pub(super) flags: Vec<Flag>,
    pub(super) bound: super::dates::Bound,
}

impl Dated {
    /// Sets a slot to the date.
    pub(super) fn put(&self, fact: &mut Fact, slot: Slot) {
        if let Some(date) = self.date {
            fact.set(slot, Value::Date(date));
        }
    }

    /// Sets a start and an end: an interval gives both, "since" only the start, "until" only the end.
    pub(super) fn put_range(&self, fact: &mut Fact, start: Slot, end: Slot) {
        let Some(date) = self.date else { return };
        match (date.start, date.end, self.bound) {
            (Some(day), None, super::dates::Bound::Until | super::dates::Bound::Before) => {
                fact.set(end, Value::Date(Edtf::on(day)))
            }
            (Some(first), last, _) => {
                fact.set(
                    start,
                    Value::Date(if date.decade || date.approximate {
                        Edtf {
                            interval: false,
                            end: None,
                            ..date
                        }
                    } else {
                        Edtf::on(first)
                    }),
                );
                if let Some(last) = last {
                    fact.set(end, Value::Date(Edtf::on(last)));
                }
            }
            (None, Some(last), _) => fact.set(end, Value::Date(Edtf::on(last))),
            (None, None, _) => {}
        }
    }
}

/// The day that a date line or title gives: "Asunción, 20 de febrero de 2023", "(Paris, 21 avril 2015)".
fn date_line(items: &[Item], block: &Block, span: Span) -> Option<(crate::fact::Day, Span)> {
    let dates: Vec<&Item> = items
        .iter()
        .filter(|i| matches!(i.kind, ItemKind::Date(_)))
        .collect();
    // "LIMA/PARIS, 7 August 2024 – The Minister …": cities, the day, a dash.
    let dateline = items
        .iter()
        .position(|i| matches!(i.kind, ItemKind::Date(_)))
        .is_some_and(|at| {
            let cities = items.get(..at).unwrap_or(&[]);
            at > 0
                && cities
                    .iter()
                    .all(|i| matches!(i.kind, ItemKind::City(_) | ItemKind::Sign(_)))
                && items
                    .get(at + 1)
                    .is_some_and(|i| ['–', '-', '—', '.', ':'].iter().any(|c| i.sign(*c)))
        });
    let only = match dates.as_slice() {
        [only] => only,
        [first, ..] if dateline => first,
        _ => return None,
    };
    let ItemKind::Date(found) = &only.kind else {
        return None;
    };
    let day = found
        .date
        .filter(|d| !d.interval)?
        .start
        .filter(|d| d.day.is_some())?;
    let short = block.kind == BlockKind::Title
        || block.kind == BlockKind::Label
        || span.len() < 100
        || only.span.start < span.start + 40
            && items
                .first()
                .is_some_and(|i| matches!(i.kind, ItemKind::City(_)));
    let written = found.from.is_none();
    (short && written).then_some((day, span))
}
