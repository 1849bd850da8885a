fn main() {
    match guidance::GuidanceSet::load(&guidance::embedded::bundle()) {
        Ok(set) => for k in guidance::check::needed_texts(&set) { println!("{k}"); },
        Err(e) => { 
            let mut n=0; for f in &e.faults { if f.file.starts_with("texts/") { if f.file=="texts/nl.toml" { println!("{}", f.reason.split('"').nth(1).unwrap_or("")); } } else { n+=1; eprintln!("{f}"); } } eprintln!("other faults {n}"); }
    }
}
