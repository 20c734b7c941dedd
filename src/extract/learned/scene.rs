//! A sentence as candidates are made of it: its items as short names, who acts in it, what rules have told before.

use super::ByRules;
use super::Draft;
use super::context::Whole;
use super::dates::{Carried, options_of};
use super::elses::Else;
use super::features::{AllAsked, Features, Name, Names, Part, Weighed, name};
use super::meant::meant;
use super::model::Model;
use super::occasion::{journeys, occasions};
use crate::document::BlockKind;
use crate::extract::clauses::Clauses;
use crate::extract::items::{Item, ItemKind};
use crate::extract::observation::compared;
use crate::extract::reader::{Reader, Sentence, Who};
use crate::extract::rules::{cites, skipped};
use crate::extract::treaty::of_ratification;
use crate::fact::{Claim, Evidence, Fact, Kind, Slot};
use crate::language::hash::Table;
use crate::language::{Class, TriggerForm};
use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};
use std::rc::Rc;
use std::sync::LazyLock;

/// The weight (hundredths) below which a candidate is not looked at further: no neighbours can make it likely.
const LEAST: i32 = -200;

/// The weight (hundredths) of a whole sentence below which its candidates are not looked at.
const HOPELESS: i32 = -450;

/// The measure of how many live somewhere.
const COMMUNITY: &str = "community";

/// For how many groups of features, and for how many features of them that trees ask for, a sentence has room at first.
const WEIGHED: usize = 64;
const ASKED: usize = 512;

/// How many sentences back a mission is told of which a sentence may say more.
pub(super) const CARRIED: usize = 3;

/// The number of a group of features with the items that they are of.
type Shared = (u64, [u32; 2]);

/// A sentence with what is told around it.
pub(super) struct Scene<'s, 'a> {
    pub(super) reader: &'s Reader<'a>,
    pub(super) index: usize,
    pub(super) sentence: &'s Sentence<'a>,
    pub(super) told: &'s ByRules<'s>,
    /// What weighs the features of its candidates; none where they are to be named.
    pub(super) model: Option<&'s Model>,
    /// The cities that the document names.
    pub(super) cities: &'s [usize],
    /// Who acts in it: the item, and who that is; the last may be one of whom the text has been speaking, without an item.
    pub(super) actors: Vec<(Option<usize>, Who)>,
    pub(super) lang: Part<'static>,
    /// For each item its name for what kind of thing it is, and the word that it is in short.
    kinds: Vec<Name>,
    words: Vec<Part<'s>>,
    /// Names of features of the whole sentence, around each item and between two, once they were asked.
    pub(super) whole: OnceCell<Whole>,
    pub(super) around: Vec<OnceCell<Names>>,
    pub(super) between: RefCell<Table<(usize, usize), Rc<Names>>>,
    /// What its candidates share, weighed, by what that is.
    pub(super) weighed: RefCell<Table<Shared, Weighed>>,
    /// The features in it that trees ask for.
    pub(super) asked: RefCell<AllAsked>,
    /// Its clauses.
    pub(super) clauses: Clauses,
    /// What its word means.
    pub(super) senses: Vec<&'static [Part<'static>]>,
    /// Its items that are dates.
    pub(super) dates: Vec<usize>,
    /// What else each of these is of, once that was asked.
    elses: OnceCell<Vec<Else>>,
    /// The date that it has from elsewhere, once that was asked.
    pub(super) carried: OnceCell<Option<Carried>>,
}

/// The first letters of a word: enough to tell it, few enough to be the same in its forms.
fn stem(word: &str) -> &str {
    let end = word.char_indices().nth(6).map_or(word.len(), |(at, _)| at);
    word.get(..end).unwrap_or(word)
}

