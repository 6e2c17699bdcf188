//! What `MeCab` compiled: decompiled, and refused where it is truncated, altered or does not fit.

use std::path::PathBuf;

use super::compiled::{LEFTS, RIGHTS, UNKNOWN, WORDS, compiled, connection_cost};
use crate::dictionary::build::lexicon;
use crate::dictionary::build::mecab::{Compiled, FILES, decompile};
use crate::error::Error;

pub fn read(files: [Vec<u8>; 4]) -> Result<lexicon::Lexicon, Error> {
    decompile(&Compiled { folder: PathBuf::from("tiny"), files })
}

#[test]
fn a_compiled_dictionary_is_decompiled() {
    let lexicon = read(compiled()).unwrap();
    let features = |word: &lexicon::Entry| word.features().collect::<Vec<_>>().join(",").replace("1,2", "\"1,2\"");
    for (found, expected) in [(&lexicon.words, WORDS), (&lexicon.unknown, UNKNOWN)] {
        let found: Vec<_> = found
            .iter()
            .map(|word| (word.surface.as_str(), word.left, word.right, word.cost, features(word)))
            .collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|&(surface, left, right, cost, f)| (surface, left, right, cost, f.to_owned()))
            .collect();
        assert_eq!(found, expected);
    }
    for left in 0..LEFTS {
        for right in 0..RIGHTS {
            assert_eq!(lexicon.matrix.cost(right.into(), left.into()), connection_cost(right, left));
        }
    }
    assert_eq!(
        lexicon.characters,
        "DEFAULT 0 1 0\nSPACE 0 1 0\nHANGUL 0 1 2\nALPHA 1 1 0\n\
         0x0020..0x0020 SPACE\n0x0061..0x007A ALPHA\n0xAC00..0xD7A3 HANGUL\n0xFF41..0xFF5A ALPHA DEFAULT\n"
    );
}

#[test]
fn a_cut_file_is_refused_at_every_length() {
    let compiled = compiled();
    for (file, name) in FILES.iter().enumerate() {
        let whole = compiled[file].len();
        let step = if whole > 10_000 { 997 } else { 1 };
        for length in (0..whole).step_by(step).chain([whole - 1]) {
            let mut files = compiled.clone();
            files[file].truncate(length);
            let error = read(files).err().unwrap_or_else(|| panic!("{name} of {length} bytes was read"));
            assert!(error.to_string().contains(name), "{error}");
        }
        let mut files = compiled.clone();
        files[file].push(0);
        assert!(read(files).is_err(), "{name} with a byte more was read");
    }
}

#[test]
fn an_altered_byte_never_panics() {
    for file in 0..FILES.len() {
        let whole = compiled();
        // The four bytes of the size, the names of the categories and then some of the characters of char.bin.
        let step = if file == 3 { 307 } else { 1 };
        for place in (0..whole[file].len().min(20_000)).step_by(step) {
            for flip in [0x01, 0x80, 0xff] {
                let mut files = whole.clone();
                files[file][place] ^= flip;
                let _ = read(files);
            }
        }
    }
}

#[test]
fn headers_that_do_not_fit_are_explained() {
    let cases = [
        (0, 4, "expected MeCab dictionary version 102, found 103"),
        (0, 8, "expected dictionary type 0, found 1"),
        (0, 16, "expected a left size, as in matrix.bin, of 4, found 5"),
        (0, 40, "expected the character set UTF-8, found \"TTF-8\""),
        (3, 0, "expected a file of"),
        (2, 0, "expected a file of 54 bytes, found 44"),
    ];
    for (file, place, message) in cases {
        let mut files = compiled();
        files[file][place] ^= 1;
        let error = read(files).err().unwrap().to_string();
        assert!(error.contains(message), "{error}");
        assert!(error.contains("get it again"), "{error}");
    }
}
