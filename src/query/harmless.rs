//! RDF that somebody sends → whether a parser takes no more than the document's own size for it: no entities of XML, and nothing nested so
//! deep that a stack could end.

use super::QueryError;
use super::lexical::check_brackets;
use oxigraph::io::RdfFormat;
use quick_xml::Reader;
use quick_xml::events::Event;

/// RDF of one kind.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    /// Its format.
    pub format: RdfFormat,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// Refuses what nests deeper than `nesting`, and declarations of entities.
///
/// # Errors
/// [`QueryError::TooDeep`] with the place.
pub(super) fn harmless(part: &Part<'_>, nesting: usize) -> Result<(), QueryError> {
    match part.format {
        RdfFormat::RdfXml => xml(part.bytes, nesting),
        RdfFormat::JsonLd { .. } => json(part.bytes, nesting),
        RdfFormat::N3
        | RdfFormat::NQuads
        | RdfFormat::NTriples
        | RdfFormat::TriG
        | RdfFormat::Turtle
        | _ => match std::str::from_utf8(part.bytes) {
            Ok(text) => check_brackets(text, nesting),
            // the parser tells where it is not UTF-8, and goes no further
            Err(error) => {
                let valid = part.bytes.get(..error.valid_up_to()).unwrap_or_default();
                check_brackets(&String::from_utf8_lossy(valid), nesting)
            }
        },
    }
}

fn refused(bytes: &[u8], at: usize, message: String) -> QueryError {
    let before = bytes.get(..at).unwrap_or_default();
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let start = before
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |at| at + 1);
    QueryError::TooDeep {
        line,
        column: at.saturating_sub(start) + 1,
        message,
    }
}

fn json(bytes: &[u8], nesting: usize) -> Result<(), QueryError> {
    let (mut depth, mut inside, mut escaped) = (0_usize, false, false);
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if inside => escaped = true,
            b'"' => inside = !inside,
            b'{' | b'[' if !inside => depth += 1,
            b'}' | b']' if !inside => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > nesting {
            let message = format!("brackets nest deeper than {nesting}");
            return Err(refused(bytes, at, message));
        }
    }
    Ok(())
}

fn xml(bytes: &[u8], nesting: usize) -> Result<(), QueryError> {
    let entity = bytes.windows(8).position(|window| window == b"<!ENTITY");
    if let Some(at) = entity {
        let message = "entities are not declared here; write what they stand for";
        return Err(refused(bytes, at, message.to_owned()));
    }
    let mut reader = Reader::from_reader(bytes);
    // whether names match is for the parser to say
    reader.config_mut().check_end_names = false;
    let mut depth = 0_usize;
    loop {
        match reader.read_event() {
            Ok(Event::Start(_)) => depth += 1,
            Ok(Event::End(_)) => depth = depth.saturating_sub(1),
            Ok(Event::Eof) | Err(_) => return Ok(()),
            Ok(
                Event::Empty(_)
                | Event::Text(_)
                | Event::CData(_)
                | Event::Comment(_)
                | Event::Decl(_)
                | Event::PI(_)
                | Event::DocType(_),
            ) => {}
        }
        if depth > nesting {
            let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
            let message = format!("elements nest deeper than {nesting}");
            return Err(refused(bytes, at, message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(media: &str, text: &str) -> Option<(usize, usize)> {
        let format = RdfFormat::from_media_type(media).unwrap();
        let part = Part {
            format,
            bytes: text.as_bytes(),
        };
        harmless(&part, 100)
            .err()
            .map(|error| error.position().unwrap())
    }

    #[test]
    fn every_format_has_its_depth() {
        let nested = |open: &str, close: &str, times: usize| {
            format!("{}{}", open.repeat(times), close.repeat(times))
        };
        for (media, open, close) in [
            ("text/turtle", "[ <p> ", "]"),
            ("text/turtle", "( ", ")"),
            ("text/turtle", "<< <s> <p> ", ">>"),
            ("application/trig", "[ <p> ", "]"),
            ("text/n3", "{ <s> <p> ", "}"),
            ("application/n-triples", "<<( <s> <p> ", ")>>"),
            ("application/n-quads", "<<( <s> <p> ", ")>>"),
            ("application/ld+json", "{\"a\":", "}"),
            ("application/rdf+xml", "<a>", "</a>"),
        ] {
            let text = |times| format!("\n{}", nested(open, close, times));
            assert_eq!(place(media, &text(90)), None, "{media} {open}");
            let (line, column) =
                place(media, &text(300)).unwrap_or_else(|| panic!("{media} {open}"));
            assert!(line == 2 && column > 100, "{media} {open}: {line}:{column}");
        }
        let quoted = format!("<s> <p> \"\"\"{}\"\"\" . # {0}", "[".repeat(300));
        assert_eq!(place("text/turtle", &quoted), None);
        let siblings = "<s> <p> [ <q> ( 1 ) ] .\n".repeat(300);
        assert_eq!(place("text/turtle", &siblings), None);
        assert_eq!(
            place("application/rdf+xml", &"<a><b/></a>".repeat(300)),
            None
        );
        let entity = "<!DOCTYPE r [\n<!ENTITY a \"aaaa\">]><r/>";
        assert_eq!(place("application/rdf+xml", entity), Some((2, 1)));
    }
}
