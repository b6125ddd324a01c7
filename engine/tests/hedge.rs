//! `httpRequest` with `hedgeAfterMs`: a second try beside one that stalls.

mod common;

use common::{
    http::{Request, answer, answer_all, get, get_with_hosts},
    namespace,
    server::{hang, kill, listen_at, serve, serve_at, serve_counting, serve_counting_at},
    stdout_of,
};
use std::{
    net::{TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    thread,
    time::Duration,
};

fn hedged(port: u16, timeout_ms: u32) -> String {
    get(&format!("url: 'http://127.0.0.1:{port}/', timeoutMs: {timeout_ms}, hedgeAfterMs: 200"))
}

/// Waits for the engine to close this connection.
fn stall(mut stream: &TcpStream) {
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    let _ = std::io::Read::read_to_end(&mut stream, &mut Vec::new());
}

/// Stalls the first connections, and answers on the others.
fn stalling(connections: usize) -> impl Fn(usize, TcpStream) + Send + Sync + 'static {
    move |number, stream| match number < connections {
        true => stall(&stream),
        false => answer_all(stream, 200, b"hedge"),
    }
}

#[test]
fn a_call_that_stalls_is_sent_once_more() {
    let (port, connections) = serve_counting(stalling(1));
    assert_eq!(hedged(port, 30_000), "200 hedge");
    assert_eq!(connections.load(Ordering::SeqCst), 2);
}

#[test]
fn a_call_that_stalls_at_the_handshake_is_sent_once_more() {
    let (port, connections) = serve_counting(|_, stream| stall(&stream));
    let options = format!("url: 'https://localhost:{port}/', timeoutMs: 3000, hedgeAfterMs: 200");
    assert_eq!(get(&options), "ETIMEDOUT handshake");
    assert!(connections.load(Ordering::SeqCst) >= 2);
}

#[test]
fn a_call_of_which_the_second_try_fails_is_sent_again() {
    let (port, connections) = serve_counting(|number, stream| match number {
        0 => stall(&stream),
        1 | 2 => drop(stream),
        _ => answer_all(stream, 200, b"hedge"),
    });
    assert_eq!(hedged(port, 30_000), "200 hedge");
    assert_eq!(connections.load(Ordering::SeqCst), 4);
}

#[test]
fn the_first_try_counts_after_the_others_have_failed() {
    let (port, _) = serve_counting(|number, mut stream| {
        if number == 0 {
            Request::read(&mut stream);
            thread::sleep(Duration::from_millis(700));
            answer(&mut stream, 200, b"first");
        }
    });
    assert_eq!(hedged(port, 30_000), "200 first");
}

#[test]
fn after_pauses_that_double_while_all_stall() {
    let (port, connections) = serve_counting(|_, stream| stall(&stream));
    // After 0.2, 0.6, 1.4 and 3 s.
    assert_eq!(hedged(port, 3500), "ETIMEDOUT response");
    assert!((3..=5).contains(&connections.load(Ordering::SeqCst)));
}

#[test]
fn a_call_of_which_several_tries_stall_is_answered_by_a_later_one() {
    let (port, connections) = serve_counting(stalling(3));
    assert_eq!(hedged(port, 30_000), "200 hedge");
    assert_eq!(connections.load(Ordering::SeqCst), 4);
}

#[test]
fn never_unless_asked_for() {
    let (port, connections) = serve_counting(|_, stream| stall(&stream));
    assert_eq!(get(&format!("url: 'http://127.0.0.1:{port}/', timeoutMs: 1500")), "ETIMEDOUT response");
    assert_eq!(connections.load(Ordering::SeqCst), 1);
}

#[test]
fn never_once_the_answer_has_begun() {
    let (port, connections) = serve_counting(|_, mut stream| {
        Request::read(&mut stream);
        std::io::Write::write_all(&mut stream, b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n").unwrap();
        thread::sleep(Duration::from_secs(2));
        std::io::Write::write_all(&mut stream, b"slow").unwrap();
    });
    let options = format!("url: 'http://127.0.0.1:{port}/', timeoutMs: 30000, hedgeAfterMs: 1000");
    assert_eq!(get(&options), "200 slow");
    assert_eq!(connections.load(Ordering::SeqCst), 1);
}

/// The first connection's answer comes after the second's failure.
#[test]
fn a_failure_of_the_second_leaves_the_first() {
    let (failed, was_failed) = mpsc::channel();
    let (failed, was_failed) = (Mutex::new(failed), Mutex::new(was_failed));
    let (port, _) = serve_counting(move |number, mut stream| {
        Request::read(&mut stream);
        if number > 0 {
            drop(stream);
            return failed.lock().unwrap().send(()).unwrap();
        }
        was_failed.lock().unwrap().recv().unwrap();
        thread::sleep(Duration::from_millis(100));
        answer(&mut stream, 200, b"first");
    });
    assert_eq!(hedged(port, 30_000), "200 first");
}

#[test]
fn a_failure_of_the_first_leaves_the_second() {
    let (arrived, has_arrived) = mpsc::channel();
    let (arrived, has_arrived) = (Mutex::new(arrived), Mutex::new(has_arrived));
    let (port, _) = serve_counting(move |number, mut stream| {
        Request::read(&mut stream);
        if number == 0 {
            return has_arrived.lock().unwrap().recv().unwrap();
        }
        arrived.lock().unwrap().send(()).unwrap();
        thread::sleep(Duration::from_millis(300));
        answer(&mut stream, 200, b"second");
    });
    assert_eq!(hedged(port, 30_000), "200 second");
}

/// Where it stood: the first had come further than the second, which was refused.
#[test]
fn the_failure_is_that_of_the_try_that_came_further() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        drop(listener);
        stall(&stream);
    });
    assert_eq!(hedged(port, 1500), "ETIMEDOUT response");
}

