//! What speaks for and against a candidate: words of the sentence, around its items and between them, who acts, what rules have told.

use super::features::Features;
use super::model::number;
use super::scene::{Scene, form_name};
use crate::extract::items::{Item, ItemKind};
use crate::extract::offices::{is_head_of_mission, is_royal};
use crate::extract::reader::Who;
use crate::language::{Class, Senses};

/// Classes that say how a sentence is meant.
const MEANT: &[Class] = &[
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

impl<'s> Scene<'s, '_> {
    /// Features of the whole sentence, for candidates of one kind.
    pub(super) fn shared(&self, p: &str) -> Features<'s> {
        let mut f = Features::new(self.model);
        if self.model.is_some() {
            f.add(&[p, "|intercept"]);
        }
        f.add(&[p, "|lang:", self.lang]);
        let block = self.reader.block(self.sentence).map(|b| b.kind);
        f.add(&[p, "|block:", &format!("{block:?}")]);
        f.add(&[
            p,
            if self.reader.issued {
                "|issued"
            } else {
                "|not-issued"
            },
        ]);
        f.add(&[p, "|sides:", &self.reader.sides.len().to_string()]);
        for class in HEADINGS {
            if self.reader.under(self.sentence, *class) {
                f.add(&[p, "|under:", class.name()]);
            }
        }
        for class in MEANT {
            if self.sentence.items.iter().any(|i| i.is(*class)) {
                f.add(&[p, "|meant:", class.name()]);
            }
        }
        if self.sentence.items.iter().any(|i| i.sign('?')) {
            f.add(&[p, "|meant:?"]);
        }
        self.words(&mut f, p);
        if let Some(heading) = self.reader.heading(self.sentence) {
            let of = Senses::embedded(self.reader.doc.lang);
            for item in heading.items.iter().take(12) {
                for sense in of.of(&item.folded) {
                    f.add(&[p, "|heading:", sense]);
                }
            }
        }
        let block = |at: usize| self.reader.sentences.get(at).map(|s| s.block);
        match self.index.checked_sub(1) {
            Some(before) if block(before) == Some(self.sentence.block) => {
                for (_, claim) in self.told.within(before, self.index) {
                    f.add(&[p, "|before:", claim.fact.kind.name()]);
                }
            }
            _ => f.add(&[p, "|first"]),
        }
        let dated = |full: bool| {
            self.sentence.items.iter().any(|i| {
                matches!(&i.kind, ItemKind::Date(d) if d.date.is_some_and(|d| !full || d.precision() == 3))
            })
        };
        f.add(&[
            p,
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

    /// Features of the words of the sentence.
    fn words(&self, f: &mut Features<'_>, p: &str) {
        let mut seen: Vec<&str> = Vec::new();
        for at in 0..self.sentence.items.len() {
            if let Some(item) = self.item(at)
                && let ItemKind::Trigger(forms) = &item.kind
            {
                for (rule, form) in forms {
                    if let Some(rule) = self.reader.lexicon.rules.get(*rule) {
                        f.add(&[p, "|st:", &rule.fact, form_name(*form)]);
                    }
                }
            }
            let word = self.word_at(at);
            if self.lexical(at) && word.len() > 2 && !seen.contains(&word) {
                seen.push(word);
                f.add(&[p, "|s:", self.lang, ":", word]);
            }
            for sense in self.senses_at(at) {
                f.add(&[p, "|sense:", sense]);
            }
        }
    }

    /// Features of the words of the sentence for what its candidates of one sort share.
    pub(super) fn told_in_words(&self, f: &mut Features<'_>, p: &str) {
        self.once(f, (number(&[p, "words"]), None), |f| self.words(f, p));
    }

    /// Features of the words around an item.
    pub(super) fn around(&self, f: &mut Features<'_>, p: &str, tag: &str, at: Option<usize>) {
        self.once(f, (number(&[p, tag]), at), |f| {
            self.words_around(f, p, tag, at)
        });
    }

    /// Adds what candidates of the sentence share: weighed once.
    fn once(
        &self,
        f: &mut Features<'_>,
        key: (u64, Option<usize>),
        add: impl FnOnce(&mut Features<'_>),
    ) {
        if self.model.is_none() {
            add(f);
            return;
        }
        let known = self
            .weighed
            .borrow()
            .iter()
            .find(|(k, _)| *k == key)
            .map(|(_, w)| *w);
        f.score += known.unwrap_or_else(|| {
            let mut own = Features::new(self.model);
            add(&mut own);
            self.weighed.borrow_mut().push((key, own.score));
            own.score
        });
    }

    /// Features of an item that stands so many items before or behind another.
    fn beside(&self, f: &mut Features<'_>, [p, tag, sign, n]: [&str; 4], at: usize) {
        f.add(&[p, "|", tag, sign, n, ":", self.kind_at(at)]);
        if self.lexical(at) {
            f.add(&[p, "|", tag, sign, n, "w:", self.lang, ":", self.word_at(at)]);
        }
        for sense in self.senses_at(at) {
            f.add(&[p, "|", tag, sign, n, "n:", sense]);
            f.add(&[p, "|", tag, sign, "n:", sense]);
        }
    }

    fn words_around(&self, f: &mut Features<'_>, p: &str, tag: &str, at: Option<usize>) {
        let Some(at) = at else {
            f.add(&[p, "|", tag, ":none"]);
            return;
        };
        let end = self.sentence.items.len();
        for n in 1..=3 {
            let Some(before) = at.checked_sub(n) else {
                f.add(&[p, "|", tag, "-:start", &n.to_string()]);
                break;
            };
            self.beside(f, [p, tag, "-", &n.to_string()], before);
        }
        for n in 1..=3 {
            if at + n >= end {
                f.add(&[p, "|", tag, "+:end", &n.to_string()]);
                break;
            }
            self.beside(f, [p, tag, "+", &n.to_string()], at + n);
        }
        if let Some(item) = self.item(at) {
            for class in PLACED.into_iter().chain([Class::For, Class::Between]) {
                if item.has_prep(class) {
                    f.add(&[p, "|", tag, "prep:", class.name()]);
                }
            }
            if item.prep.is_empty() {
                f.add(&[p, "|", tag, "prep:none"]);
            }
            if item.genitive {
                f.add(&[p, "|", tag, "genitive"]);
            }
            if item.list != at {
                f.add(&[p, "|", tag, "listed"]);
            }
        }
        // The verb of it: the next one behind, the last before.
        let verb = |i: &usize| self.is_verb(*i);
        let next = (at + 1..end).find(verb);
        let last = (0..at).rev().find(verb);
        for (name, found) in [("v+", next), ("v-", last)] {
            let Some(found) = found else { continue };
            f.add(&[p, "|", tag, name, ":", self.kind_at(found)]);
            f.add(&[p, "|", tag, name, "w:", self.lang, ":", self.word_at(found)]);
            for sense in self.senses_at(found) {
                f.add(&[p, "|", tag, name, "n:", sense]);
            }
        }
    }

    fn is_verb(&self, at: usize) -> bool {
        let verb = |i: &Item<'_>| i.verb.is_some() || matches!(i.kind, ItemKind::Trigger(_));
        self.item(at).is_some_and(verb)
    }

    /// Features of what stands between two items.
    pub(super) fn between(
        &self,
        f: &mut Features<'_>,
        p: &str,
        tag: &str,
        a: Option<usize>,
        b: Option<usize>,
    ) {
        let (Some(a), Some(b)) = (a, b) else {
            f.add(&[p, "|", tag, ":open"]);
            return;
        };
        let (low, high) = (a.min(b), a.max(b));
        let order = if a < b { "<" } else { ">" };
        f.add(&[p, "|", tag, order]);
        let length = high - low;
        let far = match length {
            0..=1 => "1",
            2..=3 => "3",
            4..=6 => "6",
            7..=10 => "10",
            11..=18 => "18",
            _ => "far",
        };
        f.add(&[p, "|", tag, order, "far:", far]);
        let mut path = String::new();
        let mut counts = [0_usize; 5];
        for i in low + 1..high {
            let Some(item) = self.item(i) else { continue };
            path.push(' ');
            path.push_str(self.kind_at(i));
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
                if self.word_at(i).len() > 1 {
                    f.add(&[p, "|", tag, order, "w:", self.lang, ":", self.word_at(i)]);
                }
                f.add(&[p, "|", tag, order, "k:", self.kind_at(i)]);
                for sense in self.senses_at(i) {
                    f.add(&[p, "|", tag, order, "n:", sense]);
                }
            } else if let ItemKind::Sign(c) = item.kind {
                f.add(&[p, "|", tag, order, "s:", &c.to_string()]);
            }
        }
        for (name, n) in ["act", "place", "date", "sign", "verb"].iter().zip(counts) {
            let n = n.min(3).to_string();
            f.add(&[p, "|", tag, order, "n:", name, &n]);
        }
        if length <= 8 {
            f.add(&[p, "|", tag, order, "path:", &path]);
        }
        for class in MEANT {
            if (low + 1..high).any(|i| self.item(i).is_some_and(|x| x.is(*class))) {
                f.add(&[p, "|", tag, "meant:", class.name()]);
            }
        }
        // The verb nearest to the second, and the preposition of that.
        let verb = |i: &usize| self.is_verb(*i);
        let near = if b > a {
            (a + 1..b).rev().find(verb)
        } else {
            (b + 1..a).find(verb)
        };
        let prep = self.prep_at(b);
        if let Some(near) = near {
            f.add(&[p, "|", tag, order, "near:", self.kind_at(near), prep]);
            for sense in self.senses_at(near) {
                f.add(&[p, "|", tag, order, "near:", sense, prep]);
            }
        } else {
            f.add(&[p, "|", tag, order, "near:none", prep]);
        }
    }

    /// The name of the preposition before an item; empty where there is none of those that tell places and persons.
    pub(super) fn prep_at(&self, at: usize) -> &'static str {
        let item = self.item(at);
        let before = item.and_then(|item| PLACED.into_iter().find(|c| item.has_prep(*c)));
        before.map_or("", Class::name)
    }

    /// Features of somebody.
    pub(super) fn who(&self, f: &mut Features<'_>, p: &str, tag: &str, who: &Who) {
        let role = who.role.as_deref();
        let group = match role {
            None => "none",
            Some(r) if is_head_of_mission(r) => "head",
            Some(r) if is_royal(r) => "royal",
            Some("President") => "president",
            Some("Prime Minister") => "pm",
            Some("Foreign Minister") => "fm",
            Some(r) if r.contains("Minister") || r.contains("Secretary") => "minister",
            Some(_) => "other",
        };
        f.add(&[p, "|", tag, "role:", group]);
        f.add(&[
            p,
            "|",
            tag,
            if who.person.is_some() {
                "named"
            } else {
                "unnamed"
            },
        ]);
        let of = match who.of {
            None => "unknown",
            Some(of) if self.reader.is_side(of) => "side",
            Some(_) => "third",
        };
        f.add(&[p, "|", tag, "of:", of]);
        if let Some(known) = who.person.and_then(|x| self.reader.people.known.get(x)) {
            if known.offices.iter().any(|h| is_head_of_mission(&h.role)) {
                f.add(&[p, "|", tag, "posted"]);
            }
            f.add(&[p, "|", tag, if known.sure { "sure" } else { "unsure" }]);
            f.add(&[
                p,
                "|",
                tag,
                if known.name.contains(' ') {
                    "whole"
                } else {
                    "single"
                },
            ]);
            f.add(&[
                p,
                "|",
                tag,
                if known.offices.is_empty() {
                    "no-office"
                } else {
                    "office"
                },
            ]);
        }
    }

    /// Features of what rules have told in this sentence.
    pub(super) fn rules(&self, f: &mut Features<'_>, p: &str) {
        for (_, claim) in self.told.within(self.index, self.index + 1) {
            f.add(&[p, "|told:", claim.fact.kind.name()]);
        }
    }
}
