//! Lists and fact sheets of agreements → the treaties that they name.

use super::enumerated::apart;
use super::headed;
use super::labelled::{apposed_date, is_period, label, labelled_later};
use super::lead::{Lead, in_list};
use super::occasion::occasion;
use super::parties::{self, Mention, Parties};
use super::{Scene, bracketed_date, claim, dated::attached, draft, np, unnamed};
use crate::document::BlockKind;
use crate::extract::items::{Item, ItemKind, TreatyNp};
use crate::extract::reader::{Reader, Sentence};
use crate::fact::{Claim, Evidence, EvidenceRole, Slot, Value};
use crate::language::{Class, TriggerForm};

/// Whether an item is the verb of a clause that tells something else than what is done to a treaty.
fn tells(reader: &Reader<'_>, item: &Item<'_>) -> bool {
    let of_treaties = match &item.kind {
        ItemKind::Trigger(forms) => forms.iter().any(|(rule, form)| {
            *form != TriggerForm::Planned
                && reader
                    .lexicon
                    .rules
                    .get(*rule)
                    .is_some_and(|r| r.fact == "treaty")
        }),
        ItemKind::Actor(_)
        | ItemKind::Body(..)
        | ItemKind::City(_)
        | ItemKind::Date(_)
        | ItemKind::Quantity(_)
        | ItemKind::Mission(_)
        | ItemKind::Treaty(_)
        | ItemKind::Sign(_)
        | ItemKind::Word => false,
    };
    item.is_finite() && !of_treaties
}

/// Treaties named in lists: items, entries and plain lines under a heading of agreements, each with its dates; and, anywhere, a line that
/// is nothing but a title and a date.
pub(in crate::extract) fn listed(scene: &Scene<'_>) -> Vec<Claim> {
    let &Scene {
        reader, sentence, ..
    } = scene;
    let block = reader.block(sentence);
    let named = sentence.items.iter().any(|i| np(i).is_some());
    let kind = unnamed::headed(reader, sentence);
    if !named && kind.is_none() && block.is_none_or(|b| b.key.is_none()) {
        return Vec::new();
    }
    let below = headed::below_title(scene);
    if !below.is_empty() {
        return below;
    }
    if unfinished(reader, sentence) {
        return Vec::new();
    }
    let lead = in_list(reader, sentence);
    let keyed = block
        .filter(|b| b.sentences.first() == Some(&sentence.span))
        .and_then(|_| reader.keyed(sentence));
    let whole = keyed.as_ref().map_or(sentence, |(whole, _)| whole);
    let items = &whole.items;
    let key = keyed
        .as_ref()
        .map(|(_, from)| *from)
        .or_else(|| colon(items))
        .unwrap_or(0);
    // "In procedure: Agreement on …": the key says that nothing in it was signed yet.
    if items.get(..key).is_some_and(|key| key.iter().any(draft)) {
        return Vec::new();
    }
    let mut claims = Vec::new();
    let mut start = 0;
    while start < items.len() {
        let end = member_end(items, start);
        let there = Scene {
            sentence: whole,
            ..*scene
        };
        claims.extend(segment(&there, (start, end), key, lead));
        claims.extend(kind.map_or_else(Vec::new, |kind| {
            unnamed::unnamed(&there, (start, end), kind)
        }));
        start = end + 1;
    }
    claims
}

/// "Tax: convention of 1992": where the key of a line ends, though the line is no entry.
fn colon(items: &[Item<'_>]) -> Option<usize> {
    let at = items.iter().take(7).position(|i| i.sign(':'))?;
    let words = items.get(..at)?;
    let key = !words.is_empty() && words.iter().all(|i| matches!(i.kind, ItemKind::Word));
    (key && words.iter().all(|i| !i.is_finite())).then_some(at + 1)
}

/// "– Investment: agreement signed in 1992": an instrument of a list with the key of its line, which says what its noun leaves out.
pub(super) fn with_key(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
    (at, phrase): (usize, &TreatyNp),
) -> TreatyNp {
    let items = &sentence.items;
    let listed = reader
        .block(sentence)
        .is_some_and(|b| b.kind == BlockKind::Item);
    let key = colon(items).filter(|key| listed && *key == at);
    keyed_title(phrase, items, at, key.unwrap_or(0))
}

/// Whether an item tells that an instrument comes into force.
fn comes_into_force(reader: &Reader<'_>, item: &Item<'_>) -> bool {
    let ItemKind::Trigger(forms) = &item.kind else {
        return false;
    };
    forms.iter().any(|(rule, form)| {
        let rule = reader.lexicon.rules.get(*rule);
        let date = rule.and_then(|r| r.set.get("date"));
        *form != TriggerForm::Planned && date.is_some_and(|date| date == "in_force")
    })
}

/// "Signed on 4 May 2018; not yet in force", "(not ratified)": whether a denial is of what follows upon the signature.
fn only_unratified(reader: &Reader<'_>, items: &[Item<'_>], at: usize) -> bool {
    let not = items.get(at).is_some_and(|i| i.is(Class::Not));
    let next = items.get(at + 1).into_iter().chain(items.get(at + 2));
    let dated = items.get(..at).unwrap_or(&[]).iter().any(Item::is_date);
    not && dated
        && next.into_iter().any(|i| {
            i.is(Class::ColumnInForce)
                || comes_into_force(reader, i)
                || reader.lexicon.lists(Class::Ratified, &i.folded)
        })
}

