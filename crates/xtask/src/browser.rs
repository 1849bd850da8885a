//! Pages in a real browser: tests, and pictures for a designer's eye.

use std::path::Path;

use anyhow::Context;

use crate::{assets, process};

/// Names under which distributions install the browser.
const BROWSERS: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

const HOW_TO_GET_CHROMIUM: &str =
    "install it with `apt-get install --no-install-recommends chromium`";

/// Every page in every language: accessibility, small screens, keyboard, without JavaScript; then
/// the journeys of newcomer, klantmanager and employer, the capabilities that they leave out, and
/// what scripts add.
pub(crate) fn test(root: &Path) -> anyhow::Result<()> {
    if !is_ready(root)? {
        return Ok(());
    }
    run(root, &["tests/run.mjs"])?;
    run(root, &["tests/journeys.mjs"])?;
    run(root, &["tests/capabilities.mjs"])?;
    run(root, &["tests/scripts.mjs"])
}

/// Pictures of all pages into the folder `screenshots`.
pub(crate) fn screenshots(root: &Path) -> anyhow::Result<()> {
    assets::run(root)?;
    if !is_ready(root)? {
        return Ok(());
    }
    let folder = root.join("screenshots");
    let folder = folder
        .to_str()
        .context("the path of the folder is not UTF-8")?;
    run(root, &["tests/screenshots.mjs", folder])
}

/// Whether Node.js, its packages and a browser are there; says what is missing when not.
fn is_ready(root: &Path) -> anyhow::Result<bool> {
    if !assets::is_node_installed() {
        process::skip("Node.js or npm", "install Node.js 20 or newer with npm")?;
        return Ok(false);
    }
    assets::install_packages(root)?;
    if !has_browser() && is_root() && process::is_installed("apt-get", &["--version"]) {
        println!("      installing Chromium");
        let arguments = [
            "install",
            "--yes",
            "--no-install-recommends",
            "--quiet",
            "chromium",
        ];
        if let Err(error) = process::run(root, "apt-get", &arguments) {
            println!("      {error:#}");
        }
    }
    if !has_browser() {
        process::skip("Chromium", HOW_TO_GET_CHROMIUM)?;
        return Ok(false);
    }
    Ok(true)
}

fn has_browser() -> bool {
    std::env::var_os("CHROMIUM").is_some()
        || BROWSERS
            .iter()
            .any(|browser| process::is_installed(browser, &["--version"]))
}

fn is_root() -> bool {
    process::output(Path::new("/"), "id", &["-u"]).is_ok_and(|id| id.trim() == "0")
}

/// Builds the program and runs a script of `ui/` against it.
fn run(root: &Path, script: &[&str]) -> anyhow::Result<()> {
    process::run(
        root,
        "cargo",
        &["build", "--workspace", "--locked", "--quiet"],
    )?;
    let program = process::target_directory(root)?.join("debug/werkbrug");
    let program = program.display().to_string();
    process::run_with(
        &root.join("ui"),
        "node",
        script,
        &[("WERKBRUG_PROGRAM", &program)],
    )
}
