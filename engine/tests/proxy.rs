//! `httpRequest` through a proxy.

mod common;

use common::{
    http::{Request, answer, answer_all, get, message},
    server::{closed_port, hang, serve, serve_counting},
    stdout_of,
    tls::{Authority, authority, certificate_for, encrypted, server_config},
};
use rcgen::CertificateParams;
use std::{
    io::{Read, Write},
    net::TcpStream,
    sync::mpsc,
};

const ESTABLISHED: &[u8] = b"HTTP/1.1 200 Connection established\r\n\r\n";

/// Options for a request to a host that only a proxy can find.
fn by(port: u16, more: &str) -> String {
    format!("url: 'https://host.test/', proxy: {{ url: 'http://127.0.0.1:{port}' }}, {more}")
}

/// The outcome where a proxy does this with a CONNECT.
fn after_connect(then: impl Fn(&mut TcpStream) + Send + Sync + 'static) -> String {
    let port = serve(move |mut stream| {
        Request::read(&mut stream);
        then(&mut stream);
    });
    get(&by(port, "timeoutMs: 1000"))
}

/// Takes one CONNECT, then is the host itself.
fn tunnel(mut stream: impl Read + Write, certificate: CertificateParams, issuer: &Authority) -> String {
    let request = Request::read(&mut stream).unwrap();
    stream.write_all(ESTABLISHED).unwrap();
    answer_all(encrypted(&server_config(certificate, issuer), stream), 200, b"private");
    request.head
}

#[test]
fn tls_in_a_tunnel() {
    let authority = authority("known");
    let ca = authority.pem();
    let (sender, head) = mpsc::channel();
    let port = serve(move |stream| sender.send(tunnel(stream, certificate_for("host.test"), &authority)).unwrap());
    let proxy = format!("proxy: {{ url: 'http://127.0.0.1:{port}', authorization: 'Basic eDp5' }}");
    assert_eq!(get(&format!("url: 'https://host.test/a', {proxy}, ca: `{ca}`")), "200 private");
    let expected = "CONNECT host.test:443 HTTP/1.1\r\nhost: host.test:443\r\nproxy-authorization: Basic eDp5\r\n\r\n";
    assert_eq!(head.recv().unwrap(), expected);
}

#[test]
fn a_tunnel_to_an_ipv6_address() {
    let (sender, line) = mpsc::channel();
    let port = serve(move |mut stream| sender.send(Request::read(&mut stream).unwrap().line().to_owned()).unwrap());
    get(&format!("url: 'https://[2001:db8::1]:8443/', proxy: {{ url: 'http://127.0.0.1:{port}' }}"));
    assert_eq!(line.recv().unwrap(), "CONNECT [2001:db8::1]:8443 HTTP/1.1");
}

#[test]
fn the_host_in_a_tunnel_must_have_its_certificate() {
    let authority = authority("known");
    let ca = authority.pem();
    let port = serve(move |stream| drop(tunnel(stream, certificate_for("proxy.test"), &authority)));
    assert_eq!(get(&by(port, &format!("ca: `{ca}`"))), "ERR_TLS_CERT_ALTNAME_INVALID handshake");
}

#[test]
fn tls_to_the_proxy() {
    let authority = authority("known");
    let ca = authority.pem();
    let config = server_config(certificate_for("localhost"), &authority);
    let port = serve(move |stream| drop(tunnel(encrypted(&config, stream), certificate_for("host.test"), &authority)));
    let proxy = format!("url: 'https://host.test/', proxy: {{ url: 'https://localhost:{port}' }}");
    assert_eq!(get(&format!("{proxy}, ca: `{ca}`")), "200 private");
    assert_eq!(get(&proxy), "UNABLE_TO_VERIFY_LEAF_SIGNATURE proxy");
}

