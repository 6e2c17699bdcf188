//! Progress: a bar on a terminal, nothing elsewhere. Messages printed meanwhile appear above the bar.

use std::fs::File;
use std::io::{self, IsTerminal, Read};

use indicatif::{ProgressBar, ProgressStyle};

use crate::notice::notice;

/// A progress bar on the standard error. Clones share the bar.
#[derive(Clone, Debug)]
pub struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// Starts a bar over `bytes` bytes of input if the standard error is a terminal and `quiet` is false.
    pub fn new(bytes: u64, quiet: bool) -> Progress {
        if quiet || !io::stderr().is_terminal() {
            return Progress::hidden();
        }
        let (bar, template) = match bytes {
            0 => (ProgressBar::new_spinner(), "{spinner} {pos} bytes, {elapsed}  {msg}"),
            _ => (ProgressBar::new(bytes), "{bar:30} {percent:>3} %  {elapsed} of about {duration}  {msg}"),
        };
        Progress { bar: bar.with_style(ProgressStyle::with_template(template).unwrap_or(ProgressStyle::default_bar())) }
    }

    /// Returns a progress that shows no bar.
    pub fn hidden() -> Progress {
        Progress { bar: ProgressBar::hidden() }
    }

    /// Wraps a file so that the bytes read from it are counted.
    pub fn watch(&self, file: File) -> impl Read + Send + use<> {
        self.bar.wrap_read(file)
    }

    /// Shows the number of articles processed so far.
    pub fn articles(&self, count: u64) {
        self.bar.set_message(format!("{count} articles"));
    }

    /// Writes a line to the standard error.
    pub fn say(&self, line: &str) {
        self.bar.suspend(|| notice(line));
    }

    /// Removes the bar.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