impl<'s, 'a> Scene<'s, 'a> {
    /// The scene of a sentence; none of a heading or of an empty one.
    pub(super) fn new(
        reader: &'s Reader<'a>,
        index: usize,
        told: &'s ByRules<'s>,
        cities: &'s [usize],
        model: Option<&'s Model>,
    ) -> Option<Self> {
        let sentence = reader.sentences.get(index)?;
        let block = reader.block(sentence)?;
        // "See also": what its list names are other articles; notes are sentences.
        let stop = block.span.of(&reader.doc.text).ends_with('.');
        let names_alone = block.kind == BlockKind::Item && !stop;
        if matches!(
            block.kind,
            BlockKind::Title | BlockKind::Heading(_) | BlockKind::Label | BlockKind::HeaderRow
        ) || sentence.items.len() > 160
            || if names_alone {
                skipped(reader, sentence)
            } else {
                cites(reader, sentence)
            }
        {
            return None;
        }
        let mut actors: Vec<(Option<usize>, Who)> = Vec::new();
        for (at, item) in sentence.items.iter().enumerate() {
            let Some(actor) = item.actor() else { continue };
            let mut whos = reader.who(index, item);
            if whos.is_empty()
                && let Some(name) = &actor.name
                && let Some(person) = reader.people.find(name)
            {
                whos.push(reader.described(person, actor, item.span, Vec::new()));
            }
            actors.extend(whos.into_iter().map(|w| (Some(at), w)));
        }
        let known: Vec<Who> = actors.iter().map(|(_, w)| w.clone()).collect();
        actors.extend(reader.spoken_of(index, &known).map(|w| (None, w)));
        // Of nobody, no mission, no treaty, no organisation, no number and no dated act of a state nothing is asked.
        let asked = |i: &Item<'_>| {
            matches!(
                i.kind,
                ItemKind::Mission(_) | ItemKind::Treaty(_) | ItemKind::Quantity(_)
            ) || i.named_body().is_some_and(|b| reader.is_organisation(b))
        };
        let body = |i: &Item<'_>| i.body().is_some() || i.is(Class::Relations);
        if actors.is_empty()
            && !sentence.items.iter().any(asked)
            && !(sentence.items.iter().any(Item::is_date) && sentence.items.iter().any(body))
            && reader.own_mission.is_none()
            && told.within(index.saturating_sub(CARRIED), index).is_empty()
        {
            return None;
        }
        let kinds = sentence.items.iter().map(|i| kind(reader, i));
        let kinds = kinds.collect();
        let words = sentence.items.iter().map(|i| Part::new(stem(&i.folded)));
        let words = words.collect();
        let of = |i: &Item<'_>| {
            if lexical(i) {
                meant(reader.doc.lang, &i.folded)
            } else {
                &[]
            }
        };
        let senses = sentence.items.iter().map(of).collect();
        let is_date = |(at, item): (usize, &Item<'_>)| item.is_date().then_some(at);
        let dates = sentence.items.iter().enumerate().filter_map(is_date);
        Some(Self {
            dates: dates.collect(),
            elses: OnceCell::new(),
            carried: OnceCell::new(),
            whole: OnceCell::new(),
            around: vec![OnceCell::new(); sentence.items.len()],
            between: RefCell::default(),
            weighed: RefCell::new(Table::with_room(WEIGHED)),
            asked: RefCell::new(Vec::with_capacity(ASKED)),
            clauses: Clauses::new(&sentence.items),
            senses,
            reader,
            index,
            sentence,
            told,
            model,
            cities,
            actors,
            lang: Part::new(reader.doc.lang.tag()),
            kinds,
            words,
        })
    }

    pub(super) fn item(&self, at: usize) -> Option<&'s Item<'a>> {
        self.sentence.items.get(at)
    }

    pub(super) fn kind_at(&self, at: usize) -> Part<'_> {
        self.kinds.get(at).map_or(Part::new(""), Name::part)
    }

    pub(super) fn word_at(&self, at: usize) -> Part<'s> {
        self.words.get(at).copied().unwrap_or(Part::new(""))
    }

    pub(super) fn senses_at(&self, at: usize) -> &'static [Part<'static>] {
        self.senses.get(at).copied().unwrap_or(&[])
    }

    /// Whether the word of an item has a sense.
    pub(super) fn means(&self, at: usize, sense: &str) -> bool {
        self.senses_at(at).iter().any(|s| s.text() == sense)
    }

    pub(super) fn lexical(&self, at: usize) -> bool {
        self.item(at).is_some_and(lexical)
    }

    /// The claims of a kind that rules have told in this sentence or in so many before it, the last sentence first, with how many back it is.
    pub(super) fn last(&self, kind: Kind, reach: usize) -> Vec<(usize, &'s Claim)> {
        let from = self.index.saturating_sub(reach);
        let near = self.told.within(from, self.index + 1);
        let mut found: Vec<(usize, &Claim)> = near
            .iter()
            .filter(|(_, claim)| claim.fact.kind == kind)
            .map(|(at, claim)| (self.index - at, *claim))
            .collect();
        found.sort_by_key(|(back, _)| *back);
        found
    }
}

