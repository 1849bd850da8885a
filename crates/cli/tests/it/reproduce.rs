//! A researcher takes the download of a page of the dashboard, runs the commands that stand in it,
//! and gets the same digits.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use crate::Outcome;

type TestError = Box<dyn std::error::Error>;

/// The program serving the dashboard with invented records; ends with the test.
struct Served {
    process: Child,
    address: String,
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to do.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn serve(folder: &Path) -> Result<Served, TestError> {
    let config = folder.join("werkbrug.toml");
    std::fs::write(&config, "[monitor]\ndemo = true\n")?;
    let mut process = Command::new(env!("CARGO_BIN_EXE_werkbrug"))
        .args(["serve", "--listen", "127.0.0.1:0"])
        .current_dir(folder)
        .env_clear()
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let out = process.stdout.take().ok_or("no output")?;
    let mut line = String::new();
    BufReader::new(out).read_line(&mut line)?;
    let address = line.trim().strip_prefix("http://").ok_or("no address")?;
    Ok(Served {
        address: address.to_owned(),
        process,
    })
}

/// The body of an answer.
fn get(served: &Served, path: &str) -> Result<String, TestError> {
    let mut stream = TcpStream::connect(&served.address)?;
    write!(
        stream,
        "GET {path} HTTP/1.0\r\nhost: {}\r\nconnection: close\r\n\r\n",
        served.address
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let (head, body) = answer.split_once("\r\n\r\n").ok_or("no head")?;
    assert!(head.contains(" 200 "), "{path}: {head}");
    Ok(body.to_owned())
}

/// Runs a command line of the download in a folder.
fn follow(line: &str, folder: &Path) -> Result<String, TestError> {
    // A choice stands in quotation marks; nothing else has spaces.
    let words = line.split('\'').enumerate().flat_map(|(part, text)| {
        if part % 2 == 1 {
            vec![text]
        } else {
            text.split_whitespace().collect()
        }
    });
    let words: Vec<&str> = words.collect();
    let [program, arguments @ ..] = words.as_slice() else {
        return Err("an empty command".into());
    };
    assert_eq!(*program, "werkbrug");
    let output = Command::new(env!("CARGO_BIN_EXE_werkbrug"))
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .output()?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{line}: {said}");
    Ok(String::from_utf8(output.stdout)?)
}

/// What a row of the download and a line of the command are about.
fn address(field: impl Fn(&str) -> String) -> [String; 5] {
    ["measure", "months", "label", "by", "group"].map(field)
}

fn of_line(line: &Value) -> [String; 5] {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    };
    let group = &line["group"];
    address(|name| match name {
        "by" if group.is_null() => "everybody".to_owned(),
        "group" if group.is_null() => "total".to_owned(),
        "by" => text(&group["by"]),
        "group" => text(&group["code"]),
        name => text(&line[name]),
    })
}

#[test]
fn every_number_of_a_download_comes_from_its_own_command() -> Outcome {
    let folder = tempfile::tempdir()?;
    let served = serve(folder.path())?;
    let mut compared = 0;
    for path in [
        "/cijfers/paid-work/cijfers.csv?gebied=AM22&cohort=2020",
        "/cijfers/first-work/cijfers.csv",
        "/cijfers/job-quality/cijfers.csv?maand=2025-06",
        "/cijfers/dual-tracks/cijfers.csv",
    ] {
        let download = get(&served, path)?;
        let mut printed = String::new();
        for line in download.lines() {
            if let Some(command) = line.strip_prefix("# Command: ") {
                printed = follow(command, folder.path())?;
            }
        }
        let mut lines = BTreeMap::new();
        for line in printed.lines() {
            let line: Value = serde_json::from_str(line)?;
            lines.insert(of_line(&line), line);
        }
        let mut reader = csv::ReaderBuilder::new()
            .comment(Some(b'#'))
            .from_reader(download.as_bytes());
        let mut rows = 0;
        for row in reader.deserialize() {
            let row: BTreeMap<String, String> = row?;
            let line = &lines[&address(|name| row[name].clone())];
            let outcome = &line["outcome"];
            match row["outcome"].as_str() {
                "value" => {
                    let value = &outcome["value"];
                    assert_eq!(
                        row["value"].parse().ok(),
                        value["point"].as_f64(),
                        "{row:?}"
                    );
                    let end = |name: &str| value["interval"][name].as_f64();
                    assert_eq!(row["lower"].parse().ok(), end("lower"), "{row:?}");
                    assert_eq!(row["upper"].parse().ok(), end("upper"), "{row:?}");
                    assert_eq!(row["n"].parse().ok(), value["n"].as_u64(), "{row:?}");
                    let numerator = value["numerator"].as_u64();
                    assert_eq!(row["numerator"].parse().ok(), numerator, "{row:?}");
                    compared += 1;
                }
                "hidden" => assert_eq!(outcome["hidden"], row["reason"].as_str(), "{row:?}"),
                _ => assert_eq!(outcome["not_computed"], row["reason"].as_str(), "{row:?}"),
            }
            rows += 1;
        }
        assert!(
            rows > 0 && lines.len() >= rows,
            "{path}: {rows} {}",
            lines.len()
        );
    }
    assert!(compared > 100, "{compared}");
    Ok(())
}
