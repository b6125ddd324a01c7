//! `createServer` with clients that are many, that vanish, and that it sends away.
#![cfg(feature = "server")]

mod common;

use common::live::{Answer, GET, Live, ask, rest, send_no_more};
use std::{
    io::{Read, Write},
    thread,
    time::Duration,
};

#[test]
fn fifty_connections_each_have_their_own_answers() {
    let live = Live::start(
        "const end = () => response.end(request.url);
        const number = Number(request.url.split('/')[2]);
        if (number % 7 === 0) setTimeout(end, 1); else if (number % 5 === 0) Promise.resolve().then(end); else end()",
    );
    thread::scope(|scope| {
        for client in 0..50 {
            let mut stream = live.connect();
            scope.spawn(move || {
                for round in 0..20 {
                    let urls: Vec<_> = (0..10).map(|number| format!("/{client}/{}", 10 * round + number)).collect();
                    let requests = urls.iter().map(|url| format!("GET {url} HTTP/1.1\r\nHost: a\r\n\r\n"));
                    stream.write_all(requests.collect::<String>().as_bytes()).unwrap();
                    for url in urls {
                        assert_eq!(Answer::read(&mut stream).text(), url);
                    }
                }
            });
        }
    });
}

/// `close` comes once, whether the client has had its answer or gone away.
#[test]
fn the_program_hears_of_clients_that_vanish() {
    let mut live = Live::start(
        "response.on('close', () => say(`${request.url} ${response.writableEnded}`));
        if (request.url !== '/never') response.end('answer')",
    );
    let mut stream = live.connect();
    ask(&mut stream, "GET /answered HTTP/1.1\r\nHost: a\r\n\r\n");
    assert_eq!(live.line(), "/answered true");
    stream.write_all(b"GET /never HTTP/1.1\r\nHost: a\r\n\r\n").unwrap();
    thread::sleep(Duration::from_millis(100));
    drop(stream);
    assert_eq!(live.line(), "/never false");
    assert_eq!(live.get(), "answer");
}

#[test]
fn clients_that_vanish_amid_an_answer_do_no_harm() {
    let mut live = Live::start(
        "response.on('close', () => say(request.url));
        response.end(new Uint8Array(request.url === '/large' ? 8 << 20 : 1))",
    );
    for _ in 0..20 {
        let mut stream = live.connect();
        stream.write_all(b"GET /large HTTP/1.1\r\nHost: a\r\n\r\n").unwrap();
        stream.read_exact(&mut [0; 100]).unwrap();
        drop(stream);
        assert_eq!(live.line(), "/large");
    }
    assert_eq!(ask(&mut live.connect(), GET).body, [0]);
}

#[test]
fn a_slow_reader_has_its_whole_answer() {
    let live = Live::with("keepAliveTimeout: 200", "response.end(new Uint8Array(4 << 20))", "");
    let mut stream = live.connect();
    stream.write_all(GET.as_bytes()).unwrap();
    thread::sleep(Duration::from_millis(600));
    assert_eq!(Answer::read(&mut stream).body.len(), 4 << 20);
}

/// As in Node: what is answered at once is answered; what is not, is given up with the client.
#[test]
fn a_client_may_send_no_more() {
    let mut live = Live::start(
        "response.on('close', () => say(`${request.url} ${response.writableEnded}`));
        const large = new Uint8Array(4 << 20);
        if (request.url === '/') response.end('answer');
        if (request.url === '/soon') Promise.resolve().then(() => response.end('answer'));
        if (request.url === '/large') Promise.resolve().then(() => response.end(large))",
    );
    for (path, count) in [("/", 1), ("/", 3), ("/soon", 1), ("/soon", 3), ("/", 40)] {
        let mut stream = live.connect();
        stream.write_all(GET.replacen("/", path, 1).repeat(count).as_bytes()).unwrap();
        send_no_more(&stream);
        assert_eq!(rest(&mut stream).matches("\r\n\r\nanswer").count(), count);
        (0..count).for_each(|_| assert_eq!(live.line(), format!("{path} true")));
    }
    let mut ask = |path, close| {
        let mut stream = live.connect();
        stream.write_all(format!("GET {path} HTTP/1.1\r\nHost: a\r\n{close}\r\n").as_bytes()).unwrap();
        send_no_more(&stream);
        thread::sleep(Duration::from_millis(100));
        (rest(&mut stream).len(), live.line())
    };
    for close in ["", "Connection: close\r\n"] {
        let (length, line) = ask("/large", close);
        assert!(length > 4 << 20 && line == "/large true", "{length} {line}");
        assert_eq!(ask("/never", close), (0, "/never false".to_owned()));
    }
}

#[test]
fn one_connection_too_many_is_closed() {
    let live = Live::with("", "response.end(String(server.maxConnections))", "server.maxConnections = 2;");
    let mut kept = [live.connect(), live.connect()];
    for stream in &mut kept {
        assert_eq!(ask(stream, GET).text(), "2");
    }
    let mut refused = live.connect();
    assert_eq!(rest(&mut refused), "");
    assert_eq!(ask(&mut kept[0], GET).text(), "2");
    drop(kept);
    thread::sleep(Duration::from_millis(300));
    assert_eq!(live.get(), "2");
}

#[test]
fn closing_answers_what_has_come_and_then_ends() {
    let mut live = Live::start(
        "if (request.url === '/') return setTimeout(() => response.end('late'), 900);
        if (request.url === '/idle') return response.end();
        server.close((error) => say(`closed ${error}`));
        say(String(server.address()));
        response.end('closing')",
    );
    let [mut idle, mut silent, mut waiting, mut closing] = [(); 4].map(|()| live.connect());
    ask(&mut idle, "GET /idle HTTP/1.1\r\nHost: a\r\n\r\n");
    waiting.write_all(GET.as_bytes()).unwrap();
    thread::sleep(Duration::from_millis(300));
    assert_eq!(ask(&mut closing, "GET /close HTTP/1.1\r\nHost: a\r\n\r\n").header("connection"), Some("close"));
    assert_eq!(live.line(), "null");
    for stream in [&mut idle, &mut silent, &mut closing] {
        assert_eq!(rest(stream), "");
    }
    let answer = rest(&mut waiting);
    assert!(answer.contains("connection: close") && answer.ends_with("\r\n\r\nlate"), "{answer}");
    assert_eq!(live.line(), "closed undefined");
    assert_eq!(live.end(), (Some(0), String::new()));
}

#[test]
fn all_connections_can_be_closed_at_once() {
    let mut live = Live::start(
        "response.on('close', () => say(`gone ${response.writableEnded}`));
        if (request.url !== '/all') return;
        server.close(() => say('closed'));
        server.closeAllConnections()",
    );
    let (mut first, mut second) = (live.connect(), live.connect());
    first.write_all(GET.as_bytes()).unwrap();
    thread::sleep(Duration::from_millis(300));
    second.write_all(b"GET /all HTTP/1.1\r\nHost: a\r\n\r\n").unwrap();
    assert_eq!((rest(&mut first).as_str(), rest(&mut second).as_str()), ("", ""));
    assert_eq!([live.line(), live.line(), live.line()], ["gone false", "gone false", "closed"]);
    assert_eq!(live.end(), (Some(0), String::new()));
}
