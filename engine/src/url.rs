//! What a URL says: which server to connect to, what to ask it for, and by which way.

use crate::{connection::Origin, failure::Failure, proxy::Proxy, tls::Trust};
use hyper::{Uri, header::HeaderValue, http::uri::Authority};

pub fn parse(url: &str) -> Result<Uri, Failure> {
    url.parse().map_err(|error| invalid(format!("{error}")))
}

pub fn invalid(reason: impl Into<String>) -> Failure {
    Failure::new("ERR_INVALID_URL", "request", reason)
}

pub fn origin(uri: &Uri, ca: Option<String>, proxy: Option<Proxy>) -> Result<Origin, Failure> {
    let (host, port, tls) = server(uri, ca)?;
    Ok(Origin { host, port, tls, proxy })
}

/// Trusts for TLS to it the same CAs as for the host.
pub fn proxy(url: &str, authorization: Option<HeaderValue>, ca: Option<String>) -> Result<Proxy, Failure> {
    let (host, port, tls) = server(&parse(url)?, ca)?;
    Ok(Proxy { host, port, tls, authorization })
}

fn server(uri: &Uri, ca: Option<String>) -> Result<(String, u16, Option<Trust>), Failure> {
    let tls = match uri.scheme_str() {
        Some("https") => Some(Trust::new(ca)),
        Some("http") => None,
        _ => return Err(invalid("not an http or https URL")),
    };
    let authority = uri.authority().ok_or_else(|| invalid("no host in the URL"))?;
    let port = port(authority, if tls.is_some() { 443 } else { 80 })?;
    Ok((authority.host().trim_matches(['[', ']']).to_owned(), port, tls))
}

fn port(authority: &Authority, default: u16) -> Result<u16, Failure> {
    match authority.port_u16() {
        Some(port) => Ok(port),
        None if without_user(authority) == authority.host() => Ok(default),
        None => Err(invalid("not a port number in the URL")),
    }
}

/// Host and port as the URL has them.
pub fn host(uri: &Uri) -> &str {
    uri.authority().map_or("", without_user)
}

/// A password before them is not for the server's log.
fn without_user(authority: &Authority) -> &str {
    authority.as_str().rsplit('@').next().unwrap_or_default()
}

/// What a server is asked for, without its own name.
pub fn target(uri: &Uri) -> Result<Uri, Failure> {
    parse(uri.path_and_query().map_or("/", |target| target.as_str()))
}

/// What a proxy is asked for that answers in the server's place.
pub fn absolute_target(uri: &Uri) -> Result<Uri, Failure> {
    let target = uri.path_and_query().map_or("/", |target| target.as_str());
    parse(&format!("http://{}{target}", host(uri)))
}
