//! Entities and properties → their values, as they were on a date where one is set (section "Data Extension Service").

use super::PREFIXES;
use super::asked::{object, refused, too_many};
use super::types::{self, local, named_type, property};
use crate::link::tenure::{Tenure, days, settle};
use crate::serve::Shared;
use crate::serve::problem::Problem;
use crate::serve::rows::{Row, Value as Term};
use oxigraph::model::NamedNode;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Most entities of one query.
const ENTITIES: usize = 500;
/// Most properties of one query.
const PROPERTIES: usize = 20;
/// A day as year, month and day.
type Day = (i32, u8, u8);

/// A property that is asked for.
#[derive(Debug)]
struct Wanted {
    id: String,
    name: String,
    to: Option<&'static str>,
    paths: Vec<String>,
    on: Option<(Day, Day)>,
    office: String,
    limit: usize,
}

/// A value with what orders it.
type Found = BTreeSet<(String, String, String)>;

/// The answer to a data extension query.
///
/// # Errors
/// What is wrong with the query, or which limit it met.
pub(super) async fn values(shared: &Shared, text: &str) -> Result<Value, Problem> {
    let query = object(text, "extend")?;
    let ids = list(&query, "ids")?;
    let properties = list(&query, "properties")?;
    if ids.len() > ENTITIES {
        return Err(too_many("ids", ENTITIES));
    }
    if properties.len() > PROPERTIES {
        return Err(too_many("properties", PROPERTIES));
    }
    let ids: Vec<&str> = ids
        .iter()
        .map(|id| {
            id.as_str()
                .ok_or_else(|| refused("ids", "an id must be a text"))
        })
        .collect::<Result<_, _>>()?;
    let wanted: Vec<Wanted> = properties.iter().map(read).collect::<Result<_, _>>()?;
    // an id that is no IRI is nobody's
    let iris: BTreeMap<String, &str> = ids
        .iter()
        .filter_map(|id| Some((iri(&shared.base, id)?, *id)))
        .collect();
    let mut rows: BTreeMap<&str, Map<String, Value>> =
        ids.iter().map(|id| (*id, Map::new())).collect();
    for one in &wanted {
        let found = one.ask(shared, &iris).await?;
        for (id, row) in &mut rows {
            let values = found.get(*id).map(|found| one.shown(found, shared));
            row.insert(one.id.clone(), values.unwrap_or_default().into());
        }
    }
    let meta: Vec<Value> = wanted.iter().map(Wanted::meta).collect();
    // in the order in which they were asked for
    let rows: Map<String, Value> = ids
        .iter()
        .filter_map(|id| Some(((*id).to_owned(), Value::Object(rows.remove(id)?))))
        .collect();
    Ok(json!({ "meta": meta, "rows": rows }))
}

/// The IRI of an entity by its id, if it is one.
pub(super) fn iri(base: &str, id: &str) -> Option<String> {
    let whole = if id.contains("://") {
        id.to_owned()
    } else {
        format!("{base}{id}")
    };
    (!id.is_empty() && NamedNode::new(&whole).is_ok()).then_some(whole)
}

fn list<'q>(query: &'q Map<String, Value>, name: &str) -> Result<&'q Vec<Value>, Problem> {
    let list = query.get(name).and_then(Value::as_array);
    list.ok_or_else(|| refused("extend", &format!("“{name}” must be a list")))
}

/// A property with its settings.
fn read(json: &Value) -> Result<Wanted, Problem> {
    let given = json.get("id").and_then(Value::as_str);
    let given = given.ok_or_else(|| refused("properties", "a property must have an “id”"))?;
    let setting = |name: &str| -> String {
        match json.get("settings").and_then(|all| all.get(name)) {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(text)) => text.trim().to_owned(),
            Some(other) => other.to_string(),
        }
    };
    let known = property(given);
    let paths = match known {
        Some(known) => known.paths(),
        None => vec![other(given)?],
    };
    let on = setting("date");
    let on = match on.as_str() {
        "" => None,
        text => Some(days(text).ok_or_else(|| {
            refused(
                "date",
                "it must be a day, a month or a year: 1964-11-20, 1964-11, 1964",
            )
        })?),
    };
    let limit = match setting("limit").as_str() {
        "" | "0" => usize::MAX,
        text => text
            .parse::<f64>()
            .ok()
            .filter(|limit| *limit >= 1.0)
            .ok_or_else(|| refused("limit", "it must be a positive number, or 0"))?
            as usize,
    };
    Ok(Wanted {
        id: given.to_owned(),
        name: known.map_or(local(given), |known| known.name).to_owned(),
        to: known.and_then(|known| known.to),
        paths,
        on,
        office: setting("office").to_lowercase(),
        limit,
    })
}

/// A property of the store that is not listed: by its name in the ontology, or its IRI.
fn other(id: &str) -> Result<String, Problem> {
    let plain = local(id);
    if plain.chars().all(char::is_alphanumeric) && !plain.is_empty() {
        return Ok(types::path(&format!("?s dip:{plain} ?v")));
    }
    match NamedNode::new(id) {
        Ok(node) => Ok(types::path(&format!("?s {node} ?v"))),
        Err(_) => Err(refused(
            "properties",
            "a property’s id must be a name or an IRI",
        )),
    }
}

impl Wanted {
    fn meta(&self) -> Value {
        let mut meta = Map::new();
        meta.insert("id".to_owned(), json!(self.id));
        meta.insert("name".to_owned(), json!(self.name));
        if let Some(class) = self.to.and_then(named_type) {
            meta.insert(
                "type".to_owned(),
                json!({ "id": class.id, "name": class.name }),
            );
        }
        Value::Object(meta)
    }

