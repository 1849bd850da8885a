//! An empty database for each test.

use std::io;
use std::sync::atomic::{AtomicU32, Ordering};

use tempfile::TempDir;

use crate::postgres;

/// An empty database that goes away with this value.
#[derive(Debug)]
pub struct TestDatabase {
    /// Address as the store reads it.
    pub address: String,
    place: Place,
}

#[derive(Debug)]
enum Place {
    Folder {
        /// Held only to be removed with this value.
        _folder: TempDir,
    },
    Server {
        address: String,
        name: String,
    },
}

impl TestDatabase {
    /// A folder for an SQLite file.
    ///
    /// # Errors
    /// Fails when no folder can be made.
    pub fn sqlite() -> io::Result<TestDatabase> {
        let folder = tempfile::tempdir()?;
        Ok(TestDatabase {
            address: format!("sqlite:{}", folder.path().join("test.db").display()),
            place: Place::Folder { _folder: folder },
        })
    }

    /// A database on the PostgreSQL server of the test run; none where there is no server.
    ///
    /// # Errors
    /// Fails when the server makes no database.
    pub fn postgres() -> io::Result<Option<TestDatabase>> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let Some(address) = postgres::address() else {
            return Ok(None);
        };
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("test_{}_{number}", std::process::id());
        // The empty template costs less than copying a filled one saves.
        postgres::execute(
            &address,
            &format!("CREATE DATABASE {name} TEMPLATE template0 STRATEGY file_copy"),
        )?;
        Ok(Some(TestDatabase {
            address: format!("{address}/{name}"),
            place: Place::Server { address, name },
        }))
    }

    /// Which kind of database this is, for messages.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self.place {
            Place::Folder { .. } => "SQLite",
            Place::Server { .. } => "PostgreSQL",
        }
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        if let Place::Server { address, name } = &self.place {
            // Whatever is left goes away with the server.
            let _ = postgres::execute(address, &format!("DROP DATABASE {name} WITH (FORCE)"));
        }
    }
}

/// Runs a test on a runtime of its own.
///
/// # Panics
/// When the test fails or there is no runtime.
#[expect(clippy::panic, reason = "this is how a test fails")]
pub fn run<E: std::fmt::Debug>(test: impl Future<Output = Result<(), E>>) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    match runtime {
        Ok(runtime) => {
            if let Err(error) = runtime.block_on(test) {
                panic!("{error:?}");
            }
        }
        Err(error) => panic!("no runtime: {error}"),
    }
}

/// Makes two tests of one body, `NAME::sqlite` and `NAME::postgres`.
///
/// The body gets what the asynchronous function `prepare` beside it makes of a
/// [`TestDatabase`]; that database goes away after the test.
#[macro_export]
macro_rules! on_both_databases {
    ($(
        $(#[doc = $doc:literal])*
        async fn $name:ident($prepared:ident: $type:ty) $body:block
    )*) => {$(
        $(#[doc = $doc])*
        mod $name {
            use super::*;

            async fn body($prepared: $type) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
                $body
                Ok(())
            }

            async fn on(
                database: &$crate::database::TestDatabase,
            ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
                let prepared = super::prepare(database).await?;
                Box::pin(body(prepared)).await
            }

            #[test]
            fn sqlite() -> std::io::Result<()> {
                let database = $crate::database::TestDatabase::sqlite()?;
                $crate::database::run(on(&database));
                Ok(())
            }

            #[test]
            fn postgres() -> std::io::Result<()> {
                if let Some(database) = $crate::database::TestDatabase::postgres()? {
                    $crate::database::run(on(&database));
                }
                Ok(())
            }
        }
    )*};
}
