//! A treaty named with its date ("the treaty of commerce of 1737", "the 1972 Air Services Agreement") → what the mention tells of it.

use super::enumerated::{apart, enumerated};
use super::parties::{self, Mention};
use super::{Scene, antecedent, bracketed_date, claim, draft, labelled, np};
use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::Reader;
use crate::fact::{Claim, Edtf, Evidence, EvidenceRole, Kind, Slot};
use crate::language::Class;

/// The date that stands with a treaty's noun as its own: "of 3 May 1992", "dated 3 May 1992", "the 1992 …".
pub(super) fn attached(items: &[Item<'_>], at: usize) -> Option<usize> {
    beside(items, at).filter(|_| !names_another(items, at))
}

/// The date that a treaty is called by: "the agreement of 3 May 1992", but not "signed an agreement on 3 May 1992".
pub(super) fn called_by(items: &[Item<'_>], at: usize) -> Option<usize> {
    let date = attached(items, at)?;
    let of = |i: &Item<'_>| i.is(Class::Of) || i.is(Class::Dated) || i.has_prep(Class::Of);
    let words = items.get(at + 1..=date);
    (date < at || words.is_some_and(|words| words.iter().any(of))).then_some(date)
}

/// The date of the instrument that a title names: "a protocol amending the agreement of 1982".
pub(super) fn of_inner(items: &[Item<'_>], at: usize) -> Option<usize> {
    beside(items, at).filter(|d| *d > at && names_another(items, at))
}

/// Whether a sentence tells a date that is not that of an instrument within a title.
pub(super) fn itself(items: &[Item<'_>]) -> bool {
    let inner: Vec<usize> = (0..items.len())
        .filter_map(|i| of_inner(items, i))
        .collect();
    let mut dates = (0..items.len()).filter(|&i| items.get(i).is_some_and(Item::is_date));
    dates.any(|d| !inner.contains(&d))
}

fn names_another(items: &[Item<'_>], at: usize) -> bool {
    items.get(at).and_then(np).is_some_and(|np| np.inner)
}

fn beside(items: &[Item<'_>], at: usize) -> Option<usize> {
    let small = |i: &Item<'_>| {
        matches!(i.kind, ItemKind::Word)
            && (i.is(Class::Of) || i.is(Class::Article) || i.is(Class::Dated))
    };
    // "…, de 5 de octubre de 1870"
    let comma = items.get(at + 1).is_some_and(|x| x.sign(','))
        && items
            .get(at + 2)
            .is_some_and(|x| x.is(Class::Of) || x.is(Class::Dated));
    // "…, du 12 mai 1997": the preposition is part of the date.
    let led = items.get(at + 1).is_some_and(|x| x.sign(','))
        && items
            .get(at + 2)
            .is_some_and(|x| x.is_date() && ["du", "de", "del", "of"].contains(&x.folded.as_ref()));
    let from = if comma || led { at + 2 } else { at + 1 };
    let behind = (from..items.len())
        .find(|&i| items.get(i).is_some_and(|x| !small(x)))
        .filter(|&i| {
            items
                .get(i)
                .is_some_and(|x| x.is_date() && !labelled::is_period(x))
        })
        .filter(|&i| {
            // "du 9 juillet 2004" is a date with its own preposition.
            let words = items.get(from..i).unwrap_or(&[]);
            words.is_empty() || words.iter().any(|x| x.is(Class::Of) || x.is(Class::Dated))
        });
    // "the 1992 agreement", not "in 1992 an agreement".
    let before = || {
        let date = at.checked_sub(1)?;
        let year = items.get(date).filter(|x| x.is_date())?;
        // "article 3 of the 1992 agreement": the article is part of the date.
        let within = year.span.len() > 4 && ["of", "the"].contains(&year.folded.as_ref());
        let article = date.checked_sub(1).and_then(|i| items.get(i));
        (within || article.is_some_and(|x| x.is(Class::Article))).then_some(date)
    };
    behind.or_else(before)
}

/// Treaties that a sentence of prose names with their date, beside those that its frames tell of.
pub(in crate::extract) fn mentioned(scene: &Scene<'_>, told: &[Claim]) -> Vec<Claim> {
    let &Scene {
        reader, sentence, ..
    } = scene;
    let items = &sentence.items;
    let mut claims = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let Some(phrase) = np(item) else { continue };
        if told.iter().all(|t| t.fact.kind != Kind::Treaty) {
            claims.extend(super::each::each(scene, at, phrase));
        }
        let Some(date) = attached(items, at).or_else(|| bracketed_date(items, at)) else {
            continue;
        };
        let title = phrase.name(&reader.doc.text);
        let framed = told
            .iter()
            .any(|t| t.fact.kind == Kind::Treaty && t.fact.text(Slot::Title) == title);
        // "It terminated the convention of 1972": what ends had been concluded.
        let own = attached(items, at).is_some();
        let undone = |i: &Item<'_>| draft(i) && !(own && i.is(Class::Cancelled));
        let before = items.get(at.saturating_sub(2)..at).unwrap_or(&[]);
        let called = called_by(items, at).is_some();
        let meant = !called && super::governed::only_meant(reader, items, at);
        let drafted = before.iter().any(undone) || meant;
        // "The agreements in force are those on trade (1971) and culture (1975)", but not those that a frame tells of.
        let treaties = told.iter().any(|t| t.fact.kind == Kind::Treaty);
        let told_apart =
            treaties && phrase.tail.is_none() && !enumerated(scene, at, phrase).is_empty();
        if framed || drafted || told_apart {
            continue;
        }
        let parties = parties::of_mention(
            scene,
            Mention {
                at,
                phrase,
                listed: false,
            },
        );
        // "the Treaty of Versailles": named by its place it may be anybody's, and so may a bare "convention of 1884".
        let anybodys = match phrase.city {
            Some(city) => !reader
                .state_of_city(city)
                .is_some_and(|s| parties.bodies.contains(&s)),
            None => !phrase.described && !exact(items, date) && !newly(scene, at, date, told),
        };
        if anybodys && !parties.named {
            continue;
        }
        let found = claim(
            scene,
            phrase,
            parties,
            (Some(date), Slot::Signed),
            Vec::new(),
        );
        claims.extend(
            found
                .into_iter()
                .flat_map(|found| apart(scene, (at, phrase), found)),
        );
    }
    claims
}

/// "by a treaty of 1904": an instrument named by its kind and year alone, of which nothing was told before.
fn newly(scene: &Scene<'_>, at: usize, date: usize, told: &[Claim]) -> bool {
    let items = &scene.sentence.items;
    let article = at.checked_sub(1).and_then(|i| items.get(i));
    let kind = items.get(at).and_then(np).map(|np| np.kind);
    let kind = kind.and_then(|k| scene.reader.lexicon.treaties.get(k));
    let solemn = kind.is_some_and(|k| matches!(k.as_str(), "treaty" | "convention"));
    let year = |c: &Claim| c.fact.date(Slot::Signed).and_then(Edtf::year);
    let own = scene.reader.date(scene.sentence, Some(date)).date;
    let own = own.and_then(|d| d.year());
    let mut before = scene.earlier.iter().chain(told);
    solemn
        && own.is_some()
        && article.is_some_and(|i| i.is(Class::Indefinite))
        && !before.any(|c| c.fact.kind == Kind::Treaty && year(c) == own)
}

/// Treaties of which a sentence says no more than that they are others like one that was named, beside those that it names: "a trade agreement of
/// 1951, superseded by that of 5 March 1962".
pub(in crate::extract) fn others(scene: &Scene<'_>, told: &[Claim]) -> Vec<Claim> {
    let items = &scene.sentence.items;
    let stands_in = |at: &usize| {
        let item = items.get(*at);
        item.is_some_and(|i| i.is(Class::MissionOne) && matches!(i.kind, ItemKind::Word))
    };
    let signed = |c: &Claim| {
        let date = c.fact.date(Slot::Signed).copied();
        (
            date.and_then(|d| d.year()),
            c.fact.get(Slot::Title).cloned(),
        )
    };
    let known = |c: &Claim| {
        let treaties = told.iter().filter(|t| t.fact.kind == Kind::Treaty);
        treaties.map(signed).any(|told| told == signed(c))
    };
    (0..items.len())
        .filter(stands_in)
        .filter_map(|at| another(scene, at))
        .filter(|c| !known(c))
        .collect()
}

/// "signed on 28 March 1996, in force 20 June 1997": the date of entry into force that stands behind a treaty's noun, before another treaty
/// or another clause.
pub(super) fn force_behind(items: &[Item<'_>], at: usize) -> Option<usize> {
    let end = (at + 1..items.len())
        .find(|&i| {
            items.get(i).is_some_and(|x| {
                np(x).is_some() || x.sign('?') || x.is(Class::But) || x.is(Class::Not)
            })
        })
        .unwrap_or(items.len());
    (at + 1..end)
        .filter(|&i| items.get(i).is_some_and(Item::is_date))
        .find(|&i| labelled::label(items, i, |_| true) == Some(Slot::InForce))
}

/// "that of 5 March 1862", "celui du 11 juillet 1789": an instrument like the one just named.
fn another(scene: &Scene<'_>, at: usize) -> Option<Claim> {
    let &Scene {
        reader,
        index,
        sentence,
        ..
    } = scene;
    let items = &sentence.items;
    let date = attached(items, at).or_else(|| concluded(reader, items, at))?;
    let (from, phrase) = antecedent::named_before(reader, index, at, None)?;
    let there = reader.sentences.get(from)?;
    let clear = items.get(..at)?.iter().all(|i| i.mission().is_none());
    let known = antecedent::place(there, phrase)?;
    let earlier = Scene {
        index: from,
        sentence: there,
        ..*scene
    };
    let parties = parties::of_mention(
        &earlier,
        Mention {
            at: known,
            phrase,
            listed: false,
        },
    );
    (clear && index - from <= 1).then_some(())?;
    claim(
        scene,
        phrase,
        parties,
        (Some(date), Slot::Signed),
        vec![Evidence {
            span: there.span,
            role: EvidenceRole::Antecedent,
        }],
    )
}

/// "another concluded on 13 March 1862", "another on 18 May 1900": the date behind a word for one more, with no more than its participle
/// between.
fn concluded(reader: &Reader<'_>, items: &[Item<'_>], at: usize) -> Option<usize> {
    if items.get(at).is_some_and(|i| i.is(Class::Article)) {
        return None;
    }
    let date =
        (at + 1..items.len().min(at + 7)).find(|&i| items.get(i).is_some_and(Item::is_date))?;
    let between = items.get(at + 1..date)?;
    between
        .iter()
        .all(|i| match &i.kind {
            ItemKind::Word => !i.is_finite(),
            ItemKind::Trigger(forms) => forms.iter().any(|(rule, _)| {
                let rule = reader.lexicon.rules.get(*rule);
                rule.is_some_and(|r| r.fact == "treaty")
            }),
            ItemKind::City(_) => true,
            ItemKind::Actor(_)
            | ItemKind::Body(..)
            | ItemKind::Date(_)
            | ItemKind::Quantity(_)
            | ItemKind::Mission(_)
            | ItemKind::Treaty(_)
            | ItemKind::Sign(_) => false,
        })
        .then_some(date)
}

/// Whether a date tells the day.
pub(super) fn exact(items: &[Item<'_>], date: usize) -> bool {
    items.get(date).is_some_and(
        |i| matches!(&i.kind, ItemKind::Date(d) if d.date.is_some_and(|d| d.precision() == 3)),
    )
}
