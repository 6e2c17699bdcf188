//! The analyses of MeCab-ko over the same dictionary, sentence by sentence.
//!
//! `tests/golden/morphemes.tsv` holds sentences of the sample corpus, and some that try the handling of unknown words
//! and white space, with what MeCab-ko (the package `mecab-ko`) gives for them, opened on the dictionary folder of the package
//! that this project builds from (`mecab -d FOLDER -r /dev/null`): surface and first feature of every node, joined by
//! single spaces. The analyser is to give the same, without exception.

use std::fs;
use std::path::Path;

use gisa_testing::{provided, skip};
use gisa_tokenizer::{Dictionary, Error, Tokenizer};

#[test]
fn sentences_are_analysed_as_by_mecab_ko() {
    let Some(dictionary) = provided(Dictionary::find(None), Error::is_not_found) else { return };
    let mut worker = Tokenizer::new(dictionary).new_worker();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden/morphemes.tsv");
    let golden = match fs::read_to_string(&path) {
        Ok(golden) => golden,
        Err(error) => return skip(format_args!("{}: {error}", path.display())),
    };
    let mut count = 0;
    for line in golden.lines() {
        let (sentence, expected) = line.split_once('\t').expect("a sentence and its analysis");
        let morphemes = worker.tokenize_sentence(sentence, 0..sentence.len());
        let found: Vec<String> = morphemes.iter().map(|m| format!("{}/{}", m.surface(sentence), m.tag())).collect();
        assert_eq!(found.join(" "), expected, "for {sentence:?}");
        count += 1;
    }
    assert!(count > 500, "{count} sentences");
}
