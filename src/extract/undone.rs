//! Claims → claims of which none is a fact that its own words, or those right behind them, take back: "The visit of X to Y, agreed for 2020, did not
//! take place", "Extradition treaty: in negotiation", "X, named in 1958; the Senate did not confirm him", "2014: X. Postponed".

mod lines;
mod nominated;
mod twins;

use super::frame::made;
use super::items::{Item, ItemKind};
use super::mission::asked_for;
use super::reader::{Reader, Sentence};
use crate::document::BlockKind;
use crate::fact::{Claim, Kind, Modality, Slot};
use crate::language::{Class, Lang, TriggerForm};
use crate::text::Span;

/// Within how many items behind a negation the verb stands that is denied.
const GROUP: usize = 4;

/// Within how many items before a participle its auxiliary stands.
const AUXILIARY: usize = 2;

/// Within how many items behind its title a treaty's day stands that it is called by.
const NAMED: usize = 3;

/// Makes claims that are taken back what the words say of them: cancelled, or no more than intended.
pub(super) fn undone(reader: &Reader<'_>, claims: &mut [Claim]) {
    twins::twins(reader, claims);
    for claim in claims.iter_mut().filter(|c| c.holds()) {
        let index = reader.sentence_index(claim.statement().start);
        let Some(index) = index.filter(|_| may_be_undone(claim.fact.kind)) else {
            continue;
        };
        let likely = matches!(claim.fact.kind, Kind::Membership | Kind::Observation);
        let found = if likely {
            put_off(reader, index, claim).then_some(Modality::Cancelled)
        } else {
            taken_back(reader, index, claim)
        };
        claim.modality = found.unwrap_or(claim.modality);
    }
}

/// Whether claims of a kind may be taken back by words of their own sentence.
const fn may_be_undone(kind: Kind) -> bool {
    match kind {
        Kind::Visit
        | Kind::Treaty
        | Kind::Mission
        | Kind::Appointment
        | Kind::Meeting
        | Kind::Membership
        | Kind::Observation => true,
        Kind::MissionEvent | Kind::Relations => false,
    }
}

/// "The accession of Peru to NATO is not on the agenda": whether the words right behind say so of a membership or number for which no words of its own
/// speak.
fn put_off(reader: &Reader<'_>, index: usize, claim: &Claim) -> bool {
    let items = reader.sentences.get(index).map_or(&[][..], |s| &s.items);
    let own = own_item(reader, items, claim).filter(|_| claim.trigger.is_none());
    own.is_some_and(|at| {
        let behind = items.get(at + 1..clause_end(items, at, false));
        let behind = behind.unwrap_or(&[]);
        let undone = behind.iter().position(|i| i.is(Class::Undone));
        undone.is_some_and(|i| said_of(claim, behind.get(..i).unwrap_or(&[])))
    })
}

