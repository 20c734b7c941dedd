//! What an item is: a noun phrase with what it holds, a trigger, a date, a number or a small word.

use crate::extract::dates::DateFound;
use crate::extract::quantity::Quantity;
use crate::language::{Class, Classes, Head, Lexicon, Meanings, Rule, TriggerForm};
use crate::text::Span;
use std::borrow::Cow;

/// An office as a noun phrase: the role and what stands around it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::extract) struct OfficeNp {
    /// Index in the lexicon's offices.
    pub(in crate::extract) role: usize,
    /// Body by index: whose office.
    pub(in crate::extract) of: Option<usize>,
    /// Receiving body, for heads of mission.
    pub(in crate::extract) to: Option<usize>,
    /// City of the seat.
    pub(in crate::extract) city: Option<usize>,
    /// Further cities ("consuls in A, B and C").
    pub(in crate::extract) further: Vec<usize>,
    /// "his", "her", "their": belongs to somebody spoken of.
    pub(in crate::extract) possessive: bool,
    /// "former".
    pub(in crate::extract) former: bool,
    /// Where the words stand.
    pub(in crate::extract) span: Span,
}

/// What stands for a person without naming one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) enum Stand {
    /// he, she
    He,
    /// the latter
    Latter,
    /// "le reçut", "lo recibió": whom it is done to, before the verb
    Him,
    /// the visitor, the guest
    ThePerson,
    /// the two presidents, they
    Both,
    /// his counterpart
    Counterpart,
    /// his successor
    Successor,
    /// his predecessor
    Predecessor,
}

/// A person, an office-holder, or a word that stands for one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::extract) struct Actor {
    /// The name as written here.
    pub(in crate::extract) name: Option<String>,
    pub(in crate::extract) name_span: Option<Span>,
    pub(in crate::extract) office: Option<OfficeNp>,
    pub(in crate::extract) stand: Option<Stand>,
    /// Adjective or genitive of a state before a counterpart ("his Peruvian counterpart").
    pub(in crate::extract) body: Option<usize>,
    /// Mr, Dr …: surely a person.
    pub(in crate::extract) titled: bool,
}

/// A mission as a noun phrase.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::extract) struct MissionNp {
    /// Index in the lexicon's kinds of mission.
    pub(in crate::extract) kind: usize,
    pub(in crate::extract) sending: Option<usize>,
    pub(in crate::extract) receiving: Option<usize>,
    /// Cities with their spans, and whether "formerly" stands before.
    pub(in crate::extract) cities: Vec<(usize, Span, bool)>,
    /// "its", "their".
    pub(in crate::extract) possessive: bool,
    /// Written with a capital: a proper name.
    pub(in crate::extract) proper: bool,
}

/// A treaty as a noun phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::extract) struct TreatyNp {
    /// Index in the lexicon's kinds of treaty.
    pub(in crate::extract) kind: usize,
    /// Words of the title, up to its parties or a short form in brackets.
    pub(in crate::extract) title: Span,
    /// What the title goes on with behind those ("with Peru on fisheries").
    pub(in crate::extract) tail: Option<Span>,
    /// Whether the title names another instrument ("protocol amending the agreement").
    pub(in crate::extract) inner: bool,
    /// Whether the title says more than the bare noun.
    pub(in crate::extract) described: bool,
    /// The place that the title names it by ("Treaty of Utrecht").
    pub(in crate::extract) city: Option<usize>,
    /// The two states whose adjectives name it ("the Soviet–Finnish treaty"); none where it has no such name.
    pub(in crate::extract) parties: Vec<usize>,
}

impl TreatyNp {
    /// The title as the text gives it, without what stands between its parts.
    pub(in crate::extract) fn name(&self, text: &str) -> String {
        let title = self.title.of(text);
        match self.tail {
            Some(tail) => format!("{title} {}", tail.of(text)),
            None => title.to_owned(),
        }
    }
}

/// What an item is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::extract) enum ItemKind {
    Actor(Actor),
    /// A body by index in the gazetteer; `true` when by an adjective or demonym.
    Body(usize, bool),
    City(usize),
    Date(DateFound),
    Quantity(Quantity),
    Mission(MissionNp),
    Treaty(TreatyNp),
    Trigger(Vec<(usize, TriggerForm)>),
    Sign(char),
    Word,
}

