//! MediaWiki wikitext → a page: headings, lists, tables, the infobox, links by their words; templates by what `data/languages/*/wiki.tsv` says of
//! them; notes, files, categories and the reference sections left out. One pass over brackets, one over words: linear in the text.

mod templates;

use super::page::Page;
use super::wiki::Wiki;
use std::collections::BTreeMap;

/// How deep templates and links may stand in each other.
const DEEPEST: usize = 24;

/// Reads a page whose title its file or dump tells.
/// Without a title its first line is the title ([`is_titled`]).
pub(super) fn render(text: &str, title: &str) -> Page {
    let mut page = Page::default();
    // A title is one line, also where the file is damaged.
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    if !title.is_empty() {
        page.heading(1);
        page.made(&title);
        page.paragraph();
        page.title = title;
    }
    let untitled = page.title.is_empty() && is_titled(text);
    let mut reader = Reader {
        text,
        wiki: Wiki::embedded(),
        pairs: pairs(text),
        page,
        table: 0,
        section: None,
    };
    let start = if untitled { reader.title() } else { 0 };
    reader.lines(start, text.len(), 0);
    reader.page
}

/// How many bytes a line that is a title has at most.
const TITLE: usize = 160;

/// The first line that has words, and where it begins.
fn first_line(text: &str) -> (usize, &str) {
    let start = text.len() - text.trim_start().len();
    let line = text.get(start..).and_then(|rest| rest.lines().next());
    (start, line.unwrap_or("").trim_end())
}

/// Whether the first line of a text is its title: a heading, or words without signs of layout that are no sentence.
pub(super) fn is_titled(text: &str) -> bool {
    let (_, line) = first_line(text);
    let signs = ["''", "[[", "{{", "{|", "<", "*", "#", ":", "|"];
    let heading =
        line.starts_with('=') && line.ends_with('=') && !line.trim_matches('=').is_empty();
    let bare = || !signs.iter().any(|sign| line.contains(sign)) && !line.ends_with(['.', ',']);
    !line.is_empty() && line.len() <= TITLE && (heading || bare())
}

/// Where each `{{`, `[[` and `{|` that is closed ends: start → the byte after.
fn pairs(text: &str) -> BTreeMap<usize, usize> {
    let bytes = text.as_bytes();
    let mut found = BTreeMap::new();
    let mut open: Vec<(&[u8], usize)> = Vec::new();
    let mut at = 0;
    while let Some(two) = bytes.get(at..at + 2) {
        let closes = |opener: &[u8], closer: &[u8]| {
            opener == b"{{" && closer == b"}}"
                || opener == b"[[" && closer == b"]]"
                || opener == b"{|" && closer == b"|}"
        };
        if let Some(end) = hidden(text, at) {
            at = end;
            continue;
        }
        let line_start = at == 0 || bytes.get(at - 1) == Some(&b'\n');
        match two {
            b"{{" | b"[[" => {
                open.push((two, at));
                at += 2;
            }
            b"{|" if line_start => {
                open.push((two, at));
                at += 2;
            }
            b"}}" | b"]]" | b"|}" => {
                // What was opened inside and never closed is text; a table's end counts only at the start of a line.
                let counts = two != b"|}" || (line_start && bytes.get(at + 2) != Some(&b'}'));
                let opener = open
                    .iter()
                    .rev()
                    .take(8)
                    .position(|(opener, _)| closes(opener, two));
                match opener.filter(|_| counts) {
                    Some(back) => {
                        open.truncate(open.len() - back);
                        if let Some((_, start)) = open.pop() {
                            found.insert(start, at + 2);
                        }
                        at += 2;
                    }
                    None => at += 1,
                }
            }
            _ => at += 1,
        }
    }
    found
}

/// Where the comment or the element without words for a reader that begins at `at` ends.
fn hidden(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..).filter(|rest| rest.starts_with('<'))?;
    if rest.starts_with("<!--") {
        // An open comment hides all the rest, as in MediaWiki.
        return Some(rest.find("-->").map_or(text.len(), |end| at + end + 3));
    }
    for name in [
        "ref",
        "math",
        "gallery",
        "timeline",
        "imagemap",
        "score",
        "syntaxhighlight",
        "mapframe",
        "templatestyles",
        "references",
    ] {
        let Some(after) = rest
            .get(1..1 + name.len())
            .filter(|word| word.eq_ignore_ascii_case(name))
            .and(rest.get(1 + name.len()..))
        else {
            continue;
        };
        if !after.starts_with([' ', '>', '/', '\n', '\t']) {
            continue;
        }
        let tag = after.find('>')?;
        let begun = at + 1 + name.len() + tag + 1;
        if after.get(..tag).is_some_and(|inside| inside.ends_with('/')) {
            return Some(begun);
        }
        let close = format!("</{name}");
        let inner = text.get(begun..)?;
        let end = inner.match_indices("</").take(4096).find(|(found, _)| {
            inner
                .get(*found..*found + close.len())
                .is_some_and(|word| word.eq_ignore_ascii_case(&close))
        });
        return Some(match end {
            Some((found, _)) => {
                let after = begun + found;
                text.get(after..)
                    .and_then(|rest| rest.find('>'))
                    .map_or(text.len(), |end| after + end + 1)
            }
            None => begun,
        });
    }
    None
}

