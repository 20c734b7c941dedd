//! The gazetteers of `data/gazetteer/`: states, governments, organisations, cities, currencies and all their names.

use super::Lang;
use super::hash;
use super::token::folded;
use crate::diagnostic::Diagnostic;
use crate::fact::{Body, BodyClass, Place};
use std::collections::{BTreeMap, BTreeSet};

/// How a name stands for its body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameForm {
    /// A name in use ("Peru", "United States").
    Name,
    /// A noun for its people ("Peruvians", "Dane").
    Demonym,
    /// An adjective ("Peruvian", "péruvienne").
    Adjective,
    /// An acronym ("WTO").
    Acronym,
    /// A full official name ("Republic of Peru").
    Formal,
}

impl NameForm {
    /// Whether the form names the body itself.
    #[must_use]
    pub fn is_name(self) -> bool {
        match self {
            Self::Name | Self::Acronym | Self::Formal => true,
            Self::Demonym | Self::Adjective => false,
        }
    }

    fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "name" => Self::Name,
            "demonym" => Self::Demonym,
            "adjective" => Self::Adjective,
            "acronym" => Self::Acronym,
            "formal" => Self::Formal,
            _ => return None,
        })
    }
}

/// A state, government or organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BodyEntry {
    /// ISO 3166 alpha-3 for present states, else a slug.
    pub key: String,
    /// What it is.
    pub class: BodyClass,
    /// The finer type of the table (`state`, `territory`, `historical` …).
    pub kind: String,
    /// For a government the state that it governs; for a historical state the one that followed.
    pub of: Option<String>,
    /// For a historical state the last year of it.
    pub until: Option<i32>,
    /// Wikidata id, where at least one source gives it.
    pub qid: Option<String>,
    /// How many sources agree on the id.
    pub qid_sources: u8,
    /// Usual names in English, French and Spanish.
    pub names: [String; 3],
}

impl BodyEntry {
    /// The body as a value.
    #[must_use]
    pub fn body(&self) -> Body {
        let [name, ..] = &self.names;
        Body {
            class: self.class,
            key: self.key.clone(),
            name: name.clone(),
        }
    }
}

/// A name of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameEntry {
    /// Index of the body.
    pub body: usize,
    /// Language; `None` for all.
    pub lang: Option<Lang>,
    /// How it stands for the body.
    pub form: NameForm,
    /// The words.
    pub text: String,
}

/// A city.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CityEntry {
    /// Slug.
    pub key: String,
    /// Key of the state it lies in.
    pub state: String,
    /// Wikidata id.
    pub qid: Option<String>,
    /// Latitude and longitude in degrees, as written.
    pub at: Option<(String, String)>,
    /// Inhabitants.
    pub population: u64,
    /// Whether it is a capital.
    pub capital: bool,
    /// Names in English, French and Spanish.
    pub names: [String; 3],
    /// Other names.
    pub other: Vec<String>,
}

impl CityEntry {
    /// The city as a value.
    #[must_use]
    pub fn place(&self) -> Place {
        let [name, ..] = &self.names;
        Place {
            key: self.key.clone(),
            name: name.clone(),
            state: Some(self.state.clone()),
        }
    }

    /// Every form of its name, each once.
    pub fn forms(&self) -> impl Iterator<Item = &str> {
        let mut forms: Vec<&str> = self
            .names
            .iter()
            .chain(&self.other)
            .map(String::as_str)
            .filter(|f| !f.is_empty())
            .collect();
        forms.sort_unstable();
        forms.dedup();
        forms.into_iter()
    }
}

/// A word or sign for a currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CurrencyEntry {
    /// ISO 4217 code.
    pub code: String,
    /// Language; `None` for all.
    pub lang: Option<Lang>,
    /// The word or sign.
    pub text: String,
}

/// A part of the world, or a kind of land, with words that say of a state that it lies there or is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegionEntry {
    /// Indices of its states.
    pub states: Vec<usize>,
    /// Its words in English, French and Spanish.
    forms: [Vec<String>; 3],
}

