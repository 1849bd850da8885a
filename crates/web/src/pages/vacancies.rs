//! The pages of an employer: own vacancies, writing one in six steps, candidates, import.
//!
//! Until a person said yes, only what the use cases call anonymous gets here.

mod candidate;
mod check;
mod cost;
mod draft;
mod import;
mod languages;
mod list;
mod overview;
mod place;
mod scan;
mod skills;
mod text;
mod wording;
mod work;

use domain::organisation::Role;

use crate::access::{Access, Routes};

const EMPLOYERS: Access = Access::Staff(&[Role::EmployerContact]);

pub(crate) use wording::{kind_key, language_name, level_name, modality_key, support_keys};

/// Adds the routes.
pub(crate) fn routes(routes: Routes) -> Routes {
    routes
        .page("/werkvloer", EMPLOYERS, scan::show)
        .page("/vacatures", EMPLOYERS, list::show)
        .form("/vacatures/nieuw", EMPLOYERS, text::new, text::create)
        .upload(
            "/vacatures/importeren",
            EMPLOYERS,
            import::show,
            import::receive,
        )
        .page("/vacatures/{id}", EMPLOYERS, overview::show)
        .form("/vacatures/{id}/tekst", EMPLOYERS, text::show, text::save)
        .form("/vacatures/{id}/werk", EMPLOYERS, work::show, work::save)
        .form(
            "/vacatures/{id}/vaardigheden",
            EMPLOYERS,
            skills::show,
            skills::save,
        )
        .form(
            "/vacatures/{id}/talen",
            EMPLOYERS,
            languages::show,
            languages::save,
        )
        .form("/vacatures/{id}/plek", EMPLOYERS, place::show, place::save)
        .form(
            "/vacatures/{id}/controle",
            EMPLOYERS,
            check::show,
            check::save,
        )
        .action("/vacatures/{id}/stand", EMPLOYERS, overview::set_state)
        .action("/vacatures/{id}/contact", EMPLOYERS, overview::ask_contact)
        .form(
            "/kandidaten/{id}",
            EMPLOYERS,
            candidate::show,
            candidate::answer,
        )
}