/// Whether an item is a word, and no name, date or number.
fn lexical(item: &Item<'_>) -> bool {
    matches!(item.kind, ItemKind::Word | ItemKind::Trigger(_))
}

/// What a form of a verb adds to a name.
pub(super) fn form_name(form: TriggerForm) -> &'static str {
    match form {
        TriggerForm::Finite => "",
        TriggerForm::Participle => "/part",
        TriggerForm::Base => "/base",
        TriggerForm::Planned => "/planned",
        TriggerForm::Gerund => "/gerund",
    }
}

/// The names of words of classes, in the order of these.
static CLASSES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let names = Class::ALL.iter().map(|class| class.name());
    names.map(|name| format!("c:{name}")).collect()
});

/// The same with their numbers.
static NUMBERED: LazyLock<Vec<Part<'static>>> =
    LazyLock::new(|| CLASSES.iter().map(|name| Part::new(name)).collect());

/// The signs that are met most.
const SIGNS: [&str; 12] = [",", ".", "(", ")", ";", ":", "\"", "-", "–", "“", "”", "/"];

/// A short name for what an item is.
fn kind(reader: &Reader<'_>, item: &Item<'_>) -> Name {
    Name::of(match &item.kind {
        ItemKind::Actor(actor) if actor.name.is_some() => const { Part::new("PERSON") },
        ItemKind::Actor(actor) if actor.stand.is_some() => const { Part::new("HE") },
        ItemKind::Actor(_) => const { Part::new("OFFICE") },
        ItemKind::Body(body, _) if reader.is_organisation(*body) => const { Part::new("ORG") },
        ItemKind::Body(_, true) => const { Part::new("ADJ") },
        ItemKind::Body(_, false) => const { Part::new("STATE") },
        ItemKind::City(_) => const { Part::new("CITY") },
        ItemKind::Date(_) => const { Part::new("DATE") },
        ItemKind::Quantity(_) => const { Part::new("NUMBER") },
        ItemKind::Mission(_) => const { Part::new("MISSION") },
        ItemKind::Treaty(_) => const { Part::new("TREATY") },
        ItemKind::Trigger(forms) => {
            let named = forms.first().and_then(|(rule, form)| {
                let rule = reader.lexicon.rules.get(*rule)?;
                Some(["t:", &rule.id, form_name(*form)].concat())
            });
            return Name::new(Cow::Owned(named.unwrap_or_default()));
        }
        ItemKind::Sign(c) => match SIGNS.iter().find(|sign| sign.starts_with(*c)) {
            Some(sign) => Part::new(sign),
            None => return Name::new(Cow::Owned(c.to_string())),
        },
        ItemKind::Word => {
            if let Some(form) = item.verb {
                match form {
                    TriggerForm::Finite => const { Part::new("verb") },
                    TriggerForm::Participle => const { Part::new("verb/part") },
                    TriggerForm::Base => const { Part::new("verb/base") },
                    TriggerForm::Planned => const { Part::new("verb/planned") },
                    TriggerForm::Gerund => const { Part::new("verb/gerund") },
                }
            } else if let Some(class) = item.meanings.classes().first() {
                let name = NUMBERED.get(class as usize);
                name.copied().unwrap_or(const { Part::new("") })
            } else {
                const { Part::new("w") }
            }
        }
    })
}

