//! What a document dates after its own day is to come: it is planned, whatever the words ("Visit of X (23–24 June)" in a statement of the 19th).

use super::items::{Item, ItemKind};
use super::reader::{Reader, Sentence};
use crate::fact::{Claim, Day, Edtf, Kind, Modality, Slot, Value};
use crate::language::{Class, Lang, TriggerForm};

/// How many items before a trigger the verb stands that says that it is over.
const VERB: usize = 6;

/// How many digits a date has that names its year.
const YEAR: usize = 4;

/// The slots of a claim that tell when it begins.
const BEGINS: [Slot; 5] = [
    Slot::Start,
    Slot::Date,
    Slot::Signed,
    Slot::Opened,
    Slot::InForce,
];

/// Whether a day, month or year begins after a full day.
fn after(date: Day, own: Day) -> bool {
    let begins = (date.month.or(Some(1)), date.day.or(Some(1)));
    (date.year, begins) > (own.year, (own.month, own.day))
}

/// "Will travel on Thursday": the weekday that is still to come, not the one that is over.
fn weekday_ahead(reader: &Reader<'_>, claim: &mut Claim, own: Day) {
    let Some(sentence) = reader.sentence_at(claim.statement().start) else {
        return;
    };
    for slot in BEGINS {
        let Some(date) = claim.fact.date(slot).copied() else {
            continue;
        };
        let weekday = sentence.items.iter().any(|i| {
            let words = i.span.of(&reader.doc.text);
            matches!(&i.kind, ItemKind::Date(found) if found.date == Some(date))
                && !words.contains(|c: char| c.is_ascii_digit())
                && words
                    .split(' ')
                    .any(|w| reader.lexicon.has_class(w, Class::Weekday))
        });
        let next = date.start.and_then(|day| day.plus_days(7));
        if let Some(next) =
            next.filter(|next| weekday && after(*next, own) && !after_day(date, own))
        {
            claim.fact.set(slot, Value::Date(Edtf::on(next)));
        }
    }
}

/// "Was in Lima in October", told in May: a visit or meeting that a verb of the past tells in a month without a year was in the last of that name.
fn month_over(reader: &Reader<'_>, claim: &mut Claim, own: Day) {
    let told = matches!(claim.fact.kind, Kind::Visit | Kind::Meeting);
    let sentence = reader.sentence_at(claim.statement().start);
    let Some(sentence) = sentence.filter(|s| told && over(reader, s, claim)) else {
        return;
    };
    let named = |item: &Item<'_>| {
        let words = item.span.of(&reader.doc.text);
        words.chars().filter(char::is_ascii_digit).count() >= YEAR
    };
    let dated = |i: &&Item<'_>| i.is_date() && !i.is(Class::Temporal);
    if sentence.items.iter().filter(dated).any(named) {
        return;
    }
    // A stay that has begun by then may end later: "from 31 October to 6 November", told in between.
    let begun = claim.fact.date(Slot::Start);
    let begun = begun.is_some_and(|d| d.start.is_some() && !after_day(*d, own));
    for slot in [Slot::Start, Slot::End, Slot::Date] {
        let date = claim.fact.date(slot).copied().filter(|_| !begun);
        let ahead =
            date.filter(|d| after_day(*d, own) && d.start.is_some_and(|s| s.month.is_some()));
        let Some(date) = ahead else { continue };
        let before = |day: Option<Day>| {
            day.map(|d| Day {
                year: d.year - 1,
                ..d
            })
        };
        let last = Edtf {
            start: before(date.start),
            end: before(date.end),
            ..date
        };
        if !after_day(last, own) {
            claim.fact.set(slot, Value::Date(last));
        }
    }
}

/// "Is on a working visit to Lima", "se trouve à Lima": a stay without a day that a statement tells in the present is one of its own month.
fn present(reader: &Reader<'_>, claim: &mut Claim, own: Day) {
    const NOW: [&str; 12] = [
        "is",
        "are",
        "est",
        "sont",
        "se trouve",
        "se trouvent",
        "esta",
        "estan",
        "se encuentra",
        "se encuentran",
        "se halla",
        "se hallan",
    ];
    let undated = !claim.fact.has(Slot::Start) && !claim.fact.has(Slot::End);
    let stay = claim.fact.kind == Kind::Visit && undated && reader.issued;
    let sentence = reader.sentence_at(claim.statement().start).filter(|_| stay);
    let verb = |i: &&Item<'_>| i.is_finite() || i.is(Class::Be) || i.is(Class::Have);
    let first = sentence.and_then(|s| s.items.iter().find(verb));
    if first.is_some_and(|i| NOW.contains(&i.folded.as_ref())) {
        let month = Day { day: None, ..own };
        claim.fact.set(Slot::Start, Value::Date(Edtf::on(month)));
    }
}

/// Whether the verb that tells a claim, or carries its noun, is one of the past by its form.
fn over(reader: &Reader<'_>, sentence: &Sentence<'_>, claim: &Claim) -> bool {
    let trigger = claim.trigger;
    let at = trigger.and_then(|t| sentence.items.iter().position(|i| i.span.overlaps(t)));
    let near = at.and_then(|at| sentence.items.get(at.saturating_sub(VERB)..=at));
    let mut verbs = near.unwrap_or(&[]).iter().rev();
    let classes = [Class::Be, Class::Have, Class::Light];
    let verb = |i: &&Item<'_>| i.is_finite() || classes.iter().any(|c| i.is(*c));
    verbs
        .find(verb)
        .is_some_and(|i| past(reader.lexicon.lang, i))
}

/// "Was", "visited", "estuvo", "s'est rendu": whether a verb is one of the past by its form.
fn past(lang: Lang, verb: &Item<'_>) -> bool {
    const ENGLISH: [&str; 16] = [
        "was", "were", "had", "went", "came", "paid", "made", "met", "took", "led", "flew", "held",
        "saw", "spent", "gave", "did",
    ];
    // Without accents, as the words are folded.
    const SPANISH: [&str; 7] = ["o", "ron", "aba", "ia", "vo", "fue", "hizo"];
    const FRENCH: [&str; 6] = ["ait", "aient", "erent", "irent", "urent", "fut"];
    let first = verb.folded.split(' ').next().unwrap_or_default();
    let ends = |of: &[&str]| of.iter().any(|end| first.ends_with(end));
    match lang {
        Lang::En => first.ends_with("ed") || ENGLISH.contains(&first),
        Lang::Es => ends(&SPANISH),
        Lang::Fr => verb.verb == Some(TriggerForm::Participle) || ends(&FRENCH),
    }
}

fn after_day(date: Edtf, own: Day) -> bool {
    date.start.is_some_and(|first| after(first, own))
}

/// Makes claims that begin after the document's own day planned ones.
pub(super) fn ahead(reader: &Reader<'_>, claims: &mut [Claim]) {
    let Some((own, _)) = reader.day.filter(|(own, _)| own.day.is_some()) else {
        return;
    };
    for claim in claims.iter_mut().filter(|c| c.holds()) {
        present(reader, claim, own);
    }
    for claim in claims
        .iter_mut()
        .filter(|c| c.modality == Modality::Planned)
    {
        weekday_ahead(reader, claim, own);
    }
    for claim in claims
        .iter_mut()
        .filter(|c| c.modality == Modality::Asserted)
    {
        month_over(reader, claim, own);
        let dates = BEGINS.iter().filter_map(|slot| claim.fact.date(*slot));
        let mut firsts = dates.filter_map(|date| date.start);
        if firsts.next().is_some_and(|first| after(first, own)) {
            claim.modality = Modality::Planned;
        }
    }
}
