//! What an organisation sets for its own site.

use std::collections::BTreeMap;

use domain::id::OrganisationId;
use serde::Deserialize;

use crate::theme::Theme;

/// Settings of a site, as they stand in the configuration file under `[site]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Settings {
    /// Name of the organisation that runs the site.
    pub organisation: Option<String>,
    /// Mail address for questions and reports of problems.
    pub contact: Option<String>,
    /// Own colours and sizes.
    pub theme: Theme,
    /// Those of organisations that have others, by id: for their staff and the people they guide,
    /// once logged in.
    pub themes: BTreeMap<OrganisationId, Theme>,
    /// Whether a reverse proxy stands in front, so that the last entry of `X-Forwarded-For` is who
    /// asks; without one the header is not believed.
    pub behind_proxy: bool,
    /// Number that request ids start with, so that those of two processes differ; set by the
    /// program at start, never in the file.
    #[serde(skip)]
    pub process: u64,
}