/// A noun phrase, a trigger or a small word.
#[derive(Clone, Debug)]
pub(in crate::extract) struct Item<'a> {
    pub(in crate::extract) span: Span,
    pub(in crate::extract) kind: ItemKind,
    pub(in crate::extract) meanings: Meanings<'a>,
    pub(in crate::extract) folded: Cow<'a, str>,
    /// Classes of the preposition directly before it (or before the list it belongs to).
    pub(in crate::extract) prep: Classes,
    /// Index of the first item of the coordination it belongs to; its own index otherwise.
    pub(in crate::extract) list: usize,
    /// Whether it is followed by a genitive ("Peru's").
    pub(in crate::extract) genitive: bool,
    /// The form, where it is a verb: a trigger of a verb's rule, or any other verb that the language's list knows.
    pub(in crate::extract) verb: Option<TriggerForm>,
}

impl Item<'_> {
    /// The colon behind a key.
    pub(in crate::extract) fn colon(key: Span, index: usize) -> Self {
        Self {
            span: Span {
                start: key.end,
                end: key.end,
            },
            kind: ItemKind::Sign(':'),
            meanings: Meanings::default(),
            folded: Cow::Borrowed(":"),
            prep: Classes::default(),
            list: index,
            genitive: false,
            verb: None,
        }
    }

    pub(in crate::extract) fn is(&self, class: Class) -> bool {
        self.meanings.is(class)
    }

    pub(in crate::extract) fn sign(&self, c: char) -> bool {
        matches!(self.kind, ItemKind::Sign(own) if own == c)
    }

    /// "previously", "formerly", "former": whether it tells of an earlier time.
    pub(in crate::extract) fn tells_earlier(&self) -> bool {
        self.is(Class::Earlier) || self.is(Class::Formerly) || self.is(Class::Former)
    }

    /// Whether it is a date.
    pub(in crate::extract) fn is_date(&self) -> bool {
        matches!(self.kind, ItemKind::Date(_))
    }

    /// Whether it is a verb that makes a clause.
    pub(in crate::extract) fn is_finite(&self) -> bool {
        matches!(
            self.verb,
            Some(TriggerForm::Finite | TriggerForm::Planned | TriggerForm::Participle)
        )
    }

    /// Whether it is a noun for facts of a kind, as the rules name it: "visit", "meeting".
    pub(in crate::extract) fn is_noun_for(&self, lexicon: &Lexicon, fact: &str) -> bool {
        self.rules(lexicon)
            .any(|r| r.fact == fact && r.head == Head::Noun)
    }

    /// The rules whose trigger it is.
    pub(in crate::extract) fn rules<'l>(
        &self,
        lexicon: &'l Lexicon,
    ) -> impl Iterator<Item = &'l Rule> {
        let forms = match &self.kind {
            ItemKind::Trigger(forms) => forms.as_slice(),
            ItemKind::Actor(_)
            | ItemKind::Body(..)
            | ItemKind::City(_)
            | ItemKind::Date(_)
            | ItemKind::Quantity(_)
            | ItemKind::Mission(_)
            | ItemKind::Treaty(_)
            | ItemKind::Sign(_)
            | ItemKind::Word => &[],
        };
        forms
            .iter()
            .filter_map(|(rule, _)| lexicon.rules.get(*rule))
    }

    pub(in crate::extract) fn has_prep(&self, class: Class) -> bool {
        self.prep.contains(class)
    }

    pub(in crate::extract) fn actor(&self) -> Option<&Actor> {
        if let ItemKind::Actor(actor) = &self.kind {
            Some(actor)
        } else {
            None
        }
    }

    /// The body that it names or, by an adjective or demonym, describes.
    pub(in crate::extract) fn body(&self) -> Option<usize> {
        if let ItemKind::Body(body, _) = self.kind {
            Some(body)
        } else {
            None
        }
    }

    /// The body that it names.
    pub(in crate::extract) fn named_body(&self) -> Option<usize> {
        if let ItemKind::Body(body, false) = self.kind {
            Some(body)
        } else {
            None
        }
    }

    /// The body that it describes by an adjective or demonym.
    pub(in crate::extract) fn adjective(&self) -> Option<usize> {
        if let ItemKind::Body(body, true) = self.kind {
            Some(body)
        } else {
            None
        }
    }

    pub(in crate::extract) fn city(&self) -> Option<usize> {
        if let ItemKind::City(city) = self.kind {
            Some(city)
        } else {
            None
        }
    }

    pub(in crate::extract) fn mission(&self) -> Option<&MissionNp> {
        if let ItemKind::Mission(np) = &self.kind {
            Some(np)
        } else {
            None
        }
    }

    pub(in crate::extract) fn is_np(&self) -> bool {
        match self.kind {
            ItemKind::Actor(_)
            | ItemKind::Body(..)
            | ItemKind::City(_)
            | ItemKind::Mission(_)
            | ItemKind::Treaty(_) => true,
            ItemKind::Date(_)
            | ItemKind::Quantity(_)
            | ItemKind::Trigger(_)
            | ItemKind::Sign(_)
            | ItemKind::Word => false,
        }
    }
}
