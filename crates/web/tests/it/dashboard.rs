//! The dashboard: pages, permalinks, hidden cells, downloads, and what changes with the file.

use std::collections::BTreeMap;
use std::fs;
use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use domain::language::Language;
use monitoring::figure::Figure;
use monitoring::indicator::Registry;
use monitoring::synthetic::{self, Course, Plan, Rows};
use statistics::random::Seed;
use web::monitor::key::RoundingKey;
use web::monitor::{Monitor, MonitorError, MonitorSettings, Refreshed, SEED};
use web::{Settings, Site};

use crate::site::{Answer, ask_of, get};

fn site_with(monitor: Monitor) -> Arc<Site> {
    let catalogue = taxonomy::starter::catalogue().expect("the starter catalogue is whole");
    let site = Site::new(catalogue, Settings::default()).expect("the texts are whole");
    Arc::new(site.with_monitor(Arc::new(monitor)))
}

/// The dashboard with invented records.
fn demo() -> Router {
    static SITE: OnceLock<Arc<Site>> = OnceLock::new();
    let site = SITE.get_or_init(|| {
        let settings = MonitorSettings {
            demo: true,
            ..MonitorSettings::default()
        };
        let monitor = Monitor::open(settings, RoundingKey::of_invented());
        site_with(monitor.expect("records can be invented"))
    });
    web::router(Arc::clone(site))
}

async fn ask(path: &str, language: &str) -> Answer {
    let request = Request::get(path).header("accept-language", language);
    let request = request.body(Body::empty()).expect("a valid request");
    ask_of(demo(), request).await
}

/// The lines of a download, by name of column.
fn table(csv: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_reader(csv.as_bytes());
    reader
        .deserialize()
        .collect::<Result<_, _>>()
        .expect("the download is a table")
}

#[tokio::test]
async fn every_page_of_figures_renders_in_every_language() {
    let registry = Registry::embedded().expect("the definitions are whole");
    let mut paths: Vec<String> = registry
        .indicators()
        .iter()
        .map(|indicator| format!("/cijfers/{}", indicator.code))
        .collect();
    for by in [
        "cohort",
        "origin",
        "residence",
        "sex",
        "age",
        "education",
        "household",
        "route",
        "dutch",
    ] {
        paths.push(format!("/cijfers/paid-work?meting=now&per={by}"));
    }
    paths.extend(
        [
            "/cijfers",
            "/cijfers?gebied=AM22&cohort=2020&maand=2025-06",
            "/cijfers/acties",
            "/cijfers/begrippen",
            "/cijfers/dual-tracks?meting=effect-matched",
            "/cijfers/dual-tracks?meting=reach-representation&per=sex",
            "/cijfers/unemployment-gap?meting=unemployed-odds-ratio",
        ]
        .map(str::to_owned),
    );
    for path in paths {
        for language in Language::interface() {
            let answer = ask(&path, language.code()).await;
            let what = format!("{path} in {language}");
            assert_eq!(answer.status, 200, "{what}");
            for forbidden in ["⟦", "NaN", " style=", "<style", ">inf"] {
                assert!(!answer.body.contains(forbidden), "{what}: {forbidden}");
            }
            assert!(
                answer.body.contains("wb-invented") || path.ends_with("begrippen"),
                "{what}"
            );
        }
    }
}

#[tokio::test]
async fn no_code_stands_where_words_belong() {
    let told = [
        ("/cijfers/graduates-gap", "ar", "منذ 2018", "since-2018"),
        (
            "/cijfers/unemployment-gap",
            "uk",
            "1-й квартал 2022",
            "2022-Q1",
        ),
        (
            "/cijfers/learning-networks?meting=attendance",
            "nl",
            "Lerend netwerk Voorbeeldstad",
            ">demo-network-sessions",
        ),
        ("/cijfers/acties", "tr", "yeni gelenler", ">newcomer"),
        ("/cijfers/acties", "fa", "در مجموع", "via-2022"),
        ("/cijfers/acties", "nl", "92 van 140", "demo-caseworkers"),
    ];
    for (path, language, words, code) in told {
        let body = ask(path, language).await.body;
        let plain: String = body
            .chars()
            .filter(|c| !matches!(c, '\u{2068}' | '\u{2069}'))
            .collect();
        assert!(plain.contains(words), "{path} in {language}: {words}");
        assert!(!plain.contains(code), "{path} in {language}: {code}");
    }
}

