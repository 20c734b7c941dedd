//! The words of pages in the languages of the documents, which stand in `data/site/`, and the choice among languages and among labels.

use crate::serve::rows::Value;
use rust_embed::RustEmbed;
use std::collections::BTreeMap;
use std::sync::OnceLock;

#[derive(RustEmbed)]
#[folder = "data/site/"]
struct Files;

/// A language of pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::serve) enum Language {
    English,
    French,
    Spanish,
}

impl Language {
    /// All of them, in the order of the switch.
    pub(in crate::serve) const ALL: [Self; 3] = [Self::English, Self::French, Self::Spanish];

    /// What the reader likes best by `Accept-Language`; English if nothing fits.
    pub(in crate::serve) fn choose(accept: Option<&str>) -> Self {
        let mut best = (0.0, Self::English);
        for range in accept.unwrap_or_default().split(',') {
            let mut parts = range.split(';').map(str::trim);
            let tag = parts.next().unwrap_or_default().to_ascii_lowercase();
            let quality = parts
                .find_map(|part| part.strip_prefix("q="))
                .map_or(Some(1.0), |text| text.parse::<f32>().ok())
                .unwrap_or(0.0);
            let Some(language) = tag.split('-').next().and_then(Self::of_code) else {
                continue;
            };
            if quality > best.0 {
                best = (quality, language);
            }
        }
        best.1
    }

    /// The language of `en`, `fr` or `es`.
    pub(in crate::serve) fn of_code(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|language| language.code() == code)
    }

    /// `en`, `fr`, `es`
    pub(in crate::serve) fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::French => "fr",
            Self::Spanish => "es",
        }
    }

    /// A word or sentence of the interface by its key; the key itself where there is none, which a test forbids for those that the program names.
    pub(in crate::serve) fn say(self, key: &str) -> String {
        self.find(key).map_or_else(|| key.to_owned(), str::to_owned)
    }

    /// A word that the data may hold, such as a kind of mission: its name in this language, else itself.
    pub(in crate::serve) fn value(self, word: &str) -> String {
        self.find(&format!("value.{word}"))
            .map_or_else(|| word.to_owned(), str::to_owned)
    }

    /// As [`Language::say`], where `{n}` is a number: `key_one` for one of them, `key_many` for others.
    pub(in crate::serve) fn count(self, key: &str, n: usize) -> String {
        let one = n == 1 || (n == 0 && self == Self::French);
        let key = format!("{key}_{}", if one { "one" } else { "many" });
        self.say(&key).replace("{n}", &self.number(n))
    }

    /// As [`Language::say`], with texts where `{name}` stands.
    pub(in crate::serve) fn fill(self, key: &str, with: &[(&str, &str)]) -> String {
        let mut text = self.say(key);
        for (name, value) in with {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text
    }

    /// A number with its thousands apart.
    pub(in crate::serve) fn number(self, n: usize) -> String {
        let digits = n.to_string();
        let apart = match self {
            Self::English => ",",
            Self::French => "\u{202f}",
            Self::Spanish => "\u{a0}",
        };
        let mut out = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                out.push_str(apart);
            }
            out.push(digit);
        }
        out
    }

    fn find(self, key: &str) -> Option<&'static str> {
        words().get(&self)?.get(key).map(String::as_str)
    }

    /// The label for a reader: in this language, else in none, else English, else the first.
    pub(in crate::serve) fn best(self, labels: &[Value]) -> Option<&Value> {
        let of = |wanted: Option<&str>| {
            labels
                .iter()
                .find(|label| label.language.as_deref() == wanted)
        };
        of(Some(self.code()))
            .or_else(|| of(None))
            .or_else(|| of(Some("en")))
            .or_else(|| labels.first())
    }

    /// The text of [`Language::best`].
    pub(in crate::serve) fn label(self, labels: &[Value]) -> Option<&str> {
        self.best(labels).map(|label| label.text.as_str())
    }
}

