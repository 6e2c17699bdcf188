//! Word sources: what a search reads its words from.

use crate::characters::Characters;
use crate::class::SemanticClass;
use crate::dictionary::Dictionary;
use crate::morpheme::MorphemeSource;
use crate::tag::Tag;
use crate::user_dictionary::UserDictionary;

/// The dictionaries, and the characters that unknown words are made of.
#[derive(Clone, Copy)]
pub(crate) struct WordSources<'d> {
    pub dictionary: &'d Dictionary,
    pub user: Option<&'d UserDictionary>,
    pub characters: &'d Characters,
}

impl WordSources<'_> {
    /// Returns the tag and class of a word, by its id in the dictionary it comes from.
    pub fn tag_and_class(self, source: MorphemeSource, word: u32) -> (Tag, SemanticClass) {
        match (source, self.user) {
            (MorphemeSource::User, Some(user)) => user.word(word),
            (MorphemeSource::Unknown, _) => self.dictionary.unknown_word(word),
            _ => self.dictionary.word(word),
        }
    }
}
