//! A TCP server on a free port of 127.0.0.1, for as long as the test's process lives.

use std::{
    io::Read,
    iter, mem,
    net::{TcpListener, TcpStream},
    os::fd::AsRawFd,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};
use tokio::net::TcpSocket;

/// Calls `handle` with each connection, on a thread of its own; gives the port.
pub fn serve(handle: impl Fn(TcpStream) + Send + Sync + 'static) -> u16 {
    serve_at(TcpListener::bind("127.0.0.1:0").unwrap(), handle)
}

pub fn serve_at(listener: TcpListener, handle: impl Fn(TcpStream) + Send + Sync + 'static) -> u16 {
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

/// Calls `handle` with each connection and its number, from 0; counts them.
pub fn serve_counting(handle: impl Fn(usize, TcpStream) + Send + Sync + 'static) -> (u16, Arc<AtomicUsize>) {
    serve_counting_at(TcpListener::bind("127.0.0.1:0").unwrap(), handle)
}

pub fn serve_counting_at(
    listener: TcpListener,
    handle: impl Fn(usize, TcpStream) + Send + Sync + 'static,
) -> (u16, Arc<AtomicUsize>) {
    let count = Arc::new(AtomicUsize::new(0));
    let counter = count.clone();
    (serve_at(listener, move |stream| handle(counter.fetch_add(1, Ordering::SeqCst), stream)), count)
}

/// Listens at each of these hosts, at one port.
pub fn listen_at<const N: usize>(hosts: [&str; N]) -> [TcpListener; N] {
    loop {
        let first = TcpListener::bind((hosts[0], 0)).unwrap();
        let port = first.local_addr().unwrap().port();
        let rest: Result<Vec<_>, _> = hosts[1..].iter().map(|host| TcpListener::bind((*host, port))).collect();
        if let Ok(rest) = rest {
            let listeners: Vec<_> = iter::once(first).chain(rest).collect();
            return listeners.try_into().unwrap();
        }
    }
}

/// Makes this address dead: the kernel leaves connections without an answer once the queue of a listener is full.
pub fn kill(listener: TcpListener) {
    assert_eq!(unsafe { libc::listen(listener.as_raw_fd(), 0) }, 0);
    let address = listener.local_addr().unwrap();
    while let Ok(queued) = TcpStream::connect_timeout(&address, Duration::from_millis(200)) {
        mem::forget(queued);
    }
    mem::forget(listener);
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
