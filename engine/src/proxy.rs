//! The way to a host through a proxy: TCP or TLS to the proxy, and CONNECT for what is to be private from it.

use crate::{
    connect::{UsedAddresses, connect},
    connection::{Stream, handshake_tls, http_failure, prepare_tls},
    deadline::within,
    failure::Failure,
    tls::Trust,
};
use bytes::Bytes;
use http_body_util::Empty;
use hyper::{
    Method, Request,
    client::conn::http1::handshake,
    header::{HOST, HeaderValue, PROXY_AUTHORIZATION},
    upgrade,
};
use hyper_util::rt::TokioIo;
use std::net::SocketAddr;
use tokio::time::Instant;

#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Proxy {
    pub host: String,
    pub port: u16,
    /// `None` for plain HTTP.
    pub tls: Option<Trust>,
    pub authorization: Option<HeaderValue>,
}

impl Proxy {
    pub async fn connect(&self, used: &UsedAddresses, deadline: Instant) -> Result<(Stream, SocketAddr), Failure> {
        let tls = self.tls.as_ref().map(|trust| prepare_tls(trust, &self.host)).transpose()?;
        let (tcp, address) = connect(&self.host, self.port, used, deadline).await?;
        let stream: Stream = Box::new(tcp);
        match tls {
            Some(tls) => Ok((handshake_tls(tls, stream, "proxy", deadline).await?, address)),
            None => Ok((stream, address)),
        }
    }

    /// What is written to this stream then reaches the host.
    pub async fn tunnel(&self, stream: Stream, host: &str, port: u16, deadline: Instant) -> Result<Stream, Failure> {
        within(deadline, "proxy", self.ask_for(stream, &authority(host, port))).await
    }

    async fn ask_for(&self, stream: Stream, target: &str) -> Result<Stream, Failure> {
        let failed = |error| http_failure(&error, "proxy");
        let (mut sender, connection) = handshake(TokioIo::new(stream)).await.map_err(failed)?;
        tokio::spawn(connection.with_upgrades());
        let response = sender.send_request(self.request(target)?).await.map_err(failed)?;
        let status = response.status();
        if !status.is_success() {
            return Err(Failure::new("ERR_PROXY_TUNNEL", "proxy", "the proxy refused").with_status(status.as_u16()));
        }
        Ok(Box::new(TokioIo::new(upgrade::on(response).await.map_err(failed)?)))
    }

    fn request(&self, target: &str) -> Result<Request<Empty<Bytes>>, Failure> {
        let mut request = Request::builder().method(Method::CONNECT).uri(target).header(HOST, target);
        if let Some(authorization) = &self.authorization {
            request = request.header(PROXY_AUTHORIZATION, authorization);
        }
        request.body(Empty::new()).map_err(|error| Failure::new("ERR_INVALID_URL", "request", error.to_string()))
    }
}

/// An IPv6 address is in brackets.
fn authority(host: &str, port: u16) -> String {
    if host.contains(':') { format!("[{host}]:{port}") } else { format!("{host}:{port}") }
}
