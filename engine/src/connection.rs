//! One HTTP/1.1 connection over TCP or TLS.

use crate::{
    connect::{UsedAddresses, connect},
    deadline::within,
    failure::{Failure, errno_code},
    tls::Trust,
};
use bytes::Bytes;
use http_body_util::Full;
use hyper::{
    Request, Response,
    body::Incoming,
    client::conn::http1::{SendRequest, handshake},
};
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use std::{error::Error, io, net::SocketAddr};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    time::Instant,
};
use tokio_rustls::TlsConnector;

#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Origin {
    pub host: String,
    pub port: u16,
    /// `None` for plain HTTP.
    pub tls: Option<Trust>,
}

/// Closes when dropped.
pub struct Connection {
    sender: SendRequest<Full<Bytes>>,
    pub address: SocketAddr,
}

impl Connection {
    pub async fn open(origin: &Origin, used: &UsedAddresses, deadline: Instant) -> Result<Self, Failure> {
        let tls = origin.tls.as_ref().map(|trust| prepare_tls(trust, &origin.host)).transpose()?;
        let (tcp, address) = connect(&origin.host, origin.port, used, deadline).await?;
        let Some((connector, name)) = tls else { return Ok(Self { sender: speak_http(tcp).await?, address }) };
        let handshake = connector.connect(name, tcp);
        let handshake = async { handshake.await.map_err(|error| Failure::from_io(&error, "handshake")) };
        Ok(Self { sender: speak_http(within(deadline, "handshake", handshake).await?).await?, address })
    }

    /// The head of the answer, and the connection that its body is still on.
    pub async fn send(mut self, request: Request<Full<Bytes>>) -> Result<(Response<Incoming>, Self), hyper::Error> {
        Ok((self.sender.send_request(request).await?, self))
    }

    pub fn is_closed(&self) -> bool {
        self.sender.is_closed()
    }

    /// Waits until the answer has been read and the next request can be sent. False if there will be none.
    pub async fn is_ready(&mut self) -> bool {
        self.sender.ready().await.is_ok()
    }
}

fn prepare_tls(trust: &Trust, host: &str) -> Result<(TlsConnector, ServerName<'static>), Failure> {
    let name =
        ServerName::try_from(host.to_owned()).map_err(|_| Failure::new("ENOTFOUND", "lookup", "not a host name"))?;
    Ok((trust.connector()?, name))
}

async fn speak_http(
    stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
) -> Result<SendRequest<Full<Bytes>>, Failure> {
    let (sender, connection) =
        handshake(TokioIo::new(stream)).await.map_err(|error| http_failure(&error, "connect"))?;
    tokio::spawn(connection);
    Ok(sender)
}

pub fn http_failure(error: &hyper::Error, phase: &'static str) -> Failure {
    let io = error.source().and_then(|source| source.downcast_ref::<io::Error>());
    let code = match io {
        Some(io) => errno_code(io),
        None if error.is_parse() => "HPE_INVALID_RESPONSE",
        None => "ECONNRESET",
    };
    Failure::new(code, phase, error.to_string())
}
