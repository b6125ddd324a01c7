//! `preconnect`: connections that are opened before there are requests for them.

mod common;

use common::{
    http::{Request, answer, answer_all},
    server::{serve, serve_counting},
    stdout_of,
};
use std::{sync::atomic::Ordering, thread, time::Duration};

/// Code and phase, or status, of this many requests that begin `after_ms` later.
fn connect_then_send(url: &str, connections: usize, requests: usize, after_ms: u64, more: &str) -> String {
    stdout_of(&format!(
        "const url = '{url}';
        preconnect({{ url, connections: {connections}, timeoutMs: 10000, {more} }});
        await new Promise((resolve) => setTimeout(resolve, {after_ms}));
        const send = () => httpRequest({{ url, method: 'GET', headers: {{}}, timeoutMs: 10000, hedgeAfterMs: 500 }})
            .then(({{ status }}) => status, ({{ code, phase }}) => `${{code}} ${{phase}}`);
        process.stdout.write((await Promise.all(Array.from({{ length: {requests} }}, send))).join());"
    ))
}

#[test]
fn requests_go_out_on_them_open_or_not_yet() {
    for after_ms in [0, 100] {
        let (port, connections) = serve_counting(|_, stream| answer_all(stream, 200, b""));
        assert_eq!(connect_then_send(&format!("http://127.0.0.1:{port}"), 3, 3, after_ms, ""), "200,200,200");
        assert_eq!(connections.load(Ordering::SeqCst), 3, "after {after_ms} ms");
    }
}

#[test]
fn further_requests_open_their_own() {
    let (port, connections) = serve_counting(|_, mut stream| {
        Request::read(&mut stream);
        thread::sleep(Duration::from_millis(200));
        answer(&mut stream, 200, b"");
    });
    assert_eq!(connect_then_send(&format!("http://127.0.0.1:{port}"), 1, 3, 50, ""), "200,200,200");
    assert_eq!(connections.load(Ordering::SeqCst), 3);
}

#[test]
fn there_are_no_more_than_requests_may_be_on_the_way() {
    let (port, connections) = serve_counting(|_, stream| answer_all(stream, 200, b""));
    connect_then_send(&format!("http://127.0.0.1:{port}"), 1000, 1, 300, "");
    assert_eq!(connections.load(Ordering::SeqCst), 20);
}

#[test]
fn one_that_the_server_has_closed_is_replaced() {
    let (port, _) = serve_counting(|index, stream| {
        if index > 0 {
            answer_all(stream, 200, b"");
        }
    });
    assert_eq!(connect_then_send(&format!("http://127.0.0.1:{port}"), 1, 1, 100, ""), "200");
}

#[test]
fn one_that_fails_is_the_failure_of_its_request() {
    assert_eq!(connect_then_send("http://127.0.0.1:1", 1, 1, 50, ""), "ECONNREFUSED connect");
}

/// Such as a load balancer's node that is going away.
#[test]
fn one_that_stalls_does_not_keep_its_request() {
    let (port, _) = serve_counting(|index, stream| match index {
        0 => thread::sleep(Duration::from_secs(60)),
        _ => answer_all(stream, 200, b""),
    });
    assert_eq!(connect_then_send(&format!("http://127.0.0.1:{port}"), 1, 1, 0, ""), "200");
}

#[test]
fn a_handshake_that_does_not_end_is_named_by_its_request() {
    let port = serve(|_stream| thread::sleep(Duration::from_secs(60)));
    let outcome = stdout_of(&format!(
        "const url = 'https://127.0.0.1:{port}';
        preconnect({{ url, connections: 1, timeoutMs: 300 }});
        const sent = httpRequest({{ url, method: 'GET', headers: {{}}, timeoutMs: 10000 }});
        process.stdout.write(await sent.catch(({{ code, phase }}) => `${{code}} ${{phase}}`));"
    ));
    assert_eq!(outcome, "ETIMEDOUT handshake");
}

/// A proxy or CA of its own is another way.
#[test]
fn a_request_takes_only_those_that_go_its_way() {
    let (port, connections) = serve_counting(|_, stream| answer_all(stream, 200, b""));
    let proxy = format!("proxy: {{ url: 'http://127.0.0.1:{port}' }}");
    assert_eq!(connect_then_send(&format!("http://127.0.0.1:{port}"), 1, 1, 100, &proxy), "200");
    assert_eq!(connections.load(Ordering::SeqCst), 2);
}

#[test]
fn what_is_wrong_with_a_url_is_for_the_request_to_say() {
    assert_eq!(connect_then_send("ftp://127.0.0.1", 1, 1, 0, ""), "ERR_INVALID_URL request");
}
