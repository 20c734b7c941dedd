//! What a worker does with the connections that it has → a small file that the server reads when it likes.

use rustix::io::{pread, pwrite};
use std::io;
use std::os::fd::OwnedFd;

/// What is done with a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::serve) enum Phase {
    /// Nothing: it waits for a request.
    Waits,
    /// A query is evaluated; nothing of its answer was sent.
    Works,
    /// An answer is sent.
    Sends,
}

/// What a worker does with its connections, in a file that both sides see: the server learns of it without being woken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::serve) struct State {
    /// What is done.
    pub(in crate::serve) phase: Phase,
    /// With which connection it is or was done; 0 before the first.
    pub(in crate::serve) connection: u64,
    /// Which request it is.
    pub(in crate::serve) count: u32,
    /// Method and id of the request.
    pub(in crate::serve) request: String,
}

/// Bytes of a state, at most.
const STATE: usize = 128;

impl State {
    /// As it stands in the file.
    pub(in crate::serve) fn read(file: &OwnedFd) -> io::Result<Self> {
        let mut bytes = [0; STATE];
        let length = pread(file, &mut bytes, 0)?;
        let [phase, a, b, c, d, e, f, g, h, i, j, k, l, size, rest @ ..] = bytes;
        let request = rest.get(..usize::from(size)).unwrap_or_default();
        Ok(Self {
            phase: match phase {
                1 if length > 0 => Phase::Works,
                2 => Phase::Sends,
                _ => Phase::Waits,
            },
            connection: u64::from_be_bytes([a, b, c, d, e, f, g, h]),
            count: u32::from_be_bytes([i, j, k, l]),
            request: String::from_utf8_lossy(request).into_owned(),
        })
    }

    fn write(&self, file: &OwnedFd) -> io::Result<()> {
        let mut bytes = Vec::with_capacity(STATE);
        bytes.push(match self.phase {
            Phase::Waits => 0,
            Phase::Works => 1,
            Phase::Sends => 2,
        });
        bytes.extend_from_slice(&self.connection.to_be_bytes());
        bytes.extend_from_slice(&self.count.to_be_bytes());
        let request = self.request.as_bytes();
        let request = request.get(..request.len().min(100)).unwrap_or_default();
        bytes.push(u8::try_from(request.len()).unwrap_or(0));
        bytes.extend_from_slice(request);
        pwrite(file, &bytes, 0)?;
        Ok(())
    }

    /// Says that something else is done now.
    pub(super) fn turn(&mut self, phase: Phase, file: &OwnedFd) -> io::Result<()> {
        self.phase = phase;
        self.write(file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustix::fs::{MemfdFlags, memfd_create};

    #[test]
    fn there_and_back() {
        let file = memfd_create("state", MemfdFlags::CLOEXEC).unwrap();
        let before = State::read(&file).unwrap();
        assert_eq!((before.phase, before.connection), (Phase::Waits, 0));
        let mut state = State {
            phase: Phase::Waits,
            connection: 7 << 40,
            count: 3,
            request: format!("POST {}", "x".repeat(64)),
        };
        for phase in [Phase::Works, Phase::Sends, Phase::Waits] {
            state.turn(phase, &file).unwrap();
            assert_eq!(State::read(&file).unwrap(), state);
        }
    }
}
