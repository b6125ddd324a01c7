//! `httpRequest` to a host of several addresses, some of them of no use.

mod common;

use common::{
    http::{answer_all, get, get_with_hosts},
    namespace,
    server::{closed_port, kill, listen_at, serve_at},
};
use std::net::TcpListener;

const HOSTS: [&str; 3] = ["127.0.0.2", "127.0.0.3", "::1"];

/// The outcome where the host has these addresses, made dead or alive by `prepare`; a dead one costs 250 ms.
fn get_from<const N: usize>(hosts: [&str; N], prepare: impl FnOnce([TcpListener; N]), timeout_ms: u32) -> String {
    let listeners = listen_at(hosts);
    let port = listeners[0].local_addr().unwrap().port();
    prepare(listeners);
    let hosts: String = hosts.iter().map(|host| format!("{host} several.test\n")).collect();
    get_with_hosts(&hosts, &format!("url: 'http://several.test:{port}/', timeoutMs: {timeout_ms}"))
}

fn answer(listener: TcpListener) {
    serve_at(listener, |stream| answer_all(stream, 200, b"there"));
}

/// Whichever the C library puts first.
#[test]
fn one_dead_address_of_two() {
    if !namespace::is_possible() {
        return;
    }
    for (dead, live) in [(0, 1), (1, 0), (0, 2), (2, 0)] {
        let hosts = [HOSTS[dead], HOSTS[live]];
        let prepare = |[dead, live]: [_; 2]| {
            kill(dead);
            answer(live);
        };
        assert_eq!(get_from(hosts, prepare, 10_000), "200 there", "{hosts:?}");
    }
}

#[test]
fn two_dead_addresses_of_three() {
    if !namespace::is_possible() {
        return;
    }
    for (live, host) in HOSTS.iter().enumerate() {
        let prepare = |listeners: [_; 3]| {
            let each = listeners.into_iter().enumerate();
            each.for_each(|(index, listener)| if index == live { answer(listener) } else { kill(listener) });
        };
        assert_eq!(get_from(HOSTS, prepare, 10_000), "200 there", "{host}");
    }
}

/// The time would not do for one that waits.
#[test]
fn addresses_that_refuse_cost_no_time() {
    if !namespace::is_possible() {
        return;
    }
    let port = listen_at(["127.0.0.9"]).map(|listener| {
        let port = listener.local_addr().unwrap().port();
        answer(listener);
        port
    })[0];
    let refusing: String = (10..40).map(|last| format!("127.0.0.{last} several.test\n")).collect();
    for hosts in [format!("{refusing}127.0.0.9 several.test\n"), format!("127.0.0.9 several.test\n{refusing}")] {
        let options = format!("url: 'http://several.test:{port}/', timeoutMs: 5000");
        assert_eq!(get_with_hosts(&hosts, &options), "200 there");
    }
}

#[test]
fn all_addresses_are_dead() {
    if !namespace::is_possible() {
        return;
    }
    assert_eq!(get_from(HOSTS, |listeners| listeners.into_iter().for_each(kill), 1500), "ETIMEDOUT connect");
}

#[test]
fn all_addresses_refuse() {
    if !namespace::is_possible() {
        return;
    }
    let hosts: String = HOSTS.iter().map(|host| format!("{host} several.test\n")).collect();
    let options = format!("url: 'http://several.test:{}/'", closed_port());
    assert_eq!(get_with_hosts(&hosts, &options), "ECONNREFUSED connect");
}

/// The dead one may still come to life: the end is the deadline's.
#[test]
fn one_address_refuses_and_one_is_dead() {
    if !namespace::is_possible() {
        return;
    }
    let prepare = |[refusing, dead]: [_; 2]| {
        drop(refusing);
        kill(dead);
    };
    assert_eq!(get_from([HOSTS[0], HOSTS[1]], prepare, 1500), "ETIMEDOUT connect");
}

/// A machine without IPv6 says so of an address of that family, which is not why the call fails.
#[test]
fn an_address_without_a_network_does_not_explain_the_failure() {
    if !namespace::is_possible() {
        return;
    }
    let port = closed_port();
    for hosts in ["2001:db8::1 mixed.test\n127.0.0.1 mixed.test\n", "127.0.0.1 mixed.test\n2001:db8::1 mixed.test\n"] {
        let outcome = get_with_hosts(hosts, &format!("url: 'http://mixed.test:{port}/', timeoutMs: 2000"));
        assert!(["ECONNREFUSED connect", "ETIMEDOUT connect"].contains(&outcome.as_str()), "{outcome}");
    }
}

#[test]
fn an_ipv6_address_in_the_url() {
    let Ok(listener) = TcpListener::bind("[::1]:0") else { return eprintln!("SKIPPED: there is no IPv6") };
    let port = serve_at(listener, |stream| answer_all(stream, 200, b"six"));
    assert_eq!(get(&format!("url: 'http://[::1]:{port}/'")), "200 six");
}
