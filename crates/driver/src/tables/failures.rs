//! `failures.csv`: a row for each article or file that could not be done.

use std::io;

use crate::error::Failure;
use crate::tables::cell::{RowWriter, text};

/// The names of the columns.
pub(super) const COLUMNS: [&str; 3] = ["file", "line", "cause"];

/// The rows of failures.
pub(super) fn rows(failures: &[Failure]) -> io::Result<Vec<u8>> {
    let mut rows = RowWriter::new();
    for Failure { position, cause } in failures {
        let line = position.line.map(|line| line.to_string()).unwrap_or_default();
        rows.write([&*text(&position.file), &line, &*text(&cause.to_string())])?;
    }
    rows.into_bytes()
}
