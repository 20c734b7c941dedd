//! Kinds of fact and the slots that each kind has.

use serde::{Deserialize, Serialize};

macro_rules! names {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$doc])* #[serde(rename = $text)] $variant),+ }
        impl $name {
            /// All of them, in a fixed order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The name in tables, claims and rule files.
            #[must_use]
            pub fn name(self) -> &'static str { match self { $(Self::$variant => $text),+ } }
            /// The one of that name.
            #[must_use]
            pub fn parse(name: &str) -> Option<Self> { Self::ALL.iter().copied().find(|x| x.name() == name) }
        }
    };
}

names! {
    /// A kind of fact.
    Kind {
        /// A person of one state in another.
        Visit = "visit",
        /// A treaty, agreement, convention, protocol, memorandum.
        Treaty = "treaty",
        /// A diplomatic or consular mission.
        Mission = "mission",
        /// What happens to a mission: moved, elevated, closed on request, protecting power …
        MissionEvent = "mission-event",
        /// A person holding an office.
        Appointment = "appointment",
        /// Relations recognised, established, severed, resumed, upgraded, downgraded.
        Relations = "relations",
        /// A state in an organisation.
        Membership = "membership",
        /// Talks, audience, phone call.
        Meeting = "meeting",
        /// A number with unit and reference time.
        Observation = "observation",
    }
}

names! {
    /// A slot of a fact. Names are those of the flat tables.
    Slot {
        /// Who came (Person).
        Visitor = "visitor",
        /// The office held then (Office).
        Role = "role",
        /// Whom the visitor stands for (Body).
        From = "from",
        /// Where to (Body).
        To = "to",
        /// City or cities (Place); for missions and appointments the seat.
        City = "city",
        /// First day (Date).
        Start = "start",
        /// Last day (Date).
        End = "end",
        /// Kind of visit, treaty or mission (Term).
        Kind = "kind",
        /// Title in the document's language (Text).
        Title = "title",
        /// Parties (Body), several.
        Parties = "parties",
        /// Date of signature (Date).
        Signed = "signed",
        /// Date of adoption or conclusion (Date).
        Adopted = "adopted",
        /// Date whose kind the text does not say (Date).
        Dated = "dated",
        /// Date of entry into force (Date).
        InForce = "in_force",
        /// Date of denunciation or end (Date).
        Ended = "ended",
        /// Sending state (Body).
        Sending = "sending",
        /// Receiving state or organisation (Body).
        Receiving = "receiving",
        /// Opened (Date).
        Opened = "opened",
        /// Closed (Date).
        Closed = "closed",
        /// Street address (Text).
        Address = "address",
        /// "former" or "reopened", where the text says so (Term).
        Status = "status",
        /// Office-holder (Person).
        Person = "person",
        /// What happened (Term).
        Event = "event",
        /// Who did it (Body).
        Actor = "actor",
        /// When (Date).
        Date = "date",
        /// The member (Body).
        State = "state",
        /// The organisation (Body).
        Organisation = "organisation",
        /// Participants with a name (Person), several.
        Participants = "participants",
        /// Participants given by office alone (Office), several.
        Roles = "roles",
        /// Where (Place).
        Place = "place",
        /// Topics (Term), several.
        Topics = "topics",
        /// What is counted (Term).
        Measure = "measure",
        /// About whom (Body), in the order that the measure asks for.
        Of = "of",
        /// The number (Number).
        Value = "value",
        /// ISO 4217 code, `people`, `percent` or `rank` (Term).
        Unit = "unit",
        /// Day by which something was asked for (Date), for requests.
        Deadline = "deadline",
    }
}

/// What type of value a slot takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueType {
    /// [`super::Person`]
    Person,
    /// [`super::Body`]
    Body,
    /// [`super::Place`]
    Place,
    /// [`super::Office`]
    Office,
    /// [`super::Edtf`]
    Date,
    /// A word of a closed list.
    Term,
    /// Words of the document.
    Text,
    /// A number.
    Number,
}

/// How a slot behaves in a kind of fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SlotRule {
    /// The slot.
    pub slot: Slot,
    /// May hold several values.
    pub many: bool,
}

