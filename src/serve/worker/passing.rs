//! Orders from a socket → what they say, and the descriptors that came with them.

use rustix::net::{
    RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, SendAncillaryBuffer,
    SendAncillaryMessage, SendFlags, recvmsg, sendmsg,
};
use std::collections::VecDeque;
use std::io::{self, IoSlice, IoSliceMut, Read};
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};

/// So many descriptors come at once: a connection, and where is told what is done with it.
pub(super) const DESCRIPTORS: usize = 2;

/// Orders, as bytes.
#[derive(Debug)]
pub(super) struct Orders {
    socket: OwnedFd,
    passed: VecDeque<OwnedFd>,
}

impl Orders {
    /// From standard input.
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self {
            socket: io::stdin().as_fd().try_clone_to_owned()?,
            passed: VecDeque::new(),
        })
    }

    /// The descriptors that came with an order, in the order of these.
    pub(super) fn passed(&mut self) -> Option<[OwnedFd; DESCRIPTORS]> {
        let first = self.passed.pop_front()?;
        Some([first, self.passed.pop_front()?])
    }
}

impl AsFd for Orders {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.socket.as_fd()
    }
}

impl Read for Orders {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(DESCRIPTORS))];
        let mut control = RecvAncillaryBuffer::new(&mut space);
        let length = recvmsg(
            &self.socket,
            &mut [IoSliceMut::new(buffer)],
            &mut control,
            RecvFlags::CMSG_CLOEXEC,
        )?
        .bytes;
        for message in control.drain() {
            if let RecvAncillaryMessage::ScmRights(descriptors) = message {
                self.passed.extend(descriptors);
            }
        }
        Ok(length)
    }
}

/// Sends an order with descriptors, whole or not at all.
pub(super) fn send(
    socket: impl AsFd,
    order: &[u8],
    with: [BorrowedFd<'_>; DESCRIPTORS],
) -> io::Result<()> {
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(DESCRIPTORS))];
    let mut control = SendAncillaryBuffer::new(&mut space);
    control.push(SendAncillaryMessage::ScmRights(&with));
    let sent = sendmsg(
        socket,
        &[IoSlice::new(order)],
        &mut control,
        SendFlags::DONTWAIT | SendFlags::NOSIGNAL,
    )?;
    if sent == order.len() {
        Ok(())
    } else {
        Err(io::Error::other("an order was cut"))
    }
}
