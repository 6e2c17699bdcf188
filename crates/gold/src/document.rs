//! Gold documents: texts whose mentions people marked, read from the two forms in which such corpora come.
//!
//! [`GoldReader`] reads them one by one; what it gives goes into an [`Evaluation`](crate::Evaluation)
//! together with the mentions that a tagger found, or into training.
//!
//! KLUE-NER (`.tsv`, `.txt`): one sentence after the other, a blank line after each. A sentence is a head line and a
//! line for each character, spaces too, with its tag in the IOB2 scheme:
//!
//! ```text
//! ## klue-ner-v1_dev_00001-wikitree<TAB><이장우:PS> 시장은
//! 이<TAB>B-PS
//! 장<TAB>I-PS
//! 우<TAB>I-PS
//!  <TAB>O
//! …
//! ```
//!
//! JSON Lines (`.jsonl`): one object a line, with `spans` of start, end and label, or with `mentions` as `gisa tag`
//! writes them; either way the offsets count characters. Other fields are passed over.
//!
//! ```text
//! {"id": "1", "published": "2024-06-23", "text": "이장우 시장은", "spans": [[0, 3, "PS"]]}
//! {"id": "2", "text": "이장우 시장은", "mentions": [{"start": 0, "end": 3, "label": "PS"}]}
//! ```

use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use gisa_text::{Day, Document, Label};

use crate::Error;

/// A text with the mentions that people marked in it.
///
/// Its labels are those of this project, or with [`GoldReader::with_any_labels`] any words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoldDocument<L = Label> {
    /// The id that the file gives, or the number of the line where it gives none.
    pub id: String,
    /// Where the text comes from, as far as the id tells: what stands after its last hyphen, when that is a word of
    /// letters only. KLUE-NER's ids end so: `klue-ner-v1_dev_00001-wikitree` is news, `…-nsmc` a film review.
    pub source: Option<String>,
    /// The text.
    pub text: String,
    /// The day of publication, where the file gives it.
    pub published: Option<Day>,
    /// The mentions in the order of the text. They lie in the text and do not overlap.
    pub mentions: Vec<GoldMention<L>>,
    /// The line of the file on which the document begins, counted from 1.
    pub line: u64,
}

impl<L> GoldDocument<L> {
    /// The text and its publication day, for a tagger to read.
    pub fn document(&self) -> Document<'_> {
        Document { text: &self.text, published: self.published }
    }

    /// The document with other labels in place of its own, as [`Label::named`] makes them of the words of
    /// [`GoldReader::with_any_labels`].
    pub fn map_labels<M>(self, mut label: impl FnMut(&L) -> M) -> GoldDocument<M> {
        let mentions = self.mentions.into_iter();
        GoldDocument {
            id: self.id,
            source: self.source,
            text: self.text,
            published: self.published,
            mentions: mentions
                .map(|GoldMention { label: of, chars }| GoldMention { label: label(&of), chars })
                .collect(),
            line: self.line,
        }
    }
}

/// A span that people marked in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoldMention<L = Label> {
    /// What the mention is.
    pub label: L,
    /// Where it stands, in characters (Unicode scalar values, as Python counts), half open.
    pub chars: Range<usize>,
}

/// What may be the label of a gold mention: [`Label`], or [`String`] for any word.
pub trait GoldLabel: Clone + PartialEq + fmt::Display + FromStr<Err: fmt::Display> + DeserializeOwned {}

impl<L: Clone + PartialEq + fmt::Display + FromStr<Err: fmt::Display> + DeserializeOwned> GoldLabel for L {}

/// The form of a gold file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum GoldFormat {
    /// KLUE-NER: a character and its tag on each line.
    Klue,
    /// JSON Lines: an object on each line.
    JsonLines,
}

impl GoldFormat {
    /// The form that the extension of a file tells: `.tsv` and `.txt` are KLUE-NER, `.jsonl` is JSON Lines.
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
/// A document with an error in it is given as [`Error::Line`] and left out; the reader then goes on with the next, so
/// one pass can report every error of a file. After an [`Error::Io`] it ends.
///
/// Line ends may be `\n` or `\r\n`, and a byte-order mark at the start of the file is passed over.
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
    reader: BufReader<R>,
    path: PathBuf,
    format: GoldFormat,
    /// The number of the line that was read last.
    line: u64,
    /// The head line that ended a sentence without a blank line between: it begins the next one.
    held: Option<Sentence<L>>,
    done: bool,
}

