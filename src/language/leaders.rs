//! Those who led states, by name: whose leader somebody is of whom the text does not say so.

use super::fold;
use super::hash::Table;
use std::ops::Range;
use std::sync::LazyLock;

const LEADERS: &str = include_str!("../../data/gazetteer/leaders.tsv");

/// One who led a state: the state's key in the gazetteer, the first and the last year in its service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Led {
    /// The state's key.
    pub state: &'static str,
    /// The first year.
    pub from: i32,
    /// The last year.
    pub to: i32,
    /// The highest offices with their years: `head 1990-1995;foreign 1988`.
    pub offices: &'static str,
}

/// What an office of the table is called where it is told.
fn called(office: &str, role: &str) -> bool {
    match office {
        "head" => ["President", "Emir", "Chancellor"].contains(&role) || is_crowned(role),
        "royal" => is_crowned(role) || role.contains("Prince"),
        "government" => ["Prime Minister", "Chancellor", "Premier"].contains(&role),
        "foreign" => ["Foreign Minister", "Secretary of State"].contains(&role),
        "vice" => role == "Vice President",
        _ => false,
    }
}

fn is_crowned(role: &str) -> bool {
    [
        "King",
        "Queen",
        "Emperor",
        "Emir",
        "Sultan",
        "Grand Duke",
        "Pope",
    ]
    .contains(&role)
}

impl Led {
    /// Whether a document that speaks of some years can speak of the leader.
    #[must_use]
    pub fn within(&self, first: i32, last: i32) -> bool {
        self.from <= last && self.to >= first
    }

    /// Whether an office was the leader's, in a year if one is given.
    #[must_use]
    pub fn held(&self, role: &str, year: Option<i32>) -> bool {
        self.offices.split(';').any(|held| {
            let Some((office, years)) = held.split_once(' ') else {
                return false;
            };
            let (from, to) = years.split_once('-').unwrap_or((years, years));
            let number = |text: &str, open: i32| text.parse().unwrap_or(open);
            let (from, to) = (number(from, i32::MIN), number(to, i32::MAX));
            called(office, role) && year.is_none_or(|y| (from..=to).contains(&y))
        })
    }
}

/// The leaders of states, by a name.
#[derive(Debug, Default)]
struct ByName {
    /// Those of one name stand together.
    all: Vec<Led>,
    /// Which they are.
    of: Table<&'static str, Range<usize>>,
}

impl ByName {
    /// Those of one name stay in their order.
    fn new(mut named: Vec<(&'static str, Led)>) -> Self {
        named.sort_by_key(|(name, _)| *name);
        let mut of = Table::default();
        let mut start = 0;
        for same in named.chunk_by(|(a, _), (b, _)| a == b) {
            if let Some((name, _)) = same.first() {
                of.insert(*name, start..start + same.len());
            }
            start += same.len();
        }
        Self {
            all: named.into_iter().map(|(_, led)| led).collect(),
            of,
        }
    }

    fn get(&self, name: &str) -> &[Led] {
        let range = self.of.get(name).cloned();
        range.and_then(|range| self.all.get(range)).unwrap_or(&[])
    }
}

/// The leaders of states.
#[derive(Debug, Default)]
pub struct Leaders {
    named: ByName,
    /// By the last word of a name.
    by_last: ByName,
}

/// A name's words, folded.
fn words(name: &str) -> Vec<String> {
    let words = name.split([' ', '\u{a0}']).filter(|w| !w.is_empty());
    words.map(|w| fold(w).into_owned()).collect()
}

fn numeral(word: &str) -> bool {
    word.chars().all(|c| matches!(c, 'i' | 'v' | 'x'))
}

impl Leaders {
    fn parse(text: &'static str) -> Self {
        let (mut named, mut by_last) = (Vec::new(), Vec::new());
        for line in text.lines().skip(1) {
            let mut cells = line.split('\t');
            let (Some(name), Some(state)) = (cells.next(), cells.next()) else {
                continue;
            };
            let mut year = || cells.next().and_then(|y| y.parse().ok());
            let (from, to) = (year().unwrap_or(i32::MIN), year().unwrap_or(i32::MAX));
            let offices = cells.next().unwrap_or("");
            let led = Led {
                state,
                from,
                to,
                offices,
            };
            named.push((name, led));
            if let Some((_, last)) = name.rsplit_once(' ')
                && !numeral(last)
            {
                by_last.push((last, led));
            }
        }
        Self {
            named: ByName::new(named),
            by_last: ByName::new(by_last),
        }
    }

    /// The table that is part of the program.
    #[must_use]
    pub fn embedded() -> &'static Self {
        static LEADERS_BY_NAME: LazyLock<Leaders> = LazyLock::new(|| Leaders::parse(LEADERS));
        &LEADERS_BY_NAME
    }

    fn of(&self, name: &str) -> &[Led] {
        self.named.get(name)
    }

    /// Those of a name, also where it has more words than the table gives it: the first with the last, or with the last but one.
    #[must_use]
    pub fn named(&self, name: &str) -> &[Led] {
        let words = words(name);
        let whole = self.of(&words.join(" "));
        let [first, .., before, last] = words.as_slice() else {
            return whole;
        };
        let short = |other: &String| self.of(&format!("{first} {other}"));
        let known = |found: &&[Led]| !found.is_empty();
        let found = Some(whole).filter(known);
        let found = found.or_else(|| Some(short(last)).filter(known));
        found.unwrap_or_else(|| short(before))
    }

    /// Those whose name has this last word.
    #[must_use]
    pub fn by_last(&self, word: &str) -> &[Led] {
        self.by_last.get(fold(word).as_ref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_folded_name_a_state_two_years_and_offices() {
        for line in LEADERS.lines().skip(1) {
            let cells: Vec<&str> = line.split('\t').collect();
            let whole = match cells.as_slice() {
                [name, _, from, to, _] => {
                    let year = |y: &str| y.parse::<i32>().is_ok();
                    words(name).join(" ") == *name && year(from) && (to.is_empty() || year(to))
                }
                _ => false,
            };
            assert!(whole, "{line:?}");
        }
    }

    #[test]
    fn a_longer_name_is_found_by_its_ends() {
        let leaders = Leaders::parse(
            "name\tstate\tfrom\tto\toffices\nana soto\tPER\t1988\t1995\tforeign 1988;head 1990-1995\notto ix\tNOR\t1900\t1920\t\n",
        );
        let found = |name: &str| leaders.named(name).first().map(|l| l.state);
        assert_eq!(found("Ana Soto"), Some("PER"));
        assert_eq!(found("Ana María Soto"), Some("PER"));
        assert_eq!(found("Ana Soto Ruiz"), Some("PER"));
        let held = |role: &str, year: i32| leaders.named("Ana Soto")[0].held(role, Some(year));
        assert!(held("President", 1991) && !held("President", 1988));
        assert!(held("Foreign Minister", 1988) && !held("Prime Minister", 1991));
        assert_eq!(found("Ana Ruiz"), None);
        assert_eq!(found("Otto IX"), Some("NOR"));
        assert_eq!(leaders.by_last("Soto").len(), 1);
        assert!(leaders.by_last("IX").is_empty());
    }
}
