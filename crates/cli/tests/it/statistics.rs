//! `werkbrug statistics …`: figures on standard output, faults with file and line.

use crate::{Outcome, werkbrug};

/// Weeks of remission with 6-mercaptopurine (Freireich et al. 1963).
const REMISSION: &str = "week,relapse\n6,1\n6,1\n6,1\n6,0\n7,1\n9,0\n10,1\n10,0\n11,0\n13,1\n16,1\n\
                         17,0\n19,0\n20,0\n22,1\n23,1\n25,0\n32,0\n32,0\n34,0\n35,0\n";

const SURVIVAL: [&str; 7] = [
    "statistics",
    "survival",
    "-",
    "--time",
    "week",
    "--event",
    "relapse",
];

fn survival(more: &[&str], input: &str) -> Result<crate::Run, Box<dyn std::error::Error>> {
    werkbrug(&[&SURVIVAL, more].concat(), input.as_bytes())
}

#[test]
fn a_curve_is_printed_for_people_and_programs() -> Outcome {
    let text = survival(&["--at", "10,23"], REMISSION)?.good()?;
    assert!(
        text.starts_with("all: 21 units, 9 events, median 23 [13, not reached]"),
        "{text}"
    );
    assert!(text.contains("at 10: 0.752941 ["), "{text}");
    let json: serde_json::Value = serde_json::from_str(&survival(&["--json"], REMISSION)?.good()?)?;
    let step = &json["groups"][0]["steps"][0];
    assert_eq!(step["at_risk"], 21);
    let survival = step["survival"].as_f64().ok_or("no survival")?;
    assert!((survival - 0.857_142_857_142_857).abs() < 1e-12);
    Ok(())
}

#[test]
fn faults_name_file_and_line() -> Outcome {
    for (input, fault) in [
        (
            "week,relapse\n6,1\n-3,1\n",
            "-, line 3: time \"-3\" is not a number of at least 0",
        ),
        (
            "week,relapse\nsix,1\n",
            "-, line 2: time \"six\" is not a number of at least 0",
        ),
        (
            "week,relapse\nNaN,1\n",
            "-, line 2: time \"NaN\" is not a number of at least 0",
        ),
        (
            "week,relapse\n6,2\n",
            "-, line 2: event \"2\" is not 0 or 1",
        ),
        ("week,relapse\n6,\n", "-, line 2: event \"\" is not 0 or 1"),
        (
            "week,relapse\n6\n",
            "-, line 2: there are 1 values instead of 2",
        ),
        (
            "week,event\n6,1\n",
            "-, line 1: there is no column \"relapse\"; there are week, event",
        ),
        (
            "week,relapse,week\n6,1,2\n",
            "-, line 1: there are two columns \"week\"",
        ),
        ("week,relapse\n", "-: there are no records below the header"),
        ("", "-, line 1: there is no column \"week\"; there are "),
    ] {
        let found = survival(&[], input)?.fault()?;
        assert_eq!(found, format!("error: {fault}"), "{input:?}");
    }
    let bytes = werkbrug(&SURVIVAL, b"week,relapse\n6,1\n\xff,1\n")?.fault()?;
    assert_eq!(bytes, "error: -, line 3: the line is not UTF-8");
    Ok(())
}

#[test]
fn delayed_entry_duplicates_and_groups_are_checked() -> Outcome {
    let input = "week,relapse,from,who,arm\n6,1,0,a,x\n7,0,7,b,x\n";
    assert_eq!(
        survival(&["--entry", "from"], input)?.fault()?,
        "error: -, line 3: entry 7 is not before the time 7"
    );
    let input = "week,relapse,who,arm\n6,1,a,x\n7,0,b,x\n8,0,a,\n";
    assert_eq!(
        survival(&["--id", "who"], input)?.fault()?,
        "error: -, line 4: unit \"a\" is also on line 2"
    );
    assert_eq!(
        survival(&["--by", "arm"], input)?.fault()?,
        "error: -, line 4: group is empty"
    );
    Ok(())
}