/// What the words behind those of a claim make of it.
fn taken_back(reader: &Reader<'_>, index: usize, claim: &Claim) -> Option<Modality> {
    let sentence = reader.sentences.get(index)?;
    // "2001–2005; resigned before her successor came": whose term ended held the post.
    if claim.fact.kind == Kind::Appointment && claim.fact.has(Slot::End) {
        return None;
    }
    let keyed = reader.keyed(sentence).map(|(whole, _)| whole);
    let items = &keyed.as_ref().unwrap_or(sentence).items;
    if let Some(modality) = goal(reader, items, claim) {
        return Some(modality);
    }
    let noun = named_treaty(reader, items, claim);
    // "A was signed, and B, initialled the same day, was not": the verb is that of another.
    let apart = noun.and_then(|noun| begins_clause(items, noun));
    let at = match noun.filter(|_| apart.is_some()) {
        Some(noun) => noun,
        None => own_item(reader, items, claim).or_else(|| row(reader, sentence, claim))?,
    };
    if claim.fact.kind == Kind::Appointment {
        let (from, to) = (part_start(items, at), clause_end(items, at, false));
        let part = items.get(from..to).unwrap_or(&[]);
        if nominated::nominated(reader, part, at - from) {
            return Some(Modality::Planned);
        }
    }
    if let Some(modality) = lines::in_brackets(reader, items, at, claim) {
        return Some(modality);
    }
    if noun.is_some_and(|noun| initialled(items, noun)) {
        return Some(Modality::Hypothetical);
    }
    if apart.is_none() && tells_itself(items, at, claim)
        || of_a_day(items, at, claim)
        || to_close(reader, items, at, claim)
    {
        return None;
    }
    let announced =
        claim.fact.kind == Kind::Mission && claim.trigger.is_none() && asked_for(reader, items, at);
    if announced || likely_to_open(reader, items, at, claim) || to_be(items, at, claim) {
        return Some(Modality::Planned);
    }
    let line = reader
        .block(sentence)
        .is_some_and(|b| b.kind != BlockKind::Paragraph);
    if line && let Some(modality) = lines::meant(items, at, claim) {
        return Some(modality);
    }
    // "X: 14 June 2004; 2013 (to be confirmed)": each date with what stands behind it.
    let date = lines::date_of(items, claim).filter(|_| line);
    let at = date.map_or(at, |date| date.max(at));
    let end = clause_end(items, at, line);
    let behind = items.get(at + 1..end).unwrap_or(&[]);
    let found = (0..behind.len()).find_map(|i| Some((i, takes_back(behind, i, claim)?)));
    let before = items.get(..at).unwrap_or(&[]);
    let clause = before.iter().rposition(|i| i.sign(';') && !line);
    let clause = clause.max(apart);
    let before = before.get(clause.unwrap_or(0)..).unwrap_or(&[]);
    if let Some((i, modality)) = found
        && (line && !names_another(behind.get(..i).unwrap_or(&[]))
            || said_of(claim, behind.get(..i).unwrap_or(&[])))
        && !told_behind(reader, behind.get(i..).unwrap_or(&[]), claim)
        && !(modality == Modality::Hypothetical && lines::reviewed(items, at + 1 + i, claim))
    {
        // The verb that is denied is none that tells.
        let denied = behind.get(i).is_some_and(|i| i.is(Class::Not));
        let rest = if denied { i + 1 + GROUP } else { i + 1 };
        let came = [
            before,
            behind.get(..i).unwrap_or(&[]),
            behind.get(rest..).unwrap_or(&[]),
        ];
        return (!came.iter().any(|words| happened(words, claim))).then_some(modality);
    }
    let last = reader.sentences_of(sentence.block).last()?.span == sentence.span;
    let next = reader.sentences.get(index + 1).filter(|_| !last)?;
    lines::behind(reader, next, claim, line)
}

/// "Extradition | none | –": the first item of a row whose first cell is called a treaty by the head above it.
fn row(reader: &Reader<'_>, sentence: &Sentence<'_>, claim: &Claim) -> Option<usize> {
    let kind = reader.block(sentence)?.kind;
    (kind == BlockKind::Row && claim.fact.kind == Kind::Treaty).then_some(0)
}

/// Where ", and" stands right before a noun, which begins a clause of its own.
fn begins_clause(items: &[Item<'_>], at: usize) -> Option<usize> {
    let from = at.saturating_sub(GROUP);
    let near = items.get(from..at)?;
    let and = near.iter().rposition(|i| i.is(Class::And))?;
    let comma = and.checked_sub(1).and_then(|i| near.get(i))?;
    comma.sign(',').then_some(from + and)
}

/// Whether a verb tells what a claim does: it came to be, whatever is said behind of something else.
fn tells_itself(items: &[Item<'_>], at: usize, claim: &Claim) -> bool {
    let verb = items.get(at).and_then(|i| i.verb);
    let told = matches!(verb, Some(TriggerForm::Finite | TriggerForm::Participle));
    let open = items
        .get(at)
        .is_some_and(|i| i.is(Class::Unfinished) || i.is(Class::Undone));
    // "Realizó una visita a Lima, aplazada en mayo": a visit that somebody made was not put off for good.
    let visited = claim.fact.kind == Kind::Visit && made(items.get(..at).unwrap_or(&[]));
    (told || visited) && !open && claim.fact.kind != Kind::Appointment
}

/// "The agreement of 3 May 1998": whether a treaty is called by the day on which it was signed.
fn of_a_day(items: &[Item<'_>], at: usize, claim: &Claim) -> bool {
    let near = items.get(at + 1..).unwrap_or(&[]).iter().take(NAMED);
    let mut near = near.take_while(|i| !i.is_finite());
    let day = near.find_map(|i| {
        if let ItemKind::Date(found) = &i.kind {
            found.date
        } else {
            None
        }
    });
    claim.fact.kind == Kind::Treaty && day.is_some_and(|d| d.precision() == 3)
}

/// "Plans to close the embassy were dropped": whether the mission is there which nobody closes.
fn to_close(reader: &Reader<'_>, items: &[Item<'_>], at: usize, claim: &Claim) -> bool {
    let before = items.get(at.saturating_sub(GROUP)..at).unwrap_or(&[]);
    let opens = |i: &Item<'_>| {
        let mut rules = i.rules(reader.lexicon);
        rules.any(|r| r.id.ends_with("mission.open"))
    };
    // "It is not planned to reopen the consulate"
    let meant = [Class::Undone, Class::Not, Class::Planned];
    let meant = before.iter().any(|i| meant.iter().any(|c| i.is(*c)));
    let plan = |i: &Item<'_>| {
        let verb = matches!(i.kind, ItemKind::Trigger(_)) && !i.is_finite();
        verb && !(meant && opens(i))
    };
    claim.fact.kind == Kind::Mission && !claim.fact.has(Slot::Opened) && before.iter().any(plan)
}

