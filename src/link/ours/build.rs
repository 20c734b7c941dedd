//! A store → the file of its entities: names, what they are, and what tells them from their namesakes, as items of an index.

use super::tenure::{Tenure, settle};
use super::{CLASS, GOVERNMENT, IRI, OursError, WIKIDATA};
use crate::fact::{Day, YearMonthDay};
use crate::link::index::{IndexBuilder, Keep, keys};
use crate::link::names::folded;
use crate::link::properties::{
    CITIZENSHIP, COUNTRY, END, JURISDICTION, LOCATION, OPERATOR, PARTICIPANT, Property, SIGNATORY,
    START,
};
use crate::link::subject::{Subject, with_visits};
use crate::link::{Item, ItemType, Position, Qid, When};
use crate::query::{Answer, Request, answer, plain};
use crate::store::Store;
use crate::triples::vocabulary::PREFIXES;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Most neighbours that a description names.
const NAMED: usize = 3;

/// Reads the entities of a store and writes them to a file, which is there whole or not at all; gives their number.
///
/// # Errors
/// [`OursError`] when the store can't be asked or the file can't be written.
pub fn learn(store: &Store, file: &Path) -> Result<u64, OursError> {
    let subjects = with_visits(store)?;
    let ids: BTreeMap<&str, Qid> = (1..)
        .zip(subjects.keys())
        .map(|(number, iri)| (iri.as_str(), Qid(number)))
        .collect();
    let graph = Graph {
        items: items_of_wikidata(store)?,
        tenures: tenures(&subjects),
        subjects: &subjects,
        ids,
    };
    let mut builder = IndexBuilder::new(Keep {
        types: ItemType::ALL.to_vec(),
        languages: Vec::new(),
        all_persons: true,
    })?;
    for subject in subjects.values() {
        if let Some(item) = graph.item(subject) {
            let keys = later_words(&item);
            builder.take_with(item, keys)?;
        }
    }
    Ok(builder.finish(file)?.items)
}

struct Graph<'s> {
    subjects: &'s BTreeMap<String, Subject>,
    ids: BTreeMap<&'s str, Qid>,
    /// Holder → tenures.
    tenures: BTreeMap<String, Vec<Tenure>>,
    items: BTreeMap<String, Vec<String>>,
}

