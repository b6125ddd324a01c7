//! What cannot be handled any more still ends with a line on standard error and an exit status.

use crate::failure;
use std::ffi::CStr;

/// Ends the process; may be called where almost nothing else may, as in the handler of a signal.
pub fn end(line: &CStr) -> ! {
    unsafe {
        libc::write(libc::STDERR_FILENO, line.as_ptr().cast(), line.count_bytes());
        libc::_exit(failure::EXIT.into())
    }
}
