//! A `.txt` file: one article, with or without the page around it.

use std::io::Read;

use crate::error::Cause;
use crate::read::decode::Decoder;
use crate::record::{Facts, Id, Record, RecordResult, Shape};
use crate::source_position::SourcePosition;

/// Reads the record of a page. Its id is the name of the file, its text the whole file.
pub(crate) fn read(mut reader: impl Read, position: &SourcePosition, stem: &str) -> RecordResult {
    let mut bytes = Vec::new();
    reader
        .read_to_end(&mut bytes)
        .map_err(Cause::Io)
        .and_then(|_| Decoder::default().decode(bytes))
        .and_then(|text| if text.trim().is_empty() { Err(Cause::EmptyFile) } else { Ok(text) })
        .map(|text| Record {
            id: Id::Text(stem.to_owned()),
            position: position.clone(),
            shape: Shape::Page,
            facts: Facts::default(),
            title: String::new(),
            text,
        })
        .map_err(|cause| cause.at(position))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_its_whole_file() {
        let record = read("제목\r\n\r\n본문.\n".as_bytes(), &SourcePosition::file("x/a.txt"), "a").unwrap();
        assert_eq!(record.text, "제목\r\n\r\n본문.\n");
        assert_eq!(record.id.to_string(), "a");
    }

    #[test]
    fn empty_and_foreign_pages_are_refused() {
        let cases: [(&[u8], &str); 3] = [
            (b"", "a.txt: the file is empty"),
            (b" \n\n", "a.txt: the file is empty"),
            (b"\xff\xff\xff", "a.txt: not UTF-8 (invalid at byte 0)"),
        ];
        for (bytes, message) in cases {
            let failure = read(bytes, &SourcePosition::file("a.txt"), "a").unwrap_err().to_string();
            assert!(failure.starts_with(message), "{failure}");
        }
    }
}