    /// Values by the id of the entity.
    async fn ask<'i>(
        &self,
        shared: &Shared,
        iris: &BTreeMap<String, &'i str>,
    ) -> Result<BTreeMap<&'i str, Found>, Problem> {
        let mut found: BTreeMap<&str, Found> = BTreeMap::new();
        if iris.is_empty() {
            return Ok(found);
        }
        let subjects: Vec<String> = iris.keys().map(|iri| format!("<{iri}>")).collect();
        let subjects = subjects.join(" ");
        // each path begins with the entities: so none is walked for all of the store
        let paths = self.paths.iter();
        let paths: Vec<String> = paths
            .map(|path| format!("{{ VALUES ?s {{ {subjects} }} {path} }}"))
            .collect();
        let paths = paths.join(" UNION ");
        let query = format!(
            "{PREFIXES}SELECT DISTINCT ?s ?v ?name ?e ?role ?office ?person ?start ?end ?first ?last WHERE {{
  {paths}
  OPTIONAL {{ ?v rdfs:label ?name }}
  OPTIONAL {{ ?e dip:earliest ?first ; dip:latest ?last . OPTIONAL {{ ?e dip:start ?start }} OPTIONAL {{ ?e dip:end ?end }} }}
  OPTIONAL {{ ?e dip:role ?role . ?role rdfs:label ?office }}
  OPTIONAL {{ ?e dip:person ?person }}
}}"
        );
        let rows = shared.rows(query).await?;
        let held = match self.on {
            Some(_) => tenures(shared, &rows).await?,
            None => Vec::new(),
        };
        for row in &rows {
            let (Some(subject), Some(value)) = (row.get("s"), row.get("v")) else {
                continue;
            };
            let Some(id) = iris.get(&subject.text) else {
                continue;
            };
            let named = text(row, "office").to_lowercase().contains(&self.office);
            if !named
                || !self
                    .on
                    .is_none_or(|(first, last)| is_so(row, &held, first, last))
            {
                continue;
            }
            let entity = value.kind == "uri";
            let name = if entity { text(row, "name") } else { "" };
            found.entry(id).or_default().insert((
                text(row, "first").to_owned(),
                value.text.clone(),
                name.to_owned(),
            ));
        }
        Ok(found)
    }

    /// Values, each once, those of earlier dates first.
    fn shown(&self, found: &Found, shared: &Shared) -> Vec<Value> {
        let mut seen = BTreeSet::new();
        found
            .iter()
            .filter(|(_, value, _)| seen.insert(value.as_str()))
            .take(self.limit)
            .map(|(_, value, name)| {
                let entity = value.strip_prefix(shared.base.as_str());
                match (entity, name.as_str(), self.id.as_str()) {
                    (_, _, "wikidata") => {
                        let id = value.rsplit('/').next().unwrap_or(value);
                        json!({ "str": id })
                    }
                    (Some(id), "", _) => json!({ "id": id, "name": id }),
                    (Some(id), name, _) => json!({ "id": id, "name": name }),
                    // dates stay texts: a year or a month must not become a day
                    (None, _, _) => json!({ "str": value }),
                }
            })
            .collect()
    }
}

fn text<'r>(row: &'r Row, name: &str) -> &'r str {
    row.get(name).map_or("", |term: &Term| term.text.as_str())
}

fn day(row: &Row, name: &str) -> Option<Day> {
    days(text(row, name)).map(|(day, _)| day)
}

/// Whether what a row tells was so within these days.
fn is_so(row: &Row, held: &[Tenure], first: Day, last: Day) -> bool {
    let (Some(from), Some(until)) = (day(row, "first"), day(row, "last")) else {
        return false;
    };
    let whole = held.iter().find(|tenure| {
        (tenure.office.as_str(), tenure.holder.as_str(), tenure.from)
            == (text(row, "role"), text(row, "person"), from)
    });
    let until = whole.map_or(until, |tenure| tenure.until);
    from <= last && first <= until
}

/// All who had the offices of these rows, so that one whose end is not told ends with the next.
async fn tenures(shared: &Shared, rows: &[Row]) -> Result<Vec<Tenure>, Problem> {
    let offices: BTreeSet<String> = rows
        .iter()
        .filter_map(|row| row.get("role"))
        .filter(|role| role.kind == "uri")
        .map(|role| format!("<{}>", role.text))
        .collect();
    if offices.is_empty() {
        return Ok(Vec::new());
    }
    let offices = offices.into_iter().collect::<Vec<_>>().join(" ");
    let rows = shared
        .rows(format!(
            "{PREFIXES}SELECT DISTINCT ?role ?person ?start ?end ?first ?last WHERE {{
  VALUES ?role {{ {offices} }}
  ?e a dip:Appointment ; dip:role ?role ; dip:person ?person ; dip:earliest ?first ; dip:latest ?last
  OPTIONAL {{ ?e dip:start ?start }} OPTIONAL {{ ?e dip:end ?end }}
}}"
        ))
        .await?;
    let mut held: Vec<Tenure> = rows
        .iter()
        .filter_map(|row| {
            Some(Tenure {
                office: text(row, "role").to_owned(),
                from: day(row, "first")?,
                until: day(row, "last")?,
                open: row.contains_key("start") && !row.contains_key("end"),
                holder: text(row, "person").to_owned(),
            })
        })
        .collect();
    settle(&mut held);
    Ok(held)
}
