//! The tables as CSV: RFC 4180, lines ended by CR LF, in UTF-8.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use csv::{Terminator, Writer, WriterBuilder};

use crate::error::Error;
use crate::output_folder::Staging;
use crate::rows::batch::{RowBatch, TableRows};
use crate::rows::entity::EntityRow;
use crate::rows::failure::FailureRow;
use crate::rows::table::Table;
use crate::rows::{Cell, Row};
use crate::sink::{Encoder, Sink};

/// The byte-order mark by which Excel recognizes UTF-8.
const BOM: &[u8] = "\u{feff}".as_bytes();

/// The options of the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CsvOptions {
    /// Whether a table begins with the byte-order mark by which Excel recognizes UTF-8.
    pub bom: bool,
    /// Whether a text that begins like a formula is prefixed with an apostrophe.
    pub guard: bool,
}

/// The tables `articles.csv`, `mentions.csv`, `entities.csv` and, if anything fails, `failures.csv`.
#[derive(Debug)]
pub struct CsvTables<'s> {
    staging: &'s Staging<'s>,
    options: CsvOptions,
    articles: CsvFile,
    mentions: CsvFile,
    entities: CsvFile,
    failures: Option<CsvFile>,
}

impl<'s> CsvTables<'s> {
    /// Begins the tables with their headers.
    ///
    /// # Errors
    ///
    /// When a file cannot be written.
    pub fn create(staging: &'s Staging<'s>, options: CsvOptions) -> Result<CsvTables<'s>, Error> {
        let create = |table| CsvFile::create(staging, table, options);
        Ok(CsvTables {
            articles: create(Table::Articles)?,
            mentions: create(Table::Mentions)?,
            entities: create(Table::Entities)?,
            failures: None,
            staging,
            options,
        })
    }

    /// Returns the names of the files, also of those that a run may leave out.
    pub fn file_names() -> [String; 4] {
        Table::ALL.map(file_name)
    }

    fn write_failures(&mut self, rows: &[u8]) -> Result<(), Error> {
        if rows.is_empty() {
            return Ok(());
        }
        let file = match &mut self.failures {
            Some(file) => file,
            none => none.insert(CsvFile::create(self.staging, Table::Failures, self.options)?),
        };
        file.write(rows)
    }
}

impl Sink for CsvTables<'_> {
    type Encoder = CsvEncoder;

    fn encoder(&self) -> CsvEncoder {
        CsvEncoder::new(self.options.guard)
    }

    fn write(&mut self, encoded: EncodedTables) -> Result<(), Error> {
        self.articles.write(&encoded.articles)?;
        self.mentions.write(&encoded.mentions)?;
        self.write_failures(&encoded.failures)
    }

    fn finish(&mut self, entities: &[EntityRow]) -> Result<(), Error> {
        let rows = encode(entities, self.options.guard).map_err(Error::Encode)?;
        self.entities.write(&rows)?;
        let mut files =
            [&mut self.articles, &mut self.mentions, &mut self.entities].into_iter().chain(&mut self.failures);
        files.try_for_each(CsvFile::flush)
    }
}

/// Encodes rows as lines of CSV.
#[derive(Clone, Copy, Debug)]
pub struct CsvEncoder {
    guard: bool,
}

impl CsvEncoder {
    /// Makes an encoder, which may prefix a text that begins like a formula with an apostrophe.
    pub fn new(guard: bool) -> CsvEncoder {
        CsvEncoder { guard }
    }
}

/// Lines of the tables that rows come for while the corpus is read.
#[derive(Debug)]
pub struct EncodedTables {
    articles: Vec<u8>,
    mentions: Vec<u8>,
    failures: Vec<u8>,
}

impl Encoder for CsvEncoder {
    type Rows = TableRows;
    type Encoded = EncodedTables;

    fn encode(&self, rows: &RowBatch<TableRows>) -> io::Result<EncodedTables> {
        Ok(EncodedTables {
            articles: encode(rows.articles.iter().map(|rows| &rows.article), self.guard)?,
            mentions: encode(rows.articles.iter().flat_map(|rows| &rows.mentions), self.guard)?,
            failures: encode::<FailureRow>(&rows.failures, self.guard)?,
        })
    }
}

fn encode<'r, R: Row>(rows: impl IntoIterator<Item = &'r R>, guard: bool) -> io::Result<Vec<u8>> {
    let mut lines = Lines::new(guard);
    for row in rows {
        for column in R::COLUMNS {
            lines.cell((column.cell)(row))?;
        }
        lines.end()?;
    }
    lines.into_bytes()
}

/// Lines of CSV in memory.
struct Lines {
    writer: Writer<Vec<u8>>,
    number: Vec<u8>,
    guard: bool,
}

impl Lines {
    fn new(guard: bool) -> Lines {
        let writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
        Lines { writer, number: Vec::new(), guard }
    }

