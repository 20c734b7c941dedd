//! All names of persons in a document → one person each in the fullest form, with the offices that the text gives them.

use crate::language::hash::Table;
use crate::language::{fold, is_generation};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

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
    /// Whether it is a woman, where the text says so.
    pub(super) woman: Option<bool>,
    /// Offices, in order of the text.
    pub(super) offices: Vec<Held>,
    /// For each office the first byte at which it or one after it is said.
    said_from: Vec<usize>,
    /// The state that the person is known to have led, whatever the text says.
    pub(super) leads: Option<usize>,
    /// The bodies whose offices they are.
    bodies: BTreeSet<usize>,
}

impl Known {
    /// Whether the text gives the person an office of a body.
    pub(super) fn served(&self, body: usize) -> bool {
        self.bodies.contains(&body)
    }

    /// Whether the text gives the person an office without a state, or with the one that speaks.
    pub(super) fn holds_at_home(&self, role: &str, home: Option<usize>) -> bool {
        let mut offices = self.offices.iter();
        offices.any(|h| h.role == role && (h.of.is_none() || h.of == home))
    }

    fn index(&mut self) {
        let mut least = usize::MAX;
        self.said_from = self
            .offices
            .iter()
            .rev()
            .map(|held| {
                least = least.min(held.at);
                least
            })
            .collect();
        self.said_from.reverse();
        self.bodies = self.offices.iter().filter_map(|held| held.of).collect();
    }
}

/// The persons of one document.
#[derive(Clone, Debug, Default)]
pub(super) struct People {
    pub(super) known: Vec<Known>,
    /// By the folded words of each name.
    by_form: BTreeMap<String, usize>,
    /// By each name as written.
    by_name: Table<String, usize>,
    /// Holders of each office in order of the text.
    holders: Table<String, Holders>,
}

/// Who was given an office, in order of the text: byte and person.
#[derive(Clone, Debug, Default)]
struct Holders {
    all: Vec<(usize, Reverse<usize>)>,
    /// By whose office it is, where that is said.
    by_body: BTreeMap<Option<usize>, Vec<(usize, Reverse<usize>)>>,
}

/// One mention for [`People::new`].
#[derive(Clone, Debug)]
pub(super) struct Mention {
    pub(super) name: String,
    pub(super) sure: bool,
    pub(super) royal: bool,
    /// Whether the words before the name are those for a woman, or for a man.
    pub(super) woman: Option<bool>,
    pub(super) office: Option<Held>,
    /// The list of which it heads an item.
    pub(super) list: Option<usize>,
}

fn parts(name: &str) -> Vec<String> {
    name.split([' ', '\u{a0}'])
        .filter(|p| !p.is_empty())
        .map(|p| fold(p).into_owned())
        .collect()
}

