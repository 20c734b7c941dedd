//! English names of missions and offices → what French and Spanish call them: "Embassy of Peru in France", "Ambassade du Pérou en France". Kinds and roles
//! are named as `data/languages/` names them first, states and cities as the store does. What can't be taken apart keeps its English name alone.

use super::rows::Value;
use crate::language::{Lang, Words, embedded_words, parse_words};
use serde::Deserialize;
use std::collections::BTreeMap;

/// French names of states that the rule of their endings does not tell (`data/site/names.toml`).
#[derive(Debug, Default, Deserialize)]
struct French {
    masculine: Vec<String>,
    feminine: Vec<String>,
    plural: Vec<String>,
    bare: Vec<String>,
    /// Whose H is not heard.
    mute: Vec<String>,
}

/// How a French name of a state stands in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Article {
    Masculine,
    Feminine,
    Plural,
    /// Of itself: Cuba.
    Bare,
}

/// Names missions and offices.
pub(super) struct Naming {
    words: Vec<(Lang, Words)>,
    french: French,
    /// English name of a state → its names.
    states: BTreeMap<String, Vec<Value>>,
    /// English name of a city → its names.
    cities: BTreeMap<String, Vec<Value>>,
}

impl Naming {
    /// Of the states and cities that the store names.
    pub(super) fn new() -> Self {
        let [_, french, spanish] = embedded_words();
        let words = [(Lang::Fr, french), (Lang::Es, spanish)]
            .into_iter()
            .filter_map(|(lang, text)| Some((lang, parse_words(lang, text).ok()?)))
            .collect();
        let mut tables: BTreeMap<String, French> =
            toml::from_str(include_str!("../../data/site/names.toml")).unwrap_or_default();
        Self {
            words,
            french: tables.remove("fr").unwrap_or_default(),
            states: BTreeMap::new(),
            cities: BTreeMap::new(),
        }
    }

    /// Takes note of a thing's names.
    pub(super) fn learn(&mut self, class: &str, names: &[Value]) {
        let table = match class {
            "State" => &mut self.states,
            "City" => &mut self.cities,
            _ => return,
        };
        if let Some(english) = of_language(names, Lang::En) {
            table.entry(english).or_insert_with(|| names.to_vec());
        }
    }

    /// The names of a mission or an office in the languages that the store has none in.
    pub(super) fn names(&self, class: &str, labels: &[Value]) -> Vec<Value> {
        let Some(english) = of_language(labels, Lang::En) else {
            return Vec::new();
        };
        self.words
            .iter()
            .filter(|(lang, _)| of_language(labels, *lang).is_none())
            .filter_map(|(lang, words)| {
                let named = match class {
                    "Mission" => &words.missions,
                    "Office" => &words.offices,
                    _ => return None,
                };
                Some(Value {
                    text: self.told(&english, *lang, named)?,
                    kind: "literal".to_owned(),
                    language: Some(lang.tag().to_owned()),
                    datatype: None,
                })
            })
            .collect()
    }

    /// "Consul General of Peru in Paris": the kind before "of", a state behind it, perhaps a city or a state behind "in".
    fn told(
        &self,
        english: &str,
        lang: Lang,
        named: &BTreeMap<String, Vec<String>>,
    ) -> Option<String> {
        let (kind, rest) = english
            .rmatch_indices(" of ")
            .find_map(|(at, of)| Some((english.get(..at)?, english.get(at + of.len()..)?)))
            .filter(|(kind, _)| !kind.is_empty())?;
        let forms = named
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(kind))?
            .1;
        let mut kind = forms.first()?.clone();
        if let Some(first) = kind.chars().next() {
            let behind = kind.split_off(first.len_utf8());
            kind = first.to_uppercase().chain(behind.chars()).collect();
        }
        let of_state = |name: &str| of_language(self.states.get(name)?, lang);
        let (whose, place) = match rest.rsplit_once(" in ") {
            Some((whose, place)) if self.states.contains_key(whose) => (whose, Some(place)),
            _ => (rest, None),
        };
        let whose = self.of(&of_state(whose)?, lang);
        let Some(place) = place else {
            return Some(format!("{kind} {whose}"));
        };
        let city = self.cities.get(place);
        let place = match city.and_then(|names| of_language(names, lang)) {
            Some(city) => at(&city, lang),
            None => self.within(&of_state(place)?, lang),
        };
        Some(format!("{kind} {whose} {place}"))
    }

    /// "du Pérou", "de Perú"
    fn of(&self, state: &str, lang: Lang) -> String {
        if lang != Lang::Fr {
            return format!("de {state}");
        }
        match self.article(state) {
            Article::Plural => format!("des {state}"),
            _ if begins_with_vowel(state) || self.french.mute.iter().any(|name| name == state) => {
                format!("d’{state}")
            }
            Article::Masculine => format!("du {state}"),
            Article::Feminine | Article::Bare => format!("de {state}"),
        }
    }

    /// "au Pérou", "en Perú"
    fn within(&self, state: &str, lang: Lang) -> String {
        if lang != Lang::Fr {
            return format!("en {state}");
        }
        match self.article(state) {
            Article::Plural => format!("aux {state}"),
            Article::Bare => format!("à {state}"),
            Article::Feminine => format!("en {state}"),
            Article::Masculine if begins_with_vowel(state) => format!("en {state}"),
            Article::Masculine => format!("au {state}"),
        }
    }

    fn article(&self, state: &str) -> Article {
        let first = state.split(' ').next().unwrap_or(state);
        let among = |list: &[String]| list.iter().any(|name| name == state || name == first);
        if among(&self.french.plural) || ["Îles", "États", "Émirats"].contains(&stem(first)) {
            Article::Plural
        } else if among(&self.french.bare) {
            Article::Bare
        } else if among(&self.french.masculine) {
            Article::Masculine
        } else if among(&self.french.feminine) || first.ends_with('e') {
            Article::Feminine
        } else {
            Article::Masculine
        }
    }
}

