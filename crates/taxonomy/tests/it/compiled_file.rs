//! The compiled file gives back what was written, and refuses everything else without a panic.

use proptest::prelude::*;
use taxonomy::compiled::{self, CompiledError};
use taxonomy::concept::ConceptKind;
use taxonomy::{Catalogue, starter};

use crate::Outcome;

fn written(catalogue: &Catalogue) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    compiled::write(catalogue, &mut bytes)?;
    Ok(bytes)
}

fn read(bytes: &[u8]) -> Result<Catalogue, CompiledError> {
    compiled::read(bytes, bytes.len() as u64)
}

/// The starter catalogue as a file; compiled once for all tests.
fn starter_file() -> &'static [u8] {
    static FILE: std::sync::LazyLock<Vec<u8>> = std::sync::LazyLock::new(|| {
        starter::catalogue()
            .ok()
            .and_then(|catalogue| written(&catalogue).ok())
            .unwrap_or_default()
    });
    &FILE
}

#[test]
fn reading_gives_back_what_was_written() -> Outcome {
    let bytes = starter_file();
    let again = read(bytes)?;
    assert_eq!(written(&again)?, bytes);
    let original = starter::catalogue()?;
    for kind in ConceptKind::ALL {
        for concept in original.of_kind(*kind) {
            assert_eq!(original.uri(concept), again.uri(concept));
            assert_eq!(original.telling(concept), again.telling(concept));
            assert!(
                original
                    .occupations_with(concept)
                    .eq(again.occupations_with(concept))
            );
            assert!(original.narrower(concept).eq(again.narrower(concept)));
            for language in original.languages() {
                assert!(
                    original
                        .labels(concept, language)
                        .eq(again.labels(concept, language))
                );
            }
        }
    }
    Ok(())
}

#[test]
fn other_files_and_versions_are_told_apart() {
    assert!(matches!(read(b""), Err(CompiledError::NotACatalogue)));
    assert!(matches!(
        read(&[b'x'; 100]),
        Err(CompiledError::NotACatalogue)
    ));
    let mut old = starter_file().to_vec();
    old[8] = 0;
    assert!(matches!(
        read(&old),
        Err(CompiledError::OtherVersion { found: 0 })
    ));
    let mut long = starter_file().to_vec();
    long.push(0);
    assert!(matches!(
        read(&long),
        Err(CompiledError::WrongLength { .. })
    ));
}

#[test]
fn every_truncation_is_refused() {
    let bytes = starter_file();
    for length in (0..bytes.len()).step_by(1 + bytes.len() / 500) {
        assert!(read(&bytes[..length]).is_err(), "{length} bytes");
    }
}

/// Recomputes the checksums after a change, so that the checks behind them are reached too.
fn with_checksums(mut bytes: Vec<u8>) -> Vec<u8> {
    let number = |bytes: &[u8], at: usize| -> usize {
        bytes
            .get(at..at + 4)
            .and_then(|b| b.try_into().ok())
            .map_or(0, u32::from_le_bytes) as usize
    };
    let n_sections = number(&bytes, 12);
    let table_end = 16 + n_sections * 16;
    let mut start = table_end + 4;
    for section in 0..n_sections {
        let entry = 16 + section * 16;
        let length = number(&bytes, entry + 8);
        let Some(content) = bytes.get(start..start + length) else {
            return bytes;
        };
        let checksum = crc32fast::hash(content);
        bytes[entry + 4..entry + 8].copy_from_slice(&checksum.to_le_bytes());
        start += length;
    }
    if let Some(head) = bytes.get(..table_end) {
        let checksum = crc32fast::hash(head);
        if let Some(place) = bytes.get_mut(table_end..table_end + 4) {
            place.copy_from_slice(&checksum.to_le_bytes());
        }
    }
    bytes
}

/// Uses a catalogue in every way that indexes into it.
fn walk(catalogue: &Catalogue) -> usize {
    let mut seen = 0;
    for kind in ConceptKind::ALL {
        for concept in catalogue.of_kind(*kind) {
            seen += catalogue.uri(concept).len() + catalogue.authority(concept).len();
            seen += catalogue.broader(concept).count() + catalogue.sectors(concept).count();
            seen += catalogue.skills_of(concept).count() + catalogue.related(concept).count();
            seen += catalogue
                .isco(concept)
                .map_or(0, |code| usize::from(code.digits()));
            for language in catalogue.languages() {
                seen += catalogue
                    .labels(concept, language)
                    .map(|l| l.text.len())
                    .sum::<usize>();
            }
        }
    }
    for language in catalogue.languages() {
        for family in [taxonomy::Family::Occupation, taxonomy::Family::Skill] {
            seen += catalogue.link("brood bakken", family, language, 5).len();
        }
    }
    seen
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_are_refused_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(read(&bytes).is_err());
        let mut headed = b"WERKBRUG\x01\0\0\0".to_vec();
        headed.extend(bytes);
        prop_assert!(read(&headed).is_err());
    }

    #[test]
    fn a_flipped_byte_is_noticed(position in any::<prop::sample::Index>(), with in 1u8..) {
        let mut bytes = starter_file().to_vec();
        let position = position.index(bytes.len());
        bytes[position] ^= with;
        prop_assert!(read(&bytes).is_err());
    }

    #[test]
    fn hostile_content_with_right_checksums_never_panics(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)
    ) {
        let mut bytes = starter_file().to_vec();
        for (position, value) in changes {
            let position = 16 + position.index(bytes.len() - 16);
            bytes[position] = value;
        }
        if let Ok(catalogue) = read(&with_checksums(bytes)) {
            walk(&catalogue);
        }
    }
}
