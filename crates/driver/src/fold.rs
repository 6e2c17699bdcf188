//! The parts of a gold file: splits and folds.
//!
//! A split is a part that the file itself names (`train`, `dev`). A fold is one of N equal parts: documents are dealt
//! to the folds in turn, so that a fold can be held out of the training (`gisa train --without-fold 1/5`) and scored
//! (`gisa evaluate --fold 1/5`).

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

/// The `K`th of `N` folds of a gold file, written `K/N`: of `1/5` are the first document, the sixth, the eleventh …
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fold {
    number: usize,
    of: usize,
}

/// A fold that is not written `K/N`, with K from 1 to N and N at least 2.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected K/N, the Kth of N folds, as in 1/5, with K from 1 to N and N at least 2")]
pub struct ParseFoldError;

/// A gold file with so few documents that a fold, or what is left without it, has none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: the file has too few documents for the fold {fold}; take fewer folds, or the whole file", file.display())]
pub struct EmptyFoldError {
    /// The gold file, as it was named.
    pub file: PathBuf,
    /// The fold.
    pub fold: Fold,
}

/// A gold file of which no document belongs to a requested split.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: no document has the split {} (the field \"split\" of JSON Lines)", file.display(), splits.join(" or "))]
pub struct EmptySplitError {
    /// The gold file, as it was named.
    pub file: PathBuf,
    /// The requested splits.
    pub splits: Vec<String>,
}

impl Fold {
    /// Returns whether the document with this index, counted from 0 in its file, is in the fold.
    ///
    /// ```
    /// use gisa::Fold;
    ///
    /// let fold: Fold = "1/5".parse()?;
    /// assert!(fold.contains(0) && fold.contains(5));
    /// assert!(!fold.contains(4));
    /// # Ok::<(), gisa::ParseFoldError>(())
    /// ```
    pub fn contains(self, index: usize) -> bool {
        index % self.of == self.number - 1
    }
}

impl FromStr for Fold {
    type Err = ParseFoldError;

    fn from_str(text: &str) -> Result<Fold, ParseFoldError> {
        let (number, of) = text.split_once('/').ok_or(ParseFoldError)?;
        let parse = |number: &str| number.parse::<usize>().map_err(|_| ParseFoldError);
        let (number, of) = (parse(number)?, parse(of)?);
        if of < 2 || !(1..=of).contains(&number) {
            return Err(ParseFoldError);
        }
        Ok(Fold { number, of })
    }
}

impl fmt::Display for Fold {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.number, self.of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_are_written_k_of_n() {
        for text in ["1/5", "5/5", "2/2"] {
            assert_eq!(text.parse::<Fold>().unwrap().to_string(), text);
        }
        for text in ["", "1", "0/5", "6/5", "1/1", "1/0", "a/5", "1/5/2", "-1/5", " 1/5"] {
            assert_eq!(text.parse::<Fold>(), Err(ParseFoldError), "{text}");
        }
    }

    #[test]
    fn every_document_is_in_one_fold() {
        let folds: Vec<Fold> = (1..=5).map(|number| format!("{number}/5").parse().unwrap()).collect();
        for index in 0..23 {
            assert_eq!(folds.iter().filter(|fold| fold.contains(index)).count(), 1);
        }
        assert_eq!((0..23).filter(|index| folds[0].contains(*index)).collect::<Vec<_>>(), [0, 5, 10, 15, 20]);
        assert_eq!((0..23).filter(|index| folds[3].contains(*index)).collect::<Vec<_>>(), [3, 8, 13, 18]);
    }
}
