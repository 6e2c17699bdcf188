//! The word table: the part of speech and the semantic class of each word id.
//!
//! lindera stores the features of a word as text. Parsing them for every morpheme costs a third of the speed, so the
//! build parses each once and writes `words.bin`: the distinct pairs of tag and class as text, then the index of its pair
//! for every word and for every entry for unknown words.
//!
//! The file holds the eight bytes `GISAWRDS`; the format version, the number of words, the number of entries for unknown
//! words and the length of the text (32 bits each); the text, a line `tag TAB class` for each pair; then the indices
//! (16 bits each). All numbers are little endian.

use std::path::Path;

use lindera_dictionary::util::{Data, mmap_file};

use crate::class::SemanticClass;
use crate::error::{Error, REBUILD};
use crate::tag::Tag;

#[cfg(feature = "build")]
pub(super) mod writer;

/// The name of the file in the dictionary's folder.
pub(crate) const FILE: &str = "words.bin";

const MAGIC: &[u8; 8] = b"GISAWRDS";
const VERSION: u32 = 3;
const HEADER_BYTES: usize = 8 + 4 * 4;

/// A pair of tag and class, which many words share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct WordKind {
    tag: Tag,
    class: SemanticClass,
}

/// The part of speech and the semantic class of every word id.
pub(crate) struct Words {
    kinds: Vec<WordKind>,
    data: Data,
    /// The start of the indices, in bytes.
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
            _ => return Err(format!("expected a file that begins with GISAWRDS; {REBUILD}")),
        };
        let [version, word_count, unknown_count, text_length] = [numbers[0], numbers[1], numbers[2], numbers[3]];
        if version != VERSION as usize {
            return Err(format!("expected version {VERSION}, found {version}; {REBUILD}"));
        }
        let indices = HEADER_BYTES + text_length;
        let expected = indices + 2 * (word_count + unknown_count);
        if bytes.len() != expected {
            return Err(format!("expected {expected} bytes, found {}; {REBUILD}", bytes.len()));
        }
        let kinds = str::from_utf8(&bytes[HEADER_BYTES..indices])
            .ok()
            .and_then(|text| text.lines().map(parse_kind).collect::<Option<Vec<_>>>())
            .ok_or_else(|| format!("expected tags and classes, found other text; {REBUILD}"))?;
        Ok(Words { kinds, data, indices, word_count, unknown_count })
    }

    /// Returns the number of words.
    pub fn word_count(&self) -> usize {
        self.word_count
    }

    /// Returns the number of entries for unknown words.
    pub fn unknown_count(&self) -> usize {
        self.unknown_count
    }

    /// Returns the tag and class of a word; [`UNKNOWN`] for an id that no word has.
    pub fn word(&self, id: u32) -> (Tag, SemanticClass) {
        self.kind(id as usize).map_or(UNKNOWN, |kind| (kind.tag, kind.class))
    }

    /// Returns the tag and class of an entry for unknown words.
    pub fn unknown_word(&self, id: u32) -> (Tag, SemanticClass) {
        self.kind(self.word_count + id as usize).map_or(UNKNOWN, |kind| (kind.tag, kind.class))
    }

    fn kind(&self, index: usize) -> Option<WordKind> {
        let place = self.indices + 2 * index;
        let kind = self.data.get(place..place + 2).map(|bytes| u16::from_le_bytes([bytes[0], bytes[1]]))?;
        self.kinds.get(usize::from(kind)).copied()
    }
}

fn parse_kind(line: &str) -> Option<WordKind> {
    let mut fields = line.split('\t');
    let mut next = || fields.next();
    Some(WordKind { tag: next()?.parse().ok()?, class: next()?.parse().ok()? })
}

/// The tag and class of an id that no word has.
static UNKNOWN: (Tag, SemanticClass) = (Tag::UNKNOWN, SemanticClass::None);
