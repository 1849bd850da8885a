//! `werkbrug guidance` as its users run it.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::{Outcome, werkbrug};

fn json(arguments: &[&str]) -> Result<Value, Box<dyn std::error::Error>> {
    let mut all = vec!["guidance"];
    all.extend(arguments);
    all.push("--json");
    let run = werkbrug(&all, b"")?;
    if run.code != Some(0) {
        return Err(format!("{all:?}: {}", run.err).into());
    }
    Ok(serde_json::from_str(&run.out)?)
}

/// Runs with an error and hands back its one line.
fn refused(arguments: &[&str]) -> Result<String, Box<dyn std::error::Error>> {
    let mut all = vec!["guidance"];
    all.extend(arguments);
    let run = werkbrug(&all, b"")?;
    if run.code == Some(0) {
        return Err(format!("{all:?} succeeded").into());
    }
    Ok(run.err)
}

fn file(folder: &Path, name: &str, text: &str) -> Result<String, Box<dyn std::error::Error>> {
    let path = folder.join(name);
    fs::write(&path, text)?;
    Ok(path.to_str().ok_or("a path in UTF-8")?.to_owned())
}

#[test]
fn may_work_answers_in_both_languages_with_duty_date_and_source() -> Outcome {
    let answer = json(&[
        "may-work",
        "--status",
        "ontheemde",
        "--date",
        "2026-11-22",
        "--kind",
        "employment",
        "--language",
        "uk",
        "--start",
        "2026-12-28",
    ])?;
    assert_eq!(answer["outcome"], "duty_to_notify");
    assert_eq!(answer["explanation"]["language"], "uk");
    assert_eq!(answer["explanation"]["status"], "draft");
    assert!(
        answer["explanation"]["dutch"]
            .as_str()
            .is_some_and(|t| t.starts_with("U mag"))
    );
    let duties = answer["duties"].as_array().ok_or("duties")?;
    let notice = duties
        .iter()
        .find(|d| d["what"] == "notify-uwv")
        .ok_or("a notice")?;
    assert_eq!(notice["by_date"], "2026-12-23");
    assert!(
        answer["source"]["link"]
            .as_str()
            .is_some_and(|l| l.starts_with("https://"))
    );
    assert_eq!(answer["source"]["valid_to"], "2027-03-04");
    Ok(())
}

#[test]
fn every_language_shows_an_answer_as_text() -> Outcome {
    for language in ["nl", "en", "ar", "uk", "ti", "tr", "fa"] {
        let run = werkbrug(
            &[
                "guidance",
                "may-work",
                "--status",
                "STATUSHOUDER_BEPAALD",
                "--date",
                "2026-11-22",
                "--kind",
                "loondienst",
                "--housing",
                "azc",
                "--language",
                language,
            ],
            b"",
        )?;
        assert_eq!(run.code, Some(0), "{}", run.err);
        assert!(run.out.starts_with("free: "), "{}", run.out);
        assert!(run.out.contains("holder-azc-work"), "{}", run.out);
    }
    Ok(())
}

#[test]
fn wrong_input_is_answered_with_one_clear_line() -> Outcome {
    let cases: [(&[&str], &str); 5] = [
        (
            &[
                "may-work",
                "--status",
                "tourist",
                "--date",
                "2026-11-22",
                "--kind",
                "employment",
            ],
            "is no value of residence",
        ),
        (
            &[
                "may-work",
                "--status",
                "dutch",
                "--date",
                "2026-02-30",
                "--kind",
                "employment",
            ],
            "is no date",
        ),
        (
            &[
                "may-work",
                "--status",
                "dutch",
                "--date",
                "2026-11-22",
                "--kind",
                "employment",
                "--fact",
                "sex=x",
            ],
            "there is no fact",
        ),
        (
            &[
                "clocks",
                "--case",
                "/nonexistent.toml",
                "--date",
                "2026-11-22",
            ],
            "cannot read",
        ),
        (
            &["route", "--municipality", "GM9999", "--date", "2026-11-22"],
            "there is no municipality",
        ),
    ];
    for (arguments, reason) in cases {
        let error = refused(arguments)?;
        assert!(error.contains(reason), "{error}");
    }
    Ok(())
}

