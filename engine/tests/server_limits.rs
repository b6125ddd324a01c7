//! `createServer` where there is little of something, and where much is asked of it.
#![cfg(feature = "server")]

mod common;

use common::live::{Answer, GET, Live, ask, rest};
use std::{
    fs,
    io::{Read, Write},
    net::TcpStream,
    thread::sleep,
    time::Duration,
};

/// In megabytes.
fn memory_of(live: &Live) -> usize {
    let pages = fs::read_to_string(format!("/proc/{}/statm", live.child.id())).unwrap();
    pages.split(' ').nth(1).unwrap().parse::<usize>().unwrap() / 256
}

/// Neither by garbage in cycles, nor by what hyper has read with a request.
#[test]
fn memory_does_not_grow_with_requests() {
    let live = Live::start(
        "const cycle = { request, response }; cycle.self = cycle;
        response.on('close', () => cycle.closed = true);
        response.end(request.headers.host + request.rawHeaders.length)",
    );
    let serve = |count| {
        let mut stream = live.connect();
        for _ in 0..count / 100 {
            stream.write_all(GET.repeat(100).as_bytes()).unwrap();
            (0..100).for_each(|_| assert_eq!(Answer::read(&mut stream).text(), "a2"));
        }
        memory_of(&live)
    };
    let (before, after) = (serve(5000), serve(20_000));
    assert!(after <= before + 2, "{before} MB, then {after} MB");
}

#[test]
fn memory_does_not_grow_with_connections() {
    let live = Live::start("if (request.url === '/') response.end('answer')");
    let serve = |count| {
        for number in 0..count {
            let mut stream = live.connect();
            match number % 4 {
                0 => drop(stream),
                1 => stream.write_all(b"GET /never HTTP/1.1\r\n").unwrap(),
                2 => stream.write_all(b"GET /never HTTP/1.1\r\nHost: a\r\n\r\n").unwrap(),
                _ => assert_eq!(ask(&mut stream, GET).text(), "answer"),
            }
        }
        memory_of(&live)
    };
    let (before, after) = (serve(1000), serve(4000));
    assert!(after <= before + 2, "{before} MB, then {after} MB");
}

/// Those that wait for a descriptor are served when there is one.
#[test]
fn too_few_descriptors_are_no_end() {
    let live = Live::start("response.end('answer')");
    let limit = libc::rlimit { rlim_cur: 20, rlim_max: 20 };
    let set = unsafe { libc::prlimit(live.child.id() as i32, libc::RLIMIT_NOFILE, &limit, std::ptr::null_mut()) };
    assert_eq!(set, 0);
    let mut streams: Vec<TcpStream> = (0..40).map(|_| live.connect()).collect();
    assert_eq!(ask(&mut streams[0], GET).text(), "answer");
    let mut last = streams.pop().unwrap();
    last.write_all(GET.as_bytes()).unwrap();
    last.set_read_timeout(Some(Duration::from_millis(300))).unwrap();
    assert!(last.read(&mut [0]).is_err());
    drop(streams);
    last.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    assert_eq!(Answer::read(&mut last).text(), "answer");
}

/// Bytes of requests with some of them changed, left out or doubled: whatever the answer, the next client has its own.
#[test]
fn no_bytes_end_the_program() {
    let live =
        Live::with("headersTimeout: 300, requestTimeout: 300, keepAliveTimeout: 300", "response.end('answer')", "");
    let request = b"POST /a?b HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: x\r\n\r\nbody!GET * HTTP/1.0\r\n\r\n";
    let mut seed = 1u32;
    let mut random = |below: usize| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) as usize % below
    };
    let mut streams = Vec::new();
    for _ in 0..2000 {
        let mut bytes = request.repeat(1 + random(2));
        for _ in 0..1 + random(3) {
            let at = random(bytes.len());
            match random(4) {
                0 => bytes[at] = random(256) as u8,
                1 => drop(bytes.remove(at)),
                2 => bytes.insert(at, b"\r\n :,\0\xff0"[random(8)]),
                _ => bytes.truncate(at.max(9)),
            }
        }
        let mut stream = live.connect();
        let _ = stream.write_all(&bytes);
        streams.push(stream);
        if streams.len() == 50 {
            streams.clear();
        }
    }
    assert_eq!(live.get(), "answer");
}

#[test]
fn a_backlog_is_served() {
    let live = Live::start("response.end('answer')");
    live.signal(libc::SIGSTOP);
    let mut streams: Vec<TcpStream> = (0..100).map(|_| live.connect()).collect();
    let close = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    streams.iter_mut().for_each(|stream| stream.write_all(close.as_bytes()).unwrap());
    sleep(Duration::from_millis(100));
    live.signal(libc::SIGCONT);
    for stream in &mut streams {
        assert!(rest(stream).ends_with("answer"));
    }
}