impl RegionEntry {
    /// Its words in a language, in every gender.
    pub fn forms(&self, lang: Lang) -> impl Iterator<Item = &str> {
        let [en, fr, es] = &self.forms;
        let forms = match lang {
            Lang::En => en,
            Lang::Fr => fr,
            Lang::Es => es,
        };
        forms.iter().map(String::as_str)
    }
}

/// A house in which heads of state and ministers receive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResidenceEntry {
    /// Key: a slug.
    pub key: String,
    /// Index of the state it stands in.
    pub state: usize,
    /// Usual name in English texts.
    pub name: String,
}

/// All of them.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    bodies: Vec<BodyEntry>,
    names: Vec<NameEntry>,
    cities: Vec<CityEntry>,
    currencies: Vec<CurrencyEntry>,
    regions: Vec<RegionEntry>,
    residences: Vec<ResidenceEntry>,
    /// Indices of the houses of each name, folded, its words joined by spaces.
    by_house: BTreeMap<String, BTreeSet<usize>>,
    by_key: hash::Table<String, usize>,
    by_city: hash::Table<String, usize>,
    /// For each body its names.
    names_of: Vec<Vec<usize>>,
    /// For each body its capital.
    capital_of: Vec<Option<usize>>,
    /// For each city its state.
    state_of: Vec<Option<usize>>,
}

/// One table: its rows as cells by column name, each with its line number.
struct Table<'t> {
    file: &'static str,
    columns: Vec<&'t str>,
    rows: Vec<(usize, Vec<&'t str>)>,
}

impl<'t> Table<'t> {
    fn parse(file: &'static str, text: &'t str) -> Self {
        let mut lines = text.lines().enumerate();
        let columns = lines
            .next()
            .map_or(Vec::new(), |(_, line)| line.split('\t').collect());
        let rows = lines
            .filter(|(_, line)| !line.is_empty())
            .map(|(n, line)| (n + 1, line.split('\t').collect()))
            .collect();
        Self {
            file,
            columns,
            rows,
        }
    }

