//! Rules for source files: size, names, what may not stand in them.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::Fault;

/// Lines of a Rust file from which on it must be split.
const LONGEST_FILE: usize = 800;

/// Module names that say nothing about what the module knows.
const EMPTY_NAMES: [&str; 6] = ["utils", "util", "helpers", "common", "manager", "misc"];

/// Texts that may not stand in a Rust file, with the reason. Written in parts, so that this file
/// does not break its own rule.
const FORBIDDEN: [(&str, &str); 6] = [
    (concat!("#[", "allow("), "use #[expect(lint, reason = …)]"),
    (concat!("#![", "allow("), "use #[expect(lint, reason = …)]"),
    (
        concat!("#[", "ignore"),
        "a test that does not run is no test",
    ),
    (concat!("to", "do!("), "unfinished"),
    (
        concat!("thread::", "sleep"),
        "wait for the event, not for time",
    ),
    (
        concat!("time::", "sleep"),
        "wait for the event, not for time",
    ),
];

/// Checks the files of the repository.
pub(super) fn check(root: &Path, files: &[PathBuf]) -> anyhow::Result<Vec<Fault>> {
    let mut faults = Vec::new();
    for path in files {
        if path.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read_to_string(root.join(path))
                .with_context(|| format!("cannot read {}", path.display()))?;
            faults.extend(check_rust(path, &text));
        }
    }
    Ok(faults)
}

fn check_rust(path: &Path, text: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    let place = path.display().to_string();
    let n_lines = text.lines().count();
    if n_lines > LONGEST_FILE {
        faults.push(Fault::new(
            &place,
            format!("{n_lines} lines, at most {LONGEST_FILE}"),
        ));
    }
    let names = path
        .components()
        .filter_map(|part| part.as_os_str().to_str());
    for name in names.map(|name| name.trim_end_matches(".rs")) {
        if EMPTY_NAMES.contains(&name) {
            faults.push(Fault::new(
                &place,
                format!("{name} does not say what the module knows"),
            ));
        }
    }
    // A measurement paces a load and waits for a process; there time is the event.
    let measures = path.starts_with("crates/bench");
    for (number, line) in text.lines().enumerate() {
        for (forbidden, reason) in FORBIDDEN {
            if line.contains(forbidden) && !(measures && forbidden.ends_with("sleep")) {
                let at = format!("{place}:{}", number + 1);
                faults.push(Fault::new(at, format!("{forbidden:?}: {reason}")));
            }
        }
    }
    let is_module_root = !path.components().any(|part| part.as_os_str() == "benches");
    if is_module_root && !text.starts_with("//!") && !text.starts_with("#!") {
        faults.push(Fault::new(
            &place,
            "the file must start with //! and say what it is for",
        ));
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n_faults(path: &str, text: &str) -> usize {
        check_rust(Path::new(path), text).len()
    }

    #[test]
    fn rules_find_what_they_are_for() {
        assert_eq!(n_faults("crates/x/src/telling.rs", "//! Says.\n"), 0);
        assert_eq!(n_faults("crates/x/src/utils.rs", "//! Says.\n"), 1);
        assert_eq!(n_faults("crates/x/src/a.rs", "fn a() {}\n"), 1);
        let long = format!("//! Says.\n{}", "\n".repeat(LONGEST_FILE));
        assert_eq!(n_faults("crates/x/src/a.rs", &long), 1);
        let hidden = format!("//! Says.\n{}dead_code)]\n", FORBIDDEN[0].0);
        assert_eq!(n_faults("crates/x/src/a.rs", &hidden), 1);
    }
}
