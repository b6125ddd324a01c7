//! The global `httpRequest`: the one function here that neither Node nor the Web has.
//!
//! `httpRequest({method, url, headers, body, timeoutMs, hedgeAfterMs, ca})` resolves to
//! `{status, headers, body: Uint8Array}` for an answer of any status, and rejects with an `Error`
//! that has Node's `code` (`ECONNREFUSED`, `ENOTFOUND`, `CERT_HAS_EXPIRED`, `ETIMEDOUT`, …) and the
//! `phase` it struck in (`lookup`, `connect`, `handshake`, `response`, `body`).

use crate::{
    connection::Origin,
    failure::{self, Failure},
    http::{self, Answer, Call},
    tls::Trust,
};
use http_body_util::Full;
use hyper::{
    Method, Request, Uri,
    header::{HOST, HeaderMap, HeaderName, HeaderValue},
    http::uri::Authority,
};
use rquickjs::{
    Ctx, Object, Result, TypedArray,
    prelude::{Async, Func},
};
use std::{collections::HashMap, time::Duration};

pub fn init(ctx: &Ctx<'_>) -> Result<()> {
    ctx.globals().set("httpRequest", Func::from(Async(http_request)))
}

async fn http_request<'js>(ctx: Ctx<'js>, options: Object<'js>) -> Result<Object<'js>> {
    let outcome = match Options::read(&options)?.into_call() {
        Ok(call) => http::send(call).await,
        Err(failure) => Err(failure),
    };
    match outcome {
        Ok(answer) => to_object(&ctx, answer),
        Err(failure) => Err(failure::throw(&ctx, failure)),
    }
}

struct Options {
    url: String,
    method: String,
    headers: HashMap<String, String>,
    body: Option<String>,
    timeout_ms: f64,
    hedge_after_ms: Option<f64>,
    ca: Option<String>,
}

impl Options {
    fn read(options: &Object<'_>) -> Result<Self> {
        Ok(Self {
            url: options.get("url")?,
            method: options.get("method")?,
            headers: options.get("headers")?,
            body: options.get("body")?,
            timeout_ms: options.get("timeoutMs")?,
            hedge_after_ms: options.get("hedgeAfterMs")?,
            ca: options.get("ca")?,
        })
    }

    fn into_call(self) -> std::result::Result<Call, Failure> {
        let uri: Uri = self.url.parse().map_err(|error| invalid_url(format!("{error}")))?;
        let origin = origin(&uri, self.ca)?;
        let mut request = Request::new(Full::from(self.body.unwrap_or_default()));
        *request.method_mut() = Method::from_bytes(self.method.as_bytes()).map_err(|_| invalid("the method".into()))?;
        *request.headers_mut() = headers(&self.headers, &uri)?;
        *request.uri_mut() = target(&uri)?;
        let (timeout, hedge_after) = (duration(self.timeout_ms), self.hedge_after_ms.map(duration));
        Ok(Call { origin, request, timeout, hedge_after })
    }
}

/// At most 49 days: an endless time does not fit into a clock's.
fn duration(ms: f64) -> Duration {
    Duration::from_millis((ms as u64).min(u32::MAX.into()))
}

fn invalid_url(reason: impl Into<String>) -> Failure {
    Failure::new("ERR_INVALID_URL", "request", reason)
}

fn invalid(what: String) -> Failure {
    Failure::new("ERR_INVALID_ARG_VALUE", "request", format!("{what} is not valid HTTP"))
}

fn origin(uri: &Uri, ca: Option<String>) -> std::result::Result<Origin, Failure> {
    let tls = match uri.scheme_str() {
        Some("https") => Some(Trust::new(ca)),
        Some("http") => None,
        _ => return Err(invalid_url("not an http or https URL")),
    };
    let authority = uri.authority().ok_or_else(|| invalid_url("no host in the URL"))?;
    let port = port(authority, if tls.is_some() { 443 } else { 80 })?;
    Ok(Origin { host: authority.host().trim_matches(['[', ']']).to_owned(), port, tls })
}

fn port(authority: &Authority, default: u16) -> std::result::Result<u16, Failure> {
    match authority.port_u16() {
        Some(port) => Ok(port),
        None if without_user(authority) == authority.host() => Ok(default),
        None => Err(invalid_url("not a port number in the URL")),
    }
}

/// Host and port as the URL has them. A password before them is not for the server's log.
fn without_user(authority: &Authority) -> &str {
    authority.as_str().rsplit('@').next().unwrap_or_default()
}

/// What the server is asked for, without its own name.
fn target(uri: &Uri) -> std::result::Result<Uri, Failure> {
    let target = uri.path_and_query().map_or("/", |target| target.as_str());
    target.parse().map_err(|error| invalid_url(format!("{error}")))
}

/// A failure names the header, never its value: one of them signs the request.
fn headers(given: &HashMap<String, String>, uri: &Uri) -> std::result::Result<HeaderMap, Failure> {
    let mut headers = HeaderMap::with_capacity(given.len() + 1);
    for (name, value) in given {
        let valid_name = HeaderName::try_from(name).map_err(|_| invalid(format!("the header name {name:?}")))?;
        let value = HeaderValue::try_from(value).map_err(|_| invalid(format!("the value of the header {name:?}")))?;
        headers.append(valid_name, value);
    }
    if !headers.contains_key(HOST) {
        let authority = uri.authority().map_or("", without_user);
        headers.insert(HOST, HeaderValue::try_from(authority).map_err(|_| invalid_url("no host in the URL"))?);
    }
    Ok(headers)
}

fn to_object<'js>(ctx: &Ctx<'js>, answer: Answer) -> Result<Object<'js>> {
    let object = Object::new(ctx.clone())?;
    object.set("status", answer.status)?;
    object.set("headers", answer.headers.into_iter().collect::<HashMap<_, _>>())?;
    object.set("body", TypedArray::new_copy(ctx.clone(), &answer.body)?)?;
    Ok(object)
}
