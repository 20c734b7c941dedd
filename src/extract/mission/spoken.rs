//! "The embassy reopened", "it was closed", "the post": which mission the text has been speaking of.

use crate::extract::frame::Frame;
use crate::extract::items::{Item, ItemKind, MissionNp};
use crate::extract::reader::Reader;
use crate::fact::{Claim, Evidence, EvidenceRole, Fact, Kind, Slot};
use crate::language::Class;
use crate::text::Span;

/// How many sentences back a word without a name of its own may point.
const REACH: usize = 6;

/// The missions told before a place of the text, the last one last.
pub(super) struct Spoken<'a> {
    reader: &'a Reader<'a>,
    index: usize,
    told: Vec<&'a Claim>,
}

impl<'a> Spoken<'a> {
    /// What the claims before a sentence tell of missions.
    pub(super) fn new(reader: &'a Reader<'a>, index: usize, earlier: &'a [Claim]) -> Self {
        let told = earlier
            .iter()
            .filter(|c| matches!(c.fact.kind, Kind::Mission | Kind::MissionEvent))
            .collect();
        Self {
            reader,
            index,
            told,
        }
    }

    /// The mission that the item at `at` stands for, where it names none of its own: as a full phrase, with the passage that named it.
    pub(super) fn resolve(
        &self,
        items: &[Item],
        at: usize,
        owners: &[usize],
    ) -> Option<(MissionNp, Evidence)> {
        let item = items.get(at)?;
        let Some(np) = item.mission() else {
            let stands = item.kind == ItemKind::Word && item.is(Class::MissionIt);
            return stands.then(|| self.last(None, REACH)).flatten();
        };
        let bare = np.sending.is_none()
            && np.receiving.is_none()
            && np.cities.is_empty()
            && !np.possessive
            && owners.is_empty();
        let definite = at
            .checked_sub(1)
            .and_then(|i| items.get(i))
            .is_some_and(|i| {
                i.is(Class::Article) && !i.is(Class::MissionOne) || i.is(Class::TheState)
            });
        (bare && definite).then_some(())?;
        self.last(Some(np.kind), usize::MAX)
    }

    /// The mission told last, of a kind where one is given, within so many sentences.
    fn last(&self, kind: Option<usize>, reach: usize) -> Option<(MissionNp, Evidence)> {
        let name = kind.and_then(|k| self.reader.lexicon.missions.get(k));
        self.told.iter().rev().find_map(|claim| {
            let told = self.reader.sentence_index(claim.statement().start)?;
            (self.index.saturating_sub(told) <= reach).then_some(())?;
            let of_kind = claim.fact.text(Slot::Kind);
            name.is_none_or(|n| *n == of_kind).then_some(())?;
            Some((
                self.phrase(&claim.fact)?,
                Evidence {
                    span: claim.statement(),
                    role: EvidenceRole::Antecedent,
                },
            ))
        })
    }

    fn phrase(&self, fact: &Fact) -> Option<MissionNp> {
        let kind = fact.text(Slot::Kind);
        let kind = self
            .reader
            .lexicon
            .missions
            .iter()
            .position(|m| *m == kind)?;
        Some(MissionNp {
            kind,
            sending: Some(self.reader.body_in(fact, Slot::Sending)?),
            receiving: self.reader.body_in(fact, Slot::Receiving),
            cities: self
                .reader
                .city_in(fact, Slot::City)
                .map(|c| (c, Span::default(), false))
                .into_iter()
                .collect(),
            ..MissionNp::default()
        })
    }
}

/// A word for the mission spoken of that is the subject of a frame: the nearest before the trigger in its clause.
pub(super) fn pronoun(items: &[Item], frame: &Frame) -> Option<usize> {
    (frame.clause.0..frame.at).rev().take(6).find(|&i| {
        items
            .get(i)
            .is_some_and(|x| x.is(Class::MissionIt) && x.prep.is_empty())
    })
}
