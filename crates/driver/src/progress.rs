//! Progress: a bar on a terminal, nothing elsewhere. What is said while it stands goes above it.

use std::fs::File;
use std::io::{self, IsTerminal, Read};

use indicatif::{ProgressBar, ProgressStyle};

use crate::notice::notice;

/// How far the reading has come, shown on the standard error. Cloning gives the same bar.
#[derive(Clone, Debug)]
pub struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// A bar over so many bytes of input, if the standard error is a terminal and `quiet` is not asked for.
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

    /// No bar.
    pub fn hidden() -> Progress {
        Progress { bar: ProgressBar::hidden() }
    }

    /// The file, with every byte that is read from it counted.
    pub fn watch(&self, file: File) -> impl Read + Send + use<> {
        self.bar.wrap_read(file)
    }

    /// Says how many articles are done.
    pub fn articles(&self, count: u64) {
        self.bar.set_message(format!("{count} articles"));
    }

    /// Writes a line to the standard error.
    pub fn say(&self, line: &str) {
        self.bar.suspend(|| notice(line));
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
