//! Wall time, CPU time and memory of this process.

use std::time::Instant;

use anyhow::Context;
use rustix::time::{ClockId, clock_gettime};

/// Measures from its start until now.
#[derive(Debug)]
pub(crate) struct Clock {
    wall: Instant,
    cpu: f64,
}

impl Clock {
    /// Starts measuring.
    pub(crate) fn start() -> Clock {
        Clock {
            wall: Instant::now(),
            cpu: cpu_seconds(),
        }
    }

    /// Wall seconds since the start.
    pub(crate) fn wall(&self) -> f64 {
        self.wall.elapsed().as_secs_f64()
    }

    /// CPU seconds of all threads since the start.
    pub(crate) fn cpu(&self) -> f64 {
        cpu_seconds() - self.cpu
    }
}

/// User and system seconds of this process.
fn cpu_seconds() -> f64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 * 1e-9
}

/// Clock ticks of the fields of `/proc/…/stat`; `USER_HZ`, which is 100 on every Linux.
const TICKS_PER_SECOND: f64 = 100.0;

/// User and system seconds of a process by its id.
pub(crate) fn cpu_seconds_of(process: &str) -> anyhow::Result<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat"))
        .context("cannot read /proc/…/stat")?;
    // The second field, the name in parentheses, may hold spaces.
    let fields: Vec<&str> = stat
        .rsplit(')')
        .next()
        .unwrap_or_default()
        .split_whitespace()
        .collect();
    let field = |number: usize| -> anyhow::Result<f64> {
        Ok(fields
            .get(number)
            .context("/proc/…/stat is too short")?
            .parse()?)
    };
    Ok((field(11)? + field(12)?) / TICKS_PER_SECOND)
}

/// A line of `/proc/self/status` in megabytes, for example `VmRSS` or `VmHWM`.
pub(crate) fn memory_mb(name: &str) -> anyhow::Result<f64> {
    memory_mb_of("self", name)
}

/// As [`memory_mb`], of a process by its id.
pub(crate) fn memory_mb_of(process: &str, name: &str) -> anyhow::Result<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))
        .with_context(|| format!("no {name} in /proc/{process}/status"))?;
    let kilobytes: f64 = line.trim().trim_end_matches(" kB").parse()?;
    Ok(kilobytes / 1024.0)
}
