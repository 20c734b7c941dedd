//! Whether a verb of leaving or dying ends the post of who does so.

use super::Framed;
use crate::extract::appointment::{Post, spoken};
use crate::extract::items::{Item, ItemKind};
use crate::fact::{Kind, Slot};
use crate::language::{Class, Head, TriggerForm};

impl Framed<'_, '_> {
    /// "He left a diary": whether what is left behind a verb of leaving is a thing, no post or place.
    pub(super) fn leaves_something(&self) -> bool {
        let leaves = self.set("slot") == Some("end") && self.set("post") == Some("held");
        let does = self.rule.args.get("subject").is_some_and(|r| r == "holder");
        let behind = self.items().get(self.frame.at + 1..).unwrap_or(&[]);
        let [article, noun, ..] = behind else {
            return false;
        };
        let unknown = matches!(noun.kind, ItemKind::Word) && noun.meanings.is_empty();
        leaves && does && article.is(Class::Indefinite) && unknown
    }

    /// "He helped people to leave the country": whether an infinitive tells what somebody else does, right before it.
    pub(super) fn of_somebody_else(&self) -> bool {
        let items = self.items();
        let base = items.get(self.frame.at).and_then(|i| i.verb) == Some(TriggerForm::Base);
        let mut before = items.get(..self.frame.at).unwrap_or(&[]).iter().rev();
        let noun = before.find(|i| !(i.is(Class::To) || i.is(Class::Of)));
        base && noun.is_some_and(|i| {
            i.is(Class::People)
                || matches!(i.kind, ItemKind::Quantity(_) | ItemKind::Word)
                    && i.verb.is_none()
                    && i.meanings.is_empty()
                    && i.folded.len() > 3
        })
    }

    /// Whether a verb that says somebody left, died or went home is told of one whose post had ended.
    pub(super) fn ended(&self, person: usize) -> bool {
        let value = self.reader.person_value(person);
        let leaves = self.set("slot") == Some("end") && self.set("post") == Some("held");
        let told = value.filter(|_| leaves).and_then(|value| {
            let text = value.text();
            let mut told = self.earlier.last_about(Kind::Appointment, &text);
            let last = told.find(|c| c.holds() && c.statement() != self.sentence.span)?;
            Some(last.fact.has(Slot::End))
        });
        told == Some(true)
    }

    /// "The post of ambassador in Lima is vacant since the departure of X": the post or mission of which the sentence says so.
    pub(super) fn vacated(&self) -> Option<Post> {
        let items = self.items();
        let ends = self.rule.head == Head::Noun && self.set("slot") == Some("end");
        let vacant = items
            .iter()
            .position(|i| i.is(Class::Vacant))
            .filter(|_| ends)?;
        let before = items.get(..vacant.min(self.frame.at))?;
        let named = before.iter().rev().find_map(|i| {
            let office = || self.post_of(i.actor().filter(|a| a.name.is_none())?.office.as_ref()?);
            i.mission()
                .and_then(|np| spoken::headed(self.reader, np))
                .or_else(office)
        });
        let spoken =
            || spoken::post(self.reader, self.index, self.earlier, None).map(|(post, _)| post);
        named.or_else(spoken)
    }

    /// "The post remained vacant until 1925, when X was appointed": whether somebody is named to a post of which the sentence has said that nobody held it,
    /// or in an article on a mission to one of which nothing is said ("X was appointed in 1925").
    pub(super) fn fills_vacancy(&self) -> bool {
        let items = self.items();
        let named = self.rule.id.ends_with(".named") && self.frame.passive;
        let came = self.rule.id.ends_with(".came");
        let before = items.get(..self.frame.at).unwrap_or(&[]);
        let vacant = before.iter().any(|i| i.is(Class::Vacant));
        // The verb says that somebody chose him, not that he arrived.
        let chosen = items.get(self.frame.at).is_some_and(|i| {
            let stems = ["appoint", "nomm", "nombr", "design", "named"];
            stems.iter().any(|stem| i.folded.contains(stem))
        });
        let behind = items.get(self.frame.at + 1..self.frame.clause.1);
        let silent = || {
            let small = |i: &Item<'_>| i.is_date() || i.is(Class::In) || !i.is_np();
            let own = self.reader.own_mission.is_some();
            own && behind.is_some_and(|b| b.iter().all(small)) && self.post_here().is_none()
        };
        (named || came) && chosen && (vacant || silent())
    }
}
