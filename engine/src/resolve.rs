//! Host names to addresses: a lookup for each family, so that one that fails or hangs costs only its own.

use crate::{
    failure::{Failure, errno_code},
    thread,
};
use dns_lookup::{AddrFamily, AddrInfoHints, LookupError, LookupErrorKind, SockType, getaddrinfo};
use std::{
    collections::HashMap,
    io,
    net::{IpAddr, SocketAddr},
    sync::{Arc, LazyLock, Mutex},
    time::{Duration, Instant},
};
use tokio::sync::watch;

/// A lookup may hang far longer than its callers wait: those that come at about the same time share one.
const SHARED_FOR: Duration = Duration::from_millis(250);

/// What has come so far, with ports of 0.
pub type Lookup = watch::Receiver<Addresses>;

/// By family; `None` while its lookup runs.
#[derive(Default)]
pub struct Addresses {
    v6: Option<Outcome>,
    v4: Option<Outcome>,
}

type Outcome = Result<Vec<SocketAddr>, Failure>;

/// Begins to look `host` up. An IP address is there at once.
pub fn resolve(host: &str) -> Lookup {
    static RECENT: LazyLock<Mutex<HashMap<String, (Instant, Lookup)>>> = LazyLock::new(Mutex::default);
    if let Ok(address) = host.parse::<IpAddr>() {
        return known(SocketAddr::new(address, 0));
    }
    let mut recent = RECENT.lock().expect("no holder panics");
    match recent.get(host) {
        Some((begun, lookup)) if begun.elapsed() < SHARED_FOR && !lookup.borrow().is_complete() => lookup.clone(),
        _ => {
            let lookup = begin(host);
            recent.insert(host.to_owned(), (Instant::now(), lookup.clone()));
            lookup
        }
    }
}

fn known(address: SocketAddr) -> Lookup {
    watch::channel(Addresses { v6: Some(Ok(Vec::new())), v4: Some(Ok(vec![address])) }).1
}

fn begin(host: &str) -> Lookup {
    let (sender, lookup) = watch::channel(Addresses::default());
    let sender = Arc::new(sender);
    for family in [AddrFamily::Inet, AddrFamily::Inet6] {
        let (host, reporter) = (host.to_owned(), sender.clone());
        let work = move || report(&reporter, family, addresses(&host, family));
        if let Err(error) = thread::spawn(work) {
            report(&sender, family, Err(no_thread(&error)));
        }
    }
    lookup
}

fn report(sender: &watch::Sender<Addresses>, family: AddrFamily, outcome: Outcome) {
    sender.send_modify(|addresses| match family {
        AddrFamily::Inet6 => addresses.v6 = Some(outcome),
        _ => addresses.v4 = Some(outcome),
    });
}

fn addresses(host: &str, family: AddrFamily) -> Outcome {
    let hints = AddrInfoHints { address: family.into(), socktype: SockType::Stream.into(), ..AddrInfoHints::default() };
    let found = getaddrinfo(Some(host), None, Some(hints)).map_err(to_failure)?;
    Ok(found.flatten().map(|info| info.sockaddr).collect())
}

fn to_failure(error: LookupError) -> Failure {
    let kind = error.kind();
    let error = io::Error::from(error);
    let code = match kind {
        LookupErrorKind::Again => "EAI_AGAIN",
        LookupErrorKind::System => errno_code(&error),
        _ => "ENOTFOUND",
    };
    Failure::new(code, "lookup", error.to_string())
}

fn no_thread(error: &io::Error) -> Failure {
    let message = format!("this process may not create the thread that looks host names up: {error}");
    Failure::new(errno_code(error), "lookup", message)
}

impl Addresses {
    pub fn is_complete(&self) -> bool {
        self.v6.is_some() && self.v4.is_some()
    }

    /// Nothing better can come: IPv6 is there, or all is.
    pub fn is_enough(&self) -> bool {
        self.is_complete() || matches!(&self.v6, Some(Ok(addresses)) if !addresses.is_empty())
    }

    /// Those that are there, in turn of each family, IPv6 first (RFC 8305, section 4).
    pub fn interleaved(&self) -> Vec<SocketAddr> {
        let (v6, v4) = (found(&self.v6), found(&self.v4));
        let turns = 0..v6.len().max(v4.len());
        turns.flat_map(|turn| [v6.get(turn), v4.get(turn)]).flatten().copied().collect()
    }

    /// Why there is none. A name that one family may still have is not unknown.
    pub fn failure(&self) -> Failure {
        let failures = [&self.v4, &self.v6].into_iter().flatten().filter_map(|outcome| outcome.as_ref().err());
        let certainty = |failure: &&Failure| ["EAI_AGAIN", "ENOTFOUND"].iter().position(|code| *code == failure.code);
        failures.min_by_key(certainty).cloned().unwrap_or_else(|| Failure::new("ENOTFOUND", "lookup", "no address"))
    }
}

fn found(outcome: &Option<Outcome>) -> &[SocketAddr] {
    match outcome {
        Some(Ok(addresses)) => addresses,
        _ => &[],
    }
}
