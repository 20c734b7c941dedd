//! A message for the reader: a code, a severity, a sentence, the place it speaks of, and what to do.

use crate::text::{Span, TextIndex, excerpt};
use serde::Serialize;
use std::fmt;

/// How much a message weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; nothing is wrong.
    Note,
    /// The result may not be what was meant.
    Warning,
    /// Some input could not be used.
    Error,
}

/// One message: what is wrong (`code`, `message`), where (`source`, `span`), and what to try (`help`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// A stable code such as `document.not-utf-8`.
    pub code: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// One sentence.
    pub message: String,
    /// The file or document it speaks of.
    pub source: Option<String>,
    /// The bytes of that source it speaks of.
    pub span: Option<Span>,
    /// What to try.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A message of some severity.
    #[must_use]
    pub fn new(severity: Severity, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            severity,
            message: message.into(),
            source: None,
            span: None,
            help: None,
        }
    }

    /// An error.
    #[must_use]
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message)
    }

    /// A warning.
    #[must_use]
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    /// Says which file or document the message speaks of.
    #[must_use]
    pub fn in_source(mut self, source: impl Into<String>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// Says which bytes the message speaks of.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }

    /// Says what to try.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The message with its place as `source:line:column` and the words under carets, where the source's text is at hand.
    #[must_use]
    pub fn render(&self, text: Option<&str>) -> String {
        let mut shown = String::new();
        if let Some(source) = &self.source {
            shown.push_str(source);
            if let (Some(span), Some(text)) = (self.span, text) {
                let position = TextIndex::new(text).position(span.start);
                shown.push_str(&format!(":{}:{}", position.line, position.column));
            }
            shown.push_str(": ");
        }
        shown.push_str(&format!(
            "{}[{}]: {}",
            self.severity, self.code, self.message
        ));
        if let (Some(span), Some(text)) = (self.span, text) {
            shown.push('\n');
            shown.push_str(&excerpt(text, span));
        }
        if let Some(help) = &self.help {
            shown.push_str(&format!("\n  help: {help}"));
        }
        shown
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(None))
    }
}
