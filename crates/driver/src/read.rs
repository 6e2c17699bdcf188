//! Reading: from files to [`Record`]s, one after the other, never a whole corpus at once.
//!
//! A record is what a file says of one article, to the letter. Finding the article in it ([`crate::article`]) is left to
//! the threads; reading is done by one.

use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};

use crate::article::{Facts, Id};
use crate::error::{Cause, Failure};
use crate::input::{Compression, Format, Input, Inputs};
use crate::progress::Progress;

pub(crate) use crate::read::columns::text_names;
pub use crate::read::lines::Lines;

mod columns;
mod day;
mod decode;
mod jsonl;
mod line_breaks;
mod lines;
mod page_file;
mod table;

/// A file, and a line of it where one is meant: `corpus/a.jsonl:17`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file's path as it was named or found, or `stdin`.
    pub file: String,
    /// The line, counted from 1.
    pub line: Option<u64>,
}

impl Place {
    /// A file as a whole.
    pub fn file(file: impl Into<String>) -> Place {
        Place { file: file.into(), line: None }
    }

    /// A line of the same file.
    #[must_use]
    pub fn line(&self, line: u64) -> Place {
        Place { file: self.file.clone(), line: Some(line) }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}", self.file),
            None => f.write_str(&self.file),
        }
    }
}

/// Whether a record's text is a page with all that stands around an article, or a cell that holds its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A scraped page or a plain article, a whole file.
    Page,
    /// A line of JSON Lines or a row of a table.
    Row,
}

/// One article as its file has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Its name.
    pub id: Id,
    /// Where it was read.
    pub place: Place,
    /// How it was stored.
    pub shape: Shape,
    /// What the file says of it beside its text.
    pub facts: Facts,
    /// The title, as it was read.
    pub title: String,
    /// The text, as it was read.
    pub text: String,
}

/// A record, or what went wrong with it.
pub type Reading = Result<Record, Failure>;

/// The records of a file, in order. Whatever goes wrong comes as a failure in their midst.
pub fn records(input: &Input, progress: &Progress) -> Box<dyn Iterator<Item = Reading> + Send> {
    let place = input.place();
    let reader = match open(input, progress) {
        Ok(reader) => reader,
        Err(source) => return Box::new(std::iter::once(Err(Cause::Io(source).at(&place)))),
    };
    match input.format {
        Format::Page => Box::new(std::iter::once(page_file::read(reader, &place, &input.stem()))),
        Format::JsonLines => Box::new(jsonl::records(reader, place, input.stem())),
        Format::Csv => table::records(reader, place, input.stem(), None),
        Format::Tsv => table::records(reader, place, input.stem(), Some(b'\t')),
    }
}

/// Opens a file for reading: decompressed, without a byte-order mark, UTF-16 made UTF-8.
///
/// # Errors
///
/// When the file cannot be opened or its first bytes cannot be read.
pub fn open(input: &Input, progress: &Progress) -> io::Result<Box<dyn BufRead + Send>> {
    let Some(path) = &input.path else {
        return decode::without_mark(BufReader::new(io::stdin()));
    };
    let file = progress.watch(File::open(path)?);
    let reader: Box<dyn Read + Send> = match input.compression {
        Compression::None => Box::new(file),
        Compression::Gzip => Box::new(flate2::read::MultiGzDecoder::new(BufReader::new(file))),
        Compression::Zstd => Box::new(zstd::Decoder::new(file)?),
    };
    decode::without_mark(BufReader::with_capacity(1 << 16, reader))
}

/// The records of all inputs, one after the other.
pub fn all(inputs: Inputs, progress: Progress) -> impl Iterator<Item = Reading> + Send {
    let failures = inputs.failures.into_iter().map(Err);
    failures.chain(inputs.files.into_iter().flat_map(move |input| records(&input, &progress)))
}
