//! Tables: CSV and TSV with a header, whose columns are [`Column`]s.
//!
//! The rows are cut as bytes and then decoded, since no byte of a delimiter, quote or line end occurs inside a
//! character of UTF-8 or CP949.
//!
//! A quote that is never closed takes the rest of the file for one cell, and the `csv` crate does not say so. So two
//! line breaks are read behind the end of the file. The first ends a row that is still going on; a row that takes both
//! has a quote that is open.

use std::io::{BufRead, Chain, Read};

use csv::{ByteRecord, Reader, ReaderBuilder};

use crate::error::{Cause, Failure};
use crate::read::columns::{Column, ColumnName, TEXT_NAMES, Values};
use crate::read::decode::Decoder;
use crate::read::head::{Head, Whole};
use crate::read::line_breaks::LineBreaks;
use crate::record::{Record, RecordResult};
use crate::source_position::SourcePosition;

/// Returns the records of a reader. Without a delimiter it is the comma, or what the header has instead of commas: tabs
/// or semicolons. Articles without an id are named `stem:line`.
pub(crate) fn records(
    reader: impl BufRead + Send + 'static,
    position: SourcePosition,
    stem: String,
    delimiter: Option<u8>,
) -> Box<dyn Iterator<Item = RecordResult> + Send> {
    match Table::open(reader, position, stem, delimiter) {
        Ok(table) => Box::new(table),
        Err(failure) => Box::new(std::iter::once(Err(failure))),
    }
}

/// The bytes that are read after the end of a file.
const END: &[u8] = b"\n\n";

type Source<R> = Chain<LineBreaks<Whole<R>>, &'static [u8]>;

struct Table<R> {
    rows: Reader<Source<R>>,
    columns: Vec<Option<ColumnName>>,
    decoder: Decoder,
    position: SourcePosition,
    stem: String,
    state: State,
}

#[derive(PartialEq, Eq)]
enum State {
    NoRowYet,
    Reading,
    Ended,
}

impl<R: BufRead> Table<R> {
    fn open(mut reader: R, position: SourcePosition, stem: String, delimiter: Option<u8>) -> Result<Table<R>, Failure> {
        let head = Head::read(&mut reader);
        let quoting = delimiter != Some(b'\t') || has_proper_quotes(&head);
        let delimiter = delimiter.unwrap_or_else(|| guess_delimiter(head.bytes()));
        let mut decoder = Decoder::for_file(&head);
        let source = LineBreaks::new(head.before(reader)).chain(END);
        let mut rows = ReaderBuilder::new().delimiter(delimiter).quoting(quoting).flexible(true).from_reader(source);
        let columns = columns(&mut rows, &mut decoder).map_err(|cause| cause.at(&position))?;
        Ok(Table { rows, columns, decoder, position, stem, state: State::NoRowYet })
    }

    fn record(&mut self, row: &ByteRecord, position: &SourcePosition) -> Result<Record, Cause> {
        if has_open_quote(&self.rows) {
            return Err(Cause::OpenQuote);
        }
        if row.len() < self.columns.len() || row.iter().skip(self.columns.len()).any(|cell| !cell.is_empty()) {
            return Err(Cause::Ragged { found: row.len(), expected: self.columns.len() });
        }
        let cells = decode_row(&mut self.decoder, row)?;
        let mut values = Values::default();
        for (column, cell) in self.columns.iter().zip(cells) {
            if let Some(column) = column {
                values.set(*column, cell);
            }
        }
        Ok(values.into_record(position.clone(), || format!("{}:{}", self.stem, position.line.unwrap_or_default())))
    }
}

impl<R: BufRead> Iterator for Table<R> {
    type Item = RecordResult;

