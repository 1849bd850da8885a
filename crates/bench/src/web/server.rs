//! A server as its own process, watched from outside.

use std::io::Read;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

use super::client::Client;
use crate::clock;

/// How long a server may take before the measurement is given up.
const PATIENCE: Duration = Duration::from_secs(60);

/// A server in its own process, stopped when dropped.
pub(super) struct Server {
    process: Child,
    pub(super) address: String,
    started: Instant,
}

impl Server {
    /// Starts a program that says on its first line where it listens.
    pub(super) fn start(mut command: Command) -> anyhow::Result<Server> {
        let started = Instant::now();
        let process = command
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("cannot start the server")?;
        let mut server = Server {
            process,
            address: String::new(),
            started,
        };
        let mut out = server
            .process
            .stdout
            .take()
            .context("the server has no output")?;
        let mut line = Vec::new();
        let mut byte = [0];
        // Byte by byte, because the server goes on to run with its output open.
        while out.read(&mut byte)? == 1 && byte[0] != b'\n' {
            line.push(byte[0]);
        }
        let said = String::from_utf8(line)?;
        said.trim_start_matches("http://")
            .clone_into(&mut server.address);
        if server.address.is_empty() {
            bail!("the server did not say where it listens");
        }
        Ok(server)
    }

    /// Seconds from the start of the process until it said that it takes work.
    pub(super) fn wait_until_ready(&self) -> anyhow::Result<f64> {
        let client = Client::nobody(&self.address);
        while self.started.elapsed() < PATIENCE {
            if client
                .get("/readyz")
                .is_ok_and(|answer| answer.status == 200)
            {
                return Ok(self.started.elapsed().as_secs_f64());
            }
            // The server needs the processor more than this loop does.
            std::thread::sleep(Duration::from_millis(2));
        }
        bail!("the server does not get ready")
    }

    /// CPU seconds so far.
    pub(super) fn cpu(&self) -> anyhow::Result<f64> {
        clock::cpu_seconds_of(&self.process.id().to_string())
    }

    /// Resident memory in megabytes: `VmRSS` now, `VmHWM` at most so far.
    pub(super) fn memory_mb(&self, which: &str) -> anyhow::Result<f64> {
        clock::memory_mb_of(&self.process.id().to_string(), which)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Nothing can be done about a server that is gone already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
