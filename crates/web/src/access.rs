//! Who may use a route, declared where the route is.
//!
//! A route can only be added together with its [`Access`]; the list of all routes feeds the OpenAPI
//! document and a file under test. Whose things may be touched is decided one level deeper, by the
//! policy of the use cases.

use std::convert::Infallible;

use application::Actor;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::handler::Handler;
use axum::http::HeaderValue;
use axum::http::header::WWW_AUTHENTICATE;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post, put};
use domain::organisation::Role;
use domain::scope::Scope;

use crate::failure::Failure;
use crate::site::SharedSite;
use crate::visitor::Visitor;

/// Largest file that can be sent, in bytes.
pub(crate) const LARGEST_UPLOAD: usize = 20 * 1024 * 1024;

/// Who may use a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Access {
    /// Everybody, without logging in.
    Public,
    /// Whoever is logged in.
    LoggedIn,
    /// Newcomers, for their own things.
    Newcomer,
    /// Staff in one of these roles.
    Staff(&'static [Role]),
    /// Programs of organisations whose token has this scope; only in the JSON interface.
    Program(Scope),
}

/// What a visitor gets at a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Admission {
    Enter,
    LogInFirst,
    /// As if there were nothing.
    Hidden,
    /// A program must show a token; whether it showed one that does not work.
    ShowToken(Shown),
    /// The token does not have this scope.
    OtherScope(Scope),
    /// It asks too often; seconds until it may again.
    TooOften(u64),
    /// It cannot be found out now.
    Later,
}

/// What a program showed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    Nothing,
    WrongToken,
}

impl Access {
    /// Code in lists.
    #[must_use]
    pub fn code(self) -> String {
        match self {
            Access::Public => "public".to_owned(),
            Access::LoggedIn => "logged-in".to_owned(),
            Access::Newcomer => "newcomer".to_owned(),
            Access::Staff(roles) => {
                let codes: Vec<_> = roles.iter().map(|role| role.code()).collect();
                codes.join("+")
            }
            Access::Program(scope) => scope.code().to_owned(),
        }
    }

    fn admits(self, visitor: &Visitor) -> Admission {
        let fits = match (self, visitor) {
            (Access::Public, _) => return Admission::Enter,
            (_, Visitor::Unavailable) => return Admission::Later,
            (Access::Program(scope), visitor) => return for_program(scope, visitor),
            (_, visitor) if !visitor.is_person() => return Admission::LogInFirst,
            (Access::LoggedIn, _) => true,
            (Access::Newcomer, visitor) => visitor.is_newcomer(),
            (Access::Staff(roles), visitor) => {
                visitor.role().is_some_and(|role| roles.contains(&role))
            }
        };
        if fits {
            Admission::Enter
        } else {
            Admission::Hidden
        }
    }
}

/// What a program gets at a route for programs with a scope; who is logged in as a person gets
/// nothing there, so that no page of another site can use their session.
fn for_program(scope: Scope, visitor: &Visitor) -> Admission {
    match visitor {
        Visitor::Program(context) => match context.actor {
            Actor::Program(program) if program.scopes.contains(scope) => Admission::Enter,
            _ => Admission::OtherScope(scope),
        },
        Visitor::WrongToken => Admission::ShowToken(Shown::WrongToken),
        Visitor::TooOften { wait } => Admission::TooOften(*wait),
        _ => Admission::ShowToken(Shown::Nothing),
    }
}

/// What a route is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Surface {
    /// A page for people.
    Page,
    /// The JSON interface.
    Api,
    /// A file, the same for everybody.
    File,
    /// For machines that keep the site running.
    Operation,
}

impl Surface {
    /// Code in lists.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Surface::Page => "page",
            Surface::Api => "api",
            Surface::File => "file",
            Surface::Operation => "operation",
        }
    }
}

/// A route as it was declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeclaredRoute {
    /// HTTP method.
    pub method: &'static str,
    /// Path with its parameters in braces.
    pub path: &'static str,
    /// What it is for.
    pub surface: Surface,
    /// Who may use it.
    pub access: Access,
}

/// Routes with their declarations; the only way to add a route.
pub(crate) struct Routes {
    pub(crate) router: Router<SharedSite>,
    pub(crate) declared: Vec<DeclaredRoute>,
}

impl Routes {
    pub(crate) fn new() -> Routes {
        Routes {
            router: Router::new(),
            declared: Vec::new(),
        }
    }

