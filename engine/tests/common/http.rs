//! HTTP/1.1: the server's side on any stream, the client's side in JavaScript.

use super::{Program, namespace, stdout_of, success, text};
use std::io::{Read, Write};

pub struct Request {
    pub head: String,
    pub body: Vec<u8>,
}

impl Request {
    /// The next one on this connection, if any.
    pub fn read(stream: &mut impl Read) -> Option<Self> {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            stream.read_exact(&mut byte).ok()?;
            head.extend(byte);
        }
        let head = String::from_utf8(head).unwrap();
        let mut request = Self { head, body: Vec::new() };
        request.body.resize(request.header("content-length").map_or(0, |length| length.parse().unwrap()), 0);
        stream.read_exact(&mut request.body).ok()?;
        Some(request)
    }

    pub fn line(&self) -> &str {
        self.head.lines().next().unwrap()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let headers = self.head.lines().filter_map(|line| line.split_once(": "));
        headers.filter(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value).next()
    }
}

/// Answers every request on this connection in the same way.
pub fn answer_all(mut stream: impl Read + Write, status: u16, body: &[u8]) {
    while Request::read(&mut stream).is_some() {
        answer(&mut stream, status, body);
    }
}

pub fn answer(stream: &mut impl Write, status: u16, body: &[u8]) {
    let head = format!("HTTP/1.1 {status} Status\r\nContent-Length: {}\r\n\r\n", body.len());
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
}

/// Sends a GET with these further properties of `httpRequest`'s options: status and body, else code and phase.
pub fn get(options: &str) -> String {
    stdout_of(&get_program(options))
}

/// As `get`, where the machine's /etc/hosts has this content.
pub fn get_with_hosts(hosts: &str, options: &str) -> String {
    text(success(namespace::with_hosts(hosts, &Program::new(&get_program(options)))))
}

pub fn get_program(options: &str) -> String {
    let fields = "`${answer.status} ${new TextDecoder().decode(answer.body)}`";
    program(options, fields, "`${error.code} ${error.phase}`")
}

/// As `get`, for the message of the error.
pub fn message(options: &str) -> String {
    stdout_of(&program(options, "'no error'", "error.message"))
}

fn program(options: &str, on_answer: &str, on_error: &str) -> String {
    format!(
        "const sent = httpRequest({{ method: 'GET', headers: {{}}, timeoutMs: 10000, {options} }});
        process.stdout.write(await sent.then((answer) => {on_answer}, (error) => {on_error}));"
    )
}
