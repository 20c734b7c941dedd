//! An HTML page → its main content: no navigation, banners, edit links, notes or reference lists.

use super::page::{Page, date, lang, set};
use html5gum::emitters::default::DefaultEmitter;
use html5gum::{HtmlString, Spanned, StartTag, Token, Tokenizer};
use std::collections::BTreeMap;

type Attributes = BTreeMap<HtmlString, Spanned<HtmlString, usize>>;

const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

/// Elements whose words are not the page's text.
const HIDDEN: &[&str] = &[
    "aside", "audio", "button", "canvas", "datalist", "dialog", "figure", "footer", "form", "head",
    "iframe", "math", "menu", "nav", "noscript", "object", "script", "select", "style", "svg",
    "template", "textarea", "title", "video",
];

/// Words of classes, ids and roles that mark what is not the page's text, whole between hyphens, underscores or spaces.
const HIDDEN_MARKS: &[&str] = &[
    "navigation",
    "banner",
    "contentinfo",
    "search",
    "cookie",
    "cookies",
    "consent",
    "gdpr",
    "breadcrumb",
    "breadcrumbs",
    "nav",
    "navbar",
    "menu",
    "sidebar",
    "share",
    "sharing",
    "social",
    "editsection",
    "reflist",
    "references",
    "reference",
    "navbox",
    "catlinks",
    "toc",
    "printfooter",
    "noprint",
    "hatnote",
    "footer",
    "footnotes",
    "skip",
    "pagination",
    "related",
    "newsletter",
    "ambox",
    "siteSub",
    "authority",
    "sistersitebox",
    "portalbox",
    "homonymie",
    "bandeau",
];

/// Elements that end the line.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "blockquote",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "header",
    "hr",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "ul",
];

struct Open {
    name: String,
    hidden: bool,
    main: bool,
    infobox: bool,
}

/// Reads a page.
pub(super) fn render(text: &str) -> Page {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let tokens: Vec<Token<usize>> = Tokenizer::new_with_emitter(text, emitter)
        .filter_map(Result::ok)
        .collect();
    let mut page = Page::default();
    let root = look_around(&tokens, &mut page);
    Reader {
        text,
        root,
        page,
        stack: Vec::new(),
        lists: 0,
        cells: 0,
    }
    .read(&tokens)
}

/// The element that holds the content: the surest that the page has.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Root {
    Page,
    Article,
    Main,
    Content,
}

fn words(string: &HtmlString) -> String {
    String::from_utf8_lossy(string).into_owned()
}

fn attribute(attributes: &Attributes, name: &str) -> Option<String> {
    attributes
        .get(name.as_bytes())
        .map(|value| words(&value.value))
}

fn root_of(name: &str, attributes: &Attributes) -> Root {
    let role = attribute(attributes, "role").unwrap_or_default();
    let id = attribute(attributes, "id").unwrap_or_default();
    if id == "mw-content-text"
        || attribute(attributes, "itemprop").is_some_and(|prop| prop == "articleBody")
    {
        Root::Content
    } else if name == "main" || role == "main" {
        Root::Main
    } else if name == "article" {
        Root::Article
    } else {
        Root::Page
    }
}

