//! Source positions: the file and line that a record was read from, by which messages and tables name it.

use std::fmt;

/// A file, and a line of it where one is meant: `corpus/a.jsonl:17`.
///
/// ```
/// let position = gisa::source_position::SourcePosition::file("corpus/a.jsonl");
/// assert_eq!(position.line(17).to_string(), "corpus/a.jsonl:17");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SourcePosition {
    /// The file's path as it was named or found, or `stdin`.
    pub file: String,
    /// The line, counted from 1.
    pub line: Option<u64>,
}

impl SourcePosition {
    /// Returns the position of a file as a whole.
    pub fn file(file: impl Into<String>) -> SourcePosition {
        SourcePosition { file: file.into(), line: None }
    }

    /// Returns the position of a line of the same file.
    #[must_use]
    pub fn line(&self, line: u64) -> SourcePosition {
        SourcePosition { file: self.file.clone(), line: Some(line) }
    }
}

impl fmt::Display for SourcePosition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}", self.file),
            None => f.write_str(&self.file),
        }
    }
}
