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
pace = "pause"
"#;
    let profile = file(folder.path(), "profile.toml", profile)?;
    let shown = json(&["advise", "--profile", &profile, "--date", "2026-11-22"])?;
    assert_eq!(shown["route"]["region"]["code"], "AM18");
    assert_eq!(shown["advice"]["steps"][0]["reasons"][0]["opens"], 132);
    assert_eq!(shown["pace"], "pause");
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

/// A candidate with this Dutch listening, as a line.
fn listener(level: &str) -> String {
    let speech = format!("\"language\":\"nl\",\"listening\":\"{level}\",\"speaking\":\"B1\"");
    format!(
        "{{\"id\":\"k-01\",\"group\":\"GM0363\",\"skills\":[{{\"skill\":\"urn:werkbrug:skill:be-on-time\"}}],\"languages\":[{{{speech}}}]}}\n"
    )
}

/// A vacancy that asks Dutch listening at a level, as a line.
fn vacancy(id: &str, level: &str) -> String {
    let demand = format!("\"language\":\"nl\",\"modality\":\"listening\",\"at_start\":\"{level}\"");
    format!(
        "{{\"id\":\"{id}\",\"skills\":[{{\"skill\":\"urn:werkbrug:skill:be-on-time\",\"importance\":\"essential\"}}],\"languages\":[{{{demand}}}]}}\n"
    )
}

#[test]
fn what_the_engine_counts_comes_back_as_barrier_and_number_in_the_advice() -> Outcome {
    let folder = tempfile::tempdir()?;
    let at = |name: &str, text: &str| file(folder.path(), name, text);
    let vacancies = [
        vacancy("v-1", "A2"),
        vacancy("v-2", "B1"),
        vacancy("v-3", "B1"),
        vacancy("v-4", "B2"),
    ];
    let vacancies = at("vacancies.ndjson", &vacancies.concat())?;
    let levers = |level: &str| -> Result<(String, Value), Box<dyn std::error::Error>> {
        let candidates = at("candidates.ndjson", &listener(level))?;
        let run = werkbrug(
            &[
                "levers",
                "--candidates",
                &candidates,
                "--vacancies",
                &vacancies,
            ],
            b"",
        )?;
        assert_eq!(run.code, Some(0), "{}", run.err);
        Ok((
            at("levers.ndjson", &run.out)?,
            serde_json::from_str(&run.out)?,
        ))
    };
    let (path, counted) = levers("A2")?;
    assert_eq!(counted["open_now"], 1);
    let most = counted["levers"].as_array().ok_or("levers")?;
    let most = most.iter().filter_map(|l| l["opens"].as_u64()).max();
    assert_eq!(most, Some(3), "{counted}");

    let profile = at("profile.toml", "reference = \"k-01\"\n")?;
    let base = ["advise", "--profile", &profile, "--date", "2026-11-22"];
    let plain = json(&base)?;
    assert_eq!(plain["barriers"].as_array().map(Vec::len), Some(0));
    let shown = json(&[base.as_slice(), &["--levers", &path]].concat())?;
    assert_eq!(shown["barriers"][0]["code"], "N1a");
    assert_eq!(shown["barriers"][0]["said_by"], "derived");
    assert_eq!(shown["advice"]["steps"][0]["reasons"][0]["opens"], 3);
    assert_eq!(shown["levers"][0]["barrier"], "N1a");

    // One level more opens exactly what the lever to that level said.
    let to_b1 = counted["levers"].as_array().ok_or("levers")?;
    let to_b1 = to_b1.iter().find(|lever| lever["to"] == "B1");
    let promised = to_b1.and_then(|lever| lever["opens"].as_u64());
    let (_, after) = levers("B1")?;
    assert_eq!(promised.map(|more| more + 1), after["open_now"].as_u64());

    let other = refused(&[base.as_slice(), &["--levers", &path, "--levers-of", "k-99"]].concat())?;
    assert!(other.contains("no line for \"k-99\""), "{other}");
    let broken = at(
        "broken.ndjson",
        "{\"candidate\":\"k-01\",\"open_now\":1,\"levers\":[{\"lever\":\"magic\",\"opens\":1}]}\n",
    )?;
    let error = refused(&[base.as_slice(), &["--levers", &broken]].concat())?;
    assert!(error.contains("broken.ndjson:1"), "{error}");
    Ok(())
}

