//! All names of persons in a document → one person each in the fullest form, with the offices that the text gives them.

use crate::language::fold;
use std::collections::BTreeMap;

/// An office that the document gives a person at some place of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Held {
    /// English role.
    pub(super) role: String,
    /// Body by index.
    pub(super) of: Option<usize>,
    /// Byte where it is said.
    pub(super) at: usize,
}

/// A person of the document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Known {
    /// Fullest form.
    pub(super) name: String,
    /// Whether a title, an office or a list makes sure that it is a person.
    pub(super) sure: bool,
    /// Offices, in order of the text.
    pub(super) offices: Vec<Held>,
}

/// The persons of one document.
#[derive(Clone, Debug, Default)]
pub(super) struct People {
    pub(super) known: Vec<Known>,
    by_form: BTreeMap<String, usize>,
}

/// One mention for [`People::new`].
#[derive(Clone, Debug)]
pub(super) struct Mention {
    pub(super) name: String,
    pub(super) sure: bool,
    pub(super) royal: bool,
    pub(super) office: Option<Held>,
}

fn parts(name: &str) -> Vec<String> {
    name.split([' ', '\u{a0}'])
        .map(fold)
        .filter(|p| !p.is_empty())
        .collect()
}

fn numeral(part: &str) -> bool {
    !part.is_empty() && part.chars().all(|c| matches!(c, 'i' | 'v' | 'x'))
}

/// Whether the shorter name can be a form of the longer one within one document.
fn form_of(short: &[String], long: &[String], royal: bool) -> bool {
    if short.len() > long.len() {
        return false;
    }
    let numerals = |parts: &[String]| parts.iter().find(|p| numeral(p)).cloned();
    if let (Some(a), b) = (numerals(short), numerals(long))
        && Some(a) != b
    {
        return false;
    }
    let all = short.iter().all(|p| {
        long.contains(p)
            || (p.ends_with('.')
                && p.chars()
                    .next()
                    .is_some_and(|c| long.iter().any(|l| l.starts_with(c))))
    });
    if !all || short == long {
        return all;
    }
    // A single word: a surname, or a royal name before its numeral; a given name alone is too little.
    match short {
        [single] => {
            let first = long.first() == Some(single);
            if long.iter().any(|p| numeral(p)) {
                first || royal
            } else {
                !royal && (!first || long.len() > 1 && single.contains('-'))
            }
        }
        _ => true,
    }
}

impl People {
    /// Joins the mentions of a document, in order of the text, to persons.
    pub(super) fn new(mentions: &[Mention]) -> Self {
        let mut people = Self::default();
        let mut names: Vec<(&str, bool)> = mentions
            .iter()
            .map(|m| (m.name.as_str(), m.royal))
            .collect();
        names.sort_by_key(|(name, _)| std::cmp::Reverse((parts(name).len(), name.len())));
        for (name, royal) in names {
            let key = parts(name).join(" ");
            if people.by_form.contains_key(&key) {
                continue;
            }
            let own = parts(name);
            let fits: Vec<usize> = people
                .known
                .iter()
                .enumerate()
                .filter(|(_, k)| form_of(&own, &parts(&k.name), royal))
                .map(|(i, _)| i)
                .collect();
            let index = match fits.as_slice() {
                [one] => *one,
                [first, ..] if own.len() > 1 => *first,
                [first, ..] if !royal => *first,
                _ => {
                    people.known.push(Known {
                        name: name.to_owned(),
                        ..Known::default()
                    });
                    people.known.len() - 1
                }
            };
            people.by_form.insert(key, index);
        }
        for mention in mentions {
            let Some(known) = people
                .find(&mention.name)
                .and_then(|i| people.known.get_mut(i))
            else {
                continue;
            };
            known.sure |= mention.sure;
            known.offices.extend(mention.office.clone());
        }
        people
    }

    /// The person of a name as written somewhere in the document.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        self.by_form.get(&parts(name).join(" ")).copied()
    }

    /// The office that a person is given nearest before (or else after) a byte of the text.
    pub(super) fn office_at(&self, person: usize, at: usize) -> Option<&Held> {
        let offices = &self.known.get(person)?.offices;
        offices
            .iter()
            .rev()
            .find(|h| h.at <= at)
            .or_else(|| offices.first())
    }

    /// Who was last given this office before a byte of the text.
    pub(super) fn holder(&self, role: &str, of: Option<usize>, at: usize) -> Option<usize> {
        // An office without a state is rather that of one who was introduced without a state ("the minister" of the country that speaks).
        let mut best: Option<((bool, usize), usize)> = None;
        for (index, known) in self.known.iter().enumerate() {
            for held in known.offices.iter().filter(|h| {
                h.at < at && h.role == role && (of.is_none() || h.of.is_none() || h.of == of)
            }) {
                let rank = (of.is_none() && held.of.is_none(), held.at);
                if best.is_none_or(|(known, _)| known < rank) {
                    best = Some((rank, index));
                }
            }
        }
        best.map(|(_, index)| index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mention(name: &str, royal: bool) -> Mention {
        Mention {
            name: name.into(),
            sure: true,
            royal,
            office: None,
        }
    }

    #[test]
    fn joins_forms_and_keeps_namesakes_apart() {
        let people = People::new(&[
            mention("Ana María Soto Ruiz", false),
            mention("Soto", false),
            mention("Ana Soto", false),
            mention("Jean", true),
            mention("Jean Weber", false),
            mention("Olav V", true),
            mention("Olav IV", true),
        ]);
        let name = |form: &str| {
            people
                .find(form)
                .and_then(|i| people.known.get(i))
                .map(|k| k.name.as_str())
        };
        assert_eq!(name("Soto"), Some("Ana María Soto Ruiz"));
        assert_eq!(name("Ana Soto"), Some("Ana María Soto Ruiz"));
        assert_eq!(name("Jean"), Some("Jean"));
        assert_ne!(people.find("Olav V"), people.find("Olav IV"));
    }
}
