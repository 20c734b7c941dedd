//! The text of a query → its tokens, enough to bound its nesting before it is parsed and to put parameters in place.

use super::QueryError;
use crate::text::{Span, TextIndex};
use std::collections::BTreeMap;

/// Longest query that is read, in bytes.
pub const MAX_BYTES: usize = 256 * 1024;
/// Deepest nesting of brackets, unless another is set. The engine recurses over them, and over [`MAX_CHAIN`].
pub const MAX_NESTING: usize = 100;
/// Most operators in one run without a bracket, dot or semicolon between them.
pub const MAX_CHAIN: usize = 1000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    /// Comments, strings and IRIs: nothing in them counts.
    Opaque,
    /// `$name`.
    Dollar,
    /// A keyword, prefixed name, number or `?name`.
    Word,
    /// One character of punctuation.
    Mark(char),
}

/// Checks the size of a query, the nesting of its brackets ([`MAX_NESTING`]) and the length of its operator chains.
///
/// # Errors
/// [`QueryError::TooLong`] or [`QueryError::TooDeep`] with the place.
pub fn check(query: &str) -> Result<(), QueryError> {
    check_within(query, MAX_NESTING)
}

/// As [`check`] with another limit of nesting.
pub(super) fn check_within(query: &str, nesting: usize) -> Result<(), QueryError> {
    if query.len() > MAX_BYTES {
        return Err(QueryError::TooLong {
            bytes: query.len(),
            limit: MAX_BYTES,
        });
    }
    check_nesting(query, nesting)
}

/// As [`check`] for a text of any size.
pub(super) fn check_nesting(query: &str, nesting: usize) -> Result<(), QueryError> {
    let too_deep = |at: usize, message: String| {
        let position = TextIndex::new(query).position(at);
        QueryError::TooDeep {
            line: position.line,
            column: position.column,
            message,
        }
    };
    // Chain lengths of the open brackets, the outermost first.
    let mut chains = vec![0_usize];
    for (token, span) in tokens(query) {
        let operator = match token {
            Token::Mark('(' | '{' | '[') => {
                chains.push(0);
                if chains.len() > nesting + 1 {
                    return Err(too_deep(
                        span.start,
                        format!("brackets nest deeper than {nesting}"),
                    ));
                }
                false
            }
            Token::Mark(')' | '}' | ']') => {
                if chains.len() > 1 {
                    chains.pop();
                }
                false
            }
            Token::Mark('.' | ';' | ',') => {
                if let Some(chain) = chains.last_mut() {
                    *chain = 0;
                }
                false
            }
            Token::Mark(mark) => "|&!+-*/^=<>".contains(mark),
            Token::Word => {
                let word = span.of(query);
                [
                    "UNION", "OPTIONAL", "MINUS", "FILTER", "BIND", "GRAPH", "SERVICE",
                ]
                .iter()
                .any(|keyword| word.eq_ignore_ascii_case(keyword))
            }
            Token::Opaque | Token::Dollar => false,
        };
        if operator && let Some(chain) = chains.last_mut() {
            *chain += 1;
            if *chain > MAX_CHAIN {
                return Err(too_deep(
                    span.start,
                    format!("more than {MAX_CHAIN} operators in a row"),
                ));
            }
        }
    }
    Ok(())
}

/// Checks the nesting of brackets in a text of the Turtle family, triples as terms (`<< … >>`) among them.
///
/// # Errors
/// [`QueryError::TooDeep`] with the place.
pub(super) fn check_brackets(text: &str, nesting: usize) -> Result<(), QueryError> {
    let (mut brackets, mut angles) = (0_usize, 0_usize);
    for (token, span) in tokens(text) {
        match token {
            Token::Mark('(' | '{' | '[') => brackets += 1,
            Token::Mark(')' | '}' | ']') => brackets = brackets.saturating_sub(1),
            Token::Mark('<') => angles += 1,
            Token::Mark('>') => angles = angles.saturating_sub(1),
            Token::Mark(_) | Token::Opaque | Token::Dollar | Token::Word => continue,
        }
        if brackets > nesting || angles / 2 > nesting {
            let position = TextIndex::new(text).position(span.start);
            return Err(QueryError::TooDeep {
                line: position.line,
                column: position.column,
                message: format!("brackets nest deeper than {nesting}"),
            });
        }
    }
    Ok(())
}

/// Puts terms in place of the `$name` variables of a query, outside its strings, IRIs and comments. `terms` holds them
/// as SPARQL (`"FRA"`, `<http://…>`). Works for every engine, and in sub-selects, where bound variables do not reach.
#[must_use]
pub fn place_parameters(query: &str, terms: &BTreeMap<String, String>) -> String {
    let mut placed = String::with_capacity(query.len());
    let mut done = 0;
    for (token, span) in tokens(query) {
        if token != Token::Dollar {
            continue;
        }
        let name = span.of(query).trim_start_matches('$');
        if let Some(term) = terms.get(name) {
            placed.push_str(Span::new(done, span.start).of(query));
            placed.push_str(term);
            done = span.end;
        }
    }
    placed.push_str(Span::new(done, query.len()).of(query));
    placed
}

/// Names of the `$name` variables of a query.
pub(super) fn parameters_used(query: &str) -> std::collections::BTreeSet<String> {
    tokens(query)
        .filter(|(token, _)| *token == Token::Dollar)
        .map(|(_, span)| span.of(query).trim_start_matches('$').to_owned())
        .collect()
}

