//! What we write opens in LibreOffice; skipped where it is not installed.

use std::path::Path;
use std::process::Command;

use commitments::calendar::parse_iso;
use commitments::deadline::Conventions;
use commitments::overview::compose;
use commitments::read::Document;
use commitments::record::Record;
use exchange::{docx, odt};

const FICTIONAL: &str = include_str!("../fixtures/overview.txt");

fn is_installed() -> bool {
    std::env::var_os("PATH").is_some_and(|paths| {
        std::env::split_paths(&paths).any(|folder| folder.join("soffice").is_file())
    })
}

/// Lets LibreOffice turn the files into plain text, in a folder with a profile of its own.
fn convert(folder: &Path, files: &[&str]) {
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.display());
    let outcome = Command::new("soffice")
        .args([
            profile.as_str(),
            "--headless",
            "--convert-to",
            "txt:Text (encoded):UTF8",
        ])
        .args(files)
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(
        outcome.status.success(),
        "{}",
        String::from_utf8_lossy(&outcome.stderr)
    );
}

#[test]
fn office_files_open_in_libreoffice_with_every_word() {
    if !is_installed() {
        eprintln!("skipped: soffice is not installed");
        return;
    }
    let day = parse_iso("2022-12-01").unwrap();
    let document = Document::read("o", FICTIONAL, Some(day), &Conventions::default());
    let contents: Vec<_> = document.records.iter().map(Record::content).collect();
    let composition = compose("Overzicht moties en toezeggingen", &contents);
    let folder = tempfile::tempdir().unwrap();
    let place = |name: &str| folder.path().join(name);
    std::fs::write(place("docx-file.docx"), docx::write(&composition).unwrap()).unwrap();
    std::fs::write(place("odt-file.odt"), odt::write(&composition).unwrap()).unwrap();
    convert(folder.path(), &["docx-file.docx", "odt-file.odt"]);
    for name in ["docx-file.txt", "odt-file.txt"] {
        let text = std::fs::read_to_string(place(name)).unwrap();
        assert!(text.contains("Overzicht moties en toezeggingen"), "{name}");
        for content in &contents {
            let first: String = content.ask.words.chars().take(25).collect();
            assert!(text.contains(&first), "{name} lacks {first:?}");
        }
    }
}
