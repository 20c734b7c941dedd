//! Words of two annotations → whether they name the same person, place, office or title, by the rules of the gold's scorer.

use serde_json::{Map, Value as Json};
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::UnicodeNormalization;

/// Words before names that say nothing of who it is.
const TITLES: &str = "president prime minister king queen emperor empress prince princess sultan emir pope general marshal \
    colonel admiral captain sir dame lord lady dr mr mrs ms mme m monsieur madame don dona senor senora sr sra sheikh crown \
    chancellor ambassador consul foreign secretary of state premier the le la el los presidente presidenta roi reine rey reina \
    empereur emperador papa pape cardinal archbishop bishop duke duchess ministre";

/// Words of titles that tell no two treaties apart.
const SMALL_WORDS: &str = "the of on in for a an and to between de du des la le les sur et en pour el los las y para sobre entre";

/// Spellings of one state, city or organisation that a document and a gazetteer may choose differently: other | usual.
const SYNONYMS: &str = include_str!("../../data/quality/synonyms.tsv");

/// Offices that the scorer tells apart; the first that a role contains stands for it.
const ROLES: &[&str] = &[
    "consul general",
    "vice consul",
    "honorary consul",
    "consul",
    "charge",
    "high commissioner",
    "minister plenipotentiary",
    "ambassador",
    "envoy",
    "nuncio",
    "foreign minister",
    "prime minister",
    "vice president",
    "president",
];

/// Lower case ASCII letters and digits, all else a space.
pub(super) fn fold(text: &str) -> String {
    let ascii: String = text
        .nfkd()
        .filter(|c| c.is_ascii() && *c != '\'')
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                ' '
            }
        })
        .collect();
    ascii.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn words(text: &str) -> BTreeSet<String> {
    fold(text).split_whitespace().map(str::to_owned).collect()
}

/// Names of places and bodies within one document.
#[derive(Clone, Debug)]
pub(super) struct Places {
    synonyms: BTreeMap<&'static str, &'static str>,
    aliases: BTreeMap<String, String>,
}

impl Places {
    /// The scorer's synonyms, and other names that a document has for some (usual name → others).
    pub(super) fn new(aliases: &Map<String, Json>) -> Self {
        let synonyms = SYNONYMS.lines().filter_map(|line| line.split_once('\t'));
        let mut places = Self {
            synonyms: synonyms.collect(),
            aliases: BTreeMap::new(),
        };
        let mut known = BTreeMap::new();
        for (name, others) in aliases {
            let others = others.as_array().map_or(&[][..], Vec::as_slice);
            for other in others.iter().filter_map(Json::as_str) {
                known.insert(places.name(other), places.name(name));
            }
        }
        places.aliases = known;
        places
    }

    /// The normal form of a name.
    pub(super) fn name(&self, text: &str) -> String {
        let folded = fold(text);
        let bare = folded.strip_prefix("the ").unwrap_or(&folded);
        let usual = self.synonyms.get(bare).copied().unwrap_or(bare);
        let mut usual = usual
            .replace("organisation", "organization")
            .replace("co operation", "cooperation");
        if let Some(rest) = usual.strip_prefix("st ") {
            usual = format!("saint {rest}");
        }
        let forms = ["republic", "kingdom", "state", "federation"];
        let short = forms.iter().find_map(|form| {
            let rest = usual.strip_prefix(form)?.strip_prefix(" of ")?;
            Some(rest.to_owned())
        });
        let usual = short.unwrap_or(usual);
        self.aliases.get(&usual).cloned().unwrap_or(usual)
    }

    pub(super) fn same(&self, a: &str, b: &str) -> bool {
        self.name(a) == self.name(b)
    }

    pub(super) fn all(&self, names: &[String]) -> BTreeSet<String> {
        let filled = names.iter().filter(|name| !name.is_empty());
        filled.map(|name| self.name(name)).collect()
    }
}

