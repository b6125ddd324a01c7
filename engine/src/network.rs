//! The reactor for requests: on a thread of its own, so that handshakes overlap JavaScript.

use crate::thread;
use std::{future, io, mem::ManuallyDrop, sync::OnceLock};
use tokio::runtime::{Builder, Handle};

/// That of the caller where the process may not have another thread or another epoll.
pub fn reactor() -> &'static Handle {
    static REACTOR: OnceLock<Handle> = OnceLock::new();
    REACTOR.get_or_init(|| start().unwrap_or_else(|_| Handle::current()))
}

fn start() -> io::Result<Handle> {
    // Never dropped: tokio panics where that happens within another reactor, as after a failed spawn.
    let reactor = ManuallyDrop::new(Builder::new_current_thread().enable_all().build()?);
    let handle = reactor.handle().clone();
    thread::spawn(move || reactor.block_on(future::pending()))?;
    Ok(handle)
}
