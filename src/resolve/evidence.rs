//! What speaks for and against two things being one: reasons by name, each with its weight; and vetoes, which nothing outweighs.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// What the reasons must weigh together, vetoes being absent, for two things to be one.
pub const ENOUGH: i32 = 50;

/// Years between two mentions of a person that are near each other: a career.
pub(crate) const NEAR: i32 = 15;
/// Years between two mentions of a person that are far apart.
pub(crate) const FAR: i32 = 40;
/// Years between two mentions beyond which they are of two persons.
pub(crate) const LIFE: i32 = 70;

macro_rules! reasons {
    ($($variant:ident = $name:literal, $weight:expr, $words:literal;)+) => {
        /// Why two things are one, or are not.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Reason { $(#[doc = $words] $variant),+ }

        impl Reason {
            /// All of them, in a fixed order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word for it in the graph: `same-name`.
            #[must_use]
            pub fn name(self) -> &'static str { match self { $(Self::$variant => $name),+ } }

            /// What it weighs; `None` for a veto.
            #[must_use]
            pub fn weight(self) -> Option<i32> { match self { $(Self::$variant => $weight),+ } }

            /// The reason in words, for a reader.
            #[must_use]
            pub fn words(self) -> &'static str { match self { $(Self::$variant => $words),+ } }
        }
    };
}

reasons! {
    // Persons.
    SameName = "same-name", Some(50), "the same name";
    SameSingleName = "same-single-name", Some(30), "the same name of one word";
    ShorterName = "shorter-name", Some(40), "one name is a shorter form of the other";
    Surname = "surname", Some(20), "one name is a surname of the other";
    OtherSpelling = "other-spelling", Some(20), "one name as another language or alphabet spells it";
    SurnameOtherSpelling = "surname-other-spelling", Some(5), "one name is a surname of the other, spelled otherwise";
    GenerationLeftOut = "generation-left-out", Some(25), "one name lacks the Jr. or Sr. of the other";
    OnlyBearer = "only-bearer", Some(20), "nobody else of that surname is told of then";
    SidesTurned = "sides-turned", Some(0), "one document has the two states the other way round";
    SameOffice = "same-office", Some(25), "the same office of the same body";
    SameRole = "same-role", Some(20), "the same role";
    SameState = "same-state", Some(20), "both act for one state";
    NearInTime = "near-in-time", Some(10), "told of within fifteen years";
    FarInTime = "far-in-time", Some(-30), "told of more than forty years apart";
    OtherName = "other-name", None, "the names cannot be one person's";
    OtherState = "other-state", None, "they act for different states";
    LivesApart = "lives-apart", None, "told of more than seventy years apart";
    Successor = "successor", None, "one took the office over from the other";
    // Facts: who and what.
    SamePerson = "same-person", Some(35), "the same person";
    OtherPerson = "other-person", None, "another person";
    SamePost = "same-post", Some(15), "the same role";
    OtherPost = "other-post", None, "another role";
    SameEvent = "same-event", Some(20), "the same act";
    OtherEvent = "other-event", None, "another act";
    SameParties = "same-parties", Some(30), "the same parties";
    PartiesWithin = "parties-within", Some(20), "one names some of the other's parties";
    OtherParties = "other-parties", None, "other parties";
    SameTitle = "same-title", Some(20), "the titles mean the same";
    TitleWithin = "title-within", Some(15), "one title says no more than the other";
    OtherTitle = "other-title", None, "the titles mean different things";
    SameSender = "same-sender", Some(5), "the same side sends";
    OtherSender = "other-sender", None, "another side sends";
    SameReceiver = "same-receiver", Some(15), "the same side receives";
    OtherReceiver = "other-receiver", None, "another side receives";
    SameKind = "same-kind", Some(20), "the same kind";
    OtherKind = "other-kind", None, "another kind";
    SameMember = "same-member", Some(25), "the same member";
    OtherMember = "other-member", None, "another member";
    SameOrganisation = "same-organisation", Some(25), "the same organisation";
    OtherOrganisation = "other-organisation", None, "another organisation";
    SamePeople = "same-people", Some(35), "the same people took part";
    SharedPeople = "shared-people", Some(30), "some of those who took part";
    OtherPeople = "other-people", None, "other people took part";
    SameMeasure = "same-measure", Some(40), "the same thing counted in the same unit";
    OtherMeasure = "other-measure", None, "another thing counted";
    SameNumber = "same-number", Some(5), "the same number";
    OtherNumber = "other-number", None, "another number";
    // Facts: where and when.
    SameCity = "same-city", Some(10), "the same city";
    OtherCity = "other-city", None, "another city";
    SameDay = "same-day", Some(30), "the same day";
    SameMonth = "same-month", Some(20), "the same month";
    SameYear = "same-year", Some(10), "the same year";
    Undated = "undated", Some(5), "neither has a date";
    OtherTime = "other-time", None, "the dates cannot be of one time";
    OtherActor = "other-actor", None, "another side acted";
    LooseKind = "loose-kind", Some(15), "a consulate general is also called a consulate";
    OneHouse = "one-house", Some(10), "nothing says that there were two";
    // What decides where weights do not.
    Disputed = "disputed", Some(0), "they differ in what sources may dispute, but it happened once";
    ToldApart = "told-apart", None, "one document tells of both";
    Rival = "rival", None, "another fits as well";
    Decided = "decided", Some(100), "somebody decided that they are one";
    DecidedOther = "decided-other", None, "somebody decided that they are two";
}

