//! Features of a candidate: weighed as they are named, or kept by name for the script that fits the weights.

use super::model::{Model, Number, Worth};
use std::borrow::Cow;
use std::cell::RefCell;
use std::num::NonZeroU16;

/// A part of the names of features, numbered once for all of them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part<'t> {
    text: &'t str,
    number: Number,
}

impl<'t> Part<'t> {
    pub(super) const fn new(text: &'t str) -> Self {
        let number = Number::of(text);
        Self { text, number }
    }

    pub(super) const fn text(self) -> &'t str {
        self.text
    }
}

/// A part of the names of features that is kept.
#[derive(Clone, Debug)]
pub(super) struct Name {
    text: Cow<'static, str>,
    number: Number,
}

impl Name {
    pub(super) fn new(text: Cow<'static, str>) -> Self {
        let number = Number::of(&text);
        Self { text, number }
    }

    /// One that is part of the program or of its data.
    pub(super) const fn of(part: Part<'static>) -> Self {
        Self {
            text: Cow::Borrowed(part.text),
            number: part.number,
        }
    }

    pub(super) fn part(&self) -> Part<'_> {
        Part {
            text: &self.text,
            number: self.number,
        }
    }
}

/// What names of features are made of.
pub(super) trait Named {
    /// It with its number.
    fn part(&self) -> Part<'_>;
}

impl Named for str {
    fn part(&self) -> Part<'_> {
        Part::new(self)
    }
}

impl Named for String {
    fn part(&self) -> Part<'_> {
        Part::new(self)
    }
}

impl Named for Cow<'_, str> {
    fn part(&self) -> Part<'_> {
        Part::new(self)
    }
}

impl Named for Part<'_> {
    fn part(&self) -> Part<'_> {
        *self
    }
}

impl<N: Named + ?Sized> Named for &N {
    fn part(&self) -> Part<'_> {
        (**self).part()
    }
}

/// The parts of a name; those that are written out are numbered when the program is compiled.
macro_rules! name {
    (@ [$($done:expr),*]) => { [$($done),*] };
    (@ [$($done:expr),*] $text:literal $(, $($rest:tt)*)?) => {
        $crate::extract::learned::features::name!(
            @ [$($done,)* const { $crate::extract::learned::features::Part::new($text) }] $($($rest)*)?
        )
    };
    (@ [$($done:expr),*] $part:expr $(, $($rest:tt)*)?) => {
        $crate::extract::learned::features::name!(
            @ [$($done,)* $crate::extract::learned::features::Named::part(&$part)] $($($rest)*)?
        )
    };
    ($($parts:tt)*) => { $crate::extract::learned::features::name!(@ [] $($parts)*) };
}
pub(super) use name;

/// The number of a name of these parts.
pub(super) fn number<N: Named>(parts: &[N]) -> Number {
    let numbers = parts.iter().map(|part| part.part().number);
    numbers.fold(Number::EMPTY, Number::then)
}

fn text<N: Named>(parts: &[N]) -> String {
    parts.iter().map(|part| part.part().text).collect()
}

/// Parts of names joined; their letters are kept only where nothing weighs the features.
#[derive(Clone, Debug)]
pub(super) struct Joined {
    text: Option<String>,
    number: Number,
}

impl Joined {
    fn new(named: bool, parts: &[Part<'_>]) -> Self {
        let mut joined = Self {
            text: named.then(String::new),
            number: Number::EMPTY,
        };
        parts.iter().for_each(|part| joined.push(*part));
        joined
    }

    /// One more part behind the others.
    pub(super) fn push(&mut self, part: Part<'_>) {
        self.number = self.number.then(part.number);
        if let Some(text) = &mut self.text {
            text.push_str(part.text);
        }
    }

    pub(super) fn part(&self) -> Part<'_> {
        Part {
            text: self.text.as_deref().unwrap_or(""),
            number: self.number,
        }
    }
}

/// Names of features without what they begin with: numbers, and the letters where nothing weighs the features.
#[derive(Clone, Debug)]
pub(super) struct Names {
    numbers: Vec<Number>,
    texts: Option<Vec<String>>,
}

/// Whether the letters of names are kept.
fn kept(model: Option<&Model>) -> bool {
    model.is_none_or(|m| m.names)
}

/// For how many names there is room at first.
const NAMES: usize = 32;

/// For how many of its features that trees ask for a candidate has room at first.
const ASKED: usize = 64;

/// How many features are looked up together.
const TOGETHER: usize = 8;

impl Names {
    /// None yet.
    pub(super) fn new(model: Option<&Model>) -> Self {
        Self {
            numbers: Vec::with_capacity(NAMES),
            texts: kept(model).then(Vec::new),
        }
    }

    /// Parts that several of the names begin with or have in them.
    pub(super) fn joined(&self, parts: &[Part<'_>]) -> Joined {
        Joined::new(self.texts.is_some(), parts)
    }

    /// Adds a name of these parts.
    pub(super) fn add<N: Named>(&mut self, parts: &[N]) {
        if let Some(texts) = &mut self.texts {
            texts.push(text(parts));
        }
        self.numbers.push(number(parts));
    }
}

/// What a feature tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    /// The sentence and where it stands.
    Sentence,
    /// Its words.
    Words,
    /// What stands around whom or what the candidate is told of.
    First,
    /// What stands around another item.
    Second,
    /// What stands between two items.
    Between,
    /// Who acts.
    Who,
    /// What rules have told.
    Told,
    /// What candidates of one kind alone ask.
    Own,
}

