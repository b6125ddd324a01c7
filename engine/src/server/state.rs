//! What a server's connections have in common: whether it still runs, how many they are, how to wake them.

use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    task::{Context, Poll, Waker},
};

#[derive(Clone, Copy, PartialEq, PartialOrd)]
pub enum Phase {
    Listening,
    /// Requests on the way are answered; no further ones are read.
    Closing,
    Closed,
}

pub struct State {
    phase: Cell<Phase>,
    /// All connections up to this number are to end at once.
    destroyed: Cell<u64>,
    last: Cell<u64>,
    connections: RefCell<HashMap<u64, Waker>>,
    listening: RefCell<Option<Waker>>,
}

impl State {
    pub fn new() -> Self {
        Self {
            phase: Cell::new(Phase::Closed),
            destroyed: Cell::new(0),
            last: Cell::new(0),
            connections: RefCell::default(),
            listening: RefCell::default(),
        }
    }

    pub fn phase(&self) -> Phase {
        self.phase.get()
    }

    pub fn enter(&self, phase: Phase) {
        self.phase.set(phase);
        self.wake_all();
    }

    pub fn destroy_all(&self) {
        self.destroyed.set(self.last.get());
        self.wake_all();
    }

    pub fn is_destroyed(&self, connection: u64) -> bool {
        connection <= self.destroyed.get()
    }

    pub fn count(&self) -> usize {
        self.connections.borrow().len()
    }

    /// The number of a new connection.
    pub fn add(&self) -> u64 {
        let number = self.last.get() + 1;
        self.last.set(number);
        self.connections.borrow_mut().insert(number, Waker::noop().clone());
        number
    }

    pub fn remove(&self, connection: u64) {
        self.connections.borrow_mut().remove(&connection);
        self.wake_listening();
    }

    /// Asks for this connection to be polled when the phase changes.
    pub fn watch(&self, connection: u64, context: &Context<'_>) {
        self.connections.borrow_mut().insert(connection, context.waker().clone());
    }

    /// Ready once the server listens no more.
    pub fn poll_closing(&self, context: &Context<'_>) -> Poll<()> {
        self.watch_listening(context);
        if self.phase() > Phase::Listening { Poll::Ready(()) } else { Poll::Pending }
    }

    /// Ready once the last connection has ended.
    pub fn poll_empty(&self, context: &Context<'_>) -> Poll<()> {
        self.watch_listening(context);
        if self.count() == 0 { Poll::Ready(()) } else { Poll::Pending }
    }

    fn watch_listening(&self, context: &Context<'_>) {
        self.listening.replace(Some(context.waker().clone()));
    }

    fn wake_listening(&self) {
        if self.phase() == Phase::Listening {
            return;
        }
        if let Some(waker) = self.listening.borrow().as_ref() {
            waker.wake_by_ref();
        }
    }

    fn wake_all(&self) {
        self.wake_listening();
        self.connections.borrow().values().for_each(Waker::wake_by_ref);
    }
}
