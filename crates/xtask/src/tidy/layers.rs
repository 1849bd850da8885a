//! Crates depend on each other only as the table in ARCHITECTURE.md allows.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, bail};
use serde_json::Value;

use super::Fault;

/// Heading of the section with the table.
const HEADING: &str = "## Crates";

/// Checks every edge between crates of the workspace.
pub(super) fn check(architecture: &str, metadata: &Value) -> anyhow::Result<Vec<Fault>> {
    let allowed = allowed(architecture)?;
    let mut faults = Vec::new();
    for (name, edges) in edges(metadata)? {
        let Some(row) = allowed.get(&name) else {
            faults.push(Fault::new(
                "ARCHITECTURE.md",
                format!("the table of crates lacks {name}"),
            ));
            continue;
        };
        for edge in edges {
            if !row.contains("*") && !row.contains(&edge) {
                faults.push(Fault::new(
                    format!("crates/{name}/Cargo.toml"),
                    format!("{name} may not depend on {edge} (table of crates in ARCHITECTURE.md)"),
                ));
            }
        }
    }
    Ok(faults)
}

/// The table: crate → crates it may depend on; `*` stands for all.
fn allowed(architecture: &str) -> anyhow::Result<BTreeMap<String, BTreeSet<String>>> {
    let section = architecture
        .split_once(HEADING)
        .with_context(|| format!("ARCHITECTURE.md has no section {HEADING:?}"))?
        .1;
    let mut table = BTreeMap::new();
    for line in section.lines().skip_while(|line| !line.starts_with('|')) {
        if !line.starts_with('|') {
            break;
        }
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [name, _, may, ..] = cells.as_slice() else {
            bail!("ARCHITECTURE.md: a row of the table of crates has fewer than three cells");
        };
        let name = name.trim_matches('`');
        if name == "crate" || name.starts_with("--") {
            continue;
        }
        let may = may
            .split(',')
            .map(|n| n.trim().trim_matches('`').to_owned());
        table.insert(
            name.to_owned(),
            may.filter(|n| !n.is_empty() && n != "–").collect(),
        );
    }
    Ok(table)
}

/// Edges between crates of the workspace, those only for tests left out.
fn edges(metadata: &Value) -> anyhow::Result<BTreeMap<String, BTreeSet<String>>> {
    let packages = metadata["packages"]
        .as_array()
        .context("cargo metadata lists no packages")?;
    let own: Vec<&Value> = packages.iter().filter(|p| p["source"].is_null()).collect();
    let names: BTreeSet<&str> = own.iter().filter_map(|p| p["name"].as_str()).collect();
    let mut edges = BTreeMap::new();
    for package in own {
        let name = package["name"]
            .as_str()
            .context("a package without a name")?;
        let targets = package["dependencies"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|dependency| dependency["kind"] != "dev")
            .filter_map(|dependency| dependency["name"].as_str())
            .filter(|dependency| names.contains(dependency))
            .map(str::to_owned)
            .collect();
        edges.insert(name.to_owned(), targets);
    }
    Ok(edges)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const TABLE: &str = "## Crates\n\nText.\n\n| crate | knows | may depend on |\n|---|---|---|\n\
        | `domain` | words | – |\n| `taxonomy` | skills | `domain` |\n| `cli` | wiring | `*` |\n\nEnd";

    fn package(name: &str, dependencies: &[&str]) -> Value {
        let dependencies: Vec<Value> = dependencies
            .iter()
            .map(|d| json!({"name": d, "kind": null}))
            .collect();
        json!({"name": name, "source": null, "dependencies": dependencies})
    }

    #[test]
    fn an_edge_against_the_table_is_a_fault() -> anyhow::Result<()> {
        let good = json!({"packages": [package("domain", &[]), package("taxonomy", &["domain", "serde"]),
            package("cli", &["taxonomy"])]});
        assert_eq!(check(TABLE, &good)?, []);
        let bad = json!({"packages": [package("domain", &["taxonomy"]), package("taxonomy", &[])]});
        assert_eq!(check(TABLE, &bad)?.len(), 1);
        let missing = json!({"packages": [package("store", &[])]});
        assert_eq!(check(TABLE, &missing)?.len(), 1);
        Ok(())
    }
}
