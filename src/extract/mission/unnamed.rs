//! "It was closed", "volvió a cerrar", "reopened in 1995": words, or none, that stand for the mission spoken of.

use crate::document::Lang;
use crate::extract::frame::Frame;
use crate::extract::items::{Item, ItemKind, MissionNp, Stand};
use crate::extract::reader::Reader;
use crate::language::{Class, Head, Lexicon, Rule, TriggerForm};

/// How many words before a verb its pronoun stands: "lo volvió a abrir".
const CLITIC: usize = 4;

/// A word for the mission spoken of that is the subject of a frame: the nearest before the trigger, with no other subject between.
pub(super) fn pronoun(items: &[Item], frame: &Frame) -> Option<usize> {
    let subject = |i: &usize| {
        items.get(*i).is_some_and(|x| {
            x.prep.is_empty()
                && matches!(x.kind, ItemKind::Actor(_) | ItemKind::Body(_, false))
                && !stands(x)
        })
    };
    (frame.clause.0..frame.at)
        .rev()
        .take_while(|i| !subject(i))
        .find(|&i| items.get(i).is_some_and(|x| stands(x) && x.prep.is_empty()))
        .filter(|&i| !impersonal(items, i, frame.at))
}

/// "The war forced Peru to close it", "contraignit à fermer la chancellerie": a word for the mission spoken of right behind a verb.
pub(super) fn object(items: &[Item], frame: &Frame) -> Option<usize> {
    let mut behind = (frame.at + 1..frame.clause.1).take(2);
    behind
        .find(|&i| items.get(i).is_some_and(|x| stands(x) && x.prep.is_empty()))
        .filter(|_| !frame.passive)
}

/// "The embassy in Oslo is the younger one: it began its work in 2007": the one mission that the part of the sentence before a pronoun's speaks of.
pub(super) fn behind_colon(items: &[Item], pronoun: usize) -> Option<usize> {
    let sign = pronoun.checked_sub(1)?;
    items.get(sign).filter(|i| i.sign(':') || i.sign(';'))?;
    let named = |i: &Item| {
        let seated = i.mission().is_some_and(|np| np.cities.len() == 1);
        seated && i.prep.is_empty() && !i.is(Class::NoMission)
    };
    let mut found = (0..sign).filter(|&i| items.get(i).is_some_and(|x| x.mission().is_some()));
    let only = found.next().filter(|_| found.next().is_none())?;
    items.get(only).is_some_and(named).then_some(only)
}

/// "Il existe deux consuls", "It was not until 1928 that relations were established": a pronoun that stands for nothing.
fn impersonal(items: &[Item], pronoun: usize, verb: usize) -> bool {
    let is = items.get(pronoun + 1).is_some_and(|i| i.is(Class::Be));
    let between = items.get(pronoun + 1..verb).unwrap_or(&[]);
    if is && between.iter().any(|i| i.is(Class::Relative)) {
        return true;
    }
    let word = |at: usize| items.get(at).map_or("", |i| i.folded.as_ref());
    pronoun + 1 == verb && word(pronoun) == "il" && word(verb).starts_with("exist")
}

/// Whether an item is a word for the mission spoken of; in French the pronoun is also that of persons.
pub(super) fn stands(item: &Item) -> bool {
    let free = match &item.kind {
        ItemKind::Word => true,
        ItemKind::Actor(actor) => matches!(actor.stand, Some(Stand::He | Stand::Latter)),
        ItemKind::Body(..)
        | ItemKind::City(_)
        | ItemKind::Date(_)
        | ItemKind::Quantity(_)
        | ItemKind::Mission(_)
        | ItemKind::Treaty(_)
        | ItemKind::Trigger(_)
        | ItemKind::Sign(_) => false,
    };
    free && item.is(Class::MissionIt)
}

/// Whether a participle opens its clause ("Reopened in 1995, …"): nothing that it could be said of stands before it.
pub(super) fn leading(lexicon: &Lexicon, items: &[Item], frame: &Frame) -> bool {
    let from = items
        .get(..frame.at)
        .and_then(|before| before.iter().rposition(|i| i.sign(';') || i.sign('.')))
        .map_or(0, |at| at + 1);
    let before = items.get(from..frame.at).unwrap_or(&[]);
    let verb = items.get(frame.at).and_then(|i| i.verb);
    let participle = frame.passive && verb == Some(TriggerForm::Participle);
    // "Suspended from the Union in 2009, Madagascar was readmitted": said of who stands behind the comma.
    let behind = items.get(frame.at + 1..).unwrap_or(&[]);
    let comma = behind.iter().position(|i| i.sign(','));
    let subject = comma.and_then(|c| behind.get(c + 1..)?.iter().find(|i| !i.is(Class::Article)));
    let other = subject.is_some_and(|i| {
        i.named_body().is_some()
            || i.actor()
                .is_some_and(|a| a.name.is_some() || a.office.is_some())
    });
    // "Born in 1963 in Geneva, he joined the service in 1991": a person's life.
    let he = subject.is_some_and(|i| i.actor().is_some_and(|a| a.stand == Some(Stand::He)));
    // "Ouverte en 1965, elle a été fermée en 1998": of a mission.
    let mission = |i: &Item<'_>| i.rules(lexicon).any(|r| r.fact == "mission");
    let person = he && behind.iter().any(|i| i.is_finite()) && !behind.iter().any(mission);
    if before.is_empty() && (other || person) {
        return false;
    }
    // "First opened in 1920, it was …"
    let bare = before
        .iter()
        .all(|i| i.is(Class::MissionFirst) || i.is(Class::Temporal));
    (participle || bare)
        && before.len() < 3
        && !before
            .iter()
            .any(|i| i.is_np() || i.is(Class::Be) || i.is(Class::Have))
}

