//! Candidates that a model finds likely → claims: of those that exclude each other the likeliest, with its likeliest dates, none that is told.

use super::Draft;
use super::alike::{Known, MOST_ALIKE, about, begins, keys, one_time, same, wholly};
use super::dates::DateOption;
use super::missions;
use crate::document::BlockKind;
use crate::extract::items::Item;
use crate::extract::reader::Reader;
use crate::extract::treaty;
use crate::fact::{Claim, Edtf, Evidence, EvidenceRole, Fact, Kind, Slot, Value};
use crate::language::Class;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// How much (hundredths) a candidate must weigh to stand by itself.
const fn enough(kind: Kind) -> i32 {
    match kind {
        Kind::Relations => 80,
        Kind::Treaty => 75,
        Kind::Meeting => 60,
        Kind::Membership => 30,
        Kind::Visit => 50,
        Kind::Appointment => 30,
        Kind::Mission | Kind::MissionEvent => 20,
        Kind::Observation => 15,
    }
}

/// Whether a candidate weighs enough to stand by itself, where nothing else speaks against it.
pub(super) fn stands(draft: &Draft<'_>) -> bool {
    draft.weight >= enough(draft.fact.kind)
}

/// How much more it must weigh where a word of its sentence says that something did not happen, or not yet.
const CLOUDED: i32 = 100;

/// Classes of such words.
const CLOUDS: &[Class] = &[
    Class::Not,
    Class::Never,
    Class::Planned,
    Class::Requested,
    Class::Wished,
    Class::Hypothetical,
    Class::Cancelled,
    Class::Denied,
    Class::Doubt,
    Class::Refused,
    Class::NotTaken,
    Class::Unlike,
];

/// How much more it must weigh where the same is told of another time.
const ANEW: i32 = 45;

/// How much more where the sentence tells another visit of the same person.
const TOUR: i32 = 75;

/// How much more a meeting must weigh where another sentence tells of one of the two with somebody else.
const ELSEWHERE: i32 = 30;

/// More than what a candidate must weigh to complete what is told without a date.
const COMPLETES: i32 = 0;

/// How little a candidate can weigh to change anything.
const FAINT: i32 = -140;

/// How much its date must then weigh.
const DATE: i32 = -85;

/// How much more a date must weigh than none does to be the start of an appointment that a rule tells in the sentence without one.
const SURER: i32 = 80;

/// How much a further date must weigh to be that of another visit.
const AGAIN: i32 = 100;

/// What tells when a post was held.
const TERM: [Slot; 2] = [Slot::Start, Slot::End];

/// The surest that a candidate is said to be, in percent.
const SUREST: i32 = 90;

/// A visit for each of the dates that weigh enough to be of one: "in 1969 and in 1981".
fn each_date<'m>(draft: &Draft<'m>) -> Vec<Draft<'m>> {
    let start = draft.dates.iter().find(|(slot, _)| *slot == Slot::Start);
    let Some((slot, options)) = start.filter(|_| draft.fact.kind == Kind::Visit) else {
        return Vec::new();
    };
    let best = options.get(best(options));
    let year = |date: Option<Edtf>| date.as_ref().and_then(Edtf::year);
    let mut years = vec![best.and_then(|o| year(o.date))];
    let mut found = Vec::new();
    for option in options
        .iter()
        .filter(|o| o.features.score() >= AGAIN && !o.others)
    {
        let own = year(option.date);
        if own.is_some() && !years.contains(&own) && !years.contains(&None) {
            years.push(own);
            found.push(Draft {
                dates: vec![(*slot, vec![option.clone()])],
                again: true,
                ..draft.clone()
            });
        }
    }
    found
}

