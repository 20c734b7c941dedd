//! Which office somebody held who visited: of those that a text names near the statement and far from it, the likeliest.

use super::ByRules;
use super::fills::{Asker, Choice, Fills, Written, best, put, refill, rule};
use super::model::Model;
use super::seats::Seat;
use crate::extract::items::{Item, ItemKind};
use crate::extract::offices::is_royal;
use crate::extract::reader::{Reader, Sentence};
use crate::fact::{Claim, Edtf, Fact, Kind, Slot, Value};
use crate::language::Leaders;
use crate::text::Span;
use std::collections::BTreeMap;

/// How many sentences before the statement are looked at.
const NEAR: usize = 4;

/// How many offices of a person are looked at.
const HELD: usize = 8;

/// The offices that a text names for nobody ("presidents", "the prime minister"), each with the sentence that does first.
struct Unheld(BTreeMap<usize, Span>);

impl Unheld {
    fn new(reader: &Reader<'_>) -> Self {
        let mut found = BTreeMap::new();
        for sentence in &reader.sentences {
            let actors = sentence.items.iter().filter_map(Item::actor);
            for actor in actors.filter(|a| a.name.is_none()) {
                if let Some(office) = &actor.office {
                    found.entry(office.role).or_insert(sentence.span);
                }
            }
        }
        Self(found)
    }
}

/// The offices that may be the one of a visitor, with how the text names them.
struct Offices<'r, 'a> {
    reader: &'r Reader<'a>,
    roles: Vec<String>,
    written: Vec<Written>,
}

impl<'r, 'a> Offices<'r, 'a> {
    fn of(reader: &'r Reader<'a>, unheld: &Unheld, fact: &Fact, index: usize) -> Self {
        let mut found = Self {
            reader,
            roles: Vec::new(),
            written: Vec::new(),
        };
        if let Some(Value::Office(office)) = fact.get(Slot::Role) {
            found.add(office.role.clone(), "own", None);
        }
        let person = match fact.get(Slot::Visitor) {
            Some(Value::Person(person)) => reader.people.find(&person.name),
            _ => None,
        };
        let Some(sentence) = reader.sentences.get(index) else {
            return found;
        };
        let known = person.and_then(|p| reader.people.known.get(p));
        for held in known.iter().flat_map(|k| &k.offices).take(HELD) {
            let how = if held.at < sentence.span.start {
                "held<"
            } else if held.at < sentence.span.end {
                "held"
            } else {
                "held>"
            };
            let from = reader.sentence_at(held.at).map(|s| s.span);
            let from = from.filter(|_| how != "held");
            found.add(held.role.clone(), how, from);
        }
        found.sentence(sentence, person, ["here", "here-other"], None);
        for back in 1..=NEAR {
            let before = index
                .checked_sub(back)
                .and_then(|b| reader.sentences.get(b));
            let Some(before) = before.filter(|b| b.block == sentence.block) else {
                break;
            };
            let how = if back == 1 {
                ["before", "before-other"]
            } else {
                ["near", "near-other"]
            };
            found.sentence(before, person, how, Some(before.span));
        }
        for above in reader.above(sentence).into_iter().take(2) {
            let how = ["heading", "heading-other"];
            found.sentence(above, person, how, Some(above.span));
        }
        for title in reader.titles().take(1) {
            found.sentence(title, person, ["title", "title-other"], Some(title.span));
        }
        for (role, from) in &unheld.0 {
            found.add(reader.role_name(*role), "said", Some(*from));
        }
        let date = fact.date(Slot::Start).and_then(Edtf::year);
        found.led(fact, date.or_else(|| year_of(sentence)));
        found
    }

    fn add(&mut self, role: String, how: &'static str, from: Option<Span>) {
        if role.is_empty() {
            return;
        }
        let at = self.roles.iter().position(|r| *r == role);
        let at = at.unwrap_or_else(|| {
            self.roles.push(role);
            self.roles.len() - 1
        });
        self.written.push(Written {
            from,
            ..Written::new(at, how)
        });
    }