#[tokio::test]
async fn the_address_holds_the_state() {
    let path =
        "/cijfers/paid-work?maand=2025-06&gebied=GM0599&cohort=2020&meting=permit&per=sex&na=24";
    let page = ask(path, "nl").await.body;
    let kept = path.replace('&', "&#38;");
    assert!(
        page.contains(&format!("href=\"{kept}\"")),
        "the permalink is the address"
    );
    for chosen in ["GM0599", "2020", "2025-06", "sex", "24"] {
        assert!(
            page.contains(&format!("value=\"{chosen}\" selected")),
            "{chosen} is chosen"
        );
    }
    assert!(page.contains("municipality=GM0599") && page.contains("cohort=2020"));
    assert_eq!(
        ask(path, "nl").await.body,
        page,
        "the same address, the same page"
    );
    let wrong = ask(
        "/cijfers/paid-work?gebied=GM9999&per=hair&na=x&maand=nu&meting=y",
        "nl",
    )
    .await;
    assert_eq!(wrong.status, 200);
    assert!(wrong.body.contains("Deze keuze bestaat hier niet."));
    assert_eq!(ask("/cijfers/no-such-figure", "nl").await.status, 404);
}

#[tokio::test]
async fn a_hidden_cell_says_why() {
    let page = ask("/cijfers/work-at-level?gebied=GM1883&per=origin", "nl")
        .await
        .body;
    assert!(page.contains("Niet getoond"));
    assert!(page.contains("De groep is te klein voor een percentage."));
    let csv = ask("/cijfers/work-at-level/cijfers.csv?gebied=GM1883", "nl")
        .await
        .body;
    let hidden: Vec<_> = table(&csv)
        .into_iter()
        .filter(|row| row["outcome"] == "hidden")
        .collect();
    assert!(!hidden.is_empty());
    for row in hidden {
        assert!(!row["reason"].is_empty() && row["value"].is_empty() && row["n"].is_empty());
    }
}

#[tokio::test]
async fn shown_counts_are_rounded_and_never_small() {
    for code in ["paid-work", "instruments", "barriers", "work-at-level"] {
        let csv = ask(&format!("/cijfers/{code}/cijfers.csv?gebied=AM22"), "nl")
            .await
            .body;
        let rows = table(&csv);
        assert!(rows.len() > 10, "{code}");
        for row in rows.iter().filter(|row| row["label"].is_empty()) {
            let Ok(n) = row["n"].parse::<u64>() else {
                continue;
            };
            assert!(n >= 50 && n % 5 == 0, "{row:?}");
            if let Ok(numerator) = row["numerator"].parse::<u64>() {
                assert!(
                    numerator % 5 == 0 && (numerator == 0 || numerator >= 10),
                    "{row:?}"
                );
                let share = numerator as f64 / n as f64;
                let value: f64 = row["value"].parse().expect("a number");
                assert!((share - value).abs() <= 0.005 + 1e-9, "{row:?}");
            }
        }
    }
}

#[tokio::test]
async fn the_download_has_the_numbers_of_the_page() {
    let page = ask("/cijfers/paid-work?meting=permit&per=sex&na=24", "nl")
        .await
        .body;
    let csv = ask("/cijfers/paid-work/cijfers.csv", "nl").await;
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    assert!(csv.body.starts_with("# INVENTED DATA"));
    assert!(
        csv.body
            .contains("# Command: werkbrug monitor compute --data invented.csv")
    );
    let mut compared = 0;
    for row in table(&csv.body) {
        let on_page = row["measure"] == "permit"
            && row["outcome"] == "value"
            && (row["by"] == "everybody" || row["by"] == "sex" && row["months"] == "24");
        if !on_page {
            continue;
        }
        let percent = |name: &str| {
            let number: f64 = row[name].parse().expect("a number");
            format!("{}%", (number * 100.0).round())
        };
        assert!(
            page.contains(&format!("<strong>{}</strong>", percent("value"))),
            "{row:?}"
        );
        let interval = format!(
            "\u{2068}{}\u{2069} tot \u{2068}{}\u{2069}",
            percent("lower"),
            percent("upper")
        );
        assert!(page.contains(&interval), "{row:?}");
        compared += 1;
    }
    assert!(compared >= 8, "{compared}");
}

