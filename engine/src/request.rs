//! The global `httpRequest`: the one function here that neither Node nor the Web has.
//!
//! `httpRequest({method, url, headers, body, timeoutMs, caFile})` resolves to
//! `{status, headers, body: Uint8Array}` for an answer of any status, and rejects with an `Error`
//! that has Node's `code` (`ECONNREFUSED`, `ENOTFOUND`, `CERT_HAS_EXPIRED`, `ETIMEDOUT`, …) and the
//! `phase` it struck in (`lookup`, `connect`, `handshake`, `response`, `body`).

use crate::{
    failure::{self, Failure},
    http::{self, Answer, Call},
    pool::{Origin, Trust},
};
use bytes::Bytes;
use http_body_util::Full;
use hyper::{Request, Uri, header::HOST, http::uri::Authority};
use rquickjs::{
    Ctx, Object, Result, TypedArray,
    prelude::{Async, Func},
};
use std::{collections::HashMap, time::Duration};

pub fn init(ctx: &Ctx<'_>) -> Result<()> {
    ctx.globals().set("httpRequest", Func::from(Async(http_request)))
}

async fn http_request<'js>(ctx: Ctx<'js>, options: Object<'js>) -> Result<Object<'js>> {
    let timeout = Duration::from_millis(options.get::<_, f64>("timeoutMs")?.max(0.0) as u64);
    let (origin, request) = match parts(&options)? {
        Ok(parts) => parts,
        Err(reason) => return Err(failure::throw(&ctx, Failure::new("ERR_INVALID_URL", "request", reason))),
    };
    match http::send(Call { origin, request, timeout }).await {
        Ok(answer) => to_object(&ctx, answer),
        Err(failure) => Err(failure::throw(&ctx, failure)),
    }
}

type Parts = (Origin, Request<Full<Bytes>>);

fn parts(options: &Object<'_>) -> Result<std::result::Result<Parts, String>> {
    let url: String = options.get("url")?;
    let method: String = options.get("method")?;
    let headers: HashMap<String, String> = options.get("headers")?;
    let body: Option<String> = options.get("body")?;
    let ca_file: Option<String> = options.get("caFile")?;
    Ok(url.parse::<Uri>().map_err(|error| error.to_string()).and_then(|uri| {
        let origin = origin(&uri, ca_file)?;
        Ok((origin, build(&method, &uri, &headers, body)?))
    }))
}

fn origin(uri: &Uri, ca_file: Option<String>) -> std::result::Result<Origin, String> {
    let tls = match uri.scheme_str() {
        Some("https") => Some(Trust { ca_file }),
        Some("http") => None,
        _ => return Err("not an http or https URL".into()),
    };
    let authority = uri.authority().ok_or("no host in the URL")?;
    let port = port(authority, if tls.is_some() { 443 } else { 80 })?;
    Ok(Origin { host: authority.host().trim_matches(['[', ']']).to_owned(), port, tls })
}

fn port(authority: &Authority, default: u16) -> std::result::Result<u16, String> {
    let host_and_port = authority.as_str().rsplit('@').next();
    match authority.port_u16() {
        Some(port) => Ok(port),
        None if host_and_port == Some(authority.host()) => Ok(default),
        None => Err("not a port number in the URL".into()),
    }
}

fn build(
    method: &str,
    uri: &Uri,
    headers: &HashMap<String, String>,
    body: Option<String>,
) -> std::result::Result<Request<Full<Bytes>>, String> {
    let target = uri.path_and_query().map_or("/", |target| target.as_str());
    let mut request = Request::builder().method(method).uri(target);
    if !headers.keys().any(|name| name.eq_ignore_ascii_case(HOST.as_str())) {
        request = request.header(HOST, uri.authority().map_or("", |authority| authority.as_str()));
    }
    for (name, value) in headers {
        request = request.header(name, value);
    }
    // Not hyper's message: it may name a header's value, and one of them signs the request.
    request.body(Full::from(body.unwrap_or_default())).map_err(|_| "a method, path or header is not valid HTTP".into())
}

fn to_object<'js>(ctx: &Ctx<'js>, answer: Answer) -> Result<Object<'js>> {
    let object = Object::new(ctx.clone())?;
    object.set("status", answer.status)?;
    object.set("headers", answer.headers.into_iter().collect::<HashMap<_, _>>())?;
    object.set("body", TypedArray::new_copy(ctx.clone(), &answer.body)?)?;
    Ok(object)
}
