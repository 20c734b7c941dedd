//! "The President visited Peru three times:" with a line for each visit below → claims: whose they are and whither they led the line above tells,
//! when each was the line itself.

use super::context::lead_above;
use super::listed::unreal;
use super::{claim, further_dates, goals, visit_kind};
use crate::extract::items::Item;
use crate::extract::reader::{Reader, Sentence};
use crate::fact::{Claim, Evidence, EvidenceRole};
use crate::language::{Class, Rule};

/// The visits of a line that begins with its date, below a sentence that says by a verb of visiting who made them.
pub(super) fn series(reader: &Reader<'_>, sentence: &Sentence<'_>, rule: &Rule) -> Vec<Claim> {
    let items = &sentence.items;
    let first = items.iter().position(|i| i.is_np() || i.is_date());
    let Some(date) = first.filter(|&at| items.get(at).is_some_and(Item::is_date)) else {
        return Vec::new();
    };
    let free = |i: &Item<'_>| i.prep.is_empty() && i.actor().is_some_and(|a| a.name.is_some());
    let of_other = items.iter().any(free);
    if of_other {
        return Vec::new();
    }
    let visits = |i: &Item<'_>| i.is_finite() && i.rules(reader.lexicon).any(|r| r.fact == "visit");
    let told = lead_above(reader, sentence).and_then(|(at, lead)| {
        let verb = lead.items.iter().rposition(visits)?;
        let before = lead.items.get(..verb)?;
        Some((at, lead, verb, before.iter().find(|i| free(i))))
    });
    let Some((at, lead, verb, subject)) = told.or_else(|| whose(reader, sentence)) else {
        return Vec::new();
    };
    if items.iter().chain(&lead.items).any(unreal) {
        return Vec::new();
    }
    let Some(who) = subject.and_then(|i| reader.who(at, i).into_iter().next()) else {
        return Vec::new();
    };
    let all: Vec<usize> = (verb..lead.items.len()).collect();
    let away = |to: usize| who.of.is_none_or(|of| !reader.same_state(of, to));
    let named = goals(reader, &lead.items, &all);
    let mut named = named
        .into_iter()
        .filter(|g| away(g.to) && !reader.is_organisation(g.to));
    let (Some(mut goal), None) = (named.next(), named.next()) else {
        return Vec::new();
    };
    let city = items.iter().filter(|i| i.has_prep(Class::In));
    let mut city = city
        .filter_map(Item::city)
        .filter(|c| reader.state_of_city(*c) == Some(goal.to));
    goal.city = city.next().or(goal.city);
    let from = who.of.or_else(|| reader.whence(at, who.person, goal.to));
    let mut evidence = who.evidence.clone();
    evidence.push(Evidence {
        span: lead.span,
        role: EvidenceRole::Heading,
    });
    let kind = visit_kind(items, date, (0, items.len()));
    let mut dates = vec![reader.date(sentence, Some(date))];
    dates.extend(further_dates(reader, sentence, Some(date)));
    let visit = |dated| {
        claim(
            reader,
            sentence,
            rule,
            None,
            &who,
            from,
            goal,
            dated,
            kind,
            evidence.clone(),
        )
    };
    dates.iter().filter_map(visit).collect()
}

/// A sentence, the item of its visits, and that of whose they are.
type Whose<'r> = (usize, &'r Sentence<'r>, usize, Option<&'r Item<'r>>);

/// "Visits by Ana Soto to Peru" as the label or heading of a list.
fn whose<'r>(reader: &'r Reader<'_>, sentence: &Sentence<'_>) -> Option<Whose<'r>> {
    let block = reader.block(sentence)?;
    let above = block.label.or_else(|| block.under.last().copied())?;
    let at = reader.first_of(above)?;
    let lead = reader.sentences.get(at)?;
    let visits = lead.items.iter().position(|i| i.is(Class::VisitHeading))?;
    let named = |i: &&Item<'_>| {
        let led = i.has_prep(Class::Of) || i.has_prep(Class::By);
        led && i.actor().is_some_and(|a| a.name.is_some())
    };
    let mut behind = lead.items.get(visits..)?.iter().filter(named);
    let subject = behind.next();
    (subject.is_some() && behind.next().is_none()).then_some((at, lead, visits, subject))
}
