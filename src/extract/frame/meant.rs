//! Modality and polarity of a trigger, by the words that govern it.
//!
//! A finite verb tells; only its own auxiliaries, or a clause that it depends on, say otherwise ("would have visited", "denied that X
//! visited"). An infinitive, a gerund and a noun are meant as the words before (and of a noun, behind) them mean them.

mod future;
pub(super) mod governor;
mod made;
mod refuted;
mod whose;

use super::{argument, breaks, breaks_at, is_finite_trigger, relative_aside};
use crate::extract::items::{Item, ItemKind};
use crate::fact::{Modality, Polarity};
use crate::language::{Class, Head, Rule, TriggerForm};
pub(super) use future::future;
pub(super) use governor::object_of_reaction;
use governor::{carried, decides, object_of_decision, object_of_leave, object_of_talk, talked_of};
pub(in crate::extract) use made::made;
use made::{apposed, came_to, expletive, prepared};
use refuted::{aside, denied_behind_aside, refuted, rumour, said_untrue, taken_back};
use whose::whose_is_ahead;

const CUES: &[(Class, Modality)] = &[
    (Class::Cancelled, Modality::Cancelled),
    (Class::Hypothetical, Modality::Hypothetical),
    (Class::Invited, Modality::Invited),
    (Class::Requested, Modality::Requested),
    (Class::Wished, Modality::Wished),
    (Class::Expected, Modality::Expected),
    (Class::Planned, Modality::Planned),
    (Class::Future, Modality::Planned),
];

fn cue(item: &Item) -> Option<Modality> {
    let found = CUES.iter().find(|(class, _)| item.is(*class));
    found.map(|(_, modality)| *modality)
}

/// "At the invitation of X, Y paid a visit": the invitation was taken up; it is no mere invitation.
fn at_invitation(left: &[Item], cue: &Item) -> bool {
    if !cue.is(Class::Invited) {
        return false;
    }
    // "Upon the invitation of X, Y paid a visit": a verb of its own has the visit, whatever led to it.
    let mut behind = left.iter().filter(|i| i.span.start >= cue.span.end);
    if behind.any(|i| i.sign(',')) && behind.any(|i| i.is(Class::Light)) {
        return true;
    }
    let before = left
        .iter()
        .rev()
        .filter(|i| i.span.end <= cue.span.start)
        .find(|i| !(i.is(Class::Article) || i.is(Class::Possessive) || i.is(Class::Temporal)));
    before.is_some_and(|i| {
        [
            Class::In,
            Class::About,
            Class::By,
            Class::To,
            Class::For,
            Class::Genitive,
        ]
        .iter()
        .any(|c| i.is(*c))
    })
}

/// "Décidèrent d'établir", "agreed on 3 May to raise": whether the infinitive behind these items is what somebody decided on.
fn decided(left: &[Item]) -> bool {
    let led = |i: &Item| i.is(Class::Of) || i.is(Class::To) || i.is(Class::In);
    let article = |i: &Item| matches!(i.kind, ItemKind::Word) && i.is(Class::Article);
    // "acordó con Noruega el establecimiento de relaciones": with whom.
    let with = |i: &Item| i.named_body().is_some() && i.has_prep(Class::With);
    // "Convinieron el establecimiento de relaciones": the noun as the infinitive.
    let rest = match left.split_last() {
        Some((i, rest)) if led(i) || article(i) => rest,
        Some((i, _)) if i.is(Class::Agreed) || with(i) => left,
        Some(_) | None => return false,
    };
    let small = |i: &&Item| {
        !i.is(Class::Agreed)
            && (with(i)
                || matches!(
                    i.kind,
                    ItemKind::Word | ItemKind::Date(_) | ItemKind::Sign(',')
                ))
    };
    let verb = rest.iter().rev().take(6).find(|i| !small(i));
    verb.is_some_and(|i| i.is(Class::Agreed) && cue(i).is_none_or(|m| m == Modality::Planned))
}

