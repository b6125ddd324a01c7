//! A server's socket: from `listen` to the end of its last connection.

use super::{connection, error, http_server::HttpServer, options::or, state::Phase, throw};
use crate::failure::{errno_code, report};
use rquickjs::{Class, Ctx, Exception, Function, Object, Result};
use std::{
    future::poll_fn,
    io,
    net::{IpAddr, SocketAddr},
    task::Poll,
    time::Duration,
};
use tokio::net::{TcpListener, TcpSocket, TcpStream};

/// Node's default.
const BACKLOG: u32 = 511;
/// Until there may be a descriptor again for a connection that waits.
const PAUSE: Duration = Duration::from_millis(100);

#[derive(Clone)]
pub struct Address {
    socket: SocketAddr,
    backlog: u32,
}

impl Address {
    /// Throws where `host` is no IP address: nothing is looked up, and nothing listens everywhere unless told to.
    pub fn read(ctx: &Ctx<'_>, options: &Object<'_>) -> Result<Self> {
        let host: String = or(options, "host", String::new())?;
        let ip: IpAddr = host.parse().map_err(|_| throw(ctx, "ERR_INVALID_ARG_VALUE", "host is no IP address"))?;
        let port: f64 = or(options, "port", 0.0)?;
        if !(0.0..65536.0).contains(&port) || port.fract() != 0.0 {
            return Err(throw(ctx, "ERR_SOCKET_BAD_PORT", "port is no integer from 0 to 65535"));
        }
        Ok(Self { socket: (ip, port as u16).into(), backlog: or(options, "backlog", BACKLOG)? })
    }

    pub fn to_object<'js>(&self, ctx: &Ctx<'js>) -> Result<Object<'js>> {
        let object = Object::new(ctx.clone())?;
        object.set("address", self.socket.ip().to_string())?;
        object.set("family", if self.socket.is_ipv4() { "IPv4" } else { "IPv6" })?;
        object.set("port", self.socket.port())?;
        Ok(object)
    }

    /// Node's error for it.
    fn to_error<'js>(&self, ctx: &Ctx<'js>, cause: &io::Error) -> Result<Exception<'js>> {
        let (code, socket) = (code(cause), self.socket);
        let error = error(ctx, code, &format!("listen {code}: {socket}"))?;
        error.set("errno", -cause.raw_os_error().unwrap_or(0))?;
        error.set("syscall", "listen")?;
        error.set("address", socket.ip().to_string())?;
        error.set("port", socket.port())?;
        Ok(error)
    }
}

fn code(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::AddrInUse => "EADDRINUSE",
        _ => errno_code(error),
    }
}

/// Gives the address with the port that was free where none was given.
pub fn bind(wanted: &Address) -> io::Result<(TcpListener, Address)> {
    let socket = if wanted.socket.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    socket.set_reuseaddr(true)?;
    socket.bind(wanted.socket)?;
    let listener = socket.listen(wanted.backlog)?;
    let address = Address { socket: listener.local_addr()?, ..*wanted };
    Ok((listener, address))
}

/// Keeps the program running until the server has closed. Its error is that of a callback.
pub async fn run<'js>(
    ctx: Ctx<'js>,
    server: Class<'js, HttpServer<'js>>,
    wanted: Address,
    bound: io::Result<TcpListener>,
    callback: Option<Function<'js>>,
) -> Result<()> {
    let listener = match bound {
        Ok(listener) => listener,
        Err(cause) => return fail(&ctx, &server, &wanted, &cause),
    };
    if let Some(callback) = callback {
        callback.call::<_, ()>(())?;
    }
    accept_all(&ctx, &server, &listener).await;
    drop(listener);
    let state = server.borrow().state.clone();
    poll_fn(|context| state.poll_empty(context)).await;
    state.enter(Phase::Closed);
    let listeners = server.borrow().take_closed_listeners();
    listeners.iter().try_for_each(|listener| listener.call(()))
}

/// As Node: an error that nothing listens to ends the process.
fn fail<'js>(ctx: &Ctx<'js>, server: &Class<'js, HttpServer<'js>>, wanted: &Address, cause: &io::Error) -> Result<()> {
    let listeners = server.borrow().error_listeners();
    if listeners.is_empty() {
        report(format_args!("uncaught error: listen {}: {}", code(cause), wanted.socket));
        std::process::exit(1);
    }
    let error = wanted.to_error(ctx, cause)?;
    listeners.iter().try_for_each(|listener| listener.call((error.clone(),)))
}

async fn accept_all<'js>(ctx: &Ctx<'js>, server: &Class<'js, HttpServer<'js>>, listener: &TcpListener) {
    let state = server.borrow().state.clone();
    loop {
        let accepted = poll_fn(|context| match state.poll_closing(context) {
            Poll::Ready(()) => Poll::Ready(None),
            Poll::Pending => listener.poll_accept(context).map(Some),
        });
        match accepted.await {
            None => return,
            Some(Ok((stream, _))) => accept(ctx, server, stream),
            Some(Err(error)) if is_of_one_connection(&error) => {}
            Some(Err(_)) => tokio::time::sleep(PAUSE).await,
        }
    }
}

fn is_of_one_connection(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionReset)
}

/// One too many is closed at once.
fn accept<'js>(ctx: &Ctx<'js>, server: &Class<'js, HttpServer<'js>>, stream: TcpStream) {
    if !server.borrow().is_full() && stream.set_nodelay(true).is_ok() {
        ctx.spawn(connection::serve(ctx.clone(), server.clone(), stream));
    }
}
