//! What is sent for a request.

use bytes::Bytes;
use http_body_util::Full;
use hyper::{
    HeaderMap, Method, Response, StatusCode,
    header::{CONNECTION, CONTENT_LENGTH, HeaderValue, TRANSFER_ENCODING},
};

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answer {
    /// Of a status alone.
    pub fn of(status: StatusCode) -> Self {
        Self { status, headers: HeaderMap::new(), body: Bytes::new() }
    }

    /// After which the connection ends.
    pub fn last(mut self) -> Self {
        self.headers.insert(CONNECTION, HeaderValue::from_static("close"));
        self
    }

    /// `keep_alive`: how long the connection is kept, where it is.
    pub fn into_response(mut self, method: &Method, keep_alive: Option<&HeaderValue>) -> Response<Full<Bytes>> {
        // hyper knows the body's length. That of an answer to HEAD, which has none, is the program's to tell.
        self.headers.remove(TRANSFER_ENCODING);
        if method != Method::HEAD || !self.body.is_empty() {
            self.headers.remove(CONTENT_LENGTH);
        }
        if let Some(seconds) = keep_alive.filter(|_| !self.headers.contains_key(CONNECTION)) {
            self.headers.insert("keep-alive", seconds.clone());
        }
        let mut response = Response::new(Full::new(self.body));
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        response
    }
}
