//! Hopeless entries of a user dictionary: those that can never be chosen, since their cost is too high.
//!
//! An entry is hopeless when other words that make up its surface are cheaper even in the context that suits the entry
//! best. The words before and after it matter by the connection costs alone, so the most that the entry can gain is the
//! greatest difference of the connections to the left, plus that of the connections to the right.

use serde::Serialize;

use crate::dictionary::Dictionary;
use crate::lattice::nbest::PathBorder;
use crate::lattice::{Lattice, PathWord, WordSources};
use crate::morpheme::MorphemeSource;
use crate::tag::Tag;
use crate::user_dictionary::{Row, UserDictionary, UserWord};

/// The most paths through a surface that are compared with its entry.
const MAX_PATHS: usize = 50;

/// An entry of a user dictionary that is never chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct HopelessEntry {
    /// The line of the file, counted from 1.
    pub line: u64,
    /// The entry's surface.
    pub surface: String,
    /// The entry's part of speech.
    pub tag: Tag,
    /// The words that are chosen instead, in order, each with its surface and tag.
    pub instead: Vec<(String, Tag)>,
}

/// Returns the entries of a user dictionary that can never be chosen, in the order of their lines.
pub(crate) fn hopeless_entries(user: &UserDictionary, sources: WordSources<'_>) -> Vec<HopelessEntry> {
    let mut lattice = Lattice::default();
    let entries = user.entries().filter_map(|(word, row)| hopeless_entry(word, row, &mut lattice, sources));
    let mut entries: Vec<HopelessEntry> = entries.collect();
    entries.sort_by_key(|entry| entry.line);
    entries
}

/// Returns the entry with the words that are always chosen instead, if there are such words.
fn hopeless_entry(
    entry: UserWord,
    row: &Row,
    lattice: &mut Lattice,
    sources: WordSources<'_>,
) -> Option<HopelessEntry> {
    lattice.search(&row.surface, sources);
    let mut paths = lattice.paths(sources);
    for _ in 0..MAX_PATHS {
        let path = paths.next()?;
        let (words, cost) = (path.words.to_vec(), path.cost);
        // The cost of unknown words depends on the characters around them.
        let is_comparable = words.iter().all(|word| word.source != MorphemeSource::Unknown)
            && words.iter().all(|word| (word.source, word.word) != (MorphemeSource::User, entry.word));
        if is_comparable && paths.border(cost).is_some_and(|border| always_wins(border, entry, sources.dictionary)) {
            let described = |word: &PathWord| {
                (row.surface[word.start..word.end].to_owned(), sources.tag_and_class(word.source, word.word).0)
            };
            let instead = words.iter().map(described).collect();
            return Some(HopelessEntry { line: row.line, surface: row.surface.clone(), tag: row.tag, instead });
        }
    }
    None
}

/// Returns whether other words are cheaper than an entry in every context.
fn always_wins(other: PathBorder, entry: UserWord, dictionary: &Dictionary) -> bool {
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
    use crate::tiny;
    use crate::tokenizer::Tokenizer;

    #[test]
    fn hopeless_entries_are_found() {
        let entries =
            "한빛누리,NNP\n대전,NNG,,30000\n가온,NNP\n나래온빛,NNP,30000\n세종 마을,NNP,32000\n서울,NNP,500\n";
        let tokenizer = Tokenizer::new(tiny::dictionary().unwrap());
        let tokenizer = tokenizer.with_user_entries(entries.as_bytes(), "my.csv").unwrap();
        let found: Vec<_> =
            tokenizer.hopeless_user_entries().into_iter().map(|entry| (entry.line, entry.surface)).collect();
        assert_eq!(found, [(2, "대전".to_owned()), (4, "나래온빛".to_owned()), (5, "세종 마을".to_owned())]);
    }
}
