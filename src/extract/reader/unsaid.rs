//! Who acts where a verb has no subject said, as Spanish allows.

use super::{Reader, Sentence, Who};
use crate::document::Lang;
use crate::extract::frame::{Frame, noun_subject};
use crate::extract::items::{Actor, ItemKind};
use crate::extract::meeting::counts_day;
use crate::fact::{Evidence, EvidenceRole};
use crate::language::{Class, Head, Rule};
use crate::text::Span;

impl Reader<'_> {
    /// Who acts where a verb has no subject said, as Spanish allows: the person last spoken of.
    pub(in crate::extract) fn unsaid(
        &self,
        index: usize,
        sentence: &Sentence,
        rule: &Rule,
        frame: &Frame,
    ) -> Option<Who> {
        let verb = sentence.items.get(frame.at)?;
        let word = verb.folded.strip_prefix("se ").unwrap_or(&verb.folded);
        let plural = word.split(' ').next().is_some_and(|w| w.ends_with('n'));
        // "El segundo día se entrevistó con X": the day that is counted does nothing.
        let counted = counts_day(self, &sentence.items, frame.clause.0 + 1);
        let said = frame.begins_with_noun(&sentence.items) && !counted;
        let free = self.lexicon.lang == Lang::Es
            && !said
            && !self.unknown_opens(sentence, frame)
            && rule.head == Head::Verb
            && !frame.passive
            && frame.subject.is_empty()
            && (counted || !noun_subject(&sentence.items, frame))
            && !self.unsure_subject(index, verb.span);
        let (person, span) = self
            .last_person(index, verb.span)
            .filter(|_| free && !plural)?;
        let evidence = vec![Evidence {
            span,
            role: EvidenceRole::Antecedent,
        }];
        Some(self.described(person, &Actor::default(), verb.span, evidence))
    }

    /// "Tito hizo escala": a word that nobody knows opens the sentence right before the verb, and may be its subject.
    fn unknown_opens(&self, sentence: &Sentence, frame: &Frame) -> bool {
        frame.at == 1
            && sentence.items.first().is_some_and(|word| {
                let text = word.span.of(&self.doc.text);
                matches!(word.kind, ItemKind::Word)
                    && word.meanings.is_empty()
                    && text.chars().next().is_some_and(char::is_uppercase)
            })
    }

    /// Whether the last sentence begun before a verb is about somebody of whom the engine cannot be sure ("Tito", "Evo"): a verb without a
    /// subject goes on to speak of him, and of nobody else.
    fn unsure_subject(&self, index: usize, at: Span) -> bool {
        let block = self.sentences.get(index).map(|s| s.block);
        // "Tito visitó Lima": a word that nobody knows opens the sentence before its verb.
        let opens = |s: &Sentence| {
            let [word, verb, ..] = s.items.as_slice() else {
                return false;
            };
            let name = word.span.of(&self.doc.text);
            matches!(word.kind, ItemKind::Word)
                && word.meanings.is_empty()
                && (verb.is_finite() || verb.is(Class::Be) || verb.is(Class::Have))
                && name.chars().next().is_some_and(char::is_uppercase)
                && !name.ends_with('s')
        };
        let subject = |s: &Sentence| {
            if s.span.end <= at.start && opens(s) {
                return Some(Some(true));
            }
            let free = s.items.iter().find(|i| {
                i.span.end <= at.start && i.prep.is_empty() && !i.genitive && i.actor().is_some()
            })?;
            Some(
                free.actor()?
                    .name
                    .as_ref()
                    .map(|name| self.surely(name).is_none()),
            )
        };
        (index.saturating_sub(2)..=index)
            .rev()
            .filter_map(|i| self.sentences.get(i))
            .filter(|s| Some(s.block) == block)
            .find_map(subject)
            .flatten()
            .unwrap_or(false)
    }
}
