//! `httpRequest` over TLS: whom it believes.

mod common;

use common::{
    http::{answer_all, get},
    server::{hang, serve},
};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd};
use rustls::{ServerConfig, ServerConnection, StreamOwned, crypto::ring, pki_types::PrivateKeyDer};
use std::{fs, io::Write, sync::Arc};
use tempfile::NamedTempFile;

type Authority = CertifiedIssuer<'static, KeyPair>;

fn authority(name: &str) -> Authority {
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.distinguished_name.push(DnType::CommonName, name);
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

fn certificate_for(host: &str) -> CertificateParams {
    CertificateParams::new([host.to_owned()]).unwrap()
}

/// A server that shows this certificate; gives its port.
fn tls_server(certificate: CertificateParams, issuer: &Authority) -> u16 {
    let key = KeyPair::generate().unwrap();
    let certificate = certificate.signed_by(&key, issuer).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.into()], PrivateKeyDer::try_from(key.serialize_der()).unwrap())
        .unwrap();
    let config = Arc::new(config);
    serve(move |stream| {
        let connection = ServerConnection::new(config.clone()).unwrap();
        answer_all(StreamOwned::new(connection, stream), 200, b"private");
    })
}

fn file_with(content: &str) -> NamedTempFile {
    let file = NamedTempFile::new().unwrap();
    fs::write(&file, content).unwrap();
    file
}

/// The outcome of a request that believes the certificates of this file.
fn get_with(ca_file: &str, host: &str, port: u16) -> String {
    get(&format!("url: 'https://{host}:{port}/', caFile: '{ca_file}'"))
}

fn get_trusting(authority: &Authority, host: &str, port: u16) -> String {
    get_with(file_with(&authority.pem()).path().to_str().unwrap(), host, port)
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
fn any_authority_of_the_file_will_do() {
    let (first, second) = (authority("first"), authority("second"));
    let port = tls_server(certificate_for("localhost"), &second);
    let file = file_with(&format!("# first\n{}\n# second\n{}", first.pem(), second.pem()));
    assert_eq!(get_with(file.path().to_str().unwrap(), "localhost", port), "200 private");
}

#[test]
fn a_certificate_of_an_unknown_authority() {
    let port = tls_server(certificate_for("localhost"), &authority("unknown"));
    let outcome = get_trusting(&authority("known"), "localhost", port);
    assert_eq!(outcome, "UNABLE_TO_VERIFY_LEAF_SIGNATURE handshake");
}

#[test]
fn an_authority_without_a_file() {
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

#[test]
fn a_missing_file() {
    assert_eq!(get_with("/nosuch/ca.pem", "localhost", serve(|stream| hang(&stream))), "ERR_CA_FILE ca");
}

#[test]
fn a_file_without_a_certificate() {
    let file = file_with("not a certificate");
    assert_eq!(get_with(file.path().to_str().unwrap(), "localhost", serve(|stream| hang(&stream))), "ERR_CA_FILE ca");
}

#[test]
fn a_file_with_a_damaged_certificate() {
    let file = file_with(&authority("known").pem().replace("MII", "MIX"));
    assert_eq!(get_with(file.path().to_str().unwrap(), "localhost", serve(|stream| hang(&stream))), "ERR_CA_FILE ca");
}
