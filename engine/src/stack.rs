//! A stack of a known size: the main thread's follows from the user's limit, and may be a few pages.

use std::{io, ptr};

/// Of which QuickJS takes `FOR_JAVASCRIPT`; the rest is for the functions that JavaScript calls.
const BYTES: usize = 5 << 19;
/// Deeper recursion becomes an error that JavaScript can catch.
pub const FOR_JAVASCRIPT: usize = 2 << 20;
/// No page is larger, on any architecture.
const GUARD_BYTES: usize = 1 << 16;

/// Does `work` on such a stack, which stays. Not a thread: the user may have no more of those.
pub fn on_own_stack<T>(work: impl FnOnce() -> T) -> io::Result<T> {
    let base = allocate()?;
    // Sound as nothing unwinds here: a panic ends the process.
    Ok(unsafe { psm::on_stack(base.add(GUARD_BYTES), BYTES, work) })
}

fn allocate() -> io::Result<*mut u8> {
    let (access, kind) =
        (libc::PROT_READ | libc::PROT_WRITE, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_STACK);
    unsafe {
        let base = libc::mmap(ptr::null_mut(), GUARD_BYTES + BYTES, access, kind, -1, 0);
        if base == libc::MAP_FAILED || libc::mprotect(base, GUARD_BYTES, libc::PROT_NONE) != 0 {
            return Err(io::Error::last_os_error());
        }
        Ok(base.cast())
    }
}
