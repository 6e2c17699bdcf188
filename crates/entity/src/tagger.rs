//! The tagger: everything that is read once and shared by all threads.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use gisa_tokenizer::Tokenizer;

use crate::Error;
use crate::gazetteer::{Gazetteer, Lists, read_user_gazetteer};
use crate::stage::{self, Stage};
use crate::worker::Worker;

/// Finds the people, places, organisations and dates of Korean news text. Made once, shared by all threads; each
/// thread has its own [`Worker`]. Cloning is cheap.
#[derive(Clone)]
pub struct Tagger {
    pub(crate) shared: Arc<Shared>,
}

/// What the workers share.
pub(crate) struct Shared {
    pub(crate) tokenizer: Tokenizer,
    pub(crate) stages: Vec<Box<dyn Stage>>,
}

impl Tagger {
    /// Options for a tagger.
    pub fn builder() -> TaggerBuilder {
        TaggerBuilder::default()
    }

    /// A worker for one thread. It owns buffers, so make one and use it for many documents.
    pub fn new_worker(&self) -> Worker {
        Worker::new(self)
    }

    /// The tokenizer that the tagger reads morphemes from.
    pub fn tokenizer(&self) -> &Tokenizer {
        &self.shared.tokenizer
    }
}

/// Options for a [`Tagger`].
#[derive(Clone, Debug, Default)]
pub struct TaggerBuilder {
    dictionary: Option<PathBuf>,
    user_dictionary: Option<PathBuf>,
    gazetteers: Vec<PathBuf>,
}

impl TaggerBuilder {
    /// The folder of the built dictionary; without it the usual places are searched
    /// ([`gisa_tokenizer::Dictionary::find`]).
    #[must_use]
    pub fn dictionary(mut self, path: impl AsRef<Path>) -> TaggerBuilder {
        self.dictionary = Some(path.as_ref().to_owned());
        self
    }

    /// A user dictionary, `surface,tag[,class][,cost]`.
    #[must_use]
    pub fn user_dictionary(mut self, path: impl AsRef<Path>) -> TaggerBuilder {
        self.user_dictionary = Some(path.as_ref().to_owned());
        self
    }

    /// A gazetteer of your own, `form,label[,kind][,name]`; its entries win over everything else. May be called more
    /// than once.
    #[must_use]
    pub fn gazetteer(mut self, path: impl AsRef<Path>) -> TaggerBuilder {
        self.gazetteers.push(path.as_ref().to_owned());
        self
    }

    /// Opens the dictionary and reads the gazetteers.
    ///
    /// # Errors
    ///
    /// When no dictionary is found or it is damaged, and when a row of a user dictionary or gazetteer is wrong (file
    /// and line are named).
    pub fn build(self) -> Result<Tagger, Error> {
        let mut tokenizer = Tokenizer::builder();
        if let Some(path) = &self.dictionary {
            tokenizer = tokenizer.dictionary(path);
        }
        if let Some(path) = &self.user_dictionary {
            tokenizer = tokenizer.user_dictionary(path);
        }
        let mut user = Gazetteer::default();
        for path in &self.gazetteers {
            read_user_gazetteer(path, &mut user)?;
        }
        let stages = stage::all(&Arc::new(Lists::embedded()), user);
        Ok(Tagger { shared: Arc::new(Shared { tokenizer: tokenizer.build()?, stages }) })
    }
}
