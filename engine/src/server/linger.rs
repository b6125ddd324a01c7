//! The end of a connection whose client may still be sending.

use std::{future::poll_fn, io, pin::Pin, time::Duration};
use tokio::{io::AsyncWrite, net::TcpStream, time::timeout};

const LINGER: Duration = Duration::from_millis(500);

/// Reads on for a while: were the connection closed over unread bytes, the client would lose the answer.
pub async fn linger(mut stream: TcpStream) {
    let _ = timeout(LINGER, async {
        poll_fn(|context| Pin::new(&mut stream).poll_shutdown(context)).await?;
        loop {
            stream.readable().await?;
            match stream.try_read(&mut [0; 4096]) {
                Ok(0) => return Ok(()),
                Err(error) if error.kind() != io::ErrorKind::WouldBlock => return Err(error),
                _ => {}
            }
        }
    })
    .await;
}
