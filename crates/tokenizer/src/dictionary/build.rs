//! Building the dictionary: from `MeCab`'s binaries or mecab-ko-dic's source to the folder that
//! [`Dictionary::open`] reads.

use std::fs;
use std::path::Path;

use lindera_dictionary::builder::DictionaryBuilder;
use lindera_dictionary::dictionary::Dictionary as LinderaDictionary;
use lindera_dictionary::dictionary::metadata::Metadata;
use lindera_dictionary::dictionary::schema::Schema;
use lindera_dictionary::space_penalty::{SpacePenaltyConfig, SpacePenaltyRule};

use crate::dictionary::manifest::{Depth, Manifest};
use crate::dictionary::opened::Dictionary;
use crate::dictionary::{contexts, index, words};
use crate::error::Error;

pub(crate) mod lexicon;
mod matrix;
pub(crate) mod mecab;
pub(crate) mod source;
mod staging;

use self::lexicon::Lexicon;
use self::source::Pin;
use self::staging::Staging;

/// The numbering of the contexts of the connection costs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ContextIds {
    /// Contexts with equal costs share an id, and ids are ordered by their use on news. The analyses are the same, the
    /// matrix is a third of the size, and the search is faster.
    #[default]
    Merged,
    /// Every context of the source has an id of its own, as in a build by lindera itself: for comparisons.
    Source,
}

/// A summary of a build.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct BuildReport {
    /// The number of words.
    pub entries: usize,
    /// The number of entries for unknown words.
    pub unknown_entries: usize,
    /// The numbers of right and left contexts in the source.
    pub source_contexts: (usize, usize),
    /// The numbers of right and left contexts in the dictionary, after those with equal costs were merged.
    pub contexts: (usize, usize),
}

/// Builds a dictionary.
///
/// `from` is the package that `data/sources.toml` pins (a `.whl` file, whose hash is checked), a folder with
/// a dictionary that `MeCab` compiled (`sys.dic` and so on), or the source folder of mecab-ko-dic (`*.csv`,
/// `matrix.def` and so on).
///
/// The dictionary is built beside `out` and renamed when it is complete; a dictionary at `out` stays until then.
///
/// # Errors
///
/// When the source is invalid (the message names the file, what was expected and what was found), when `out` exists and
/// is no dictionary, and when something cannot be written.
pub fn build(from: &Path, out: &Path, contexts: ContextIds) -> Result<BuildReport, Error> {
    build_pinned(from, out, contexts, &Pin::mecab_ko_dic()?)
}

pub(crate) fn build_pinned(from: &Path, out: &Path, context_ids: ContextIds, pin: &Pin) -> Result<BuildReport, Error> {
    let staging = Staging::beside(out)?;
    let (mut lexicon, provenance) = source::read(from, pin)?;
    let source_contexts = (lexicon.matrix.rights(), lexicon.matrix.lefts());
    if context_ids == ContextIds::Merged {
        merge_contexts(&mut lexicon);
    }
    lexicon.sort();

    let text = staging.text()?;
    lexicon.write(text.path())?;
    let folder = staging.dictionary();
    let lindera_failed = |error: lindera_dictionary::error::LinderaError| Error::malformed(from, error.to_string());
    let mut builder = DictionaryBuilder::new(metadata());
    if has_frequencies(&lexicon) {
        let frequencies = text.path().join("context-frequencies.txt");
        write(&frequencies, CONTEXT_FREQUENCIES.as_bytes())?;
        builder = builder.with_context_id_freq(frequencies);
    }
    builder.build_dictionary(text.path(), &folder).map_err(lindera_failed)?;
    let built = LinderaDictionary::load_from_path(&folder).map_err(lindera_failed)?;
    let wrong = |cause| Error::malformed(from, cause);
    compare(&built, &lexicon).map_err(wrong)?;
    write(&folder.join(index::FILE), &index::writer::table(&built, &lexicon.words).map_err(wrong)?)?;
    write(&folder.join(words::FILE), &words::writer::table(&lexicon).map_err(wrong)?)?;
    write(&folder.join(contexts::FILE), contexts::writer::table(&lexicon.words).as_bytes())?;
    write(&folder.join("NOTICE.txt"), include_bytes!("../../data/NOTICE-mecab-ko-dic.txt"))?;
    Manifest::describe(&folder, lexicon.words.len(), provenance)?.write(&folder)?;
    staging.publish()?;
    Ok(BuildReport {
        entries: lexicon.words.len(),
        unknown_entries: lexicon.unknown.len(),
        source_contexts,
        contexts: (lexicon.matrix.rights(), lexicon.matrix.lefts()),
    })
}

