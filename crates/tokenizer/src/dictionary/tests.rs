//! The dictionary as a whole: built from the source of the tiny one, or from one as `MeCab` compiles it; opened, truncated,
//! altered, replaced and installed.

use std::fs;
use std::path::{Path, PathBuf};

use super::build::mecab::FILES;
use super::{BuildReport, ContextIds, Dictionary, build};
use crate::class::SemanticClass;
use crate::tiny;

mod building;
mod compiled;
mod manifest;
mod mecab;
mod opened;
mod source;
mod staging;

/// A folder with the source of a dictionary, and a place to build it to.
struct Folder {
    root: tempfile::TempDir,
}

impl Folder {
    /// With the source of the tiny dictionary.
    fn new() -> Folder {
        let folder = Folder::empty();
        tiny::write_source(&folder.from()).unwrap();
        folder
    }

    /// With the tiny dictionary and its source.
    fn built() -> Folder {
        let folder = Folder::new();
        folder.build(ContextIds::Merged);
        folder
    }

    /// With the files of the dictionary of [`compiled`].
    fn compiled() -> Folder {
        let folder = Folder::empty();
        for (name, bytes) in FILES.iter().zip(compiled::compiled()) {
            fs::write(folder.from().join(name), bytes).unwrap();
        }
        folder
    }

    fn empty() -> Folder {
        let folder = Folder { root: tempfile::tempdir().unwrap() };
        fs::create_dir(folder.from()).unwrap();
        folder
    }

    fn build(&self, contexts: ContextIds) -> BuildReport {
        build(&self.from(), &self.out(), contexts).unwrap()
    }

    fn path(&self) -> &Path {
        self.root.path()
    }

    fn from(&self) -> PathBuf {
        self.path().join("from")
    }

    fn out(&self) -> PathBuf {
        self.path().join("ko-dic")
    }

    /// Everything in the folder but the dictionary's source.
    fn names(&self) -> Vec<String> {
        let files = fs::read_dir(self.path()).unwrap();
        let mut names: Vec<String> = files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        names.retain(|name| name != "from");
        names.sort();
        names
    }
}

/// The tag and class of each word that a surface has, in a built dictionary.
fn kinds(dictionary: &Dictionary, surface: &str) -> Vec<(String, SemanticClass)> {
    let words = dictionary.lindera().prefix_dictionary.find_surface(surface);
    let kinds = words.iter().map(|word| dictionary.word(word.word_id().id()));
    kinds.map(|(tag, class)| (tag.to_string(), class)).collect()
}
