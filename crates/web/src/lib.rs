//! The HTTP edge: pages and forms for people, a JSON interface for programs.
//!
//! It knows requests, responses, pages and wording keys; it must not know SQL, and it leaves every
//! rule to the crates below.
//! [`Site`] holds what all requests share, [`router`] makes the service, [`server`] runs it.

mod access;
mod api;
mod assets;
mod attachment;
mod calendar;
mod compressing;
mod directory;
mod failure;
mod form;
mod headers;
mod locale;
mod menu;
pub mod monitor;
mod observing;
mod page;
mod pages;
mod peer;
mod reading;
mod routes;
mod search;
pub mod server;
pub mod settings;
mod site;
mod theme;
mod upload;
mod visitor;

pub use access::{Access, DeclaredRoute, Surface};
pub use api::document::openapi;
pub use routes::{declared_routes, router};
pub use settings::Settings;
pub use site::{Site, SiteError};
pub use theme::{Theme, ThemeError};
