//! Third-party crates come from the public registry under licences that fit the EUPL-1.2.
//!
//! The list of licences is read from `deny.toml`, so that there is one list.

use anyhow::Context;
use serde_json::Value;

use super::Fault;

const DENY: &str = include_str!("../../../../deny.toml");

/// Checks source and licence of every third-party crate.
pub(super) fn check(metadata: &Value) -> anyhow::Result<Vec<Fault>> {
    let allowed = allowed_licences(DENY)?;
    let packages = metadata["packages"]
        .as_array()
        .context("cargo metadata lists no packages")?;
    let mut faults = Vec::new();
    for package in packages {
        let Some(source) = package["source"].as_str() else {
            continue;
        };
        let place = format!("{} {}", text(package, "name"), text(package, "version"));
        if !source.starts_with("registry+") && !source.starts_with("sparse+") {
            faults.push(Fault::new(
                &place,
                format!("comes from {source}, not from a registry"),
            ));
        }
        let licence = text(package, "license");
        if !is_allowed(licence, &allowed) {
            faults.push(Fault::new(
                &place,
                format!("licence {licence:?} is not in deny.toml"),
            ));
        }
    }
    Ok(faults)
}

fn text<'a>(package: &'a Value, field: &str) -> &'a str {
    package[field].as_str().unwrap_or("")
}

/// The quoted names in the list `allow = [ … ]` of the section `[licenses]`.
fn allowed_licences(deny: &str) -> anyhow::Result<Vec<&str>> {
    let list = deny
        .split_once("[licenses]")
        .and_then(|(_, rest)| rest.split_once("allow = ["))
        .and_then(|(_, rest)| rest.split_once(']'))
        .context("deny.toml has no list of licences")?
        .0;
    Ok(list.split('"').skip(1).step_by(2).collect())
}

/// Whether an SPDX expression can be met with allowed licences; `/` is the old way to write OR.
fn is_allowed(expression: &str, allowed: &[&str]) -> bool {
    let expression = expression.replace('/', " OR ").replace(['(', ')'], " ");
    expression.split(" OR ").any(|choice| {
        choice
            .split(" AND ")
            .all(|part| allowed.contains(&part.trim()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_read() {
        let allowed = ["MIT", "Apache-2.0", "Apache-2.0 WITH LLVM-exception"];
        assert!(is_allowed("MIT OR GPL-3.0", &allowed));
        assert!(is_allowed("MIT/Apache-2.0", &allowed));
        assert!(is_allowed("Apache-2.0 WITH LLVM-exception", &allowed));
        assert!(!is_allowed("MIT AND GPL-3.0", &allowed));
        assert!(!is_allowed("", &allowed));
    }

    #[test]
    fn the_list_of_licences_is_found() -> anyhow::Result<()> {
        assert!(allowed_licences(DENY)?.contains(&"MIT"));
        Ok(())
    }
}
