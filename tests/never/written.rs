//! A plain text → the same text in the other formats.

use std::fmt::Write;

/// A file of one document or many: its name, which tells its format, and its text.
pub(crate) type File = (&'static str, String);

/// What a line of plain text is.
enum Line<'t> {
    Heading(usize, &'t str),
    Item(&'t str),
    Row(Vec<&'t str>),
    Words(&'t str),
}

fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| {
            let level = line.chars().take_while(|c| *c == '=').count();
            if level > 0 && line.len() > 2 * level {
                return Line::Heading(level.min(6), line.trim_matches('=').trim());
            }
            if let Some(item) = line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")) {
                return Line::Item(item);
            }
            if line.len() > 1 && line.starts_with('|') {
                let cells = line.trim_matches('|').split('|').map(str::trim);
                return Line::Row(cells.collect());
            }
            Line::Words(line)
        })
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;")
}

/// The text in every format that is read.
pub(crate) fn all(text: &str) -> Vec<File> {
    vec![
        ("x.txt", text.to_owned()),
        ("x.wiki", wikitext(text)),
        ("x.html", html(text)),
        ("x.md", markdown(text)),
        ("x.xml", tei(text)),
        ("x.jsonl", record("n1", "", text).repeat(2)),
        ("dump.xml", dump("France–Peru relations", &wikitext(text))),
    ]
}

/// Wikitext, with some links and notes.
pub(crate) fn wikitext(text: &str) -> String {
    let mut out = String::new();
    let mut table = false;
    for line in lines(text) {
        let row = matches!(line, Line::Row(_));
        if row != table {
            out.push_str(if row {
                "{| class=\"wikitable\"\n"
            } else {
                "|}\n"
            });
            table = row;
        }
        let _ = match line {
            Line::Heading(level, words) => {
                let signs = "=".repeat(level.max(2));
                writeln!(out, "\n{signs} {words} {signs}")
            }
            Line::Item(words) => writeln!(out, "* [[{words}]]"),
            Line::Row(cells) => writeln!(out, "|-\n| {}", cells.join(" || ")),
            Line::Words(words) => {
                writeln!(out, "\n'''{words}'''<ref>{words}</ref>{{{{nowrap|.}}}}\n")
            }
        };
    }
    out.push_str(if table { "|}\n" } else { "" });
    out
}

/// An HTML page.
pub(crate) fn html(text: &str) -> String {
    let mut out = String::from("<!DOCTYPE html><html><body><nav>Visit</nav><main>\n");
    for line in lines(text) {
        let _ = match line {
            Line::Heading(level, words) => writeln!(out, "<h{level}>{}</h{level}>", escaped(words)),
            Line::Item(words) => writeln!(out, "<ul><li>{}</ul>", escaped(words)),
            Line::Row(cells) => {
                let cells: Vec<String> = cells
                    .iter()
                    .map(|c| format!("<td>{}", escaped(c)))
                    .collect();
                writeln!(out, "<table><tr>{}</table>", cells.concat())
            }
            Line::Words(words) => writeln!(
                out,
                "<p><b>{}</b>&nbsp;<sup class=\"reference\">[1]</sup></p>",
                escaped(words).replace('é', "&eacute;")
            ),
        };
    }
    out + "</main></body></html>\n"
}

/// Markdown.
pub(crate) fn markdown(text: &str) -> String {
    let mut out = String::from("---\ndate: 2020-05-02\n---\n");
    for line in lines(text) {
        let _ = match line {
            Line::Heading(level, words) => writeln!(out, "\n{} {words}\n", "#".repeat(level)),
            Line::Item(words) => writeln!(out, "* {words}"),
            Line::Row(cells) => writeln!(out, "| {} |", cells.join(" | ")),
            Line::Words(words) => writeln!(out, "\n**{words}**[^1]\n"),
        };
    }
    out
}

/// TEI.
pub(crate) fn tei(text: &str) -> String {
    let mut out =
        String::from("<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><teiHeader/><text><body>\n");
    for line in lines(text) {
        let _ = match line {
            Line::Heading(_, words) => writeln!(out, "<div><head>{}</head></div>", escaped(words)),
            Line::Item(words) => writeln!(out, "<list><item>{}</item></list>", escaped(words)),
            Line::Row(cells) => {
                let cells: Vec<String> = cells
                    .iter()
                    .map(|c| format!("<cell>{}</cell>", escaped(c)))
                    .collect();
                writeln!(out, "<table><row>{}</row></table>", cells.concat())
            }
            Line::Words(words) => writeln!(
                out,
                "<p>{}<note>{}</note></p>",
                escaped(words),
                escaped(words)
            ),
        };
    }
    out + "</body></text></TEI>\n"
}

/// A line of JSON.
pub(crate) fn record(id: &str, title: &str, text: &str) -> String {
    let mut record = serde_json::json!({"id": id, "text": text, "date": "2020-05-02", "url": "https://example.org/page", "license": "CC0-1.0"});
    if let Some(fields) = record.as_object_mut().filter(|_| !title.is_empty()) {
        fields.insert("title".to_owned(), title.into());
    }
    format!("{record}\n")
}

/// A dump of MediaWiki with a page of this title and text, a talk page, a redirect, an embassy and an apple.
pub(crate) fn dump(title: &str, wikitext: &str) -> String {
    let page = |title: &str, space: u8, more: &str, text: &str| {
        format!(
            "<page><title>{title}</title><ns>{space}</ns><id>1</id>{more}<revision><id>77</id><timestamp>2020-05-02T01:02:03Z</timestamp><text bytes=\"9\" xml:space=\"preserve\">{text}</text></revision></page>\n"
        )
    };
    format!(
        "<mediawiki xmlns=\"x\" xml:lang=\"en\"><siteinfo><sitename>W</sitename></siteinfo>\n{}{}{}{}{}</mediawiki>",
        page(title, 0, "", &escaped(wikitext)),
        page("Talk:France–Peru relations", 1, "", "Talk of France."),
        page(
            "Peru–France relations",
            0,
            "<redirect title=\"France–Peru relations\" />",
            "#REDIRECT [[x]]"
        ),
        page(
            "Embassy of Peru, Paris",
            0,
            "",
            "The '''Embassy of Peru in Paris''' is the mission of [[Peru]] in France."
        ),
        page("Apple", 0, "", "An '''apple''' is a fruit."),
    )
}
