//! Features of who acts in the clause of an item, and what he does there.

use super::context::MEANT;
use super::features::{Features, Part, name};
use super::scene::Scene;
use crate::extract::clauses::{Acting, Clause, one_list};

impl Scene<'_, '_> {
    /// How somebody stands to the clause of an item: whether he acts there, or who does.
    pub(super) fn acts(&self, who: Option<usize>, there: usize) -> &'static str {
        let Some(clause) = self.clauses.at(there) else {
            return "none";
        };
        let at = match clause.acting {
            Acting::Item(at) => at,
            Acting::Thing => {
                let here = who.is_some_and(|w| self.clauses.together(w, there));
                return if here { "thing/here" } else { "thing" };
            }
            Acting::Unsaid => return "unsaid",
        };
        let items = &self.sentence.items;
        let person = |at: usize| {
            let actors = self.actors.iter().filter(move |(i, _)| *i == Some(at));
            actors.filter_map(|(_, w)| w.person)
        };
        match who {
            Some(who) if one_list(items, at, who) => "own",
            Some(who) if person(at).any(|p| person(who).any(|q| p == q)) => "own",
            Some(who) if self.clauses.together(who, there) => "beside",
            Some(_) | None if items.get(at).is_some_and(|i| i.actor().is_some()) => "somebody",
            Some(_) | None => "body",
        }
    }

    /// Features of the clause of an item: who acts in it, and its verb.
    pub(super) fn clause(
        &self,
        f: &mut Features<'_>,
        (p, tag): (Part<'_>, &str),
        who: Option<usize>,
        there: usize,
    ) {
        self.once(f, (p, tag), [who, Some(there)], |f| {
            self.told_of_clause(f, (p, tag), who, there);
        });
    }

    fn told_of_clause(
        &self,
        f: &mut Features<'_>,
        (p, tag): (Part<'_>, &str),
        who: Option<usize>,
        there: usize,
    ) {
        let acts = self.acts(who, there);
        f.add(&name![p, "|", tag, "acts:", acts]);
        let Some(clause) = self.clauses.at(there) else {
            return;
        };
        self.does(f, (p, tag, acts), &clause);
        let prep = self.prep_at(there);
        for sense in clause.verb.map_or(&[][..], |verb| self.senses_at(verb)) {
            f.add(&name![p, "|", tag, "does:", acts, ":", sense, "/", prep]);
        }
        let dated = if clause.dated { "/dated" } else { "/undated" };
        f.add(&name![p, "|", tag, "acts:", acts, dated]);
        for class in MEANT.iter().filter(|c| clause.said.contains(**c)) {
            f.add(&name![p, "|", tag, "meant:", class.name()]);
        }
    }

    /// Features of the verb of a clause.
    fn does(&self, f: &mut Features<'_>, (p, tag, acts): (Part<'_>, &str, &str), clause: &Clause) {
        let voice = if clause.passive { "/passive:" } else { ":" };
        let Some(verb) = clause.verb else {
            f.add(&name![p, "|", tag, "does:", acts, ":none"]);
            return;
        };
        f.add(&name![
            p,
            "|",
            tag,
            "does:",
            acts,
            voice,
            self.kind_at(verb)
        ]);
        for sense in self.senses_at(verb) {
            f.add(&name![p, "|", tag, "does:", acts, voice, sense]);
        }
    }

    /// Features of what somebody does in the clauses in which he acts.
    pub(super) fn doings(&self, f: &mut Features<'_>, p: Part<'_>, who: Option<usize>) {
        let Some(at) = who else { return };
        let mut none = true;
        for clause in self.clauses.of_actor(&self.sentence.items, at) {
            none = false;
            self.does(f, (p, "all-", "own"), clause);
        }
        if none {
            self.clause(f, (p, "all-"), who, at);
        }
    }
}