struct Reader<'t> {
    text: &'t str,
    wiki: &'static Wiki,
    pairs: BTreeMap<usize, usize>,
    page: Page,
    table: usize,
    /// Level of the section that is left out.
    section: Option<usize>,
}

impl<'t> Reader<'t> {
    fn part(&self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end).unwrap_or("")
    }

    /// Where the line from `at` ends, over templates, links and notes of more lines.
    fn line_end(&self, at: usize, end: usize) -> usize {
        let mut at = at;
        while at < end {
            if let Some(after) = self
                .pairs
                .get(&at)
                .copied()
                .or_else(|| hidden(self.text, at))
            {
                at = after;
            } else if self.text.as_bytes().get(at) == Some(&b'\n') {
                return at;
            } else {
                at += 1;
            }
        }
        end.min(at)
    }

    /// Reads the first line as the title; where the next begins.
    fn title(&mut self) -> usize {
        let (start, line) = first_line(self.text);
        let words = line.trim_matches(['=', ' ']);
        let from = start + line.find(words).unwrap_or(0);
        self.page.heading(1);
        self.inline(from, from + words.len(), 0);
        self.page.paragraph();
        words.clone_into(&mut self.page.title);
        start + line.len()
    }

    /// Reads whole lines.
    fn lines(&mut self, start: usize, end: usize, depth: usize) {
        let mut at = start;
        while at < end && depth < DEEPEST {
            if self.part(at, end).starts_with("{|")
                && let Some(&close) = self.pairs.get(&at)
            {
                if self.section.is_none() {
                    self.table(at, close, depth);
                }
                at = close;
                continue;
            }
            let stop = self.line_end(at, end).max(at);
            self.line(at, stop, depth);
            at = stop + 1;
        }
    }

    fn line(&mut self, start: usize, end: usize, depth: usize) {
        let line = self.part(start, end);
        let words = line.trim();
        let level = words.len() - words.trim_start_matches('=').len();
        let closing = words.len() - words.trim_end_matches('=').len();
        if level > 0 && closing > 0 && words.len() > 2 * level.min(closing) {
            let level = level.min(closing);
            let inner = words.get(level..words.len() - level).unwrap_or("").trim();
            if self.section.is_none_or(|hidden| level <= hidden) {
                self.section = self.wiki.is_reference_section(inner).then_some(level);
            }
            if self.section.is_none() {
                let from = start + line.find(inner).unwrap_or(0);
                self.page.heading(level.max(2));
                self.inline(from, from + inner.len(), depth);
                self.page.paragraph();
            }
            return;
        }
        if self.section.is_some() {
            return;
        }
        if words.is_empty() || words.starts_with("----") {
            self.page.paragraph();
            return;
        }
        let signs = line.len() - line.trim_start_matches(['*', '#', ':', ';']).len();
        let listed = line.get(..signs).unwrap_or("").contains(['*', '#']);
        if listed {
            self.page.item(signs.saturating_sub(1));
        } else {
            self.page.line("", "");
        }
        self.inline(start + signs, end, depth);
        self.page.end_line();
    }

    /// A table: header cells and cells of each row.
    fn table(&mut self, start: usize, end: usize, depth: usize) {
        self.page.paragraph();
        self.table += 1;
        let mut at = self.line_end(start + 2, end) + 1;
        let close = end.saturating_sub(2);
        let mut open = false;
        while at < close && self.table < 4 {
            let stop = self.line_end(at, close);
            let line = self.part(at, stop);
            let words = line.trim_start();
            let from = at + (line.len() - words.len());
            if words.starts_with("|+") {
                self.page.line("", "");
                let from = self.after_attributes(from + 2, stop);
                self.inline(from, stop, depth);
                self.page.end_line();
            } else if words.starts_with("|-") {
                open = false;
            } else if words.starts_with(['|', '!']) {
                let doubled = if words.starts_with('!') {
                    ["!!", "||"]
                } else {
                    ["||", "||"]
                };
                for (cell, cell_end) in self.cut(from + 1, stop, &doubled) {
                    if open && self.page.has_words() {
                        self.page.made(" | ");
                    } else {
                        self.page.line("| ", " |");
                    }
                    open = true;
                    let cell = self.after_attributes(cell, cell_end);
                    if self.part(cell, cell_end).trim().is_empty() {
                        self.page.made("—");
                    }
                    self.inline(cell, cell_end, depth);
                }
            } else if !words.is_empty() && open {
                self.page.flow(from, "\n");
                let signs = words.len() - words.trim_start_matches(['*', '#', ':']).len();
                self.inline(from + signs, stop, depth);
            }
            at = stop + 1;
        }
        self.table -= 1;
        self.page.paragraph();
    }

    /// Cuts a stretch at marks that stand in no template or link.
    fn cut(&self, start: usize, end: usize, marks: &[&str]) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        let (mut from, mut at) = (start, start);
        while at < end {
            if let Some(after) = self
                .pairs
                .get(&at)
                .copied()
                .or_else(|| hidden(self.text, at))
            {
                at = after;
                continue;
            }
            let rest = self.text.as_bytes().get(at..end).unwrap_or(&[]);
            match marks.iter().find(|mark| rest.starts_with(mark.as_bytes())) {
                Some(mark) => {
                    found.push((from, at));
                    at += mark.len();
                    from = at;
                }
                None => at += 1,
            }
        }
        found.push((from, end.max(from)));
        found
    }

    /// A cell without `style="…" |` before it.
    fn after_attributes(&self, start: usize, end: usize) -> usize {
        match self.cut(start, end, &["|"]).as_slice() {
            [(first, stop), (second, _), ..] if self.part(*first, *stop).contains('=') => *second,
            _ => start,
        }
    }

    /// Reads words with links, templates and elements in them.
    fn inline(&mut self, start: usize, end: usize, depth: usize) {
        if depth >= DEEPEST {
            return;
        }
        let mut at = start;
        let mut plain = start;
        while at < end {
            let Some(&byte) = self.text.as_bytes().get(at) else {
                break;
            };
            if !matches!(byte, b'{' | b'[' | b'<' | b'\'' | b'_') {
                at += 1;
                continue;
            }
            let rest = self.part(at, end);
            let next = if let Some(after) = hidden(self.text, at) {
                Some(after)
            } else if rest.starts_with("{{") || rest.starts_with("[[") {
                self.pairs.get(&at).copied()
            } else if rest.starts_with("[http") || rest.starts_with("[//") {
                rest.find([']', '\n'])
                    .filter(|&stop| rest.as_bytes().get(stop) == Some(&b']'))
                    .map(|stop| at + stop + 1)
            } else if byte == b'<'
                && rest.get(1..).is_some_and(|name| {
                    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/')
                })
            {
                rest.find(['>', '\n'])
                    .filter(|&stop| rest.as_bytes().get(stop) == Some(&b'>'))
                    .map(|stop| at + stop + 1)
            } else if rest.starts_with("''") {
                Some(at + (rest.len() - rest.trim_start_matches('\'').len()).min(5))
            } else if rest.starts_with("__") {
                rest.get(2..)
                    .and_then(|word| word.find("__"))
                    .filter(|&len| {
                        len > 0
                            && rest
                                .get(2..2 + len)
                                .is_some_and(|word| word.chars().all(char::is_uppercase))
                    })
                    .map(|len| at + len + 4)
            } else {
                None
            };
            let Some(next) = next.filter(|&next| next <= end && next > at) else {
                at += 1;
                continue;
            };
            self.flow(plain, at);
            if hidden(self.text, at).is_some() {
                // Nothing for a reader.
            } else if rest.starts_with("{{") {
                self.template(at, next, depth);
            } else if rest.starts_with("[[") {
                self.link(at, next, depth);
            } else if byte == b'[' {
                if let Some(space) = self.part(at, next).find(' ') {
                    self.inline(at + space + 1, next - 1, depth + 1);
                }
            } else if byte == b'<' {
                let tag = self.part(at, next).to_ascii_lowercase();
                if tag.starts_with("<br") {
                    self.flow_break(at);
                }
            }
            at = next;
            plain = next;
        }
        self.flow(plain, end);
    }

    fn flow(&mut self, start: usize, end: usize) {
        let words = self.part(start, end);
        self.page.flow(start, words);
    }

    fn flow_break(&mut self, at: usize) {
        if self.table > 0 {
            self.page.made(";");
        }
        self.page.flow(at, "\n");
    }

    /// `[[target|words]]`; files and categories have no words.
    fn link(&mut self, start: usize, end: usize, depth: usize) {
        let parts = self.cut(start + 2, end - 2, &["|"]);
        let Some(&(first, stop)) = parts.first() else {
            return;
        };
        let target = self.part(first, stop);
        if let Some((space, _)) = target.split_once(':')
            && !target.starts_with(':')
            && self.wiki.is_hidden_namespace(space)
        {
            return;
        }
        match parts.get(1..).and_then(<[_]>::last) {
            Some(&(from, to)) => self.inline(from, to, depth + 1),
            None => {
                let colon = usize::from(target.starts_with(':'));
                self.flow(first + colon, stop);
            }
        }
    }
}
