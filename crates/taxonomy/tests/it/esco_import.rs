//! Import of small downloads in both layouts, and of faulty ones.

use std::fs;
use std::path::Path;

use domain::language::Language;
use proptest::prelude::*;
use taxonomy::concept::{ConceptKind, Regulation, Relation, ReuseLevel, SkillKind};
use taxonomy::esco::{self, ImportError, ImportReport, ImportRequest, LabelFile};
use taxonomy::{Catalogue, ConceptId};
use tempfile::TempDir;

use crate::Outcome;

const O1: &str = "http://data.europa.eu/esco/occupation/o1";
const S1: &str = "http://data.europa.eu/esco/skill/s1";
const S2: &str = "http://data.europa.eu/esco/skill/s2";
const G1: &str = "http://data.europa.eu/esco/skill/g1";
const C5: &str = "http://data.europa.eu/esco/isco/C5";

/// A download in the layout of 1.1: relations without a language in their names.
fn download() -> std::io::Result<TempDir> {
    let folder = tempfile::tempdir()?;
    let files = [
        (
            "en/ISCOGroups_en.csv",
            format!(
                "conceptType,conceptUri,code,preferredLabel,status,altLabels\nISCOGroup,{C5},5,Service workers,released,\n"
            ),
        ),
        (
            "en/occupations_en.csv",
            format!(
                "conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,hiddenLabels,status,regulatedProfessionNote\nOccupation,{O1},5120,cook,\"line cook\nkitchen chef\",kok,released,http://data.europa.eu/esco/regulated-professions/unregulated\n"
            ),
        ),
        (
            "en/skillGroups_en.csv",
            format!("conceptType,conceptUri,preferredLabel\nSkillGroup,{G1},preparing food\n"),
        ),
        (
            "en/skills_en.csv",
            format!(
                "conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels\nKnowledgeSkillCompetence,{S1},skill/competence,sector-specific,cut vegetables,\nKnowledgeSkillCompetence,{S2},knowledge,transversal,Dutch,\n"
            ),
        ),
        (
            "en/languageSkillsCollection_en.csv",
            format!("conceptType,conceptUri\nKnowledgeSkillCompetence,{S2}\n"),
        ),
        (
            "rel/broaderRelationsOccPillar.csv",
            format!(
                "conceptType,conceptUri,broaderType,broaderUri\nOccupation,{O1},ISCOGroup,{C5}\n"
            ),
        ),
        (
            "rel/broaderRelationsSkillPillar.csv",
            format!(
                "conceptType,conceptUri,broaderType,broaderUri\nKnowledgeSkillCompetence,{S1},SkillGroup,{G1}\n"
            ),
        ),
        (
            "rel/occupationSkillRelations.csv",
            format!(
                "occupationUri,relationType,skillType,skillUri\n{O1},essential,skill/competence,{S1}\n{O1},optional,knowledge,{S2}\n"
            ),
        ),
        (
            "rel/skillSkillRelations.csv",
            format!(
                "originalSkillUri,originalSkillType,relationType,relatedSkillType,relatedSkillUri\n{S1},skill/competence,optional,knowledge,{S2}\n"
            ),
        ),
    ];
    for (name, content) in files {
        write(folder.path(), name, content)?;
    }
    Ok(folder)
}

