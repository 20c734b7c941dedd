//! A text, and what is marked in it → its lines in segments, each with the marks that begin, hold and end there.

use std::collections::BTreeSet;

/// A stretch of text that tells a fact, in code points of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) claim: String,
    pub(super) number: usize,
    pub(super) class: &'static str,
}

/// A stretch of text in which nothing changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Segment {
    pub(super) text: String,
    /// The class of the first fact that it tells; empty for none.
    pub(super) class: &'static str,
    /// Whether several kinds of facts are told by it.
    pub(super) several: bool,
    /// Claims that begin here, by which links find their place.
    pub(super) anchors: Vec<String>,
    /// Claims that end here: id, number, class.
    pub(super) ends: Vec<(String, usize, &'static str)>,
    /// Whether it tells of facts and was not understood.
    pub(super) gap: bool,
}

/// The lines from one place to another. Each line break begins a line; blank lines are empty.
pub(super) fn segments(
    text: &[char],
    from: usize,
    to: usize,
    marks: &[Mark],
    gaps: &BTreeSet<(usize, usize)>,
) -> Vec<Vec<Segment>> {
    let mut borders: BTreeSet<usize> = [from, to].into();
    let within = |at: &usize| (from..=to).contains(at);
    borders.extend(
        marks
            .iter()
            .flat_map(|mark| [mark.start, mark.end])
            .filter(within),
    );
    borders.extend(
        gaps.iter()
            .flat_map(|(start, end)| [*start, *end])
            .filter(within),
    );
    let borders: Vec<usize> = borders.into_iter().collect();
    let mut lines: Vec<Vec<Segment>> = vec![Vec::new()];
    for pair in borders.windows(2) {
        let [start, end] = pair else { continue };
        let over: Vec<&Mark> = marks
            .iter()
            .filter(|mark| mark.start <= *start && *end <= mark.end)
            .collect();
        let class = over.first().map_or("", |mark| mark.class);
        let mut anchors: Vec<String> = marks
            .iter()
            .filter(|mark| mark.start == *start && mark.start < mark.end)
            .map(|mark| mark.claim.clone())
            .collect();
        let ends: Vec<(String, usize, &'static str)> = marks
            .iter()
            .filter(|mark| mark.end == *end && mark.start < mark.end)
            .map(|mark| (mark.claim.clone(), mark.number, mark.class))
            .collect();
        let whole: String = text.get(*start..*end).unwrap_or_default().iter().collect();
        let pieces: Vec<&str> = whole.split('\n').collect();
        for (at, piece) in pieces.iter().enumerate() {
            if at > 0 {
                lines.push(Vec::new());
            }
            let last = at + 1 == pieces.len();
            let ends = if last { ends.clone() } else { Vec::new() };
            if piece.is_empty() && ends.is_empty() {
                continue;
            }
            let segment = Segment {
                text: (*piece).to_owned(),
                class,
                several: over.iter().any(|mark| mark.class != class),
                anchors: std::mem::take(&mut anchors),
                ends,
                gap: class.is_empty() && gaps.iter().any(|(from, to)| from <= start && end <= to),
            };
            if let Some(line) = lines.last_mut() {
                line.push(segment);
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_may_cross_and_lines_may_break_in_them() {
        let text: Vec<char> = "Tête.\nA met B\nthere. End".chars().collect();
        let mark = |start, end, number, class| Mark {
            start,
            end,
            claim: format!("c{number}"),
            number,
            class,
        };
        let marks = [mark(6, 20, 1, "Meeting"), mark(8, 13, 2, "Visit")];
        let gaps = BTreeSet::from([(21, 24)]);
        let lines = segments(&text, 0, text.len(), &marks, &gaps);
        let shown: Vec<String> = lines
            .iter()
            .map(|line| line.iter().map(|one| one.text.as_str()).collect())
            .collect();
        assert_eq!(shown, ["Tête.", "A met B", "there. End"]);
        let second = &lines[1];
        assert_eq!(second[0].anchors, ["c1"]);
        assert_eq!((second[1].class, second[1].several), ("Meeting", true));
        assert_eq!(second[1].ends[0].1, 2);
        let third = &lines[2];
        assert_eq!(third[0].ends[0].0, "c1");
        assert!(third.iter().any(|one| one.gap && one.text == "End"));
        // every character is there, wherever the page is cut
        for cut in 0..text.len() {
            let both = [(0, cut), (cut, text.len())];
            let all: String = both
                .iter()
                .map(|(from, to)| {
                    let lines = segments(&text, *from, *to, &marks, &gaps);
                    let lines: Vec<String> = lines
                        .iter()
                        .map(|line| line.iter().map(|one| one.text.as_str()).collect())
                        .collect();
                    lines.join("\n")
                })
                .collect();
            assert_eq!(all, text.iter().collect::<String>(), "{cut}");
        }
    }
}