/// How many groups there are.
pub(super) const GROUPS: usize = 8;

/// What speaks for and against a candidate.
#[derive(Debug)]
pub(super) struct Features<'m> {
    model: Option<&'m Model>,
    /// What those added next tell of.
    group: Group,
    /// The weights of those added so far, by what they tell of, in hundredths.
    pub(super) groups: [i32; GROUPS],
    /// Those of them that trees ask for.
    pub(super) asked: Vec<NonZeroU16>,
    /// Their names, where these are kept.
    pub(super) names: Vec<String>,
}

impl Clone for Features<'_> {
    /// The same, with room for those that are added to them.
    fn clone(&self) -> Self {
        let mut asked = Vec::with_capacity(self.asked.len().max(ASKED));
        asked.extend_from_slice(&self.asked);
        Self {
            asked,
            names: self.names.clone(),
            ..*self
        }
    }
}

/// What several features weigh together, and which of those that trees ask for they are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weighed {
    weight: i32,
    /// Where these stand among those of the sentence.
    from: usize,
    to: usize,
}

/// Features that trees ask for, of all that was weighed for the candidates of a sentence.
pub(super) type AllAsked = Vec<NonZeroU16>;

impl<'m> Features<'m> {
    /// None yet; without a model, or with one for fitting, their names are kept.
    pub(super) fn new(model: Option<&'m Model>) -> Self {
        Self {
            model,
            group: Group::Own,
            groups: [0; GROUPS],
            asked: Vec::new(),
            names: Vec::new(),
        }
    }

    /// None yet, with room for those that trees ask for.
    pub(super) fn with_room(model: Option<&'m Model>) -> Self {
        Self {
            asked: Vec::with_capacity(ASKED),
            ..Self::new(model)
        }
    }

    /// The weights of all, together, in hundredths.
    pub(super) fn score(&self) -> i32 {
        self.groups.iter().sum()
    }

    /// Adds features that tell of one thing.
    pub(super) fn of(&mut self, group: Group, add: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.group, group);
        add(self);
        self.group = before;
    }

    /// Adds a weight.
    fn put(&mut self, weight: i32) {
        if let Some(sum) = self.groups.get_mut(self.group as usize) {
            *sum += weight;
        }
    }

    /// Adds features that tell of what those added now do, whatever they tell of by themselves; what they weigh and which they are is kept in `all`.
    pub(super) fn add_weighed(
        &mut self,
        all: &RefCell<AllAsked>,
        add: impl FnOnce(&mut Self),
    ) -> Weighed {
        let before = std::mem::take(&mut self.groups);
        let known = self.asked.len();
        add(self);
        let weight = self.score();
        self.groups = before;
        self.put(weight);
        let mut all = all.borrow_mut();
        let from = all.len();
        all.extend_from_slice(self.asked.get(known..).unwrap_or(&[]));
        let to = all.len();
        Weighed { weight, from, to }
    }

    /// Adds features that were weighed before.
    pub(super) fn add_again(&mut self, all: &AllAsked, known: Weighed) {
        self.put(known.weight);
        let asked = all.get(known.from..known.to).unwrap_or(&[]);
        self.asked.extend_from_slice(asked);
    }

    /// Whether the names of features are kept.
    pub(super) fn named(&self) -> bool {
        kept(self.model)
    }

    /// Adds what a feature is worth to those that trees ask for, and gives what it weighs.
    fn take(&mut self, worth: Worth) -> i32 {
        if let Some(asked) = worth.asked() {
            self.asked.push(asked);
        }
        worth.weight()
    }

    /// Parts that the names of several features begin with or have in them.
    pub(super) fn joined(&self, parts: &[Part<'_>]) -> Joined {
        Joined::new(kept(self.model), parts)
    }

    /// Adds features whose names begin with a part.
    pub(super) fn add_all(&mut self, begin: Part<'_>, names: &Names) {
        if let Some(model) = self.model {
            let of = |name: Number| begin.number.then(name);
            let (many, rest) = names.numbers.as_chunks::<TOGETHER>();
            let mut weight = 0;
            for together in many {
                for worth in model.worths(together.map(of)) {
                    weight += self.take(worth);
                }
            }
            for name in rest {
                weight += self.take(model.worth(of(*name)));
            }
            self.put(weight);
        }
        let texts = names.texts.iter().flatten();
        self.names
            .extend(texts.map(|text| [begin.text, text].concat()));
    }

    /// Adds the feature with a name of these parts.
    pub(super) fn add<N: Named>(&mut self, parts: &[N]) {
        if let Some(model) = self.model {
            let weight = self.take(model.worth(number(parts)));
            self.put(weight);
        }
        if kept(self.model) {
            self.names.push(text(parts));
        }
    }
}

/// A small number, for a name.
pub(super) fn figure(number: usize) -> Cow<'static, str> {
    match number {
        0 => Cow::Borrowed("0"),
        1 => Cow::Borrowed("1"),
        2 => Cow::Borrowed("2"),
        3 => Cow::Borrowed("3"),
        4 => Cow::Borrowed("4"),
        more => Cow::Owned(more.to_string()),
    }
}
