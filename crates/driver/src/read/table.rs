//! Tables: CSV and TSV with a header, its columns as [`Column`] knows them.
//!
//! The rows are cut as bytes and then decoded, since no byte of a delimiter, quote or line end occurs inside a character
//! of UTF-8 or CP949.

use std::io::{BufRead, Read};

use csv::{ByteRecord, Reader, ReaderBuilder};

use crate::error::{Cause, Failure};
use crate::read::columns::{Column, Values};
use crate::read::decode::Decoder;
use crate::read::line_breaks::LineBreaks;
use crate::read::{Place, Reading, Record};

/// The records of a reader. Without a delimiter it is the comma, or what the header has instead of commas: tabs or
/// semicolons. Articles without an id are named `stem:line`.
pub(crate) fn records(
    reader: impl BufRead + Send + 'static,
    place: Place,
    stem: String,
    delimiter: Option<u8>,
) -> Box<dyn Iterator<Item = Reading> + Send> {
    match Table::open(reader, place, stem, delimiter) {
        Ok(table) => Box::new(table),
        Err(failure) => Box::new(std::iter::once(Err(failure))),
    }
}

struct Table<R> {
    rows: Reader<LineBreaks<R>>,
    columns: Vec<Option<(Column, usize)>>,
    decoder: Decoder,
    place: Place,
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
    fn open(mut reader: R, place: Place, stem: String, delimiter: Option<u8>) -> Result<Table<R>, Failure> {
        let delimiter = match delimiter {
            Some(delimiter) => delimiter,
            None => guess_delimiter(reader.fill_buf().map_err(|source| Cause::Io(source).at(&place))?),
        };
        let mut rows = ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(LineBreaks::new(reader));
        let mut decoder = Decoder::default();
        let columns = columns(&mut rows, &mut decoder).map_err(|cause| cause.at(&place))?;
        Ok(Table { rows, columns, decoder, place, stem, state: State::NoRowYet })
    }

    fn record(&mut self, row: &ByteRecord, place: &Place) -> Result<Record, Cause> {
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
        values.into_record(place.clone(), || format!("{}:{}", self.stem, place.line.unwrap_or_default()))
    }
}

impl<R: BufRead> Iterator for Table<R> {
    type Item = Reading;

    fn next(&mut self) -> Option<Reading> {
        if self.state == State::Ended {
            return None;
        }
        let mut row = ByteRecord::new();
        match self.rows.read_byte_record(&mut row) {
            Ok(true) => {
                self.state = State::Reading;
                let start = row.position().map_or(0, csv::Position::byte);
                let place = self.place.line(self.rows.get_mut().line_from(start));
                Some(self.record(&row, &place).map_err(|cause| cause.at(&place)))
            }
            Ok(false) => {
                let no_rows = self.state == State::NoRowYet;
                self.state = State::Ended;
                no_rows.then(|| Err(Cause::NoRows.at(&self.place)))
            }
            Err(error) => {
                self.state = State::Ended;
                Some(Err(Cause::from(error).at(&self.place.line(self.rows.position().line()))))
            }
        }
    }
}

/// The columns of the header.
fn columns(rows: &mut Reader<impl Read>, decoder: &mut Decoder) -> Result<Vec<Option<(Column, usize)>>, Cause> {
    let header = rows.byte_headers()?;
    if header.iter().all(|cell| cell.trim_ascii().is_empty()) {
        return Err(Cause::EmptyFile);
    }
    let names = decode_row(decoder, header)?;
    let columns: Vec<_> = names.iter().map(|name| Column::of(name)).collect();
    if columns.iter().flatten().all(|(column, _)| *column != Column::Text) {
        return Err(Cause::NoTextColumn { found: names });
    }
    Ok(columns)
}

/// The cells of a row as texts. The encoding is judged over the whole row: a cell may be a single sign.
fn decode_row(decoder: &mut Decoder, row: &ByteRecord) -> Result<Vec<String>, Cause> {
    if row.iter().any(|cell| str::from_utf8(cell).is_err()) {
        decoder.decode(row.as_slice().to_vec())?;
    }
    row.iter().map(|cell| decoder.decode(cell.to_vec())).collect()
}

/// The comma, unless the first line has none and has tabs or semicolons.
fn guess_delimiter(start: &[u8]) -> u8 {
    let header = start.split(|&byte| byte == b'\n').next().unwrap_or_default();
    [b',', b'\t', b';'].into_iter().find(|delimiter| header.contains(delimiter)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: impl AsRef<[u8]>, delimiter: Option<u8>) -> Vec<Reading> {
        let reader = std::io::Cursor::new(bytes.as_ref().to_vec());
        records(reader, Place::file("a.csv"), "a".to_owned(), delimiter).collect()
    }

    fn told(reading: &Reading) -> String {
        match reading {
            Ok(record) => format!("{} {} {}", record.place, record.title, record.text),
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
        let header = crate::tables::BIGKINDS_COLUMNS.join(",");
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
    }
}
