//! Building: the same dictionary from what `MeCab` compiled and from a source folder, with every word and cost.

use std::fs;
use std::path::Path;

use super::compiled::{UNKNOWN, WORDS, compiled, connection_cost};
use super::mecab::read;
use super::{Folder, kinds};
use crate::PosTag;
use crate::class::SemanticClass;
use crate::dictionary::{ContextIds, Dictionary, build, export};

#[test]
fn a_compiled_dictionary_is_built_and_opened() {
    let folder = Folder::compiled();
    let report = folder.build(ContextIds::Merged);
    assert_eq!((report.entries, report.unknown_entries), (WORDS.len(), UNKNOWN.len()));
    assert_eq!((report.source_contexts, report.contexts), ((4, 5), (3, 5)));
    assert_eq!(folder.names(), ["ko-dic"], "nothing is left beside it");

    let dictionary = Dictionary::open(&folder.out()).unwrap();
    dictionary.verify().unwrap();
    assert_eq!(dictionary.entries(), WORDS.len());
    assert_eq!(dictionary.path(), folder.out());
    let kind = |tag: &str, class| (tag.to_owned(), class);
    assert_eq!(kinds(&dictionary, ","), [kind("SC", SemanticClass::None)]);
    assert_eq!(kinds(&dictionary, "\""), [kind("SY", SemanticClass::None)]);
    assert_eq!(kinds(&dictionary, "가람"), [kind("NNP", SemanticClass::Place)]);
    assert_eq!(kinds(&dictionary, "가"), [kind("NNG", SemanticClass::Location), kind("VV+EC", SemanticClass::None)]);
    assert_eq!(kinds(&dictionary, "다"), []);
    assert_eq!(dictionary.word(WORDS.len() as u32 + 99).0, PosTag::Unknown.into());
    let unknown: Vec<String> = (0..4).map(|id| dictionary.unknown_word(id).0.to_string()).collect();
    assert_eq!(unknown, ["SL", "SY", "UNKNOWN", "SP"]);
}

#[test]
fn a_dictionary_for_comparisons_has_the_contexts_of_its_source() {
    let folder = Folder::compiled();
    let report = folder.build(ContextIds::Source);
    assert_eq!((report.source_contexts, report.contexts), ((4, 5), (4, 5)));
    assert_eq!(Dictionary::open(&folder.out()).unwrap().contexts_in_use(), (5, 4));
}

#[test]
fn an_exported_source_makes_the_same_dictionary() {
    let folder = Folder::compiled();
    folder.build(ContextIds::Merged);
    let source = folder.path().join("source");
    export(&folder.from(), &source).unwrap();
    let again = folder.path().join("again");
    build(&source, &again, ContextIds::Merged).unwrap();
    for name in ["dict.trie", "dict.vals", "matrix.mtx", "char_def.bin", "unk.bin", "index.bin", "words.bin"] {
        let read = |dictionary: &Path| fs::read(dictionary.join(name)).unwrap();
        assert!(read(&folder.out()) == read(&again), "{name} differs");
    }
}

#[test]
fn building_keeps_every_cost() {
    let folder = Folder::compiled();
    folder.build(ContextIds::Merged);
    let dictionary = Dictionary::open(&folder.out()).unwrap();
    let lindera = dictionary.lindera();
    let mut found = Vec::new();
    for surface in ["\"", ",", "ab", "가", "가람", "나"] {
        found.extend(lindera.prefix_dictionary.find_surface(surface));
    }
    assert_eq!(found.len(), WORDS.len());
    for (word, before) in found.iter().zip(WORDS) {
        assert_eq!(word.word_cost(), before.3, "{before:?}");
        for (other, after) in found.iter().zip(WORDS) {
            let cost = lindera.connection_cost_matrix.cost(word.right_id(), other.left_id());
            assert_eq!(cost, i32::from(connection_cost(before.2, after.1)), "{before:?} {after:?}");
        }
    }
}

#[test]
fn a_source_folder_makes_the_same_dictionary() {
    let folder = Folder::compiled();
    folder.build(ContextIds::Merged);
    let source = folder.path().join("source");
    fs::create_dir(&source).unwrap();
    let lexicon = read(compiled()).unwrap();
    lexicon.write(&source).unwrap();
    // As in mecab-ko-dic, the words are in several files, in no order.
    let text = fs::read_to_string(source.join("lexicon.csv")).unwrap();
    let (nouns, others): (Vec<&str>, Vec<&str>) = text.lines().rev().partition(|line| line.contains(",NN"));
    fs::remove_file(source.join("lexicon.csv")).unwrap();
    fs::write(source.join("NNG.csv"), nouns.join("\n")).unwrap();
    fs::write(source.join("Other.csv"), others.join("\n")).unwrap();

    let out = folder.path().join("from-source");
    build(&source, &out, ContextIds::Merged).unwrap();
    for file in ["dict.trie", "dict.vals", "dict.words", "matrix.mtx", "char_def.bin", "words.bin", "contexts.csv"] {
        assert_eq!(fs::read(folder.out().join(file)).unwrap(), fs::read(out.join(file)).unwrap(), "{file}");
    }

    fs::write(source.join("Bad.csv"), "라,1,1,1,NNG\n").unwrap();
    let error = build(&source, &out, ContextIds::Merged).unwrap_err().to_string();
    assert!(error.contains("Bad.csv: line 1: expected 12 columns, found 5"), "{error}");
    fs::write(source.join("Bad.csv"), "라,1,9,1,NNG,*,*,*,*,*,*,*\n").unwrap();
    let error = build(&source, &out, ContextIds::Merged).unwrap_err().to_string();
    assert!(error.contains("expected a right context id below 4, found \"9\""), "{error}");
    fs::write(source.join("Bad.csv"), "라,1,1,1,NNX,*,*,*,*,*,*,*\n").unwrap();
    let error = build(&source, &out, ContextIds::Merged).unwrap_err().to_string();
    assert!(error.contains("word \"라\": unknown part-of-speech tag \"NNX\""), "{error}");
}
