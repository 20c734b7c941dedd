//! What `data/languages/*/wiki.tsv` says of wikis: templates, namespaces, infoboxes, sections of references, and which pages are of the trade.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// What a template shows of its arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Template {
    /// Nothing.
    Drop,
    /// The first one.
    First,
    /// The second one.
    Second,
    /// The last one.
    Last,
    /// All, with spaces between.
    Join,
    /// All, as a list.
    List,
    /// Its own name (`{{France}}`).
    Name,
}

/// Words of wikis in all languages.
#[derive(Debug, Default)]
pub(super) struct Wiki {
    templates: BTreeMap<String, Template>,
    words: BTreeMap<String, BTreeSet<String>>,
}

static EMBEDDED: LazyLock<Wiki> = LazyLock::new(|| {
    Wiki::parse(&[
        include_str!("../../data/languages/en/wiki.tsv"),
        include_str!("../../data/languages/es/wiki.tsv"),
        include_str!("../../data/languages/fr/wiki.tsv"),
    ])
});

impl Wiki {
    pub(super) fn embedded() -> &'static Self {
        &EMBEDDED
    }

    fn parse(files: &[&str]) -> Self {
        let mut wiki = Self::default();
        for (kind, word) in files
            .iter()
            .flat_map(|file| file.lines())
            .filter_map(|line| line.split_once('\t'))
        {
            let template = match kind {
                "drop" => Some(Template::Drop),
                "first" => Some(Template::First),
                "second" => Some(Template::Second),
                "last" => Some(Template::Last),
                "join" => Some(Template::Join),
                "list" => Some(Template::List),
                "name" => Some(Template::Name),
                _ => None,
            };
            match template {
                Some(template) => {
                    wiki.templates.entry(word.to_owned()).or_insert(template);
                }
                None => {
                    wiki.words
                        .entry(kind.to_owned())
                        .or_default()
                        .insert(word.to_owned());
                }
            }
        }
        wiki
    }

    fn has(&self, kind: &str, fits: impl Fn(&str) -> bool) -> bool {
        self.words
            .get(kind)
            .is_some_and(|words| words.iter().any(|word| fits(word)))
    }

    /// What a template shows; `None` where it is not known.
    pub(super) fn template(&self, name: &str) -> Option<Template> {
        let name = fold(name);
        if let Some(&found) = self.templates.get(&name) {
            return Some(found);
        }
        // `cite *` stands for all whose names begin so.
        self.templates
            .iter()
            .find(|(known, _)| {
                known
                    .strip_suffix('*')
                    .is_some_and(|start| name.starts_with(start))
            })
            .map(|(_, &found)| found)
    }

    pub(super) fn is_infobox(&self, name: &str) -> bool {
        let name = fold(name);
        self.has("infobox", |start| name.starts_with(start))
    }

    pub(super) fn is_hidden_key(&self, key: &str) -> bool {
        let key = fold(key);
        let key = key.trim_end_matches(|c: char| c.is_ascii_digit());
        self.has("hidden-key", |word| word == key)
    }

    /// Whether an argument of this name holds what a template shows of a link (`shown-key`), or its name where none without a name does (`name-key`).
    pub(super) fn is_key(&self, kind: &str, key: &str) -> bool {
        let key = fold(key);
        self.has(kind, |word| word == key)
    }

    pub(super) fn is_hidden_namespace(&self, name: &str) -> bool {
        let name = fold(name);
        self.has("namespace", |word| word == name)
    }

    pub(super) fn is_reference_section(&self, title: &str) -> bool {
        let title = fold(title);
        self.has("reference-section", |word| word == title)
    }

    /// Whether a title or category names, or an opening says, what `kind` (`relations`, `missions-opening` …) looks for.
    pub(super) fn is_of(&self, kind: &str, words: &str) -> bool {
        let words = fold(words)
            .replace(['-', '–', '—', ',', ':', '(', ')'], " ")
            .replace(['\'', '’'], "' ");
        let words = format!(" {words} ");
        self.has(kind, |word| words.contains(&format!(" {word} ")))
    }

    /// Whether a template is an infobox of pages of a kind (`relations-infobox`).
    pub(super) fn is_template_of(&self, kind: &str, name: &str) -> bool {
        let name = fold(name);
        self.has(kind, |word| word == name)
    }
}

fn fold(words: &str) -> String {
    words.replace('_', " ").trim().to_lowercase()
}
