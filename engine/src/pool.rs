//! Connections: opened when needed, kept for the next request to the same origin, never too many.

use crate::{
    failure::Failure,
    http::{http_failure, within},
    tls::Trust,
};
use bytes::Bytes;
use http_body_util::Full;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use std::{
    collections::HashMap,
    io,
    sync::{Arc, Mutex},
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpStream, lookup_host},
    sync::{OwnedSemaphorePermit, Semaphore},
    time::Instant,
};

/// Every handshake costs processor time that a small function hardly has.
const MAX_CONNECTIONS: usize = 20;

#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Origin {
    pub host: String,
    pub port: u16,
    /// `None` for plain HTTP.
    pub tls: Option<Trust>,
}

type Sender = SendRequest<Full<Bytes>>;

pub struct Pool {
    permits: Arc<Semaphore>,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    idle: Mutex<HashMap<Origin, Vec<Sender>>>,
}

pub struct Connection {
    pub sender: Sender,
    origin: Origin,
    shared: Arc<Shared>,
    _permit: OwnedSemaphorePermit,
}

impl Pool {
    pub fn new() -> Self {
        Self { permits: Arc::new(Semaphore::new(MAX_CONNECTIONS)), shared: Arc::default() }
    }

    /// An idle connection, else a new one. Waits while too many are in use.
    pub async fn take(&self, origin: Origin, deadline: Instant) -> Result<Connection, Failure> {
        let permit = self.permits.clone().acquire_owned();
        let permit = within(deadline, "queue", async { Ok(permit.await.expect("never closed")) }).await?;
        let sender = match self.shared.idle(&origin) {
            Some(sender) => sender,
            None => self.shared.open(&origin, deadline).await?,
        };
        Ok(Connection { sender, origin, shared: self.shared.clone(), _permit: permit })
    }
}

impl Connection {
    pub fn give_back(self) {
        let mut idle = self.shared.idle.lock().expect("no holder panics");
        idle.entry(self.origin).or_default().push(self.sender);
    }
}

impl Shared {
    fn idle(&self, origin: &Origin) -> Option<Sender> {
        let mut idle = self.idle.lock().expect("no holder panics");
        let senders = idle.get_mut(origin)?;
        senders.retain(|sender| !sender.is_closed());
        senders.pop()
    }

    async fn open(&self, origin: &Origin, deadline: Instant) -> Result<Sender, Failure> {
        let Some(trust) = &origin.tls else { return http(connect(origin, deadline).await?).await };
        let connector = trust.connector()?;
        let tcp = connect(origin, deadline).await?;
        let name = ServerName::try_from(origin.host.clone())
            .map_err(|_| Failure::new("ENOTFOUND", "lookup", "not a host name"))?;
        let handshake = connector.connect(name, tcp);
        let tls = async { handshake.await.map_err(|error| Failure::from_io(&error, "handshake")) };
        http(within(deadline, "handshake", tls).await?).await
    }
}

async fn connect(origin: &Origin, deadline: Instant) -> Result<TcpStream, Failure> {
    let host = (origin.host.as_str(), origin.port);
    let lookup = async { lookup_host(host).await.map_err(|error| lookup_failure(&error)) };
    let addresses: Vec<_> = within(deadline, "lookup", lookup).await?.collect();
    let connect = async {
        let tcp = TcpStream::connect(&addresses[..]).await?;
        tcp.set_nodelay(true)?;
        Ok(tcp)
    };
    within(deadline, "connect", async { connect.await.map_err(|error: io::Error| Failure::from_io(&error, "connect")) })
        .await
}

/// The resolver's errors have no number; "Try again" is musl's wording, "Temporary failure" glibc's.
fn lookup_failure(error: &io::Error) -> Failure {
    let message = error.to_string();
    let temporary = message.contains("Try again") || message.contains("Temporary failure");
    Failure::new(if temporary { "EAI_AGAIN" } else { "ENOTFOUND" }, "lookup", message)
}

async fn http(stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static) -> Result<Sender, Failure> {
    let (sender, connection) =
        handshake(TokioIo::new(stream)).await.map_err(|error| http_failure(&error, "connect"))?;
    tokio::spawn(connection);
    Ok(sender)
}
