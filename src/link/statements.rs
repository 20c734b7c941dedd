//! Facts of a store that Wikidata lacks → statements for it, with qualifiers and references.
//!
//! Only what is certain goes: linked entities, facts on which no source disagrees, dates as precise as the text gives them, and a document with an
//! address to refer to. Nothing is edited by this program.

use super::properties::*;
use super::{Item, Qid};
use crate::fact::Edtf;
use crate::query::{Answer, QueryError, Request, answer, plain};
use crate::store::Store;
use crate::triples::vocabulary::PREFIXES;
use oxigraph::model::Term;
use std::collections::{BTreeMap, BTreeSet};

/// The value of a statement or qualifier.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// An item.
    Item(Qid),
    /// A date of one point.
    Date(Edtf),
}

/// Where a fact stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reference {
    /// Address of the document.
    pub url: String,
    /// Language tag of the document.
    pub lang: String,
    /// The words.
    pub quote: String,
}

/// A statement that Wikidata lacks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Statement {
    /// The item that it is of.
    pub subject: Qid,
    /// Its property.
    pub property: Property,
    /// Its value.
    pub value: Value,
    /// Qualifiers, in order.
    pub qualifiers: Vec<(Property, Value)>,
    /// References, in order.
    pub references: Vec<Reference>,
}

/// What was found, and what was left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statements {
    /// What Wikidata lacks, sorted.
    pub statements: Vec<Statement>,
    /// Labels of items, for people.
    pub labels: BTreeMap<Qid, String>,
    /// Facts that Wikidata has already.
    pub there: usize,
    /// Facts on which sources disagree.
    pub disputed: usize,
    /// Facts whose documents have no address to refer to.
    pub without_address: usize,
    /// Statements about items that could not be looked at: they may be there already.
    pub unseen: usize,
}

/// Finds what Wikidata lacks; `look` gives an item as Wikidata has it, where it can be looked at.
///
/// # Errors
/// [`QueryError`] when the store cannot be asked.
pub fn statements(
    store: &Store,
    look: &dyn Fn(Qid) -> Option<Item>,
) -> Result<Statements, QueryError> {
    let mut finder = Finder {
        store,
        found: Statements::default(),
        drafts: BTreeMap::new(),
    };
    finder.memberships()?;
    finder.relations()?;
    finder.missions()?;
    finder.positions()?;
    finder.signatories()?;
    finder.finish(look)
}

/// A statement without references, and the facts that it rests on.
type Draft = (Qid, Property, Value, Vec<(Property, Value)>);

struct Finder<'s> {
    store: &'s Store,
    found: Statements,
    drafts: BTreeMap<Draft, BTreeSet<String>>,
}