/// The first is closed while the second, which is stuck before it, goes on to the deadline.
#[test]
fn the_failure_that_came_further_may_be_the_earlier() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        Request::read(&mut stream);
        kill(listener);
        thread::sleep(Duration::from_millis(800));
    });
    assert_eq!(hedged(port, 3000), "ECONNRESET response");
}

#[test]
fn the_other_connection_is_closed() {
    let closed = Arc::new(AtomicBool::new(false));
    let seen = closed.clone();
    let (port, _) = serve_counting(move |number, mut stream| {
        if number == 0 {
            stall(&stream);
            return closed.store(true, Ordering::SeqCst);
        }
        while Request::read(&mut stream).is_some() {
            answer(&mut stream, 200, seen.load(Ordering::SeqCst).to_string().as_bytes());
        }
    });
    let source = format!(
        "const options = {{ method: 'GET', url: 'http://127.0.0.1:{port}/', headers: {{}}, timeoutMs: 10000, hedgeAfterMs: 200 }};
        let closed;
        for (let polls = 0; closed !== 'true' && polls < 500; polls++) {{
            closed = new TextDecoder().decode((await httpRequest(options)).body);
            await new Promise((resolve) => setTimeout(resolve, 20));
        }}
        process.stdout.write(closed)"
    );
    assert_eq!(stdout_of(&source), "true");
}

fn parallel(port: u16, calls: u32, hedge_after_ms: u32) -> String {
    stdout_of(&format!(
        "const options = {{ method: 'GET', url: 'http://127.0.0.1:{port}/', headers: {{}}, timeoutMs: 30000, hedgeAfterMs: {hedge_after_ms} }};
        const answers = await Promise.all(Array.from({{ length: {calls} }}, () => httpRequest(options)));
        process.stdout.write(String(answers.filter((answer) => answer.status === 200).length))"
    ))
}

#[test]
fn calls_that_stall_keep_none_from_being_sent_once_more() {
    let (port, connections) = serve_counting(stalling(20));
    assert_eq!(parallel(port, 50, 2000), "50");
    assert_eq!(connections.load(Ordering::SeqCst), 40);
}

/// The second half of them waits for its turn for most of that time.
#[test]
fn a_call_that_waits_for_its_turn_is_not_sent_twice() {
    let (port, connections) = serve_counting(|_, mut stream| {
        while Request::read(&mut stream).is_some() {
            thread::sleep(Duration::from_millis(1500));
            answer(&mut stream, 200, b"");
        }
    });
    assert_eq!(parallel(port, 40, 2700), "40");
    assert_eq!(connections.load(Ordering::SeqCst), 20);
}

/// On a kept connection, which then says nothing.
#[test]
fn a_call_on_a_kept_connection_is_sent_once_more() {
    let (port, connections) = serve_counting(|_, mut stream| {
        Request::read(&mut stream);
        answer(&mut stream, 200, b"");
        stall(&stream);
    });
    let source = format!(
        "const options = {{ method: 'GET', url: 'http://127.0.0.1:{port}/', headers: {{}}, timeoutMs: 30000, hedgeAfterMs: 200 }};
        process.stdout.write(`${{(await httpRequest(options)).status}} ${{(await httpRequest(options)).status}}`)"
    );
    assert_eq!(stdout_of(&source), "200 200");
    assert_eq!(connections.load(Ordering::SeqCst), 2);
}

const TWO_HOSTS: &str = "127.0.0.2 several.test\n127.0.0.3 several.test\n";

fn hedged_to_two(port: u16) -> String {
    get_with_hosts(TWO_HOSTS, &format!("url: 'http://several.test:{port}/', timeoutMs: 30000, hedgeAfterMs: 400"))
}

/// Whichever comes first: one address stalls every connection.
#[test]
fn the_second_try_goes_to_another_address() {
    if !namespace::is_possible() {
        return;
    }
    for stalled in [0, 1] {
        let listeners = listen_at(["127.0.0.2", "127.0.0.3"]);
        let port = listeners[0].local_addr().unwrap().port();
        for (index, listener) in listeners.into_iter().enumerate() {
            match index == stalled {
                true => serve_at(listener, |stream| hang(&stream)),
                false => serve_at(listener, |stream| answer_all(stream, 200, b"another")),
            };
        }
        assert_eq!(hedged_to_two(port), "200 another");
    }
}

#[test]
fn the_second_try_comes_back_where_the_other_address_is_dead() {
    if !namespace::is_possible() {
        return;
    }
    for dead in [0, 1] {
        let mut listeners = listen_at(["127.0.0.2", "127.0.0.3"]);
        listeners.rotate_left(dead);
        let [dead, live] = listeners;
        kill(dead);
        let (port, connections) = serve_counting_at(live, stalling(1));
        assert_eq!(hedged_to_two(port), "200 hedge");
        assert_eq!(connections.load(Ordering::SeqCst), 2);
    }
}

#[test]
fn an_answer_that_is_no_success_is_an_answer() {
    let port = serve(|stream| answer_all(stream, 503, b"busy"));
    assert_eq!(hedged(port, 10_000), "503 busy");
}
