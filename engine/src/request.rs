//! The globals `httpRequest` and `preconnect`, which neither Node nor the Web has.
//!
//! `httpRequest({method, url, headers, body, timeoutMs, hedgeAfterMs, ca, proxy})` resolves to
//! `{status, headers, body: Uint8Array}` for an answer of any status, and rejects with an `Error`
//! that has Node's `code` (`ECONNREFUSED`, `ENOTFOUND`, `CERT_HAS_EXPIRED`, `ETIMEDOUT`, …) and the
//! `phase` it struck in (`lookup`, `connect`, `proxy`, `handshake`, `response`, `body`). `proxy` is `{url, authorization}`.
//!
//! `preconnect({url, connections, timeoutMs, ca, proxy})` opens connections for the next requests that go the same way.

use crate::{
    connection::Origin,
    failure::{self, Failure},
    http::{self, Answer, Call},
    url,
    way::{Way, invalid},
};
use http_body_util::Full;
use hyper::{
    Method, Request, Uri,
    header::{HOST, HeaderMap, HeaderName, HeaderValue, PROXY_AUTHORIZATION},
};
use rquickjs::{
    Ctx, Object, Result, TypedArray,
    prelude::{Async, Func},
};
use std::{collections::HashMap, time::Duration};

pub fn init(ctx: &Ctx<'_>) -> Result<()> {
    ctx.globals().set("preconnect", Func::from(preconnect))?;
    ctx.globals().set("httpRequest", Func::from(Async(http_request)))
}

/// What is wrong with the options is for the request to say.
fn preconnect(options: Object<'_>) -> Result<()> {
    let way = Way::read(&options)?;
    let (connections, timeout_ms) = (options.get("connections")?, options.get("timeoutMs")?);
    if let Ok((_, origin)) = way.resolve() {
        http::preconnect(&origin, connections, duration(timeout_ms));
    }
    Ok(())
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
    way: Way,
    method: String,
    headers: HashMap<String, String>,
    body: Option<String>,
    timeout_ms: f64,
    hedge_after_ms: Option<f64>,
}

impl Options {
    fn read(options: &Object<'_>) -> Result<Self> {
        Ok(Self {
            way: Way::read(options)?,
            method: options.get("method")?,
            headers: options.get("headers")?,
            body: options.get("body")?,
            timeout_ms: options.get("timeoutMs")?,
            hedge_after_ms: options.get("hedgeAfterMs")?,
        })
    }

    fn into_call(self) -> std::result::Result<Call, Failure> {
        let (uri, origin) = self.way.resolve()?;
        let mut request = Request::new(Full::from(self.body.unwrap_or_default()));
        *request.method_mut() = Method::from_bytes(self.method.as_bytes()).map_err(|_| invalid("the method".into()))?;
        *request.headers_mut() = headers(&self.headers, &uri)?;
        *request.uri_mut() = url::target(&uri)?;
        if let Origin { tls: None, proxy: Some(proxy), .. } = &origin {
            *request.uri_mut() = url::absolute_target(&uri)?;
            request.headers_mut().extend(proxy.authorization.clone().map(|value| (PROXY_AUTHORIZATION, value)));
        }
        let (timeout, hedge_after) = (duration(self.timeout_ms), self.hedge_after_ms.map(duration));
        Ok(Call { origin, request, timeout, hedge_after })
    }
}

/// At most 49 days: an endless time does not fit into a clock's.
fn duration(ms: f64) -> Duration {
    Duration::from_millis((ms as u64).min(u32::MAX.into()))
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
        let host = HeaderValue::try_from(url::host(uri)).map_err(|_| url::invalid("no host in the URL"))?;
        headers.insert(HOST, host);
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
