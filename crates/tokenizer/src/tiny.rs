//! A tiny dictionary, built in a moment: for tests, examples and benches that run without a downloaded one.
//!
//! It holds some 170 everyday words with mecab-ko-dic's tags, and analyses simple newspaper sentences as mecab-ko-dic
//! does. Words it does not know become unknown words. Everything else (user dictionaries, building, checking, installing)
//! works as with the whole dictionary, since it is built from a source folder in the same way.
//!
//! ```
//! use gisa_tokenizer::{Tokenizer, tiny};
//!
//! let tokenizer = Tokenizer::new(tiny::dictionary()?);
//! let text = "이장우 대전시장은 23일 서울에서 기자들을 만났다.";
//! let tags: Vec<String> = tokenizer.new_worker().tokenize(text).iter().map(|m| m.tag().to_string()).collect();
//! assert_eq!(tags.join(" "), "NNP NNP NNG JX SN NNBC NNP JKB NNG XSN JKO VV+EP EF SF");
//! # Ok::<(), gisa_tokenizer::Error>(())
//! ```

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::dictionary::{ContextIds, Dictionary, build};
use crate::error::Error;
use crate::tag::{PosTag, Tag};

/// The files that the dictionary is made from, in the repository.
const WORDS: (&str, &str) = ("data/tiny/words.csv", include_str!("../data/tiny/words.csv"));
const UNKNOWN: (&str, &str) = ("data/tiny/unknown.csv", include_str!("../data/tiny/unknown.csv"));
const CONNECTIONS: (&str, &str) = ("data/tiny/connections.csv", include_str!("../data/tiny/connections.csv"));
const CHARACTERS: &str = include_str!("../data/tiny/char.def");

/// The cost of a connection that `connections.csv` does not name.
const OTHER_CONNECTION: i32 = 1_500;

/// The cost of a particle's form after a word that needs the other one (`서울가`).
const WRONG_FORM: i32 = 6_000;

/// Builds the dictionary in a temporary folder and opens it. The folder is removed with the last clone of the dictionary.
///
/// # Errors
///
/// When the temporary folder cannot be written.
pub fn dictionary() -> Result<Dictionary, Error> {
    let folder = tempfile::tempdir().map_err(Error::io(&std::env::temp_dir()))?;
    let place = folder.path().join("ko-dic");
    build_at(&place)?;
    Dictionary::open_temporary(&place, folder)
}

/// Builds the dictionary in a folder, for a program that is to find it there.
///
/// # Errors
///
/// When the folder cannot be written or holds something other than a dictionary.
pub fn build_at(out: &Path) -> Result<(), Error> {
    let source = tempfile::tempdir().map_err(Error::io(&std::env::temp_dir()))?;
    write_source(source.path())?;
    build(source.path(), out, ContextIds::Merged).map(drop)
}

/// Writes the source of the dictionary into a folder, in the form of mecab-ko-dic's, from which
/// [`build`](crate::dictionary::build()) builds it.
///
/// # Errors
///
/// When the folder cannot be written.
pub fn write_source(folder: &Path) -> Result<(), Error> {
    let source = Source::read()?;
    let write = |name: &str, text: &str| {
        let path = folder.join(name);
        fs::write(&path, text).map_err(Error::io(&path))
    };
    write("words.csv", &Source::lines(&source.words))?;
    write("unk.def", &Source::lines(&source.unknown))?;
    write("matrix.def", &source.matrix())?;
    write("char.def", CHARACTERS)
}

/// The words and connections, as the files have them.
struct Source {
    words: Vec<Word>,
    unknown: Vec<Word>,
    connections: HashMap<(String, String), i32>,
}

struct Word {
    surface: String,
    tag: Tag,
    class: String,
    cost: i16,
    /// The forms of words that it follows.
    after: Form,
}

/// Whether a word ends in a consonant, which decides between the forms of a particle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Any,
    Consonant,
    Vowel,
}