/// Whether a folded part of a name is a Roman numeral.
pub(super) fn numeral(part: &str) -> bool {
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
    // "Otto Brant" is not "Otto Brant Jr.", "Brant" may be.
    let younger = |parts: &[String]| parts.iter().any(|part| is_generation(part));
    if short.len() > 1 && younger(short) != younger(long) {
        return false;
    }
    // "Kobal" is "Marjeta Kobal-Žnidaršič": one half of a double surname.
    let half = |p: &String| {
        long.iter()
            .skip(1)
            .any(|l| l.contains('-') && l.split('-').any(|h| h == p && h.chars().count() > 2))
    };
    let all = short.iter().all(|p| {
        long.contains(p)
            || half(p)
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
        // Each name as written once, by its first mention.
        let mut seen: Table<&str, ()> = Table::default();
        let mut names: Vec<(&str, &Mention, Vec<String>)> = mentions
            .iter()
            .filter(|m| seen.insert(&m.name, ()))
            .map(|m| (m.name.as_str(), m, parts(&m.name)))
            .collect();
        names.sort_by_key(|(name, _, parts)| Reverse((parts.len(), name.len())));
        // One list gives a person one name: two names that head items of it are of two persons.
        let mut heading: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        for mention in mentions {
            let lists = heading.entry(&mention.name).or_default();
            lists.extend(mention.list);
        }
        let lists = |name: &str| heading.get(name);
        let sure = mentions.iter().filter(|m| m.sure);
        let sure: BTreeSet<&str> = sure.map(|m| m.name.as_str()).collect();
        let one_list = |a: &str, b: &str| matches!((lists(a), lists(b)), (Some(a), Some(b)) if !a.is_disjoint(b));
        // Words of each person's name, and the persons who have a word in theirs.
        let mut known_parts: Vec<Vec<String>> = Vec::new();
        let mut having: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (name, mention, own) in names {
            let royal = mention.royal;
            let key = own.join(" ");
            if let Some(known) = people.by_form.get(&key) {
                people.by_name.insert(name.to_owned(), *known);
                continue;
            }
            let fits = |index: usize| {
                let listed = people
                    .known
                    .get(index)
                    .is_some_and(|known| one_list(name, &known.name));
                let both_listed = own.len() > 1 && listed;
                known_parts
                    .get(index)
                    .is_some_and(|long| !both_listed && form_of(&own, long, royal))
            };
            // All words but initials stand in the longer name, so the rarest is enough to look for it.
            let rarest = own
                .iter()
                .filter(|part| !part.ends_with('.'))
                .map(|part| having.get(part).map_or(&[][..], Vec::as_slice))
                .min_by_key(|with| with.len());
            let mut found: Vec<usize> = match rarest {
                Some(with) => with.iter().copied().filter(|i| fits(*i)).collect(),
                None => (0..known_parts.len()).filter(|i| fits(*i)).collect(),
            };
            // "Faure" is Danny Faure rather than Barry Morel-Faure.
            let whole = |index: &usize| {
                let long = known_parts.get(*index);
                long.is_some_and(|long| own.iter().all(|part| long.contains(part)))
            };
            if found.iter().any(whole) {
                found.retain(whole);
            }
            // "Dr. Rawya" is Rawya Hamad, "Minister Batbold" Batbold Sukh, if nobody else begins so.
            let given = |index: &usize| {
                let long = known_parts.get(*index);
                long.is_some_and(|long| long.len() > 1 && long.first() == own.first())
            };
            // "Tuli" is Prime Minister Tuli Anso.
            let sure = |index: usize| {
                let known = people.known.get(index);
                known.is_some_and(|k| sure.contains(k.name.as_str()))
            };
            let found = match rarest.filter(|_| found.is_empty() && own.len() == 1) {
                Some(with) if !royal => {
                    let begin: Vec<usize> = with.iter().copied().filter(given).collect();
                    match begin.as_slice() {
                        [one] if mention.sure || sure(*one) => begin,
                        _ => Vec::new(),
                    }
                }
                Some(_) | None => found,
            };
            let index = match found.as_slice() {
                [one] => *one,
                [first, ..] if own.len() > 1 => *first,
                [first, ..] if !royal => *first,
                _ => {
                    let index = people.known.len();
                    people.known.push(Known {
                        name: name.to_owned(),
                        ..Known::default()
                    });
                    let halves = own
                        .iter()
                        .filter(|p| p.contains('-'))
                        .flat_map(|p| p.split('-'));
                    for part in own.iter().map(String::as_str).chain(halves) {
                        let with = having.entry(part.to_owned()).or_default();
                        if with.last() != Some(&index) {
                            with.push(index);
                        }
                    }
                    known_parts.push(own);
                    index
                }
            };
            people.by_name.insert(name.to_owned(), index);
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
            known.woman = known.woman.or(mention.woman);
            known.offices.extend(mention.office.clone());
        }
        people.known.iter_mut().for_each(Known::index);
        people.find_holders();
        people
    }

    /// The person of a name as written somewhere in the document.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        let written = self.by_name.get(name).copied();
        written.or_else(|| self.by_form.get(&parts(name).join(" ")).copied())
    }

    fn find_holders(&mut self) {
        let mut by_role: BTreeMap<&str, Holders> = BTreeMap::new();
        for (person, known) in self.known.iter().enumerate() {
            for held in &known.offices {
                // Of two at one place the first known comes last, and so first of those looked back for.
                let holder = (held.at, Reverse(person));
                let holders = by_role.entry(&held.role).or_default();
                holders.all.push(holder);
                holders.by_body.entry(held.of).or_default().push(holder);
            }
        }
        for (role, mut holders) in by_role {
            holders.all.sort_unstable();
            holders
                .by_body
                .values_mut()
                .for_each(|list| list.sort_unstable());
            self.holders.insert(role.to_owned(), holders);
        }
    }

    /// The office that a person is given nearest before (or else after) a byte of the text.
    pub(super) fn office_at(&self, person: usize, at: usize) -> Option<&Held> {
        let known = self.known.get(person)?;
        // The last one that is said before the byte: behind it none is.
        let before = known.said_from.partition_point(|from| *from <= at);
        known.offices.get(before.saturating_sub(1))
    }

    /// Who was last given this office before a byte of the text.
    pub(super) fn holder(&self, role: &str, of: Option<usize>, at: usize) -> Option<usize> {
        let holders = self.holders.get(role)?;
        let last = |list: &[(usize, Reverse<usize>)]| {
            let before = list.partition_point(|(held, _)| *held < at);
            list.get(before.checked_sub(1)?).copied()
        };
        let last_of = |of: Option<usize>| holders.by_body.get(&of).and_then(|list| last(list));
        let holder = match of {
            // An office without a state is rather that of one who was introduced without a state ("the minister" of the country that speaks).
            None => last_of(None).or_else(|| last(&holders.all)),
            Some(_) => last_of(None).max(last_of(of)),
        };
        holder.map(|(_, Reverse(person))| person)
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
            woman: None,
            office: None,
            list: None,
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

    #[test]
    fn father_and_son_stay_two() {
        let listed = |name: &str| Mention {
            list: Some(1),
            ..mention(name, false)
        };
        let people = People::new(&[
            listed("Pedro Lamas"),
            listed("Pedro Lamas Ortiz"),
            mention("Otto Brant", false),
            mention("Otto Brant Jr.", false),
            mention("Ana Soto Ruiz", false),
            mention("Ana Soto", false),
        ]);
        assert_ne!(people.find("Pedro Lamas"), people.find("Pedro Lamas Ortiz"));
        assert_ne!(people.find("Otto Brant"), people.find("Otto Brant Jr."));
        assert_eq!(people.find("Ana Soto"), people.find("Ana Soto Ruiz"));
    }
}