/// Some reasons, each once.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Evidence(u128);

impl Evidence {
    /// Adds a reason.
    pub(crate) fn add(&mut self, reason: Reason) {
        self.0 |= 1 << (reason as u32);
    }

    /// Adds a reason if it applies.
    pub(crate) fn add_if(&mut self, applies: bool, reason: Reason) {
        if applies {
            self.add(reason);
        }
    }

    /// The same without a reason.
    pub(crate) fn without(self, reason: Reason) -> Self {
        Self(self.0 & !(1 << (reason as u32)))
    }

    /// Whether the reason is among them.
    #[must_use]
    pub fn has(self, reason: Reason) -> bool {
        self.0 & (1 << (reason as u32)) != 0
    }

    /// The reasons, in their order.
    pub fn reasons(self) -> impl Iterator<Item = Reason> {
        Reason::ALL
            .iter()
            .copied()
            .filter(move |&reason| self.has(reason))
    }

    /// What they weigh together, vetoes aside.
    #[must_use]
    pub fn weight(self) -> i32 {
        self.reasons().filter_map(Reason::weight).sum()
    }

    /// Whether a reason among them forbids it.
    #[must_use]
    pub fn is_vetoed(self) -> bool {
        self.reasons().any(|reason| reason.weight().is_none())
    }

    /// Enough would speak for it if nothing forbade it.
    #[must_use]
    pub fn is_near_miss(self) -> bool {
        self.is_vetoed() && self.weight() >= ENOUGH
    }

    /// Enough speaks for it, and nothing forbids it.
    #[must_use]
    pub fn is_enough(self) -> bool {
        !self.is_vetoed() && self.weight() >= ENOUGH
    }
}

impl fmt::Debug for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.reasons()).finish()
    }
}

impl Serialize for Evidence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.reasons())
    }
}

impl<'de> Deserialize<'de> for Evidence {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut evidence = Self::default();
        for reason in Vec::<Reason>::deserialize(deserializer)? {
            evidence.add(reason);
        }
        Ok(evidence)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_fit_and_are_named_as_they_are_written() {
        assert!(Reason::ALL.len() <= 128);
        for (at, &reason) in Reason::ALL.iter().enumerate() {
            assert_eq!(reason as usize, at);
            let written = serde_json::to_string(&reason).unwrap();
            assert_eq!(written, format!("\"{}\"", reason.name()));
        }
    }

    #[test]
    fn nothing_outweighs_a_veto() {
        let mut evidence = Evidence::default();
        evidence.add(Reason::SameName);
        assert!(evidence.is_enough());
        evidence.add(Reason::OtherState);
        evidence.add(Reason::SameOffice);
        assert!(!evidence.is_enough() && evidence.is_near_miss());
    }
}
