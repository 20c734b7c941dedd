//! The connections that a worker has → those on which something came, one request of each in turn.

use super::Why;
use super::connection::{Answered, Connection, Desk};
use super::several::{Hall, LEAVE, ORDER, SWEEP};
use super::state::{Phase, State};
use crate::serve::quick::{Seen, see};
use rustix::event::Timespec;
use rustix::event::epoll::{self, EventFlags};
use rustix::io::Errno;
use rustix::net::{RecvFlags, recv};
use std::collections::VecDeque;
use std::io::{self, Write};
use std::time::{Duration, Instant};

/// Longer requests are for the server, in bytes.
const REQUEST: usize = 64 << 10;
/// So many connections are heard of at once.
const EVENTS: usize = 32;
/// So many connections that have just come are asked in a row while others wait.
const NEW: usize = 8;

/// The connections that are to be asked.
#[derive(Default)]
struct Ready {
    /// Those that have just come: their clients have waited for the handing over already.
    new: VecDeque<u64>,
    /// Those on which something came, and whether that is all that comes.
    heard: VecDeque<(u64, bool)>,
    /// How many new ones were asked since the last of the others.
    row: usize,
}

impl Ready {
    fn is_empty(&self) -> bool {
        self.new.is_empty() && self.heard.is_empty()
    }

    /// The one that is asked next, and whether that is all that comes on it.
    fn next(&mut self) -> Option<(u64, bool)> {
        if (self.row < NEW || self.heard.is_empty())
            && let Some(number) = self.new.pop_front()
        {
            self.row += 1;
            return Some((number, false));
        }
        self.row = 0;
        self.heard.pop_front()
    }
}

/// What came of a turn.
pub(super) enum Outcome {
    /// Nothing had come.
    Nothing,
    /// The beginning of a request.
    Part,
    /// Something that is not for a worker, or the end.
    Back(Why),
    /// A request was answered.
    Answered(Box<Answered>),
}

/// The thread that answers.
pub(super) struct Answers<'a, 'b, W> {
    hall: &'a Hall<'b, W>,
    desk: &'a Desk<'a>,
    state: State,
    space: Vec<u8>,
}

impl<'a, 'b, W: Write> Answers<'a, 'b, W> {
    /// With what it answers from.
    pub(super) fn new(hall: &'a Hall<'b, W>, desk: &'a Desk<'a>) -> Self {
        Self {
            hall,
            desk,
            state: State {
                phase: Phase::Waits,
                connection: 0,
                count: 0,
                request: String::new(),
            },
            space: vec![0; REQUEST],
        }
    }

    /// Answers until it is to leave.
    ///
    /// # Errors
    /// When the server does not listen any more.
    pub(super) fn run(&mut self) -> io::Result<()> {
        let mut events = Vec::with_capacity(EVENTS);
        let mut ready = Ready::default();
        let mut swept = Instant::now();
        loop {
            let patience = match ready.is_empty() {
                true => self.hall.patience(),
                false => Some(Duration::ZERO),
            };
            let patience = patience.map(Timespec::try_from).transpose();
            let patience = patience.map_err(io::Error::other)?;
            let space = rustix::buffer::spare_capacity(&mut events);
            match epoll::wait(&self.hall.epoll, space, patience.as_ref()) {
                Ok(_) | Err(Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
            let quiet = events.is_empty() && ready.is_empty();
            for event in events.drain(..) {
                let (number, flags) = (event.data.u64(), event.flags);
                match number {
                    LEAVE => return Ok(()),
                    ORDER => {
                        ready.new.extend(self.hall.take_orders()?);
                        continue;
                    }
                    _ => {}
                }
                let over = EventFlags::RDHUP | EventFlags::HUP | EventFlags::ERR;
                ready.heard.push_back((number, flags.intersects(over)));
            }
            if let Some((number, over)) = ready.next()
                && self.turn(number, over)?
            {
                ready.heard.push_back((number, over));
            }
            if quiet || swept.elapsed() > SWEEP {
                swept = Instant::now();
                self.hall.sweep()?;
            }
        }
    }

    /// One request of a connection; whether more of it may be there already.
    fn turn(&mut self, number: u64, over: bool) -> io::Result<bool> {
        let Some(connection) = self.hall.begin(number) else {
            return Ok(false);
        };
        let (outcome, more) = self.outcome(&connection, over)?;
        let stays = self.hall.done(number, outcome)?;
        if !stays && self.state.phase != Phase::Waits {
            // until it was given back it was to be seen that half of an answer was sent
            self.state.turn(Phase::Waits, &connection.file)?;
        }
        Ok(stays && more)
    }

    fn outcome(&mut self, connection: &Connection, over: bool) -> io::Result<(Outcome, bool)> {
        let flags = RecvFlags::PEEK | RecvFlags::DONTWAIT;
        let length = match recv(&connection.socket, &mut *self.space, flags) {
            Ok((_, length)) => length,
            Err(Errno::AGAIN | Errno::INTR) => return Ok((Outcome::Nothing, false)),
            Err(_) => 0,
        };
        let came = self.space.get(..length).unwrap_or_default();
        let (quick, used) = match see(came, &connection.terms) {
            _ if came.is_empty() => return Ok((Outcome::Back(Why::Gone), false)),
            Seen::Whole(quick, used) => (quick, used),
            Seen::Part if length < REQUEST && !over => return Ok((Outcome::Part, false)),
            Seen::Part | Seen::Other => return Ok((Outcome::Back(Why::Other), false)),
        };
        // before it is taken, so that the server knows of whom it must speak
        self.state.connection = connection.number;
        self.state.count = self.state.count.wrapping_add(1);
        let id = quick.id.to_str().unwrap_or_default();
        self.state.request = format!("{} {id}", quick.method);
        self.state.turn(Phase::Works, &connection.file)?;
        let place = self.space.get_mut(..used).unwrap_or_default();
        let taken = recv(
            &connection.socket,
            place,
            RecvFlags::TRUNC | RecvFlags::DONTWAIT,
        );
        if !taken.is_ok_and(|(_, taken)| taken == used) {
            self.state.turn(Phase::Waits, &connection.file)?;
            return Ok((Outcome::Back(Why::Gone), false));
        }
        let answered = self.desk.answer(*quick, connection, &mut self.state)?;
        Ok((Outcome::Answered(Box::new(answered)), length > used || over))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_ones_first_but_nobody_waits_for_ever() {
        let mut ready = Ready::default();
        ready.heard.extend([(1, false), (2, true)]);
        ready.new.extend(100..120);
        assert!(!ready.is_empty());
        let order: Vec<_> = std::iter::from_fn(|| ready.next()).collect();
        let old: Vec<_> = (0..).zip(&order).filter(|(_, (n, _))| *n < 100).collect();
        assert_eq!(old, [(NEW, &(1, false)), (2 * NEW + 1, &(2, true))]);
        assert_eq!(order.len(), 22);
        assert!(ready.is_empty());
    }
}
