//! Any bytes as one file of an ESCO download; the first byte chooses the file.
#![no_main]

use std::fs;

use taxonomy::esco::{self, ImportRequest};

const NAMES: [&str; 9] = [
    "occupations_en.csv",
    "skills_en.csv",
    "ISCOGroups_en.csv",
    "skillGroups_en.csv",
    "languageSkillsCollection_en.csv",
    "broaderRelationsOccPillar.csv",
    "broaderRelationsSkillPillar.csv",
    "occupationSkillRelations.csv",
    "skillSkillRelations.csv",
];

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((first, content)) = bytes.split_first() else { return };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let skills = "conceptUri,skillType,reuseLevel,preferredLabel,altLabels\nurn:s:1,knowledge,,a,\n";
    fs::write(folder.path().join("skills_en.csv"), skills).expect("the folder can be written");
    let name = NAMES[usize::from(*first) % NAMES.len()];
    fs::write(folder.path().join(name), content).expect("the folder can be written");
    let request = ImportRequest { folders: vec![folder.path().to_path_buf()], ..Default::default() };
    if let Ok((source, _)) = esco::import(&request, |_| ()) {
        let _ = source.compile();
    }
});
