//! `werkbrug catalogue …` on the starter catalogue and on small imports.

use std::fs;

use crate::{Outcome, werkbrug};

const COOK: &str = "http://data.europa.eu/esco/occupation/90f75f67-495d-49fa-ab57-2f320e251d7e";

#[test]
fn info_counts_the_starter_catalogue() -> Outcome {
    let out = werkbrug(&["catalogue", "info", "--json"], b"")?.good()?;
    let info: serde_json::Value = serde_json::from_str(&out)?;
    assert_eq!(info["languages"].as_array().map(Vec::len), Some(7));
    assert!(
        info["notices"][0]
            .as_str()
            .is_some_and(|notice| notice.contains("ESCO"))
    );
    assert!(
        werkbrug(&["catalogue", "info"], b"")?
            .good()?
            .contains("Українська")
    );
    Ok(())
}

#[test]
fn link_gives_id_rank_uri_score_and_label() -> Outcome {
    let arguments = [
        "catalogue",
        "link",
        "--kind",
        "occupation",
        "--language",
        "nl",
        "--top",
        "2",
    ];
    let out = werkbrug(&arguments, "a7\tKok (m/v)\nlasser\n".as_bytes())?.good()?;
    let rows: Vec<Vec<&str>> = out.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(rows[0], ["a7", "1", COOK, "1000", "kok"]);
    assert_eq!((rows[1][0], rows[1][1]), ("a7", "2"));
    // A line without an id is named by its number.
    assert_eq!((rows[2][0], rows[2][1], rows[2][4]), ("2", "1", "lasser"));
    Ok(())
}

#[test]
fn link_as_json_has_one_object_per_text() -> Outcome {
    let arguments = [
        "catalogue",
        "link",
        "--kind",
        "skill",
        "--language",
        "uk",
        "--json",
    ];
    let out = werkbrug(&arguments, "x\tпекти хліб\n".as_bytes())?.good()?;
    let object: serde_json::Value = serde_json::from_str(&out)?;
    assert_eq!(object["id"], "x");
    assert_eq!(object["links"][0]["rank"], 1);
    Ok(())
}

#[test]
fn link_skips_and_counts_what_is_no_text() -> Outcome {
    let arguments = ["catalogue", "link", "--kind", "occupation"];
    let mut input = b"kok\n\n".to_vec();
    input.extend(std::iter::repeat_n(b'x', 1_000_000));
    input.extend(b"\nlasser\n");
    let run = werkbrug(&arguments, &input)?;
    assert_eq!(run.err.lines().count(), 1, "{}", run.err);
    assert!(
        run.err
            .contains("standard input:2: skipped from here on: 1 empty lines, 1 lines over")
    );
    let out = run.good()?;
    assert!(
        out.contains("\n4\t1\t") && out.starts_with("1\t1\t"),
        "{out}"
    );
    Ok(())
}

#[test]
fn link_answers_bad_input_with_line_and_reason() -> Outcome {
    let arguments = ["catalogue", "link", "--kind", "occupation"];
    assert_eq!(
        werkbrug(&arguments, b"kok\n\xff\xfe\n")?.fault()?,
        "error: standard input:2: not UTF-8"
    );
    let unknown = werkbrug(
        &[
            "catalogue",
            "link",
            "--kind",
            "occupation",
            "--language",
            "xx",
        ],
        b"",
    )?;
    assert_eq!(unknown.code, Some(2));
    assert!(unknown.err.contains("unknown language \"xx\""));
    let without = [
        "catalogue",
        "link",
        "--kind",
        "occupation",
        "--language",
        "de",
    ];
    assert_eq!(
        werkbrug(&without, b"Koch\n")?.fault()?,
        "error: starter catalogue has no labels in language de; it has nl en ar uk ti tr fa"
    );
    Ok(())
}

#[test]
fn show_takes_uris_and_texts_in_every_language() -> Outcome {
    let by_uri = werkbrug(&["catalogue", "show", COOK, "--json"], b"")?.good()?;
    let shown: serde_json::Value = serde_json::from_str(&by_uri)?;
    assert_eq!(
        (&shown["isco"], &shown["kind"]),
        (&"5120".into(), &"occupation".into())
    );
    assert!(
        shown["essential"]
            .as_array()
            .is_some_and(|skills| skills.len() >= 4)
    );
    let by_text = werkbrug(&["catalogue", "show", "طباخ", "--language", "ar"], b"")?.good()?;
    assert!(by_text.starts_with("طباخ\n") && by_text.contains(COOK));
    assert_eq!(
        werkbrug(&["catalogue", "show", "urn:none"], b"")?.fault()?,
        "error: no concept urn:none in the catalogue"
    );
    assert_eq!(
        werkbrug(&["catalogue", "show", "???"], b"")?.fault()?,
        "error: nothing found for \"???\""
    );
    Ok(())
}

