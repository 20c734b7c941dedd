//! Weights of features, read from data that a script has fitted to documents with gold.

const WEIGHTS: &str = include_str!("../../../data/learned/weights.tsv");

/// The weights: found by the number of a feature's name, of which its place here holds the low bits and the slot the high ones.
#[derive(Clone, Debug, Default)]
pub(in crate::extract) struct Model {
    /// The high half of the number and the weight, which is never 0; (0, 0) where there is none. Their count is a power of two.
    slots: Vec<(u32, i32)>,
}

/// The names and weights of the table. A line that is none is passed over; a test holds that there is none such.
fn lines(text: &str) -> impl Iterator<Item = (&str, i32)> {
    let lines = text.lines().filter(|l| !l.starts_with('#'));
    lines.filter_map(|line| {
        let (name, weight) = line.split_once('\t')?;
        Some((name, weight.parse().ok()?))
    })
}

impl Model {
    /// The weights that are part of the program.
    pub(in crate::extract) fn embedded() -> Self {
        let size = 2 * lines(WEIGHTS).count().max(1);
        let mut model = Self {
            slots: vec![(0, 0); size.next_power_of_two()],
        };
        for (name, weight) in lines(WEIGHTS) {
            let number = number(&[name]);
            let at = model.place(number);
            if let Some(slot) = model.slots.get_mut(at) {
                *slot = (high(number), weight);
            }
        }
        model
    }

    /// Where the weight of a number stands, or would stand.
    fn place(&self, number: u64) -> usize {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = low(number) & mask;
        while let Some((known, weight)) = self.slots.get(at)
            && *weight != 0
            && *known != high(number)
        {
            at = (at + 1) & mask;
        }
        at
    }

    /// The weight of the feature with a name of these parts: 0 where it has none; in hundredths.
    pub(super) fn weight(&self, parts: &[&str]) -> i32 {
        let at = self.place(number(parts));
        self.slots.get(at).map_or(0, |slot| slot.1)
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "the high half is kept apart"
)]
fn low(number: u64) -> usize {
    number as u32 as usize
}

fn high(number: u64) -> u32 {
    (number >> 32) as u32
}

/// The number of a name, whatever its parts: eight bytes at a time, mixed by multiplications.
pub(super) fn number(parts: &[&str]) -> u64 {
    let mix = |hash: u64, word: u64| {
        let wide = u128::from(hash ^ word) * u128::from(0x9e37_79b9_7f4a_7c15_u64);
        #[expect(clippy::cast_possible_truncation, reason = "both halves are used")]
        let halves = (wide as u64, (wide >> 64) as u64);
        halves.0 ^ halves.1
    };
    let (mut hash, mut word, mut filled) = (0x517c_c1b7_2722_0a95_u64, 0_u64, 0_u32);
    for byte in parts.iter().flat_map(|p| p.bytes()) {
        word |= u64::from(byte) << filled;
        filled += 8;
        if filled == 64 {
            hash = mix(hash, word);
            (word, filled) = (0, 0);
        }
    }
    mix(mix(hash, word), u64::from(filled) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_feature_and_its_weight() {
        let mut seen: Vec<&str> = Vec::new();
        for line in WEIGHTS.lines().skip(1) {
            let (name, weight) = line.split_once('\t').unwrap_or_default();
            assert!(
                name.contains('|') && weight.parse::<i32>().is_ok(),
                "{line:?}"
            );
            seen.push(name);
        }
        let all = seen.len();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), all, "a feature has two weights");
        let model = Model::embedded();
        for (name, weight) in lines(WEIGHTS) {
            assert_eq!(model.weight(&[name]), weight, "{name} is taken for another");
        }
    }

    #[test]
    fn a_name_is_weighed_whole_or_in_parts() {
        let model = Model::embedded();
        let whole = model.weight(&["visit|intercept"]);
        assert_ne!(whole, 0);
        assert_eq!(model.weight(&["visit", "|", "intercept"]), whole);
        assert_eq!(model.weight(&["visit|no such feature"]), 0);
    }
}
