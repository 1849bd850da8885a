//! An administrator's first day at the shell: key, database, organisation, staff, audit, backup.

use std::path::Path;
use std::process::{Command, Output};

use testkit::database::TestDatabase;

type TestError = Box<dyn std::error::Error>;

/// The program in a folder of its own, with nothing of the machine's environment.
struct Shell<'a> {
    folder: &'a Path,
    database: String,
}

impl Shell<'_> {
    fn run(&self, arguments: &[&str]) -> Result<Output, TestError> {
        let program = env!("CARGO_BIN_EXE_werkbrug");
        Ok(Command::new(program)
            .args(arguments)
            .current_dir(self.folder)
            .env_clear()
            .env("WERKBRUG_DATABASE", &self.database)
            .env("WERKBRUG_KEY_FILE", "master.key")
            .output()?)
    }

    fn good(&self, arguments: &[&str]) -> Result<String, TestError> {
        let output = self.run(arguments)?;
        let said = String::from_utf8(output.stderr)?;
        assert!(output.status.success(), "{arguments:?}: {said}");
        Ok(String::from_utf8(output.stdout)?)
    }

    fn bad(&self, arguments: &[&str]) -> Result<String, TestError> {
        let output = self.run(arguments)?;
        let said = String::from_utf8(output.stderr)?;
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {said}");
        assert_eq!(
            said.lines()
                .filter(|line| line.starts_with("error: "))
                .count(),
            1,
            "{said}"
        );
        Ok(said)
    }
}

#[test]
fn first_day_on_sqlite() -> Result<(), TestError> {
    let database = TestDatabase::sqlite()?;
    first_day(&database, &TestDatabase::sqlite()?)
}

#[test]
fn first_day_on_postgres() -> Result<(), TestError> {
    // The backup of one kind of database is put into the other.
    match TestDatabase::postgres()? {
        Some(database) => first_day(&database, &TestDatabase::sqlite()?),
        None => Ok(()),
    }
}

/// The register of motions and commitments: in the database, or in a file where one is named.
fn register(shell: &Shell<'_>) -> Result<(), TestError> {
    let overview = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../exchange/tests/fixtures/overview.txt"
    );
    let read = [
        "commitments",
        "read",
        overview,
        "--date",
        "2022-12-01",
        "--add",
    ];
    shell.good(&[
        "organisation",
        "add",
        "--kind",
        "ministry",
        "--name",
        "Ministerie van Proef",
    ])?;
    let whose = ["--organisation", "Ministerie van Proef"];
    shell.good(&[&read[..], &whose].concat())?;
    shell.good(&[&read[..], &whose].concat())?;
    let list = ["commitments", "list", "--on", "2023-09-01", "--late"];
    let late = shell.good(&[&list[..], &whose].concat())?;
    assert!(late.contains("Op 2023-09-01: 2 te laat"), "{late}");
    let file = ["--register", "register.json"];
    let nothing = shell.good(&[&list[..], &file].concat())?;
    assert!(nothing.contains("0 te laat"), "{nothing}");
    for form in ["docx", "odt", "pdf", "md", "csv", "json", "ics"] {
        let out = format!("overzicht.{form}");
        let export = ["commitments", "export", "--format", form, "--out", &out];
        shell.good(&[&export[..], &whose].concat())?;
    }
    let pdf = std::fs::read(shell.folder.join("overzicht.pdf"))?;
    let holds = |mark: &[u8]| pdf.windows(mark.len()).any(|part| part == mark);
    assert!(holds(b"/StructTreeRoot") && holds(b"/Lang(nl)"));
    let note = |form| {
        [
            "commitments",
            "export",
            "--note",
            "1",
            "--format",
            form,
            "--out",
            "nota",
        ]
    };
    shell.good(&[&note("pdf")[..], &whose].concat())?;
    let refused = shell.bad(&[&note("csv")[..], &whose].concat())?;
    assert!(refused.contains("a note is prose"), "{refused}");
    Ok(())
}

