//! The reader of gold files: opens a file and reads its documents one by one, in the format that its extension names.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use gisa_text::Label;

use crate::document::{GoldDocument, GoldLabel};
use crate::error::Error;
use crate::jsonl;
use crate::klue::KlueReader;
use crate::lines::Lines;

/// The format of a gold file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum GoldFormat {
    /// KLUE-NER's format: a character and its tag on each line.
    Klue,
    /// JSON Lines: an object on each line, with the text and its mentions.
    JsonLines,
}

impl GoldFormat {
    /// Returns the format that a file's extension names: KLUE-NER for `.tsv` and `.txt`, JSON Lines for `.jsonl`.
    pub fn from_path(path: impl AsRef<Path>) -> Option<GoldFormat> {
        let extension = path.as_ref().extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "tsv" | "txt" => Some(GoldFormat::Klue),
            "jsonl" => Some(GoldFormat::JsonLines),
            _ => None,
        }
    }
}

/// Reads gold documents one by one.
///
/// An invalid document is skipped and yields an [`Error::Line`]; the reader continues with the next document, so one
/// pass can report every error of a file. After an [`Error::Io`] it ends.
///
/// Lines may end with `\n` or `\r\n`, and a byte-order mark at the start of the file is ignored.
///
/// ```
/// use gisa_gold::{GoldFormat, GoldReader};
/// use gisa_text::Label;
///
/// let file = "## 1-wikitree\t<이장우:PS> 시장\n이\tB-PS\n장\tI-PS\n우\tI-PS\n \tO\n시\tO\n장\tO\n\n";
/// let documents = GoldReader::from_reader(file.as_bytes(), "gold.tsv", GoldFormat::Klue)
///     .collect::<Result<Vec<_>, _>>()?;
///
/// assert_eq!(documents.len(), 1);
/// assert_eq!(documents[0].source.as_deref(), Some("wikitree"));
/// assert_eq!(documents[0].text, "이장우 시장");
/// assert_eq!(documents[0].mentions[0].label, Label::Person);
/// assert_eq!(documents[0].mentions[0].chars, 0..3);
/// # Ok::<(), gisa_gold::Error>(())
/// ```
#[derive(Debug)]
pub struct GoldReader<R, L = Label> {
    lines: Lines<R>,
    format: FormatReader<L>,
    done: bool,
}

/// The reader of a format, with its state between two documents.
#[derive(Debug)]
enum FormatReader<L> {
    Klue(KlueReader<L>),
    JsonLines,
}

impl GoldReader<File> {
    /// Opens a file in the format that its extension names ([`GoldFormat::from_path`]).
    ///
    /// # Errors
    ///
    /// Returns [`Error::Io`] when the file cannot be opened or its extension names no format.
    pub fn from_path(path: impl AsRef<Path>) -> Result<GoldReader<File>, Error> {
        let path = path.as_ref();
        let error = |source| Error::Io { path: path.to_owned(), source };
        let format = GoldFormat::from_path(path).ok_or_else(|| {
            let cause = "the extension of a gold file is .tsv or .txt (KLUE-NER), or .jsonl (JSON Lines)";
            error(io::Error::new(io::ErrorKind::InvalidInput, cause))
        })?;
        let file = File::open(path).map_err(error)?;
        Ok(GoldReader::from_reader(file, path, format))
    }
}

impl<R: Read> GoldReader<R> {
    /// Reads from a source, which need not be buffered. The path is used in messages only.
    pub fn from_reader(reader: R, path: impl AsRef<Path>, format: GoldFormat) -> GoldReader<R> {
        GoldReader::new(reader, path.as_ref(), format)
    }
}

impl<R: Read> GoldReader<R, String> {
    /// Reads from a source as [`from_reader`](GoldReader::from_reader) does, and accepts any word as a label.
    pub fn with_any_labels(reader: R, path: impl AsRef<Path>, format: GoldFormat) -> GoldReader<R, String> {
        GoldReader::new(reader, path.as_ref(), format)
    }
}

impl<R: Read, L: GoldLabel> GoldReader<R, L> {
    fn new(reader: R, path: &Path, format: GoldFormat) -> GoldReader<R, L> {
        let format = match format {
            GoldFormat::Klue => FormatReader::Klue(KlueReader::new()),
            GoldFormat::JsonLines => FormatReader::JsonLines,
        };
        GoldReader { lines: Lines::new(reader, path), format, done: false }
    }
}

impl<R: Read, L: GoldLabel> Iterator for GoldReader<R, L> {
    type Item = Result<GoldDocument<L>, Error>;

