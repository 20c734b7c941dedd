//! What is known of a sequence of words: its meanings, with the set of classes among them, so that a class is asked for without a search.

use super::class::{Class, Classes};
use super::gazetteer::NameForm;
use super::lexicon::Meaning;
use crate::language::Lang;
use std::borrow::Cow;

/// All that a sequence of words can mean.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// As written with a capital.
    whole: Vec<Meaning>,
    whole_classes: Classes,
    /// As written without one.
    plain: Vec<Meaning>,
    plain_classes: Classes,
    /// Whether one of them counts only for a word in capitals.
    acronym: bool,
    /// The first of them that is the adjective of a body.
    adjective: Option<Meaning>,
}

/// Whether a word may mean this only where it is written with a capital.
fn needs_capital(meaning: Meaning, lang: Lang) -> bool {
    match meaning {
        Meaning::Body(_, NameForm::Adjective | NameForm::Demonym) | Meaning::Month(_) => {
            lang == Lang::En
        }
        Meaning::Body(..) | Meaning::City(_) | Meaning::Class(Class::Opener | Class::Portfolio) => {
            true
        }
        Meaning::Class(_)
        | Meaning::Office(_)
        | Meaning::Number(_)
        | Meaning::Mission(_)
        | Meaning::Treaty(_)
        | Meaning::Topic(_)
        | Meaning::Measure(_)
        | Meaning::Currency(_)
        | Meaning::Verb(_)
        | Meaning::Trigger(..) => false,
    }
}

impl Known {
    /// Adds a meaning that the words have in a language; the same meaning twice counts once.
    pub(super) fn add(&mut self, meaning: Meaning, lang: Lang) {
        if self.whole.contains(&meaning) {
            return;
        }
        self.acronym |= matches!(meaning, Meaning::Body(_, NameForm::Acronym));
        if matches!(meaning, Meaning::Body(_, NameForm::Adjective)) {
            self.adjective.get_or_insert(meaning);
        }
        self.whole.push(meaning);
        if !needs_capital(meaning, lang) {
            self.plain.push(meaning);
        }
        if let Meaning::Class(class) = meaning {
            self.whole_classes.insert(class);
            if !needs_capital(meaning, lang) {
                self.plain_classes.insert(class);
            }
        }
    }

    /// All meanings.
    #[must_use]
    pub fn meanings(&self) -> &[Meaning] {
        &self.whole
    }

    /// Whether all it means is one of these classes.
    #[must_use]
    pub fn only(&self, classes: Classes) -> bool {
        self.meanings()
            .iter()
            .all(|m| matches!(m, Meaning::Class(c) if classes.contains(*c)))
    }

    /// Whether the words are no name: what a rule starts from, a verb, a class of words.
    pub(super) fn is_phrase(&self) -> bool {
        let name = [Class::Opener, Class::Portfolio].map(Meaning::Class);
        let phrase = |m: &Meaning| {
            let kind = matches!(
                m,
                Meaning::Trigger(..) | Meaning::Verb(_) | Meaning::Class(_)
            );
            kind && !name.contains(m)
        };
        self.meanings().iter().all(phrase)
    }

    /// Whether a class is among the meanings.
    #[must_use]
    pub fn is(&self, class: Class) -> bool {
        self.whole_classes.contains(class)
    }

    /// The first meaning that is the adjective of a body.
    #[must_use]
    pub fn adjective(&self) -> Option<Meaning> {
        self.adjective
    }

    /// All meanings, as those of a word where it stands.
    #[must_use]
    pub fn all(&self) -> Meanings<'_> {
        Meanings {
            list: Cow::Borrowed(&self.whole),
            classes: self.whole_classes,
        }
    }

    /// The meanings of the words as written: whether as names, with a capital, and if so, whether all in capitals.
    #[must_use]
    pub fn written(&self, named: bool, capitals: impl FnOnce() -> bool) -> Meanings<'_> {
        if !named {
            return Meanings {
                list: Cow::Borrowed(&self.plain),
                classes: self.plain_classes,
            };
        }
        let mut meanings = self.all();
        if self.acronym && capitals() {
            // "the WHO" is no relative.
            meanings.retain(|m| *m != Meaning::Class(Class::Relative));
        } else if self.acronym {
            meanings.retain(|m| !matches!(m, Meaning::Body(_, NameForm::Acronym)));
        }
        meanings
    }
}

/// Meanings of a word where it stands, in the lexicon's order: borrowed from the lexicon as long as none is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meanings<'l> {
    list: Cow<'l, [Meaning]>,
    classes: Classes,
}

impl Meanings<'_> {
    /// Whether a class is among them.
    #[must_use]
    pub fn is(&self, class: Class) -> bool {
        self.classes.contains(class)
    }

    /// The classes among them.
    #[must_use]
    pub fn classes(&self) -> Classes {
        self.classes
    }

    /// Leaves out all.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Leaves out those for which `keeps` is false.
    pub fn retain(&mut self, keeps: impl Fn(&Meaning) -> bool) {
        if !self.list.iter().all(&keeps) {
            *self = self.list.iter().copied().filter(keeps).collect();
        }
    }
}

impl FromIterator<Meaning> for Meanings<'_> {
    fn from_iter<I: IntoIterator<Item = Meaning>>(meanings: I) -> Self {
        let list: Vec<Meaning> = meanings.into_iter().collect();
        let classes = Classes::of(list.iter().filter_map(|m| {
            if let Meaning::Class(class) = m {
                Some(*class)
            } else {
                None
            }
        }));
        Self {
            list: Cow::Owned(list),
            classes,
        }
    }
}

impl std::ops::Deref for Meanings<'_> {
    type Target = [Meaning];

    fn deref(&self) -> &[Meaning] {
        &self.list
    }
}
