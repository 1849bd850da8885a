//! Part 1: in which language, and with which residence situation.

use application::may_work::residences;
use domain::profile::Profile;

use super::fields::{Choice, Field};
use super::{Asking, Next, Problem, choose};
use crate::form::Posted;
use crate::locale::interface_language;
use crate::page::Page;
use domain::language::Language;

pub(super) fn ask_language(profile: &Profile) -> Vec<Field> {
    let options = Language::interface().map(|language| {
        let is_chosen = profile.about.language == Some(language);
        Choice::new(
            language.code(),
            language.own_name().to_owned(),
            language,
            is_chosen,
        )
    });
    vec![Field::one("taalkeuze", options.collect())]
}

pub(super) fn take_language(
    page: &Page,
    form: &Posted,
    profile: &mut Profile,
) -> Result<Next, Problem> {
    let chosen = form.value("taalkeuze");
    let language = chosen.and_then(|code| interface_language(&code));
    profile.about.language = Some(language.ok_or_else(|| choose(page, "taalkeuze"))?);
    Ok(Next::Onward)
}

pub(super) fn ask_residence(asking: &Asking<'_>, profile: &Profile) -> Vec<Field> {
    let page = asking.page;
    let told = profile.about.residence;
    let options = residences().into_iter().map(|code| {
        let label = page.t(&format!("newcomer-residence-{}", code.replace('_', "-")));
        let is_told = told.is_some_and(|told| told.code() == code);
        Choice::new(code, label, page.language, is_told)
    });
    vec![Field::one("verblijf", options.collect())]
}

pub(super) fn take_residence(
    page: &Page,
    form: &Posted,
    profile: &mut Profile,
) -> Result<Next, Problem> {
    let chosen = form.value("verblijf").unwrap_or_default();
    let known = residences().into_iter().find(|code| *code == chosen);
    let code = known.and_then(|code| code.parse().ok());
    profile.about.residence = Some(code.ok_or_else(|| choose(page, "verblijf"))?);
    Ok(Next::Onward)
}