/// "X declined the offer and left for Madrid as consul": whether the post of a claim is named behind the words that take another one back.
fn told_behind(reader: &Reader<'_>, behind: &[Item<'_>], claim: &Claim) -> bool {
    let Some(first) = behind.first().map(|i| i.span.start) else {
        return false;
    };
    let city = claim.fact.get(Slot::City);
    let tells = |trigger: Span| {
        let mut finite = behind.iter().filter(|i| i.is_finite());
        finite.any(|i| i.span.overlaps(trigger))
    };
    let goes = behind.iter().any(|i| i.verb == Some(TriggerForm::Finite));
    let there = |i: &Item<'_>| i.city().and_then(|c| reader.city_value(c)).as_ref() == city;
    claim.fact.kind == Kind::Appointment
        && (claim.trigger.is_some_and(|t| t.start > first && tells(t))
            || city.is_some() && goes && behind.iter().any(there))
}

/// The item on which a claim stands: its trigger, or the noun or person that it tells of.
fn own_item(reader: &Reader<'_>, items: &[Item<'_>], claim: &Claim) -> Option<usize> {
    let named = |slot: Slot| {
        let value = claim.fact.get(slot)?;
        items.iter().position(|i| {
            let name = i.actor().and_then(|a| a.name.as_ref());
            let person = name.and_then(|n| reader.people.find(n));
            person.and_then(|p| reader.person_value(p)).as_ref() == Some(value)
        })
    };
    if claim.fact.kind == Kind::Appointment {
        return named(Slot::Person);
    }
    let trigger = claim.trigger.and_then(|trigger| {
        items
            .iter()
            .position(|i| i.span.overlaps(trigger))
            .filter(|_| claim.fact.kind != Kind::Mission)
    });
    trigger.or_else(|| match claim.fact.kind {
        Kind::Visit => items
            .iter()
            .position(|i| i.is_noun_for(reader.lexicon, "visit"))
            .or_else(|| named(Slot::Visitor)),
        Kind::Meeting => items
            .iter()
            .position(|i| i.is_noun_for(reader.lexicon, "meeting")),
        Kind::Treaty => named_treaty(reader, items, claim),
        Kind::Mission => {
            let city = claim.fact.get(Slot::City);
            let is = |i: &Item<'_>| {
                i.mission().is_some_and(|m| {
                    let mut cities = m.cities.iter().map(|(c, ..)| reader.city_value(*c));
                    m.cities.is_empty() || cities.any(|c| c.as_ref() == city)
                })
            };
            items.iter().position(is)
        }
        Kind::Membership => {
            let organisation = reader.body_in(&claim.fact, Slot::Organisation)?;
            items
                .iter()
                .position(|i| i.named_body() == Some(organisation))
        }
        Kind::Observation => items
            .iter()
            .position(|i| matches!(i.kind, ItemKind::Quantity(_))),
        Kind::MissionEvent | Kind::Appointment | Kind::Relations => None,
    })
}

/// The item that names the treaty of a claim.
fn named_treaty(reader: &Reader<'_>, items: &[Item<'_>], claim: &Claim) -> Option<usize> {
    let title = claim.fact.text(Slot::Title);
    let is = |i: &Item<'_>| {
        if let ItemKind::Treaty(treaty) = &i.kind {
            let name = treaty.name(&reader.doc.text);
            name.contains(&title) || title.contains(&name)
        } else {
            false
        }
    };
    let treaty = claim.fact.kind == Kind::Treaty;
    items.iter().position(is).filter(|_| treaty)
}