/// "États-Unis" → "États"
fn stem(word: &str) -> &str {
    word.split('-').next().unwrap_or(word)
}

/// "à Paris", "au Caire", "en París"
fn at(city: &str, lang: Lang) -> String {
    match lang {
        Lang::Fr => match (city.strip_prefix("Le "), city.strip_prefix("Les ")) {
            (Some(rest), _) => format!("au {rest}"),
            (_, Some(rest)) => format!("aux {rest}"),
            (None, None) => format!("à {city}"),
        },
        Lang::En | Lang::Es => format!("en {city}"),
    }
}

fn of_language(names: &[Value], lang: Lang) -> Option<String> {
    names
        .iter()
        .find(|name| name.language.as_deref() == Some(lang.tag()))
        .map(|name| name.text.clone())
}

fn begins_with_vowel(name: &str) -> bool {
    name.starts_with(['A', 'E', 'I', 'O', 'U', 'É', 'È', 'Ê', 'Î', 'Ô', 'Å'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(names: [&str; 3]) -> Vec<Value> {
        ["en", "fr", "es"]
            .into_iter()
            .zip(names)
            .map(|(tag, text)| Value {
                text: text.to_owned(),
                kind: "literal".to_owned(),
                language: Some(tag.to_owned()),
                datatype: None,
            })
            .collect()
    }

    #[test]
    fn missions_and_offices_are_named_in_french_and_spanish() {
        let mut naming = Naming::new();
        for names in [
            ["Peru", "Pérou", "Perú"],
            ["France", "France", "Francia"],
            ["United States", "États-Unis", "Estados Unidos"],
            ["Iran", "Iran", "Irán"],
            ["Cuba", "Cuba", "Cuba"],
            ["Mexico", "Mexique", "México"],
            ["South Korea", "Corée du Sud", "Corea del Sur"],
        ] {
            naming.learn("State", &named(names));
        }
        naming.learn("City", &named(["Paris", "Paris", "París"]));
        naming.learn("City", &named(["Cairo", "Le Caire", "El Cairo"]));
        let told = |class: &str, english: &str| -> Vec<String> {
            let label = named([english, "", ""]).remove(0);
            let names = naming.names(class, &[label]);
            names.into_iter().map(|name| name.text).collect()
        };
        for (class, english, french, spanish) in [
            (
                "Mission",
                "Embassy of Peru in France",
                "Ambassade du Pérou en France",
                "Embajada de Perú en Francia",
            ),
            (
                "Mission",
                "Consulate General of France in Cairo",
                "Consulat général de France au Caire",
                "Consulado general de Francia en El Cairo",
            ),
            ("Mission", "Embassy of Iran in the United States", "", ""),
            (
                "Mission",
                "Embassy of Iran in United States",
                "Ambassade d’Iran aux États-Unis",
                "Embajada de Irán en Estados Unidos",
            ),
            (
                "Mission",
                "Embassy of United States in Cuba",
                "Ambassade des États-Unis à Cuba",
                "Embajada de Estados Unidos en Cuba",
            ),
            (
                "Mission",
                "Legation of South Korea in Mexico",
                "Légation de Corée du Sud au Mexique",
                "Legación de Corea del Sur en México",
            ),
            (
                "Office",
                "President of Peru",
                "Président du Pérou",
                "Presidente de Perú",
            ),
            (
                "Office",
                "Consul General of Peru in Paris",
                "Consul général du Pérou à Paris",
                "Cónsul general de Perú en París",
            ),
            ("Office", "Keeper of the Seals", "", ""),
        ] {
            let expected: Vec<&str> = [french, spanish]
                .into_iter()
                .filter(|name| !name.is_empty())
                .collect();
            assert_eq!(told(class, english), expected, "{english}");
        }
    }
}
