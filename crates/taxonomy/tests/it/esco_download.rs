//! The real ESCO 1.1.1 download: counts that the European Commission publishes, and a round trip.

use taxonomy::compiled;
use taxonomy::concept::ConceptKind;
use taxonomy::esco::{self, ImportRequest};

use crate::Outcome;

#[test]
fn english_esco_has_its_published_size() -> Outcome {
    let Some(folder) = testkit::test_data("data/esco-v1.1.1") else {
        return Ok(());
    };
    let request = ImportRequest {
        folders: vec![folder],
        ..Default::default()
    };
    let (source, report) = esco::import(&request, |_| ())?;
    assert_eq!(report.missing, Vec::<String>::new());
    let catalogue = source.compile()?;
    let n = |kind| catalogue.of_kind(kind).len();
    assert_eq!(n(ConceptKind::Occupation), 3007);
    assert_eq!(n(ConceptKind::Skill), 13_896);
    assert_eq!(n(ConceptKind::OccupationGroup), 619);
    // The file has 123,855 rows; some of them name three occupations that only other languages have.
    let left_out: u64 = report
        .findings
        .iter()
        .filter(|finding| finding.file.ends_with("occupationSkillRelations.csv"))
        .map(|finding| finding.times)
        .sum();
    assert_eq!(catalogue.n_relations().0 as u64 + left_out, 123_855);
    let mut bytes = Vec::new();
    compiled::write(&catalogue, &mut bytes)?;
    let again = compiled::read(bytes.as_slice(), bytes.len() as u64)?;
    let mut twice = Vec::new();
    compiled::write(&again, &mut twice)?;
    assert!(
        bytes == twice,
        "the file changes when it is read and written again"
    );
    Ok(())
}
