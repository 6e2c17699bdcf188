//! The lexicon: a dictionary before it is built, with its words, unknown words, connection costs and character classes,
//! decompiled from MeCab's binaries or read from mecab-ko-dic's source folder.
//!
//! [`Lexicon::write`] writes it as the text files that lindera's builder reads.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use crate::dictionary::build::matrix::Matrix;
use crate::error::Error;

/// The number of features of an entry of mecab-ko-dic: tag, class, final consonant, reading, type, first tag, last tag,
/// expression.
pub(crate) const FEATURES: usize = 8;

/// A whole dictionary in memory.
pub(crate) struct Lexicon {
    /// The words. [`Lexicon::sort`] sorts them by word id.
    pub words: Vec<Entry>,
    /// The entries for unknown words; the surface is the name of a character category.
    pub unknown: Vec<Entry>,
    /// The cost of each word following each other word.
    pub matrix: Matrix,
    /// The character categories and their characters, in the format of `char.def`.
    pub characters: String,
}

/// One word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub surface: String,
    pub left: u16,
    pub right: u16,
    pub cost: i16,
    /// The features, joined by NUL, since a feature may contain a comma.
    features: String,
}

impl Entry {
    /// Creates an entry if there are as many features as the dictionary has columns; otherwise returns how many there are.
    pub fn new<'f>(
        surface: String,
        (left, right): (u16, u16),
        cost: i16,
        features: impl Iterator<Item = &'f str>,
    ) -> Result<Entry, usize> {
        let mut joined = String::new();
        let mut count = 0;
        for feature in features {
            if count > 0 {
                joined.push('\0');
            }
            joined.push_str(feature);
            count += 1;
        }
        if count == FEATURES && joined.matches('\0').count() == FEATURES - 1 {
            Ok(Entry { surface, left, right, cost, features: joined })
        } else {
            Err(count)
        }
    }

    /// Returns the features in order.
    pub fn features(&self) -> impl Iterator<Item = &str> {
        self.features.split('\0')
    }

    /// Returns the part of speech as it is written.
    pub fn tag(&self) -> &str {
        self.features().next().unwrap_or_default()
    }

    /// Returns the semantic class as it is written.
    pub fn class(&self) -> &str {
        self.features().nth(1).unwrap_or_default()
    }

    /// Returns whether the word ends in a consonant: `T`, `F`, or `*` where it does not matter.
    pub fn final_consonant(&self) -> &str {
        self.features().nth(2).unwrap_or_default()
    }

    /// Returns the penalty for standing after white space, by mecab-ko-dic's `pos-id.def` (the ids of words) and `dicrc`
    /// (`left-space-penalty-factor`: the penalty of each id). Compound and preanalysed words have none.
    pub fn space_penalty(&self) -> i32 {
        let features: Vec<&str> = self.features().collect();
        let (tag, form, first) = (features[0], features[4], features[5]);
        let head = match form {
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

    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        write!(out, "{},{},{},{}", quoted(&self.surface), self.left, self.right, self.cost)?;
        for feature in self.features() {
            write!(out, ",{}", quoted(feature))?;
        }
        out.write_all(b"\n")
    }
}

impl Lexicon {
    /// Sorts the words by word id: lindera numbers them by surface, words of one surface in the order of the source.
    pub fn sort(&mut self) {
        self.words.sort_by(|a, b| a.surface.cmp(&b.surface));
    }

    /// Writes the four text files that lindera builds from.
    pub fn write(&self, folder: &Path) -> Result<(), Error> {
        write_file(&folder.join("lexicon.csv"), |out| self.words.iter().try_for_each(|word| word.write(out)))?;
        write_file(&folder.join("unk.def"), |out| self.unknown.iter().try_for_each(|word| word.write(out)))?;
        write_file(&folder.join("matrix.def"), |out| self.matrix.write(out))?;
        write_file(&folder.join("char.def"), |out| out.write_all(self.characters.as_bytes()))
    }
}

fn write_file(path: &Path, write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>) -> Result<(), Error> {
    let in_file = || {
        let mut out = BufWriter::with_capacity(1 << 20, File::create(path)?);
        write(&mut out)?;
        out.flush()
    };
    in_file().map_err(Error::io(path))
}

/// Returns a CSV cell, in quotes where it needs them.
fn quoted(cell: &str) -> Cow<'_, str> {
    if cell.contains([',', '"', '\r', '\n']) {
        Cow::Owned(format!("\"{}\"", cell.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(cell)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(surface: &str) -> Entry {
        let features = ["SC", "*", "*", "*", "*", "*", "*", "1,2-\"x\""];
        Entry::new(surface.to_owned(), (1, 2), -3, features.into_iter()).unwrap()
    }

    #[test]
    fn commas_and_quotes_are_quoted() {
        let mut out = Vec::new();
        entry(",").write(&mut out).unwrap();
        entry("\"").write(&mut out).unwrap();
        entry("가").write(&mut out).unwrap();
        let expected = "\",\",1,2,-3,SC,*,*,*,*,*,*,\"1,2-\"\"x\"\"\"\n\
                        \"\"\"\",1,2,-3,SC,*,*,*,*,*,*,\"1,2-\"\"x\"\"\"\n\
                        가,1,2,-3,SC,*,*,*,*,*,*,\"1,2-\"\"x\"\"\"\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    #[test]
    fn an_entry_has_eight_features() {
        for count in [0, 1, 7, 9] {
            let features = vec!["*"; count];
            assert_eq!(Entry::new("가".to_owned(), (0, 0), 0, features.into_iter()), Err(count));
        }
    }
}
