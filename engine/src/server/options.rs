//! `createServer`'s options, with Node's defaults.

use rquickjs::{FromJs, Object, Result};
use std::time::Duration;

#[derive(Clone)]
pub struct Options {
    /// In bytes, of the request's line and headers.
    pub max_header_size: usize,
    /// From a request's first byte, or a connection's beginning, to the end of its headers.
    pub headers_timeout: Option<Duration>,
    /// From a request's first byte, or a connection's beginning, to the end of its body.
    pub request_timeout: Option<Duration>,
    /// From an answer's last byte to the next request's first.
    pub keep_alive_timeout: Option<Duration>,
}

impl Options {
    pub fn read(options: &Object<'_>) -> Result<Self> {
        Ok(Self {
            max_header_size: or(options, "maxHeaderSize", 16384.0)? as usize,
            headers_timeout: duration(or(options, "headersTimeout", 60_000.0)?),
            request_timeout: duration(or(options, "requestTimeout", 300_000.0)?),
            keep_alive_timeout: duration(or(options, "keepAliveTimeout", 5000.0)?),
        })
    }
}

/// An option that is not given is undefined.
pub fn or<'js, T: FromJs<'js>>(options: &Object<'js>, name: &str, default: T) -> Result<T> {
    Ok(options.get::<_, Option<T>>(name)?.unwrap_or(default))
}

/// In milliseconds. No limit for 0, as in Node.
fn duration(ms: f64) -> Option<Duration> {
    let ms = (ms as u64).min(u32::MAX.into());
    (ms > 0).then(|| Duration::from_millis(ms))
}