    fn next(&mut self) -> Option<Result<GoldDocument<L>, Error>> {
        if self.done {
            return None;
        }
        let document = match &mut self.format {
            FormatReader::Klue(reader) => reader.next_document(&mut self.lines),
            FormatReader::JsonLines => jsonl::next_document(&mut self.lines),
        };
        self.done = document.is_none() || self.lines.has_failed();
        document
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    fn read(format: GoldFormat, file: impl AsRef<[u8]>) -> Vec<Result<GoldDocument, String>> {
        GoldReader::from_reader(file.as_ref(), "gold", format)
            .map(|document| document.map_err(|error| error.to_string()))
            .collect()
    }

    /// Renders a document as `line id [source] text: start..end label, …`.
    fn render(document: &Result<GoldDocument, String>) -> String {
        match document {
            Ok(d) => {
                let mentions: Vec<String> =
                    d.mentions.iter().map(|m| format!("{}..{} {}", m.chars.start, m.chars.end, m.label)).collect();
                let source = d.source.as_deref().unwrap_or("-");
                format!("{} {} [{source}] {:?}: {}", d.line, d.id, d.text, mentions.join(", "))
            }
            Err(error) => error.clone(),
        }
    }

    /// Reads a file and renders its documents and errors, one string each.
    pub(crate) fn read_and_render(format: GoldFormat, file: impl AsRef<[u8]>) -> Vec<String> {
        read(format, file).iter().map(render).collect()
    }

    #[test]
    fn any_labels_are_read_and_mapped() {
        let file = r#"{"id":"1-a","text":"김해 축제","spans":[[0,2,"LC"],[3,5,"EVENT"]]}"#;
        let mut reader = GoldReader::with_any_labels(file.as_bytes(), "gold", GoldFormat::JsonLines);
        let document = reader.next().unwrap().unwrap().map_labels(|name| Label::named(name));
        let rendered = render(&Ok(document.clone()));
        assert_eq!(rendered, r#"1 1-a [a] "김해 축제": 0..2 LC, 3..5 EVENT"#);
        assert_eq!(document.mentions[0].label, Label::Location);
        assert!(document.mentions[1].label.is_own());
    }

    #[test]
    fn an_empty_label_is_an_error_among_any_labels() {
        for (format, file, expected) in [
            (
                GoldFormat::Klue,
                "김\tB-\n",
                "gold:1: the label is empty; a tag is O, or B- or I- and a label, as in B-PS",
            ),
            (GoldFormat::JsonLines, r#"{"text":"김","spans":[[0,1,""]]}"#, "gold:1: the label at 0..1 is empty"),
        ] {
            let mut reader = GoldReader::with_any_labels(file.as_bytes(), "gold", format);
            assert_eq!(reader.next().unwrap().unwrap_err().to_string(), expected);
        }
    }

    #[test]
    fn the_publication_day_is_read() {
        for (field, expected) in [
            (r#""published":"2024-06-23","#, Some("2024-06-23")),
            (r#""published":"20240623","#, Some("2024-06-23")),
            (r#""published":null,"#, None),
            ("", None),
        ] {
            let json = format!(r#"{{{field}"text":"김해","spans":[]}}"#);
            let document = read(GoldFormat::JsonLines, json).remove(0).unwrap();
            assert_eq!(document.published.map(|day| day.to_string()).as_deref(), expected);
            assert_eq!(document.document().text, "김해");
            assert_eq!(document.document().published, document.published);
        }
    }

    #[test]
    fn an_extension_tells_the_form() {
        for (path, expected) in [
            ("a/b.tsv", Some(GoldFormat::Klue)),
            ("b.TXT", Some(GoldFormat::Klue)),
            ("b.jsonl", Some(GoldFormat::JsonLines)),
            ("b.json", None),
            ("b.tsv.gz", None),
            ("tsv", None),
        ] {
            assert_eq!(GoldFormat::from_path(path), expected, "{path}");
        }
    }

    #[test]
    fn files_that_cannot_be_opened_are_named() {
        let message = |path: &str| GoldReader::from_path(path).unwrap_err().to_string();
        assert!(message("no/such.tsv").starts_with("no/such.tsv: "), "{}", message("no/such.tsv"));
        assert_eq!(
            message("no/such.csv"),
            "no/such.csv: the extension of a gold file is .tsv or .txt (KLUE-NER), or .jsonl (JSON Lines)",
        );
    }

    #[test]
    fn reading_ends_after_a_failed_read() {
        struct Failing;
        impl Read for Failing {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("unplugged"))
            }
        }
        for format in [GoldFormat::Klue, GoldFormat::JsonLines] {
            let read: Vec<String> = GoldReader::from_reader(Failing, "gold", format)
                .map(|document| document.unwrap_err().to_string())
                .collect();
            assert_eq!(read, ["gold: unplugged"]);
        }
    }
}
