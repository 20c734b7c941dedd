//! Weights of features, read from data that a script has fitted to documents with gold.

use crate::language::hash::Table;

const WEIGHTS: &str = include_str!("../../../data/learned/weights.tsv");

/// The weights.
#[derive(Clone, Debug, Default)]
pub(in crate::extract) struct Model {
    weights: Table<u64, i32>,
}

impl Model {
    /// The weights that are part of the program. A line that is none is passed over; a test holds that there is none such.
    pub(in crate::extract) fn embedded() -> Self {
        let mut model = Self::default();
        for line in WEIGHTS.lines().filter(|l| !l.starts_with('#')) {
            if let Some((name, weight)) = line.split_once('\t')
                && let Ok(weight) = weight.parse::<i32>()
            {
                model.weights.insert(number(&[name]), weight);
            }
        }
        model
    }

    /// The weight of the feature with a name of these parts: 0 where it has none; in hundredths.
    pub(super) fn weight(&self, parts: &[&str]) -> i32 {
        self.weights.get(&number(parts)).copied().unwrap_or(0)
    }
}

/// The number of a name: FNV-1a of its bytes.
pub(super) fn number(parts: &[&str]) -> u64 {
    let bytes = parts.iter().flat_map(|p| p.bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
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
