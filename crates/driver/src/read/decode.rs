//! Decoding: bytes to text. UTF-8 with or without a byte-order mark, UTF-16 with one, and EUC-KR/CP949, in which older
//! corpora and Excel's Korean CSV are written.
//!
//! A file is taken to be in one encoding, which its head decides; a line or row in the other is read nevertheless where
//! it can be nothing else, since files are joined from others.

use std::io::{self, BufRead, BufReader, Read};

use encoding_rs::{Decoder as Transcoder, DecoderResult, EUC_KR, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::error::Cause;
use crate::read::head::Head;

/// Decodes the units of one file: its lines, its rows, or all of it.
///
/// EUC-KR/CP949 has no mark, and bytes of other encodings often pass for it; so the first unit that is not UTF-8 must
/// come out mostly in Hangul, unless the head of the file has shown that the file is Korean.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Decoder {
    file: FileEncoding,
}

/// The encoding of a file, as far as it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum FileEncoding {
    /// UTF-8, as far as is known.
    #[default]
    Utf8,
    /// UTF-8, but there were units in EUC-KR/CP949.
    Mixed,
    /// EUC-KR/CP949. Some words in it pass for UTF-8 when they stand alone: `책` for `å`.
    Korean,
}

/// The encoding of a line or row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UnitEncoding {
    Utf8,
    Korean,
}

impl Decoder {
    /// Decides the encoding of a file by the lines of its head: Korean, when more of them can only be Korean than only
    /// be UTF-8.
    pub(crate) fn for_file(head: &Head) -> Decoder {
        let mut lines: Vec<&[u8]> = head.bytes().split(|&byte| byte == b'\n').collect();
        if head.is_cut() {
            lines.pop();
        }
        let (mut utf8, mut korean) = (0, 0);
        for line in lines.into_iter().filter(|line| !line.is_ascii()) {
            match str::from_utf8(line) {
                Ok(text) => utf8 += usize::from(is_mostly_hangul(text)),
                Err(_) => korean += usize::from(decode_korean(line).is_ok_and(|text| is_mostly_hangul(&text))),
            }
        }
        Decoder { file: if korean > utf8 { FileEncoding::Korean } else { FileEncoding::Utf8 } }
    }

    /// Returns the text of a unit.
    ///
    /// # Errors
    ///
    /// When the bytes are neither UTF-8 nor Korean in EUC-KR/CP949.
    pub(crate) fn decode(&mut self, bytes: Vec<u8>) -> Result<String, Cause> {
        if self.file == FileEncoding::Korean {
            return self.encoding_of(&bytes)?.decode(&bytes);
        }
        String::from_utf8(bytes).or_else(|error| self.encoding_of(error.as_bytes())?.decode(error.as_bytes()))
    }

    /// Returns the encoding of a unit.
    ///
    /// # Errors
    ///
    /// When the bytes are neither UTF-8 nor Korean in EUC-KR/CP949.
    pub(crate) fn encoding_of(&mut self, bytes: &[u8]) -> Result<UnitEncoding, Cause> {
        let utf8 = str::from_utf8(bytes);
        match (self.file, utf8) {
            (FileEncoding::Utf8 | FileEncoding::Mixed, Ok(_)) => Ok(UnitEncoding::Utf8),
            (FileEncoding::Utf8 | FileEncoding::Mixed, Err(error)) => {
                let is_korean =
                    decode_korean(bytes).is_ok_and(|text| self.file == FileEncoding::Mixed || is_mostly_hangul(&text));
                if !is_korean {
                    return Err(not_utf8(error));
                }
                self.file = FileEncoding::Mixed;
                Ok(UnitEncoding::Korean)
            }
            (FileEncoding::Korean, Ok(text)) if text.is_ascii() || is_mostly_hangul(text) => Ok(UnitEncoding::Utf8),
            (FileEncoding::Korean, utf8) => match decode_korean(bytes) {
                Ok(_) => Ok(UnitEncoding::Korean),
                Err(_) if utf8.is_ok() => Ok(UnitEncoding::Utf8),
                Err(cause) => Err(cause),
            },
        }
    }
}

impl UnitEncoding {
    /// Returns the text of a part of the unit.
    ///
    /// # Errors
    ///
    /// When a character of the unit was cut by the part.
    pub(crate) fn decode(self, bytes: &[u8]) -> Result<String, Cause> {
        match self {
            UnitEncoding::Utf8 => str::from_utf8(bytes).map(str::to_owned).map_err(not_utf8),
            UnitEncoding::Korean => decode_korean(bytes),
        }
    }
}

fn not_utf8(error: std::str::Utf8Error) -> Cause {
    Cause::Encoding { at: error.valid_up_to() }
}

