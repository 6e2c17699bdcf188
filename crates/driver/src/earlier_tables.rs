//! Tables of earlier runs, recognized by their headers: among the inputs they are not news, and in the output folder
//! they, and no other files, may be replaced.

use std::fs::{self, File};
use std::io::{BufReader, Read};
use std::path::Path;

use encoding_rs::EUC_KR;
use same_file::Handle;

use crate::error::Error;
use crate::input::{Format, Input, Inputs};
use crate::progress::Progress;
use crate::read;
use crate::rows::table::Table;

/// The most bytes of a file that are read for its header.
const HEAD: u64 = 16 * 1024;

/// Takes the tables of earlier runs out of the inputs that were found in folders, and counts them.
///
/// # Errors
///
/// When such a table was named itself, and when nothing else is left.
pub fn set_aside(inputs: &mut Inputs) -> Result<(), Error> {
    let files = std::mem::take(&mut inputs.files);
    for input in files {
        match &input.path {
            Some(path) if is_table(&input) => {
                if input.named {
                    return Err(Error::OwnTable { path: path.clone() });
                }
                inputs.tables += 1;
            }
            _ => inputs.files.push(input),
        }
    }
    inputs.not_empty()
}

/// Returns a notice of the number of tables that were taken out, if any.
pub fn passed_over(inputs: &Inputs) -> Option<String> {
    match inputs.tables {
        0 => None,
        1 => Some("gisa: 1 table that gisa wrote was not read".to_owned()),
        count => Some(format!("gisa: {count} tables that gisa wrote were not read")),
    }
}

fn is_table(input: &Input) -> bool {
    let delimiter = match input.format {
        Format::Csv => b',',
        Format::Tsv => b'\t',
        Format::Page | Format::JsonLines => return false,
    };
    // Reading from a pipe would take the header away from those who read it for its articles.
    if !input.path.as_ref().is_some_and(|path| path.is_file()) {
        return false;
    }
    // A file that cannot be read is reported when it is read for its articles.
    read::open(input, &Progress::hidden()).is_ok_and(|reader| table_of(reader, delimiter).is_some())
}

/// Returns the table that a file's header belongs to.
fn table_of(reader: impl Read, delimiter: u8) -> Option<Table> {
    let mut rows = csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).from_reader(reader.take(HEAD));
    let mut header = csv::ByteRecord::new();
    if !rows.read_byte_record(&mut header).unwrap_or(false) {
        return None;
    }
    let names: Vec<String> = header.iter().map(decoded).collect();
    Table::of_header(&names)
}

/// Decodes a name in UTF-8 or, since spreadsheets store tables so, in CP949.
fn decoded(bytes: &[u8]) -> String {
    str::from_utf8(bytes).map_or_else(|_| EUC_KR.decode_without_bom_handling(bytes).0.into_owned(), str::to_owned)
}

/// Checks that none of the inputs is one of the files to be written, under whatever name or link.
///
/// # Errors
///
/// When one is.
pub fn refuse_overwriting(inputs: &Inputs, out: &Path, names: &[String]) -> Result<(), Error> {
    let targets: Vec<_> = names
        .iter()
        .map(|name| out.join(name))
        .filter_map(|target| Some((Handle::from_path(&target).ok()?, target)))
        .collect();
    if targets.is_empty() {
        return Ok(());
    }
    for input in &inputs.files {
        let handle = input.path.as_ref().map_or_else(Handle::stdin, Handle::from_path);
        let Ok(handle) = handle else { continue };
        if let Some((_, target)) = targets.iter().find(|(target, _)| *target == handle) {
            return Err(Error::Overwrites { input: input.position().file, target: target.clone() });
        }
    }
    Ok(())
}

/// Checks that a file of the output folder may be replaced: one that an earlier run wrote, or an empty one.
///
/// # Errors
///
/// When the file is another's.
pub fn may_replace(path: &Path) -> Result<(), Error> {
    let meta = fs::metadata(path).map_err(Error::output(path))?;
    let is_own = || File::open(path).map(|file| table_of(file, b',').is_some()).map_err(Error::output(path));
    if meta.is_file() && (meta.len() == 0 || is_own()?) {
        return Ok(());
    }
    Err(Error::ForeignFile { path: path.to_owned() })
}

/// Returns whether there is a table of articles with at least one row.
pub fn has_articles(path: &Path) -> bool {
    let rows = |file| csv::ReaderBuilder::new().flexible(true).from_reader(BufReader::new(file));
    File::open(path).is_ok_and(|file| rows(file).byte_records().next().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_found_in_every_encoding_that_spreadsheets_store() {
        let header = Table::Articles.header().join(",") + "\r\na,b\r\n";
        let cp949 = EUC_KR.encode(&header).0.into_owned();
        let marked = format!("\u{feff}{header}").into_bytes();
        for bytes in [header.clone().into_bytes(), marked, cp949, header.replace("\r\n", "\n").into_bytes()] {
            assert_eq!(table_of(&bytes[..], b','), Some(Table::Articles));
        }
        assert_eq!(table_of(header.replace(',', "\t").as_bytes(), b'\t'), Some(Table::Articles));
        for other in ["", "\r\n", "id,text\r\n", "\"file,line,cause\r\n"] {
            assert_eq!(table_of(other.as_bytes(), b','), None, "{other:?}");
        }
    }

    #[test]
    fn a_table_has_articles_if_it_has_rows() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("articles.csv");
        assert!(!has_articles(&path));
        for (text, expected) in [("", false), ("\u{feff}a,b\r\n", false), ("a,b\r\n1,\"2\r\n3\"\r\n", true)] {
            fs::write(&path, text).unwrap();
            assert_eq!(has_articles(&path), expected, "{text:?}");
        }
    }
}
