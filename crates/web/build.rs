//! Builds the files of `ui/dist` into the program, when there are any.
//!
//! `cargo xtask assets` makes that folder; without it the list is empty and pages say so.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("../../ui");
    let dist = root.join("dist");
    let manifest = dist.join("manifest.txt");
    // A watched file that is not there makes every build start anew; as long as there are no
    // assets, the folder is watched instead.
    let watched = if manifest.is_file() { &manifest } else { &root };
    println!("cargo::rerun-if-changed={}", watched.display());
    let mut list = String::from("&[\n");
    if let Ok(manifest) = fs::read_to_string(&manifest) {
        for line in manifest.lines() {
            let mut cells = line.split('\t');
            let (Some(name), Some(file), Some(content_type)) =
                (cells.next(), cells.next(), cells.next())
            else {
                return Err(format!("ui/dist/manifest.txt: not three cells: {line}").into());
            };
            writeln!(
                list,
                "Asset {{ name: {name:?}, file: {file:?}, content_type: {content_type:?}, \
                 bytes: include_bytes!({:?}), brotli: {}, gzip: {} }},",
                dist.join(file),
                compressed(&dist, file, "br"),
                compressed(&dist, file, "gz"),
            )?;
        }
    }
    list.push(']');
    fs::write(Path::new(&env::var("OUT_DIR")?).join("assets.rs"), list)?;
    Ok(())
}

fn compressed(dist: &Path, file: &str, ending: &str) -> String {
    let path = dist.join(format!("{file}.{ending}"));
    if path.is_file() {
        format!("Some(include_bytes!({path:?}))")
    } else {
        "None".to_owned()
    }
}
