//! The one place where the program writes: data to standard output, everything else to standard error.

use crate::diagnostic::Severity;
use crate::pipeline::Problem;
use anstyle::{AnsiColor, Style};
use std::io::{self, BufWriter, IsTerminal, Write};

/// Writes data to standard output, buffered.
///
/// # Errors
/// What `write` or the output gives; a broken pipe too.
pub(super) fn data<E: From<io::Error>>(
    write: impl FnOnce(&mut dyn Write) -> Result<(), E>,
) -> Result<(), E> {
    let mut out = BufWriter::with_capacity(64 * 1024, io::stdout().lock());
    write(&mut out)?;
    out.flush()?;
    Ok(())
}

/// Whether data goes to a reader at a terminal.
pub(super) fn data_is_read_by_a_person() -> bool {
    io::stdout().is_terminal()
}

/// Tells something that is no data.
pub(super) fn note(message: &str) {
    // Nobody is left to tell when standard error is closed.
    let _ = writeln!(anstream::stderr().lock(), "{message}");
}

/// Tells why the command failed.
pub(super) fn error(message: &str) {
    let style = Style::new().bold().fg_color(Some(AnsiColor::Red.into()));
    let _ = writeln!(
        anstream::stderr().lock(),
        "{style}error{style:#}: {message}"
    );
}

/// Names input that could not be used, or is odd.
pub(super) fn problems(problems: &[Problem]) {
    for problem in problems {
        let colour = match problem.diagnostic.severity {
            Severity::Error => AnsiColor::Red,
            Severity::Warning => AnsiColor::Yellow,
            Severity::Note => AnsiColor::Cyan,
        };
        let style = Style::new().fg_color(Some(colour.into()));
        let shown = problem.diagnostic.render(problem.text.as_deref());
        let (first, rest) = shown.split_once('\n').unwrap_or((&shown, ""));
        let _ = writeln!(anstream::stderr().lock(), "{style}{first}{style:#}");
        if !rest.is_empty() {
            note(rest);
        }
    }
}

/// Shows how far long work is, when standard error is a terminal.
pub(super) fn progress(done: usize, total: usize) {
    if total < 50 || !io::stderr().is_terminal() {
        return;
    }
    let end = if done == total { "\n" } else { "" };
    if done == total || done.is_multiple_of(10) {
        let _ = write!(
            anstream::stderr().lock(),
            "\rread {done} of {total} files{end}"
        );
    }
}

/// Shows what long work is at, over what was shown before, when standard error is a terminal.
pub(super) fn ongoing(line: &str) {
    if io::stderr().is_terminal() {
        let _ = write!(anstream::stderr().lock(), "\r\u{1b}[K{line}");
    }
}

/// "1 source", "3 sources".
pub(super) fn count(n: usize, noun: &str) -> String {
    if n == 1 {
        format!("1 {noun}")
    } else {
        format!("{n} {noun}s")
    }
}