impl<'s> Scene<'s, '_> {
    /// Whether a candidate weighs too little to be looked at further.
    pub(super) fn unlikely(&self, features: &Features<'_>) -> bool {
        self.model.is_some() && features.score() < LEAST
    }

    /// Whether the sentence weighs so little that nothing more can make a candidate of it likely.
    pub(super) fn hopeless(&self, shared: &Features<'_>) -> bool {
        self.model.is_some() && shared.score() < HOPELESS
    }

    /// Whether the sentence has a date that is known.
    fn dated(&self) -> bool {
        let dated = |i: &Item<'_>| matches!(&i.kind, ItemKind::Date(d) if d.date.is_some());
        self.sentence.items.iter().any(dated)
    }

    /// Whether the words give the date at an item to something else than a fact.
    pub(super) fn of_else(&self, fact: &Fact, slot: Slot, at: usize) -> bool {
        let items = &self.sentence.items;
        let elses = self.elses.get_or_init(|| {
            let dates = self.dates.iter();
            dates.map(|&at| Else::new(self.reader, items, at)).collect()
        });
        let own = self.dates.binary_search(&at).ok();
        let own = own.and_then(|n| elses.get(n));
        own.is_some_and(|e| e.excludes(self, fact, slot))
    }

    /// Whether the date that the sentence before tells is of that alone: how many live somewhere is told of no year; one who went elsewhere than the
    /// visitor told there went at another time.
    fn of_sentence_before(&self, fact: &Fact) -> bool {
        if fact.kind == Kind::Observation {
            return fact.text(Slot::Measure) == COMMUNITY;
        }
        let before = self.index.saturating_sub(1);
        let told = self.told.within(before, self.index).iter();
        let mut visits = told
            .filter(|(_, c)| c.fact.kind == Kind::Visit && c.holds())
            .peekable();
        let same = |c: &Claim| {
            let one = [Slot::Visitor, Slot::To].iter();
            one.clone().any(|s| c.fact.get(*s) == fact.get(*s))
        };
        fact.kind == Kind::Visit && visits.peek().is_some() && !visits.any(|(_, c)| same(c))
    }

    /// A draft of this sentence with the dates asked for, which may stand near these items; none where the weights find it too unlikely.
    pub(super) fn candidate<const N: usize>(
        &self,
        p: Part<'_>,
        fact: Fact,
        features: Features<'s>,
        ask: &[(Slot, [Option<usize>; 2]); N],
        evidence: Vec<Evidence>,
    ) -> Option<Draft<'s>> {
        if self.unlikely(&features) {
            return None;
        }
        let dates: Vec<_> = ask
            .iter()
            .map(|(slot, anchors)| {
                let asked = features.joined(&name![p, ".", slot.name()]);
                // "9 per cent more than in 2021"
                let mut found = options_of(self, asked.part(), anchors, |at| {
                    let compares = fact.kind == Kind::Observation;
                    let items = &self.sentence.items;
                    let ratified =
                        *slot == Slot::Signed && of_ratification(self.reader.lexicon, items, at);
                    !(ratified
                        || compares && compared(&self.sentence.items, at)
                        || self.of_else(&fact, *slot, at))
                });
                found.retain(|o| !(o.before && self.of_sentence_before(&fact)));
                let acts = matches!(
                    (fact.kind, *slot),
                    (Kind::Treaty, Slot::Signed) | (Kind::Meeting, Slot::Date)
                );
                if (fact.kind, *slot) == (Kind::Visit, Slot::Start) {
                    found.extend(journeys(self, asked.part(), &fact));
                }
                if acts && !self.dated() {
                    found.extend(occasions(self, asked.part(), &fact));
                }
                (*slot, found)
            })
            .collect();
        Some(Draft {
            evidence,
            ..Draft::new(self.index, fact, features, dates)
        })
    }
}
