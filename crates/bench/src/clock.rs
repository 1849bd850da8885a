//! Wall time, CPU time and memory of this process.

use std::time::Instant;

use anyhow::Context;

/// Clock ticks per second in `/proc/self/stat`; fixed on Linux (`USER_HZ`).
const TICKS_PER_SECOND: f64 = 100.0;

/// Measures from its start until now.
#[derive(Debug)]
pub(crate) struct Clock {
    wall: Instant,
    cpu: f64,
}

impl Clock {
    /// Starts measuring.
    pub(crate) fn start() -> anyhow::Result<Clock> {
        Ok(Clock {
            wall: Instant::now(),
            cpu: cpu_seconds()?,
        })
    }

    /// Wall seconds since the start.
    pub(crate) fn wall(&self) -> f64 {
        self.wall.elapsed().as_secs_f64()
    }

    /// CPU seconds of all threads since the start, in steps of 0.01.
    pub(crate) fn cpu(&self) -> anyhow::Result<f64> {
        Ok(cpu_seconds()? - self.cpu)
    }
}

/// User and system seconds of this process.
fn cpu_seconds() -> anyhow::Result<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").context("cannot read /proc/self/stat")?;
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
            .context("/proc/self/stat is too short")?
            .parse()?)
    };
    Ok((field(11)? + field(12)?) / TICKS_PER_SECOND)
}

/// A line of `/proc/self/status` in megabytes, for example `VmRSS` or `VmHWM`.
pub(crate) fn memory_mb(name: &str) -> anyhow::Result<f64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))
        .with_context(|| format!("no {name} in /proc/self/status"))?;
    let kilobytes: f64 = line.trim().trim_end_matches(" kB").parse()?;
    Ok(kilobytes / 1024.0)
}
