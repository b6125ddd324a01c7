//! One HTTP/1.1 connection over TCP or TLS.

use crate::{
    connect::{UsedAddresses, connect},
    deadline::within,
    failure::{Failure, errno_code},
    proxy::Proxy,
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
    pub proxy: Option<Proxy>,
}

/// One type for TCP, TLS and a proxy's tunnel: what speaks HTTP on it is there once.
pub type Stream = Box<dyn ReadWrite>;

pub trait ReadWrite: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> ReadWrite for T {}

/// Closes when dropped.
pub struct Connection {
    sender: SendRequest<Full<Bytes>>,
    pub address: SocketAddr,
}

impl Connection {
    pub async fn open(origin: &Origin, used: &UsedAddresses, deadline: Instant) -> Result<Self, Failure> {
        let tls = origin.tls.as_ref().map(|trust| prepare_tls(trust, &origin.host)).transpose()?;
        let (mut stream, address) = connect_to(origin, used, deadline).await?;
        if let Some(tls) = tls {
            stream = handshake_tls(tls, stream, "handshake", deadline).await?;
        }
        Ok(Self { sender: speak_http(stream).await?, address })
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

/// Up to where TLS or HTTP begins.
async fn connect_to(origin: &Origin, used: &UsedAddresses, deadline: Instant) -> Result<(Stream, SocketAddr), Failure> {
    let Origin { host, port, tls, proxy } = origin;
    let Some(proxy) = proxy else {
        let (tcp, address) = connect(host, *port, used, deadline).await?;
        return Ok((Box::new(tcp), address));
    };
    let (stream, address) = proxy.connect(used, deadline).await?;
    match tls {
        Some(_) => Ok((proxy.tunnel(stream, host, *port, deadline).await?, address)),
        None => Ok((stream, address)),
    }
}

type Tls = (TlsConnector, ServerName<'static>);

/// Before there is a connection to waste.
pub fn prepare_tls(trust: &Trust, host: &str) -> Result<Tls, Failure> {
    let name =
        ServerName::try_from(host.to_owned()).map_err(|_| Failure::new("ENOTFOUND", "lookup", "not a host name"))?;
    Ok((trust.connector()?, name))
}

pub async fn handshake_tls(
    (connector, name): Tls,
    stream: Stream,
    phase: &'static str,
    deadline: Instant,
) -> Result<Stream, Failure> {
    let handshake = connector.connect(name, stream);
    let handshake = async { handshake.await.map_err(|error| Failure::from_io(&error, phase)) };
    Ok(Box::new(within(deadline, phase, handshake).await?))
}

async fn speak_http(stream: Stream) -> Result<SendRequest<Full<Bytes>>, Failure> {
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
