//! An opened dictionary: the memory-mapped files of a built folder, checked against its manifest.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use lindera_dictionary::dictionary::Dictionary as LinderaDictionary;

use crate::class::SemanticClass;
use crate::dictionary::contexts::Contexts;
use crate::dictionary::index::{self, Index};
use crate::dictionary::manifest::{Depth, Manifest};
use crate::dictionary::search::{self, SearchPlaces};
use crate::dictionary::words::{self, Words};
use crate::error::{Error, REBUILD};
use crate::tag::Tag;

/// A built dictionary, opened. Cloning is cheap: the files are shared.
#[derive(Clone)]
pub struct Dictionary {
    shared: Arc<Shared>,
}

struct Shared {
    path: PathBuf,
    lindera: LinderaDictionary,
    words: Words,
    index: Index,
    /// The folder, when it is to be removed after the files above are closed.
    #[cfg(feature = "tiny")]
    _folder: Option<tempfile::TempDir>,
}

impl Dictionary {
    /// Opens the dictionary in a folder that [`build`](super::build()) made.
    ///
    /// The files are memory-mapped and read as they are needed. Their sizes are compared with the manifest; a file
    /// that was written after the dictionary was built is compared by its hash.
    ///
    /// # Errors
    ///
    /// When the folder is not there, is no dictionary or one of another format version, and when a file is missing,
    /// cut or altered: the message names it and says what was expected, what was found and what to do.
    pub fn open(path: &Path) -> Result<Dictionary, Error> {
        if !path.exists() {
            return Err(Error::NoDictionary { looked_in: vec![path.to_owned()] });
        }
        let manifest = Manifest::read(path)?;
        manifest.check(path, Depth::Changed)?;
        let lindera = LinderaDictionary::load_from_path(path)
            .map_err(|error| Error::malformed(path, format!("{error}; {REBUILD}")))?;
        let words = Words::open(&path.join(words::FILE))?;
        let index = Index::open(&path.join(index::FILE))?;
        let found = [words.word_count(), index.word_count(), words.unknown_count()];
        let expected = [manifest.entries, manifest.entries, lindera.unknown_dictionary.costs.len()];
        if found != expected {
            let cause = format!("expected {expected:?} words in its parts, found {found:?}; {REBUILD}");
            return Err(Error::malformed(path, cause));
        }
        let matrix = &lindera.connection_cost_matrix;
        let contexts = (matrix.backward_size as usize, matrix.forward_size as usize);
        if index.contexts() != contexts {
            let cause = format!("expected {contexts:?} contexts in its parts, found {:?}; {REBUILD}", index.contexts());
            return Err(Error::malformed(path, cause));
        }
        let shared = Shared {
            path: path.to_owned(),
            lindera,
            words,
            index,
            #[cfg(feature = "tiny")]
            _folder: None,
        };
        Ok(Dictionary { shared: Arc::new(shared) })
    }

    /// Opens the dictionary from the first place that has one: `explicit` and no other if it is given; else
    /// `$GISA_DICTIONARY` and no other if it is set; else [`user_data_path`](Self::user_data_path), then
    /// `dictionaries/ko-dic` in the current folder or one above it, then in the checkout the program was compiled in.
    ///
    /// # Errors
    ///
    /// When there is none (the message says where was looked and how to make one), and as [`open`](Self::open).
    pub fn find(explicit: Option<&Path>) -> Result<Dictionary, Error> {
        match SearchPlaces::of_process().find(explicit) {
            Ok(path) => Dictionary::open(&path),
            Err(looked_in) => Err(Error::NoDictionary { looked_in }),
        }
    }

    /// Where a dictionary for all of a user's projects is: `gisa/ko-dic` in `$XDG_DATA_HOME` (or `~/.local/share`),
    /// `~/Library/Application Support` or `%APPDATA%`. None when the system does not say where that is.
    pub fn user_data_path() -> Option<PathBuf> {
        search::user_data_path()
    }

    /// Reads all files and compares them with the hashes they had when the dictionary was built.
    ///
    /// # Errors
    ///
    /// The first file that is missing, cut or altered, by name.
    pub fn verify(&self) -> Result<(), Error> {
        Manifest::read(self.path())?.check(self.path(), Depth::Whole)
    }

    /// The number of words.
    pub fn entries(&self) -> usize {
        self.shared.words.word_count()
    }

    /// The folder that the dictionary was opened from.
    pub fn path(&self) -> &Path {
        &self.shared.path
    }

    /// Gives a dictionary that is not shared yet its temporary folder, to be removed with it.
    #[cfg(feature = "tiny")]
    pub(crate) fn with_folder(mut self, folder: tempfile::TempDir) -> Dictionary {
        if let Some(shared) = Arc::get_mut(&mut self.shared) {
            shared._folder = Some(folder);
        }
        self
    }

    /// lindera's parts of the dictionary.
    pub(crate) fn lindera(&self) -> &LinderaDictionary {
        &self.shared.lindera
    }

    /// What a word is, by its id in lindera's system dictionary.
    pub(crate) fn word(&self, system_word_id: u32) -> (Tag, SemanticClass) {
        self.shared.words.word(system_word_id)
    }

    /// The index of the words.
    pub(crate) fn index(&self) -> &Index {
        &self.shared.index
    }

    /// How many left and right contexts there are.
    pub(crate) fn contexts_in_use(&self) -> (usize, usize) {
        self.shared.index.contexts()
    }

    /// The left context of a sentence's end.
    pub(crate) fn boundary_left(&self) -> u16 {
        self.in_use((0, 0)).0
    }

    /// The right context of a sentence's beginning.
    pub(crate) fn boundary_right(&self) -> u16 {
        self.in_use((0, 0)).1
    }

    /// The ids that a left and a right context have after lindera has brought the frequent ones together.
    pub(crate) fn in_use(&self, (left, right): (u16, u16)) -> (u16, u16) {
        let map = self.shared.lindera.metadata.context_id_map.as_ref();
        map.map_or((left, right), |map| (map.map_left(left), map.map_right(right)))
    }

    /// What a word made from character classes is, by the id of the entry it was made with.
    pub(crate) fn unknown_word(&self, unknown_word_id: u32) -> (Tag, SemanticClass) {
        self.shared.words.unknown_word(unknown_word_id)
    }

    /// The contexts that words of each kind have.
    pub(crate) fn contexts(&self) -> Result<Contexts, Error> {
        Contexts::read(self.path())
    }
}

impl fmt::Debug for Dictionary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dictionary").field("path", &self.path()).field("entries", &self.entries()).finish()
    }
}
