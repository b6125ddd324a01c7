//! All secrets at once, on a connection for each.

use crate::{
    Failure,
    signer::{Signer, TARGET},
};
use futures_util::{StreamExt, TryStreamExt, stream};
use http_body_util::{BodyExt, Full};
use hyper::{
    Request, Uri,
    body::Bytes,
    client::conn::http1::handshake,
    header::{AUTHORIZATION, CONTENT_TYPE, HOST},
};
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    net::{SocketAddr, ToSocketAddrs},
};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

const MAX_CONNECTIONS: usize = 50;

pub struct Service {
    pub url: Uri,
    pub tls: TlsConnector,
    pub signer: Signer,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Answer {
    secret_string: String,
}

/// `secrets`: ids by the names of their variables. Gives the values by the same names.
pub async fn fetch_all(
    service: &Service,
    secrets: BTreeMap<String, String>,
) -> Result<BTreeMap<String, String>, Failure> {
    let host = service.url.host().ok_or("no host in the URL")?;
    let addresses: Vec<_> = (host, service.url.port_u16().unwrap_or(443)).to_socket_addrs()?.collect();
    let calls = secrets.into_iter().map(async |(name, id)| Ok((name, fetch(service, &addresses, &id).await?)));
    stream::iter(calls).buffer_unordered(MAX_CONNECTIONS).try_collect().await
}

async fn fetch(Service { url, tls, signer }: &Service, addresses: &[SocketAddr], id: &str) -> Result<String, Failure> {
    let stream = TcpStream::connect(addresses).await?;
    stream.set_nodelay(true)?;
    let name = ServerName::try_from(url.host().unwrap_or_default().to_owned())?;
    let stream = tls.connect(name, stream).await?;
    let (mut sender, connection) = handshake(TokioIo::new(stream)).await?;
    tokio::spawn(connection);

    let host = url.authority().map_or("", |authority| authority.as_str());
    let body = serde_json::json!({ "SecretId": id }).to_string();
    let request = Request::post("/")
        .header(HOST, host)
        .header(CONTENT_TYPE, "application/x-amz-json-1.1")
        .header("x-amz-target", TARGET)
        .header("x-amz-date", &signer.date)
        .header("x-amz-security-token", &signer.session_token)
        .header(AUTHORIZATION, signer.authorization(host, &body))
        .body(Full::<Bytes>::from(body))?;
    let response = sender.send_request(request).await?;
    let status = response.status();
    let body = response.into_body().collect().await?.to_bytes();
    if !status.is_success() {
        return Err(format!("{id}: {status}: {}", String::from_utf8_lossy(&body)).into());
    }
    Ok(serde_json::from_slice::<Answer>(&body)?.secret_string)
}
