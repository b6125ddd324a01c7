//! `httpRequest` on connections that were kept, and that the server closes.

mod common;

use common::{
    http::{Request, answer},
    server::serve_counting,
    stdout_of,
};
use std::{
    io::Write,
    net::TcpStream,
    sync::atomic::{AtomicU64, AtomicUsize, Ordering},
    thread,
    time::Duration,
};

/// Two requests in turn: status, else code and phase, of each.
fn send_twice(port: u16) -> String {
    stdout_of(&format!(
        "const options = {{ method: 'GET', url: 'http://127.0.0.1:{port}/', headers: {{}}, timeoutMs: 10000 }};
        const outcomes = [];
        for (let count = 0; count < 2; count++)
            outcomes.push(await httpRequest(options).then(({{ status }}) => status, ({{ code, phase }}) => `${{code}} ${{phase}}`));
        process.stdout.write(outcomes.join())"
    ))
}

/// Answers its first request; to the next on any connection it does this.
fn answering_once(then: impl Fn(&mut TcpStream) + Send + Sync + 'static) -> (u16, impl Fn() -> usize) {
    let requests = AtomicUsize::new(0);
    let (port, connections) = serve_counting(move |_, mut stream| {
        while Request::read(&mut stream).is_some() {
            match requests.fetch_add(1, Ordering::SeqCst) {
                0 => answer(&mut stream, 200, b""),
                _ => return then(&mut stream),
            }
        }
    });
    (port, move || connections.load(Ordering::SeqCst))
}

/// 0.5 to 10 ms after each answer, so that many a request meets its end.
#[test]
fn a_server_that_closes_after_each_answer() {
    let turn = AtomicU64::new(0);
    let (port, _) = serve_counting(move |_, mut stream| {
        Request::read(&mut stream);
        answer(&mut stream, 200, b"");
        thread::sleep(Duration::from_micros(500 + 1900 * (turn.fetch_add(1, Ordering::SeqCst) % 6)));
    });
    let source = format!(
        "const options = {{ method: 'GET', url: 'http://127.0.0.1:{port}/', headers: {{}}, timeoutMs: 30000 }};
        const answers = await Promise.allSettled(Array.from({{ length: 100 }}, () => httpRequest(options)));
        process.stdout.write(answers.map(({{ value, reason }}) => value?.status ?? `${{reason.code}} ${{reason.phase}}`).join())"
    );
    for run in 0..20 {
        assert_eq!(stdout_of(&source), ["200"; 100].join(","), "run {run}");
    }
}

/// The second connection's failure is the caller's to know.
#[test]
fn a_request_is_repeated_once() {
    let (port, connections) = answering_once(|_| {});
    assert_eq!(send_twice(port), "200,ECONNRESET response");
    assert_eq!(connections(), 2);
}

#[test]
fn a_request_on_a_new_connection_is_not_repeated() {
    let (port, connections) = serve_counting(|_, mut stream| {
        Request::read(&mut stream);
    });
    assert_eq!(send_twice(port), "ECONNRESET response,ECONNRESET response");
    assert_eq!(connections.load(Ordering::SeqCst), 2);
}

#[test]
fn a_request_that_was_answered_is_not_repeated() {
    let (port, connections) = answering_once(|stream| stream.write_all(b"+OK\r\n\r\n").unwrap());
    assert_eq!(send_twice(port), "200,HPE_INVALID_RESPONSE response");
    assert_eq!(connections(), 1);
}

#[test]
fn a_request_whose_answer_ends_early_is_not_repeated() {
    let head = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbeginning";
    let (port, connections) = answering_once(|stream| stream.write_all(head).unwrap());
    assert_eq!(send_twice(port), "200,ECONNRESET body");
    assert_eq!(connections(), 1);
}