    fn cell(&self, row: &[&'t str], name: &str) -> &'t str {
        self.columns
            .iter()
            .position(|c| *c == name)
            .and_then(|i| row.get(i).copied())
            .unwrap_or("")
    }

    fn wrong(&self, line: usize, message: &str) -> Diagnostic {
        Diagnostic::error("gazetteer.row", format!("line {line}: {message}"))
            .in_source(format!("gazetteer/{}", self.file))
    }
}

/// What a cell of several holds.
fn parts(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('|').filter(|part| !part.is_empty())
}

fn some(cell: &str) -> Option<String> {
    (!cell.is_empty()).then(|| cell.to_owned())
}

impl Gazetteer {
    /// Parses the five tables; cities of one name are ordered with capitals and the most populous first.
    ///
    /// # Errors
    /// A diagnostic that names file and line, for a row with an unknown class, form, language or key.
    pub fn parse(
        bodies: &str,
        names: &str,
        cities: &str,
        currencies: &str,
        regions: &str,
        residences: &str,
    ) -> Result<Self, Diagnostic> {
        let mut gazetteer = Self::default();
        let table = Table::parse("bodies.tsv", bodies);
        for (line, row) in &table.rows {
            let class = match table.cell(row, "class") {
                "state" => BodyClass::State,
                "government" => BodyClass::Government,
                "organisation" => BodyClass::Organisation,
                other => {
                    return Err(table.wrong(*line, &format!("{other:?} is no class of bodies")));
                }
            };
            let key = table.cell(row, "key").to_owned();
            gazetteer.by_key.insert(key.clone(), gazetteer.bodies.len());
            gazetteer.bodies.push(BodyEntry {
                key,
                class,
                kind: table.cell(row, "type").to_owned(),
                of: some(table.cell(row, "of")),
                until: table.cell(row, "until").parse().ok(),
                qid: some(table.cell(row, "qid")),
                qid_sources: table.cell(row, "qid_sources").parse().unwrap_or(0),
                names: ["en", "fr", "es"].map(|l| table.cell(row, l).to_owned()),
            });
        }
        let language = |table: &Table<'_>, line: usize, cell: &str| match cell {
            "*" => Ok(None),
            tag => Lang::parse(tag)
                .map(Some)
                .ok_or_else(|| table.wrong(line, &format!("{tag:?} is no language"))),
        };
        let table = Table::parse("names.tsv", names);
        for (line, row) in &table.rows {
            let key = table.cell(row, "key");
            let body = gazetteer
                .body_index(key)
                .ok_or_else(|| table.wrong(*line, &format!("no body has the key {key:?}")))?;
            let form = table.cell(row, "form");
            let form = NameForm::parse(form)
                .ok_or_else(|| table.wrong(*line, &format!("{form:?} is no form of a name")))?;
            let lang = language(&table, *line, table.cell(row, "lang"))?;
            let text = table.cell(row, "text");
            // "Interpol", "Caricom": an acronym that is written as a word is read as one.
            let word = text.chars().filter(|c| c.is_lowercase()).count() >= 4;
            let form = if word && form == NameForm::Acronym {
                NameForm::Name
            } else {
                form
            };
            gazetteer.names.push(NameEntry {
                body,
                lang,
                form,
                text: text.to_owned(),
            });
        }
        let table = Table::parse("cities.tsv", cities);
        for (_, row) in &table.rows {
            let at = some(table.cell(row, "lat")).zip(some(table.cell(row, "lon")));
            gazetteer.cities.push(CityEntry {
                key: table.cell(row, "key").to_owned(),
                state: table.cell(row, "state").to_owned(),
                qid: some(table.cell(row, "qid")),
                at,
                population: table.cell(row, "population").parse().unwrap_or(0),
                capital: table.cell(row, "capital") == "1",
                names: ["en", "fr", "es"].map(|l| table.cell(row, l).to_owned()),
                other: parts(table.cell(row, "other")).map(str::to_owned).collect(),
            });
        }
        gazetteer.cities.sort_by(|a, b| {
            b.capital
                .cmp(&a.capital)
                .then(b.population.cmp(&a.population))
                .then(a.key.cmp(&b.key))
        });
        gazetteer.join();
        let table = Table::parse("currencies.tsv", currencies);
        for (line, row) in &table.rows {
            let lang = language(&table, *line, table.cell(row, "lang"))?;
            gazetteer.currencies.push(CurrencyEntry {
                code: table.cell(row, "code").to_owned(),
                lang,
                text: table.cell(row, "text").to_owned(),
            });
        }
        let table = Table::parse("regions.tsv", regions);
        for (line, row) in &table.rows {
            let state = |key: &str| {
                let known = gazetteer.body_index(key);
                known.ok_or_else(|| table.wrong(*line, &format!("no body has the key {key:?}")))
            };
            let states: Result<_, _> = parts(table.cell(row, "states")).map(state).collect();
            gazetteer.regions.push(RegionEntry {
                states: states?,
                forms: ["en", "fr", "es"]
                    .map(|l| parts(table.cell(row, l)).map(str::to_owned).collect()),
            });
        }
        let table = Table::parse("residences.tsv", residences);
        for (index, (line, row)) in table.rows.iter().enumerate() {
            let name = table.cell(row, "name");
            for form in parts(table.cell(row, "other")).chain([name]) {
                let houses = gazetteer.by_house.entry(folded(form).join(" "));
                houses.or_default().insert(index);
            }
            let key = table.cell(row, "state");
            let state = gazetteer.body_index(key);
            let state =
                state.ok_or_else(|| table.wrong(*line, &format!("no body has the key {key:?}")))?;
            gazetteer.residences.push(ResidenceEntry {
                key: table.cell(row, "key").to_owned(),
                state,
                name: name.to_owned(),
            });
        }
        Ok(gazetteer)
    }

    /// Notes which keys cities have, whose each name is, and which state each city lies in and is the capital of.
    fn join(&mut self) {
        for (index, city) in self.cities.iter().enumerate() {
            self.by_city.insert(city.key.clone(), index);
        }
        self.names_of = vec![Vec::new(); self.bodies.len()];
        for (index, name) in self.names.iter().enumerate() {
            if let Some(names) = self.names_of.get_mut(name.body) {
                names.push(index);
            }
        }
        self.state_of = self
            .cities
            .iter()
            .map(|city| self.by_key.get(&city.state).copied())
            .collect();
        self.capital_of = vec![None; self.bodies.len()];
        for (index, _) in self.cities.iter().enumerate().filter(|(_, c)| c.capital) {
            let state = self.state_of.get(index).copied().flatten();
            if let Some(capital) = state.and_then(|state| self.capital_of.get_mut(state)) {
                capital.get_or_insert(index);
            }
        }
    }

    /// The tables that are part of the program.
    ///
    /// # Errors
    /// As [`Gazetteer::parse`]; a test holds that the embedded tables have none.
    pub fn embedded() -> Result<Self, Diagnostic> {
        Self::parse(
            include_str!("../../data/gazetteer/bodies.tsv"),
            include_str!("../../data/gazetteer/names.tsv"),
            include_str!("../../data/gazetteer/cities.tsv"),
            include_str!("../../data/gazetteer/currencies.tsv"),
            include_str!("../../data/gazetteer/regions.tsv"),
            include_str!("../../data/gazetteer/residences.tsv"),
        )
    }

    /// States, governments and organisations.
    #[must_use]
    pub fn bodies(&self) -> &[BodyEntry] {
        &self.bodies
    }

    /// Names of bodies.
    #[must_use]
    pub fn names(&self) -> &[NameEntry] {
        &self.names
    }

    /// Cities, capitals and the most populous first.
    #[must_use]
    pub fn cities(&self) -> &[CityEntry] {
        &self.cities
    }

    /// Words and signs for currencies.
    #[must_use]
    pub fn currencies(&self) -> &[CurrencyEntry] {
        &self.currencies
    }

    /// Parts of the world and kinds of lands, with the words for them.
    #[must_use]
    pub fn regions(&self) -> &[RegionEntry] {
        &self.regions
    }

    /// Houses in which heads of state and ministers receive.
    #[must_use]
    pub fn residences(&self) -> &[ResidenceEntry] {
        &self.residences
    }

    /// The houses of a name, in any language: a "State House" stands in several states.
    pub fn residences_named(&self, name: &str) -> impl Iterator<Item = &ResidenceEntry> {
        let houses = self.by_house.get(&folded(name).join(" "));
        let houses = houses.into_iter().flatten();
        houses.filter_map(|house| self.residences.get(*house))
    }

    /// Names of a body by index.
    pub fn names_of(&self, body: usize) -> impl Iterator<Item = &NameEntry> {
        let names = self.names_of.get(body).map_or(&[][..], Vec::as_slice);
        names.iter().filter_map(|&index| self.names.get(index))
    }

    /// The capital of a state, both by index.
    #[must_use]
    pub fn capital_of(&self, state: usize) -> Option<usize> {
        self.capital_of.get(state).copied().flatten()
    }

    /// The state of a city, both by index.
    #[must_use]
    pub fn state_of(&self, city: usize) -> Option<usize> {
        self.state_of.get(city).copied().flatten()
    }

    /// Index of a body by key.
    #[must_use]
    pub fn body_index(&self, key: &str) -> Option<usize> {
        self.by_key.get(key).copied()
    }

    /// A body by key.
    #[must_use]
    pub fn body(&self, key: &str) -> Option<&BodyEntry> {
        self.body_index(key).and_then(|i| self.bodies.get(i))
    }

    /// A city by key.
    #[must_use]
    pub fn city(&self, key: &str) -> Option<&CityEntry> {
        self.city_index(key).and_then(|i| self.cities.get(i))
    }

    /// Index of a city by key.
    #[must_use]
    pub fn city_index(&self, key: &str) -> Option<usize> {
        self.by_city.get(key).copied()
    }
}
