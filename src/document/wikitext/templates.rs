//! A template → what a reader of the page sees of it: an argument, a list, an infobox's entries, or nothing, as `data/languages/*/wiki.tsv` says.

use super::Reader;
use crate::document::wiki::Template;

impl Reader<'_> {
    pub(super) fn template(&mut self, start: usize, end: usize, depth: usize) {
        let parts = self.cut(start + 2, end - 2, &["|"]);
        let Some(&(from, to)) = parts.first() else {
            return;
        };
        let name = self.part(from, to);
        let arguments: Vec<(usize, usize)> = parts.get(1..).unwrap_or(&[]).to_vec();
        if self.wiki.is_infobox(name) {
            self.infobox(&arguments, depth);
            return;
        }
        let positional: Vec<(usize, usize)> = arguments
            .iter()
            .copied()
            .filter_map(|(from, to)| self.positional(from, to))
            .collect();
        let alone = !self.page.has_words();
        let shown = |at: usize| positional.get(at).copied();
        match self.wiki.template(name) {
            Some(Template::Drop) => {}
            Some(Template::First) => self.chosen(&arguments, shown(0), depth),
            Some(Template::Second) => self.chosen(&arguments, shown(1).or(shown(0)), depth),
            Some(Template::Last) => self.chosen(&arguments, positional.last().copied(), depth),
            Some(Template::Join) => {
                for (at, part) in positional.into_iter().enumerate() {
                    if at > 0 {
                        self.page.flow(start, "\n");
                    }
                    self.argument(Some(part), depth);
                }
            }
            Some(Template::List) => {
                for (at, part) in positional.into_iter().enumerate() {
                    if at > 0 {
                        self.page.made("; ");
                    }
                    self.argument(Some(part), depth);
                }
            }
            Some(Template::Name) => self.flow(from, to),
            // A template that nobody knows: in a sentence, what its one argument says.
            None => {
                if let [only] = positional.as_slice()
                    && !alone
                    && self.part(only.0, only.1).chars().any(char::is_alphabetic)
                {
                    self.argument(Some(*only), depth);
                }
            }
        }
    }

    /// An argument without a name, or with a number as its name.
    fn positional(&self, from: usize, to: usize) -> Option<(usize, usize)> {
        match self.cut(from, to, &["="]).as_slice() {
            [_] => Some((from, to)),
            [(key, stop), (value, _), ..] => {
                let key = self.part(*key, *stop).trim();
                if key.chars().all(|c| c.is_ascii_digit()) && !key.is_empty() {
                    Some((*value, to))
                } else {
                    // A link's address or an element's attribute is no name.
                    key.contains(['<', '/', ':']).then_some((from, to))
                }
            }
            [] => None,
        }
    }

    /// Shows the argument of a template that shows one: that of a name which says so, the chosen one, or that of a name which can stand for it.
    fn chosen(
        &mut self,
        arguments: &[(usize, usize)],
        chosen: Option<(usize, usize)>,
        depth: usize,
    ) {
        let named = |kind| {
            let mut values = arguments.iter();
            values.find_map(|&(from, to)| self.named(from, to, kind))
        };
        let shown = named("shown-key").or(chosen);
        self.argument(shown.or_else(|| named("name-key")), depth);
    }

    /// The value of an argument whose name is such a key (`shown-key`, `name-key`).
    fn named(&self, from: usize, to: usize, kind: &str) -> Option<(usize, usize)> {
        let pieces = self.cut(from, to, &["="]);
        let (&(key, stop), &(value, _)) = (pieces.first()?, pieces.get(1)?);
        let known = self.wiki.is_key(kind, self.part(key, stop));
        (known && !self.part(value, to).trim().is_empty()).then_some((value, to))
    }

    fn argument(&mut self, part: Option<(usize, usize)>, depth: usize) {
        if let Some((from, to)) = part {
            self.inline(from, to, depth + 1);
        }
    }

    /// `- Key: value` lines under the keyword of plain text; an argument without a value says nothing.
    fn infobox(&mut self, arguments: &[(usize, usize)], depth: usize) {
        self.page.paragraph();
        let mut named = false;
        for &(from, to) in arguments {
            let pieces = self.cut(from, to, &["="]);
            let (Some(&(key, stop)), Some(&(value, _))) = (pieces.first(), pieces.get(1)) else {
                continue;
            };
            let words = self.part(key, stop).trim().replace('_', " ");
            if words.is_empty()
                || self.part(value, to).trim().is_empty()
                || self.wiki.is_hidden_key(&words)
            {
                continue;
            }
            if !named {
                self.page.line("", "");
                self.page.made("Infobox");
                named = true;
            }
            let mut letters = words.chars();
            let head: String = letters
                .next()
                .into_iter()
                .flat_map(char::to_uppercase)
                .collect();
            self.page.line("- ", "");
            self.page.made(&format!("{head}{}: ", letters.as_str()));
            self.inline(value, to, depth + 1);
            self.page.end_line();
        }
        self.page.paragraph();
    }
}
