//! What this process was given, recorded before Rust's start-up changes any of it.

use crate::crash;
use std::{
    ffi::{CStr, c_char, c_int},
    ptr,
    sync::atomic::{AtomicPtr, AtomicUsize, Ordering::Relaxed},
};

/// Name and value of each environment variable. What has no `=` is none.
pub fn env() -> impl Iterator<Item = (&'static [u8], &'static [u8])> {
    strings(ENVIRON.load(Relaxed)).filter_map(name_and_value)
}

/// Does what may replace this process, with the dispositions of signals that it was given.
pub fn with_signals<T>(work: impl FnOnce() -> T) -> T {
    for (signal, inherited) in CHANGED.iter().zip(&DISPOSITIONS) {
        unsafe { libc::signal(*signal, inherited.load(Relaxed)) };
    }
    let result = work();
    change_signals();
    result
}

/// Called by the C library before `main`.
extern "C" fn record() {
    for (inherited, disposition) in DISPOSITIONS.iter().zip(change_signals()) {
        inherited.store(disposition, Relaxed);
    }
    unsafe {
        ENVIRON.store(environ.cast_mut(), Relaxed);
        // Neither std nor a library takes orders from the program's variables: RUST_MIN_STACK, TZ, …
        libc::clearenv();
    }
    open_standard_descriptors();
}

/// Gives what they were before.
fn change_signals() -> [usize; CHANGED.len()] {
    CHANGED.map(|signal| unsafe { libc::signal(signal, disposition_of(signal)) })
}

fn disposition_of(signal: c_int) -> libc::sighandler_t {
    match signal {
        libc::SIGABRT => crash::aborted as *const () as libc::sighandler_t,
        _ => libc::SIG_IGN,
    }
}

/// What this process opens must not become its standard error, say. Rust would leave them open for the next program.
fn open_standard_descriptors() {
    for descriptor in 0..=2 {
        let is_open = unsafe { libc::fcntl(descriptor, libc::F_GETFD) != -1 };
        if !is_open && unsafe { libc::open(c"/dev/null".as_ptr(), libc::O_RDWR | libc::O_CLOEXEC) } == -1 {
            crash::end(c"engine: a standard descriptor is closed, and /dev/null cannot be opened in its place\n");
        }
    }
}

fn strings(mut next: *const *const c_char) -> impl Iterator<Item = &'static [u8]> {
    std::iter::from_fn(move || unsafe {
        let string = next.as_ref().copied().filter(|string| !string.is_null())?;
        next = next.add(1);
        Some(CStr::from_ptr(string).to_bytes())
    })
}

/// As Rust and others have it, a name may begin with `=`.
fn name_and_value(variable: &[u8]) -> Option<(&[u8], &[u8])> {
    let equals = variable.iter().skip(1).position(|byte| *byte == b'=').map(|index| index + 1);
    let equals = equals.or((variable.first() == Some(&b'=')).then_some(0))?;
    Some((&variable[..equals], &variable[equals + 1..]))
}

unsafe extern "C" {
    static environ: *const *const c_char;
}

// Its priority is before the allocator's own start, which would read MIMALLOC_… otherwise.
#[used]
#[unsafe(link_section = ".init_array.100")]
static RECORD: extern "C" fn() = record;

static ENVIRON: AtomicPtr<*const c_char> = AtomicPtr::new(ptr::null_mut());

/// A closed pipe and a file at its limit are errors of one write, not the end: ignored. An abort is the end with a line.
const CHANGED: [c_int; 3] = [libc::SIGPIPE, libc::SIGXFSZ, libc::SIGABRT];
static DISPOSITIONS: [AtomicUsize; CHANGED.len()] = [const { AtomicUsize::new(libc::SIG_DFL) }; CHANGED.len()];