/// "Opened in 1978, it is headed by …", "Évacuée en 2014, l'ambassade …": what a leading participle is said of follows its clause.
pub(super) fn follows(lexicon: &Lexicon, items: &[Item], frame: &Frame) -> Option<usize> {
    if !leading(lexicon, items, frame) {
        return None;
    }
    let comma = (frame.at + 1..items.len()).find(|&i| items.get(i).is_some_and(|x| x.sign(',')))?;
    (comma + 1..items.len().min(comma + 5)).find(|&i| {
        items.get(i).is_some_and(|x| {
            x.prep.is_empty() && (matches!(x.kind, ItemKind::Mission(_)) || stands(x))
        })
    })
}

/// Whether a Spanish verb has neither subject nor object ("Volvió a cerrar en 2014"): what it is said of was spoken of before.
pub(super) fn dropped(reader: &Reader<'_>, items: &[Item], frame: &Frame) -> bool {
    let said = [
        Class::BothStates,
        Class::TheState,
        Class::Relations,
        Class::They,
    ];
    let named =
        |i: &Item| i.prep.is_empty() && (i.is_np() || said.iter().any(|class| i.is(*class)));
    // A noun that the lexicon does not know is a subject too.
    let unknown = |i: &Item| i.kind == ItemKind::Word && i.meanings.is_empty();
    let clause = |from: usize, to: usize| items.get(from..to).unwrap_or(&[]).iter();
    reader.lexicon.lang == Lang::Es
        && !frame.begins_with_noun(items)
        && !clause(frame.clause.0, frame.clause.1).any(named)
        && !clause(frame.clause.0, frame.at).any(unknown)
}

/// "Lo reabrió en 1990", "il l'a rouvert en 1990": whether a pronoun before a verb is all that is done to.
pub(super) fn clitic(items: &[Item], rule: &Rule, frame: &Frame) -> bool {
    let mission = rule
        .args
        .get("object")
        .is_some_and(|role| role.contains("mission"));
    let behind = items.get(frame.at + 1..frame.clause.1).unwrap_or(&[]);
    let object = behind
        .iter()
        .take_while(|i| !i.is_date())
        .any(|i| i.is_np() && i.prep.is_empty());
    let him = him_before(items, frame).is_some();
    rule.head == Head::Verb && !frame.passive && mission && !object && him
}

/// "Peru opened an embassy in Oslo in 1947. Norway opened it in Lima in 1956" ("la abrió en Lima"), "y Noruega la tiene en Lima": where a pronoun is all
/// that is done to and the subject is the other side of the mission told of, one of the same kind, in the city that the verb names.
pub(super) fn mirrored(
    reader: &Reader<'_>,
    items: &[Item],
    frame: &Frame,
    np: &MissionNp,
    owners: &[usize],
) -> Option<MissionNp> {
    let owner = *owners.first()?;
    let kind = reader.lexicon.missions.get(np.kind)?;
    agrees(items, frame, kind).then_some(())?;
    let seat = np.cities.first().and_then(|c| reader.state_of_city(c.0));
    let there = np.receiving.or(seat)?;
    reader.same_state(there, owner).then_some(())?;
    let behind = items.get(frame.at + 1..frame.clause.1)?;
    let city = behind
        .iter()
        .find(|i| i.has_prep(Class::In) && i.city().is_some())?;
    let of_city = reader.state_of_city(city.city()?)?;
    let other = !reader.same_state(of_city, owner)
        && np.sending.is_none_or(|s| reader.same_state(s, of_city));
    other.then(|| MissionNp {
        kind: np.kind,
        sending: Some(owner),
        receiving: Some(of_city),
        cities: city
            .city()
            .map(|c| (c, city.span, false))
            .into_iter()
            .collect(),
        ..MissionNp::default()
    })
}

/// Whether a pronoun before the verb of a frame is what it is done to, and a city stands right behind the verb.
pub(super) fn it_in_city(items: &[Item], frame: &Frame) -> bool {
    let behind = items.get(frame.at + 1..frame.clause.1).unwrap_or(&[]);
    let city = behind.iter().find(|i| !i.is(Class::In));
    !frame.passive
        && city.is_some_and(|i| i.city().is_some() && i.has_prep(Class::In))
        && him_before(items, frame).is_some()
}