/// "Signed A and initialled B": whether the verb before a treaty says that it was initialled, and nothing behind it that it was signed.
fn initialled(items: &[Item<'_>], at: usize) -> bool {
    let before = items.get(..at).unwrap_or(&[]);
    let clause = before.iter().rposition(|i| i.sign(';')).unwrap_or(0);
    let verb = |i: &Item<'_>| i.is(Class::Initialled) || i.is(Class::Happens) && i.is_finite();
    let Some(verb) = before.iter().rposition(verb).filter(|v| *v >= clause) else {
        return false;
    };
    // "A was initialled and B signed"
    let near = before
        .get(verb.saturating_sub(AUXILIARY)..verb)
        .unwrap_or(&[]);
    let passive = near.iter().any(|i| i.is(Class::Be));
    let behind = items
        .get(at + 1..clause_end(items, at, false))
        .unwrap_or(&[]);
    let signed = |(i, item): (usize, &Item<'_>)| {
        let near = behind.get(i.saturating_sub(GROUP)..i).unwrap_or(&[]);
        item.is(Class::Happens)
            && item.is_finite()
            && item.verb != Some(TriggerForm::Planned)
            && !near
                .iter()
                .any(|x| x.is(Class::Not) || x.is(Class::Planned))
    };
    let initialled = before.get(verb).is_some_and(|i| i.is(Class::Initialled));
    initialled && !passive && !behind.iter().enumerate().any(signed)
}

/// "Decided in 1995 to open an embassy in Lima": whether all that speaks for a mission is a verb that says what was to be done.
fn likely_to_open(reader: &Reader<'_>, items: &[Item<'_>], at: usize, claim: &Claim) -> bool {
    let before = items.get(at.saturating_sub(GROUP)..at).unwrap_or(&[]);
    // In English the bare form is also a plural of the present.
    let led = |i: usize| {
        let word = i.checked_sub(1).and_then(|i| before.get(i));
        reader.doc.lang != Lang::En || word.is_some_and(|w| w.folded == "to")
    };
    let base = |(i, item): (usize, &Item<'_>)| {
        let planned = item.verb == Some(TriggerForm::Planned);
        let base = item.verb == Some(TriggerForm::Base) && led(i);
        (planned || base) && matches!(item.kind, ItemKind::Trigger(_))
    };
    claim.fact.kind == Kind::Mission
        && claim.trigger.is_none()
        && before.iter().enumerate().any(base)
}

/// "X, who never went to Peru, received Y": what the verb before the goal of a visit makes of it, for which no words of its own speak.
fn goal(reader: &Reader<'_>, items: &[Item<'_>], claim: &Claim) -> Option<Modality> {
    claim.trigger.is_none().then_some(())?;
    let to = reader.body_in(&claim.fact, Slot::To);
    let to = to.filter(|_| claim.fact.kind == Kind::Visit)?;
    let at = items.iter().position(|i| i.named_body() == Some(to))?;
    let before = items.get(at.saturating_sub(GROUP)..at)?;
    let verb = before.iter().rposition(|i| i.verb.is_some())?;
    let near = before.get(verb.saturating_sub(AUXILIARY)..verb)?;
    let denied = near.iter().any(|i| i.is(Class::Not));
    let expected = before.get(verb).is_some_and(|i| i.is(Class::Expected));
    let meant = if denied {
        Modality::Cancelled
    } else {
        Modality::Expected
    };
    (denied || expected).then_some(meant)
}

