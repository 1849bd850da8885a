//! What pages say, as snapshots of their main part, and their behaviour by example.

use crate::site::{get, get_in, occupation};

/// The main part of a page, with what differs between builds taken out.
fn main_part(body: &str) -> String {
    let start = body.find("<main").expect("a page has a main part");
    let end = body.find("</main>").expect("the main part ends");
    let mut part = body[start..end].to_owned();
    // The sprite has a hash in its name, or is not built.
    while let Some(at) = part.find("/static/") {
        let end = at + part[at..].find(['#', '"']).expect("an address ends");
        part.replace_range(at..end, "");
    }
    part
}

#[tokio::test]
async fn snapshots_of_pages() {
    let (cook, baker) = (occupation("kok").await, occupation("bakker").await);
    let pages = [
        ("home-nl", "/".to_owned(), "nl"),
        ("search-nl", "/beroepen?zoek=кухар".to_owned(), "nl"),
        ("empty-ar", "/beroepen?zoek=qqqqqq".to_owned(), "ar"),
        ("occupation-uk", format!("/beroepen/{cook}"), "uk"),
        (
            "compare-nl",
            format!("/vergelijken?van={cook}&naar={baker}"),
            "nl",
        ),
        (
            "compare-problem-tr",
            "/vergelijken?van=qqqqqq".to_owned(),
            "tr",
        ),
        (
            "skills-nl",
            "/wat-kan-ik?v=run-household&v=cook-for-groups&toon=1".to_owned(),
            "nl",
        ),
        ("privacy-ti", "/privacy".to_owned(), "ti"),
        ("not-found-fa", "/bestaat-niet".to_owned(), "fa"),
    ];
    for (name, address, language) in pages {
        let address = address.replace("кухар", "%D0%BA%D1%83%D1%85%D0%B0%D1%80");
        let answer = get_in(&address, language).await;
        insta::assert_snapshot!(name, main_part(&answer.body));
    }
}

#[tokio::test]
async fn a_word_in_another_language_leads_to_the_occupation_and_says_so() {
    // Ukrainian and Arabic for cook, on a Dutch page.
    for word in ["%D0%BA%D1%83%D1%85%D0%B0%D1%80", "%D8%B7%D8%A8%D8%A7%D8%AE"] {
        let body = get(&format!("/beroepen?zoek={word}")).await.body;
        assert!(body.contains(">kok</a>"), "{word}");
        assert!(body.contains("Gevonden met"), "{word}");
    }
}

#[tokio::test]
async fn facts_that_nobody_verified_say_so() {
    let verified = get(&format!(
        "/beroepen/{}",
        occupation("verpleegkundige").await
    ))
    .await
    .body;
    assert!(verified.contains("Nee. De wet zegt wie dit werk mag doen."));
    assert!(verified.contains("BIG-register (CIBG)"));
    assert!(!verified.contains("Controleer dit bij de bron"));
    let unverified = get(&format!("/beroepen/{}", occupation("kok").await))
        .await
        .body;
    assert!(unverified.contains("Controleer dit bij de bron"));
}

#[tokio::test]
async fn choices_lead_to_work_with_reasons() {
    let cook = occupation("kok").await;
    let choose = get(&format!("/wat-kan-ik?werk={cook}")).await.body;
    let skills: Vec<&str> = choose
        .split("name=\"v\" value=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .take(5)
        .collect();
    assert_eq!(skills.len(), 5);
    let chosen = skills.join("&v=");
    let outcome = get(&format!("/wat-kan-ik?v={chosen}&toon=1")).await.body;
    let first = outcome
        .split("<article")
        .nth(1)
        .expect("there is an outcome");
    assert!(
        first.contains(&format!("/beroepen/{cook}")),
        "the own work comes first"
    );
    assert!(first.contains("Dit kunt u al") && first.contains("Dit mist nog"));
    assert_eq!(outcome.matches("checked").count(), 5, "the choices stay");
    let again = get(&format!("/wat-kan-ik?v={chosen}&v={chosen}&toon=1"))
        .await
        .body;
    assert_eq!(again.matches("checked").count(), 5, "a choice counts once");
}
