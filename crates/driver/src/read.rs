//! Reading: from files to [`Record`](crate::record::Record)s, one after the other, never a whole corpus at once.
//!
//! A record is the data of one article, exactly as its file has them. Finding the article in it ([`crate::article`]) is
//! left to the threads; reading is done by one.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};

use crate::error::{Cause, Error};
use crate::input::{Compression, Format, Input, Inputs};
use crate::progress::Progress;
use crate::record::RecordResult;

pub use crate::read::lines::Lines;

mod columns;
mod decode;
mod head;
mod jsonl;
mod line_breaks;
mod lines;
mod page_file;
mod table;

/// Returns the records of a file, in order. Failures are items among them.
pub fn records(input: &Input, progress: &Progress) -> Box<dyn Iterator<Item = RecordResult> + Send> {
    let position = input.position();
    let reader = match open(input, progress) {
        Ok(reader) => reader,
        Err(source) => return Box::new(std::iter::once(Err(Cause::Io(source).at(&position)))),
    };
    match input.format {
        Format::Page => Box::new(std::iter::once(page_file::read(reader, &position, &input.stem()))),
        Format::JsonLines => Box::new(jsonl::records(reader, position, input.stem())),
        Format::Csv => table::records(reader, position, input.stem(), None),
        Format::Tsv => table::records(reader, position, input.stem(), Some(b'\t')),
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

/// Opens a file without which the command cannot run.
///
/// # Errors
///
/// As [`open`], with the name of the file.
pub(crate) fn open_required(input: &Input) -> Result<Box<dyn BufRead + Send>, Error> {
    open(input, &Progress::hidden()).map_err(|source| Error::Input { path: input.position().file.into(), source })
}

/// Returns the records of all inputs, in order.
pub fn all(inputs: Inputs, progress: Progress) -> impl Iterator<Item = RecordResult> + Send {
    let failures = inputs.failures.into_iter().map(Err);
    failures.chain(inputs.files.into_iter().flat_map(move |input| records(&input, &progress)))
}
