//! The user dictionary: a CSV file of rows `surface,tag[,class][,cost]`, whose entries win over the dictionary's.
//!
//! A surface may contain white space (`세종 스마트시티`); a space in an entry stands for any white space of a sentence.
//! Lines that begin with `#` and blank lines are skipped. A third column that is a number is the cost. Every invalid row
//! is an error that names the file and the line.

use std::fmt;
use std::fs::File;
use std::io;
use std::ops::Range;
use std::path::Path;

pub(crate) use self::folded::FoldedSentence;
pub(crate) use self::rows::Row;
use self::rows::{RowError, rows};
use crate::class::SemanticClass;
use crate::dictionary::{Contexts, Dictionary};
use crate::error::Error;
use crate::tag::{PosTag, Tag};
use crate::user_dictionary::costs::costs;

mod costs;
mod folded;
mod rows;

/// The words of a user dictionary: found by the characters that a text starts with, each with its tag and class.
pub(crate) struct UserDictionary {
    /// Maps a surface to its index in `surfaces`; none without words.
    trie: Option<crawdad::Trie>,
    /// The words of each surface.
    surfaces: Vec<Range<usize>>,
    /// The words, in the order of their surfaces.
    words: Vec<UserWord>,
    /// The row of each word, by the word's id, which is its index in `words`.
    rows: Vec<Row>,
}

/// A word, as the search needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct UserWord {
    pub word: u32,
    pub left: u16,
    pub right: u16,
    pub cost: i16,
}

impl UserDictionary {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, and at the first invalid row.
    pub fn read(path: &Path, dictionary: &Dictionary) -> Result<UserDictionary, Error> {
        let file = File::open(path).map_err(Error::io(path))?;
        UserDictionary::from_reader(file, path, dictionary)
    }

    /// Reads from any reader; `path` stands for the file in messages.
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read).
    pub fn from_reader(
        mut reader: impl io::Read,
        path: &Path,
        dictionary: &Dictionary,
    ) -> Result<UserDictionary, Error> {
        let mut bytes = Vec::new();
        reader.read_to_end(&mut bytes).map_err(Error::io(path))?;
        UserDictionary::from_bytes(&bytes, path, dictionary)
    }

    /// Reads the contents of a file; `path` stands for the file in messages.
    ///
    /// # Errors
    ///
    /// At the first invalid row.
    pub fn from_bytes(bytes: &[u8], path: &Path, dictionary: &Dictionary) -> Result<UserDictionary, Error> {
        let invalid = |(line, cause)| Error::UserDictionary { path: path.to_owned(), line, cause };
        let mut rows = rows(bytes).map_err(invalid)?;
        rows.sort_by(|a, b| a.surface.cmp(&b.surface));
        let contexts = dictionary.contexts()?;
        let words = words(&rows, dictionary, &contexts).map_err(invalid)?;
        let surfaces: Vec<Range<usize>> = rows
            .chunk_by(|a, b| a.surface == b.surface)
            .scan(0, |start, same| {
                let range = *start..*start + same.len();
                *start = range.end;
                Some(range)
            })
            .collect();
        let records = surfaces.iter().zip(0..).map(|(range, index)| (rows[range.start].surface.as_str(), index));
        let trie = if rows.is_empty() { None } else { Some(crawdad::Trie::from_records(records)) };
        let trie = trie.transpose().map_err(|error| Error::malformed(path, error.to_string()))?;
        Ok(UserDictionary { trie, surfaces, words, rows })
    }

    /// Calls `found` for each word that starts at a character of a sentence, the shortest first, with the character after
    /// the word's last.
    pub fn words_starting(&self, start: usize, sentence: &FoldedSentence, mut found: impl FnMut(usize, UserWord)) {
        let Some(trie) = &self.trie else { return };
        for (surface, length) in trie.common_prefix_search(sentence.from(start)) {
            let end = sentence.end(start, length);
            for word in &self.words[self.surfaces[surface as usize].clone()] {
                found(end, *word);
            }
        }
    }

    /// Returns all words, each with its row.
    pub fn entries(&self) -> impl Iterator<Item = (UserWord, &Row)> {
        self.words.iter().copied().zip(&self.rows)
    }

    /// Returns the tag and class of a word, by its id in the user dictionary.
    pub fn word(&self, user_word_id: u32) -> (Tag, SemanticClass) {
        let unknown = (Tag::from(PosTag::Unknown), SemanticClass::None);
        self.rows.get(user_word_id as usize).map_or(unknown, |row| (row.tag, row.class))
    }
}

impl fmt::Debug for UserDictionary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UserDictionary").field("entries", &self.rows.len()).finish_non_exhaustive()
    }
}

/// Returns the rows as words, with the contexts of the dictionary's words of the same tag and class.
fn words(rows: &[Row], dictionary: &Dictionary, contexts: &Contexts) -> Result<Vec<UserWord>, RowError> {
    let contexts_of = |row: &Row| {
        let tag = row.tag.to_string();
        let found = contexts.of(&row.surface, &tag, row.class);
        found.ok_or_else(|| (row.line, format!("the dictionary has no word with the tag {tag} to take the place of")))
    };
    let word = |((row, cost), word): ((&Row, i16), u32)| {
        let (left, right) = dictionary.in_use(contexts_of(row)?);
        Ok(UserWord { word, left, right, cost })
    };
    rows.iter().zip(costs(rows)).zip(0..).map(word).collect()
}

