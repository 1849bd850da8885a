//! Requests to the provider: HTTPS, short, small, no redirects.

use std::sync::Arc;
use std::time::Duration;

use application::sign_in::ProviderError;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use hyper::{Method, Request, Uri};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use serde::de::DeserializeOwned;

/// Longest time for one request.
const LONGEST: Duration = Duration::from_secs(5);

/// Largest answer in bytes; keys and settings of providers are a few kilobytes.
const LARGEST: usize = 256 * 1024;

/// Makes requests.
#[derive(Clone, Debug)]
pub(crate) struct Exchange(Client<HttpsConnector<HttpConnector>, Full<Bytes>>);

/// A text holds no certificates that can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NoAuthority;

/// A form to send, and who sends it.
pub(crate) struct Form<'a> {
    pub(crate) fields: &'a [(&'a str, &'a str)],
    /// `Basic` credentials.
    pub(crate) credentials: String,
}

impl Exchange {
    /// Certificates are checked by the roots that Mozilla trusts, or, with the authorities of an
    /// organisation (PEM), by those alone; plain HTTP only goes where the settings let it, to this
    /// machine.
    pub(crate) fn new(authorities: Option<&str>) -> Result<Exchange, NoAuthority> {
        let builder = HttpsConnectorBuilder::new();
        let builder = match authorities {
            None => builder.with_webpki_roots(),
            Some(pem) => builder.with_tls_config(trusting(pem)?),
        };
        let connector = builder.https_or_http().enable_http1().build();
        Ok(Exchange(
            Client::builder(TokioExecutor::new()).build(connector),
        ))
    }

    pub(crate) async fn get<T: DeserializeOwned>(&self, address: &str) -> Result<T, ProviderError> {
        self.send(Method::GET, address, None).await
    }

    pub(crate) async fn post<T: DeserializeOwned>(
        &self,
        address: &str,
        form: &Form<'_>,
    ) -> Result<T, ProviderError> {
        self.send(Method::POST, address, Some(form)).await
    }

    async fn send<T: DeserializeOwned>(
        &self,
        method: Method,
        address: &str,
        form: Option<&Form<'_>>,
    ) -> Result<T, ProviderError> {
        let uri: Uri = address.parse().map_err(|_| silent("a broken address"))?;
        let mut request = Request::builder()
            .method(method)
            .uri(uri)
            .header(ACCEPT, "application/json");
        let mut body = String::new();
        if let Some(form) = form {
            request = request
                .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
                .header(AUTHORIZATION, &form.credentials);
            body = encoded(form.fields);
        }
        let request = request
            .body(Full::new(Bytes::from(body)))
            .map_err(|_| silent("a broken request"))?;
        let answer = async {
            let response = self
                .0
                .request(request)
                .await
                .map_err(|error| ProviderError::Unavailable(error.to_string()))?;
            let status = response.status();
            let body = Limited::new(response.into_body(), LARGEST)
                .collect()
                .await
                .map_err(|_| silent("too much, or cut off"))?
                .to_bytes();
            match status.as_u16() {
                200..=299 => {
                    serde_json::from_slice(&body).map_err(|_| silent("what is not expected"))
                }
                // The provider does not take the code or does not know this program.
                400 | 401 | 403 => Err(ProviderError::Refused("the provider refuses the code")),
                other => Err(ProviderError::Unavailable(format!("status {other}"))),
            }
        };
        tokio::time::timeout(LONGEST, answer)
            .await
            .map_err(|_| silent("nothing in time"))?
    }
}

/// Trusts the certificates of a text and no others.
fn trusting(pem: &str) -> Result<ClientConfig, NoAuthority> {
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(pem.as_bytes()) {
        let certificate = certificate.map_err(|_| NoAuthority)?;
        roots.add(certificate).map_err(|_| NoAuthority)?;
    }
    if roots.is_empty() {
        return Err(NoAuthority);
    }
    let cryptography = Arc::new(rustls::crypto::ring::default_provider());
    let versions = ClientConfig::builder_with_provider(cryptography)
        .with_safe_default_protocol_versions()
        .map_err(|_| NoAuthority)?;
    Ok(versions.with_root_certificates(roots).with_no_client_auth())
}

fn silent(what: &str) -> ProviderError {
    ProviderError::Unavailable(format!("it sends {what}"))
}

/// Fields of a form or an address.
pub(crate) fn encoded(fields: &[(&str, &str)]) -> String {
    let pairs: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{name}={}", escaped(value)))
        .collect();
    pairs.join("&")
}

/// A text with everything escaped but unreserved characters (RFC 3986).
pub(crate) fn escaped(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                char::from(byte).to_string()
            }
            other => format!("%{other:02X}"),
        })
        .collect()
}
