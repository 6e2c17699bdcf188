//! The dictionary as a program that links the library meets it: opened by path, found by the search, with words of
//! the user's own. The tests of the real dictionary say that they are skipped when none was built.

use std::path::{Path, PathBuf};

use gisa_testing::{provided, skip};
use gisa_tokenizer::{Dictionary, Error, MorphemeSource, Tokenizer, tiny};

const ENTRIES: usize = 816_283;

fn dictionary() -> Option<Dictionary> {
    provided(Dictionary::find(None), Error::is_not_found)
}

/// The words of a text that come from the user dictionary.
fn user_words(tokenizer: &Tokenizer, text: &str) -> Vec<String> {
    let mut worker = tokenizer.new_worker();
    let morphemes = worker.tokenize(text).iter().filter(|morpheme| morpheme.source() == MorphemeSource::User);
    morphemes.map(|morpheme| format!("{}/{}/{}", morpheme.surface(text), morpheme.tag(), morpheme.class())).collect()
}

#[test]
fn the_search_finds_what_the_path_opens() {
    let Some(found) = dictionary() else { return };
    assert_eq!(found.entries(), ENTRIES);
    let opened = Dictionary::open(found.path()).unwrap();
    assert_eq!(opened.entries(), ENTRIES);
    let named = Dictionary::find(Some(found.path())).unwrap();
    assert_eq!(named.path(), found.path());
}

#[test]
fn a_place_without_a_dictionary_says_how_to_make_one() {
    let nowhere = PathBuf::from("no/such/dictionary");
    let error = Dictionary::find(Some(&nowhere)).unwrap_err();
    assert!(matches!(&error, Error::NoDictionary { looked_in } if looked_in == std::slice::from_ref(&nowhere)));
    let message = error.to_string();
    assert!(message.contains("no/such/dictionary") && message.contains("`make dictionary`"), "{message}");
}

#[test]
fn the_example_user_dictionary_is_read() {
    let Some(_) = dictionary() else { return };
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dictionaries/user.csv");
    if !path.exists() {
        return skip(format_args!("there is no {}", path.display()));
    }
    let tokenizer = Tokenizer::builder().user_dictionary(path).build().unwrap();
    let text = "온마루시에 사는 한가온누리 씨는 23일 나래빛연구원에서 미리누비를 공개했다.";
    assert_eq!(
        user_words(&tokenizer, text),
        ["온마루시/NNP/지명", "한가온누리/NNP/인명", "나래빛연구원/NNP/~기관명사", "미리누비/NNP/*"]
    );
}

#[test]
fn a_wrong_row_is_named_by_file_and_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.csv");
    std::fs::write(&path, "# 우리 말\n온마루시,NNP,지명\n온마루시,명사\n").unwrap();
    let error =
        Tokenizer::builder().opened_dictionary(tiny::dictionary().unwrap()).user_dictionary(&path).build().unwrap_err();
    assert!(matches!(&error, Error::UserDictionary { line: 3, .. }), "{error}");
    assert!(error.to_string().contains("mine.csv:3: unknown part-of-speech tag \"명사\""), "{error}");
}
