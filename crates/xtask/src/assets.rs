//! `cargo xtask assets`: style, fonts, icons and scripts for the pages.
//!
//! Everything comes from the npm packages that `ui/package-lock.json` names and from `ui/own/`; the
//! outcome in `ui/dist/` is built into the program.

use std::fs;
use std::path::Path;

use anyhow::bail;

use crate::process;

const HOW_TO_GET_NODE: &str = "install Node.js 20 or newer with npm (Debian: apt-get install npm)";

/// Runs the command.
pub(crate) fn run(root: &Path) -> anyhow::Result<()> {
    if !is_node_installed() {
        bail!("Node.js or npm is missing; {HOW_TO_GET_NODE}");
    }
    install_packages(root)?;
    // What it says is progress, and standard output may be a document of the command around it.
    eprint!(
        "{}",
        process::output(&root.join("ui"), "node", &["build.mjs"])?
    );
    Ok(())
}

/// As [`run`], but without Node.js the step is skipped.
pub(crate) fn run_or_skip(root: &Path) -> anyhow::Result<()> {
    if is_node_installed() {
        return run(root);
    }
    process::skip("Node.js or npm", HOW_TO_GET_NODE)
}

/// Whether Node.js and npm can be started.
pub(crate) fn is_node_installed() -> bool {
    process::is_installed("node", &["--version"]) && process::is_installed("npm", &["--version"])
}

/// Installs the npm packages exactly as the lock file says, unless that has been done.
pub(crate) fn install_packages(root: &Path) -> anyhow::Result<()> {
    let ui = root.join("ui");
    let changed = |name: &str| {
        fs::metadata(ui.join(name))
            .and_then(|data| data.modified())
            .ok()
    };
    // npm writes the second file at the end of an installation.
    let installed = changed("node_modules/.package-lock.json");
    if installed.is_some() && installed >= changed("package-lock.json") {
        return Ok(());
    }
    let arguments = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
    eprint!("{}", process::output(&ui, "npm", &arguments)?);
    Ok(())
}