fn write(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> std::io::Result<()> {
    let path = folder.join(name);
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(path, content)
}

fn import(folder: &Path) -> Result<(Catalogue, ImportReport), ImportError> {
    let request = ImportRequest {
        folders: vec![folder.to_path_buf()],
        ..Default::default()
    };
    let (source, report) = esco::import(&request, |_| ())?;
    let catalogue = source
        .compile()
        .map_err(|error| esco::locate(error, &report))?;
    Ok((catalogue, report))
}

fn find(catalogue: &Catalogue, uri: &str) -> Result<ConceptId, String> {
    catalogue
        .find(uri)
        .ok_or_else(|| format!("{uri} is missing"))
}

#[test]
fn everything_in_a_download_is_kept() -> Outcome {
    let folder = download()?;
    let (catalogue, report) = import(folder.path())?;
    assert_eq!(report.missing, Vec::<String>::new());
    assert_eq!(report.findings, []);
    let (cook, cut, dutch) = (
        find(&catalogue, O1)?,
        find(&catalogue, S1)?,
        find(&catalogue, S2)?,
    );
    let labels: Vec<&str> = catalogue
        .labels(cook, Language::EN)
        .map(|l| l.text)
        .collect();
    assert_eq!(labels, ["cook", "line cook", "kitchen chef", "kok"]);
    assert_eq!(
        catalogue.isco(cook).map(|c| c.to_string()).as_deref(),
        Some("5120")
    );
    assert_eq!(catalogue.regulation(cook), Regulation::No);
    assert_eq!(catalogue.skill_kind(dutch), SkillKind::Language);
    assert_eq!(catalogue.reuse(dutch), ReuseLevel::Transversal);
    let needs: Vec<_> = catalogue.skills_of(cook).collect();
    assert_eq!(
        needs,
        [(cut, Relation::Essential), (dutch, Relation::Optional)]
    );
    assert_eq!(
        catalogue.related(dutch).next(),
        Some((cut, Relation::Optional))
    );
    assert_eq!(catalogue.broader(cut).next(), catalogue.find(G1));
    assert_eq!(
        catalogue.kind(find(&catalogue, C5)?),
        ConceptKind::OccupationGroup
    );
    Ok(())
}

#[test]
fn the_layout_of_1_2_gives_the_same_catalogue() -> Outcome {
    let (old, new) = (download()?, download()?);
    let folder = new.path();
    for name in [
        "broaderRelationsOccPillar",
        "broaderRelationsSkillPillar",
        "skillSkillRelations",
    ] {
        fs::rename(
            folder.join(format!("rel/{name}.csv")),
            folder.join(format!("rel/{name}_en.csv")),
        )?;
    }
    fs::remove_file(folder.join("rel/occupationSkillRelations.csv"))?;
    let columns = "occupationUri,occupationLabel,relationType,skillType,skillUri,skillLabel";
    let content = format!(
        "{columns}\n{O1},cook,essential,skill/competence,{S1},cut vegetables\n{O1},cook,optional,knowledge,{S2},Dutch\n"
    );
    write(folder, "rel/occupationSkillRelations_en.csv", &content)?;
    // The download of a second language repeats the relations.
    write(folder, "nl/occupationSkillRelations_nl.csv", &content)?;
    let bytes = |folder: &Path| -> Result<Vec<u8>, Box<dyn std::error::Error>> {
        let mut bytes = Vec::new();
        taxonomy::compiled::write(&import(folder)?.0, &mut bytes)?;
        Ok(bytes)
    };
    assert_eq!(bytes(old.path())?, bytes(folder)?);
    Ok(())
}

#[test]
fn extra_labels_come_from_tab_separated_files_and_esco_files() -> Outcome {
    let folder = download()?;
    write(
        folder.path(),
        "uk.tsv",
        format!("{O1}\tкухар\r\n\n{O1}\tкухарка\nurn:none\tніхто\n"),
    )?;
    write(
        folder.path(),
        "more.csv",
        format!("conceptUri,preferredLabel\n{O1},طباخ\n"),
    )?;
    let label = |language, name: &str| LabelFile {
        language,
        path: folder.path().join(name),
    };
    let request = ImportRequest {
        folders: vec![folder.path().to_path_buf()],
        labels: vec![
            label(Language::UK, "uk.tsv"),
            label(Language::AR, "more.csv"),
        ],
    };
    let (source, report) = esco::import(&request, |_| ())?;
    let catalogue = source.compile()?;
    let cook = find(&catalogue, O1)?;
    let text = |language| {
        catalogue
            .labels(cook, language)
            .map(|l| l.text)
            .collect::<Vec<_>>()
    };
    assert_eq!(text(Language::UK), ["кухар", "кухарка"]);
    assert_eq!(text(Language::AR), ["طباخ"]);
    let left_out: Vec<(u64, u64)> = report.findings.iter().map(|f| (f.line, f.times)).collect();
    assert_eq!(left_out, [(2, 1), (4, 1)]);
    Ok(())
}

#[test]
fn joining_the_starter_adds_languages_and_concepts() -> Outcome {
    let folder = download()?;
    let starter = taxonomy::starter::source()?;
    let request = ImportRequest {
        folders: vec![folder.path().to_path_buf()],
        ..Default::default()
    };
    let (mut source, _) = esco::import(&request, |_| ())?;
    let own = source.len();
    source.join(&starter);
    let catalogue = source.compile()?;
    assert!(catalogue.len() > own);
    assert!(catalogue.n_labels(Language::NL) > 1000);
    let cook = find(&catalogue, O1)?;
    assert_eq!(
        catalogue.labels(cook, Language::EN).next().map(|l| l.text),
        Some("cook")
    );
    Ok(())
}

#[test]
fn missing_files_are_named() -> Outcome {
    let folder = download()?;
    fs::remove_file(folder.path().join("rel/skillSkillRelations.csv"))?;
    write(
        folder.path(),
        "nl/occupations_nl.csv",
        format!("conceptUri,iscoGroup,preferredLabel,altLabels\n{O1},5120,kok,\n"),
    )?;
    let (catalogue, report) = import(folder.path())?;
    assert_eq!(report.missing, ["skillSkillRelations.csv", "skills_nl.csv"]);
    assert_eq!(catalogue.languages().count(), 2);
    Ok(())
}

/// Changes one file of a good download and gives the error as `file:line: what`.
fn fault(name: &str, content: impl AsRef<[u8]>) -> Result<String, Box<dyn std::error::Error>> {
    let folder = download()?;
    write(folder.path(), name, content)?;
    match import(folder.path()) {
        Ok(_) => Err("the import should have failed".into()),
        Err(error) => Ok(error
            .to_string()
            .replace(&format!("{}/", folder.path().display()), "")),
    }
}

#[test]
fn faults_are_told_with_file_and_line() -> Outcome {
    assert_eq!(
        fault("en/skills_en.csv", "conceptType,conceptUri\n")?,
        "en/skills_en.csv:1: column \"skillType\" is missing"
    );
    assert_eq!(
        fault(
            "rel/occupationSkillRelations.csv",
            format!("occupationUri,relationType,skillUri\n{O1},maybe,{S1}\n")
        )?,
        "rel/occupationSkillRelations.csv:2: unknown relation \"maybe\""
    );
    assert_eq!(
        fault(
            "en/occupations_en.csv",
            format!("conceptUri,iscoGroup,preferredLabel,altLabels\n{O1},51x,cook,\n")
        )?,
        "en/occupations_en.csv:2: \"51x\" is no ISCO-08 code: expected one to four digits"
    );
    assert_eq!(
        fault(
            "en/occupations_en.csv",
            b"conceptUri,iscoGroup,preferredLabel,altLabels\nurn:a,5120,c\xffk,\n"
        )?,
        "en/occupations_en.csv:2: not UTF-8"
    );
    assert_eq!(
        fault(
            "en/occupations_en.csv",
            "conceptUri,iscoGroup,preferredLabel,altLabels\nurn:a,5120\n"
        )?,
        "en/occupations_en.csv:2: 2 columns where the header has 4"
    );
    let cycle = fault(
        "rel/broaderRelationsSkillPillar.csv",
        format!(
            "conceptType,conceptUri,broaderType,broaderUri\nKnowledgeSkillCompetence,{S1},KnowledgeSkillCompetence,{S2}\nKnowledgeSkillCompetence,{S2},KnowledgeSkillCompetence,{S1}\n"
        ),
    )?;
    assert!(
        cycle.starts_with("rel/broaderRelationsSkillPillar.csv:"),
        "{cycle}"
    );
    assert!(cycle.contains("cyclic hierarchy"), "{cycle}");
    Ok(())
}

#[test]
fn a_uri_twice_in_a_file_is_counted_and_the_first_row_stays() -> Outcome {
    let folder = download()?;
    write(
        folder.path(),
        "en/occupations_en.csv",
        format!(
            "conceptUri,iscoGroup,preferredLabel,altLabels\n{O1},5120,cook,\n{O1},5120,chef,\nno uri,5120,x,\n"
        ),
    )?;
    let (catalogue, report) = import(folder.path())?;
    let cook = find(&catalogue, O1)?;
    assert_eq!(catalogue.labels(cook, Language::EN).len(), 1);
    assert_eq!(
        report
            .findings
            .iter()
            .map(|f| (f.line, f.times))
            .collect::<Vec<_>>(),
        [(3, 1), (4, 1)]
    );
    Ok(())
}

/// Files of the download that a mutation may hit.
const FILES: [&str; 8] = [
    "en/ISCOGroups_en.csv",
    "en/occupations_en.csv",
    "en/skillGroups_en.csv",
    "en/skills_en.csv",
    "rel/broaderRelationsOccPillar.csv",
    "rel/broaderRelationsSkillPillar.csv",
    "rel/occupationSkillRelations.csv",
    "rel/skillSkillRelations.csv",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn damaged_files_are_read_or_refused_without_a_panic(
        file in 0..FILES.len(),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        cut in any::<Option<prop::sample::Index>>(),
    ) {
        let folder = download().expect("a temporary folder");
        let path = folder.path().join(FILES[file]);
        let mut bytes = fs::read(&path).expect("the file was written");
        for (position, value) in changes {
            let position = position.index(bytes.len());
            bytes[position] = value;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        fs::write(&path, bytes).expect("the folder can be written");
        if let Err(error) = import(folder.path()) {
            // One line that names the file.
            let message = error.to_string();
            prop_assert!(!message.contains('\n'), "{message}");
        }
    }

    #[test]
    fn damaged_label_files_are_read_or_refused_without_a_panic(
        bytes in proptest::collection::vec(any::<u8>(), 0..200)
    ) {
        let folder = download().expect("a temporary folder");
        let mut content = format!("{O1}\tkok\n").into_bytes();
        content.extend(bytes);
        write(folder.path(), "nl.tsv", content).expect("the folder can be written");
        let request = ImportRequest {
            folders: vec![folder.path().to_path_buf()],
            labels: vec![LabelFile { language: Language::NL, path: folder.path().join("nl.tsv") }],
        };
        if let Err(error) = esco::import(&request, |_| ()) {
            prop_assert!(error.to_string().contains("nl.tsv:"));
        }
    }
}
