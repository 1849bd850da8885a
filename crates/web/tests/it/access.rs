//! Who may use which route: a file that people can read, checked against the program.

use std::fmt::Write;

use axum::http::StatusCode;
use web::{Access, Surface};

use crate::site::{addresses, get};

/// The matrix as agreed; a changed or new route fails until somebody changes this file.
const MATRIX: &str = include_str!("access-matrix.txt");

#[test]
fn every_route_is_in_the_matrix() {
    let mut matrix = String::from("method surface   access path\n");
    for route in web::declared_routes() {
        writeln!(
            matrix,
            "{:<6} {:<9} {:<6} {}",
            route.method,
            route.surface.code(),
            route.access.code(),
            route.path
        )
        .expect("a string can be written to");
    }
    assert_eq!(
        matrix, MATRIX,
        "access-matrix.txt differs from the declared routes"
    );
}

#[tokio::test]
async fn a_public_route_answers_who_is_not_logged_in() {
    for (route, address) in addresses().await {
        // A page about logging in is only there where one can, the rules where they are loaded.
        let asks_for_people = ["/inloggen", "/uitnodiging", "/mag-ik-werken", "/werk/"]
            .iter()
            .any(|start| route.path.starts_with(start));
        if route.access != Access::Public || asks_for_people {
            continue;
        }
        let answer = get(&address).await;
        // A file is only there when the assets have been built.
        let may_be_missing = route.surface == Surface::File;
        assert!(
            answer.status == StatusCode::OK
                || may_be_missing && answer.status == StatusCode::NOT_FOUND,
            "{address}: {}",
            answer.status
        );
    }
}
