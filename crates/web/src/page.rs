//! What every page has: its language, its address, its texts, and the parameters to keep when the
//! language changes.

use std::borrow::Borrow;
use std::sync::Arc;

use application::{Context, StaffActor};
use askama::Template;
use axum::extract::{FromRequestParts, Query};
use axum::http::header::{CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_TYPE, VARY};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use domain::language::{Direction, Language, Script};
use domain::moment::Moment;
use domain::organisation::Role;
use language::messages::MessageStatus;
use language::{Argument, isolation};

use crate::assets;
use crate::failure::{Explained, Failure};
use crate::locale::{self, AnswerLanguage, BesideLanguage};
use crate::menu::{self, MenuItem};
use crate::site::{SharedSite, Site};
use crate::visitor::{self, Visitor};

/// Longest text in one parameter, in characters; a title of an occupation is far shorter.
pub(crate) const LONGEST_TEXT: usize = 200;

/// Most parameters in one address.
const MOST_PARAMETERS: usize = 250;

/// Texts whose status decides whether a page says that its translation is not checked: every page
/// shows them.
const TELLTALE: [&str; 2] = ["home-title", "nav-occupations"];

/// What a template needs besides its own matter.
pub(crate) struct Page {
    pub(crate) site: SharedSite,
    pub(crate) language: Language,
    path: String,
    /// Names and values, cleaned.
    parameters: Vec<(String, String)>,
    pub(crate) visitor: Visitor,
    form: FormMethod,
    /// Whether this browser wants keys that work faster.
    wants_keys: bool,
    /// Language that stands beside that of the page, for two people at one screen.
    beside: Option<Language>,
}

/// A text in the language beside that of the page.
pub(crate) struct Beside {
    pub(crate) text: String,
    pub(crate) language: Language,
}

impl Beside {
    /// Writing direction, for `dir`.
    pub(crate) fn direction(&self) -> &'static str {
        direction(&self.language)
    }
}

/// How the form of a page is sent; the buttons of the language picker send it the same way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum FormMethod {
    /// In the address; for searches, which may be kept and shared.
    #[default]
    Get,
    /// In the body; for everything about a person.
    Post,
}

/// A text in a parameter is longer than [`LONGEST_TEXT`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TextTooLong;

impl Page {
    /// The page at an address.
    pub(crate) fn new(site: SharedSite, language: Language, uri: &Uri) -> Result<Page, Failure> {
        let Query(parameters) =
            Query::<Vec<(String, String)>>::try_from_uri(uri).map_err(|_| Failure::Malformed)?;
        if parameters.len() > MOST_PARAMETERS {
            return Err(Failure::Malformed);
        }
        let clean = |(name, value): (String, String)| (cleaned(&name), cleaned(&value));
        Ok(Page {
            parameters: parameters.into_iter().map(clean).collect(),
            ..Page::without_parameters(site, language, uri.path())
        })
    }

    /// A page of which only the path is known.
    pub(crate) fn without_parameters(site: SharedSite, language: Language, path: &str) -> Page {
        Page {
            site,
            language,
            path: path.to_owned(),
            parameters: Vec::new(),
            visitor: Visitor::Nobody,
            form: FormMethod::Get,
            wants_keys: false,
            beside: None,
        }
    }

    /// The same page in another language, for texts beside those of this one.
    pub(crate) fn in_language(&self, language: Language) -> Page {
        Page {
            site: Arc::clone(&self.site),
            language,
            path: self.path.clone(),
            parameters: self.parameters.clone(),
            visitor: self.visitor,
            form: self.form,
            wants_keys: self.wants_keys,
            beside: None,
        }
    }

    /// The language beside that of the page, where somebody asked for two.
    pub(crate) fn beside(&self) -> Option<Language> {
        self.beside.filter(|beside| *beside != self.language)
    }

    /// The text of a message in the language beside that of the page.
    pub(crate) fn other(&self, key: &str) -> Option<Beside> {
        let language = self.beside()?;
        Some(Beside {
            text: self.site.messages.text(language, key, &[]),
            language,
        })
    }