/// Decodes EUC-KR/CP949, or returns the first invalid bytes.
fn decode_korean(bytes: &[u8]) -> Result<String, Cause> {
    let mut transcoder = EUC_KR.new_decoder_without_bom_handling();
    let most = transcoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(3 * bytes.len());
    let mut text = String::with_capacity(most);
    match transcoder.decode_to_string_without_replacement(bytes, &mut text, true) {
        (DecoderResult::Malformed(length, after), read) => {
            let end = read - usize::from(after);
            let at = end - usize::from(length);
            Err(Cause::KoreanEncoding { at, bytes: bytes[at..end].to_vec() })
        }
        _ => Ok(text),
    }
}

/// Returns whether at least four of five letters beyond ASCII are Hangul syllables. Korean newspapers have a Chinese
/// character here and there; Chinese, Japanese and Western bytes read as EUC-KR have fewer syllables than that.
fn is_mostly_hangul(text: &str) -> bool {
    let (mut hangul, mut others) = (0, 0);
    for c in text.chars().filter(|c| !c.is_ascii()) {
        if matches!(c, '가'..='힣') {
            hangul += 1;
        } else if c.is_alphabetic() {
            others += 1;
        }
    }
    hangul > 0 && hangul >= others * 4
}

/// Returns a reader of the same text without its byte-order mark, in UTF-8 if the mark says UTF-16.
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
///
/// The crate `encoding_rs_io` does the same, but puts U+FFFD where the bytes are not UTF-16, and a corpus that was cut
/// or joined in the wrong place would be read without a word.
struct Utf16Reader<R> {
    inner: R,
    transcoder: Transcoder,
    pending: String,
    given: usize,
    read: u64,
    failure: Option<io::Error>,
    at_end: bool,
}

impl<R: Read> Utf16Reader<R> {
    fn new(inner: R, encoding: &'static Encoding) -> Utf16Reader<R> {
        let transcoder = encoding.new_decoder_without_bom_handling();
        let (pending, given, read) = (String::new(), 0, 0);
        Utf16Reader { inner, transcoder, pending, given, read, failure: None, at_end: false }
    }

    /// Decodes the next bytes. A failure is returned after the text before it.
    fn refill(&mut self) -> io::Result<()> {
        if let Some(failure) = self.failure.take() {
            self.at_end = true;
            return Err(failure);
        }
        let mut raw = [0; 8192];
        let count = self.inner.read(&mut raw)?;
        self.at_end = count == 0;
        self.pending.clear();
        self.given = 0;
        let most = self.transcoder.max_utf8_buffer_length_without_replacement(count).unwrap_or(4 * raw.len());
        self.pending.reserve(most);
        let decoded =
            self.transcoder.decode_to_string_without_replacement(&raw[..count], &mut self.pending, self.at_end);
        if let (DecoderResult::Malformed(..), read) = decoded {
            // The mark has two bytes.
            let message =
                format!("the mark says UTF-16, but the bytes before byte {} are not", self.read + read as u64 + 2);
            self.failure = Some(io::Error::new(io::ErrorKind::InvalidData, message));
            self.at_end = false;
        }
        self.read += count as u64;
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
    fn a_korean_file_is_korean_in_every_line() {
        let file = euc_kr("구분,제목\n책,“…”\n“…”,책\n");
        let mut decoder = Decoder::for_file(&Head::read(&mut &file[..]));
        for text in ["책", "“…”", "구분", "id", ""] {
            assert_eq!(decoder.decode(euc_kr(text)).unwrap(), text);
        }
        // A line of another file, which can only be UTF-8.
        assert_eq!(decoder.decode("서울시청".into()).unwrap(), "서울시청");
        let message = decoder.decode([&euc_kr("책 "), &b"\xff\xff"[..]].concat()).unwrap_err().to_string();
        assert!(message.contains("bytes FF at byte 3"), "{message}");
    }

    #[test]
    fn most_lines_decide() {
        let korean = [euc_kr("서울\n"), b"\xff\xff\n".to_vec(), euc_kr("부산\n대전\n"), "세종\n".into()].concat();
        let mut decoder = Decoder::for_file(&Head::read(&mut &korean[..]));
        assert_eq!(decoder.decode(euc_kr("책")).unwrap(), "책");
        let utf8 = ["서울\nå\n".into(), euc_kr("부산\n")].concat();
        let mut decoder = Decoder::for_file(&Head::read(&mut &utf8[..]));
        assert_eq!(decoder.decode("å".into()).unwrap(), "å");
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
    fn what_stands_before_a_failure_is_read() {
        let mut reader = without_mark(&b"\xff\xfea\x00\n\x00b\x00\x00\xd8c\x00"[..]).unwrap();
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        assert_eq!(line, "a\n");
        let message = reader.read_line(&mut line).unwrap_err().to_string();
        assert!(message.starts_with("the mark says UTF-16"), "{message}");
        assert_eq!(reader.read_line(&mut line).unwrap(), 0);
    }

    #[test]
    fn long_utf_16_is_read_to_its_end() {
        let text = "대전시는 밝혔다. ".repeat(5000);
        let bytes: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read_all(&bytes).unwrap(), text);
    }
}
