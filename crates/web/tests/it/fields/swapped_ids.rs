//! Ids of one person, asked for by another (ASVS 8.2.2): the answer is that to an id of nothing, at
//! every address with an id in it, for reading and for writing.

use domain::organisation::{OrganisationKind, Role};
use testkit::database::run;

use super::{Asked, Full, full};
use crate::story::profile_of;
use crate::world::TestError;

/// Where everybody, or every newcomer, may see an open vacancy.
const OPEN_VACANCIES: [&str; 3] = [
    "/werk/{id}",
    "/werk/{id}/jobposting.json",
    "/mijn/werk/{id}",
];

/// The id of nothing.
const UNKNOWN: &str = "0195a000-0000-7000-8000-000000000000";

impl Full {
    /// Everything with an id of the person, the case, the vacancy or the match in its address, for
    /// reading and, with an empty form, for writing: with the id, and what it is.
    fn with_ids(&self) -> Vec<(&str, Asked)> {
        let mut all = self.readable();
        for route in web::declared_routes() {
            let path = route.path;
            if route.method == "POST" && path.contains("{id}") {
                all.extend(self.ids.iter().map(|id| Asked {
                    route: path.to_owned(),
                    path: path.replace("{id}", id),
                    sent: Some(("application/x-www-form-urlencoded", String::new())),
                }));
            }
        }
        all.into_iter()
            .filter_map(|asked| {
                let id = self.ids.iter().find(|id| asked.path.contains(*id))?;
                let is_open = *id == self.ids[2] && OPEN_VACANCIES.contains(&asked.route.as_str());
                (!is_open).then_some((id.as_str(), asked))
            })
            .collect()
    }
}

/// A body without an id, and without the id of the request, which is another each time.
fn without(body: &str, id: &str) -> String {
    let mut parts = body.split("urn:werkbrug:request:");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text.push_str(part.split_once('"').map_or("", |(_, rest)| rest));
    }
    text.replace(id, "")
}

#[test]
fn things_of_others_are_answered_like_things_that_do_not_exist() {
    run(async {
        use OrganisationKind::{Employer, Municipality};

        let full = full().await?;
        let other = full.town.newcomer("Ander", &profile_of("lasser")?).await?;
        let elsewhere = (Municipality, "Elders");
        let bakery = (Employer, "Fictiebakker");
        let readers = [
            full.newcomer("newcomer", other).await?,
            full.staff("klantmanager", elsewhere, Role::Klantmanager)
                .await?,
            full.staff("employer", bakery, Role::EmployerContact)
                .await?,
            full.program("program", bakery).await?,
        ];
        for reader in &readers {
            let mut n_hidden = 0;
            for (id, asked) in full.with_ids() {
                let unknown = Asked {
                    route: asked.route.clone(),
                    path: asked.path.replace(id, UNKNOWN),
                    sent: asked.sent.clone(),
                };
                let theirs = full.ask(reader, &asked).await;
                let nothing = full.ask(reader, &unknown).await;
                let place = format!("{} as {}", asked.path, reader.name);
                assert!(!theirs.status.is_success(), "{place}");
                assert_eq!(theirs.status, nothing.status, "{place}");
                assert_eq!(
                    without(&theirs.body, id),
                    without(&nothing.body, UNKNOWN),
                    "{place}"
                );
                n_hidden += 1;
            }
            assert!(n_hidden > 100, "{n_hidden}");
        }
        Ok::<(), TestError>(())
    });
}
