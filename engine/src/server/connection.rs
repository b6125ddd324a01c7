//! One connection, from its first request to its end.

use super::{
    http_server::HttpServer,
    linger::linger,
    link::{Link, Stage},
    listener::Listener,
    options::Options,
    state::{Phase, State},
    stream::{Stream, has_unread_bytes},
    timer::Timer,
};
use hyper::server::conn::http1::{Builder, Connection};
use rquickjs::{Class, Ctx};
use std::{
    future::poll_fn,
    os::fd::{AsRawFd, RawFd},
    pin::Pin,
    rc::Rc,
    task::{Context, Poll},
};
use tokio::net::TcpStream;

/// hyper's lower bound.
const MIN_BUFFER_BYTES: usize = 8192;

/// Node's answer to a request that does not come to its end.
const TIMED_OUT: &[u8] = b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n";

/// Counts as a connection from now on, before it is first polled.
pub fn serve<'js>(
    ctx: Ctx<'js>,
    server: Class<'js, HttpServer<'js>>,
    tcp: TcpStream,
) -> impl Future<Output = ()> + use<'js> {
    let state = server.borrow().state.clone();
    let number = state.add();
    async move {
        let mut driver = Driver::new(ctx, server, tcp, number);
        poll_fn(|context| {
            driver.state.watch(number, context);
            Poll::Ready(())
        })
        .await;
        let end = poll_fn(|context| driver.poll(context)).await;
        driver.finish(end).await;
        state.remove(number);
    }
}

enum End {
    /// By the client, or by HTTP's rules.
    Done(hyper::Result<()>),
    TimedOut,
    Destroyed,
}

struct Driver<'js> {
    ctx: Ctx<'js>,
    connection: Connection<Stream<'js>, Listener<'js>>,
    descriptor: RawFd,
    link: Rc<Link<'js>>,
    state: Rc<State>,
    number: u64,
    timer: Timer,
    is_closing: bool,
}

impl<'js> Driver<'js> {
    fn new(ctx: Ctx<'js>, server: Class<'js, HttpServer<'js>>, tcp: TcpStream, number: u64) -> Self {
        let (state, options) = (server.borrow().state.clone(), server.borrow().options.clone());
        let builder = builder(&options);
        let link = Rc::new(Link::new(state.clone(), options));
        let listener = Listener { ctx: ctx.clone(), server, link: link.clone() };
        let descriptor = tcp.as_raw_fd();
        let connection = builder.serve_connection(Stream { tcp, link: link.clone() }, listener);
        Self { ctx, connection, descriptor, link, state, number, timer: Timer::default(), is_closing: false }
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<End> {
        if self.state.is_destroyed(self.number) {
            return Poll::Ready(End::Destroyed);
        }
        let mut connection = Pin::new(&mut self.connection);
        if self.state.phase() > Phase::Listening && !self.is_closing {
            self.is_closing = true;
            connection.as_mut().graceful_shutdown();
        }
        if let Poll::Ready(outcome) = connection.poll(context) {
            return Poll::Ready(End::Done(outcome));
        }
        if self.link.stage.get() == Stage::Idle {
            self.link.close_exchange(&self.ctx);
            if self.link.has_ended() {
                return Poll::Ready(End::Done(Ok(())));
            }
        }
        self.link.poll_body(context);
        match self.timer.poll(self.link.deadline(), context) {
            // After a pause of the whole process the deadline comes before what has been sent meanwhile.
            Poll::Ready(()) if !has_unread_bytes(self.descriptor) => Poll::Ready(End::TimedOut),
            _ => Poll::Pending,
        }
    }

    async fn finish(self, end: End) {
        self.link.close_exchange(&self.ctx);
        let tcp = self.connection.into_parts().io.tcp;
        match end {
            End::TimedOut if matches!(self.link.stage.get(), Stage::New | Stage::Head) => {
                let _ = tcp.try_write(TIMED_OUT);
            }
            End::Done(outcome) if !self.link.has_ended() && (outcome.is_err() || self.link.bodies.is_refused()) => {
                linger(tcp).await;
            }
            _ => {}
        }
    }
}

fn builder(options: &Options) -> Builder {
    let mut builder = Builder::new();
    builder
        .header_read_timeout(None)
        .max_header_size(options.max_header_size)
        .max_buf_size(options.max_header_size.max(MIN_BUFFER_BYTES));
    builder
}
