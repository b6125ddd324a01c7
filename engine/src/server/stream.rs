//! A connection's bytes on their way to hyper, and from it.

use super::link::Link;
use hyper::rt::{Read, ReadBufCursor, Write};
use std::{
    io::{IoSlice, Result},
    os::fd::RawFd,
    pin::Pin,
    rc::Rc,
    task::{Context, Poll, ready},
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
};

pub struct Stream<'js> {
    pub tcp: TcpStream,
    pub link: Rc<Link<'js>>,
}

/// Whether there is something to read that the reactor may not have told of yet.
pub fn has_unread_bytes(descriptor: RawFd) -> bool {
    let mut byte = 0u8;
    let flags = libc::MSG_PEEK | libc::MSG_DONTWAIT;
    unsafe { libc::recv(descriptor, (&raw mut byte).cast(), 1, flags) > 0 }
}

impl Read for Stream<'_> {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, mut buffer: ReadBufCursor<'_>) -> Poll<Result<()>> {
        let this = self.get_mut();
        // Sound as tokio writes initialized bytes alone.
        let mut read = ReadBuf::uninit(unsafe { buffer.as_mut() });
        ready!(Pin::new(&mut this.tcp).poll_read(context, &mut read))?;
        let count = read.filled().len();
        unsafe { buffer.advance(count) };
        match count {
            0 if this.link.ended() => return Poll::Pending,
            0 => {}
            _ => this.link.received(),
        }
        Poll::Ready(Ok(()))
    }
}

impl Write for Stream<'_> {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<Result<usize>> {
        Pin::new(&mut self.get_mut().tcp).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<Result<usize>> {
        Pin::new(&mut self.get_mut().tcp).poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Result<()>> {
        self.link.flushed();
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.get_mut().tcp).poll_shutdown(context)
    }
}
