//! Progress of long work, on a terminal only.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// Progress of one piece of work; says nothing when standard error is no terminal.
#[derive(Debug)]
pub(crate) struct Progress(ProgressBar);

impl Progress {
    /// Progress of work of unknown length.
    pub(crate) fn spinner(what: &str) -> Progress {
        let bar = ProgressBar::new_spinner();
        bar.enable_steady_tick(Duration::from_millis(100));
        bar.set_message(what.to_owned());
        Progress(bar)
    }

    /// Progress of work of `n` steps.
    pub(crate) fn bar(what: &str, n: u64) -> Progress {
        let bar = ProgressBar::new(n);
        // The template is a constant; should it ever be wrong, the default style is shown.
        if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {eta}") {
            bar.set_style(style);
        }
        bar.set_message(what.to_owned());
        Progress(bar)
    }

    /// Counts `n` more steps as done.
    pub(crate) fn step(&self, n: u64) {
        self.0.inc(n);
    }

    /// Says what is being done now.
    pub(crate) fn say(&self, what: &str) {
        self.0.set_message(what.to_owned());
    }

    /// Takes the line away.
    pub(crate) fn finish(self) {
        self.0.finish_and_clear();
    }
}
