//! The tokenizer: a dictionary, a user dictionary or none, and the settings; shared by all threads.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::characters::Characters;
use crate::user_dictionary::{HopelessEntry, UserDictionary};
use crate::{Dictionary, Error, Worker};

/// Analyses Korean text into morphemes. Made once, shared by all threads; each thread has its own [`Worker`].
///
/// Cloning is cheap: the dictionaries are shared.
#[derive(Clone)]
pub struct Tokenizer {
    pub(crate) dictionary: Dictionary,
    pub(crate) user: Option<Arc<UserDictionary>>,
    pub(crate) characters: Arc<Characters>,
}

impl std::fmt::Debug for Tokenizer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tokenizer").field("dictionary", &self.dictionary.path()).finish_non_exhaustive()
    }
}

impl Tokenizer {
    /// A tokenizer over a dictionary, without a user dictionary.
    pub fn new(dictionary: Dictionary) -> Tokenizer {
        Tokenizer::over(dictionary, None)
    }

    /// Options for a tokenizer: where the dictionary is, and the user dictionaries.
    pub fn builder() -> TokenizerBuilder {
        TokenizerBuilder::default()
    }

    /// A worker for one thread. It owns the buffers of the search, so make one and use it for many texts.
    pub fn new_worker(&self) -> Worker {
        Worker::new(self)
    }

    /// The same with another user dictionary, or with its file read anew. The system dictionary is shared, so this takes
    /// as long as reading the file; workers made before go on with what they have.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, and the first row that is wrong (file and line are named).
    pub fn with_user_dictionary(&self, path: &Path) -> Result<Tokenizer, Error> {
        let user = UserDictionary::read(path, &self.dictionary)?;
        Ok(Tokenizer { user: Some(Arc::new(user)), ..self.clone() })
    }

    /// The entries of the user dictionary that can never be chosen, since others are cheaper whatever stands around
    /// them. Entries without a cost of their own hardly ever are among these.
    pub fn hopeless_user_entries(&self) -> Vec<HopelessEntry> {
        self.user.as_ref().map_or_else(Vec::new, |user| user.hopeless(self))
    }

    /// The dictionary that the tokenizer reads.
    pub fn dictionary(&self) -> &Dictionary {
        &self.dictionary
    }

    fn over(dictionary: Dictionary, user: Option<UserDictionary>) -> Tokenizer {
        let characters = Arc::new(Characters::new(&dictionary));
        Tokenizer { dictionary, user: user.map(Arc::new), characters }
    }
}

/// Options for a [`Tokenizer`].
///
/// ```no_run
/// use gisa_tokenizer::Tokenizer;
///
/// let tokenizer = Tokenizer::builder().user_dictionary("dictionaries/user.csv").build()?;
/// # Ok::<(), gisa_tokenizer::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct TokenizerBuilder {
    dictionary: Option<PathBuf>,
    user_dictionary: Option<PathBuf>,
}

impl TokenizerBuilder {
    /// The folder of the built dictionary; without it, [`Dictionary::find`] searches the usual places.
    #[must_use]
    pub fn dictionary(mut self, path: impl AsRef<Path>) -> TokenizerBuilder {
        self.dictionary = Some(path.as_ref().to_owned());
        self
    }

    /// A CSV file of words of your own, `surface,tag[,class][,cost]`; its entries win over the dictionary's.
    #[must_use]
    pub fn user_dictionary(mut self, path: impl AsRef<Path>) -> TokenizerBuilder {
        self.user_dictionary = Some(path.as_ref().to_owned());
        self
    }

    /// Opens the dictionary and reads the user dictionary.
    ///
    /// # Errors
    ///
    /// When no dictionary is found or it is damaged, and when a row of the user dictionary is wrong (file and line
    /// are named).
    pub fn build(self) -> Result<Tokenizer, Error> {
        let dictionary = Dictionary::find(self.dictionary.as_deref())?;
        let user = match &self.user_dictionary {
            Some(path) => Some(UserDictionary::read(path, &dictionary)?),
            None => None,
        };
        Ok(Tokenizer::over(dictionary, user))
    }

    /// As [`build`](Self::build), with the user dictionary's rows from a reader; `name` stands for the file in messages.
    ///
    /// # Errors
    ///
    /// As [`build`](Self::build).
    pub fn build_with_user_entries(self, entries: impl io::Read, name: &Path) -> Result<Tokenizer, Error> {
        let dictionary = Dictionary::find(self.dictionary.as_deref())?;
        let user = UserDictionary::from_reader(entries, name, &dictionary)?;
        Ok(Tokenizer::over(dictionary, Some(user)))
    }
}
