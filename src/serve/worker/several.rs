//! Connections that the server lent → answers to the queries that come on them, one after the other, in one thread.
//!
//! Bytes are taken from a connection only as a whole request, which is answered then. So nothing waits in this process: whatever becomes of it, the
//! server loses the request at hand and no other. A second thread looks from time to time how long a query takes; while it takes long, that thread
//! takes the orders, and it gives those connections back that would wait.

use super::connection::{Answered, Connection, Desk, KEPT, Left};
use super::frame;
use super::passing::Orders;
use super::turns::{Answers, Outcome};
use super::{Job, Lending, Order, Reply, Why};
use crate::serve::quick::Served;
use rustix::event::epoll::{self, CreateFlags, EventData, EventFlags};
use rustix::event::{EventfdFlags, PollFd, PollFlags, Timespec, eventfd, poll};
use rustix::io::{Errno, read, write};
use std::collections::BTreeMap;
use std::io::{self, BufReader, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// A connection on which nothing comes for so long is given back.
const IDLE: Duration = Duration::from_secs(1);
/// So is one on which the rest of a request does not come in this time.
const REST: Duration = Duration::from_millis(50);
/// How often it is looked for these.
pub(super) const SWEEP: Duration = Duration::from_millis(250);
/// Answers are told of so long after they were given.
const TELL: Duration = Duration::from_millis(50);
/// How often it is looked whether a query takes long; one that does at two such looks does.
const TICK: Duration = Duration::from_millis(15);
/// After so many looks that saw no new request there are none until the next.
const CALM: u32 = 7;
/// The number of no connection: orders came.
pub(super) const ORDER: u64 = 0;
/// Neither is this: the thread that answers is to leave.
pub(super) const LEAVE: u64 = u64::MAX;

/// Answers on connections, of which the first was ordered already, until something else is; none when the server is gone.
///
/// # Errors
/// When the server does not listen any more.
pub(super) fn serve(
    desk: &Desk<'_>,
    orders: &mut BufReader<Orders>,
    out: &mut (impl Write + Send),
    first: Lending,
) -> io::Result<Option<Order<Job>>> {
    let hall = Hall::new(orders, out)?;
    hall.enter(first, &mut hall.orders())?;
    let answered = thread::scope(|scope| {
        thread::Builder::new()
            .name("watch".to_owned())
            .stack_size(256 << 10)
            .spawn_scoped(scope, || {
                let watched = hall.watch();
                hall.end(None, watched.err());
            })?;
        let answered = Answers::new(&hall, desk).run();
        hall.end(None, answered.err());
        Ok(())
    });
    answered.and(hall.over())
}

/// Wakes a thread.
fn ring(bell: &OwnedFd) {
    // a bell that can't take one more rings already
    let _ = write(bell, &1_u64.to_ne_bytes());
}

/// What both threads share.
pub(super) struct Hall<'a, W> {
    table: Mutex<Table>,
    orders: Mutex<&'a mut BufReader<Orders>>,
    /// Where orders come.
    door: OwnedFd,
    out: Mutex<&'a mut W>,
    /// Where is heard of what comes.
    pub(super) epoll: OwnedFd,
    /// Wakes the thread that answers.
    leave: OwnedFd,
    /// Wakes the thread that watches.
    bell: OwnedFd,
}

#[derive(Default)]
struct Table {
    places: BTreeMap<u64, Place>,
    /// The connection that is answered on.
    current: Option<u64>,
    /// Which turn it is.
    count: u32,
    /// The turn that takes long.
    long: Option<u32>,
    /// Whether it is looked how long queries take.
    watched: bool,
    untold: Untold,
    /// What both threads end with.
    over: Option<io::Result<Option<Order<Job>>>>,
}

struct Place {
    connection: Arc<Connection>,
    /// When a request was answered last.
    last: Instant,
    /// When the rest of a request must have come.
    rest: Option<Instant>,
    /// Whether it is asked back.
    wanted: bool,
}

impl Table {
    /// Whether the query at hand takes long.
    fn is_long(&self) -> bool {
        self.current.is_some() && self.long == Some(self.count)
    }
}

/// What was answered and not told of.
#[derive(Default)]
struct Untold {
    served: Vec<Served>,
    bodies: Vec<u8>,
    since: Option<Instant>,
    most: usize,
}

impl Untold {
    fn due(&self) -> bool {
        !self.served.is_empty()
            && (self.served.len() >= self.most
                || self.since.is_some_and(|since| since.elapsed() > TELL)
                || self.bodies.len() > KEPT)
    }
}

