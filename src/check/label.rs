//! A fact that a sentence may state, beside the gold of its document → whether the sentence does, and which dates are the fact's.

use super::eval::{Gold, rows};
use super::names::{Places, role, same_date, same_year};
use super::score::{Row, same};
use crate::extract::{Choice, Seat};
use crate::fact::{Edtf, Fact, Kind, Slot, Value};
use crate::resolve::Account;
use serde_json::Value as Json;

/// What the gold says of a fact that a sentence may state.
#[derive(Clone, Debug, PartialEq)]
pub enum Label {
    /// It is stated: the facts of the gold that it is, whatever their dates.
    Stated(Vec<Row>),
    /// It may count or not, the gold does not tell, or it lasts and another sentence states it.
    Open,
    /// It is not stated.
    Not,
}

/// How many letters of a long evidence must stand in the sentence, where it goes beyond it.
const PART: usize = 25;

/// Whether the stretch of text behind a fact of the gold lies in the sentence; so where the gold gives none.
fn stated_in(row: &Row, sentence: &str) -> bool {
    let joined = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let evidence = joined(row.get("evidence").and_then(Json::as_str).unwrap_or(""));
    let sentence = joined(sentence);
    let first: String = evidence.chars().take(PART).collect();
    let skip = evidence.chars().count().saturating_sub(PART);
    let last: String = evidence.chars().skip(skip).collect();
    [&first, &last].iter().any(|part| sentence.contains(*part)) || evidence.contains(&sentence)
}

/// Whether facts of a kind are of what lasts, so that to tell one again is not to tell another.
fn lasts(kind: Kind) -> bool {
    match kind {
        Kind::Mission | Kind::Appointment | Kind::Membership => true,
        Kind::Visit
        | Kind::Treaty
        | Kind::MissionEvent
        | Kind::Relations
        | Kind::Meeting
        | Kind::Observation => false,
    }
}

impl Gold {
    /// What the gold says of a fact without dates, as stated in a sentence.
    #[must_use]
    pub fn label(&self, fact: &Fact, sentence: &str) -> Label {
        let account = Account {
            source: 0,
            fact: fact.clone(),
            claims: Vec::new(),
        };
        let found = rows(&[account]);
        let Some(row) = found.get(&fact.kind).and_then(|rows| rows.first()) else {
            return Label::Open;
        };
        if !self.covers(fact.kind) {
            return Label::Open;
        }
        let places = Places::new(self.aliases());
        let is = |gold: &&Row| {
            let mut timeless = (*gold).clone();
            for slot in Slot::DATES {
                timeless.remove(slot.name());
            }
            same(fact.kind, &places, &timeless, row)
        };
        let (must, may) = self.parted(fact.kind);
        let (stated, elsewhere): (Vec<&Row>, Vec<&Row>) = must
            .into_iter()
            .filter(is)
            .partition(|gold| stated_in(gold, sentence));
        if !stated.is_empty() {
            Label::Stated(stated.into_iter().cloned().collect())
        } else if lasts(fact.kind) && !elsewhere.is_empty() || may.iter().any(is) {
            Label::Open
        } else {
            Label::Not
        }
    }
}

/// Something that may be stated, for the script that fits the weights: the model, whether it is, the names of its features.
pub type Lesson<'s> = (&'static str, bool, &'s [String]);

impl Gold {
    /// Which of the sides, cities and offices that a post or visit may have are those that the gold gives it; nothing of one that the gold does not have.
    #[must_use]
    pub fn lessons<'s>(&self, seat: &'s Seat, sentence: &str) -> Vec<Lesson<'s>> {
        let Label::Stated(rows) = self.label(&seat.fact, sentence) else {
            return Vec::new();
        };
        let sides = [Slot::Sending, Slot::Receiving];
        let mut found = self.chosen(&rows, "appointment.sides", &sides, &seat.sides);
        found.extend(self.chosen(&rows, "visit.role", &[Slot::Role], &seat.roles));
        let (model, slot) = if seat.fact.kind == Kind::Meeting {
            ("meeting.place", Slot::Place)
        } else {
            ("visit.city", Slot::City)
        };
        found.extend(self.chosen(&rows, model, &[slot], &seat.places));
        for cities in &seat.cities {
            let first = cities.first().map(|c| &c.fact);
            if first.is_some_and(|fact| self.agrees(&rows, &[Slot::Receiving], fact)) {
                found.extend(self.chosen(&rows, "appointment.city", &[Slot::City], cities));
            }
        }
        found
    }

    /// Which of some choices agree with the gold in some slots; nothing where none does.
    fn chosen<'s>(
        &self,
        rows: &[Row],
        model: &'static str,
        slots: &[Slot],
        choices: &'s [Choice],
    ) -> Vec<Lesson<'s>> {
        let found: Vec<Lesson<'_>> = choices
            .iter()
            .map(|c| {
                let right = self.agrees(rows, slots, &c.fact);
                (model, right, c.features.as_slice())
            })
            .collect();
        if found.iter().any(|(_, right, _)| *right) {
            found
        } else {
            Vec::new()
        }
    }

    /// Whether a fact says in some slots what a fact of the gold says there.
    fn agrees(&self, rows: &[Row], slots: &[Slot], fact: &Fact) -> bool {
        let places = Places::new(self.aliases());
        let gold = |row: &Row, slot: Slot| {
            let text = row.get(slot.name()).and_then(Json::as_str);
            text.unwrap_or("").to_owned()
        };
        let one = |row: &Row, slot: Slot| match fact.get(slot) {
            Some(Value::Office(office)) => role(&gold(row, slot)) == role(&office.role),
            Some(_) | None => places.same(&gold(row, slot), &fact.text(slot)),
        };
        let mut rows = rows.iter();
        rows.any(|row| slots.iter().all(|slot| one(row, *slot)))
    }
}

/// Which of some dates fill a slot as facts of the gold have it: to their full precision where one does, else those of the year; none (`None`) where
/// they have none.
#[must_use]
pub fn dates_of(kind: Kind, stated: &[Row], slot: Slot, options: &[Option<Edtf>]) -> Vec<bool> {
    let wanted: Vec<&str> = stated
        .iter()
        .map(|row| row.get(slot.name()).and_then(Json::as_str).unwrap_or(""))
        .collect();
    // Of an interval the slot holds one end, but for the date of a meeting.
    let told = |date: &Option<Edtf>| {
        let Some(date) = date else {
            return String::new();
        };
        let end = if [Slot::End, Slot::Closed].contains(&slot) {
            date.end.or(date.start)
        } else {
            date.start
        };
        match end.filter(|_| date.interval && kind != Kind::Meeting) {
            Some(day) => Edtf::on(day).to_string(),
            None => date.to_string(),
        }
    };
    let whole = |date: &Option<Edtf>| {
        let told = told(date);
        wanted
            .iter()
            .any(|w| w.is_empty() == told.is_empty() && same_date(w, &told))
    };
    let found: Vec<bool> = options.iter().map(whole).collect();
    if found.contains(&true) {
        return found;
    }
    let of_year = |date: &Option<Edtf>| {
        let told = told(date);
        wanted
            .iter()
            .any(|w| !w.is_empty() && !told.is_empty() && same_year(w, &told))
    };
    options.iter().map(of_year).collect()
}
