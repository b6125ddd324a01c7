//! `node:http`'s `createServer`, as a program has it.
#![cfg(feature = "server")]

mod common;

use common::{
    live::{Answer, GET, Live, ask},
    run, stdout_of,
};
use std::io::Write;

#[test]
fn a_request_has_its_parts() {
    let live = Live::start(
        "const { method, url, headers, rawHeaders } = request;
        response.end(JSON.stringify([method, url, headers, rawHeaders, request.headers === headers]))",
    );
    let request = "POST /a/../%2F?b=%zz&c HTTP/1.1\r\nHOST: a:1\r\nX-One: 1\r\nx-one:  2 \r\nEmpty:\r\n\r\n";
    let parts = r#"["POST","/a/../%2F?b=%zz&c",{"host":"a:1","x-one":"1, 2","empty":""},"#;
    let raw = r#"["host","a:1","x-one","1","x-one","2","empty",""],true]"#;
    assert_eq!(ask(&mut live.connect(), request).text(), format!("{parts}{raw}"));
}

/// As Node documents it.
#[test]
fn headers_that_come_twice_are_joined_or_the_first() {
    let live = Live::start("response.end(JSON.stringify(request.headers))");
    let twice = |name| format!("{name}: 1\r\n{name}: 2\r\n");
    let headers: String = ["Host", "Authorization", "User-Agent", "Cookie", "Set-Cookie", "Accept"].map(twice).concat();
    let expected =
        r#"{"host":"1","authorization":"1","user-agent":"1","cookie":"1; 2","set-cookie":["1","2"],"accept":"1, 2"}"#;
    assert_eq!(ask(&mut live.connect(), format!("GET / HTTP/1.1\r\n{headers}\r\n")).text(), expected);
}

#[test]
fn a_headers_bytes_are_characters() {
    let live = Live::start("const x = request.headers['x']; response.writeHead(200, { X: x }); response.end(x)");
    let mut stream = live.connect();
    stream.write_all(b"GET / HTTP/1.1\r\nHost: a\r\nX: \x80\xe9\xff\r\n\r\n").unwrap();
    let mut bytes = [0; 512];
    let length = std::io::Read::read(&mut stream, &mut bytes).unwrap();
    let answer = &bytes[..length];
    assert!(answer.windows(8).any(|part| part == b"x: \x80\xe9\xff\r\n"), "{answer:?}");
    assert!(answer.ends_with("\u{80}éÿ".as_bytes()), "{answer:?}");
}

#[test]
fn an_answer_has_status_headers_and_body() {
    let live = Live::start(
        "const before = [response.headersSent, response.writableEnded];
        response.writeHead(404, { 'Content-Type': 'text/plain', 'X-Count': 2, 'X-Two': ['a', 'b'], 'Content-Length': 99 });
        response.end(`${before} ${response.headersSent} ${response.writableEnded}`)",
    );
    let answer = ask(&mut live.connect(), GET);
    assert_eq!(answer.status(), "404");
    let names = ["content-type", "x-count", "x-two", "content-length", "keep-alive"];
    let values = names.map(|name| answer.header(name).unwrap());
    assert_eq!(values, ["text/plain", "2", "a", "22", "timeout=5"]);
    assert_eq!(answer.text(), "false,false true false");
}

#[test]
fn bodies_are_exact() {
    let live = Live::start(
        "const length = Number(request.url.slice(1));
        response.end(new Uint8Array(length).map((_, index) => (index * 7) % 256))",
    );
    let mut stream = live.connect();
    for length in [0, 1, 255, 4096, 64 << 10, 3 << 20] {
        let body = ask(&mut stream, format!("GET /{length} HTTP/1.1\r\nHost: a\r\n\r\n")).body;
        assert!(body.len() == length && body.iter().enumerate().all(|(index, byte)| *byte == (index * 7) as u8));
    }
}

#[test]
fn text_is_utf_8() {
    let live = Live::start("response.end('ü€\\ud800')");
    assert_eq!(live.get(), "ü€\u{fffd}");
}

#[test]
fn what_cannot_be_sent_is_an_error() {
    let live = Live::start(
        "const code = (work) => { try { work(); return 'none' } catch (error) { return error.code } };
        const codes = [
            () => response.writeHead(100), () => response.writeHead(1000), () => response.writeHead(200.5),
            () => response.writeHead(200, { 'a b': 'x' }), () => response.writeHead(200, { a: 'x\\r\\nb: y' }),
            () => response.writeHead(200, { a: '\\u0100' }), () => response.writeHead(200, { a: undefined }),
            () => response.end(7), () => response.on('finish', () => {}),
            () => response.writeHead(200), () => response.writeHead(200),
        ].map(code);
        response.end(JSON.stringify(codes)); response.end('again')",
    );
    let expected = r#"["ERR_HTTP_INVALID_STATUS_CODE","ERR_HTTP_INVALID_STATUS_CODE","ERR_HTTP_INVALID_STATUS_CODE","ERR_INVALID_HTTP_TOKEN","ERR_INVALID_CHAR","ERR_INVALID_CHAR","ERR_HTTP_INVALID_HEADER_VALUE","ERR_INVALID_ARG_TYPE","ERR_INVALID_ARG_VALUE","none","ERR_HTTP_HEADERS_SENT"]"#;
    assert_eq!(live.get(), expected);
}

