//! The OpenAPI document, with the declared access of every route in it.

use axum::Json;
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL};
use axum::response::IntoResponse;
use domain::scope::Scope;
use utoipa::OpenApi;
use utoipa::openapi::path::Operation;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{Content, OpenApi as Document, Ref, ResponseBuilder, SecurityRequirement};

use super::reply::VERSION;
use crate::access::{Access, Surface};
use crate::routes::declared_routes;

/// Name of the way in which programs show who they are.
const TOKEN: &str = "organisationToken";

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Werkbrug",
        description = "Occupations and skills in seven languages, open to everybody; vacancies, counts and figures of an organisation for its own programs, with a token. No personal data in any address, and no persons in any answer.",
        contact(name = "Werkbrug", email = "beheer@example.invalid", url = "/toegankelijkheid"),
        license(name = "EUPL-1.2", identifier = "EUPL-1.2")
    ),
    servers((url = "/", description = "This site")),
    tags(
        (name = "catalogue", description = "Occupations and what they need"),
        (name = "vacancies", description = "Vacancies of the employer whose program asks"),
        (name = "caseload", description = "Counts of the organisation whose program asks"),
        (name = "figures", description = "Figures of the monitor as they are published")
    ),
    paths(
        super::occupations::list,
        super::occupations::one,
        super::comparison::get,
        super::vacancies::list,
        super::vacancies::create,
        super::vacancies::one,
        super::vacancies::replace,
        super::vacancies::candidate_count,
        super::caseload::counts,
        super::figures::list,
        super::figures::one
    ),
    components(schemas(super::problem::Problem))
)]
struct Described;

/// The document: what the handlers say of themselves, and who may use them as the routes declare.
///
/// A route below `/api/` that no handler describes is left out here; a test finds it.
#[must_use]
pub fn openapi() -> Document {
    let mut document = Described::openapi();
    VERSION.clone_into(&mut document.info.version);
    document
        .components
        .get_or_insert_default()
        .add_security_scheme(TOKEN, token_scheme());
    for route in declared_routes() {
        if route.surface != Surface::Api {
            continue;
        }
        let Some(item) = document.paths.paths.get_mut(route.path) else {
            continue;
        };
        let operation = match route.method {
            "GET" => item.get.as_mut(),
            "POST" => item.post.as_mut(),
            "PUT" => item.put.as_mut(),
            _ => None,
        };
        if let Some(operation) = operation {
            operation.security = Some(vec![requirement(route.access)]);
            if let Access::Program(_) = route.access {
                add_refusals(operation);
            }
        }
    }
    document
}

/// How every route for programs refuses.
const REFUSALS: [(&str, &str); 3] = [
    ("401", "No token, or one that does not work"),
    ("403", "The token does not have the scope"),
    ("429", "The program asks too often"),
];

fn add_refusals(operation: &mut Operation) {
    for (status, description) in REFUSALS {
        let content = Content::new(Some(Ref::from_schema_name("Problem")));
        let response = ResponseBuilder::new()
            .description(description)
            .content("application/problem+json", content);
        let responses = &mut operation.responses.responses;
        responses.insert(status.to_owned(), response.build().into());
    }
}

/// What a route asks of whoever uses it.
fn requirement(access: Access) -> SecurityRequirement {
    match access {
        // An empty requirement says in so many words that no login is needed.
        Access::Public => SecurityRequirement::default(),
        Access::Program(scope) => SecurityRequirement::new(TOKEN, [scope.code()]),
        Access::LoggedIn | Access::Newcomer | Access::Staff(_) => {
            SecurityRequirement::new::<_, [&str; 0], &str>("session", [])
        }
    }
}

fn token_scheme() -> SecurityScheme {
    let scopes: Vec<&str> = Scope::ALL.iter().map(|scope| scope.code()).collect();
    let description = format!(
        "A token that the administrator of the organisation makes for one program; it is shown once and works for at most a year. Scopes: {}.",
        scopes.join(", ")
    );
    let http = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .description(Some(description));
    SecurityScheme::Http(http.build())
}

/// `GET /openapi.json`.
pub(crate) async fn get() -> impl IntoResponse {
    let headers = [
        (ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (CACHE_CONTROL, "public, max-age=3600"),
    ];
    (headers, Json(openapi()))
}
