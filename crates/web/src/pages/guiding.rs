//! Pages of klantmanagers: what waits today, their caseload, and the case of one person.
//!
//! A page of a case is one address; its forms are sent there with the field `doe`, which says what
//! to do, and `versie`, the version of the case that was before them. Whose case may be seen and
//! changed is decided by the use cases; these pages know no storage.

mod advice;
mod caseload;
mod code;
mod desk;
mod file;
mod import;
mod intake;
mod placements;
mod plan;
mod register;
mod timeline;
mod today;
mod words;
mod work;

use domain::organisation::Role;

use crate::access::{Access, Routes};

/// Who guides.
const KLANTMANAGERS: Access = Access::Staff(&[Role::Klantmanager]);

/// Pages of a case: what stands behind its address, and the key of its name.
const TABS: [(&str, &str); 8] = [
    ("", "guiding-tab-timeline"),
    ("/intake", "guiding-tab-intake"),
    ("/plan", "guiding-tab-plan"),
    ("/advies", "guiding-tab-advice"),
    ("/werk", "guiding-tab-work"),
    ("/plaatsing", "guiding-tab-placement"),
    ("/dossier", "guiding-tab-file"),
    ("/code", "guiding-tab-code"),
];

/// Adds the routes.
pub(crate) fn routes(routes: Routes) -> Routes {
    let who = KLANTMANAGERS;
    routes
        .page("/vandaag", who, today::show)
        .form("/mensen", who, caseload::show, caseload::search)
        .action("/mensen/bewaren", who, caseload::save)
        .action("/mensen/vergeten", who, caseload::forget)
        .action("/mensen/taak", who, caseload::add_task)
        .action("/mensen/uitvoer", who, caseload::export)
        .form("/mensen/nieuw", who, register::show, register::receive)
        .upload("/mensen/invoer", who, import::show, import::receive)
        .form("/mensen/{id}", who, timeline::show, timeline::receive)
        .form("/mensen/{id}/intake", who, intake::show, intake::receive)
        .form("/mensen/{id}/plan", who, plan::show, plan::receive)
        .form("/mensen/{id}/advies", who, advice::show, advice::receive)
        .form("/mensen/{id}/werk", who, work::show, work::receive)
        .form(
            "/mensen/{id}/plaatsing",
            who,
            placements::show,
            placements::receive,
        )
        .form("/mensen/{id}/dossier", who, file::show, file::receive)
        .form("/mensen/{id}/code", who, code::show, code::receive)
}
