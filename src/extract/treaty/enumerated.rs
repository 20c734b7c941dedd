//! "agreements on culture, science and fisheries" → one title for each instrument.

use super::Scene;
use crate::extract::frame::Frame;
use crate::extract::items::{Item, ItemKind, TreatyNp, dates_in_a_row};
use crate::fact::{Claim, Slot, Value};
use crate::language::{Class, Lang, Lexicon, Meaning, TriggerForm};
use crate::text::Span;

/// How many words of an enumeration a subject may have.
const REACH: usize = 7;

/// How many words a preposition, or what belongs to a noun, has at most.
const LEAD: usize = 3;

/// How many words each of two subjects has at most that a noun in the plural parts: "agreements on air services and tourism".
const PAIR: usize = 3;

/// One instrument of an enumeration: its title, and the date in brackets behind it.
pub(super) struct One {
    pub(super) title: String,
    pub(super) date: Option<usize>,
}

/// The claim of each of the instruments that a noun in the plural names, from the claim of them all.
pub(super) fn apart(
    scene: &Scene<'_>,
    (at, phrase): (usize, &TreatyNp),
    found: Claim,
) -> Vec<Claim> {
    let named = scene.sentence.items.get(at).map(|i| i.span);
    // "The agreements in force are those on trade (1971) and culture (1975)": of several.
    let those = scene.sentence.items.get(at).is_some_and(|i| {
        let first = i.folded.split(' ').next().unwrap_or_default();
        first.ends_with('s') || ["those", "ceux"].contains(&first)
    });
    if let Some(item) = named.filter(|item| !those && stands_apart(phrase, *item)) {
        let title = one_of(
            scene.reader.lexicon,
            phrase,
            item,
            found.fact.text(Slot::Title),
        );
        let mut one = found;
        one.fact.set(Slot::Title, Value::Text(title));
        return vec![one];
    }
    let mut titles = enumerated(scene, at, phrase);
    if titles.is_empty() {
        titles = of_each_date(scene, at, phrase);
    }
    if titles.is_empty() {
        return vec![found];
    }
    let dated = titles.iter().any(|t| t.date.is_some());
    let one = |named: One| {
        let mut one = found.clone();
        one.fact.set(Slot::Title, Value::Text(named.title));
        if dated {
            one.fact
                .slots
                .retain(|s, _| *s != Slot::Signed && *s != Slot::InForce);
            let date = scene.reader.date(scene.sentence, named.date);
            date.put(&mut one.fact, Slot::Signed);
        }
        one
    };
    titles.into_iter().map(one).collect()
}

/// "Trade agreements were signed in 1962, 1970 and 1981", "by treaties of 1904 and 1911": one of the same name for each of several dates.
fn of_each_date(scene: &Scene<'_>, at: usize, phrase: &TreatyNp) -> Vec<One> {
    let items = &scene.sentence.items;
    let lexicon = scene.reader.lexicon;
    let title = phrase.name(&scene.reader.doc.text);
    let mut words = title.split(' ');
    let noun = words.find(|w| is_treaty(lexicon, w));
    let Some(one) = noun.and_then(|w| Some((w, single(lexicon, w)?))) else {
        return Vec::new();
    };
    // "accords commerciaux" would need its adjective in the singular.
    let name = if lexicon.lang == Lang::En {
        title.replacen(one.0, &one.1, 1)
    } else {
        title.clone()
    };
    let own = |from: usize| {
        let of = |i: &Item<'_>| i.kind == ItemKind::Word && i.is(Class::Of);
        let from = from + usize::from(items.get(from).is_some_and(of));
        let dates = dates_in_a_row(items, from);
        (dates.len() > 1).then_some(dates)
    };
    let verb = || {
        scene
            .frame
            .filter(|f| f.at >= at)
            .and_then(|f| own(f.at + 1))
    };
    let dates = own(at + 1).or_else(verb).unwrap_or_default();
    dates
        .into_iter()
        .map(|date| One {
            title: name.clone(),
            date: Some(date),
        })
        .collect()
}

