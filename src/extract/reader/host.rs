//! Whose document it is that tells of a ceremony: the state whose head receives the credentials of several envoys.

use super::{Reader, Sentence};
use crate::document::BlockKind;
use crate::extract::envoys::state_beside;
use crate::extract::items::Item;
use crate::extract::offices::{is_of_government, is_royal};
use crate::language::Class;

/// How many sentences from the first a ceremony is told in that a document is about.
const LEAD: usize = 8;

/// How many sentences behind that one its envoys are named in, but for the items of a list.
const ENVOYS: usize = 3;

/// How many bytes the line has at most that dates a text.
const LINE: usize = 40;

/// How many items a list of envoys may have.
const LIST: usize = 40;

/// A ceremony that a document is about.
pub(super) struct Ceremony {
    /// The sentence that tells of it.
    pub(super) lead: usize,
    /// The state that receives the envoys, where the text says it.
    pub(super) host: Option<usize>,
    /// The states that send them, in the order of the text.
    pub(super) senders: Vec<usize>,
}

impl Reader<'_> {
    /// The ceremony that the first sentences tell of, where envoys of several states hand over their credentials.
    pub(super) fn ceremony(&self) -> Option<Ceremony> {
        let first = self.sentences.iter().take(LEAD);
        let lead = first.clone().position(|s| self.hands_over(s))?;
        let listed = |s: &Sentence<'_>| self.block(s).is_some_and(|b| b.kind == BlockKind::Item);
        let behind = self.sentences.iter().enumerate().skip(lead).take(LIST);
        // What has a day of its own is another ceremony, unless it is the line that dates the text.
        let dated = |s: &Sentence<'_>| s.span.len() >= LINE && s.items.iter().any(Item::is_date);
        let first_day = behind.clone().position(|(_, s)| dated(s));
        let near = |at: usize, s: &Sentence<'_>| {
            at <= lead + ENVOYS && (!dated(s) || Some(at - lead) == first_day)
        };
        let told = behind.take_while(|(at, s)| near(*at, s) || listed(s));
        let told: Vec<&Sentence<'_>> = told.map(|(_, s)| s).collect();
        // "presented letters of credence to the ambassadors to A and to B": those whom one state sends.
        let goals = told.iter().flat_map(|s| &s.items);
        let goals = goals.filter(|i| self.heads_mission(i));
        let mut goals = goals.filter_map(|i| i.actor()?.office.as_ref()?.to);
        if let Some(first) = goals.next()
            && goals.any(|to| to != first)
        {
            return None;
        }
        let mut senders: Vec<usize> = Vec::new();
        for state in told.iter().flat_map(|s| self.senders(s)) {
            if !senders.contains(&state) {
                senders.push(state);
            }
        }
        // What the sentence itself says comes before the ones around it.
        let near = self.sentences.iter().skip(lead).take(1).chain(first);
        let host = near.filter_map(|s| self.receives(s, &senders)).next();
        senders.retain(|state| Some(*state) != host);
        let several = self.sentences.get(lead).is_some_and(|s| self.of_several(s));
        let enough = if several { 1 } else { 2 };
        (senders.len() >= enough).then_some(Ceremony {
            lead,
            host,
            senders,
        })
    }

    /// Whether a sentence speaks of credentials handed over by heads of mission.
    pub(in crate::extract) fn hands_over(&self, sentence: &Sentence<'_>) -> bool {
        let several = |i: &Item<'_>| i.is(Class::HeadsHeading) || self.heads_mission(i);
        sentence.items.iter().any(|i| self.is_credentials(i)) && sentence.items.iter().any(several)
    }

    /// "five new heads of mission", "the ambassadors": whether a sentence speaks of several heads of mission whom it does not name.
    fn of_several(&self, sentence: &Sentence<'_>) -> bool {
        let plural = |i: &Item<'_>| {
            let first = i.folded.split(' ').next().unwrap_or_default();
            first.ends_with('s') && i.actor().is_some_and(|a| a.name.is_none())
        };
        let heads = |i: &Item<'_>| self.heads_mission(i) && plural(i);
        let mut items = sentence.items.iter();
        items.any(|i| i.is(Class::HeadsHeading) || heads(i))
    }

    /// Whether an item is a word for letters of credence, or for what is done with them: "presented their credentials".
    pub(in crate::extract) fn is_credentials(&self, item: &Item<'_>) -> bool {
        let tells = item.rules(self.lexicon).any(|r| r.fact == "appointment");
        tells && self.lexicon.has_class(&item.folded, Class::Credentials)
    }

    /// The states whose heads of mission a sentence names.
    fn senders(&self, sentence: &Sentence<'_>) -> Vec<usize> {
        let items = &sentence.items;
        let keyed = || {
            let block = self.block(sentence)?;
            let item = matches!(block.kind, BlockKind::Item | BlockKind::Row);
            let named = items
                .iter()
                .any(|i| i.actor().is_some_and(|a| a.name.is_some()));
            let states = items.iter().filter_map(Item::named_body);
            let mut states = states.filter(|s| !self.is_organisation(*s));
            let state = states.next().filter(|_| item && named)?;
            states.next().is_none().then_some(state)
        };
        let sent = |at: usize| {
            let item = items.get(at)?;
            let office = item.actor()?.office.as_ref();
            let of = office.filter(|_| self.heads_mission(item));
            let beside = || state_beside(items, at).filter(|_| office.is_none());
            of.and_then(|o| o.of).or_else(beside)
        };
        let found: Vec<usize> = (0..items.len()).filter_map(sent).collect();
        if found.is_empty() {
            keyed().into_iter().collect()
        } else {
            found
        }
    }

    /// The state that receives envoys, as a sentence says it: that of the head of state, the one to which they are accredited, or in whose capital it is.
    fn receives(&self, sentence: &Sentence<'_>, senders: &[usize]) -> Option<usize> {
        let items = &sentence.items;
        let other = |state: &usize| !senders.contains(state) && !self.is_organisation(*state);
        let head = |item: &Item<'_>| {
            let office = item.actor()?.office.as_ref()?;
            let role = self.role_name(office.role);
            let heads = is_of_government(&role) || is_royal(&role) || role == "Governor-General";
            office.of.filter(|_| heads).filter(other)
        };
        let accredited = |item: &Item<'_>| {
            let office = item.actor().and_then(|a| a.office.as_ref());
            let office = office.filter(|_| self.heads_mission(item));
            let seat = || self.capital_state(office?.city?);
            let to = office.and_then(|o| o.to).or_else(seat);
            let placed = [Class::Before, Class::In, Class::To];
            let placed = placed.iter().any(|c| item.has_prep(*c));
            to.or_else(|| item.named_body().filter(|_| placed))
                .filter(other)
        };
        // "resident in Brussels": he only lives there.
        let lives = |item: &Item<'_>| {
            let before = items
                .iter()
                .rev()
                .skip_while(|i| i.span.start >= item.span.start);
            before.take(2).any(|i| i.is(Class::PostPlaced))
        };
        let capital = |item: &Item<'_>| {
            let placed = item.has_prep(Class::In) && !lives(item) && item.mission().is_none();
            let city = item.city().filter(|_| placed)?;
            self.capital_state(city).filter(other)
        };
        // "at the Palace of Monaco", "at the Government Palace of Lima": the one other state that the sentence names, or its capital.
        let state = |item: &Item<'_>| {
            let capital = || self.capital_state(item.city().filter(|_| !lives(item))?);
            item.named_body().or_else(capital).filter(other)
        };
        let only = || {
            let mut named = items.iter().filter_map(state);
            let first = named.next()?;
            named.all(|s| s == first).then_some(first)
        };
        let head = items.iter().find_map(head);
        head.or_else(|| items.iter().find_map(accredited))
            .or_else(|| items.iter().find_map(capital))
            .or_else(only)
    }
}
