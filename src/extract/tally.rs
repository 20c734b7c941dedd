//! How often each of several things is named.

/// Each thing that is named, in the order of first naming, with how often it is.
pub(super) fn times<T: PartialEq>(named: impl IntoIterator<Item = T>) -> Vec<(T, usize)> {
    let mut known: Vec<(T, usize)> = Vec::new();
    for thing in named {
        match known.iter_mut().find(|(other, _)| *other == thing) {
            Some((_, times)) => *times += 1,
            None => known.push((thing, 1)),
        }
    }
    known
}

#[cfg(test)]
mod tests {
    use super::times;

    #[test]
    fn each_in_the_order_of_first_naming() {
        assert_eq!(times(["b", "a", "b"]), [("b", 2), ("a", 1)]);
        assert!(times::<u8>([]).is_empty());
    }
}
