//! `werkbrug monitor`: from invented records to a checked release.

use std::fs;

use crate::{Outcome, werkbrug};

fn synthesised(folder: &std::path::Path) -> Result<String, Box<dyn std::error::Error>> {
    let path = folder.join("records.csv").display().to_string();
    let arguments = [
        "monitor",
        "synthesise",
        "--seed",
        "7",
        "--persons",
        "500",
        "--out",
        &path,
    ];
    werkbrug(&arguments, b"")?.good()?;
    Ok(path)
}

#[test]
fn every_figure_comes_with_interval_n_and_what_it_says() -> Outcome {
    let folder = tempfile::tempdir()?;
    let data = synthesised(folder.path())?;
    let arguments = ["monitor", "compute", "--data", &data, "--on", "2026-06"];
    let text = werkbrug(&arguments, b"")?.good()?;
    for expected in [
        "1. Betaald werk",
        "paid-work/now [trede 0]",
        "interval",
        "n = ",
        "Zegt niet: ",
        "22. Moties en toezeggingen",
        "unemployment-gap/unemployed-difference/2022-Q1 with_migration_background [trede 0] +4,1 procentpunt (n onbekend)",
    ] {
        assert!(text.contains(expected), "{expected} is missing in {text}");
    }
    let json = werkbrug(
        &[
            "monitor",
            "compute",
            "--data",
            &data,
            "--indicator",
            "paid-work",
            "--filter",
            "sex=woman",
            "--json",
        ],
        b"",
    )?
    .good()?;
    for line in json.lines() {
        let figure: serde_json::Value = serde_json::from_str(line)?;
        assert_eq!(figure["indicator"], "paid-work");
        assert!(figure["says_not"].is_string() && figure["proof"].is_string());
        assert!(
            figure["outcome"]["value"]["point"].is_number()
                || figure["outcome"]["not_computed"].is_string()
        );
    }
    Ok(())
}

fn nothing_public_says_which_cells_are_small(release: &std::path::Path) -> Outcome {
    for entry in fs::read_dir(release)? {
        let path = entry?.path();
        if path.is_file() {
            let text = fs::read_to_string(&path)?;
            assert!(!text.contains("small_count"), "{}", path.display());
        }
    }
    Ok(())
}

#[test]
fn a_release_is_made_checked_and_found_out_when_changed() -> Outcome {
    let folder = tempfile::tempdir()?;
    let data = synthesised(folder.path())?;
    let out = folder.path().join("release").display().to_string();
    let ledger = folder.path().join("ledger.json").display().to_string();
    let release = |out: &str, on: &str| {
        werkbrug(
            &[
                "monitor",
                "release",
                "--data",
                &data,
                "--on",
                on,
                "--policy",
                "publicatie",
                "--out",
                out,
                "--ledger",
                &ledger,
                "--released-on",
                "2026-07-15",
            ],
            b"",
        )
    };
    release(&out, "2026-03")?.good()?;
    let report = werkbrug(&["monitor", "check-release", &out], b"")?.good()?;
    assert!(
        report.contains("hidden cells with bounds computed, 0 earlier releases"),
        "{report}"
    );
    assert!(
        release(&out, "2026-04")?
            .fault()?
            .contains("holds a release already")
    );
    let again = folder.path().join("second").display().to_string();
    release(&again, "2026-06")?.good()?;
    let report = werkbrug(
        &["monitor", "check-release", &again, "--ledger", &ledger],
        b"",
    )?
    .good()?;
    assert!(report.contains("1 earlier releases"), "{report}");
    let readme = fs::read_to_string(folder.path().join("release/README.md"))?;
    assert!(readme.contains("VERZONNEN GEGEVENS"));
    let reasons = fs::read_to_string(folder.path().join("release/internal/reasons.csv"))?;
    assert!(reasons.contains("small_count,Het gaat om te weinig mensen."));
    nothing_public_says_which_cells_are_small(&folder.path().join("release"))?;
    // A figure changed by hand no longer agrees with the rest.
    let figures = folder.path().join("release/figures.csv");
    let changed = fs::read_to_string(&figures)?.replacen(",x,", ",4,", 1);
    fs::write(&figures, changed)?;
    let fault = werkbrug(&["monitor", "check-release", &out], b"")?.fault()?;
    assert!(fault.contains("do not say the same"), "{fault}");
    Ok(())
}

#[test]
fn bad_input_is_one_clear_line() -> Outcome {
    let head = "pseudonym,municipality,permit,first_month,last_month,state\n";
    let cases = [
        (
            "a,G,2020-01,2020-01,2020-03,none\na,G,2020-01,2020-02,2020-04,work\n",
            "standard input:3: the spell overlaps",
        ),
        (
            "a,G,2020-01,2020-01,2020-03,none\na,H,2020-01,2020-04,2020-04,work\n",
            "two different persons",
        ),
        ("a,G,2020-01,2019-01,2020-03,none\n", "would be negative"),
        ("", "there is no record"),
    ];
    for (rows, expected) in cases {
        let input = format!("{head}{rows}");
        let run = werkbrug(
            &["monitor", "compute", "--data", "-", "--on", "2020-06"],
            input.as_bytes(),
        )?;
        let found = run.fault()?;
        assert!(found.contains(expected), "{found}");
    }
    let stranger = werkbrug(&["monitor", "compute", "--indicator", "happiness"], b"")?.fault()?;
    assert!(stranger.contains("there is no indicator"), "{stranger}");
    let policy = werkbrug(
        &[
            "monitor",
            "release",
            "--policy",
            "none",
            "--out",
            "x",
            "--released-on",
            "2026-01-01",
        ],
        b"",
    )?;
    assert_eq!(policy.code, Some(2));
    Ok(())
}

#[test]
fn the_report_names_owner_reach_and_that_there_is_no_effect_measured() -> Outcome {
    let report = werkbrug(&["monitor", "report", "--day", "2023-02-01"], b"")?.good()?;
    for expected in [
        "Training uitvoerende professionals",
        "Effect: geen effectmeting.",
        "Alkmaar, Almere, Den Haag, Hoekse Waard, Sittard-Geleen, Utrecht, Zoetermeer",
        "35 763",
    ] {
        assert!(report.contains(expected), "{expected} is missing");
    }
    let demo = werkbrug(
        &[
            "monitor",
            "report",
            "--programme",
            "demo",
            "--day",
            "2025-02-01",
        ],
        b"",
    )?
    .good()?;
    assert!(demo.starts_with("VERZONNEN GEGEVENS"));
    assert!(demo.contains("Zo ging het.") && !demo.contains("het snelst op mijn werk"));
    Ok(())
}