impl GoldReader<File> {
    /// Opens a file. Its form is told by its extension, see [`GoldFormat::from_path`].
    ///
    /// # Errors
    ///
    /// [`Error::Io`] when the file cannot be opened or its extension is another.
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
    /// Reads from anything; it is buffered here. The path is for the messages only.
    pub fn from_reader(reader: R, path: impl AsRef<Path>, format: GoldFormat) -> GoldReader<R> {
        GoldReader::new(reader, path.as_ref(), format)
    }
}

impl<R: Read> GoldReader<R, String> {
    /// As [`from_reader`](GoldReader::from_reader), with whatever labels the file has.
    pub fn with_any_labels(reader: R, path: impl AsRef<Path>, format: GoldFormat) -> GoldReader<R, String> {
        GoldReader::new(reader, path.as_ref(), format)
    }
}

impl<R: Read, L: GoldLabel> GoldReader<R, L> {
    fn new(reader: R, path: &Path, format: GoldFormat) -> GoldReader<R, L> {
        GoldReader { reader: BufReader::new(reader), path: path.to_owned(), format, line: 0, held: None, done: false }
    }

    /// The next line without its end.
    fn next_line(&mut self) -> Option<Result<String, Error>> {
        let mut bytes = Vec::new();
        match self.reader.read_until(b'\n', &mut bytes) {
            Ok(0) => return None,
            Ok(_) => self.line += 1,
            Err(source) => {
                self.done = true;
                return Some(Err(Error::Io { path: self.path.clone(), source }));
            }
        }
        if bytes.last() == Some(&b'\n') {
            bytes.pop();
            if bytes.last() == Some(&b'\r') {
                bytes.pop();
            }
        }
        if self.line == 1 && bytes.starts_with("\u{feff}".as_bytes()) {
            bytes.drain(..'\u{feff}'.len_utf8());
        }
        Some(String::from_utf8(bytes).map_err(|_| self.error("not UTF-8; save the file as UTF-8".to_owned())))
    }

    /// An error of the line that was read last.
    fn error(&self, cause: String) -> Error {
        Error::Line { path: self.path.clone(), line: self.line, cause }
    }

    fn next_klue(&mut self) -> Option<Result<GoldDocument<L>, Error>> {
        let mut sentence = self.held.take().unwrap_or_default();
        // The first error of the sentence. The rest of the sentence is read and passed over.
        let mut error = None;
        while let Some(line) = self.next_line() {
            let line = match line {
                Ok(line) => line,
                Err(failed @ Error::Io { .. }) => return Some(Err(failed)),
                Err(other) => {
                    error.get_or_insert(other);
                    continue;
                }
            };
            if line.is_empty() {
                if error.is_some() || sentence.length > 0 {
                    break;
                }
                // The comment block at the top of the file may end with a blank line.
                sentence = Sentence::default();
            } else if let Some(head) = line.strip_prefix("##") {
                // Of several head lines in a row the last one counts: those before it are comments.
                let next = Sentence::from_head(head, self.line);
                if error.is_some() || sentence.length > 0 {
                    self.held = Some(next);
                    break;
                }
                sentence = next;
            } else if error.is_none() {
                sentence.line = sentence.line.or(Some(self.line));
                error = sentence.push(&line).err().map(|cause| self.error(cause));
            }
        }
        match error {
            Some(error) => Some(Err(error)),
            None if sentence.length > 0 => Some(Ok(sentence.into_document())),
            None => None,
        }
    }

