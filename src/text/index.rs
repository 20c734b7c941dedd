//! From byte offsets to lines, columns and code points.

/// Where a byte stands: line and column count from 1, the column in Unicode code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in code points, from 1.
    pub column: usize,
}

/// Finds lines, columns and code point offsets in one text; made in one pass over it.
#[derive(Clone, Debug)]
pub struct TextIndex<'t> {
    text: &'t str,
    /// (byte, code points before it) at every line start.
    lines: Vec<(usize, usize)>,
}

impl<'t> TextIndex<'t> {
    /// Reads `text` once.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        let mut lines = vec![(0, 0)];
        let mut points = 0;
        for (at, c) in text.char_indices() {
            points += 1;
            if c == '\n' {
                lines.push((at + 1, points));
            }
        }
        Self { text, lines }
    }

    fn line_of(&self, byte: usize) -> (usize, usize, usize) {
        let line = self
            .lines
            .partition_point(|&(start, _)| start <= byte)
            .max(1);
        let (start, points) = self.lines.get(line - 1).copied().unwrap_or((0, 0));
        (line, start, points)
    }

    /// Line and column of a byte offset; an offset past the end counts as the end.
    #[must_use]
    pub fn position(&self, byte: usize) -> Position {
        let byte = byte.min(self.text.len());
        let (line, start, _) = self.line_of(byte);
        Position {
            line,
            column: self.points_between(start, byte) + 1,
        }
    }

    /// Unicode code points before a byte offset, as Web Annotation's `oa:TextPositionSelector` counts.
    #[must_use]
    pub fn code_point(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        let (_, start, points) = self.line_of(byte);
        points + self.points_between(start, byte)
    }

    fn points_between(&self, start: usize, end: usize) -> usize {
        self.text.get(start..end).map_or(0, |s| s.chars().count())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_code_points_not_bytes() {
        let text = "é\nàb";
        let index = TextIndex::new(text);
        assert_eq!(index.position(5), Position { line: 2, column: 2 });
        assert_eq!(index.code_point(5), 3);
        assert_eq!(index.code_point(99), 4);
    }
}
