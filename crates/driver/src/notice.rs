//! Notices: lines on the standard error.

use std::io::{self, Write};

/// Writes a line to the standard error. Where that is closed or full there is nobody to tell, and the work goes on: the
/// results and the exit code say what happened.
pub fn notice(line: &str) {
    let _ = io::stderr().lock().write_all(format!("{line}\n").as_bytes());
}
