//! The labour-market module (MAP): eight themes, hours of practice, the closing talk.

use std::collections::BTreeSet;

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::case::Code;
use guidance::clock::{Hours, OpenItem};

use super::desk::{self, CasePage, Desk, Trouble};
use super::words;
use crate::failure::Failure;
use crate::form::Posted;
use crate::page::{self, Page};

/// Clock of the module.
const CLOCK: &str = "map";

/// Event of the closing talk.
pub(super) const TALK: &str = "map_interview";

/// Most hours that can be written down.
const MOST_HOURS: u32 = 2000;

/// A theme, and whether it is finished.
struct Theme {
    code: &'static str,
    name: String,
    is_done: bool,
}

/// The clock of the module, in words.
struct Clock {
    state: String,
    is_exempt: bool,
    deadline: Option<String>,
    /// What is still open.
    open: Vec<String>,
    /// Whether only the talk is still to be held; none before there is a term.
    may_close: Option<bool>,
    article: String,
    source: String,
    needs_check: bool,
}

#[derive(Template)]
#[template(path = "pages/guiding/module.html")]
pub(super) struct ModulePage {
    page: Page,
    section: &'static str,
    desk: Desk,
    themes: Vec<Theme>,
    hours: String,
    clock: Option<Clock>,
    talk: Option<String>,
}

impl ModulePage {
    /// Whether the talk can be written down.
    fn may_close(&self) -> bool {
        let clock = self.clock.as_ref();
        clock.is_none_or(|clock| clock.may_close != Some(false))
    }
}

impl CasePage for ModulePage {
    async fn change(page: &Page, id: &str, form: &Posted) -> Result<String, Trouble> {
        let at = desk::at(id, form)?;
        let (application, context) = desk::acting(page)?;
        match form.value("doe").as_deref() {
            Some("thema") => {
                let mut themes = BTreeSet::new();
                for theme in form.values("thema") {
                    if application::THEMES.contains(&theme.as_str()) {
                        themes.insert(Code::new(&theme)?);
                    }
                }
                application.set_themes(context, at, themes).await?;
            }
            Some("uren") => {
                let minutes = minutes(form)?;
                let of = Code::new(Hours::MapPractice.code())?;
                application.set_minutes(context, at, of, minutes).await?;
            }
            Some("afsluiten") => {
                let (event, on) = (Code::new(TALK)?, desk::day(form, "gesprek")?);
                application.set_event(context, at, event, Some(on)).await?;
            }
            _ => desk::undo(page, at, form).await?,
        }
        Ok(format!("/mensen/{id}/map"))
    }

    async fn render(status: StatusCode, page: Page, desk: Desk) -> Result<Response, Failure> {
        let content = &desk.view.content;
        let done = |code: &str| content.themes().iter().any(|theme| theme.as_str() == code);
        let themes = application::THEMES.map(|code| Theme {
            code,
            name: desk.words(&page, "theme", code),
            is_done: done(code),
        });
        let of = |(name, _): &(&Code, &u32)| name.as_str() == Hours::MapPractice.code();
        let minutes = content.minutes().iter().find(of).map_or(0, |(_, n)| *n);
        let mut events = content.events().iter();
        let talk = events.find(|(event, _)| event.as_str() == TALK);
        let template = ModulePage {
            section: "guiding-tab-module",
            themes: themes.into(),
            hours: desk.typed_or("uren", in_hours(minutes)),
            clock: clock(&page, &desk)?,
            talk: talk.map(|(_, on)| words::day(&page, *on)),
            desk,
            page: page.with_posted_form(),
        };
        page::html(status, &template.page, &template)
    }
}

/// Hours as they were typed, `40`, `39,5` or `39.5`, in minutes.
fn minutes(form: &Posted) -> Result<u32, Trouble> {
    let wrong = Trouble::Field("uren", "guiding-fault-hours");
    let text = form.value("uren").unwrap_or_default().replace(',', ".");
    let (whole, part) = text.split_once('.').unwrap_or((&text, "0"));
    let minutes = match (whole.parse::<u32>(), part.trim_end_matches('0')) {
        (Ok(hours), "") if hours <= MOST_HOURS => Some(hours * 60),
        (Ok(hours), "5") if hours < MOST_HOURS => Some(hours * 60 + 30),
        (Ok(hours), "25") if hours < MOST_HOURS => Some(hours * 60 + 15),
        (Ok(hours), "75") if hours < MOST_HOURS => Some(hours * 60 + 45),
        _ => None,
    };
    minutes.ok_or(wrong)
}

/// Minutes as hours in quarters.
fn in_hours(minutes: u32) -> String {
    let part = match minutes % 60 {
        0..15 => "",
        15..30 => ",25",
        30..45 => ",5",
        _ => ",75",
    };
    format!("{}{part}", minutes / 60)
}

fn clock(page: &Page, desk: &Desk) -> Result<Option<Clock>, Failure> {
    let clocks = desk.view.guidance.clocks()?;
    let found = clocks.iter().find(|clock| clock.clock == CLOCK);
    Ok(found.map(|clock| Clock {
        state: desk.words(page, "state", clock.state.code()),
        is_exempt: clock.state.code() == "exempt",
        deadline: clock.deadline.map(|on| words::day(page, on)),
        open: clock
            .open
            .iter()
            .map(|item| open(page, desk, item))
            .collect(),
        may_close: clock.may_close,
        article: clock.article.to_owned(),
        source: clock.source.to_owned(),
        needs_check: clock.needs_check,
    }))
}

/// What is still open, in words.
fn open(page: &Page, desk: &Desk, item: &OpenItem) -> String {
    match item {
        OpenItem::Event { event } => desk.words(page, "open", event.code()),
        OpenItem::Hours { of, have, need } => {
            let name = desk.words(page, "hours", of.code());
            format!("{name}: {} / {need}", page.decimal(*have, 2))
        }
        OpenItem::Themes { missing } => {
            let names: Vec<String> = missing
                .iter()
                .map(|theme| desk.words(page, "theme", theme))
                .collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let list = page.site.formats(page.language).list(&names);
            format!("{}: {list}", page.t("guiding-themes"))
        }
        OpenItem::Pip { .. } => page.t("guiding-tab-plan"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_and_written_in_quarters() {
        let read = |text: &str| {
            let form = Posted::of(vec![("uren".to_owned(), text.to_owned())]);
            minutes(&form).ok()
        };
        assert_eq!(read("40"), Some(2400));
        assert_eq!(read("39,5"), Some(2370));
        assert_eq!(read("39.25"), Some(2355));
        assert_eq!(read("39,3"), None);
        assert_eq!(read("-1"), None);
        assert_eq!(in_hours(2370), "39,5");
        assert_eq!(in_hours(2400), "40");
    }
}