#[test]
fn compare_says_what_is_shared_and_missing() -> Outcome {
    let out = werkbrug(&["catalogue", "compare", "kok", "bakker", "--json"], b"")?.good()?;
    let compared: serde_json::Value = serde_json::from_str(&out)?;
    let n = |list: &str| compared[list].as_array().map_or(0, Vec::len);
    assert!(n("shared") > 0 && n("only_first") > 0 && n("only_second") > 0);
    let same = werkbrug(&["catalogue", "compare", "kok", COOK, "--json"], b"")?.good()?;
    let same: serde_json::Value = serde_json::from_str(&same)?;
    assert_eq!(same["nearness"], 1000);
    Ok(())
}

#[test]
fn near_finds_occupations_for_a_file_of_skills() -> Outcome {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("skills.txt");
    fs::write(&file, "brood bakken\ndeeg maken en kneden\n\ndeeg vormen\n")?;
    let path = file.display().to_string();
    let arguments = [
        "catalogue",
        "near",
        "--skills",
        &path,
        "--top",
        "3",
        "--json",
    ];
    let near: serde_json::Value = serde_json::from_str(&werkbrug(&arguments, b"")?.good()?)?;
    assert_eq!(near[0]["label"], "bakker");
    fs::write(&file, "brood bakken\n%%%\n")?;
    assert_eq!(
        werkbrug(&arguments, b"")?.fault()?,
        format!("error: {path}:2: nothing found for \"%%%\"")
    );
    fs::write(&file, "")?;
    assert_eq!(
        werkbrug(&arguments, b"")?.fault()?,
        format!("error: {path}: no skills")
    );
    Ok(())
}

#[test]
fn import_writes_a_file_that_the_other_commands_read() -> Outcome {
    let folder = tempfile::tempdir()?;
    let at = |name: &str| folder.path().join(name).display().to_string();
    fs::write(
        at("occupations_en.csv"),
        "conceptUri,iscoGroup,preferredLabel,altLabels\nurn:o:1,5120,cook,\"chef\nline cook\"\n",
    )?;
    fs::write(
        at("skills_en.csv"),
        "conceptUri,skillType,reuseLevel,preferredLabel,altLabels\nurn:s:1,knowledge,,food,\n",
    )?;
    fs::write(at("uk.tsv"), "urn:o:1\tкухар\n")?;
    let (root, out, labels) = (at(""), at("esco.wbc"), format!("uk={}", at("uk.tsv")));
    let import = [
        "catalogue",
        "import",
        "--esco",
        &root,
        "--labels",
        &labels,
        "--out",
        &out,
    ];
    let run = werkbrug(&import, b"")?;
    assert!(
        run.err
            .contains("warning: missing occupationSkillRelations.csv"),
        "{}",
        run.err
    );
    assert!(run.good()?.contains("2 concepts"));
    let link = [
        "catalogue",
        "link",
        "--catalogue",
        &out,
        "--kind",
        "occupation",
        "--language",
        "uk",
    ];
    let found = werkbrug(&link, "кухар\n".as_bytes())?.good()?;
    assert_eq!(found, "1\t1\turn:o:1\t1000\tкухар\n");
    // Truncated: refused with the file's name.
    let bytes = fs::read(&out)?;
    fs::write(&out, &bytes[..bytes.len() / 2])?;
    let fault = werkbrug(&["catalogue", "info", "--catalogue", &out], b"")?.fault()?;
    assert!(
        fault.starts_with(&format!("error: catalogue {out}: truncated")),
        "{fault}"
    );
    Ok(())
}

#[test]
fn a_failed_import_leaves_nothing_behind() -> Outcome {
    let folder = tempfile::tempdir()?;
    let at = |name: &str| folder.path().join(name).display().to_string();
    let (root, out) = (at(""), at("esco.wbc"));
    let import = ["catalogue", "import", "--esco", &root, "--out", &out];
    assert!(
        werkbrug(&import, b"")?
            .fault()?
            .contains("no ESCO files found")
    );
    fs::write(
        at("occupations_en.csv"),
        "conceptUri,iscoGroup\nurn:o:1,5120\n",
    )?;
    fs::write(&out, "old")?;
    let fault = werkbrug(&import, b"")?.fault()?;
    assert!(
        fault.ends_with("occupations_en.csv:1: column \"preferredLabel\" is missing"),
        "{fault}"
    );
    assert_eq!(fs::read_to_string(&out)?, "old");
    assert_eq!(fs::read_dir(folder.path())?.count(), 2);
    let nowhere = at("nowhere/esco.wbc");
    let arguments = ["catalogue", "import", "--esco", &root, "--out", &nowhere];
    assert!(werkbrug(&arguments, b"")?.fault().is_ok());
    Ok(())
}
