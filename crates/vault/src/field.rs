//! Fields sealed with a key of a person or of the system.

use rand_core::CryptoRng;

use crate::keys::{FieldKey, KeyError, open, seal};

/// Where a sealed field belongs; a ciphertext that is moved elsewhere does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldPlace<'a> {
    /// Table of the field.
    pub table: &'a str,
    /// Id of the row.
    pub row: &'a [u8],
    /// Column of the field.
    pub column: &'a str,
}

impl FieldPlace<'_> {
    /// The place as bytes: each part with its length before it, so that no two places are equal.
    fn to_bytes(self) -> Vec<u8> {
        let parts = [self.table.as_bytes(), self.row, self.column.as_bytes()];
        parts
            .iter()
            .flat_map(|part| {
                (part.len() as u64)
                    .to_le_bytes()
                    .into_iter()
                    .chain(part.iter().copied())
            })
            .collect()
    }
}

/// Seals a field.
///
/// # Errors
/// Fails when the system cannot encrypt.
pub fn seal_field(
    key: &impl FieldKey,
    place: FieldPlace<'_>,
    plain: &[u8],
    random: &mut impl CryptoRng,
) -> Result<Vec<u8>, KeyError> {
    seal(key.bytes(), plain, &place.to_bytes(), random)
}

/// Opens a sealed field.
///
/// # Errors
/// Fails when the field belongs to another person, row or column, or was changed.
pub fn open_field(
    key: &impl FieldKey,
    place: FieldPlace<'_>,
    sealed: &[u8],
) -> Result<Vec<u8>, KeyError> {
    open(key.bytes(), sealed, &place.to_bytes())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::keys::PersonKey;
    use crate::keys::tests::Counting;

    const PLACE: FieldPlace<'_> = FieldPlace {
        table: "identity",
        row: b"1",
        column: "family_name",
    };

    #[test]
    fn a_field_opens_only_in_its_place() -> Result<(), KeyError> {
        let random = &mut Counting(1);
        let key = PersonKey::generate(random);
        let sealed = seal_field(&key, PLACE, "ኣበበ".as_bytes(), random)?;
        assert_eq!(open_field(&key, PLACE, &sealed)?, "ኣበበ".as_bytes());
        for place in [
            FieldPlace { row: b"2", ..PLACE },
            FieldPlace {
                column: "given_name",
                ..PLACE
            },
            FieldPlace {
                table: "person",
                ..PLACE
            },
            // The same letters, cut at another place.
            FieldPlace {
                table: "identity1",
                row: b"",
                ..PLACE
            },
        ] {
            assert_eq!(open_field(&key, place, &sealed), Err(KeyError::DoesNotOpen));
        }
        assert!(open_field(&PersonKey::generate(random), PLACE, &sealed).is_err());
        Ok(())
    }

    #[test]
    fn equal_fields_are_sealed_differently() -> Result<(), KeyError> {
        let random = &mut Counting(1);
        let key = PersonKey::generate(random);
        assert_ne!(
            seal_field(&key, PLACE, b"a", random)?,
            seal_field(&key, PLACE, b"a", random)?
        );
        Ok(())
    }

    proptest! {
        #[test]
        fn changed_bytes_never_open(plain: Vec<u8>, at: prop::sample::Index, with in 1u8..) {
            let random = &mut Counting(7);
            let key = PersonKey::generate(random);
            let mut sealed = seal_field(&key, PLACE, &plain, random)?;
            let at = at.index(sealed.len());
            sealed[at] ^= with;
            prop_assert!(open_field(&key, PLACE, &sealed).is_err());
            prop_assert!(open_field(&key, PLACE, &plain).is_err());
        }
    }
}
