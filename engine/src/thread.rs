//! Threads that the function's variables have no say in.

use std::{io, thread::Builder};

/// Std's default, but for `RUST_MIN_STACK`.
const STACK_BYTES: usize = 2 << 20;

/// Fails with `EAGAIN` where the process may not have one more.
pub fn spawn(work: impl FnOnce() + Send + 'static) -> io::Result<()> {
    Builder::new().stack_size(STACK_BYTES).spawn(work).map(drop)
}
