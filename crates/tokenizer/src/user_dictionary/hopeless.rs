//! Entries that can never be chosen, whatever stands around them: their cost is too high.
//!
//! An entry is hopeless when other words that make up its surface are cheaper even where the words around suit the
//! entry best. The words before and after matter by the connection costs alone, so the most that the entry can gain is
//! the greatest difference of the connections to the left, and that of those to the right.

use crate::dictionary::Dictionary;
use crate::lattice::{Lattice, Outside, PathWord, Sources};
use crate::morpheme::Origin;
use crate::user_dictionary::{UserDictionary, UserWord};
use crate::{Tag, Tokenizer};

/// So many ways of making up a surface are compared with the entry.
const PATHS: usize = 50;

/// An entry of a user dictionary that is never chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HopelessEntry {
    /// The line of the file, counted from 1.
    pub line: u64,
    /// The entry's surface.
    pub surface: String,
    /// The entry's part of speech.
    pub tag: Tag,
    /// The words that are chosen rather than it, in order.
    pub instead: Vec<(String, Tag)>,
}

impl UserDictionary {
    /// The entries that can never be chosen, in the order of their lines.
    pub fn hopeless(&self, tokenizer: &Tokenizer) -> Vec<HopelessEntry> {
        let sources =
            Sources { dictionary: &tokenizer.dictionary, user: Some(self), characters: &tokenizer.characters };
        let mut lattice = Lattice::default();
        let entries = self.words.iter().filter_map(|word| self.better_than(*word, &mut lattice, sources));
        let mut entries: Vec<HopelessEntry> = entries.collect();
        entries.sort_by_key(|entry| entry.line);
        entries
    }

    /// An entry with what is chosen rather than it, if there is something that always is.
    fn better_than(&self, entry: UserWord, lattice: &mut Lattice, sources: Sources<'_>) -> Option<HopelessEntry> {
        let row = &self.rows[entry.word as usize];
        lattice.search(&row.surface, sources);
        let mut paths = lattice.paths(sources);
        for _ in 0..PATHS {
            let path = paths.next()?;
            let (words, cost) = (path.words.to_vec(), path.cost);
            // Unknown words depend on what stands around them.
            let may_be_compared = words.iter().all(|word| word.origin != Origin::Unknown)
                && words.iter().all(|word| (word.origin, word.word) != (Origin::User, entry.word));
            if may_be_compared && paths.outside(cost).is_some_and(|other| wins(other, entry, sources.dictionary)) {
                let described = |word: &PathWord| {
                    (row.surface[word.start..word.end].to_owned(), sources.kind(word.origin, word.word).0)
                };
                let instead = words.iter().map(described).collect();
                return Some(HopelessEntry { line: row.line, surface: row.surface.clone(), tag: row.tag, instead });
            }
        }
        None
    }
}

/// Whether other words are cheaper than an entry wherever both may stand.
fn wins(other: Outside, entry: UserWord, dictionary: &Dictionary) -> bool {
    let matrix = &dictionary.lindera().connection_cost_matrix;
    let cost = |right: usize, left: u16| i32::from(matrix.row(u32::from(left))[right]);
    let (lefts, rights) = dictionary.contexts_in_use();
    let before = (0..rights).map(|right| cost(right, other.left) - cost(right, entry.left)).max();
    let after =
        (0..lefts as u16).map(|left| cost(usize::from(other.right), left) - cost(usize::from(entry.right), left)).max();
    let most = other.cost + other.space_penalty + before.unwrap_or_default() + after.unwrap_or_default();
    most < i32::from(entry.cost)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn hopeless_entries_are_found() {
        let entries =
            "한빛누리,NNP\n대전,NNG,,30000\n가온,NNP\n나래온빛,NNP,30000\n세종 마을,NNP,32000\n서울,NNP,500\n";
        let tokenizer = Tokenizer::builder().build_with_user_entries(entries.as_bytes(), Path::new("my.csv")).unwrap();
        let found: Vec<_> =
            tokenizer.hopeless_user_entries().into_iter().map(|entry| (entry.line, entry.surface)).collect();
        assert_eq!(found, [(2, "대전".to_owned()), (4, "나래온빛".to_owned()), (5, "세종 마을".to_owned())]);
    }
}
