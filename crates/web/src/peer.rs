//! From where a request comes, for limits on attempts; it is never written down.

use std::net::{IpAddr, Ipv4Addr};

use application::throttle::Network;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap};

use crate::failure::Failure;
use crate::site::{SharedSite, Site};

/// Address of the other end of the connection, put into the request by the server.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PeerAddress(pub(crate) IpAddr);

/// The network that asks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer(pub(crate) Network);

impl FromRequestParts<SharedSite> for Peer {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, site: &SharedSite) -> Result<Peer, Failure> {
        Ok(Peer(network(&parts.extensions, &parts.headers, site)))
    }
}

/// The network that a request comes from.
pub(crate) fn network(extensions: &Extensions, headers: &HeaderMap, site: &Site) -> Network {
    let connected = extensions
        .get::<PeerAddress>()
        .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0);
    // Only the last entry was written by our own proxy; those before it are the client's word.
    let forwarded = headers
        .get_all("x-forwarded-for")
        .iter()
        .next_back()
        .filter(|_| site.settings.behind_proxy)
        .and_then(|value| value.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
    forwarded.unwrap_or(connected).into()
}
