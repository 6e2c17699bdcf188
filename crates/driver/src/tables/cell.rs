//! Cells: texts as a spreadsheet may have them, and rows of them as bytes.

use std::borrow::Cow;
use std::io;

use csv::{Terminator, Writer, WriterBuilder};

/// A text as a cell. One that begins as a formula does (`=`, `+`, `-`, `@`, tab, carriage return) gets an apostrophe
/// before it, which tells spreadsheets that it is text: a headline `=HYPERLINK(…)` must not run on the reader's machine.
pub(super) fn text(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}").into() } else { text.into() }
}

/// Several texts in one cell.
pub(super) fn joined<'t>(texts: impl IntoIterator<Item = &'t str>, separator: &str) -> Cow<'static, str> {
    let joined = texts.into_iter().collect::<Vec<_>>().join(separator);
    text(&joined).into_owned().into()
}

/// Rows as CSV: RFC 4180, lines ended by CR LF.
pub(super) struct RowWriter(Writer<Vec<u8>>);

impl RowWriter {
    pub(super) fn new() -> RowWriter {
        RowWriter(WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new()))
    }

    pub(super) fn write<T: AsRef<[u8]>>(&mut self, cells: impl IntoIterator<Item = T>) -> io::Result<()> {
        self.0.write_record(cells).map_err(io::Error::from)
    }

    pub(super) fn into_bytes(self) -> io::Result<Vec<u8>> {
        self.0.into_inner().map_err(|error| io::Error::from(error.error().kind()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_neutralised() {
        let cases = [
            ("=1+1", "'=1+1"),
            ("+82-42-000-0000", "'+82-42-000-0000"),
            ("-15도 한파", "'-15도 한파"),
            ("@here", "'@here"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            ("", ""),
            ("1=1", "1=1"),
            ("'=1", "'=1"),
            ("서울-부산", "서울-부산"),
        ];
        for (given, expected) in cases {
            assert_eq!(text(given), expected);
        }
        assert_eq!(joined(["=가", "나"], ","), "'=가,나");
    }

    #[test]
    fn rows_are_rfc_4180() {
        let mut rows = RowWriter::new();
        rows.write(["가", "나,다", "\"라\"", "마\n바", ""]).unwrap();
        assert_eq!(rows.into_bytes().unwrap(), "가,\"나,다\",\"\"\"라\"\"\",\"마\n바\",\r\n".as_bytes());
    }
}