    /// Adds a page for people.
    pub(crate) fn page<H, T>(self, path: &'static str, access: Access, show: H) -> Routes
    where
        H: Handler<T, SharedSite>,
        T: 'static,
    {
        self.get(path, Surface::Page, access, show)
    }

    /// Adds a page with a form that is sent to the page itself.
    pub(crate) fn form<H, T, I, U>(
        self,
        path: &'static str,
        access: Access,
        show: H,
        receive: I,
    ) -> Routes
    where
        H: Handler<T, SharedSite>,
        T: 'static,
        I: Handler<U, SharedSite>,
        U: 'static,
    {
        self.declare("GET", path, Surface::Page, access)
            .declare("POST", path, Surface::Page, access)
            .route(path, access, get(show).post(receive))
    }

    /// As [`Routes::form`], for a form with a file.
    pub(crate) fn upload<H, T, I, U>(
        self,
        path: &'static str,
        access: Access,
        show: H,
        receive: I,
    ) -> Routes
    where
        H: Handler<T, SharedSite>,
        T: 'static,
        I: Handler<U, SharedSite>,
        U: 'static,
    {
        let both = get(show)
            .post(receive)
            .layer(DefaultBodyLimit::max(LARGEST_UPLOAD));
        self.declare("GET", path, Surface::Page, access)
            .declare("POST", path, Surface::Page, access)
            .route(path, access, both)
    }

    /// Adds what a button of a page does.
    pub(crate) fn action<H, T>(self, path: &'static str, access: Access, receive: H) -> Routes
    where
        H: Handler<T, SharedSite>,
        T: 'static,
    {
        self.single(("POST", path, Surface::Page), access, post(receive))
    }

    /// Adds what is written to a resource of the JSON interface.
    pub(crate) fn api_post<H, T>(self, path: &'static str, access: Access, handler: H) -> Routes
    where
        H: Handler<T, SharedSite>,
        T: 'static,
    {
        self.single(("POST", path, Surface::Api), access, post(handler))
    }

    /// Adds what replaces a resource of the JSON interface.
    pub(crate) fn api_put<H, T>(self, path: &'static str, access: Access, handler: H) -> Routes
    where
        H: Handler<T, SharedSite>,
        T: 'static,
    {
        self.single(("PUT", path, Surface::Api), access, put(handler))
    }

    /// Adds a resource of the JSON interface.
    pub(crate) fn api<H, T>(self, path: &'static str, access: Access, handler: H) -> Routes
    where
        H: Handler<T, SharedSite>,
        T: 'static,
    {
        self.get(path, Surface::Api, access, handler)
    }

    /// Adds a route that is read with GET.
    pub(crate) fn get<H, T>(
        self,
        path: &'static str,
        surface: Surface,
        access: Access,
        handler: H,
    ) -> Routes
    where
        H: Handler<T, SharedSite>,
        T: 'static,
    {
        self.single(("GET", path, surface), access, get(handler))
    }

    /// Adds the routes of a module.
    pub(crate) fn and(self, add: impl FnOnce(Routes) -> Routes) -> Routes {
        add(self)
    }

    /// Adds a route with one method.
    fn single(
        self,
        (method, path, surface): (&'static str, &'static str, Surface),
        access: Access,
        handler: MethodRouter<SharedSite, Infallible>,
    ) -> Routes {
        self.declare(method, path, surface, access)
            .route(path, access, handler)
    }

    fn declare(
        mut self,
        method: &'static str,
        path: &'static str,
        surface: Surface,
        access: Access,
    ) -> Routes {
        self.declared.push(DeclaredRoute {
            method,
            path,
            surface,
            access,
        });
        self
    }

    fn route(
        mut self,
        path: &'static str,
        access: Access,
        methods: MethodRouter<SharedSite, Infallible>,
    ) -> Routes {
        let guarded = methods.layer(from_fn(move |request: Request, next: Next| {
            guard(access, request, next)
        }));
        self.router = self.router.route(path, guarded);
        self
    }
}

/// Lets in who may, and answers the others.
async fn guard(access: Access, request: Request, next: Next) -> Response {
    let visitor = request
        .extensions()
        .get::<Visitor>()
        .copied()
        .unwrap_or_default();
    match access.admits(&visitor) {
        Admission::Enter => next.run(request).await,
        Admission::LogInFirst => Failure::LogInFirst.into_response(),
        Admission::Hidden => Failure::NotFound.into_response(),
        Admission::Later => Failure::Unavailable.into_response(),
        Admission::TooOften(wait) => Failure::TooMany { wait }.into_response(),
        Admission::ShowToken(Shown::Nothing) => {
            challenge(Failure::LogInFirst, "Bearer realm=\"werkbrug\"")
        }
        Admission::ShowToken(Shown::WrongToken) => challenge(
            Failure::LogInFirst,
            "Bearer realm=\"werkbrug\", error=\"invalid_token\"",
        ),
        Admission::OtherScope(scope) => challenge(
            Failure::Forbidden,
            &format!("Bearer realm=\"werkbrug\", error=\"insufficient_scope\", scope=\"{scope}\""),
        ),
    }
}

/// Says how a program can show who it is (RFC 6750, section 3).
fn challenge(failure: Failure, how: &str) -> Response {
    let mut response = failure.into_response();
    if let Ok(how) = HeaderValue::from_str(how) {
        response.headers_mut().insert(WWW_AUTHENTICATE, how);
    }
    response
}
