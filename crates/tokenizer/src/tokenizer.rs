//! The tokenizer: a dictionary and, if there is one, a user dictionary. It is shared by all threads.

use std::fmt;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::characters::Characters;
use crate::dictionary::Dictionary;
use crate::error::Error;
use crate::hopeless::{HopelessEntry, hopeless_entries};
use crate::lattice::WordSources;
use crate::user_dictionary::UserDictionary;
use crate::worker::Worker;

/// Analyses Korean text into morphemes. Made once and shared by all threads; each thread has its own [`Worker`].
///
/// Cloning is cheap, since clones share the dictionaries.
#[derive(Clone)]
pub struct Tokenizer {
    dictionary: Dictionary,
    user: Option<Arc<UserDictionary>>,
    characters: Arc<Characters>,
}

impl Tokenizer {
    /// Creates a tokenizer without a user dictionary.
    pub fn new(dictionary: Dictionary) -> Tokenizer {
        Tokenizer::with_dictionaries(dictionary, None)
    }

    /// Returns a builder, which says where the dictionary is and adds a user dictionary.
    pub fn builder() -> TokenizerBuilder {
        TokenizerBuilder::default()
    }

    /// Creates a worker for one thread. It owns the buffers of the search: make one and use it for many texts.
    pub fn new_worker(&self) -> Worker {
        Worker::new(self)
    }

    /// Returns a tokenizer with another user dictionary, or with the same file read again.
    ///
    /// The system dictionary is shared, so this takes no longer than reading the file. Existing workers keep the user
    /// dictionary they have.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, and at its first invalid row (the message names file and line).
    pub fn with_user_dictionary(&self, path: &Path) -> Result<Tokenizer, Error> {
        self.with_user_entries(File::open(path).map_err(Error::io(path))?, path)
    }

    /// Returns a tokenizer with another user dictionary, read from any reader; `name` stands for the file in messages.
    ///
    /// # Errors
    ///
    /// As [`with_user_dictionary`](Self::with_user_dictionary).
    pub fn with_user_entries(&self, entries: impl io::Read, name: impl AsRef<Path>) -> Result<Tokenizer, Error> {
        let user = UserDictionary::from_reader(entries, name.as_ref(), &self.dictionary)?;
        Ok(Tokenizer { user: Some(Arc::new(user)), ..self.clone() })
    }

    /// Returns the entries of the user dictionary that can never be chosen, since other words are cheaper in every
    /// context. Entries without a cost of their own are hardly ever among these.
    pub fn hopeless_user_entries(&self) -> Vec<HopelessEntry> {
        self.user.as_ref().map_or_else(Vec::new, |user| hopeless_entries(user, self.word_sources()))
    }

    /// Returns the dictionary that the tokenizer reads.
    pub fn dictionary(&self) -> &Dictionary {
        &self.dictionary
    }

    /// Returns what a search reads its words from.
    pub(crate) fn word_sources(&self) -> WordSources<'_> {
        WordSources { dictionary: &self.dictionary, user: self.user.as_deref(), characters: &self.characters }
    }

    fn with_dictionaries(dictionary: Dictionary, user: Option<UserDictionary>) -> Tokenizer {
        let characters = Arc::new(Characters::new(&dictionary));
        Tokenizer { dictionary, user: user.map(Arc::new), characters }
    }
}

impl fmt::Debug for Tokenizer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokenizer")
            .field("dictionary", &self.dictionary)
            .field("user", &self.user)
            .finish_non_exhaustive()
    }
}

/// Builds a [`Tokenizer`].
///
/// ```no_run
/// use gisa_tokenizer::Tokenizer;
///
/// let tokenizer = Tokenizer::builder().user_dictionary("dictionaries/user.csv").build()?;
/// # Ok::<(), gisa_tokenizer::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct TokenizerBuilder {
    dictionary: DictionaryOption,
    user: Option<UserOption>,
}

/// The dictionary of a tokenizer that is to be built.
#[derive(Clone, Debug, Default)]
enum DictionaryOption {
    #[default]
    Search,
    Folder(PathBuf),
    Opened(Dictionary),
}

/// The user dictionary of a tokenizer that is to be built.
#[derive(Clone, Debug)]
enum UserOption {
    File(PathBuf),
    Text { name: PathBuf, text: Vec<u8> },
}

impl TokenizerBuilder {
    /// Sets the folder of the built dictionary. By default [`Dictionary::find`] searches the usual places.
    #[must_use]
    pub fn dictionary(mut self, path: impl AsRef<Path>) -> TokenizerBuilder {
        self.dictionary = DictionaryOption::Folder(path.as_ref().to_owned());
        self
    }

    /// Sets a dictionary that is open already.
    #[must_use]
    pub fn opened_dictionary(mut self, dictionary: Dictionary) -> TokenizerBuilder {
        self.dictionary = DictionaryOption::Opened(dictionary);
        self
    }

    /// Sets the user dictionary: a CSV file of rows `surface,tag[,class][,cost]`, whose entries win over the
    /// dictionary's.
    #[must_use]
    pub fn user_dictionary(mut self, path: impl AsRef<Path>) -> TokenizerBuilder {
        self.user = Some(UserOption::File(path.as_ref().to_owned()));
        self
    }

    /// Sets the user dictionary from any reader; `name` stands for the file in messages.
    ///
    /// ```
    /// use gisa_tokenizer::Tokenizer;
    ///
    /// # let dictionary = gisa_tokenizer::tiny::dictionary()?;
    /// let entries = "가람누리,NNP,지명\n";
    /// let tokenizer =
    ///     Tokenizer::builder().opened_dictionary(dictionary).user_entries(entries.as_bytes(), "mine.csv")?.build()?;
    /// let text = "가람누리에서";
    /// assert_eq!(tokenizer.new_worker().tokenize(text)[0].surface(text), "가람누리");
    /// # Ok::<(), gisa_tokenizer::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the reader fails. Invalid rows are reported by [`build`](Self::build).
    pub fn user_entries(mut self, mut entries: impl io::Read, name: impl AsRef<Path>) -> Result<Self, Error> {
        let name = name.as_ref().to_owned();
        let mut text = Vec::new();
        entries.read_to_end(&mut text).map_err(Error::io(&name))?;
        self.user = Some(UserOption::Text { name, text });
        Ok(self)
    }

    /// Opens the dictionary and reads the user dictionary.
    ///
    /// # Errors
    ///
    /// When no dictionary is found or it is damaged, and at the first invalid row of the user dictionary (the message
    /// names file and line).
    pub fn build(self) -> Result<Tokenizer, Error> {
        let dictionary = match self.dictionary {
            DictionaryOption::Search => Dictionary::find(None)?,
            DictionaryOption::Folder(path) => Dictionary::find(Some(&path))?,
            DictionaryOption::Opened(dictionary) => dictionary,
        };
        let user = match &self.user {
            Some(UserOption::File(path)) => Some(UserDictionary::read(path, &dictionary)?),
            Some(UserOption::Text { name, text }) => Some(UserDictionary::from_bytes(text, name, &dictionary)?),
            None => None,
        };
        Ok(Tokenizer::with_dictionaries(dictionary, user))
    }
}
