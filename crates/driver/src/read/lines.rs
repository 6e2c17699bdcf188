//! The lines of a file, decoded, with their numbers.

use std::io::BufRead;

use crate::error::Cause;
use crate::read::decode::Decoder;
use crate::read::head::{Head, Whole};

/// Iterates over the lines of a reader, numbered from 1, without their line ends. The head of the file decides its
/// encoding, and a line that is not in it spoils no other. After a failure to read there is no further line.
#[derive(Debug)]
pub struct Lines<R> {
    reader: Whole<R>,
    decoder: Decoder,
    line: u64,
    ended: bool,
}

impl<R: BufRead> Lines<R> {
    /// Reads the head of a reader, of which the lines are.
    pub fn new(mut reader: R) -> Lines<R> {
        let head = Head::read(&mut reader);
        Lines { decoder: Decoder::for_file(&head), reader: head.before(reader), line: 0, ended: false }
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = (u64, Result<String, Cause>);

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        self.line += 1;
        let mut bytes = Vec::new();
        match self.reader.read_until(b'\n', &mut bytes) {
            Ok(0) => {
                self.ended = true;
                None
            }
            Ok(_) => Some((self.line, self.decoder.decode(without_line_end(bytes)))),
            Err(source) => {
                self.ended = true;
                Some((self.line, Err(Cause::Io(source))))
            }
        }
    }
}

fn without_line_end(mut bytes: Vec<u8>) -> Vec<u8> {
    if bytes.last() == Some(&b'\n') {
        bytes.pop();
        if bytes.last() == Some(&b'\r') {
            bytes.pop();
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_numbered_and_bare() {
        let lines: Vec<_> =
            Lines::new("가\r\n\n나\n\rx".as_bytes()).map(|(line, text)| (line, text.unwrap())).collect();
        let expected = [(1, "가"), (2, ""), (3, "나"), (4, "\rx")];
        assert_eq!(lines, expected.map(|(line, text)| (line, text.to_owned())));
    }

    #[test]
    fn the_lines_of_a_korean_file_are_korean() {
        let file = encoding_rs::EUC_KR.encode("책\n서울\n").0;
        let lines: Vec<_> = Lines::new(&*file).map(|(_, text)| text.unwrap()).collect();
        assert_eq!(lines, ["책", "서울"]);
    }

    #[test]
    fn a_bad_line_spoils_no_other() {
        let lines: Vec<bool> = Lines::new(&b"a\n\xff\xff\nb\n"[..]).map(|(_, text)| text.is_ok()).collect();
        assert_eq!(lines, [true, false, true]);
    }
}
