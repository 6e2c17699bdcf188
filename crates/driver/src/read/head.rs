//! The head of a file: its first bytes, by which its encoding and quoting are recognized before it is read.

use std::io::{self, BufRead, Chain, Cursor, Read};

/// The length of a head in bytes; that of a shorter file is the whole file.
pub(crate) const HEAD_BYTES: usize = 1 << 20;

/// The first bytes of a reader, which [`before`](Head::before) gives back.
#[derive(Debug)]
pub(crate) struct Head {
    bytes: Vec<u8>,
    failure: Failed,
}

/// A reader from its beginning, whose head was read before.
pub(crate) type Whole<R> = Chain<Chain<Cursor<Vec<u8>>, Failed>, R>;

impl Head {
    /// Reads the head. A failure to read is returned again after the bytes that were read before it.
    pub(crate) fn read(reader: &mut impl Read) -> Head {
        let mut bytes = Vec::new();
        let failure = Failed(reader.take(HEAD_BYTES as u64).read_to_end(&mut bytes).err());
        Head { bytes, failure }
    }

    /// Returns the bytes.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Returns whether the file may continue after the head.
    pub(crate) fn is_cut(&self) -> bool {
        self.bytes.len() == HEAD_BYTES
    }

    /// Returns a reader of the head and what follows it.
    pub(crate) fn before<R: Read>(self, rest: R) -> Whole<R> {
        Cursor::new(self.bytes).chain(self.failure).chain(rest)
    }
}

/// A reader that fails once, where there was a failure, and is at its end otherwise.
#[derive(Debug)]
pub(crate) struct Failed(Option<io::Error>);

impl Read for Failed {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

impl BufRead for Failed {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.0.take().map_or(Ok(&[]), Err)
    }

    fn consume(&mut self, _: usize) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_is_read_after_its_head() {
        for length in [0, 1, HEAD_BYTES - 1, HEAD_BYTES, HEAD_BYTES + 1] {
            let file: Vec<u8> = (0..=250).cycle().take(length).collect();
            let mut rest = &file[..];
            let head = Head::read(&mut rest);
            assert_eq!(head.is_cut(), length >= HEAD_BYTES);
            assert_eq!(head.bytes(), &file[..length.min(HEAD_BYTES)]);
            let mut whole = Vec::new();
            head.before(rest).read_to_end(&mut whole).unwrap();
            assert!(whole == file, "{length}");
        }
    }

    #[test]
    fn a_failure_comes_after_what_was_read_before_it() {
        let mut reader = (&b"ab"[..]).chain(Failed(Some(io::Error::other("unplugged"))));
        let head = Head::read(&mut reader);
        let mut whole = head.before(reader);
        let mut line = Vec::new();
        assert_eq!(whole.read_until(b'\n', &mut line).unwrap_err().to_string(), "unplugged");
        assert_eq!(line, b"ab");
    }
}
