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

/// An opened dictionary. Cloning is cheap, since clones share the memory-mapped files.
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
    /// The files are memory-mapped and read as they are needed. Their sizes are compared with the manifest; the hash of a
    /// file is compared only if the file was written after the dictionary was built.
    ///
    /// # Errors
    ///
    /// When the folder does not exist, is no dictionary or one of another format version, and when a file is missing,
    /// truncated or altered. The message names the file and says what was expected, what was found and what to do.
    pub fn open(path: &Path) -> Result<Dictionary, Error> {
        Ok(Dictionary { shared: Arc::new(Shared::open(path)?) })
    }

    /// Opens a dictionary in a temporary folder, which is removed with the last clone of the dictionary.
    #[cfg(feature = "tiny")]
    pub(crate) fn open_temporary(path: &Path, folder: tempfile::TempDir) -> Result<Dictionary, Error> {
        Ok(Dictionary { shared: Arc::new(Shared { _folder: Some(folder), ..Shared::open(path)? }) })
    }

    /// Opens the dictionary of the first place that has one.
    ///
    /// If `explicit` is given, or else `$GISA_DICTIONARY` is set, that is the only place. Otherwise the places are
    /// [`user_data_path`](Self::user_data_path), `dictionaries/ko-dic` in the current folder or one above it, and the same
    /// in the checkout that the program was compiled in.
    ///
    /// # Errors
    ///
    /// When there is none (the message lists the places and says how to build one), and as [`open`](Self::open).
    pub fn find(explicit: Option<&Path>) -> Result<Dictionary, Error> {
        match SearchPlaces::of_process().find(explicit) {
            Ok(path) => Dictionary::open(&path),
            Err(looked_in) => Err(Error::NoDictionary { looked_in }),
        }
    }

    /// Returns the place of a dictionary for all of a user's projects: `gisa/ko-dic` in `$XDG_DATA_HOME` (or
    /// `~/.local/share`), `~/Library/Application Support` or `%APPDATA%`. None when the system does not name that folder.
    pub fn user_data_path() -> Option<PathBuf> {
        search::user_data_path()
    }

    /// Reads all files and compares their hashes with those of the build.
    ///
    /// # Errors
    ///
    /// At the first file that is missing, truncated or altered; the message names it.
    pub fn verify(&self) -> Result<(), Error> {
        Manifest::read(self.path())?.check(self.path(), Depth::Whole)
    }

    /// Returns the number of words.
    pub fn entries(&self) -> usize {
        self.shared.words.word_count()
    }

    /// Returns the folder that the dictionary was opened from.
    pub fn path(&self) -> &Path {
        &self.shared.path
    }

    /// Returns lindera's parts of the dictionary.
    pub(crate) fn lindera(&self) -> &LinderaDictionary {
        &self.shared.lindera
    }

    /// Returns the tag and class of a word, by its id in lindera's system dictionary.
    pub(crate) fn word(&self, system_word_id: u32) -> (Tag, SemanticClass) {
        self.shared.words.word(system_word_id)
    }

    /// Returns the index of the words.
    pub(crate) fn index(&self) -> &Index {
        &self.shared.index
    }

    /// Returns the numbers of left and right contexts.
    pub(crate) fn contexts_in_use(&self) -> (usize, usize) {
        self.shared.index.contexts()
    }

    /// Returns the left context of a sentence's end.
    pub(crate) fn boundary_left(&self) -> u16 {
        self.in_use((0, 0)).0
    }

    /// Returns the right context of a sentence's beginning.
    pub(crate) fn boundary_right(&self) -> u16 {
        self.in_use((0, 0)).1
    }

    /// Returns the ids of a left and a right context after lindera has renumbered them by frequency.
    pub(crate) fn in_use(&self, (left, right): (u16, u16)) -> (u16, u16) {
        let map = self.shared.lindera.metadata.context_id_map.as_ref();
        map.map_or((left, right), |map| (map.map_left(left), map.map_right(right)))
    }

    /// Returns the tag and class of an unknown word, by the id of its entry for unknown words.
    pub(crate) fn unknown_word(&self, unknown_word_id: u32) -> (Tag, SemanticClass) {
        self.shared.words.unknown_word(unknown_word_id)
    }

    /// Reads the contexts of words by their tag, class and ending.
    pub(crate) fn contexts(&self) -> Result<Contexts, Error> {
        Contexts::read(self.path())
    }
}

impl Shared {
    fn open(path: &Path) -> Result<Shared, Error> {
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
        Ok(Shared {
            path: path.to_owned(),
            lindera,
            words,
            index,
            #[cfg(feature = "tiny")]
            _folder: None,
        })
    }
}

impl fmt::Debug for Dictionary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dictionary").field("path", &self.path()).field("entries", &self.entries()).finish()
    }
}