    /// The language that can stand beside that of the page: Dutch, or what the person asked for
    /// where the page is Dutch.
    pub(crate) fn may_stand_beside(&self) -> Option<Language> {
        let offered = self.beside.unwrap_or(Language::NL);
        (offered != self.language).then_some(offered)
    }

    /// The page for somebody.
    pub(crate) fn with_visitor(self, visitor: Visitor) -> Page {
        Page { visitor, ..self }
    }

    /// The page with a form named `formulier` that is sent with POST.
    pub(crate) fn with_posted_form(self) -> Page {
        Page {
            form: FormMethod::Post,
            ..self
        }
    }

    /// Whether the form of the page is sent with POST.
    pub(crate) fn has_posted_form(&self) -> bool {
        self.form == FormMethod::Post
    }

    /// Whether the page was asked for in another language, so that a form that came with it is to
    /// be shown again and not to be taken.
    pub(crate) fn changes_language(&self) -> bool {
        self.value(locale::PARAMETER).is_some()
    }

    /// The main menu for whoever looks.
    pub(crate) fn menu(&self) -> &'static [MenuItem] {
        menu::of(&self.visitor)
    }

    /// Whether keys work faster here: for klantmanagers who did not turn them off.
    pub(crate) fn has_keys(&self) -> bool {
        self.wants_keys && self.visitor.role() == Some(Role::Klantmanager)
    }

    /// Whether somebody is logged in.
    pub(crate) fn is_logged_in(&self) -> bool {
        self.visitor.is_person()
    }

    /// Whether whoever is logged in has more than one role to choose from.
    pub(crate) fn can_choose_role(&self) -> bool {
        let staff = self.visitor.context().and_then(|c| c.actor.staff());
        staff.is_some_and(|staff| staff.n_roles > 1)
    }

    /// Whether one can log in here at all.
    pub(crate) fn can_log_in(&self) -> bool {
        self.site.application.is_some()
    }

    /// Who is logged in, for use cases.
    ///
    /// # Errors
    /// [`Failure::LogInFirst`] when nobody is; the guard of the route lets nobody come here.
    pub(crate) fn context(&self) -> Result<&Context, Failure> {
        self.visitor.context().ok_or(Failure::LogInFirst)
    }

    /// The member of staff who acts.
    ///
    /// # Errors
    /// As [`Page::context`]; [`Failure::NotFound`] when it is a newcomer.
    pub(crate) fn staff(&self) -> Result<StaffActor, Failure> {
        let staff = self.context()?.actor.staff();
        staff.copied().ok_or(Failure::NotFound)
    }

    /// The text of a message.
    pub(crate) fn t(&self, key: &str) -> String {
        self.site.messages.text(self.language, key, &[])
    }

    /// The text of a message with a number.
    pub(crate) fn tn(&self, key: &str, count: impl Borrow<usize>) -> String {
        let count = [("count", Argument::Number(*count.borrow() as u64))];
        self.site.messages.text(self.language, key, &count)
    }

    /// The text of a message with one text.
    pub(crate) fn tt(&self, key: &str, name: &str, value: impl AsRef<str>) -> String {
        self.texts(key, &[(name, Argument::Text(value.as_ref()))])
    }

    /// The text of a message with arguments.
    pub(crate) fn texts(&self, key: &str, arguments: &[(&str, Argument<'_>)]) -> String {
        self.site.messages.text(self.language, key, arguments)
    }

    /// A text without marks of direction, for titles and attributes.
    pub(crate) fn plain(&self, text: impl AsRef<str>) -> String {
        isolation::strip(text.as_ref())
    }

    /// A number as the language writes it.
    pub(crate) fn number(&self, number: impl Borrow<usize>) -> String {
        self.site
            .formats(self.language)
            .number(*number.borrow() as u64)
    }

    /// A number with at most so many digits behind the decimal sign.
    pub(crate) fn decimal(&self, number: f64, digits: u8) -> String {
        let formats = self.site.formats(self.language);
        formats.decimal(number, digits).unwrap_or_default()
    }

    /// A moment as clocks in the Netherlands show it, in words of the language.
    pub(crate) fn moment(&self, moment: Moment) -> String {
        let local = moment.in_amsterdam();
        let (hour, minute, _) = local.to_hms();
        format!("{}, {hour:02}:{minute:02}", self.date(local.date()))
    }

    /// A day with the month in words.
    pub(crate) fn date(&self, day: time::Date) -> String {
        self.site
            .formats(self.language)
            .date(day.year(), day.month().into(), day.day())
            .unwrap_or_else(|| day.to_string())
    }

    /// Writing direction, for `dir`.
    pub(crate) fn direction(&self) -> &'static str {
        direction(&self.language)
    }

    /// Whether the translation of the page still has to be checked.
    pub(crate) fn is_draft(&self) -> bool {
        self.language != Language::NL
            && TELLTALE.iter().any(|key| {
                self.site.messages.status(self.language, key) != Some(MessageStatus::Reviewed)
            })
    }

    /// Languages to choose from.
    pub(crate) fn languages(&self) -> impl Iterator<Item = Language> {
        Language::interface()
    }

    /// The path, for links and the form of the language picker.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// The address with its parameters but the language, for the form of the language picker.
    pub(crate) fn kept(&self) -> impl Iterator<Item = &(String, String)> {
        self.parameters
            .iter()
            .filter(|(name, _)| name != locale::PARAMETER && name != locale::BESIDE)
    }

    /// The last value of a parameter; `None` when absent or blank.
    pub(crate) fn value(&self, name: &str) -> Option<String> {
        let last = self.parameters.iter().rev().find(|(n, _)| n == name)?;
        (!last.1.is_empty()).then(|| last.1.clone())
    }

    /// As [`Page::value`], for a text that a person typed.
    pub(crate) fn typed(&self, name: &str) -> Result<Option<String>, TextTooLong> {
        match self.value(name) {
            Some(text) if text.chars().count() > LONGEST_TEXT => Err(TextTooLong),
            text => Ok(text),
        }
    }

    /// All values of a parameter.
    pub(crate) fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let of_name = self.parameters.iter().filter(move |(n, _)| n == name);
        of_name.map(|(_, value)| value.as_str())
    }

    /// Whether a link of the menu leads to this page or above it, and no other leads nearer.
    pub(crate) fn is_current(&self, path: &str) -> bool {
        let is_nearer =
            |other: &MenuItem| other.path.len() > path.len() && self.is_below(other.path);
        self.is_below(path) && !self.menu().iter().any(is_nearer)
    }

    /// Whether the page is at an address or below it.
    pub(crate) fn is_below(&self, path: &str) -> bool {
        self.path == path
            || self
                .path
                .strip_prefix(path)
                .is_some_and(|rest| rest.starts_with('/'))
    }

    /// Address of a static file; empty when it has not been built.
    pub(crate) fn asset(&self, name: &str) -> String {
        assets::address(name).unwrap_or_default()
    }

    /// Whether the static files have been built.
    pub(crate) fn has_assets(&self) -> bool {
        assets::are_built()
    }

    /// Command that builds the static files.
    pub(crate) fn assets_command(&self) -> &'static str {
        assets::COMMAND
    }

    /// Address of the theme of the organisation: of whoever is logged in, or of the installation.
    pub(crate) fn theme(&self) -> Option<String> {
        let host = self.visitor.context().and_then(|c| c.actor.host());
        let theme = self.site.themes.find(host)?;
        Some(format!("/static/{}", theme.file))
    }

    /// The font file that the script of the language needs first.
    pub(crate) fn first_font(&self) -> String {
        self.asset(match self.language.script() {
            Script::Latin | Script::Greek => "latin.woff2",
            Script::Arabic => "arabic.woff2",
            Script::Cyrillic => "cyrillic.woff2",
            Script::Ethiopic => "ethiopic.woff2",
        })
    }

    /// An icon of the sprite, as HTML; icons only decorate, so they are hidden from assistive
    /// technology.
    pub(crate) fn icon(&self, name: impl AsRef<str>) -> String {
        self.icon_with_class(name.as_ref(), "wb-icon")
    }

    /// An icon that points somewhere and so turns with the direction of the text.
    pub(crate) fn arrow(&self, name: &str) -> String {
        self.icon_with_class(name, "wb-icon wb-flip")
    }

    /// Name of the organisation.
    pub(crate) fn organisation(&self) -> Option<&str> {
        self.site.settings.organisation.as_deref()
    }

    /// Mail address of the organisation.
    pub(crate) fn contact(&self) -> Option<&str> {
        self.site.settings.contact.as_deref()
    }

    fn icon_with_class(&self, name: &str, class: &str) -> String {
        let sprite = self.asset("icons.svg");
        format!(
            "<svg class=\"{class}\" aria-hidden=\"true\" focusable=\"false\"><use href=\"{sprite}#{name}\"/></svg>"
        )
    }
}

