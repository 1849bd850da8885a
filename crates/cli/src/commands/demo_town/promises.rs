//! The ministry's register: a fictional overview, read and for the most part accepted.

use application::Context;
use application::obligations::{NewDocument, ReadingWay};
use domain::id::OrganisationId;

use super::Town;

/// Motions and commitments of a Chamber that does not exist.
const OVERVIEW: &str = include_str!("overview.txt");

/// How many of the proposals stay for a person to look at.
const LEFT_TO_REVIEW: usize = 1;

impl Town {
    /// Takes the overview into the ministry's register.
    pub(super) async fn promises(
        &self,
        (officer, ministry): &(Context, OrganisationId),
    ) -> anyhow::Result<()> {
        let app = &self.application;
        let document = NewDocument {
            name: "overzicht-fictief.txt".to_owned(),
            bytes: OVERVIEW.as_bytes().to_vec(),
            date: Some(commitments::calendar::parse_iso("2026-10-01")?),
            way: ReadingWay::Overview,
        };
        app.take_document(officer, *ministry, document).await?;
        let all = app.obligations(officer, *ministry).await?;
        for view in all.iter().take(all.len().saturating_sub(LEFT_TO_REVIEW)) {
            let at = (view.obligation.id(), view.version);
            app.accept_obligation(officer, *ministry, at, None).await?;
        }
        Ok(())
    }
}
