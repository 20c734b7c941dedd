//! A long list → which part of it a page shows.

/// Which page of a list, and how long the list is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::serve) struct Pages {
    number: usize,
    size: usize,
    length: usize,
}

impl Pages {
    /// Page `number` (from 1; beyond the last it is the last) of a list of `length`, `size` on each.
    pub(in crate::serve) fn new(number: usize, size: usize, length: usize) -> Self {
        let last = length.div_ceil(size.max(1)).max(1);
        Self {
            number: number.clamp(1, last),
            size,
            length,
        }
    }

    /// The part of the list that the page shows.
    pub(in crate::serve) fn part<'l, T>(&self, list: &'l [T]) -> &'l [T] {
        let from = self.from();
        let to = (from + self.size).min(list.len());
        list.get(from..to).unwrap_or_default()
    }

    /// The place in the list of the first that the page shows.
    pub(in crate::serve) fn from(&self) -> usize {
        (self.number - 1) * self.size
    }

    /// Whether there is more than one page.
    pub(in crate::serve) fn needed(&self) -> bool {
        self.length > self.size
    }

    /// `2 / 7`
    pub(in crate::serve) fn shown(&self) -> String {
        format!(
            "{} / {}",
            self.number,
            self.length.div_ceil(self.size.max(1))
        )
    }

    /// The number of the page before.
    pub(in crate::serve) fn before(&self) -> Option<String> {
        (self.number > 1).then(|| (self.number - 1).to_string())
    }

    /// The number of the page after.
    pub(in crate::serve) fn after(&self) -> Option<String> {
        (self.number * self.size < self.length).then(|| (self.number + 1).to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_shown_in_parts() {
        let list: Vec<usize> = (0..25).collect();
        let part = |number| Pages::new(number, 10, 25).part(&list).to_vec();
        assert_eq!(part(1), (0..10).collect::<Vec<_>>());
        assert_eq!(part(3), (20..25).collect::<Vec<_>>());
        assert_eq!(part(99), part(3));
        let last = Pages::new(3, 10, 25);
        assert_eq!(last.before().as_deref(), Some("2"));
        assert!(last.after().is_none() && last.needed());
        assert_eq!(last.shown(), "3 / 3");
        assert!(!Pages::new(1, 10, 10).needed());
        assert_eq!(Pages::new(1, 10, 0).part(&list[..0]), &[] as &[usize]);
    }
}
