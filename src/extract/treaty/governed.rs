//! A treaty that no verb of its own tells → whether what governs it says that it was no more than talked of, wished, allowed or refused.

use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::Reader;
use crate::language::{Class, TriggerForm};

/// How far before a treaty the word may stand that governs it.
const REACH: usize = 9;

/// How far behind a treaty the verb may stand that says what is to become of it.
const BEHIND: usize = 4;

/// "Discussed an agreement on visas", "ont annoncé leur intention de signer une convention", "progress towards a treaty": whether the first word before a
/// treaty that is no part of its phrase says that it was not concluded.
pub(super) fn only_meant(reader: &Reader<'_>, items: &[Item<'_>], at: usize) -> bool {
    let leads = [
        Class::Article,
        Class::Possessive,
        Class::Temporal,
        Class::Of,
        Class::To,
        Class::For,
        Class::About,
        Class::In,
    ];
    let signing = |i: &Item<'_>| {
        let told = matches!(
            i.verb,
            Some(TriggerForm::Finite | TriggerForm::Participle | TriggerForm::Planned)
        );
        !told && i.rules(reader.lexicon).any(|r| r.fact == "treaty")
    };
    let small = |i: &Item<'_>| {
        i.is_date()
            || i.kind == ItemKind::Word
                && i.verb.is_none()
                && (i.meanings.is_empty() || leads.iter().any(|c| i.is(*c)))
    };
    let meant = [
        Class::TalkedOf,
        Class::Talks,
        Class::Wished,
        Class::Requested,
        Class::Refused,
        Class::Planned,
        Class::Expected,
        Class::Hypothetical,
    ];
    let decided = [Class::Agreed, Class::Authorised, Class::Decided, Class::Not];
    // "The agreement discussed there, which both signed": its own verb stands behind it.
    let own = |i: &&Item<'_>| {
        let told = matches!(i.verb, Some(TriggerForm::Finite | TriggerForm::Participle));
        i.is(Class::Relative) || told && i.rules(reader.lexicon).any(|r| r.fact == "treaty")
    };
    if items.get(at + 1).filter(own).is_some() {
        return false;
    }
    let mut step = false;
    let before = items.get(at.saturating_sub(REACH)..at).unwrap_or(&[]);
    for item in before.iter().rev() {
        // "Agreed a treaty", "convinieron un tratado": they have it.
        let agreed = decided.iter().any(|c| item.is(*c));
        if agreed && step || !agreed && meant.iter().any(|c| item.is(*c)) {
            return true;
        }
        step |= signing(item);
        if !small(item) && !signing(item) {
            return false;
        }
    }
    false
}

/// "An agreement on trade debía firmarse": whether the first verb right behind a treaty says that it was to be.
pub(super) fn to_be(items: &[Item<'_>], at: usize) -> bool {
    let behind = items.get(at + 1..).unwrap_or(&[]).iter().take(BEHIND);
    let mut behind = behind.take_while(|i| !matches!(i.kind, ItemKind::Sign(_)));
    let verb = |i: &&Item<'_>| {
        let auxiliary = [Class::Be, Class::Have, Class::Planned, Class::Expected];
        i.is_finite() || auxiliary.iter().any(|c| i.is(*c))
    };
    behind
        .find(verb)
        .is_some_and(|i| i.is(Class::Planned) || i.is(Class::Expected))
}
