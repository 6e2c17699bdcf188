//! Words of the user's own: a CSV file `surface,tag[,class][,cost]`, whose entries win over the dictionary's.
//!
//! A surface may have white space in it (`세종 스마트시티`); a space of an entry stands for any white space of a sentence.
//! Lines that begin with `#` and blank lines are skipped. A third column that is a number is the cost. Every wrong row
//! is an error that names the file and the line.

use std::fs::File;
use std::io;
use std::ops::Range;
use std::path::Path;

pub(crate) use self::folded::Folded;
pub use self::hopeless::HopelessEntry;
use self::rows::{Row, Wrong, rows};
use crate::user_dictionary::costs::costs;
use crate::{Dictionary, Error, PosTag, SemanticClass, Tag};

mod costs;
mod folded;
mod hopeless;
mod rows;

/// The user's words, to be found by what a text starts with, and what each word is.
pub(crate) struct UserDictionary {
    /// From a surface to its place in `surfaces`; none without words.
    trie: Option<crawdad::Trie>,
    /// The words of each surface.
    surfaces: Vec<Range<usize>>,
    /// In the order of their surfaces.
    words: Vec<UserWord>,
    /// By the word's id, which is its place in `words`.
    rows: Vec<Row>,
}

/// A word as the search needs it.
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
    /// When the file cannot be read, and the first row that is wrong.
    pub fn read(path: &Path, dictionary: &Dictionary) -> Result<UserDictionary, Error> {
        let file = File::open(path).map_err(Error::io(path))?;
        UserDictionary::from_reader(file, path, dictionary)
    }

    /// As [`read`](Self::read), from any reader; `path` stands for the file in messages.
    pub fn from_reader(
        mut reader: impl io::Read,
        path: &Path,
        dictionary: &Dictionary,
    ) -> Result<UserDictionary, Error> {
        let mut bytes = Vec::new();
        reader.read_to_end(&mut bytes).map_err(Error::io(path))?;
        let wrong = |(line, cause)| Error::UserDictionary { path: path.to_owned(), line, cause };
        let mut rows = rows(&bytes).map_err(wrong)?;
        rows.sort_by(|a, b| a.surface.cmp(&b.surface));
        let words = words(&rows, dictionary).map_err(wrong)?;
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

    /// Hands over each word that starts at a character of a sentence, and the character after its last, the shortest
    /// first.
    pub fn words_starting(&self, start: usize, sentence: &Folded, mut found: impl FnMut(usize, UserWord)) {
        let Some(trie) = &self.trie else { return };
        for (surface, length) in trie.common_prefix_search(sentence.from(start)) {
            let end = sentence.end(start, length);
            for word in &self.words[self.surfaces[surface as usize].clone()] {
                found(end, *word);
            }
        }
    }

    /// What a word is, by its id in the user dictionary.
    pub fn word(&self, user_word_id: u32) -> (Tag, SemanticClass) {
        let unknown = (Tag::from(PosTag::Unknown), SemanticClass::None);
        self.rows.get(user_word_id as usize).map_or(unknown, |row| (row.tag, row.class))
    }
}

/// The rows as the search needs them, with the contexts of the dictionary's words of their kind.
fn words(rows: &[Row], dictionary: &Dictionary) -> Result<Vec<UserWord>, Wrong> {
    let contexts = dictionary.contexts().map_err(|error| (0, error.to_string()))?;
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
    use super::*;
    use crate::{Origin, Tokenizer};

    /// The built dictionary, or none with a word of why a test does nothing.
    fn dictionary() -> Option<Dictionary> {
        let dictionary = Dictionary::find(None);
        match dictionary {
            Ok(dictionary) => Some(dictionary),
            Err(error) => {
                eprintln!("SKIPPED, the test needs the dictionary: {error}");
                None
            }
        }
    }

    #[test]
    fn errors_name_the_file_and_the_line() {
        let Some(dictionary) = dictionary() else { return };
        let error =
            UserDictionary::from_reader("\n한빛,NNX".as_bytes(), Path::new("my.csv"), &dictionary).err().unwrap();
        assert!(error.to_string().starts_with("my.csv:2: unknown part-of-speech tag"), "{error}");
        let error = UserDictionary::read(Path::new("no/such.csv"), &dictionary).err().unwrap();
        assert!(error.to_string().starts_with("no/such.csv: "), "{error}");
    }

    #[test]
    fn an_empty_user_dictionary_changes_nothing() {
        let Some(dictionary) = dictionary() else { return };
        let empty = UserDictionary::from_reader("# nothing\n".as_bytes(), Path::new("my.csv"), &dictionary).unwrap();
        assert!(empty.rows.is_empty());
        let user = Tokenizer::builder().build_with_user_entries("# nothing\n".as_bytes(), Path::new("my.csv")).unwrap();
        let system = Tokenizer::new(dictionary);
        let text = "이장우 대전시장이 23일 출국했다.";
        assert_eq!(user.new_worker().tokenize(text), system.new_worker().tokenize(text));
    }

    #[test]
    fn each_word_has_its_own_tag_and_class() {
        let Some(_) = dictionary() else { return };
        let entries = "하늬,NNP,인명\n가온,NNP,지명\n다솜,NNG\n가온,NNG,장소,30000\n";
        let tokenizer = Tokenizer::builder().build_with_user_entries(entries.as_bytes(), Path::new("my.csv")).unwrap();
        let text = "하늬 씨는 가온에서 다솜을 말했다.";
        let mut worker = tokenizer.new_worker();
        let found: Vec<_> = worker
            .tokenize(text)
            .iter()
            .filter(|morpheme| morpheme.origin() == Origin::User)
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

    #[test]
    fn entries_win_over_the_dictionary() {
        let Some(_) = dictionary() else { return };
        // Each: the entry, a sentence, and how often it is to be found as one word of the user's.
        let cases = [
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
        for (entry, text, times) in cases {
            let row = format!("{entry},NNP");
            let tokenizer = Tokenizer::builder().build_with_user_entries(row.as_bytes(), Path::new("my.csv")).unwrap();
            let mut worker = tokenizer.new_worker();
            let morphemes = worker.tokenize(text);
            let found = morphemes.iter().filter(|morpheme| morpheme.origin() == Origin::User);
            assert_eq!(found.map(|morpheme| morpheme.surface(text)).collect::<Vec<_>>(), vec![entry; times], "{text}");
        }
    }

    #[test]
    fn the_longest_of_the_users_own_entries_wins() {
        let Some(_) = dictionary() else { return };
        let entries = "대전,NNP\n시청,NNG\n대전시청,NNP\n역,NNG\n대전시청역,NNP\n";
        let tokenizer = Tokenizer::builder().build_with_user_entries(entries.as_bytes(), Path::new("my.csv")).unwrap();
        let text = "대전시청은 대전에 있고 대전시청역은 그 앞에 있다.";
        let mut worker = tokenizer.new_worker();
        let morphemes = worker.tokenize(text).iter().filter(|morpheme| morpheme.origin() == Origin::User);
        assert_eq!(
            morphemes.map(|morpheme| morpheme.surface(text)).collect::<Vec<_>>(),
            ["대전시청", "대전", "대전시청역"]
        );
    }
}
