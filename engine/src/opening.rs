//! A connection that is opened before there is a call for it.

use crate::{
    connect::UsedAddresses,
    connection::{Connection, Origin},
    failure::Failure,
    network,
};
use std::sync::Arc;
use tokio::{task::JoinHandle, time::Instant};

pub struct Opening {
    pub used: Arc<UsedAddresses>,
    connection: JoinHandle<Result<Connection, Failure>>,
}

impl Opening {
    pub fn begin(origin: Origin, deadline: Instant) -> Self {
        let used = Arc::<UsedAddresses>::default();
        let addresses = used.clone();
        let open = async move { Connection::open(&origin, &addresses, deadline).await };
        Self { used, connection: network::reactor().spawn(open) }
    }

    /// Ends by its own deadline.
    pub async fn finish(self) -> Result<Connection, Failure> {
        self.connection.await.unwrap_or_else(|error| Err(Failure::new("EIO", "connect", error.to_string())))
    }
}
