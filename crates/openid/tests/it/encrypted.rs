//! A listener with a certificate of an authority that nobody else trusts.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::serve::Listener;
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

/// The authority that signed the certificate; made for this test alone.
pub(crate) const AUTHORITY: &str = include_str!("fixtures/authority.pem");

/// An authority that signed nothing here.
pub(crate) const OTHER_AUTHORITY: &str = include_str!("fixtures/other-authority.pem");

/// For the address 127.0.0.1 and no other name, from 2020 to 2120.
const CERTIFICATE: &[u8] = include_bytes!("fixtures/server.der");

const KEY: &[u8] = include_bytes!("fixtures/server-key.der");

/// Takes connections and encrypts them.
pub(crate) struct Encrypted {
    listener: TcpListener,
    acceptor: TlsAcceptor,
}

/// A listener on this machine, and its port.
pub(crate) async fn listener() -> (Encrypted, u16) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let cryptography = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(cryptography)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![CertificateDer::from(CERTIFICATE)],
            PrivateKeyDer::from(PrivatePkcs8KeyDer::from(KEY)),
        )
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    (Encrypted { listener, acceptor }, port)
}

impl Listener for Encrypted {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, SocketAddr) {
        loop {
            let (stream, address) = self.listener.accept().await.unwrap();
            // Whoever does not trust the certificate goes again.
            if let Ok(stream) = self.acceptor.accept(stream).await {
                return (stream, address);
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}
