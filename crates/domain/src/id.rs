//! Identifiers: UUID version 7, one type per kind of thing.
//!
//! An id tells when it was made and nothing about what it names.

use std::fmt;
use std::str::FromStr;

use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use uuid::{Builder, Uuid};

use crate::moment::Moment;

/// A text that is no id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier")]
pub struct NotAnId;

macro_rules! ids {
    ($($(#[doc = $doc:literal])* $name:ident;)*) => {$(
        $(#[doc = $doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(Uuid);

        impl $name {
            /// A new id (UUID version 7, RFC 9562) from the time and 74 random bits.
            pub fn new(now: Moment, random: &mut impl CryptoRng) -> $name {
                let mut bytes = [0; 10];
                random.fill_bytes(&mut bytes);
                // Times before 1970 do not occur; they would only lose the order of ids.
                let millis = u64::try_from(now.micros() / 1000).unwrap_or(0);
                $name(Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid())
            }

            /// The id as a UUID.
            #[must_use]
            pub fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl From<Uuid> for $name {
            fn from(uuid: Uuid) -> $name {
                $name(uuid)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<$name, NotAnId> {
                Uuid::try_parse(text).map($name).map_err(|_| NotAnId)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }
    )*};
}

ids! {
    /// An organisation that uses the system.
    OrganisationId;
    /// An account of a member of staff.
    AccountId;
    /// A role that an account has in an organisation.
    MembershipId;
    /// An invitation to set up an account.
    InvitationId;
    /// A token with which an organisation's program uses the JSON interface.
    ApiTokenId;
    /// A session of someone who logged in.
    SessionId;
    /// A newcomer.
    PersonId;
    /// A newcomer in statistics; only the identity vault knows whose it is.
    PseudonymId;
    /// A login code on paper.
    LoginCodeId;
    /// The file in which an organisation guides a person.
    CaseId;
    /// A search that a member of staff keeps.
    SavedSearchId;
    /// A consent of a person towards an organisation.
    ConsentId;
    /// A spell of statistics.
    SpellId;
    /// A document from which obligations were read.
    SourceId;
    /// A piece of work that runs later.
    JobId;
    /// A vacancy of an employer.
    VacancyId;
    /// A match of a newcomer with a vacancy.
    MatchId;
    /// An opening of a candidate's details by an employer.
    OpeningId;
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Zeros;

    impl rand_core::TryRng for Zeros {
        type Error = std::convert::Infallible;

        fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
            Ok(0)
        }

        fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
            Ok(0)
        }

        fn try_fill_bytes(&mut self, to: &mut [u8]) -> Result<(), Self::Error> {
            to.fill(0);
            Ok(())
        }
    }

    impl rand_core::TryCryptoRng for Zeros {}

    #[test]
    fn ids_are_version_7_in_the_order_of_time() -> Result<(), NotAnId> {
        let first = PersonId::new(Moment::from_micros(1_000_000), &mut Zeros);
        let second = PersonId::new(Moment::from_micros(2_000_000), &mut Zeros);
        assert!(first < second);
        assert_eq!(first.to_string(), "00000000-03e8-7000-8000-000000000000");
        assert_eq!(first.to_string().parse::<PersonId>()?, first);
        assert!("1".parse::<PersonId>().is_err());
        Ok(())
    }
}
