//! Connections and transactions.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    AccessMode, ConnectOptions, Database, DatabaseConnection, DatabaseExecutor,
    DatabaseTransaction, IsolationLevel, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};

use crate::address::Address;
use crate::{StoreError, migration, setting};

/// How long a statement waits for a lock or a connection before the database counts as
/// unavailable.
const PATIENCE: Duration = Duration::from_secs(5);

/// Connections that read at the same time on SQLite; readers do not wait for the writer (WAL).
/// Each keeps pages of its own in memory (2 MB), and more than a few only wait for a processor.
const SQLITE_READERS: u32 = 4;

/// Rows that a reader may be ahead of who asked.
const ROW_BUFFER: usize = 1000;

/// Connections to PostgreSQL of one process.
const POSTGRES_CONNECTIONS: u32 = 16;

/// An open database.
#[derive(Clone, Debug)]
pub struct Store {
    reader: DatabaseConnection,
    /// On SQLite one connection, so that writers of this process queue instead of failing; on
    /// PostgreSQL the same pool as the readers.
    writer: DatabaseConnection,
    /// Check of the master key that this process seals with.
    key_check: Option<Arc<str>>,
    /// On SQLite: whether the last transaction of the writing connection was not committed. After
    /// a full disk such a connection may still be inside it, and what is committed afterwards
    /// would be lost with it.
    is_doubtful: Arc<AtomicBool>,
}

/// Reads and writes that happen all together or not at all.
///
/// Dropped without [`Transaction::commit`], nothing was written.
#[derive(Debug)]
pub struct Transaction {
    /// Goes before `inner`, so that nobody gets the connection before it is marked.
    doubt: Doubt,
    inner: DatabaseTransaction,
}

/// Leaves a mark when it goes without having been settled.
#[derive(Debug)]
struct Doubt(Option<Arc<AtomicBool>>);

impl Drop for Doubt {
    fn drop(&mut self) {
        if let Some(mark) = &self.0 {
            mark.store(true, Ordering::SeqCst);
        }
    }
}

/// Something to read from: the store itself or a transaction.
pub trait Access: sealed::Connected {}

impl Access for Store {}

impl Access for Transaction {}

pub(crate) mod sealed {
    //! Keeps connections inside this crate.

    use sea_orm::DatabaseExecutor;

    /// Something that has a connection.
    pub trait Connected: Sync {
        /// The connection.
        fn executor(&self) -> DatabaseExecutor<'_>;
    }
}

impl sealed::Connected for Store {
    fn executor(&self) -> DatabaseExecutor<'_> {
        DatabaseExecutor::Connection(&self.reader)
    }
}

impl sealed::Connected for Transaction {
    fn executor(&self) -> DatabaseExecutor<'_> {
        DatabaseExecutor::Transaction(&self.inner)
    }
}

impl Store {
    /// Opens a database as it is; an SQLite file that is missing is made.
    ///
    /// # Errors
    /// Fails when the database cannot be reached.
    pub async fn connect(address: &Address) -> Result<Store, StoreError> {
        match address {
            Address::Sqlite(path) => connect_sqlite(path).await,
            Address::Postgres(url) => {
                let mut options = ConnectOptions::new(url.clone());
                options
                    .max_connections(POSTGRES_CONNECTIONS)
                    .acquire_timeout(PATIENCE)
                    .connect_timeout(PATIENCE)
                    .sqlx_logging(false)
                    .map_sqlx_postgres_opts(|options| {
                        // Waiting for a lock ends as on SQLite.
                        options.options([("lock_timeout", "5000"), ("timezone", "UTC")])
                    });
                let reader = Database::connect(options).await?;
                let writer = reader.clone();
                Ok(Store {
                    reader,
                    writer,
                    key_check: None,
                    is_doubtful: Arc::default(),
                })
            }
        }
    }

    /// This database for a process that seals with the master key of a check: as soon as the
    /// database has been given another key, nothing of the process is written any more.
    #[must_use]
    pub fn sealed_with(self, key_check: &str) -> Store {
        Store {
            key_check: Some(key_check.into()),
            ..self
        }
    }

    /// Opens a database that is set up and up to date.
    ///
    /// # Errors
    /// Fails when it cannot be reached, lacks schema steps or has unknown ones.
    pub async fn open(address: &Address) -> Result<Store, StoreError> {
        let store = Store::connect(address).await?;
        let state = migration::state(&store).await?;
        if state.pending.is_empty() {
            Ok(store)
        } else {
            Err(StoreError::OldSchema)
        }
    }

    /// Begins a transaction that may write.
    ///
    /// # Errors
    /// Fails when the database is not available; [`StoreError::OtherKey`] when its master key was
    /// changed since [`Store::sealed_with`].
    pub async fn begin(&self) -> Result<Transaction, StoreError> {
        let inner = loop {
            let begun = self.begin_raw().await;
            if !self.is_doubtful.load(Ordering::SeqCst) {
                break begun?;
            }
            drop(begun);
            self.replace_writer().await?;
        };
        let is_sqlite = self.writer.get_database_backend() == sea_orm::DbBackend::Sqlite;
        let transaction = Transaction {
            inner,
            doubt: Doubt(is_sqlite.then(|| self.is_doubtful.clone())),
        };
        if let Some(check) = &self.key_check {
            setting::hold_key(&transaction, check).await?;
        }
        Ok(transaction)
    }

