//! The dashboard: do newcomers find and keep work, and does what is done for it help?
//!
//! - [`overview`]: one figure of every indicator;
//! - [`one`]: an indicator with its measures, course, groups and definition;
//! - [`download`]: the same figures as a file;
//! - [`actions`]: the work agenda with reach, effect and proof;
//! - [`terms`]: definitions, the ladder of evidence, why figures are hidden;
//! - [`internal`]: what is hidden and why, for policy and privacy officers;
//! - [`state`]: what the address of a page says; [`words`], [`labels`]: figures and what they are
//!   of in the words of a language.

mod actions;
mod download;
mod groups;
mod internal;
mod labels;
mod one;
mod overview;
mod state;
mod terms;
mod words;

use domain::organisation::Role;

use crate::access::{Access, Routes, Surface};

/// Who looks after what is shown and what is hidden.
const OFFICERS: Access = Access::Staff(&[Role::PolicyOfficer, Role::PrivacyOfficer]);

/// Adds the routes.
pub(crate) fn routes(routes: Routes) -> Routes {
    let public = Access::Public;
    routes
        .page("/cijfers", public, overview::show)
        .page("/cijfers/acties", public, actions::show)
        .page("/cijfers/begrippen", public, terms::show)
        .page("/cijfers/intern", OFFICERS, internal::show)
        .page("/cijfers/{indicator}", public, one::show)
        .get(
            "/cijfers/{indicator}/cijfers.csv",
            Surface::File,
            public,
            download::csv,
        )
        .get(
            "/cijfers/{indicator}/cijfers.xlsx",
            Surface::File,
            public,
            download::xlsx,
        )
}
