//! Who may use a route, declared where the route is.
//!
//! A route can only be added together with its [`Access`]; the list of all routes feeds the OpenAPI
//! document and a file under test.

use axum::Router;
use axum::handler::Handler;
use axum::routing::get;

use crate::site::SharedSite;

/// Who may use a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Access {
    /// Everybody, without logging in.
    Public,
}

impl Access {
    /// Code in lists.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Access::Public => "public",
        }
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
    pub(crate) fn page<H, T>(self, path: &'static str, access: Access, handler: H) -> Routes
    where
        H: Handler<T, SharedSite>,
        T: 'static,
    {
        self.get(path, Surface::Page, access, handler)
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
        mut self,
        path: &'static str,
        surface: Surface,
        access: Access,
        handler: H,
    ) -> Routes
    where
        H: Handler<T, SharedSite>,
        T: 'static,
    {
        self.declared.push(DeclaredRoute {
            method: "GET",
            path,
            surface,
            access,
        });
        let method = match access {
            Access::Public => get(handler),
        };
        self.router = self.router.route(path, method);
        self
    }
}
