//! Writing the word table, when a dictionary is built.

use std::collections::HashMap;
use std::fmt::Write as _;

use crate::class::SemanticClass;
use crate::dictionary::build::lexicon::{Entry, Lexicon};
use crate::dictionary::words::{MAGIC, VERSION};
use crate::tag::Tag;

/// Returns the bytes of the table for a lexicon whose words are in the order of their ids.
///
/// # Errors
///
/// When a word has a tag that mecab-ko-dic does not have, and when the lexicon has too many pairs of tag and class.
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
