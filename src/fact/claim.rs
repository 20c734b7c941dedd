//! A claim: one fact as one document says it, how it is meant, who says it, and the exact words.

use super::{Body, Edtf, Kind, Person, Place, Slot, Value};
use crate::text::Span;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// A kind of fact with its slots filled as far as the text goes. An empty slot is absent.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Fact {
    /// What kind of fact.
    pub kind: Kind,
    /// Its values; lists keep the order of the text.
    pub slots: BTreeMap<Slot, Vec<Value>>,
}

impl Fact {
    /// A fact with nothing said yet.
    #[must_use]
    pub fn new(kind: Kind) -> Self {
        Self {
            kind,
            slots: BTreeMap::new(),
        }
    }

    /// Sets a slot to one value.
    pub fn set(&mut self, slot: Slot, value: Value) {
        self.slots.insert(slot, vec![value]);
    }

    /// Adds a value to a slot unless it stands there.
    pub fn add(&mut self, slot: Slot, value: Value) {
        let values = self.slots.entry(slot).or_default();
        if !values.contains(&value) {
            values.push(value);
        }
    }

    /// The slot with one value set; for building in one expression.
    #[must_use]
    pub fn with(mut self, slot: Slot, value: Value) -> Self {
        self.add(slot, value);
        self
    }

    /// All values of a slot.
    #[must_use]
    pub fn all(&self, slot: Slot) -> &[Value] {
        self.slots.get(&slot).map_or(&[], Vec::as_slice)
    }

    /// The first value of a slot.
    #[must_use]
    pub fn get(&self, slot: Slot) -> Option<&Value> {
        self.all(slot).first()
    }

    /// Whether the slot is filled.
    #[must_use]
    pub fn has(&self, slot: Slot) -> bool {
        !self.all(slot).is_empty()
    }

    /// The first value as text; empty where there is none.
    #[must_use]
    pub fn text(&self, slot: Slot) -> String {
        self.get(slot).map(Value::text).unwrap_or_default()
    }

    /// All its dates.
    pub fn dates(&self) -> impl Iterator<Item = &Edtf> {
        self.slots.values().flatten().filter_map(|value| {
            if let Value::Date(date) = value {
                Some(date)
            } else {
                None
            }
        })
    }

    /// The date in a slot.
    #[must_use]
    pub fn date(&self, slot: Slot) -> Option<&Edtf> {
        if let Some(Value::Date(date)) = self.get(slot) {
            Some(date)
        } else {
            None
        }
    }

    /// The days of a visit or meeting: from its first to its last, where both are told.
    #[must_use]
    pub fn days(&self) -> Option<Edtf> {
        let start = *self.date(Slot::Start).or_else(|| self.date(Slot::Date))?;
        let end = self.date(Slot::End).and_then(|d| d.start);
        Some(match (start.start, end) {
            (Some(first), Some(last)) if first != last => Edtf::between(first, last),
            _ => start,
        })
    }

    /// The body in a slot.
    #[must_use]
    pub fn body(&self, slot: Slot) -> Option<&Body> {
        if let Some(Value::Body(body)) = self.get(slot) {
            Some(body)
        } else {
            None
        }
    }

    /// The person in a slot.
    #[must_use]
    pub fn person(&self, slot: Slot) -> Option<&Person> {
        if let Some(Value::Person(person)) = self.get(slot) {
            Some(person)
        } else {
            None
        }
    }

    /// The place in a slot.
    #[must_use]
    pub fn place(&self, slot: Slot) -> Option<&Place> {
        if let Some(Value::Place(place)) = self.get(slot) {
            Some(place)
        } else {
            None
        }
    }
}

/// "visit: visitor Ana Soto; to Peru", slots in their fixed order.
impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.name())?;
        let mut sign = ": ";
        for (slot, values) in &self.slots {
            let values: Vec<String> = values.iter().map(Value::text).collect();
            write!(f, "{sign}{} {}", slot.name(), values.join(", "))?;
            sign = "; ";
        }
        Ok(())
    }
}

macro_rules! word_enum {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "lowercase")]
        pub enum $name { $($(#[$doc])* $variant),+ }
        impl $name {
            /// All of them, in a fixed order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The word for it in RDF and in rule files.
            #[must_use]
            pub fn name(self) -> &'static str { match self { $(Self::$variant => $text),+ } }
            /// The one of that name.
            #[must_use]
            pub fn parse(name: &str) -> Option<Self> { Self::ALL.iter().copied().find(|x| x.name() == name) }
        }
    };
}

word_enum! {
    /// How a claim is meant.
    Modality {
        /// Told as having happened or being so.
        #[default]
        Asserted = "asserted",
        /// Decided or announced for the future.
        Planned = "planned",
        /// Thought likely.
        Expected = "expected",
        /// Somebody was invited.
        Invited = "invited",
        /// Somebody asked for it.
        Requested = "requested",
        /// Wished or hoped for.
        Wished = "wished",
        /// Possible, asked about, conditional.
        Hypothetical = "hypothetical",
        /// Had been planned and did not happen.
        Cancelled = "cancelled",
    }
}

word_enum! {
    /// Whether a claim says that something is so or that it is not.
    Polarity {
        /// It is so.
        #[default]
        Affirmed = "affirmed",
        /// It is not so.
        Denied = "denied",
    }
}

word_enum! {
    /// What a passage does for its claim.
    EvidenceRole {
        /// States the fact.
        #[default]
        Statement = "statement",
        /// The heading that a list item stands under.
        Heading = "heading",
        /// What a pronoun or description refers to.
        Antecedent = "antecedent",
        /// The text from which a date takes its year or day.
        Date = "date",
        /// Names the speaker.
        Speaker = "speaker",
        /// Title or infobox from which a side is taken.
        Context = "context",
    }
}

/// A passage behind a claim: its bytes in the document's text and what it does. The quote is the text at the span.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Evidence {
    /// Where, in bytes of the document's text.
    pub span: Span,
    /// What it does for the claim.
    pub role: EvidenceRole,
}

/// Something odd about a claim that a reader should see; never repaired.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Flag {
    /// A relative date that the document gives nothing to resolve against; holds its words.
    UnresolvedDate(String),
    /// A request made after the day by which it asked for something.
    DeadlineBeforeRequest,
    /// An end before a start.
    EndBeforeStart,
    /// A date that no calendar has, as written.
    ImpossibleDate(String),
}

/// One fact as one document says it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Claim {
    /// What is said.
    pub fact: Fact,
    /// How it is meant.
    pub modality: Modality,
    /// Whether it is said to be so or not so.
    pub polarity: Polarity,
    /// Who says it, where it is a quotation, an answer or reported speech (a person's or office's name; "Q" and "R" of a
    /// press conference count as `question` and `answer`).
    pub speaker: Option<String>,
    /// Id of the rule that found it.
    pub rule: String,
    /// The word that triggered the rule, in bytes of the document's text; none where layout or a mention did.
    pub trigger: Option<Span>,
    /// How sure the rule is, in percent.
    pub confidence: u8,
    /// The passages behind it, the stating one first.
    pub evidence: Vec<Evidence>,
    /// What is odd about it.
    pub flags: Vec<Flag>,
}

impl Claim {
    /// Whether the claim may become a fact of the world.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.modality == Modality::Asserted && self.polarity == Polarity::Affirmed
    }

    /// The span of the passage that states the fact.
    #[must_use]
    pub fn statement(&self) -> Span {
        self.evidence.first().map(|e| e.span).unwrap_or_default()
    }
}