/// Whether two names can be one person's: equal, or all words of the shorter (initials allowed) stand in the longer.
pub(super) fn same_person(a: &str, b: &str) -> bool {
    if !fold(a).is_empty() && fold(a) == fold(b) {
        return true;
    }
    let tokens = |name: &str| -> Vec<String> {
        fold(name)
            .split_whitespace()
            .filter(|word| !TITLES.split_whitespace().any(|title| title == *word))
            .map(str::to_owned)
            .collect()
    };
    let (mut short, mut long) = (tokens(a), tokens(b));
    if short.is_empty() || long.is_empty() {
        return false;
    }
    if short.len() > long.len() {
        std::mem::swap(&mut short, &mut long);
    }
    short.iter().any(|t| t.len() > 2 && long.contains(t))
        && short
            .iter()
            .all(|t| long.contains(t) || (t.len() == 1 && long.iter().any(|l| l.starts_with(t))))
}

/// Whether two titles share enough of their words.
pub(super) fn same_title(a: &str, b: &str, share: f64) -> bool {
    let telling = |title: &str| -> BTreeSet<String> {
        let mut words = words(title);
        words.retain(|word| !SMALL_WORDS.split_whitespace().any(|small| small == word));
        words
    };
    let (x, y) = (telling(a), telling(b));
    if x.is_empty() || y.is_empty() {
        return false;
    }
    let common = x.intersection(&y).count();
    let all = x.union(&y).count();
    common as f64 / all as f64 >= share || (common >= 2 && common == x.len().min(y.len()))
}

/// Whether all words of the shorter title stand in the longer.
pub(super) fn within(a: &str, b: &str) -> bool {
    let (x, y) = (words(a), words(b));
    !x.is_empty() && !y.is_empty() && (x.is_subset(&y) || y.is_subset(&x))
}

/// The first year in a date, with its sign; empty where there is none.
pub(super) fn year(date: &str) -> &str {
    let bytes = date.as_bytes();
    let digits = |from: usize| {
        bytes
            .get(from..from + 4)
            .is_some_and(|four| four.iter().all(u8::is_ascii_digit))
    };
    let found = (0..bytes.len()).find_map(|at| {
        if bytes.get(at) == Some(&b'-') && digits(at + 1) {
            date.get(at..at + 5)
        } else if digits(at) {
            date.get(at..at + 4)
        } else {
            None
        }
    });
    found.unwrap_or("")
}

/// Whether a date has the year of the gold, where the gold has one.
pub(super) fn same_year(gold: &str, found: &str) -> bool {
    year(gold).is_empty() || year(gold) == year(found)
}

/// Whether a date is that of the gold, where the gold has one; how sure it is does not count.
pub(super) fn same_date(gold: &str, found: &str) -> bool {
    let clean = |date: &str| date.replace(['~', '?', '%'], "").trim().to_owned();
    clean(gold).is_empty() || clean(gold) == clean(found)
}

/// One of the gold's five kinds of mission.
pub(super) fn mission_kind(text: &str) -> String {
    let text = fold(text);
    let consulate = text.contains("consulate");
    if text.contains("consulate general") {
        "consulate general".to_owned()
    } else if text == "embassy" || text == "legation" {
        text
    } else if consulate && !text.contains("vice") {
        "consulate".to_owned()
    } else {
        "other".to_owned()
    }
}

/// One of the gold's four kinds of visit.
pub(super) fn visit_kind(text: &str) -> &'static str {
    let text = fold(text);
    let kinds = ["working", "state", "official"];
    let found = kinds.into_iter().find(|kind| text.contains(kind));
    found.unwrap_or("other")
}

/// The office that a role is one of.
pub(super) fn role(text: &str) -> String {
    let text = fold(text);
    let found = ROLES.iter().find(|key| text.contains(*key));
    found.map_or(text.clone(), |key| (*key).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_agree_as_the_scorer_has_it() {
        assert!(same_person("President Ana M. Soto", "Ana María Soto Ruiz"));
        assert!(!same_person("Ana Soto", "Ana Ruiz"));
        assert!(same_title(
            "Treaty of Friendship and Commerce",
            "friendship and commerce treaty",
            0.5
        ));
        assert_eq!(year("2013-10-25/2013-10-26"), "2013");
        assert!(same_date("1964~", "1964") && !same_date("1964-05", "1964"));
        let places = Places::new(&Map::new());
        assert!(places.same("the Republic of Peru", "Peru"));
        assert!(places.same("UN", "United Nations"));
        assert_eq!(mission_kind("Honorary consulate"), "consulate");
        assert_eq!(role("Ambassador Extraordinary"), "ambassador");
    }
}