impl Source {
    fn read() -> Result<Source, Error> {
        let mut words = Vec::new();
        for cells in rows(WORDS)? {
            words.push(Word::read(&cells).ok_or_else(|| invalid(WORDS.0, &cells))?);
        }
        let mut unknown = Vec::new();
        for cells in rows(UNKNOWN)? {
            let [category, tag, cost] = &cells[..] else { return Err(invalid(UNKNOWN.0, &cells)) };
            let cells = [category, tag, "*", cost, "*"].map(str::to_owned);
            unknown.push(Word::read(&cells).ok_or_else(|| invalid(UNKNOWN.0, &cells))?);
        }
        let mut connections = HashMap::new();
        for cells in rows(CONNECTIONS)? {
            let [before, after, cost] = &cells[..] else { return Err(invalid(CONNECTIONS.0, &cells)) };
            let cost = cost.parse().map_err(|_| invalid(CONNECTIONS.0, &cells))?;
            connections.insert((before.clone(), after.clone()), cost);
        }
        Ok(Source { words, unknown, connections })
    }

    /// Returns words as lines of mecab-ko-dic's tables.
    fn lines(words: &[Word]) -> String {
        let mut text = String::new();
        for word in words {
            let surface = format!("\"{}\"", word.surface.replace('"', "\"\""));
            let (left, right) = (word.left(), word.right());
            let (tag, class, form) = (word.tag, &word.class, Form::of(&word.surface).as_str());
            let features = if tag.is_compound() {
                format!("Inflect,{},{},*", tag.first(), tag.last())
            } else {
                "*,*,*,*".to_owned()
            };
            let _ = writeln!(text, "{surface},{left},{right},{},{tag},{class},{form},*,{features}", word.cost);
        }
        text
    }

    /// Returns the connection costs as the text of a `matrix.def`.
    fn matrix(&self) -> String {
        let contexts = Form::ALL.len() * (PosTag::ALL.len() + 1);
        let mut text = format!("{contexts} {contexts}\n");
        for right in 0..contexts {
            for left in 0..contexts {
                let _ = writeln!(text, "{right} {left} {}", self.connection(right, left));
            }
        }
        text
    }

    fn connection(&self, right: usize, left: usize) -> i32 {
        let (before, form) = of_context(right);
        let (after, wanted) = of_context(left);
        let groups = (group_before(before).to_owned(), group_after(after).to_owned());
        let cost = self.connections.get(&groups).copied().unwrap_or(OTHER_CONNECTION);
        let fits = form == Form::Any || wanted == Form::Any || form == wanted;
        if fits { cost } else { cost + WRONG_FORM }
    }
}

impl Word {
    fn read(cells: &[String]) -> Option<Word> {
        let [surface, tag, class, cost, after] = cells else { return None };
        let after = Form::ALL.into_iter().find(|form| form.as_str() == after)?;
        let (surface, class) = (surface.clone(), class.clone());
        Some(Word { surface, tag: tag.parse().ok()?, class, cost: cost.parse().ok()?, after })
    }

    fn left(&self) -> usize {
        context(self.tag.first(), self.after)
    }

    fn right(&self) -> usize {
        context(self.tag.last(), Form::of(&self.surface))
    }
}

impl Form {
    const ALL: [Form; 3] = [Form::Any, Form::Consonant, Form::Vowel];

    fn of(surface: &str) -> Form {
        match surface.chars().last() {
            Some(last @ '가'..='힣') if !(last as u32 - '가' as u32).is_multiple_of(28) => Form::Consonant,
            Some('가'..='힣') => Form::Vowel,
            _ => Form::Any,
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Form::Any => "*",
            Form::Consonant => "T",
            Form::Vowel => "F",
        }
    }
}

/// Returns the context id of a tag and a form. The ids below the first are those of a sentence's edges.
fn context(tag: PosTag, form: Form) -> usize {
    Form::ALL.len() * (1 + usize::from(tag.code())) + form as usize
}

/// Returns the tag and form of a context id, and no tag for a sentence's edge.
fn of_context(context: usize) -> (Option<PosTag>, Form) {
    let tag = (context / Form::ALL.len()).checked_sub(1).map(|tag| PosTag::ALL[tag]);
    (tag, Form::ALL[context % Form::ALL.len()])
}

/// Returns the group of a tag as the word before a connection.
fn group_before(tag: Option<PosTag>) -> &'static str {
    match tag {
        Some(PosTag::Ep) => "tense",
        Some(PosTag::Ef) => "final",
        Some(PosTag::Ec | PosTag::Etn) => "connective",
        Some(PosTag::Etm) => "adnominal",
        Some(PosTag::Xsv | PosTag::Xsa | PosTag::Vcp) => "verb",
        Some(PosTag::Xsn) => "noun",
        tag => group_after(tag),
    }
}