/// Which root the page has, its title where the root has no `h1`, and what its head tells.
fn look_around(tokens: &[Token<usize>], page: &mut Page) -> Root {
    let mut root = Root::Page;
    let (mut title, mut heading) = (String::new(), String::new());
    let (mut in_title, mut in_heading) = (false, false);
    for token in tokens {
        match token {
            Token::StartTag(tag) => {
                let name = words(&tag.name);
                root = root.max(root_of(&name, &tag.attributes));
                in_title |= name == "title" && title.is_empty();
                in_heading |= name == "h1" && heading.trim().is_empty();
                tell(page, &name, tag);
            }
            Token::EndTag(tag) => {
                in_title &= words(&tag.name) != "title";
                in_heading &= words(&tag.name) != "h1";
            }
            Token::String(string) => {
                if in_title {
                    title.push_str(&words(&string.value));
                }
                if in_heading {
                    heading.push_str(&words(&string.value));
                }
            }
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    let told = if heading.trim().is_empty() {
        title
    } else {
        heading
    };
    page.title = told.split_whitespace().collect::<Vec<_>>().join(" ");
    root
}

/// Metadata of a `meta`, `link` or `html` element.
fn tell(page: &mut Page, name: &str, tag: &StartTag<usize>) {
    let get = |key: &str| attribute(&tag.attributes, key).unwrap_or_default();
    let metadata = &mut page.metadata;
    match name {
        "html" => page.lang = lang(&get("lang")),
        "link" | "a" => match get("rel").as_str() {
            "canonical" => set(&mut metadata.url, &get("href")),
            "license" => set(&mut metadata.license, &get("href")),
            _ => {}
        },
        "meta" => {
            let key = format!("{}{}{}", get("name"), get("property"), get("itemprop"))
                .to_ascii_lowercase();
            let content = get("content");
            match key.as_str() {
                "article:published_time"
                | "date"
                | "datepublished"
                | "dc.date"
                | "dcterms.date"
                | "dcterms.created"
                | "dc.date.issued"
                | "dcterms.issued"
                | "citation_publication_date"
                | "publishdate" => {
                    set(
                        &mut metadata.date,
                        &date(&content.replace('/', "-")).unwrap_or_default(),
                    );
                }
                "publisher" | "dc.publisher" | "dcterms.publisher" | "og:site_name" => {
                    set(&mut metadata.publisher, &content)
                }
                "og:url" => set(&mut metadata.url, &content),
                "dc.rights" | "dcterms.license" | "license" => set(&mut metadata.license, &content),
                _ => {}
            }
        }
        _ => {}
    }
}

struct Reader<'t> {
    text: &'t str,
    root: Root,
    page: Page,
    stack: Vec<Open>,
    lists: usize,
    cells: usize,
}

impl Reader<'_> {
    fn read(mut self, tokens: &[Token<usize>]) -> Page {
        let title = std::mem::take(&mut self.page.title);
        if !title.is_empty() {
            self.page.heading(1);
            self.page.made(&title);
            self.page.paragraph();
        }
        self.page.title = title;
        for token in tokens {
            match token {
                Token::StartTag(tag) => self.open(tag),
                Token::EndTag(tag) => self.close(&words(&tag.name)),
                Token::String(string) => {
                    let (start, end) = (string.span.start, string.span.end);
                    if self.shows() {
                        let raw = self.text.get(start..end).unwrap_or("");
                        self.page.flow(start, raw);
                    }
                }
                Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
            }
        }
        self.page
    }

    fn shows(&self) -> bool {
        let inside = self.stack.last().is_some_and(|top| top.main) || self.root == Root::Page;
        inside && !self.stack.last().is_some_and(|top| top.hidden)
    }

    fn open(&mut self, tag: &StartTag<usize>) {
        let name = words(&tag.name);
        self.close_implied(&name);
        let class = attribute(&tag.attributes, "class").unwrap_or_default();
        let top = self.stack.last();
        let open = Open {
            // The title stands at the head already.
            hidden: top.is_some_and(|top| top.hidden)
                || name == "h1"
                || hides(&name, &class, &tag.attributes),
            main: top.is_some_and(|top| top.main)
                || (self.root != Root::Page && root_of(&name, &tag.attributes) == self.root),
            infobox: top.is_some_and(|top| top.infobox)
                || (name == "table" && class.split_whitespace().any(|c| c.starts_with("infobox"))),
            name: name.clone(),
        };
        let infobox = open.infobox;
        let void = VOID.contains(&name.as_str())
            || (tag.self_closing && self.stack.iter().any(|open| open.name == "svg"));
        if void {
            if name == "br" && self.shows() {
                if self.cells > 0 {
                    self.page.flow(tag.span.start, "\n")
                } else {
                    self.page.end_line()
                }
            }
            return;
        }
        self.stack.push(open);
        if !self.shows() {
            return;
        }
        match name.as_str() {
            "h2" | "h3" | "h4" | "h5" | "h6" => self.page.heading(
                name.bytes()
                    .last()
                    .map_or(2, |digit| usize::from(digit - b'0')),
            ),
            "ul" | "ol" => {
                if self.lists == 0 && self.cells == 0 {
                    self.page.end_line()
                }
                self.lists += 1;
            }
            "li" if self.cells == 0 => self.page.item(self.lists.saturating_sub(1)),
            "tr" if infobox => self.page.line("- ", ""),
            "tr" => self.page.line("| ", " |"),
            "td" | "th" => {
                if self.page.has_words() {
                    self.page.made(if infobox { ": " } else { " | " });
                }
                self.cells += 1;
            }
            block if BLOCKS.contains(&block) => self.border(),
            _ => {}
        }
    }

    /// Ends the line at a block's border; inside a cell or an item it is a space.
    fn border(&mut self) {
        if self.cells > 0 {
            self.page.flow(0, "\n");
        } else if self.lists == 0 {
            self.page.paragraph();
        }
    }

    fn close(&mut self, name: &str) {
        let Some(at) = self
            .stack
            .iter()
            .rev()
            .take(256)
            .position(|open| open.name == name)
        else {
            return;
        };
        for _ in 0..=at {
            self.leave();
        }
    }

    fn leave(&mut self) {
        let shown = self.shows();
        let Some(open) = self.stack.pop() else { return };
        if !shown {
            return;
        }
        match open.name.as_str() {
            "ul" | "ol" => {
                self.lists = self.lists.saturating_sub(1);
                if self.lists == 0 && self.cells == 0 {
                    self.page.paragraph()
                }
            }
            "td" | "th" => self.cells = self.cells.saturating_sub(1),
            "tr" => self.page.end_line(),
            "table" | "h2" | "h3" | "h4" | "h5" | "h6" => self.page.paragraph(),
            block if BLOCKS.contains(&block) => self.border(),
            _ => {}
        }
    }

    /// Ends the elements that a start tag ends without saying so.
    fn close_implied(&mut self, name: &str) {
        let (ended, within): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol", "menu"]),
            "td" | "th" => (&["td", "th"], &["tr", "table"]),
            "tr" => (&["tr"], &["table"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl"]),
            name if BLOCKS.contains(&name) || name.len() == 2 && name.starts_with('h') => (
                &["p"],
                &[
                    "div",
                    "li",
                    "td",
                    "th",
                    "section",
                    "article",
                    "main",
                    "blockquote",
                ],
            ),
            _ => return,
        };
        let found = self
            .stack
            .iter()
            .rev()
            .take(64)
            .take_while(|open| !within.contains(&open.name.as_str()))
            .position(|open| ended.contains(&open.name.as_str()));
        if let Some(at) = found {
            for _ in 0..=at {
                self.leave();
            }
        }
    }
}

/// Whether an element is no part of the text.
fn hides(name: &str, class: &str, attributes: &Attributes) -> bool {
    let get = |key: &str| attribute(attributes, key).unwrap_or_default();
    if HIDDEN.contains(&name)
        || attributes.contains_key(b"hidden".as_slice())
        || get("aria-hidden") == "true"
    {
        return true;
    }
    if get("style").replace(' ', "").contains("display:none") {
        return true;
    }
    if ["html", "body", "main", "article"].contains(&name) {
        return false;
    }
    let (id, role) = (get("id"), get("role"));
    [class, id.as_str(), role.as_str()]
        .iter()
        .flat_map(|marks| marks.split(|c: char| !c.is_alphanumeric()))
        .any(|mark| {
            HIDDEN_MARKS
                .iter()
                .any(|hidden| hidden.eq_ignore_ascii_case(mark))
        })
}