    /// Begins a transaction that sees one state of everything and writes nothing.
    ///
    /// # Errors
    /// Fails when the database is not available.
    pub async fn snapshot(&self) -> Result<Transaction, StoreError> {
        let options = match self.reader.get_database_backend() {
            // On SQLite every reading transaction is a snapshot of the write-ahead log.
            sea_orm::DbBackend::Sqlite => TransactionOptions::default(),
            _ => TransactionOptions {
                isolation_level: Some(IsolationLevel::RepeatableRead),
                access_mode: Some(AccessMode::ReadOnly),
                sqlite_transaction_mode: None,
            },
        };
        let inner = self.reader.begin_with_options(options).await?;
        Ok(Transaction {
            inner,
            doubt: Doubt(None),
        })
    }

    /// Closes all connections; what was committed stays.
    ///
    /// # Errors
    /// Fails when a connection cannot be closed properly.
    pub async fn close(self) -> Result<(), StoreError> {
        self.writer.close().await?;
        self.reader.close().await?;
        Ok(())
    }

    pub(crate) fn reader(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// Closes the writing connection to SQLite; the next transaction gets a new one.
    async fn replace_writer(&self) -> Result<(), StoreError> {
        let closed = async {
            let pool = self.writer.get_sqlite_connection_pool();
            pool.acquire().await?.close().await
        };
        closed.await.map_err(|error: sea_orm::sqlx::Error| {
            StoreError::Unavailable(sea_orm::DbErr::Conn(sea_orm::RuntimeErr::SqlxError(
                error.into(),
            )))
        })?;
        self.is_doubtful.store(false, Ordering::SeqCst);
        Ok(())
    }

    pub(crate) async fn begin_raw(&self) -> Result<DatabaseTransaction, StoreError> {
        let options = match self.writer.get_database_backend() {
            // A deferred transaction that starts by reading would fail when it wants to write
            // after another process wrote.
            sea_orm::DbBackend::Sqlite => TransactionOptions {
                sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
                ..TransactionOptions::default()
            },
            _ => TransactionOptions::default(),
        };
        Ok(self.writer.begin_with_options(options).await?)
    }
}

impl Transaction {
    /// Makes everything that was written last.
    ///
    /// # Errors
    /// Fails when the database is not available; then nothing was written.
    pub async fn commit(self) -> Result<(), StoreError> {
        let Transaction { inner, mut doubt } = self;
        inner.commit().await?;
        doubt.0 = None;
        Ok(())
    }

    pub(crate) fn inner(&self) -> &DatabaseTransaction {
        &self.inner
    }
}

async fn connect_sqlite(path: &Path) -> Result<Store, StoreError> {
    make_private(path);
    let url = format!("sqlite://{}", path.display());
    let mut writer = ConnectOptions::new(url.clone());
    writer
        .max_connections(1)
        .acquire_timeout(PATIENCE)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(|options| {
            options
                .create_if_missing(true)
                .foreign_keys(true)
                .busy_timeout(PATIENCE)
                .journal_mode(SqliteJournalMode::Wal)
                // Survives loss of power, not only of the process.
                .synchronous(SqliteSynchronous::Full)
                // Deleted rows are overwritten: an erased person must not be left in the file.
                .pragma("secure_delete", "on")
        });
    let writer = Database::connect(writer).await?;
    let mut reader = ConnectOptions::new(url);
    reader
        .max_connections(SQLITE_READERS)
        .acquire_timeout(PATIENCE)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(|options| {
            options
                .read_only(true)
                // Most answers come whole, without the two threads waiting for each other.
                .row_buffer_size(ROW_BUFFER)
                .foreign_keys(true)
                .busy_timeout(PATIENCE)
        });
    let reader = Database::connect(reader).await?;
    Ok(Store {
        reader,
        writer,
        key_check: None,
        is_doubtful: Arc::default(),
    })
}

/// Makes the file readable for its owner only before SQLite does so for everybody.
fn make_private(path: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;

        // When this fails, SQLite will say why.
        let _ = std::fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(path);
    }
    #[cfg(not(unix))]
    let _ = path;
}

#[cfg(test)]
mod tests {
    use sea_orm::ConnectionTrait;

    use super::*;

    #[test]
    fn after_a_full_database_commits_are_real_again() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        let address = Address::Sqlite(folder.path().join("full.db"));
        testkit::database::run(async {
            let store = Store::connect(&address).await?;
            let writer = &store.writer;
            writer
                .execute_unprepared("CREATE TABLE thing (content BLOB NOT NULL)")
                .await?;
            // The database may not grow: SQLite says that the disk is full.
            writer
                .execute_unprepared("PRAGMA max_page_count = 1")
                .await?;
            let insert = "INSERT INTO thing VALUES (zeroblob(100000))";
            let transaction = store.begin().await?;
            let full = transaction.inner().execute_unprepared(insert).await;
            let full = full.map(|_| ()).map_err(StoreError::from);
            assert!(matches!(full, Err(StoreError::Unavailable(_))), "{full:?}");
            drop(transaction);
            for n in 1..=2 {
                let transaction = store.begin().await?;
                transaction.inner().execute_unprepared(insert).await?;
                transaction.commit().await?;
                // Another connection sees it, so it is more than a part of something unfinished.
                let rows = store
                    .reader()
                    .query_all_raw(sea_orm::Statement::from_string(
                        sea_orm::DbBackend::Sqlite,
                        "SELECT 1 AS one FROM thing",
                    ));
                assert_eq!(rows.await?.len(), n);
            }
            Ok::<(), StoreError>(())
        });
        Ok(())
    }
}
