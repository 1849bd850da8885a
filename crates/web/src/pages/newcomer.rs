//! The newcomer's own pages: the story, the work that fits, the rules, who saw what.
//!
//! Every page is about whoever is logged in and nobody else; the person's id is never in an
//! address.

mod along;
mod asking;
mod bring;
mod consents;
mod cv;
mod diplomas;
mod missing;
mod occupation;
mod permission;
mod plan;
mod sharing;
mod start;
mod story;
mod words;
mod work;

pub(crate) use asking::Worth;
pub(crate) use cv::{Section, told};
pub(crate) use permission::date;
pub(crate) use words::Teller;

use application::Application;
use domain::id::PersonId;

use crate::access::{Access, Routes};
use crate::failure::Failure;
use crate::page::Page;

const NEWCOMER: Access = Access::Newcomer;

/// Adds the routes.
pub(crate) fn routes(routes: Routes) -> Routes {
    routes
        .page("/mag-ik-werken", Access::Public, permission::public)
        .page("/mijn", NEWCOMER, start::show)
        .page("/mijn/verhaal", NEWCOMER, story::check::show)
        .form(
            "/mijn/verhaal/{deel}/{vraag}",
            NEWCOMER,
            story::show,
            story::receive,
        )
        .page("/mijn/werk", NEWCOMER, work::list)
        .page("/mijn/werk/{id}", NEWCOMER, work::one)
        .action("/mijn/werk/{id}/niet", NEWCOMER, work::dismiss)
        .action("/mijn/werk/{id}/toch", NEWCOMER, work::restore)
        .action("/mijn/werk/{id}/antwoord", NEWCOMER, work::answer)
        .page("/mijn/werk/beroep/{id}", NEWCOMER, occupation::show)
        .form("/mijn/plan", NEWCOMER, plan::show, plan::tick)
        .page("/mijn/plan/pdf", NEWCOMER, plan::pdf)
        .page("/mijn/diploma", NEWCOMER, diplomas::show)
        .page("/mijn/cv", NEWCOMER, cv::show)
        .page("/mijn/cv/pdf", NEWCOMER, cv::download)
        .page("/mijn/mag-ik-werken", NEWCOMER, permission::own)
        .page("/mijn/toestemming", NEWCOMER, consents::list)
        .action("/mijn/toestemming/stoppen", NEWCOMER, consents::stop)
        .form(
            "/mijn/toestemming/delen",
            NEWCOMER,
            sharing::show,
            sharing::give,
        )
        .page("/mijn/wie-zag", NEWCOMER, consents::seen)
        .page("/mijn/meenemen", NEWCOMER, along::show)
        .page("/mijn/meenemen/bestand", NEWCOMER, along::file)
        .upload("/mijn/meebrengen", NEWCOMER, bring::show, bring::receive)
}

/// Who acts.
fn acting(page: &Page) -> Result<PersonId, Failure> {
    page.context()?.actor.newcomer().ok_or(Failure::NotFound)
}

/// The use cases.
fn application(page: &Page) -> Result<&Application, Failure> {
    page.site.application()
}
