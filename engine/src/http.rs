//! HTTP/1.1 calls: on a kept connection or a new one, with a second try beside one that stalls.

use crate::{
    connect::UsedAddresses,
    connection::{Connection, Origin, http_failure},
    deadline::within,
    failure::Failure,
    hedge, network,
    pool::{Opened, Pool},
};
use bytes::Bytes;
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::{Request, Response, body::Incoming, header::HeaderValue};
use std::{
    error::Error,
    sync::{
        Arc, LazyLock,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    time::Duration,
};
use tokio::time::{Instant, timeout_at};

/// More than any answer these programs wait for; a hostile or broken server must not fill the memory.
const MAX_BODY_BYTES: usize = 4 << 20;

static POOL: LazyLock<Pool> = LazyLock::new(Pool::new);

pub struct Call {
    pub origin: Origin,
    pub request: Request<Full<Bytes>>,
    /// For everything from the wait for its turn to the body's last byte.
    pub timeout: Duration,
    /// A call without an answer's head after this time, its wait for its turn aside, is sent once more beside the
    /// first, and again after twice that time, and so on.
    pub hedge_after: Option<Duration>,
}

pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Bytes,
}

/// Sends from the network's reactor; any number at a time.
pub async fn send(call: Call) -> Result<Answer, Failure> {
    let deadline = Instant::now() + call.timeout;
    match network::reactor().spawn(exchange(call, deadline)).await {
        Ok(answer) => answer,
        Err(error) => Err(Failure::new("EIO", "response", error.to_string())),
    }
}

/// Opens connections ahead of the calls that will go out on them, which wait for these until they fail.
pub fn preconnect(origin: &Origin, connections: usize, timeout: Duration) {
    POOL.open_ahead(origin, connections, Instant::now() + timeout);
}

async fn exchange(call: Call, deadline: Instant) -> Result<Answer, Failure> {
    let _permit = POOL.permit(deadline).await?;
    let opened = POOL.take(&call.origin);
    let used = match &opened {
        Some(Opened::Ahead(opening)) => opening.used.clone(),
        _ => Arc::default(),
    };
    let exchange = Exchange { call: &call, deadline, used, is_answered: AtomicBool::new(false) };
    let (answer, connection) = exchange.run(opened).await?;
    keep(call.origin, connection, deadline).await;
    Ok(answer)
}

/// A server may answer before it has read the request; a connection that is not ready in time is dropped.
async fn keep(origin: Origin, mut connection: Connection, deadline: Instant) {
    if matches!(timeout_at(deadline, connection.is_ready()).await, Ok(true)) {
        POOL.give_back(origin, connection);
    }
}

type Head = (Response<Incoming>, Connection);
type Whole = (Answer, Connection);

struct Exchange<'a> {
    call: &'a Call,
    deadline: Instant,
    used: Arc<UsedAddresses>,
    is_answered: AtomicBool,
}

impl Exchange<'_> {
    async fn run(&self, opened: Option<Opened>) -> Result<Whole, Failure> {
        let first = Box::pin(async { self.read(self.ask(opened).await?).await });
        let Some(pause) = self.call.hedge_after else { return first.await };
        hedge::race(first, || self.again(), pause).await
    }

    /// A try on a connection of its own; none once an answer has begun.
    fn again(&self) -> Option<hedge::Try<'_, Whole>> {
        let is_of_use = !self.is_answered.load(Relaxed) && Instant::now() < self.deadline;
        is_of_use.then(|| -> hedge::Try<'_, Whole> { Box::pin(async { self.read(self.ask_anew().await?).await }) })
    }

    /// On an open connection, or where the server has closed it on a new one: all that is sent here can be repeated.
    async fn ask(&self, opened: Option<Opened>) -> Result<Head, Failure> {
        let connection = match opened {
            None => return self.ask_anew().await,
            Some(Opened::Kept(connection)) => connection,
            Some(Opened::Ahead(opening)) => opening.finish().await?,
        };
        self.used.add(connection.address);
        let answer = connection.send(self.call.request.clone());
        match within(self.deadline, "response", async { Ok(answer.await) }).await? {
            Err(error) if !error.is_parse() => self.ask_anew().await,
            outcome => outcome.map_err(|error| http_failure(&error, "response")),
        }
    }

    async fn ask_anew(&self) -> Result<Head, Failure> {
        let connection = Connection::open(&self.call.origin, &self.used, self.deadline).await?;
        let answer = connection.send(self.call.request.clone());
        let answer = async { answer.await.map_err(|error| http_failure(&error, "response")) };
        within(self.deadline, "response", answer).await
    }

    async fn read(&self, (response, connection): Head) -> Result<Whole, Failure> {
        self.is_answered.store(true, Relaxed);
        let (head, body) = response.into_parts();
        let whole = Limited::new(body, MAX_BODY_BYTES).collect();
        let whole = async { whole.await.map_err(|error| body_failure(error.as_ref())) };
        let body = within(self.deadline, "body", whole).await;
        let body = body.inspect_err(|_| self.is_answered.store(false, Relaxed))?.to_bytes();
        let headers = head.headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect();
        Ok((Answer { status: head.status.as_u16(), headers, body }, connection))
    }
}

fn text(value: &HeaderValue) -> String {
    String::from_utf8_lossy(value.as_bytes()).into_owned()
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
