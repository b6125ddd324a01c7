//! `httpRequest` over TLS: whom it believes.

mod common;

use common::{
    http::{answer_all, get},
    server::{closed_port, hang, serve},
    stdout_of,
    tls::{Authority, authority, certificate_for, tls_server},
};
use rcgen::date_time_ymd;
use std::io::Write;

/// The outcome of a request that trusts the certificates of this PEM text.
fn get_with(ca: &str, host: &str, port: u16) -> String {
    get(&format!("url: 'https://{host}:{port}/', ca: `{ca}`"))
}

fn get_trusting(authority: &Authority, host: &str, port: u16) -> String {
    get_with(&authority.pem(), host, port)
}

#[test]
fn a_certificate_of_a_known_authority() {
    let authority = authority("known");
    let port = tls_server(certificate_for("localhost"), &authority);
    assert_eq!(get_trusting(&authority, "localhost", port), "200 private");
}

#[test]
fn a_certificate_for_an_address() {
    let authority = authority("known");
    let port = tls_server(certificate_for("127.0.0.1"), &authority);
    assert_eq!(get_trusting(&authority, "127.0.0.1", port), "200 private");
}

#[test]
fn any_given_authority_will_do() {
    let (first, second) = (authority("first"), authority("second"));
    let port = tls_server(certificate_for("localhost"), &second);
    let ca = format!("# first\n{}\n# second\n{}", first.pem(), second.pem());
    assert_eq!(get_with(&ca, "localhost", port), "200 private");
}

#[test]
fn a_certificate_of_an_unknown_authority() {
    let port = tls_server(certificate_for("localhost"), &authority("unknown"));
    let outcome = get_trusting(&authority("known"), "localhost", port);
    assert_eq!(outcome, "UNABLE_TO_VERIFY_LEAF_SIGNATURE handshake");
}

#[test]
fn an_authority_that_is_not_given() {
    let port = tls_server(certificate_for("localhost"), &authority("private"));
    assert_eq!(get(&format!("url: 'https://localhost:{port}/'")), "UNABLE_TO_VERIFY_LEAF_SIGNATURE handshake");
}

#[test]
fn a_certificate_for_another_host() {
    let authority = authority("known");
    let port = tls_server(certificate_for("other.example"), &authority);
    assert_eq!(get_trusting(&authority, "localhost", port), "ERR_TLS_CERT_ALTNAME_INVALID handshake");
}

#[test]
fn an_expired_certificate() {
    let authority = authority("known");
    let mut certificate = certificate_for("localhost");
    certificate.not_after = date_time_ymd(2020, 1, 1);
    let port = tls_server(certificate, &authority);
    assert_eq!(get_trusting(&authority, "localhost", port), "CERT_HAS_EXPIRED handshake");
}

#[test]
fn a_certificate_of_the_future() {
    let authority = authority("known");
    let mut certificate = certificate_for("localhost");
    certificate.not_before = date_time_ymd(4000, 1, 1);
    let port = tls_server(certificate, &authority);
    assert_eq!(get_trusting(&authority, "localhost", port), "CERT_NOT_YET_VALID handshake");
}

#[test]
fn no_handshake_in_time() {
    let outcome = get(&format!("url: 'https://localhost:{}/', timeoutMs: 300", serve(|stream| hang(&stream))));
    assert_eq!(outcome, "ETIMEDOUT handshake");
}

#[test]
fn closed_in_the_handshake() {
    let port = serve(|mut stream| {
        let _ = std::io::Read::read(&mut stream, &mut [0; 10_000]);
    });
    assert_eq!(get(&format!("url: 'https://localhost:{port}/'")), "ECONNRESET handshake");
}

#[test]
fn a_server_without_tls() {
    let port = serve(|mut stream| {
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
        hang(&stream);
    });
    assert_eq!(get(&format!("url: 'https://localhost:{port}/'")), "EPROTO handshake");
}

/// Before a connection is made, whatever is at the address.
#[test]
fn a_ca_that_cannot_be_used() {
    let good = authority("known").pem();
    let body = good.lines().skip(1).take(2).collect::<Vec<_>>().join("\n");
    for ca in [
        String::new(),
        "not a certificate".into(),
        good.replace("MII", "MIX"),
        format!("{good}\n{}", good.replace("MII", "MIX")),
        good.replace("CERTIFICATE", "PRIVATE KEY"),
        good.replace("-----END CERTIFICATE-----", ""),
        format!("-----BEGIN CERTIFICATE-----\n{body}\n-----END CERTIFICATE-----"),
    ] {
        assert_eq!(get_with(&ca, "localhost", closed_port()), "ERR_CA ca", "{ca}");
    }
}

#[test]
fn a_ca_is_not_needed_for_plain_http() {
    let port = serve(|stream| answer_all(stream, 200, b"public"));
    assert_eq!(get(&format!("url: 'http://127.0.0.1:{port}/', ca: 'not a certificate'")), "200 public");
}

/// A connection that was made for one CA is not used for a request that trusts another.
#[test]
fn each_request_trusts_its_own_ca() {
    let (known, other) = (authority("known"), authority("other"));
    let port = tls_server(certificate_for("localhost"), &known);
    let outcomes = stdout_of(&format!(
        "const options = {{ method: 'GET', url: 'https://localhost:{port}/', headers: {{}}, timeoutMs: 10000 }};
        const outcomes = [];
        for (const ca of [`{0}`, `{1}`, undefined, `{0}`])
            await httpRequest({{ ...options, ca }}).then(({{ status }}) => outcomes.push(status), ({{ code }}) => outcomes.push(code));
        process.stdout.write(outcomes.join())",
        known.pem(),
        other.pem()
    ));
    assert_eq!(outcomes, "200,UNABLE_TO_VERIFY_LEAF_SIGNATURE,UNABLE_TO_VERIFY_LEAF_SIGNATURE,200");
}
