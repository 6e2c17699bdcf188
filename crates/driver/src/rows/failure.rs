//! Rows of `failures.csv`: an article or file that could not be processed, or only in part.

use std::fmt;

use crate::error::Failure;
use crate::rows::{Cell, Column, Row};
use crate::source_position::SourcePosition;

/// A failure. It displays as `file:line: cause`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FailureRow {
    /// The file and line.
    pub position: SourcePosition,
    /// The cause.
    pub cause: String,
}

impl From<Failure> for FailureRow {
    fn from(failure: Failure) -> FailureRow {
        FailureRow { cause: failure.cause.to_string(), position: failure.position }
    }
}

impl fmt::Display for FailureRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.position, self.cause)
    }
}

impl Row for FailureRow {
    const COLUMNS: &'static [Column<FailureRow>] = &[
        Column::new("file", |row| Cell::text(&row.position.file)),
        Column::new("line", |row| row.position.line.map_or(Cell::Empty, Cell::Number)),
        Column::new("cause", |row| Cell::text(&row.cause)),
    ];
}
