//! A TCP server on a free port of 127.0.0.1, for as long as the test's process lives.

use std::{
    io::Read,
    mem,
    net::{TcpListener, TcpStream},
    sync::Arc,
    thread,
    time::Duration,
};
use tokio::net::TcpSocket;

/// Calls `handle` with each connection, on a thread of its own; gives the port.
pub fn serve(handle: impl Fn(TcpStream) + Send + Sync + 'static) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let handle = Arc::new(handle);
    thread::spawn(move || {
        for stream in listener.incoming() {
            let handle = handle.clone();
            thread::spawn(move || handle(stream.unwrap()));
        }
    });
    port
}

/// A port that refuses connections: taken, so that no other test gets it, and not listened to.
pub fn closed_port() -> u16 {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let port = socket.local_addr().unwrap().port();
    mem::forget(socket);
    port
}

/// Says nothing until the client gives up, or should have.
pub fn hang(mut stream: &TcpStream) {
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    let _ = stream.read_to_end(&mut Vec::new());
}
