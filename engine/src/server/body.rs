//! The bodies of one connection's requests, which nobody reads: a small one is passed over, so that the connection
//! can be kept. A larger one ends it.

use hyper::{
    body::{Body, Incoming},
    header::EXPECT,
    http::request::Parts,
};
use std::{
    cell::{Cell, RefCell},
    pin::Pin,
    task::{Context, Poll, ready},
};

const MAX_BYTES: u64 = 64 << 10;

#[derive(Default)]
pub struct Bodies {
    current: RefCell<Option<Incoming>>,
    left: Cell<u64>,
    is_refused: Cell<bool>,
}

impl Bodies {
    pub fn add(&self, head: &Parts, body: Incoming) {
        self.is_refused.set(false);
        if body.is_end_stream() {
            return;
        }
        // A client that waits to be told to go on may send its body or not: what comes next would have no clear meaning.
        let is_refused =
            head.headers.contains_key(EXPECT) || body.size_hint().upper().is_some_and(|size| size > MAX_BYTES);
        self.is_refused.set(is_refused);
        self.left.set(MAX_BYTES);
        self.current.replace(Some(body).filter(|_| !is_refused));
    }

    /// Whether the last one is still on its way.
    pub fn is_coming(&self) -> bool {
        self.current.borrow().is_some()
    }

    /// Whether a client may be sending what will not be read. hyper reads no more then.
    pub fn is_refused(&self) -> bool {
        self.is_refused.get()
    }

    /// Reads what has come. Ready once that was the end, or too much.
    pub fn poll(&self, context: &mut Context<'_>) -> Poll<()> {
        let mut current = self.current.borrow_mut();
        while let Some(body) = current.as_mut() {
            let frame = ready!(Pin::new(body).poll_frame(context));
            let Some(Ok(frame)) = frame else { break };
            let length = frame.data_ref().map_or(0, |data| data.len() as u64);
            self.is_refused.set(length > self.left.get());
            self.left.set(self.left.get().saturating_sub(length));
            if self.is_refused() {
                break;
            }
        }
        *current = None;
        Poll::Ready(())
    }
}