#[test]
fn a_listener_that_throws_answers_500_and_says_no_more() {
    let mut live = Live::start(
        "response.on('close', () => { if (request.url === '/2') throw new Error('secret') });
        if (request.url === '/0') throw new Error('secret');
        if (request.url === '/1') { response.end('first'); throw new Error('secret') }
        if (request.url === '/end') process.exit(0);
        response.end('fine')",
    );
    let mut stream = live.connect();
    let mut get = |path: &str| ask(&mut stream, format!("GET {path} HTTP/1.1\r\nHost: a\r\n\r\n"));
    assert_eq!(get("/0").status(), "500");
    assert_eq!(get("/1").text(), "first");
    assert_eq!(get("/2").text(), "fine");
    assert_eq!(get("/3").text(), "fine");
    live.connect().write_all(b"GET /end HTTP/1.1\r\nHost: a\r\n\r\n").unwrap();
    assert_eq!(live.line(), "");
    assert_eq!(live.end(), (Some(0), "engine: uncaught error in a request's listener\n".repeat(3)));
}

/// An `async` listener that has failed, say.
#[test]
fn a_response_that_nothing_refers_to_is_500() {
    let live = Live::start("Promise.resolve().then(() => request.nosuch.thing).catch(() => {})");
    assert_eq!(ask(&mut live.connect(), GET).status(), "500");
}

#[test]
fn answers_may_come_later_and_in_any_order() {
    let live = Live::start("setTimeout(() => response.end(request.url), request.url === '/slow' ? 300 : 1)");
    let (mut slow, mut fast) = (live.connect(), live.connect());
    slow.write_all(b"GET /slow HTTP/1.1\r\nHost: a\r\n\r\n").unwrap();
    assert_eq!(ask(&mut fast, "GET /fast HTTP/1.1\r\nHost: a\r\n\r\n").text(), "/fast");
    assert_eq!(Answer::read(&mut slow).text(), "/slow");
}

#[test]
fn an_address_has_its_family() {
    let live = Live::start("response.end(JSON.stringify(server.address()))");
    let expected = format!(r#"{{"address":"127.0.0.1","family":"IPv4","port":{}}}"#, live.port);
    assert_eq!(live.get(), expected);
}

#[test]
fn an_address_in_use_is_nodes_error() {
    let live = Live::start("");
    let source = |on_error: &str| {
        format!(
            "import {{ createServer }} from 'http';
            const server = createServer({{}}, () => {{}});
            {on_error}
            server.listen({{ port: {}, host: '127.0.0.1' }}, () => process.stdout.write('listens'));",
            live.port
        )
    };
    let on_error = "server.on('error', ({ message, code, syscall, address, port, errno }) =>
        process.stdout.write([message, code, syscall, address, port, errno, server.address()].join()));";
    let port = live.port;
    let expected = format!("listen EADDRINUSE: 127.0.0.1:{port},EADDRINUSE,listen,127.0.0.1,{port},-98,");
    assert_eq!(stdout_of(&source(on_error)), expected);
    let output = run(&source(""), &[""; 0]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(output.stderr, format!("engine: uncaught error: listen EADDRINUSE: 127.0.0.1:{port}\n").as_bytes());
}

#[test]
fn an_address_of_another_machine_is_nodes_error() {
    let source = "import http from 'node:http';
        const server = http.createServer({}, () => {});
        server.on('error', ({ code, address }) => process.stdout.write(`${code} ${address}`));
        server.listen({ port: 0, host: '192.0.2.1' });";
    assert_eq!(stdout_of(source), "EADDRNOTAVAIL 192.0.2.1");
}

#[test]
fn a_server_that_has_closed_can_listen_again() {
    let source = "import { createServer } from 'node:http';
        const server = createServer({}, () => {});
        const codes = [];
        const code = (work) => { try { work(); codes.push('none') } catch (error) { codes.push(error.code) } };
        const here = { port: 0, host: '127.0.0.1' };
        server.close(({ code }) => codes.push(code));
        server.listen(here, () => server.close(() => server.listen(here, () => server.close(() =>
            process.stdout.write(codes.join())))));
        code(() => server.listen(here));
        for (const wrong of [{ port: 65536 }, { port: -1 }, { host: 'localhost' }, { host: undefined }])
            code(() => createServer({}, () => {}).listen({ ...here, ...wrong }))";
    let wrong = "ERR_SOCKET_BAD_PORT,ERR_SOCKET_BAD_PORT,ERR_INVALID_ARG_VALUE,ERR_INVALID_ARG_VALUE";
    assert_eq!(stdout_of(source), format!("ERR_SERVER_ALREADY_LISTEN,{wrong},ERR_SERVER_NOT_RUNNING"));
}
