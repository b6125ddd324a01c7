//! `httpRequest`: what is sent and what comes back.

mod common;

use common::{
    http::{Request, answer, answer_all, get},
    server::{serve, serve_counting},
    stdout_of,
};
use std::{
    io::{Read, Write},
    sync::{Barrier, atomic::Ordering, mpsc},
    thread,
    time::{Duration, Instant},
};

/// Answers each request and hands it to the test.
fn recording_server() -> (u16, mpsc::Receiver<Request>) {
    let (sender, receiver) = mpsc::channel();
    let port = serve(move |mut stream| {
        while let Some(request) = Request::read(&mut stream) {
            sender.send(request).unwrap();
            answer(&mut stream, 200, b"answer");
        }
    });
    (port, receiver)
}

/// Answers in full with these bytes, whatever is asked.
fn raw_server(response: &'static [u8]) -> u16 {
    serve(move |mut stream| {
        Request::read(&mut stream);
        stream.write_all(response).unwrap();
    })
}

fn send_twice(port: u16, between: &str) -> String {
    stdout_of(&format!(
        "const options = {{ method: 'GET', url: 'http://127.0.0.1:{port}/', headers: {{}}, timeoutMs: 10000 }};
        const first = await httpRequest(options);
        {between};
        const second = await httpRequest(options);
        process.stdout.write(`${{first.status}} ${{second.status}}`)"
    ))
}

#[test]
fn a_get_arrives() {
    let (port, requests) = recording_server();
    assert_eq!(get(&format!("url: 'http://127.0.0.1:{port}/a/b?c=d', headers: {{ 'X-One': '1 2' }}")), "200 answer");

    let request = requests.recv().unwrap();
    assert_eq!(request.line(), "GET /a/b?c=d HTTP/1.1");
    assert_eq!(request.header("host"), Some(format!("127.0.0.1:{port}").as_str()));
    assert_eq!(request.header("x-one"), Some("1 2"));
    assert_eq!(request.header("content-length"), None);
}

#[test]
fn a_post_arrives_with_its_body() {
    let (port, requests) = recording_server();
    let options =
        format!("method: 'POST', url: 'http://127.0.0.1:{port}', body: 'tüxt\\n', headers: {{ 'X-One': '1' }}");
    assert_eq!(get(&options), "200 answer");

    let request = requests.recv().unwrap();
    assert_eq!(request.line(), "POST / HTTP/1.1");
    assert_eq!(request.header("x-one"), Some("1"));
    assert_eq!(request.header("content-length"), Some("6"));
    assert_eq!(request.body, "tüxt\n".as_bytes());
}

#[test]
fn a_host_header_of_ones_own_is_the_only_one() {
    let (port, requests) = recording_server();
    get(&format!("url: 'http://127.0.0.1:{port}/', headers: {{ HOST: 'signed.example' }}"));
    let head = requests.recv().unwrap().head.to_lowercase();
    assert_eq!(head.matches("host: ").count(), 1);
    assert!(head.contains("\r\nhost: signed.example\r\n"));
}

#[test]
fn a_user_in_the_url_is_not_sent() {
    let (port, requests) = recording_server();
    assert_eq!(get(&format!("url: 'http://user:password@127.0.0.1:{port}/'")), "200 answer");
    let request = requests.recv().unwrap();
    assert_eq!(request.header("host"), Some(format!("127.0.0.1:{port}").as_str()));
    assert!(!request.head.contains("password"));
}

#[test]
fn a_host_name_is_looked_up() {
    let (port, _requests) = recording_server();
    assert_eq!(get(&format!("url: 'http://localhost:{port}/'")), "200 answer");
}

#[test]
fn an_answer_of_any_status_is_a_success() {
    let port = serve(|mut stream| answer_all(&mut stream, 500, b"broken"));
    assert_eq!(get(&format!("url: 'http://127.0.0.1:{port}/'")), "500 broken");
}

