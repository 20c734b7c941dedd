//! A page's title and wikitext → whether it is of the trade that is sought: by its title, its categories, its infobox, or how it begins.

use super::wiki::Wiki;

/// Which pages of a dump are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Select {
    /// Articles on the relations of states.
    Relations,
    /// Articles on embassies, consulates and their heads.
    Missions,
    /// All articles.
    #[default]
    All,
}

/// How far into a page its first sentence is looked for, in bytes.
const REACH: usize = 64 << 10;
/// The longest sentence that an opening is taken for, in bytes.
const LONGEST: usize = 600;

impl Select {
    /// The kind of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "relations" => Some(Self::Relations),
            "missions" => Some(Self::Missions),
            "all" => Some(Self::All),
            _ => None,
        }
    }

    /// Whether an article is of the kind. `text` is its wikitext, as XML escapes it.
    pub(super) fn wants(self, title: &str, text: &str) -> bool {
        let (kind, infobox, opens) = match self {
            Self::All => return true,
            Self::Relations => ("relations", "relations-infobox", "relations-opening"),
            Self::Missions => ("missions", "missions-infobox", "missions-opening"),
        };
        let wiki = Wiki::embedded();
        wiki.is_of(kind, title)
            || categories(wiki, text).any(|name| wiki.is_of(kind, name) && !name.contains('.'))
            || templates(text).any(|name| wiki.is_template_of(infobox, name))
            || wiki.is_of(opens, &opening(text))
    }
}

/// What stands behind the namespace of links that no reader sees, categories among them.
fn categories<'t>(wiki: &'t Wiki, text: &'t str) -> impl Iterator<Item = &'t str> {
    text.match_indices("[[")
        .filter_map(|(at, _)| text.get(at + 2..)?.split_once("]]"))
        .filter_map(|(link, _)| link.split('|').next()?.split_once(':'))
        .filter(|(space, _)| wiki.is_hidden_namespace(space))
        .map(|(_, name)| name)
}

/// The names of the templates.
fn templates(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("{{").filter_map(|(at, _)| {
        text.get(at + 2..)?
            .split(['|', '}', '\n', '&'])
            .find(|name| !name.is_empty())
    })
}

/// The first sentence of the running text, without markup: what stands before the first heading and outside of templates, tables, files,
/// comments and notes. Empty where there is none.
fn opening(text: &str) -> String {
    let mut words = String::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        if at > REACH || words.len() > LONGEST {
            break;
        }
        let hidden = HIDDEN.iter().find(|(open, _)| rest.starts_with(open));
        if let Some((open, close)) = hidden {
            at += closing(rest, open, close);
        } else if let Some(link) = rest.strip_prefix("[[") {
            let end = closing(rest, "[[", "]]");
            let inside = link.get(..end.saturating_sub(4)).unwrap_or("");
            if !inside.split('|').next().unwrap_or("").contains(':') {
                words.push_str(inside.rsplit('|').next().unwrap_or(inside));
            }
            at += end;
        } else if let Some(tag) = rest.strip_prefix("&lt;") {
            at += 4 + tag.find("&gt;").map_or(0, |end| end + 4);
        } else if rest.starts_with("''") {
            at += rest.len() - rest.trim_start_matches('\'').len();
        } else if rest.starts_with('\n') {
            let begun = words.split_whitespace().nth(2).is_some();
            let heading = rest.starts_with("\n=");
            if heading || begun && rest.starts_with("\n\n") {
                break;
            }
            if !begun {
                words.clear();
            }
            words.push(' ');
            at += 1;
        } else {
            let letter = rest.chars().next().unwrap_or(' ');
            at += letter.len_utf8();
            words.push(letter);
            let ended = letter == '.' && text.get(at..).is_some_and(|r| r.starts_with([' ', '\n']));
            // Not behind an initial or an abbreviation of two letters.
            let last = words.trim_end_matches('.').rsplit(' ').next();
            if ended && last.is_some_and(|word| word.chars().count() > 2) {
                break;
            }
        }
    }
    words.trim().trim_end_matches('.').to_owned()
}