impl Finder<'_> {
    fn rows(&self, sparql: &str) -> Result<Vec<Vec<String>>, QueryError> {
        let request = Request::new(sparql).knowing(PREFIXES);
        let Answer::Rows { rows, .. } = answer(self.store, &request)? else {
            return Ok(Vec::new());
        };
        let text = |term: Option<Term>| term.as_ref().map(plain).unwrap_or_default();
        Ok(rows
            .into_iter()
            .map(|row| row.into_iter().map(text).collect())
            .collect())
    }

    /// A statement that rests on a fact; dates that are no single point are left out.
    fn draft(
        &mut self,
        fact: &str,
        subject: &str,
        property: Property,
        value: Value,
        dates: &[(Property, &str)],
    ) {
        let Some(subject) = Qid::of_iri(subject) else {
            return;
        };
        let qualifiers = dates
            .iter()
            .filter_map(|(property, date)| Some((*property, Value::Date(point(date)?))))
            .collect();
        let draft = (subject, property, value, qualifiers);
        self.drafts
            .entry(draft)
            .or_default()
            .insert(fact.to_owned());
    }

    fn memberships(&mut self) -> Result<(), QueryError> {
        let rows = self.rows(
            "SELECT ?e ?s ?o ?start ?end WHERE { ?e a dip:OrganisationMembership ; dip:state/owl:sameAs ?s ; dip:organisation/owl:sameAs ?o . OPTIONAL { ?e dip:start ?start } OPTIONAL { ?e dip:end ?end } }",
        )?;
        for row in rows {
            if let [fact, state, organisation, start, end] = row.as_slice()
                && let Some(organisation) = Qid::of_iri(organisation)
            {
                self.draft(
                    fact,
                    state,
                    MEMBER_OF,
                    Value::Item(organisation),
                    &[(START, start), (END, end)],
                );
            }
        }
        Ok(())
    }

    fn relations(&mut self) -> Result<(), QueryError> {
        let rows = self.rows(
            "SELECT ?e ?a ?b ?date WHERE { ?e a dip:RelationEvent ; dip:relationEvent \"established\" ; dip:party ?one , ?other ; dip:date ?date . ?one a dip:State ; owl:sameAs ?a . ?other a dip:State ; owl:sameAs ?b . FILTER(?one != ?other) }",
        )?;
        for row in rows {
            if let [fact, one, other, date] = row.as_slice()
                && let Some(other) = Qid::of_iri(other)
            {
                self.draft(
                    fact,
                    one,
                    DIPLOMATIC_RELATION,
                    Value::Item(other),
                    &[(START, date)],
                );
            }
        }
        Ok(())
    }

    fn missions(&mut self) -> Result<(), QueryError> {
        for (side, property) in [("dip:sending", OPERATOR), ("dip:receiving", COUNTRY)] {
            let query = format!(
                "SELECT ?m ?q ?o WHERE {{ ?m a dip:Mission ; owl:sameAs ?q ; {side}/owl:sameAs ?o }}"
            );
            for row in self.rows(&query)? {
                if let [fact, mission, state] = row.as_slice()
                    && let Some(state) = Qid::of_iri(state)
                {
                    self.draft(fact, mission, property, Value::Item(state), &[]);
                }
            }
        }
        for (date, property) in [("dip:opened", OPENED), ("dip:closed", CLOSED)] {
            let query = format!(
                "SELECT ?e ?q ?d WHERE {{ ?e dip:mission ?m ; {date} ?d . ?m owl:sameAs ?q }}"
            );
            for row in self.rows(&query)? {
                if let [fact, mission, date] = row.as_slice()
                    && let Some(date) = point(date)
                {
                    self.draft(fact, mission, property, Value::Date(date), &[]);
                }
            }
        }
        Ok(())
    }

    fn positions(&mut self) -> Result<(), QueryError> {
        let rows = self.rows(
            "SELECT ?e ?p ?o ?start ?end WHERE { ?e a dip:Appointment ; dip:person/owl:sameAs ?p ; dip:role/owl:sameAs ?o . OPTIONAL { ?e dip:start ?start } OPTIONAL { ?e dip:end ?end } }",
        )?;
        for row in rows {
            if let [fact, person, office, start, end] = row.as_slice()
                && let Some(office) = Qid::of_iri(office)
            {
                self.draft(
                    fact,
                    person,
                    POSITION_HELD,
                    Value::Item(office),
                    &[(START, start), (END, end)],
                );
            }
        }
        Ok(())
    }

    fn signatories(&mut self) -> Result<(), QueryError> {
        let rows = self.rows(
            "SELECT ?t ?q ?p ?signed WHERE { ?t a dip:Treaty ; owl:sameAs ?q ; dip:signed ?signed ; dip:party/owl:sameAs ?p }",
        )?;
        for row in rows {
            if let [fact, treaty, party, signed] = row.as_slice()
                && let Some(party) = Qid::of_iri(party)
            {
                self.draft(
                    fact,
                    treaty,
                    SIGNATORY,
                    Value::Item(party),
                    &[(POINT_IN_TIME, signed)],
                );
            }
        }
        Ok(())
    }

    fn finish(mut self, look: &dyn Fn(Qid) -> Option<Item>) -> Result<Statements, QueryError> {
        let disputed: BTreeSet<String> = self
            .rows("SELECT DISTINCT ?e WHERE { { ?c a dip:Conflict ; dip:about ?e } UNION { ?c a dip:Impossibility ; dip:about ?e } }")?
            .into_iter()
            .flatten()
            .collect();
        let labels =
            self.rows("SELECT ?q ?l WHERE { ?k a dip:Link ; dip:item ?q ; rdfs:label ?l }")?;
        for row in labels {
            if let [item, label] = row.as_slice()
                && let Some(id) = Qid::of_iri(item)
            {
                self.found.labels.insert(id, label.clone());
            }
        }
        let mut items: BTreeMap<Qid, Option<Item>> = BTreeMap::new();
        for ((subject, property, value, qualifiers), facts) in std::mem::take(&mut self.drafts) {
            let sure: Vec<&String> = facts
                .iter()
                .filter(|fact| !disputed.contains(*fact))
                .collect();
            if sure.is_empty() {
                self.found.disputed += 1;
                continue;
            }
            let item = items.entry(subject).or_insert_with(|| look(subject));
            match item {
                Some(item) if has(item, property, &value, &qualifiers) => {
                    self.found.there += 1;
                    continue;
                }
                Some(_) => {}
                None => self.found.unseen += 1,
            }
            let mut references = BTreeSet::new();
            for fact in sure {
                references.extend(self.references(fact)?);
            }
            if references.is_empty() {
                self.found.without_address += 1;
                continue;
            }
            self.found.statements.push(Statement {
                subject,
                property,
                value,
                qualifiers,
                references: references.into_iter().collect(),
            });
        }
        self.found.statements.sort();
        Ok(self.found)
    }

    /// The documents with an address that tell of a fact, each with its words.
    fn references(&self, fact: &str) -> Result<Vec<Reference>, QueryError> {
        let query = format!(
            "SELECT DISTINCT ?url ?lang ?quote WHERE {{ <{fact}> dip:supportedBy ?c . GRAPH ?g {{ ?c dip:quote ?quote . ?g dct:source ?url . OPTIONAL {{ ?g dct:language ?lang }} }} }}"
        );
        let mut by_url: BTreeMap<String, Reference> = BTreeMap::new();
        for row in self.rows(&query)? {
            if let [url, lang, quote] = row.as_slice() {
                let reference = Reference {
                    url: url.clone(),
                    lang: lang.clone(),
                    quote: quote.split_whitespace().collect::<Vec<_>>().join(" "),
                };
                let old = by_url
                    .entry(url.clone())
                    .or_insert_with(|| reference.clone());
                if reference < *old {
                    *old = reference;
                }
            }
        }
        Ok(by_url.into_values().collect())
    }
}

/// A date of one point that is not approximate.
pub(super) fn point(date: &str) -> Option<Edtf> {
    Edtf::parse(date).filter(|date| !date.interval && !date.approximate && date.start.is_some())
}

/// Whether an item has a statement already, or one that says otherwise of the same.
fn has(item: &Item, property: Property, value: &Value, qualifiers: &[(Property, Value)]) -> bool {
    match value {
        Value::Date(_) => item.date(property).is_some(),
        Value::Item(id) if property == POSITION_HELD => item.positions.iter().any(|position| {
            let start = qualifiers.iter().find_map(|(property, value)| match value {
                Value::Date(date) if *property == START => Some(date),
                Value::Date(_) | Value::Item(_) => None,
            });
            let same = match (start, position.start) {
                (Some(ours), Some(theirs)) => ours.compatible(&theirs.edtf()),
                (None, _) | (_, None) => true,
            };
            position.office == *id && same
        }),
        Value::Item(id) => item.linked(property).any(|other| other == *id),
    }
}