#[test]
fn what_cannot_be_computed_says_why() -> Outcome {
    let censored = survival(&["--horizon", "90"], "week,relapse\n6,0\n7,0\n")?.good()?;
    assert!(
        censored.contains("median cannot be computed because all units are censored"),
        "{censored}"
    );
    assert!(
        censored.contains("cannot be computed because the data end at 7"),
        "{censored}"
    );
    let input = "week,relapse,arm\n6,1,x\n7,0,y\n";
    let groups_of_one = survival(&["--by", "arm"], input)?.good()?;
    assert!(
        groups_of_one.contains("log-rank: chi-square 1, 1 df"),
        "{groups_of_one}"
    );
    let flat = survival(&[], "week,relapse\n1,1\n2,1\n4,1\n5,1\n")?.good()?;
    assert!(
        flat.contains("median 2 [1, not reached] (exactly one half until 4)"),
        "{flat}"
    );
    for run in [
        survival(&["--json"], "week,relapse\n6,0\n")?,
        werkbrug(&["statistics", "compare", "0/5", "0/7", "--json"], b"")?,
        werkbrug(&["statistics", "pairs", "3", "0", "0", "4", "--json"], b"")?,
    ] {
        let out = run.good()?;
        assert!(out.contains("cannot be computed because"), "{out}");
        assert!(!out.contains("NaN"), "{out}");
    }
    Ok(())
}

#[test]
fn shares_pairs_and_plans() -> Outcome {
    let run = |arguments: &[&str]| werkbrug(&[&["statistics"], arguments].concat(), b"");
    let out = run(&["compare", "56/70", "48/80"])?.good()?;
    assert!(
        out.contains("difference (Newcombe): 0.2 [0.052431, 0.333873]"),
        "{out}"
    );
    assert_eq!(
        run(&["compare", "9/4", "1/2"])?.fault()?,
        "error: \"9/4\": cannot be computed because the numerator 9 is larger than its denominator 4"
    );
    let out = run(&["pairs", "96", "34", "20", "138"])?.good()?;
    assert!(out.contains("McNemar exact p: 0.075905"), "{out}");
    let out = run(&["plan", "shares", "0.35", "0.40"])?.good()?;
    assert_eq!(
        out,
        "units per group: 1471 (1470.485463, design effect 1)\n"
    );
    let out = run(&[
        "plan",
        "pairs",
        "0.05",
        "--discordant",
        "0.1",
        "--pairs",
        "288",
    ])?
    .good()?;
    assert!(
        out.starts_with("pairs: 312 (311.586875)\npower with 288 pairs: 0.768"),
        "{out}"
    );
    assert!(
        run(&["plan", "shares", "0.4", "0.4"])?
            .fault()?
            .contains("nothing to find")
    );
    Ok(())
}

#[test]
fn gaps_and_funnels_from_files() -> Outcome {
    let table = "category;weight_first;rate_first;weight_second;rate_second\n\
                 low;0,5;0,3;0,2;0,55\nmiddle;0,3;0,5;0,4;0,7\nhigh;0,2;0,65;0,4;0,8\n";
    let out = werkbrug(&["statistics", "decompose", "-"], table.as_bytes())?.good()?;
    assert!(
        out.starts_with("gap (second minus first): 0.28\ncomposition: 0.0775\nrates: 0.2025\n")
    );
    let funnel = "name,events,total\nA,12,40\nB,30,60\nC,130,120\n";
    assert_eq!(
        werkbrug(&["statistics", "funnel", "-"], funnel.as_bytes())?.fault()?,
        "error: -, line 4: cannot be computed because the numerator 130 is larger than its \
         denominator 120"
    );
    let funnel = funnel.replace("130", "55");
    let out = werkbrug(&["statistics", "funnel", "-"], funnel.as_bytes())?.good()?;
    assert!(out.contains("C\t55/120\t0.458333\t["), "{out}");
    let separate = "y,g,x\n1,1,2\n2,1,4\n3,1,6\n1,0,1\n2,0,1\n3,0,1\n";
    let arguments = ["--outcome", "y", "--group", "g", "--covariates", "x"];
    let run = werkbrug(
        &[&["statistics", "decompose", "-"][..], &arguments].concat(),
        separate.as_bytes(),
    )?;
    assert_eq!(
        run.fault()?,
        "error: -: cannot be computed because the model of the second group cannot be fitted: \
         cannot be computed because the covariates are linearly dependent"
    );
    Ok(())
}

