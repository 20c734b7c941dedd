//! Markdown (CommonMark with tables and front matter) → a page.

use super::page::{Page, date, lang, set};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// What opens and closes bold type.
const BOLD: &str = "**";

/// Whether several words of a text are in bold type, which nothing but Markdown writes so.
pub(super) fn is_markdown(text: &str) -> bool {
    let bold = |line: &str| {
        let mut parts = line.split(BOLD).skip(1);
        let inside = parts.next().filter(|_| parts.next().is_some());
        inside.is_some_and(|words| {
            words.starts_with(char::is_alphanumeric) && !words.ends_with(char::is_whitespace)
        })
    };
    text.lines().filter(|line| bold(line)).nth(1).is_some()
}

/// Reads a page of Markdown.
pub(super) fn render(text: &str) -> Page {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    let mut page = Page::default();
    let (mut depth, mut hidden, mut front, mut first_cell) = (0_usize, 0_usize, false, false);
    let titled = text.lines().any(|line| line.starts_with("# "));
    for (event, place) in Parser::new_ext(text, options).into_offset_iter() {
        match event {
            Event::Start(tag) => match tag {
                Tag::Heading { level, .. } => page.heading(level as usize),
                Tag::Paragraph | Tag::BlockQuote(_) | Tag::CodeBlock(_) | Tag::HtmlBlock => {
                    if depth == 0 {
                        page.paragraph();
                    }
                }
                Tag::List(_) => {
                    if depth == 0 {
                        page.end_line();
                    }
                    depth += 1;
                }
                Tag::Item => page.item(depth.saturating_sub(1)),
                Tag::Table(_) => page.paragraph(),
                Tag::TableHead | Tag::TableRow => {
                    page.line("| ", " |");
                    first_cell = true;
                }
                Tag::TableCell => {
                    if !first_cell {
                        page.made(" | ");
                    }
                    first_cell = false;
                }
                Tag::MetadataBlock(_) => front = true,
                Tag::Image { .. } | Tag::FootnoteDefinition(_) | Tag::Strikethrough => hidden += 1,
                Tag::DefinitionList
                | Tag::DefinitionListTitle
                | Tag::DefinitionListDefinition
                | Tag::Emphasis
                | Tag::Strong
                | Tag::Superscript
                | Tag::Subscript
                | Tag::Link { .. } => {}
            },
            Event::End(tag) => match tag {
                TagEnd::Heading(_) | TagEnd::Table => page.paragraph(),
                TagEnd::Paragraph => {
                    if depth == 0 {
                        page.paragraph();
                    }
                }
                TagEnd::List(_) => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        page.paragraph();
                    }
                }
                TagEnd::MetadataBlock(_) => {
                    front = false;
                    if !titled && !page.title.is_empty() {
                        let title = page.title.clone();
                        page.heading(1);
                        page.made(&title);
                        page.paragraph();
                    }
                }
                TagEnd::Image | TagEnd::FootnoteDefinition | TagEnd::Strikethrough => {
                    hidden = hidden.saturating_sub(1);
                }
                TagEnd::BlockQuote(_)
                | TagEnd::CodeBlock
                | TagEnd::HtmlBlock
                | TagEnd::Item
                | TagEnd::DefinitionList
                | TagEnd::DefinitionListTitle
                | TagEnd::DefinitionListDefinition
                | TagEnd::TableHead
                | TagEnd::TableRow
                | TagEnd::TableCell
                | TagEnd::Emphasis
                | TagEnd::Strong
                | TagEnd::Superscript
                | TagEnd::Subscript
                | TagEnd::Link => {}
            },
            Event::Text(words) if front => front_matter(&mut page, &words),
            Event::Text(words) | Event::Code(words) if hidden == 0 => {
                let raw = text.get(place.clone()).unwrap_or("");
                // An entity or an escape: what it stands for is made, unless it stands there.
                match raw.find(&*words) {
                    Some(at) => page.flow(place.start + at, &words),
                    None => page.flow(place.start, raw),
                }
            }
            // What begins in bold type on a line of its own is an entry of its own, also without a blank line before it.
            Event::SoftBreak
                if hidden == 0 && text.get(place.end..).is_some_and(|t| t.starts_with(BOLD)) =>
            {
                page.end_line();
            }
            Event::SoftBreak | Event::HardBreak if hidden == 0 => page.flow(place.start, "\n"),
            Event::Text(_)
            | Event::Code(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::Html(_)
            | Event::InlineHtml(_)
            | Event::FootnoteReference(_)
            | Event::SoftBreak
            | Event::HardBreak
            | Event::Rule
            | Event::TaskListMarker(_) => {}
        }
    }
    page
}

/// `key: value` (YAML) or `key = "value"` (TOML) lines.
fn front_matter(page: &mut Page, words: &str) {
    for line in words.lines() {
        let Some((key, value)) = line.split_once(':').or_else(|| line.split_once('=')) else {
            continue;
        };
        let value = value.trim().trim_matches(['"', '\'']);
        tell(page, key.trim(), value);
    }
}

/// Keeps what a key of front matter or of a JSON record tells.
pub(super) fn tell(page: &mut Page, key: &str, value: &str) {
    let metadata = &mut page.metadata;
    match key.to_ascii_lowercase().as_str() {
        "title" => value.clone_into(&mut page.title),
        "lang" | "language" => page.lang = lang(value),
        "date" => set(&mut metadata.date, &date(value).unwrap_or_default()),
        "publisher" | "source" => set(&mut metadata.publisher, value),
        "url" | "link" | "permalink" => set(&mut metadata.url, value),
        "license" | "licence" => set(&mut metadata.license, value),
        "revision" | "version" => set(&mut metadata.revision, value),
        _ => {}
    }
}
