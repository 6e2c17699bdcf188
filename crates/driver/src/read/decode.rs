//! Decoding: bytes to text. UTF-8 with or without a byte-order mark, UTF-16 with one, and EUC-KR/CP949, in which older
//! corpora and Excel's Korean CSV are written.

use std::io::{self, BufRead, BufReader, Read};

use encoding_rs::{CoderResult, Decoder as Transcoder, EUC_KR, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::error::Cause;

/// Decodes the lines, rows or pages of one file.
///
/// EUC-KR/CP949 has no mark, and bytes of other encodings often pass for it; so the first of a file's stretches that is
/// no UTF-8 must come out mostly in Hangul. After that the file is known to be Korean.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Decoder {
    korean: bool,
}

impl Decoder {
    /// The text of the bytes.
    ///
    /// # Errors
    ///
    /// When the bytes are neither UTF-8 nor Korean in EUC-KR/CP949.
    pub(crate) fn decode(&mut self, bytes: Vec<u8>) -> Result<String, Cause> {
        String::from_utf8(bytes).or_else(|error| {
            let at = error.utf8_error().valid_up_to();
            self.decode_korean(error.as_bytes()).ok_or(Cause::Encoding { at })
        })
    }

    fn decode_korean(&mut self, bytes: &[u8]) -> Option<String> {
        let text = EUC_KR.decode_without_bom_handling_and_without_replacement(bytes)?;
        if !self.korean && !is_mostly_hangul(&text) {
            return None;
        }
        self.korean = true;
        Some(text.into_owned())
    }
}

/// Whether at least four of five letters beyond ASCII are Hangul syllables. Korean newspapers have a Chinese character
/// here and there; Chinese, Japanese and Western bytes read as EUC-KR have fewer syllables than that.
fn is_mostly_hangul(text: &str) -> bool {
    let letters = text.chars().filter(|c| !c.is_ascii() && c.is_alphabetic());
    let (hangul, all) =
        letters.fold((0, 0), |(hangul, all), letter| (hangul + usize::from(matches!(letter, '가'..='힣')), all + 1));
    hangul > 0 && hangul * 5 >= all * 4
}

/// A reader of the same text without its byte-order mark, in UTF-8 if the mark says UTF-16.
///
/// # Errors
///
/// When the first bytes cannot be read.
pub(crate) fn without_mark(mut reader: impl BufRead + Send + 'static) -> io::Result<Box<dyn BufRead + Send>> {
    let mut head = Vec::with_capacity(3);
    reader.by_ref().take(3).read_to_end(&mut head)?;
    let (encoding, mark) = Encoding::for_bom(&head).unwrap_or((UTF_8, 0));
    let rest = io::Cursor::new(head.split_off(mark)).chain(reader);
    if encoding == UTF_16LE || encoding == UTF_16BE {
        return Ok(Box::new(BufReader::new(Utf16Reader::new(rest, encoding))));
    }
    Ok(Box::new(rest))
}

/// Turns UTF-16 into UTF-8 as it is read.
struct Utf16Reader<R> {
    inner: R,
    transcoder: Transcoder,
    pending: String,
    given: usize,
    at_end: bool,
}

impl<R: Read> Utf16Reader<R> {
    fn new(inner: R, encoding: &'static Encoding) -> Utf16Reader<R> {
        let transcoder = encoding.new_decoder_without_bom_handling();
        Utf16Reader { inner, transcoder, pending: String::new(), given: 0, at_end: false }
    }

    fn refill(&mut self) -> io::Result<()> {
        let mut raw = [0; 8192];
        let count = self.inner.read(&mut raw)?;
        self.at_end = count == 0;
        self.pending.clear();
        self.given = 0;
        self.pending.reserve(self.transcoder.max_utf8_buffer_length(count).unwrap_or(4 * raw.len()));
        let (result, _, malformed) = self.transcoder.decode_to_string(&raw[..count], &mut self.pending, self.at_end);
        debug_assert_eq!(result, CoderResult::InputEmpty);
        if malformed {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "the mark says UTF-16, but the bytes are not"));
        }
        Ok(())
    }
}

impl<R: Read> Read for Utf16Reader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.pending.len() && !self.at_end {
            self.refill()?;
        }
        let rest = &self.pending.as_bytes()[self.given..];
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        self.given += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn euc_kr(text: &str) -> Vec<u8> {
        EUC_KR.encode(text).0.into_owned()
    }

    fn read_all(bytes: &[u8]) -> io::Result<String> {
        let mut text = String::new();
        without_mark(io::Cursor::new(bytes.to_vec()))?.read_to_string(&mut text)?;
        Ok(text)
    }

    #[test]
    fn korean_bytes_are_decoded() {
        let text = "이 시장은 “과학·경제 협력”을 위해 美 시애틀로 떠났다.";
        assert_eq!(Decoder::default().decode(text.as_bytes().to_vec()).unwrap(), text);
        assert_eq!(Decoder::default().decode(euc_kr(text)).unwrap(), text);
        // CP949 has the syllables that EUC-KR lacks.
        assert_eq!(Decoder::default().decode(euc_kr("펲시맨 똠방각하")).unwrap(), "펲시맨 똠방각하");
    }

    #[test]
    fn a_file_once_known_as_korean_stays_so() {
        let mut decoder = Decoder::default();
        assert!(decoder.decode(euc_kr("“…”")).is_err());
        assert!(decoder.decode(euc_kr("한글")).is_ok());
        assert_eq!(decoder.decode(euc_kr("“…”")).unwrap(), "“…”");
    }

    #[test]
    fn other_bytes_are_refused() {
        let cases: [(&str, &[u8]); 4] = [
            ("Latin-1", b"caf\xe9 au lait, d\xe9j\xe0 vu"),
            ("Shift-JIS", b"\x93\xfa\x96{\x82\xcc\x90V\x95\xb7\x82\xc5\x82\xb7"),
            ("EUC-JP", b"\xc6\xfc\xcb\xdc\xa4\xce\xbf\xb7\xca\xb9\xa4\xc7\xa4\xb9"),
            ("noise", b"\x00\xff\xfe\xfd\x80\x81"),
        ];
        for (name, bytes) in cases {
            assert!(Decoder::default().decode(bytes.to_vec()).is_err(), "{name}");
        }
    }

    #[test]
    fn marks_are_taken_off() {
        let utf_16 = |from: fn(u16) -> [u8; 2]| "\u{feff}서울\n😀".encode_utf16().flat_map(from).collect::<Vec<u8>>();
        assert_eq!(read_all("\u{feff}서울".as_bytes()).unwrap(), "서울");
        assert_eq!(read_all(&utf_16(u16::to_le_bytes)).unwrap(), "서울\n😀");
        assert_eq!(read_all(&utf_16(u16::to_be_bytes)).unwrap(), "서울\n😀");
        for text in ["", "a", "서"] {
            assert_eq!(read_all(text.as_bytes()).unwrap(), text);
        }
        assert!(read_all(b"\xff\xfe\x00\xd8a").is_err());
    }

    #[test]
    fn long_utf_16_is_read_to_its_end() {
        let text = "대전시는 밝혔다. ".repeat(5000);
        let bytes: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read_all(&bytes).unwrap(), text);
    }
}