#[cfg(test)]
mod tests {
    use gisa_testing::provided;

    use super::*;
    use crate::morpheme::MorphemeSource;
    use crate::tiny;
    use crate::tokenizer::Tokenizer;

    fn tokenizer(dictionary: &Dictionary, entries: &str) -> Tokenizer {
        Tokenizer::new(dictionary.clone()).with_user_entries(entries.as_bytes(), "my.csv").unwrap()
    }

    /// The surfaces of the words of a text that come from the user dictionary.
    fn user_words<'t>(tokenizer: &Tokenizer, text: &'t str) -> Vec<&'t str> {
        let mut worker = tokenizer.new_worker();
        let morphemes = worker.tokenize(text).iter().filter(|morpheme| morpheme.source() == MorphemeSource::User);
        morphemes.map(|morpheme| morpheme.surface(text)).collect()
    }

    #[test]
    fn errors_name_the_file_and_the_line() {
        let dictionary = tiny::dictionary().unwrap();
        let refused = |rows: &str| {
            let error = UserDictionary::from_reader(rows.as_bytes(), Path::new("my.csv"), &dictionary).unwrap_err();
            error.to_string()
        };
        for (rows, message) in [
            ("\n한빛,NNX", "my.csv:2: unknown part-of-speech tag \"NNX\""),
            ("한빛,NNP\n가람,XYZ\n", "my.csv:2: "),
            (",NNP\n", "my.csv:1: "),
            ("한빛,NNP\n\n# 주석\n가람,NNP,인명,많이\n", "my.csv:4: "),
            ("한빛,NNP\n한빛,IC\n", "my.csv:2: the dictionary has no word with the tag IC"),
        ] {
            let error = refused(rows);
            assert!(error.starts_with(message), "{error}");
        }
        let error = UserDictionary::read(Path::new("no/such.csv"), &dictionary).unwrap_err();
        assert!(error.to_string().starts_with("no/such.csv: "), "{error}");
    }

    #[test]
    fn an_empty_user_dictionary_changes_nothing() {
        let dictionary = tiny::dictionary().unwrap();
        let user = tokenizer(&dictionary, "# nothing\n");
        let system = Tokenizer::new(dictionary);
        let text = "이장우 대전시장이 23일 출국했다.";
        assert_eq!(user.new_worker().tokenize(text), system.new_worker().tokenize(text));
    }

    #[test]
    fn each_word_has_its_own_tag_and_class() {
        let entries = "하늬,NNP,인명\n가온,NNP,지명\n다솜,NNG\n가온,NNG,장소,30000\n";
        let tokenizer = tokenizer(&tiny::dictionary().unwrap(), entries);
        let text = "하늬 씨는 가온에서 다솜을 말했다.";
        let mut worker = tokenizer.new_worker();
        let found: Vec<_> = worker
            .tokenize(text)
            .iter()
            .filter(|morpheme| morpheme.source() == MorphemeSource::User)
            .map(|morpheme| (morpheme.surface(text), morpheme.tag().first(), morpheme.class()))
            .collect();
        assert_eq!(
            found,
            [
                ("하늬", PosTag::Nnp, SemanticClass::Person),
                ("가온", PosTag::Nnp, SemanticClass::Place),
                ("다솜", PosTag::Nng, SemanticClass::None),
            ]
        );
    }

    /// Of each case: the entry, a sentence, and how often the entry is found in it.
    const WINNING_ENTRIES: &[(&str, &str, usize)] = &[
        ("한빛누리공사", "한빛누리공사는 23일 이렇게 밝혔다.", 1),
        ("대전시장", "이장우 대전시장이 23일 출국했다.", 1),
        ("밝혔다", "대전시는 23일 이렇게 밝혔다.", 1),
        ("장우", "이장우 시장과 이장우씨", 2),
        ("역에서", "서울역에서 만났다.", 1),
        ("이", "이 시장이 이상하다.", 3),
        ("크로", "앤 뱅크로프트가 왔다.", 1),
        ("국", "국회의원은 한국은행으로", 2),
        ("뷁", "뷁이 왔다.", 1),
        ("K-한빛", "그는 K-한빛을 탔다.", 1),
        ("한빛2호", "한빛2호는 23일 떴다.", 1),
    ];

    fn entries_win_over(dictionary: &Dictionary) {
        for &(entry, text, times) in WINNING_ENTRIES {
            let tokenizer = tokenizer(dictionary, &format!("{entry},NNP"));
            assert_eq!(user_words(&tokenizer, text), vec![entry; times], "{text}");
        }
    }

    #[test]
    fn entries_win_over_the_tiny_dictionary() {
        entries_win_over(&tiny::dictionary().unwrap());
    }

    #[test]
    fn entries_win_over_the_whole_dictionary() {
        let Some(dictionary) = provided(Dictionary::find(None), Error::is_not_found) else { return };
        entries_win_over(&dictionary);
    }

    #[test]
    fn the_longest_of_the_users_own_entries_wins() {
        let entries = "대전,NNP\n시청,NNG\n대전시청,NNP\n역,NNG\n대전시청역,NNP\n";
        let tokenizer = tokenizer(&tiny::dictionary().unwrap(), entries);
        let text = "대전시청은 대전에 있고 대전시청역은 그 앞에 있다.";
        assert_eq!(user_words(&tokenizer, text), ["대전시청", "대전", "대전시청역"]);
    }
}
