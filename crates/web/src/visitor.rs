//! Who asks: nobody, somebody who is logged in, or somebody whose session is over.
//!
//! The session is one cookie with a random token; what it stands for is only in the database.
//! Programs show a token with every request instead (`Authorization: Bearer`, RFC 6750), and only
//! the JSON interface looks at it.

use application::throttle::Network;
use application::{Actor, Application, ApplicationError, Context, LoggedIn};
use axum::extract::{Request, State};
use axum::http::header::{AUTHORIZATION, COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use domain::moment::Moment;
use domain::organisation::Role;
use vault::token::Secret;

use crate::failure::Failure;
use crate::peer::network;
use crate::site::SharedSite;

/// Name of the cookie; the prefix makes browsers insist on `Secure`, `Path=/` and no domain.
const NAME: &str = "__Host-sessie";

/// Cookie of a browser in which keys that work faster are turned off.
const KEYS_OFF: &str = "__Host-toetsen=uit";

/// Longest token that is looked up, in characters; ours are shorter.
const LONGEST_TOKEN: usize = 100;

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Visitor {
    /// Nobody that we know.
    #[default]
    Nobody,
    /// Somebody whose session is over.
    Over,
    /// Somebody with a session, while the database cannot be asked whose.
    Unavailable,
    /// Somebody who is logged in.
    LoggedIn(Context),
    /// A program of an organisation.
    Program(Context),
    /// A program whose token does not work.
    WrongToken,
    /// A program that asks too often.
    TooOften {
        /// Seconds until it may ask again.
        wait: u64,
    },
}

/// Whether keys that work faster are on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keys {
    On,
    Off,
}

impl Visitor {
    /// Who is logged in, or which program asks, for use cases.
    pub(crate) fn context(&self) -> Option<&Context> {
        match self {
            Visitor::LoggedIn(context) | Visitor::Program(context) => Some(context),
            Visitor::Nobody
            | Visitor::Over
            | Visitor::Unavailable
            | Visitor::WrongToken
            | Visitor::TooOften { .. } => None,
        }
    }

    /// Whether it is a person who is logged in.
    pub(crate) fn is_person(&self) -> bool {
        matches!(self, Visitor::LoggedIn(_))
    }

    /// The role of a member of staff.
    pub(crate) fn role(&self) -> Option<Role> {
        match self.context()?.actor {
            Actor::Staff(staff) => Some(staff.role),
            Actor::Newcomer(_) | Actor::Program(_) | Actor::Machine => None,
        }
    }

    /// Whether it is a newcomer.
    pub(crate) fn is_newcomer(&self) -> bool {
        self.context()
            .is_some_and(|context| matches!(context.actor, Actor::Newcomer(_)))
    }
}

/// Layer that finds out who asks.
pub(crate) async fn settle(
    State(site): State<SharedSite>,
    mut request: Request,
    next: Next,
) -> Response {
    let shown = bearer(&request);
    let visitor = match (token(request.headers()), site.application.as_ref()) {
        (_, Some(application)) if let Some(token) = shown => {
            let network = network(request.extensions(), request.headers(), &site);
            of_program(application, network, &token).await
        }
        (Some(token), Some(application)) => match application.resume(&token).await {
            Ok(context) => Visitor::LoggedIn(context),
            Err(ApplicationError::SessionOver) => Visitor::Over,
            Err(error) => {
                let _ = Failure::from(error);
                Visitor::Unavailable
            }
        },
        (Some(_), None) => Visitor::Over,
        (None, _) => Visitor::Nobody,
    };
    request.extensions_mut().insert(visitor);
    let mut response = next.run(request).await;
    // A response that begins a session must not be ended here.
    if visitor == Visitor::Over && !sets_session(response.headers()) {
        forget(response.headers_mut());
    }
    response
}

/// The program that shows a token.
async fn of_program(application: &Application, network: Network, token: &Secret) -> Visitor {
    match application.program_with(network, token).await {
        Ok(context) => Visitor::Program(context),
        Err(ApplicationError::WrongCredentials) => Visitor::WrongToken,
        Err(ApplicationError::TooManyAttempts { again_at }) => {
            let wait = again_at.since(application.now()).whole_seconds();
            Visitor::TooOften {
                wait: u64::try_from(wait).unwrap_or(0) + 1,
            }
        }
        Err(error) => {
            let _ = Failure::from(error);
            Visitor::Unavailable
        }
    }
}

/// The token that a request to the JSON interface shows.
fn bearer(request: &Request) -> Option<Secret> {
    if !request.uri().path().starts_with("/api/") {
        return None;
    }
    let value = request.headers().get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    let token = token.trim();
    let fits = scheme.eq_ignore_ascii_case("bearer") && token.len() <= LONGEST_TOKEN;
    fits.then(|| Secret::from_text(token.to_owned()))
}

/// Gives the browser a session.
pub(crate) fn remember(headers: &mut HeaderMap, logged_in: &LoggedIn, now: Moment) {
    let seconds = logged_in.ends_at.since(now).whole_seconds().max(0);
    let cookie = format!(
        "{NAME}={}; Path=/; Max-Age={seconds}; Secure; HttpOnly; SameSite=Lax",
        logged_in.token.reveal()
    );
    if let Ok(mut cookie) = HeaderValue::try_from(cookie) {
        cookie.set_sensitive(true);
        headers.append(SET_COOKIE, cookie);
    }
}

/// Takes the session from the browser.
pub(crate) fn forget(headers: &mut HeaderMap) {
    let cookie = HeaderValue::from_static(
        "__Host-sessie=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax",
    );
    headers.append(SET_COOKIE, cookie);
}

/// Whether keys that work faster are turned off in this browser.
pub(crate) fn has_keys_off(headers: &HeaderMap) -> bool {
    cookies(headers).any(|pair| pair == KEYS_OFF)
}

/// Turns keys that work faster off in this browser, or on again.
pub(crate) fn turn_keys(headers: &mut HeaderMap, turn: Keys) {
    let cookie = match turn {
        Keys::Off => "__Host-toetsen=uit; Path=/; Max-Age=31536000; Secure; HttpOnly; SameSite=Lax",
        Keys::On => "__Host-toetsen=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax",
    };
    headers.append(SET_COOKIE, HeaderValue::from_static(cookie));
}

fn sets_session(headers: &HeaderMap) -> bool {
    headers
        .get_all(SET_COOKIE)
        .iter()
        .any(|value| value.as_bytes().starts_with(NAME.as_bytes()))
}

/// Names with values of all cookies.
fn cookies(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    let all = headers.get_all(COOKIE).iter();
    all.filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .map(str::trim)
}

fn token(headers: &HeaderMap) -> Option<Secret> {
    cookies(headers)
        .find_map(|pair| pair.strip_prefix(NAME)?.strip_prefix('='))
        .filter(|token| !token.is_empty() && token.len() <= LONGEST_TOKEN)
        .map(|token| Secret::from_text(token.to_owned()))
}
