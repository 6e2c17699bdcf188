//! What the tests of the program share.

use std::fmt::Display;
use std::io::{self, Write};
use std::thread;

/// Says why the test does nothing. It is written past the test runner, which shows what a test prints only when it fails.
pub fn skip(reason: impl Display) {
    let test = thread::current();
    let _ = writeln!(io::stderr(), "skipped: {}: {reason}", test.name().unwrap_or("a test"));
}
