//! `createServer` and time: clients that are slow or silent, pauses of the whole process, rest while nothing is to do.
#![cfg(feature = "server")]

mod common;

use common::live::{Answer, GET, Live, ask, rest};
use std::{
    fs,
    io::Write,
    thread::{self, sleep},
    time::{Duration, Instant},
};

const TIMED_OUT: &str = "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n";
const ANSWER: &str = "response.end(request.url)";

fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

/// Times as the test asks for them, but for the machine's.
fn assert_takes(expected: Duration, work: impl FnOnce()) {
    let start = Instant::now();
    work();
    let elapsed = start.elapsed();
    assert!(elapsed >= expected - ms(50) && elapsed < expected + ms(5000), "{elapsed:?}");
}

#[test]
fn headers_that_take_too_long_are_408() {
    let live = Live::with("headersTimeout: 500, keepAliveTimeout: 60000", ANSWER, "");
    assert_takes(ms(500), || assert_eq!(rest(&mut live.connect()), TIMED_OUT));
    let mut kept = live.connect();
    ask(&mut kept, GET);
    // Longer than it may take from the first byte to the last.
    sleep(ms(700));
    let mut sender = kept.try_clone().unwrap();
    assert_takes(ms(500), || {
        let dribble = thread::spawn(move || {
            for byte in GET.as_bytes() {
                let _ = sender.write_all(&[*byte]);
                sleep(ms(40));
            }
        });
        assert_eq!(rest(&mut kept), TIMED_OUT);
        dribble.join().unwrap();
    });
}

#[test]
fn headers_may_come_in_pieces() {
    let live = Live::with("headersTimeout: 5000", ANSWER, "");
    let mut stream = live.connect();
    for byte in GET.as_bytes() {
        stream.write_all(&[*byte]).unwrap();
        sleep(ms(1));
    }
    assert_eq!(Answer::read(&mut stream).text(), "/");
}

#[test]
fn an_idle_connection_ends_after_its_time() {
    let live = Live::with("keepAliveTimeout: 1500, headersTimeout: 100", ANSWER, "");
    let mut stream = live.connect();
    assert_eq!(ask(&mut stream, GET).header("keep-alive"), Some("timeout=1"));
    for _ in 0..3 {
        sleep(ms(700));
        ask(&mut stream, GET);
    }
    assert_takes(ms(1500), || assert_eq!(rest(&mut stream), ""));
}

#[test]
fn a_body_that_takes_too_long_ends_the_connection() {
    let live = Live::with("requestTimeout: 500, keepAliveTimeout: 60000", ANSWER, "");
    let mut stream = live.connect();
    assert_takes(ms(500), || {
        let head = "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nbegin";
        assert_eq!(ask(&mut stream, head).text(), "/a");
        assert_eq!(rest(&mut stream), "");
    });
}

#[test]
fn without_limits_nothing_ends() {
    let options = "requestTimeout: 0, headersTimeout: 0, keepAliveTimeout: 0";
    let live = Live::with(options, ANSWER, "");
    let mut stream = live.connect();
    sleep(ms(300));
    assert_eq!(ask(&mut stream, GET).header("keep-alive"), None);
    sleep(ms(300));
    assert_eq!(ask(&mut stream, GET).text(), "/");
}

/// A listener may take longer than any of the limits.
#[test]
fn a_request_that_waits_for_its_answer_has_no_limit() {
    let options = "requestTimeout: 100, headersTimeout: 100, keepAliveTimeout: 100";
    let live = Live::with(options, "setTimeout(() => response.end('late'), 600)", "");
    assert_eq!(live.get(), "late");
}

/// How often the process has slept and been woken.
fn wake_ups(live: &Live) -> u64 {
    let tasks = fs::read_dir(format!("/proc/{}/task", live.child.id())).unwrap();
    let count = |task: fs::DirEntry| {
        let status = fs::read_to_string(task.path().join("status")).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:")).unwrap();
        line.trim().parse::<u64>().unwrap()
    };
    tasks.map(|task| count(task.unwrap())).sum()
}

#[test]
fn a_server_at_rest_does_not_wake() {
    let live = Live::with("keepAliveTimeout: 60000", ANSWER, "clearTimeout(setTimeout(() => {}, 50));");
    let mut streams: Vec<_> = (0..50).map(|_| live.connect()).collect();
    streams.iter_mut().for_each(|stream| drop(ask(stream, GET)));
    sleep(ms(300));
    let before = wake_ups(&live);
    sleep(ms(10_000));
    let woken = wake_ups(&live) - before;
    // Far deadlines are sorted in again as they come nearer.
    assert!(woken <= 4, "{woken} times");
}

#[test]
fn a_pause_of_the_process_loses_no_request() {
    let live = Live::with("keepAliveTimeout: 500, headersTimeout: 500", ANSWER, "");
    let mut streams: Vec<_> = (0..50).map(|_| live.connect()).collect();
    streams.iter_mut().for_each(|stream| drop(ask(stream, GET)));
    live.signal(libc::SIGSTOP);
    for (number, stream) in streams.iter_mut().enumerate() {
        stream.write_all(format!("GET /{number} HTTP/1.1\r\nHost: a\r\n\r\n").as_bytes()).unwrap();
    }
    // Every deadline passes, and each connection has a request.
    sleep(ms(1000));
    live.signal(libc::SIGCONT);
    for (number, stream) in streams.iter_mut().enumerate() {
        assert_eq!(Answer::read(stream).text(), format!("/{number}"));
    }
}

#[test]
fn pauses_amid_traffic_lose_nothing() {
    let live = Live::start(ANSWER);
    thread::scope(|scope| {
        for client in 0..10 {
            let mut stream = live.connect();
            scope.spawn(move || {
                for number in 0..300 {
                    let url = format!("/{client}/{number}");
                    assert_eq!(ask(&mut stream, format!("GET {url} HTTP/1.1\r\nHost: a\r\n\r\n")).text(), url);
                }
            });
        }
        for _ in 0..10 {
            live.signal(libc::SIGSTOP);
            sleep(ms(30));
            live.signal(libc::SIGCONT);
            sleep(ms(30));
        }
    });
}