fn first_day(database: &TestDatabase, second: &TestDatabase) -> Result<(), TestError> {
    let folder = tempfile::tempdir()?;
    let shell = Shell {
        folder: folder.path(),
        database: database.address.clone(),
    };
    assert!(shell.bad(&["migrate"])?.contains("cannot read master.key"));
    shell.good(&["key", "generate", "--out", "master.key"])?;
    assert!(
        shell
            .bad(&["key", "generate", "--out", "master.key"])?
            .contains("cannot create")
    );
    assert!(
        shell
            .bad(&["organisation", "list"])?
            .contains("werkbrug migrate")
    );
    assert!(shell.bad(&["doctor"])?.contains("problem"));
    let first = shell.good(&["migrate"])?;
    assert!(first.contains("steps done now") && !first.contains("0 steps done now"));
    assert!(shell.good(&["migrate"])?.contains("0 steps done now"));

    staff(&shell)?;
    register(&shell)?;
    audit(&shell)?;
    backup(&shell, second)?;
    retention(&shell)?;
    rotation(&shell)?;
    another_key(&shell)
}

fn staff(shell: &Shell<'_>) -> Result<(), TestError> {
    shell.good(&[
        "organisation",
        "add",
        "--kind",
        "municipality",
        "--name",
        "Testdam",
    ])?;
    shell.bad(&[
        "organisation",
        "add",
        "--kind",
        "municipality",
        "--name",
        "Testdam",
    ])?;
    assert!(shell.good(&["organisation", "list"])?.contains("Testdam"));
    let add = |login: &'static str, role: &'static str| {
        [
            "user",
            "add",
            login,
            "--organisation",
            "Testdam",
            "--role",
            role,
            "--name",
            "Fictie",
        ]
    };
    let code = shell.good(&add("k@example.org", "klantmanager"))?;
    assert_eq!(code.trim().len(), 43, "a code and nothing else");
    assert!(
        shell
            .bad(&add("e@example.org", "employer_contact"))?
            .contains("role")
    );
    assert!(shell.good(&["user", "list"])?.contains("invited"));
    assert_ne!(shell.good(&["user", "reset", "k@example.org"])?, code);
    shell.good(&["user", "disable", "k@example.org"])?;
    let listed: serde_json::Value =
        serde_json::from_str(&shell.good(&["user", "list", "--json"])?)?;
    assert!(listed[0]["disabled_at"].is_string());
    shell.bad(&["user", "disable", "nobody@example.org"])?;

    Ok(())
}

fn audit(shell: &Shell<'_>) -> Result<(), TestError> {
    for _ in 0..2 {
        shell.good(&["audit", "anchor", "--to", "anchor.txt"])?;
    }
    let verified = shell.good(&["audit", "verify", "--anchor", "anchor.txt"])?;
    assert!(verified.contains("2 anchors match"), "{verified}");
    let anchors = std::fs::read_to_string(shell.folder.join("anchor.txt"))?;
    // An anchor from further on than the log goes: its end was cut off.
    std::fs::write(shell.folder.join("forged.txt"), format!("9{anchors}"))?;
    shell.bad(&["audit", "verify", "--anchor", "forged.txt"])?;
    Ok(())
}

