//! AWS's Signature Version 4, of requests that differ in their body alone.

use crate::{Failure, variable};
use ring::{
    digest::{SHA256, digest},
    hmac::{self, HMAC_SHA256, Key, Tag},
};
use std::fmt::Write;
use time::{OffsetDateTime, macros::format_description};

pub const TARGET: &str = "secretsmanager.GetSecretValue";
const SIGNED_HEADERS: &str = "host;x-amz-date;x-amz-security-token;x-amz-target";

pub struct Signer {
    /// As the header `x-amz-date` has it.
    pub date: String,
    pub session_token: String,
    access_key_id: String,
    scope: String,
    key: Key,
}

impl Signer {
    /// With the credentials of the environment, for now.
    pub fn new(region: &str) -> Result<Self, Failure> {
        let date =
            OffsetDateTime::now_utc().format(format_description!("[year][month][day]T[hour][minute][second]Z"))?;
        let scope = format!("{}/{region}/secretsmanager/aws4_request", &date[..8]);
        let secret = format!("AWS4{}", variable("AWS_SECRET_ACCESS_KEY")?);
        let key = scope.split('/').fold(hmac_key(secret.as_bytes()), |key, part| hmac_key(sign(&key, part).as_ref()));
        Ok(Self {
            date,
            session_token: variable("AWS_SESSION_TOKEN")?,
            access_key_id: variable("AWS_ACCESS_KEY_ID")?,
            scope,
            key,
        })
    }

    /// The header `authorization` of a request with this body to `host`.
    pub fn authorization(&self, host: &str, body: &str) -> String {
        let Self { date, session_token, access_key_id, scope, key } = self;
        let headers =
            format!("host:{host}\nx-amz-date:{date}\nx-amz-security-token:{session_token}\nx-amz-target:{TARGET}\n");
        let request = format!("POST\n/\n\n{headers}\n{SIGNED_HEADERS}\n{}", sha256(body));
        let signature = hex(sign(key, &format!("AWS4-HMAC-SHA256\n{date}\n{scope}\n{}", sha256(&request))).as_ref());
        format!(
            "AWS4-HMAC-SHA256 Credential={access_key_id}/{scope}, SignedHeaders={SIGNED_HEADERS}, Signature={signature}"
        )
    }
}

fn hmac_key(bytes: &[u8]) -> Key {
    Key::new(HMAC_SHA256, bytes)
}

fn sign(key: &Key, text: &str) -> Tag {
    hmac::sign(key, text.as_bytes())
}

fn sha256(text: &str) -> String {
    hex(digest(&SHA256, text.as_bytes()).as_ref())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a String takes everything");
        text
    })
}