/// "In preparation:", "Agreements under negotiation": whether the line or heading right above a list says that nothing in it was signed yet.
fn unfinished(reader: &Reader<'_>, sentence: &Sentence<'_>) -> bool {
    let above = reader.above(sentence);
    let lead = above.first();
    lead.is_some_and(|s| s.items.iter().any(|i| i.is(Class::Unfinished)))
}

/// Where the member of a list that begins at an item ends: at a semicolon behind which another treaty is named.
fn member_end(items: &[Item<'_>], start: usize) -> usize {
    let stop =
        |from: usize| (from..items.len()).find(|&i| items.get(i).is_some_and(|x| x.sign(';')));
    let mut from = start;
    while let Some(end) = stop(from) {
        let next = stop(end + 1).unwrap_or(items.len());
        let behind = items.get(end + 1..next).unwrap_or(&[]);
        let named = items
            .get(start..end)
            .unwrap_or(&[])
            .iter()
            .any(|i| np(i).is_some());
        // "Agreement on Health; Nairobi, 3 June 2002"
        // "Memorandum on parks; visa waiver from 2007": something else.
        let opens = behind.first().is_some_and(|i| {
            let signing = [Class::ColumnSigned, Class::ColumnInForce, Class::In];
            i.is_date()
                || i.city().is_some()
                || signing.iter().any(|c| i.is(*c))
                || matches!(i.kind, ItemKind::Trigger(_))
        });
        let more = named
            && opens
            && behind.iter().any(Item::is_date)
            && behind
                .iter()
                .all(|i| np(i).is_none() && !i.is_finite() && i.body().is_none());
        if !more {
            return end;
        }
        from = end + 1;
    }
    items.len()
}

/// One member of a list: what stands between two semicolons.
fn segment(
    scene: &Scene<'_>,
    (start, end): (usize, usize),
    key: usize,
    lead: Option<Lead>,
) -> Vec<Claim> {
    let &Scene {
        reader, sentence, ..
    } = scene;
    let items = &sentence.items;
    let segment = items.get(start..end).unwrap_or(&[]);
    let Some(at) = segment
        .iter()
        .position(|i| np(i).is_some())
        .map(|i| i + start)
    else {
        return Vec::new();
    };
    let Some(phrase) = items.get(at).and_then(np) else {
        return Vec::new();
    };
    let before = items.get(start..at).unwrap_or(&[]);
    let behind = items.get(at + 1..end).unwrap_or(&[]);
    // "Tax: convention of 15 January 2018": the key says what the noun leaves out.
    let named = keyed_title(phrase, items, at, key);
    let bare = !named.described;
    if bare
        || before
            .iter()
            .any(|i| i.actor().is_some() || tells(reader, i))
        || segment
            .iter()
            .enumerate()
            .filter(|(_, i)| !named.title.contains(i.span))
            .any(|(index, i)| draft(i) && !only_unratified(reader, segment, index))
    {
        return Vec::new();
    }
    // Anywhere: "Convention on double taxation, 20 February 1980" as a line of its own.
    let opens = items.iter().find(|i| {
        !matches!(i.kind, ItemKind::Sign(_) | ItemKind::Quantity(_))
            && i.folded.parse::<u32>().is_err()
    });
    let line = lead.is_some() || opens.is_some_and(|i| np(i).is_some());
    let verbless = segment.iter().all(|i| !tells(reader, i));
    let led = before
        .iter()
        .all(|i| matches!(i.kind, ItemKind::Sign(_)) || i.folded.parse::<u32>().is_ok());
    let plain = verbless && line && led;
    let chronicle = verbless && start == 0 && dated_entry(reader, sentence, at);
    let later = labelled_later(reader, sentence, behind, key);
    let dated = apposed_date(items, at).or_else(|| bracketed_date(items, at));
    if lead.is_none() && !chronicle && !(plain && (dated.is_some() || !later.is_empty())) {
        return Vec::new();
    }
    let prose = reader
        .block(sentence)
        .is_some_and(|b| b.kind == BlockKind::Paragraph);
    if prose && !plain && !chronicle {
        return Vec::new();
    }
    let dates: Vec<usize> = (start..end)
        .filter(|&i| items.get(i).is_some_and(Item::is_date))
        .filter(|&i| {
            items
                .get(i)
                .is_some_and(|x| !named.title.contains(x.span) && !is_period(x))
        })
        // "(revised in 2009)"
        .filter(|&i| {
            let before = items.get(i.saturating_sub(2)..i).unwrap_or(&[]);
            !before.iter().any(|x| x.is(Class::Revised))
        })
        .collect();
    let inside = |i: &Item<'_>| !i.sign(';');
    // "Convention A (1964), Agreement B (in force 1977)": the second date is the other's.
    let others = |i: usize| {
        let between = items.get(at + 1..i).unwrap_or(&[]);
        let mut nouns = between.iter().filter(|x| np(x).is_some());
        nouns.any(|x| !named.title.contains(x.span))
    };
    let force = dates
        .iter()
        .copied()
        .filter(|&i| !others(i))
        .find(|&i| label(items, i, inside) == Some(Slot::InForce));
    let both = force.is_some_and(|f| {
        let near = items.get(f.saturating_sub(5)..f).unwrap_or(&[]);
        near.iter().any(|i| i.is(Class::ColumnSigned)) && near.iter().all(|i| !i.is_date())
    });
    // "Protocol amending the agreement of 1998", in a list of what was signed that day: the date of the other instrument.
    let of_other = named.inner && lead.is_some_and(|l| l.at.is_some());
    let of_force = |date: &usize| Some(*date) != force || both;
    let signed = bracketed_date(items, at)
        .filter(of_force)
        .or_else(|| attached(items, at).filter(|_| !of_other))
        .or_else(|| {
            let behind = |i: &usize| Some(*i) != force && *i > at && !of_other;
            dates.iter().copied().find(behind)
        })
        .or_else(|| dates.iter().copied().rfind(|&i| Some(i) != force))
        // "1991: Agreement on Shipping; Agreement on Roads"
        .or_else(|| {
            let first = items.iter().take(3).position(Item::is_date);
            first.filter(|_| start > 0)
        })
        .or(force.filter(|_| both));
    // "1999: A visa agreement comes into force": the day of the entry is not that of the signature.
    let comes = chronicle && segment.iter().any(|i| comes_into_force(reader, i));
    let of_entry = |date: &usize| *date < at && attached(items, at) != Some(*date);
    if comes && signed.is_none_or(|date| of_entry(&date)) {
        return Vec::new();
    }
    let mut evidence = reader.heading_evidence(sentence);
    let parties = parties::of_mention(
        scene,
        Mention {
            at,
            phrase: &named,
            listed: lead.is_some(),
        },
    );
    let mut claims = Vec::new();
    let mut tell = |date: Option<usize>, slot: Slot, parties: Parties| {
        let found = claim(scene, &named, parties, (date, slot), evidence.clone());
        claims.extend(
            found
                .into_iter()
                .flat_map(|found| apart(scene, (at, &named), found)),
        );
    };
    if signed.is_some() || force.is_none() && later.is_empty() {
        tell(signed, Slot::Signed, parties.clone());
    }
    if force.is_some() {
        tell(force, Slot::InForce, parties.clone());
    }
    // The day of the line above the list, or of the occasion that it tells of.
    if signed.is_none()
        && let Some((span, date)) = lead.and_then(|l| l.at)
        && let Some(claim) = claims.last_mut()
        && let Some(above) = reader.sentence_at(span.start)
    {
        let told = reader.date(above, date);
        if told.date.is_some() {
            told.put(&mut claim.fact, Slot::Signed);
        } else if let Some((day, from)) = occasion(scene, above) {
            claim.fact.set(Slot::Signed, Value::Date(day));
            claim.evidence.extend(from);
        }
    }
    for (there, date, slot) in later {
        if slot == Slot::Signed && signed.is_some() || slot == Slot::InForce && force.is_some() {
            continue;
        }
        evidence.push(Evidence {
            span: sentence.span,
            role: EvidenceRole::Antecedent,
        });
        let later = Scene {
            sentence: there,
            ..*scene
        };
        claims.extend(claim(
            &later,
            &named,
            parties.clone(),
            (Some(date), slot),
            evidence.clone(),
        ));
    }
    claims
}

/// "8 January 1910: treaty of Lima with Peru", "1 May 1829. At Lima, treaty of friendship": a date, and the treaty, in the entry of a chronicle.
fn dated_entry(reader: &Reader<'_>, sentence: &Sentence<'_>, at: usize) -> bool {
    let items = &sentence.items;
    let before = items.get(..at).unwrap_or(&[]);
    let small = before.iter().all(|i| {
        matches!(
            i.kind,
            ItemKind::Date(_) | ItemKind::Sign(_) | ItemKind::Word | ItemKind::City(_)
        ) && !i.is(Class::Be)
            && !i.is(Class::Have)
    });
    let behind = items.get(at + 1..).unwrap_or(&[]);
    let still = behind
        .iter()
        .all(|i| !(i.is(Class::Be) || i.is(Class::Have) || i.actor().is_some()));
    let first = before.first().is_some_and(Item::is_date)
        && before
            .get(1)
            .is_none_or(|i| [':', '.', '–', '—', '-', ','].iter().any(|c| i.sign(*c)));
    let entry = reader.entry_date(sentence).date.is_some();
    small && still && (first || entry)
}

/// A phrase with the key of its entry, where it is bare.
fn keyed_title(phrase: &TreatyNp, items: &[Item<'_>], at: usize, key: usize) -> TreatyNp {
    let mut named = phrase.clone();
    if !phrase.described
        && key > 0
        && at >= key
        && let (Some(first), Some(noun)) = (items.first(), items.get(at))
    {
        named.title = first.span.to(noun.span);
        named.described = true;
    }
    named
}
