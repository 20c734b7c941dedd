//! Facts of a store that Wikidata lacks → statements for it, with qualifiers and references; as commands of QuickStatements or for people.
//!
//! Only what is certain goes: linked entities, facts on which no source disagrees, dates as precise as the text gives them, and a document with an
//! address to refer to. Nothing is edited by this program.

use super::properties::*;
use super::{Item, Qid};
use crate::fact::Edtf;
use crate::query::{Answer, QueryError, Request, answer};
use crate::store::Store;
use crate::triples::vocabulary::PREFIXES;
use oxigraph::model::Term;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Longest quotation, in characters: what Wikidata takes.
const LONGEST: usize = 1500;

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
        let text = |term: Option<Term>| match term {
            Some(Term::Literal(literal)) => literal.value().to_owned(),
            Some(Term::NamedNode(node)) => node.into_string(),
            Some(Term::BlankNode(_) | Term::Triple(_)) | None => String::new(),
        };
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
fn point(date: &str) -> Option<Edtf> {
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

impl Value {
    /// As QuickStatements writes it: `Q419`, `+1964-11-20T00:00:00Z/11`.
    fn command(&self) -> String {
        match self {
            Self::Item(id) => id.to_string(),
            Self::Date(date) => {
                let day = date.start.unwrap_or(crate::fact::Day::year(1));
                let (month, of_day) = (day.month.unwrap_or(0), day.day.unwrap_or(0));
                let precision = match (date.decade, day.month, day.day) {
                    (true, ..) => 8,
                    (false, None, _) => 9,
                    (false, Some(_), None) => 10,
                    (false, Some(_), Some(_)) => 11,
                };
                format!(
                    "+{:04}-{month:02}-{of_day:02}T00:00:00Z/{precision}",
                    day.year
                )
            }
        }
    }
}

impl Statements {
    /// As commands of QuickStatements, version 1: a statement to a line, its parts divided by tabs. `retrieved` is the day on which the documents
    /// were read.
    #[must_use]
    pub fn commands(&self, retrieved: &Edtf) -> String {
        let mut out = String::new();
        for one in &self.statements {
            let mut line = format!("{}\t{}\t{}", one.subject, one.property, one.value.command());
            for (property, value) in &one.qualifiers {
                // Writing to a text never fails.
                let _ = write!(line, "\t{property}\t{}", value.command());
            }
            for reference in &one.references {
                let source = |property: Property| property.to_string().replacen('P', "S", 1);
                // The second reference of a statement begins with !S.
                let begin = if line.contains("\tS") { "!" } else { "" };
                let url = reference.url.replace('"', "%22");
                let _ = write!(line, "\t{begin}{}\t\"{url}\"", source(REFERENCE_URL));
                let quotable = !reference.quote.is_empty()
                    && !reference.quote.contains('"')
                    && !reference.lang.is_empty()
                    && reference.quote.chars().count() <= LONGEST;
                if quotable {
                    let _ = write!(
                        line,
                        "\t{}\t{}:\"{}\"",
                        source(QUOTE),
                        reference.lang,
                        reference.quote
                    );
                }
                let day = Value::Date(*retrieved).command();
                let _ = write!(line, "\t{}\t{day}", source(RETRIEVED));
            }
            out.push_str(&line);
            out.push('\n');
        }
        out
    }

    /// For people: what would be added, and what is left out.
    #[must_use]
    pub fn report(&self) -> String {
        let name = |id: &Qid| match self.labels.get(id) {
            Some(label) => format!("{label} ({id})"),
            None => id.to_string(),
        };
        let value = |value: &Value| match value {
            Value::Item(id) => name(id),
            Value::Date(date) => date.to_string(),
        };
        let label = |property: Property| {
            let known = PROPERTIES.iter().find(|(one, _)| *one == property);
            known.map_or_else(
                || property.to_string(),
                |(_, label)| format!("{label} ({property})"),
            )
        };
        let mut out = String::new();
        for one in &self.statements {
            let _ = writeln!(
                out,
                "{}: {} = {}",
                name(&one.subject),
                label(one.property),
                value(&one.value)
            );
            for (property, of) in &one.qualifiers {
                let _ = writeln!(out, "    {}: {}", label(*property), value(of));
            }
            for reference in &one.references {
                let _ = writeln!(out, "    {}\n      “{}”", reference.url, reference.quote);
            }
        }
        out
    }

    /// What was left out, in words.
    #[must_use]
    pub fn summary(&self) -> String {
        format!(
            "{} statements; left out: {} that Wikidata has, {} on which sources disagree, {} without a document that has an address; {} could not be compared with what Wikidata has",
            self.statements.len(),
            self.there,
            self.disputed,
            self.without_address,
            self.unseen
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_precise_as_they_are() {
        for (date, command) in [
            ("1964", "+1964-00-00T00:00:00Z/9"),
            ("1964-11", "+1964-11-00T00:00:00Z/10"),
            ("1964-11-20", "+1964-11-20T00:00:00Z/11"),
            ("196X", "+1960-00-00T00:00:00Z/8"),
        ] {
            assert_eq!(Value::Date(point(date).unwrap()).command(), command);
        }
        for none in ["1964~", "1964/..", "1960/1964", "", "soon"] {
            assert!(point(none).is_none(), "{none}");
        }
    }

    #[test]
    fn a_line_has_qualifiers_and_references() {
        let reference = |url: &str| Reference {
            url: url.to_owned(),
            lang: "en".to_owned(),
            quote: "Peru joined in 1945.".to_owned(),
        };
        let statements = Statements {
            statements: vec![Statement {
                subject: Qid(419),
                property: MEMBER_OF,
                value: Value::Item(Qid(1065)),
                qualifiers: vec![(START, Value::Date(point("1945").unwrap()))],
                references: vec![
                    reference("https://example.org/a"),
                    reference("https://example.org/b"),
                ],
            }],
            ..Statements::default()
        };
        assert_eq!(
            statements.commands(&point("2026-11-26").unwrap()),
            "Q419\tP463\tQ1065\tP580\t+1945-00-00T00:00:00Z/9\tS854\t\"https://example.org/a\"\tS1683\ten:\"Peru joined in 1945.\"\tS813\t+2026-11-26T00:00:00Z/11\t!S854\t\"https://example.org/b\"\tS1683\ten:\"Peru joined in 1945.\"\tS813\t+2026-11-26T00:00:00Z/11\n"
        );
    }
}