#[test]
fn levers_of_a_group_advise_a_municipality_and_count_in_the_inventory() -> Outcome {
    let folder = tempfile::tempdir()?;
    let at = |name: &str, text: &str| file(folder.path(), name, text);
    let candidates: String = (0..12)
        .map(|n| listener("A2").replace("k-01", &format!("k-{n}")))
        .collect();
    let candidates = at("candidates.ndjson", &candidates)?;
    let vacancies = at("vacancies.ndjson", &vacancy("v-1", "B1"))?;
    let levers = |by: &str| -> Result<String, Box<dyn std::error::Error>> {
        let run = werkbrug(
            &[
                "levers",
                "--candidates",
                &candidates,
                "--vacancies",
                &vacancies,
                "--by",
                by,
            ],
            b"",
        )?;
        assert_eq!(run.code, Some(0), "{}", run.err);
        at(&format!("{by}.ndjson"), &run.out)
    };
    let (group, each) = (levers("group")?, levers("candidate")?);
    let profile = at("town.toml", "reference = \"GM0363\"\n")?;
    let shown = json(&[
        "advise",
        "--profile",
        &profile,
        "--date",
        "2026-11-22",
        "--levers",
        &group,
    ])?;
    assert_eq!(shown["barriers"][0]["code"], "N1a");
    assert_eq!(shown["advice"]["steps"][0]["reasons"][0]["opens"], 12);

    let cases: String = (0..12)
        .map(|n| format!("[[case]]\nreference = \"k-{n}\"\nmunicipality = \"GM0363\"\n"))
        .collect();
    let cases = at("cases.toml", &cases)?;
    let base = ["inventory", "--cases", &cases, "--date", "2026-11-22"];
    assert_eq!(json(&base)?.as_array().map(Vec::len), Some(0));
    let counts = json(&[base.as_slice(), &["--levers", &each]].concat())?;
    assert_eq!(counts[0]["barrier"], "N1a");
    assert_eq!(counts[0]["total"], 12);
    Ok(())
}

#[test]
fn a_week_language_and_words_stand_beside_the_advice() -> Outcome {
    let folder = tempfile::tempdir()?;
    let profile = r#"
sector = "hospitality"
[facts]
listening = "A2"
[[language_demand]]
task = "bestelling opnemen"
modality = "listening"
level = "B1"
[[lesson]]
what = "les"
day = "tuesday"
from = "09:00"
to = "12:00"
[[work]]
what = "keuken"
day = "tuesday"
from = "09:00"
to = "12:00"
"#;
    let profile = file(folder.path(), "profile.toml", profile)?;
    let base = ["advise", "--profile", &profile, "--date", "2026-11-22"];
    let shown = json(&[base.as_slice(), &["--language", "uk"]].concat())?;
    assert_eq!(shown["clashes"][0]["consequence"], "exclude");
    assert_eq!(shown["language_gaps"][0]["steps"], 1);
    let steps = shown["language_plan"]["steps"].as_array().ok_or("steps")?;
    assert!(steps.iter().any(|step| step["id"] == "course-at-work"));
    assert_eq!(shown["trade_words"][0]["dutch"], "gast");
    assert_eq!(shown["trade_words"][0]["status"], "draft");
    let mut all = vec!["guidance"];
    all.extend(base);
    let text = werkbrug(&all, b"")?.out;
    assert!(
        text.contains("dinsdag 09:00-12:00: les / keuken: past nu niet"),
        "{text}"
    );
    let words = json(&["words", "--sector", "care", "--language", "ti"])?;
    assert!(words.as_array().is_some_and(|words| words.len() >= 10));
    assert!(refused(&["words", "--sector", "farming"])?.contains("no word list"));
    Ok(())
}

