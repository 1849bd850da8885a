//! Where the database is.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use crate::StoreError;

/// Address of a database; it may hold a password and does not print it.
#[derive(Clone, PartialEq, Eq)]
pub enum Address {
    /// A file of SQLite.
    Sqlite(PathBuf),
    /// A PostgreSQL server: `postgres://user:password@host/database`.
    Postgres(String),
}

impl FromStr for Address {
    type Err = StoreError;

    /// Reads `sqlite:FILE`, `postgres://…` or `postgresql://…`.
    fn from_str(text: &str) -> Result<Address, StoreError> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Address::Postgres(text.to_owned()));
        }
        let file = text.strip_prefix("sqlite:").ok_or(StoreError::Address)?;
        let file = file.strip_prefix("//").unwrap_or(file);
        if file.is_empty() || file.contains('?') || file == ":memory:" {
            return Err(StoreError::Address);
        }
        Ok(Address::Sqlite(PathBuf::from(file)))
    }
}

impl Address {
    /// The address of a SQLite file.
    #[must_use]
    pub fn of_file(path: &Path) -> Address {
        Address::Sqlite(path.to_owned())
    }
}

impl fmt::Display for Address {
    /// Without user and password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Address::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Address::Postgres(url) => {
                let rest = url.split_once("://").map_or("", |(_, rest)| rest);
                let place = rest.rsplit_once('@').map_or(rest, |(_, place)| place);
                let place = place.split_once('?').map_or(place, |(place, _)| place);
                write!(f, "postgres://{place}")
            }
        }
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_and_hide_passwords() -> Result<(), StoreError> {
        let file: Address = "sqlite:/var/lib/werkbrug.db".parse()?;
        assert_eq!(file, Address::of_file(Path::new("/var/lib/werkbrug.db")));
        assert_eq!(
            "sqlite://a.db".parse::<Address>()?.to_string(),
            "sqlite:a.db"
        );
        let server: Address = "postgres://me:pass@word@host:5433/db?sslmode=require".parse()?;
        assert_eq!(
            format!("{server:?} {server}"),
            "postgres://host:5433/db postgres://host:5433/db"
        );
        for bad in [
            "",
            "sqlite:",
            "sqlite::memory:",
            "mysql://x",
            "werkbrug.db",
            "sqlite:a?mode=ro",
        ] {
            assert!(bad.parse::<Address>().is_err(), "{bad}");
        }
        Ok(())
    }
}
