//! What speaks for and against two things being one: reasons by name, each with its weight; and vetoes, which nothing outweighs.

use serde::{Deserialize, Serialize};

/// What the reasons must weigh together, vetoes being absent, for two things to be one.
pub const ENOUGH: i32 = 50;

macro_rules! reasons {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $weight:expr, $words:literal;)+) => {
        /// Why two things are one, or are not.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Reason { $($(#[$doc])* $variant),+ }

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
    /// Names alike but for accents, case, hyphens and particles.
    SameName = "same-name", Some(50), "the same name";
    /// Alike, but of one word, which many share.
    SameSingleName = "same-single-name", Some(30), "the same name of one word";
    /// Given name and a surname agree, the rest is absent or an initial.
    ShorterName = "shorter-name", Some(40), "one name is a shorter form of the other";
    /// One is a surname that the other has.
    Surname = "surname", Some(20), "one name is a surname of the other";
    /// An office of one body, held by both within [`NEAR`] years.
    SameOffice = "same-office", Some(25), "the same office of the same body";
    /// The same role; of which body, one does not say.
    SameRole = "same-role", Some(20), "the same role";
    /// Both act for one state.
    SameState = "same-state", Some(20), "both act for one state";
    /// Told of within [`NEAR`] years.
    NearInTime = "near-in-time", Some(10), "told of within fifteen years";
    /// Told of more than [`FAR`] years apart.
    FarInTime = "far-in-time", Some(-30), "told of more than forty years apart";
    /// No form of one name is a form of the other.
    OtherName = "other-name", None, "the names cannot be one person's";
    /// They act for different states.
    OtherState = "other-state", None, "they act for different states";
    /// Told of more than [`LIFE`] years apart.
    LivesApart = "lives-apart", None, "told of more than seventy years apart";
    /// Another fits as well, and nothing decides between them.
    Rival = "rival", None, "another fits as well";
}

/// Years between two mentions of a person that are near each other: a career.
pub(crate) const NEAR: i32 = 15;
/// Years between two mentions of a person that are far apart.
pub(crate) const FAR: i32 = 40;
/// Years between two mentions beyond which they are of two persons.
pub(crate) const LIFE: i32 = 70;

/// Reasons, sorted, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Evidence(Vec<Reason>);

impl Evidence {
    /// Adds a reason.
    pub(crate) fn add(&mut self, reason: Reason) {
        if let Err(at) = self.0.binary_search(&reason) {
            self.0.insert(at, reason);
        }
    }

    /// Adds a reason if it applies.
    pub(crate) fn add_if(&mut self, applies: bool, reason: Reason) {
        if applies {
            self.add(reason);
        }
    }

    /// The reasons.
    #[must_use]
    pub fn reasons(&self) -> &[Reason] {
        &self.0
    }

    /// What they weigh together, vetoes aside.
    #[must_use]
    pub fn weight(&self) -> i32 {
        self.0.iter().filter_map(|reason| reason.weight()).sum()
    }

    /// The reasons that forbid it.
    pub fn vetoes(&self) -> impl Iterator<Item = Reason> + '_ {
        self.0
            .iter()
            .copied()
            .filter(|reason| reason.weight().is_none())
    }

    /// Enough would speak for it if nothing forbade it.
    #[must_use]
    pub fn is_near_miss(&self) -> bool {
        self.vetoes().next().is_some() && self.weight() >= ENOUGH
    }

    /// Enough speaks for it, and nothing forbids it.
    #[must_use]
    pub fn is_enough(&self) -> bool {
        self.vetoes().next().is_none() && self.weight() >= ENOUGH
    }
}