/// Returns the group of a tag as the word after a connection.
fn group_after(tag: Option<PosTag>) -> &'static str {
    match tag {
        None => "edge",
        Some(PosTag::Nnbc) => "counter",
        Some(PosTag::Xsn | PosTag::Xsv | PosTag::Xsa | PosTag::Vcp) => "suffix",
        Some(PosTag::Vv | PosTag::Va | PosTag::Vx | PosTag::Vcn) => "verb",
        Some(PosTag::Mm | PosTag::Mag | PosTag::Maj | PosTag::Ic | PosTag::Xpn) => "modifier",
        Some(PosTag::Sn) => "number",
        Some(PosTag::Sl | PosTag::Sh) => "letters",
        Some(tag) if tag.is_particle() => "particle",
        Some(tag) if tag.is_ending() => "ending",
        Some(tag) if tag.is_symbol() => "symbol",
        Some(_) => "noun",
    }
}

/// Parses a file of the tiny dictionary, without its comments.
fn rows((path, text): (&str, &str)) -> Result<Vec<Vec<String>>, Error> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).comment(Some(b'#')).from_reader(text.as_bytes());
    let records: Result<Vec<csv::StringRecord>, csv::Error> = reader.records().collect();
    let records = records.map_err(|error| Error::malformed(Path::new(path), error.to_string()))?;
    Ok(records.iter().map(|record| record.iter().map(str::to_owned).collect()).collect())
}

fn invalid(path: &str, cells: &[String]) -> Error {
    Error::malformed(Path::new(path), format!("invalid row {cells:?}"))
}

#[cfg(test)]
mod tests {
    use gisa_testing::provided;

    use super::*;
    use crate::tokenizer::Tokenizer;

    fn analysis(tokenizer: &Tokenizer, text: &str) -> String {
        let mut worker = tokenizer.new_worker();
        let morphemes = worker.tokenize(text).iter();
        morphemes.map(|m| format!("{}/{}", m.surface(text), m.tag())).collect::<Vec<_>>().join(" ")
    }

    /// Sentences that are analysed as by mecab-ko-dic.
    const SENTENCES: &[(&str, &str)] = &[
        (
            "이장우 시장은 23일 서울에서 기자들을 만났다.",
            "이장우/NNP 시장/NNG 은/JX 23/SN 일/NNBC 서울/NNP 에서/JKB 기자/NNG 들/XSN 을/JKO 만났/VV+EP 다/EF ./SF",
        ),
        ("시장이 말했다.", "시장/NNG 이/JKS 말/NNG 했/XSV+EP 다/EF ./SF"),
        ("서울에서 열렸다.", "서울/NNP 에서/JKB 열렸/VV+EP 다/EF ./SF"),
        ("나는 새", "나/NP 는/JX 새/NNG"),
        ("시민과 기자가 공원에 갔다.", "시민/NNG 과/JC 기자/NNG 가/JKS 공원/NNG 에/JKB 갔/VV+EP 다/EF ./SF"),
    ];

    #[test]
    fn simple_sentences_are_analysed() {
        let tokenizer = Tokenizer::new(dictionary().unwrap());
        for (text, expected) in SENTENCES {
            assert_eq!(analysis(&tokenizer, text), *expected);
        }
    }

    #[test]
    fn the_whole_dictionary_gives_the_same_analyses() {
        let Some(dictionary) = provided(Dictionary::find(None), Error::is_not_found) else { return };
        let tokenizer = Tokenizer::new(dictionary);
        for (text, expected) in SENTENCES {
            assert_eq!(analysis(&tokenizer, text), *expected);
        }
    }

    #[test]
    fn the_folder_is_removed_with_the_dictionary() {
        let dictionary = dictionary().unwrap();
        let path = dictionary.path().to_owned();
        let tokenizer = Tokenizer::new(dictionary);
        assert!(tokenizer.dictionary().verify().is_ok() && path.is_dir());
        drop(tokenizer);
        assert!(!path.exists());
    }
}
