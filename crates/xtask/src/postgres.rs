//! One PostgreSQL server for all tests of a run; installed first where that is allowed.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, bail};

use crate::process;

/// Environment variable through which tests find the server.
pub(crate) const VARIABLE: &str = "WERKBRUG_TEST_POSTGRES";

/// A running server; it ends with this value.
#[derive(Debug)]
pub(crate) struct Server {
    child: Child,
    /// Address without the name of a database.
    pub(crate) address: String,
}

impl Server {
    /// Starts the server, or says why tests on PostgreSQL are skipped; with `CI=true` a missing
    /// server is an error.
    pub(crate) fn start(root: &Path) -> anyhow::Result<Option<Server>> {
        if let Err(error) = install() {
            if std::env::var("CI").is_ok_and(|value| value == "true") {
                return Err(error);
            }
            println!("      skipped on PostgreSQL: {error:#}");
            return Ok(None);
        }
        process::run(
            root,
            "cargo",
            &["build", "--workspace", "--bins", "--locked", "--quiet"],
        )?;
        let program = process::target_directory(root)?.join("debug/test-postgres");
        let mut child = Command::new(&program)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {}", program.display()))?;
        let mut address = String::new();
        if let Some(output) = child.stdout.take() {
            BufReader::new(output).read_line(&mut address)?;
        }
        let address = address.trim().to_owned();
        if address.is_empty() {
            bail!("PostgreSQL for tests did not start ({})", child.wait()?);
        }
        Ok(Some(Server { child, address }))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The server stops when its standard input ends.
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

/// Installs PostgreSQL from Debian's packages where it is missing and we may.
fn install() -> anyhow::Result<()> {
    let finds = "ls /usr/lib/postgresql/*/bin/initdb || command -v initdb";
    if process::is_installed("sh", &["-c", finds]) {
        return Ok(());
    }
    let may = process::is_installed("sh", &["-c", "test \"$(id -u)\" = 0 && command -v apt-get"]);
    if !may {
        bail!("PostgreSQL is missing; get it with `apt-get install postgresql`");
    }
    println!("      installing PostgreSQL for the tests");
    // Without this the package would set up and start a server of its own.
    let script = "set -e
        mkdir -p /etc/postgresql-common
        test -e /etc/postgresql-common/createcluster.conf ||
            echo 'create_main_cluster = false' > /etc/postgresql-common/createcluster.conf
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql";
    process::run(Path::new("/"), "sh", &["-c", script]).context("cannot install PostgreSQL")
}
