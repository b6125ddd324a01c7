//! A TCP connection to whichever address of a host takes it first: Happy Eyeballs, RFC 8305.

use crate::{
    deadline::timed_out,
    failure::Failure,
    resolve::{Lookup, resolve},
};
use std::{net::SocketAddr, sync::Mutex, time::Duration};
use tokio::{
    net::TcpStream,
    select,
    task::{JoinError, JoinSet},
    time::{Instant, sleep_until, timeout_at},
};

/// How long IPv4 alone waits for IPv6, and each attempt for the one before it.
const RESOLUTION_DELAY: Duration = Duration::from_millis(50);
const ATTEMPT_DELAY: Duration = Duration::from_millis(250);

/// What a host without that family's network gives: the other family's error says more.
const NO_NETWORK: [&str; 3] = ["EADDRNOTAVAIL", "EHOSTUNREACH", "ENETUNREACH"];

/// The addresses that a call has gone to: a further try prefers others.
#[derive(Default)]
pub struct UsedAddresses(Mutex<Vec<SocketAddr>>);

impl UsedAddresses {
    pub fn add(&self, address: SocketAddr) {
        self.0.lock().expect("no holder panics").push(address);
    }

    fn all(&self) -> Vec<SocketAddr> {
        self.0.lock().expect("no holder panics").clone()
    }
}

pub type Connected = (TcpStream, SocketAddr);

pub async fn connect(host: &str, port: u16, used: &UsedAddresses, deadline: Instant) -> Result<Connected, Failure> {
    let mut attempts = Attempts::new(resolve(host), port, used);
    match timeout_at(deadline, attempts.first()).await {
        Ok(outcome) => outcome,
        Err(_) => Err(attempts.timed_out()),
    }
}

struct Attempts<'a> {
    lookup: Lookup,
    port: u16,
    used: &'a UsedAddresses,
    avoided: Vec<SocketAddr>,
    begun: Vec<SocketAddr>,
    running: JoinSet<Result<Connected, Failure>>,
    next_at: Instant,
    failure: Option<Failure>,
}

impl<'a> Attempts<'a> {
    fn new(lookup: Lookup, port: u16, used: &'a UsedAddresses) -> Self {
        let avoided = used.all();
        let (begun, running) = (Vec::new(), JoinSet::new());
        let mut attempts = Self { lookup, port, used, avoided, begun, running, next_at: Instant::now(), failure: None };
        attempts.addresses_came();
        attempts
    }

    /// The first connection that stands, else the failure of all.
    async fn first(&mut self) -> Result<Connected, Failure> {
        loop {
            let complete = self.lookup.borrow().is_complete();
            let next = self.next();
            match next {
                // Not by the timer, which is a millisecond late.
                Some(address) if self.next_at <= Instant::now() => self.begin(address),
                None if complete && self.running.is_empty() => return Err(self.all_failed()),
                _ => select! {
                    _ = self.lookup.changed(), if !complete => self.addresses_came(),
                    Some(done) = self.running.join_next() => match done.unwrap_or_else(aborted) {
                        Ok(connected) => return Ok(connected),
                        Err(failure) => self.failed(failure),
                    },
                    () = sleep_until(self.next_at), if next.is_some() => {}
                },
            }
        }
    }

    fn addresses_came(&mut self) {
        let enough = self.lookup.borrow_and_update().is_enough();
        if self.running.is_empty() {
            self.next_at = Instant::now() + if enough { Duration::ZERO } else { RESOLUTION_DELAY };
        }
    }

    fn next(&self) -> Option<SocketAddr> {
        let mut addresses = self.lookup.borrow().interleaved();
        addresses.iter_mut().for_each(|address| address.set_port(self.port));
        addresses.retain(|address| !self.begun.contains(address));
        addresses.into_iter().min_by_key(|address| self.avoided.contains(address))
    }

    fn begin(&mut self, address: SocketAddr) {
        self.begun.push(address);
        self.used.add(address);
        self.running.spawn(open(address));
        self.next_at = Instant::now() + ATTEMPT_DELAY;
    }

    fn failed(&mut self, failure: Failure) {
        self.next_at = Instant::now();
        if self.failure.as_ref().is_none_or(|earlier| NO_NETWORK.contains(&earlier.code)) {
            self.failure = Some(failure);
        }
    }

    fn all_failed(&self) -> Failure {
        self.failure.clone().unwrap_or_else(|| self.lookup.borrow().failure())
    }

    fn timed_out(&self) -> Failure {
        match &self.failure {
            _ if !self.running.is_empty() => timed_out("connect"),
            Some(failure) => failure.clone(),
            None => timed_out("lookup"),
        }
    }
}

async fn open(address: SocketAddr) -> Result<Connected, Failure> {
    let opened = async {
        let tcp = TcpStream::connect(address).await?;
        tcp.set_nodelay(true)?;
        Ok((tcp, address))
    };
    opened.await.map_err(|error| Failure::from_io(&error, "connect"))
}

fn aborted(error: JoinError) -> Result<Connected, Failure> {
    Err(Failure::new("EIO", "connect", error.to_string()))
}