/// The training programme with a column for two of the three values of `race`.
fn training() -> Result<String, Box<dyn std::error::Error>> {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../statistics/tests/data/lalonde.csv"
    );
    let text = std::fs::read_to_string(path)?;
    let mut lines = text.lines();
    let mut out = format!("{},hispan,white\n", lines.next().unwrap_or_default());
    for line in lines {
        let race = line.split(',').nth(3).unwrap_or_default();
        let (hispan, white) = (u8::from(race == "hispan"), u8::from(race == "white"));
        out.push_str(&format!("{line},{hispan},{white}\n"));
    }
    Ok(out)
}

const WEIGH: [&str; 9] = [
    "statistics",
    "weigh",
    "-",
    "--treated",
    "treat",
    "--outcome",
    "re78",
    "--covariates",
    "age,educ,married,nodegree,re74,re75,hispan,white",
];

#[test]
fn weighting_comes_with_balance_and_effective_size() -> Outcome {
    let table = training()?;
    let text = werkbrug(&WEIGH, table.as_bytes())?.good()?;
    for expected in [
        "difference before weighting: -635.02621",
        "difference after weighting: 1214.07122",
        "effective sample size: 185 of 185 treated, 99.815",
        "  age: ",
        "-> 0.11885  not balanced",
        "what was not measured",
    ] {
        assert!(text.contains(expected), "{expected} is missing in {text}");
    }
    let json = werkbrug(&[&WEIGH[..], &["--json"]].concat(), table.as_bytes())?.good()?;
    let json: serde_json::Value = serde_json::from_str(&json)?;
    let effect = json["weighted_difference"]["value"].as_f64().unwrap_or(0.0);
    // The reference is given to six decimals.
    assert!((effect / 1_214.071_221 - 1.0).abs() < 1e-8, "{effect}");
    assert_eq!(json["balance"].as_array().map(Vec::len), Some(8));
    assert_eq!(
        (&json["is_balanced"], &json["evidence"]),
        (&false.into(), &"matched".into())
    );
    let separate = "t,y,x\n1,1,5\n1,0,6\n0,1,1\n0,0,2\n";
    let arguments = [
        &WEIGH[..3],
        &["--treated", "t", "--outcome", "y", "--covariates", "x"],
    ];
    let fault = werkbrug(&arguments.concat(), separate.as_bytes())?.fault()?;
    assert!(fault.contains("cannot be computed because"), "{fault}");
    let marker = "t,y,x\n2,1,5\n";
    let fault = werkbrug(&arguments.concat(), marker.as_bytes())?.fault()?;
    assert!(
        fault.contains("line 2: treated \"2\" is not 0 or 1"),
        "{fault}"
    );
    Ok(())
}

#[test]
fn differences_in_differences_with_one_start() -> Outcome {
    let mut table = "town,treated,after,y\n".to_owned();
    for (town, treated) in [("a", 1), ("b", 1), ("c", 0), ("d", 0)] {
        for after in [0, 1] {
            for noise in [-0.01, 0.01] {
                let y = 0.2 + 0.05 * f64::from(after) + 0.1 * f64::from(treated * after) + noise;
                table.push_str(&format!("{town},{treated},{after},{y}\n"));
            }
        }
    }
    let did = ["statistics", "did", "-", "--outcome", "y"];
    let two = [
        "--treated",
        "treated",
        "--after",
        "after",
        "--cluster",
        "town",
    ];
    let text = werkbrug(&[&did[..], &two].concat(), table.as_bytes())?.good()?;
    assert!(
        text.starts_with("difference in differences: 0.1 ["),
        "{text}"
    );
    let one_side = "town,treated,after,y\na,1,0,1\na,1,1,2\n";
    let fault = werkbrug(&[&did[..], &two].concat(), one_side.as_bytes())?.fault()?;
    assert!(
        fault.contains("the untreated before has no observations"),
        "{fault}"
    );
    Ok(())
}

