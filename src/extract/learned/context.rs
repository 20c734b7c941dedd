//! The words of a sentence, around its items and between them, as names of features without what these begin with: found once, whatever candidates have them.

use super::features::{Joined, Names, Part, figure, name};
use super::scene::{Scene, form_name};
use crate::extract::items::{Item, ItemKind};
use crate::language::{Class, Classes, Senses};
use std::ops::Range;
use std::rc::Rc;

/// Classes that say how a sentence is meant.
pub(super) const MEANT: &[Class] = &[
    Class::Not,
    Class::Never,
    Class::Future,
    Class::Planned,
    Class::Expected,
    Class::Invited,
    Class::Requested,
    Class::Wished,
    Class::Hypothetical,
    Class::Cancelled,
    Class::Denied,
    Class::Subjunctive,
    Class::Doubt,
    Class::Decided,
    Class::Refused,
    Class::NotTaken,
    Class::OnlyThen,
    Class::Anniversary,
    Class::Former,
    Class::Tomorrow,
    Class::Aim,
];

const COLON: Part<'_> = Part::new(":");
const WORD: Part<'_> = Part::new("w:");
const SENSE: Part<'_> = Part::new("n:");
const FIGURES: [Part<'_>; 3] = [Part::new("1"), Part::new("2"), Part::new("3")];

/// Classes of prepositions that tell places and persons.
const PLACED: [Class; 6] = [
    Class::To,
    Class::In,
    Class::From,
    Class::Of,
    Class::By,
    Class::With,
];

/// Classes of headings.
const HEADINGS: &[Class] = &[
    Class::VisitHeading,
    Class::HeadsHeading,
    Class::TreatyHeading,
    Class::MissionHeading,
    Class::SkipHeading,
];

/// What all candidates of a sentence have: before its words, its words, and behind them.
pub(super) struct Whole {
    pub(super) before: Names,
    pub(super) words: Names,
    pub(super) behind: Names,
}

impl Scene<'_, '_> {
    /// Names of the whole sentence.
    pub(super) fn whole(&self) -> &Whole {
        self.whole.get_or_init(|| Whole {
            before: self.standing(),
            words: self.words_of_all(),
            behind: self.told_around(),
        })
    }

    /// Names of what the sentence is, and how it is meant.
    fn standing(&self) -> Names {
        let mut f = Names::new(self.model);
        f.add(&name!["|lang:", self.lang]);
        let block = self.reader.block(self.sentence).map(|b| b.kind);
        f.add(&name!["|block:", &format!("{block:?}")]);
        f.add(&name![if self.reader.issued {
            "|issued"
        } else {
            "|not-issued"
        }]);
        f.add(&name!["|sides:", &figure(self.reader.sides.len())]);
        for class in HEADINGS {
            if self.reader.under(self.sentence, *class) {
                f.add(&name!["|under:", class.name()]);
            }
        }
        let meant = self.classes_of(0..self.sentence.items.len());
        for class in MEANT.iter().filter(|class| meant.contains(**class)) {
            f.add(&name!["|meant:", class.name()]);
        }
        if self.sentence.items.iter().any(|i| i.sign('?')) {
            f.add(&name!["|meant:?"]);
        }
        f
    }

    /// Names of what stands above the sentence and before it, and of its dates.
    fn told_around(&self) -> Names {
        let mut f = Names::new(self.model);
        if let Some(heading) = self.reader.heading(self.sentence) {
            let of = Senses::embedded(self.reader.doc.lang);
            for item in heading.items.iter().take(12) {
                for sense in of.of(&item.folded) {
                    f.add(&name!["|heading:", sense]);
                }
            }
        }
        let block = |at: usize| self.reader.sentences.get(at).map(|s| s.block);
        match self.index.checked_sub(1) {
            Some(before) if block(before) == Some(self.sentence.block) => {
                for (_, claim) in self.told.within(before, self.index) {
                    f.add(&name!["|before:", claim.fact.kind.name()]);
                }
            }
            _ => f.add(&name!["|first"]),
        }
        let dated = |full: bool| {
            self.sentence.items.iter().any(|i| {
                matches!(&i.kind, ItemKind::Date(d) if d.date.is_some_and(|d| !full || d.precision() == 3))
            })
        };
        f.add(&name![
            "|dated:",
            if dated(true) {
                "day"
            } else if dated(false) {
                "some"
            } else {
                "none"
            },
        ]);
        f
    }

    /// The classes of the words of some items.
    fn classes_of(&self, items: Range<usize>) -> Classes {
        let mut classes = Classes::default();
        for item in self.sentence.items.get(items).unwrap_or(&[]) {
            classes.extend(item.meanings.classes());
        }
        classes
    }

    /// Names of the words of the sentence.
    fn words_of_all(&self) -> Names {
        let mut f = Names::new(self.model);
        let word_in = f.joined(&name!["|s:", self.lang, ":"]);
        let sense_of = const { Part::new("|sense:") };
        let mut seen: Vec<&str> = Vec::new();
        for at in 0..self.sentence.items.len() {
            if let Some(item) = self.item(at)
                && let ItemKind::Trigger(forms) = &item.kind
            {
                for (rule, form) in forms {
                    if let Some(rule) = self.reader.lexicon.rules.get(*rule) {
                        f.add(&name!["|st:", &rule.fact, form_name(*form)]);
                    }
                }
            }
            let word = self.word_at(at);
            if self.lexical(at) && word.text().len() > 2 && !seen.contains(&word.text()) {
                seen.push(word.text());
                f.add(&name![word_in.part(), word]);
            }
            for sense in self.senses_at(at) {
                f.add(&name![sense_of, *sense]);
            }
        }
        f
    }

    /// Names of the words around an item.
    pub(super) fn names_around(&self, at: usize) -> Option<&Names> {
        let around = self.around.get(at)?;
        Some(around.get_or_init(|| self.words_around(at)))
    }

    /// Names of an item that stands so many items before or behind another: of the parts that those of the side and those of the place begin with.
    fn beside(&self, f: &mut Names, side: Part<'_>, place: &Joined, at: usize) {
        let place = place.part();
        f.add(&name![place, COLON, self.kind_at(at)]);
        if self.lexical(at) {
            f.add(&name![place, WORD, self.lang, COLON, self.word_at(at)]);
        }
        for sense in self.senses_at(at) {
            f.add(&name![place, SENSE, *sense]);
            f.add(&name![side, SENSE, *sense]);
        }
    }

    fn words_around(&self, at: usize) -> Names {
        let mut f = Names::new(self.model);
        let end = self.sentence.items.len();
        let before = const { Part::new("-") };
        for (n, figure) in (1..).zip(FIGURES) {
            let Some(at) = at.checked_sub(n) else {
                f.add(&name![before, ":start", figure]);
                break;
            };
            let place = f.joined(&[before, figure]);
            self.beside(&mut f, before, &place, at);
        }
        let behind = const { Part::new("+") };
        for (n, figure) in (1..).zip(FIGURES) {
            if at + n >= end {
                f.add(&name![behind, ":end", figure]);
                break;
            }
            let place = f.joined(&[behind, figure]);
            self.beside(&mut f, behind, &place, at + n);
        }
        if let Some(item) = self.item(at) {
            for class in PLACED.into_iter().chain([Class::For, Class::Between]) {
                if item.has_prep(class) {
                    f.add(&name!["prep:", class.name()]);
                }
            }
            if item.prep.is_empty() {
                f.add(&name!["prep:none"]);
            }
            if item.genitive {
                f.add(&name!["genitive"]);
            }
            if item.list != at {
                f.add(&name!["listed"]);
            }
        }
        // The verb of it: the next one behind, the last before.
        let verb = |i: &usize| self.is_verb(*i);
        let next = (at + 1..end).find(verb);
        let last = (0..at).rev().find(verb);
        for (name, found) in [("v+", next), ("v-", last)] {
            let Some(found) = found else { continue };
            let name = Part::new(name);
            f.add(&name![name, COLON, self.kind_at(found)]);
            f.add(&name![name, WORD, self.lang, COLON, self.word_at(found)]);
            for sense in self.senses_at(found) {
                f.add(&name![name, SENSE, *sense]);
            }
        }
        f
    }

    fn is_verb(&self, at: usize) -> bool {
        let verb = |i: &Item<'_>| i.verb.is_some() || matches!(i.kind, ItemKind::Trigger(_));
        self.item(at).is_some_and(verb)
    }

    /// Names of what stands between two items.
    pub(super) fn names_between(&self, a: usize, b: usize) -> Rc<Names> {
        if let Some(known) = self.between.borrow().get(&(a, b)) {
            return Rc::clone(known);
        }
        let names = Rc::new(self.words_between(a, b));
        self.between.borrow_mut().insert((a, b), Rc::clone(&names));
        names
    }

    fn words_between(&self, a: usize, b: usize) -> Names {
        let (low, high) = (a.min(b), a.max(b));
        let mut f = Names::new(self.model);
        let ordered = Part::new(if a < b { "<" } else { ">" });
        f.add(&name![ordered]);
        let length = high - low;
        let far = match length {
            0..=1 => "far:1",
            2..=3 => "far:3",
            4..=6 => "far:6",
            7..=10 => "far:10",
            11..=18 => "far:18",
            _ => "far:far",
        };
        f.add(&name![ordered, far]);
        let mut path = f.joined(&[]);
        let mut counts = [0_usize; 5];
        for i in low + 1..high {
            let Some(item) = self.item(i) else { continue };
            path.push(const { Part::new(" ") });
            path.push(self.kind_at(i));
            let count = match item.kind {
                ItemKind::Actor(_) => Some(0),
                ItemKind::Body(..) | ItemKind::City(_) => Some(1),
                ItemKind::Date(_) => Some(2),
                ItemKind::Sign(_) => Some(3),
                ItemKind::Quantity(_)
                | ItemKind::Mission(_)
                | ItemKind::Treaty(_)
                | ItemKind::Trigger(_)
                | ItemKind::Word => item.is_finite().then_some(4),
            };
            if let Some(n) = count.and_then(|c| counts.get_mut(c)) {
                *n += 1;
            }
            if self.lexical(i) {
                if self.word_at(i).text().len() > 1 {
                    f.add(&name![ordered, WORD, self.lang, COLON, self.word_at(i)]);
                }
                f.add(&name![ordered, "k:", self.kind_at(i)]);
                for sense in self.senses_at(i) {
                    f.add(&name![ordered, SENSE, *sense]);
                }
            } else if let ItemKind::Sign(_) = item.kind {
                f.add(&name![ordered, "s:", self.kind_at(i)]);
            }
        }
        for (name, n) in ["act", "place", "date", "sign", "verb"].iter().zip(counts) {
            let n = figure(n.min(3));
            f.add(&name![ordered, SENSE, name, n]);
        }
        if length <= 8 {
            f.add(&name![ordered, "path:", path.part()]);
        }
        let meant = self.classes_of(low + 1..high);
        for class in MEANT.iter().filter(|class| meant.contains(**class)) {
            f.add(&name!["meant:", class.name()]);
        }
        // The verb nearest to the second, and the preposition of that.
        let verb = |i: &usize| self.is_verb(*i);
        let near = if b > a {
            (a + 1..b).rev().find(verb)
        } else {
            (b + 1..a).find(verb)
        };
        let prep = Part::new(self.prep_at(b));
        let nearest = f.joined(&name![ordered, "near:"]);
        let nearest = nearest.part();
        if let Some(near) = near {
            f.add(&name![nearest, self.kind_at(near), prep]);
            for sense in self.senses_at(near) {
                f.add(&name![nearest, *sense, prep]);
            }
        } else {
            f.add(&name![nearest, "none", prep]);
        }
        f
    }

    /// The name of the preposition before an item; empty where there is none of those that tell places and persons.
    pub(super) fn prep_at(&self, at: usize) -> &'static str {
        let item = self.item(at);
        let before = item.and_then(|item| PLACED.into_iter().find(|c| item.has_prep(*c)));
        before.map_or("", Class::name)
    }
}
