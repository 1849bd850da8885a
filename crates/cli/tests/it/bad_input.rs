//! Every kind of bad input that the monitor promises to name: an error with its place, or a label
//! "cannot be computed because …"; never a number that is none.

use crate::{Outcome, werkbrug};

const SURVIVAL: [&str; 8] = [
    "statistics",
    "survival",
    "-",
    "--time",
    "t",
    "--event",
    "e",
    "--json",
];

const HEAD: &str = "pseudonym,municipality,permit,first_month,last_month,state";

fn refused(arguments: &[&str], input: &str, expected: &str) -> Outcome {
    let fault = werkbrug(arguments, input.as_bytes())?.fault()?;
    assert!(
        fault.contains(expected),
        "{expected:?} is missing in {fault:?}"
    );
    Ok(())
}

#[test]
fn times_and_events_that_are_none_are_refused_with_their_line() -> Outcome {
    for (input, expected) in [
        ("t,e\n1,1\n-2,1\n", "line 3: time \"-2\" is not"),
        ("t,e\nNaN,1\n", "line 2: time \"NaN\" is not"),
        ("t,e\ninf,1\n", "line 2: time \"inf\" is not"),
        ("t,e\nsoon,1\n", "line 2: time \"soon\" is not"),
        ("t,e\n1,2\n", "line 2: event \"2\" is not 0 or 1"),
        ("t,e\n1,yes\n", "line 2: event \"yes\" is not 0 or 1"),
        ("t,e\n", "no records"),
    ] {
        refused(&SURVIVAL, input, expected)?;
    }
    Ok(())
}

#[test]
fn all_censored_groups_of_one_and_an_empty_group_are_labelled() -> Outcome {
    let by = [&SURVIVAL[..], &["--by", "g", "--horizon", "2"]].concat();
    for input in [
        "t,e,g\n1,0,a\n2,0,a\n3,0,b\n",
        "t,e,g\n1,1,a\n2,1,b\n",
        "t,e,g\n3,1,a\n",
    ] {
        let out = werkbrug(&by, input.as_bytes())?.good()?;
        assert!(
            !out.contains("NaN") && !out.contains("null,\n    null"),
            "{out}"
        );
        let json: serde_json::Value = serde_json::from_str(&out)?;
        for group in json["groups"].as_array().into_iter().flatten() {
            assert!(
                group["median"].is_object() || group["median_not_computed"].is_string(),
                "{group}"
            );
        }
    }
    let censored = werkbrug(&by, b"t,e,g\n1,0,a\n2,0,a\n3,0,b\n")?.good()?;
    assert!(
        censored.contains("cannot be computed because"),
        "{censored}"
    );
    refused(&by, "t,e,g\n1,1,\n", "line 2: group is empty")
}

#[test]
fn a_flat_half_and_delayed_entry_are_defined() -> Outcome {
    let flat = werkbrug(&SURVIVAL, b"t,e\n1,1\n2,1\n3,1\n4,1\n")?.good()?;
    let json: serde_json::Value = serde_json::from_str(&flat)?;
    assert_eq!(json["groups"][0]["median"]["time"], 2.0);
    assert_eq!(json["groups"][0]["median"]["flat_until"], 3.0);
    let entry = [&SURVIVAL[..], &["--entry", "a"]].concat();
    refused(
        &entry,
        "t,e,a\n2,1,2\n",
        "line 2: entry 2 is not before the time 2",
    )
}

#[test]
fn separation_and_dependent_covariates_are_named() -> Outcome {
    let weigh = |covariates| {
        [
            "statistics",
            "weigh",
            "-",
            "--treated",
            "t",
            "--outcome",
            "y",
            "--covariates",
            covariates,
        ]
    };
    let separate = "t,y,x,z\n1,1,5,10\n1,0,6,12\n0,1,1,2\n0,0,2,4\n";
    refused(&weigh("x"), separate, "cannot be computed because")?;
    let table = "t,y,x,z\n1,1,5,10\n1,0,1,2\n0,1,5,10\n0,0,2,4\n1,1,3,6\n0,0,3,6\n";
    refused(&weigh("x,z"), table, "cannot be computed because")?;
    refused(
        &weigh("x"),
        "t,y,x,z\n1,1,5,1\n1,0,1,2\n",
        "cannot be computed because",
    )
}

#[test]
fn spells_that_contradict_each_other_are_refused_with_their_line() -> Outcome {
    let monitor = ["monitor", "compute", "--data", "-", "--on", "2022-06"];
    for (rows, expected) in [
        (
            "p1,GM1,2020-01,2020-01,2020-06,none\np1,GM1,2020-01,2020-05,2020-09,work\n",
            ":3: the spell overlaps the one on line 2",
        ),
        (
            "p1,GM1,2020-01,2020-01,2020-06,none\np1,GM1,2020-01,2020-01,2020-06,none\n",
            ":3: the same spell of the same person stands on line 2",
        ),
        (
            "p1,GM1,2020-01,2020-01,2020-06,none\np1,GM2,2020-01,2020-07,2020-09,work\n",
            ":3: the pseudonym \"p1\" stands for two different persons",
        ),
        (
            "p1,GM1,2020-01,2019-11,2020-06,none\n",
            ":2: the spell starts (2019-11) before the permit (2020-01)",
        ),
        (
            "p1,GM1,2020-01,2020-06,2020-01,none\n",
            ":2: the spell ends (2020-01) before it starts (2020-06)",
        ),
        ("p1,GM1,2020-01,soon,2020-01,none\n", ":2: first_month"),
        ("p1,GM1,2020-01,2020-01,2020-02,busy\n", ":2: state"),
    ] {
        refused(&monitor, &format!("{HEAD}\n{rows}"), expected)?;
    }
    Ok(())
}

#[test]
fn a_numerator_outside_its_denominator_is_refused() -> Outcome {
    refused(
        &["statistics", "compare", "12/10", "3/10"],
        "",
        "numerator 12 is larger than its denominator 10",
    )?;
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("published.csv");
    std::fs::write(
        &path,
        "indicator,measure,period,group,numerator,denominator,population,percent,against,caution,source,verified\n\
         dual-tracks,offered,2021,m,12,10,,,,,S,true\n",
    )?;
    let path = path.display().to_string();
    refused(&["monitor", "compute", "--published", &path], "", ":2: ")
}

#[test]
fn one_person_alone_gives_reasons_and_never_a_number_that_is_none() -> Outcome {
    let monitor = [
        "monitor",
        "compute",
        "--data",
        "-",
        "--breakdowns",
        "--json",
    ];
    let one = format!("{HEAD}\np1,GM1,2020-01,2020-01,2022-06,none\n");
    let out = werkbrug(&monitor, one.as_bytes())?.good()?;
    for line in out.lines() {
        let figure: serde_json::Value = serde_json::from_str(line)?;
        let outcome = &figure["outcome"];
        assert!(
            outcome["value"]["point"].is_number() || outcome["not_computed"].is_string(),
            "{line}"
        );
    }
    Ok(())
}