/// "agreements on culture, science (1990) and fisheries": one title each, in the singular; nothing where the noun is none of many.
pub(super) fn enumerated(scene: &Scene<'_>, at: usize, phrase: &TreatyNp) -> Vec<One> {
    let &Scene {
        reader,
        sentence,
        frame,
        ..
    } = scene;
    let items = &sentence.items;
    let title = phrase.name(&reader.doc.text);
    let kinds = modified(reader.lexicon, &title);
    if !kinds.is_empty() {
        return in_order((items, at), frame, kinds);
    }
    let Some((lead, own)) = headed(reader.lexicon, &title) else {
        return Vec::new();
    };
    let preposition = lead.rsplit(' ').next().unwrap_or_default().to_owned() + " ";
    let mut subjects: Vec<(String, Option<usize>)> = Vec::new();
    let parts: Vec<&str> = own.split(',').map(str::trim).collect();
    let last = parts.len() - 1;
    for (i, part) in parts.into_iter().enumerate() {
        // "culture, science and fisheries"
        let pair = |(a, b): &(&str, &str)| {
            let short = [a, b].iter().all(|own| own.split(' ').count() <= PAIR);
            // "on gas and on the control of borders"
            last == 0 && (short || b.starts_with(preposition.as_str()))
        };
        let both = joined(reader.lexicon, part).filter(|both| i == last && (i > 0 || pair(both)));
        match both {
            Some((a, b)) => subjects.extend([a, b].map(|s| (s.to_owned(), None))),
            None => subjects.push((part.to_owned(), None)),
        }
    }
    for (subject, _) in &mut subjects {
        if let Some(words) = own_subject(subject, &preposition) {
            *subject = words.to_owned();
        }
    }
    subjects.retain(|(s, _)| !s.is_empty());
    // Behind the title's own words the others follow, with commas and a last "and".
    let mut next = at + 1;
    // "agreements with Peru on trade (1999), fisheries (2000) …": behind the end of the title.
    if let Some(tail) = phrase.tail {
        let behind =
            (at + 1..items.len()).find(|&i| items.get(i).is_some_and(|x| x.span.start >= tail.end));
        next = behind.unwrap_or(items.len());
    }
    // "Agreements on trade were signed in 1999, on fisheries in 2000"
    let verb = frame.filter(|f| f.at >= next && plainly_verb(items, (next, f.at)));
    let dates = verb.map(|f| f.at + 1);
    let mut loose = false;
    if let Some((date, behind)) = dates.and_then(|from| dated_behind(items, from)) {
        if let Some(last) = subjects.last_mut() {
            last.1 = Some(date);
        }
        (next, loose) = (behind, true);
    }
    if let Some((date, behind)) = dated_behind(items, next).filter(|_| !loose) {
        loose = !items.get(next).is_some_and(|i| i.sign('('));
        if let Some(last) = subjects.last_mut() {
            last.1 = Some(date);
        }
        next = behind;
    }
    while let Some(joint) = items.get(next) {
        if !(joint.sign(',') || joint.is(Class::And)) {
            break;
        }
        let oxford = joint.sign(',') && items.get(next + 1).is_some_and(|i| i.is(Class::And));
        let from = next + 1 + usize::from(oxford);
        let mut to = from;
        while items.get(to).is_some_and(|i| {
            matches!(i.kind, ItemKind::Word)
                && !i.is_finite()
                && !i.is(Class::And)
                && !i.is(Class::In)
                && !i.is(Class::Be)
                && !i.is(Class::Have)
                && to < from + REACH
        }) {
            to += 1;
        }
        let (Some(head), Some(tail)) = (
            items.get(from),
            to.checked_sub(1).and_then(|t| items.get(t)),
        ) else {
            break;
        };
        if to == from {
            break;
        }
        let words = head.span.to(tail.span).of(&reader.doc.text);
        let words = words.strip_prefix(preposition.as_str()).unwrap_or(words);
        let dated = dated_behind(items, to);
        loose |= dated.is_some() && !items.get(to).is_some_and(|i| i.sign('('));
        subjects.push((words.to_owned(), dated.map(|(date, _)| date)));
        next = dated.map_or(to, |(_, behind)| behind);
    }
    if subjects.len() < 2 {
        return Vec::new();
    }
    // "agreements on trade, culture and tourism in 1999": a date of them all.
    if loose && subjects.iter().any(|(_, date)| date.is_none()) {
        subjects.iter_mut().for_each(|s| s.1 = None);
    }
    let titles = subjects.into_iter().map(|(subject, date)| One {
        title: format!("{lead} {subject}"),
        date,
    });
    in_order((items, at), frame, titles.collect())
}