impl<'a, W: Write> Hall<'a, W> {
    fn new(orders: &'a mut BufReader<Orders>, out: &'a mut W) -> io::Result<Self> {
        let flags = EventfdFlags::CLOEXEC | EventfdFlags::NONBLOCK;
        let hall = Self {
            table: Mutex::default(),
            door: orders.get_ref().as_fd().try_clone_to_owned()?,
            orders: Mutex::new(orders),
            out: Mutex::new(out),
            epoll: epoll::create(CreateFlags::CLOEXEC)?,
            leave: eventfd(0, flags)?,
            bell: eventfd(0, flags)?,
        };
        for (number, what) in [(LEAVE, &hall.leave), (ORDER, &hall.door)] {
            epoll::add(
                &hall.epoll,
                what,
                EventData::new_u64(number),
                EventFlags::IN,
            )?;
        }
        Ok(hall)
    }

    fn lock(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn orders(&self) -> MutexGuard<'_, &'a mut BufReader<Orders>> {
        self.orders.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Both threads are to end, with an order or for an error, unless they do already.
    fn end(&self, order: Option<Order<Job>>, error: Option<io::Error>) {
        let with = error.map_or(Ok(order), Err);
        self.lock().over.get_or_insert(with);
        ring(&self.leave);
        ring(&self.bell);
    }

    /// What they ended with.
    fn over(self) -> io::Result<Option<Order<Job>>> {
        let table = self.table.into_inner();
        let over = table.unwrap_or_else(PoisonError::into_inner).over;
        over.unwrap_or(Ok(None))
    }

    /// A connection comes.
    fn enter(&self, lending: Lending, orders: &mut BufReader<Orders>) -> io::Result<()> {
        let Some([socket, file]) = orders.get_mut().passed() else {
            return Err(io::Error::other("no connection came"));
        };
        let Lending { connection, terms } = lending;
        let mut table = self.lock();
        table.untold.most = terms.untold.max(1);
        let place = Place {
            connection: Arc::new(Connection {
                number: connection,
                socket,
                file,
                terms,
            }),
            last: Instant::now(),
            rest: None,
            wanted: false,
        };
        // told once for all that came; what came before is told of too
        let when = EventFlags::IN | EventFlags::RDHUP | EventFlags::ET;
        let data = EventData::new_u64(connection);
        let added = epoll::add(&self.epoll, &place.connection.socket, data, when);
        table.places.insert(connection, place);
        if added.is_err() || table.is_long() {
            return self.give(&mut table, connection, &[], Why::Waits);
        }
        Ok(())
    }

    /// Gives a connection back.
    fn give(&self, table: &mut Table, number: u64, unsent: &[u8], why: Why) -> io::Result<()> {
        let Some(place) = table.places.remove(&number) else {
            return Ok(());
        };
        // the server has it open too, so that it would be heard of further on
        let _ = epoll::delete(&self.epoll, &place.connection.socket);
        drop(place);
        self.tell(table)?;
        let reply = Reply::Back {
            connection: number,
            why,
        };
        self.say(&reply, unsent)
    }

    /// Tells of what was answered.
    fn tell(&self, table: &mut Table) -> io::Result<()> {
        let untold = &mut table.untold;
        untold.since = None;
        let served = std::mem::take(&mut untold.served);
        let bodies = std::mem::take(&mut untold.bodies);
        if served.is_empty() {
            return Ok(());
        }
        self.say(&Reply::Served(served), &bodies)
    }

    fn say(&self, reply: &Reply, body: &[u8]) -> io::Result<()> {
        let mut out = self.out.lock().unwrap_or_else(PoisonError::into_inner);
        frame::write(&mut **out, reply, body)
    }

    /// Looks how long queries take, and takes orders while one takes long.
    fn watch(&self) -> io::Result<()> {
        let mut seen = None;
        let mut calm = 0;
        loop {
            let (looks, long) = {
                let table = self.lock();
                if table.over.is_some() {
                    return Ok(());
                }
                (table.watched, table.is_long())
            };
            let patience = Timespec::try_from(TICK).map_err(io::Error::other)?;
            let orders = if long {
                PollFlags::IN
            } else {
                PollFlags::empty()
            };
            let mut watched = [
                PollFd::new(&self.bell, PollFlags::IN),
                PollFd::new(&self.door, orders),
            ];
            match poll(&mut watched, looks.then_some(&patience)) {
                Err(Errno::INTR) => continue,
                Err(error) => return Err(error.into()),
                Ok(0) => {
                    self.look(&mut seen, &mut calm)?;
                    continue;
                }
                Ok(_) => {}
            }
            let [bell, order] = &watched;
            let (bell, order) = (!bell.revents().is_empty(), !order.revents().is_empty());
            if bell {
                let _ = read(&self.bell, &mut [0; 8]);
                calm = 0;
            }
            if order {
                self.take_orders()?;
            }
        }
    }

    /// Takes the orders that are there; the connections that came.
    pub(super) fn take_orders(&self) -> io::Result<Vec<u64>> {
        let mut orders = self.orders();
        let mut came = Vec::new();
        loop {
            if orders.buffer().is_empty() {
                // the other thread may have taken what was there
                let mut watched = [PollFd::new(&self.door, PollFlags::IN)];
                match poll(&mut watched, Some(&Timespec::default())) {
                    Ok(0) | Err(Errno::INTR) => return Ok(came),
                    Ok(_) => {}
                    Err(error) => return Err(error.into()),
                }
            }
            let Some((order, _)) = frame::read::<Order<Job>>(&mut **orders)? else {
                self.end(None, None);
                return Ok(came);
            };
            match order.job {
                Job::Serve(lending) => {
                    came.push(lending.connection);
                    self.enter(*lending, &mut orders)?;
                }
                Job::Back(number) => self.asked_back(number)?,
                Job::Open | Job::Ask(_) | Job::Names(_) | Job::Describe(_) | Job::Timeline(_) => {
                    if !self.lock().places.is_empty() {
                        return Err(io::Error::other("an order out of turn"));
                    }
                    self.end(Some(order), None);
                    return Ok(came);
                }
            }
        }
    }

    fn asked_back(&self, number: Option<u64>) -> io::Result<()> {
        let mut table = self.lock();
        let numbers: Vec<u64> = match number {
            Some(number) => vec![number],
            None => table.places.keys().copied().collect(),
        };
        for number in numbers {
            if table.current != Some(number) {
                self.give(&mut table, number, &[], Why::Rests)?;
            } else if let Some(place) = table.places.get_mut(&number) {
                place.wanted = true;
            }
        }
        Ok(())
    }

    /// Gives those back who wait behind a query that takes long.
    fn look(&self, seen: &mut Option<(u32, bool)>, calm: &mut u32) -> io::Result<()> {
        let mut table = self.lock();
        let now = (table.count, table.current.is_some());
        let same = seen.replace(now) == Some(now);
        *calm = if same { *calm + 1 } else { 0 };
        if same && now.1 {
            table.long = Some(now.0);
            let waiting: Vec<u64> = table.places.keys().copied().collect();
            for number in waiting {
                if table.current != Some(number) {
                    self.give(&mut table, number, &[], Why::Waits)?;
                }
            }
        }
        // whoever begins a request after that rings
        if *calm > CALM {
            table.watched = false;
            *seen = None;
            *calm = 0;
        }
        Ok(())
    }

    /// The connection whose turn it is, unless it was given back meanwhile.
    pub(super) fn begin(&self, number: u64) -> Option<Arc<Connection>> {
        let mut table = self.lock();
        let connection = Arc::clone(&table.places.get(&number)?.connection);
        table.current = Some(number);
        table.count = table.count.wrapping_add(1);
        if !table.watched {
            table.watched = true;
            drop(table);
            ring(&self.bell);
        }
        Some(connection)
    }

    /// Its turn is over, with an answer or without; whether it stays.
    pub(super) fn done(&self, number: u64, outcome: Outcome) -> io::Result<bool> {
        let mut table = self.lock();
        table.current = None;
        let mut back = None;
        match outcome {
            Outcome::Nothing => {}
            Outcome::Part => {
                if let Some(place) = table.places.get_mut(&number) {
                    place.rest.get_or_insert_with(|| Instant::now() + REST);
                }
            }
            Outcome::Back(why) => back = Some((Vec::new(), why)),
            Outcome::Answered(answered) => {
                let Answered { served, kept, left } = *answered;
                let now = Instant::now();
                if let Some(place) = table.places.get_mut(&number) {
                    place.last = now;
                    place.rest = None;
                }
                table.untold.served.push(served);
                table.untold.bodies.extend_from_slice(&kept);
                table.untold.since.get_or_insert(now);
                match left {
                    Left::Nothing => {}
                    Left::Bytes(bytes) => back = Some((bytes, Why::Other)),
                    Left::Gone => back = Some((Vec::new(), Why::Gone)),
                }
            }
        }
        let wanted = table.places.get(&number).is_some_and(|place| place.wanted);
        if wanted && back.is_none() {
            back = Some((Vec::new(), Why::Rests));
        }
        if let Some((unsent, why)) = &back {
            self.give(&mut table, number, unsent, *why)?;
        }
        if table.untold.due() {
            self.tell(&mut table)?;
        }
        Ok(back.is_none())
    }

    /// How long the thread that answers may wait before it looks again.
    pub(super) fn patience(&self) -> Option<Duration> {
        let table = self.lock();
        let parts = || table.places.values().any(|place| place.rest.is_some());
        if !table.untold.served.is_empty() || parts() {
            return Some(TELL);
        }
        (!table.places.is_empty()).then_some(SWEEP)
    }

    /// Gives back what rests, and tells of what is due.
    pub(super) fn sweep(&self) -> io::Result<()> {
        let now = Instant::now();
        let mut table = self.lock();
        let due: Vec<(u64, Why)> = table
            .places
            .iter()
            .filter_map(|(number, place)| match place.rest {
                Some(rest) => (now >= rest).then_some((*number, Why::Other)),
                None => (now >= place.last + IDLE).then_some((*number, Why::Rests)),
            })
            .collect();
        for (number, why) in due {
            self.give(&mut table, number, &[], why)?;
        }
        if table.untold.due() {
            self.tell(&mut table)?;
        }
        Ok(())
    }
}
