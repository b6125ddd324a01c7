//! Errors as Node gives them: a `code`, the `phase` it struck in, a sentence.

use rquickjs::{Ctx, Error, Exception};
use rustls::{CertificateError, Error as TlsError};
use std::{
    fmt::Display,
    io::{self, ErrorKind, Write},
};

/// The exit status of a failure of the engine itself.
pub const EXIT: u8 = 2;

/// In one write, so that it is one line of the log. Not `eprintln`, which panics where nothing can be written.
pub fn report(message: impl Display) {
    let _ = io::stderr().write_all(format!("engine: {message}\n").as_bytes());
}

/// Why an operation failed. `code` is Node's name for it, `phase` what was being done: a system call, or a stage of a request.
#[derive(Clone, Debug)]
pub struct Failure {
    pub code: &'static str,
    pub phase: &'static str,
    pub message: String,
    /// Of what was answered in place of success.
    pub status: Option<u16>,
}

impl Failure {
    pub fn new(code: &'static str, phase: &'static str, message: impl Into<String>) -> Self {
        Self { code, phase, message: message.into(), status: None }
    }

    pub fn with_status(self, status: u16) -> Self {
        Self { status: Some(status), ..self }
    }

    /// An I/O error, or the TLS error that it carries.
    pub fn from_io(error: &io::Error, phase: &'static str) -> Self {
        match error.get_ref().and_then(|inner| inner.downcast_ref::<TlsError>()) {
            Some(tls) => Self::new(tls_code(tls), phase, tls.to_string()),
            None => Self::new(errno_code(error), phase, error.to_string()),
        }
    }
}

pub fn throw(ctx: &Ctx<'_>, failure: Failure) -> Error {
    let thrown = || {
        let error = Exception::from_message(ctx.clone(), &failure.message)?;
        error.set("code", failure.code)?;
        error.set("phase", failure.phase)?;
        if let Some(status) = failure.status {
            error.set("status", status)?;
        }
        Ok(error.throw())
    };
    thrown().unwrap_or_else(|error| error)
}

pub fn errno_code(error: &io::Error) -> &'static str {
    match error.kind() {
        ErrorKind::ConnectionRefused => "ECONNREFUSED",
        ErrorKind::ConnectionReset | ErrorKind::UnexpectedEof => "ECONNRESET",
        ErrorKind::BrokenPipe => "EPIPE",
        ErrorKind::HostUnreachable => "EHOSTUNREACH",
        ErrorKind::NetworkUnreachable => "ENETUNREACH",
        ErrorKind::TimedOut => "ETIMEDOUT",
        ErrorKind::AddrNotAvailable => "EADDRNOTAVAIL",
        ErrorKind::NotFound => "ENOENT",
        ErrorKind::PermissionDenied => "EACCES",
        ErrorKind::ArgumentListTooLong => "E2BIG",
        _ => match error.raw_os_error() {
            Some(libc::EAGAIN) => "EAGAIN",
            Some(libc::ENOEXEC) => "ENOEXEC",
            Some(libc::ENOTDIR) => "ENOTDIR",
            Some(libc::EMFILE) => "EMFILE",
            Some(libc::ENOMEM) => "ENOMEM",
            Some(libc::EEXIST) => "EEXIST",
            Some(libc::EINVAL) => "EINVAL",
            Some(libc::EISDIR) => "EISDIR",
            Some(libc::ENAMETOOLONG) => "ENAMETOOLONG",
            Some(libc::EROFS) => "EROFS",
            Some(libc::ENOSPC) => "ENOSPC",
            Some(libc::EDQUOT) => "EDQUOT",
            Some(libc::EFBIG) => "EFBIG",
            _ => "EIO",
        },
    }
}

fn tls_code(error: &TlsError) -> &'static str {
    match error {
        TlsError::InvalidCertificate(reason) => certificate_code(reason),
        _ => "EPROTO",
    }
}

fn certificate_code(reason: &CertificateError) -> &'static str {
    match reason {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => "CERT_HAS_EXPIRED",
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => "CERT_NOT_YET_VALID",
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            "ERR_TLS_CERT_ALTNAME_INVALID"
        }
        CertificateError::Revoked => "CERT_REVOKED",
        CertificateError::UnknownIssuer => "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
        _ => "CERT_REJECTED",
    }
}