impl Graph<'_> {
    fn item(&self, subject: &Subject) -> Option<Item> {
        let kind = subject.kind?;
        let mut item = Item::new(*self.ids.get(subject.iri.as_str())?);
        item.types = vec![kind];
        item.pages.push((IRI.to_owned(), subject.iri.clone()));
        if subject.government {
            item.types.push(ItemType::Organisation);
            item.pages.push((CLASS.to_owned(), GOVERNMENT.to_owned()));
        }
        for same in self.items.get(&subject.iri).into_iter().flatten() {
            item.pages.push((WIKIDATA.to_owned(), same.clone()));
        }
        item.labels.push(("mul".to_owned(), subject.label.clone()));
        item.aliases = subject.names.iter().cloned().collect();
        // ISO codes of states, abbreviations of organisations
        if matches!(kind, ItemType::State | ItemType::Organisation)
            && let Some(key) = &subject.key
        {
            item.aliases.push((String::new(), key.clone()));
        }
        item.coordinates = subject.at;
        let states = match kind {
            ItemType::Person => CITIZENSHIP,
            ItemType::Office => JURISDICTION,
            ItemType::State
            | ItemType::City
            | ItemType::Organisation
            | ItemType::Mission
            | ItemType::Treaty
            | ItemType::Relation
            | ItemType::Visit => COUNTRY,
        };
        let parties = if kind == ItemType::Treaty {
            SIGNATORY
        } else {
            PARTICIPANT
        };
        self.lead(&mut item, states, &subject.states);
        self.lead(&mut item, OPERATOR, &subject.sending);
        self.lead(&mut item, COUNTRY, &subject.receiving);
        self.lead(&mut item, LOCATION, &subject.cities);
        self.lead(&mut item, parties, &subject.parties);
        if let Some((first, last)) = subject.seen {
            item.dates = vec![(START.0, when(first)), (END.0, when(last))];
        }
        item.positions = self.positions(subject);
        item.description = self.describe(subject, kind);
        Some(item)
    }

    fn lead(&self, item: &mut Item, property: Property, to: &BTreeSet<String>) {
        let ids = to.iter().filter_map(|iri| self.ids.get(iri.as_str()));
        item.links.extend(ids.map(|id| (property.0, *id)));
    }

    fn positions(&self, subject: &Subject) -> Vec<Position> {
        let dated = self.tenures.get(&subject.iri).into_iter().flatten();
        let dated = dated.filter_map(|tenure| {
            Some(Position {
                office: *self.ids.get(tenure.office.as_str())?,
                start: Some(when(tenure.from)),
                end: Some(when(tenure.until)),
            })
        });
        let undated = subject
            .held
            .iter()
            .filter(|held| held.from.or(held.until).is_none());
        let undated = undated.filter_map(|held| {
            Some(Position {
                office: *self.ids.get(held.office.as_str())?,
                start: None,
                end: None,
            })
        });
        dated.chain(undated).collect()
    }

    /// Names of neighbours; those that have none are not told.
    fn labels(&self, iris: &BTreeSet<String>) -> String {
        let named = iris.iter().filter_map(|iri| self.subjects.get(iri));
        let mut labels: Vec<&str> = named.map(|subject| subject.label.as_str()).collect();
        if labels.len() > NAMED {
            labels.truncate(NAMED);
            labels.push("…");
        }
        labels.join(", ")
    }

    /// A few words that tell an entity from its namesakes.
    fn describe(&self, subject: &Subject, kind: ItemType) -> String {
        let years = match subject.seen {
            Some((first, last)) if first.0 == last.0 => first.0.to_string(),
            Some((first, last)) => format!("{}–{}", first.0, last.0),
            None => String::new(),
        };
        let from_to = || {
            let sides = [&subject.sending, &subject.receiving].map(|side| self.labels(side));
            sides.join(" → ")
        };
        let parts = match kind {
            ItemType::Person => {
                let offices: BTreeSet<String> = subject
                    .held
                    .iter()
                    .map(|held| held.office.clone())
                    .collect();
                let offices = self.labels(&offices);
                let known = if offices.is_empty() {
                    self.labels(&subject.states)
                } else {
                    offices
                };
                ["person".to_owned(), known, years]
            }
            ItemType::State if subject.government => [
                "government".to_owned(),
                self.labels(&subject.states),
                String::new(),
            ],
            ItemType::State | ItemType::Organisation => {
                [kind.name().to_owned(), String::new(), String::new()]
            }
            ItemType::City | ItemType::Office => [
                kind.name().to_owned(),
                self.labels(&subject.states),
                String::new(),
            ],
            ItemType::Mission => [
                "mission".to_owned(),
                from_to(),
                self.labels(&subject.cities),
            ],
            ItemType::Treaty | ItemType::Relation => {
                [kind.name().to_owned(), self.labels(&subject.parties), years]
            }
            ItemType::Visit => ["visit".to_owned(), from_to(), years],
        };
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join("; ")
    }
}

/// When each person had which office, those that are open with their last days.
fn tenures(subjects: &BTreeMap<String, Subject>) -> BTreeMap<String, Vec<Tenure>> {
    let mut all: Vec<Tenure> = subjects
        .values()
        .flat_map(|subject| {
            subject.held.iter().filter_map(|held| {
                Some(Tenure {
                    office: held.office.clone(),
                    from: held.from.or(held.until)?,
                    until: held.until.or(held.from)?,
                    open: held.open,
                    holder: subject.iri.clone(),
                })
            })
        })
        .collect();
    settle(&mut all);
    let mut of: BTreeMap<String, Vec<Tenure>> = BTreeMap::new();
    for tenure in all {
        of.entry(tenure.holder.clone()).or_default().push(tenure);
    }
    of
}

fn when((year, month, day): YearMonthDay) -> When {
    When {
        day: Day {
            year,
            month: Some(month),
            day: Some(day),
        },
        years: 1,
    }
}

/// The items of Wikidata that entities are the same as.
fn items_of_wikidata(store: &Store) -> Result<BTreeMap<String, Vec<String>>, OursError> {
    let request = Request::new("SELECT ?s ?i WHERE { ?s owl:sameAs ?i }").knowing(PREFIXES);
    let mut items: BTreeMap<String, Vec<String>> = BTreeMap::new();
    if let Answer::Rows { rows, .. } = answer(store, &request)? {
        for row in rows {
            if let [Some(entity), Some(item)] = row.as_slice()
                && let Some(id) = Qid::of_iri(&plain(item))
            {
                let ids = items.entry(plain(entity)).or_default();
                ids.push(id.to_string());
            }
        }
    }
    Ok(items)
}

/// Keys of what follows the first word of a name: who types a surname finds its bearers.
fn later_words(item: &Item) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    let names = item.names().map(|(_, name)| folded(name));
    for name in names.filter(|name| name.len() <= keys::LONGEST) {
        let later = name
            .match_indices(' ')
            .filter_map(|(at, _)| name.get(at + 1..));
        keys.extend(later.map(|words| format!("w{words}")));
    }
    keys
}