/// "on tourism" → "tourism".
fn own_subject<'t>(subject: &'t str, preposition: &str) -> Option<&'t str> {
    // "relatifs à la pêche et au tourisme"
    let to: &[&str] = match preposition {
        "à " | "au " | "aux " => &["au ", "aux ", "à "],
        "a " | "al " => &["al ", "a "],
        _ => &[],
    };
    let own = subject.strip_prefix(preposition);
    own.or_else(|| to.iter().find_map(|to| subject.strip_prefix(to)))
}

/// "Agreements on A and on B were signed in 1980 and 1985": each with its date, where as many stand behind the verb.
fn in_order(
    (items, at): (&[Item<'_>], usize),
    frame: Option<&Frame>,
    mut titles: Vec<One>,
) -> Vec<One> {
    let dates = frame.map_or_else(Vec::new, |f| dates_in_a_row(items, f.at.max(at) + 1));
    if dates.len() == titles.len() && titles.iter().all(|t| t.date.is_none()) {
        for (title, date) in titles.iter_mut().zip(dates) {
            title.date = Some(date);
        }
    }
    titles
}

/// "Trade and cultural agreements", "accords commercial et culturel": the noun in the singular with each of the words that tell its kind.
fn modified(lexicon: &Lexicon, title: &str) -> Vec<One> {
    let words: Vec<&str> = title.split(' ').collect();
    let first = lexicon.lang != Lang::En;
    let noun = if first { words.first() } else { words.last() };
    let noun = noun.filter(|w| is_treaty(lexicon, w));
    let Some(single) = noun.and_then(|w| single(lexicon, w)) else {
        return Vec::new();
    };
    let kinds = if first {
        words.get(1..)
    } else {
        words.get(..words.len() - 1)
    };
    let kinds = kinds.unwrap_or(&[]);
    let and = |w: &&&str| lexicon.has_class(w, Class::And);
    let thing = |m: &Meaning| {
        matches!(
            m,
            Meaning::Topic(_)
                | Meaning::Measure(_)
                | Meaning::Class(Class::Thing | Class::Portfolio)
                | Meaning::Verb(TriggerForm::Base)
        ) || matches!(m, Meaning::Class(c) if c.of_layout() || c.of_keys())
    };
    let plain = |w: &&str| {
        w.chars().all(char::is_alphanumeric)
            && lexicon.meanings(w).iter().all(thing)
            && !(first && w.ends_with('s'))
    };
    let [a, joint, b] = kinds else {
        return Vec::new();
    };
    let two = and(&joint) && plain(a) && plain(b);
    let named = |kind: &str| One {
        title: if first {
            format!("{single} {kind}")
        } else {
            format!("{kind} {single}")
        },
        date: None,
    };
    if two {
        [a, b].map(|kind| named(&kind.to_lowercase())).into()
    } else {
        Vec::new()
    }
}

/// Whether the noun of a title is in the plural.
pub(super) fn several(lexicon: &Lexicon, title: &str) -> bool {
    let noun = title.split(' ').find(|w| is_treaty(lexicon, w));
    noun.is_some_and(|w| single(lexicon, w).is_some())
}

/// "two agreements, one on visas": whether an item names one of the instruments of a noun that stands before it.
fn stands_apart(phrase: &TreatyNp, item: Span) -> bool {
    phrase.tail.is_some() && phrase.title.end <= item.start
}

/// The title of one of the instruments that a noun in the plural names, from that noun and what it is about.
pub(super) fn one_of(lexicon: &Lexicon, phrase: &TreatyNp, item: Span, title: String) -> String {
    let noun = title.split(' ').next().unwrap_or_default();
    let single = single(lexicon, noun).filter(|_| stands_apart(phrase, item));
    single.map_or_else(|| title.clone(), |one| title.replacen(noun, &one, 1))
}

/// Whether a word is a noun for treaties.
fn is_treaty(lexicon: &Lexicon, word: &str) -> bool {
    let means = |m: &Meaning| matches!(m, Meaning::Treaty(_));
    lexicon.meanings(word).iter().any(means)
}

/// "agreements" → "agreement", "tratados" → "tratado", "convenciones" → "convención".
fn single(lexicon: &Lexicon, noun: &str) -> Option<String> {
    let ends = [
        ("ciones", "ción"),
        ("randa", "randum"),
        ("ties", "ty"),
        ("es", ""),
        ("s", ""),
    ];
    let mut forms = ends
        .iter()
        .filter_map(|(many, one)| Some(format!("{}{one}", noun.strip_suffix(many)?)));
    forms.find(|w| is_treaty(lexicon, w))
}

/// "bilateral agreements on culture" → "bilateral agreement on", and the rest.
fn headed<'t>(lexicon: &Lexicon, title: &'t str) -> Option<(String, &'t str)> {
    let noun = title.split(' ').find(|w| is_treaty(lexicon, w))?;
    let mut single = single(lexicon, noun)?;
    let (before, mut behind) = title.split_once(noun)?;
    // "memoranda of understanding on health": a noun of several words.
    if let Some((rest, own)) = rest_of_noun(lexicon, noun, behind) {
        single += rest;
        behind = own;
    }
    let leads = [Class::About, Class::Of, Class::For, Class::In];
    let leads = |word: &str| leads.iter().any(|c| lexicon.has_class(word, *c));
    let behind = behind.trim_start();
    // "portant sur", "relatifs à la"
    let long = behind.match_indices(' ').take(LEAD).skip(1);
    let mut long = long.map(|(at, _)| behind.split_at(at));
    let about = |lead: &str| {
        lexicon
            .meanings(lead)
            .contains(&Meaning::Class(Class::About))
    };
    if let Some((lead, own)) = long.find(|(lead, _)| about(lead)) {
        // "relatifs à" → "relatif à"
        let one = lead.replacen("s ", " ", usize::from(lexicon.lang != Lang::En));
        return Some((format!("{before}{single} {one}"), own.trim_start()));
    }
    let (mut preposition, mut own) = behind.split_once(' ')?;
    // "accords bilatéraux sur": an adjective of the noun in the plural.
    if lexicon.lang != Lang::En && !leads(preposition) && lexicon.meanings(preposition).is_empty() {
        (preposition, own) = own.split_once(' ')?;
    }
    leads(preposition).then(|| (format!("{before}{single} {preposition}"), own))
}

/// " of understanding", and what stands behind it: the words behind a noun that are parts of it.
fn rest_of_noun<'t>(lexicon: &Lexicon, noun: &str, behind: &'t str) -> Option<(&'t str, &'t str)> {
    let ends = behind.match_indices(' ').skip(1).take(LEAD);
    let mut parts = ends.map(|(at, _)| behind.split_at(at));
    parts.find(|(rest, _)| is_treaty(lexicon, &format!("{noun}{rest}")))
}

