//! Lists, tables and fact sheets of agreements → the treaties that they name, with the dates that columns and labels give a sense.

use super::{Parties, bracketed_date, claim, dated::attached, draft, is_date, np, parties};
use crate::document::BlockKind;
use crate::extract::items::{Item, ItemKind, TreatyNp};
use crate::extract::reader::{Reader, Sentence};
use crate::fact::{Claim, Evidence, EvidenceRole, Fact, Kind, Slot, Value};
use crate::language::{Class, Rule, TriggerForm};
use crate::text::Span;

/// A row of a table of treaties: title, date of signature, entry into force, by the words of the header and of the cells.
pub(in crate::extract) fn row(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    rule: &Rule,
) -> Option<Claim> {
    let block = reader.block(sentence)?;
    let header = block.header.and_then(|h| reader.doc.blocks.get(h));
    let items = &sentence.items;
    let column = |class: Class| {
        header?
            .cells
            .iter()
            .position(|c| reader.lexicon.has_class(c.of(&reader.doc.text), class))
            .and_then(|i| block.cells.get(i))
            .copied()
    };
    let in_cell = |cell: Span| items.iter().filter(move |i| cell.contains(i.span));
    let names = |cell: &Span| in_cell(*cell).find_map(np).is_some();
    let headed = column(Class::ColumnTitle);
    let listed = reader.under(sentence, Class::TreatyHeading);
    let title = match headed.filter(|c| names(c) || column(Class::ColumnSigned).is_some()) {
        Some(cell) => cell,
        // Without such a header: the cell that is nothing but a treaty's name.
        None => *block
            .cells
            .iter()
            .find(|c| in_cell(**c).find_map(np).is_some_and(|np| np.described))
            .filter(|_| listed || header.is_none() || column(Class::ColumnSigned).is_some())?,
    };
    let words = title.of(&reader.doc.text).trim();
    if words.len() < 5 || items.iter().filter(|i| !title.contains(i.span)).any(draft) {
        return None;
    }
    let force_cell = column(Class::ColumnInForce);
    let (mut signed, mut force) = (None, None);
    for cell in block.cells.iter().filter(|c| **c != title) {
        for (at, item) in items.iter().enumerate() {
            if !is_date(item) || !cell.contains(item.span) {
                continue;
            }
            match label(items, at, |i| cell.contains(i.span)) {
                Some(Slot::InForce) => force = force.or(Some(at)),
                Some(_) => signed = signed.or(Some(at)),
                None if force_cell == Some(*cell) => force = force.or(Some(at)),
                None => signed = signed.or(Some(at)),
            }
        }
    }
    if signed.is_none() && force.is_none() && !listed {
        return None;
    }
    let kind = in_cell(title)
        .find_map(np)
        .and_then(|np| reader.lexicon.treaties.get(np.kind).cloned())
        .unwrap_or_else(|| "other".to_owned());
    let others: Vec<usize> = (0..items.len())
        .filter(|&i| {
            items
                .get(i)
                .is_some_and(|x| !title.contains(x.span) && x.named_body().is_some())
        })
        .collect();
    let parties = parties::completed(reader, index, reader.bodies(items, &others));
    if parties.bodies.len() < 2 {
        return None;
    }
    let mut fact = Fact::new(Kind::Treaty);
    fact.set(Slot::Title, Value::Text(words.to_owned()));
    fact.set(Slot::Kind, Value::Term(kind));
    for value in parties.bodies.iter().filter_map(|b| reader.body_value(*b)) {
        fact.add(Slot::Parties, value);
    }
    let mut flags = Vec::new();
    for (date, slot) in [(signed, Slot::Signed), (force, Slot::InForce)] {
        if date.is_some() {
            let dated = reader.date(sentence, date);
            dated.put(&mut fact, slot);
            flags.extend(dated.flags);
        }
    }
    let mut evidence = parties.evidence;
    evidence.extend(header.map(|h| Evidence {
        span: h.span,
        role: EvidenceRole::Heading,
    }));
    Some(reader.claim(fact, rule, sentence, None, evidence, flags))
}

