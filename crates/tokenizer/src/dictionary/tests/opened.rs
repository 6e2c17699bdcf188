//! The opened dictionary: installed elsewhere, shared, and with the words of mecab-ko-dic, when that was built.

use std::fs;
use std::path::Path;

use super::{Folder, kinds};
use crate::class::SemanticClass;
use crate::dictionary::build::source::Pin;
use crate::dictionary::{Dictionary, install};

#[test]
fn a_dictionary_is_installed_whole() {
    let folder = Folder::built();
    let dictionary = Dictionary::open(&folder.out()).unwrap();
    let place = folder.path().join("data/gisa/ko-dic");
    install(&dictionary, &place).unwrap();
    install(&Dictionary::open(&place).unwrap(), &place).unwrap();
    Dictionary::open(&place).unwrap().verify().unwrap();
    let names = |path: &Path| fs::read_dir(path).unwrap().count();
    assert_eq!(names(&place), names(&folder.out()));
    assert_eq!(names(place.parent().unwrap()), 1);
}

#[test]
fn the_dictionary_is_shared_between_threads() {
    fn assert_all<T: Send + Sync + Clone + std::fmt::Debug>() {}
    assert_all::<Dictionary>();
}

#[test]
fn the_real_dictionary_has_its_words() {
    let Some(dictionary) = gisa_testing::provided(Dictionary::find(None), crate::Error::is_not_found) else { return };
    let pin = Pin::mecab_ko_dic().unwrap();
    assert_eq!(dictionary.entries(), pin.entries);
    assert_eq!(dictionary.lindera().unknown_dictionary.costs.len(), 13);
    let cases = [
        ("대전", "NNP", SemanticClass::Place),
        ("은", "JX", SemanticClass::None),
        ("김", "NNP", SemanticClass::Person),
        ("출국", "NNG", SemanticClass::Act),
        ("공원", "NNG", SemanticClass::Location),
        (",", "SC", SemanticClass::None),
        ("다", "EF", SemanticClass::None),
        ("했", "XSV+EP", SemanticClass::None),
    ];
    for (surface, tag, class) in cases {
        let kinds = kinds(&dictionary, surface);
        assert!(kinds.contains(&(tag.to_owned(), class)), "{surface}: {kinds:?}");
    }
}