#[test]
fn clocks_tell_day_seventy_from_day_seventy_one() -> Outcome {
    let folder = tempfile::tempdir()?;
    let case = "[facts]\ntreated_as = \"asylum_status_holder\"\nlearning_route = \"b1\"\n[events]\nbrp_registration = 2026-01-05\n";
    let case = file(folder.path(), "case.toml", case)?;
    let state = |date| -> Result<Value, Box<dyn std::error::Error>> {
        let shown = json(&["clocks", "--case", &case, "--date", date])?;
        let clocks = shown["clocks"].as_array().ok_or("clocks")?;
        let pip = clocks
            .iter()
            .find(|c| c["clock"] == "pip")
            .ok_or("the PIP")?;
        Ok(pip["state"].clone())
    };
    assert_eq!(state("2026-03-16")?, "due");
    assert_eq!(state("2026-03-17")?, "late");
    let wrong = file(
        folder.path(),
        "wrong.toml",
        "[events]\nbrp_registered = 2026-01-05\n",
    )?;
    let error = refused(&["clocks", "--case", &wrong, "--date", "2026-11-22"])?;
    assert!(error.contains("wrong.toml:2:"), "{error}");
    Ok(())
}

#[test]
fn advice_names_barriers_instruments_evidence_and_refusals_but_no_health_note() -> Outcome {
    let folder = tempfile::tempdir()?;
    let profile = r#"
municipality = "GM0363"
[facts]
residence = "status_holder"
speaking = "A2"
diploma_documents = "none"
diploma_valued = false
[[opening]]
barrier = "N1"
opens = 132
[diploma]
profession = "2221"
[limits]
limitations = ["breaks"]
note = "palpitations at night"
"#;
    let profile = file(folder.path(), "profile.toml", profile)?;
    let shown = json(&["advise", "--profile", &profile, "--date", "2026-11-22"])?;
    assert_eq!(shown["route"]["region"]["code"], "AM18");
    assert_eq!(shown["advice"]["steps"][0]["reasons"][0]["opens"], 132);
    assert_eq!(shown["diploma"]["may_start_now"], false);
    assert_eq!(shown["diploma"]["kind"], "level_indication");
    let steps = shown["advice"]["steps"].as_array().ok_or("steps")?;
    assert!(steps.iter().any(|s| s["instrument"] == "level-indication"));
    for step in steps {
        let evidence = step["evidence_records"].as_array().ok_or("evidence")?;
        assert_eq!(
            evidence.is_empty(),
            step["no_evidence"].is_string(),
            "{step}"
        );
    }
    let rejected = shown["advice"]["rejected"].as_array().ok_or("rejected")?;
    assert!(
        rejected
            .iter()
            .all(|r| r["reason_text"].as_str().is_some_and(|t| !t.is_empty()))
    );
    assert!(!shown.to_string().contains("palpitations"));
    let elsewhere = json(&[
        "advise",
        "--profile",
        &profile,
        "--date",
        "2026-11-22",
        "--municipality",
        "GM0513",
    ])?;
    assert_eq!(elsewhere["route"]["region"]["code"], "AM20");
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Outcome {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

#[test]
fn a_folder_replaces_the_set_in_the_program_and_a_wrong_one_is_refused() -> Outcome {
    let folder = tempfile::tempdir()?;
    let data = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../data/guidance");
    copy(&data, folder.path())?;
    let texts = folder.path().join("texts/nl.toml");
    let dutch = fs::read_to_string(&texts)?;
    fs::write(
        &texts,
        dutch.replacen("Nederlandse taal", "Taal van hier", 1),
    )?;
    let data = folder.path().to_str().ok_or("a path")?.to_owned();
    let checked = json(&["check", "--data", &data])?;
    assert!(
        checked["may_work_scenarios"]
            .as_u64()
            .is_some_and(|n| n >= 60)
    );

    let rules = folder.path().join("rules/may_work_displaced.toml");
    let text = fs::read_to_string(&rules)?;
    fs::write(
        &rules,
        text.replacen("verified = true", "verified = maybe", 1),
    )?;
    let run = werkbrug(&["guidance", "check", "--data", &data], b"")?;
    assert_eq!(run.code, Some(1));
    assert!(
        run.out.contains("rules/may_work_displaced.toml:"),
        "{}",
        run.out
    );
    let error = refused(&[
        "may-work",
        "--status",
        "dutch",
        "--date",
        "2026-11-22",
        "--kind",
        "employment",
        "--data",
        &data,
    ])?;
    assert_eq!(error.lines().count(), 1, "{error}");
    assert!(error.contains("rules/may_work_displaced.toml:"), "{error}");
    Ok(())
}

#[test]
fn placement_scan_cost_ledger_and_inventory_answer_from_files() -> Outcome {
    let folder = tempfile::tempdir()?;
    let answer = json(&[
        "placement",
        "--date",
        "2026-11-22",
        "--fact",
        "placement_kind=proefplaatsing",
        "--fact",
        "duration_months=7",
        "--fact",
        "intent_declared=yes",
    ])?;
    assert_eq!(answer["outcome"], "refused");
    assert_eq!(answer["rule"], "trial-too-long");

    let scan = file(
        folder.path(),
        "scan.toml",
        "[item]\nW1 = \"red\"\nW4 = \"red\"\nW5 = \"green\"\n",
    )?;
    let plan = json(&["scan", "--file", &scan, "--date", "2026-11-22"])?;
    let measures = plan["measures"].as_array().ok_or("measures")?;
    assert!(
        measures.iter().any(|m| m["barrier"] == "W1")
            && measures.iter().any(|m| m["barrier"] == "W4")
    );

    let job = "hourly_wage_cents = 1450\nhours_per_week = 36\nsick_weeks = 4\nemployment_start = 2024-01-01\n";
    let job = file(folder.path(), "job.toml", job)?;
    let cost = json(&["cost", "--file", &job, "--date", "2024-06-30"])?;
    assert_eq!(cost["total_cents"], 2_820_695);
    assert!(refused(&["cost", "--file", &job, "--date", "2026-11-22"])?.contains("minimum wage"));

    let ledger = r#"
facts = { applicant = "municipality", treated_as = "asylum_status_holder" }
cost = [{ reference = "c1", action = "dual_track", day = 2026-05-01, cents = 1000 }]
claim = [
  { cost = "c1", fund = "amif", cents = 600, evidence = "a" },
  { cost = "c1", fund = "esf-plus", cents = 400, evidence = "b" },
]
"#;
    let ledger = file(folder.path(), "ledger.toml", ledger)?;
    assert!(refused(&["ledger", "--file", &ledger])?.contains("cannot be claimed on two funds"));

    let case =
        |code| format!("[[case]]\nmunicipality = \"{code}\"\nfacts = {{ network = \"small\" }}\n");
    let cases = [
        case("GM0513").repeat(14),
        case("GM0363").repeat(12),
        case("GM0384").repeat(3),
    ];
    let cases = file(folder.path(), "cases.toml", &cases.concat())?;
    let counts = json(&["inventory", "--cases", &cases, "--date", "2026-11-22"])?;
    let network = &counts[0];
    assert_eq!(network["barrier"], "N3b");
    assert_eq!(network["total"], 29);
    assert!(network["municipalities"]["GM0384"].is_null());
    assert!(
        network["municipalities"]["GM0363"].is_null(),
        "hidden beside the small one: {network}"
    );
    Ok(())
}
