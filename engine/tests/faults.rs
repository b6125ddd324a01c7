//! `httpRequest` that fails: Node's code for it and the phase it struck in.

mod common;

use common::{
    http::{Request, answer, answer_all, get, message},
    server::{closed_port, hang, serve},
    stdout_of,
};
use std::{io::Write, net::TcpStream};

/// The outcome of a request to a server that does this after reading it.
fn get_from(after_request: impl Fn(&mut TcpStream) + Send + Sync + 'static) -> String {
    get(&format!("url: 'http://127.0.0.1:{}/'", server(after_request)))
}

fn server(after_request: impl Fn(&mut TcpStream) + Send + Sync + 'static) -> u16 {
    serve(move |mut stream| {
        Request::read(&mut stream);
        after_request(&mut stream);
    })
}

fn begin_answer(stream: &mut TcpStream) {
    stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbeginning").unwrap();
}

/// Code and phase of a request that times out, asserting that it does so in time.
fn time_out(port: u16) -> String {
    let outcome = stdout_of(&format!(
        "const start = performance.now();
        const options = {{ method: 'GET', url: 'http://127.0.0.1:{port}/', headers: {{}}, timeoutMs: 300 }};
        const error = await httpRequest(options).catch((error) => error);
        process.stdout.write(`${{Math.round(performance.now() - start)}} ${{error.code}} ${{error.phase}}`)"
    ));
    let (elapsed, fault) = outcome.split_once(' ').unwrap();
    assert!((300..2300).contains(&elapsed.parse().unwrap()), "{elapsed} ms");
    fault.to_owned()
}

#[test]
fn refused() {
    assert_eq!(get(&format!("url: 'http://127.0.0.1:{}/'", closed_port())), "ECONNREFUSED connect");
}

#[test]
fn unknown_host() {
    let outcome = get("url: 'http://nosuch.invalid/'");
    assert!(["ENOTFOUND lookup", "EAI_AGAIN lookup"].contains(&outcome.as_str()), "{outcome}");
}

#[test]
fn no_answer_in_time() {
    assert_eq!(time_out(serve(|stream| hang(&stream))), "ETIMEDOUT response");
}

#[test]
fn no_end_of_the_body_in_time() {
    let port = server(|stream| {
        begin_answer(stream);
        hang(stream);
    });
    assert_eq!(time_out(port), "ETIMEDOUT body");
}

#[test]
fn no_free_connection_in_time() {
    let source = format!(
        "const options = {{ method: 'GET', url: 'http://127.0.0.1:{}/', headers: {{}} }};
        const long = Array.from({{ length: 20 }}, () => httpRequest({{ ...options, timeoutMs: 500 }}));
        const error = await httpRequest({{ ...options, timeoutMs: 100 }}).catch((error) => error);
        process.stdout.write(`${{error.code}} ${{error.phase}}`);
        await Promise.allSettled(long)",
        serve(|stream| hang(&stream))
    );
    assert_eq!(stdout_of(&source), "ETIMEDOUT queue");
}

#[test]
fn closed_without_an_answer() {
    assert_eq!(get_from(|_| ()), "ECONNRESET response");
}

#[test]
fn closed_in_the_head() {
    assert_eq!(get_from(|stream| stream.write_all(b"HTTP/1.1 200 OK\r\nConte").unwrap()), "ECONNRESET response");
}

#[test]
fn closed_in_the_body() {
    assert_eq!(get_from(begin_answer), "ECONNRESET body");
}

#[test]
fn not_http() {
    assert_eq!(get_from(|stream| stream.write_all(b"+OK ready\r\n\r\n").unwrap()), "HPE_INVALID_RESPONSE response");
}

#[test]
fn a_body_over_the_limit() {
    assert_eq!(get_from(|stream| answer(stream, 200, &vec![0; 5 << 20])), "ERR_BODY_TOO_LARGE body");
}

#[test]
fn a_body_over_the_limit_of_unknown_length() {
    let outcome = get_from(|stream| {
        let _ = stream.write_all(b"HTTP/1.0 200 OK\r\n\r\n").and_then(|()| stream.write_all(&vec![0; 5 << 20]));
    });
    assert_eq!(outcome, "ERR_BODY_TOO_LARGE body");
}

#[test]
fn bad_urls() {
    for url in [
        "",
        "/path",
        "127.0.0.1/path",
        "ftp://127.0.0.1/",
        "http://",
        "http://a b/",
        "http://127.0.0.1:99999/",
        "http://a:ba/",
    ] {
        assert_eq!(get(&format!("url: '{url}'")), "ERR_INVALID_URL request", "{url}");
    }
}

/// Code, phase and message of a request that is no valid HTTP, before a connection is made.
fn invalid(options: &str) -> (String, String) {
    let options = format!("url: 'http://127.0.0.1:{}/', {options}", closed_port());
    (get(&options), message(&options))
}

#[test]
fn a_header_value_that_is_not_valid() {
    for value in ["secret\\r\\nX: 1", "secret\\n", "secret\\0", "secret\\x7f"] {
        let (outcome, message) = invalid(&format!("headers: {{ a: 'b', Authorization: '{value}' }}"));
        assert_eq!(outcome, "ERR_INVALID_ARG_VALUE request");
        assert_eq!(message, "the value of the header \"Authorization\" is not valid HTTP");
    }
}

#[test]
fn a_header_name_that_is_not_valid() {
    for name in ["", "a b", "a:b", "é", "a\\nb"] {
        let (outcome, message) = invalid(&format!("headers: {{ '{name}': 'secret' }}"));
        assert_eq!(outcome, "ERR_INVALID_ARG_VALUE request");
        assert!(message.starts_with("the header name \"") && !message.contains("secret"), "{message}");
    }
}

#[test]
fn a_method_that_is_not_valid() {
    let expected = ("ERR_INVALID_ARG_VALUE request".to_owned(), "the method is not valid HTTP".to_owned());
    assert_eq!(invalid("method: 'G ET'"), expected);
}

#[test]
fn any_number_of_milliseconds() {
    let port = serve(|stream| answer_all(stream, 200, b""));
    for ms in ["Infinity", "1e300", "Number.MAX_SAFE_INTEGER"] {
        assert_eq!(get(&format!("url: 'http://127.0.0.1:{port}/', timeoutMs: {ms}, hedgeAfterMs: {ms}")), "200 ");
    }
    let port = serve(|stream| hang(&stream));
    for ms in ["NaN", "-1", "-Infinity", "0"] {
        let outcome = get(&format!("url: 'http://127.0.0.1:{port}/', timeoutMs: {ms}"));
        assert!(outcome.starts_with("ETIMEDOUT "), "{ms}: {outcome}");
    }
}

#[test]
fn the_program_goes_on() {
    let port = closed_port();
    let source = format!(
        "const options = {{ method: 'GET', url: 'http://127.0.0.1:{port}/', headers: {{}}, timeoutMs: 10000 }};
        const outcomes = await Promise.allSettled([httpRequest(options), httpRequest(options)]);
        process.stdout.write(outcomes.map(({{ reason }}) => `${{reason instanceof Error}} ${{reason.code}}`).join())"
    );
    assert_eq!(stdout_of(&source), "true ECONNREFUSED,true ECONNREFUSED");
}
