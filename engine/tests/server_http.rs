//! `createServer` and HTTP/1.1 as it should not be: what is refused, what ends the connection, what is passed over.
#![cfg(feature = "server")]

mod common;

use common::live::{Answer, GET, Live, ask, rest, send_no_more};
use std::io::Write;

const ECHO: &str = "response.end(request.method + request.url)";

fn statuses(words: &str) -> Vec<&str> {
    words.split("HTTP/1.").skip(1).map(|answer| &answer[2..5]).collect()
}

#[test]
fn what_is_malformed_is_400_and_ends_the_connection() {
    let live = Live::start(ECHO);
    let requests = [
        "nonsense\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.2\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\rX: b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n folded\r\n\r\n",
        "GET a HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /é HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /\u{1} HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 1\r\n\r\na",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n",
        "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ];
    for request in requests {
        let words = live.last_words(request);
        assert_eq!(statuses(&words), ["400"], "{request:?}");
        assert!(words.contains("connection: close"), "{words}");
    }
    assert_eq!(live.get(), "GET/");
}

#[test]
fn a_tunnel_is_closed_without_an_answer() {
    let live = Live::start(ECHO);
    for target in ["a:443", "/", "http://a/"] {
        assert_eq!(live.last_words(format!("CONNECT {target} HTTP/1.1\r\nHost: a\r\n\r\n")), "");
    }
    assert_eq!(live.last_words("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), "");
}

#[test]
fn a_target_is_as_it_came() {
    let live = Live::start("response.end(request.url)");
    let mut stream = live.connect();
    for target in ["/", "//a//b/", "/%00?a?b&&", "*", "http://b:8080/p?q", "/:@!$&'()*+,;=-._~"] {
        assert_eq!(ask(&mut stream, format!("GET {target} HTTP/1.1\r\nHost: a\r\n\r\n")).text(), target);
    }
}

#[test]
fn headers_over_the_limit_are_431() {
    let live = Live::with("maxHeaderSize: 10000", ECHO, "");
    let with = |bytes: usize| format!("GET / HTTP/1.1\r\nHost: a\r\nX: {}\r\n\r\n", "x".repeat(bytes - 32));
    assert_eq!(with(10_000).len(), 10_000);
    assert_eq!(ask(&mut live.connect(), with(9999)).status(), "200");
    assert_eq!(statuses(&live.last_words(with(10_001))), ["431"]);
    assert_eq!(statuses(&live.last_words(with(4 << 20))), ["431"]);
    let many: String = (0..101).map(|number| format!("X{number}: a\r\n")).collect();
    assert_eq!(statuses(&live.last_words(format!("GET / HTTP/1.1\r\nHost: a\r\n{many}\r\n"))), ["431"]);
}

#[test]
fn requests_may_come_together() {
    let live = Live::start(
        "const end = () => response.end(request.url);
        if (request.url.endsWith('3')) setTimeout(end, 50); else end()",
    );
    let mut stream = live.connect();
    let requests: String = (0..40).map(|number| format!("GET /{number} HTTP/1.1\r\nHost: a\r\n\r\n")).collect();
    stream.write_all(requests.as_bytes()).unwrap();
    for number in 0..40 {
        assert_eq!(Answer::read(&mut stream).text(), format!("/{number}"));
    }
}

#[test]
fn a_small_body_is_passed_over() {
    let live = Live::start(ECHO);
    let mut stream = live.connect();
    for length in [1, 1000, 64 << 10] {
        let head = format!("POST /{length} HTTP/1.1\r\nHost: a\r\nContent-Length: {length}\r\n\r\n");
        assert_eq!(ask(&mut stream, head + &"x".repeat(length)).text(), format!("POST/{length}"));
        let head = format!("POST /{length} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n{length:x}\r\n");
        let answer = ask(&mut stream, head + &"x".repeat(length) + "\r\n0\r\nTrailer: a\r\n\r\n");
        assert_eq!(answer.text(), format!("POST/{length}"));
    }
    assert_eq!(ask(&mut stream, GET).text(), "GET/");
}

/// Its client reads the answer all the same.
#[test]
fn a_larger_body_ends_the_connection() {
    let live = Live::start(ECHO);
    for length in [(64 << 10) + 1, 1 << 20] {
        let head = format!("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: {length}\r\n\r\n");
        let words = live.last_words(head + &"x".repeat(length) + GET);
        assert_eq!(statuses(&words), ["200"]);
        assert!(words.contains("connection: close") && !words.contains("keep-alive"), "{words}");
        let chunk = format!("1000\r\n{}\r\n", "x".repeat(0x1000));
        let head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
        assert_eq!(statuses(&live.last_words(head.to_owned() + &chunk.repeat(40) + "0\r\n\r\n" + GET)), ["200"]);
    }
}

#[test]
fn a_body_that_is_not_valid_ends_the_connection() {
    let live = Live::start(ECHO);
    let head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    assert_eq!(statuses(&live.last_words(head.to_owned() + "zz\r\n" + GET)), ["200"]);
}

/// Two lengths: the second is not believed, nor is anything after it.
#[test]
fn a_length_beside_chunks_ends_the_connection() {
    let live = Live::start(ECHO);
    let (length, chunked) = ("Content-Length: 5\r\n", "Transfer-Encoding: chunked\r\n");
    for headers in [length.to_owned() + chunked, chunked.to_owned() + length] {
        let request = format!("POST / HTTP/1.1\r\nHost: a\r\n{headers}\r\n0\r\n\r\n{GET}");
        assert_eq!(statuses(&live.last_words(request)), ["200"]);
    }
}

/// The client has its answer, and need not send the body.
#[test]
fn a_client_that_waits_to_continue_is_answered() {
    let live = Live::start(ECHO);
    let words = live.last_words("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n");
    assert_eq!(statuses(&words), ["200"]);
}

#[test]
fn an_upgrade_is_a_request_as_any() {
    let live = Live::start(ECHO);
    let mut stream = live.connect();
    let upgrade = "GET /a HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n";
    assert_eq!(ask(&mut stream, upgrade).text(), "GET/a");
    assert_eq!(ask(&mut stream, GET).text(), "GET/");
}

#[test]
fn a_connection_is_kept_as_its_client_wishes() {
    let live = Live::start(ECHO);
    let mut stream = live.connect();
    for _ in 0..3 {
        assert_eq!(
            ask(&mut stream, "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").header("connection"),
            Some("keep-alive")
        );
        assert_eq!(ask(&mut stream, GET).header("keep-alive"), Some("timeout=5"));
    }
    let close = "GET / HTTP/1.1\r\nHost: a\r\nConnection: x, Close\r\n\r\n";
    for last in [close, "GET / HTTP/1.0\r\n\r\n"] {
        let words = live.last_words(last);
        assert!(words.ends_with("\r\n\r\nGET/") && !words.contains("keep-alive"), "{words}");
    }
}

#[test]
fn an_answer_without_a_body_has_none() {
    let live = Live::start(
        "const status = Number(request.url.slice(1));
        response.writeHead(status, status === 206 ? { 'Content-Length': 7 } : {});
        response.end(status === 206 ? undefined : 'body')",
    );
    let mut stream = live.connect();
    let request = |method, status| format!("{method} /{status} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    for (method, status, length) in
        [("HEAD", 200, "content-length: 4"), ("HEAD", 206, "content-length: 7"), ("GET", 204, ""), ("GET", 304, "")]
    {
        let words = live.last_words(request(method, status));
        assert!(words.ends_with("\r\n\r\n") && words.contains(length), "{words}");
    }
    stream.write_all(request("GET", 206).as_bytes()).unwrap();
    send_no_more(&stream);
    let words = rest(&mut stream);
    assert!(words.contains("content-length: 0"), "{words}");
}
