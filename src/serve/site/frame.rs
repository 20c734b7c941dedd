//! A request and the store's version → what every page has around its content: language, links that keep it, the date of the data.

use super::sparql::Around;
use super::words::Language;
use super::{assets, dates};
use crate::serve::ontology;
use crate::serve::parameters::{Parameters, encode};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// What stands around a page.
#[derive(Clone, Debug)]
pub(in crate::serve) struct Frame {
    /// The language of its words.
    pub(in crate::serve) language: Language,
    /// Whether `?lang=` asks for it, so that links must carry it on.
    chosen: bool,
    /// This page's path with its parameters, without `lang`.
    here: String,
    /// The day of the data (`2026-11-26`); empty where the store does not tell.
    pub(in crate::serve) day: String,
    /// The generation of the store; empty for a remote one.
    pub(in crate::serve) generation: String,
    /// What IRIs of entities begin with.
    pub(in crate::serve) base: String,
    /// What stands in the search box.
    pub(in crate::serve) asked: String,
    /// Whether changes are taken.
    pub(in crate::serve) writable: bool,
}

/// A number, or a reference to one: templates give both.
pub(in crate::serve) trait Number {
    /// The number.
    fn number(&self) -> usize;
}

impl Number for usize {
    fn number(&self) -> usize {
        *self
    }
}

impl<N: Number> Number for &N {
    fn number(&self) -> usize {
        (*self).number()
    }
}

/// A link of the language switch.
pub(in crate::serve) struct Switch {
    /// `fr`
    pub(in crate::serve) code: &'static str,
    /// The language's own name.
    pub(in crate::serve) name: String,
    /// This page in that language.
    pub(in crate::serve) address: String,
    /// Whether the page is in it.
    pub(in crate::serve) current: bool,
}

impl Frame {
    /// The frame of a request: `path` as it was asked, its parameters, the header `Accept-Language`.
    pub(in crate::serve) fn new(path: &str, parameters: &Parameters, accept: Option<&str>) -> Self {
        let asked = parameters.all("lang").find_map(Language::of_code);
        let kept: Vec<String> = parameters
            .iter()
            .filter(|(name, _)| *name != "lang")
            .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
            .collect();
        let here = if kept.is_empty() {
            path.to_owned()
        } else {
            format!("{path}?{}", kept.join("&"))
        };
        Self {
            language: asked.unwrap_or_else(|| Language::choose(accept)),
            chosen: asked.is_some(),
            here,
            day: String::new(),
            generation: String::new(),
            base: String::new(),
            asked: String::new(),
            writable: false,
        }
    }

    /// Words of the interface.
    pub(in crate::serve) fn say(&self, key: &str) -> String {
        self.language.say(key)
    }

    /// Words of the interface for a word of the program or the data: `class` and `Visit`. The word itself where there are none.
    pub(in crate::serve) fn say_of(&self, section: &str, key: impl AsRef<str>) -> String {
        let key = format!("{section}.{}", key.as_ref());
        let said = self.language.say(&key);
        if said == key {
            key.get(section.len() + 1..).unwrap_or_default().to_owned()
        } else {
            said
        }
    }

    /// Words with a number.
    pub(in crate::serve) fn count(&self, key: &str, n: impl Number) -> String {
        self.language.count(key, n.number())
    }

    /// Words with a text in the place of `{name}`.
    pub(in crate::serve) fn fill(&self, key: &str, name: &str, value: impl AsRef<str>) -> String {
        self.language.fill(key, &[(name, value.as_ref())])
    }

    /// A number as it is written in the language.
    pub(in crate::serve) fn number(&self, n: impl Number) -> String {
        self.language.number(n.number())
    }

    /// The name of a word of the data.
    pub(in crate::serve) fn value(&self, word: impl AsRef<str>) -> String {
        self.language.value(word.as_ref())
    }

    /// Whether two words are the same.
    pub(in crate::serve) fn same(&self, a: impl AsRef<str>, b: impl AsRef<str>) -> bool {
        a.as_ref() == b.as_ref()
    }

    /// The name of a slot of a claim, as the ontology has it.
    pub(in crate::serve) fn slot(&self, name: impl AsRef<str>) -> String {
        let name = name.as_ref();
        let iri = format!("https://w3id.org/chancery/said#{name}");
        self.language
            .label(ontology::labels(&iri))
            .map_or_else(|| name.to_owned(), str::to_owned)
    }

    /// A date in words.
    pub(in crate::serve) fn said(&self, edtf: impl AsRef<str>) -> String {
        dates::said(edtf.as_ref(), self.language)
    }

    /// What a slot of a claim holds, in words: dates, and the words that the program itself puts there. What a document says stays as it is.
    pub(in crate::serve) fn said_of(
        &self,
        slot: impl AsRef<str>,
        words: impl AsRef<str>,
    ) -> String {
        const OURS: [&str; 5] = ["event", "kind", "measure", "unit", "status"];
        let words = words.as_ref();
        if OURS.contains(&slot.as_ref()) {
            self.value(words)
        } else {
            dates::said(words, self.language)
        }
    }

    /// The address of a search.
    pub(in crate::serve) fn search_for(&self, text: impl AsRef<str>) -> String {
        format!("/search?q={}", encode(text.as_ref()))
    }