/// Writes the source of a dictionary in the form of mecab-ko-dic's: `lexicon.csv`, `matrix.def`, `char.def` and `unk.def`.
/// Other analysers build their dictionaries from these, so that all read the same words and costs.
///
/// `from` is as for [`build()`]. The words are sorted by surface.
///
/// # Errors
///
/// When the source is invalid, and when something cannot be written.
pub fn export(from: &Path, out: &Path) -> Result<(), Error> {
    let (mut lexicon, _) = source::read(from, &Pin::mecab_ko_dic()?)?;
    lexicon.sort();
    fs::create_dir_all(out).map_err(Error::io(out))?;
    lexicon.write(out)
}

/// Copies a dictionary to another place, for example [`Dictionary::user_data_path`]. The copy is complete or does not exist.
///
/// # Errors
///
/// When a file of the dictionary is altered, when `out` exists and is no dictionary, and when something cannot be
/// written.
pub fn install(dictionary: &Dictionary, out: &Path) -> Result<(), Error> {
    let from = dictionary.path();
    let same_place = fs::canonicalize(out).ok().is_some_and(|out| fs::canonicalize(from).ok() == Some(out));
    if same_place {
        return Ok(());
    }
    let staging = Staging::beside(out)?;
    let folder = staging.dictionary();
    let mut manifest = Manifest::read(from)?;
    for name in manifest.files() {
        let source = from.join(name);
        fs::copy(&source, folder.join(name)).map_err(Error::io(&source))?;
    }
    manifest.check(&folder, Depth::Whole)?;
    manifest.restamp(&folder)?;
    manifest.write(&folder)?;
    staging.publish()
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    fs::write(path, bytes).map_err(Error::io(path))
}

/// See [`Matrix::merge_equal_contexts`](crate::dictionary::build::matrix::Matrix::merge_equal_contexts).
fn merge_contexts(lexicon: &mut Lexicon) {
    let ids = lexicon.matrix.merge_equal_contexts();
    for word in lexicon.words.iter_mut().chain(&mut lexicon.unknown) {
        word.left = ids.left[usize::from(word.left)];
        word.right = ids.right[usize::from(word.right)];
    }
}

/// Reads every word back: the tables by word id are valid only if lindera numbered the words in the same way.
fn compare(built: &LinderaDictionary, lexicon: &Lexicon) -> Result<(), String> {
    let found = built.prefix_dictionary.word_count();
    if found != lexicon.words.len() {
        return Err(format!("expected {} words in the built dictionary, found {found}", lexicon.words.len()));
    }
    let words = lexicon.words.iter().enumerate().map(|(id, word)| (word, built.word_details_iter(id)));
    let unknown = lexicon.unknown.iter().enumerate().map(|(id, word)| (word, built.unknown_word_details_iter(id)));
    for (word, details) in words.chain(unknown) {
        if !word.features().eq(details) {
            return Err(format!("word {:?} was not built as it was read", word.surface));
        }
    }
    Ok(())
}

/// The frequency of each context in searches of news: the numbers of left and right contexts, then a count for each.
/// lindera gives frequent contexts neighbouring ids, so that their costs stay in the processor's cache; the order changes
/// no result.
const CONTEXT_FREQUENCIES: &str = include_str!("../../data/context-frequencies.txt");

/// Returns whether the frequencies are those of this dictionary's contexts.
fn has_frequencies(lexicon: &Lexicon) -> bool {
    let sizes = format!("{} {}", lexicon.matrix.lefts(), lexicon.matrix.rights());
    CONTEXT_FREQUENCIES.lines().next() == Some(sizes.as_str())
}

/// Returns lindera's metadata of mecab-ko-dic, as in the `metadata.json` of lindera-ko-dic.
fn metadata() -> Metadata {
    let schema = |fields: &[&str]| Schema::new(fields.iter().map(|&field| field.to_owned()).collect());
    let mut metadata = Metadata::new(
        "ko-dic".to_owned(),
        "UTF-8".to_owned(),
        -10_000,
        0,
        0,
        "*".to_owned(),
        false,
        false,
        false,
        schema(&[
            "surface",
            "left_context_id",
            "right_context_id",
            "cost",
            "part_of_speech_tag",
            "meaning",
            "presence_absence",
            "reading",
            "type",
            "first_part_of_speech",
            "last_part_of_speech",
            "expression",
        ]),
        schema(&["surface", "part_of_speech_tag", "reading"]),
    );
    metadata.connection_id_mapping = true;
    // Particles, endings and suffixes after a space cost more, as in mecab-ko-dic's dicrc.
    metadata.space_penalty = Some(SpacePenaltyConfig::new(vec![
        SpacePenaltyRule::new(["EC", "EF", "EP", "ETM", "ETN", "VCP", "XSA", "XSN", "XSV"], 3000),
        SpacePenaltyRule::new(["JC", "JKB", "JKC", "JKG", "JKO", "JKQ", "JKS", "JKV", "JX"], 6000),
    ]));
    metadata
}
