//! Items of lists under headings of meetings → meetings.

use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::{Reader, Sentence};
use crate::fact::{Claim, Fact, Kind, Slot};
use crate::language::Rule;

/// Items of a list under a heading of meetings: a date and who met, without a verb.
pub(in crate::extract) fn listed(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    rule: &Rule,
) -> Option<Claim> {
    let items = &sentence.items;
    let of_meetings = |item: &Item| item.rules(reader.lexicon).any(|r| r.fact == "meeting");
    let headed = reader
        .above(sentence)
        .iter()
        .any(|s| s.items.iter().any(of_meetings));
    let verbless = !items.iter().any(|i| matches!(i.kind, ItemKind::Trigger(_)));
    // "22 September 2018: …", "New York, 22 September 2018: …"
    let day = items
        .iter()
        .take(4)
        .position(|i| matches!(i.kind, ItemKind::Date(_)))?;
    let place = items.get(..day)?;
    let led = place
        .iter()
        .all(|i| matches!(i.kind, ItemKind::City(_) | ItemKind::Sign(_)));
    (headed && verbless && led).then_some(())?;
    let mut fact = Fact::new(Kind::Meeting);
    let mut evidence = reader.heading_evidence(sentence);
    for item in items.iter().filter(|i| i.actor().is_some()) {
        for who in reader.who(index, item) {
            evidence.extend(who.evidence.iter().copied());
            if let Some(value) = who.person.and_then(|p| reader.person_value(p)) {
                fact.add(Slot::Participants, value);
            } else if let Some(role) = &who.role {
                fact.add(Slot::Roles, reader.office_value(role, who.of));
            }
        }
    }
    (fact.all(Slot::Participants).len() + fact.all(Slot::Roles).len() > 1).then_some(())?;
    if let Some(city) = place
        .iter()
        .find_map(Item::city)
        .and_then(|c| reader.city_value(c))
    {
        fact.set(Slot::Place, city);
    }
    let dated = reader.date(sentence, Some(day));
    dated.put(&mut fact, Slot::Date);
    evidence.extend(dated.evidence.iter().copied());
    Some(reader.claim(fact, rule, sentence, None, evidence, dated.flags))
}