/// The likeliest option of a slot.
fn best(options: &[DateOption<'_>]) -> usize {
    let options = options.iter().enumerate();
    let best = options.max_by_key(|(n, o)| (o.features.score(), Reverse(*n)));
    best.map_or(0, |(n, _)| n)
}

/// Which option of each slot is the likeliest, together: nothing ends before it began, nor on the very day, but for a treaty that comes into force at once.
fn likeliest(dates: &[(Slot, Vec<DateOption<'_>>)]) -> Vec<usize> {
    let [(_, first), (end, second)] = dates else {
        return dates.iter().map(|(_, options)| best(options)).collect();
    };
    let fit = |a: &DateOption<'_>, b: &DateOption<'_>| match (a.date, b.date) {
        (Some(a), Some(b)) if a == b => a.interval || *end == Slot::InForce,
        // "(2012–2015)" tells the beginning of what it tells the end of.
        (Some(_), Some(b)) if b.interval => false,
        (Some(a), Some(b)) => a.year() <= b.year(),
        _ => true,
    };
    // That it has none is among the dates of each.
    let pairs = first.iter().enumerate().flat_map(|(n, a)| {
        let second = second.iter().enumerate().filter(move |(_, b)| fit(a, b));
        second.map(move |(m, b)| (a.features.score() + b.features.score(), Reverse([n, m])))
    });
    let best = pairs.max().map(|(_, Reverse(both))| both.to_vec());
    best.unwrap_or_default()
}

/// Sets the dates of a draft, with the passages that they are taken from.
fn dated(draft: &mut Draft<'_>) {
    let dates = std::mem::take(&mut draft.dates);
    for ((slot, options), at) in dates.iter().zip(likeliest(&dates)) {
        let Some(option) = options.get(at) else {
            continue;
        };
        let Some(date) = option.date else { continue };
        if Some(*slot) == begins(draft.fact.kind) {
            draft.sure = option.features.score();
            let none = options.iter().find(|o| o.date.is_none());
            draft.surer = none.map_or(0, |o| draft.sure - o.features.score());
        }
        put(&mut draft.fact, *slot, date);
        // "Later consul in Lima (2012–2015)": of a term that tells the end, the beginning, too.
        let term = draft.fact.kind == Kind::Appointment && date.interval && *slot == Slot::End;
        if let Some(start) = date.start.filter(|_| term && !draft.fact.has(Slot::Start)) {
            draft.fact.set(Slot::Start, Value::Date(Edtf::on(start)));
        }
        draft
            .evidence
            .extend(option.evidence.iter().map(|span| Evidence {
                span: *span,
                role: EvidenceRole::Date,
            }));
    }
}

/// What a date fills a slot with: of an interval the end of it that the slot tells.
pub(super) fn filled(kind: Kind, slot: Slot, date: Edtf) -> Option<Edtf> {
    if !date.interval || matches!(kind, Kind::Meeting | Kind::Observation) {
        Some(date)
    } else if kind == Kind::Treaty
        && slot == Slot::Signed
        && let Some(shared) = treaty::shared(date)
    {
        // "During the visit of 4 to 6 May": on one of its days.
        Some(shared)
    } else if [Slot::End, Slot::Closed].contains(&slot) {
        date.end.map(Edtf::on)
    } else {
        date.start.map(Edtf::on)
    }
}

/// Sets a slot to a date, and a visit's end to its last day.
pub(super) fn put(fact: &mut Fact, slot: Slot, date: Edtf) {
    let own = filled(fact.kind, slot, date);
    let end = date.end.map(Edtf::on);
    let end = end.filter(|_| date.interval && fact.kind == Kind::Visit);
    for (slot, date) in [(slot, own), (Slot::End, end)] {
        if let Some(date) = date {
            fact.set(slot, Value::Date(date));
        }
    }
}

/// Whether a fact is told without a date, though a draft of the same fact has one.
fn undated(fact: &Fact, draft: &Draft<'_>) -> bool {
    let slot = begins(draft.fact.kind);
    // A treaty that came into force or was adopted on a day need not have been signed then.
    let other = [Slot::End, Slot::InForce, Slot::Adopted, Slot::Dated];
    slot.is_some_and(|s| draft.fact.has(s) && !fact.has(s))
        && !other.iter().any(|s| fact.has(*s))
        && same(fact, &draft.fact)
}

/// Whether the date of a draft is the start of an appointment that a rule tells without one in the same sentence.
fn starts(reader: &Reader<'_>, claim: &Claim, draft: &Draft<'_>) -> bool {
    let (told, start) = (&claim.fact, draft.fact.date(Slot::Start));
    let year = |date: Option<&Edtf>| date.and_then(Edtf::year);
    let ended = year(told.date(Slot::End));
    told.kind == Kind::Appointment
        && draft.surer >= SURER
        && !told.has(Slot::Start)
        && year(start).is_some_and(|from| ended.is_none_or(|to| from <= to))
        && reader.sentence_index(claim.statement().start) == Some(draft.index)
}

/// Whether a term that is told has begun before a draft of the same post without an end of its own, and had not ended by then.
fn in_post(told: &Fact, draft: &Fact) -> bool {
    let year = |fact: &Fact, slot: Slot| fact.date(slot).and_then(Edtf::year);
    let (from, to) = (year(told, Slot::Start), year(told, Slot::End));
    let begins = year(draft, Slot::Start);
    let within = from.zip(begins).is_some_and(|(from, then)| from < then)
        && to.zip(begins).is_none_or(|(to, then)| then <= to);
    draft.kind == Kind::Appointment
        && within
        && !draft.has(Slot::End)
        && told.get(Slot::Role) == draft.get(Slot::Role)
}

/// The kind of mission that becomes another when it is raised.
const LEGATION: &str = "legation";

/// Whether a draft gives a legation the day on which the same sentence tells that relations were upgraded.
fn raised(upgraded: &BTreeSet<(usize, Edtf)>, draft: &Draft<'_>) -> bool {
    let day = draft.fact.date(Slot::Opened);
    draft.fact.text(Slot::Kind) == LEGATION
        && day.is_some_and(|day| upgraded.contains(&(draft.index, *day)))
}

/// In which sentence, and on which day, relations are told to have been upgraded.
fn upgraded(reader: &Reader<'_>, told: &[&Claim]) -> BTreeSet<(usize, Edtf)> {
    let upgrades = |claim: &&&Claim| {
        claim.fact.kind == Kind::Relations && claim.fact.text(Slot::Event) == "upgraded"
    };
    let found = told.iter().filter(upgrades).filter_map(|claim| {
        let index = reader.sentence_index(claim.statement().start)?;
        Some((index, *claim.fact.date(Slot::Date)?))
    });
    found.collect()
}

/// The day on which a visit began, with whose it was; that of an event of relations, with what became of them.
fn on_day(fact: &Fact) -> Option<(Edtf, String)> {
    let (day, own) = match fact.kind {
        Kind::Visit => (Slot::Start, Slot::Visitor),
        Kind::Relations => (Slot::Date, Slot::Event),
        Kind::Appointment
        | Kind::Mission
        | Kind::MissionEvent
        | Kind::Treaty
        | Kind::Membership
        | Kind::Meeting
        | Kind::Observation => return None,
    };
    Some((*fact.date(day)?, fact.text(own)))
}

/// Drafts chosen so far, by what they are told of.
#[derive(Default)]
struct Chosen<'m> {
    all: Vec<Draft<'m>>,
    keyed: BTreeMap<(Kind, String), Vec<usize>>,
    /// Of whom or what a sentence tells one.
    taken: BTreeSet<(usize, Kind, Vec<Value>)>,
    /// Where the post is that a sentence tells somebody to have taken up, or left, on a day.
    posts: BTreeMap<(usize, String, Slot, Edtf), String>,
    /// Where the posts are that a sentence tells somebody to have held.
    seats: BTreeMap<(usize, String), BTreeSet<String>>,
    /// The items that name posts of which somebody is chosen to have held one.
    held: BTreeSet<(usize, usize)>,
    /// Whose visits a sentence tells to have begun on a day, and what to have become of relations.
    days: BTreeMap<(usize, Kind, Edtf), BTreeSet<String>>,
}

impl<'m> Chosen<'m> {
    fn same<'c>(&'c self, fact: &'c Fact) -> impl Iterator<Item = &'c Draft<'m>> {
        let found = keys(fact).into_iter();
        let found = found.filter_map(|key| self.keyed.get(&(fact.kind, key)));
        let found = found.flat_map(|drafts| drafts.iter().take(MOST_ALIKE));
        let drafts = found.filter_map(|&n| self.all.get(n));
        drafts.filter(move |d| same(&d.fact, fact))
    }

    /// Notes of whom or what a sentence tells, and on which day.
    fn note(&mut self, index: usize, fact: &Fact) {
        self.taken.insert((index, fact.kind, about(fact)));
        if fact.kind == Kind::Appointment {
            let (person, there) = (fact.text(Slot::Person), fact.text(Slot::Receiving));
            for slot in TERM {
                if let Some(day) = fact.date(slot) {
                    let post = (index, person.clone(), slot, *day);
                    self.posts.entry(post).or_insert_with(|| there.clone());
                }
            }
            self.seats.entry((index, person)).or_default().insert(there);
        }
        if let Some((day, own)) = on_day(fact) {
            let told = self.days.entry((index, fact.kind, day)).or_default();
            told.insert(own);
        }
    }

    /// "X, previously ambassador in A, came to B in 2019": whether the day on which somebody took up or left a post is told to be that of another.
    fn of_other_post(&self, draft: &Draft<'_>, slot: Slot) -> bool {
        let day = draft.fact.date(slot).copied();
        let person = draft.fact.text(Slot::Person);
        let there = day.and_then(|day| self.posts.get(&(draft.index, person, slot, day)));
        draft.fact.kind == Kind::Appointment
            && there.is_some_and(|t| *t != draft.fact.text(Slot::Receiving))
    }

    /// "X, ambassador to A from 1978, later to B": whether the words of a draft say that the post is elsewhere than all that the sentence tells of its
    /// holder.
    fn of_further_post(&self, draft: &Draft<'_>) -> bool {
        let person = draft.fact.text(Slot::Person);
        let told = self.seats.get(&(draft.index, person));
        let there = draft.fact.text(Slot::Receiving);
        let free = |seat: usize| !self.held.contains(&(draft.index, seat));
        draft.seat.is_some_and(free)
            && !there.is_empty()
            && told.is_none_or(|t| !t.contains(&there))
    }

    /// Whether a sentence tells a visit of somebody else, or another event of relations, on the day of a draft: of two who are told to have come at
    /// different times the date of the one is not that of the other; "relations, opened in 1918, were cut in the war".
    fn of_other(&self, draft: &Draft<'_>) -> bool {
        on_day(&draft.fact).is_some_and(|(day, own)| {
            let told = self.days.get(&(draft.index, draft.fact.kind, day));
            told.is_some_and(|t| !t.contains(&own))
        })
    }

    fn push(&mut self, draft: Draft<'m>) {
        self.note(draft.index, &draft.fact);
        self.held.extend(draft.seat.map(|seat| (draft.index, seat)));
        for key in keys(&draft.fact) {
            let keyed = self.keyed.entry((draft.fact.kind, key)).or_default();
            keyed.push(self.all.len());
        }
        self.all.push(draft);
    }
}

/// The facts of a document's drafts that are not told, or are told without a date, in order of the text.
pub(super) fn choose(
    reader: &Reader<'_>,
    told: &[&Claim],
    mut drafts: Vec<Draft<'_>>,
) -> Vec<Claim> {
    let again: Vec<Draft<'_>> = drafts.iter().flat_map(each_date).collect();
    drafts.extend(again);
    drafts.iter_mut().for_each(dated);
    // "Raised its legation to an embassy in 1944": on the day on which the embassy opened, the legation did not.
    let upgraded = upgraded(reader, told);
    for draft in drafts.iter_mut().filter(|d| d.fact.kind == Kind::Mission) {
        if raised(&upgraded, draft) {
            draft.fact.slots.remove(&Slot::Opened);
        }
    }
    missions::drop_told(reader, told, &mut drafts);
    drafts.sort_by_key(|d| Reverse(d.weight));
    let known = Known::new(told.to_vec());
    let mut chosen = Chosen::default();
    for claim in told.iter().filter(|c| c.holds()) {
        if let Some(index) = reader.sentence_index(claim.statement().start) {
            chosen.note(index, &claim.fact);
        }
    }
    for draft in drafts {
        if let Some(draft) = chooses(reader, &known, &chosen, draft) {
            chosen.push(draft);
        }
    }
    let mut chosen = chosen.all;
    chosen.sort_by_key(|d| d.index);
    chosen.iter().filter_map(|d| claim(reader, d)).collect()
}

/// The draft, if it is to stand beside what is known and chosen: by itself, or to complete what is told without a date.
fn chooses<'m>(
    reader: &Reader<'_>,
    known: &Known<'_>,
    chosen: &Chosen<'m>,
    mut draft: Draft<'m>,
) -> Option<Draft<'m>> {
    let sentence = reader.sentences.get(draft.index)?;
    if draft.weight < FAINT {
        return None;
    }
    let further = chosen.of_further_post(&draft);
    for slot in TERM {
        if chosen.of_other_post(&draft, slot) && (slot == Slot::Start || further) {
            draft.fact.slots.remove(&slot);
        }
    }
    let told = known.same(&draft.fact);
    // What a rule has read there as planned or denied is no fact.
    if told
        .iter()
        .any(|c| !c.holds() && sentence.span.contains(c.statement()))
    {
        return None;
    }
    // What is told of the same person elsewhere is another post.
    let there = draft.fact.get(Slot::Receiving);
    let apart =
        |fact: &Fact| further && fact.has(Slot::Receiving) && fact.get(Slot::Receiving) != there;
    let held: Vec<&Claim> = told
        .into_iter()
        .filter(|c| c.holds() && !apart(&c.fact))
        .collect();
    // "Ana Soto | 1978 | never took up the post": a line of a list tells nothing else.
    let line = reader
        .block(sentence)
        .is_some_and(|b| b.kind != BlockKind::Paragraph);
    let post = draft.fact.kind == Kind::Appointment;
    if post && line && sentence.items.iter().any(|i| i.is(Class::NotTaken)) {
        return None;
    }
    let clouded = |i: &Item<'_>| CLOUDS.iter().any(|class| i.is(*class));
    let asked = if sentence.items.iter().any(clouded) {
        enough(draft.fact.kind) + CLOUDED
    } else {
        enough(draft.fact.kind)
    };
    let weight = draft.weight - asked;
    let known = held
        .iter()
        .map(|c| (reader.sentence_index(c.statement().start), &c.fact));
    let before = chosen.same(&draft.fact).map(|d| (Some(d.index), &d.fact));
    // Another sentence may tell of a meeting of one of the two with somebody else.
    let other = |at: Option<usize>, fact: &Fact| {
        weight >= ELSEWHERE && at != Some(draft.index) && !wholly(fact, &draft.fact)
    };
    let alike: Vec<&Fact> = known
        .chain(before)
        .filter(|(at, fact)| !other(*at, fact) && !apart(fact))
        .map(|(_, fact)| fact)
        .collect();
    // "In April the ambassador, X, protested": in post since long, he did not begin then.
    if alike.iter().any(|f| in_post(f, &draft.fact)) {
        return None;
    }
    let begun = |f: &Fact| begins(f.kind).is_some_and(|s| f.has(s));
    let one = |f: &&&Fact| one_time(f, &draft.fact);
    let likely = draft.sure >= DATE && draft.weight > COMPLETES;
    let completes = |f: &Fact| likely && undated(f, &draft) && wholly(f, &draft.fact);
    let open = |c: &&&Claim| completes(&c.fact) || starts(reader, c, &draft);
    if !alike.iter().filter(one).any(|f| begun(f))
        && let Some(open) = held.iter().find(open)
    {
        let mut whole = open.fact.clone();
        for slot in [
            Slot::Start,
            Slot::End,
            Slot::Date,
            Slot::Signed,
            Slot::InForce,
        ] {
            // Nobody comes on the day on which he goes.
            let ends = |value: &Value| slot == Slot::Start && whole.get(Slot::End) == Some(value);
            if let Some(value) = draft.fact.get(slot)
                && !whole.has(slot)
                && !ends(value)
            {
                whole.set(slot, value.clone());
            }
        }
        let event = draft.fact.kind == Kind::Relations;
        if whole == open.fact || event && chosen.of_other(&draft) {
            return None;
        }
        draft.fact = whole;
        return Some(draft);
    }
    if draft.fact.kind == Kind::Observation && !begun(&draft.fact) {
        return None;
    }
    let anew =
        (weight >= ANEW || draft.again) && draft.fact.kind != Kind::Meeting && begun(&draft.fact);
    if weight < 0 || alike.iter().any(|f| one_time(f, &draft.fact)) || !alike.is_empty() && !anew {
        return None;
    }
    let here = (draft.index, draft.fact.kind, about(&draft.fact));
    if chosen.taken.contains(&here) && chosen.of_other(&draft) {
        return None;
    }
    // A sentence may name several missions of a kind, and somebody may be told to have been in several places.
    let several =
        draft.fact.kind == Kind::Mission || draft.fact.kind == Kind::Visit && weight >= TOUR;
    (several || further || draft.again || !chosen.taken.contains(&here)).then_some(draft)
}

fn claim(reader: &Reader<'_>, draft: &Draft<'_>) -> Option<Claim> {
    let sentence = reader.sentences.get(draft.index)?;
    let rule = reader
        .lexicon
        .rule(&format!("{}.likely", draft.fact.kind.name()))?;
    let mut evidence = draft.evidence.clone();
    evidence.extend(reader.side_evidence());
    let mut claim = reader.claim(
        draft.fact.clone(),
        rule,
        sentence,
        None,
        evidence,
        Vec::new(),
    );
    let percent = (50 + draft.weight / 8).clamp(40, SUREST);
    claim.confidence = u8::try_from(percent).unwrap_or(claim.confidence);
    Some(claim)
}