    fn cell(&mut self, cell: Cell<'_>) -> io::Result<()> {
        match cell {
            Cell::Empty => self.writer.write_field("")?,
            Cell::Word(word) => self.writer.write_field(word)?,
            Cell::Text(text) if self.guard && is_formula(&text) => self.writer.write_field(format!("'{text}"))?,
            Cell::Text(text) => self.writer.write_field(&*text)?,
            Cell::Number(number) => self.formatted(format_args!("{number}"))?,
            Cell::Probability(probability) => self.formatted(format_args!("{probability:.2}"))?,
            Cell::Day(day) => self.formatted(format_args!("{day}"))?,
        }
        Ok(())
    }

    fn formatted(&mut self, value: std::fmt::Arguments<'_>) -> io::Result<()> {
        self.number.clear();
        self.number.write_fmt(value)?;
        Ok(self.writer.write_field(&self.number)?)
    }

    fn end(&mut self) -> io::Result<()> {
        Ok(self.writer.write_record(None::<&[u8]>)?)
    }

    fn into_bytes(self) -> io::Result<Vec<u8>> {
        self.writer.into_inner().map_err(csv::IntoInnerError::into_error)
    }
}

/// Returns whether a spreadsheet would evaluate the text: a headline `=HYPERLINK(…)` must not run on the reader's
/// machine. The apostrophe before it tells spreadsheets that it is text.
fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// A table's file that is being written.
#[derive(Debug)]
struct CsvFile {
    path: PathBuf,
    writer: BufWriter<File>,
}

impl CsvFile {
    fn create(staging: &Staging<'_>, table: Table, options: CsvOptions) -> Result<CsvFile, Error> {
        let name = file_name(table);
        let mut file = CsvFile { path: staging.target(&name), writer: BufWriter::new(staging.create(&name)?) };
        if options.bom {
            file.write(BOM)?;
        }
        let mut header = Lines::new(false);
        let cells = table.header().into_iter().try_for_each(|name| header.cell(Cell::Word(name)));
        let header = cells.and_then(|()| header.end()).and_then(|()| header.into_bytes());
        file.write(&header.map_err(Error::Encode)?)?;
        file.flush()?;
        Ok(file)
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.writer.write_all(bytes).map_err(Error::output(&self.path))
    }

    fn flush(&mut self) -> Result<(), Error> {
        self.writer.flush().map_err(Error::output(&self.path))
    }
}

/// Returns the name of a table's file.
pub fn file_name(table: Table) -> String {
    format!("{}.csv", table.name())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source_position::SourcePosition;

    fn line(cells: impl IntoIterator<Item = Cell<'static>>, guard: bool) -> String {
        let mut lines = Lines::new(guard);
        cells.into_iter().try_for_each(|cell| lines.cell(cell)).unwrap();
        lines.end().unwrap();
        String::from_utf8(lines.into_bytes().unwrap()).unwrap()
    }

    #[test]
    fn formulas_are_neutralised_unless_it_is_not_wanted() {
        let cases = [
            ("=1+1", "'=1+1"),
            ("+82-42-000-0000", "'+82-42-000-0000"),
            ("-15도 한파", "'-15도 한파"),
            ("@here", "'@here"),
            ("\t=1", "'\t=1"),
            ("1=1", "1=1"),
            ("'=1", "'=1"),
            ("서울-부산", "서울-부산"),
        ];
        for (given, expected) in cases {
            assert_eq!(line([Cell::text(given)], true), format!("{expected}\r\n"));
            assert_eq!(line([Cell::text(given)], false), format!("{given}\r\n"));
        }
        assert_eq!(line([Cell::text("\r=1")], true), "\"'\r=1\"\r\n");
        assert_eq!(line([Cell::list(&["=가", "나"], ";")], true), "'=가;나\r\n");
    }

    #[test]
    fn lines_are_rfc_4180() {
        let cells = ["가", "나,다", "\"라\"", "마\n바", ""].map(Cell::text);
        assert_eq!(line(cells, true), "가,\"나,다\",\"\"\"라\"\"\",\"마\n바\",\r\n");
        let day = "2024-06-03".parse().unwrap();
        let cells = [Cell::Empty, Cell::Word("a"), Cell::Number(10), Cell::Probability(0.996), Cell::Day(day)];
        assert_eq!(line(cells, true), ",a,10,1.00,2024-06-03\r\n");
    }

    #[test]
    fn rows_become_lines_of_their_table() {
        let failures = [SourcePosition::file("=a.csv").line(3), SourcePosition::file("b.csv")]
            .map(|position| FailureRow::from(crate::error::Cause::NoText.at(&position)));
        let rows = RowBatch { failures: failures.into(), ..RowBatch::default() };
        let encoded = CsvEncoder::new(true).encode(&rows).unwrap();
        assert!(encoded.articles.is_empty() && encoded.mentions.is_empty());
        let expected = "'=a.csv,3,text and title are empty\r\nb.csv,,text and title are empty\r\n";
        assert_eq!(String::from_utf8(encoded.failures).unwrap(), expected);
    }
}
