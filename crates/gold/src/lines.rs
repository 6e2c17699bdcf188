//! Lines of a gold file, counted, so that every error can name the line that it is about.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use crate::error::Error;

/// Reads the lines of a file, without their line terminators and without a byte-order mark.
#[derive(Debug)]
pub(crate) struct Lines<R> {
    reader: BufReader<R>,
    path: PathBuf,
    number: u64,
    failed: bool,
}

impl<R: Read> Lines<R> {
    /// Reads from a source. The path is used in messages only.
    pub(crate) fn new(reader: R, path: &Path) -> Lines<R> {
        Lines { reader: BufReader::new(reader), path: path.to_owned(), number: 0, failed: false }
    }

    /// Returns the number of the line read last, counted from 1.
    pub(crate) fn number(&self) -> u64 {
        self.number
    }

    /// Returns whether reading has failed, so that nothing more can be read.
    pub(crate) fn has_failed(&self) -> bool {
        self.failed
    }

    /// Returns an error about the line read last.
    pub(crate) fn error(&self, cause: String) -> Error {
        Error::Line { path: self.path.clone(), line: self.number, cause }
    }
}

impl<R: Read> Iterator for Lines<R> {
    type Item = Result<String, Error>;

    fn next(&mut self) -> Option<Result<String, Error>> {
        let mut bytes = Vec::new();
        match self.reader.read_until(b'\n', &mut bytes) {
            Ok(0) => return None,
            Ok(_) => self.number += 1,
            Err(source) => {
                self.failed = true;
                return Some(Err(Error::Io { path: self.path.clone(), source }));
            }
        }
        if bytes.last() == Some(&b'\n') {
            bytes.pop();
            if bytes.last() == Some(&b'\r') {
                bytes.pop();
            }
        }
        if self.number == 1 && bytes.starts_with("\u{feff}".as_bytes()) {
            bytes.drain(..'\u{feff}'.len_utf8());
        }
        Some(String::from_utf8(bytes).map_err(|_| self.error("not UTF-8; save the file as UTF-8".to_owned())))
    }
}
