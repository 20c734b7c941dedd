//! A query string or a form body → its parameters, in order, repeated ones kept (URL standard's `application/x-www-form-urlencoded`).

use super::problem::{Kind, Problem};
use crate::text::{self, PercentError};

/// Parameters of a request, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Parameters {
    pairs: Vec<(String, String)>,
}

impl Parameters {
    /// Reads `a=1&b=two%20words`. What is not UTF-8 or not whole escapes is refused, for a guess could change a query's meaning.
    pub(super) fn parse(text: &[u8]) -> Result<Self, Problem> {
        let mut pairs = Vec::new();
        for piece in text.split(|byte| *byte == b'&') {
            if piece.is_empty() {
                continue;
            }
            let mut halves = piece.splitn(2, |byte| *byte == b'=');
            let name = decode(halves.next().unwrap_or_default())?;
            let value = decode(halves.next().unwrap_or_default())?;
            pairs.push((name, value));
        }
        Ok(Self { pairs })
    }

    /// All parameters, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Every value of a parameter.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> + 'a {
        self.pairs
            .iter()
            .filter(move |(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// The one value of a parameter; given twice, it is an error.
    pub(super) fn one<'a>(&'a self, name: &'a str) -> Result<Option<&'a str>, Problem> {
        let mut values = self.all(name);
        let first = values.next();
        if values.next().is_some() {
            return Err(Problem::new(
                Kind::BadRequest,
                format!("The parameter “{name}” is given more than once."),
            ));
        }
        Ok(first)
    }

    /// Whether a parameter is given at all.
    pub(super) fn has(&self, name: &str) -> bool {
        self.all(name).next().is_some()
    }
}

/// `+` and `%XX` undone.
fn decode(text: &[u8]) -> Result<String, Problem> {
    let text = std::str::from_utf8(text).map_err(|_| refused(PercentError::NotUtf8))?;
    text::percent_decoded(text, ' ').map_err(refused)
}

/// `%XX` undone in a path, where `+` is itself.
pub(super) fn percent_decoded(path: &str) -> Result<String, Problem> {
    text::percent_decoded(path, '+').map_err(refused)
}

fn refused(error: PercentError) -> Problem {
    let message = match error {
        PercentError::Digits => {
            "A percent sign in the parameters is not followed by two hexadecimal digits."
        }
        PercentError::NotUtf8 => "A parameter is not UTF-8 text.",
    };
    Problem::new(Kind::BadRequest, message)
}

/// Text as one value of a query string: everything but letters, digits and `-._~` is escaped.
pub(super) fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_and_escaped() {
        let parameters =
            Parameters::parse(b"query=ASK+%7B%7D&default-graph-uri=a&default-graph-uri=b&&x")
                .unwrap();
        assert_eq!(parameters.one("query").unwrap(), Some("ASK {}"));
        assert_eq!(
            parameters.all("default-graph-uri").collect::<Vec<_>>(),
            ["a", "b"]
        );
        assert!(parameters.one("default-graph-uri").is_err());
        assert_eq!(parameters.one("x").unwrap(), Some(""));
        assert!(!parameters.has("y"));
    }

    #[test]
    fn damaged_escapes_are_refused() {
        assert!(Parameters::parse(b"query=%4").is_err());
        assert!(Parameters::parse(b"query=%zz").is_err());
        assert!(Parameters::parse(b"query=%ff").is_err());
    }

    #[test]
    fn there_and_back() {
        let text = "SELECT ?é { ?s ?p \"a+b&c=d%\" }\n";
        let written = format!("query={}", encode(text));
        let parameters = Parameters::parse(written.as_bytes()).unwrap();
        assert_eq!(parameters.one("query").unwrap(), Some(text));
    }
}
