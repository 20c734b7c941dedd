//! States spoken of without their names: "the Andean country", "the Sultanate", "la République populaire" → which state is meant.

use super::Reader;
use crate::extract::items::{Item, ItemKind};
use crate::language::{Class, NameForm, fold};

/// How many sentences before a description a state is looked for of which the sides know nothing.
const REACH: usize = 8;

impl Reader<'_> {
    /// Says of each description which state it is: the one named last that it fits, else the only side that it does.
    pub(super) fn choose_states(&mut self) {
        self.state_nouns = self.nouns();
        let mut found = Vec::new();
        for (sentence, spoken) in self.sentences.iter().enumerate() {
            for (at, item) in spoken.items.iter().enumerate() {
                if matches!(item.kind, ItemKind::Word)
                    && item.is(Class::TheState)
                    && let Some(state) = self.state_meant(sentence, at, item)
                {
                    found.push((sentence, at, state));
                }
            }
        }
        for (sentence, at, state) in found {
            let items = self.sentences.get_mut(sentence).map(|s| &mut s.items);
            if let Some(item) = items.and_then(|items| items.get_mut(at)) {
                item.kind = ItemKind::Body(state, false);
            }
        }
    }

    /// The first words of the sides' full names ("Principality"), folded, with their sides.
    fn nouns(&self) -> Vec<(String, usize)> {
        let first = |side: usize| {
            let words = self.form_words(side);
            words.map(move |noun| (noun, side))
        };
        self.sides.iter().flat_map(|&side| first(side)).collect()
    }

    /// The first words of the full names of a state, folded.
    fn form_words(&self, state: usize) -> impl Iterator<Item = String> {
        let formal = |n: &&crate::language::gazetteer::NameEntry| n.form == NameForm::Formal;
        let names = self.gazetteer.names_of(state).filter(formal);
        names.filter_map(|n| Some(fold(n.text.split(' ').next()?).into_owned()))
    }

    fn state_meant(&self, sentence: usize, at: usize, item: &Item<'_>) -> Option<usize> {
        let noun = item.folded.rsplit([' ', '\'']).next().unwrap_or_default();
        let (mut known, lies) = self.lexicon.described(&item.folded);
        let described = !known.is_empty();
        // "the Gulf emirate": the form that stands in the description is that of the state, where one of them has it.
        let words = || item.folded.split([' ', '\'']);
        let formed = |state: &usize| {
            let mut forms = self.form_words(*state);
            forms.any(|form| words().any(|w| w == form))
        };
        if lies && known.iter().any(formed) {
            known.retain(formed);
        }
        let fits = |state: usize| {
            if described {
                // A part of the world is that of states of the past, too.
                let same = |other: &usize| lies && self.same_state(*other, state);
                known.contains(&state) || known.iter().any(same)
            } else {
                self.form_words(state).any(|form| form == noun)
            }
        };
        let exactly = |(_, state): &&(bool, usize)| known.contains(state);
        let sides: Vec<usize> = self.sides.iter().copied().filter(|s| fits(*s)).collect();
        let named = |reach| self.named_before(sentence, at, reach);
        if described {
            let named = named(1);
            let near = named.iter().find(exactly);
            let near = near.or_else(|| named.iter().find(|(_, state)| fits(*state)));
            if let Some(&(own, state)) = near {
                // "Peru's president visited the Andean country": not his own.
                let mut here = named.iter().filter(|(own, _)| *own);
                let alone = own && here.all(|(_, s)| self.same_state(*s, state));
                let other = sides.iter().find(|s| !self.same_state(**s, state));
                return Some(other.copied().filter(|_| alone).unwrap_or(state));
            }
        }
        match sides.as_slice() {
            [only] => Some(*only),
            [] => {
                let far = named(REACH);
                far.into_iter().map(|(_, s)| s).find(|state| fits(*state))
            }
            _ => None,
        }
    }

    /// States named before an item, the nearest first, in its own sentence (true) and so many before it.
    fn named_before(&self, sentence: usize, at: usize, reach: usize) -> Vec<(bool, usize)> {
        let state = |item: &Item<'_>| {
            let office = || item.actor()?.office.as_ref()?.of;
            let city = || self.state_of_city(item.city()?);
            item.body().or_else(office).or_else(city)
        };
        let first = sentence.saturating_sub(reach);
        let mut found = Vec::new();
        for index in (first..=sentence).rev() {
            let items = self.sentences.get(index).map_or(&[][..], |s| &s.items);
            let own = index == sentence;
            let items = items.get(..if own { at } else { items.len() });
            let states = items.unwrap_or(&[]).iter().rev().filter_map(state);
            found.extend(states.map(|state| (own, state)));
        }
        found
    }
}