impl FromRequestParts<SharedSite> for Page {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, site: &SharedSite) -> Result<Page, Failure> {
        let language = parts
            .extensions
            .get::<AnswerLanguage>()
            .map_or(Language::NL, |answer| answer.0);
        let visitor = parts.extensions.get::<Visitor>().copied();
        let mut page = Page::new(Arc::clone(site), language, &parts.uri)?;
        page.wants_keys = !visitor::has_keys_off(&parts.headers);
        page.beside = parts.extensions.get::<BesideLanguage>().map(|b| b.0);
        Ok(page.with_visitor(visitor.unwrap_or_default()))
    }
}

impl AsRef<Site> for Page {
    fn as_ref(&self) -> &Site {
        &self.site
    }
}

/// Writing direction of a language, for `dir`.
pub(crate) fn direction(language: &Language) -> &'static str {
    match language.direction() {
        Direction::LeftToRight => "ltr",
        Direction::RightToLeft => "rtl",
    }
}

/// A rendered template as a response that already explains itself.
pub(crate) fn html(
    status: StatusCode,
    page: &Page,
    template: &impl Template,
) -> Result<Response, Failure> {
    let body = template.render().map_err(|error| {
        tracing::error!(%error, "cannot render a template");
        Failure::Render
    })?;
    // The page depends on cookie and browser language; it may be kept, but must be checked. What
    // somebody sees who is logged in, or sends, is kept nowhere.
    let caching = if page.is_logged_in() || page.has_posted_form() {
        "no-store"
    } else {
        "private, no-cache"
    };
    let headers = [
        (
            CONTENT_TYPE,
            HeaderValue::from_static("text/html; charset=utf-8"),
        ),
        (
            CONTENT_LANGUAGE,
            HeaderValue::from_static(page.language.code()),
        ),
        (CACHE_CONTROL, HeaderValue::from_static(caching)),
        (VARY, HeaderValue::from_static("Cookie, Accept-Language")),
    ];
    let mut response = (status, headers, body).into_response();
    response.extensions_mut().insert(Explained);
    Ok(response)
}

/// A typed text without control characters and without marks of direction, spaces joined.
pub(crate) fn cleaned(text: &str) -> String {
    let no_marks = isolation::strip(text);
    let words = no_marks.split(|c: char| c.is_control() || c.is_whitespace() || is_override(c));
    words
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Embeddings and overrides of direction, which can make a text look like another.
fn is_override(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_text_is_cleaned() {
        assert_eq!(cleaned("  kok\t\0 chef\n"), "kok chef");
        assert_eq!(cleaned("\u{202e}kok"), "kok");
        assert_eq!(cleaned("\u{2068}طباخ\u{2069}"), "طباخ");
    }
}
