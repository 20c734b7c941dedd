//! Answers that were given → the same again, without asking the store; bounded in bytes, the longest unused go first.

use super::pool::Given;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// What an answer is known by: a hash of the generation, the query and how it was wanted.
pub(super) type Key = [u8; 32];

/// What is counted for an answer beside its bytes.
const OVERHEAD: usize = 512;

/// Kept answers.
#[derive(Debug)]
pub(super) struct Cache {
    limit: usize,
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    answers: BTreeMap<Key, (u64, Given)>,
    /// When each was used last, by a count.
    used: BTreeMap<u64, Key>,
    bytes: usize,
    clock: u64,
}

/// The key of a request.
pub(super) fn key(version: &str, request: &impl serde::Serialize) -> Key {
    let mut hash = Sha256::new();
    hash.update(version.as_bytes());
    hash.update([0]);
    // what can't be written as JSON has no answer either
    hash.update(serde_json::to_vec(request).unwrap_or_default());
    hash.finalize().into()
}

impl Cache {
    /// Room for `limit` bytes.
    pub(super) fn new(limit: usize) -> Self {
        Self {
            limit,
            kept: Mutex::default(),
        }
    }

    /// The room, in bytes.
    pub(super) fn limit(&self) -> usize {
        self.limit
    }

    /// The answer that is kept under a key.
    pub(super) fn get(&self, key: &Key) -> Option<Given> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.clock += 1;
        let now = kept.clock;
        let (used, given) = kept.answers.get_mut(key)?;
        let before = std::mem::replace(used, now);
        let given = given.clone();
        kept.used.remove(&before);
        kept.used.insert(now, *key);
        Some(given)
    }

    /// Keeps an answer. One that would take more than a quarter of the room is not kept.
    pub(super) fn put(&self, key: Key, given: &Given) {
        let size = given.body.len() + OVERHEAD;
        if size > self.limit / 4 {
            return;
        }
        let given = Given {
            // a copy: the bytes of an answer on its way hold room there
            body: bytes::Bytes::copy_from_slice(&given.body),
            ..given.clone()
        };
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.remove(&key);
        kept.clock += 1;
        let now = kept.clock;
        kept.bytes += size;
        kept.answers.insert(key, (now, given));
        kept.used.insert(now, key);
        while kept.bytes > self.limit {
            let Some((_, oldest)) = kept.used.first_key_value() else {
                break;
            };
            let oldest = *oldest;
            kept.remove(&oldest);
        }
    }

    /// Forgets all, as another generation is there.
    pub(super) fn clear(&self) {
        *self.kept.lock().unwrap_or_else(PoisonError::into_inner) = Kept::default();
    }

    /// Answers and bytes that are kept.
    pub(super) fn size(&self) -> (usize, usize) {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        (kept.answers.len(), kept.bytes)
    }
}

impl Kept {
    fn remove(&mut self, key: &Key) {
        if let Some((used, given)) = self.answers.remove(key) {
            self.used.remove(&used);
            self.bytes -= given.body.len() + OVERHEAD;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::serve::compress::Coding;

    fn given(bytes: usize) -> Given {
        Given {
            media: "text/csv".to_owned(),
            rows: 1,
            coding: Coding::Identity,
            body: vec![b'x'; bytes].into(),
            version: None,
        }
    }

    #[test]
    fn the_longest_unused_goes_first() {
        let cache = Cache::new(10_000);
        let keys: Vec<Key> = (0..5_u8).map(|n| key("gen", &n)).collect();
        for key in keys.iter().take(4) {
            cache.put(*key, &given(1500));
        }
        assert!(cache.get(&keys[0]).is_some());
        cache.put(keys[4], &given(1500));
        assert!(cache.get(&keys[0]).is_some(), "used since");
        assert!(cache.get(&keys[1]).is_none());
        assert!(cache.size().1 <= 10_000);
        cache.put(keys[1], &given(9000));
        assert!(cache.get(&keys[1]).is_none(), "too large to keep");
        cache.clear();
        assert_eq!(cache.size(), (0, 0));
        assert_ne!(key("a", &1), key("b", &1));
    }
}
