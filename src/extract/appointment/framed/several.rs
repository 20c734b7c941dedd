//! Several who are given a post by one verb, each his own: "appointed A as ambassador to Peru, B as ambassador to Chile and C as consul in Oslo".

use super::Framed;
use crate::extract::appointment::Post;
use crate::extract::items::{Item, ItemKind};
use crate::extract::offices::is_head_of_mission;
use crate::language::Class;

/// How many items stand at most between the office of one and the name of the next.
const JOINT: usize = 5;

/// How many items stand at most between a name and the office behind it.
const BESIDE: usize = 3;

impl Framed<'_, '_> {
    /// The others behind a holder whose office stands right behind him: each with the item of his name and his post.
    pub(super) fn others(&self, holder: usize) -> Vec<(usize, usize, Post)> {
        let mut found = Vec::new();
        let office = self.office_behind(holder);
        let starts = self.set("slot") == Some("start") && holder > self.frame.at;
        let Some((mut last, _)) = office.filter(|_| starts && !self.credentials()) else {
            return found;
        };
        while let Some(name) = self.next_name(last) {
            let Some((at, post)) = self.office_behind(name) else {
                break;
            };
            let item = self.items().get(name);
            let actor = item.and_then(Item::actor);
            let person = actor
                .and_then(|a| a.name.as_ref())
                .and_then(|n| self.reader.people.find(n));
            let Some(person) = person else { break };
            found.push((name, person, post));
            last = at;
        }
        found
    }

    /// The office right behind a name, or joined to it by "as" or a comma, as an item and the post that it names.
    fn office_behind(&self, name: usize) -> Option<(usize, Post)> {
        let items = self.items();
        let office = |i: &usize| {
            let actor = items.get(*i).and_then(Item::actor);
            actor.is_some_and(|a| a.name.is_none() && a.office.is_some())
        };
        let at = (name + 1..=name + BESIDE).find(office)?;
        let small = |i: &Item<'_>| {
            i.sign(',') || i.is(Class::As) || i.is(Class::Article) || i.is(Class::Indefinite)
        };
        let between = items.get(name + 1..at)?;
        let office = items.get(at)?.actor()?.office.as_ref()?;
        let role = self.reader.role_name(office.role);
        let heads = between.iter().all(small) && !office.former && is_head_of_mission(&role);
        heads.then(|| (at, Post::of(office, role)))
    }

    /// The next name behind the office of the one before, nothing but joints between.
    fn next_name(&self, office: usize) -> Option<usize> {
        let items = self.items();
        let named = |i: &usize| {
            let actor = items.get(*i).and_then(Item::actor);
            actor.is_some_and(|a| a.name.is_some() && a.office.is_none())
        };
        let at = (office + 1..=office + JOINT).find(named)?;
        let joint = |i: &Item<'_>| {
            let sign = matches!(i.kind, ItemKind::Sign(',' | ';' | '.'));
            let small = [Class::And, Class::To, Class::Article, Class::Honorific];
            sign || small.iter().any(|c| i.is(*c)) && i.verb.is_none()
        };
        items.get(office + 1..at)?.iter().all(joint).then_some(at)
    }
}