/// Whether a query has `SERVICE` in it.
pub(super) fn asks_services(query: &str) -> bool {
    tokens(query)
        .any(|(token, span)| token == Token::Word && span.of(query).eq_ignore_ascii_case("SERVICE"))
}

/// The first prefix that a query uses and neither declares nor finds among `known`, with the place of its use.
pub(super) fn undeclared_prefix(query: &str, known: &[(String, String)]) -> Option<(String, Span)> {
    let mut declared: Vec<&str> = known.iter().map(|(prefix, _)| prefix.as_str()).collect();
    let mut declaring = false;
    for (token, span) in tokens(query) {
        let word = match token {
            Token::Word => span.of(query),
            Token::Opaque => {
                declaring = false;
                continue;
            }
            Token::Dollar | Token::Mark(_) => continue,
        };
        if word.eq_ignore_ascii_case("PREFIX") {
            declaring = true;
        } else if let Some((prefix, _)) = word.split_once(':') {
            if declaring {
                declared.push(prefix);
            } else if prefix != "_" && !declared.contains(&prefix) {
                return Some((prefix.to_owned(), span));
            }
        }
    }
    None
}

fn tokens(query: &str) -> impl Iterator<Item = (Token, Span)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let (token, len) = next_token(Span::new(at, query.len()).of(query))?;
            at += len;
            if let Some(token) = token {
                return Some((token, Span::new(at - len, at)));
            }
        }
    })
}

/// The token at the start of `rest` (`None` for white space) and its length in bytes; `None` at the end.
fn next_token(rest: &str) -> Option<(Option<Token>, usize)> {
    let first = rest.chars().next()?;
    let run = |tail: &str, wanted: fn(char) -> bool| {
        tail.char_indices()
            .find(|&(_, c)| !wanted(c))
            .map_or(tail.len(), |(i, _)| i)
    };
    let word = |c: char| c.is_alphanumeric() || matches!(c, '_' | ':' | '%');
    Some(match first {
        c if c.is_whitespace() => (None, c.len_utf8()),
        '#' => (
            Some(Token::Opaque),
            rest.find(['\n', '\r']).unwrap_or(rest.len()),
        ),
        '"' | '\'' => (Some(Token::Opaque), string_len(rest, first)),
        '<' => match iri_len(rest) {
            Some(len) => (Some(Token::Opaque), len),
            None => (Some(Token::Mark('<')), 1),
        },
        '$' | '?' => {
            let name = 1 + run(rest.get(1..).unwrap_or_default(), |c| {
                c.is_alphanumeric() || c == '_'
            });
            match (first, name) {
                ('$', 2..) => (Some(Token::Dollar), name),
                (_, 2..) => (Some(Token::Word), name),
                _ => (Some(Token::Mark(first)), 1),
            }
        }
        // A backslash escapes the next character of a local name.
        '\\' => (
            Some(Token::Opaque),
            rest.char_indices().nth(2).map_or(rest.len(), |(i, _)| i),
        ),
        c if word(c) => (Some(Token::Word), run(rest, word)),
        c => (Some(Token::Mark(c)), c.len_utf8()),
    })
}

fn string_len(rest: &str, quote: char) -> usize {
    let triple: String = std::iter::repeat_n(quote, 3).collect();
    let close = if rest.starts_with(&triple) {
        triple
    } else {
        quote.to_string()
    };
    let mut at = close.len();
    while let Some(tail) = rest.get(at..) {
        if tail.starts_with(&close) {
            return at + close.len();
        }
        let mut chars = tail.chars();
        match chars.next() {
            None => break,
            Some('\\') => at += 1 + chars.next().map_or(0, char::len_utf8),
            Some('\n' | '\r') if close.len() == 1 => return at,
            Some(c) => at += c.len_utf8(),
        }
    }
    rest.len()
}

fn iri_len(rest: &str) -> Option<usize> {
    rest.char_indices().skip(1).find_map(|(i, c)| match c {
        '>' => Some(Some(i + 1)),
        '<' | '"' | '{' | '}' | '|' | '^' | '`' | '\\' => Some(None),
        c if c <= ' ' => Some(None),
        _ => None,
    })?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_in_strings_iris_and_comments_do_not_count() {
        let hidden = "(".repeat(200);
        for query in [
            format!("SELECT * {{ ?s ?p \"{hidden}\" }}"),
            format!("SELECT * {{ ?s ?p '''{hidden}''' }} # {hidden}"),
            format!("SELECT * {{ ?s <http://e/{hidden}> ?o }}"),
            format!("SELECT * {{ ?s ?p \"\\\"{hidden}\" }}"),
        ] {
            assert!(check(&query).is_ok(), "{query}");
        }
        let error = check(&format!("ASK {{\n FILTER {hidden}")).unwrap_err();
        assert_eq!(error.position(), Some((2, 9 + 99)));
        assert!(check(&format!("ASK {{ FILTER({}1) }}", "!".repeat(2000))).is_err());
        assert!(check(&format!("ASK {{ FILTER(1{}) }}", " + 1".repeat(1001))).is_err());
        assert!(check(&" ".repeat(MAX_BYTES + 1)).is_err());
    }

    #[test]
    fn parameters_stand_only_where_variables_stand() {
        let terms = BTreeMap::from([("a".to_owned(), "\"FRA\"".to_owned())]);
        assert_eq!(
            place_parameters(
                "ASK { ?s ?p $a . FILTER(?a < $a) FILTER('$a' = $b) } # $a",
                &terms
            ),
            "ASK { ?s ?p \"FRA\" . FILTER(?a < \"FRA\") FILTER('$a' = $b) } # $a"
        );
    }
}
