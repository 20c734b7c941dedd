//! What can be said: kinds of fact, their slots and values, and claims (a fact as one document says it, with its exact words).

mod claim;
mod date;
mod slot;
mod value;

pub use claim::{Claim, Evidence, EvidenceRole, Fact, Flag, Modality, Polarity};
pub use date::{Bounds, Day, Edtf, YearMonthDay};
pub use slot::{Kind, Slot, SlotRule, ValueType};
pub use value::{Body, BodyClass, Office, Person, Place, Value};
