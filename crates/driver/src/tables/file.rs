//! A table's file: written under another name, put in place when it is whole.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::tables::cell::RowWriter;

/// The mark before the text by which Excel knows UTF-8.
const BOM: &[u8] = "\u{feff}".as_bytes();

/// A table that is being written, as `.NAME.part` beside its final place. Dropped without [`publish`](Self::publish),
/// it is removed; one that a killed run left behind is written over by the next.
pub(super) struct TableFile {
    path: PathBuf,
    part: PathBuf,
    writer: Option<BufWriter<File>>,
}

impl TableFile {
    /// Begins a table with its header.
    pub(super) fn create(path: &Path, header: &[&str], bom: bool) -> Result<TableFile, Error> {
        if path.is_dir() {
            return Err(Error::output(path)(io::ErrorKind::IsADirectory.into()));
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let part = path.with_file_name(format!(".{name}.part"));
        let file = open_alone(&part)?;
        let mut table = TableFile { path: path.to_owned(), part, writer: Some(BufWriter::new(file)) };
        if bom {
            table.write(BOM)?;
        }
        let mut rows = RowWriter::new();
        let header = rows.write(header).and_then(|()| rows.into_bytes()).map_err(Error::output(path))?;
        table.write(&header)?;
        table.flush()?;
        Ok(table)
    }

    /// Adds rows.
    pub(super) fn write(&mut self, rows: &[u8]) -> Result<(), Error> {
        let Some(writer) = &mut self.writer else { return Ok(()) };
        writer.write_all(rows).map_err(Error::output(&self.path))
    }

    /// Puts the table in place of what was there.
    pub(super) fn publish(mut self) -> Result<(), Error> {
        self.flush()?;
        // Windows renames no open file.
        self.writer = None;
        fs::rename(&self.part, &self.path).map_err(Error::output(&self.path))
    }

    fn flush(&mut self) -> Result<(), Error> {
        let Some(writer) = &mut self.writer else { return Ok(()) };
        writer.flush().map_err(Error::output(&self.path))
    }
}

impl Drop for TableFile {
    fn drop(&mut self) {
        if let Some(writer) = self.writer.take() {
            drop(writer);
            // Nothing can be done about a file that cannot be removed.
            let _ = fs::remove_file(&self.part);
        }
    }
}

/// Opens a file for writing from its start, unless another process has it open so.
fn open_alone(path: &Path) -> Result<File, Error> {
    let file = OpenOptions::new().write(true).create(true).truncate(false).open(path).map_err(Error::output(path))?;
    // Some network file systems have no locks: better to write without one there.
    if let Err(TryLockError::WouldBlock) = file.try_lock() {
        return Err(Error::Busy { path: path.to_owned() });
    }
    file.set_len(0).map_err(Error::output(path))?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_earlier_table_stands_until_the_new_one_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        fs::write(&path, "earlier").unwrap();

        let mut table = TableFile::create(&path, &["x"], true).unwrap();
        table.write(b"1\r\n").unwrap();
        drop(table);
        assert_eq!(fs::read_to_string(&path).unwrap(), "earlier");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);

        let mut table = TableFile::create(&path, &["x"], true).unwrap();
        table.write(b"1\r\n").unwrap();
        table.publish().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "\u{feff}x\r\n1\r\n");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn two_runs_do_not_write_the_same_table() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        let first = TableFile::create(&path, &["x"], false).unwrap();
        assert!(matches!(TableFile::create(&path, &["x"], false), Err(Error::Busy { .. })));
        first.publish().unwrap();
        assert!(TableFile::create(&path, &["x"], false).is_ok());
    }
}
