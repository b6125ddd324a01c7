//! Connections for the next request to their origin, kept or opened ahead, and how many calls may be on the way.

use crate::{
    connection::{Connection, Origin},
    deadline::within,
    failure::Failure,
    opening::Opening,
};
use std::{
    collections::{HashMap, VecDeque},
    sync::Mutex,
};
use tokio::{
    sync::{Semaphore, SemaphorePermit},
    time::Instant,
};

/// Every handshake costs processor time that a small function hardly has.
const MAX_CALLS: usize = 20;

pub struct Pool {
    permits: Semaphore,
    idle: Mutex<HashMap<Origin, Vec<Connection>>>,
    openings: Mutex<HashMap<Origin, VecDeque<Opening>>>,
}

/// What a call can go out on.
pub enum Opened {
    Kept(Connection),
    Ahead(Opening),
}

impl Pool {
    pub fn new() -> Self {
        Self { permits: Semaphore::new(MAX_CALLS), idle: Mutex::default(), openings: Mutex::default() }
    }

    /// To be held during a call. Waits while too many are on the way.
    pub async fn permit(&self, deadline: Instant) -> Result<SemaphorePermit<'_>, Failure> {
        within(deadline, "queue", async { Ok(self.permits.acquire().await.expect("never closed")) }).await
    }

    /// A kept connection, else the one whose opening began first.
    pub fn take(&self, origin: &Origin) -> Option<Opened> {
        self.take_idle(origin).map(Opened::Kept).or_else(|| self.take_opening(origin).map(Opened::Ahead))
    }

    fn take_idle(&self, origin: &Origin) -> Option<Connection> {
        let mut idle = self.idle.lock().expect("no holder panics");
        let connections = idle.get_mut(origin)?;
        connections.retain(|connection| !connection.is_closed());
        connections.pop()
    }

    fn take_opening(&self, origin: &Origin) -> Option<Opening> {
        self.openings.lock().expect("no holder panics").get_mut(origin)?.pop_front()
    }

    pub fn give_back(&self, origin: Origin, connection: Connection) {
        self.idle.lock().expect("no holder panics").entry(origin).or_default().push(connection);
    }

    /// Opens connections ahead of the calls that will go out on them; no more than may be on the way at a time.
    pub fn open_ahead(&self, origin: &Origin, connections: usize, deadline: Instant) {
        let mut openings = self.openings.lock().expect("no holder panics");
        let openings = openings.entry(origin.clone()).or_default();
        openings.extend((0..connections.min(MAX_CALLS)).map(|_| Opening::begin(origin.clone(), deadline)));
    }
}
