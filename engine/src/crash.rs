//! What cannot be handled any more still ends with a line on standard error and an exit status.

use crate::failure;
use std::{
    ffi::{CStr, c_int},
    panic,
};

/// A panic of any thread ends the process. Without the panic's message, which may quote anything.
pub fn report_panics() {
    panic::set_hook(Box::new(|info| {
        let (file, line) = info.location().map_or(("", 0), |place| (place.file(), place.line()));
        let name = file.rsplit('/').next().unwrap_or(file);
        failure::report(format_args!("{CAUSE} ({name}:{line})"));
        unsafe { libc::_exit(failure::EXIT.into()) };
    }));
}

/// Ends the process; may be called where almost nothing else may, as in the handler of a signal.
pub fn end(line: &CStr) -> ! {
    unsafe {
        libc::write(libc::STDERR_FILENO, line.as_ptr().cast(), line.count_bytes());
        libc::_exit(failure::EXIT.into())
    }
}

/// The handler of SIGABRT, by which Rust's library ends a process where it finds no memory of its own.
pub extern "C" fn aborted(_: c_int) {
    end(c"engine: aborted: raise the limit on memory (ulimit -v, ulimit -d)\n");
}

const CAUSE: &str = "a limit on threads or open files was reached (ulimit -u, ulimit -n), or the engine has a fault";