    /// The address of a state's partners.
    pub(in crate::serve) fn partners_of(&self, code: impl AsRef<str>) -> String {
        format!("/relations/{}", code.as_ref())
    }

    /// Where what began between two states is told for a timeline.
    pub(in crate::serve) fn timeline_between(
        &self,
        one: impl AsRef<str>,
        other: impl AsRef<str>,
    ) -> String {
        let (one, other) = (encode(one.as_ref()), encode(other.as_ref()));
        format!("/timeline.json?between={one},{other}")
    }

    /// Where what an entity takes part in is told for a timeline.
    pub(in crate::serve) fn timeline_of(&self, path: impl AsRef<str>) -> String {
        format!("/timeline.json?of={}", encode(path.as_ref()))
    }

    /// What a worker must know to put a frame around an answer.
    pub(in crate::serve) fn around(self) -> Around {
        Around {
            language: self.code().to_owned(),
            chosen: self.chosen,
            base: self.base,
            day: self.day,
            generation: self.generation,
        }
    }

    /// The frame of a query's answer.
    pub(in crate::serve) fn of_answer(around: &Around, query: &str) -> Self {
        Self {
            language: Language::of_code(&around.language).unwrap_or(Language::English),
            chosen: around.chosen,
            here: format!("/sparql?query={}", encode(query)),
            day: around.day.clone(),
            generation: around.generation.clone(),
            base: around.base.clone(),
            asked: String::new(),
            writable: false,
        }
    }

    /// The language's code.
    pub(in crate::serve) fn code(&self) -> &'static str {
        self.language.code()
    }

    /// An address of this server that keeps the language where it was chosen.
    pub(in crate::serve) fn to(&self, address: impl AsRef<str>) -> String {
        let address = address.as_ref();
        if self.chosen {
            in_language(address, self.language)
        } else {
            address.to_owned()
        }
    }

    /// The code to hand on in a form; none where the language was not chosen.
    pub(in crate::serve) fn handed_on(&self) -> Option<&'static str> {
        self.chosen.then(|| self.language.code())
    }

    /// This page with another value of a parameter, the rest kept; an empty value takes the parameter away.
    pub(in crate::serve) fn with(&self, name: &str, value: impl AsRef<str>) -> String {
        let value = value.as_ref();
        let (path, query) = self.here.split_once('?').unwrap_or((&self.here, ""));
        let begins = format!("{name}=");
        let mut kept: Vec<String> = query
            .split('&')
            .filter(|pair| !pair.is_empty() && !pair.starts_with(&begins))
            .map(str::to_owned)
            .collect();
        if !value.is_empty() {
            kept.push(format!("{name}={}", encode(value)));
        }
        self.to(&if kept.is_empty() {
            path.to_owned()
        } else {
            format!("{path}?{}", kept.join("&"))
        })
    }

    /// This page in each language.
    pub(in crate::serve) fn switches(&self) -> Vec<Switch> {
        Language::ALL
            .into_iter()
            .map(|language| Switch {
                code: language.code(),
                name: language.say("site.language"),
                address: in_language(&self.here, language),
                current: language == self.language,
            })
            .collect()
    }

    /// The address of the style sheet.
    pub(in crate::serve) fn style(&self) -> &'static str {
        assets::address("site.css").unwrap_or_default()
    }

    /// The address of the icon.
    pub(in crate::serve) fn icon(&self) -> &'static str {
        assets::address("icon.svg").unwrap_or_default()
    }

    /// The address of the scripts, where they were built.
    pub(in crate::serve) fn script(&self) -> Option<&'static str> {
        assets::address("site.js")
    }

    /// The version of the program.
    pub(in crate::serve) fn version(&self) -> &'static str {
        env!("CARGO_PKG_VERSION")
    }
}

fn in_language(address: &str, language: Language) -> String {
    let (address, fragment) = match address.split_once('#') {
        Some((address, fragment)) => (address, format!("#{fragment}")),
        None => (address, String::new()),
    };
    let joint = if address.contains('?') { '&' } else { '?' };
    format!("{address}{joint}lang={}{fragment}", language.code())
}

/// The day of a time, in UTC, as `2026-11-26`; empty before 1970.
pub(super) fn day(time: SystemTime) -> String {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
    let days = i64::try_from(since.as_secs() / 86_400).unwrap_or_default();
    crate::fact::Day::checked(1970, Some(1), Some(1))
        .and_then(|day| day.plus_days(days))
        .map(|day| day.to_string())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_keep_a_language_that_was_chosen() {
        let parameters = |text: &str| Parameters::parse(text.as_bytes()).unwrap();
        let frame = Frame::new("/search", &parameters("q=a+b&lang=fr"), Some("es"));
        assert_eq!(frame.code(), "fr");
        assert_eq!(frame.to("/page/x#s1"), "/page/x?lang=fr#s1");
        assert_eq!(frame.to("/search?q=x"), "/search?q=x&lang=fr");
        assert_eq!(frame.with("page", "2"), "/search?q=a%20b&page=2&lang=fr");
        assert_eq!(frame.switches()[2].address, "/search?q=a%20b&lang=es");
        let frame = Frame::new("/", &parameters("lang=xx"), Some("es"));
        assert_eq!((frame.code(), frame.to("/a")), ("es", "/a".to_owned()));
        assert_eq!(
            day(UNIX_EPOCH + Duration::from_secs(86_400 * 59)),
            "1970-03-01"
        );
    }
}
