//! Registering a newcomer and opening the case.

use application::{ApplicationError, OpenCase, RegisterPerson};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::case::{Code, Phase};
use domain::person::{Email, Identity, NamePart, PersonName, Phone};

use super::desk::{self, Trouble};
use super::file;
use super::words::{self, Choice};
use crate::failure::Failure;
use crate::form::Posted;
use crate::page::{self, Page};

#[derive(Template)]
#[template(path = "pages/guiding/register.html")]
struct RegisterPage {
    page: Page,
    form: Posted,
    problem: Option<(&'static str, String)>,
    languages: Vec<Choice>,
    interpreters: Vec<Choice>,
    phases: Vec<Choice>,
}

impl RegisterPage {
    fn typed(&self, name: &str) -> String {
        self.form.value(name).unwrap_or_default()
    }
}

pub(super) async fn show(page: Page) -> Result<Response, Failure> {
    page.site.application()?;
    render(StatusCode::OK, page, Posted::empty(), None)
}

pub(super) async fn receive(page: Page, form: Posted) -> Result<Response, Failure> {
    if page.changes_language() {
        return render(StatusCode::OK, page, form, None);
    }
    match register(&page, &form).await {
        Ok(address) => Ok(Redirect::to(&address).into_response()),
        Err(Trouble::Field(field, key)) => {
            render(StatusCode::BAD_REQUEST, page, form, Some((field, key)))
        }
        Err(Trouble::Refused(ApplicationError::Invalid(_))) => {
            let problem = Some(("inschrijving", "guiding-fault-future"));
            render(StatusCode::BAD_REQUEST, page, form, problem)
        }
        Err(Trouble::Refused(error)) => Err(error.into()),
    }
}

async fn register(page: &Page, form: &Posted) -> Result<String, Trouble> {
    let identity = identity(form)?;
    let mut new = OpenCase {
        bar: file::bar(form)?,
        ..OpenCase::default()
    };
    let (application, context) = desk::acting(page)?;
    for (field, event) in [
        ("vergunning", "permit_granted"),
        ("inschrijving", "brp_registration"),
    ] {
        let Some(on) = desk::optional_day(form, field)? else {
            continue;
        };
        // Said beside the field that it is about.
        if on > application.today() {
            return Err(Trouble::Field(field, "guiding-fault-future"));
        }
        new.events.insert(Code::new(event)?, on);
    }
    let person = RegisterPerson { identity };
    let (_, at) = application
        .register_with_case(context, &person, &new)
        .await?;
    Ok(format!("/mensen/{}", at.case))
}

fn identity(form: &Posted) -> Result<Identity, Trouble> {
    let part = |field: &'static str| -> Result<Option<NamePart>, Trouble> {
        let wrong = |_| Trouble::Field(field, "guiding-fault-name");
        form.value(field)
            .map(|text| NamePart::new(&text).map_err(wrong))
            .transpose()
    };
    let given = part("voornaam")?.ok_or(Trouble::Field("voornaam", "guiding-fault-name"))?;
    let wrong = |field, key| move |_| Trouble::Field(field, key);
    let birth = form.value("geboren").map(|text| text.parse());
    let email = form.value("email").map(|text| Email::new(&text));
    let phone = form.value("telefoon").map(|text| Phone::new(&text));
    Ok(Identity {
        name: PersonName {
            family: part("achternaam")?,
            known_as: part("roepnaam")?,
            original_script: part("eigen-schrift")?,
            ..PersonName::only(given)
        },
        birth: birth
            .transpose()
            .map_err(|_| Trouble::Field("geboren", "guiding-fault-birth"))?,
        email: email
            .transpose()
            .map_err(wrong("email", "guiding-fault-email"))?,
        phone: phone
            .transpose()
            .map_err(wrong("telefoon", "guiding-fault-phone"))?,
    })
}

fn render(
    status: StatusCode,
    page: Page,
    form: Posted,
    problem: Option<(&'static str, &'static str)>,
) -> Result<Response, Failure> {
    let template = RegisterPage {
        problem: problem.map(|(field, key)| (field, page.t(key))),
        languages: words::languages(),
        interpreters: words::choices(&page, "interpreter", words::INTERPRETERS),
        phases: words::choices(&page, "phase", Phase::ALL.map(Phase::code)),
        form,
        page: page.with_posted_form(),
    };
    page::html(status, &template.page, &template)
}
