//! `werkbrug match` and `werkbrug levers` as their users run them.

use serde_json::Value;

use crate::{Outcome, Run, werkbrug};

const EXAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../matching/schema/examples");

fn run(
    command: &str,
    options: &[&str],
    candidates: &[u8],
) -> Result<Run, Box<dyn std::error::Error>> {
    let vacancies = format!("{EXAMPLES}/vacancies.ndjson");
    let mut all = vec![command, "--candidates", "-", "--vacancies", &vacancies];
    all.extend(options);
    werkbrug(&all, candidates)
}

fn candidates() -> std::io::Result<Vec<u8>> {
    std::fs::read(format!("{EXAMPLES}/candidates.ndjson"))
}

fn lines(run: &Run) -> Result<Vec<Value>, Box<dyn std::error::Error>> {
    assert_eq!(run.code, Some(0), "{}", run.err);
    let parsed = run.out.lines().map(serde_json::from_str);
    Ok(parsed.collect::<Result<_, _>>()?)
}

#[test]
fn both_directions_give_the_same_pairs_and_scores() -> Outcome {
    let forward = lines(&run("match", &[], &candidates()?)?)?;
    let backward = lines(&run(
        "match",
        &["--direction", "vacancies"],
        &candidates()?,
    )?)?;
    assert!(!forward.is_empty());
    let pairs = |records: &[Value]| {
        let pair = |r: &Value| {
            let text = |name: &str| r[name].to_string();
            (
                text("candidate"),
                text("vacancy"),
                text("score"),
                text("rank_points"),
            )
        };
        let mut pairs: Vec<_> = records.iter().map(pair).collect();
        pairs.sort();
        pairs
    };
    assert_eq!(pairs(&forward), pairs(&backward));
    Ok(())
}

#[test]
fn explanations_add_up_and_do_not_depend_on_the_order_of_lines() -> Outcome {
    let text = String::from_utf8(candidates()?)?;
    let turned: Vec<&str> = text.lines().rev().collect();
    let options = ["--explain", "--top", "2"];
    let first = run("match", &options, text.as_bytes())?;
    let other = run("match", &options, turned.join("\n").as_bytes())?;
    assert_eq!(first.out, other.out);
    for record in lines(&first)? {
        let branches = record["explanation"]["branches"].as_array().cloned();
        let points = branches.unwrap_or_default();
        let points: u64 = points.iter().filter_map(|b| b["points"].as_u64()).sum();
        assert_eq!(Some(points), record["score"].as_u64());
        assert_eq!(record["configuration"], 1);
    }
    Ok(())
}

#[test]
fn levers_are_counted_by_candidate_vacancy_and_group() -> Outcome {
    let by = |by| -> Result<Vec<Value>, Box<dyn std::error::Error>> {
        lines(&run(
            "levers",
            &["--by", by, "--threshold", "200"],
            &candidates()?,
        )?)
    };
    let (candidate, vacancy, group) = (by("candidate")?, by("vacancy")?, by("group")?);
    assert_eq!((candidate.len(), vacancy.len(), group.len()), (3, 3, 2));
    let open =
        |records: &[Value]| -> u64 { records.iter().filter_map(|r| r["open_now"].as_u64()).sum() };
    let fit: u64 = vacancy.iter().filter_map(|r| r["fit_now"].as_u64()).sum();
    assert_eq!(open(&candidate), open(&group));
    assert_eq!(open(&candidate), fit);
    assert!(
        candidate
            .iter()
            .any(|r| r["levers"].as_array().is_some_and(|l| !l.is_empty()))
    );
    Ok(())
}

#[test]
fn a_bad_line_is_named_and_skipped_on_request() -> Outcome {
    let mut text = candidates()?;
    text.extend(b"{\"id\":\"k-04\",\"hours\":200}\n{\"id\":\"k-01\"}\n{\"id\":\"k-0");
    let stopped = run("match", &[], &text)?;
    assert_eq!(stopped.code, Some(1));
    assert!(
        stopped.err.contains("standard input:4: 200 hours a week"),
        "{}",
        stopped.err
    );
    assert_eq!(stopped.out, "");
    let kept = run("match", &["--keep-going"], &text)?;
    assert_eq!(kept.out, run("match", &[], &candidates()?)?.out);
    assert!(
        kept.err.contains("k-01") && kept.err.contains("3 lines skipped"),
        "{}",
        kept.err
    );
    Ok(())
}
