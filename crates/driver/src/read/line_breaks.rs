//! Line numbers: the line of a byte of a stream.
//!
//! The `csv` crate says at which byte it began to look for a row, but it counts the line break of a row that ends in
//! CR LF, and blank lines, to the row that follows; a row is named here by the line that it really begins on.

use std::collections::VecDeque;
use std::io::{self, Read};

/// A reader that remembers the line breaks it has passed on.
pub(crate) struct LineBreaks<R> {
    inner: R,
    bytes: u64,
    breaks: VecDeque<(u64, u8)>,
    lines: u64,
}

impl<R> LineBreaks<R> {
    pub(crate) fn new(inner: R) -> LineBreaks<R> {
        LineBreaks { inner, bytes: 0, breaks: VecDeque::new(), lines: 0 }
    }

    /// Returns the number of bytes passed on.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Returns the line, counted from 1, of the first byte from here on that is no line break. Bytes must be
    /// asked for in ascending order.
    pub(crate) fn line_from(&mut self, byte: u64) -> u64 {
        let mut start = byte;
        while let Some(&(at, sign)) = self.breaks.front() {
            if at > start {
                break;
            }
            if at == start {
                start += 1;
            }
            self.lines += u64::from(sign == b'\n');
            self.breaks.pop_front();
        }
        self.lines + 1
    }
}

impl<R: Read> Read for LineBreaks<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        let breaks = buffer[..count].iter().zip(self.bytes..).filter(|(byte, _)| matches!(byte, b'\n' | b'\r'));
        self.breaks.extend(breaks.map(|(&byte, at)| (at, byte)));
        self.bytes += count as u64;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_those_of_the_next_word() {
        let text = "a\r\nb\n\n\r\nc\"\n\"d\ne";
        let mut reader = LineBreaks::new(text.as_bytes());
        io::copy(&mut reader, &mut io::sink()).unwrap();
        // The byte after `a`, and the one after its CR, are where a row may begin that then begins at `b`.
        let lines: Vec<_> = [0, 2, 4, 8, 13].into_iter().map(|byte| reader.line_from(byte)).collect();
        assert_eq!(lines, [1, 2, 5, 5, 7]);
    }
}
