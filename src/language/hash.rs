//! Tables of words that are looked up and never walked: the same on every machine and in every run.

use std::borrow::Borrow;
use std::hash::{Hash, Hasher};

/// Keys and their values, found by a hash; grows, never shrinks, and gives no order to walk in.
#[derive(Clone, Debug)]
pub(crate) struct Table<K, V> {
    /// For each slot the hash of its key, and one more than the key's place among the entries; 0 where it is empty. So small that the nearest caches
    /// hold many of them; the hash saves most looks at keys that are not the one sought.
    slots: Vec<(u32, u32)>,
    entries: Vec<(K, V)>,
}

impl<K, V> Default for Table<K, V> {
    fn default() -> Self {
        Self {
            slots: Vec::new(),
            entries: Vec::new(),
        }
    }
}

impl<K: Hash + Eq, V> Table<K, V> {
    /// An empty one with room for so many keys.
    pub(crate) fn with_room(keys: usize) -> Self {
        Self {
            slots: vec![(0, 0); (keys * 2).next_power_of_two()],
            entries: Vec::with_capacity(keys),
        }
    }

    /// How many keys there are.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
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
        loop {
            let (own, place) = *self.slots.get(at)?;
            let entry = (place as usize).checked_sub(1)?;
            if own == hash
                && let Some((known, value)) = self.entries.get(entry)
                && known.borrow() == key
            {
                return Some((known, value));
            }
            at = (at + 1) & mask;
        }
    }

    /// Adds a key that is not yet there, and tells whether it did; of two values for one key the first stays.
    pub(crate) fn insert(&mut self, key: K, value: V) -> bool {
        let place = u32::try_from(self.entries.len() + 1);
        let (None, Ok(place)) = (self.get(&key), place) else {
            return false;
        };
        if (self.entries.len() + 1) * 2 > self.slots.len() {
            let wider = (self.slots.len() * 2).max(16);
            let old = std::mem::replace(&mut self.slots, vec![(0, 0); wider]);
            for (hash, place) in old.into_iter().filter(|(_, place)| *place != 0) {
                self.place(hash, place);
            }
        }
        self.place(hash(&key), place);
        self.entries.push((key, value));
        true
    }

    /// Puts the place of an entry into the first free slot from its own on.
    fn place(&mut self, hash: u32, place: u32) {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = hash as usize & mask;
        while self.slots.get(at).is_some_and(|(_, other)| *other != 0) {
            at = (at + 1) & mask;
        }
        if let Some(free) = self.slots.get_mut(at) {
            *free = (hash, place);
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
