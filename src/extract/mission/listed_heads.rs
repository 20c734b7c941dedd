//! "List of ambassadors of Peru to Mali": the mission whose heads a title says are listed, as what the text speaks of where it names none.

use super::spoken::phrase;
use crate::extract::appointment::{headed_kind, heading_role};
use crate::extract::items::MissionNp;
use crate::extract::offices::as_told;
use crate::extract::reader::Reader;
use crate::fact::{Evidence, EvidenceRole};

/// The mission of the listed heads, and the title that names them.
pub(super) fn of(reader: &Reader<'_>) -> Option<(MissionNp, Evidence)> {
    reader.titles().find_map(|title| {
        let (role, sending, receiving) = heading_role(reader, title)?;
        let kind = headed_kind(as_told(&role))?;
        let (sending, receiving) = (sending?, receiving?);
        let city = reader.capital_of(receiving);
        let kind = reader.lexicon.mission(kind)?;
        let np = phrase(kind, sending, Some(receiving), city);
        let evidence = Evidence {
            span: title.span,
            role: EvidenceRole::Context,
        };
        Some((np, evidence))
    })
}

/// "The legation was made an embassy in 1964", in a list of ambassadors: what the mission whose heads are listed was before.
pub(super) fn before(reader: &Reader<'_>, np: &MissionNp) -> Option<(MissionNp, Evidence)> {
    let own = reader.own_mission.is_none();
    let (mut found, evidence) = own.then(|| of(reader)).flatten()?;
    let consular = |kind: usize| {
        let name = reader.lexicon.missions.get(kind);
        name.is_none_or(|n| n.contains("consul"))
    };
    (!consular(np.kind) && !consular(found.kind)).then(|| {
        found.kind = np.kind;
        (found, evidence)
    })
}
