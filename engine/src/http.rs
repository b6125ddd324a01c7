//! HTTP/1.1 over TCP or TLS, on a thread of its own so that handshakes overlap JavaScript.

use crate::{
    failure::{Failure, errno_code},
    pool::{Connection, Origin, Pool},
};
use bytes::Bytes;
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::{Request, Response, body::Incoming};
use std::{error::Error, future::Future, io, sync::OnceLock, thread, time::Duration};
use tokio::{
    runtime::{Builder, Handle},
    time::{Instant, timeout_at},
};

/// More than any answer these programs wait for; a hostile or broken server must not fill the memory.
const MAX_BODY_BYTES: usize = 4 << 20;

pub struct Call {
    pub origin: Origin,
    pub request: Request<Full<Bytes>>,
    /// For everything from the name's lookup to the body's last byte.
    pub timeout: Duration,
}

pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Bytes,
}

/// Sends from the network thread; any number at a time.
pub async fn send(call: Call) -> Result<Answer, Failure> {
    match network().spawn(exchange(call)).await {
        Ok(answer) => answer,
        Err(error) => Err(Failure::new("EIO", "response", error.to_string())),
    }
}

fn network() -> &'static Handle {
    static NETWORK: OnceLock<Handle> = OnceLock::new();
    NETWORK.get_or_init(|| {
        let reactor = Builder::new_current_thread().enable_all().build().expect("the kernel gives an epoll");
        let handle = reactor.handle().clone();
        thread::spawn(move || reactor.block_on(std::future::pending::<()>()));
        handle
    })
}

async fn exchange(call: Call) -> Result<Answer, Failure> {
    static POOL: OnceLock<Pool> = OnceLock::new();
    let deadline = Instant::now() + call.timeout;
    let mut connection = POOL.get_or_init(Pool::new).take(call.origin, deadline).await?;
    let response = within(deadline, "response", async {
        connection.sender.send_request(call.request).await.map_err(|error| http_failure(&error, "response"))
    });
    let answer = read(response.await?, deadline).await?;
    keep(connection, deadline).await;
    Ok(answer)
}

async fn read(response: Response<Incoming>, deadline: Instant) -> Result<Answer, Failure> {
    let (head, body) = response.into_parts();
    let whole = Limited::new(body, MAX_BODY_BYTES).collect();
    let body = within(deadline, "body", async { whole.await.map_err(|error| body_failure(error.as_ref())) }).await?;
    let text = |value: &hyper::header::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    Ok(Answer {
        status: head.status.as_u16(),
        headers: head.headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect(),
        body: body.to_bytes(),
    })
}

/// A server may answer before it has read the request; a connection that is not ready in time is dropped.
async fn keep(mut connection: Connection, deadline: Instant) {
    if matches!(timeout_at(deadline, connection.sender.ready()).await, Ok(Ok(()))) {
        connection.give_back();
    }
}

/// `work`, or `ETIMEDOUT` in this phase.
pub async fn within<T>(
    deadline: Instant,
    phase: &'static str,
    work: impl Future<Output = Result<T, Failure>>,
) -> Result<T, Failure> {
    let timed_out = |_| Err(Failure::new("ETIMEDOUT", phase, "no answer in time"));
    timeout_at(deadline, work).await.unwrap_or_else(timed_out)
}

fn body_failure(error: &(dyn Error + Send + Sync + 'static)) -> Failure {
    match error.downcast_ref::<hyper::Error>() {
        Some(error) => http_failure(error, "body"),
        None if error.is::<LengthLimitError>() => {
            Failure::new("ERR_BODY_TOO_LARGE", "body", format!("the body is over {MAX_BODY_BYTES} bytes"))
        }
        None => Failure::new("EIO", "body", error.to_string()),
    }
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