    fn next(&mut self) -> Option<RecordResult> {
        if self.state == State::Ended {
            return None;
        }
        let mut row = ByteRecord::new();
        match self.rows.read_byte_record(&mut row) {
            Ok(true) => {
                self.state = State::Reading;
                let start = row.position().map_or(0, csv::Position::byte);
                let position = self.position.line(self.rows.get_mut().get_mut().0.line_from(start));
                Some(self.record(&row, &position).map_err(|cause| cause.at(&position)))
            }
            Ok(false) => {
                let no_rows = self.state == State::NoRowYet;
                self.state = State::Ended;
                no_rows.then(|| Err(Cause::NoRows.at(&self.position)))
            }
            Err(error) => {
                self.state = State::Ended;
                Some(Err(Cause::from(error).at(&self.position.line(self.rows.position().line()))))
            }
        }
    }
}

/// Reads the columns of the header.
fn columns<R: BufRead>(rows: &mut Reader<Source<R>>, decoder: &mut Decoder) -> Result<Vec<Option<ColumnName>>, Cause> {
    let header = rows.byte_headers()?.clone();
    if !header.is_empty() && has_open_quote(rows) {
        return Err(Cause::OpenQuote);
    }
    if header.iter().all(|cell| cell.trim_ascii().is_empty()) {
        return Err(Cause::EmptyFile);
    }
    let names = decode_row(decoder, &header)?;
    let columns: Vec<_> = names.iter().map(|name| ColumnName::find(name)).collect();
    if columns.iter().flatten().all(|name| name.column != Column::Text) {
        return Err(Cause::NoTextColumn { found: names, expected: TEXT_NAMES });
    }
    Ok(columns)
}

/// Decodes the cells of a row, all in the encoding of the row: a cell may be a single character, which could be in any.
fn decode_row(decoder: &mut Decoder, row: &ByteRecord) -> Result<Vec<String>, Cause> {
    let encoding = decoder.encoding_of(row.as_slice())?;
    row.iter().map(|cell| encoding.decode(cell)).collect()
}

/// Returns whether the last row contains all bytes that are read after the end of the file.
fn has_open_quote<R: BufRead>(rows: &Reader<Source<R>>) -> bool {
    let file_bytes = rows.get_ref().get_ref().0.bytes();
    rows.position().byte() == file_bytes + END.len() as u64
}

/// Returns whether every quote that begins a cell of the TSV's head is closed where the cell ends. Many programs write
/// TSV without quoting, where a quote is a character like any other (`"곧 간다" 밝혀`): then it is read so in the whole
/// file.
fn has_proper_quotes(whole: &Head) -> bool {
    let head = whole.bytes();
    let (mut at, mut starts) = (0, true);
    while at < head.len() {
        if !(starts && head[at] == b'"') {
            starts = matches!(head[at], b'\t' | b'\n' | b'\r');
            at += 1;
            continue;
        }
        at += 1;
        loop {
            let Some(quote) = head[at..].iter().position(|&byte| byte == b'"').map(|length| at + length) else {
                // The cell goes on beyond the head, or to the end of the file, where it is never closed.
                return whole.is_cut();
            };
            at = quote + 1;
            match head.get(at) {
                Some(b'"') => at += 1,
                None | Some(b'\t' | b'\n' | b'\r') => break,
                Some(_) => return false,
            }
        }
        starts = false;
    }
    true
}