#[test]
fn header_names_are_lower_case() {
    let port = raw_server(b"HTTP/1.1 200 OK\r\nX-Request-ID: Id-1\r\nContent-Length: 0\r\n\r\n");
    let source = format!(
        "const options = {{ method: 'GET', url: 'http://127.0.0.1:{port}/', headers: {{}}, timeoutMs: 10000 }};
        const {{ headers }} = await httpRequest(options);
        process.stdout.write(JSON.stringify(Object.entries(headers).sort()))"
    );
    assert_eq!(stdout_of(&source), r#"[["content-length","0"],["x-request-id","Id-1"]]"#);
}

#[test]
fn a_binary_body_is_intact() {
    let body: Vec<u8> = (0..=255).cycle().take(1 << 20).collect();
    let port = serve(move |mut stream| answer_all(&mut stream, 200, &body));
    let source = format!(
        "const options = {{ method: 'GET', url: 'http://127.0.0.1:{port}/', headers: {{}}, timeoutMs: 10000 }};
        const {{ body }} = await httpRequest(options);
        const intact = body.every((byte, index) => byte === index % 256);
        process.stdout.write(`${{body instanceof Uint8Array}} ${{body.length}} ${{intact}}`)"
    );
    assert_eq!(stdout_of(&source), "true 1048576 true");
}

#[test]
fn a_chunked_body_is_joined() {
    let port = raw_server(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n");
    assert_eq!(get(&format!("url: 'http://127.0.0.1:{port}/'")), "200 onetwo");
}

#[test]
fn a_body_ends_with_its_connection() {
    let port = raw_server(b"HTTP/1.0 200 OK\r\n\r\nto the end");
    assert_eq!(get(&format!("url: 'http://127.0.0.1:{port}/'")), "200 to the end");
}

#[test]
fn requests_in_turn_share_a_connection() {
    let (port, connections) = serve_counting(|_, mut stream| answer_all(&mut stream, 200, b""));
    assert_eq!(send_twice(port, ""), "200 200");
    assert_eq!(connections.load(Ordering::SeqCst), 1);
}

#[test]
fn a_connection_the_server_has_closed_is_not_used_again() {
    let (port, connections) = serve_counting(|_, mut stream| {
        Request::read(&mut stream);
        answer(&mut stream, 200, b"");
        thread::sleep(Duration::from_millis(100));
    });
    assert_eq!(send_twice(port, "await new Promise((resolve) => setTimeout(resolve, 500))"), "200 200");
    assert_eq!(connections.load(Ordering::SeqCst), 2);
}

/// The server answers only once 20 connections are open, so fewer would hang and more be counted.
#[test]
fn parallel_requests_use_20_connections() {
    let barrier = Barrier::new(20);
    let (port, connections) = serve_counting(move |_, mut stream| {
        barrier.wait();
        answer_all(&mut stream, 200, b"");
    });
    let source = format!(
        "const options = {{ method: 'GET', url: 'http://127.0.0.1:{port}/', headers: {{}}, timeoutMs: 10000 }};
        const answers = await Promise.all(Array.from({{ length: 30 }}, () => httpRequest(options)));
        process.stdout.write(String(answers.filter((answer) => answer.status === 200).length))"
    );
    assert_eq!(stdout_of(&source), "30");
    assert_eq!(connections.load(Ordering::SeqCst), 20);
}

#[test]
fn an_answer_to_an_unread_request_comes_in_time() {
    let port = serve(|mut stream| {
        stream.read_exact(&mut [0; 100]).unwrap();
        answer(&mut stream, 413, b"too large");
        thread::sleep(Duration::from_secs(60));
    });
    let options = format!("url: 'http://127.0.0.1:{port}/', body: 'x'.repeat(20_000_000), timeoutMs: 1000");
    let start = Instant::now();
    assert_eq!(get(&options), "413 too large");
    assert!(start.elapsed() < Duration::from_secs(5));
}
