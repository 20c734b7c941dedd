//! A fact → the line that a page shows of it, in the reader's language: its date, who and what it names, and the sentences that tell it.

use super::dates;
use super::facts::{Fact, Line, Piece, local, page};
use super::frame::Frame;
use crate::serve::names::Names;
use crate::serve::ontology;
use crate::serve::rows::Value;
use std::collections::BTreeSet;

/// Most sentences that a line shows.
const SENTENCES: usize = 4;

/// Shows facts in a language.
pub(in crate::serve) struct Teller<'t> {
    /// The page around them.
    pub(in crate::serve) frame: &'t Frame,
    /// Names of what they lead to.
    pub(in crate::serve) names: &'t Names,
}

impl Teller<'_> {
    /// A thing under its name.
    pub(in crate::serve) fn thing(&self, iri: &str) -> Piece {
        let frame = self.frame;
        let label = self
            .names
            .of_iri(iri)
            .and_then(|thing| frame.language.best(&thing.labels))
            .or_else(|| frame.language.best(ontology::labels(iri)));
        let address = page(iri, &frame.base);
        Piece {
            text: label.map_or_else(
                || {
                    iri.strip_prefix(&frame.base)
                        .unwrap_or_else(|| local(iri))
                        .to_owned()
                },
                |label| label.text.clone(),
            ),
            address: if address.starts_with('/') {
                frame.to(&address)
            } else {
                address
            },
            language: label
                .and_then(|label| label.language.clone())
                .filter(|language| language != frame.code())
                .unwrap_or_default(),
        }
    }

    /// A value: a thing under its name, a date in words, a word of the data by its name.
    pub(in crate::serve) fn value(&self, value: &Value) -> Piece {
        let language = value.language.clone().unwrap_or_default();
        match (value.kind.as_str(), value.datatype.as_deref()) {
            ("uri", _) => self.thing(&value.text),
            (_, Some(kind)) if kind.ends_with("EDTF") || kind.ends_with("#date") => {
                Piece::plain(dates::said(&value.text, self.frame.language))
            }
            _ if language.is_empty() => Piece::plain(self.frame.value(&value.text)),
            _ => Piece {
                text: value.text.clone(),
                address: String::new(),
                language,
            },
        }
    }

    fn values(&self, fact: &Fact, property: &str) -> Vec<Piece> {
        fact.all(property)
            .iter()
            .map(|value| self.value(value))
            .collect()
    }

    /// Values one behind the other.
    fn joined(&self, fact: &Fact, properties: &[&str], between: &str) -> Vec<Piece> {
        let mut out: Vec<Piece> = Vec::new();
        for property in properties {
            for piece in self.values(fact, property) {
                if out.contains(&piece) {
                    continue;
                }
                if !out.is_empty() {
                    out.push(Piece::plain(between));
                }
                out.push(piece);
            }
        }
        out
    }

    /// The line of a fact; `sides` are the IRIs of one side and of the other, where a page has two.
    pub(in crate::serve) fn line(
        &self,
        fact: &Fact,
        sides: Option<(&BTreeSet<String>, &BTreeSet<String>)>,
    ) -> Line {
        let (start, end) = fact.period();
        let lasts = matches!(
            fact.class,
            "MissionPhase" | "Appointment" | "OrganisationMembership"
        );
        let date = if lasts || !end.is_empty() {
            dates::span(&start, &end, self.frame.language)
        } else {
            dates::said(&start, self.frame.language)
        };
        let mut head = self.head(fact);
        if head.is_empty() {
            let label = self.frame.language.label(fact.all("label"));
            head.push(Piece::plain(label.unwrap_or_else(|| local(&fact.iri))));
        }
        let mut sentences = fact.sentences.clone();
        sentences.dedup_by(|a, b| a.quote == b.quote && a.title == b.title);
        let documents: BTreeSet<&String> = sentences.iter().map(|one| &one.title).collect();
        let documents = documents.len();
        let told = sentences.len();
        sentences.truncate(SENTENCES);
        for sentence in &mut sentences {
            sentence.address = self.frame.to(&sentence.address);
        }
        Line {
            iri: fact.iri.clone(),
            address: self.frame.to(page(&fact.iri, &self.frame.base)),
            class: fact.class,
            date,
            edtf: start,
            head,
            notes: self.notes(fact),
            way: sides.map_or("", |(one, other)| way(fact, one, other)),
            told,
            sentences,
            documents,
            disputed: fact.disputed,
        }
    }

    fn head(&self, fact: &Fact) -> Vec<Piece> {
        let arrow = |mut from: Vec<Piece>, to: Vec<Piece>| {
            if !from.is_empty() && !to.is_empty() {
                from.push(Piece::plain(" → "));
            }
            from.extend(to);
            from
        };
        let titled = |mut title: Vec<Piece>, rest: Vec<Piece>| {
            if !title.is_empty() && !rest.is_empty() {
                title.push(Piece::plain(" · "));
            }
            title.extend(rest);
            title
        };
        let word = |property: &str| -> Vec<Piece> {
            let text = fact.text(property);
            if text.is_empty() {
                Vec::new()
            } else {
                vec![Piece::plain(capital(&self.frame.value(text)))]
            }
        };
        let to_city = |receiving: &str| {
            let city = self.joined(fact, &["city"], ", ");
            if city.is_empty() {
                self.joined(fact, &[receiving], ", ")
            } else {
                city
            }
        };
        match fact.class {
            "Visit" => {
                let who = self.joined(fact, &["visitor"], ", ");
                let who = if who.is_empty() {
                    self.joined(fact, &["role"], ", ")
                } else {
                    who
                };
                let to = self.joined(fact, &["to"], ", ");
                let to = if to.is_empty() { to_city("to") } else { to };
                titled(who, arrow(self.joined(fact, &["from"], ", "), to))
            }
            "Treaty" => {
                let mut name = self.thing(&fact.iri);
                // without the year that the label has; it stands beside
                if let Some(title) = self.frame.language.best(fact.all("title")) {
                    name.text = capital(&title.text);
                }
                vec![name]
            }
            "MissionPhase" => titled(
                word("missionKind"),
                arrow(self.joined(fact, &["sending"], ", "), to_city("receiving")),
            ),
            "MissionEvent" => titled(
                word("missionEvent"),
                arrow(
                    self.joined(fact, &["sending", "actor"], ", "),
                    to_city("receiving"),
                ),
            ),
            "RelationEvent" => titled(
                word("relationEvent"),
                if fact.all("actor").is_empty() {
                    self.joined(fact, &["party"], " – ")
                } else {
                    let acts: Vec<&Value> = fact.all("actor").iter().collect();
                    let others = fact
                        .all("party")
                        .iter()
                        .filter(|party| !acts.contains(party));
                    let others: Vec<Piece> = others.map(|party| self.value(party)).collect();
                    arrow(self.joined(fact, &["actor"], ", "), others)
                },
            ),
            "Appointment" => titled(
                self.joined(fact, &["person"], ", "),
                self.joined(fact, &["role"], ", "),
            ),
            "Meeting" => self.joined(
                fact,
                &["participant", "foundParticipant", "participantRole"],
                " – ",
            ),
            "OrganisationMembership" => arrow(
                self.joined(fact, &["state"], ", "),
                self.joined(fact, &["organisation"], ", "),
            ),
            "Observation" => {
                let amount = self.amount(fact);
                titled(
                    titled(word("measure"), self.joined(fact, &["of"], " – ")),
                    vec![Piece::plain(amount)],
                )
            }
            _ => Vec::new(),
        }
    }

    /// A number with its unit.
    pub(in crate::serve) fn amount(&self, fact: &Fact) -> String {
        let amount = fact.text("amount");
        let whole = amount
            .parse::<usize>()
            .map_or_else(|_| amount.to_owned(), |n| self.frame.number(n));
        let unit = fact.text("unit");
        if unit.is_empty() {
            whole
        } else {
            format!("{whole} {}", self.frame.value(unit))
        }
    }

    fn notes(&self, fact: &Fact) -> Vec<(String, Vec<Piece>)> {
        let shown: &[&str] = match fact.class {
            "Visit" => &["role", "city", "visitKind", "topic"],
            "Treaty" => &[
                "treatyKind",
                "party",
                "topic",
                "adopted",
                "inForce",
                "ended",
            ],
            "MissionPhase" => &["receiving", "address", "status"],
            "MissionEvent" => &["missionKind", "receiving", "actor", "deadline"],
            "Appointment" => &["mission", "city"],
            "Meeting" => &["place", "topic"],
            "RelationEvent" => &["topic"],
            "OrganisationMembership" => &["status"],
            _ => &[],
        };
        shown
            .iter()
            .map(|property| {
                let values = fact.all(property).iter();
                // "other" says nothing
                let values = values.filter(|value| value.text != "other");
                let values: Vec<Piece> = values.map(|value| self.value(value)).collect();
                (self.property(property), values)
            })
            .filter(|(_, values)| !values.is_empty())
            .collect()
    }

    /// A property of the ontology by its name, from its local name.
    fn property(&self, name: &str) -> String {
        self.term(&format!("{}#{name}", ontology::IRI))
    }

    /// A term of the ontology, or of another that the site has a word for, by its name.
    pub(in crate::serve) fn term(&self, iri: &str) -> String {
        match self.frame.language.label(ontology::labels(iri)) {
            Some(label) => capital(label),
            None => self.frame.say_of("term", local(iri)),
        }
    }
}

/// Properties that name where a fact comes from.
pub(in crate::serve) const FROM: [&str; 3] = ["from", "sending", "actor"];
/// Properties that name where it goes to.
pub(in crate::serve) const TO: [&str; 3] = ["to", "receiving", "party"];

/// Which way a fact goes between two sides.
fn way(fact: &Fact, one: &BTreeSet<String>, other: &BTreeSet<String>) -> &'static str {
    let is = |properties: &[&str], side: &BTreeSet<String>| {
        properties
            .iter()
            .flat_map(|property| fact.all(property))
            .any(|value| side.contains(&value.text))
    };
    match (
        is(&FROM, one) && is(&TO, other),
        is(&FROM, other) && is(&TO, one),
    ) {
        (true, false) => "a",
        (false, true) => "b",
        (true, true) | (false, false) => "",
    }
}

/// With a capital letter at its head.
pub(in crate::serve) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