fn backup(shell: &Shell<'_>, second: &TestDatabase) -> Result<(), TestError> {
    let phrase = shell.folder.join("phrase.txt");
    std::fs::write(&phrase, "drie groene fietsen op een dijk\n")?;
    let sealed = [
        "backup",
        "--out",
        "phrase.wbb",
        "--passphrase-file",
        "phrase.txt",
    ];
    assert!(shell.bad(&sealed)?.contains("chmod 600"));
    assert!(!shell.folder.join("phrase.wbb").exists());
    #[cfg(unix)]
    std::fs::set_permissions(&phrase, std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    shell.good(&sealed)?;
    shell.good(&["backup", "--out", "all.wbb"])?;
    let bytes = std::fs::read(shell.folder.join("all.wbb"))?;
    assert!(!String::from_utf8_lossy(&bytes).contains("Testdam"));
    let mut tampered = bytes.clone();
    let middle = tampered.len() / 2;
    tampered[middle] ^= 1;
    std::fs::write(shell.folder.join("tampered.wbb"), tampered)?;
    std::fs::write(shell.folder.join("cut.wbb"), &bytes[..bytes.len() - 1])?;

    let other = Shell {
        folder: shell.folder,
        database: second.address.clone(),
    };
    for bad in [
        "tampered.wbb",
        "cut.wbb",
        "phrase.wbb",
        "anchor.txt",
        "missing.wbb",
    ] {
        other.bad(&["restore", "--from", bad])?;
    }
    other.good(&[
        "restore",
        "--from",
        "phrase.wbb",
        "--passphrase-file",
        "phrase.txt",
    ])?;
    assert!(
        other
            .bad(&["restore", "--from", "all.wbb"])?
            .contains("not empty")
    );
    other.good(&["doctor"])?;
    other.good(&["audit", "verify", "--anchor", "anchor.txt"])?;
    assert!(other.good(&["organisation", "list"])?.contains("Testdam"));

    Ok(())
}

fn retention(shell: &Shell<'_>) -> Result<(), TestError> {
    let counted = shell.good(&["retention", "run", "--dry-run"])?;
    assert!(counted.contains("to remove") && counted.contains("session"));
    let removed = shell.good(&["retention", "run"])?;
    // Everything here is of today.
    assert_eq!(removed.matches("  0 removed").count(), 8, "{removed}");
    Ok(())
}

/// Another master key; anchors of before need the old one.
fn rotation(shell: &Shell<'_>) -> Result<(), TestError> {
    shell.good(&["key", "generate", "--out", "next.key"])?;
    let same = shell.bad(&["key", "rotate", "--to", "master.key"])?;
    assert!(same.contains("is the key in use"), "{same}");
    shell.good(&["key", "rotate", "--to", "next.key"])?;
    let old = shell.bad(&["organisation", "list"])?;
    assert!(old.contains("master key is not the one"), "{old}");
    let examined = String::from_utf8(shell.run(&["doctor"])?.stdout)?;
    assert!(
        examined.contains("has had its present master key since"),
        "{examined}"
    );
    let at = |name: &str| shell.folder.join(name);
    std::fs::rename(at("master.key"), at("first.key"))?;
    std::fs::rename(at("next.key"), at("master.key"))?;
    shell.good(&["doctor"])?;
    assert!(shell.good(&["organisation", "list"])?.contains("Testdam"));
    let anchored = ["audit", "verify", "--anchor", "anchor.txt"];
    shell.bad(&anchored)?;
    shell.good(&[&anchored[..], &["--anchor-key", "first.key"]].concat())?;
    Ok(())
}

/// With another master key nothing is opened, and nothing is harmed.
fn another_key(shell: &Shell<'_>) -> Result<(), TestError> {
    std::fs::rename(
        shell.folder.join("master.key"),
        shell.folder.join("old.key"),
    )?;
    shell.good(&["key", "generate", "--out", "master.key"])?;
    assert!(
        shell
            .bad(&["organisation", "list"])?
            .contains("master key is not the one")
    );
    Ok(())
}

#[test]
fn secrets_stay_off_the_command_line_and_out_of_messages() -> Result<(), TestError> {
    let folder = tempfile::tempdir()?;
    let shell = Shell {
        folder: folder.path(),
        database: "postgres://me:geheim@127.0.0.1:1/db".to_owned(),
    };
    shell.good(&["key", "generate", "--out", "master.key"])?;
    let refused = shell.bad(&[
        "migrate",
        "--database",
        "postgres://me:geheim@127.0.0.1:1/db",
    ])?;
    assert!(refused.contains("password on the command line"));
    let unreachable = shell.run(&["doctor"])?;
    assert!(!unreachable.status.success());
    let said = [unreachable.stdout, unreachable.stderr].concat();
    for text in [refused, String::from_utf8(said)?] {
        assert!(!text.contains("geheim"), "{text}");
    }
    std::fs::write(
        folder.path().join("werkbrug.toml"),
        "database = \"geheim\"\nunknown = 1\n",
    )?;
    let malformed = shell.bad(&["migrate"])?;
    assert!(
        malformed.contains("line 2") && !malformed.contains("geheim"),
        "{malformed}"
    );
    #[cfg(unix)]
    {
        std::fs::remove_file(folder.path().join("werkbrug.toml"))?;
        let key = folder.path().join("master.key");
        std::fs::set_permissions(&key, std::os::unix::fs::PermissionsExt::from_mode(0o644))?;
        assert!(shell.bad(&["organisation", "list"])?.contains("chmod 600"));
    }
    Ok(())
}

#[test]
fn what_vouches_for_a_provider_is_checked_at_the_start() -> Result<(), TestError> {
    let folder = tempfile::tempdir()?;
    let database = TestDatabase::sqlite()?;
    let shell = Shell {
        folder: folder.path(),
        database: database.address.clone(),
    };
    shell.good(&["key", "generate", "--out", "master.key"])?;
    // A key has the rights that a secret needs.
    shell.good(&["key", "generate", "--out", "openid.secret"])?;
    shell.good(&["migrate"])?;
    let config = "[openid]\nname = \"Proef\"\nissuer = \"https://provider.example\"\n\
                  client-id = \"werkbrug\"\nsecret-file = \"openid.secret\"\n\
                  site = \"https://werkbrug.example\"\namr = [\"mfa\"]\n\
                  authority-file = \"ca.pem\"\n";
    std::fs::write(folder.path().join("werkbrug.toml"), config)?;
    let list = ["organisation", "list"];
    assert!(shell.bad(&list)?.contains("ca.pem"));
    let authority = folder.path().join("ca.pem");
    std::fs::write(&authority, "no certificate\n")?;
    assert!(shell.bad(&list)?.contains("authority-file must hold"));
    let real = include_str!("../../openid/tests/it/fixtures/authority.pem");
    std::fs::write(&authority, real)?;
    shell.good(&list)?;
    Ok(())
}

#[test]
fn the_cases_of_a_town_give_figures_that_hide_small_groups() -> Result<(), TestError> {
    let folder = tempfile::tempdir()?;
    // Key and database come from the configuration that the town writes.
    let good = |arguments: &[&str]| -> Result<String, TestError> {
        let output = Command::new(env!("CARGO_BIN_EXE_werkbrug"))
            .args(arguments)
            .current_dir(folder.path())
            .env_clear()
            .output()?;
        let said = String::from_utf8(output.stderr)?;
        assert!(output.status.success(), "{arguments:?}: {said}");
        Ok(String::from_utf8(output.stdout)?)
    };
    let town = [
        "demo-town",
        "--out",
        "town",
        "--people",
        "96",
        "--vacancies",
        "8",
        "--json",
    ];
    let said = good(&town)?;
    let printed: serde_json::Value = serde_json::from_str(said.trim())?;
    let config = printed["config"].as_str().ok_or("no configuration")?;
    let compute = ["monitor", "compute", "--config", config, "--data", "vault"];
    let exact = good(&[&compute[..], &["--indicator", "paid-work", "--json"]].concat())?;
    let figures = |text: &str| -> Result<Vec<serde_json::Value>, TestError> {
        Ok(text
            .lines()
            .map(serde_json::from_str)
            .collect::<Result<_, _>>()?)
    };
    let now = figures(&exact)?
        .into_iter()
        .find(|figure| figure["measure"] == "now" && figure["group"].is_null())
        .ok_or("no figure")?;
    let value = &now["outcome"]["value"];
    // Of the 96, whoever came this month is not followed yet: months count when they are over.
    let n = value["n"].as_u64().unwrap_or_default();
    assert!((60..=96).contains(&n), "{now}");
    assert!(value["numerator"].as_u64().is_some_and(|n| n > 0), "{now}");
    let public = good(&[&compute[..], &["--breakdowns", "--public"]].concat())?;
    let mut n_hidden = 0;
    for figure in figures(&public)? {
        let outcome = &figure["outcome"];
        n_hidden += usize::from(outcome["hidden"].is_string());
        let is_of_others = figure["label"].is_string();
        if let Some(n) = outcome["value"]["n"].as_u64().filter(|_| !is_of_others) {
            assert!(n >= 50 && n % 5 == 0, "{figure}");
        }
    }
    assert!(n_hidden > 0);
    Ok(())
}
