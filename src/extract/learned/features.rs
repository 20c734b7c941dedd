//! Features of a candidate: weighed as they are named, or kept by name for the script that fits the weights.

use super::model::{Model, Number};
use std::borrow::Cow;

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

    pub(super) fn part(&self) -> Part<'_> {
        Part {
            text: &self.text,
            number: self.number,
        }
    }
}

/// What names of features are made of.
pub(super) trait Named {
    /// Its letters.
    fn text(&self) -> &str;

    /// Its number.
    fn number(&self) -> Number;
}

impl Named for &str {
    fn text(&self) -> &str {
        self
    }

    fn number(&self) -> Number {
        Number::of(self)
    }
}

impl Named for Part<'_> {
    fn text(&self) -> &str {
        self.text
    }

    fn number(&self) -> Number {
        self.number
    }
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

impl Names {
    /// None yet.
    pub(super) fn new(model: Option<&Model>) -> Self {
        Self {
            numbers: Vec::new(),
            texts: model.is_none().then(Vec::new),
        }
    }

    /// Parts that several of the names begin with or have in them.
    pub(super) fn joined(&self, parts: &[Part<'_>]) -> Joined {
        Joined::new(self.texts.is_some(), parts)
    }

    /// Adds a name of these parts.
    pub(super) fn add<N: Named>(&mut self, parts: &[N]) {
        match &mut self.texts {
            Some(texts) => texts.push(parts.iter().map(Named::text).collect()),
            None => {
                let numbers = parts.iter().map(Named::number);
                self.numbers.push(numbers.fold(Number::EMPTY, Number::then));
            }
        }
    }
}

/// What speaks for and against a candidate.
#[derive(Clone, Debug)]
pub(super) struct Features<'m> {
    model: Option<&'m Model>,
    /// The weights of those added so far, together, in hundredths.
    pub(super) score: i32,
    /// Their names, where nothing weighs them.
    pub(super) names: Vec<String>,
}

impl<'m> Features<'m> {
    /// None yet; without a model their names are kept.
    pub(super) fn new(model: Option<&'m Model>) -> Self {
        Self {
            model,
            score: 0,
            names: Vec::new(),
        }
    }

    /// Parts that the names of several features begin with or have in them.
    pub(super) fn joined(&self, parts: &[Part<'_>]) -> Joined {
        Joined::new(self.model.is_none(), parts)
    }

    /// Adds features whose names begin with a part.
    pub(super) fn add_all(&mut self, begin: Part<'_>, names: &Names) {
        if let Some(model) = self.model {
            let numbers = names.numbers.iter().map(|n| begin.number.then(*n));
            self.score += numbers.map(|n| model.weight(n)).sum::<i32>();
        } else {
            let texts = names.texts.iter().flatten();
            self.names
                .extend(texts.map(|text| [begin.text, text].concat()));
        }
    }

    /// Adds the feature with a name of these parts.
    pub(super) fn add<N: Named>(&mut self, parts: &[N]) {
        match self.model {
            Some(model) => {
                let numbers = parts.iter().map(Named::number);
                self.score += model.weight(numbers.fold(Number::EMPTY, Number::then));
            }
            None => self.names.push(parts.iter().map(Named::text).collect()),
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