/// How a trigger is meant; `None` where a bare form has nothing to lean on. `clause` holds its first item and the one behind its last.
pub(super) fn meant(
    items: &[Item],
    at: usize,
    clause: (usize, usize),
    rule: &Rule,
    form: TriggerForm,
) -> Option<(Modality, Polarity)> {
    let head = rule.head;
    let tells = match form {
        TriggerForm::Finite | TriggerForm::Participle => head == Head::Verb,
        TriggerForm::Planned | TriggerForm::Base | TriggerForm::Gerund => false,
    };
    let found = if tells {
        Some(told(items, at, clause))
    } else {
        // "Georgia, which wished to join A, belongs to B": what an aside right before says is said of something else.
        let belongs = rule.fact == "membership";
        let aside = belongs
            .then(|| relative_aside(items, clause.0, at))
            .flatten();
        let start = aside.map_or(clause.0, |(_, close)| close + 1);
        governed(items, at, (start, clause.1), form, rule)
    };
    found.map(|(modality, polarity)| {
        let modality = whose_is_ahead(items, at).unwrap_or(modality);
        let denied = without_that(items, at) || refuted(items, at);
        (modality, if denied { Polarity::Denied } else { polarity })
    })
}

/// A finite verb or a participle: what its auxiliaries and the clause above it say.
fn told(items: &[Item], at: usize, (start, end): (usize, usize)) -> (Modality, Polarity) {
    let left = items.get(start..at).unwrap_or(&[]);
    let group = group(left);
    let mut modality = Modality::Asserted;
    let mut denied = false;
    for item in group.iter().rev() {
        if let Some(found) = cue(item).filter(|_| modality == Modality::Asserted)
            && !at_invitation(left, item)
        {
            modality = found;
        }
        denied |= item.is(Class::Not) || item.is(Class::Denied);
    }
    // "Has no consulate", "was expected in Lima", "has asked X to open": what follows an auxiliary says how it is meant.
    let auxiliary = items
        .get(at)
        .is_some_and(|i| i.is(Class::Be) || i.is(Class::Have));
    let next = items
        .get(at + 1..)
        .unwrap_or(&[])
        .iter()
        .take(4)
        .find(|i| !(i.is(Class::Article) || auxiliary && (adverb(i) || silent(i))));
    denied |= next.is_some_and(|i| i.is(Class::Not));
    if let Some(found) = next.filter(|_| auxiliary).and_then(cue) {
        modality = found;
    }
    let above = left.get(..left.len() - group.len()).unwrap_or(&[]);
    denied |= denied_subject(above);
    if let Some(found) = drafted(above).filter(|_| modality == Modality::Asserted) {
        modality = found;
    }
    // "Ne fut établi qu'en 1992": it was, then.
    let ahead = items.get(at + 1..end).unwrap_or(&[]);
    if ahead.iter().take(6).any(|i| i.is(Class::OnlyThen)) {
        denied = false;
    }
    if modality == Modality::Asserted
        && let Some(found) = above_clause(items.get(..start + above.len()).unwrap_or(&[]))
    {
        match found {
            Above::Denied => denied = true,
            Above::Meant(found) => modality = found,
        }
    }
    if modality == Modality::Asserted
        && (in_subjunctive(items, at, group, above)
            || unreal(items, at, group)
            || talked_of(left)
            || inverted(left))
    {
        modality = Modality::Hypothetical;
    }
    if expletive(group, left) {
        denied = false;
    }
    denied |= not_among(above);
    denied |= at_no_time(items, at);
    let polarity = if denied {
        Polarity::Denied
    } else {
        Polarity::Affirmed
    };
    (modality, polarity)
}

/// "En ningún momento, pese a todo, se rompieron …": also far before the verb, but not across a sign that begins another clause.
fn at_no_time(items: &[Item], at: usize) -> bool {
    let mut before = (0..at).rev().take_while(|&i| !breaks_at(items, i));
    before.any(|i| items.get(i).is_some_and(|i| i.is(Class::AtNoTime)))
}

