//! The published documents that some tests read; they are not part of the repository.

/// The text of one of the published documents, or `None` when they are not on this machine.
pub(crate) fn source(name: &str) -> Option<String> {
    let path = testkit::test_data(&format!("sources/{name}.txt"))?;
    Some(std::fs::read_to_string(path).unwrap())
}
