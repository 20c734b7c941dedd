//! Text and terms → HTML that needs no scripts.

use super::parameters::encode;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use oxigraph::model::Term;

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}\
textarea{width:100%;box-sizing:border-box;font:14px/1.4 ui-monospace,monospace}\
table{border-collapse:collapse;font-size:.9rem}td,th{border:1px solid #bbb;padding:.2rem .5rem;text-align:left;vertical-align:top}\
pre{overflow:auto;background:#f4f4f4;padding:.5rem}td{overflow-wrap:anywhere}";

/// What a page may do: nothing but show itself and send its form here.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// The text of a whole page in English; `body` is HTML.
pub(super) fn document(title: &str, body: &str) -> String {
    document_in("en", title, "", body)
}

/// The text of a whole page in a language; `head` and `body` are HTML.
pub(super) fn document_in(language: &str, title: &str, head: &str, body: &str) -> String {
    let title = escape(title);
    format!(
        "<!doctype html>\n<html lang=\"{language}\"><head><meta charset=\"utf-8\">\
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
<title>{title}</title><style>{STYLE}</style>{head}</head>\n<body>\n{body}\n</body></html>\n"
    )
}

/// A whole page; `body` is HTML.
pub(super) fn page(title: &str, body: &str) -> Response {
    let mut response = document(title, body).into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=utf-8"),
    );
    protect(headers);
    response
}

/// The headers of a page.
pub(super) fn protect(headers: &mut HeaderMap) {
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(POLICY),
    );
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

/// A cell of a table: an IRI links to what is known of it, under `base` on this server; a literal stands as it is.
pub(super) fn cell(term: &Term, base: &str) -> String {
    match term {
        Term::NamedNode(node) => {
            let iri = node.as_str();
            let target = match iri.strip_prefix(base) {
                Some(path) => format!("/id/{path}"),
                None if iri.starts_with("http://") || iri.starts_with("https://") => iri.to_owned(),
                // javascript: and its like are not for clicking
                None => return escape(iri),
            };
            let shown = iri.strip_prefix(base).unwrap_or(iri);
            format!("<a href=\"{}\">{}</a>", escape(&target), escape(shown))
        }
        Term::Literal(literal) => escape(literal.value()),
        Term::BlankNode(_) | Term::Triple(_) => escape(&term.to_string()),
    }
}

/// A form for a query.
pub(super) fn query_form(text: &str) -> String {
    let rows = text.lines().count().clamp(8, 30);
    format!(
        "<form action=\"/sparql\" method=\"get\">\n\
<p><label for=\"query\">SPARQL query</label><br>\n\
<textarea id=\"query\" name=\"query\" rows=\"{rows}\" spellcheck=\"false\" required>{}</textarea></p>\n\
<p><label>Answer as <select name=\"format\"><option value=\"\">a page</option>\
<option value=\"json\">JSON</option><option value=\"xml\">XML</option><option value=\"csv\">CSV (rows)</option>\
<option value=\"tsv\">TSV (rows)</option><option value=\"ttl\">Turtle (graphs)</option>\
<option value=\"nt\">N-Triples (graphs)</option></select></label> <button>Ask</button></p>\n</form>",
        escape(text)
    )
}

/// The address of a query's answer.
pub(super) fn query_address(text: &str) -> String {
    format!("/sparql?query={}", encode(text))
}
