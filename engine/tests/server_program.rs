//! What else a program with a server needs of the engine.
#![cfg(feature = "server")]

mod common;

use common::{live::Live, server::serve, stdout_of};
use std::{
    io::{Read, Write},
    thread::sleep,
    time::{Duration, Instant},
};

#[test]
fn bytes_are_compared_in_constant_time() {
    let source = "import { timingSafeEqual } from 'node:crypto';
        const bytes = (text) => new TextEncoder().encode(text);
        const equal = (a, b) => { try { return timingSafeEqual(a, b) } catch ({ code }) { return code } };
        process.stdout.write(String([
            equal(bytes('token'), bytes('token')), equal(Buffer.from('token'), bytes('tokem')),
            equal(bytes(''), bytes('')), equal(bytes('a'), bytes('ab')),
        ]))";
    assert_eq!(stdout_of(source), "true,false,true,ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH");
}

#[test]
fn a_call_may_wait_for_weeks() {
    let port = serve(|mut stream| {
        let _ = stream.read(&mut [0; 1024]);
        sleep(Duration::from_millis(500));
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnext");
    });
    let live = Live::with(
        "",
        &format!(
            "httpRequest({{ method: 'GET', url: 'http://127.0.0.1:{port}/', headers: {{}}, timeoutMs: 2 ** 31 - 1 }})
                .then(({{ body }}) => response.end(body))"
        ),
        "",
    );
    assert_eq!(live.get(), "next");
}

#[test]
fn a_program_ends_when_it_says_so() {
    let live = Live::start("process.exit(request.url === '/0' ? 0 : 7)");
    let _ = live.connect().write_all(b"GET /7 HTTP/1.1\r\nHost: a\r\n\r\n");
    assert_eq!(live.end(), (Some(7), String::new()));
}

#[test]
fn a_cleared_timer_does_not_keep_a_program() {
    let start = Instant::now();
    let source = "const timer = setTimeout(() => {}, 60000);
        setTimeout(() => clearTimeout(timer), 50);
        process.stdout.write(String(process.pid > 1 && Date.now() > 1e12))";
    assert_eq!(stdout_of(source), "true");
    assert!(start.elapsed() < Duration::from_secs(20));
}

/// As Node, for callbacks other than a request's.
#[test]
fn an_error_in_the_callback_of_listen_ends_the_program() {
    let source = "import { createServer } from 'node:http';
        createServer({}, () => {}).listen({ port: 0, host: '127.0.0.1' }, () => { throw new Error('secret') });";
    let output = common::run(source, &[""; 0]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(output.stderr, b"engine: uncaught error in a callback\n");
}