/// "Pidió que … abriera", "il semble que … ait fermé": whether a verb in the subjunctive depends on a word that does not say that it happened;
/// not one of a relative clause ("la visita que realizara"), nor one of time ("después de que").
fn in_subjunctive(items: &[Item], at: usize, group: &[Item], above: &[Item]) -> bool {
    let told = items.get(at).into_iter().chain(group);
    if !told.into_iter().any(|i| i.is(Class::Subjunctive)) {
        return false;
    }
    let part = above.rsplit(|i| breaks(i)).next().unwrap_or(&[]);
    let Some(that) = part.iter().rposition(|i| i.is(Class::Relative)) else {
        return false;
    };
    let factive = [
        Class::Factive,
        Class::DateAfter,
        Class::DateBefore,
        Class::Since,
    ];
    let before = part.get(..that).unwrap_or(&[]);
    // "Il fallut attendre 1970 pour que …": then it was.
    if before.iter().any(|i| i.is(Class::Awaited)) {
        return false;
    }
    before.last().is_some_and(|governor| {
        // "Pidió a Noruega que estableciera"
        if argument(governor) && governor.has_prep(Class::To) {
            let asks = [
                Class::Requested,
                Class::Wished,
                Class::Invited,
                Class::Hypothetical,
            ];
            return before
                .iter()
                .rev()
                .take(4)
                .any(|i| asks.iter().any(|c| i.is(*c)));
        }
        !(argument(governor)
            || matches!(governor.kind, ItemKind::Sign(_) | ItemKind::Trigger(_))
                && governor.verb.is_none()
            || factive.iter().any(|c| governor.is(*c)))
    })
}

/// "Sans cela, l'accord eût été conclu", "Que le Pérou ouvre un consulat, nul n'y croit": whether a verb in the subjunctive depends on no other, or opens the
/// sentence with its conjunction.
fn unreal(items: &[Item], at: usize, group: &[Item]) -> bool {
    let told = items.get(at).into_iter().chain(group);
    let subjunctive = told.into_iter().any(|i| i.is(Class::Subjunctive));
    let before = items.get(..at).unwrap_or(&[]);
    let that = before.iter().position(|i| i.is(Class::Relative));
    let concedes = [Class::But, Class::When, Class::DateBefore];
    let other = before.iter().any(|i| concedes.iter().any(|c| i.is(*c)));
    subjunctive && !other && (that.is_none() || that == Some(0))
}

/// "Had Chile recognised": whether an auxiliary opens the part of the sentence that ends in these items, before its subject.
fn inverted(left: &[Item]) -> bool {
    let part = left
        .rsplit(|i| i.sign(',') || breaks(i))
        .next()
        .unwrap_or(&[]);
    let [first, subject, ..] = part else {
        return false;
    };
    let stands = |i: &Item| argument(i) || i.is(Class::Article) || i.is(Class::They);
    first.folded == "had" && stands(subject)
}

/// "Sans que les relations soient rompues", "sin que se abriera": whether a denial with its conjunction opens the clause of an item.
fn without_that(items: &[Item], at: usize) -> bool {
    let before = items.get(..at).unwrap_or(&[]);
    let part = before.rsplit(|i| i.sign(',') || breaks(i)).next();
    part.unwrap_or(&[]).windows(2).any(|pair| match pair {
        [without, that] => {
            ["que", "qu'"].contains(&that.folded.as_ref())
                && ["sans", "sin"].contains(&without.folded.as_ref())
        }
        _ => false,
    })
}

/// "Was not among the states that recognised": whether a relative at the end of these items speaks of those to whom somebody does not belong.
fn not_among(above: &[Item]) -> bool {
    let Some((relative, before)) = above.split_last() else {
        return false;
    };
    let near = before
        .get(before.len().saturating_sub(6)..)
        .unwrap_or(before);
    let Some(among) = near
        .iter()
        .rposition(|i| i.is(Class::Among) || i.is(Class::Between))
    else {
        return false;
    };
    relative.is(Class::Relative)
        && before
            .get(..before.len() - (near.len() - among))
            .unwrap_or(&[])
            .iter()
            .rev()
            .take(4)
            .any(|i| i.is(Class::Not))
}