/// What opens and what closes markup that is not running text.
const HIDDEN: &[(&str, &str)] = &[
    ("{{", "}}"),
    ("{|", "|}"),
    ("&lt;!--", "--&gt;"),
    ("&lt;ref", "&lt;/ref&gt;"),
    ("__", "__"),
];

/// Where markup that a text begins with ends, in bytes; what it holds may open and close the same again. A reference may close itself.
fn closing(text: &str, open: &str, close: &str) -> usize {
    let tag = text.find("&gt;").unwrap_or(text.len());
    if open == "&lt;ref" && text.get(..tag).is_some_and(|tag| tag.ends_with('/')) {
        return (tag + 4).min(text.len());
    }
    let nested = open != close && !open.starts_with('&');
    let (mut depth, mut at) = (1_usize, open.len());
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let next = rest.find(close);
        let again = rest.find(open).filter(|_| nested);
        match (next, again) {
            (Some(end), Some(start)) if start < end => {
                depth += 1;
                at += start + open.len();
            }
            (Some(end), _) => {
                depth -= 1;
                at += end + close.len();
                if depth == 0 {
                    return at;
                }
            }
            (None, _) => break,
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_opening_is_the_first_sentence_without_markup() {
        let text = "{{Short description|x {{y}} z}}\n[[File:A.jpg|thumb|The [[Quai]] d'Orsay.]]\n{| class=a\n|b\n|}\n&lt;!-- not &gt; this --&gt;\n'''[[Fiji]]''' and [[New Zealand|the Dominion]] have kept&lt;ref name=\"a\" /&gt; ties since J. R. Baird&lt;ref&gt;A. B.&lt;/ref&gt; came.\n\nMore.";
        assert_eq!(
            opening(text),
            "Fiji and the Dominion have kept ties since J. R. Baird came"
        );
        assert_eq!(opening("{{never closed\nA text."), "");
        assert_eq!(
            opening("No more text\n\n== History ==\nA text."),
            "No more text"
        );
    }

    #[test]
    fn pages_are_found_by_title_category_infobox_and_opening() {
        use Select::{Missions, Relations};
        let is =
            |title: &str, text: &str| [Relations, Missions].map(|select| select.wants(title, text));
        for (title, text, wanted) in [
            ("Fiji–Tonga relations", "", [true, false]),
            (
                "Fiji and Tonga",
                "[[Category:Bilateral relations of Fiji]]",
                [true, false],
            ),
            (
                "Fiji and Tonga",
                "{{Infobox bilateral relations|Fiji|Tonga}}\nA text.",
                [true, false],
            ),
            (
                "Fiji and Tonga",
                "'''Fiji''' and [[Tonga]] have had diplomatic relations since 1971.",
                [true, false],
            ),
            (
                "Fidji et Tonga",
                "Les '''relations entre [[Fidji]] et [[Tonga]]''' datent de 1971.",
                [true, false],
            ),
            (
                "Fiyi y Tonga",
                "Las '''relaciones bilaterales''' de Fiyi y Tonga datan de 1971.",
                [true, false],
            ),
            (
                "Hôtel de Besenval",
                "L'hôtel abrite l'ambassade d'[[Suisse|Helvétie]] à Paris.",
                [false, true],
            ),
            (
                "Casa Amarilla",
                "{{Ficha de misión diplomática\n|país=Perú}}\nUn edificio.",
                [false, true],
            ),
            (
                "Ana Soto",
                "'''Ana Soto''' (born 1950) was the ambassador of [[Peru]] to [[France]].",
                [false, true],
            ),
            (
                "Apple",
                "An '''apple''' is a fruit. Diplomatic relations do not grow on it.",
                [false, false],
            ),
            (
                "Ana Soto",
                "'''Ana Soto''' is a singer.\n\nHer father was the ambassador of Peru to France.",
                [false, false],
            ),
        ] {
            assert_eq!(is(title, text), wanted, "{title}: {text}");
        }
    }
}