/// What the commands on the page do, without the program around them.
#[tokio::test]
async fn the_commands_on_the_page_give_the_download() {
    let registry = Registry::embedded().expect("the definitions are whole");
    let course = Course::embedded().expect("the course is whole");
    let persons = synthetic::synthesise(&course, &Plan::default(), Seed(SEED));
    let mut file = Vec::new();
    synthetic::write(&persons, Rows::Spells, &mut file).expect("memory can be written to");
    let vault = monitoring::vault_file::read("invented.csv", file.as_slice()).expect("it is whole");
    let filter = "cohort=2020&municipality=GM0363".parse().expect("a filter");
    let key = RoundingKey::of_invented();
    let record_key = |pseudonym: &str| key.of(pseudonym);
    let query = monitoring::compute::Query {
        on: "2026-06".parse().expect("a month"),
        filter: &filter,
        confidence: statistics::Confidence::NINETY_FIVE,
        record_key: Some(&record_key),
    };
    let figures: Vec<Figure> =
        monitoring::compute::compute(&vault, &registry, &query).expect("it can be computed");
    let csv = ask(
        "/cijfers/job-quality/cijfers.csv?gebied=GM0363&cohort=2020",
        "nl",
    )
    .await
    .body;
    let rows = table(&csv);
    let own: Vec<&Figure> = figures
        .iter()
        .filter(|figure| figure.key.indicator == "job-quality")
        .collect();
    assert_eq!(rows.len(), own.len());
    for (row, figure) in rows.iter().zip(own) {
        let shown = serde_json::to_value(web::monitor::shown(figure, &registry)).expect("JSON");
        assert_eq!(shown["measure"], row["measure"].as_str());
        let point = &shown["outcome"]["value"]["point"];
        assert_eq!(point.as_f64(), row["value"].parse().ok(), "{row:?}");
    }
}

#[tokio::test]
async fn without_records_the_page_says_what_to_set() {
    let page = get("/cijfers").await.body;
    assert!(page.contains("Er zijn nog geen eigen gegevens") && page.contains("[monitor]"));
    assert!(!page.contains("wb-invented"));
    // What others published is there all the same.
    assert!(get("/cijfers/unemployment-gap").await.body.contains("7%"));
}

#[test]
fn a_changed_file_gives_new_figures_and_a_faulty_one_is_refused() {
    let folder = std::env::temp_dir().join(format!("werkbrug-figures-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder can be made");
    let path = folder.join("records.csv");
    let write = |persons: usize| {
        let course = Course::embedded().expect("the course is whole");
        let plan = Plan {
            persons,
            ..Plan::default()
        };
        let mut file = Vec::new();
        let persons = synthetic::synthesise(&course, &plan, Seed(1));
        synthetic::write(&persons, Rows::Spells, &mut file).expect("memory can be written to");
        fs::write(&path, file).expect("the file can be written");
    };
    let settings = MonitorSettings {
        data: Some(path.clone()),
        ..MonitorSettings::default()
    };
    let missing = Monitor::open(settings.clone(), RoundingKey::of_invented());
    assert!(matches!(missing, Err(MonitorError::Open { .. })));
    write(300);
    let monitor = Monitor::open(settings, RoundingKey::of_invented()).expect("the file is whole");
    assert!(matches!(monitor.refresh(), Ok(Refreshed::Unchanged)));
    write(400);
    assert!(matches!(monitor.refresh(), Ok(Refreshed::Changed)));
    fs::write(&path, "pseudonym,name\n1,Jan\n").expect("the file can be written");
    assert!(matches!(monitor.refresh(), Err(MonitorError::Data(_))));
    assert!(
        matches!(monitor.refresh(), Ok(Refreshed::Unchanged)),
        "said once"
    );
    fs::remove_dir_all(&folder).expect("the folder can be removed");
}

#[tokio::test]
async fn the_workbook_holds_the_same_cells_as_the_table() {
    let path = "/cijfers/paid-work/cijfers";
    let csv = ask(&format!("{path}.csv?gebied=AM22"), "nl").await.body;
    let request = Request::get(format!("{path}.xlsx?gebied=AM22"));
    let request = request.body(Body::empty()).expect("a valid request");
    let (kind, bytes) = crate::site::bytes_of(demo(), request).await;
    assert!(kind.contains("spreadsheetml"), "{kind}");
    let sheets = exchange::sheet::read_xlsx(&bytes, &exchange::sheet::Limits::default())
        .expect("the workbook can be read");
    let names: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(names, ["figures", "about"]);
    let mut reader = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .has_headers(false)
        .from_reader(csv.as_bytes());
    let mut n = 0;
    for (record, row) in reader.records().zip(&sheets[0].rows) {
        let record = record.expect("a line of the table");
        for (column, text) in record.iter().enumerate() {
            let cell = row.get(column).map(ToString::to_string).unwrap_or_default();
            assert_eq!(cell, text, "row {n}, column {column}");
        }
        n += 1;
    }
    assert_eq!(n, sheets[0].rows.len());
    let command = |row: &Vec<exchange::sheet::Cell>| row[0].to_string() == "Command";
    assert_eq!(sheets[1].rows.iter().filter(|row| command(row)).count(), 2);
}