/// "Our ambassador in Lima will be Ana Soto": whether a verb of what is to come stands right before whom a post is told of.
fn to_be(items: &[Item<'_>], at: usize, claim: &Claim) -> bool {
    let before = items.get(at.saturating_sub(AUXILIARY)..at).unwrap_or(&[]);
    let ahead = |i: &Item<'_>| i.is(Class::Future) || i.verb == Some(TriggerForm::Planned);
    claim.fact.kind == Kind::Appointment && before.iter().any(ahead)
}

/// Where the part of a sentence begins that an item stands in.
fn part_start(items: &[Item<'_>], at: usize) -> usize {
    let before = items.get(..at).unwrap_or(&[]);
    before
        .iter()
        .rposition(|i| i.sign(';'))
        .map_or(0, |sign| sign + 1)
}

/// Where the clause ends that goes on behind an item: at the sign that begins another one; a line of a list goes on behind it with what names nobody
/// and has no date of its own ("X (named in 1958; the Senate did not confirm him)").
fn clause_end(items: &[Item<'_>], at: usize, line: bool) -> usize {
    let own = |i: &Item<'_>| {
        let thing = matches!(i.kind, ItemKind::Treaty(_) | ItemKind::Mission(_));
        thing || i.is_date() || i.actor().is_some_and(|a| a.name.is_some())
    };
    let ends = |from: usize| {
        let part = items.get(from + 1..).unwrap_or(&[]).iter();
        !line || part.take_while(|i| !i.sign(';')).any(own)
    };
    let mut signs = (at + 1..items.len()).filter(|&i| items.get(i).is_some_and(|i| i.sign(';')));
    signs.find(|&i| ends(i)).unwrap_or(items.len())
}

/// Whether the words at a place take back what a claim tells, and what they make of it.
fn takes_back(items: &[Item<'_>], at: usize, claim: &Claim) -> Option<Modality> {
    let item = items.get(at)?;
    let kind = claim.fact.kind;
    let held = kind == Kind::Appointment;
    if held {
        let not = item.is(Class::NotTaken) || item.is(Class::NotHeld);
        return not.then_some(Modality::Cancelled);
    }
    if item.is(Class::Undone) || item.is(Class::Cancelled) {
        return Some(Modality::Cancelled);
    }
    // "Extradition: none"
    let last = items.get(at + 1).is_none_or(|i| i.sign('|') || i.sign('.'));
    if kind == Kind::Treaty && item.is(Class::Nil) && last {
        return Some(Modality::Cancelled);
    }
    if kind == Kind::Treaty && item.is(Class::Unfinished) {
        return Some(Modality::Hypothetical);
    }
    let denied = item.is(Class::Not) && {
        let group = items.get(at + 1..).unwrap_or(&[]).iter().take(GROUP);
        let mut group = group.take_while(|i| !i.sign(',') && !i.sign('('));
        group.any(|i| i.is(Class::Happens))
    };
    denied.then_some(Modality::Cancelled)
}

/// Whether what is said behind these words is said of that on which a claim stands: no verb and no other thing stands between, but in an aside.
fn said_of(claim: &Claim, between: &[Item<'_>]) -> bool {
    let main = main_part(between);
    let near = main.len().saturating_sub(GROUP);
    let other = |i: &&Item<'_>| {
        let thing = matches!(i.kind, ItemKind::Treaty(_) | ItemKind::Mission(_));
        let somebody = i.actor().is_some() || i.named_body().is_some();
        i.prep.is_empty() && (thing || somebody && claim.fact.kind != Kind::Appointment)
    };
    let tells = |(at, i): (usize, &&Item<'_>)| {
        i.verb == Some(TriggerForm::Finite) && at < near && claim.fact.kind != Kind::Appointment
    };
    // "The visit, of which one stage was cancelled", took place.
    let relative = |i: &&Item<'_>| i.is(Class::Relative) && claim.fact.kind == Kind::Visit;
    !main.iter().any(|i| other(i) || relative(i)) && !main.iter().enumerate().any(tells)
}

/// Whether words of a line name somebody of whom what follows may be said.
fn names_another(between: &[Item<'_>]) -> bool {
    let named = |i: &Item<'_>| i.actor().is_some_and(|a| a.name.is_some());
    between.iter().any(|i| named(i) && i.prep.is_empty())
}

/// Words without what stands between two commas of them.
fn main_part<'i, 'a>(items: &'i [Item<'a>]) -> Vec<&'i Item<'a>> {
    let mut main = Vec::with_capacity(items.len());
    let mut rest = items;
    while let Some((first, behind)) = rest.split_first() {
        rest = behind;
        if first.sign(',')
            && let Some(close) = behind.iter().position(|i| i.sign(','))
        {
            rest = behind.get(close + 1..).unwrap_or(&[]);
        } else {
            main.push(first);
        }
    }
    main
}

/// "Postponed; it took place in 2001", "initialled in 2018 and signed in 2019": whether the words go on to say that it came to be.
fn happened(behind: &[Item<'_>], claim: &Claim) -> bool {
    let done = |(at, i): (usize, &Item<'_>)| {
        let near = behind.get(at.saturating_sub(GROUP)..at).unwrap_or(&[]);
        let open = |x: &Item<'_>| {
            x.is(Class::Not) || x.is(Class::Planned) || x.is(Class::Future) || x.is(Class::Expected)
        };
        let told = matches!(i.verb, Some(TriggerForm::Finite | TriggerForm::Participle));
        i.is(Class::Happens) && told && !open(i) && !near.iter().any(open)
    };
    claim.fact.kind != Kind::Appointment && behind.iter().enumerate().any(done)
}