    /// The offices of a sentence: those of nobody or of the visitor, and those of others.
    fn sentence(
        &mut self,
        sentence: &Sentence<'_>,
        person: Option<usize>,
        [how, others]: [&'static str; 2],
        from: Option<Span>,
    ) {
        for actor in sentence.items.iter().filter_map(Item::actor) {
            let Some(office) = &actor.office else {
                continue;
            };
            let of = actor.name.as_ref().map(|n| self.reader.people.find(n));
            let how = if of.is_none_or(|of| of.is_some() && of == person) {
                how
            } else {
                others
            };
            self.add(self.reader.role_name(office.role), how, from);
        }
    }

    /// Which of the offices the visitor is known to have held then.
    fn led(&mut self, fact: &Fact, year: Option<i32>) {
        let Some(Value::Person(person)) = fact.get(Slot::Visitor) else {
            return;
        };
        let leaders = Leaders::embedded().named(&person.name);
        if leaders.is_empty() {
            return;
        }
        for (at, role) in self.roles.iter().enumerate() {
            let fits = |then: Option<i32>| leaders.iter().any(|l| l.held(role, then));
            let how = match year {
                Some(year) if fits(Some(year)) => "led-then",
                None if fits(None) => "led",
                Some(_) if fits(None) => "led-once",
                Some(_) | None => "not-led",
            };
            self.written.push(Written::new(at, how));
        }
    }
}

/// The year of the first date of a sentence.
fn year_of(sentence: &Sentence<'_>) -> Option<i32> {
    sentence.items.iter().find_map(|item| {
        let ItemKind::Date(found) = &item.kind else {
            return None;
        };
        found.date.as_ref().and_then(Edtf::year)
    })
}

/// A visit of which the office is asked.
struct Asked<'r, 'a> {
    fact: &'r Fact,
    asker: Asker<'r>,
    offices: Offices<'r, 'a>,
}

impl<'r> Asked<'r, '_> {
    fn options(&self) -> Vec<Fills<'r>> {
        let p = "visit.role";
        let own = self.fact.has(Slot::Role).then_some(0);
        let mut found = self.asker.options(p, "", own, &self.offices.written);
        for option in &mut found {
            let Some(role) = option.at.and_then(|at| self.offices.roles.get(at)) else {
                continue;
            };
            option.features.add(&[p, "|role:", role]);
            let longer = |other: &&String| *other != role && other.contains(role.as_str());
            if self.offices.roles.iter().any(|r| longer(&r)) {
                option.features.add(&[p, "|part"]);
            }
        }
        found.retain(|o| o.at.is_none_or(|at| o.at == own || self.can_hold(at)));
        found.sort_by_key(|o| o.at != own);
        found
    }

    /// "King Otto visited Lima. Juan Rojas visited Bamako": nobody is a king whom the text does not call so, nor what the other state has.
    fn can_hold(&self, at: usize) -> bool {
        let reader = self.offices.reader;
        let Some(role) = self.offices.roles.get(at) else {
            return false;
        };
        let from = reader.body_in(self.fact, Slot::From);
        let other = reader.side_of_head(role).zip(from);
        if other.is_some_and(|(side, from)| !reader.same_state(side, from)) {
            return false;
        }
        // "Prime Minister A visited Lima and B visited Quito": an office that the text gives to others alone is not his.
        let told = self.offices.written.iter().filter(|w| w.at == at);
        let own = |w: &&Written| w.how.starts_with("held") || w.how.starts_with("led");
        let free = |w: &&Written| !w.how.ends_with("-other") && w.how != "not-led";
        told.clone().any(|w| own(&w)) || !is_royal(role) && told.clone().any(|w| free(&w))
    }

    fn holding(&self, at: Option<usize>) -> Fact {
        let mut fact = self.fact.clone();
        if at == Some(0) && self.fact.has(Slot::Role) {
            return fact;
        }
        let reader = self.offices.reader;
        let role = at.and_then(|at| self.offices.roles.get(at));
        let of = reader.body_in(&fact, Slot::From);
        put(
            &mut fact,
            Slot::Role,
            role.map(|r| reader.office_value(r, of)),
        );
        fact
    }

    fn likeliest(&self) -> (Fact, Option<Span>) {
        let options = self.options();
        let at = best(&options);
        let mut told = self.offices.written.iter().filter(|w| Some(w.at) == at);
        let from = told.find_map(|w| w.from);
        (self.holding(at), from)
    }
}

fn asked<'r, 'a>(
    reader: &'r Reader<'a>,
    unheld: &Unheld,
    model: Option<&'r Model>,
    (fact, rule): (&'r Fact, &'r str),
    index: usize,
) -> Asked<'r, 'a> {
    let leads = match fact.get(Slot::Visitor) {
        Some(Value::Person(person)) if !Leaders::embedded().named(&person.name).is_empty() => {
            "leader"
        }
        Some(_) | None => "other",
    };
    Asked {
        fact,
        asker: Asker {
            model,
            rule,
            sort: leads,
        },
        offices: Offices::of(reader, unheld, fact, index),
    }
}

fn asks(claim: &Claim) -> bool {
    claim.fact.kind == Kind::Visit && claim.fact.has(Slot::Visitor) && claim.holds()
}

/// The visits of a document with the offices that the visitors may have held.
pub(super) fn roles<'f>(
    reader: &Reader<'_>,
    told: &ByRules<'_>,
    drafts: impl Iterator<Item = (usize, &'f Fact)>,
) -> Vec<Seat> {
    let unheld = Unheld::new(reader);
    let by_rules = told.all().filter(|(_, c)| asks(c));
    let by_rules = by_rules.map(|(at, c)| (*at, &c.fact, rule(c)));
    let drafts = drafts.filter(|(_, fact)| fact.has(Slot::Visitor));
    by_rules
        .chain(drafts.map(|(at, fact)| (at, fact, "visit.likely")))
        .filter_map(|(index, fact, rule)| {
            let asked = asked(reader, &unheld, None, (fact, rule), index);
            let choices = asked.options().into_iter().map(|o| Choice {
                fact: asked.holding(o.at),
                features: o.features.names,
            });
            Some(Seat {
                roles: choices.collect(),
                ..Seat::of(fact, reader.sentences.get(index)?.span)
            })
        })
        .collect()
}

/// Gives the visits of a document the offices that the visitors most likely held.
pub(super) fn give(reader: &Reader<'_>, claims: &mut [Claim], model: &Model) {
    if !claims.iter().any(asks) {
        return;
    }
    let unheld = Unheld::new(reader);
    for claim in claims.iter_mut().filter(|c| asks(c)) {
        let Some(index) = reader.sentence_index(claim.statement().start) else {
            continue;
        };
        let told = (&claim.fact, rule(claim));
        let (fact, from) = asked(reader, &unheld, Some(model), told, index).likeliest();
        refill(claim, fact, from);
    }
}