#[test]
fn an_agreement_is_written_or_refused_with_the_rule() -> Outcome {
    let folder = tempfile::tempdir()?;
    let text = r#"
[facts]
placement_kind = "proefplaatsing"
duration_months = 2
intent_declared = true
intent_months = 6
worked_there_before = false
displaces_staff = false
[agreement]
work = "lassen"
hours_per_week = 32
"#;
    let placement = file(folder.path(), "placement.toml", text)?;
    let base = [
        "guidance",
        "placement",
        "--date",
        "2026-11-22",
        "--agreement",
        "--file",
    ];
    let run = werkbrug(&[base.as_slice(), &[&placement]].concat(), b"")?;
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(
        run.out.starts_with("# Afspraken op papier: Proefplaatsing"),
        "{}",
        run.out
    );
    assert!(
        run.out.contains("lassen") && run.out.contains("Handtekening"),
        "{}",
        run.out
    );
    let long = text.replace("duration_months = 2", "duration_months = 7");
    let long = file(folder.path(), "long.toml", &long)?;
    let run = werkbrug(&[base.as_slice(), &[&long]].concat(), b"")?;
    assert_eq!(run.code, Some(1));
    assert!(
        run.out.is_empty() && run.err.contains("trial-too-long"),
        "{}",
        run.err
    );
    let silent = text.replace("intent_declared = true", "intent_declared = false");
    let silent = file(folder.path(), "silent.toml", &silent)?;
    let run = werkbrug(&[base.as_slice(), &[&silent]].concat(), b"")?;
    assert!(run.err.contains("trial-no-intent"), "{}", run.err);
    Ok(())
}

#[test]
fn a_klantmanager_decides_with_a_reason_and_not_for_what_was_abolished() -> Outcome {
    let folder = tempfile::tempdir()?;
    let text = "[facts]\nhourly_wage_cents = 1450\nhours_per_year = 1664\nwage_value_percent = 80\nbenefit = \"participation_act\"\n";
    let profile = file(folder.path(), "profile.toml", text)?;
    let base = |date| {
        [
            "decide",
            "--profile",
            &profile,
            "--date",
            date,
            "--instrument",
            "lks",
        ]
    };
    let accepted = json(&base("2026-11-22"))?;
    assert_eq!(accepted["decision"], "accept");
    assert_eq!(accepted["used"], "lks");
    let instead = ["--instead", "liv", "--reason", "person_prefers_other"];
    let before = json(&[base("2024-12-31").as_slice(), &instead].concat())?;
    assert_eq!(before["used"], "liv");
    let after = refused(&[base("2025-01-01").as_slice(), &instead].concat())?;
    assert!(
        after.contains("abolished") && after.contains("2024-12-31"),
        "{after}"
    );
    let rejected = json(
        &[
            base("2026-11-22").as_slice(),
            &["--reject", "--reason", "no_place"],
        ]
        .concat(),
    )?;
    assert!(rejected["used"].is_null());
    assert_eq!(rejected["reason_text"], "Er is geen plek");
    let silent = refused(&[base("2026-11-22").as_slice(), &["--reject"]].concat())?;
    assert!(silent.contains("--reason"), "{silent}");
    Ok(())
}