impl Slot {
    /// The slots that tell when a fact began, was or ended, as gold has them.
    pub const DATES: [Self; 7] = [
        Self::Start,
        Self::End,
        Self::Date,
        Self::Opened,
        Self::Closed,
        Self::Signed,
        Self::InForce,
    ];

    /// The type of value that the slot takes.
    #[must_use]
    pub fn value_type(self) -> ValueType {
        match self {
            Self::Visitor | Self::Person | Self::Participants => ValueType::Person,
            Self::From
            | Self::To
            | Self::Parties
            | Self::Sending
            | Self::Receiving
            | Self::Actor
            | Self::State
            | Self::Organisation
            | Self::Of => ValueType::Body,
            Self::City | Self::Place => ValueType::Place,
            Self::Role | Self::Roles => ValueType::Office,
            Self::Start
            | Self::End
            | Self::Signed
            | Self::Adopted
            | Self::Dated
            | Self::InForce
            | Self::Ended
            | Self::Opened
            | Self::Closed
            | Self::Date
            | Self::Deadline => ValueType::Date,
            Self::Kind | Self::Status | Self::Event | Self::Topics | Self::Measure | Self::Unit => {
                ValueType::Term
            }
            Self::Title | Self::Address => ValueType::Text,
            Self::Value => ValueType::Number,
        }
    }
}

impl Kind {
    /// The slots of this kind of fact, in the order of its table's columns.
    #[must_use]
    pub fn slots(self) -> &'static [SlotRule] {
        const fn one(slot: Slot) -> SlotRule {
            SlotRule { slot, many: false }
        }
        const fn many(slot: Slot) -> SlotRule {
            SlotRule { slot, many: true }
        }
        const VISIT: &[SlotRule] = &[
            one(Slot::Visitor),
            one(Slot::Role),
            one(Slot::From),
            one(Slot::To),
            many(Slot::City),
            one(Slot::Start),
            one(Slot::End),
            one(Slot::Kind),
        ];
        const TREATY: &[SlotRule] = &[
            one(Slot::Title),
            many(Slot::Parties),
            one(Slot::Signed),
            one(Slot::Adopted),
            one(Slot::Dated),
            one(Slot::InForce),
            one(Slot::Ended),
            one(Slot::Kind),
            one(Slot::City),
        ];
        const MISSION: &[SlotRule] = &[
            one(Slot::Kind),
            one(Slot::Sending),
            one(Slot::Receiving),
            one(Slot::City),
            one(Slot::Opened),
            one(Slot::Closed),
            one(Slot::Address),
            one(Slot::Status),
        ];
        const MISSION_EVENT: &[SlotRule] = &[
            one(Slot::Event),
            one(Slot::Kind),
            one(Slot::Sending),
            one(Slot::Receiving),
            one(Slot::City),
            one(Slot::Actor),
            one(Slot::Person),
            one(Slot::Date),
            one(Slot::Deadline),
        ];
        const APPOINTMENT: &[SlotRule] = &[
            one(Slot::Person),
            one(Slot::Role),
            one(Slot::Sending),
            one(Slot::Receiving),
            one(Slot::City),
            one(Slot::Start),
            one(Slot::End),
        ];
        const RELATIONS: &[SlotRule] = &[
            one(Slot::Event),
            many(Slot::Parties),
            one(Slot::Actor),
            one(Slot::Date),
        ];
        const MEMBERSHIP: &[SlotRule] = &[
            one(Slot::State),
            one(Slot::Organisation),
            one(Slot::Start),
            one(Slot::End),
        ];
        const MEETING: &[SlotRule] = &[
            many(Slot::Participants),
            many(Slot::Roles),
            one(Slot::Date),
            one(Slot::Place),
            many(Slot::Topics),
        ];
        const OBSERVATION: &[SlotRule] = &[
            one(Slot::Measure),
            many(Slot::Of),
            one(Slot::Value),
            one(Slot::Unit),
            one(Slot::Date),
        ];
        match self {
            Self::Visit => VISIT,
            Self::Treaty => TREATY,
            Self::Mission => MISSION,
            Self::MissionEvent => MISSION_EVENT,
            Self::Appointment => APPOINTMENT,
            Self::Relations => RELATIONS,
            Self::Membership => MEMBERSHIP,
            Self::Meeting => MEETING,
            Self::Observation => OBSERVATION,
        }
    }
}
