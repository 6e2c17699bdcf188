//! Sinks: writers of rows. A sink knows rows and a file format, and nothing of records, articles or the tagger.
//!
//! [`CsvTables`](csv::CsvTables) writes the tables of `gisa extract`, [`JsonLines`](jsonl::JsonLines) the lines of
//! `gisa tag`. A further format is a type of its own that implements [`Sink`]. If it writes tables, it takes
//! [`TableRows`](crate::rows::batch::TableRows) and goes by [`Row::COLUMNS`](crate::rows::Row::COLUMNS); if not, its
//! [`ArticleRows`] hold what it writes of an article.

use std::io;

use crate::error::Error;
use crate::rows::batch::{ArticleRows, RowBatch};
use crate::rows::entity::EntityRow;

pub mod csv;
pub mod jsonl;

/// A writer of rows. It is given them in the order of the input, in two steps: the encoder turns rows into the form in
/// which they are written, on any thread; the sink writes the results, on one.
pub trait Sink {
    /// What encodes the rows of this sink.
    type Encoder: Encoder;

    /// Returns an encoder for this sink's options.
    fn encoder(&self) -> Self::Encoder;

    /// Writes the rows that follow.
    ///
    /// # Errors
    ///
    /// When they cannot be written, as on a full disk.
    fn write(&mut self, encoded: <Self::Encoder as Encoder>::Encoded) -> Result<(), Error>;

    /// Writes what comes after the last row: the entities of the corpus, if the rows of articles tallied them.
    ///
    /// # Errors
    ///
    /// When they, or rows that were still held back, cannot be written.
    fn finish(&mut self, entities: &[EntityRow]) -> Result<(), Error>;
}

/// The part of a sink that runs on many threads.
pub trait Encoder: Sync {
    /// The rows it takes of an article.
    type Rows: ArticleRows;

    /// Encoded rows.
    type Encoded: Send;

    /// Encodes a batch of rows.
    ///
    /// # Errors
    ///
    /// When the format has no form for a row.
    fn encode(&self, rows: &RowBatch<Self::Rows>) -> io::Result<Self::Encoded>;
}
