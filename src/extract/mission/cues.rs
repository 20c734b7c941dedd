//! The words that say that a mission looks after another state than the one it stands in.

use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::Reader;
use crate::language::{Class, TriggerForm};

/// Words that say that it is not so.
pub(super) const UNREAL: &[Class] = &[
    Class::Not,
    Class::Planned,
    Class::Hypothetical,
    Class::Cancelled,
    Class::Decided,
    Class::Refused,
];

/// Whether a word says that a mission looks after another state, or triggers a rule that says so.
pub(super) fn cue(reader: &Reader<'_>, item: &Item<'_>) -> bool {
    if item.is(Class::Covers) || item.actor().is_some() && non_resident(reader, item) {
        return true;
    }
    let ItemKind::Trigger(forms) = &item.kind else {
        return false;
    };
    // "was made to represent it": an infinitive says nothing by itself.
    let said = forms.iter().filter(|(_, form)| *form != TriggerForm::Base);
    let mut rules = said.filter_map(|(rule, _)| reader.lexicon.rules.get(*rule));
    rules.any(|r| r.set.get("slot").is_some_and(|s| s == "covers"))
}

/// "A non-resident ambassador", "un embajador no residente": whether words for one who lives elsewhere are part of an item.
pub(super) fn non_resident(reader: &Reader<'_>, item: &Item<'_>) -> bool {
    let words = reader.lexicon.listed(Class::NonResident);
    words.iter().any(|w| item.folded.contains(w.as_str()))
}