/// Language → key → words.
fn words() -> &'static BTreeMap<Language, BTreeMap<String, String>> {
    static WORDS: OnceLock<BTreeMap<Language, BTreeMap<String, String>>> = OnceLock::new();
    WORDS.get_or_init(|| {
        Language::ALL
            .into_iter()
            .map(|language| {
                let file = Files::get(&format!("{}.toml", language.code()));
                let bytes = file.as_ref().map_or(&[][..], |file| &file.data);
                (language, read(&String::from_utf8_lossy(bytes)))
            })
            .collect()
    })
}

/// A table of words: sections and keys are joined by a stop. What is not of this form is left out; a test reads every file.
fn read(text: &str) -> BTreeMap<String, String> {
    let sections: BTreeMap<String, BTreeMap<String, String>> =
        toml::from_str(text).unwrap_or_default();
    sections
        .into_iter()
        .flat_map(|(section, entries)| {
            entries
                .into_iter()
                .map(move |(key, words)| (format!("{section}.{key}"), words))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::path::Path;

    #[test]
    fn the_reader_chooses() {
        let choose = |accept| Language::choose(Some(accept));
        assert_eq!(Language::choose(None), Language::English);
        assert_eq!(choose("fr-CA, en;q=0.8"), Language::French);
        assert_eq!(choose("de, es;q=0.5, en;q=0.4"), Language::Spanish);
        assert_eq!(choose("de"), Language::English);
        let label = |text: &str, language: Option<&str>| Value {
            text: text.to_owned(),
            language: language.map(str::to_owned),
            ..Value::default()
        };
        let labels = [label("Peru", Some("en")), label("Pérou", Some("fr"))];
        assert_eq!(Language::French.label(&labels), Some("Pérou"));
        assert_eq!(Language::Spanish.label(&labels), Some("Peru"));
        assert_eq!(Language::English.number(1_234_567), "1,234,567");
        assert_eq!(Language::English.number(999), "999");
    }

    #[test]
    fn every_language_has_the_same_words() {
        let keys = |language: Language| -> Vec<&String> { words()[&language].keys().collect() };
        let english = keys(Language::English);
        assert!(english.len() > 100);
        for language in Language::ALL {
            let file = Files::get(&format!("{}.toml", language.code())).unwrap();
            let text = std::str::from_utf8(&file.data).unwrap();
            let parsed: Result<BTreeMap<String, BTreeMap<String, String>>, _> =
                toml::from_str(text);
            assert!(parsed.is_ok(), "{language:?}: {parsed:?}");
            assert_eq!(keys(language), english, "{language:?}");
            for (key, text) in &words()[&language] {
                let holes = |text: &str| text.matches('{').count();
                let there = &words()[&Language::English][key];
                assert_eq!(holes(text), holes(there), "{language:?} {key}");
                assert!(!text.trim().is_empty(), "{language:?} {key}");
            }
        }
    }

    /// Keys in the templates and in this module's code: `say("…")`, `count("…"`, `fill("…"`.
    #[test]
    fn every_key_has_words() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut open = vec![root.join("templates"), root.join("src/serve")];
        let mut seen = 0;
        while let Some(folder) = open.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    open.push(path);
                    continue;
                }
                let text = fs::read_to_string(&path).unwrap();
                for call in ["say(\"", "count(\"", "fill(\""] {
                    for rest in text.split(call).skip(1) {
                        let key = rest.split('"').next().unwrap();
                        if !key.contains('.') || key.ends_with('.') || key.contains('{') {
                            continue;
                        }
                        seen += 1;
                        let whole = match call {
                            "count(\"" => vec![format!("{key}_one"), format!("{key}_many")],
                            _ => vec![key.to_owned()],
                        };
                        for key in whole {
                            assert!(
                                words()[&Language::English].contains_key(&key),
                                "{}: no words for {key}",
                                path.display()
                            );
                        }
                    }
                }
            }
        }
        assert!(seen > 30, "{seen}");
    }
}
