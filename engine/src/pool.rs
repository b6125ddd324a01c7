//! Connections that are kept for the next request to the same origin, and how many calls may be on the way.

use crate::{
    connection::{Connection, Origin},
    deadline::within,
    failure::Failure,
};
use std::{collections::HashMap, sync::Mutex};
use tokio::{
    sync::{Semaphore, SemaphorePermit},
    time::Instant,
};

/// Every handshake costs processor time that a small function hardly has.
const MAX_CALLS: usize = 20;

pub struct Pool {
    permits: Semaphore,
    idle: Mutex<HashMap<Origin, Vec<Connection>>>,
}

impl Pool {
    pub fn new() -> Self {
        Self { permits: Semaphore::new(MAX_CALLS), idle: Mutex::default() }
    }

    /// To be held during a call. Waits while too many are on the way.
    pub async fn permit(&self, deadline: Instant) -> Result<SemaphorePermit<'_>, Failure> {
        within(deadline, "queue", async { Ok(self.permits.acquire().await.expect("never closed")) }).await
    }

    pub fn take_idle(&self, origin: &Origin) -> Option<Connection> {
        let mut idle = self.idle.lock().expect("no holder panics");
        let connections = idle.get_mut(origin)?;
        connections.retain(|connection| !connection.is_closed());
        connections.pop()
    }

    pub fn give_back(&self, origin: Origin, connection: Connection) {
        self.idle.lock().expect("no holder panics").entry(origin).or_default().push(connection);
    }
}