/// "A draft treaty was initialled": how a treaty before the verb is meant by the word right before it.
fn drafted(above: &[Item]) -> Option<Modality> {
    above.windows(2).rev().find_map(|pair| match pair {
        [word, treaty]
            if matches!(treaty.kind, ItemKind::Treaty(_)) && word.is(Class::Hypothetical) =>
        {
            Some(Modality::Hypothetical)
        }
        _ => None,
    })
}

/// A small word that is no verb and says nothing of how something is meant ("par ailleurs").
fn silent(item: &Item) -> bool {
    let says = cue(item).is_some() || [Class::Not, Class::Denied].iter().any(|c| item.is(*c));
    item.kind == ItemKind::Word && item.verb.is_none() && !says
}

/// A word that says nothing to the engine.
fn adverb(item: &Item) -> bool {
    item.kind == ItemKind::Word && item.verb.is_none() && item.meanings.is_empty()
}

/// The auxiliaries, negations and adverbs right before a verb.
fn group<'i, 'a>(left: &'i [Item<'a>]) -> &'i [Item<'a>] {
    let mut words = 0;
    let mut from = left.len();
    for (i, item) in left.iter().enumerate().rev() {
        let auxiliary = item.is(Class::Be) || item.is(Class::Have) || cue(item).is_some();
        let ends = item.is_np()
            || item.is(Class::Article)
            || item.is(Class::Possessive)
            || item.is(Class::Relative)
            || item.is(Class::And)
            || item.is(Class::Or)
            || item.is(Class::OnlyThen)
            || item.is(Class::Doubt)
            || matches!(item.kind, ItemKind::Sign(_) | ItemKind::Quantity(_))
            || is_finite_trigger(item) && !auxiliary;
        if ends {
            break;
        }
        let counts = !(auxiliary
            || item.is(Class::Not)
            || item.is(Class::To)
            || matches!(item.kind, ItemKind::Date(_)));
        words += usize::from(counts);
        if words > 3 {
            break;
        }
        from = i;
    }
    left.get(from..).unwrap_or(&[])
}

/// "No embassy was opened", "neither country visited": whether the subject at the end of these items is denied.
fn denied_subject(above: &[Item]) -> bool {
    above
        .iter()
        .rev()
        .take(6)
        .take_while(|i| {
            !(matches!(i.kind, ItemKind::Sign(_) | ItemKind::Date(_))
                || i.is(Class::Relative)
                || is_finite_trigger(i))
        })
        .any(|i| i.is(Class::Not))
}

/// What a clause says of the one that depends on it.
enum Above {
    Denied,
    Meant(Modality),
}

/// "Denied that …", "if …", "reports that …": what stands above the subject at the end of these items.
fn above_clause(items: &[Item]) -> Option<Above> {
    for (i, item) in items.iter().enumerate().rev() {
        if item.sign(';') || item.sign('.') {
            return None;
        }
        let doubt = item.is(Class::Doubt);
        let opens = item.is(Class::Hypothetical)
            && i.checked_sub(1).and_then(|b| items.get(b)).is_none_or(|b| {
                matches!(b.kind, ItemKind::Sign(_)) || b.is(Class::And) || b.is(Class::But)
            })
            && items
                .get(i + 1)
                .is_some_and(|n| argument(n) || n.is(Class::Article) || n.is(Class::Possessive));
        if doubt && item.is(Class::Denied) {
            return Some(Above::Denied);
        }
        if item.is(Class::Rumour) && rumour(items, items.len()) == Some(i) {
            return Some(Above::Meant(Modality::Hypothetical));
        }
        if doubt || opens {
            return Some(Above::Meant(cue(item).unwrap_or(Modality::Hypothetical)));
        }
        // Another told clause between: what stands above that one is not said of this, unless both depend on it.
        let coordinate = || {
            let between = items.get(i + 1..).unwrap_or(&[]);
            between.last().is_some_and(|x| x.is(Class::And))
        };
        if is_finite_trigger(item)
            && cue(item).is_none()
            && !item.is(Class::Denied)
            && !coordinate()
        {
            return None;
        }
        // "Proposed in 1919 that": with a date between.
        let that = items
            .get(i + 1..)
            .unwrap_or(&[])
            .iter()
            .find(|n| !(matches!(n.kind, ItemKind::Date(_)) || n.is(Class::In)))
            .is_some_and(|n| n.is(Class::Relative));
        if that && item.is(Class::Denied) {
            return Some(Above::Denied);
        }
        if that
            && let Some(found) = cue(item)
            && found != Modality::Planned
        {
            return Some(Above::Meant(found));
        }
    }
    None
}

