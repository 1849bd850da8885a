//! The program as its users run it.

mod bad_input;
mod catalogue;
mod guidance;
mod matching;
mod monitor;
mod reproduce;
mod statistics;

use std::io::Write;
use std::process::{Command, Stdio};

/// Errors of any kind end a test.
type Outcome = Result<(), Box<dyn std::error::Error>>;

/// What a run of the program gave.
struct Run {
    code: Option<i32>,
    out: String,
    err: String,
}

/// Runs the program with arguments and standard input.
fn werkbrug(arguments: &[&str], input: &[u8]) -> Result<Run, Box<dyn std::error::Error>> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_werkbrug"))
        .args(arguments)
        .env_remove("WERKBRUG_CATALOGUE")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        // A program that ends early closes its input; that is no fault of the test.
        let _ = stdin.write_all(input);
    }
    let output = child.wait_with_output()?;
    Ok(Run {
        code: output.status.code(),
        out: String::from_utf8(output.stdout)?,
        err: String::from_utf8(output.stderr)?,
    })
}

impl Run {
    /// Standard output of a run that succeeded.
    fn good(self) -> Result<String, String> {
        if self.code == Some(0) {
            Ok(self.out)
        } else {
            Err(self.err)
        }
    }

    /// The one line of standard error of a run that failed.
    fn fault(self) -> Result<String, String> {
        let lines: Vec<&str> = self
            .err
            .lines()
            .filter(|l| !l.starts_with("warning:"))
            .collect();
        match (self.code, lines.as_slice()) {
            (Some(1), [line]) => Ok((*line).to_owned()),
            _ => Err(format!(
                "expected one error line and exit code 1, got {:?}: {}",
                self.code, self.err
            )),
        }
    }
}
