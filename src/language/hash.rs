//! Tables of words that are looked up and never walked: the same on every machine and in every run.

use std::borrow::Borrow;
use std::hash::{Hash, Hasher};

/// Keys and their values, found by a hash; grows, never shrinks, and gives no order to walk in.
#[derive(Clone, Debug)]
pub(crate) struct Table<K, V> {
    /// Hash, key and value; the hash saves most looks at keys that are not the one sought.
    slots: Vec<Option<(u32, K, V)>>,
    filled: usize,
}

impl<K, V> Default for Table<K, V> {
    fn default() -> Self {
        Self {
            slots: Vec::new(),
            filled: 0,
        }
    }
}

impl<K: Hash + Eq, V> Table<K, V> {
    /// How many keys there are.
    pub(crate) fn len(&self) -> usize {
        self.filled
    }

    /// The value of a key.
    pub(crate) fn get<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.entry(key).map(|(_, value)| value)
    }

    /// A key as it was added, with its value.
    pub(crate) fn entry<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> Option<(&K, &V)>
    where
        K: Borrow<Q>,
    {
        let mask = self.slots.len().checked_sub(1)?;
        let hash = hash(key);
        let mut at = hash as usize & mask;
        while let Some((own, known, value)) = self.slots.get(at)? {
            if *own == hash && known.borrow() == key {
                return Some((known, value));
            }
            at = (at + 1) & mask;
        }
        None
    }

    /// Adds a key that is not yet there, and tells whether it did; of two values for one key the first stays.
    pub(crate) fn insert(&mut self, key: K, value: V) -> bool {
        if self.get(&key).is_some() {
            return false;
        }
        if (self.filled + 1) * 2 > self.slots.len() {
            let wider = (self.slots.len() * 2).max(16);
            let old = std::mem::take(&mut self.slots);
            self.slots.resize_with(wider, || None);
            for (hash, key, value) in old.into_iter().flatten() {
                self.place(hash, key, value);
            }
        }
        self.place(hash(&key), key, value);
        self.filled += 1;
        true
    }

    /// Puts a key into the first free slot from its own on.
    fn place(&mut self, hash: u32, key: K, value: V) {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = hash as usize & mask;
        while self.slots.get(at).is_some_and(Option::is_some) {
            at = (at + 1) & mask;
        }
        if let Some(free) = self.slots.get_mut(at) {
            *free = Some((hash, key, value));
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a slot takes the low bits of the hash, as many as there are"
)]
fn hash<Q: Hash + ?Sized>(key: &Q) -> u32 {
    let mut hasher = WordHasher::default();
    key.hash(&mut hasher);
    hasher.finish() as u32
}

/// Mixes eight bytes at a time by a multiplication (as FxHash does). Keys come from our own data, so nobody can choose them to collide.
#[derive(Clone, Copy, Debug, Default)]
struct WordHasher(u64);

impl WordHasher {
    fn mix(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        let (whole, rest) = bytes.as_chunks::<8>();
        for chunk in whole {
            self.mix(u64::from_le_bytes(*chunk));
        }
        if !rest.is_empty() {
            let tail = rest
                .iter()
                .rev()
                .fold(0, |tail, byte| tail << 8 | u64::from(*byte));
            self.mix(tail);
        }
    }

    fn write_u8(&mut self, byte: u8) {
        self.mix(u64::from(byte));
    }

    fn write_u32(&mut self, number: u32) {
        self.mix(u64::from(number));
    }

    fn write_u64(&mut self, number: u64) {
        self.mix(number);
    }

    fn write_usize(&mut self, number: usize) {
        self.mix(number as u64);
    }

    fn finish(&self) -> u64 {
        // The high bits are the well mixed ones; the table takes its slot from the low ones.
        self.0.rotate_left(26)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_first_value_of_every_key() {
        let mut table: Table<String, usize> = Table::default();
        assert_eq!(table.get("word 1"), None);
        for number in 0..1000 {
            table.insert(format!("word {}", number % 700), number);
        }
        assert_eq!(table.len(), 700);
        for number in 0..700 {
            assert_eq!(table.get(&format!("word {number}")), Some(&number));
        }
        assert_eq!(table.get("word"), None);
    }
}
