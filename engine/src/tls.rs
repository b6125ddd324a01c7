//! TLS settings: Mozilla's roots, or the certificates of a file in their place.

use crate::failure::Failure;
use rustls::{
    ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, pem::PemObject},
};
use std::sync::Arc;
use tokio_rustls::TlsConnector;

/// `ca_file`: a PEM file, as `AWS_CA_BUNDLE` names one.
pub fn connector(ca_file: Option<&str>) -> Result<TlsConnector, Failure> {
    let roots = match ca_file {
        Some(path) => read_roots(path).map_err(|reason| Failure::new("ERR_CA_FILE", "ca", reason))?,
        None => RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() },
    };
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("ring supports the default versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

fn read_roots(path: &str) -> Result<RootCertStore, String> {
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(path).map_err(|error| format!("{path}: {error}"))? {
        let certificate = certificate.map_err(|error| format!("{path}: {error}"))?;
        roots.add(certificate).map_err(|error| format!("{path}: {error}"))?;
    }
    match roots.is_empty() {
        true => Err(format!("{path}: holds no certificate")),
        false => Ok(roots),
    }
}