#[test]
fn starts_at_different_times_are_compared_with_those_not_yet_begun() -> Outcome {
    let did = ["statistics", "did", "-", "--outcome", "y"];
    let mut panel = "town,year,start,y\n".to_owned();
    for (number, (town, start)) in [("a", 2), ("b", 2), ("c", 3), ("d", 3), ("e", 9), ("f", 9)]
        .into_iter()
        .enumerate()
    {
        for year in 0..5 {
            let effect = if year >= start { 0.1 } else { 0.0 };
            let y = 0.1 * number as f64 + 0.02 * f64::from(year) + effect;
            let start = if start == 9 {
                String::new()
            } else {
                start.to_string()
            };
            panel.push_str(&format!("{town},{year},{start},{y}\n"));
        }
    }
    let many = [
        "--unit", "town", "--period", "year", "--start", "start", "--json",
    ];
    let json = werkbrug(&[&did[..], &many].concat(), panel.as_bytes())?.good()?;
    let json: serde_json::Value = serde_json::from_str(&json)?;
    let overall = json["overall"]["value"].as_f64().unwrap_or(0.0);
    assert!((overall - 0.1).abs() < 1e-9, "{json}");
    for effect in json["by_exposure"].as_array().into_iter().flatten() {
        let expected = if effect["exposure"].as_i64() < Some(0) {
            0.0
        } else {
            0.1
        };
        assert!((effect["effect"].as_f64().unwrap_or(9.0) - expected).abs() < 1e-9);
    }
    let twice = "town,year,start,y\na,1,,1\na,1,,2\n";
    let fault = werkbrug(&[&did[..], &many].concat(), twice.as_bytes())?.fault()?;
    assert!(fault.contains("more than once in period 1"), "{fault}");
    Ok(())
}

#[test]
fn a_workbook_gives_what_its_text_gives() -> Outcome {
    use exchange::sheet::{Cell, Sheet, write_xlsx};

    let text = "time,event,group\n1,1,a\n2.5,0,a\n3,1,b\n4,1,b\n";
    let rows = text.lines().map(|line| {
        let cell = |word: &str| match word.parse() {
            Ok(number) => Cell::Number(number),
            Err(_) => Cell::text(word),
        };
        line.split(',').map(cell).collect()
    });
    let sheet = Sheet {
        name: "Units".to_owned(),
        rows: rows.collect(),
    };
    let day = time::Date::from_ordinal_date(2026, 1)?;
    let survival = [
        "--time", "time", "--event", "event", "--by", "group", "--json",
    ];
    let run = |input: &[u8]| {
        werkbrug(
            &[&["statistics", "survival", "-"][..], &survival].concat(),
            input,
        )
    };
    let workbook = write_xlsx(std::slice::from_ref(&sheet), day)?;
    assert_eq!(run(&workbook)?.good()?, run(text.as_bytes())?.good()?);
    let mut wrong = sheet;
    wrong.rows[2][0] = Cell::text("soon");
    let fault = run(&write_xlsx(&[wrong.clone()], day)?)?.fault()?;
    assert!(fault.contains("line 3: time \"soon\" is not"), "{fault}");
    wrong.name = "Second".to_owned();
    let mut first = wrong.clone();
    first.name = "First".to_owned();
    let fault = run(&write_xlsx(&[first, wrong], day)?)?.fault()?;
    assert!(fault.contains("more than one visible sheet"), "{fault}");
    Ok(())
}
