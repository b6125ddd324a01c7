//! Where a request goes, and how: the options that `httpRequest` and `preconnect` share.

use crate::{connection::Origin, failure::Failure, proxy::Proxy, url};
use hyper::{Uri, header::HeaderValue};
use rquickjs::Object;

/// Where a request goes, and how.
pub struct Way {
    url: String,
    ca: Option<String>,
    proxy: Option<ProxyOptions>,
}

struct ProxyOptions {
    url: String,
    authorization: Option<String>,
}

impl Way {
    pub fn read(options: &Object<'_>) -> rquickjs::Result<Self> {
        let proxy = options.get::<_, Option<Object<'_>>>("proxy")?.map(ProxyOptions::read).transpose()?;
        Ok(Self { url: options.get("url")?, ca: options.get("ca")?, proxy })
    }

    pub fn resolve(self) -> Result<(Uri, Origin), Failure> {
        let uri = url::parse(&self.url)?;
        let proxy = self.proxy.map(|proxy| proxy.into_proxy(self.ca.clone())).transpose()?;
        let origin = url::origin(&uri, self.ca, proxy)?;
        Ok((uri, origin))
    }
}

impl ProxyOptions {
    fn read(options: Object<'_>) -> rquickjs::Result<Self> {
        Ok(Self { url: options.get("url")?, authorization: options.get("authorization")? })
    }

    /// Neither a failure nor a log has the password.
    fn into_proxy(self, ca: Option<String>) -> Result<Proxy, Failure> {
        let authorization = self.authorization.map(HeaderValue::try_from).transpose();
        url::proxy(&self.url, authorization.map_err(|_| invalid("the proxy's authorization".into()))?, ca)
    }
}

pub fn invalid(what: String) -> Failure {
    Failure::new("ERR_INVALID_ARG_VALUE", "request", format!("{what} is not valid HTTP"))
}