/// Guesses the delimiter: the comma, unless the first line has none and has tabs or semicolons. Quoted delimiters are
/// part of a cell.
fn guess_delimiter(head: &[u8]) -> u8 {
    const DELIMITERS: [u8; 3] = [b',', b'\t', b';'];
    let mut found = [false; DELIMITERS.len()];
    let (mut is_quoted, mut may_open) = (false, true);
    for &byte in head {
        match byte {
            b'"' if is_quoted => (is_quoted, may_open) = (false, true),
            b'"' if may_open => is_quoted = true,
            _ if is_quoted => {}
            b'\n' | b'\r' => break,
            _ => {
                let delimiter = DELIMITERS.iter().position(|&delimiter| delimiter == byte);
                may_open = delimiter.is_some();
                found[delimiter.unwrap_or(0)] |= may_open;
            }
        }
    }
    DELIMITERS.into_iter().zip(found).find_map(|(delimiter, found)| found.then_some(delimiter)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rows::article::BIGKINDS_COLUMNS;
    use crate::rows::table::Table as OwnTable;

    fn read(bytes: impl AsRef<[u8]>, delimiter: Option<u8>) -> Vec<RecordResult> {
        let reader = std::io::Cursor::new(bytes.as_ref().to_vec());
        records(reader, SourcePosition::file("a.csv"), "a".to_owned(), delimiter).collect()
    }

    fn told(reading: &RecordResult) -> String {
        match reading {
            Ok(record) => format!("{} {} {}", record.position, record.title, record.text),
            Err(failure) => failure.to_string(),
        }
    }

    #[test]
    fn headers_and_delimiters_are_found() {
        let tables = [
            ("title,text\n가,나\n", None),
            ("제목,본문\r\n가,나\r\n", None),
            ("title;text\n가;나\n", None),
            ("title\ttext\n가\t나\n", None),
            ("\"title\";\"text\";\"a, b\"\n가;나;x\n", None),
            ("title;\"a \"\"b,\"\", c\";text\n가;x;나\n", None),
            ("title\t\"a;,b\"\ttext\n가\tx\t나\n", None),
            ("title\ttext\n가\t나\n", Some(b'\t')),
            ("\"제목\",\"언론사\",\"본문\"\n\"가\",\"x\",\"나\"\n", None),
            ("text,title,인물,인물\n나,가,x,y\n", None),
        ];
        for (table, delimiter) in tables {
            let rows = read(table, delimiter);
            assert_eq!(rows.iter().map(told).collect::<Vec<_>>(), ["a.csv:2 가 나"], "{table}");
        }
    }

    #[test]
    fn bigkinds_columns_are_read() {
        let header = OwnTable::Articles.header()[..BIGKINDS_COLUMNS].join(",");
        let row = "id1,20240623,가람일보,\"김하나,이두리\",제목,정치>국회,,,재해,,,사람,,,,,본문,http://a.example,예외";
        let records = read(format!("{header}\n{row}\n"), None);
        let record = records[0].as_ref().unwrap();
        assert_eq!(record.id.to_string(), "id1");
        assert_eq!((&record.title[..], &record.text[..]), ("제목", "본문"));
        assert_eq!(record.facts.published.unwrap().to_string(), "2024-06-23");
        assert_eq!(record.facts.reporters, ["김하나", "이두리"]);
        assert_eq!(
            (&record.facts.sections[..], &record.facts.incidents[..]),
            (&["정치>국회".to_owned()][..], &["재해".to_owned()][..])
        );
        assert_eq!(record.facts.url.as_deref(), Some("http://a.example"));
        assert_eq!(record.facts.excluded.as_deref(), Some("예외"));
    }

    #[test]
    fn quoted_line_breaks_keep_the_line_numbers() {
        let rows = read("title,text\n가,\"나\n\n다\"\n라,마\n", None);
        assert_eq!(rows.iter().map(told).collect::<Vec<_>>(), ["a.csv:2 가 나\n\n다", "a.csv:5 라 마"]);
        let rows = read("title,text\r\n가,\"나\r\n다\"\r\n\r\n라,마\r\n바,사", None);
        let expected = ["a.csv:2 가 나\r\n다", "a.csv:5 라 마", "a.csv:6 바 사"];
        assert_eq!(rows.iter().map(told).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn an_open_quote_fails_its_row() {
        for end in ["", "\n", "\r\n"] {
            let rows = read(format!("title,text\n가,나\n다,\"라\n마,바{end}"), None);
            let told: Vec<_> = rows.iter().map(told).collect();
            assert_eq!(told.len(), 2, "{told:?}");
            assert_eq!(told[0], "a.csv:2 가 나");
            assert!(told[1].starts_with("a.csv:3: a quote in this row is never closed"), "{}", told[1]);
        }
        let header = read("title,\"text\n가,나\n", None);
        assert!(told(&header[0]).starts_with("a.csv: a quote in this row is never closed"), "{}", told(&header[0]));
        assert_eq!(read("title,text\n가,\"나\"", None).iter().map(told).collect::<Vec<_>>(), ["a.csv:2 가 나"]);
    }

    #[test]
    fn no_row_ends_a_table() {
        let rows = read("text\n가\n\0end of table\0\n나\n", None);
        assert_eq!(
            rows.iter().map(told).collect::<Vec<_>>(),
            ["a.csv:2  가", "a.csv:3  \0end of table\0", "a.csv:4  나"]
        );
    }

    #[test]
    fn quotes_in_tsv_are_read_as_they_are_written() {
        let cases = [
            ("title\ttext\n가\t\"나\n\"\"다\"\"\"\n", vec!["a.csv:2 가 나\n\"다\""]),
            ("title\ttext\n\"가\" 밝혀\t나\n다\t라\n", vec!["a.csv:2 \"가\" 밝혀 나", "a.csv:3 다 라"]),
            ("title\ttext\n가\t\"나\n다\t라\n", vec!["a.csv:2 가 \"나", "a.csv:3 다 라"]),
        ];
        for (table, expected) in cases {
            assert_eq!(read(table, Some(b'\t')).iter().map(told).collect::<Vec<_>>(), expected, "{table}");
        }
    }

    #[test]
    fn a_ragged_row_fails_alone() {
        let rows = read("title,text\n가\n가,나,다\n가,나,,\n가,나\n", None);
        let told: Vec<_> = rows.iter().map(told).collect();
        assert!(told[0].starts_with("a.csv:2: the row has 1 cells, the header 2"), "{}", told[0]);
        assert!(told[1].starts_with("a.csv:3: the row has 3 cells, the header 2"), "{}", told[1]);
        assert_eq!(told[2..], ["a.csv:4 가 나", "a.csv:5 가 나"]);
    }

    #[test]
    fn tables_without_text_or_rows_are_failures() {
        let cases = [
            ("", "a.csv: the file is empty"),
            ("\n", "a.csv: the file is empty"),
            ("title,text\n", "a.csv: the table has a header and no rows"),
            (
                "제목,내욘\n가,나\n",
                "a.csv: no text column: the columns are \"제목\", \"내욘\"; the text is looked for under \"text\", \"body\"",
            ),
        ];
        for (table, message) in cases {
            let rows = read(table, None);
            assert_eq!(rows.len(), 1, "{table:?}");
            assert!(told(&rows[0]).starts_with(message), "{}", told(&rows[0]));
        }
    }

    #[test]
    fn cp949_tables_are_decoded() {
        let bytes = encoding_rs::EUC_KR.encode("일자,제목,본문\n20240623,가,서울 똠방각하\n").0.into_owned();
        assert_eq!(told(&read(bytes, None)[0]), "a.csv:2 가 서울 똠방각하");
        let ascii_header = encoding_rs::EUC_KR.encode("title,text\n·,서울에서\n").0.into_owned();
        assert_eq!(told(&read(ascii_header, None)[0]), "a.csv:2 · 서울에서");
        // `책` alone passes for the UTF-8 of `å`.
        let words = encoding_rs::EUC_KR.encode("title,text\n책,책\n책,서울에서\n").0.into_owned();
        assert_eq!(read(words, None).iter().map(told).collect::<Vec<_>>(), ["a.csv:2 책 책", "a.csv:3 책 서울에서"]);
    }

    #[test]
    fn what_cannot_be_decoded_is_named_with_its_line_and_bytes() {
        let mut bytes = encoding_rs::EUC_KR.encode("title,text\n가,서울에서\n나,").0.into_owned();
        bytes.extend(b"\xff\xff\n");
        bytes.extend(&*encoding_rs::EUC_KR.encode("다,부산에서\n").0);
        let rows = read(bytes, None);
        let told: Vec<_> = rows.iter().map(told).collect();
        assert_eq!(told[0], "a.csv:2 가 서울에서");
        assert!(told[1].starts_with("a.csv:3: not UTF-8, and the bytes FF at byte 2 are no"), "{}", told[1]);
        assert_eq!(told[2], "a.csv:4 다 부산에서");
    }
}
