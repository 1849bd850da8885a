//! Pages of klantmanagers: what waits today, their caseload, and the case of one person.
//!
//! A page of a case is one address; its forms are sent there with the field `doe`, which says what
//! to do, and `versie`, the version of the case that was before them. Whose case may be seen and
//! changed is decided by the use cases; these pages know no storage.

mod advice;
mod barriers;
mod caseload;
mod code;
mod desk;
mod drafts;
mod file;
mod import;
mod intake;
mod keys;
mod module;
mod pack;
mod placements;
mod plan;
mod register;
mod shared;
mod stale;
mod timeline;
mod today;
mod words;
mod work;

use domain::organisation::Role;

use self::advice::AdvicePage;
use self::desk::CasePage;
use self::file::FilePage;
use self::intake::IntakePage;
use self::module::ModulePage;
use self::placements::PlacementsPage;
use self::plan::PlanPage;
use self::timeline::TimelinePage;
use self::work::WorkPage;
use crate::access::{Access, Routes};

/// Who guides.
const KLANTMANAGERS: Access = Access::Staff(&[Role::Klantmanager]);

/// Pages of a case: what stands behind its address, and the key of its name.
const TABS: [(&str, &str); 9] = [
    ("", "guiding-tab-timeline"),
    ("/intake", "guiding-tab-intake"),
    ("/plan", "guiding-tab-plan"),
    ("/map", "guiding-tab-module"),
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
        .form("/toetsen", who, keys::show, keys::turn)
        .page("/drempels", who, barriers::show)
        .page("/gedeeld", who, shared::show)
        .page("/gedeeld/{id}", who, shared::one)
        .form("/mensen", who, caseload::show, caseload::search)
        .action("/mensen/bewaren", who, caseload::save)
        .action("/mensen/vergeten", who, caseload::forget)
        .action("/mensen/taak", who, caseload::add_task)
        .action("/mensen/taak-terug", who, caseload::take_task_back)
        .action("/mensen/uitvoer", who, caseload::export)
        .form("/mensen/nieuw", who, register::show, register::receive)
        .upload("/mensen/invoer", who, import::show, import::receive)
        .and(case_page::<TimelinePage>("/mensen/{id}"))
        .and(case_page::<IntakePage>("/mensen/{id}/intake"))
        .and(case_page::<PlanPage>("/mensen/{id}/plan"))
        .page("/mensen/{id}/plan/{number}/pdf", who, plan::pdf)
        .and(case_page::<ModulePage>("/mensen/{id}/map"))
        .and(case_page::<AdvicePage>("/mensen/{id}/advies"))
        .and(case_page::<WorkPage>("/mensen/{id}/werk"))
        .and(case_page::<PlacementsPage>("/mensen/{id}/plaatsing"))
        .and(case_page::<FilePage>("/mensen/{id}/dossier"))
        .page("/mensen/{id}/overdracht", who, pack::show)
        .action("/mensen/{id}/concept", who, drafts::keep)
        .form("/mensen/{id}/code", who, code::show, code::receive)
}

/// Adds a page of a case.
fn case_page<P: CasePage + 'static>(path: &'static str) -> impl FnOnce(Routes) -> Routes {
    move |routes| routes.form(path, KLANTMANAGERS, desk::show::<P>, desk::receive::<P>)
}
