//! Text → HTML for a frame in somebody else's page, such as the preview of an entity in a table; the site's own pages are templates.

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;margin:1rem;overflow-wrap:anywhere}\
table{border-collapse:collapse;font-size:.9rem}td,th{border:1px solid #bbb;padding:.2rem .5rem;text-align:left;vertical-align:top}";

/// The text of a whole page in English; `body` is HTML.
pub(super) fn document(title: &str, body: &str) -> String {
    let title = escape(title);
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
<title>{title}</title><style>{STYLE}</style></head>\n<body>\n{body}\n</body></html>\n"
    )
}

/// Text as the content of an element or of an attribute in double quotes.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}
