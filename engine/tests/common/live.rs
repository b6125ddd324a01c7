//! A program with a server of its own: a process of the engine, and clients that speak to it byte by byte.

use super::Program;
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{Shutdown, TcpStream},
    process::{Child, ChildStdout, Stdio},
    time::{Duration, Instant},
};

pub const GET: &str = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

/// Ends with the test.
pub struct Live {
    pub child: Child,
    pub port: u16,
    output: BufReader<ChildStdout>,
    _program: Program,
}

impl Live {
    /// With this body of the listener, which has `request` and `response`.
    pub fn start(listener: &str) -> Self {
        Self::with("", listener, "")
    }

    /// With these further options, and with statements after `server` is there and before it listens.
    pub fn with(options: &str, listener: &str, statements: &str) -> Self {
        let source = format!(
            "import {{ createServer }} from 'node:http';
            const say = (text) => process.stdout.write(`${{text}}\\n`);
            const server = createServer({{ {options} }}, (request, response) => {{ {listener} }});
            {statements}
            server.listen({{ port: 0, host: '127.0.0.1' }}, () => say(server.address().port));"
        );
        let program = Program::new(&source);
        let mut child = program.command().stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let mut live = Self { child, port: 0, output, _program: program };
        live.port = live.line().parse().unwrap();
        live
    }

    /// What the program says next.
    pub fn line(&mut self) -> String {
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream.set_nodelay(true).unwrap();
        stream
    }

    /// The body of the answer to a GET.
    pub fn get(&self) -> String {
        ask(&mut self.connect(), GET).text()
    }

    /// All that is answered on a connection of its own, which the server has to close.
    pub fn last_words(&self, request: impl AsRef<[u8]>) -> String {
        let mut stream = self.connect();
        // The server may be done before it has read everything.
        let _ = stream.write_all(request.as_ref());
        rest(&mut stream)
    }

    pub fn signal(&self, signal: i32) {
        assert_eq!(unsafe { libc::kill(self.child.id() as i32, signal) }, 0);
    }

    /// Exit status and standard error, of a program that ends by itself.
    pub fn end(mut self) -> (Option<i32>, String) {
        let deadline = Instant::now() + Duration::from_secs(20);
        while self.child.try_wait().unwrap().is_none() {
            assert!(Instant::now() < deadline, "the program does not end");
            std::thread::sleep(Duration::from_millis(10));
        }
        let mut errors = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut errors).unwrap();
        (self.child.wait().unwrap().code(), errors)
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub struct Answer {
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    /// One with a length.
    pub fn read(stream: &mut impl Read) -> Self {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            stream.read_exact(&mut byte).unwrap_or_else(|error| panic!("{error} after {head:?}"));
            head.extend(byte);
        }
        let mut answer = Self { head: String::from_utf8(head).unwrap(), body: Vec::new() };
        answer.body.resize(answer.header("content-length").expect("a length").parse().unwrap(), 0);
        stream.read_exact(&mut answer.body).unwrap();
        answer
    }

    pub fn status(&self) -> &str {
        &self.head[9..12]
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.head.lines().filter_map(|line| line.split_once(": "));
        headers.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    pub fn text(self) -> String {
        String::from_utf8(self.body).unwrap()
    }
}

pub fn ask(stream: &mut TcpStream, request: impl AsRef<[u8]>) -> Answer {
    stream.write_all(request.as_ref()).unwrap();
    Answer::read(stream)
}

/// What comes until the server closes the connection.
pub fn rest(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap_or_else(|error| panic!("{error} after {bytes:?}"));
    String::from_utf8(bytes).unwrap()
}

pub fn send_no_more(stream: &TcpStream) {
    stream.shutdown(Shutdown::Write).unwrap();
}
