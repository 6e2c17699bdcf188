//! What every word is: the part of speech and the semantic class of each word id, as tables.
//!
//! lindera keeps the features of a word as text. Reading them for every morpheme costs a third of the speed, so the
//! build reads each once and writes `words.bin`: the distinct kinds (tag and class) as text, then the index of
//! its kind for every word, and for every entry for unknown words.
//!
//! The file is: the eight bytes `GISAWRDS`, the format version, the number of words, the number of entries for unknown
//! words and the length of the text (32 bits each); the text, a line `tag TAB class` for each kind; then the indices
//! (16 bits each). All little endian.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::Path;

use lindera_dictionary::util::{Data, mmap_file};

use crate::dictionary::lexicon::{Entry, Lexicon};
use crate::{Error, SemanticClass, Tag};

const MAGIC: &[u8; 8] = b"GISAWRDS";
const VERSION: u32 = 3;
const HEADER_BYTES: usize = 8 + 4 * 4;

/// What words of a kind have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Kind {
    tag: Tag,
    class: SemanticClass,
}

/// The part of speech and the semantic class of every word id.
pub(crate) struct Words {
    kinds: Vec<Kind>,
    data: Data,
    /// Where the indices of the words begin.
    indices: usize,
    word_count: usize,
    unknown_count: usize,
}

impl Words {
    /// Opens a table, memory-mapped.
    pub fn open(path: &Path) -> Result<Words, Error> {
        let data = mmap_file(path).map_err(|error| Error::malformed(path, error.to_string()))?;
        Words::read(data.into()).map_err(|cause| Error::malformed(path, cause))
    }

    fn read(data: Data) -> Result<Words, String> {
        let bytes: &[u8] = &data;
        let numbers: Vec<usize> = match bytes.get(8..HEADER_BYTES) {
            Some(numbers) if bytes.starts_with(MAGIC) => numbers
                .chunks_exact(4)
                .map(|number| u32::from_le_bytes([number[0], number[1], number[2], number[3]]) as usize)
                .collect(),
            _ => return Err(format!("expected a file that begins with GISAWRDS; {}", super::REBUILD)),
        };
        let [version, word_count, unknown_count, text_length] = [numbers[0], numbers[1], numbers[2], numbers[3]];
        if version != VERSION as usize {
            return Err(format!("expected version {VERSION}, found {version}; {}", super::REBUILD));
        }
        let indices = HEADER_BYTES + text_length;
        let expected = indices + 2 * (word_count + unknown_count);
        if bytes.len() != expected {
            return Err(format!("expected {expected} bytes, found {}; {}", bytes.len(), super::REBUILD));
        }
        let kinds = str::from_utf8(&bytes[HEADER_BYTES..indices])
            .ok()
            .and_then(|text| text.lines().map(parse_kind).collect::<Option<Vec<_>>>())
            .ok_or_else(|| format!("expected tags and classes, found other text; {}", super::REBUILD))?;
        Ok(Words { kinds, data, indices, word_count, unknown_count })
    }

    /// How many words there are.
    pub fn word_count(&self) -> usize {
        self.word_count
    }

    /// How many entries for unknown words there are.
    pub fn unknown_count(&self) -> usize {
        self.unknown_count
    }

    /// The tag and class of a word. An id that no word has is `UNKNOWN`.
    pub fn word(&self, id: u32) -> (Tag, SemanticClass) {
        self.kind(id as usize).map_or(UNKNOWN, |kind| (kind.tag, kind.class))
    }

    /// The tag and class of an entry for unknown words.
    pub fn unknown_word(&self, id: u32) -> (Tag, SemanticClass) {
        self.kind(self.word_count + id as usize).map_or(UNKNOWN, |kind| (kind.tag, kind.class))
    }

    fn kind(&self, index: usize) -> Option<Kind> {
        let place = self.indices + 2 * index;
        let kind = self.data.get(place..place + 2).map(|bytes| u16::from_le_bytes([bytes[0], bytes[1]]))?;
        self.kinds.get(usize::from(kind)).copied()
    }
}

fn parse_kind(line: &str) -> Option<Kind> {
    let mut fields = line.split('\t');
    let mut next = || fields.next();
    Some(Kind { tag: next()?.parse().ok()?, class: next()?.parse().ok()? })
}

/// What an id is that no word has.
static UNKNOWN: (Tag, SemanticClass) = (Tag::UNKNOWN, SemanticClass::None);

/// What a word pays for standing after white space, by mecab-ko-dic's `pos-id.def` (which ids words have) and `dicrc`
/// (`left-space-penalty-factor`: what each id pays). Compound and preanalysed words pay nothing.
pub(crate) fn space_penalty(word: &Entry) -> i32 {
    let features: Vec<&str> = word.features().collect();
    let (tag, kind, first) = (features[0], features[4], features[5]);
    let head = match kind {
        "Inflect" => first,
        "Compound" | "Preanalysis" => return 0,
        _ => tag,
    };
    match head {
        "JC" | "JKB" | "JKC" | "JKG" | "JKO" | "JKQ" | "JKS" | "JKV" | "JX" => 6000,
        "EC" | "EF" | "EP" | "ETM" | "ETN" | "VCP" | "XSA" | "XSN" | "XSV" => 3000,
        _ => 0,
    }
}

/// The bytes of the table for a lexicon whose words are in the order of their ids.
///
/// # Errors
///
/// The words whose tag is none of mecab-ko-dic's, or a lexicon with too many kinds of words.
pub(crate) fn table(lexicon: &Lexicon) -> Result<Vec<u8>, String> {
    let mut kinds = Kinds::default();
    let mut indices = Vec::with_capacity(2 * (lexicon.words.len() + lexicon.unknown.len()));
    for word in lexicon.words.iter().chain(&lexicon.unknown) {
        indices.extend_from_slice(&kinds.index_of(word)?.to_le_bytes());
    }
    let text = kinds.text;
    let mut table = MAGIC.to_vec();
    for number in [VERSION as usize, lexicon.words.len(), lexicon.unknown.len(), text.len()] {
        let number = u32::try_from(number).map_err(|_| format!("the dictionary is too large: {number} words"))?;
        table.extend_from_slice(&number.to_le_bytes());
    }
    table.extend_from_slice(text.as_bytes());
    table.extend_from_slice(&indices);
    Ok(table)
}

#[derive(Default)]
struct Kinds<'a> {
    text: String,
    indices: HashMap<(&'a str, SemanticClass), u16>,
}

impl<'a> Kinds<'a> {
    fn index_of(&mut self, word: &'a Entry) -> Result<u16, String> {
        let key = (word.tag(), SemanticClass::from_feature(word.class()));
        if let Some(&index) = self.indices.get(&key) {
            return Ok(index);
        }
        let tag: Tag = key.0.parse().map_err(|error| format!("word {:?}: {error}", word.surface))?;
        let index = u16::try_from(self.indices.len()).map_err(|_| "too many kinds of words".to_owned())?;
        let _ = writeln!(self.text, "{tag}\t{}", key.1);
        self.indices.insert(key, index);
        Ok(index)
    }
}