    fn next_json(&mut self) -> Option<Result<GoldDocument<L>, Error>> {
        loop {
            match self.next_line()? {
                Ok(line) if line.trim_ascii().is_empty() => {}
                Ok(line) => return Some(document_of_json(&line, self.line).map_err(|cause| self.error(cause))),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl<R: Read, L: GoldLabel> Iterator for GoldReader<R, L> {
    type Item = Result<GoldDocument<L>, Error>;

    fn next(&mut self) -> Option<Result<GoldDocument<L>, Error>> {
        if self.done {
            return None;
        }
        let document = match self.format {
            GoldFormat::Klue => self.next_klue(),
            GoldFormat::JsonLines => self.next_json(),
        };
        self.done |= document.is_none();
        document
    }
}

/// A KLUE-NER sentence while its lines are read.
#[derive(Debug)]
struct Sentence<L> {
    id: String,
    line: Option<u64>,
    text: String,
    /// The characters of `text`.
    length: usize,
    mentions: Vec<GoldMention<L>>,
    /// The label of the character before, when that is in a mention.
    inside: Option<L>,
}

impl<L> Default for Sentence<L> {
    fn default() -> Sentence<L> {
        let (id, text) = (String::new(), String::new());
        Sentence { id, line: None, text, length: 0, mentions: Vec::new(), inside: None }
    }
}

impl<L: GoldLabel> Sentence<L> {
    /// The beginning of a sentence: what stands after `##`, the id and, after a tab, the annotated text.
    fn from_head(head: &str, line: u64) -> Sentence<L> {
        let id = head.split('\t').next().unwrap_or_default().trim();
        Sentence { id: id.to_owned(), line: Some(line), ..Sentence::default() }
    }

    /// Takes the line of a character. The character may itself be a tab, so the last tab of the line is the separator.
    fn push(&mut self, line: &str) -> Result<(), String> {
        let (text, tag) = line
            .rsplit_once('\t')
            .ok_or_else(|| format!("no tab in {line:?}; a line is a character, a tab and its tag"))?;
        let mut characters = text.chars();
        let (Some(character), None) = (characters.next(), characters.next()) else {
            return Err(format!("{text:?} before the tab is not one character"));
        };
        let here = self.length;
        self.inside = if tag == "O" {
            None
        } else if let Some(label) = tag.strip_prefix("B-") {
            let label: L = parse_label(label)?;
            self.mentions.push(GoldMention { label: label.clone(), chars: here..here + 1 });
            Some(label)
        } else if let Some(label) = tag.strip_prefix("I-") {
            let label: L = parse_label(label)?;
            match self.mentions.last_mut() {
                Some(mention) if self.inside.as_ref() == Some(&label) => mention.chars.end = here + 1,
                _ => return Err(format!("I-{label} goes on with no mention; the first tag of a mention is B-{label}")),
            }
            Some(label)
        } else {
            return Err(format!("unknown tag {tag:?}; a tag is O, or B- or I- and a label, as in B-PS"));
        };
        self.text.push(character);
        self.length += 1;
        Ok(())
    }

    fn into_document(self) -> GoldDocument<L> {
        let line = self.line.unwrap_or_default();
        let id = if self.id.is_empty() { line.to_string() } else { self.id };
        GoldDocument { source: source_of(&id), id, text: self.text, published: None, mentions: self.mentions, line }
    }
}

fn parse_label<L: GoldLabel>(text: &str) -> Result<L, String> {
    if text.is_empty() {
        return Err("the label is empty; a tag is O, or B- or I- and a label, as in B-PS".to_owned());
    }
    text.parse().map_err(|error: L::Err| error.to_string())
}

/// What an id tells of the source: a last part of letters only, so that `2024-06-23` or a UUID tells none.
fn source_of(id: &str) -> Option<String> {
    let (_, source) = id.rsplit_once('-')?;
    (!source.is_empty() && source.chars().all(char::is_alphabetic)).then(|| source.to_owned())
}

/// A line of a JSON Lines file.
#[derive(Deserialize)]
struct Record<L> {
    id: Option<RecordId>,
    text: String,
    published: Option<String>,
    spans: Option<Vec<(usize, usize, L)>>,
    mentions: Option<Vec<RecordMention<L>>>,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "an id is a text or a number")]
enum RecordId {
    Text(String),
    Number(serde_json::Number),
}

#[derive(Deserialize)]
struct RecordMention<L> {
    start: usize,
    end: usize,
    label: L,
    text: Option<String>,
}

fn document_of_json<L: GoldLabel>(json: &str, line: u64) -> Result<GoldDocument<L>, String> {
    let record: Record<L> = serde_json::from_str(json).map_err(|error| json_cause(&error))?;
    let id = match record.id {
        Some(RecordId::Text(id)) => id,
        Some(RecordId::Number(id)) => id.to_string(),
        None => line.to_string(),
    };
    let published = match record.published {
        Some(day) => Some(Day::parse_published(&day).map_err(|error| format!("published: {error}"))?),
        None => None,
    };
    let marked = match (record.spans, record.mentions) {
        (Some(spans), None) => {
            spans.into_iter().map(|(start, end, label)| RecordMention { start, end, label, text: None }).collect()
        }
        (None, Some(mentions)) => mentions,
        (Some(_), Some(_)) => return Err("both \"spans\" and \"mentions\"; give one of them".to_owned()),
        (None, None) => {
            return Err("neither \"spans\" nor \"mentions\"; a text without mentions has \"spans\": []".to_owned());
        }
    };
    let mentions = check_mentions(&record.text, marked)?;
    Ok(GoldDocument { source: source_of(&id), id, text: record.text, published, mentions, line })
}

/// The mentions in the order of the text, when they lie in it, do not overlap and have the text that they say.
fn check_mentions<L: GoldLabel>(text: &str, mut marked: Vec<RecordMention<L>>) -> Result<Vec<GoldMention<L>>, String> {
    // Where each character begins, and where the last one ends.
    let offsets: Vec<usize> = text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect();
    let length = offsets.len() - 1;
    marked.sort_by_key(|mention| (mention.start, mention.end));
    let mut mentions: Vec<GoldMention<L>> = Vec::with_capacity(marked.len());
    for RecordMention { start, end, label, text: surface } in marked {
        let name = label.to_string();
        if name.is_empty() {
            return Err(format!("the label at {start}..{end} is empty"));
        }
        let span = format!("the {name} at {start}..{end}");
        if start >= end {
            return Err(format!("{span} is empty; a span is its start and the end behind its last character"));
        }
        if end > length {
            return Err(format!("{span} ends after the text of {length} characters; offsets count characters"));
        }
        if let Some(before) = mentions.last().filter(|before| before.chars.end > start) {
            let Range { start, end } = before.chars.clone();
            return Err(format!("{span} overlaps the {} at {start}..{end}", before.label));
        }
        let found = &text[offsets[start]..offsets[end]];
        if let Some(surface) = surface.filter(|surface| surface != found) {
            return Err(format!("{span} is {found:?}, not {surface:?}; offsets count characters"));
        }
        mentions.push(GoldMention { label, chars: start..end });
    }
    Ok(mentions)
}

/// The message of a JSON error without its line, which is 1 for every record, and with its column called what it is.
fn json_cause(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    match message.strip_suffix(&place) {
        Some(cause) => format!("{cause} (byte {})", error.column()),
        None => message,
    }
}

#[cfg(test)]
mod tests {
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

    macro_rules! t {
        ($name:ident, $format:ident, $file:expr, $expected:expr $(,)?) => {
            #[test]
            fn $name() {
                let expected: &[&str] = &$expected;
                let found: Vec<String> = read(GoldFormat::$format, $file).iter().map(render).collect();
                assert_eq!(found, expected);
            }
        };
    }

    t!(klue_empty, Klue, "", []);
    t!(klue_only_blank_lines, Klue, "\n\n\n", []);
    t!(klue_only_comments, Klue, "## 주석 : ##\n## 컬럼명 : CHAR\tNE_TAG\n", []);
    t!(
        klue_comment_block,
        Klue,
        "## 토큰, 레이블 구분자 : \t\n## 컬럼명 : CHAR\tNE_TAG\n## a-wikitree\t<김:PS>은\n김\tB-PS\n은\tO\n\n\
         ## b-nsmc\t굿\n굿\tO\n\n",
        [r#"3 a-wikitree [wikitree] "김은": 0..1 PS"#, r#"7 b-nsmc [nsmc] "굿": "#],
    );
    t!(klue_comment_block_and_blank_line, Klue, "## 주석 : ##\n\n\n김\tB-PS\n\n", [r#"4 4 [-] "김": 0..1 PS"#],);
    t!(klue_no_blank_line_at_the_end, Klue, "## a\t…\n김\tB-PS", [r#"1 a [-] "김": 0..1 PS"#]);
    t!(
        klue_no_blank_line_between,
        Klue,
        "## a\t…\n김\tB-PS\n## b\t…\n이\tB-PS\n",
        [r#"1 a [-] "김": 0..1 PS"#, r#"3 b [-] "이": 0..1 PS"#],
    );
    t!(klue_byte_order_mark, Klue, "\u{feff}## a\t…\n김\tB-PS\n", [r#"1 a [-] "김": 0..1 PS"#]);
    t!(
        klue_carriage_returns,
        Klue,
        "## a\t…\r\n김\tB-PS\r\n\r\n## b\t…\r\n이\tO\r\n",
        [r#"1 a [-] "김": 0..1 PS"#, r#"4 b [-] "이": "#],
    );
    t!(
        klue_spaces_tabs_and_hashes_are_characters,
        Klue,
        "## a\t…\n \tO\n\t\tO\n\u{3000}\tO\n#\tO\n\r\tO\n😀\tO\n",
        [r#"1 a [-] " \t\u{3000}#\r😀": "#],
    );
    t!(
        klue_mentions_side_by_side,
        Klue,
        "1\tB-DT\n일\tI-DT\n3\tB-TI\n시\tI-TI\n4\tB-TI\n \tO\n김\tB-PS\n",
        [r#"1 1 [-] "1일3시4 김": 0..2 DT, 2..4 TI, 4..5 TI, 6..7 PS"#],
    );
    t!(
        klue_unknown_label,
        Klue,
        "김\tB-PER\n",
        [r#"gold:1: unknown label "PER"; the labels are PS, LC, OG, DT, TI and QT"#],
    );
    t!(
        klue_unknown_tag,
        Klue,
        "김\tE-PS\n",
        [r#"gold:1: unknown tag "E-PS"; a tag is O, or B- or I- and a label, as in B-PS"#],
    );
    t!(
        klue_mention_without_beginning,
        Klue,
        "김\tI-PS\n",
        ["gold:1: I-PS goes on with no mention; the first tag of a mention is B-PS"],
    );
    t!(
        klue_mention_after_a_gap,
        Klue,
        "김\tB-PS\n \tO\n이\tI-PS\n",
        ["gold:3: I-PS goes on with no mention; the first tag of a mention is B-PS"],
    );
    t!(
        klue_mention_changes_label,
        Klue,
        "김\tB-PS\n해\tI-LC\n",
        ["gold:2: I-LC goes on with no mention; the first tag of a mention is B-LC"],
    );
    t!(
        klue_no_mention_over_a_sentence_end,
        Klue,
        "김\tB-PS\n\n이\tI-PS\n",
        [r#"1 1 [-] "김": 0..1 PS"#, "gold:3: I-PS goes on with no mention; the first tag of a mention is B-PS",],
    );
    t!(klue_no_tab, Klue, "김 O\n", [r#"gold:1: no tab in "김 O"; a line is a character, a tab and its tag"#]);
    t!(klue_two_characters, Klue, "김이\tO\n", [r#"gold:1: "김이" before the tab is not one character"#]);
    t!(klue_no_character, Klue, "\tO\n", [r#"gold:1: "" before the tab is not one character"#]);
    t!(
        klue_goes_on_after_errors,
        Klue,
        "## a\t…\n김\tX\n이\tY\n\n## b\t…\n이\tB-PS\n\n## c\t…\n\tO\n## d\t…\n박\tB-PS\n",
        [
            r#"gold:2: unknown tag "X"; a tag is O, or B- or I- and a label, as in B-PS"#,
            r#"5 b [-] "이": 0..1 PS"#,
            r#"gold:9: "" before the tab is not one character"#,
            r#"10 d [-] "박": 0..1 PS"#,
        ],
    );
    t!(
        klue_not_utf8,
        Klue,
        b"\xb1\xe8\tB-PS\n\n\xea\xb9\x80\tB-PS\n",
        ["gold:1: not UTF-8; save the file as UTF-8", r#"3 3 [-] "김": 0..1 PS"#],
    );

    t!(json_empty, JsonLines, "\u{feff}\n \r\n", []);
    t!(
        json_spans,
        JsonLines,
        "\u{feff}{\"id\": \"1-nsmc\", \"text\": \"김은 서울\", \"spans\": [[3, 5, \"LC\"], [0, 1, \"PS\"]]}\r\n\n\
         {\"id\": 7, \"text\": \"\", \"spans\": []}",
        [r#"1 1-nsmc [nsmc] "김은 서울": 0..1 PS, 3..5 LC"#, r#"3 7 [-] "": "#],
    );
    t!(
        json_mentions,
        JsonLines,
        r#"{"text":"😀김은","mentions":[{"start":1,"end":2,"label":"PS","text":"김","name":"김구","entity":0,"value":null}]}"#,
        [r#"1 1 [-] "😀김은": 1..2 PS"#],
    );
    t!(
        json_touching_spans,
        JsonLines,
        r#"{"text":"김서울","spans":[[0,1,"PS"],[1,3,"LC"]]}"#,
        [r#"1 1 [-] "김서울": 0..1 PS, 1..3 LC"#],
    );
    t!(
        json_mention_of_another_text,
        JsonLines,
        r#"{"text":"😀김은","mentions":[{"start":2,"end":3,"label":"PS","text":"김"}]}"#,
        [r#"gold:1: the PS at 2..3 is "은", not "김"; offsets count characters"#],
    );
    t!(
        json_overlap,
        JsonLines,
        r#"{"text":"김해시장","spans":[[1,3,"LC"],[0,2,"PS"]]}"#,
        ["gold:1: the LC at 1..3 overlaps the PS at 0..2"],
    );
    t!(
        json_same_span_twice,
        JsonLines,
        r#"{"text":"김해시장","spans":[[0,2,"LC"],[0,2,"LC"]]}"#,
        ["gold:1: the LC at 0..2 overlaps the LC at 0..2"],
    );
    t!(
        json_out_of_range,
        JsonLines,
        r#"{"text":"김해","spans":[[0,6,"LC"]]}"#,
        ["gold:1: the LC at 0..6 ends after the text of 2 characters; offsets count characters"],
    );
    t!(
        json_empty_span,
        JsonLines,
        r#"{"text":"김해","spans":[[1,1,"LC"]]}"#,
        ["gold:1: the LC at 1..1 is empty; a span is its start and the end behind its last character"],
    );
    t!(
        json_unknown_label,
        JsonLines,
        "{\"text\":\"김해\",\"spans\":[]}\n{\"text\":\"김해\",\"spans\":[[0,2,\"LOC\"]]}\n\
         {\"text\":\"김해\",\"spans\":[]}",
        [
            r#"1 1 [-] "김해": "#,
            r#"gold:2: unknown label "LOC"; the labels are PS, LC, OG, DT, TI and QT (byte 37)"#,
            r#"3 3 [-] "김해": "#,
        ],
    );
    t!(json_no_text, JsonLines, r#"{"id":"1","spans":[]}"#, ["gold:1: missing field `text` (byte 21)"]);
    t!(
        json_no_mentions,
        JsonLines,
        r#"{"text":"김해"}"#,
        [r#"gold:1: neither "spans" nor "mentions"; a text without mentions has "spans": []"#],
    );
    t!(
        json_spans_and_mentions,
        JsonLines,
        r#"{"text":"김해","spans":[],"mentions":[]}"#,
        [r#"gold:1: both "spans" and "mentions"; give one of them"#],
    );
    t!(
        json_bad_day,
        JsonLines,
        r#"{"text":"","published":"23.6.2024","spans":[]}"#,
        [concat!(
            r#"gold:1: published: "23.6.2024" is no publication day; a day is written 2024-06-23, 20240623, 2024/06/23, "#,
            "2024.06.23., 24.06.23, 2024년 6월 23일 or Sun, 23 Jun 2024, each with or without a time, ",
            "or in seconds since 1970",
        )],
    );
    t!(json_bad_id, JsonLines, r#"{"id":[],"text":"","spans":[]}"#, ["gold:1: an id is a text or a number (byte 8)"]);
    t!(json_cut_off, JsonLines, r#"{"id":"1","text"#, ["gold:1: EOF while parsing a string (byte 15)"]);
    t!(json_not_utf8, JsonLines, b"{\"text\":\"\xb1\xe8\"}", ["gold:1: not UTF-8; save the file as UTF-8"]);

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
    fn an_id_tells_its_source() {
        for (id, expected) in [
            ("klue-ner-v1_dev_00001-wikitree", Some("wikitree")),
            ("1-연합뉴스", Some("연합뉴스")),
            ("wikitree", None),
            ("2024-06-23", None),
            ("6f1c-0a9b", None),
            ("a-", None),
            ("a-b c", None),
        ] {
            assert_eq!(source_of(id).as_deref(), expected, "{id}");
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
