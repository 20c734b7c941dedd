//! The words of pages in the languages of the documents, and the choice among them and among labels.

use super::super::rows::Value;

/// A language of pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    English,
    French,
    Spanish,
}

impl Language {
    /// What the reader likes best by `Accept-Language`; English if nothing fits.
    pub(super) fn choose(accept: Option<&str>) -> Self {
        let mut best = (0.0, Self::English);
        for range in accept.unwrap_or_default().split(',') {
            let mut parts = range.split(';').map(str::trim);
            let tag = parts.next().unwrap_or_default().to_ascii_lowercase();
            let quality = parts
                .find_map(|part| part.strip_prefix("q="))
                .map_or(Some(1.0), |text| text.parse::<f32>().ok())
                .unwrap_or(0.0);
            let language = match tag.split('-').next() {
                Some("en") => Self::English,
                Some("fr") => Self::French,
                Some("es") => Self::Spanish,
                Some(_) | None => continue,
            };
            if quality > best.0 {
                best = (quality, language);
            }
        }
        best.1
    }

    /// `en`, `fr`, `es`
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::French => "fr",
            Self::Spanish => "es",
        }
    }

    fn of(self, [english, french, spanish]: [&'static str; 3]) -> &'static str {
        match self {
            Self::English => english,
            Self::French => french,
            Self::Spanish => spanish,
        }
    }

    /// Heading of what is told of the entity itself.
    pub(super) fn facts(self) -> &'static str {
        self.of(["What is told", "Ce qui en est dit", "Lo que se dice"])
    }

    /// Heading of what points at it.
    pub(super) fn elsewhere(self) -> &'static str {
        self.of(["Where it takes part", "Où cela figure", "Dónde figura"])
    }

    /// Heading of the sentences.
    pub(super) fn sentences(self) -> &'static str {
        self.of(["Sentences", "Phrases", "Oraciones"])
    }

    /// Before the links to the data.
    pub(super) fn data(self) -> &'static str {
        self.of(["Data", "Données", "Datos"])
    }

    /// Head of the column of sentences.
    pub(super) fn because(self) -> &'static str {
        self.of(["Told in", "Source", "Fuente"])
    }

    /// Said below a list that goes on.
    pub(super) fn more(self) -> &'static str {
        self.of([
            "There is more; the data have all.",
            "Il y en a plus ; les données ont tout.",
            "Hay más; los datos lo tienen todo.",
        ])
    }

    /// The label for a reader: in this language, else English, else in none, else the first.
    pub(super) fn label(self, labels: &[Value]) -> Option<&str> {
        let of = |wanted: Option<&str>| {
            labels
                .iter()
                .find(|label| label.language.as_deref() == wanted)
        };
        of(Some(self.code()))
            .or_else(|| of(None))
            .or_else(|| of(Some("en")))
            .or_else(|| labels.first())
            .map(|label| label.text.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
    }
}