/// An infinitive, a gerund, a future or a noun: what the words before it say, and of a noun those behind it.
fn governed(
    items: &[Item],
    at: usize,
    (start, end): (usize, usize),
    form: TriggerForm,
    rule: &Rule,
) -> Option<(Modality, Polarity)> {
    let mut modality = if form == TriggerForm::Planned {
        Modality::Planned
    } else {
        Modality::Asserted
    };
    let mut polarity = Polarity::Affirmed;
    let left = items.get(start..at).unwrap_or(&[]);
    let right = items.get(at + 1..end.min(at + 12)).unwrap_or(&[]);
    // Left cues reach the trigger unless another finite trigger stands between.
    let reach: Vec<&Item> = left
        .iter()
        .rev()
        .take(12)
        .take_while(|i| !is_finite_trigger(i) || cue(i).is_some())
        .collect();
    // "Poursuivra sa tournée": a verb in the future makes its noun planned.
    let verb = left.iter().rev().take(12).find(|i| is_finite_trigger(i));
    if modality == Modality::Asserted
        && verb.is_some_and(|i| i.verb == Some(TriggerForm::Planned) && cue(i).is_none())
    {
        modality = Modality::Planned;
    }
    // "Was to have paid a return visit": what the auxiliaries say of the verb that a noun goes with is said of the noun.
    if modality == Modality::Asserted && rule.head == Head::Noun {
        modality = carried(left).unwrap_or(modality);
    }
    // "did not recognise it until 1972"
    let did = left.iter().rev().take(3).any(|i| i.is(Class::Did));
    let settled = rule.fact == "relations" && decided(left)
        || rule.fact == "meeting" && form == TriggerForm::Base && came_to(left);
    let done = form == TriggerForm::Base && made::done_in_the_end(left, right);
    let mut leant = form != TriggerForm::Base || did || settled || done;
    let mut behind = false;
    for item in &reach {
        if at_invitation(left, item) || settled && item.is(Class::Agreed) {
            continue;
        }
        // "La embajada preparó las visitas de X de 1970 y 1979": what was prepared was made.
        if rule.fact == "visit" && prepared(left, item) {
            continue;
        }
        // "Aceptando una invitación de X, efectuó una visita": what was made was more than asked for.
        if item.is(Class::Invited) && rule.head == Head::Noun && made(left) {
            continue;
        }
        // "Committed to A, to which both belong": what stands before the relative is not meant of it.
        behind |= rule.fact == "membership" && item.is(Class::Relative);
        if let Some(found) = cue(item).filter(|_| !behind) {
            if modality == Modality::Asserted || form == TriggerForm::Planned {
                modality = found;
            }
            leant = true;
        }
        // "Dut fermer", "tuvo que cerrar": what had to be done was.
        leant |= item.is(Class::Accomplished);
        if item.is(Class::Denied) {
            polarity = Polarity::Denied;
        }
    }
    // "No legation or embassy was opened": the noun is denied, however far the verb.
    let none = reach.windows(2).any(|pair| match pair {
        [noun, not] => {
            not.is(Class::Not)
                && (matches!(noun.kind, ItemKind::Mission(_) | ItemKind::Treaty(_))
                    || noun.is(Class::Relations))
        }
        _ => false,
    });
    // "No hubo ruptura": the verb of a noun right before it, which may be a rule's own.
    let of_verb = rule.head == Head::Noun
        && matches!(left, [.., not, verb] if not.is(Class::Not) && is_finite_trigger(verb));
    if none
        || of_verb
        || reach.iter().take(4).any(|i| i.is(Class::Not))
        || right.first().is_some_and(|i| i.is(Class::Not))
    {
        polarity = Polarity::Denied;
    }
    let rest = items.get(at + 1..).unwrap_or(&[]);
    let cancelled = rest
        .iter()
        .take(20)
        .take_while(|i| !breaks(i))
        .position(|i| i.is(Class::Cancelled))
        .is_some_and(|n| !(made(left) && apposed(rest.get(..n).unwrap_or(&[]))));
    if cancelled || rule.head == Head::Noun && taken_back(rest) {
        modality = Modality::Cancelled;
    }
    // "The visit to Lima is planned for May", but not "the visit to discuss plans": an infinitive speaks of something else.
    let purpose = right.windows(2).position(|pair| {
        matches!(pair, [to, verb] if to.is(Class::To) && verb.verb == Some(TriggerForm::Base))
    });
    let predicate = right
        .get(..purpose.unwrap_or(right.len()).min(8))
        .unwrap_or(&[]);
    if modality == Modality::Asserted
        && predicate.iter().any(|i| {
            let asked = i.is(Class::Requested) || i.is(Class::Wished);
            let open = i.is(Class::Planned) || i.is(Class::Expected);
            open || i.is(Class::Hypothetical) || asked && rule.fact == "relations"
        })
        && predicate.iter().all(|i| !i.sign(','))
    {
        let found = predicate.iter().find_map(cue);
        modality = found
            .filter(|m| *m != Modality::Cancelled)
            .unwrap_or(modality);
    }
    let talk = |left: &[Item]| {
        let over = rule.fact == "visit" && left.iter().any(|i| prepared(left, i));
        !over && object_of_talk(left)
    };
    if modality == Modality::Asserted && (talked_of(left) || talk(left)) {
        modality = Modality::Hypothetical;
    }
    let mission = rule.fact == "mission" && rule.head == Head::Noun;
    if modality == Modality::Asserted && mission && (object_of_decision(left) || decides(right)) {
        modality = Modality::Planned;
    }
    // "The cabinet approved the signing of the treaty": allowed, and not more.
    let treaty = rule.fact == "treaty" && rule.head == Head::Noun;
    if modality == Modality::Asserted && treaty && object_of_leave(left) {
        modality = Modality::Planned;
    }
    // "A, a member of B since 2004, will support": the verb behind the comma is another's.
    let belongs = rule.fact == "membership" && !rule.args.contains_key("of");
    if let Some(aside) = aside(right)
        .filter(|_| rule.head == Head::Noun && modality == Modality::Asserted && !belongs)
    {
        modality = aside;
    }
    if rule.head == Head::Noun && (denied_behind_aside(rest) || said_untrue(rest)) {
        polarity = Polarity::Denied;
    }
    if !leant {
        // "the first … to visit": an infinitive after "to" tells of something that happened when "first" or "last" leads to it.
        // "À la reconnaître": before an infinitive what looks like an article is a pronoun.
        let clitic = |i: &&&Item| form == TriggerForm::Base && i.is(Class::Article);
        let to = reach.iter().find(|i| !clitic(i)).is_some_and(|i| {
            // "the first to visit", "en recibir"; "tras reunirse con", "avant de rencontrer"
            [Class::To, Class::In, Class::DateAfter, Class::DateBefore]
                .iter()
                .any(|c| i.is(*c))
        });
        // "Both belong to": right behind its subject a bare form is the plural of the present.
        let plural = at
            .checked_sub(1)
            .and_then(|i| items.get(i))
            .is_some_and(|i| {
                (argument(i) && i.prep.is_empty()) || i.is(Class::They) || i.is(Class::TheTwo)
            });
        if !to && !plural {
            return None;
        }
        // "An invitation for her to come": who is to do it stands before the infinitive, and has not done it yet.
        let whose = reach.get(1).filter(|_| to);
        if whose.is_some_and(|i| i.actor().is_some() && i.has_prep(Class::For)) {
            modality = Modality::Planned;
        }
    }
    Some((modality, polarity))
}