#[test]
fn clocks_say_in_words_what_is_still_open_and_who_is_exempt() -> Outcome {
    let folder = tempfile::tempdir()?;
    let themes = "[\"occupations\", \"realistic_picture\", \"chances\", \"occupational_skills\", \"employee_skills\", \"network\", \"work_culture\", \"finding_work\"]";
    let case = |route: &str, hours: &str| {
        format!(
            "[facts]\ntreated_as = \"asylum_status_holder\"\nlearning_route = \"{route}\"\n[events]\nbrp_registration = 2026-01-05\n[[pip]]\nsigned = 2026-03-01\nreason = \"first\"\n[hours]\nmap_practice = {hours}\n[map]\nthemes = {themes}\n"
        )
    };
    let map = |route: &str, hours: &str| -> Result<Value, Box<dyn std::error::Error>> {
        let path = file(folder.path(), "case.toml", &case(route, hours))?;
        let shown = json(&["clocks", "--case", &path, "--date", "2026-11-22"])?;
        let clocks = shown["clocks"].as_array().ok_or("clocks")?;
        for clock in clocks {
            let open = clock["open_text"].as_array().ok_or("open_text")?;
            assert!(
                open.iter().all(|t| t
                    .as_str()
                    .is_some_and(|t| !t.starts_with(':') && !t.is_empty())),
                "{clock}"
            );
        }
        let map = clocks.iter().find(|clock| clock["clock"] == "map");
        Ok(map.ok_or("the MAP")?.clone())
    };
    let short = map("b1", "39")?;
    assert_eq!(short["may_close"], false);
    assert_eq!(short["open_text"][0], "Praktijkuren MAP: 39 / 40");
    assert_eq!(map("b1", "40")?["may_close"], true);
    let exempt = map("education", "0")?;
    assert_eq!(exempt["state"], "exempt");
    assert!(
        exempt["state_text"]
            .as_str()
            .is_some_and(|t| t.starts_with("vrijgesteld"))
    );
    Ok(())
}

#[test]
fn income_and_amounts_that_were_not_read_say_so() -> Outcome {
    let answer = json(&[
        "income",
        "--date",
        "2026-11-22",
        "--fact",
        "benefit=bijstand",
        "--fact",
        "housing=home",
        "--fact",
        "residence=statushouder",
    ])?;
    assert_eq!(answer["outcome"], "partly_counted");
    assert_eq!(answer["source"]["warning"], "Controleer bij de bron");
    assert_eq!(answer["source"]["title"]["text"], "Participatiewet");
    let fee = werkbrug(
        &[
            "guidance",
            "diploma",
            "--date",
            "2026-11-22",
            "--fact",
            "diploma_documents=original",
            "--fact",
            "diploma_finished=yes",
            "--fact",
            "residence=dutch",
        ],
        b"",
    )?;
    assert!(
        fee.out.contains("148,83") && fee.out.contains("Controleer bij de bron"),
        "{}",
        fee.out
    );
    Ok(())
}

/// Walks through an answer: words are never empty and always in the language asked for.
fn check_words(value: &Value, language: &str, count: &mut usize) {
    match value {
        Value::Array(items) => items
            .iter()
            .for_each(|item| check_words(item, language, count)),
        Value::Object(fields) => {
            if let (Some(text), Some(status)) = (fields.get("text"), fields.get("status"))
                && fields.contains_key("dutch")
            {
                assert_eq!(fields["language"], language, "{value}");
                assert!(text != "" && fields["dutch"] != "", "{value}");
                assert_eq!(status, "draft");
                *count += 1;
            }
            for (name, field) in fields {
                assert!(!name.ends_with("_text") || field != "", "{name} in {value}");
                check_words(field, language, count);
            }
        }
        _ => {}
    }
}

#[test]
fn whatever_is_shown_is_there_in_every_language_with_its_status() -> Outcome {
    let folder = tempfile::tempdir()?;
    let codes = "N1a N1b N1c N2a N2b N2c N2d N2e N3a N3b N3c N3d N4a N4b N4c N4d N4e N5a N5b N5c N5d N5e N5f N5g N5h N5i W1 W2 W3 W4 W5 W6 W7 W8 W9 W10 G1 G2 G3 G4 G5 G6 G7 G8 G9";
    let mut text = "municipality = \"GM0363\"\n".to_owned();
    for code in codes.split(' ') {
        text +=
            &format!("[[barrier]]\ncode = \"{code}\"\nseverity = 2\nsaid_by = \"klantmanager\"\n");
    }
    let profile = file(folder.path(), "profile.toml", &text)?;
    for language in ["nl", "en", "ar", "uk", "ti", "tr", "fa"] {
        let shown = json(&[
            "advise",
            "--profile",
            &profile,
            "--date",
            "2026-11-22",
            "--language",
            language,
        ])?;
        let mut count = 0;
        check_words(&shown, language, &mut count);
        assert!(count > 200, "{language}: {count}");
    }
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
