//! How long to wait: what `Retry-After` says, and back-off with jitter where nobody says.

use std::time::{Duration, SystemTime};

/// The longest back-off, in seconds.
const LONGEST: f64 = 60.0;

/// Seconds that a `Retry-After` asks for (RFC 9110, 10.2.3): a number, or a date, which is compared with the answer's own `Date` where there
/// is one, so that clocks need not agree.
pub(super) fn retry_after(value: &str, date: Option<&str>, now: SystemTime) -> Option<f64> {
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        return value.parse().ok();
    }
    let until = httpdate::parse_http_date(value).ok()?;
    let from = date
        .and_then(|date| httpdate::parse_http_date(date).ok())
        .unwrap_or(now);
    let wait = until.duration_since(from).unwrap_or(Duration::ZERO);
    Some(wait.as_secs_f64())
}

/// Numbers between 0 and 1 that look random: the same for the same seed (SplitMix64).
#[derive(Clone, Debug)]
pub(super) struct Jitter(u64);

impl Jitter {
    /// A generator whose seed is made of a text.
    pub(super) fn of(text: &str) -> Self {
        // FNV-1a.
        Self(text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        }))
    }

    /// The next number.
    pub(super) fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        let high = u32::try_from(mixed >> 32).unwrap_or_default();
        f64::from(high) / f64::from(u32::MAX)
    }

    /// Seconds to wait after the n-th failure (from 1): 1, 2, 4, … 60, of which between a half and all.
    pub(super) fn back_off(&mut self, failures: u32) -> f64 {
        let exponent = i32::try_from(failures.saturating_sub(1).min(16)).unwrap_or(16);
        let whole = 2f64.powi(exponent).min(LONGEST);
        whole * (0.5 + 0.5 * self.next())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_service_asks_for_is_understood() {
        let now = httpdate::parse_http_date("Sun, 06 Nov 1994 08:49:07 GMT").unwrap();
        let asked = |value: &str| retry_after(value, None, now);
        assert_eq!(asked("120"), Some(120.0));
        assert_eq!(asked(" 0 "), Some(0.0));
        assert_eq!(asked("Sun, 06 Nov 1994 08:49:37 GMT"), Some(30.0));
        assert_eq!(asked("Sunday, 06-Nov-94 08:49:37 GMT"), Some(30.0));
        assert_eq!(asked("Sun Nov  6 08:49:37 1994"), Some(30.0));
        assert_eq!(asked("Sun, 06 Nov 1994 08:00:00 GMT"), Some(0.0));
        for wrong in ["", "-1", "1.5", "soon", "Sun, 06 Nov"] {
            assert_eq!(asked(wrong), None, "{wrong}");
        }
        let theirs = Some("Sun, 06 Nov 1994 08:49:35 GMT");
        let value = "Sun, 06 Nov 1994 08:49:37 GMT";
        assert_eq!(retry_after(value, theirs, now), Some(2.0));
    }

    #[test]
    fn back_off_grows_to_a_minute_and_is_the_same_for_a_seed() {
        let waits = |seed: &str| -> Vec<f64> {
            let mut jitter = Jitter::of(seed);
            (1..=10).map(|failures| jitter.back_off(failures)).collect()
        };
        let once = waits("a@example.org");
        assert_eq!(once, waits("a@example.org"));
        assert_ne!(once, waits("b@example.org"));
        for (at, wait) in once.iter().enumerate() {
            let whole = f64::from(1 << at.min(10)).min(LONGEST);
            assert!((whole / 2.0..=whole).contains(wait), "{at}: {wait}");
        }
    }
}