/// "science and fisheries" → both.
fn joined<'t>(lexicon: &Lexicon, part: &'t str) -> Option<(&'t str, &'t str)> {
    let word = part.split(' ').find(|w| lexicon.has_class(w, Class::And))?;
    let (a, b) = part.split_once(&format!(" {word} "))?;
    Some((a.trim(), b.trim()))
}

/// Whether nothing but the verb of a frame and its auxiliaries stands from one item to another.
fn plainly_verb(items: &[Item<'_>], (from, verb): (usize, usize)) -> bool {
    let auxiliary = |i: &Item<'_>| i.is(Class::Be) || i.is(Class::Have);
    items
        .get(from..verb)
        .is_some_and(|b| b.iter().all(auxiliary))
}

/// "(1984)", "in 1984": a date of its own behind a subject, and the index behind it.
fn dated_behind(items: &[Item<'_>], at: usize) -> Option<(usize, usize)> {
    let led = usize::from(
        items
            .get(at)
            .is_some_and(|i| i.is(Class::In) && i.kind == ItemKind::Word),
    );
    let date = at + led;
    let own = items
        .get(date)
        .is_some_and(Item::is_date)
        .then_some((date, date + 1));
    bracket(items, at).or(own)
}

/// "(1984)": a date in brackets, and the index behind them.
fn bracket(items: &[Item<'_>], at: usize) -> Option<(usize, usize)> {
    let found = items.get(at).is_some_and(|i| i.sign('('))
        && items.get(at + 1).is_some_and(Item::is_date)
        && items.get(at + 2).is_some_and(|i| i.sign(')'));
    found.then_some((at + 1, at + 3))
}