/// The sense that a label near before a date gives it: "in force 12 September 2006", "Signed: 8 November 2005".
pub(super) fn label(
    items: &[Item<'_>],
    at: usize,
    within: impl Fn(&Item<'_>) -> bool,
) -> Option<Slot> {
    items
        .get(at.saturating_sub(4)..at)
        .unwrap_or(&[])
        .iter()
        .rev()
        .take_while(|i| within(i) && !is_date(i))
        .find_map(|i| {
            if i.is(Class::ColumnInForce) {
                Some(Slot::InForce)
            } else if i.is(Class::ColumnSigned) {
                Some(Slot::Signed)
            } else {
                None
            }
        })
}

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

/// Whether a sentence stands in a list of agreements: under a heading of them, or a line that says that what follows was signed.
fn in_list(reader: &Reader<'_>, sentence: &Sentence<'_>) -> Option<Lead> {
    let block = reader.block(sentence)?;
    if !matches!(
        block.kind,
        BlockKind::Item | BlockKind::Entry | BlockKind::Paragraph
    ) {
        return None;
    }
    if block.kind != BlockKind::Paragraph {
        let lead = reader
            .above(sentence)
            .into_iter()
            .filter(|s| {
                reader
                    .block(s)
                    .is_some_and(|b| !matches!(b.kind, BlockKind::Heading(_)))
            })
            .find_map(|s| leading(reader, s));
        let lead = lead.or_else(|| {
            let before = (block_before(reader, sentence)?..sentence.block)
                .rev()
                .take_while(|b| {
                    let kind = reader.doc.blocks.get(*b).map(|b| b.kind);
                    kind == Some(BlockKind::Item)
                })
                .find(|b| {
                    let block = reader.doc.blocks.get(*b);
                    block.is_some_and(|b| b.span.of(&reader.doc.text).trim_end().ends_with(':'))
                })?;
            reader
                .sentences_of(before)
                .iter()
                .find_map(|s| leading(reader, s))
        });
        if lead.is_some() {
            return lead;
        }
    }
    reader
        .under(sentence, Class::TreatyHeading)
        .then(Lead::default)
}

/// The block from which on a line above a list is looked for.
fn block_before(reader: &Reader<'_>, sentence: &Sentence<'_>) -> Option<usize> {
    let block = reader.block(sentence)?;
    (block.kind == BlockKind::Item).then(|| sentence.block.saturating_sub(12))
}

/// What the line above a list tells of all that is in it.
#[derive(Clone, Copy, Debug, Default)]
struct Lead {
    /// The sentence, and its date.
    at: Option<(Span, Option<usize>)>,
}

/// "The ministers signed the following instruments on 3 May:": a line above a list that says that they were signed.
fn leading(reader: &Reader<'_>, above: &Sentence<'_>) -> Option<Lead> {
    let signed = above.items.iter().enumerate().find_map(|(at, item)| {
        let ItemKind::Trigger(forms) = &item.kind else {
            return None;
        };
        forms.iter().find_map(|(rule, form)| {
            let rule = reader.lexicon.rules.get(*rule)?;
            let fits = rule.fact == "treaty"
                && rule.set.get("date").is_some_and(|d| d == "signed")
                && *form != TriggerForm::Planned;
            if !fits {
                return None;
            }
            let frame = crate::extract::frame::frame(&above.items, at, rule, *form)?;
            let holds = frame.modality == crate::fact::Modality::Asserted
                && frame.polarity == crate::fact::Polarity::Affirmed;
            holds.then_some(frame.date)
        })
    })?;
    Some(Lead {
        at: Some((above.span, signed)),
    })
}

/// Treaties named in lists: items, entries and plain lines under a heading of agreements, each with its dates; and, anywhere, a line that
/// is nothing but a title and a date.
pub(in crate::extract) fn listed(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    rule: &Rule,
) -> Vec<Claim> {
    let block = reader.block(sentence);
    let named = sentence.items.iter().any(|i| np(i).is_some());
    if !named && block.is_none_or(|b| b.key.is_none()) {
        return Vec::new();
    }
    let lead = in_list(reader, sentence);
    let keyed = block
        .filter(|b| b.sentences.first() == Some(&sentence.span))
        .and_then(|_| reader.keyed(sentence));
    let whole = keyed.as_ref().map_or(sentence, |(whole, _)| whole);
    let items = &whole.items;
    // "Tax: convention of 1992": a key, though the line is no entry.
    let colon = || {
        let at = items.iter().take(7).position(|i| i.sign(':'))?;
        let words = items.get(..at)?;
        let key = !words.is_empty() && words.iter().all(|i| matches!(i.kind, ItemKind::Word));
        (key && words.iter().all(|i| !i.is_finite())).then_some(at + 1)
    };
    let key = keyed
        .as_ref()
        .map(|(_, from)| *from)
        .or_else(colon)
        .unwrap_or(0);
    let mut claims = Vec::new();
    let mut start = 0;
    while start < items.len() {
        let end = (start..items.len())
            .find(|&i| items.get(i).is_some_and(|x| x.sign(';')))
            .unwrap_or(items.len());
        claims.extend(segment(reader, index, whole, rule, (start, end), key, lead));
        start = end + 1;
    }
    claims
}

/// One member of a list: what stands between two semicolons.
fn segment(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    rule: &Rule,
    (start, end): (usize, usize),
    key: usize,
    lead: Option<Lead>,
) -> Vec<Claim> {
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
            .filter(|i| !named.title.contains(i.span))
            .any(draft)
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
    if lead.is_none() && !chronicle && !(plain && apposed_date(items, at).is_some()) {
        return Vec::new();
    }
    let prose = reader
        .block(sentence)
        .is_some_and(|b| b.kind == BlockKind::Paragraph);
    if prose && !plain && !chronicle {
        return Vec::new();
    }
    let dates: Vec<usize> = (start..end)
        .filter(|&i| items.get(i).is_some_and(is_date))
        .filter(|&i| {
            items
                .get(i)
                .is_some_and(|x| !named.title.contains(x.span) && !is_period(x))
        })
        .collect();
    let inside = |i: &Item<'_>| !i.sign(';');
    let force = dates
        .iter()
        .copied()
        .find(|&i| label(items, i, inside) == Some(Slot::InForce));
    let both = force.is_some_and(|f| {
        let near = items.get(f.saturating_sub(5)..f).unwrap_or(&[]);
        near.iter().any(|i| i.is(Class::ColumnSigned)) && near.iter().all(|i| !is_date(i))
    });
    let signed = bracketed_date(items, at)
        .or_else(|| attached(items, at))
        .or_else(|| dates.iter().copied().find(|&i| Some(i) != force && i > at))
        .or_else(|| dates.iter().copied().rfind(|&i| Some(i) != force))
        .or(force.filter(|_| both));
    let mut evidence = reader.heading_evidence(sentence);
    let parties = parties::of_mention(reader, index, sentence, at);
    let mut claims = Vec::new();
    let mut tell = |date: Option<usize>, slot: Slot, parties: Parties| {
        claims.extend(claim(
            reader,
            sentence,
            rule,
            None,
            &named,
            parties,
            (date, slot),
            evidence.clone(),
        ));
    };
    let later = labelled_later(reader, sentence, behind, key);
    if signed.is_some() || force.is_none() && later.is_empty() {
        tell(signed, Slot::Signed, parties.clone());
    }
    if force.is_some() {
        tell(force, Slot::InForce, parties.clone());
    }
    if signed.is_none()
        && let Some((span, Some(date))) = lead.and_then(|l| l.at)
        && let Some(claim) = claims.last_mut()
        && let Some(above) = reader.sentence_at(span.start)
    {
        reader
            .date(above, Some(date))
            .put(&mut claim.fact, Slot::Signed);
    }
    for (there, date, slot) in later {
        if slot == Slot::Signed && signed.is_some() || slot == Slot::InForce && force.is_some() {
            continue;
        }
        evidence.push(Evidence {
            span: sentence.span,
            role: EvidenceRole::Antecedent,
        });
        claims.extend(claim(
            reader,
            there,
            rule,
            None,
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
    let first = before.first().is_some_and(is_date)
        && before
            .get(1)
            .is_none_or(|i| [':', '.', '–', '—', '-', ','].iter().any(|c| i.sign(*c)));
    let entry = reader.entry_date(sentence).date.is_some();
    small && still && (first || entry)
}

/// Whether an item is a span of time ("2020–2023").
pub(super) fn is_period(item: &Item<'_>) -> bool {
    matches!(&item.kind, ItemKind::Date(d) if d.date.is_some_and(|d| d.interval))
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

/// The date behind a title and a comma, a place between: "Convention on double taxation, Tokyo, 20 February 1980".
fn apposed_date(items: &[Item<'_>], at: usize) -> Option<usize> {
    let joint = |i: usize| {
        items
            .get(i)
            .is_some_and(|x| x.sign(',') || x.sign('.') || x.sign(':'))
    };
    let place = |i: usize| {
        items
            .get(i)
            .is_some_and(|x| matches!(x.kind, ItemKind::City(_)))
    };
    if !joint(at + 1) {
        return None;
    }
    let mut next = at + 2;
    if place(next) && joint(next + 1) {
        next += 2;
    }
    let ends = items
        .get(next + 1)
        .is_none_or(|x| x.sign(';') || x.sign('.') || x.sign(','));
    (items.get(next).is_some_and(is_date) && ends).then_some(next)
}

/// Dates of later sentences of an item that a label tells the sense of: "… . Signed: 8 November 2005. In force: 12 September 2006."
fn labelled_later<'r>(
    reader: &'r Reader<'_>,
    sentence: &Sentence<'_>,
    behind: &[Item<'_>],
    key: usize,
) -> Vec<(&'r Sentence<'r>, usize, Slot)> {
    let mut found: Vec<(&'r Sentence<'r>, usize, Slot)> = Vec::new();
    if key == 0 && behind.iter().any(|i| i.sign(';')) {
        return found;
    }
    let first = reader
        .sentences
        .partition_point(|s| s.span.start <= sentence.span.start);
    let later = reader
        .sentences
        .get(first..)
        .unwrap_or(&[])
        .iter()
        .take_while(|s| s.block == sentence.block);
    for there in later {
        if there.items.iter().any(|i| np(i).is_some()) {
            break;
        }
        // "Treaty of Commerce. Lima, 7 December 1922": the place and day of the signature.
        if let Some(date) = place_and_day(&there.items)
            && found.is_empty()
        {
            found.push((there, date, Slot::Signed));
        }
        for (at, item) in there.items.iter().enumerate() {
            if is_date(item)
                && let Some(slot) = label(&there.items, at, |_| true)
                && !found.iter().any(|(_, _, s)| *s == slot)
            {
                found.push((there, at, slot));
            }
        }
    }
    found
}

/// The date of a sentence that begins with a place and a day, or a day alone.
fn place_and_day(items: &[Item<'_>]) -> Option<usize> {
    let at = items
        .iter()
        .take(3)
        .position(|i| !(matches!(i.kind, ItemKind::City(_)) || i.sign(',')))?;
    items
        .get(at)
        .is_some_and(|i| matches!(&i.kind, ItemKind::Date(d) if d.from.is_none()))
        .then_some(at)
}