/// The pronoun right before the verb of a frame; in French that of things is written as the article.
fn him_before<'i>(items: &'i [Item<'_>], frame: &Frame) -> Option<&'i Item<'i>> {
    let last = frame.at.checked_sub(1);
    let article = last.and_then(|i| items.get(i)).filter(|i| {
        let verb = items.get(frame.at).and_then(|v| v.verb);
        let joint =
            |i: &Item| i.sign(',') || i.is(Class::And) || i.is(Class::But) || i.is(Class::Then);
        let before = last.and_then(|at| items.get(at.checked_sub(1)?));
        // "obligea à la fermer", "contraignit le Mali à la fermer"
        let to = before.is_some_and(|b| matches!(b.folded.as_ref(), "a" | "à" | "de"));
        let leads = |b: &Item| joint(b) || b.prep.is_empty() && b.named_body().is_some();
        matches!(i.folded.as_ref(), "la" | "le")
            && i.kind == ItemKind::Word
            && !frame.passive
            && (verb == Some(TriggerForm::Finite) && before.is_some_and(leads)
                || verb == Some(TriggerForm::Base) && to)
    });
    if article.is_some() {
        return article;
    }
    // "la abrió": one word to the language.
    let verb = items.get(frame.at)?;
    let led = ["la ", "lo "].iter().any(|w| verb.folded.starts_with(w));
    if led && verb.is_finite() || hung(verb).is_some() {
        return Some(verb);
    }
    let near = frame.at.saturating_sub(CLITIC).max(frame.clause.0)..frame.at;
    let him = |i: &&Item| i.actor().is_some_and(|a| a.stand == Some(Stand::Him));
    // "Lo que tienen": no pronoun of the verb.
    let own = |i: &&Item| !i.is(Class::Relative);
    items.get(near)?.iter().rev().take_while(own).find(him)
}

/// "obligó a cerrarla": the pronoun at the end of an infinitive.
fn hung(verb: &Item) -> Option<&'static str> {
    let base = verb.verb == Some(TriggerForm::Base);
    ["la", "lo"].into_iter().find(|pronoun| {
        let stem = verb.folded.strip_suffix(pronoun);
        base && stem.is_some_and(|s| s.ends_with('r'))
    })
}

/// Whether the pronoun before a verb, if there is one, can mean a mission of a kind: consulates are masculine, all others feminine.
pub(super) fn agrees(items: &[Item], frame: &Frame, kind: &str) -> bool {
    let masculine = kind.contains("consulate");
    let first = |i: &Item| i.folded.split(' ').next().unwrap_or_default().to_owned();
    let word = |i: &Item| hung(i).map_or_else(|| first(i), str::to_owned);
    match him_before(items, frame).map(word).as_deref() {
        Some("lo" | "le") => masculine,
        Some("la") => !masculine,
        Some("l'" | "l") | None => true,
        Some(_) => false,
    }
}

/// The mission named last before a place of the sentence, or a word for the one spoken of.
pub(super) fn before(items: &[Item], at: usize) -> Option<usize> {
    items
        .get(..at)?
        .iter()
        .rposition(|i| i.mission().is_some() || stands(i))
}

/// Whether a sentence names nothing before a noun that "its" could mean: a Spanish verb without a subject.
pub(super) fn unnamed(reader: &Reader<'_>, items: &[Item], frame: &Frame) -> bool {
    let before = items.get(frame.clause.0..frame.at).unwrap_or(&[]);
    let named = |i: &Item| i.prep.is_empty() && i.is_np();
    reader.lexicon.lang == Lang::Es
        && !before.iter().any(named)
        && before.iter().any(Item::is_finite)
}

/// "The war led to its closure", "Sa réouverture eut lieu en 1992": whether a sentence names nothing but what has no mission before a noun that "its"
/// tells of something spoken of.
pub(super) fn its_own(items: &[Item], frame: &Frame) -> bool {
    let before = items.get(frame.clause.0..frame.at).unwrap_or(&[]);
    let named = |i: &Item| i.is_np() && !i.is_date();
    !before.iter().any(named)
}

/// "the reopening", "la réouverture": whether a noun says that something opens once more, and not of what.
pub(super) fn again(lexicon: &Lexicon, items: &[Item], at: usize) -> bool {
    let says = |i: &Item| lexicon.lists(Class::Reopening, &i.folded);
    let noun = items.get(at).is_some_and(says);
    let of = items
        .get(at + 1)
        .is_some_and(|i| i.is(Class::Of) || i.has_prep(Class::Of));
    let before = at.checked_sub(1).and_then(|i| items.get(i));
    noun && !of && before.is_some_and(|i| i.is(Class::Article) && !i.is(Class::Indefinite))
}

/// Whether an item is an object pronoun.
pub(super) fn stands_for(items: &[Item], at: usize) -> bool {
    items.get(at).is_some_and(|i| {
        let him = |a: &crate::extract::items::Actor| a.stand == Some(Stand::Him);
        i.actor().is_some_and(him) || i.is(Class::MissionIt)
    })
}
