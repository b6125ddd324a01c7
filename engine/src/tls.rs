//! TLS settings: Mozilla's roots, or the certificates of a PEM text in their place.

use crate::failure::Failure;
use rustls::{
    ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, pem::PemObject},
};
use std::{
    hash::{Hash, Hasher},
    ptr,
    sync::{Arc, Mutex, OnceLock},
};
use tokio_rustls::TlsConnector;

/// Whose certificates are trusted. Equal for equal PEM texts, which may be long and are compared once for each request.
#[derive(Clone)]
pub struct Trust(Arc<Settings>);

struct Settings {
    ca: Option<String>,
    connector: OnceLock<Result<TlsConnector, Failure>>,
}

impl Trust {
    /// `ca`: certificates in PEM form, in place of the public CAs.
    pub fn new(ca: Option<String>) -> Self {
        static KNOWN: Mutex<Vec<Trust>> = Mutex::new(Vec::new());
        let mut known = KNOWN.lock().expect("no holder panics");
        if let Some(trust) = known.iter().find(|trust| trust.0.ca == ca) {
            return trust.clone();
        }
        let trust = Self(Arc::new(Settings { ca, connector: OnceLock::new() }));
        known.push(trust.clone());
        trust
    }

    pub fn connector(&self) -> Result<TlsConnector, Failure> {
        self.0.connector.get_or_init(|| connector(self.0.ca.as_deref())).clone()
    }
}

impl PartialEq for Trust {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Trust {}

impl Hash for Trust {
    fn hash<H: Hasher>(&self, state: &mut H) {
        ptr::hash(Arc::as_ptr(&self.0), state);
    }
}

fn connector(ca: Option<&str>) -> Result<TlsConnector, Failure> {
    let roots = match ca {
        Some(pem) => read_roots(pem).map_err(|reason| Failure::new("ERR_CA", "ca", reason))?,
        None => RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() },
    };
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("ring supports the default versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

fn read_roots(pem: &str) -> Result<RootCertStore, String> {
    let mut roots = RootCertStore::empty();
    for (index, certificate) in CertificateDer::pem_slice_iter(pem.as_bytes()).enumerate() {
        let unusable = |reason: &dyn ToString| format!("CA certificate {}: {}", index + 1, reason.to_string());
        let certificate = certificate.map_err(|error| unusable(&error))?;
        roots.add(certificate).map_err(|error| unusable(&error))?;
    }
    match roots.is_empty() {
        true => Err("no certificate in PEM form".into()),
        false => Ok(roots),
    }
}