#[test]
fn plain_http() {
    let (sender, head) = mpsc::channel();
    let port = serve(move |mut stream| {
        sender.send(Request::read(&mut stream).unwrap().head).unwrap();
        answer(&mut stream, 200, b"plain");
    });
    let proxy = format!("proxy: {{ url: 'http://127.0.0.1:{port}', authorization: 'Basic eDp5' }}");
    assert_eq!(get(&format!("url: 'http://user:password@host.test:81/a?b', {proxy}")), "200 plain");
    let expected =
        "GET http://host.test:81/a?b HTTP/1.1\r\nhost: host.test:81\r\nproxy-authorization: Basic eDp5\r\n\r\n";
    assert_eq!(head.recv().unwrap(), expected);
}

/// Two requests to one host: each proxy has its own connections, and keeps them.
#[test]
fn kept_connections() {
    let authority = authority("known");
    let ca = authority.pem();
    let config = server_config(certificate_for("host.test"), &authority);
    let proxies = [1, 2].map(|_| {
        let config = config.clone();
        serve_counting(move |_, mut stream| {
            Request::read(&mut stream);
            stream.write_all(ESTABLISHED).unwrap();
            answer_all(encrypted(&config, stream), 200, b"");
        })
    });
    let [first, second] = [proxies[0].0, proxies[1].0];
    let sent = stdout_of(&format!(
        "for (const port of [{first}, {first}, {second}, {second}])
            await httpRequest({{ method: 'GET', headers: {{}}, timeoutMs: 10000, ca: `{ca}`,
                url: 'https://host.test/', proxy: {{ url: `http://127.0.0.1:${{port}}` }} }});
        process.stdout.write('sent');"
    ));
    assert_eq!(sent, "sent");
    let counts = proxies.map(|(_, count)| count.load(std::sync::atomic::Ordering::SeqCst));
    assert_eq!(counts, [1, 1]);
}

#[test]
fn a_proxy_that_stalls_is_asked_again() {
    let authority = authority("known");
    let ca = authority.pem();
    let (port, _) = serve_counting(move |number, stream| match number {
        0 => hang(&stream),
        _ => drop(tunnel(stream, certificate_for("host.test"), &authority)),
    });
    assert_eq!(get(&by(port, &format!("ca: `{ca}`, hedgeAfterMs: 200"))), "200 private");
}

#[test]
fn a_refusal() {
    for status in [403, 407, 502] {
        assert_eq!(after_connect(move |stream| answer(stream, status, b"no")), "ERR_PROXY_TUNNEL proxy");
    }
    let port = serve(|mut stream| answer_all(&mut stream, 407, b""));
    let error = format!("await httpRequest({{ method: 'GET', headers: {{}}, timeoutMs: 5000, {} }})", by(port, ""));
    assert_eq!(
        stdout_of(&format!("try {{ {error} }} catch (error) {{ process.stdout.write(`${{error.status}}`) }}")),
        "407"
    );
}

#[test]
fn no_answer() {
    assert_eq!(after_connect(|stream| hang(stream)), "ETIMEDOUT proxy");
    assert_eq!(after_connect(|_| {}), "ECONNRESET proxy");
    assert_eq!(after_connect(|stream| stream.write_all(b"no HTTP\r\n\r\n").unwrap()), "HPE_INVALID_RESPONSE proxy");
}

#[test]
fn a_host_that_ends_the_tunnel() {
    assert_eq!(after_connect(|stream| stream.write_all(ESTABLISHED).unwrap()), "ECONNRESET handshake");
}

#[test]
fn no_proxy_there() {
    assert_eq!(get(&by(closed_port(), "")), "ECONNREFUSED connect");
    let outcome = get("url: 'https://host.test/', proxy: { url: 'http://nosuch.invalid:3128' }");
    assert!(["ENOTFOUND lookup", "EAI_AGAIN lookup"].contains(&outcome.as_str()), "{outcome}");
}

#[test]
fn an_authorization_that_no_header_can_have_is_not_in_the_message() {
    let options = "url: 'https://host.test/', proxy: { url: 'http://127.0.0.1:1', authorization: 'secret\\n' }";
    assert_eq!(get(options), "ERR_INVALID_ARG_VALUE request");
    assert!(!message(options).contains("secret"));
}
