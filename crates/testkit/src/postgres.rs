//! A private PostgreSQL server: own folder, own port on 127.0.0.1, gone when the test run is.
//!
//! `cargo xtask test` starts one for all tests and names it in [`VARIABLE`]; a test that runs
//! without it starts one for its process.
//! The server hangs on a pipe: when whoever started it ends, in whatever way, it stops and removes
//! its folder.

use std::io::{self, BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::OnceLock;

/// Environment variable with the address of a server on which databases can be made.
pub const VARIABLE: &str = "WERKBRUG_TEST_POSTGRES";

/// How the server is set up, run until its standard input ends, and removed.
const SCRIPT: &str = include_str!("postgres/serve.sh");

/// A server that runs as long as this value, or its process, lives.
#[derive(Debug)]
pub struct Server {
    child: Child,
    said: BufReader<ChildStdout>,
    /// Address without the name of a database: `postgres://user@127.0.0.1:PORT`.
    pub address: String,
}

impl Server {
    /// Starts a server.
    ///
    /// # Errors
    /// Fails when PostgreSQL is not installed or does not start.
    pub fn start() -> io::Result<Server> {
        let programs = programs().ok_or_else(|| {
            io::Error::new(
                io::ErrorKind::NotFound,
                "PostgreSQL is not installed; get it with `apt-get install postgresql`",
            )
        })?;
        // The port is free now; should someone else take it in between, the start fails loudly.
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut child = Command::new("sh")
            .args(["-c", SCRIPT, "serve"])
            .arg(&programs)
            .arg(port.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let output = child.stdout.take();
        let mut said = BufReader::new(output.ok_or_else(|| io::Error::other("no output"))?);
        let mut line = String::new();
        said.read_line(&mut line)?;
        if line.trim() != "ready" {
            let status = child.wait()?;
            return Err(io::Error::other(format!(
                "PostgreSQL did not start ({status})"
            )));
        }
        Ok(Server {
            child,
            said,
            address: format!("postgres://werkbrug@127.0.0.1:{port}"),
        })
    }

    /// Takes the server away, as a crash would; what was committed is on the disk.
    ///
    /// # Errors
    /// Fails when the script that runs it is gone.
    pub fn stop(&mut self) -> io::Result<()> {
        self.order("stop")
    }

    /// Brings the server back at the same address.
    ///
    /// # Errors
    /// Fails when the script that runs it is gone.
    pub fn start_again(&mut self) -> io::Result<()> {
        self.order("start")
    }

    fn order(&mut self, order: &str) -> io::Result<()> {
        let input = self.child.stdin.as_mut();
        writeln!(
            input.ok_or_else(|| io::Error::other("no input"))?,
            "{order}"
        )?;
        let mut line = String::new();
        self.said.read_line(&mut line)?;
        match line.trim() {
            "done" => Ok(()),
            _ => Err(io::Error::other("PostgreSQL did not obey")),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Ends its standard input; what it then does cannot be helped from here.
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

/// The server for this process, or `None` after saying that tests on PostgreSQL are skipped.
///
/// # Panics
/// When `CI` is `true` and there is no server: there a skipped test would hide a fault.
#[must_use]
#[expect(
    clippy::panic,
    reason = "a test must fail in CI when its server is missing"
)]
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
pub fn address() -> Option<String> {
    static OWN: OnceLock<Option<Server>> = OnceLock::new();
    if let Ok(address) = std::env::var(VARIABLE) {
        return Some(address);
    }
    let own = OWN.get_or_init(|| match Server::start() {
        Ok(server) => Some(server),
        Err(error) if crate::is_ci() => panic!("no PostgreSQL to test on: {error}"),
        Err(error) => {
            eprintln!("skipped on PostgreSQL: {error}");
            None
        }
    });
    own.as_ref().map(|server| server.address.clone())
}

/// Runs a statement on the server, outside any test database.
pub(crate) fn execute(address: &str, statement: &str) -> io::Result<()> {
    let psql = programs().map_or_else(|| PathBuf::from("psql"), |folder| folder.join("psql"));
    let status = Command::new(psql)
        .args([
            "--no-psqlrc",
            "--quiet",
            "--set=ON_ERROR_STOP=1",
            "--command",
        ])
        .arg(statement)
        .arg(format!("{address}/postgres"))
        .stdin(Stdio::null())
        .status()?;
    if status.success() {
        Ok(())
    } else {
        Err(io::Error::other(format!("psql failed ({status})")))
    }
}

/// The folder with the server's programs; Debian keeps them out of the path.
fn programs() -> Option<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .collect();
    let path = std::env::var_os("PATH").unwrap_or_default();
    found.sort();
    found.reverse();
    found.extend(std::env::split_paths(&path));
    found.into_iter().find(|folder| {
        ["initdb", "pg_ctl", "psql"]
            .iter()
            .all(|name| is_file(folder, name))
    })
}

fn is_file(folder: &Path, name: &str) -> bool {
    folder.join(name).is_file()
}
