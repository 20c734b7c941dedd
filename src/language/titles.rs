//! The titles of ministers in full: heads and fields of office in the document's language → the English title.

use super::token::folded;
use super::words::Words;
use std::collections::BTreeMap;

/// How many words a field or a head has at most.
const LONGEST: usize = 5;

/// Heads ("viceministro") and fields ("comercio exterior") with their English words.
#[derive(Clone, Debug, Default)]
pub(super) struct Titles {
    heads: BTreeMap<String, String>,
    fields: BTreeMap<String, String>,
}

/// What titles are called by custom, not by head and field.
const USUAL: [(&str, &str); 3] = [
    ("Minister of Defence", "Defence Minister"),
    ("Minister of Finance", "Finance Minister"),
    ("Minister of the Interior", "Interior Minister"),
];

/// Of what there are ministers, and for what there are secretaries, delegates and whoever has to do with cooperation.
fn joins(head: &str, fields: &str) -> &'static str {
    match head {
        _ if fields.starts_with("Cooperation") => "for",
        "Secretary of State" | "Minister Delegate" | "Minister of State" | "Director-General" => {
            "for"
        }
        _ => "of",
    }
}

/// The longest of the phrases at the beginning of these words: how many words it has, and its English.
fn longest<'t>(phrases: &'t BTreeMap<String, String>, words: &[&str]) -> Option<(usize, &'t str)> {
    (1..=words.len().min(LONGEST)).rev().find_map(|n| {
        let phrase = words.get(..n)?.join(" ");
        Some((n, phrases.get(&phrase)?.as_str()))
    })
}

impl Titles {
    pub(super) fn new(words: &Words) -> Self {
        let table = |of: &BTreeMap<String, Vec<String>>| {
            let forms = of
                .iter()
                .flat_map(|(english, forms)| forms.iter().map(move |f| (f, english)));
            forms
                .map(|(form, english)| (folded(form).join(" "), english.clone()))
                .collect()
        };
        Self {
            heads: table(&words.titles),
            fields: table(&words.fields),
        }
    }

    /// The English title of folded words from its head, or its first field, on; none where a word of it is not known. `passed` says which words
    /// join others or name a state.
    pub(super) fn english(
        &self,
        mut words: &[&str],
        passed: impl Fn(&[&str]) -> Option<usize>,
    ) -> Option<String> {
        let head = longest(&self.heads, words);
        if let Some((count, _)) = head {
            words = words.get(count..)?;
        }
        let head = head.map_or("Minister", |(_, head)| head);
        let mut fields = Vec::new();
        while !words.is_empty() {
            let (count, field) = longest(&self.fields, words)
                .map(|(count, field)| (count, Some(field)))
                .or_else(|| Some((passed(words)?, None)))?;
            fields.extend(field);
            words = words.get(count..)?;
        }
        let (last, others) = fields.split_last()?;
        let fields = if others.is_empty() {
            (*last).to_owned()
        } else {
            format!("{} and {last}", others.join(", "))
        };
        let title = format!("{head} {} {fields}", joins(head, &fields));
        let usual = USUAL.iter().find(|(composed, _)| *composed == title);
        Some(usual.map_or(title, |(_, usual)| (*usual).to_owned()))
    }
}
