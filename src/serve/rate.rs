//! Addresses of clients → whether they may send one more request this minute.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// More addresses are not remembered; those that are idle are forgotten first.
const ADDRESSES: usize = 100_000;
const MINUTE: Duration = Duration::from_secs(60);

/// A bucket per address: it holds a minute's requests and fills evenly.
#[derive(Debug)]
pub(super) struct Rate {
    per_minute: u32,
    loopback: bool,
    buckets: Mutex<BTreeMap<IpAddr, (f64, Instant)>>,
}

/// The address that limits are counted for: of IPv6 the network, which one client has whole.
pub(super) fn counted(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
        other @ IpAddr::V4(_) => other,
    }
}

impl Rate {
    /// So many requests a minute, 0 for no limit; for clients on this machine too if `loopback`.
    pub(super) fn new(per_minute: u32, loopback: bool) -> Self {
        Self {
            per_minute,
            loopback,
            buckets: Mutex::default(),
        }
    }

    /// Counts a request.
    ///
    /// # Errors
    /// The seconds to wait, if there were too many.
    pub(super) fn take(&self, address: IpAddr, now: Instant) -> Result<(), u64> {
        if self.per_minute == 0 || (address.to_canonical().is_loopback() && !self.loopback) {
            return Ok(());
        }
        let full = f64::from(self.per_minute);
        let each_second = full / MINUTE.as_secs_f64();
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= ADDRESSES {
            buckets.retain(|_, (_, last)| now.duration_since(*last) < MINUTE);
        }
        if buckets.len() >= ADDRESSES {
            return Err(MINUTE.as_secs());
        }
        let (left, last) = buckets.entry(counted(address)).or_insert((full, now));
        *left = (*left + now.duration_since(*last).as_secs_f64() * each_second).min(full);
        *last = now;
        if *left < 1.0 {
            let wait = ((1.0 - *left) / each_second).ceil();
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a minute at most"
            )]
            return Err((wait as u64).max(1));
        }
        *left -= 1.0;
        Ok(())
    }

    /// A request that was counted is counted again elsewhere.
    pub(super) fn give_back(&self, address: IpAddr) {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((left, _)) = buckets.get_mut(&counted(address)) {
            *left += 1.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_empties_and_fills() {
        let rate = Rate::new(60, false);
        let start = Instant::now();
        let address: IpAddr = "192.0.2.1".parse().unwrap();
        let taken = (0..100).filter(|_| rate.take(address, start).is_ok());
        assert_eq!(taken.count(), 60);
        assert_eq!(rate.take(address, start), Err(1));
        assert!(rate.take("192.0.2.2".parse().unwrap(), start).is_ok());
        assert!(rate.take(address, start + Duration::from_secs(2)).is_ok());
        let loopback: IpAddr = "::ffff:127.0.0.1".parse().unwrap();
        assert!((0..100).all(|_| rate.take(loopback, start).is_ok()));
        let [one, other] = ["2001:db8::1", "2001:db8::2"].map(|text| text.parse().unwrap());
        assert_eq!(counted(one), counted(other));
    }
}
